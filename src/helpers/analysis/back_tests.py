"""How forecasts of the closing models would have come out: scores, rolling origins, curves on past technologies.

Scores are in the unit of what is forecast (points of an index, percentage points of a share). The continuous ranked
probability score (Matheson and Winkler 1976) of a law F at what came, y, is the integral of (F(x) - [x >= y])^2; of a
single number it is the distance from y, so that a law and a number can be set side by side. Less is better.

Two warnings hold for everything here. Origins overlap, so a handful of them is fewer than it looks. And the scores of
past models are those of a later export, which has seen what came after: a real forecaster knew less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from helpers.analysis.diffusion import five_years_on
from helpers.analysis.synthesis import Frontier, autocorrelation, gap_on, whole_months

Floats = NDArray[np.float64]

FIRST_ORIGIN = "2024-07-31"
HORIZONS = (3, 6, 9)  # months ahead
COVERAGE = (10.0, 90.0)  # percentiles that hold four fifths of a law
FEWEST_MONTHS = 10  # month-ends that a window must hold before mean, spread and persistence are read from it
MOST_PERSISTENT = 0.95  # part left after a month; at one there would be no mean to return to
STARTS = (15.0, 20.0, 25.0, 30.0, 35.0, 40.0)  # percent of people, at which the anchored curve is begun
DRAWS = 20_000
SEED = 20240731


# Scores


def crps(draws: Floats, seen: float) -> float:
    """Return the continuous ranked probability score of draws: mean distance from ``seen`` less half their own spread.

    In Gneiting and Raftery's form (2007, eq. 21), with the mean distance between two draws taken from their order.
    """
    ordered = np.sort(np.asarray(draws, dtype=float))
    count = len(ordered)
    ranks = 2.0 * np.arange(1, count + 1) - count - 1.0
    apart = 2.0 * float(ranks @ ordered) / count**2
    return float(np.abs(ordered - seen).mean() - apart / 2.0)


def normal_crps(mean: float, deviation: float, seen: float) -> float:
    """Return the score of a normal law in closed form (Gneiting and Raftery 2007, eq. 5); of a number, its distance."""
    if deviation == 0.0:
        return abs(seen - mean)
    z = (seen - mean) / deviation
    law = stats.norm
    return float(deviation * (z * (2.0 * law.cdf(z) - 1.0) + 2.0 * law.pdf(z) - 1.0 / np.sqrt(np.pi)))


# The frontier, from rolling origins


def known_at(race: Frontier, gap: pd.Series, origin: pd.Timestamp, windows: Sequence[pd.Timestamp]) -> Frontier:
    """Return the race as it stood at ``origin``: gap, mean, spread and persistence from the days up to then alone.

    ``gap`` is daily; every window that holds months enough gives an end of the ranges, a single one a point.
    """
    found = []
    for start in windows:
        part = gap[start:origin]
        months = whole_months(part)
        if len(months) >= FEWEST_MONTHS:
            left = float(np.clip(autocorrelation(months), 0.0, MOST_PERSISTENT))
            found.append((float(part.mean()), float(part.std()), left))
    if not found:
        raise ValueError(f"no window holds {FEWEST_MONTHS} month-ends before {origin.date()}")
    mean, spread, persistence = ((min(values), max(values)) for values in zip(*found, strict=True))
    return replace(race, gap=float(gap[origin]), start=origin.date(), mean=mean, spread=spread, persistence=persistence)


def rolling(
    race: Frontier,
    gap: pd.Series,
    windows: Sequence[pd.Timestamp],
    tau: float,
    horizons: Sequence[int] = HORIZONS,
    first: str = FIRST_ORIGIN,
    draws: int = DRAWS,
) -> pd.DataFrame:
    """Forecast the gap from every quarter's end since ``first``, and score the model and standing still.

    ``race`` lends the laws of compute and drift, ``tau`` the spread of the drift (points a year). Standing still means
    the gap at the origin, about it a normal law whose standard deviation is that of the monthly changes up to then
    times the root of the months ahead (a random walk). One row an origin and horizon: errors, scores, and whether four
    fifths of each law held what came.
    """
    out = []
    for origin in pd.date_range(first, gap.index[-1], freq="3ME"):
        known = known_at(race, gap, origin, windows)
        steps = whole_months(gap[windows[0] : origin]).diff().dropna()
        for months in horizons:
            target = origin + pd.offsets.MonthEnd(months)
            if target > gap.index[-1]:
                continue
            seen = float(gap[target])
            sample = gap_on(known, target.date(), tau, draws, SEED)
            low, median, high = np.percentile(sample, (COVERAGE[0], 50.0, COVERAGE[1]))
            deviation = float(np.sqrt((steps**2).mean() * months))
            reach = deviation * stats.norm.ppf(COVERAGE[1] / 100.0)
            out.append(
                {
                    "origin": origin,
                    "months": months,
                    "target": target,
                    "seen": seen,
                    "model": float(median),
                    "still": known.gap,
                    "error_model": abs(median - seen),
                    "error_still": abs(known.gap - seen),
                    "crps_model": crps(sample, seen),
                    "crps_still": normal_crps(known.gap, deviation, seen),
                    "inside_model": bool(low <= seen <= high),
                    "inside_still": bool(abs(known.gap - seen) <= reach),
                }
            )
    return pd.DataFrame(out)


# The spread, on past technologies


def spread_trial(curves: pd.DataFrame, ceiling_percent: float, starts: Sequence[float] = STARTS) -> pd.DataFrame:
    """Begin the anchored curve at several levels of every past series and look five years ahead.

    One row a series and start; where two levels are first passed at the same observation, it counts once. Errors are
    predicted less observed, in percentage points; ``free_error`` is missing where fewer than five points were known.
    """
    tried = [five_years_on(curves, ceiling_percent, start) for start in starts]
    return pd.concat(tried, ignore_index=True).drop_duplicates(["technology", "country", "start_year"])
