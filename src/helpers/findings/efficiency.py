"""Findings of the chapter on efficiency."""

from __future__ import annotations

from helpers.analysis import efficiency as analysis
from helpers.data import load
from helpers.findings.registry import Measured, finding, get, measured, rows

V3_STAGES = ("deepseek-v3-pre-training", "deepseek-v3-context-extension", "deepseek-v3-post-training")


@finding("v3-run-hours")
def v3_run_hours() -> Measured:
    """Sum the stages of the final training."""
    runs = load("training_runs").loc[list(V3_STAGES)]
    return measured(runs["gpu_hours"].sum(), rows("training_runs", V3_STAGES))


@finding("v3-run-cost")
def v3_run_cost() -> Measured:
    """Price every stage at the rate that the developer assumes."""
    runs = load("training_runs").loc[list(V3_STAGES)]
    cost = sum(
        analysis.rental_value(hours, price)
        for hours, price in zip(runs["gpu_hours"], runs["price_usd_per_gpu_hour"], strict=True)
    )
    return measured(cost, rows("training_runs", V3_STAGES))


@finding("v3-days")
def v3_days() -> Measured:
    """Spread the hours over the cluster."""
    run = load("training_runs").loc["deepseek-v3-total"]
    return measured(
        analysis.days_on_cluster(get("v3-run-hours").value, run["chips_used"]),
        get("v3-run-hours"),
        rows("training_runs", "deepseek-v3-total"),
    )


@finding("v3-useful-flops")
def v3_useful_flops() -> Measured:
    """Divide 6ND of the pre-training by its GPU-seconds."""
    return _useful("deepseek-v3-pre-training")


@finding("llama405-useful-flops")
def llama405_useful_flops() -> Measured:
    """Divide 6ND of the training by its GPU-seconds."""
    return _useful("llama-3.1-405b")


@finding("hours-ratio-llama405-v3")
def hours_ratio() -> Measured:
    """Compare the whole of both runs."""
    llama = load("training_runs").loc["llama-3.1-405b", "gpu_hours"]
    return measured(llama / get("v3-run-hours").value, get("v3-run-hours"), rows("training_runs", "llama-3.1-405b"))


def _useful(key: str) -> Measured:
    run = load("training_runs").loc[key]
    flop = analysis.training_flop(run["params_active"], run["training_tokens"])
    return measured(analysis.useful_tflop_per_s(flop, run["gpu_hours"]), rows("training_runs", key))
