"""Figures and tables of the chapter on chips: two makers, generations, American power plans, the switch of software."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import units
from helpers.analysis import switching
from helpers.data import load
from helpers.figures.frame import COLOURS, INK, NARROW, SOFT, WIDE, Drawn, Words, figure, printed
from helpers.figures.tables import Table, table, table_words
from helpers.findings import chips_makers as sources
from helpers.findings import get, rows

# --- two makers ---------------------------------------------------------------------------------------------------

# Company and period of the table's words → rows for revenue, research and result (profit, or loss with a minus).
MAKERS = {
    "cambricon-2024": ("cambricon-revenue-2024", "cambricon-loss-2024", -1),
    "cambricon-2025": ("cambricon-revenue-2025-reported", "cambricon-profit-2025-reported", 1),
    "enflame-2022": ("enflame-revenue-2022", "enflame-loss-2022", -1),
    "enflame-2023": ("enflame-revenue-2023", "enflame-loss-2023", -1),
    "enflame-2024": ("enflame-revenue-2024", "enflame-loss-2024", -1),
    "enflame-2025-9m": ("enflame-revenue-2025-9m", "enflame-loss-2025-9m", -1),
}


def makers_table() -> Table:
    """Return revenue, research and result of Cambricon and Enflame by period."""
    events, words = load("market_events"), table_words("chips")["chip-makers"]["rows"]
    cells = []
    for key, (revenue, result, sign) in MAKERS.items():
        company, _, period = words[key].partition(", ")
        year = {"cambricon-2024": 2024, "cambricon-2025": 2025}.get(key)
        amount = sign * float(events.loc[result, "value"])
        cells.append(
            {
                "company": company,
                "period": period,
                "revenue": units.number(events.loc[revenue, "value"], 2),
                "research": units.number(sources.cambricon_research(year), 2) if year else "",
                "result": ("−" if amount < 0 else "") + units.number(abs(amount), 2),
            }
        )
    used = [key for revenue, result, _ in MAKERS.values() for key in (revenue, result)]
    keys = tuple(dict.fromkeys(events.loc[[*used, "enflame-rd-to-2025-9m"], "source"]))
    return table("chips", "chip-makers", pd.DataFrame(cells), keys)


# --- generations ----------------------------------------------------------------------------------------------------

GENERATIONS = ("a100-sxm-80gb", "h100-sxm", "h800-sxm", "h200-sxm", "b200-sxm", "rubin")


def generations_table() -> Table:
    """Return throughput, links, power and price per throughput by generation."""
    chips = load("accelerators").loc[list(GENERATIONS)]
    base = chips.loc["a100-sxm-80gb", "dense_bf16_tflop_s"]
    cells = []
    for key, chip in chips.iterrows():
        price = sources.usd_per_tflop_s(str(key)) if key in sources.PRICED else None
        cells.append(
            {
                "chip": chip["chip"].partition(" SXM")[0].partition(" (")[0],
                "work": units.number(chip["dense_bf16_tflop_s"]),
                "ratio": units.number(chip["dense_bf16_tflop_s"] / base, 1),
                "bandwidth": units.number(chip["bandwidth_tb_s"], 1),
                "link": units.number(chip["link_gb_s"]),
                "per_watt": ""
                if pd.isna(chip["tdp_w"])
                else units.number(chip["dense_bf16_tflop_s"] / chip["tdp_w"], 2),
                "price": ""
                if price is None
                else f"{units.number(price[1])} ({units.number(price[0])} – {units.number(price[2])})",
            }
        )
    prices = load("market_events").loc[list(sources.PRICED.values()), "source"]
    keys = tuple(dict.fromkeys([*chips["source"], *prices]))
    return table("chips", "chip-generations", pd.DataFrame(cells), keys)


# --- American power -------------------------------------------------------------------------------------------------


@figure("us-power-planned")
def power_planned(words: Words, wide: bool) -> Drawn:
    """Draw what was planned for 2026 in the United States by source, beside the data centres planned for the year."""
    power = load("power")["value"]
    amounts = {name: float(power[f"us-{name}-planned-2026"]) for name in sources.SOURCES}
    amounts["other"] = float(power["us-capacity-planned-2026"]) - sum(amounts.values())
    kinds = [*amounts, "centres"]
    amounts["centres"] = float(power["us-dc-planned-2026"])
    data = pd.DataFrame(
        [
            {
                "what": words[kind],
                "gw": amounts[kind],
                "side": words["demand" if kind == "centres" else "supply"],
                "text": units.number(amounts[kind], 0 if amounts[kind] >= 10 else 1),
            }
            for kind in kinds
        ]
    )
    base = alt.Chart(data).encode(
        y=alt.Y(
            "what:N", title=None, sort=list(data["what"]), axis=alt.Axis(ticks=False, domain=False, labelLimit=140)
        ),
        x=alt.X("gw:Q", title=words["x"], scale=alt.Scale(domain=[0, 50]), axis=alt.Axis(tickCount=5)),
    )
    bars = base.mark_bar(height=20).encode(
        color=alt.Color(
            "side:N",
            scale=alt.Scale(domain=[words["supply"], words["demand"]], range=[COLOURS["US"], COLOURS["EU"]]),
            legend=alt.Legend(title=None, orient="top", columns=2 if wide else 1, labelLimit=280),
        )
    )
    texts = base.mark_text(align="left", dx=5).encode(text=alt.Text("text:N"), color=alt.ColorValue(INK))
    chart = alt.layer(bars, texts).properties(width=WIDE - 110 if wide else NARROW - 110, height=30 * len(kinds))
    used = [f"us-{name}-planned-2026" for name in (*sources.SOURCES, "capacity", "dc")]
    return Drawn(
        chart,
        data.drop(columns="text"),
        (rows("power", used),),
        alt=printed(
            {
                "all": "us-capacity-planned-2026",
                "green": "us-green-share-of-planned-2026",
                "gas": "us-gas-share-of-planned-2026",
                "centres": "us-data-centres-planned-2026",
            }
        ),
    )


# --- the switch -----------------------------------------------------------------------------------------------------

SHARES = [0.0001, *(step / 200 for step in range(1, 200)), 0.9999]  # the ends reach the edges of the frame
RATIO = "cost * exp(pull * (2 * datum.share - 1)) * pow((1 - datum.share) / datum.share, 1 / alike)"


@figure("switching")
def switch(words: Words, wide: bool) -> Drawn:
    """Draw the share of developers who stay against the rival's price-performance, with sliders for what moves it."""
    cost, pull, alike = sources.switch()
    data = pd.DataFrame(
        [
            {
                "share": share,
                "stay_percent": 100 * share,
                "ratio_at_default": switching.ratio_at(share, cost.value, pull.value, alike.value),
            }
            for share in SHARES
        ]
    )
    sliders = [
        alt.param(
            name=key, value=item.value, bind=alt.binding_range(min=low, max=item.high, step=step, name=words[key])
        )
        for key, item, low, step in (
            ("cost", cost, cost.low, 0.1),
            ("pull", pull, pull.low, 0.1),
            ("alike", alike, alike.low, 0.5),
        )
    ]
    across = alt.Scale(type="log", domain=[0.25, 16], clamp=True)
    x = alt.X(
        "ratio:Q",
        title=words["x"],
        scale=across,
        axis=alt.Axis(values=[0.25, 0.5, 1, 2, 4, 8, 16], format="~g", grid=True),
    )
    y = alt.Y("stay_percent:Q", title=words["y"], scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5))
    curve = (
        alt.Chart(data)
        .transform_calculate(ratio=RATIO)
        .mark_line(color=COLOURS["US"])
        .encode(x=x, y=y, order=alt.Order("share:Q"))
    )
    root = "sqrt(max(0, 1 - 2 / max(pull * alike, 0.000001)))"
    turns = alt.Chart(pd.DataFrame([{"side": 1}, {"side": -1}])).transform_calculate(
        share=f"(1 + datum.side * {root}) / 2"
    )
    turns = turns.transform_calculate(ratio=RATIO, stay_percent="100 * datum.share")
    dots = turns.mark_point(filled=True, size=80, opacity=1).encode(x=x, y=y, color=alt.ColorValue(INK))
    return_at, leave = switching.turning_ratios(cost.value, pull.value, alike.value)
    back = words["back"]
    label = (
        f"pull * alike > 2 ? (datum.side > 0 ? '{words['leave']} ' : '{back} ') + format(datum.ratio, '.1f')"
        f" : (datum.side > 0 ? '{words['half']} ' + format(datum.ratio, '.1f') : '')"
    )
    texts = [
        turns.transform_filter(f"datum.side == {side}")
        .transform_calculate(label=label)
        .mark_text(align=align, dx=dx, dy=dy, fontSize=12)
        .encode(x=x, y=y, text=alt.Text("label:N"), color=alt.ColorValue(INK))
        for side, align, dx, dy in ((1, "left", 8, -8), (-1, "left", 10, 0))
    ]
    even = alt.Chart(
        pd.DataFrame([{"ratio": sources.price_performance(), "stay_percent": 8, "text": words["today"]}])
    ).encode(x=x)
    parity = (
        even.mark_rule(strokeDash=[4, 3], strokeWidth=2).encode(color=alt.ColorValue(SOFT)),
        even.mark_text(align="right", dx=-5, fontSize=11).encode(
            y=y, text=alt.Text("text:N"), color=alt.ColorValue(SOFT)
        ),
    )
    chart = (
        alt.layer(*parity, curve, dots, *texts)
        .add_params(*sliders)
        .properties(width=WIDE if wide else NARROW - 50, height=280 if wide else 250)
    )
    return Drawn(
        chart,
        data.drop(columns="share"),
        (get("use-on-ascend-at-parity-with-smuggled"), get("switching-improvement-needed")),
        alt={
            "leave": units.number(leave, 1),
            "back": units.number(return_at, 1),
            "before": units.number(100 * switching.turning_shares(pull.value, alike.value)[1]),
            "today": units.number(sources.price_performance(), 2),
        },
    )
