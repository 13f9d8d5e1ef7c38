"""Findings of the chapter on efficiency: the gap test by test, in votes, under other zeros of a scale, in slopes."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from scipy import stats

from helpers.analysis import by_test
from helpers.analysis.common import difference_interval
from helpers.analysis.open_source import odds_of_elo, rating
from helpers.analysis.synthesis import Slope, record_pace
from helpers.data import load
from helpers.findings.capability import DRAWS, NEWEST, SEED, export
from helpers.findings.efficiency_gap import ARTICLE
from helpers.findings.registry import Finding, Measured, Rows, finding, get, measured, rows

SINCE = "2025-01-01"  # American records from this day on are watched
STYLE = "style control"
ARENA_SPRING = "2026-04-19"  # the last copy that holds the head of the arena's list
STARTS = {"since-2023": "2023-01-01", "since-2025": "2025-01-01"}


# Public and held-out tests


def scores() -> pd.DataFrame:
    """Return the scores test by test; semi-private tests count as held out."""
    table = load("held_out_tests")
    return table.assign(held_out=table["access"] != "public")


@cache
def waits() -> pd.DataFrame:
    """Return the American records since 2025, test by test, with the months until a Chinese model matched them."""
    return by_test.waits(scores(), SINCE)


@cache
def lags(year: int = 2026) -> pd.DataFrame:
    """Return the Chinese records of one year, test by test, with the months since an American model was there."""
    found = by_test.lags(scores())
    return found[found["released"].dt.year == year]


def _of(records: pd.DataFrame) -> Rows:
    """Name all scores of the tests that the records come from; those of the other country date them."""
    table = load("held_out_tests")
    return rows("held_out_tests", table.index[table["test"].isin(records["test"].unique())])


def _median(records: pd.DataFrame, held_out: bool) -> Measured:
    """Return the median of one kind of test, with the 5th and 95th percentile over resamples of whole models."""
    part = records[records["held_out"] == held_out]
    drawn = by_test.resampled_medians(part, part["held_out"], DRAWS, SEED)[held_out]
    low, high = np.nanquantile(drawn, (0.05, 0.95), method="nearest")
    return measured(
        by_test.median(part["months"], part["known"]), _of(part), low=low, high=high, interval="resampled", as_of=NEWEST
    )


def _difference(records: pd.DataFrame) -> Measured:
    """Return the median on held-out tests less that on public ones; both come from the same resamples of models."""
    held = records["held_out"]
    value = by_test.median(records.loc[held, "months"], records.loc[held, "known"]) - by_test.median(
        records.loc[~held, "months"], records.loc[~held, "known"]
    )
    drawn = by_test.resampled_medians(records, held, DRAWS, SEED)
    low, high = np.nanquantile(drawn[True] - drawn[False], (0.05, 0.95), method="nearest")
    return measured(value, _of(records), low=low, high=high, interval="resampled", as_of=NEWEST)


@finding("test-wait-public")
def wait_public() -> Measured:
    """Take the median over American records on public tests, counting open ones as censored."""
    return _median(waits(), held_out=False)


@finding("test-wait-held-out")
def wait_held_out() -> Measured:
    """Take the median over American records on held-out tests, counting open ones as censored."""
    return _median(waits(), held_out=True)


@finding("test-wait-difference")
def wait_difference() -> Measured:
    """Subtract the median on public tests from that on held-out ones."""
    return _difference(waits())


@finding("test-wait-difference-stated")
def wait_difference_stated() -> Measured:
    """Leave out the held-out tests that are called so by our own classification alone."""
    table = scores()
    own = table.loc[table["held_out"] & (table["access_basis"] == "our classification"), "test"]
    return _difference(waits()[~waits()["test"].isin(own)])


@finding("test-wait-difference-without-frontiermath")
def wait_difference_without() -> Measured:
    """Leave out all sets of FrontierMath."""
    return _difference(waits()[~waits()["test"].str.startswith("FrontierMath")])


@finding("test-lag-public-2026")
def lag_public() -> Measured:
    """Take the median over Chinese records of 2026 on public tests, each to the first American model at its score."""
    return _median(lags(), held_out=False)


@finding("test-lag-held-out-2026")
def lag_held_out() -> Measured:
    """Take the median over Chinese records of 2026 on held-out tests, each to the first American model at its score."""
    return _median(lags(), held_out=True)


@finding("test-lag-difference-2026")
def lag_difference() -> Measured:
    """Subtract the median on public tests from that on held-out ones."""
    return _difference(lags())


def _count(held_out: bool, only_open: bool) -> Measured:
    part = waits()[waits()["held_out"] == held_out]
    return measured((~part["known"]).sum() if only_open else len(part), _of(part), as_of=NEWEST)


@finding("test-records-public")
def records_public() -> Measured:
    """Count the American records since 2025 on public tests."""
    return _count(held_out=False, only_open=False)


@finding("test-records-held-out")
def records_held_out() -> Measured:
    """Count the American records since 2025 on held-out tests."""
    return _count(held_out=True, only_open=False)


@finding("test-records-open-public")
def open_public() -> Measured:
    """Count those of the records on public tests that no Chinese model run on the test has matched."""
    return _count(held_out=False, only_open=True)


@finding("test-records-open-held-out")
def open_held_out() -> Measured:
    """Count those of the records on held-out tests that no Chinese model run on the test has matched."""
    return _count(held_out=True, only_open=True)


def _spread(held_out: bool) -> Measured:
    best = by_test.best_scores(scores())
    gaps = best.loc[best["held_out"] == held_out, ["test", "gap"]]
    return measured(gaps["gap"].median(), _of(gaps), low=gaps["gap"].min(), high=gaps["gap"].max(), interval="extremes")


@finding("test-gap-public")
def gap_public() -> Measured:
    """Take the median over public tests of the best American less the best Chinese score."""
    return _spread(held_out=False)


@finding("test-gap-held-out")
def gap_held_out() -> Measured:
    """Take the median over held-out tests of the best American less the best Chinese score."""
    return _spread(held_out=True)


# In votes


def _arena(day: str) -> Measured:
    """Return the best American less the best Chinese rating of one list, with the error of independent ratings."""
    table = load("arena_scores")
    listed = table[(table["date"] == pd.Timestamp(day)) & (table["basis"] == STYLE)]
    keys = [str(listed.loc[listed["country"] == country, "elo"].idxmax()) for country in ("US", "CN")]
    value, low, high = difference_interval(*(rating(listed.loc[key]) for key in keys))
    return measured(value, rows("arena_scores", keys), low=low, high=high, interval="ci95")


def _votes(key: str) -> Measured:
    """Return the share of decided votes that the lower rated of the two models would get."""
    points = get(key)
    assert points.low is not None
    assert points.high is not None
    low, value, high = (100 / (1 + odds_of_elo(gap)) for gap in (points.high, points.value, points.low))
    return measured(value, points, low=low, high=high, interval=points.interval)


@finding("arena-gap-on-article-day")
def arena_article() -> Measured:
    """Subtract the two ratings on the day of the article."""
    return _arena(ARTICLE)


@finding("arena-votes-on-article-day")
def arena_votes_article() -> Measured:
    """Turn the difference of ratings into a share of votes."""
    return _votes("arena-gap-on-article-day")


@finding("arena-gap-2026-04")
def arena_spring() -> Measured:
    """Subtract the two ratings of the last list whose head was seen."""
    return _arena(ARENA_SPRING)


@finding("arena-votes-2026-04")
def arena_votes_spring() -> Measured:
    """Turn the difference of ratings into a share of votes."""
    return _votes("arena-gap-2026-04")


# Other zeros of one scale


def _share_above(zero: str | None) -> Measured:
    """Return the best Chinese as a share of the best American score, both counted from the score of the model ``zero``.

    The index fixes two models at round numbers by convention, so that any other zero would serve it as well.
    """
    models = export(NEWEST)
    best = [str(models.loc[models["country"] == country, "score"].idxmax()) for country in ("CN", "US")]
    chinese, american = models.loc[best, "score"]
    base = 0.0 if zero is None else models.loc[zero, "score"]
    used = best if zero is None else [*best, zero]
    return measured(100 * (chinese - base) / (american - base), rows("capability_records", used))


@finding("epoch-share-as-printed")
def share_as_printed() -> Measured:
    """Divide the two scores as they are printed."""
    return _share_above(None)


@finding("epoch-share-above-sonnet")
def share_above_sonnet() -> Measured:
    """Move the zero to the older of the two models that fix the scale, then divide."""
    return _share_above("claude-3.5-sonnet-2026-08-11")


@finding("epoch-share-above-gpt5")
def share_above_gpt5() -> Measured:
    """Move the zero to the newer of the two models that fix the scale, then divide."""
    return _share_above("gpt-5-2026-08-11")


# Statements of others


@finding("lag-trump-2026")
def trump() -> Measured:
    """Read the lower bound that the American president named; the interval is the range in his words."""
    row = load("lag_estimates").loc["trump-2026"]
    return measured(
        row["months"], rows("lag_estimates", "trump-2026"), low=row["low"], high=row["high"], interval="range"
    )


# The slopes of the two series of records


def _records(country: str, start: str) -> pd.DataFrame:
    models = export(NEWEST)
    chosen = models["national_record"].astype(bool) & (models["country"] == country)
    return models[chosen & (models["version_date"] >= STARTS[start])]


def _fit(country: str, start: str) -> Slope:
    records = _records(country, start)
    return record_pace(records["version_date"], records["score"])


def _pace(country: str, start: str) -> Measured:
    slope = _fit(country, start)
    return measured(
        slope.value,
        rows("capability_records", _records(country, start).index),
        low=slope.value - slope.error,
        high=slope.value + slope.error,
        interval="se",
    )


def _drift(start: str, *paces: Finding) -> Measured:
    """Return the American pace less the Chinese, with the 90% interval that independent records would have.

    A record must beat the one before it, so records depend on one another, and the interval is a floor.
    """
    us, cn = _fit("US", start), _fit("CN", start)
    error = float(np.hypot(us.error, cn.error))
    half = float(stats.t.ppf(0.95, us.count + cn.count - 4)) * error
    value = us.value - cn.value
    return measured(value, *paces, low=value - half, high=value + half, interval="ci90")


@finding("us-record-pace-since-2023")
def us_pace_2023() -> Measured:
    """Fit a line through the American records since January 2023."""
    return _pace("US", "since-2023")


@finding("cn-record-pace-since-2023")
def cn_pace_2023() -> Measured:
    """Fit a line through the Chinese records since the first of them in 2023."""
    return _pace("CN", "since-2023")


@finding("drift-by-records-since-2023")
def drift_2023() -> Measured:
    """Take the American pace less the Chinese."""
    return _drift("since-2023", get("us-record-pace-since-2023"), get("cn-record-pace-since-2023"))


@finding("us-record-pace-since-2025")
def us_pace_2025() -> Measured:
    """Fit a line through the American records since January 2025."""
    return _pace("US", "since-2025")


@finding("cn-record-pace-since-2025")
def cn_pace_2025() -> Measured:
    """Fit a line through the Chinese records since January 2025."""
    return _pace("CN", "since-2025")


@finding("drift-by-records-since-2025")
def drift_2025() -> Measured:
    """Take the American pace less the Chinese."""
    return _drift("since-2025", get("us-record-pace-since-2025"), get("cn-record-pace-since-2025"))
