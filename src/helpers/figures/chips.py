"""Figures and tables of the chapter on chips."""

from __future__ import annotations

from functools import cache

import altair as alt
import pandas as pd

from helpers import units
from helpers.analysis import chip_costs
from helpers.analysis import chips as analysis
from helpers.data import assumption, load
from helpers.data.edition import edition
from helpers.figures.frame import COLOURS, INK, NARROW, SOFT, WIDE, Drawn, Words, country_scale, figure, printed
from helpers.figures.tables import Table, table, table_words
from helpers.findings import chips as sources
from helpers.findings import chips_depth as depth
from helpers.findings import get, rows

MILLION = 1e6
H200_STEP, H200_MOST = 10_000, 900_000  # the higher of the reported ceilings of both sides' policies
HORIZON = range(2025, 2033)
LAST_YEAR = 2030


def _year(when: pd.Timestamp) -> float:
    """Return a day as a number on an axis of years."""
    return when.year + (when.day_of_year - 1) / 366


def _label(chip: str) -> str:
    """Shorten a chip's name to what a reader calls it."""
    return chip.removeprefix("Ascend ").partition(" ")[0]


# --- the rule -------------------------------------------------------------------------------------------------


@figure("export-rule-ladder")
def rule_ladder(words: Words, wide: bool) -> Drawn:
    """Draw every chip's yardstick by release, with the thresholds of the rules and what these say on a chosen day."""
    chips, rules = load("accelerators"), load("export_rules")
    chips = chips[chips["tpp"].notna() & (chips["china_sale"] != "own cloud only")]
    chips = chips[(chips["country"] == "US") | (chips["vendor"] == "Huawei")]
    chips = chips[~chips.index.isin(["atlas-350", "ascend-950dt"])]
    american = chips[chips["country"] == "US"]
    changes = sorted(set(rules.loc[_tested(rules), "in_force_from"].dropna()))
    days = [changes[0] - pd.Timedelta(days=1), *changes, pd.Timestamp(edition().released)]
    sales = analysis.sales(american, days, rules)
    states = [
        {
            "chip": _label(chip["chip"]),
            "released": chip["released"].date().isoformat(),
            "year": _year(chip["released"]),
            "tpp": chip["tpp"],
            "day": on.date().isoformat(),
            "sale": words[sales[key, on].status],
        }
        for on in days
        for key, chip in american.iterrows()
    ]
    ours = pd.DataFrame(states)
    theirs = pd.DataFrame(
        [
            {
                "chip": _label(chip["chip"]),
                "released": chip["released"].date().isoformat(),
                "year": _year(chip["released"]),
                "tpp": chip["tpp"],
                "shape": words["planned" if chip["release_status"] == "roadmap" else "shipped"],
            }
            for _, chip in chips[chips["country"] == "CN"].iterrows()
        ]
    )
    lines = _thresholds(rules, words)
    choice = alt.param(
        name="day",
        value=ours["day"].iloc[-1],
        bind=alt.binding_select(options=[on.date().isoformat() for on in days], name=words["select"]),
    )
    x_scale = alt.Scale(domain=[2020.5, LAST_YEAR])
    x = alt.X(
        "year:Q",
        title=words["x"],
        axis=alt.Axis(format="d", tickCount=10 if wide else 4),
        scale=x_scale,
    )
    y = alt.Y(
        "tpp:Q",
        title=words["y"],
        scale=alt.Scale(type="log", domain=[1500, 250_000]),
        axis=alt.Axis(values=[2000, 5000, 10_000, 20_000, 50_000, 100_000], format=",d"),
    )
    names = [words[key] for key in (analysis.FREE, analysis.CASE_BY_CASE, analysis.REFUSED, analysis.UNKNOWN)]
    legend = alt.Legend(title=None, orient="top", direction="horizontal" if wide else "vertical")
    colour = alt.Color(
        "sale:N",
        scale=alt.Scale(domain=names, range=[COLOURS["AE"], COLOURS["EU"], COLOURS["other"], SOFT]),
        legend=legend,
    )
    rule = (
        alt.Chart(lines).mark_rule(strokeDash=[4, 3]).encode(x=x, x2=alt.X2("until:Q"), y=y, color=alt.ColorValue(SOFT))
    )
    rule_text = (
        alt.Chart(lines)
        .mark_text(align="right", dy=-7, fontSize=11)
        .encode(
            x=alt.X("until:Q", title=words["x"], scale=x_scale),
            y=y,
            text="text:N" if wide else "short:N",
            color=alt.ColorValue(SOFT),
        )
    )
    now = alt.Chart(ours).transform_filter("datum.day == day")
    points = now.mark_point(filled=True, size=70, opacity=0.95).encode(
        x=x,
        y=y,
        color=colour,
        shape=alt.Shape(
            "sale:N",
            scale=alt.Scale(domain=names, range=["circle", "square", "cross", "diamond"]),
            legend=legend,
        ),
    )
    chinese = [
        alt.Chart(theirs[theirs["shape"] == words[state]])
        .mark_point(size=70, filled=filled, opacity=1, strokeWidth=2, color=COLOURS["CN"])
        .encode(x=x, y=y)
        for state, filled in (("shipped", True), ("planned", False))
    ]
    shown = {"A100", "A800", "H100", "H800", "H20", "L20", "H200", "MI325X", "B200", "GB300", "Rubin"}
    shown -= set() if wide else {"A800", "H800", "MI325X"}
    below = {"H800", "A800"}
    texts = [
        now.transform_filter(alt.FieldOneOfPredicate(field="chip", oneOf=sorted(group)))
        .mark_text(align=align, dx=dx, dy=dy, fontSize=11)
        .encode(x=x, y=y, text=alt.Text("chip:N"), color=alt.ColorValue(INK))
        for group, align, dx, dy in (
            (shown - below - {"MI325X", "A100", "H200"}, "right", -7, -4),
            (shown & {"MI325X"}, "center", 0, -11),
            (shown & {"A100"}, "left", 0, -11),
            (shown & {"H200"}, "left", 7, 0),
            (shown & below, "left", 6, 11),
        )
        if group
    ]
    texts.append(
        alt.Chart(theirs)
        .transform_filter(alt.FieldOneOfPredicate(field="chip", oneOf=["910B", "910C", "950PR", "960", "970"]))
        .mark_text(align="left", dx=7, dy=4, fontSize=11)
        .encode(x=x, y=y, text=alt.Text("chip:N"), color=alt.ColorValue(COLOURS["CN"]))
    )
    chart = alt.layer(rule, rule_text, points, *chinese, *texts).add_params(choice)
    chart = chart.properties(width=WIDE if wide else NARROW - 60, height=380 if wide else 360)
    last = ours[ours["day"] == ours["day"].iloc[-1]]
    data = pd.concat(
        [
            last.rename(columns={"tpp": "total_processing_performance", "sale": "sale_to_china"}),
            theirs.rename(columns={"tpp": "total_processing_performance", "shape": "sale_to_china"}),
        ]
    )[["chip", "released", "total_processing_performance", "day", "sale_to_china"]]
    return Drawn(
        chart,
        data,
        (
            rows("accelerators", list(chips.index)),
            rows("export_rules", [*rules.index[_tested(rules)]]),
            get("h20-tpp"),
        ),
        alt={
            "h20": get("h20-tpp").text,
            "h200": get("h200-tpp").text,
            "threshold": get("licence-threshold-tpp").text,
            "ceiling": get("case-by-case-ceiling-tpp").text,
            "c910": get("ascend-910c-tpp").text,
            "review": get("chips-case-by-case").text,
            "refused": get("chips-refused").text,
            "day": units.day(edition().released),
        },
    )


def _tested(rules: pd.DataFrame) -> pd.Series:
    """Tell which rows of the United States put a test to a chip and came into force."""
    tests = rules[["tpp_min", "tpp_below", "performance_density_min"]].notna().any(axis=1)
    named = rules["chips_named"].notna() & rules["kind"].isin(["letter", "announcement"])
    return (rules["country"] == "US") & rules["in_force_from"].notna() & (tests | named)


def _thresholds(rules: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return the thresholds of performance as lines from the day they applied."""
    found = []
    for key, column, name in (
        ("us-rule-2022-3a090", "tpp_min", "licence_line"),
        ("us-rule-2023-3a090-b-1", "tpp_min", "tier_line"),
        ("us-rule-2026-case-by-case", "tpp_below", "ceiling_line"),
    ):
        bound = units.number(rules.loc[key, column])
        found.append(
            {
                "year": _year(rules.loc[key, "in_force_from"]),
                "until": LAST_YEAR,
                "tpp": rules.loc[key, column],
                "text": words[name].format(bound=bound),
                "short": bound,
            }
        )
    return pd.DataFrame(found)


def chip_table() -> Table:
    """Return the chips that the chapter compares, each against the H200."""
    chips = load("accelerators").loc[
        ["h20", "h200-sxm", "b200-sxm", "rubin", "ascend-910b", "ascend-910c", "ascend-950pr", "ascend-960"]
    ]
    base = chips.loc["h200-sxm", "tpp"]
    cells = pd.DataFrame(
        [
            {
                "chip": chip["chip"].removesuffix(" SXM"),
                "released": str(chip["released"].year),
                "tpp": units.number(chip["tpp"]),
                "ratio": units.number(chip["tpp"] / base, 2),
                "memory": units.number(chip["memory_gb"]),
                "bandwidth": units.number(chip["bandwidth_tb_s"], 1),
            }
            for _, chip in chips.iterrows()
        ]
    )
    keys = tuple(dict.fromkeys(chips["source"]))
    return table("chips", "chip-by-chip", cells, keys)


# --- machines -------------------------------------------------------------------------------------------------


@figure("systems-per-kilowatt")
def systems(words: Words, wide: bool) -> Drawn:
    """Draw one chip, one machine and one kilowatt of each side's machine."""
    known, chips = load("systems"), load("accelerators")
    ids = ("cloudmatrix-384", "gb200-nvl72")
    data = pd.DataFrame(
        [
            {
                "system": row["system"],
                "country": row["country"],
                "measure": words[measure],
                "pflop_per_s": value,
                "text": units.number(value, digits),
            }
            for row in (known.loc[key] for key in ids)
            for measure, value, digits in (
                ("chip", row["bf16_pflop_s"] / row["chips"], 2),
                ("machine", row["bf16_pflop_s"], 0),
                ("kilowatt", analysis.per_kilowatt(row["bf16_pflop_s"], row["power_kw"]), 2),
            )
        ]
    )
    panels = []
    for measure in ("chip", "machine", "kilowatt"):
        part = data[data["measure"] == words[measure]]
        top = float(part["pflop_per_s"].max()) * 1.35
        base = alt.Chart(part).encode(
            y=alt.Y(
                "system:N",
                title=None,
                sort=[known.loc[key, "system"] for key in ids],
                axis=alt.Axis(labels=not wide or measure == "chip", ticks=False, domain=False),
            ),
            x=alt.X("pflop_per_s:Q", title=None, axis=None, scale=alt.Scale(domain=[0, top])),
        )
        bars = base.mark_bar(height=22).encode(
            color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None)
        )
        labels = base.mark_text(align="left", dx=5).encode(text=alt.Text("text:N"), color=alt.ColorValue(INK))
        panels.append(
            (bars + labels).properties(
                width=150 if wide else 170,
                height=90,
                title=alt.TitleParams(words[measure], fontSize=12, color=INK, anchor="start"),
            )
        )
    chart = alt.hconcat(*panels, spacing=20) if wide else alt.vconcat(*panels, spacing=14)
    data = data.rename(columns={"pflop_per_s": "pflop_per_s_16_bit"})[["system", "measure", "pflop_per_s_16_bit"]]
    used = [known.loc[key, "chip_id"] for key in ids]
    assert set(used) <= set(chips.index)
    return Drawn(
        chart,
        data,
        (get("cloudmatrix-over-nvl72"), get("cloudmatrix-per-kilowatt"), get("nvl72-per-kilowatt")),
        alt=printed(
            {
                "machine": "cloudmatrix-over-nvl72",
                "ours": "cloudmatrix-per-kilowatt",
                "theirs": "nvl72-per-kilowatt",
            }
        ),
    )


# --- stocks of computing --------------------------------------------------------------------------------------


@figure("supply-by-vendor-2025")
def supply_by_vendor(words: Words, wide: bool) -> Drawn:
    """Draw what each vendor shipped in 2025, with ranges."""
    supply = load("chip_supply")
    found = []
    for name in sources.VENDORS:
        row = supply.loc[f"{name}-2025-h100e"]
        side = analysis.spread(sources.shipped()[name])
        found.append(
            {
                "vendor": row["vendor"],
                "country": row["country"],
                "million_h100e": row["value"] / MILLION,
                "low": min(side.low, row["value"]) / MILLION,
                "high": side.high / MILLION,
                "text": units.number(row["value"] / MILLION, 2),
            }
        )
    data = pd.DataFrame(found).sort_values("million_h100e", ascending=False)
    base = alt.Chart(data).encode(
        y=alt.Y("vendor:N", title=None, sort=list(data["vendor"]), axis=alt.Axis(ticks=False, domain=False)),
        color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
    )
    scale = alt.Scale(type="log", domain=[0.02, 20])
    x = alt.X(
        "million_h100e:Q",
        title=words["x"],
        scale=scale,
        axis=alt.Axis(values=[0.03, 0.1, 0.3, 1, 3, 10], format="~g", grid=True),
    )
    span = base.mark_rule(strokeWidth=3, opacity=0.45).encode(
        x=alt.X("low:Q", scale=scale, title=words["x"]), x2=alt.X2("high:Q")
    )
    points = base.mark_point(filled=True, size=90, opacity=1).encode(x=x)
    labels = base.mark_text(align="center", dy=-13).encode(x=x, text=alt.Text("text:N"), color=alt.ColorValue(INK))
    chart = alt.layer(span, points, labels).properties(
        width=WIDE - 90 if wide else NARROW - 85, height=250 if wide else 260
    )
    columns = {"low": "low_million_h100e", "high": "high_million_h100e"}
    return Drawn(
        chart,
        data.drop(columns=["text", "country"]).rename(columns=columns),
        (get("chinese-designs-share-2025"), get("nvidia-shipments-2025"), get("huawei-shipments-2025")),
        alt=printed(
            {
                "nvidia": "nvidia-shipments-2025",
                "huawei": "huawei-shipments-2025",
                "share": "chinese-designs-share-2025",
            }
        ),
    )


@figure("stock-in-china-2025")
def stock_in_china(words: Words, wide: bool) -> Drawn:
    """Draw the stock in China by origin, with 5-95% ranges."""
    parts = (
        ("smuggled", "smuggled", "US"),
        ("domestic", "domestic", "CN"),
        ("lawful", "lawful", "US"),
    )
    data = pd.DataFrame(
        [
            {
                "origin": words[name],
                "country": country,
                "million_h100e": item.value / MILLION,
                "low_million_h100e": float(item.low or 0) / MILLION,
                "high_million_h100e": float(item.high or 0) / MILLION,
                "text": units.number(item.value / MILLION, 2),
            }
            for name, key, country in parts
            for item in (get(f"stock-cn-{key}-2025"),)
        ]
    )
    base = alt.Chart(data).encode(
        y=alt.Y(
            "origin:N",
            title=None,
            sort=list(data["origin"]),
            axis=alt.Axis(ticks=False, domain=False, labelExpr="split(datum.label, '|')", labelLimit=200),
        ),
        color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
    )
    scale = alt.Scale(domain=[0, 1.7])
    x = alt.X("million_h100e:Q", title=words["x"], scale=scale, axis=alt.Axis(grid=True, tickCount=5))
    span = base.mark_rule(strokeWidth=12, opacity=0.35).encode(
        x=alt.X("low_million_h100e:Q", scale=scale, title=words["x"]), x2=alt.X2("high_million_h100e:Q")
    )
    points = base.mark_point(filled=True, size=110, opacity=1).encode(x=x)
    labels = base.mark_text(dy=-17).encode(x=x, text=alt.Text("text:N"), color=alt.ColorValue(INK))
    chart = alt.layer(span, points, labels).properties(
        width=WIDE - 150 if wide else NARROW - 110, height=190 if wide else 210
    )
    return Drawn(
        chart,
        data.drop(columns=["text", "country"]).assign(origin=data["origin"].str.replace("|", " ")),
        tuple(get(f"stock-cn-{key}-2025") for _, key, _ in parts),
        alt={
            name: f"{get(f'stock-cn-{name}-2025').text} ({get(f'stock-cn-{name}-2025').interval_text})"
            for name in ("smuggled", "domestic", "lawful")
        },
    )


@cache
def _ratios_by_export() -> tuple[tuple[int, analysis.Spread], ...]:
    """Return the ratio of stocks at each number of H200 on the axis, once for both widths."""
    held = sources.held()
    steps = range(0, H200_MOST + 1, H200_STEP)
    return tuple((exported, analysis.stock_ratio(held, float(exported))) for exported in steps)


@figure("h200-ratio")
def h200_ratio(words: Words, wide: bool) -> Drawn:
    """Draw the ratio of computing against the H200 exported, with a slider."""
    data = pd.DataFrame(
        [
            {"h200_exported": exported, "ratio": side.median, "ratio_p5": side.low, "ratio_p95": side.high}
            for exported, side in _ratios_by_export()
        ]
    )
    start = int(get("h200-cleared").value)
    slider = alt.param(
        name="exported",
        value=start,
        bind=alt.binding_range(min=0, max=H200_MOST, step=H200_STEP, name=words["slider"]),
    )
    x = alt.X(
        "h200_exported:Q",
        title=words["x"],
        scale=alt.Scale(domain=[0, H200_MOST]),
        axis=alt.Axis(format=",d", tickCount=6 if wide else 3),
    )
    y = alt.Y("ratio:Q", title=words["y"], scale=alt.Scale(domain=[0, 16]), axis=alt.Axis(tickCount=5))
    base = alt.Chart(data).encode(x=x)
    band = base.mark_area(opacity=0.18, color=COLOURS["US"]).encode(
        y=alt.Y("ratio_p5:Q", title=words["y"]), y2=alt.Y2("ratio_p95:Q")
    )
    line = base.mark_line(color=COLOURS["US"]).encode(y=y)
    chosen = base.transform_filter("datum.h200_exported == exported")
    point = chosen.mark_point(filled=True, size=110, opacity=1, color=COLOURS["US"]).encode(y=y)
    text = (
        chosen.transform_calculate(
            label="format(datum.ratio, '.1f') + ' (' + format(datum.ratio_p5, '.1f') + '–' "
            "+ format(datum.ratio_p95, '.1f') + ')'"
        )
        .mark_text(align="center", dy=-16, fontSize=13)
        .encode(y=y, text=alt.Text("label:N"), color=alt.ColorValue(INK))
    )
    marks = pd.DataFrame([{"h200_exported": get("h200-delivered").value, "label": words["delivered"], "ratio": 1.0}])
    tick = alt.Chart(marks).mark_rule(strokeDash=[3, 3]).encode(x=x, color=alt.ColorValue(SOFT))
    tick_text = (
        alt.Chart(marks)
        .mark_text(align="left", dx=5, fontSize=11)
        .encode(x=x, y=y, text=alt.Text("label:N"), color=alt.ColorValue(SOFT))
    )
    chart = (
        alt.layer(band, line, tick, tick_text, point, text)
        .add_params(slider)
        .properties(width=WIDE if wide else NARROW - 45, height=280 if wide else 250)
    )
    return Drawn(
        chart,
        data,
        (get("compute-ratio-h200-cleared"), get("h200-delivered")),
        alt={
            "none": get("compute-ratio-2025").bare,
            "cleared": get("compute-ratio-h200-cleared").bare,
            "units": get("h200-cleared").bare,
        },
    )


# --- supply against demand ------------------------------------------------------------------------------------


@figure("chip-supply-demand")
def supply_demand(words: Words, wide: bool) -> Drawn:
    """Draw supply and demand from the note's values for 2025, with sliders for their growth."""
    supply = load("chip_supply")
    start = {side: float(supply.loc[f"bernstein-{side}-2025", "value"]) for side in ("supply", "demand")}
    factor = {side: sources.growth(side, 2025, 2028) for side in start}
    params = [
        alt.param(
            name=f"{side}_growth",
            value=_half(100 * (factor[side] - 1)),
            bind=alt.binding_range(min=0, max=150, step=0.5, name=words[f"{side}_slider"]),
        )
        for side in start
    ]
    shown = {side: 1 + _half(100 * (factor[side] - 1)) / 100 for side in start}
    data = pd.DataFrame(
        [
            {
                "year": year,
                "side": words[side],
                "usd_bn": start[side] * shown[side] ** (year - 2025),
                "start": start[side],
                "key": side,
            }
            for side in start
            for year in HORIZON
        ]
    )
    note = pd.DataFrame(
        [
            {"year": year, "side": words[side], "usd_bn": float(supply.loc[f"bernstein-{side}-{year}", "value"])}
            for side in start
            for year in (2025, 2027, 2028)
        ]
    )
    grown = "datum.start * pow(1 + (datum.key == 'supply' ? supply_growth : demand_growth) / 100, datum.year - 2025)"
    live = alt.Chart(data).transform_calculate(grown=grown)
    x = alt.X("year:Q", title=words["x"], axis=alt.Axis(format="d", tickCount=8 if wide else 4))
    scale = alt.Scale(type="log", domain=[10, 1500], clamp=True)
    y = alt.Y(
        "grown:Q",
        title=words["y"],
        scale=scale,
        axis=alt.Axis(values=[10, 30, 100, 300, 1000], format=",d"),
    )
    colour = alt.Color(
        "side:N",
        scale=alt.Scale(domain=[words["supply"], words["demand"]], range=[COLOURS["CN"], COLOURS["other"]]),
        legend=alt.Legend(title=None, orient="top"),
    )
    lines = live.mark_line().encode(x=x, y=y, color=colour)
    dots = (
        alt.Chart(note)
        .mark_point(filled=True, size=70, opacity=1)
        .encode(x=x, y=alt.Y("usd_bn:Q", scale=scale, title=words["y"]), color=colour)
    )
    pace = "(100 + supply_growth * datum.unit) / (100 + demand_growth * datum.unit)"
    years = f"(supply_growth > demand_growth ? log(datum.short) / log({pace}) : datum.never)"
    told = f"'{words['after']} ' + format({years}, '.1f') + ' {words['years']}'"
    start_point = {
        "year": HORIZON[-1],
        "usd_bn": 12.5,
        "short": start["demand"] / start["supply"],
        "unit": 1,
        "never": 99,
    }
    verdict = (
        alt.Chart(pd.DataFrame([start_point]))
        .transform_calculate(label=f"{years} > {HORIZON[-1] - HORIZON[0]} ? '{words['never']}' : {told}")
        .mark_text(align="right", dx=-6, fontSize=13)
        .encode(x=x, y=alt.Y("usd_bn:Q", scale=scale), text=alt.Text("label:N"), color=alt.ColorValue(INK))
    )
    chart = (
        alt.layer(lines, dots, verdict)
        .add_params(*params)
        .properties(width=WIDE if wide else NARROW - 50, height=300 if wide else 270)
    )
    return Drawn(
        chart,
        data.drop(columns=["start", "key"]),
        (rows("chip_supply", sources.BERNSTEIN_ROWS), get("years-to-enough-note-growth")),
        alt=printed(
            {
                "share": "supply-over-demand-2025",
                "years": "years-to-enough-note-growth",
                "slow": "years-to-enough-early-growth",
            }
        ),
    )


def _half(value: float) -> float:
    """Round to half a unit, the step of the sliders."""
    return round(2 * value) / 2


# --- ways round -----------------------------------------------------------------------------------------------


# Row of the table of computing abroad → what the catalogue says of the rules that opened or closed the route.
ROUTES = {
    "deepseek-stock-2025": "stock",
    "smuggled-to-2025-epoch-chips": "smuggling",
    "singapore-case-2025": "smuggling",
    "affiliates-window-2025": "affiliates",
    "training-malaysia-suitcases-2025": "renting",
    "training-south-east-asia-2025": "renting",
    "blackwell-inf-tech-2025": "renting",
    "leased-power-apac-2026": "renting",
    "dayone-nusajaya-2026": "renting",
    "kimi-k3-thailand-2026": "renting",
    "malaysia-permit-2025": "malaysia",
    "gulf-licences-2025": "gulf",
    "deepseek-v4-posttraining-2026": "domestic",
}


def routes_table(words_key: str = "routes") -> Table:
    """Return the routes by which computing reached Chinese firms, each with its date, how it is known and its rules."""
    found, told = load("overseas_compute").loc[list(ROUTES)], table_words("chips")[words_key]["rules"]
    rules = load("export_rules")
    days = rules["in_force_from"].fillna(rules["announced"]).map(lambda day: units.day(day.date()))
    cells = pd.DataFrame(
        [
            {
                "route": row["route"],
                "actor": row["actor"],
                "what": row["summary"].rstrip("."),
                "size": "" if pd.isna(row["value"]) else _size(row["value"], row["unit"], row["status"] == "estimated"),
                "status": f"{row['status']}, {units.day(row['as_of'].date())}",
                "rules": told[ROUTES[str(key)]].format(**days),
            }
            for key, row in found.iterrows()
        ]
    )
    cells["rules"] = cells["rules"].mask(cells["rules"] == cells["rules"].shift(), told["same"])
    used = [key for key in rules.index if any(f"{{{key}}}" in told[name] for name in ROUTES.values())]
    keys = [*found["source"], *rules.loc[used, "source"]]
    return table("chips", words_key, cells, tuple(dict.fromkeys(keys)))


def _size(value: float, unit: str, estimated: bool) -> str:
    value = float(f"{value:.3g}") if estimated else value  # no estimate is known to more than three figures
    return units.quantity(value, unit, 0 if value >= 100 or unit == "days" else 2 if unit == "GW" else 1)


# --- power ----------------------------------------------------------------------------------------------------


@figure("generation-china-us")
def generation(words: Words, wide: bool) -> Drawn:
    """Draw the electricity generated in both countries year by year, and the capacity installed where it is known."""
    power = load("power")
    power = power[power["country"].isin(["CN", "US"])].sort_values(["country", "year"])
    made = power[(power["indicator"] == "electricity generation") & (power["status"] == "derived")]
    installed = power[power["indicator"] == "installed capacity"]
    data = pd.concat(
        [
            part.assign(measure=measure)[["measure", "year", "country", "value", "unit"]]
            for measure, part in (("generation", made), ("capacity", installed))
        ]
    )
    x = alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickCount=7), scale=alt.Scale(domain=[2010, 2026]))
    if not wide:
        x.axis.tickCount = 4
    colour = alt.Color("country:N", scale=country_scale("US", "CN"), legend=None)
    panels = []
    for measure, top in (("generation", 11_000), ("capacity", 4_400)):
        part = data[data["measure"] == measure]
        last = part.loc[part.groupby("country")["year"].idxmax()].assign(
            text=lambda frame: [f"{words[row.country]} {units.number(row.value)}" for row in frame.itertuples()]
        )
        y = alt.Y("value:Q", title=words[measure], scale=alt.Scale(domain=[0, top]), axis=alt.Axis(tickCount=5))
        points = measure == "capacity"
        lines = alt.Chart(part).mark_line(point=points, strokeDash=[3, 3] if points else [1, 0])
        marks = lines.encode(x=x, y=y, color=colour)
        labels = [
            alt.Chart(last[last["country"] == country])
            .mark_text(align="right", dy=16 if points and country == "US" else -12)
            .encode(x=x, y=y, text=alt.Text("text:N"), color=colour)
            for country in ("US", "CN")
        ]
        size = {"width": WIDE if wide else NARROW - 50, "height": 220 if measure == "generation" else 150}
        panels.append(alt.layer(marks, *labels).properties(**size))
    return Drawn(
        alt.vconcat(*panels, spacing=18),
        data.reset_index(drop=True),
        (rows("power", [*made.index, *installed.index]),),
        alt=printed(
            {
                "early": "generation-cn-over-us-2010",
                "late": "generation-cn-over-us-2024",
                "cn": "generation-added-cn",
                "us": "generation-added-us",
            }
        )
        | {
            "capacity_cn": units.quantity(installed.loc["cn-capacity-2025", "value"], "GW"),
            "capacity_us": units.quantity(installed.loc["us-capacity-2022", "value"], "GW"),
        },
    )


# --- scenarios, the limits of 2028, the price of power --------------------------------------------------------------


@figure("h200-scenarios")
def h200_scenarios(words: Words, wide: bool) -> Drawn:
    """Draw the ratio of computing in each scenario of exports, with a slider for what others go without."""
    names = ("none", *depth.VOLUMES)
    found = []
    for percent in range(0, 101, 20):
        for name in names:
            side = depth.scenario_ratio(None if name == "none" else name, percent / 100)
            chips = 0.0 if name == "none" else depth.volume(name)
            found.append(
                {
                    "scenario": words[name].format(count=units.number(chips)) if chips else words[name],
                    "h200": chips,
                    "taken_from_others_percent": percent,
                    "ratio": side.median,
                    "ratio_p5": side.low,
                    "ratio_p95": side.high,
                }
            )
    data = pd.DataFrame(found)
    slider = alt.param(name="taken", value=0, bind=alt.binding_range(min=0, max=100, step=20, name=words["slider"]))
    order = list(dict.fromkeys(data["scenario"]))
    axis = alt.Axis(ticks=False, domain=False, labelExpr="split(datum.label, '|')", labelLimit=210)
    scale = alt.Scale(domain=[0, 16])
    base = (
        alt.Chart(data)
        .transform_filter("datum.taken_from_others_percent == taken")
        .encode(y=alt.Y("scenario:N", title=None, sort=order, axis=axis))
    )
    x = alt.X("ratio:Q", title=words["x"], scale=scale, axis=alt.Axis(grid=True, tickCount=6 if wide else 4))
    span = base.mark_rule(strokeWidth=12, opacity=0.35).encode(
        x=alt.X("ratio_p5:Q", title=words["x"], scale=scale),
        x2=alt.X2("ratio_p95:Q"),
        color=alt.ColorValue(COLOURS["US"]),
    )
    points = base.mark_point(filled=True, size=90, opacity=1, color=COLOURS["US"]).encode(x=x)
    labels = base.mark_text(dy=-14).encode(x=x, text=alt.Text("ratio:Q", format=".1f"), color=alt.ColorValue(INK))
    chart = (
        alt.layer(span, points, labels)
        .add_params(slider)
        .properties(width=WIDE - 190 if wide else NARROW - 130, height=330)
    )
    return Drawn(
        chart,
        data.assign(scenario=data["scenario"].str.replace("|", " ")),
        tuple(get(f"compute-ratio-h200-{name}") for name in depth.VOLUMES),
        alt=printed({name: f"compute-ratio-h200-{name}" for name in ("delivered", "cleared", "ordered")})
        | {"none": get("compute-ratio-2025").text},
    )


MEMORY_STEP, MEMORY_MOST = 10_000, 200_000  # wafers of memory a month on the axis


@figure("memory-decides-2028")
def memory_decides(words: Words, wide: bool) -> Drawn:
    """Draw the share of draws with enough chips in 2028 against memory made, with a slider for it."""
    data = pd.DataFrame(
        [
            {"memory_wafers_a_month": wafers, "draws_with_enough_percent": depth.enough_at(float(wafers))}
            for wafers in range(MEMORY_STEP, MEMORY_MOST + 1, MEMORY_STEP)
        ]
    )
    start = int(assumption("hbm-wafers-2028").value)
    bind = alt.binding_range(min=MEMORY_STEP, max=MEMORY_MOST, step=MEMORY_STEP, name=words["slider"])
    slider = alt.param(name="wafers", value=start, bind=bind)
    x = alt.X(
        "memory_wafers_a_month:Q",
        title=words["x"],
        scale=alt.Scale(domain=[0, MEMORY_MOST]),
        axis=alt.Axis(format=",d", tickCount=5 if wide else 3),
    )
    y = alt.Y(
        "draws_with_enough_percent:Q",
        title=words["y"],
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(tickCount=5),
    )
    base = alt.Chart(data).encode(x=x, y=y)
    line = base.mark_line(color=COLOURS["CN"])
    chosen = base.transform_filter("datum.memory_wafers_a_month == wafers")
    point = chosen.mark_point(filled=True, size=110, opacity=1, color=COLOURS["CN"])
    text = (
        chosen.transform_calculate(label="format(datum.draws_with_enough_percent, '.0f') + '%'")
        .mark_text(align="right", dx=-8, dy=-12, fontSize=13)
        .encode(text=alt.Text("label:N"), color=alt.ColorValue(INK))
    )
    top = pd.DataFrame(
        [
            {
                "memory_wafers_a_month": 0.0,
                "draws_with_enough_percent": get("enough-2028-wafers-alone").value,
                "label": words["no_limit"],
            }
        ]
    )
    ceiling = alt.Chart(top).mark_rule(strokeDash=[4, 3]).encode(y=y, color=alt.ColorValue(SOFT))
    told = (
        alt.Chart(top)
        .mark_text(align="left", dx=6, dy=-8, fontSize=12)
        .encode(x=x, y=y, text=alt.Text("label:N"), color=alt.ColorValue(SOFT))
    )
    chart = (
        alt.layer(ceiling, told, line, point, text)
        .add_params(slider)
        .properties(width=WIDE if wide else NARROW - 50, height=280 if wide else 250)
    )
    return Drawn(
        chart,
        data,
        (get("enough-2028-at-planned-memory"), get("enough-2028-wafers-alone")),
        alt=printed(
            {
                "plan": "enough-2028-at-planned-memory",
                "twice": "enough-2028-at-twice-planned-memory",
                "ceiling": "enough-2028-wafers-alone",
            }
        ),
    )


POWER_PRICES = [step / 50 for step in range(26)]  # dollars per kWh on the axis, to half a dollar


@figure("power-price-break-even")
def power_break_even(words: Words, wide: bool) -> Drawn:
    """Draw what an hour of a PFLOP/s costs against the price of power, with a slider for the years of life."""
    life, over, price = (assumption(key) for key in ("machine-life", "power-overhead", "power-price"))
    machines = depth.machines()
    shown = {"a100": COLOURS["other"], "nvl72": COLOURS["US"], "smuggled": COLOURS["EU"], "cloudmatrix": COLOURS["CN"]}
    data = pd.DataFrame(
        [
            {
                "machine": words[name],
                "usd_per_kwh": usd,
                "usd_per_hour_and_pflop_s": machines[name].cost_per_hour(life.value, usd, over.value),
                "usd_per_pflop_s": machines[name].usd / machines[name].pflop_s,
                "power_usd": machines[name].kw_per_pflop_s * over.value * usd,
                "hours": chip_costs.HOURS_PER_YEAR,
            }
            for name in shown
            for usd in POWER_PRICES
        ]
    )
    slider = alt.param(
        name="life", value=life.value, bind=alt.binding_range(min=2, max=8, step=0.5, name=words["slider"])
    )
    across = alt.Scale(domain=[0, POWER_PRICES[-1]])
    x = alt.X(
        "usd_per_kwh:Q",
        title=words["x"],
        scale=across,
        axis=alt.Axis(format=".1f", tickCount=6),
    )
    scale = alt.Scale(domain=[0, 2.4], clamp=True)
    y = alt.Y("cost:Q", title=words["y"], scale=scale, axis=alt.Axis(tickCount=5))
    colour = alt.Color(
        "machine:N",
        scale=alt.Scale(domain=[words[name] for name in shown], range=list(shown.values())),
        legend=alt.Legend(title=None, orient="top", columns=2 if wide else 1, labelLimit=280),
    )
    lines = (
        alt.Chart(data)
        .transform_calculate(cost="datum.usd_per_pflop_s / (life * datum.hours) + datum.power_usd")
        .mark_line()
        .encode(x=x, y=y, color=colour)
    )
    band = (
        alt.Chart(pd.DataFrame([{"from": price.low, "to": price.high}]))
        .mark_rect(opacity=0.12, color=COLOURS["other"])
        .encode(x=alt.X("from:Q", title=words["x"], scale=across), x2=alt.X2("to:Q"))
    )
    old, new = machines["a100"], machines["nvl72"]
    meeting = pd.DataFrame(
        [
            {
                "capital": new.usd / new.pflop_s,
                "saved": (old.kw_per_pflop_s - new.kw_per_pflop_s) * over.value,
                "old": old.kw_per_pflop_s * over.value,
                "hours": chip_costs.HOURS_PER_YEAR,
            }
        ]
    )
    live = alt.Chart(meeting).transform_calculate(
        usd_per_kwh="datum.capital / (life * datum.hours) / datum.saved",
        cost="datum.old * datum.capital / (life * datum.hours) / datum.saved",
        label="'$' + format(datum.capital / (life * datum.hours) / datum.saved, '.2f')",
    )
    point = live.mark_point(filled=True, size=90, opacity=1).encode(x=x, y=y, color=alt.ColorValue(INK))
    text = live.mark_text(dx=10, dy=16, align="left", fontSize=13).encode(
        x=x, y=y, text=alt.Text("label:N"), color=alt.ColorValue(INK)
    )
    chart = (
        alt.layer(band, lines, point, text)
        .add_params(slider)
        .properties(width=WIDE if wide else NARROW - 50, height=300 if wide else 270)
    )
    return Drawn(
        chart,
        data.drop(columns=["power_usd", "hours"]),
        (
            get("power-price-old-chips-stop-paying"),
            get("cost-per-zflop-smuggled-b200"),
            get("cost-per-zflop-cloudmatrix"),
        ),
        alt=printed({"stop": "power-price-old-chips-stop-paying", "ratio": "purchase-cloudmatrix-over-nvl72"}),
    )


def cost_table() -> Table:
    """Return what a useful operation costs by each way of getting computing whose price is known."""
    known = (
        ("rented", "cost-per-zflop-rented"),
        ("domestic", "cost-per-zflop-cloudmatrix"),
        ("smuggled", "cost-per-zflop-smuggled-b200"),
        ("h200", "cost-per-zflop-h200-chips"),
        ("elsewhere", "cost-per-zflop-nvl72"),
    )
    words = table_words("chips")["cost-by-route"]["rows"]
    cells = pd.DataFrame(
        [
            {
                "route": words[name],
                "cost": get(key).bare,
                "range": get(key).interval_text.removesuffix(" per ZFLOP").replace("$", ""),
                "as_of": units.day(get(key).as_of),
            }
            for name, key in known
        ]
    )
    keys = tuple(dict.fromkeys(source for _, key in known for source in get(key).sources))
    return table("chips", "cost-by-route", cells, keys)
