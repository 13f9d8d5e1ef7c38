from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from helpers.claims import chips as judges
from helpers.claims import claim, compare, judge, judged, resolve
from helpers.claims.verdicts import Against
from helpers.data import load as real_load
from helpers.findings import get as real_get


def with_values(monkeypatch, module, **values):
    """Let the module see changed findings."""
    changed = {key.replace("_", "-"): value for key, value in values.items()}

    def get(key):
        found = real_get(key)
        return replace(found, value=changed[key]) if key in changed else found

    monkeypatch.setattr(module, "get", get)


def with_cell(monkeypatch, table, row, column, value):
    def load(name):
        frame = real_load(name)
        if name == table:
            frame.loc[row, column] = value
        return frame

    monkeypatch.setattr(judges, "load", load)


def test_every_claim_of_the_chapter_has_a_reason_of_its_own():
    from helpers.claims.judge import reasons

    for found in judged("chips"):
        if found.verdict != "opinion":
            assert reasons()[found.claim.id].get(found.verdict), found.claim.id


@pytest.mark.parametrize(
    ("key", "values", "before", "after"),
    [
        ("h200-too-weak-for-best-models", {"hopper_share_largest_clusters": 10}, "unsupported", "qualified"),
        ("china-invests-in-cambricon-and-enflame", {"enflame_losses": 0}, "qualified", "unsupported"),
        ("china-chips-years-behind-west", {"years_behind_january_2026": 0.5}, "qualified", "unsupported"),
        ("chip-making-capacity-is-the-obstacle", {"packages_from_memory_left": 1e8}, "qualified", "confirmed"),
        ("export-controls-deter-frontier-building", {"chinese_makers_at_frontier_2026": 0}, "unsupported", "confirmed"),
        ("us-leads-frontier-through-chips", {"gap_on_article_day": -1}, "qualified", "unsupported"),
        ("h200-better-than-domestic-chips", {"h200_tpp": 2000}, "confirmed", "contradicted"),
    ],
)
def test_a_verdict_follows_its_findings(monkeypatch, key, values, before, after):
    assert judge(key).verdict == before
    with_values(monkeypatch, judges, **values)
    from helpers.claims.judge import _tests

    assert _tests[key](claim(key)).verdict == after


@pytest.mark.parametrize(
    ("in_force", "begins", "reported", "verdict"),
    [
        ("2025-05-15", "2025-04-30", "2025-11-27", "qualified"),  # as it was: never applied, and going on afterwards
        ("2025-05-01", "2025-06-30", "2025-11-27", "confirmed"),  # had it applied, and the rise come later
        ("2025-05-01", "2025-04-30", "2025-11-27", "qualified"),  # had it applied, and the rise come before
        ("2025-05-15", "2025-02-28", "2025-04-30", "contradicted"),  # had nothing been reported afterwards
    ],
)
def test_training_abroad_has_two_halves(monkeypatch, in_force, begins, reported, verdict):
    key = "common-since-diffusion-rule-fell"
    assert judge(key).verdict == "qualified"
    changed = {
        ("export_rules", "us-rule-2025-diffusion", "in_force_from"): in_force,
        ("overseas_compute", "training-south-east-asia-2025", "begins"): begins,
        ("overseas_compute", "training-south-east-asia-2025", "as_of"): reported,
    }

    def load(name):
        frame = real_load(name)
        for (table, row, column), day in changed.items():
            if name == table:
                frame.loc[row, column] = pd.Timestamp(day)
        return frame

    monkeypatch.setattr(judges, "load", load)
    assert judges.since_diffusion_rule(claim(key)).verdict == verdict


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("alibaba-bytedance-train-in-southeast-asia", "training-south-east-asia-2025"),
        ("deepseek-works-with-huawei", "deepseek-home-2025"),
    ],
)
def test_one_newspaper_confirms_nothing_and_a_firm_of_its_own_would(monkeypatch, key, row):
    from helpers.claims import verdicts
    from helpers.claims.judge import _tests

    assert judge(key).verdict == "untested"

    def load(name):
        frame = real_load(name)
        if name == "overseas_compute":
            frame.loc[row, "grade"] = "primary"
        return frame

    monkeypatch.setattr(verdicts, "load", load)
    assert _tests[key](claim(key)).verdict == "confirmed"


def test_leased_power_stands_beside_the_claim_and_does_not_prove_it():
    found = judge("alibaba-bytedance-train-in-southeast-asia")
    assert "leased-power-2025" in found.findings
    used = {key for group in found.outcome.evidence for key in group.ids}
    assert used == {"training-south-east-asia-2025"}


def test_a_chinese_buyer_at_the_launch_would_contradict(monkeypatch):
    key = "rubin-launch-without-chinese-buyers"
    with_cell(monkeypatch, "market_events", "rubin-launch-chinese-buyers-2026", "value", 1)
    assert judges.rubin_launch(claim(key)).verdict == "contradicted"


def test_two_echoes_of_one_newspaper_count_as_one():
    from helpers.claims.verdicts import event
    from helpers.findings import rows

    talks = rows("overseas_compute", "rubin-talks-2026")
    assert event(talks).verdict == "confirmed"
    assert event(talks, independent=False).verdict == "untested"


def test_the_fall_in_china_depends_on_the_definition(monkeypatch):
    figure = claim("nvidia-china-revenue-down-45-percent").figures[0]
    assert compare(figure, Against(real_get("nvidia-china-fall-like-for-like"))).verdict == "contradicted"
    assert compare(figure, Against(real_get("nvidia-china-fall-two-definitions"))).verdict == "confirmed"


def test_forecasts_are_open_or_undated():
    assert judge("inference-chips-enough-by-2028").verdict == "open"
    for key in ("nvidia-level-takes-years", "h200-will-change-little", "exports-could-erode-us-chip-edge"):
        assert judge(key).verdict == "undated"


@pytest.mark.parametrize(
    ("decide", "values", "before", "after"),
    [
        (resolve.h200_weak_or_superior, {"h200_over_910c": 0.9}, "both", "weak"),
        (resolve.nvidia_china_which_fall, {"nvidia_china_fall_like_for_like": 45.2}, "definition", "same"),
        (resolve.huawei_how_many, {"ascend_dies_over_tsmc_bank": 150}, "origin", "capacity"),
        (resolve.chinese_share_of_what, {"chinese_share_of_new_compute_2025": 85}, "smuggling", "same"),
        (resolve.spare_power, {"spare_power_over_demand_iea": 2}, "average", "below"),
    ],
)
def test_a_resolution_follows_its_readings(monkeypatch, decide, values, before, after):
    assert decide() == before
    with_values(monkeypatch, resolve, **values)
    assert decide() == after
