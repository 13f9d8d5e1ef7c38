"""The dated exports of the capability index, as several chapters read them, and the race that each of them shows."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.analysis import gap
from helpers.data import load
from helpers.findings.registry import Rows, rows

NEWEST = "2026-08-11"  # the newest full export; no later scores are known but single ones
DRAWS, SEED = 4000, 20260811


@cache
def export(day: str) -> pd.DataFrame:
    """Return the models of both countries in one export of the Epoch index."""
    table = load("capability_records")
    return table[table["as_of"] == pd.Timestamp(day)]


def whole(day: str) -> Rows:
    """Name all models of one export."""
    return rows("capability_records", export(day).index)


@cache
def race(day: str) -> gap.Race:
    """Return the race of one export by its published scores."""
    return gap.race(export(day))


@cache
def draws(day: str) -> gap.Race:
    """Return the simulated race of one export."""
    return gap.simulated_race(export(day), DRAWS, SEED)
