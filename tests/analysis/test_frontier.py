"""The lag, what leading goes with, and events taken together: limits, laws and published forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import frontier
from helpers.analysis import synthesis as model

APRIL = model.Frontier(
    gap=9.75,
    start=date(2026, 4, 19),
    mean=(6.0, 7.4),
    spread=(1.9, 2.9),
    persistence=(0.05, 0.55),
    compute=(2.0, 4.5, 12.7),
    growth=(-0.10, 0.05, 0.22),
)
PACE = model.Slope(14.9, 0.8, 20)
END = date(2030, 12, 31)


def test_without_an_error_of_the_pace_the_lag_is_the_gap_in_other_units():
    gaps = np.array([[9.75, -3.0], [0.0, 14.9]])
    lags = frontier.lag_draws(gaps, replace(PACE, error=0.0))
    assert lags == pytest.approx(12 * gaps / 14.9)
    assert lags[0, 0] == pytest.approx(7.85, abs=0.01)


def test_exchanging_the_countries_reverses_the_lag():
    gaps = np.random.default_rng(2).normal(size=(3, 50))
    assert frontier.lag_draws(-gaps, PACE) == pytest.approx(-frontier.lag_draws(gaps, PACE))


def test_fans_agree_with_the_closed_form_and_open_with_time_and_drift():
    days = (date(2028, 12, 31), END, date(2035, 12, 31))
    found = frontier.fans(APRIL, PACE, days, (0.5, 1.5, 2.5), draws=40_000)
    at_once = np.percentile(model.gap_on(APRIL, END, 1.5, 40_000, seed=3), (5, 25, 50, 75, 95))
    assert found[1.5][0][:, 1] == pytest.approx(at_once, abs=0.3)
    widths = [found[tau][0][4] - found[tau][0][0] for tau in (0.5, 1.5, 2.5)]
    assert all((np.diff(width) > 0).all() for width in widths)
    assert (widths[0] < widths[1]).all()
    assert (widths[1] < widths[2]).all()
    lag = np.percentile(frontier.lag_on(APRIL, PACE, END, 1.5, 40_000), (5, 50, 95))
    assert found[1.5][1][[0, 2, 4], 1] == pytest.approx(lag, abs=0.3)


def test_the_outcomes_parts_make_up_the_whole():
    found = frontier.inputs_with_lead(APRIL, date(2031, 1, 31), (1.5,), 3, draws=20_000)
    assert set(found["input"]) == set(frontier.INPUTS)
    centres = {"mean": 6.7, "spread": 2.4, "persistence": 0.3, "compute": 19.2 / 3, "growth": 0.17 / 3, "drift": 0.0}
    for name, part in found.groupby("input"):
        assert part["draws"].sum() == 20_000
        whole = (part["mean"] * part["draws"]).sum() / 20_000
        assert whole == pytest.approx(centres[name], abs=0.06)
    drift = found[found["input"] == "drift"].set_index("led")["mean"]
    assert drift[True] > 1.0
    assert drift[False] < 0.0


def test_an_event_that_never_happens_has_no_inputs():
    never = replace(APRIL, mean=(500.0, 501.0), gap=500.0)
    found = frontier.inputs_with_lead(never, date(2027, 1, 31), (0.5,), 3, draws=100)
    assert found[found["led"]]["draws"].sum() == 0
    assert found[found["led"]]["mean"].isna().all()


def test_points_that_compute_does_not_explain():
    fixed = replace(APRIL, mean=(7.0, 7.0), compute=(4.5, 4.5, 4.5))
    assert frontier.unexplained_points(fixed, np.full(10, 10.0)) == pytest.approx([-2.5] * 10)
    assert frontier.unexplained_points(fixed, np.ones(4)) == pytest.approx([-7.0] * 4)  # equal stocks explain nothing


# Sheppard 1899: both of two standard normals with correlation r positive with 1/4 + arcsin(r) / 2 pi.
@pytest.mark.parametrize("correlation", [-0.9, -0.3, 0.0, 0.5, 0.9])
def test_joint_probability_of_two_halves(correlation):
    expected = 0.25 + np.arcsin(correlation) / (2 * np.pi)
    assert frontier.joint_probability(0.5, 0.5, correlation) == pytest.approx(expected, abs=1e-6)


@settings(max_examples=25)
@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(-0.95, 0.9))
def test_joint_probability_keeps_its_laws(one, other, correlation):
    joint = frontier.joint_probability(one, other, correlation)
    assert joint == pytest.approx(frontier.joint_probability(other, one, correlation), abs=1e-6)
    assert max(one + other - 1, 0) - 1e-6 <= joint <= min(one, other) + 1e-6
    assert frontier.joint_probability(one, other, correlation + 0.05) >= joint - 1e-6
    assert frontier.joint_probability(one, other, 0.0) == pytest.approx(one * other, abs=1e-6)


def test_joint_probability_has_its_limits():
    assert frontier.joint_probability(0.2, 0.6, 1.0) == 0.2
    assert frontier.joint_probability(0.2, 0.6, -1.0) == 0.0
    assert frontier.joint_probability(0.7, 0.6, -1.0) == pytest.approx(0.3)
    assert frontier.joint_probability(0.0, 0.6, 0.5) == 0.0
    with pytest.raises(ValueError, match=r"correlation of 1\.2"):
        frontier.joint_probability(0.2, 0.6, 1.2)


def test_computing_per_thousand_users():
    assert frontier.per_thousand_users(2_000_000.0, 500.0) == pytest.approx(4.0)
