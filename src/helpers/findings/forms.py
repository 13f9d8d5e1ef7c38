"""Forms that many findings have: a cell as it stands, a quotient or difference of two cells, draws summed up."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from helpers.data import Assumption, assumption, load
from helpers.findings.registry import Finding, Measured, Rows, measured, rows

Day = date | pd.Timestamp | str | None


def cell(table: str, row: str, column: str = "value") -> Measured:
    """Return one cell as it stands in the table."""
    return measured(load(table).loc[row, column], rows(table, row))


def ranged(table: str, row: str, kind: str = "range") -> Measured:
    """Return a row's own value, with its low and high where it has them; ``kind`` says what these are."""
    found = load(table).loc[row]
    low, high = (found.get(side) for side in ("low", "high"))
    if pd.isna(low) or pd.isna(high):
        return cell(table, row)
    return measured(found["value"], rows(table, row), low=low, high=high, interval=kind)


def middle(table: str, row: str) -> Measured:
    """Take the middle of a row that gives only a range, its low and high; the range is the interval."""
    found = load(table).loc[row]
    low, high = found["low"], found["high"]
    return measured((low + high) / 2, rows(table, row), low=low, high=high, interval="range")


def quotient(
    table: str, above: str, below: str, factor: float = 1.0, column: str = "value", as_of: Day = None
) -> Measured:
    """Divide one row of a table by another of the same unit; ``factor`` 100 makes a percentage of it."""
    values = load(table)[column]
    return measured(factor * values[above] / values[below], rows(table, (above, below)), as_of=as_of)


def difference(table: str, first: str, second: str, column: str = "value") -> Measured:
    """Subtract the second row of a table from the first, of the same unit."""
    values = load(table)[column]
    return measured(values[first] - values[second], rows(table, (first, second)))


def in_dollars(yuan: float, *evidence: Rows | Finding, more: float = 0.0, as_of: Day = None) -> Measured:
    """Turn an amount in yuan into dollars at the assumed rate; the interval is that of the rate.

    ``more`` is what the amount may be larger by, and widens the high end.
    """
    rate = assumption("yuan-per-dollar")
    low, high = yuan / rate.high, (yuan + more) / rate.low
    return measured(yuan / rate.value, *evidence, rate, low=low, high=high, interval="assumptions", as_of=as_of)


def simulated(draws: np.ndarray, *evidence: Rows | Finding | Assumption, as_of: Day = None) -> Measured:
    """Return the median of draws between their 5th and 95th percentile."""
    low, median, high = np.quantile(draws, (0.05, 0.5, 0.95))
    return measured(median, *evidence, low=low, high=high, interval="simulated", as_of=as_of)
