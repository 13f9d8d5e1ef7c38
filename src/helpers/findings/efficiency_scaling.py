"""Findings on size, text and use: scaling laws of dense and sparse models, what stands around a run, slower links."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd

from helpers.analysis import efficiency as analysis
from helpers.analysis import scaling
from helpers.data import assumption, expensive, load
from helpers.findings.forms import cell, simulated
from helpers.findings.registry import Measured, Rows, finding, get, measured, rows

REFIT = "besiroglu-2024"
PRINTED, UNROUNDED = "hoffmann-2022-parametric-rounded", "hoffmann-2022-parametric-unrounded"
LEFT_OUT = 5  # runs with the largest losses, which the replication leaves out too
DRAWS, SEED = 200, 20240514
COMMON_FLOP = 1e20  # a budget inside the range of all four laws of sparse models
COMMON_SHARE = 1 / 64  # one expert in 64, the only share of Krajewski and others
CLARK_TOKENS = 130e9  # text of all runs of Clark and others
ROUTED = 2 / 3  # weights of a block in its feed-forward layer, which the experts replace; the rest is attention
RECENT = "2025-01-01"


# Laws of dense models


def constants(name: str) -> dict[str, float]:
    """Return the constants of a published law by their symbols."""
    laws = load("scaling_laws")
    return {str(key): float(value) for key, value in laws[laws["law"] == name].set_index("symbol")["value"].items()}


def law_rows(name: str) -> Rows:
    """Name the rows of a published law."""
    laws = load("scaling_laws")
    return rows("scaling_laws", laws.index[laws["law"] == name])


@cache
def law(name: str) -> scaling.Law:
    """Return a published law of the form of Hoffmann and others; natural logarithms where it gives logarithms."""
    found = constants(name)
    for symbol in ("E", "A", "B"):
        found.setdefault(symbol, float(np.exp(found.get(f"log_{symbol}", 0.0))))
    return scaling.Law(found["E"], found["A"], found["B"], found["alpha"], found["beta"])


def points() -> pd.DataFrame:
    """Return the runs that the refit rests on: all but those with the largest losses."""
    runs = load("chinchilla_runs")
    kept = runs.drop(index=runs["loss"].nlargest(LEFT_OUT).index)
    tokens = kept["training_flop"] / analysis.FLOP_PER_PARAMETER_AND_TOKEN / kept["params"]
    return kept.assign(tokens=tokens)


@expensive
def refits() -> list[scaling.Law]:
    """Return the law fitted anew to samples of those runs, drawn with replacement."""
    runs = points()
    columns = (runs[name].to_numpy(float) for name in ("params", "tokens", "loss"))
    return scaling.resampled(*columns, law(REFIT), DRAWS, SEED)


def refit_evidence() -> tuple[Rows, Rows]:
    """Name what the refit and its draws rest on."""
    return law_rows(REFIT), rows("chinchilla_runs", points().index)


def _by_refit(of: Callable[[scaling.Law], float], *evidence: Rows, as_of: pd.Timestamp | str | None = None) -> Measured:
    """Return a property of the refit between the 5th and 95th percentile of the fits to samples."""
    low, high = np.quantile([of(drawn) for drawn in refits()], (0.05, 0.95))
    return measured(of(law(REFIT)), *refit_evidence(), *evidence, low=low, high=high, interval="simulated", as_of=as_of)


def size_and_text(key: str) -> tuple[float, float]:
    """Return active parameters and training tokens of a model of the table."""
    row = load("models").loc[key]
    return float(row["params_active"]), float(row["training_tokens"])


def _of_model(key: str, of: Callable[[scaling.Law, float, float], float]) -> Measured:
    size, text = size_and_text(key)
    return _by_refit(
        lambda found: of(found, size, text), rows("models", key), as_of=load("models").loc[key, "released"]
    )


def share_needed(found: scaling.Law, size: float, text: float) -> float:
    """Return the operations that the best split needs for a model's loss, in percent of what the model took."""
    return 100 * found.least_flop(found.loss(size, text)) / analysis.training_flop(size, text)


@finding("best-size-refit-range")
def best_size_refit() -> Measured:
    """Take the best size for Chinchilla's budget by the refit, with the fits to samples of its runs."""
    flop = chinchilla_budget()
    return _by_refit(lambda found: found.best(flop)[0], rows("scaling_laws", "hoffmann-2022-approach-1-projected-c"))


def chinchilla_budget() -> float:
    """Return the operations that the paper gives Gopher and Chinchilla."""
    return float(load("scaling_laws").loc["hoffmann-2022-approach-1-projected-c", "value"])


@finding("gopher-operations-needed")
def gopher_needed() -> Measured:
    """Ask the refit with how many of Gopher's operations the best split reaches Gopher's loss."""
    return _of_model("gopher-280b", share_needed)


@finding("megatron-operations-needed")
def megatron_needed() -> Measured:
    """Ask the refit with how many of Megatron-Turing's operations the best split reaches its loss."""
    return _of_model("megatron-turing-nlg-530b", share_needed)


@finding("llama405-operations-needed")
def llama405_needed() -> Measured:
    """Ask the refit with how many of Llama 3.1 405B's operations the best split reaches its loss."""
    return _of_model("llama-3.1-405b", share_needed)


@finding("half-size-extra-operations")
def half_size() -> Measured:
    """Ask what half the best size costs in training, at the loss of the best split of Chinchilla's budget."""
    flop = chinchilla_budget()

    def extra(found: scaling.Law) -> float:
        size, text = found.best(flop)
        half = found.tokens_for(size / 2, found.loss(size, text))
        return 100 * (analysis.training_flop(size / 2, half) / flop - 1)

    return _by_refit(extra, rows("scaling_laws", "hoffmann-2022-approach-1-projected-c"))


@finding("best-ratio-llama3")
def best_ratio_llama3() -> Measured:
    """Divide the tokens by the size that Meta's own law calls best for the budget of Llama 3.1 405B."""
    table = load("scaling_laws")["value"]
    keys = ("llama-3-projected-d", "llama-3-projected-n")
    return measured(table[keys[0]] / table[keys[1]], rows("scaling_laws", keys))


@finding("llama3-tokens-by-printed-law")
def llama3_printed() -> Measured:
    """Put the budget into Meta's law with the constants as its text prints them."""
    found = constants("llama-3-2024")
    return measured(found["A"] * found["C"] ** found["alpha"], law_rows("llama-3-2024"))


@finding("llama3-tokens-stated")
def llama3_stated() -> Measured:
    """Read the tokens that Meta states for the budget."""
    return cell("scaling_laws", "llama-3-projected-d", "value")


# Smaller than best, because the model will be used


@finding("use-implied-llama405")
def use_llama405() -> Measured:
    """Ask for how many tokens served its size and text would be the cheapest."""
    return _of_model("llama-3.1-405b", scaling.use_that_justifies)


@finding("use-implied-llama70")
def use_llama70() -> Measured:
    """Ask for how many tokens served the size and text of the smaller model would be the cheapest."""
    return _of_model("llama-3-70b", scaling.use_that_justifies)


def v3_budget() -> float:
    """Return the operations of DeepSeek-V3's pre-training by 6ND."""
    return get("v3-training-flop").value


def for_use(found: scaling.Law, served: float) -> tuple[float, float, float, float]:
    """Return best size and text without use and with it, for the loss of the best dense model of V3's budget."""
    size, text = found.best(v3_budget())
    small, long = scaling.cheapest_for_use(found, found.loss(size, text), served)
    return size, text, small, long


def _for_use(of: Callable[[float, float, float, float], float]) -> Measured:
    """Return a property of the cheapest model at the assumed use, between its least and largest value in the range."""
    served = assumption("served-tokens")
    values = [of(*for_use(law(REFIT), amount)) for amount in (served.low, served.high)]
    return measured(
        of(*for_use(law(REFIT), served.value)),
        law_rows(REFIT),
        get("v3-training-flop"),
        served,
        low=min(values),
        high=max(values),
        interval="assumptions",
    )


@finding("served-size-share")
def served_size() -> Measured:
    """Compare the size that is cheapest in training and use with the one cheapest in training."""
    return _for_use(lambda size, _text, small, _long: 100 * small / size)


@finding("served-tokens-per-parameter")
def served_ratio() -> Measured:
    """Divide text by size where both are cheapest in training and use."""
    return _for_use(lambda _size, _text, small, long: long / small)


@finding("served-training-extra")
def served_training() -> Measured:
    """Compare what is spent on training with what the best split of training alone takes."""
    return _for_use(
        lambda size, text, small, long: (
            100 * (analysis.training_flop(small, long) / analysis.training_flop(size, text) - 1)
        )
    )


@finding("tokens-per-total-parameter-v3")
def tokens_per_total() -> Measured:
    """Divide tokens by all parameters, active or not."""
    row = load("models").loc["deepseek-v3"]
    return measured(row["training_tokens"] / row["params_total"], rows("models", "deepseek-v3"), as_of=row["released"])


# Sparse models


@cache
def routed_law() -> scaling.RoutedLaw:
    """Return the law of Clark and others for their best method of routing."""
    found = constants("clark-2022-s-base")
    return scaling.RoutedLaw(found["a"], found["b"], found["c"], found["d"], found["E_start"], found["E_max"])


def total_over_active(share: float) -> float:
    """Return all over active parameters, where a share of the experts works and attention always does."""
    return (1 - ROUTED) + ROUTED / share


def leverage_tian(share: float, flop: float = COMMON_FLOP) -> float:
    """Return the saving by the law of Tian and others, at the granularity of their statement."""
    found = constants("tian-2025-leverage")
    named = {"a": "a", "d": "d", "gamma": "gamma", "beta": "beta", "A_start": "a_start", "A_max": "a_max"}
    return analysis.efficiency_leverage(flop, share, 12, **{to: found[of] for of, to in named.items()})


def leverage_clark(share: float, flop: float = COMMON_FLOP) -> float:
    """Return the saving by the law of Clark and others for the model that spends the budget on their text."""
    size = flop / analysis.FLOP_PER_PARAMETER_AND_TOKEN / CLARK_TOKENS
    return routed_law().dense_equivalent(size, 1 / share) / size


def leverage_abnar(share: float, flop: float = COMMON_FLOP) -> float:
    """Return the saving by the law of Abnar and others, both models with the best split of the budget."""
    found = constants("abnar-2025")
    surface = scaling.SparseLaw(**{("lam" if key == "lambda" else key): value for key, value in found.items()})
    whole = total_over_active(share)
    return scaling.dense_over_sparse(
        lambda size, text: surface.loss(size * whole, text, share),
        lambda size, text: surface.loss(size, text, 1.0),
        flop,
    )


def leverage_krajewski(flop: float = COMMON_FLOP, granularity: float = 8.0) -> float:
    """Return the saving by the laws of Krajewski and others, both models with the best split of the budget."""
    sparse, dense = (scaling.GrainedLaw(**constants(f"krajewski-2024-{kind}")) for kind in ("sparse", "dense"))
    whole, fine = total_over_active(COMMON_SHARE), sparse.law(granularity)
    return scaling.dense_over_sparse(lambda size, text: fine.loss(size * whole, text), dense.law().loss, flop)


@expensive
def leverages(shares: tuple[float, ...]) -> dict[str, list[float]]:
    """Return the savings at these shares of experts by the three laws that have a curve."""
    laws = {"clark": leverage_clark, "tian": leverage_tian, "abnar": leverage_abnar}
    return {name: [of(float(share)) for share in shares] for name, of in laws.items()}


@finding("moe-saving-tian")
def saving_tian() -> Measured:
    """Evaluate the law of Ant Group at the common point."""
    return measured(leverage_tian(COMMON_SHARE), law_rows("tian-2025-leverage"))


@finding("moe-saving-clark")
def saving_clark() -> Measured:
    """Evaluate the law of DeepMind at the common point."""
    return measured(leverage_clark(COMMON_SHARE), law_rows("clark-2022-s-base"))


@finding("moe-saving-abnar")
def saving_abnar() -> Measured:
    """Evaluate the law of Abnar and others at the common point."""
    return measured(leverage_abnar(COMMON_SHARE), law_rows("abnar-2025"))


@finding("moe-saving-krajewski")
def saving_krajewski() -> Measured:
    """Evaluate the law of Krajewski and others at the common point, its only share."""
    return measured(leverage_krajewski(), law_rows("krajewski-2024-sparse"), law_rows("krajewski-2024-dense"))


@finding("moe-saving")
def saving() -> Measured:
    """Take the geometric mean of the four laws at the common point; the interval holds all four."""
    found = [get(f"moe-saving-{name}") for name in ("tian", "clark", "abnar", "krajewski")]
    values = [each.value for each in found]
    return measured(float(np.exp(np.mean(np.log(values)))), *found, low=min(values), high=max(values), interval="range")


def held_over_active(country: str | None = None, since: str | None = None) -> pd.Series:
    """Return all over active parameters of released mixtures of experts whose developers state both."""
    from helpers.findings.efficiency import active_shares  # noqa: PLC0415 (that module imports this one)

    return 1 / active_shares(country, since)


def _held(country: str) -> Measured:
    found = held_over_active(country, RECENT)
    return measured(
        found.median(),
        rows("models", found.index),
        low=found.min(),
        high=found.max(),
        interval="models",
        as_of=load("models").loc[found.index, "released"].max(),
    )


@finding("held-per-active-v3")
def held_v3() -> Measured:
    """Divide all by active parameters."""
    return measured(held_over_active()["deepseek-v3"], rows("models", "deepseek-v3"))


@finding("held-per-active-cn")
def held_cn() -> Measured:
    """Take the median over Chinese models since 2025; the interval holds all of them."""
    return _held("CN")


@finding("held-per-active-us")
def held_us() -> Measured:
    """Take the median over American models since 2025; the interval holds all of them, and they are few."""
    return _held("US")


@finding("v3-weights-in-h800")
def v3_weights() -> Measured:
    """Divide the weights in 8 bits by the memory of one chip."""
    size, memory = load("models").loc["deepseek-v3", "params_total"], load("accelerators").loc["h800-sxm", "memory_gb"]
    return measured(size / 1e9 / memory, rows("models", "deepseek-v3"), rows("accelerators", "h800-sxm"))


# The headline run against GPT-4, and what stands around a run


def gpt4(flop: float) -> analysis.Run:
    """Return GPT-4 by the estimates of its hours and its rent, with so many operations."""
    hours = float(load("training_runs").loc["gpt-4", "gpu_hours"])
    return analysis.Run(
        flop,
        analysis.useful_tflop_per_s(flop, hours),
        float(load("accelerators").loc["a100-sxm-80gb", "dense_bf16_tflop_s"]),
        get("gpt4-cloud-cost").value / hours,
    )


def gpt4_operations() -> tuple[float, float, float]:
    """Return the estimate of GPT-4's operations and its published interval."""
    row = load("models").loc["gpt-4-mar-2023"]
    return tuple(float(row[name]) for name in ("training_flop", "training_flop_low", "training_flop_high"))  # type: ignore[return-value]


@finding("gpt4-flop-over-v3")
def gpt4_flop() -> Measured:
    """Compare the estimated operations of GPT-4 with V3's; the interval is the estimator's."""
    base = get("v3-training-flop")
    value, low, high = (flop / base.value for flop in gpt4_operations())
    return measured(value, base, rows("models", "gpt-4-mar-2023"), low=low, high=high, interval="ci90")


@finding("flop-share-gpt4-v3")
def flop_share_gpt4() -> Measured:
    """Take the share of the operations in the logarithm of the ratio of costs, over the interval of the operations."""
    from helpers.findings.efficiency import measured_run  # noqa: PLC0415 (that module imports this one)

    base = measured_run("deepseek-v3-pre-training", assumption("gpu-hour-price").value)
    shares = [100 * analysis.log_shares(analysis.cost_factors(gpt4(f), base))["operations"] for f in gpt4_operations()]
    return measured(
        shares[0],
        rows("training_runs", ("gpt-4", "deepseek-v3-pre-training")),
        rows("models", "gpt-4-mar-2023"),
        rows("accelerators", ("a100-sxm-80gb", "h800-sxm")),
        get("gpt4-cloud-cost"),
        assumption("gpu-hour-price"),
        low=min(shares),
        high=max(shares),
        interval="ci90",
    )


FINAL_RUNS = ("final-run-share-openai-2024", "final-run-share-minimax-2025", "final-run-share-zai-2025")
STAFF = "staff-share-frontier-2024"


def around(final_run_percent: float, staff_percent: float) -> float:
    """Return the cost of developing over that of the final runs: other computing first, then research staff."""
    return 100 / final_run_percent / (1 - staff_percent / 100)


@finding("programme-over-run")
def programme() -> Measured:
    """Multiply all computing over final runs by all cost over computing; the middle firm and the middle of the staff.

    Low end: the firm with the largest share of final runs and the least staff. High end: the reverse.
    """
    table = load("efficiency_estimates")
    final, staff = table.loc[list(FINAL_RUNS), "value"], table.loc[STAFF]
    return measured(
        around(final.median(), staff["value"]),
        rows("efficiency_estimates", (*FINAL_RUNS, STAFF)),
        low=around(final.max(), staff["low"]),
        high=around(final.min(), staff["high"]),
        interval="range",
    )


@finding("v3-programme-cost")
def v3_programme() -> Measured:
    """Multiply the rental value of the final run."""
    times, run = get("programme-over-run"), get("v3-run-cost")
    low, high = (end * run.value for end in (times.low or 0, times.high or 0))
    return measured(times.value * run.value, times, run, low=low, high=high, interval="range")


@finding("programme-largest-difference")
def programme_difference() -> Measured:
    """Compare the firm that spends the most around its final runs with the one that spends the least."""
    final = load("efficiency_estimates").loc[list(FINAL_RUNS), "value"]
    return measured(final.max() / final.min(), rows("efficiency_estimates", FINAL_RUNS))


@finding("final-run-share-us")
def final_run_us() -> Measured:
    """Read the share of the American firm."""
    return cell("efficiency_estimates", FINAL_RUNS[0])


@finding("final-run-share-cn-high")
def final_run_cn_high() -> Measured:
    """Read the larger share of the two Chinese firms."""
    return cell("efficiency_estimates", FINAL_RUNS[1])


@finding("final-run-share-cn-low")
def final_run_cn_low() -> Measured:
    """Read the smaller share of the two Chinese firms."""
    return cell("efficiency_estimates", FINAL_RUNS[2])


# The same run on other chips


def _days_on(chip: str, utilisation: str) -> Measured:
    flop, chips, share = get("v3-training-flop"), get("v3-chips"), get(utilisation)
    peak = float(load("accelerators").loc[chip, "dense_bf16_tflop_s"])
    days = scaling.days_of_training(flop.value, chips.value, peak, share.value / 100)
    return measured(days, flop, chips, share, rows("accelerators", chip), as_of=flop.as_of)


@finding("v3-days-h100")
def v3_days_h100() -> Measured:
    """Spread the operations over as many H100 at the share of their peak that Meta reached."""
    return _days_on("h100-sxm", "llama405-utilisation")


@finding("v3-days-a100")
def v3_days_a100() -> Measured:
    """Spread the operations over as many A100 at the share of the peak that DeepSeek reached on the H800."""
    return _days_on("a100-sxm-80gb", "v3-utilisation")


@finding("v3-days-pre-training")
def v3_days_pre_training() -> Measured:
    """Spread the operations over DeepSeek's chips at the share of their peak that it reached."""
    return _days_on("h800-sxm", "v3-utilisation")


def _busy(copies: float, gb_per_s: float, *evidence: Rows) -> Measured:
    """Return the share of the training time for which one kind of link is busy with traffic to experts, in percent."""
    layout, run = load("attention_configs").loc["deepseek-v3"], load("training_runs").loc["deepseek-v3-pre-training"]
    tokens_per_s = run["training_tokens"] / (run["gpu_hours"] * 3600)
    seconds = scaling.expert_traffic_time(layout["hidden_dim"], layout["moe_layers"], copies, gb_per_s)
    return measured(
        100 * seconds * tokens_per_s,
        rows("attention_configs", "deepseek-v3"),
        rows("training_runs", "deepseek-v3-pre-training"),
        *evidence,
        as_of="2024-12-27",
    )


def _published(key: str) -> float:
    return float(load("efficiency_estimates").loc[key, "value"])


@finding("v3-network-busy")
def v3_network_busy() -> Measured:
    """Send each token to four machines over the network between them."""
    keys = ("v3-nodes-a-token", "h800-network-used")
    return _busy(_published(keys[0]), _published(keys[1]), rows("efficiency_estimates", keys))


@finding("v3-links-busy-h800")
def v3_links_busy() -> Measured:
    """Send each token to its eight experts over the links within machines."""
    return _busy(
        float(load("models").loc["deepseek-v3", "experts_active"]),
        _published("h800-link-used"),
        rows("efficiency_estimates", "h800-link-used"),
        rows("models", "deepseek-v3"),
    )


@finding("v3-links-busy-h100")
def v3_links_busy_h100() -> Measured:
    """Do the same over the links of the H100, faster in the ratio of the two chips."""
    return _busy(
        float(load("models").loc["deepseek-v3", "experts_active"]),
        _published("h800-link-used") / get("h800-link-over-h100").value * 100,
        rows("efficiency_estimates", "h800-link-used"),
        rows("models", "deepseek-v3"),
        rows("accelerators", ("h800-sxm", "h100-sxm")),
    )


@finding("serving-a100-over-h800")
def serving_a100() -> Measured:
    """Compare what an older chip writes with an H800 in the model of serving, at the assumed load."""
    from helpers.findings.efficiency_inference import SHARES, assumed_load, rate  # noqa: PLC0415 (as above)

    load_ = assumed_load()
    return measured(
        100 * rate("a100-sxm-80gb", load_) / rate("h800-sxm", load_),
        rows("accelerators", ("a100-sxm-80gb", "h800-sxm")),
        rows("models", "deepseek-v3"),
        rows("attention_configs", "deepseek-v3"),
        *(assumption(key) for key in (*SHARES, "serving-requests", "serving-context", "serving-network")),
    )


# A ratio of computing as months of better methods


def _drawn(value: float, low: float, high: float, quantile: float, rng: np.random.Generator) -> np.ndarray:
    """Draw from a lognormal distribution with a median and the width of an interval up to a normal quantile."""
    return value * np.exp(rng.standard_normal(10_000) * np.log(high / low) / 2 / quantile)


def halvings() -> np.ndarray:
    """Return draws of the halving time, from its published value and 95% interval."""
    row = load("efficiency_estimates").loc["halving-ho-2024"]
    return _drawn(row["value"], row["low"], row["high"], 1.96, np.random.default_rng(SEED))


@finding("algorithmic-halving")
def halving() -> Measured:
    """Read the halving time and its interval."""
    row = load("efficiency_estimates").loc["halving-ho-2024"]
    return measured(
        row["value"], rows("efficiency_estimates", "halving-ho-2024"), low=row["low"], high=row["high"], interval="ci95"
    )


@finding("compute-ratio-in-months")
def ratio_in_months() -> Measured:
    """Convert the ratio of computing outside China to inside into months of better methods at the halving time."""
    ratio = get("compute-ratio-2025")
    ratios = _drawn(ratio.value, ratio.low or 1, ratio.high or 1, 1.645, np.random.default_rng(SEED + 1))
    months = np.log2(ratios) * halvings()
    return simulated(months, ratio, rows("efficiency_estimates", "halving-ho-2024"), as_of=ratio.as_of)


@finding("compute-ratio-in-months-fast")
def ratio_in_months_fast() -> Measured:
    """Convert it at the pace that a later estimate finds on tests instead of losses."""
    ratio = get("compute-ratio-2025")
    halving_months = 12 / np.log2(_published("progress-ho-2025"))
    return measured(
        scaling.months_of_progress(ratio.value, halving_months),
        ratio,
        rows("efficiency_estimates", "progress-ho-2025"),
        as_of=ratio.as_of,
    )


@finding("lag-as-compute-ratio")
def lag_as_ratio() -> Measured:
    """Ask what ratio of computing the measured lag would be, if methods were all that it took to catch up."""
    lag = get("lag-2026-08")
    lags = _drawn(lag.value, lag.low or 1, lag.high or 1, 1.645, np.random.default_rng(SEED + 2))
    return simulated(2 ** (lags / halvings()), lag, rows("efficiency_estimates", "halving-ho-2024"), as_of=lag.as_of)
