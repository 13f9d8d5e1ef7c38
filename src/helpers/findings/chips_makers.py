"""Findings of the chapter on chips: two Chinese makers, prices by generation, American power plans, the switch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from helpers.analysis import switching
from helpers.data import Assumption, assumption, load
from helpers.findings.forms import cell, quotient
from helpers.findings.registry import Measured, finding, get, measured, rows


def _event(key: str, column: str = "value") -> float:
    return float(load("market_events").loc[key, column])


# --- Cambricon and Enflame ----------------------------------------------------------------------------------------


@finding("cambricon-revenue-2025")
def cambricon_revenue() -> Measured:
    """Read the annual report through the press."""
    return cell("market_events", "cambricon-revenue-2025-reported")


@finding("cambricon-profit-2025")
def cambricon_profit() -> Measured:
    """Read the annual report through the press."""
    return cell("market_events", "cambricon-profit-2025-reported")


def cambricon_research(year: int) -> float:
    """Return research and development of a year in billions of yuan, the company's ratio times its revenue."""
    revenue = "cambricon-revenue-2025-reported" if year == 2025 else f"cambricon-revenue-{year}"
    return _event(f"cambricon-rd-share-{year}") / 100 * _event(revenue)


@finding("cambricon-research-2024")
def cambricon_research_2024() -> Measured:
    """Multiply revenue by the ratio that the company publishes."""
    return measured(
        cambricon_research(2024), rows("market_events", ("cambricon-rd-share-2024", "cambricon-revenue-2024"))
    )


@finding("cambricon-research-2025")
def cambricon_research_2025() -> Measured:
    """Multiply revenue by the ratio that the company publishes."""
    return measured(
        cambricon_research(2025), rows("market_events", ("cambricon-rd-share-2025", "cambricon-revenue-2025-reported"))
    )


ENFLAME_PERIODS = ("2022", "2023", "2024", "2025-9m")


def enflame_revenue() -> float:
    """Return revenue from 2022 to September 2025, in billions of yuan."""
    return sum(_event(f"enflame-revenue-{period}") for period in ENFLAME_PERIODS)


@finding("enflame-research-over-revenue")
def enflame_research() -> Measured:
    """Divide research and development by revenue, both from 2022 to September 2025."""
    keys = (*(f"enflame-revenue-{period}" for period in ENFLAME_PERIODS), "enflame-rd-to-2025-9m")
    return measured(_event("enflame-rd-to-2025-9m") / enflame_revenue(), rows("market_events", keys))


@finding("enflame-tencent-sales")
def enflame_tencent() -> Measured:
    """Read the share of one customer, who also holds a fifth of the firm."""
    return cell("market_events", "enflame-tencent-sales-2025-9m")


@finding("cambricon-share-of-chinese-cards-2025")
def cambricon_cards() -> Measured:
    """Divide its cards by those of all Chinese vendors, one count."""
    return quotient("chip_supply", "cards-cn-cambricon-2025", "cards-cn-chinese-2025", 100)


@finding("enflame-share-of-cards-2024")
def enflame_cards() -> Measured:
    """Divide its cards by all cards sold in China in 2024."""
    return quotient("chip_supply", "cards-cn-enflame-2024", "cards-cn-all-2024", 100)


# --- prices by generation -------------------------------------------------------------------------------------------

PRICED = {"a100-sxm-80gb": "a100-price-used-2026", "h100-sxm": "h100-price-2026", "h200-sxm": "h200-price-2026"}
PRICED |= {"b200-sxm": "b200-price-2026"}


def usd_per_tflop_s(chip: str) -> tuple[float, float, float]:
    """Return dollars per TFLOP/s of BF16 at the chip's price: low, middle, high; the middle of a range without one."""
    row, work = load("market_events").loc[PRICED[chip]], load("accelerators").loc[chip, "dense_bf16_tflop_s"]
    low, high = float(row["low"]), float(row["high"])
    middle = float(row["value"]) if row["value"] == row["value"] else (low + high) / 2
    return low / work, middle / work, high / work


def _per_tflop(chip: str) -> Measured:
    low, middle, high = usd_per_tflop_s(chip)
    return measured(
        middle,
        rows("market_events", PRICED[chip]),
        rows("accelerators", chip),
        low=low,
        high=high,
        interval="range",
        as_of="2026-06-30",
    )


@finding("usd-per-tflop-h100-2026")
def per_tflop_h100() -> Measured:
    """Divide the street price by throughput."""
    return _per_tflop("h100-sxm")


@finding("usd-per-tflop-b200-2026")
def per_tflop_b200() -> Measured:
    """Divide the street price by throughput."""
    return _per_tflop("b200-sxm")


@finding("price-per-operation-b200-over-h100")
def b200_over_h100() -> Measured:
    """Divide the two at the middle prices of one source."""
    new, old = get("usd-per-tflop-b200-2026"), get("usd-per-tflop-h100-2026")
    return measured(new.value / old.value, new, old, as_of=new.as_of)


@finding("operations-per-watt-b200-over-a100")
def per_watt() -> Measured:
    """Divide throughput per rated watt of the two generations."""
    chips = load("accelerators")
    work = chips["dense_bf16_tflop_s"] / chips["tdp_w"]
    return measured(work["b200-sxm"] / work["a100-sxm-80gb"], rows("accelerators", ("b200-sxm", "a100-sxm-80gb")))


# --- American power -------------------------------------------------------------------------------------------------

SOURCES = ("solar", "storage", "wind", "gas")
SURVEY_2026, NOTE_2026, NOTE_2025 = "2026-02-20", "2026-05-05", "2025-06-06"  # days on which the plans were told


def _forecast(found: Measured, told: str) -> Measured:
    """Date a forecast by the day on which it was told."""
    return replace(found, as_of=date.fromisoformat(told))


@finding("us-capacity-planned-2026")
def planned() -> Measured:
    """Read what developers plan to add in the year."""
    return _forecast(cell("power", "us-capacity-planned-2026"), SURVEY_2026)


@finding("us-gas-share-of-planned-2026")
def gas_share() -> Measured:
    """Divide gas by all that is planned."""
    return quotient("power", "us-gas-planned-2026", "us-capacity-planned-2026", 100, as_of=SURVEY_2026)


@finding("us-green-share-of-planned-2026")
def green_share() -> Measured:
    """Add sun, wind and batteries and divide by all that is planned."""
    power, keys = load("power")["value"], [f"us-{name}-planned-2026" for name in ("solar", "storage", "wind")]
    return measured(
        100 * power[keys].sum() / power["us-capacity-planned-2026"],
        rows("power", (*keys, "us-capacity-planned-2026")),
        as_of=SURVEY_2026,
    )


@finding("us-data-centres-planned-2026")
def data_centres_planned() -> Measured:
    """Read the plan; the low end takes the share of the last plan that came on time."""
    power = load("power")["value"]
    plan = power["us-dc-planned-2026"]
    return measured(
        plan,
        rows("power", ("us-dc-planned-2026", "us-dc-on-time-2025")),
        low=plan * power["us-dc-on-time-2025"] / 100,
        high=plan,
        interval="range",
        as_of=NOTE_2026,
    )


@finding("us-data-centres-planned-2027-over-added-2025")
def plans_grow() -> Measured:
    """Divide the plan for 2027 by what was added in 2025."""
    return quotient("power", "us-dc-planned-2027", "us-dc-added-2025", as_of=NOTE_2026)


@finding("us-data-centres-on-time")
def on_time() -> Measured:
    """Read the share of planned data centres that came on time."""
    return cell("power", "us-dc-on-time-2025")


@finding("us-critical-level")
def critical() -> Measured:
    """Read the level that the bank calls critical."""
    return cell("power", "us-spare-critical-level")


@finding("us-spare-capacity-2025")
def spare() -> Measured:
    """Read the country's spare capacity in summer."""
    return cell("power", "us-spare-2025")


@finding("pjm-spare-2027")
def pjm() -> Measured:
    """Read the one market whose number was found."""
    return _forecast(cell("power", "pjm-spare-2027"), NOTE_2025)


# --- the switch -----------------------------------------------------------------------------------------------------


def switch() -> tuple[Assumption, Assumption, Assumption]:
    """Return cost, pull and likeness as assumed."""
    return assumption("switching-cost"), assumption("switching-pull"), assumption("switching-alike")


def price_performance() -> float:
    """Return the price-performance of a bought CloudMatrix over smuggled B200 where both get the same use."""
    return 100.0 / get("use-on-ascend-at-parity-with-smuggled").value


@finding("switching-improvement-needed")
def improvement() -> Measured:
    """Divide the ratio at which developers leave, as assumed, by that of the machine on the chapter's prices."""
    cost, pull, alike = switch()
    leave = switching.turning_ratios(cost.value, pull.value, alike.value)[1]
    parity = get("use-on-ascend-at-parity-with-smuggled")
    return measured(leave / price_performance(), parity, cost, pull, alike, as_of=parity.as_of)
