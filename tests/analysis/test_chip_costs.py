from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.analysis import chip_costs as costs
from helpers.analysis.chip_costs import Machine

positive = st.floats(0.01, 1000)


def test_rent_of_deepseek_v3_comes_to_the_published_cost():
    # report on DeepSeek-V3: 2.788 million hours at two dollars are 5.576 million; 37 billion active parameters and 14.8
    # trillion tokens are 3.29e24 operations by the rule of six, a third of the peak of the chips at 16 bits
    work = 6 * 37e9 * 14.8e12
    use = work / (2.788e6 * 3600 * 0.9894e15)
    assert use == pytest.approx(0.33, abs=0.01)
    assert costs.rent_per_zflop(2.0, 0.9894, use) * work / 1e21 == pytest.approx(5.576e6, rel=1e-6)


def test_a_zettaflop_takes_a_petaflop_machine_278_hours():
    assert costs.per_zflop(1.0, 1.0) == pytest.approx(277.8, abs=0.1)
    assert costs.per_zflop(1.0, 0.5) == pytest.approx(555.6, abs=0.1)
    for use in (0.0, 1.1, -0.2):
        with pytest.raises(ValueError, match="share"):
            costs.per_zflop(1.0, use)


def test_cost_without_power_and_without_purchase():
    machine = Machine(8766.0, 1.0, 2.0)
    assert machine.cost_per_hour(1.0, 0.0, 1.3) == pytest.approx(1.0)
    assert Machine(0.0, 1.0, 2.0).cost_per_hour(1.0, 0.1, 1.5) == pytest.approx(0.3)


@given(positive, positive, st.floats(1.0, 2.0), st.floats(1, 10), st.floats(1, 10))
def test_both_cost_the_same_at_the_break_even_price(usd, kw, overhead, life, times):
    assume(times > 1.01)
    new, old = Machine(usd * 1e3, 1.0, kw), Machine(0.0, 1.0, kw * times)
    price = costs.break_even_price(old, new, life, overhead)
    assert old.cost_per_hour(life, price, overhead) == pytest.approx(new.cost_per_hour(life, price, overhead))
    assert old.cost_per_hour(life, price / 2, overhead) < new.cost_per_hour(life, price / 2, overhead)
    assert costs.break_even_price(old, new, 2 * life, overhead) == pytest.approx(price / 2)


def test_an_old_machine_that_needs_less_power_never_stops_paying():
    with pytest.raises(ValueError, match="saves no power"):
        costs.break_even_price(Machine(0, 1, 1), Machine(10, 1, 1), 4, 1.3)


@given(positive, positive, st.floats(1.0, 2.0), st.floats(0.01, 0.9))
def test_extra_power_is_the_share_at_its_price(usd, kw, overhead, share):
    strong, weak = Machine(usd * 1e3, 1.0, kw), Machine(usd * 1e3, 1.0, 2 * kw)
    price = costs.price_for_share(weak, strong, 4.0, overhead, share)
    extra = weak.cost_per_hour(4.0, price, overhead) - strong.cost_per_hour(4.0, price, overhead)
    assert extra == pytest.approx(share * strong.cost_per_hour(4.0, price, overhead))


def test_a_share_that_is_never_reached_is_refused():
    with pytest.raises(ValueError, match="never"):
        costs.price_for_share(Machine(1, 1, 1.05), Machine(1, 1, 1.0), 4.0, 1.3, 0.1)


def test_power_outweighs_purchase_where_both_extras_are_equal():
    weak, strong = Machine(8.2e6, 300, 559), Machine(3e6, 180, 145)
    price = costs.price_where_power_outweighs_purchase(weak, strong, 4, 1.3)
    power = (weak.kw_per_pflop_s - strong.kw_per_pflop_s) * 1.3 * price
    assert power == pytest.approx(weak.capital_per_hour(4) - strong.capital_per_hour(4))
    with pytest.raises(ValueError, match="must cost more"):
        costs.price_where_power_outweighs_purchase(strong, weak, 4, 1.3)


def test_use_at_parity():
    assert costs.use_at_parity(1.0, 2.0, 0.4) == pytest.approx(0.2)
    assert costs.use_at_parity(1.0, 1.0, 0.4) == 0.4


@given(st.floats(1.0, 5.0), st.floats(0.05, 0.95))
def test_research_stands_still_at_the_limit_and_keeps_pace_with_equal_growth(growth, share):
    limit = costs.serving_growth_that_stops_research(growth, share)
    assert costs.research_growth(growth, share, limit) == pytest.approx(1.0)
    assert costs.research_growth(growth, share, growth) == pytest.approx(growth)
    assert limit >= growth - 1e-12


def test_limit_of_serving_goes_to_the_growth_of_all_as_serving_takes_all():
    assert costs.serving_growth_that_stops_research(2.0, 1.0) == 2.0
    assert costs.serving_growth_that_stops_research(1.0, 0.3) == pytest.approx(1.0)
