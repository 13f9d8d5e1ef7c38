"""The table that sets models beside published values."""

from __future__ import annotations

import inspect

import pandas as pd
import pytest

from helpers.data import load
from helpers.figures import methods
from helpers.findings import get, registry


def test_every_check_compares_a_computed_value_in_its_own_unit():
    rows = load("model_checks")
    assert [get(key).unit for key in rows["finding"]] == list(rows["unit"])
    assert rows["finding"].is_unique


def copies(key: str) -> bool:
    """Tell whether the function of a finding hands a cell on as it stands."""
    source = inspect.getsource(registry._functions[key])
    return any(f"return {form}(" in source for form in ("cell", "ranged", "middle"))


def test_no_check_repeats_the_row_that_its_finding_reads():
    # A finding that only copies a published cell would agree with it whatever the model did.
    assert copies(get("genai-users-cn-survey").id)
    assert copies(get("engram-best-share").id)
    assert [key for key in load("model_checks")["finding"] if copies(get(key).id)] == []


def test_a_unit_that_differs_is_refused(monkeypatch):
    rows = load("model_checks").copy()
    rows.loc[rows.index[0], "unit"] = "months"
    monkeypatch.setattr(methods, "load", lambda name: rows)
    with pytest.raises(ValueError, match=f"model_checks, {rows.index[0]}, unit: found months, expected"):
        methods.checks()


@pytest.mark.parametrize(
    ("ours", "published", "unit", "text"),
    [
        (5.0, 5.0, "months", "none"),
        (5.5, 5.0, "months", "10.0%"),
        (4.5, 5.0, "months", "−10.0%"),
        (41.0, 38.5, "percent", "2.5 percentage points"),
        (1.0, 4.0, "ratio", "0.25 times the published value"),
    ],
)
def test_the_difference_is_said_in_the_measure_that_fits(ours, published, unit, text):
    words = {"equal": "none", "factor": "{factor} the published value"}
    assert methods._difference(ours, published, unit, words) == text


def test_published_ranges_are_ordered():
    rows = load("model_checks")
    ranged = rows[pd.notna(rows["low"])]
    assert (ranged["low"] <= ranged["value"]).all()
    assert (ranged["value"] <= ranged["high"]).all()
