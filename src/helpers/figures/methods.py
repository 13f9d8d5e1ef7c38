"""Tables of the page on methods."""

from __future__ import annotations

import math

import pandas as pd

from helpers import units
from helpers.data import load
from helpers.figures.tables import Table, escape, table, table_words
from helpers.findings import get


def resting_on(house: str, claims: pd.DataFrame) -> list[str]:
    """Return the ids of the claims that a house made, or through which they came to the article, in their order."""
    named = claims[["attributed_to", "via"]].fillna("").apply(lambda column: column.str.contains(house, regex=False))
    return list(claims.index[named.any(axis=1)])


def cited(text: str, *keys: str | None) -> str:
    """Return a text, safe for MyST, with a citation of the keys that are not empty."""
    known = ",".join(dict.fromkeys(key for key in keys if key))
    return escape(text) + (f" {{cite:p}}`{known}`" if known else "")


def estimators() -> Table:
    """Return the houses whose figures the articles use: interest, method, changes, and how their claims fared."""
    words, claims = table_words("methods")["estimators"]["cells"], load("claims")
    cells = []
    for row in load("estimators").itertuples():
        verdicts = ", ".join(f"{{tr:claim}}`{key}`" for key in resting_on(row.estimator, claims))
        cells.append(
            {
                "house": escape(words["house"].format(estimator=row.estimator, kind=row.kind)),
                "interest": cited(row.interest, row.interest_source, row.interest_also_source),
                "method": cited(row.method, row.source, row.also_source),
                "revisions": cited(row.revisions or words["unchanged"], row.revision_source),
                "claims": verdicts or words["no_claim"],
            }
        )
    return table("methods", "estimators", pd.DataFrame(cells), marked=True)


def _difference(ours: float, published: float, unit: str, words: dict[str, str]) -> str:
    """Say by how much the first value differs: in points of a percentage, else in per cent, or as a factor."""
    if math.isclose(ours, published, rel_tol=1e-6):
        return words["equal"]
    if unit == "percent":
        return units.quantity(ours - published, "percentage_points", 1)
    if 0.5 < ours / published < 2:
        return units.quantity(100 * (ours / published - 1), "percent", 1)
    return words["factor"].format(factor=units.quantity(ours / published, "ratio", 2))


def checks() -> Table:
    """Return what models compute beside what was published of the same quantity, and by how much the two differ."""
    words, cells = table_words("methods")["checks"]["cells"], []
    for row in load("model_checks").itertuples():
        ours = get(row.finding)
        if ours.unit != row.unit:
            raise ValueError(f"model_checks, {row.Index}, unit: found {row.unit}, expected {ours.unit} of {ours.id}")
        scale = ours.scale if ours.scale in units.SCALES else ""
        text = units.as_typed(row.value, row.unit, scale=scale)
        if pd.notna(row.low):
            text += f" ({units.interval(row.low, row.high, row.unit, ours.digits, scale)})"
        cells.append(
            {
                "model": escape(row.model),
                "ours": f"{{tr:n}}`{ours.id}`" + (f" ({{tr:int}}`{ours.id}`)" if ours.interval_text else ""),
                "published": cited(text, row.source, row.also_source),
                "difference": escape(_difference(ours.value, row.value, row.unit, words)),
                "why": escape(row.note),
            }
        )
    return table("methods", "checks", pd.DataFrame(cells), marked=True)
