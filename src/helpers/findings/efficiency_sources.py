"""Findings of the chapter on efficiency: what sources that differ say of one quantity, each on its own basis."""

from __future__ import annotations

from helpers.analysis import efficiency as analysis
from helpers.analysis import gap, spending
from helpers.analysis.common import DAYS_PER_MONTH
from helpers.analysis.open_source import odds_of_elo
from helpers.data import assumption, load
from helpers.findings.capability import NEWEST, draws, export, race, whole
from helpers.findings.forms import cell, difference, in_dollars, middle
from helpers.findings.registry import Measured, finding, get, measured, rows

TO_2024 = (
    "alibaba-fy2024-company",
    "alibaba-fy2025-company",
    "tencent-2023-company",
    "tencent-2024-company",
    "baidu-2023-cash",
    "baidu-2024-cash",
    "bytedance-2024-press",
)
YEARS_OF_GRID_PLAN = 5  # the trade press speaks of a plan over five years


# What is spent


@finding("ubs-us-sum-implied")
def ubs_us_sum() -> Measured:
    """Divide the bank's Chinese amount by its fraction; the interval is that of "about" a tenth, a hundredth each way.

    The fraction is printed in words: its neighbours are a ninth and an eleventh, a hundredth away.
    """
    part, fraction = get("capex-cn-2025-ubs"), load("capex_estimates").loc["ubs-cn-to-us-2025", "value"]
    step = load("claim_figures").loc["ubs-one-tenth-of-us-1", "last_digit"]
    return measured(
        part.value / fraction,
        part,
        rows("capex_estimates", "ubs-cn-to-us-2025"),
        low=part.value / (fraction + step),
        high=part.value / (fraction - step),
        interval="rounding",
    )


@finding("capex-us-2025-ubs-march")
def ubs_us_march() -> Measured:
    """Read the bank's own American forecast of March."""
    return cell("capex_estimates", "ubs-march-us-2025")


@finding("capex-us-2026-plans")
def us_plans() -> Measured:
    """Take the middle of what the press added up in February; the interval is the press's range."""
    return middle("capex_estimates", "press-us-2026-february")


@finding("capex-cn-to-2024-on-record")
def cn_to_2024() -> Measured:
    """Add filings and press for 2023 and 2024, in dollars at the assumed rate; ByteDance's 2023 is missing."""
    yuan = spending.total(load("capital_spending").loc[list(TO_2024)], "CNY")
    return in_dollars(yuan, rows("capital_spending", TO_2024), as_of="2024-12-31")


@finding("bytedance-2023-needed")
def bytedance_needed() -> Measured:
    """Subtract what is on record for the two years from what both brokers together leave for them, in yuan."""
    left, rate = get("capex-left-for-2023-2024"), assumption("yuan-per-dollar")
    known = spending.total(load("capital_spending").loc[list(TO_2024)], "CNY")
    return measured(
        left.value * rate.value - known,
        left,
        rows("capital_spending", TO_2024),
        rate,
        low=left.value * rate.low - known,
        high=left.value * rate.high - known,
        interval="assumptions",
        as_of="2024-12-31",
    )


@finding("bytedance-spending-2024")
def bytedance_2024() -> Measured:
    """Read the press figure."""
    return cell("capital_spending", "bytedance-2024-press", "amount_bn")


@finding("capex-cn-2025-if-jefferies")
def cn_2025_if_jefferies() -> Measured:
    """Subtract what is on record for 2023 and 2024 from one broker's three years: an upper bound of its 2025."""
    three, known = get("capex-cn-jefferies"), get("capex-cn-to-2024-on-record")
    return measured(
        three.value - known.value,
        three,
        known,
        low=three.value - known.high,  # type: ignore[operator]
        high=three.value - known.low,  # type: ignore[operator]
        interval="assumptions",
    )


@finding("capex-shortfall-with-aws")
def shortfall_aws() -> Measured:
    """Set the Chinese sum against the American one with the cloud segment of Amazon alone."""
    return _shortfall("capex-us-with-aws")


@finding("capex-shortfall-with-leases")
def shortfall_leases() -> Measured:
    """Set the Chinese sum against the American one in calendar years with leases."""
    return _shortfall("capex-us-with-leases")


def _shortfall(key: str) -> Measured:
    part, other = get("capex-cn-jefferies"), get(key)
    return measured(100 * spending.shortfall(part.value, other.value), part, other)


@finding("state-support-needed-a-year")
def state_support_needed() -> Measured:
    """Spread the gap between the two sums over the three years."""
    difference = get("capex-gap-three-years")
    row = load("capex_estimates").loc["jefferies-cn-2023-2025"]
    years = row["as_of"].year - row["period_start"].year + 1
    return measured(difference.value / years, difference, rows("capex_estimates", "jefferies-cn-2023-2025"))


@finding("grid-plan-a-year")
def grid_plan() -> Measured:
    """Spread the plan of June 2026 over its five years."""
    total = load("capex_estimates").loc["china-grid-plan-2026", "value"]
    return measured(total / YEARS_OF_GRID_PLAN, rows("capex_estimates", "china-grid-plan-2026"))


@finding("nvidia-share-of-nasdaq-loss")
def nvidia_share_of_loss() -> Measured:
    """Divide Nvidia's loss of the day by that of all shares of the index."""
    part, all_shares = get("nvidia-loss-bloomberg"), get("nasdaq-loss")
    return measured(100 * part.value / all_shares.value, part, all_shares)


# What a run takes


@finding("r1-stage-early-estimate")
def r1_early() -> Measured:
    """Read what an outsider put R1's own stage at before its developer gave a figure."""
    return cell("training_cost_estimates", "deepseek-r1-epoch-2025-01", "amount_usd")


@finding("r1-with-base-epoch")
def r1_with_base() -> Measured:
    """Read the estimate of amortised hardware and energy for R1 and its base model together."""
    return cell("training_cost_estimates", "deepseek-r1-epoch-hardware-2026", "amount_usd")


@finding("gpt4-cluster-purchase")
def gpt4_purchase() -> Measured:
    """Read the estimate of buying the machines of the run."""
    return cell("training_cost_estimates", "gpt-4-epoch-purchase-2025", "amount_usd")


@finding("gpt4-cost-altman")
def gpt4_altman() -> Measured:
    """Read the lower bound that the chief executive named, as the press has it."""
    return cell("training_cost_estimates", "gpt-4-altman", "amount_usd")


@finding("v3-server-price-per-chip")
def v3_price_per_chip() -> Measured:
    """Divide the price of the cluster's servers by its chips."""
    price, chips = get("v3-servers-cost"), get("v3-chips")
    return measured(price.value / chips.value, price, chips)


@finding("deepseek-price-per-chip")
def deepseek_price_per_chip() -> Measured:
    """Divide the critic's sum for the Hopper chips by the count that the estimator gives for them."""
    sum_usd = load("training_cost_estimates").loc["deepseek-semianalysis-hopper", "amount_usd"]
    chips = load("overseas_compute").loc["deepseek-stock-2025", "value"]
    return measured(
        sum_usd / chips,
        rows("training_cost_estimates", "deepseek-semianalysis-hopper"),
        rows("overseas_compute", "deepseek-stock-2025"),
    )


@finding("deepseek-stock-estimate")
def deepseek_stock() -> Measured:
    """Read the estimate of all Hopper chips that the company could use."""
    return cell("overseas_compute", "deepseek-stock-2025")


@finding("h800-shipped-2023")
def h800_shipped() -> Measured:
    """Read the estimator's count of the chip made for China."""
    return cell("chip_supply", "nvidia-h800-2023-chips")


@finding("v3-utilisation-8-bit")
def v3_utilisation_8_bit() -> Measured:
    """Relate the useful operations to the peak at 8 bits, in which most products were computed."""
    useful, peak = get("v3-useful-flops"), load("accelerators").loc["h800-sxm", "dense_fp8_tflop_s"]
    return measured(
        100 * analysis.utilisation(useful.value, peak), useful, rows("accelerators", "h800-sxm"), as_of=useful.as_of
    )


@finding("v3-utilisation-own-count")
def v3_utilisation_own() -> Measured:
    """Relate the developer's own count of operations, attention included, to the peak at 16 bits."""
    run = load("training_runs").loc["deepseek-v3-pre-training"]
    useful = analysis.useful_tflop_per_s(get("v3-flop-own-count").value, run["gpu_hours"])
    return measured(
        100 * analysis.utilisation(useful, load("accelerators").loc["h800-sxm", "dense_bf16_tflop_s"]),
        get("v3-flop-own-count"),
        rows("accelerators", "h800-sxm"),
        as_of="2024-12-27",
    )


@finding("v3-flop-own-count")
def v3_flop_own() -> Measured:
    """Multiply the operations per token that the developer prints by the tokens of the pre-training."""
    run = load("training_runs").loc["deepseek-v3-pre-training"]
    per_token = load("attention_configs").loc["deepseek-v3", "published_flop_per_token"]
    return measured(
        per_token * run["training_tokens"],
        rows("attention_configs", "deepseek-v3"),
        rows("training_runs", "deepseek-v3-pre-training"),
        as_of="2024-12-27",
    )


@finding("v3-flop-epoch")
def v3_flop_epoch() -> Measured:
    """Read the estimator's count."""
    return cell("models", "deepseek-v3", "training_flop")


@finding("tokens-per-parameter-printed-fit")
def tokens_printed() -> Measured:
    """Spend the budget on the size that the fit as printed calls best."""
    return _tokens("optimal-size-printed")


@finding("tokens-per-parameter-refit")
def tokens_refit() -> Measured:
    """Spend the budget on the size that the refit calls best."""
    return _tokens("optimal-size-refit")


def _tokens(key: str) -> Measured:
    """Return tokens per parameter where six operations go into each pair of them."""
    size = get(key)
    budget = load("scaling_laws").loc["hoffmann-2022-approach-1-projected-c", "value"]
    return measured(budget / 6 / size.value**2, size, as_of=size.as_of)


@finding("llama65-chips")
def llama65_chips() -> Measured:
    """Read the size of the cluster."""
    return cell("training_runs", "llama-65b", "chips_used")


@finding("qinghai-chips")
def qinghai_chips() -> Measured:
    """Read the cards of Alibaba's part of the site."""
    return cell("systems", "qinghai-ppu", "chips")


@finding("qinghai-over-llama405-cluster")
def qinghai_over_llama() -> Measured:
    """Divide the throughput of the Chinese site by that of the American cluster, at 16 bits and as many chips each."""
    site = load("systems").loc["qinghai-ppu"]
    chips, each = get("llama405-chips"), load("accelerators").loc["h100-sxm", "dense_bf16_tflop_s"]
    return measured(
        site["bf16_pflop_s"] * 1000 / (chips.value * each),
        chips,
        rows("systems", "qinghai-ppu"),
        rows("accelerators", "h100-sxm"),
        as_of=site["as_of"],
    )


# How near


def _score_share(part: str, other: str, half_part: float, half_other: float) -> Measured:
    """Return one score as a percentage of another; the halves are half a unit of the last digit that each prints."""
    table = load("benchmark_scores")
    above, below = table.loc[part, "score"], table.loc[other, "score"]
    return measured(
        100 * above / below,
        rows("benchmark_scores", (part, other)),
        low=100 * (above - half_part) / (below + half_other),
        high=100 * (above + half_part) / (below - half_other),
        interval="rounding",
    )


@finding("m2-share-of-gemini3")
def m2_share_of_gemini3() -> Measured:
    """Divide M2's score of November by that of the American model that led from 18 November, on one version."""
    return _score_share("aa-v3.0-minimax-m2-2025-11-17", "aa-v3.0-gemini-3-pro-preview-2025-12-06", 0.05, 0.05)


@finding("r1-share-of-gptoss-v2")
def r1_gptoss_v2() -> Measured:
    """Divide the two scores on version 2.2, printed in whole points."""
    return _score_share("aa-v2.2-deepseek-r1-may-2025-2025-08-05", "aa-v2.2-gpt-oss-120b-2025-08-05", 0.5, 0.5)


@finding("r1-share-of-gptoss-v3")
def r1_gptoss_v3() -> Measured:
    """Divide the scores of the same two models on version 3.0."""
    return _score_share("aa-v3.0-deepseek-r1-may-2025-2025-11-17", "aa-v3.0-gpt-oss-120b-2025-11-17", 0.05, 0.05)


@finding("k3-share-of-fable5-august")
def k3_fable_august() -> Measured:
    """Divide the two scores on version 4.1."""
    return _score_share("aa-v4.1-kimi-k3-2026-08-01", "aa-v4.1-claude-fable-5-2026-08-01", 0.005, 0.005)


@finding("k3-share-of-fable5-september")
def k3_fable_september() -> Measured:
    """Divide the scores of the same two models on version 4.3, printed in whole points."""
    return _score_share("aa-v4.3-kimi-k3-2026-09-07", "aa-v4.3-claude-fable-5-2026-09-07", 0.5, 0.5)


def _caisi(test: str, other: str) -> Measured:
    return _score_share(f"caisi-may-2026-{test}-deepseek-v4-pro-2026-05-01", f"caisi-may-2026-{test}-{other}", 0.5, 0.5)


@finding("v4-pro-share-gpqa")
def v4_gpqa() -> Measured:
    """Divide the scores on a public test of science questions."""
    return _caisi("gpqa-diamond", "claude-opus-4.6-2026-05-01")


@finding("v4-pro-share-swe-bench")
def v4_swe() -> Measured:
    """Divide the scores on a public test of software repair."""
    return _caisi("swe-bench-verified", "gpt-5.5-2026-05-01")


@finding("v4-pro-share-portbench")
def v4_portbench() -> Measured:
    """Divide the scores on a test that its maker keeps to itself."""
    return _caisi("portbench", "gpt-5.5-2026-05-01")


def _model_lag(key: str, date: str = "version_date") -> Measured:
    """Return the months from the first American model at or above a model's score to that model's day."""
    models = export(NEWEST)
    row = models.loc[key]
    level = models[(models["country"] == "US") & (models["score"] >= row["score"])]
    first = level[date].idxmin()
    months = (row[date] - level.loc[first, date]).days / DAYS_PER_MONTH
    return measured(months, rows("capability_records", (key, str(first))), as_of=row[date])


@finding("v32-lag-export-dates")
def v32_export_dates() -> Measured:
    """Take both days as the export prints them."""
    return _model_lag("deepseek-v3.2-2026-08-11", "release_date")


@finding("v32-lag-version-dates")
def v32_version_dates() -> Measured:
    """Take the days on which the scored versions became available."""
    return _model_lag("deepseek-v3.2-2026-08-11")


@finding("v4-pro-lag-epoch")
def v4_pro_epoch() -> Measured:
    """Take the lag of the model at its release in the index of August 2026."""
    return _model_lag("deepseek-v4-pro-2026-08-11")


@finding("r1-lag-passed-at-release")
def r1_passed() -> Measured:
    """Take the time since the newest American record that R1's score had passed, on the day on which it came out."""
    number = gap.day_number("2025-01-20")
    low, high = gap.band(gap.lag_on(draws(NEWEST), number, "passed"))
    return measured(
        float(gap.lag_on(race(NEWEST), number, "passed")[0]),
        whole(NEWEST),
        low=low,
        high=high,
        interval="simulated",
        as_of="2025-01-20",
    )


@finding("v3-lag-amodei")
def amodei_lag() -> Measured:
    """Take the middle of the range that a competitor's head gave for V3."""
    return middle("lag_estimates", "amodei-2025-v3")


@finding("k3-arena-gap-august-2026")
def k3_arena_gap() -> Measured:
    """Subtract the ratings of one day."""
    names = ("claude-fable-5", "kimi-k3")
    first, second = (f"arena-text-style-control-august-2026-{name}-2026-08-01" for name in names)
    return difference("benchmark_scores", first, second, "score")


@finding("k3-arena-votes-august-2026")
def k3_arena_votes() -> Measured:
    """Turn the difference of ratings into the share of decided votes that the lower one would get."""
    points = get("k3-arena-gap-august-2026")
    return measured(100 / (1 + odds_of_elo(points.value)), points)
