"""Findings of the chapter against published values, and the comparisons that its sentences make in words."""

from __future__ import annotations

import pytest

from helpers.data import load
from helpers.findings import get, ids
from helpers.findings.capability import NEWEST, export


@pytest.mark.parametrize(
    ("key", "published", "tolerance"),
    [
        ("v3-run-hours", 2.788e6, 0),  # DeepSeek-V3 report, table 1
        ("v3-run-cost", 5.576e6, 0),  # the same
        ("r1-stage-cost", 294_000, 0),  # DeepSeek-R1 in Nature, supplement: 147K hours, $294K
        ("v3-r1-cost", 5.87e6, 1e4),  # The Register, 2025
        ("kv-llama405-over-v3", 7.28, 0.07),  # Insights into DeepSeek-V3, table 1: 7.28 times
        ("chinchilla-flop", 5.76e23, 0.2e23),  # Hoffmann and others 2022
        ("m2-component-lowest", 47, 1),  # 12.5 over 26.5 on Humanity's Last Exam, MiniMax-M2's model card
        ("capex-shortfall-jefferies", 82, 0.5),  # Jefferies, 11 November 2025
        ("capex-us-with-leases", 822, 0.5),  # Platformonomics: 155, 251 and 416
        ("capex-us-2025-leases", 416, 0.5),  # the same
        ("lag-passed-mean-2025-12", 7, 0.5),  # as reported of Epoch AI, January 2026
        ("active-share-v3", 100 * 37 / 671, 0.01),  # DeepSeek-V3 report
    ],
)
def test_published_values(key, published, tolerance):
    assert get(key).value == pytest.approx(published, abs=tolerance)


def test_two_published_r1_durations_give_its_hours():
    # R1-Zero about 198 hours and R1 about 80 hours on 64 machines of 8 chips: 147K hours with 5K for data.
    runs = load("training_runs")
    hours = 512 * (198 + 80) + 5000
    assert hours == pytest.approx(runs.loc["deepseek-r1-total", "gpu_hours"], rel=0.005)


def test_own_count_of_operations_bounds_the_utilisation():
    # DeepSeek counts 250 GFLOP a token with attention: 250e9 * 14.8e12 in 2.664M hours is 39% of 989 TFLOP/s.
    found = get("v3-utilisation")
    assert found.high == pytest.approx(39, abs=0.1)
    assert found.low < found.value < found.high


def test_intervals_hold_their_values():
    for key in ids():
        found = get(key)
        if found.chapter == "efficiency" and found.low is not None and found.high is not None:
            assert found.low <= found.value <= found.high, key


def test_what_the_chapter_says_in_words():
    # "a dense American model took …, American models of the same design fewer hours"
    assert get("gptoss-hours-over-v3").value < 100 > get("maverick-hours-over-v3").value
    # "a little below what they report": above 7, 6.1 over 0.855 billion
    assert 6 < get("moe-leverage-trial").value < 6.1 / 0.855
    assert get("moe-leverage").value > 6  # "on leverages below both values"
    # "on three bases that differ by more than the Chinese total"
    sums = [get(key).value for key in ("capex-us-as-guided", "capex-us-with-aws", "capex-us-with-leases")]
    assert max(sums) - min(sums) > get("capex-cn-jefferies").value
    # "the gap stood below the mean of either year"
    assert get("gap-2026-08").value < min(get("gap-mean-2025").value, get("gap-mean-2026").value)
    # "smallest and mean; on the day they were printed it stood above both"
    assert get("lag-on-article-day").value > get("epoch-lag-mean").value > get("epoch-lag-smallest").value
    # "That band holds four, but only by one model, Qwen3-Max"
    band, without = get("lag-on-article-day"), get("lag-on-article-day-without-one")
    assert band.low < 4 < without.low
    used = {key for group in without.rows for key in group.ids}
    models = export(NEWEST)
    assert list(models.loc[~models.index.isin(used), "model"]) == ["Qwen3-Max"]


def test_every_american_record_is_above_every_earlier_chinese_one():
    # "Every record since 2023 is American"
    models = export(NEWEST).sort_values("version_date")
    best = models["score"].cummax()
    records = models[models["score"] >= best]
    assert set(records["country"]) == {"US"}
