"""How far a technology has spread: shares and heads by measurer, curves of past technologies, one anchored curve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from scipy.optimize import OptimizeWarning, curve_fit
from scipy.stats import f as f_distribution
from scipy.stats import t as t_distribution

from helpers.analysis.common import DAYS_PER_YEAR, years_between

FEWEST_POINTS = 12  # a curve of three constants that is fitted on part of them needs about so many
REACHED_PERCENT = 10.0  # a series below this level has not shown a pace that could be lent to another
TOP_OF_SHARE, TOP_OF_SUBSCRIPTIONS = 100.0, 150.0  # subscriptions per 100 people pass 100, shares cannot
CEILINGS = 40  # steps of the grid over which the ceiling is profiled
LEVEL = 0.95
START_PERCENT, HORIZON_YEARS = 15.0, 5.0  # where and how far the anchored curve is tried on past series
TELEMETRY, SURVEY = "telemetry", "survey"
ANCHOR_SERIES = {
    ("US", TELEMETRY): "microsoft-user-share",
    ("CN", TELEMETRY): "microsoft-user-share",
    ("US", SURVEY): "rps-any-use",
    ("CN", SURVEY): "cnnic-share",
}


def users(share_percent: float, people: float) -> float:
    """Return how many people a share stands for, in millions; ``people`` must be those that the share is a share of."""
    return share_percent / 100.0 * people / 1e6


def weighted_mean(values: Iterable[float], weights: Iterable[float]) -> float:
    """Return the mean of ``values`` weighted by ``weights``; raise ``ValueError`` for weights that sum to nothing."""
    found, heavy = np.asarray(list(values), float), np.asarray(list(weights), float)
    if heavy.sum() <= 0 or (heavy < 0).any():
        raise ValueError("weights must not be negative, and must sum to more than nothing")
    return float((found * heavy).sum() / heavy.sum())


def decimal_years(days: pd.Series) -> np.ndarray:
    """Return dates as years with a fraction: the last day of a year is nearly the next whole number."""
    return (days.dt.year + days.dt.day_of_year / DAYS_PER_YEAR).to_numpy(float)


def straight_line(start: float, end: float, share_of_way: float) -> float:
    """Return the value at ``share_of_way`` (0 to 1) on a straight line; an interpolation, not an observation."""
    return start + (end - start) * share_of_way


def logistic(year: np.ndarray | float, ceiling: float, pace: float, midpoint: float) -> np.ndarray | float:
    """Return the S-curve of a ceiling (per cent), a pace (per year) and the year at which half the ceiling is reached.

    Wrong wherever spread comes in waves, prices fall in steps, or the population changes.
    """
    return ceiling / (1.0 + np.exp(-pace * (np.asarray(year, float) - midpoint)))


def anchored_logistic(
    share_percent: float | np.ndarray,
    pace: float | np.ndarray,
    ceiling_percent: float | np.ndarray,
    years: float | np.ndarray,
) -> float | np.ndarray:
    """Return the share after ``years`` on the S-curve through ``share_percent`` today.

    ``pace`` is per year, of the order of 0.15 (computers) to 0.81 (electric cars in China); ``ceiling_percent`` is
    where spread stops; share and ceiling may as well be parts of one. Nothing is fitted to the technology itself: pace
    and ceiling are lent by others, and the result is as good as the loan. Raises ``ValueError`` for a share that is
    not between zero and the ceiling.
    """
    share = np.asarray(share_percent, float)
    if (share <= 0).any() or (share > ceiling_percent).any():
        raise ValueError(f"the share must lie above 0 and not above the ceiling of {ceiling_percent}")
    ceiling, exponent = np.asarray(ceiling_percent, float), -np.asarray(pace, float) * np.asarray(years, float)
    result = ceiling / (1.0 + (ceiling - share) / share * np.exp(exponent))
    return float(result) if result.ndim == 0 else result


def implied_pace(first_percent: float, last_percent: float, years: float, ceiling_percent: float) -> float:
    """Return the pace (per year) of the S-curve through two shares; the inverse of ``anchored_logistic``.

    Two points determine it exactly and tell nothing of its error.
    """
    odds = [share / (ceiling_percent - share) for share in (first_percent, last_percent)]
    return float(np.log(odds[1] / odds[0]) / years)


@dataclass(frozen=True)
class Fit:
    """An S-curve fitted by least squares, with the curves that the data do not rule out.

    ``pace_error`` is the standard error of the pace from the covariance of the fit. ``profile`` holds ceiling, pace
    and midpoint of every curve that the profile of the ceiling accepts at the level of 95 per cent; ``noise`` the
    standard deviation of the residuals; ``freedom`` the points beyond the three constants.
    """

    ceiling: float
    pace: float
    midpoint: float
    pace_error: float
    noise: float
    freedom: int
    top: float
    profile: np.ndarray

    def at(self, years: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the curve and its 95 per cent prediction interval, kept between zero and the top of the scale.

        Residuals of such series are dependent, so the interval is a floor: see ``Score.inside``.
        """
        middle = np.asarray(logistic(years, self.ceiling, self.pace, self.midpoint))
        ceilings, paces, midpoints = (column[:, None] for column in self.profile.T)
        family = ceilings / (1.0 + np.exp(-paces * (np.asarray(years, float)[None, :] - midpoints)))
        slack = t_distribution.ppf(0.5 + LEVEL / 2, self.freedom) * self.noise
        low = np.minimum(family.min(axis=0), middle) - slack
        high = np.maximum(family.max(axis=0), middle) + slack
        return middle, np.clip(low, 0.0, self.top), np.clip(high, 0.0, self.top)


def fit_logistic(years: np.ndarray, shares: np.ndarray, top: float = TOP_OF_SHARE) -> Fit:
    """Fit an S-curve to shares in per cent by scipy's least squares, its ceiling profiled from the data to ``top``.

    Early in a spread the data say nothing of the ceiling, and its covariance means nothing; the profile then keeps
    every ceiling that fits about as well. Raises ``ValueError`` for fewer than five points.
    """
    years, shares = np.asarray(years, float), np.asarray(shares, float)
    if len(years) < 5:
        raise ValueError(f"{len(years)} points: a curve of three constants needs five at least")
    return _fitted(tuple(years), tuple(shares), float(top))


@cache
def _fitted(when: tuple[float, ...], reached: tuple[float, ...], top: float) -> Fit:
    """Fit once: findings, figure and table ask for the same curves."""
    years, shares = np.array(when), np.array(reached)
    origin, freedom = float(years.mean()), len(years) - 3
    ceilings = np.geomspace(0.6 * shares.max(), top, CEILINGS)
    tried = [_with_ceiling(years - origin, shares, ceiling) for ceiling in ceilings]
    pairs = [(ceiling, *found) for ceiling, found in zip(ceilings, tried, strict=True) if found]
    best = min(pairs, key=lambda pair: pair[3])
    (ceiling, pace, midpoint), error = _all_free(years - origin, shares, best[:3], top)
    residual = shares - logistic(years - origin, ceiling, pace, midpoint)
    least = float((residual**2).sum())
    limit = least * (1.0 + f_distribution.ppf(LEVEL, 1, freedom) / freedom)
    kept = [pair[:3] for pair in pairs if pair[3] <= limit] + [(ceiling, pace, midpoint)]
    profile = np.array(kept)
    profile[:, 2] += origin
    return Fit(
        float(ceiling),
        float(pace),
        float(midpoint + origin),
        error,
        float(np.sqrt(least / freedom)),
        freedom,
        top,
        profile,
    )


def _with_ceiling(years: np.ndarray, shares: np.ndarray, ceiling: float) -> tuple[float, float, float] | None:
    """Return pace, midpoint and sum of squares of the best curve under one ceiling; nothing where none is found."""
    inside = (shares > 0.001 * ceiling) & (shares < 0.98 * ceiling)
    if inside.sum() < 3:
        return None
    odds = np.log(shares[inside] / (ceiling - shares[inside]))
    slope, intercept = np.polyfit(years[inside], odds, 1, w=np.sqrt(shares[inside] * (1 - shares[inside] / ceiling)))
    start = (max(slope, 0.02), -intercept / max(slope, 0.02))
    try:
        (pace, midpoint), _ = curve_fit(
            lambda year, pace, midpoint: logistic(year, ceiling, pace, midpoint), years, shares, p0=start, maxfev=400
        )
    except (RuntimeError, OptimizeWarning):
        return None
    squares = float(((shares - logistic(years, ceiling, pace, midpoint)) ** 2).sum())
    return (float(pace), float(midpoint), squares) if np.isfinite(squares) and pace > 0 else None


def _all_free(
    years: np.ndarray, shares: np.ndarray, start: tuple[float, float, float], top: float
) -> tuple[tuple[float, float, float], float]:
    """Return the best curve with all three constants free, and the standard error of its pace."""
    low, high = (0.5 * shares.max(), 1e-3, -np.inf), (top, 5.0, np.inf)
    first = (float(np.clip(start[0], low[0] * 1.001, top * 0.999)), float(np.clip(start[1], 2e-3, 4.9)), start[2])
    found, covariance = curve_fit(logistic, years, shares, p0=first, bounds=(low, high), maxfev=4000)
    error = float(np.sqrt(max(covariance[1, 1], 0.0))) if np.isfinite(covariance[1, 1]) else 0.0
    return (float(found[0]), float(found[1]), float(found[2])), error


@dataclass(frozen=True)
class Score:
    """What a curve fitted on the first part of a series is worth on the rest.

    Errors are root mean squares in percentage points: of the curve, of a straight line through the last five points
    seen, and of the last value kept. ``inside`` of ``held`` points lie within the curve's 95 per cent interval.
    """

    fit: Fit
    seen: int
    held: int
    curve: float
    line: float
    last: float
    inside: int


def score(years: np.ndarray, shares: np.ndarray, first_part: float, top: float = TOP_OF_SHARE) -> Score:
    """Fit the first part of a series (a share of its points, between 0 and 1) and compare the rest with it."""
    years, shares = np.asarray(years, float), np.asarray(shares, float)
    seen = int(np.ceil(first_part * len(years)))
    if not 5 <= seen < len(years):
        raise ValueError(f"{seen} of {len(years)} points seen: five are needed, and one left over")
    fitted = fit_logistic(years[:seen], shares[:seen], top)
    middle, low, high = fitted.at(years[seen:])
    rest = shares[seen:]
    line = np.polyval(np.polyfit(years[:seen][-5:], shares[:seen][-5:], 1), years[seen:])
    return Score(
        fitted,
        seen,
        len(rest),
        _root_mean_square(middle - rest),
        _root_mean_square(np.clip(line, 0.0, top) - rest),
        _root_mean_square(shares[seen - 1] - rest),
        int(((rest >= low) & (rest <= high)).sum()),
    )


def _root_mean_square(errors: np.ndarray) -> float:
    return float(np.sqrt((errors**2).mean()))


def past_series(curves: pd.DataFrame, reached: float = 0.0) -> dict[tuple[str, str], pd.DataFrame]:
    """Return technology and country with its first unbroken stretch, where it has points enough and got far enough.

    Each frame has ``year`` (decimal), ``share`` (per cent) and ``top``, in the order of time.
    """
    found = {}
    for (technology, country), part in curves[curves["segment"] == 1].groupby(["technology", "country"], sort=False):
        rows = part.sort_values(["as_of", "share_percent"])
        if len(rows) < FEWEST_POINTS or rows["share_percent"].max() < reached:
            continue
        per_head = rows["basis"].iloc[0].find("per 100 people") >= 0
        found[(technology, country)] = pd.DataFrame(
            {
                "year": decimal_years(rows["as_of"]),
                "share": rows["share_percent"].to_numpy(float),
                "top": TOP_OF_SUBSCRIPTIONS if per_head else TOP_OF_SHARE,
                "id": rows["id"].to_numpy(),
            }
        )
    return found


def scores(curves: pd.DataFrame, first_part: float) -> dict[tuple[str, str], Score]:
    """Score every past series on what came after its first part."""
    return {
        key: score(rows["year"].to_numpy(), rows["share"].to_numpy(), first_part, float(rows["top"].iloc[0]))
        for key, rows in past_series(curves).items()
    }


def paces(curves: pd.DataFrame) -> dict[tuple[str, str], Fit]:
    """Fit the whole of every past series that reached a tenth of its scale, to learn at what pace things spread."""
    return {
        key: fit_logistic(rows["year"].to_numpy(), rows["share"].to_numpy(), float(rows["top"].iloc[0]))
        for key, rows in past_series(curves, REACHED_PERCENT).items()
    }


def five_years_on(curves: pd.DataFrame, ceiling_percent: float, start_percent: float = START_PERCENT) -> pd.DataFrame:
    """Try the anchored curve on past series: start where each first passed 15 per cent, look five years ahead.

    The pace is the median of the other technologies' paces, the ceiling one for all. Beside it stand the last value
    kept and a free fit of what was known at the start. One row a series; a series that has no value about five years
    later, or began above the ceiling, is left out. Errors are predicted less observed, in percentage points.
    """
    lent = {key: fit.pace for key, fit in paces(curves).items()}
    out = []
    for (technology, country), rows in past_series(curves, REACHED_PERCENT).items():
        past = rows[rows["share"] >= start_percent]
        if past.empty or past["share"].iloc[0] > ceiling_percent:
            continue
        start = past.iloc[0]
        ahead = rows.iloc[(rows["year"] - start["year"] - HORIZON_YEARS).abs().argmin()]
        years = ahead["year"] - start["year"]
        if abs(years - HORIZON_YEARS) > 0.5:
            continue
        pace = float(np.median([value for key, value in lent.items() if key[0] != technology]))
        known = rows[rows["year"] <= start["year"]]
        free = np.nan
        if len(known) >= 5:
            fitted = fit_logistic(known["year"].to_numpy(), known["share"].to_numpy(), float(known["top"].iloc[0]))
            free = float(fitted.at(np.array([ahead["year"]]))[0][0])
        out.append(
            {
                "technology": technology,
                "country": country,
                "start_year": start["year"],
                "start_percent": start["share"],
                "observed_percent": ahead["share"],
                "anchored_error": anchored_logistic(start["share"], pace, ceiling_percent, years) - ahead["share"],
                "last_error": start["share"] - ahead["share"],
                "free_error": free - ahead["share"],
            }
        )
    return pd.DataFrame(out)


def anchors(adoption: pd.DataFrame) -> pd.DataFrame:
    """Return the last share of each country on each basis: country, basis, share, day and row."""
    out = []
    for (country, basis), series in ANCHOR_SERIES.items():
        rows = adoption[(adoption["series"] == series) & (adoption["country"] == country)]
        last = rows.sort_values("as_of").iloc[-1]
        out.append(
            {
                "country": country,
                "basis": basis,
                "share_percent": float(last["value"]),
                "as_of": last["as_of"],
                "row": last["id"],
            }
        )
    return pd.DataFrame(out)


def spread(starts: pd.DataFrame, pace: float, ceiling_percent: float, until: str | pd.Timestamp) -> pd.DataFrame:
    """Return ``starts`` with the years left and the share on the anchored curve at ``until``; one pace for all."""
    out = starts.copy()
    out["years"] = [years_between(day, pd.Timestamp(until)) for day in out["as_of"]]
    out["then_percent"] = [
        anchored_logistic(share, pace, ceiling_percent, years)
        for share, years in zip(out["share_percent"], out["years"], strict=True)
    ]
    return out


def telemetry(adoption: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return Microsoft's share of users by economy at one date, indexed by country code; aggregates are left out."""
    rows = adoption[(adoption["series"] == "microsoft-user-share") & (adoption["as_of"] == pd.Timestamp(day))]
    rows = rows[rows["country"].notna() & (rows["country"] != "WW")]
    return rows.set_index("country", drop=False)


def working_age(population: pd.DataFrame, year: int = 2025) -> pd.DataFrame:
    """Return the people aged 15 to 64 of every place in the middle of ``year``, indexed by country code."""
    rows = population[(population["ages"] == "15-64") & (population["as_of"].dt.year == year)]
    return rows.set_index("country", drop=False)


def arab_adoption(adoption: pd.DataFrame, population: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return the members of the Arab League that the telemetry covers, with share, people of 2025 and Gulf membership.

    The weights are those of 2025 at every date, so that a mean moves with use alone.
    """
    people = working_age(population)
    people = people[people["arab_league"].astype(bool)]
    shares = telemetry(adoption, day)
    both = people.index.intersection(shares.index)
    return pd.DataFrame(
        {
            "place": shares.loc[both, "place"],
            "share_percent": shares.loc[both, "value"].astype(float),
            "people": people.loc[both, "people"].astype(float),
            "gulf": people.loc[both, "gulf"].astype(bool),
            "pooled": shares.loc[both, "pooled"].astype(bool),
            "adoption_row": shares.loc[both, "id"],
            "population_row": people.loc[both, "id"],
        }
    )


def class_bounds(shares: pd.DataFrame) -> pd.DataFrame:
    """Return low, middle and high of DeepSeek's share by economy: printed where printed, else the ends of the class."""
    out = shares.copy()
    for side in ("low", "high"):
        out[side] = out["share_percent"].fillna(out[side])
    out["middle"] = (out["low"] + out["high"]) / 2.0
    return out


def users_by_economy(adoption: pd.DataFrame, population: pd.DataFrame, day: str) -> pd.Series:
    """Return the users of generative AI by economy in millions, by Microsoft's shares and the people of 2025."""
    shares, people = telemetry(adoption, day), working_age(population)
    both = shares.index.intersection(people.index)
    return shares.loc[both, "value"].astype(float) / 100.0 * people.loc[both, "people"].astype(float) / 1e6


def regional_share(shares: pd.DataFrame, weights: pd.Series | None = None) -> tuple[float, float, float]:
    """Return the mean share of DeepSeek over economies, between the means of the classes' lower and upper ends.

    ``weights`` by country code make it a mean over users; without them every economy counts alike.
    """
    bounds = class_bounds(shares)
    heavy = np.ones(len(bounds)) if weights is None else weights.loc[bounds["country"]].to_numpy(float)
    middle, low, high = (weighted_mean(bounds[side], heavy) for side in ("middle", "low", "high"))
    return middle, low, high


def ratio_of_ranges(above: tuple[float, float, float], below: tuple[float, float, float]) -> tuple[float, float, float]:
    """Divide two quantities given as middle, low and high; the range takes the worst pairing of their ends."""
    return above[0] / below[0], above[1] / below[2], above[2] / below[1]
