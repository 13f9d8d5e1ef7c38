"""The live race says at its defaults what the text says, and elsewhere what the simulation says."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import vl_convert

from helpers.analysis import live_race
from helpers.analysis.synthesis import gap_on, lead_probability
from helpers.figures import synthesis_live as figures
from helpers.findings import get
from helpers.findings import synthesis as inputs

TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


@pytest.fixture(scope="module")
def race():
    return figures.your_race()


def labels(spec, **given):
    """Draw a specification with other values of its controls; return percents and the three numbers at the end."""
    changed = json.loads(json.dumps(spec))
    for param in changed["params"]:
        param["value"] = given.get(param["name"], param["value"])
    found = TEXT.findall(vl_convert.vegalite_to_svg(changed, vl_version="6.4", show_warnings=False))
    percents = [float(text.removesuffix("%")) for text in found if text.endswith("%")]
    title = found.index("Gap, points of the index")
    numbers = [float(text.replace("−", "-")) for text in found[title + 1 : title + 4]]
    return percents, numbers


def test_controls_stand_at_the_assumptions(race):
    start = inputs.race()
    for spec in (race.wide, race.narrow):
        values = {item["name"]: item["value"] for item in spec["params"]}
        assert values == pytest.approx(
            {
                "tau": inputs.taus()[1],
                "lean": start.drift,
                "growth": start.growth[1],
                "compute": start.compute[1],
                "mean": sum(start.mean) / 2,
            }
        )
        for item in spec["params"]:
            assert item["bind"]["min"] < item["value"] < item["bind"]["max"]


def test_the_default_says_what_the_text_says(race):
    end = get("gap-end-2030")
    for spec in (race.wide, race.narrow):
        percents, numbers = labels(spec)
        assert percents == [round(get(f"lead-by-january-{year}").value) for year in (2029, 2031)]
        assert numbers == [round(end.low), round(end.value), round(end.high)]


@pytest.mark.parametrize(
    "given",
    [
        {"tau": 2.5},
        {"tau": 0.5, "lean": 1.0, "mean": 5.2},
        {"growth": 0.2, "compute": 9.0},
        {"growth": -0.1, "mean": 8.45, "lean": 0.5, "tau": 1.0},
    ],
)
def test_moved_controls_say_what_the_simulation_says(race, given):
    start = inputs.race()
    centre = given.get("mean", sum(start.mean) / 2)
    half = (start.mean[1] - start.mean[0]) / 2
    mine = replace(
        start,
        mean=(centre - half, centre + half),
        drift=given.get("lean", 0.0),
        compute=live_race.stretched(start.compute, given.get("compute", start.compute[1])),
        growth=live_race.moved(start.growth, given.get("growth", start.growth[1])),
    )
    tau = given.get("tau", inputs.taus()[1])
    percents, numbers = labels(race.wide, **given)
    for shown, day in zip(percents, (inputs.BY_2029, inputs.BY_2031), strict=True):
        assert shown == pytest.approx(100 * lead_probability(mine, day, tau), abs=0.9)
    drawn = np.percentile(gap_on(mine, inputs.END_2030, tau), [5, 50, 95])
    assert numbers == pytest.approx(drawn, abs=0.9)


def test_the_title_is_true():
    swings = {
        key: get(key).high - get(key).low
        for key in (
            "lead-2031-over-drift-centre",
            "lead-2031-over-compute-growth",
            "lead-2031-over-compute-worth",
            "lead-2031-over-mean-gap",
            "lead-by-january-2031",
        )
    }
    assert max(swings, key=swings.get) == "lead-2031-over-drift-centre"


def test_the_page_stays_light(race):
    assert len(json.dumps(race.wide)) + len(json.dumps(race.narrow)) < 60_000
