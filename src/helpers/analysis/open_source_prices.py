"""List prices over time: when a model's price began, how it was changed, what a country's launches cost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.analysis.open_source import blended_price

LISTED = ("standard", "limited-time price", "list price at launch", "off-peak", "promotion")


def list_prices(prices: pd.DataFrame, start: str) -> pd.DataFrame:
    """Return every list price of a model that began on a known day from ``start`` on, in the order of the days.

    Of prices by the hour the off-peak one stands for the list price, and ``peak_input`` and ``peak_output`` hold the
    other. A price that a list first shows on some day is dated by that day, which is late by an unknown time; prices
    of which only the year is known are left out. ``step`` counts a model's prices from nought.
    """
    usable = prices[
        prices["condition"].isin(LISTED)
        & prices["effective_from"].notna()
        & prices["input_usd_per_mtok"].notna()
        & prices["output_usd_per_mtok"].notna()
    ]
    peak = prices[prices["condition"] == "peak"].set_index(["model", "effective_from"])
    usable = usable.sort_values(["effective_from", "model"], kind="stable")
    found = usable.assign(start=usable["effective_from"], step=usable.groupby("model").cumcount())
    keys = list(zip(found["model"], found["start"], strict=True))
    for side in ("input", "output"):
        column = f"{side}_usd_per_mtok"
        found[f"peak_{side}"] = [
            float(peak.at[key, column]) if key in peak.index else price
            for key, price in zip(keys, found[column], strict=True)
        ]
    return found[found["start"] >= pd.Timestamp(start)]


def changes(listed: pd.DataFrame, input_share: float) -> pd.DataFrame:
    """Return each change of a model's list price: the price before and after, and their ratio less one in per cent.

    Prices are per million tokens of which ``input_share`` (0 to 1) are read. A new version is a new model, not a
    change; a promotion that ends counts as a rise, since the buyer pays more. Unchanged entries are left out.
    """
    mixed = listed.assign(
        price=blended_price(listed["input_usd_per_mtok"], listed["output_usd_per_mtok"], input_share),
    ).sort_values(["model", "start"])
    before = mixed.groupby("model")["price"].shift()
    before_id = pd.Series(mixed.index, index=mixed.index).groupby(mixed["model"]).shift()
    changed = mixed.assign(before=before, before_id=before_id)
    changed = changed[changed["before"].notna() & ~np.isclose(changed["price"], changed["before"])]
    return changed.assign(change=100.0 * (changed["price"] / changed["before"] - 1.0)).sort_values("start")


def launch_prices(listed: pd.DataFrame, country: str, line: str, year: int, input_share: float) -> pd.Series:
    """Return what the models of a country and line cost when they came out in a year, dollars per million tokens.

    Only a model's first dated price counts, whether or not it was changed later. The lines (top, middle, small,
    reasoning) are those of the table; which line a maker means is our reading.
    """
    first = listed[
        (listed["step"] == 0)
        & (listed["country"] == country)
        & (listed["line"] == line)
        & (listed["start"].dt.year == year)
    ]
    return blended_price(first["input_usd_per_mtok"], first["output_usd_per_mtok"], input_share)
