"""Which function judges which claim, and the sentence that gives the reason.

A chapter's module registers one function a claim; the catalogue beside it (``<chapter>.toml``) holds, per claim and
possible verdict, the sentence that a reader sees. A sentence whose verdict did not come out is never shown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

from helpers import units
from helpers.claims.ledger import Claim, claim, claims
from helpers.claims.verdicts import VERDICTS, Outcome, opinion, untested
from helpers.data import assumption, cell_text, load, sources
from helpers.findings import get
from helpers.findings.registry import CHAPTERS

Test = Callable[[Claim], Outcome]
ROLE = re.compile(r"\{tr:(n|num|int|date|a|cell)\}`([^`]+)`")
CITED = re.compile(r"\{cite:(p|t)\}`([^`]+)`")
BESIDE = ("now", "otherwise")  # sentences of the catalogue that stand beside whichever verdict comes out
SET_BESIDE = "beside"  # names the findings that an opinion is set beside; it needs no judge
_tests: dict[str, Test] = {}


@dataclass(frozen=True)
class Judged:
    """A claim with its verdict as of the article, the reason, and what these rest on.

    ``now`` says what has become of it since: a sentence of the catalogue, or a verdict, or nothing. ``otherwise``
    names the basis on which a comparison would come out otherwise.
    """

    claim: Claim
    verdict: str
    now: str | None
    otherwise: str | None
    reason: str
    outcome: Outcome

    @property
    def findings(self) -> tuple[str, ...]:
        """The ids of the findings that the verdict rests on."""
        return self.outcome.findings

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of the sources behind the verdict and of the publication that the article retells."""
        keys = dict.fromkeys(key for name in self.findings for key in get(name).sources)
        for group in self.outcome.evidence:
            part = load(group.table).loc[list(group.ids)]
            for column in ("source", "also_source"):
                if column in part:
                    keys.update(dict.fromkeys(str(key) for key in part[column].dropna()))
        if self.claim.source:
            keys[self.claim.source] = None
        return tuple(keys)

    @property
    def grade(self) -> str:
        """How the evidence was read: ``primary``, ``secondary``, ``mixed``; empty where there is none."""
        grades = {get(name).grade for name in self.findings}
        for group in self.outcome.evidence:
            part = load(group.table).loc[list(group.ids)]
            if "grade" in part:
                grades |= set(part["grade"].dropna())
        return grades.pop() if len(grades) == 1 else "mixed" if grades else ""


def judges(*keys: str) -> Callable[[Test], Test]:
    """Register the decorated function as the judge of the claims named."""

    def register(function: Test) -> Test:
        for key in keys:
            if key in _tests and _tests[key].__qualname__ != function.__qualname__:
                raise ValueError(f"claim {key}: judged by two functions")
            _tests[key] = function
        return function

    return register


@cache
def catalogue() -> dict[str, dict[str, str | list[str]]]:
    """Return what the catalogues hold for each claim: its sentences, and the findings that an opinion is set beside."""
    found: dict[str, dict[str, str | list[str]]] = {}
    for chapter in CHAPTERS:
        path = files("helpers.claims").joinpath(f"{chapter}.toml")
        if not path.is_file():
            continue
        for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            unknown = [name for name in entry if name.replace("_", " ") not in (*VERDICTS, *BESIDE, SET_BESIDE)]
            if unknown or key in found or key not in claims():
                raise ValueError(
                    f"claims/{chapter}.toml, {key}: no such claim, or named twice, or unknown verdict {unknown}"
                )
            if SET_BESIDE in entry and claim(key).kind != "opinion":
                raise ValueError(
                    f"claims/{chapter}.toml, {key}: {SET_BESIDE} is for opinions; a judge names its findings"
                )
            found[key] = {name.replace("_", " "): value for name, value in entry.items()}
    return found


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Return the sentences: claim id → verdict (or now, otherwise) → sentence (MyST, with roles for its numbers)."""
    return {
        key: {name: value for name, value in entry.items() if isinstance(value, str)}
        for key, entry in catalogue().items()
    }


@cache
def words() -> dict[str, str]:
    """Return the sentences that are put together where a catalogue has none for the verdict that came out."""
    return tomllib.loads(files("helpers.claims").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _import_all() -> None:
    for chapter in CHAPTERS:
        if files("helpers.claims").joinpath(f"{chapter}.py").is_file():
            import_module(f"helpers.claims.{chapter}")
    unknown = set(_tests) - set(claims())
    if unknown:
        raise ValueError(f"judges of claims that data/claims.csv does not hold: {sorted(unknown)}")


@cache
def judge(key: str) -> Judged:
    """Return the claim ``key`` with its computed verdict and reason."""
    _import_all()
    subject = claim(key)
    beside = catalogue().get(key, {}).get(SET_BESIDE, ())
    by_default = opinion(*beside) if subject.kind == "opinion" else untested()
    outcome = _tests[key](subject) if key in _tests else by_default
    now = reasons().get(key, {}).get("now") or outcome.now
    otherwise = reasons().get(key, {}).get("otherwise")
    return Judged(subject, outcome.verdict, now, otherwise, _reason(subject, outcome), outcome)


def judge_of(key: str) -> Test | None:
    """Return the function that judges a claim; none for an opinion, or a claim that nothing tests."""
    _import_all()
    return _tests.get(key)


def judged(chapter: str | None = None) -> list[Judged]:
    """Return all claims with their verdicts, of one chapter where it is named, in the ledger's order."""
    return [judge(key) for key, subject in claims().items() if chapter in (None, subject.chapter)]


def _reason(subject: Claim, outcome: Outcome) -> str:
    """Return the sentence of the catalogue for this verdict, else one made of the comparisons."""
    written = reasons().get(subject.id, {}).get(outcome.verdict)
    if written:
        return written
    if outcome.agrees:
        parts = [
            words()["agrees" if hit else "differs"].format(label=get(key).label, text="{tr:n}`" + key + "`")
            for key, hit in outcome.agrees
        ]
        return words()["compared"].format(parts="; ".join(parts))
    return words()[outcome.verdict.replace(" ", "_")]


def plain(text: str) -> str:
    """Replace every role and citation of a reason by what it prints, for exports and places without markup."""

    def cited(match: re.Match[str]) -> str:
        named = [sources()[key.strip()] for key in match[2].split(",")]
        if match[1] == "t":
            return ", ".join(f"{item.author} ({item.year})" for item in named)
        return f"({'; '.join(f'{item.author}, {item.year}' for item in named)})"

    return CITED.sub(cited, ROLE.sub(lambda match: _printed(*match.groups()), text)).replace("*", "")


def _printed(kind: str, key: str) -> str:
    if kind == "a":
        return units.as_typed(assumption(key).value, assumption(key).unit)
    if kind == "cell":
        return cell_text(key)
    found = get(key)
    return {"n": found.text, "num": found.bare, "int": found.interval_text, "date": units.day(found.as_of)}[kind]
