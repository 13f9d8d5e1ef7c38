"""Findings of the chapter on chips."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from helpers.analysis import chips as analysis
from helpers.analysis.common import average_gw, years_between
from helpers.data import Assumption, assumption, load
from helpers.data.edition import edition
from helpers.findings import chips_depth, chips_makers, chips_rules, chips_sources  # noqa: F401  registers these parts
from helpers.findings.capability import NEWEST, export
from helpers.findings.forms import cell, difference, quotient, ranged, simulated
from helpers.findings.registry import Measured, Rows, finding, get, measured, rows

END_2025 = "2025-12-31"
BERNSTEIN_NOTE = "2025-12-04"
STACKS_PER_910C = 8  # SemiAnalysis, September 2025: eight stacks of memory in a 910C
FIRST_HALVES_910C = 2  # the same: two dies in a 910C, one in a 910B
CHINESE_VALUE = ("huawei", "hygon", "cambricon", "t-head", "kunlunxin")
VENDORS = ("nvidia", "google", "amd", "amazon", "huawei", "cambricon")


def _chip(key: str) -> pd.Series:
    return load("accelerators").loc[key]


def _supply(key: str) -> float:
    return float(load("chip_supply").loc[key, "value"])


def _revenue(key: str) -> float:
    return float(load("nvidia_revenue").loc[key, "revenue_usd_bn"])


def _power(key: str) -> float:
    return float(load("power").loc[key, "value"])


# --- the rule -------------------------------------------------------------------------------------------------


@finding("h20-tpp")
def h20_tpp() -> Measured:
    """Multiply throughput and bit length of the chip made for China."""
    return measured(analysis.chip_tpp(_chip("h20")), rows("accelerators", "h20"))


@finding("h200-tpp")
def h200_tpp() -> Measured:
    """Multiply throughput and bit length."""
    return measured(analysis.chip_tpp(_chip("h200-sxm")), rows("accelerators", "h200-sxm"))


@finding("h200-over-h20")
def h200_over_h20() -> Measured:
    """Divide the two yardsticks."""
    return measured(get("h200-tpp").value / get("h20-tpp").value, get("h200-tpp"), get("h20-tpp"))


@finding("h20-below-second-tier")
def h20_below_second_tier() -> Measured:
    """Compare the chip with the threshold of the second tier."""
    bound = load("export_rules").loc["us-rule-2023-3a090-b-1", "tpp_min"]
    return measured(
        -analysis.change_percent(get("h20-tpp").value, bound),
        get("h20-tpp"),
        rows("export_rules", "us-rule-2023-3a090-b-1"),
    )


@finding("h20-density")
def h20_density() -> Measured:
    """Divide the yardstick by the die's area."""
    return measured(
        analysis.performance_density(get("h20-tpp").value, _chip("h20")["die_mm2"]), rows("accelerators", "h20")
    )


@finding("mi325x-below-ceiling")
def mi325x_below_ceiling() -> Measured:
    """Compare AMD's chip with the ceiling of case-by-case review."""
    bound = load("export_rules").loc["us-rule-2026-case-by-case", "tpp_below"]
    return measured(
        -analysis.change_percent(analysis.chip_tpp(_chip("mi325x")), bound),
        rows("accelerators", "mi325x"),
        rows("export_rules", "us-rule-2026-case-by-case"),
    )


@finding("licence-threshold-tpp")
def licence_threshold() -> Measured:
    """Read the threshold of the rule of October 2023."""
    return cell("export_rules", "us-rule-2023-3a090-a-1", "tpp_min")


@finding("case-by-case-ceiling-tpp")
def case_by_case_ceiling() -> Measured:
    """Read the ceiling of the rule of January 2026."""
    return cell("export_rules", "us-rule-2026-case-by-case", "tpp_below")


@finding("case-by-case-bandwidth-ceiling")
def bandwidth_ceiling() -> Measured:
    """Read the other ceiling of that rule."""
    return cell("export_rules", "us-rule-2026-case-by-case", "dram_bandwidth_below_gb_s")


@finding("ceiling-over-threshold")
def ceiling_over_threshold() -> Measured:
    """Divide the ceiling of 2026 by the threshold of 2022 and 2023."""
    new, old = get("case-by-case-ceiling-tpp"), get("licence-threshold-tpp")
    return measured(new.value / old.value, new, old)


@finding("chips-case-by-case")
def chips_case_by_case() -> Measured:
    """Count the chips on sale, of US vendors, that the rules let be reviewed case by case on the edition's day."""
    return _count_status(analysis.CASE_BY_CASE)


@finding("chips-refused")
def chips_refused() -> Measured:
    """Count the chips on sale, of US vendors, for which a licence is presumed to be denied on the edition's day."""
    return _count_status(analysis.REFUSED)


def _count_status(status: str) -> Measured:
    chips, rules = merchant_chips(), load("export_rules")
    answers = {key: analysis.saleable(chip, edition().released, rules) for key, chip in chips.iterrows()}
    hits = [key for key, answer in answers.items() if answer.status == status]
    used = sorted({answer.rule for key, answer in answers.items() if answer.status == status and answer.rule})
    return measured(len(hits), rows("accelerators", hits), rows("export_rules", used), as_of=edition().released)


def merchant_chips() -> pd.DataFrame:
    """Return the rows of chips that US vendors sell to others (not those for their own cloud)."""
    chips = load("accelerators")
    return chips[(chips["country"] == "US") & (chips["china_sale"] != "own cloud only")]


# --- chips and machines ---------------------------------------------------------------------------------------


@finding("ascend-910c-tpp")
def ascend_910c_tpp() -> Measured:
    """Multiply throughput and bit length; the range is that of the sources."""
    chip = _chip("ascend-910c")
    return measured(
        analysis.chip_tpp(chip),
        rows("accelerators", "ascend-910c"),
        low=chip["tpp_low"],
        high=chip["tpp_high"],
        interval="range",
    )


@finding("h200-over-910c")
def h200_over_910c() -> Measured:
    """Divide the two yardsticks."""
    other = get("ascend-910c-tpp")
    value = get("h200-tpp").value
    return measured(
        value / other.value,
        get("h200-tpp"),
        other,
        low=value / other.high,  # type: ignore[operator]
        high=value / other.low,  # type: ignore[operator]
        interval="range",
    )


@finding("h200-bandwidth-over-910c")
def h200_bandwidth_over_910c() -> Measured:
    """Divide the two bandwidths of memory."""
    return quotient("accelerators", "h200-sxm", "ascend-910c", column="bandwidth_tb_s")


@finding("rubin-over-h200")
def rubin_over_h200() -> Measured:
    """Divide the two yardsticks; Rubin's counts 4-bit work, as training or, in the upper bound, as inference."""
    chip, h200 = _chip("rubin"), get("h200-tpp")
    return measured(
        analysis.chip_tpp(chip) / h200.value,
        h200,
        rows("accelerators", "rubin"),
        low=chip["tpp_low"] / h200.value,
        high=chip["tpp_high"] / h200.value,
        interval="range",
    )


@finding("rubin-over-h200-16bit")
def rubin_over_h200_16bit() -> Measured:
    """Divide the throughputs at 16 bits."""
    return quotient("accelerators", "rubin", "h200-sxm", column="dense_bf16_tflop_s")


@finding("ascend-950pr-over-910c")
def ascend_950pr_over_910c() -> Measured:
    """Divide the yardsticks of Huawei's chips of 2026 and 2025."""
    new, old = _chip("ascend-950pr"), get("ascend-910c-tpp")
    return measured(
        analysis.chip_tpp(new) / old.value,
        old,
        rows("accelerators", "ascend-950pr"),
        low=new["tpp_low"] / old.high,  # type: ignore[operator]
        high=new["tpp_high"] / old.low,  # type: ignore[operator]
        interval="range",
        as_of=new["released"],
    )


@finding("generations-h200-to-rubin")
def generations() -> Measured:
    """Count the architectures by their letters."""
    chips = load("accelerators")
    nvidia = [
        key for key, chip in chips.iterrows() if chip["vendor"] == "Nvidia" and chip["chip"].lstrip("G")[0] in "AHBR"
    ]
    return measured(
        analysis.generations_between(chips, "h200-sxm", "rubin"),
        rows("accelerators", nvidia),
        as_of=_chip("rubin")["released"],
    )


@finding("years-behind-910c-release")
def years_behind_910c() -> Measured:
    """Measure from the first US chip at its level to the 910C's first day."""
    return _years_behind("ascend-910c", _chip("ascend-910c")["released"])


@finding("years-behind-january-2026")
def years_behind_january_2026() -> Measured:
    """Measure the age of the best Chinese chip's level on the day of the article."""
    return _years_behind("ascend-910c", pd.Timestamp("2026-01-18"))


@finding("years-behind-ascend-960-plan")
def years_behind_960() -> Measured:
    """Measure from the first US chip at its level to the day that the plan of 2025 names for the 960."""
    return _years_behind("ascend-960", _chip("ascend-960")["released"], as_of=_chip("ascend-960")["as_of"])


def _years_behind(key: str, day: pd.Timestamp, as_of: pd.Timestamp | None = None) -> Measured:
    chips = load("accelerators")
    american = chips[chips["country"] == "US"]
    first = analysis.first_at_level(american, analysis.chip_tpp(chips.loc[key]))
    return measured(
        years_between(american.loc[first, "released"], day),
        rows("accelerators", [key, first]),
        as_of=as_of if as_of is not None else day,
    )


@finding("hopper-share-largest-clusters")
def hopper_share() -> Measured:
    """Divide the clusters that mainly use Hopper by all counted."""
    return quotient("market_events", "clusters-hopper-2025-12", "clusters-documented-2025-12", 100)


@finding("cloudmatrix-over-nvl72")
def cloudmatrix_over_nvl72() -> Measured:
    """Divide the throughputs of the two machines at 16 bits; the range is that of the vendor's two figures."""
    systems = load("systems")
    ours, theirs, page = (systems.loc[key] for key in ("cloudmatrix-384", "gb200-nvl72", "atlas-900-a3"))
    return measured(
        ours["bf16_pflop_s"] / theirs["bf16_pflop_s"],
        rows("systems", ["cloudmatrix-384", "gb200-nvl72", "atlas-900-a3"]),
        low=page["bf16_low"] / theirs["bf16_pflop_s"],
        high=page["bf16_high"] / theirs["bf16_pflop_s"],
        interval="range",
        as_of=ours["as_of"],
    )


@finding("cloudmatrix-per-kilowatt")
def cloudmatrix_per_kilowatt() -> Measured:
    """Divide throughput by power; the range is that of the vendor's two figures for throughput."""
    systems = load("systems")
    ours, page = systems.loc["cloudmatrix-384"], systems.loc["atlas-900-a3"]
    return measured(
        analysis.per_kilowatt(ours["bf16_pflop_s"], ours["power_kw"]),
        rows("systems", ["cloudmatrix-384", "atlas-900-a3"]),
        low=analysis.per_kilowatt(page["bf16_low"], ours["power_kw"]),
        high=analysis.per_kilowatt(page["bf16_high"], ours["power_kw"]),
        interval="range",
        as_of=ours["as_of"],
    )


@finding("nvl72-per-kilowatt")
def nvl72_per_kilowatt() -> Measured:
    """Divide throughput by power."""
    row = load("systems").loc["gb200-nvl72"]
    return measured(analysis.per_kilowatt(row["bf16_pflop_s"], row["power_kw"]), rows("systems", "gb200-nvl72"))


@finding("power-per-operation-penalty")
def power_penalty() -> Measured:
    """Divide the two throughputs per kilowatt."""
    ours, theirs = get("cloudmatrix-per-kilowatt"), get("nvl72-per-kilowatt")
    return measured(
        theirs.value / ours.value,
        ours,
        theirs,
        low=theirs.value / ours.high,  # type: ignore[operator]
        high=theirs.value / ours.low,  # type: ignore[operator]
        interval="range",
        as_of=ours.as_of,
    )


# --- stocks of computing --------------------------------------------------------------------------------------


def huawei_stock(chosen: Assumption | None = None) -> analysis.Estimate:
    """Return the assumption on Huawei's output as an estimate, all values of its range alike."""
    chosen = chosen or assumption("huawei-output")
    return analysis.Estimate(chosen.value, chosen.low, chosen.high, law="uniform")


@cache
def held() -> analysis.Stocks:
    """Return the draws of the stocks at the end of 2025."""
    return analysis.stocks(load("chip_supply"), huawei_stock())


@cache
def shipped() -> dict[str, np.ndarray]:
    """Return the draws of what each vendor shipped in 2025.

    Huawei's range is that of the assumption on its stock, scaled by the share of 2025 in the estimator's medians.
    """
    supply = load("chip_supply")
    names = [name for name in VENDORS if name != "huawei"]
    drawn = analysis.flows(
        {name: analysis.estimate(supply.loc[f"{name}-to-2024-h100e"]) for name in names},
        {name: analysis.estimate(supply.loc[f"{name}-to-2025-h100e"]) for name in names},
    )
    share = _supply("huawei-2025-h100e") / _supply("huawei-to-2025-h100e")
    drawn["huawei"] = held().huawei * share
    return drawn


@cache
def added() -> dict[str, np.ndarray]:
    """Return the draws of what was added to the stock in China in 2025, by origin."""
    supply = load("chip_supply")
    drawn = analysis.flows(
        {name: analysis.estimate(supply.loc[f"stock-cn-nvidia-{name}-2024-h100e"]) for name in ("lawful", "smuggled")},
        {name: analysis.estimate(supply.loc[f"stock-cn-nvidia-{name}-2025-h100e"]) for name in ("lawful", "smuggled")},
    )
    return drawn | {name: shipped()[name] for name in ("huawei", "cambricon")}


STOCK_ROWS = (
    "nvidia-to-2025-h100e",
    "google-to-2025-h100e",
    "amd-to-2025-h100e",
    "amazon-to-2025-h100e",
    "stock-cn-nvidia-lawful-2025-h100e",
    "stock-cn-amd-2025-h100e",
    "stock-cn-nvidia-smuggled-2025-h100e",
    "stock-cn-cambricon-2025-h100e",
)
FLOW_ROWS = tuple(f"{name}-2025-h100e" for name in VENDORS)
ADDED_ROWS = (
    "huawei-2025-h100e",
    "cambricon-2025-h100e",
    "stock-cn-nvidia-lawful-2024-h100e",
    "stock-cn-nvidia-lawful-2025-h100e",
    "stock-cn-nvidia-smuggled-2024-h100e",
    "stock-cn-nvidia-smuggled-2025-h100e",
)


@finding("nvidia-shipments-2025")
def nvidia_shipments() -> Measured:
    """Take the difference of the medians, with the spread of simulated differences."""
    return _shipments("nvidia", "simulated")


@finding("huawei-shipments-2025")
def huawei_shipments() -> Measured:
    """Take the difference of the medians, with the assumed range."""
    return _shipments("huawei", "assumptions", assumption("huawei-output"))


def _shipments(vendor: str, kind: str, *more: Assumption) -> Measured:
    side = analysis.spread(shipped()[vendor])
    key = f"{vendor}-2025-h100e"
    ids = [key, f"{vendor}-to-2024-h100e", f"{vendor}-to-2025-h100e"]
    return measured(
        _supply(key), rows("chip_supply", ids), *more, low=side.low, high=side.high, interval=kind, as_of=END_2025
    )


@finding("chinese-designs-share-2025")
def chinese_share() -> Measured:
    """Divide Huawei's and Cambricon's shipments by those of all six vendors."""
    values = {name: _supply(f"{name}-2025-h100e") for name in VENDORS}
    drawn = shipped()
    side = analysis.spread(
        100 * (drawn["huawei"] + drawn["cambricon"]) / np.sum([drawn[name] for name in VENDORS], axis=0)
    )
    return measured(
        100 * (values["huawei"] + values["cambricon"]) / sum(values.values()),
        rows("chip_supply", FLOW_ROWS),
        assumption("huawei-output"),
        low=side.low,
        high=side.high,
        interval="simulated",
    )


def _stock(draws: np.ndarray, *ids: str, assume: bool = False) -> Measured:
    more = (assumption("huawei-output"),) if assume else ()
    return simulated(draws, rows("chip_supply", ids), *more, as_of=END_2025)


@finding("stock-cn-lawful-2025")
def stock_lawful() -> Measured:
    """Add what Nvidia and AMD sold lawfully."""
    return _stock(held().lawful, "stock-cn-nvidia-lawful-2025-h100e", "stock-cn-amd-2025-h100e")


@finding("stock-cn-smuggled-2025")
def stock_smuggled() -> Measured:
    """Read the estimator's row."""
    return ranged("chip_supply", "stock-cn-nvidia-smuggled-2025-h100e", "p5-p95")


@finding("stock-cn-domestic-2025")
def stock_domestic() -> Measured:
    """Add Huawei's assumed stock and Cambricon's."""
    return _stock(held().chinese, "stock-cn-cambricon-2025-h100e", "huawei-to-2025-h100e", assume=True)


@finding("stock-cn-2025")
def stock_all() -> Measured:
    """Add the stocks of all origins."""
    return _stock(held().inside, *STOCK_ROWS[4:], assume=True)


@finding("smuggled-above-lawful")
def smuggled_above_lawful() -> Measured:
    """Count the draws in which smuggled chips outweigh lawful ones."""
    return measured(
        100 * float(np.mean(held().smuggled > held().lawful)), rows("chip_supply", STOCK_ROWS[4:7]), as_of=END_2025
    )


@finding("compute-ratio-2025")
def compute_ratio_2025() -> Measured:
    """Divide the draws of computing outside China by those inside."""
    return _ratio(0.0)


@finding("compute-ratio-h200-delivered")
def compute_ratio_delivered() -> Measured:
    """Add the H200 delivered by August 2026."""
    return _ratio(_supply("h200-cn-delivered-2026-08") * _h200_h100e(), "h200-cn-delivered-2026-08")


@finding("compute-ratio-h200-cleared")
def compute_ratio_cleared() -> Measured:
    """Add the H200 that the United States had cleared in May 2026."""
    return _ratio(_supply("h200-cn-cleared-by-us-2026-05") * _h200_h100e(), "h200-cn-cleared-by-us-2026-05")


def _h200_h100e() -> float:
    """Return one H200 in H100 equivalents by 8-bit throughput, as the estimator counts."""
    return float(_chip("h200-sxm")["dense_fp8_tflop_s"] / _chip("h100-sxm")["dense_fp8_tflop_s"])


def _ratio(exported: float, *more: str) -> Measured:
    side = analysis.stock_ratio(held(), exported)
    return measured(
        side.median,
        rows("chip_supply", (*STOCK_ROWS, *more)),
        *((rows("accelerators", ["h200-sxm", "h100-sxm"]),) if more else ()),
        assumption("huawei-output"),
        low=side.low,
        high=side.high,
        interval="simulated",
        as_of=END_2025,
    )


@finding("h200-cleared-over-stock")
def h200_over_stock() -> Measured:
    """Divide the H200 cleared by the stock in China."""
    stock = get("stock-cn-2025")
    return measured(
        100 * _supply("h200-cn-cleared-by-us-2026-05") * _h200_h100e() / stock.value,
        stock,
        rows("chip_supply", "h200-cn-cleared-by-us-2026-05"),
        as_of="2026-05-14",
    )


@finding("h200-delivered")
def h200_delivered() -> Measured:
    """Read what was delivered."""
    return cell("chip_supply", "h200-cn-delivered-2026-08")


@finding("h200-cleared")
def h200_cleared() -> Measured:
    """Read what the United States had cleared."""
    return cell("chip_supply", "h200-cn-cleared-by-us-2026-05")


@finding("h200-approved-by-china")
def h200_approved() -> Measured:
    """Read what China had approved in principle."""
    return cell("chip_supply", "h200-cn-approved-by-china-2026-01")


@finding("h200-levy")
def h200_levy() -> Measured:
    """Read the levy of the proclamation."""
    return cell("export_rules", "us-tariff-2026", "levy_percent")


@finding("compute-ratio-medians-2024")
def compute_ratio_2024() -> Measured:
    """Divide sums of medians, since several parts have no range for that year."""
    return _medians(2024)


@finding("compute-ratio-medians-2025")
def compute_ratio_medians_2025() -> Measured:
    """Divide sums of medians, for comparison with the year before."""
    return _medians(2025)


@finding("compute-difference-growth-2025")
def compute_difference_growth_2025() -> Measured:
    """Divide the computing outside China less that inside at the end of 2025 by the same a year before, by medians."""
    differences, shown = [], []
    for year in (2024, 2025):
        (abroad, foreign, chinese), used = _sums_of_medians(year)
        differences.append(abroad - foreign - (foreign + chinese))
        shown.append(used)
    return measured(differences[1] / differences[0], *shown)


def _medians(year: int) -> Measured:
    sums, used = _sums_of_medians(year)
    return measured(float(analysis.compute_ratio(*sums)), used)


def _sums_of_medians(year: int) -> tuple[list[float], Rows]:
    """Return computing designed abroad, the part of it that is in China, and of Chinese design, to the year's end."""
    supply = load("chip_supply")
    abroad = [f"{name}-to-{year}-h100e" for name in analysis.DESIGNERS_ABROAD]
    foreign = [f"stock-cn-nvidia-{name}-{year}-h100e" for name in ("lawful", "smuggled")]
    foreign += [key for key in (f"stock-cn-amd-{year}-h100e",) if key in supply.index]
    chinese = [f"{name}-to-{year}-h100e" for name in ("huawei", "cambricon")]
    sums = [float(supply.loc[ids, "value"].sum()) for ids in (abroad, foreign, chinese)]
    return sums, rows("chip_supply", [*abroad, *foreign, *chinese])


@finding("compute-ratio-mid-2026")
def compute_ratio_mid_2026() -> Measured:
    """Divide the stocks of the middle of 2026 as one later reading quotes them; what is not Huawei's is foreign."""
    inside, abroad = _supply("stock-cn-all-2026-07-h100e"), _supply("non-chinese-to-2026h1-h100e-quoted")
    huawei = _supply("huawei-to-2026h1-h100e-quoted")
    ids = ["stock-cn-all-2026-07-h100e", "non-chinese-to-2026h1-h100e-quoted", "huawei-to-2026h1-h100e-quoted"]
    return measured(float(analysis.compute_ratio(abroad, inside - huawei, huawei)), rows("chip_supply", ids))


@finding("research-ratio-if-serving")
def research_ratio() -> Measured:
    """Apply the assumed shares of serving to the ratio of all computing."""
    ratio, inside, outside = (
        get("compute-ratio-2025"),
        assumption("serving-share-inside"),
        assumption("serving-share-outside"),
    )
    return measured(
        analysis.research_ratio(ratio.value, inside.value, outside.value),
        ratio,
        inside,
        outside,
        low=analysis.research_ratio(ratio.value, inside.low, outside.high),
        high=analysis.research_ratio(ratio.value, inside.high, outside.low),
        interval="assumptions",
        as_of=END_2025,
    )


@finding("points-from-compute-ratio")
def points_from_compute() -> Measured:
    """Multiply points per tenfold computing by the decimal logarithm of the ratio."""
    ratio, points = get("compute-ratio-2025"), assumption("points-per-tenfold-compute")
    tenfolds = float(np.log10(ratio.value))
    return measured(
        points.value * tenfolds,
        ratio,
        points,
        low=points.low * tenfolds,
        high=points.high * tenfolds,
        interval="assumptions",
        as_of=END_2025,
    )


# --- output and its limits ------------------------------------------------------------------------------------


@finding("huawei-packages-epoch-2025")
def huawei_packages_epoch() -> Measured:
    """Read the compute estimator's count."""
    return cell("chip_supply", "huawei-2025-chips")


@finding("huawei-packages-idc-2025")
def huawei_packages_idc() -> Measured:
    """Read the market researcher's count of cards."""
    return cell("chip_supply", "cards-cn-huawei-2025")


@finding("huawei-packages-semianalysis-2025")
def huawei_packages_semianalysis() -> Measured:
    """Read the analyst's count."""
    return cell("chip_supply", "semianalysis-ascend-2025")


@finding("chips-made-in-china-official-2025")
def chips_official() -> Measured:
    """Read the official US view."""
    return cell("chip_supply", "us-official-ascend-2025")


@finding("huawei-count-over-official")
def huawei_over_official() -> Measured:
    """Divide the largest and the smallest count by the official one."""
    counts = [get(f"huawei-packages-{name}-2025") for name in ("epoch", "semianalysis", "idc")]
    official = get("chips-made-in-china-official-2025")
    values = sorted(item.value / official.value for item in counts)
    return measured(values[1], official, *counts, low=values[0], high=values[-1], interval="range")


@finding("ascend-dies-over-tsmc-bank")
def dies_over_bank() -> Measured:
    """Compare the dies in all Ascend packages of 2024 and 2025 with those that TSMC had delivered."""
    small = ("huawei-ascend-910b-2024-chips", "huawei-ascend-910b-2025-chips")
    large = ("huawei-ascend-910c-2024-chips", "huawei-ascend-910c-2025-chips")
    dies = sum(map(_supply, small)) + FIRST_HALVES_910C * sum(map(_supply, large))
    return measured(
        100 * dies / _supply("huawei-die-bank-tsmc"), rows("chip_supply", (*small, *large, "huawei-die-bank-tsmc"))
    )


@finding("packages-from-memory-left")
def packages_from_memory() -> Measured:
    """Count the 910C that the imported memory left after 2025 can furnish; a 910B takes stacks in proportion."""
    per_910b = STACKS_PER_910C * _chip("ascend-910b")["memory_gb"] / _chip("ascend-910c")["memory_gb"]
    small = ("huawei-ascend-910b-2024-chips", "huawei-ascend-910b-2025-chips")
    large = ("huawei-ascend-910c-2024-chips", "huawei-ascend-910c-2025-chips")
    used = per_910b * sum(map(_supply, small)) + STACKS_PER_910C * sum(map(_supply, large))
    return measured(
        (_supply("huawei-hbm-stock") - used) / STACKS_PER_910C,
        rows("chip_supply", (*small, *large, "huawei-hbm-stock")),
        rows("accelerators", ["ascend-910b", "ascend-910c"]),
        as_of=END_2025,
    )


@finding("packages-from-wafers")
def packages_from_wafers() -> Measured:
    """Count the 910C that a year of wafers at the end-2025 rate gives, over the range of the assumed yield."""
    share, area, good = (assumption(key) for key in ("ascend-wafer-share", "ascend-die-area", "foundry-yield"))
    wafers = _supply("smic-advanced-wafers-2025")
    low, value, high = (
        analysis.packages_per_year(wafers, share.value, area.value, rate) for rate in (good.low, good.value, good.high)
    )
    return measured(
        value,
        rows("chip_supply", ["smic-advanced-wafers-2025"]),
        share,
        area,
        good,
        low=low,
        high=high,
        interval="assumptions",
    )


@finding("huawei-first-half-2026")
def huawei_first_half_2026() -> Measured:
    """Subtract the cumulative shipments to 2025 from those to mid 2026 as quoted."""
    return difference("chip_supply", "huawei-to-2026h1-h100e-quoted", "huawei-to-2025-h100e")


@finding("chinese-share-of-cards-2025")
def share_cards() -> Measured:
    """Divide cards of Chinese vendors by all cards sold in China."""
    return quotient("chip_supply", "cards-cn-chinese-2025", "cards-cn-all-2025", 100)


@finding("chinese-share-of-value-2025")
def share_value() -> Measured:
    """Add the shares of the Chinese vendors named; the upper bound gives them all that is not named."""
    supply = load("chip_supply")
    ids = [f"value-share-cn-{name}-2025" for name in CHINESE_VALUE]
    foreign = ["value-share-cn-nvidia-2025", "value-share-cn-amd-2025"]
    low = float(supply.loc[ids, "value"].sum())
    return measured(
        low,
        rows("chip_supply", [*ids, *foreign]),
        low=low,
        high=100 - float(supply.loc[foreign, "value"].sum()),
        interval="range",
    )


@finding("chinese-share-of-new-compute-2025")
def share_compute() -> Measured:
    """Divide Chinese designs by all computing added in China, smuggled chips included."""
    drawn = added()
    chinese = drawn["huawei"] + drawn["cambricon"]
    share = 100 * chinese / (chinese + drawn["lawful"] + drawn["smuggled"])
    return simulated(share, rows("chip_supply", ADDED_ROWS), assumption("huawei-output"))


@finding("chinese-share-of-lawful-compute-2025")
def share_lawful_compute() -> Measured:
    """Divide Chinese designs by the computing added lawfully."""
    drawn = added()
    chinese = drawn["huawei"] + drawn["cambricon"]
    share = 100 * chinese / (chinese + drawn["lawful"])
    return simulated(share, rows("chip_supply", ADDED_ROWS[:4]), assumption("huawei-output"))


@finding("other-chinese-cards-h100e")
def other_cards() -> Measured:
    """Give the cards of the vendors that the estimator leaves out the throughput of Alibaba's chip."""
    ids = ["cards-cn-chinese-2025", "cards-cn-huawei-2025", "cards-cn-cambricon-2025"]
    cards = _supply(ids[0]) - _supply(ids[1]) - _supply(ids[2])
    each = analysis.chip_tpp(_chip("zhenwu-ppu")) / analysis.chip_tpp(_chip("h100-sxm"))
    return measured(
        cards * each, rows("chip_supply", ids), rows("accelerators", ["zhenwu-ppu", "h100-sxm"]), as_of=END_2025
    )


# --- supply against demand ------------------------------------------------------------------------------------


def _bernstein(side: str, year: int) -> float:
    return _supply(f"bernstein-{side}-{year}")


def growth(side: str, first: int, last: int) -> float:
    """Return the yearly growth of the note's supply or demand between two of its years."""
    return analysis.yearly_growth(_bernstein(side, first), _bernstein(side, last), last - first)


BERNSTEIN_ROWS = tuple(f"bernstein-{side}-{year}" for side in ("supply", "demand") for year in (2025, 2027, 2028))


@finding("supply-over-demand-2025")
def supply_over_demand_2025() -> Measured:
    """Divide the note's supply by its demand."""
    return _over_demand(2025)


@finding("supply-over-demand-2028")
def supply_over_demand_2028() -> Measured:
    """Divide the note's supply by its demand."""
    return _over_demand(2028)


def _over_demand(year: int) -> Measured:
    return quotient("chip_supply", f"bernstein-supply-{year}", f"bernstein-demand-{year}", 100, as_of=BERNSTEIN_NOTE)


@finding("supply-growth-to-2027")
def supply_growth_early() -> Measured:
    """Take the note's growth from 2025 to 2027."""
    return _growth("supply", 2025, 2027)


@finding("supply-growth-2028")
def supply_growth_late() -> Measured:
    """Take the note's growth from 2027 to 2028."""
    return _growth("supply", 2027, 2028)


def _growth(side: str, first: int, last: int) -> Measured:
    ids = [f"bernstein-{side}-{year}" for year in (first, last)]
    return measured(100 * (growth(side, first, last) - 1), rows("chip_supply", ids), as_of=BERNSTEIN_NOTE)


@finding("years-to-enough-note-growth")
def years_note_growth() -> Measured:
    """Let both sides grow as from 2025 to 2028 in the note."""
    return _crossing(growth("supply", 2025, 2028), growth("demand", 2025, 2028))


@finding("years-to-enough-early-growth")
def years_early_growth() -> Measured:
    """Let both sides grow as from 2025 to 2027 in the note."""
    return _crossing(growth("supply", 2025, 2027), growth("demand", 2025, 2027))


def _crossing(supply_growth: float, demand_growth: float) -> Measured:
    years = analysis.years_to_cross(
        _bernstein("supply", 2025), _bernstein("demand", 2025), supply_growth, demand_growth
    )
    return measured(years, rows("chip_supply", BERNSTEIN_ROWS), as_of=BERNSTEIN_NOTE)


@finding("enough-by-2028-probability")
def enough_probability() -> Measured:
    """Draw both growth factors between the lowest and highest of the note's two spans, from its values for 2025."""
    ends = {side: sorted((growth(side, 2025, 2027), growth(side, 2027, 2028))) for side in ("supply", "demand")}
    return measured(
        100
        * analysis.crossing_probability(
            _bernstein("supply", 2025),
            _bernstein("demand", 2025),
            (ends["supply"][0], ends["supply"][1]),
            (ends["demand"][0], ends["demand"][1]),
            within_years=3,
        ),
        rows("chip_supply", BERNSTEIN_ROWS),
        as_of=BERNSTEIN_NOTE,
    )


@finding("chinese-sales-2025-recount")
def sales_recount() -> Measured:
    """Apply the Chinese share by value to the market as counted in 2026."""
    share = get("chinese-share-of-value-2025")
    market = _supply("market-cn-2025-bernstein-2026")
    return measured(
        market * share.value / 100,
        share,
        rows("chip_supply", "market-cn-2025-bernstein-2026"),
        low=market * share.low / 100,  # type: ignore[operator]
        high=market * share.high / 100,  # type: ignore[operator]
        interval="range",
        as_of=END_2025,
    )


@finding("recount-below-note-2025")
def recount_below_note() -> Measured:
    """Compare the recounted sales with the supply that the note gave for the same year."""
    sales = get("chinese-sales-2025-recount")
    return measured(
        -analysis.change_percent(sales.value, _bernstein("supply", 2025)),
        sales,
        rows("chip_supply", "bernstein-supply-2025"),
        as_of=END_2025,
    )


# --- ways round -----------------------------------------------------------------------------------------------


@finding("diffusion-rule-h100")
def diffusion_rule_h100() -> Measured:
    """Divide the ceiling of a second-tier country by the yardstick of one H100."""
    ceiling = load("export_rules").loc["us-rule-2025-diffusion", "tpp_allocation"]
    return measured(
        ceiling / analysis.chip_tpp(_chip("h100-sxm")),
        rows("export_rules", "us-rule-2025-diffusion"),
        rows("accelerators", "h100-sxm"),
        as_of=load("export_rules").loc["us-rule-2025-diffusion", "as_of"],
    )


@finding("diffusion-rule-days-short")
def diffusion_rule_days() -> Measured:
    """Count the days from the rule's withdrawal to the day on which it was to apply."""
    row = load("export_rules").loc["us-rule-2025-diffusion"]
    return measured(
        (row["in_force_from"] - row["in_force_until"]).days,
        rows("export_rules", "us-rule-2025-diffusion"),
        as_of=row["in_force_until"],
    )


@finding("smuggling-proved")
def smuggling_proved() -> Measured:
    """Read the value of the diversions that one study documents."""
    return cell("overseas_compute", "diverted-value-c4ads")


@finding("leased-power-2025")
def leased_power_2025() -> Measured:
    """Read the power that Chinese cloud firms lease in Asia and the Pacific outside China."""
    return cell("overseas_compute", "leased-power-apac-2025")


@finding("leased-power-2026")
def leased_power_2026() -> Measured:
    """Read the same for 2026."""
    return cell("overseas_compute", "leased-power-apac-2026")


@finding("johor-site-over-stock")
def johor_site() -> Measured:
    """Compare one site rented by ByteDance with the stock in China at the end of 2025."""
    stock = get("stock-cn-2025")
    return measured(
        100 * load("overseas_compute").loc["dayone-nusajaya-2026", "value"] / stock.value,
        stock,
        rows("overseas_compute", "dayone-nusajaya-2026"),
    )


@finding("affiliates-window-months")
def affiliates_window() -> Measured:
    """Count the months from the end of the diffusion rule to the guidance of May 2026."""
    return cell("overseas_compute", "affiliates-window-2025")


@finding("deepseek-stock-over-v3-cluster")
def deepseek_stock() -> Measured:
    """Divide the estimated stock by the chips that trained V3."""
    return quotient("overseas_compute", "deepseek-stock-2025", "deepseek-v3-chips")


@finding("models-trained-on-chinese-chips")
def domestic_trained() -> Measured:
    """Read how many of the notable models were trained on Chinese chips."""
    return cell("overseas_compute", "domestic-trained-models-2025")


@finding("chinese-makers-at-frontier-2026")
def chinese_makers() -> Measured:
    """Count the Chinese makers whose releases of 2026 scored above the best model of the end of 2024."""
    models = export(NEWEST)
    bar = str(models[models["version_date"] <= "2024-12-31"]["score"].idxmax())
    hits = models[
        (models["country"] == "CN")
        & (models["version_date"] > "2025-12-31")
        & (models["score"] > models.loc[bar, "score"])
    ]
    return measured(hits["developer"].nunique(), rows("capability_records", [*hits.index, bar]))


# --- Nvidia, vendors ------------------------------------------------------------------------------------------


@finding("nvidia-revenue-fy26q3")
def nvidia_revenue() -> Measured:
    """Read the quarter's revenue."""
    return cell("nvidia_revenue", "fy26q3-total", "revenue_usd_bn")


@finding("nvidia-growth-fy26q3")
def nvidia_growth() -> Measured:
    """Compare with the same quarter a year before."""
    ids = ["fy26q3-total", "fy25q3-total"]
    return measured(analysis.change_percent(*map(_revenue, ids)), rows("nvidia_revenue", ids))


@finding("nvidia-china-fy26q3")
def nvidia_china() -> Measured:
    """Read the quarter's revenue from customers with headquarters in China."""
    return cell("nvidia_revenue", "fy26q3-china-hq", "revenue_usd_bn")


@finding("nvidia-china-press-fy26q3")
def nvidia_china_press() -> Measured:
    """Read the press figure of the day."""
    return cell("nvidia_revenue", "fy26q3-china-press", "revenue_usd_bn")


@finding("nvidia-china-fall-like-for-like")
def nvidia_china_fall() -> Measured:
    """Compare both quarters by customers' headquarters."""
    ids = ["fy26q3-china-hq", "fy25q3-china-hq"]
    return measured(-analysis.change_percent(*map(_revenue, ids)), rows("nvidia_revenue", ids))


@finding("nvidia-china-fall-two-definitions")
def nvidia_china_fall_mixed() -> Measured:
    """Compare the quarter by headquarters with the year-before quarter by billing: how the printed figure arises."""
    old = load("nvidia_revenue").loc["fy25q3-china-billing"]
    new = _revenue("fy26q3-china-hq")
    return measured(
        -analysis.change_percent(new, old["revenue_usd_bn"]),
        rows("nvidia_revenue", ["fy26q3-china-hq", "fy25q3-china-billing"]),
        low=-analysis.change_percent(new, old["low"]),
        high=-analysis.change_percent(new, old["high"]),
        interval="rounding",
    )


@finding("nvidia-china-share-fy26q3")
def nvidia_china_share() -> Measured:
    """Divide the quarter's revenue from China by all revenue."""
    china, total = get("nvidia-china-fy26q3"), get("nvidia-revenue-fy26q3")
    return measured(100 * china.value / total.value, china, total)


@finding("nvidia-china-share-fy24")
def nvidia_china_share_fy24() -> Measured:
    """Divide the year's revenue from China, by headquarters, by all revenue."""
    return quotient("nvidia_revenue", "fy24-china-hq", "fy24-total", 100, "revenue_usd_bn")


@finding("nvidia-revenue-fy27q2")
def nvidia_revenue_fy27q2() -> Measured:
    """Read the quarter's revenue."""
    return cell("nvidia_revenue", "fy27q2-total", "revenue_usd_bn")


@finding("nvidia-value-october-2025")
def nvidia_value() -> Measured:
    """Read the market value on the day that it passed the mark."""
    return cell("market_events", "nvidia-value-2025-10-29")


@finding("cambricon-over-enflame")
def cambricon_over_enflame() -> Measured:
    """Compare the year's guided revenue of one with nine months of the other, raised to a year."""
    events = load("market_events")
    big, small = events.loc["cambricon-revenue-2025"], events.loc["enflame-revenue-2025-9m"]
    year = small["value"] * 12 / 9
    return measured(
        (big["low"] + big["high"]) / 2 / year,
        rows("market_events", ["cambricon-revenue-2025", "enflame-revenue-2025-9m"]),
        low=big["low"] / year,
        high=big["high"] / year,
        interval="range",
    )


@finding("enflame-losses")
def enflame_losses() -> Measured:
    """Add the losses that its owners financed."""
    ids = [f"enflame-loss-{period}" for period in ("2022", "2023", "2024", "2025-9m")]
    return measured(load("market_events").loc[ids, "value"].sum(), rows("market_events", ids))


# --- power ----------------------------------------------------------------------------------------------------


@finding("generation-cn-over-us-2010")
def generation_2010() -> Measured:
    """Divide the two countries' generation."""
    return _generation(2010)


@finding("generation-cn-over-us-2024")
def generation_2024() -> Measured:
    """Divide the two countries' generation."""
    return _generation(2024)


def _generation(year: int) -> Measured:
    return quotient("power", f"cn-generation-{year}", f"us-generation-{year}")


@finding("generation-added-cn")
def generation_added_cn() -> Measured:
    """Subtract the generation of 2010 from that of 2024."""
    return _generation_added("cn")


@finding("generation-added-us")
def generation_added_us() -> Measured:
    """Subtract the generation of 2010 from that of 2024."""
    return _generation_added("us")


def _generation_added(code: str) -> Measured:
    return difference("power", f"{code}-generation-2024", f"{code}-generation-2010")


@finding("spare-power-over-demand-broker")
def spare_broker() -> Measured:
    """Divide the broker's spare capacity by its own demand."""
    return quotient("power", "cn-spare-2030", "ww-dc-demand-2030-goldman", as_of="2025-11-13")


@finding("spare-power-over-demand-iea")
def spare_iea() -> Measured:
    """Divide the broker's spare capacity by the agency's demand, averaged over the year."""
    ids = ["cn-spare-2030", "ww-dc-2030"]
    return measured(_power(ids[0]) / average_gw(_power(ids[1])), rows("power", ids), as_of="2025-11-13")


@finding("world-data-centre-power-2030")
def world_power() -> Measured:
    """Average the agency's energy over the year."""
    return measured(average_gw(_power("ww-dc-2030")), rows("power", "ww-dc-2030"), as_of="2025-04-10")


@finding("stock-cn-power")
def stock_power() -> Measured:
    """Multiply the stock by power per unit and overhead, over the assumed ranges."""
    stock, each, over = get("stock-cn-2025"), assumption("power-per-h100e"), assumption("power-overhead")
    return measured(
        analysis.stock_gw(stock.value, each.value, over.value),
        stock,
        each,
        over,
        low=analysis.stock_gw(stock.value, each.low, over.low),
        high=analysis.stock_gw(stock.value, each.high, over.high),
        interval="assumptions",
    )


@finding("spare-power-over-stock-power")
def spare_over_stock() -> Measured:
    """Divide the spare capacity forecast for 2030 by what the stock of 2025 draws."""
    stock = get("stock-cn-power")
    spare = _power("cn-spare-2030")
    return measured(
        spare / stock.value,
        stock,
        rows("power", "cn-spare-2030"),
        low=spare / stock.high,  # type: ignore[operator]
        high=spare / stock.low,  # type: ignore[operator]
        interval="assumptions",
        as_of=END_2025,
    )


@finding("power-price-parity")
def price_parity() -> Measured:
    """Invert the penalty: the price at which an operation costs as much power money as on the stronger machine."""
    penalty = get("power-per-operation-penalty")
    return measured(
        100 / penalty.value,
        penalty,
        low=100 / penalty.high,  # type: ignore[operator]
        high=100 / penalty.low,  # type: ignore[operator]
        interval="range",
    )


@finding("extra-power-over-rent")
def extra_power_over_rent() -> Measured:
    """Compare the extra power for the work of one H100 with an hour's rent of one."""
    weak, strong = get("cloudmatrix-per-kilowatt"), get("nvl72-per-kilowatt")
    price, over, rent = assumption("power-price"), assumption("power-overhead"), assumption("gpu-hour-price")
    work = _chip("h100-sxm")["dense_bf16_tflop_s"] / 1000
    low, value, high = (
        100 * analysis.extra_power_cost(work / weak.value, work / strong.value, side, over.value) / rent.value
        for side in (price.low, price.value, price.high)
    )
    return measured(
        value,
        weak,
        strong,
        rows("accelerators", "h100-sxm"),
        price,
        over,
        rent,
        low=low,
        high=high,
        interval="assumptions",
        as_of=weak.as_of,
    )


@finding("us-markets-critical")
def us_markets_critical() -> Measured:
    """Read the markets at or below the critical level."""
    return cell("power", "us-markets-critical-2025")


@finding("us-markets-counted")
def us_markets_counted() -> Measured:
    """Read the markets counted."""
    return cell("power", "us-markets-2025")


# --- for the column of January 2026 -----------------------------------------------------------------------------


@finding("nvidia-share-of-shipments-2025")
def nvidia_share() -> Measured:
    """Divide Nvidia's shipments by those of all six vendors."""
    values = {name: _supply(f"{name}-2025-h100e") for name in VENDORS}
    drawn = shipped()
    side = analysis.spread(100 * drawn["nvidia"] / np.sum([drawn[name] for name in VENDORS], axis=0))
    return measured(
        100 * values["nvidia"] / sum(values.values()),
        rows("chip_supply", FLOW_ROWS),
        assumption("huawei-output"),
        low=side.low,
        high=side.high,
        interval="simulated",
    )


@finding("huawei-shipments-2025-over-2024")
def huawei_growth() -> Measured:
    """Divide the medians of two years."""
    return quotient("chip_supply", "huawei-2025-h100e", "huawei-2024-h100e")


@finding("ascend-dies-planned-2026-over-2025")
def ascend_dies_planned() -> Measured:
    """Divide the two years of the plan that the press reported."""
    return quotient("chip_supply", "bloomberg-ascend-dies-2026", "bloomberg-ascend-dies-2025", as_of="2025-09-30")


@finding("ascend-910c-inference-over-h100")
def inference_over_h100() -> Measured:
    """Read the share that the press reports."""
    return cell("efficiency_measurements", "ascend-910c-inference")


# --- what a year's computing is for ---------------------------------------------------------------------------


@finding("openai-research-share-2024")
def openai_research_share() -> Measured:
    """Divide what went to research and training by that and the cost of serving users."""
    return _share_of_computing("openai-research-2024", "openai-serving-2024")


@finding("minimax-serving-share-2025")
def minimax_serving_share() -> Measured:
    """Divide the cost of serving users by that and what went to training."""
    return _share_of_computing("minimax-serving-2025-9m", "minimax-training-2025-9m")


def _share_of_computing(part: str, rest: str) -> Measured:
    """Return one use of a firm's computing as a percentage of both uses, by what they cost."""
    amounts = load("training_cost_estimates").loc[[part, rest], "amount_usd"]
    return measured(100 * amounts[part] / amounts.sum(), rows("training_cost_estimates", (part, rest)))


# What the article on training abroad says besides

WAYS = ("renting abroad", "buying through affiliates", "smuggling", "stockpile", "domestic training")
ARTICLE_ON_TRAINING_ABROAD = "2025-12-01"


@finding("ways-to-computing-2025")
def ways_to_computing() -> Measured:
    """Count the ways with a row that was known, or had begun, on the day of the article."""
    table, day = load("overseas_compute"), pd.Timestamp(ARTICLE_ON_TRAINING_ABROAD)
    known = table[table["route"].isin(WAYS) & ((table["as_of"] <= day) | (table["begins"] <= day))]
    return measured(known["route"].nunique(), rows("overseas_compute", known.index), as_of=day)


@finding("leased-power-over-stock-power-2025")
def leased_over_stock_power() -> Measured:
    """Compare the power leased abroad with that which the chips inside China draw at full load."""
    leased, stock = get("leased-power-2025"), get("stock-cn-power")
    return measured(
        100 * leased.value / stock.value,
        leased,
        stock,
        low=100 * leased.value / stock.high,  # type: ignore[operator]
        high=100 * leased.value / stock.low,  # type: ignore[operator]
        interval="assumptions",
        as_of=END_2025,
    )


@finding("leased-power-2029")
def leased_power_2029() -> Measured:
    """Read the same forecast for 2029."""
    return cell("overseas_compute", "leased-power-apac-2029")
