"""All that is Sphinx: how findings, claims and figures become pages and a PDF. Nothing else imports this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = (
    "numbering",
    "citations",
    "nodes",
    "domain",
    "code_pages",
    "directives",
    "ledger_page",
    "trace_pages",
    "typed_numbers",
    "cache",
    "maths",
    "pages",
    "exports",
    "progress",
    "pdf",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Set up every part of the book, in the order in which they build on each other."""
    for name in PARTS:
        app.setup_extension(f"helpers.book.{name}")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
