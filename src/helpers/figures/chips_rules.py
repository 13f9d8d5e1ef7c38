"""Figures of the chapter on chips: the rules through time, and what China is to Nvidia."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import units
from helpers.analysis import chips as analysis
from helpers.analysis import export_rules
from helpers.data import load
from helpers.data.edition import edition
from helpers.figures.frame import COLOURS, GRID, INK, NARROW, SOFT, WIDE, Drawn, Words, figure, printed
from helpers.figures.tables import Table, table, table_words
from helpers.findings import chips_rules as sources
from helpers.findings import get, rows
from helpers.findings.chips_depth import VOLUMES, volume

SHOWN = (
    "a100-sxm-80gb",
    "a800-sxm",
    "h100-sxm",
    "h800-sxm",
    "h20",
    "l20",
    "h200-sxm",
    "b200-sxm",
    "b30a",
    "rtx-pro-6000d",
    "rubin",
    "mi300x",
    "mi308x",
    "mi325x",
    "mi355x",
)
STATES = {
    analysis.FREE: COLOURS["AE"],
    export_rules.NAMED: COLOURS["US"],
    analysis.REFUSED: COLOURS["other"],
    analysis.CASE_BY_CASE: COLOURS["EU"],
    analysis.UNKNOWN: GRID,
}
CHINESE_ACTS = ("guidance", "order", "licence decision", "delivery")


def name(chip: str) -> str:
    """Return what a reader calls a chip: its name without form and memory."""
    return str(chip).partition(" SXM")[0].partition(" (")[0]


# --- the rules through time -------------------------------------------------------------------------------------


def chinese_acts() -> pd.DataFrame:
    """Return what Chinese authorities did about a chip that they named: one row for each act and chip."""
    rules, chips = load("export_rules"), load("accelerators").loc[list(SHOWN)]
    acts = rules[(rules["country"] == "CN") & rules["kind"].isin(CHINESE_ACTS) & rules["chips_named"].notna()]
    found = []
    for key, act in acts.iterrows():
        for chip in chips["chip"]:
            if name(chip) in [one.strip() for one in act["chips_named"].split(";")]:
                found.append({"act": key, "chip": name(chip), "day": act["announced"], "direction": act["direction"]})
    return pd.DataFrame(found)


@figure("rule-timeline")
def rule_timeline(words: Words, wide: bool) -> Drawn:
    """Draw for every chip the spans in which its sale to China had one answer, and what China itself did."""
    chips = load("accelerators")
    order = [name(chips.loc[key, "chip"]) for key in SHOWN]
    data = pd.DataFrame(
        [
            {
                "chip": name(chips.loc[span.chip, "chip"]),
                "from": span.start,
                "until": span.end,
                "sale_to_china": words[span.status],
                "rule": span.rule or "",
            }
            for span in sources.timeline()
            if span.chip in SHOWN
        ]
    )
    data["order"] = data["chip"].map(order.index)
    data = data.sort_values(["order", "from"]).drop(columns="order").reset_index(drop=True)
    acts = chinese_acts().assign(shape=lambda frame: [words[f"cn_{item}"] for item in frame["direction"]])
    rules = load("export_rules")
    turns = pd.DataFrame(
        [
            {"day": rules.loc[key, "in_force_from"], "text": words[label]}
            for key, label in (
                ("us-rule-2022-3a090", "first"),
                ("us-rule-2023-3a090-a-1", "second"),
                ("us-rule-2026-case-by-case", "third"),
            )
        ]
    )
    across = alt.Scale(domain=[sources.FIRST_DAY.isoformat(), pd.Timestamp(edition().released).isoformat()])
    x = alt.X(
        "from:T",
        title=None,
        scale=across,
        axis=alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, grid=False),
    )
    y = alt.Y("chip:N", title=None, sort=order, axis=alt.Axis(ticks=False, domain=False, labelLimit=110))
    known = [key for key in STATES if words[key] in set(data["sale_to_china"])]
    bars = (
        alt.Chart(data)
        .mark_bar(height=13 if wide else 12, cornerRadius=1)
        .encode(
            x=x,
            x2=alt.X2("until:T"),
            y=y,
            color=alt.Color(
                "sale_to_china:N",
                scale=alt.Scale(domain=[words[key] for key in known], range=[STATES[key] for key in known]),
                legend=alt.Legend(
                    title=None, orient="top", columns=3 if wide else 1, labelLimit=300, symbolType="square"
                ),
            ),
        )
    )
    lines = (
        alt.Chart(turns)
        .mark_rule(strokeDash=[3, 3], strokeWidth=1)
        .encode(x=alt.X("day:T", scale=across, title=None), color=alt.ColorValue(SOFT))
    )
    told = (
        alt.Chart(turns)
        .mark_text(align="left", dx=4, dy=0, fontSize=11, baseline="bottom")
        .encode(
            x=alt.X("day:T", scale=across, title=None),
            y=alt.YValue(-4),
            text=alt.Text("text:N"),
            color=alt.ColorValue(SOFT),
        )
    )
    marks = (
        alt.Chart(acts)
        .mark_point(filled=True, size=75, opacity=1, color=COLOURS["CN"], stroke="white", strokeWidth=1)
        .encode(
            x=alt.X("day:T", scale=across, title=None),
            y=y,
            shape=alt.Shape(
                "shape:N",
                scale=alt.Scale(
                    domain=[words["cn_restricts"], words["cn_permits"]], range=["triangle-down", "triangle-up"]
                ),
                legend=alt.Legend(
                    title=None, orient="bottom", columns=2 if wide else 1, labelLimit=300, symbolFillColor=COLOURS["CN"]
                ),
            ),
        )
    )
    chart = (
        alt.layer(lines, bars, told, marks)
        .resolve_scale(color="independent", shape="independent")
        .properties(width=WIDE - 100 if wide else NARROW - 95, height=22 * len(order) if wide else 20 * len(order))
    )
    used = sorted({span.rule for span in sources.timeline() if span.chip in SHOWN and span.rule})
    extra = data.assign(**{"from": data["from"].dt.date.astype(str), "until": data["until"].dt.date.astype(str)})
    chinese = pd.DataFrame(
        {
            "chip": acts["chip"],
            "from": acts["day"].dt.date.astype(str),
            "until": "",
            "sale_to_china": acts["shape"],
            "rule": acts["act"],
        }
    )
    return Drawn(
        chart,
        pd.concat([extra, chinese], ignore_index=True),
        (
            rows("accelerators", list(SHOWN)),
            rows("export_rules", [*used, *dict.fromkeys(acts["act"])]),
            get("free-months-h20"),
        ),
        alt=printed({"a800": "free-months-a800", "h800": "h800-months-on-sale", "h20": "free-months-h20"})
        | {
            "second": units.day(rules.loc["us-rule-2023-3a090-a-1", "in_force_from"].date()),
            "third": units.day(rules.loc["us-rule-2026-case-by-case", "in_force_from"].date()),
            "customs": units.day(rules.loc["cn-customs-2026-h200", "announced"].date()),
        },
    )


# --- what China is to Nvidia --------------------------------------------------------------------------------------

BASES = {"billing location": "billing", "customer headquarters": "headquarters"}


def china_quarters() -> pd.DataFrame:
    """Return Nvidia's revenue from China by quarter on each basis, with its share in the quarter's revenue."""
    table = load("nvidia_revenue")
    quarters = table[(table["segment"] == "China") & (table["period_kind"] == "quarter") & table["basis"].isin(BASES)]
    whole = table[
        (table["segment"] == "total") & (table["period_kind"] == "quarter") & (table["status"] != "guidance")
    ].set_index("period")["revenue_usd_bn"]
    found = quarters.assign(share=100 * quarters["revenue_usd_bn"] / quarters["period"].map(whole))
    return found.sort_values(["basis", "as_of"])


@figure("nvidia-china-revenue")
def nvidia_china(words: Words, wide: bool) -> Drawn:
    """Draw Nvidia's revenue from China on each basis and its share of the whole, a gap where a quarter is missing."""
    found = china_quarters()
    data = pd.DataFrame(
        {
            "period": found["period"],
            "quarter_ends": found["as_of"],
            "basis": found["basis"].map(lambda basis: words[BASES[basis]]),
            "usd_bn": found["revenue_usd_bn"],
            "share_percent": found["share"],
            "status": found["status"],
        }
    ).reset_index(drop=True)
    position = (found["fiscal_year"] * 4 + found["fiscal_quarter"]).to_numpy()
    breaks = (pd.Series(position).diff() != 1) | (data["basis"] != data["basis"].shift())
    drawn = data.assign(run=breaks.cumsum())
    letter = pd.DataFrame(
        [{"day": load("export_rules").loc["us-letter-2025-h20", "in_force_from"], "text": words["letter"]}]
    )
    across = alt.Scale(domain=["2021-03-01", "2026-07-31"])
    axis = alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1})
    colour = alt.Color(
        "basis:N",
        scale=alt.Scale(domain=[words["billing"], words["headquarters"]], range=[COLOURS["other"], COLOURS["US"]]),
        legend=alt.Legend(title=None, orient="top", columns=2 if wide else 1, labelLimit=300, symbolType="circle"),
    )
    shape = alt.Shape(
        "basis:N",
        scale=alt.Scale(domain=[words["billing"], words["headquarters"]], range=["square", "circle"]),
        legend=None,
    )
    panels = []
    for column, title, top in (("usd_bn", words["amount"], 12), ("share_percent", words["share"], 30)):
        x = alt.X("quarter_ends:T", title=None, scale=across, axis=axis)
        y = alt.Y(
            f"{column}:Q",
            title=None,
            scale=alt.Scale(domain=[0, top]),
            axis=alt.Axis(tickCount=4, grid=True),
        )
        part = drawn.dropna(subset=[column])
        base = alt.Chart(part).encode(x=x, y=y, color=colour)
        lines = base.mark_line(strokeWidth=1.5).encode(detail=alt.Detail("run:N"))
        points = base.mark_point(filled=True, size=45, opacity=1).encode(shape=shape)
        rule = (
            alt.Chart(letter)
            .mark_rule(strokeDash=[3, 3])
            .encode(x=alt.X("day:T", scale=across, title=None), color=alt.ColorValue(SOFT))
        )
        layers = [rule, lines, points]
        if column == "usd_bn":
            layers.append(
                alt.Chart(letter)
                .mark_text(align="right", dx=-5, fontSize=11, baseline="top")
                .encode(
                    x=alt.X("day:T", scale=across, title=None),
                    y=alt.YValue(2),
                    text=alt.Text("text:N"),
                    color=alt.ColorValue(INK),
                )
            )
        panels.append(
            alt.layer(*layers).properties(
                width=(WIDE - 60) // 2 if wide else NARROW - 45,
                height=210 if wide else 170,
                title=alt.TitleParams(title, fontSize=12, color=INK, anchor="start"),
            )
        )
    chart = alt.hconcat(*panels, spacing=26) if wide else alt.vconcat(*panels, spacing=16)
    ids = list(found.index)
    totals = [key for key in load("nvidia_revenue").index if key.endswith("-total") and "q" in key]
    return Drawn(
        chart,
        data.assign(quarter_ends=data["quarter_ends"].dt.date.astype(str)),
        (rows("nvidia_revenue", [*ids, *totals]), get("nvidia-china-headquarters-over-billing-fy25")),
        alt=printed(
            {
                "billing": "nvidia-china-fy25q3-billing",
                "headquarters": "nvidia-china-fy25q3-headquarters",
                "before": "nvidia-china-share-fy25q3-headquarters",
                "after": "nvidia-china-share-fy27q1",
            }
        ),
    )


# --- the share of H200 sales ----------------------------------------------------------------------------------------


def levy_table() -> Table:
    """Return, per volume on record, what was or would be sold and what the American share of it brings."""
    low_price, high_price = sources.h200_prices()
    supply, words = load("chip_supply"), table_words("chips")["h200-levy"]["rows"]
    cells = []
    for scenario, (row, _) in VOLUMES.items():
        low, high = sources.h200_levy(scenario)
        cells.append(
            {
                "scenario": words[scenario],
                "as_of": units.day(supply.loc[row, "as_of"].date()),
                "chips": units.number(volume(scenario)),
                "sales": _bn(volume(scenario) * low_price, volume(scenario) * high_price),
                "levy": _bn(low, high),
            }
        )
    written = supply.loc[[row for row, _ in VOLUMES.values()], "source"]
    keys = tuple(dict.fromkeys([*written, *get("h200-levy-cleared").sources]))
    return table("chips", "h200-levy", pd.DataFrame(cells), keys)


def _bn(low: float, high: float) -> str:
    digits = 2 if high < 1e9 else 1
    return f"{units.number(low / 1e9, digits)} – {units.number(high / 1e9, digits)}"
