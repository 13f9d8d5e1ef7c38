"""Export rules as code, chips and machines compared, stocks of computing by origin, supply and demand, power."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from helpers.analysis.common import Z95

SEED = 20251231
DRAWS = 50_000

# What the United States' rules say of a sale to China. Keys, not words: what a reader sees stands in the catalogues.
FREE, SECOND_TIER, REFUSED, CASE_BY_CASE, UNKNOWN = "free", "second-tier", "refused", "case-by-case", "unknown"
PERMITTING = ("rule", "announcement")  # a tariff, a licence given or a delivery changes no test
SECOND_TIER_CLAUSES = ("3A090.b.1", "3A090.b.2")


# --- the rule -------------------------------------------------------------------------------------------------


def total_processing_performance(tops_by_bits: Mapping[int, float | None]) -> float:
    """Return the yardstick of the export rules: operations per second (in tera) times bit length, the largest product.

    The rule counts twice the multiply-accumulates, which is what vendors print as TOPS or TFLOP/s of dense work (note
    to 3A090). Wrong where a printed figure assumes sparsity.
    """
    products = [bits * tops for bits, tops in tops_by_bits.items() if tops is not None and not math.isnan(tops)]
    if not products:
        raise ValueError("no throughput at any bit length")
    return max(products)


def chip_tpp(chip: pd.Series) -> float:
    """Return the yardstick of a row of the table of accelerators, from its throughputs."""
    eight = [chip[name] for name in ("dense_fp8_tflop_s", "int8_tops") if not pd.isna(chip[name])]
    return total_processing_performance(
        {16: chip["dense_bf16_tflop_s"], 8: max(eight, default=None), 4: chip["dense_fp4_tflop_s"]}
    )


def performance_density(tpp: float, die_mm2: float) -> float:
    """Return the yardstick per square millimetre of logic die (applicable die area in the rule)."""
    return tpp / die_mm2


@dataclass(frozen=True)
class Sale:
    """Whether US rules let a chip be sold to China on a day, and the row of the rule that decides."""

    status: str
    rule: str | None


def saleable(chip: pd.Series, on: date | pd.Timestamp, rules: pd.DataFrame) -> Sale:
    """Say how a chip could be sold to a buyer in China on a day, by the rows of the table of export rules.

    ``free``: no licence for its numbers; ``second-tier``: licence or notice (3A090.b); ``refused``: a licence that is
    presumed to be denied; ``case-by-case``: a licence that is decided on its merits; ``unknown``: a number that the
    test needs is not published. Wrong for listed buyers, for military ends, and for what China itself forbids.
    """
    return _decide(chip, _in_force(_american(rules), pd.Timestamp(on)))


def sales(
    chips: pd.DataFrame, days: Sequence[date | pd.Timestamp], rules: pd.DataFrame
) -> dict[tuple[str, pd.Timestamp], Sale]:
    """Say the same for many chips on many days, by the chip's id and the day."""
    known = list(chips.to_dict("index").items())
    written = _american(rules)
    found = {}
    for on in map(pd.Timestamp, days):
        ours = _in_force(written, on)
        found |= {(str(key), on): _decide(chip, ours) for key, chip in known}
    return found


def _american(rules: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return the rows of the United States that came into force, in the order in which they did."""
    ours = rules[(rules["country"] == "US") & rules["in_force_from"].notna()]
    ours = ours[~(ours["in_force_until"] < ours["in_force_from"])].sort_values("in_force_from", kind="stable")
    return ours.to_dict("records")


def _in_force(written: list[dict[Hashable, Any]], day: pd.Timestamp) -> list[dict[Hashable, Any]]:
    return [
        row
        for row in written
        if row["in_force_from"] <= day and (pd.isna(row["in_force_until"]) or row["in_force_until"] > day)
    ]


def _decide(chip: Mapping[Hashable, Any] | pd.Series, ours: list[dict[Hashable, Any]]) -> Sale:
    """Apply the rows in force to a chip: what restricts first, then the newest row that eases it."""
    held: dict[str, str] = {}
    for row in ours:
        if row["direction"] != "restricts":
            continue
        hit = _meets(chip, row)
        if hit is None:
            held.setdefault(UNKNOWN, row["id"])
        elif hit:
            held.setdefault(SECOND_TIER if row["clause"] in SECOND_TIER_CLAUSES else REFUSED, row["id"])
    if not held:
        return Sale(FREE, None)
    for row in ours[::-1]:
        eases = row["direction"] == "permits" and row["kind"] in PERMITTING
        if eases and (REFUSED in held or SECOND_TIER in held) and _meets(chip, row):
            return Sale(CASE_BY_CASE, row["id"])
    status = next(name for name in (REFUSED, SECOND_TIER, UNKNOWN) if name in held)
    return Sale(status, held[status])


def sale_table(chips: pd.DataFrame, days: Sequence[str], rules: pd.DataFrame) -> pd.DataFrame:
    """Return, per chip and day, how it could be sold to China under US rules."""
    found = sales(chips, list(map(pd.Timestamp, days)), rules)
    return pd.DataFrame(
        {day: {name: found[key, pd.Timestamp(day)].status for key, name in chips["chip"].items()} for day in days}
    )


def _meets(chip: Mapping[Hashable, Any] | pd.Series, rule: Mapping[Hashable, Any]) -> bool | None:
    """Tell whether a chip meets the tests of a rule; ``None`` where a number that decides is not published."""
    tests: list[bool | None] = []
    tpp = chip["tpp"]
    density = performance_density(tpp, chip["die_mm2"])
    for value, low, below in (
        (tpp, "tpp_min", "tpp_below"),
        (density, "performance_density_min", "performance_density_below"),
        (chip["link_gb_s"], "link_min_gb_s", None),
        (chip["bandwidth_tb_s"] * 1000.0, None, "dram_bandwidth_below_gb_s"),
    ):
        for bound, holds in ((low, lambda a, b: a >= b), (below, lambda a, b: a < b)):
            if bound and not pd.isna(rule[bound]):
                tests.append(None if pd.isna(value) else bool(holds(value, rule[bound])))
    if tests:
        return False if False in tests else None if None in tests else True
    return _named(chip["chip"], rule["chips_named"])


def _named(chip: str, names: str | None) -> bool:
    """Tell whether a rule that names chips names this one: A100 does not name A800, nor H20 the H200."""
    return bool(names) and chip.split(maxsplit=1)[0] in [name.strip() for name in str(names).split(";")]


# --- chips and machines ---------------------------------------------------------------------------------------


def first_at_level(chips: pd.DataFrame, level: float) -> str:
    """Return the id of the first chip released whose yardstick reaches a level; raise ``ValueError`` if none does."""
    there = chips[chips["tpp"] >= level]
    if there.empty:
        raise ValueError(f"no chip reaches {level}")
    return str(there["released"].idxmin())


def generations_between(chips: pd.DataFrame, older: str, newer: str) -> int:
    """Return how many architectures of Nvidia's data-centre chips lie from ``older`` to ``newer``.

    Nvidia names them by one letter (A, H, B, R for Ampere, Hopper, Blackwell, Rubin; a G before it adds a processor),
    and the order is that of each letter's first release.
    """
    mine = chips[chips["vendor"] == "Nvidia"].assign(
        letter=lambda frame: frame["chip"].map(lambda name: name.lstrip("G")[0])
    )
    order = list(mine[mine["letter"].isin(list("AHBR"))].groupby("letter")["released"].min().sort_values().index)
    return order.index(str(mine.loc[newer, "letter"])) - order.index(str(mine.loc[older, "letter"]))


def per_kilowatt(pflop_per_s: float, kilowatts: float) -> float:
    """Return the throughput per kilowatt of a machine."""
    return pflop_per_s / kilowatts


def change_percent(new: float, old: float) -> float:
    """Return the change from ``old`` to ``new`` in percent of ``old``."""
    return 100.0 * (new / old - 1.0)


# --- stocks of computing --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Estimate:
    """A quantity with its published 5-95% range, or with a chosen range in which all values are equally likely."""

    value: float
    low: float | None = None
    high: float | None = None
    law: str = "lognormal"

    def draw(self, rng: np.random.Generator, size: int) -> np.ndarray:
        """Return draws: a lognormal in two halves, a uniform, or a constant where there is no range.

        Each half of the lognormal has its own spread, so that the published median, 5th and 95th percentile all hold.
        """
        if self.low is None or self.high is None or math.isnan(self.low) or math.isnan(self.high):
            return np.full(size, self.value)
        if self.law == "uniform":
            return rng.uniform(self.low, self.high, size)
        down, up = math.log(self.value / self.low) / Z95, math.log(self.high / self.value) / Z95
        normal = rng.standard_normal(size)
        return self.value * np.exp(np.where(normal < 0, down, up) * normal)


def estimate(row: pd.Series) -> Estimate:
    """Return a row of the table of chip supply as an estimate."""
    return Estimate(float(row["value"]), float(row["low"]), float(row["high"]))


def simulate(parts: Mapping[str, Estimate], draws: int = DRAWS, seed: int = SEED) -> dict[str, np.ndarray]:
    """Draw all parts independently, each from a stream of its own: adding one leaves the others as they were.

    Wrong to the degree that the estimator's errors are shared between parts, which no publication states.
    """
    streams = np.random.SeedSequence(seed).spawn(len(parts))
    return {
        name: parts[name].draw(np.random.default_rng(stream), draws)
        for name, stream in zip(parts, streams, strict=True)
    }


@dataclass(frozen=True, repr=False)
class Spread:
    """Median and 5th and 95th percentile of draws."""

    median: float
    low: float
    high: float

    def __repr__(self) -> str:
        return f"{self.median:.4g} ({self.low:.4g} to {self.high:.4g})"


def spread(draws: np.ndarray) -> Spread:
    """Summarise draws."""
    low, median, high = np.quantile(draws, [0.05, 0.5, 0.95])
    return Spread(float(median), float(low), float(high))


@dataclass(frozen=True)
class Stocks:
    """Draws of the stocks at the end of 2025, in H100 equivalents: designed abroad, and in China by origin."""

    abroad: np.ndarray
    lawful: np.ndarray
    smuggled: np.ndarray
    huawei: np.ndarray
    cambricon: np.ndarray

    @property
    def foreign(self) -> np.ndarray:
        """Foreign designs in China."""
        return self.lawful + self.smuggled

    @property
    def chinese(self) -> np.ndarray:
        """Chinese designs, all taken as held in China."""
        return self.huawei + self.cambricon

    @property
    def inside(self) -> np.ndarray:
        """All computing in China."""
        return self.foreign + self.chinese


DESIGNERS_ABROAD = ("nvidia", "google", "amd", "amazon")


def stocks(supply: pd.DataFrame, huawei: Estimate, draws: int = DRAWS, seed: int = SEED) -> Stocks:
    """Draw the stocks at the end of 2025 from the published ranges in the table of chip supply, and Huawei's as given.

    Leaves out Chinese designers other than Huawei and Cambricon, Huawei's sales before 2024, and smuggling before 2024.
    """
    ids = {
        **{name: f"{name}-to-2025-h100e" for name in DESIGNERS_ABROAD},
        "lawful": "stock-cn-nvidia-lawful-2025-h100e",
        "lawful-amd": "stock-cn-amd-2025-h100e",
        "smuggled": "stock-cn-nvidia-smuggled-2025-h100e",
        "cambricon": "stock-cn-cambricon-2025-h100e",
    }
    parts = {name: estimate(supply.loc[key]) for name, key in ids.items()} | {"huawei": huawei}
    drawn = simulate(parts, draws, seed)
    return Stocks(
        abroad=np.sum([drawn[name] for name in DESIGNERS_ABROAD], axis=0),
        lawful=drawn["lawful"] + drawn["lawful-amd"],
        smuggled=drawn["smuggled"],
        huawei=drawn["huawei"],
        cambricon=drawn["cambricon"],
    )


def stock_ratio(held: Stocks, exported: float = 0.0, displaced: float = 0.0) -> Spread:
    """Return computing outside China over inside, with so many H100 equivalents exported to China."""
    return spread(np.asarray(compute_ratio(held.abroad, held.foreign, held.chinese, exported, displaced)))


def compute_ratio(
    designed_abroad: np.ndarray | float,
    foreign_in_china: np.ndarray | float,
    chinese_designs: np.ndarray | float,
    exported: float = 0.0,
    displaced: float = 0.0,
) -> np.ndarray | float:
    """Return computing outside China over computing inside, in H100 equivalents.

    All Chinese designs count as inside and all else as outside unless known to be in China. ``exported`` chips are
    added inside; the share ``displaced`` of them is taken from what others would have got. Wrong in so far as chips
    have been retired, and for Chinese firms' rented computing, which counts as outside.
    """
    outside = designed_abroad - foreign_in_china - displaced * exported
    return outside / (foreign_in_china + chinese_designs + exported)


def flows(
    before: Mapping[str, Estimate], after: Mapping[str, Estimate], draws: int = DRAWS, seed: int = SEED
) -> dict[str, np.ndarray]:
    """Draw what was added in a year, per name, from two cumulative estimates drawn independently.

    Their errors are in truth shared in part, so the ranges are too wide rather than too narrow.
    """
    start, end = simulate(before, draws, seed), simulate(after, draws, seed + 1)
    return {name: np.maximum(end[name] - start[name], 0.0) for name in after}


def research_ratio(ratio: float, serving_inside: float, serving_outside: float) -> float:
    """Return the ratio of computing left for research when each side uses a share of it to serve users."""
    return ratio * (1.0 - serving_outside) / (1.0 - serving_inside)


# --- output and its limits ------------------------------------------------------------------------------------


def gross_dies_per_wafer(die_mm2: float, diameter_mm: float = 300.0) -> float:
    """Return whole dies on a round wafer by the usual formula, area less an edge loss; scribe lines are left out."""
    return math.pi * (diameter_mm / 2) ** 2 / die_mm2 - math.pi * diameter_mm / math.sqrt(2 * die_mm2)


def packages_per_year(
    wafers_per_month: float, share: float, die_mm2: float, good_share: float, dies_per_package: float = 2.0
) -> float:
    """Return packages a year from wafers, the share of them given to this product, yield and dies in a package."""
    return 12.0 * wafers_per_month * share * gross_dies_per_wafer(die_mm2) * good_share / dies_per_package


# --- supply against demand ------------------------------------------------------------------------------------


def yearly_growth(first: float, last: float, years: float) -> float:
    """Return the constant yearly factor that leads from one value to another."""
    return (last / first) ** (1.0 / years)


def years_to_cross(supply: float, demand: float, supply_growth: float, demand_growth: float) -> float:
    """Return the years until supply reaches demand when both grow by constant factors; infinite if it never does."""
    if supply >= demand:
        return 0.0
    if supply_growth <= demand_growth:
        return math.inf
    return math.log(demand / supply) / math.log(supply_growth / demand_growth)


def crossing_probability(
    supply: float,
    demand: float,
    supply_growth: tuple[float, float],
    demand_growth: tuple[float, float],
    within_years: float,
    draws: int = DRAWS,
    seed: int = SEED,
) -> float:
    """Return the share of draws in which supply reaches demand in time, growth factors uniform between two ends."""
    drawn = simulate(
        {
            "supply": Estimate(supply_growth[0], *supply_growth, law="uniform"),
            "demand": Estimate(demand_growth[0], *demand_growth, law="uniform"),
        },
        draws,
        seed,
    )
    reached = supply * drawn["supply"] ** within_years >= demand * drawn["demand"] ** within_years
    return float(np.mean(reached))


# --- power ----------------------------------------------------------------------------------------------------


def stock_gw(h100e: float, kw_per_h100e: float, overhead: float) -> float:
    """Return the power that a stock of computing draws at its sites, in gigawatts."""
    return h100e * kw_per_h100e * overhead / 1e6


def extra_power_cost(kw_weak: float, kw_strong: float, price_usd_per_kwh: float, overhead: float) -> float:
    """Return what the weaker machine's extra power costs in an hour, per unit of throughput to which both refer."""
    return (kw_weak - kw_strong) * overhead * price_usd_per_kwh
