"""The pages of the ledger: claims with their verdicts, the five articles, what was left out, what has moved since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from html import escape as quoted
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.util.nodes import make_refnode

from helpers import units
from helpers.book.code_pages import code_link
from helpers.book.directives import Generated, text, verdict_node
from helpers.book.domain import TwoRacesDomain
from helpers.book.nodes import folded, number
from helpers.book.wording import words
from helpers.claims import Claim, Judged, articles, judge, judge_of, judged
from helpers.claims.verdicts import VERDICTS
from helpers.data import load
from helpers.data.edition import edition
from helpers.figures.tables import escape
from helpers.findings import get

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

FIDELITIES = ("faithful", "distorted", "source not found", "own statement")
KINDS = ("figure", "fact", "event", "causal", "forecast", "opinion")


class mentions(nodes.Invisible, nodes.Inline, nodes.TextElement):  # noqa: N801  docutils names nodes in lower case
    """Stands where the sections that discuss a claim are named, until all pages have been read."""


def short(article: str) -> str:
    """Return the number under which the report cites an article's file, such as 002."""
    return article[:3]


def figures_text(subject: Claim) -> str:
    """Return what an article prints, figure by figure."""
    return "; ".join(
        f"{'' if item.hedge == 'none' else item.hedge + ' '}{units.as_typed(item.value, item.unit)} ({item.what})"
        for item in subject.figures
    )


def attribution(subject: Claim) -> str:
    """Return who said it, and through whom it came, without naming anybody twice."""
    if not subject.via or subject.via.startswith(subject.attributed_to):
        return subject.via or subject.attributed_to
    return f"{subject.attributed_to}; {subject.via}"


def period_text(subject: Claim) -> str:
    """Return the time that a claim speaks of; empty where that is only the day on which it was said."""
    start, end = subject.period
    if start is None and end is None:
        return ""
    if start == end or start is None or end is None:
        day = end or start
        return "" if day == subject.said_on or day is None else units.day(day)
    return f"{units.day(start)} – {units.day(end)}"


def said_text(subject: Claim) -> str:
    """Return the day on which it was said, with a word where the article prints none."""
    article = articles()[subject.article]
    known = "" if article.day_known == "printed" else f", {words('claim')[article.day_known]}"
    return units.day(subject.said_on) + (known if subject.said_on == article.published else "")


def mark(kind: str, value: str) -> str:
    """Return the class by which the filter of the ledger finds an entry."""
    return f"tr-{kind}-{value.replace(' ', '-')}"


class Claims(Generated):
    """The claims of a chapter, an article or all with their verdicts: a short table, or full entries of the ledger."""

    option_spec: ClassVar[dict[str, Any]] = {
        "chapter": directives.unchanged,
        "article": directives.unchanged,
        "form": lambda value: directives.choice(value, ("table", "ledger")),
        "only": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return table or entries."""
        self.note_everything()
        found = judged(self.options.get("chapter"))
        if "article" in self.options:
            found = [item for item in found if short(item.claim.article) == self.options["article"]]
            found.sort(key=lambda item: item.claim.line)
        if "only" in self.options:
            found = [judge(key) for key in self.options["only"].split()]
        if not found:
            raise self.error("no claim fits these options")
        if self.options.get("form", "table") == "table":
            return [self.box(self._short(found))]
        return [self.box(*[self._entry(item) for item in found], classes=["tr-ledger"])]

    def linked(self, sentence: str) -> list[nodes.Node]:
        """Parse a sentence whose numbers lead straight to their traces: popovers would double the long page."""
        found = self.inline(sentence)
        for node in found:
            for printed in node.findall(number):
                printed.attributes.pop("popover_id", None)
        return found

    def _short(self, found: list[Judged]) -> nodes.table:
        """Return statement and verdict of each; with the reason too where a few are named."""
        names, few = words("claim"), "only" in self.options
        rows: list[list[list[nodes.Node]]] = []
        for item in found:
            rows.append([[self.ref("claim", item.claim.id, item.claim.statement)], [verdict_node(item.verdict)]])
            if few:
                rows[-1].append(self.inline(item.reason))
        heads = [names["claim"], names["verdict"], *([names["reason"]] if few else [])]
        table = self.table(heads, rows, [34, 13, 53] if few else [82, 18])
        table["classes"] += ["tr-stack"] if few else []
        return table

    def _entry(self, item: Judged) -> nodes.container:
        subject, names = item.claim, words("claim")
        anchor = self.domain.note_object("claim", subject.id, subject.statement)
        title = nodes.paragraph(
            "", "", nodes.strong("", subject.statement), nodes.Text(" "), verdict_node(item.verdict)
        )
        title["classes"] += ["tr-claim-title"]
        based: list[nodes.Node] = []
        if item.findings:
            agrees = dict(item.outcome.agrees)
            lines = []
            for key in item.findings:
                line = self.finding_text(get(key))
                if key in agrees and len(agrees) > 1:
                    line.append(nodes.Text(", " + names["agrees" if agrees[key] else "differs"]))
                lines.append(nodes.list_item("", nodes.paragraph("", "", *line)))
            based = [nodes.bullet_list("", *lines)]
        read = [f"{group.table}: {', '.join(group.ids)}" for group in item.outcome.evidence]
        cited = self.inline("{cite:p}`" + ",".join(item.sources) + "`") if item.sources else []
        fidelity = subject.fidelity + (f". {subject.fidelity_reason}" if subject.fidelity_reason else "")
        where = f"{short(subject.article)}, {names['line']} {subject.line} ({said_text(subject)})"
        function = judge_of(subject.id)
        pairs: list[tuple[str, list[nodes.Node]]] = [
            (names["article"], text(where)),
            (names["kind"], text(words("kind")[subject.kind])),
            (names["attributed"], text(attribution(subject))),
            (names["period"], text(period_text(subject))),
            (names["figures"], text(figures_text(subject))),
            (names["strength"], text(subject.strength or "")),
            (names["meant"], text(subject.printed_vs_meant or "")),
            (names["compares"], text(subject.compares or "")),
            (names["reason"], self.linked(item.reason)),
            (names["otherwise"], self.linked(item.otherwise) if item.otherwise else []),
            (names["findings"], based),
            (names["evidence"], text("; ".join(read))),
            (names["fidelity"], text(fidelity)),
            (names["due"], text(units.day(subject.due)) if subject.due else []),
            (names["now"], self.linked(item.now) if item.now else []),
            (names["grade"], text(words("grade")[item.grade] if item.grade else "")),
            (names["sources"], cited),
            (names["judged"], [code_link(function)] if function else []),
            (names["sections"], [mentions("", claim=subject.id)]),
            (names["cite"], text(citation(subject.id))),
        ]
        return nodes.container(
            "",
            title,
            self.fields(pairs),
            ids=[anchor],
            classes=[
                "tr-claim",
                mark("article", short(subject.article)),
                mark("chapter", subject.chapter),
                mark("verdict", item.verdict),
                mark("kind", subject.kind),
                mark("fidelity", subject.fidelity),
            ],
        )


def citation(key: str) -> str:
    """Return how one claim is cited: authors, title, edition, id and address within the book."""
    now = edition()
    return words("claim")["citation"].format(
        title=now.title, version=now.version, day=units.day(now.released), id=key, address=f"claims.html#c-{key}"
    )


class Filter(Generated):
    """The form that narrows the ledger; a script shows it, and without scripts the ledger stands whole."""

    def run(self) -> list[nodes.Node]:
        """Return the form, for HTML only."""
        names, found = words("filter"), judged()
        choices: list[tuple[str, list[tuple[str, str]]]] = [
            ("article", [(short(item.id), f"{short(item.id)} · {item.title}") for item in articles().values()]),
            ("chapter", [(name, words("chapter")[name]) for name in dict.fromkeys(i.claim.chapter for i in found)]),
            ("verdict", [(name, name) for name in VERDICTS if any(item.verdict == name for item in found)]),
            ("kind", [(name, words("kind")[name]) for name in KINDS]),
            ("fidelity", [(name, name) for name in FIDELITIES]),
        ]
        parts = ['<form class="tr-filter" role="search" hidden aria-label="' + quoted(names["label"]) + '">']
        for name, options in choices:
            first = f'<option value="">{quoted(names["all"])}</option>'
            parts.append(f'<label>{quoted(names[name])} <select name="{name}">{first}')
            parts += [
                f'<option value="{quoted(value.replace(" ", "-"))}">{quoted(label)}</option>'
                for value, label in options
            ]
            parts.append("</select></label>")
        parts.append(f'<label>{quoted(names["text"])} <input type="search" name="text" autocomplete="off"></label>')
        parts.append(
            f'<p><output aria-live="polite" data-text="{quoted(names["shown"])}"></output> '
            f'<button type="reset">{quoted(names["reset"])}</button></p></form>'
        )
        return [nodes.raw("", "".join(parts), format="html")]


class Articles(Generated):
    """The five articles: what they are, what they retell, and the day taken for each."""

    def run(self) -> list[nodes.Node]:
        """Return one row an article."""
        self.note_everything()
        names = words("article")
        rows = []
        for item in articles().values():
            retells = escape(item.retells) + (f" {{cite:p}}`{item.source}`" if item.source else "")
            day = f"{units.day(item.published)} ({names[item.day_known]}). {item.day_reason}"
            rows.append([text(short(item.id)), text(item.title), text(item.outlet), self.inline(retells), text(day)])
        heads = [names[name] for name in ("n", "title", "outlet", "retells", "day")]
        table = self.table(heads, rows, [8, 28, 16, 24, 24])
        table["classes"] += ["tr-stack"]
        return [self.box(table)]


class Counts(Generated):
    """How many claims came to which verdict or fidelity, by article, kind or chapter; optionally of some verdicts."""

    option_spec: ClassVar[dict[str, Any]] = {
        "by": lambda value: directives.choice(value, ("article", "kind", "chapter")),
        "of": lambda value: directives.choice(value, ("verdict", "fidelity", "grade")),
    }
    HEADS: ClassVar[dict[str, Callable[[Judged], str]]] = {
        "article": lambda item: short(item.claim.article),
        "kind": lambda item: words("kind")[item.claim.kind],
        "chapter": lambda item: words("chapter")[item.claim.chapter],
    }
    LINES: ClassVar[dict[str, Callable[[Judged], str]]] = {
        "verdict": lambda item: item.verdict,
        "fidelity": lambda item: item.claim.fidelity,
        "grade": lambda item: words("grade")[item.grade] if item.grade else words("claim")["no_evidence"],
    }

    def run(self) -> list[nodes.Node]:
        """Return one row a verdict (fidelity, grade) that occurs, one column an article (kind, chapter), and sums."""
        self.note_everything()
        by, of = self.options.get("by", "article"), self.options.get("of", "verdict")
        head_of, line_of = self.HEADS[by], self.LINES[of]
        found, names = judged(), words("claim")
        seen = Counter((line_of(item), head_of(item)) for item in found)
        order = [*VERDICTS, *FIDELITIES, *words("grade").values()]
        lines = sorted({name for name, _ in seen}, key=lambda name: order.index(name) if name in order else len(order))
        heads = list(dict.fromkeys(head_of(item) for item in found))
        rows = []
        for name in lines:
            numbers = [seen[name, head] for head in heads]
            rows.append([text(name), *[text(str(number or "–")) for number in numbers], text(str(sum(numbers)))])
        sums = [sum(seen[name, head] for name in lines) for head in heads]
        rows.append([text(names["all"]), *[text(str(number)) for number in (*sums, len(found))]])
        table = self.table([names[of], *heads, names["all"]], rows, [24, *[11] * (len(heads) + 1)])
        table["classes"] += ["tr-numbers"]
        return [self.box(table)]


class Moved(Generated):
    """Every claim of which something has become known since its article, by chapter."""

    def run(self) -> list[nodes.Node]:
        """Return one table a chapter."""
        self.note_everything()
        names, out = words("claim"), []
        for chapter in dict.fromkeys(item.claim.chapter for item in judged()):
            found = [item for item in judged(chapter) if item.now]
            if not found:
                continue
            rows = [
                [
                    [self.ref("claim", item.claim.id, item.claim.statement)],
                    [verdict_node(item.verdict)],
                    self.inline(item.now or ""),
                ]
                for item in found
            ]
            table = self.table([names["claim"], names["then"], names["now"]], rows, [34, 13, 53])
            table["classes"] += ["tr-stack"]
            out += [nodes.rubric("", words("chapter")[chapter]), table]
        return [self.box(*out)]


class LeftOut(Generated):
    """How the sentences of the articles are accounted for, and which make no claim of their own."""

    def run(self) -> list[nodes.Node]:
        """Return the counts by article, then the sentences and numbers left out, folded."""
        self.note_everything()
        names, table = words("left_out"), load("article_sentences")
        kind = table["left_out"].fillna("claim")
        heads = ["claim", "repeats", "nothing to check", "off the subject", "page furniture"]
        counts = []
        for article in articles():
            part = kind[table["article"] == article]
            numbers = [int((part == name).sum()) for name in heads]
            counts.append([text(short(article)), *[text(str(number)) for number in (*numbers, len(part))]])
        titles = [words("claim")["article"], *[names[name] for name in heads], words("claim")["all"]]
        counted = self.table(titles, counts, [14, *[14] * 6])
        counted["classes"] += ["tr-numbers"]
        out: list[nodes.Node] = [counted]
        for title, lines in (
            (names["sentences"], list(self._sentences())),
            (names["numbers"], list(self._numbers())),
        ):
            out.append(folded("", *lines, summary=title))
        return [self.box(*out)]

    def _sentences(self) -> Iterable[nodes.Node]:
        names, rows = words("left_out"), []
        for row in load("article_sentences").itertuples():
            if not _missing(row.left_out) and row.left_out != "repeats":
                where = names["place"].format(article=short(row.article), line=row.line, sentence=row.sentence)
                rows.append([text(where), text(row.left_out), text("" if _missing(row.note) else row.note)])
        yield self.table([names["where"], names["why"], names["what"]], rows, [24, 22, 54])

    def _numbers(self) -> Iterable[nodes.Node]:
        names, rows = words("left_out"), []
        for row in load("claim_left_out").itertuples():
            where = names["line"].format(article=short(row.article), line=row.line)
            rows.append([text(where), text(row.printed), text(row.reason)])
        yield self.table([names["where"], names["printed"], names["why"]], rows, [20, 20, 60])


class Meant(Generated):
    """Where an article's words are not what its source meant: printed against meant, by line."""

    def run(self) -> list[nodes.Node]:
        """Return one row a place."""
        self.note_everything()
        names, rows = words("meant"), []
        for row in load("printed_meant").itertuples():
            touched: list[nodes.Node] = []
            for key in str("" if _missing(row.claims) else row.claims).split():
                touched += [*(text("; ") if touched else []), self.ref("claim", key, judge(key).claim.statement)]
            basis = escape(row.basis) + ("" if _missing(row.source) else f" {{cite:p}}`{row.source}`")
            place = f"{short(row.article)}, {words('claim')['line']} {row.line}"
            rows.append([text(place), text(row.printed), text(row.meant), self.inline(f"{row.kind}; {basis}"), touched])
        heads = [names[name] for name in ("where", "printed", "meant", "kind", "claims")]
        table = self.table(heads, rows, [13, 22, 22, 18, 25])
        table["classes"] += ["tr-stack"]
        return [self.box(table)]


class Subjects(Generated):
    """The systems, methods, products and institutions that the articles name, each with where the book treats it."""

    def run(self) -> list[nodes.Node]:
        """Return one row a subject."""
        self.note_everything()
        names, rows = words("subject"), []
        for row in load("subjects").sort_values("n").itertuples():
            keys = str("" if _missing(row.claims) else row.claims).split()
            marks = self.inline(", ".join(f"{{tr:claim}}`{key}`" for key in keys)) if keys else []
            kind = names["kind_and_articles"].format(kind=row.kind, articles=", ".join(str(row.articles).split()))
            treated = self.inline(f"{escape(row.treated)} {{ref}}`{row.section}`")
            rows.append([[nodes.strong("", row.subject)], text(kind), treated, text(names[row.depth]), marks])
        heads = [names[name] for name in ("subject", "kind", "treated", "depth", "claims")]
        table = self.table(heads, rows, [16, 14, 36, 12, 22])
        table["classes"] += ["tr-stack"]
        return [self.box(table)]


def _missing(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124  a missing cell is no string, but not a number either


def note_mentions(app: Sphinx, doctree: nodes.document) -> None:
    """Remember which section of a page refers to which claim."""
    env = app.env
    domain = env.get_domain("tr")
    assert isinstance(domain, TwoRacesDomain)
    for node in doctree.findall(pending_xref):
        if node.get("refdomain") != "tr" or node.get("reftype") != "claim":
            continue
        section = node.parent
        while section is not None and not isinstance(section, nodes.section):
            section = section.parent
        if section is None:
            continue
        title = section.next_node(nodes.title)
        assert title is not None
        domain.note_mention(node["reftarget"], env.docname, section["ids"][0], title.astext())


def name_sections(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace each placeholder by the sections that discuss the claim, in the order of the book."""
    domain = app.env.get_domain("tr")
    assert isinstance(domain, TwoRacesDomain)
    for node in list(doctree.findall(mentions)):
        parts: list[nodes.Node] = []
        for page, anchor, title in domain.mentions(node["claim"]):
            if page == docname:
                continue
            chapter = app.env.titles[page].astext().partition(":")[0]
            label = title if title.startswith(chapter) else f"{chapter}: {title}"
            parts += [*(text("; ") if parts else []), _link(app.builder, docname, page, anchor, label)]
        node.replace_self(parts or text(words("claim")["no_section"]))


def _link(builder: Builder, docname: str, page: str, anchor: str, label: str) -> nodes.reference:
    return make_refnode(builder, docname, page, anchor, nodes.inline("", label))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives and what fills in the sections."""
    for name, kind in (
        ("claims", Claims),
        ("filter", Filter),
        ("articles", Articles),
        ("counts", Counts),
        ("moved", Moved),
        ("left-out", LeftOut),
        ("meant", Meant),
        ("subjects", Subjects),
    ):
        app.add_directive_to_domain("tr", name, kind)
    app.add_node(mentions)
    app.connect("doctree-read", note_mentions)
    app.connect("doctree-resolved", name_sections, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
