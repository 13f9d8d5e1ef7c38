"""Judges of the chapter on chips.

A causal claim counts as shown in part where the data give the order in time and the size of the effect that its
mechanism would have; the order in time alone leaves it unsupported.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from helpers.claims.judge import judges
from helpers.claims.ledger import Claim
from helpers.claims.verdicts import (
    Outcome,
    against,
    compare,
    event,
    forecast,
    opinion,
    supported,
    untested,
)
from helpers.data import load
from helpers.data.edition import edition
from helpers.findings import get, rows


def _with(outcome: Outcome, *keys: str) -> Outcome:
    """Set findings beside an outcome that rests on rows."""
    return replace(outcome, findings=tuple(dict.fromkeys((*outcome.findings, *keys))))


def _forecast(claim: Claim, *keys: str) -> Outcome:
    return forecast(claim.due, edition().released, None, *keys)


# --- the rule -------------------------------------------------------------------------------------------------


@judges("white-house-confirms-h200-sales")
def white_house(claim: Claim) -> Outcome:
    """Look for rule and levy of that week, before the article."""
    ids = ["us-rule-2026-case-by-case", "us-tariff-2026"]
    known = load("export_rules").loc[ids]
    happened = bool((known["announced"].dt.date <= claim.said_on).all())
    return event(rows("export_rules", ids), happened=happened)


@judges("beijing-blocks-h200-for-now")
def beijing_blocks(claim: Claim) -> Outcome:
    """Look for the order to the customs, before the article and before the first approvals."""
    known = load("export_rules")
    order, approval = known.loc["cn-customs-2026-h200"], known.loc["cn-approval-2026-h200"]
    day = pd.Timestamp(claim.said_on)
    return event(rows("export_rules", order["id"]), happened=bool(order["announced"] <= day < approval["announced"]))


@judges("renting-abroad-mostly-legal")
def renting_legal(claim: Claim) -> Outcome:
    """See whether a rule in force touched firms with a parent in China abroad: it touches purchase, not renting."""
    known = load("export_rules")
    day = pd.Timestamp(claim.said_on)
    parent = known["destination"].str.contains("firms with a parent", na=False)
    purchase = known[parent & (known["direction"] == "restricts") & (known["in_force_from"] <= day)]
    outcome = supported(True, "affiliates-window-months", partly=not purchase.empty)
    ids = ["us-guidance-2025-ascend", "us-guidance-2026-affiliates", *purchase.index]
    return replace(outcome, evidence=(rows("export_rules", ids),))


@judges("h200-will-change-little")
def h200_changes_little(claim: Claim) -> Outcome:
    """Set the volumes beside a forecast without a day."""
    return _forecast(claim, "h200-delivered", "compute-ratio-h200-delivered", "compute-ratio-h200-cleared")


@judges("exports-could-erode-us-chip-edge")
def exports_erode(claim: Claim) -> Outcome:
    """Set the ratio under exports beside a forecast without a day."""
    return _forecast(claim, "compute-ratio-2025", "compute-ratio-h200-cleared", "compute-ratio-h200-delivered")


# --- chips and machines ---------------------------------------------------------------------------------------


@judges("rubin-launch-without-chinese-buyers")
def rubin_launch(claim: Claim) -> Outcome:
    """Count the Chinese developers among the buyers named."""
    row = load("market_events").loc["rubin-launch-chinese-buyers-2026"]
    return event(rows("market_events", row["id"]), happened=row["value"] == 0)


@judges("h200-two-generations-behind-rubin")
def two_generations(claim: Claim) -> Outcome:
    """Compare the count of architectures."""
    return compare(claim.figures[0], against("generations-h200-to-rubin"))


@judges("h200-too-weak-for-best-models")
def too_weak(claim: Claim) -> Outcome:
    """See whether most of the largest documented clusters ran that generation when the article appeared."""
    runs_on_hopper = get("hopper-share-largest-clusters").value > 50
    outcome = event(
        rows("market_events", ["clusters-hopper-2025-12", "clusters-documented-2025-12"]), happened=not runs_on_hopper
    )
    return _with(outcome, "hopper-share-largest-clusters", "rubin-over-h200", "h200-over-910c")


@judges("h200-better-than-domestic-chips")
def better_than_domestic(claim: Claim) -> Outcome:
    """Compare with every Chinese chip shipped in volume by the day of the article."""
    chips = load("accelerators")
    day = pd.Timestamp(claim.said_on)
    theirs = chips[(chips["country"] == "CN") & (chips["release_status"] == "shipped") & (chips["released"] <= day)]
    best = str(theirs["tpp"].idxmax())
    happened = bool(get("h200-tpp").value > chips.loc[best, "tpp_high"])
    return _with(
        event(rows("accelerators", ["h200-sxm", best]), happened=happened),
        "h200-over-910c",
        "h200-bandwidth-over-910c",
    )


@judges("china-chips-years-behind-west")
def years_behind(claim: Claim) -> Outcome:
    """See whether the best shipped chip is years behind on the day; how many are many depends on what is counted."""
    lag = get("years-behind-january-2026").value
    early = get("years-behind-910c-release").value
    return supported(
        lag >= 2,
        "years-behind-910c-release",
        "years-behind-january-2026",
        "years-behind-ascend-960-plan",
        "chinese-designs-share-2025",
        partly=early < 3,
    )


@judges("nvidia-level-takes-years")
def level_takes_years(claim: Claim) -> Outcome:
    """Set the plan beside a forecast without a day."""
    return _forecast(claim, "years-behind-january-2026", "years-behind-ascend-960-plan")


# --- stocks and output ----------------------------------------------------------------------------------------


@judges("us-leads-frontier-through-chips")
def lead_through_chips(claim: Claim) -> Outcome:
    """See whether there is a lead, and how much of it the ratio of computing would be worth."""
    gap, worth = get("gap-on-article-day"), get("points-from-compute-ratio")
    assert worth.low is not None
    return supported(
        gap.value > 0 and worth.low > 0,
        "gap-on-article-day",
        "points-from-compute-ratio",
        "compute-ratio-2025",
        partly=worth.low < gap.value,
    )


@judges("chip-making-capacity-is-the-obstacle")
def making_capacity(claim: Claim) -> Outcome:
    """See whether output is small, and whether something other than wafers limits it."""
    small = get("chinese-designs-share-2025").value < 50
    memory_first = get("packages-from-memory-left").value < get("packages-from-wafers").value
    return supported(
        small,
        "chinese-designs-share-2025",
        "packages-from-wafers",
        "packages-from-memory-left",
        "ascend-dies-over-tsmc-bank",
        partly=memory_first,
    )


@judges("inference-chips-enough-by-2028")
def enough_by_2028(claim: Claim) -> Outcome:
    """Set the note's arithmetic beside a forecast that is not due."""
    return _forecast(
        claim,
        "supply-over-demand-2028",
        "years-to-enough-note-growth",
        "years-to-enough-early-growth",
        "enough-by-2028-probability",
    )


@judges("export-controls-deter-frontier-building")
def deter_building(claim: Claim) -> Outcome:
    """See whether Chinese makers went on building at the frontier; what they would have done is not observed."""
    return supported(get("chinese-makers-at-frontier-2026").value == 0, "chinese-makers-at-frontier-2026")


@judges("delivery-takes-most-compute")
def delivery_takes_most(claim: Claim) -> Outcome:
    """Show what such a split would mean: none was found that would test it."""
    return untested("research-ratio-if-serving", "compute-ratio-2025")


@judges("cuda-locks-developers-in")
def cuda_locks(claim: Claim) -> Outcome:
    """Show that models are trained on foreign chips, which does not separate software from hardware."""
    return supported(False, "models-trained-on-chinese-chips")


@judges("open-software-on-many-chips")
def open_software(claim: Claim) -> Outcome:
    """Leave a forecast without a day."""
    return _forecast(claim)


# --- ways round -----------------------------------------------------------------------------------------------


@judges("talks-to-rent-rubin-abroad")
def talks_rubin(claim: Claim) -> Outcome:
    """Look for a report that does not go back to the same newspaper."""
    return event(rows("overseas_compute", "rubin-talks-2026"), independent=False)


@judges("alibaba-bytedance-train-in-southeast-asia")
def train_abroad(claim: Claim) -> Outcome:
    """Look for two reports of leasing in the region."""
    ids = ["training-south-east-asia-2025", "leased-power-apac-2025", "dayone-nusajaya-2026"]
    return _with(event(rows("overseas_compute", ids)), "leased-power-2025")


@judges("restrictions-push-training-abroad")
def restrictions_push(claim: Claim) -> Outcome:
    """See whether a size of the effect is known beyond the order in time: the leased power has no value before it."""
    leased = load("overseas_compute")
    controls = load("export_rules").loc["us-letter-2025-h20", "in_force_from"]
    before = leased[(leased["basis"] == "leased data-centre power, SemiAnalysis through notes")]
    outcome = supported(bool((before["as_of"] < controls).any()), "leased-power-2025", "leased-power-2026", partly=True)
    evidence = (
        rows("export_rules", "us-letter-2025-h20"),
        rows("overseas_compute", "training-south-east-asia-2025"),
    )
    return replace(outcome, evidence=evidence)


@judges("common-since-diffusion-rule-fell")
def since_diffusion_rule(claim: Claim) -> Outcome:
    """See whether the rise began after the withdrawal, and whether the rule ever limited anything."""
    rule = load("export_rules").loc["us-rule-2025-diffusion"]
    began = load("overseas_compute").loc["training-south-east-asia-2025", "begins"]
    applied = rule["in_force_from"] <= rule["in_force_until"]
    outcome = event(
        rows("export_rules", "us-rule-2025-diffusion"),
        rows("overseas_compute", "training-south-east-asia-2025"),
        happened=bool(applied and began > rule["in_force_until"]),
    )
    return _with(outcome, "diffusion-rule-days-short", "diffusion-rule-h100")


@judges("deepseek-trains-at-home")
def deepseek_at_home(claim: Claim) -> Outcome:
    """Look for a second report; the company names no hardware."""
    return event(rows("overseas_compute", "deepseek-home-2025"))


@judges("deepseek-stock-from-before-the-ban")
def deepseek_before_ban(claim: Claim) -> Outcome:
    """Show the stock's size: what it made possible is not observed."""
    return supported(False, "deepseek-stock-over-v3-cluster")


@judges("deepseek-works-with-huawei")
def deepseek_huawei(claim: Claim) -> Outcome:
    """Look for two reports of work with Huawei."""
    return event(rows("overseas_compute", ["deepseek-home-2025", "deepseek-ascend-failed-2025"]))


@judges("deepseek-tried-huawei-chips")
def deepseek_tried(claim: Claim) -> Outcome:
    """Look for a report beside the one that the article retells."""
    return event(rows("overseas_compute", "deepseek-ascend-failed-2025"))


# --- Nvidia, vendors ------------------------------------------------------------------------------------------


@judges("nvidia-china-revenue-down-45-percent")
def china_down(claim: Claim) -> Outcome:
    """Compare like with like: both quarters by customers' headquarters, the only basis on which both are known."""
    outcome = compare(claim.figures[0], against("nvidia-china-fall-like-for-like"))
    return _with(outcome, "nvidia-china-fall-two-definitions")


@judges("nvidia-china-revenue-3bn")
def china_3bn(claim: Claim) -> Outcome:
    """Compare with the filings by way of an aggregator and with the press."""
    return compare(claim.figures[0], against("nvidia-china-fy26q3"), against("nvidia-china-press-fy26q3"))


@judges("nvidia-revenue-57bn")
def revenue_57bn(claim: Claim) -> Outcome:
    """Compare with the filing."""
    return compare(claim.figures[0], against("nvidia-revenue-fy26q3"))


@judges("nvidia-revenue-up-60-percent")
def revenue_up(claim: Claim) -> Outcome:
    """Compare with the filing."""
    return compare(claim.figures[0], against("nvidia-growth-fy26q3"))


@judges("nvidia-first-at-5-trillion")
def five_trillion(claim: Claim) -> Outcome:
    """Compare with the market value of the day."""
    return compare(claim.figures[0], against("nvidia-value-october-2025"))


@judges("china-invests-in-cambricon-and-enflame")
def cambricon_enflame(claim: Claim) -> Outcome:
    """Look for money put into the two, from two sources."""
    ids = ["cambricon-revenue-2025", "enflame-loss-2024", "enflame-offer"]
    return _with(event(rows("market_events", ids)), "enflame-losses", "cambricon-over-enflame")


# --- the article on training abroad, line by line -----------------------------------------------------------------


@judges("restrictions-reshape-industry")
def reshape(claim: Claim) -> Outcome:
    """Count the ways taken; that the limits alone are the cause is not separated, so in part at most."""
    ways = get("ways-to-computing-2025")
    outcome = supported(ways.value > 1, ways.id, "chinese-share-of-new-compute-2025", "leased-power-2025", partly=True)
    return replace(outcome, evidence=(rows("export_rules", ["us-rule-2022-3a090", "us-letter-2025-h20"]),))


@judges("training-abroad-main-alternative")
def main_alternative(claim: Claim) -> Outcome:
    """Ask whether more computing is leased abroad than stands inside, by the power that it draws."""
    share = get("leased-power-over-stock-power-2025")
    assert share.high is not None
    return supported(
        share.high > 100,
        share.id,
        "stock-cn-domestic-2025",
        "stock-cn-smuggled-2025",
        "stock-cn-lawful-2025",
        partly=share.value <= 100,
    )


@judges("offshore-training-within-the-law")
def within_the_law(claim: Claim) -> Outcome:
    """Ask the same of the rules as of the other article: they touch purchase, not renting."""
    return renting_legal(claim)


@judges("offshore-training-most-effective")
def most_effective(claim: Claim) -> Outcome:
    """Leave a ranking untested for which no way's cost and yield are known."""
    return untested("leased-power-2025", "h200-over-910c", "deepseek-stock-over-v3-cluster")


@judges("advanced-chips-in-southeast-asia")
def chips_in_southeast_asia(claim: Claim) -> Outcome:
    """Look for two reports of such chips in the region."""
    ids = ["training-south-east-asia-2025", "dayone-nusajaya-2026", "dayone-kempas-2026"]
    return _with(event(rows("overseas_compute", ids)), "johor-site-over-stock")


@judges("contest-is-over-computing-too", "training-abroad-brings-risks")
def abroad_opinions(claim: Claim) -> Outcome:
    """Attribute the judgement and set it beside what is known."""
    beside = {
        "contest-is-over-computing-too": ("compute-ratio-2025", "points-from-compute-ratio"),
        "training-abroad-brings-risks": ("leased-power-2025", "leased-power-2029"),
    }
    return opinion(*beside[claim.id])


@judges("beijing-lowers-dependence-on-us")
def lowers_dependence(claim: Claim) -> Outcome:
    """Look for orders and calls of the state before the article that put Chinese chips in place of American ones."""
    rules, calls = load("export_rules"), load("policy_events")
    day = pd.Timestamp(claim.said_on)
    orders = [key for key in ("cn-state-centres-2025", "cn-order-2025-rtx") if rules.loc[key, "announced"] <= day]
    called = calls.loc["politburo-self-reliance-2025", "event_date"] <= day
    if not orders or not called:
        return untested("chinese-share-of-cards-2025")
    outcome = event(rows("export_rules", orders), rows("policy_events", "politburo-self-reliance-2025"))
    return _with(outcome, "chinese-share-of-cards-2025", "chinese-share-of-new-compute-2025")


@judges("training-abroad-may-strain-hosts")
def strain_hosts(claim: Claim) -> Outcome:
    """Set what host countries had done by then beside a forecast without a day."""
    ids = ["malaysia-checks-training-2025", "malaysia-chip-permit-2025"]
    return forecast(claim.due, edition().released, None, evidence=(rows("policy_events", ids),))


@judges("training-abroad-is-a-stopgap")
def stopgap(claim: Claim) -> Outcome:
    """Set the leases expected beside a forecast without a day."""
    return _forecast(claim, "leased-power-2025", "leased-power-2026", "leased-power-2029")


@judges("china-goes-on-with-alternatives")
def goes_on(claim: Claim) -> Outcome:
    """Ask whether both ways were taken in the year: leases abroad, and chips of Chinese make."""
    leased, shipped = get("leased-power-2025"), get("huawei-shipments-2025")
    taken = [leased.value > 0, shipped.value > 0]
    return supported(any(taken), leased.id, shipped.id, "chinese-designs-share-2025", partly=not all(taken))
