"""Figures and tables of the chapter on diffusion."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import units
from helpers.analysis import diffusion as analysis
from helpers.data import assumption, load
from helpers.figures.frame import COLOURS, GRID, INK, NARROW, SOFT, WIDE, Drawn, Words, country_scale, figure, printed
from helpers.figures.tables import Table, table, table_words
from helpers.findings import get, rows
from helpers.findings.diffusion_use import past_scores

DOT_PERCENT, CLEAR_PERCENT = (
    2,
    12,
)  # what a dot covers, and the room that a label to the left of a dot needs, on the axis
LABEL_SPACE = 215  # pixels of a wide chart that its row labels take
PANELS = {
    "people": (
        "microsoft-user-share",
        "mic-people-used",
        "cnnic-share",
        "rps-any-use",
        "pew-chatbot-use",
        "google-ipsos-chatbot",
    ),
    "employees": ("kpmg-employees-use", "mckinsey-employees-use", "gallup-work-use"),
    "firms": (
        "mic-firms-use",
        "sas-genai-use",
        "sas-genai-full",
        "ibm-index-deployed",
        "ibm-firms-use",
        "miit-manufacturers",
        "btos-any-function",
        "btos-large-any-function",
        "ramp-paid",
        "eurostat-all",
    ),
}
SHOWN = ("US", "CN", "EU", "other")
FIRST_VINTAGE = "rps-any-use-2024-08-first-us"  # replaced by the measurer with a later figure for the same month
HORIZON = "2030-12-31"
PRINTED_SHARES = ("cn", "by", "cu", "ru", "et", "zw")
REGIONS = ("Africa", "Europe", "Asia", "Oceania", "Americas")


def _scale() -> alt.Scale:
    return country_scale(*SHOWN)


def _row_axis(wide: bool, space: int = LABEL_SPACE, lines: bool = False) -> alt.Axis | None:
    """Label the rows beside a wide chart; a narrow one has them above the marks."""
    if not wide:
        return None
    dots = {"grid": True, "gridColor": GRID, "gridDash": [1, 3]} if lines else {"grid": False}
    return alt.Axis(title=None, labelLimit=space, ticks=False, domain=False, **dots)


def _row_labels(data: pd.DataFrame, field: str, order: list[str]) -> alt.Chart:
    """Return the labels of the rows of a narrow chart as marks of their own."""
    names = pd.DataFrame({field: [name for name in order if name in set(data[field])]})
    return (
        alt.Chart(names)
        .mark_text(align="left", baseline="bottom", dy=-9, fontSize=11, color=SOFT)
        .encode(x=alt.XValue(0), y=alt.Y(f"{field}:N", sort=order, axis=None), text=alt.Text(f"{field}:N"))
    )


def _comparable(part: pd.DataFrame) -> pd.DataFrame:
    """Keep the United States and China where a series has both, else these with groups of countries."""
    both = part[part["country"].isin(["US", "CN"])]
    return both if both["country"].nunique() == 2 else part


def _adoption_rows(words: Words) -> pd.DataFrame:
    """Return every value of the series shown, oldest first, with its labels."""
    table = load("adoption")
    parts = []
    for panel, names in PANELS.items():
        for name in names:
            part = table[(table["series"] == name) & (table["id"] != FIRST_VINTAGE)]
            part = _comparable(part).sort_values("as_of").assign(panel=words[panel], label=words[name])
            parts.append(part.assign(latest=~part["place"].duplicated(keep="last")))
    out = pd.concat(parts)
    return out.assign(colour=out["country"].where(out["country"].isin(["US", "CN", "EU"]), "other"))


@figure("adoption-by-series")
def adoption_by_series(words: Words, wide: bool) -> Drawn:
    """Draw the share of users by series: a dot a country, earlier values smaller."""
    values = _adoption_rows(words)
    data = pd.DataFrame(
        {
            "group": values["panel"],
            "series": values["label"],
            "measured_by": values["measured_by"],
            "population": values["population"],
            "question": values["question"],
            "country": values["colour"],
            "place": values["place"],
            "share_percent": values["value"],
            "date": values["as_of"].dt.strftime("%Y-%m-%d"),
            "latest": values["latest"],
        }
    )
    newest = data[data["latest"]].groupby("series")["share_percent"]
    lower = (data["share_percent"] == data["series"].map(newest.min())) & (data["series"].map(newest.size()) > 1)
    data["side"] = ["left" if is_lower else "right" for is_lower in lower]
    for row in data[lower & data["latest"]].itertuples():  # where an earlier value stands where the label would
        earlier = data[(data["series"] == row.series) & ~data["latest"]]["share_percent"]
        if (earlier.lt(row.share_percent - DOT_PERCENT) & earlier.gt(row.share_percent - CLEAR_PERCENT)).any():
            data.loc[row.Index, "side"] = "above"
    step = 25 if wide else 41
    charts = []
    for panel, names in PANELS.items():
        part = data[data["group"] == words[panel]]
        order = [words[name] for name in names]
        last = panel == list(PANELS)[-1]
        base = alt.Chart(part).encode(
            x=alt.X(
                "share_percent:Q",
                title=words["x"] if last else None,
                scale=alt.Scale(domain=[0, 100]),
                axis=alt.Axis(labels=last, ticks=last, grid=True, gridColor=GRID, tickCount=5),
            ),
            y=alt.Y("series:N", sort=order, axis=_row_axis(wide, lines=True)),
            color=alt.Color("country:N", scale=_scale(), legend=None),
        )
        older = base.transform_filter("!datum.latest").mark_circle(size=28, opacity=0.55)
        latest = base.transform_filter("datum.latest").mark_circle(size=120, opacity=1)
        value = {"text": alt.Text("share_percent:Q", format=".0f"), "color": alt.value(INK)}
        side = base.transform_filter("datum.latest")
        right = side.transform_filter("datum.side == 'right'").mark_text(align="left", dx=9, fontSize=11)
        left = side.transform_filter("datum.side == 'left'").mark_text(align="right", dx=-9, fontSize=11)
        above = side.transform_filter("datum.side == 'above'").mark_text(dy=-11, fontSize=11)
        layers = older + latest + right.encode(**value) + left.encode(**value) + above.encode(**value)
        if not wide:
            layers += _row_labels(part, "series", order)
        width = WIDE - LABEL_SPACE if wide else NARROW
        charts.append(
            layers.properties(
                width=width,
                height=alt.Step(step),
                title=alt.TitleParams(words[panel], fontSize=12, color=INK, frame="group", offset=4 if wide else 10),
            )
        )
    key = _key(words, {"US": "us" if wide else "us-short", "CN": "cn", "EU": "eu", "other": "other"}, wide)
    chart = alt.vconcat(key, *charts, spacing=8)
    used = rows("adoption", values["id"])
    return Drawn(
        chart,
        data.drop(columns="side"),
        (used,),
        alt=printed(
            {
                "cn_low": "genai-share-cn-telemetry",
                "cn_high": "genai-share-cn-survey",
                "us_low": "genai-share-us-telemetry",
                "us_high": "genai-share-us-survey",
            }
        ),
    )


def _key(words: Words, names: dict[str, str], wide: bool) -> alt.Chart:
    """Return a line that names the colours of countries."""
    at, line = 6.0, []
    for code, label in names.items():
        line.append({"country": code, "name": words[label], "at": at})
        at += 34 + 6.4 * len(words[label])
    base = alt.Chart(pd.DataFrame(line)).encode(x=alt.X("at:Q", axis=None, scale=None))
    dots = base.mark_circle(size=90, opacity=1).encode(color=alt.Color("country:N", scale=_scale(), legend=None))
    text = base.mark_text(align="left", dx=8, fontSize=11).encode(text=alt.Text("name:N"))
    return (dots + text).properties(width=WIDE - LABEL_SPACE if wide else NARROW, height=14)


@figure("past-curves")
def past_curves(words: Words, wide: bool) -> Drawn:
    """Draw each past series with the curve fitted on its first part and the interval of the forecast."""
    curves = load("diffusion_curves")
    scored = past_scores()
    parts, used = [], []
    for (technology, country), series in analysis.past_series(curves).items():
        found = scored[(technology, country)]
        middle, low, high = found.fit.at(series["year"].to_numpy())
        used += list(series["id"])
        parts.append(
            pd.DataFrame(
                {
                    "technology": technology,
                    "country": country,
                    "panel": f"{words[technology]}, {words[country.lower()]}",
                    "year": series["year"].round(2),
                    "observed_percent": series["share"],
                    "fitted_percent": middle.round(2),
                    "low_percent": low.round(2),
                    "high_percent": high.round(2),
                    "part": ["seen" if position < found.seen else "held out" for position in range(len(series))],
                }
            )
        )
    data = pd.concat(parts, ignore_index=True)
    base = alt.Chart(data).encode(
        x=alt.X(
            "year:Q",
            title=None,
            scale=alt.Scale(zero=False, nice=False),
            axis=alt.Axis(format="d", tickCount=3, labelFontSize=11),
        ),
        color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
    )
    y = alt.Y("observed_percent:Q", title=None, axis=alt.Axis(tickCount=3, labelFontSize=11, gridColor=GRID))
    band = (
        base.transform_filter("datum.part == 'held out'")
        .mark_area(opacity=0.25)
        .encode(y=alt.Y("low_percent:Q", title=None), y2=alt.Y2("high_percent:Q"))
    )
    line = base.mark_line(strokeWidth=1.5).encode(y=alt.Y("fitted_percent:Q", title=None))
    seen = base.transform_filter("datum.part == 'seen'").mark_point(filled=True, size=16, opacity=1).encode(y=y)
    held = (
        base.transform_filter("datum.part == 'held out'")
        .mark_point(filled=False, size=18, strokeWidth=1.2, opacity=1)
        .encode(y=y)
    )
    columns = 4 if wide else 2
    chart = (
        alt.layer(band, line, seen, held)
        .properties(width=(WIDE - 110) / 4 if wide else (NARROW - 60) / 2, height=82 if wide else 80)
        .facet(
            facet=alt.Facet(
                "panel:N",
                title=None,
                sort=list(dict.fromkeys(data["panel"])),
                header=alt.Header(labelFontSize=11, labelAnchor="start", labelPadding=2),
            ),
            columns=columns,
            spacing=10,
        )
        .resolve_scale(x="independent", y="independent")
    )
    inside, beats = get("curve-held-out-inside"), get("curve-beats-line")
    return Drawn(
        chart,
        data,
        (rows("diffusion_curves", used), inside),
        alt={"inside": inside.text, "beats": beats.text, "all": get("curve-series-scored").text},
    )


@figure("anchored-spread")
def anchored_spread(words: Words, wide: bool) -> Drawn:
    """Draw both countries on the anchored curve, with controls for pace, ceiling and basis."""
    pace, ceiling = assumption("spread-pace"), assumption("share-ceiling")
    starts = analysis.anchors(load("adoption"))
    parts = []
    for start in starts.itertuples():
        days = pd.date_range(start.as_of, HORIZON, freq="QE").union([start.as_of])
        years = [analysis.years_between(start.as_of, day) for day in days]
        shares = {
            side: analysis.anchored_logistic(
                start.share_percent, getattr(pace, side), getattr(ceiling, side), pd.Series(years).to_numpy()
            )
            for side in ("value", "low", "high")
        }
        parts.append(
            pd.DataFrame(
                {
                    "country": start.country,
                    "place": words[start.country.lower()],
                    "basis": start.basis,
                    "date": days.strftime("%Y-%m-%d"),
                    "years_since": pd.Series(years).round(4),
                    "share_at_start_percent": start.share_percent,
                    "share_percent": pd.Series(shares["value"]).round(2),
                    "low_percent": pd.Series(shares["low"]).round(2),
                    "high_percent": pd.Series(shares["high"]).round(2),
                }
            )
        )
    data = pd.concat(parts, ignore_index=True)
    data["last"] = data["date"] == HORIZON
    controls = [
        alt.param(
            name="pace", value=pace.value, bind=alt.binding_range(min=0.1, max=0.9, step=0.01, name=words["pace"])
        ),
        alt.param(
            name="ceiling",
            value=ceiling.value,
            bind=alt.binding_range(min=ceiling.low, max=ceiling.high, step=0.5, name=words["ceiling"]),
        ),
        alt.param(
            name="basis",
            value=analysis.TELEMETRY,
            bind=alt.binding_select(
                options=[analysis.TELEMETRY, analysis.SURVEY],
                labels=[words["telemetry"], words["survey"]],
                name=words["basis"],
            ),
        ),
    ]
    base = (
        alt.Chart(data)
        .transform_filter("datum.basis == basis")
        .transform_calculate(
            share="ceiling / (1 + (ceiling - datum.share_at_start_percent) / datum.share_at_start_percent"
            " * exp(-pace * datum.years_since))"
        )
        .transform_calculate(label="datum.place + ' ' + format(datum.share, '.0f') + '%'")
        .encode(
            x=alt.X(
                "date:T",
                title=None,
                scale=alt.Scale(domain=["2025-07-01", "2031-01-01"]),
                axis=alt.Axis(format="%Y", tickCount="year"),
            ),
            color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
        )
    )
    y = alt.Y("share:Q", title=words["y"], scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(gridColor=GRID))
    band = base.mark_area(opacity=0.13).encode(y=alt.Y("low_percent:Q", title=words["y"]), y2=alt.Y2("high_percent:Q"))
    line = base.mark_line().encode(y=y)
    start = base.transform_filter("datum.years_since == 0").mark_circle(size=90, opacity=1).encode(y=y)
    end = base.transform_filter("datum.last").mark_circle(size=60, opacity=1).encode(y=y)
    label = (
        base.transform_filter("datum.last")
        .mark_text(align="right", dx=-6, dy=-12, fontSize=12)
        .encode(y=y, text=alt.Text("label:N"), color=alt.ColorValue(INK))
    )
    chart = (
        (band + line + start + end + label)
        .add_params(*controls)
        .properties(width=WIDE - 60 if wide else NARROW - 50, height=300 if wide else 260)
    )
    evidence = tuple(
        get(f"genai-share-2030-{country}-{basis}") for basis in ("telemetry", "survey") for country in ("us", "cn")
    )
    shown = printed(
        {
            "us": "genai-share-2030-us-telemetry",
            "cn": "genai-share-2030-cn-telemetry",
            "us_start": "genai-share-us-telemetry",
            "cn_start": "genai-share-cn-telemetry",
        }
    )
    return Drawn(chart, data.drop(columns="last"), evidence, alt=shown)


@figure("deepseek-abroad")
def deepseek_abroad(words: Words, wide: bool) -> Drawn:
    """Draw DeepSeek's share where it is printed, and the mean over users of each region with its range."""
    shares = load("deepseek_shares")
    heads = analysis.users_by_economy(load("adoption"), load("population"), "2025-12-31")
    lines = []
    for code in PRINTED_SHARES:
        row = shares.loc[f"deepseek-2025h2-{code}"]
        lines.append({"group": words["printed"], "name": row["place"], "share_percent": row["share_percent"]})
    for region in REGIONS:
        part = shares[(shares["region"] == region) & (shares["country"] != "CN")]
        middle, low, high = analysis.regional_share(part, heads)
        lines.append(
            {
                "group": words["means"],
                "name": words["asia"] if region == "Asia" else region,
                "share_percent": round(middle, 2),
                "low_percent": round(low, 2),
                "high_percent": round(high, 2),
                "economies": len(part),
            }
        )
    data = pd.DataFrame(lines)
    charts = []
    for number, group in enumerate((words["printed"], words["means"])):
        part = data[data["group"] == group]
        order = list(part["name"])
        base = alt.Chart(part).encode(
            x=alt.X(
                "share_percent:Q",
                title=words["x"] if number else None,
                scale=alt.Scale(domain=[0, 100]),
                axis=alt.Axis(labels=bool(number), ticks=bool(number), grid=True, gridColor=GRID, tickCount=5),
            ),
            y=alt.Y("name:N", sort=order, axis=_row_axis(True, 110)),
        )
        bars = base.mark_bar(height=11, opacity=0.85, color=COLOURS["CN"] if not number else COLOURS["other"])
        label = base.mark_text(align="left", dx=6, fontSize=11)
        if number:
            whisker = base.mark_rule(strokeWidth=1.6, color=INK).encode(
                x=alt.X("low_percent:Q"), x2=alt.X2("high_percent:Q")
            )
            label = label.transform_calculate(
                text="format(datum.share_percent, '.1f') + ' (' + format(datum.low_percent, '.0f') + ' – '"
                " + format(datum.high_percent, '.0f') + ')'"
            ).encode(x=alt.X("high_percent:Q"), text=alt.Text("text:N"))
            layers = bars + whisker + label
        else:
            layers = bars + label.encode(text=alt.Text("share_percent:Q", format=".0f"))
        charts.append(
            layers.properties(
                width=WIDE - 115 if wide else NARROW - 75,
                height=alt.Step(21),
                title=alt.TitleParams(group, fontSize=12, color=INK, frame="group", offset=4),
            )
        )
    chart = alt.vconcat(*charts, spacing=10)
    named = {code: shares.loc[f"deepseek-2025h2-{code}", "place"] for code in PRINTED_SHARES}
    shown = {
        code: f"{place} {units.quantity(shares.loc[f'deepseek-2025h2-{code}', 'share_percent'], 'percent')}"
        for code, place in named.items()
    }
    return Drawn(
        chart,
        data,
        (rows("deepseek_shares", shares["id"]), get("deepseek-africa-over-elsewhere-users")),
        alt={**shown, "africa": get("deepseek-share-africa").text, "range": get("deepseek-share-africa").interval_text},
    )


@figure("arab-adoption")
def arab_adoption(words: Words, wide: bool) -> Drawn:
    """Draw the share of users in each covered member of the Arab League, against the two powers and the mean."""
    adoption, population = load("adoption"), load("population")
    now = analysis.arab_adoption(adoption, population, "2026-03-31").sort_values("share_percent", ascending=False)
    before = analysis.arab_adoption(adoption, population, "2025-06-30")
    means = [("all", None), ("gulf", True), ("rest", False)]
    lines = [
        {
            "row": words[name],
            "kind": "mean",
            "share_mid_2025_percent": _mean(before, gulf),
            "share_early_2026_percent": _mean(now, gulf),
        }
        for name, gulf in means
    ]
    lines += [
        {
            "row": economy.place,
            "kind": "group estimate" if economy.pooled else "economy",
            "share_mid_2025_percent": before.loc[economy.Index, "share_percent"],
            "share_early_2026_percent": economy.share_percent,
            "gulf": economy.gulf,
            "people_15_64_million": round(economy.people / 1e6, 2),
        }
        for economy in now.itertuples()
    ]
    data = pd.DataFrame(lines)
    order = list(data["row"])
    x = alt.X(
        "share_early_2026_percent:Q",
        title=words["x"],
        scale=alt.Scale(domain=[0, 80]),
        axis=alt.Axis(tickCount=5),
    )
    colour = {
        "condition": [
            {"test": "datum.kind == 'mean'", "value": INK},
            {"test": "datum.gulf", "value": COLOURS["AE"]},
        ],
        "value": COLOURS["other"],
    }
    base = alt.Chart(data).encode(y=alt.Y("row:N", sort=order, axis=_row_axis(True, 140)), color=colour)
    change = base.mark_rule(strokeWidth=2, opacity=0.7).encode(
        x=alt.X("share_mid_2025_percent:Q", title=words["x"]), x2=alt.X2("share_early_2026_percent:Q")
    )
    whole = base.transform_filter("datum.kind == 'economy'").mark_point(filled=True, size=80, opacity=1).encode(x=x)
    pooled = (
        base.transform_filter("datum.kind == 'group estimate'")
        .mark_point(filled=False, size=80, strokeWidth=1.6, opacity=1)
        .encode(x=x)
    )
    mean = (
        base.transform_filter("datum.kind == 'mean'")
        .mark_point(filled=True, size=100, opacity=1, shape="diamond")
        .encode(x=x)
    )
    width = WIDE - 130 if wide else NARROW - 130
    numbers = base.mark_text(align="right", fontSize=11).encode(
        x=alt.XValue(width), text=alt.Text("share_early_2026_percent:Q", format=".0f"), color=alt.ColorValue(INK)
    )
    powers = pd.DataFrame(
        [
            {"code": "CN", "name": words["cn"], "share": get("genai-share-cn-telemetry").value},
            {"code": "US", "name": words["us"], "share": get("genai-share-us-telemetry").value},
        ]
    )
    marked = alt.Chart(powers).encode(x=alt.X("share:Q"))
    rules = marked.mark_rule(strokeWidth=1.4, strokeDash=[5, 3]).encode(
        color=alt.Color("code:N", scale=country_scale("US", "CN"), legend=None)
    )
    above = {"y": alt.value(-3), "text": "name:N", "color": alt.value(INK)}
    china = marked.transform_filter("datum.code == 'CN'").mark_text(align="right", dx=4, baseline="bottom", fontSize=11)
    america = marked.transform_filter("datum.code == 'US'").mark_text(
        align="left", dx=-4, baseline="bottom", fontSize=11
    )
    names = china.encode(**above) + america.encode(**above)
    chart = (rules + change + whole + pooled + mean + numbers + names).properties(width=width, height=alt.Step(20))
    evidence = (get("arab-share-2026q1"), get("arab-share-mid-2025"), get("genai-share-us-telemetry"))
    shown = printed(
        {
            "mean": "arab-share-2026q1",
            "gulf": "gulf-share-2026q1",
            "rest": "arab-share-without-gulf-2026q1",
            "us": "genai-share-us-telemetry",
            "cn": "genai-share-cn-telemetry",
        }
    )
    for name, economy in (("first", now.iloc[0]), ("last", now.iloc[-1])):
        shown[name] = f"{economy['place']} {units.quantity(economy['share_percent'], 'percent', 1)}"
    return Drawn(chart, data, evidence, alt=shown)


def _mean(economies: pd.DataFrame, gulf: bool | None) -> float:
    """Return the mean share over people, of all economies or of those in or outside the Gulf."""
    part = economies if gulf is None else economies[economies["gulf"] == gulf]
    return round(analysis.weighted_mean(part["share_percent"], part["people"]), 2)


def _month(day: pd.Timestamp, pattern: str = "MMM y") -> str:
    """Print a date short, on one line."""
    return units.day(day, pattern).replace(" ", "\u00a0")


def _mode(series: str, day: pd.Timestamp, method: str) -> str:
    """Return how one wave of a series is gathered, and how many were asked where that is printed."""
    designs = load("survey_designs")
    part = designs[(designs["series"] == series) & (designs["as_of"] == day)]
    if part.empty:
        return method
    design = part.iloc[0]
    asked = [
        f"{table_words('diffusion')['adoption-series']['asked'][key]} {units.number(design[column])}"
        for key, column in (("all", "asked"), ("us", "asked_us"), ("cn", "asked_cn"))
        if pd.notna(design[column])
    ]
    return "; ".join([design["mode"], ", ".join(asked)] if asked else [design["mode"]])


def series_table() -> Table:
    """Return who counts whom, and what was asked, for every series of the first figure."""
    adoption = load("adoption")
    chosen = [name for names in PANELS.values() for name in names]
    lines, keys = [], {}
    for name in chosen:
        part = adoption[(adoption["series"] == name) & (adoption["id"] != FIRST_VINTAGE)]
        part = _comparable(part)
        last = part[part["as_of"] == part["as_of"].max()]
        first = last.iloc[0]
        values = "; ".join(
            f"{row.place} {units.quantity(row.value, row.unit, 0 if row.value == round(row.value) else 1)}"
            for row in last.sort_values("place").itertuples()
        )
        lines.append(
            {
                "who": first["measured_by"],
                "population": first["population"],
                "question": first["question"].partition(": share")[0],
                "mode": _mode(name, first["as_of"], first["method"]),
                "values": values,
                "date": _month(first["as_of"]),
            }
        )
        keys |= dict.fromkeys(last["source"])
    return table("diffusion", "adoption-series", pd.DataFrame(lines), tuple(keys))


def gulf_table() -> Table:
    """Return what was announced and what was licensed in the Gulf, by date."""
    chosen = (
        "uae-campus-power",
        "uae-campus-chips",
        "stargate-uae-first-phase",
        "humain-nvidia-2025",
        "humain-licence-2025",
        "g42-licence-2025",
        "humain-plan-2025",
        "g42-first-chips-2026",
    )
    part = load("arab_world").loc[list(chosen)]
    states = table_words("diffusion")["gulf-chips"]["states"]
    lines = [
        {
            "date": _month(row.as_of, "d MMM y"),
            "place": row.place,
            "who": row.entity,
            "what": (
                ""
                if pd.isna(row.value)
                else f"{row.qualifier + ' ' if row.qualifier else ''}{units.quantity(row.value, row.unit)}; "
            )
            + row.basis,
            "state": states[row.status],
        }
        for row in part.itertuples()
    ]
    return table("diffusion", "gulf-chips", pd.DataFrame(lines), tuple(dict.fromkeys(part["source"])))


def spread_table(shares: pd.DataFrame) -> Table:
    """Return the anchored shares as a table; ``shares`` is what ``analysis.spread`` returns."""
    words = table_words("diffusion")["anchored-shares"]["names"]
    cells = pd.DataFrame(
        {
            "country": [words[code] for code in shares["country"]],
            "basis": [words[basis] for basis in shares["basis"]],
            "date": [_month(day) for day in shares["as_of"]],
            "now": [units.quantity(value, "percent", 1) for value in shares["share_percent"]],
            "then": [units.quantity(value, "percent") for value in shares["then_percent"]],
        }
    )
    return table("diffusion", "anchored-shares", cells)
