"""Findings on the two papers and on the origins of the efficiency, against published values and what the text says."""

from __future__ import annotations

import pytest

from helpers.findings import get
from helpers.findings.efficiency_papers import SHARES, adoption_months, allocations, mixed


def test_widening_has_its_part_of_the_rise_in_the_printed_scores():
    # Table 4 of arXiv 2512.24880: BBH, DROP, GSM8K, MATH, MMLU; plain, unconstrained, constrained.
    plain, free, tamed = (43.8, 47.0, 46.7, 22.0, 59.0), (48.9, 51.6, 53.2, 26.4, 63.0), (51.0, 53.9, 53.8, 26.0, 63.4)
    part = (sum(free) - sum(plain)) / (sum(tamed) - sum(plain))
    assert get("mhc-rise-from-widening").value == pytest.approx(100 * part)


def test_layout_is_the_papers():
    assert [get(key).value for key in ("mhc-streams", "mhc-mixing-steps", "mhc-iterations")] == [4, 60, 20]


def test_growth_at_a_step_is_the_root_of_one_plus_streams_times_variance():
    assert get("toy-growth-per-step").value == pytest.approx(100 * ((1 + 4 * 0.2**2) ** 0.5 - 1))


def test_what_the_text_says_of_the_streams_holds():
    free, alike, paper = (get(key).value for key in ("toy-gain-free", "toy-gain-free-alike", "hyper-connections-gain"))
    assert free < paper < alike, "the paper's gain lies between the two free lines"
    assert get("toy-gain-constrained-alike").high < get("mhc-gain").value < get("toy-gain-constrained-largest").value
    assert get("toy-gain-constrained-more-rounds").value < get("toy-gain-constrained-largest").value
    assert mixed("constrained", False)[0].min() == pytest.approx(1)  # no product of them can shrink all sums


def test_the_curve_is_u_shaped_in_every_draw_and_setting():
    for name, found in allocations().items():
        for losses in (found.mean, *found.losses):
            place = int(losses.argmin())
            assert 0 < place < len(SHARES) - 1, f"{name}: the lowest point is at an end"
            assert losses[0] > losses[place] < losses[-1]


def test_more_phrases_move_the_best_share_up():
    few, ours, many = (
        get(key).value
        for key in ("toy-table-best-share-few-phrases", "toy-table-best-share", "toy-table-best-share-many-phrases")
    )
    assert few < ours < many
    assert few < get("engram-best-share").value < many, "the choice of the text could give the authors' share"


def test_losses_of_the_papers_trial():
    # arXiv 2601.07372: 1.7248 without the table and 1.7109 with it.
    assert get("engram-loss-saving").value == pytest.approx(100 * 0.0139 / 1.7248, abs=1e-6)
    assert (get("engram-best-share").low, get("engram-best-share").high) == (20, 25)


def test_counts_of_distillation_are_of_named_chinese_developers():
    # Anthropic: above 150 thousand (DeepSeek, February 2026) and above 151 million in 3,500 accounts (September 2026).
    assert get("distillation-count-smallest").value == 150_000  # not the 100,000 prompts of which nobody is accused
    assert get("distillation-count-largest").value == 151_000_000
    assert get("distillation-largest-over-smallest").value == pytest.approx(1006.7, abs=0.1)
    assert get("distillation-exchanges-per-account-2026-09").value == pytest.approx(43_143, abs=1)
    assert get("distillation-smallest-over-own-samples").value == pytest.approx(150 / 800)


def test_counts_of_accusations_nest():
    whole = get("distillation-accusations").value
    assert get("distillation-accusations-denied").value < get("distillation-accusations-counted").value < whole


def test_months_from_publication_to_first_other_user():
    months = adoption_months()
    assert months["latent-attention"] == pytest.approx(14.1, abs=0.1)  # 7 May 2024 to 11 July 2025
    found = get("method-adoption-months")
    assert found.low == months.min()
    assert found.high == months.max()
    assert get("methods-adopted-from-us").value < get("methods-adopted").value == len(months)
