"""What training and use of a language model take: operations, hours, money, memory; and what scaling laws say of size.

Units are in the names: FLOP are arithmetic operations, TFLOP/s are 1e12 of them in a second, prices are US dollars.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from helpers.analysis.common import SECONDS_PER_HOUR

TERA = 1e12
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
    return flop / (gpu_hours * SECONDS_PER_HOUR) / TERA


def days_on_cluster(gpu_hours: float, chips: float) -> float:
    """Return the days that a cluster of ``chips`` needs for ``gpu_hours``, working without a break."""
    return gpu_hours / chips / 24.0


def utilisation(useful: float, peak: float) -> float:
    """Return the share of a chip's peak throughput that does useful work, both in TFLOP/s.

    Depends on the number format whose peak is taken: a run in mixed formats has no single peak.
    """
    return useful / peak


def run_cost(
    flop: float,
    peak_tflop_per_s: float,
    utilisation: float,
    price_usd_per_gpu_hour: float,
    overhead: float = 0.0,
) -> float:
    """Return the cost of a training run in US dollars, from its four factors and what was spent around it.

    ``utilisation`` is a share of one; ``overhead`` is what the programme around the run cost, as a multiple of the run
    (zero for the run alone). Wrong where chips are owned and stand idle between runs. Raises ``ValueError`` for a
    utilisation outside (0, 1] or a negative overhead.
    """
    if not 0 < utilisation <= 1:
        raise ValueError(f"utilisation is {utilisation}, expected a share above 0 and up to 1")
    if overhead < 0:
        raise ValueError(f"overhead is {overhead}, expected 0 or more")
    hours = flop / (peak_tflop_per_s * utilisation * TERA) / SECONDS_PER_HOUR
    return rental_value(hours, price_usd_per_gpu_hour) * (1 + overhead)


@dataclass(frozen=True)
class Run:
    """A training run by the four factors of its cost; ``useful`` and ``peak`` in TFLOP/s and chip."""

    flop: float
    useful: float
    peak: float
    price: float

    @property
    def cost(self) -> float:
        """The cost of the run at its price, in US dollars."""
        return run_cost(self.flop, self.peak, utilisation(self.useful, self.peak), self.price)


def cost_factors(run: Run, base: Run) -> dict[str, float]:
    """Return by what factor ``run`` is dearer than ``base``, split into operations, chip, utilisation and price.

    The four factors multiply to the ratio of the costs. A better chip or a higher utilisation makes a run cheaper, so
    these two are base over run.
    """
    return {
        "operations": run.flop / base.flop,
        "chip": base.peak / run.peak,
        "utilisation": utilisation(base.useful, base.peak) / utilisation(run.useful, run.peak),
        "price": run.price / base.price,
    }


def log_shares(factors: Mapping[str, float]) -> dict[str, float]:
    """Return each factor's share of the logarithm of their product; shares sum to one and may be negative.

    Meaningless where the product is one: there is nothing to divide. Raises ``ValueError`` then.
    """
    whole = sum(math.log(factor) for factor in factors.values())
    if math.isclose(whole, 0, abs_tol=1e-12):
        raise ValueError("the factors multiply to one: no ratio to divide into shares")
    return {name: math.log(factor) / whole for name, factor in factors.items()}


def parametric_loss(params: float, tokens: float, *, e: float, a: float, b: float, alpha: float, beta: float) -> float:
    """Return the loss in nats per token of a dense model by ``E + A/N^alpha + B/D^beta``.

    The form is that of Hoffmann and others (2022, approach 3); valid for one pass over text of the kind that it was
    fitted on, up to about 1e22 FLOP.
    """
    return e + a / params**alpha + b / tokens**beta


def optimal_size(flop: float, *, a: float, b: float, alpha: float, beta: float) -> tuple[float, float]:
    """Return parameters and tokens of the dense model with the least loss for a budget of training operations.

    Minimises ``A/N^alpha + B/D^beta`` under ``C = 6ND`` (Hoffmann and others 2022, equation 4). Far outside the fitted
    range of up to about 1e22 FLOP it is an extrapolation, and small changes of the exponents move it much.
    """
    scale = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    params = scale * (flop / FLOP_PER_PARAMETER_AND_TOKEN) ** (beta / (alpha + beta))
    return params, flop / FLOP_PER_PARAMETER_AND_TOKEN / params


def efficiency_leverage(
    flop: float,
    active_share: float,
    granularity: float,
    *,
    a: float,
    d: float,
    gamma: float,
    beta: float,
    a_start: float,
    a_max: float,
) -> float:
    """Return how many times the compute of a mixture of experts a dense model of equal loss needs.

    Law and constants of Tian and others (2025), fitted on models up to 28 billion parameters and leverages below 6.
    ``active_share`` is active over all experts, shared ones included; ``granularity`` twice the model's width over an
    expert's. The paper states no bases of its logarithms: ten for the budget and two for the granularity reproduce
    what it states, other readings do not.
    """
    saturated = 1 / (1 / (active_share + 1 / (1 / a_start - 1 / a_max)) + 1 / a_max)
    fine = math.log2(granularity)
    return saturated ** (a + d * math.log10(flop) + gamma * fine**2 + beta * fine)


def kv_bytes_per_token(
    attention: str,
    layers: int,
    *,
    kv_heads: int | None = None,
    head_dim: int | None = None,
    latent_dim: int | None = None,
    rope_dim: int | None = None,
    bytes_per_element: float = 2.0,
) -> float:
    """Return the bytes that a model keeps for each token of its context while it generates.

    ``MHA`` and ``GQA`` keep a key and a value per head that has its own (``kv_heads``), ``MLA`` one latent vector and
    a rotary key per layer (DeepSeek-V2, table 1). An upper bound where a model looks only at a window of the context.
    Raises ``ValueError`` for another kind of attention or a missing size.
    """
    if attention in ("MHA", "GQA"):
        sizes = (kv_heads, head_dim)
        if None in sizes:
            raise ValueError(f"{attention} needs kv_heads and head_dim")
        return 2 * float(kv_heads or 0) * float(head_dim or 0) * layers * bytes_per_element
    if attention == "MLA":
        if latent_dim is None or rope_dim is None:
            raise ValueError("MLA needs latent_dim and rope_dim")
        return (latent_dim + rope_dim) * layers * bytes_per_element
    raise ValueError(f"attention is {attention!r}, expected MHA, GQA or MLA")
