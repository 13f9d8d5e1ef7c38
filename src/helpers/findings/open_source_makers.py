"""Findings of the chapter on openness about makers: labels, concentration, standing, revenue, value."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.analysis import open_source as analysis
from helpers.analysis import open_source_makers as makers
from helpers.data import assumption, load
from helpers.findings import open_source as chapter
from helpers.findings.capability import NEWEST
from helpers.findings.forms import cell, quotient, ranged
from helpers.findings.registry import Measured, Rows, finding, get, measured, rows

ON_INDEX = {"moonshot": "Moonshot AI", "deepseek": "DeepSeek", "alibaba": "Alibaba"}
EPOCH_WINDOW = ("2026-01-01", "2026-05-28")  # of the estimate of May 2026

# The lead in downloads under other labels -------------------------------------------------------------------------


@finding("download-lead-assigned-2025")
def lead_assigned() -> Measured:
    """Take the groups without a country out of the base of the study."""
    keys = ("study-2025-share-cn", "study-2025-share-us", "study-2025-share-unaffiliated")
    china, states, group = load("downloads").loc[list(keys), "value"]
    return measured(makers.without_group(china, group) - makers.without_group(states, group), rows("downloads", keys))


def _of_two(china: str, states: str) -> Measured:
    """Take China's share of what the two countries have together on one basis."""
    ours, theirs = load("downloads").loc[[china, states], "value"]
    return measured(100.0 * ours / (ours + theirs), rows("downloads", (china, states)))


@finding("download-share-of-two-study")
def of_two_study() -> Measured:
    """Take the study, year to August 2025."""
    return _of_two("study-2025-share-cn", "study-2025-share-us")


@finding("download-share-of-two-hub")
def of_two_hub() -> Measured:
    """Take the hub's spring post, year to March 2026."""
    return _of_two("spring-2026-share-cn", "spring-2026-share-us")


@finding("download-share-of-two-curated")
def of_two_curated() -> Measured:
    """Take the curated language models, since release, to March 2026."""
    return _of_two("atom-2026-03-cn", "atom-2026-03-us")


def _resampling() -> tuple[float, float, float, tuple[Rows, ...]]:
    """Return lead, sum of shares, and the most equal models that the hub's concentration allows."""
    lead, both = get("download-lead-study-2025").value / 100, get("download-shares-covered-study").value / 100
    most = makers.effective_models_at_most(load("downloads").at["spring-2026-top200", "value"] / 100, 200)
    pair = ("study-2025-share-cn", "study-2025-share-us", "spring-2026-top200")
    return lead, both, most, (rows("downloads", pair),)


@finding("download-models-effective")
def models_effective() -> Measured:
    """Ask of how many equally used models the hub can consist, given what its most used take."""
    *_, most, used = _resampling()
    return measured(most, *used)


@finding("download-lead-resampling-error")
def lead_error() -> Measured:
    """Bound the standard error of the study's lead from below, if its models are as unevenly used as the hub's."""
    lead, both, most, used = _resampling()
    return measured(100.0 * makers.resampling_error(lead, both, most), *used)


@finding("download-lead-models-needed")
def models_needed() -> Measured:
    """Ask over how many equally used models downloads would have to be spread for the lead to stand out at 95%."""
    lead, both, _, used = _resampling()
    return measured(makers.models_for_lead(lead, both), *used)


# Releases and concentration ---------------------------------------------------------------------------------------


@finding("releases-open-us-2025")
def releases_open_states_2025() -> Measured:
    """Count the American releases of 2025."""
    share, _, used = analysis.open_share(load("releases"), "US", 2025)
    return measured(share, rows("releases", used))


def open_releases() -> pd.DataFrame:
    """Return the notable releases with open weights, one row each."""
    table = load("releases")
    part = table[(table["event"] == "release of the version") & table["open_weights"].notna()]
    return part[part["open_weights"].astype(bool)].assign(count=1.0)


def token_shares() -> pd.DataFrame:
    """Return the makers' shares of tokens among the nine most used models of four weeks."""
    table = load("token_shares")
    return table[(table["metric"] == "token_share") & table["basis"].isin(chapter.MAKERS_BASIS)]


def _effective(frame: pd.DataFrame, table: str, country: str, by: str, value: str) -> Measured:
    """Invert the sum of squared shares: how many equal makers would be as concentrated."""
    parts = makers.parts_by(frame, country, by, value)
    used = frame[frame["country"] == country].index
    return measured(1.0 / makers.herfindahl(parts), rows(table, used))


@finding("makers-effective-tokens-cn-2026")
def effective_tokens_china() -> Measured:
    """Count the Chinese makers by tokens."""
    return _effective(token_shares(), "token_shares", "CN", "entity", "value")


@finding("makers-effective-tokens-us-2026")
def effective_tokens_states() -> Measured:
    """Count the American makers by tokens."""
    return _effective(token_shares(), "token_shares", "US", "entity", "value")


@finding("makers-effective-releases-cn")
def effective_releases_china() -> Measured:
    """Count the Chinese makers by open releases."""
    return _effective(open_releases(), "releases", "CN", "maker", "count")


@finding("makers-effective-releases-us")
def effective_releases_states() -> Measured:
    """Count the American makers by open releases."""
    return _effective(open_releases(), "releases", "US", "maker", "count")


@finding("makers-effective-downloads-cn-2026")
def effective_downloads_china() -> Measured:
    """Bound the number of Chinese families by downloads, of which only the largest is published; centre: the middle."""
    whole, qwen = load("downloads").loc[["atom-2026-03-cn", "atom-2026-03-qwen"], "value"]
    low, high = makers.herfindahl_bounds([qwen], whole - qwen)
    ends = 1.0 / high, 1.0 / low
    used = rows("downloads", ("atom-2026-03-cn", "atom-2026-03-qwen"))
    return measured(sum(ends) / 2, used, low=ends[0], high=ends[1], interval="ends-of-split")


@finding("maker-largest-tokens-cn-2026")
def largest_tokens_china() -> Measured:
    """Take the share of the Chinese maker with the most tokens."""
    parts = makers.parts_by(token_shares(), "CN", "entity", "value")
    return measured(parts.iloc[0], rows("token_shares", token_shares().query("country == 'CN'").index))


@finding("derivatives-on-qwen-2024-01")
def derivatives_before() -> Measured:
    """Take the share of new derivatives that built on Qwen at the beginning of 2024."""
    return cell("downloads", "atom-2024-01-qwen-derivatives")


# The open gap, as others measure it -------------------------------------------------------------------------------


@finding("open-gap-epoch-2026")
def gap_epoch() -> Measured:
    """Take the mean gap that the makers of the index published."""
    return ranged("gap_estimates", "epoch-open-2026-points", "ci90")


@finding("open-gap-mean-2026-05")
def gap_same_window() -> Measured:
    """Average our distance over the days of their estimate, from a later export of the same index."""
    return chapter.mean_gap(*EPOCH_WINDOW)


@finding("open-gap-arena-2026-10")
def gap_arena_october() -> Measured:
    """Take the gap that was computed from the board's data in October 2026."""
    return cell("gap_estimates", "arena-open-2026-10")


# Makers on the index ----------------------------------------------------------------------------------------------


@cache
def standing(key: str, day: str) -> dict[str, object]:
    """Return where a maker stands on the index on a day."""
    return makers.standing(chapter.models(), ON_INDEX[key], day)


def _behind(key: str, day: str = NEWEST) -> Measured:
    found = standing(key, day)
    used = rows("capability_records", (found["best"].name, found["top"].name))
    return measured(
        found["behind"], used, low=found["behind_low"], high=found["behind_high"], interval="ci90", as_of=day
    )


def _lag(key: str, day: str = NEWEST) -> Measured:
    found = standing(key, day)
    used = rows("capability_records", (found["best"].name, found["lag_id"]))
    return measured(found["lag"], used, low=found["lag_low"], high=found["lag_high"], interval="score-ends", as_of=day)


@finding("index-behind-moonshot-2026-08")
def behind_moonshot() -> Measured:
    """Subtract the best score of Moonshot AI from the best American one."""
    return _behind("moonshot")


@finding("index-behind-deepseek-2026-08")
def behind_deepseek() -> Measured:
    """Subtract the best score of DeepSeek from the best American one."""
    return _behind("deepseek")


@finding("index-behind-alibaba-2026-08")
def behind_alibaba() -> Measured:
    """Subtract the best score of Alibaba from the best American one."""
    return _behind("alibaba")


@finding("index-lag-moonshot-2026-08")
def lag_moonshot() -> Measured:
    """Count the months from the first American model at the best score of Moonshot AI to its release."""
    return _lag("moonshot")


@finding("index-lag-deepseek-2026-08")
def lag_deepseek() -> Measured:
    """Count the months from the first American model at the best score of DeepSeek to its release."""
    return _lag("deepseek")


@finding("index-lag-alibaba-2026-08")
def lag_alibaba() -> Measured:
    """Count the months from the first American model at the best score of Alibaba to its release."""
    return _lag("alibaba")


def qwen_records() -> pd.DataFrame:
    """Return the Alibaba models that scored above all earlier ones."""
    return makers.records_of(chapter.models(), "Alibaba")


# Licences ---------------------------------------------------------------------------------------------------------


@finding("cursor-over-threshold-2026-04")
def cursor_april() -> Measured:
    """Divide a month of the yearly rate of late April by the threshold of the licence."""
    row, limit = load("adopters").loc["cursor-run-rate-2026-04"], load("licences").loc["kimi-k2"]
    return measured(
        row["value"] / 12 / limit["naming_revenue_threshold_usd_m"],
        rows("adopters", row.name),
        rows("licences", "kimi-k2"),
        as_of=row["as_of"],
    )


@finding("airbnb-over-threshold-if-new-qwen")
def airbnb_if() -> Measured:
    """Divide a month of Airbnb's revenue by the naming threshold that Alibaba's largest model alone has."""
    row, limit = load("adopters").loc["airbnb-revenue-2025"], load("licences").loc["qwen-3.8-2.4t"]
    return measured(
        row["value"] / 12 / limit["naming_revenue_threshold_usd_m"],
        rows("adopters", row.name),
        rows("licences", "qwen-3.8-2.4t"),
        as_of=row["as_of"],
    )


# Revenues and listings --------------------------------------------------------------------------------------------


@finding("revenue-claim-over-booked-minimax-2026")
def claim_over_booked() -> Measured:
    """Divide the run rate claimed for August by the half-year's revenue at a yearly pace."""
    table, pair = load("model_revenues"), ("minimax-run-2026-08", "minimax-2026-h1")
    claim, half = table.loc[list(pair), "revenue_usd_m"]
    return measured(claim / makers.annual_pace(half, "half-year"), rows("model_revenues", pair))


@finding("revenue-pace-anthropic-2026-q2")
def pace_anthropic() -> Measured:
    """Turn the quarter into a year, between the run rates claimed at its beginning and two thirds through."""
    table = load("model_revenues")
    keys = ("anthropic-2026-q2", "anthropic-2026-04", "anthropic-2026-05-28")
    quarter, first, last = table.loc[list(keys), "revenue_usd_m"] / 1000
    return measured(
        makers.annual_pace(quarter, "quarter"), rows("model_revenues", keys), low=first, high=last, interval="claims"
    )


def year_to_june(company: str) -> tuple[float, Rows]:
    """Return a listed maker's revenue of the twelve months to June 2026, in million dollars."""
    keys = tuple(f"{company}-{part}" for part in ("2025", "2025-h1", "2026-h1"))
    year, before, now = load("model_revenues").loc[list(keys), "revenue_usd_m"]
    return makers.last_twelve_months(year, before, now), rows("model_revenues", keys)


def _first_close(company: str) -> Measured:
    """Divide the market value at the first close by the revenue of the year before."""
    rate = assumption("hong-kong-dollar-per-dollar")
    key, year = f"{company}-value-first-close", f"{company}-2025"
    value = 1000 * load("market_events").at[key, "value"] / load("model_revenues").at[year, "revenue_usd_m"]
    low, high = value / rate.high, value / rate.low
    used = rows("market_events", key), rows("model_revenues", year)
    day = load("market_events").at[key, "as_of"]
    return measured(value / rate.value, *used, rate, low=low, high=high, interval="assumptions", as_of=day)


@finding("zhipu-value-over-revenue-first-close")
def zhipu_first() -> Measured:
    """Divide for Zhipu."""
    return _first_close("zhipu")


@finding("minimax-value-over-revenue-first-close")
def minimax_first() -> Measured:
    """Divide for MiniMax."""
    return _first_close("minimax")


@finding("zhipu-value-over-revenue-2026-09")
def zhipu_september() -> Measured:
    """Divide the market value of 18 September by the revenue of the year to June."""
    revenue, used = year_to_june("zhipu")
    key = "zhipu-value-2026-09-18"
    value = 1000 * load("market_events").at[key, "value"]
    return measured(value / revenue, rows("market_events", key), used, as_of="2026-09-18")


def shares_since(company: str) -> tuple[float, float]:
    """Return a firm's shares in billion: by value over price at the first close, and by Zhipu's growth since then."""
    events = load("market_events")["value"]
    rate = assumption("hong-kong-dollar-per-dollar").value
    first = events[f"{company}-value-first-close"] / events[f"{company}-first-close"]
    zhipu = events["zhipu-value-first-close"] / events["zhipu-first-close"]
    now = events["zhipu-value-2026-09-18"] * rate / events["zhipu-price-2026-09-18"]
    return first, first * now / zhipu


@finding("minimax-value-over-revenue-2026-09")
def minimax_september() -> Measured:
    """Value MiniMax at its price with the shares of the first day; the upper end adds as many as Zhipu has added."""
    revenue, used = year_to_june("minimax")
    events, rate = load("market_events")["value"], assumption("hong-kong-dollar-per-dollar")
    low, high = (
        1000 * count * events["minimax-price-2026-09-18"] / rate.value / revenue for count in shares_since("minimax")
    )
    keys = (
        "minimax-value-first-close",
        "minimax-first-close",
        "minimax-price-2026-09-18",
        "zhipu-value-first-close",
        "zhipu-first-close",
        "zhipu-value-2026-09-18",
        "zhipu-price-2026-09-18",
    )
    return measured(
        low, rows("market_events", keys), used, rate, low=low, high=high, interval="shares", as_of="2026-09-18"
    )


@finding("anthropic-value-over-run-rate-2026-05")
def anthropic_value() -> Measured:
    """Divide the value of the funding round by the run rate told with it: a claim, not a year's revenue."""
    value, run = load("market_events").at["anthropic-value-2026-05", "value"], load("model_revenues")
    return measured(
        1000 * value / run.at["anthropic-2026-05-28", "revenue_usd_m"],
        rows("market_events", "anthropic-value-2026-05"),
        rows("model_revenues", "anthropic-2026-05-28"),
    )


@finding("zhipu-first-close-over-offer")
def zhipu_first_close() -> Measured:
    """Divide the close of the first day by the price of the offer."""
    return quotient("market_events", "zhipu-first-close", "zhipu-issue-price")
