"""Two standards of which choosers take one, each worth more the more others take it: an illustration, no forecast.

A chooser takes the second standard with the odds exp(a + b (2x - 1)), where x is the part that has it already. So a
is its stand-alone advantage and b the weight of the network, both in natural log-odds of a choice, the scatter of
tastes being logistic. It is the discrete choice with social interactions of Brock and Durlauf as Kaizoji (2012)
restates it, written in shares: with m = 2x - 1 it reads m = tanh((a + b m) / 2), the mean-field equation of physics
with the coupling b / 2 and the field a / 2.

Wrong where choosers know better than the present share what will come, where a standard can be had beside the other
(an adapter, two models behind one interface), where a network is worth most to neighbours, or where a state decides.
Nobody has measured a or b for network equipment or for open models.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.optimize import brentq

CRITICAL_WEIGHT = 2.0  # of the network: above it, choosers without a preference have two outcomes (coupling of one)


def reply(share: float | np.ndarray, advantage: float, weight: float) -> float | np.ndarray:
    """Return the part of choosers that takes the second standard when ``share`` (of one) has it."""
    return 1.0 / (1.0 + np.exp(-(advantage + weight * (2.0 * np.asarray(share, float) - 1.0))))


def _gap(share: float, advantage: float, weight: float) -> float:
    return float(reply(share, advantage, weight)) - share


def folds(weight: float) -> tuple[float, float] | None:
    """Return the two shares at which the curve of replies runs along the diagonal, or None below the critical weight.

    Its slope is 2 b x (1 - x), which is one at x = (1 ± sqrt(1 - 2 / b)) / 2, whatever the advantage.
    """
    if weight <= CRITICAL_WEIGHT:
        return None
    half = np.sqrt(1.0 - CRITICAL_WEIGHT / weight) / 2.0
    return 0.5 - half, 0.5 + half


def rests(advantage: float, weight: float) -> list[float]:
    """Return the shares that repeat themselves, lowest first: one, or three with the tipping point in the middle.

    Between the folds of the curve it crosses the diagonal at most once, so each stretch is searched by itself.
    """
    inner = folds(weight) or ()
    ends = [0.0, *inner, 1.0]
    found = []
    for left, right in pairwise(ends):
        low, high = _gap(left, advantage, weight), _gap(right, advantage, weight)
        if low == 0.0 and left > 0.0:  # the curve touches the diagonal at a fold
            found.append(left)
        elif low * high < 0:
            found.append(brentq(_gap, left, right, args=(advantage, weight), xtol=1e-15))
        elif right == 1.0 and high == 0.0:  # so near to all that a float cannot tell
            found.append(1.0)
    return found


def tipping_share(advantage: float, weight: float) -> float | None:
    """Return the share that the second standard must pass to win from there on, or None where one outcome is left."""
    found = rests(advantage, weight)
    return found[1] if len(found) == 3 else None


def unseating_advantage(weight: float) -> float:
    """Return the advantage from which the second standard wins from nothing, with a network of ``weight``.

    At the lower fold the resting point of the newcomer vanishes: a = ln(x / (1 - x)) + b (1 - 2x). Zero up to the
    critical weight, where the share follows the advantage without a jump; for a strong network a little below b,
    about b - ln(2b) - 1.
    """
    inner = folds(weight)
    if inner is None:
        return 0.0
    low = inner[0]
    return float(np.log(low / (1.0 - low)) + weight * (1.0 - 2.0 * low))
