"""The rules by which a verdict follows from figures, findings and facts (the table of verdicts in the methods)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date

from helpers.claims.ledger import Figure
from helpers.data import load
from helpers.findings import Finding, Rows, get

CONFIRMED, QUALIFIED, CONTRADICTED = "confirmed", "qualified", "contradicted"
CONSISTENT, INCONSISTENT = "consistent", "inconsistent"
UNSUPPORTED, UNTESTED, OPINION = "unsupported", "untested", "opinion"
OPEN, CAME_TRUE, FAILED, UNDATED = "open", "came true", "failed", "undated"
VERDICTS = (
    CONFIRMED,
    QUALIFIED,
    CONTRADICTED,
    CONSISTENT,
    INCONSISTENT,
    UNSUPPORTED,
    OPEN,
    CAME_TRUE,
    FAILED,
    UNDATED,
    UNTESTED,
    OPINION,
)
SOFT = ("about",)  # hedges that double the half-unit on each side
SETTLED = (CAME_TRUE, FAILED)


@dataclass(frozen=True)
class Against:
    """A finding that a printed figure is compared with, on one admissible basis.

    ``tolerance`` is a share of the finding's value, for evidence that has no interval of its own; ``why`` says where
    that tolerance comes from, and is required with it.
    """

    finding: Finding
    tolerance: float = 0.0
    why: str = ""

    @property
    def interval(self) -> tuple[float, float]:
        """The evidence as an interval, in the finding's unit."""
        if self.finding.low is not None and self.finding.high is not None:
            return self.finding.low, self.finding.high
        half = abs(self.finding.value) * self.tolerance
        return self.finding.value - half, self.finding.value + half


@dataclass(frozen=True)
class Outcome:
    """A verdict with what it rests on: findings, and per basis whether the printed figure overlaps it."""

    verdict: str
    findings: tuple[str, ...] = ()
    agrees: tuple[tuple[str, bool], ...] = ()
    evidence: tuple[Rows, ...] = ()
    now: str | None = None
    why: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse a verdict that is not in the list."""
        for name in (self.verdict, *([self.now] if self.now else [])):
            if name not in VERDICTS:
                raise ValueError(f"unknown verdict {name!r}")


def printed_interval(figure: Figure) -> tuple[float, float]:
    """Return what a printed figure can mean: half a unit of its last digit on each side, doubled by "about".

    "More than" and "up to" bound one side only: the other is infinite (a share or count stops at zero).
    """
    half = figure.last_digit / 2
    if figure.hedge in SOFT:
        half *= 2
    low, high = figure.value - half, figure.value + half
    if figure.hedge == "more than":
        return low, math.inf
    if figure.hedge in ("less than", "up to"):
        return -math.inf, high
    return low, high


def more_as_ratio(figure: Figure) -> Figure:
    """Return a printed "so many percent more" as the ratio that it states, with its precision."""
    if figure.unit != "percent":
        raise ValueError(f"{figure.what} is in {figure.unit}, expected percent")
    return replace(figure, value=1 + figure.value / 100, last_digit=figure.last_digit / 100, unit="ratio")


def against(key: str, tolerance: float = 0.0, why: str = "") -> Against:
    """Name a finding as a basis of comparison; a tolerance needs its reason."""
    if tolerance and not why:
        raise ValueError(f"{key}: a tolerance needs a reason")
    return Against(get(key), tolerance, why)


def compare(figure: Figure, *bases: Against, factor: float = 1.0) -> Outcome:
    """Compare a printed figure with every admissible basis.

    Confirmed where the intervals overlap on all bases, qualified on some, contradicted on none. ``factor`` converts
    the printed unit into the findings' (1e9 for billions); units must agree after it. Raises ``ValueError`` without
    a basis or where a unit differs and no factor is given.
    """
    if not bases:
        raise ValueError("a comparison needs at least one basis")
    low, high = (side * factor for side in printed_interval(figure))
    agrees = []
    for basis in bases:
        if factor == 1.0 and basis.finding.unit != figure.unit:
            raise ValueError(
                f"{basis.finding.id} is in {basis.finding.unit}, the claim in {figure.unit}: give a factor"
            )
        found_low, found_high = basis.interval
        # The smallest slack lets 1.05 touch 1.05 in spite of binary fractions.
        slack = 1e-9 * max(abs(found_low), abs(found_high), 1e-300)
        agrees.append((basis.finding.id, low <= found_high + slack and found_low - slack <= high))
    hits = [hit for _, hit in agrees]
    verdict = CONFIRMED if all(hits) else QUALIFIED if any(hits) else CONTRADICTED
    return Outcome(
        verdict,
        tuple(basis.finding.id for basis in bases),
        tuple(agrees),
        why=tuple(basis.why for basis in bases if basis.why),
    )


def all_of(*outcomes: Outcome) -> Outcome:
    """Join the comparisons of a claim with several figures: confirmed only if all are, contradicted only if all are.

    Raises ``ValueError`` where there is nothing to join.
    """
    if not outcomes:
        raise ValueError("nothing to join")
    verdicts = {outcome.verdict for outcome in outcomes}
    verdict = verdicts.pop() if len(verdicts) == 1 else QUALIFIED
    return Outcome(
        verdict,
        tuple(dict.fromkeys(key for outcome in outcomes for key in outcome.findings)),
        tuple(pair for outcome in outcomes for pair in outcome.agrees),
        tuple(group for outcome in outcomes for group in outcome.evidence),
        why=tuple(why for outcome in outcomes for why in outcome.why),
    )


def one_half(outcome: Outcome) -> Outcome:
    """Judge a statement in two parts of which only one could be tested: confirmed for that part is qualified in all.

    Any other verdict on the part that was tested stays.
    """
    return replace(outcome, verdict=QUALIFIED) if outcome.verdict == CONFIRMED else outcome


def event(*groups: Rows, happened: bool = True, independent: bool = True) -> Outcome:
    """Judge a fact or an event by the rows that report it: one primary source, or two independent ones.

    Fewer leave it untested; ``happened=False`` means that the rows, so graded, report the contrary;
    ``independent=False`` that the secondary sources go back to one report, so that they count as one.
    """
    keys: set[str] = set()
    primary = False
    for group in groups:
        part = load(group.table).loc[list(group.ids)]
        keys |= {str(key) for column in ("source", "also_source") if column in part for key in part[column].dropna()}
        primary |= "grade" in part and (part["grade"] == "primary").any()
    if primary or (independent and len(keys) >= 2):
        return Outcome(CONFIRMED if happened else CONTRADICTED, evidence=groups)
    return Outcome(UNTESTED, evidence=groups)


def internal(holds: bool, *keys: str) -> Outcome:
    """Judge an article's own arithmetic, where nothing else is there to test it."""
    return Outcome(CONSISTENT if holds else INCONSISTENT, keys)


def supported(shown: bool, *keys: str, partly: bool = False) -> Outcome:
    """Judge a causal or comparative statement: confirmed or qualified where the evidence shows it, else unsupported."""
    verdict = UNSUPPORTED if not shown else QUALIFIED if partly else CONFIRMED
    return Outcome(verdict, keys)


def forecast(
    due: date | None, edition: date, settled: bool | None = None, *keys: str, evidence: tuple[Rows, ...] = ()
) -> Outcome:
    """Judge a forecast: settled by ``settled`` where its outcome is known, open until due, undated without a date.

    A forecast past its date whose outcome nobody has looked up is untested.
    """
    if settled is not None:
        return Outcome(CAME_TRUE if settled else FAILED, keys, evidence=evidence)
    if due is None:
        return Outcome(UNDATED, keys, evidence=evidence)
    return Outcome(OPEN if due > edition else UNTESTED, keys, evidence=evidence)


def opinion(*keys: str) -> Outcome:
    """Set a judgement beside the findings named; it is attributed, not graded."""
    return Outcome(OPINION, keys)


def untested(*keys: str) -> Outcome:
    """Say that nothing was found to test it with; its reason says what was looked for and what would be needed."""
    return Outcome(UNTESTED, keys)
