"""Figures and tables of the chapter on diffusion: what a spread rests on, standards, and rules."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from helpers import units
from helpers.analysis import diffusion_bases as analysis
from helpers.analysis import standards
from helpers.data import assumption, load
from helpers.figures.diffusion import _month, _row_axis, _row_labels
from helpers.figures.frame import COLOURS, GRID, INK, NARROW, SOFT, WIDE, Drawn, Words, country_scale, figure, printed
from helpers.figures.tables import Table, escape, table, table_words
from helpers.findings import get, rows
from helpers.findings.diffusion_bases import CANDIDATES

# What a panel shows: the rows (summed) of either country, or two findings; unit, decimals and scale in print.
ROBOTS, POWER, RESEARCH = "industrial_ai", "power", "research"
FOUNDATIONS = {
    "robots-cn-over-us-2024": (ROBOTS, ("robots-installed-cn-2024",), ("robots-installed-us-2024",), "count", 0),
    "robots-density-cn-over-us-2023": (ROBOTS, ("robots-density-cn-2023",), ("robots-density-us-2023",), "count", 0),
    "humanoids-named-cn-over-us-2025": (
        ROBOTS,
        ("humanoids-2025-agibot", "humanoids-2025-unitree", "humanoids-2025-ubtech"),
        ("humanoids-2025-tesla", "humanoids-2025-figure", "humanoids-2025-agility"),
        "count",
        0,
    ),
    "electric-car-share-cn-over-us-2025": (
        ROBOTS,
        ("electric-cars-cn-2025",),
        ("electric-cars-us-2025",),
        "percent",
        0,
    ),
    "capacity-added-cn-over-us-2024": (POWER, ("cn-capacity-added-2024",), ("us-capacity-added-2024-gross",), "GW", 0),
    "dc-capacity-cn-over-us-2025": (
        POWER,
        ("cn-dc-capacity-share-2025",),
        ("us-dc-capacity-share-2025",),
        "percent",
        0,
    ),
    "stem-doctorates-ratio-2019": (RESEARCH, ("stem-doctorates-cn-2019",), ("stem-doctorates-us-2019",), "count", 0),
    "ai-patents-granted-ratio": (RESEARCH, ("ai-patents-granted-cn",), ("ai-patents-granted-us",), "count", 0),
    "aspi-machine-learning-ratio": (
        RESEARCH,
        ("aspi-machine-learning-cn",),
        ("aspi-machine-learning-us",),
        "percent",
        1,
    ),
    "notable-models-cn-over-us-2024": (RESEARCH, ("notable-models-cn-2024",), ("notable-models-us-2024",), "count", 0),
    "genai-users-cn-over-us-telemetry": (None, "genai-users-cn-telemetry", "genai-users-us-telemetry", "million", 0),
    "optimism-cn-over-us-2024": (None, "optimism-cn-2024", "optimism-us-2024", "percent", 0),
}
MINERALS = (
    ("Gallium", None, "gallium-refined-share-cn-2024"),
    ("Germanium", None, "germanium-share-cn"),
    ("Silicon metal", None, "silicon-refined-share-cn-2025"),
    ("Indium", None, "indium-refined-share-cn-2024"),
    ("Tungsten", "tungsten-mined-share-cn-2024", None),
    ("Graphite", "graphite-mined-share-cn-2024", None),
    ("Rare earths", "rare-earths-mined-share-cn-2024", "rare-earths-refined-share-cn-2023"),
    ("Copper", None, "copper-refined-share-cn-2024"),
    ("Cobalt", "cobalt-mined-share-cn-2024", "cobalt-refined-share-cn-2024"),
    ("Lithium", "lithium-mined-share-cn-2024", "lithium-refined-share-cn-2024"),
    ("Nickel", "nickel-mined-share-cn-2024", None),
)
WITHHELD = ("Silicon metal", "Lithium", "Germanium")  # no American output is printed
GRAPHITE_REFINED = "graphite-share-refined-2024-cn"
RESEARCHED = {
    "doctorates": ("stem-doctorates-ratio-2019", "doctorates-all-ratio-2023", "stem-doctorates-ratio-2025"),
    "patents": ("ai-patents-granted-ratio", "ai-patents-share-ratio-2023", "genai-inventions-ratio"),
    "papers": ("aspi-machine-learning-ratio", "aspi-analytics-ratio", "aspi-accelerators-ratio", "aspi-nlp-ratio"),
    "models": ("notable-models-cn-over-us-2024",),
}
UNLIKE = ("stem-doctorates-ratio-2025", "aspi-accelerators-ratio")  # a projection, and a single year: drawn hollow
ASKED = ("CN", "SA", "IN", "WW", "CA", "US", "NL")
STEP = 0.25  # years: the width of a column of dots
MOST = 5.5  # years: the end of the scale
POINTS = 201  # of the curve of replies
UNIT_WORDS = {"million": ("million_people", "million")}


def _panel_value(spec: tuple) -> tuple[float, float]:
    """Return the values of China and the United States of one panel."""
    name, china, america = spec[:3]
    if name is None:
        return get(china).value, get(america).value
    values = load(name)["value"]
    return float(values[list(china)].sum()), float(values[list(america)].sum())


@figure("foundations")
def foundations(words: Words, wide: bool) -> Drawn:
    """Draw both countries on each foundation of diffusion, a panel each with its own scale."""
    lines = []
    for key, spec in FOUNDATIONS.items():
        found, unit, digits = get(key), spec[3], spec[4]
        for country, value in zip(("CN", "US"), _panel_value(spec), strict=True):
            shown = "million_people" if unit == "million" else unit
            lines.append(
                {
                    "foundation": words[key],
                    "basis": words[f"{key}-basis"],
                    "country": country,
                    "place": words[country.lower()],
                    "value": round(value, 3),
                    "unit": shown,
                    "as_of": found.as_of.isoformat(),
                    "printed": units.number(value, digits)
                    + {"percent": "%", "GW": " GW", "million": " m"}.get(unit, ""),
                }
            )
    data = pd.DataFrame(lines)
    # Each panel has its own scale: bars are drawn as parts of the longer one, on one scale for all.
    data["part"] = (100 * data["value"] / data.groupby("foundation")["value"].transform("max")).round(2)
    data["panel"] = data["foundation"] + "|" + data["basis"]
    base = alt.Chart(data).encode(
        x=alt.X("part:Q", axis=None, scale=alt.Scale(domain=[0, 155])),
        y=alt.Y("place:N", sort=[words["cn"], words["us"]], axis=_row_axis(True, 60)),
    )
    bars = base.mark_bar(height=11).encode(color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None))
    values = base.mark_text(align="left", dx=4, fontSize=11).encode(
        text=alt.Text("printed:N"), color=alt.ColorValue(INK)
    )
    head = alt.Header(labelExpr="split(datum.label, '|')", labelFontSize=11, labelAnchor="start", labelPadding=3)
    chart = (
        (bars + values)
        .properties(width=(WIDE - 130) / 3 if wide else (NARROW - 84) / 2, height=alt.Step(17))
        .facet(
            facet=alt.Facet("panel:N", title=None, sort=list(dict.fromkeys(data["panel"])), header=head),
            columns=3 if wide else 2,
            spacing=14,
        )
        .resolve_axis(y="independent")
    )
    shown = printed(
        {
            "humanoids": "humanoids-named-cn-over-us-2025",
            "robots": "robots-cn-over-us-2024",
            "doctorates": "stem-doctorates-ratio-2019",
            "centres": "dc-capacity-cn-over-us-2025",
            "models": "notable-models-cn-over-us-2024",
        }
    )
    kept = data.drop(columns=["printed", "place", "part", "panel"])
    return Drawn(chart, kept, tuple(get(key) for key in FOUNDATIONS), alt=shown)


@figure("minerals-by-stage")
def minerals_by_stage(words: Words, wide: bool) -> Drawn:
    """Draw China's share of each mineral mined and refined, and the American share of mining."""
    minerals = load("minerals")
    lines, evidence = [], []
    for name, mined, refined in MINERALS:
        output = analysis.output(minerals, name)
        line = {"mineral": words[name], "mined_cn_percent": None, "refined_cn_percent": None, "us_percent": None}
        for column, key in (("mined_cn_percent", mined), ("refined_cn_percent", refined)):
            if key:
                found = get(key)
                evidence.append(found)
                line[column] = round(found.value, 1)
                line["low_percent"], line["high_percent"] = found.low, found.high
        if name == "Graphite":
            line["refined_cn_percent"] = minerals.loc[GRAPHITE_REFINED, "value"]
        if name not in WITHHELD:
            line["us_percent"] = round(analysis.share_of_output(output, "US"), 1)
        if len(output):
            counted = output[output["country"] != "WW"].set_index("place")["value"]
            line["effective_countries"] = round(sum(analysis.effective_countries(counted)) / 2, 1)
        lines.append(line)
    data = pd.DataFrame(lines)
    order = list(data["mineral"])
    axis = alt.Axis(tickCount=5, grid=True, gridColor=GRID)
    scale = alt.Scale(domain=[0, 100])
    names = alt.Axis(title=None, labelLimit=90, labelPadding=10, ticks=False, domain=False, grid=False)
    base = alt.Chart(data).encode(y=alt.Y("mineral:N", sort=order, axis=names))
    joined = (
        base.transform_filter("datum.mined_cn_percent !== null && datum.refined_cn_percent !== null")
        .mark_rule(strokeWidth=2, opacity=0.5, color=COLOURS["CN"])
        .encode(
            x=alt.X("mined_cn_percent:Q", title=words["x"], scale=scale, axis=axis), x2=alt.X2("refined_cn_percent:Q")
        )
    )
    ranged = (
        base.transform_filter("isValid(datum.low_percent)")
        .mark_rule(strokeWidth=2, color=COLOURS["CN"], strokeDash=[3, 2])
        .encode(x=alt.X("low_percent:Q", scale=scale), x2=alt.X2("high_percent:Q"))
    )
    marks = []
    for column, shape, filled, colour in (
        ("us_percent", "circle", True, COLOURS["US"]),
        ("mined_cn_percent", "circle", False, COLOURS["CN"]),
        ("refined_cn_percent", "diamond", True, COLOURS["CN"]),
    ):
        marks.append(
            base.transform_filter(f"datum.{column} !== null")
            .mark_point(shape=shape, filled=filled, size=95, opacity=1, strokeWidth=2, color=colour)
            .encode(x=alt.X(f"{column}:Q", scale=scale))
        )
    width = WIDE - 165 if wide else NARROW - 120
    numbers = (
        base.transform_filter("isValid(datum.effective_countries)")
        .mark_text(align="right", fontSize=11)
        .encode(
            x=alt.XValue(width + (60 if wide else 30)),
            text=alt.Text("effective_countries:Q", format=".1f"),
            color=alt.ColorValue(INK),
        )
    )
    head = alt.Chart(pd.DataFrame({"head": [words["effective" if wide else "effective-short"]]})).mark_text(
        align="right", fontSize=11, color=SOFT, lineBreak="|"
    )
    head = head.encode(x=alt.XValue(width + (60 if wide else 30)), y=alt.YValue(-20), text=alt.Text("head:N"))
    plot = alt.layer(joined, ranged, *marks, numbers, head).properties(width=width, height=alt.Step(22))
    key = _key_marks(words, wide)
    chart = alt.vconcat(key, plot, spacing=24)
    used = minerals[minerals["measure"].str.endswith("production")].index
    return Drawn(
        chart,
        data,
        (*evidence, rows("minerals", [GRAPHITE_REFINED, *used])),
        alt=printed(
            {
                "gallium": "gallium-refined-share-cn-2024",
                "cobalt_mined": "cobalt-mined-share-cn-2024",
                "cobalt_refined": "cobalt-refined-share-cn-2024",
                "lithium_mined": "lithium-mined-share-cn-2024",
                "lithium_refined": "lithium-refined-share-cn-2024",
                "us": "rare-earths-mined-share-us-2024",
            }
        ),
    )


def _key_marks(words: Words, wide: bool) -> alt.Chart:
    """Return a line, or two narrow ones, that name the marks of the figure on minerals."""
    lines, at, row = [], 6.0, 0
    for kind in ("mined", "refined", "us-mined"):
        label = words[kind]
        if not wide and lines:
            at, row = 6.0, row + 1
        lines.append({"kind": kind, "name": label, "at": at, "row": 8 + 16 * row})
        at += 30 + 6.2 * len(label)
    base = alt.Chart(pd.DataFrame(lines)).encode(
        x=alt.X("at:Q", axis=None, scale=None), y=alt.Y("row:Q", axis=None, scale=None)
    )
    text = base.mark_text(align="left", dx=9, fontSize=11).encode(text=alt.Text("name:N"))
    shapes = {"mined": ("circle", False, "CN"), "refined": ("diamond", True, "CN"), "us-mined": ("circle", True, "US")}
    marks = [
        base.transform_filter(f"datum.kind == '{kind}'").mark_point(
            shape=shape, filled=filled, size=80, opacity=1, strokeWidth=2, color=COLOURS[country]
        )
        for kind, (shape, filled, country) in shapes.items()
    ]
    return alt.layer(*marks, text).properties(width=WIDE - 165 if wide else NARROW - 120, height=16 if wide else 50)


@figure("research-by-definition")
def research_by_definition(words: Words, wide: bool) -> Drawn:
    """Draw China over the United States by every definition found of doctorates, patents, papers and models."""
    found = [(group, get(key)) for group, keys in RESEARCHED.items() for key in keys]
    data = pd.DataFrame(
        {
            "group": [words[group] for group, _ in found],
            "definition": [words[item.id] for _, item in found],
            "china_over_us": [round(item.value, 4) for _, item in found],
            "like_for_like": [item.id not in UNLIKE for _, item in found],
            "as_of": [item.as_of.isoformat() for _, item in found],
        }
    )
    data["ahead"] = ["CN" if value > 1 else "US" for value in data["china_over_us"]]
    space = 250
    charts = []
    for group in RESEARCHED:
        part = data[data["group"] == words[group]]
        order = list(part["definition"])
        last = group == list(RESEARCHED)[-1]
        base = alt.Chart(part).encode(
            x=alt.X(
                "china_over_us:Q",
                title=words["x"] if last else None,
                scale=alt.Scale(type="log", domain=[0.3, 10]),
                axis=alt.Axis(
                    values=[0.5, 1, 2, 4, 8], format="~g", labels=last, ticks=last, grid=True, gridColor=GRID
                ),
            ),
            y=alt.Y("definition:N", sort=order, axis=_row_axis(wide, space)),
        )
        colour = alt.Color("ahead:N", scale=country_scale("US", "CN"), legend=None)
        even = alt.Chart(pd.DataFrame({"even": [1]})).mark_rule(strokeWidth=1.2, color=SOFT).encode(x=alt.X("even:Q"))
        if not wide:  # a mark a row, so that no line runs through the names above the rows
            even = alt.Chart(part.assign(even=1)).mark_tick(orient="vertical", size=15, thickness=1.5, color=SOFT)
            even = even.encode(x=alt.X("even:Q"), y=alt.Y("definition:N", sort=order, axis=None))
        like = base.transform_filter("datum.like_for_like").mark_point(filled=True, size=110, opacity=1)
        unlike = base.transform_filter("!datum.like_for_like").mark_point(
            filled=False, size=95, strokeWidth=2, opacity=1
        )
        text = base.mark_text(align="left", dx=10, fontSize=11).encode(text=alt.Text("china_over_us:Q", format=".2~f"))
        layers = even + like.encode(color=colour) + unlike.encode(color=colour) + text
        if not wide:
            layers += _row_labels(part, "definition", order)
        charts.append(
            layers.properties(
                width=WIDE - space if wide else NARROW,
                height=alt.Step(23 if wide else 38),
                title=alt.TitleParams(words[group], fontSize=12, color=INK, frame="group", offset=4 if wide else 10),
            )
        )
    shown = printed(
        {
            "least": "stem-doctorates-ratio-2019",
            "official": "doctorates-all-ratio-2023",
            "most": "genai-inventions-ratio",
            "language": "aspi-nlp-ratio",
            "models": "notable-models-cn-over-us-2024",
        }
    )
    evidence = tuple(item for _, item in found)
    return Drawn(alt.vconcat(*charts, spacing=8), data.drop(columns="ahead"), evidence, alt=shown)


@figure("attitudes")
def attitudes(words: Words, wide: bool) -> Drawn:
    """Draw the share that sees more benefits than drawbacks in AI, in two waves of one survey."""
    asked = load("attitudes")
    asked = asked[(asked["series"] == "ipsos-more-benefits") & asked["country"].isin(ASKED)]
    table = asked.assign(year=asked["as_of"].dt.year).pivot(index="country", columns="year", values="value")
    first, last = min(table.columns), max(table.columns)
    table = table.loc[list(ASKED)]
    data = pd.DataFrame(
        {
            "place": [words[code.lower()] for code in table.index],
            "country": list(table.index),
            "first_percent": table[first].to_numpy(),
            "last_percent": table[last].to_numpy(),
        }
    )
    data["colour"] = data["country"].where(data["country"].isin(["US", "CN"]), "other")
    order = list(data["place"])
    scale = alt.Scale(domain=[0, 100])
    base = alt.Chart(data).encode(
        y=alt.Y("place:N", sort=order, axis=_row_axis(True, 130)),
        color=alt.Color("colour:N", scale=country_scale("US", "CN", "other"), legend=None),
    )
    both = base.transform_filter("isValid(datum.last_percent)")
    line = both.mark_rule(strokeWidth=2.5, opacity=0.5).encode(
        x=alt.X(
            "first_percent:Q", title=words["x"], scale=scale, axis=alt.Axis(tickCount=5, grid=True, gridColor=GRID)
        ),
        x2=alt.X2("last_percent:Q"),
    )
    before = base.mark_point(filled=False, size=80, strokeWidth=2, opacity=1).encode(
        x=alt.X("first_percent:Q", scale=scale)
    )
    after = both.mark_point(filled=True, size=100, opacity=1).encode(x=alt.X("last_percent:Q", scale=scale))
    value = both.mark_text(align="left", dx=9, fontSize=11).encode(
        x=alt.X("last_percent:Q", scale=scale), text=alt.Text("last_percent:Q", format=".0f"), color=alt.ColorValue(INK)
    )
    width = WIDE - 135 if wide else NARROW - 125
    chart = (line + before + after + value).properties(width=width, height=alt.Step(22))
    return Drawn(
        chart,
        data.drop(columns="colour"),
        (rows("attitudes", asked.index), get("optimism-change-cn-2021-2024"), get("optimism-change-us-2021-2024")),
        alt=printed(
            {
                "cn": "optimism-cn-2024",
                "us": "optimism-us-2024",
                "cn_change": "optimism-change-cn-2021-2024",
                "us_change": "optimism-change-us-2021-2024",
            }
        ),
    )


@figure("build-times")
def build_times(words: Words, wide: bool) -> Drawn:
    """Draw the time from ground works to first power, a dot a site: finished ones apart from those under way."""
    times = analysis.building_times(load("build_sites"))
    times = times[times["country"].isin(["US", "CN"])]
    groups = [("US", True, "us-done"), ("US", False, "us-under-way"), ("CN", True, "cn-done")]
    parts = []
    for country, done, name in groups:
        part = times[(times["country"] == country) & (times["done"] == done)].sort_values("years")
        column = np.floor(part["years"] / STEP) * STEP + STEP / 2
        parts.append(
            pd.DataFrame(
                {
                    "group": words[name],
                    "site": part["site"],
                    "country": country,
                    "done": done,
                    "years": part["years"].round(2),
                    "column_years": column.round(3),
                    "height": part.groupby(column).cumcount() + 0.5,
                }
            )
        )
    data = pd.concat(parts, ignore_index=True)
    median = get("build-time-us-median-2026")
    charts = []
    for country, done, name in groups:
        part = data[data["group"] == words[name]]
        tallest = max(2.0, part["height"].max() + 1.0)
        base = alt.Chart(part).encode(
            x=alt.X(
                "column_years:Q",
                title=words["x"] if name == groups[-1][2] else None,
                scale=alt.Scale(domain=[0, MOST]),
                axis=alt.Axis(tickCount=6, labels=name == groups[-1][2], grid=True, gridColor=GRID),
            ),
            y=alt.Y("height:Q", axis=None, scale=alt.Scale(domain=[0, tallest])),
        )
        dots = base.mark_point(filled=done, size=95 if wide else 62, opacity=1, strokeWidth=1.8, color=COLOURS[country])
        layers = [dots]
        if name == "us-done":
            mark = pd.DataFrame([{"median": median.value, "low": median.low, "high": median.high}])
            band = (
                alt.Chart(mark)
                .mark_rect(opacity=0.18, color=COLOURS["US"])
                .encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
            )
            rule = alt.Chart(mark).mark_rule(strokeWidth=2, color=INK).encode(x=alt.X("median:Q"))
            layers = [band, rule, dots]
        charts.append(
            alt.layer(*layers).properties(
                width=WIDE - 40 if wide else NARROW - 20,
                height=max(26, tallest * (15 if wide else 13)),
                title=alt.TitleParams(words[name], fontSize=12, color=INK, frame="group", offset=4),
            )
        )
    shown = printed({"fast": "build-us-as-fast-as-cn-2026", "done": "build-sites-us-done-2026"})
    shown |= {
        "us": median.text,
        "interval": median.interval_text,
        "cn": get("build-time-cn-middle-2026").interval_text,
    }
    evidence = (median, get("build-time-cn-middle-2026"), rows("build_sites", times.index))
    return Drawn(alt.vconcat(*charts, spacing=8), data.drop(columns="height"), evidence, alt=shown)


@figure("two-standards")
def two_standards(words: Words, wide: bool) -> Drawn:
    """Draw what part of choosers takes the second standard when a given part has it, with controls."""
    advantage, weight = assumption("standard-advantage"), assumption("standard-network-weight")
    have = np.linspace(0.0, 1.0, POINTS)
    data = pd.DataFrame(
        {
            "have_percent": (100 * have).round(2),
            "take_percent": (100 * np.asarray(standards.reply(have, advantage.value, weight.value))).round(3),
        }
    )
    controls = [
        alt.param(
            name="advantage",
            value=advantage.value,
            bind=alt.binding_range(min=advantage.low, max=advantage.high, step=0.05, name=words["advantage"]),
        ),
        alt.param(
            name="weight",
            value=weight.value,
            bind=alt.binding_range(min=weight.low, max=weight.high, step=0.1, name=words["weight"]),
        ),
    ]
    live = (
        alt.Chart(data[["have_percent"]])
        .transform_calculate(take="100 / (1 + exp(-(advantage + weight * (2 * datum.have_percent / 100 - 1))))")
        .transform_calculate(gap="datum.take - datum.have_percent")
        .transform_window(before="lag(gap)", sort=[alt.SortField("have_percent")])
    )
    x = alt.X("have_percent:Q", title=words["x"], scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5))
    y = alt.Y("take:Q", title=words["y"], scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5, gridColor=GRID))
    same = alt.Chart(pd.DataFrame({"a": [0, 100], "b": [0, 100]})).mark_line(
        strokeDash=[4, 3], strokeWidth=1.2, color=SOFT
    )
    same = same.encode(x=alt.X("a:Q", title=words["x"]), y=alt.Y("b:Q", title=words["y"]))
    curve = live.mark_line(strokeWidth=2.5, color=INK).encode(x=x, y=y)
    crossing = live.transform_filter(
        "isValid(datum.before) && datum.before * datum.gap <= 0 && datum.before != datum.gap"
    )
    rest = crossing.transform_filter("datum.before > 0").mark_point(filled=True, size=130, opacity=1, color=INK)
    tip = crossing.transform_filter("datum.before < 0").mark_point(
        filled=False, size=120, strokeWidth=2, color=INK, opacity=1
    )
    # Where they lie is written beside each, above the resting points and below the tipping point.
    rest_text = crossing.transform_filter("datum.before > 0").transform_calculate(
        label="format(datum.have_percent, '.0f') + '%'"
    )
    rest_text = rest_text.mark_text(dy=-14, dx=-2, align="right", fontSize=12)
    tip_text = crossing.transform_filter("datum.before < 0").transform_calculate(
        label=f"'{words['tips']} ' + format(datum.have_percent, '.0f') + '%'"
    )
    tip_text = tip_text.mark_text(dy=16, dx=6, align="left", fontSize=12)
    layers = [same, curve, rest.encode(x=x, y=y), tip.encode(x=x, y=y)]
    layers += [
        rest_text.encode(x=x, y=y, text=alt.Text("label:N")),
        tip_text.encode(x=x, y=y, text=alt.Text("label:N")),
    ]
    side = 330 if wide else NARROW - 60
    chart = alt.layer(*layers).add_params(*controls).properties(width=WIDE - 90 if wide else side, height=side - 20)
    shown = printed({"tipping": "two-standards-tipping-share", "rest": "two-standards-newcomer-rest"})
    return Drawn(chart, data, (get("two-standards-tipping-share"), get("huawei-countries")), alt=shown)


# Tables -----------------------------------------------------------------------------------------------------------


def plan_table() -> Table:
    """Return what the plan's target may be a share of, where each stands and what the target would ask of it."""
    words = table_words("diffusion")["plan-denominators"]
    target, later = get("ai-plus-target-2027"), get("ai-plus-target-2030")
    lines, keys = [], {}
    for name, (share_key, pace_key) in CANDIDATES.items():
        share = get(share_key)
        pace = get(pace_key) if pace_key else None
        missing = target.value - share.value
        lines.append(
            {
                "what": words["rows"][name],
                "share": share.text,
                "date": _month(pd.Timestamp(share.as_of)),
                "missing": units.number(missing, 0) if missing > 0 else words["passed"],
                "pace": pace.interval_text if pace else words["none"],
                "later": words["passed"] if share.value > later.value else words["open"],
            }
        )
        keys |= dict.fromkeys(share.sources)
    return table("diffusion", "plan-denominators", pd.DataFrame(lines), tuple(keys))


def regimes_table() -> Table:
    """Return the rules on models and services side by side, yes and no with what stands behind them."""
    words = table_words("diffusion")["regimes"]
    regimes = load("regimes")
    lines = []
    for indicator, label in words["rows"].items():
        line = {"indicator": f"**{escape(label)}**"}
        for country in words["columns"]:
            if country == "indicator":
                continue
            row = regimes[(regimes["indicator"] == indicator) & (regimes["country"] == country)].iloc[0]
            keys = [row["source"], *([row["also_source"]] if pd.notna(row["also_source"]) else [])]
            threshold = ""
            if pd.notna(row["threshold_flop"]):
                threshold = f": {units.quantity(row['threshold_flop'], 'FLOP', 0, 'power')}"
            answer = words["yes" if row["applies"] == "yes" else "no"]
            line[country] = f"{answer}. {escape(row['rule'])}{threshold} {{cite:p}}`{','.join(keys)}`"
        lines.append(line)
    return table("diffusion", "regimes", pd.DataFrame(lines), marked=True)


def regimes_others_table() -> Table:
    """Return yes and no of all jurisdictions on all indicators."""
    words = table_words("diffusion")["regime-profiles"]
    found = analysis.profiles(load("regimes"))
    lines = [
        {"place": place} | {name: words["yes" if row[name] else "no"] for name in words["columns"] if name != "place"}
        for place, row in found.sort_index().iterrows()
    ]
    keys = tuple(dict.fromkeys(load("regimes").query("country not in ('EU', 'US', 'CN')")["source"]))
    return table("diffusion", "regime-profiles", pd.DataFrame(lines), keys)


FOLLOWED = (
    "data-centre-permit-order-2025",
    "action-plan-doe-sites-2025",
    "eo-14365",
    "action-plan-omb-2025",
    "action-plan-framework-2026",
    "action-plan-grid-equipment-2026",
    "eo-frontier-review-2026",
    "house-draft-2026",
    "ferc-large-loads-2026",
)


def action_plan_table() -> Table:
    """Return the steps found that follow America's AI Action Plan, by date."""
    words = table_words("diffusion")["action-plan"]
    events = load("policy_events").loc[list(FOLLOWED)].sort_values("event_date")
    lines = [
        {
            "date": _month(row.event_date, "d MMM y" if row.date_precision == "day" else "MMM y"),
            "step": row.event,
            "on": words["rows"][row.Index],
        }
        for row in events.itertuples()
    ]
    return table("diffusion", "action-plan", pd.DataFrame(lines), tuple(dict.fromkeys(events["source"])))
