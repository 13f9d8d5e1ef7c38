"""Figure of the choices, at its default and moved, against the Python functions; tables of forecast and contracts."""

from __future__ import annotations

import json

import pytest
from live import moved

from helpers import units
from helpers.data import load
from helpers.figures import efficiency_money as figures
from helpers.figures.svg import to_svg
from helpers.findings import efficiency_spending as money
from helpers.findings import get


@pytest.fixture(scope="module")
def choices():
    """Return the figure with the controls."""
    return figures.capex_choices()


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_default_says_what_the_text_says(choices, width):
    part, whole = get("capex-cn-2025-ubs").value, get("capex-us-2025-leases").value
    share = get("ubs-share-of-leases").bare
    assert f"{part:,.0f} of {whole:,.0f} billion dollars: {share}%" in moved(choices, width)


@pytest.mark.parametrize(
    ("basket", "basis", "year", "chinese"),
    [
        ("four", "cash", "2025", "rebuilt-carriers"),
        ("oracle", "leases", "2023-2025", "jefferies"),
        ("aws", "leases", "2024", "rebuilt"),
        ("longest", "leases", "2025", "ubs"),
        ("stated", "unstated", "to-2025-06", "jefferies"),
    ],
)
@pytest.mark.parametrize("currency", ["market", "power"])
def test_moved_figure_shows_the_tested_function(choices, basket, basis, year, chinese, currency):
    found = next(
        item
        for item in money.choices()
        if (item.basket, item.basis, item.year, item.chinese) == (basket, basis, year, chinese)
    )
    factor = get("purchasing-power-factor").value if currency == "power" else 1
    drawn = moved(choices, basket=basket, basis=basis, year=year, chinese=chinese, currency=currency)
    wanted = (
        f"{factor * found.part.value:,.0f} of {found.whole.value:,.0f} billion dollars: {factor * found.percent:.1f}%"
    )
    assert wanted in drawn


@pytest.mark.parametrize(
    "choice",
    [
        {"basket": "aws", "basis": "cash"},
        {"year": "2023"},
        {"basis": "unstated", "basket": "stated", "year": "2024", "chinese": "rebuilt"},
        {"chinese": "rebuilt-carriers", "year": "2023-2025"},
    ],
)
def test_a_choice_without_rows_says_so_and_names_no_share(choices, choice):
    drawn = moved(choices, **choice)
    assert "No rows on record for this choice" in drawn
    assert "billion dollars:" not in drawn


def test_one_dot_for_each_choice_on_record(choices):
    assert len(choices.data) == get("capex-choices-supported").value == len(money.choices())
    assert not choices.data.duplicated(["chinese_sum", "american_firms", "basis", "period"]).any()


def test_title_holds(choices):
    """Changing any one of firms, basis and year, with the Chinese sum or the rest kept, moves the share by a point."""
    data = choices.data
    ubs = data[data["chinese_sum"] == "UBS"]
    by_firms = ubs[ubs["basis"] == "with finance leases"]["share_percent"]
    by_basis = ubs[ubs["american_firms"] == "Amazon, Alphabet, Meta, Microsoft"]["share_percent"]
    rebuilt = data[(data["chinese_sum"] == "four firms, rebuilt") & (data["basis"] == "cash")]
    by_year = rebuilt[rebuilt["american_firms"] == "Amazon, Alphabet, Meta, Microsoft"]["share_percent"]
    for part in (by_firms, by_basis, by_year):
        assert part.max() - part.min() > 1


def test_drawn_in_both_widths_with_words_and_data(choices):
    for spec in (choices.wide, choices.narrow):
        text = json.dumps(spec, allow_nan=False)
        assert "#1f2328" in text
        assert "<svg" in to_svg(spec)
    assert "{" not in choices.alt
    assert get("capex-choices-near-tenth").text in choices.alt
    assert choices.sources


def test_table_of_readings_leaves_no_cell_empty():
    shown = figures.capex_2030_readings().cells
    assert len(shown) == 5
    assert (shown.map(str.strip) != "").all().all()


def test_table_of_contracts_has_each_row_once_with_its_source():
    shown = figures.who_trains_whose().cells
    table = load("compute_contracts")
    assert len(shown) == len(table) + 1
    for key in table["source"]:
        assert shown["What"].str.contains(key).sum() == 1
    assert shown["Amount"].str.contains(units.quantity(300, "USD_bn").replace("$", r"\$"), regex=False).sum() == 1
    assert (table["grade"] == "secondary").all(), "the caption says that all were read as relayed"
