"""Findings of the chapter on chips: scenarios of exports, supply against demand in 2028, costs, power, serving."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from helpers.analysis import chip_costs, chip_supply
from helpers.analysis import chips as analysis
from helpers.analysis.chip_costs import Machine
from helpers.analysis.chip_supply import Ends
from helpers.data import Assumption, assumption, load
from helpers.findings import chips as base
from helpers.findings.forms import cell, simulated
from helpers.findings.registry import Measured, Rows, finding, get, measured, rows

END_2025 = "2025-12-31"
ORDER_2026 = "2026-08-11"  # the newest of the inputs on 2028 that is not itself a forecast
RENT_2024 = "2024-12-27"  # the day of the report whose assumed rent is taken
PRICES_2025 = "2025-07-25"  # the later of the two reports of prices of machines
DAYS_PER_YEAR = 365.25
TENTH = 0.1


def _supply(key: str, column: str = "value") -> float:
    return float(load("chip_supply").loc[key, column])


def _chip(key: str) -> pd.Series:
    return load("accelerators").loc[key]


def _price(key: str) -> float:
    return float(load("market_events").loc[key, "value"])


def _eight_bit(key: str) -> float:
    """Return a chip in H100 equivalents by throughput at 8 bits, as the chapter counts stocks."""
    chip, unit = _chip(key), _chip("h100-sxm")["dense_fp8_tflop_s"]
    values = [chip[name] for name in ("dense_fp8_tflop_s", "int8_tops") if not pd.isna(chip[name])]
    return float(max(values) / unit)


# --- scenarios of exports of the H200 ---------------------------------------------------------------------------

# Name in the figure → row of the table and its column that holds the number of chips.
VOLUMES = {
    "delivered": ("h200-cn-delivered-2026-08", "value"),
    "approved": ("h200-cn-approved-by-china-2026-01", "value"),
    "made": ("h200-cn-made-2026-08", "value"),
    "cleared": ("h200-cn-cleared-by-us-2026-05", "value"),
    "ceiling": ("h200-cn-policy-ceiling-2026-08", "high"),
    "ordered": ("h200-cn-ordered-2026-01", "value"),
}


def volume(scenario: str) -> float:
    """Return the H200 of a scenario, in chips; each counts as one H100."""
    row, column = VOLUMES[scenario]
    return _supply(row, column)


@cache
def scenario_ratio(scenario: str | None, displaced: float = 0.0) -> analysis.Spread:
    """Return the ratio of stocks of the end of 2025 with the H200 of a scenario added inside."""
    exported = 0.0 if scenario is None else volume(scenario) * _eight_bit("h200-sxm")
    return analysis.stock_ratio(base.held(), exported, displaced)


def _scenario(name: str, displaced: float = 0.0) -> Measured:
    side = scenario_ratio(name, displaced)
    return measured(
        side.median,
        rows("chip_supply", (*base.STOCK_ROWS, VOLUMES[name][0])),
        rows("accelerators", ("h200-sxm", "h100-sxm")),
        assumption("huawei-output"),
        low=side.low,
        high=side.high,
        interval="simulated",
        as_of=END_2025,
    )


@finding("compute-ratio-h200-approved")
def ratio_approved() -> Measured:
    """Add the H200 that China had approved in principle in January 2026."""
    return _scenario("approved")


@finding("compute-ratio-h200-made")
def ratio_made() -> Measured:
    """Add the H200 that were made for China and held."""
    return _scenario("made")


@finding("compute-ratio-h200-ceiling")
def ratio_ceiling() -> Measured:
    """Add the higher of the reported ceilings of both sides' policies."""
    return _scenario("ceiling")


@finding("compute-ratio-h200-ordered")
def ratio_ordered() -> Measured:
    """Add what Chinese firms were reported to have ordered."""
    return _scenario("ordered")


@finding("compute-ratio-h200-ordered-displaced")
def ratio_ordered_displaced() -> Measured:
    """Add what was ordered, every chip of it taken from buyers elsewhere."""
    return _scenario("ordered", displaced=1.0)


@finding("h200-to-halve-ratio")
def h200_to_halve() -> Measured:
    """Invert the model for half the ratio, draw by draw, nothing taken from buyers elsewhere."""
    held = base.held()
    outside = held.abroad - held.foreign
    needed = [
        chip_supply.exports_for_ratio(out, inn, out / inn / 2) for out, inn in zip(outside, held.inside, strict=True)
    ]
    return simulated(
        np.array(needed) / _eight_bit("h200-sxm"),
        rows("chip_supply", base.STOCK_ROWS),
        rows("accelerators", ("h200-sxm", "h100-sxm")),
        assumption("huawei-output"),
        as_of=END_2025,
    )


@finding("compute-ratio-mid-2026-h200-cleared")
def ratio_mid_2026_cleared() -> Measured:
    """Add the H200 cleared to the stocks of the middle of 2026 as one later reading quotes them, without a range."""
    inside, abroad = _supply("stock-cn-all-2026-07-h100e"), _supply("non-chinese-to-2026h1-h100e-quoted")
    huawei = _supply("huawei-to-2026h1-h100e-quoted")
    exported = volume("cleared") * _eight_bit("h200-sxm")
    used = ("stock-cn-all-2026-07-h100e", "non-chinese-to-2026h1-h100e-quoted", "huawei-to-2026h1-h100e-quoted")
    return measured(
        float(analysis.compute_ratio(abroad, inside - huawei, huawei, exported)),
        rows("chip_supply", (*used, VOLUMES["cleared"][0])),
        rows("accelerators", ("h200-sxm", "h100-sxm")),
    )


# --- supply against demand in 2028 ------------------------------------------------------------------------------


def usd_per_h100e_order() -> float:
    """Return what one H100e of the order of Huawei's chips of 2026 costs, in dollars."""
    each = 1e9 * _price("ascend-950pr-order-value-2026") / _price("ascend-950pr-order-count-2026")
    return each / _eight_bit("ascend-950pr")


def dies_per_wafer() -> float:
    """Return whole dies of the assumed area on a wafer."""
    return analysis.gross_dies_per_wafer(assumption("ascend-die-area").value)


def inputs_2028() -> dict[str, Ends]:
    """Return the ends of every input on 2028.

    Wafers go from the rate forecast for the end of 2027, kept for a year, to the mean of a year in which the growth
    forecast for 2027 goes on. Memory per H100e goes from that of the 910C to that of the 950DT. Demand goes from the
    broker's for 2028 as lowered in proportion to its own recount of 2025 to the value in its note.
    """
    share, good, gain, wafers, memory, price = (
        assumption(key)
        for key in (
            "ai-wafer-share-2028",
            "foundry-yield",
            "ascend-die-gain-2028",
            "hbm-wafers-2028",
            "hbm-gb-per-wafer",
            "chip-price-2028",
        )
    )
    start, before = _supply("smic-advanced-wafers-2027"), _supply("smic-advanced-wafers-2026")
    die = _eight_bit("ascend-910c") / base.FIRST_HALVES_910C
    carried = [_chip(key)["memory_gb"] / _eight_bit(key) for key in ("ascend-910c", "ascend-950dt")]
    return {
        "logic_wafers": Ends(start, chip_supply.mean_over_growing_year(start, start / before)),
        "logic_share": Ends(share.low, share.high),
        "good_share": Ends(good.low, good.high),
        "h100e_per_die": Ends(die * gain.low, die * gain.high),
        "memory_wafers": Ends(wafers.low, wafers.high),
        "memory_gb": Ends(memory.low, memory.high),
        "gb_per_h100e": Ends(*sorted(carried)),
        "demand_usd_bn": Ends(demand_recounted(), _supply("bernstein-demand-2028")),
        "usd_per_h100e": Ends(price.low, price.high),
    }


def demand_recounted() -> float:
    """Return the note's demand of 2028 times its recount over its count of 2025, in billions of dollars."""
    return (
        _supply("bernstein-demand-2028") * _supply("market-cn-2025-bernstein-2026") / _supply("bernstein-demand-2025")
    )


@cache
def balance_2028() -> chip_supply.Balance:
    """Return the draws on 2028."""
    return chip_supply.run(inputs_2028(), dies_per_wafer())


@cache
def weights_2028() -> dict[str, chip_supply.Weight]:
    """Return what each input weighs in the draws on 2028."""
    return chip_supply.weights(inputs_2028(), dies_per_wafer())


LOGIC_ROWS = ("smic-advanced-wafers-2026", "smic-advanced-wafers-2027")
DEMAND_ROWS = ("bernstein-demand-2025", "bernstein-demand-2028", "market-cn-2025-bernstein-2026")


def _logic() -> tuple[Rows | Assumption, ...]:
    keys = ("ai-wafer-share-2028", "ascend-die-area", "foundry-yield", "ascend-die-gain-2028")
    return (
        rows("chip_supply", LOGIC_ROWS),
        rows("accelerators", ("ascend-910c", "h100-sxm")),
        *(assumption(key) for key in keys),
    )


def _memory() -> tuple[Rows | Assumption, ...]:
    return (
        rows("chip_supply", ("cxmt-hbm3-wafers-2026-q4", "cxmt-hbm3-wafers-plan-2026-02")),
        rows("accelerators", ("ascend-910c", "ascend-950dt", "h100-sxm")),
        assumption("hbm-wafers-2028"),
        assumption("hbm-gb-per-wafer"),
    )


def _demand() -> tuple[Rows | Assumption, ...]:
    return (rows("chip_supply", DEMAND_ROWS), assumption("chip-price-2028"))


def _all_2028() -> tuple[Rows | Assumption, ...]:
    return (*_logic(), *_memory(), *_demand())


@finding("supply-2028-by-wafers")
def supply_by_wafers() -> Measured:
    """Turn wafers, their share, dies, yield and throughput into H100e a year."""
    return simulated(balance_2028().logic, *_logic(), as_of=ORDER_2026)


@finding("supply-2028-by-memory")
def supply_by_memory() -> Measured:
    """Turn memory wafers into H100e a year by what a chip carries."""
    return simulated(balance_2028().memory, *_memory(), as_of=ORDER_2026)


@finding("demand-2028-h100e")
def demand_2028() -> Measured:
    """Divide demand in money by the assumed price."""
    return simulated(balance_2028().demand, *_demand(), as_of=ORDER_2026)


@finding("demand-2028-recounted")
def demand_2028_recounted() -> Measured:
    """Lower the note's demand of 2028 in the proportion of its recount of 2025."""
    return measured(demand_recounted(), rows("chip_supply", DEMAND_ROWS), as_of=ORDER_2026)


@finding("demand-2030-jefferies-chips")
def demand_jefferies() -> Measured:
    """Divide another broker's output of 2030 by one and its excess over demand."""
    chips, excess = _supply("jefferies-gpus-2030"), _supply("jefferies-excess-supply-2030")
    return measured(
        chips / (1 + excess / 100),
        rows("chip_supply", ("jefferies-gpus-2030", "jefferies-excess-supply-2030")),
        as_of="2025-11-11",
    )


@finding("self-sufficiency-2030-morgan-stanley")
def self_sufficiency() -> Measured:
    """Read the third house's degree of self-sufficiency."""
    return measured(
        _supply("morgan-stanley-self-sufficiency-2030"),
        rows("chip_supply", "morgan-stanley-self-sufficiency-2030"),
        as_of="2026-04-26",
    )


@finding("enough-2028-two-limits")
def enough_2028() -> Measured:
    """Count the draws in which the smaller limit reaches demand."""
    return measured(100 * balance_2028().enough, *_all_2028(), as_of=ORDER_2026)


@finding("enough-2028-wafers-alone")
def enough_2028_logic() -> Measured:
    """Count the draws in which the limit by wafers alone reaches demand."""
    return measured(100 * balance_2028().enough_by_logic, *_logic(), *_demand(), as_of=ORDER_2026)


@finding("memory-binds-2028")
def memory_binds() -> Measured:
    """Count the draws in which memory is the nearer limit."""
    return measured(100 * balance_2028().memory_binds, *_logic(), *_memory(), as_of=ORDER_2026)


@cache
def enough_at(memory_wafers: float) -> float:
    """Return the share of draws, in percent, with enough chips in 2028 at so many memory wafers a month."""
    held = chip_supply.fixed(inputs_2028(), "memory_wafers", memory_wafers)
    return 100 * chip_supply.run(held, dies_per_wafer()).enough


@finding("enough-2028-at-planned-memory")
def enough_at_plan() -> Measured:
    """Hold memory wafers at the assumption's value and count."""
    return measured(enough_at(assumption("hbm-wafers-2028").value), *_all_2028(), as_of=ORDER_2026)


@finding("enough-2028-at-twice-planned-memory")
def enough_at_twice() -> Measured:
    """Hold memory wafers at the assumption's high end and count."""
    return measured(enough_at(assumption("hbm-wafers-2028").high), *_all_2028(), as_of=ORDER_2026)


def _weight(*names: str) -> Measured:
    total = sum(weights_2028()[name].alone for name in names)
    return measured(100 * total, *_all_2028(), as_of=ORDER_2026)


@finding("weight-of-memory-made-2028")
def weight_memory() -> Measured:
    """Add the first-order indices of memory wafers and of memory from a wafer."""
    return _weight("memory_wafers", "memory_gb")


@finding("weight-of-demand-2028")
def weight_demand() -> Measured:
    """Add the first-order indices of demand in money and of the price."""
    return _weight("demand_usd_bn", "usd_per_h100e")


@finding("weight-of-logic-2028")
def weight_logic() -> Measured:
    """Add the first-order indices of wafers, their share, yield and throughput of a die."""
    return _weight("logic_wafers", "logic_share", "good_share", "h100e_per_die")


@finding("chip-price-order-2026")
def price_order() -> Measured:
    """Divide the order's value by its chips and their throughput."""
    return measured(
        usd_per_h100e_order(),
        rows("market_events", ("ascend-950pr-order-value-2026", "ascend-950pr-order-count-2026")),
        rows("accelerators", ("ascend-950pr", "h100-sxm")),
        as_of=ORDER_2026,
    )


@finding("chip-price-cloudmatrix-2025")
def price_cloudmatrix() -> Measured:
    """Divide the machine's price by its chips and their throughput."""
    chips = load("systems").loc["cloudmatrix-384", "chips"]
    return measured(
        1e6 * _price("cloudmatrix-price-2025") / (chips * _eight_bit("ascend-910c")),
        rows("market_events", "cloudmatrix-price-2025"),
        rows("systems", "cloudmatrix-384"),
        rows("accelerators", ("ascend-910c", "h100-sxm")),
        as_of="2025-04-30",
    )


# --- costs by route and the price of power ------------------------------------------------------------------------


def _system(key: str, price: str) -> Machine:
    row = load("systems").loc[key]
    return Machine(1e6 * _price(price), float(row["bf16_pflop_s"]), float(row["power_kw"]))


def _chips(key: str, usd: float, count: float = 1.0, whole: float | None = None) -> Machine:
    """Return so many chips as a machine, its power that of the chips times that of the whole server over it."""
    chip = _chip(key)
    whole = assumption("server-over-chip-power").value if whole is None else whole
    return Machine(usd, count * chip["dense_bf16_tflop_s"] / 1000, count * chip["tdp_w"] / 1000 * whole)


def machines(rack_chips: float | None = None) -> dict[str, Machine]:
    """Return the machines whose price is known, and the A100 as one already paid for.

    ``rack_chips`` are the chips in a smuggled rack; without it, those of the assumption.
    """
    count = assumption("smuggled-rack-chips").value if rack_chips is None else rack_chips
    return {
        "cloudmatrix": _system("cloudmatrix-384", "cloudmatrix-price-2025"),
        "nvl72": _system("gb200-nvl72", "nvl72-price-2025"),
        "smuggled": _chips("b200-sxm", _price("b200-rack-smuggled-price-2025"), count),
        "h200": _chips("h200-sxm", _price("h200-price-cn-2026")),
        "a100": _chips("a100-sxm-80gb", 0.0),
    }


EVIDENCE: dict[str, tuple[tuple[str, str], ...]] = {
    "cloudmatrix": (("market_events", "cloudmatrix-price-2025"), ("systems", "cloudmatrix-384")),
    "nvl72": (("market_events", "nvl72-price-2025"), ("systems", "gb200-nvl72")),
    "smuggled": (("market_events", "b200-rack-smuggled-price-2025"), ("accelerators", "b200-sxm")),
    "h200": (("market_events", "h200-price-cn-2026"), ("accelerators", "h200-sxm")),
    "a100": (("accelerators", "a100-sxm-80gb"),),
}
BY_CHIP = ("smuggled", "h200", "a100")


def _evidence(*names: str) -> tuple[Rows | Assumption, ...]:
    found: list[Rows | Assumption] = [rows(table, key) for name in names for table, key in EVIDENCE[name]]
    if any(name in BY_CHIP for name in names):
        found.append(assumption("server-over-chip-power"))
    if "smuggled" in names:
        found.append(assumption("smuggled-rack-chips"))
    return (*found, assumption("machine-life"), assumption("power-overhead"))


def cost(name: str) -> tuple[float, float, float]:
    """Return dollars per ZFLOP on a bought machine: low, middle, high over its life, its price of power, its chips."""
    life, price, over, use, chips = (
        assumption(key)
        for key in ("machine-life", "power-price", "power-overhead", "training-use", "smuggled-rack-chips")
    )
    low, middle, high = (
        chip_costs.per_zflop(machines(count)[name].cost_per_hour(years, kwh, over.value), use.value)
        for years, kwh, count in (
            (life.high, price.low, chips.high),
            (life.value, price.value, chips.value),
            (life.low, price.high, chips.low),
        )
    )
    return low, middle, high


def rent() -> tuple[float, float, float]:
    """Return dollars per ZFLOP on rented H100: low, middle, high over the rent."""
    price, use = assumption("gpu-hour-price"), assumption("training-use")
    work = _chip("h100-sxm")["dense_bf16_tflop_s"] / 1000
    low, middle, high = (
        chip_costs.rent_per_zflop(usd, work, use.value) for usd in (price.low, price.value, price.high)
    )
    return low, middle, high


def _cost(name: str, as_of: str) -> Measured:
    low, middle, high = cost(name)
    return measured(
        middle,
        *_evidence(name),
        assumption("power-price"),
        assumption("training-use"),
        low=low,
        high=high,
        interval="assumptions",
        as_of=as_of,
    )


@finding("cost-per-zflop-rented")
def cost_rented() -> Measured:
    """Divide the rent by the operations that a rented H100 does."""
    low, middle, high = rent()
    return measured(
        middle,
        rows("accelerators", "h100-sxm"),
        assumption("gpu-hour-price"),
        assumption("training-use"),
        low=low,
        high=high,
        interval="assumptions",
        as_of=RENT_2024,
    )


@finding("cost-per-zflop-cloudmatrix")
def cost_cloudmatrix() -> Measured:
    """Spread price and power of Huawei's machine over its operations."""
    return _cost("cloudmatrix", "2025-04-30")


@finding("cost-per-zflop-nvl72")
def cost_nvl72() -> Measured:
    """Do the same with Nvidia's rack at its price outside China."""
    return _cost("nvl72", "2025-04-30")


@finding("cost-per-zflop-smuggled-b200")
def cost_smuggled() -> Measured:
    """Do the same with a smuggled rack of B200."""
    return _cost("smuggled", PRICES_2025)


@finding("cost-per-zflop-h200-chips")
def cost_h200() -> Measured:
    """Do the same with H200 at the price of the chips alone, their servers' power included and its price not."""
    return _cost("h200", "2026-01-31")


@finding("purchase-cloudmatrix-over-nvl72")
def purchase_ratio() -> Measured:
    """Divide the prices per PFLOP/s of the two machines."""
    weak, strong = machines()["cloudmatrix"], machines()["nvl72"]
    return measured(
        weak.usd / weak.pflop_s / (strong.usd / strong.pflop_s),
        *_evidence("cloudmatrix", "nvl72")[:4],
        as_of="2025-04-30",
    )


def _over_life(function: Callable[..., float], weak: str, strong: str, *more: float) -> tuple[float, float, float]:
    """Apply a price of power over the ends of life and overhead: low, middle, high."""
    life, over = assumption("machine-life"), assumption("power-overhead")
    first, second = machines()[weak], machines()[strong]
    low, middle, high = (
        function(first, second, years, side, *more)
        for years, side in ((life.high, over.high), (life.value, over.value), (life.low, over.low))
    )
    return low, middle, high


def _power_price(function: Callable[..., float], weak: str, strong: str, *more: float) -> Measured:
    low, middle, high = _over_life(function, weak, strong, *more)
    return measured(middle, *_evidence(weak, strong), low=low, high=high, interval="assumptions", as_of="2025-04-30")


@finding("power-price-old-chips-stop-paying")
def price_stop_paying() -> Measured:
    """Find the price of power at which an A100 already paid for costs as much as a new rack of GB200."""
    return _power_price(chip_costs.break_even_price, "a100", "nvl72")


@finding("power-price-penalty-a-tenth")
def price_tenth() -> Measured:
    """Find the price of power at which CloudMatrix's extra power is a tenth of all that the rack costs."""
    return _power_price(chip_costs.price_for_share, "cloudmatrix", "nvl72", TENTH)


@finding("power-price-outweighs-purchase")
def price_outweighs() -> Measured:
    """Find the price of power at which CloudMatrix's extra power costs as much as its extra purchase."""
    return _power_price(chip_costs.price_where_power_outweighs_purchase, "cloudmatrix", "nvl72")


@finding("use-on-ascend-at-parity-with-rent")
def parity_with_rent() -> Measured:
    """Find what software must get out of an owned CloudMatrix, of what it gets from a rented H100, for equal cost."""
    own, hired = get("cost-per-zflop-cloudmatrix"), get("cost-per-zflop-rented")
    return measured(
        100 * chip_costs.use_at_parity(own.value, hired.value, 1.0),
        own,
        hired,
        low=100 * chip_costs.use_at_parity(own.low, hired.high, 1.0),  # type: ignore[arg-type]
        high=100 * chip_costs.use_at_parity(own.high, hired.low, 1.0),  # type: ignore[arg-type]
        interval="assumptions",
        as_of=own.as_of,
    )


@finding("use-on-ascend-at-parity-with-smuggled")
def parity_with_smuggled() -> Measured:
    """Find the same against a smuggled rack of B200, life and price of power the same for both."""
    life, price, over, chips = (
        assumption(key) for key in ("machine-life", "power-price", "power-overhead", "smuggled-rack-chips")
    )

    def needed(years: float, kwh: float, count: float) -> float:
        own, theirs = (
            machines(count)[name].cost_per_hour(years, kwh, over.value) for name in ("cloudmatrix", "smuggled")
        )
        return 100 * chip_costs.use_at_parity(own, theirs, 1.0)

    ends = [
        needed(*point) for point in product((life.low, life.high), (price.low, price.high), (chips.low, chips.high))
    ]
    return measured(
        needed(life.value, price.value, chips.value),
        *_evidence("cloudmatrix", "smuggled"),
        price,
        low=min(ends),
        high=max(ends),
        interval="assumptions",
        as_of=PRICES_2025,
    )


# --- serving against research -------------------------------------------------------------------------------------


@finding("serving-growth-that-stops-research")
def serving_growth() -> Measured:
    """Find the growth of serving's computing at which the rest stands still, on the assumed growth and share."""
    growth, share = assumption("stock-cn-growth"), assumption("serving-share-inside")
    low, middle, high = (
        chip_costs.serving_growth_that_stops_research(pace, part)
        for pace, part in ((growth.low, share.high), (growth.value, share.value), (growth.high, share.low))
    )
    return measured(
        middle,
        rows("chip_supply", "stock-cn-all-2026-07-h100e"),
        growth,
        share,
        low=low,
        high=high,
        interval="assumptions",
        as_of="2026-07-31",
    )


@finding("doubao-tokens-yearly-factor-2026")
def doubao_growth() -> Measured:
    """Turn the growth of daily tokens from December 2025 to June 2026 into a yearly factor."""
    table = load("token_shares")
    first, last = table.loc["doubao-2025-12"], table.loc["doubao-2026-06"]
    years = (last["as_of"] - first["as_of"]).days / DAYS_PER_YEAR
    return measured(
        analysis.yearly_growth(first["value"], last["value"], years),
        rows("token_shares", ("doubao-2025-12", "doubao-2026-06")),
    )


@finding("stock-cn-mid-2026")
def stock_mid_2026() -> Measured:
    """Read the one later reading of the stock in China."""
    return cell("chip_supply", "stock-cn-all-2026-07-h100e")


@finding("cheaper-tokens-that-keep-research")
def cheaper_tokens() -> Measured:
    """Divide the growth of tokens by that of serving at which research stands still."""
    tokens, serving = get("doubao-tokens-yearly-factor-2026"), get("serving-growth-that-stops-research")
    return measured(
        tokens.value / serving.value,
        tokens,
        serving,
        low=tokens.value / serving.high,  # type: ignore[operator]
        high=tokens.value / serving.low,  # type: ignore[operator]
        interval="assumptions",
        as_of=tokens.as_of,
    )
