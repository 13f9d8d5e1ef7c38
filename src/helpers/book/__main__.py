"""``python -m helpers.book``: build the whole report, HTML and PDF, from a clean output folder; show progress.

The pages are built anew each time (the executed chapters are kept), so that what is published does not depend on what
was built before. Any warning is an error. Exits non-zero with file, line and reason where something is wrong.
"""

from __future__ import annotations

import io
import shutil
import sys
import time
from pathlib import Path

from jupyter_book.sphinx import build_sphinx
from sphinx.util.console import strip_colors

from helpers.book.progress import PDF_NAME, say
from helpers.data import root


def build(source: Path, output: Path) -> int:
    """Build the book of ``source`` into ``output``; return the exit code."""
    began = time.monotonic()
    for old in (output / "html", output / ".doctrees", output / ".doctrees-pdf"):
        shutil.rmtree(old, ignore_errors=True)
    messages = io.StringIO()
    stderr, sys.stderr = sys.stderr, messages
    try:
        result = build_sphinx(
            source,
            output / "html",
            noconfig=True,
            path_config=source / "_config.yml",
            confoverrides={
                "external_toc_path": (source / "_toc.yml").as_posix(),
                "latex_individualpages": False,
                "nitpicky": True,
            },
            builder="html",
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    finally:
        sys.stderr = stderr
    told = strip_colors(messages.getvalue()).strip()
    if result or told:
        print(told or result, file=sys.stderr)
        print("\nThe report was not built; the lines above say where and why.", file=sys.stderr)
        return 1
    say("the whole report", began)
    print(f"\n  HTML  {output / 'html' / 'index.html'}\n  PDF   {output / 'pdf' / PDF_NAME}")
    return 0


if __name__ == "__main__":
    here = root()
    print(f"Building the report in {here}", flush=True)
    sys.exit(build(here, here / "_build"))
