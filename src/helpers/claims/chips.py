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
    CONFIRMED,
    CONTRADICTED,
    QUALIFIED,
    UNTESTED,
    Outcome,
    against,
    all_of,
    compare,
    event,
    forecast,
    one_half,
    supported,
    untested,
)
from helpers.data import load
from helpers.data.edition import edition
from helpers.findings import get, rows

NEARLY_ALL = 90.0  # per cent of what was added: below it developers had other chips as well


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
    """See whether most of the largest documented clusters ran that generation when the article appeared.

    One count of installed machines says nothing of the best models, whose chips are mostly not disclosed: it can
    neither contradict the claim nor confirm it, only leave it without support or lend it some.
    """
    share = get("hopper-share-largest-clusters")
    outcome = supported(share.value < 50, share.id, "rubin-over-h200", "h200-over-910c", partly=True)
    counted = rows("market_events", ["clusters-hopper-2025-12", "clusters-documented-2025-12"])
    return replace(outcome, evidence=(counted,))


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
    """Ask each half of a firm that has a split: research at OpenAI, serving at MiniMax; the speaker's has none."""
    research, serving = get("openai-research-share-2024"), get("minimax-serving-share-2025")
    halves = [research.value > 50, serving.value > 50]
    keys = (research.id, serving.id, "research-ratio-if-serving", "compute-ratio-2025")
    return supported(any(halves), *keys, partly=not all(halves))


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
    """Look for a report beside the one that the article retells; power that is leased says nothing of training."""
    return _with(
        event(rows("overseas_compute", "training-south-east-asia-2025"), independent=False), "leased-power-2025"
    )


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
    """Judge two halves: training abroad went on after the withdrawal, and the rule had limited it before.

    The first is shown in full if the rise also began after the withdrawal, in part if it was reported as going on
    then, and fails if nothing was reported after it; the second fails if the rule was withdrawn before anybody had to
    comply with it.
    """
    rule = load("export_rules").loc["us-rule-2025-diffusion"]
    abroad = load("overseas_compute").loc["training-south-east-asia-2025"]
    withdrawn = rule["in_force_until"]
    if abroad["as_of"] > withdrawn:
        order = supported(True, partly=bool(abroad["begins"] <= withdrawn))
    else:
        order = Outcome(CONTRADICTED)
    limited = event(rows("export_rules", "us-rule-2025-diffusion"), happened=bool(rule["in_force_from"] <= withdrawn))
    order = replace(order, evidence=(rows("overseas_compute", "training-south-east-asia-2025"),))
    return _with(all_of(order, limited), "diffusion-rule-days-short", "diffusion-rule-h100")


@judges("deepseek-trains-at-home")
def deepseek_at_home(claim: Claim) -> Outcome:
    """Look for a second report; the company names no hardware."""
    return event(rows("overseas_compute", "deepseek-home-2025"))


@judges("deepseek-stock-from-before-the-ban")
def deepseek_before_ban(claim: Claim) -> Outcome:
    """Ask whether there is a stock to speak of; what it made possible is not observed."""
    stock = get("deepseek-stock-over-v3-cluster")
    return Outcome(CONTRADICTED, (stock.id,)) if stock.value <= 1 else supported(False, stock.id)


@judges("deepseek-works-with-huawei")
def deepseek_huawei(claim: Claim) -> Outcome:
    """Look for a report of work with Huawei beside those of one newspaper, of which the article retells the later."""
    ids = ["deepseek-home-2025", "deepseek-ascend-failed-2025"]
    return event(rows("overseas_compute", ids), independent=False)


@judges("deepseek-tried-huawei-chips")
def deepseek_tried(claim: Claim) -> Outcome:
    """Look for a report beside the one that the article retells; it speaks of Huawei's chips alone."""
    return one_half(event(rows("overseas_compute", "deepseek-ascend-failed-2025")))


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
    """Ask of each firm whether money went into it: Enflame's losses show it; of Cambricon only sales are on record."""
    invested = supported(get("enflame-losses").value > 0, "enflame-losses")
    return _with(one_half(invested), "cambricon-over-enflame")


# --- the column of 18 January 2026 ------------------------------------------------------------------------------


@judges("most-advanced-chips-mostly-nvidia")
def mostly_nvidia(claim: Claim) -> Outcome:
    """Ask whether more than half of the computing shipped, and the strongest chip shipped by the day, are Nvidia's."""
    share = get("nvidia-share-of-shipments-2025")
    chips = load("accelerators")
    day = pd.Timestamp(claim.said_on)
    shipped = chips[(chips["release_status"] == "shipped") & (chips["released"] <= day)]
    best = str(shipped["tpp"].idxmax())
    hits = [(share.value if share.low is None else share.low) > 50, shipped.loc[best, "vendor"] == "Nvidia"]
    verdict = CONFIRMED if all(hits) else QUALIFIED if any(hits) else CONTRADICTED
    return Outcome(verdict, (share.id,), evidence=(rows("accelerators", best),))


@judges("chinese-chips-may-surpass-us")
def may_surpass(claim: Claim) -> Outcome:
    """Leave a forecast without a day; the lag of chips and a machine of many of them stand beside it."""
    return _forecast(claim, "years-behind-january-2026", "years-behind-ascend-960-plan", "cloudmatrix-over-nvl72")


@judges("h200-sales-give-access-to-better-chips")
def sales_give_access(claim: Claim) -> Outcome:
    """Take it as settled once stronger chips have been delivered, however few."""
    delivered, better = get("h200-delivered"), get("h200-over-910c")
    settled = True if delivered.value > 0 and better.value > 1 else None
    keys = (delivered.id, better.id, "h200-cleared-over-stock")
    return forecast(claim.due, edition().released, settled, *keys)


@judges("chinese-giants-already-train-abroad")
def giants_abroad(claim: Claim) -> Outcome:
    """Count the sources that name giants who train abroad; a report on a firm without a name is none of them."""
    named, practice = "training-south-east-asia-2025", "training-malaysia-suitcases-2025"
    table = load("overseas_compute")
    known = table[(table.index.isin([named, practice])) & (table["as_of"] <= pd.Timestamp(claim.said_on))]
    naming = known.loc[known.index == named, ["source", "also_source"]].stack().dropna().nunique()
    verdict = CONFIRMED if naming >= 2 else UNTESTED
    return Outcome(verdict, ("leased-power-2025",), evidence=(rows("overseas_compute", [named, practice]),))


@judges("beijing-set-on-chip-self-sufficiency")
def self_sufficiency(claim: Claim) -> Outcome:
    """Look for the aim in a plan, and for an order that gives up foreign chips for it, before the column."""
    plan = load("policy_events").loc["five-year-proposal-2025"]
    order = load("export_rules").loc["cn-order-2025-rtx"]
    day = pd.Timestamp(claim.said_on)
    happened = bool(plan["event_date"] <= day and order["announced"] <= day)
    return event(rows("policy_events", plan["id"]), rows("export_rules", order["id"]), happened=happened)


@judges("output-of-inference-chips-rises")
def output_rises(claim: Claim) -> Outcome:
    """Ask whether shipments rose, and whether dies made abroad before could carry them."""
    grew, planned, bank = (
        get(key)
        for key in (
            "huawei-shipments-2025-over-2024",
            "ascend-dies-planned-2026-over-2025",
            "ascend-dies-over-tsmc-bank",
        )
    )
    return supported(
        grew.value > 1 or planned.value > 1,
        grew.id,
        planned.id,
        bank.id,
        partly=grew.value <= 1 or planned.value <= 1 or bank.value < 100,
    )


@judges("inference-gap-to-nvidia-smaller")
def inference_gap(claim: Claim) -> Outcome:
    """Ask of practice and of specifications: serving leans on bandwidth, training on throughput."""
    failed = load("overseas_compute").loc["deepseek-ascend-failed-2025"]
    in_practice = bool(pd.notna(failed["also_source"]))  # two newspapers: failed in training, kept for inference
    throughput, bandwidth = get("h200-over-910c"), get("h200-bandwidth-over-910c")
    by_specification = bandwidth.value < throughput.value
    outcome = supported(
        in_practice or by_specification,
        throughput.id,
        bandwidth.id,
        "ascend-910c-inference-over-h100",
        partly=not (in_practice and by_specification),
    )
    return replace(outcome, evidence=(rows("overseas_compute", failed["id"]),))


# --- the second article: what its remaining sentences say -----------------------------------------------------


@judges("chip-gap-with-us-widens")
def chip_gap_widens(claim: Claim) -> Outcome:
    """Ask whether the difference of stocks grew in 2025, and whether their ratio rose by more than its error."""
    before, after, ranged = (
        get(key) for key in ("compute-ratio-medians-2024", "compute-ratio-medians-2025", "compute-ratio-2025")
    )
    clear = ranged.low is not None and ranged.low > before.value
    wider = get("compute-difference-growth-2025")
    keys = (wider.id, before.id, after.id, ranged.id)
    return supported(wider.value > 1 or clear, *keys, partly=not (wider.value > 1 and clear))


@judges("chips-are-the-problem")
def chips_are_the_problem(claim: Claim) -> Outcome:
    """See whether there is a gap, and how much of it the ratio of computing would be worth."""
    gap, worth = get("gap-on-article-day"), get("points-from-compute-ratio")
    assert worth.low is not None
    return supported(
        gap.value > 0 and worth.low > 0, gap.id, worth.id, "compute-ratio-2025", partly=worth.low < gap.value
    )


@judges("us-law-bars-nvidia-sales")
def law_bars_sales(claim: Claim) -> Outcome:
    """See whether Rubin lies above the ceiling for licences, and whether another chip on sale lies below it."""
    ceiling = get("case-by-case-ceiling-tpp").value
    rubin = load("accelerators").loc["rubin", "tpp"]
    other = get("h200-tpp")
    outcome = supported(
        bool(rubin >= ceiling),
        "case-by-case-ceiling-tpp",
        other.id,
        "nvidia-china-fy26q3",
        partly=other.value < ceiling,
    )
    evidence = (rows("export_rules", "us-rule-2026-case-by-case"), rows("accelerators", ["rubin", "h200-sxm"]))
    return replace(outcome, evidence=evidence)


@judges("blackwell-sought-in-2025")
def blackwell_sought(claim: Claim) -> Outcome:
    """Look for reports of the year that do not go back to one newspaper."""
    ids = ["blackwell-inf-tech-2025", "blackwell-deepseek-alleged-2025"]
    known = load("overseas_compute").loc[ids]
    return event(rows("overseas_compute", known.index[known["as_of"] <= pd.Timestamp(claim.said_on)]))


@judges("chinese-developers-fewer-chips")
def fewer_chips_than_rivals(claim: Claim) -> Outcome:
    """See whether there are fewer chips by the whole interval; the trouble was measured by nobody."""
    ratio = get("compute-ratio-2025")
    fewer = ratio.low is not None and ratio.low > 1
    return supported(fewer, ratio.id, "leased-power-2025", "capex-share-jefferies", partly=True)


@judges("us-firms-keep-buying-newest-chips")
def keep_buying(claim: Claim) -> Outcome:
    """See whether the seller's revenue and the buyers' spending grew in the year before."""
    growth, spending = get("nvidia-growth-fy26q3"), get("us-capex-growth-2025")
    outcome = supported(growth.value > 0 and spending.value > 0, growth.id, spending.id, "nvidia-china-share-fy26q3")
    return replace(outcome, evidence=(rows("market_events", "rubin-launch-chinese-buyers-2026"),))


@judges("chinese-labs-work-with-limited-means")
def limited_means(claim: Claim) -> Outcome:
    """See whether the computing inside China is less than that outside by the whole interval."""
    ratio = get("compute-ratio-2025")
    return supported(ratio.low is not None and ratio.low > 1, ratio.id, "capex-share-jefferies")


@judges("washington-allowed-h200-sales")
def washington_allowed(claim: Claim) -> Outcome:
    """Look for announcement and rule, before the article."""
    ids = ["us-announcement-2025-h200", "us-rule-2026-case-by-case"]
    known = load("export_rules").loc[ids]
    happened = bool((known["announced"].dt.date <= claim.said_on).all() and (known["direction"] == "permits").all())
    return _with(event(rows("export_rules", ids), happened=happened), "h200-levy")


@judges("chinese-firms-await-beijing")
def await_beijing(claim: Claim) -> Outcome:
    """See whether China's first approval came after the article."""
    known = load("export_rules")
    order, approval = known.loc["cn-customs-2026-h200"], known.loc["cn-approval-2026-h200"]
    day = pd.Timestamp(claim.said_on)
    happened = bool(order["announced"] <= day < approval["announced"])
    return event(rows("export_rules", [order["id"], approval["id"]]), happened=happened)


@judges("beijing-drafts-purchase-rules")
def drafts_rules(claim: Claim) -> Outcome:
    """Take the report of a draft beside those that have exceptions discussed; no text was seen."""
    known = load("export_rules").loc[["cn-rules-drafted-2026", "cn-customs-2026-h200"]]
    return event(rows("export_rules", known.index[known["announced"] <= pd.Timestamp(claim.said_on)]))


@judges("nvidia-china-business-faces-political-obstacles")
def political_obstacles(claim: Claim) -> Outcome:
    """See whether acts of both governments that restrict its sales were in force on the day."""
    known = load("export_rules")
    day = pd.Timestamp(claim.said_on)
    ended = known["in_force_until"].notna() & (known["in_force_until"] < day)
    wanted = known.index.isin(["us-rule-2023-3a090-a-1", "cn-customs-2026-h200", "cn-order-2025-rtx"])
    acts = known[wanted & (known["direction"] == "restricts") & (known["in_force_from"] <= day) & ~ended]
    outcome = event(rows("export_rules", acts.index), happened=set(acts["country"]) == {"US", "CN"})
    return _with(outcome, "chips-refused", "nvidia-china-share-fy26q3")


@judges("chinese-developers-forced-onto-domestic-chips")
def forced_onto_domestic(claim: Claim) -> Outcome:
    """See whether domestic chips have a part in what was added, and whether other chips came in as well."""
    share = get("chinese-share-of-new-compute-2025")
    assert share.low is not None
    outcome = supported(
        share.low > 0,
        share.id,
        "stock-cn-smuggled-2025",
        "models-trained-on-chinese-chips",
        partly=share.value < NEARLY_ALL,
    )
    evidence = (rows("export_rules", "cn-state-centres-2025"), rows("overseas_compute", "glm-image-ascend-2026"))
    return replace(outcome, evidence=evidence)


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
    """Look for two reports of such chips in the region from before the article; each row goes back to one newspaper."""
    day = pd.Timestamp(claim.said_on)
    wanted = {"overseas_compute": "training-south-east-asia-2025", "policy_events": "malaysia-checks-training-2025"}
    known = [rows(table, key) for table, key in wanted.items() if load(table).loc[key, "as_of"] <= day]
    return _with(event(*known, independent=len(known) > 1), "johor-site-over-stock")


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
