"""Findings of the chapter on openness about list prices over time."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.analysis import open_source as analysis
from helpers.analysis import open_source_prices as prices
from helpers.data import assumption, load
from helpers.findings.forms import quotient
from helpers.findings.registry import Measured, finding, measured, rows

FIRST_DAY = "2025-01-01"  # from here on both countries' lists have dated prices


@cache
def listed() -> pd.DataFrame:
    """Return the dated list prices since the beginning of 2025."""
    return prices.list_prices(load("prices"), FIRST_DAY)


def changed(country: str, year: int = 2026) -> pd.DataFrame:
    """Return the changes of list prices of a country's models in a year."""
    found = prices.changes(listed(), assumption("input-token-share").value / 100)
    return found[(found["country"] == country) & (found["start"].dt.year == year)]


def _count(country: str, sign: int) -> Measured:
    """Count the changes of one direction; all dated prices of the year are what the count rests on."""
    year = listed()[(listed()["country"] == country) & (listed()["start"].dt.year == 2026)]
    count = int((changed(country)["change"] * sign > 0).sum())
    return measured(count, rows("prices", year.index), assumption("input-token-share"))


@finding("price-cuts-cn-2026")
def cuts_china() -> Measured:
    """Count the cuts of Chinese list prices."""
    return _count("CN", -1)


@finding("price-rises-cn-2026")
def rises_china() -> Measured:
    """Count the rises of Chinese list prices, the end of a promotion among them."""
    return _count("CN", 1)


@finding("price-cuts-us-2026")
def cuts_states() -> Measured:
    """Count the cuts of American list prices."""
    return _count("US", -1)


@finding("price-rises-us-2026")
def rises_states() -> Measured:
    """Count the rises of American list prices; that there was none is a result too."""
    return _count("US", 1)


def _launch(country: str, year: int) -> Measured:
    """Take the middle launch price of a country's top line; the mixture moves over its range."""
    mixture = assumption("input-token-share")
    found = [
        prices.launch_prices(listed(), country, "top", year, share / 100)
        for share in (mixture.value, mixture.low, mixture.high)
    ]
    middle = [float(part.median()) for part in found]
    return measured(
        middle[0],
        rows("prices", found[0].index),
        mixture,
        low=min(middle),
        high=max(middle),
        interval="assumptions",
    )


@finding("launch-price-top-cn-2025")
def launch_china_2025() -> Measured:
    """Take the middle of the Chinese launch prices of 2025."""
    return _launch("CN", 2025)


@finding("launch-price-top-cn-2026")
def launch_china_2026() -> Measured:
    """Take the middle of the Chinese launch prices of 2026."""
    return _launch("CN", 2026)


@finding("launch-price-top-us-2025")
def launch_states_2025() -> Measured:
    """Take the middle of the American launch prices of 2025."""
    return _launch("US", 2025)


@finding("launch-price-top-us-2026")
def launch_states_2026() -> Measured:
    """Take the middle of the American launch prices of 2026."""
    return _launch("US", 2026)


@finding("discount-v4-flash-luna-2026-08-17")
def discount_after_rise() -> Measured:
    """Compare the cheapest models at the level of GPT-5 on the day of DeepSeek's rise, off-peak and peak."""
    table, share = load("prices"), assumption("input-token-share")
    used = ("deepseek-v4-flash-2026-08-17-off-peak", "deepseek-v4-flash-2026-08-17-peak", "gpt-5.6-luna-2026-07-30")
    low, peak, states = (
        analysis.blended_price(*table.loc[key, ["input_usd_per_mtok", "output_usd_per_mtok"]], share.value / 100)
        for key in used
    )
    return measured(
        analysis.discount(low, states),
        rows("prices", used),
        share,
        low=analysis.discount(peak, states),
        high=analysis.discount(low, states),
        interval="peak",
        as_of="2026-08-17",
    )


@finding("launch-output-k3-over-k2")
def k3_over_k2() -> Measured:
    """Divide the output prices of two top models of one maker, a year apart."""
    return quotient("prices", "kimi-k3", "kimi-k2", column="output_usd_per_mtok")
