"""Scores of forecasts against closed forms and their definition; rolling origins that know no later day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import back_tests as scoring
from helpers.analysis import synthesis as model
from helpers.analysis.diffusion import five_years_on
from helpers.data import load

RACE = model.Frontier(
    gap=5.0,
    start=date(2024, 7, 31),
    mean=(5.0, 5.0),
    spread=(2.0, 2.0),
    persistence=(0.0, 0.0),
    compute=(4.5, 4.5, 4.5),
    growth=(0.0, 0.0, 0.0),
)
WINDOWS = (pd.Timestamp(2023, 1, 1), pd.Timestamp(2023, 9, 1))


def noise(seed: int = 5) -> pd.Series:
    """A gap that takes a new value about five on the last day of every month, and holds it until the next."""
    days = pd.date_range("2022-12-31", "2026-08-11", freq="D")
    monthly = pd.Series(np.nan, index=days)
    ends = days[days.is_month_end]
    monthly[ends] = 5.0 + 2.0 * np.random.default_rng(seed).normal(size=len(ends))
    return monthly.ffill()


# Gneiting and Raftery 2007, eq. 5: for the standard normal law 2*phi(0) - 1/sqrt(pi) at zero, and so on.
@pytest.mark.parametrize(("seen", "score"), [(0.0, 0.23369), (1.0, 0.60244), (-1.0, 0.60244), (3.0, 2.43657)])
def test_score_of_the_normal_law(seen, score):
    assert scoring.normal_crps(0.0, 1.0, seen) == pytest.approx(score, abs=2e-5)
    draws = np.random.default_rng(1).normal(size=200_000)
    assert scoring.crps(draws, seen) == pytest.approx(score, abs=0.006)


def test_score_is_the_integral_that_defines_it():
    draws, seen = np.array([0.0, 1.0, 4.0, 4.5]), 2.0
    grid = np.linspace(-2.0, 8.0, 200_001)
    below = np.searchsorted(draws, grid, side="right") / len(draws)
    integral = np.trapezoid((below - (grid >= seen)) ** 2, grid)
    assert scoring.crps(draws, seen) == pytest.approx(integral, abs=1e-3)


def test_score_of_a_number_is_its_distance():
    assert scoring.crps(np.array([3.0, 3.0, 3.0]), 5.5) == pytest.approx(2.5)
    assert scoring.normal_crps(3.0, 0.0, 5.5) == 2.5


@settings(max_examples=30)
@given(st.lists(st.floats(-50, 50), min_size=2, max_size=30), st.floats(-50, 50), st.floats(0.1, 9), st.floats(-9, 9))
def test_score_scales_with_the_unit_and_not_with_the_origin(values, seen, factor, shift):
    draws = np.array(values)
    plain = scoring.crps(draws, seen)
    assert plain >= -1e-9
    assert scoring.crps(factor * draws + shift, factor * seen + shift) == pytest.approx(factor * plain, abs=1e-6)
    assert plain <= np.abs(draws - seen).mean() + 1e-9


def test_a_forecast_knows_no_later_day():
    gap = noise()
    origin = pd.Timestamp(2024, 7, 31)
    before = scoring.known_at(RACE, gap, origin, WINDOWS)
    changed = gap.copy()
    changed[origin + pd.Timedelta(days=1) :] = 99.0
    assert scoring.known_at(RACE, changed, origin, WINDOWS) == before
    assert before.gap == gap[origin]
    assert before.start == date(2024, 7, 31)


def test_a_short_window_is_left_out_and_no_window_is_an_error():
    gap = noise()
    one = scoring.known_at(RACE, gap, pd.Timestamp(2024, 1, 31), WINDOWS)  # the second holds five month-ends
    assert one.mean[0] == one.mean[1] == pytest.approx(gap["2023-01-01":"2024-01-31"].mean())
    with pytest.raises(ValueError, match="no window holds 10 month-ends before 2023-06-30"):
        scoring.known_at(RACE, gap, pd.Timestamp(2023, 6, 30), WINDOWS)


def test_origins_and_targets_are_those_asked_for():
    found = scoring.rolling(RACE, noise(), WINDOWS, tau=0.0, draws=200)
    assert found.groupby("months").size().to_dict() == {3: 8, 6: 7, 9: 6}
    assert found["origin"].min() == pd.Timestamp(2024, 7, 31)
    assert found["target"].max() <= pd.Timestamp(2026, 8, 11)
    apart = (found["target"].dt.year - found["origin"].dt.year) * 12 + found["target"].dt.month
    assert (apart - found["origin"].dt.month == found["months"]).all()
    assert found["target"].dt.is_month_end.all()


def test_noise_about_a_mean_is_what_the_model_is_right_about():
    # Without persistence the best forecast is the mean: its error is 2*sqrt(2/pi) = 1.60, that of the last value 2.26.
    tables = [scoring.rolling(RACE, noise(seed), WINDOWS, tau=0.0, draws=500) for seed in range(12)]
    found = pd.concat(tables)
    assert found["error_model"].mean() == pytest.approx(1.60, abs=0.25)
    assert found["error_still"].mean() == pytest.approx(2.26, abs=0.35)
    assert found["crps_model"].mean() < found["crps_still"].mean()
    assert found["inside_model"].mean() == pytest.approx(0.8, abs=0.1)


def test_trial_begins_with_the_one_of_the_chapter_on_diffusion_and_counts_a_start_once():
    curves = load("diffusion_curves")
    whole = scoring.spread_trial(curves, 77.5, (15.0, 16.0, 40.0))
    first = five_years_on(curves, 77.5)
    assert whole.iloc[: len(first)]["anchored_error"].tolist() == first["anchored_error"].tolist()
    assert not whole.duplicated(["technology", "country", "start_year"]).any()
    assert len(scoring.spread_trial(curves, 77.5, (15.0, 15.0))) == len(first)
