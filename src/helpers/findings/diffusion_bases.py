"""Findings of the chapter on diffusion: what a spread of AI rests on, and the rules that it meets."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.analysis import diffusion_bases as analysis
from helpers.analysis import standards
from helpers.analysis.common import years_between
from helpers.data import assumption, load
from helpers.findings.forms import cell, difference, quotient, ranged
from helpers.findings.registry import Measured, finding, get, measured, rows

PLAN_YEAR_END = "2027-12-31"
WHOLE = 100.0  # per cent: the highest ceiling that a share can have

# Minerals by stage ------------------------------------------------------------------------------------------------


def _output_share(mineral: str, country: str) -> Measured:
    """Divide a country's output by the sum of the rows of all."""
    found = analysis.output(load("minerals"), mineral)
    used = found[found["country"] != "WW"]
    return measured(analysis.share_of_output(found, country), rows("minerals", used.index))


def _effective(mineral: str) -> Measured:
    """Invert the Herfindahl index, with the countries not named as one or as none."""
    found = analysis.output(load("minerals"), mineral)
    used = found[found["country"] != "WW"]
    low, high = analysis.effective_countries(used.set_index("place")["value"])
    evidence = rows("minerals", used.index)
    if low == high:
        return measured(low, evidence)
    return measured((low + high) / 2, evidence, low=low, high=high, interval="choices")


@finding("gallium-refined-share-cn-2024")
def gallium_refined() -> Measured:
    """Divide China's primary gallium by the world's."""
    return _output_share("Gallium", "CN")


@finding("silicon-refined-share-cn-2025")
def silicon_refined() -> Measured:
    """Divide China's silicon metal by that of all countries but the United States, whose output is withheld."""
    return _output_share("Silicon metal", "CN")


@finding("copper-refined-share-cn-2024")
def copper_refined() -> Measured:
    """Divide China's refined copper by the world's."""
    return _output_share("Copper", "CN")


@finding("indium-refined-share-cn-2024")
def indium_refined() -> Measured:
    """Divide China's refined indium by the world's."""
    return _output_share("Indium", "CN")


@finding("tungsten-mined-share-cn-2024")
def tungsten_mined() -> Measured:
    """Divide China's mine output by the world's."""
    return _output_share("Tungsten", "CN")


@finding("graphite-mined-share-cn-2024")
def graphite_mined() -> Measured:
    """Divide China's natural graphite by the world's."""
    return _output_share("Graphite", "CN")


@finding("rare-earths-mined-share-cn-2024")
def rare_earths_mined() -> Measured:
    """Divide China's mine output by the world's."""
    return _output_share("Rare earths", "CN")


@finding("rare-earths-mined-share-us-2024")
def rare_earths_mined_us() -> Measured:
    """Divide the American mine output by the world's."""
    return _output_share("Rare earths", "US")


@finding("rare-earths-refined-share-cn-2023")
def rare_earths_refined() -> Measured:
    """Read the share."""
    return cell("minerals", "rare-earths-share-refined-2023-cn")


@finding("cobalt-mined-share-cn-2024")
def cobalt_mined() -> Measured:
    """Divide China's mine output by the world's."""
    return _output_share("Cobalt", "CN")


@finding("cobalt-refined-share-cn-2024")
def cobalt_refined() -> Measured:
    """Read the share."""
    return cell("minerals", "cobalt-share-refined-2024-cn")


@finding("lithium-mined-share-cn-2024")
def lithium_mined() -> Measured:
    """Divide China's mine output by that of all countries but the United States, whose output is withheld."""
    return _output_share("Lithium", "CN")


@finding("lithium-refined-share-cn-2024")
def lithium_refined() -> Measured:
    """Read the share."""
    return cell("minerals", "lithium-share-refined-2024-cn")


@finding("nickel-mined-share-cn-2024")
def nickel_mined() -> Measured:
    """Divide China's mine output by the world's."""
    return _output_share("Nickel", "CN")


@finding("gallium-effective-countries-2024")
def gallium_effective() -> Measured:
    """Invert the concentration of refining."""
    return _effective("Gallium")


@finding("copper-effective-countries-2024")
def copper_effective() -> Measured:
    """Invert the concentration of refining."""
    return _effective("Copper")


@finding("lithium-effective-countries-2024")
def lithium_effective() -> Measured:
    """Invert the concentration of mining."""
    return _effective("Lithium")


@finding("gallium-us-need-of-cn-output-2024")
def gallium_need() -> Measured:
    """Divide American consumption by China's output of the year."""
    return quotient("minerals", "gallium-consumption-2024-us", "gallium-refinery-2024-cn", 100)


@finding("gallium-us-use-in-chips-2025")
def gallium_chips() -> Measured:
    """Read the share."""
    return cell("minerals", "gallium-use-in-integrated-circuits-2025-us")


@finding("gallium-us-import-reliance-2025")
def gallium_reliance() -> Measured:
    """Read the share."""
    return cell("minerals", "gallium-net-import-reliance-2025-us")


# Building times ---------------------------------------------------------------------------------------------------


@cache
def _building(country: str) -> pd.DataFrame:
    times = analysis.building_times(load("build_sites"))
    return times[times["country"] == country]


@finding("build-time-us-median-2026")
def build_us() -> Measured:
    """Estimate the median over finished sites and sites under way."""
    times = _building("US")
    found = analysis.median_building_time(times)
    return measured(found.median, rows("build_sites", times.index), low=found.low, high=found.high, interval="ci95")


@finding("build-sites-us-done-2026")
def build_us_done() -> Measured:
    """Count the sites with first power."""
    times = _building("US")
    return measured(times["done"].sum(), rows("build_sites", times.index))


@finding("build-sites-us-under-way-2026")
def build_us_under_way() -> Measured:
    """Count the sites without power yet."""
    times = _building("US")
    return measured((~times["done"]).sum(), rows("build_sites", times.index))


@finding("build-time-cn-middle-2026")
def build_cn() -> Measured:
    """Take the middle of the Chinese sites that are watched; the range is all of them."""
    times = _building("CN")
    years = times["years"]
    return measured(
        years.median(), rows("build_sites", times.index), low=years.min(), high=years.max(), interval="extremes"
    )


@finding("build-sites-cn-2026")
def build_cn_sites() -> Measured:
    """Count the Chinese sites with first power."""
    times = _building("CN")
    return measured(times["done"].sum(), rows("build_sites", times.index))


@finding("build-us-as-fast-as-cn-2026")
def build_us_as_fast() -> Measured:
    """Count the finished American sites that took no longer than the slowest Chinese one."""
    america, china = _building("US"), _building("CN")
    done = america[america["done"]]
    fast = (done["years"] <= china["years"].max()).sum()
    return measured(fast, rows("build_sites", done.index.append(china.index)))


# Machines and research --------------------------------------------------------------------------------------------


@finding("robots-density-cn-over-us-2023")
def robots_density() -> Measured:
    """Divide the densities of one year."""
    return quotient("industrial_ai", "robots-density-cn-2023", "robots-density-us-2023")


@finding("robots-installed-cn-2024-over-2014")
def robots_growth_cn() -> Measured:
    """Divide the installations."""
    return quotient("industrial_ai", "robots-installed-cn-2024", "robots-installed-cn-2014")


@finding("robots-installed-us-2024-over-2018")
def robots_growth_us() -> Measured:
    """Divide the installations."""
    return quotient("industrial_ai", "robots-installed-us-2024", "robots-installed-us-2018")


@finding("doctorates-all-ratio-2023")
def doctorates_all() -> Measured:
    """Divide the official totals of all fields."""
    return quotient("research", "doctorates-all-cn-2023", "doctorates-all-us-2023")


@finding("aspi-analytics-ratio")
def aspi_analytics() -> Measured:
    """Divide the shares of the most cited papers."""
    return quotient("research", "aspi-advanced-data-analytics-cn", "aspi-advanced-data-analytics-us")


@finding("aspi-accelerators-ratio")
def aspi_accelerators() -> Measured:
    """Divide the shares of the most cited papers of the one year."""
    names = [f"aspi-ai-algorithms-and-hardware-accelerators-{country}" for country in ("cn", "us")]
    return quotient("research", *names)


@finding("aspi-nlp-ratio")
def aspi_nlp() -> Measured:
    """Divide the shares of the most cited papers."""
    return quotient("research", "aspi-natural-language-processing-cn", "aspi-natural-language-processing-us")


@finding("aspi-accelerators-cn-2018-2022")
def aspi_accelerators_first() -> Measured:
    """Read the share of the first edition."""
    return cell("research", "aspi-ai-algorithms-2022-cn")


@finding("aspi-accelerators-cn-2023")
def aspi_accelerators_year() -> Measured:
    """Read the share of the one year."""
    return cell("research", "aspi-ai-algorithms-and-hardware-accelerators-cn")


def _led(year: int, other: int) -> Measured:
    """Divide the technologies led by China by all that either leads in the edition with the same list."""
    table = load("research")["value"]
    suffix = {2022: "-2022", 2023: "", 2024: "-2024"}
    keys = [f"aspi-leads-cn{suffix[year]}", f"aspi-leads-cn{suffix[other]}", f"aspi-leads-us{suffix[other]}"]
    whole = table[keys[1]] + table[keys[2]]
    days = load("research").loc[keys[0], "as_of"]
    return measured(100 * table[keys[0]] / whole, rows("research", dict.fromkeys(keys)), as_of=days)


@finding("aspi-led-share-cn-2018-2022")
def aspi_led_2022() -> Measured:
    """Divide by the technologies of the next edition, which kept the list."""
    return _led(2022, 2023)


@finding("aspi-led-share-cn-2019-2023")
def aspi_led_2023() -> Measured:
    """Divide by all technologies of the edition."""
    return _led(2023, 2023)


@finding("aspi-led-share-cn-2020-2024")
def aspi_led_2024() -> Measured:
    """Divide by all technologies of the edition."""
    return _led(2024, 2024)


@finding("optimism-change-cn-2021-2024")
def optimism_change_cn() -> Measured:
    """Subtract the share of the first wave from that of the last."""
    return difference("attitudes", "ipsos-more-benefits-2024-cn", "ipsos-more-benefits-2021-cn")


@finding("optimism-change-us-2021-2024")
def optimism_change_us() -> Measured:
    """Subtract the share of the first wave from that of the last."""
    return difference("attitudes", "ipsos-more-benefits-2024-us", "ipsos-more-benefits-2021-us")


# The plan's target, of whatever it is a share ---------------------------------------------------------------------


@finding("genai-share-internet-users-cn-2025")
def internet_users_share() -> Measured:
    """Divide the share of residents who use it by the share of residents who use the internet."""
    share, online = get("genai-share-cn-survey"), load("diffusion_curves").loc["internet-cnnic-cn-2025-12"]
    used = rows("diffusion_curves", "internet-cnnic-cn-2025-12")
    return measured(100 * share.value / online["share_percent"], share, used)


def _needed(key: str) -> Measured:
    """Follow an S-curve from today's share to the target: to a ceiling of all, and of the plan's own later target."""
    share, target, later = get(key), get("ai-plus-target-2027"), get("ai-plus-target-2030")
    years = years_between(share.as_of, pd.Timestamp(PLAN_YEAR_END))
    low, high = (analysis.needed_pace(share.value, target.value, years, top) for top in (WHOLE, later.value))
    return measured(low, share, target, later, low=low, high=high, interval="choices", as_of=share.as_of)


@finding("plan-pace-needed-residents")
def pace_residents() -> Measured:
    """Start at the survey's share of residents."""
    return _needed("genai-share-cn-survey")


@finding("plan-pace-needed-internet-users")
def pace_internet() -> Measured:
    """Start at the share of internet users."""
    return _needed("genai-share-internet-users-cn-2025")


@finding("plan-pace-needed-working-age")
def pace_working_age() -> Measured:
    """Start at the telemetry's share of people of working age."""
    return _needed("genai-share-cn-telemetry")


@finding("plan-pace-needed-manufacturers")
def pace_manufacturers() -> Measured:
    """Start at the ministry's share of larger manufacturers."""
    return _needed("firms-manufacturers-cn-miit")


@finding("plan-pace-needed-employees")
def pace_employees() -> Measured:
    """Start at the lower of two surveys of employees."""
    return _needed("employees-using-cn-mckinsey")


CANDIDATES = {
    "residents": ("genai-share-cn-survey", "plan-pace-needed-residents"),
    "internet": ("genai-share-internet-users-cn-2025", "plan-pace-needed-internet-users"),
    "working-age": ("genai-share-cn-telemetry", "plan-pace-needed-working-age"),
    "manufacturers": ("firms-manufacturers-cn-miit", "plan-pace-needed-manufacturers"),
    "employees-low": ("employees-using-cn-mckinsey", "plan-pace-needed-employees"),
    "employees-high": ("employees-using-cn-kpmg", None),
}


@finding("plan-denominators-tried")
def denominators() -> Measured:
    """Count the shares of something that is used in China for which a figure was found."""
    return measured(len(CANDIDATES), *(get(share) for share, _ in CANDIDATES.values()))


@finding("plan-denominators-met")
def denominators_met() -> Measured:
    """Count those that have passed the target of 2027."""
    target = get("ai-plus-target-2027")
    shares = [get(share) for share, _ in CANDIDATES.values()]
    return measured(sum(item.value > target.value for item in shares), *shares, target, as_of=shares[0].as_of)


@finding("plan-pace-past-residents")
def pace_past() -> Measured:
    """Take the pace between the two surveys of 2025, with the same two ceilings."""
    table = load("adoption")
    first, last = "cnnic-share-2025-06-cn", "cnnic-share-2025-12-cn"
    later = get("ai-plus-target-2030")
    years = years_between(table.loc[first, "as_of"], table.loc[last, "as_of"])
    low, high = (
        analysis.needed_pace(table.loc[first, "value"], table.loc[last, "value"], years, top)
        for top in (WHOLE, later.value)
    )
    used = rows("adoption", (first, last))
    return measured(low, used, later, low=low, high=high, interval="choices", as_of=table.loc[last, "as_of"])


# Products ---------------------------------------------------------------------------------------------------------


@finding("ai-pc-share-cn-2025")
def ai_pc_cn() -> Measured:
    """Read the forecast."""
    return cell("industrial_ai", "ai-pc-share-cn-2025")


@finding("ai-pc-share-us-2025q4")
def ai_pc_us() -> Measured:
    """Read the forecast."""
    return cell("industrial_ai", "ai-pc-share-us-2025q4")


@finding("genai-phone-share-ww-2024")
def ai_phones() -> Measured:
    """Read the estimate."""
    return cell("industrial_ai", "genai-phone-share-ww-2024")


# The fair ---------------------------------------------------------------------------------------------------------


def _fair(above: str, below: str, year: int, factor: float = 1.0) -> Measured:
    return quotient("market_events", f"waic{year}-{above}", f"waic{year}-{below}", factor)


@finding("waic-products-per-exhibitor-2024")
def fair_products_2024() -> Measured:
    """Divide the products by the exhibitors."""
    return _fair("products", "exhibitors", 2024)


@finding("waic-products-per-exhibitor-2025")
def fair_products_2025() -> Measured:
    """Divide the products by the exhibitors."""
    return _fair("products", "exhibitors", 2025)


@finding("waic-products-per-exhibitor-2026")
def fair_products_2026() -> Measured:
    """Divide the products by the exhibitors, as announced."""
    return _fair("products", "exhibitors", 2026)


@finding("waic-models-per-hundred-products-2024")
def fair_models_2024() -> Measured:
    """Divide the large models by the products."""
    return _fair("models", "products", 2024, 100)


@finding("waic-models-per-hundred-products-2025")
def fair_models_2025() -> Measured:
    """Divide the large models by the products."""
    return _fair("models", "products", 2025, 100)


@finding("waic-exhibitors-2025-over-2024")
def fair_exhibitors() -> Measured:
    """Divide the exhibitors of two years."""
    return quotient("market_events", "waic2025-exhibitors", "waic2024-exhibitors")


@finding("waic-area-2025-over-2024")
def fair_area() -> Measured:
    """Divide the areas of two years."""
    return quotient("market_events", "waic2025-area", "waic2024-area")


@finding("waic-purchases-2025-over-2023")
def fair_purchases() -> Measured:
    """Divide the intended purchases of two years."""
    return quotient("market_events", "waic2025-purchases", "waic2023-purchases")


# Standards --------------------------------------------------------------------------------------------------------


@finding("huawei-telecom-share-2018")
def huawei_2018() -> Measured:
    """Read the share."""
    return cell("industrial_ai", "huawei-telecom-share-2018")


@finding("huawei-telecom-share-2020")
def huawei_2020() -> Measured:
    """Read the share."""
    return cell("industrial_ai", "huawei-telecom-share-2020")


@finding("huawei-telecom-share-2021")
def huawei_2021() -> Measured:
    """Read the share."""
    return cell("industrial_ai", "huawei-telecom-share-2021")


@finding("patents-5g-declared-cn-2022")
def patents_5g() -> Measured:
    """Read the share."""
    return cell("industrial_ai", "patents-5g-china-2022")


@finding("patents-5g-essential-2023")
def patents_5g_essential() -> Measured:
    """Read the middle of the range and its ends."""
    return ranged("industrial_ai", "patents-5g-essential")


def _illustration() -> tuple[float, float, tuple]:
    chosen = assumption("standard-advantage"), assumption("standard-network-weight")
    return chosen[0].value, chosen[1].value, (*chosen, rows("industrial_ai", "huawei-countries-2022"))


@finding("two-standards-tipping-share")
def tipping() -> Measured:
    """Solve for the middle one of the shares that repeat themselves."""
    advantage, weight, evidence = _illustration()
    return measured(100 * standards.tipping_share(advantage, weight), *evidence)


@finding("two-standards-newcomer-rest")
def newcomer_rest() -> Measured:
    """Solve for the lowest of the shares that repeat themselves."""
    advantage, weight, evidence = _illustration()
    return measured(100 * standards.rests(advantage, weight)[0], *evidence)


@finding("two-standards-without-network")
def without_network() -> Measured:
    """Let the network count for nothing."""
    advantage, _, evidence = _illustration()
    return measured(100 * standards.rests(advantage, 0.0)[0], *evidence)


@finding("two-standards-unseating-advantage")
def unseating() -> Measured:
    """Find the advantage at which the newcomer's resting point vanishes."""
    _, weight, evidence = _illustration()
    return measured(standards.unseating_advantage(weight), *evidence)


# Rules ------------------------------------------------------------------------------------------------------------


def _having(indicator: str) -> Measured:
    """Count the jurisdictions that answer an indicator with yes."""
    table = load("regimes")
    asked = table[table["indicator"] == indicator]
    return measured((asked["applies"] == "yes").sum(), rows("regimes", asked.index))


@finding("regimes-compared")
def regimes_compared() -> Measured:
    """Count the jurisdictions."""
    table = load("regimes")
    return measured(table["place"].nunique(), rows("regimes", table.index))


@finding("regimes-indicators")
def regimes_indicators() -> Measured:
    """Count the indicators."""
    table = load("regimes")
    return measured(table["indicator"].nunique(), rows("regimes", table.index))


@finding("regimes-profiles")
def regimes_profiles() -> Measured:
    """Count different rows of yes and no; the range is what leaving out any one indicator gives."""
    table = analysis.profiles(load("regimes"))
    fewer = [analysis.distinct_profiles(table.drop(columns=name)) for name in table]
    value = analysis.distinct_profiles(table)
    used = rows("regimes", load("regimes").index)
    return measured(value, used, low=min([value, *fewer]), high=max([value, *fewer]), interval="choices")


@finding("regimes-horizontal-laws")
def regimes_horizontal() -> Measured:
    """Count the statutes on AI as such."""
    return _having("horizontal law")


@finding("regimes-filing")
def regimes_filing() -> Measured:
    """Count the jurisdictions that ask for a filing before release."""
    return _having("filing before release")


@finding("regimes-labelling")
def regimes_labelling() -> Measured:
    """Count the jurisdictions that ask for labels."""
    return _having("labelling of generated content")


@finding("compute-threshold-eu")
def threshold_eu() -> Measured:
    """Read the threshold."""
    return cell("regimes", "eu-compute-threshold", "threshold_flop")


@finding("compute-threshold-california-over-eu")
def threshold_ratio() -> Measured:
    """Divide the thresholds."""
    return quotient("regimes", "us-compute-threshold", "eu-compute-threshold", column="threshold_flop")


@finding("genai-services-filed-cn-2026")
def filed_2026() -> Measured:
    """Read the count."""
    return cell("industrial_ai", "genai-services-filed-cn-2026-04")


@finding("genai-services-filed-cn-2026-over-2025")
def filed_growth() -> Measured:
    """Divide the counts, thirteen months apart."""
    return quotient("industrial_ai", "genai-services-filed-cn-2026-04", "genai-services-filed-cn-2025")
