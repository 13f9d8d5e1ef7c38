"""Figures of the chapter: what the control shows at its default and elsewhere; all are drawn in both widths."""

from __future__ import annotations

import json

import pytest

from helpers import units
from helpers.data import load
from helpers.figures import efficiency as figures
from helpers.figures.frame import to_svg
from helpers.findings import get

ALL = (
    "cost_model",
    "active_share",
    "kv_cache",
    "streams_gain",
    "table_share",
    "frontier_scores",
    "running_lag",
    "lag_definitions",
    "capex_choices",
)


@pytest.fixture(scope="module")
def model():
    """Return the figure with the controls."""
    return figures.cost_model()


def moved(figure, **values: float) -> str:
    """Draw the figure with other settings of its controls."""
    spec = json.loads(json.dumps(figure.wide))
    for param in spec["params"]:
        param["value"] = values.get(param["name"], param["value"])
    return to_svg(spec)


def test_default_says_what_the_text_says(model):
    drawn = to_svg(model.wide)
    ratio, cost = get("hours-ratio-llama405-v3"), get("v3-run-cost")
    assert f"({units.number(ratio.value, 1)} ×)" in drawn
    assert f"${units.number(cost.value / 1e6, 1)} m" in drawn


def test_price_moves_the_costs_and_not_the_ratio(model):
    drawn = moved(model, price=4)
    assert f"({units.number(get('hours-ratio-llama405-v3').value, 1)} ×)" in drawn
    assert f"${units.number(2 * get('v3-run-cost').value / 1e6, 1)} m" in drawn


def test_overhead_and_utilisation_move_the_ratio(model):
    ratio = get("hours-ratio-llama405-v3").value
    assert f"({units.number(ratio / 10, 1)} ×)" in moved(model, overhead=9)
    half = round(get("v3-utilisation").value, 1) / 2
    assert f"({units.number(ratio / 2, 1)} ×)" in moved(model, utilisation=half)


@pytest.mark.parametrize("name", ALL)
def test_drawn_in_both_widths_with_words_and_data(name):
    figure = getattr(figures, name)()
    for spec in (figure.wide, figure.narrow):
        text = json.dumps(spec, allow_nan=False)
        assert "#1f2328" in text
        assert "<svg" in to_svg(spec)
    assert "{" not in figure.alt
    assert len(figure.data) > 3
    assert figure.sources


def test_table_of_factors_multiplies():
    cells = figures.cost_factors(price=3).cells
    for line in cells.to_dict("records"):
        factors = [float(line[name]) for name in ("Operations", "Chip", "Use of it", "Price")]
        whole = factors[0] * factors[1] * factors[2] * factors[3]
        assert whole == pytest.approx(float(line["Product"]), rel=0.03)


def test_table_of_accusations_has_each_once_with_its_source_and_no_totals():
    shown = figures.accused().cells
    claims = load("distillation_claims")
    assert len(shown) == (claims["kind"] == "accusation").sum()
    assert "16,000,000" not in shown.to_string()  # a total of other rows
    assert "July 2026" in shown["Date"].tolist()  # the day is not known
    accusations = claims[claims["kind"] == "accusation"]
    assert set(accusations["source"]) <= set(figures.accused().keys)
    assert (accusations["grade"] == "secondary").all(), "the caption says that all were read as relayed"


def test_table_of_methods_gives_the_months_between_its_dates():
    shown = figures.adopted_methods().cells
    assert shown["Months between"].astype(float).median() == pytest.approx(get("method-adoption-months").value, abs=0.1)
    row = next(line for line in shown.to_dict("records") if "sparse attention" in line["Design"])
    assert float(row["Months between"]) == pytest.approx(135 / 30.44, abs=0.05)  # 29 September 2025 to 11 February 2026


def test_table_of_origins_leaves_no_cell_empty():
    shown = figures.origins().cells
    assert len(shown) == 5
    assert (shown.map(str.strip) != "").all().all()
