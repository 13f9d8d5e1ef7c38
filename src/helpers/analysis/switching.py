"""A switch from an incumbent's software to a rival's, as a binary choice with a cost of moving: an illustration.

The form is the logistic choice with social interactions of Brock and Durlauf (2001). A developer weighs the rival's
price-performance over the incumbent's, the *ratio*, against what moving costs, in the same unit. ``s`` is the share
that stays. With n the pull of the others (tools, colleagues, code) and k how alike developers are,

    s / (1 - s) = (cost / ratio)^k * exp(k * n * (2 s - 1)).

Without the pull, s is a half where the ratio equals the cost. Above k n = 2 two states are stable over a span of
ratios: the same ratio then leaves most where they are, whichever side that is, and the share jumps at the span's ends.
No constant is measured: what moving a code base costs and how alike developers are was not found. Wrong where they do
not choose freely (a ban on either side), use both at once, or where the cost falls as others move and tools mature.
"""

from __future__ import annotations

import math

from scipy.optimize import brentq

SHARES = (1e-6, 1 - 1e-6)  # the ends between which a share is looked for


def ratio_at(share: float, cost: float, pull: float, alike: float) -> float:
    """Return the ratio of price-performance at which a share staying with the incumbent is at rest.

    ``share`` lies between 0 and 1, ``cost`` and ``alike`` above 0, ``pull`` at 0 or above.
    """
    if not 0.0 < share < 1.0:
        raise ValueError("a share lies between 0 and 1")
    return cost * math.exp(pull * (2.0 * share - 1.0)) * ((1.0 - share) / share) ** (1.0 / alike)


def tips(pull: float, alike: float) -> bool:
    """Tell whether a span of ratios has two stable shares."""
    return pull * alike > 2.0


def turning_shares(pull: float, alike: float) -> tuple[float, float]:
    """Return the shares, low and high, at which the curve turns back; both a half where it does not."""
    root = math.sqrt(max(0.0, 1.0 - 2.0 / (pull * alike))) if pull * alike > 0 else 0.0
    return (1.0 - root) / 2.0, (1.0 + root) / 2.0


def turning_ratios(cost: float, pull: float, alike: float) -> tuple[float, float]:
    """Return the ratios at which developers come back and at which they leave; both the cost where nothing tips."""
    low, high = turning_shares(pull, alike)
    return ratio_at(low, cost, pull, alike), ratio_at(high, cost, pull, alike)


def share_staying(ratio: float, cost: float, pull: float, alike: float) -> float:
    """Return the largest share at rest at a ratio: that of an incumbent whom all use at first."""
    start = turning_shares(pull, alike)[1] if tips(pull, alike) else SHARES[0]

    def gap(share: float) -> float:
        return math.log(ratio_at(share, cost, pull, alike) / ratio)

    if tips(pull, alike) and ratio > turning_ratios(cost, pull, alike)[1]:
        low = turning_shares(pull, alike)[0]
        return SHARES[0] if gap(SHARES[0]) < 0 else float(brentq(gap, SHARES[0], low))
    if gap(SHARES[1]) > 0:
        return SHARES[1]
    return SHARES[0] if gap(start) < 0 else float(brentq(gap, start, SHARES[1]))
