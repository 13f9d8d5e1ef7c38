"""One cell of a table as a reader sees it, on pages and in exports alike."""

from __future__ import annotations

import math

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
    cells = load(table).loc[row]
    value = cells[column]
    if pd.isna(value):
        raise ValueError("the cell is empty")
    if isinstance(value, pd.Timestamp):
        return units.day(value)
    if isinstance(value, str):
        return value
    field = next(item for item in resource(table)["schema"]["fields"] if item["name"] == column)
    unit = field.get("unit", "1")
    if unit.startswith("column:"):
        unit = str(cells[unit.removeprefix("column:")])
    first = -math.floor(math.log10(abs(value))) if value else 0  # the place of the first digit that is not zero
    return units.as_typed(float(value), unit, max(DECIMALS, first + 1))
