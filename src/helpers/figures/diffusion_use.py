"""Figures and tables of the chapter on diffusion that compare use: one question, two shares, scores, choice abroad."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import units
from helpers.analysis import diffusion_use as use
from helpers.data import assumption, load
from helpers.figures.frame import (
    GRID,
    INK,
    NARROW,
    SOFT,
    WIDE,
    Drawn,
    Words,
    catalogue,
    country_scale,
    figure,
    printed,
)
from helpers.figures.tables import Table, table, table_words
from helpers.findings import get, rows
from helpers.findings.diffusion_use import choice, curve_scores, pairs, steps

LABELS = 236  # pixels of a wide chart that its row labels take
PANELS = (use.PEOPLE, use.FIRMS, use.ATTITUDES)


def _month(day: pd.Timestamp, pattern: str = "MMM y") -> str:
    return units.day(day, pattern).replace(" ", "\u00a0")


@figure("same-question")
def same_question(words: Words, wide: bool) -> Drawn:
    """Draw both countries on one line a question, with whiskers where the samples are known."""
    found = pairs()
    data = pd.DataFrame(
        {
            "group": [words[panel] for panel in found["panel"]],
            "survey": [
                f"{words[series]}, {_month(day)}" for series, day in zip(found["series"], found["as_of"], strict=True)
            ],
            "date": found["as_of"].dt.strftime("%Y-%m-%d"),
            "us_percent": found["us"],
            "cn_percent": found["cn"],
            **{
                f"{side}_percent": found[side].astype(float).round(1)
                for side in ("us_low", "us_high", "cn_low", "cn_high")
            },
        }
    )
    long = pd.concat(
        [
            pd.DataFrame(
                {
                    "group": data["group"],
                    "survey": data["survey"],
                    "code": code.upper(),
                    "share": data[f"{code}_percent"],
                    "low": data[f"{code}_low_percent"].fillna(data[f"{code}_percent"]),
                    "high": data[f"{code}_high_percent"].fillna(data[f"{code}_percent"]),
                    "other": data[f"{other}_percent"],
                    "left": data[f"{code}_percent"] < data[f"{other}_percent"],
                }
            )
            for code, other in (("us", "cn"), ("cn", "us"))
        ]
    )
    colour = alt.Color("code:N", scale=country_scale("US", "CN"), legend=None)
    scale = alt.Scale(domain=[0, 100])
    charts = []
    for panel in PANELS:
        part = long[long["group"] == words[panel]]
        order, last = list(part["survey"].unique()), panel == PANELS[-1]
        axis = alt.Axis(title=None, labelLimit=LABELS, ticks=False, domain=False, grid=False) if wide else None
        y = alt.Y("survey:N", sort=order, axis=axis)
        x = alt.X(
            "share:Q",
            title=words["x"] if last else None,
            scale=scale,
            axis=alt.Axis(labels=last, ticks=last, grid=True, gridColor=GRID, tickCount=5),
        )
        base = alt.Chart(part).encode(y=y)
        number = {"text": alt.Text("share:Q", format=".0f"), "color": alt.value(INK)}
        layers = [
            base.transform_filter("datum.left")
            .mark_rule(strokeWidth=3, opacity=0.35)
            .encode(x=x, x2=alt.X2("other:Q"), color=alt.ColorValue(SOFT)),
            base.mark_rule(strokeWidth=1.6).encode(x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q"), color=colour),
            base.mark_circle(size=110, opacity=1).encode(x=alt.X("share:Q", scale=scale), color=colour),
            base.transform_filter("datum.left")
            .mark_text(align="right", dx=-9, fontSize=11)
            .encode(x=alt.X("low:Q", scale=scale), **number),
            base.transform_filter("!datum.left")
            .mark_text(align="left", dx=9, fontSize=11)
            .encode(x=alt.X("high:Q", scale=scale), **number),
        ]
        if not wide:
            names = alt.Chart(pd.DataFrame({"survey": order}))
            layers.append(
                names.mark_text(align="left", baseline="bottom", dy=-9, fontSize=11, color=SOFT).encode(
                    x=alt.XValue(0), y=y, text=alt.Text("survey:N")
                )
            )
        charts.append(
            alt.layer(*layers).properties(
                width=WIDE - LABELS if wide else NARROW,
                height=alt.Step(25 if wide else 41),
                title=alt.TitleParams(words[panel], fontSize=12, color=INK, frame="group", offset=4 if wide else 10),
            )
        )
    key = pd.DataFrame(
        {"code": ["US", "CN"], "name": [words["us"], words["cn"]], "at": [6.0, 6.0 + 40 + 6.4 * len(words["us"])]}
    )
    line = alt.Chart(key).encode(x=alt.X("at:Q", axis=None, scale=None))
    legend = line.mark_circle(size=90, opacity=1).encode(
        color=alt.Color("code:N", scale=country_scale("US", "CN"), legend=None)
    ) + line.mark_text(align="left", dx=8, fontSize=11).encode(text=alt.Text("name:N"))
    legend = legend.properties(width=WIDE - LABELS if wide else NARROW, height=14)
    evidence = [
        rows(name, [key for pair in part["rows"] for key in pair]) for name, part in found.groupby("table", sort=False)
    ]
    designs = [key for keys in found["designs"] for key in keys]
    shown = printed(
        {
            "ahead": "same-question-cn-ahead",
            "all": "same-question-pairs",
            "us": "genai-share-us-telemetry",
            "cn": "genai-share-cn-telemetry",
        }
    )
    chart = alt.vconcat(legend, *charts, spacing=8)
    return Drawn(chart, data, (*evidence, rows("survey_designs", designs)), alt=shown)


def _signed(value: float, digits: int = 1) -> str:
    return ("+" if value > 0 else "") + units.number(value, digits)


def not_far_table() -> Table:
    """Return difference, ratio and months of every pair on use, and whether we call it near."""
    words, names = table_words("diffusion")["not-far"]["words"], catalogue("diffusion")["same-question"]
    found = pairs()[pairs()["panel"] != use.ATTITUDES]
    limit = assumption("not-far-points").value
    lines, keys = [], {}
    for pair in found.itertuples():
        gap = _signed(pair.gap)
        if pd.notna(pair.low):
            gap += f" ({_signed(pair.low, 0)} to {_signed(pair.high, 0)})"
        months = ""
        if pd.notna(pair.months):
            count = units.quantity(abs(pair.months), "months")
            months = words["ahead" if pair.months > 0 else "behind"].format(months=count)
        lines.append(
            {
                "survey": names[pair.series],
                "date": _month(pair.as_of),
                "us": units.quantity(pair.us, "percent", 0 if pair.us == round(pair.us) else 1),
                "cn": units.quantity(pair.cn, "percent", 0 if pair.cn == round(pair.cn) else 1),
                "gap": gap,
                "ratio": units.number(pair.ratio, 2),
                "months": months,
                "near": words["yes" if abs(pair.gap) <= limit else "no"],
            }
        )
        keys |= dict.fromkeys(load(pair.table).loc[list(pair.rows), "source"])
    return table("diffusion", "not-far", pd.DataFrame(lines), tuple(keys))


def why_table() -> Table:
    """Return the steps from one count of Chinese users to the other, for June and December 2025."""
    words = table_words("diffusion")["why-16-and-43"]
    found = {"june": steps("mid-2025"), "december": steps("end-2025")}
    lines = []
    for place, key in enumerate(("start", "tools", "asking", "rest")):
        line = {"step": words["steps"][key], "basis": words["bases"][key]}
        for month, part in found.items():
            factor = {"start": None, "rest": part.rest}.get(key, part.known.get(key))
            users = part.end if key == "rest" else part.running()[place]
            line[month] = "" if factor is None else f"× {units.number(factor, 2)}"
            line[f"{month}_users"] = units.number(users)
        lines.append(line)
    adoption = load("adoption")
    share = {"step": words["steps"]["share"], "basis": words["bases"]["share"]}
    for month, first, last in (
        ("june", "microsoft-user-share-2025h1-cn", "cnnic-share-2025-06-cn"),
        ("december", "microsoft-user-share-2025h2-cn", "cnnic-share-2025-12-cn"),
    ):
        ends = [units.quantity(adoption.loc[row, "value"], "percent", 1) for row in (first, last)]
        share |= {month: "", f"{month}_users": " → ".join(ends)}
    lines.append(share)
    used = [
        key
        for item in ("cn-survey-unexplained-mid-2025", "cn-survey-unexplained-end-2025")
        for key in get(item).sources
    ]
    return table("diffusion", "why-16-and-43", pd.DataFrame(lines), tuple(dict.fromkeys(used)))


def scores_table() -> Table:
    """Return the score of every past series and their medians."""
    words = table_words("diffusion")["curve-scores"]["words"]
    names = catalogue("diffusion")["past-curves"]
    found = curve_scores()
    lines = []
    for row in found.itertuples():
        errors = {key: getattr(row, key) for key in ("curve", "line", "last")}
        least = min(errors, key=errors.get)
        shown = {
            key: ("**" + units.number(value, 1) + "**" if key == least else units.number(value, 1))
            for key, value in errors.items()
        }
        lines.append(
            {
                "series": f"{names[row.technology]}, {names[row.country.lower()]}",
                "seen": f"{int(row.first_year)}–{int(row.cut_year)}",
                "held": f"to {int(row.last_year)}",
                "inside": units.quantity(row.inside_percent, "percent"),
                **shown,
            }
        )
    medians = {key: units.number(found[key].median(), 1) for key in ("curve", "line", "last")}
    inside = units.quantity(found["inside_percent"].median(), "percent")
    lines.append({"series": words["median"], "seen": "", "held": "", "inside": inside, **medians})
    return table("diffusion", "curve-scores", pd.DataFrame(lines), marked=True)


def choice_table() -> Table:
    """Return the economies of every class of DeepSeek's share, and those without OpenAI's services among them."""
    found = choice()
    order = found.groupby("band")["low"].min().sort_values(ascending=False).index
    lines = []
    for band in order:
        part = found[found["band"] == band]
        missing = part[~part["offered"]]
        lines.append(
            {
                "band": band,
                "economies": len(part),
                "africa": (part["region"] == "Africa").sum(),
                "missing": len(missing),
                "which": ", ".join(missing["place"]),
            }
        )
    keys = (
        "microsoft2026h2",
        *dict.fromkeys(load("service_availability")[["source", "also_source"]].to_numpy().ravel()),
    )
    return table("diffusion", "deepseek-choice", pd.DataFrame(lines), keys)
