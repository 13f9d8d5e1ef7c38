"""The registry of findings.

A function is registered under an id; how it is called and printed stands in the catalogue of its chapter
(``<chapter>.toml`` beside the module), so that no string that a reader sees lives in code. Evaluation is lazy and
happens once in a process.
"""

from __future__ import annotations

import inspect
import math
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from importlib.resources import files

import pandas as pd

from helpers import units
from helpers.data import Assumption, TableError, cited, expensive, load, origins, sources
from helpers.data import assumption as the_assumption

CHAPTERS = ("efficiency", "chips", "open_source", "diffusion", "synthesis")


class FindingError(ValueError):
    """A finding is not what a finding must be; the message names it."""


@dataclass(frozen=True)
class Rows:
    """Rows of one table, by their ids: what a finding was computed from."""

    table: str
    ids: tuple[str, ...]


def rows(table: str, ids: str | Iterable[str]) -> Rows:
    """Name the rows of ``table`` that a result rests on; raise ``FindingError`` for an id that it does not hold."""
    wanted = (ids,) if isinstance(ids, str) else tuple(ids)
    known = load(table).index
    missing = [key for key in wanted if key not in known]
    if missing or not wanted:
        raise FindingError(f"table {table}: no row {', '.join(missing) or '(none named)'}")
    return Rows(table, wanted)


@dataclass(frozen=True)
class Measured:
    """What the function of a finding returns: a value in the finding's unit and what it rests on."""

    value: float
    evidence: tuple[Rows | Finding | Assumption, ...]
    low: float | None = None
    high: float | None = None
    interval: str | None = None
    as_of: date | None = None


def measured(
    value: float,
    *evidence: Rows | Finding | Assumption,
    low: float | None = None,
    high: float | None = None,
    interval: str | None = None,
    as_of: date | pd.Timestamp | str | None = None,
) -> Measured:
    """Return a result with its evidence: rows, other findings, assumptions.

    ``low`` and ``high`` bound it where uncertainty is known; ``interval`` says in a word key of the catalogue what they
    are. ``as_of`` is the day that the statement holds for; without it, the newest day among the evidence.
    """
    day = pd.Timestamp(as_of).date() if as_of is not None else None
    return Measured(
        float(value),
        evidence,
        None if low is None else float(low),
        None if high is None else float(high),
        interval,
        day,
    )


@dataclass(frozen=True)
class Finding:
    """One number that the report prints, with all that a reader needs to follow it back."""

    id: str
    chapter: str
    label: str
    value: float
    unit: str
    text: str
    low: float | None
    high: float | None
    interval: str | None
    as_of: date
    rows: tuple[Rows, ...]
    assumptions: tuple[str, ...]
    sources: tuple[str, ...]
    grade: str
    module: str
    function: str
    line: int
    digits: int = 0
    scale: str = ""
    findings: tuple[str, ...] = field(default=())

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables whose rows it rests on, in the order of use."""
        return tuple(dict.fromkeys(item.table for item in self.rows))

    @property
    def interval_text(self) -> str:
        """The interval in print, without its unit repeated; empty where there is none."""
        if self.low is None or self.high is None:
            return ""
        return units.interval(self.low, self.high, self.unit, self.digits, self.scale)

    @property
    def bare(self) -> str:
        """The number in print without unit (but with its scale word), for sentences that name the unit themselves."""
        word = f" {self.scale}" if self.scale in units.SCALES and self.scale else ""
        return f"{units.number(self.value, self.digits, self.scale)}{word}"


_functions: dict[str, Callable[[], Measured]] = {}
_done: dict[str, Finding] = {}
_running: list[str] = []


def finding(key: str) -> Callable[[Callable[[], Measured]], Callable[[], Measured]]:
    """Register the decorated function as the one that computes the finding ``key``."""

    def register(function: Callable[[], Measured]) -> Callable[[], Measured]:
        if key in _functions and _functions[key].__qualname__ != function.__qualname__:
            raise FindingError(
                f"finding {key}: computed by two functions, {_functions[key].__qualname__} and {function.__qualname__}"
            )
        _functions[key] = function
        return function

    return register


@cache
def catalogue() -> dict[str, dict[str, object]]:
    """Return the printed side of every finding: chapter, label, unit, digits, scale."""
    entries: dict[str, dict[str, object]] = {}
    for chapter in CHAPTERS:
        path = files("helpers.findings").joinpath(f"{chapter}.toml")
        if not path.is_file():
            continue
        for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if key in entries:
                raise FindingError(f"finding {key}: in two catalogues")
            unknown = set(entry) - {"label", "unit", "digits", "scale"}
            if unknown or not {"label", "unit"} <= set(entry):
                raise FindingError(f"findings/{chapter}.toml, {key}: needs label and unit; unknown: {sorted(unknown)}")
            units.unit(str(entry["unit"]))
            entries[key] = {"chapter": chapter.replace("_", "-"), **entry}
    return entries


@cache
def _import_all() -> None:
    for chapter in CHAPTERS:
        if files("helpers.findings").joinpath(f"{chapter}.py").is_file():
            import_module(f"helpers.findings.{chapter}")
    only_code, only_words = set(_functions) - set(catalogue()), set(catalogue()) - set(_functions)
    if only_code or only_words:
        raise FindingError(
            f"findings without an entry in a catalogue: {sorted(only_code)}; without a function: {sorted(only_words)}"
        )


def ids() -> list[str]:
    """Return the ids of all findings, in the order of the catalogues."""
    _import_all()
    return list(catalogue())


def get(key: str) -> Finding:
    """Return the finding ``key``, computing it if that was not done in this process.

    Raises ``FindingError`` for an unknown id, a circle of findings, a value that is not finite, one without source, and
    whatever else goes wrong while it is computed.
    """
    if key in _done:
        return _done[key]
    chapter = str(catalogue().get(key, {}).get("chapter", "")).replace("-", "_")
    if not chapter:
        raise FindingError(f"no finding {key!r}")
    import_module(f"helpers.findings.{chapter}")
    if key not in _functions:
        raise FindingError(f"finding {key}: no function computes it")
    if key in _running:
        raise FindingError(f"finding {key} rests on itself: {' → '.join([*_running, key])}")
    function = _functions[key]
    _running.append(key)
    try:
        _done[key] = _build(key, function, function())
    except (FindingError, TableError):
        raise
    except Exception as error:
        place = f"{function.__module__}, line {inspect.getsourcelines(function)[1]}"
        raise FindingError(f"finding {key} ({place}): {type(error).__name__}: {error}") from error
    finally:
        _running.pop()
    return _done[key]


def all_findings() -> list[Finding]:
    """Return every finding, computed once for each state of data and code, in whichever process asks first."""
    if any(key not in _done for key in ids()):
        _done.update({found.id: found for found in _compute_all()})
    return [_done[key] for key in ids()]


@expensive
def _compute_all() -> list[Finding]:
    return [get(key) for key in ids()]


def _build(key: str, function: Callable[[], Measured], result: Measured) -> Finding:
    words = catalogue()[key]
    for name in ("value", "low", "high"):
        number = getattr(result, name)
        if number is not None and not math.isfinite(number):
            raise FindingError(f"finding {key}: {name} is {number}")
    below = result.low is not None and result.value < result.low
    if below or (result.high is not None and result.value > result.high):
        raise FindingError(f"finding {key}: {result.value} is not between {result.low} and {result.high}")
    used, chosen, keys, days, parents = _evidence(result.evidence)
    if not keys:
        raise FindingError(f"finding {key}: no source; name the rows that it was computed from")
    as_of = result.as_of or (max(days) if days else None)
    if as_of is None:
        raise FindingError(f"finding {key}: no date")
    unit, digits, scale = str(words["unit"]), int(words.get("digits", 0)), str(words.get("scale", ""))
    return Finding(
        id=key,
        chapter=str(words["chapter"]),
        label=str(words["label"]),
        value=result.value,
        unit=unit,
        text=units.quantity(result.value, unit, digits, scale),
        low=result.low,
        high=result.high,
        interval=result.interval,
        as_of=as_of,
        rows=used,
        assumptions=chosen,
        sources=keys,
        grade=_grade(used),
        module=function.__module__,
        function=function.__qualname__,
        line=inspect.getsourcelines(function)[1],
        digits=digits,
        scale=scale,
        findings=parents,
    )


def _evidence(
    evidence: tuple[Rows | Finding | Assumption, ...],
) -> tuple[tuple[Rows, ...], tuple[str, ...], tuple[str, ...], list[date], tuple[str, ...]]:
    """Collect rows, assumptions, source keys, days and parent findings from what a finding names."""
    used: dict[str, dict[str, None]] = {}
    chosen: dict[str, None] = {}
    parents: dict[str, None] = {}
    for item in evidence:
        if isinstance(item, Assumption):
            chosen[item.id] = None
            continue
        if isinstance(item, Finding):
            parents[item.id] = None
            chosen.update(dict.fromkeys(item.assumptions))
        for group in item.rows if isinstance(item, Finding) else (item,):
            used.setdefault(group.table, {}).update(dict.fromkeys(group.ids))
    keys: dict[str, None] = {}
    days: list[date] = []
    for table, names in used.items():
        keys.update(dict.fromkeys(cited(table, names)))
        days += [day for key in names if (day := origins(table)[key].as_of)]
    for name in chosen:
        key = the_assumption(name).source
        if key:
            keys[key] = None
    unknown = [key for key in keys if key not in sources()]
    if unknown:
        raise FindingError(f"unknown sources {unknown}")
    groups = tuple(Rows(table, tuple(names)) for table, names in used.items())
    return groups, tuple(chosen), tuple(keys), days, tuple(parents)


def _grade(used: tuple[Rows, ...]) -> str:
    """Return ``primary``, ``secondary`` or ``mixed``: how the rows behind a finding were read."""
    grades = {origins(group.table)[key].grade for group in used for key in group.ids} - {None}
    return str(grades.pop()) if len(grades) == 1 else "mixed"
