"""Two standards: limiting cases, the critical weight of physics, and what the analytic folds say of the roots."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import standards


@given(st.floats(-3, 3))
def test_without_a_network_the_share_is_the_odds_of_the_advantage(advantage):
    assert standards.rests(advantage, 0.0) == pytest.approx([1 / (1 + math.exp(-advantage))])


def test_the_critical_weight_is_a_coupling_of_one_in_the_mean_field_of_physics():
    # m = tanh(K m) has one solution up to K = 1 and three beyond; K is half the weight.
    assert len(standards.rests(0.0, 2 * 0.99)) == 1
    assert len(standards.rests(0.0, 2 * 1.01)) == 3
    assert standards.CRITICAL_WEIGHT / 2 == 1


def test_just_above_it_the_share_leaves_the_middle_with_the_square_root():
    # Mean field: m² = 3 t for a coupling of 1 / (1 - t), t small.
    t = 1e-4
    highest = standards.rests(0.0, 2 / (1 - t))[-1]
    assert (2 * highest - 1) ** 2 == pytest.approx(3 * t, rel=1e-3)


@given(st.floats(-2, 2), st.floats(0, 8))
def test_resting_shares_repeat_themselves_and_lie_in_order(advantage, weight):
    found = standards.rests(advantage, weight)
    assert found == sorted(found)
    for share in found:
        assert standards.reply(share, advantage, weight) == pytest.approx(share, abs=1e-9)


@given(st.floats(-2, 2), st.floats(0, 8))
def test_exchanging_the_standards_mirrors_the_shares(advantage, weight):
    there, back = standards.rests(advantage, weight), standards.rests(-advantage, weight)
    assert there == pytest.approx([1 - share for share in reversed(back)], abs=1e-7)


@pytest.mark.parametrize("weight", [2.2, 3.0, 4.0, 6.0])
def test_the_newcomer_rests_low_up_to_the_unseating_advantage_and_not_beyond(weight):
    limit = standards.unseating_advantage(weight)
    assert len(standards.rests(0.999 * limit, weight)) == 3
    assert len(standards.rests(1.001 * limit, weight)) == 1
    assert standards.rests(1.001 * limit, weight)[0] > 0.5


def test_a_weak_network_needs_nothing_to_be_unseated_and_a_strong_one_its_whole_weight():
    assert standards.unseating_advantage(1.5) == 0.0
    assert standards.unseating_advantage(2.0) == 0.0
    strong = 400.0
    assert standards.unseating_advantage(strong) == pytest.approx(strong - math.log(2 * strong) - 1, rel=1e-3)


def test_with_choosers_alike_the_tipping_point_is_where_network_and_advantage_balance():
    # Strong terms in a fixed proportion are a best reply: a + b (2x - 1) = 0.
    assert standards.tipping_share(40.0, 200.0) == pytest.approx(0.5 - 40.0 / 400.0, abs=0.01)


@given(st.floats(2.5, 8))
def test_a_better_standard_tips_sooner(weight):
    limit = standards.unseating_advantage(weight)
    shares = [standards.tipping_share(part * limit, weight) for part in (0.0, 0.3, 0.6, 0.9)]
    assert shares[0] == pytest.approx(0.5)
    assert all(np.diff(shares) < 0)
