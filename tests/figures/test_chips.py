"""Figures of the chapter on chips: what their controls show at the default and elsewhere; all draw in both widths."""

from __future__ import annotations

import pytest
from live import moved

from helpers import units
from helpers.analysis import chip_costs
from helpers.data import assumption
from helpers.figures import chips as figures
from helpers.figures.svg import to_svg
from helpers.findings import get
from helpers.findings.chips_depth import VOLUMES, enough_at, machines, scenario_ratio

NEW = ("h200_scenarios", "memory_decides", "power_break_even")


@pytest.fixture(scope="module")
def drawn():
    """Return the figures of this module by name."""
    return {name: getattr(figures, name)() for name in NEW}


def test_scenarios_show_what_the_text_says(drawn):
    picture = to_svg(drawn["h200_scenarios"].wide)
    for name in VOLUMES:
        assert f">{units.number(get(f'compute-ratio-h200-{name}').value, 1)}<" in picture, name


def test_scenarios_move_with_what_others_go_without(drawn):
    picture = moved(drawn["h200_scenarios"], taken=100)
    assert f">{units.number(get('compute-ratio-h200-ordered-displaced').value, 1)}<" in picture
    assert f">{units.number(scenario_ratio('cleared', 1.0).median, 1)}<" in picture


def test_memory_shows_what_the_text_says_and_moves(drawn):
    figure = drawn["memory_decides"]
    assert f">{units.number(get('enough-2028-at-planned-memory').value)}%<" in to_svg(figure.wide)
    twice = assumption("hbm-wafers-2028").high
    assert f">{units.number(get('enough-2028-at-twice-planned-memory').value)}%<" in moved(figure, wafers=twice)
    assert f">{units.number(enough_at(150_000.0))}%<" in moved(figure, wafers=150_000)


def test_break_even_shows_what_the_text_says_and_moves(drawn):
    figure = drawn["power_break_even"]
    assert f">${units.number(get('power-price-old-chips-stop-paying').value, 2)}<" in to_svg(figure.wide)
    known = machines()
    price = chip_costs.break_even_price(known["a100"], known["nvl72"], 6.0, assumption("power-overhead").value)
    assert f">${units.number(price, 2)}<" in moved(figure, life=6)


@pytest.mark.parametrize("name", NEW)
def test_every_new_figure_draws_narrow(drawn, name):
    assert "<svg" in to_svg(drawn[name].narrow)
    assert drawn[name].sources
    assert drawn[name].alt


def test_the_older_figure_of_exports_starts_at_the_text(drawn):
    found = get("compute-ratio-h200-cleared")
    assert f"{units.number(found.value, 1)} (" in to_svg(figures.h200_ratio().wide)
