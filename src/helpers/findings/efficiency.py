"""Findings of the chapter on efficiency: what training and use of a model take.

Those on serving, on the size of the gap and on money stand in ``efficiency_inference``, ``efficiency_gap`` and
``efficiency_money``, those on single tests, votes and slopes in ``efficiency_tests``, toys of two papers and the
origins of the efficiency in ``efficiency_papers``, scaling laws and what stands around a run in
``efficiency_scaling``, those that only set differing sources side by side in ``efficiency_sources``.
"""

from __future__ import annotations

import math

import pandas as pd

from helpers.analysis import efficiency as analysis
from helpers.data import load
from helpers.findings import (  # noqa: F401  registers these parts
    efficiency_gap,
    efficiency_inference,
    efficiency_money,
    efficiency_papers,
    efficiency_scaling,
    efficiency_sources,
    efficiency_spending,
    efficiency_tests,
)
from helpers.findings.forms import cell, difference, quotient
from helpers.findings.registry import Measured, finding, get, measured, rows

V3_STAGES = ("deepseek-v3-pre-training", "deepseek-v3-context-extension", "deepseek-v3-post-training")
RECENT = "2025-01-01"
UNRELEASED = ("llama-4-behemoth-preview",)  # announced and never released, by the note of its row


# What the headline run cost


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


@finding("v3-chips")
def v3_chips() -> Measured:
    """Read the size of the cluster."""
    return cell("training_runs", "deepseek-v3-total", "chips_used")


@finding("v3-days")
def v3_days() -> Measured:
    """Spread the hours over the cluster."""
    days = analysis.days_on_cluster(get("v3-run-hours").value, get("v3-chips").value)
    return measured(days, get("v3-run-hours"), get("v3-chips"))


@finding("r1-stage-cost")
def r1_stage_cost() -> Measured:
    """Price the stages that made R1 out of V3."""
    run = load("training_runs").loc["deepseek-r1-total"]
    cost = analysis.rental_value(run["gpu_hours"], run["price_usd_per_gpu_hour"])
    return measured(cost, rows("training_runs", "deepseek-r1-total"))


@finding("r1-chips")
def r1_chips() -> Measured:
    """Read the number of chips of the reinforcement learning."""
    return cell("training_runs", "deepseek-r1-reinforcement-learning", "chips_used")


@finding("v3-r1-cost")
def v3_r1_cost() -> Measured:
    """Add R1's stages to the run of its base model."""
    return measured(get("v3-run-cost").value + get("r1-stage-cost").value, get("v3-run-cost"), get("r1-stage-cost"))


@finding("v3-servers-cost")
def v3_servers_cost() -> Measured:
    """Read the price of buying the servers of the training cluster."""
    return cell("training_cost_estimates", "deepseek-v3-register-servers", "amount_usd")


@finding("deepseek-hardware-cost")
def deepseek_hardware_cost() -> Measured:
    """Read the estimate for all hardware of the firm; its low end is the reading of a critic of the same table."""
    keys = ["deepseek-semianalysis-servers", "deepseek-semianalysis-hopper"]
    amounts = load("training_cost_estimates").loc[keys, "amount_usd"]
    return measured(
        amounts.iloc[0],
        rows("training_cost_estimates", keys),
        low=amounts.min(),
        high=amounts.max(),
        interval="range",
        as_of="2025-02-28",
    )


@finding("deepseek-hardware-multiple")
def deepseek_hardware_multiple() -> Measured:
    """Compare the hardware of the firm with the rental value of the run."""
    whole, run = get("deepseek-hardware-cost"), get("v3-run-cost")
    low, high = ((end or whole.value) / run.value for end in (whole.low, whole.high))
    return measured(whole.value / run.value, whole, run, low=low, high=high, interval="range")


@finding("v3-training-flop")
def v3_training_flop() -> Measured:
    """Apply 6ND to the pre-training."""
    run = load("training_runs").loc["deepseek-v3-pre-training"]
    flop = analysis.training_flop(run["params_active"], run["training_tokens"])
    return measured(flop, rows("training_runs", "deepseek-v3-pre-training"))


@finding("v3-useful-flops")
def v3_useful_flops() -> Measured:
    """Divide 6ND of the pre-training by its GPU-seconds."""
    return _useful("deepseek-v3-pre-training")


@finding("llama405-useful-flops")
def llama405_useful_flops() -> Measured:
    """Divide 6ND of the training by its GPU-seconds."""
    return _useful("llama-3.1-405b")


@finding("v3-utilisation")
def v3_utilisation() -> Measured:
    """Relate the useful operations to the chip's peak in 16 bits.

    Low end: the peak in 8 bits, in which most products were computed. High end: the developer's own count of
    operations, attention included.
    """
    chip = load("accelerators").loc["h800-sxm"]
    run = load("training_runs").loc["deepseek-v3-pre-training"]
    own = load("attention_configs").loc["deepseek-v3", "published_flop_per_token"] * run["training_tokens"]
    useful, peak = get("v3-useful-flops"), chip["dense_bf16_tflop_s"]
    return measured(
        100 * analysis.utilisation(useful.value, peak),
        useful,
        rows("accelerators", "h800-sxm"),
        rows("attention_configs", "deepseek-v3"),
        low=100 * analysis.utilisation(useful.value, chip["dense_fp8_tflop_s"]),
        high=100 * analysis.utilisation(analysis.useful_tflop_per_s(own, run["gpu_hours"]), peak),
        interval="choices",
        as_of=useful.as_of,
    )


@finding("llama405-utilisation")
def llama405_utilisation() -> Measured:
    """Relate the useful operations to the chip's peak in 16 bits."""
    peak = load("accelerators").loc["h100-sxm", "dense_bf16_tflop_s"]
    useful = get("llama405-useful-flops")
    share = 100 * analysis.utilisation(useful.value, peak)
    return measured(share, useful, rows("accelerators", "h100-sxm"), as_of=useful.as_of)


@finding("hours-ratio-llama405-v3")
def hours_ratio() -> Measured:
    """Compare the whole of both runs."""
    llama = load("training_runs").loc["llama-3.1-405b", "gpu_hours"]
    return measured(llama / get("v3-run-hours").value, get("v3-run-hours"), rows("training_runs", "llama-3.1-405b"))


@finding("flop-ratio-llama405-v3")
def flop_ratio_llama405() -> Measured:
    """Compare the operations of both runs, each by 6ND."""
    return _flop_over_v3("llama-3.1-405b")


@finding("flop-share-llama405-v3")
def flop_share_llama405() -> Measured:
    """Take the share of the operations in the logarithm of the ratio of costs, at one price an hour."""
    keys = ("llama-3.1-405b", "deepseek-v3-pre-training")
    shares = analysis.log_shares(analysis.cost_factors(measured_run(keys[0]), measured_run(keys[1])))
    return measured(
        100 * shares["operations"],
        rows("training_runs", keys),
        rows("accelerators", ("h100-sxm", "h800-sxm")),
        as_of="2024-12-27",
    )


@finding("h800-peak-over-h100")
def h800_peak() -> Measured:
    """Compare the peaks of the chip made for China and of the one sold elsewhere."""
    return quotient("accelerators", "h800-sxm", "h100-sxm", column="dense_bf16_tflop_s", as_of="2023-03-21")


@finding("h800-link-over-h100")
def h800_link() -> Measured:
    """Compare the links between chips."""
    return quotient("accelerators", "h800-sxm", "h100-sxm", 100, "link_gb_s", as_of="2023-03-21")


@finding("gptoss-hours-over-v3")
def gptoss_hours() -> Measured:
    """Compare an American mixture of experts with the run."""
    return _hours_over_v3("gpt-oss-120b")


@finding("maverick-hours-over-v3")
def maverick_hours() -> Measured:
    """Compare another American mixture of experts with the run."""
    return _hours_over_v3("llama-4-maverick")


@finding("scout-hours-over-v3")
def scout_hours() -> Measured:
    """Compare a third American mixture of experts with the run: the one that took more."""
    return _hours_over_v3("llama-4-scout")


@finding("llama405-chips")
def llama405_chips() -> Measured:
    """Read the number of chips."""
    return cell("training_runs", "llama-3.1-405b", "chips_used")


@finding("gpt4-chips")
def gpt4_chips() -> Measured:
    """Read the number of chips that press reports give."""
    return cell("training_runs", "gpt-4", "chips_used")


@finding("llama405-cloud-cost")
def llama405_cloud_cost() -> Measured:
    """Read the newest edition of the estimate; the interval is that of its editions."""
    return _estimates("llama-3.1-405b-epoch-cloud-2026", "llama-3.1-405b-epoch-cloud-2025")


@finding("gpt4-cloud-cost")
def gpt4_cloud_cost() -> Measured:
    """Read the newest edition of the estimate; the interval is that of its editions and of the AI Index."""
    return _estimates("gpt-4-epoch-cloud-2026", "gpt-4-epoch-cloud-2025", "gpt-4-ai-index")


@finding("gpt4-hardware-cost")
def gpt4_hardware_cost() -> Measured:
    """Read the newest edition of the estimate; the interval is that of its editions."""
    return _estimates("gpt-4-epoch-hardware-2026", "gpt-4-epoch-hardware-2025")


@finding("largest-run-us-over-cn")
def largest_run() -> Measured:
    """Compare the largest training runs whose operations are estimated with confidence, or as likely."""
    models = load("models")
    known = models[models["flop_confidence"].isin(["confident", "likely"])]
    top = {country: known.loc[known["country"] == country, "training_flop"].idxmax() for country in ("US", "CN")}
    ratio = models.loc[top["US"], "training_flop"] / models.loc[top["CN"], "training_flop"]
    return measured(ratio, rows("models", top.values()), as_of="2026-04-27")


@finding("maverick-flop-over-v3")
def maverick_flop() -> Measured:
    """Compare the operations of an open American model of like score, both runs by 6ND."""
    return _flop_over_v3("llama-4-maverick")


@finding("gptoss-flop-over-v3")
def gptoss_flop() -> Measured:
    """Compare an open American model with the open Chinese one, both as one estimator counts."""
    return quotient("models", "gpt-oss-120b", "deepseek-v3", column="training_flop")


def measured_run(key: str, price: float = 1.0) -> analysis.Run:
    """Return a run of the table by the factors of its cost, its operations by 6ND, at one price an hour."""
    run = load("training_runs").loc[key]
    chips = load("accelerators").set_index("chip")["dense_bf16_tflop_s"]
    flop = analysis.training_flop(run["params_active"], run["training_tokens"])
    peak = float(chips[f"{run['chip'].removeprefix('NVIDIA ')} SXM"])
    return analysis.Run(flop, analysis.useful_tflop_per_s(flop, run["gpu_hours"]), peak, price)


def _useful(key: str) -> Measured:
    run = load("training_runs").loc[key]
    flop = analysis.training_flop(run["params_active"], run["training_tokens"])
    return measured(analysis.useful_tflop_per_s(flop, run["gpu_hours"]), rows("training_runs", key))


def _hours_over_v3(key: str) -> Measured:
    base = get("v3-run-hours")
    hours = load("training_runs").loc[key, "gpu_hours"]
    return measured(100 * hours / base.value, base, rows("training_runs", key))


def _flop_over_v3(key: str) -> Measured:
    base = get("v3-training-flop")
    run = load("training_runs").loc[key]
    flop = analysis.training_flop(run["params_active"], run["training_tokens"])
    return measured(flop / base.value, base, rows("training_runs", key))


def _estimates(newest: str, *others: str) -> Measured:
    keys = [newest, *others]
    amounts = load("training_cost_estimates").loc[keys, "amount_usd"]
    return measured(
        amounts.iloc[0],
        rows("training_cost_estimates", keys),
        low=amounts.min(),
        high=amounts.max(),
        interval="range",
    )


# Mixture of experts


@finding("k3-parameters")
def k3_parameters() -> Measured:
    """Read the size of the best Chinese model of summer 2026."""
    return cell("models", "kimi-k3", "params_total")


def active_shares(country: str | None = None, since: str | None = None) -> pd.Series:
    """Return the active share of one of every released mixture of experts whose sizes its developer states."""
    models = load("models").drop(index=list(UNRELEASED))
    chosen = (models["architecture"] == "mixture of experts") & (models["size_basis"] == "developer")
    chosen &= models["params_total"].notna() & models["params_active"].notna()
    if country:
        chosen &= models["country"] == country
    if since:
        chosen &= models["released"] >= pd.Timestamp(since)
    return models.loc[chosen, "params_active"] / models.loc[chosen, "params_total"]


@finding("active-share-v3")
def active_share_v3() -> Measured:
    """Divide active by total parameters."""
    return measured(100 * active_shares()["deepseek-v3"], rows("models", "deepseek-v3"))


@finding("active-share-cn")
def active_share_cn() -> Measured:
    """Take the median over Chinese models since 2025; the interval holds all of them."""
    return _recent_share("CN")


@finding("active-share-us")
def active_share_us() -> Measured:
    """Take the median over American models since 2025; the interval holds all of them.

    They are few and fall into two groups, so that one model more would move the median by far: the book prints the
    range alone.
    """
    return _recent_share("US")


def _recent_share(country: str) -> Measured:
    shares = 100 * active_shares(country, RECENT)
    return measured(
        shares.median(),
        rows("models", shares.index),
        low=shares.min(),
        high=shares.max(),
        interval="models",
        as_of=load("models").loc[shares.index, "released"].max(),
    )


@finding("moe-leverage")
def moe_leverage() -> Measured:
    """Evaluate the published law at the point for which its authors state "above 7".

    Budget, active share and granularity are those of the statement (Tian and others 2025).
    """
    return _leverage(flop=1e22, active_share=0.031, granularity=12)


@finding("moe-leverage-trial")
def moe_leverage_trial() -> Measured:
    """Evaluate the law for the authors' own trial: 0.855 billion active parameters, 3.4% active, a trillion tokens.

    The authors report above 7 for it (6.1 over 0.855 billion).
    """
    flop = analysis.training_flop(0.855e9, 1e12)
    return _leverage(flop=flop, active_share=0.034, granularity=12)


def _leverage(flop: float, active_share: float, granularity: float) -> Measured:
    law = load("scaling_laws")
    law = law[law["law"] == "tian-2025-leverage"]
    named = law.set_index("symbol")["value"]
    value = analysis.efficiency_leverage(
        flop,
        active_share,
        granularity,
        a=named["a"],
        d=named["d"],
        gamma=named["gamma"],
        beta=named["beta"],
        a_start=named["A_start"],
        a_max=named["A_max"],
    )
    return measured(value, rows("scaling_laws", law.index))


# Smaller models on more data


@finding("gopher-flop")
def gopher_flop() -> Measured:
    """Apply 6ND to the larger model."""
    return _flop("gopher-280b")


@finding("chinchilla-flop")
def chinchilla_flop() -> Measured:
    """Apply 6ND to the smaller model."""
    return _flop("chinchilla")


@finding("chinchilla-over-gopher")
def chinchilla_over_gopher() -> Measured:
    """Compare the operations of both."""
    small, large = get("chinchilla-flop"), get("gopher-flop")
    return measured(small.value / large.value, small, large)


@finding("chinchilla-over-megatron")
def chinchilla_over_megatron() -> Measured:
    """Compare Chinchilla's operations with those of the largest model that its paper sets it against."""
    row = load("models").loc["megatron-turing-nlg-530b"]
    operations = 6 * row["params_active"] * row["training_tokens"]
    small = get("chinchilla-flop")
    return measured(small.value / operations, small, rows("models", "megatron-turing-nlg-530b"))


@finding("optimal-size-printed")
def optimal_size_printed() -> Measured:
    """Use the constants of the parametric fit as printed."""
    return _optimal("hoffmann-2022-parametric-rounded")


@finding("optimal-size-unrounded")
def optimal_size_unrounded() -> Measured:
    """Use the constants of the same fit before rounding."""
    return _optimal("hoffmann-2022-parametric-unrounded")


@finding("optimal-size-refit")
def optimal_size_refit() -> Measured:
    """Use the constants of the replication."""
    return _optimal("besiroglu-2024")


@finding("optimal-size-approach-1")
def optimal_size_approach_1() -> Measured:
    """Read the projection that the paper makes from its training curves."""
    return cell("scaling_laws", "hoffmann-2022-approach-1-projected-n", "value")


@finding("tokens-per-parameter-v3")
def tokens_per_parameter_v3() -> Measured:
    """Divide tokens by active parameters."""
    return _tokens_per_parameter("deepseek-v3")


@finding("tokens-per-parameter-chinchilla")
def tokens_per_parameter_chinchilla() -> Measured:
    """Divide tokens by parameters."""
    return _tokens_per_parameter("chinchilla")


@finding("tokens-per-parameter-llama405")
def tokens_per_parameter_llama405() -> Measured:
    """Divide tokens by parameters."""
    return _tokens_per_parameter("llama-3.1-405b")


def _flop(key: str) -> Measured:
    row = load("models").loc[key]
    flop = analysis.training_flop(row["params_active"], row["training_tokens"])
    return measured(flop, rows("models", key), as_of=row["released"])


def _tokens_per_parameter(key: str) -> Measured:
    row = load("models").loc[key]
    return measured(row["training_tokens"] / row["params_active"], rows("models", key), as_of=row["released"])


def fit_constants(name: str) -> dict[str, float]:
    """Return the constants of a published parametric fit by the names that the analysis uses."""
    laws = load("scaling_laws")
    named = laws[laws["law"] == name].set_index("symbol")["value"]
    if "log_A" in named:  # natural logarithms, as the paper's source gives them
        a, b = math.exp(named["log_A"]), math.exp(named["log_B"])
    else:
        a, b = named["A"], named["B"]
    return {"a": a, "b": b, "alpha": named["alpha"], "beta": named["beta"]}


def _optimal(name: str) -> Measured:
    laws = load("scaling_laws")
    budget = laws.loc["hoffmann-2022-approach-1-projected-c", "value"]
    keys = laws.index[laws["law"] == name]
    params, _ = analysis.optimal_size(budget, **fit_constants(name))
    return measured(
        params,
        rows("scaling_laws", keys),
        rows("scaling_laws", "hoffmann-2022-approach-1-projected-c"),
        as_of=laws.loc[keys, "as_of"].max(),
    )


# Memory in use


def kv_bytes(key: str) -> float:
    """Return the cache of a model of the table, in bytes a token."""
    row = load("attention_configs").loc[key]
    sizes = {
        name: None if pd.isna(row[name]) else int(row[name])
        for name in ("kv_heads", "head_dim", "latent_dim", "rope_dim")
    }
    return analysis.kv_bytes_per_token(
        row["attention"], int(row["layers"]), bytes_per_element=float(row["bytes_per_element"]), **sizes
    )


@finding("kv-bytes-v3")
def kv_bytes_v3() -> Measured:
    """Apply the formula of latent attention."""
    return measured(kv_bytes("deepseek-v3"), rows("attention_configs", "deepseek-v3"))


@finding("kv-bytes-v3-full")
def kv_bytes_v3_full() -> Measured:
    """Apply the formula of full attention to the same model's heads."""
    row = load("attention_configs").loc["deepseek-v3"]
    value = analysis.kv_bytes_per_token(
        "MHA",
        int(row["layers"]),
        kv_heads=int(row["query_heads"]),
        head_dim=int(row["head_dim"]),
        bytes_per_element=float(row["bytes_per_element"]),
    )
    return measured(value, rows("attention_configs", "deepseek-v3"))


@finding("kv-bytes-gptoss")
def kv_bytes_gptoss() -> Measured:
    """Apply the formula of grouped attention."""
    return measured(kv_bytes("gpt-oss-120b"), rows("attention_configs", "gpt-oss-120b"))


@finding("kv-llama405-over-v3")
def kv_llama405() -> Measured:
    """Compare the caches of both."""
    ratio = kv_bytes("llama-3.1-405b") / kv_bytes("deepseek-v3")
    return measured(ratio, rows("attention_configs", ("llama-3.1-405b", "deepseek-v3")))


# The two papers of January 2026


@finding("mhc-training-time")
def mhc_training_time() -> Measured:
    """Read what the paper states."""
    return cell("efficiency_measurements", "mhc-time", "value")


@finding("mhc-gain")
def mhc_gain() -> Measured:
    """Read what the paper states."""
    return cell("efficiency_measurements", "mhc-gain", "value")


@finding("hyper-connections-gain")
def hyper_connections_gain() -> Measured:
    """Read what the paper states."""
    return cell("efficiency_measurements", "hyper-connections-gain", "value")


@finding("mhc-bbh-rise")
def mhc_bbh_rise() -> Measured:
    """Subtract the score without the constraint."""
    return difference("efficiency_measurements", "mhc-bbh-mhc", "mhc-bbh-hc")


@finding("engram-bbh-rise")
def engram_bbh_rise() -> Measured:
    """Subtract the score of the same model without the memory."""
    return difference("efficiency_measurements", "engram-bbh-engram", "engram-bbh-baseline")


@finding("engram-mmlu-rise")
def engram_mmlu_rise() -> Measured:
    """Subtract the score of the same model without the memory."""
    return difference("efficiency_measurements", "engram-mmlu-engram", "engram-mmlu-baseline")


@finding("engram-bbh-rise-abstract")
def engram_bbh_rise_abstract() -> Measured:
    """Read what the abstract of the first version states."""
    return cell("efficiency_measurements", "engram-bbh-rise-abstract", "value")


@finding("engram-mmlu-rise-abstract")
def engram_mmlu_rise_abstract() -> Measured:
    """Read what the abstract of the first version states."""
    return cell("efficiency_measurements", "engram-mmlu-rise-abstract", "value")


@finding("engram-slowdown")
def engram_slowdown() -> Measured:
    """Read what the paper states."""
    return cell("efficiency_measurements", "engram-slowdown", "value")


# Designs of a year, and the flagship that was promised


@finding("moe-share-cn-2025")
def moe_share_cn() -> Measured:
    """Count the Chinese models of 2025 that are mixtures of experts, of those whose design is disclosed."""
    return _moe_share("CN")


@finding("moe-share-us-2025")
def moe_share_us() -> Measured:
    """Count the American models of 2025 that are mixtures of experts, of those whose design is disclosed."""
    return _moe_share("US")


def _moe_share(country: str) -> Measured:
    """Return, in percent, the mixtures among the models of one country released in 2025 with a disclosed design."""
    table = load("models")
    part = table[
        (table["country"] == country)
        & (table["released"] >= pd.Timestamp(2025, 1, 1))
        & (table["released"] < pd.Timestamp(2026, 1, 1))
        & (table["architecture"] != "undisclosed")
    ]
    return measured(
        100 * (part["architecture"] == "mixture of experts").mean(),
        rows("models", part.index),
        as_of=part["released"].max(),
    )


@finding("v4-pro-rise")
def v4_pro_rise() -> Measured:
    """Subtract the score of the model before it; the interval sets the far ends of both 90% intervals together."""
    table = load("releases")
    new, old = table.loc["deepseek-v4-pro"], table.loc["deepseek-v3.2"]
    return measured(
        new["eci"] - old["eci"],
        rows("releases", ("deepseek-v4-pro", "deepseek-v3.2")),
        low=new["low"] - old["high"],
        high=new["high"] - old["low"],
        interval="range",
        as_of=new["released"],
    )
