"""The gap test by test, in votes, under other zeros, in slopes: published values, independent computations, words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.data import load
from helpers.findings import get
from helpers.findings.capability import NEWEST, export
from helpers.findings.efficiency_tests import lags, scores, waits


def test_dates_are_those_of_the_scored_versions():
    dates = export(NEWEST).set_index("model")["version_date"]
    table = load("held_out_tests")
    assert (table["released"].to_numpy() == dates[table["model"]].to_numpy()).all()
    assert set(table["country"]) == {"US", "CN"}


def test_medians_published_of_the_same_export():
    # A count of November 2026 from the same export: 4.3 months on six public tests (19 records), 5.1 on nine held-out
    # ones (34 records). Its rule is that of `lags`, and in 2026 no record of it is a lower bound.
    found = lags(2026)
    assert found["known"].all()
    assert list(found.groupby("held_out").size()) == [19, 34]
    assert get("test-lag-public-2026").value == pytest.approx(4.3, abs=0.05)
    assert get("test-lag-held-out-2026").value == pytest.approx(5.1, abs=0.05)


def test_scores_published_of_kimi_k3():
    # The same count: GPQA 90.8 against 92.8, ARC-AGI-2 60.4 against 92.5, FrontierMath Tier 4 v2 39.0 against 87.8.
    table = load("held_out_tests")
    for test, chinese, american in (
        ("GPQA Diamond", 90.8, 92.8),
        ("ARC-AGI-2", 60.4, 92.5),
        ("FrontierMath Tier 4 v2", 39.0, 87.8),
    ):
        part = table[table["test"] == test].set_index("model")
        assert part.loc["Kimi K3", "score"] == pytest.approx(chinese, abs=0.05)
        assert part.loc[part["country"] == "US", "score"].max() == pytest.approx(american, abs=0.05)


def test_one_wait_by_the_calendar():
    # Gemini 3 Pro on GPQA Diamond, 18 November 2025, until Kimi K3, 16 July 2026: 240 days.
    found = waits().set_index(["test", "model"]).loc[("GPQA Diamond", "Gemini 3 Pro")]
    assert found["known"]
    assert found["months"] == pytest.approx(240 / 365.25 * 12)
    # SimpleBench has no Chinese model at its score of 71.68%: open until the last one run, Kimi K2.7 Code of 12 June.
    found = waits().set_index(["test", "model"]).loc[("SimpleBench", "Gemini 3 Pro")]
    assert not found["known"]
    assert found["months"] == pytest.approx(206 / 365.25 * 12)


def test_ratings_as_shares_of_votes():
    # On Elo's scale 400 points are odds of ten; 31 points are 10^(-31/400) = 0.8366 to one.
    assert get("arena-gap-on-article-day").value == 1490 - 1459
    assert get("arena-votes-on-article-day").value == pytest.approx(100 * 0.83657 / 1.83657, abs=0.01)
    # Both printed errors are five and nine points: 31 with the root of their squares.
    assert get("arena-gap-on-article-day").high == pytest.approx(31 + np.hypot(5, 9))


def test_no_better_model_was_left_out_of_the_arena():
    table = load("arena_scores")
    for key in ("arena-gap-on-article-day", "arena-gap-2026-04"):
        for name in get(key).rows[0].ids:
            row = table.loc[name]
            same = table[(table["date"] == row["date"]) & (table["basis"] == row["basis"])]
            assert set(same["coverage"]) <= {"full list", "top of the list"}
            assert row["elo"] == same.loc[same["country"] == row["country"], "elo"].max()


def test_other_zeros_of_the_scale():
    score = export(NEWEST).set_index("model")["score"]
    # Epoch fixes the scale by these two.
    assert score["Claude 3.5 Sonnet"] == pytest.approx(130, abs=0.01)
    assert score["GPT-5"] == pytest.approx(150, abs=0.01)
    best, other = score["GPT-5.6 Sol"], score["Kimi K3"]
    assert get("epoch-share-as-printed").value == pytest.approx(100 * other / best)
    # A zero at 130 and a zero at 150: 27.01 of 31.65, and 7.01 of 11.65.
    assert get("epoch-share-above-sonnet").value == pytest.approx(100 * 27.01 / 31.65, abs=0.01)
    assert get("epoch-share-above-gpt5").value == pytest.approx(100 * 7.01 / 11.65, abs=0.01)


@pytest.mark.parametrize("start", ["2023", "2025"])
def test_slopes_by_the_normal_equations(start):
    models = export(NEWEST)
    chosen = models[models["national_record"].astype(bool) & (models["version_date"] >= pd.Timestamp(f"{start}-01-01"))]
    slopes = {}
    for country, part in chosen.groupby("country"):
        years = (part["version_date"] - pd.Timestamp("2025-01-01")).dt.days.to_numpy() / 365.25
        (slope, _), covariance = np.polyfit(years, part["score"], 1, cov=True)
        found = get(f"{country.lower()}-record-pace-since-{start}")
        assert found.value == pytest.approx(slope)
        assert found.high - found.value == pytest.approx(np.sqrt(covariance[0, 0]))
        slopes[country] = slope
    assert get(f"drift-by-records-since-{start}").value == pytest.approx(slopes["US"] - slopes["CN"])


def test_what_the_chapter_says_in_words():
    best = scores().groupby(["held_out", "test"])["score"].max()
    assert list(best.groupby("held_out").size()) == [6, 9]
    # "for the most part the harder ones"
    assert best[True].median() < best[False].median()
    # "It took longer", "remains"; the intervals leave no doubt of the sign, nor does that of the lags
    for key in ("", "-stated", "-without-frontiermath"):
        assert get(f"test-wait-difference{key}").low > 0
    assert get("test-lag-difference-2026").value < get("test-wait-difference").value
    # "the tests of one kind differ more among themselves than the kinds do"
    public, held = get("test-gap-public"), get("test-gap-held-out")
    assert min(public.high - public.low, held.high - held.low) > abs(held.value - public.value)
    # "closing", "widening"
    assert get("drift-by-records-since-2023").high < 0
    assert get("drift-by-records-since-2025").low > 0
    # "from a first Chinese record far below"
    records = export(NEWEST)[lambda frame: frame["national_record"].astype(bool)].sort_values("version_date")
    first = records.groupby("country")["score"].first()
    assert first["CN"] < first["US"] - 15
    # "several old ones are no longer run"
    last = scores().groupby("test")["released"].max()
    assert (last < pd.Timestamp("2026-05-01")).sum() >= 3
    # "one day before Kimi K2 Thinking came out"
    came = export(NEWEST).set_index("model").loc["Kimi K2 Thinking", "version_date"]
    assert (came - pd.Timestamp(get("lag-on-nanoseconds-day").as_of)).days == 1
    # "Of the five values seen"
    seen = load("arena_scores")
    assert (seen["date"] == pd.Timestamp("2026-08-01")).sum() == 5
