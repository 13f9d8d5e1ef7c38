"""The five articles and their statements, read from the tables ``articles``, ``claims`` and ``claim_figures``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from helpers.data import load


@dataclass(frozen=True)
class Figure:
    """One number of a claim: what the article prints, as it was meant.

    ``last_digit`` is the size of one unit of the last stated digit, in ``unit``; ``hedge`` the word that widens or
    bounds it (none, about, more than, less than, up to).
    """

    value: float
    unit: str
    what: str
    printed: str
    last_digit: float
    hedge: str


@dataclass(frozen=True)
class Claim:
    """One statement that one article makes, in our own words and as it was meant."""

    id: str
    article: str
    line: int
    chapter: str
    kind: str
    statement: str
    attributed_to: str
    via: str | None
    said_on: date
    due: date | None
    period: tuple[date | None, date | None]
    compares: str | None
    strength: str | None
    printed_vs_meant: str | None
    source: str | None
    fidelity: str
    fidelity_reason: str | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Article:
    """One of the five articles: what it is, what it retells, and the day that is taken for it."""

    id: str
    n: int
    title: str
    outlet: str
    retells: str
    published: date
    day_known: str
    day_reason: str
    source: str | None


@cache
def articles() -> dict[str, Article]:
    """Return the five articles by the names of their files."""
    return {
        row.id: Article(
            row.id,
            int(row.n),
            row.title,
            row.outlet,
            row.retells,
            row.published.date(),
            row.day_known,
            row.day_reason,
            row.source,
        )
        for row in load("articles").itertuples(index=False)
    }


@cache
def claims() -> dict[str, Claim]:
    """Return all claims by id, in the ledger's order."""
    figures: dict[str, list[Figure]] = {}
    for row in load("claim_figures").sort_values(["claim", "n"]).itertuples(index=False):
        figure = Figure(row.value, row.unit, row.what, row.printed, row.last_digit, row.hedge)
        figures.setdefault(row.claim, []).append(figure)
    return {
        row.id: Claim(
            id=row.id,
            article=row.article,
            line=int(row.line),
            chapter=row.chapter,
            kind=row.kind,
            statement=row.statement,
            attributed_to=row.attributed_to,
            via=row.via,
            said_on=row.said_on.date(),
            due=_day(row.due),
            period=(_day(row.period_start), _day(row.period_end)),
            compares=row.compares,
            strength=row.strength,
            printed_vs_meant=row.printed_vs_meant,
            source=row.source,
            fidelity=row.fidelity,
            fidelity_reason=row.fidelity_reason,
            figures=tuple(figures.get(row.id, ())),
        )
        for row in load("claims").itertuples(index=False)
    }


def claim(key: str) -> Claim:
    """Return one claim; raise ``KeyError`` where the ledger has none of that id."""
    try:
        return claims()[key]
    except KeyError:
        raise KeyError(f"no claim {key!r} in data/claims.csv") from None


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()
