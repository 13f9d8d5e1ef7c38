"""Findings of the chapter on efficiency: what it takes to serve a model, by a roofline and as published."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from helpers.analysis import inference as analysis
from helpers.analysis.efficiency import kv_bytes_per_token
from helpers.data import Assumption, assumption, load
from helpers.findings.forms import cell
from helpers.findings.registry import Measured, finding, get, measured, rows

MODEL = "deepseek-v3"  # R1 has the same layout
MANY = 32  # requests a chip from which a run counts as a large batch
SHARES = ("serving-arithmetic-use", "serving-bandwidth-use", "serving-network-use", "serving-overlap")
SETTING = ("serving-requests", "serving-context", "serving-spread", "serving-network")
ONE_NETWORK = (
    "gb200",
    "ascend-910c",
    "ascend-950pr",
)  # many machines on the chip's own link; the table counts both directions of it
LONG = 131_072  # tokens of context, the longest that the paper on sparse attention gives


def served(weight_bits: int = 8, attention_bits: int = 16) -> analysis.Served:
    """Return DeepSeek-V3 as it is served in numbers of so many bits."""
    size, layout = load("models").loc[MODEL], load("attention_configs").loc[MODEL]
    sizes = {name: int(layout[name]) for name in ("latent_dim", "rope_dim")}
    layers, kind = int(layout["layers"]), str(layout["attention"])
    return analysis.Served(
        params_total=float(size["params_total"]),
        params_active=float(size["params_active"]),
        experts=int(size["experts_routed"]),
        experts_active=int(size["experts_active"]),
        weight_bytes=weight_bits / 8,
        cache_bytes=kv_bytes_per_token(kind, layers, bytes_per_element=attention_bits / 8, **sizes),
        attention_flop=analysis.attention_flop_per_context_token(kind, layers, int(layout["query_heads"]), **sizes),
        link_bytes=analysis.link_bytes_per_token(
            float(layout["hidden_dim"]), float(layout["moe_layers"]), float(size["experts_active"])
        ),
    )


def peak(key: str, bits: int) -> float:
    """Return the peak of a chip of the table in FLOP/s for numbers of so many bits, whole numbers where no others."""
    chip = load("accelerators").loc[key]
    columns = {16: ("dense_bf16_tflop_s",), 8: ("dense_fp8_tflop_s", "int8_tops"), 4: ("dense_fp4_tflop_s",)}[bits]
    known = [float(chip[column]) for column in columns if pd.notna(chip[column])]
    if not known:
        raise ValueError(f"accelerators, {key}: no peak for {bits} bits")
    return known[0] * 1e12


def chip(key: str, network_gb_s: float, weight_bits: int = 8, attention_bits: int = 16) -> analysis.Chip:
    """Return a chip of the table, with the network that joins it to others."""
    row = load("accelerators").loc[key]
    return analysis.Chip(
        product_flop_per_s=peak(key, weight_bits),
        attention_flop_per_s=peak(key, attention_bits),
        bytes_per_s=float(row["bandwidth_tb_s"]) * 1e12,
        memory_bytes=float(row["memory_gb"]) * 1e9,
        link_bytes_per_s=network_gb_s * 1e9,
    )


def network(key: str) -> float:
    """Return the assumed traffic per chip to the chips that share the experts, in GB/s and one direction."""
    if key in ONE_NETWORK:
        return float(load("accelerators").loc[key, "link_gb_s"]) / 2
    published = load("serving_throughput")
    own = published.loc[published["chip_id"] == key, "network_gb_s"]
    return float(own.iloc[0]) if len(own) else assumption("serving-network").value


def assumed_use(overlap: float | None = None) -> analysis.Use:
    """Return the assumed shares of the peaks, with another overlap where one is given."""
    arithmetic, bandwidth, link, hidden = (assumption(key).value for key in SHARES)
    return analysis.Use(arithmetic, bandwidth, link, hidden if overlap is None else overlap)


def assumed_load(**changes: float) -> analysis.Load:
    """Return the assumed setting, with whatever is given in place of it."""
    requests, context, chips = (assumption(key).value for key in SETTING[:3])
    return replace(analysis.Load(requests, context, int(chips)), **changes)  # type: ignore[arg-type]


def fitting(key: str, load_: analysis.Load) -> analysis.Load:
    """Return the load with no more requests than find room in the chip's memory."""
    room = analysis.requests_that_fit(served(), chip(key, network(key)), load_, assumption("serving-memory-use").value)
    return replace(load_, requests=min(load_.requests, room))


def rate(key: str, load_: analysis.Load, overlap: float | None = None) -> float:
    """Return the modelled tokens a second of one chip in 8 bits, attention in 16."""
    return analysis.tokens_per_second(served(), chip(key, network(key)), fitting(key, load_), assumed_use(overlap))


def runs() -> pd.DataFrame:
    """Return the published rates per chip beside the modelled ones, by run.

    Columns: ``requests`` a chip, ``published``, ``model``, ``serial`` (nothing hidden), ``hidden`` (all hidden) and
    ``peak`` (all hidden at the chip's full peaks), all in tokens a second and chip.
    """
    lines = {}
    for key, row in load("serving_throughput").iterrows():
        published = row["tokens_per_s"] / row["printed_for_chips"]
        drafts = int(row["drafts"])
        acceptance = row["acceptance_percent"] / 100 if drafts else 0.0
        requests = row["requests_per_chip"]
        if pd.isna(requests):  # a user's speed and a chip's rate give the requests
            requests = published / row["tokens_per_s_per_user"]
        bits = int(row["weight_bits"]), int(row["attention_bits"])
        model, device = served(*bits), chip(str(row["chip_id"]), float(row["network_gb_s"]), *bits)
        load_ = analysis.Load(float(requests), float(row["context_tokens"]), int(row["chips"]), drafts, acceptance)
        lines[key] = {"requests": float(requests), "published": published} | {
            name: analysis.tokens_per_second(model, device, load_, use)
            for name, use in (
                ("model", assumed_use()),
                ("serial", assumed_use(0)),
                ("hidden", assumed_use(1)),
                ("peak", analysis.Use()),
            )
        }
    return pd.DataFrame.from_dict(lines, orient="index")


def _assumed(*extra: str) -> list[Assumption]:
    return [assumption(key) for key in (*SHARES, *extra)]


# Against published rates


@finding("serving-deepseek-day")
def deepseek_day() -> Measured:
    """Divide the rate of a machine that writes by its chips."""
    return measured(runs().loc["deepseek-h800-day", "published"], rows("serving_throughput", "deepseek-h800-day"))


@finding("serving-deepseek-day-model")
def deepseek_day_model() -> Measured:
    """Model the same day; the interval runs from nothing hidden to everything hidden."""
    run = runs().loc["deepseek-h800-day"]
    return measured(
        run["model"],
        rows("serving_throughput", "deepseek-h800-day"),
        rows("accelerators", "h800-sxm"),
        rows("models", MODEL),
        rows("attention_configs", MODEL),
        *_assumed(),
        low=run["serial"],
        high=run["hidden"],
        interval="overlap",
    )


def _group(large: bool) -> pd.DataFrame:
    found = runs()
    return found[(found["requests"] >= MANY) == large]


def _of_group(value: float, large: bool, **bounds: float) -> Measured:
    part = _group(large)
    chips = load("serving_throughput").loc[part.index, "chip_id"].unique()
    used = (
        rows("serving_throughput", part.index),
        rows("accelerators", chips),
        rows("models", MODEL),
        rows("attention_configs", MODEL),
    )
    interval = "extremes" if bounds else None
    return measured(value, *used, *_assumed(), interval=interval, **bounds)


def _over_published(large: bool) -> Measured:
    part = _group(large)
    ratio = part["model"] / part["published"]
    return _of_group(ratio.median(), large, low=ratio.min(), high=ratio.max())


@finding("serving-model-over-published")
def model_over_published() -> Measured:
    """Divide modelled by published rates of the runs with a large batch; median and extremes."""
    return _over_published(True)


@finding("serving-model-over-published-small")
def model_over_published_small() -> Measured:
    """Divide modelled by published rates of the runs with a small batch; median and extremes."""
    return _over_published(False)


@finding("serving-large-runs")
def large_runs() -> Measured:
    """Count the published runs with a large batch."""
    return measured(len(_group(True)), rows("serving_throughput", _group(True).index))


@finding("serving-large-runs-inside")
def large_runs_inside() -> Measured:
    """Count those whose published rate lies between the two bounds of the model."""
    part = _group(True)
    return _of_group(part["published"].between(part["serial"], part["hidden"]).sum(), True)


# What a million tokens cost


def _usd(key: str, **changes: float) -> Measured:
    price, load_ = assumption("gpu-hour-price"), assumed_load(**changes)
    value, dear, cheap = (
        analysis.usd_per_million_tokens(rate(key, load_, overlap), price.value) for overlap in (None, 0, 1)
    )
    return measured(
        value,
        rows("accelerators", key),
        rows("models", MODEL),
        rows("attention_configs", MODEL),
        price,
        *_assumed(*SETTING, "serving-memory-use"),
        low=cheap,
        high=dear,
        interval="overlap",
    )


@finding("serving-usd-h800")
def usd_h800() -> Measured:
    """Rent an H800 for the time that a million tokens take in the assumed setting."""
    return _usd("h800-sxm")


@finding("serving-usd-h800-one")
def usd_h800_one() -> Measured:
    """Rent an H800 that serves a single request."""
    return _usd("h800-sxm", requests=1)


@finding("serving-usd-h20")
def usd_h20() -> Measured:
    """Rent an H20 at the same price."""
    return _usd("h20")


@finding("serving-usd-910c")
def usd_910c() -> Measured:
    """Rent an Ascend 910C at the same price."""
    return _usd("ascend-910c")


@finding("serving-usd-gb200")
def usd_gb200() -> Measured:
    """Rent a GB200 at the same price."""
    return _usd("gb200")


@finding("serving-usd-deepseek-writing")
def usd_deepseek_writing() -> Measured:
    """Rent, at the developer's price, the chips that write for a million tokens at the rate of its day."""
    found, price = get("serving-deepseek-day"), assumption("gpu-hour-price")
    return measured(analysis.usd_per_million_tokens(found.value, price.value), found, price)


@finding("serving-usd-deepseek-day")
def usd_deepseek_day() -> Measured:
    """Divide the day's rent of all machines by the tokens generated."""
    values = load("efficiency_measurements")["value"]
    return measured(
        1e6 * values["deepseek-day-rent"] / values["deepseek-day-tokens"],
        rows("efficiency_measurements", ("deepseek-day-rent", "deepseek-day-tokens")),
    )


@finding("serving-price-over-day")
def price_over_day() -> Measured:
    """Divide R1's list price of the time by that rent."""
    rent = get("serving-usd-deepseek-day")
    price = load("prices").loc["deepseek-r1", "output_usd_per_mtok"]
    return measured(price / rent.value, rows("prices", "deepseek-r1"), rent, as_of="2025-02-28")


def _over_h800(key: str, **changes: float) -> Measured:
    load_ = assumed_load(**changes)
    ratios = [rate(key, load_, overlap) / rate("h800-sxm", load_, overlap) for overlap in (None, 0, 1)]
    return measured(
        ratios[0],
        rows("accelerators", (key, "h800-sxm")),
        rows("models", MODEL),
        rows("attention_configs", MODEL),
        *_assumed(*SETTING, "serving-memory-use"),
        low=min(ratios),
        high=max(ratios),
        interval="overlap",
    )


@finding("serving-h20-over-h800")
def h20_over_h800() -> Measured:
    """Compare both chips in the assumed setting."""
    return _over_h800("h20")


@finding("serving-h20-over-h800-one")
def h20_over_h800_one() -> Measured:
    """Compare both chips with one request each."""
    return _over_h800("h20", requests=1)


@finding("serving-910c-over-h800")
def ascend_over_h800() -> Measured:
    """Compare both chips in the assumed setting."""
    return _over_h800("ascend-910c")


def _published_over_h800(run: str) -> Measured:
    """Compare a published rate with that of DeepSeek's profile on the H800; settings differ a little."""
    rates = runs()["published"]
    pair = (run, "deepseek-h800-profile")
    return measured(rates[pair[0]] / rates[pair[1]], rows("serving_throughput", pair))


@finding("serving-h20-over-h800-published")
def h20_published() -> Measured:
    """Compare the published rates."""
    return _published_over_h800("ant-h20-48")


@finding("serving-910c-over-h800-published")
def ascend_published() -> Measured:
    """Compare the published rates."""
    return _published_over_h800("ascend-96")


# What the techniques are worth


@finding("experts-touched-one")
def experts_touched_one() -> Measured:
    """Divide chosen by all experts: what a single token touches in a layer."""
    return _touched(1)


@finding("experts-touched-128")
def experts_touched_128() -> Measured:
    """Let as many tokens as a chip of the developer's profile serves choose experts alike and independently."""
    return _touched(assumption("serving-requests").value)


def _touched(tokens: float) -> Measured:
    model = served()
    share = analysis.touched_share(tokens, model.experts, model.experts_active)
    return measured(100 * share, rows("models", MODEL), *([assumption("serving-requests")] if tokens > 1 else []))


def _guessing(requests: float) -> Measured:
    """Compare one guess a step with none; the interval is that of the published acceptance."""
    accepted = load("efficiency_measurements").loc["deepseek-v3-mtp-acceptance"]
    low, high = accepted["low"] / 100, accepted["high"] / 100
    plain = rate("h800-sxm", assumed_load(requests=requests))
    gains = [
        rate("h800-sxm", assumed_load(requests=requests, drafts=1, acceptance=share)) / plain
        for share in ((low + high) / 2, low, high)
    ]
    return measured(
        gains[0],
        rows("efficiency_measurements", "deepseek-v3-mtp-acceptance"),
        rows("accelerators", "h800-sxm"),
        rows("models", MODEL),
        rows("attention_configs", MODEL),
        *_assumed(*SETTING, "serving-memory-use"),
        low=gains[1],
        high=gains[2],
        interval="range",
    )


@finding("mtp-gain-one")
def mtp_gain_one() -> Measured:
    """Guess one token ahead with one request a chip."""
    return _guessing(1)


@finding("mtp-gain-full")
def mtp_gain_full() -> Measured:
    """Guess one token ahead in the assumed setting."""
    return _guessing(assumption("serving-requests").value)


@finding("ascend-mtp-gain")
def ascend_mtp_gain() -> Measured:
    """Read the published range of the gain; its middle stands for it."""
    row = load("efficiency_measurements").loc["ascend-mtp-gain"]
    middle = (row["low"] + row["high"]) / 2
    used = rows("efficiency_measurements", "ascend-mtp-gain")
    return measured(middle, used, low=row["low"], high=row["high"], interval="range")


@finding("fp8-gain-serving")
def fp8_gain() -> Measured:
    """Compare weights and products in 8 bits with 16, on an H800 in the assumed setting; bounds by overlap."""
    load_, bits = assumed_load(), (8, 16)
    gains = []
    for overlap in (None, 0, 1):
        rates = [
            analysis.tokens_per_second(
                served(each), chip("h800-sxm", network("h800-sxm"), each), load_, assumed_use(overlap)
            )
            for each in bits
        ]
        gains.append(rates[0] / rates[1])
    return measured(
        gains[0],
        rows("accelerators", "h800-sxm"),
        rows("models", MODEL),
        rows("attention_configs", MODEL),
        *_assumed(*SETTING),
        low=min(gains),
        high=max(gains),
        interval="overlap",
    )


@finding("sparse-attention-reads")
def sparse_reads() -> Measured:
    """Divide the longest context of the paper by the tokens that are chosen."""
    top = load("attention_configs").loc["deepseek-v3.2-exp", "sparse_top_k"]
    return measured(LONG / top, rows("attention_configs", "deepseek-v3.2-exp"))


@finding("sparse-attention-gain")
def sparse_gain() -> Measured:
    """Bound what reading only the chosen tokens gains at that context; the search for them is left out."""
    top = float(load("attention_configs").loc["deepseek-v3.2-exp", "sparse_top_k"])
    load_ = assumed_load(context=LONG)
    gain = rate("h800-sxm", replace(load_, attended=top)) / rate("h800-sxm", load_)
    return measured(
        gain,
        rows("attention_configs", ("deepseek-v3.2-exp", MODEL)),
        rows("accelerators", "h800-sxm"),
        rows("models", MODEL),
        *_assumed(*SETTING, "serving-memory-use"),
    )


# By the task


def _median_ratio(column: str) -> Measured:
    table = load("task_costs")
    middle = table.groupby("country")[column].median()
    return measured(middle["US"] / middle["CN"], rows("task_costs", table.index))


@finding("token-price-us-over-cn")
def token_price_ratio() -> Measured:
    """Divide the medians of both countries' list prices among the twenty best models."""
    return _median_ratio("blended_usd_per_mtok")


@finding("task-cost-us-over-cn")
def task_cost_ratio() -> Measured:
    """Divide the medians of what a task costs with them."""
    return _median_ratio("usd_per_task")


def reversed_pairs() -> tuple[int, int]:
    """Return in how many pairs of both countries the one cheaper by the token is dearer by the task, and of how many.

    Pairs of one price have no cheaper side and are left out.
    """
    table = load("task_costs")
    ours, theirs = (table[table["country"] == code] for code in ("CN", "US"))
    turned = pairs = 0
    for one in ours.itertuples():
        for other in theirs.itertuples():
            by_token = one.blended_usd_per_mtok - other.blended_usd_per_mtok
            if by_token:
                pairs += 1
                turned += by_token * (one.usd_per_task - other.usd_per_task) < 0
    return turned, pairs


@finding("task-pairs-reversed")
def task_pairs_reversed() -> Measured:
    """Count the pairs in which the order turns round, as a share."""
    turned, pairs = reversed_pairs()
    return measured(100 * turned / pairs, rows("task_costs", load("task_costs").index))


@finding("price-reversal-pairs")
def price_reversal_pairs() -> Measured:
    """Read what a study of eight models found."""
    return cell("efficiency_measurements", "price-reversal-pairs")


def _opus_over_qwen(column: str) -> Measured:
    values = load("task_costs")[column]
    pair = ("claude-opus-5.5", "qwen3.8-max")
    return measured(values[pair[0]] / values[pair[1]], rows("task_costs", pair))


@finding("opus-over-qwen-token")
def opus_over_qwen_token() -> Measured:
    """Compare list prices."""
    return _opus_over_qwen("blended_usd_per_mtok")


@finding("opus-over-qwen-task")
def opus_over_qwen_task() -> Measured:
    """Compare the cost of a task."""
    return _opus_over_qwen("usd_per_task")
