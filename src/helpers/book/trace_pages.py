"""The list of all findings, and for each chapter the traces: how every number was computed, from which rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from helpers import units
from helpers.book.code_pages import function_named, lines_of, named_link
from helpers.book.directives import Generated, text
from helpers.book.domain import ANCHORS
from helpers.book.nodes import folded
from helpers.book.wording import words
from helpers.data import Origin, assumptions, origins, sources
from helpers.findings import Finding, Rows, all_findings, get
from helpers.findings.registry import CHAPTERS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROWS_SHOWN = 6  # a trace shows so many rows of a table openly,
ROWS_FOLDED = 30  # so many more folded, and counts the rest, which traces.json holds


class Findings(Generated):
    """The findings of a chapter: a list that leads to the traces, or the traces themselves."""

    option_spec: ClassVar[dict[str, Any]] = {
        "chapter": directives.unchanged_required,
        "form": lambda value: directives.choice(value, ("traces", "list")),
    }

    def run(self) -> list[nodes.Node]:
        """Return one entry a finding, or one row."""
        self.note_everything()
        chapter = self.options["chapter"]
        if chapter.replace("-", "_") not in CHAPTERS:
            raise self.error(f"no chapter {chapter!r}")
        found = [item for item in all_findings() if item.chapter == chapter]
        if self.options.get("form", "traces") == "list":
            return [self.box(self._list(found))]
        return [self.box(*[self._entry(item) for item in found], classes=["tr-traces"])]

    def _list(self, found: list[Finding]) -> nodes.table:
        """Return a table; each row has the anchor that the trace has on its own page, for links made before."""
        names, rows = words("trace"), []
        for item in found:
            label = nodes.paragraph("", "", self.ref("n", item.id, item.label), ids=[ANCHORS["n"] + item.id])
            value = item.text + (f" ({item.interval_text})" if item.interval_text else "")
            day = units.day(item.as_of)
            rows.append([[label], text(value), text(day), text(words("grade_short")[item.grade])])
        heads = [names["finding"], words("number")["value"], words("number")["as_of"], words("number")["grade"]]
        table = self.table(heads, rows, [46, 26, 15, 13])
        table["classes"] += ["tr-stack"]
        return table

    def _entry(self, found: Finding) -> nodes.container:
        names, texts = words("trace"), words("number")
        anchor = self.domain.note_object("n", found.id, found.label)
        title = nodes.paragraph("", "", nodes.strong("", found.label), nodes.Text(f": {found.text}"))
        interval = found.interval_text
        if interval and found.interval:
            interval += f" ({words('interval').get(found.interval, found.interval)})"
        read: list[nodes.Node] = []
        for group in found.rows:
            read += self._rows(group)
        chosen: list[nodes.Node] = []
        for key in found.assumptions:
            chosen += [*(text(", ") if chosen else []), self.ref("a", key, assumptions()[key].label)]
        parents: list[nodes.Node] = []
        for key in found.findings:
            parents += [*(text("; ") if parents else []), self.ref("n", key, get(key).label)]
        function = function_named(found.module, found.function)
        pairs = [
            (names["finding"], [nodes.literal("", found.id)]),
            (texts["interval"], text(interval)),
            (texts["as_of"], text(units.day(found.as_of))),
            (names["function"], [named_link(found.module, found.function, lines_of(function))]),
            (names["rows"], read),
            (names["parents"], parents),
            (names["assumptions"], chosen),
            (texts["grade"], text(words("grade")[found.grade])),
            (names["sources"], self.inline("{cite:p}`" + ",".join(found.sources) + "`")),
        ]
        return nodes.container("", title, self.fields(pairs), ids=[anchor], classes=["tr-trace-entry"])

    def _rows(self, group: Rows) -> list[nodes.Node]:
        """Return the rows of one table that a finding read, each with its source and grade."""
        names = words("trace")
        told = origins(group.table)
        lines = [
            nodes.list_item("", nodes.paragraph("", "", nodes.literal("", key), nodes.Text(provenance(told[key]))))
            for key in group.ids
        ]
        head = nodes.paragraph("", "", self.ref("table", group.table, group.table))
        shown: list[nodes.Node] = [head, nodes.bullet_list("", *lines[:ROWS_SHOWN])]
        rest = lines[ROWS_SHOWN : ROWS_SHOWN + ROWS_FOLDED]
        beyond = len(lines) - ROWS_SHOWN - len(rest)
        if rest:
            body: list[nodes.Node] = [nodes.bullet_list("", *rest)]
            if beyond:
                body.append(nodes.paragraph("", names["beyond"].format(count=beyond)))
            more = names["more"].format(count=len(rest) + beyond)
            shown.append(folded("", *body, summary=more, printed=False))
        return shown


def provenance(row: Origin) -> str:
    """Return what a trace says of a row: its sources, how they were read, and whether a cell was corrected."""
    named = ", ".join(f"{sources()[key].author} {sources()[key].year}" for key in (row.source, row.also_source) if key)
    grade = f" ({words('grade_short')[row.grade]})" if row.grade else ""
    mended = ", " + words("trace")["corrected"] if row.mended else ""
    return f" {named}{grade}{mended}"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive_to_domain("tr", "findings", Findings)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
