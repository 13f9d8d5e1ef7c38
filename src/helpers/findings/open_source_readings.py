"""Findings of the chapter on openness that only set differing sources side by side."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import open_source as analysis
from helpers.data import assumption, load
from helpers.findings.forms import cell, quotient
from helpers.findings.registry import Measured, finding, get, measured, rows

# Start-ups on Chinese models --------------------------------------------------------------------------------------


@finding("startups-chinese-repeated")
def startups_repeated() -> Measured:
    """Take the share as a paper repeats it, of all AI start-ups."""
    return cell("adopters", "uscc-80-percent")


@finding("startups-chinese-among-open")
def startups_among_open() -> Measured:
    """Take the chance as the investor gave it, for a start-up that uses open models."""
    return cell("adopters", "startups-80-percent")


def _of_all(open_use: str) -> Measured:
    """Multiply the chance by the share of use that goes to open models at all."""
    among, part = get("startups-chinese-among-open"), load("token_shares").loc[open_use, "value"]
    return measured(among.value * part / 100.0, among, rows("token_shares", open_use))


@finding("startups-chinese-of-all-by-tokens")
def startups_by_tokens() -> Measured:
    """Let open models have among start-ups the share that they have of a platform's tokens."""
    return _of_all("or-study-open-mean")


@finding("startups-chinese-of-all-by-enterprises")
def startups_by_enterprises() -> Measured:
    """Let open models have among start-ups the share that they have among enterprises."""
    return _of_all("menlo-open-2025")


# Months that open models are behind -------------------------------------------------------------------------------


def _months(row: str, kind: str = "range") -> Measured:
    found = load("lag_estimates").loc[row]
    if pd.isna(found["low"]):
        return measured(found["months"], rows("lag_estimates", row))
    return measured(found["months"], rows("lag_estimates", row), low=found["low"], high=found["high"], interval=kind)


@finding("open-lag-epoch-2024")
def open_lag_2024() -> Measured:
    """Take the lag that Epoch AI gave in November 2024."""
    return _months("epoch-open-2024")


@finding("open-lag-epoch-2025")
def open_lag_2025() -> Measured:
    """Take the mean lag that Epoch AI gave in October 2025."""
    return _months("epoch-open-2025", "ci90")


@finding("open-lag-epoch-2026")
def open_lag_2026() -> Measured:
    """Take the mean lag that Epoch AI gave in May 2026."""
    return _months("epoch-open-2026")


@finding("open-lag-private-2026")
def open_lag_private() -> Measured:
    """Take the lag on benchmarks whose items are not public."""
    return _months("open-private-2026")


@finding("open-lag-public-2026")
def open_lag_public() -> Measured:
    """Take the lag on benchmarks whose items are public."""
    return _months("open-public-2026")


# Price, licence, adopters -----------------------------------------------------------------------------------------


@finding("discount-k3-gpt6-sol-2026-11")
def discount_k3_sol() -> Measured:
    """Compare two list prices; both makers ask one multiple for a token written, so the mixture does not matter."""
    pair, share = ("kimi-k3", "gpt-6-sol"), assumption("input-token-share")
    table = load("prices")
    paid = [
        analysis.blended_price(*table.loc[key, ["input_usd_per_mtok", "output_usd_per_mtok"]], share.value / 100)
        for key in pair
    ]
    return measured(analysis.discount(*paid), rows("prices", pair), share, as_of="2026-11-21")


@finding("bytedance-open-families")
def bytedance_open() -> Measured:
    """Count the families of the maker of Doubao in the table of licences; all listed there have open weights."""
    table = load("licences")
    part = table[table["maker"] == "ByteDance"]
    return measured(len(part), rows("licences", part.index))


@finding("licence-permissive-newest-cn")
def permissive_newest() -> Measured:
    """Count standard licences among the Chinese licences in the table that came into force since July 2026."""
    table = load("licences")
    part = table[(table["country"] == "CN") & (table["in_force_from"] >= "2026-07-01")]
    return measured(100.0 * (part["licence_class"] == "permissive").mean(), rows("licences", part.index))


@finding("airbnb-part-if-even")
def airbnb_even() -> Measured:
    """Give every model of the service agent the same part."""
    used = get("airbnb-models-in-use")
    return measured(100.0 / used.value, used)


# Tokens: a firm and its country -----------------------------------------------------------------------------------


@finding("tokens-china-2026-04")
def tokens_china() -> Measured:
    """Take the country's tokens a day, a lower bound of the statistics authority."""
    return cell("token_shares", "china-2026-04")


@finding("tokens-doubao-2026-06")
def tokens_doubao() -> Measured:
    """Take Doubao's tokens a day as its maker states them."""
    return cell("token_shares", "doubao-2026-06")


@finding("tokens-doubao-on-day-of-china")
def tokens_doubao_then() -> Measured:
    """Let Doubao grow by a constant rate between its maker's statements, to the day of the country's figure."""
    table, pair = load("token_shares"), ("doubao-2025-12", "doubao-2026-06")
    first, last = (table.loc[key] for key in pair)
    day = table.at["china-2026-04", "as_of"]
    part = (day - first["as_of"]) / (last["as_of"] - first["as_of"])
    value = first["value"] * (last["value"] / first["value"]) ** part
    return measured(value, rows("token_shares", pair), as_of=day)


@finding("tokens-doubao-over-china")
def tokens_doubao_share() -> Measured:
    """Divide the interpolated tokens of the firm by those of the country."""
    firm, land = get("tokens-doubao-on-day-of-china"), get("tokens-china-2026-04")
    return measured(100.0 * firm.value / land.value, firm, land, as_of=firm.as_of)


@finding("tokens-qwen-estimate-2025-12")
def tokens_qwen() -> Measured:
    """Take an outside estimate of the tokens a day of Alibaba's models."""
    return cell("token_shares", "qwen-2025-12-estimate")


@finding("tokens-doubao-over-public-cloud-2025")
def tokens_doubao_cloud() -> Measured:
    """Divide Doubao's tokens of September 2025 by those of all public clouds in the first half of the year."""
    return quotient("token_shares", "doubao-2025-09", "china-cloud-2025-h1")


@finding("openrouter-chinese-open-peak")
def chinese_open_peak() -> Measured:
    """Take the best weeks."""
    return cell("token_shares", "or-study-cn-open-peak")


@finding("openrouter-chinese-open-mean")
def chinese_open_mean() -> Measured:
    """Take the mean of the year."""
    return cell("token_shares", "or-study-cn-open-mean")


@finding("openrouter-other-open-mean")
def other_open_mean() -> Measured:
    """Take the mean of the year for open models from elsewhere."""
    return cell("token_shares", "or-study-rest-open-mean")


# The broker's pair ------------------------------------------------------------------------------------------------


def _percent_of(above: str, below: str, step_above: float, step_below: float) -> Measured:
    """Divide two printed scores; the steps are one unit of the last printed digit."""
    table = load("benchmark_scores")["score"]
    value, low, high = analysis.ratio_of_rounded(table[above], table[below], step_above, step_below)
    used = rows("benchmark_scores", (above, below))
    return measured(100.0 * value, used, low=100.0 * low, high=100.0 * high, interval="rounding")


@finding("m2-over-gptoss-one-version")
def m2_one_version() -> Measured:
    """Divide the scores of one version of the index."""
    return _percent_of("aa-v3.0-minimax-m2-2025-11-17", "aa-v3.0-gpt-oss-120b-2025-11-17", 0.1, 0.1)


@finding("m2-over-gptoss-two-versions")
def m2_two_versions() -> Measured:
    """Divide the score of the newer version by that of the older one, printed as a whole number."""
    return _percent_of("aa-v3.0-minimax-m2-2025-11-17", "aa-v2.2-gpt-oss-120b-2025-08-05", 0.1, 1.0)


@finding("best-open-over-gptoss")
def best_open_ratio() -> Measured:
    """Divide the score of the best Chinese open model by that of the best American one, on one version."""
    return _percent_of("aa-v3.0-kimi-k2-thinking-2025-11-17", "aa-v3.0-gpt-oss-120b-2025-11-17", 0.1, 0.1)


# Derivatives ------------------------------------------------------------------------------------------------------


@finding("fine-tunes-on-chinese-bases-2025-09")
def fine_tunes() -> Measured:
    """Take the share of new fine-tunes of one month."""
    return cell("downloads", "hai-2025-09-finetunes")


@finding("new-models-chinese-2025-11")
def new_models() -> Measured:
    """Take the share of all new language models, a lower bound."""
    return cell("downloads", "bloomberg-2025-11-new-models")


@finding("derivatives-on-qwen-2026-02")
def derivatives_on_qwen() -> Measured:
    """Take the share of one family in the new derivatives of the models tracked."""
    return cell("downloads", "atom-2026-02-qwen-derivatives")


@finding("derivatives-qwen-company-2026-01")
def derivatives_company() -> Measured:
    """Take the company's count."""
    return cell("downloads", "xinhua-2026-01-qwen-derivatives")


@finding("derivatives-qwen-hub-2026-01")
def derivatives_hub_back() -> Measured:
    """Take from the hub's stock of July 2026 what came each day since the day of the company's count."""
    table, used = load("downloads"), ("summer-2026-derivatives-qwen", "summer-2026-derivatives-per-day-qwen")
    stock, pace = (table.loc[key] for key in used)
    day = table.at["xinhua-2026-01-qwen-derivatives", "as_of"]
    days = (stock["as_of"] - day).days
    low, value, high = (stock["value"] - days * pace[side] for side in ("high", "value", "low"))
    return measured(value, rows("downloads", used), low=low, high=high, interval="range", as_of=day)


@finding("derivatives-qwen-company-over-hub")
def derivatives_company_over_hub() -> Measured:
    """Divide the company's count by the hub's, both of one day."""
    company, hub = get("derivatives-qwen-company-2026-01"), get("derivatives-qwen-hub-2026-01")
    low, high = hub.low or hub.value, hub.high or hub.value
    ratios = [company.value / side for side in (high, hub.value, low)]
    return measured(ratios[1], company, hub, low=ratios[0], high=ratios[2], interval="range", as_of=company.as_of)
