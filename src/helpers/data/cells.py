"""One cell of a table as a reader sees it, on pages and in exports alike."""

from __future__ import annotations

import pandas as pd

from helpers import units
from helpers.data.tables import load, resource

DECIMALS = 3  # a cell may hold more than a sentence wants


def cell_text(place: str) -> str:
    """Print the cell at ``table/row/column``, with its unit where the column states one.

    Raises ``ValueError`` for a place of another form or an empty cell, ``KeyError`` for a row or column that the table
    does not hold.
    """
    table, row, column = place.split("/")
    value = load(table).loc[row, column]
    if pd.isna(value):
        raise ValueError("the cell is empty")
    if isinstance(value, pd.Timestamp):
        return units.day(value)
    if isinstance(value, str):
        return value
    field = next(item for item in resource(table)["schema"]["fields"] if item["name"] == column)
    return units.as_typed(float(value), field.get("unit", "1"), DECIMALS)
