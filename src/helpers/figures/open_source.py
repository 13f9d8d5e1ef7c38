"""Figures and tables of the chapter on openness."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from helpers import units
from helpers.analysis import open_source as analysis
from helpers.data import assumption, load
from helpers.figures.frame import COLOURS, INK, NARROW, SOFT, WIDE, Drawn, Words, country_scale, figure
from helpers.figures.tables import Table, escape, table, table_words
from helpers.findings import get, rows
from helpers.findings import open_source as found
from helpers.findings.capability import NEWEST

# The measures of the first figure, in the order in which they are drawn.
MEASURES = (
    "lead-downloads-study",
    "lead-downloads-hub",
    "lead-downloads-curated",
    "lead-derivatives-qwen-google",
    "lead-tokens-identified",
    "lead-tokens-top-hundred",
    "lead-tokens-named",
    "lead-tokens-top-nine",
    "lead-votes-arena-2026-04",
    "lead-dollars-makers",
)
DAYS = ("2025-01-31", "2025-07-31", "2025-12-31", "2026-04-30", "2026-07-29", "2026-08-11", "2026-11-21")
DEFAULT_DAY = "2026-08-11"  # the last day on which scores and prices are both known


@figure("open-lead-by-measure")
def lead_by_measure(words: Words, wide: bool) -> Drawn:
    """Draw China over the United States by each measure, on one axis of ratios."""
    leads = [get(key) for key in MEASURES]
    data = pd.DataFrame(
        [
            {
                "measure": words[item.id],
                "date": item.as_of.isoformat(),
                "china_over_us": item.value,
                "low": item.value if item.low is None else item.low,
                "high": item.value if item.high is None else item.high,
                "ahead": "CN" if item.value > 1 else "US",
                "place": place,
                "printed": units.number(item.value, item.digits),
            }
            for place, item in enumerate(leads)
        ]
    )
    domain = [0.2, 6]
    place = alt.Y("place:O", axis=None, scale=alt.Scale(paddingOuter=0.6))
    base = alt.Chart(data).encode(y=place)
    ratio = alt.X(
        "china_over_us:Q",
        title=words["x"],
        scale=alt.Scale(type="log", domain=domain),
        axis=alt.Axis(values=[0.25, 0.5, 1, 2, 4], format="~g", grid=False),
    )
    colour = alt.Color("ahead:N", scale=country_scale("CN", "US"), legend=None)
    parity = base.mark_tick(color=SOFT, thickness=1.2, size=14).encode(x=alt.datum(1.0))
    spans = base.mark_rule(strokeWidth=3).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), color=colour)
    dots = base.mark_point(size=70, opacity=1).encode(x=ratio, color=colour)
    numbers = base.mark_text(align="left", dx=9, fontSize=12, color=INK).encode(
        x=alt.X("high:Q"), text=alt.Text("printed:N")
    )
    names = base.mark_text(align="left", dy=-15, fontSize=12, color=INK).encode(
        x=alt.XValue(0), text=alt.Text("measure:N")
    )
    sides = alt.Chart(
        pd.DataFrame({"x": [0.97, 1.03], "label": [words["us"], words["cn"]], "side": ["US", "CN"]})
    ).encode(x=alt.X("x:Q"), y=alt.YValue(4), text=alt.Text("label:N"), color=alt.Color("side:N", legend=None))
    texts = sides.transform_filter("datum.side == 'US'").mark_text(align="right", fontSize=11, dx=-4)
    texts += sides.transform_filter("datum.side == 'CN'").mark_text(align="left", fontSize=11, dx=4)
    chart = (parity + spans + dots + numbers + names + texts).properties(width=WIDE if wide else NARROW, height=430)
    return Drawn(
        chart,
        data.drop(columns=["place", "printed"]),
        tuple(leads),
        alt={
            "least": units.number(min(item.value for item in leads if item.value > 1), 2),
            "most": units.number(max(item.value for item in leads), 1),
            "dollars": get("lead-dollars-makers").bare,
        },
    )


@figure("open-gap")
def open_gap(words: Words, wide: bool) -> Drawn:
    """Draw the distance of the best open model to the best of all, in the arena and on the capability index."""
    parts = []
    for basis, name in ((found.RAW, words["raw"]), (found.STYLE, words["style"])):
        part = found.arena(basis).reset_index(drop=True)
        parts.append(part.assign(series=name))
    frame = pd.concat(parts, ignore_index=True)
    arena = pd.DataFrame(
        {
            "date": frame["date"],
            "series": frame["series"],
            "scale": words["arena"],
            "best_open_model": frame["open"],
            "country": frame["open_country"],
            "gap": frame["gap"],
            "low": frame["gap_low"],
            "high": frame["gap_high"],
        }
    )
    gaps = analysis.daily_gaps(found.models(), "2024-06-01", NEWEST)
    changed = (gaps.diff().abs().sum(axis=1) > 0) | (gaps.index == gaps.index[0]) | (gaps.index == gaps.index[-1])
    index = pd.concat(
        [
            pd.DataFrame({"date": gaps.index, "series": words[key], "scale": words["index"], "gap": gaps[key]})[
                changed.to_numpy()
            ]
            for key in ("open", "national")
        ],
        ignore_index=True,
    )
    span = [pd.Timestamp("2024-06-01"), pd.Timestamp("2026-08-31")]
    time = alt.X(
        "date:T",
        title=None,
        scale=alt.Scale(domain=[moment.isoformat() for moment in span]),
        axis=alt.Axis(format="%b %Y", tickCount=5 if wide else 3, grid=False),
    )
    size = {"width": (WIDE if wide else NARROW), "height": 190}
    base = alt.Chart(arena).encode(x=time)
    lines = base.mark_line(strokeWidth=1.2, color=SOFT).encode(
        y=alt.Y("gap:Q", title=words["y-arena"]),
        detail=alt.Detail("series:N"),
        strokeDash=alt.StrokeDash(
            "series:N", scale=alt.Scale(domain=[words["style"], words["raw"]], range=[[1, 0], [4, 3]]), legend=None
        ),
    )
    spans = base.mark_rule(strokeWidth=1.2, opacity=0.6).encode(
        y=alt.Y("low:Q"),
        y2=alt.Y2("high:Q"),
        color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
    )
    dots = base.mark_point(size=42, opacity=1).encode(
        y=alt.Y("gap:Q"),
        color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
        tooltip=[alt.Tooltip("date:T"), alt.Tooltip("best_open_model:N"), alt.Tooltip("gap:Q")],
    )
    notes = pd.DataFrame(
        [
            {"date": "2024-06-10", "gap": 108, "label": words["note-us"], "colour": COLOURS["US"]},
            {"date": "2025-01-06", "gap": 108, "label": words["note-cn"], "colour": COLOURS["CN"]},
        ]
    )
    told = (
        alt.Chart(notes)
        .mark_text(align="left", fontSize=11)
        .encode(x=alt.X("date:T"), y=alt.Y("gap:Q"), text=alt.Text("label:N"), color=alt.Color("colour:N", scale=None))
    )
    named = (
        alt.Chart(
            pd.DataFrame(
                [
                    {"date": "2026-01-24", "gap": 56, "label": words["style"], "align": "left"},
                    {"date": "2025-06-20", "gap": 88, "label": words["raw"], "align": "left"},
                ]
            )
        )
        .mark_text(align="left", fontSize=11, color=INK)
        .encode(x=alt.X("date:T"), y=alt.Y("gap:Q"), text=alt.Text("label:N"))
    )
    top = (spans + lines + dots + told + named).properties(**size)
    steps = (
        alt.Chart(index)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=time,
            y=alt.Y("gap:Q", title=words["y-index"]),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=[words["national"], words["open"]], range=[COLOURS["CN"], SOFT]),
                legend=None,
            ),
            strokeDash=alt.StrokeDash(
                "series:N",
                scale=alt.Scale(domain=[words["national"], words["open"]], range=[[1, 0], [4, 3]]),
                legend=None,
            ),
        )
    )
    ends = (
        alt.Chart(
            pd.DataFrame(
                [
                    {"date": "2024-11-05", "gap": 0.7, "label": words["national"], "colour": COLOURS["CN"]},
                    {"date": "2024-11-05", "gap": 2.0, "label": words["open"], "colour": SOFT},
                ]
            )
        )
        .mark_text(align="left", fontSize=11)
        .encode(x=alt.X("date:T"), y=alt.Y("gap:Q"), text=alt.Text("label:N"), color=alt.Color("colour:N", scale=None))
    )
    bottom = (steps + ends).properties(**size)
    chart = alt.vconcat(top, bottom, spacing=18).resolve_scale(color="independent", strokeDash="independent")
    data = pd.concat([arena, index], ignore_index=True)
    data["date"] = data["date"].dt.strftime("%Y-%m-%d")
    least, most = get("open-gap-arena-2025-11"), get("open-gap-arena-2025-12")
    holders = [name for key in ("open-gap-mean-2025", "open-gap-mean-2026") for name in get(key).rows]
    return Drawn(
        chart,
        data[["date", "scale", "series", "gap", "low", "high", "best_open_model", "country"]],
        (rows("arena_scores", frame["open_id"]), rows("arena_scores", frame["best_id"]), *holders),
        alt={
            "least": least.text,
            "most": most.text,
            "last": get("open-gap-arena-2026-04").text,
            "index": get("open-gap-index-2026-08").text,
            "alike25": get("open-gap-is-national-2025").text,
            "alike26": get("open-gap-is-national-2026").text,
        },
    )


@figure("price-at-quality")
def price_at_quality(words: Words, wide: bool) -> Drawn:
    """Draw list prices against the capability index on a day that a reader chooses."""
    offers = found.offers()
    points, steps = [], []
    for day in DAYS:
        there = analysis.on_sale(offers, day)
        there = there[there["score"] >= 138]
        for country in ("US", "CN"):
            line = analysis.price_steps(there, day, country)
            corners = line[line["price"] <= line["least"]]
            steps += [
                {"day": day, "country": country, "index": row.score, "price": row.least} for row in line.itertuples()
            ]
            if not line.empty:
                steps.append({"day": day, "country": country, "index": 138.0, "price": line["least"].iloc[0]})
            for row in there[there["country"] == country].itertuples():
                points.append(
                    {
                        "day": day,
                        "country": country,
                        "model": row.model,
                        "index": row.score,
                        "price": row.price,
                        "label": row.model if row.model in set(corners["model"]) else "",
                        "below": country == "US" and row.score < there[there["country"] == "US"]["score"].max(),
                    }
                )
    data, lines = pd.DataFrame(points), pd.DataFrame(steps).sort_values(["day", "country", "index"])
    chosen = alt.param(
        name="day",
        value=DEFAULT_DAY,
        bind=alt.binding_select(
            options=list(DAYS), labels=[units.day(pd.Timestamp(day)) for day in DAYS], name=words["control"]
        ),
    )
    x = alt.X("index:Q", title=words["x"], scale=alt.Scale(domain=[138, 164], nice=False))
    y = alt.Y(
        "price:Q",
        title=words["y"],
        scale=alt.Scale(type="log", domain=[0.1, 60]),
        axis=alt.Axis(values=[0.1, 0.3, 1, 3, 10, 30], format="$~g"),
    )
    colour = alt.Color("country:N", scale=country_scale("US", "CN"), legend=None)
    quiet = alt.Chart(data).transform_filter("datum.day == day").encode(x=x, y=y)
    dots = (
        quiet.encode(color=colour)
        .mark_point(size=34, opacity=0.6, clip=True)
        .encode(tooltip=[alt.Tooltip("model:N"), alt.Tooltip("index:Q"), alt.Tooltip("price:Q", format="$.3f")])
    )
    stairs = (
        alt.Chart(lines)
        .transform_filter("datum.day == day")
        .mark_line(interpolate="step-before", strokeWidth=1.6, opacity=0.75, clip=True)
        .encode(x=x, y=y, color=colour)
    )
    named = quiet.transform_filter("datum.label != ''" + ("" if wide else " && datum.index > 150")).encode(
        text=alt.Text("label:N")
    )
    size = 11
    texts = named.transform_filter("datum.below").mark_text(align="left", dx=2, dy=12, fontSize=size, color=INK)
    above = named.transform_filter("!datum.below")
    crowded = "datum.country == 'CN' && datum.price > 1 && datum.price < 4"  # dots lie above the stair here
    if wide:
        texts += above.transform_filter(f"datum.index > 144 && {crowded}").mark_text(
            align="right", dx=-3, dy=11, fontSize=size, color=INK
        )
    texts += above.transform_filter(f"datum.index > 144 && !({crowded})").mark_text(
        align="right", dx=-3, dy=-8, fontSize=size, color=INK
    )
    texts += above.transform_filter("datum.index <= 144").mark_text(
        align="left", dx=-3, dy=-8, fontSize=size, color=INK
    )
    sides = (
        alt.Chart(
            pd.DataFrame(
                [
                    {"x": 138.4, "y": 46, "label": words["us"], "country": "US"},
                    {"x": 138.4, "y": 33, "label": words["cn"], "country": "CN"},
                ]
            )
        )
        .mark_text(align="left", fontSize=12)
        .encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("label:N"), color=colour)
    )
    chart = (
        alt.layer(stairs, dots, texts, sides)
        .add_params(chosen)
        .properties(width=WIDE if wide else NARROW, height=360 if wide else 380)
    )
    used = offers[offers["model"].isin(data["model"])]
    level = {code: analysis.cheapest_at(offers, DEFAULT_DAY, 150.0, code) for code in ("US", "CN")}
    best = {code: analysis.best_on_sale(offers, DEFAULT_DAY, code) for code in ("US", "CN")}
    return Drawn(
        chart,
        data.drop(columns=["label", "below"]).rename(
            columns={"price": "price_usd_per_mtok", "index": "capability_index"}
        ),
        (rows("prices", used["price_id"]), rows("capability_records", used["record_id"])),
        alt={
            "day": units.day(pd.Timestamp(DEFAULT_DAY)),
            "cheap_cn": level["CN"]["model"],
            "cheap_cn_price": units.quantity(level["CN"]["price"], "USD", 2),
            "cheap_us": level["US"]["model"],
            "cheap_us_price": units.quantity(level["US"]["price"], "USD", 2),
            "best_cn": best["CN"]["model"],
            "best_cn_price": units.quantity(best["CN"]["price"], "USD", 2),
            "best_us": best["US"]["model"],
            "best_us_price": units.quantity(best["US"]["price"], "USD", 2),
        },
    )


BOUGHT = (  # list prices that are marked in the figure of self-hosting
    "deepseek-v3.2",
    "gpt-5.6-luna-2026-07-30",
    "gpt-5",
    "claude-sonnet-4.5",
    "claude-opus-5",
)
BELOW = {"deepseek-v3.2": 8, "claude-sonnet-4.5": -6}  # names below their mark, and how far beside it they end


@figure("self-hosting")
def self_hosting(words: Words, wide: bool) -> Drawn:
    """Draw the tokens a month from which own chips cost less, against the price at which tokens are bought."""
    hour, chips, busy = (assumption(key) for key in ("gpu-hour-price", "serving-chips", "serving-load"))
    rate, mixture = assumption("serving-throughput-ordinary"), assumption("input-token-share")
    grid = [10 ** (step / 60) for step in range(-60, 85)]
    curve = pd.DataFrame({"api_price": grid})
    prices = load("prices").loc[list(BOUGHT)]
    marks = pd.DataFrame(
        {
            "model": prices["model"],
            "country": prices["country"],
            "api_price": [
                analysis.blended_price(row.input_usd_per_mtok, row.output_usd_per_mtok, mixture.value / 100)
                for row in prices.itertuples()
            ],
            "under": [key in BELOW for key in prices.index],
        }
    )
    params = [
        alt.param(
            name=name,
            value=chosen.value,
            bind=alt.binding_range(min=low, max=high, step=step, name=words[name]),
        )
        for name, chosen, low, high, step in (
            ("hour_price", hour, hour.low, hour.high, 0.25),
            ("rate", rate, 400, 8000, 100),
            ("load", busy, busy.low, busy.high, 5),
            ("chips", chips, 8, 176, 8),
        )
    ]
    sonnet = prices.loc["claude-sonnet-4.5"]
    dear = analysis.blended_price(sonnet.input_usd_per_mtok, sonnet.output_usd_per_mtok, mixture.value / 100)
    params.append(
        alt.param(name="bought", value=dear, bind=alt.binding_range(min=0.1, max=20, step=0.05, name=words["bought"]))
    )
    tokens = f"hour_price * chips * {analysis.HOURS_PER_MONTH} / datum.api_price * 1e6"
    most = f"chips * rate * load / 100 * {analysis.SECONDS_PER_HOUR * analysis.HOURS_PER_MONTH}"
    x = alt.X(
        "api_price:Q",
        title=words["x"],
        scale=alt.Scale(type="log", domain=[0.1, 25], nice=False),
        axis=alt.Axis(values=[0.1, 0.3, 1, 3, 10], format="$~g"),
    )
    y = alt.Y(
        "tokens:Q",
        title=words["y"],
        scale=alt.Scale(type="log", domain=[2e8, 4e12], nice=False),
        axis=alt.Axis(values=[1e9, 1e10, 1e11, 1e12], labelExpr="format(datum.value / 1e9, ',') + ' bn'"),
    )
    drawn = alt.Chart(curve).transform_calculate(tokens=tokens, most=most)
    line = drawn.transform_filter("datum.tokens <= datum.most").mark_line(color=INK, clip=True).encode(x=x, y=y)
    roof = drawn.mark_line(color=SOFT, strokeDash=[4, 3], strokeWidth=1.2, clip=True).encode(
        x=alt.X("api_price:Q"), y=alt.Y("most:Q")
    )
    placed = alt.Chart(marks).transform_calculate(
        tokens=tokens, most=most, height=f"min({tokens}, {most})", pays="datum.tokens <= datum.most"
    )
    colour = alt.Color("country:N", scale=country_scale("US", "CN"), legend=None)
    points = placed.mark_point(size=60, opacity=1, clip=True).encode(
        x=alt.X("api_price:Q"),
        y=alt.Y("height:Q"),
        color=colour,
        shape=alt.Shape("pays:N", legend=None, scale=alt.Scale(domain=[True, False], range=["circle", "cross"])),
    )
    named = placed.encode(x=alt.X("api_price:Q"), y=alt.Y("height:Q"), text=alt.Text("model:N"))
    labels = named.transform_filter("!datum.under").mark_text(align="left", dx=6, dy=-8, fontSize=11, color=INK)
    for key, beside in BELOW.items():
        labels += named.transform_filter(f"datum.model == '{prices.at[key, 'model']}'").mark_text(
            align="right", dx=beside, dy=11, fontSize=11, color=INK
        )
    roof_text = (
        alt.Chart(pd.DataFrame({"api_price": [24.0]}))
        .transform_calculate(most=most)
        .mark_text(align="right", dy=-8, fontSize=11, color=INK)
        .encode(x=alt.X("api_price:Q"), y=alt.Y("most:Q"), text=alt.TextValue(words["roof"]))
    )
    answer = (
        alt.Chart(pd.DataFrame({"from": [words["answer"]], "never": [words["never"]]}))
        .transform_calculate(api_price="bought")
        .transform_calculate(tokens=tokens, most=most)
        .transform_calculate(
            said="'$' + format(bought, '.2f') + ': ' + (datum.tokens <= datum.most"
            " ? datum.from + ' ' + format(datum.tokens / 1e9, '.1f') + ' bn' : datum.never)"
        )
    )
    chosen = answer.mark_rule(color=SOFT, strokeDash=[2, 3], strokeWidth=1).encode(
        x=alt.X("api_price:Q"), y=alt.YValue(24), y2=alt.Y2Value(320)
    )
    told = answer.mark_text(align="right", fontSize=12, color=INK).encode(
        x=alt.XValue(WIDE if wide else NARROW), y=alt.YValue(12), text=alt.Text("said:N")
    )
    chart = (
        alt.layer(chosen, roof, line, points, labels, roof_text, told)
        .add_params(*params)
        .properties(width=WIDE if wide else NARROW, height=320)
    )
    data = marks.assign(
        break_even_tokens_per_month=[
            analysis.break_even_tokens_per_month(hour.value, int(chips.value), rate.value, price, busy.value / 100)
            for price in marks["api_price"]
        ]
    )
    data["break_even_tokens_per_month"] = data["break_even_tokens_per_month"].where(
        data["break_even_tokens_per_month"].map(math.isfinite)
    )
    never = data[data["break_even_tokens_per_month"].isna()]["model"]
    return Drawn(
        chart,
        data.drop(columns="under").rename(columns={"api_price": "api_price_usd_per_mtok"}),
        (rows("prices", prices.index), get("break-even-claude-sonnet")),
        alt={
            "never": ", ".join(never),
            "sonnet": get("break-even-claude-sonnet").text,
            "own": get("own-cost-ordinary").text,
        },
    )


@figure("tokens-and-dollars")
def tokens_and_dollars(words: Words, wide: bool) -> Drawn:
    """Draw each maker's share of tokens beside its share of dollars."""
    source = load("token_shares")
    part = source[source["basis"].isin(found.MAKERS_BASIS)]
    wide_form = part.pivot_table(index=["entity", "country"], columns="metric", values="value").reset_index()
    data = wide_form.rename(
        columns={"entity": "maker", "token_share": "tokens_percent", "dollar_share": "dollars_percent"}
    ).sort_values("dollars_percent", ascending=False)
    order = list(data["maker"])
    y = alt.Y("maker:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=8))
    colour = alt.Color("country:N", scale=country_scale("US", "CN"), legend=None)
    base = alt.Chart(data).encode(y=y, color=colour)
    x = alt.X("tokens_percent:Q", title=words["x"], scale=alt.Scale(domain=[0, 50]), axis=alt.Axis(grid=True))
    span = base.mark_rule(strokeWidth=1.5).encode(x=x, x2=alt.X2("dollars_percent:Q"))
    hollow = base.mark_point(size=70, filled=False, strokeWidth=1.8, opacity=1).encode(x=alt.X("tokens_percent:Q"))
    full = base.mark_point(size=70, filled=True, opacity=1).encode(x=alt.X("dollars_percent:Q"))
    first = data.iloc[[0]]
    heads = alt.Chart(first).encode(y=y)
    keys = heads.mark_text(dy=-14, fontSize=11, color=INK).encode(
        x=alt.X("tokens_percent:Q"), text=alt.TextValue(words["tokens"])
    )
    keys += heads.mark_text(dy=-14, fontSize=11, color=INK).encode(
        x=alt.X("dollars_percent:Q"), text=alt.TextValue(words["dollars"])
    )
    chart = (span + hollow + full + keys).properties(width=WIDE - 70 if wide else NARROW - 70, height=alt.Step(30))
    china, states = (data[data["country"] == code].sum(numeric_only=True) for code in ("CN", "US"))
    return Drawn(
        chart,
        data,
        (rows("token_shares", part.index),),
        alt={
            "cn_tokens": units.quantity(china["tokens_percent"], "percent"),
            "cn_dollars": units.quantity(china["dollars_percent"], "percent"),
            "us_tokens": units.quantity(states["tokens_percent"], "percent"),
            "us_dollars": units.quantity(states["dollars_percent"], "percent"),
        },
    )


# Tables -----------------------------------------------------------------------------------------------------------

LICENCES = (
    "deepseek-v4",
    "qwen-3",
    "qwen-3.8-2.4t",
    "kimi-k2",
    "kimi-k3",
    "glm-5.3",
    "minimax-m2",
    "minimax-m3",
    "hunyuan-a13b",
    "llama-4",
    "gemma-4",
    "gpt-oss",
)


def licences() -> Table:
    """Return what a dozen licences allow, and from which size a duty begins."""
    said = table_words("open_source")["licences"]["cells"]
    source = load("licences").loc[list(LICENCES)]

    def amount(people: float, dollars: float, period: str) -> str:
        parts = []
        if pd.notna(people):
            parts.append(said["users"].format(users=units.number(people)))
        if pd.notna(dollars):
            money = units.quantity(dollars, "USD_m") if dollars < 1000 else units.quantity(dollars / 1000, "USD_bn")
            parts.append(said["revenue"].format(revenue=money, period=said[period]))
        return said["or"].join(parts)

    cells = []
    for row in source.itertuples():
        named = said["unknown"] if pd.isna(row.naming_duty) else said["always"] if row.naming_duty else said["no"]
        shown = amount(row.naming_user_threshold_million_people, row.naming_revenue_threshold_usd_m, "month")
        if shown:
            yearly = row.naming_revenue_period == "year"
            shown = amount(
                row.naming_user_threshold_million_people,
                row.naming_revenue_threshold_usd_m,
                "year" if yearly else "month",
            )
            named = said["above"].format(limit=shown)
        limit = amount(row.permission_user_threshold_million_people, row.permission_revenue_threshold_usd_m, "year")
        asked = said["no"]
        if limit:
            asked = said[row.permission_kind].format(limit=limit, business=said[row.permission_applies_to])
        elif row.permission_kind:
            asked = said["unseen"]
        cells.append(
            {
                "model": escape(f"{row.family} ({row.versions})"),
                "licence": f"{escape(row.licence)} {{cite:p}}`{row.source}`",
                "since": escape(
                    units.day(row.in_force_from, "MMM y")
                    if pd.notna(row.in_force_from)
                    else said["read"].format(day=units.day(row.as_of, "MMM y"))
                ),
                "use": escape(said[f"use-{row.commercial_use}"] + said.get(f"eu-{row.eu_use}", "")),
                "named": escape(named),
                "asked": escape(asked),
                "train": escape(said[f"train-{row.outputs_may_train_others}"]),
            }
        )
    return table("open_source", "open-licences", pd.DataFrame(cells), marked=True)


def adopters() -> Table:
    """Return who said what of using a Chinese open model, and how far that is confirmed."""
    source = load("adopters")
    part = source[~source["status"].isin(["official inquiry", "outside estimate", "company accounts"])].sort_values(
        "event_date"
    )
    named = part["model"] != "not named"
    cells = pd.DataFrame(
        {
            "date": [units.day(moment, "MMMM y") for moment in part["event_date"]],
            "adopter": (part["adopter"] + ": " + part["model"]).where(named, part["adopter"]),
            "claim": part["claim"],
            "speaker": part["speaker"],
            "status": part["status"],
            "open": part["note"].fillna(""),
        }
    )
    return table("open_source", "open-adopters", cells, tuple(dict.fromkeys(part["source"])))
