"""Figure of the chapter on openness about list prices over time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import units
from helpers.data import assumption, load
from helpers.figures.frame import INK, NARROW, WIDE, Drawn, Words, country_scale, figure
from helpers.findings import get, rows
from helpers.findings import open_source_prices as found

MIXED = "share / 100 * datum.{0}input + (1 - share / 100) * datum.{0}output"  # the blended price, in the chart's words


@figure("price-list")
def price_list(words: Words, wide: bool) -> Drawn:
    """Draw list prices by the day they began, and each change of 2026, for a share of read tokens that is chosen."""
    mixture = assumption("input-token-share")
    listed = found.listed()
    first = listed[listed["step"] == 0]
    launches = pd.DataFrame(
        {
            "date": first["start"],
            "model": first["model"],
            "country": first["country"],
            "input": first["input_usd_per_mtok"],
            "output": first["output_usd_per_mtok"],
        }
    )
    both = pd.concat([found.changed(code) for code in ("CN", "US")]).sort_values(["start", "model"])
    table = load("prices")
    former = table.loc[both["before_id"]]
    moves = pd.DataFrame(
        {
            "date": both["start"].to_numpy(),
            "model": both["model"].to_numpy(),
            "country": both["country"].to_numpy(),
            "input": both["input_usd_per_mtok"].to_numpy(),
            "output": both["output_usd_per_mtok"].to_numpy(),
            "former_input": former["input_usd_per_mtok"].to_numpy(),
            "former_output": former["output_usd_per_mtok"].to_numpy(),
            "peak_input": both["peak_input"].to_numpy(),
            "peak_output": both["peak_output"].to_numpy(),
        }
    )
    moves["label"] = [
        f"{units.day(row.date, 'd MMM' if wide else 'MMM')}, {row.model}" for row in moves.itertuples(index=False)
    ]
    moves["place"] = range(len(moves))
    share = alt.param(
        name="share",
        value=mixture.value,
        bind=alt.binding_range(min=mixture.low, max=mixture.high, step=5, name=words["share"]),
    )
    scale = alt.Scale(type="log", domain=[0.06, 120], nice=False)
    axis = alt.Axis(values=[0.1, 0.3, 1, 3, 10, 30, 100], format="$~g")
    colour = alt.Color("country:N", scale=country_scale("US", "CN"), legend=None)
    span = [pd.Timestamp("2025-01-01"), pd.Timestamp("2026-11-30")]
    dots = (
        alt.Chart(launches)
        .transform_calculate(price=MIXED.format(""))
        .mark_point(size=38, opacity=0.75, clip=True)
        .encode(
            x=alt.X(
                "date:T",
                title=None,
                scale=alt.Scale(domain=[moment.isoformat() for moment in span]),
                axis=alt.Axis(format="%b %Y", tickCount=5 if wide else 3),
            ),
            y=alt.Y("price:Q", title=words["y"], scale=scale, axis=axis),
            color=colour,
            tooltip=[alt.Tooltip("model:N"), alt.Tooltip("date:T"), alt.Tooltip("price:Q", format="$.2f")],
        )
    )
    sides = (
        alt.Chart(
            pd.DataFrame(
                [
                    {"place": 0, "label": words["us"], "country": "US"},
                    {"place": 1, "label": words["cn"], "country": "CN"},
                ]
            )
        )
        .mark_text(align="left", fontSize=12)
        .encode(
            x=alt.XValue(6),
            y=alt.Y("place:O", axis=None, scale=alt.Scale(domain=[0, 1], range=[8, 42])),
            text=alt.Text("label:N"),
            color=colour,
        )
    )
    width = WIDE - 110 if wide else NARROW
    top = alt.layer(dots, sides).resolve_scale(y="independent").properties(width=width, height=230)
    moved = alt.Chart(moves).transform_calculate(
        before=MIXED.format("former_"),
        after=MIXED.format(""),
        peak=MIXED.format("peak_"),
        rises="datum.after > datum.before",
        change="format(100 * (datum.after / datum.before - 1), '+.0f') + '%'",
        start="min(datum.after, datum.before)",
        end="max(datum.after, datum.before)",
        day_and_night="datum.peak > datum.after",
    )
    y = alt.Y("place:O", axis=None, scale=alt.Scale(paddingOuter=0.4))
    x = alt.X(
        "after:Q",
        title=words["x" if wide else "x-short"],
        scale=alt.Scale(type="log", domain=[0.06, 40], nice=False),
        axis=axis,
    )
    bar = moved.mark_rule(strokeWidth=1.8, clip=True).encode(y=y, x=x, x2=alt.X2("before:Q"), color=colour)
    begin = moved.mark_tick(thickness=1.8, size=9).encode(y=y, x=alt.X("before:Q"), color=colour)
    peaks = (
        moved.transform_filter("datum.day_and_night")
        .mark_point(filled=False, size=36, strokeWidth=1.4, clip=True)
        .encode(y=y, x=alt.X("peak:Q"), color=colour)
    )
    heads = moved.mark_point(size=55, opacity=1, clip=True).encode(
        y=y,
        x=x,
        color=colour,
        shape=alt.Shape(
            "rises:N",
            legend=None,
            scale=alt.Scale(domain=[True, False], range=["triangle-right", "triangle-left"]),
        ),
    )
    said = moved.encode(
        y=y, text=alt.Text("change:N")
    )  # left of the bar where the circle of peak hours is at its right
    percents = (
        said.transform_filter("!datum.day_and_night")
        .mark_text(align="left", dx=8, fontSize=11, color=INK)
        .encode(x=alt.X("end:Q"))
    )
    percents += (
        said.transform_filter("datum.day_and_night")
        .mark_text(align="right", dx=-5, fontSize=11, color=INK)
        .encode(x=alt.X("start:Q"))
    )
    names = alt.Chart(moves).mark_text(align="left", fontSize=11, color=INK).encode(y=y, text=alt.Text("label:N"))
    if wide:
        names = names.encode(x=alt.XValue(-158))
        bottom = alt.layer(bar, begin, peaks, heads, percents, names).properties(width=width, height=alt.Step(19))
    else:
        names = names.mark_text(align="left", fontSize=11, color=INK, dy=-14).encode(x=alt.XValue(0))
        bottom = alt.layer(bar, begin, peaks, heads, percents, names).properties(width=width, height=alt.Step(36))
    chart = (
        alt.vconcat(top, bottom, spacing=16)
        .add_params(share)
        .resolve_scale(y="independent", x="independent", color="shared")
    )
    data = moves.drop(columns=["label", "place"]).assign(
        price_before=mixture.value / 100 * moves["former_input"] + (1 - mixture.value / 100) * moves["former_output"],
        price_after=mixture.value / 100 * moves["input"] + (1 - mixture.value / 100) * moves["output"],
    )
    return Drawn(
        chart,
        data,
        (
            rows("prices", listed.index),
            *(get(f"price-{way}-{code}-2026") for way in ("cuts", "rises") for code in ("cn", "us")),
        ),
        alt={
            "count": units.number(len(launches)),
            "cuts_cn": get("price-cuts-cn-2026").bare,
            "rises_cn": get("price-rises-cn-2026").bare,
            "cuts_us": get("price-cuts-us-2026").bare,
            "rises_us": get("price-rises-us-2026").bare,
            "top_cn": get("launch-price-top-cn-2026").text,
            "top_us": get("launch-price-top-us-2026").text,
        },
    )
