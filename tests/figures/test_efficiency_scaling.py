"""Figures on size, text and sparseness: the control at its default and elsewhere, and whether titles hold."""

from __future__ import annotations

import pandas as pd
import pytest
from live import moved

from helpers import units
from helpers.figures import efficiency_scaling as figures
from helpers.figures.frame import catalogue
from helpers.figures.svg import to_svg
from helpers.findings import efficiency_scaling as found
from helpers.findings import get


@pytest.fixture(scope="module")
def valley():
    """Return the figure with the controls."""
    return figures.iso_flop()


def test_default_says_what_the_alternative_text_says(valley):
    drawn, labels = to_svg(valley.wide), catalogue("efficiency")["iso-flop"].labels
    for key in ("gopher-280b", "chinchilla"):
        above = f"{figures.above_least(key):.3f}"
        assert f"{labels[key]} +{above}" in drawn
        assert above in valley.alt


@pytest.mark.parametrize(("budget", "served"), [(10, 0), (1.5, 0.3), (0.4, 0.1), (66, 10)])
def test_moved_budget_and_use_draw_the_tested_function(valley, budget, served):
    drawn, labels = moved(valley, budget=budget, served=served), catalogue("efficiency")["iso-flop"].labels
    shown = 0
    for key in figures.SIZES:
        above = figures.above_least(key, budget * found.chinchilla_budget(), served * 1e12)
        if above < 0.1:  # the rest lies above the picture
            assert any(f"{labels[key]} +{value:.3f}" in drawn for value in (above, above - 2e-4, above + 2e-4)), key
            shown += 1
    assert shown


def test_title_of_the_valley_holds():
    assert figures.above_least("chinchilla") < figures.above_least("gopher-280b")
    small, large = (found.size_and_text(key)[0] for key in ("chinchilla", "gopher-280b"))
    assert small / large == pytest.approx(0.25)
    assert get("half-size-extra-operations").value < 30


def test_title_of_the_ratios_holds():
    models = figures.trained()
    recent = models[models["released"] >= pd.Timestamp("2024-01-01")]
    best = {name: values for name, values in figures.best_ratios().items() if name != "printed"}
    above = dict.fromkeys(best, 0)
    for _, row in recent.iterrows():
        at = abs(figures.BUDGETS - row["flop"]).argmin()
        for name, values in best.items():
            above[name] += row["ratio"] > values[at]
    assert sum(count > 0.9 * len(recent) for count in above.values()) > len(figures.best_ratios()) / 2
    by_design = recent.groupby("architecture")["ratio"].median()
    assert by_design["mixture of experts"] > by_design["dense"]


def test_title_of_the_savings_holds():
    values = [get(f"moe-saving-{name}").value for name in ("tian", "clark", "abnar", "krajewski")]
    assert min(values) > 2
    assert max(values) / min(values) > 3


@pytest.mark.parametrize("name", ["iso_flop", "tokens_per_parameter", "moe_leverage"])
def test_drawn_in_both_widths_with_words_and_data(name):
    figure = getattr(figures, name)()
    for spec in (figure.wide, figure.narrow):
        assert "<svg" in to_svg(spec)
    assert "{" not in figure.alt
    assert len(figure.data) > 3
    assert figure.sources


def test_table_of_logarithms_adds_up():
    for line in figures.cost_logs().cells.to_dict("records"):
        parts = [float(str(line[name]).replace("−", "-")) for name in ("Operations", "Chip", "Use of it", "Price")]
        assert sum(parts) == pytest.approx(float(str(line["Sum"]).replace("−", "-")), abs=2)


def test_table_of_sizes_holds_both_countries():
    names = list(figures.moe_sizes().cells["Model"])
    assert sum("(US, " in name for name in names) >= 5
    assert sum("(CN, " in name for name in names) >= 5
    assert len(names) == len(figures.SPARSE)
    assert units.number(18.1, 1) in set(figures.moe_sizes().cells["Ratio"])
