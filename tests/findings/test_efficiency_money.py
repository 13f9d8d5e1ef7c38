"""Findings on the choices of capital spending: sums that they share with others, and what the text says of them."""

from __future__ import annotations

import pytest

from helpers.analysis import spending
from helpers.data import load
from helpers.findings import efficiency_spending as money
from helpers.findings import get

SAME = {  # choice: finding that another function computes
    ("four", "cash", "2025", "ubs"): "ubs-share-of-cash",
    ("four", "leases", "2025", "ubs"): "ubs-share-of-leases",
    ("oracle", "leases", "2025", "ubs"): "ubs-share-with-oracle",
    ("longest", "leases", "2025", "ubs"): "ubs-share-of-longest-list",
    ("four", "leases", "2025", "rebuilt"): "rebuilt-share-of-leases",
    ("longest", "leases", "2025", "rebuilt"): "rebuilt-share-of-longest-list",
    ("stated", "unstated", "2025", "ubs-march"): "ubs-share-in-march",
    ("stated", "unstated", "2023-2025", "jefferies"): "capex-share-jefferies",
    ("four", "leases", "2023-2025", "gaps"): "capex-cn-floor-share",
}


@pytest.mark.parametrize(("choice", "key"), SAME.items())
def test_a_choice_gives_what_the_text_gives_for_it(choice, key):
    found = {(item.basket, item.basis, item.year, item.chinese): item for item in money.choices()}[choice]
    assert found.percent == pytest.approx(get(key).value)


@pytest.mark.parametrize(
    ("choice", "key"),
    [
        (("four", "cash", "2025"), "capex-us-2025-cash"),
        (("longest", "leases", "2025"), "capex-us-2025-longest-list"),
        (("four", "leases", "2023-2025"), "capex-us-with-leases"),
        (("four", "guided", "2023-2025"), "capex-us-as-guided"),
        (("aws", "leases", "2023-2025"), "capex-us-with-aws"),
    ],
)
def test_american_sums_are_those_of_the_findings(choice, key):
    assert money.american()[choice].value == pytest.approx(get(key).value)


def test_years_add_up_to_the_three():
    sums = money.american()
    for basket, basis in (("four", "cash"), ("four", "leases"), ("oracle", "cash"), ("aws", "leases")):
        years = sum(sums[basket, basis, year].value for year in ("2023", "2024", "2025"))
        assert sums[basket, basis, money.ALL].value == pytest.approx(years)


def test_no_choice_is_made_up():
    assert ("aws", "cash", "2025") not in money.american()  # the segment's year counts leases
    assert ("four", "guided", "2024") not in money.american()
    assert ("rebuilt", "2023") not in money.chinese()  # ByteDance's is missing
    assert ("gaps-carriers", money.ALL) not in money.chinese()  # so is the carriers' 2023
    assert all((item.chinese, item.year) in money.chinese() for item in money.choices())


def test_choices_are_sorted_and_longer_lists_lower_the_share():
    shares = [item.percent for item in money.choices()]
    assert shares == sorted(shares)
    found = {(item.basket, item.basis, item.year, item.chinese): item.percent for item in money.choices()}
    for (basket, basis, year, chinese), share in found.items():
        if basket == "four" and ("oracle", basis, year, chinese) in found:
            assert found["oracle", basis, year, chinese] < share
        if (basket, basis, year, f"{chinese}-carriers") in found:
            assert found[basket, basis, year, f"{chinese}-carriers"] > share


def test_what_the_text_says_82_per_cent_less_needs():
    for item in money.near("shortfall"):
        assert (
            (item.chinese == "jefferies" and item.year == money.ALL)
            or item.basket == "aws"
            or (item.basket, item.year) == ("stated", "2025")
            or item.chinese.endswith("carriers")
        ), item


def test_what_the_text_says_a_tenth_needs():
    assert all(item.basket in ("oracle", "longest") for item in money.near("tenth"))


def test_what_the_text_says_of_a_seventh():
    found = money.near("seventh")
    assert sum(item.year == "2025" for item in found) > len(found) / 2


def test_the_three_readings_are_far_enough_apart_to_be_told():
    counted = [item for name in money.printed() for item in money.near(name)]
    assert len(set(counted)) == len(counted)


def test_jefferies_own_pairs():
    # Text of 1 September 2025: 45 against 291 billion dollars in twelve months.
    assert get("jefferies-share-2025-06").value == pytest.approx(100 * 45 / 291)


def test_carriers_sums_agree_with_the_growth_that_others_state():
    table = load("capital_spending")
    spent, planned = (table.loc[key, "amount_bn"] for key in money.CARRIERS.values())
    growth = 100 * (planned / spent - 1)
    assert growth == pytest.approx(12.6, abs=0.1)  # the trade site's own
    assert 0.5 < growth < 28  # China Mobile's and China Unicom's, by CICC
    assert table.loc["china-mobile-2025-computing", "amount_bn"] < planned


def test_purchasing_power_bounds():
    factor, share = get("purchasing-power-factor"), get("ubs-share-purchasing-power")
    assert 1 < factor.low < factor.high == factor.value
    assert share.low == pytest.approx(get("ubs-share-of-leases").value)
    assert share.high == pytest.approx(share.low * factor.value)
    needed = get("state-support-at-purchasing-power")
    years = load("capex_estimates").loc["jefferies-cn-2023-2025"]
    span = years["as_of"].year - years["period_start"].year + 1
    closed = (get("capex-cn-jefferies").value + span * needed.value) * factor.value
    assert closed == pytest.approx(get("capex-us-jefferies").value)


def test_paths_to_2030_lead_where_they_say():
    total, start = get("ai-capex-2030").value, get("capex-cn-2025-ubs").value
    growth = get("capex-2030-growth-of-sum").value / 100
    assert spending.sum_of_path(start, growth, 6) == pytest.approx(total)
    assert start * (1 + get("capex-2030-growth-to-level").value / 100) ** 5 == pytest.approx(total)
    assert get("capex-2030-start-of-level").value * 1.08**5 == pytest.approx(total)
    assert spending.sum_of_path(get("capex-2030-start-of-sum").value, 0.08, 6) == pytest.approx(total)
    assert get("capex-2030-level-of-growth").value == pytest.approx(get("capex-2030-start-of-sum").value * 1.08**5)
    in_all = get("ai-capex-2030-before").value * (1 + get("capex-2030-growth-in-all").value / 100) ** 5
    assert in_all == pytest.approx(total)


def test_the_sources_own_reading_comes_near_another_broker_in_2028():
    ours, theirs = get("capex-2028-level-of-sum").value, get("capex-2028-bernstein").value
    assert abs(ours / theirs - 1) < 0.2  # of fewer firms, but of all their spending


def test_contracts_leave_out_stakes_bills_and_what_has_no_amount():
    table = load("compute_contracts").loc[money.contracts()]
    assert set(table["user"]) == {"OpenAI", "Anthropic"}
    assert (table["kind"] == "contract").all()
    assert get("contracts-two-developers").value == pytest.approx(300 + 22.4 + 250 + 38 + 30 + 100 + 100 + 200)
    assert table["provider"].nunique() == 5


def test_rent_of_zhipu_is_the_share_of_research_that_is_printed():
    # 1.553 of 2.195 billion yuan is printed as 70.7 per cent.
    assert 100 * load("compute_contracts").loc["zhipu-rent-2024", "amount_bn"] / 2.195 == pytest.approx(70.7, abs=0.1)


def test_illustration_is_a_range_and_no_probability():
    found = get("capex-gap-return-needed")
    assert found.low < found.value < found.high
    assert found.unit == "USD_bn"
    assert found.low > get("capex-gap-three-years").value / 6  # at least what wears out in the longest life
