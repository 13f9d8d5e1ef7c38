"""Shares, paths to a forecast and needed returns: published values, limiting cases, laws that must hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import spending

AMOUNT = st.floats(1, 1000)
RATE = st.floats(0.001, 0.5)


def test_published_shares():
    # Jefferies, 11 November 2025: 124 billion is 82% below 694 billion; UBS, March 2025: 302 over 51 is 5.9 to 1.
    assert 100 - spending.percent_of(124, 694) == pytest.approx(82, abs=0.5)
    assert 100 / spending.percent_of(51, 302) == pytest.approx(5.9, abs=0.05)


@given(part=AMOUNT, whole=AMOUNT, scale=st.floats(0.1, 10))
def test_share_does_not_depend_on_the_currency_that_both_are_in(part, whole, scale):
    assert spending.percent_of(scale * part, scale * whole) == pytest.approx(spending.percent_of(part, whole))


@given(factor=st.floats(1, 3), imported=st.floats(0, 1))
def test_factor_of_a_mixed_sum_lies_between_its_ends(factor, imported):
    assert 1 - 1e-12 <= spending.blended_factor(factor, imported) <= factor + 1e-12


def test_ends_of_the_mixed_factor_and_a_share_that_cannot_be():
    assert spending.blended_factor(2, 0) == 2
    assert spending.blended_factor(2, 1) == 1
    with pytest.raises(ValueError, match="share bought abroad"):
        spending.blended_factor(2, 1.1)


def test_a_path_without_growth_adds_up_to_its_years():
    assert spending.sum_of_path(10, 0, 6) == 60
    assert spending.growth_to_sum(10, 60, 6) == pytest.approx(0, abs=1e-9)


@given(start=AMOUNT, growth=st.floats(-0.5, 2), years=st.integers(2, 10))
def test_growth_is_found_again_from_the_sum_it_makes(start, growth, years):
    total = spending.sum_of_path(start, growth, years)
    assert spending.growth_to_sum(start, total, years) == pytest.approx(growth, abs=1e-6)
    assert spending.start_of_sum(total, growth, years) == pytest.approx(start)


@given(start=AMOUNT, growth=st.floats(-0.5, 2), steps=st.integers(1, 10))
def test_growth_is_found_again_from_the_level_it_leads_to(start, growth, steps):
    level = start * (1 + growth) ** steps
    assert spending.growth_to_level(start, level, steps) == pytest.approx(growth, abs=1e-6)
    assert spending.start_of_level(level, growth, steps) == pytest.approx(start)


@given(start=st.floats(1, 100), total=st.floats(1000, 5000), years=st.integers(2, 8))
def test_a_sum_needs_less_growth_than_the_same_amount_as_a_level(start, total, years):
    assert spending.growth_to_sum(start, total, years) < spending.growth_to_level(start, total, years - 1)


def test_a_first_year_above_the_sum_is_refused():
    with pytest.raises(ValueError, match="no path"):
        spending.growth_to_sum(900, 884, 6)


@given(spent=AMOUNT, rate=RATE, life=st.integers(1, 12))
def test_the_return_needed_pays_the_rate(spent, rate, life):
    yearly = spending.yearly_return_needed(spent, rate, life)
    worth = sum(yearly / (1 + rate) ** year for year in range(1, life + 1))
    assert worth == pytest.approx(spent)


def test_limits_of_the_return_needed():
    assert spending.yearly_return_needed(100, 0, 4) == 25
    assert spending.yearly_return_needed(100, 1e-9, 4) == pytest.approx(25, rel=1e-6)
    assert spending.yearly_return_needed(100, 0.1, 1000) == pytest.approx(10)  # machines that last for ever
    assert spending.yearly_return_needed(100, 0.1, 1) == pytest.approx(110)


def test_return_needed_of_a_textbook():
    # A loan of 100,000 at 6% a year over 30 yearly payments costs 7,264.89 a year.
    assert spending.yearly_return_needed(100_000, 0.06, 30) == pytest.approx(7264.89, abs=0.01)
