"""Disagreements on efficiency and chips: each outcome turns with its findings, and words agree with numbers."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from helpers.book.wording import words
from helpers.claims import disagreements as all_disagreements
from helpers.claims import resolve_chips, resolve_efficiency
from helpers.claims.disagreements import KINDS, Disagreement, _deciders
from helpers.claims.disagreements import disagreements as uncached
from helpers.findings import get as real_get


def entries() -> dict[str, dict]:
    text = files("helpers.claims").joinpath("disagreements.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def found() -> dict[str, Disagreement]:
    return {item.id: item for item in all_disagreements()}


def with_values(monkeypatch, changed: dict[str, dict[str, float | None] | float]) -> None:
    """Let the deciders see other values; a number stands for a value without an interval."""

    def get(key):
        item = real_get(key)
        if key not in changed:
            return item
        new = changed[key]
        return replace(item, **new) if isinstance(new, dict) else replace(item, value=new, low=None, high=None)

    for module in (resolve_chips, resolve_efficiency):
        monkeypatch.setattr(module, "get", get)


TURNS = [
    # money
    ("which-american-sum-makes-a-tenth", {"capex-us-2025-leases": 560}, "next-year", "this-year"),
    ("which-american-sum-makes-a-tenth", {"capex-us-2026-plans": 900}, "next-year", "other-firms"),
    ("two-brokers-one-china", {"bytedance-2023-needed": 60}, "incompatible", "compatible"),
    ("which-sum-is-694", {"capex-shortfall-with-leases": 95}, "cash-and-guidance", "basis-decides"),
    ("which-sum-is-694", {"capex-us-as-guided": 822}, "cash-and-guidance", "no-basis"),
    ("gap-in-committed-capital", {"grid-plan-a-year": 200}, "not-shown", "shown"),
    ("trillion-of-27-january", {"nasdaq-loss": 3000}, "one-index", "world"),
    ("trillion-of-27-january", {"nvidia-loss-other-press": 700}, "one-index", "counts-differ"),
    ("two-times-884", {"capex-nine-firms-2026": 1000}, "coincidence", "unlike"),
    ("two-times-884", {"ai-capex-2030-a-year": 884}, "coincidence", "one-quantity"),
    ("two-times-57", {"nvidia-revenue-fy26q3": 58}, "coincidence", "unlike"),
    ("two-times-57", {"nvidia-china-fy26q3": 20}, "coincidence", "linked"),
    ("same-counts-of-chips", {"llama65-chips": 2000}, "coincidence", "unlike"),
    ("same-counts-of-chips", {"llama65-chips": 2000, "v3-chips": 2000}, "coincidence", "unexplained"),
    # runs
    ("what-r1-cost", {"r1-stage-cost": 5.9e6}, "with-its-base", "its-own-stage"),
    ("what-r1-cost", {"v3-r1-cost": 2e7}, "with-its-base", "neither"),
    ("what-gpt4-cost", {"gpt4-cloud-cost": 4e7}, "two-bases", "neither"),
    ("how-many-chips-deepseek", {"deepseek-stock-estimate": 2048}, "run-and-stock", "one-cluster"),
    ("how-many-chips-deepseek", {"h800-shipped-2023": 30_000}, "run-and-stock", "too-many"),
    ("deepseek-price-or-count", {"deepseek-price-per-chip": 50_000}, "count", "price"),
    ("software-or-size", {"flop-share-llama405-v3": 40}, "design-not-country", "software"),
    ("software-or-size", {"gptoss-hours-over-v3": 400}, "design-not-country", "design"),
    ("how-well-were-chips-used", {"llama405-utilisation": 55}, "choices", "runs-differ"),
    ("operations-of-v3", {"v3-flop-own-count": 3e25}, "small-beside-ratio", "decisive"),
    ("best-size-for-chinchilla", {"tokens-per-parameter-refit": 90}, "refit", "undecided"),
    (
        "best-size-for-chinchilla",
        {"tokens-per-parameter-refit": 90, "tokens-per-parameter-printed-fit": 20},
        "refit",
        "printed",
    ),
    # scores and months
    ("ninety-per-cent-of-which", {"k2-thinking-share": 80}, "pair-not-best", "best-pair"),
    ("ninety-per-cent-of-which", {"m2-share-of-gpt5-codex": 80}, "pair-not-best", "neither"),
    ("one-pair-two-versions", {"r1-share-of-gptoss-v3": 101.7}, "order-turns", "same"),
    ("one-pair-two-versions", {"r1-share-of-gptoss-v2": 95}, "order-turns", "size-moves"),
    ("how-far-behind-was-r1", {"r1-gap-at-release": {"low": -1}}, "bounds-and-model", "level"),
    ("how-far-behind-was-r1", {"r1-lag-passed-at-release": 9}, "bounds-and-model", "unclear"),
    ("which-day-of-o3", {"v32-lag-export-dates": 7.6}, "announcement", "same"),
    ("two-months-or-eight", {"v4-pro-lag-epoch": 3}, "near-eight", "near-two"),
    ("two-months-or-eight", {"v4-pro-share-portbench": 95}, "near-eight", "near-eight-on-all-tests"),
    ("votes-or-tests", {"gap-2026-08": {"low": -1}}, "votes-see-less", "both-near"),
    ("votes-or-tests", {"k3-arena-votes-august-2026": 20}, "votes-see-less", "both-far"),
    ("obstacle-or-detour", {"gap-mean-2026": 1}, "undecided", "less-binding"),
    ("obstacle-or-detour", {"gap-mean-2026": 20}, "undecided", "not-enough"),
    # chips
    ("how-many-h200", {"h200-delivered": 600_000}, "stages", "one-count"),
    ("how-many-smuggled", {"smuggled-2024-epoch": 900_000}, "estimated-not-proved", "estimates-differ"),
    ("how-many-smuggled", {"smuggling-proved": 700}, "estimated-not-proved", "proved"),
    ("all-or-hardly-any", {"chinese-designs-share-2025": 40}, "two-wholes", "one-whole"),
    ("huawei-in-2026", {"huawei-2026-at-half-year-pace": 4e5}, "above-forecasts", "within-forecasts"),
    ("huawei-in-2026", {"huawei-first-half-2026": 5e4}, "above-forecasts", "collapse"),
    ("yield-of-the-910c", {"yield-910c-2025-02": 30}, "undecided", "agree"),
    ("market-of-2025", {"chip-market-2025-recount": 40}, "demand-is-not-sales", "same-count"),
    ("self-sufficient-or-years-behind", {"supply-over-demand-2028": 70}, "number-not-quality", "neither"),
    ("self-sufficient-or-years-behind", {"years-behind-january-2026": 0.5}, "number-not-quality", "both"),
    ("better-by-what", {"cloudmatrix-watt-over-nvl72": 2}, "denominator", "one-order"),
    ("does-910b-pass-the-threshold", {"ascend-910b-tpp-lowest": 5000}, "undecided", "above"),
    ("does-910b-pass-the-threshold", {"ascend-910b-tpp-highest": 4000}, "undecided", "below"),
    ("newer-and-weaker", {"ascend-950pr-link-over-910c": 0.5}, "other-aim", "below"),
    ("newer-and-weaker", {"ascend-950pr-bandwidth-over-910c": 2}, "other-aim", "better"),
    ("trained-on-whose-chips", {"models-cn-on-ascend-not-huawei": 4}, "mostly-the-maker", "widely"),
    ("trained-on-whose-chips", {"models-cn-on-ascend": 0}, "mostly-the-maker", "none"),
    ("deterred-or-building", {"chinese-makers-at-frontier-2026": 1}, "smaller-runs", "deterred"),
    ("deterred-or-building", {"largest-run-us-over-cn": 1}, "smaller-runs", "not-deterred"),
    ("thirty-times-or-ten", {"designs-ratio-2025": 5}, "whose-chips", "year"),
    ("power-of-which-fleet", {"cn-data-centre-power-2024": 4}, "three-fleets", "one-fleet"),
    ("three-times-ninety", {"domestic-share-trendforce-2026": 70}, "coincidence", "unlike"),
    ("three-times-ninety", {"k2-thinking-share": 90.2}, "coincidence", "kept"),
    ("share-of-china-in-nvidia", {"nvidia-china-share-fy25-billing": 19}, "definition", "same"),
    ("closed-yet-three-billion", {"h20-sales-fy26q3": 2}, "other-goods", "licensed-chips"),
    ("was-renting-legal", {"guidance-after-article-months": -1}, "renting-not-buying", "closed-before"),
    ("was-renting-legal", {"leased-power-2026": 0.5}, "renting-not-buying", "faded"),
    ("repeal-or-licence-duty", {"training-abroad-before-repeal": -5}, "licence-duty", "repeal"),
    ("repeal-or-licence-duty", {"training-abroad-after-h20-letter": -5}, "licence-duty", "neither"),
    ("before-which-ban", {"h800-days-after-first-rule": -10}, "between-two", "before-both"),
]
OURS = {
    key
    for key, decide in _deciders.items()
    if decide.__module__ in (m.__name__ for m in (resolve_chips, resolve_efficiency))
}


@pytest.mark.parametrize(("key", "changed", "before", "after"), TURNS)
def test_an_outcome_turns_with_its_findings(monkeypatch, key, changed, before, after):
    assert _deciders[key]() == found()[key].outcome == before
    with_values(monkeypatch, changed)
    assert _deciders[key]() == after


def test_every_decider_is_made_to_turn_and_every_outcome_has_words():
    assert {key for key, *_ in TURNS} == OURS
    reached = {}
    for key, _, before, after in TURNS:
        reached.setdefault(key, set()).update((before, after))
    for key, outcomes in reached.items():
        assert outcomes == set(entries()[key]["resolution"]), key


def test_readings_that_decide_are_shown(monkeypatch):
    """What a decider reads that is no reading of the entry is at least printed in its resolution."""
    seen: set[str] = set()

    def spy(key):
        seen.add(key)
        return real_get(key)

    for module in (resolve_chips, resolve_efficiency):
        monkeypatch.setattr(module, "get", spy)
    for key in OURS:
        seen.clear()
        outcome, entry = _deciders[key](), entries()[key]
        missing = {name for name in seen - set(entry["readings"]) if f"`{name}`" not in entry["resolution"][outcome]}
        assert not missing, (key, missing)


def test_every_entry_has_one_of_the_kinds_and_words_for_it():
    assert {item.kind for item in all_disagreements()} == set(KINDS)
    for kind in KINDS:
        assert words("disagreement")[kind.replace(" ", "_")]


def test_a_kind_that_is_none_is_refused(monkeypatch):
    raw = entries()
    key = "two-times-57"
    for wrong in ({**raw[key], "kind": "rumour"}, {name: raw[key][name] for name in raw[key] if name != "kind"}):
        monkeypatch.setattr(
            sys.modules["helpers.claims.disagreements"].tomllib, "loads", lambda _, wrong=wrong: {key: wrong}
        )
        with pytest.raises(ValueError, match="kind"):
            uncached.__wrapped__()


def value(key: str) -> float:
    return real_get(key).value


def test_what_the_resolutions_say_in_words():
    # "between a sixth and an eighth"
    assert 1 / 8 < value("ubs-share-of-leases") / 100 < value("ubs-share-of-cash") / 100 < 1 / 6
    # "would have halved its spending"
    assert value("bytedance-2023-needed") == pytest.approx(2 * value("bytedance-spending-2024"), rel=0.05)
    # "nearer the smaller amount"
    rebuilt = value("capex-cn-2025-rebuilt")
    assert abs(rebuilt - value("capex-cn-2025-ubs")) < abs(rebuilt - value("capex-cn-2025-if-jefferies"))
    # "half of that" by the peak of the arithmetic mostly used
    assert value("v3-utilisation") == pytest.approx(2 * value("v3-utilisation-8-bit"), rel=0.01)
    # "moves by more than ten points"
    shares = [reading.value for reading in found()["ninety-per-cent-of-which"].readings]
    assert max(shares) - min(shares) > 10
    # "account for a quarter of the distance" and "more than all of it"
    worth = real_get("points-from-compute-ratio")
    assert worth.low / value("gap-mean-2026") == pytest.approx(0.25, abs=0.02)
    assert worth.high > value("gap-mean-2026")
    # "starts at a fourteenth of it"
    low = 10_000  # CNAS, June 2025
    assert value("smuggled-2024-cnas") / low == pytest.approx(14)
    # "On every reading it is above the H20 … and below the H200"
    assert value("h20-tpp") < value("ascend-910b-tpp-lowest") < value("ascend-910b-tpp-highest") < value("h200-tpp")
    # "the outside estimate lies between"
    assert value("v3-training-flop") < value("v3-flop-epoch") < value("v3-flop-own-count")
