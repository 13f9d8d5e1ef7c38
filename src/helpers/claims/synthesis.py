"""Judges of the claims of the closing chapter: odds and forecasts, talent and research, money raised, two races."""

from __future__ import annotations

from helpers.claims.judge import judges
from helpers.claims.ledger import Claim
from helpers.claims.ledger import claim as the_claim
from helpers.claims.verdicts import (
    Outcome,
    against,
    compare,
    event,
    forecast,
    more_as_ratio,
    opinion,
    supported,
    untested,
)
from helpers.data.edition import edition
from helpers.findings import get, rows


@judges("us-spends-for-agi")
def spends_for_agi(claim: Claim) -> Outcome:
    """Look at the spending; the aim behind it cannot be seen, so at most a part is shown."""
    return supported(get("us-capex-growth-2025").value > 0, "us-capex-growth-2025", partly=True)


@judges("lin-20-percent-odds")
def insider_odds(claim: Claim) -> Outcome:
    """Leave it open until its day; the chances of the model stand beside it."""
    return forecast(
        claim.due, edition().released, None, "lead-by-january-2029", "lead-by-january-2031", "insider-odds-per-year"
    )


@judges("zhipu-minimax-raised-1bn")
def raised(claim: Claim) -> Outcome:
    """Compare the sum of both offers with more than a billion."""
    return compare(claim.figures[0], against("hong-kong-offers-january-2026"))


@judges("minimax-shares-doubled")
def doubled(claim: Claim) -> Outcome:
    """Compare the first close, the last price found before the article, with more than twice the offer."""
    return compare(claim.figures[0], against("minimax-first-close-over-offer"))


@judges("huang-nanoseconds-behind")
def nanoseconds(claim: Claim) -> Outcome:
    """Set a figure of speech beside the lag of that day."""
    return opinion("frontier-lag-by-pace-november-2025")


@judges("china-wins-the-marathon")
def marathon(claim: Claim) -> Outcome:
    """Note that it names no day; what it would take stands beside it."""
    return forecast(
        claim.due,
        edition().released,
        None,
        "breakeven-value-by-survey",
        "breakeven-value-by-telemetry",
        "income-ratio-purchasing-power-2024",
    )


@judges("ai-strategic-industry-2016")
def strategic(claim: Claim) -> Outcome:
    """Look for the plan of 2016 that names AI among strategic industries."""
    return event(rows("policy_events", ["strategic-industries-plan-2016", "strategic-industries-plan-published-2016"]))


@judges("stem-phds-50-percent-more")
def doctorates(claim: Claim) -> Outcome:
    """Compare with the last counts and with the year named, which lies between counts and projections."""
    return compare(
        more_as_ratio(claim.figures[0]),
        against("stem-doctorates-ratio-2019"),
        against("stem-doctorates-ratio-2022-line"),
    )


@judges("ai-patents-three-times")
def patents(claim: Claim) -> Outcome:
    """Compare with grants of all AI patents and with filings of generative AI."""
    return compare(claim.figures[0], against("ai-patents-granted-ratio"), against("genai-inventions-ratio"))


@judges("aspi-five-of-six-categories")
def five_of_six(claim: Claim) -> Outcome:
    """Leave the count untested while categories are missing, unless it could not be reached with them."""
    led, read = get("research-categories-led-by-china"), get("research-categories-read")
    missing = claim.figures[1].value - read.value
    if led.value + missing < claim.figures[0].value:
        return supported(False, led.id, read.id)
    return untested(led.id, read.id)


@judges("aspi-nlp-narrowly-behind")
def narrowly_behind(claim: Claim) -> Outcome:
    """Ask for less than a point behind in language processing and nowhere else, as far as categories were found."""
    gap, led, read = (
        get(key) for key in ("aspi-nlp-gap", "research-categories-led-by-china", "research-categories-read")
    )
    all_read = read.value >= the_claim("aspi-five-of-six-categories").figures[1].value
    only_one = led.value == read.value - 1
    return supported(0 < gap.value < 1 and only_one, gap.id, led.id, read.id, partly=not all_read)


@judges("two-races")
def two_races(claim: Claim) -> Outcome:
    """Set a judgement beside both races."""
    return opinion("gap-2026-08", "lead-by-january-2031", "breakeven-value-by-survey")


# The articles on the Shanghai fair and on training abroad, line by line


@judges("us-china-contest-sharpens", "ai-part-of-wider-struggle")
def contest_opinions(claim: Claim) -> Outcome:
    """Attribute the judgement and set it beside the gaps, or beside what each side holds over the other."""
    beside = {
        "us-china-contest-sharpens": ("gap-mean-2024", "gap-mean-2025"),
        "ai-part-of-wider-struggle": ("compute-ratio-2025", "minerals-led-cn-2024"),
    }
    return opinion(*beside[claim.id])


@judges("contest-fiercer-in-coming-years")
def fiercer(claim: Claim) -> Outcome:
    """Note that it names no day; the gap since then stands beside it."""
    return forecast(claim.due, edition().released, None, "gap-mean-2025", "gap-mean-2026", "drift-by-records")
