"""Findings of the closing chapter on a reader's own assumptions, on forecasts, and on the weight of each race."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
from scipy import stats

from helpers.analysis import conclusions, gap, live_race
from helpers.analysis import synthesis as analysis
from helpers.analysis.common import Z95
from helpers.data import assumption, corrections, expensive, load
from helpers.findings import synthesis as inputs
from helpers.findings.capability import NEWEST, export
from helpers.findings.registry import Finding, Measured, finding, get, measured, rows

POINTS_PER_SHARE = 100.0
GAP_ASSUMPTIONS = ("frontier-gap-mean", "frontier-gap-spread", "frontier-gap-persistence")

# The race with other assumptions


@cache
@expensive
def strata() -> dict[date, live_race.Bearable]:
    """Return the strata of the bearable drift by January 2029 and 2031, with the assumptions in force."""
    in_a_row, tie = inputs.months_in_a_row(), assumption("tie-tolerance").value
    return live_race.bearable(inputs.race(), (inputs.BY_2029, inputs.BY_2031), in_a_row, tie)


def chance(
    day: date | None = None,
    tau: float | None = None,
    lean: float | None = None,
    growth: float | None = None,
    compute: float | None = None,
    mean: float | None = None,
) -> float:
    """Return the chance of a Chinese lead by ``day`` in percent; what is not given is as the assumptions have it.

    ``growth`` and ``compute`` are likeliest values, ``mean`` and ``lean`` centres; the laws about them move along.
    """
    race = inputs.race()
    return POINTS_PER_SHARE * live_race.lead_chance(
        strata()[day or inputs.BY_2031],
        inputs.taus()[1] if tau is None else tau,
        race.drift if lean is None else lean,
        sum(race.mean) / 2 if mean is None else mean,
        race.compute if compute is None else live_race.stretched(race.compute, compute),
        race.growth if growth is None else live_race.moved(race.growth, growth),
    )


def _over(key: str, change: Callable[[float], float]) -> Measured:
    """Move one assumption to both ends of its range, the others staying as they are."""
    chosen = assumption(key)
    ends = sorted(change(end) for end in (chosen.low, chosen.high))
    used = [assumption(name) for name in (*inputs.FRONTIER_ASSUMPTIONS, *inputs.EVENT_ASSUMPTIONS)]
    return measured(
        chance(), inputs.best_rows(NEWEST), *used, low=ends[0], high=ends[1], interval="assumptions", as_of=NEWEST
    )


@finding("lead-2031-over-drift-centre")
def over_centre() -> Measured:
    """Move the centre of the drift over its range."""
    return _over("drift", lambda end: chance(lean=end))


@finding("lead-2031-over-compute-growth")
def over_growth() -> Measured:
    """Move the likeliest growth of the compute ratio over its range, its law with it."""
    return _over("compute-ratio-growth", lambda end: chance(growth=end))


@finding("lead-2031-over-compute-worth")
def over_compute() -> Measured:
    """Move the likeliest worth of tenfold compute over its range, its law with it."""
    return _over("points-per-tenfold-compute", lambda end: chance(compute=end))


@finding("lead-2031-over-mean-gap")
def over_mean() -> Measured:
    """Move the centre of the mean gap over its range, its law with it."""
    return _over("frontier-gap-mean", lambda end: chance(mean=end))


def _lead_if(key: str) -> Measured:
    """Let a measured net drift, compute included, go on: normal about its value with its standard error."""
    trend = get(key)
    assert trend.low is not None
    assert trend.high is not None
    used = [assumption(name) for name in (*GAP_ASSUMPTIONS, "lead-month-ends", "tie-tolerance")]
    none = (0.0, 0.0, 0.0)
    share = live_race.lead_chance(
        strata()[inputs.BY_2031],
        (trend.high - trend.low) / 2,
        -trend.value,
        sum(inputs.race().mean) / 2,
        compute=none,
        growth=none,
    )
    return measured(POINTS_PER_SHARE * share, trend, *used, as_of=NEWEST)


@finding("lead-2031-if-drift-since-2024")
def if_since_2024() -> Measured:
    """Give the drift the centre and spread with which the line since May 2024 and its standard error go on."""
    return _lead_if("drift-by-gap-since-2024")


@finding("lead-2031-if-drift-since-2023")
def if_since_2023() -> Measured:
    """Give the drift the centre and spread with which the line since September 2023 and its standard error go on."""
    return _lead_if("drift-by-gap-since-2023")


# Forecasts of the articles


def _forecasts() -> list[str]:
    claims = load("claims")
    return claims.index[claims["kind"] == "forecast"].tolist()


def _said(keys: list[str]) -> date:
    return max(load("claims").loc[keys, "said_on"]).date()


@finding("forecasts-in-ledger")
def forecasts() -> Measured:
    """Count the statements of the articles that are forecasts."""
    keys = _forecasts()
    return measured(len(keys), rows("claims", keys), as_of=_said(keys))


@finding("forecasts-undated")
def forecasts_undated() -> Measured:
    """Count those of them that name no day by which they could be judged, in words or in sense."""
    keys = [key for key in _forecasts() if load("claims").isna().loc[key, "due"]]
    return measured(len(keys), rows("claims", keys), as_of=_said(keys))


def with_odds() -> list[str]:
    """Return the forecasts for which odds are stated: a figure in percent that the ledger calls odds."""
    figures = load("claim_figures")
    stated = figures[(figures["unit"] == "percent") & figures["what"].str.startswith("odds")]
    return [key for key in _forecasts() if key in set(stated["claim"])]


@finding("forecasts-with-odds")
def forecasts_with_odds() -> Measured:
    """Count those of them that state odds, so that they can be scored by more than yes or no."""
    keys = with_odds()
    return measured(len(keys), rows("claims", keys), as_of=_said(keys))


def _brier(happened: bool) -> Measured:
    odds = get("insider-odds-printed")
    return measured((odds.value / POINTS_PER_SHARE - float(happened)) ** 2, odds, as_of=odds.as_of)


@finding("insider-brier-if-led")
def brier_if_led() -> Measured:
    """Square the distance of the odds from one."""
    return _brier(happened=True)


@finding("insider-brier-if-not")
def brier_if_not() -> Measured:
    """Square the odds."""
    return _brier(happened=False)


# The weight of each race


def frontier_lead(unit: str, gap: float | None = None, worth: float | None = None) -> float:
    """Return the decimal logarithm of the American lead: ratio of scores, or of the compute that would make the gap."""
    if unit == "score":
        best = load("capability_records").loc[list(inputs.best_rows(NEWEST).ids)].set_index("country")["score"]
        return float(np.log10(best["US"] / best["CN"]))
    gap = get("gap-2026-08").value if gap is None else gap
    return gap / (assumption("points-per-tenfold-compute").value if worth is None else worth)


def _weight(unit: str, name: str) -> Measured:
    users = [get(f"genai-users-{code}-{name}") for code in ("us", "cn")]
    spread = -float(np.log10(get(f"breakeven-value-by-{name}").value))
    centre = conclusions.turning_weight(frontier_lead(unit), spread)
    if centre is None:
        raise ValueError(f"one country leads in both races by {unit} and {name}: no weight turns the lead")
    centre *= POINTS_PER_SHARE
    if unit == "score":
        return measured(centre, inputs.best_rows(NEWEST), *users, as_of=NEWEST)
    worth = assumption("points-per-tenfold-compute")
    ends = [
        POINTS_PER_SHARE * (conclusions.turning_weight(frontier_lead(unit, worth=end), spread) or 0.0)
        for end in (worth.high, worth.low)
    ]
    return measured(
        centre, get("gap-2026-08"), *users, worth, low=ends[0], high=ends[1], interval="assumptions", as_of=NEWEST
    )


@finding("spread-weight-score-telemetry")
def weight_score_telemetry() -> Measured:
    """Weigh the ratio of best scores against that of users by telemetry."""
    return _weight("score", "telemetry")


@finding("spread-weight-score-survey")
def weight_score_survey() -> Measured:
    """Weigh the ratio of best scores against that of users by surveys."""
    return _weight("score", "survey")


@finding("spread-weight-compute-telemetry")
def weight_compute_telemetry() -> Measured:
    """Weigh the compute that would make up the gap against the ratio of users by telemetry."""
    return _weight("compute", "telemetry")


@finding("spread-weight-compute-survey")
def weight_compute_survey() -> Measured:
    """Weigh the compute that would make up the gap against the ratio of users by surveys."""
    return _weight("compute", "survey")


# The drift of the gap against what conclusions need


DRIFTS = ("drift-by-records", "drift-by-gap-since-2024", "drift-by-gap-since-2023")


@finding("drift-since-2024-by-printed-dates")
def drift_by_printed_dates() -> Measured:
    """Fit the line since May 2024 with every model on the day that the export prints, before any correction."""
    fixes = corrections("capability_records")
    printed = pd.to_datetime(fixes[fixes["column"] == "version_date"].set_index("row")["expected"])
    models = export(NEWEST)
    models = models.assign(version_date=printed.reindex(models.index).fillna(models["version_date"]))
    days = gap.daily_gap(models, date.fromisoformat(NEWEST))
    slope = analysis.gap_trend(analysis.whole_months(days[inputs.WINDOWS[1] :]))
    return measured(
        slope.value,
        inputs.record_rows(NEWEST, since=inputs.WINDOWS[1]),
        low=slope.value - slope.error,
        high=slope.value + slope.error,
        interval="se",
    )


def ninety(found: Finding) -> tuple[float, float]:
    """Return the interval of nine tenths of a finding whose own interval is one standard error."""
    assert found.low is not None
    assert found.high is not None
    return found.value - Z95 * (found.value - found.low), found.value + Z95 * (found.high - found.value)


def rest_of_drift(found: Finding) -> tuple[float, float, float]:
    """Return nine tenths and median of the drift in China's favour that compute does not bring, by one measure.

    The measure is normal about its value; compute follows its two triangular laws, independent of the measure.
    """
    error = (found.high - found.low) / 2
    points = live_race.even_points(2**14, 3)
    race = inputs.race()
    trend = live_race.triangular_quantile(race.compute, points[:, 1]) * live_race.triangular_quantile(
        race.growth, points[:, 2]
    )
    from_measure = found.value + error * stats.norm.ppf(points[:, 0])
    low, middle, high = np.percentile(trend - from_measure, (5, 50, 95))
    return float(low), float(middle), float(high)
