"""The claims of the first two articles that their sentences add: each verdict follows its evidence."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from helpers.claims import chips, claim, claims, efficiency, judge, open_source, synthesis
from helpers.claims.judge import _tests, reasons
from helpers.data import load as real_load
from helpers.findings import get as real_get

FIRST_TWO = ("000_2e922c33f773600c.txt", "001_a79dcb9d40726754.txt")


def changed(monkeypatch, module, **values):
    """Let the module see other values of findings, without intervals; a pair gives value and lower bound."""
    wanted = {key.replace("_", "-"): value for key, value in values.items()}

    def get(key):
        found = real_get(key)
        if key not in wanted:
            return found
        value, low = wanted[key] if isinstance(wanted[key], tuple) else (wanted[key], None)
        return replace(found, value=value, low=low)

    monkeypatch.setattr(module, "get", get)


def with_cells(monkeypatch, module, table, **cells):
    """Let the module read another value in one column of some rows."""

    def load(name):
        frame = real_load(name)
        if name == table:
            for (row, column), value in cells["at"].items():
                frame.loc[row, column] = value
        return frame

    monkeypatch.setattr(module, "load", load)


@pytest.mark.parametrize(
    ("module", "key", "values", "before", "after"),
    [
        (efficiency, "chinese-spending-nowhere-near-us", {"capex_share_jefferies": 60}, "confirmed", "qualified"),
        (efficiency, "m2-score-shows-gap-shrinking", {"k2_thinking_share_december": 99}, "unsupported", "qualified"),
        (efficiency, "us-relies-on-raw-compute", {"gptoss_hours_over_v3": 150}, "qualified", "confirmed"),
        (efficiency, "us-relies-on-raw-compute", {"largest_run_us_over_cn": 1.1}, "qualified", "unsupported"),
        (efficiency, "chinese-firms-use-mixture-of-experts", {"moe_share_cn_2025": 20}, "confirmed", "unsupported"),
        (efficiency, "chinese-firms-optimise-inference", {"kv_llama405_over_v3": 0.8}, "confirmed", "unsupported"),
        (efficiency, "chinese-firms-use-resources-better", {"v3_utilisation": 45}, "unsupported", "confirmed"),
        (
            efficiency,
            "china-near-us-level-with-less-equipment",
            {"leading_makers_mean_share": 93},
            "qualified",
            "confirmed",
        ),
        (
            efficiency,
            "china-near-us-level-with-less-equipment",
            {"compute_ratio_2025": (1.5, 1.2)},
            "qualified",
            "unsupported",
        ),
        (
            efficiency,
            "advanced-ai-needs-vast-computing",
            {"points_per_tenfold_regression": (1, -1)},
            "confirmed",
            "unsupported",
        ),
        (efficiency, "deepseek-does-much-with-little", {"v3_r1_cost": 2e8}, "qualified", "unsupported"),
        (
            efficiency,
            "deepseek-does-much-with-little",
            {"gptoss_hours_over_v3": 150, "deepseek_hardware_multiple": 3},
            "qualified",
            "confirmed",
        ),
        (efficiency, "deepseek-narrows-gap-by-efficiency", {"gptoss_hours_over_v3": 150}, "unsupported", "confirmed"),
        (
            efficiency,
            "deepseek-narrows-gap-by-efficiency",
            {"hours_ratio_llama405_v3": 0.9},
            "unsupported",
            "contradicted",
        ),
        (efficiency, "deepseek-made-progress", {"v4_pro_rise": (2.7, 0.5)}, "qualified", "confirmed"),
        (efficiency, "deepseek-made-progress", {"v4_pro_rise": -1}, "qualified", "unsupported"),
        (chips, "delivery-takes-most-compute", {"minimax_serving_share_2025": 70}, "qualified", "confirmed"),
        (chips, "delivery-takes-most-compute", {"openai_research_share_2024": 30}, "qualified", "unsupported"),
        (chips, "chip-gap-with-us-widens", {"compute_ratio_2025": (10.1, 9.5)}, "qualified", "confirmed"),
        (chips, "chip-gap-with-us-widens", {"compute_difference_growth_2025": 0.9}, "qualified", "unsupported"),
        (chips, "chips-are-the-problem", {"gap_on_article_day": -1}, "qualified", "unsupported"),
        (chips, "chips-are-the-problem", {"points_from_compute_ratio": (12, 9)}, "qualified", "confirmed"),
        (chips, "us-law-bars-nvidia-sales", {"h200_tpp": 30000}, "qualified", "confirmed"),
        (chips, "us-law-bars-nvidia-sales", {"case_by_case_ceiling_tpp": 300000}, "qualified", "unsupported"),
        (chips, "chinese-developers-fewer-chips", {"compute_ratio_2025": (1.2, 0.8)}, "qualified", "unsupported"),
        (chips, "us-firms-keep-buying-newest-chips", {"us_capex_growth_2025": -5}, "confirmed", "unsupported"),
        (chips, "chinese-labs-work-with-limited-means", {"compute_ratio_2025": (1.2, 0.8)}, "confirmed", "unsupported"),
        (
            chips,
            "chinese-developers-forced-onto-domestic-chips",
            {"chinese_share_of_new_compute_2025": (95, 92)},
            "qualified",
            "confirmed",
        ),
        (open_source, "anyone-can-download-and-change", {"licence_permissive_cn_2026": 100}, "qualified", "confirmed"),
        (open_source, "anyone-can-download-and-change", {"best_five_open_cn_2026_01": 20}, "qualified", "unsupported"),
        (
            open_source,
            "openness-raises-chinese-standing",
            {"lead_downloads_study": (1.05, 0.9)},
            "unsupported",
            "contradicted",
        ),
    ],
)
def test_a_verdict_follows_its_findings(monkeypatch, module, key, values, before, after):
    assert judge(key).verdict == before
    changed(monkeypatch, module, **values)
    assert _tests[key](claim(key)).verdict == after


@pytest.mark.parametrize(
    ("module", "key", "table", "cells", "before", "after"),
    [
        (
            chips,
            "washington-allowed-h200-sales",
            "export_rules",
            {("us-rule-2026-case-by-case", "announced"): pd.Timestamp("2026-02-01")},
            "confirmed",
            "contradicted",
        ),
        (
            chips,
            "chinese-firms-await-beijing",
            "export_rules",
            {("cn-approval-2026-h200", "announced"): pd.Timestamp("2026-01-15")},
            "confirmed",
            "contradicted",
        ),
        (
            chips,
            "beijing-drafts-purchase-rules",
            "export_rules",
            {("cn-customs-2026-h200", "announced"): pd.Timestamp("2026-01-20")},
            "confirmed",
            "untested",
        ),
        (
            chips,
            "nvidia-china-business-faces-political-obstacles",
            "export_rules",
            {
                ("cn-customs-2026-h200", "in_force_from"): pd.Timestamp("2026-02-01"),
                ("cn-order-2025-rtx", "in_force_until"): pd.Timestamp("2025-12-01"),
            },
            "confirmed",
            "contradicted",
        ),
        (
            chips,
            "blackwell-sought-in-2025",
            "overseas_compute",
            {("blackwell-deepseek-alleged-2025", "as_of"): pd.Timestamp("2026-02-01")},
            "confirmed",
            "untested",
        ),
        (
            efficiency,
            "deepseek-drew-attention-in-america",
            "market_events",
            {("deepseek-app-rank-2025-01-26", "value"): 31},
            "confirmed",
            "contradicted",
        ),
        (
            efficiency,
            "deepseek-shares-efficiency-methods",
            "policy_events",
            {("deepseek-open-source-week-2025", "event_date"): pd.Timestamp("2024-12-31")},
            "confirmed",
            "contradicted",
        ),
        (
            open_source,
            "western-researchers-adopt-deepseek-methods",
            "policy_events",
            {
                ("tulu-3.1-grpo-2025", "country"): "CN",
                ("olmo-3-grpo-2025", "event_date"): pd.Timestamp("2026-02-01"),
            },
            "confirmed",
            "untested",
        ),
        (
            synthesis,
            "yao-left-openai-for-tencent",
            "policy_events",
            {("yao-chief-scientist-2025", "event_date"): pd.Timestamp("2026-02-01")},
            "confirmed",
            "untested",
        ),
    ],
)
def test_a_verdict_follows_its_rows(monkeypatch, module, key, table, cells, before, after):
    assert judge(key).verdict == before
    with_cells(monkeypatch, module, table, at=cells)
    assert _tests[key](claim(key)).verdict == after


def test_soon_names_no_day():
    assert claim("china-will-not-catch-up-soon").due is None
    assert judge("china-will-not-catch-up-soon").verdict == "undated"


def test_what_the_two_articles_say_is_written_out():
    for key, subject in claims().items():
        if subject.article in FIRST_TWO:
            opinion_beside = subject.kind == "opinion" and judge(key).findings
            assert key in _tests or opinion_beside, f"{key} has neither a judge nor findings beside it"
            assert reasons()[key].get(judge(key).verdict), f"{key}: no sentence for {judge(key).verdict}"


def test_every_sentence_of_the_two_articles_is_accounted_for():
    table = real_load("article_sentences")
    mine = table[table["article"].isin(FIRST_TWO)]
    made: set[str] = set()
    for row in mine.itertuples():
        named = row.claims.split() if isinstance(row.claims, str) else []
        said = isinstance(row.left_out, str)
        assert named or said, row.id
        assert all(claim(key).article == row.article for key in named), row.id
        assert not said or isinstance(row.note, str), row.id
        assert bool(named) == (row.left_out == "repeats") or not said, row.id
        if not said:
            made.update(named)
    assert made == {key for key, subject in claims().items() if subject.article in FIRST_TWO}


def test_shares_of_computing_against_the_published_words():
    assert real_get("openai-research-share-2024").value == pytest.approx(100 * 5 / 7, abs=0.1)  # 5 of 7 billion
    # MiniMax's prospectus: 79 percent of 180 million for training, 37.98 million for inference, nine months of 2025
    assert real_get("minimax-serving-share-2025").value == pytest.approx(100 * 37.98 / (37.98 + 0.79 * 180), abs=0.01)


def test_the_flagship_against_the_published_index():
    rise = real_get("v4-pro-rise")
    assert rise.value == pytest.approx(149.07 - 146.37)  # Epoch's export of 11 August 2026
    assert (rise.low, rise.high) == (pytest.approx(147.39 - 147.40), pytest.approx(151.09 - 144.40))


def test_designs_are_counted_where_they_are_disclosed():
    table = real_load("models")
    year = table[table["released"].dt.year == 2025]
    for country, key in (("CN", "moe-share-cn-2025"), ("US", "moe-share-us-2025")):
        part = year[year["country"] == country]["architecture"].value_counts()
        dense, mixed = part.get("dense", 0), part["mixture of experts"]
        assert real_get(key).value == pytest.approx(100 * mixed / (mixed + dense))


def test_one_firm_with_the_design_does_not_speak_for_chinese_firms(monkeypatch):
    assert judge("chinese-firms-optimise-inference").verdict == "confirmed"
    with_cells(monkeypatch, efficiency, "attention_configs", at={("kimi-k2", "attention"): "GQA"})
    assert _tests["chinese-firms-optimise-inference"](claim("chinese-firms-optimise-inference")).verdict == "qualified"


def test_chinchilla_took_less_than_the_largest_model_that_it_beat():
    # 6 x 70e9 x 1.4e12 over 6 x 530e9 x 270e9, sizes and tokens as the paper lists them.
    assert real_get("chinchilla-over-megatron").value == pytest.approx(70 * 1400 / (530 * 270), rel=0.02)


def test_the_difference_of_stocks_agrees_with_their_ratios():
    """Of stocks inside a and b and ratios r and s the differences are (r - 1) a and (s - 1) b."""
    supply = real_load("chip_supply")["value"]
    names = ("stock-cn-nvidia-lawful-", "stock-cn-nvidia-smuggled-", "stock-cn-amd-", "huawei-to-", "cambricon-to-")
    inside = {year: sum(supply.get(f"{name}{year}-h100e", 0) for name in names) for year in (2024, 2025)}
    before, after = (real_get(f"compute-ratio-medians-{year}").value for year in (2024, 2025))
    expected = (after - 1) * inside[2025] / ((before - 1) * inside[2024])
    assert real_get("compute-difference-growth-2025").value == pytest.approx(expected)
