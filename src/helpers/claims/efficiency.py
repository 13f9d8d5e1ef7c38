"""Judges of the claims on efficiency: cost, design, gap, money."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from helpers.claims.judge import judges
from helpers.claims.ledger import Claim, Figure
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
    internal,
    one_half,
    printed_interval,
    supported,
    untested,
)
from helpers.data import load
from helpers.data.edition import edition
from helpers.findings import get, rows
from helpers.findings.efficiency_gap import settled

AMERICAN_SPARSE = ("gptoss-hours-over-v3", "maverick-hours-over-v3", "scout-hours-over-v3")  # all that state hours
MILLION = 1e6
PERCENT = 100.0
LATENT = "MLA"  # attention that keeps one latent vector a token
NEAR = 90.0  # per cent of the best score, the article's own measure of being near
ALIKE = 0.05  # useful work per chip that differs by less than this share is taken as alike
HALF = 50.0  # per cent: below it a sum does not come near another, above it most of a group


def span(low: Figure, high: Figure) -> Figure:
    """Return a printed range as one figure whose interval runs from the low end of one to the high end of the other."""
    bottom, top = low.value - low.last_digit / 2, high.value + high.last_digit / 2
    return Figure(
        value=(bottom + top) / 2,
        unit=low.unit,
        what=low.what,
        printed=f"{low.printed}–{high.printed}",
        last_digit=top - bottom,
        hedge="none",
    )


def compare_value(figure: Figure, key: str) -> Outcome:
    """Compare a printed figure with a finding's value alone, where the finding's interval is no error of it."""
    low, high = printed_interval(figure)
    hit = low <= get(key).value <= high
    return Outcome(CONFIRMED if hit else CONTRADICTED, (key,), ((key, hit),))


# The headline run


@judges("deepseek-trained-for-6m")
def trained_for_6m(claim: Claim) -> Outcome:
    """Compare with V3's run, with R1 added, with R1's stages alone, and with the purchase of the servers."""
    keys = ("v3-run-cost", "v3-r1-cost", "r1-stage-cost", "v3-servers-cost")
    return compare(claim.figures[0], *(against(key) for key in keys), factor=MILLION)


@judges("deepseek-used-2000-h800")
def used_2000_chips(claim: Claim) -> Outcome:
    """Compare with the cluster of V3 and with that of R1's own stage."""
    return compare(claim.figures[0], against("v3-chips"), against("r1-chips"))


@judges("western-training-costs-80-to-100m")
def western_cost(claim: Claim) -> Outcome:
    """Compare the range with the estimates for the two Western models that fit the article's figures."""
    keys = ("gpt4-cloud-cost", "gpt4-hardware-cost", "llama405-cloud-cost")
    return compare(span(*claim.figures), *(against(key) for key in keys), factor=MILLION)


@judges("western-training-needs-16000-chips")
def western_chips(claim: Claim) -> Outcome:
    """Compare with the clusters of the same two models."""
    return compare(claim.figures[0], against("llama405-chips"), against("gpt4-chips"))


@judges("r1-matches-best-western-systems")
def r1_matches(claim: Claim) -> Outcome:
    """Ask whether R1 was level with the best American score of its day; cheaper it was in part at least."""
    gap, cost = get("r1-gap-at-release"), get("v3-r1-cost")
    level = gap.low is not None and gap.low <= 0
    cheaper = cost.value < get("gpt4-cloud-cost").value
    return supported(level or cheaper, gap.id, "r1-lag-at-release", cost.id, "gpt4-cloud-cost", partly=not level)


@judges("software-not-better-hardware")
def software_not_hardware(claim: Claim) -> Outcome:
    """Ask how much of the ratio of costs the operations make up, and whether the chip was the weaker one."""
    share, peak, link = (get(key) for key in ("flop-share-llama405-v3", "h800-peak-over-h100", "h800-link-over-h100"))
    no_better = peak.value <= 1.01 and share.value > 50
    return supported(no_better, share.id, peak.id, link.id, "gptoss-hours-over-v3", partly=peak.value > 0.9)


@judges("efficiency-not-raw-compute")
def efficiency_not_compute(claim: Claim) -> Outcome:
    """Ask whether the saving by design is China's own: if American runs of that design cost more, it may be."""
    american = [get(key) for key in AMERICAN_SPARSE]
    own = all(found.value > PERCENT for found in american)
    keys = [found.id for found in american]
    return supported(own, "flop-share-llama405-v3", "hours-ratio-llama405-v3", *keys, "largest-run-us-over-cn")


@judges("moe-inference-resource-use")
def moe_saves(claim: Claim) -> Outcome:
    """Ask whether the design saves, and whether it sets the Chinese models apart."""
    saves = get("hours-ratio-llama405-v3").value > 1
    shared = any(get(key).value < PERCENT for key in AMERICAN_SPARSE)
    keys = ("hours-ratio-llama405-v3", "active-share-cn", "active-share-us", *AMERICAN_SPARSE)
    return supported(saves, *keys, "kv-llama405-over-v3", partly=shared)


@judges("advanced-models-much-less-compute")
def much_less_compute(claim: Claim) -> Outcome:
    """Ask whether the largest runs differ, and whether an open American model of like score needed more.

    The peer is Llama 4 Maverick: the operations of gpt-oss-120b are derived from its hours, and it scores higher.
    """
    largest, peer = get("largest-run-us-over-cn"), get("maverick-flop-over-v3")
    return supported(largest.value > 2, largest.id, peer.id, partly=peer.value < 2)


# Scaling, hardware, papers


@judges("deepmind-smaller-models-more-data")
def smaller_models(claim: Claim) -> Outcome:
    """Take the paper for the first half; compare operations with the two largest models that it beat for the second."""
    first = event(rows("scaling_laws", "hoffmann-2022-approach-1-projected-n"))
    ratios = [get(key) for key in ("chinchilla-over-gopher", "chinchilla-over-megatron")]
    less = [supported(True, key.id) if key.value < 1 else Outcome(CONTRADICTED, (key.id,)) for key in ratios]
    return all_of(first, *less)


@judges("openai-near-frontier-older-hardware")
def older_hardware(claim: Claim) -> Outcome:
    """Nothing of that content was found."""
    return untested()


@judges("fahy-models-can-stay-competitive")
def stay_competitive(claim: Claim) -> Outcome:
    """No date is named."""
    return forecast(claim.due, edition().released, None, "lag-mean-2025", "lag-mean-2026")


@judges("deepseek-two-january-papers")
def two_papers(claim: Claim) -> Outcome:
    """Take the two papers as they were read."""
    return event(rows("efficiency_measurements", ("mhc-time", "engram-share")))


@judges("training-setup-bigger-models-fewer-chips")
def fewer_chips(claim: Claim) -> Outcome:
    """Ask whether the set-up saves training time; the paper counts no chips."""
    cost = get("mhc-training-time")
    return supported(cost.value < 0, cost.id, "mhc-gain", "hyper-connections-gain")


@judges("memory-design-improves-models")
def memory_design(claim: Claim) -> Outcome:
    """Ask whether the scores rise at equal parameters and operations; only the authors measured it."""
    keys = ("engram-bbh-rise", "engram-mmlu-rise", "engram-bbh-rise-abstract", "engram-mmlu-rise-abstract")
    rises = [get(key) for key in keys]
    return supported(
        all(rise.value > 0 for rise in rises), *(rise.id for rise in rises), "engram-slowdown", partly=True
    )


@judges("deepseek-flagship-within-weeks")
def flagship(claim: Claim) -> Outcome:
    """Look up when the model came out."""
    came = get("v4-pro-days-after-article")
    in_time = None if claim.due is None else came.as_of <= claim.due
    return forecast(claim.due, edition().released, in_time, came.id)


# The size of the gap


@judges("china-models-about-90-percent")
def about_90(claim: Claim) -> Outcome:
    """Compare with one pair of models, with the best of each side, and with the leading makers' mean."""
    keys = ("m2-share-of-gpt5-codex", "m2-share-own-table", "k2-thinking-share")
    pairs = compare(claim.figures[0], *(against(key) for key in keys))
    return all_of(pairs, compare_value(claim.figures[0], "leading-makers-mean-share"))


@judges("m2-90-percent-of-gpt5-codex")
def m2_90(claim: Claim) -> Outcome:
    """Compare with the index maker's table and with the developer's."""
    return compare(claim.figures[0], against("m2-share-of-gpt5-codex"), against("m2-share-own-table"))


@judges("gpt5-codex-best-us-model")
def codex_best(claim: Claim) -> Outcome:
    """Ask whether another American model had as much on that day, or more before the month was out.

    The scores of that day were read in a copy; those of the maker's own page are of three days later.
    """
    codex, other, later = (get(key) for key in ("codex-score-v3", "gpt5-score-v3", "gemini3-score-v3"))
    page, best, next_one = (
        get(key) for key in ("codex-score-own-page", "best-us-score-own-page", "gpt51-score-own-page")
    )
    first = codex.value >= other.value
    alone = codex.value > other.value and codex.value > later.value and page.value >= best.value
    return supported(first, codex.id, other.id, later.id, page.id, best.id, next_one.id, partly=not alone)


@judges("performance-gap-shrinks-fast")
def gap_shrinks(claim: Claim) -> Outcome:
    """Ask whether points and months fell from 2024 to 2025, and whether they still fell within 2025."""
    keys = ("gap-change-2025", "lag-change-2025", "gap-change-within-2025")
    fell = [settled(key) < 0 for key in keys]
    return supported(any(fell), *keys, "gap-2025-11", partly=not all(fell))


@judges("chinese-llms-narrow-the-gap")
def llms_narrow(claim: Claim) -> Outcome:
    """Ask the same of the year before the column, and of the best pair on the index that the column names."""
    before, after = get("k2-thinking-share"), get("k2-thinking-share-december")
    fell = settled("lag-change-2025") < 0
    still = settled("lag-change-within-2025") < 0 and after.value >= before.value
    return supported(fell, "lag-change-2025", "lag-change-within-2025", before.id, after.id, partly=not still)


@judges("gap-may-be-widening")
def gap_widens(claim: Claim) -> Outcome:
    """Ask whether the gap grew within 2025, in points or months: later exports were not to be had."""
    keys = ("gap-change-within-2025", "lag-change-within-2025")
    grew = [settled(key) > 0 for key in keys]
    return supported(any(grew), *keys, "gap-on-article-day", partly=not all(grew))


@judges("epoch-gap-four-months")
def four_months(claim: Claim) -> Outcome:
    """Compare with the smallest lag, with that of the last record known then, and with the lag of the day."""
    keys = ("epoch-lag-smallest", "lag-passed-smallest-2025-12", "lag-passed-last-2025-12", "lag-on-article-day")
    return compare(claim.figures[0], *(against(key) for key in keys))


@judges("epoch-gap-average-seven-months")
def seven_months(claim: Claim) -> Outcome:
    """Compare the means of the export known then under each definition; their extremes are no error of the mean."""
    keys = ("lag-passed-mean-2025-12", "lag-catch-up-mean-2025-12", "lag-reached-mean-2025-12")
    published = compare(claim.figures[0], against("epoch-lag-mean"))
    return all_of(published, *(compare_value(claim.figures[0], key) for key in keys))


# Money


@judges("china-capex-124bn")
def china_124(claim: Claim) -> Outcome:
    """Only a lower bound is on record; one above the amount would contradict it, one below leaves it untested."""
    floor = get("capex-cn-floor")
    keys = (floor.id, "capex-cn-listed", "capex-left-for-2023-2024")
    if floor.value > claim.figures[0].value:
        return Outcome(CONTRADICTED, keys)
    return untested(*keys)


@judges("us-capex-694bn")
def us_694(claim: Claim) -> Outcome:
    """Compare with the sum as guided then, with the cloud segment alone, and with leases by calendar year."""
    return compare(
        claim.figures[0],
        against("capex-us-as-guided"),
        against("capex-us-with-aws"),
        against("capex-us-with-leases"),
    )


@judges("capex-82-percent-less")
def less_82(claim: Claim) -> Outcome:
    """Check the broker's two sums against the percentage."""
    found = get("capex-shortfall-jefferies")
    half = claim.figures[0].last_digit / 2
    return internal(abs(found.value - claim.figures[0].value) <= half, found.id)


@judges("ubs-china-capex-57bn")
def ubs_57(claim: Claim) -> Outcome:
    """Compare with the bank's own amount in yuan, and with the firms' statements and press."""
    return compare(claim.figures[0], against("capex-cn-2025-ubs-yuan"), against("capex-cn-2025-rebuilt"))


@judges("ubs-one-tenth-of-us")
def ubs_tenth(claim: Claim) -> Outcome:
    """Compare with two Chinese amounts over each American sum of that year; plans for another year are no basis.

    Which American firms are meant is not stated, and a longer list only lowers the share: so a figure below the
    largest share on record is not contradicted by missing the others, it is untested.
    """
    keys = (
        "ubs-share-of-cash",
        "ubs-share-of-leases",
        "ubs-share-with-oracle",
        "ubs-share-of-longest-list",
        "ubs-share-in-march",
        "rebuilt-share-of-leases",
        "rebuilt-share-of-longest-list",
    )
    outcome = compare(claim.figures[0], *(against(key) for key in keys), factor=PERCENT)
    largest = max(get(key).value for key in keys)
    within_reach = printed_interval(claim.figures[0])[0] * PERCENT < largest
    if outcome.verdict == CONTRADICTED and within_reach:
        return replace(outcome, verdict=UNTESTED)
    return outcome


@judges("china-ai-capex-884bn")
def ai_884(claim: Claim) -> Outcome:
    """Wait for the last year of the sum; show what the reading as printed would need."""
    keys = ("ai-capex-2030", "ai-capex-2030-before", "ai-capex-2030-a-year", "capex-cn-2025-ubs")
    return forecast(claim.due, edition().released, None, *keys)


@judges("committed-capital-gap-not-large")
def committed_capital(claim: Claim) -> Outcome:
    """Ask whether the state's money on record for the years of the comparison comes near the difference."""
    gap, *state = (get(key) for key in ("capex-gap-three-years", "carriers-computing-2024", "carriers-computing-2025"))
    return supported(sum(one.value for one in state) > gap.value / 2, gap.id, *(one.id for one in state))


@judges("state-carriers-build-data-centres")
def state_carriers(claim: Claim) -> Outcome:
    """Ask whether the carriers have the larger part of the racks, or spend more than the firms."""
    racks, budget, firms = (
        get(key) for key in ("telecom-racks-share-cn", "carriers-computing-2025", "capex-cn-2025-ubs")
    )
    return supported(racks.value > 50 or budget.value > firms.value, racks.id, budget.id, firms.id)


# What the market made of it


@judges("r1-selloff-trillion-dollars")
def selloff(claim: Claim) -> Outcome:
    """Compare the sum; that it was the world's, and that the release caused it, was not tested."""
    return one_half(compare(claim.figures[0], against("nasdaq-loss")))


@judges("nvidia-lost-600bn-in-a-day")
def nvidia_600(claim: Claim) -> Outcome:
    """Compare with both counts."""
    return compare(claim.figures[0], against("nvidia-loss-bloomberg"), against("nvidia-loss-other-press"))


# The column of 18 January 2026

A_YEAR = 12.0  # months: one of two readings of "not far behind"
A_WEEK = 7  # days, for "next week marks a year"


@judges("deepseek-shocked-at-fraction-of-cost")
def shocked(claim: Claim) -> Outcome:
    """Ask for the day, the sell-off and the cost: of the run against a Western run, and of all machines against it."""
    run, west, firm = (get(key) for key in ("v3-r1-cost", "gpt4-cloud-cost", "deepseek-hardware-cost"))
    fell = get("nvidia-loss-bloomberg")
    released = load("releases").loc["deepseek-r1", "released"]
    days = (released + pd.DateOffset(years=1) - pd.Timestamp(claim.said_on)).days
    shown = run.value < west.value / 2 and fell.value > 0
    outcome = supported(
        shown,
        run.id,
        west.id,
        firm.id,
        fell.id,
        partly=firm.value >= west.value or not 0 <= days <= A_WEEK,
    )
    return replace(outcome, evidence=(rows("releases", "deepseek-r1"),))


@judges("three-us-makers-at-the-frontier")
def makers_at_frontier(claim: Claim) -> Outcome:
    """Ask whether the ten highest scores of the day are theirs: all of them, or most."""
    share = get("highest-ten-by-three-us-makers-2026-01")
    return supported(share.value > PERCENT / 2, share.id, partly=share.value < PERCENT)


@judges("three-chinese-makers-not-far-behind")
def makers_not_far(claim: Claim) -> Outcome:
    """Read "not far" in two ways: within a year, and no further than on average in the year before."""
    lag, usual = get("largest-lag-of-three-cn-makers-2026-01"), get("lag-mean-2025")
    within_a_year = lag.high is not None and lag.high < A_YEAR
    no_more_than_usual = lag.value <= usual.value
    return supported(
        within_a_year or no_more_than_usual,
        lag.id,
        usual.id,
        "k2-thinking-share-december",
        partly=not (within_a_year and no_more_than_usual),
    )


@judges("catching-up-was-sudden")
def sudden(claim: Claim) -> Outcome:
    """Ask whether the lag fell from one year to the next beyond the error, and whether a gap was left."""
    fell, gap = settled("lag-change-2025") < 0, get("gap-on-article-day")
    keys = ("lag-change-2025", "lag-mean-2024", "lag-mean-2025", gap.id)
    return supported(fell, *keys, partly=gap.value > 0)


@judges("us-private-investment-larger")
def private_larger(claim: Claim) -> Outcome:
    """Compare investors' money and, beside it, what the large firms spend."""
    ratio, gap = get("private-investment-us-over-cn-2024"), get("capex-gap-three-years")
    larger = [ratio.value > 1, gap.value > 0]
    keys = (ratio.id, "private-investment-us-2024", "private-investment-cn-2024", gap.id)
    return Outcome(CONFIRMED if all(larger) else QUALIFIED if any(larger) else CONTRADICTED, keys)


# The first article: what its remaining sentences say


@judges("chinese-spending-nowhere-near-us")
def nowhere_near(claim: Claim) -> Outcome:
    """Ask whether the Chinese sum is below half of the American one by every pair of sums that was found."""
    keys = ("capex-share-jefferies", "capex-cn-floor-share", "ubs-share-of-cash", "ubs-share-in-march")
    below = [get(key).value < HALF for key in keys]
    return supported(any(below), *keys, partly=not all(below))


@judges("m2-score-shows-gap-shrinking")
def score_shows_shrinking(claim: Claim) -> Outcome:
    """Ask whether the best Chinese share rose between two days on one version, and the gap in points shrank."""
    before, after = get("k2-thinking-share"), get("k2-thinking-share-december")
    shrank = settled("gap-change-within-2025") < 0
    return supported(
        after.value > before.value, before.id, after.id, "gap-change-within-2025", "lag-change-2025", partly=not shrank
    )


@judges("us-relies-on-raw-compute")
def relies_on_compute(claim: Claim) -> Outcome:
    """Ask whether the largest American runs are larger, and whether American models use sparse designs as well."""
    largest, sparse = get("largest-run-us-over-cn"), get("gptoss-hours-over-v3")
    shown = largest.value > 2
    return supported(
        shown, largest.id, "compute-ratio-2025", "moe-share-us-2025", sparse.id, partly=sparse.value < PERCENT
    )


@judges("chinese-firms-use-mixture-of-experts")
def use_experts(claim: Claim) -> Outcome:
    """Ask whether most of the Chinese models of that year have the design."""
    return supported(get("moe-share-cn-2025").value > HALF, "moe-share-cn-2025", "active-share-cn")


@judges("chinese-firms-optimise-inference")
def optimise_inference(claim: Claim) -> Outcome:
    """Ask whether the cache of the best documented Chinese design is smaller, and whether a second firm has it."""
    smaller = get("kv-llama405-over-v3")
    designs = load("attention_configs").loc[["deepseek-v3", "kimi-k2"]]
    firms = (designs["attention"] == LATENT).sum()
    outcome = supported(smaller.value > 1, smaller.id, "kv-bytes-v3", "kv-bytes-gptoss", partly=firms < len(designs))
    shown = (rows("policy_events", "deepseek-open-source-week-2025"), rows("attention_configs", designs.index))
    return replace(outcome, evidence=shown)


@judges("chinese-firms-use-resources-better")
def use_resources_better(claim: Claim) -> Outcome:
    """Compare the useful work per chip of the two runs whose hours and operations are both published."""
    ours, theirs = get("v3-utilisation"), get("llama405-utilisation")
    return supported(ours.value > theirs.value * (1 + ALIKE), ours.id, theirs.id)


@judges("china-near-us-level-with-less-equipment")
def near_with_less(claim: Claim) -> Outcome:
    """Ask whether the equipment is less by any count, and whether more than one maker comes near."""
    ratio, best, makers = (get(key) for key in ("compute-ratio-2025", "k2-thinking-share", "leading-makers-mean-share"))
    less = ratio.low is not None and ratio.low > 2
    near = [best.value >= NEAR, makers.value >= NEAR]
    keys = (ratio.id, best.id, makers.id, "gap-2025-11", "leased-power-2025")
    return supported(less and any(near), *keys, partly=not all(near))


# The second article: the same


@judges("advanced-ai-needs-vast-computing")
def needs_vast_computing(claim: Claim) -> Outcome:
    """Ask whether scores rise with the computing of the training run, date and country being equal."""
    slope = get("points-per-tenfold-regression")
    rises = slope.low is not None and slope.low > 0
    return supported(rises, slope.id, "v3-training-flop", "largest-run-us-over-cn")


@judges("much-of-chinese-capex-on-ai")
def much_on_ai(claim: Claim) -> Outcome:
    """Nothing that splits the spending was found."""
    return untested("capex-cn-2025-ubs-yuan", "ai-capex-2030-a-year")


@judges("deepseek-does-much-with-little")
def much_with_little(claim: Claim) -> Outcome:
    """Ask whether its run was cheap beside others, and whether the firm's means were small and its design its own."""
    run, other = get("v3-r1-cost"), get("gpt4-cloud-cost")
    shared = get("gptoss-hours-over-v3").value < PERCENT
    keys = ("r1-gap-at-release", run.id, other.id, "gptoss-hours-over-v3", "deepseek-hardware-cost")
    return supported(run.value < other.value, *keys, partly=shared or get("deepseek-hardware-multiple").value > 10)


@judges("deepseek-narrows-gap-by-efficiency")
def narrows_by_efficiency(claim: Claim) -> Outcome:
    """Ask whether the gap fell and the design saved; where others have it too, that it is the cause is not shown."""
    fell, saves = settled("lag-change-2025") < 0, get("hours-ratio-llama405-v3").value > 1
    shared = get("gptoss-hours-over-v3").value < PERCENT
    keys = ("lag-change-2025", "r1-lag-at-release", "hours-ratio-llama405-v3", "gptoss-hours-over-v3")
    return supported(not shared, *keys) if fell and saves else Outcome(CONTRADICTED, keys)


@judges("deepseek-drew-attention-in-america")
def drew_attention(claim: Claim) -> Outcome:
    """Take the rank of its app and the fall of the shares, a year before the article."""
    ids = ["deepseek-app-rank-2025-01-26", "nvidia-loss-2025-01-27"]
    rank = load("market_events").loc[ids[0], "value"]
    outcome = event(rows("market_events", ids), happened=bool(rank == 1))
    return replace(outcome, findings=("nvidia-loss-bloomberg", "r1-gap-at-release"))


@judges("deepseek-shares-efficiency-methods")
def shares_methods(claim: Claim) -> Outcome:
    """Take what it published after its release of January 2025 and before the article."""
    published = load("policy_events").loc["deepseek-open-source-week-2025"]
    in_time = pd.Timestamp("2025-01-20") < published["event_date"] <= pd.Timestamp(claim.said_on)
    return event(
        rows("policy_events", published["id"]), rows("efficiency_measurements", "mhc-time"), happened=bool(in_time)
    )


@judges("deepseek-made-progress")
def made_progress(claim: Claim) -> Outcome:
    """Ask whether what came of it scored above its predecessor; the state of January 2026 was not seen."""
    rise = get("v4-pro-rise")
    clear = rise.low is not None and rise.low > 0
    return supported(rise.value > 0, rise.id, "v4-pro-days-after-article", partly=not clear)


# The article on the Shanghai fair, line by line


@judges("r1-shows-no-vast-computing-needed")
def no_vast_computing(claim: Claim) -> Outcome:
    """Ask whether the run was small beside its like, and whether the maker's whole outlay was too."""
    run, whole = get("hours-ratio-llama405-v3"), get("deepseek-hardware-multiple")
    return supported(run.value > 1, run.id, "v3-run-cost", "deepseek-hardware-cost", whole.id, partly=whole.value > 10)


@judges("selloff-was-a-revaluation")
def revaluation(claim: Claim) -> Outcome:
    """Ask whether the value stayed lower; what moved the sellers is not observed."""
    later = get("nvidia-value-over-before-selloff")
    return supported(later.value < 1, "nvidia-loss-bloomberg", later.id, partly=True)


@judges("deepseek-got-most-from-limited-chips")
def most_from_chips(claim: Claim) -> Outcome:
    """Ask whether V3 got as large a share of its chips' peak as a run on better linked ones; the peak is the most."""
    own, other = get("v3-utilisation"), get("llama405-utilisation")
    near = own.value > 0.95 * other.value
    return supported(near, own.id, other.id, "h800-link-over-h100", partly=own.value < 50)
