"""The arithmetic of training and use against published values, and the laws that it must obey."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import efficiency as analysis

positive = st.floats(1e-3, 1e6)
share = st.floats(0.01, 1)


def test_deepseek_v3_days_and_cost():
    # DeepSeek-V3 technical report (2412.19437), section 1 and table 1: 180K H800 hours per trillion tokens are 3.7 days
    # on 2,048 chips; 2.664M hours of pre-training at $2 cost $5.328M.
    assert analysis.days_on_cluster(180_000, 2048) == pytest.approx(3.7, abs=0.05)
    assert analysis.rental_value(2_664_000, 2) == 5_328_000


def test_operations_of_llama_and_gopher():
    # Llama 3 report (2407.21783): 3.8e25 FLOP for 405B parameters and 15.6T tokens. Hoffmann and others (2022): the
    # budget of Gopher, 280B and 300B tokens, is 5.76e23 with attention and embeddings; 6ND stays below it.
    assert analysis.training_flop(405e9, 15.6e12) == pytest.approx(3.8e25, rel=0.005)
    assert 0.85 < analysis.training_flop(280e9, 300e9) / 5.76e23 < 1


@pytest.mark.parametrize(
    ("attention", "sizes", "published"),
    [  # DeepSeek-AI, Insights into DeepSeek-V3 (2505.09343), table 1: bytes per token
        ("MLA", {"layers": 61, "latent_dim": 512, "rope_dim": 64}, 70_272),
        ("GQA", {"layers": 80, "kv_heads": 8, "head_dim": 128}, 327_680),
        ("GQA", {"layers": 126, "kv_heads": 8, "head_dim": 128}, 516_096),
    ],
)
def test_cache_per_token(attention, sizes, published):
    assert analysis.kv_bytes_per_token(attention, **sizes) == published


def test_cache_of_deepseek_v2_in_elements():
    # DeepSeek-V2 report (2405.04434): 34.6K elements per token for the large model with latent attention.
    elements = analysis.kv_bytes_per_token("MLA", 60, latent_dim=512, rope_dim=64, bytes_per_element=1)
    assert elements == pytest.approx(34_600, rel=0.002)


def test_cache_refuses_what_it_cannot_compute():
    with pytest.raises(ValueError, match="expected MHA"):
        analysis.kv_bytes_per_token("linear", 10)
    with pytest.raises(ValueError, match="head_dim"):
        analysis.kv_bytes_per_token("GQA", 10, kv_heads=8)


HOFFMANN = {"a": 406.4, "b": 410.7, "alpha": 0.34, "beta": 0.28}
BESIROGLU = {"a": 482.01, "b": 2085.43, "alpha": 0.3478, "beta": 0.3659}


@pytest.mark.parametrize(("fit", "exponent"), [(HOFFMANN, 0.46), (BESIROGLU, 0.513)])
def test_best_size_grows_with_the_published_exponent(fit, exponent):
    # Hoffmann and others (2022), table 2, approach 3; Besiroglu and others (2024).
    small, large = (analysis.optimal_size(flop, **fit)[0] for flop in (1e22, 1e24))
    assert math.log10(large / small) / 2 == pytest.approx(exponent, abs=0.01)


def test_refit_agrees_with_twenty_tokens_per_parameter():
    # Besiroglu and others (2024): their fit is consistent with the 20 tokens per parameter of Chinchilla, the
    # original's parametric fit is not.
    params, tokens = analysis.optimal_size(5.76e23, **BESIROGLU)
    assert tokens / params == pytest.approx(20, abs=3)
    params, tokens = analysis.optimal_size(5.76e23, **HOFFMANN)
    assert tokens / params > 60


@given(st.floats(1e19, 1e26), st.floats(0.8, 1.25))
def test_best_size_is_a_minimum_on_its_budget(flop, factor):
    params, tokens = analysis.optimal_size(flop, **HOFFMANN)
    assert 6 * params * tokens == pytest.approx(flop)
    best = analysis.parametric_loss(params, tokens, e=1.69, **HOFFMANN)
    assert analysis.parametric_loss(params * factor, tokens / factor, e=1.69, **HOFFMANN) >= best - 1e-12


TIAN = {"a": 1.23, "d": -7.61e-2, "gamma": 1.67e-2, "beta": -1.17e-1, "a_start": 1.63e-2, "a_max": 5.28e16}


def test_leverage_at_the_point_that_its_authors_state():
    # Tian and others (2025, 2507.17702): above 7 at 1e22 FLOP, active share 3.1%, granularity 12; best granularity
    # between 8 and 12.
    assert analysis.efficiency_leverage(1e22, 0.031, 12, **TIAN) > 7
    best = max(range(2, 40), key=lambda fine: analysis.efficiency_leverage(1e22, 0.031, fine, **TIAN))
    assert 8 <= best <= 12


def test_leverage_of_a_dense_model_is_about_one():
    assert analysis.efficiency_leverage(1e21, 1.0, 2, **TIAN) == pytest.approx(1, abs=0.05)


@given(st.floats(1e19, 1e23), st.floats(0.02, 0.9))
def test_leverage_rises_with_budget_and_sparseness(flop, active):
    here = analysis.efficiency_leverage(flop, active, 8, **TIAN)
    assert analysis.efficiency_leverage(flop * 10, active, 8, **TIAN) >= here
    assert analysis.efficiency_leverage(flop, active * 1.1, 8, **TIAN) <= here


runs = st.builds(
    analysis.Run,
    flop=st.floats(1e20, 1e27),
    useful=st.floats(50, 400),
    peak=st.floats(400, 5000),
    price=st.floats(0.5, 10),
)


@given(runs, runs)
def test_factors_multiply_to_the_ratio_of_costs(run, base):
    factors = analysis.cost_factors(run, base)
    assert math.prod(factors.values()) == pytest.approx(run.cost / base.cost, rel=1e-9)


@given(st.dictionaries(st.text(min_size=1), st.floats(1.01, 100), min_size=1))
def test_shares_sum_to_one(factors):
    assert sum(analysis.log_shares(factors).values()) == pytest.approx(1)


def test_nothing_to_divide():
    with pytest.raises(ValueError, match="multiply to one"):
        analysis.log_shares({"operations": 2, "price": 0.5})


@given(positive, share, positive, st.floats(0, 20))
def test_cost_is_linear_in_operations_and_price(flop, used, price, overhead):
    def cost(operations: float, per_hour: float, around: float = overhead) -> float:
        return analysis.run_cost(operations * 1e20, 989, used, per_hour, around)

    assert cost(2 * flop, price) == pytest.approx(2 * cost(flop, price))
    assert cost(flop, 3 * price) == pytest.approx(3 * cost(flop, price))
    assert cost(flop, price) == pytest.approx((1 + overhead) * cost(flop, price, 0))


@pytest.mark.parametrize(("used", "overhead"), [(0, 0), (1.2, 0), (0.3, -1)])
def test_cost_refuses_impossible_inputs(used, overhead):
    with pytest.raises(ValueError, match="expected"):
        analysis.run_cost(1e24, 989, used, 2, overhead)
