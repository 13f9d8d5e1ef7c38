"""The toys of two papers: limits, laws that must hold, and the same numbers by another way."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import papers

SIZES = st.integers(2, 6)
SEEDS = st.integers(0, 10_000)


def doubly_stochastic(size: int, seed: int) -> np.ndarray:
    """Return a mean of permutation matrices, which is doubly stochastic by Birkhoff's theorem."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(4))
    return sum(weight * np.eye(size)[rng.permutation(size)] for weight in weights)


def mixing(**changed) -> papers.Mixing:
    return papers.Mixing(**{"streams": 4, "steps": 30, "deviation": 0.2, "logit_spread": 1, "alike": 0.0} | changed)


# ---- streams


def test_identity_mixing_has_gain_one():
    still = mixing(deviation=0.0)
    assert papers.gain(papers.free_products(still, draws=3, seed=1)) == pytest.approx(1)
    assert papers.gain(papers.products(np.broadcast_to(np.eye(4), (5, 4, 4)))) == pytest.approx(1)


def test_gain_is_the_largest_sum_of_either_side_and_ignores_signs():
    matrix = np.array([[1.0, -2.0], [0.5, 0.0]])
    assert papers.gain(matrix) == 3  # first row; the columns sum to 1.5 and 2
    assert papers.gain(matrix.T) == 3
    assert papers.gain(matrix) == max(np.linalg.norm(matrix, 1), np.linalg.norm(matrix, np.inf))


@settings(deadline=None)  # the first call also imports
@given(SIZES, SEEDS)
def test_scaling_leaves_a_doubly_stochastic_matrix_as_it_is(size, seed):
    matrix = doubly_stochastic(size, seed) + 1e-12  # its logarithm is needed
    assert papers.sinkhorn(np.log(matrix), 20) == pytest.approx(matrix, abs=1e-9)


@settings(deadline=None)
@given(SIZES, SEEDS, st.floats(0, 5), st.integers(1, 30))
def test_scaled_rows_sum_to_one_exactly_and_entries_are_shares(size, seed, spread, rounds):
    logits = spread * np.random.default_rng(seed).standard_normal((size, size))
    scaled = papers.sinkhorn(logits, rounds)
    assert scaled.sum(axis=1) == pytest.approx(1)
    assert (scaled >= 0).all()
    assert (scaled <= 1 + 1e-12).all()


@settings(deadline=None)
@given(SIZES, SEEDS)
def test_many_rounds_make_columns_sum_to_one_too(size, seed):
    logits = np.random.default_rng(seed).standard_normal((size, size))
    assert papers.sinkhorn(logits, 500).sum(axis=0) == pytest.approx(1, abs=1e-6)


@settings(deadline=None)
@given(SIZES, SEEDS, st.floats(0, 3))
def test_scaling_forgets_factors_of_rows_and_columns(size, seed, spread):
    rng = np.random.default_rng(seed)
    logits = rng.standard_normal((size, size))
    shifted = logits + spread * rng.standard_normal((size, 1)) + spread * rng.standard_normal((1, size))
    assert papers.sinkhorn(shifted, 500) == pytest.approx(papers.sinkhorn(logits, 500), abs=1e-6)


def test_two_by_two_has_its_closed_form():
    # A positive matrix (a, b; c, d) scales to diagonal x with x^2 / (1 - x)^2 = ad / bc.
    logits = np.array([[0.3, -1.0], [0.7, 1.1]])
    odds = math.exp((0.3 + 1.1 - 0.7 + 1.0) / 2)
    assert papers.sinkhorn(logits, 200)[0, 0] == pytest.approx(odds / (1 + odds))


@settings(deadline=None)
@given(SIZES, st.lists(SEEDS, min_size=1, max_size=12))
def test_a_product_of_doubly_stochastic_matrices_is_one_and_has_gain_one(size, seeds):
    whole = papers.products(np.array([doubly_stochastic(size, seed) for seed in seeds]))[-1]
    assert whole.sum(axis=0) == pytest.approx(1)
    assert whole.sum(axis=1) == pytest.approx(1)
    assert papers.gain(whole) == pytest.approx(1)


def test_products_put_later_steps_on_the_left():
    first, second = np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [1.0, 1.0]])
    whole = papers.products(np.array([first, second]))
    assert whole[0] == pytest.approx(np.eye(2))
    assert whole[1] == pytest.approx(first)
    assert whole[2] == pytest.approx(second @ first)


def test_the_mean_square_of_free_mixing_grows_by_its_law():
    toy = mixing(streams=4, steps=6, deviation=0.2)
    squares = (papers.free_products(toy, draws=40_000, seed=3)[:, -1] ** 2).sum(axis=(1, 2))
    expected = 4 * papers.mean_square_growth(4, 0.2) ** 6  # the identity has four
    assert squares.mean() == pytest.approx(expected, abs=4 * squares.std() / math.sqrt(len(squares)))


def test_steps_that_are_the_same_give_a_power():
    toy = mixing(steps=7, alike=1.0)
    products = papers.free_products(toy, draws=1, seed=5)[0]
    assert products[-1] == pytest.approx(np.linalg.matrix_power(products[1], 7))


def test_constrained_mixing_stays_at_one_where_free_mixing_explodes():
    toy = mixing(steps=60)
    free = papers.gain(papers.free_products(toy, draws=200, seed=2)[:, -1])
    constrained = papers.gain(papers.constrained_products(toy, 20, draws=200, seed=2)[:, -1])
    assert np.median(free) > 10
    assert constrained.max() < 1.01


def test_the_error_that_is_left_grows_when_steps_are_alike_and_falls_with_rounds():
    largest = {
        (alike, rounds): papers.gain(
            papers.constrained_products(mixing(steps=60, logit_spread=4, alike=alike), rounds, draws=200, seed=4)
        )[:, -1].max()
        for alike in (0.0, 0.9)
        for rounds in (20, 100)
    }
    assert largest[0.9, 20] > largest[0.0, 20] > 1
    assert largest[0.9, 20] > largest[0.9, 100]


# ---- table


def text(phrase_share: float, words: int = 4000, seed: int = 1, topics: int = 8) -> papers.Text:
    return papers.write(papers.Language.draw(7, topics=topics, phrases=30), words, phrase_share, seed)


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 1), st.sampled_from([0.0, 0.3, 0.9]))
def test_probabilities_of_all_words_sum_to_one(share, phrases):
    read = text(phrases, words=500)
    model = papers.fit(read, 2048, share)
    expert = np.minimum(read.topics, len(model.experts) - 1)
    whole = model.experts[expert].sum(axis=1)
    if len(model.expected):
        slot = papers.slots(read.words, len(model.expected))
        expected = (model.expected[slot][:, None] == np.arange(papers.VOCABULARY)).sum(axis=1)
        whole = model.trust[slot] * expected + (1 - model.trust[slot]) * whole
    assert whole == pytest.approx(1)


def test_probabilities_are_those_of_the_model_written_out():
    read = text(0.4)
    model = papers.fit(read, 4096, 0.5)
    slot = papers.slots(read.words, len(model.expected))
    for place in (2, 17, 900, 3999):
        word, trust = read.words[place], model.trust[slot[place]]
        base = model.experts[min(read.topics[place], len(model.experts) - 1)][word]
        said = trust * (model.expected[slot[place]] == word) + (1 - trust) * base
        assert model.probability(read)[place] == pytest.approx(said)


def test_without_a_table_it_is_the_count_of_words_by_topic():
    read = text(0.3)
    model = papers.fit(read, 3 * papers.VOCABULARY, 0.0)
    counts = defaultdict(Counter)
    for word, topic in zip(read.words.tolist(), read.topics.tolist(), strict=True):
        counts[min(topic, 2)][word] += 1
    assert len(model.experts) == 3
    for topic, seen in counts.items():
        whole = sum(seen.values()) + papers.PRIOR * papers.VOCABULARY
        for word in (0, 5, 200):
            assert model.experts[topic][word] == pytest.approx((seen[word] + papers.PRIOR) / whole)


def test_slots_expect_what_followed_most_often():
    read = text(0.8)
    table = papers.split(2048, 1.0)[1]
    model = papers.fit(read, 2048, 1.0)
    seen = defaultdict(Counter)
    for slot, word in zip(papers.slots(read.words, table).tolist(), read.words.tolist(), strict=True):
        seen[slot][word] += 1
    for slot in range(table):
        if seen[slot]:
            top = max(seen[slot].values())
            assert model.expected[slot] == min(word for word, times in seen[slot].items() if times == top)
        else:
            assert model.expected[slot] == -1
            assert model.trust[slot] == 0


def test_a_slot_depends_on_the_two_words_before_and_on_nothing_else():
    words = np.array([1, 2, 3, 9, 1, 2, 7])
    slot = papers.slots(words, 1000)
    assert slot[2] == slot[6]  # after 1 and 2
    assert slot[3] != slot[6]
    # Knuth's multiplicative hash, written out for the context (1, 2)
    key = 1 * papers.VOCABULARY + 2
    assert slot[2] == (key * 2654435761 % 2**32) * 1000 >> 32


@settings(max_examples=10, deadline=None)
@given(st.sampled_from([0.1, 0.4, 0.7]), st.integers(1, 50))
def test_passes_never_make_the_fit_worse(phrases, seed):
    # Expectation and maximisation cannot lower the likelihood; the priors are counts of a twentieth, so allow a trace.
    read = text(phrases, seed=seed)
    losses = [papers.fit(read, 4096, 0.4, passes=passes).loss(read) for passes in range(8)]
    assert all(later <= earlier + 2e-3 for earlier, later in pairwise(losses))


def test_more_passes_change_the_loss_by_less_than_a_thousandth():
    read, unseen = text(0.3, 20_000, topics=64), text(0.3, 5_000, seed=2, topics=64)
    few, many = (papers.fit(read, 8192, 0.5, passes=passes).loss(unseen) for passes in (papers.PASSES, 40))
    assert few == pytest.approx(many, rel=1e-3)


def test_text_has_the_share_of_phrases_that_it_is_asked_for():
    language = papers.Language.draw(3, topics=1, phrases=1)
    marked = papers.Language(np.zeros_like(language.orders), np.full((1, papers.PHRASE), 9))
    for share in (0.0, 0.3, 0.8):
        read = papers.write(marked, 50_000, share, seed=1)
        assert (read.words == 9).mean() == pytest.approx(share, abs=0.02)


def test_zipf_halves_from_first_to_second_rank():
    weights = papers.zipf(100)
    assert weights.sum() == pytest.approx(1)
    assert weights[0] / weights[1] == pytest.approx(2)


def test_no_phrases_need_no_table_and_nothing_but_phrases_needs_a_large_one():
    shares = (0.0, 0.25, 0.5, 0.75, 1.0)
    without = papers.allocation(shares, 8192, 0.0, words=20_000, draws=2).mean(axis=0)
    assert int(without.argmin()) == 0
    nothing_else = papers.allocation(shares, 8192, 0.97, words=20_000, draws=2).mean(axis=0)
    assert int(nothing_else.argmin()) >= 3


@settings(deadline=None)
@given(st.floats(0, 1), st.integers(256, 40_000))
def test_a_split_never_spends_more_than_the_budget(share, budget):
    experts, table = papers.split(budget, share)
    assert experts * papers.VOCABULARY + table * papers.SLOT <= budget
