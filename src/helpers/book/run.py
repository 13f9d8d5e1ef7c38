"""One run of Sphinx with Jupyter Book's configuration: what the builds of the pages and of the PDF have in common."""

from __future__ import annotations

import contextlib
import gc
import io
from pathlib import Path

from jupyter_book.sphinx import build_sphinx
from sphinx.util.console import strip_colors


def run(source: Path, out: Path, builder: str, doctrees: Path | None = None) -> tuple[object, str]:
    """Build the book of ``source`` into ``out``; any warning is an error.

    Return what Jupyter Book returned (nothing or zero, a count, or an exception) and what the run said.
    """
    gc.set_threshold(100_000, 20, 20)  # pages are trees of millions of nodes, none of which is garbage yet
    messages = io.StringIO()
    with contextlib.redirect_stderr(messages):
        result = build_sphinx(
            source,
            out,
            **({"doctreedir": doctrees} if doctrees else {}),
            noconfig=True,
            path_config=source / "_config.yml",
            confoverrides={
                "external_toc_path": (source / "_toc.yml").as_posix(),
                "latex_individualpages": False,
                "nitpicky": True,
            },
            builder=builder,
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    return result, strip_colors(messages.getvalue()).strip()
