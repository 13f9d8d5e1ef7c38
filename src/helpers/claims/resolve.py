"""For each disagreement, the function that says which of its resolutions the figures lead to."""

from __future__ import annotations

from helpers.claims.disagreements import decides
from helpers.claims.ledger import claim
from helpers.claims.verdicts import more_as_ratio, printed_interval
from helpers.findings import get
from helpers.findings.efficiency_gap import settled

# Open source


@decides("whose-downloads")
def whose_downloads() -> str:
    """Ask whether all readings lie on one side of parity."""
    above = [get(key).value > 1 for key in ("lead-downloads-study", "lead-downloads-hub", "lead-downloads-curated")]
    return "bases" if all(above) or not any(above) else "order"


@decides("share-of-openrouter")
def share_of_openrouter() -> str:
    """Ask whether the share rises as fewer models are counted: all, those identified, the ten most used."""
    keys = (
        "openrouter-share-cn-whole-2026-05",
        "openrouter-share-cn-identified-2026-07",
        "openrouter-share-cn-top-ten-2026-02",
    )
    shares = [get(key).value for key in keys]
    return "denominator" if shares == sorted(shares) else "unclear"


@decides("size-of-the-open-lead")
def size_of_the_open_lead() -> str:
    """Ask whether counting dollars turns the order that counting use gives."""
    used = [get(key).value > 1 for key in ("lead-downloads-curated", "lead-tokens-makers", "lead-votes-arena-2026-04")]
    return "money" if all(used) and get("lead-dollars-makers").value < 1 else "same"


@decides("downloads-of-qwen")
def downloads_of_qwen() -> str:
    """Ask whether the pace that the company's number needs is one that its whole account reaches."""
    needed, made = get("downloads-qwen-pace-needed").value, get("downloads-qwen-pace-hub").value
    return "counters" if needed <= made else "impossible"


# Chips


@decides("h200-weak-or-superior")
def h200_weak_or_superior() -> str:
    """Compare the H200 with the chips above and below it."""
    below, above = get("rubin-over-h200").value > 1, get("h200-over-910c").value > 1
    return "both" if below and above else "weak" if below else "superior"


@decides("nvidia-china-which-fall")
def nvidia_china_which_fall() -> str:
    """See whether the definition matters by more than a point."""
    alike, mixed = get("nvidia-china-fall-like-for-like").value, get("nvidia-china-fall-two-definitions").value
    return "definition" if abs(alike - mixed) > 1 else "same"


@decides("huawei-how-many-chips")
def huawei_how_many() -> str:
    """See whether the counts differ, and whether TSMC's dies can carry the difference."""
    if get("huawei-count-over-official").value < 1.5:
        return "agree"
    return "origin" if get("ascend-dies-over-tsmc-bank").value <= 100 else "capacity"


@decides("chinese-share-of-what")
def chinese_share_of_what() -> str:
    """See whether smuggled chips change the share of computing by more than a tenth of it all."""
    lawful, all_of_it = (
        get("chinese-share-of-lawful-compute-2025").value,
        get("chinese-share-of-new-compute-2025").value,
    )
    return "smuggling" if lawful - all_of_it > 10 else "same"


@decides("spare-power-over-whose-demand")
def spare_power() -> str:
    """See whether both readings reach three times."""
    readings = [get(f"spare-power-over-demand-{name}").value for name in ("broker", "iea")]
    return "average" if min(readings) > 3 else "below"


# Diffusion


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
    low, high = printed_interval(more_as_ratio(claim("stem-phds-50-percent-more").figures[0]))
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


# Efficiency


@decides("capex-share")
def capex_share() -> str:
    """Ask whether any American sum of 2025 makes the bank's Chinese amount a tenth, to the nearest per cent."""
    lists = ("ubs-share-of-cash", "ubs-share-of-leases", "ubs-share-with-oracle", "ubs-share-of-longest-list")
    shares = [get(key).value for key in lists]
    stated = get("ubs-share-as-stated").value
    return "tenth-holds" if any(round(share) <= stated + 1 for share in shares) else "years-and-firms"


@decides("what-is-884")
def what_is_884() -> str:
    """Ask whether the level that the printed reading needs in 2025 is within reach of what was spent."""
    needed, spent = get("ai-capex-2030-before").value, get("capex-cn-2025-ubs").value
    return "sum" if needed > 2 * spent else "level"


@decides("closing-or-widening")
def closing_or_widening() -> str:
    """Take the signs of the two yearly changes in points, where their intervals leave no doubt."""
    first, second = settled("gap-change-2025"), settled("gap-change-2026")
    if first < 0:
        return "both" if second > 0 else "closed-then-level"
    return "neither"


@decides("months-of-lag")
def months_of_lag() -> str:
    """Ask whether the smallest lag and the mean are one number, and the last record known then another."""
    smallest, mean = get("epoch-lag-smallest").value, get("epoch-lag-mean").value
    return "different-quantities" if smallest < get("lag-passed-last-2025-12").value < mean else "agree"


@decides("cost-of-the-model")
def cost_of_the_model() -> str:
    """Ask whether the machines cost more than twice the run."""
    return "four-quantities" if get("v3-servers-cost").value > 2 * get("v3-run-cost").value else "one-quantity"


# Synthesis


@decides("who-wins")
def who_wins() -> str:
    """Compare incomes per head with the break-even value on both ways of counting users."""
    worth = get("income-ratio-purchasing-power-2024").value
    ahead = [worth > get(f"breakeven-value-by-{basis}").value for basis in ("survey", "telemetry")]
    return "both-china" if all(ahead) else "two-events" if any(ahead) else "both-america"


@decides("huang-twice-on-one-day")
def huang_twice() -> str:
    """Ask whether there was a lag on that day."""
    return "neither" if get("frontier-lag-by-pace-november-2025").value > 0 else "ahead"
