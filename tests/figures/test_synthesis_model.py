"""Figures and tables of the closing chapter's models say what its findings say."""

from __future__ import annotations

import pytest
from live import moved

from helpers import units
from helpers.figures import synthesis as base
from helpers.figures import synthesis_model as figures
from helpers.findings import get


@pytest.mark.parametrize(
    ("unit", "drift", "key"),
    [
        ("points", "middle", "gap-end-2030"),
        ("points", "large", "gap-end-2030-large"),
        ("months", "middle", "lag-end-2030-middle"),
        ("months", "small", "lag-end-2030-small"),
    ],
)
def test_fan_switches_between_points_and_months(unit, drift, key):
    figure = base.gap_fan()
    assert {item["name"]: item["value"] for item in figure.wide["params"]} == {"drift": "middle", "unit": "points"}
    picture = moved(figure, unit=unit, drift=drift)
    assert f">{units.number(get(key).value, 1)}<" in picture
    assert ("Gap, points of the index" in picture) == (unit == "points")


def test_weights_in_the_figure_are_the_findings():
    data = figures.gap_weights().data.set_index(["input", "kind"])["percent"]
    for label, key in (
        ("Drift", "drift-share-of-variance"),
        ("Noise of releases", "noise-share-of-variance"),
        ("China's own pace", "cn-pace-share-of-variance"),
    ):
        assert data[(label, "with others")] == pytest.approx(get(key).value, abs=0.01)
    assert (data.xs("alone", level="kind") <= data.xs("with others", level="kind") + 1.5).all()


def test_tables_print_what_the_text_prints():
    choices = figures.choices().cells
    assert get("lead-by-january-2031").text in choices.iloc[0]["By January 2031"]
    rolled = figures.rolling_test().cells
    six = rolled[rolled["Months ahead"] == "6"].set_index("Forecast")["Mean distance"]
    assert f"{six['model']} points" == get("rolling-error-model-6").text
    assert f"{six['standing still']} points" == get("rolling-error-still-6").text
    assert len(figures.since_april().cells) == get("lags-since-april").value
    led = figures.inputs_with_lead().cells
    assert units.number(get("drift-where-china-leads").value, 1) in led.iloc[0]["Middle"]


def test_2035_is_a_fan_without_a_chance():
    cells = figures.fan().cells
    last = cells[cells["At the end of"] == "2035"]
    assert len(last) == 3
    assert not cells.astype(str).apply(lambda column: column.str.contains("%")).to_numpy().any()
