"""Findings of the chapter on diffusion that only set differing sources side by side."""

from __future__ import annotations

from helpers.analysis import diffusion as analysis
from helpers.data import load
from helpers.findings.forms import Day, cell, difference, quotient, ranged
from helpers.findings.registry import Measured, finding, get, measured, rows


def heads(row: str, people: str, as_of: str | None = None) -> Measured:
    """Turn a share of people into heads."""
    share = load("adoption").loc[row, "value"]
    count = load("population").loc[people, "people"]
    day = as_of or load("adoption").loc[row, "as_of"]
    return measured(analysis.users(share, count), rows("adoption", row), rows("population", people), as_of=day)


# People -----------------------------------------------------------------------------------------------------------


@finding("genai-share-us-aiindex")
def share_aiindex() -> Measured:
    """Take the figure of the AI Index for the population that its survey asks."""
    return cell("adoption", "aiindex-people-2026-us")


@finding("genai-users-ww-if-aiindex")
def users_if_world() -> Measured:
    """Take the figure for a share of the people of the world, as many repeats of it do."""
    share, people = load("adoption").loc["aiindex-people-2026-ww"], load("population").loc["un-ww-all-2026", "people"]
    used = rows("adoption", "aiindex-people-2026-ww"), rows("population", "un-ww-all-2026")
    return measured(share["value"] / 100.0 * people / 1e6, *used, as_of=share["as_of"])


@finding("chatgpt-weekly-users-2026-02")
def chatgpt_weekly() -> Measured:
    """Take the company's figure."""
    return cell("adoption", "chatgpt-weekly-users-2026-02-ww")


@finding("genai-share-us-survey-first-print")
def first_print() -> Measured:
    """Take the share of August 2024 as it was first published."""
    return cell("adoption", "rps-any-use-2024-08-first-us")


@finding("genai-share-us-survey-later-print")
def later_print() -> Measured:
    """Take the share of August 2024 as it was quoted a year later."""
    return cell("adoption", "rps-any-use-2024-08-us")


@finding("genai-users-cn-survey-growth-before")
def growth_before() -> Measured:
    """Divide the survey's users at the end of 2024 by those in the middle of the year."""
    return quotient("adoption", "cnnic-users-2024-12-cn", "cnnic-users-2024-06-cn")


@finding("genai-users-cn-survey-growth-after")
def growth_after() -> Measured:
    """Divide the survey's users at the end of 2025 by those in the middle of the year."""
    return quotient("adoption", "cnnic-users-2025-12-cn", "cnnic-users-2025-06-cn")


@finding("genai-share-cn-telemetry-growth-after")
def telemetry_growth() -> Measured:
    """Divide the share by telemetry in the second half of 2025 by that in the first."""
    return quotient("adoption", "microsoft-user-share-2025h2-cn", "microsoft-user-share-2025h1-cn")


@finding("employees-using-cn-kpmg")
def employees_kpmg() -> Measured:
    """Take the share in China."""
    return cell("adoption", "kpmg-employees-use-2025-01-cn")


@finding("employees-using-cn-mckinsey")
def employees_mckinsey() -> Measured:
    """Take the share in China."""
    return cell("adoption", "mckinsey-employees-use-2025-cn")


@finding("employees-using-kpmg-over-mckinsey")
def employees_levels() -> Measured:
    """Divide the two shares of China."""
    return quotient("adoption", "kpmg-employees-use-2025-01-cn", "mckinsey-employees-use-2025-cn")


@finding("employees-using-cn-over-world-kpmg")
def employees_ratio_kpmg() -> Measured:
    """Divide China's share by that of all countries asked."""
    return quotient("adoption", "kpmg-employees-use-2025-01-cn", "kpmg-employees-use-2025-01-ww")


@finding("employees-using-cn-over-america-mckinsey")
def employees_ratio_mckinsey() -> Measured:
    """Divide China's share by that of North America."""
    return quotient("adoption", "mckinsey-employees-use-2025-cn", "mckinsey-employees-use-2025-north-america")


@finding("genai-share-ae-telemetry")
def share_emirates() -> Measured:
    """Read the share."""
    return ranged("adoption", "microsoft-user-share-2026q1-ae")


@finding("genai-share-ww-telemetry-2025")
def share_world_2025() -> Measured:
    """Read the share."""
    return ranged("adoption", "microsoft-user-share-2025h2-ww")


def _without_china(world: str, china: str, year: int, day: Day) -> Measured:
    """Take China's users and people out of the world's, if the world's share is one of people aged 15 to 64."""
    shares, people = load("adoption")["value"], load("population")["people"]
    whole, part = (people[f"un-{code}-15-64-{year}"] for code in ("ww", "cn"))
    used = rows("adoption", (world, china)), rows("population", (f"un-ww-15-64-{year}", f"un-cn-15-64-{year}"))
    return measured((shares[world] * whole - shares[china] * part) / (whole - part), *used, as_of=day)


@finding("genai-share-cn-telemetry-mid-2025")
def share_china_mid_2025() -> Measured:
    """Read the share."""
    return ranged("adoption", "microsoft-user-share-2025h1-cn")


@finding("genai-share-without-cn-telemetry-mid-2025")
def share_rest_mid_2025() -> Measured:
    """Take China out of the world in the middle of 2025."""
    keys = ("microsoft-user-share-2025h1-ww", "microsoft-user-share-2025h1-cn")
    return _without_china(*keys, 2025, "2025-06-30")


@finding("genai-share-without-cn-telemetry-2025")
def share_rest_2025() -> Measured:
    """Take China out of the world at the end of 2025."""
    keys = ("microsoft-user-share-2025h2-ww", "microsoft-user-share-2025h2-cn")
    return _without_china(*keys, 2025, "2025-12-31")


@finding("genai-share-without-cn-telemetry-2026")
def share_rest_2026() -> Measured:
    """Take China out of the world in early 2026."""
    keys = ("microsoft-user-share-2026q1-ww", "microsoft-user-share-2026q1-cn")
    return _without_china(*keys, 2026, "2026-03-31")


# Firms ------------------------------------------------------------------------------------------------------------


@finding("firms-any-function-us-first")
def firms_first() -> Measured:
    """Take the first value under the new wording, the low end of the range printed."""
    return cell("adoption", "btos-any-function-2025-12-us")


@finding("firms-rise-by-wording-us")
def firms_wording() -> Measured:
    """Subtract the last value under the old wording from the first under the new one."""
    return difference("adoption", "btos-any-function-2025-12-us", "btos-goods-services-2025-12-us")


@finding("firms-rise-under-new-wording-us")
def firms_rise() -> Measured:
    """Subtract the ends of the range printed for five months under one wording."""
    return difference("adoption", "btos-any-function-2026-05-us", "btos-any-function-2025-12-us")


@finding("firms-by-employment-us")
def firms_employment() -> Measured:
    """Take the share weighted by employment."""
    return cell("adoption", "btos-employment-weighted-2026-01-us")


@finding("firms-large-eu-eurostat")
def firms_large_eu() -> Measured:
    """Take the share of large enterprises."""
    return cell("adoption", "eurostat-large-2025-eu")


# Robots and humanoids ---------------------------------------------------------------------------------------------


@finding("robots-stock-share-cn-2024")
def robots_stock() -> Measured:
    """Divide the robots in use in China, a lower bound, by those of the world."""
    return quotient("industrial_ai", "robots-stock-cn-2024", "robots-stock-ww-2024", 100.0)


@finding("robots-per-head-cn-over-us-2024")
def robots_per_head() -> Measured:
    """Divide the installations per inhabitant."""
    ratio, people = get("robots-cn-over-us-2024"), load("population")["people"]
    pair = ("un-cn-all-2024", "un-us-all-2024")
    return measured(ratio.value / (people[pair[0]] / people[pair[1]]), ratio, rows("population", pair))


@finding("robots-density-cn-over-us-2021")
def robots_density_us() -> Measured:
    """Divide the robots per employee in manufacturing."""
    return quotient("industrial_ai", "robots-density-cn-2021", "robots-density-us-2021")


@finding("robots-density-cn-over-kr-2023")
def robots_density_kr() -> Measured:
    """Divide the robots per employee in manufacturing by those of the densest country."""
    return quotient("industrial_ai", "robots-density-cn-2023", "robots-density-kr-2023")


@finding("humanoids-omdia-2025")
def humanoids_omdia() -> Measured:
    """Take the count of shipments."""
    return cell("industrial_ai", "humanoids-2025-ww")


@finding("humanoids-counterpoint-2025")
def humanoids_counterpoint() -> Measured:
    """Take the count of installations."""
    return cell("industrial_ai", "humanoids-2025-ww-counterpoint")


@finding("humanoids-share-cn-counterpoint-2025")
def humanoids_share() -> Measured:
    """Divide the installations in China by those of the world, an upper bound."""
    return quotient("industrial_ai", "humanoids-2025-cn-counterpoint", "humanoids-2025-ww-counterpoint", 100.0)


@finding("humanoids-difference-explained")
def humanoids_explained() -> Measured:
    """Divide what one maker counts more than Omdia does by the difference of the two totals; a lower bound."""
    table = load("industrial_ai")["value"]
    own = ("humanoids-2025-unitree-own", "humanoids-2025-unitree")
    totals = ("humanoids-2025-ww-counterpoint", "humanoids-2025-ww")
    value = (table[own[0]] - table[own[1]]) / (table[totals[0]] - table[totals[1]])
    return measured(100.0 * value, rows("industrial_ai", (*own, *totals)))


# Building and power -----------------------------------------------------------------------------------------------


@finding("hospital-build-time-wuhan")
def hospital() -> Measured:
    """Take the days from the start of works to completion, with the range of the reports."""
    return ranged("industrial_ai", "hospital-wuhan-2020")


@finding("us-data-centre-time-as-said")
def as_said() -> Measured:
    """Take what the speaker said."""
    return cell("industrial_ai", "build-time-us-huang-2025")


@finding("capacity-added-cn-over-us-with-storage-2024")
def added_with_storage() -> Measured:
    """Divide China's gross addition by the American one that counts batteries as well."""
    return quotient("power", "cn-capacity-added-2024", "us-capacity-added-2024-storage")


@finding("generation-added-cn-over-us-2024")
def generation_added() -> Measured:
    """Divide the rises of electricity generated from 2023 to 2024."""
    table = load("power")["value"]
    keys = [f"{code}-generation-{year}" for code in ("cn", "us") for year in (2024, 2023)]
    china, states = table[keys[0]] - table[keys[1]], table[keys[2]] - table[keys[3]]
    return measured(china / states, rows("power", keys))


@finding("us-spare-summer-2025")
def us_spare() -> Measured:
    """Take the country's spare capacity."""
    return cell("power", "us-spare-2025")


@finding("us-spare-critical")
def us_spare_critical() -> Measured:
    """Take the level that the bank calls critical."""
    return cell("power", "us-spare-critical-level")


@finding("us-markets-critical-share")
def us_markets_share() -> Measured:
    """Divide the markets at or below the level by all."""
    return quotient("power", "us-markets-critical-2025", "us-markets-2025", 100.0)


# Footprints -------------------------------------------------------------------------------------------------------


@finding("huawei-countries-2017")
def huawei_2017() -> Measured:
    """Take the lower bound of the annual report of 2017."""
    return cell("industrial_ai", "huawei-countries-2017")


@finding("deepseek-economies-above-five")
def deepseek_above_five() -> Measured:
    """Take the economies of the lowest class out of all that are covered abroad."""
    covered, lowest = get("deepseek-economies-abroad"), get("deepseek-economies-five-or-less")
    return measured(covered.value - lowest.value, covered, lowest)
