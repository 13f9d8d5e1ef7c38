"""Judges of the claims that the chapter on diffusion tests."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from helpers.claims.judge import judges
from helpers.claims.ledger import Claim
from helpers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    QUALIFIED,
    UNSUPPORTED,
    Outcome,
    against,
    compare,
    event,
    forecast,
    one_half,
    supported,
    untested,
)
from helpers.data import assumption, load
from helpers.data.edition import edition
from helpers.findings import get, rows

MAJORITY = 50.0
FEWEST_REPORTS = 3


@judges("china-spare-power-three-times-demand")
def spare_power(claim: Claim) -> Outcome:
    """Leave the forecast open until its year; show beside it what two forecasts of demand make of it."""
    return forecast(
        claim.due,
        edition().released,
        None,
        "spare-power-over-demand-broker",
        "spare-power-over-demand-iea",
    )


@judges("spare-power-offsets-older-chips")
def spare_power_offsets(claim: Claim) -> Outcome:
    """Ask whether a forecast need, all of it at the whole penalty, stays within the forecast reserve."""
    need = get("penalised-need-over-spare-cn-2030")
    return supported(need.value < 100, need.id, "power-per-operation-penalty")


@judges("us-power-markets-eight-of-13")
def power_markets(claim: Claim) -> Outcome:
    """Leave a count untested that nobody but the bank made."""
    return untested("us-markets-critical")


@judges("china-can-scale-data-centres-fast")
def scale_data_centres(claim: Claim) -> Outcome:
    """Ask whether China is behind and power grows fast; of the three causes that the claim gives none is shown."""
    china, america, added = (
        get(key) for key in ("dc-capacity-share-cn-2025", "dc-capacity-share-us-2025", "capacity-added-cn-over-us-2024")
    )
    keys = (china.id, america.id, added.id)
    if china.value >= america.value or added.value <= 1:
        return Outcome(CONTRADICTED, keys)
    return supported(False, *keys)


@judges("us-data-centre-takes-three-years")
def three_years(claim: Claim) -> Outcome:
    """Compare with the fastest and the slowest of the campuses tracked."""
    return compare(claim.figures[0], against("gigawatt-build-time-fastest"), against("gigawatt-build-time-slowest"))


@judges("china-dominates-raw-materials")
def raw_materials(claim: Claim) -> Outcome:
    """Call a supplier dominant that has more than half at every stage and on every basis read."""
    keys = ("minerals-mean-share-cn-2024", "gallium-share-cn", "germanium-share-cn")
    lowest = [found.low if found.low is not None else found.value for found in map(get, keys)]
    return supported(
        any(share > MAJORITY for share in lowest),
        "minerals-led-cn-2024",
        *keys,
        partly=not all(share > MAJORITY for share in lowest),
    )


@judges("china-leads-robots-and-electric-cars")
def robots_and_cars(claim: Claim) -> Outcome:
    """Ask whether China is ahead in each of the measures."""
    keys = ("robots-cn-over-us-2024", "electric-car-share-cn-over-us-2025", "humanoids-named-cn-over-us-2025")
    ahead = [get(key).value > 1 for key in keys]
    return supported(any(ahead), "robots-share-cn-2024", *keys, partly=not all(ahead))


@judges("embodied-ai-national-priority")
def embodied(claim: Claim) -> Outcome:
    """Read the report of the government."""
    return event(rows("policy_events", ("work-report-embodied-2025", "work-report-future-industries-2025")))


@judges("firm-adoption-not-far-from-us")
def firm_adoption(claim: Claim) -> Outcome:
    """Count the surveys that asked firms of both countries the same, by whether their difference is small."""
    keys = ("firms-full-use-gap-sas", "firms-any-use-gap-sas", "firms-any-use-gap-ibm")
    near = [abs(get(key).value) <= assumption("not-far-points").value for key in keys]
    outcome = supported(any(near), *keys, partly=not all(near))
    return Outcome(outcome.verdict, outcome.findings, tuple(zip(keys, near, strict=True)))


@judges("chinese-more-optimistic-than-average")
def optimistic(claim: Claim) -> Outcome:
    """Ask whether the Chinese share is above the mean of the countries asked, in both waves with a mean."""
    keys = ("optimism-cn-over-mean-2024", "optimism-cn-over-mean-2021")
    above = [get(key).value > 0 for key in keys]
    return supported(any(above), *keys, "optimism-cn-2024", partly=not all(above))


@judges("deepseek-ahead-in-emerging-markets")
def deepseek_ahead(claim: Claim) -> Outcome:
    """Read it in two ways: more used there than elsewhere, or more used there than the products of the West."""
    ratio, majorities, economies = (
        get(key)
        for key in ("deepseek-africa-over-elsewhere-users", "deepseek-majorities-abroad", "deepseek-economies-abroad")
    )
    more_used = ratio.low is not None and ratio.low > 1
    first = majorities.value > economies.value / 2
    return supported(
        more_used or first,
        ratio.id,
        "deepseek-africa-over-elsewhere-economies",
        "deepseek-share-africa",
        majorities.id,
        partly=not (more_used and first),
    )


@judges("huawei-in-170-countries")
def huawei(claim: Claim) -> Outcome:
    """Compare the count with the firm's annual reports; that it encourages the countries has no measure."""
    return one_half(compare(claim.figures[0], against("huawei-countries")))


@judges("waic-opens-26-july-2025")
def waic_opens(claim: Claim) -> Outcome:
    """Read the reports of the opening."""
    return event(rows("policy_events", "waic-2025"))


@judges("waic-1200-guests")
def waic_guests(claim: Claim) -> Outcome:
    """Compare with what was announced and with what was reported at the close."""
    return compare(claim.figures[0], against("waic-guests-announced"), against("waic-experts-closing"))


@judges("waic-30-countries")
def waic_countries(claim: Claim) -> Outcome:
    """Compare with the countries of the guests, as announced and as reported at the close."""
    return compare(claim.figures[0], against("waic-guest-countries"), against("waic-expert-countries-closing"))


@judges(
    "waic-70000-square-metres",
    "waic-3000-products",
    "waic-800-companies",
    "waic-40-large-models",
    "waic-200-start-ups",
    "waic-100-investors",
)
def waic_figures(claim: Claim) -> Outcome:
    """Compare with the organisers' figures as reported."""
    finding = {
        "waic-70000-square-metres": "waic-area",
        "waic-3000-products": "waic-products",
        "waic-800-companies": "waic-exhibitors",
        "waic-40-large-models": "waic-models",
        "waic-200-start-ups": "waic-start-ups",
        "waic-100-investors": "waic-investors",
    }[claim.id]
    return compare(claim.figures[0], against(finding))


@judges("us-ai-action-plan")
def action_plan(claim: Claim) -> Outcome:
    """Read the plan and the order on permits of the same day."""
    return event(rows("policy_events", ("ai-action-plan-2025", "data-centre-permit-order-2025")))


@judges("three-technology-regimes")
def three_regimes(claim: Claim) -> Outcome:
    """Hold against it that laws of three types are not yet a split of the world along them."""
    return supported(False, "genai-services-filed-cn")


# The column of 18 January 2026.

LONG = 3 * 365  # days: the least that we call a long effort


@judges("good-enough-chips-support-spread")
def good_enough_chips(claim: Claim) -> Outcome:
    """Leave a forecast without a day; supply and what a chip does in inference stand beside it."""
    keys = ("supply-over-demand-2025", "supply-over-demand-2028", "ascend-910c-inference-over-h100")
    return forecast(claim.due, edition().released, None, *keys)


@judges("power-generation-must-rise")
def generation_must_rise(claim: Claim) -> Outcome:
    """Ask whether the electricity that data centres use rises; in part, as long as it is a forecast."""
    growth = get("data-centre-electricity-2030-over-2024")
    foreseen = load("power").loc["ww-dc-2030", "status"] == "forecast"
    return supported(growth.value > 1, growth.id, "penalised-need-over-spare-cn-2030", partly=bool(foreseen))


@judges("china-behind-in-data-centres")
def behind_in_data_centres(claim: Claim) -> Outcome:
    """Compare the shares of the world's capacity."""
    china, states = get("dc-capacity-share-cn-2025"), get("dc-capacity-share-us-2025")
    return Outcome(CONFIRMED if china.value < states.value else CONTRADICTED, (china.id, states.id))


@judges("minerals-give-room-to-deploy-ai")
def minerals_give_room(claim: Claim) -> Outcome:
    """Test the premise, more than half of the materials; that it gives room to deploy AI is measured by nobody."""
    keys = ("minerals-mean-share-cn-2024", "gallium-share-cn", "germanium-share-cn")
    dominant = any(get(key).value > MAJORITY for key in keys)
    return Outcome(UNSUPPORTED if dominant else CONTRADICTED, keys)


@judges("ai-in-public-services-and-daily-life")
def public_services(claim: Claim) -> Outcome:
    """Look for reports of such services before the column, and ask how far back they go."""
    ids = ["ai-services-guangzhou-2025", "ai-services-72-governments-2025", "ai-services-longgang-2025"]
    outcome = event(rows("policy_events", ids))
    first = load("policy_events").loc[ids, "event_date"].min().date()
    if outcome.verdict == CONFIRMED and (claim.said_on - first).days < LONG:
        return Outcome(QUALIFIED, evidence=outcome.evidence)
    return outcome


@judges("public-service-push-speeds-spread")
def push_speeds_spread(claim: Claim) -> Outcome:
    """Ask whether it spreads faster in China at all, on the one basis that has a pace of both countries."""
    china, states = get("genai-pace-cn-telemetry"), get("genai-pace-us-telemetry")
    return supported(china.value > states.value, china.id, states.id, "genai-pace-cn-survey", partly=True)


SUBSIDIES = ("compute-vouchers-shanghai-2025", "compute-vouchers-2025", "power-subsidy-2025")


@judges("beijing-subsidises-ai")
def subsidies(claim: Claim) -> Outcome:
    """Look for subsidies of computing and of its power before the column."""
    days = load("policy_events").loc[list(SUBSIDIES), "event_date"]
    return event(rows("policy_events", SUBSIDIES), happened=bool((days.dt.date <= claim.said_on).all()))


@judges("subsidies-spread-open-models")
def subsidies_spread(claim: Claim) -> Outcome:
    """Test both premises, subsidies and spread; a link between them is measured by nobody."""
    spread = get("lead-downloads-study")
    paid = event(rows("policy_events", SUBSIDIES))
    holds = paid.verdict == CONFIRMED and spread.value > 1
    keys = (spread.id, "deepseek-share-outside-china")
    return Outcome(UNSUPPORTED if holds else CONTRADICTED, keys, evidence=paid.evidence)


@judges("standards-network-effect")
def standards(claim: Claim) -> Outcome:
    """Look for counts of countries that adopted Chinese standards, at two dates at least."""
    table = load("industrial_ai")
    adopted = table[(table["topic"] == "standards") & table["measure"].str.contains("adopt")].sort_values("as_of")
    if adopted["as_of"].nunique() < 2:
        return untested("huawei-countries")
    return supported(bool(adopted["value"].iloc[-1] > adopted["value"].iloc[0]), "huawei-countries", partly=True)


@judges("us-alienates-trading-partners")
def alienates(claim: Claim) -> Outcome:
    """Ask in which of the places whose views of both years were read the United States lost."""
    emerging = ("us-favour-change-mexico-2025", "us-favour-change-turkey-2025", "us-side-change-south-east-asia-2025")
    keys = (*emerging, "us-favour-change-sweden-2025")
    lost = [get(key).value < 0 for key in keys]
    outcome = supported(any(lost), *keys, partly=not all(lost))
    return Outcome(outcome.verdict, outcome.findings, tuple(zip(keys, lost, strict=True)))


# The second article: what its remaining sentences say


@judges("chinese-firms-turn-to-products")
def turn_to_products(claim: Claim) -> Outcome:
    """No count of firms, or of their spending, by what they work on was found; makers at the frontier stand beside."""
    return untested("chinese-makers-at-frontier-2026", "firms-any-use-gap-sas", "firms-full-use-gap-sas")


# The article on the Shanghai fair, line by line


@judges("beijing-aims-to-surpass-us")
def aims_to_surpass(claim: Claim) -> Outcome:
    """Read the goals of the plan of 2017, which holds until 2030."""
    return event(rows("policy_events", "new-generation-plan-signed-2017"))


@judges("deepseek-not-on-waic-programme")
def not_on_programme(claim: Claim) -> Outcome:
    """Read what was written before and after the fair."""
    return event(rows("policy_events", "waic-advance-2025"))


@judges("deepseek-main-talk-of-waic")
def main_talk(claim: Claim) -> Outcome:
    """Take it as settled if most reports of the fair lead with it; that none does leaves what was talked of unknown."""
    led, read = get("waic-reports-led-by-deepseek"), get("waic-reports-read")
    settled = True if read.value >= FEWEST_REPORTS and led.value > read.value / 2 else None
    return forecast(claim.due, edition().released, settled, led.id, read.id)


@judges("waic-first-venture-zone")
def first_venture_zone(claim: Claim) -> Outcome:
    """Look for a second report that has it as new, or the programmes of earlier fairs."""
    outcome = event(rows("policy_events", "waic-new-venture-area-2025"))
    return replace(outcome, findings=("waic-start-ups", "waic-investors"))


# The three models of the article on training abroad


@judges("us-model-open-market")
def open_market(claim: Claim) -> Outcome:
    """Take the orders that free firms from rules, and see whether the state limits what they may sell."""
    day = pd.Timestamp(claim.said_on)
    orders = rows("policy_events", ["eo-14179", "data-centre-permit-order-2025"])
    rules = load("export_rules")
    lasts = rules["in_force_until"].isna() | (rules["in_force_until"] > day)
    begun = lasts & (rules["in_force_from"] <= day)
    held = rules[begun & (rules["country"] == "US") & (rules["direction"] == "restricts")]
    freed = event(orders).verdict == CONFIRMED
    outcome = supported(freed, partly=not held.empty)
    limits = (rows("export_rules", held.index),) if not held.empty else ()
    return replace(outcome, evidence=(orders, *limits))


@judges("eu-model-rules")
def european_rules(claim: Claim) -> Outcome:
    """Read which parts of the European act applied by then."""
    acts = load("policy_events")
    day = pd.Timestamp(claim.said_on)
    applied = acts[(acts["country"] == "EU") & (acts["kind"] == "law") & (acts["applies_from"] <= day)]
    return event(rows("policy_events", applied.index)) if not applied.empty else untested()


@judges("chinese-model-self-sufficiency")
def self_sufficiency(claim: Claim) -> Outcome:
    """Take calls and orders for chips at home, and see whether the models themselves go abroad all the same."""
    calls = rows("policy_events", "politburo-self-reliance-2025"), rows("export_rules", "cn-state-centres-2025")
    called = event(*calls).verdict == CONFIRMED
    abroad = get("releases-open-cn-2025")
    outcome = supported(called, abroad.id, "genai-services-filed-cn", partly=abroad.value > MAJORITY)
    return replace(outcome, evidence=calls)
