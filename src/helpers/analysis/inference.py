"""What it takes to generate text with a trained model: a roofline of one step of decoding, with batching.

A step generates one token for every request that a chip serves at the time. It takes arithmetic (the weights that work
on a token, and attention over its context), memory traffic (the weights that the batch touches, read once for all
requests, and the record of each request's context) and, where experts are spread over many chips, traffic between
them. Whichever lasts longest bounds the step if the three are perfectly overlapped; without overlap it is their sum.

Left out, so the model is too fast: the reading of prompts (prefill), waiting for messages and for kernels to start,
which rules at small batches, uneven load among experts, and machines that stand idle. Units are in the names.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from helpers.analysis.common import SECONDS_PER_HOUR

FLOP_PER_PARAMETER = 2.0  # a product and a sum for each weight that works on a generated token
MILLION = 1e6


@dataclass(frozen=True)
class Served:
    """A model as it is served.

    ``params_total`` and ``params_active`` are counts; ``experts`` routed experts a layer and ``experts_active`` of
    them a token, both 0 for a dense model; ``weight_bytes`` bytes a weight (1 for 8 bits); ``cache_bytes`` bytes kept
    for each token of context; ``attention_flop`` operations for each generated token and token of context;
    ``link_bytes`` bytes that a generated token sends to experts on other chips and back.
    """

    params_total: float
    params_active: float
    experts: int
    experts_active: int
    weight_bytes: float
    cache_bytes: float
    attention_flop: float
    link_bytes: float = 0.0

    @property
    def params_routed(self) -> float:
        """The weights in routed experts, which follow from the two sizes and the routing.

        Active weights are those outside the experts and the chosen share of those inside. Wrong where layers differ in
        their number of experts; DeepSeek-V3's configuration gives 654 billion, and so does this.
        """
        if not self.experts:
            return 0.0
        return (self.params_total - self.params_active) / (1 - self.experts_active / self.experts)

    @property
    def params_everywhere(self) -> float:
        """The weights that work on every token: all that are not in routed experts."""
        return self.params_total - self.params_routed


@dataclass(frozen=True)
class Chip:
    """A chip by its peaks: operations in products with weights and in attention, bytes, and bytes between chips.

    ``product_flop_per_s`` belongs to the number format of the weights, ``attention_flop_per_s`` to that of attention;
    ``link_bytes_per_s`` is one direction, per chip, over the network that joins the chips that share the experts.
    """

    product_flop_per_s: float
    attention_flop_per_s: float
    bytes_per_s: float
    memory_bytes: float
    link_bytes_per_s: float = math.inf


@dataclass(frozen=True)
class Use:
    """Which share of each peak a step gets, in (0, 1], and which share of what could be hidden is hidden.

    ``overlap`` 1 hides everything behind the slowest of the three, 0 runs them one after another.
    """

    arithmetic: float = 1.0
    bandwidth: float = 1.0
    link: float = 1.0
    overlap: float = 1.0

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a share that is none."""
        for name in ("arithmetic", "bandwidth", "link"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)}, expected a share above 0 and up to 1")
        if not 0 <= self.overlap <= 1:
            raise ValueError(f"overlap is {self.overlap}, expected a share from 0 to 1")


@dataclass(frozen=True)
class Load:
    """What a chip serves: requests at once, tokens of context each, chips that share the experts, tokens guessed ahead.

    ``drafts`` tokens beyond the next are predicted and checked in the same step, each accepted with probability
    ``acceptance`` if those before it were. ``attended`` bounds the tokens of context that sparse attention reads.
    ``replicated`` says whether each chip holds all weights outside the experts (attention by requests, as DeepSeek
    serves), or they are split among the chips.
    """

    requests: float
    context: float
    chips: int = 1
    drafts: int = 0
    acceptance: float = 0.0
    attended: float = math.inf
    replicated: bool = True


@dataclass(frozen=True)
class Step:
    """The seconds that one step of decoding takes for each of the three, and all together."""

    arithmetic: float
    memory: float
    links: float
    overlap: float

    @property
    def slowest(self) -> str:
        """The name of what lasts longest."""
        return max(("arithmetic", "memory", "links"), key=lambda name: getattr(self, name))

    @property
    def seconds(self) -> float:
        """The duration of the step: the longest of the three, and what is not hidden behind it of the others."""
        longest = max(self.arithmetic, self.memory, self.links)
        return longest + (1 - self.overlap) * (self.arithmetic + self.memory + self.links - longest)


def touched_share(tokens: float, experts: int, active: int) -> float:
    """Return the expected share of experts that a batch of ``tokens`` sends at least one token to.

    Each token takes ``active`` of ``experts``, all alike and independent: ``1 - (1 - k/E)^B``. Real routing is uneven,
    so that fewer are touched by a small batch. A dense model (no experts) is touched whole.
    """
    return 1.0 if not experts else 1.0 - (1.0 - active / experts) ** tokens


def tokens_per_step(drafts: int, acceptance: float) -> float:
    """Return the expected tokens a step and request: the next, and as many guesses as are accepted in a row."""
    return sum(acceptance**position for position in range(drafts + 1))


def weight_bytes_held(model: Served, load: Load) -> float:
    """Return the bytes of weights that one chip holds; spare copies of busy experts come on top."""
    share = 1.0 if load.replicated else 1.0 / load.chips
    return model.weight_bytes * (model.params_everywhere * share + model.params_routed / load.chips)


def requests_that_fit(model: Served, chip: Chip, load: Load, memory_use: float = 1.0) -> float:
    """Return how many requests of the load's context find room beside the weights, as a whole number, at least 0.

    ``memory_use`` is the share of the memory that weights and records may fill.
    """
    left = memory_use * chip.memory_bytes - weight_bytes_held(model, load)
    return max(0.0, math.floor(left / (load.context * model.cache_bytes)))


def decode_step(model: Served, chip: Chip, load: Load, use: Use | None = None) -> Step:
    """Return the duration of one step of decoding on one chip of a group, by what it takes.

    Guesses ahead multiply arithmetic and traffic between chips, but neither weights nor records are read again.
    """
    shares = use or Use()
    positions = load.requests * (1 + load.drafts)
    read = min(load.context, load.attended)
    flop_time = FLOP_PER_PARAMETER * model.params_active / chip.product_flop_per_s
    flop_time += model.attention_flop * read / chip.attention_flop_per_s
    touched = touched_share(positions * load.chips, model.experts, model.experts_active)
    split = 1.0 if load.replicated else 1.0 / load.chips
    weights = model.weight_bytes * (model.params_everywhere * split + model.params_routed * touched / load.chips)
    records = load.requests * read * model.cache_bytes
    return Step(
        arithmetic=positions * flop_time / shares.arithmetic,
        memory=(weights + records) / chip.bytes_per_s / shares.bandwidth,
        links=positions * model.link_bytes / chip.link_bytes_per_s / shares.link,
        overlap=shares.overlap,
    )


def tokens_per_second(model: Served, chip: Chip, load: Load, use: Use | None = None) -> float:
    """Return the tokens that one chip generates a second, for all its requests."""
    ahead = tokens_per_step(load.drafts, load.acceptance)
    return load.requests * ahead / decode_step(model, chip, load, use).seconds


def tokens_per_second_and_user(model: Served, chip: Chip, load: Load, use: Use | None = None) -> float:
    """Return the tokens that one request receives a second."""
    return tokens_per_second(model, chip, load, use) / load.requests


def usd_per_million_tokens(tokens_per_s: float, usd_per_chip_hour: float) -> float:
    """Return the rent of a chip for a million generated tokens, in US dollars.

    Too low for a service: machines that read prompts, idle hours, staff and profit are not in it.
    """
    return usd_per_chip_hour / (tokens_per_s * SECONDS_PER_HOUR) * MILLION


def attention_flop_per_context_token(
    attention: str,
    layers: int,
    query_heads: int,
    *,
    head_dim: int | None = None,
    latent_dim: int | None = None,
    rope_dim: int | None = None,
) -> float:
    """Return the operations of attention for each generated token and each token of its context.

    Every query head multiplies once with a key and once with a value. In latent attention both are the latent vector,
    to which the key adds a rotary part: the form without expanding the record, which is how it is served. Raises
    ``ValueError`` for another kind of attention or a missing size.
    """
    if attention in ("MHA", "GQA") and head_dim is not None:
        return FLOP_PER_PARAMETER * layers * query_heads * 2 * head_dim
    if attention == "MLA" and latent_dim is not None and rope_dim is not None:
        return FLOP_PER_PARAMETER * layers * query_heads * (2 * latent_dim + rope_dim)
    raise ValueError(f"attention is {attention!r} and a size may be missing, expected MHA or GQA with head_dim, or MLA")


def link_bytes_per_token(hidden_dim: float, layers: float, destinations: float) -> float:
    """Return the bytes that a generated token sends to its experts in 8 bits and that come back in 16.

    The count is DeepSeek's own (2505.09343, section 2.3.2); an expert on the same chip saves its part.
    """
    return (1 + 2) * hidden_dim * layers * destinations
