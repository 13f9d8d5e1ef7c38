"""Figures of the chapter: what the control shows at its default and elsewhere; all are drawn in both widths."""

from __future__ import annotations

import json

import pytest
from live import moved

from helpers import units
from helpers.analysis import inference as serving
from helpers.data import load
from helpers.figures import efficiency as figures
from helpers.figures.svg import to_svg
from helpers.findings import get
from helpers.findings.efficiency_inference import assumed_load, assumed_use, chip, fitting, network, served

ALL = (
    "cost_model",
    "active_share",
    "kv_cache",
    "serving_check",
    "serving_cost",
    "task_costs",
    "frontier_scores",
    "running_lag",
    "lag_definitions",
    "test_waits",
    "streams_gain",
    "table_share",
)


@pytest.fixture(scope="module")
def model():
    """Return the figure with the controls."""
    return figures.cost_model()


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


@pytest.fixture(scope="module")
def cost():
    """Return the figure of serving, with its controls."""
    return figures.serving_cost()


def test_default_of_serving_says_what_the_text_says(cost):
    drawn = to_svg(cost.wide)
    for key in ("gb200", "910c", "h800", "h20"):
        assert f"${units.number(get(f'serving-usd-{key}').value, 2)} (" in drawn


@pytest.mark.parametrize(
    ("price", "requests", "context", "acceptance", "overlap"),
    [(1, 1, 4096, 0, 50), (4, 512, 512, 0, 100), (2, 128, 131072, 0, 0), (3, 8, 8192, 85, 75), (2, 200, 20480, 70, 0)],
)
def test_moved_serving_draws_the_tested_function(cost, price, requests, context, acceptance, overlap):
    drawn = moved(cost, price=price, requests=requests, context=context, acceptance=acceptance, overlap=overlap)
    for key in figures.SERVING:
        load_ = assumed_load(
            requests=requests, context=context, drafts=int(acceptance > 0), acceptance=acceptance / 100
        )
        device = chip(key, network(key))
        rate = serving.tokens_per_second(served(), device, fitting(key, load_), assumed_use(overlap / 100))
        usd = serving.usd_per_million_tokens(rate, price)
        assert f"${usd:.2f} ({rate:,.0f}/s)" in drawn, key


def test_title_of_serving_holds(cost):
    by_chip = cost.data.set_index("chip")["usd_per_million_tokens"]
    assert by_chip.idxmin() == "GB200"
    assert by_chip.idxmax() == "H20"
    others = by_chip.drop(["GB200", "H20"])
    assert others.max() < 2 * others.min()


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
