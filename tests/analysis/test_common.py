"""Lengths of time, power and differences, as all chapters reckon them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers.analysis import common

rating = st.floats(min_value=900, max_value=1700)
width = st.floats(min_value=0, max_value=60)


@given(rating, width, width, rating, width, width)
def test_difference_interval_holds_the_difference_and_turns_its_sign(a, a_down, a_up, b, b_down, b_up):
    one, other = (a, a - a_down, a + a_up), (b, b - b_down, b + b_up)
    value, low, high = common.difference_interval(one, other)
    assert low <= value <= high
    turned = common.difference_interval(other, one)
    assert turned == pytest.approx((-value, -high, -low))
    # Never wider than adding both intervals up, never narrower than the wider of the two.
    assert value - low <= a_down + b_up + 1e-9
    assert value - low >= max(a_down, b_up) - 1e-9


def test_difference_of_two_scores():
    # GPT-5.6 Sol 161.65 (159.11-164.85) and Kimi K3 157.01 (154.75-159.64), export of 11 August 2026.
    _, low, high = common.difference_interval((161.65, 159.11, 164.85), (157.01, 154.75, 159.64))
    assert low == pytest.approx(4.64 - (2.54**2 + 2.63**2) ** 0.5)
    assert high == pytest.approx(4.64 + (3.20**2 + 2.26**2) ** 0.5)


def test_a_years_electricity_as_power():
    assert common.average_gw(8.76) == pytest.approx(1.0)
    assert common.average_gw(945) == pytest.approx(108, abs=0.5)  # IEA, Energy and AI: base case of 2030


def test_time_and_the_normal_law():
    assert common.years_between(date(2024, 1, 1), pd.Timestamp("2028-01-01")) == pytest.approx(4)
    assert common.DAYS_PER_MONTH == 30.4375
    assert pytest.approx(stats.norm.ppf(0.95)) == common.Z95
