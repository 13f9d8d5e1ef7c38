"""The statements of the articles on the Shanghai fair and on training abroad: verdicts flip with their evidence."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from helpers.claims import chips, claim, diffusion, efficiency, judge, open_source, verdicts
from helpers.claims.judge import _tests
from helpers.claims.ledger import claims
from helpers.data import load as real_load
from helpers.findings import get as real_get

FAIR, ABROAD = "003_5296a16519e37b45.txt", "004_df862e22ddb65139.txt"


def see(monkeypatch, module, **values):
    """Let a module of judges see other values; a tuple sets value, low and high."""
    changed = {key.replace("_", "-"): value for key, value in values.items()}

    def get(key):
        found = real_get(key)
        if key not in changed:
            return found
        value = changed[key]
        if isinstance(value, tuple):
            return replace(found, value=value[0], low=value[1], high=value[2])
        return replace(found, value=value)

    monkeypatch.setattr(module, "get", get)


def change(monkeypatch, modules, table, edit):
    """Let modules read a table that was changed."""

    def load(name):
        frame = real_load(name)
        return edit(frame) if name == table else frame

    for module in modules:
        monkeypatch.setattr(module, "load", load)


def verdict(key):
    """Judge anew."""
    return _tests[key](claim(key)).verdict


@pytest.mark.parametrize(
    ("module", "key", "values", "before", "after"),
    [
        (efficiency, "r1-shows-no-vast-computing-needed", {"deepseek_hardware_multiple": 2}, "qualified", "confirmed"),
        (
            efficiency,
            "r1-shows-no-vast-computing-needed",
            {"hours_ratio_llama405_v3": 0.9},
            "qualified",
            "unsupported",
        ),
        (
            efficiency,
            "selloff-was-a-revaluation",
            {"nvidia_value_over_before_selloff": 0.8},
            "unsupported",
            "qualified",
        ),
        (efficiency, "deepseek-got-most-from-limited-chips", {"v3_utilisation": 60}, "qualified", "confirmed"),
        (efficiency, "deepseek-got-most-from-limited-chips", {"v3_utilisation": 20}, "qualified", "unsupported"),
        (chips, "restrictions-reshape-industry", {"ways_to_computing_2025": 1}, "qualified", "unsupported"),
        (
            chips,
            "training-abroad-main-alternative",
            {"leased_power_over_stock_power_2025": (150, 110, 200)},
            "unsupported",
            "confirmed",
        ),
        (
            chips,
            "training-abroad-main-alternative",
            {"leased_power_over_stock_power_2025": (60, 40, 120)},
            "unsupported",
            "qualified",
        ),
        (chips, "china-goes-on-with-alternatives", {"leased_power_2025": 0}, "confirmed", "qualified"),
        (
            chips,
            "china-goes-on-with-alternatives",
            {"leased_power_2025": 0, "huawei_shipments_2025": 0},
            "confirmed",
            "unsupported",
        ),
        (open_source, "spread-abroad-because-open", {"adopters_abroad_doubao": 5}, "qualified", "unsupported"),
        (
            open_source,
            "chinese-models-conquer-western-markets",
            {"openrouter_share_cn_open_2025": (60, 55, 70)},
            "unsupported",
            "confirmed",
        ),
        (
            open_source,
            "chinese-models-conquer-western-markets",
            {"openrouter_share_cn_open_2025": (40, 5, 60)},
            "unsupported",
            "qualified",
        ),
        (
            open_source,
            "chosen-for-power-price-and-ease",
            {"discount_best_2025_12": -5, "licence_permissive_cn_2026": 10},
            "qualified",
            "unsupported",
        ),
        (diffusion, "deepseek-main-talk-of-waic", {"waic_reports_led_by_deepseek": 3}, "untested", "came true"),
        (diffusion, "chinese-model-self-sufficiency", {"releases_open_cn_2025": 20}, "qualified", "confirmed"),
    ],
)
def test_a_verdict_follows_its_findings(monkeypatch, module, key, values, before, after):
    assert judge(key).verdict == before
    see(monkeypatch, module, **values)
    assert verdict(key) == after


@pytest.mark.parametrize(
    ("key", "table", "row", "before"),
    [
        ("beijing-aims-to-surpass-us", "policy_events", "new-generation-plan-signed-2017", "confirmed"),
        ("deepseek-not-on-waic-programme", "policy_events", "waic-advance-2025", "confirmed"),
    ],
)
def test_one_secondary_source_confirms_nothing(monkeypatch, key, table, row, before):
    assert judge(key).verdict == before

    def edit(frame):
        frame.loc[row, ["source", "also_source", "grade"]] = ["one", None, "secondary"]
        return frame

    change(monkeypatch, [verdicts], table, edit)
    assert verdict(key) == "untested"


def test_a_report_of_after_the_article_is_no_second_one(monkeypatch):
    assert judge("advanced-chips-in-southeast-asia").verdict == "confirmed"

    def edit(frame):
        frame.loc["malaysia-checks-training-2025", "as_of"] = pd.Timestamp("2026-06-01")
        return frame

    change(monkeypatch, [chips], "policy_events", edit)
    assert verdict("advanced-chips-in-southeast-asia") == "untested"


def test_a_second_report_confirms_the_venture_zone(monkeypatch):
    assert judge("waic-first-venture-zone").verdict == "untested"

    def edit(frame):
        frame.loc["waic-new-venture-area-2025", "also_source"] = "another"
        return frame

    change(monkeypatch, [verdicts], "policy_events", edit)
    assert verdict("waic-first-venture-zone") == "confirmed"


def test_a_market_without_limits_of_the_state_is_open(monkeypatch):
    assert judge("us-model-open-market").verdict == "qualified"

    def edit(frame):
        frame["in_force_until"] = pd.Timestamp("2025-06-01")
        return frame

    change(monkeypatch, [diffusion], "export_rules", edit)
    assert verdict("us-model-open-market") == "confirmed"


def test_a_european_act_that_applies_later_is_no_model_yet(monkeypatch):
    assert judge("eu-model-rules").verdict == "confirmed"

    def edit(frame):
        frame["applies_from"] = pd.Timestamp("2027-01-01")
        return frame

    change(monkeypatch, [diffusion], "policy_events", edit)
    assert verdict("eu-model-rules") == "untested"


def test_orders_of_after_the_article_are_no_evidence(monkeypatch):
    assert judge("beijing-lowers-dependence-on-us").verdict == "confirmed"

    def edit(frame):
        frame["announced"] = pd.Timestamp("2026-06-01")
        return frame

    change(monkeypatch, [chips], "export_rules", edit)
    assert verdict("beijing-lowers-dependence-on-us") == "untested"


def test_renting_is_judged_like_the_other_article(monkeypatch):
    assert judge("offshore-training-within-the-law").verdict == "qualified"

    def edit(frame):
        return frame[~frame["destination"].str.contains("firms with a parent", na=False)]

    change(monkeypatch, [chips], "export_rules", edit)
    assert verdict("offshore-training-within-the-law") == "confirmed"


def test_the_sell_off_ratio_is_the_arithmetic_of_its_rows():
    events = real_load("market_events")["value"]
    fall = 1 - events["nvidia-close-2025-01-27"] / events["nvidia-close-2025-01-24"]
    before = events["nvidia-loss-2025-01-27"] / fall
    assert 3400 < before < 3550  # the press of the day puts the value before the fall near 3.5 trillion
    found = real_get("nvidia-value-over-before-selloff")
    assert found.value == pytest.approx(events["nvidia-value-2025-10-29"] / before)


def test_the_leased_share_brackets_its_value():
    found = real_get("leased-power-over-stock-power-2025")
    stock = real_get("stock-cn-power")
    assert found.low < found.value < found.high
    assert found.value == pytest.approx(100 * 0.85 / stock.value)


@pytest.mark.parametrize("article", [FAIR, ABROAD])
def test_every_sentence_and_every_claim_of_the_article_is_placed(article):
    table = real_load("article_sentences")
    part = table[table["article"] == article]
    assert len(part) > 20
    own = {key for key, subject in claims().items() if subject.article == article}
    made = set()
    for row in part.itertuples():
        named = set((row.claims or "").split()) if isinstance(row.claims, str) else set()
        assert named <= own, row.id
        if isinstance(row.left_out, str):
            assert isinstance(row.note, str), row.id
            assert named or row.left_out != "repeats", row.id
        else:
            assert named, row.id
            made |= named
    assert own <= made
