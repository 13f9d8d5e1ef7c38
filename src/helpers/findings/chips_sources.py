"""Findings of the chapter on chips: what sources that differ say of one quantity, each on its own basis."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import chips as analysis
from helpers.analysis.common import DAYS_PER_MONTH, average_gw
from helpers.data import load
from helpers.findings.forms import cell, difference, middle, quotient
from helpers.findings.registry import Measured, finding, get, measured, rows

ARTICLE_ON_RENTING = "2026-01-16"
ANALYST_ON_MEMORY = "2025-09-08"
FOREIGN_2025 = ("nvidia-lawful", "nvidia-smuggled")
VENDORS_2025 = tuple(f"{name}-2025-h100e" for name in ("nvidia", "google", "amd", "amazon", "huawei", "cambricon"))


def _supply(key: str) -> float:
    return float(load("chip_supply").loc[key, "value"])


def _chip(key: str) -> pd.Series:
    return load("accelerators").loc[key]


def _days(first: object, last: object) -> int:
    return (pd.Timestamp(last) - pd.Timestamp(first)).days  # type: ignore[arg-type]


# The H200 on its way


@finding("h200-ordered")
def h200_ordered() -> Measured:
    """Read what Chinese firms are reported to have ordered."""
    return cell("chip_supply", "h200-cn-ordered-2026-01")


@finding("h200-made-for-china")
def h200_made() -> Measured:
    """Read what was made for China and held."""
    return cell("chip_supply", "h200-cn-made-2026-08")


@finding("h200-delivered-over-ordered")
def h200_delivered_share() -> Measured:
    """Divide what arrived by what was ordered."""
    return quotient("chip_supply", "h200-cn-delivered-2026-08", "h200-cn-ordered-2026-01", 100)


# Smuggling


@finding("smuggled-2024-cnas")
def smuggled_cnas() -> Measured:
    """Read the median of one estimator for the year."""
    return cell("overseas_compute", "smuggled-2024-cnas")


@finding("smuggled-2024-epoch")
def smuggled_2024() -> Measured:
    """Read the other estimator's stock at the end of the year; it counts from the first day of the year."""
    return cell("overseas_compute", "smuggled-to-2024-epoch-chips")


@finding("smuggled-2025-epoch")
def smuggled_2025() -> Measured:
    """Subtract the stock at the end of 2024 from that at the end of 2025."""
    return difference("overseas_compute", "smuggled-to-2025-epoch-chips", "smuggled-to-2024-epoch-chips")


@finding("smuggling-reported-ft")
def smuggling_ft() -> Measured:
    """Read the sales of three months as the press reports them, in millions."""
    row = load("overseas_compute").loc["smuggled-value-2025-ft"]
    return measured(1000 * row["value"], rows("overseas_compute", "smuggled-value-2025-ft"))


# What China makes


@finding("domestic-share-trendforce-2026")
def trendforce_share() -> Measured:
    """Read the share of Chinese chips in China's new supply."""
    return cell("chip_supply", "trendforce-domestic-share-2026")


@finding("huawei-plan-press-2025")
def huawei_plan() -> Measured:
    """Add the two chips that Huawei was reported to plan for the year."""
    keys = ("huawei-910c-plan-2025", "huawei-910b-plan-2025")
    return measured(sum(map(_supply, keys)), rows("chip_supply", keys))


@finding("yield-910c-2024-11")
def yield_2024() -> Measured:
    """Read the first report."""
    return cell("chip_supply", "huawei-910c-yield-2024-11")


@finding("yield-910c-2025-02")
def yield_2025() -> Measured:
    """Read the second report."""
    return cell("chip_supply", "huawei-910c-yield-2025-02")


@finding("yield-jefferies-new")
def yield_new() -> Measured:
    """Take the middle of the range that the broker assumes."""
    return middle("chip_supply", "jefferies-yield-7nm-new")


@finding("yield-jefferies-old")
def yield_old() -> Measured:
    """Take the middle of the range that the broker assumed before."""
    return middle("chip_supply", "jefferies-yield-7nm-old")


@finding("ifp-output-2026-8-bit")
def ifp_8_bit() -> Measured:
    """Turn the institute's range into H100 equivalents by throughput at 8 bits, as the compute estimator counts."""
    return _ifp(_chip("b300")["dense_fp8_tflop_s"] / _chip("h100-sxm")["dense_fp8_tflop_s"])


@finding("ifp-output-2026-yardstick")
def ifp_yardstick() -> Measured:
    """Turn the institute's range into H100 equivalents by the yardstick of the export rules."""
    return _ifp(analysis.chip_tpp(_chip("b300")) / analysis.chip_tpp(_chip("h100-sxm")))


def _ifp(each: float) -> Measured:
    row = load("chip_supply").loc["ifp-output-2026-b300e"]
    return measured(
        each * (row["low"] + row["high"]) / 2,
        rows("chip_supply", "ifp-output-2026-b300e"),
        rows("accelerators", ("b300", "h100-sxm")),
        low=each * row["low"],
        high=each * row["high"],
        interval="range",
        as_of=row["as_of"],
    )


@finding("huawei-2026-at-half-year-pace")
def huawei_2026() -> Measured:
    """Double what was shipped in the first half."""
    half = get("huawei-first-half-2026")
    return measured(2 * half.value, half)


@finding("ascend-2026-without-memory")
def ascend_without_memory() -> Measured:
    """Turn the analyst's forecast without new memory into H100 equivalents, every chip taken as a 910C."""
    each = _chip("ascend-910c")["int8_tops"] / _chip("h100-sxm")["dense_fp8_tflop_s"]
    return measured(
        each * _supply("semianalysis-ascend-2026-no-hbm"),
        rows("chip_supply", "semianalysis-ascend-2026-no-hbm"),
        rows("accelerators", ("ascend-910c", "h100-sxm")),
        as_of=ANALYST_ON_MEMORY,
    )


@finding("chip-demand-2025-note")
def demand_note() -> Measured:
    """Read the demand in the note of December 2025."""
    return cell("chip_supply", "bernstein-demand-2025")


@finding("chip-supply-2025-note")
def supply_note() -> Measured:
    """Read the Chinese supply in the note of December 2025."""
    return cell("chip_supply", "bernstein-supply-2025")


@finding("chip-market-2025-recount")
def market_recount() -> Measured:
    """Read the market as the same house counted it in 2026."""
    return cell("chip_supply", "market-cn-2025-bernstein-2026")


# Chip against chip


@finding("cloudmatrix-chip-over-nvl72-chip")
def cloudmatrix_chip() -> Measured:
    """Divide the throughputs of one chip of either machine at 16 bits."""
    systems = load("systems")
    ours, theirs = (
        systems.loc[key, "bf16_pflop_s"] / systems.loc[key, "chips"] for key in ("cloudmatrix-384", "gb200-nvl72")
    )
    return measured(ours / theirs, rows("systems", ("cloudmatrix-384", "gb200-nvl72")))


@finding("cloudmatrix-watt-over-nvl72")
def cloudmatrix_watt() -> Measured:
    """Divide the throughputs per kilowatt of the two machines."""
    ours, theirs = get("cloudmatrix-per-kilowatt"), get("nvl72-per-kilowatt")
    return measured(ours.value / theirs.value, ours, theirs, as_of=ours.as_of)


@finding("ascend-910b-tpp-lowest")
def ascend_910b_low() -> Measured:
    """Read the lowest figure among the sources."""
    return cell("accelerators", "ascend-910b", "tpp_low")


@finding("ascend-910b-tpp-highest")
def ascend_910b_high() -> Measured:
    """Read the highest figure among the sources."""
    return cell("accelerators", "ascend-910b", "tpp_high")


@finding("ascend-950pr-bandwidth-over-910c")
def ascend_950pr_bandwidth() -> Measured:
    """Divide the bandwidths of memory."""
    return quotient("accelerators", "ascend-950pr", "ascend-910c", column="bandwidth_tb_s", as_of="2026-03-31")


@finding("ascend-950pr-link-over-910c")
def ascend_950pr_link() -> Measured:
    """Divide the bandwidths between chips."""
    return quotient("accelerators", "ascend-950pr", "ascend-910c", column="link_gb_s", as_of="2026-03-31")


# How much computing


@finding("ifp-advantage-2026")
def ifp_advantage() -> Measured:
    """Read the institute's ratio without exports."""
    return cell("chip_supply", "ifp-b30a-advantage-none")


@finding("designs-ratio-2025")
def designs_ratio() -> Measured:
    """Divide what the designers outside China shipped by what Huawei and Cambricon shipped, by medians."""
    abroad, chinese = (sum(map(_supply, keys)) for keys in (VENDORS_2025[:4], VENDORS_2025[4:]))
    return measured(abroad / chinese, rows("chip_supply", VENDORS_2025))


@finding("added-ratio-2025")
def added_ratio() -> Measured:
    """Divide the computing added outside China in 2025 by that added inside, by medians, smuggled chips inside."""
    keys = [f"stock-cn-{name}-{year}-h100e" for name in FOREIGN_2025 for year in (2024, 2025)]
    foreign = sum(
        _supply(f"stock-cn-{name}-2025-h100e") - _supply(f"stock-cn-{name}-2024-h100e") for name in FOREIGN_2025
    )
    abroad, chinese = (sum(map(_supply, part)) for part in (VENDORS_2025[:4], VENDORS_2025[4:]))
    return measured((abroad - foreign) / (chinese + foreign), rows("chip_supply", (*VENDORS_2025, *keys)))


@finding("cn-data-centre-power-2024")
def data_centre_power() -> Measured:
    """Average the energy that the agency gives for China's data centres over the year."""
    return measured(average_gw(load("power").loc["cn-dc-2024", "value"]), rows("power", "cn-dc-2024"))


@finding("cn-data-centre-fleet-2026")
def data_centre_fleet() -> Measured:
    """Read the capacity of the fleet as quoted."""
    return cell("power", "cn-dc-fleet-2026")


# Whose chips trained what


@finding("models-cn-known-chip")
def known_chip() -> Measured:
    """Count the Chinese models since 2024 in the table whose training chip is known or presumed."""
    return _trained(pd.Series(True, index=_trained_models().index))


@finding("models-cn-on-ascend")
def on_ascend() -> Measured:
    """Count those of them trained on Huawei's chips."""
    return _trained(_trained_models()["training_chip"].str.contains("Ascend"))


@finding("models-cn-on-ascend-not-huawei")
def on_ascend_not_huawei() -> Measured:
    """Count those of them trained on Huawei's chips by somebody else than Huawei."""
    models = _trained_models()
    return _trained(models["training_chip"].str.contains("Ascend") & (models["developer"] != "Huawei"))


def _trained_models() -> pd.DataFrame:
    models = load("models")
    return models[(models["country"] == "CN") & (models["released"] >= "2024-01-01") & models["training_chip"].notna()]


def _trained(hits: pd.Series) -> Measured:
    models = _trained_models()
    return measured(hits.sum(), rows("models", models.index))


# Nvidia and China


@finding("nvidia-china-share-fy25-billing")
def share_billing() -> Measured:
    """Divide the year's revenue billed to China by all revenue."""
    return quotient("nvidia_revenue", "fy25-china-billing", "fy25-total", 100, "revenue_usd_bn")


@finding("nvidia-china-share-fy25-headquarters")
def share_headquarters() -> Measured:
    """Divide the same year's revenue from customers with headquarters in China by all revenue."""
    return quotient("nvidia_revenue", "fy25-china-hq", "fy25-total", 100, "revenue_usd_bn")


@finding("nvidia-china-fall-press")
def fall_press() -> Measured:
    """Compare the press figure of the day with the year-before quarter by billing address."""
    keys = ["fy26q3-china-press", "fy25q3-china-billing"]
    new, old = (load("nvidia_revenue").loc[key, "revenue_usd_bn"] for key in keys)
    return measured(-analysis.change_percent(new, old), rows("nvidia_revenue", keys))


@finding("h20-sales-fy26q3")
def h20_sales() -> Measured:
    """Read the sales of the data-centre chip made for China."""
    return cell("nvidia_revenue", "fy26q3-h20", "revenue_usd_bn")


@finding("h20-to-china-fy26q2")
def h20_to_china() -> Measured:
    """Read the sales of that chip to China in the quarter before."""
    return cell("nvidia_revenue", "fy26q2-h20-to-china", "revenue_usd_bn")


@finding("nvidia-china-fy26q2-billing")
def china_fy26q2() -> Measured:
    """Read all revenue billed to China in that quarter, as first reported."""
    return cell("nvidia_revenue", "fy26q2-china-billing", "revenue_usd_bn")


# Days and rules


@finding("h800-days-after-first-rule")
def h800_after() -> Measured:
    """Count the days from the first rule's entry in force to the first sale of the chip made to pass it."""
    rule, chip = load("export_rules").loc["us-rule-2022-3a090"], _chip("h800-sxm")
    return measured(
        _days(rule["in_force_from"], chip["china_sale_from"]),
        rows("export_rules", "us-rule-2022-3a090"),
        rows("accelerators", "h800-sxm"),
        as_of=chip["china_sale_from"],
    )


@finding("h800-months-on-sale")
def h800_months() -> Measured:
    """Count the months from that sale to the second rule's entry in force."""
    rule, chip = load("export_rules").loc["us-rule-2023-3a090-a-1"], _chip("h800-sxm")
    return measured(
        _days(chip["china_sale_from"], rule["in_force_from"]) / DAYS_PER_MONTH,
        rows("export_rules", "us-rule-2023-3a090-a-1"),
        rows("accelerators", "h800-sxm"),
        as_of=rule["in_force_from"],
    )


@finding("guidance-after-article-months")
def guidance_after() -> Measured:
    """Count the months from the article to the guidance on firms with a Chinese parent."""
    row = load("export_rules").loc["us-guidance-2026-affiliates"]
    return measured(
        _days(ARTICLE_ON_RENTING, row["in_force_from"]) / DAYS_PER_MONTH,
        rows("export_rules", "us-guidance-2026-affiliates"),
        as_of=row["in_force_from"],
    )


@finding("training-abroad-before-repeal")
def before_repeal() -> Measured:
    """Count the days from the end of the month in which training abroad is said to begin to the rule's withdrawal."""
    begins = load("overseas_compute").loc["training-south-east-asia-2025", "begins"]
    repeal = load("export_rules").loc["us-rule-2025-diffusion", "in_force_until"]
    return measured(
        _days(begins, repeal),
        rows("overseas_compute", "training-south-east-asia-2025"),
        rows("export_rules", "us-rule-2025-diffusion"),
        as_of=repeal,
    )


@finding("training-abroad-after-h20-letter")
def after_h20_letter() -> Measured:
    """Count the days from the licence duty on H20 to the end of that month."""
    begins = load("overseas_compute").loc["training-south-east-asia-2025", "begins"]
    letter = load("export_rules").loc["us-letter-2025-h20", "in_force_from"]
    return measured(
        _days(letter, begins),
        rows("overseas_compute", "training-south-east-asia-2025"),
        rows("export_rules", "us-letter-2025-h20"),
        as_of=begins,
    )
