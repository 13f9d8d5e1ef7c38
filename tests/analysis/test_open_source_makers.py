"""Makers: the bound on resampling against a bootstrap, concentration in limiting cases, paces and lags by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import open_source_makers as makers


def test_resampling_error_is_that_of_a_bootstrap():
    # 200 models of the most used, 7,800 of the others, countries dealt out by lot: the closed form against draws
    random = np.random.default_rng(7)
    weights = np.concatenate([np.full(200, 0.496 / 200), np.full(7800, 0.504 / 7800)])
    side = random.choice([1.0, -1.0, 0.0], size=8000, p=[0.171, 0.158, 0.671])
    lead, both = float(weights @ side), float(weights @ np.abs(side))
    draws = []
    for _ in range(1500):
        drawn = random.integers(0, 8000, 8000)
        draws.append((weights[drawn] @ side[drawn]) / weights[drawn].sum())
    exact = makers.resampling_error(lead, both, 1.0 / float((weights**2).sum()))
    assert np.std(draws) == pytest.approx(exact, rel=0.1)
    assert makers.resampling_error(lead, both, makers.effective_models_at_most(0.496, 200)) <= exact * 1.02


def test_lead_of_equal_models_is_that_of_a_poll():
    # a poll of n people with shares 0.5 and 0.5 has the error 1/sqrt(n) on the difference
    assert makers.resampling_error(0.0, 1.0, 400) == pytest.approx(1 / 20)
    needed = makers.models_for_lead(0.013, 0.329)
    assert makers.resampling_error(0.013, 0.329, needed) * 1.959964 == pytest.approx(0.013)
    assert makers.models_for_lead(0.013, 0.329, 1.0) < needed < makers.models_for_lead(0.0065, 0.329)


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=20), st.floats(0.1, 1000))
def test_herfindahl_lies_between_equal_parts_and_one_and_knows_no_unit(parts, unit):
    value = makers.herfindahl(parts)
    assert 1 / len(parts) - 1e-9 <= value <= 1 + 1e-9
    assert makers.herfindahl([part * unit for part in parts]) == pytest.approx(value)


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=5), st.lists(st.floats(0.1, 5), min_size=1, max_size=9))
def test_bounds_hold_however_the_rest_divides(known, rest):
    low, high = makers.herfindahl_bounds(known, sum(rest))
    assert low - 1e-9 <= makers.herfindahl([*known, *rest]) <= high + 1e-9


def test_concentration_limits():
    assert makers.herfindahl([1, 1, 1, 1]) == pytest.approx(0.25)
    assert makers.herfindahl([3.0]) == 1.0
    assert makers.effective_models_at_most(1.0, 5) == 5
    assert makers.without_group(17.1, 0.0) == 17.1
    assert makers.without_group(20.0, 50.0) == pytest.approx(40.0)


@pytest.mark.parametrize(("period", "times"), [("year", 1), ("half-year", 2), ("quarter", 4), ("point", 1)])
def test_pace(period, times):
    assert makers.annual_pace(10.0, period) == 10.0 * times


def test_nine_months_and_the_year_to_june():
    assert makers.annual_pace(9.0, "nine months") == pytest.approx(12.0)
    assert makers.last_twelve_months(724.3, 190.9, 953.9) == pytest.approx(1487.3)  # the dossier's own sum


@pytest.fixture
def models():
    """Return five models of which one of the Chinese ones matches an American one six months later."""
    frame = pd.DataFrame(
        {
            "model": ["A1", "A2", "C1", "C2", "D1"],
            "developer": ["Lab", "Lab", "Maker", "Maker, University", "Other"],
            "country": ["US", "US", "CN", "CN", "CN"],
            "version_date": pd.to_datetime(["2025-01-01", "2025-06-01", "2025-03-01", "2025-07-02", "2025-07-02"]),
            "score": [100.0, 110.0, 95.0, 100.0, 90.0],
            "low": [98.0, 108.0, 93.0, 97.0, 88.0],
            "high": [102.0, 112.0, 97.0, 105.0, 92.0],
            "open": [False, False, True, True, True],
        },
        index=["a1", "a2", "c1", "c2", "d1"],
    )
    return frame.assign(open_from=frame["version_date"])


def test_standing_by_hand(models):
    found = makers.standing(models, "Maker", "2025-12-31")
    assert (found["best"].name, found["top"].name) == ("c2", "a2")
    assert found["behind"] == 10.0
    assert found["behind_low"] < 10.0 < found["behind_high"]
    assert found["lag"] == pytest.approx(182 / 30.4375, abs=0.01)
    assert found["lag_low"] == pytest.approx(31 / 30.4375, abs=0.01)  # 105 was first passed in June
    assert found["lag_high"] == pytest.approx(found["lag"])
    assert list(makers.records_of(models, "Maker").index) == ["c1", "c2"]


def test_a_maker_ahead_of_all_is_not_late(models):
    models.loc["c2", ["score", "low", "high"]] = 120.0, 118.0, 122.0
    found = makers.standing(models, "Maker", "2025-12-31")
    assert found["behind"] == -10.0
    assert (found["lag"], found["lag_low"], found["lag_high"]) == (0.0, 0.0, 0.0)
