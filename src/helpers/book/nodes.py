"""Nodes of our own: a printed number that can be followed back, a chart, a panel of a figure, and what is folded."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class number(nodes.inline):  # noqa: N801  docutils names nodes in lower case
    """A number, verdict or other text that a role printed.

    In HTML it is a button that opens a popover with what stands behind the number; ``popover`` holds that content as
    a list of (term, text) and ``uri`` the trace, set when the reference is resolved. Elsewhere it is its text.
    """

    tr_printed = True


class chart(nodes.General, nodes.Element):  # noqa: N801
    """A chart: the picture (``svg``, ``svg_narrow``), its alternative text, specifications (as JSON) and data."""


class panel(nodes.figure):  # noqa: N801
    """One of several charts in a figure: it has caption, sources and label, and a letter behind the figure's number."""


class folded(nodes.General, nodes.Element):  # noqa: N801
    """What HTML shows folded under ``summary``; print has it in full, or only the summary if ``printed`` is false."""


def visit_folded_html(self: HTML5Translator, node: folded) -> None:
    """Open a disclosure with its summary."""
    self.body.append(f'<details class="tr-folded"><summary>{html.escape(node["summary"])}</summary>')


def depart_folded_html(self: HTML5Translator, node: folded) -> None:
    """Close the disclosure."""
    self.body.append("</details>")


def visit_number_html(self: HTML5Translator, node: number) -> None:
    """Open the button; what follows in the node is its text."""
    key, classes = node.get("popover_id"), " ".join(["tr-number", *node["classes"]])
    if not key:
        self.body.append(f'<span class="{classes}">')
        return
    self.body.append(f'<button type="button" class="{classes}" popovertarget="{key}">')


def depart_number_html(self: HTML5Translator, node: number) -> None:
    """Close the button and write the popover after it."""
    key = node.get("popover_id")
    if not key:
        self.body.append("</span>")
        return
    rows = "".join(
        f'<span class="tr-term">{html.escape(term)}</span> <span class="tr-what">{html.escape(text)}</span>'
        for term, text in node["popover"]
    )
    self.body.append(
        f'</button><span popover id="{key}" class="tr-popover" role="dialog" aria-label="{html.escape(node["label"])}">'
        f'<span class="tr-rows">{rows}</span><a class="tr-trace" href="{html.escape(node.get("uri", ""))}">'
        f"{html.escape(node['link_text'])}</a></span>"
    )


def visit_chart_html(self: HTML5Translator, node: chart) -> None:
    """Write both pictures, of which the style sheet shows one, and the specifications that a script may wake."""
    up = "../" * self.builder.current_docname.count("/")
    parts = [f'<div class="tr-chart" data-bundle="{up}_static/vega-bundle.js">']
    for size in ("wide", "narrow"):
        suffix = "" if size == "wide" else "_narrow"
        spec = node["spec" + suffix].replace("</", "<\\/")
        parts.append(
            f'<div class="tr-{size}"><div class="tr-static">'
            f"{accessible_svg(node['svg' + suffix], node['alt'], node['name'] + '-' + size)}</div>"
            f'<script type="application/json">{spec}</script></div>'
        )
    parts.append(
        f'<p class="tr-data"><a href="{up}data/figures/{node["name"]}.csv" download>{node["data_text"]}</a></p></div>'
    )
    self.body.append("".join(parts))
    raise nodes.SkipNode


def accessible_svg(svg: str, alt: str, prefix: str) -> str:
    """Give an SVG its description, and ids that no other SVG of the page has."""
    svg = re.sub(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", "", svg).strip()
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    svg = re.sub(r'(xlink:href|href)="#([^"]+)"', rf'\1="#{prefix}-\2"', svg)
    svg = re.sub(r'\s(?:aria-\w+|role)="[^"]*"', "", svg)
    return svg.replace("<svg", f'<svg role="img" aria-label="{html.escape(alt)}"', 1)


def visit_citation_html(self: HTML5Translator, node: nodes.citation) -> None:
    """Open an entry of the bibliography as an item of a list; docutils gives it a role that is no longer one."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        self.body.append('<div role="list" class="citation-list">\n')
    self.body.append(self.starttag(node, "div", classes=[node.tagname], role="listitem"))


def depart_citation_html(self: HTML5Translator, node: nodes.citation) -> None:
    """Close the entry, and the list after the last one."""
    last = not isinstance(node.next_node(descend=False, siblings=True), nodes.citation)
    self.body.append("</div>\n" * (2 if last else 1))


def skip(self: Any, node: nodes.Node) -> None:
    """Leave a node out of a builder that has no use for it."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the nodes with their visitors."""
    from helpers.book.pdf import writer  # noqa: PLC0415  only where it is built

    passing = (lambda self, node: None, lambda self, node: None)
    app.add_node(number, html=(visit_number_html, depart_number_html), text=passing)
    app.add_node(nodes.citation, override=True, html=(visit_citation_html, depart_citation_html))
    app.add_node(
        folded,
        html=(visit_folded_html, depart_folded_html),
        typst=(writer.visit_folded_typst, passing[1]),
        text=passing,
    )
    app.add_node(
        chart,
        html=(visit_chart_html, None),
        typst=(writer.visit_chart_typst, writer.depart_chart_typst),
        text=(skip, None),
    )
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
