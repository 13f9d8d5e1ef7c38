"""Figures and tables of the chapter on efficiency."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from helpers import units
from helpers.analysis import by_test, gap
from helpers.analysis import efficiency as analysis
from helpers.analysis import inference as serving
from helpers.data import assumption, load
from helpers.figures.frame import COLOURS, GRID, INK, NARROW, SOFT, WIDE, Drawn, Words, country_scale, figure, printed
from helpers.figures.methods import cited
from helpers.figures.tables import Table, escape, table, table_words
from helpers.findings import get, rows
from helpers.findings.capability import NEWEST, export, race
from helpers.findings.efficiency import active_shares, kv_bytes, measured_run
from helpers.findings.efficiency_gap import ARTICLE
from helpers.findings.efficiency_inference import assumed_load, assumed_use, chip, fitting, network, rate, runs, served
from helpers.findings.efficiency_papers import SHARES, accusations, adoption_months, allocations, mixed
from helpers.findings.efficiency_tests import waits

LABELS = 110  # pixels that the names beside bars take from a narrow drawing
RUNS = ("deepseek-v3-total", "gpt-oss-120b", "llama-4-maverick", "llama-4-scout", "llama-3.1-405b")
ROUND = 1  # decimals of the utilisation on its slider


def _width(wide: bool, beside: int = 0) -> int:
    """Return the width of a drawing area that leaves room for names beside it."""
    return (WIDE if wide else NARROW) - (beside if not wide else beside - 60 if beside > 60 else 0)


def _row_axis() -> alt.Axis:
    """Name the rows of a chart in full, on a new line where the catalogue has a stroke."""
    return alt.Axis(labelLimit=330, labelLineHeight=13, labelExpr="split(datum.label, '|')")


def _date(day: int) -> pd.Timestamp:
    return pd.Timestamp(0) + pd.Timedelta(days=day)


# What a run costs


@figure("cost-model")
def cost_model(words: Words, wide: bool) -> Drawn:
    """Draw the rental value of final runs; price, utilisation and overhead of DeepSeek's run can be moved."""
    runs = load("training_runs").loc[list(RUNS)]
    price = assumption("gpu-hour-price")
    base, share = get("v3-run-hours"), get("v3-utilisation")
    data = pd.DataFrame(
        {
            "model": runs["model"],
            "country": runs["country"],
            "gpu_hours_million": runs["gpu_hours"] / 1e6,
            "cost_million_usd": [analysis.rental_value(hours, price.value) / 1e6 for hours in runs["gpu_hours"]],
        }
    ).reset_index(drop=True)
    data["times_v3"] = data["gpu_hours_million"] * 1e6 / base.value
    at = round(share.value, ROUND)
    sliders = [
        alt.param(name=name, value=value, bind=alt.binding_range(min=low, max=high, step=step, name=words[name]))
        for name, value, low, high, step in (
            ("price", price.value, price.low, price.high, 0.25),
            ("utilisation", at, 10, 60, 0.1),
            ("overhead", 0, 0, 20, 0.5),
        )
    ]
    dear = f"datum.country === 'CN' ? {at} / utilisation * (1 + overhead) : 1"
    own = f"(price * {base.value / 1e6} * {at} / utilisation * (1 + overhead))"
    bars = (
        alt.Chart(data)
        .transform_calculate(cost=f"datum.gpu_hours_million * price * ({dear})")
        .transform_calculate(ratio=f"datum.cost / {own}")
        .transform_calculate(
            label="'$' + format(datum.cost, '.1f') + ' m'"
            + " + (datum.country === 'CN' ? '' : ' (' + format(datum.ratio, '.1f') + ' ×)')"
        )
        .encode(
            x=alt.X(
                "cost:Q",
                title=words["x"],
                axis=alt.Axis(tickCount=5),
                scale=alt.Scale(
                    domainMin=0,
                    domainMax=alt.ExprRef(
                        f"max({data['gpu_hours_million'].max()} * price, {own}) * {1.4 if wide else 1.75}"
                    ),
                ),
            ),
            y=alt.Y("model:N", sort=list(data["model"]), title=None),
            color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
        )
    )
    labels = bars.mark_text(align="left", dx=5).encode(text=alt.Text("label:N"), color=alt.ColorValue(INK))
    chart = (
        (bars.mark_bar(height=18) + labels)
        .add_params(*sliders)
        .properties(width=_width(wide, LABELS), height=30 * len(data))
    )
    costs = dict(zip(("v3", "gptoss", "maverick", "scout", "llama"), data["cost_million_usd"], strict=True))
    said = {name: units.quantity(1e6 * value, "USD", 1, "million") for name, value in costs.items()}
    return Drawn(chart, data, (base, share, rows("training_runs", RUNS)), alt=said)


COMPARED = ("llama-3.1-405b", "llama-4-maverick", "llama-4-scout")


def cost_factors(price: float | None = None) -> Table:
    """Return the table of the factors by which other runs cost more or less than the pre-training of DeepSeek-V3.

    ``price`` is that of an hour of an H100 or H800, in US dollars; without it, the one of the assumptions.
    """
    words = table_words("efficiency")["cost-factors"]
    per_hour = assumption("gpu-hour-price").value if price is None else price
    base = measured_run("deepseek-v3-pre-training", per_hour)
    runs = {str(load("training_runs").loc[key, "model"]): measured_run(key, per_hour) for key in COMPARED}
    guess, bill = load("models").loc["gpt-4-mar-2023"], get("gpt4-cloud-cost")
    hours = load("training_runs").loc["gpt-4", "gpu_hours"]
    runs[words["rumoured"]] = analysis.Run(
        guess["training_flop"],
        analysis.useful_tflop_per_s(guess["training_flop"], hours),
        float(load("accelerators").loc["a100-sxm-80gb", "dense_bf16_tflop_s"]),
        bill.value / hours,
    )
    lines = []
    for name, run in runs.items():
        factors = analysis.cost_factors(run, base)
        lines.append(
            {"model": name}
            | {kind: units.number(factor, 2) for kind, factor in factors.items()}
            | {"all": units.number(run.cost / base.cost, 2)}
        )
    cited = load("training_runs").loc[["deepseek-v3-pre-training", *COMPARED], "source"]
    return table("efficiency", "cost-factors", pd.DataFrame(lines), tuple(dict.fromkeys([*cited, *bill.sources])))


# Mixture of experts


def _names(
    base: alt.Chart, data: pd.DataFrame, places: dict[str, tuple[bool, str, int]], wide: bool
) -> list[alt.Chart]:
    """Return the names of some points: by row of ``data`` whether only in the wide drawing, its side, its height."""
    return [
        base.transform_filter(alt.FieldEqualPredicate(field="model", equal=data.loc[key, "model"]))
        .mark_text(align="right" if side == "left" else "left", dx=-8 if side == "left" else 8, dy=below)
        .encode(text=alt.Text("model:N"), color=alt.ColorValue(INK))
        for key, (only_wide, side, below) in places.items()
        if wide or not only_wide
    ]


NAMED = {  # model: only in the wide drawing, which side of its point, how far below
    "glam": (False, "right", 0),
    "grok-1": (False, "right", 0),
    "deepseek-v2": (True, "left", 0),
    "deepseek-v3": (False, "left", 0),
    "llama-4-scout": (False, "left", 0),
    "llama-4-maverick": (True, "left", 0),
    "gpt-oss-120b": (False, "left", -11),
    "kimi-k2": (True, "left", 0),
    "kimi-k3": (False, "right", 13),
}


@figure("active-share")
def active_share(words: Words, wide: bool) -> Drawn:
    """Draw the active share of mixture-of-experts models over their release, by country."""
    shares = active_shares()
    models = load("models").loc[shares.index]
    data = pd.DataFrame(
        {
            "model": models["model"],
            "developer": models["developer"],
            "country": models["country"],
            "released": models["released"],
            "active_share_percent": 100 * shares,
            "place": models["country"].where(models["country"].isin(["US", "CN"]), "other"),
        }
    ).sort_values("released")
    base = alt.Chart(data).encode(
        x=alt.X(
            "released:T",
            title=None,
            axis=alt.Axis(tickCount="year", format="%Y"),
            scale=alt.Scale(domain=["2021-07-01", "2026-12-31"]),
        ),
        y=alt.Y(
            "active_share_percent:Q",
            title=words["y"],
            scale=alt.Scale(type="log", domain=[2.5, 32]),
            axis=alt.Axis(values=[3, 5, 10, 20, 30], format="d"),
        ),
        color=alt.Color(
            "place:N",
            scale=country_scale("US", "CN", "other"),
            legend=alt.Legend(
                title=None,
                labelExpr=f"{{US: '{words['US']}', CN: '{words['CN']}', other: '{words['other']}'}}[datum.value]",
            ),
        ),
    )
    layers = [
        base.mark_point(filled=True, size=60, opacity=0.85).encode(
            tooltip=[alt.Tooltip("model"), alt.Tooltip("developer"), alt.Tooltip("released")]
        )
    ]
    layers += _names(base, data, NAMED, wide)
    chart = alt.layer(*layers).properties(width=_width(wide), height=300 if wide else 280)
    said = {
        "cn": get("active-share-cn").text,
        "cnrange": get("active-share-cn").interval_text,
        "usrange": get("active-share-us").interval_text,
        "count": units.number(len(data)),
    }
    return Drawn(chart, data.drop(columns="place"), (rows("models", shares.index),), alt=said)


# Memory in use


@figure("kv-cache")
def kv_cache(words: Words, wide: bool) -> Drawn:
    """Draw the cache that models keep per token of context."""
    configs = load("attention_configs")
    configs = configs[configs["layers"].notna() & configs["attention"].isin(["MLA", "GQA"])]
    configs = configs.drop(index=["deepseek-v2", "deepseek-v3.2-exp"])  # as V3 but for a layer; and the same cache
    owners = load("models")["country"]
    data = pd.DataFrame(
        {
            "model": configs["model"],
            "country": [owners[key] for key in configs["model_id"]],
            "attention": configs["attention"],
            "kilobytes_per_token": [kv_bytes(key) / 1e3 for key in configs.index],
        }
    ).sort_values("kilobytes_per_token")
    bars = (
        alt.Chart(data)
        .transform_calculate(label="format(datum.kilobytes_per_token, '.0f') + '  ' + datum.attention")
        .encode(
            x=alt.X(
                "kilobytes_per_token:Q", title=words["x"], scale=alt.Scale(domain=[0, 640]), axis=alt.Axis(tickCount=5)
            ),
            y=alt.Y("model:N", sort=list(data["model"]), title=None),
            color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
        )
    )
    labels = bars.mark_text(align="left", dx=5).encode(text=alt.Text("label:N"), color=alt.ColorValue(INK))
    chart = (bars.mark_bar(height=16) + labels).properties(width=_width(wide, LABELS), height=27 * len(data))
    said = printed(
        {
            "v3": "kv-bytes-v3",
            "gptoss": "kv-bytes-gptoss",
            "ratio": "kv-llama405-over-v3",
        }
    )
    return Drawn(chart, data, (rows("attention_configs", configs.index),), alt=said)


# Serving


def _plain(names: pd.Series) -> pd.Series:
    """Return names of chips without what only the table needs: the form of the card, or that a row is one chip."""
    return names.str.replace(r" \(per GPU\)| SXM", "", regex=True)


@figure("serving-check")
def serving_check(words: Words, wide: bool) -> Drawn:
    """Draw published rates of serving beside the two bounds of the model and its middle."""
    found = runs()
    published = load("serving_throughput").loc[found.index]
    owners, chips = load("accelerators")["country"], _plain(load("accelerators")["chip"])
    names = [
        f"{chips[row.chip_id]}, {units.number(found.loc[key, 'requests'])} ({words[row.setting]})"
        for key, row in published.iterrows()
    ]
    data = pd.DataFrame(
        {
            "run": names,
            "country": [owners[key] for key in published["chip_id"]],
            "requests_per_chip": found["requests"],
            "published_tokens_s": found["published"],
            "model_tokens_s": found["model"],
            "nothing_hidden_tokens_s": found["serial"],
            "all_hidden_tokens_s": found["hidden"],
        }
    ).sort_values("requests_per_chip", ascending=False)
    y = alt.Y("run:N", sort=list(data["run"]), title=None, axis=_row_axis())
    scale = alt.Scale(type="log", domain=[30, 50_000])
    axis = alt.Axis(values=[30, 100, 300, 1000, 3000, 10_000, 30_000] if wide else [100, 1000, 10_000], format=",d")
    base = alt.Chart(data).encode(y=y)
    bars = base.mark_bar(height=8, color=GRID).encode(
        x=alt.X("nothing_hidden_tokens_s:Q", title=words["x"], scale=scale, axis=axis),
        x2=alt.X2("all_hidden_tokens_s:Q"),
    )
    ticks = base.mark_tick(thickness=2, size=14, color=SOFT).encode(x=alt.X("model_tokens_s:Q", scale=scale))
    points = base.mark_point(filled=True, size=80, opacity=1).encode(
        x=alt.X("published_tokens_s:Q", scale=scale),
        color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
        tooltip=[alt.Tooltip("run"), alt.Tooltip("published_tokens_s"), alt.Tooltip("model_tokens_s")],
    )
    chart = alt.layer(bars, ticks, points).properties(width=_width(wide, 170), height=27 * len(data))
    said = {"count": units.number(len(data)), "runs": get("serving-large-runs").text} | printed(
        {
            "many": "serving-model-over-published",
            "few": "serving-model-over-published-small",
            "inside": "serving-large-runs-inside",
        }
    )
    evidence = (get("serving-model-over-published"), get("serving-model-over-published-small"))
    return Drawn(chart, data, (*evidence, rows("serving_throughput", found.index)), alt=said)


SERVING = ("gb200", "b200-sxm", "ascend-910c", "ascend-950pr", "h200-sxm", "h800-sxm", "h20")


@figure("serving-cost")
def serving_cost(words: Words, wide: bool) -> Drawn:
    """Draw the rent of chips for a million tokens; price, requests, context, guesses and overlap can be moved."""
    model, use, load_ = served(), assumed_use(), assumed_load()
    price, requests, context = (assumption(key) for key in ("gpu-hour-price", "serving-requests", "serving-context"))
    room = assumption("serving-memory-use").value
    chips = load("accelerators").loc[list(SERVING)]
    devices = {key: chip(key, network(key)) for key in SERVING}
    rates = {key: rate(key, load_) for key in SERVING}
    data = pd.DataFrame(
        {
            "chip": _plain(chips["chip"]),
            "country": chips["country"],
            "requests_per_chip": [fitting(key, load_).requests for key in SERVING],
            "tokens_per_s": pd.Series(rates),
            "usd_per_million_tokens": [serving.usd_per_million_tokens(rates[key], price.value) for key in SERVING],
        }
    )
    drawn = data.assign(
        weight_s=[2 * model.params_active / device.product_flop_per_s for device in devices.values()],
        context_s=[model.attention_flop / device.attention_flop_per_s for device in devices.values()],
        link_s=[model.link_bytes / device.link_bytes_per_s for device in devices.values()],
        bytes_s=[device.bytes_per_s for device in devices.values()],
        room_bytes=[
            room * device.memory_bytes - serving.weight_bytes_held(model, load_) for device in devices.values()
        ],
    ).sort_values("usd_per_million_tokens")
    data = data.loc[drawn.index].reset_index(drop=True)
    sliders = [
        alt.param(name=name, value=value, bind=alt.binding_range(min=low, max=high, step=step, name=words[name]))
        for name, value, low, high, step in (
            ("price", price.value, price.low, price.high, 0.25),
            ("requests", requests.value, requests.low, requests.high, 1),
            ("context", context.value, context.low, context.high, 512),
            ("acceptance", 0, 0, 95, 5),
            ("overlap", 100 * use.overlap, 0, 100, 5),
        )
    ]
    idle = 1 - model.experts_active / model.experts
    everywhere = model.weight_bytes * model.params_everywhere
    routed = model.weight_bytes * model.params_routed / load_.chips
    steps = {  # the same arithmetic as helpers.analysis.inference, in the language of the chart
        "served": f"min(requests, floor(datum.room_bytes / (context * {model.cache_bytes})))",
        "positions": "datum.served * (acceptance > 0 ? 2 : 1)",
        "arithmetic": f"datum.positions * (datum.weight_s + datum.context_s * context) / {use.arithmetic}",
        "memory": f"({everywhere} + {routed} * (1 - pow({idle}, datum.positions * {load_.chips}))"
        + f" + datum.served * context * {model.cache_bytes}) / datum.bytes_s / {use.bandwidth}",
        "links": f"datum.positions * datum.link_s / {use.link}",
        "longest": "max(datum.arithmetic, datum.memory, datum.links)",
        "seconds": "datum.longest + (1 - overlap / 100)"
        + " * (datum.arithmetic + datum.memory + datum.links - datum.longest)",
        "rate": "datum.served * (1 + acceptance / 100) / datum.seconds",
        "cost": "price / (datum.rate * 3600) * 1000000",
        "room": f"datum.cost * {1.3 if wide else 1.85}",  # for the label
        "label": "'$' + format(datum.cost, '.2f') + ' (' + format(datum.rate, ',.0f') + '/s)'",
    }
    chart = alt.Chart(drawn)
    for name, formula in steps.items():
        chart = chart.transform_calculate(**{name: formula})
    bars = chart.encode(
        x=alt.X("cost:Q", title=words["x"], axis=alt.Axis(tickCount=5)),
        y=alt.Y("chip:N", sort=list(drawn["chip"]), title=None),
        color=alt.Color("country:N", scale=country_scale("US", "CN"), legend=None),
    )
    labels = bars.mark_text(align="left", dx=5).encode(text=alt.Text("label:N"), color=alt.ColorValue(INK))
    space = bars.mark_point(opacity=0).encode(x=alt.X("room:Q"))
    layered = (bars.mark_bar(height=18) + labels + space).add_params(*sliders)
    said = printed(
        {
            "gb200": "serving-usd-gb200",
            "h800": "serving-usd-h800",
            "ascend": "serving-usd-910c",
            "h20": "serving-usd-h20",
        }
    )
    evidence = (get("serving-usd-h800"), rows("accelerators", SERVING), rows("serving_throughput", "ant-h20-48"))
    return Drawn(layered.properties(width=_width(wide, LABELS), height=30 * len(data)), data, evidence, alt=said)


PRICED = {  # model: only in the wide drawing, which side of its point, how far below
    "claude-opus-5.5": (False, "right", 3),
    "claude-fable-5.1": (True, "right", 0),
    "gpt-6-astra": (True, "right", 0),
    "qwen3.8-max": (False, "left", 0),
    "kimi-k3": (True, "right", 0),
    "mimo-v2.6-pro": (False, "right", 0),
    "mimo-v2.6-flash": (True, "right", 0),
    "deepseek-v4.1-flash": (False, "right", 0),
    "gpt-6-sol": (True, "right", 0),
}


@figure("task-costs")
def task_costs(words: Words, wide: bool) -> Drawn:
    """Draw what a task of the index costs over the list price of a million tokens, by country."""
    table = load("task_costs")
    data = table[["model", "developer", "country", "score", "blended_usd_per_mtok", "usd_per_task"]]
    ticks = [0.1, 0.3, 1, 3, 10, 30]
    base = alt.Chart(data).encode(
        x=alt.X(
            "blended_usd_per_mtok:Q",
            title=words["x"],
            scale=alt.Scale(type="log", domain=[0.1, 80]),
            axis=alt.Axis(values=ticks, format="$~g"),
        ),
        y=alt.Y(
            "usd_per_task:Q",
            title=words["y"],
            scale=alt.Scale(type="log", domain=[0.05, 12]),
            axis=alt.Axis(values=[0.1, 0.3, 1, 3, 10], format="$~g"),
        ),
        color=alt.Color(
            "country:N",
            scale=country_scale("US", "CN"),
            legend=alt.Legend(title=None, labelExpr=f"{{US: '{words['US']}', CN: '{words['CN']}'}}[datum.value]"),
        ),
    )
    layers = [
        base.mark_point(filled=True, size=70, opacity=0.85).encode(
            tooltip=[alt.Tooltip("model"), alt.Tooltip("developer"), alt.Tooltip("score")]
        )
    ]
    layers += _names(base, data, PRICED, wide)
    chart = alt.layer(*layers).properties(width=_width(wide), height=320 if wide else 300)
    said = {"count": units.number(len(data))} | printed(
        {
            "price": "token-price-us-over-cn",
            "cost": "task-cost-us-over-cn",
            "token": "opus-over-qwen-token",
            "task": "opus-over-qwen-task",
        }
    )
    return Drawn(chart, data.reset_index(drop=True), (rows("task_costs", table.index),), alt=said)


# Two papers in miniature

MIXED = (("free", False), ("free", True), ("constrained", False), ("constrained", True))  # kind, steps alike


@figure("streams-gain")
def streams_gain(words: Words, wide: bool) -> Drawn:
    """Draw the gain of free and constrained mixing over depth, in the toy, beside what the paper reports."""
    parts = []
    for kind, alike in MIXED:
        low, middle, high = np.quantile(mixed(kind, alike)[0], (0.05, 0.5, 0.95), axis=0)
        name = f"{kind}-alike" if alike else kind
        parts.append(
            pd.DataFrame(
                {
                    "mixing": name,
                    "steps": np.arange(len(middle)),
                    "median_gain": middle,
                    "percentile_5_gain": low,
                    "percentile_95_gain": high,
                }
            )
        )
    data = pd.concat(parts, ignore_index=True)
    last = int(data["steps"].max())
    x = alt.X(
        "steps:Q",
        title=words["x"],
        scale=alt.Scale(domain=[0, last + (20 if wide else 42)], nice=False),
        axis=alt.Axis(values=list(range(0, last + 1, 20))),
    )
    height = alt.Scale(type="log", domain=[0.3, 30 * float(data["median_gain"].max())])
    y = alt.Y(
        "median_gain:Q",
        title=words["y"],
        scale=height,
        axis=alt.Axis(values=[10.0**power for power in range(0, 16, 3)], format="~s", grid=True),
    )
    kinds = ["free", "free-alike", "constrained", "constrained-alike"]
    colour = alt.Color("mixing:N", scale=alt.Scale(domain=kinds, range=[SOFT, SOFT, INK, INK]), legend=None)
    dashes = alt.Scale(domain=kinds, range=[[1, 0], [6, 3], [1, 0], [6, 3]])
    dash = alt.StrokeDash("mixing:N", scale=dashes, legend=None)
    base = alt.Chart(data)
    bands = base.mark_area(opacity=0.18, clip=True).encode(
        x=x, y=alt.Y("percentile_5_gain:Q", scale=height), y2=alt.Y2("percentile_95_gain:Q"), color=colour
    )
    lines = base.mark_line().encode(x=x, y=y, color=colour, strokeDash=dash)
    ends = pd.DataFrame(
        [
            {"steps": last, "median_gain": get(key).value, "label": words[label], "dy": below}
            for key, label, below in (
                ("toy-gain-free-alike", "free-alike", 0),
                ("hyper-connections-gain", "paper-free", 0),
                ("toy-gain-free", "free", 0),
                ("mhc-gain", "paper-constrained", -4),
                ("toy-gain-constrained", "constrained", 11),
            )
        ]
    )
    names = [
        alt.Chart(ends.iloc[[place]])
        .mark_text(align="left", dx=8, dy=int(mark["dy"]), color=INK, lineBreak="|")
        .encode(x=alt.X("steps:Q"), y=alt.Y("median_gain:Q", scale=height), text=alt.Text("label:N"))
        for place, mark in enumerate(ends.to_dict("records"))
    ]
    told = (
        alt.Chart(ends.iloc[[1, 3]])
        .mark_point(shape="diamond", size=80, filled=False, color=INK, strokeWidth=1.5, opacity=1)
        .encode(x=alt.X("steps:Q"), y=alt.Y("median_gain:Q", scale=height))
    )
    chart = alt.layer(bands, lines, told, *names).properties(width=_width(wide, 30), height=300 if wide else 280)
    keys = {"free": "toy-gain-free", "alike": "toy-gain-free-alike", "tamed": "toy-gain-constrained-alike"}
    paper = {"paperfree": "hyper-connections-gain", "papertamed": "mhc-gain"}
    evidence = (*(get(key) for key in keys.values()), *(get(key) for key in paper.values()))
    return Drawn(chart, data, evidence, alt=printed(keys | paper))


PHRASES = ("few phrases", "centre", "many phrases")


@figure("table-share")
def table_share(words: Words, wide: bool) -> Drawn:
    """Draw the loss of the toy over the share of the budget in its table, for texts with few and many phrases."""
    parts = []
    for name in PHRASES:
        found = allocations()[name]
        part = found.losses / found.losses[:, :1] * 100
        parts.append(
            pd.DataFrame(
                {
                    "words_in_phrases_percent": found.phrase_share,
                    "table_share_percent": [100 * share for share in SHARES],
                    "loss_nats": found.mean,
                    "loss_percent_of_no_table": 100 * found.mean / found.mean[0],
                    "smallest_of_draws_percent": part.min(axis=0),
                    "largest_of_draws_percent": part.max(axis=0),
                    "label": words[name.replace(" ", "-")],
                }
            )
        )
    data = pd.concat(parts, ignore_index=True)
    x = alt.X(
        "table_share_percent:Q",
        title=words["x"],
        scale=alt.Scale(domain=[0, 128 if wide else 150], nice=False),
        axis=alt.Axis(values=[0, 25, 50, 75, 100]),
    )
    ends = data["smallest_of_draws_percent"].min(), data["largest_of_draws_percent"].max()
    height = alt.Scale(domain=[float(ends[0]) - 1, float(ends[1]) + 1], zero=False, nice=False)
    y = alt.Y("loss_percent_of_no_table:Q", title=words["y"], scale=height)
    group = alt.Detail("words_in_phrases_percent:N")
    base = alt.Chart(data)
    told = get("engram-best-share")
    span = pd.DataFrame({"low": [told.low], "high": [told.high], "label": [words["authors"]], "top": [float(ends[1])]})
    authors = [
        alt.Chart(span)
        .mark_rect(color=SOFT, opacity=0.25)
        .encode(x=alt.X("low:Q", title=words["x"]), x2=alt.X2("high:Q")),
        alt.Chart(span)
        .mark_text(align="left", dx=5, baseline="top", color=SOFT, lineBreak="|")
        .encode(
            x=alt.X("high:Q", title=words["x"]),
            y=alt.Y("top:Q", title=words["y"], scale=height),
            text=alt.Text("label:N"),
        ),
    ]
    bands = base.mark_area(color=INK, opacity=0.12).encode(
        x=x,
        y=alt.Y("smallest_of_draws_percent:Q", scale=height, title=words["y"]),
        y2=alt.Y2("largest_of_draws_percent:Q"),
        detail=group,
    )
    lines = base.mark_line(color=INK).encode(x=x, y=y, detail=group)
    lowest = data.loc[data.groupby("words_in_phrases_percent")["loss_nats"].idxmin()]
    dots = alt.Chart(lowest).mark_point(filled=True, size=70, color=INK, opacity=1).encode(x=x, y=y)
    right = data[data["table_share_percent"] == 100]
    names = (
        alt.Chart(right)
        .mark_text(align="left", dx=6, color=INK, lineBreak="|")
        .encode(x=x, y=y, text=alt.Text("label:N"))
    )
    chart = alt.layer(*authors, bands, lines, dots, names).properties(
        width=_width(wide, 30), height=300 if wide else 280
    )
    keys = {
        "best": "toy-table-best-share",
        "few": "toy-table-best-share-few-phrases",
        "many": "toy-table-best-share-many-phrases",
        "saving": "toy-table-saving",
    }
    said = printed(keys) | {"authors": told.interval_text}
    return Drawn(chart, data.drop(columns="label"), (get("toy-table-best-share"), told), alt=said)


# Where the efficiency comes from


def _day_or_month(when: pd.Timestamp) -> str:
    """Print a day, or only its month where it is the last one: that stands for a day that is not known."""
    return units.day(when, "MMMM y" if when.is_month_end else "d MMMM y")


def accused() -> Table:
    """Return the accusations of distillation by date: who, whom, what was counted, what was answered."""
    words = table_words("efficiency")["accused"]["cells"]
    cells = []
    claims = accusations().sort_values(["claim_date", "id"])
    for row in claims.itertuples():
        count = units.number(row.exchanges) if pd.notna(row.exchanges) else ""
        if count and pd.notna(row.accounts):
            count = words["accounts"].format(count=count, accounts=units.number(row.accounts))
        bound = words[row.exchanges_bound] if count else words["none"]
        cells.append(
            {
                "date": _day_or_month(row.claim_date),
                "who": escape(words["who"].format(row=row) if row.accused_country else words["nobody"].format(row=row)),
                "claim": escape(row.claim),
                "count": escape(f"{bound}{count}"),
                "answer": escape(". ".join(part for part in (row.answer, row.note) if part)),
            }
        )
    keys = pd.concat([claims["source"], claims["also_source"].dropna()]).unique()
    return table("efficiency", "accused", pd.DataFrame(cells), tuple(keys), marked=True)


def origins() -> Table:
    """Return the sources of efficiency that are named: evidence, what its critics say, what cannot be told apart."""
    words = table_words("efficiency")["origins"]
    return table("efficiency", "origins", pd.DataFrame(list(words["rows"].values())), marked=True)


def adopted_methods() -> Table:
    """Return the designs of which publication and first use by another developer are dated, by publication."""
    words, months = table_words("efficiency")["adopted-methods"]["cells"], adoption_months()
    cells = [
        {
            "method": cited(row.method, row.source, row.also_source),
            "origin": escape(words["origin"].format(row=row, day=_day_or_month(row.published))),
            "adopter": escape(words["adopter"].format(row=row, day=_day_or_month(row.adopted))),
            "months": units.number(months[row.id], 1),
        }
        for row in load("method_adoptions").sort_values("published").itertuples()
    ]
    return table("efficiency", "adopted-methods", pd.DataFrame(cells), marked=True)


# The gap


TITLED = {  # model: only in the wide drawing, which side of its point, how far below
    "GPT-4 (Mar 2023)": (True, "right", -12),
    "o1": (True, "left", -10),
    "GPT-5": (False, "left", -12),
    "DeepSeek-V2 (MoE-236B, May 2024)": (True, "right", 22),
    "DeepSeek-R1": (False, "right", 16),
}


@figure("frontier-scores")
def frontier_scores(words: Words, wide: bool) -> Drawn:
    """Draw the records of both countries as steps, with the intervals of their scores."""
    models = export(NEWEST)
    records = models[models["national_record"]].sort_values("version_date")
    data = pd.DataFrame(
        {
            "model": records["model"],
            "country": records["country"],
            "available": records["version_date"],
            "score_points": records["score"],
            "low_points": records["low"],
            "high_points": records["high"],
        }
    )
    end = pd.Timestamp(NEWEST)
    tails = data.groupby("country").tail(1).assign(available=end, model="", low_points=np.nan, high_points=np.nan)
    best = data[data["country"] == "CN"].iloc[-1]
    reached = _date(int(gap.reached_on(race(NEWEST), np.array([[best["score_points"]]]))[0, 0]))
    lag = get("lag-2026-08")
    colour = alt.Color("country:N", scale=country_scale("US", "CN"), legend=None)
    x = alt.X(
        "available:T",
        title=None,
        axis=alt.Axis(tickCount="year", format="%Y"),
        scale=alt.Scale(domain=["2023-02-01", "2027-04-01" if wide else "2027-08-01"]),  # room for the last names
    )
    scale = alt.Scale(domain=[75, 168], nice=False)
    y = alt.Y("score_points:Q", title=words["y"], scale=scale)
    steps = alt.Chart(pd.concat([data, tails])).mark_line(interpolate="step-after").encode(x=x, y=y, color=colour)
    bars = (
        alt.Chart(data.dropna(subset="low_points"))
        .mark_rule(strokeWidth=1.5, opacity=0.55)
        .encode(x=x, y=alt.Y("low_points:Q", title=words["y"], scale=scale), y2=alt.Y2("high_points:Q"), color=colour)
    )
    points = (
        alt.Chart(data)
        .mark_point(filled=True, size=34, opacity=1)
        .encode(
            x=x,
            y=y,
            color=colour,
            tooltip=[alt.Tooltip("model"), alt.Tooltip("available"), alt.Tooltip("score_points")],
        )
    )
    top = data[data["country"] == "US"].iloc[-1]
    span = pd.DataFrame({"from": [reached], "to": [end], "score_points": [best["score_points"]]})
    arrow = alt.Chart(span).mark_rule(color=INK, strokeDash=[4, 3]).encode(x=alt.X("from:T"), x2=alt.X2("to:T"), y=y)
    last = [
        alt.Chart(pd.DataFrame({"available": [end], "score_points": [row["score_points"]], "label": [label]}))
        .mark_text(align="left", dx=6, color=INK, lineBreak="|", baseline="line-top", dy=-6)
        .encode(x=x, y=y, text=alt.Text("label:N"))
        for row, label in ((top, top["model"]), (best, f"{best['model']}|{lag.text}"))
    ]
    names = []
    for side in ("left", "right"):
        for key, (only_wide, where, shift) in TITLED.items():
            if where == side and (wide or not only_wide):
                names.append(
                    alt.Chart(data[data["model"] == key].assign(label=key.partition(" (")[0]))
                    .mark_text(align="right" if side == "left" else "left", dx=-4 if side == "left" else 4, dy=shift)
                    .encode(x=x, y=y, text=alt.Text("label:N"), color=alt.ColorValue(INK))
                )
    ends = pd.DataFrame(
        {
            "available": [pd.Timestamp("2023-07-01" if wide else "2023-04-10"), pd.Timestamp("2024-01-10")],
            "score_points": [131.5, 111.0],
            "country": ["US", "CN"],
            "label": [words["US"], words["CN"]],
        }
    )
    tags = alt.Chart(ends).mark_text(align="left", fontSize=13).encode(x=x, y=y, text=alt.Text("label:N"), color=colour)
    chart = alt.layer(bars, steps, points, arrow, *last, *names, tags).properties(
        width=_width(wide, 30), height=360 if wide else 320
    )
    said = {
        "us": str(top["model"]),
        "usscore": units.number(top["score_points"], 1),
        "cn": str(best["model"]),
        "cnscore": units.number(best["score_points"], 1),
        "lag": lag.text,
    }
    return Drawn(chart, data, (rows("capability_records", records.index), lag), alt=said)


@figure("running-lag")
def running_lag(words: Words, wide: bool) -> Drawn:
    """Draw the lag on every day since the first Chinese record, by both rules, as a band."""
    contest = race(NEWEST)
    end = gap.day_number(NEWEST)
    first = gap.day_number("2023-10-01")
    changes = [day for day in np.concatenate([contest.leader_days, contest.chaser_days]) if first < day < end]
    days = sorted({first, end, *changes, *(day - 1 for day in changes if day - 1 > first)})
    data = pd.DataFrame(
        {
            "day": [_date(int(day)) for day in days],
            "months_since_first_at_score": [gap.lag_on(contest, int(day))[0] for day in days],
            "months_since_last_passed": [gap.lag_on(contest, int(day), "passed")[0] for day in days],
        }
    )
    x = alt.X("day:T", title=None, axis=alt.Axis(tickCount="year", format="%Y"))
    y = alt.Y("months_since_first_at_score:Q", title=words["y"], scale=alt.Scale(domain=[0, 21]))
    area = (
        alt.Chart(data)
        .mark_area(color=COLOURS["CN"], opacity=0.35)
        .encode(x=x, y=y, y2=alt.Y2("months_since_last_passed:Q"))
    )
    edges = [
        alt.Chart(data)
        .mark_line(color=COLOURS["CN"], strokeWidth=1.5)
        .encode(x=x, y=alt.Y(f"{column}:Q", title=words["y"]))
        for column in ("months_since_first_at_score", "months_since_last_passed")
    ]
    mean = get("epoch-lag-mean")
    level = (
        alt.Chart(pd.DataFrame({"months": [mean.value]}))
        .mark_rule(color=SOFT, strokeDash=[4, 3])
        .encode(y=alt.Y("months:Q"))
    )
    marks = pd.DataFrame(
        [
            {"day": pd.Timestamp(day), "months": get(key).value, "label": words[label], "dy": dy}
            for day, key, label, dy in (
                (ARTICLE, "lag-on-article-day", "article", -44),
                ("2025-01-20", "r1-lag-at-release", "r1", 12),
                (NEWEST, "lag-2026-08", "newest", 26),
            )
        ]
    )
    dots = (
        alt.Chart(marks)
        .mark_point(filled=True, size=60, color=INK, opacity=1)
        .encode(x=alt.X("day:T"), y=alt.Y("months:Q"))
    )
    labels = [
        alt.Chart(marks.iloc[[place]])
        .mark_text(align="right", dx=-8, dy=int(mark["dy"]), color=INK, lineBreak="|")
        .encode(x=alt.X("day:T"), y=alt.Y("months:Q"), text=alt.Text("label:N"))
        for place, mark in enumerate(marks.to_dict("records"))
    ]
    named = (
        alt.Chart(pd.DataFrame({"day": [pd.Timestamp(NEWEST)], "months": [17], "label": [words["mean"]]}))
        .mark_text(align="right", color=SOFT, lineBreak="|")
        .encode(x=alt.X("day:T"), y=alt.Y("months:Q"), text=alt.Text("label:N"))
    )
    chart = alt.layer(area, *edges, level, dots, *labels, named).properties(
        width=_width(wide, 30), height=300 if wide else 270
    )
    said = {
        "low": get("r1-lag-at-release").text,
        "peak": units.quantity(float(data["months_since_last_passed"].max()), "months", 1),
        "article": get("lag-on-article-day").text,
        "newest": get("lag-2026-08").text,
    }
    return Drawn(chart, data, (get("lag-2026-08"), mean), alt=said)


READINGS = (
    ("epoch", "epoch-lag-mean", ("epoch-lag-smallest", "epoch-lag-largest"), "extremes"),
    ("passed", "lag-passed-mean-2025-12", None, "extremes"),
    ("catch-up", "lag-catch-up-mean-2025-12", None, "extremes"),
    ("reached", "lag-reached-mean-2025-12", None, "extremes"),
    ("nanoseconds", "lag-on-nanoseconds-day", None, "draws"),
    ("article", "lag-on-article-day", None, "draws"),
    ("year", "lag-mean-2026", None, "draws"),
    ("k3", "k3-lag-at-release", None, "draws"),
    ("newest", "lag-2026-08", None, "draws"),
    ("lag-public", "test-lag-public-2026", None, "draws"),
    ("lag-held-out", "test-lag-held-out-2026", None, "draws"),
    ("wait-public", "test-wait-public", None, "draws"),
    ("wait-held-out", "test-wait-held-out", None, "draws"),
    ("caisi", "caisi-lag-v4-pro", None, "point"),
    ("own", "v4-pro-lag-own-scores", None, "point"),
    ("aisi", "aisi-lag-cyber", None, "extremes"),
    ("cyber", "caisi-lag-cyber", None, "point"),
    ("open-private", "open-lag-private-2026", None, "extremes"),
    ("trump", "lag-trump-2026", None, "extremes"),
)


@figure("lag-definitions")
def lag_definitions(words: Words, wide: bool) -> Drawn:
    """Draw the lag in months as different people and definitions give it."""
    lines, used = [], []
    for name, key, ends, kind in READINGS:
        found = get(key)
        low, high = (get(end).value for end in ends) if ends else (found.low, found.high)
        used += [found, *(get(end) for end in ends or ())]
        lines.append(
            {
                "reading": words[name],
                "months": found.value,
                "low_months": low,
                "high_months": high,
                "range": words[kind],
                "as_of": found.as_of.isoformat(),
            }
        )
    data = pd.DataFrame(lines)
    order = list(data["reading"])
    y = alt.Y(
        "reading:N",
        sort=order,
        title=None,
        axis=_row_axis(),
    )
    kinds = [words["extremes"], words["draws"]]
    shade = alt.Color(
        "range:N",
        scale=alt.Scale(domain=kinds, range=[COLOURS["other"], COLOURS["CN"]]),
        legend=alt.Legend(
            title=None, orient="top", symbolType="stroke", symbolStrokeWidth=4, columns=2 if wide else 1, labelLimit=320
        ),
    )
    ranges = (
        alt.Chart(data.dropna(subset="low_months"))
        .mark_rule(strokeWidth=4, opacity=0.7)
        .encode(x=alt.X("low_months:Q", title=words["x"]), x2=alt.X2("high_months:Q"), y=y, color=shade)
    )
    dots = (
        alt.Chart(data)
        .mark_point(filled=True, size=75, opacity=1, color=INK)
        .encode(x=alt.X("months:Q", title=words["x"], scale=alt.Scale(domain=[0, 19])), y=y)
    )
    numbers = dots.mark_text(dy=-10, fontSize=11, color=INK).encode(text=alt.Text("months:Q", format=".1f"))
    chart = alt.layer(ranges, dots, numbers).properties(
        width=_width(wide, 230) if wide else NARROW - 150, height=(42 if wide else 46) * len(data)
    )
    said = {
        "count": units.number(len(data)),
        "smallest": units.number(data["months"].min(), 0),
        "largest": units.quantity(data["months"].max(), "months", 1),
        "mean": get("epoch-lag-mean").text,
        "newest": get("lag-2026-08").text,
    }
    return Drawn(chart, data.assign(reading=data["reading"].str.replace("|", " ")), tuple(used), alt=said)


@figure("test-waits")
def test_waits(words: Words, wide: bool) -> Drawn:
    """Draw for every test how long its American records stood, with the median of each and of both kinds of test."""
    found = waits()
    kinds = {False: words["public"], True: words["held-out"]}
    data = pd.DataFrame(
        {
            "test": found["test"],
            "kind": found["held_out"].map(kinds),
            "model": found["model"],
            "released": found["released"],
            "months": found["months"],
            "state": found["known"].map({True: words["matched"], False: words["open"]}),
        }
    )
    ends = [
        {
            "test": test,
            "kind": kinds[bool(part["held_out"].iloc[0])],
            "months": by_test.median(part["months"], part["known"]),
            "low_months": np.nan,
            "high_months": np.nan,
        }
        for test, part in found.groupby("test")
    ]
    ends.sort(key=lambda row: (row["kind"] != kinds[False], row["months"]))
    pooled = {kinds[False]: get("test-wait-public"), kinds[True]: get("test-wait-held-out")}
    for kind, result in pooled.items():
        row = {"test": words["all"].format(kind=kind), "kind": kind, "months": result.value}
        place = next(number for number, other in enumerate(ends) if other["kind"] == kind)
        ends.insert(place, {**row, "low_months": result.low, "high_months": result.high})
    medians = pd.DataFrame(ends).replace(np.inf, np.nan)
    medians["label"] = [words["none"] if np.isnan(months) else units.number(months, 1) for months in medians["months"]]
    shades = alt.Scale(domain=list(kinds.values()), range=[COLOURS["other"], COLOURS["CN"]])
    colour = alt.Color("kind:N", scale=shades, legend=None)
    x = alt.X("months:Q", title=words["x"], scale=alt.Scale(domain=[0, 16]), axis=alt.Axis(values=[0, 4, 8, 12, 16]))
    y = alt.Y("test:N", sort=list(medians["test"]), title=None, axis=_row_axis())
    points = (
        alt.Chart(data)
        .mark_point(size=42, opacity=0.8, strokeWidth=1.5)
        .encode(
            x=x,
            y=y,
            stroke=alt.Stroke("kind:N", scale=shades, legend=None),
            fill=alt.condition(alt.datum.state == words["open"], alt.value("transparent"), colour),
            tooltip=[
                alt.Tooltip("test"),
                alt.Tooltip("model"),
                alt.Tooltip("released"),
                alt.Tooltip("months"),
                alt.Tooltip("state"),
            ],
        )
    )
    ranges = (
        alt.Chart(medians.dropna(subset="low_months"))
        .mark_rule(strokeWidth=5, opacity=0.7)
        .encode(x=alt.X("low_months:Q", title=words["x"]), x2=alt.X2("high_months:Q"), y=y, color=colour)
    )
    ticks = alt.Chart(medians.dropna(subset="months")).mark_tick(color=INK, thickness=2.5, height=18).encode(x=x, y=y)
    numbers = (
        alt.Chart(medians)
        .mark_text(align="right", color=INK, fontSize=11)
        .encode(x=alt.XValue(_width(wide, 230) if wide else NARROW - 150), y=y, text=alt.Text("label:N"))
    )
    chart = alt.layer(ranges, points, ticks, numbers).properties(
        width=_width(wide, 230) if wide else NARROW - 150, height=30 * len(medians)
    )
    said = {"count": units.number(found["test"].nunique())} | printed(
        {
            "public": "test-wait-public",
            "heldout": "test-wait-held-out",
            "difference": "test-wait-difference",
            "npublic": "test-records-public",
            "nheldout": "test-records-held-out",
            "openpublic": "test-records-open-public",
            "openheldout": "test-records-open-held-out",
        }
    )
    used = load("held_out_tests")
    named = rows("held_out_tests", used.index[used["test"].isin(found["test"].unique())])
    return Drawn(chart, data, (named, *pooled.values()), alt=said)


# The gap by year


def gap_by_year() -> Table:
    """Return the table of the mean gap and lag of each year with what simulation leaves open."""

    def cell(key: str) -> str:
        found = get(key)
        if found.low is None or found.high is None:
            raise ValueError(f"finding {key} has no interval to print")
        return f"{found.bare} ({units.interval(found.low, found.high, '1', found.digits)})"

    lines = [
        {"year": year, "points": cell(f"gap-mean-{year}"), "months": cell(f"lag-mean-{year}")}
        | (
            {"dpoints": cell(f"gap-change-{year}"), "dmonths": cell(f"lag-change-{year}")}
            if year > 2024
            else {"dpoints": "–", "dmonths": "–"}
        )
        for year in (2024, 2025, 2026)
    ]
    return table("efficiency", "gap-by-year", pd.DataFrame(lines), get("gap-mean-2026").sources)
