"""The PDF run: Jupyter Book's own configuration, built with the builder ``typst``."""

from __future__ import annotations

import sys
from pathlib import Path

from helpers.book.pdf.builder import PdfError
from helpers.book.run import run

DOCTREES = ".doctrees-pdf"


def build_pdf(source_dir: Path, out_dir: Path | None = None) -> Path:
    """Build the PDF of the book in ``source_dir`` and return its path.

    ``out_dir`` is where the PDF is put, by default ``_build/pdf`` in the book. It
    must lie beside the HTML folder: the notebook cache is looked for in its parent,
    so that no cell runs again after an HTML build. Every warning is an error.
    """
    source = Path(source_dir).resolve()
    out = Path(out_dir).resolve() if out_dir else source / "_build" / "pdf"
    out.mkdir(parents=True, exist_ok=True)
    result, text = run(source, out, "typst", out.parent / DOCTREES)
    if isinstance(result, KeyboardInterrupt):
        raise result
    if isinstance(result, PdfError):
        raise result
    if isinstance(result, BaseException):
        raise PdfError(text or str(result)) from result
    if result:
        raise PdfError(f"the build gave warnings:\n{text}")
    if text:
        print(text, file=sys.stderr)
    return next(out.glob("*.pdf"))


def main(arguments: list[str] | None = None) -> int:
    """Build the PDF from the command line: ``[BOOK [FOLDER OF THE PDF]]``."""
    paths = [Path(argument) for argument in (sys.argv[1:] if arguments is None else arguments)]
    try:
        pdf = build_pdf(*(paths or [Path.cwd()]))
    except PdfError as error:
        print(f"PDF error: {error}", file=sys.stderr)
        return 1
    print(pdf)
    return 0
