"""Two papers of January 2026 in miniature: mixing of residual streams over depth, and a look-up table for word runs.

Both are toys. They show why a thing happens, in matrices and texts drawn at random; they are no evidence of how large
it is in a language model, and nothing in them is fitted to what the papers report.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Mixing over depth (manifold-constrained hyper-connections, arXiv 2512.24880)


def sinkhorn(logits: np.ndarray, iterations: int) -> np.ndarray:
    """Return non-negative matrices near the doubly stochastic ones: rows and columns that sum to one, nearly.

    ``logits`` (pure numbers, any size) are the last two axes; their exponentials are scaled column by column and row
    by row, ``iterations`` times each, rows last, as the paper does. Rows therefore sum to one exactly and the columns
    carry what is left of the error. It is large where the exponentials of a matrix span many orders of magnitude.
    """
    matrix = np.exp(logits - logits.max(axis=(-2, -1), keepdims=True))
    for _ in range(iterations):
        matrix = matrix / matrix.sum(axis=-2, keepdims=True)
        matrix = matrix / matrix.sum(axis=-1, keepdims=True)
    return matrix


def gain(matrix: np.ndarray) -> np.ndarray:
    """Return the largest absolute row or column sum of each matrix, a pure number: the paper's gain.

    A row sum bounds how much a signal can grow on its way forward, a column sum a gradient on its way back. It says
    nothing of signals that fade, since a maximum hides the smallest sum.
    """
    size = np.abs(matrix)
    return np.maximum(size.sum(axis=-1).max(axis=-1), size.sum(axis=-2).max(axis=-1))


def products(layers: np.ndarray) -> np.ndarray:
    """Return the products of the first one, two, … matrices along the third axis from the end, later ones on the left.

    The first entry is the identity, so there is one product more than there are layers.
    """
    size = layers.shape[-1]
    out = np.empty((*layers.shape[:-3], layers.shape[-3] + 1, size, size))
    out[..., 0, :, :] = np.eye(size)
    for depth in range(layers.shape[-3]):
        out[..., depth + 1, :, :] = layers[..., depth, :, :] @ out[..., depth, :, :]
    return out


@dataclass(frozen=True)
class Mixing:
    """How streams mix in the toy.

    ``streams`` run side by side and are mixed ``steps`` times. ``deviation`` is the standard deviation by which each
    entry of a free mixing matrix departs from the identity (0 to about 0.5), ``logit_spread`` that of the logits of a
    constrained one (0 to about 8). ``alike`` is the share of their variance that all steps have in common: zero for
    steps drawn independently, one for the same matrix at every step.
    """

    streams: int
    steps: int
    deviation: float
    logit_spread: float
    alike: float


def _patterns(mixing: Mixing, draws: int, seed: int) -> np.ndarray:
    """Draw standard normal matrices, of which a share of the variance is common to all steps of a draw."""
    rng = np.random.default_rng(seed)
    shape = (mixing.streams, mixing.streams)
    common = rng.standard_normal((draws, 1, *shape))
    own = rng.standard_normal((draws, mixing.steps, *shape))
    return np.sqrt(mixing.alike) * common + np.sqrt(1 - mixing.alike) * own


def free_products(mixing: Mixing, draws: int, seed: int) -> np.ndarray:
    """Return the products over depth of unconstrained mixing: the identity and a normal deviation at each step.

    Speculative in its law: trained matrices are not drawn from a normal law, and their deviations were not published.
    Wrong where training keeps the product small by itself, as plain hyper-connections do in small models.
    """
    return products(np.eye(mixing.streams) + mixing.deviation * _patterns(mixing, draws, seed))


def constrained_products(mixing: Mixing, iterations: int, draws: int, seed: int) -> np.ndarray:
    """Return the products over depth of mixing by nearly doubly stochastic matrices, from the same random patterns.

    Speculative in the same way as ``free_products``; the spread of the logits of trained models was not published.
    """
    return products(sinkhorn(mixing.logit_spread * _patterns(mixing, draws, seed), iterations))


def mean_square_growth(streams: int, deviation: float) -> float:
    """Return by what factor one step of free, independent mixing multiplies the mean square of an entry.

    The expectation of ``(I + dG)(I + dG)'`` with independent standard normal entries of ``G`` is
    ``(1 + streams * d^2) I``: growth is exponential in depth, however small the deviation ``d``. It is the growth of
    the mean, which a few large draws make; the median grows more slowly.
    """
    return 1 + streams * deviation**2


# A look-up table for runs of words (Engram, arXiv 2601.07372)

# Sizes of the toy. They are ours, chosen so that it runs in seconds and both uses of the budget are scarce: a text
# needs TOPICS times VOCABULARY numbers to know every topic, and a slot for each place in each phrase.
VOCABULARY = 256  # different words
TOPICS = 64  # of which each document has one
DOCUMENT = 50  # words in a document
PHRASES = 2000  # fixed runs of words in the language
PHRASE = 5  # words in a phrase
SLOT = 2  # parameters of a slot: the word that it expects, and how sure it is
KNUTH = 2654435761  # multiplier of Knuth's multiplicative hash, 2^32 over the golden ratio
PRIOR = 0.05  # count that every word starts with, so that no word is impossible
PASSES = 6  # rounds of expectation and maximisation; further ones change the loss by less than a thousandth


@dataclass(frozen=True)
class Language:
    """What a text is drawn from: each topic's order of words, fixed phrases, and Zipf's law for words and both."""

    orders: np.ndarray
    phrases: np.ndarray

    @classmethod
    def draw(cls, seed: int, topics: int = TOPICS, phrases: int = PHRASES) -> Language:
        """Draw a language: for each topic an order of the vocabulary by frequency, and random phrases."""
        rng = np.random.default_rng(seed)
        orders = np.array([rng.permutation(VOCABULARY) for _ in range(topics)])
        return cls(orders, rng.integers(0, VOCABULARY, (phrases, PHRASE)))


def zipf(count: int) -> np.ndarray:
    """Return probabilities that fall with rank as one over it (Zipf's law with exponent one)."""
    weight = 1 / np.arange(1, count + 1)
    return weight / weight.sum()


@dataclass(frozen=True)
class Text:
    """A text: its words and the topic of each, as integers. A topic's number is its rank by frequency."""

    words: np.ndarray
    topics: np.ndarray


def write(language: Language, words: int, phrase_share: float, seed: int) -> Text:
    """Return a text of about ``words`` words, of which ``phrase_share`` (0 to 1) stand in fixed phrases.

    All other words follow the frequencies of their document's topic, each on its own. Real text is nothing of the
    kind: its phrases vary, its topics are not labelled, and most of what a model must learn is neither.
    """
    rng = np.random.default_rng(seed)
    documents = words // DOCUMENT
    topics = np.repeat(rng.choice(len(language.orders), documents, p=zipf(len(language.orders))), DOCUMENT)
    count = len(topics)
    out = language.orders[topics, rng.choice(VOCABULARY, count, p=zipf(VOCABULARY))]
    begins = rng.random(count) < phrase_share / (PHRASE * (1 - phrase_share) + phrase_share)
    lengths = np.where(begins, PHRASE, 1)
    places = np.cumsum(lengths) - lengths
    places = places[begins & (places + PHRASE <= count)]
    which = rng.choice(len(language.phrases), len(places), p=zipf(len(language.phrases)))
    for offset in range(PHRASE):
        out[places + offset] = language.phrases[which, offset]
    return Text(out, topics)


def slots(words: np.ndarray, count: int) -> np.ndarray:
    """Return the slot of each word's context, the two words before it, out of ``count``; different ones may collide."""
    before, last = np.zeros_like(words), np.zeros_like(words)
    last[1:], before[2:] = words[:-1], words[:-2]
    key = (before * VOCABULARY + last).astype(np.uint64)
    mixed = key * np.uint64(KNUTH) % np.uint64(2**32)
    return (mixed * np.uint64(count) >> np.uint64(32)).astype(np.int64)


@dataclass(frozen=True)
class Predictor:
    """A next-word model of fixed budget: experts that know topics, and a table of expected words.

    An expert holds a probability for each word (``experts``: experts by words); the most frequent topics have one
    each, all others share the last. A slot holds an expected word (``expected``, minus one for none) and how far it is
    trusted (``trust``, 0 to 1). The expert has the rest of the probability. A word reads one expert and one slot,
    however the budget is split, so the operations do not depend on the split.
    """

    experts: np.ndarray
    expected: np.ndarray
    trust: np.ndarray

    def probability(self, text: Text) -> np.ndarray:
        """Return the probability that the model gave each word of a text before it came."""
        expert = np.minimum(text.topics, len(self.experts) - 1)
        base = self.experts[expert, text.words]
        if not len(self.expected):
            return base
        slot = slots(text.words, len(self.expected))
        return self.trust[slot] * (self.expected[slot] == text.words) + (1 - self.trust[slot]) * base

    def loss(self, text: Text) -> float:
        """Return the mean surprise of a word, in nats."""
        return float(-np.log(self.probability(text)).mean())


def split(budget: int, table_share: float) -> tuple[int, int]:
    """Return the experts and slots that a budget of parameters buys when ``table_share`` (0 to 1) goes to the table."""
    return int((1 - table_share) * budget) // VOCABULARY, int(table_share * budget) // SLOT


def fit(text: Text, budget: int, table_share: float, passes: int = PASSES) -> Predictor:
    """Fit the model to a text by expectation and maximisation, from counts.

    Without a single expert all words are equally likely to what the table does not expect. ``budget`` is in
    parameters (numbers stored). Unlike the paper's table, a slot names one word rather than a direction in the
    model's space, and nothing but the counts decides how far it is trusted.
    """
    experts, table = split(budget, table_share)
    expert = np.minimum(text.topics, max(experts, 1) - 1)
    place = expert * VOCABULARY + text.words

    def learn(weight: np.ndarray | None) -> np.ndarray:
        counts = np.bincount(place, weights=weight, minlength=max(experts, 1) * VOCABULARY) + PRIOR
        counts = counts.reshape(-1, VOCABULARY)
        return counts / counts.sum(axis=1, keepdims=True) if experts else np.full((1, VOCABULARY), 1 / VOCABULARY)

    known = learn(None)
    if not table:
        return Predictor(known, np.empty(0, int), np.empty(0))
    slot = slots(text.words, table)
    expected = _most_frequent(slot, text.words, table)
    seen, right = np.bincount(slot, minlength=table), expected[slot] == text.words
    used = expected >= 0  # a slot that was never read expects nothing and is not trusted
    trust = used * (np.bincount(slot, weights=right, minlength=table) + PRIOR) / (seen + 1)
    for _ in range(passes):
        by_table = right * trust[slot]
        by_table = by_table / (by_table + (1 - trust[slot]) * known[expert, text.words])
        trust = used * (np.bincount(slot, weights=by_table, minlength=table) + PRIOR) / (seen + 1)
        known = learn(1 - by_table)
    return Predictor(known, expected, trust)


def _most_frequent(slot: np.ndarray, words: np.ndarray, count: int) -> np.ndarray:
    """Return the word that was seen most often in each slot, the smallest where several were; minus one for none."""
    pairs, times = np.unique(slot * VOCABULARY + words, return_counts=True)
    owner = pairs // VOCABULARY
    order = np.lexsort((pairs, -times, owner))
    first = np.r_[True, owner[order][1:] != owner[order][:-1]]
    best = np.full(count, -1)
    best[owner[order][first]] = pairs[order][first] % VOCABULARY
    return best


def allocation(
    shares: tuple[float, ...], budget: int, phrase_share: float, *, words: int, draws: int, seed: int = 0
) -> np.ndarray:
    """Return the loss on unseen text, in nats a word, for each draw of language and text and each share of the table.

    Each draw fits the model to ``words`` words and reads a quarter as many new ones in the same language.
    """
    losses = np.empty((draws, len(shares)))
    for draw in range(draws):
        language = Language.draw(seed + 3 * draw)
        known = write(language, words, phrase_share, seed + 3 * draw + 1)
        unseen = write(language, words // 4, phrase_share, seed + 3 * draw + 2)
        losses[draw] = [fit(known, budget, share).loss(unseen) for share in shares]
    return losses
