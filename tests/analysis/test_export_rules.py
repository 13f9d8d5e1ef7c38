"""The export rules against their published thresholds and the days on which chips could be sold."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import chip_costs, export_rules, switching
from helpers.analysis import chips as analysis
from helpers.analysis.chips import CASE_BY_CASE, FREE, REFUSED, SECOND_TIER, UNKNOWN
from helpers.analysis.export_rules import NAMED
from helpers.data import load

RULES, CHIPS = load("export_rules"), load("accelerators")
START, END = pd.Timestamp("2022-07-01"), pd.Timestamp("2026-11-25")
SPANS = export_rules.spans(CHIPS[CHIPS["country"] == "US"], RULES, START, END)


def made_up(tpp: float, die: float, link: float = 400.0, bandwidth: float = 3.0) -> pd.Series:
    return pd.Series({"chip": "X1", "tpp": tpp, "die_mm2": die, "link_gb_s": link, "bandwidth_tb_s": bandwidth})


def on(day: str, **numbers: float) -> str:
    return analysis.saleable(made_up(**numbers), pd.Timestamp(day), RULES).status


@pytest.mark.parametrize(
    ("numbers", "status"),
    [  # 87 FR 62186, October 2022: 4800 of performance and 600 GB/s of link, both
        ({"tpp": 4800, "die": 800, "link": 600}, REFUSED),
        ({"tpp": 4799, "die": 800, "link": 600}, FREE),
        ({"tpp": 4800, "die": 800, "link": 599}, FREE),
    ],
)
def test_first_rule(numbers, status):
    assert on("2022-12-01", **numbers) == status


@pytest.mark.parametrize(
    ("tpp", "density", "status"),
    [  # 88 FR 73458, October 2023: 4800; 1600 and 5.92; 2400 and 1.6 to 5.92; 1600 and 3.2 to 5.92
        (4800, 0.1, REFUSED),
        (4799, 1.59, FREE),
        (4799, 1.61, SECOND_TIER),
        (1600, 5.93, REFUSED),
        (1600, 5.91, SECOND_TIER),
        (1599, 5.93, FREE),
        (2400, 1.61, SECOND_TIER),
        (2400, 1.59, FREE),
        (2399, 3.19, FREE),
        (2399, 3.21, SECOND_TIER),
        (1600, 3.21, SECOND_TIER),
        (1600, 3.19, FREE),
    ],
)
def test_second_rule(tpp, density, status):
    assert on("2024-01-01", tpp=tpp, die=tpp / density) == status


@pytest.mark.parametrize(
    ("tpp", "bandwidth", "status"),
    [  # 91 FR 1684, January 2026: below 21,000 and below 6,500 GB/s, both
        (20_999, 6.499, CASE_BY_CASE),
        (21_000, 6.4, REFUSED),
        (20_000, 6.5, REFUSED),
        (21_000, 6.5, REFUSED),
    ],
)
def test_ceilings_of_2026(tpp, bandwidth, status):
    assert on("2026-01-15", tpp=tpp, die=800, bandwidth=bandwidth) == status
    assert on("2026-01-14", tpp=tpp, die=800, bandwidth=bandwidth) == REFUSED


def history(chip: str) -> list[tuple[str, str]]:
    return [(span.status, span.start.date().isoformat()) for span in SPANS if span.chip == chip]


@pytest.mark.parametrize(
    ("chip", "known"),
    [
        ("a800-sxm", [(FREE, "2022-08-11"), (REFUSED, "2023-11-17"), (CASE_BY_CASE, "2026-01-15")]),
        ("h800-sxm", [(FREE, "2023-03-21"), (REFUSED, "2023-11-17"), (CASE_BY_CASE, "2026-01-15")]),
        ("h20", [(FREE, "2023-11-09"), (NAMED, "2025-04-09"), (CASE_BY_CASE, "2025-07-15")]),
        ("h200-sxm", [(REFUSED, "2024-11-18"), (CASE_BY_CASE, "2026-01-15")]),
        ("h100-sxm", [(NAMED, "2022-09-20"), (REFUSED, "2022-10-21"), (CASE_BY_CASE, "2026-01-15")]),
        ("mi308x", [(UNKNOWN, "2023-12-06"), (NAMED, "2025-04-09"), (CASE_BY_CASE, "2025-07-15")]),
        ("l20", [(FREE, "2023-11-09")]),
        ("b200-sxm", [(REFUSED, "2024-11-15")]),
        ("b30a", [(REFUSED, "2025-08-19")]),  # The Information, November 2025: the White House will not permit it
        ("rubin", [(REFUSED, "2026-01-05")]),
    ],
)
def test_known_histories(chip, known):
    assert history(chip) == known


def test_spans_fill_the_time_from_release_without_gap_or_overlap():
    for chip in {span.chip for span in SPANS}:
        mine = [span for span in SPANS if span.chip == chip]
        assert mine[0].start == max(START, CHIPS.loc[chip, "released"])
        assert mine[-1].end == END
        for one, two in pairwise(mine):
            assert one.end == two.start
            assert one.status != two.status


@given(st.sampled_from(sorted({span.chip for span in SPANS})), st.dates(START.date(), END.date()))
def test_spans_agree_with_the_function_on_any_day(chip, day):
    when = pd.Timestamp(day)
    hits = [span for span in SPANS if span.chip == chip and span.start <= when < span.end]
    if not hits:
        assert when < CHIPS.loc[chip, "released"] or when == END
        return
    status = analysis.saleable(CHIPS.loc[chip], when, RULES).status
    assert hits[0].status in ({NAMED} if status == REFUSED and hits[0].status == NAMED else {status})


def test_many_answers_are_those_of_one():
    days = [pd.Timestamp("2023-01-01"), pd.Timestamp("2026-02-01")]
    chips = CHIPS.loc[["h20", "h200-sxm", "b200-sxm"]]
    found = analysis.sales(chips, days, RULES)
    for key, chip in chips.iterrows():
        for day in days:
            assert found[key, day] == analysis.saleable(chip, day, RULES)


def test_first_days_and_wrong_ends():
    assert export_rules.first_days(SPANS, "h20", FREE) == 517  # 9 November 2023 to 9 April 2025
    with pytest.raises(ValueError, match="was never free"):
        export_rules.first_days(SPANS, "rubin", FREE)
    with pytest.raises(ValueError, match="after the start"):
        export_rules.spans(CHIPS, RULES, END, START)


# --- levy, runs -----------------------------------------------------------------------------------------------------


def test_levy_and_price():
    assert chip_costs.levy(2_000_000, 27_000, 25) == pytest.approx(13.5e9)
    assert chip_costs.price_with_levy_passed_on(27_000, 0) == 27_000
    assert chip_costs.price_with_levy_passed_on(27_000, 25) == pytest.approx(36_000)
    with pytest.raises(ValueError, match="levy"):
        chip_costs.price_with_levy_passed_on(1.0, 100)


@given(st.floats(1, 1e6), st.floats(0, 90))
def test_a_seller_keeps_his_price_when_the_levy_is_passed_on(price, percent):
    paid = chip_costs.price_with_levy_passed_on(price, percent)
    assert paid - chip_costs.levy(1, paid, percent) == pytest.approx(price)


def test_cluster_of_v3_does_as_many_runs_as_its_days_allow():
    # The developer: 2.788 million H800 hours in all, which is 57 days on 2,048 chips.
    assert chip_costs.runs_a_year(2048, 2.788e6) == pytest.approx(365.25 / 56.7, rel=0.01)


# --- the switch -----------------------------------------------------------------------------------------------------


@given(st.floats(0.01, 0.99), st.floats(0.5, 6), st.floats(0.5, 8))
def test_without_a_pull_the_choice_is_logistic(share, cost, alike):
    ratio = switching.ratio_at(share, cost, 0.0, alike)
    assert 1 / (1 + (ratio / cost) ** alike) == pytest.approx(share, rel=1e-9)
    assert not switching.tips(0.0, alike)


def test_half_stay_where_the_ratio_is_the_cost():
    for pull in (0.0, 0.4, 1.5):
        assert switching.ratio_at(0.5, 3.0, pull, 4.0) == pytest.approx(3.0)


@given(st.floats(0.05, 1.5), st.floats(0.5, 8))
def test_tipping_begins_where_brock_and_durlauf_have_it(pull, alike):
    # Their mean-field choice m = tanh(b J m) has other solutions than zero where b J > 1; here b J = pull * alike / 2.
    low, high = switching.turning_shares(pull, alike)
    strength = pull * alike / 2
    mean = 0.9
    for _ in range(4000):
        mean = float(np.tanh(strength * mean))
    if strength > 1.02:
        assert switching.tips(pull, alike)
        assert low < 0.5 < high
        assert switching.ratio_at((1 + mean) / 2, 2.0, pull, alike) == pytest.approx(2.0, rel=1e-3)
        assert mean > 0.1
    elif strength < 0.98:
        assert not switching.tips(pull, alike)
        assert low == high == 0.5
        assert mean < 0.1


@given(st.floats(1, 5), st.floats(0.7, 1.5), st.floats(3, 8), st.floats(0.3, 0.9))
def test_staying_falls_with_the_ratio_and_jumps_at_the_turn(cost, pull, alike, part):
    back, leave = switching.turning_ratios(cost, pull, alike)
    assert back < cost < leave
    before = switching.share_staying(leave * (1 - 1e-6), cost, pull, alike)
    after = switching.share_staying(leave * (1 + 1e-6), cost, pull, alike)
    assert before > 0.5 > after
    assert switching.share_staying(leave * part, cost, pull, alike) >= before


@given(st.floats(0.6, 8), st.floats(1, 5), st.floats(0, 0.5), st.floats(1, 3))
def test_share_and_ratio_are_inverse_where_nothing_tips(ratio, cost, pull, alike):
    share = switching.share_staying(ratio, cost, pull, alike)
    assert switching.ratio_at(share, cost, pull, alike) == pytest.approx(ratio, rel=1e-6)


def test_alike_developers_switch_as_a_step():
    assert switching.share_staying(1.9, 2.0, 0.0, 300.0) > 0.99
    assert switching.share_staying(2.1, 2.0, 0.0, 300.0) < 0.01
    with pytest.raises(ValueError, match="between 0 and 1"):
        switching.ratio_at(1.0, 2.0, 0.0, 1.0)
