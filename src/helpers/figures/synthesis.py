"""Figures and tables of the closing chapter, and the picture of both races on the landing page."""

from __future__ import annotations

from datetime import date

import altair as alt
import numpy as np
import pandas as pd

from helpers import units
from helpers.analysis import synthesis as analysis
from helpers.analysis.common import Z95
from helpers.analysis.diffusion import anchored_logistic
from helpers.analysis.diffusion import users as users_million
from helpers.data import assumption, load
from helpers.figures.frame import COLOURS, INK, NARROW, SOFT, WIDE, Drawn, Words, country_scale, figure
from helpers.figures.tables import Table, table, table_words
from helpers.findings import Finding, get, rows
from helpers.findings import synthesis as inputs
from helpers.findings import synthesis_model as model
from helpers.findings.capability import NEWEST, export

CHAPTER = "synthesis"
DRIFTS = ("small", "middle", "large")  # keys of the labels for low, middle and high spread of the drift
STARTS = {"august": NEWEST, "april": inputs.APRIL}
BASES = ("telemetry", "survey")
COMPUTE_PARTS = {  # models that a regression on compute is made over
    "compute": "score > 0",
    "compute-2024": "version_date >= '2024-01-01'",
    "compute-confident": "flop_confidence == 'confident'",
}


def _lines(text: str) -> list[str]:
    """Break a label where the catalogue has a stroke."""
    return [part.strip() for part in text.split("|")]


def _percent(value: float) -> str:
    """Print a chance, with a decimal where it is below one in a hundred: small is not none."""
    return units.quantity(value, "percent", 0 if value >= 1 else 1)


def _years(wide: bool) -> alt.X:
    """Return a time axis marked by years."""
    step = {"interval": "year", "step": 1 if wide else 2}
    return alt.X("date:T", title=None, axis=alt.Axis(format="%Y", tickCount=step))


def _note(frame: pd.DataFrame, x: alt.X | str, y: alt.Y | str, **mark: object) -> alt.Chart:
    """Write the column ``text`` of a frame at its places."""
    return (
        alt.Chart(frame)
        .mark_text(**{"align": "left", "baseline": "middle", **mark})
        .encode(x=x, y=y, text=alt.Text("text:N"))
    )


# The gap: what was seen, and what may come


def _seen(day: str) -> pd.DataFrame:
    """Return the gap of an export where it changes, and at its end."""
    gap = inputs.gap_history(day)[inputs.WINDOWS[0] :]
    kept = gap.ne(gap.shift()) | (gap.index == gap.index[-1])
    seen = pd.DataFrame({"date": gap.index[kept], "gap_points": gap[kept].to_numpy()})
    return seen.assign(lag_months=analysis.lag_months(seen["gap_points"], get("us-record-pace").value))


def _fan() -> pd.DataFrame:
    """Return percentiles of the simulated gap and lag, for each spread of the drift, from the start to end 2030."""
    start, (days, fans) = inputs.race(), model.fans()
    begun = analysis.lag_months(start.gap, get("us-record-pace").value)
    parts = []
    for name, (tau, look) in zip(DRIFTS, inputs.outlooks().items(), strict=True):
        kept = [position for position, day in enumerate(look.days) if day <= inputs.END_2030]
        part = pd.DataFrame({"date": pd.to_datetime([start.start, *[look.days[position] for position in kept]])})
        part = part.assign(drift=name, drift_spread_points_a_year=tau)
        for percentile, values in look.quantiles.items():
            part[f"gap_p{percentile:02d}_points"] = np.round([start.gap, *values[kept]], 2)
        for row, percentile in enumerate(look.quantiles):
            part[f"lag_p{percentile:02d}_months"] = np.round([begun, *fans[tau][1][row][: len(days) - 1]], 2)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


@figure("gap-fan")
def gap_fan(words: Words, wide: bool) -> Drawn:
    """Draw the gap since 2023 and its simulated course to the end of 2030, for a chosen spread of the drift.

    A switch shows months at the pace of American records in place of points.
    """
    seen, fan = _seen(NEWEST), _fan()
    quoted = get("gap-2026-09-30")
    x = _years(wide)
    scale = alt.Scale(domain=[fan["gap_p05_points"].min() - 1, fan["gap_p95_points"].max() + 1], nice=False)
    y = alt.Y("shown:Q", title=None, scale=scale)
    unit = alt.param(
        name="unit",
        value="points",
        bind=alt.binding_radio(
            options=["points", "months"], labels=[words["points"], words["months"]], name=words["unit"]
        ),
    )
    speed = get("us-record-pace").value
    shown = f"unit == 'points' ? datum.gap_points : {analysis.MONTHS_PER_YEAR} * datum.gap_points / {speed!r}"
    chosen = alt.param(
        name="drift",
        value=DRIFTS[1],
        bind=alt.binding_radio(options=list(DRIFTS), labels=[words[key] for key in DRIFTS], name=words["control"]),
    )
    base = alt.Chart(fan).transform_filter("datum.drift == drift").encode(x=x)
    for spot in ("05", "25", "50", "75", "95"):
        base = base.transform_calculate(
            **{f"p{spot}": f"unit == 'points' ? datum.gap_p{spot}_points : datum.lag_p{spot}_months"}
        )
    bands = [
        base.mark_area(opacity=opacity, color=SOFT, interpolate="monotone").encode(
            y=alt.Y(f"p{low}:Q", title=None, scale=scale), y2=alt.Y2(f"p{high}:Q")
        )
        for low, high, opacity in (("05", "95", 0.16), ("25", "75", 0.26))
    ]
    median = base.mark_line(color=SOFT, interpolate="monotone", strokeDash=[5, 3]).encode(y=alt.Y("p50:Q", title=None))
    final = (
        base.transform_filter(f"datum.date == {int(pd.Timestamp(inputs.END_2030).timestamp() * 1000)}")
        .transform_calculate(label="format(datum.p50, '.1f')")
        .mark_text(align="right", baseline="bottom", dx=-2, dy=-6)
        .encode(y=alt.Y("p50:Q", title=None), text=alt.Text("label:N"))
    )
    history = (
        alt.Chart(seen).transform_calculate(shown=shown).mark_line(color=INK, interpolate="step-after").encode(x=x, y=y)
    )
    zero = alt.Chart(pd.DataFrame({"shown": [0.0]})).mark_rule(color=SOFT).encode(y=y)
    scale_name = (
        alt.Chart(pd.DataFrame({"points": [words["y"]], "months": [words["y-months"]]}))
        .transform_calculate(text="unit == 'points' ? datum.points : datum.months")
        .mark_text(align="left", baseline="bottom", dx=-24, dy=-8, color=SOFT)
        .encode(x=alt.XValue(0), y=alt.YValue(0), text=alt.Text("text:N"))
    )
    point = pd.DataFrame(
        {"date": [pd.Timestamp(quoted.as_of)], "gap_points": [quoted.value], "low": [quoted.low], "high": [quoted.high]}
    )
    ends = {
        f"{side}_shown": f"unit == 'points' ? datum.{side} : {analysis.MONTHS_PER_YEAR} * datum.{side} / {speed!r}"
        for side in ("low", "high")
    }
    error = (
        alt.Chart(point)
        .transform_calculate(**ends)
        .mark_rule(color=INK)
        .encode(x=x, y=alt.Y("low_shown:Q", title=None), y2=alt.Y2("high_shown:Q"))
    )
    later = (
        alt.Chart(point)
        .transform_calculate(shown=shown)
        .mark_point(color=INK, shape="diamond", size=70, opacity=1)
        .encode(x=x, y=y)
    )
    left = pd.Timestamp(2023, 10, 15)
    marks = [
        _note(pd.DataFrame({"date": [day], "shown": [height], "text": [words[key]]}), x, y, color=colour)
        for key, day, height, colour in (
            ("chinese", left, -1.4, COLOURS["CN"]),
            ("quoted", pd.Timestamp(2026, 10, 20), quoted.high + 1.2, INK),
        )
    ]
    chart = alt.layer(*bands, median, zero, history, error, later, *marks, final, scale_name).add_params(chosen, unit)
    renamed = seen.rename(columns={"gap_points": "gap_seen_points", "lag_months": "lag_seen_months"})
    data = pd.concat([renamed.round({"lag_seen_months": 2}), fan], ignore_index=True)
    end, lag = get("gap-end-2030"), get("lag-end-2030-middle")
    return Drawn(
        chart.properties(width=WIDE if wide else NARROW, height=340 if wide else 300),
        data.assign(date=data["date"].dt.date),
        (inputs.record_rows(NEWEST), quoted, end, lag),
        alt={
            "lag": lag.text,
            "lag_band": lag.interval_text,
            "least": units.number(seen["gap_points"].min(), 1),
            "most": units.number(seen["gap_points"].max(), 1),
            "now": get("gap-2026-08").text,
            "median": end.text,
            "band": end.interval_text,
            "quoted": quoted.text,
        },
    )


# The chance of leading


def _odds() -> pd.DataFrame:
    """Return the chance that China has led by each month-end: two starts, two rules, three spreads of the drift."""
    rules = {"row": inputs.months_in_a_row(), "single": round(assumption("lead-month-ends").low)}
    parts = []
    for start, day in STARTS.items():
        for name, (tau, look) in zip(DRIFTS, inputs.outlooks(day).items(), strict=True):
            for rule, count in rules.items():
                part = pd.DataFrame({"date": pd.to_datetime(look.days), "start": start, "rule": rule, "drift": name})
                part = part.assign(drift_spread_points_a_year=tau, month_ends_in_a_row=count)
                parts.append(part.assign(chance_percent=(100 * look.led[count]).round(2)))
    return pd.concat(parts, ignore_index=True)


@figure("lead-odds")
def lead_odds(words: Words, wide: bool) -> Drawn:
    """Draw the chance that China has led by each month, for three spreads of the drift."""
    data = _odds()
    odds = float(load("claim_figures").loc["lin-20-percent-odds-1", "value"])
    x, y = _years(wide), alt.Y("chance_percent:Q", title=words["y"], scale=alt.Scale(domain=[0, 42]))
    start = alt.param(
        name="start",
        value="august",
        bind=alt.binding_radio(options=list(STARTS), labels=[words[key] for key in STARTS], name=words["start"]),
    )
    rule = alt.param(
        name="rule",
        value="row",
        bind=alt.binding_radio(options=["row", "single"], labels=[words["row"], words["single"]], name=words["rule"]),
    )
    opacity = alt.Opacity(
        "drift:O", sort=list(DRIFTS), scale=alt.Scale(domain=list(DRIFTS), range=[0.5, 0.75, 1.0]), legend=None
    )
    chosen = "datum.start == start && datum.rule == rule"
    lines = (
        alt.Chart(data)
        .transform_filter(chosen)
        .mark_line(color=COLOURS["CN"])
        .encode(x=x, y=y, detail=alt.Detail("drift:N"), opacity=opacity)
    )
    marked = data[data["date"].isin(pd.to_datetime([inputs.BY_2029, inputs.BY_2031]))]
    last = marked[marked["date"] == pd.Timestamp(inputs.BY_2031)]
    last = last.assign(
        name=last["drift"].map({key: words[key] for key in DRIFTS}),
        value=[_percent(value) for value in last["chance_percent"]],
    )
    dots = (
        alt.Chart(marked).transform_filter(chosen).mark_point(color=COLOURS["CN"], size=60, opacity=1).encode(x=x, y=y)
    )
    at_end = alt.Chart(last).transform_filter(chosen).encode(x=x, y=y)
    values = at_end.mark_text(align="left", dx=8, baseline="middle").encode(text=alt.Text("value:N"))
    names = at_end.mark_text(align="right", dx=-6, dy=-12, baseline="middle").encode(text=alt.Text("name:N"))
    line = pd.DataFrame({"chance_percent": [odds], "date": [data["date"].min()]})
    line["text"] = words["insider" if wide else "insider-narrow"]
    insider = alt.Chart(line).mark_rule(color=SOFT, strokeDash=[4, 3]).encode(y=y)
    chart = alt.layer(insider, _note(line, x, y, dx=4, dy=-9), lines, dots, values, names).add_params(start, rule)
    long, short = get("lead-by-january-2031"), get("lead-by-january-2029")
    return Drawn(
        chart.properties(width=(WIDE if wide else NARROW) - 36, height=320 if wide else 280),
        data.assign(date=data["date"].dt.date),
        (long, short, get("lead-by-january-2031-from-april"), rows("claims", "lin-20-percent-odds")),
        alt={
            "middle": long.text,
            "range": long.interval_text,
            "early": short.text,
            "early_range": short.interval_text,
            "odds": units.quantity(odds, "percent"),
        },
    )


# The map


def _measures() -> list[Finding]:
    return [get(key) for key in ("drift-by-records", "drift-by-gap-since-2024", "drift-by-gap-since-2023")]


def _articles(
    words: Words, wide: bool, drift: alt.X, worth: alt.Y, ends: tuple[float, float, float, float]
) -> list[alt.Chart]:
    """Mark where three articles' conclusions hold: above the map to both sides of nought, and upwards at its edge."""
    left, right, lower, top = ends
    spans = pd.DataFrame(
        {
            "drift": [left, 0.07],
            "drift_end": [-0.07, right],
            "worth": [top + 0.03] * 2,
            "key": ["broker", "shortage"],
        }
    )
    lines = alt.Chart(spans).mark_rule(color=INK, strokeWidth=3).encode(x=drift, x2=alt.X2("drift_end:Q"), y=worth)
    names = [
        alt.Chart(spans[spans["key"] == key])
        .mark_text(align=align, baseline="bottom", dx=dx, dy=-5 if wide else -19, lineBreak="|", lineHeight=14)
        .encode(x=place, y=worth, text=alt.TextValue(words[key if wide else f"{key}-narrow"]))
        for key, align, dx, place in (
            ("broker", "left", 2, drift),
            ("shortage", "right", -2, alt.X("drift_end:Q")),
        )
    ]
    upward = pd.DataFrame({"drift": [right - 0.03], "worth": [lower], "worth_end": [top]})
    edge = alt.Chart(upward).mark_rule(color=INK, strokeWidth=3).encode(x=drift, y=worth, y2=alt.Y2("worth_end:Q"))
    above = (
        alt.Chart(upward.assign(worth=0.57))
        .mark_text(align="right", baseline="top", dx=-6, lineBreak="|", lineHeight=14)
        .encode(x=drift, y=worth, text=alt.TextValue(words["marathon" if wide else "marathon-narrow"]))
    )
    return [lines, *names, edge, above]


@figure("two-race-map")
def two_race_map(words: Words, wide: bool) -> Drawn:
    """Draw the regions in which each country wins each race, and where the evidence is."""
    closing = get("closing-drift-by-2031").value
    lower, upper = get("breakeven-value-by-survey").value, get("breakeven-value-by-telemetry").value
    poor, rich = get("income-ratio-exchange-rate-2023").value, get("income-ratio-purchasing-power-2024").value
    measures = _measures()
    reach = Z95
    ends = [
        (item.value - reach * (item.value - item.low), item.value + reach * (item.high - item.value))
        for item in measures
    ]
    left, right, top, roof = -4.0, 5.0, 0.72, 0.82 if wide else 0.87
    drift = alt.X(
        "drift:Q",
        title=_lines(words["x"])[0 if wide else 1],
        scale=alt.Scale(domain=[left, right], nice=False),
        axis=alt.Axis(values=list(range(-4, 6)), format="d"),
    )
    worth = alt.Y(
        "worth:Q",
        title=words["y"],
        scale=alt.Scale(domain=[0, roof], nice=False),
        axis=alt.Axis(grid=False, values=[tenth / 10 for tenth in range(0, 8)]),
    )
    regions = pd.DataFrame(
        [
            {"drift": x0, "drift_end": x1, "worth": y0, "worth_end": y1, "side": side, "strength": strength}
            for x0, x1, side in ((left, closing, "CN"), (closing, right, "US"))
            for y0, y1, strength in (
                (0.0, lower, 0.30 if side == "US" else 0.12),
                (lower, upper, 0.18),
                (upper, top, 0.12 if side == "US" else 0.30),
            )
        ]
    )
    ground = (
        alt.Chart(regions)
        .mark_rect()
        .encode(
            x=drift,
            x2=alt.X2("drift_end:Q"),
            y=worth,
            y2=alt.Y2("worth_end:Q"),
            color=alt.Color("side:N", scale=country_scale("US", "CN"), legend=None),
            opacity=alt.Opacity("strength:Q", scale=None),
        )
    )
    borders = alt.Chart(pd.DataFrame({"worth": [lower, upper]})).mark_rule(color=SOFT).encode(y=worth)
    border = (
        alt.Chart(pd.DataFrame({"drift": [closing], "worth": [0.0], "worth_end": [top]}))
        .mark_rule(color=SOFT)
        .encode(x=drift, y=worth, y2=alt.Y2("worth_end:Q"))
    )
    still = (
        alt.Chart(pd.DataFrame({"drift": [0.0], "worth": [0.0], "worth_end": [roof]}))
        .mark_rule(color=SOFT, strokeDash=[2, 3])
        .encode(x=drift, y=worth, y2=alt.Y2("worth_end:Q"))
    )
    box = pd.DataFrame(
        {
            "drift": [min(low for low, _ in ends)],
            "drift_end": [max(high for _, high in ends)],
            "worth": [poor],
            "worth_end": [rich],
        }
    )
    evidence = (
        alt.Chart(box)
        .mark_rect(fillOpacity=0, stroke=INK, strokeWidth=1.8)
        .encode(x=drift, x2=alt.X2("drift_end:Q"), y=worth, y2=alt.Y2("worth_end:Q"))
    )
    heights = np.linspace(rich - 0.02, lower + 0.03, len(measures))  # clear of the level line of the surveys
    spans = pd.DataFrame(
        {
            "drift": [low for low, _ in ends],
            "drift_end": [high for _, high in ends],
            "worth": heights,
            "value": [item.value for item in measures],
        }
    )
    bars = alt.Chart(spans).mark_rule(color=INK).encode(x=drift, x2=alt.X2("drift_end:Q"), y=worth)
    points = alt.Chart(spans).mark_point(color=INK, opacity=1, size=36).encode(x=alt.X("value:Q"), y=worth)
    texts = [
        ("both-cn", left, top - 0.05),
        ("american-frontier", 0.0, top - 0.05),
        ("chinese-frontier", left, 0.075),
        ("both-us", 0.0, 0.075),
    ]
    notes = [
        alt.Chart(pd.DataFrame({"drift": [x], "worth": [y]}))
        .mark_text(align="left", baseline="middle", dx=6, lineHeight=15)
        .encode(x=drift, y=worth, text=alt.TextValue(_lines(words[key if wide else f"{key}-narrow"])))
        for key, x, y in texts
    ]
    named = [
        alt.Chart(pd.DataFrame({"drift": [x], "worth": [y]}))
        .mark_text(align=align, baseline="middle", dx=-12 if align == "right" else 6, fontSize=11)
        .encode(x=drift, y=worth, text=alt.TextValue(words[key]))
        for key, x, align, y in zip(
            ("records", "line-2024", "line-2023"),
            (ends[0][0], ends[1][0], ends[2][1]),
            ("right", "right", "left"),
            heights,
            strict=True,
        )
        if wide
    ]
    counts = [
        alt.Chart(pd.DataFrame({"drift": [right], "worth": [y]}))
        .mark_text(align="right", baseline="bottom", dx=-7, dy=-3)
        .encode(x=drift, y=worth, text=alt.TextValue(words[key if wide else f"{key}-narrow"]))
        for key, y in (("telemetry", upper), ("survey", lower))
    ]
    chart = alt.layer(
        ground,
        borders,
        border,
        still,
        bars,
        points,
        evidence,
        *notes,
        *named,
        *counts,
        *_articles(words, wide, drift, worth, (left, right, lower, top)),
    )
    data = pd.DataFrame(
        [
            {"element": words["closing"], "net_drift_points_a_year": closing},
            {"element": words["telemetry"], "value_of_a_chinese_user": upper},
            {"element": words["survey"], "value_of_a_chinese_user": lower},
            {"element": words["poor"], "value_of_a_chinese_user": poor},
            {"element": words["rich"], "value_of_a_chinese_user": rich},
            *[
                {
                    "element": item.label,
                    "net_drift_points_a_year": item.value,
                    "low_90_percent": low,
                    "high_90_percent": high,
                }
                for item, (low, high) in zip(measures, ends, strict=True)
            ],
        ]
    )
    return Drawn(
        chart.properties(width=WIDE if wide else NARROW, height=380 if wide else 360),
        data,
        (
            get("closing-drift-by-2031"),
            *measures,
            *[get(f"breakeven-value-by-{name}") for name in BASES],
            get("income-ratio-exchange-rate-2023"),
            get("income-ratio-purchasing-power-2024"),
        ),
        alt={
            "closing": get("closing-drift-by-2031").text,
            "from": units.quantity(box.loc[0, "drift"], "points_per_year", 1),
            "to": units.quantity(box.loc[0, "drift_end"], "points_per_year", 1),
            "poor": get("income-ratio-exchange-rate-2023").text,
            "rich": get("income-ratio-purchasing-power-2024").text,
            "survey": get("breakeven-value-by-survey").text,
            "telemetry": get("breakeven-value-by-telemetry").text,
        },
    )


# What a user must be worth


@figure("user-value")
def user_value(words: Words, wide: bool) -> Drawn:
    """Draw the break-even value of a Chinese user to the end of 2030; ceiling, paces and value can be moved."""
    law, worth = inputs.spread(), get("income-ratio-purchasing-power-2024")
    ceiling, pace = assumption("share-ceiling"), law.pace[0]
    steps = pd.date_range("2026-03-31", inputs.END_2030, freq="QE")
    parts = []
    for name in BASES:
        counted = inputs.basis(name)
        parts.append(
            pd.DataFrame(
                {
                    "date": steps,
                    "basis": name,
                    "share_us": counted.share_us,
                    "share_cn": counted.share_cn,
                    "years_us": analysis.years_since(counted.day_us, [day.date() for day in steps]),
                    "years_cn": analysis.years_since(counted.day_cn, [day.date() for day in steps]),
                    "people_ratio": counted.people_us / counted.people_cn,
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    controls = [
        alt.param(
            name="ceiling",
            value=ceiling.value,
            bind=alt.binding_range(min=ceiling.low, max=ceiling.high, step=0.5, name=words["ceiling"]),
        ),
        *[
            alt.param(
                name=f"pace_{code}",
                value=pace,
                bind=alt.binding_range(min=0.05, max=0.8, step=0.05, name=words[f"pace-{code}"]),
            )
            for code in ("cn", "us")
        ],
        alt.param(
            name="worth",
            value=round(worth.value, 2),
            bind=alt.binding_range(min=0, max=1, step=0.01, name=words["worth"]),
        ),
    ]
    x = _years(wide)
    y = alt.Y("breakeven:Q", title=words["y"], scale=alt.Scale(domain=[0, 0.72]))
    start = "log(datum.share_{0} / (ceiling / 100 - datum.share_{0}))"
    logistic = f"(ceiling / 100) / (1 + exp(-({start} + pace_{{0}} * datum.years_{{0}})))"
    base = (
        alt.Chart(frame)
        .transform_calculate(share_then_us=logistic.format("us"), share_then_cn=logistic.format("cn"))
        .transform_calculate(breakeven="datum.people_ratio * datum.share_then_us / datum.share_then_cn")
    )
    dash = alt.StrokeDash("basis:N", scale=alt.Scale(domain=list(BASES), range=[[5, 3], [1, 0]]), legend=None)
    lines = base.mark_line(color=INK, clip=True).encode(x=x, y=y, strokeDash=dash)
    first, last = (f"datum.date == {int(day.timestamp() * 1000)}" for day in (steps[0], steps[-1]))
    named = [
        base.transform_filter(f"{first} && datum.basis == '{name}'")
        .mark_text(align="left", baseline="bottom", dx=4, dy=-5)
        .encode(x=x, y=y, text=alt.TextValue(words[name]))
        for name in BASES
    ]
    ends = (
        base.transform_filter(last)
        .transform_calculate(label="format(datum.breakeven, '.2f')")
        .mark_text(align="left", baseline="middle", dx=5)
        .encode(x=x, y=y, text=alt.Text("label:N"))
    )
    rule = alt.Chart(pd.DataFrame({"text": [words["line"]]})).transform_calculate(
        breakeven="worth + 0 * datum.text.length", label="datum.text + ' ' + format(worth, '.2f')"
    )
    value = rule.mark_rule(color=COLOURS["CN"], strokeWidth=1.5).encode(y=y)
    value_name = rule.mark_text(align="left", baseline="bottom", dx=4, dy=-4, color=COLOURS["CN"]).encode(
        x=alt.XValue(0), y=y, text=alt.Text("label:N")
    )
    chart = alt.layer(value, lines, ends, *named, value_name).add_params(*controls)
    shares = [
        anchored_logistic(
            frame[f"share_{code}"].to_numpy(), pace, ceiling.value / 100, frame[f"years_{code}"].to_numpy()
        )
        for code in ("us", "cn")
    ]
    data = frame.assign(
        share_then_us=shares[0], share_then_cn=shares[1], breakeven_value=frame["people_ratio"] * shares[0] / shares[1]
    )
    numbers = data.select_dtypes("number").columns
    data[numbers] = data[numbers].round(4)
    final = data[data["date"] == data["date"].max()].set_index("basis")["breakeven_value"]
    return Drawn(
        chart.properties(width=(WIDE if wide else NARROW) - 36, height=320 if wide else 280),
        data.assign(date=data["date"].dt.date),
        (*[get(f"breakeven-value-by-{name}") for name in BASES], worth),
        alt={
            "telemetry": get("breakeven-value-by-telemetry").text,
            "telemetry_end": units.number(final["telemetry"], 2),
            "survey": get("breakeven-value-by-survey").text,
            "survey_end": units.number(final["survey"], 2),
            "worth": worth.text,
        },
    )


# Both races, for the landing page


def _records() -> pd.DataFrame:
    """Return the best score of each country where it changes, and at the end of the newest export."""
    models = export(NEWEST)
    parts = []
    for country in ("US", "CN"):
        best = models[(models["country"] == country) & models["national_record"].astype(bool)].sort_values(
            "version_date"
        )
        part = best[["version_date", "model", "score"]].rename(columns={"version_date": "date"})
        end = part.iloc[[-1]].assign(date=pd.Timestamp(NEWEST))
        parts.append(pd.concat([part, end], ignore_index=True).assign(country=country))
    return pd.concat(parts, ignore_index=True)


USER_SERIES = (
    ("US", "telemetry", "microsoft-user-share-{}-us", ("2025h1", "2025h2", "2026q1"), "un-us-15-64-2025"),
    ("CN", "telemetry", "microsoft-user-share-{}-cn", ("2025h1", "2025h2", "2026q1"), "un-cn-15-64-2025"),
    ("US", "survey", "rps-any-use-{}-us", ("2024-08", "2025-08"), "un-us-18-64-{}"),
    ("CN", "survey", "cnnic-users-{}-cn", ("2024-06", "2024-12", "2025-06", "2025-12"), None),
)


def _users() -> tuple[pd.DataFrame, list[str], list[str]]:
    """Return users in millions by country, basis and date, with the rows that they rest on."""
    used, people = load("adoption"), load("population")
    found, adoption_ids, people_ids = [], [], []
    for country, name, pattern, periods, counted in USER_SERIES:
        for period in periods:
            row = used.loc[pattern.format(period)]
            adoption_ids.append(row["id"])
            heads = row["value"]
            if counted:
                key = counted.format(period[:4])
                people_ids.append(key)
                heads = users_million(row["value"], people.loc[key, "people"])
            found.append({"date": row["as_of"], "country": country, "basis": name, "users_million": float(heads)})
    return pd.DataFrame(found), adoption_ids, list(dict.fromkeys(people_ids))


@figure("two-races")
def two_races(words: Words, wide: bool) -> Drawn:
    """Draw the best scores of both countries beside their numbers of users."""
    records, (users, adoption_ids, people_ids) = _records(), _users()
    colour = alt.Color("country:N", scale=country_scale("US", "CN"), legend=None)
    size = {"width": (WIDE - 60) // 2 if wide else NARROW - 20, "height": 250 if wide else 200}
    since = records[records["date"] >= inputs.WINDOWS[0]]
    before = records[records["date"] < inputs.WINDOWS[0]].groupby("country").tail(1).assign(date=inputs.WINDOWS[0])
    shown = pd.concat([before, since]).sort_values(["country", "date"])
    x = alt.X("date:T", title=None, axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}))
    score = alt.Y("score:Q", title=None, scale=alt.Scale(domain=[105, 168], nice=False))
    lines = alt.Chart(shown).mark_line(interpolate="step-after").encode(x=x, y=score, color=colour)
    ends = records.groupby("country").tail(1)
    where = {"US": (pd.Timestamp(2025, 2, 1), 154.0), "CN": (pd.Timestamp(2025, 7, 15), 137.0)}
    marks = [
        alt.Chart(pd.DataFrame({"date": [where[code][0]], "score": [where[code][1]]}))
        .mark_text(align="right" if code == "US" else "left", color=COLOURS[code])
        .encode(x=x, y=score, text=alt.TextValue(words[code.lower()]))
        for code in ("US", "CN")
    ]
    left = alt.layer(lines, *marks).properties(**size, title=alt.Title(_lines(words["left"])))
    many = alt.Y("users_million:Q", title=None, scale=alt.Scale(domain=[0, 680], nice=False))
    months = alt.X(
        "date:T",
        title=None,
        scale=alt.Scale(domain=["2024-05-01", "2026-06-30"]),
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}),
    )
    dash = alt.StrokeDash("basis:N", scale=alt.Scale(domain=list(BASES), range=[[5, 3], [1, 0]]), legend=None)
    counted = alt.Chart(users).mark_line(point=True).encode(x=months, y=many, color=colour, strokeDash=dash)
    places = {
        ("CN", "survey"): (pd.Timestamp(2025, 11, 25), 632.0, "right"),
        ("CN", "telemetry"): (pd.Timestamp(2026, 6, 20), 198.0, "right"),
        ("US", "survey"): (pd.Timestamp(2024, 5, 20), 62.0, "left"),
        ("US", "telemetry"): (pd.Timestamp(2026, 6, 20), 24.0, "right"),
    }
    names = [
        alt.Chart(pd.DataFrame({"date": [day], "users_million": [height]}))
        .mark_text(align=align, color=COLOURS[code])
        .encode(x=months, y=many, text=alt.TextValue(words[f"{code.lower()}-{name}"]))
        for (code, name), (day, height, align) in places.items()
    ]
    right = alt.layer(counted, *names).properties(**size, title=alt.Title(_lines(words["right"])))
    chart = (alt.hconcat(left, right, spacing=36) if wide else alt.vconcat(left, right, spacing=22)).resolve_scale(
        color="shared"
    )
    data = pd.concat(
        [
            records.rename(columns={"score": "score_points"}).assign(measure="best score"),
            users.assign(measure="users"),
        ],
        ignore_index=True,
    )
    data["users_million"] = data["users_million"].round(1)
    best = ends.set_index("country")["score"]
    return Drawn(
        chart,
        data.assign(date=data["date"].dt.date),
        (inputs.record_rows(NEWEST), rows("adoption", adoption_ids), rows("population", people_ids)),
        alt={
            "us": units.quantity(best["US"], "points", 2),
            "cn": units.quantity(best["CN"], "points", 2),
            "us_survey": get("genai-users-us-survey").text,
            "cn_survey": get("genai-users-cn-survey").text,
            "us_telemetry": get("genai-users-us-telemetry").text,
            "cn_telemetry": get("genai-users-cn-telemetry").text,
        },
    )


# Tables


def vintages() -> Table:
    """Print the parameters and the answer of the race as of the exports of April and August 2026."""
    cells = []
    names = table_words(CHAPTER)["vintages"]["rows"]

    def interval(values: pd.Series, unit: str, digits: int) -> str:
        return units.interval(values.min(), values.max(), unit, digits)

    for key in names:
        row = {"quantity": names[key]}
        for column, day in (("april", inputs.APRIL), ("august", NEWEST)):
            estimates = inputs.window_estimates(day)
            models = inputs.scored_models(day)
            if key == "gap":
                text = units.quantity(inputs.race(day).gap, "points", 2)
            elif key in ("mean", "spread"):
                text = interval(estimates[key], "points", 1)
            elif key == "persistence":
                text = interval(estimates[key], "share", 2)
            elif key in ("us", "cn"):
                text = _with_error(inputs.pace(day, key.upper()), "points_per_year")
            elif key == "difference":
                text = _with_error(inputs.pace_difference(day), "points_per_year")
            elif key == "lag":
                months = analysis.lag_months(inputs.race(day).gap, inputs.pace(day, "US").value)
                text = units.quantity(months, "months", 1)
            elif key.startswith("compute"):
                text = _with_error(analysis.compute_effect(models.query(COMPUTE_PARTS[key])), "points")
            else:
                by, rule = {
                    "lead-2029": (inputs.BY_2029, inputs.months_in_a_row()),
                    "lead-2031": (inputs.BY_2031, inputs.months_in_a_row()),
                    "lead-2031-single": (inputs.BY_2031, round(assumption("lead-month-ends").low)),
                }[key]
                looks = inputs.outlooks(day).values()
                text = " · ".join(_percent(100 * look.led_by(by, rule)) for look in looks)
            row[column] = text
        cells.append(row)
    return table(CHAPTER, "vintages", pd.DataFrame(cells), ("epoch_eci_202604", "epoch_eci_202608"))


def _with_error(slope: analysis.Slope, unit: str) -> str:
    return f"{units.number(slope.value, 1)} ± {units.quantity(slope.error, unit, 1)}"


def back_test() -> Table:
    """Print what earlier exports predicted, beside what was seen and what standing still would have said."""
    cells = []
    for day, known, seen, predicted in inputs.BACKTESTS:
        guess, fact = get(predicted), get(seen)
        cells.append(
            {
                "from": units.day(date.fromisoformat(day), "d MMM y"),
                "to": units.day(fact.as_of, "d MMM y"),
                "predicted": _with_band(guess.value, guess.low, guess.high),
                "still": get(known).bare,
                "seen": fact.bare,
            }
        )
    return table(CHAPTER, "back-test", pd.DataFrame(cells))


def leading(race: analysis.Frontier, draws: int = analysis.DRAWS) -> Table:
    """Print the chance of leading for a race of the reader's own making, for three spreads of the drift."""
    names = table_words(CHAPTER)["leading"]["rows"]
    looks = analysis.outlook(
        race,
        inputs.BY_2031,
        inputs.taus(),
        (inputs.months_in_a_row(),),
        assumption("tie-tolerance").value,
        percentiles=(5, 50, 95),
        draws=draws,
    )
    cells = [
        {
            "drift": f"{names[name]}, {units.quantity(tau, 'points_per_year', 1)}",
            "early": _percent(100 * look.led_by(inputs.BY_2029, inputs.months_in_a_row())),
            "late": _percent(100 * look.led_by(inputs.BY_2031, inputs.months_in_a_row())),
            "gap": _with_band(look.quantiles[50][-1], look.quantiles[5][-1], look.quantiles[95][-1]),
        }
        for name, (tau, look) in zip(DRIFTS, looks.items(), strict=True)
    ]
    return table(CHAPTER, "leading", pd.DataFrame(cells))


def _with_band(value: float, low: float | None, high: float | None) -> str:
    """Print a median and its band as plain numbers; the table's caption names the unit."""
    assert low is not None
    assert high is not None
    return f"{units.number(value, 1)} ({units.interval(low, high, '1', 1)})"
