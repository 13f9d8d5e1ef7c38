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
