from __future__ import annotations

import pytest

from helpers.analysis import switching
from helpers.data import load
from helpers.findings import get
from helpers.findings.chips_depth import VOLUMES
from helpers.findings.chips_makers import switch
from helpers.findings.chips_rules import MADE_FOR_CHINA, free_days, h200_levy


@pytest.mark.parametrize(
    ("key", "published", "tolerance"),
    [
        ("nvidia-china-headquarters-over-billing-fy25", 25_048 / 17_108, 1e-6),  # annual reports for fiscal 2026, 2025
        ("nvidia-china-back-cast", 5.4, 0.01),  # revenue from China as first filed for the quarter
        ("cambricon-research-2025", 1.169, 0.002),  # 17.99 percent of 6.497 billion yuan
        ("enflame-share-of-cards-2024", 1.4, 0.05),  # prospectus, January 2026: 1.4 percent of the market
        ("price-per-operation-b200-over-h100", 1 - 0.41, 0.01),  # the source: 41 percent better value
        ("us-green-share-of-planned-2026", 51 + 28 + 14, 1.0),  # EIA, February 2026
        ("h200-levy-ordered", 2 * 27 * 0.25, 1e-6),
        ("deepseek-v3-runs-a-year-on-cluster", 365.25 / 57, 0.05),  # V3: 57 days on the cluster
    ],
)
def test_published_values(key, published, tolerance):
    assert get(key).value == pytest.approx(published, abs=tolerance)


def test_title_of_the_timeline_holds():
    for chip in MADE_FOR_CHINA:
        assert 0 < free_days(chip) < 1.5 * 365.25


def test_guidance_of_cambricon_held():
    guided = load("market_events").loc["cambricon-revenue-2025"]
    assert guided["low"] < get("cambricon-revenue-2025").value < guided["high"]


def test_two_counts_of_cambricons_cards_agree():
    own = load("market_events").loc["cambricon-cards-2025", "value"]
    assert load("chip_supply").loc["cards-cn-cambricon-2025", "value"] == pytest.approx(own, rel=0.02)


def test_the_article_compared_with_the_older_basis():
    back, billing, other = (
        get(f"nvidia-china-{name}") for name in ("back-cast", "fy25q3-billing", "fy25q3-headquarters")
    )
    assert back.low <= billing.value <= back.high
    assert not back.low <= other.value <= back.high


def test_quarters_by_headquarters_add_up_to_the_year():
    table = load("nvidia_revenue")["revenue_usd_bn"]
    quarters = sum(table[f"fy26q{number}-china-hq"] for number in (1, 2, 3, 4))
    assert quarters == pytest.approx(table["fy26-china-hq"], abs=0.01)


def test_levy_grows_with_the_chips():
    amounts = [h200_levy(name) for name in ("delivered", "approved", "made", "cleared", "ceiling", "ordered")]
    assert amounts == sorted(amounts)
    assert set(VOLUMES) == {"delivered", "approved", "made", "cleared", "ceiling", "ordered"}


def test_stock_runs_over_cluster_runs_is_the_ratio_of_chips():
    ratio = get("deepseek-v3-runs-a-year-on-stock").value / get("deepseek-v3-runs-a-year-on-cluster").value
    assert ratio == pytest.approx(get("deepseek-stock-over-v3-cluster").value)


def test_capacity_abroad_agrees_with_the_older_finding():
    assert get("abroad-malaysia-over-stock").value == pytest.approx(get("johor-site-over-stock").value)


def test_improvement_needed_is_the_turn_over_the_machine_of_today():
    cost, pull, alike = switch()
    back, leave = switching.turning_ratios(cost.value, pull.value, alike.value)
    assert back < cost.value < leave
    parity = get("use-on-ascend-at-parity-with-smuggled").value
    assert get("switching-improvement-needed").value * 100 / parity == pytest.approx(leave)
