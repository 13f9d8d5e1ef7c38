"""Findings of the chapter on chips: the rules through time, Nvidia's revenue from China, the share of H200 sales."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.analysis import chip_costs, export_rules
from helpers.analysis import chips as analysis
from helpers.analysis.common import DAYS_PER_MONTH
from helpers.data import load
from helpers.data.edition import edition
from helpers.findings import chips_depth as depth
from helpers.findings.forms import cell, quotient, ranged
from helpers.findings.registry import Measured, finding, get, measured, rows

FIRST_DAY = pd.Timestamp("2022-07-01")  # a month before the first letter
MADE_FOR_CHINA = ("a800-sxm", "h800-sxm", "h20")


# --- the rules through time -------------------------------------------------------------------------------------


@cache
def timeline() -> tuple[export_rules.Span, ...]:
    """Return the spans of every chip that US vendors sell to others, to the day of the edition."""
    chips = load("accelerators")
    chips = chips[(chips["country"] == "US") & (chips["china_sale"] != "own cloud only")].copy()
    earlier = chips["china_sale_from"] < chips["released"]
    chips["released"] = chips["released"].mask(earlier, chips["china_sale_from"])
    return tuple(export_rules.spans(chips, load("export_rules"), FIRST_DAY, edition().released))


def free_days(chip: str) -> int:
    """Return the days from a chip's release to the rule or letter that ended its free sale."""
    return export_rules.first_days(timeline(), chip, analysis.FREE)


def _free_months(chip: str) -> Measured:
    ended = next(span for span in timeline() if span.chip == chip and span.status != analysis.FREE)
    assert ended.rule
    return measured(
        free_days(chip) / DAYS_PER_MONTH,
        rows("accelerators", chip),
        rows("export_rules", ended.rule),
        as_of=ended.start,
    )


@finding("free-months-a800")
def free_months_a800() -> Measured:
    """Count the months from release to the day on which the rules caught the chip."""
    return _free_months("a800-sxm")


@finding("free-months-h20")
def free_months_h20() -> Measured:
    """Count the months from release to the day of the letter."""
    return _free_months("h20")


@finding("l20-density-below-test")
def l20_density() -> Measured:
    """Compare the density of a small chip with the test that it passes."""
    chip, rule = load("accelerators").loc["l20"], load("export_rules").loc["us-rule-2023-3a090-b-2"]
    density = analysis.performance_density(chip["tpp"], chip["die_mm2"])
    return measured(
        -analysis.change_percent(density, rule["performance_density_min"]),
        rows("accelerators", "l20"),
        rows("export_rules", "us-rule-2023-3a090-b-2"),
    )


# --- what China is to Nvidia --------------------------------------------------------------------------------------


@finding("nvidia-china-headquarters-over-billing-fy25")
def headquarters_over_billing() -> Measured:
    """Divide the same year's revenue from China on the two bases."""
    return quotient("nvidia_revenue", "fy25-china-hq", "fy25-china-billing", column="revenue_usd_bn")


@finding("nvidia-china-fy25q3-billing")
def fy25q3_billing() -> Measured:
    """Read the year-before quarter as first filed."""
    row = load("nvidia_revenue").loc["fy25q3-china-billing"]
    return measured(
        row["revenue_usd_bn"],
        rows("nvidia_revenue", "fy25q3-china-billing"),
        low=row["low"],
        high=row["high"],
        interval="rounding",
    )


@finding("nvidia-china-fy25q3-headquarters")
def fy25q3_headquarters() -> Measured:
    """Read the year-before quarter as recast."""
    return cell("nvidia_revenue", "fy25q3-china-hq", "revenue_usd_bn")


@finding("nvidia-china-back-cast")
def back_cast() -> Measured:
    """Undo the article's fall from the amount reported for the quarter; the range is that of its rounding."""
    printed = load("claim_figures").loc["nvidia-china-revenue-down-45-percent-1"]
    half = printed["last_digit"] / 2
    now = get("nvidia-china-fy26q3")
    low, middle, high = (now.value / (1 - (printed["value"] + step) / 100) for step in (-half, 0.0, half))
    return measured(middle, now, low=low, high=high, interval="rounding", as_of="2024-10-27")


@finding("nvidia-china-fy27q1")
def fy27q1() -> Measured:
    """Read the newest quarter found."""
    return cell("nvidia_revenue", "fy27q1-china-hq", "revenue_usd_bn")


@finding("nvidia-china-share-fy27q1")
def share_fy27q1() -> Measured:
    """Divide it by the quarter's revenue."""
    return quotient("nvidia_revenue", "fy27q1-china-hq", "fy27q1-total", 100, column="revenue_usd_bn")


@finding("nvidia-china-share-fy25q3-headquarters")
def share_fy25q3() -> Measured:
    """Divide the quarter of October 2024, as recast, by the quarter's revenue."""
    return quotient("nvidia_revenue", "fy25q3-china-hq", "fy25q3-total", 100, column="revenue_usd_bn")


@finding("nvidia-h20-charge")
def h20_charge() -> Measured:
    """Read the charge booked for stocks and orders of H20."""
    return cell("market_events", "nvidia-h20-charge")


@finding("nvidia-h20-sales-lost")
def h20_lost() -> Measured:
    """Read the sales that the letter cut off in the quarter."""
    return cell("market_events", "nvidia-h20-lost-sales")


@finding("nvidia-singapore-billed-fy25q3")
def singapore() -> Measured:
    """Read what was billed to Singapore."""
    return cell("market_events", "nvidia-singapore-billed-fy25q3")


# --- the share of H200 sales ----------------------------------------------------------------------------------------


def h200_prices() -> tuple[float, float]:
    """Return the price reported for China and the higher street price of the middle of 2026, in dollars."""
    prices = load("market_events")["value"]
    return float(prices["h200-price-cn-2026"]), float(prices["h200-price-2026"])


def h200_levy(scenario: str) -> tuple[float, float]:
    """Return what the levy brings in a scenario of exports at the two prices, in dollars."""
    percent = get("h200-levy").value
    low, high = (chip_costs.levy(depth.volume(scenario), price, percent) for price in h200_prices())
    return low, high


def _levy(scenario: str, scale: float) -> Measured:
    low, high = h200_levy(scenario)
    return measured(
        low / scale,
        get("h200-levy"),
        rows("chip_supply", depth.VOLUMES[scenario][0]),
        rows("market_events", ("h200-price-cn-2026", "h200-price-2026")),
        low=low / scale,
        high=high / scale,
        interval="range",
        as_of=load("chip_supply").loc[depth.VOLUMES[scenario][0], "as_of"],
    )


@finding("h200-levy-delivered")
def levy_delivered() -> Measured:
    """Take the levy on the chips delivered at the price reported; the high end is at the street price."""
    return _levy("delivered", 1e6)


@finding("h200-levy-cleared")
def levy_cleared() -> Measured:
    """Take the levy on all that was cleared."""
    return _levy("cleared", 1e9)


@finding("h200-levy-ordered")
def levy_ordered() -> Measured:
    """Take the levy on all that was ordered."""
    return _levy("ordered", 1e9)


@finding("h200-price-levy-passed-on")
def price_passed_on() -> Measured:
    """Raise the price reported until the seller keeps it after the levy; the low end is a seller who bears it."""
    price, _ = h200_prices()
    return measured(
        chip_costs.price_with_levy_passed_on(price, get("h200-levy").value),
        get("h200-levy"),
        rows("market_events", "h200-price-cn-2026"),
        low=price,
        high=chip_costs.price_with_levy_passed_on(price, get("h200-levy").value),
        interval="range",
    )


# --- stocks of one firm ---------------------------------------------------------------------------------------------


@finding("deepseek-v3-runs-a-year-on-cluster")
def runs_on_cluster() -> Measured:
    """Divide a year of the cluster that trained V3 by the chip-hours of V3."""
    return _runs("deepseek-v3-chips")


@finding("deepseek-v3-runs-a-year-on-stock")
def runs_on_stock() -> Measured:
    """Divide a year of the stock estimated by the chip-hours of V3, all chips taken as H800, on nothing else."""
    return _runs("deepseek-stock-2025")


V3_STAGES = ("deepseek-v3-pre-training", "deepseek-v3-context-extension", "deepseek-v3-post-training")


def _runs(stock: str) -> Measured:
    hours = float(load("training_runs").loc[list(V3_STAGES), "gpu_hours"].sum())
    return measured(
        chip_costs.runs_a_year(float(load("overseas_compute").loc[stock, "value"]), hours),
        rows("overseas_compute", stock),
        rows("training_runs", V3_STAGES),
        as_of="2025-01-31",
    )


# --- hosts of computing abroad ----------------------------------------------------------------------------------------


@finding("abroad-malaysia-over-stock")
def abroad_malaysia() -> Measured:
    """Divide the site with ByteDance as tenant by China's stock; the high end adds a site without a named tenant."""
    table, stock = load("overseas_compute")["value"], get("stock-cn-2025")
    known, other = table["dayone-nusajaya-2026"], table["dayone-kempas-2026"]
    return measured(
        100 * known / stock.value,
        stock,
        rows("overseas_compute", ("dayone-nusajaya-2026", "dayone-kempas-2026")),
        low=100 * known / stock.high,  # type: ignore[operator]
        high=100 * (known + other) / stock.low,  # type: ignore[operator]
        interval="range",
    )


@finding("abroad-indonesia-over-stock")
def abroad_indonesia() -> Measured:
    """Divide the one cluster known in Indonesia by China's stock."""
    stock, chips = get("stock-cn-2025"), load("accelerators")["dense_fp8_tflop_s"]
    unit = load("overseas_compute").loc["blackwell-inf-tech-2025", "value"] * chips["gb200"] / chips["h100-sxm"]
    return measured(
        100 * unit / stock.value,
        stock,
        rows("overseas_compute", "blackwell-inf-tech-2025"),
        rows("accelerators", ("gb200", "h100-sxm")),
        low=100 * unit / stock.high,  # type: ignore[operator]
        high=100 * unit / stock.low,  # type: ignore[operator]
        interval="range",
        as_of="2025-11-30",
    )


@finding("gulf-licence-per-firm")
def gulf_licence() -> Measured:
    """Read the ceiling of the licences of November 2025 for one firm of the Gulf."""
    return ranged("overseas_compute", "gulf-licences-2025")
