"""Where sources differ on the same quantity: the readings, each computed, and what reconciles them.

The catalogue ``disagreements.toml`` holds the words: a question, its kind, the claims that meet in it, the findings
that are its readings, and one resolution for each way in which they can come out; the function registered under the
same id decides which of these holds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from helpers.claims.ledger import claims
from helpers.findings import Finding, get

Decide = Callable[[], str]
_deciders: dict[str, Decide] = {}
KINDS = (
    "inside one article",
    "between articles",
    "article and its source",
    "between sources",
    "coincidence",  # two numbers that look like one and are not: no disagreement, but a false agreement
)


@dataclass(frozen=True)
class Disagreement:
    """Two or more readings of one quantity, and which the evidence favours."""

    id: str
    question: str
    kind: str
    claims: tuple[str, ...]
    readings: tuple[Finding, ...]
    outcome: str
    resolution: str


def decides(key: str) -> Callable[[Decide], Decide]:
    """Register the decorated function as the one that says which resolution of ``key`` holds."""

    def register(function: Decide) -> Decide:
        _deciders[key] = function
        return function

    return register


@cache
def disagreements() -> tuple[Disagreement, ...]:
    """Return all disagreements, each with the resolution that its figures lead to."""
    # These register the deciders, and need this module.
    from helpers.claims import resolve, resolve_chips, resolve_efficiency  # noqa: F401, PLC0415

    raw = tomllib.loads(files("helpers.claims").joinpath("disagreements.toml").read_text(encoding="utf-8"))
    found = []
    for key, entry in raw.items():
        unknown = [name for name in entry["claims"] if name not in claims()]
        if unknown:
            raise ValueError(f"claims/disagreements.toml, {key}: no claims {unknown}")
        if entry.get("kind") not in KINDS:
            raise ValueError(f"claims/disagreements.toml, {key}: kind {entry.get('kind')!r} is none of {KINDS}")
        outcome = _deciders[key]()
        found.append(
            Disagreement(
                key,
                entry["question"],
                entry["kind"],
                tuple(entry["claims"]),
                tuple(get(name) for name in entry["readings"]),
                outcome,
                entry["resolution"][outcome],
            )
        )
    return tuple(found)
