from __future__ import annotations

import pytest

from helpers.data import assumption, load
from helpers.findings import get
from helpers.findings.chips_depth import VOLUMES, enough_at, inputs_2028, scenario_ratio, volume, weights_2028


@pytest.mark.parametrize(
    ("key", "published", "tolerance"),
    [
        ("purchase-cloudmatrix-over-nvl72", 8.2 / 300 * 180 / 3, 0.01),  # prices of the Financial Times, April 2025
        ("chip-price-order-2026", 16_000 / (1000 / 1979), 200),  # 5.6 billion for 350,000, one FP8 PFLOP/s each
        ("demand-2028-recounted", 88 * 20.4 / 37, 0.1),  # Bernstein, December 2025 and 2026
        ("demand-2030-jefferies-chips", 4.1e6 / 2.19, 1e4),  # Jefferies: supply is 2.19 times demand
        ("doubao-tokens-yearly-factor-2026", 11, 0.6),  # 50 to 180 trillion a day in half a year
        # purchase over four years and power at eight cents of the one, two dollars for 0.9894 PFLOP/s of the other
        (
            "use-on-ascend-at-parity-with-rent",
            100 * (8.2e6 / 300 / (4 * 8766) + 559 / 300 * 1.3 * 0.08) / (2 / 0.9894),
            0.01,
        ),
    ],
)
def test_published_values(key, published, tolerance):
    assert get(key).value == pytest.approx(published, abs=tolerance)


def test_smuggled_price_agrees_with_the_premium_in_the_press():
    # summaries of the Financial Times of July 2025: about half above US prices; the rack of GB200 has 72 chips
    prices = load("market_events")["value"]
    premium = prices["b200-rack-smuggled-price-2025"] / assumption("smuggled-rack-chips").value
    assert premium / (1e6 * prices["nvl72-price-2025"] / 72) == pytest.approx(1.5, abs=0.1)


def test_server_power_agrees_with_the_rack():
    chip, rack = load("accelerators").loc["gb200"], load("systems").loc["gb200-nvl72"]
    factor = 1000 * rack["power_kw"] / (rack["chips"] * chip["tdp_w"])
    assert factor == pytest.approx(assumption("server-over-chip-power").value, abs=0.05)


def test_scenarios_fall_with_their_volumes_and_agree_with_the_older_findings():
    order = sorted(VOLUMES, key=volume)
    medians = [scenario_ratio(name).median for name in order]
    assert medians == sorted(medians, reverse=True)
    assert scenario_ratio(None).median == get("compute-ratio-2025").value
    for name in ("delivered", "cleared"):
        assert scenario_ratio(name).median == get(f"compute-ratio-h200-{name}").value
    assert get("compute-ratio-h200-ordered-displaced").value < get("compute-ratio-h200-ordered").value


def test_cleared_is_ten_firms_at_75_000():
    assert volume("cleared") == 10 * 75_000  # press of May 2026


def test_to_halve_the_ratio_takes_as_much_as_there_is():
    half, stock = get("h200-to-halve-ratio"), get("stock-cn-2025")
    assert half.value == pytest.approx(stock.value, rel=1e-6)


def test_memory_is_the_nearer_limit_and_weighs_most():
    assert get("supply-2028-by-memory").value < get("supply-2028-by-wafers").value
    weights = weights_2028()
    assert max(weights, key=lambda name: weights[name].total) == "memory_wafers"
    parts = [get(f"weight-of-{name}-2028").value for name in ("memory-made", "demand", "logic")]
    assert sum(parts) < 100
    assert parts == sorted(parts, reverse=True)


def test_share_with_all_ranges_lies_between_its_ends():
    ends = inputs_2028()["memory_wafers"]
    assert enough_at(ends.low) <= get("enough-2028-two-limits").value <= enough_at(ends.high)
    assert enough_at(ends.high) <= get("enough-2028-wafers-alone").value


def test_demand_ends_are_the_two_counts_of_the_broker():
    ends = inputs_2028()["demand_usd_bn"]
    assert ends.high == load("chip_supply").loc["bernstein-demand-2028", "value"]
    assert ends.low < ends.high


def test_assumed_price_reaches_from_the_order_to_half_of_it():
    price = assumption("chip-price-2028")
    assert get("chip-price-order-2026").value <= price.high
    assert price.low == pytest.approx(get("chip-price-order-2026").value / 2, rel=0.1)


def test_bought_ways_lie_closer_together_than_to_rent():
    bought = [get(f"cost-per-zflop-{name}").value for name in ("cloudmatrix", "smuggled-b200", "h200-chips")]
    assert max(bought) / min(bought) < 1.2
    assert get("cost-per-zflop-rented").value / max(bought) > 2
    assert get("cost-per-zflop-nvl72").value < min(bought)


def test_text_on_prices_of_power_holds():
    price = assumption("power-price")
    stop, tenth, outweighs = (
        get(f"power-price-{name}") for name in ("old-chips-stop-paying", "penalty-a-tenth", "outweighs-purchase")
    )
    assert price.value < stop.value
    assert stop.low == pytest.approx(price.high, rel=0.1)
    assert price.low < tenth.value < price.value < outweighs.value
    parity = get("use-on-ascend-at-parity-with-smuggled")
    assert parity.value > 100
    assert parity.low > 90
