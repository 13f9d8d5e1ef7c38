"""Lags and waits test by test: a race worked out by hand, a published data set, limits, and an independent estimate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import by_test
from helpers.analysis.common import DAYS_PER_MONTH

ORIGIN = pd.Timestamp("2025-01-01")
# Remission in weeks under 6-mercaptopurine and under placebo (Freireich 1963, in Gehan 1965); the medians that
# textbooks print are 23 and 8.
TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def table(*lines: tuple[str, str, int, float]) -> pd.DataFrame:
    """Make scores: test, country, day after the origin, score; a model is named by country and day."""
    frame = pd.DataFrame(lines, columns=["test", "country", "day", "score"])
    frame["model"] = frame["country"] + frame["day"].astype(str)
    frame["released"] = ORIGIN + pd.to_timedelta(frame["day"], unit="D")
    return frame.assign(held_out=frame["test"] == "held")


HAND = table(
    ("open", "US", 0, 20),
    ("open", "US", 100, 40),
    ("open", "US", 200, 60),
    ("open", "US", 290, 80),
    ("open", "US", 320, 90),
    ("open", "CN", 10, 15),
    ("open", "CN", 250, 50),
    ("open", "CN", 260, 45),
    ("open", "CN", 300, 60),
)


def test_waits_by_hand():
    found = by_test.waits(HAND)
    # The first American model sets no record; 40 is matched by 50, 60 by 60; 80 is watched until the last Chinese
    # model; after that of day 320 no Chinese model was run at all.
    assert list(found["model"]) == ["US100", "US200", "US290"]
    assert list(found["months"] * DAYS_PER_MONTH) == pytest.approx([150, 100, 10])
    assert list(found["known"]) == [True, True, False]


def test_records_older_than_the_first_chinese_model_run_are_not_watched():
    scores = table(
        ("t", "US", 0, 10), ("t", "US", 50, 20), ("t", "US", 90, 30), ("t", "CN", 80, 25), ("t", "CN", 99, 35)
    )
    found = by_test.waits(scores)
    assert list(found["model"]) == ["US90"]
    assert list(found["months"] * DAYS_PER_MONTH) == pytest.approx([9])


def test_lags_by_hand():
    found = by_test.lags(HAND)
    # 15 was below the first American model run, so the lag is a lower bound; 50 was first passed by 60, 60 by itself.
    assert list(found["months"] * DAYS_PER_MONTH) == pytest.approx([10, 50, 100])
    assert list(found["known"]) == [False, True, True]


def test_china_first_is_no_lag_and_no_wait():
    scores = table(("t", "US", 0, 10), ("t", "CN", 5, 50), ("t", "US", 9, 40), ("t", "CN", 20, 70))
    assert list(by_test.lags(scores)["months"]) == [0, 0]
    assert by_test.lags(scores)["known"].all()
    assert list(by_test.waits(scores)["months"]) == [0]


def test_published_medians():
    known = pd.Series(ENDED).astype(bool)
    assert by_test.median(pd.Series(TREATED), known) == 23
    assert by_test.median(pd.Series(PLACEBO), pd.Series(PLACEBO) > 0) == 8


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_nothing_open_is_the_ordinary_median(months):
    values = pd.Series(months, dtype=float)
    assert by_test.median(values, values >= 0) == np.median(values)


def test_all_open_has_no_median():
    values = pd.Series([1.0, 2.0, 3.0])
    assert by_test.median(values, values < 0) == np.inf


def by_loop(months: list[int], known: list[bool]) -> float:
    """Return the first time at which at most half is alive, from the product of the chances to survive each time."""
    alive = 1.0
    for time in sorted(set(months)):
        at_risk = sum(value >= time for value in months)
        ended = sum(value == time and done for value, done in zip(months, known, strict=True))
        alive *= 1 - ended / at_risk
        if alive < 0.5 - 1e-9:
            return time
        if abs(alive - 0.5) <= 1e-9:
            later = [value for value, done in zip(months, known, strict=True) if value > time and done]
            return (time + min(later)) / 2 if later else time
    return np.inf


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=25))
def test_against_a_loop_and_against_weights_of_one(pairs):
    months, known = [list(part) for part in zip(*pairs, strict=True)]
    expected = by_loop(months, known)
    assert by_test.median(pd.Series(months, dtype=float), pd.Series(known)) == pytest.approx(expected)
    weighted = by_test.weighted_medians(np.array(months, float), np.array(known), np.ones((1, len(months)), int))
    assert weighted[0] == pytest.approx(expected)


def test_weights_repeat_records():
    months, known = np.array([1.0, 4.0, 9.0]), np.array([True, False, True])
    repeated = by_test.median(pd.Series([1.0, 4.0, 9.0, 9.0, 9.0]), pd.Series([True, False, True, True, True]))
    assert by_test.weighted_medians(months, known, np.array([[1, 1, 3]]))[0] == repeated
    assert np.isnan(by_test.weighted_medians(months, known, np.array([[0, 0, 0]]))[0])


def test_resamples_keep_a_model_together():
    # Two models with two tests each: a draw holds both records of a model or none, so only three medians can come out.
    records = pd.DataFrame({"model": ["a", "a", "b", "b"], "months": [1.0, 3.0, 7.0, 9.0], "known": True})
    drawn = by_test.resampled_medians(records, pd.Series("all", index=records.index), 500, 1)["all"]
    assert set(drawn) == {2.0, 5.0, 8.0}


def test_months_do_not_change_with_the_scale():
    scaled = HAND.assign(score=3 * HAND["score"] + 100)
    pd.testing.assert_frame_equal(by_test.waits(HAND), by_test.waits(scaled))
    pd.testing.assert_frame_equal(by_test.lags(HAND), by_test.lags(scaled))
