"""Findings of the chapter against published values, and the comparisons that its sentences make in words."""

from __future__ import annotations

import pytest

from helpers.claims import claim
from helpers.data import assumption, load
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
        ("scout-hours-over-v3", 100 * 5.0 / 2.788, 0.01),  # model card of Llama 4: 5.0 million GPU-hours
        ("maverick-hours-over-v3", 100 * 2.38 / 2.788, 0.01),  # the same: 2.38 million
        ("maverick-flop-over-v3", 17 * 22 / (37 * 14.8), 1e-4),  # 17B active on ~22T tokens, 37B on 14.8T
        ("ubs-us-sum-implied", 570, 0.5),  # ten times 57
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
    # "of the three American models of that sparse design two took fewer hours than it did and one took more"
    hours = load("training_runs").join(load("models")["architecture"], on="model_id")
    published = hours[hours["hours_basis"] == "stated"]  # GPT-4 is sparse by press reports, its hours are a guess
    sparse = published[(published["country"] == "US") & (published["architecture"] == "mixture of experts")]
    assert set(sparse["model_id"]) == {"gpt-oss-120b", "llama-4-maverick", "llama-4-scout"}
    assert sorted(sparse["gpu_hours"] < get("v3-run-hours").value) == [False, True, True]
    # "of like score", "stands beside V3 on the Epoch index"; gpt-oss-120b does not
    score = export(NEWEST).set_index("model")["score"]
    assert score["Llama 4 Maverick"] == pytest.approx(score["DeepSeek-V3"], abs=0.5)
    assert score["gpt-oss-120b"] > score["DeepSeek-V3"] + 5
    # "the largest American one (GPT-4.5), the largest Chinese one (Doubao-pro)", both graded likely
    largest = load("models").loc[list(get("largest-run-us-over-cn").rows[0].ids)]
    assert set(largest["model"]) == {"GPT-4.5", "Doubao-pro"}
    assert set(largest["flop_confidence"]) == {"likely"}
    # "neither model led its country on the index"
    scored = export(NEWEST).sort_values("version_date")
    leaders = scored[scored["score"] >= scored.groupby("country")["score"].cummax()]
    assert not set(leaders["model"]) & set(largest["model"])
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


def test_the_american_active_shares_are_of_released_models():
    # Sizes as the developers print them: Maverick 17 of 400, Scout 17 of 109, gpt-oss 5.1 of 116.8 and 3.6 of 20.9,
    # Trinity Large 13 of 398 (billion); the last two bound the range. Behemoth (288 of 2,000) never came out.
    found = get("active-share-us")
    assert (found.low, found.high) == (
        pytest.approx(100 * 13 / 398, abs=0.05),
        pytest.approx(100 * 3.6 / 20.9, abs=0.05),
    )
    assert not any("behemoth" in key for group in found.rows for key in group.ids)


def test_the_longest_american_list_is_the_sum_of_its_parts():
    # Platformonomics 416 with leases, Oracle guiding 50 for its year to May 2026, xAI 12.7 by SpaceX's prospectus.
    assert get("capex-us-2025-longest-list").value == pytest.approx(416 + 50 + 12.7)
    assert get("ubs-share-of-longest-list").value == pytest.approx(100 * 57 / 478.7)
    rebuilt = get("rebuilt-share-of-longest-list")
    assert rebuilt.low < rebuilt.value < rebuilt.high
    # "it needs American spending of …; the longest list comes to less"
    assert get("ubs-us-sum-implied").value > get("capex-us-2025-longest-list").value


def test_the_plan_for_a_grid_is_the_sum_that_its_rule_names():
    plan = get("state-grid-plan-2026")
    summary = load("export_rules").loc["cn-plan-2026-grid", "summary"]
    assert f"{plan.value:.0f} billion dollars" in summary
    assert 2000 / plan.value == pytest.approx(assumption("yuan-per-dollar").value, rel=0.06)  # "two trillion yuan"
    assert plan.as_of > claim("committed-capital-gap-not-large").said_on


def test_every_american_record_is_above_every_earlier_chinese_one():
    # "Every record since 2023 is American"
    models = export(NEWEST).sort_values("version_date")
    best = models["score"].cummax()
    records = models[models["score"] >= best]
    assert set(records["country"]) == {"US"}


def test_the_abstract_and_the_tables_of_the_memory_paper_differ_in_one_test():
    assert get("engram-bbh-rise-abstract").value == pytest.approx(get("engram-bbh-rise").value)
    assert get("engram-mmlu-rise-abstract").value == pytest.approx(3.4)  # printed
    assert get("engram-mmlu-rise").value == pytest.approx(3.0)  # by the tables of the later version
    assert get("engram-bbh-rise-abstract").grade == "primary"


def test_the_makers_own_page_agrees_with_the_copy_in_whole_points():
    assert abs(get("codex-score-own-page").value - get("codex-score-v3").value) <= 0.5
    assert abs(get("best-us-score-own-page").value - get("gemini3-score-v3").value) <= 0.5
