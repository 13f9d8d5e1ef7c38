"""Evidence lies inside a region, outside or across; a weight turns the lead where two logarithms balance."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import conclusions

NUMBER = st.floats(-100, 100)


@pytest.mark.parametrize(
    ("interval", "region", "where"),
    [
        ((0.1, 2.0), (0.0, math.inf), "inside"),
        ((-2.0, 0.3), (0.0, math.inf), "across"),
        ((-2.0, -0.3), (0.0, math.inf), "outside"),
        ((0.0, 0.0), (0.0, math.inf), "outside"),
        ((0.16, 0.32), (0.19, math.inf), "across"),
        ((0.16, 0.32), (0.43, math.inf), "outside"),
        ((-5.0, 5.0), (-1.0, 1.0), "across"),
    ],
)
def test_places(interval, region, where):
    assert conclusions.place(interval, region) == where


@given(low=NUMBER, width=st.floats(0, 50), border=NUMBER)
def test_a_half_line_and_its_other_half_see_the_same_evidence_from_two_sides(low, width, border):
    interval = (low, low + width)
    below = conclusions.place(interval, (-math.inf, border))
    above = conclusions.place(interval, (border, math.inf))
    assert not (below == above == "inside")
    if below == "inside":
        assert above == "outside"
    if low < border < low + width:
        assert below == above == "across"


def test_reversed_ends_are_refused():
    with pytest.raises(ValueError, match="lower end first"):
        conclusions.place((2.0, 1.0), (0.0, 1.0))


@pytest.mark.parametrize(
    ("places", "so"),
    [
        (["inside", "inside"], "holds"),
        (["outside"], "fails"),
        (["inside", "across"], "leans-for"),
        (["across", "outside", "outside"], "leans-against"),
        (["across"], "undecided"),
        (["inside", "outside", "across"], "undecided"),
    ],
)
def test_standings(places, so):
    assert conclusions.standing(places) == so


def test_nothing_stands_without_evidence():
    with pytest.raises(ValueError, match="at least one basis"):
        conclusions.standing([])


@given(lead=st.floats(0.001, 5), spread=st.floats(0.001, 5), scale=st.floats(0.1, 10))
def test_at_the_turning_weight_the_index_is_nought_whatever_the_base_of_the_logarithm(lead, spread, scale):
    weight = conclusions.turning_weight(lead, spread)
    assert 0 < weight < 1
    assert weight * spread == pytest.approx((1 - weight) * lead)
    assert conclusions.turning_weight(scale * lead, scale * spread) == pytest.approx(weight)


def test_no_weight_turns_a_lead_in_both_races():
    assert conclusions.turning_weight(1.0, -0.1) is None
    assert conclusions.turning_weight(0.0, 1.0) is None
    with pytest.raises(ValueError, match="finite"):
        conclusions.turning_weight(math.nan, 1.0)
