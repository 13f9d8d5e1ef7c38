"""Citations: sphinxcontrib-bibtex does them; this keeps titles as written and spares it a search that it repeats."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pybtex.plugin
from pybtex.richtext import Text
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.template import field, sentence

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Style(PlainStyle):
    """The style ``plain``, but for titles: names keep their capitals, and an escaped dollar is one."""

    def format_title(self, e: Any, which_field: str, as_sentence: bool = True) -> Any:
        """Return a template for a title as the bibliography has it."""
        title = field(which_field, apply_func=lambda text: Text("$").join(text.split(r"\$")))
        return sentence[title] if as_sentence else title


def setup(app: Sphinx) -> dict[str, Any]:
    """Remember which plug-in pybtex found for a name.

    It reads the list of all installed packages each time, which on a book with a thousand citations takes longer than
    everything else that is written.
    """
    pybtex.plugin.register_plugin("pybtex.style.formatting", "two-races", Style)
    if not hasattr(pybtex.plugin.find_plugin, "cache_info"):
        pybtex.plugin.find_plugin = cache(pybtex.plugin.find_plugin)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
