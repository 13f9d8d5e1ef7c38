"""Figures and tables on size, text and sparseness."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from helpers import units
from helpers.analysis import efficiency as analysis
from helpers.analysis import scaling
from helpers.data import assumption, load
from helpers.figures.efficiency import COMPARED, _names
from helpers.figures.frame import COLOURS, GRID, INK, NARROW, SOFT, WIDE, Drawn, Words, country_scale, figure, printed
from helpers.figures.tables import Table, table, table_words
from helpers.findings import efficiency_scaling as found
from helpers.findings import get, rows
from helpers.findings.efficiency import UNRELEASED, measured_run

GRID_POINTS = 97  # sizes along a curve of one budget
SHOWN_DRAWS = 30
ENDS = (4e9, 4e12)
SIZES = ("chinchilla", "gopher-280b", "megatron-turing-nlg-530b")


def _width(wide: bool) -> int:
    return WIDE if wide else NARROW


# One budget


@figure("iso-flop")
def iso_flop(words: Words, wide: bool) -> Drawn:
    """Draw what a wrong size costs on one budget, by law; the budget and the use that it must pay for can be moved."""
    laws = {name: found.law(key) for name, key in LAWS.items()}
    drawn = found.refits()[:SHOWN_DRAWS]
    budget = found.chinchilla_budget()
    grid = np.geomspace(*ENDS, GRID_POINTS)
    shown = SIZES if wide else SIZES[:-1]  # the name of the largest would lie on a line of the narrow drawing
    models = load("models").loc[list(shown)]

    def line(name: str, law: scaling.Law, kind: str, model: str = "", size: float = 0.0) -> dict[str, object]:
        constants = {"e": law.e, "a": law.a, "b": law.b, "alpha": law.alpha, "beta": law.beta}
        return {"law": name, "kind": kind, "model": model, "params": size, **constants}

    lines = [line(name, law, "law") for name, law in laws.items()]
    lines += [line(f"draw {i}", law, "draw") for i, law in enumerate(drawn)]
    lines += [
        line("refit", laws["refit"], "model", words[key], float(models.loc[key, "params_active"])) for key in shown
    ]
    sliders = [
        alt.param(name=name, value=value, bind=alt.binding_range(min=low, max=high, step=step, name=words[name]))
        for name, value, low, high, step in (("budget", 1, 0.1, 70, 0.1), ("served", 0, 0, 100, 0.1))
    ]
    base = (
        alt.Chart(pd.DataFrame(lines))
        .transform_calculate(step=f"datum.kind === 'model' ? [0] : sequence({GRID_POINTS})")
        .transform_flatten(["step"])
        .transform_calculate(
            params="datum.kind === 'model' ? datum.params"
            f" : {ENDS[0]} * pow({ENDS[1] / ENDS[0]}, datum.step / {GRID_POINTS - 1})",
        )
        .transform_calculate(
            tokens=f"(budget * {budget} - 2 * datum.params * served * 1e12) / (6 * datum.params)",
        )
        .transform_filter("datum.tokens > 0")
        .transform_calculate(
            loss="datum.e + datum.a / pow(datum.params, datum.alpha) + datum.b / pow(datum.tokens, datum.beta)"
        )
        .transform_joinaggregate(least="min(loss)", groupby=["law"])
        .transform_calculate(
            above="datum.loss - datum.least",
            billions="datum.params / 1e9",
            label="datum.model + ' +' + format(datum.loss - datum.least, '.3f')",
        )
        .encode(
            x=alt.X(
                "billions:Q",
                title=words["x"],
                scale=alt.Scale(type="log", domain=[end / 1e9 for end in ENDS], nice=False),
                axis=alt.Axis(values=[5, 10, 30, 100, 300, 1000, 3000] if wide else [10, 100, 1000], format="d"),
            ),
            y=alt.Y(
                "above:Q",
                title=words["y"],
                scale=alt.Scale(domain=[-0.01, 0.1], nice=False),
                axis=alt.Axis(values=[0, 0.02, 0.04, 0.06, 0.08, 0.1]),
            ),
        )
    )
    names = {key: words[key] for key in LAWS}
    band = base.transform_filter("datum.kind === 'draw'").mark_line(color=GRID, strokeWidth=1, clip=True)
    curves = (
        base.transform_filter("datum.kind === 'law'")
        .mark_line(color=INK, clip=True)
        .encode(
            strokeDash=alt.StrokeDash(
                "law:N",
                scale=alt.Scale(domain=list(LAWS), range=[[1, 0], [7, 4], [2, 3]]),
                legend=alt.Legend(
                    title=None,
                    labelExpr=f"{names}[datum.label]",
                    symbolType="stroke",
                    columns=1 if not wide else 3,
                    labelLimit=330,
                ),
            )
        )
    )
    ends = base.transform_filter("datum.kind === 'model'")
    dots = ends.mark_point(filled=True, size=70, color=INK, opacity=1, clip=True)
    texts = [
        ends.transform_filter(alt.FieldEqualPredicate(field="model", equal=words[key]))
        .mark_text(align=align, dx=right, dy=below, clip=True)
        .encode(text=alt.Text("label:N"), color=alt.ColorValue(INK))
        for key, align, right, below in (
            ("chinchilla", "center", 0, 14),
            ("gopher-280b", "left", 9, 4),
            *([("megatron-turing-nlg-530b", "left", 9, 4)] if wide else []),
        )
    ]
    chart = alt.layer(band.encode(detail=alt.Detail("law:N")), curves, dots, *texts).add_params(*sliders)
    losses = {name: [scaling.loss_on_budget(law, budget, size) for size in grid] for name, law in laws.items()}
    data = pd.DataFrame({"parameters_billion": grid / 1e9} | losses)
    for name in laws:
        data[f"{name}_above_least"] = data[name] - data[name].min()
    said = printed(
        {"refit": "best-size-refit-range", "unrounded": "optimal-size-unrounded", "printed": "optimal-size-printed"}
    ) | {
        "range": get("best-size-refit-range").interval_text,
        "gopher": units.number(above_least("gopher-280b"), 3),
        "chinchilla": units.number(above_least("chinchilla"), 3),
    }
    evidence = (get("best-size-refit-range"), *(found.law_rows(key) for key in LAWS.values()), rows("models", SIZES))
    return Drawn(chart.properties(width=_width(wide), height=320 if wide else 300), data, evidence, alt=said)


LAWS = {"refit": found.REFIT, "unrounded": found.UNROUNDED, "printed": found.PRINTED}


def above_least(key: str, flop: float | None = None, served: float = 0.0) -> float:
    """Return the loss of a model's size on a budget above that of the best size, by the refit."""
    law, size = found.law(found.REFIT), float(load("models").loc[key, "params_active"])
    budget = found.chinchilla_budget() if flop is None else flop
    grid = np.geomspace(*ENDS, 20_001)
    least = min(scaling.loss_on_budget(law, budget, float(other), served) for other in grid)
    return scaling.loss_on_budget(law, budget, size, served) - least


# Text for each parameter

NAMED = {  # model: only in the wide drawing, which side of its point, how far below
    "gopher-280b": (False, "right", 6),
    "megatron-turing-nlg-530b": (True, "right", 8),
    "chinchilla": (False, "left", 22),
    "llama-3.1-405b": (False, "left", -14),
    "deepseek-v3": (False, "right", -8),
    "llama-4-scout": (True, "right", 0),
    "qwen3-32b": (True, "right", -9),
}
SAME_BASE = (  # trained further from a model of the table
    "deepseek-r1",
    "deepseek-v3.1",
    "deepseek-v3.2-exp",
    "qwen3-235b-a22b-thinking-2507",
    "kimi-k2-thinking",
    "kimi-k2.5",
    "glm-4.6",
)
BUDGETS = np.geomspace(1e19, 3e26, 61)
LARGEST_FITTED = 1e22  # of the runs behind Meta's law, the largest of all


def best_ratios() -> dict[str, np.ndarray]:
    """Return the best tokens per parameter by law over the budgets of the figure."""
    table = load("scaling_laws")["value"]
    by_size = {name: [found.law(key).best(flop) for flop in BUDGETS] for name, key in LAWS.items()}
    ratios = {name: np.array([text / size for size, text in pairs]) for name, pairs in by_size.items()}
    ratios["approach-1"] = np.full(
        len(BUDGETS),
        table["hoffmann-2022-approach-1-projected-d"] / table["hoffmann-2022-approach-1-projected-n"],
    )
    meta = found.constants("llama-3-2024")
    text = meta["D"] * (BUDGETS / meta["C"]) ** meta["alpha"]
    ratios["llama-3"] = 6 * text**2 / BUDGETS
    own = found.constants("deepseek-llm-2024")
    ratios["deepseek-llm"] = 6 * own["D_base"] * BUDGETS ** own["b"] / (own["M_base"] * BUDGETS ** own["a"])
    return ratios


def trained() -> pd.DataFrame:
    """Return the models with size, text and operations; without rumours, unreleased models and second editions."""
    models = load("models").drop(index=list(UNRELEASED))
    models = models.drop(index=list(SAME_BASE))
    known = models["size_basis"].eq("developer") & models["training_tokens"].notna() & models["params_active"].notna()
    chosen = models[known]
    flop = analysis.FLOP_PER_PARAMETER_AND_TOKEN * chosen["params_active"] * chosen["training_tokens"]
    return chosen.assign(flop=flop, ratio=chosen["training_tokens"] / chosen["params_active"])


@figure("tokens-per-parameter")
def tokens_per_parameter(words: Words, wide: bool) -> Drawn:
    """Draw the best tokens per parameter by law over the budget, and what models were trained on."""
    ratios = best_ratios()
    drawn = np.array([text / size for size, text in (law.best(BUDGETS) for law in found.refits())])
    low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
    band = pd.DataFrame({"flop": BUDGETS, "low": low, "high": high})
    curves = pd.DataFrame({"flop": BUDGETS} | ratios).melt("flop", var_name="law", value_name="ratio")
    models = trained()
    data = pd.DataFrame(
        {
            "model": models["model"],
            "country": models["country"],
            "released": models["released"],
            "design": np.where(models["architecture"].eq("mixture of experts"), "sparse", "dense"),
            "training_flop": models["flop"],
            "tokens_per_active_parameter": models["ratio"],
            "place": models["country"].where(models["country"].isin(["US", "CN"]), "other"),
        }
    )
    x_scale = alt.Scale(type="log", domain=[1e20, 3e26])
    x = alt.X(
        "flop:Q",
        title=words["x"],
        scale=x_scale,
        axis=alt.Axis(values=[1e20, 1e22, 1e24, 1e26], format=".0e"),
    )
    y_scale = alt.Scale(type="log", domain=[0.4, 7000])
    y_axis = alt.Axis(values=[1, 10, 100, 1000], format=",d")
    area = alt.Chart(band).mark_area(color=INK, opacity=0.12, clip=True).encode(
        x=x, y=alt.Y("low:Q", title=words["y"], scale=y_scale, axis=y_axis), y2=alt.Y2("high:Q")
    )  # fmt: skip
    names = {key: words[key] for key in ratios}
    lines = (
        alt.Chart(curves)
        .mark_line(color=INK, strokeWidth=1.5, clip=True)
        .encode(
            x=x,
            y=alt.Y("ratio:Q", scale=y_scale),
            strokeDash=alt.StrokeDash(
                "law:N",
                scale=alt.Scale(
                    domain=list(ratios), range=[[1, 0], [7, 4], [2, 3], [12, 3], [8, 3, 2, 3], [3, 6]]
                ),
                legend=alt.Legend(
                    title=None, labelExpr=f"{names}[datum.label]", symbolType="stroke", symbolSize=300,
                    columns=3 if wide else 2, labelLimit=330,
                ),
            ),
        )
    )  # fmt: skip
    end = alt.Chart(pd.DataFrame({"flop": [LARGEST_FITTED], "ratio": [3500.0], "text": [words["end"]]}))
    rule = end.mark_rule(color=SOFT, strokeDash=[2, 2]).encode(x=x)
    note = end.mark_text(align="right", dx=-5, color=SOFT, lineBreak="|").encode(
        x=x, y=alt.Y("ratio:Q"), text=alt.Text("text:N")
    )
    base = alt.Chart(data).encode(
        x=alt.X("training_flop:Q", scale=x_scale),
        y=alt.Y("tokens_per_active_parameter:Q", scale=y_scale),
        color=alt.Color(
            "place:N",
            scale=country_scale("US", "CN", "other"),
            legend=alt.Legend(
                orient="bottom",
                title=None,
                labelExpr=f"{{US: '{words['US']}', CN: '{words['CN']}', other: '{words['other']}'}}[datum.value]",
            ),
        ),
    )
    kinds = [
        base.transform_filter(f"datum.design === '{design}'")
        .mark_point(filled=filled, size=size, opacity=0.9, strokeWidth=1.6)
        .encode(
            tooltip=[alt.Tooltip("model"), alt.Tooltip("training_flop"), alt.Tooltip("tokens_per_active_parameter")]
        )
        for design, filled, size in (("dense", True, 60), ("sparse", False, 45))
    ]
    layers = alt.layer(area, rule, note, lines, *kinds, *_names(base, data, NAMED, wide))
    since = models["released"] >= pd.Timestamp("2024-01-01")
    said = {
        "refit": get("tokens-per-parameter-refit").text,
        "meta": get("best-ratio-llama3").text,
        "v3": get("tokens-per-parameter-v3").bare,
        "llama": get("tokens-per-parameter-llama405").bare,
        "gopher": units.number(float(models.loc["gopher-280b", "ratio"])),
        "count": units.number(len(models)),
        "recent": units.number(int(since.sum())),
    }
    evidence = (
        *found.refit_evidence(),
        *(found.law_rows(key) for key in (*LAWS.values(), "llama-3-2024", "deepseek-llm-2024")),
        rows("scaling_laws", ("hoffmann-2022-approach-1-projected-n", "hoffmann-2022-approach-1-projected-d")),
        rows("models", models.index),
    )
    return Drawn(
        layers.properties(width=_width(wide), height=380 if wide else 350),
        data.drop(columns="place"),
        evidence,
        alt=said,
    )


# What sparseness saves

SHARES = np.geomspace(1, 1 / 512, 37)
TIAN_FITTED = 6.0  # savings up to which the authors fitted
MAKERS = {"clark": "other", "tian": "CN", "abnar": "US"}  # country of the developer or of the first author's firm
ABNAR_FITTED = 0.02  # the smallest share of experts in their runs


@figure("moe-leverage")
def moe_leverage(words: Words, wide: bool) -> Drawn:
    """Draw by law how many times the computing of a sparse model a dense one of equal loss needs."""
    lines = []
    for name, values in found.leverages(tuple(SHARES)).items():
        inside = [
            {"tian": value <= TIAN_FITTED, "abnar": share >= ABNAR_FITTED}.get(name, True)
            for share, value in zip(SHARES, values, strict=True)
        ]
        lines += [
            (name, share, value, "fitted" if fitted else "beyond")
            for share, value, fitted in zip(SHARES, values, inside, strict=True)
        ]
        if not all(inside):  # the broken part starts where the whole one ends
            last = inside.index(False) - 1
            lines.append((name, SHARES[last], values[last], "beyond"))
    lines.append(("krajewski", found.COMMON_SHARE, get("moe-saving-krajewski").value, "fitted"))
    data = pd.DataFrame(lines, columns=["law", "share", "saving", "range"])
    data["share_percent"] = 100 * data["share"]
    base = alt.Chart(data).encode(
        x=alt.X(
            "share_percent:Q",
            title=words["x"],
            scale=alt.Scale(type="log", domain=[100, 0.18], nice=False),
            axis=alt.Axis(values=[100, 30, 10, 3, 1, 0.3], format="~g"),
        ),
        y=alt.Y(
            "saving:Q",
            title=words["y"],
            scale=alt.Scale(type="log", domain=[0.9, 50], nice=False),
            axis=alt.Axis(values=[1, 2, 5, 10, 20, 50], format="d"),
        ),
    )
    legend = {name: words[name] for name in MAKERS}
    curves = (
        base.transform_filter("datum.law !== 'krajewski'")
        .mark_line()
        .encode(
            color=alt.Color(
                "law:N",
                scale=alt.Scale(domain=list(MAKERS), range=[COLOURS[country] for country in MAKERS.values()]),
                legend=alt.Legend(title=None, labelExpr=f"{legend}[datum.label]", symbolType="stroke"),
            ),
            strokeDash=alt.StrokeDash(
                "range:N",
                scale=alt.Scale(domain=["fitted", "beyond"], range=[[1, 0], [3, 4]]),
                legend=alt.Legend(
                    orient="bottom",
                    title=None,
                    labelExpr=f"{{fitted: '{words['fitted']}', beyond: '{words['beyond']}'}}[datum.value]",
                    symbolType="stroke",
                ),
            ),
        )
    )
    point = base.transform_filter("datum.law === 'krajewski'")
    dot = point.mark_point(filled=True, size=80, color=COLOURS["other"], opacity=1)
    text = point.mark_text(align="right", dx=-9, color=INK, text=words["krajewski"])
    chart = alt.layer(curves, dot, text).properties(width=_width(wide), height=300 if wide else 290)
    said = printed({name: f"moe-saving-{name}" for name in ("clark", "tian", "abnar", "krajewski")})
    evidence = (get("moe-saving"),)
    return Drawn(chart, data.drop(columns="share_percent"), evidence, alt=said)


SPARSE = (
    "grok-1",
    "dbrx",
    "deepseek-v2",
    "hunyuan-large",
    "deepseek-v3",
    "llama-4-maverick",
    "llama-4-scout",
    "qwen3-235b-a22b",
    "kimi-k2",
    "gpt-oss-120b",
    "minimax-m2",
    "arcee-trinity-large",
    "deepseek-v4-pro",
    "kimi-k3",
)


def moe_sizes() -> Table:
    """Return the table of what sparse models of both countries compute for a token and hold in memory."""
    models = load("models").loc[list(SPARSE)].sort_values("released")
    memory = float(load("accelerators").loc["h800-sxm", "memory_gb"])
    lines = [
        {
            "model": f"{row['model']} ({row['country']}, {row['released']:%Y})",
            "all": units.number(row["params_total"] / 1e9),
            "active": units.number(row["params_active"] / 1e9, 1),
            "flop": units.number(2 * row["params_active"] / 1e9),
            "ratio": units.number(row["params_total"] / row["params_active"], 1),
            "chips": units.number(row["params_total"] / 1e9 / memory, 1),
        }
        for _, row in models.iterrows()
    ]
    keys = tuple(dict.fromkeys(models["source"]))
    return table("efficiency", "moe-sizes", pd.DataFrame(lines), keys)


def cost_logs() -> Table:
    """Return the factors of cost as logarithms, which add up; GPT-4 with three values of its operations."""
    words = table_words("efficiency")["cost-logs"]
    price = assumption("gpu-hour-price").value
    base = measured_run("deepseek-v3-pre-training", price)
    runs = {str(load("training_runs").loc[key, "model"]): measured_run(key, price) for key in COMPARED}
    runs |= dict(
        zip((words["middle"], words["low"], words["high"]), map(found.gpt4, found.gpt4_operations()), strict=True)
    )
    lines = []
    for name, run in runs.items():
        logs = {kind: 100 * np.log(factor) for kind, factor in analysis.cost_factors(run, base).items()}
        lines.append(
            {"model": name}
            | {kind: units.number(value) for kind, value in logs.items()}
            | {"all": units.number(sum(logs.values()))}
        )
    cited = load("training_runs").loc[["deepseek-v3-pre-training", *COMPARED], "source"]
    return table("efficiency", "cost-logs", pd.DataFrame(lines), tuple(dict.fromkeys([*cited, "epoch_models_2026"])))
