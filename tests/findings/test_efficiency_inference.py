"""Findings on serving against published values, and the comparisons that the section makes in words."""

from __future__ import annotations

import pytest

from helpers.analysis import inference as analysis
from helpers.data import assumption, load
from helpers.findings import get
from helpers.findings.efficiency_inference import MANY, chip, network, reversed_pairs, runs, served


@pytest.mark.parametrize(
    ("key", "published", "tolerance"),
    [
        ("serving-deepseek-day", 14_800 / 8, 0),  # DeepSeek's overview of 1 March 2025: 14.8k a machine of eight
        ("serving-usd-deepseek-day", 87_072 / 168_000, 1e-6),  # the same: $87,072 for 168 billion tokens
        ("serving-price-over-day", 2.19 * 168_000 / 87_072, 1e-6),  # the same: R1 at $2.19
        ("experts-touched-one", 100 * 8 / 256, 0),  # DeepSeek-V3's configuration
        ("sparse-attention-reads", 64, 0),  # 131,072 over 2,048
        ("opus-over-qwen-token", 8 / 3, 1e-9),  # the site's prices of 28 September 2026
        ("price-reversal-pairs", 32, 0),  # abstract of 2603.23971v2
    ],
)
def test_published_values(key, published, tolerance):
    assert get(key).value == pytest.approx(published, abs=tolerance or 1e-9)


def test_rent_of_the_day_is_the_developers_product():
    # 226.75 machines of eight chips on average, 24 hours, two dollars
    assert load("efficiency_measurements").loc["deepseek-day-rent", "value"] == 226.75 * 8 * 24 * 2


def test_no_published_rate_exceeds_the_roofline():
    found = runs()
    assert (found["published"] < found["peak"]).all()


def test_every_published_run_fits_its_memory():
    found = runs()
    for key, row in load("serving_throughput").iterrows():
        bits = int(row["weight_bits"]), int(row["attention_bits"])
        group = analysis.Load(1, float(row["context_tokens"]), int(row["chips"]))
        device = chip(str(row["chip_id"]), float(row["network_gb_s"]), *bits)
        assert analysis.requests_that_fit(served(*bits), device, group) >= found.loc[key, "requests"], key


def test_speed_for_a_user_is_the_inverse_of_the_time_for_a_token():
    # CloudMatrix, table of rates: 96 requests at 49.4 ms a token, 128 at 46.8, 8 at 14.9
    table = load("serving_throughput")
    for key, milliseconds in (("ascend-96", 49.4), ("ascend-128", 46.8), ("ascend-8", 14.9)):
        row = table.loc[key]
        assert row["requests_per_chip"] / row["tokens_per_s"] == pytest.approx(milliseconds / 1000, rel=0.005)


def test_many_is_what_the_caption_says():
    assert MANY == 32


def test_within_a_factor_of_two_with_many_requests_and_not_with_few():
    found = runs()
    ratio = found["model"] / found["published"]
    large = found["requests"] >= MANY
    assert ratio[large].between(0.5, 2).all()
    assert ratio[~large].median() > 1.8
    assert ratio[~large].min() > 1.5
    hopper = [key for key in found.index[large] if key.startswith(("deepseek", "sglang-h100", "ant"))]
    others = [key for key in found.index[large] if key not in hopper]
    assert (abs(ratio[hopper] - 1) < 0.15).all()
    assert (ratio[others] > 1.15).all()
    inside = found["published"].between(found["serial"], found["hidden"])
    assert set(found.index[inside & large]) == set(hopper)


def test_what_a_full_chip_is_worth():
    assert get("serving-usd-h800-one").value > 10 * get("serving-usd-h800").value
    assert abs(get("serving-h20-over-h800-one").value - 1) < 0.2
    assert get("serving-h20-over-h800").value < 0.5
    assert get("mtp-gain-one").value > 1.5
    assert get("mtp-gain-full").value < 1.2
    assert get("serving-usd-deepseek-writing").value < get("serving-usd-deepseek-day").value


def test_pairs_counted_another_way():
    table = load("task_costs")
    pairs = table[table["country"] == "CN"].merge(table[table["country"] == "US"], how="cross")
    pairs = pairs[pairs["blended_usd_per_mtok_x"] != pairs["blended_usd_per_mtok_y"]]
    cheaper = pairs["blended_usd_per_mtok_x"] < pairs["blended_usd_per_mtok_y"]
    dearer = pairs["usd_per_task_x"] > pairs["usd_per_task_y"]
    assert reversed_pairs() == (int((cheaper == dearer).sum()), len(pairs))


def test_networks_of_the_chips():
    assert network("gb200") == 900
    assert network("ascend-910c") == 392
    assert network("h20") == 25
    assert network("b200-sxm") == assumption("serving-network").value


def test_medians_of_the_scores():
    scores = load("task_costs").groupby("country")["score"].median()
    assert scores["US"] > scores["CN"]
    assert load("task_costs").groupby("country").size().to_dict() == {"US": 10, "CN": 10}
