"""The tables on forecasts, conclusions and weights follow from ledger and findings."""

from __future__ import annotations

import pytest

from helpers.claims import claims, judge
from helpers.data import load
from helpers.figures import synthesis_map as tables
from helpers.findings import get


def test_every_forecast_of_the_ledger_is_in_the_table():
    cells = tables.forecasts().cells
    wanted = [key for key, item in claims().items() if item.kind == "forecast"]
    assert sorted(text.split("`")[1] for text in cells["Verdict"]) == sorted(wanted)
    assert len(cells) == get("forecasts-in-ledger").value
    assert (cells["Due"] == "none named").sum() == get("forecasts-undated").value
    for key in wanted:
        if judge(key).verdict == "undated":
            assert claims()[key].due is None


def test_conclusions_that_exclude_each_other_stand_on_opposite_sides():
    found = {item["article"]: item for item in tables.grounds()}
    opposite = {"inside": "outside", "outside": "inside", "across": "across"}
    assert {key: opposite[where] for key, where in found["broker"]["places"].items()} == found["shortage"]["places"]
    assert found["broker"]["standing"] == "leans-against"
    assert found["shortage"]["standing"] == "leans-for"


def test_the_text_on_conclusions_is_true():
    found = {item["article"]: item for item in tables.grounds()}
    assert set(found["cheap"]["places"].values()) == {"across"}
    marathon = found["marathon"]["places"]
    assert [key for key, where in marathon.items() if where == "outside"] == ["telemetry"]
    assert not any(item["standing"] in ("holds", "fails") for item in found.values())
    assert found["abroad"]["places"]["stocks"] == "outside"


def test_each_article_has_its_conclusion():
    assert len(tables.conclusions().cells) == len(load("articles")) == len(tables.grounds())


def test_weights_in_the_table_are_the_findings():
    cells = tables.weights().cells
    for row, unit in enumerate(("score", "compute")):
        assert cells.iloc[row]["Users, surveys"] == get(f"spread-weight-{unit}-survey").text
        assert cells.iloc[row]["Users, telemetry"] == get(f"spread-weight-{unit}-telemetry").text
        assert cells.iloc[row]["Users × income, telemetry"] == "America leads in both"
    assert get("income-ratio-purchasing-power-2024").value < get("breakeven-value-by-telemetry").value


def test_every_watched_event_is_printed_with_its_finding():
    cells = tables.watch_list().cells
    assert len(cells) == len(load("watch_list"))
    for key in load("watch_list")["finding"].dropna():
        assert cells["Now; threshold"].str.contains(f"{{tr:n}}`{key}`", regex=False).any()
    assert cells["By"].str.contains("(ours)", regex=False).sum() == (load("watch_list")["due_basis"] == "ours").sum()


def test_brier_scores_are_squares_of_distances():
    odds = get("insider-odds-printed").value / 100
    assert get("insider-brier-if-not").value == pytest.approx(odds**2)
    assert get("insider-brier-if-led").value == pytest.approx((1 - odds) ** 2)
    assert get("forecasts-with-odds").rows[0].ids == ("lin-20-percent-odds",)


def test_measured_lines_that_go_on_end_far_apart():
    early, late = get("lead-2031-if-drift-since-2023"), get("lead-2031-if-drift-since-2024")
    assert late.value < 1 < get("lead-by-january-2031").value < early.value
