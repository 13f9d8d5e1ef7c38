"""China's own supply of AI chips in a year against demand, with wafers and stacked memory as two limits.

All quantities are flows of one year in H100 equivalents by throughput at 8 bits (H100e), the unit in which the chapter
counts stocks. Every input is drawn log-uniformly between two ends, independently of the others: no publication gives a
distribution, and the inputs multiply. The model knows no prices that clear a market, no imports, no stocks of parts and
no packaging limit; it is wrong if one of these decides, or if the inputs move together (a maker that starts more wafers
for want of memory, say).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

DRAWS = 20_000
SEED = 20261125
SOBOL_POWER = 12  # points of the low-discrepancy sequence are a power of two


@dataclass(frozen=True)
class Ends:
    """Two positive ends between which an input is drawn log-uniformly; equal ends make a constant."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.high:
            raise ValueError(f"ends must be positive and in order, not {self.low} and {self.high}")

    def at(self, quantile: np.ndarray | float) -> np.ndarray:
        """Return the value at a quantile of the log-uniform law."""
        return self.low * (self.high / self.low) ** np.asarray(quantile, dtype=float)

    def ppf(self, quantile: np.ndarray) -> np.ndarray:
        """Do the same under the name that SciPy asks for."""
        return self.at(quantile)


INPUTS = (
    "logic_wafers",  # advanced wafers started in a month, mean of the year
    "logic_share",  # share of one that goes into AI chips
    "good_share",  # share of one of the dies that work
    "h100e_per_die",  # H100e of one good die
    "memory_wafers",  # memory wafers for stacks started in a month
    "memory_gb",  # gigabytes of good stacked memory from one wafer
    "gb_per_h100e",  # gigabytes of stacked memory that a chip carries per H100e
    "demand_usd_bn",  # demand of the year in billions of dollars
    "usd_per_h100e",  # price of one H100e in dollars
)


def mean_over_growing_year(start: float, factor: float) -> float:
    """Return the mean over a year of a rate that grows steadily by ``factor`` in that year, from its rate at the start.

    The limit of a factor of one is the start itself; the factor must be positive.
    """
    if factor <= 0:
        raise ValueError("a factor of growth must be positive")
    return start if math.isclose(factor, 1.0) else start * (factor - 1.0) / math.log(factor)


def logic_limit(
    wafers_per_month: np.ndarray | float,
    share: np.ndarray | float,
    dies_per_wafer: float,
    good_share: np.ndarray | float,
    h100e_per_die: np.ndarray | float,
) -> np.ndarray | float:
    """Return the H100e a year that advanced wafers can furnish: twelve months of wafers, dies, yield, throughput."""
    return 12.0 * wafers_per_month * share * dies_per_wafer * good_share * h100e_per_die


def memory_limit(
    wafers_per_month: np.ndarray | float, gb_per_wafer: np.ndarray | float, gb_per_h100e: np.ndarray | float
) -> np.ndarray | float:
    """Return the H100e a year that stacked memory can furnish: gigabytes made over gigabytes that an H100e carries."""
    return 12.0 * wafers_per_month * gb_per_wafer / gb_per_h100e


def demand(usd_bn: np.ndarray | float, usd_per_h100e: np.ndarray | float) -> np.ndarray | float:
    """Return the H100e a year that a sum of money buys."""
    return 1e9 * usd_bn / usd_per_h100e


@dataclass(frozen=True)
class Balance:
    """Draws of one year's two limits and of demand, in H100e a year."""

    logic: np.ndarray
    memory: np.ndarray
    demand: np.ndarray

    @property
    def supply(self) -> np.ndarray:
        """The smaller of the two limits, draw by draw: a chip needs its logic and its memory."""
        return np.minimum(self.logic, self.memory)

    @property
    def enough(self) -> float:
        """Share of draws, of one, in which supply reaches demand."""
        return float(np.mean(self.supply >= self.demand))

    @property
    def enough_by_logic(self) -> float:
        """Share of draws in which it would if memory were no limit."""
        return float(np.mean(self.logic >= self.demand))

    @property
    def memory_binds(self) -> float:
        """Share of draws in which memory is the nearer of the two limits."""
        return float(np.mean(self.memory < self.logic))


def balance(values: Mapping[str, np.ndarray | float], dies_per_wafer: float) -> Balance:
    """Put values, one array per input, through the model."""
    return Balance(
        logic=np.asarray(
            logic_limit(
                values["logic_wafers"],
                values["logic_share"],
                dies_per_wafer,
                values["good_share"],
                values["h100e_per_die"],
            )
        ),
        memory=np.asarray(memory_limit(values["memory_wafers"], values["memory_gb"], values["gb_per_h100e"])),
        demand=np.asarray(demand(values["demand_usd_bn"], values["usd_per_h100e"])),
    )


def draw(inputs: Mapping[str, Ends], draws: int = DRAWS, seed: int = SEED) -> dict[str, np.ndarray]:
    """Draw every input independently, each from a stream of its own, in the order of ``INPUTS``."""
    if set(inputs) != set(INPUTS):
        raise ValueError(f"inputs are {sorted(inputs)}, expected {sorted(INPUTS)}")
    streams = np.random.SeedSequence(seed).spawn(len(INPUTS))
    return {
        name: inputs[name].at(np.random.default_rng(stream).random(draws))
        for name, stream in zip(INPUTS, streams, strict=True)
    }


def run(inputs: Mapping[str, Ends], dies_per_wafer: float, draws: int = DRAWS, seed: int = SEED) -> Balance:
    """Draw the inputs and balance them."""
    return balance(draw(inputs, draws, seed), dies_per_wafer)


def fixed(inputs: Mapping[str, Ends], name: str, value: float) -> dict[str, Ends]:
    """Return the inputs with one of them held at a value."""
    if name not in inputs:
        raise ValueError(f"no input {name!r}")
    return {**inputs, name: Ends(value, value)}


@dataclass(frozen=True)
class Weight:
    """How much of the variance of log(supply / demand) an input explains alone, and together with all others."""

    alone: float
    total: float


def weights(inputs: Mapping[str, Ends], dies_per_wafer: float, seed: int = SEED) -> dict[str, Weight]:
    """Return Sobol's indices of first and total order of the logarithm of supply over demand.

    The total indices sum to more than one where inputs act together, as wafers and memory do through the smaller of
    two limits. They say what decides within the given ranges: a range twice as wide weighs more.
    """

    def model(points: np.ndarray) -> np.ndarray:
        found = balance(dict(zip(INPUTS, points, strict=True)), dies_per_wafer)
        return np.log(found.supply / found.demand)

    found = stats.sobol_indices(
        func=model,
        n=2**SOBOL_POWER,
        dists=[inputs[name] for name in INPUTS],
        rng=np.random.default_rng(seed),
    )
    pairs = zip(INPUTS, found.first_order, found.total_order, strict=True)
    return {name: Weight(float(first), float(total)) for name, first, total in pairs}


def exports_for_ratio(outside: float, inside: float, wanted: float, displaced: float = 0.0) -> float:
    """Return the exports, in the unit of both stocks, that bring the ratio of computing outside over inside to a value.

    It inverts ``(outside - displaced * x) / (inside + x)``. Raises ``ValueError`` for a ratio above the present one,
    which no export brings about, and for one that is not positive.
    """
    if not 0 < wanted <= outside / inside:
        raise ValueError(f"exports cannot bring the ratio to {wanted}")
    return (outside - wanted * inside) / (wanted + displaced)
