from __future__ import annotations

import pytest

from helpers.data.edition import edition
from helpers.findings import all_findings, get


@pytest.mark.parametrize(
    ("key", "published", "tolerance"),
    [
        ("h200-over-h20", 6.7, 0.05),  # Institute for Progress: about six to seven times the H20
        ("chinese-designs-share-2025", 4.1, 0.05),  # from Epoch's medians, 0.556 of 13.62 million
        ("cloudmatrix-over-nvl72", 1.7, 0.05),  # SemiAnalysis, April 2025
        ("power-per-operation-penalty", 2.3, 0.05),  # SemiAnalysis: 2.3 times the power per FLOP
        ("compute-ratio-medians-2024", 9.1, 0.05),  # specification of the closing model
        ("compute-ratio-medians-2025", 10.2, 0.05),  # the same
        ("supply-over-demand-2028", 104, 1),  # Bernstein as quoted: self-sufficient by 2028
        ("diffusion-rule-h100", 50_000, 200),  # press on the rule: about 50,000 H100
        ("nvidia-growth-fy26q3", 62, 0.6),  # Nvidia's release: up 62 percent
        ("nvidia-china-fall-like-for-like", 63.5, 0.05),  # aggregator of filings
        ("nvidia-china-fall-two-definitions", 45, 0.5),  # the article
        ("spare-power-over-demand-broker", 3.3, 0.05),  # Goldman Sachs: more than three times
        ("generation-cn-over-us-2024", 2.3, 0.005),  # Ember through Our World in Data
        ("huawei-count-over-official", 4.0, 0.1),
        ("hopper-share-largest-clusters", 90, 0.01),  # Institute for Progress: 18 of 20
    ],
)
def test_published_values(key, published, tolerance):
    assert get(key).value == pytest.approx(published, abs=tolerance)


FORECASTS = (
    "leased-power-2026",
    "leased-power-2029",
    "ifp-advantage-2026",
    "ifp-output-2026-8-bit",
    "ifp-output-2026-yardstick",
)


def test_all_findings_of_the_chapter_are_bounded_and_dated_before_the_edition_or_marked():
    for found in all_findings():
        if found.chapter != "chips":
            continue
        assert (found.low is None) == (found.high is None), found.id
        assert (found.interval is None) == (found.low is None), found.id
        if found.id not in FORECASTS:
            assert found.as_of <= edition().released, found.id


def test_the_three_shares_of_2025_do_not_share_a_series():
    cards, value = get("chinese-share-of-cards-2025"), get("chinese-share-of-value-2025")
    compute = get("chinese-share-of-new-compute-2025")
    used = [{key for group in found.rows for key in group.ids} for found in (cards, value, compute)]
    assert len(set().union(*used)) == sum(map(len, used))


def test_the_stock_is_the_sum_of_its_origins():
    parts = sum(get(f"stock-cn-{name}-2025").value for name in ("lawful", "smuggled", "domestic"))
    assert get("stock-cn-2025").value == pytest.approx(parts, rel=0.05)  # medians do not add exactly
