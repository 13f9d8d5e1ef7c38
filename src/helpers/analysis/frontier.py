"""What else the closing models say: the lag in months, what leading goes with, events that must both come true.

The functions build on ``analysis.synthesis``, whose docstring has the equations; the same units hold: points of the
Epoch index, points a year, parts of one for shares and probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from helpers.analysis.common import MONTHS_PER_YEAR
from helpers.analysis.synthesis import (
    DRAWS,
    SEED,
    Frontier,
    Slope,
    draw,
    gap_on,
    leads_by,
    month_ends,
    paths,
    years_since,
)

Floats = NDArray[np.float64]
INPUTS = ("mean", "spread", "persistence", "compute", "growth", "drift")
THOUSAND = 1000.0


# The gap in time


def lag_draws(gaps: Floats, pace: Slope, seed: int = SEED + 1) -> Floats:
    """Turn draws of the gap (columns; rows are days) into months at the pace of American records.

    The pace is drawn once a path from a normal law about its estimate, with its standard error: a floor, since one
    record is not independent of the next. Wrong where the pace changes with the race itself.
    """
    drawn = np.random.default_rng(seed).normal(pace.value, pace.error, gaps.shape[-1])
    return MONTHS_PER_YEAR * gaps / drawn


def lag_on(race: Frontier, pace: Slope, day: date, tau: float, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Sample the lag on one day, in months, negative where China leads."""
    return lag_draws(gap_on(race, day, tau, draws, seed), pace)


def fans(
    race: Frontier,
    pace: Slope,
    days: Sequence[date],
    taus: Iterable[float],
    percentiles: Sequence[int] = (5, 25, 50, 75, 95),
    draws: int = DRAWS,
) -> dict[float, tuple[Floats, Floats]]:
    """Return for each spread of the drift the percentiles (rows) of gap and lag at the days (columns)."""
    gaps, sample = paths(race, days, draws)
    years = years_since(race.start, days)[:, None]
    found = {}
    for tau in taus:
        moved = gaps - sample.drift(race.drift, tau) * years
        found[tau] = tuple(np.percentile(part, percentiles, axis=1) for part in (moved, lag_draws(moved, pace)))
    return found


# What leading goes with


def inputs_with_lead(
    race: Frontier, by: date, taus: Iterable[float], in_a_row: int, tie: float = 0.0, draws: int = DRAWS
) -> pd.DataFrame:
    """Compare every input in the draws in which China has led by ``by`` with those in which it has not.

    One row a spread of the drift, input and outcome: mean, 5th and 95th percentile, and the number of draws.
    """
    days = month_ends(race.start, by)
    gaps, sample = paths(race, days, draws)
    years = years_since(race.start, days)[:, None]
    out = []
    for tau in taus:
        drift = sample.drift(race.drift, tau)
        led = leads_by(gaps - drift * years, in_a_row, tie)[-1]
        values = {name: getattr(sample, name) for name in INPUTS if name != "drift"} | {"drift": drift}
        for name, drawn in values.items():
            for outcome in (True, False):
                part = drawn[led == outcome]
                low, high = np.percentile(part, (5, 95)) if len(part) else (np.nan, np.nan)
                mean = float(part.mean()) if len(part) else np.nan
                out.append((tau, name, outcome, mean, float(low), float(high), len(part)))
    return pd.DataFrame(out, columns=["tau", "input", "led", "mean", "low", "high", "draws"])


def unexplained_points(race: Frontier, ratio: Floats, seed: int = SEED) -> Floats:
    """Sample the points by which compute alone would put America further ahead than the mean gap (``eta``).

    ``ratio`` holds draws of computing outside over inside China. Positive: something (design, data, distillation,
    copied methods, rented computing) makes up for compute; negative: compute explains less than the gap. These parts
    cannot be told apart, so it is not called efficiency.
    """
    rng = np.random.default_rng(seed)
    sample = draw(race, len(ratio), rng)
    return sample.compute * np.log10(rng.permutation(ratio)) - sample.mean


# Two events at once


def joint_probability(one: float, other: float, correlation: float) -> float:
    """Return the probability (of one) that two events both come true, by a normal copula.

    Each event is taken as a normal score above a threshold, the scores correlated: 0 gives the product, 1 the smaller
    of the two. Nothing measures the correlation of the two races, so it is an assumption with a range. Raises
    ``ValueError`` for a correlation outside -1 to 1.
    """
    if not -1.0 <= correlation <= 1.0:
        raise ValueError(f"a correlation of {correlation}")
    if correlation == 1.0:
        return min(one, other)
    if correlation == -1.0:
        return max(one + other - 1.0, 0.0)
    if min(one, other) <= 0.0 or max(one, other) >= 1.0:
        return one * other
    bounds = stats.norm.ppf([one, other])
    law = stats.multivariate_normal(cov=[[1.0, correlation], [correlation, 1.0]])
    return float(law.cdf(bounds))


# Computing beside users


def per_thousand_users(stock: Floats | float, users_million: float) -> Floats | float:
    """Return H100 equivalents for a thousand users; where a stock serves users abroad, it is not what they get."""
    return stock / (users_million * 1e6) * THOUSAND
