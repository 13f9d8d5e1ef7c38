"""Judges of the claims on open models."""

from __future__ import annotations

import pandas as pd

from helpers.claims.judge import judges
from helpers.claims.ledger import Claim
from helpers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    QUALIFIED,
    UNSUPPORTED,
    Outcome,
    event,
    supported,
)
from helpers.data import load
from helpers.findings import get, rows


def above(parity: float, *keys: str) -> tuple[tuple[str, bool], ...]:
    """Say of each finding whether it lies above parity; one with an interval only if the whole of it does."""
    found = [get(key) for key in keys]
    return tuple((item.id, (item.value if item.low is None else item.low) > parity) for item in found)


def ahead(hits: tuple[tuple[str, bool], ...]) -> Outcome:
    """Judge a comparison without a figure: confirmed if it holds on every basis, contradicted if on none."""
    won = [hit for _, hit in hits]
    verdict = CONFIRMED if all(won) else QUALIFIED if any(won) else CONTRADICTED
    return Outcome(verdict, tuple(key for key, _ in hits), hits)


@judges("chinese-open-models-surpass-us")
def chinese_open_models_surpass_us(claim: Claim) -> Outcome:
    """Compare the best open models of both countries at the end of November 2025, on three scales."""
    return ahead(above(0, "open-lead-arena-2025-11", "open-lead-index-2025-11", "open-lead-second-index-2025-11"))


@judges("leading-chinese-open-us-closed")
def leading_chinese_open_us_closed(claim: Claim) -> Outcome:
    """Ask for most of the five best Chinese models to be open, and for none of the five best American ones."""
    china, states = get("best-five-open-cn-2026-01"), get("best-five-open-us-2026-01")
    return ahead(((china.id, china.value > 50), (states.id, states.value == 0)))


@judges("china-leads-open-models")
def china_leads_open_models(claim: Claim) -> Outcome:
    """Take quality (two scales) and quantity (the downloads known at the time) together."""
    return ahead(above(0, "open-lead-arena-2026-01", "open-lead-index-2026-01") + above(1, "lead-downloads-study"))


@judges("china-passes-us-in-downloads")
def china_passes_us_in_downloads(claim: Claim) -> Outcome:
    """Compare the shares on every basis on which one source counts both countries."""
    return ahead(above(1, "lead-downloads-study", "lead-downloads-hub", "lead-downloads-curated"))


@judges("open-models-free-and-local-clouds")
def open_models_free_and_local_clouds(claim: Claim) -> Outcome:
    """Ask for the three properties; that the appeal comes from them is measured by nobody, so at most in part."""
    free = get("licence-permissive-cn-2026").value > 50
    adapted = get("derivatives-qwen-2026").value > 0
    local = get("local-downloads-qwen-2026").value > 0
    keys = ("licence-permissive-cn-2026", "derivatives-qwen-2026", "local-downloads-qwen-2026", "own-cost-ordinary")
    return supported(free and adapted and local, *keys, partly=True)


@judges("qwen-doubao-compete-worldwide")
def qwen_doubao_compete_worldwide(claim: Claim) -> Outcome:
    """Ask for users abroad of both families."""
    qwen, doubao = get("adopters-abroad-qwen"), get("adopters-abroad-doubao")
    shown = [item.value > 0 for item in (qwen, doubao)]
    verdict = CONFIRMED if all(shown) else QUALIFIED if any(shown) else UNSUPPORTED
    return Outcome(verdict, (qwen.id, "derivatives-qwen-2026", doubao.id))


@judges("doubao-is-open")
def doubao_is_open(claim: Claim) -> Outcome:
    """Look for a Doubao model with open weights among those that two independent sources list."""
    found = get("doubao-models-open")
    listed = rows("models", "doubao-pro"), rows("prices", ["doubao-seed-2.0-pro", "doubao-seed-2.1-pro"])
    outcome = event(*listed, happened=found.value > 0)
    return Outcome(outcome.verdict, (found.id,), ((found.id, found.value > 0),), listed)


@judges("north-american-firms-use-chinese-models")
def north_american_firms(claim: Claim) -> Outcome:
    """Ask for adopters in the United States that said so themselves before the article; why is another claim."""
    table = load("adopters")
    part = table[
        (table["country"] == "US")
        & (table["status"] == "confirmed by adopter")
        & (table["event_date"].dt.date <= claim.said_on)
    ]
    outcome = event(rows("adopters", part.index))
    return Outcome(outcome.verdict, ("adopters-confirmed",), evidence=outcome.evidence)


@judges("airbnb-uses-qwen")
def airbnb_uses_qwen(claim: Claim) -> Outcome:
    """Take the statement of its chief executive and the letter of two committees that followed."""
    outcome = event(rows("adopters", ["airbnb-qwen", "airbnb-house-letter"]))
    return Outcome(outcome.verdict, ("airbnb-models-in-use",), evidence=outcome.evidence)


@judges("airbnb-saw-limits-of-us-models")
def airbnb_saw_limits(claim: Claim) -> Outcome:
    """Ask for a statement of such limits: the one that is known names an interface, and American models stay in use."""
    return supported(False, "airbnb-models-in-use")


# The first two articles: what their remaining sentences say


@judges("western-researchers-adopt-deepseek-methods")
def adopt_methods(claim: Claim) -> Outcome:
    """Look for Western models published before the article that say, or show, that they use its methods."""
    table = load("policy_events").loc[["tulu-3.1-grpo-2025", "olmo-3-grpo-2025", "mistral-large-3-architecture-2025"]]
    part = table[(table["country"] != "CN") & (table["event_date"] <= pd.Timestamp(claim.said_on))]
    return event(rows("policy_events", part.index))


@judges("anyone-can-download-and-change")
def anyone_can(claim: Claim) -> Outcome:
    """Ask whether the weights of the leading models are there, and whether every licence leaves use free."""
    weights, free = get("best-five-open-cn-2026-01"), get("licence-permissive-cn-2026")
    keys = (weights.id, free.id, "derivatives-qwen-2026", "own-cost-ordinary")
    return supported(weights.value > 50, *keys, partly=free.value < 100)


@judges("openness-raises-chinese-standing")
def raises_standing(claim: Claim) -> Outcome:
    """Test the premise, a lead in use; that openness is what raises standing was measured by nobody."""
    lead = get("lead-downloads-study")
    ahead_in_use = lead.low is not None and lead.low > 1
    keys = (lead.id, "lead-derivatives-qwen-llama", "best-five-open-us-2026-01")
    return Outcome(UNSUPPORTED if ahead_in_use else CONTRADICTED, keys)


# The article on training abroad, line by line


@judges("spread-abroad-because-open")
def spread_because_open(claim: Claim) -> Outcome:
    """Compare the open family with the closed one by adopters abroad; reasons were not asked, so in part at most."""
    open_one, closed_one = get("adopters-abroad-qwen"), get("adopters-abroad-doubao")
    return supported(
        open_one.value > closed_one.value, open_one.id, "derivatives-qwen-2026", closed_one.id, partly=True
    )


@judges("chinese-models-conquer-western-markets")
def conquer(claim: Claim) -> Outcome:
    """Ask for the larger part of the tokens on the one platform that is counted."""
    share = get("openrouter-share-cn-open-2025")
    assert share.high is not None
    return supported(share.high > 50, share.id, "adopters-confirmed", "lead-dollars-makers", partly=share.value <= 50)


@judges("chosen-for-power-price-and-ease")
def chosen_for(claim: Claim) -> Outcome:
    """Ask whether they were cheaper or freer than the best American ones; why firms chose was not asked: in part."""
    cheaper = get("discount-best-2025-12").value > 0
    freer = get("licence-permissive-cn-2026").value > get("licence-permissive-us-2026").value
    keys = ("discount-best-2025-12", "gap-2025-11", "licence-permissive-cn-2026", "licence-permissive-us-2026")
    return supported(cheaper or freer, *keys, partly=True)
