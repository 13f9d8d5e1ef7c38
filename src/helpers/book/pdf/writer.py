"""The translator: one resolved document of the book as Typst markup.

Every visitor writes markup, so that a node may stand anywhere. A block ends
with an empty line, an inline expression with a semicolon. Numbers of sections,
figures, tables and equations are those that Sphinx gave the HTML pages.
"""

# The names of visitors are those of the nodes, and say all there is to say.
# ruff: noqa: D102, N802, N815

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import admonitionlabels
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.math import get_node_equation_number

from helpers.book.nodes import panel
from helpers.book.pdf.maths import MathsError, typst_maths
from helpers.book.pdf.text import array, has_letters, is_rtl, prose, string

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

    from helpers.book.pdf.builder import TypstBuilder

logger = logging.getLogger(__name__)

COLUMN = 436.0
"""Width of the text column in points; a wider picture is as wide as the column."""

SHORT_TABLE = (12, 1500)
"""Rows and characters up to which a table is kept on one page."""

ENTRIES = {"tr-claim", "tr-disagreement", "tr-trace-entry"}
SHORT_ENTRY = 1500
"""Characters up to which an entry of a ledger is kept on one page."""

ENUMERATORS = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}
LINE_END = " \\\n"
LENGTHS = {"px": 0.75, "": 0.75, "pt": 1.0, "cm": 28.346, "mm": 2.8346, "in": 72.0}
_LENGTH = re.compile(r"^\s*([\d.]+)\s*(px|pt|cm|mm|in|%|)\s*$")
_SVG_WIDTH = re.compile(r"<svg\b[^>]*?\swidth=[\"']([\d.]+)(?:px)?[\"']", re.DOTALL)
_SVG_BOX = re.compile(r"<svg\b[^>]*?\sviewBox=[\"'][\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)", re.DOTALL)
_SVG_GENERIC_FONT = re.compile(r"(font-family=[\"'])\s*(?:sans-serif|serif)\s*([\"'])")

OWN_ANCHOR = (nodes.section, nodes.figure, nodes.table, nodes.math_block)

NO_ANCHOR = (
    nodes.document,
    nodes.footnote_reference,
    nodes.footnote,
    nodes.title,
    nodes.caption,
    nodes.legend,
    nodes.tgroup,
    nodes.thead,
    nodes.tbody,
    nodes.row,
    nodes.definition_list_item,
    nodes.field,
    nodes.option_list_item,
)
"""Structure in which an anchor would be a cell, an item or a second label."""


def has_own_label(node: Node) -> bool:
    """Tell whether ``node`` carries its first id as a label, the other ids pointing to it."""
    if isinstance(node, nodes.container):
        return bool(node.get("literal_block"))
    return isinstance(node, OWN_ANCHOR)


class TypstTranslator(SphinxTranslator):
    """Writes one document; ``str("".join(self.body))`` is its markup."""

    builder: TypstBuilder

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self.body: list[str] = []
        self.stack: list[list[str]] = []
        self.docname: str = document.get("docname") or builder.current_docname
        self.level = builder.current_depth
        self.last_level = builder.last_level
        self.footnotes = {id_: note for note in document.findall(nodes.footnote) for id_ in note["ids"]}
        self.line_depth = 0
        self.printed_notes: set[str] = set()
        self.open_notes: list[Element] = []
        self.titles: list[str | None] = []
        self.tables: list[dict[str, Any]] = []
        self.term_items: list[list[str]] = []

    # ---- writing ---------------------------------------------------------------

    def add(self, text: str) -> None:
        """Write ``text`` as it is."""
        self.body.append(text)

    def block(self, text: str) -> None:
        """Write a block: ``text`` and an empty line."""
        self.body.append(f"{text}\n\n")

    def push(self) -> None:
        """Begin to collect what follows, instead of writing it."""
        self.stack.append(self.body)
        self.body = []

    def pop(self) -> str:
        """Return what was collected since the last ``push``."""
        text = "".join(self.body).strip()
        self.body = self.stack.pop()
        return text

    def render(self, children: list[Node]) -> str:
        """Return the markup of ``children``."""
        self.push()
        for child in children:
            child.walkabout(self)
        return self.pop()

    def mark(self, node: Element) -> str:
        """Return a comment that names the place of ``node`` in the source."""
        if not node.line:
            return ""
        return f"/* {self.builder.place(node, self.docname)} */ "

    def warn(self, message: str, node: Node, subtype: str) -> None:
        """Log a build warning at the place of ``node``."""
        at: Any = node
        while at is not None and not at.line:
            at = at.parent
        location = self.docname if at is None else at
        logger.warning(message, location=location, type="typst", subtype=subtype)

    # ---- anchors and links -----------------------------------------------------

    def labels(self, node: Element) -> list[str]:
        """Return the Typst labels of the ids of ``node``."""
        return [self.builder.label(self.docname, id_) for id_ in node.get("ids", ())]

    def own_label(self, node: Element) -> str:
        """Return the label to put behind an element that carries it itself."""
        labels = self.labels(node)
        if not labels or labels[0] in self.builder.defined:
            return ""
        self.builder.defined.add(labels[0])
        return f" #label({string(labels[0])})"

    def anchors(self, node: Element) -> str:
        """Return invisible anchors for those ids of ``node`` that something links to."""
        text = ""
        for label in self.labels(node):
            if label in self.builder.wanted and label not in self.builder.defined:
                self.builder.defined.add(label)
                text += f"#anchor({string(label)});"
        return text

    def dispatch_visit(self, node: Node) -> None:
        """Write the anchors of ``node``, then visit it."""
        if isinstance(node, nodes.Element) and not isinstance(node, NO_ANCHOR):
            anchors = "" if has_own_label(node) else self.anchors(node)
            if anchors and isinstance(node, (nodes.list_item, nodes.entry)):
                node.insert(0, nodes.raw("", anchors, format="typst"))
            elif anchors:
                self.add(anchors)
        super().dispatch_visit(node)

    def visit_reference(self, node: Element) -> None:
        if "sd-stretched-link" in node["classes"] and card_title(node) is not None:
            raise nodes.SkipNode
        self.add(self.link_start(node))

    def depart_reference(self, node: Element) -> None:
        self.add("];")

    def link_start(self, node: Element) -> str:
        """Return the beginning of the link ``node``, up to its text."""
        label = self.builder.target(node, self.docname)
        if label is None:
            if "refuri" not in node:
                return "#["
            return f"#url({string(node['refuri'])})["
        self.builder.links.setdefault(label, (self.docname, node))
        is_number = any("number" in (type(n).__name__, *n.get("classes", ())) for n in node.findall(nodes.inline))
        return f"#{'number-link' if is_number else 'xref'}({string(label)})["

    def visit_target(self, node: Element) -> None:
        pass

    def depart_target(self, node: Element) -> None:
        pass

    def visit_pending_xref(self, node: Element) -> None:
        pass

    def depart_pending_xref(self, node: Element) -> None:
        pass

    visit_download_reference = visit_pending_xref
    depart_download_reference = depart_pending_xref

    # ---- document, sections, titles --------------------------------------------

    def visit_document(self, node: Element) -> None:
        label = self.builder.label(self.docname)
        if label == self.docname and label in self.builder.wanted:
            self.builder.defined.add(label)
            self.add(f"#anchor({string(label)})\n")

    def depart_document(self, node: Element) -> None:
        pass

    def visit_section(self, node: Element) -> None:
        self.level += 1

    def depart_section(self, node: Element) -> None:
        self.level -= 1

    def section_number(self, section: Element) -> str | None:
        """Return the number that Sphinx gave ``section``, as the HTML prints it."""
        numbers = self.builder.env.toc_secnumbers.get(self.docname, {})
        anchor = f"#{section['ids'][0]}" if section["ids"] else ""
        number = numbers.get(anchor if anchor in numbers else "")
        return ".".join(map(str, number)) if number else None

    def visit_title(self, node: Element) -> None:
        self.push()

    def depart_title(self, node: Element) -> None:
        text = self.pop()
        parent = node.parent
        if isinstance(parent, nodes.section):
            # PDF/UA wants no level left out, whatever the source does.
            level = min(self.level, self.last_level + 1)
            self.last_level = level
            if level == 1:
                self.block("#chapter-break()")
            number = optional(self.section_number(parent))
            heading = f"#section({level}, {number})[{text}]"
            self.add(self.mark(node))
            self.block(heading + self.own_label(parent))
        elif isinstance(parent, nodes.table):
            self.tables[-1]["caption"] = text
        elif isinstance(parent, (nodes.Admonition, nodes.topic, nodes.sidebar)):
            self.titles[-1] = text
        else:
            self.block(f"#rubric[{text}]")

    def visit_subtitle(self, node: Element) -> None:
        self.visit_rubric(node)

    def depart_subtitle(self, node: Element) -> None:
        self.depart_rubric(node)

    def visit_rubric(self, node: Element) -> None:
        self.push()

    def depart_rubric(self, node: Element) -> None:
        self.block(f"#rubric[{self.pop()}]")

    # ---- text ------------------------------------------------------------------

    def visit_Text(self, node: nodes.Text) -> None:
        text = prose(node.astext(), mark_arabic=not self.builder.is_rtl)
        # "Fig. 1" stays together.
        self.add(text.replace(" ", "~") if is_numref(node.parent) else text)

    def depart_Text(self, node: nodes.Text) -> None:
        pass

    def visit_paragraph(self, node: Element) -> None:
        self.push()

    def depart_paragraph(self, node: Element) -> None:
        text = self.pop()
        if not text:
            return
        if not isinstance(node.parent, (nodes.citation, nodes.footnote)):
            text = self.turned(node, text)
        self.block(f"{self.mark(node)}{text}")

    def turned(self, node: Element, text: str) -> str:
        """Return ``text``, set the other way round if its letters run against the book."""
        letters = " ".join(node.findall(nodes.Text))
        if not has_letters(letters) or is_rtl(letters) == self.builder.is_rtl:
            return text
        return f"#{'ltr' if self.builder.is_rtl else 'rtl'}-par[{text}]"

    visit_compact_paragraph = visit_paragraph
    depart_compact_paragraph = depart_paragraph

    def visit_emphasis(self, node: Element) -> None:
        self.add("#emph[")

    def visit_strong(self, node: Element) -> None:
        self.add("#strong[")

    def visit_subscript(self, node: Element) -> None:
        self.add("#sub[")

    def visit_superscript(self, node: Element) -> None:
        self.add("#super[")

    def depart_emphasis(self, node: Element) -> None:
        self.add("];")

    depart_strong = depart_subscript = depart_superscript = depart_emphasis
    visit_title_reference = visit_literal_emphasis = visit_emphasis
    depart_title_reference = depart_literal_emphasis = depart_emphasis
    visit_literal_strong = visit_strong
    depart_literal_strong = depart_emphasis

    def visit_inline(self, node: Element) -> None:
        if type(node).__name__ in ("sd_icon", "sd_line_break"):
            self.add(" ")
            raise nodes.SkipNode
        self.add("#badge[" if is_badge(node) else "")

    def depart_inline(self, node: Element) -> None:
        self.add("];" if is_badge(node) else "")

    def visit_abbreviation(self, node: Element) -> None:
        pass

    depart_abbreviation = depart_generated = visit_generated = visit_abbreviation
    visit_PassthroughTextElement = depart_PassthroughTextElement = visit_abbreviation

    def visit_literal(self, node: Element) -> None:
        self.add(f"#raw({string(node.astext())});")
        raise nodes.SkipNode

    def visit_math(self, node: Element) -> None:
        tex = node.astext()
        self.add(f"#m({string(tex)}, ${self.formula(tex, node)}$);")
        raise nodes.SkipNode

    def visit_math_block(self, node: Element) -> None:
        tex = node.astext().strip()
        number = get_node_equation_number(self, node) if node.get("number") else None
        self.add(self.mark(node))
        formula = f"#eq({string(tex)}, {optional(number)}, $ {self.formula(tex, node)} $)"
        self.block(formula + self.own_label(node))
        raise nodes.SkipNode

    def formula(self, tex: str, node: Element) -> str:
        """Return ``tex`` as Typst maths; a formula that fails is printed as TeX."""
        try:
            return typst_maths(tex)
        except MathsError as error:
            self.warn(f"formula cannot be printed: {error}: {tex}", node, "math")
            return string(tex)

    # ---- footnotes and citations -----------------------------------------------

    def visit_footnote_reference(self, node: Element) -> None:
        note = self.footnotes.get(node.get("refid", ""))
        mark = string(node.astext())
        if note is None or note in self.open_notes:
            self.warn("footnote without a text", node, "footnote")
            self.add(f"#super[{prose(node.astext())}];")
            raise nodes.SkipNode
        label = f"footnote {self.builder.label(self.docname, note['ids'][0])}"
        if label in self.printed_notes:
            self.add(f"#footnote(numbering: (..) => {mark}, label({string(label)}));")
        else:
            self.printed_notes.add(label)
            self.open_notes.append(note)
            text = self.render([n for n in note if not isinstance(n, nodes.label)])
            self.open_notes.pop()
            self.add(f"#note({mark})[{text}]#label({string(label)});")
        raise nodes.SkipNode

    def visit_footnote(self, node: Element) -> None:
        # Printed at the foot of the page where it is referred to.
        raise nodes.SkipNode

    def visit_citation(self, node: Element) -> None:
        self.push()

    def depart_citation(self, node: Element) -> None:
        # Citations name author and year, and the list is in that order: the number of an entry would lead nowhere.
        self.block(f"#bib-entry[{self.pop()}]")

    def visit_label(self, node: Element) -> None:
        raise nodes.SkipNode

    # ---- lists -----------------------------------------------------------------

    def visit_bullet_list(self, node: Element) -> None:
        self.add(f"{self.mark(node)}#list(tight: {tight(node)}")

    def visit_enumerated_list(self, node: Element) -> None:
        kind = ENUMERATORS.get(node.get("enumtype", "arabic"), "1")
        numbering = string(f"{node.get('prefix', '')}{kind}{node.get('suffix', '.')}")
        start = node.get("start", 1)
        self.add(self.mark(node))
        self.add(f"#enum(tight: {tight(node)}, start: {start}, numbering: {numbering}")

    def depart_bullet_list(self, node: Element) -> None:
        self.block(")")

    depart_enumerated_list = depart_bullet_list

    def visit_list_item(self, node: Element) -> None:
        self.push()

    def depart_list_item(self, node: Element) -> None:
        text = self.pop()
        self.add(f",\n[{text}]")

    def visit_definition_list(self, node: Element) -> None:
        self.term_items.append([])

    def depart_definition_list(self, node: Element) -> None:
        items = self.term_items.pop()
        is_fields = isinstance(node, nodes.field_list) or "tr-fields" in node["classes"]
        if items:
            start = "#fields(\n" if is_fields else "#terms(tight: false,\n"
            self.block(start + "".join(items) + ")")

    def visit_definition_list_item(self, node: Element) -> None:
        terms = [self.render(list(n.children)) for n in node if isinstance(n, nodes.term)]
        kinds = [n.astext() for n in node if isinstance(n, nodes.classifier)]
        anchors = "".join(self.anchors(n) for n in (node, *node.children))
        text = " · ".join(terms) + "".join(f" (#emph[{prose(kind)}])" for kind in kinds)
        bodies = [self.render(list(n.children)) for n in node if isinstance(n, nodes.definition)]
        self.add_term(anchors + text, "\n\n".join(bodies))
        raise nodes.SkipNode

    def add_term(self, term: str, body: str) -> None:
        """Add one item to the list of terms that is open."""
        self.term_items[-1].append(f"terms.item[{term}][{body}],\n")

    visit_glossary = depart_glossary = visit_abbreviation
    visit_field_list = visit_option_list = visit_definition_list
    depart_field_list = depart_option_list = depart_definition_list

    def visit_field(self, node: Element) -> None:
        self.add_term(self.render(list(node[0].children)), self.render(list(node[1].children)))
        raise nodes.SkipNode

    def visit_option_list_item(self, node: Element) -> None:
        options = ", ".join(f"#raw({string(o.astext())});" for o in node.findall(nodes.option))
        self.add_term(options, self.render(list(node[1].children)))
        raise nodes.SkipNode

    # ---- other blocks ----------------------------------------------------------

    def visit_block_quote(self, node: Element) -> None:
        attribution = next((n for n in node if isinstance(n, nodes.attribution)), None)
        by = self.render(list(attribution.children)) if attribution else ""
        self.add(f"#blockquote(by: [{by}])[\n" if by else "#blockquote[\n")

    def depart_block_quote(self, node: Element) -> None:
        self.block("]")

    def visit_attribution(self, node: Element) -> None:
        raise nodes.SkipNode

    def visit_line_block(self, node: Element) -> None:
        self.line_depth += 1
        if self.line_depth == 1:
            self.push()

    def depart_line_block(self, node: Element) -> None:
        self.line_depth -= 1
        if self.line_depth == 0:
            self.block(f"#line-block[{self.pop().removesuffix(LINE_END.rstrip())}]")

    def visit_line(self, node: Element) -> None:
        if self.line_depth > 1:
            self.add(f"#h({1.4 * (self.line_depth - 1):g}em);")

    def depart_line(self, node: Element) -> None:
        self.add(LINE_END)

    def visit_transition(self, node: Element) -> None:
        if "footnotes" not in node["classes"]:
            self.block("#ruler()")
        raise nodes.SkipNode

    def visit_literal_block(self, node: Element) -> None:
        language = node.get("language", "none")
        lang = "none" if language in ("none", "default", "text") else string(language)
        self.add(self.mark(node))
        self.block(f"#code({lang}, {string(node.astext())})")
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_admonition(self, node: Element) -> None:
        self.titles.append(None)
        self.push()

    def depart_admonition(self, node: Element) -> None:
        text = self.pop()
        title = self.titles.pop()
        kind = next((c for c in node["classes"] if c in admonitionlabels), node.tagname)
        if title is None and node.tagname in admonitionlabels:
            title = prose(str(admonitionlabels[node.tagname]))
        self.add(self.mark(node))
        self.block(f"#admonition({string(kind)}, {f'[{title}]' if title else 'none'})[{text}]")

    visit_sidebar = visit_topic = visit_seealso = visit_versionmodified = visit_admonition
    depart_sidebar = depart_topic = depart_seealso = depart_admonition
    depart_versionmodified = depart_admonition
    visit_attention = visit_caution = visit_danger = visit_error = visit_admonition
    visit_hint = visit_important = visit_note = visit_tip = visit_warning = visit_admonition
    depart_attention = depart_caution = depart_danger = depart_error = depart_admonition
    depart_hint = depart_important = depart_note = depart_tip = depart_admonition
    depart_warning = depart_admonition

    def visit_compound(self, node: Element) -> None:
        pass

    depart_compound = visit_decoration = depart_decoration = visit_compound
    visit_start_of_file = depart_start_of_file = visit_compound

    # ---- containers: notebook cells, cards, tabs, drop-downs ---------------------

    def visit_container(self, node: Element) -> None:
        part = node.get("nb_element") or node.get("design_component")
        if part == "cell_code_source":
            self.add("#cell-input[")
        elif part == "cell_code_output":
            self.add("#output[")
        elif part in ("dropdown", "tab-item"):
            self.add("#panel[\n")
        elif part == "card":
            self.add("#card[\n")
        elif part == "card-title":
            link = card_link(node)
            self.add(f"#card-title[{self.link_start(link) if link is not None else ''}")
        elif node.get("literal_block"):
            self.visit_figure(node)
        elif is_entry(node):
            self.add(f"#entry(short: {'true' if len(node.astext()) <= SHORT_ENTRY else 'false'})[\n")

    def depart_container(self, node: Element) -> None:
        part = node.get("nb_element") or node.get("design_component")
        if part in ("cell_code_source", "cell_code_output", "dropdown", "tab-item", "card"):
            self.block("]")
        elif part == "card-title":
            self.block("];]" if card_link(node) is not None else "]")
        elif node.get("literal_block"):
            self.depart_figure(node)
        elif is_entry(node):
            self.block("]")

    # ---- images and figures ----------------------------------------------------

    def visit_image(self, node: Element) -> None:
        uri = node["uri"]
        path = self.builder.image_path(uri)
        if path is None:
            self.warn(f"image cannot be printed: {uri}", node, "image")
            raise nodes.SkipNode
        alt = node.get("alt") or ""
        if not alt or alt == uri:
            self.warn(f"image without alt text: {uri}", node, "image")
            alt = alt or Path(uri).stem
        width = css_length(node.get("width", "")) or self.natural_width(path)
        self.picture(path, alt, width, inline=is_inline(node))
        raise nodes.SkipNode

    def natural_width(self, path: Path) -> str:
        """Return the width at which a picture is printed when none is asked for."""
        if path.suffix == ".svg":
            return svg_width(path.read_text(encoding="utf-8"))
        return "auto"

    def picture(self, path: Path, alt: str, width: str, *, inline: bool = False) -> None:
        """Write one picture with its alt text."""
        name = string(path.relative_to(self.builder.outdir).as_posix())
        if inline:
            self.add(f"#box(image({name}, alt: {string(alt)}, height: 1em));")
        else:
            self.block(f"#picture({name}, {string(alt)}, {width})")

    def visit_figure(self, node: Element) -> None:
        self.push()

    def depart_figure(self, node: Element) -> None:
        body = self.pop()
        caption = next((n for n in node if isinstance(n, nodes.caption)), None)
        legend = next((n for n in node if isinstance(n, nodes.legend)), None)
        kind = "raw" if isinstance(node, nodes.container) else "image"
        self.add(self.mark(node))
        text = self.caption_text(node, caption, legend)
        if any(isinstance(part, panel) for part in node):
            self.block(f"#several({text})[\n{body}\n]{self.own_label(node)}")
            return
        options = f"kind: {kind}, caption: {text}" if text else f"kind: {kind}"
        self.block(f"#fig({options})[\n{body}\n]{self.own_label(node)}")

    def caption_text(self, node: Element, caption: Element | None, legend: Element | None = None) -> str:
        """Return the caption of a figure or table: number, text and source line."""
        number = self.figure_number(node)
        text = self.render(list(caption.children)) if caption is not None else ""
        if not (number or text or legend):
            return ""
        more = f"#legend[{self.render(list(legend.children))}]" if legend else ""
        return f"[#cap({optional(number)})[{text}]{more}]"

    def visit_caption(self, node: Element) -> None:
        raise nodes.SkipNode

    visit_legend = visit_caption

    def figure_number(self, node: Element) -> str:
        """Return name and number of a figure or table, as the HTML prints them."""
        figtype = self.builder.env.domains["std"].get_enumerable_node_type(node)
        if not figtype or not node["ids"]:
            return ""
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get(figtype, {})
        number = numbers.get(node["ids"][0])
        form = self.config.numfig_format.get(figtype, "%s")
        return form % ".".join(map(str, number)) if number else ""

    # ---- tables ----------------------------------------------------------------

    def visit_table(self, node: Element) -> None:
        self.tables.append({"caption": "", "columns": [], "head": [], "body": []})
        self.push()

    def depart_table(self, node: Element) -> None:
        self.pop()
        table = self.tables.pop()
        columns = table["columns"]
        widths = [spec.get("colwidth", 1) for spec in columns]
        given = "colwidths-given" in node["classes"]
        size = "8pt" if len(columns) <= 6 else "7pt" if len(columns) <= 8 else "6.2pt"
        rows = sum(1 for _ in node.findall(nodes.row))
        short = rows <= SHORT_TABLE[0] and len(node.astext()) <= SHORT_TABLE[1]
        lines = [
            f"size: {size}, short: {'true' if short else 'false'}",
            "columns: " + array([f"{w}fr" if given else "auto" for w in widths]),
            "align: " + array([self.alignment(table, i) for i in range(len(columns))]),
        ]
        if table["head"]:
            cells = ",\n".join(table["head"])
            lines.append(f"head(\n{cells},\n)")
        elif table["body"]:
            lines.append("table.hline(stroke: 0.8pt + ink)")
        lines += table["body"]
        grid = "#grid-table(" + ",\n".join(lines) + ",\n)"
        number = self.figure_number(node)
        caption = ""
        if number or table["caption"]:
            caption = f", caption: [#cap({optional(number)})[{table['caption']}]]"
        self.add(self.mark(node))
        self.block(f"#fig(kind: table{caption})[\n{grid}\n]{self.own_label(node)}")

    @staticmethod
    def alignment(table: dict[str, Any], column: int) -> str:
        """Return the side to which the cells of ``column`` are set."""
        sides = table.setdefault("align", {}).get(column, [])
        side = max(set(sides), key=sides.count) if sides else "start"
        return f"{side} + top"

    def visit_tgroup(self, node: Element) -> None:
        pass

    depart_tgroup = visit_tgroup

    def visit_colspec(self, node: Element) -> None:
        self.tables[-1]["columns"].append(node)
        raise nodes.SkipNode

    def visit_thead(self, node: Element) -> None:
        self.tables[-1]["part"] = "head"

    def visit_tbody(self, node: Element) -> None:
        self.tables[-1]["part"] = "body"

    depart_thead = depart_tbody = visit_tgroup

    def visit_row(self, node: Element) -> None:
        self.tables[-1]["column"] = 0

    depart_row = visit_tgroup

    def visit_entry(self, node: Element) -> None:
        self.push()

    def depart_entry(self, node: Element) -> None:
        text = self.pop()
        table = self.tables[-1]
        column, span = table["column"], node.get("morecols", 0) + 1
        rows = node.get("morerows", 0) + 1
        side = cell_side(node)
        stub = column < len(table["columns"]) and table["columns"][column].get("stub")
        if table["part"] == "head" or stub:
            text = f"#th[{text}]"
        if table["part"] == "body" and span == 1:
            table.setdefault("align", {}).setdefault(column, []).append(side)
        spans = [f"colspan: {span}"] * (span > 1) + [f"rowspan: {rows}"] * (rows > 1)
        cell = f"table.cell({', '.join(spans)})[{text}]" if spans else f"[{text}]"
        table[table["part"]].append(cell)
        table["column"] = column + span

    # ---- nodes that print nothing ------------------------------------------------

    def skip(self, node: Element) -> None:
        """Print nothing of ``node``."""
        raise nodes.SkipNode

    visit_comment = visit_substitution_definition = visit_system_message = skip
    visit_index = visit_toctree = visit_meta = visit_highlightlang = skip
    visit_HiddenCellNode = visit_fontawesome = visit_raw_latex = visit_docinfo = visit_tabular_col_spec = skip

    def visit_raw(self, node: Element) -> None:
        if "typst" in node.get("format", "").split():
            self.add(node.astext())
        raise nodes.SkipNode

    def visit_problematic(self, node: Element) -> None:
        pass

    depart_problematic = visit_problematic

    def unknown_visit(self, node: Node) -> None:
        """Warn of a node that has no rule; its children are still printed."""
        name = type(node).__name__
        message = f"unknown node <{name}> in {self.docname}: only its contents are printed"
        self.warn(message, node, "unknown")

    def unknown_departure(self, node: Node) -> None:
        """Leave a node that has no rule."""


def optional(text: str | None) -> str:
    """Return ``text`` as a Typst string, or "none" when there is none."""
    return string(text) if text else "none"


def tight(node: Element) -> str:
    """Return "true" for a list whose items are one paragraph or list each."""
    lists = (nodes.bullet_list, nodes.enumerated_list)
    simple = all(sum(not isinstance(child, lists) for child in item.children) <= 1 for item in node)
    return "true" if simple else "false"


def cell_side(node: Element) -> str:
    """Return "start", "end" or "center" from the classes of a table cell."""
    for name in node["classes"]:
        for word, side in (("right", "end"), ("end", "end"), ("center", "center")):
            if name in (f"text-{word}", f"text-align-{word}", f"text-align:{word}"):
                return side
    return "start"


def is_numref(node: Element) -> bool:
    """Tell whether ``node`` is the text of a reference by number, such as "Fig. 1"."""
    return "std-numref" in node.get("classes", ()) and len(node.astext()) < 20


def css_length(value: str) -> str:
    """Return an image width of docutils as a Typst length, or nothing."""
    match = _LENGTH.match(str(value))
    if not match:
        return ""
    number, unit = float(match[1]), match[2]
    if unit == "%":
        return f"{number:g}%"
    return f"{number * LENGTHS[unit]:.4g}pt"


def svg_width(svg: str) -> str:
    """Return the width at which an SVG is printed: a pixel is a point, at most a column."""
    match = _SVG_WIDTH.search(svg) or _SVG_BOX.search(svg)
    width = float(match[1]) if match else COLUMN
    return "100%" if width >= COLUMN else f"{width:g}pt"


def is_inline(node: Element) -> bool:
    """Tell whether an image stands within a line of text."""
    parent: Any = node.parent
    if isinstance(parent, nodes.reference):
        node, parent = parent, parent.parent
    return isinstance(parent, nodes.TextElement) and len(parent.children) > 1


def is_badge(node: Element) -> bool:
    """Tell whether ``node`` is a badge of sphinx-design, or a verdict."""
    return bool({"sd-badge", "tr-verdict"}.intersection(node["classes"]))


def is_entry(node: Element) -> bool:
    """Tell whether ``node`` is one entry of a ledger: a claim, a disagreement, a trace."""
    return bool(ENTRIES.intersection(node["classes"]))


def card_of(node: Element) -> Element | None:
    """Return the card of sphinx-design in which ``node`` stands."""
    card: Any = node.parent
    while card is not None and card.get("design_component") != "card":
        card = card.parent
    return card


def card_title(node: Element) -> Element | None:
    """Return the title of the card in which ``node`` stands."""
    card = card_of(node)
    titles = card.findall(nodes.container) if card is not None else ()
    return next((n for n in titles if n.get("design_component") == "card-title"), None)


def card_link(node: Element) -> Element | None:
    """Return the link of the whole card in which ``node`` stands."""
    card = card_of(node)
    links = card.findall(nodes.reference) if card is not None else ()
    return next((n for n in links if "sd-stretched-link" in n["classes"]), None)


def visit_folded_typst(self: TypstTranslator, node: Element) -> None:
    """Print what HTML folds in full, or as its summary where it is marked as not for print."""
    if not node.get("printed", True):
        self.block(prose(node["summary"]))
        raise nodes.SkipNode


def visit_chart_typst(self: TypstTranslator, node: Element) -> None:
    """Print the picture of a chart (attributes ``svg`` and ``alt``) as vectors."""
    alt = node.get("alt") or ""
    if not alt:
        self.warn("chart without alt text", node, "image")
        alt = "chart"
    svg = _SVG_GENERIC_FONT.sub(r"\1Noto Sans\2", node["svg"])
    path = self.builder.save_picture(svg.encode(), ".svg")
    self.picture(path, alt, svg_width(svg))


def depart_chart_typst(self: TypstTranslator, node: Element) -> None:
    """Leave a chart: it has no contents to print."""
