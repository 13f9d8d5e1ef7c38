"""The frontier race in a closed form that a page without a server can reckon: chances, and percentiles of the gap.

Chance of leading. Take one path of the race without any trend, ``B(t) = mean + x(t)`` in points. A constant net drift
``n`` (points a year; negative: the gap closes) makes it ``B(t) + n t``, and the event "level or ahead at three
month-ends in a row by a day" happens exactly where

    n <= N*,   N* = max over months m of  min over the three month-ends up to m of  (tie - B(t)) / t

So a path is one number, the net drift that it can bear, and its law does not depend on the drift, on compute or on
growth. With ``n = compute * growth - centre - tau z`` and ``z`` standard normal, the chance given the rest is a normal
distribution function, and what is left to average over are ``N*``, ``compute`` and ``growth``::

    P = E[ Phi( (N* - compute * growth + centre) / tau ) ]

``N*`` is kept as means of strata that are equal steps of a normal score, so that the far ends have strata of their own;
the two triangular laws are integrated by Gauss and Legendre's rule over their quantiles. The mean gap enters ``N*``
through ``mean - mean * persistence^months``, and its strata are kept on a grid of centres, with straight lines between.
Wrong where the drift changes within the term, like the model itself; undefined for ``tau`` of zero.

Percentiles of the gap. On one day the drift and the noise of the releases are normal given the rest, so that one
deviate stands for both; the others follow the additive recurrence of Roberts (2018, "The unreasonable effectiveness of
quasirandom sequences"), which spreads points evenly without a table of random numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from helpers.analysis.common import MONTHS_PER_YEAR
from helpers.analysis.synthesis import DRAWS, SEED, Frontier, Triangle, month_ends, paths, years_since

Floats = NDArray[np.float64]

STRATA, NODES, POINTS = 64, 6, 2048
REACH = 3.4  # normal scores at which the outermost strata begin
OFFSETS = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)  # centres of the mean gap about that of the race, points


def bearable_drift(gaps: Floats, years: Floats, in_a_row: int = 3, tie: float = 0.0) -> Floats:
    """Return per path the largest net drift (points a year) with which it leads within ``years``; rows are months.

    ``gaps`` is in points and holds no trend. Minus infinity where there are fewer months than ``in_a_row``.
    """
    needed = (tie - gaps) / years[:, None]
    if len(needed) < in_a_row:
        return np.full(gaps.shape[1], -np.inf)
    held = needed[in_a_row - 1 :].copy()
    for back in range(1, in_a_row):
        np.minimum(held, needed[in_a_row - 1 - back : -back], out=held)
    return held.max(axis=0)


def strata_weights(count: int = STRATA) -> tuple[Floats, Floats]:
    """Return edges (parts of one) and weights of strata that are equal steps of a normal score between both ends."""
    inner = stats.norm.cdf(np.linspace(-REACH, REACH, count - 1))
    edges = np.concatenate([[0.0], inner, [1.0]])
    return edges, np.diff(edges)


def strata_means(values: Floats, count: int = STRATA) -> Floats:
    """Return the mean of the ordered values within each stratum, values at an edge being shared."""
    edges, _ = strata_weights(count)
    size = len(values)
    sums = np.concatenate([[0.0], np.cumsum(np.sort(values))])
    places = edges * size
    return np.diff(np.interp(places, np.arange(size + 1), sums)) / np.diff(places)


def triangular_nodes(law: Triangle, count: int = NODES) -> tuple[Floats, Floats]:
    """Return nodes and weights (summing to one) that integrate over a triangular law: low end, mode, high end."""
    points, weights = np.polynomial.legendre.leggauss(count)
    low, mode, high = law
    if not low < high:
        return np.array([mode]), np.array([1.0])
    return stats.triang((mode - low) / (high - low), low, high - low).ppf((points + 1) / 2), weights / 2


@dataclass(frozen=True)
class Bearable:
    """Strata of the bearable drift by one day: one row a stratum, one column a centre of the mean gap (points)."""

    centres: tuple[float, ...]
    weights: Floats
    means: Floats

    def at(self, centre: float) -> Floats:
        """Return the strata for one centre of the mean gap, by a straight line between the two beside it."""
        if not self.centres[0] <= centre <= self.centres[-1]:
            raise ValueError(f"mean gap {centre}: expected {self.centres[0]} to {self.centres[-1]}")
        return np.array([np.interp(centre, self.centres, row) for row in self.means])


def bearable(
    race: Frontier,
    days: Sequence[date],
    in_a_row: int = 3,
    tie: float = 0.0,
    offsets: Sequence[float] = OFFSETS,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[date, Bearable]:
    """Simulate the race without trend and return the strata of its bearable drift by each of ``days``.

    The law of the mean gap keeps its width and moves by each of ``offsets``, with the same random numbers.
    """
    ends = month_ends(race.start, max(days))
    years = years_since(race.start, ends)
    gaps, sample = paths(replace(race, compute=(0.0, 0.0, 0.0), growth=(0.0, 0.0, 0.0)), ends, draws, seed)
    settled = 1.0 - sample.persistence ** (years[:, None] * MONTHS_PER_YEAR)
    centre = sum(race.mean) / 2
    found: dict[date, list[Floats]] = {day: [] for day in days}
    for offset in offsets:
        moved = gaps + offset * settled
        for day in days:
            reached = sum(end <= day for end in ends)
            found[day].append(strata_means(bearable_drift(moved[:reached], years[:reached], in_a_row, tie)))
    _, weights = strata_weights()
    grid = tuple(centre + offset for offset in offsets)
    return {day: Bearable(grid, weights, np.column_stack(columns)) for day, columns in found.items()}


def lead_chance(
    table: Bearable,
    tau: float,
    centre: float,
    mean: float,
    compute: Triangle,
    growth: Triangle,
) -> float:
    """Return the chance (part of one) of having led by the day of ``table``.

    ``tau`` and ``centre`` are spread and centre of the drift in China's favour, points a year; ``mean`` the centre of
    the mean gap, points; ``compute`` in points per tenfold, ``growth`` in log10 a year.
    """
    if tau <= 0:
        raise ValueError(f"spread of the drift {tau}: expected more than zero")
    (worth, worth_weights), (pace, pace_weights) = triangular_nodes(compute), triangular_nodes(growth)
    trend = np.outer(worth, pace).ravel()
    weights = np.outer(table.weights, np.outer(worth_weights, pace_weights).ravel())
    return float((weights * stats.norm.cdf((table.at(mean)[:, None] - trend + centre) / tau)).sum())


def moved(law: Triangle, mode: float) -> Triangle:
    """Return a triangular law shifted as a whole to another mode."""
    by = mode - law[1]
    return law[0] + by, mode, law[2] + by


def stretched(law: Triangle, mode: float) -> Triangle:
    """Return a triangular law stretched in proportion to another mode, so that it keeps its sign."""
    by = mode / law[1]
    return law[0] * by, mode, law[2] * by


def recurrence_steps(dimensions: int) -> Floats:
    """Return the steps of Roberts's recurrence: powers of one over the root of x^(d+1) = x + 1 above one."""
    root = max(np.roots([1.0, *[0.0] * (dimensions - 1), -1.0, -1.0]).real)
    return root ** -np.arange(1.0, dimensions + 1)


def even_points(count: int, dimensions: int) -> Floats:
    """Return ``count`` points of the unit cube: the first coordinate in equal steps, the rest by the recurrence."""
    order = np.arange(count)[:, None]
    return np.hstack([(order + 0.5) / count, (0.5 + (order + 1) * recurrence_steps(dimensions - 1)) % 1.0])


def triangular_quantile(law: Triangle, part: Floats) -> Floats:
    """Return the quantile of a triangular law in closed form."""
    low, mode, high = law
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(part * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - part) * (high - low) * (high - mode))
    return np.where(part < turn, rising, falling)


def gap_points(race: Frontier, years: float, tau: float, count: int = POINTS) -> Floats:
    """Return evenly spread values of the gap after ``years``, in points; their percentiles are those of the model."""
    points = even_points(count, 6)
    mean, spread, left = (
        low + (high - low) * points[:, column]
        for column, (low, high) in enumerate((race.mean, race.spread, race.persistence), start=1)
    )
    left = left ** (years * MONTHS_PER_YEAR)
    trend = triangular_quantile(race.compute, points[:, 4]) * triangular_quantile(race.growth, points[:, 5])
    scatter = np.sqrt((tau * years) ** 2 + spread**2 * (1.0 - left**2)) * stats.norm.ppf(points[:, 0])
    return mean + left * (race.gap - mean) + (trend - race.drift) * years + scatter
