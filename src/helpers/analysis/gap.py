"""How far one country's best models are behind another's: in points of an index, and in months, by stated definitions.

A race is two lists of scored models with the day on which each became available. The country ahead is called the
leader, the other the chaser. Scores carry intervals; a simulated race holds one row of scores a draw, so that every
function here works on the published scores (one row) and on thousands of draws alike, without a loop over draws.

Definitions of the lag of a chaser's score ``s``:

* **reached**: since the day of the leader's first model at or above ``s`` (a lower bound of the lag);
* **passed**: since the day of the leader's newest record that is not above ``s`` (an upper bound of it);
* **catch-up**: per record of the leader, until the chaser's first model at or above it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from helpers.analysis.common import DAYS_PER_MONTH, Z95

NEVER = np.inf
Rule = Literal["reached", "passed"]
Days = np.ndarray
Scores = np.ndarray


@dataclass(frozen=True)
class Race:
    """Two countries' models in the order of their days; days count from 1 January 1970, scores one row a draw."""

    leader_days: Days
    leader: Scores
    chaser_days: Days
    chaser: Scores

    @property
    def leader_best(self) -> Scores:
        """The leader's best score up to each of its models."""
        return np.maximum.accumulate(self.leader, axis=1)

    @property
    def chaser_best(self) -> Scores:
        """The chaser's best score up to each of its models."""
        return np.maximum.accumulate(self.chaser, axis=1)


def day_number(day: object) -> int:
    """Return a date as days since 1 January 1970."""
    return int((pd.Timestamp(day) - pd.Timestamp(0)).days)  # type: ignore[arg-type]


def race(export: pd.DataFrame, leader: str = "US", chaser: str = "CN", date: str = "version_date") -> Race:
    """Return the race of one export by its published scores.

    ``export`` holds one row a model with ``country``, ``score`` and the date column named. Where an index dates some
    models by announcement, the column that says when the scored version was available must be used.
    """
    return _race(export, leader, chaser, date, export["score"].to_numpy(float)[None, :])


def simulated_race(
    export: pd.DataFrame, draws: int, seed: int, leader: str = "US", chaser: str = "CN", date: str = "version_date"
) -> Race:
    """Return a race of ``draws`` rows, each score drawn on its own from a two-piece normal law.

    The law's 5th, 50th and 95th percentile are the published interval and score; a score without interval (an anchor
    of the scale) stays fixed. Errors of one fit are shared between models, which nobody publishes: independent draws
    overstate the noise of a difference, and the best of many noisy scores lies above the true best.
    """
    score = export["score"].to_numpy(float)
    below = (score - export["low"].fillna(export["score"]).to_numpy(float)) / Z95
    above = (export["high"].fillna(export["score"]).to_numpy(float) - score) / Z95
    normal = np.random.default_rng(seed).standard_normal((draws, len(export)))
    return _race(export, leader, chaser, date, score + normal * np.where(normal < 0, below, above))


def _race(export: pd.DataFrame, leader: str, chaser: str, date: str, scores: Scores) -> Race:
    days = (export[date] - pd.Timestamp(0)).dt.days.to_numpy()
    parts = []
    for country in (leader, chaser):
        chosen = np.flatnonzero((export["country"] == country).to_numpy())
        # Of two models of one day, the better one comes first, so that the other is no record of its own.
        order = chosen[np.lexsort((-export["score"].to_numpy(float)[chosen], days[chosen]))]
        parts += [days[order], scores[:, order]]
    return Race(*parts)


def reached_on(contest: Race, score: Scores) -> np.ndarray:
    """Return the day on which the leader first had a model at or above each score; ``inf`` if never."""
    best = contest.leader_best
    first = np.stack([(best < score[:, [column]]).sum(axis=1) for column in range(score.shape[1])], axis=1)
    return np.append(contest.leader_days.astype(float), NEVER)[first]


def passed_on(contest: Race, score: Scores) -> np.ndarray:
    """Return the day of the leader's newest record not above each score; ``-inf`` if there is none."""
    best = contest.leader_best
    known = np.stack([(best <= score[:, [column]]).sum(axis=1) for column in range(score.shape[1])], axis=1)
    reached = np.take_along_axis(best, np.maximum(known - 1, 0), axis=1)
    since = np.stack([(best < reached[:, [column]]).sum(axis=1) for column in range(score.shape[1])], axis=1)
    return np.where(known == 0, -NEVER, contest.leader_days.astype(float)[since])


def _since(contest: Race, score: Scores, rule: Rule) -> np.ndarray:
    return reached_on(contest, score) if rule == "reached" else passed_on(contest, score)


def lag_on(contest: Race, day: int, rule: Rule = "reached") -> np.ndarray:
    """Return the lag in months on one day, a value a draw: the age of the score that the chaser's best model has.

    Zero where the chaser is not behind. It grows by a month a month until the chaser's next record.
    """
    best = contest.chaser_best[:, [np.searchsorted(contest.chaser_days, day, "right") - 1]]
    return np.maximum(day - _since(contest, best, rule)[:, 0], 0) / DAYS_PER_MONTH


def mean_lag(contest: Race, start: int, end: int, rule: Rule = "reached") -> np.ndarray:
    """Return the lag in months averaged over the days from ``start`` up to ``end``, a value a draw.

    Missing by the rule "passed" where the chaser's score is for a time below every record of the leader.
    """
    best = contest.chaser_best
    edges = np.append(contest.chaser_days, max(end, int(contest.chaser_days[-1])) + 1)
    left = np.clip(edges[:-1], start, end).astype(float)
    right = np.clip(edges[1:], start, end).astype(float)
    held = right > left  # only the models that were the newest on some day of the window
    since = _since(contest, best[:, held], rule)
    since[since == -NEVER] = np.nan
    # Within a stretch the lag rises by a day a day; before the leader got there it is zero.
    begins, ends = np.maximum(left[held] - since, 0), np.maximum(right[held] - since, 0)
    area = (ends**2 - begins**2) / 2
    return area.sum(axis=1) / (end - start) / DAYS_PER_MONTH


def gap_on(contest: Race, day: int) -> np.ndarray:
    """Return the leader's best score less the chaser's on one day, a value a draw; negative where the chaser leads."""
    ahead = contest.leader_best[:, np.searchsorted(contest.leader_days, day, "right") - 1]
    behind = contest.chaser_best[:, np.searchsorted(contest.chaser_days, day, "right") - 1]
    return ahead - behind


def mean_gap(contest: Race, start: int, end: int) -> np.ndarray:
    """Return the gap in points averaged over the days from ``start`` up to ``end``, a value a draw."""
    days = np.concatenate([contest.leader_days, contest.chaser_days])
    edges = np.unique(np.append(days[(days > start) & (days < end)], start))
    ahead = contest.leader_best[:, np.searchsorted(contest.leader_days, edges, "right") - 1]
    behind = contest.chaser_best[:, np.searchsorted(contest.chaser_days, edges, "right") - 1]
    return ((ahead - behind) * np.diff(np.append(edges, end))).sum(axis=1) / (end - start)


def best_so_far(released: Sequence[pd.Timestamp], scores: Sequence[float], days: pd.DatetimeIndex) -> pd.Series:
    """Return for each day the best score of the models released up to then; missing before the first."""
    best = pd.Series(np.asarray(scores, dtype=float), index=pd.DatetimeIndex(released)).sort_index()
    best = best.groupby(level=0).max().cummax()
    return best.reindex(best.index.union(days)).ffill().reindex(days)


def daily_gap(models: pd.DataFrame, until: date) -> pd.Series:
    """Return the American best less the Chinese best, day by day up to ``until``, from the first day that has both.

    ``models`` has the columns country, version_date and score; scores of two exports must not be mixed.
    """
    days = pd.date_range(models["version_date"].min(), until, freq="D")
    best = {
        country: best_so_far(part["version_date"], part["score"], days) for country, part in models.groupby("country")
    }
    return (best["US"] - best["CN"]).dropna()


def chaser_records(contest: Race) -> pd.DataFrame:
    """Return the chaser's records by published scores: day, score, and the lag at release by both rules, in months.

    ``passed`` is missing for records below every record of the leader.
    """
    best = contest.chaser_best[:1]
    new = np.flatnonzero(np.diff(best[0], prepend=-NEVER) > 0)
    days = contest.chaser_days[new].astype(float)
    lags = {rule: (days - _since(contest, best[:, new], rule)[0]) / DAYS_PER_MONTH for rule in ("reached", "passed")}
    frame = pd.DataFrame({"day": days.astype(int), "score": best[0][new], **lags})
    return frame.replace([NEVER, -NEVER], np.nan)


def catch_up(contest: Race, end: int) -> pd.DataFrame:
    """Return the leader's records by published scores: day, score, months until matched, and whether that happened.

    For a record that nobody has matched by ``end`` the months are those that have passed: a lower bound.
    """
    best = contest.leader_best[:1]
    new = np.flatnonzero(np.diff(best[0], prepend=-NEVER) > 0)
    mirror = Race(contest.chaser_days, contest.chaser[:1], contest.leader_days, contest.leader[:1])
    matched = reached_on(mirror, best[:, new])[0]
    days = contest.leader_days[new].astype(float)
    done = matched <= end
    months = (np.where(done, matched, end) - days) / DAYS_PER_MONTH
    return pd.DataFrame({"day": days.astype(int), "score": best[0][new], "months": months, "matched": done})


def median_catch_up(records: pd.DataFrame, confidence: float = 0.9) -> tuple[float, float, float]:
    """Return the median time until a record is matched, in months, with its interval; open records count as censored.

    Kaplan and Meier's estimate with log-log bounds (scipy). Records of one model family are not independent, and
    there are few: descriptive only. ``inf`` where a bound is never reached.
    """
    data = stats.CensoredData.right_censored(records["months"].to_numpy(), ~records["matched"].to_numpy(bool))
    alive = stats.ecdf(data).sf
    with warnings.catch_warnings():  # scipy warns that bounds do not exist before the first event
        warnings.simplefilter("ignore", RuntimeWarning)
        bounds = alive.confidence_interval(confidence, method="log-log")

    def crossing(points: np.ndarray, shares: np.ndarray) -> float:
        under = np.flatnonzero(shares <= 0.5)
        return float(points[under[0]]) if len(under) else NEVER

    times = alive.quantiles
    return (
        crossing(times, alive.probabilities),
        crossing(times, bounds.low.probabilities),
        crossing(times, bounds.high.probabilities),
    )


def band(values: np.ndarray, share: float = 0.9) -> tuple[float, float]:
    """Return the ends between which the middle ``share`` of simulated values lies."""
    low, high = np.quantile(values, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)
