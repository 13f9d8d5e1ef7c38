"""The models of diffusion, against published values, limiting cases and laws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import diffusion as analysis
from helpers.data import load

paces = st.floats(0.01, 2.0)
ceilings = st.floats(50.0, 100.0)
shares = st.floats(0.5, 49.0)
times = st.floats(0.0, 30.0)


@given(shares, paces, ceilings, times, times)
def test_the_anchored_curve_goes_on_from_where_it_stands(share, pace, ceiling, first, second):
    step = analysis.anchored_logistic(share, pace, ceiling, first)
    assert analysis.anchored_logistic(min(step, ceiling), pace, ceiling, second) == pytest.approx(
        analysis.anchored_logistic(share, pace, ceiling, first + second), rel=1e-9
    )


@given(shares, paces, ceilings, times)
def test_the_anchored_curve_rises_and_stays_below_its_ceiling(share, pace, ceiling, years):
    now, later = (analysis.anchored_logistic(share, pace, ceiling, time) for time in (years, years + 1))
    assert share - 1e-9 <= now <= later <= ceiling + 1e-9
    assert analysis.anchored_logistic(share, pace + 0.1, ceiling, years) >= now - 1e-9


@given(shares, st.floats(0.01, 0.9), ceilings, st.floats(0.2, 6.0))
def test_the_implied_pace_inverts_the_anchored_curve(share, pace, ceiling, years):
    last = analysis.anchored_logistic(share, pace, ceiling, years)
    assert analysis.implied_pace(share, last, years, ceiling) == pytest.approx(pace, rel=1e-5)


def test_the_anchored_curve_at_its_limits():
    assert analysis.anchored_logistic(16.4, 0.3, 77.5, 0) == pytest.approx(16.4)
    assert analysis.anchored_logistic(16.4, 0.0, 77.5, 9) == pytest.approx(16.4)
    assert analysis.anchored_logistic(16.4, 0.3, 77.5, 500) == pytest.approx(77.5)
    assert analysis.anchored_logistic(77.5, 0.3, 77.5, 3) == pytest.approx(77.5)
    for impossible in (0.0, 80.0):
        with pytest.raises(ValueError, match="above 0"):
            analysis.anchored_logistic(impossible, 0.3, 77.5, 1)


def test_half_the_ceiling_is_reached_at_the_midpoint():
    assert analysis.logistic(2010.0, 80.0, 0.4, 2010.0) == pytest.approx(40.0)
    assert analysis.anchored_logistic(40.0, 0.4, 80.0, 1.0) == pytest.approx(
        analysis.logistic(2011.0, 80.0, 0.4, 2010.0)
    )


def test_a_fit_recovers_the_curve_that_made_the_points():
    years = np.arange(1990.0, 2016.0)
    fit = analysis.fit_logistic(years, analysis.logistic(years, 73.0, 0.45, 1999.0))
    assert (fit.ceiling, fit.pace, fit.midpoint) == pytest.approx((73.0, 0.45, 1999.0), rel=1e-3)
    assert fit.noise == pytest.approx(0.0, abs=1e-6)


def test_an_early_cut_leaves_the_ceiling_open():
    noise = np.random.default_rng(7).normal(0, 1.0, 26)
    years = np.arange(1990.0, 2016.0)
    points = analysis.logistic(years, 73.0, 0.45, 1999.0) + noise
    early, late = (analysis.fit_logistic(years[:cut], points[:cut]) for cut in (7, 20))
    spread = [fit.profile[:, 0].max() / fit.profile[:, 0].min() for fit in (early, late)]
    assert spread[0] > 2
    assert spread[1] < 1.2


def test_the_interval_holds_the_rest_where_its_assumptions_do():
    # With independent noise about a true S-curve the 95 per cent interval must hold at least about so many points;
    # that it holds far fewer of the past series is a finding about these, not about the interval.
    draw = np.random.default_rng(11)
    years = np.arange(1990.0, 2016.0)
    inside = held = 0
    for ceiling, pace in ((70.0, 0.45), (90.0, 0.3), (60.0, 0.6), (85.0, 0.35)):
        for _ in range(8):
            points = analysis.logistic(years, ceiling, pace, 2000.0) + draw.normal(0, 1.0, len(years))
            found = analysis.score(years, np.clip(points, 0.01, None), 0.6)
            inside, held = inside + found.inside, held + found.held
    assert inside / held > 0.9


def test_scores_of_a_straight_line():
    years = np.arange(2000.0, 2012.0)
    found = analysis.score(years, 2.0 * (years - 1999.0), 0.5)
    assert found.line == pytest.approx(0.0, abs=1e-9)
    assert (found.seen, found.held) == (6, 6)
    assert found.last == pytest.approx(np.sqrt(np.mean((2.0 * np.arange(1, 7)) ** 2)))
    with pytest.raises(ValueError, match="five are needed"):
        analysis.score(years[:6], years[:6] - 1999.0, 0.5)


def test_past_paces_are_those_of_the_independent_trial():
    # The specification of the closing model: "logistic fits to ten past series gave 0.15-0.81", median 0.30.
    found = sorted(fit.pace for fit in analysis.paces(load("diffusion_curves")).values())
    assert len(found) == 10
    assert (round(found[0], 2), round(found[-1], 2)) == (0.15, 0.81)
    assert np.median(found) == pytest.approx(0.30, abs=0.01)


def test_past_series_keep_within_one_stretch():
    found = analysis.past_series(load("diffusion_curves"))
    internet = found[("internet", "US")]
    assert internet["year"].max() < 2016.5  # the jump after 2015 is a change of surveys
    assert all(part["year"].is_monotonic_increasing for part in found.values())
    assert found[("mobile-phone", "CN")]["top"].iloc[0] == 150
    assert found[("internet", "CN")]["top"].iloc[0] == 100


def test_the_trial_of_the_anchored_curve_lends_no_pace_of_its_own_technology():
    curves = load("diffusion_curves")
    before = analysis.five_years_on(curves, 77.5).set_index(["technology", "country"])["anchored_error"]
    faster = curves.copy()
    chosen = (faster["technology"] == "internet") & (faster["country"] == "US")
    faster.loc[chosen & (faster["year"] > 2002), "share_percent"] = 74.0
    after = analysis.five_years_on(faster, 77.5).set_index(["technology", "country"])["anchored_error"]
    assert after[("internet", "US")] == pytest.approx(before[("internet", "US")])


def test_heads_agree_with_the_published_share():
    # CNNIC printed 602 million users and 42.8 per cent for December 2025 (People's Daily, 3 March 2026).
    assert analysis.users(42.8, 1_404_890_000) == pytest.approx(602, abs=1.5)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 1e9)), min_size=1, max_size=20), st.floats(0.1, 10))
def test_a_weighted_mean_lies_among_its_values_and_ignores_the_unit_of_weights(pairs, unit):
    values, weights = zip(*pairs, strict=True)
    mean = analysis.weighted_mean(values, weights)
    assert min(values) - 1e-6 <= mean <= max(values) + 1e-6
    assert analysis.weighted_mean(values, [unit * weight for weight in weights]) == pytest.approx(mean, rel=1e-9)


def test_weights_must_weigh():
    for weights in ([0, 0], [1, -1]):
        with pytest.raises(ValueError, match="weights"):
            analysis.weighted_mean([1, 2], weights)


def test_arab_means_are_those_of_the_dossier():
    # Weighted with the UN's people aged 15-64: 14.2, 15.2 and 16.8 per cent; the Gulf 31.1, 33.9, 37.5.
    adoption, population = load("adoption"), load("population")
    for day, whole, gulf in (("2025-06-30", 14.2, 31.1), ("2025-12-31", 15.2, 33.9), ("2026-03-31", 16.8, 37.5)):
        members = analysis.arab_adoption(adoption, population, day)
        assert len(members) == 17
        assert analysis.weighted_mean(members["share_percent"], members["people"]) == pytest.approx(whole, abs=0.05)
        rich = members[members["gulf"]]
        assert len(rich) == 5
        assert analysis.weighted_mean(rich["share_percent"], rich["people"]) == pytest.approx(gulf, abs=0.05)


def test_classes_give_ends_and_printed_shares_give_themselves():
    toy = pd.DataFrame(
        {"country": ["AA", "BB"], "share_percent": [56.0, np.nan], "low": [np.nan, 6.0], "high": [np.nan, 10.0]}
    )
    assert analysis.class_bounds(toy)[["low", "middle", "high"]].to_numpy().tolist() == [[56, 56, 56], [6, 8, 10]]
    weights = pd.Series({"AA": 1.0, "BB": 3.0})
    assert analysis.regional_share(toy, weights) == pytest.approx((20.0, 18.5, 21.5))
    assert analysis.regional_share(toy) == pytest.approx((32.0, 31.0, 33.0))


@given(*[st.tuples(st.floats(5, 10), st.floats(1, 5), st.floats(10, 20))] * 2)
def test_a_ratio_of_ranges_holds_its_value(above, below):
    value, low, high = analysis.ratio_of_ranges(above, below)
    assert low <= value <= high


def test_anchors_take_the_last_date_of_each_basis():
    found = analysis.anchors(load("adoption")).set_index(["country", "basis"])
    assert found.loc[("US", "survey"), "share_percent"] == 54.6  # not the first vintage of August 2024
    assert found.loc[("CN", "survey"), "as_of"] == pd.Timestamp("2025-12-31")
    assert set(found.xs("telemetry", level="basis")["as_of"]) == {pd.Timestamp("2026-03-31")}
