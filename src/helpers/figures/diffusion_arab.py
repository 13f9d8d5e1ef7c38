"""Tables of the chapter on diffusion on models in Arabic: what was tested, and what Arab models stand on."""

from __future__ import annotations

import pandas as pd

from helpers import units
from helpers.data import load
from helpers.figures.tables import Table, table, table_words

ARAB = ("AE", "SA")
SCORED = (  # test, first letters of its rows
    ("aragen", "aragen-2024-12-"),
    ("oall", "oall2-2025-02-"),
    ("aragen", "aragen-2025-03-"),
    ("oall", "oall2-"),
    ("qimma", "qimma-"),
    ("monitor", "monitor-2026-05-"),
    ("helm", "helm-arabic-enterprise-"),
)


def _month(day: pd.Timestamp) -> str:
    return units.day(day, "MMM y").replace(" ", "\u00a0")


def _best(part: pd.DataFrame, makers: tuple[str, ...], words: dict[str, str]) -> str:
    """Name the best model of some makers with its score, or with its rank where only that was read."""
    own = part[part["maker_country"].isin(makers)]
    scored = own[own["value"].notna()].sort_values("value")
    if len(scored):
        best = scored.iloc[-1]
        return f"{best['entity']}, {units.number(best['value'], 1)}"
    for start, form in (("first", "first"), ("best", "pretrained"), ("third", "third")):
        ranked = own[own["basis"].str.startswith(start)]
        if len(ranked):
            return words[form].format(model=ranked.iloc[0]["entity"])
    return words["none"]


def tests_table() -> Table:
    """Return the best model of each origin in every test of Arabic, oldest first."""
    words = table_words("diffusion")["arabic-tests"]
    found = load("arab_world")
    found = found[found["topic"] == "arabic-quality"]
    lines, keys, seen = [], {}, set()
    for test, start in SCORED:
        part = found[found["id"].str.startswith(start) & ~found["id"].isin(seen) & (found["unit"] != "points")]
        part = part[~part["id"].str.startswith("qimma-discarded")]
        seen |= set(part["id"])
        lines.append(
            {
                "test": words["tests"][test],
                "date": _month(part["as_of"].max()),
                "us": _best(part, ("US",), words["words"]),
                "cn": _best(part, ("CN",), words["words"]),
                "arab": _best(part, ARAB, words["words"]),
                "judge": words["judges"][test],
            }
        )
        keys |= dict.fromkeys(part["source"])
    return table("diffusion", "arabic-tests", pd.DataFrame(lines), tuple(keys))


def models_table() -> Table:
    """Return what Arab models were built on, then the foreign models that judge Arabic tests."""
    words = table_words("diffusion")["arab-models"]["words"]
    found = load("arab_world")
    found = found[found["topic"] == "model-base"]
    judges = found["measure"].str.startswith("judge")
    found = found.assign(judge=judges).sort_values(["judge", "as_of"], kind="stable")
    lines = [
        {
            "entity": row.entity,
            "place": row.place if isinstance(row.place, str) else words["none"],
            "role": words["judge"].format(model=row.base_model) if row.judge else row.base_model,
            "origin": words[row.maker_country],
            "date": _month(row.as_of),
        }
        for row in found.itertuples()
    ]
    return table("diffusion", "arab-models", pd.DataFrame(lines), tuple(dict.fromkeys(found["source"])))
