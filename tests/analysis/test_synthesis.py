"""The two closing models: an independent trial, limiting cases, and laws that must hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import synthesis as model
from helpers.analysis.diffusion import anchored_logistic

# The parameters of the specification's first vintage, as printed there (section 4).
APRIL = model.Frontier(
    gap=9.75,
    start=date(2026, 4, 19),
    mean=(6.0, 7.4),
    spread=(1.9, 2.9),
    persistence=(0.05, 0.55),
    compute=(2.0, 4.5, 12.7),
    growth=(-0.10, 0.05, 0.22),
)
STILL = replace(
    APRIL, mean=(7.0, 7.0), spread=(0.0, 0.0), persistence=(0.3, 0.3), compute=(4.5, 4.5, 4.5), growth=(0.0, 0.0, 0.0)
)
SPREAD = model.Spread(ceiling=(0.60, 0.95), pace=(0.30, 0.30 * np.exp(-0.8224), 0.30 * np.exp(0.8224)), correlation=0.5)
SURVEYS = model.Basis(0.546, date(2025, 8, 31), 0.429, date(2025, 12, 31), 210.53, 1404.89)
TELEMETRY = model.Basis(0.313, date(2026, 3, 31), 0.164, date(2026, 3, 31), 224.04, 986.75)
TAUS = (0.5, 1.5, 2.5)


@pytest.fixture(scope="module")
def trial():
    return model.outlook(APRIL, date(2031, 1, 31), TAUS, (1, 3))


# An independent trial of 100,000 draws (specification, section 8), to be met within two points.
@pytest.mark.parametrize(
    ("by", "rule", "percent"),
    [
        (date(2031, 1, 31), 3, (1, 15, 26)),
        (date(2029, 1, 31), 3, (0, 4, 13)),
        (date(2031, 1, 31), 1, (18, 32, 39)),
    ],
)
def test_trial_of_leading(trial, by, rule, percent):
    found = [100 * trial[tau].led_by(by, rule) for tau in TAUS]
    assert found == pytest.approx(percent, abs=2)


@pytest.mark.parametrize(("basis", "percent"), [(SURVEYS, 16), (TELEMETRY, 11)])
def test_trial_of_passing_by_2030(basis, percent):
    assert 100 * model.passing_probability(basis, SPREAD, date(2030, 12, 31)) == pytest.approx(percent, abs=2)


def test_trial_of_rank_variance():
    # "delta carried about four-fifths of the rank variance of G at end-2030" (section 8), at the middle spread.
    days = (date(2030, 12, 31),)
    gaps, sample = model.paths(APRIL, days)
    moved = gaps[0] - 1.5 * sample.z * model.years_since(APRIL.start, days)[0]
    rank = pd.Series(moved).corr(pd.Series(sample.z), method="spearman")
    assert rank**2 == pytest.approx(0.8, abs=0.05)


def test_without_drift_and_noise_the_gap_decays_to_its_mean():
    days = model.month_ends(STILL.start, date(2027, 4, 30))
    gaps, _ = model.paths(STILL, days, draws=3)
    months = model.years_since(STILL.start, days) * 12
    assert gaps[:, 0] == pytest.approx(7.0 + 2.75 * 0.3**months)
    assert gaps[-1] == pytest.approx([7.0] * 3, abs=1e-5)


def test_paths_agree_with_the_closed_form():
    day = date(2030, 12, 31)
    stepped, sample = model.paths(APRIL, model.month_ends(APRIL.start, day), draws=50_000)
    years = model.years_since(APRIL.start, [day])[0]
    at_once = model.gap_on(APRIL, day, tau=1.5, draws=50_000, seed=7)
    moved = stepped[-1] - 1.5 * sample.z * years
    assert np.percentile(moved, [5, 50, 95]) == pytest.approx(np.percentile(at_once, [5, 50, 95]), abs=0.25)


def test_stationary_spread_is_the_one_stated():
    race = replace(STILL, spread=(2.4, 2.4))
    assert np.std(model.gap_on(race, date(2030, 12, 31), tau=0.0)) == pytest.approx(2.4, rel=0.02)


def test_exchanging_the_countries_reverses_every_sign():
    def exchanged(race):
        low, mode, high = race.growth
        return replace(
            race, gap=-race.gap, mean=(-race.mean[1], -race.mean[0]), growth=(-high, -mode, -low), drift=-race.drift
        )

    race = replace(APRIL, drift=1.0)
    day = date(2030, 12, 31)
    here, there = (model.gap_on(item, day, tau=1.5) for item in (race, exchanged(race)))
    assert np.percentile(there, [5, 50, 95]) == pytest.approx(-np.percentile(here, [95, 50, 5]), abs=0.2)


def test_leading_falls_with_the_mean_and_rises_with_the_spread_of_the_drift(trial):
    by = date(2031, 1, 31)
    by_mean = [
        model.lead_probability(replace(APRIL, mean=(mean, mean)), by, 1.5, draws=20_000) for mean in (2.0, 5.0, 8.0)
    ]
    assert by_mean == sorted(by_mean, reverse=True)
    by_tau = [trial[tau].led_by(by, 3) for tau in TAUS]
    assert by_tau == sorted(by_tau)


def test_leading_needs_so_many_month_ends_in_a_row():
    gaps = np.array([[1.0, -1.0, -1.0], [-1.0, -1.0, 1.0], [-1.0, 1.0, -1.0], [-1.0, -1.0, -1.0], [1.0, 0.0, -1.0]])
    assert model.leads_by(gaps, 3).tolist() == [
        [False, False, False],
        [False, False, False],
        [False, False, False],
        [True, False, False],
        [True, False, True],
    ]
    assert model.leads_by(gaps, 1)[0].tolist() == [False, True, True]
    assert model.leads_by(np.array([[0.4]]), 1, tie=0.5).item()


@given(st.lists(st.floats(-5, 5), min_size=4, max_size=30), st.integers(1, 4))
def test_having_led_never_ends_and_a_stricter_rule_never_comes_earlier(values, rule):
    gaps = np.array(values)[:, None]
    led, stricter = model.leads_by(gaps, rule), model.leads_by(gaps, rule + 1)
    assert (np.diff(led.astype(int), axis=0) >= 0).all()
    assert (stricter <= led).all()


def test_month_ends_begin_after_the_start():
    assert model.month_ends(date(2026, 4, 19), date(2026, 6, 30)) == (
        date(2026, 4, 30),
        date(2026, 5, 31),
        date(2026, 6, 30),
    )
    assert model.month_ends(date(2026, 4, 30), date(2026, 5, 31)) == (date(2026, 5, 31),)


def test_probability_before_the_first_month_end_is_zero(trial):
    assert trial[1.5].led_by(date(2026, 4, 20), 1) == 0.0


def test_lag_and_yearly_rate():
    # 9.75 points at 14.9 a year are 7.9 months; CAISI put DeepSeek-V4-Pro about 8 months behind (1 May 2026).
    assert model.lag_months(9.75, 14.9) == pytest.approx(7.85, abs=0.01)
    assert model.yearly_rate(0.20, 5) == pytest.approx(1 - 0.8**0.2)
    assert 1 - (1 - model.yearly_rate(0.20, 3)) ** 3 == pytest.approx(0.20)


def test_autocorrelation_of_alternation_is_negative():
    assert model.autocorrelation([1.0, -1.0] * 50) == pytest.approx(-0.99, abs=0.001)


def test_gap_trend_finds_a_line_and_its_error_grows_with_dependence():
    days = pd.date_range("2023-09-30", periods=36, freq="ME")
    years = np.array((days - days[0]).days) / 365.25
    assert model.gap_trend(pd.Series(5.0 + 1.2 * years, index=days)).value == pytest.approx(1.2)
    slow = pd.Series(np.sin(np.arange(36) / 5.0), index=days)
    assert model.gap_trend(slow, lags=4).error > model.gap_trend(slow, lags=0).error


def test_compute_effect_recovers_what_was_put_in():
    rng = np.random.default_rng(1)
    flop = 10 ** rng.uniform(23, 26, 60)
    days = pd.Timestamp(2024, 1, 1) + pd.to_timedelta(rng.integers(0, 900, 60), unit="D")
    country = np.where(rng.random(60) < 0.5, "US", "CN")
    years = (days - pd.Timestamp(2024, 1, 1)).days / 365.25
    score = 100 + 12 * years + 4.5 * np.log10(flop) + 2.0 * (country == "US")
    models = pd.DataFrame({"score": score, "version_date": days, "training_flop": flop, "country": country})
    assert model.compute_effect(models).value == pytest.approx(4.5)


def test_names_of_two_tables_meet():
    assert model.model_key("DeepSeek-V2 (MoE-236B)") == model.model_key("DeepSeek-V2")
    assert model.model_key("Qwen3-235B-A22B (Jul 2025)") != model.model_key("Qwen3-235B-A22B")


@given(st.floats(0.05, 0.5), st.floats(0.01, 0.09), st.floats(0.05, 0.9), st.integers(1, 30))
def test_equal_paces_never_cross(behind, lead, pace, years):
    ahead = behind + lead
    ceiling = 0.75
    assert anchored_logistic(ahead, pace, ceiling, years) > anchored_logistic(behind, pace, ceiling, years)


def test_passing_needs_different_paces():
    same = model.Spread((0.775, 0.775), (0.3, 0.3, 0.3), 0.5)
    assert model.passing_probability(TELEMETRY, same, date(2040, 12, 31), draws=1000) == 0.0
    together = replace(SPREAD, correlation=1.0)
    assert model.passing_probability(TELEMETRY, together, date(2030, 12, 31), draws=5000) == 0.0


def test_breakeven_is_the_ratio_of_users_and_ends_at_that_of_people():
    assert model.breakeven_value(70.0, 140.0) == 0.5
    ceiling = np.array([0.7])
    far = model.shares_on(TELEMETRY, date(2126, 1, 1), ceiling, np.array([0.4]), np.array([0.4]))
    end = model.breakeven_value(far[0] * TELEMETRY.people_us, far[1] * TELEMETRY.people_cn)
    assert end == pytest.approx(TELEMETRY.people_us / TELEMETRY.people_cn, rel=1e-6)


@settings(max_examples=20)
@given(st.floats(-0.9, 0.9))
def test_mixed_deviates_have_the_correlation_asked_for(correlation):
    one, other = np.random.default_rng(3).normal(size=(2, 40_000))
    assert np.corrcoef(one, model.mix(one, other, correlation))[0, 1] == pytest.approx(correlation, abs=0.02)


def test_drift_carries_most_of_the_variance_and_indices_add_up():
    indices = model.gap_sensitivity(APRIL, 4.7, (0.5, 2.5), size=2**10)
    assert indices["total"].idxmax() == "drift"
    assert indices.loc["drift", "total"] > 0.7
    assert indices["first"].sum() <= 1.02
    assert (indices["total"] >= indices["first"] - 0.05).all()
    # tau scales a law with mean zero: alone it explains nothing, only together with the drift
    assert abs(indices.loc["tau", "first"]) < 0.02 < indices.loc["tau", "total"]


@pytest.mark.parametrize("tau", TAUS)
def test_the_drifts_share_is_sobols_index_where_its_spread_is_fixed(tau):
    indices = model.gap_sensitivity(APRIL, 4.7, (tau, tau + 1e-9), size=2**13)
    assert model.drift_share(APRIL, 4.7, tau) == pytest.approx(indices.loc["drift", "total"], abs=0.02)


def test_the_drifts_share_has_its_limits():
    assert model.drift_share(APRIL, 4.7, 0.0) == 0.0
    assert model.drift_share(STILL, 4.7, 1.0) == pytest.approx(1.0)  # nothing else varies
    # After years only the noise of releases is left beside the drift: 3 and 4 points give 16 of 25 parts.
    noisy = replace(STILL, spread=(3.0, 3.0))
    assert model.drift_share(noisy, 2.0, 2.0) == pytest.approx(16 / 25, abs=0.01)


def test_own_paces_decide_the_ratio_of_shares():
    indices = model.ratio_sensitivity(TELEMETRY, SPREAD, date(2030, 12, 31), size=2**10)
    assert set(indices["total"].nlargest(2).index) == {"us", "cn"}
