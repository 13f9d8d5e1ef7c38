"""Verdicts of the chapter: they come from the rules, have a reason, and flip when what they rest on changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.claims import claim, efficiency, judged
from helpers.claims import disagreements as all_disagreements
from helpers.claims.judge import plain, reasons
from helpers.findings import get

OWN = list(judged("efficiency"))


def other(key: str, **figure: float):
    """Return a claim whose first figure is changed."""
    subject = claim(key)
    return replace(subject, figures=(replace(subject.figures[0], **figure), *subject.figures[1:]))


@pytest.mark.parametrize("item", OWN, ids=lambda item: item.claim.id)
def test_each_claim_has_its_own_reason(item):
    assert item.reason == reasons()[item.claim.id][item.verdict]
    assert "{tr:" not in plain(item.reason)
    assert item.now is None or "{tr:" not in plain(item.now)


def test_every_claim_with_a_figure_is_judged():
    for item in OWN:
        if item.claim.figures:
            assert item.findings or item.outcome.evidence, item.claim.id


@pytest.mark.parametrize(
    ("key", "test", "changed", "before", "after"),
    [
        ("deepseek-trained-for-6m", efficiency.trained_for_6m, 20, "qualified", "contradicted"),
        ("deepseek-used-2000-h800", efficiency.used_2000_chips, 9000, "qualified", "contradicted"),
        ("m2-90-percent-of-gpt5-codex", efficiency.m2_90, 80, "confirmed", "contradicted"),
        ("china-models-about-90-percent", efficiency.about_90, 60, "qualified", "contradicted"),
        ("us-capex-694bn", efficiency.us_694, 500, "qualified", "contradicted"),
        ("capex-82-percent-less", efficiency.less_82, 90, "consistent", "inconsistent"),
        ("ubs-one-tenth-of-us", efficiency.ubs_tenth, 0.3, "qualified", "contradicted"),
        ("ubs-one-tenth-of-us", efficiency.ubs_tenth, 0.05, "qualified", "untested"),  # a longer list could give it
        ("epoch-gap-four-months", efficiency.four_months, 20, "qualified", "contradicted"),
        ("nvidia-lost-600bn-in-a-day", efficiency.nvidia_600, 900, "confirmed", "contradicted"),
        ("china-capex-124bn", efficiency.china_124, 50, "untested", "contradicted"),
    ],
)
def test_verdict_follows_the_printed_figure(key, test, changed, before, after):
    assert test(claim(key)).verdict == before
    assert test(other(key, value=changed)).verdict == after


@pytest.mark.parametrize(
    ("key", "test", "finding", "change", "after"),
    [
        (
            "gap-may-be-widening",
            efficiency.gap_widens,
            "gap-change-within-2025",
            {"low": 0.1, "high": 3.0},
            "qualified",
        ),
        ("performance-gap-shrinks-fast", efficiency.gap_shrinks, "gap-change-within-2025", {"high": -0.1}, "confirmed"),
        ("efficiency-not-raw-compute", efficiency.efficiency_not_compute, None, {}, "unsupported"),
        (
            "training-setup-bigger-models-fewer-chips",
            efficiency.fewer_chips,
            "mhc-training-time",
            {"value": -5.0},
            "confirmed",
        ),
        (
            "deepmind-smaller-models-more-data",
            efficiency.smaller_models,
            "chinchilla-over-gopher",
            {"value": 0.8},
            "confirmed",
        ),
        (
            "state-carriers-build-data-centres",
            efficiency.state_carriers,
            "telecom-racks-share-cn",
            {"value": 70.0},
            "confirmed",
        ),
        ("gpt5-codex-best-us-model", efficiency.codex_best, "gpt5-score-v3", {"value": 70.0}, "unsupported"),
        (
            "memory-design-improves-models",
            efficiency.memory_design,
            "engram-mmlu-rise-abstract",
            {"value": -0.4},
            "unsupported",
        ),
        (
            "advanced-models-much-less-compute",
            efficiency.much_less_compute,
            "maverick-flop-over-v3",
            {"value": 3.0},
            "confirmed",
        ),
        (
            "advanced-models-much-less-compute",
            efficiency.much_less_compute,
            "largest-run-us-over-cn",
            {"value": 1.0},
            "unsupported",
        ),
        (
            "committed-capital-gap-not-large",
            efficiency.committed_capital,
            "carriers-computing-2025",
            {"value": 400.0},
            "confirmed",
        ),
    ],
)
def test_verdict_follows_the_evidence(monkeypatch, key, test, finding, change, after):
    def changed(name: str):
        found = get(name)
        return replace(found, **change) if name == finding else found

    monkeypatch.setattr(efficiency, "get", changed)
    monkeypatch.setattr("helpers.findings.efficiency_gap.get", changed)
    assert test(claim(key)).verdict == after


def test_a_saving_of_chinas_own_needs_every_american_run_of_the_design_to_take_more(monkeypatch):
    design, use = claim("efficiency-not-raw-compute"), claim("moe-inference-resource-use")
    assert efficiency.efficiency_not_compute(design).verdict == "unsupported"
    assert efficiency.moe_saves(use).verdict == "qualified"

    def dearer(*keys):
        return lambda name: replace(get(name), value=150.0) if name in keys else get(name)

    monkeypatch.setattr(efficiency, "get", dearer("gptoss-hours-over-v3"))  # one of the two that took less
    assert efficiency.efficiency_not_compute(design).verdict == "unsupported"
    monkeypatch.setattr(efficiency, "get", dearer("gptoss-hours-over-v3", "maverick-hours-over-v3"))
    assert efficiency.efficiency_not_compute(design).verdict == "confirmed"
    assert efficiency.moe_saves(use).verdict == "confirmed"


def test_first_place_alone_needs_the_makers_own_page_as_well(monkeypatch):
    subject = claim("gpt5-codex-best-us-model")
    lower = {"gpt5-score-v3": 60.0, "gemini3-score-v3": 60.0}

    def alone_in_the_copy(name):
        return replace(get(name), value=lower[name]) if name in lower else get(name)

    monkeypatch.setattr(efficiency, "get", alone_in_the_copy)
    assert efficiency.codex_best(subject).verdict == "qualified"
    lower["best-us-score-own-page"] = 68.0
    assert efficiency.codex_best(subject).verdict == "confirmed"


def test_a_tenth_that_no_list_gives_is_untested_as_long_as_a_longer_list_may_be_meant(monkeypatch):
    subject = claim("ubs-one-tenth-of-us")

    def without_the_longest(name):
        found = get(name)
        return replace(found, value=12.0, low=None, high=None) if name == "rebuilt-share-of-longest-list" else found

    monkeypatch.setattr("helpers.claims.verdicts.get", without_the_longest)
    monkeypatch.setattr(efficiency, "get", without_the_longest)
    assert efficiency.ubs_tenth(subject).verdict == "untested"


def test_the_plan_of_june_2026_stands_beside_the_verdict_and_not_under_it():
    found = {item.claim.id: item for item in OWN}["committed-capital-gap-not-large"]
    assert "state-grid-plan-2026" in found.now
    assert "state-grid-plan-2026" not in found.findings


def test_flagship_was_late():
    subject = claim("deepseek-flagship-within-weeks")
    assert efficiency.flagship(subject).verdict == "failed"
    assert efficiency.flagship(replace(subject, due=get("v4-pro-days-after-article").as_of)).verdict == "came true"


def test_a_range_reaches_from_end_to_end():
    low, high = claim("western-training-costs-80-to-100m").figures
    whole = efficiency.span(low, high)
    assert (whole.value - whole.last_digit / 2, whole.value + whole.last_digit / 2) == (75, 105)


def test_disagreements_of_the_chapter():
    found = {item.id: item for item in all_disagreements()}
    for key in ("capex-share", "what-is-884", "closing-or-widening", "months-of-lag", "cost-of-the-model"):
        assert len(found[key].readings) >= 2
        assert "{tr:" not in plain(found[key].resolution)
