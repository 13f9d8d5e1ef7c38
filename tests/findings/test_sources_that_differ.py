"""Findings that set differing sources side by side, against published values and computations of another kind."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from helpers.findings import get

MONTH = 365.25 / 12


def value(key: str) -> float:
    return get(key).value


@pytest.mark.parametrize(
    ("key", "published", "tolerance"),
    [
        ("nvidia-china-share-fy25-billing", 13, 0.5),  # Nvidia's report for fiscal 2025 prints 13 per cent
        ("cloudmatrix-chip-over-nvl72-chip", 0.78 / 2.5, 0.005),  # SemiAnalysis, April 2025: PFLOP/s a chip
        ("v3-flop-own-count", 250e9 * 14.8e12, 1e21),  # Insights into DeepSeek-V3, table 2, times the report's tokens
        ("v3-utilisation-own-count", 39, 0.1),  # the same over 2.664 million hours at 989 TFLOP/s
        ("tokens-per-parameter-refit", 20, 3),  # Besiroglu and others: about 20, as Chinchilla itself
        ("m2-share-of-gemini3", 100 * 61.4 / 72.8, 1e-9),  # Artificial Analysis v3.0
        ("k3-arena-gap-august-2026", 1508.6 - 1485.3, 1e-6),  # arena, 1 August 2026
        ("nvidia-china-fall-press", 100 * (5.4 - 2.8) / 5.4, 1e-9),  # press of the day, report for October 2024
        ("huawei-plan-press-2025", 400_000, 0),  # Financial Times, February 2025: 100,000 and 300,000
        ("smuggled-2025-epoch", 466_000 - 171_000, 500),  # Epoch AI, April 2026
        ("grid-plan-a-year", 59, 0),  # 295 over five years
        ("state-support-needed-a-year", (694 - 124) / 3, 1e-9),  # Jefferies
        ("cn-data-centre-power-2024", 102e12 / 8766 / 1e9, 0.02),  # IEA: 102 TWh over the hours of a year
    ],
)
def test_published_values(key, published, tolerance):
    assert value(key) == pytest.approx(published, abs=tolerance)


def test_a_tenth_in_words_reaches_from_a_ninth_to_an_eleventh():
    found = get("ubs-us-sum-implied")
    assert found.value == pytest.approx(570)
    assert (found.low, found.high) == pytest.approx((57 * 100 / 11, 57 * 100 / 9))
    assert 57 / found.low == pytest.approx(0.11)


def test_what_two_brokers_leave_to_the_unlisted_firm():
    yuan = 33.2 + 85.97 + 23.9 + 76.76 + 11.19 + 8.134 + 80  # Alibaba, Tencent, Baidu, ByteDance in 2024
    assert value("capex-cn-to-2024-on-record") * 7.14 == pytest.approx(yuan)
    assert value("bytedance-2023-needed") == pytest.approx(67 * 7.14 - yuan)
    assert value("capex-cn-2025-if-jefferies") == pytest.approx(124 - yuan / 7.14)
    # What is added to one side is missing on the other: both ways of putting it agree.
    excess = value("capex-cn-2025-if-jefferies") - value("capex-cn-2025-ubs")
    assert excess * 7.14 == pytest.approx(value("bytedance-2023-needed"))


def test_shortfalls_on_other_bases():
    assert value("capex-shortfall-with-leases") == pytest.approx(100 - 100 * 124 / (155 + 251 + 416), abs=0.05)
    assert value("capex-shortfall-with-aws") < value("capex-shortfall-jefferies") < value("capex-shortfall-with-leases")


@pytest.mark.parametrize(
    ("key", "a", "alpha", "b", "beta"),
    [
        ("tokens-per-parameter-printed-fit", 406.4, 0.34, 410.7, 0.28),  # Hoffmann and others 2022
        ("tokens-per-parameter-refit", 482.01, 0.3478, 2085.43, 0.3659),  # Besiroglu and others 2024
    ],
)
def test_best_tokens_by_search(key, a, alpha, b, beta):
    sizes = np.geomspace(5e9, 5e11, 200_001)
    tokens = 5.76e23 / 6 / sizes
    best = int(np.argmin(a / sizes**alpha + b / tokens**beta))
    assert value(key) == pytest.approx(tokens[best] / sizes[best], rel=1e-3)


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("v32-lag-export-dates", date(2024, 12, 20), date(2025, 12, 1)),  # o3 as announced
        ("v32-lag-version-dates", date(2025, 4, 16), date(2025, 12, 1)),  # o3 as released
        ("v4-pro-lag-epoch", date(2025, 8, 7), date(2026, 4, 24)),  # GPT-5
        ("guidance-after-article-months", date(2026, 1, 16), date(2026, 5, 31)),
        ("h800-months-on-sale", date(2023, 3, 31), date(2023, 11, 17)),
    ],
)
def test_months_between_days(key, first, last):
    assert value(key) == pytest.approx((last - first).days / MONTH, abs=0.01)


def test_days_between_days():
    assert value("h800-days-after-first-rule") == (date(2023, 3, 31) - date(2022, 10, 21)).days
    assert value("training-abroad-before-repeal") == (date(2025, 5, 13) - date(2025, 4, 30)).days
    assert value("training-abroad-after-h20-letter") == (date(2025, 4, 30) - date(2025, 4, 9)).days


def test_bounds_of_the_lag_are_in_order():
    assert value("r1-lag-at-release") <= value("r1-lag-passed-at-release")
    found = get("r1-lag-passed-at-release")
    # o1-mini of 12 September 2024 is the record passed, by the dossier of the index.
    assert found.value == pytest.approx((date(2025, 1, 20) - date(2024, 9, 12)).days / MONTH, abs=0.01)


def test_votes_by_the_logistic_law():
    odds = math.exp(math.log(10) * 23.3 / 400)
    assert value("k3-arena-votes-august-2026") == pytest.approx(100 / (1 + odds), abs=1e-6)


def test_ratios_of_computing():
    # Designers abroad over Chinese ones is what is left of the whole over the Chinese share.
    share = value("chinese-designs-share-2025")
    assert value("designs-ratio-2025") == pytest.approx((100 - share) / share)
    abroad, chinese = 8_934_834 + 2_716_222 + 695_533 + 714_397, 527_856 + 28_457  # Epoch AI, medians
    foreign = (401_698 - 322_257) + (662_048 - 158_675)
    assert value("added-ratio-2025") == pytest.approx((abroad - foreign) / (chinese + foreign))
    assert value("added-ratio-2025") < value("designs-ratio-2025")


def test_equivalents_of_one_chip_in_another():
    by_8_bit, by_rule = get("ifp-output-2026-8-bit"), get("ifp-output-2026-yardstick")
    assert (by_8_bit.low, by_8_bit.high) == pytest.approx((62_000 * 4500 / 1979, 160_000 * 4500 / 1979))
    assert (by_rule.low, by_rule.high) == pytest.approx((62_000 * 56_000 / 15_832, 160_000 * 56_000 / 15_832))
    assert value("ascend-2026-without-memory") == pytest.approx(300_000 * 1504 / 1979)
    assert value("huawei-2026-at-half-year-pace") == pytest.approx(2 * (1_115_000 - 707_968))


def test_prices_per_chip():
    assert value("v3-server-price-per-chip") == pytest.approx(51e6 / 2048)
    assert value("deepseek-price-per-chip") == pytest.approx(1.4e9 / 50_000)


def test_counts_of_trained_models():
    ours, everyone = value("models-cn-on-ascend"), value("models-cn-known-chip")
    assert 0 < value("models-cn-on-ascend-not-huawei") < ours < everyone


def test_ratios_of_rounded_scores_hold_their_values():
    for key in ("r1-share-of-gptoss-v2", "r1-share-of-gptoss-v3", "k3-share-of-fable5-august", "v4-pro-share-gpqa"):
        found = get(key)
        assert found.low < found.value < found.high
    assert value("r1-share-of-gptoss-v2") == pytest.approx(100 * 59 / 58)
    assert value("k3-share-of-fable5-september") == pytest.approx(100 * 44 / 50)
    assert value("v4-pro-share-portbench") == pytest.approx(100 * 44 / 78)
