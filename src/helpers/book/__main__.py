"""``python -m helpers.book``: build the whole report, HTML and PDF, from a clean output folder; show progress.

The pages are built anew each time (the executed chapters are kept), so that what is published does not depend on what
was built before. Any warning is an error. Exits non-zero with file, line and reason where something is wrong.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from helpers.book.progress import PDF_NAME, pdf_wanted, say
from helpers.book.run import run
from helpers.data import root


def build(source: Path, output: Path) -> int:
    """Build the book of ``source`` into ``output``; return the exit code."""
    began = time.monotonic()
    for old in (output / "html", output / ".doctrees", output / ".doctrees-pdf"):
        shutil.rmtree(old, ignore_errors=True)
    result, told = run(source, output / "html", "html")
    if result or told:
        print(told or result, file=sys.stderr)
        print("\nThe report was not built; the lines above say where and why.", file=sys.stderr)
        return 1
    say("the whole report", began)
    print(f"\n  HTML  {output / 'html' / 'index.html'}")
    if pdf_wanted():
        print(f"  PDF   {output / 'pdf' / PDF_NAME}")
    return 0


if __name__ == "__main__":
    here = root()
    print(f"Building the report in {here}", flush=True)
    sys.exit(build(here, here / "_build"))
