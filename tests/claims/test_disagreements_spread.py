"""Disagreements on open models, diffusion and the closing chapter: each decider turns when a figure changes."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from helpers.claims import claims, disagreements, resolve
from helpers.claims.disagreements import _deciders
from helpers.data import load
from helpers.findings import get

KINDS = {"inside one article", "between articles", "article and its source", "between sources", "coincidence"}

# disagreement: the outcome that the figures lead to, and the outcome for each set of changed figures
CASES = {
    "start-ups-on-chinese-models": ("condition", [({"startups-chinese-of-all-by-tokens": 41}, "either")]),
    "open-behind-in-months": (
        "date-and-tests",
        [
            ({"open-lag-private-2026": 5}, "date"),
            ({"open-lag-epoch-2024": 5}, "tests"),
            ({"open-lag-epoch-2024": 5, "open-lag-private-2026": 5}, "agree"),
        ],
    ),
    "four-months-twice": ("chance", [({"open-lag-epoch-2026": 5}, "same"), ({"epoch-lag-mean": 4}, "same")]),
    "how-much-cheaper": (
        "level-and-day",
        [({"discount-k3-gpt6-sol-2026-11": 10, "price-at-gpt5-level-cn-over-us-2026-07-30": 0.9}, "day")],
    ),
    "doubao-open-or-closed": (
        "maker",
        [({"bytedance-open-families": 0}, "neither"), ({"doubao-models-open": 1}, "open")],
    ),
    "free-or-with-duties": (
        "newest",
        [({"licence-permissive-newest-cn": 60}, "free"), ({"licence-permissive-cn-2026": 40}, "bound")],
    ),
    "airbnb-relies-on-qwen": ("one-of-several", [({"airbnb-models-in-use": 1}, "alone")]),
    "one-firm-above-its-country": (
        "scopes",
        [
            ({"tokens-qwen-estimate-2025-12": 10e12}, "dates"),
            ({"tokens-doubao-on-day-of-china": 150e12}, "impossible"),
        ],
    ),
    "peak-or-mean-on-openrouter": ("peak", [({"openrouter-chinese-open-mean": 15}, "lead")]),
    "open-models-by-which-version": (
        "versions",
        [
            ({"m2-over-gptoss-two-versions": 101.5}, "one-scale"),
            ({"m2-over-gptoss-one-version": 99}, "behind"),
        ],
    ),
    "new-models-on-chinese-bases": ("bases", [({"new-models-chinese-2025-11": 65}, "growth")]),
    "derivatives-of-qwen": ("definition", [({"derivatives-qwen-hub-2026-01": 180_000}, "dates")]),
    "the-world-or-america": (
        "country",
        [({"genai-users-ww-if-aiindex": 2000}, "world"), ({"genai-share-us-survey": 30}, "world")],
    ),
    "how-many-americans": ("population", [({"genai-users-us-pew": 100}, "level")]),
    "doubled-in-half-a-year": ("break", [({"genai-users-cn-survey-half-year-growth": 1.2}, "growth")]),
    "employees-in-china": (
        "level",
        [
            ({"employees-using-kpmg-over-mckinsey": 1.5}, "agree"),
            ({"employees-using-cn-over-world-kpmg": 2.5}, "both"),
        ],
    ),
    "how-many-american-firms": ("wording", [({"firms-rise-by-wording-us": 2}, "growth")]),
    "ahead-of-whom": (
        "itself",
        [({"deepseek-majorities-abroad": 100}, "west"), ({"deepseek-africa-over-elsewhere-users": 0.9}, "nobody")],
    ),
    "how-far-ahead-in-robots": (
        "size",
        [({"robots-density-cn-over-kr-2023": 1.1}, "density"), ({"robots-cn-over-us-2024": 0.9}, "none")],
    ),
    "how-many-humanoids": ("level-only", [({"humanoids-share-cn-counterpoint-2025": 60}, "share-too")]),
    "three-years-or-a-weekend": (
        "unlike",
        [({"us-data-centre-time-as-said": 5}, "outside"), ({"hospital-build-time-wuhan": 2}, "weekend")],
    ),
    "how-much-more-power": ("nameplate", [({"generation-added-cn-over-us-2024": 8}, "same")]),
    "short-of-power-or-not": (
        "mean-hides",
        [({"us-spare-summer-2025": 14}, "short"), ({"us-markets-critical-share": 40}, "not-yet")],
    ),
    "what-do-170-countries-measure": ("footprint", [({"huawei-countries-2017": 150}, "growing")]),
    "odds-once-or-every-year": ("whole-term", [({"lead-by-january-2031": 60}, "yearly")]),
    "doubled-from-which-price": (
        "offer",
        [
            ({"minimax-first-close-over-first-trade": 2.1}, "either"),
            ({"minimax-first-close-over-offer": 1.9}, "neither"),
        ],
    ),
    "who-leads-in-research": (
        "papers-and-models",
        [
            ({"notable-models-cn-over-us-2024": 1.2}, "one-sign"),
            ({"aspi-machine-learning-ratio": 0.9}, "one-sign"),
        ],
    ),
    "ahead-or-behind": (
        "against-whom",
        [({"open-lead-index-2025-11": -1}, "behind"), ({"gap-2025-11": -1}, "ahead")],
    ),
    "where-do-they-win": (
        "channels",
        [({"lead-tokens-identified": 0.9}, "emerging"), ({"deepseek-share-africa": 3}, "nowhere")],
    ),
    "eighty-two-per-cent": ("chance", [({"qwen-part-of-chinese-downloads": 75}, "apart")]),
    "a-fifth-of-firms": ("chance", [({"firms-large-eu-eurostat": 38}, "level")]),
    "seventy-per-cent": ("chance", [({"genai-share-ae-telemetry": 64}, "apart")]),
    "china-and-the-world-alike": (
        "crossing",
        [
            ({"genai-share-without-cn-telemetry-2026": 16.0}, "alike"),
            ({"genai-share-without-cn-telemetry-2025": 17.0}, "apart"),
        ],
    ),
}
TURNS = [
    pytest.param(key, change, outcome, id=f"{key}-{outcome}-{n}")
    for key, (_, turns) in CASES.items()
    for n, (change, outcome) in enumerate(turns)
]


@pytest.fixture(scope="module")
def catalogue():
    return tomllib.loads(files("helpers.claims").joinpath("disagreements.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("key", "change", "outcome"), TURNS)
def test_a_decider_turns_when_a_figure_changes(monkeypatch, key, change, outcome):
    before = _deciders[key]()
    assert before == CASES[key][0]

    def changed(name):
        found = get(name)
        return replace(found, value=change[name], low=None, high=None) if name in change else found

    monkeypatch.setattr(resolve, "get", changed)
    assert _deciders[key]() == outcome != before


@pytest.mark.parametrize("key", CASES)
def test_each_resolution_is_reached_and_rests_on_what_is_shown(catalogue, key):
    entry = catalogue[key]
    now, turns = CASES[key]
    assert {now, *(outcome for _, outcome in turns)} == set(entry["resolution"])
    assert entry["question"].endswith("?")
    assert entry["kind"] in KINDS
    assert len(entry["readings"]) == len(set(entry["readings"])) >= 2
    assert set(entry["claims"]) <= set(claims())
    assert {item.id: item.outcome for item in disagreements()}[key] == now


# The figures themselves, by another way than the code's


def test_a_condition_is_a_product():
    assert get("startups-chinese-of-all-by-tokens").value == pytest.approx(0.8 * 26.7)
    assert get("startups-chinese-of-all-by-enterprises").value == pytest.approx(0.8 * 11)


def test_the_firm_on_the_day_of_its_country():
    # 50 trillion on 18 December 2025, 180 on 30 June 2026: 133 of 194 days have passed on 30 April
    assert (date(2026, 4, 30) - date(2025, 12, 18)).days == 133
    assert (date(2026, 6, 30) - date(2025, 12, 18)).days == 194
    daily = (180 / 50) ** (1 / 194)
    expected = 50.0
    for _ in range(133):
        expected *= daily
    assert get("tokens-doubao-on-day-of-china").value / 1e12 == pytest.approx(expected)
    assert get("tokens-doubao-over-china").value == pytest.approx(100 * expected / 140)
    assert get("tokens-doubao-over-public-cloud-2025").value == pytest.approx(30 / 2.97)


def test_scores_of_one_version_and_of_two():
    assert get("m2-over-gptoss-one-version").value == pytest.approx(101.49, abs=0.01)
    two = get("m2-over-gptoss-two-versions")
    assert two.value == pytest.approx(105.86, abs=0.01)
    assert two.low < 106 < two.high  # what the press prints
    assert get("best-open-over-gptoss").value == pytest.approx(110.74, abs=0.01)


def test_the_hub_taken_back():
    days = (date(2026, 7, 31) - date(2026, 1, 13)).days
    found = get("derivatives-qwen-hub-2026-01")
    assert (found.low, found.value, found.high) == tuple(151_448 - days * pace for pace in (210, 195, 180))
    ratio = get("derivatives-qwen-company-over-hub")
    assert ratio.value == pytest.approx(180_000 / found.value)
    assert ratio.low < ratio.value < ratio.high


def test_the_newest_chinese_licences_by_name():
    table = load("licences")
    newest = table[(table["country"] == "CN") & (table["in_force_from"] >= "2026-07-01")]
    assert set(newest["versions"]) == {"Qwen3.8-2.4T-A95B", "Qwen3.8-27B", "K3", "5.3", "5.3-Flash"}
    standard = newest["spdx"].isin(["MIT", "Apache-2.0"])
    assert get("licence-permissive-newest-cn").value == pytest.approx(100 * standard.mean())


def test_dearer_is_a_negative_discount():
    assert get("discount-k3-gpt6-sol-2026-11").value == pytest.approx(100 * (1 - 15 / 10))


def test_the_share_of_the_world_in_heads():
    assert get("genai-users-ww-if-aiindex").value == pytest.approx(0.53 * 8300.678397)


@pytest.mark.parametrize(
    ("key", "world", "china", "people"),
    [
        ("genai-share-without-cn-telemetry-mid-2025", 15.1, 15.4, (5366.420386, 986.753852)),
        ("genai-share-without-cn-telemetry-2025", 16.3, 16.3, (5366.420386, 986.753852)),
        ("genai-share-without-cn-telemetry-2026", 17.8, 16.4, (5421.227665, 989.972734)),
    ],
)
def test_china_and_the_rest_make_the_world(key, world, china, people):
    whole, part = people
    together = (get(key).value * (whole - part) + china * part) / whole
    assert together == pytest.approx(world)


def test_robots_in_number_and_in_density():
    assert get("robots-per-head-cn-over-us-2024").value == pytest.approx(
        (295_000 / 1419.321285) / (34_200 / 345.42657), rel=1e-6
    )
    assert get("robots-density-cn-over-us-2021").value == pytest.approx(322 / 274)
    assert get("robots-density-cn-over-kr-2023").value == pytest.approx(470 / 1012)
    assert get("robots-stock-share-cn-2024").value == pytest.approx(43, abs=0.5)  # the report has over 43


def test_power_added_in_energy():
    assert get("generation-added-cn-over-us-2024").value == pytest.approx((10072 - 9456) / (4387 - 4254))
    assert get("capacity-added-cn-over-us-with-storage-2024").value == pytest.approx(430 / 48.6)


def test_odds_by_year_and_by_term():
    found = get("insider-odds-if-yearly")
    assert (found.low, found.high) == pytest.approx((100 * (1 - 0.8**3), 100 * (1 - 0.8**5)))
    assert get("insider-odds-per-year").value < get("insider-odds-printed").value < found.low


def test_the_first_day_of_the_share():
    # up 42.7 per cent at the first trade and 109 at the close, as the press has it
    opened = get("minimax-first-close-over-offer").value / get("minimax-first-close-over-first-trade").value
    assert opened == pytest.approx(1.427, abs=0.0005)
    assert get("minimax-first-close-over-offer").value == pytest.approx(2.09, abs=0.005)


def test_what_one_maker_explains():
    assert get("humanoids-difference-explained").value == pytest.approx(100 * 1300 / 2683)
