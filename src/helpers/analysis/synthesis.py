"""Two small models, one a race: the gap at the frontier, and the spread of use; with what their inputs rest on.

The frontier. With ``G`` the score of the best American model less that of the best Chinese one (points of the Epoch
Capabilities Index) and ``t`` the years since the start::

    G(t) = mean + (compute * growth - drift) * t + x(t),    x(next month) = persistence * x + noise

``compute`` is points per tenfold compute, ``growth`` the yearly growth of the compute ratio (log10, outside China over
inside), ``drift`` all else that moves the gap in China's favour, in points a year. Nobody has measured the drift: it
is drawn from a normal law about a centre, and every probability is given for several spreads of that law.

The spread. Shares of people follow a logistic curve through the last share seen; ``breakeven_value`` is what a Chinese
user must be worth, relative to an American one, for China's users together to be worth more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from helpers.analysis.common import DAYS_PER_YEAR, MONTHS_PER_YEAR, Z95, years_between
from helpers.analysis.diffusion import anchored_logistic

Floats = NDArray[np.float64]
Range = tuple[float, float]
Triangle = tuple[float, float, float]

DRAWS = 100_000  # a probability of 15% then has a standard error of 0.1 points
SEED = 20260811


# The frontier race


@dataclass(frozen=True)
class Frontier:
    """What the frontier race starts from and how it moves.

    ``gap`` is in points at the day ``start``; ``mean`` (points), ``spread`` (points) and ``persistence`` (part of a
    deviation left after a month) are ends of uniform laws; ``compute`` (points per tenfold compute) and ``growth``
    (log10 a year) are low end, mode and high end of triangular laws; ``drift`` (points a year, in China's favour) is
    the centre of a normal law. Wrong where a release resets the race, and beyond the length of the record, 2.6 years.
    """

    gap: float
    start: date
    mean: Range
    spread: Range
    persistence: Range
    compute: Triangle
    growth: Triangle
    drift: float = 0.0


@dataclass(frozen=True)
class Draws:
    """Sampled parameters of the frontier race; ``z`` is the standard normal deviate of the drift."""

    mean: Floats
    spread: Floats
    persistence: Floats
    compute: Floats
    growth: Floats
    z: Floats

    def drift(self, centre: float, tau: float) -> Floats:
        """Return the yearly drift in China's favour, for a law with this centre and standard deviation."""
        return centre + tau * self.z


@dataclass(frozen=True)
class Outlook:
    """What a simulation says for one spread of the drift, at each month-end.

    ``led`` gives, per rule (so many month-ends in a row), the share of draws in which the event has happened by then;
    ``quantiles`` the gap in points at the percentiles that are its keys.
    """

    days: tuple[date, ...]
    led: Mapping[int, Floats]
    quantiles: Mapping[int, Floats]

    def led_by(self, day: date, in_a_row: int) -> float:
        """Return the share of draws in which China has led by ``day``; zero before the first month-end."""
        reached = [position for position, end in enumerate(self.days) if end <= day]
        return float(self.led[in_a_row][reached[-1]]) if reached else 0.0


def month_ends(start: date, until: date) -> tuple[date, ...]:
    """Return the last days of months after ``start`` up to and including ``until``."""
    return tuple(day.date() for day in pd.date_range(start, until, freq="ME") if day.date() > start)


def years_since(start: date, days: Sequence[date]) -> Floats:
    """Return the years from ``start`` to each day."""
    return np.array([years_between(start, day) for day in days])


def draw(race: Frontier, draws: int, rng: np.random.Generator) -> Draws:
    """Sample the parameters of the frontier race, each independently of the others."""
    return Draws(
        mean=rng.uniform(*race.mean, draws),
        spread=rng.uniform(*race.spread, draws),
        persistence=rng.uniform(*race.persistence, draws),
        compute=_triangular(race.compute, draws, rng),
        growth=_triangular(race.growth, draws, rng),
        z=rng.normal(size=draws),
    )


def _triangular(law: Triangle, draws: int, rng: np.random.Generator) -> Floats:
    low, mode, high = law
    return rng.triangular(low, mode, high, draws) if low < high else np.full(draws, mode)


def paths(race: Frontier, days: Sequence[date], draws: int = DRAWS, seed: int = SEED) -> tuple[Floats, Draws]:
    """Simulate the gap without drift at each of ``days`` (rows) in every draw (columns), in points.

    The deviation from the mean decays by ``persistence`` a month, also over the first, broken month. Subtract
    ``drift * years`` for a drift: so all spreads of the drift share one set of random numbers.
    """
    rng = np.random.default_rng(seed)
    sample = draw(race, draws, rng)
    years = years_since(race.start, days)
    months = np.diff(years, prepend=0.0) * MONTHS_PER_YEAR
    deviation = race.gap - sample.mean
    trend = sample.compute * sample.growth
    gaps = np.empty((len(days), draws))
    for row, (year, step) in enumerate(zip(years, months, strict=True)):
        left = sample.persistence**step
        noise = sample.spread * np.sqrt(1.0 - left**2)
        deviation = left * deviation + noise * rng.normal(size=draws)
        gaps[row] = sample.mean + trend * year + deviation
    return gaps, sample


def leads_by(gaps: Floats, in_a_row: int = 3, tie: float = 0.0) -> NDArray[np.bool_]:
    """Tell for each month-end and draw whether China has led by then: gap at most ``tie`` so many times in a row."""
    behind = gaps <= tie
    held = behind.copy()
    for back in range(1, in_a_row):
        held[back:] &= behind[:-back]
        held[:back] = False
    return np.logical_or.accumulate(held, axis=0)


def outlook(
    race: Frontier,
    until: date,
    taus: Iterable[float],
    in_a_row: Iterable[int] = (3,),
    tie: float = 0.0,
    percentiles: Sequence[int] = (5, 25, 50, 75, 95),
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[float, Outlook]:
    """Simulate the race to ``until`` for several spreads of the drift (``taus``, points a year).

    Returns for each the probability that China has led, at every month-end and for every rule in ``in_a_row``, and
    percentiles of the gap.
    """
    days = month_ends(race.start, until)
    gaps, sample = paths(race, days, draws, seed)
    years = years_since(race.start, days)[:, None]
    rules = tuple(in_a_row)
    found = {}
    for tau in taus:
        moved = gaps - sample.drift(race.drift, tau) * years
        spots = np.percentile(moved, percentiles, axis=1) if percentiles else []
        found[tau] = Outlook(
            days,
            {rule: leads_by(moved, rule, tie).mean(axis=1) for rule in rules},
            dict(zip(percentiles, spots, strict=True)),
        )
    return found


def lead_probability(
    race: Frontier, by: date, tau: float, in_a_row: int = 3, tie: float = 0.0, draws: int = DRAWS, seed: int = SEED
) -> float:
    """Return the share of draws in which China has led by the day ``by`` (see ``leads_by`` for the event)."""
    found = outlook(race, by, (tau,), (in_a_row,), tie, (), draws, seed)[tau]
    return found.led_by(by, in_a_row)


def gap_on(race: Frontier, day: date, tau: float, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Sample the gap on one day, in points, without the way there."""
    rng = np.random.default_rng(seed)
    sample = draw(race, draws, rng)
    years = float(years_since(race.start, [day])[0])
    return gap_formula(
        race.gap,
        years,
        sample.mean,
        sample.spread,
        sample.persistence,
        sample.compute,
        sample.growth,
        sample.drift(race.drift, tau),
        rng.normal(size=draws),
    )


def gap_formula(
    gap: float,
    years: float,
    mean: Floats,
    spread: Floats,
    persistence: Floats,
    compute: Floats,
    growth: Floats,
    drift: Floats,
    noise: Floats,
) -> Floats:
    """Return the gap after ``years`` in closed form, in points; ``noise`` is standard normal."""
    left = persistence ** (years * MONTHS_PER_YEAR)
    deviation = left * (gap - mean) + spread * np.sqrt(1.0 - left**2) * noise
    return mean + (compute * growth - drift) * years + deviation


def closing_drift(mean: float, years: float) -> float:
    """Return the net drift (points a year; negative: the gap closes) that brings the mean gap to zero in ``years``."""
    return -mean / years


def lag_months(gap: float, pace: float) -> float:
    """Return the months that a leader moving at ``pace`` points a year needs to build up ``gap``."""
    return MONTHS_PER_YEAR * gap / pace


def yearly_rate(probability: float, years: float) -> float:
    """Return the constant chance a year that gives ``probability`` over ``years``; a conversion, no forecast."""
    return 1.0 - (1.0 - probability) ** (1.0 / years)


# What the parameters are estimated from


def whole_months(gap: pd.Series) -> pd.Series:
    """Return the gap at the month-ends that the daily series reaches."""
    return gap[gap.index.is_month_end]


def autocorrelation(values: Sequence[float]) -> float:
    """Return the correlation of neighbours: sum of products of deviations over the sum of their squares."""
    off = np.asarray(values, dtype=float) - np.mean(values)
    return float(off[1:] @ off[:-1] / (off @ off))


@dataclass(frozen=True)
class Slope:
    """A straight line: its slope in points a year, and the standard error of that."""

    value: float
    error: float
    count: int


def record_pace(released: Sequence[pd.Timestamp], scores: Sequence[float]) -> Slope:
    """Fit a line through record scores by least squares; the error takes records as independent, so it is a floor."""
    years = (pd.DatetimeIndex(released) - pd.Timestamp(2024, 1, 1)).days.to_numpy() / DAYS_PER_YEAR
    fit = stats.linregress(years, np.asarray(scores, dtype=float))
    return Slope(float(fit.slope), float(fit.stderr), len(years))


def gap_trend(months: pd.Series, lags: int = 4) -> Slope:
    """Fit a line through the gap at month-ends, with an error that allows for dependence over ``lags`` months.

    The error is that of Newey and West (1987) with Bartlett weights.
    """
    years = np.asarray((months.index - months.index[0]).days, dtype=float) / DAYS_PER_YEAR
    design = np.column_stack([np.ones_like(years), years])
    values = months.to_numpy(dtype=float)
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ values
    scores = design * (values - design @ coefficients)[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        middle += (1.0 - lag / (lags + 1.0)) * (cross + cross.T)
    covariance = inverse @ middle @ inverse
    return Slope(float(coefficients[1]), float(np.sqrt(covariance[1, 1])), len(values))


def model_key(name: str) -> str:
    """Reduce a model's name to what two tables share: lower case, no bracket with size or effort, no punctuation."""
    name = re.sub(r"\((?:moe[^)]*|high|medium)\)", "", name.lower())
    return re.sub(r"[^a-z0-9.]", "", name)


def compute_effect(models: pd.DataFrame) -> Slope:
    """Regress score on date, log10 of training compute and country; return the points per tenfold compute.

    ``models`` has the columns score, version_date, training_flop and country. An association, not a cause: who trains
    with more compute also differs in data and staff, and compute of closed models is an outside estimate.
    """
    years = (models["version_date"] - pd.Timestamp(2024, 1, 1)).dt.days.to_numpy() / DAYS_PER_YEAR
    design = np.column_stack(
        [
            np.ones_like(years),
            years,
            np.log10(models["training_flop"].to_numpy(dtype=float)),
            (models["country"] == "US").to_numpy(dtype=float),
        ]
    )
    score = models["score"].to_numpy(dtype=float)
    coefficients, *_ = np.linalg.lstsq(design, score, rcond=None)
    rest = score - design @ coefficients
    variance = rest @ rest / (len(score) - design.shape[1])
    errors = np.sqrt(np.diag(variance * np.linalg.inv(design.T @ design)))
    return Slope(float(coefficients[2]), float(errors[2]), len(score))


# The spread of use


def breakeven_value(users_us: float | Floats, users_cn: float | Floats) -> float | Floats:
    """Return the value of a Chinese user, relative to an American one, above which China leads in deployed value.

    The value of a user is not observed: this stands beside evidence on it, and no probability follows from it.
    """
    return users_us / users_cn


@dataclass(frozen=True)
class Basis:
    """One way of counting users in both countries: last shares (parts of one), their days, and people in millions."""

    share_us: float
    day_us: date
    share_cn: float
    day_cn: date
    people_us: float
    people_cn: float


@dataclass(frozen=True)
class Spread:
    """How use spreads in both countries.

    ``ceiling`` holds the ends of a uniform law (parts of one, the same for both); ``pace`` median, 5th and 95th
    percentile of a lognormal law (per year), drawn for each country with ``correlation`` between the logarithms.
    """

    ceiling: Range
    pace: Triangle
    correlation: float


def spread_draws(spread: Spread, draws: int, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Sample ceiling, American pace and Chinese pace."""
    ceiling = rng.uniform(*spread.ceiling, draws)
    one, other = rng.normal(size=(2, draws))
    return ceiling, _pace(spread, one), _pace(spread, mix(one, other, spread.correlation))


def mix(one: Floats, other: Floats, correlation: float) -> Floats:
    """Return standard normal deviates that have ``correlation`` with ``one``."""
    return correlation * one + np.sqrt(1.0 - correlation**2) * other


def _pace(spread: Spread, deviate: Floats) -> Floats:
    median, low, high = spread.pace
    return median * np.exp(np.log(high / low) / (2 * Z95) * deviate)


def shares_on(basis: Basis, day: date, ceiling: Floats, pace_us: Floats, pace_cn: Floats) -> tuple[Floats, Floats]:
    """Return the American and the Chinese share on ``day``."""
    years_us, years_cn = (years_between(seen, day) for seen in (basis.day_us, basis.day_cn))
    share_us = anchored_logistic(basis.share_us, pace_us, ceiling, years_us)
    share_cn = anchored_logistic(basis.share_cn, pace_cn, ceiling, years_cn)
    return np.asarray(share_us), np.asarray(share_cn)


def passing_probability(basis: Basis, spread: Spread, by: date, draws: int = DRAWS, seed: int = SEED) -> float:
    """Return the share of draws in which China's share of people has passed the American one by ``by``.

    With one ceiling for both, two such curves cross at most once, so it is enough to look at the day.
    """
    share_us, share_cn = shares_on(basis, by, *spread_draws(spread, draws, np.random.default_rng(seed)))
    return float((share_cn > share_us).mean())


def breakeven_on(basis: Basis, spread: Spread, day: date, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Sample the break-even value of a user on ``day``, with the number of people as it is."""
    share_us, share_cn = shares_on(basis, day, *spread_draws(spread, draws, np.random.default_rng(seed)))
    return np.asarray(breakeven_value(share_us * basis.people_us, share_cn * basis.people_cn))


# Which assumption matters


def drift_share(race: Frontier, years: float, tau: float, draws: int = DRAWS, seed: int = SEED) -> float:
    """Return the part (of one) of the variance of the gap after ``years`` that is the drift's, for one spread of it.

    The drift is added and independent of the rest, so that the variances add; ``tau`` is in points a year.
    """
    rng = np.random.default_rng(seed)
    sample = draw(race, draws, rng)
    without = gap_formula(
        race.gap,
        years,
        sample.mean,
        sample.spread,
        sample.persistence,
        sample.compute,
        sample.growth,
        sample.drift(race.drift, 0.0),
        rng.normal(size=draws),
    )
    own = (tau * years) ** 2
    return float(own / (own + without.var()))


def gap_sensitivity(race: Frontier, years: float, tau: Range, size: int = 2**13, seed: int = SEED) -> pd.DataFrame:
    """Return Sobol's first-order and total indices of the gap after ``years``, one row an input of the race.

    ``drift`` is the standard normal deviate, ``tau`` (uniform) its scale. The total index is the part of the variance
    that would be left if everything else were known; both come with 90% of their sampling error (``_low``, ``_high``).
    ``size``: samples in all, a power of two.
    """

    def model(inputs: Floats) -> Floats:
        mean, spread, persistence, compute, growth, deviate, scale, noise = inputs
        drift = race.drift + scale * deviate
        return gap_formula(race.gap, years, mean, spread, persistence, compute, growth, drift, noise)

    laws = {
        "mean": _uniform(race.mean),
        "spread": _uniform(race.spread),
        "persistence": _uniform(race.persistence),
        "compute": _triangle(race.compute),
        "growth": _triangle(race.growth),
        "drift": stats.norm(),
        "tau": _uniform(tau),
        "noise": stats.norm(),
    }
    return _sobol(model, laws, size, seed)


def ratio_sensitivity(basis: Basis, spread: Spread, day: date, size: int = 2**13, seed: int = SEED) -> pd.DataFrame:
    """Return Sobol's indices of the Chinese share of people over the American one on ``day``.

    ``common`` is the part of the two paces that moves together.
    """
    weight = np.sqrt(spread.correlation)

    def model(inputs: Floats) -> Floats:
        ceiling, common, own_us, own_cn = inputs
        rest = np.sqrt(1.0 - weight**2)
        pace_us, pace_cn = (_pace(spread, weight * common + rest * own) for own in (own_us, own_cn))
        share_us, share_cn = shares_on(basis, day, ceiling, pace_us, pace_cn)
        return share_cn / share_us

    laws = {"ceiling": _uniform(spread.ceiling), "common": stats.norm(), "us": stats.norm(), "cn": stats.norm()}
    return _sobol(model, laws, size, seed)


def _uniform(law: Range) -> object:
    return stats.uniform(law[0], law[1] - law[0])


def _triangle(law: Triangle) -> object:
    low, mode, high = law
    return stats.triang((mode - low) / (high - low), low, high - low)


def _sobol(model: object, laws: Mapping[str, object], size: int, seed: int) -> pd.DataFrame:
    """Average indices over independent samples; their scatter gives the interval, the same in every run."""
    repeats = 8
    seeds = np.random.SeedSequence(seed).spawn(repeats)
    found = [
        stats.sobol_indices(func=model, n=size // repeats, dists=list(laws.values()), rng=np.random.default_rng(each))
        for each in seeds
    ]
    first = np.array([item.first_order for item in found])
    total = np.array([item.total_order for item in found])
    columns = {}
    for name, values in (("first", first), ("total", total)):
        half = stats.t.ppf(0.95, repeats - 1) * values.std(axis=0, ddof=1) / np.sqrt(repeats)
        centre = values.mean(axis=0)
        columns |= {name: centre, f"{name}_low": centre - half, f"{name}_high": centre + half}
    return pd.DataFrame(columns, index=list(laws))
