"""Tables of the closing chapter on forecasts, conclusions, weights, and what would change the conclusion."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from helpers import units
from helpers.analysis import conclusions as analysis
from helpers.claims import claims
from helpers.data import assumption, load
from helpers.figures.tables import Table, escape, table, table_words
from helpers.findings import get
from helpers.findings import synthesis_map as inputs

CHAPTER = "synthesis"
BASES = ("survey", "telemetry")
FOREVER = math.inf


def forecasts() -> Table:
    """Print every forecast of the articles beside the model or the data, what came of it, and its verdict.

    Those with a day come first, by that day. Raises ``KeyError`` for a forecast that the catalogue has no words for.
    """
    words = table_words(CHAPTER)["forecasts"]
    known = [item for item in claims().values() if item.kind == "forecast"]
    known.sort(key=lambda item: (item.due is None, item.due or item.said_on))
    cells = [
        {
            "forecast": f"{words['rows'][item.id]['about']} ({escape(item.attributed_to)})",
            "said": units.day(item.said_on, "d MMM y"),
            "due": units.day(item.due, "d MMM y") if item.due else words["undated"],
            "beside": words["rows"][item.id]["beside"],
            "since": words["rows"][item.id]["since"],
            "verdict": f"{{tr:claim}}`{item.id}`",
        }
        for item in known
    ]
    return table(CHAPTER, "forecasts", pd.DataFrame(cells), marked=True)


# Conclusions


def grounds() -> list[dict]:
    """Return, for each article, the region that its conclusion needs and the evidence on each basis, as intervals.

    ``region`` and ``interval`` are in ``unit``; a basis is a key of the catalogue.
    """
    drifts = {key: get(key) for key in inputs.DRIFTS}
    net = [(key, found.value, inputs.ninety(found)) for key, found in drifts.items()]
    rest = [(key, middle, (low, high)) for key in drifts for low, middle, high in [inputs.rest_of_drift(drifts[key])]]
    worth = tuple(get(key).value for key in ("income-ratio-exchange-rate-2023", "income-ratio-purchasing-power-2024"))
    needed = {name: get(f"breakeven-value-by-{name}").value for name in BASES}
    needed |= {f"{name}-2030": get(f"breakeven-value-2030-by-{name}").value for name in BASES}
    growth = assumption("compute-ratio-growth")
    stocks = math.log10(get("compute-ratio-medians-2025").value / get("compute-ratio-medians-2024").value)
    found = [
        {"article": "broker", "unit": "points_per_year", "evidence": [(*item, (-FOREVER, 0.0)) for item in net]},
        {"article": "shortage", "unit": "points_per_year", "evidence": [(*item, (0.0, FOREVER)) for item in net]},
        {
            "article": "marathon",
            "unit": "share",
            "evidence": [(name, least, worth, (least, FOREVER)) for name, least in needed.items()],
        },
        {"article": "cheap", "unit": "points_per_year", "evidence": [(*item, (0.0, FOREVER)) for item in rest]},
        {
            "article": "abroad",
            "unit": "1",
            "evidence": [
                ("stocks", stocks, (stocks, stocks), (-FOREVER, 0.0)),
                ("range", growth.value, (growth.low, growth.high), (-FOREVER, 0.0)),
            ],
        },
    ]
    for item in found:
        item["places"] = {basis: analysis.place(interval, region) for basis, _, interval, region in item["evidence"]}
        item["standing"] = analysis.standing(list(item["places"].values()))
    return found


def conclusions() -> Table:
    """Print for each article where its conclusion holds, and whether the evidence lies there."""
    words = table_words(CHAPTER)["conclusions"]
    cells = []
    for item in grounds():
        digits = 2 if item["unit"] in ("share", "1") else 1
        lines = []
        for basis, value, (low, high), _ in item["evidence"]:
            reach = "" if low == high else f" ({units.interval(low, high, item['unit'], digits)})"
            if item["unit"] == "share":
                text = f"{words['least']} {units.number(value, digits)}, {words['worth']}{reach}"
            else:
                text = f"{units.number(value, digits)}{reach}"
            lines.append(f"{words['bases'][basis]}: {text}, {words['places'][item['places'][basis]]}")
        article = words["articles"][item["article"]]
        cells.append(
            {
                "article": escape(article["name"]),
                "conclusion": escape(article["conclusion"]),
                "where": escape(article["where"]),
                "evidence": escape("; ".join(lines)),
                "standing": words["standings"][item["standing"]],
            }
        )
    return table(CHAPTER, "conclusions", pd.DataFrame(cells), marked=True)


# Weights


def weights() -> Table:
    """Print the weight on spread at which the lead changes hands, by what is counted in either race."""
    words = table_words(CHAPTER)["weights"]
    worth = get("income-ratio-purchasing-power-2024").value
    cells = []
    for unit in ("score", "compute"):
        row = {"frontier": words["rows"][unit]}
        for name in BASES:
            least = get(f"breakeven-value-by-{name}").value
            for column, value in ((name, 1.0), (f"{name}_worth", worth)):
                weight = analysis.turning_weight(inputs.frontier_lead(unit), float(np.log10(value / least)))
                row[column] = words["none"] if weight is None else units.quantity(100 * weight, "percent")
        cells.append(row)
    return table(CHAPTER, "weights", pd.DataFrame(cells))


# What to watch


def watch_list() -> Table:
    """Print the events that would change the conclusion: where to look, the value now, the threshold, and by when."""
    words = table_words(CHAPTER)["watch-list"]
    cells = []
    for row in load("watch_list").sort_values("due", kind="stable").itertuples():
        measured = "" if pd.isna(row.finding) else f"{{tr:n}}`{row.finding}`; "
        bound = (
            ""
            if pd.isna(row.threshold)
            else f"{words[row.relation.replace(' ', '_')]} {escape(_quantity(row.threshold, row.unit))}"
        )
        cells.append(
            {
                "event": f"{escape(row.event)} {{cite:p}}`{row.source}`",
                "look": escape(row.look_at),
                "threshold": f"{measured}{bound}" or words["no_number"],
                "due": f"{units.day(row.due.date(), 'd MMM y')}{words['ours'] if row.due_basis == 'ours' else ''}",
                "changes": escape(row.changes),
            }
        )
    return table(CHAPTER, "watch-list", pd.DataFrame(cells), marked=True)


def _quantity(value: float, unit: str) -> str:
    return units.quantity(value, unit, 0 if float(value).is_integer() else 2)
