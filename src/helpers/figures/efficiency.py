"""Figures of the chapter on efficiency."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import units
from helpers.analysis import efficiency as analysis
from helpers.data import load
from helpers.figures.frame import NARROW, WIDE, Drawn, Words, country_scale, figure
from helpers.findings import get, rows


@figure("rental-price")
def rental_price(words: Words, wide: bool) -> Drawn:
    """Draw the rental value of two runs against the price of a GPU-hour, with a slider for the price."""
    runs = load("training_runs").loc[["deepseek-v3-total", "llama-3.1-405b"]]
    price = float(runs["price_usd_per_gpu_hour"].iloc[0])
    data = pd.DataFrame(
        [
            {
                "model": run.model,
                "country": run.country,
                "price_usd": step / 4,
                "cost_musd": analysis.rental_value(run.gpu_hours, step / 4) / 1e6,
            }
            for run in runs.itertuples()
            for step in range(0, 25)
        ]
    )
    slider = alt.param(
        name="price", value=price, bind=alt.binding_range(min=0.5, max=6, step=0.25, name=words["slider"])
    )
    base = alt.Chart(data).encode(
        x=alt.X("price_usd:Q", title=words["x"]),
        y=alt.Y("cost_musd:Q", title=words["y"]),
        color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
    )
    lines = base.mark_line()
    chosen = base.transform_filter("datum.price_usd == price").mark_point(size=90, filled=True, opacity=1)
    labels = (
        base.transform_filter("datum.price_usd == price")
        .mark_text(align="left", dx=8, dy=-8)
        .encode(text=alt.Text("label:N"), color=alt.value("#1f2328"))
        .transform_calculate(label="datum.model + ': $' + format(datum.cost_musd, ',.1f') + ' m'")
    )
    chart = (
        (lines + chosen + labels)
        .add_params(slider)
        .properties(width=WIDE if wide else NARROW, height=280 if wide else 240)
    )
    costs = {
        key: units.quantity(analysis.rental_value(runs.loc[row, "gpu_hours"], price), "USD", 1, "million")
        for key, row in (("v3", "deepseek-v3-total"), ("llama", "llama-3.1-405b"))
    }
    return Drawn(chart, data, (get("v3-run-cost"), rows("training_runs", runs.index)), alt=costs)
