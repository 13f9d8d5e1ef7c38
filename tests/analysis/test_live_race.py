"""The race in closed form agrees with the race that is simulated, and behaves as it must."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from helpers.analysis import live_race
from helpers.analysis.synthesis import Frontier, gap_on, lead_probability, leads_by

BY = (date(2029, 1, 31), date(2031, 1, 31))
RACE = Frontier(
    gap=4.64,
    start=date(2026, 8, 11),
    mean=(6.0, 7.4),
    spread=(1.9, 2.9),
    persistence=(0.05, 0.55),
    compute=(2.0, 4.5, 12.7),
    growth=(-0.10, 0.05, 0.22),
)
TOLERANCE = 0.004  # of one: sampling error of the simulation, strata, and lines between centres of the mean


@pytest.fixture(scope="module")
def table():
    return live_race.bearable(RACE, BY, draws=40_000)


def chance(table, race, tau):
    centre = sum(race.mean) / 2
    return live_race.lead_chance(table, tau, race.drift, centre, race.compute, race.growth)


@pytest.mark.parametrize("tau", [0.5, 1.5, 2.5, 4.0])
@pytest.mark.parametrize("day", BY)
def test_chances_are_those_of_the_simulation(table, tau, day):
    assert chance(table[day], RACE, tau) == pytest.approx(lead_probability(RACE, day, tau), abs=TOLERANCE)


@pytest.mark.parametrize(
    ("tau", "lean", "mean", "compute", "growth"),
    [
        (1.5, 1.0, 6.7, 4.5, 0.05),
        (1.0, -1.0, 5.2, 4.5, 0.20),
        (2.0, 0.5, 8.2, 9.0, -0.10),
        (0.5, 2.0, 4.0, 4.5, 0.05),
    ],
)
def test_other_assumptions_give_what_their_simulation_gives(table, tau, lean, mean, compute, growth):
    race = replace(
        RACE,
        mean=(mean - 0.7, mean + 0.7),
        drift=lean,
        compute=live_race.stretched(RACE.compute, compute),
        growth=live_race.moved(RACE.growth, growth),
    )
    for day in BY:
        assert chance(table[day], race, tau) == pytest.approx(lead_probability(race, day, tau), abs=TOLERANCE)


@settings(deadline=None)
@given(
    gaps=st.lists(st.lists(st.floats(-5, 15), min_size=3, max_size=3), min_size=4, max_size=8),
    drift=st.floats(-6, 6),
    in_a_row=st.integers(1, 3),
)
def test_a_path_leads_exactly_where_it_bears_the_drift(gaps, drift, in_a_row):
    paths = np.array(gaps)
    years = np.arange(1, len(paths) + 1) / 12
    bears = live_race.bearable_drift(paths, years, in_a_row)
    led = leads_by(paths + drift * years[:, None], in_a_row)[-1]
    clear = np.abs(bears - drift) > 1e-9
    assert ((drift <= bears) == led)[clear].all()


def test_too_few_months_bear_nothing():
    assert np.isneginf(live_race.bearable_drift(np.full((2, 4), -9.0), np.array([0.1, 0.2]), 3)).all()


@settings(max_examples=25, deadline=None)
@given(lean=st.floats(-3, 2.5), more=st.floats(0.01, 0.5), mean=st.floats(4.0, 9.0))
def test_the_chance_rises_with_the_drift_and_falls_with_the_mean_gap(table, lean, more, mean):
    def at(lean, mean):
        return live_race.lead_chance(table[BY[1]], 1.5, lean, mean, RACE.compute, RACE.growth)

    assert 0 <= at(lean, mean) < at(lean + more, mean) <= 1
    assert at(lean, mean + 0.5) < at(lean, mean)


def test_a_strong_drift_decides_alone(table):
    assert live_race.lead_chance(table[BY[1]], 0.25, 30.0, 6.7, RACE.compute, RACE.growth) == pytest.approx(1)
    assert live_race.lead_chance(table[BY[1]], 0.25, -30.0, 6.7, RACE.compute, RACE.growth) == pytest.approx(0)


def test_what_the_grid_does_not_hold_is_refused(table):
    with pytest.raises(ValueError, match=r"mean gap 12: expected 3\.7 to 9\.7"):
        table[BY[0]].at(12)
    with pytest.raises(ValueError, match="more than zero"):
        live_race.lead_chance(table[BY[0]], 0, 0, 6.7, RACE.compute, RACE.growth)


@settings(deadline=None)
@given(seed=st.integers(0, 2**32 - 1), size=st.integers(100, 400))
def test_strata_keep_the_mean_and_the_order(seed, size):
    values = np.random.default_rng(seed).normal(size=size).round(1)
    _, weights = live_race.strata_weights()
    means = live_race.strata_means(values)
    assert weights.sum() == pytest.approx(1)
    assert weights @ means == pytest.approx(np.mean(values), abs=1e-9)
    assert (np.diff(means) >= -1e-9).all()


@settings(deadline=None)
@given(low=st.floats(-5, 5), rise=st.floats(0.1, 5), fall=st.floats(0.1, 5))
def test_laws_are_integrated_and_inverted_as_they_should_be(low, rise, fall):
    law = (low, low + rise, low + rise + fall)
    known = stats.triang(rise / (rise + fall), low, rise + fall)
    nodes, weights = live_race.triangular_nodes(law)
    assert weights.sum() == pytest.approx(1)
    assert weights @ nodes == pytest.approx(known.mean(), abs=0.01 * (rise + fall))
    parts = np.linspace(0.01, 0.99, 25)
    assert live_race.triangular_quantile(law, parts) == pytest.approx(known.ppf(parts))


def test_a_law_of_one_value_is_that_value():
    nodes, weights = live_race.triangular_nodes((0.0, 0.0, 0.0))
    assert (nodes.tolist(), weights.tolist()) == ([0.0], [1.0])


def test_moved_and_stretched_laws_have_the_mode_asked_for():
    assert live_race.moved((-0.1, 0.05, 0.22), 0.15) == pytest.approx((0.0, 0.15, 0.32))
    assert live_race.stretched((2.0, 4.5, 12.7), 9.0) == pytest.approx((4.0, 9.0, 25.4))


def test_the_recurrence_is_that_of_the_golden_ratio_in_one_dimension():
    assert live_race.recurrence_steps(1)[0] == pytest.approx((5**0.5 - 1) / 2)
    assert live_race.recurrence_steps(2)[0] == pytest.approx(1 / 1.3247179572)  # plastic number


def test_points_are_even_in_every_coordinate():
    points = live_race.even_points(2048, 6)
    assert points.shape == (2048, 6)
    for column in points.T:
        assert stats.kstest(column, "uniform").statistic < 0.005


@pytest.mark.parametrize("tau", [0.5, 1.5, 2.5])
def test_percentiles_of_the_gap_are_those_of_the_simulation(tau):
    day = date(2030, 12, 31)
    years = (day - RACE.start).days / 365.25
    shown = np.percentile(live_race.gap_points(RACE, years, tau), [5, 25, 50, 75, 95])
    drawn = np.percentile(gap_on(RACE, day, tau), [5, 25, 50, 75, 95])
    assert shown == pytest.approx(drawn, abs=0.12 * max(1.0, tau))
