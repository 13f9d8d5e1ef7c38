"""Comparisons of use: the difference of two shares, months at a pace, steps between two counts, order of classes."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import diffusion as analysis
from helpers.analysis import diffusion_use as use
from helpers.data import load

SHARE, COUNT = st.floats(0.01, 0.99), st.integers(20, 5000)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [  # Newcombe 1998, table II, method 10: (a) 56/70 less 48/80, (b) 9/10 less 3/10, (g) 10/10 less 0/20
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 20), (0.6791, 1.0000)),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(first, second, expected):
    found = use.difference_interval(first[0] / first[1], first[1], second[0] / second[1], second[1])
    assert found == pytest.approx(expected, abs=5e-5)


@given(SHARE, COUNT, SHARE, COUNT)
def test_the_interval_turns_round_with_the_countries(share, asked, other, others):
    low, high = use.difference_interval(share, asked, other, others)
    assert use.difference_interval(other, others, share, asked) == pytest.approx((-high, -low))


@given(SHARE, SHARE)
def test_more_answers_never_widen_the_interval(share, other):
    widths = [np.ptp(use.difference_interval(share, count, other, count)) for count in (100, 1000, 100_000)]
    assert widths[0] > widths[1] > widths[2]
    assert widths[2] < 0.01


def test_a_share_that_is_none_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        use.difference_interval(56.3, 520, 0.4, 520)


def test_months_at_a_pace_that_is_known():
    assert use.months_at_pace(6.0, 40.0, 52.0, 1.0) == pytest.approx(6.0)
    assert use.months_at_pace(-6.0, 40.0, 52.0, 1.0) == pytest.approx(-6.0)
    assert math.isnan(use.months_at_pace(6.0, 52.0, 52.0, 1.0))


@given(st.floats(1, 1e3), st.lists(st.floats(0.2, 5), min_size=1, max_size=5), st.floats(0.2, 5))
def test_the_steps_lead_from_the_start_to_the_end(start, factors, rest):
    end = start * math.prod(factors) * rest
    steps = use.Steps(start, end, {str(place): factor for place, factor in enumerate(factors)})
    assert steps.rest == pytest.approx(rest)
    assert steps.running()[0] == pytest.approx(start)
    assert steps.running()[-1] * steps.rest == pytest.approx(end)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_the_order_of_two_groups_is_counted_pair_by_pair(first, second):
    by_hand = np.mean([1.0 if a > b else 0.5 if a == b else 0.0 for a in first for b in second])
    assert use.higher_share_of_pairs(pd.Series(first), pd.Series(second)) == pytest.approx(by_hand)


def test_a_pair_needs_both_countries_on_one_date_of_one_series():
    tables = {name: load(name) for name in ("adoption", "attitudes")}
    found = use.pairs(tables, load("survey_designs"))
    assert set(found["panel"]) == {use.PEOPLE, use.FIRMS, use.ATTITUDES}
    for pair in found.itertuples():
        china, america = (tables[pair.table].loc[row] for row in pair.rows)
        assert (china["country"], america["country"]) == ("CN", "US")
        assert china["as_of"] == america["as_of"] == pair.as_of
        assert china["question"] == america["question"]
    known = found[found["low"].notna()]
    assert ((known["low"] < known["gap"]) & (known["gap"] < known["high"])).all()


def test_scores_of_the_table_are_those_of_the_analysis():
    curves = load("diffusion_curves")
    scored = analysis.scores(curves, 0.6)
    table = use.curve_scores(curves, scored)
    assert len(table) == len(scored)
    assert table["held"].sum() == sum(found.held for found in scored.values())
    assert (table["first_year"] < table["cut_year"]).all()
    assert (table["cut_year"] < table["last_year"]).all()
    assert table["inside_percent"].between(0, 100).all()


def test_china_is_no_economy_abroad():
    found = use.choice_abroad(load("deepseek_shares"), load("service_availability"))
    assert "CN" not in set(found["country"])
    assert found["offered"].notna().all()
    assert set(found.loc[~found["offered"], "country"]) == {"BY", "CU", "IR", "RU", "SY", "VE"}
