"""Which resolution the figures lead to, for the disagreements on chips, their number and the rules for them."""

from __future__ import annotations

import math

from helpers.claims.disagreements import decides
from helpers.findings import get


def value(key: str) -> float:
    """Return the value of a finding."""
    return get(key).value


def side(key: str, name: str) -> float:
    """Return the low or high end of a finding; its value where it has none."""
    end = getattr(get(key), name)
    return get(key).value if end is None else float(end)


# How many


@decides("how-many-h200")
def how_many_h200() -> str:
    """See whether the counts fall from step to step of the way to a buyer."""
    steps = [value(key) for key in ("h200-ordered", "h200-cleared", "h200-approved-by-china", "h200-delivered")]
    return "stages" if steps == sorted(steps, reverse=True) and steps[-1] < steps[0] / 10 else "one-count"


@decides("how-many-smuggled")
def how_many_smuggled() -> str:
    """See whether two estimates of one year agree within a factor of two, and what is proved comes near the reports."""
    estimates = [value(f"smuggled-2024-{name}") for name in ("cnas", "epoch")]
    if max(estimates) > 2 * min(estimates):
        return "estimates-differ"
    return "estimated-not-proved" if value("smuggling-reported-ft") > 10 * value("smuggling-proved") else "proved"


@decides("all-or-hardly-any")
def all_or_hardly_any() -> str:
    """See whether the share is large of China's supply and small of the world's."""
    at_home, of_world = value("domestic-share-trendforce-2026"), value("chinese-designs-share-2025")
    return "two-wholes" if at_home > 50 and of_world < 10 else "one-whole"


@decides("huawei-in-2026")
def huawei_in_2026() -> str:
    """See whether the forecast reaches, on its most generous reading, the pace of the first half."""
    highest = max(side(f"ifp-output-2026-{name}", "high") for name in ("8-bit", "yardstick"))
    if value("huawei-first-half-2026") < value("ascend-2026-without-memory") / 2:
        return "collapse"
    return "above-forecasts" if value("huawei-2026-at-half-year-pace") > highest else "within-forecasts"


@decides("yield-of-the-910c")
def yield_910c() -> str:
    """See whether the newest report lies within what the broker assumes later."""
    newest = value("yield-910c-2025-02")
    inside = side("yield-jefferies-new", "low") <= newest <= side("yield-jefferies-new", "high")
    return "agree" if inside else "undecided"


@decides("market-of-2025")
def market_of_2025() -> str:
    """See whether the later count is below both demand and supply of the earlier note."""
    demand = value("chip-market-2025-recount") < value("chip-demand-2025-note")
    supply = side("chinese-sales-2025-recount", "high") < value("chip-supply-2025-note")
    return "demand-is-not-sales" if demand and supply else "same-count"


@decides("self-sufficient-or-years-behind")
def self_sufficient() -> str:
    """See whether the forecast is met in number while the best chip stays years behind, and on which growth."""
    if value("supply-over-demand-2028") < 100:
        return "neither"
    behind = min(value("years-behind-january-2026"), value("years-behind-ascend-960-plan")) > 1
    return "number-not-quality" if behind else "both"


# Chip against chip


@decides("better-by-what")
def better_by_what() -> str:
    """See whether the order of the two machines turns with what throughput is divided by."""
    machine = value("cloudmatrix-over-nvl72") > 1
    rest = [value(f"cloudmatrix-{name}-over-nvl72{tail}") > 1 for name, tail in (("chip", "-chip"), ("watt", ""))]
    return "denominator" if machine and not any(rest) else "one-order"


@decides("does-910b-pass-the-threshold")
def does_910b_pass() -> str:
    """See whether the threshold lies between the lowest and the highest figure."""
    low, high, bar = (value(k) for k in ("ascend-910b-tpp-lowest", "ascend-910b-tpp-highest", "licence-threshold-tpp"))
    return "undecided" if low < bar <= high else "above" if low >= bar else "below"


@decides("newer-and-weaker")
def newer_and_weaker() -> str:
    """See whether the newer chip is below in computing and memory and above in its link."""
    below = side("ascend-950pr-over-910c", "high") < 1 and value("ascend-950pr-bandwidth-over-910c") < 1
    return "other-aim" if below and value("ascend-950pr-link-over-910c") > 1 else "below" if below else "better"


@decides("trained-on-whose-chips")
def trained_on_whose() -> str:
    """See whether models trained on Chinese chips come from others than the maker of the chips."""
    ours, others = value("models-cn-on-ascend"), value("models-cn-on-ascend-not-huawei")
    return "mostly-the-maker" if ours and others <= ours / 2 else "widely" if ours else "none"


@decides("deterred-or-building")
def deterred_or_building() -> str:
    """See whether several Chinese makers built models of the frontier after the rules, and how large their runs are."""
    if value("chinese-makers-at-frontier-2026") < 2:
        return "deterred"
    return "smaller-runs" if value("largest-run-us-over-cn") > 2 else "not-deterred"


# How much computing


@decides("thirty-times-or-ten")
def thirty_or_ten() -> str:
    """See whether counting designs comes nearer to the institute's ratio than counting holdings does."""
    wanted = math.log(value("ifp-advantage-2026"))
    designs, added = (abs(wanted - math.log(value(f"{name}-ratio-2025"))) for name in ("designs", "added"))
    return "whose-chips" if designs < added and value("compute-ratio-2025") < value("designs-ratio-2025") else "year"


@decides("power-of-which-fleet")
def power_of_which_fleet() -> str:
    """See whether AI chips, all data centres by energy used and all by capacity are three sizes in that order."""
    keys = ("stock-cn-power", "cn-data-centre-power-2024", "cn-data-centre-fleet-2026")
    apart = side(keys[0], "high") < value(keys[1]) < value(keys[2])
    return "three-fleets" if apart else "one-fleet"


@decides("three-times-ninety")
def three_times_ninety() -> str:
    """See whether the three round to one number, and whether a second measure of either of two of them keeps it."""
    keys = ("m2-share-of-gpt5-codex", "hopper-share-largest-clusters", "domestic-share-trendforce-2026")
    if len({round(value(key)) for key in keys}) > 1:
        return "unlike"
    again = [round(value(key)) for key in ("k2-thinking-share", "chinese-share-of-value-2025")]
    return "kept" if round(value(keys[0])) in again else "coincidence"


# Nvidia, rules


@decides("share-of-china-in-nvidia")
def share_of_china() -> str:
    """See whether the definition moves the share of one year by more than a point."""
    billed, based = (value(f"nvidia-china-share-fy25-{name}") for name in ("billing", "headquarters"))
    return "definition" if abs(based - billed) > 1 else "same"


@decides("closed-yet-three-billion")
def closed_yet() -> str:
    """See whether the chip made for China can be what was sold."""
    return "other-goods" if value("h20-sales-fy26q3") < value("nvidia-china-fy26q3") / 10 else "licensed-chips"


@decides("was-renting-legal")
def was_renting_legal() -> str:
    """See whether the guidance came after the article, and whether what it leaves open went on."""
    if value("guidance-after-article-months") <= 0:
        return "closed-before"
    return "renting-not-buying" if value("leased-power-2026") > value("leased-power-2025") else "faded"


@decides("repeal-or-licence-duty")
def repeal_or_duty() -> str:
    """See which of the two events came before the rise."""
    before_repeal, after_letter = value("training-abroad-before-repeal"), value("training-abroad-after-h20-letter")
    if before_repeal <= 0:
        return "repeal"
    return "licence-duty" if after_letter >= 0 else "neither"


@decides("before-which-ban")
def before_which_ban() -> str:
    """See whether the chips that DeepSeek names were sold after one rule and before the next."""
    return "between-two" if value("h800-days-after-first-rule") > 0 < value("h800-months-on-sale") else "before-both"
