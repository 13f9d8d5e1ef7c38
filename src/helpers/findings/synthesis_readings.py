"""Findings of the closing chapter that only set differing sources side by side."""

from __future__ import annotations

from helpers.data import load
from helpers.findings.forms import quotient
from helpers.findings.registry import Measured, finding, measured, rows


def _odds() -> tuple[float, float, float]:
    """Return the odds that the article prints, as a share, and both ends of the term, in years."""
    figures = load("claim_figures")
    odds, short, long = (figures.loc[f"lin-20-percent-odds-{n}", "value"] for n in (1, 2, 3))
    return odds / 100.0, short, long


@finding("insider-odds-printed")
def odds_printed() -> Measured:
    """Take the odds as the article prints them, over the whole term; an upper bound."""
    claim = "lin-20-percent-odds"
    return measured(100.0 * _odds()[0], rows("claims", claim), as_of=load("claims").loc[claim, "said_on"])


@finding("insider-odds-if-yearly")
def odds_if_yearly() -> Measured:
    """Read the odds as a chance a year and add it up over the term; the shorter term is the low end."""
    odds, short, long = _odds()
    low, high = (100.0 * (1.0 - (1.0 - odds) ** years) for years in (short, long))
    claim = "lin-20-percent-odds"
    day = load("claims").loc[claim, "said_on"]
    return measured(high, rows("claims", claim), low=low, high=high, interval="terms", as_of=day)


@finding("minimax-first-close-over-first-trade")
def first_close_over_trade() -> Measured:
    """Divide the close of the first day by the first price at which the share was traded."""
    return quotient("market_events", "minimax-first-close", "minimax-first-trade")


@finding("nvidia-part-of-nasdaq-loss")
def nvidia_part() -> Measured:
    """Divide Nvidia's loss by that of the Nasdaq on the same day; the range is that of two counts of the first."""
    table = load("market_events")["value"]
    keys = ("nvidia-loss-2025-01-27", "nvidia-loss-2025-01-27-alternative", "nasdaq-loss-2025-01-27")
    low, high = (100.0 * table[key] / table[keys[2]] for key in keys[:2])
    return measured(low, rows("market_events", keys), low=low, high=high, interval="range")


@finding("nasdaq-value-implied")
def nasdaq_value() -> Measured:
    """Divide the Nasdaq's loss by the fall of its index: what its shares were worth the evening before."""
    table = load("market_events")["value"]
    keys = ("nasdaq-loss-2025-01-27", "nasdaq-fall-2025-01-27")
    return measured(table[keys[0]] / (table[keys[1]] / 100.0), rows("market_events", keys))


def _shares(loss: str, close: str) -> float:
    """Return the number of shares that a loss of value means at the two closing prices."""
    table = load("market_events")["value"]
    return table[loss] * 1e9 / (table["nvidia-close-2025-01-24"] - table[close])


@finding("nvidia-loss-counts-apart")
def loss_counts_apart() -> Measured:
    """Divide the number of shares behind the larger count by that behind the smaller, at one pair of prices."""
    pair = ("nvidia-loss-2025-01-27-alternative", "nvidia-loss-2025-01-27")
    more, fewer = (_shares(key, "nvidia-close-2025-01-27") for key in pair)
    used = rows("market_events", (*pair, "nvidia-close-2025-01-24", "nvidia-close-2025-01-27"))
    return measured(100.0 * (more / fewer - 1.0), used)
