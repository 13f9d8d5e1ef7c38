"""Makers of models: how concentrated their use is, where they stand on the index, what they take in and are worth."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd
from scipy.stats import norm

from helpers.analysis.common import difference_interval
from helpers.analysis.open_source import months_since_first_at, score

PERIODS_PER_YEAR = {"year": 1.0, "nine months": 4 / 3, "half-year": 2.0, "quarter": 4.0, "point": 1.0}


# Shares under other labels ----------------------------------------------------------------------------------------


def without_group(share: float, group: float) -> float:
    """Return a share, in per cent, of what is left when a group of ``group`` per cent is taken out of the base."""
    return 100.0 * share / (100.0 - group)


def effective_models_at_most(top_share: float, top: int) -> float:
    """Return the largest number of equally used models that a known concentration allows.

    The ``top`` most used models hold ``top_share`` (0 to 1) of all use. The inverse of the sum of squared shares is
    largest if those are alike and all others have next to nothing, by the inequality of Cauchy and Schwarz; any
    unevenness among the top makes the true number smaller. Wrong where a source counts repositories for models.
    """
    return top / top_share**2


def resampling_error(lead: float, both: float, effective_models: float) -> float:
    """Return the standard error of a lead between two shares when the models are drawn anew with replacement.

    ``lead`` and ``both`` are the difference and the sum of the two shares (0 to 1). The delta method gives the sum of
    the squared shares of models times (x - lead)^2 with x = 1, -1 and 0 for models of the first country, the second
    and others; if models are as unevenly used in all three groups, that is (both - lead^2) / ``effective_models``.
    Wrong where one country's downloads lie in fewer models than the hub's: then the error is larger.
    """
    return math.sqrt((both - lead**2) / effective_models)


def models_for_lead(lead: float, both: float, z: float | None = None) -> float:
    """Return the number of equally used models at which a lead is ``z`` standard errors of resampling (95% if none)."""
    return (both - lead**2) * ((float(norm.ppf(0.975)) if z is None else z) / lead) ** 2


# Concentration ----------------------------------------------------------------------------------------------------


def herfindahl(parts: Iterable[float]) -> float:
    """Return the sum of squared shares, from one over the number of equal parts to one; the parts in any unit."""
    values = [float(part) for part in parts]
    whole = sum(values)
    return sum((value / whole) ** 2 for value in values)


def herfindahl_bounds(known: Iterable[float], rest: float) -> tuple[float, float]:
    """Return the least and the greatest sum of squares where ``rest`` of the whole is not split: endlessly, or not."""
    values = [float(part) for part in known]
    whole = sum(values) + rest
    least = sum((value / whole) ** 2 for value in values)
    return least, least + (rest / whole) ** 2


def parts_by(frame: pd.DataFrame, country: str, by: str, value: str) -> pd.Series:
    """Return what each maker of a country holds, the largest first, as per cent of the country's sum."""
    part = frame[frame["country"] == country].groupby(by)[value].sum().sort_values(ascending=False, kind="stable")
    return 100.0 * part / part.sum()


# Makers on the capability index -----------------------------------------------------------------------------------


def of_maker(models: pd.DataFrame, maker: str) -> pd.DataFrame:
    """Return the scored models of one maker by date; a joint one counts for the maker that the index names first."""
    part = models[models["developer"].fillna("").str.split(",").str[0].str.strip() == maker]
    return part.sort_values(["version_date", "score"])


def standing(models: pd.DataFrame, maker: str, day: str | pd.Timestamp) -> dict[str, object]:
    """Return a maker's best model by ``day``, its distance to the best American one, and how late it came.

    ``lag`` counts the months from the first American model at its score to its own release. ``lag_low`` and
    ``lag_high`` take the ends of its interval for its score; a negative lag means that it came first, and an end that
    no American model has reached counts as nought.
    """
    mine = of_maker(models, maker)
    mine = mine[mine["version_date"] <= pd.Timestamp(day)]
    best = mine.loc[mine["score"].idxmax()]
    theirs = models[(models["country"] == "US") & (models["version_date"] <= pd.Timestamp(day))]
    top = theirs.loc[theirs["score"].idxmax()]
    behind, low, high = difference_interval(score(top), score(best))
    lags = {}
    for name, level in (("lag", best["score"]), ("lag_high", score(best)[1]), ("lag_low", score(best)[2])):
        if (theirs["score"] >= level).any():
            lags[name], lags[f"{name}_id"] = months_since_first_at(theirs, level, "US", best["version_date"])
        else:
            lags[name], lags[f"{name}_id"] = 0.0, str(top.name)
    return {"best": best, "top": top, "behind": behind, "behind_low": low, "behind_high": high, **lags}


def records_of(models: pd.DataFrame, maker: str) -> pd.DataFrame:
    """Return the models of a maker that scored above all its earlier ones, in the order of their dates."""
    mine = of_maker(models, maker)
    before = mine["score"].cummax().shift()
    return mine[before.isna() | (mine["score"] > before)]


# Revenues ---------------------------------------------------------------------------------------------------------


def annual_pace(value: float, period: str) -> float:
    """Return what a period's revenue comes to over a year at the same pace; a run rate is one already.

    For a firm that grows, the pace of a past period lies below what it takes in now.
    """
    return value * PERIODS_PER_YEAR[period]


def last_twelve_months(year: float, half_before: float, half_now: float) -> float:
    """Return the revenue of the year to mid-year: the last full year without its first half, plus this first half."""
    return year - half_before + half_now
