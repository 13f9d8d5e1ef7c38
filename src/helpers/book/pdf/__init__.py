"""The PDF of the book: a Sphinx builder that writes Typst, and the run that uses it.

The extension ``helpers.book.pdf`` registers the builder ``typst``. Title, subtitle,
version, date and authors come from the configuration values ``tr_title``,
``tr_subtitle``, ``tr_version``, ``tr_date`` and ``tr_authors``, which another
extension registers. A node of the project prints itself through
``app.add_node(node_class, typst=(visit, depart))``.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from helpers.book.pdf.builder import PdfError, TypstBuilder
from helpers.book.pdf.run import build_pdf
from helpers.book.pdf.writer import depart_chart_typst, visit_chart_typst

__all__ = [
    "PdfError",
    "TypstBuilder",
    "build_pdf",
    "depart_chart_typst",
    "setup",
    "visit_chart_typst",
]

MIME_PRIORITY = {
    "image/svg+xml": 20,
    "image/png": 30,
    "image/jpeg": 40,
    "text/markdown": 50,
    "text/plain": 60,
}
"""What a cell puts out, best first; MyST-NB knows nothing of this builder."""


def set_mime_priority(app: Sphinx, config: Config) -> None:
    """Tell MyST-NB which outputs of a cell the PDF can print; the book's own rules win."""
    if "nb_mime_priority_overrides" in config:
        ours = [("typst", mime, priority) for mime, priority in MIME_PRIORITY.items()]
        config.nb_mime_priority_overrides = [*ours, *config.nb_mime_priority_overrides]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder."""
    app.add_builder(TypstBuilder)
    app.add_config_value("typst_basename", "two-races", "", [str])
    app.connect("config-inited", set_mime_priority, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
