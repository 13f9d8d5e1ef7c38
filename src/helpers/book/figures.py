"""How the output of a figure becomes a numbered figure of the book, in HTML and in the PDF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from helpers.book.nodes import chart, folded
from helpers.book.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from myst_nb.core.render import MimeData, NbElementRenderer

SOURCES_SHOWN = 6
MIME = "application/vnd.two-races.figure+json"  # as in helpers.figures.frame, which this side must not import


class FigureRenderer:
    """MyST-NB's plug-in for our private output type."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = (("*", MIME, 1),)

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Return a figure with chart, caption and source line; ``None`` for any other output."""
        if data.mime_type != MIME or inline:
            return None
        payload: dict[str, Any] = data.content if isinstance(data.content, dict) else json.loads(str(data.content))
        line = data.line or 0
        document = renderer.renderer.document
        env = document.settings.env
        env.get_domain("tr").note_figure(payload["name"], payload["csv"])

        figure = nodes.figure("", classes=["tr-figure"])
        figure.source, figure.line = document["source"], line
        figure["names"].append(nodes.fully_normalize_name(f"fig-{payload['name']}"))
        document.note_explicit_target(figure, figure)
        figure += chart(
            "",
            **{key: payload[key] for key in ("name", "svg", "svg_narrow", "spec", "spec_narrow", "alt")},
            data_text=words("figure")["data"],
        )
        caption = nodes.caption("", "", *_parse(renderer, f"**{payload['title']}** {payload['caption']}", line))
        caption.source, caption.line = document["source"], line
        figure += caption
        if payload["sources"]:
            figure += _legend(renderer, payload["sources"], line)
        return [figure]


def _legend(renderer: NbElementRenderer, keys: list[str], line: int) -> nodes.legend:
    """Return the source line; a long one is folded in HTML."""
    texts, cited = words("figure"), "{cite:p}`" + ",".join(keys) + "`"
    if len(keys) <= SOURCES_SHOWN:
        return nodes.legend("", nodes.paragraph("", "", *_parse(renderer, f"{texts['sources']} {cited}", line)))
    paragraph = nodes.paragraph("", "", *_parse(renderer, cited, line))
    return nodes.legend("", folded("", paragraph, summary=texts["many"].format(count=len(keys))))


def _parse(renderer: NbElementRenderer, text: str, line: int) -> list[nodes.Node]:
    """Parse one paragraph with the chapter's own parser, so that roles and citations work in it."""
    holder = nodes.Element()
    with renderer.renderer.current_node_context(holder):
        renderer.renderer.nested_render_text(text, line)
    return [child for block in holder.children for child in block.children]
