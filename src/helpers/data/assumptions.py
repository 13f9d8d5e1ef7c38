"""Numbers that we chose: each with a range and a reason, in a table that a reader can exchange for their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.data.tables import load


@dataclass(frozen=True)
class Assumption:
    """A chosen number with the range in which a reader may move it, and why it was chosen."""

    id: str
    label: str
    value: float
    low: float
    high: float
    unit: str
    reason: str
    source: str | None


@cache
def assumptions() -> dict[str, Assumption]:
    """Return all assumptions in force by id, from ``data/assumptions.csv``."""
    return {
        row.id: Assumption(row.id, row.label, row.value, row.low, row.high, row.unit, row.reason, row.source)
        for row in load("assumptions").itertuples(index=False)
    }


def assumption(key: str) -> Assumption:
    """Return one assumption; raise ``KeyError`` naming those that exist where there is no such id."""
    try:
        return assumptions()[key]
    except KeyError:
        raise KeyError(f"no assumption {key!r} in data/assumptions.csv; there are {', '.join(assumptions())}") from None
