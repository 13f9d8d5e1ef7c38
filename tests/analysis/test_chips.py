from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import chips as analysis
from helpers.analysis.chips import CASE_BY_CASE, FREE, REFUSED, SECOND_TIER, UNKNOWN, Estimate
from helpers.data import load

RULES = load("export_rules")
DAYS = ["2022-08-25", "2022-09-01", "2022-12-01", "2023-12-01", "2025-05-01", "2025-08-01", "2026-02-01"]


def made_up(name="X1", tpp=1000.0, die=800.0, link=400.0, bandwidth=3.0) -> pd.Series:
    return pd.Series({"chip": name, "tpp": tpp, "die_mm2": die, "link_gb_s": link, "bandwidth_tb_s": bandwidth})


@pytest.mark.parametrize(
    ("chip", "published"),
    [
        ("h20", 2368),  # Institute for Progress, Reuters: TPP of the H20
        ("h100-sxm", 15832),  # the same, and 15,824 to 15,840 by rounding elsewhere
        ("a100-sxm-80gb", 4992),  # note of law firms to the rule of October 2022
        ("ascend-910c", 12032),  # Bernstein's table of July 2025
    ],
)
def test_tpp_gives_the_published_yardstick(chip, published):
    assert analysis.chip_tpp(load("accelerators").loc[chip]) == pytest.approx(published, rel=1e-3)


def test_tpp_agrees_with_every_computed_row_of_the_table():
    chips = load("accelerators")
    chips = chips[chips["tpp_basis"] == "computed"]
    for key, chip in chips.iterrows():
        assert analysis.chip_tpp(chip) == pytest.approx(chip["tpp"], abs=1), key


def test_tpp_takes_the_largest_product():
    assert analysis.total_processing_performance({16: 100.0, 8: 210.0, 4: None}) == 1680
    with pytest.raises(ValueError, match="no throughput"):
        analysis.total_processing_performance({16: None})


@pytest.mark.parametrize(
    ("chip", "day", "status", "rule"),
    [
        ("a100-sxm-80gb", "2022-08-25", FREE, None),  # the day before the letter of 26 August 2022
        ("a100-sxm-80gb", "2022-08-26", REFUSED, "us-letter-2022"),
        ("a800-sxm", "2022-12-01", FREE, None),  # link below the limit: sold until November 2023
        ("h800-sxm", "2023-11-16", FREE, None),
        ("h800-sxm", "2023-11-17", REFUSED, "us-rule-2023-3a090-a-1"),
        ("h20", "2023-12-01", FREE, None),  # made to pass that rule
        ("h20", "2025-04-09", REFUSED, "us-letter-2025-h20"),
        ("h20", "2025-07-15", CASE_BY_CASE, "us-assurance-2025-h20"),
        ("h200-sxm", "2026-01-14", REFUSED, "us-rule-2022-3a090"),
        ("h200-sxm", "2026-01-15", CASE_BY_CASE, "us-rule-2026-case-by-case"),
        ("mi325x", "2026-01-15", CASE_BY_CASE, "us-rule-2026-case-by-case"),  # named with it in the rule
        ("b200-sxm", "2026-02-01", REFUSED, "us-rule-2022-3a090"),
        ("rtx-pro-6000d", "2025-09-30", UNKNOWN, "us-rule-2022-3a090"),
    ],
)
def test_saleable_on_published_days(chip, day, status, rule):
    found = analysis.saleable(load("accelerators").loc[chip], date.fromisoformat(day), RULES)
    assert (found.status, found.rule) == (status, rule)


def test_second_tier_and_density_tests():
    on = pd.Timestamp("2024-01-01")
    assert analysis.saleable(made_up(tpp=2400, die=814), on, RULES).status == SECOND_TIER  # density 2.9
    assert analysis.saleable(made_up(tpp=2399, die=814), on, RULES).status == FREE
    assert analysis.saleable(made_up(tpp=1700, die=500), on, RULES).status == SECOND_TIER  # density 3.4
    assert analysis.saleable(made_up(tpp=1700, die=280), on, RULES).status == REFUSED  # density 6.1
    assert analysis.saleable(made_up(tpp=1599, die=100), on, RULES).status == FREE
    assert analysis.saleable(made_up(tpp=1700, die=math.nan), on, RULES).status == UNKNOWN


def test_a_rule_that_never_applied_binds_nobody():
    rules = RULES[RULES["id"] == "us-rule-2025-diffusion"].assign(tpp_min=1.0)
    assert analysis.saleable(made_up(tpp=1e6), pd.Timestamp("2026-01-01"), rules).status == FREE


@given(
    low=st.floats(100, 60_000),
    more=st.floats(1, 60_000),
    day=st.sampled_from(DAYS[:5]),
    link=st.sampled_from([400.0, 900.0]),
    die=st.floats(300, 900),
)
def test_more_performance_is_never_easier_to_sell_before_2026(low, more, day, link, die):
    order = [FREE, SECOND_TIER, REFUSED]
    statuses = [
        analysis.saleable(made_up(tpp=tpp, link=link, die=die), pd.Timestamp(day), RULES).status
        for tpp in (low, low + more)
    ]
    assert order.index(statuses[0]) <= order.index(statuses[1])


def test_a_name_does_not_name_its_relatives():
    assert analysis._named("H20", "H20; MI308X")
    assert not analysis._named("H200 SXM", "H20; MI308X")
    assert not analysis._named("A800 SXM", "A100; H100")
    assert not analysis._named("A800 SXM", None)


def test_generations_follow_nvidias_letters():
    chips = load("accelerators")
    assert analysis.generations_between(chips, "h200-sxm", "rubin") == 2  # Hopper, Blackwell, Rubin
    assert analysis.generations_between(chips, "h20", "gb300") == 1
    assert analysis.generations_between(chips, "h100-sxm", "h200-sxm") == 0


def test_first_at_level():
    chips = load("accelerators")
    american = chips[chips["country"] == "US"]
    assert analysis.first_at_level(american, 12_032) == "h100-sxm"
    with pytest.raises(ValueError, match="no chip"):
        analysis.first_at_level(american, 1e9)


def test_draws_have_the_published_median_and_percentiles():
    published = Estimate(662_048, 294_087, 1_592_327)  # Epoch AI, smuggled chips, end of 2025
    found = analysis.spread(analysis.simulate({"x": published}, draws=200_000)["x"])
    assert found.median == pytest.approx(published.value, rel=0.02)
    assert (found.low, found.high) == pytest.approx((published.low, published.high), rel=0.02)


def test_draws_without_a_range_are_constant_and_uniform_ones_stay_inside():
    drawn = analysis.simulate({"a": Estimate(5.0), "b": Estimate(2.0, 1.0, 3.0, law="uniform")}, draws=1000)
    assert set(drawn["a"]) == {5.0}
    assert drawn["b"].min() >= 1
    assert drawn["b"].max() <= 3


def test_simulation_is_repeatable_and_streams_do_not_depend_on_each_other():
    one, two = Estimate(2.0, 1.0, 4.0), Estimate(3.0, 2.0, 5.0)
    alone, both = analysis.simulate({"a": one}, 100), analysis.simulate({"a": one, "b": two}, 100)
    assert np.array_equal(alone["a"], both["a"])


def test_ratio_agrees_with_the_independent_trial():
    # The specification of the closing model has 9.9, 5th to 95th percentile 6.3 to 14.4, from its own Monte Carlo.
    held = analysis.stocks(load("chip_supply"), Estimate(675_000, 350_000, 1_000_000, law="uniform"))
    found = analysis.stock_ratio(held)
    assert found.median == pytest.approx(9.9, rel=0.05)
    assert (found.low, found.high) == pytest.approx((6.3, 14.4), rel=0.05)


@given(
    abroad=st.floats(5e6, 5e7),
    foreign=st.floats(1e5, 2e6),
    chinese=st.floats(1e5, 2e6),
    exported=st.floats(0, 9e5),
    displaced=st.floats(0, 1),
)
def test_exports_lower_the_ratio_and_more_so_when_displaced(abroad, foreign, chinese, exported, displaced):
    base = analysis.compute_ratio(abroad, foreign, chinese)
    added = analysis.compute_ratio(abroad, foreign, chinese, exported)
    moved = analysis.compute_ratio(abroad, foreign, chinese, exported, displaced)
    assert moved <= added <= base
    assert analysis.compute_ratio(abroad, 0.0, chinese) == pytest.approx(abroad / chinese)


def test_flows_are_the_difference_where_nothing_is_uncertain():
    drawn = analysis.flows({"a": Estimate(3.0)}, {"a": Estimate(10.0)}, draws=10)
    assert set(drawn["a"]) == {7.0}


def test_research_ratio_limits():
    assert analysis.research_ratio(10, 0.5, 0.5) == 10
    assert analysis.research_ratio(10, 0.75, 0.5) == 20


def test_dies_per_wafer_near_published_counts():
    # A 300 mm wafer holds about 640 dies of 100 mm2, and 60 to 65 of the H100's 814 mm2, by the usual calculators.
    assert analysis.gross_dies_per_wafer(100) == pytest.approx(640, rel=0.01)
    assert 60 <= analysis.gross_dies_per_wafer(814) <= 66
    assert analysis.packages_per_year(1000, 1.0, 814, 0.5) == pytest.approx(
        12_000 * analysis.gross_dies_per_wafer(814) / 4
    )


def test_crossing_limits():
    assert analysis.years_to_cross(5, 5, 1.1, 1.2) == 0
    assert math.isinf(analysis.years_to_cross(1, 2, 1.2, 1.2))
    assert analysis.years_to_cross(1, 2, 2.0, 1.0) == pytest.approx(1)


@given(st.floats(1, 50), st.floats(51, 500), st.floats(1.3, 3), st.floats(1.0, 1.29))
def test_supply_equals_demand_at_the_crossing(supply, demand, grow, wish):
    years = analysis.years_to_cross(supply, demand, grow, wish)
    assert supply * grow**years == pytest.approx(demand * wish**years, rel=1e-6)


def test_crossing_probability_is_certain_or_nil_at_the_ends():
    assert analysis.crossing_probability(1, 2, (3, 3.1), (1, 1.1), 3) == 1
    assert analysis.crossing_probability(1, 2, (1.1, 1.2), (1.5, 1.6), 3) == 0


def test_power():
    assert analysis.stock_gw(1e6, 1.0, 1.3) == pytest.approx(1.3)
    assert analysis.extra_power_cost(2.0, 2.0, 0.1, 1.3) == 0
