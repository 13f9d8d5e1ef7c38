"""No verdict is fixed: for every judge there is a change of what it reads that changes its verdict.

The judge is run with its findings moved, with the rows that it reads altered, and with another day on which a forecast
falls due. What it is not shown here is whether the direction is right: that stands in the tests of the chapters.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from helpers.claims import claims, judge, judge_of, verdicts
from helpers.claims.verdicts import Outcome
from helpers.data import load as real_load
from helpers.findings import all_findings, efficiency_gap
from helpers.findings import get as real_get

MODULES = [
    verdicts,
    *(importlib.import_module(f"helpers.claims.{name}") for name in ("efficiency", "chips", "open_source")),
    *(importlib.import_module(f"helpers.claims.{name}") for name in ("diffusion", "synthesis")),
    efficiency_gap,  # whose function tells whether a change is settled
]
FACTORS = (-1.0, 0.0, 1e-4, 0.2, 0.5, 0.71, 0.9, 1.1, 1.4, 2.0, 5.0, 1e4)
JUDGED = [key for key in claims() if judge_of(key) is not None]
# A cause that public data cannot separate, or a comparison for which nothing was found: the judge says so and names
# what stands beside it. Another verdict would need evidence of a kind that no row has.
FIXED = {
    "cuda-locks-developers-in": "software and hardware are not separated in any count",
    "three-technology-regimes": "no classification of the world's rules was found",
    "airbnb-saw-limits-of-us-models": "a reason that the firm did not state",
    "chinese-firms-turn-to-products": "no count of firms by what they do",
    "much-of-chinese-capex-on-ai": "no firm splits its spending",
    "openai-near-frontier-older-hardware": "the study was not found",
    "us-power-markets-eight-of-13": "one bank's note, with nothing to set it against",
    "standards-network-effect": "no count of countries by standard at two dates",
    "offshore-training-most-effective": "cost and yield of the ways nowhere side by side",
}


@pytest.fixture(scope="module", autouse=True)
def computed():
    """Compute all findings before any is moved: none may be computed from one that is."""
    all_findings()


@contextmanager
def reading(get=real_get, load=real_load) -> Iterator[None]:
    """Let all judges read findings and tables through these functions."""
    kept = [
        (module, name, getattr(module, name)) for module in MODULES for name in ("get", "load") if hasattr(module, name)
    ]
    try:
        for module, name, _ in kept:
            setattr(module, name, get if name == "get" else load)
        yield
    finally:
        for module, name, was in kept:
            setattr(module, name, was)


def placed(found, move):
    """Return a finding with its value and the ends of its interval moved."""
    if found.low is None:
        return replace(found, value=move(found.value))
    low, high = sorted((move(found.low), move(found.high)))
    return replace(found, value=move(found.value), low=low, high=high)


def findings_moved(keys) -> Iterator:
    """Yield ways to read findings in which one of the keys, or all, are multiplied, or put beside their intervals."""
    for chosen in [*[(key,) for key in keys], tuple(keys)]:
        for factor in FACTORS:

            def get(name, chosen=chosen, factor=factor):
                found = real_get(name)
                if name not in chosen:
                    return found
                return placed(found, lambda number: number * factor)

            yield get
        for sides in (-2, 2):

            def get_beside(name, chosen=chosen, sides=sides):
                found = real_get(name)
                if name not in chosen or found.low is None:
                    return found
                step = sides * (found.high - found.low)
                return placed(found, lambda number: number + step)

            yield get_beside


def better(table):
    """Read every row in a primary source, and say that it took place."""
    return table.assign(**({"grade": "primary"} if "grade" in table else {}))


def doubled(table):
    """Give every row a second source."""
    return table.assign(**({"also_source": "deepseek_v3_2024"} if "also_source" in table else {}))


def worse(table):
    """Read every row in one secondary source, the same for all."""
    columns = {"grade": "secondary", "source": "deepseek_v3_2024", "also_source": None}
    return table.assign(**{name: value for name, value in columns.items() if name in table})


def shifted(years):
    def by_years(table):
        days = [name for name in table if str(table[name].dtype).startswith("datetime")]
        return table.assign(**{name: table[name] + pd.DateOffset(years=years) for name in days})

    return by_years


def scaled(factor):
    def by_factor(table):
        numbers = [name for name in table if table[name].dtype == "float64"]
        return table.assign(**{name: table[name] * factor for name in numbers})

    return by_factor


def inverted(table):
    """Turn every yes into a no."""
    flags = [name for name in table if str(table[name].dtype) == "boolean"]
    return table.assign(**{name: ~table[name] for name in flags})


def renamed(table):
    """Put another word into every cell of text but ids, sources and grades."""
    kept = ("id", "source", "also_source", "grade")
    words = [name for name in table if table[name].dtype == object and name not in kept]
    return table.assign(**dict.fromkeys(words, "something else"))


CHANGES = (better, doubled, worse, shifted(5), shifted(-5), scaled(0.0), scaled(100.0), inverted, renamed)


def outcomes(key) -> Iterator[Outcome]:
    """Yield what the judge says of the claim under every change; one that it cannot read is passed over."""
    function, subject = judge_of(key), claims()[key]
    read: dict[str, None] = {}
    with reading(load=lambda name: real_load(name) if read.setdefault(name) is None else None):
        function(subject)
    ways = [{"get": get} for get in findings_moved(judge(key).findings)]
    for change in CHANGES:
        for chosen in [*[{name} for name in read], set(read)]:

            def load(name, change=change, chosen=chosen):
                return change(real_load(name)) if name in chosen else real_load(name)

            ways.append({"load": load})
    for way in ways:
        with reading(**way):
            try:
                yield function(subject)
            except (KeyError, ValueError, TypeError, IndexError, ZeroDivisionError):
                continue
    if subject.kind == "forecast":
        for due in (date(2026, 1, 31), date(2031, 12, 31), None):
            yield function(replace(subject, due=due))


@pytest.mark.parametrize("key", JUDGED)
def test_a_verdict_changes_when_what_it_rests_on_does(key):
    before = judge(key).verdict
    changed = any(outcome.verdict != before for outcome in outcomes(key))
    if key in FIXED:
        assert not changed, f"{key}: takes part now, so that its reason need no longer stand here"
    else:
        assert changed, f"{key}: {before}, whatever it reads"


def test_what_is_fixed_is_never_a_verdict_on_evidence():
    assert set(FIXED) <= set(JUDGED)
    for key in FIXED:
        assert judge(key).verdict in ("unsupported", "untested"), key
