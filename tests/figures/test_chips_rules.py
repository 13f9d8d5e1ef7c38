"""Figures on the rules, Nvidia's revenue, power plans and the switch: what they show at the default and elsewhere."""

from __future__ import annotations

import json

import pytest
from live import moved

from helpers import units
from helpers.analysis import switching
from helpers.data import load
from helpers.figures import chips as older
from helpers.figures import chips_makers as makers
from helpers.figures import chips_rules as figures
from helpers.figures.svg import to_svg
from helpers.findings import get
from helpers.findings.chips_makers import switch

NEW = (figures.rule_timeline, figures.nvidia_china, makers.power_planned, makers.switch)


@pytest.fixture(scope="module")
def drawn():
    return {figure.figure_name: figure() for figure in NEW}


@pytest.mark.parametrize("name", [figure.figure_name for figure in NEW])
def test_every_figure_draws_narrow(drawn, name):
    assert "<svg" in to_svg(drawn[name].narrow)
    assert drawn[name].sources
    assert drawn[name].alt


def test_timeline_shows_the_function(drawn):
    data = drawn["rule-timeline"].data
    h20 = data[data["chip"] == "H20"]
    assert list(h20["from"]) == ["2023-11-09", "2025-04-09", "2025-07-15", "2025-08-31"]
    assert set(data["chip"]) == {figures.name(chip) for chip in load("accelerators").loc[list(figures.SHOWN), "chip"]}


def test_timeline_marks_the_acts_that_name_a_chip():
    acts = figures.chinese_acts()
    assert set(acts["act"]) == {
        "cn-justify-2025-h20",
        "cn-order-2025-rtx",
        "cn-customs-2026-h200",
        "cn-approval-2026-h200",
        "cn-delivery-2026-h200",
    }
    assert set(acts.loc[acts["chip"] == "H20", "act"]) == {"cn-justify-2025-h20"}


def test_bases_are_never_joined(drawn):
    data = drawn["nvidia-china-revenue"].data
    assert data.groupby("basis")["period"].apply(lambda periods: periods.is_unique).all()
    spec = drawn["nvidia-china-revenue"].wide
    inline = [rows for rows in spec["datasets"].values() if rows and "run" in rows[0]]
    for rows in inline:
        for run in {row["run"] for row in rows}:
            assert len({row["basis"] for row in rows if row["run"] == run}) == 1


def test_title_on_nvidia_holds():
    found = figures.china_quarters()
    for basis, last in (("billing location", "FY26Q2"), ("customer headquarters", "FY27Q1")):
        shares = found[found["basis"] == basis].set_index("period")["share"].dropna()
        assert shares.index[-1] == last
        assert shares.iloc[-1] < 0.5 * shares.max()
    assert get("nvidia-china-headquarters-over-billing-fy25").value == pytest.approx(1.5, abs=0.05)


def test_power_planned_adds_up(drawn):
    data = drawn["us-power-planned"].data
    supply = data[data["what"] != "Data centres"]["gw"]
    assert supply.sum() == pytest.approx(get("us-capacity-planned-2026").value)
    assert (supply >= 0).all()


def test_switch_shows_what_the_text_says_and_moves(drawn):
    figure = drawn["switching"]
    picture = to_svg(figure.wide)
    back, leave = switching.turning_ratios(*(item.value for item in switch()))
    assert f">leave at {units.number(leave, 1)}<" in picture
    assert f">come back at {units.number(back, 1)}<" in picture
    assert units.number(leave, 1) in figure.alt
    for cost, pull, alike in ((3.0, 0.8, 5.0), (1.5, 1.4, 8.0)):
        back, leave = switching.turning_ratios(cost, pull, alike)
        picture = moved(figure, cost=cost, pull=pull, alike=alike)
        assert f">leave at {units.number(leave, 1)}<" in picture
        assert f">come back at {units.number(back, 1)}<" in picture
    assert ">half have left at 4.0<" in moved(figure, cost=4.0, pull=0.0)


def test_ladder_answers_by_day(drawn):
    spec = json.loads(json.dumps(older.rule_ladder().wide))
    days = next(param for param in spec["params"] if param["name"] == "day")
    rows = next(rows for rows in spec["datasets"].values() if rows and "day" in rows[0] and "sale" in rows[0])
    assert days["value"] == max(row["day"] for row in rows)
    before = next(row["sale"] for row in rows if row["chip"] == "H20" and row["day"] == "2023-11-17")
    after = next(row["sale"] for row in rows if row["chip"] == "H20" and row["day"] == "2025-04-09")
    assert before == "no licence needed"
    assert after == "licence refused"


def test_tables_hold_what_the_findings_say():
    assert units.number(get("cambricon-research-2025").value, 2) in makers.makers_table().markdown()
    assert units.number(get("usd-per-tflop-b200-2026").value) in makers.generations_table().markdown()
    assert "750,000" in figures.levy_table().markdown()
    routes = older.routes_table().markdown()
    assert "opened 13 May 2025, closed 31 May 2026" in routes
    assert "{" not in routes.partition("\n")[2].replace("{cite:p}", "")
