"""Sums of capital spending over chosen firms, years and bases, and what one country's sum is of another's."""

from __future__ import annotations

import pandas as pd


def amounts(rows: pd.DataFrame, prefix: str = "amount") -> pd.Series:
    """Return one amount a row, in billions of its currency: the amount stated, or the middle of the range stated."""
    middle = (rows[f"{prefix}_low_bn"] + rows[f"{prefix}_high_bn"]) / 2
    return rows[f"{prefix}_bn"].fillna(middle)


def total(rows: pd.DataFrame, currency: str) -> float:
    """Return the sum of the rows in billions of one currency.

    Raises ``ValueError`` where a row is in another currency or states no amount: a sum with a hole is no sum.
    """
    if not (rows["currency"] == currency).all():
        raise ValueError(f"rows in {sorted(set(rows['currency']))}, expected {currency} alone")
    found = amounts(rows)
    if found.isna().any():
        raise ValueError(f"no amount in {', '.join(map(str, found.index[found.isna()]))}")
    return float(found.sum())


def shortfall(part: float, whole: float) -> float:
    """Return by what share of one ``part`` lies below ``whole``."""
    return 1 - part / whole


def worst_miss(guided: pd.Series, actual: pd.Series) -> float:
    """Return the largest share by which an actual amount differed from the amount guided, firm by firm in order."""
    return float(((actual.to_numpy() - guided.to_numpy()) / guided.to_numpy()).__abs__().max())


def before_raise(raised: float, by_percent: float) -> float:
    """Return what a forecast was before it was raised by a percentage to ``raised``."""
    return raised / (1 + by_percent / 100)
