"""The watch list names what exists, and the audit tells what is due and what has happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from helpers import audit, units
from helpers.claims import claims
from helpers.data import load
from helpers.data.edition import edition
from helpers.findings import get

WATCHED = load("watch_list")


def at(monkeypatch, day):
    """Let the edition be of another day."""
    other = replace(edition(), released=day)
    monkeypatch.setattr(audit, "edition", lambda: other)


def changed(monkeypatch, row, **values):
    """Let one row of the list hold other values."""
    table = load("watch_list").copy()
    for column, value in values.items():
        table[column] = table[column].astype(object)
        table.loc[row, column] = value
    monkeypatch.setattr(audit, "load", lambda name: table if name == "watch_list" else load(name))


def test_the_list_names_only_what_exists():
    assert list(audit.watch_names()) == []
    assert 10 <= len(WATCHED) <= 14
    for row in WATCHED.itertuples():
        assert set(row.claims.split()) <= set(claims())
        if not pd.isna(row.finding):
            assert get(row.finding).unit == row.unit
            assert row.unit in units.units()


def test_no_event_has_happened_when_the_edition_comes_out():
    assert audit.watch_crossed().lines == ()
    assert audit.watch_due().lines == ()
    assert not audit.watch_crossed().wrong
    assert not audit.watch_due().wrong


def test_an_event_is_due_on_its_day_and_not_before(monkeypatch):
    day = min(WATCHED["due"]).date()
    first = WATCHED.index[WATCHED["due"] == pd.Timestamp(day)]
    at(monkeypatch, day - timedelta(days=1))
    assert audit.watch_due().lines == ()
    at(monkeypatch, day)
    assert len(audit.watch_due().lines) == len(first)
    assert all(any(key in line for line in audit.watch_due().lines) for key in first)
    at(monkeypatch, date(2040, 1, 1))
    assert len(audit.watch_due().lines) == len(WATCHED)


@pytest.mark.parametrize("key", WATCHED.dropna(subset=["finding"]).index)
def test_a_threshold_on_the_near_side_of_its_finding_is_reported(monkeypatch, key):
    row = WATCHED.loc[key]
    value, far = get(row["finding"]).value, row["threshold"]
    assert not audit.crossed(value, row["relation"], far)
    changed(monkeypatch, key, threshold=value - (1 if row["relation"] == "at least" else -1))
    lines = audit.watch_crossed().lines
    assert len(lines) == 1
    assert lines[0].startswith(f"{key}: {row['finding']} is {get(row['finding']).text}")


def test_what_is_due_or_has_happened_does_not_fail_the_audit(monkeypatch, capsys):
    at(monkeypatch, date(2030, 1, 1))
    changed(monkeypatch, "index-gap-gone", threshold=100.0)
    assert audit.main([]) == 0
    told = capsys.readouterr().out
    assert "Events of the watch list that are due to be looked up" in told
    assert "index-gap-gone: gap-2026-08 is" in told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"finding": "no-such-finding"}, "no finding 'no-such-finding'"),
        ({"unit": "months"}, "threshold in months, finding in points"),
        ({"claims": "no-such-claim"}, "no claim 'no-such-claim'"),
        ({"threshold": float("nan")}, "relation, threshold and unit belong together"),
        (
            {"threshold": float("nan"), "unit": float("nan"), "relation": float("nan")},
            "a finding and no threshold",
        ),
    ],
)
def test_a_row_that_leads_nowhere_is_wrong(monkeypatch, values, told):
    changed(monkeypatch, "index-gap-gone", **values)
    lines = list(audit.watch_names())
    assert any(told in line for line in lines)
    assert any(told in line for line in audit.wrong().lines)


def test_thresholds_that_are_findings_of_the_report_say_the_same():
    for key, finding, digits in (
        ("chinese-tools-counted", "income-ratio-purchasing-power-2024", 2),
        ("survey-count-grows", "income-ratio-exchange-rate-2023", 2),
        ("h200-cleared-delivered", "h200-cleared", 0),
    ):
        assert WATCHED.loc[key, "threshold"] == pytest.approx(round(get(finding).value, digits))
    assert WATCHED.loc["ceiling-raised", "threshold"] == load("accelerators").loc["b200-sxm", "tpp"]
    wafers = load("chip_supply").loc["cxmt-hbm3-wafers-2026-q4"]
    assert WATCHED.loc["memory-wafers", "threshold"] == wafers["value"]
    assert WATCHED.loc["memory-wafers", "due"] == wafers["as_of"]
    assert WATCHED.loc["supply-note-below-demand", "due"].date() == claims()["inference-chips-enough-by-2028"].due
