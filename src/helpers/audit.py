"""``python -m helpers.audit``: what is old, what is due, and what is wrong.

Old or due is a matter for the next edition and leaves the exit code at zero: findings by the age of their data,
forecasts past their day that nobody has settled, events of the watch list that are to be looked up or have happened,
claims that rest on secondary sources alone, sources that nobody uses, rows that nobody reads. Wrong is what a reader
would be misled by: a table that breaks its schema, a correction whose source has changed, a name that leads nowhere, a
verdict without evidence or reason. Then the exit code is 1.
Ages are counted to the edition's date, so that the same state gives the same report.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from helpers.claims import claims, disagreements, judge_of, judged
from helpers.claims.judge import reasons
from helpers.claims.verdicts import CAME_TRUE, CONFIRMED, CONTRADICTED, FAILED, QUALIFIED, UNTESTED
from helpers.data import TableError, assumptions, load, root, sources, table_names
from helpers.data.edition import edition
from helpers.findings import all_findings

AGES = (3, 6, 12, 24)  # months that part the classes of age
SHOWN = 12  # a list shows so many lines; --all shows the rest
ON_EVIDENCE = (CONFIRMED, QUALIFIED, CONTRADICTED, CAME_TRUE, FAILED)
NAMED = ("claims", "claim_figures", "claim_left_out", "articles", "article_sentences", "printed_meant", "subjects")
CITED = re.compile(r"\{cite:[pt]\}`([^`]+)`")
CELL = re.compile(r"\{tr:cell\}`([^/`]+)/([^/`]+)/")
LABEL = re.compile(r"^\(([a-z0-9-]+)\)=", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """One part of the report: a title, its lines, and whether they are mistakes."""

    title: str
    lines: tuple[str, ...]
    wrong: bool = False


def months(earlier: date, later: date) -> float:
    """Return the time between two days in months of a twelfth of a year."""
    return (later - earlier).days / (365.25 / 12)


def texts() -> dict[str, str]:
    """Return what the pages and catalogues say, by file: where sources and cells are named."""
    files = [*root().glob("*.md"), *root().glob("chapters/*.md"), *root().glob("src/helpers/**/*.toml")]
    return {path.relative_to(root()).as_posix(): path.read_text(encoding="utf-8") for path in sorted(files)}


# ---- old or due


def age_class(age: float) -> str:
    """Return the class of an age in months; below zero for what holds for a day after the edition."""
    if age < 0:
        return "ahead of the edition"
    older = [limit for limit in AGES if age >= limit]
    newer = [limit for limit in AGES if age < limit]
    if not newer:
        return f"{AGES[-1]} months or more"
    return f"{older[-1] if older else 0} to {newer[0]} months"


def ages() -> Section:
    """Count the findings by the age of what they hold for, and name the oldest."""
    now = edition().released
    found = sorted(all_findings(), key=lambda item: item.as_of)
    classes = Counter(age_class(months(item.as_of, now)) for item in reversed(found))
    counts = tuple(f"{name}: {count}" for name, count in classes.items())
    oldest = tuple(f"{item.as_of}  {item.id}" for item in found)
    return Section("Findings by age of their data, then from the oldest", (*counts, *oldest))


def overdue() -> Section:
    """Name the forecasts whose day has passed and which are neither true nor false."""
    late = [
        f"{item.claim.due}  {item.claim.id} ({item.verdict})"
        for item in judged()
        if item.claim.due and item.claim.due <= edition().released and item.verdict not in (CAME_TRUE, FAILED)
    ]
    return Section("Forecasts past their day that are not settled", tuple(sorted(late)))


def crossed(value: float, relation: str, threshold: float) -> bool:
    """Tell whether a value has reached a threshold of the watch list."""
    return value >= threshold if relation == "at least" else value <= threshold


def watch_due() -> Section:
    """Name the events of the watch list that are to be looked up by now."""
    now = edition().released
    late = [
        f"{row.due.date()}  {row.id}: {row.look_at}" for row in load("watch_list").itertuples() if row.due.date() <= now
    ]
    return Section("Events of the watch list that are due to be looked up", tuple(sorted(late)))


def watch_crossed() -> Section:
    """Name the events of the watch list whose finding has reached its threshold, with what that would change."""
    found = {item.id: item for item in all_findings()}
    lines = []
    for row in load("watch_list").dropna(subset=["finding", "threshold"]).itertuples():
        item = found.get(row.finding)
        if item is not None and crossed(item.value, row.relation, row.threshold):
            lines.append(f"{row.id}: {item.id} is {item.text}, {row.relation} {row.threshold:g}. {row.changes}")
    return Section("Events of the watch list that have happened, by their finding", tuple(lines))


def on_secondary() -> Section:
    """Name the claims judged on evidence that was read in secondary sources alone."""
    found = [
        f"{item.claim.id} ({item.verdict})"
        for item in judged()
        if item.verdict in ON_EVIDENCE and item.grade == "secondary"
    ]
    return Section("Claims that rest on secondary sources alone", tuple(found))


def unused_sources() -> Section:
    """Name the entries of the bibliography that no row, assumption, claim or page cites."""
    used = {
        key for text in texts().values() for group in CITED.findall(text) for key in map(str.strip, group.split(","))
    }
    for name in table_names():
        table = load(name)
        for column in table.columns:
            if column == "source" or column.endswith("_source"):
                used |= set(table[column].dropna())
    used |= {item.source for item in assumptions().values() if item.source}
    return Section("Sources that nobody uses", tuple(sorted(set(sources()) - used)))


def read_rows() -> dict[str, set[str]]:
    """Return the rows that findings, verdicts and printed cells read, by table."""
    read: dict[str, set[str]] = {}
    for item in all_findings():
        for group in item.rows:
            read.setdefault(group.table, set()).update(group.ids)
    for judgement in judged():
        for group in judgement.outcome.evidence:
            read.setdefault(group.table, set()).update(group.ids)
    for text in texts().values():
        for table, row in CELL.findall(text):
            read.setdefault(table, set()).add(row)
    return read


def drawn_tables() -> set[str]:
    """Return the tables that the modules of figures load: their rows may be shown without being in a finding."""
    files = root().glob("src/helpers/figures/*.py")
    return {name for path in files for name in re.findall(r"load\(\"(\w+)\"\)", path.read_text(encoding="utf-8"))}


def unread_rows() -> Section:
    """Count by table the rows that no finding, verdict or printed cell reads."""
    read, drawn, lines = read_rows(), drawn_tables(), []
    for name in table_names():
        if name in (*NAMED, "assumptions", "corrections", "estimators", "watch_list"):
            continue
        unread = [key for key in load(name).index if key not in read.get(name, set())]
        if unread:
            also = ", drawn in figures" if name in drawn else ""
            lines.append(f"{name}: {len(unread)} of {len(load(name))} rows{also}: {', '.join(unread[:3])} …")
    return Section("Rows that no finding, verdict or printed cell reads", tuple(lines))


# ---- wrong


def dangling() -> Iterator[str]:
    """Yield every name in the tables and catalogues that leads nowhere."""
    labels = {name for text in texts().values() for name in LABEL.findall(text)}
    for table in ("article_sentences", "printed_meant", "subjects"):
        for row in load(table).itertuples():
            for key in [] if pd.isna(row.claims) else row.claims.split():
                if key not in claims():
                    yield f"data/{table}.csv, row {row.id}: no claim {key!r}"
    for row in load("subjects").itertuples():
        if row.section not in labels:
            yield f"data/subjects.csv, row {row.id}: no section {row.section!r}"
    yield from watch_names()
    for name, text in texts().items():
        for group in CITED.findall(text):
            for key in map(str.strip, group.split(",")):
                if key not in sources():
                    yield f"{name}: no source {key!r} in references.bib"


def watch_names() -> Iterator[str]:
    """Yield what an event of the watch list names and does not exist, or measures in another unit, or by half."""
    known = {item.id: item for item in all_findings()}
    for row in load("watch_list").itertuples():
        place = f"data/watch_list.csv, row {row.id}"
        for key in row.claims.split():
            if key not in claims():
                yield f"{place}: no claim {key!r}"
        has = {name: not pd.isna(getattr(row, name)) for name in ("relation", "threshold", "unit")}
        if len(set(has.values())) > 1:
            yield f"{place}: relation, threshold and unit belong together"
        if pd.isna(row.finding):
            continue
        if row.finding not in known:
            yield f"{place}: no finding {row.finding!r}"
        elif not has["threshold"]:
            yield f"{place}: a finding and no threshold"
        elif row.unit != known[row.finding].unit:
            yield f"{place}: threshold in {row.unit}, finding in {known[row.finding].unit}"


def without_ground() -> Iterator[str]:
    """Yield every verdict that lacks its evidence or a sentence of its own."""
    for item in judged():
        subject = item.claim
        if item.verdict in ON_EVIDENCE and not (item.findings or item.outcome.evidence):
            yield f"claim {subject.id}: {item.verdict} without evidence"
        if item.verdict == UNTESTED and UNTESTED not in reasons().get(subject.id, {}):
            yield f"claim {subject.id}: untested, without a sentence on what was looked for"
        if subject.kind != "opinion" and item.verdict != UNTESTED and judge_of(subject.id) is None:
            yield f"claim {subject.id}: {item.verdict}, and no function judges it"


def wrong() -> Section:
    """Gather what is wrong in names and verdicts."""
    return Section("What is wrong", (*dangling(), *without_ground()), wrong=True)


PARTS: tuple[Callable[[], Section], ...] = (
    wrong,
    overdue,
    watch_due,
    watch_crossed,
    on_secondary,
    unused_sources,
    unread_rows,
    ages,
)


def report(parts: tuple[Callable[[], Section], ...] = PARTS) -> list[Section]:
    """Return all sections; a table or finding that cannot be computed is the one thing reported then."""
    try:
        disagreements()
        return [part() for part in parts]
    except (TableError, ValueError, KeyError) as error:
        return [Section("What is wrong", (str(error),), wrong=True)]


def main(arguments: list[str] | None = None) -> int:
    """Print the report; return 1 where something is wrong, 2 for an argument that is not understood."""
    words = sys.argv[1:] if arguments is None else arguments
    unknown = [word for word in words if word != "--all"]
    if unknown:
        print(f"audit: found {unknown[0]!r}, expected --all or nothing", file=sys.stderr)
        return 2
    found = report()
    for section in found:
        print(f"\n{section.title}: {len(section.lines) or 'none'}")
        shown = section.lines if "--all" in words or section.wrong else section.lines[:SHOWN]
        for line in shown:
            print(f"  {line}")
        if len(shown) < len(section.lines):
            print(f"  … and {len(section.lines) - len(shown)} more (--all)")
    return int(any(section.wrong and section.lines for section in found))


if __name__ == "__main__":
    sys.exit(main())
