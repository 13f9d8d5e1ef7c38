"""The export rules through time: for every chip the spans in which its sale to China had one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from helpers.analysis.chips import FREE, REFUSED, UNKNOWN, Sale, sales

NAMED = "named"  # refused because a letter names the chip, while its numbers pass the rules of the day
LETTER = "letter"


@dataclass(frozen=True)
class Span:
    """A chip, how it could be sold to China under US rules, the row that decides, first day, and first day after."""

    chip: str
    status: str
    rule: str | None
    start: pd.Timestamp
    end: pd.Timestamp


def days_of_change(rules: pd.DataFrame) -> list[pd.Timestamp]:
    """Return the days on which a rule of the United States came into force or ended, in order."""
    ours = rules[rules["country"] == "US"]
    return sorted({*ours["in_force_from"].dropna(), *ours["in_force_until"].dropna()})


def spans(chips: pd.DataFrame, rules: pd.DataFrame, start: date | pd.Timestamp, end: date | pd.Timestamp) -> list[Span]:
    """Return, for every chip from its release or ``start``, the spans of one status up to ``end``.

    The answer is that of ``chips.saleable`` on each day of change, with one distinction more: ``named`` where the
    chip is refused by a letter alone, so that it would be free, or its numbers leave it open, without the letters.
    A span ends where the status changes; of several rows that give the same status the first is named. Wrong where
    that function is: for listed buyers, for military ends, and for what China itself forbids.
    """
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    if not first < last:
        raise ValueError("the end must lie after the start")
    days = [first, *(day for day in days_of_change(rules) if first < day < last)]
    days = sorted({*days, *(day for day in chips["released"] if first < day < last)})
    answers = sales(chips, days, rules)
    numbers = sales(chips, days, rules[rules["kind"] != LETTER])
    found: list[Span] = []
    for key, released in chips["released"].items():
        mine = [day for day in days if day >= released] if released > first else days
        found += _joined(str(key), [(day, _with_letters(answers[key, day], numbers[key, day])) for day in mine], last)
    return found


def _with_letters(answer: Sale, without: Sale) -> Sale:
    """Tell a refusal by name from one by number."""
    if answer.status == REFUSED and without.status in (FREE, UNKNOWN):
        return Sale(NAMED, answer.rule)
    return answer


def _joined(key: str, dated: Sequence[tuple[pd.Timestamp, Sale]], last: pd.Timestamp) -> list[Span]:
    """Join neighbouring days of one status into spans."""
    found: list[Span] = []
    for day, answer in dated:
        if found and found[-1].status == answer.status:
            continue
        if found:
            found[-1] = Span(key, found[-1].status, found[-1].rule, found[-1].start, day)
        found.append(Span(key, answer.status, answer.rule, day, last))
    return found


def first_days(found: Sequence[Span], chip: str, status: str) -> int:
    """Return the days that the first span of a status lasted; raise ``ValueError`` where there is none."""
    for span in found:
        if (span.chip, span.status) == (chip, status):
            return (span.end - span.start).days
    raise ValueError(f"{chip} was never {status}")
