"""For each disagreement, the function that says which of its resolutions the figures lead to."""

from __future__ import annotations

from helpers.claims.disagreements import decides
from helpers.findings import get
from helpers.findings.efficiency_gap import settled

# Efficiency


@decides("capex-share")
def capex_share() -> str:
    """Ask whether any American sum of 2025 makes the bank's Chinese amount a tenth, to the nearest per cent."""
    shares = [get(key).value for key in ("ubs-share-of-cash", "ubs-share-of-leases", "ubs-share-with-oracle")]
    stated = get("ubs-share-as-stated").value
    return "tenth-holds" if any(round(share) <= stated + 1 for share in shares) else "years-and-firms"


@decides("what-is-884")
def what_is_884() -> str:
    """Ask whether the level that the printed reading needs in 2025 is within reach of what was spent."""
    needed, spent = get("ai-capex-2030-before").value, get("capex-cn-2025-ubs").value
    return "sum" if needed > 2 * spent else "level"


@decides("closing-or-widening")
def closing_or_widening() -> str:
    """Take the signs of the two yearly changes in points, where their intervals leave no doubt."""
    first, second = settled("gap-change-2025"), settled("gap-change-2026")
    if first < 0:
        return "both" if second > 0 else "closed-then-level"
    return "neither"


@decides("months-of-lag")
def months_of_lag() -> str:
    """Ask whether the smallest lag and the mean are one number, and the last record known then another."""
    smallest, mean = get("epoch-lag-smallest").value, get("epoch-lag-mean").value
    return "different-quantities" if smallest < get("lag-passed-last-2025-12").value < mean else "agree"


@decides("cost-of-the-model")
def cost_of_the_model() -> str:
    """Ask whether the machines cost more than twice the run."""
    return "four-quantities" if get("v3-servers-cost").value > 2 * get("v3-run-cost").value else "one-quantity"
