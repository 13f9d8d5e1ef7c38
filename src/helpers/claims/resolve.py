"""For each disagreement, the function that says which of its resolutions the figures lead to."""

from __future__ import annotations

from helpers.claims.disagreements import decides
from helpers.findings import get

# Open source ------------------------------------------------------------------------------------------------------


@decides("whose-downloads")
def whose_downloads() -> str:
    """Ask whether all readings lie on one side of parity."""
    above = [get(key).value > 1 for key in ("lead-downloads-study", "lead-downloads-hub", "lead-downloads-curated")]
    return "bases" if all(above) or not any(above) else "order"


@decides("share-of-openrouter")
def share_of_openrouter() -> str:
    """Ask whether the share rises as fewer models are counted: all, those identified, the ten most used."""
    keys = (
        "openrouter-share-cn-whole-2026-05",
        "openrouter-share-cn-identified-2026-07",
        "openrouter-share-cn-top-ten-2026-02",
    )
    shares = [get(key).value for key in keys]
    return "denominator" if shares == sorted(shares) else "unclear"


@decides("size-of-the-open-lead")
def size_of_the_open_lead() -> str:
    """Ask whether counting dollars turns the order that counting use gives."""
    used = [get(key).value > 1 for key in ("lead-downloads-curated", "lead-tokens-makers", "lead-votes-arena-2026-04")]
    return "money" if all(used) and get("lead-dollars-makers").value < 1 else "same"


@decides("downloads-of-qwen")
def downloads_of_qwen() -> str:
    """Ask whether the pace that the company's number needs is one that its whole account reaches."""
    needed, made = get("downloads-qwen-pace-needed").value, get("downloads-qwen-pace-hub").value
    return "counters" if needed <= made else "impossible"
