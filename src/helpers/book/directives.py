"""Directives for what the build writes itself: their common parts, assumptions, disagreements, data dictionary.

What they put out stands in containers of the class ``tr-computed``: its digits come from data, so the rule against
typed numbers passes over it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from helpers import units
from helpers.book.domain import TwoRacesDomain, assumption_range, assumption_text
from helpers.book.nodes import folded, number, panel
from helpers.book.wording import words
from helpers.claims import claim, disagreements
from helpers.claims.disagreements import KINDS
from helpers.data import assumptions, descriptor, load
from helpers.figures.tables import escape
from helpers.figures.words import catalogue
from helpers.findings import Finding

if TYPE_CHECKING:
    from sphinx.application import Sphinx

log = logging.getLogger(__name__)


class Generated(SphinxDirective):
    """What the directives share: building blocks that come out alike in page and PDF."""

    @property
    def domain(self) -> TwoRacesDomain:
        """The domain that knows where things are explained."""
        found = self.env.get_domain("tr")
        assert isinstance(found, TwoRacesDomain)
        return found

    def box(self, *children: nodes.Node, classes: Iterable[str] = ()) -> nodes.container:
        """Return a container whose digits come from data."""
        return nodes.container("", *children, classes=["tr-computed", *classes])

    def myst(self, text: str) -> list[nodes.Node]:
        """Parse text with roles and citations."""
        holder = nodes.Element()
        self.state.nested_parse(StringList(text.splitlines(), source=self.env.docname), self.content_offset, holder)
        return list(holder.children)

    def inline(self, text: str) -> list[nodes.Node]:
        """Parse one paragraph and return what is in it."""
        return [child for block in self.myst(text) for child in (block.children if len(block) else [block])]

    def fields(self, pairs: Iterable[tuple[str, list[nodes.Node]]]) -> nodes.definition_list:
        """Return terms with their contents, as a definition list."""
        items = [
            nodes.definition_list_item("", nodes.term("", term), nodes.definition("", *blocks(content)))
            for term, content in pairs
            if content
        ]
        return nodes.definition_list("", *items, classes=["tr-fields"])

    def table(self, heads: list[str], rows: list[list[list[nodes.Node]]], widths: list[int]) -> nodes.table:
        """Return a table with one header row."""
        group = nodes.tgroup("", *[nodes.colspec(colwidth=width) for width in widths], cols=len(heads))
        head = nodes.row("", *[nodes.entry("", nodes.paragraph("", text)) for text in heads])
        body = [nodes.row("", *[nodes.entry("", *blocks(cell)) for cell in row]) for row in rows]
        group += nodes.thead("", head)
        group += nodes.tbody("", *body)
        return nodes.table("", group, classes=["tr-table", "colwidths-given"])

    def ref(self, kind: str, key: str, text: str) -> nodes.Node:
        """Return a reference to where ``key`` is explained, without a popover."""
        from sphinx.addnodes import pending_xref  # noqa: PLC0415

        self.domain.note_printed(self.env.docname, kind, key)
        return pending_xref(
            "",
            nodes.inline("", text),
            refdomain="tr",
            reftype=kind,
            reftarget=key,
            refdoc=self.env.docname,
            refwarn=True,
        )

    def note_everything(self) -> None:
        """Have the page read again whenever any finding, assumption or verdict changes."""
        self.domain.note_printed(self.env.docname, "all", "all")

    def finding_text(self, found: Finding) -> list[nodes.Node]:
        """Return label, value and interval of a finding, the label leading to its trace."""
        more = f" ({found.interval_text})" if found.interval_text else ""
        return [self.ref("n", found.id, found.label), nodes.Text(f": {found.text}{more}, {units.day(found.as_of)}")]


def blocks(content: list[nodes.Node]) -> list[nodes.Node]:
    """Wrap inline content in a paragraph; leave blocks as they are."""
    if all(
        isinstance(node, nodes.Text | nodes.Inline | nodes.TextElement) and not isinstance(node, nodes.paragraph)
        for node in content
    ):
        return [nodes.paragraph("", "", *content)]
    return content


def text(value: str) -> list[nodes.Node]:
    """Return plain text as content; none for an empty one."""
    return [nodes.Text(value)] if value else []


def verdict_node(name: str) -> nodes.Node:
    """Return a verdict as a mark: word and colour, so that neither alone carries it."""
    return number("", name, classes=["tr-verdict", f"tr-{name.replace(' ', '-')}"])


class Assumptions(Generated):
    """The table of all assumptions."""

    def run(self) -> list[nodes.Node]:
        """Return one row an assumption, with its anchor."""
        self.note_everything()
        names = words("assumptions")
        rows = []
        for chosen in assumptions().values():
            anchor = self.domain.note_object("a", chosen.id, chosen.label)
            label = nodes.paragraph("", chosen.label, ids=[anchor])
            reason = escape(chosen.reason) + (" {cite:p}`" + chosen.source + "`" if chosen.source else "")
            rows.append([[label], text(assumption_text(chosen)), text(assumption_range(chosen)), self.inline(reason)])
        heads = [names["assumption"], names["value"], names["range"], names["reason"]]
        table = self.table(heads, rows, [28, 14, 20, 38])
        table["classes"] += ["tr-stack"]
        return [self.box(table)]


class Corrections(Generated):
    """The cells in which a source is mistaken, with what is taken instead."""

    def run(self) -> list[nodes.Node]:
        """Return one row a correction."""
        self.note_everything()
        names, rows = words("correction"), []
        for row in load("corrections").itertuples():
            reason = f"{escape(row.reason)} {{cite:p}}`{row.source}`"
            cell = nodes.literal("", f"{row.table}/{row.row}/{row.column}")
            rows.append([[cell], text(row.expected), text(row.corrected), self.inline(reason)])
        heads = [names[name] for name in ("where", "expected", "corrected", "reason")]
        table = self.table(heads, rows, [34, 14, 14, 38])
        table["classes"] += ["tr-stack"]
        return [self.box(table)]


class Disagreements(Generated):
    """Every disagreement with its readings and what resolves it; ids, or a kind, may be given to choose some."""

    option_spec: ClassVar[dict[str, Any]] = {
        "only": directives.unchanged,
        "kind": lambda value: directives.choice(value, KINDS),
    }

    def run(self) -> list[nodes.Node]:
        """Return a section-like block for each."""
        self.note_everything()
        only = self.options.get("only", "").split()
        kind = self.options.get("kind", "")
        found = [item for item in disagreements() if (not only or item.id in only) and kind in ("", item.kind)]
        names = words("disagreement")
        out = []
        for item in found:
            anchor = self.domain.note_object("dis", item.id, item.question)
            title = nodes.paragraph("", "", nodes.strong("", item.question))
            rows = [
                [
                    [self.ref("n", reading.id, reading.label)],
                    text(reading.text + (f" ({reading.interval_text})" if reading.interval_text else "")),
                    text(units.day(reading.as_of)),
                ]
                for reading in item.readings
            ]
            met: list[nodes.Node] = []
            for key in item.claims:
                met += [*(text("; ") if met else []), self.ref("claim", key, claim(key).statement)]
            pairs = [
                (names["kind"], text(names[item.kind.replace(" ", "_")])),
                (names["resolution"], self.inline(item.resolution)),
                (names["claims"], met),
            ]
            heads = [names["reading"], names["value"], names["date"]]
            entry = nodes.container(
                "",
                title,
                self.table(heads, rows, [60, 22, 18]),
                self.fields(pairs),
                ids=[anchor],
                classes=["tr-disagreement"],
            )
            out.append(entry)
        return [self.box(*out)]


def column_text(field: dict[str, Any]) -> str:
    """Return meaning, type and unit of a column."""
    unit = field.get("unit", "")
    if unit.startswith("column:"):
        unit = words("dictionary")["unit_column"].format(column=unit.removeprefix("column:"))
    elif unit in units.units() and unit != "1":
        unit = units.unit(unit).name
    kind = words("dictionary")[field["type"]]
    return f"{field['description'].rstrip('.')} ({', '.join(part for part in (kind, unit) if part and part != '1')})."


class Dictionary(Generated):
    """The data dictionary, from the descriptor of the data package."""

    def run(self) -> list[nodes.Node]:
        """Return title, description and columns of every table."""
        self.note_everything()
        out = []
        for spec in descriptor()["resources"]:
            count = words("dictionary")["rows"].format(count=units.number(len(load(spec["name"]))))
            title = nodes.paragraph(
                "", "", nodes.strong("", spec["title"]), nodes.Text(" "), nodes.literal("", spec["path"])
            )
            about = nodes.paragraph("", f"{spec['description']} {count}")
            items = [
                nodes.definition_list_item(
                    "",
                    nodes.term("", "", nodes.literal("", field["name"])),
                    nodes.definition("", nodes.paragraph("", column_text(field))),
                )
                for field in spec["schema"]["fields"]
            ]
            columns = nodes.definition_list("", *items, classes=["tr-fields"])
            anchor = self.domain.note_object("table", spec["name"], spec["title"])
            out.append(nodes.container("", title, about, columns, ids=[anchor]))
        return [self.box(*out)]


class Questions(Generated):
    """The questions that a chapter's figures answer, each with its figure, in the order of the chapter."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the questions of the chapter whose label the directive is given, to be put in order later."""
        names = words("questions")
        asked = nodes.bullet_list("", classes=["tr-questions"])
        for name, figure in catalogue(self.arguments[0].replace("-", "_")).items():
            if figure.question:
                line = self.inline(names["line"].format(question=figure.question, figure=f"fig-{name}"))
                asked += nodes.list_item("", nodes.paragraph("", "", *line), figure=f"fig-{name}")
        return [folded("", nodes.paragraph("", names["how"]), asked, summary=names["summary"])]


def order_questions(app: Sphinx, doctree: nodes.document) -> None:
    """Put questions into the order of the page's figures; leave out those of figures that it does not show."""
    figures = [node for node in doctree.findall(nodes.figure) if not isinstance(node, panel)]
    shown = [name for figure in figures for name in figure["names"]]
    for asked in doctree.findall(
        lambda node: isinstance(node, nodes.bullet_list) and "tr-questions" in node["classes"]
    ):
        items = {item["figure"]: item for item in asked.children}
        for name in set(shown) - set(items):
            log.warning(
                f"{name} has no question in the catalogue of figures", location=asked, type="tr", subtype="question"
            )
        asked.children = [items[name] for name in shown if name in items]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    for name, kind in (
        ("assumptions", Assumptions),
        ("disagreements", Disagreements),
        ("dictionary", Dictionary),
        ("corrections", Corrections),
        ("questions", Questions),
    ):
        app.add_directive_to_domain("tr", name, kind)
    app.connect("doctree-read", order_questions, priority=300)  # before toctree numbers are given
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
