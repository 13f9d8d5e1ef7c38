from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from altair.utils.schemapi import validate_jsonschema
from altair.vegalite.v6.schema.core import load_schema
from jsonschema import ValidationError

import helpers
import helpers.figures
from helpers.figures.frame import MIME, catalogue, together
from helpers.findings.registry import CHAPTERS

DRAW = """
import json
import altair as alt
import pandas as pd
from helpers.figures.frame import Words, _spec
from helpers.figures.svg import to_svg

days = pd.to_datetime(["2024-12-31", "2025-01-01", "2025-07-01", "2026-01-01"])
data = pd.DataFrame({"moment": days, "day": days.strftime("%Y-%m-%d"), "value": [1, 2, 3, 4]})
base = alt.Chart(data).encode(y="value:Q", tooltip=["day:T", "value:Q"])
domain = alt.Scale(domain=["2024-12-01T00:00:00", "2026-02-01T00:00:00"])
chart = alt.layer(
    base.mark_line().encode(x=alt.X("moment:T", scale=domain)),
    base.mark_point().encode(x="day:T"),
    base.mark_text().encode(x="day:T", text="moment:T"),
)
spec = _spec(chart, Words("some", "chapter", "A title", "", ""))
print(json.dumps([spec, to_svg(spec)]))
"""


MODULES = [import_module(item.name) for item in iter_modules(helpers.figures.__path__, "helpers.figures.")]
FIGURES = {
    part.figure_name: part for module in MODULES for part in vars(module).values() if hasattr(part, "figure_name")
}


def drawn(zone: str) -> tuple[dict, str]:
    paths = os.pathsep.join([str(Path(helpers.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    run = subprocess.run(
        [sys.executable, "-c", DRAW],
        env=os.environ | {"TZ": zone, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    spec, svg = json.loads(run.stdout)
    return spec, svg


@pytest.fixture(scope="module")
def here():
    return drawn("UTC")


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_day_is_the_same_day_everywhere(here, zone):
    assert drawn(zone) == here


def test_a_date_is_placed_and_printed_as_the_day_it_is(here):
    spec, svg = here
    assert "Dec 31, 2024" in svg
    assert "Jan 01, 2026" in svg
    text = json.dumps(spec)
    assert '"2025-01-01T00:00:00Z"' in text
    assert '"utcyearmonthdate"' in text


def thin(part, key=""):
    """Leave one row of each data set, of which there may be thousands: it is the chart that is looked at."""
    if isinstance(part, dict):
        return {name: thin(item, "values" if key == "datasets" else name) for name, item in part.items()}
    if isinstance(part, list):
        return [thin(item) for item in (part[:1] if key == "values" else part)]
    return part


def test_a_figure_of_several_shows_each_with_its_own_words():
    parts = [FIGURES[name]() for name in ("active-share", "moe-leverage")]
    both = together("sparse-design", *parts)
    shown = both._repr_mimebundle_()
    assert [part["name"] for part in shown[MIME]["panels"]] == ["active-share", "moe-leverage"]
    assert shown[MIME]["title"] == catalogue("efficiency")["sparse-design"].title
    assert shown["text/html"].count("<svg") == len(parts), "a notebook shows the pictures too"
    for part in parts:
        assert part.alt in shown["text/plain"]
    with pytest.raises(KeyError, match="no-such"):
        together("no-such", *parts)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chart_has_all_its_words_and_a_figure_of_several_a_title_and_a_question(chapter):
    for name, words in catalogue(chapter).items():
        assert words.title, name
        if name in FIGURES:
            assert words.caption, name
            assert words.alt, name
        else:
            assert words.question, f"{name}: neither a chart nor a figure of several"
            assert not words.alt, f"{name}: no function draws it"


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_every_chart_keeps_to_the_schema_of_vega_lite(name):
    # The frame draws without the checks of Altair, which take a third of the time; so they are made here.
    figure = FIGURES[name]()
    for spec in (figure.wide, figure.narrow):
        validate_jsonschema(thin({key: part for key, part in spec.items() if key != "config"}), load_schema())


def test_a_chart_that_breaks_the_schema_is_noticed():
    spec = {"data": {"values": []}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "number"}}}
    with pytest.raises(ValidationError):
        validate_jsonschema(spec, load_schema())
