"""Findings on makers and prices against what was published, and the sentences that rest on them."""

from __future__ import annotations

import pytest

from helpers.analysis import open_source_prices as analysis
from helpers.data import load
from helpers.findings import get
from helpers.findings import open_source_makers as found
from helpers.findings import open_source_prices as prices

PUBLISHED = [
    ("open-gap-epoch-2026", 8, 0.001),  # Epoch AI, 29 May 2026
    ("cursor-over-threshold-2026-04", 12.5, 0.001),  # 3 billion a year over 12 months and 20 million
    ("zhipu-first-close-over-offer", 1.132, 0.0005),  # press: up 13.2 per cent
    ("derivatives-on-qwen-2024-01", 1, 0.001),  # ATOM report
    ("revenue-claim-over-booked-minimax-2026", 800 / 233.2, 0.001),
]


@pytest.mark.parametrize(("key", "value", "tolerance"), PUBLISHED)
def test_findings_agree_with_what_was_published(key, value, tolerance):
    assert get(key).value == pytest.approx(value, abs=tolerance)


def test_our_mean_gap_lies_in_the_interval_of_the_makers_of_the_index():
    theirs, ours = get("open-gap-epoch-2026"), get("open-gap-mean-2026-05")
    assert theirs.low <= ours.value <= theirs.high
    assert ours.low <= theirs.value <= ours.high
    assert ours.value == pytest.approx(theirs.value, abs=1.5)


def test_the_lead_in_downloads_does_not_stand_out():
    assert get("download-lead-resampling-error").value > get("download-lead-study-2025").value
    assert get("download-lead-models-needed").value > get("download-models-effective").value
    assert get("download-lead-assigned-2025").value > get("download-lead-study-2025").value


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.75, 0.95, 1.0])
def test_no_american_list_price_rose_whatever_the_mixture(share):
    changed = analysis.changes(prices.listed(), share)
    of_year = changed[changed["start"].dt.year == 2026]
    assert (of_year.loc[of_year["country"] == "US", "change"] < 0).all()
    china = of_year[of_year["country"] == "CN"]
    august = china[(china["start"] >= "2026-08-01") & (china["start"] < "2026-09-01")]
    assert (august["change"] > 0).all()
    assert len(august) == 2
    summer = china[(china["start"] >= "2026-05-25") & (china["start"] <= "2026-06-29")]
    assert (summer["change"] < 0).sum() - get("price-cuts-cn-2026").value in (
        0,
        1,
    )  # MiMo-V2-Flash goes with the mixture


def test_downloads_are_more_concentrated_than_tokens():
    assert get("makers-effective-downloads-cn-2026").high < get("makers-effective-tokens-cn-2026").value
    assert get("makers-effective-tokens-us-2026").value < get("makers-effective-tokens-cn-2026").value


def test_the_largest_american_makers_take_in_more_than_ten_times_any_chinese_claim():
    table = load("model_revenues")
    claims = table[
        (table["country"] == "CN")
        & table["kind"].isin(["run rate", "outside estimate"])
        & ~table["scope"].str.contains("Cloud")
    ]
    largest = claims["revenue_usd_m"].max()
    for row in ("openai-2026-04", "anthropic-2026-05-28", "openai-2025"):
        assert table.at[row, "revenue_usd_m"] > 10 * largest


def test_market_values_agree_where_both_ways_are_known():
    # the printed value of Zhipu in September against price times the shares of the first day: the firm issued shares
    first, now = found.shares_since("zhipu")
    assert 1.0 < now / first < 1.2
    low, high = get("minimax-value-over-revenue-2026-09").low, get("minimax-value-over-revenue-2026-09").high
    assert high / low == pytest.approx(now / first)
