"""Tables of the page on methods."""

from __future__ import annotations

import pandas as pd

from helpers.data import load
from helpers.figures.tables import Table, escape, table, table_words


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
