"""Sums of capital spending: refusals, and published ratios."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import spending


def rows(*amounts: tuple[float | None, float | None, float | None, str]) -> pd.DataFrame:
    """Make rows of the table: amount, low, high, currency."""
    columns = ["amount_bn", "amount_low_bn", "amount_high_bn", "currency"]
    return pd.DataFrame(amounts, columns=columns).astype(dict.fromkeys(columns[:3], float))


def test_total_takes_the_middle_of_a_range():
    assert spending.total(rows((10, None, None, "USD"), (None, 4, 6, "USD")), "USD") == 15


def test_total_refuses_holes_and_other_currencies():
    with pytest.raises(ValueError, match="no amount"):
        spending.total(rows((None, None, None, "USD")), "USD")
    with pytest.raises(ValueError, match="expected USD alone"):
        spending.total(rows((1, None, None, "USD"), (1, None, None, "CNY")), "USD")


def test_published_shortfall():
    # Jefferies, 11 November 2025: 124 billion is 82% below 694 billion.
    assert round(100 * spending.shortfall(124, 694)) == 82


def test_forecast_before_its_rise():
    assert spending.before_raise(884, 8) == pytest.approx(818.5, abs=0.05)
    assert spending.before_raise(100, 0) == 100


def test_worst_miss_has_no_sign():
    assert spending.worst_miss(pd.Series([100.0, 50.0]), pd.Series([95.0, 51.0])) == pytest.approx(0.05)
