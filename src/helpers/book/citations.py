"""Citations: sphinxcontrib-bibtex does them; this only spares it a search that it repeats for every citation."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pybtex.plugin

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Remember which plug-in pybtex found for a name.

    It reads the list of all installed packages each time, which on a book with a thousand citations takes longer than
    everything else that is written.
    """
    if not hasattr(pybtex.plugin.find_plugin, "cache_info"):
        pybtex.plugin.find_plugin = cache(pybtex.plugin.find_plugin)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
