"""Figures of the closing chapter say at their defaults what the text says."""

from __future__ import annotations

import pytest

from helpers.figures import synthesis as figures
from helpers.findings import get


@pytest.fixture(scope="module")
def odds():
    return figures.lead_odds()


def test_odds_in_the_figure_are_the_findings(odds):
    data = odds.data
    last = data[(data["date"].astype(str) == "2031-01-31") & (data["rule"] == "row")]
    for start, key in (("august", "lead-by-january-2031"), ("april", "lead-by-january-2031-from-april")):
        values = last[last["start"] == start].set_index("drift")["chance_percent"]
        found = get(key)
        assert values[["small", "middle", "large"]].tolist() == pytest.approx(
            [found.low, found.value, found.high], abs=0.01
        )


def test_default_of_the_controls_is_what_the_text_says(odds):
    defaults = {item["name"]: item["value"] for item in odds.wide["params"]}
    assert defaults == {"start": "august", "rule": "row"}
    worth = {item["name"]: item["value"] for item in figures.user_value().wide["params"]}
    assert worth["worth"] == pytest.approx(get("income-ratio-purchasing-power-2024").value, abs=0.005)
    assert worth["pace_cn"] == worth["pace_us"]


def test_paths_of_the_value_begin_at_the_break_even():
    data = figures.user_value().data
    start = data[data["date"] == data["date"].min()].set_index("basis")["breakeven_value"]
    assert start["telemetry"] == pytest.approx(get("breakeven-value-by-telemetry").value, abs=0.001)


def test_readers_table_says_what_the_text_says():
    cells = figures.leading(figures.inputs.race()).cells
    assert cells.iloc[1]["By January 2031"] == get("lead-by-january-2031").text


def test_wide_and_narrow_show_the_same_data():
    drawn = figures.two_races()
    assert len(drawn.data) > 30
    assert "hconcat" in drawn.wide
    assert "vconcat" in drawn.narrow
