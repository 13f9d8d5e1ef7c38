"""The frontier race with a reader's own assumptions, reckoned in the page."""

from __future__ import annotations

from datetime import date

import altair as alt
import numpy as np
import pandas as pd

from helpers import units
from helpers.analysis import live_race as analysis
from helpers.analysis.common import MONTHS_PER_YEAR
from helpers.analysis.synthesis import Triangle, years_since
from helpers.data import load
from helpers.figures.frame import COLOURS, NARROW, SOFT, WIDE, Drawn, Words, figure
from helpers.findings import get, rows
from helpers.findings import synthesis as inputs
from helpers.findings.synthesis_map import chance, strata

PERCENTILES = (5, 25, 50, 75, 95)
DAYS = (inputs.BY_2029, inputs.BY_2031)


def _literal(values: np.ndarray | list[float]) -> str:
    """Write numbers as a list of the page's language."""
    return "[" + ",".join(f"{value:.6g}" for value in values) + "]"


def _triangular(part: str, law: Triangle) -> str:
    """Write the quantile of a triangular law; ``part`` is an expression for the part of one."""
    low, mode, high = law
    turn = (mode - low) / (high - low)
    rising = f"{low} + sqrt({part} * {(high - low) * (mode - low):.8g})"
    falling = f"{high} - sqrt((1 - {part}) * {(high - low) * (high - mode):.8g})"
    return f"({part} < {turn:.8g} ? {rising} : {falling})"


def _controls(words: Words) -> list[alt.Parameter]:
    """Return the five assumptions that a reader sets; their defaults are the assumptions in force."""
    start, tau = inputs.race(), inputs.taus()[1]
    centre = sum(start.mean) / 2
    laws = (
        ("tau", tau, 0.25, 4.0, 0.25),
        ("lean", start.drift, -3.0, 3.0, 0.1),
        ("growth", start.growth[1], -0.2, 0.4, 0.01),
        ("compute", start.compute[1], 0.5, 12.5, 0.5),
        ("mean", centre, centre + analysis.OFFSETS[0], centre + analysis.OFFSETS[-1], 0.1),
    )
    return [
        alt.param(
            name=name,
            value=round(value, 4),
            bind=alt.binding_range(min=round(low, 4), max=round(high, 4), step=step, name=words[name]),
        )
        for name, value, low, high, step in laws
    ]


def _fan(marks: list[alt.Chart], years: np.ndarray, days: list[pd.Timestamp]) -> alt.LayerChart:
    """Put marks on percentiles of the gap on each day, which the page reckons from evenly spread points."""
    start = inputs.race()
    steps = analysis.recurrence_steps(5)
    parts = {
        f"u{k}": f"(0.5 + (datum.i + 1) * {step:.15g}) - floor(0.5 + (datum.i + 1) * {step:.15g})"
        for k, step in enumerate(steps)
    }
    half = (start.mean[1] - start.mean[0]) / 2
    mode = start.compute[1]
    drawn = {
        "m": f"mean + {half:.8g} * (2 * datum.u0 - 1)",
        "s": f"{start.spread[0]} + {start.spread[1] - start.spread[0]:.8g} * datum.u1",
        "p": f"{start.persistence[0]} + {start.persistence[1] - start.persistence[0]:.8g} * datum.u2",
        "b": f"compute / {mode} * {_triangular('datum.u3', start.compute)}",
        "g": f"growth - {start.growth[1]} + {_triangular('datum.u4', start.growth)}",
        "z": f"quantileNormal((datum.i + 0.5) / {analysis.POINTS})",
        "k": f"sequence({len(years)})",
    }
    at = {
        "t": f"{_literal(years)}[datum.k]",
        "date": f"[{','.join(f'{day.timestamp() * 1000:.0f}' for day in days)}][datum.k]",
        "left": f"pow(datum.p, {MONTHS_PER_YEAR} * datum.t)",
    }
    gap = (
        f"datum.m + datum.left * ({start.gap:.8g} - datum.m) + (datum.b * datum.g - lean) * datum.t"
        " + sqrt(pow(tau * datum.t, 2) + pow(datum.s, 2) * (1 - pow(datum.left, 2))) * datum.z"
    )
    return (
        alt.layer(*marks, data=alt.sequence(0, analysis.POINTS, 1, as_="i"))
        .transform_calculate(**parts)
        .transform_calculate(**drawn)
        .transform_flatten(["k"])
        .transform_calculate(**at)
        .transform_calculate(gap=gap)
        .transform_quantile("gap", probs=[part / 100 for part in PERCENTILES], groupby=["date"], as_=["part", "gap"])
        .transform_calculate(name="'p' + round(100 * datum.part)")
        .transform_pivot("name", value="gap", groupby=["date"])
    )


def _chances(marks: list[alt.Chart], words: Words) -> alt.LayerChart:
    """Put marks on the chance of having led by each of both days: two rows, in percent."""
    start, table = inputs.race(), strata()
    first, *_ = table.values()
    frame = pd.DataFrame({"weight": first.weights})
    for key, day in zip(("early", "late"), DAYS, strict=True):
        frame[key] = [[float(f"{value:.5g}") for value in row] for row in table[day].means]
    (worth, worth_weights), (pace, pace_weights) = (
        analysis.triangular_nodes(law) for law in (start.compute, start.growth)
    )
    place = f"(mean - {first.centres[0]:.8g})"
    low = f"min(floor({place}), {len(first.centres) - 2})"
    bearable = {
        key: f"datum.{key}[datum.low] * (1 - datum.rest) + datum.{key}[datum.low + 1] * datum.rest"
        for key in ("early", "late")
    }
    trend = (
        f"compute / {start.compute[1]} * {_literal(worth)}[datum.kb]"
        f" * (growth - {start.growth[1]} + {_literal(pace)}[datum.kg])"
    )
    heft = f"100 * datum.weight * {_literal(worth_weights)}[datum.kb] * {_literal(pace_weights)}[datum.kg]"
    held = {f"chance_{key}": f"datum.w * cumulativeNormal((datum.{key} - datum.n + lean) / tau)" for key in bearable}
    label = " : ".join(f"datum.day == 'chance_{key}' ? '{words[key]}'" for key in bearable) + " : ''"
    return (
        alt.layer(*marks, data=frame)
        .transform_calculate(low=low)
        .transform_calculate(rest=f"{place} - datum.low")
        .transform_calculate(**bearable, kb=f"sequence({len(worth)})", kg=f"sequence({len(pace)})")
        .transform_flatten(["kb"])
        .transform_flatten(["kg"])
        .transform_calculate(n=trend, w=heft)
        .transform_calculate(**held)
        .transform_aggregate(chance_early="sum(chance_early)", chance_late="sum(chance_late)")
        .transform_fold(["chance_early", "chance_late"], as_=["day", "chance"])
        .transform_calculate(label=label, text="format(datum.chance, datum.chance < 1 ? '.1f' : '.0f') + '%'")
    )


@figure("your-race")
def your_race(words: Words, wide: bool) -> Drawn:
    """Draw the gap to the end of 2030 and the chance of a Chinese lead for assumptions that a reader sets."""
    start, tau = inputs.race(), inputs.taus()[1]
    ends = [date(year, 12, 31) for year in range(start.start.year, inputs.END_2030.year + 1)]
    days = [pd.Timestamp(day) for day in (start.start, *ends)]
    years = np.array([0.0, *years_since(start.start, ends)])
    mark = alt.Chart()
    x = alt.X("date:T", title=None, axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}))
    scale = alt.Scale(domain=[-20, 30], nice=False)
    bands = [
        mark.mark_area(opacity=opacity, color=SOFT, clip=True).encode(
            x=x, y=alt.Y(f"p{low}:Q", title=words["y"], scale=scale), y2=alt.Y2(f"p{high}:Q")
        )
        for low, high, opacity in ((5, 95, 0.16), (25, 75, 0.26))
    ]
    median = mark.mark_line(color=SOFT, strokeDash=[5, 3], clip=True).encode(
        x=x, y=alt.Y("p50:Q", title=words["y"], scale=scale)
    )
    last = mark.transform_filter(f"datum.date == {days[-1].timestamp() * 1000:.0f}")
    values = [
        last.transform_calculate(text=f"format(datum.p{part}, '.0f')", place=f"clamp(datum.p{part}, -19, 29)")
        .mark_text(align="left", dx=6, baseline="middle")
        .encode(x=x, y=alt.Y("place:Q", title=words["y"], scale=scale), text=alt.Text("text:N"))
        for part in (5, 50, 95)
    ]
    zero = alt.Chart(pd.DataFrame({"gap": [0.0]})).mark_rule(color=SOFT).encode(y=alt.Y("gap:Q", scale=scale))
    below = (
        alt.Chart(pd.DataFrame({"date": [days[0]], "gap": [-2.0]}))
        .mark_text(align="left", baseline="middle", dx=4, color=COLOURS["CN"])
        .encode(x=x, y=alt.Y("gap:Q", scale=scale), text=alt.TextValue(words["chinese"]))
    )
    width = (WIDE if wide else NARROW) - 30
    fan = _fan([*bands, median, *values], years, days)
    upper = alt.layer(fan, zero, below).properties(width=width, height=250 if wide else 220)
    odds = float(load("claim_figures").loc["lin-20-percent-odds-1", "value"])
    share = alt.X(
        "chance:Q", title=words["x"], scale=alt.Scale(domain=[0, 100], nice=False), axis=alt.Axis(tickCount=5)
    )
    rows_ = alt.Y("label:N", title=None, sort=[words["early"], words["late"]])
    bars = mark.mark_bar(color=COLOURS["CN"], height=16).encode(x=share, y=rows_)
    numbers = mark.mark_text(align="right", baseline="middle").encode(
        x=alt.XValue(width), y=rows_, text=alt.Text("text:N")
    )
    line = alt.Chart(pd.DataFrame({"chance": [odds]}))
    insider = line.mark_rule(color=SOFT, strokeDash=[4, 3]).encode(x=share)
    named = line.mark_text(align="left", baseline="bottom", dx=4, dy=-2).encode(
        x=share, y=alt.YValue(0), text=alt.TextValue(words["insider" if wide else "insider-narrow"])
    )
    lower = alt.layer(insider, _chances([bars, numbers], words), named).properties(width=width, height=70)
    chart = alt.vconcat(upper, lower, spacing=26).add_params(*_controls(words))
    data = pd.DataFrame(
        [
            {"quantity": f"gap, percentile {part}", "date": day.date(), "unit": "points", "value": round(value, 2)}
            for year, day in zip(years, days, strict=True)
            for part, value in zip(
                PERCENTILES, np.percentile(analysis.gap_points(start, year, tau), PERCENTILES), strict=True
            )
        ]
        + [
            {"quantity": "chance of having led", "date": day, "unit": "percent", "value": round(chance(day), 2)}
            for day in DAYS
        ]
    )
    end, late, early = get("gap-end-2030"), get("lead-by-january-2031"), get("lead-by-january-2029")
    return Drawn(
        chart,
        data,
        (inputs.record_rows(inputs.NEWEST), end, late, early, rows("claims", "lin-20-percent-odds")),
        alt={
            "median": end.text,
            "band": end.interval_text,
            "late": late.text,
            "early": early.text,
            "odds": units.quantity(odds, "percent"),
        },
    )
