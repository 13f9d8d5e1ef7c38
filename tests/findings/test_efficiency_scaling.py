"""Findings on scaling laws and what stands around a run against published values, and against one another."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.data import load
from helpers.findings import efficiency_scaling as found
from helpers.findings import get


def test_points_give_the_published_refit():
    # Besiroglu and others (2024, 2404.10102), table 1: E 1.8172, alpha 0.3478, beta 0.3658, and A 482.01, B 2085.43,
    # which are strongly correlated with the exponents and known to a quarter and to six tenths.
    runs = found.points()
    columns = (runs[name].to_numpy(float) for name in ("params", "tokens", "loss"))
    fitted = found.scaling.fit(*columns, found.law(found.PRINTED))
    assert len(runs) == 240
    assert fitted.e == pytest.approx(1.8172, abs=0.002)
    assert fitted.alpha == pytest.approx(0.3478, abs=0.002)
    assert fitted.beta == pytest.approx(0.3658, abs=0.003)
    assert fitted.a == pytest.approx(482.01, rel=0.02)
    assert fitted.b == pytest.approx(2085.43, rel=0.05)


def test_samples_give_the_published_errors():
    # The same table: standard errors 0.03 (E), 0.02 (alpha), 0.02 (beta), 124.58 (A); 0.018 for the exponent of size;
    # best tokens a parameter at 1e26 FLOP between 4 and 40 in eight of ten.
    laws = found.refits()
    assert np.std([law.e for law in laws]) == pytest.approx(0.0257, rel=0.25)
    assert np.std([law.alpha for law in laws]) == pytest.approx(0.0154, rel=0.25)
    assert np.std([law.beta for law in laws]) == pytest.approx(0.0206, rel=0.25)
    assert np.std([law.a for law in laws]) == pytest.approx(124.52, rel=0.25)
    assert np.std([law.beta / (law.alpha + law.beta) for law in laws]) == pytest.approx(0.018, rel=0.25)
    low, high = np.quantile([text / size for size, text in (law.best(1e26) for law in laws)], (0.1, 0.9))
    assert 3 < low < 9
    assert 20 < high < 45


def test_saving_of_krajewski_is_the_published_one():
    # Krajewski and others (2024): a dense model needs 20 times the 1e20 FLOP of the best fine-grained one.
    assert found.leverage_krajewski(1e20) == pytest.approx(20, rel=0.15)


def test_savings_start_at_one_and_rise_with_idle_experts():
    for of in (found.leverage_clark, found.leverage_abnar):
        assert of(1.0) == pytest.approx(1, abs=0.01)
    for of in (found.leverage_clark, found.leverage_tian, found.leverage_abnar):
        values = [of(share) for share in (0.5, 0.1, 0.02)]
        assert values == sorted(values)


def test_programme_is_its_shares():
    # Half of the computing in final runs and half of the cost in staff: four times.
    assert found.around(50, 50) == 4
    whole = get("programme-over-run")
    assert whole.low == pytest.approx(100 / 22.6 / 0.71)
    assert whole.high == pytest.approx(100 / 9.6 / 0.51)
    assert get("v3-programme-cost").value == pytest.approx(whole.value * 5.576e6)


def test_utilisation_loses_what_operations_gain_for_gpt4():
    costs = [found.gpt4(flop).cost for flop in found.gpt4_operations()]
    assert costs == pytest.approx([get("gpt4-cloud-cost").value] * 3)


def test_held_over_active_is_the_inverse_of_the_active_share():
    assert get("held-per-active-v3").value * get("active-share-v3").value == pytest.approx(100)


def test_meta_states_more_than_its_printed_law_gives():
    # Grattafiori and others (2024), section 3.2.1: 402 billion parameters on 16.55 trillion tokens for 3.8e25 FLOP.
    size, text = (load("scaling_laws").loc[f"llama-3-projected-{key}", "value"] for key in ("n", "d"))
    assert 6 * size * text == pytest.approx(3.8e25, rel=0.06)
    assert get("llama3-tokens-by-printed-law").value < text


def test_lag_and_ratio_use_one_halving_time():
    months, ratio = get("compute-ratio-in-months").value, get("compute-ratio-2025").value
    assert months == pytest.approx(8 * np.log2(ratio), rel=0.05)
    assert get("lag-as-compute-ratio").value == pytest.approx(2 ** (get("lag-2026-08").value / 8), rel=0.05)


def test_same_peak_gives_the_same_days():
    assert get("v3-days-h100").value == pytest.approx(get("v3-days-pre-training").value, rel=0.02)
    assert get("v3-days-a100").value / get("v3-days-pre-training").value == pytest.approx(989 / 312)
