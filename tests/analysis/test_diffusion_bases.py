"""Concentration, building times, the target's pace and profiles of rules: limits and hand-made cases."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import diffusion as spread
from helpers.analysis import diffusion_bases as bases


@given(st.integers(1, 30), st.floats(0.1, 1e6))
def test_equal_producers_are_as_many_as_they_are(count, amount):
    low, high = bases.effective_countries(pd.Series([amount] * count, index=[f"c{n}" for n in range(count)]))
    assert low == high == pytest.approx(count)


def test_the_rest_is_one_country_at_worst_and_none_at_best():
    low, high = bases.effective_countries(pd.Series({"A": 50.0, "B": 25.0, bases.REST: 25.0, bases.WHOLE: 101.0}))
    assert low == pytest.approx(1 / (0.25 + 0.0625 + 0.0625))
    assert high == pytest.approx(1 / (0.25 + 0.0625))


def test_share_of_output_is_of_the_rows_and_not_of_the_rounded_total():
    rows = pd.DataFrame({"country": ["CN", "", "WW"], "value": [30.0, 70.0, 90.0]})
    assert bases.share_of_output(rows, "CN") == pytest.approx(30.0)
    assert bases.share_of_output(rows, "US") == 0.0


def _sites(*rows):
    table = pd.DataFrame(rows, columns=["started", "first_power", "as_of"])
    for name in table:
        table[name] = pd.to_datetime(table[name])
    return table.assign(begins_with="ground works")


def test_a_site_without_power_counts_for_the_time_so_far_and_not_for_its_promise():
    times = bases.building_times(_sites(("2025-01-01", "2029-01-01", "2026-01-01"), ("2025-01-01", None, "2026-01-01")))
    assert not times["done"].any()
    assert times["years"].tolist() == pytest.approx([1.0, 1.0], abs=0.01)
    assert times["years_expected"].iloc[0] == pytest.approx(4.0, abs=0.01)
    assert math.isnan(times["years_expected"].iloc[1])


def test_conversions_are_left_out():
    sites = _sites(("2024-01-01", "2025-01-01", "2026-01-01"), ("2024-01-01", "2024-06-01", "2026-01-01"))
    sites["begins_with"] = ["ground works", "conversion"]
    assert len(bases.building_times(sites)) == 1


def test_with_all_sites_finished_the_median_is_the_plain_one_and_censoring_only_lengthens_it():
    # The example of Kaplan and Meier by hand: 1, 2, 3+, 4, 5: survival 0.8, 0.6, 0.3, 0.
    times = pd.DataFrame({"years": [1.0, 2.0, 3.0, 4.0, 5.0], "done": [True] * 5})
    assert bases.median_building_time(times).median == 3.0
    times["done"] = [True, True, False, True, True]
    found = bases.median_building_time(times)
    assert found.median == 4.0
    assert (found.done, found.under_way) == (4, 1)


@given(st.floats(1, 69), st.floats(0.2, 5))
def test_the_needed_pace_leads_to_the_target(share, years):
    pace = bases.needed_pace(share, 70.0, years)
    assert spread.anchored_logistic(share, pace, 100.0, years) == pytest.approx(70.0)
    assert bases.needed_pace(share, 70.0, years, 90.0) > pace


def test_a_target_passed_needs_no_growth():
    assert bases.needed_pace(93.0, 70.0, 2.0) < 0


def test_profiles_differ_no_more_without_a_question():
    table = pd.DataFrame({"x": [True, True, False], "y": [True, False, False]})
    assert bases.distinct_profiles(table) == 3
    assert bases.distinct_profiles(table.drop(columns="y")) == 2
