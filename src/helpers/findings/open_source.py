"""Findings of the chapter on openness."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pandas as pd

from helpers.analysis import open_source as analysis
from helpers.data import Assumption, assumption, load
from helpers.data.edition import edition
from helpers.findings import (  # noqa: F401  registers these parts
    open_source_makers,
    open_source_prices,
    open_source_readings,
)
from helpers.findings.capability import NEWEST
from helpers.findings.forms import cell, quotient
from helpers.findings.registry import Measured, Rows, finding, get, measured, rows

STYLE, RAW = "style control", "no style control"
MAKERS_BASIS = (  # the same four weeks and models, once by tokens and once by tokens times list price
    "top nine models of each week, four weeks",
    "top nine models of each week, tokens times current list price",
)


# What several findings read ---------------------------------------------------------------------------------------


@cache
def models() -> pd.DataFrame:
    """Return the scored models of the newest export with the day from which their weights could be had."""
    return analysis.scored_models(load("capability_records"), load("releases"))


@cache
def offers(input_share: float | None = None) -> pd.DataFrame:
    """Return the list prices of scored models, mixed by the assumption or by a share that the caller names."""
    share = assumption("input-token-share").value / 100 if input_share is None else input_share
    recent = models()[models()["version_date"] >= "2024-09-01"]
    return analysis.list_offers(load("prices"), recent, share, edition().released.isoformat())


@cache
def arena(basis: str) -> pd.DataFrame:
    """Return the snapshots of one basis of the arena of which at least the top of the list was read."""
    return analysis.arena_snapshots(load("arena_scores"), basis)


def _released(names: pd.Series | list[str]) -> tuple[Rows, ...]:
    """Return the rows of the table of releases for models whose weights came later than the interface."""
    plain = {analysis.plain_name(name) for name in names}
    table = load("releases")
    late = table[(table["weights_released"] > table["released"]) & table["model"].map(analysis.plain_name).isin(plain)]
    return (rows("releases", late.index),) if len(late) else ()


# China and the United States on one measure -----------------------------------------------------------------------


def _lead(table: str, china: str, states: str, step_china: float, step_states: float) -> Measured:
    """Divide two printed figures of one basis; the steps are one unit of their last printed digit."""
    frame = load(table)
    value, low, high = analysis.ratio_of_rounded(
        frame.at[china, "value"], frame.at[states, "value"], step_china, step_states
    )
    return measured(value, rows(table, (china, states)), low=low, high=high, interval="rounding")


@finding("lead-downloads-study")
def lead_downloads_study() -> Measured:
    """Divide the shares of the study, printed to a tenth of a per cent."""
    return _lead("downloads", "study-2025-share-cn", "study-2025-share-us", 0.1, 0.1)


@finding("lead-downloads-hub")
def lead_downloads_hub() -> Measured:
    """Divide the shares of the spring post, printed as 41 and 36.5 per cent."""
    return _lead("downloads", "spring-2026-share-cn", "spring-2026-share-us", 1.0, 0.1)


@finding("lead-downloads-curated")
def lead_downloads_curated() -> Measured:
    """Divide the cumulative counts, printed as 1.15 billion and 723 million."""
    return _lead("downloads", "atom-2026-03-cn", "atom-2026-03-us", 1e7, 1e6)


@finding("lead-tokens-identified")
def lead_tokens_identified() -> Measured:
    """Divide the shares of identified traffic, printed in whole per cent."""
    return _lead("token_shares", "or-2026-mid-identified-cn", "or-2026-mid-identified-us", 1.0, 1.0)


@finding("lead-tokens-top-hundred")
def lead_tokens_top_hundred() -> Measured:
    """Divide the tokens of the hundred most used models, printed in whole trillions."""
    return _lead("token_shares", "or-2026-mid-top100-cn", "or-2026-mid-top100-us", 1e12, 1e12)


@finding("lead-tokens-named")
def lead_tokens_named() -> Measured:
    """Divide the tokens of models whose country a report names, printed as 9.223 and 4.93 trillion."""
    return _lead("token_shares", "or-2026-05-24-cn", "or-2026-05-24-us", 1e9, 1e10)


@finding("lead-tokens-top-nine")
def lead_tokens_top_nine() -> Measured:
    """Divide the tokens of the nine most used models, printed as 18 and 5.5 trillion."""
    return _lead("token_shares", "or-2026-mid-top9-cn", "or-2026-mid-top9-us", 1e12, 1e11)


@finding("lead-derivatives-qwen-google")
def lead_derivatives_google() -> Measured:
    """Divide the stocks of derivatives of Qwen and of the American maker that has most, as one post counts both."""
    frame, pair = load("downloads"), ("summer-2026-derivatives-qwen", "summer-2026-derivatives-google")
    qwen, google = (frame.loc[key, "value"] for key in pair)
    return measured(qwen / google, rows("downloads", pair))


@finding("lead-derivatives-qwen-llama")
def lead_derivatives() -> Measured:
    """Divide the stocks of derivatives of the Qwen and Llama families; the second is known by a factor."""
    frame, pair = load("downloads"), ("summer-2026-derivatives-qwen", "summer-2026-derivatives-llama")
    qwen, llama = (frame.loc[key] for key in pair)
    return measured(
        qwen["value"] / llama["value"],
        rows("downloads", pair),
        low=qwen["value"] / llama["high"],
        high=qwen["value"] / llama["low"],
        interval="rounding",
    )


@finding("lead-votes-arena-2026-04")
def lead_votes() -> Measured:
    """Turn the rating difference of the best open models into the votes that one gets for each of the other."""
    lead = get("open-lead-arena-2026-04")
    value, low, high = (analysis.odds_of_elo(points) for points in (lead.value, lead.low or 0.0, lead.high or 0.0))
    return measured(value, lead, low=low, high=high, interval="ci95")


def _makers(metric: str) -> tuple[float, float, Rows]:
    """Add up the shares of the makers of either country on the basis that has both tokens and dollars."""
    table = load("token_shares")
    part = table[(table["metric"] == metric) & table["basis"].isin(MAKERS_BASIS)]
    sums = part.groupby("country")["value"].sum()
    return float(sums["CN"]), float(sums["US"]), rows("token_shares", part.index)


@finding("lead-tokens-makers")
def lead_tokens_makers() -> Measured:
    """Divide the tokens of Chinese by those of American makers."""
    china, states, used = _makers("token_share")
    return measured(china / states, used)


@finding("lead-dollars-makers")
def lead_dollars_makers() -> Measured:
    """Divide the same tokens at list price, Chinese by American makers."""
    china, states, used = _makers("dollar_share")
    return measured(china / states, used)


@finding("price-of-a-token-us-over-china")
def price_of_a_token() -> Measured:
    """Divide dollars by tokens on each side."""
    tokens_china, tokens_states, used = _makers("token_share")
    dollars_china, dollars_states, also = _makers("dollar_share")
    value = analysis.price_per_token_ratio((dollars_states, dollars_china), (tokens_states, tokens_china))
    return measured(value, used, also)


@finding("download-lead-study-2025")
def download_lead_study() -> Measured:
    """Subtract the shares of the study, printed to a tenth of a per cent."""
    pair = ("study-2025-share-cn", "study-2025-share-us")
    value, low, high = analysis.lead_of_rounded(*load("downloads").loc[list(pair), "value"], 0.1)
    return measured(value, rows("downloads", pair), low=low, high=high, interval="rounding")


@finding("download-lead-turned-by")
def download_lead_turned() -> Measured:
    """Ask how unevenly the unaffiliated group would have to be owned for the lead to vanish."""
    lead, group = get("download-lead-study-2025"), "study-2025-share-unaffiliated"
    size = load("downloads").at[group, "value"]
    bounds = [analysis.share_that_turns_a_lead(side, size) for side in (lead.value, lead.low or 0.0, lead.high or 0.0)]
    return measured(bounds[0], lead, rows("downloads", group), low=bounds[1], high=bounds[2], interval="rounding")


@finding("download-shares-covered-study")
def covered_study() -> Measured:
    """Add the two shares of the study."""
    pair = ("study-2025-share-cn", "study-2025-share-us")
    return measured(load("downloads").loc[list(pair), "value"].sum(), rows("downloads", pair))


@finding("download-shares-covered-hub")
def covered_hub() -> Measured:
    """Add the two shares of the spring post."""
    pair = ("spring-2026-share-cn", "spring-2026-share-us")
    return measured(load("downloads").loc[list(pair), "value"].sum(), rows("downloads", pair))


# OpenRouter: which share? -----------------------------------------------------------------------------------------


@finding("openrouter-share-cn-whole-2026-05")
def openrouter_whole() -> Measured:
    """Divide the tokens counted as Chinese by all tokens of the platform in the week: a lower bound."""
    return quotient("token_shares", "or-2026-05-24-cn", "or-2026-05-24-all", 100.0)


@finding("openrouter-share-cn-printed-2026-05")
def openrouter_printed() -> Measured:
    """Take the share that a page prints for the same week."""
    return cell("token_shares", "or-2026-05-24-cn-share")


@finding("openrouter-share-cn-identified-2026-07")
def openrouter_identified() -> Measured:
    """Take the share of identified traffic."""
    return cell("token_shares", "or-2026-mid-identified-cn")


@finding("openrouter-share-cn-top-ten-2026-02")
def openrouter_top_ten() -> Measured:
    """Take the share of the ten most used models."""
    return cell("token_shares", "or-2026-02-top10-cn")


@finding("openrouter-counted-2026-05")
def openrouter_counted() -> Measured:
    """Divide what is counted for either country by all tokens of the week."""
    table, used = load("token_shares"), ("or-2026-05-24-cn", "or-2026-05-24-us", "or-2026-05-24-all")
    china, states, whole = table.loc[list(used), "value"]
    return measured(100.0 * (china + states) / whole, rows("token_shares", used))


@finding("openrouter-share-of-world-2026")
def openrouter_of_world() -> Measured:
    """Divide the platform's week by an analyst's rough guess of the world's."""
    return quotient("token_shares", "or-2026-mid-all", "world-2026-mid-all", 100.0)


# The arena --------------------------------------------------------------------------------------------------------


def _gap(day: str) -> Measured:
    found = arena(STYLE).loc[day]
    return measured(
        found["gap"],
        rows("arena_scores", (found["best_id"], found["open_id"])),
        low=found["gap_low"],
        high=found["gap_high"],
        interval="ci95",
    )


@finding("open-gap-arena-2025-11")
def gap_november() -> Measured:
    """Subtract the ratings on 6 November 2025, the smallest gap of the basis and the least certain."""
    return _gap("2025-11-06")


@finding("open-gap-arena-2025-12")
def gap_december() -> Measured:
    """Subtract the ratings on 11 December 2025."""
    return _gap("2025-12-11")


@finding("open-gap-arena-2026-04")
def gap_april() -> Measured:
    """Subtract the ratings on 19 April 2026, the last day of which the top of the list was read."""
    return _gap("2026-04-19")


@finding("open-gap-arena-2026-08")
def gap_august() -> Measured:
    """Subtract the two highest ratings that a digest printed on 1 August 2026; the list was not seen."""
    table = load("arena_scores")
    part = table[table["date"] == "2026-08-01"]
    best, opened = part["elo"].idxmax(), part[part["open_weights"].astype(bool)]["elo"].idxmax()
    return measured(part.at[best, "elo"] - part.at[opened, "elo"], rows("arena_scores", (best, opened)))


def _open_lead(day: str, basis: str = STYLE) -> Measured:
    found = arena(basis).loc[day]
    return measured(
        found["lead"],
        rows("arena_scores", (found["open_cn_id"], found["open_us_id"])),
        low=found["lead_low"],
        high=found["lead_high"],
        interval="ci95",
    )


@finding("open-lead-arena-2025-11")
def open_lead_november() -> Measured:
    """Subtract the ratings of the best open models on 6 November 2025."""
    return _open_lead("2025-11-06")


@finding("open-lead-arena-2026-01")
def open_lead_january() -> Measured:
    """Subtract the ratings of the best open models on 16 January 2026."""
    return _open_lead("2026-01-16")


@finding("open-lead-arena-2026-04")
def open_lead_april() -> Measured:
    """Subtract the ratings of the best open models on 19 April 2026."""
    return _open_lead("2026-04-19")


@finding("open-lead-arena-2024-12-20")
def open_lead_last_american() -> Measured:
    """Subtract the ratings on the last snapshot whose best open model was American; negative, since it was."""
    found = arena(RAW)
    return _open_lead(str(found[found["open_country"] == "US"].index.max().date()), RAW)


@finding("open-lead-arena-2024-12-31")
def open_lead_first_chinese() -> Measured:
    """Subtract the ratings on the first snapshot whose best open model was Chinese."""
    found = arena(RAW)
    return _open_lead(str(found[found["open_country"] == "CN"].index.min().date()), RAW)


@finding("arena-snapshots-chinese-open")
def snapshots_chinese() -> Measured:
    """Count, on both bases, the snapshots since the last American one whose best open model is Chinese."""
    last = get("open-lead-arena-2024-12-20").as_of
    parts = [arena(basis) for basis in (STYLE, RAW)]
    later = pd.concat([part[part["date"] > pd.Timestamp(last)] for part in parts])
    used = rows("arena_scores", later["open_id"])
    return measured(100.0 * (later["open_country"] == "CN").mean(), used)


# The capability index ---------------------------------------------------------------------------------------------


def _difference(one: pd.Series, other: pd.Series, day: str) -> Measured:
    value, low, high = analysis.difference_interval(analysis.score(one), analysis.score(other))
    late = _released([one["model"], other["model"]])
    used = rows("capability_records", (one.name, other.name))
    return measured(value, used, *late, low=low, high=high, interval="ci90", as_of=day)


def _index_lead(day: str) -> Measured:
    china, states = (analysis.best_on(models(), day, opened=True, country=code) for code in ("CN", "US"))
    return _difference(china, states, day)


@finding("open-gap-index-2026-08")
def gap_index() -> Measured:
    """Subtract the best open score from the best of all on the day of the newest export."""
    best, opened = analysis.best_on(models(), NEWEST), analysis.best_on(models(), NEWEST, opened=True)
    return _difference(best, opened, NEWEST)


@finding("open-lead-index-2025-11")
def lead_index_november() -> Measured:
    """Subtract the best American open score from the best Chinese one at the end of November 2025."""
    return _index_lead("2025-11-30")


@finding("open-lead-index-2026-01")
def lead_index_january() -> Measured:
    """Subtract the best American open score from the best Chinese one on 16 January 2026."""
    return _index_lead("2026-01-16")


@finding("open-lead-index-2026-08")
def lead_index_august() -> Measured:
    """Subtract the best American open score from the best Chinese one on the day of the newest export."""
    return _index_lead(NEWEST)


@finding("open-lead-second-index-2025-11")
def lead_second_index() -> Measured:
    """Subtract on another index, of which a copy of November 2025 exists and no interval."""
    pair = ("aa-v3.0-kimi-k2-thinking-2025-11-17", "aa-v3.0-gpt-oss-120b-2025-11-17")
    china, states = load("benchmark_scores").loc[list(pair), "score"]
    return measured(china - states, rows("benchmark_scores", pair))


def _record_holders(start: str, end: str) -> tuple[Rows, ...]:
    """Return the rows of every model that held one of the records in the period, at its beginning included."""
    held: dict[str, None] = {}
    names: list[str] = []
    days = sorted({pd.Timestamp(start), *models()["version_date"], *models()["open_from"]})
    for day in [moment for moment in days if pd.Timestamp(start) <= moment <= pd.Timestamp(end)]:
        for choice in ({}, {"opened": True}, {"country": "CN"}):
            best = analysis.best_on(models(), day, **choice)
            held[str(best.name)] = None
            names.append(best["model"])
    return (rows("capability_records", held), *_released(names))


def mean_gap(start: str, end: str) -> Measured:
    """Average the distance of the best open to the best model over the days of a period."""
    value, low, high = analysis.mean_open_gap(models(), start, end)
    return measured(value, *_record_holders(start, end), low=low, high=high, interval="simulated", as_of=end)


@finding("open-gap-mean-2025")
def mean_gap_2025() -> Measured:
    """Average the distance over the days of 2025."""
    return mean_gap("2025-01-01", "2025-12-31")


@finding("open-gap-mean-2026")
def mean_gap_2026() -> Measured:
    """Average the distance over the days of 2026 until the newest export."""
    return mean_gap("2026-01-01", NEWEST)


def _days_alike(start: str, end: str) -> Measured:
    gaps = analysis.daily_gaps(models(), start, end)
    return measured(100.0 * (gaps["open"] == gaps["national"]).mean(), *_record_holders(start, end), as_of=end)


@finding("open-gap-is-national-2025")
def days_alike_2025() -> Measured:
    """Count the days of 2025 on which the best Chinese model was also the best open one."""
    return _days_alike("2025-01-01", "2025-12-31")


@finding("open-gap-is-national-2026")
def days_alike_2026() -> Measured:
    """Count the days of 2026 until the newest export on which the best Chinese model was also the best open one."""
    return _days_alike("2026-01-01", NEWEST)


@finding("open-lag-kimi-k3")
def lag_kimi_k3() -> Measured:
    """Count from the first American model at its score to the day its weights came."""
    best = analysis.best_on(models(), NEWEST, opened=True)
    months, first = analysis.months_since_first_at(models(), best["score"], "US", best["open_from"])
    return measured(
        months,
        rows("capability_records", (str(best.name), first)),
        *_released([best["model"]]),
        as_of=best["open_from"],
    )


def _share_open(country: str, day: str) -> Measured:
    best = analysis.best_few(models(), day, country)
    return measured(100.0 * best["open_then"].mean(), rows("capability_records", best.index), as_of=day)


@finding("best-five-open-cn-2026-01")
def best_five_china() -> Measured:
    """Count, among the five Chinese models with the highest index on 16 January 2026, those with open weights."""
    return _share_open("CN", "2026-01-16")


@finding("best-five-open-us-2026-01")
def best_five_states() -> Measured:
    """Count, among the five American models with the highest index on 16 January 2026, those with open weights."""
    return _share_open("US", "2026-01-16")


@finding("best-five-open-cn-2026-08")
def best_five_china_august() -> Measured:
    """Count, among the five Chinese models with the highest index on the newest export, those with open weights."""
    return _share_open("CN", NEWEST)


# Prices -----------------------------------------------------------------------------------------------------------


def _used(*picked: pd.Series) -> tuple[Rows, Rows, Assumption]:
    """Return the rows of prices and scores of the offers named, and the assumption that mixes them."""
    return (
        rows("prices", [offer["price_id"] for offer in picked]),
        rows("capability_records", [offer["record_id"] for offer in picked]),
        assumption("input-token-share"),
    )


def _discount_of_best(day: str) -> Measured:
    """Compare the list prices of the best scored model of either country; the mixture moves over its range."""
    mixture = assumption("input-token-share")
    found = []
    for share in (mixture.value, mixture.low, mixture.high):
        china, states = (analysis.best_on_sale(offers(share / 100), day, code) for code in ("CN", "US"))
        found.append(analysis.discount(china["price"], states["price"]))
    return measured(found[0], *_used(china, states), low=min(found), high=max(found), interval="assumptions", as_of=day)


@finding("discount-best-2025-01")
def discount_best_2025_01() -> Measured:
    """Compare the best models on 20 January 2025."""
    return _discount_of_best("2025-01-20")


@finding("discount-best-2025-12")
def discount_best_2025_12() -> Measured:
    """Compare the best models on 1 December 2025."""
    return _discount_of_best("2025-12-01")


@finding("discount-best-2026-08")
def discount_best_2026_08() -> Measured:
    """Compare the best models on the day of the newest export."""
    return _discount_of_best(NEWEST)


@finding("discount-best-2026-11")
def discount_best_2026_11() -> Measured:
    """Compare the best scored models at the list prices of 21 November 2026."""
    return _discount_of_best("2026-11-21")


@finding("discount-k3-fable5-2026-08")
def discount_k3_fable5() -> Measured:
    """Compare Kimi K3 with the American model that stands just below the best on the day of the newest export."""
    return _discount_of_pair("kimi-k3", "claude-fable-5", NEWEST)


@finding("discount-k3-astra-2026-11")
def discount_k3_astra() -> Measured:
    """Compare Kimi K3 with the dearest American model of autumn 2026, which the newest export does not score."""
    return _discount_of_pair("kimi-k3", "gpt-6-astra", "2026-11-21")


def _discount_of_pair(china: str, states: str, day: str) -> Measured:
    """Compare two list prices; both makers ask one multiple for a token written, so the mixture does not matter."""
    prices, share = load("prices"), assumption("input-token-share")
    paid = [
        analysis.blended_price(*prices.loc[key, ["input_usd_per_mtok", "output_usd_per_mtok"]], share.value / 100)
        for key in (china, states)
    ]
    return measured(analysis.discount(*paid), rows("prices", (china, states)), share, as_of=day)


def _discount_at_level(day: str) -> Measured:
    """Compare the cheapest models of either country that score at least as much as the model that fixes the scale."""
    level = models().loc[models()["model"] == "GPT-5", "score"].iloc[0]
    mixture = assumption("input-token-share")
    found = []
    for share in (mixture.value, mixture.low, mixture.high):
        china, states = (analysis.cheapest_at(offers(share / 100), day, level, code) for code in ("CN", "US"))
        found.append(analysis.discount(china["price"], states["price"]))
    return measured(found[0], *_used(china, states), low=min(found), high=max(found), interval="assumptions", as_of=day)


@finding("discount-at-gpt5-level-2026-07-29")
def discount_level_july() -> Measured:
    """Compare on 29 July 2026, the day before the American price cut."""
    return _discount_at_level("2026-07-29")


@finding("discount-at-gpt5-level-2026-07-30")
def discount_level_cut() -> Measured:
    """Compare on 30 July 2026, the day of the American price cut."""
    return _discount_at_level("2026-07-30")


@finding("discount-at-gpt5-level-2026-08")
def discount_level_august() -> Measured:
    """Compare on the day of the newest export."""
    return _discount_at_level(NEWEST)


def _price_at_level(day: str) -> Measured:
    """Say as a multiple what ``_discount_at_level`` says as a discount; a negative discount is hard to read."""
    found = _discount_at_level(day)
    low, high = (1 - (side or 0) / 100 for side in (found.high, found.low))
    return replace(found, value=1 - found.value / 100, low=low, high=high)


@finding("price-at-gpt5-level-cn-over-us-2026-07-29")
def price_level_july() -> Measured:
    """Compare on 29 July 2026, the day before the American price cut."""
    return _price_at_level("2026-07-29")


@finding("price-at-gpt5-level-cn-over-us-2026-07-30")
def price_level_cut() -> Measured:
    """Compare on 30 July 2026, the day of the American price cut."""
    return _price_at_level("2026-07-30")


def _price(key: str) -> float:
    """Return one list price, mixed by the assumption."""
    row = load("prices").loc[key]
    mixture = assumption("input-token-share").value / 100
    return analysis.blended_price(row["input_usd_per_mtok"], row["output_usd_per_mtok"], mixture)


@finding("price-rise-deepseek-v4-pro")
def price_rise() -> Measured:
    """Divide the output price from 17 August 2026, off-peak and peak, by the one before."""
    used = ("deepseek-v4-pro", "deepseek-v4-pro-2026-08-17-off-peak", "deepseek-v4-pro-2026-08-17-peak")
    before, low, high = load("prices").loc[list(used), "output_usd_per_mtok"]
    return measured(low / before, rows("prices", used), low=low / before, high=high / before, interval="peak")


@finding("price-small-cn-over-us-2026-11")
def price_small() -> Measured:
    """Divide the mixed price of the newest small Chinese model, off-peak and peak, by that of the American one."""
    used = ("deepseek-v4.1-flash-off-peak", "deepseek-v4.1-flash-peak", "gpt-6-luna")
    low, high, states = (_price(key) for key in used)
    return measured(
        low / states,
        rows("prices", used),
        assumption("input-token-share"),
        low=low / states,
        high=high / states,
        interval="peak",
        as_of="2026-11-21",
    )


# Self-hosting -----------------------------------------------------------------------------------------------------


def _own_cost(throughput: Assumption) -> Measured:
    """Price a million tokens on own chips; the range moves one assumption at a time to either end."""
    price, load_of_month = assumption("gpu-hour-price"), assumption("serving-load")
    middle = (price.value, throughput.value, load_of_month.value / 100)
    ends = [
        analysis.own_cost_per_mtok(*[side if place == moved else value for place, value in enumerate(middle)])
        for moved, sides in enumerate(
            (
                (price.low, price.high),
                (throughput.low, throughput.high),
                (load_of_month.low / 100, load_of_month.high / 100),
            )
        )
        for side in sides
    ]
    return measured(
        analysis.own_cost_per_mtok(*middle),
        price,
        throughput,
        load_of_month,
        rows("models", "deepseek-v3"),
        low=min(ends),
        high=max(ends),
        interval="one-at-a-time",
        as_of="2025-05-05",
    )


@finding("own-cost-ordinary")
def own_cost_ordinary() -> Measured:
    """Price a million tokens of a model of DeepSeek-V3's size on two ordinary machines."""
    return _own_cost(assumption("serving-throughput-ordinary"))


@finding("own-cost-scale")
def own_cost_scale() -> Measured:
    """Price a million tokens of the same model on a cluster run as its developer runs it."""
    return _own_cost(assumption("serving-throughput-scale"))


def _load_needed(throughput: Assumption, price_row: str) -> Measured:
    hour = assumption("gpu-hour-price")
    needed = [
        analysis.break_even_load(side, throughput.value, _price(price_row))
        for side in (hour.value, hour.low, hour.high)
    ]
    return measured(
        needed[0],
        hour,
        throughput,
        assumption("input-token-share"),
        rows("prices", price_row),
        low=needed[1],
        high=needed[2],
        interval="assumptions",
    )


@finding("load-needed-ordinary-own-maker")
def load_needed_ordinary() -> Measured:
    """Ask how busy two ordinary machines must be to match the price at which the maker sold the model."""
    return _load_needed(assumption("serving-throughput-ordinary"), "deepseek-v3.2")


@finding("load-needed-scale-own-maker")
def load_needed_scale() -> Measured:
    """Ask how busy a large cluster must be to match the price at which the maker sold the model."""
    return _load_needed(assumption("serving-throughput-scale"), "deepseek-v3.2")


@finding("load-needed-ordinary-luna")
def load_needed_luna() -> Measured:
    """Ask how busy two ordinary machines must be to match the small American model after its cut."""
    return _load_needed(assumption("serving-throughput-ordinary"), "gpt-5.6-luna-2026-07-30")


@finding("break-even-claude-sonnet")
def break_even_sonnet() -> Measured:
    """Find the tokens a month from which two ordinary machines cost less than the American model of like score."""
    hour, chips, throughput, busy = (
        assumption(key) for key in ("gpu-hour-price", "serving-chips", "serving-throughput-ordinary", "serving-load")
    )
    price = _price("claude-sonnet-4.5")
    value, low, high = (
        analysis.break_even_tokens_per_month(side, int(chips.value), throughput.value, price, busy.value / 100)
        for side in (hour.value, hour.low, hour.high)
    )
    return measured(
        value,
        hour,
        chips,
        throughput,
        busy,
        assumption("input-token-share"),
        rows("prices", "claude-sonnet-4.5"),
        low=low,
        high=high,
        interval="assumptions",
        as_of="2025-12-01",
    )


# Licences, families, adopters -------------------------------------------------------------------------------------


@finding("licence-permissive-cn-2026")
def permissive_china() -> Measured:
    """Add the two standard licences among Chinese releases above 20 billion parameters."""
    used = ("summer-2026-licence-cn-apache", "summer-2026-licence-cn-mit")
    return measured(load("downloads").loc[list(used), "value"].sum(), rows("downloads", used))


@finding("licence-permissive-us-2026")
def permissive_states() -> Measured:
    """Take the share of the same licences among American releases."""
    return cell("downloads", "summer-2026-licence-us-permissive")


@finding("licence-agreements-cn-2026")
def agreements_china() -> Measured:
    """Count the Chinese licences since July 2026 under which large hosts need the maker's word."""
    table = load("licences")
    part = table[
        (table["country"] == "CN")
        & (table["in_force_from"] >= "2026-07-01")
        & table["permission_revenue_threshold_usd_m"].notna()
    ]
    return measured(len(part), rows("licences", part.index))


@finding("cursor-over-threshold")
def cursor_over_threshold() -> Measured:
    """Divide the estimated monthly revenue by the threshold of the licence, which counts by the month too."""
    revenue, terms = load("adopters").loc["cursor-revenue"], load("licences").loc["kimi-k2"]
    return measured(
        revenue["value"] / terms["naming_revenue_threshold_usd_m"],
        rows("adopters", "cursor-revenue"),
        rows("licences", "kimi-k2"),
        as_of=revenue["as_of"],
    )


@finding("doubao-models-open")
def doubao_open() -> Measured:
    """Count the Doubao models in the tables of models and prices whose weights can be had."""
    price, model = load("prices"), load("models")
    sold = price[price["model"].str.startswith("Doubao")]
    listed = model[model["model"].str.startswith("Doubao")]
    count = int(sold["open_weights"].astype(bool).sum() + listed["open_weights"].astype(bool).sum())
    return measured(count, rows("prices", sold.index), rows("models", listed.index))


@finding("derivatives-qwen-2026")
def derivatives_qwen() -> Measured:
    """Take the stock of derivatives that the hub counted."""
    return cell("downloads", "summer-2026-derivatives-qwen")


@finding("local-downloads-qwen-2026")
def local_downloads() -> Measured:
    """Take the monthly downloads of builds for local use."""
    return cell("downloads", "summer-2026-gguf-qwen")


@finding("downloads-curated-cn-2026-03")
def curated_china() -> Measured:
    """Take the count of curated Chinese models."""
    return cell("downloads", "atom-2026-03-cn")


@finding("downloads-curated-us-2026-03")
def curated_states() -> Measured:
    """Take the count of curated American models."""
    return cell("downloads", "atom-2026-03-us")


@finding("qwen-part-of-chinese-downloads")
def qwen_part() -> Measured:
    """Divide the family by its country on the basis that counts both."""
    return quotient("downloads", "atom-2026-03-qwen", "atom-2026-03-cn", 100.0)


@finding("downloads-qwen-over-moonshot")
def qwen_over_moonshot() -> Measured:
    """Divide the downloads of the two makers, both from repositories that declare a size."""
    return _lead("downloads", "summer-2026-downloads-qwen-sized", "summer-2026-downloads-moonshot", 1e6, 1e6)


@finding("downloads-above-70b-2026")
def downloads_large() -> Measured:
    """Take the share of downloads that go to models of more than 70 billion parameters."""
    return cell("downloads", "summer-2026-size-above-70b-2026")


def _releases_open(country: str, year: int) -> Measured:
    share, _, used = analysis.open_share(load("releases"), country, year)
    return measured(share, rows("releases", used))


@finding("releases-open-cn-2025")
def releases_open_china_2025() -> Measured:
    """Count the Chinese releases of 2025."""
    return _releases_open("CN", 2025)


@finding("releases-open-cn-2026")
def releases_open_china_2026() -> Measured:
    """Count the Chinese releases of 2026."""
    return _releases_open("CN", 2026)


@finding("releases-open-us-2026")
def releases_open_states_2026() -> Measured:
    """Count the American releases of 2026."""
    return _releases_open("US", 2026)


@finding("adopters-confirmed")
def adopters_confirmed() -> Measured:
    """Count the firms and funds outside China that said so themselves."""
    table = load("adopters")
    part = table[(table["status"] == "confirmed by adopter") & (table["country"] != "CN")]
    return measured(part["adopter"].nunique(), rows("adopters", part.index))


@finding("adopters-unconfirmed")
def adopters_unconfirmed() -> Measured:
    """Count the cases that rest on posts and reviewers alone."""
    part = load("adopters").query("status == 'unconfirmed'")
    return measured(len(part), rows("adopters", part.index))


def _abroad(family: str) -> Measured:
    """Count the adopters outside China of a family, official inquiries left out; none is a result too."""
    table = load("adopters")
    said = table[table["status"].isin(["confirmed by adopter", "reported by others"]) & (table["country"] != "CN")]
    count = said[said["model"].str.startswith(family)]["adopter"].nunique()
    return measured(count, rows("adopters", said.index))


@finding("adopters-abroad-qwen")
def abroad_qwen() -> Measured:
    """Count those of Qwen."""
    return _abroad("Qwen")


@finding("adopters-abroad-doubao")
def abroad_doubao() -> Measured:
    """Count those of Doubao."""
    return _abroad("Doubao")


@finding("airbnb-models-in-use")
def airbnb_models() -> Measured:
    """Take the number that its chief executive named."""
    return cell("adopters", "airbnb-qwen")


# Qwen's downloads: which count? -----------------------------------------------------------------------------------


@finding("downloads-qwen-quoted-2025-11")
def qwen_quoted() -> Measured:
    """Take the count that a news agency quoted."""
    return cell("downloads", "bloomberg-2025-11-qwen")


@finding("downloads-qwen-company-2026-01")
def qwen_company() -> Measured:
    """Take the company's count."""
    return cell("downloads", "xinhua-2026-01-qwen")


@finding("downloads-qwen-curated-2026-03")
def qwen_curated() -> Measured:
    """Take the count of curated models."""
    return cell("downloads", "atom-2026-03-qwen")


@finding("downloads-qwen-pace-needed")
def qwen_pace_needed() -> Measured:
    """Ask what daily pace would lead from the quoted count to the company's."""
    used = ("bloomberg-2025-11-qwen", "xinhua-2026-01-qwen")
    before, after = (load("downloads").loc[key] for key in used)
    days = (after["as_of"] - before["as_of"]).days
    return measured(analysis.pace_per_day(before["value"], after["value"], days), rows("downloads", used))


@finding("downloads-qwen-pace-hub")
def qwen_pace_hub() -> Measured:
    """Spread the hub's count of the whole account over the days of its window."""
    row = load("downloads").loc["summer-2026-downloads-qwen"]
    days = (row["period_end"] - row["period_start"]).days + 1
    return measured(analysis.pace_per_day(0.0, row["value"], days), rows("downloads", row.name))


# Who is paid ------------------------------------------------------------------------------------------------------


def _revenue_ratio(above: str, *below: str) -> Measured:
    table = load("model_revenues")["revenue_usd_m"]
    return measured(table[above] / table[list(below)].sum(), rows("model_revenues", (above, *below)))


@finding("revenue-anthropic-over-listed-2026")
def revenue_quarter() -> Measured:
    """Divide one quarter of Anthropic by the half-years of the two listed Chinese makers together."""
    return _revenue_ratio("anthropic-2026-q2", "zhipu-2026-h1", "minimax-2026-h1")


@finding("revenue-openai-over-listed-2025")
def revenue_year() -> Measured:
    """Divide the year of OpenAI by that of the two listed Chinese makers together."""
    return _revenue_ratio("openai-2025", "zhipu-2025", "minimax-2025")


@finding("revenue-growth-zhipu-2026")
def growth_zhipu() -> Measured:
    """Divide two half-years, in yuan."""
    table, pair = load("model_revenues")["value_m"], ("zhipu-2026-h1", "zhipu-2025-h1")
    return measured(table[pair[0]] / table[pair[1]], rows("model_revenues", pair))


@finding("loss-over-revenue-zhipu-2026")
def loss_zhipu() -> Measured:
    """Divide the net loss of the half-year by its revenue, in yuan."""
    row = load("model_revenues").loc["zhipu-2026-h1"]
    return measured(-row["result_m"] / row["value_m"], rows("model_revenues", row.name))


@finding("openrouter-share-cn-open-2025")
def openrouter_open_2025() -> Measured:
    """Take the mean share of Chinese open models in the year of the study, between its lowest and best weeks."""
    shares = load("token_shares")["value"]
    keys = ("or-study-cn-open-mean", "or-study-cn-open-low", "or-study-cn-open-peak")
    mean, low, high = (shares[key] for key in keys)
    return measured(mean, rows("token_shares", keys), low=low, high=high, interval="extremes", as_of="2025-11-30")


@finding("doubao-over-qwen-tokens-2025")
def doubao_over_qwen() -> Measured:
    """Divide the tokens a day of the two families, both by the same outside estimate."""
    return quotient("token_shares", "doubao-2025-12-estimate", "qwen-2025-12-estimate")


@finding("lead-tokens-five-makers-2026-07")
def lead_five_makers() -> Measured:
    """Divide the shares of the two Chinese by those of the three American makers that are named for the week."""
    shares = load("token_shares")["value"]
    china = [f"or-2026-07-26-{maker}" for maker in ("xiaomi", "deepseek")]
    states = [f"or-2026-07-26-{maker}" for maker in ("anthropic", "google", "openai")]
    return measured(shares[china].sum() / shares[states].sum(), rows("token_shares", (*china, *states)))
