"""The Sphinx domain ``tr``: roles that print findings, assumptions, cells and verdicts, and where these lead.

A role looks its number up while the page is read, so that the text stands in titles of figures, captions, cells and
popovers alike; the link to the trace is resolved later like any other reference. Every page remembers what it printed,
and is read again when that has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain, ObjType
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from helpers import units
from helpers.book.nodes import number
from helpers.book.wording import words
from helpers.claims import claims, disagreements, judge, judged
from helpers.data import Assumption, assumption, assumptions, cell_text, load, sources, table_names
from helpers.data.edition import edition
from helpers.data.tables import resource
from helpers.findings import Finding, all_findings, get, ids

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

log = logging.getLogger(__name__)

# Prefixes of anchors. A label that begins with the name of its type is rebuilt wrongly by Sphinx' search.
ANCHORS = {"n": "f-", "a": "a-", "claim": "c-", "dis": "d-", "table": "t-"}
OPENING, CLOSING = "(“‘[", ").,;:”’]?!%"


def record(kind: str, key: str) -> str:
    """Return a hash of all that a page may print of a finding, an assumption or a claim."""
    subject: object
    if kind == "n":
        subject = get(key)
    elif kind == "a":
        subject = assumption(key)
    elif kind == "claim":
        subject = judge(key)
    elif kind == "table":
        return table_record(key)
    else:
        subject = everything()
    return hashlib.sha256(repr(subject).encode()).hexdigest()[:16]


@cache
def table_record(name: str) -> str:
    """Return a hash of all cells of a table."""
    return hashlib.sha256(load(name).to_csv().encode()).hexdigest()[:16]


def everything() -> tuple[object, ...]:
    """Return all that generated pages print: findings, assumptions, verdicts, disagreements."""
    return (all_findings(), tuple(assumptions().values()), tuple(judged()), disagreements())


class NumberRole(SphinxRole):
    """Print a finding: ``n`` with its unit, ``num`` without, ``int`` its interval, ``date`` the day it holds for."""

    def __init__(self, show: Callable[[Finding], str]) -> None:
        """Print what ``show`` makes of the finding."""
        super().__init__()
        self.show = show

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a reference to the trace that holds the number."""
        try:
            found = get(self.text)
        except ValueError as error:
            return [], [self._problem(str(error))]
        text = self.show(found)
        if not text:
            return [], [self._problem(f"finding {found.id} has no interval to print")]
        node = number(self.rawtext, text, popover=popover(found), label=found.label, link_text=words("number")["trace"])
        return [reference(self, "n", found.id, node)], []

    def _problem(self, message: str) -> nodes.system_message:
        return self.inliner.reporter.error(message, line=self.lineno)


class AssumptionRole(SphinxRole):
    """Print an assumption with its unit."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a reference to the list of assumptions."""
        try:
            chosen = assumption(self.text)
        except KeyError as error:
            return [], [self.inliner.reporter.error(str(error), line=self.lineno)]
        texts = words("number")
        rows = [
            (texts["assumption"], chosen.label),
            (texts["reason"], chosen.reason),
            (texts["range"], assumption_range(chosen)),
        ]
        node = number(self.rawtext, assumption_text(chosen), popover=rows, label=chosen.label, link_text=texts["see"])
        return [reference(self, "a", chosen.id, node)], []


class CellRole(SphinxRole):
    """Print one cell of a table: ``table/row/column``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the cell's text, with its unit where the column states one."""
        try:
            text = cell_text(self.text)
            table, row, column = self.text.split("/")
        except (KeyError, ValueError) as error:
            return [], [self.inliner.reporter.error(f"no cell {self.text}: {error}", line=self.lineno)]
        spec, cells, texts = resource(table), load(table).loc[row], words("number")
        field = next(item for item in spec["schema"]["fields"] if item["name"] == column)
        rows = [("", field["title"]), (texts["table"], f"{spec['title']}, {row}")]
        if "as_of" in cells:
            rows.append((texts["as_of"], units.day(cells["as_of"].date())))
        if "source" in cells:
            rows += [(texts["source"], named(cells["source"])), (texts["grade"], words("grade")[cells["grade"]])]
        node = number(self.rawtext, text, popover=rows, label=field["title"], link_text=texts["columns"])
        return [reference(self, "table", table, node)], []


class ClaimRole(SphinxRole):
    """Name the verdict on a claim in place, leading to the ledger."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a reference to the claim's entry that holds its verdict."""
        if self.text not in claims():
            return [], [self.inliner.reporter.error(f"no claim {self.text!r} in data/claims.csv", line=self.lineno)]
        found = judge(self.text)
        texts = words("claim")
        rows = [(texts["printed"], found.claim.statement), (texts["verdict"], found.verdict)]
        node = number(self.rawtext, found.verdict, popover=rows, label=texts["claim"], link_text=texts["ledger"])
        node["classes"] += ["tr-verdict", f"tr-{found.verdict.replace(' ', '-')}"]
        return [reference(self, "claim", found.claim.id, node)], []


def reference(role: SphinxRole, kind: str, key: str, node: number) -> pending_xref:
    """Wrap a printed number in a reference, give its popover a number of its own, and remember that it was printed."""
    env = role.env
    node["popover_id"] = f"tr-{env.new_serialno('tr-popover')}"
    domain = env.get_domain("tr")
    assert isinstance(domain, TwoRacesDomain)
    domain.note_printed(env.docname, kind, key)
    wrapper = pending_xref("", node, refdomain="tr", reftype=kind, reftarget=key, refdoc=env.docname, refwarn=True)
    wrapper.line = role.lineno
    return wrapper


def popover(found: Finding) -> list[tuple[str, str]]:
    """Return what opens behind a number: label, value and interval, date, sources, grade."""
    texts = words("number")
    rows = [("", found.label), (texts["value"], found.text)]
    if found.interval_text:
        kind = words("interval").get(found.interval or "", found.interval or "")
        rows.append((texts["interval"], f"{found.interval_text}" + (f" ({kind})" if kind else "")))
    when = "forecast" if found.as_of > edition().released else "as_of"
    rows.append((texts[when], units.day(found.as_of)))
    shown = [named(key) for key in found.sources[:3]] + ["…"] * (len(found.sources) > 3)
    rows += [(texts["source"], "; ".join(shown)), (texts["grade"], words("grade")[found.grade])]
    return rows


def named(key: str) -> str:
    """Name a source in one line."""
    source = sources()[key]
    return f"{source.author}, {source.title} ({source.year})"


def assumption_text(chosen: Assumption, value: float | None = None) -> str:
    """Print an assumption's value with as many digits as it was given, from a billion on with the word for it."""
    words = [word for word, size in units.SCALES.items() if size >= units.SCALES["billion"]]
    scale = next((word for word in reversed(words) if abs(chosen.value) >= units.SCALES[word]), "")
    return units.as_typed(chosen.value if value is None else value, chosen.unit, scale=scale)


def assumption_range(chosen: Assumption) -> str:
    """Print the range in which an assumption may be moved."""
    return f"{assumption_text(chosen, chosen.low)} – {assumption_text(chosen, chosen.high)}"


class TwoRacesDomain(Domain):
    """Findings, assumptions, claims and disagreements as objects of the book."""

    name = "tr"
    label = "Two Races"
    object_types: ClassVar[dict[str, ObjType]] = {
        "finding": ObjType("finding", "n", "num", "int", "date"),
        "assumption": ObjType("assumption", "a"),
        "claim": ObjType("claim", "claim"),
        "disagreement": ObjType("disagreement", "dis"),
        "table": ObjType("table", "cell"),
    }
    roles: ClassVar[dict[str, Any]] = {
        "n": NumberRole(lambda found: found.text),
        "num": NumberRole(lambda found: found.bare),
        "int": NumberRole(lambda found: found.interval_text),
        "date": NumberRole(lambda found: units.day(found.as_of)),
        "a": AssumptionRole(),
        "cell": CellRole(),
        "claim": ClaimRole(),
    }
    initial_data: ClassVar[dict[str, Any]] = {
        "objects": {},
        "printed": {},
        "figures": {},
        "panels": {},
        "mentions": {},
    }
    data_version = 3

    def note_object(self, kind: str, key: str, label: str) -> str:
        """Record that the current page explains ``key``, and return the anchor to put there."""
        self.data["objects"][f"{kind}:{key}"] = (self.env.docname, ANCHORS[kind] + key, label)
        return ANCHORS[kind] + key

    def note_printed(self, docname: str, kind: str, key: str) -> None:
        """Record that a page prints ``key``, and what it was."""
        self.data["printed"].setdefault(docname, {})[f"{kind}:{key}"] = record(kind, key)

    def note_figure(self, name: str, csv: str) -> None:
        """Record a figure's data for the download."""
        self.data["figures"][name] = (self.env.docname, csv)

    def note_panel(self, anchor: str, figure: str, letter: str) -> None:
        """Record that the figure with the anchor ``figure`` has a panel."""
        self.data["panels"][anchor] = (self.env.docname, figure, letter)

    def note_mention(self, key: str, docname: str, anchor: str, title: str) -> None:
        """Record that a section refers to the claim ``key``."""
        places = self.data["mentions"].setdefault(docname, {}).setdefault(key, [])
        if (anchor, title) not in places:
            places.append((anchor, title))

    def mentions(self, key: str) -> list[tuple[str, str, str]]:
        """Return page, anchor and title of every section that refers to a claim, in the order of the book."""
        order = list(self.env.toctree_includes.get(self.env.config.root_doc, []))
        pages = [name for name in self.data["mentions"] if key in self.data["mentions"][name]]
        pages.sort(key=lambda name: (order.index(name) if name in order else -1, name))
        return [(page, *place) for page in pages for place in self.data["mentions"][page][key]]

    def where(self, kind: str, key: str) -> tuple[str, str] | None:
        """Return page and anchor that explain ``key``."""
        entry = self.data["objects"].get(f"{kind}:{key}")
        return entry[:2] if entry else None

    def clear_doc(self, docname: str) -> None:
        """Forget what a page held."""
        self.data["printed"].pop(docname, None)
        self.data["mentions"].pop(docname, None)
        for group in ("objects", "figures", "panels"):
            kept = {key: value for key, value in self.data[group].items() if value[0] != docname}
            self.data[group] = kept

    def merge_domaindata(self, docnames: set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        for group in ("objects", "figures", "panels"):
            self.data[group].update({key: value for key, value in otherdata[group].items() if value[0] in docnames})
        for group in ("printed", "mentions"):
            self.data[group].update({name: value for name, value in otherdata[group].items() if name in docnames})

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element | None:
        """Lead a printed number to its trace: through its popover in HTML, as a link elsewhere."""
        if typ == "code":
            return code_reference(builder, fromdocname, target, contnode)
        place = self.where(typ, target)
        if place is None:
            return None
        docname, anchor = place
        if builder.format == "html" and isinstance(contnode, number) and contnode.get("popover_id"):
            contnode["uri"] = builder.get_relative_uri(fromdocname, docname) + "#" + anchor
            return contnode
        return make_refnode(builder, fromdocname, docname, anchor, contnode)

    def resolve_any_xref(self, *args: Any) -> list[Any]:
        """Take no part in references of unknown kind."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every object for the search and the inventory."""
        names = {"n": "finding", "a": "assumption", "claim": "claim", "dis": "disagreement", "table": "table"}
        for name, (docname, anchor, label) in self.data["objects"].items():
            kind, _, key = name.partition(":")
            yield key, label, names[kind], docname, anchor, 1


def code_reference(builder: Builder, docname: str, target: str, contnode: nodes.Element) -> nodes.Element:
    """Lead to the lines of a module where the book has its code as a page: in HTML."""
    if builder.format != "html":
        return contnode
    module, _, line = target.partition("#")
    return nodes.reference("", "", contnode, refuri=f"{'../' * docname.count('/')}code/{module}.html#{line}")


def changed_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the pages that print something which has changed since they were read."""
    stale = []
    for docname, printed in env.get_domain("tr").data["printed"].items():
        for name, old in printed.items():
            kind, _, key = name.partition(":")
            try:
                same = record(kind, key) == old
            except (KeyError, ValueError):
                same = False
            if not same:
                stale.append(docname)
                break
    return stale


def keep_together(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep a bracket or a full stop on the line of the number that it belongs to.

    A button in HTML may be parted from its neighbours at the end of a line, whatever these are.
    """
    if app.builder.format != "html":
        return
    for node in list(doctree.findall(number)):
        parent = node.parent
        if not node.get("popover_id") or parent is None:
            continue
        place = parent.index(node)
        before = parent[place - 1] if place else None
        after = parent[place + 1] if place + 1 < len(parent) else None
        head, tail = "", ""
        if isinstance(before, nodes.Text):
            text = str(before)
            kept = text.rstrip(OPENING)
            head = text[len(kept) :]
            if head:
                parent.replace(before, nodes.Text(kept))
        if isinstance(after, nodes.Text):
            text = str(after)
            kept = text.lstrip(CLOSING)
            tail = text[: len(text) - len(kept)]
            if tail:
                parent.replace(after, nodes.Text(kept))
        if head or tail:
            joined = nodes.inline("", "", nodes.Text(head), node.deepcopy(), nodes.Text(tail), classes=["tr-together"])
            parent.replace(node, joined)


def evaluate(app: Sphinx) -> None:
    """Check every table, then compute all findings and verdicts, before any page is read; a mistake stops the build."""
    try:
        for name in table_names():
            load(name)
        count = len(ids())
        all_findings()
        log.info(f"{count} findings computed")
        log.info(f"{len(judged())} claims judged, {len(disagreements())} disagreements worked out")
    except (ValueError, KeyError) as error:
        raise ExtensionError(str(error)) from error


def all_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write every page anew when any was read: sidebars hold the titles of all."""
    return sorted(env.found_docs) if getattr(env, "tr_read_any", False) else []


def note_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Remember whether any page is read in this build."""
    env.tr_read_any = bool(docnames)  # type: ignore[attr-defined]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the domain and what keeps it fresh."""
    app.add_domain(TwoRacesDomain)
    app.connect("builder-inited", evaluate, priority=100)
    app.connect("doctree-resolved", keep_together, priority=900)
    app.connect("env-get-outdated", changed_pages)
    app.connect("env-before-read-docs", note_reading)
    app.connect("env-updated", all_pages)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
