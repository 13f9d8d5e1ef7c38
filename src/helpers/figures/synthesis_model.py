"""Figures and tables of the closing chapter on its models: what weighs, what leading goes with, choices, back-tests."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers import units
from helpers.data import load
from helpers.figures.frame import INK, NARROW, SOFT, WIDE, Drawn, Words, figure
from helpers.figures.synthesis import CHAPTER, DRIFTS
from helpers.figures.tables import Table, table, table_words
from helpers.findings import get
from helpers.findings import synthesis as inputs
from helpers.findings import synthesis_model as findings

KINDS = ("first", "total")
JOINT = " · "


def _weights(panel: str, words: Words) -> pd.DataFrame:
    """Return one panel's indices in long form, in percent, the weightiest input first."""
    found = inputs.gap_indices() if panel == "gap" else findings.ratio_indices()
    found = found.sort_values("total", ascending=False)
    parts = [
        pd.DataFrame(
            {
                "panel": words[panel],
                "input": [words[name] for name in found.index],
                "kind": words[kind],
                "percent": 100 * found[kind].to_numpy(),
                "low_percent": 100 * found[f"{kind}_low"].to_numpy(),
                "high_percent": 100 * found[f"{kind}_high"].to_numpy(),
            }
        )
        for kind in KINDS
    ]
    return pd.concat(parts, ignore_index=True)


@figure("gap-weights")
def gap_weights(words: Words, wide: bool) -> Drawn:
    """Draw Sobol's indices of the gap and of the ratio of shares at the end of 2030, in two panels."""
    panels = {name: _weights(name, words) for name in ("gap", "ratio")}
    kinds = [words[kind] for kind in KINDS]
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=kinds, range=[INK, SOFT]),
        sort=kinds,
        legend=alt.Legend(title=None, orient="top"),
    )
    shape = alt.Shape(
        "kind:N",
        scale=alt.Scale(domain=kinds, range=["circle", "diamond"]),
        sort=kinds,
        legend=alt.Legend(title=None, orient="top"),
    )
    charts = []
    for name, data in panels.items():
        y = alt.Y(
            "input:N",
            sort=list(dict.fromkeys(data["input"])),
            title=None,
            axis=alt.Axis(labelLimit=170, labelPadding=12, grid=True, domain=False, ticks=False),
        )
        x = alt.X("percent:Q", title=words["x"], scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(values=[0, 50, 100]))
        base = alt.Chart(data).encode(y=y, color=colour)
        error = base.mark_rule(strokeWidth=2).encode(
            x=alt.X("low_percent:Q", title=words["x"]), x2=alt.X2("high_percent:Q")
        )
        total, first = (
            alt.Chart(data[data["kind"] == words[kind]])
            .mark_point(filled=True, size=size, opacity=1)
            .encode(x=x, y=y, color=colour, shape=shape)
            for kind, size in (("total", 150), ("first", 45))
        )
        width = (WIDE - 350) // 2 if wide else NARROW - 182
        height = {"step": 24}
        charts.append(
            alt.layer(error, total, first).properties(width=width, height=height, title=alt.Title(words[name]))
        )
    chart = alt.hconcat(*charts, spacing=14) if wide else alt.vconcat(*charts, spacing=14)
    gap, ratio = (100 * found["total"] for found in (inputs.gap_indices(), findings.ratio_indices()))
    return Drawn(
        chart.resolve_scale(color="shared", y="independent"),
        pd.concat(panels.values(), ignore_index=True).round(2),
        tuple(
            get(key)
            for key in (
                "drift-share-of-variance",
                "noise-share-of-variance",
                "growth-share-of-variance",
                "cn-pace-share-of-variance",
                "us-pace-share-of-variance",
            )
        ),
        alt={name: units.quantity(gap[name], "percent") for name in ("drift", "tau", "noise", "growth")}
        | {name: units.quantity(ratio[name], "percent") for name in ("cn", "us", "common", "ceiling")},
    )


def _band(value: float, low: float, high: float, digits: int = 1) -> str:
    return f"{units.number(value, digits)} ({units.interval(low, high, '1', digits)})"


def _percent(value: float) -> str:
    return units.quantity(value, "percent", 0 if value >= 1 else 1)


def fan() -> Table:
    """Print the fans of gap and lag at three dates; at the last one there is nothing but the fan."""
    names = table_words(CHAPTER)["fan"]["rows"]
    cells = []
    for day in (inputs.END_2028, inputs.END_2030, findings.END_2035):
        for name, tau in zip(DRIFTS, inputs.taus(), strict=True):
            gap, lag = (findings.spot(day, tau, months) for months in (False, True))
            cells.append(
                {
                    "day": str(day.year),
                    "drift": names[name],
                    "gap": _band(gap[1], gap[0], gap[2]),
                    "lag": _band(lag[1], lag[0], lag[2]),
                }
            )
    return table(CHAPTER, "fan", pd.DataFrame(cells))


def inputs_with_lead() -> Table:
    """Print each input with and without the event, for three spreads of the drift."""
    names = table_words(CHAPTER)["inputs-with-lead"]["rows"]
    found = findings.inputs_with_lead().set_index(["input", "led", "tau"])
    cells = []
    for key in ("drift", "growth", "mean", "spread", "persistence", "compute"):
        digits = 2 if key in ("growth", "persistence") else 1
        for led in (True, False):
            row = {"input": names[key], "outcome": names["yes" if led else "no"]}
            for name, tau in zip(DRIFTS, inputs.taus(), strict=True):
                part = found.loc[(key, led, tau)]
                row[name] = _band(part["mean"], part["low"], part["high"], digits)
            cells.append(row)
    return table(CHAPTER, "inputs-with-lead", pd.DataFrame(cells))


def choices() -> Table:
    """Print the chance of leading for every choice that is not a number."""
    names = table_words(CHAPTER)["choices"]["rows"]
    found = findings.choices()
    cells = []
    for key, part in found.groupby("choice", sort=False):
        cells.append(
            {
                "choice": names[str(key)],
                "start": units.number(part["gap"].iloc[0], 1),
                "early": JOINT.join(_percent(value) for value in part["early"]),
                "late": JOINT.join(_percent(value) for value in part["late"]),
            }
        )
    return table(CHAPTER, "choices", pd.DataFrame(cells))


def rolling_test() -> Table:
    """Print error, score and coverage of the model and of standing still, by months ahead."""
    names = table_words(CHAPTER)["rolling-test"]["rows"]
    found = findings.rolling()
    cells = []
    for months, part in [*found.groupby("months"), (names["all"], found)]:
        for kind in ("model", "still"):
            held = int(part[f"inside_{kind}"].sum())
            cells.append(
                {
                    "months": str(months),
                    "forecast": names[kind],
                    "error": units.number(part[f"error_{kind}"].mean(), 1),
                    "crps": units.number(part[f"crps_{kind}"].mean(), 1),
                    "inside": f"{held} / {len(part)}",
                }
            )
    return table(CHAPTER, "rolling-test", pd.DataFrame(cells))


def since_april() -> Table:
    """Print lags of other estimators since April 2026 beside the simulated lag."""
    names = table_words(CHAPTER)["since-april"]["rows"]
    known = load("lag_estimates")
    cells = []
    keys: dict[str, None] = {}
    for key, row in findings.since_april().iterrows():
        said = known.loc[key]
        keys[str(said["source"])] = None
        alone = row["low"] == row["high"]
        ends = units.number(row["low"], 0) if alone else units.interval(row["low"], row["high"], "1", 0)
        cells.append(
            {
                "estimator": f"{said['estimator']}, {units.day(said['as_of'].date(), 'd MMM y')}",
                "what": f"{said['subject']}: {said['basis']}",
                "months": f"{ends}, {names['yes' if row['meets'] else 'no']}",
                "model": _band(row["model"], row["model_low"], row["model_high"]),
            }
        )
    return table(CHAPTER, "since-april", pd.DataFrame(cells), tuple(keys))
