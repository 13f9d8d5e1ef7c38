"""Figures on what a spread rests on: the live chart is the model, and panels are the findings."""

from __future__ import annotations

import math

import pytest

from helpers.analysis import standards
from helpers.data import assumption, load
from helpers.figures import diffusion_bases as figures
from helpers.findings import get


@pytest.fixture(scope="module")
def live():
    return figures.two_standards()


def _formulas(part):
    if isinstance(part, dict):
        for item in part.get("transform", []):
            if item.get("as") == "take":
                yield item["calculate"]
        for item in part.values():
            yield from _formulas(item)
    elif isinstance(part, list):
        for item in part:
            yield from _formulas(item)


@pytest.mark.parametrize("setting", ["default", "other"])
def test_the_live_formula_is_the_model(live, setting):
    (formula,) = set(_formulas(live.wide))
    chosen = {item["name"]: item["value"] for item in live.wide["params"] if "value" in item and "bind" in item}
    if setting == "other":
        chosen = {"advantage": -0.7, "weight": 5.0}
    for share in (0.0, 12.5, 50.0, 93.0):
        text = formula.replace("datum.have_percent", str(share))
        value = eval(text, {"exp": math.exp}, chosen)  # the expression is Python too
        assert value == pytest.approx(100 * standards.reply(share / 100, chosen["advantage"], chosen["weight"]))


def test_its_default_is_what_the_text_says(live):
    chosen = {item["name"]: item["value"] for item in live.wide["params"] if "value" in item and "bind" in item}
    assert chosen == {
        "advantage": assumption("standard-advantage").value,
        "weight": assumption("standard-network-weight").value,
    }
    gap = live.data["take_percent"] - live.data["have_percent"]
    crossings = live.data.loc[(gap.shift() * gap <= 0), "have_percent"]
    for key in ("two-standards-newcomer-rest", "two-standards-tipping-share"):
        assert (crossings - get(key).value).abs().min() < 0.6


def test_panels_of_the_foundations_are_the_ratios_of_the_text():
    data = figures.foundations().data
    ratios = (data.groupby("foundation", sort=False)["value"].agg(lambda pair: pair.iloc[0] / pair.iloc[1])).tolist()
    assert ratios == pytest.approx([get(key).value for key in figures.FOUNDATIONS], rel=0.002)


@pytest.mark.parametrize(
    "build",
    [
        figures.minerals_by_stage,
        figures.research_by_definition,
        figures.attitudes,
        figures.build_times,
        figures.two_standards,
    ],
)
def test_figures_have_sources_data_and_words(build):
    found = build()
    assert found.sources
    assert len(found.data) > 5
    assert "{" not in found.alt
    assert found.wide["description"] == found.words.title


def test_the_title_on_hopes_is_true():
    data = figures.attitudes().data.set_index("country")
    first, last = (data.loc["CN", f"{when}_percent"] - data.loc["US", f"{when}_percent"] for when in ("first", "last"))
    assert last >= first


def test_the_title_on_building_is_true():
    assert get("build-us-as-fast-as-cn-2026").value < get("build-sites-us-done-2026").value / 2


def test_tables_hold_all_rows():
    assert len(figures.plan_table().cells) == get("plan-denominators-tried").value
    assert len(figures.regimes_table().cells) == get("regimes-indicators").value
    assert len(figures.regimes_others_table().cells) == load("regimes")["place"].nunique()
    assert len(figures.action_plan_table().cells) == len(figures.FOLLOWED)
