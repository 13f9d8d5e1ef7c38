"""Figures and tables of the chapter on openness about releases, the open lead, makers and what they take in."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import units
from helpers.analysis import open_source as analysis
from helpers.analysis import open_source_makers as makers
from helpers.data import load
from helpers.figures.frame import COLOURS, INK, NARROW, SOFT, WIDE, Drawn, Words, country_scale, figure
from helpers.figures.tables import Table, table, table_words
from helpers.findings import Finding, get, rows
from helpers.findings import open_source as chapter
from helpers.findings import open_source_makers as found
from helpers.findings.capability import NEWEST

START = "2024-06-01"  # our copies of the arena begin here


# Releases and concentration ---------------------------------------------------------------------------------------


def _parts() -> dict[str, pd.Series]:
    """Return, for each count and country, what the makers or families hold, in per cent of the country's sum."""
    releases, tokens = found.open_releases(), found.token_shares()
    whole, qwen = load("downloads").loc[["atom-2026-03-cn", "atom-2026-03-qwen"], "value"]
    return {
        "downloads-cn": pd.Series({"Qwen": 100.0 * qwen / whole, "": 100.0 * (1.0 - qwen / whole)}),
        "tokens-cn": makers.parts_by(tokens, "CN", "entity", "value"),
        "tokens-us": makers.parts_by(tokens, "US", "entity", "value"),
        "releases-cn": makers.parts_by(releases, "CN", "maker", "count"),
        "releases-us": makers.parts_by(releases, "US", "maker", "count"),
    }


EFFECTIVE = {
    "downloads-cn": "makers-effective-downloads-cn-2026",
    "tokens-cn": "makers-effective-tokens-cn-2026",
    "tokens-us": "makers-effective-tokens-us-2026",
    "releases-cn": "makers-effective-releases-cn",
    "releases-us": "makers-effective-releases-us",
}


@figure("open-releases")
def open_releases(words: Words, wide: bool) -> Drawn:
    """Draw open and closed releases by country and year, and how few makers each count rests on."""
    source = load("releases")
    source = source[(source["event"] == "release of the version") & source["open_weights"].notna()]
    counts = (
        source.assign(year=source["released"].dt.year, open=source["open_weights"].astype(bool))
        .groupby(["country", "year", "open"])
        .size()
        .rename("releases")
        .reset_index()
    )
    counts = counts[counts["country"].isin(["CN", "US"])]
    counts["row"] = [f"{words[code]} {year}" for code, year in zip(counts["country"], counts["year"], strict=True)]
    counts["order"] = (~counts["open"]).astype(int)
    size = WIDE - 120 if wide else NARROW
    colour = alt.Color("country:N", scale=country_scale("US", "CN"), legend=None)
    y = alt.Y("row:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False) if wide else None)
    base = alt.Chart(counts)
    bars = base.mark_bar(height=18).encode(
        y=y,
        x=alt.X("releases:Q", title=words["x-releases"], stack="zero", axis=alt.Axis(tickMinStep=10)),
        color=colour,
        opacity=alt.Opacity("open:N", scale=alt.Scale(domain=[True, False], range=[1, 0.3]), legend=None),
        order=alt.Order("order:Q"),
        tooltip=[alt.Tooltip("row:N"), alt.Tooltip("open:N"), alt.Tooltip("releases:Q")],
    )
    whole = counts.groupby(["row", "country"], sort=False).agg(all=("releases", "sum")).reset_index()
    opened = counts[counts["open"]].set_index("row")["releases"]
    whole["said"] = [
        words["of"].format(open=units.number(opened[row]), all=units.number(total))
        for row, total in zip(whole["row"], whole["all"], strict=True)
    ]
    said = (
        alt.Chart(whole)
        .mark_text(align="left", dx=5, fontSize=11, color=INK)
        .encode(y=y, x=alt.X("all:Q"), text=alt.Text("said:N"))
    )
    layers = [bars, said]
    if not wide:
        layers.append(
            alt.Chart(whole)
            .mark_text(align="left", fontSize=11, color=INK, dy=-17)
            .encode(y=y, x=alt.XValue(0), text=alt.Text("row:N"))
        )
    top = alt.layer(*layers).properties(width=size, height=alt.Step(26 if wide else 42))
    lines = []
    for key, parts in _parts().items():
        passed = 0.0
        for rank, (name, part) in enumerate(parts.items()):
            lines.append(
                {
                    "count": words[key],
                    "country": key[-2:].upper(),
                    "maker": name or words["rest"],
                    "percent": part,
                    "from": passed,
                    "to": passed + part,
                    "shade": max(0.3, 1.0 - 0.18 * rank) if name else 0.18,
                }
            )
            passed += part
    shares = pd.DataFrame(lines)
    heads = pd.DataFrame(
        {
            "count": words[key],
            "label": words["head"].format(
                count=words[key], maker=parts.index[0], share=units.quantity(parts.iloc[0], "percent")
            ),
            "effective": units.number(get(EFFECTIVE[key]).value, 1),
        }
        for key, parts in _parts().items()
    )
    place = alt.Y("count:N", sort=None, axis=None)
    cells = (
        alt.Chart(shares)
        .mark_bar(height=14, stroke="white", strokeWidth=1)
        .encode(
            y=place,
            x=alt.X(
                "from:Q",
                title=words["x-parts"],
                scale=alt.Scale(domain=[0, 100], nice=False),
                axis=alt.Axis(values=[0, 25, 50, 75, 100]),
            ),
            x2=alt.X2("to:Q"),
            color=colour,
            opacity=alt.Opacity("shade:Q", scale=None),
            tooltip=[alt.Tooltip("count:N"), alt.Tooltip("maker:N"), alt.Tooltip("percent:Q", format=".0f")],
        )
    )
    names = (
        alt.Chart(heads)
        .mark_text(align="left", fontSize=11, dy=-16, color=INK)
        .encode(y=place, x=alt.XValue(0), text=alt.Text("label:N"))
    )
    equal = (
        alt.Chart(heads)
        .mark_text(align="left", dx=6, fontSize=12, color=INK)
        .encode(y=place, x=alt.datum(100), text=alt.Text("effective:N"))
    )
    key = (
        alt.Chart(heads.iloc[[0]])
        .mark_text(align="right" if not wide else "left", dx=28 if not wide else 6, dy=-16, fontSize=11, color=SOFT)
        .encode(y=place, x=alt.datum(100), text=alt.TextValue(words["equal"]))
    )
    below = alt.layer(cells, names, equal, *([key] if wide else [])).properties(
        width=size if wide else size - 24, height=alt.Step(42)
    )
    chart = alt.vconcat(top, below, spacing=26).resolve_scale(y="independent", x="independent", opacity="independent")
    data = pd.concat(
        [
            counts[["row", "country", "open", "releases"]].rename(columns={"row": "count"}),
            shares[["count", "country", "maker", "percent"]],
        ],
        ignore_index=True,
    )
    return Drawn(
        chart,
        data,
        (rows("releases", source.index), *(get(name) for name in EFFECTIVE.values())),
        alt={
            "cn25": get("releases-open-cn-2025").text,
            "cn26": get("releases-open-cn-2026").text,
            "us25": get("releases-open-us-2025").text,
            "us26": get("releases-open-us-2026").text,
            "qwen": get("qwen-part-of-chinese-downloads").text,
            "tokens": get("makers-effective-tokens-cn-2026").bare,
        },
    )


# The open lead ----------------------------------------------------------------------------------------------------


def index_leads() -> pd.DataFrame:
    """Return the best Chinese less the best American open score, with its interval, for each day that changed it."""
    models = chapter.models()
    opened = models[models["open"]]
    days = sorted({pd.Timestamp(START), *opened["open_from"], pd.Timestamp(NEWEST)})
    found_rows = []
    for day in [moment for moment in days if pd.Timestamp(START) <= moment <= pd.Timestamp(NEWEST)]:
        china, states = (analysis.best_on(models, day, opened=True, country=code) for code in ("CN", "US"))
        lead, low, high = analysis.difference_interval(analysis.score(china), analysis.score(states))
        found_rows.append(
            {"date": day, "lead": lead, "low": low, "high": high, "china": china["model"], "us": states["model"]}
        )
    frame = pd.DataFrame(found_rows)
    changed = frame[["china", "us"]].ne(frame[["china", "us"]].shift()).any(axis=1)
    changed.iloc[-1] = True
    return frame[changed].reset_index(drop=True)


@figure("open-lead")
def open_lead(words: Words, wide: bool) -> Drawn:
    """Draw the best Chinese less the best American open model, in the arena and on the index."""
    parts = []
    for basis, name in ((chapter.RAW, words["raw"]), (chapter.STYLE, words["style"])):
        part = chapter.arena(basis).reset_index(drop=True)
        part = part[part["lead"].notna()]
        parts.append(
            pd.DataFrame(
                {
                    "date": part["date"],
                    "series": name,
                    "lead": part["lead"],
                    "low": part["lead_low"],
                    "high": part["lead_high"],
                    "ahead": ["CN" if lead > 0 else "US" for lead in part["lead"]],
                    "used": list(zip(part["open_cn_id"], part["open_us_id"], strict=True)),
                }
            )
        )
    arena = pd.concat(parts, ignore_index=True)
    index = index_leads()
    time = alt.X(
        "date:T",
        title=None,
        scale=alt.Scale(domain=[START, "2026-08-31"]),
        axis=alt.Axis(format="%b %Y", tickCount=5 if wide else 3, grid=False),
    )
    size = {"width": WIDE if wide else NARROW, "height": 170}
    level = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=SOFT, strokeWidth=1).encode(y=alt.Y("zero:Q"))
    base = alt.Chart(arena.drop(columns="used")).encode(x=time)
    colour = alt.Color("ahead:N", scale=country_scale("US", "CN"), legend=None)
    spans = base.mark_rule(strokeWidth=1.2, opacity=0.6).encode(
        y=alt.Y("low:Q", title=words["y-arena"]), y2=alt.Y2("high:Q"), color=colour
    )
    dots = base.mark_point(size=42, opacity=1, strokeWidth=1.6).encode(
        y=alt.Y("lead:Q"),
        color=colour,
        shape=alt.Shape(
            "series:N",
            scale=alt.Scale(domain=[words["style"], words["raw"]], range=["circle", "diamond"]),
            legend=alt.Legend(title=None, orient="top", symbolFillColor=SOFT, symbolStrokeColor=SOFT),
        ),
        tooltip=[alt.Tooltip("date:T"), alt.Tooltip("series:N"), alt.Tooltip("lead:Q", format=".0f")],
    )
    drawn = alt.Chart(index).encode(x=time)
    band = drawn.mark_area(interpolate="step-after", opacity=0.22, color=COLOURS["CN"]).encode(
        y=alt.Y("low:Q", title=words["y-index"]), y2=alt.Y2("high:Q")
    )
    line = drawn.mark_line(interpolate="step-after", strokeWidth=2, color=COLOURS["CN"]).encode(y=alt.Y("lead:Q"))
    told = pd.DataFrame(
        [{"y": 9 if wide else 46, "label": words["cn"], "code": "CN"}, {"y": -9, "label": words["us"], "code": "US"}]
    )
    sides = (
        alt.Chart(told)
        .mark_text(align="right", fontSize=11)
        .encode(
            x=alt.XValue(size["width"]),
            y=alt.Y("y:Q"),
            text=alt.Text("label:N"),
            color=alt.Color("code:N", scale=country_scale("US", "CN"), legend=None),
        )
    )
    top = (level + spans + dots + sides).properties(**size)
    bottom = (band + level + line).properties(**size)
    chart = alt.vconcat(top, bottom, spacing=12).resolve_scale(color="independent")
    used = [key for pair in arena["used"] for key in pair]
    data = pd.concat(
        [
            arena.drop(columns=["used", "ahead"]).assign(scale=words["y-arena"]),
            index.drop(columns=["china", "us"]).assign(scale=words["y-index"], series=""),
        ],
        ignore_index=True,
    )
    return Drawn(
        chart,
        data,
        (rows("arena_scores", dict.fromkeys(used)), get("open-lead-index-2026-08"), get("open-lead-index-2026-01")),
        alt={
            "before": get("open-lead-arena-2024-12-20").text,
            "january": get("open-lead-arena-2026-01").text,
            "april": get("open-lead-arena-2026-04").text,
            "index25": get("open-lead-index-2025-11").text,
            "index26": get("open-lead-index-2026-08").text,
        },
    )


# Makers on the index ----------------------------------------------------------------------------------------------

DASHES = {"moonshot": [1, 0], "alibaba": [7, 3], "deepseek": [2, 2]}


@figure("makers-on-index")
def makers_on_index(words: Words, wide: bool) -> Drawn:
    """Draw the best score so far of three Chinese makers and of the best American one."""
    models = chapter.models()
    first, last = pd.Timestamp(START), pd.Timestamp(NEWEST)
    states = models[models["country"] == "US"].sort_values(["version_date", "score"])
    states = states[states["score"] > states["score"].cummax().shift().fillna(0.0)]
    lines = {"us": states, **{key: makers.records_of(models, name) for key, name in found.ON_INDEX.items()}}
    parts = []
    for key, frame in lines.items():
        part = frame[frame["version_date"] <= last]
        early = part[part["version_date"] < first].tail(1)
        part = pd.concat([early, part[part["version_date"] >= first]])
        parts.append(
            pd.DataFrame(
                {
                    "date": part["version_date"].clip(lower=first),
                    "line": key,
                    "maker": words[key],
                    "model": part["model"],
                    "score": part["score"],
                    "low": part["low"],
                    "high": part["high"],
                    "open": part["open"],
                    "row": part.index,
                    "drawn": part["version_date"] >= first,
                }
            )
        )
    points = pd.concat(parts, ignore_index=True)
    ends = points.groupby("line", sort=False).tail(1).assign(date=last, drawn=False)
    steps = pd.concat([points, ends], ignore_index=True)
    steps["country"] = ["US" if line == "us" else "CN" for line in steps["line"]]
    points["country"] = ["US" if line == "us" else "CN" for line in points["line"]]
    colour = alt.Color("country:N", scale=country_scale("US", "CN"), legend=None)
    x = alt.X(
        "date:T",
        title=None,
        scale=alt.Scale(domain=[START, "2026-08-20"], nice=False),
        axis=alt.Axis(format="%b %Y", tickCount=5 if wide else 3, grid=False),
    )
    y = alt.Y("score:Q", title=words["y"], scale=alt.Scale(domain=[118, 165], nice=False))
    curves = (
        alt.Chart(steps.drop(columns=["row", "drawn"]))
        .mark_line(interpolate="step-after", strokeWidth=1.7, clip=True)
        .encode(
            x=x,
            y=y,
            color=colour,
            strokeDash=alt.StrokeDash(
                "line:N",
                scale=alt.Scale(domain=["us", *DASHES], range=[[1, 0], *DASHES.values()]),
                legend=None,
            ),
            detail=alt.Detail("line:N"),
        )
    )
    dots = (
        alt.Chart(points[points["drawn"] & (points["line"] != "us")].drop(columns=["row", "drawn"]))
        .mark_point(size=44, opacity=1, strokeWidth=1.6, filled=True)
        .encode(
            x=x,
            y=y,
            fill=alt.Fill(
                "open:N", scale=alt.Scale(domain=[True, False], range=[COLOURS["CN"], "transparent"]), legend=None
            ),
            stroke=alt.StrokeValue(COLOURS["CN"]),
            tooltip=[alt.Tooltip("model:N"), alt.Tooltip("date:T"), alt.Tooltip("score:Q"), alt.Tooltip("open:N")],
        )
    )
    texts = ends.assign(dy=[{"us": 0, "moonshot": -6, "alibaba": 6, "deepseek": 2}[line] for line in ends["line"]])
    texts["country"] = ["US" if line == "us" else "CN" for line in texts["line"]]
    names = [
        alt.Chart(texts[texts["line"] == line].drop(columns=["row", "drawn"]))
        .mark_text(align="left", dx=8, dy=int(part["dy"].iloc[0]), fontSize=12)
        .encode(x=x, y=y, text=alt.Text("maker:N"), color=colour)
        for line, part in texts.groupby("line", sort=False)
    ]
    chart = alt.layer(curves, dots, *names).properties(width=WIDE - 60 if wide else NARROW - 75, height=300)
    return Drawn(
        chart,
        points.drop(columns=["row", "drawn", "line", "country"]),
        (
            rows("capability_records", dict.fromkeys(points["row"])),
            *(get(f"index-behind-{key}-2026-08") for key in found.ON_INDEX),
        ),
        alt={
            **{key: get(f"index-behind-{key}-2026-08").text for key in found.ON_INDEX},
            **{f"lag_{key}": get(f"index-lag-{key}-2026-08").text for key in found.ON_INDEX},
        },
    )


# Revenues ---------------------------------------------------------------------------------------------------------

FORMS = {"revenue": "booked", "run rate": "claimed", "guidance": "told", "outside estimate": "guessed"}
SHOWN = (  # newest figure of each kind, and the last full year; rows of model_revenues, in the order drawn
    "anthropic-2026-05-28",
    "anthropic-2026-q2",
    "openai-2026-08-estimate",
    "openai-2026-04",
    "openai-2025",
    "xai-2025",
    "alibaba-models-2026-q2",
    "alibaba-models-2026-05",
    "deepseek-2026-estimate",
    "minimax-run-2026-08",
    "minimax-2026-h1",
    "minimax-2025",
    "moonshot-2026-07-estimate",
    "moonshot-2026-06",
    "zhipu-2026-h1",
    "zhipu-2025",
)


@figure("revenues")
def revenues(words: Words, wide: bool) -> Drawn:
    """Draw what makers take in at a yearly pace: booked, claimed and guessed, each figure with its date."""
    source = load("model_revenues").loc[list(SHOWN)]
    data = pd.DataFrame(
        {
            "company": source["company"],
            "country": source["country"],
            "form": source["kind"].map(FORMS),
            "period": source["period_type"],
            "as_of": source["as_of"],
            "usd_m": source["revenue_usd_m"],
            "pace": [
                makers.annual_pace(value, kind)
                for value, kind in zip(source["revenue_usd_m"], source["period_type"], strict=True)
            ],
            "grade": source["grade"],
        }
    )
    data["kind"] = [words[form] for form in data["form"]]
    data["label"] = [
        words[row.period].format(
            company=words.labels.get(row.company, row.company),
            day=units.day(row.as_of, "MMM y"),
            year=units.day(row.as_of, "y"),
        )
        for row in data.itertuples()
    ]
    data["printed"] = [
        units.quantity(pace / 1000, "USD_bn", 1) if pace >= 1000 else units.quantity(pace, "USD_m")
        for pace in data["pace"]
    ]
    data["place"] = range(len(data))
    kinds = [words[form] for form in ("booked", "told", "claimed", "guessed")]
    base = alt.Chart(data).encode(
        y=alt.Y("place:O", axis=None, scale=alt.Scale(paddingOuter=0.3)),
        color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
    )
    x = alt.X(
        "pace:Q",
        title=words["x"],
        scale=alt.Scale(type="log", domain=[50, 400000], nice=False),
        axis=alt.Axis(
            values=[100, 1000, 10000, 100000],
            grid=True,
            labelExpr="datum.value >= 1000 ? '$' + format(datum.value / 1000, ',') + ' bn' : '$' + datum.value + ' m'",
        ),
    )
    marks = base.mark_point(size=70, opacity=1, filled=True).encode(
        x=x,
        shape=alt.Shape(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=["square", "diamond", "triangle-up", "cross"]),
            legend=alt.Legend(
                title=None,
                orient="top",
                columns=4 if wide else 2,
                symbolFillColor=SOFT,
                symbolStrokeColor=SOFT,
                labelLimit=160,
            ),
        ),
        tooltip=[alt.Tooltip("label:N"), alt.Tooltip("kind:N"), alt.Tooltip("printed:N"), alt.Tooltip("grade:N")],
    )
    numbers = base.mark_text(align="left", dx=9, fontSize=11).encode(
        x=alt.X("pace:Q"), text=alt.Text("printed:N"), color=alt.ColorValue(INK)
    )
    names = base.mark_text(align="left", fontSize=11, dy=0 if wide else -14).encode(
        x=alt.XValue(-190 if wide else 0), text=alt.Text("label:N"), color=alt.ColorValue(INK)
    )
    chart = alt.layer(marks, numbers, names).properties(
        width=WIDE - 140 if wide else NARROW, height=alt.Step(20 if wide else 36)
    )
    return Drawn(
        chart,
        data.drop(columns=["label", "printed", "place", "kind"]).rename(columns={"pace": "usd_m_at_yearly_pace"}),
        (rows("model_revenues", data.index),),
        alt={
            "marks": units.number(len(data)),
            "openai": units.quantity(source.at["openai-2025", "revenue_usd_m"] / 1000, "USD_bn", 1),
            "anthropic": get("revenue-pace-anthropic-2026-q2").text,
            "zhipu": units.quantity(source.at["zhipu-2025", "revenue_usd_m"], "USD_m"),
            "minimax": units.quantity(source.at["minimax-2025", "revenue_usd_m"], "USD_m"),
            "claim": get("revenue-claim-over-booked-minimax-2026").text,
        },
    )


# Tables -----------------------------------------------------------------------------------------------------------


def _said(item: Finding) -> str:
    """Return a finding in print without its unit, its interval in brackets."""
    if item.low is None or item.high is None:
        return item.bare
    return f"{item.bare} ({units.interval(item.low, item.high, 'count', item.digits, item.scale)})"


MEASURES = {  # measure: the lead, and the cells of both countries
    "downloads": ("lead-downloads-study", "downloads", "study-2025-share-cn", "study-2025-share-us"),
    "derivatives": (
        "lead-derivatives-qwen-google",
        "downloads",
        "summer-2026-derivatives-qwen",
        "summer-2026-derivatives-google",
    ),
    "tokens": ("lead-tokens-top-hundred", "token_shares", "or-2026-mid-top100-cn", "or-2026-mid-top100-us"),
    "arena": ("lead-votes-arena-2026-04", "arena_scores", "open_cn_id", "open_us_id"),
}


def four_measures() -> Table:
    """Return the four measures: who counts what, when, both countries, the lead and what it leaves out."""
    said = table_words("open_source")["four-measures"]["cells"]
    cells, keys = [], []
    for key, (lead, name, china, states) in MEASURES.items():
        item = get(lead)
        if key == "arena":
            day = chapter.arena(chapter.STYLE).iloc[-1]
            sides = [load(name).loc[day[side]] for side in (china, states)]
            shown = [said["elo"].format(model=row["model"], elo=units.number(row["elo"])) for row in sides]
        else:
            sides = [load(name).loc[side] for side in (china, states)]
            shown = [
                units.quantity(row["value"], "percent", 1)
                if row["unit"] == "percent"
                else units.number(row["value"] / (1e12 if key == "tokens" else 1))
                for row in sides
            ]
        keys += [str(row["source"]) for row in sides]
        cells.append(
            {
                "measure": said[key],
                "unit": said[f"{key}-unit"],
                "who": said["by"].format(who=said[f"{key}-who"], period=said[f"{key}-period"]),
                "china": shown[0],
                "us": shown[1],
                "lead": _said(item) if item.interval_text else said["no-interval"].format(lead=item.bare),
                "out": said[f"{key}-out"],
            }
        )
    return table("open_source", "four-measures", pd.DataFrame(cells), tuple(dict.fromkeys(keys)))


def download_labels() -> Table:
    """Return China's lead in downloads under other periods, bases and labels of country."""
    said = table_words("open_source")["download-labels"]["cells"]
    frame = load("downloads")["value"]
    china, states, group = (frame[f"study-2025-share-{side}"] for side in ("cn", "us", "unaffiliated"))
    percent = {"study": (china, states)}
    percent["assigned"] = tuple(makers.without_group(side, group) for side in (china, states))
    percent["spread"] = tuple(side + group * side / (china + states) for side in (china, states))
    turn = get("download-lead-turned-by").value / 100
    percent["turned"] = (china + group * (1 - turn) / 2, states + group * (1 + turn) / 2)
    percent["hub"] = (frame["spring-2026-share-cn"], frame["spring-2026-share-us"])
    both = get("download-share-of-two-curated").value
    percent["curated"] = (both, 100.0 - both)
    cells = [
        {
            "basis": said[key],
            "period": said[f"{key}-period"],
            "china": units.quantity(ours, "percent", 1),
            "us": units.quantity(theirs, "percent", 1),
            "lead": units.number(ours - theirs, 1),
            "of_two": units.quantity(100.0 * ours / (ours + theirs), "percent", 1),
        }
        for key, (ours, theirs) in percent.items()
    ]
    keys = ("longpre2025economies", "hfspring2026", "atom2026report")
    return table("open_source", "download-labels", pd.DataFrame(cells), keys)


# adopter: rows of adopters that say what is used, row of its licence, row of its revenue (if known)
THRESHOLDS = (
    ("cursor-composer-2", "kimi-k2", "cursor-revenue"),
    ("cursor-composer-2", "kimi-k2", "cursor-run-rate-2026-04"),
    ("airbnb-qwen", "qwen-3", "airbnb-revenue-2025"),
    ("airbnb-qwen", "qwen-3.8-2.4t", "airbnb-revenue-2025"),
    ("amazon-rufus-air", "glm-4.5", ""),
    ("arcee-hosts-deepseek", "kimi-k3", ""),
    ("social-capital-kimi", "kimi-k2", ""),
)


def adopters_against_thresholds() -> Table:
    """Return named adopters beside the smallest threshold of the licence that they come under, and whether it binds."""
    said = table_words("open_source")["adopters-against-thresholds"]["cells"]
    adopters, licences = load("adopters"), load("licences")
    cells, keys = [], []
    for who, terms, money in THRESHOLDS:
        user, licence = adopters.loc[who], licences.loc[terms]
        keys += [user["source"], licence["source"]]
        monthly, limit, shown = licence["naming_revenue_threshold_usd_m"], "", said["unknown"]
        if pd.notna(monthly):
            limit = said["naming"].format(limit=units.quantity(monthly, "USD_m"))
        if pd.notna(licence["permission_revenue_threshold_usd_m"]):
            hosting = said["hosting"].format(
                limit=units.quantity(licence["permission_revenue_threshold_usd_m"], "USD_m")
            )
            limit = f"{limit}; {hosting}" if limit else hosting
        verdict = said["none"] if not limit else said["open"]
        if money:
            row = adopters.loc[money]
            keys.append(row["source"])
            month = row["value"] / (1 if money == "cursor-revenue" else 12)
            shown = said["month"].format(money=units.quantity(month, "USD_m"), day=units.day(row["as_of"], "MMMM y"))
            if pd.notna(monthly):
                verdict = said["over" if month > monthly else "under"].format(
                    ratio=units.quantity(month / monthly, "ratio", 1 if month < 20 * monthly else 0)
                )
        cells.append(
            {
                "adopter": user["adopter"],
                "model": f"{licence['family']} ({licence['versions']})",
                "limit": limit or said["no-limit"],
                "revenue": shown,
                "verdict": verdict,
                "known": said[f"{who}-{terms}"],
            }
        )
    return table("open_source", "adopters-against-thresholds", pd.DataFrame(cells), tuple(dict.fromkeys(keys)))


def qwen_timeline() -> Table:
    """Return the models of Alibaba that were its best on the index when they came, with distance and lag."""
    said = table_words("open_source")["qwen-timeline"]["cells"]
    models, cells = chapter.models(), []
    for row in found.qwen_records().itertuples():
        states = models[(models["country"] == "US") & (models["version_date"] <= row.version_date)]
        top = states["score"].max()
        months, _ = analysis.months_since_first_at(models, row.score, "US", row.version_date)
        cells.append(
            {
                "day": units.day(row.version_date),
                "model": row.model,
                "weights": said["open" if row.open else "hosted" if "hosted" in row.model else "closed"],
                "score": said["score"].format(
                    score=units.number(row.score, 1), interval=units.interval(row.low, row.high, "points", 1)
                ),
                "behind": units.number(top - row.score, 1),
                "lag": units.number(months, 1),
            }
        )
    return table("open_source", "qwen-timeline", pd.DataFrame(cells), ("epoch_eci_202608",))


def listings() -> Table:
    """Return the two listings in Hong Kong: offer, path of the price, value over revenue."""
    said = table_words("open_source")["hong-kong-listings"]["cells"]
    events, cells = load("market_events")["value"], []
    for key, name in (("zhipu", "Zhipu"), ("minimax", "MiniMax")):
        high = (
            events["zhipu-high-2026"]
            if key == "zhipu"
            else load("market_events").at["minimax-price-2026-09-18", "high"]
        )
        cells.append(
            {
                "firm": name,
                "raised": said["bn"].format(hkd=units.number(events[f"{key}-offer-announced"], 2)),
                "offer": units.number(events[f"{key}-issue-price"], 1),
                "first": units.number(events[f"{key}-first-close"], 1),
                "high": units.number(high),
                "september": units.number(events[f"{key}-price-2026-09-18"]),
                "multiple_first": _said(get(f"{key}-value-over-revenue-first-close")),
                "multiple_now": _said(get(f"{key}-value-over-revenue-2026-09")),
            }
        )
    keys = ("zhipu_hkex2026", "minimax_hkex2026", "zhipuminimax2026", "hk_shares_sep2026", "hkex_zhipu_minimax2026")
    return table("open_source", "hong-kong-listings", pd.DataFrame(cells), keys)


# maker, newest booked period, newest claim or estimate, its name among the makers on OpenRouter, tokens by itself
BESIDE = (
    ("OpenAI", "openai-2025", "openai-2026-08-estimate", "OpenAI", ""),
    ("Anthropic", "anthropic-2026-q2", "anthropic-2026-05-28", "Anthropic", ""),
    ("Google", "", "", "", "google-api-2026-05"),
    ("xAI", "xai-2025", "", "xAI", ""),
    ("Alibaba", "", "alibaba-models-2026-05", "Qwen", "qwen-2025-12-estimate"),
    ("ByteDance", "", "", "", "doubao-2026-06"),
    ("MiniMax", "minimax-2026-h1", "minimax-run-2026-08", "MiniMax", ""),
    ("Zhipu", "zhipu-2026-h1", "", "Zhipu", ""),
    ("Moonshot AI", "", "moonshot-2026-06", "", ""),
    ("DeepSeek", "", "deepseek-2026-estimate", "DeepSeek", ""),
    ("Xiaomi", "", "", "Xiaomi", ""),
)


def revenue_beside_usage() -> Table:
    """Return each maker's newest revenue, its newest claim, and its tokens, each on its own basis."""
    said = table_words("open_source")["revenue-beside-usage"]["cells"]
    money, tokens = load("model_revenues"), load("token_shares")
    shares = found.token_shares().set_index("entity")["value"]
    cells, keys = [], []

    def paid(key: str) -> str:
        if not key:
            return said["none"]
        row = money.loc[key]
        keys.append(row["source"])
        value = row["revenue_usd_m"]
        amount = units.quantity(value, "USD_m") if value < 1000 else units.quantity(value / 1000, "USD_bn", 1)
        kind = said["kind"][row["kind"]]
        return said["paid"].format(
            amount=amount, kind=kind, period=said["period"][row["period_type"]], day=units.day(row["as_of"], "MMMM y")
        )

    for name, booked, claimed, routed, own in BESIDE:
        served = said["none"]
        if own:
            row = tokens.loc[own]
            keys.append(row["source"])
            served = said["tokens"].format(
                count=units.number(row["value"] / 1e12), day=units.day(row["as_of"], "MMMM y"), basis=said["basis"][own]
            )
        cells.append(
            {
                "maker": name,
                "booked": paid(booked),
                "claimed": paid(claimed),
                "routed": units.quantity(shares[routed], "percent", 1) if routed else said["none"],
                "own": served,
            }
        )
    keys.append("codesota2026openrouter")
    return table("open_source", "revenue-beside-usage", pd.DataFrame(cells), tuple(dict.fromkeys(keys)))
