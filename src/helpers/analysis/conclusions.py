"""Where a conclusion holds: an interval of evidence against the region that the conclusion needs; and a weighed index.

A conclusion of an article is turned into a region of one quantity, say a net drift below zero. Evidence on one basis is
an interval; it lies inside the region, outside it, or across its border. Several bases together make a standing.

The index of two races is an illustration: ``weight * spread - (1 - weight) * lead``, both being logarithms of a ratio
of the two countries. What a point of a capability index is as a ratio is a choice, and the weight at which the lead
changes hands depends on that choice more than on anything observed; no probability follows from it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

INSIDE, ACROSS, OUTSIDE = "inside", "across", "outside"
HOLDS, LEANS_FOR, UNDECIDED, LEANS_AGAINST, FAILS = "holds", "leans-for", "undecided", "leans-against", "fails"


def place(interval: tuple[float, float], region: tuple[float, float]) -> str:
    """Tell whether an interval lies inside a region, outside it, or across a border; both in one unit.

    A border belongs to neither side. Raises ``ValueError`` for an interval or region whose ends are reversed.
    """
    (low, high), (start, end) = interval, region
    if low > high or start >= end:
        raise ValueError(f"interval {interval}, region {region}: expected the lower end first")
    if start < low and high < end:
        return INSIDE
    return OUTSIDE if high <= start or end <= low else ACROSS


def standing(places: Sequence[str]) -> str:
    """Sum up where the evidence lies on each basis; a basis across the border leaves a conclusion open.

    Holds or fails where every basis agrees, leans where no basis is on the other side, else undecided.
    """
    if not places:
        raise ValueError("a conclusion needs evidence on at least one basis")
    found = set(places)
    if found == {INSIDE}:
        return HOLDS
    if found == {OUTSIDE}:
        return FAILS
    if INSIDE in found and OUTSIDE not in found:
        return LEANS_FOR
    if OUTSIDE in found and INSIDE not in found:
        return LEANS_AGAINST
    return UNDECIDED


def turning_weight(lead: float, spread: float) -> float | None:
    """Return the weight on the spread (part of one) above which the country that is behind at the frontier leads.

    ``lead`` is the logarithm of the leader's ratio at the frontier, ``spread`` that of the other's ratio in use; base
    and order do not matter as long as they are the same. None where one country leads in both races.
    """
    if not (math.isfinite(lead) and math.isfinite(spread)):
        raise ValueError(f"lead {lead}, spread {spread}: expected finite logarithms")
    if lead <= 0 or spread <= 0:
        return None
    return lead / (lead + spread)
