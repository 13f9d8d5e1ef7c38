from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from helpers.analysis import chip_supply as supply
from helpers.analysis.chip_supply import Ends
from helpers.analysis.chips import compute_ratio, gross_dies_per_wafer

BASE = {
    "logic_wafers": Ends(80_000, 92_000),
    "logic_share": Ends(0.2, 0.6),
    "good_share": Ends(0.15, 0.35),
    "h100e_per_die": Ends(0.38, 0.5),
    "memory_wafers": Ends(30_000, 120_000),
    "memory_gb": Ends(300, 900),
    "gb_per_h100e": Ends(168, 285),
    "demand_usd_bn": Ends(48, 88),
    "usd_per_h100e": Ends(15_000, 32_000),
}
DIES = 80.5
FEW = 2_000


def test_stacks_imported_to_2025_furnish_the_published_packages():
    # SemiAnalysis, September 2025: thirteen million stacks are enough for 1.6 million Ascend 910C (16 GB a stack,
    # 128 GB a package); a year's memory in the model is twelve months of wafers
    packages = supply.memory_limit(1, 13e6 * 16 / 12, 128)
    assert packages == pytest.approx(1.6e6, rel=0.02)


def test_a_single_digit_share_of_wafers_gives_millions_of_dies_as_published():
    # the same: with single-digit percentages of its advanced wafers the foundry could make millions of Ascend dies
    dies = supply.logic_limit(60_000, 0.09, gross_dies_per_wafer(665), 1.0, 1.0)
    assert 2e6 < dies < 1e7


def test_demand_divides_money_by_price():
    assert supply.demand(88, 22_000) == pytest.approx(4e6)


def test_mean_over_a_growing_year_agrees_with_a_numerical_mean():
    moments = np.linspace(0, 1, 100_001)
    assert supply.mean_over_growing_year(80.0, 4 / 3) == pytest.approx(
        float(np.mean(80 * (4 / 3) ** moments)), rel=1e-4
    )
    assert supply.mean_over_growing_year(80.0, 1.0) == 80.0
    with pytest.raises(ValueError, match="positive"):
        supply.mean_over_growing_year(80.0, 0.0)


def test_ends_are_checked_and_held():
    for low, high in ((0.0, 1.0), (2.0, 1.0), (-1.0, 1.0)):
        with pytest.raises(ValueError, match="in order"):
            Ends(low, high)
    ends = Ends(2.0, 8.0)
    assert [float(ends.at(q)) for q in (0, 0.5, 1)] == pytest.approx([2, 4, 8])
    assert float(Ends(3.0, 3.0).at(0.7)) == 3.0


def test_the_nearer_limit_is_the_supply():
    found = supply.run(BASE, DIES, FEW)
    assert (found.supply <= found.logic).all()
    assert (found.supply <= found.memory).all()
    assert ((found.supply == found.logic) | (found.supply == found.memory)).all()
    assert found.enough <= found.enough_by_logic


def test_limiting_cases():
    plenty = supply.fixed(BASE, "memory_wafers", 1e9)
    found = supply.run(plenty, DIES, FEW)
    assert found.memory_binds == 0
    assert found.enough == found.enough_by_logic
    assert supply.run(supply.fixed(BASE, "demand_usd_bn", 1e-6), DIES, FEW).enough == 1.0
    assert supply.run(supply.fixed(BASE, "demand_usd_bn", 1e6), DIES, FEW).enough == 0.0
    constant = {name: Ends(ends.low, ends.low) for name, ends in BASE.items()}
    assert supply.run(constant, DIES, 10).enough in (0.0, 1.0)


@given(st.floats(1e3, 1e6), st.floats(1.0, 10.0))
@settings(max_examples=25, deadline=None)
def test_more_memory_never_lowers_the_share(wafers, more):
    first, second = (
        supply.run(supply.fixed(BASE, "memory_wafers", value), DIES, FEW).enough for value in (wafers, wafers * more)
    )
    assert second >= first


@given(st.floats(0.1, 10.0))
@settings(max_examples=15, deadline=None)
def test_scale_of_supply_and_demand_together_does_not_matter(factor):
    grown = dict(BASE)
    for name in ("logic_wafers", "memory_wafers", "demand_usd_bn"):
        grown[name] = Ends(BASE[name].low * factor, BASE[name].high * factor)
    a, b = supply.run(BASE, DIES, FEW), supply.run(grown, DIES, FEW)
    assert b.supply == pytest.approx(a.supply * factor)
    assert b.enough == pytest.approx(a.enough, abs=2 / FEW)


def test_drawn_ranges_keep_their_ends_and_streams():
    drawn = supply.draw(BASE, FEW)
    for name, ends in BASE.items():
        assert drawn[name].min() >= ends.low
        assert drawn[name].max() <= ends.high
    held = supply.draw(supply.fixed(BASE, "memory_gb", 500.0), FEW)
    assert (held["logic_share"] == drawn["logic_share"]).all()
    with pytest.raises(ValueError, match="expected"):
        supply.draw({"logic_wafers": Ends(1, 2)})
    with pytest.raises(ValueError, match="no input"):
        supply.fixed(BASE, "yield", 1.0)


def test_weights_agree_with_theory_where_memory_never_binds():
    # then the logarithm is a sum of independent uniform variables, whose variances are their squared spans over twelve
    inputs = supply.fixed(BASE, "memory_wafers", 1e12)
    found = supply.weights(inputs, DIES)
    spans = {name: math.log(ends.high / ends.low) ** 2 for name, ends in inputs.items()}
    used = [name for name in inputs if not name.startswith(("memory", "gb"))]
    whole = sum(spans[name] for name in used)
    for name in used:
        assert found[name].alone == pytest.approx(spans[name] / whole, abs=0.01), name
        assert found[name].total == pytest.approx(spans[name] / whole, abs=0.01), name
    assert found["memory_gb"].total == pytest.approx(0, abs=1e-9)


def test_weights_order_inputs_as_rank_correlation_does():
    drawn = supply.draw(BASE)
    found = supply.balance(drawn, DIES)
    ratio = found.supply / found.demand
    ranked = {name: abs(stats.spearmanr(values, ratio).statistic) for name, values in drawn.items()}
    weights = supply.weights(BASE, DIES)
    top = sorted(ranked, key=ranked.get, reverse=True)[:4]  # type: ignore[arg-type]
    assert top == sorted(weights, key=lambda name: weights[name].alone, reverse=True)[:4]


@given(st.floats(1e6, 1e8), st.floats(1e5, 1e7), st.floats(0.05, 0.95), st.floats(0, 1))
def test_exports_for_a_ratio_bring_it_about(outside, inside, part, displaced):
    wanted = part * outside / inside
    exported = supply.exports_for_ratio(outside, inside, wanted, displaced)
    assert exported > 0
    assert compute_ratio(outside, 0.0, inside, exported, displaced) == pytest.approx(wanted, rel=1e-9)


def test_exports_for_a_ratio_out_of_reach():
    assert supply.exports_for_ratio(10.0, 1.0, 10.0) == 0
    for wanted in (11.0, 0.0, -1.0):
        with pytest.raises(ValueError, match="cannot"):
            supply.exports_for_ratio(10.0, 1.0, wanted)
