"""Findings of the chapter on diffusion."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from helpers.analysis import diffusion as analysis
from helpers.analysis.common import years_between
from helpers.data import assumption, load
from helpers.findings import diffusion_bases, diffusion_readings, diffusion_use  # noqa: F401  registers these parts
from helpers.findings.diffusion_readings import heads
from helpers.findings.diffusion_use import past_scores
from helpers.findings.forms import difference, middle, quotient, ranged
from helpers.findings.registry import Finding, Measured, Rows, finding, get, measured, rows

MID_2025, END_2025, SPRING_2026 = "2025-06-30", "2025-12-31", "2026-03-31"
HORIZON = "2030-12-31"
FIRST_PARTS = ("low", "value", "high")
STEPS = 12  # of pace and of ceiling, in the search for the range of a difference


# People: shares and heads, by whoever counts.


@finding("genai-share-us-telemetry")
def genai_share_us_telemetry() -> Measured:
    """Read the share."""
    return ranged("adoption", "microsoft-user-share-2026q1-us")


@finding("genai-share-cn-telemetry")
def genai_share_cn_telemetry() -> Measured:
    """Read the share."""
    return ranged("adoption", "microsoft-user-share-2026q1-cn")


@finding("genai-share-cn-telemetry-2025")
def genai_share_cn_telemetry_2025() -> Measured:
    """Read the share of the date of the Chinese survey."""
    return ranged("adoption", "microsoft-user-share-2025h2-cn")


@finding("genai-share-ww-telemetry")
def genai_share_ww_telemetry() -> Measured:
    """Read the share."""
    return ranged("adoption", "microsoft-user-share-2026q1-ww")


@finding("genai-share-us-survey")
def genai_share_us_survey() -> Measured:
    """Read the share."""
    return ranged("adoption", "rps-any-use-2025-08-us")


@finding("genai-share-us-pew")
def genai_share_us_pew() -> Measured:
    """Read the share."""
    return ranged("adoption", "pew-chatbot-use-2026-02-us")


@finding("genai-share-cn-survey")
def genai_share_cn_survey() -> Measured:
    """Read the share."""
    return ranged("adoption", "cnnic-share-2025-12-cn")


@finding("genai-users-us-telemetry")
def genai_users_us_telemetry() -> Measured:
    """Multiply the share by the people whose share it is."""
    return heads("microsoft-user-share-2026q1-us", "un-us-15-64-2025")


@finding("genai-users-cn-telemetry")
def genai_users_cn_telemetry() -> Measured:
    """Multiply the share by the people whose share it is."""
    return heads("microsoft-user-share-2026q1-cn", "un-cn-15-64-2025")


@finding("genai-users-us-survey")
def genai_users_us_survey() -> Measured:
    """Multiply the share by the people whose share it is."""
    return heads("rps-any-use-2025-08-us", "un-us-18-64-2025")


@finding("genai-users-us-pew")
def genai_users_us_pew() -> Measured:
    """Multiply the share by the people whose share it is."""
    return heads("pew-chatbot-use-2026-02-us", "un-us-18-and-over-2025")


@finding("genai-users-cn-survey")
def genai_users_cn_survey() -> Measured:
    """Read the count that the survey prints."""
    return ranged("adoption", "cnnic-users-2025-12-cn")


@finding("genai-users-cn-over-us-telemetry")
def genai_users_cn_over_us_telemetry() -> Measured:
    """Divide the Chinese count by the American one."""
    heads = [get("genai-users-cn-telemetry"), get("genai-users-us-telemetry")]
    return measured(heads[0].value / heads[1].value, *heads)


@finding("genai-users-least-cn-over-most-us")
def genai_users_least_cn_over_most_us() -> Measured:
    """Divide the smallest Chinese count by the largest American one."""
    china = [get(key) for key in ("genai-users-cn-telemetry", "genai-users-cn-survey")]
    america = [get(key) for key in ("genai-users-us-telemetry", "genai-users-us-survey", "genai-users-us-pew")]
    least, most = min(item.value for item in china), max(item.value for item in america)
    return measured(least / most, *china, *america)


@finding("genai-users-cn-survey-over-telemetry")
def genai_users_cn_survey_over_telemetry() -> Measured:
    """Compare heads at the end of 2025 on both bases."""
    telemetry = heads("microsoft-user-share-2025h2-cn", "un-cn-15-64-2025")
    survey = get("genai-users-cn-survey")
    return measured(survey.value / telemetry.value, survey, *telemetry.evidence)


@finding("genai-share-cn-survey-over-telemetry")
def genai_share_cn_survey_over_telemetry() -> Measured:
    """Compare shares at the end of 2025 on both bases, each of its own population."""
    shares = [get("genai-share-cn-survey"), get("genai-share-cn-telemetry-2025")]
    return measured(shares[0].value / shares[1].value, *shares)


@finding("genai-users-us-survey-over-telemetry")
def genai_users_us_survey_over_telemetry() -> Measured:
    """Compare heads of the second half of 2025 on both bases."""
    telemetry = heads("microsoft-user-share-2025h2-us", "un-us-15-64-2025")
    survey = get("genai-users-us-survey")
    return measured(survey.value / telemetry.value, survey, *telemetry.evidence)


@finding("genai-users-cn-excess-over-instrument")
def genai_users_cn_excess_over_instrument() -> Measured:
    """Divide the Chinese factor by the American one, taken as the measure of what the instrument does."""
    factors = [get("genai-users-cn-survey-over-telemetry"), get("genai-users-us-survey-over-telemetry")]
    return measured(factors[0].value / factors[1].value, *factors)


@finding("genai-users-cn-survey-half-year-growth")
def genai_users_cn_survey_half_year_growth() -> Measured:
    """Divide the count of June 2025 by that of December 2024."""
    return quotient("adoption", "cnnic-users-2025-06-cn", "cnnic-users-2024-12-cn")


# Firms and employees.


@finding("firms-any-use-gap-sas")
def firms_any_use_gap_sas() -> Measured:
    """Subtract the American share from the Chinese one."""
    return difference("adoption", "sas-genai-use-2024-07-cn", "sas-genai-use-2024-07-us")


@finding("firms-full-use-gap-sas")
def firms_full_use_gap_sas() -> Measured:
    """Subtract the American share from the Chinese one."""
    return difference("adoption", "sas-genai-full-2024-07-cn", "sas-genai-full-2024-07-us")


@finding("firms-any-use-gap-ibm")
def firms_any_use_gap_ibm() -> Measured:
    """Subtract the American share from the Chinese one."""
    return difference("adoption", "ibm-firms-use-2025-cn", "ibm-firms-use-2025-us")


@finding("firms-manufacturers-cn-miit")
def firms_manufacturers_cn_miit() -> Measured:
    """Read the share."""
    return ranged("adoption", "miit-manufacturers-2025-cn")


@finding("firms-any-function-us-btos")
def firms_any_function_us_btos() -> Measured:
    """Read the share."""
    return ranged("adoption", "btos-any-function-2026-05-us")


@finding("firms-production-us-btos")
def firms_production_us_btos() -> Measured:
    """Read the share."""
    return ranged("adoption", "btos-goods-services-2025-12-us")


@finding("firms-large-us-btos")
def firms_large_us_btos() -> Measured:
    """Read the share."""
    return ranged("adoption", "btos-large-any-function-2026-05-us")


@finding("firms-paying-us-ramp")
def firms_paying_us_ramp() -> Measured:
    """Read the share."""
    return ranged("adoption", "ramp-paid-2026-06-us")


@finding("firms-use-eu-eurostat")
def firms_use_eu_eurostat() -> Measured:
    """Read the share."""
    return ranged("adoption", "eurostat-all-2025-eu")


# Curves of past technologies, and the anchored curve.


@cache
def _curves() -> tuple[pd.DataFrame, Rows]:
    """Return the past series and the rows of those that are scored."""
    curves = load("diffusion_curves")
    used = [key for part in analysis.past_series(curves).values() for key in part["id"]]
    return curves, rows("diffusion_curves", used)


def _scored(value: float, others: list[float]) -> Measured:
    """Give a score with its range over the first parts that a reader may choose."""
    return measured(
        value,
        _curves()[1],
        assumption("curve-first-part"),
        low=min(value, *others),
        high=max(value, *others),
        interval="assumptions",
    )


@finding("spread-pace-median")
def spread_pace_median() -> Measured:
    """Fit the whole of every past series and take the median pace."""
    curves = load("diffusion_curves")
    found = [fit.pace for fit in analysis.paces(curves).values()]
    used = [key for part in analysis.past_series(curves, analysis.REACHED_PERCENT).values() for key in part["id"]]
    return measured(
        np.median(found), rows("diffusion_curves", used), low=min(found), high=max(found), interval="series"
    )


@finding("curve-series-scored")
def curve_series_scored() -> Measured:
    """Count the series that have points enough."""
    return measured(len(past_scores("value")), _curves()[1])


@finding("curve-held-out-inside")
def curve_held_out_inside() -> Measured:
    """Count the held-out points that lie within the 95 per cent interval of the fit."""

    def share(side: str) -> float:
        found = past_scores(side).values()
        return 100.0 * sum(item.inside for item in found) / sum(item.held for item in found)

    return _scored(share("value"), [share(side) for side in FIRST_PARTS])


@finding("curve-beats-line")
def curve_beats_line() -> Measured:
    """Count the series in which the S-curve forecasts better than a straight line."""

    def count(side: str) -> float:
        return float(sum(item.curve < item.line for item in past_scores(side).values()))

    return _scored(count("value"), [count(side) for side in FIRST_PARTS])


@finding("curve-error-mobile-cn")
def curve_error_mobile_cn() -> Measured:
    """Read the error on Chinese mobile phones, the worst of all series."""
    worst = {side: past_scores(side)[("mobile-phone", "CN")].curve for side in FIRST_PARTS}
    return _scored(worst["value"], list(worst.values()))


def _five_years(column: str) -> Measured:
    """Average an error of the trial over its series, without sign."""
    ceiling = assumption("share-ceiling")
    errors = {
        side: analysis.five_years_on(_curves()[0], getattr(ceiling, side))[column].abs().mean() for side in FIRST_PARTS
    }
    return measured(
        errors["value"],
        _curves()[1],
        ceiling,
        low=min(errors.values()),
        high=max(errors.values()),
        interval="assumptions",
    )


@finding("anchored-error-five-years")
def anchored_error_five_years() -> Measured:
    """Start the anchored curve where each past series first passed fifteen per cent."""
    return _five_years("anchored_error")


@finding("standstill-error-five-years")
def standstill_error_five_years() -> Measured:
    """Keep the last value instead."""
    trial = analysis.five_years_on(_curves()[0], assumption("share-ceiling").value)
    return measured(trial["last_error"].abs().mean(), _curves()[1], assumption("share-ceiling"))


@finding("anchored-series-tried")
def anchored_series_tried() -> Measured:
    """Count the series in the trial."""
    trial = analysis.five_years_on(_curves()[0], assumption("share-ceiling").value)
    return measured(len(trial), _curves()[1], assumption("share-ceiling"))


def _in_2030(country: str, basis: str) -> Measured:
    """Follow the anchored curve to the end of 2030; its range takes pace and ceiling at the ends of theirs."""
    pace, ceiling = assumption("spread-pace"), assumption("share-ceiling")
    starts = analysis.anchors(load("adoption"))
    starts = starts[(starts["country"] == country) & (starts["basis"] == basis)]
    value, low, high = (
        analysis.spread(starts, getattr(pace, side), getattr(ceiling, side), HORIZON)["then_percent"].iloc[0]
        for side in ("value", "low", "high")
    )
    evidence = rows("adoption", starts["row"])
    return measured(value, evidence, pace, ceiling, low=low, high=high, interval="assumptions", as_of=HORIZON)


@finding("genai-share-2030-us-telemetry")
def genai_share_2030_us_telemetry() -> Measured:
    """Follow the anchored curve."""
    return _in_2030("US", analysis.TELEMETRY)


@finding("genai-share-2030-cn-telemetry")
def genai_share_2030_cn_telemetry() -> Measured:
    """Follow the anchored curve."""
    return _in_2030("CN", analysis.TELEMETRY)


@finding("genai-share-2030-us-survey")
def genai_share_2030_us_survey() -> Measured:
    """Follow the anchored curve."""
    return _in_2030("US", analysis.SURVEY)


@finding("genai-share-2030-cn-survey")
def genai_share_2030_cn_survey() -> Measured:
    """Follow the anchored curve."""
    return _in_2030("CN", analysis.SURVEY)


def _gap_in_2030(basis: str) -> Measured:
    """Subtract the Chinese share from the American one at the end of 2030, for every pace and ceiling in range."""
    pace, ceiling = assumption("spread-pace"), assumption("share-ceiling")
    starts = analysis.anchors(load("adoption"))
    starts = starts[starts["basis"] == basis].set_index("country")
    gaps = [
        analysis.spread(starts, one, top, HORIZON)["then_percent"]
        for one in (pace.value, *np.linspace(pace.low, pace.high, STEPS))
        for top in (ceiling.value, *np.linspace(ceiling.low, ceiling.high, STEPS))
    ]
    found = [float(gap["US"] - gap["CN"]) for gap in gaps]  # the first is at both values in force
    evidence = (rows("adoption", starts["row"]), pace, ceiling)
    return measured(found[0], *evidence, low=min(found), high=max(found), interval="assumptions", as_of=HORIZON)


@finding("genai-share-gap-2030-telemetry")
def genai_share_gap_2030_telemetry() -> Measured:
    """Follow both countries on the anchored curve."""
    return _gap_in_2030(analysis.TELEMETRY)


@finding("genai-share-gap-2030-survey")
def genai_share_gap_2030_survey() -> Measured:
    """Follow both countries on the anchored curve."""
    return _gap_in_2030(analysis.SURVEY)


@finding("cn-pace-to-catch-up-2030")
def cn_pace_to_catch_up_2030() -> Measured:
    """Solve for the Chinese pace that ends 2030 at the American share of the anchored curve."""
    ceiling = assumption("share-ceiling")
    goal, now = get("genai-share-2030-us-telemetry"), get("genai-share-cn-telemetry")
    years = years_between(pd.Timestamp(now.as_of), pd.Timestamp(HORIZON))
    return measured(
        analysis.implied_pace(now.value, goal.value, years, ceiling.value), goal, now, ceiling, as_of=HORIZON
    )


def _pace(first: str, last: str) -> Measured:
    """Compute the pace that two dates of one series imply under the ceiling assumed."""
    table, ceiling = load("adoption"), assumption("share-ceiling")
    years = years_between(table.loc[first, "as_of"], table.loc[last, "as_of"])
    shares = table.loc[first, "value"], table.loc[last, "value"]
    value, low, high = (analysis.implied_pace(*shares, years, getattr(ceiling, side)) for side in FIRST_PARTS)
    return measured(
        analysis.implied_pace(*shares, years, ceiling.value),
        rows("adoption", (first, last)),
        ceiling,
        low=min(value, low, high),
        high=max(value, low, high),
        interval="assumptions",
    )


@finding("genai-pace-us-telemetry")
def genai_pace_us_telemetry() -> Measured:
    """Compare mid 2025 with the spring of 2026."""
    return _pace("microsoft-user-share-2025h1-us", "microsoft-user-share-2026q1-us")


@finding("genai-pace-cn-telemetry")
def genai_pace_cn_telemetry() -> Measured:
    """Compare mid 2025 with the spring of 2026."""
    return _pace("microsoft-user-share-2025h1-cn", "microsoft-user-share-2026q1-cn")


@finding("genai-pace-cn-survey")
def genai_pace_cn_survey() -> Measured:
    """Compare the two surveys of 2025."""
    return _pace("cnnic-share-2025-06-cn", "cnnic-share-2025-12-cn")


# DeepSeek abroad.


def _abroad() -> pd.DataFrame:
    """Return the economies other than China."""
    shares = load("deepseek_shares")
    return shares[shares["country"] != "CN"]


@cache
def _weights() -> tuple[pd.Series, Rows, Rows]:
    """Return the users of each economy at the end of 2025, and what they were computed from."""
    adoption, population = load("adoption"), load("population")
    heads = analysis.users_by_economy(adoption, population, END_2025)
    wanted = heads.index.intersection(_abroad()["country"])
    shares, people = analysis.telemetry(adoption, END_2025), analysis.working_age(population)
    return heads, rows("adoption", shares.loc[wanted, "id"]), rows("population", people.loc[wanted, "id"])


def _region(part: pd.DataFrame) -> Measured:
    """Average DeepSeek's share over the users of the economies named, with the ends of the classes as its range."""
    heads, shares, people = _weights()
    middle, low, high = analysis.regional_share(part, heads)
    evidence = (rows("deepseek_shares", part["id"]), shares, people)
    return measured(middle, *evidence, low=low, high=high, interval="classes", as_of=END_2025)


@finding("deepseek-share-africa")
def deepseek_share_africa() -> Measured:
    """Average over the users of Africa's economies."""
    return _region(_abroad().query("region == 'Africa'"))


@finding("deepseek-share-elsewhere")
def deepseek_share_elsewhere() -> Measured:
    """Average over the users of all economies outside Africa and China."""
    return _region(_abroad().query("region != 'Africa'"))


@finding("deepseek-share-outside-china")
def deepseek_share_outside_china() -> Measured:
    """Average over the users of all economies but China."""
    return _region(_abroad())


@finding("deepseek-africa-over-elsewhere-users")
def deepseek_africa_over_elsewhere_users() -> Measured:
    """Divide the two means over users."""
    africa, elsewhere = get("deepseek-share-africa"), get("deepseek-share-elsewhere")
    value, low, high = analysis.ratio_of_ranges(_triple(africa), _triple(elsewhere))
    return measured(value, africa, elsewhere, low=low, high=high, interval="classes", as_of=END_2025)


def _triple(found: Finding) -> tuple[float, float, float]:
    """Return value, low and high of a finding that has an interval."""
    if found.low is None or found.high is None:
        raise ValueError(f"{found.id} has no interval")
    return found.value, found.low, found.high


@finding("deepseek-africa-over-elsewhere-economies")
def deepseek_africa_over_elsewhere_economies() -> Measured:
    """Divide the plain means over economies."""
    shares = _abroad()
    parts = [shares[shares["region"] == "Africa"], shares[shares["region"] != "Africa"]]
    value, low, high = analysis.ratio_of_ranges(*(analysis.regional_share(part) for part in parts))
    return measured(value, rows("deepseek_shares", shares["id"]), low=low, high=high, interval="classes")


@finding("deepseek-africa-multiple-microsoft")
def deepseek_africa_multiple_microsoft() -> Measured:
    """Read the two ends that the report names; the value is their middle."""
    keys = ("deepseek-africa-multiple-2025h2-lower", "deepseek-africa-multiple-2025h2-upper")
    low, high = load("adoption").loc[list(keys), "value"]
    return measured((low + high) / 2, rows("adoption", keys), low=low, high=high, interval="range")


@finding("deepseek-economies-abroad")
def deepseek_economies_abroad() -> Measured:
    """Count the economies other than China for which a share or a class is known."""
    return measured(len(_abroad()), rows("deepseek_shares", _abroad()["id"]))


@finding("deepseek-majorities-abroad")
def deepseek_majorities_abroad() -> Measured:
    """Count the economies outside China in which the share, or the upper end of its class, is above a half."""
    bounds = analysis.class_bounds(_abroad())
    return measured((bounds["high"] > 50).sum(), rows("deepseek_shares", bounds["id"]))


@finding("deepseek-economies-five-or-less")
def deepseek_economies_five_or_less() -> Measured:
    """Count the economies of the lowest class."""
    shares = _abroad()
    return measured((shares["band"] == "5 or less").sum(), rows("deepseek_shares", shares["id"]))


# The Arab world.


def _arab(day: str, gulf: bool | None = None) -> tuple[pd.DataFrame, tuple[Rows, Rows]]:
    """Return the covered members of the Arab League at a date, all or by membership of the Gulf council."""
    table = analysis.arab_adoption(load("adoption"), load("population"), day)
    if gulf is not None:
        table = table[table["gulf"] == gulf]
    return table, (rows("adoption", table["adoption_row"]), rows("population", table["population_row"]))


def _arab_share(day: str, gulf: bool | None = None) -> Measured:
    """Average the shares, weighted by people aged 15 to 64."""
    table, evidence = _arab(day, gulf)
    return measured(analysis.weighted_mean(table["share_percent"], table["people"]), *evidence, as_of=day)


@finding("arab-share-mid-2025")
def arab_share_mid_2025() -> Measured:
    """Weight the members by people."""
    return _arab_share(MID_2025)


@finding("arab-share-end-2025")
def arab_share_end_2025() -> Measured:
    """Weight the members by people."""
    return _arab_share(END_2025)


@finding("arab-share-2026q1")
def arab_share_2026q1() -> Measured:
    """Weight the members by people."""
    return _arab_share(SPRING_2026)


@finding("gulf-share-2026q1")
def gulf_share_2026q1() -> Measured:
    """Weight the Gulf states by people."""
    return _arab_share(SPRING_2026, gulf=True)


@finding("arab-share-without-gulf-2026q1")
def arab_share_without_gulf_2026q1() -> Measured:
    """Weight the other members by people."""
    return _arab_share(SPRING_2026, gulf=False)


@finding("arab-users-2026q1")
def arab_users_2026q1() -> Measured:
    """Add the users of all covered members."""
    table, evidence = _arab(SPRING_2026)
    heads = (table["share_percent"] / 100 * table["people"]).sum() / 1e6
    return measured(heads, *evidence, as_of=SPRING_2026)


@finding("arab-members-covered")
def arab_members_covered() -> Measured:
    """Count the members that the telemetry covers."""
    table, evidence = _arab(SPRING_2026)
    return measured(len(table), *evidence, as_of=SPRING_2026)


@finding("arab-spread-2026q1")
def arab_spread_2026q1() -> Measured:
    """Subtract the lowest share of a member from the highest."""
    table, evidence = _arab(SPRING_2026)
    return measured(table["share_percent"].max() - table["share_percent"].min(), evidence[0], as_of=SPRING_2026)


@finding("genai-share-gap-telemetry")
def genai_share_gap_telemetry() -> Measured:
    """Subtract the Chinese share from the American one."""
    shares = [get("genai-share-us-telemetry"), get("genai-share-cn-telemetry")]
    return measured(shares[0].value - shares[1].value, *shares)


@finding("gulf-chips-licensed")
def gulf_chips_licensed() -> Measured:
    """Add the two ceilings."""
    keys = ("humain-licence-2025", "g42-licence-2025")
    return measured(load("arab_world").loc[list(keys), "value"].sum(), rows("arab_world", keys))


@finding("gulf-licensed-of-announced-year")
def gulf_licensed_of_announced_year() -> Measured:
    """Divide the licences by what the framework of May 2025 foresees for the Emirates in one year."""
    licensed = get("gulf-chips-licensed")
    yearly = load("arab_world").loc["uae-campus-chips", "value"]
    return measured(100 * licensed.value / yearly, licensed, rows("arab_world", "uae-campus-chips"))


@finding("gulf-chips-licensed-h100e")
def gulf_chips_licensed_h100e() -> Measured:
    """Convert by the processing performance of the two chips."""
    licensed = get("gulf-chips-licensed")
    table = load("accelerators")
    one, low, high = (
        table.loc["gb300", side] / table.loc["h100-sxm", "tpp"] for side in ("tpp", "tpp_low", "tpp_high")
    )
    return measured(
        licensed.value * one,
        licensed,
        rows("accelerators", ("gb300", "h100-sxm")),
        low=licensed.value * low,
        high=licensed.value * high,
        interval="range",
        as_of=licensed.as_of,
    )


@finding("arabic-deepseek-over-best-2025-03")
def arabic_deepseek_over_best_2025_03() -> Measured:
    """Divide DeepSeek's score by the best of the round."""
    return quotient("arab_world", "aragen-2025-03-deepseek-chat-v3", "aragen-2025-03-o1", 100)


@finding("arabic-deepseek-over-best-2024-12")
def arabic_deepseek_over_best_2024_12() -> Measured:
    """Divide DeepSeek's score by the best of the round."""
    return quotient("arab_world", "aragen-2024-12-deepseek-chat-v3", "aragen-2024-12-o1", 100)


# Physical AI, materials, state and research.


@finding("robots-share-cn-2024")
def robots_share_cn_2024() -> Measured:
    """Divide the installations in China by those in the world."""
    return quotient("industrial_ai", "robots-installed-cn-2024", "robots-installed-ww-2024", 100)


@finding("robots-cn-over-us-2024")
def robots_cn_over_us_2024() -> Measured:
    """Divide the installations in China by those in the United States."""
    return quotient("industrial_ai", "robots-installed-cn-2024", "robots-installed-us-2024")


@finding("electric-car-share-cn-2025")
def electric_car_share_cn_2025() -> Measured:
    """Read the share."""
    return ranged("industrial_ai", "electric-cars-cn-2025")


@finding("electric-car-share-us-2025")
def electric_car_share_us_2025() -> Measured:
    """Read the share."""
    return ranged("industrial_ai", "electric-cars-us-2025")


@finding("electric-car-share-cn-over-us-2025")
def electric_car_share_cn_over_us_2025() -> Measured:
    """Divide the Chinese share by the American one."""
    shares = [get("electric-car-share-cn-2025"), get("electric-car-share-us-2025")]
    return measured(shares[0].value / shares[1].value, *shares)


@finding("humanoids-three-makers-cn-2025")
def humanoids_three_makers_cn_2025() -> Measured:
    """Add the three Chinese makers that the count names and divide by the world."""
    keys = ("humanoids-2025-agibot", "humanoids-2025-unitree", "humanoids-2025-ubtech")
    table = load("industrial_ai")["value"]
    share = 100 * table[list(keys)].sum() / table["humanoids-2025-ww"]
    return measured(share, rows("industrial_ai", (*keys, "humanoids-2025-ww")))


@finding("humanoids-named-cn-over-us-2025")
def humanoids_named_cn_over_us_2025() -> Measured:
    """Divide the three Chinese makers named by the three American ones."""
    china = [f"humanoids-2025-{maker}" for maker in ("agibot", "unitree", "ubtech")]
    america = [f"humanoids-2025-{maker}" for maker in ("tesla", "figure", "agility")]
    table = load("industrial_ai")["value"]
    return measured(table[china].sum() / table[america].sum(), rows("industrial_ai", (*china, *america)))


@finding("minerals-led-cn-2024")
def minerals_led_cn_2024() -> Measured:
    """Read the count."""
    return ranged("industrial_ai", "minerals-lead-cn-2024")


@finding("minerals-mean-share-cn-2024")
def minerals_mean_share_cn_2024() -> Measured:
    """Read the share with the range of its copies."""
    return ranged("industrial_ai", "minerals-mean-share-cn-2024")


def _mineral(name: str, shares: tuple[int, ...]) -> Measured:
    """Give the middle one of the shares at three stages, and their range."""
    keys = [f"{name}-share-cn-{share}" for share in shares]
    found = load("industrial_ai").loc[keys, "value"]
    evidence = rows("industrial_ai", keys)
    return measured(found.median(), evidence, low=found.min(), high=found.max(), interval="choices")


@finding("gallium-share-cn")
def gallium_share_cn() -> Measured:
    """Read the shares on three bases."""
    return _mineral("gallium", (98, 94, 80))


@finding("germanium-share-cn")
def germanium_share_cn() -> Measured:
    """Read the shares on three bases."""
    return _mineral("germanium", (91, 83, 60))


@finding("huawei-countries")
def huawei_countries() -> Measured:
    """Read the count that the annual reports repeat."""
    return ranged("industrial_ai", "huawei-countries-2022")


@finding("telecom-racks-share-cn")
def telecom_racks_share_cn() -> Measured:
    """Divide the carriers' racks by the nation's; an upper bound, if the units are the same at all."""
    return quotient("industrial_ai", "telecom-racks-cn-2025", "racks-national-cn", 100)


@finding("ai-plus-target-2027")
def ai_plus_target_2027() -> Measured:
    """Read the target."""
    return ranged("industrial_ai", "ai-plus-target-2027")


@finding("ai-plus-target-2030")
def ai_plus_target_2030() -> Measured:
    """Read the target."""
    return ranged("industrial_ai", "ai-plus-target-2030")


@finding("genai-services-filed-cn")
def genai_services_filed_cn() -> Measured:
    """Read the count."""
    return ranged("industrial_ai", "genai-services-filed-cn-2025")


@finding("stem-doctorates-ratio-2019")
def stem_doctorates_ratio_2019() -> Measured:
    """Divide the Chinese count by the American one."""
    return quotient("research", "stem-doctorates-cn-2019", "stem-doctorates-us-2019")


@finding("stem-doctorates-ratio-2025")
def stem_doctorates_ratio_2025() -> Measured:
    """Divide the projections."""
    return quotient("research", "stem-doctorates-cn-2025", "stem-doctorates-us-2025")


@finding("stem-doctorates-ratio-2022-line")
def stem_doctorates_ratio_2022_line() -> Measured:
    """Take both counts half way on straight lines from 2019 to the projection for 2025."""
    table = load("research")["value"]
    keys = [f"stem-doctorates-{country}-{year}" for country in ("cn", "us") for year in (2019, 2025)]
    china, america = (
        analysis.straight_line(table[keys[start]], table[keys[start + 1]], (2022 - 2019) / (2025 - 2019))
        for start in (0, 2)
    )
    return measured(china / america, rows("research", keys), as_of="2022-12-31")


@finding("ai-patents-granted-ratio")
def ai_patents_granted_ratio() -> Measured:
    """Divide the grants."""
    return quotient("research", "ai-patents-granted-cn", "ai-patents-granted-us")


@finding("genai-inventions-ratio")
def genai_inventions_ratio() -> Measured:
    """Divide the filings."""
    return quotient("research", "genai-patents-cn", "genai-patents-us")


@finding("aspi-nlp-gap")
def aspi_nlp_gap() -> Measured:
    """Subtract the Chinese share of the most cited papers from the American one."""
    return difference("research", "aspi-natural-language-processing-us", "aspi-natural-language-processing-cn")


@finding("aspi-machine-learning-ratio")
def aspi_machine_learning_ratio() -> Measured:
    """Divide the Chinese share of the most cited papers by the American one."""
    return quotient("research", "aspi-machine-learning-cn", "aspi-machine-learning-us")


@finding("optimism-cn-over-mean-2021")
def optimism_cn_over_mean_2021() -> Measured:
    """Subtract the mean of the countries asked from the Chinese share."""
    return difference("attitudes", "ipsos-more-benefits-2021-cn", "ipsos-more-benefits-2021-ww")


@finding("optimism-cn-2024")
def optimism_cn_2024() -> Measured:
    """Read the share."""
    return ranged("attitudes", "ipsos-more-benefits-2024-cn")


@finding("optimism-us-2024")
def optimism_us_2024() -> Measured:
    """Read the share."""
    return ranged("attitudes", "ipsos-more-benefits-2024-us")


@finding("optimism-cn-over-us-2024")
def optimism_cn_over_us_2024() -> Measured:
    """Divide the Chinese share by the American one."""
    shares = [get("optimism-cn-2024"), get("optimism-us-2024")]
    return measured(shares[0].value / shares[1].value, *shares)


@finding("notable-models-cn-over-us-2024")
def notable_models_cn_over_us_2024() -> Measured:
    """Divide the Chinese count by the American one."""
    return quotient("research", "notable-models-cn-2024", "notable-models-us-2024")


# Power and data centres, as far as the claims of this chapter ask for them.


@finding("penalised-need-over-spare-cn-2030")
def penalised_need_over_spare_cn_2030() -> Measured:
    """Multiply a forecast of China's AI power need by the whole penalty and divide by its spare capacity."""
    penalty = get("power-per-operation-penalty")
    table = load("power")["value"]
    need, spare = "cn-ai-power-need-2030-jefferies", "cn-spare-2030"
    return measured(100 * table[need] * penalty.value / table[spare], penalty, rows("power", (need, spare)))


@finding("dc-capacity-share-us-2025")
def dc_capacity_share_us_2025() -> Measured:
    """Read the share."""
    return ranged("power", "us-dc-capacity-share-2025")


@finding("dc-capacity-share-cn-2025")
def dc_capacity_share_cn_2025() -> Measured:
    """Read the share."""
    return ranged("power", "cn-dc-capacity-share-2025")


@finding("dc-capacity-cn-over-us-2025")
def dc_capacity_cn_over_us_2025() -> Measured:
    """Divide the Chinese share by the American one."""
    shares = [get("dc-capacity-share-cn-2025"), get("dc-capacity-share-us-2025")]
    return measured(shares[0].value / shares[1].value, *shares)


@finding("capacity-added-cn-over-us-2024")
def capacity_added_cn_over_us_2024() -> Measured:
    """Divide the gross additions of one year."""
    return quotient("power", "cn-capacity-added-2024", "us-capacity-added-2024-gross")


@finding("gigawatt-build-time-fastest")
def gigawatt_build_time_fastest() -> Measured:
    """Read the shortest time."""
    return ranged("industrial_ai", "build-time-us-fastest-2025")


@finding("gigawatt-build-time-slowest")
def gigawatt_build_time_slowest() -> Measured:
    """Read the longest time."""
    return ranged("industrial_ai", "build-time-us-slowest-2025")


# The Shanghai conference of July 2025.


@finding("waic-exhibitors")
def waic_exhibitors() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-exhibitors")


@finding("waic-products")
def waic_products() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-products")


@finding("waic-models")
def waic_models() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-models")


@finding("waic-area")
def waic_area() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-area")


@finding("waic-start-ups")
def waic_start_ups() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-startups")


@finding("waic-investors")
def waic_investors() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-investors")


@finding("waic-guests-announced")
def waic_guests_announced() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-guests")


@finding("waic-experts-closing")
def waic_experts_closing() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-experts-closing")


@finding("waic-visits")
def waic_visits() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-visits")


@finding("waic-guest-countries")
def waic_guest_countries() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-guest-countries")


@finding("waic-expert-countries-closing")
def waic_expert_countries_closing() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-expert-countries-closing")


@finding("waic-professional-countries")
def waic_professional_countries() -> Measured:
    """Read the figure."""
    return ranged("market_events", "waic2025-professional-countries")


# For the column of January 2026.


@finding("data-centre-electricity-2030-over-2024")
def data_centre_electricity() -> Measured:
    """Divide the base case of 2030 by the estimate of 2024."""
    return quotient("power", "ww-dc-2030", "ww-dc-2024")


@finding("optimism-cn-over-mean-2024")
def optimism_cn_over_mean_2024() -> Measured:
    """Subtract the mean of the countries asked from the Chinese share."""
    return difference("attitudes", "ipsos-more-benefits-2024-cn", "ipsos-more-benefits-2024-ww")


@finding("ai-patents-share-ratio-2023")
def ai_patents_share_ratio_2023() -> Measured:
    """Divide the two shares of the year's grants."""
    return quotient("research", "ai-patents-share-granted-2023-cn", "ai-patents-share-granted-2023-us")


@finding("telecom-smart-computing-share-cn")
def telecom_smart_computing_share_cn() -> Measured:
    """Divide the carriers' smart computing by the nation's, which is three months younger."""
    return quotient("industrial_ai", "telecom-smart-computing-cn-2025", "smart-computing-national-cn-2025", 100)


@finding("us-favour-change-mexico-2025")
def us_favour_change_mexico() -> Measured:
    """Subtract the share of 2024 from that of 2025."""
    return difference("attitudes", "pew-favourable-us-2025-mx", "pew-favourable-us-2024-mx")


@finding("us-favour-change-turkey-2025")
def us_favour_change_turkey() -> Measured:
    """Subtract the share of 2024 from that of 2025."""
    return difference("attitudes", "pew-favourable-us-2025-tr", "pew-favourable-us-2024-tr")


@finding("us-favour-change-sweden-2025")
def us_favour_change_sweden() -> Measured:
    """Subtract the share of 2024 from that of 2025."""
    return difference("attitudes", "pew-favourable-us-2025-se", "pew-favourable-us-2024-se")


@finding("us-side-change-south-east-asia-2025")
def us_side_change() -> Measured:
    """Subtract the share of 2024 from that of 2025."""
    return difference("attitudes", "iseas-us-over-china-2025", "iseas-us-over-china-2024")


# What reports of the Shanghai fair lead with.


def _reports_of_the_fair() -> pd.DataFrame:
    events = load("policy_events")
    return events[(events["kind"] == "report") & events["event"].str.startswith("Leads with ")]


@finding("waic-reports-read")
def waic_reports_read() -> Measured:
    """Count the reports of the fair in the table that were written while it went on or at its close."""
    reports = _reports_of_the_fair()
    return measured(len(reports), rows("policy_events", reports.index))


@finding("waic-reports-led-by-deepseek")
def waic_reports_led_by_deepseek() -> Measured:
    """Count those of them that lead with DeepSeek."""
    reports = _reports_of_the_fair()
    return measured(reports["event"].str.contains("DeepSeek").sum(), rows("policy_events", reports.index))


# Power in 2026.


@finding("us-sites-slipping-2026")
def us_sites_slipping() -> Measured:
    """Take the middle of the range that digests of August 2026 give."""
    return middle("power", "us-sites-slipping-2026")
