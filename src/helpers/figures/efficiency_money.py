"""Figures and tables of the chapter on efficiency: capital spending by choice, its forecast, who pays for whom."""

from __future__ import annotations

import json

import altair as alt
import pandas as pd

from helpers import units
from helpers.data import load
from helpers.figures.frame import COLOURS, INK, NARROW, SOFT, WIDE, Drawn, Words, figure, printed
from helpers.figures.methods import cited
from helpers.figures.tables import Table, escape, table, table_words
from helpers.findings import efficiency_spending as spending
from helpers.findings import get

START = {"basket": "four", "basis": "leases", "year": "2025", "chinese": "ubs"}  # what the text begins with
OPTIONS = {
    "basket": spending.BASKETS,
    "basis": spending.BASES,
    "year": spending.YEARS,
    "chinese": spending.CHINESE,
}
RAISED = {"tenth": 0, "seventh": 14, "shortfall": 28}  # pixels by which the name of a reading is lifted


def _period(year: str, words: Words) -> str:
    return words[year] if year in words.labels else year.replace("-", "–")


def _choices(words: Words) -> pd.DataFrame:
    """Return one line for each choice that the rows support, with the row of the chart that it stands in."""
    factor = get("purchasing-power-factor").value
    return pd.DataFrame(
        [
            {
                "row": words["row"].format(name=words[choice.chinese], year=_period(choice.year, words)),
                "chinese_sum": words[choice.chinese],
                "american_firms": words[choice.basket],
                "basis": words[choice.basis],
                "period": _period(choice.year, words),
                "chinese_usd_bn": choice.part.value,
                "american_usd_bn": choice.whole.value,
                "share_percent": choice.percent,
                "at_most_at_purchasing_power_percent": factor * choice.percent,
                "key": "|".join((choice.basket, choice.basis, choice.year, choice.chinese)),
            }
            for choice in spending.choices()
        ]
    )


def _shown(words: Words, wide: bool) -> str:
    """Return the expression of the lines above the chart: both sums and the share, or that there is none; the choice.

    The sums stand in it as a dictionary from choice to value, so that a choice without rows finds nothing.
    """
    part = {"|".join(key): found.value for key, found in spending.chinese().items()}
    whole = {"|".join(key): found.value for key, found in spending.american().items()}
    times = f"(currency == 'power' ? {get('purchasing-power-factor').value} : 1)"
    top = f"({json.dumps(part)})[chinese + '|' + year]"
    below = f"({json.dumps(whole)})[basket + '|' + basis + '|' + year]"
    values = {
        "part": f"format({top} * {times}, ',.0f')",
        "whole": f"format({below}, ',.0f')",
        "share": f"format(100 * {top} * {times} / {below}, '.1f')",
    }
    text = "'" + words["chosen"].format(**{place: f"' + {value} + '" for place, value in values.items()}) + "'"
    named = {
        name: f"({json.dumps({key: _period(key, words) if name == 'year' else words[key] for key in keys})})[{name}]"
        for name, keys in OPTIONS.items()
    }
    whose = f"{named['chinese']} + ', ' + {named['year']}"
    american = [named["basket"], named["basis"]]
    rest = [" + ', ' + ".join(american)] if wide else american
    return f"[isValid({top}) && isValid({below}) ? {text} : {words['none']!r}, {', '.join([whose, *rest])}]"


@figure("capex-choices")
def capex_choices(words: Words, wide: bool) -> Drawn:
    """Draw the Chinese share of American capital spending under every choice that the rows support; one is chosen."""
    data = _choices(words)
    order = list(data.groupby("row")["share_percent"].median().sort_values(ascending=False).index)
    plans = get("ubs-share-of-2026-plans")
    order.append(words["plans"])
    factor = get("purchasing-power-factor").value
    readings = spending.printed()
    params = [
        alt.param(
            name=name,
            value=START[name],
            bind=alt.binding_select(
                options=list(options),
                labels=[_period(key, words) if name == "year" else words[key] for key in options],
                name=words[f"control_{name}"],
            ),
        )
        for name, options in OPTIONS.items()
    ]
    params.append(
        alt.param(
            name="currency",
            value="market",
            bind=alt.binding_radio(
                options=["market", "power"], labels=[words["market"], words["power"]], name=words["control_currency"]
            ),
        )
    )
    x = alt.X(
        "share:Q",
        title=words["x"] if wide else words["x_narrow"],
        scale=alt.Scale(domainMin=0, domainMax=alt.ExprRef("currency == 'power' ? 50 : 25"), nice=False),
        axis=alt.Axis(tickCount=5),
    )
    y = alt.Y(
        "row:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelLimit=330, labelLineHeight=13, labelExpr="split(datum.label, '|')", grid=True),
    )
    near = " || ".join(f"abs(datum.share - {value}) <= {spending.NEAR}" for value in readings.values())
    base = (
        alt.Chart(data)
        .transform_calculate(share=f"datum.share_percent * (currency == 'power' ? {factor} : 1)")
        .transform_calculate(near=near)
        .encode(x=x, y=y)
    )
    dots = base.mark_point(size=46, opacity=0.9, strokeWidth=1.5, stroke=COLOURS["CN"]).encode(
        fill=alt.condition("datum.near", alt.value(COLOURS["CN"]), alt.value("transparent")),
        tooltip=[
            alt.Tooltip("chinese_sum:N"),
            alt.Tooltip("period:N"),
            alt.Tooltip("american_firms:N"),
            alt.Tooltip("basis:N"),
            alt.Tooltip("share:Q", format=".1f"),
        ],
    )
    ring = base.transform_filter("datum.key == basket + '|' + basis + '|' + year + '|' + chinese").mark_point(
        filled=False, size=230, strokeWidth=2.5, stroke=INK, opacity=1
    )
    cross = (
        alt.Chart(pd.DataFrame([{"row": words["plans"], "share_percent": plans.value}]))
        .transform_calculate(share=f"datum.share_percent * (currency == 'power' ? {factor} : 1)")
        .mark_point(shape="cross", filled=True, size=60, angle=45, color=SOFT, opacity=1)
        .encode(x=x, y=y)
    )
    named = pd.DataFrame(
        [
            {
                "share": value,
                "name": words[f"reading_{name}"].format(percent=units.quantity(100 - value, "percent")),
                "raised": RAISED[name],
            }
            for name, value in readings.items()
        ]
    )
    lines = alt.Chart(named).mark_rule(color=SOFT, strokeDash=[4, 3]).encode(x=x)
    names = [
        alt.Chart(named.iloc[[place]])
        .mark_text(color=SOFT, fontSize=12, baseline="bottom")
        .encode(x=x, y=alt.YValue(-4 - int(named["raised"].iloc[place])), text=alt.Text("name:N"))
        for place in range(len(named))
    ]
    chart = (
        alt.layer(lines, *names, dots, ring, cross)
        .add_params(*params)
        .properties(
            width=WIDE - 190 if wide else NARROW - 155,
            height=(36 if wide else 40) * len(order),
            title=alt.TitleParams(text=alt.ExprRef(_shown(words, wide)), offset=50, anchor="start", frame="bounds"),
        )
    )
    said = {
        "rows": units.number(len(order) - 1),
        "low": units.quantity(data["share_percent"].min(), "percent", 1),
        "high": units.quantity(data["share_percent"].max(), "percent", 1),
    } | printed(
        {
            "count": "capex-choices-supported",
            "shortfall": "capex-choices-near-shortfall",
            "seventh": "capex-choices-near-seventh",
            "tenth": "capex-choices-near-tenth",
            "default": "ubs-share-of-leases",
            "power": "ubs-share-purchasing-power",
        }
    )
    used = ("capex-choices-supported", "ubs-share-of-leases", "ubs-share-of-2026-plans", "purchasing-power-factor")
    return Drawn(chart, data.drop(columns=["row", "key"]), tuple(get(key) for key in used), alt=said)


# Tables


def capex_2030_readings() -> Table:
    """Return the readings of the forecast to 2030: what each needs in 2025, how it grows, where it ends."""
    words = table_words("efficiency")["capex-2030-readings"]
    return table("efficiency", "capex-2030-readings", pd.DataFrame(list(words["rows"].values())), marked=True)


def who_trains_whose() -> Table:
    """Return the contracts, stakes and bills by which a developer computes on another firm's machines, by date."""
    words = table_words("efficiency")["who-trains-whose"]["cells"]
    bought = load("compute_contracts").sort_values(["user_country", "as_of", "id"], ascending=[False, True, True])
    cells = [
        {
            "user": escape(row.user),
            "provider": escape(row.provider),
            "terms": cited(row.terms, row.source, row.also_source),
            "amount": escape(words[row.bound.replace(" ", "-")].format(amount=_amount(row.amount_bn, row.currency))),
            "years": units.number(row.years) if pd.notna(row.years) else words["unknown"],
            "as_of": units.day(row.as_of),
        }
        for row in bought.itertuples()
    ]
    rent = load("training_cost_estimates").loc["minimax-training-2025-9m"]
    cells.append(
        {
            "user": escape(rent["subject"]),
            "provider": escape(words["outside"]),
            "terms": cited(words["minimax"], rent["source"], rent["also_source"]),
            "amount": escape(words[rent["bound"]].format(amount=_amount(rent["amount_usd"] / 1e9, "USD"))),
            "years": words["unknown"],
            "as_of": units.day(rent["as_of"]),
        }
    )
    return table("efficiency", "who-trains-whose", pd.DataFrame(cells), marked=True)


def _amount(billions: float, currency: str) -> str:
    """Print an amount with as many decimals as it was stated with, small ones in two; nothing where none was."""
    if pd.isna(billions):
        return ""
    digits = 0 if billions == round(billions) else 1 if billions >= 2 else 2
    return units.quantity(billions, f"{currency}_bn", digits)
