"""For each disagreement, the function that says which of its resolutions the figures lead to."""

from __future__ import annotations

from helpers.claims.disagreements import decides
from helpers.claims.ledger import claim
from helpers.claims.verdicts import printed_interval
from helpers.findings import get

# Diffusion.


@decides("genai-share-of-china")
def genai_share_of_china() -> str:
    """Ask whether heads differ more than shares: then the population is not what makes the difference."""
    heads, shares = get("genai-users-cn-survey-over-telemetry"), get("genai-share-cn-survey-over-telemetry")
    return "instrument" if heads.value > shares.value else "population"


@decides("firms-using-ai")
def firms_using_ai() -> str:
    """Ask whether the surveys agree on who is ahead."""
    gaps = [get(key).value for key in ("firms-any-use-gap-sas", "firms-any-use-gap-ibm", "firms-full-use-gap-sas")]
    return "both-signs" if min(gaps) < 0 < max(gaps) else "one-sign"


@decides("stem-doctorates")
def stem_doctorates() -> str:
    """Ask which year's ratio lies within the article's interval."""
    figure = claim("stem-phds-50-percent-more").figures[0]
    low, high = (1 + side / 100 for side in printed_interval(figure))
    years = {"named-year": "stem-doctorates-ratio-2022-line", "older-year": "stem-doctorates-ratio-2019"}
    return next((name for name, key in years.items() if low <= get(key).value <= high), "neither")


@decides("ai-patents")
def ai_patents() -> str:
    """Ask whether the ratio of grants lies within the article's interval."""
    low, high = printed_interval(claim("ai-patents-three-times").figures[0])
    return "grants" if low <= get("ai-patents-granted-ratio").value <= high else "neither"


@decides("waic-attendance")
def waic_attendance() -> str:
    """Ask whether the counts of people and of countries grow from the inner circle to the outer one."""
    people = [get(key).value for key in ("waic-guests-announced", "waic-experts-closing", "waic-visits")]
    lands = ("waic-guest-countries", "waic-expert-countries-closing", "waic-professional-countries")
    countries = [get(key).value for key in lands]
    return "circles" if people == sorted(people) and countries == sorted(countries) else "other"
