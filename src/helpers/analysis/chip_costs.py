"""What an operation costs on one machine or another, and the price of power at which an older machine stops paying.

A machine is given by its price, its throughput on paper and its power. Useful operations are a share of the paper ones
(``use``), equal for every machine unless one says otherwise. Costs leave out staff, buildings, networks beyond the
machine, interest and resale; power is drawn in full in every hour. They are wrong for a machine that stands idle, and
for one whose software gets a smaller share of its throughput: that share enters every cost as a divisor.
"""

from __future__ import annotations

from dataclasses import dataclass

HOURS_PER_YEAR = 8766.0
PFLOP_HOURS_PER_ZFLOP = 1e6 / 3600.0  # 10^21 operations at 10^15 a second, in hours


@dataclass(frozen=True)
class Machine:
    """A machine: dollars to buy, PFLOP/s on paper at 16 bits, kilowatts without the building's overhead."""

    usd: float
    pflop_s: float
    kw: float

    @property
    def kw_per_pflop_s(self) -> float:
        """Kilowatts per PFLOP/s on paper."""
        return self.kw / self.pflop_s

    def capital_per_hour(self, life_years: float) -> float:
        """Return dollars of purchase per hour and PFLOP/s, spread evenly over the years of life."""
        return self.usd / self.pflop_s / (life_years * HOURS_PER_YEAR)

    def cost_per_hour(self, life_years: float, usd_per_kwh: float, overhead: float) -> float:
        """Return dollars per hour and PFLOP/s on paper: purchase and power at the building's overhead."""
        return self.capital_per_hour(life_years) + self.kw_per_pflop_s * overhead * usd_per_kwh


def per_zflop(usd_per_pflop_hour: float, use: float) -> float:
    """Return dollars per ZFLOP done, from dollars per hour and PFLOP/s on paper and the share of it that is used."""
    if not 0 < use <= 1:
        raise ValueError("the share used lies above zero and not above one")
    return usd_per_pflop_hour * PFLOP_HOURS_PER_ZFLOP / use


def rent_per_zflop(usd_per_chip_hour: float, chip_pflop_s: float, use: float) -> float:
    """Return dollars per ZFLOP done on rented chips; power is in the rent."""
    return per_zflop(usd_per_chip_hour / chip_pflop_s, use)


def break_even_price(old: Machine, new: Machine, life_years: float, overhead: float) -> float:
    """Return the price of power, $/kWh, below which running an old machine already paid for is cheaper than a new one.

    The old one costs its power alone, the new one its purchase and less power. Raises ``ValueError`` where the new
    machine needs no less power for its work: then the old one is cheaper at every price.
    """
    saved = (old.kw_per_pflop_s - new.kw_per_pflop_s) * overhead
    if saved <= 0:
        raise ValueError("the new machine saves no power")
    return new.capital_per_hour(life_years) / saved


def price_for_share(weak: Machine, strong: Machine, life_years: float, overhead: float, share: float) -> float:
    """Return the price of power at which the weaker machine's extra power is a share of all the stronger one costs.

    It solves ``extra * p = share * (capital + kw * p)``; raises ``ValueError`` where the share is never reached.
    """
    extra = (weak.kw_per_pflop_s - strong.kw_per_pflop_s) * overhead
    left = extra - share * strong.kw_per_pflop_s * overhead
    if left <= 0:
        raise ValueError("the extra power never reaches that share")
    return share * strong.capital_per_hour(life_years) / left


def price_where_power_outweighs_purchase(weak: Machine, strong: Machine, life_years: float, overhead: float) -> float:
    """Return the price of power at which the weaker machine's extra power costs as much as its extra purchase.

    Below it the dearer purchase is the larger part of what the weaker machine costs more. Raises ``ValueError`` where
    the weaker machine does not cost more on both counts.
    """
    extra_capital = weak.capital_per_hour(life_years) - strong.capital_per_hour(life_years)
    extra_power = (weak.kw_per_pflop_s - strong.kw_per_pflop_s) * overhead
    if extra_capital <= 0 or extra_power <= 0:
        raise ValueError("the first machine must cost more in purchase and in power")
    return extra_capital / extra_power


def use_at_parity(weak_usd_per_hour: float, strong_usd_per_hour: float, strong_use: float) -> float:
    """Return the share of its throughput that the first machine must get for a useful operation to cost the same.

    Both costs are per hour and PFLOP/s on paper. A result above one says that no software makes it as cheap.
    """
    return strong_use * weak_usd_per_hour / strong_usd_per_hour


# --- serving against research -----------------------------------------------------------------------------------


def research_growth(growth: float, serving_share: float, serving_growth: float) -> float:
    """Return the yearly factor of computing for research when all computing and the part that serves users grow.

    ``serving_share`` is the part at the start, of one. The result is negative where serving would need more than all.
    """
    return (growth - serving_share * serving_growth) / (1.0 - serving_share)


def serving_growth_that_stops_research(growth: float, serving_share: float) -> float:
    """Return the yearly factor of serving at which computing for research stands still."""
    return (growth - 1.0 + serving_share) / serving_share


def levy(chips: float, price_usd: float, percent: float) -> float:
    """Return what a levy on the price of so many chips brings, in dollars. Wrong where the price is not that billed."""
    return chips * price_usd * percent / 100.0


def price_with_levy_passed_on(price_usd: float, percent: float) -> float:
    """Return what a buyer pays if the seller keeps the price after a levy that is a share of what the buyer pays."""
    if not 0.0 <= percent < 100.0:
        raise ValueError("a levy lies between 0 and 100 percent")
    return price_usd / (1.0 - percent / 100.0)


def runs_a_year(chips: float, hours_of_run: float, hours_per_year: float = HOURS_PER_YEAR) -> float:
    """Return how many runs of so many chip-hours a stock could do in a year, all its chips working on nothing else."""
    return chips * hours_per_year / hours_of_run
