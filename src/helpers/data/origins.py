"""Where each row of a table comes from: its sources, its day, and how it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pandas as pd

from helpers.data.tables import corrections, load


@dataclass(frozen=True)
class Origin:
    """Where one row comes from; ``mended`` names the sources of the corrections of its cells."""

    source: str | None
    also_source: str | None
    mended: tuple[str, ...]
    as_of: date | None
    grade: str | None


@cache
def origins(table: str) -> dict[str, Origin]:
    """Return the origin of every row of a table by its id."""
    fixes = corrections(table)
    mended = {row: tuple(part["source"]) for row, part in fixes.groupby("row", sort=False)}
    return {
        key: Origin(
            source=_text(cells.get("source")),
            also_source=_text(cells.get("also_source")),
            mended=mended.get(key, ()),
            as_of=cells["as_of"].date() if pd.notna(cells.get("as_of")) else None,
            grade=_text(cells.get("grade")),
        )
        for key, cells in load(table).to_dict("index").items()
    }


def cited(table: str, ids: Iterable[str]) -> list[str]:
    """Return the keys of the sources of some rows, each once: first sources, then second ones, then corrections'.

    Raises ``KeyError`` for a row that the table does not hold.
    """
    rows = [origins(table)[key] for key in ids]
    keys = (
        [row.source for row in rows] + [row.also_source for row in rows] + [key for row in rows for key in row.mended]
    )
    return [key for key in dict.fromkeys(keys) if key]


def _text(cell: object) -> str | None:
    return None if cell is None or pd.isna(cell) else str(cell)
