"""Findings of the closing chapter, and the inputs of its models as tables and assumptions give them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from helpers.analysis import gap
from helpers.analysis import synthesis as analysis
from helpers.analysis.chips import stock_gw
from helpers.data import assumption, expensive, load
from helpers.findings import synthesis_map, synthesis_model, synthesis_readings  # noqa: F401  registers these parts
from helpers.findings.capability import NEWEST, draws, export, whole
from helpers.findings.forms import quotient, simulated
from helpers.findings.registry import Finding, Measured, Rows, finding, get, measured, rows

APRIL = "2026-04-19"  # beside the newest, the export of the index from which the race is started
WINDOWS = (pd.Timestamp(2023, 9, 28), pd.Timestamp(2024, 5, 7))  # releases of Qwen-14B and of DeepSeek-V2
PACE_FROM = pd.Timestamp(2024, 4, 1)  # records since the first with several makers abreast
BY_2029, BY_2031 = date(2029, 1, 31), date(2031, 1, 31)  # the months in which the insider's three and five years end
END_2028, END_2030 = date(2028, 12, 31), date(2030, 12, 31)
HUANG_SAID = pd.Timestamp(2025, 11, 5)
POINTS_PER_SHARE = 100.0

FRONTIER_ASSUMPTIONS = (
    "frontier-gap-mean",
    "frontier-gap-spread",
    "frontier-gap-persistence",
    "points-per-tenfold-compute",
    "compute-ratio-growth",
    "drift",
)
EVENT_ASSUMPTIONS = ("drift-spread", "lead-month-ends", "tie-tolerance")
SPREAD_ASSUMPTIONS = ("share-ceiling", "spread-pace", "spread-pace-correlation")


# The inputs of the models


def _ends(key: str) -> analysis.Range:
    chosen = assumption(key)
    return chosen.low, chosen.high


def _triangle(key: str) -> analysis.Triangle:
    chosen = assumption(key)
    return chosen.low, chosen.value, chosen.high


def export_days(until: str = NEWEST) -> list[str]:
    """Return the days of all exports up to ``until``."""
    days = sorted(load("capability_records")["as_of"].unique())
    return [day.date().isoformat() for day in days if day <= pd.Timestamp(until)]


def gap_history(day: str = NEWEST) -> pd.Series:
    """Return the gap day by day as one export has it, in points."""
    return gap.daily_gap(export(day), date.fromisoformat(day))


def best_rows(day: str, on: pd.Timestamp | None = None) -> Rows:
    """Name the best American and the best Chinese model of an export, released by ``on``."""
    models = export(day)
    models = models[models["version_date"] <= (on or pd.Timestamp(day))]
    return rows("capability_records", [part["score"].idxmax() for _, part in models.groupby("country")])


def record_rows(*days: str, country: str | None = None, since: pd.Timestamp | None = None) -> Rows:
    """Name the national records of the exports."""
    found: list[str] = []
    for day in days:
        models = export(day)
        wanted = models["national_record"].astype(bool)
        if country:
            wanted &= models["country"] == country
        if since is not None:
            wanted &= models["version_date"] >= since
        found += models.index[wanted].tolist()
    return rows("capability_records", found)


def race(day: str = NEWEST) -> analysis.Frontier:
    """Return the frontier race as it stood in the export of ``day``, with the assumptions in force."""
    return analysis.Frontier(
        gap=float(gap_history(day).iloc[-1]),
        start=date.fromisoformat(day),
        mean=_ends("frontier-gap-mean"),
        spread=_ends("frontier-gap-spread"),
        persistence=_ends("frontier-gap-persistence"),
        compute=_triangle("points-per-tenfold-compute"),
        growth=_triangle("compute-ratio-growth"),
        drift=assumption("drift").value,
    )


def taus() -> tuple[float, float, float]:
    """Return the three spreads of the drift that are always shown together: low, middle, high (points a year)."""
    return _triangle("drift-spread")


def months_in_a_row() -> int:
    """Return the rule in force for leading."""
    return round(assumption("lead-month-ends").value)


@cache
@expensive
def outlooks(day: str = NEWEST) -> dict[float, analysis.Outlook]:
    """Simulate the race from the export of ``day`` to January 2031, for three spreads and two rules."""
    rules = sorted({months_in_a_row(), round(assumption("lead-month-ends").low)})
    return analysis.outlook(race(day), BY_2031, taus(), rules, assumption("tie-tolerance").value)


@cache
def window_estimates(until: str = NEWEST) -> pd.DataFrame:
    """Return mean, spread and persistence of the gap per window, in each export up to ``until``."""
    found = []
    for day in export_days(until):
        gap = gap_history(day)
        for start in WINDOWS:
            part = gap[start:]
            found.append(
                {
                    "export": day,
                    "window": start,
                    "mean": part.mean(),
                    "spread": part.std(),
                    "persistence": analysis.autocorrelation(analysis.whole_months(part)),
                }
            )
    return pd.DataFrame(found)


def pace(day: str, country: str) -> analysis.Slope:
    """Fit the national records of one export since April 2024."""
    records = load("capability_records").loc[list(record_rows(day, country=country, since=PACE_FROM).ids)]
    return analysis.record_pace(records["version_date"], records["score"])


def pace_difference(day: str) -> analysis.Slope:
    """Return the American pace less the Chinese, with the error of independent records."""
    us, cn = pace(day, "US"), pace(day, "CN")
    return analysis.Slope(us.value - cn.value, float(np.hypot(us.error, cn.error)), us.count + cn.count)


def trend(day: str, window: pd.Timestamp) -> analysis.Slope:
    """Fit the gap at month-ends of one export since the start of a window."""
    return analysis.gap_trend(analysis.whole_months(gap_history(day)[window:]))


@cache
def scored_models(day: str = NEWEST) -> pd.DataFrame:
    """Return the models of both countries for which the export has a score and table ``models`` training compute."""
    scores = export(day).assign(key=lambda frame: frame["model"].map(analysis.model_key)).drop_duplicates("key")
    known = load("models").dropna(subset=["training_flop"]).assign(key=lambda f: f["model"].map(analysis.model_key))
    joined = known[["id", "key", "training_flop", "flop_confidence"]].merge(
        scores[["id", "key", "country", "score", "version_date"]], on="key", suffixes=("_model", "_score")
    )
    return joined[joined["country"].isin(["US", "CN"])]


def basis(name: str) -> analysis.Basis:
    """Return one way of counting users: ``telemetry`` or ``survey``."""
    used, people = load("adoption"), load("population")
    if name == "telemetry":
        us, cn = used.loc["microsoft-user-share-2026q1-us"], used.loc["microsoft-user-share-2026q1-cn"]
        people_us, people_cn = people.loc["un-us-15-64-2025", "people"], people.loc["un-cn-15-64-2025", "people"]
        share_cn = cn["value"] / POINTS_PER_SHARE
    else:
        us, cn = used.loc["rps-any-use-2025-08-us"], used.loc["cnnic-users-2025-12-cn"]
        people_us, people_cn = people.loc["un-us-18-64-2025", "people"], people.loc["nbs-cn-all-2025", "people"]
        share_cn = cn["value"] * 1e6 / people_cn
    return analysis.Basis(
        share_us=us["value"] / POINTS_PER_SHARE,
        day_us=us["as_of"].date(),
        share_cn=float(share_cn),
        day_cn=cn["as_of"].date(),
        people_us=float(people_us) / 1e6,
        people_cn=float(people_cn) / 1e6,
    )


BASIS_ROWS = {
    ("telemetry", "us"): ("microsoft-user-share-2026q1-us", "un-us-15-64-2025"),
    ("telemetry", "cn"): ("microsoft-user-share-2026q1-cn", "un-cn-15-64-2025"),
    ("survey", "us"): ("rps-any-use-2025-08-us", "un-us-18-64-2025"),
    ("survey", "cn"): ("cnnic-users-2025-12-cn", "nbs-cn-all-2025"),
}


def basis_day(name: str) -> date:
    """Return the later of the two days on which shares were last seen."""
    counted = basis(name)
    return max(counted.day_us, counted.day_cn)


def basis_rows(name: str, *countries: str) -> list[Rows]:
    """Name the rows behind one basis."""
    found = []
    for country in countries or ("us", "cn"):
        used, people = BASIS_ROWS[name, country]
        found += [rows("adoption", used), rows("population", people)]
    return found


def spread() -> analysis.Spread:
    """Return how use spreads, with the assumptions in force."""
    low, high = _ends("share-ceiling")
    pace_law = assumption("spread-pace")
    return analysis.Spread(
        ceiling=(low / POINTS_PER_SHARE, high / POINTS_PER_SHARE),
        pace=(pace_law.value, pace_law.low, pace_law.high),
        correlation=assumption("spread-pace-correlation").value,
    )


def _chosen(keys: Iterable[str]) -> list:
    return [assumption(key) for key in keys]


# The gap


def _gap(day: str) -> Measured:
    """Subtract the best Chinese from the best American score of an export, with an interval where it prints any."""
    named = best_rows(day)
    best = load("capability_records").loc[list(named.ids)].set_index("country")
    value = best.loc["US", "score"] - best.loc["CN", "score"]
    if best[["low", "high"]].isna().to_numpy().any():
        return measured(value, named, as_of=day)
    low, high = gap.band(gap.gap_on(draws(day), gap.day_number(day)))
    return measured(value, whole(day), low=low, high=high, interval="simulated", as_of=day)


@finding("frontier-gap-december-2025")
def gap_december() -> Measured:
    """Take the best score of each country in the export of December 2025."""
    return _gap("2025-12-19")


@finding("frontier-gap-march-2026")
def gap_march() -> Measured:
    """Take the best score of each country in the export of March 2026."""
    return _gap("2026-03-09")


@finding("frontier-gap-april-2026")
def gap_april() -> Measured:
    """Take the best score of each country in the export of April 2026."""
    return _gap(APRIL)


@finding("frontier-lag-by-pace-august-2026")
def lag_august() -> Measured:
    """Divide the gap by the pace of the American records."""
    ahead, speed = get("gap-2026-08"), get("us-record-pace")
    assert ahead.low is not None
    assert ahead.high is not None
    low, value, high = (analysis.lag_months(points, speed.value) for points in (ahead.low, ahead.value, ahead.high))
    return measured(value, ahead, speed, low=low, high=high, interval=ahead.interval, as_of=ahead.as_of)


@finding("frontier-lag-by-pace-april-2026")
def lag_april() -> Measured:
    """Divide the gap of April by the pace of the American records in the same export."""
    ahead, speed = get("frontier-gap-april-2026"), pace(APRIL, "US")
    return measured(
        analysis.lag_months(ahead.value, speed.value),
        ahead,
        record_rows(APRIL, country="US", since=PACE_FROM),
        low=analysis.lag_months(ahead.value, speed.value + speed.error),
        high=analysis.lag_months(ahead.value, speed.value - speed.error),
        interval="se",
    )


@finding("frontier-lag-by-pace-november-2025")
def lag_november() -> Measured:
    """Divide the gap on the day of Jensen Huang's statement, as the newest export has it, by the pace."""
    points = float(gap_history()[HUANG_SAID])
    return measured(
        analysis.lag_months(points, get("us-record-pace").value),
        best_rows(NEWEST, HUANG_SAID),
        get("us-record-pace"),
        as_of=HUANG_SAID,
    )


# The drift, measured three ways


def _slope(slope: analysis.Slope, *evidence: Rows | Finding) -> Measured:
    low, high = slope.value - slope.error, slope.value + slope.error
    return measured(slope.value, *evidence, low=low, high=high, interval="se")


@finding("us-record-pace")
def us_pace() -> Measured:
    """Fit a line through the American records since April 2024."""
    return _slope(pace(NEWEST, "US"), record_rows(NEWEST, country="US", since=PACE_FROM))


@finding("cn-record-pace")
def cn_pace() -> Measured:
    """Fit a line through the Chinese records since April 2024."""
    return _slope(pace(NEWEST, "CN"), record_rows(NEWEST, country="CN", since=PACE_FROM))


@finding("drift-by-records")
def drift_by_records() -> Measured:
    """Take the American pace less the Chinese; the error takes records as independent and is a floor."""
    return _slope(pace_difference(NEWEST), get("us-record-pace"), get("cn-record-pace"))


@finding("drift-by-gap-since-2023")
def drift_since_2023() -> Measured:
    """Fit a line through the gap at month-ends since September 2023."""
    return _slope(trend(NEWEST, WINDOWS[0]), record_rows(NEWEST))


@finding("drift-by-gap-since-2024")
def drift_since_2024() -> Measured:
    """Fit a line through the gap at month-ends since May 2024."""
    return _slope(trend(NEWEST, WINDOWS[1]), record_rows(NEWEST, since=WINDOWS[1]))


def _estimated(column: str, until: str = NEWEST) -> Measured:
    values = window_estimates(until)[column]
    return measured(
        values.mean(),
        record_rows(*export_days(until)),
        low=values.min(),
        high=values.max(),
        interval="choices",
    )


@finding("gap-mean-estimated")
def gap_mean() -> Measured:
    """Average the gap by days, per window and export."""
    return _estimated("mean")


@finding("gap-spread-estimated")
def gap_spread() -> Measured:
    """Take the standard deviation of the daily gap, per window and export."""
    return _estimated("spread")


@finding("gap-persistence-estimated")
def gap_persistence() -> Measured:
    """Take the autocorrelation of the gap at month-ends, per window and export."""
    return _estimated("persistence")


# Compute


@finding("points-per-tenfold-regression")
def points_per_tenfold() -> Measured:
    """Regress score on date, training compute and country, over all models that have both."""
    models = scored_models()
    slope = analysis.compute_effect(models)
    return _slope(slope, rows("capability_records", models["id_score"]), rows("models", models["id_model"]))


# Who leads by when


def _lead(day: str, by: date, rule: int) -> Measured:
    low, centre, high = (POINTS_PER_SHARE * outlooks(day)[tau].led_by(by, rule) for tau in taus())
    return measured(
        centre,
        best_rows(day),
        *_chosen((*FRONTIER_ASSUMPTIONS, *EVENT_ASSUMPTIONS)),
        low=min(low, centre),
        high=max(high, centre),
        interval="drift-spreads",
        as_of=day,
    )


@finding("lead-by-january-2029")
def lead_2029() -> Measured:
    """Simulate the race from August 2026 and count the draws in which China has led."""
    return _lead(NEWEST, BY_2029, months_in_a_row())


@finding("lead-by-january-2031")
def lead_2031() -> Measured:
    """Simulate the race from August 2026 and count the draws in which China has led."""
    return _lead(NEWEST, BY_2031, months_in_a_row())


@finding("lead-by-january-2031-single-month")
def lead_2031_single() -> Measured:
    """Count a single month-end as leading."""
    return _lead(NEWEST, BY_2031, round(assumption("lead-month-ends").low))


@finding("lead-by-january-2029-from-april")
def lead_2029_april() -> Measured:
    """Start the race from the export of April 2026."""
    return _lead(APRIL, BY_2029, months_in_a_row())


@finding("lead-by-january-2031-from-april")
def lead_2031_april() -> Measured:
    """Start the race from the export of April 2026."""
    return _lead(APRIL, BY_2031, months_in_a_row())


@finding("gap-end-2030")
def gap_2030() -> Measured:
    """Take the median and 90% of the simulated gap at the end of 2030, at the middle spread of the drift."""
    look = outlooks()[taus()[1]]
    row = look.days.index(END_2030)
    return measured(
        look.quantiles[50][row],
        best_rows(NEWEST),
        *_chosen((*FRONTIER_ASSUMPTIONS, "drift-spread")),
        low=look.quantiles[5][row],
        high=look.quantiles[95][row],
        interval="simulated",
        as_of=NEWEST,
    )


@finding("closing-drift-by-2031")
def closing_drift() -> Measured:
    """Divide the mean gap by the years from August 2026 to January 2031, over the range of the mean."""
    chosen = assumption("frontier-gap-mean")
    years = float(analysis.years_since(date.fromisoformat(NEWEST), [BY_2031])[0])
    high, centre, low = (analysis.closing_drift(mean, years) for mean in (chosen.low, chosen.value, chosen.high))
    return measured(centre, record_rows(NEWEST), chosen, low=low, high=high, interval="assumptions", as_of=NEWEST)


@cache
def gap_indices() -> pd.DataFrame:
    """Return Sobol's indices of the gap at the end of 2030, the spread of the drift being uniform over its range."""
    years = float(analysis.years_since(date.fromisoformat(NEWEST), [END_2030])[0])
    return analysis.gap_sensitivity(race(), years, _ends("drift-spread"))


@finding("drift-share-of-variance")
def drift_share() -> Measured:
    """Take the total index of the drift for the gap at the end of 2030."""
    row = gap_indices().loc["drift"] * POINTS_PER_SHARE
    return measured(
        row["total"],
        best_rows(NEWEST),
        *_chosen((*FRONTIER_ASSUMPTIONS, "drift-spread")),
        low=row["total_low"],
        high=row["total_high"],
        interval="ci90",
        as_of=NEWEST,
    )


def _drift_share(tau: float) -> Measured:
    years = float(analysis.years_since(date.fromisoformat(NEWEST), [END_2030])[0])
    return measured(
        POINTS_PER_SHARE * analysis.drift_share(race(), years, tau),
        best_rows(NEWEST),
        *_chosen((*FRONTIER_ASSUMPTIONS, "drift-spread")),
        as_of=NEWEST,
    )


@finding("drift-share-small")
def drift_share_small() -> Measured:
    """Divide the drift's own variance by that of the gap at the end of 2030, at the smallest spread of the drift."""
    return _drift_share(taus()[0])


@finding("drift-share-middle")
def drift_share_middle() -> Measured:
    """Divide the drift's own variance by that of the gap at the end of 2030, at the middle spread of the drift."""
    return _drift_share(taus()[1])


@finding("drift-share-large")
def drift_share_large() -> Measured:
    """Divide the drift's own variance by that of the gap at the end of 2030, at the largest spread of the drift."""
    return _drift_share(taus()[2])


@finding("insider-odds-per-year")
def insider_odds() -> Measured:
    """Turn odds of 20% over three to five years into a constant chance a year; a conversion only."""
    figures = load("claim_figures")
    odds, short, long = (figures.loc[f"lin-20-percent-odds-{n}", "value"] for n in (1, 2, 3))
    slow, fast = (POINTS_PER_SHARE * analysis.yearly_rate(odds / POINTS_PER_SHARE, years) for years in (long, short))
    return measured(
        slow,
        rows("claims", "lin-20-percent-odds"),
        low=slow,
        high=fast,
        interval="terms",
        as_of=load("claims").loc["lin-20-percent-odds", "said_on"],
    )


# Back-test on dated exports


BACKTESTS = (
    ("2025-12-19", "frontier-gap-december-2025", "frontier-gap-march-2026", "predicted-gap-march-2026"),
    ("2025-12-19", "frontier-gap-december-2025", "frontier-gap-april-2026", "predicted-gap-april-2026"),
    (APRIL, "frontier-gap-april-2026", "gap-2026-08", "predicted-gap-august-2026"),
    (NEWEST, "gap-2026-08", "gap-2026-09-30", "predicted-gap-september-2026"),
)


def race_known_on(day: str) -> analysis.Frontier:
    """Return the race with mean, spread and persistence from the exports up to ``day`` alone."""
    known = window_estimates(day)
    laws = {name: (known[name].min(), known[name].max()) for name in ("mean", "spread", "persistence")}
    start = race(day)
    return analysis.Frontier(
        start.gap, start.start, **laws, compute=start.compute, growth=start.growth, drift=start.drift
    )


def _predicted(target: str) -> Measured:
    day, _, seen, _ = next(item for item in BACKTESTS if item[3] == target)
    gaps = analysis.gap_on(race_known_on(day), get(seen).as_of, taus()[1])
    return simulated(
        gaps,
        record_rows(*export_days(day)),
        *_chosen(("points-per-tenfold-compute", "compute-ratio-growth", "drift", "drift-spread")),
        as_of=get(seen).as_of,
    )


@finding("predicted-gap-march-2026")
def predicted_march() -> Measured:
    """Predict the gap of March 2026 from the export of December 2025 alone."""
    return _predicted("predicted-gap-march-2026")


@finding("predicted-gap-april-2026")
def predicted_april() -> Measured:
    """Predict the gap of April 2026 from the export of December 2025 alone."""
    return _predicted("predicted-gap-april-2026")


@finding("predicted-gap-august-2026")
def predicted_august() -> Measured:
    """Predict the gap of August 2026 from the exports up to April."""
    return _predicted("predicted-gap-august-2026")


@finding("predicted-gap-september-2026")
def predicted_september() -> Measured:
    """Predict the gap quoted at the end of September 2026 from the exports up to August."""
    return _predicted("predicted-gap-september-2026")


@finding("backtest-error-of-model")
def backtest_model() -> Measured:
    """Average the distance of the predicted medians from the gaps seen."""
    pairs = [(get(predicted), get(seen)) for _, _, seen, predicted in BACKTESTS]
    error = np.mean([abs(predicted.value - seen.value) for predicted, seen in pairs])
    return measured(error, *[item for pair in pairs for item in pair])


@finding("backtest-error-of-persistence")
def backtest_persistence() -> Measured:
    """Average the distance of the last gap known from the gaps seen."""
    pairs = [(get(known), get(seen)) for _, known, seen, _ in BACKTESTS]
    error = np.mean([abs(known.value - seen.value) for known, seen in pairs])
    return measured(error, *[item for pair in pairs for item in pair])


# Users and what they must be worth


def _breakeven(name: str) -> Measured:
    us, cn = get(f"genai-users-us-{name}"), get(f"genai-users-cn-{name}")
    return measured(analysis.breakeven_value(us.value, cn.value), us, cn, as_of=basis_day(name))


@finding("breakeven-value-by-telemetry")
def breakeven_telemetry() -> Measured:
    """Divide American users by Chinese ones, by telemetry."""
    return _breakeven("telemetry")


@finding("breakeven-value-by-survey")
def breakeven_survey() -> Measured:
    """Divide American users by Chinese ones, each by its own survey."""
    return _breakeven("survey")


def _breakeven_2030(name: str) -> Measured:
    values = analysis.breakeven_on(basis(name), spread(), END_2030)
    return simulated(values, *basis_rows(name), *_chosen(SPREAD_ASSUMPTIONS), as_of=basis_day(name))


@finding("breakeven-value-2030-by-telemetry")
def breakeven_2030_telemetry() -> Measured:
    """Carry both shares along logistic curves to the end of 2030, from telemetry."""
    return _breakeven_2030("telemetry")


@finding("breakeven-value-2030-by-survey")
def breakeven_2030_survey() -> Measured:
    """Carry both shares along logistic curves to the end of 2030, from the surveys."""
    return _breakeven_2030("survey")


def _passed(name: str, by: date) -> Measured:
    law, counted = spread(), basis(name)
    centre = analysis.passing_probability(counted, law, by)
    tried = [centre]
    for end in law.ceiling:
        tried.append(analysis.passing_probability(counted, analysis.Spread((end, end), law.pace, law.correlation), by))
    for tie in _ends("spread-pace-correlation"):
        tried.append(analysis.passing_probability(counted, analysis.Spread(law.ceiling, law.pace, tie), by))
    return measured(
        POINTS_PER_SHARE * centre,
        *basis_rows(name),
        *_chosen(SPREAD_ASSUMPTIONS),
        low=POINTS_PER_SHARE * min(tried),
        high=POINTS_PER_SHARE * max(tried),
        interval="assumptions",
        as_of=basis_day(name),
    )


@finding("share-passed-by-2028-by-telemetry")
def passed_2028_telemetry() -> Measured:
    """Count the draws in which China's share of people passes the American by the end of 2028, from telemetry."""
    return _passed("telemetry", END_2028)


@finding("share-passed-by-2028-by-survey")
def passed_2028_survey() -> Measured:
    """Count the draws in which China's share of people passes the American by the end of 2028, from the surveys."""
    return _passed("survey", END_2028)


@finding("share-passed-by-2030-by-telemetry")
def passed_2030_telemetry() -> Measured:
    """Count the draws in which China's share of people passes the American by the end of 2030, from telemetry."""
    return _passed("telemetry", END_2030)


@finding("share-passed-by-2030-by-survey")
def passed_2030_survey() -> Measured:
    """Count the draws in which China's share of people passes the American by the end of 2030, from the surveys."""
    return _passed("survey", END_2030)


@finding("income-ratio-purchasing-power-2024")
def income_ppp() -> Measured:
    """Divide Chinese by American product per head at purchasing power."""
    return quotient("income", "gdp-per-head-ppp-cn-2024", "gdp-per-head-ppp-us-2024")


@finding("income-ratio-exchange-rate-2023")
def income_nominal() -> Measured:
    """Divide Chinese by American product per head at exchange rates."""
    names = ["gdp-cn-2023", "people-cn-2023", "gdp-us-2023", "people-us-2023"]
    gdp_cn, people_cn, gdp_us, people_us = load("income").loc[names, "value"]
    return measured((gdp_cn / people_cn) / (gdp_us / people_us), rows("income", names))


POWER_ASSUMPTIONS = ("stock-cn-growth", "power-per-h100e", "power-overhead")


@cache
def stock_power() -> np.ndarray:
    """Sample the power in gigawatts that China's stock of chips would need at the end of 2030.

    Too high where newer chips need less power per unit of computing.
    """
    rng = np.random.default_rng(analysis.SEED)
    growth, kw, overhead = (rng.uniform(*_ends(key), analysis.DRAWS) for key in POWER_ASSUMPTIONS)
    return stock_gw(get("stock-cn-2025").value * growth ** (END_2030.year - 2025), kw, overhead)


@finding("power-of-chinese-stock-2030")
def power_2030() -> Measured:
    """Let the stock of chips in China grow as assumed to the end of 2030, and take the power that it needs."""
    return simulated(stock_power(), get("stock-cn-2025"), *_chosen(POWER_ASSUMPTIONS))


@finding("power-of-chinese-stock-over-spare-2030")
def power_over_spare() -> Measured:
    """Divide that power by the spare power that a broker forecasts for 2030."""
    power, spare = get("power-of-chinese-stock-2030"), load("power").loc["cn-spare-2030", "value"]
    assert power.low is not None
    assert power.high is not None
    low, centre, high = (POINTS_PER_SHARE * part / spare for part in (power.low, power.value, power.high))
    return measured(
        centre,
        power,
        rows("power", "cn-spare-2030"),
        low=low,
        high=high,
        interval="simulated",
        as_of=power.as_of,
    )


# What the articles say beside the two races


@finding("us-capex-growth-2025")
def us_capex_growth() -> Measured:
    """Compare the capital spending of four firms in 2025 with that in 2024, on one basis."""
    names = ["platformonomics-us-2024", "platformonomics-us-2025"]
    before, after = load("capex_estimates").loc[names, "value"]
    return measured(POINTS_PER_SHARE * (after / before - 1.0), rows("capex_estimates", names))


@finding("hong-kong-offers-january-2026")
def hong_kong_offers() -> Measured:
    """Add up the proceeds of both share offers."""
    names = ["zhipu-offer-usd", "minimax-offer-usd"]
    offers = load("market_events").loc[names]
    low, high = (offers[side].fillna(offers["value"]).sum() / 1000 for side in ("low", "high"))
    return measured(offers["value"].sum() / 1000, rows("market_events", names), low=low, high=high, interval="range")


@finding("hong-kong-offers-announced")
def hong_kong_offers_announced() -> Measured:
    """Add up the gross proceeds that both companies announced, and turn them into US dollars at the assumed rate."""
    names, rate = ["zhipu-offer-announced", "minimax-offer-announced"], assumption("hong-kong-dollar-per-dollar")
    proceeds = load("market_events").loc[names, "value"].sum()
    return measured(
        proceeds / rate.value,
        rows("market_events", names),
        rate,
        low=proceeds / rate.high,
        high=proceeds / rate.low,
        interval="assumptions",
    )


@finding("minimax-first-close-over-offer")
def minimax_first() -> Measured:
    """Divide the close of the first day by the price of the offer."""
    return quotient("market_events", "minimax-first-close", "minimax-issue-price")


@finding("minimax-september-over-offer")
def minimax_september() -> Measured:
    """Divide the close of 18 September 2026 by the price of the offer."""
    return quotient("market_events", "minimax-price-2026-09-18", "minimax-issue-price")


CATEGORIES = (
    "machine-learning",
    "natural-language-processing",
    "advanced-data-analytics",
    "ai-algorithms-and-hardware-accelerators",
)


def _papers(category: str) -> tuple[float, list[str]]:
    names = [f"aspi-{category}-cn", f"aspi-{category}-us"]
    cn, us = load("research").loc[names, "value"]
    return float(cn - us), names


@finding("research-categories-read")
def categories_read() -> Measured:
    """Count the categories of AI research whose shares were found."""
    return measured(len(CATEGORIES), rows("research", [name for key in CATEGORIES for name in _papers(key)[1]]))


@finding("research-categories-led-by-china")
def categories_led() -> Measured:
    """Count those of them in which China's share of the most cited papers is the larger."""
    led = sum(_papers(key)[0] > 0 for key in CATEGORIES)
    return measured(led, get("research-categories-read"))


@finding("zhipu-high-over-offer")
def zhipu_high() -> Measured:
    """Divide the highest price until 18 September 2026 by the price of the offer."""
    return quotient("market_events", "zhipu-high-2026", "zhipu-issue-price")


@finding("zhipu-september-over-offer")
def zhipu_september() -> Measured:
    """Divide the close of 18 September 2026 by the price of the offer."""
    return quotient("market_events", "zhipu-price-2026-09-18", "zhipu-issue-price")
