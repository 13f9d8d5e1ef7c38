"""Which resolution the figures lead to, for the disagreements on money, training, scores and months."""

from __future__ import annotations

import math

from helpers.claims.disagreements import decides
from helpers.claims.ledger import claim
from helpers.claims.verdicts import printed_interval
from helpers.findings import Finding, get


def value(key: str) -> float:
    """Return the value of a finding."""
    return get(key).value


def within(number: float, found: Finding) -> bool:
    """Tell whether a number lies in a finding's interval; the value itself where there is none."""
    low = found.value if found.low is None else found.low
    high = found.value if found.high is None else found.high
    return low <= number <= high


def overlap(first: Finding, second: Finding) -> bool:
    """Tell whether the intervals of two findings touch."""
    ends = [(item.value if item.low is None else item.low, item.high or item.value) for item in (first, second)]
    return ends[0][0] <= ends[1][1] and ends[1][0] <= ends[0][1]


def like(key: str, other: str, room: float) -> bool:
    """Tell whether two findings differ by at most ``room``, as a share of the second."""
    return math.isclose(value(key), value(other), rel_tol=room)


# What is spent


@decides("which-american-sum-makes-a-tenth")
def which_american_sum() -> str:
    """See whether the sum that the tenth needs is one of 2025, one planned for 2026, or neither."""
    needed = get("ubs-us-sum-implied")
    if any(within(value(f"capex-us-2025-{basis}"), needed) for basis in ("cash", "leases", "ubs-march")):
        return "this-year"
    return "next-year" if overlap(needed, get("capex-us-2026-plans")) else "other-firms"


@decides("two-brokers-one-china")
def two_brokers() -> str:
    """See whether the year that is missing from the record would need more than the year after it."""
    return "incompatible" if value("bytedance-2023-needed") > value("bytedance-spending-2024") else "compatible"


@decides("which-sum-is-694")
def which_sum_is_694() -> str:
    """See which rebuilt sum the broker's lies in, and whether the shortfall stays near whichever is chosen."""
    fits = within(value("capex-us-jefferies"), get("capex-us-as-guided"))
    shares = [value(f"capex-shortfall-{basis}") for basis in ("jefferies", "with-aws", "with-leases")]
    if not fits:
        return "no-basis"
    return "cash-and-guidance" if max(shares) - min(shares) < 5 else "basis-decides"


@decides("gap-in-committed-capital")
def committed_capital() -> str:
    """Set the state money that was found against what would close the gap."""
    found = value("grid-plan-a-year") + value("carriers-computing-2025")
    return "not-shown" if found < value("state-support-needed-a-year") / 2 else "shown"


@decides("trillion-of-27-january")
def trillion() -> str:
    """See whether both counts of Nvidia's loss round to the article's, and whether the trillion is the index's."""
    low, high = printed_interval(claim("nvidia-lost-600bn-in-a-day").figures[0])
    rounds = all(low <= value(key) <= high for key in ("nvidia-loss-bloomberg", "nvidia-loss-other-press"))
    low, high = printed_interval(claim("r1-selloff-trillion-dollars").figures[0])
    if not rounds:
        return "counts-differ"
    return "one-index" if low <= value("nasdaq-loss") <= high else "world"


@decides("two-times-884")
def two_times_884() -> str:
    """See whether the two sums are near each other, and whether a year of either is."""
    if not like("ai-capex-2030", "capex-nine-firms-2026", 0.01):
        return "unlike"
    return "one-quantity" if like("ai-capex-2030-a-year", "capex-nine-firms-2026", 0.1) else "coincidence"


@decides("two-times-57")
def two_times_57() -> str:
    """See whether both round to the same billion, and whether Nvidia's Chinese revenue comes near the spending."""
    if round(value("capex-cn-2025-ubs")) != round(value("nvidia-revenue-fy26q3")):
        return "unlike"
    return "linked" if value("nvidia-china-fy26q3") > value("capex-cn-2025-ubs") / 4 else "coincidence"


@decides("same-counts-of-chips")
def same_counts() -> str:
    """See whether the pairs agree to the chip, and whether every count is a power of two."""
    pairs = [("v3-chips", "llama65-chips"), ("llama405-chips", "qinghai-chips")]
    if any(value(one) != value(other) for one, other in pairs):
        return "unlike"
    counts = [value(key) for pair in pairs for key in pair]
    return "coincidence" if all(math.log2(count).is_integer() for count in counts) else "unexplained"


# What a run takes


@decides("what-r1-cost")
def what_r1_cost() -> str:
    """See which of the readings the article's figure can be."""
    low, high = (1e6 * side for side in printed_interval(claim("deepseek-trained-for-6m").figures[0]))
    whole, stage = (low <= value(key) <= high for key in ("v3-r1-cost", "r1-stage-cost"))
    return "with-its-base" if whole and not stage else "its-own-stage" if stage else "neither"


@decides("what-gpt4-cost")
def what_gpt4_cost() -> str:
    """See which two readings the ends of the article's range are."""
    low, high = claim("western-training-costs-80-to-100m").figures
    ends = [tuple(1e6 * side for side in printed_interval(figure)) for figure in (low, high)]
    hits = [ends[0][0] <= value("gpt4-cloud-cost") <= ends[0][1], ends[1][0] <= value("gpt4-cost-altman") <= ends[1][1]]
    return "two-bases" if all(hits) else "neither"


@decides("how-many-chips-deepseek")
def how_many_chips() -> str:
    """See whether the stock is several clusters, and whether H800 can have furnished it."""
    if value("deepseek-stock-estimate") < 2 * value("v3-chips"):
        return "one-cluster"
    return "run-and-stock" if value("deepseek-stock-estimate") < value("h800-shipped-2023") else "too-many"


@decides("deepseek-price-or-count")
def price_or_count() -> str:
    """See whether the two estimates pay alike for a chip."""
    return "count" if like("deepseek-price-per-chip", "v3-server-price-per-chip", 0.25) else "price"


@decides("software-or-size")
def software_or_size() -> str:
    """See whether the operations make the difference in hours, and whether American runs of that design take as few."""
    fewer = value("flop-share-llama405-v3") > 90
    alike = max(value("gptoss-hours-over-v3"), value("maverick-hours-over-v3")) < 150
    return "design-not-country" if fewer and alike else "design" if fewer else "software"


@decides("how-well-were-chips-used")
def how_well_used() -> str:
    """See whether the American run lies within what the choices make of the Chinese one."""
    low, high = sorted((value("v3-utilisation-8-bit"), value("v3-utilisation-own-count")))
    return "choices" if low <= value("llama405-utilisation") <= high else "runs-differ"


@decides("operations-of-v3")
def operations_of_v3() -> str:
    """See whether the counts differ by less than they would have to for the comparison to turn."""
    counts = [value(key) for key in ("v3-training-flop", "v3-flop-epoch", "v3-flop-own-count")]
    spread = max(counts) / min(counts)
    return "small-beside-ratio" if spread**2 < value("flop-ratio-llama405-v3") else "decisive"


@decides("best-size-for-chinchilla")
def best_size() -> str:
    """See whether the refit agrees with the model built and with the training curves, and the printed fit does not."""
    built = value("tokens-per-parameter-chinchilla")
    refit = abs(math.log(value("tokens-per-parameter-refit") / built)) < math.log(1.5)
    printed = abs(math.log(value("tokens-per-parameter-printed-fit") / built)) < math.log(1.5)
    curves = like("optimal-size-refit", "optimal-size-approach-1", 0.15)
    return "refit" if refit and curves and not printed else "printed" if printed and not refit else "undecided"


# How near


@decides("ninety-per-cent-of-which")
def ninety_of_which() -> str:
    """See whether the pair has the ratio, and whether the Chinese one of it was the best of the day."""
    low, high = printed_interval(claim("m2-90-percent-of-gpt5-codex").figures[0])
    found = get("m2-share-of-gpt5-codex")
    if not (low <= (found.high or found.value) and (found.low or found.value) <= high):
        return "neither"
    return "pair-not-best" if value("k2-thinking-share") > found.value else "best-pair"


@decides("one-pair-two-versions")
def one_pair() -> str:
    """See whether the ratio of the same two models moves between versions by more than rounding."""
    pairs = [
        ("r1-share-of-gptoss-v2", "r1-share-of-gptoss-v3"),
        ("k3-share-of-fable5-august", "k3-share-of-fable5-september"),
    ]
    if any(overlap(get(old), get(new)) for old, new in pairs):
        return "same"
    return "order-turns" if value(pairs[0][0]) > 100 > value(pairs[0][1]) else "size-moves"


@decides("how-far-behind-was-r1")
def how_far_r1() -> str:
    """See whether the rules and the judgement give the order of a lower bound, an upper bound and another model."""
    reached, passed = value("r1-lag-at-release"), value("r1-lag-passed-at-release")
    if get("r1-gap-at-release").low <= 0:  # type: ignore[operator]
        return "level"
    return "bounds-and-model" if reached < passed < (get("v3-lag-amodei").low or math.inf) else "unclear"


@decides("which-day-of-o3")
def which_day() -> str:
    """See whether the choice of day moves the lag by more than two months."""
    moved = value("v32-lag-export-dates") - value("v32-lag-version-dates")
    return "announcement" if moved > 2 else "same"


@decides("two-months-or-eight")
def two_or_eight() -> str:
    """See on whose side an index that neither party makes stands, and whether the closed test is the lowest."""
    own, caisi, epoch = value("v4-pro-lag-own-scores"), value("caisi-lag-v4-pro"), value("v4-pro-lag-epoch")
    closed = value("v4-pro-share-portbench") < min(value("v4-pro-share-gpqa"), value("v4-pro-share-swe-bench"))
    if abs(epoch - caisi) > abs(epoch - own):
        return "near-two"
    return "near-eight" if closed else "near-eight-on-all-tests"


@decides("votes-or-tests")
def votes_or_tests() -> str:
    """See whether votes are nearly even on a day on which the index has a gap beyond its error."""
    even = value("k3-arena-votes-august-2026") > 45
    behind = (get("gap-2026-08").low or -math.inf) > 0
    return "votes-see-less" if even and behind else "both-near" if even else "both-far"


@decides("obstacle-or-detour")
def obstacle_or_detour() -> str:
    """See whether what the ratio of computing is worth in points covers the gap of the year."""
    worth, seen = get("points-from-compute-ratio"), value("gap-mean-2026")
    if (worth.low or worth.value) > seen:
        return "less-binding"
    return "undecided" if within(seen, worth) else "not-enough"
