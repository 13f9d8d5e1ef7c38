"""Findings of the chapter on efficiency: two papers in miniature, and where the efficiency is said to come from.

The toys are computed once for each state of data and code; their figures and findings read the same results.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.analysis import papers
from helpers.analysis.common import DAYS_PER_MONTH
from helpers.data import Assumption, assumption, expensive, load
from helpers.findings.forms import cell, middle, simulated
from helpers.findings.registry import Finding, Measured, Rows, finding, get, measured, rows

DRAWS, SEED = 300, 20260101  # draws of the toy of streams; a seed fixes them
ROUNDS = 5  # times the paper's rounds of scaling, to see whether more of them remove the error
SHARES = tuple(step / 16 for step in range(17))  # of the budget that goes to the table; two experts a step
WORDS, TEXTS = 40_000, 6  # words that a toy model is fitted to, and texts
PAPER = ("mhc-streams", "mhc-mixing-steps", "mhc-iterations")
TESTS = ("bbh", "drop", "gsm8k", "math", "mmlu")  # those of the paper's eight tests that the table holds


# Streams that mix over depth


def mixing(alike: bool) -> papers.Mixing:
    """Return the toy with the paper's streams and steps and our deviations; steps independent, or much alike."""
    size = load("efficiency_measurements")["value"]
    return papers.Mixing(
        streams=int(size["mhc-streams"]),
        steps=int(size["mhc-mixing-steps"]),
        deviation=assumption("mixing-deviation").value,
        logit_spread=assumption("mixing-logit-spread").value,
        alike=assumption("mixing-alike").value if alike else 0.0,
    )


@expensive
def mixed(kind: str, alike: bool, rounds: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return the gain over depth and the smallest column sum at the end: draws by steps, and draws.

    ``kind`` is ``free`` or ``constrained``; ``rounds`` multiplies the paper's rounds of scaling.
    """
    toy = mixing(alike)
    if kind == "free":
        products = papers.free_products(toy, DRAWS, SEED)
    else:
        iterations = rounds * int(load("efficiency_measurements").loc["mhc-iterations", "value"])
        products = papers.constrained_products(toy, iterations, DRAWS, SEED)
    return papers.gain(products), np.abs(products[:, -1]).sum(axis=-2).min(axis=-1)


def _mixing_evidence(kind: str, alike: bool) -> tuple[Rows | Assumption, ...]:
    """Return what a run of the toy rests on: the paper's layout and our assumptions."""
    chosen = ["mixing-deviation" if kind == "free" else "mixing-logit-spread"]
    return (
        rows("efficiency_measurements", PAPER if kind == "constrained" else PAPER[:2]),
        *(assumption(key) for key in (*chosen, *(["mixing-alike"] if alike else []))),
    )


def _gain(kind: str, alike: bool) -> Measured:
    return simulated(mixed(kind, alike)[0][:, -1], *_mixing_evidence(kind, alike))


@finding("mhc-streams")
def mhc_streams() -> Measured:
    """Read the paper's setting."""
    return cell("efficiency_measurements", "mhc-streams")


@finding("mhc-mixing-steps")
def mhc_steps() -> Measured:
    """Read the paper's setting."""
    return cell("efficiency_measurements", "mhc-mixing-steps")


@finding("mhc-iterations")
def mhc_iterations() -> Measured:
    """Read the paper's setting."""
    return cell("efficiency_measurements", "mhc-iterations")


@finding("toy-gain-free")
def toy_free() -> Measured:
    """Multiply free mixing matrices drawn independently at each step; toy."""
    return _gain("free", alike=False)


@finding("toy-gain-free-alike")
def toy_free_alike() -> Measured:
    """Multiply free mixing matrices that are much alike; toy."""
    return _gain("free", alike=True)


@finding("toy-gain-constrained")
def toy_constrained() -> Measured:
    """Multiply constrained mixing matrices drawn independently at each step; toy."""
    return _gain("constrained", alike=False)


@finding("toy-gain-constrained-alike")
def toy_constrained_alike() -> Measured:
    """Multiply constrained mixing matrices that are much alike; toy."""
    return _gain("constrained", alike=True)


@finding("toy-gain-constrained-largest")
def toy_constrained_largest() -> Measured:
    """Take the largest gain of all draws, steps alike: the nearest that the toy comes to the paper's largest."""
    return measured(mixed("constrained", True)[0][:, -1].max(), *_mixing_evidence("constrained", alike=True))


@finding("toy-gain-constrained-more-rounds")
def toy_more_rounds() -> Measured:
    """Take the largest gain of the same draws with five times the rounds of scaling."""
    return measured(mixed("constrained", True, ROUNDS)[0][:, -1].max(), *_mixing_evidence("constrained", alike=True))


@finding("toy-weakest-stream")
def toy_weakest() -> Measured:
    """Take the smallest column sum of all draws, steps alike: what is left of the weakest gradient."""
    return measured(100 * mixed("constrained", True)[1].min(), *_mixing_evidence("constrained", alike=True))


@finding("toy-growth-per-step")
def toy_growth() -> Measured:
    """Take the exact growth of the root mean square at one free and independent step, less one."""
    spread, streams = assumption("mixing-deviation"), get("mhc-streams")

    def growth(deviation: float) -> float:
        return 100 * (papers.mean_square_growth(int(streams.value), deviation) ** 0.5 - 1)

    return measured(
        growth(spread.value),
        streams,
        spread,
        low=growth(spread.low),
        high=growth(spread.high),
        interval="assumptions",
    )


@finding("mhc-rise-from-widening")
def mhc_widening() -> Measured:
    """Divide what the unconstrained form adds to the plain model by what the constrained one adds, mean of tests."""
    scores = load("efficiency_measurements")["value"]
    plain, free, tamed = (sum(scores[f"mhc-{test}-{form}"] for test in TESTS) for form in ("baseline", "hc", "mhc"))
    used = [f"mhc-{test}-{form}" for test in TESTS for form in ("baseline", "hc", "mhc")]
    return measured(100 * (free - plain) / (tamed - plain), rows("efficiency_measurements", used))


# A table of word runs


@dataclass(frozen=True)
class Allocation:
    """Losses of the toy: draws by shares of the table, for one share of phrases and one budget."""

    phrase_share: float
    budget: int
    losses: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        """The mean loss over the draws at each share."""
        return self.losses.mean(axis=0)

    @property
    def best(self) -> float:
        """The share of the table with the least mean loss, in percent."""
        return 100 * SHARES[int(self.mean.argmin())]

    @property
    def saving(self) -> float:
        """What the best share saves of the loss without a table, in percent."""
        return 100 * (1 - float(self.mean.min()) / float(self.mean[0]))


@expensive
def allocations() -> dict[str, Allocation]:
    """Return the toy at the assumptions in force (``centre``) and with one of them at an end of its range."""
    phrases, budget = assumption("phrase-share"), assumption("memory-budget")
    settings = {
        "centre": (phrases.value, budget.value),
        "few phrases": (phrases.low, budget.value),
        "many phrases": (phrases.high, budget.value),
        "small budget": (phrases.value, budget.low),
        "large budget": (phrases.value, budget.high),
    }
    return {
        name: Allocation(share, int(size), papers.allocation(SHARES, int(size), share / 100, words=WORDS, draws=TEXTS))
        for name, (share, size) in settings.items()
    }


def _table(kind: str) -> Measured:
    """Return one property of the toy's allocations, with its range when one assumption is moved at a time."""
    values = {name: float(getattr(found, kind)) for name, found in allocations().items()}
    return measured(
        values["centre"],
        rows("efficiency_measurements", "engram-share"),
        assumption("phrase-share"),
        assumption("memory-budget"),
        low=min(values.values()),
        high=max(values.values()),
        interval="one-at-a-time",
    )


@finding("toy-table-best-share")
def toy_best_share() -> Measured:
    """Find the share of the budget with the least loss on unseen text; toy."""
    return _table("best")


@finding("toy-table-saving")
def toy_saving() -> Measured:
    """Compare the least loss with that of the same budget without a table; toy."""
    return _table("saving")


def _best_at(name: str) -> Measured:
    found = allocations()[name]
    chosen = (assumption("phrase-share"), assumption("memory-budget"))
    return measured(found.best, rows("efficiency_measurements", "engram-share"), *chosen)


@finding("toy-table-best-share-few-phrases")
def toy_best_few() -> Measured:
    """Find the best share where phrases are at the low end of their range; toy."""
    return _best_at("few phrases")


@finding("toy-table-best-share-many-phrases")
def toy_best_many() -> Measured:
    """Find the best share where phrases are at the high end of their range; toy."""
    return _best_at("many phrases")


@finding("engram-best-share")
def engram_best_share() -> Measured:
    """Take the middle of the range that the authors state."""
    return middle("efficiency_measurements", "engram-share")


@finding("engram-loss-saving")
def engram_loss_saving() -> Measured:
    """Divide the authors' two losses, of the same size with and without the table."""
    loss = load("efficiency_measurements")["value"]
    pair = ("engram-loss-engram", "engram-loss-baseline")
    return measured(100 * (1 - loss[pair[0]] / loss[pair[1]]), rows("efficiency_measurements", pair))


# Where the efficiency comes from


def accusations() -> pd.DataFrame:
    """Return the accusations, without totals, parts of other rows and what developers say of their own work."""
    table = load("distillation_claims")
    return table[table["kind"] == "accusation"]


def _count(part: pd.DataFrame) -> Measured:
    whole = accusations()
    return measured(len(part), rows("distillation_claims", whole.index), as_of=whole["claim_date"].max())


@finding("distillation-accusations")
def distillation_accusations() -> Measured:
    """Count the accusations in the table."""
    return _count(accusations())


@finding("distillation-accusations-counted")
def distillation_counted() -> Measured:
    """Count the accusations that give a number of exchanges or prompts."""
    return _count(accusations().dropna(subset="exchanges"))


@finding("distillation-accusations-denied")
def distillation_denied() -> Measured:
    """Count the accusations to which a denial, or an answer in part, was found."""
    table = accusations()
    return _count(table[table["answer"].isin(["denied", "denied by the embassy", "partly answered"])])


def _named() -> pd.DataFrame:
    """Return the accusations with a count against a named Chinese developer."""
    table = accusations().dropna(subset="exchanges")
    return table[table["accused_country"] == "CN"]


@finding("distillation-count-smallest")
def distillation_smallest() -> Measured:
    """Take the smallest count of exchanges against a named Chinese developer."""
    key = str(_named()["exchanges"].idxmin())
    return cell("distillation_claims", key, "exchanges")


@finding("distillation-count-largest")
def distillation_largest() -> Measured:
    """Take the largest count of exchanges against a named Chinese developer."""
    key = str(_named()["exchanges"].idxmax())
    return cell("distillation_claims", key, "exchanges")


@finding("distillation-largest-over-smallest")
def distillation_spread() -> Measured:
    """Divide the largest count by the smallest."""
    above, below = get("distillation-count-largest"), get("distillation-count-smallest")
    return measured(above.value / below.value, above, below)


def _over_own(count: Finding) -> Measured:
    own = "deepseek-own-distillation"
    samples = load("distillation_claims").loc[own, "samples"]
    return measured(count.value / samples, count, rows("distillation_claims", own))


@finding("distillation-smallest-over-own-samples")
def distillation_smallest_over_own() -> Measured:
    """Divide the smallest count by the samples of a distillation that its developer published."""
    return _over_own(get("distillation-count-smallest"))


@finding("distillation-largest-over-own-samples")
def distillation_largest_over_own() -> Measured:
    """Divide the largest count by the same samples."""
    return _over_own(get("distillation-count-largest"))


@finding("deepseek-own-distillation-samples")
def own_samples() -> Measured:
    """Read the number that the developer states."""
    return cell("distillation_claims", "deepseek-own-distillation", "samples")


@finding("distillation-exchanges-per-account-2026-09")
def exchanges_per_account() -> Measured:
    """Divide the exchanges of the largest count by its accounts."""
    key = "anthropic-2026-09-alibaba"
    row = load("distillation_claims").loc[key]
    return measured(row["exchanges"] / row["accounts"], rows("distillation_claims", key))


def adoption_months() -> pd.Series:
    """Return for each method the months from its publication to its first documented use by another developer."""
    table = load("method_adoptions")
    return (table["adopted"] - table["published"]).dt.days / DAYS_PER_MONTH


@finding("method-adoption-months")
def method_adoption() -> Measured:
    """Take the median over the methods in the table, between the smallest and the largest."""
    months = adoption_months()
    return measured(
        months.median(),
        rows("method_adoptions", months.index),
        low=months.min(),
        high=months.max(),
        interval="extremes",
    )


@finding("methods-adopted")
def methods_adopted() -> Measured:
    """Count the methods in the table."""
    table = load("method_adoptions")
    return measured(len(table), rows("method_adoptions", table.index))


@finding("methods-adopted-from-us")
def methods_from_us() -> Measured:
    """Count those that were first published in the United States."""
    table = load("method_adoptions")
    return measured((table["origin_country"] == "US").sum(), rows("method_adoptions", table.index))


@finding("methods-adopted-by-cn")
def methods_by_cn() -> Measured:
    """Count those whose first other user, as far as documented, is Chinese."""
    table = load("method_adoptions")
    return measured((table["developer_country"] == "CN").sum(), rows("method_adoptions", table.index))
