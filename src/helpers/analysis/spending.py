"""Sums of capital spending over chosen firms, years and bases, and what one country's sum is of another's."""

from __future__ import annotations

import pandas as pd
from scipy.optimize import brentq


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


def percent_of(part: float, whole: float, factor: float = 1.0) -> float:
    """Return ``part`` as a percentage of ``whole``, after ``part`` is multiplied by a factor of currency.

    A factor of one is the market's exchange rate. That of purchasing power is an upper bound for spending on chips:
    what is bought abroad costs a Chinese firm the world's price, and gains nothing from low prices at home.
    """
    return 100 * factor * part / whole


def blended_factor(factor: float, imported: float) -> float:
    """Return the factor of a sum of which a share is bought at world prices and the rest at prices at home."""
    if not 0 <= imported <= 1:
        raise ValueError(f"share bought abroad is {imported}, must lie in 0 to 1")
    return imported + (1 - imported) * factor


# A forecast to a year, read in several ways


def sum_of_path(start: float, growth: float, years: int) -> float:
    """Return the sum over ``years`` years, the first included, of a path that starts at ``start`` and grows.

    ``growth`` is a share of one a year, above -1; ``start`` a sum a year.
    """
    return float(sum(start * (1 + growth) ** step for step in range(years)))


def growth_to_sum(start: float, total: float, years: int) -> float:
    """Return the yearly growth with which a path from ``start`` adds up to ``total`` over ``years`` years.

    Raises ``ValueError`` where one year alone exceeds the total. Wrong where spending does not grow evenly: a path
    that rises late needs a higher level at its end for the same sum.
    """
    if years < 2 or not 0 < start < total:
        raise ValueError(f"no path of {years} years from {start} adds up to {total}")
    return float(brentq(lambda growth: sum_of_path(start, growth, years) - total, -1 + 1e-9, total / start))


def growth_to_level(start: float, level: float, steps: int) -> float:
    """Return the yearly growth that leads from ``start`` to ``level`` in ``steps`` years."""
    return (level / start) ** (1 / steps) - 1


def start_of_level(level: float, growth: float, steps: int) -> float:
    """Return where a path must start to be at ``level`` after ``steps`` years of even growth."""
    return level / (1 + growth) ** steps


def start_of_sum(total: float, growth: float, years: int) -> float:
    """Return the first year of an evenly growing path that adds up to ``total`` over ``years`` years."""
    return total / sum_of_path(1, growth, years)


# What spending must earn


def yearly_return_needed(spent: float, rate: float, life: float) -> float:
    """Return what machines bought for ``spent`` must earn in each year of their life to pay a yearly ``rate``.

    The annuity over ``life`` years, paid at each year's end, with nothing left of the machines after it; ``rate`` is a
    share of one a year. It leaves out power and staff, which come on top, and the land and shells, which last longer.
    Where the earnings come only if an undertaking succeeds, with probability p, success must pay this over p.
    """
    if rate == 0:
        return spent / life
    return spent * rate / (1 - (1 + rate) ** -life)
