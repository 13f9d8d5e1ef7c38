"""How the output of a figure becomes a numbered figure of the book, in HTML and in the PDF."""

from __future__ import annotations

import json
import string
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from docutils import nodes

from helpers.book.nodes import chart, folded, panel
from helpers.book.wording import words
from helpers.figures.svg import remembered_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from myst_nb.core.render import MimeData, NbElementRenderer

F = TypeVar("F", bound=nodes.figure)

SOURCES_SHOWN = 6
MIME = "application/vnd.two-races.figure+json"  # as in helpers.figures.frame, which this side must not import


class FigureRenderer:
    """MyST-NB's plug-in for our private output type."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = (("*", MIME, 1),)

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """Return a figure of one chart or of several; ``None`` for any other output."""
        if data.mime_type != MIME or inline:
            return None
        payload: dict[str, Any] = data.content if isinstance(data.content, dict) else json.loads(str(data.content))
        if "panels" in payload:
            return [_several(renderer, payload, data.line or 0)]
        return [_filled(nodes.figure("", classes=["tr-figure"]), renderer, payload, data.line or 0)]


def _several(renderer: NbElementRenderer, payload: dict[str, Any], line: int) -> nodes.figure:
    """Return a figure of several charts: its own title above, then each as a panel with a letter."""
    figure = nodes.figure("", classes=["tr-figure", "tr-several"])
    _name(figure, renderer, payload["name"], line)
    figure += _caption(renderer, payload, line)
    domain = renderer.renderer.document.settings.env.get_domain("tr")
    for letter, part in zip(string.ascii_lowercase, payload["panels"], strict=False):
        figure += (drawn := _filled(panel("", classes=["tr-panel"]), renderer, part, line))
        domain.note_panel(drawn["ids"][0], figure["ids"][0], letter)
    return figure


def _filled(figure: F, renderer: NbElementRenderer, payload: dict[str, Any], line: int) -> F:
    """Fill a figure with one chart, caption and source line."""
    env = renderer.renderer.document.settings.env
    env.get_domain("tr").note_figure(payload["name"], payload["csv"])
    _name(figure, renderer, payload["name"], line)
    figure += chart(
        "",
        **{key: payload[key] for key in ("name", "alt")},
        **{key: _json(payload[key]) for key in ("spec", "spec_narrow")},
        svg=remembered_svg(payload["name"], payload["spec"]),
        svg_narrow=remembered_svg(f"{payload['name']}-narrow", payload["spec_narrow"]),
        data_text=words("figure")["data"],
    )
    figure += _caption(renderer, payload, line)
    if payload["sources"]:
        figure += _legend(renderer, payload["sources"], line)
    return figure


def _json(spec: dict[str, Any]) -> str:
    """Write a specification in one line, as a page holds it: text is also read back much faster than its parts."""
    return json.dumps(spec, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _name(figure: nodes.figure, renderer: NbElementRenderer, name: str, line: int) -> None:
    """Make a figure the target of its permanent label."""
    document = renderer.renderer.document
    figure.source, figure.line = document["source"], line
    figure["names"].append(nodes.fully_normalize_name(f"fig-{name}"))
    document.note_explicit_target(figure, figure)


def _caption(renderer: NbElementRenderer, payload: dict[str, Any], line: int) -> nodes.caption:
    caption = nodes.caption("", "", *_parse(renderer, f"**{payload['title']}** {payload['caption']}", line))
    caption.source, caption.line = renderer.renderer.document["source"], line
    return caption


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
