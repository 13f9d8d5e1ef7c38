"""What a person sees while the book is built: step, chapter, seconds; and the PDF, made when the pages are done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError
from sphinx.util import logging

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)
PDF_NAME = "two-races.pdf"
_started: dict[str, float] = {}


def say(step: str, since: float | None = None) -> None:
    """Print one line of progress, with the seconds it took, on the terminal of whoever builds."""
    took = f"  {time.monotonic() - since:5.1f} s" if since is not None else ""
    print(f"  {step:<46}{took}", flush=True)


def begin_page(app: Sphinx, docname: str, source: list[str]) -> None:
    """Note when the reading of a page begins; a chapter is executed while it is read."""
    _started[docname] = time.monotonic()


def end_page(app: Sphinx, doctree: nodes.document) -> None:
    """Report a page that was read."""
    docname = app.env.docname
    if app.builder.format == "html":
        say(f"read {docname}", _started.pop(docname, None))


def pdf_wanted() -> bool:
    """Tell whether the build makes the PDF too: unless ``TWO_RACES_NO_PDF`` is set."""
    return not os.environ.get("TWO_RACES_NO_PDF")


def make_pdf(app: Sphinx, exception: Exception | None) -> None:
    """Build the PDF in a process of its own, with the same configuration, and put a copy beside the pages.

    It is a second run because the bibliography comes out wrong when one run feeds two builders.
    """
    if exception or app.builder.format != "html" or not pdf_wanted():
        return
    began = time.monotonic()
    target = Path(app.outdir).parent / "pdf"
    run = subprocess.run(
        [sys.executable, "-m", "helpers.book.pdf", str(app.srcdir), str(target)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        raise ExtensionError(f"the PDF was not made:\n{run.stdout.strip()}\n{run.stderr.strip()}")
    shutil.copyfile(target / PDF_NAME, Path(app.outdir) / PDF_NAME)
    say("PDF", began)


def setup(app: Sphinx) -> dict[str, Any]:
    """Listen to the build."""
    app.connect("source-read", begin_page, priority=10)
    app.connect("doctree-read", end_page, priority=900)
    app.connect("build-finished", make_pdf, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
