"""The lag test by test: how long American records stand until a Chinese model matches them, and the other way round.

A table of scores has one row a test and model, with the columns ``test``, ``held_out``, ``country``, ``model``,
``released`` (a day) and ``score``. A record is a score above those of all earlier models of the same country that were
run on the same test; a score of nothing is none. Two lists of months can be made of it, and they answer two questions:

* **lags**: for each Chinese record, the months since the first American model at or above it. Only scores that China
  has reached are in this list, so it says nothing of the records that stand unmatched.
* **waits**: for each American record, the months until the first Chinese model at or above it. One that nobody has
  matched is censored: the months are a lower bound.

A test sees only models that were run on it. Where the first American model run is already at the Chinese score, an
earlier one may have been too, and the lag is censored as well.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from helpers.analysis import gap
from helpers.analysis.common import DAYS_PER_MONTH

TOLERANCE = 1e-9  # of a share that is compared with one half


def lags(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the Chinese records of every test with their lags.

    Columns: ``test``, ``held_out``, ``model``, ``released``, ``months`` (zero where China came first) and ``known``
    (false where the months are a lower bound).
    """
    found = []
    for _, part in scores.groupby("test", sort=False):
        leader = part[part["country"] == "US"]
        records = _records(part[part["country"] == "CN"])
        for row in records.itertuples():
            above = leader.loc[leader["score"] >= row.score, "released"]
            first = above.min() if len(above) else row.released
            months = max((row.released - first).days, 0) / DAYS_PER_MONTH
            found.append((*_name(row), months, months == 0 or bool((leader["released"] < first).any())))
    return _frame(found)


def waits(scores: pd.DataFrame, since: str | pd.Timestamp = "2023-01-01") -> pd.DataFrame:
    """Return the American records of every test from ``since`` on with the months until China matched them.

    The first American model run on a test sets no record, since those before it were not run. A record is watched from
    its own day to that of the last Chinese model that was run on the test, if Chinese models were run from before: one
    that is older than the first of them may have been matched by models that were not run, and is left out like one
    after which none was run.
    Columns as in ``lags``: ``months`` is zero where China was there before, ``known`` false where it is a lower bound.
    """
    found = []
    for _, part in scores.groupby("test", sort=False):
        leader, chaser = part[part["country"] == "US"], part[part["country"] == "CN"]
        records = _records(leader)
        watched = (records["released"] >= chaser["released"].min()) & (records["released"] >= since)
        records = records[watched & (records["released"] > leader["released"].min())]
        for row in records.itertuples():
            matched = chaser.loc[chaser["score"] >= row.score, "released"].min()
            until = chaser["released"].max() if pd.isna(matched) else matched
            if pd.isna(matched) and not until > row.released:
                continue
            found.append((*_name(row), max((until - row.released).days, 0) / DAYS_PER_MONTH, not pd.isna(matched)))
    return _frame(found)


def _records(part: pd.DataFrame) -> pd.DataFrame:
    """Return the records of one country on one test; of two models of a day, the better one alone."""
    ordered = part.sort_values(["released", "score"], ascending=[True, False])
    before = ordered["score"].cummax().shift(fill_value=0.0)
    return ordered[ordered["score"] > before]


def _name(row: object) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in ("test", "held_out", "model", "released"))


def _frame(found: list[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=["test", "held_out", "model", "released", "months", "known"])


def median(months: pd.Series, known: pd.Series) -> float:
    """Return the median of months of which some are lower bounds, by Kaplan and Meier's estimate (scipy).

    Where the share still open is one half for a time, the middle of that time is taken, so that without lower bounds it
    is the ordinary median. ``inf`` where more than half are open at the end.
    """
    data = stats.CensoredData.right_censored(months.to_numpy(float), ~known.to_numpy(bool))
    alive = stats.ecdf(data).sf
    return float(_crossing(alive.quantiles, alive.probabilities[None, :])[0])


def resampled_medians(records: pd.DataFrame, groups: pd.Series, draws: int, seed: int) -> dict[object, np.ndarray]:
    """Return the median of each group in ``draws`` resamples of whole models, drawn with replacement.

    A model stands or falls with its records on all tests, and all groups come from the same draw, so that differences
    between groups may be taken draw by draw. ``nan`` where no record of a group was drawn.
    """
    codes, models = pd.factorize(records["model"])
    drawn = np.random.default_rng(seed).multinomial(len(models), np.full(len(models), 1 / len(models)), size=draws)
    return {
        group: weighted_medians(
            records.loc[groups == group, "months"].to_numpy(float),
            records.loc[groups == group, "known"].to_numpy(bool),
            drawn[:, codes[(groups == group).to_numpy()]],
        )
        for group in groups.unique()
    }


def weighted_medians(months: np.ndarray, known: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the median for every row of ``weights``, which says how often each of the months counts."""
    order = np.lexsort((~known, months))  # of equal times, those that ended come before those that are open
    months, ended, weights = months[order], known[order], weights[:, order]
    at_risk = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1]
    died = np.where(ended, weights, 0)
    alive = np.cumprod(1 - np.divide(died, at_risk, out=np.zeros(died.shape), where=at_risk > 0), axis=1)
    return np.where(weights.sum(axis=1) > 0, _crossing(months, alive), np.nan)


def _crossing(times: np.ndarray, alive: np.ndarray) -> np.ndarray:
    """Return for every row of shares alive the time at which it passes one half; ``inf`` if it never does."""
    times = np.append(times, gap.NEVER)
    last = np.full((len(alive), 1), True)
    reached = np.hstack([alive <= 0.5 + TOLERANCE, last]).argmax(axis=1)
    passed = np.hstack([alive < 0.5 - TOLERANCE, last]).argmax(axis=1)
    after = np.where(np.isinf(times[passed]), times[reached], times[passed])  # one half to the end: when it was reached
    return (times[reached] + after) / 2


def best_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the best score of each country on every test, and the American less the Chinese one (``gap``)."""
    best = scores.groupby(["held_out", "test", "country"])["score"].max().unstack()
    return best.assign(gap=best["US"] - best["CN"]).reset_index()
