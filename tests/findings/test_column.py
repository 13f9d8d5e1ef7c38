"""Findings made for the column of January 2026, against what was published or counted apart."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data import load
from helpers.findings import get

# Published value, tolerance: source in the comment.
PUBLISHED = {
    "private-investment-us-over-cn-2024": (12, 0.5),  # AI Index 2025: nearly 12 times
    "optimism-cn-over-mean-2024": (28, 0.01),  # AI Index 2025 on Ipsos: 83 and 55 per cent
    "ai-patents-share-ratio-2023": (4.9, 0.05),  # AI Index 2025: 69.7 and 14.2 per cent
    "data-centre-electricity-2030-over-2024": (2.28, 0.01),  # IEA: 415 and 945 TWh, more than double
    "us-favour-change-mexico-2025": (-32, 0.01),  # Pew: 61 to 29 per cent
    "us-favour-change-sweden-2025": (-28, 0.01),  # Pew: 47 to 19 per cent
    "us-side-change-south-east-asia-2025": (2.8, 0.01),  # ISEAS: 49.5 to 52.3 per cent
    "ascend-dies-planned-2026-over-2025": (1.6, 0.01),  # Bloomberg: 1 million to 1.6 million
}


@pytest.mark.parametrize("key", PUBLISHED)
def test_published_values(key):
    value, tolerance = PUBLISHED[key]
    assert get(key).value == pytest.approx(value, abs=tolerance)


def test_the_lag_of_the_makers_is_counted_apart():
    table = load("capability_records")
    known = table[
        (table["as_of"] == pd.Timestamp("2026-08-11")) & (table["version_date"] <= pd.Timestamp("2026-01-18"))
    ]
    lags = []
    for maker in ("DeepSeek", "Alibaba", "Moonshot AI"):
        best = known.loc[known["developer"] == maker, "score"].max()
        first = known.loc[(known["country"] == "US") & (known["score"] >= best), "version_date"].min()
        lags.append((pd.Timestamp("2026-01-18") - first).days / 30.4375)
    found = get("largest-lag-of-three-cn-makers-2026-01")
    assert found.value == pytest.approx(max(lags), abs=0.02)
    assert found.low <= found.value <= found.high


def test_shares_stay_between_their_bounds():
    share = get("nvidia-share-of-shipments-2025")
    assert 0 < share.low < share.value < share.high < 100
    assert share.value + get("chinese-designs-share-2025").value < 100
    assert 0 <= get("highest-ten-by-three-us-makers-2026-01").value <= 100
