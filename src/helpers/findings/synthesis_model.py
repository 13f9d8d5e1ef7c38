"""Findings of the closing chapter: lag and fans, what leading goes with, choices, back-tests, events taken together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from helpers.analysis import back_tests, frontier, gap
from helpers.analysis import diffusion as curves_of
from helpers.analysis import synthesis as analysis
from helpers.data import assumption, expensive, load
from helpers.findings import chips as chips_findings
from helpers.findings import synthesis as base
from helpers.findings.capability import NEWEST, export
from helpers.findings.forms import simulated
from helpers.findings.registry import Measured, Rows, finding, get, measured, rows

END_2035 = date(2035, 12, 31)
POINTS_PER_SHARE = 100.0
UK_MAKER = "Google"  # as developers' names begin whose laboratory has its seat in London
ARENA_BASIS, ARENA_COVERAGE = "no style control", "full list"
CHOICE_DRAWS = 40_000
OTHER_LAGS = "general capability"


# Fans of gap and lag


@cache
@expensive
def fans() -> tuple[tuple[date, ...], dict[float, tuple[np.ndarray, np.ndarray]]]:
    """Return the days, and per spread of the drift the percentiles of gap and lag, to 2030 by months and at 2035."""
    race = base.race()
    days = (*analysis.month_ends(race.start, base.END_2030), END_2035)
    return days, frontier.fans(race, base.pace(NEWEST, "US"), days, base.taus())


def spot(day: date, tau: float, lag: bool) -> tuple[float, float, float]:
    """Return 5th, 50th and 95th percentile of the gap, or of the lag, at one day of the fans."""
    days, found = fans()
    low, _, middle, _, high = found[tau][int(lag)][:, days.index(day)]
    return float(low), float(middle), float(high)


def _at_end(tau: float, lag: bool) -> Measured:
    low, middle, high = spot(base.END_2030, tau, lag)
    return measured(
        middle,
        base.best_rows(NEWEST),
        *((get("us-record-pace"),) if lag else ()),
        *(assumption(key) for key in (*base.FRONTIER_ASSUMPTIONS, "drift-spread")),
        low=low,
        high=high,
        interval="simulated",
        as_of=NEWEST,
    )


@finding("gap-end-2030-small")
def gap_small() -> Measured:
    """Simulate the gap at the smallest spread of the drift."""
    return _at_end(base.taus()[0], lag=False)


@finding("gap-end-2030-large")
def gap_large() -> Measured:
    """Simulate the gap at the largest spread of the drift."""
    return _at_end(base.taus()[2], lag=False)


@finding("lag-end-2030-small")
def lag_small() -> Measured:
    """Divide the simulated gap by a drawn pace of American records, at the smallest spread of the drift."""
    return _at_end(base.taus()[0], lag=True)


@finding("lag-end-2030-middle")
def lag_middle() -> Measured:
    """Divide the simulated gap by a drawn pace of American records, at the middle spread of the drift."""
    return _at_end(base.taus()[1], lag=True)


@finding("lag-end-2030-large")
def lag_large() -> Measured:
    """Divide the simulated gap by a drawn pace of American records, at the largest spread of the drift."""
    return _at_end(base.taus()[2], lag=True)


@finding("points-compute-alone-would-add")
def unexplained() -> Measured:
    """Subtract the mean gap from points per tenfold computing times the logarithm of the ratio of computing."""
    held = chips_findings.held()
    ratio = (held.abroad - held.foreign) / held.inside
    return simulated(
        frontier.unexplained_points(base.race(), ratio),
        get("compute-ratio-2025"),
        base.record_rows(*base.export_days()),
        assumption("points-per-tenfold-compute"),
        assumption("frontier-gap-mean"),
        as_of=NEWEST,
    )


# What leading goes with, and what each input weighs


@cache
@expensive
def inputs_with_lead() -> pd.DataFrame:
    """Return every input in the draws in which China has led by January 2031, and in the others."""
    return frontier.inputs_with_lead(
        base.race(), base.BY_2031, base.taus(), base.months_in_a_row(), assumption("tie-tolerance").value
    )


def _drift_where(led: bool) -> Measured:
    table = inputs_with_lead().set_index(["tau", "input", "led"])
    row = table.loc[(base.taus()[1], "drift", led)]
    return measured(
        row["mean"],
        base.best_rows(NEWEST),
        *(assumption(key) for key in (*base.FRONTIER_ASSUMPTIONS, *base.EVENT_ASSUMPTIONS)),
        low=row["low"],
        high=row["high"],
        interval="simulated",
        as_of=NEWEST,
    )


@finding("drift-where-china-leads")
def drift_led() -> Measured:
    """Average the drift over the draws in which China has led by January 2031."""
    return _drift_where(led=True)


@finding("drift-where-it-does-not")
def drift_not() -> Measured:
    """Average the drift over the draws in which it has not."""
    return _drift_where(led=False)


@cache
def ratio_indices() -> pd.DataFrame:
    """Return Sobol's indices of the ratio of shares at the end of 2030, on telemetry."""
    return analysis.ratio_sensitivity(base.basis("telemetry"), base.spread(), base.END_2030)


def _gap_weight(name: str) -> Measured:
    row = base.gap_indices().loc[name] * POINTS_PER_SHARE
    return measured(
        row["total"],
        base.best_rows(NEWEST),
        *(assumption(key) for key in (*base.FRONTIER_ASSUMPTIONS, "drift-spread")),
        low=row["total_low"],
        high=row["total_high"],
        interval="ci90",
        as_of=NEWEST,
    )


@finding("noise-share-of-variance")
def noise_weight() -> Measured:
    """Take the total index of the noise of releases for the gap at the end of 2030."""
    return _gap_weight("noise")


@finding("growth-share-of-variance")
def growth_weight() -> Measured:
    """Take the total index of the growth of the compute ratio for the gap at the end of 2030."""
    return _gap_weight("growth")


def _ratio_weight(name: str) -> Measured:
    row = ratio_indices().loc[name] * POINTS_PER_SHARE
    return measured(
        row["total"],
        *base.basis_rows("telemetry"),
        *(assumption(key) for key in base.SPREAD_ASSUMPTIONS),
        low=row["total_low"],
        high=row["total_high"],
        interval="ci90",
        as_of=base.basis_day("telemetry"),
    )


@finding("cn-pace-share-of-variance")
def cn_pace_weight() -> Measured:
    """Take the total index of China's own pace for the ratio of shares at the end of 2030."""
    return _ratio_weight("cn")


@finding("us-pace-share-of-variance")
def us_pace_weight() -> Measured:
    """Take the total index of America's own pace for the ratio of shares at the end of 2030."""
    return _ratio_weight("us")


# Choices that are not numbers


def _estimates(gaps: list[pd.Series], windows: tuple[pd.Timestamp, ...]) -> dict[str, analysis.Range]:
    """Return lowest and highest mean, spread and persistence over gaps and windows."""
    parts = [series[start:] for series in gaps for start in windows]
    values = {
        "mean": [part.mean() for part in parts],
        "spread": [part.std() for part in parts],
        "persistence": [max(0.0, analysis.autocorrelation(analysis.whole_months(part))) for part in parts],
    }
    return {name: (float(min(found)), float(max(found))) for name, found in values.items()}


def _without_uk(day: str) -> pd.Series:
    models = export(day)
    return gap.daily_gap(models[~models["developer"].str.startswith(UK_MAKER)], date.fromisoformat(day))


@cache
def arena_gap() -> tuple[pd.Series, float]:
    """Return the gap on the arena's text board at month-ends, in points of the Epoch index, and points per Elo point.

    One basis only: full lists without control of style, to December 2025. The scale is set so that the best American
    scores rise as fast as American records in the index; ratings on a board are relative to those who play on it, so
    this is an analogy, not a conversion.
    """
    table = load("arena_scores")
    table = table[(table["basis"] == ARENA_BASIS) & (table["coverage"] == ARENA_COVERAGE)]
    best = table.pivot_table(index="date", columns="country", values="elo", aggfunc="max")[["US", "CN"]].dropna()
    best.index = pd.DatetimeIndex(best.index)
    scale = get("us-record-pace").value / analysis.record_pace(list(best.index), best["US"]).value
    ends = pd.date_range(best.index[0], best.index[-1], freq="ME")
    return (scale * (best["US"] - best["CN"])).reindex(best.index.union(ends)).ffill()[ends], float(scale)


def arena_rows() -> Rows:
    """Name the rows behind it."""
    table = load("arena_scores")
    used = (table["basis"] == ARENA_BASIS) & (table["coverage"] == ARENA_COVERAGE) & table["country"].isin(["US", "CN"])
    return rows("arena_scores", table.index[used])


def choice_races() -> dict[str, tuple[analysis.Frontier, int, float]]:
    """Return race, rule and tolerance of every choice, the one in force first."""
    now, row, tie = base.race(), base.months_in_a_row(), assumption("tie-tolerance")
    days = base.export_days()
    found = {"force": (now, row, tie.value)}
    for day in days:
        alone = _estimates([base.gap_history(day)], base.WINDOWS)
        found[f"export-{day[:7]}"] = (replace(base.race(day), **alone), row, tie.value)
    for start in base.WINDOWS:
        part = _estimates([base.gap_history(day) for day in days], (start,))
        found[f"window-{start:%Y}"] = (replace(now, **part), row, tie.value)
    british = [_without_uk(day) for day in days]
    law = _estimates(british, base.WINDOWS)
    found["google"] = (replace(now, gap=float(british[-1].iloc[-1]), **law), row, tie.value)
    found["tie"] = (now, row, tie.high)
    found["single"] = (now, round(assumption("lead-month-ends").low), tie.value)
    board = arena_gap()[0]
    law = _estimates([board], (board.index[0],))
    found["arena"] = (replace(now, gap=float(board.iloc[-1]), start=board.index[-1].date(), **law), row, tie.value)
    return found


@cache
@expensive
def choices() -> pd.DataFrame:
    """Return the chance of leading by January 2029 and January 2031 per choice and spread of the drift, in percent."""
    out = []
    for name, (race, rule, tie) in choice_races().items():
        ours = name in ("force", "single")  # these the text prints too, from the larger number of draws
        looks = (
            base.outlooks()
            if ours
            else analysis.outlook(race, base.BY_2031, base.taus(), (rule,), tie, (), CHOICE_DRAWS)
        )
        for tau, look in looks.items():
            early, late = (POINTS_PER_SHARE * look.led_by(by, rule) for by in (base.BY_2029, base.BY_2031))
            out.append((name, tau, race.gap, early, late))
    return pd.DataFrame(out, columns=["choice", "tau", "gap", "early", "late"])


@finding("lead-by-january-2031-over-choices")
def lead_over_choices() -> Measured:
    """Take the smallest and the largest chance over the choices and over the spread of the drift."""
    late = choices().set_index(["choice", "tau"])["late"]
    return measured(
        late["force", base.taus()[1]],
        base.record_rows(*base.export_days()),
        arena_rows(),
        *(assumption(key) for key in (*base.FRONTIER_ASSUMPTIONS, *base.EVENT_ASSUMPTIONS)),
        low=late.min(),
        high=late.max(),
        interval="choices",
        as_of=NEWEST,
    )


@finding("lead-by-january-2031-google-british")
def lead_google() -> Measured:
    """Leave the models of Google DeepMind out of the American ones."""
    found = choices().set_index(["choice", "tau"])["late"]
    low, value, high = (found["google", tau] for tau in base.taus())
    return measured(
        value,
        base.record_rows(*base.export_days()),
        *(assumption(key) for key in (*base.FRONTIER_ASSUMPTIONS, *base.EVENT_ASSUMPTIONS)),
        low=low,
        high=high,
        interval="drift-spreads",
        as_of=NEWEST,
    )


# Back-tests


@cache
@expensive
def rolling(day: str = NEWEST) -> pd.DataFrame:
    """Score quarterly forecasts of the gap on the scores of one export."""
    return back_tests.rolling(base.race(day), base.gap_history(day), base.WINDOWS, base.taus()[1])


def _rolled(column: str, months: int | None = None, factor: float = 1.0) -> Measured:
    table = rolling()
    if months is not None:
        table = table[table["months"] == months]
    return measured(
        factor * table[column].mean(),
        base.record_rows(NEWEST),
        *(assumption(key) for key in ("points-per-tenfold-compute", "compute-ratio-growth", "drift", "drift-spread")),
        as_of=NEWEST,
    )


@finding("rolling-error-model-3")
def rolling_model_3() -> Measured:
    """Average the distance of the model's median from the gap three months on."""
    return _rolled("error_model", 3)


@finding("rolling-error-model-6")
def rolling_model_6() -> Measured:
    """Average the distance of the model's median from the gap six months on."""
    return _rolled("error_model", 6)


@finding("rolling-error-model-9")
def rolling_model_9() -> Measured:
    """Average the distance of the model's median from the gap nine months on."""
    return _rolled("error_model", 9)


@finding("rolling-error-still-3")
def rolling_still_3() -> Measured:
    """Average the distance of the gap at the origin from that three months on."""
    return _rolled("error_still", 3)


@finding("rolling-error-still-6")
def rolling_still_6() -> Measured:
    """Average the distance of the gap at the origin from that six months on."""
    return _rolled("error_still", 6)


@finding("rolling-error-still-9")
def rolling_still_9() -> Measured:
    """Average the distance of the gap at the origin from that nine months on."""
    return _rolled("error_still", 9)


@finding("rolling-crps-model")
def rolling_crps_model() -> Measured:
    """Average the model's score over all origins and horizons."""
    return _rolled("crps_model")


@finding("rolling-crps-still")
def rolling_crps_still() -> Measured:
    """Average the score of standing still over all origins and horizons."""
    return _rolled("crps_still")


@finding("rolling-inside-model")
def rolling_inside() -> Measured:
    """Count how often four fifths of the model's draws held what came."""
    return _rolled("inside_model", factor=POINTS_PER_SHARE)


@finding("rolling-forecasts")
def rolling_count() -> Measured:
    """Count the forecasts, over all origins and horizons."""
    return measured(len(rolling()), base.record_rows(NEWEST))


# Lags by other estimators since April 2026


@cache
def since_april() -> pd.DataFrame:
    """Set every lag in general capability published since April's export beside the lag simulated from it.

    Columns: the row's own months (or its ends), the simulated 5th, 50th and 95th percentile at its day, and whether
    they meet. The estimators measure other things than the model: single models, open models, other tests.
    """
    race, pace, tau = base.race(base.APRIL), base.pace(base.APRIL, "US"), base.taus()[1]
    table = load("lag_estimates")
    table = table[(table["as_of"] > pd.Timestamp(base.APRIL)) & (table["capability"] == OTHER_LAGS)]
    out = []
    for key, row in table.sort_values(["as_of", "months"]).iterrows():
        low, middle, high = np.percentile(frontier.lag_on(race, pace, row["as_of"].date(), tau), (5, 50, 95))
        ends = [row[side] if pd.notna(row[side]) else row["months"] for side in ("low", "high")]
        meets = bool(ends[0] <= high and ends[1] >= low)
        out.append((key, row["months"], *ends, low, middle, high, meets))
    columns = ["id", "months", "low", "high", "model_low", "model", "model_high", "meets"]
    return pd.DataFrame(out, columns=columns).set_index("id")


@finding("lags-since-april")
def lags_since_april() -> Measured:
    """Count the lags published since April's export."""
    return measured(len(since_april()), rows("lag_estimates", since_april().index))


@finding("lags-since-april-inside")
def lags_inside() -> Measured:
    """Count those that meet nine tenths of the draws."""
    return measured(
        since_april()["meets"].sum(), rows("lag_estimates", since_april().index), base.best_rows(base.APRIL)
    )


@finding("predicted-lag-may-2026")
def predicted_lag() -> Measured:
    """Simulate the lag of 1 May 2026 from April's export, in months at the pace of American records."""
    day = load("lag_estimates").loc["caisi-v4-pro", "as_of"]
    draws = frontier.lag_on(base.race(base.APRIL), base.pace(base.APRIL, "US"), day.date(), base.taus()[1])
    return simulated(
        draws,
        base.best_rows(base.APRIL),
        *(assumption(key) for key in (*base.FRONTIER_ASSUMPTIONS, "drift-spread")),
        as_of=day,
    )


# The anchored curve on past technologies


@cache
@expensive
def spread_trial() -> pd.DataFrame:
    """Begin the anchored curve at fifteen to forty percent of every past series and look five years ahead."""
    return back_tests.spread_trial(load("diffusion_curves"), assumption("share-ceiling").value)


def _tried(value: float) -> Measured:
    used = [key for part in curves_of.past_series(load("diffusion_curves")).values() for key in part["id"]]
    return measured(value, rows("diffusion_curves", used), assumption("share-ceiling"))


def _both() -> pd.DataFrame:
    """Return the starts at which enough was known for a free fit."""
    return spread_trial().dropna(subset=["free_error"])


@finding("spread-trial-starts")
def trial_starts() -> Measured:
    """Count the starts at which both curves can be tried."""
    return _tried(len(_both()))


@finding("spread-trial-error-anchored")
def trial_anchored() -> Measured:
    """Average the error of the anchored curve five years on, without sign."""
    return _tried(_both()["anchored_error"].abs().mean())


@finding("spread-trial-error-free")
def trial_free() -> Measured:
    """Average the error of a free fit of three constants to what was known, five years on, without sign."""
    return _tried(_both()["free_error"].abs().mean())


@finding("spread-trial-error-still")
def trial_still() -> Measured:
    """Average the error of keeping the last value, without sign."""
    return _tried(_both()["last_error"].abs().mean())


@finding("spread-trial-worst-anchored")
def trial_worst_anchored() -> Measured:
    """Take the largest error of the anchored curve."""
    return _tried(_both()["anchored_error"].abs().max())


@finding("spread-trial-worst-free")
def trial_worst_free() -> Measured:
    """Take the largest error of the free fit."""
    return _tried(_both()["free_error"].abs().max())


# Users: one age, and computing


@finding("genai-share-cn-survey-if-working-age")
def share_if_working_age() -> Measured:
    """Divide the users that the Chinese survey counts by the people aged 15 to 64, as if all were of that age."""
    used, people = load("adoption").loc["cnnic-users-2025-12-cn"], load("population").loc["un-cn-15-64-2025"]
    return measured(
        POINTS_PER_SHARE * used["value"] * 1e6 / people["people"],
        rows("adoption", "cnnic-users-2025-12-cn"),
        rows("population", "un-cn-15-64-2025"),
        as_of=used["as_of"],
    )


def _per_user_cn(name: str) -> Measured:
    users = get(f"genai-users-cn-{name}")
    stock = chips_findings.held().inside
    return simulated(
        np.asarray(frontier.per_thousand_users(stock, users.value)), get("stock-cn-2025"), users, as_of=users.as_of
    )


def _per_user_us(name: str) -> Measured:
    """Take for the American stock that part of the stock outside China that its share of data centres suggests."""
    users, us, cn = (
        get(key) for key in (f"genai-users-us-{name}", "dc-capacity-share-us-2025", "dc-capacity-share-cn-2025")
    )
    held = chips_findings.held()
    stock = (held.abroad - held.foreign) * us.value / (POINTS_PER_SHARE - cn.value)
    return simulated(
        np.asarray(frontier.per_thousand_users(stock, users.value)),
        get("compute-ratio-2025"),
        users,
        us,
        cn,
        as_of=users.as_of,
    )


@finding("compute-per-user-cn-telemetry")
def per_user_cn_telemetry() -> Measured:
    """Divide the stock in China by the users that telemetry counts."""
    return _per_user_cn("telemetry")


@finding("compute-per-user-cn-survey")
def per_user_cn_survey() -> Measured:
    """Divide the stock in China by the users that its survey counts."""
    return _per_user_cn("survey")


@finding("compute-per-user-us-telemetry")
def per_user_us_telemetry() -> Measured:
    """Divide an approximate American stock by the users that telemetry counts."""
    return _per_user_us("telemetry")


@finding("compute-per-user-us-survey")
def per_user_us_survey() -> Measured:
    """Divide an approximate American stock by the users that a survey counts."""
    return _per_user_us("survey")


# Events that an article links


def _joint(one: list[float], other: list[float], *evidence: object) -> Measured:
    """Join two events, each as low, middle and high chance in percent, over the range of their correlation."""
    tie = assumption("event-correlation")
    low, middle, high = (
        POINTS_PER_SHARE * frontier.joint_probability(a / POINTS_PER_SHARE, b / POINTS_PER_SHARE, rho)
        for a, b, rho in zip(one, other, (tie.low, tie.value, tie.high), strict=True)
    )
    return measured(middle, *evidence, tie, low=low, high=high, interval="assumptions")


@finding("joint-index-and-share-2030")
def joint_both() -> Measured:
    """Join a Chinese lead in the index by January 2031 with a larger share of people by the end of 2030."""
    lead, share = get("lead-by-january-2031"), get("share-passed-by-2030-by-telemetry")
    chances = [[item.low, item.value, item.high] for item in (lead, share)]
    return _joint(*chances, lead, share)


@finding("joint-chips-and-share-2030")
def joint_chips() -> Measured:
    """Join enough Chinese chips in 2028 with a larger share of people by the end of 2030."""
    chips, share = get("enough-2028-two-limits"), get("share-passed-by-2030-by-telemetry")
    return _joint([chips.value] * 3, [share.low, share.value, share.high], chips, share)
