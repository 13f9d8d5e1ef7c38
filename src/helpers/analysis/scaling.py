"""How size, text and use share a budget of operations: scaling laws of dense and of sparse models, with their error.

``N`` are parameters, ``D`` training tokens, loss is in nats a token, operations are FLOP. The laws are fits to small
runs: Hoffmann and others (2022) trained models of 44 million to 16 billion parameters with up to about 3e21 FLOP, so
that every frontier model lies two to four powers of ten outside. They hold for one text and one way to count
parameters, so losses of different laws are never compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from helpers.analysis.efficiency import FLOP_PER_PARAMETER_AND_TOKEN, optimal_size, parametric_loss

FLOP_PER_TOKEN_SERVED = 2.0  # a product and a sum for each parameter; training takes three times as much
HUBER = 1e-3  # residuals of log loss beyond which the fit weighs them less (Hoffmann and others 2022, equation 3)


@dataclass(frozen=True)
class Law:
    """A law of the form ``E + A/N^alpha + B/D^beta`` (Hoffmann and others 2022, equation 2)."""

    e: float
    a: float
    b: float
    alpha: float
    beta: float

    @property
    def split(self) -> dict[str, float]:
        """The constants on which the best split of a budget rests."""
        return {"a": self.a, "b": self.b, "alpha": self.alpha, "beta": self.beta}

    def loss(self, params: float, tokens: float) -> float:
        """Return the loss of a model of so many parameters after so many tokens."""
        return parametric_loss(params, tokens, e=self.e, **self.split)

    def best(self, flop: float | np.ndarray) -> tuple:
        """Return parameters and tokens with the least loss for a budget of training, or for each of several."""
        return optimal_size(flop, **self.split)

    def tokens_for(self, params: float, loss: float) -> float:
        """Return the tokens after which a model of so many parameters reaches a loss.

        Raises ``ValueError`` if the model is too small to reach it on any amount of text.
        """
        room = loss - self.e - self.a / params**self.alpha
        if room <= 0:
            raise ValueError(f"a model of {params:.3g} parameters never reaches a loss of {loss:.4f}")
        return float((self.b / room) ** (1 / self.beta))

    def least_flop(self, loss: float) -> float:
        """Return the operations of the cheapest training that reaches a loss, by the best split.

        At the best split the loss above ``E`` is a power of the budget with exponent ``-alpha*beta/(alpha+beta)``.
        Raises ``ValueError`` for a loss at or below ``E``.
        """
        if loss <= self.e:
            raise ValueError(f"no model reaches a loss of {loss:.4f}, the law ends at {self.e:.4f}")
        unit = self.loss(*self.best(1.0)) - self.e
        return float((unit / (loss - self.e)) ** ((self.alpha + self.beta) / (self.alpha * self.beta)))


def cheapest_for_use(law: Law, loss: float, served: float) -> tuple[float, float]:
    """Return parameters and training tokens that reach a loss with the least operations in training and use.

    Minimises ``6ND + 2NT`` with ``T`` tokens served over the model's life (Sardana and others 2023, equation 3). Where
    it is least, a per cent more parameters lowers the loss ``1 + T/(3D)`` times as much as a per cent more text.
    ``T`` zero gives the best split of training alone. Wrong where an operation in use costs more than one in training,
    as it does at low utilisation, and for a law used far from its ratio of tokens to parameters.
    """
    size, _ = law.best(law.least_flop(loss))
    floor = (law.a / (loss - law.e)) ** (1 / law.alpha)  # below it no text is enough

    def excess(log_params: float) -> float:
        params = float(np.exp(log_params))
        tokens = law.tokens_for(params, loss)
        by_size = law.alpha * law.a / params**law.alpha
        by_text = law.beta * law.b / tokens**law.beta
        return by_size / by_text - 1 - served / (3 * tokens)

    if not served:
        return size, law.tokens_for(size, loss)
    root = optimize.brentq(excess, np.log(floor) + 1e-9, np.log(size), xtol=1e-12)
    params = float(np.exp(root))
    return params, law.tokens_for(params, loss)


def lifetime_flop(params: float, tokens: float, served: float) -> float:
    """Return the operations of training on ``tokens`` and serving ``served`` tokens."""
    return params * (FLOP_PER_PARAMETER_AND_TOKEN * tokens + FLOP_PER_TOKEN_SERVED * served)


def use_that_justifies(law: Law, params: float, tokens: float) -> float:
    """Return the tokens served for which a model's size and text are the cheapest way to its loss.

    The condition of ``cheapest_for_use`` solved for ``T``; negative where a smaller model on more text would have been
    cheaper even without any use.
    """
    by_size = law.alpha * law.a / params**law.alpha
    by_text = law.beta * law.b / tokens**law.beta
    return 3 * tokens * (by_size / by_text - 1)


def _residuals(theta: np.ndarray, log_n: np.ndarray, log_d: np.ndarray, log_loss: np.ndarray) -> tuple[np.ndarray, ...]:
    terms = np.stack([theta[0] - theta[3] * log_n, theta[1] - theta[4] * log_d, np.broadcast_to(theta[2], log_n.shape)])
    top = terms.max(axis=0)
    parts = np.exp(terms - top)
    whole = parts.sum(axis=0)
    shares = parts / whole
    slopes = np.stack([shares[0], shares[1], shares[2], -shares[0] * log_n, -shares[1] * log_d])
    return top + np.log(whole) - log_loss, slopes


def fit(params: np.ndarray, tokens: np.ndarray, loss: np.ndarray, start: Law, weights: np.ndarray | None = None) -> Law:
    """Fit the law to final losses of runs, from a start near the answer; ``weights`` say how often each run counts.

    Minimises the Huber loss of the differences of log loss (Hoffmann and others 2022, equation 3) by BFGS, summed and
    not averaged: averaging ended the original search too early (Besiroglu and others 2024).
    """
    logs = np.log(params), np.log(tokens), np.log(loss)
    counts = np.ones(len(params)) if weights is None else weights

    def cost(theta: np.ndarray) -> tuple[float, np.ndarray]:
        off, slopes = _residuals(theta, *logs)
        small = np.abs(off) <= HUBER
        value = np.where(small, off**2 / 2, HUBER * (np.abs(off) - HUBER / 2))
        pull = np.where(small, off, HUBER * np.sign(off))
        return float(counts @ value), slopes @ (counts * pull)

    first = np.array([np.log(start.a), np.log(start.b), np.log(start.e), start.alpha, start.beta])
    scale = np.array([1.0, 1.0, 0.1, 0.05, 0.05])  # of the five unknowns, so that steps in all are alike

    def scaled(x: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = cost(x * scale)
        return 1e4 * value, 1e4 * slope * scale

    found = optimize.minimize(scaled, first / scale, jac=True, method="BFGS", options={"gtol": 1e-4, "maxiter": 2000})
    log_a, log_b, log_e, alpha, beta = found.x * scale
    return Law(float(np.exp(log_e)), float(np.exp(log_a)), float(np.exp(log_b)), float(alpha), float(beta))


def resampled(params: np.ndarray, tokens: np.ndarray, loss: np.ndarray, start: Law, draws: int, seed: int) -> list[Law]:
    """Return the law fitted to ``draws`` samples of the runs, drawn with replacement."""
    rng = np.random.default_rng(seed)
    counts = rng.multinomial(len(params), np.full(len(params), 1 / len(params)), size=draws)
    return [fit(params, tokens, loss, start, row.astype(float)) for row in counts]


# Sparse models


@dataclass(frozen=True)
class RoutedLaw:
    """A law of loss in the size of the dense model and the number of experts (Clark and others 2022, equation 1).

    ``log L = a log N + b log E' + c log N log E' + d`` with ``E'`` the number of experts, saturating at both ends. One
    expert works on a token, in every other block, and all runs saw 130 billion tokens. The text read names no base of
    the logarithms; ten gives the published end of the gain at 937 billion parameters, other bases do not.
    """

    a: float
    b: float
    c: float
    d: float
    e_start: float
    e_max: float

    def saturated(self, experts: float) -> float:
        """Return the number of experts that counts, between ``e_start`` at one and ``e_max`` without end."""
        inner = experts - 1 + 1 / (1 / self.e_start - 1 / self.e_max)
        return 1 / (1 / inner + 1 / self.e_max)

    def log_loss(self, params: float, experts: float) -> float:
        """Return the decimal logarithm of the loss."""
        n, e = np.log10(params), np.log10(self.saturated(experts))
        return float(self.a * n + self.b * e + self.c * n * e + self.d)

    def dense_equivalent(self, params: float, experts: float) -> float:
        """Return the size of the dense model with the same loss (their effective parameter count).

        On the same text its ratio to ``params`` is how many times the operations the dense model takes.
        """
        one = np.log10(self.saturated(1))
        return float(10 ** ((self.log_loss(params, experts) - self.b * one - self.d) / (self.a + self.c * one)))

    @property
    def end(self) -> float:
        """The size of the dense model at which more experts gain nothing."""
        return float(10 ** (-self.b / self.c))


@dataclass(frozen=True)
class GrainedLaw:
    """A law of loss for models with 64 times the experts of a dense one (Krajewski and others 2024, equation 9).

    ``c + (g/G^gamma + a)/N^alpha + b/D^beta`` with ``N`` the parameters that work on a token and ``G`` how finely each
    expert is cut; ``g`` zero gives their dense law. Fitted on 129 million to 3.7 billion parameters and 16 to 130
    billion tokens. Their count of operations adds those of routing, which are left out here.
    """

    a: float
    alpha: float
    b: float
    beta: float
    c: float
    g: float = 0.0
    gamma: float = 0.0

    def law(self, granularity: float = 1.0) -> Law:
        """Return the law in size and text at a granularity."""
        return Law(self.c, self.g / granularity**self.gamma + self.a, self.b, self.alpha, self.beta)


@dataclass(frozen=True)
class SparseLaw:
    """A law of loss in all parameters, text and the idle share of experts (Abnar and others 2025, equation 6).

    ``a/N^alpha + b/D^beta + c/(1-S)^lambda + d/((1-S)^delta N^gamma) + e``. On runs with a sparseness that its fit had
    not seen, it explains two thirds of the variance and not nearly all, as on those that it had.
    """

    a: float
    alpha: float
    b: float
    beta: float
    c: float
    lam: float
    d: float
    delta: float
    gamma: float
    e: float

    def loss(self, params: float, tokens: float, active: float) -> float:
        """Return the loss of a model of so many parameters in all, of whose experts a share ``active`` works."""
        return float(
            self.a / params**self.alpha
            + self.b / tokens**self.beta
            + self.c / active**self.lam
            + self.d / (active**self.delta * params**self.gamma)
            + self.e
        )


def best_active(loss: Callable[[float, float], float], flop: float) -> tuple[float, float]:
    """Return the active parameters and the loss of the best split of a budget, for any law in size and text.

    ``loss`` takes active parameters and tokens. Searches sizes from a thousandth to a thousand times the square root
    of the budget, on which all published laws have their best split.
    """
    middle = np.log(np.sqrt(flop / FLOP_PER_PARAMETER_AND_TOKEN / 20))
    found = optimize.minimize_scalar(
        lambda x: loss(float(np.exp(x)), flop / FLOP_PER_PARAMETER_AND_TOKEN / float(np.exp(x))),
        bounds=(middle - np.log(1000), middle + np.log(1000)),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return float(np.exp(found.x)), float(found.fun)


def dense_over_sparse(
    sparse: Callable[[float, float], float], dense: Callable[[float, float], float], flop: float
) -> float:
    """Return how many times a budget a dense model needs for the loss that a sparse one gets out of it.

    Both split their budgets as is best for them.
    """
    _, target = best_active(sparse, flop)

    def excess(log_flop: float) -> float:
        return best_active(dense, float(np.exp(log_flop)))[1] - target

    at = float(np.log(flop))
    return float(np.exp(optimize.brentq(excess, at - np.log(100), at + np.log(1e6), xtol=1e-10) - at))


# Training on slower links, and the worth of better methods in time


def days_of_training(flop: float, chips: float, peak_tflop_per_s: float, utilisation: float) -> float:
    """Return the days that ``chips`` work for ``flop`` without a break, at a share of their peak."""
    if not 0 < utilisation <= 1:
        raise ValueError(f"utilisation is {utilisation}, expected a share above 0 and up to 1")
    return flop / (chips * peak_tflop_per_s * 1e12 * utilisation) / 86_400


def expert_traffic_time(
    hidden: float, layers: float, copies: float, gb_per_s: float, *, out_bytes: float = 1.0, back_bytes: float = 2.0
) -> float:
    """Return the seconds for which one token of training keeps a chip's link busy with traffic to experts.

    A token's vector of ``hidden`` numbers goes out to ``copies`` places and comes back, in every layer, forwards and
    again backwards; ``out_bytes`` and ``back_bytes`` a number, 8 bits out and 16 back in DeepSeek-V3. An upper bound,
    since a place on the same machine or chip costs nothing.
    """
    return 2 * layers * copies * hidden * (out_bytes + back_bytes) / (gb_per_s * 1e9)


def months_of_progress(ratio: float, halving_months: float) -> float:
    """Return in how many months better methods save as much as a ratio of computing, ``log2(ratio)`` halvings.

    Assumes that the operations for a fixed result halve in a constant time at every scale. If gains grow with scale,
    as Gundlach and others (2025) find, those with less computing get less of them and it takes longer.
    """
    return float(np.log2(ratio) * halving_months)


def ratio_of_months(months: float, halving_months: float) -> float:
    """Return the ratio of computing that so many months of better methods are worth."""
    return float(2 ** (months / halving_months))


def loss_on_budget(law: Law, flop: float, params: float, served: float = 0.0) -> float:
    """Return the loss of a model of so many parameters if a budget pays for its training and ``served`` tokens of use.

    Infinite where serving alone takes the whole budget.
    """
    tokens = (flop - FLOP_PER_TOKEN_SERVED * params * served) / (FLOP_PER_PARAMETER_AND_TOKEN * params)
    return law.loss(params, tokens) if tokens > 0 else float("inf")
