"""Verdicts on the column of 18 January 2026 flip with what they rest on, and its sentences are accounted for."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from helpers.claims import chips, claim, claims, diffusion, efficiency, judge, synthesis, verdicts
from helpers.claims.judge import _tests, reasons
from helpers.data import load as real_load
from helpers.findings import get as real_get

ARTICLE = "002_988bbf6914c9d5a6.txt"
OWN = [key for key, subject in claims().items() if subject.article == ARTICLE]


@pytest.fixture
def pretend(monkeypatch):
    """Have findings and cells of tables show other values than they do."""

    def change(module, values=(), cells=()):
        values = dict(values)

        def get(key):
            found = real_get(key)
            if key not in values:
                return found
            value = values[key]
            if isinstance(value, tuple):
                return replace(found, value=value[0], low=value[1], high=value[2])
            return replace(found, value=value, low=None, high=None)

        def load(name):
            frame = real_load(name)
            for table, row, column, value in cells:
                if table == name:
                    frame.loc[row, column] = value
            return frame

        monkeypatch.setattr(module, "get", get)
        monkeypatch.setattr(verdicts, "get", get)
        if cells:
            monkeypatch.setattr(module, "load", load)
            monkeypatch.setattr(verdicts, "load", load)

    return change


def verdict(key):
    return _tests[key](claim(key)).verdict


@pytest.mark.parametrize(
    ("key", "module", "before", "values", "after"),
    [
        (
            "deepseek-shocked-at-fraction-of-cost",
            efficiency,
            "qualified",
            {"deepseek-hardware-cost": 5e7},
            "confirmed",
        ),
        ("deepseek-shocked-at-fraction-of-cost", efficiency, "qualified", {"v3-r1-cost": 7e7}, "unsupported"),
        (
            "three-us-makers-at-the-frontier",
            efficiency,
            "confirmed",
            {"highest-ten-by-three-us-makers-2026-01": 70},
            "qualified",
        ),
        (
            "three-us-makers-at-the-frontier",
            efficiency,
            "confirmed",
            {"highest-ten-by-three-us-makers-2026-01": 30},
            "unsupported",
        ),
        (
            "three-chinese-makers-not-far-behind",
            efficiency,
            "qualified",
            {"largest-lag-of-three-cn-makers-2026-01": (3.0, 1.0, 5.0)},
            "confirmed",
        ),
        (
            "three-chinese-makers-not-far-behind",
            efficiency,
            "qualified",
            {"largest-lag-of-three-cn-makers-2026-01": (14.0, 9.0, 16.0)},
            "unsupported",
        ),
        ("catching-up-was-sudden", efficiency, "qualified", {"gap-on-article-day": -1}, "confirmed"),
        (
            "us-private-investment-larger",
            efficiency,
            "confirmed",
            {"private-investment-us-over-cn-2024": 0.5},
            "qualified",
        ),
        (
            "us-private-investment-larger",
            efficiency,
            "confirmed",
            {"private-investment-us-over-cn-2024": 0.5, "capex-gap-three-years": -1},
            "contradicted",
        ),
        (
            "most-advanced-chips-mostly-nvidia",
            chips,
            "confirmed",
            {"nvidia-share-of-shipments-2025": (55, 40, 60)},
            "qualified",
        ),
        ("h200-sales-give-access-to-better-chips", chips, "came true", {"h200-delivered": 0}, "undated"),
        ("output-of-inference-chips-rises", chips, "qualified", {"ascend-dies-over-tsmc-bank": 130}, "confirmed"),
        (
            "output-of-inference-chips-rises",
            chips,
            "qualified",
            {"huawei-shipments-2025-over-2024": 0.9, "ascend-dies-planned-2026-over-2025": 0.9},
            "unsupported",
        ),
        ("inference-gap-to-nvidia-smaller", chips, "qualified", {"h200-bandwidth-over-910c": 1.1}, "confirmed"),
        (
            "power-generation-must-rise",
            diffusion,
            "qualified",
            {"data-centre-electricity-2030-over-2024": 0.9},
            "unsupported",
        ),
        ("china-behind-in-data-centres", diffusion, "confirmed", {"dc-capacity-share-cn-2025": 60}, "contradicted"),
        (
            "minerals-give-room-to-deploy-ai",
            diffusion,
            "unsupported",
            {"minerals-mean-share-cn-2024": 10, "gallium-share-cn": 10, "germanium-share-cn": 10},
            "contradicted",
        ),
        (
            "public-service-push-speeds-spread",
            diffusion,
            "unsupported",
            {"genai-pace-cn-telemetry": 0.9},
            "qualified",
        ),
        ("subsidies-spread-open-models", diffusion, "unsupported", {"lead-downloads-study": 0.8}, "contradicted"),
        (
            "us-alienates-trading-partners",
            diffusion,
            "qualified",
            {"us-favour-change-turkey-2025": -7, "us-side-change-south-east-asia-2025": -2},
            "confirmed",
        ),
        (
            "us-alienates-trading-partners",
            diffusion,
            "qualified",
            {"us-favour-change-mexico-2025": 2, "us-favour-change-sweden-2025": 2},
            "unsupported",
        ),
        (
            "chinese-more-optimistic-than-average",
            diffusion,
            "confirmed",
            {"optimism-cn-over-mean-2024": -3},
            "qualified",
        ),
        (
            "us-still-leads-innovation",
            synthesis,
            "qualified",
            {"ai-patents-granted-ratio": 0.5, "aspi-machine-learning-ratio": 0.5},
            "confirmed",
        ),
        (
            "us-still-leads-innovation",
            synthesis,
            "qualified",
            {
                "gap-on-article-day": -1,
                "notable-models-cn-over-us-2024": 2,
                "private-investment-us-over-cn-2024": 0.5,
            },
            "contradicted",
        ),
    ],
)
def test_a_verdict_follows_its_findings(pretend, key, module, before, values, after):
    assert judge(key).verdict == before
    pretend(module, values)
    assert verdict(key) == after
    assert after.replace(" ", "_") in reasons()[key] or after in reasons()[key]


def test_a_catching_up_inside_the_error_supports_nothing(monkeypatch):
    monkeypatch.setattr(efficiency, "settled", lambda key: 0)
    assert verdict("catching-up-was-sudden") == "unsupported"


LATE = pd.Timestamp("2026-06-01")


@pytest.mark.parametrize(
    ("key", "module", "cells", "after"),
    [
        (
            "both-race-to-lead-the-world",
            synthesis,
            [("policy_events", "new-generation-plan-signed-2017", "event_date", LATE)],
            "contradicted",
        ),
        (
            "beijing-set-on-chip-self-sufficiency",
            chips,
            [("policy_events", "five-year-proposal-2025", "event_date", LATE)],
            "contradicted",
        ),
        (
            "beijing-subsidises-ai",
            diffusion,
            [("policy_events", "power-subsidy-2025", "event_date", LATE)],
            "contradicted",
        ),
        (
            "ai-in-public-services-and-daily-life",
            diffusion,
            [("policy_events", "ai-services-guangzhou-2025", "event_date", pd.Timestamp("2019-01-01"))],
            "confirmed",
        ),
        (
            "chinese-giants-already-train-abroad",
            chips,
            [("overseas_compute", "training-south-east-asia-2025", "also_source", "wsj_suitcases2025")],
            "confirmed",
        ),
        (
            "inference-gap-to-nvidia-smaller",
            chips,
            [("overseas_compute", "deepseek-ascend-failed-2025", "also_source", None)],
            "unsupported",
        ),
        (
            "most-advanced-chips-mostly-nvidia",
            chips,
            [("accelerators", "mi355x", "tpp", 1e6)],
            "qualified",
        ),
        ("power-generation-must-rise", diffusion, [("power", "ww-dc-2030", "status", "measured")], "confirmed"),
    ],
)
def test_a_verdict_follows_its_rows(pretend, key, module, cells, after):
    assert judge(key).verdict != after
    pretend(module, cells=cells)
    assert verdict(key) == after
    assert after in reasons()[key]


def test_two_counts_of_adopted_standards_would_be_judged(monkeypatch):
    assert judge("standards-network-effect").verdict == "untested"

    def counted(first, last):
        def load(name):
            frame = real_load(name)
            row = frame.loc[["huawei-countries-2017"]].assign(measure="countries that adopted a Chinese standard")
            years = [row.assign(as_of=pd.Timestamp(day), value=value) for day, value in first + last]
            return pd.concat([frame, *years])

        return load

    for value, after in ((9, "qualified"), (2, "unsupported")):
        monkeypatch.setattr(diffusion, "load", counted([("2018-12-31", 4)], [("2024-12-31", value)]))
        assert verdict("standards-network-effect") == after
        assert after in reasons()["standards-network-effect"]


def test_every_claim_of_the_column_has_a_judge_and_a_reason_of_its_own():
    assert len(OWN) > 60
    for key in OWN:
        assert key in _tests or (claim(key).kind == "opinion" and judge(key).findings), key
        assert judge(key).verdict in reasons()[key], key


def test_every_sentence_of_the_column_makes_claims_or_says_why_not():
    table = real_load("article_sentences")
    mine = table[table["article"] == ARTICLE]
    made: set[str] = set()
    for row in mine.itertuples():
        named = set((row.claims or "").split())
        assert named <= set(claims()), row.id
        assert named or row.left_out, f"{row.id}: neither claims nor a reason"
        assert not row.left_out or row.note, f"{row.id}: left out without a note"
        assert (row.left_out == "repeats") <= bool(named), row.id
        if not row.left_out:
            made |= named
    assert made == set(OWN)


def test_comparisons_say_what_is_compared():
    for key in OWN:
        subject = claim(key)
        if reasons()[key].get("otherwise"):
            assert subject.compares, f"{key}: comes out otherwise on another basis, but says not of what to what"
