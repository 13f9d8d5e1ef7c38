"""The figures of diffusion say what the findings say."""

from __future__ import annotations

import pytest
import vl_convert

from helpers.analysis import diffusion as analysis
from helpers.data import assumption, load
from helpers.figures import diffusion as figures
from helpers.findings import get


@pytest.fixture(scope="module")
def spread():
    return figures.anchored_spread()


def test_controls_stand_at_the_assumptions(spread):
    for spec in (spread.wide, spread.narrow):
        values = {item["name"]: item["value"] for item in spec["params"] if "bind" in item}
        assert values["pace"] == assumption("spread-pace").value
        assert values["ceiling"] == assumption("share-ceiling").value
        assert values["basis"] == "telemetry"


def test_the_curve_ends_where_the_text_says(spread):
    last = spread.data[spread.data["date"] == figures.HORIZON].set_index(["country", "basis"])["share_percent"]
    for (country, basis), value in last.items():
        assert value == pytest.approx(get(f"genai-share-2030-{country.lower()}-{basis}").value, abs=0.01)


@pytest.mark.parametrize(("pace", "ceiling"), [(0.3, 77.5), (0.15, 60.0), (0.81, 95.0)])
def test_moved_controls_draw_the_tested_function(spread, pace, ceiling):
    spec = {**spread.wide, "params": [dict(item) for item in spread.wide["params"]]}
    for item in spec["params"]:
        item["value"] = {"pace": pace, "ceiling": ceiling}.get(item["name"], item.get("value"))
    drawn = vl_convert.vegalite_to_svg(spec, vl_version="6.4", show_warnings=False)
    starts = analysis.anchors(load("adoption"))
    starts = starts[starts["basis"] == "telemetry"]
    for row in analysis.spread(starts, pace, ceiling, figures.HORIZON).itertuples():
        name = {"US": "United States", "CN": "China"}[row.country]
        assert f"{name} {row.then_percent:.0f}%" in drawn


@pytest.mark.parametrize(
    "build",
    [
        figures.adoption_by_series,
        figures.past_curves,
        figures.deepseek_abroad,
        figures.arab_adoption,
    ],
)
def test_figures_have_sources_data_and_words(build):
    found = build()
    assert found.sources
    assert len(found.data) > 5
    assert "{" not in found.alt
    assert found.wide["description"] == found.words.title


def test_the_arab_figure_holds_the_means_of_the_findings():
    data = figures.arab_adoption().data
    means = data[data["kind"] == "mean"]["share_early_2026_percent"].tolist()
    keys = ("arab-share-2026q1", "gulf-share-2026q1", "arab-share-without-gulf-2026q1")
    assert means == pytest.approx([get(key).value for key in keys], abs=0.01)


def test_tables_have_a_row_a_series():
    assert len(figures.series_table().cells) == sum(len(names) for names in figures.PANELS.values())
    assert set(figures.gulf_table().cells.iloc[:, -1]) == {"announced", "licensed"}
