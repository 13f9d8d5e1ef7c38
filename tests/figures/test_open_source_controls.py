"""Figures of the chapter on openness: what their controls show at the default and elsewhere; all draw narrow."""

from __future__ import annotations

import pytest
from live import moved

from helpers import units
from helpers.analysis import open_source as analysis
from helpers.data import assumption, load
from helpers.figures import open_source as older
from helpers.figures import open_source_makers as makers
from helpers.figures import open_source_prices as prices
from helpers.figures.svg import to_svg
from helpers.findings import get

FIGURES = {
    "price-list": prices.price_list,
    "open-releases": makers.open_releases,
    "open-lead": makers.open_lead,
    "makers-on-index": makers.makers_on_index,
    "revenues": makers.revenues,
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_draws_narrow_with_sources(name):
    figure = FIGURES[name]()
    assert "<svg" in to_svg(figure.narrow)
    assert figure.name == name
    assert figure.sources
    assert figure.alt


def answer(rent: float, chips: float, rate: float, load: float, price: float) -> str:
    """Return the words that the figure of self-hosting must show, from the function of the analysis."""
    tokens = analysis.break_even_tokens_per_month(rent, int(chips), rate, price, load / 100)
    said = "own machines never pay" if tokens == float("inf") else f"own machines pay from {tokens / 1e9:.1f} bn"
    return f"${price:.2f}: {said}"


def test_self_hosting_answers_as_the_text_at_the_default_and_as_the_function_elsewhere():
    spec = older.self_hosting().wide
    default = {param["name"]: param["value"] for param in spec["params"] if "value" in param}
    assert default["bought"] == pytest.approx(6.0)
    start = answer(
        assumption("gpu-hour-price").value,
        assumption("serving-chips").value,
        assumption("serving-throughput-ordinary").value,
        assumption("serving-load").value,
        default["bought"],
    )
    assert start.split(" from ")[1] == f"{get('break-even-claude-sonnet').value / 1e9:.1f} bn"
    assert start in to_svg(spec)
    assert answer(3.0, 32, 2000, 30, 10.0) in moved(spec, hour_price=3.0, chips=32, rate=2000, load=30, bought=10.0)
    never = answer(4.0, 16, 500, 20, 0.5)
    assert never.endswith("never pay")
    assert never in moved(spec, hour_price=4.0, chips=16, rate=500, load=20, bought=0.5)


@pytest.mark.parametrize("share", [50, 75, 95])
def test_the_list_of_prices_shows_the_changes_of_the_function(share):
    spec = prices.price_list().wide
    start = next(param for param in spec["params"] if param["name"] == "share")["value"]
    assert start == assumption("input-token-share").value
    drawn = moved(spec, share=share)
    table = load("prices")
    for before, after in (
        ("qwen3.6-plus", "qwen3.6-plus-2026-05-12"),
        ("deepseek-v4-pro", "deepseek-v4-pro-2026-08-17-off-peak"),
        ("gpt-5.6-sol", "gpt-5.6-sol-2026-08-21"),
    ):
        paid = [
            analysis.blended_price(*table.loc[key, ["input_usd_per_mtok", "output_usd_per_mtok"]], share / 100)
            for key in (before, after)
        ]
        change = f"{100 * (paid[1] / paid[0] - 1):+.0f}%".replace("-", "−")
        assert f">{change}<" in drawn


def test_the_shares_of_the_figure_add_up():
    data = makers.open_releases().data
    sums = data.dropna(subset=["percent"]).groupby("count")["percent"].sum()
    assert sums.to_numpy() == pytest.approx([100.0] * 5)
    counts = data.dropna(subset=["releases"]).set_index(["count", "open"])["releases"]
    opened, closed = counts["China 2026", True], counts["China 2026", False]
    assert 100 * opened / (opened + closed) == pytest.approx(get("releases-open-cn-2026").value)


def test_the_figure_of_leads_ends_at_the_findings():
    data = makers.open_lead().data
    arena = data[data["series"] == "style control"].sort_values("date")
    assert arena["lead"].iloc[-1] == pytest.approx(get("open-lead-arena-2026-04").value)
    index = data[data["series"] == ""]
    assert index["lead"].iloc[-1] == pytest.approx(get("open-lead-index-2026-08").value)


def test_tables_say_what_the_findings_say():
    listed = makers.adopters_against_thresholds().cells
    assert units.quantity(get("cursor-over-threshold-2026-04").value, "ratio", 1) in " ".join(listed.iloc[:, 4])
    measures = makers.four_measures().cells
    assert get("lead-tokens-top-hundred").bare in " ".join(measures.iloc[:, 5])
    labels = makers.download_labels().cells
    turned = labels.iloc[3]
    assert turned.iloc[4] == units.number(0.0, 1)
    assert turned.iloc[2] == turned.iloc[3]
