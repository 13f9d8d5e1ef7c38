"""Findings of the chapter on efficiency: how far the best Chinese models are behind the best American ones."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.analysis import gap
from helpers.data import load
from helpers.findings.capability import DRAWS, NEWEST, SEED, draws, export, race, whole
from helpers.findings.forms import cell
from helpers.findings.registry import Finding, Measured, finding, get, measured, rows

KNOWN = "2025-12-19"  # the newest export when the article with "four months" appeared
ARTICLE = "2026-01-16"
NANOSECONDS = "2025-11-05"  # the day of Jensen Huang's statement
YEARS = {2024: ("2024-01-01", "2025-01-01"), 2025: ("2025-01-01", "2026-01-01"), 2026: ("2026-01-01", NEWEST)}


# The ratio of two scores


def _share(part: str, whole: str, half: float = 0.0) -> Measured:
    """Return one score as a percentage of another; ``half`` is half a unit of the last digit that both print."""
    table = load("benchmark_scores")
    above, below = table.loc[part, "score"], table.loc[whole, "score"]
    ends = {}
    if half:
        ends = {
            "low": 100 * (above - half) / (below + half),
            "high": 100 * (above + half) / (below - half),
            "interval": "rounding",
        }
    return measured(100 * above / below, rows("benchmark_scores", (part, whole)), **ends)


@finding("m2-share-of-gpt5-codex")
def m2_share() -> Measured:
    """Divide the scores of one day on one version of the index."""
    return _share("aa-v3.0-minimax-m2-2025-11-17", "aa-v3.0-gpt-5-codex-high-2025-11-17", half=0.05)


@finding("m2-share-own-table")
def m2_share_own_table() -> Measured:
    """Divide the scores that the developer of M2 printed, in whole points."""
    return _share("m2-readme-v3.0-minimax-m2-2025-10-27", "m2-readme-v3.0-gpt-5-thinking-2025-10-27", half=0.5)


@finding("k2-thinking-share")
def k2_thinking_share() -> Measured:
    """Divide the best Chinese score of the day by the best American one."""
    return _share("aa-v3.0-kimi-k2-thinking-2025-11-17", "aa-v3.0-gpt-5-codex-high-2025-11-17", half=0.05)


@finding("k2-thinking-share-december")
def k2_thinking_share_december() -> Measured:
    """Divide by the best American score after the release of Gemini 3 Pro."""
    return _share("aa-v3.0-kimi-k2-thinking-2025-12-06", "aa-v3.0-gemini-3-pro-preview-2025-12-06", half=0.05)


@finding("leading-makers-mean-share")
def leading_makers_mean_share() -> Measured:
    """Take each Chinese maker's best model of the day over the best American score, and the mean of the five highest.

    The interval runs from the lowest to the highest of the five.
    """
    table = load("benchmark_scores")
    day = table[
        (table["version"] == "v3.0") & table["component"].isna() & (table["as_of"] == pd.Timestamp("2025-11-17"))
    ]
    best = day.loc[day[day["country"] == "CN"].groupby("developer")["score"].idxmax()].nlargest(5, "score")
    top = day.loc[day.loc[day["country"] == "US", "score"].idxmax()]
    shares = 100 * best["score"] / top["score"]
    return measured(
        shares.mean(),
        rows("benchmark_scores", [*best.index, top["id"]]),
        low=shares.min(),
        high=shares.max(),
        interval="models",
    )


@finding("m2-component-lowest")
def m2_component_lowest() -> Measured:
    """Take the smallest ratio over the ten components of the developer's table."""
    return _component("min")


@finding("m2-component-highest")
def m2_component_highest() -> Measured:
    """Take the largest ratio over the ten components of the developer's table."""
    return _component("max")


def _component(which: str) -> Measured:
    table = load("benchmark_scores")
    own = table[table.index.str.startswith("m2-readme-v3.0-") & table["component"].notna()]
    chinese = own[own["model"] == "MiniMax-M2"].set_index("component")
    american = own[own["model"] == "GPT-5"].set_index("component")
    ratio = (100 * chinese["score"] / american["score"]).agg([f"idx{which}", which])
    part = ratio.iloc[0]
    return measured(ratio.iloc[1], rows("benchmark_scores", (chinese.loc[part, "id"], american.loc[part, "id"])))


@finding("codex-score-v3")
def codex_score_v3() -> Measured:
    """Read the score on version three."""
    return cell("benchmark_scores", "aa-v3.0-gpt-5-codex-high-2025-11-17", "score")


@finding("codex-score-v4")
def codex_score_v4() -> Measured:
    """Read the score on version four."""
    return cell("benchmark_scores", "aa-v4.0-gpt-5-codex-high-2026-02-28", "score")


@finding("gpt5-score-v3")
def gpt5_score_v3() -> Measured:
    """Read the score of the general model on version three."""
    return cell("benchmark_scores", "aa-v3.0-gpt-5-high-2025-11-17", "score")


@finding("gemini3-score-v3")
def gemini3_score_v3() -> Measured:
    """Read the score on version three."""
    return cell("benchmark_scores", "aa-v3.0-gemini-3-pro-preview-2025-12-06", "score")


@finding("codex-score-own-page")
def codex_score_own_page() -> Measured:
    """Read the score on the page of the index's maker."""
    return cell("benchmark_scores", "aa-page-gpt-5-codex-high-2025-11-20", "score")


@finding("best-us-score-own-page")
def best_us_score_own_page() -> Measured:
    """Take the highest American score among those read on the page of the index's maker."""
    page = load("benchmark_scores")
    page = page[page.index.str.startswith("aa-page-") & (page["country"] == "US")]
    return cell("benchmark_scores", page["score"].idxmax(), "score")


@finding("gpt51-score-own-page")
def gpt51_score_own_page() -> Measured:
    """Read the score on the page of the index's maker."""
    return cell("benchmark_scores", "aa-page-gpt-5.1-high-2025-11-20", "score")


@finding("k3-share-august-2026")
def k3_share_august() -> Measured:
    """Divide the best Chinese by the best American score on version 4.1."""
    return _share("aa-v4.1-kimi-k3-2026-08-01", "aa-v4.1-claude-opus-5-2026-08-01")


@finding("k3-share-september-2026")
def k3_share_september() -> Measured:
    """Divide the best Chinese by the best American score on version 4.3."""
    return _share("aa-v4.3-kimi-k3-2026-09-07", "aa-v4.3-claude-fable-5.1-max-2026-09-07", half=0.5)


# Months


def _banded(value: np.ndarray, simulated: np.ndarray, as_of: str) -> Measured:
    low, high = gap.band(simulated)
    return measured(float(value[0]), whole(NEWEST), low=low, high=high, interval="simulated", as_of=as_of)


@finding("epoch-lag-mean")
def epoch_lag_mean() -> Measured:
    """Read what reports of January 2026 give as the estimator's mean."""
    return cell("lag_estimates", "epoch-2026-mean", "months")


@finding("epoch-lag-smallest")
def epoch_lag_smallest() -> Measured:
    """Read what reports of January 2026 give as the estimator's minimum."""
    return cell("lag_estimates", "epoch-2026-minimum", "months")


@finding("epoch-lag-largest")
def epoch_lag_largest() -> Measured:
    """Read what reports of January 2026 give as the estimator's maximum."""
    return cell("lag_estimates", "epoch-2026-maximum", "months")


@finding("lag-passed-mean-2025-12")
def lag_passed_mean() -> Measured:
    """Average over the Chinese records of the export, each to the newest US record that it reached or passed.

    The interval runs from the smallest to the largest.
    """
    return _record_lag("passed")


@finding("lag-reached-mean-2025-12")
def lag_reached_mean() -> Measured:
    """Average over the Chinese records of the export, each to the first US model at or above it.

    The interval runs from the smallest to the largest.
    """
    return _record_lag("reached")


@finding("lag-catch-up-mean-2025-12")
def lag_catch_up_mean() -> Measured:
    """Average over the US records that were matched, each until the first Chinese model at or above it."""
    found = gap.catch_up(race(KNOWN), gap.day_number(KNOWN))
    months = found.loc[found["matched"], "months"]
    return measured(months.mean(), whole(KNOWN), low=months.min(), high=months.max(), interval="extremes")


@finding("lag-passed-smallest-2025-12")
def lag_passed_smallest() -> Measured:
    """Take the smallest of the lags to the newest US record passed."""
    return measured(gap.chaser_records(race(KNOWN))["passed"].min(), whole(KNOWN))


@finding("lag-passed-last-2025-12")
def lag_passed_last() -> Measured:
    """Take the lag of the last Chinese record of the export to the newest US record passed."""
    return measured(gap.chaser_records(race(KNOWN))["passed"].iloc[-1], whole(KNOWN))


def _record_lag(rule: str) -> Measured:
    lags = gap.chaser_records(race(KNOWN))[rule].dropna()
    return measured(lags.mean(), whole(KNOWN), low=lags.min(), high=lags.max(), interval="extremes")


@finding("lag-on-article-day")
def lag_on_article_day() -> Measured:
    """Take the age of the best Chinese score on the day of the article, since the first US model at or above it."""
    return _lag_on(ARTICLE)


@finding("lag-on-nanoseconds-day")
def lag_on_nanoseconds_day() -> Measured:
    """Take the age of the best Chinese score on the day of the statement, since the first US model at or above it."""
    return _lag_on(NANOSECONDS)


@finding("lag-on-article-day-without-one")
def lag_without_one() -> Measured:
    """Leave out the Chinese model with the widest interval among those of the half-year before the article."""
    models, day = export(NEWEST), pd.Timestamp(ARTICLE)
    near = models[
        (models["country"] == "CN")
        & (models["version_date"] <= day)
        & (models["version_date"] > day - pd.DateOffset(months=6))
    ]
    rest = models.drop(index=(near["high"] - near["low"]).idxmax())
    number = gap.day_number(ARTICLE)
    low, high = gap.band(gap.lag_on(gap.simulated_race(rest, DRAWS, SEED), number))
    return measured(
        float(gap.lag_on(gap.race(rest), number)[0]),
        rows("capability_records", rest.index),
        low=low,
        high=high,
        interval="simulated",
        as_of=ARTICLE,
    )


@finding("lag-2026-08")
def lag_newest() -> Measured:
    """Take the age of the best Chinese score on the day of the newest export."""
    return _lag_on(NEWEST)


@finding("lag-passed-2026-08")
def lag_passed_newest() -> Measured:
    """Take the time since the newest US record that the best Chinese score has passed."""
    day = gap.day_number(NEWEST)
    return _banded(gap.lag_on(race(NEWEST), day, "passed"), gap.lag_on(draws(NEWEST), day, "passed"), NEWEST)


@finding("r1-lag-at-release")
def r1_lag() -> Measured:
    """Take the lag of the best Chinese score on the day on which R1 came out."""
    return _lag_on("2025-01-20")


@finding("r1-gap-at-release")
def r1_gap() -> Measured:
    """Subtract the score of R1 from the best American one of its day."""
    return _gap_on("2025-01-20")


@finding("k3-lag-at-release")
def k3_lag() -> Measured:
    """Take the lag of the best Chinese score on the day on which Kimi K3 came out."""
    return _lag_on("2026-07-16")


@finding("gap-2026-08")
def gap_newest() -> Measured:
    """Subtract the best Chinese from the best American score on the day of the newest export."""
    return _gap_on(NEWEST)


@finding("gap-on-article-day")
def gap_on_article_day() -> Measured:
    """Subtract the best Chinese from the best American score on the day of the article."""
    return _gap_on(ARTICLE)


@finding("gap-2025-11")
def gap_november() -> Measured:
    """Subtract the best Chinese from the best American score at the end of the month."""
    return _gap_on("2025-11-30")


@finding("gap-2026-09-30")
def gap_september() -> Measured:
    """Subtract two single scores of a later fit, quoted in public notes.

    The interval takes the ends of both scores' intervals against each other, so it is wider than one of 90%.
    """
    keys = [f"eci-september-2026-fit-of-2026-09-30-{name}-2026-09-30" for name in ("gpt-6-astra", "kimi-k3")]
    ahead, behind = (load("benchmark_scores").loc[key] for key in keys)
    return measured(
        ahead["score"] - behind["score"],
        rows("benchmark_scores", keys),
        low=ahead["low"] - behind["high"],
        high=ahead["high"] - behind["low"],
        interval="ends",
    )


def _lag_on(day: str) -> Measured:
    number = gap.day_number(day)
    return _banded(gap.lag_on(race(NEWEST), number), gap.lag_on(draws(NEWEST), number), day)


def _gap_on(day: str) -> Measured:
    number = gap.day_number(day)
    return _banded(gap.gap_on(race(NEWEST), number), gap.gap_on(draws(NEWEST), number), day)


@finding("catch-up-median")
def catch_up_median() -> Measured:
    """Estimate how long a US record stays unmatched, counting those still open as censored (Kaplan and Meier)."""
    found = gap.catch_up(race(NEWEST), gap.day_number(NEWEST))
    value, low, high = gap.median_catch_up(found)
    return measured(value, whole(NEWEST), low=low, high=high, interval="ci90")


@finding("records-unmatched")
def records_unmatched() -> Measured:
    """Count the US records that no Chinese model has reached."""
    found = gap.catch_up(race(NEWEST), gap.day_number(NEWEST))
    return measured((~found["matched"]).sum(), whole(NEWEST))


@finding("v4-pro-days-after-article")
def v4_pro_days() -> Measured:
    """Count the days from the article to the release."""
    came = load("releases").loc["deepseek-v4-pro", "released"]
    return measured((came - pd.Timestamp(ARTICLE)).days, rows("releases", "deepseek-v4-pro"), as_of=came)


# Closing or widening?


def yearly(measure: str, year: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean gap (``points``) or lag (``months``) of one year: as published, and simulated."""
    start, end = (gap.day_number(day) for day in YEARS[year])
    mean = gap.mean_gap if measure == "points" else gap.mean_lag
    return mean(race(NEWEST), start, end), mean(draws(NEWEST), start, end)


def _year(measure: str, year: int) -> Measured:
    return _banded(*yearly(measure, year), as_of=_last_day(year))


def _change(measure: str, year: int) -> Measured:
    """Return the change from the year before; both come from the same draws."""
    (now, now_drawn), (old, old_drawn) = yearly(measure, year), yearly(measure, year - 1)
    return _banded(now - old, now_drawn - old_drawn, as_of=_last_day(year))


def _last_day(year: int) -> str:
    end = pd.Timestamp(YEARS[year][1])
    return NEWEST if year == 2026 else (end - pd.Timedelta(days=1)).date().isoformat()


@finding("gap-mean-2024")
def gap_mean_2024() -> Measured:
    """Average the daily gap in points."""
    return _year("points", 2024)


@finding("gap-mean-2025")
def gap_mean_2025() -> Measured:
    """Average the daily gap in points."""
    return _year("points", 2025)


@finding("gap-mean-2026")
def gap_mean_2026() -> Measured:
    """Average the daily gap in points up to the newest export."""
    return _year("points", 2026)


@finding("lag-mean-2024")
def lag_mean_2024() -> Measured:
    """Average the daily lag in months."""
    return _year("months", 2024)


@finding("lag-mean-2025")
def lag_mean_2025() -> Measured:
    """Average the daily lag in months."""
    return _year("months", 2025)


@finding("lag-mean-2026")
def lag_mean_2026() -> Measured:
    """Average the daily lag in months up to the newest export."""
    return _year("months", 2026)


@finding("gap-change-2025")
def gap_change_2025() -> Measured:
    """Subtract the mean gap of the year before."""
    return _change("points", 2025)


@finding("gap-change-2026")
def gap_change_2026() -> Measured:
    """Subtract the mean gap of the year before."""
    return _change("points", 2026)


@finding("lag-change-2025")
def lag_change_2025() -> Measured:
    """Subtract the mean lag of the year before."""
    return _change("months", 2025)


@finding("lag-change-2026")
def lag_change_2026() -> Measured:
    """Subtract the mean lag of the year before."""
    return _change("months", 2026)


@finding("gap-change-within-2025")
def gap_change_within() -> Measured:
    """Subtract the mean gap of the first half-year from that of the second: what could be known in January 2026."""
    return _halves("points")


@finding("lag-change-within-2025")
def lag_change_within() -> Measured:
    """Subtract the mean lag of the first half-year from that of the second: what could be known in January 2026."""
    return _halves("months")


def _halves(measure: str) -> Measured:
    mean = gap.mean_gap if measure == "points" else gap.mean_lag
    first, middle, last = (gap.day_number(day) for day in ("2025-01-01", "2025-07-01", "2026-01-01"))
    change = [mean(contest, middle, last) - mean(contest, first, middle) for contest in (race(NEWEST), draws(NEWEST))]
    return _banded(*change, as_of="2025-12-31")


# Other estimators


@finding("caisi-lag-v4-pro")
def caisi_lag() -> Measured:
    """Read the estimate."""
    return cell("lag_estimates", "caisi-v4-pro", "months")


@finding("v4-pro-lag-own-scores")
def v4_pro_own() -> Measured:
    """Read what the estimator gets from the developer's own scores."""
    return cell("lag_estimates", "caisi-v4-pro-own-scores", "months")


@finding("aisi-lag-cyber")
def aisi_lag_cyber() -> Measured:
    """Read the later of two lags off the institute's chart; the interval holds both."""
    keys = ["aisi-v4-pro-cyber", "aisi-glm-5.2-cyber"]
    months = load("lag_estimates").loc[keys, "months"]
    return measured(
        months.iloc[0],
        rows("lag_estimates", keys),
        low=months.min(),
        high=months.max(),
        interval="models",
    )


@finding("caisi-lag-cyber")
def caisi_lag_cyber() -> Measured:
    """Read the estimate."""
    return cell("lag_estimates", "caisi-glm-5.3-cyber", "months")


def is_below(found: Finding, bound: float) -> bool:
    """Tell whether a finding lies below ``bound`` with its whole interval."""
    return (found.value if found.high is None else found.high) < bound


def is_above(found: Finding, bound: float) -> bool:
    """Tell whether a finding lies above ``bound`` with its whole interval."""
    return (found.value if found.low is None else found.low) > bound


def settled(key: str) -> int:
    """Return the sign of a change whose interval leaves no doubt of it, else 0."""
    found = get(key)
    return -1 if is_below(found, 0) else 1 if is_above(found, 0) else 0


# Makers on the day of the column of 18 January 2026

COLUMN = "2026-01-18"
US_MAKERS = {"OpenAI", "Google", "Google DeepMind", "Anthropic"}
CN_MAKERS = ("DeepSeek", "Alibaba", "Moonshot AI")
HIGHEST = 10


@finding("highest-ten-by-three-us-makers-2026-01")
def highest_ten() -> Measured:
    """Count, among the ten highest scores of models available on the day, those of OpenAI, Google and Anthropic."""
    models = export(NEWEST)
    known = models[models["version_date"] <= pd.Timestamp(COLUMN)].nlargest(HIGHEST, "score")
    return measured(
        100.0 * known["developer"].isin(US_MAKERS).mean(), rows("capability_records", known.index), as_of=COLUMN
    )


@finding("largest-lag-of-three-cn-makers-2026-01")
def largest_lag() -> Measured:
    """Take, of the lags of the best models of DeepSeek, Alibaba and Moonshot AI on the day, the largest.

    Each lag is the age of the maker's best score since the first US model at or above it; the bounds are the largest
    of the three lower and of the three upper ends of the simulated lags.
    """
    models, day = export(NEWEST), gap.day_number(COLUMN)
    values, lows, highs = [], [], []
    for maker in CN_MAKERS:
        part = models[(models["country"] == "US") | (models["developer"] == maker)]
        low, high = gap.band(gap.lag_on(gap.simulated_race(part, DRAWS, SEED), day))
        values.append(float(gap.lag_on(gap.race(part), day)[0]))
        lows.append(low)
        highs.append(high)
    return measured(max(values), whole(NEWEST), low=max(lows), high=max(highs), interval="simulated", as_of=COLUMN)
