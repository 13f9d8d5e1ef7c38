"""Judges of the claims of the closing chapter: odds and forecasts, talent and research, money raised, two races."""

from __future__ import annotations

import pandas as pd

from helpers.claims.judge import judges
from helpers.claims.ledger import Claim
from helpers.claims.ledger import claim as the_claim
from helpers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    QUALIFIED,
    Outcome,
    against,
    compare,
    event,
    forecast,
    more_as_ratio,
    one_half,
    supported,
    untested,
)
from helpers.data import load
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
    """Compare the sum of both offers, in the press and as announced to the exchange, with more than a billion."""
    return compare(claim.figures[0], against("hong-kong-offers-january-2026"), against("hong-kong-offers-announced"))


@judges("minimax-shares-doubled")
def doubled(claim: Claim) -> Outcome:
    """Compare the first close, the last price found before the article, with more than twice the offer."""
    return compare(claim.figures[0], against("minimax-first-close-over-offer"))


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
    """Look for the plan of 2016 that names AI among strategic industries; the resources are not tested."""
    ids = ["strategic-industries-plan-2016", "strategic-industries-plan-published-2016"]
    return one_half(event(rows("policy_events", ids)))


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
    """Compare with grants of all AI patents, by count and by share of one year, and with filings of generative AI."""
    keys = ("ai-patents-granted-ratio", "ai-patents-share-ratio-2023", "genai-inventions-ratio")
    return compare(claim.figures[0], *(against(key) for key in keys))


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


# The column of 18 January 2026.


@judges("both-race-to-lead-the-world")
def both_race(claim: Claim) -> Outcome:
    """Look for a declaration of that aim by each of the two governments, before the column."""
    ids = ("new-generation-plan-signed-2017", "eo-14179", "ai-action-plan-2025")
    known = load("policy_events").loc[list(ids)]
    declared = known[known["event_date"].dt.date <= claim.said_on]
    return event(rows("policy_events", ids), happened={"CN", "US"} <= set(declared["country"]))


@judges("us-still-leads-innovation")
def leads_innovation(claim: Claim) -> Outcome:
    """Compare on each measure of what is new: the best score, notable models, private money, patents, cited papers."""
    gap = get("gap-on-article-day")
    bases = {
        gap.id: (gap.value if gap.low is None else gap.low) > 0,
        "notable-models-cn-over-us-2024": get("notable-models-cn-over-us-2024").value < 1,
        "private-investment-us-over-cn-2024": get("private-investment-us-over-cn-2024").value > 1,
        "ai-patents-granted-ratio": get("ai-patents-granted-ratio").value < 1,
        "aspi-machine-learning-ratio": get("aspi-machine-learning-ratio").value < 1,
    }
    verdict = CONFIRMED if all(bases.values()) else QUALIFIED if any(bases.values()) else CONTRADICTED
    return Outcome(verdict, tuple(bases), tuple(bases.items()))


# The first two articles: what their remaining sentences say


@judges("china-will-not-catch-up-soon")
def not_soon(claim: Claim) -> Outcome:
    """Note that soon names no day; the chances of the model stand beside it."""
    return forecast(claim.due, edition().released, None, "lead-by-january-2029", "lead-by-january-2031", "gap-2026-08")


@judges("yao-left-openai-for-tencent")
def yao_left(claim: Claim) -> Outcome:
    """Take the report of his hire and that of his appointment, both before the article."""
    known = load("policy_events").loc[["yao-joins-tencent-2025", "yao-chief-scientist-2025"]]
    return event(rows("policy_events", known.index[known["event_date"] <= pd.Timestamp(claim.said_on)]))


# The articles on the Shanghai fair and on training abroad, line by line


@judges("contest-fiercer-in-coming-years")
def fiercer(claim: Claim) -> Outcome:
    """Note that it names no day; the gap since then stands beside it."""
    return forecast(claim.due, edition().released, None, "gap-mean-2025", "gap-mean-2026", "drift-by-records")
