"""Training cost, useful computation, memory of attention, scaling laws, and the lag of one record series on another."""

from __future__ import annotations

SECONDS_PER_HOUR = 3600.0
FLOP_PER_PARAMETER_AND_TOKEN = 6.0  # forward 2, backward 4, attention left out (Kaplan and others 2020)


def rental_value(gpu_hours: float, price_usd_per_gpu_hour: float) -> float:
    """Return what a run would cost at a rental price, in US dollars.

    Wrong for the programme around the run: trials, failed runs, staff, data and owned hardware are not in the hours.
    """
    return gpu_hours * price_usd_per_gpu_hour


def training_flop(params_active: float, tokens: float) -> float:
    """Return the operations of a training run by 6ND, with N the parameters active per token.

    Too low for long contexts, since attention over the context is left out (12% for DeepSeek-V3 by its own count).
    """
    return FLOP_PER_PARAMETER_AND_TOKEN * params_active * tokens


def useful_tflop_per_s(flop: float, gpu_hours: float) -> float:
    """Return the useful operations per second and chip, in TFLOP/s; wrong where hours include more than the run."""
    return flop / (gpu_hours * SECONDS_PER_HOUR) / 1e12


def days_on_cluster(gpu_hours: float, chips: float) -> float:
    """Return the days that a cluster of ``chips`` needs for ``gpu_hours``, working without a break."""
    return gpu_hours / chips / 24.0
