"""A step of decoding against published values, its limits, and the laws that a roofline obeys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.analysis import inference as analysis

V3 = analysis.Served(
    params_total=671e9,
    params_active=37e9,
    experts=256,
    experts_active=8,
    weight_bytes=1,
    cache_bytes=70_272,
    attention_flop=analysis.attention_flop_per_context_token("MLA", 61, 128, latent_dim=512, rope_dim=64),
    link_bytes=analysis.link_bytes_per_token(7168, 58, 8),
)
DENSE = analysis.Served(70e9, 70e9, 0, 0, 1, 0, 0)
CHIP = analysis.Chip(2e15, 1e15, 3.35e12, 80e9, 50e9)

requests = st.floats(1, 4096)
context = st.floats(1, 200_000)
share = st.floats(0.05, 1)
uses = st.builds(analysis.Use, share, share, share, st.floats(0, 1))
loads = st.builds(
    analysis.Load,
    requests,
    context,
    st.integers(1, 320),
    st.integers(0, 3),
    share,
    st.just(float("inf")),
    st.booleans(),
)
chips = st.builds(
    analysis.Chip,
    st.floats(1e14, 1e16),
    st.floats(1e14, 1e16),
    st.floats(1e12, 2e13),
    st.just(1e11),
    st.floats(1e10, 1e12),
)
models = st.sampled_from([V3, DENSE, replace(V3, experts=0, experts_active=0)])


def rate(model, chip, load, use=None):
    return analysis.tokens_per_second(model, chip, load, use)


def test_weights_in_experts_match_the_configuration():
    # DeepSeek-V3's config.json: 58 layers of 256 experts, each three matrices of 2,048 by 7,168.
    assert V3.params_routed == pytest.approx(58 * 256 * 3 * 2048 * 7168, rel=0.002)
    assert V3.params_everywhere + V3.params_routed == pytest.approx(671e9)


def test_network_bound_of_deepseeks_own_paper():
    # Insights into DeepSeek-V3 (2505.09343), section 2.3.2: two micro-batches of 32 tokens, nine experts each, a width
    # of 7,000, 61 layers and 50 GB/s give 14.76 ms for a token, so at most 67 tokens a second for a user.
    model = replace(DENSE, link_bytes=analysis.link_bytes_per_token(7000, 61, 9))
    step = analysis.decode_step(model, CHIP, analysis.Load(2 * 32, 4096))
    assert step.links == pytest.approx(14.76e-3, abs=0.005e-3)
    assert int(1 / step.links) == 67


@pytest.mark.parametrize(("drafts", "low", "high"), [(1, 1.8, 1.9), (2, 2.4, 2.7), (3, 2.9, 3.3)])
def test_tokens_accepted_as_measured(drafts, low, high):
    # Ant Group and SGLang, 26 September 2025: accepted tokens a step for one, two and three guesses.
    assert low <= analysis.tokens_per_step(drafts, 0.85) <= high


def test_doubling_of_speed_by_guessing():
    # DeepSeek-V3 report, section 5.4.3: acceptance of 85 to 90 percent, 1.8 times the tokens a second.
    plain = rate(V3, CHIP, analysis.Load(1, 4096, 128))
    for accepted in (0.85, 0.9):
        ahead = rate(V3, CHIP, analysis.Load(1, 4096, 128, drafts=1, acceptance=accepted))
        assert ahead / plain == pytest.approx(1.8, abs=0.11)


def test_touched_experts_against_draws():
    generator = np.random.default_rng(7)
    for tokens in (1, 16, 64):
        seen = [
            len({one for _ in range(tokens) for one in generator.choice(256, 8, replace=False)}) for _ in range(200)
        ]
        assert analysis.touched_share(tokens, 256, 8) == pytest.approx(np.mean(seen) / 256, abs=0.01)
    assert analysis.touched_share(2, 2, 1) == 0.75
    assert analysis.touched_share(5, 0, 0) == 1


def test_one_request_reads_the_weights():
    # A dense model without context: a token takes as long as all its weights take to be read.
    assert rate(DENSE, CHIP, analysis.Load(1, 1)) == pytest.approx(3.35e12 / 70e9)
    assert rate(replace(DENSE, weight_bytes=2), CHIP, analysis.Load(1, 1)) == pytest.approx(3.35e12 / 140e9)
    eight = analysis.Load(1, 1, chips=8, replicated=False)
    assert rate(DENSE, CHIP, eight) == pytest.approx(8 * 3.35e12 / 70e9)


def test_full_batch_is_bound_by_arithmetic():
    assert rate(DENSE, CHIP, analysis.Load(1e6, 1)) == pytest.approx(2e15 / (2 * 70e9))
    assert analysis.decode_step(DENSE, CHIP, analysis.Load(1e6, 1)).slowest == "arithmetic"


def test_long_context_is_bound_by_the_record():
    load = analysis.Load(64, 1e7)
    slow = replace(CHIP, attention_flop_per_s=1e18)
    assert rate(V3, slow, load) == pytest.approx(3.35e12 / (1e7 * 70_272), rel=0.03)


def test_attention_of_both_kinds():
    # By hand: in latent attention 128 heads multiply with 576 numbers of the key and 512 of the value in 61 layers.
    assert V3.attention_flop == 2 * 61 * 128 * (576 + 512)
    # 32 heads of 128 in 32 layers make a width of 4,096: two products of it a layer, two operations each.
    assert analysis.attention_flop_per_context_token("MHA", 32, 32, head_dim=128) == 2 * 2 * 4096 * 32
    with pytest.raises(ValueError, match="expected MHA or GQA"):
        analysis.attention_flop_per_context_token("MLA", 61, 128)


@given(models, chips, loads, uses)
def test_tokens_do_not_fall_with_bandwidth_nor_with_requests(model, chip, load, use):
    here = rate(model, chip, load, use)
    assert rate(model, replace(chip, bytes_per_s=2 * chip.bytes_per_s), load, use) >= here * (1 - 1e-9)
    assert rate(model, chip, replace(load, requests=2 * load.requests), use) >= here * (1 - 1e-9)
    assert rate(model, chip, replace(load, context=2 * load.context), use) <= here * (1 + 1e-9)
    assert rate(model, chip, replace(load, attended=load.context / 2), use) >= here * (1 - 1e-9)
    assert rate(replace(model, weight_bytes=0.5), chip, load, use) >= here * (1 - 1e-9)


@given(models, chips, loads, uses, st.floats(0.1, 10))
def test_scaling_of_the_whole_chip(model, chip, load, use, factor):
    faster = replace(
        chip,
        product_flop_per_s=factor * chip.product_flop_per_s,
        attention_flop_per_s=factor * chip.attention_flop_per_s,
        bytes_per_s=factor * chip.bytes_per_s,
        link_bytes_per_s=factor * chip.link_bytes_per_s,
    )
    assert rate(model, faster, load, use) == pytest.approx(factor * rate(model, chip, load, use))


@given(models, chips, loads, uses)
def test_bounds_of_overlap(model, chip, load, use):
    none, some, whole = (rate(model, chip, load, replace(use, overlap=part)) for part in (0.0, use.overlap, 1.0))
    assert none * (1 - 1e-9) <= some <= whole * (1 + 1e-9)
    assert whole <= 3 * none * (1 + 1e-9)
    assert analysis.tokens_per_second_and_user(model, chip, load, use) * load.requests == pytest.approx(some)


@given(st.floats(1, 1e5), st.floats(0.1, 20), st.floats(0.1, 10))
def test_dollars_are_homogeneous(tokens, price, factor):
    here = analysis.usd_per_million_tokens(tokens, price)
    assert analysis.usd_per_million_tokens(tokens, factor * price) == pytest.approx(factor * here)
    assert analysis.usd_per_million_tokens(factor * tokens, price) == pytest.approx(here / factor)


def test_dollars_of_an_hour():
    assert analysis.usd_per_million_tokens(1e6 / 3600, 2) == pytest.approx(2)


@given(st.floats(100, 200_000), st.integers(16, 320))
def test_requests_that_fit_fill_the_memory(tokens, group):
    load = analysis.Load(1, tokens, group)
    room = analysis.requests_that_fit(V3, CHIP, load)
    held = analysis.weight_bytes_held(V3, load)
    assume(held < CHIP.memory_bytes)
    assert held + room * tokens * 70_272 <= CHIP.memory_bytes < held + (room + 1) * tokens * 70_272
    assert analysis.requests_that_fit(V3, replace(CHIP, memory_bytes=1e9), load) == 0


def test_shares_that_are_none_are_refused():
    with pytest.raises(ValueError, match="arithmetic"):
        analysis.Use(arithmetic=0)
    with pytest.raises(ValueError, match="overlap"):
        analysis.Use(overlap=1.5)
