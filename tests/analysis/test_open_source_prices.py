"""List prices over time, on a small list whose answers can be read off."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import open_source_prices as prices


@pytest.fixture
def table():
    """Return two models: one cut and then sold by the hour, one never changed; and a price without a day."""
    columns = ["model", "country", "line", "condition", "effective_from", "input_usd_per_mtok", "output_usd_per_mtok"]
    rows = [
        ("X", "CN", "top", "list price at launch", "2026-01-01", 2.0, 6.0),
        ("X", "CN", "top", "standard", "2026-02-01", 1.0, 3.0),
        ("X", "CN", "top", "off-peak", "2026-03-01", 2.0, 6.0),
        ("X", "CN", "top", "peak", "2026-03-01", 4.0, 12.0),
        ("Y", "CN", "top", "standard", "2026-05-01", 4.0, 4.0),
        ("Y", "CN", "top", "standard", "2026-06-01", 4.0, 4.0),
        ("Z", "CN", "top", "standard", None, 9.0, 9.0),
    ]
    frame = pd.DataFrame(rows, columns=columns, index=[f"r{place}" for place in range(len(rows))])
    return frame.assign(effective_from=pd.to_datetime(frame["effective_from"]))


def test_undated_prices_and_peaks_are_no_entries(table):
    listed = prices.list_prices(table, "2025-01-01")
    assert list(listed.index) == ["r0", "r1", "r2", "r4", "r5"]
    assert listed.at["r2", "peak_output"] == 12.0
    assert listed.at["r1", "peak_output"] == 3.0
    assert list(listed["step"]) == [0, 1, 2, 0, 1]


@pytest.mark.parametrize("share", [0.0, 0.5, 0.75, 1.0])
def test_changes_do_not_depend_on_the_mixture_where_both_prices_move_alike(table, share):
    found = prices.changes(prices.list_prices(table, "2025-01-01"), share)
    assert list(found["change"]) == pytest.approx([-50.0, 100.0])
    assert list(found["before_id"]) == ["r0", "r1"]


def test_launch_prices_take_the_first_price_alone(table):
    found = prices.launch_prices(prices.list_prices(table, "2025-01-01"), "CN", "top", 2026, 0.75)
    assert sorted(found) == pytest.approx([3.0, 4.0])
    assert prices.launch_prices(prices.list_prices(table, "2025-01-01"), "US", "top", 2026, 0.75).empty
