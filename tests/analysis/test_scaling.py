"""Scaling laws of dense and sparse models against published values, their limits and what must hold of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from helpers.analysis import scaling
from helpers.analysis.efficiency import training_flop

REFIT = scaling.Law(1.8169, 482.01, 2085.43, 0.3478, 0.3659)
PRINTED = scaling.Law(1.69, 406.4, 410.7, 0.34, 0.28)
UNROUNDED = scaling.Law(math.exp(0.5267228), math.exp(6.0073404), math.exp(6.0179186), 0.33917084, 0.2849083)
S_BASE = scaling.RoutedLaw(-0.082, -0.108, 0.009, 1.104, 1.847, 314.478)

budgets = st.floats(1e19, 1e26)


def test_refit_calls_chinchilla_best():
    # Besiroglu and others (2024): consistent with 70 billion parameters on 1.4 trillion tokens, 20 a parameter.
    size, text = REFIT.best(training_flop(70e9, 1.4e12))
    assert size == pytest.approx(70e9, rel=0.1)
    assert text == pytest.approx(1.4e12, rel=0.1)


def test_exponents_of_the_best_split():
    # Hoffmann and others (2022), table 2, approach 3: 0.46 and 0.54 from the constants before rounding.
    (size, text), (larger, longer) = UNROUNDED.best(1e20), UNROUNDED.best(1e22)
    assert math.log10(larger / size) / 2 == pytest.approx(0.46, abs=0.005)
    assert math.log10(longer / text) / 2 == pytest.approx(0.54, abs=0.005)


@given(budgets)
def test_cheapest_training_is_the_inverse_of_the_best_split(flop):
    assert REFIT.least_flop(REFIT.loss(*REFIT.best(flop))) == pytest.approx(flop, rel=1e-6)


@given(budgets, st.floats(0.5, 2))
def test_tokens_for_a_loss_reach_it(flop, factor):
    size, text = REFIT.best(flop)
    loss = REFIT.loss(size, text)
    longer = REFIT.tokens_for(size * factor, loss)
    assert REFIT.loss(size * factor, longer) == pytest.approx(loss)
    assert training_flop(size * factor, longer) >= flop * (1 - 1e-9)


def test_a_loss_out_of_reach_is_refused():
    with pytest.raises(ValueError, match="never reaches"):
        REFIT.tokens_for(1e8, 1.9)
    with pytest.raises(ValueError, match="the law ends"):
        REFIT.least_flop(1.8)


def best_of_size(law: scaling.Law, size: float) -> tuple[float, float]:
    """Return text and loss of the budget whose best size is the one given."""
    flop = optimize.brentq(lambda x: law.best(x)[0] - size, 1e17, 1e27)
    text = law.best(flop)[1]
    return text, law.loss(size, text)


def test_use_against_the_published_examples():
    # Sardana and others (2023), figure 1: for the quality of a best 13-billion model and 2 trillion tokens served a
    # 7-billion model saves 1.7e22 FLOP, 17%; for that of a best 7-billion one and 1e11 tokens 6 billion parameters on
    # 1.18 times the text. They print the rounded constants; those before rounding give their numbers.
    text, loss = best_of_size(UNROUNDED, 13e9)
    small, longer = scaling.cheapest_for_use(UNROUNDED, loss, 2e12)
    before, after = scaling.lifetime_flop(13e9, text, 2e12), scaling.lifetime_flop(small, longer, 2e12)
    assert small == pytest.approx(7e9, rel=0.03)
    assert before - after == pytest.approx(1.7e22, rel=0.06)
    assert 1 - after / before == pytest.approx(0.17, abs=0.01)
    text, loss = best_of_size(UNROUNDED, 7e9)
    small, longer = scaling.cheapest_for_use(UNROUNDED, loss, 1e11)
    assert small == pytest.approx(6e9, rel=0.02)
    assert longer / text == pytest.approx(1.18, abs=0.03)


@given(budgets)
def test_without_use_the_split_of_training_is_best(flop):
    size, text = REFIT.best(flop)
    small, longer = scaling.cheapest_for_use(REFIT, REFIT.loss(size, text), 0)
    assert small == pytest.approx(size, rel=1e-6)
    assert longer == pytest.approx(text, rel=1e-6)


@given(budgets, st.floats(1e9, 1e16), st.floats(1.01, 100))
def test_more_use_calls_for_a_smaller_model_on_more_text(flop, served, times):
    loss = REFIT.loss(*REFIT.best(flop))
    (size, text), (small, longer) = (scaling.cheapest_for_use(REFIT, loss, use) for use in (served, served * times))
    assert small < size
    assert longer > text
    assert REFIT.loss(small, longer) == pytest.approx(loss)


@given(budgets, st.floats(1e9, 1e16), st.floats(0.7, 1.4))
def test_cheapest_for_use_is_a_minimum(flop, served, factor):
    loss = REFIT.loss(*REFIT.best(flop))
    size, text = scaling.cheapest_for_use(REFIT, loss, served)
    try:
        other = REFIT.tokens_for(size * factor, loss)
    except ValueError:
        return
    least = scaling.lifetime_flop(size, text, served)
    assert scaling.lifetime_flop(size * factor, other, served) >= least * (1 - 1e-9)


@given(budgets, st.floats(1e9, 1e16))
def test_use_that_justifies_undoes_the_optimum(flop, served):
    size, text = scaling.cheapest_for_use(REFIT, REFIT.loss(*REFIT.best(flop)), served)
    assert scaling.use_that_justifies(REFIT, size, text) == pytest.approx(served, rel=1e-4)


def test_fit_finds_the_law_that_made_the_losses():
    rng = np.random.default_rng(7)
    size, text = 10 ** rng.uniform(8, 10, 300), 10 ** rng.uniform(9.5, 11.5, 300)
    truth = scaling.Law(1.8, 450.0, 1500.0, 0.345, 0.36)
    loss = np.array([truth.loss(n, d) for n, d in zip(size, text, strict=True)])
    found = scaling.fit(size, text, loss * np.exp(rng.normal(0, 1e-4, 300)), REFIT)
    assert found.alpha == pytest.approx(truth.alpha, abs=0.005)
    assert found.beta == pytest.approx(truth.beta, abs=0.005)
    assert found.e == pytest.approx(truth.e, abs=0.005)


def test_routing_ends_and_equals_as_published():
    # Clark and others (2022): routing stops helping at 937 billion parameters for S-BASE; 5 million with 128 experts
    # equal 55 million. Their table rounds to three decimals, which moves the end by 7%.
    assert S_BASE.end == pytest.approx(937e9, rel=0.08)
    assert S_BASE.dense_equivalent(5e6, 128) == pytest.approx(55e6, rel=0.08)


@given(st.floats(1e7, 1e11), st.floats(1, 500))
def test_routing_never_hurts_below_its_end(size, experts):
    assert S_BASE.dense_equivalent(size, 1) == pytest.approx(size)
    assert S_BASE.dense_equivalent(size, experts) >= size * (1 - 1e-9)
    assert S_BASE.saturated(experts) <= S_BASE.e_max
    assert S_BASE.dense_equivalent(size, experts + 1) >= S_BASE.dense_equivalent(size, experts)


@given(st.floats(1e19, 1e24))
def test_search_finds_the_closed_form(flop):
    size, loss = scaling.best_active(REFIT.loss, flop)
    assert size == pytest.approx(REFIT.best(flop)[0], rel=1e-3)
    assert loss == pytest.approx(REFIT.loss(*REFIT.best(flop)))


@given(st.floats(1e19, 1e22), st.floats(1, 50))
def test_a_model_that_works_like_a_larger_one_saves(flop, times):
    def same(size: float, text: float) -> float:
        return REFIT.loss(size * times, text)

    saved = scaling.dense_over_sparse(same, REFIT.loss, flop)
    assert saved == pytest.approx(times, rel=1e-3)  # 6ND is linear in N, so it saves what it hides


def test_days_of_the_published_run():
    # DeepSeek-V3: 2.664 million hours on 2,048 chips; at the utilisation that follows from them the same days.
    flop, peak = training_flop(37e9, 14.8e12), 989.0
    share = flop / (2.664e6 * 3600) / (peak * 1e12)
    assert scaling.days_of_training(flop, 2048, peak, share) == pytest.approx(2.664e6 / 2048 / 24)
    with pytest.raises(ValueError, match="share above 0"):
        scaling.days_of_training(flop, 2048, peak, 1.5)


def test_traffic_of_a_token():
    # Twice, forwards and backwards, 58 layers, four places, 7,168 numbers, three bytes there and back: 9.98 MB.
    assert scaling.expert_traffic_time(7168, 58, 4, 50) * 50e9 == pytest.approx(9_977_856)


@given(st.floats(1, 1e4), st.floats(1, 60), st.floats(0.1, 10))
def test_months_and_ratio_undo_each_other(ratio, halving, more):
    months = scaling.months_of_progress(ratio, halving)
    assert scaling.ratio_of_months(months, halving) == pytest.approx(ratio)
    assert scaling.months_of_progress(2 * ratio, halving) == pytest.approx(months + halving)
    assert scaling.months_of_progress(ratio, more * halving) == pytest.approx(more * months)


@given(budgets, st.floats(1e8, 1e13))
def test_serving_takes_from_training(flop, size):
    free = scaling.loss_on_budget(REFIT, flop, size)
    paid = scaling.loss_on_budget(REFIT, flop, size, served=flop / (4 * size))
    assert paid >= free
    assert scaling.loss_on_budget(REFIT, flop, size, served=flop / size) == math.inf
