"""The definitions of gap and lag, on small races worked out by hand, and against what was published."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import gap
from helpers.data import load

ORIGIN = pd.Timestamp("2024-01-01")
START = gap.day_number(ORIGIN)
MONTH = gap.DAYS_PER_MONTH


def table(*lines: tuple[str, int, float]) -> pd.DataFrame:
    """Make an export: country, day after the origin, score."""
    frame = pd.DataFrame(lines, columns=["country", "day", "score"])
    frame["version_date"] = ORIGIN + pd.to_timedelta(frame["day"], unit="D")
    frame["low"], frame["high"] = frame["score"] - 2, frame["score"] + 2
    return frame


HAND = table(("US", 0, 100), ("US", 100, 110), ("US", 300, 120), ("CN", 60, 99), ("CN", 200, 112), ("CN", 210, 105))


def test_lags_by_hand():
    contest = gap.race(HAND)
    # On day 250 the best Chinese score is 112: first reached by the US on day 300, so China is not behind; the last US
    # record passed is that of day 100.
    assert gap.lag_on(contest, START + 250)[0] == 0
    assert gap.lag_on(contest, START + 250, "passed")[0] == pytest.approx(150 / MONTH)
    assert gap.lag_on(contest, START + 330)[0] == pytest.approx(30 / MONTH)
    # On day 80 it is 99, which the US had from day 0.
    assert gap.lag_on(contest, START + 80)[0] == pytest.approx(80 / MONTH)


def test_gap_by_hand():
    contest = gap.race(HAND)
    assert gap.gap_on(contest, START + 250)[0] == -2
    # Days 60 to 100: 1 point; 100 to 200: 11; 200 to 300: -2.
    assert gap.mean_gap(contest, START + 60, START + 300)[0] == pytest.approx((40 * 1 + 100 * 11 - 100 * 2) / 240)


def test_records_and_catch_up_by_hand():
    contest = gap.race(HAND)
    records = gap.chaser_records(contest)
    assert list(records["score"]) == [99, 112]
    assert np.isnan(records["passed"][0])
    waits = gap.catch_up(contest, START + 400)
    assert list(waits["matched"]) == [True, True, False]
    assert list(waits["months"] * MONTH) == pytest.approx([200, 100, 100])


def test_mean_lag_is_the_mean_of_days():
    contest = gap.race(HAND)
    for rule in ("reached", "passed"):
        days = np.arange(START + 210, START + 400)
        daily = np.mean([gap.lag_on(contest, int(day), rule)[0] for day in days])
        # The day-by-day sum sits half a day below the integral.
        assert gap.mean_lag(contest, START + 210, START + 400, rule)[0] == pytest.approx(daily, abs=0.6 / MONTH)


def test_export_of_december_2025_gives_what_was_reported_of_the_estimator():
    # Reports of January 2026 on Epoch AI: mean 7, smallest 4, largest 14 months since 2023.
    records = load("capability_records")
    contest = gap.race(records[records["as_of"] == "2025-12-19"])
    passed = gap.chaser_records(contest)["passed"]
    assert passed.mean() == pytest.approx(7, abs=0.5)
    assert passed.max() == pytest.approx(14, abs=0.5)
    assert passed.min() == pytest.approx(4, abs=0.5)


def test_r1_by_the_calendar():
    # DeepSeek-R1 (20 January 2025) against o1-mini (12 September 2024): 130 days.
    records = load("capability_records")
    found = gap.chaser_records(gap.race(records[records["as_of"] == "2025-12-19"]))
    r1 = found[found["day"] == gap.day_number("2025-01-20")].iloc[0]
    assert r1["passed"] * MONTH == pytest.approx(130)


def test_median_without_open_records_is_the_median():
    waits = pd.DataFrame({"months": [2.0, 9.0, 4.0, 7.0, 5.0], "matched": True})
    value, low, high = gap.median_catch_up(waits)
    assert value == 5
    assert low <= value <= high


def test_open_records_lengthen_the_median():
    waits = pd.DataFrame({"months": [2.0, 9.0, 4.0, 7.0, 5.0], "matched": [True, True, True, True, False]})
    assert gap.median_catch_up(waits)[0] > 5


def test_draws_keep_the_published_percentiles():
    frame = table(("US", 0, 100), ("CN", 10, 90))
    frame["low"], frame["high"] = [96, 89], [101, 97]
    drawn = gap.simulated_race(frame, 40_000, seed=1)
    for scores, line in ((drawn.leader, frame.iloc[0]), (drawn.chaser, frame.iloc[1])):
        found = np.quantile(scores[:, 0], [0.05, 0.5, 0.95])
        assert found == pytest.approx([line["low"], line["score"], line["high"]], abs=0.15)


def test_draws_repeat_and_anchors_stay():
    frame = HAND.assign(low=np.nan, high=np.nan)
    drawn = gap.simulated_race(frame, 50, seed=3)
    assert (drawn.leader == gap.race(frame).leader).all()
    again = [gap.simulated_race(HAND, 50, seed=3).chaser for _ in range(2)]
    assert (again[0] == again[1]).all()


lines = st.lists(st.tuples(st.integers(0, 600), st.floats(80, 160)), min_size=1, max_size=12)


@settings(max_examples=60)
@given(lines, lines, st.floats(0.5, 30), st.integers(601, 900))
def test_laws(american, chinese, rise, day):
    """Better scores of the chaser never lengthen its lag; the rules keep their order; the scale has no zero."""
    rows = [("US", when, score) for when, score in american] + [("CN", when, score) for when, score in chinese]
    frame = table(*rows)
    contest = gap.race(frame)
    here = gap.lag_on(contest, START + day)[0]
    better = frame.assign(score=frame["score"] + np.where(frame["country"] == "CN", rise, 0))
    assert gap.lag_on(gap.race(better), START + day)[0] <= here
    assert here <= gap.lag_on(contest, START + day, "passed")[0]
    shifted = frame.assign(score=frame["score"].round(6) + 1024)
    plain = frame.assign(score=frame["score"].round(6))
    assert gap.gap_on(gap.race(shifted), START + day) == pytest.approx(gap.gap_on(gap.race(plain), START + day))


@given(st.integers(0, 60))
def test_later_release_lengthens_the_lag_day_by_day(delay):
    frame = table(("US", 0, 100), ("CN", 50 + delay, 100))
    assert gap.chaser_records(gap.race(frame))["reached"][0] * MONTH == pytest.approx(50 + delay)


def test_best_so_far_and_daily_gap():
    models = pd.DataFrame(
        {
            "country": ["US", "US", "CN", "CN", "US"],
            "version_date": pd.to_datetime(["2026-01-01", "2026-01-03", "2026-01-02", "2026-01-04", "2026-01-05"]),
            "score": [100.0, 99.0, 90.0, 95.0, 104.0],
        }
    )
    daily = gap.daily_gap(models, date(2026, 1, 5))
    assert daily.tolist() == [10.0, 10.0, 5.0, 9.0]
    assert daily.index[0] == pd.Timestamp(2026, 1, 2)
