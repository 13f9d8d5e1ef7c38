"""What the sources print themselves, against what is computed from their rows."""

from __future__ import annotations

import pytest

from helpers.data import load
from helpers.findings import get


def test_the_survey_prints_the_same_share_of_gallium():
    # Mineral Commodity Summaries 2026: China accounted for 99 per cent of primary low-purity gallium.
    assert round(get("gallium-refined-share-cn-2024").value) == 99


def test_rows_of_countries_add_up_to_the_printed_world_within_its_rounding():
    table = load("minerals")
    output = table[table["measure"].str.endswith("production")]
    for _, part in output.groupby(["mineral", "year"]):
        world = part.loc[part["country"] == "WW", "value"].iloc[0]
        assert part.loc[part["country"] != "WW", "value"].sum() == pytest.approx(world, rel=0.015)


def test_the_fair_grew_by_what_its_organisers_say():
    # The area of 2025 was reported as up 34.6 per cent.
    assert get("waic-area-2025-over-2024").value == pytest.approx(1.346, abs=0.001)


def test_the_building_record_agrees_with_its_makers_range_for_a_gigawatt():
    # Epoch AI, November 2025: from one to 3.6 years to a gigawatt; first power cannot take longer in the median.
    assert get("build-time-us-median-2026").value < get("gigawatt-build-time-slowest").value


def test_every_jurisdiction_answers_every_question_once():
    table = load("regimes")
    assert len(table) == get("regimes-compared").value * get("regimes-indicators").value
    assert not table.duplicated(["country", "indicator"]).any()


def test_thresholds_stand_where_and_only_where_one_applies():
    asked = load("regimes").query("indicator == 'compute threshold'")
    assert ((asked["applies"] == "yes") == asked["threshold_flop"].notna()).all()


def test_a_higher_share_needs_a_slower_pace():
    paces = [get(f"plan-pace-needed-{name}").value for name in ("internet-users", "residents", "working-age")]
    assert paces == sorted(paces)
