"""What a spread of AI can rest on: concentration of minerals, building times, a target without a denominator, rules."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import CensoredData, ecdf

from helpers.analysis.common import years_between

WHOLE = "World"
REST = "Other countries"
LEVEL = 0.95


def effective_countries(amounts: pd.Series) -> tuple[float, float]:
    """Return how many equal producers would be as concentrated: the inverse of the Herfindahl index, low and high.

    ``amounts`` are quantities by country, with or without a row for all others together. Low: the others are one
    country; high: they are so many that none counts. From one (a monopoly) to the number of countries. It says
    nothing of who owns the mines, nor of what could be produced elsewhere at another price.
    """
    named = amounts.drop([WHOLE, REST], errors="ignore").to_numpy(float)
    rest = float(amounts.get(REST, 0.0))
    total = named.sum() + rest
    squares = ((named / total) ** 2).sum()
    return float(1.0 / (squares + (rest / total) ** 2)), float(1.0 / squares)


def output(minerals: pd.DataFrame, mineral: str) -> pd.DataFrame:
    """Return the rows of a mineral's output by country in its last year, mined or refined as the survey counts it."""
    found = minerals[(minerals["mineral"] == mineral) & minerals["measure"].str.endswith("production")]
    return found[found["year"] == found["year"].max()]


def share_of_output(rows: pd.DataFrame, country: str) -> float:
    """Return a country's share (per cent) of the output in ``rows``; zero where it has none.

    Of the printed rows' sum, since the printed world total is rounded.
    """
    parts = rows[rows["country"] != "WW"]
    return float(100.0 * parts.loc[parts["country"] == country, "value"].sum() / parts["value"].sum())


@dataclass(frozen=True)
class Building:
    """Years from ground works to first power: the median with its interval, and how many sites it rests on."""

    median: float
    low: float
    high: float
    done: int
    under_way: int


def building_times(sites: pd.DataFrame) -> pd.DataFrame:
    """Return the sites that begin with ground works, with years to first power and whether that has been.

    For a site without power by the day of the record the years are those passed by then: it takes longer than that,
    and its expected day is not used.
    """
    out = sites[sites["begins_with"] == "ground works"].copy()
    out["done"] = out["first_power"].notna() & (out["first_power"] <= out["as_of"])
    until = out["first_power"].where(out["done"], out["as_of"])
    out["years"] = [years_between(start, end) for start, end in zip(out["started"], until, strict=True)]
    planned = [
        years_between(row.started, row.first_power) if pd.notna(row.first_power) else np.nan for row in out.itertuples()
    ]
    return out.assign(years_expected=planned)


def median_building_time(times: pd.DataFrame) -> Building:
    """Estimate the median by Kaplan and Meier, which lets sites under way count for the time that they took so far.

    To leave them out would favour the fast. The interval is where the 95 per cent band of the curve passes a half.
    Wrong where slow sites are watched less, as small ones and those abroad may be.
    """
    done = times["done"].to_numpy(bool)
    years = times["years"].to_numpy(float)
    curve = ecdf(CensoredData.right_censored(years, ~done)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the band has no upper end where all sites are finished
        band = curve.confidence_interval(LEVEL, method="log-log")
    return Building(
        _first_at_or_below_half(curve.quantiles, curve.probabilities),
        _first_at_or_below_half(band.low.quantiles, band.low.probabilities),
        _first_at_or_below_half(band.high.quantiles, band.high.probabilities),
        int(done.sum()),
        int((~done).sum()),
    )


def _first_at_or_below_half(times: np.ndarray, survival: np.ndarray) -> float:
    below = times[np.nan_to_num(survival, nan=1.0) <= 0.5]
    return float(below[0]) if len(below) else float("nan")


def needed_pace(share_percent: float, target_percent: float, years: float, ceiling_percent: float = 100.0) -> float:
    """Return the pace (per year) of the S-curve from a share to a target; negative where it is passed already.

    The ceiling is the whole unless told otherwise: a target of ninety leaves no room for a lower one.
    """
    odds = [value / (ceiling_percent - value) for value in (share_percent, target_percent)]
    return float(np.log(odds[1] / odds[0]) / years)


def profiles(regimes: pd.DataFrame, without: Iterable[str] = ()) -> pd.DataFrame:
    """Return yes or no by jurisdiction (rows) and indicator (columns), leaving some indicators out."""
    table = regimes.pivot(index="place", columns="indicator", values="applies") == "yes"
    return table.drop(columns=list(without))


def distinct_profiles(table: pd.DataFrame) -> int:
    """Count the different rows: how many kinds of rule-book there are if every indicator counts."""
    return len(table.drop_duplicates())
