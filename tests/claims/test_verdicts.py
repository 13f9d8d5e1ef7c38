from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.claims import Figure, Outcome, compare, event, forecast, internal, opinion, printed_interval, supported
from helpers.claims import against as against_finding
from helpers.claims import untested as untested_outcome
from helpers.claims import verdicts as rules
from helpers.claims.verdicts import Against, all_of
from helpers.findings import Rows, get

HEDGES = ("none", "about", "more than", "less than", "up to")
whole = st.integers(-1000, 1000)
spans = st.tuples(whole, whole).map(sorted)


def figure(value, last_digit=1.0, hedge="none", unit="percent"):
    return Figure(value, unit, "what it is", str(value), last_digit, hedge)


def spanning(low, high):
    """Return a figure whose interval is that."""
    return figure((low + high) / 2, high - low)


def basis(value, low=None, high=None, unit="percent", key="v3-run-hours", **more):
    return Against(replace(get("v3-run-hours"), id=key, value=float(value), low=low, high=high, unit=unit), **more)


# ---- what a printed figure can mean


@pytest.mark.parametrize(
    ("value", "last_digit", "hedge", "expected"),
    [
        (82, 1, "none", (81.5, 82.5)),
        (90, 1, "about", (89, 91)),
        (5.6, 0.1, "none", (5.55, 5.65)),
        (5.6, 0.1, "about", (5.5, 5.7)),
        (100, 100, "none", (50, 150)),
        (100, 100, "about", (0, 200)),
        (50, 1, "more than", (49.5, math.inf)),
        (50, 10, "more than", (45, math.inf)),
        (3, 1, "less than", (-math.inf, 3.5)),
        (3, 1, "up to", (-math.inf, 3.5)),
        (-5, 1, "none", (-5.5, -4.5)),
    ],
)
def test_a_printed_figure_is_an_interval(value, last_digit, hedge, expected):
    assert printed_interval(figure(value, last_digit, hedge)) == pytest.approx(expected)


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e6), st.sampled_from(HEDGES))
def test_a_hedge_only_ever_widens(value, last_digit, hedge):
    low, high = printed_interval(figure(value, last_digit))
    wide_low, wide_high = printed_interval(figure(value, last_digit, hedge))
    assert wide_low <= low <= value <= high <= wide_high


# ---- comparisons


@pytest.mark.parametrize(
    ("subject", "bases", "verdict"),
    [
        (figure(82), [basis(82.4)], "confirmed"),
        (figure(82), [basis(82.6)], "contradicted"),
        (figure(82), [basis(81.5)], "confirmed"),  # the end belongs to it
        (figure(82, hedge="about"), [basis(82.6)], "confirmed"),
        (figure(82, hedge="about"), [basis(83.1)], "contradicted"),
        (figure(82), [basis(84, low=82.2, high=86)], "confirmed"),
        (figure(82), [basis(84, low=83, high=86)], "contradicted"),
        (figure(82), [basis(82, low=10, high=99)], "confirmed"),
        (figure(82), [basis(82), basis(84)], "qualified"),
        (figure(82), [basis(80), basis(84)], "contradicted"),
        (figure(82), [basis(82), basis(81.9)], "confirmed"),
        (figure(50, hedge="more than"), [basis(61)], "confirmed"),
        (figure(50, hedge="more than"), [basis(49)], "contradicted"),
        (figure(3, hedge="up to"), [basis(0.2)], "confirmed"),
        (figure(3, hedge="up to"), [basis(3.6)], "contradicted"),
        (figure(3, hedge="less than"), [basis(2)], "confirmed"),
        (figure(3, hedge="less than"), [basis(4)], "contradicted"),
    ],
)
def test_a_comparison_follows_from_the_intervals(subject, bases, verdict):
    assert compare(subject, *bases).verdict == verdict


@pytest.mark.parametrize(
    ("value", "last_digit", "found"),
    [(1.0, 0.1, 1.05), (1.0, 0.1, 0.95), (0.3, 0.1, 0.35), (5.6, 0.1, 5.65), (2.3, 0.2, 2.4), (0.07, 0.02, 0.08)],
)
def test_binary_fractions_do_not_decide_at_the_edge(value, last_digit, found):
    assert compare(figure(value, last_digit), basis(found)).verdict == "confirmed"
    assert (
        compare(figure(value, last_digit), basis(found + math.copysign(1e-6, found - value))).verdict == "contradicted"
    )


@pytest.mark.parametrize("verdict", rules.VERDICTS)
def test_one_half_confirmed_is_qualified_in_all_and_any_other_verdict_stays(verdict):
    half = Outcome(verdict, ("v3-run-hours",))
    assert rules.one_half(half).verdict == ("qualified" if verdict == "confirmed" else verdict)
    assert rules.one_half(half).findings == half.findings


def test_every_basis_is_named_with_what_it_says():
    outcome = compare(
        figure(82), basis(82, key="one"), basis(90, key="other", tolerance=0.01, why="Its source rounds.")
    )
    assert outcome.findings == ("one", "other")
    assert outcome.agrees == (("one", True), ("other", False))
    assert outcome.why == ("Its source rounds.",)
    assert outcome.verdict == "qualified"


def test_a_tolerance_widens_evidence_that_has_no_interval_and_needs_a_reason():
    assert compare(figure(82), basis(84)).verdict == "contradicted"
    assert compare(figure(82), basis(84, tolerance=0.02, why="x")).verdict == "confirmed"
    assert compare(figure(82), basis(84, low=83, high=85, tolerance=0.02, why="x")).verdict == "contradicted"
    assert basis(-100, tolerance=0.1, why="x").interval == pytest.approx((-110, -90))
    with pytest.raises(ValueError, match="v3-run-hours: a tolerance needs a reason"):
        against_finding("v3-run-hours", 0.1)
    assert against_finding("v3-run-hours", 0.1, "x").finding is get("v3-run-hours")


def test_units_must_agree_or_be_converted():
    price = figure(5.6, 0.1, unit="USD_m")
    with pytest.raises(ValueError, match="v3-run-cost is in USD, the claim in USD_m: give a factor"):
        compare(price, basis(5.576e6, unit="USD", key="v3-run-cost"))
    assert compare(price, basis(5.576e6, unit="USD"), factor=1e6).verdict == "confirmed"
    assert compare(price, basis(5.4e6, unit="USD"), factor=1e6).verdict == "contradicted"
    assert compare(figure(50, hedge="more than"), basis(0.61, unit="share"), factor=0.01).verdict == "confirmed"
    with pytest.raises(ValueError, match="at least one basis"):
        compare(price)


@given(spans, st.lists(spans, min_size=1, max_size=4))
def test_the_verdict_is_the_count_of_overlaps(printed, found):
    bases = [basis((low + high) / 2, low, high) for low, high in found]
    hits = [printed[0] <= high and low <= printed[1] for low, high in found]
    outcome = compare(spanning(*printed), *bases)
    assert [hit for _, hit in outcome.agrees] == hits
    assert outcome.verdict == ("confirmed" if all(hits) else "qualified" if any(hits) else "contradicted")


@given(spans, spans)
def test_overlap_is_symmetric_and_mirrors(one, other):
    verdict = compare(spanning(*one), basis(sum(other) / 2, *other)).verdict
    assert compare(spanning(*other), basis(sum(one) / 2, *one)).verdict == verdict
    mirrored = [(-high, -low) for low, high in (one, other)]
    assert compare(spanning(*mirrored[0]), basis(sum(mirrored[1]) / 2, *mirrored[1])).verdict == verdict


@given(spans, spans, st.integers(1, 50))
def test_more_doubt_never_turns_agreement_into_contradiction(printed, found, more):
    wide = (found[0] - more, found[1] + more)
    before = compare(spanning(*printed), basis(sum(found) / 2, *found)).verdict
    after = compare(spanning(*printed), basis(sum(found) / 2, *wide)).verdict
    assert (before, after) != ("confirmed", "contradicted")


@given(st.floats(1, 1e6), st.sampled_from([1e-3, 0.01, 100.0, 1e6, 1e9]), st.sampled_from([0, 0.4, 0.6, -0.4, -0.6]))
def test_a_unit_does_not_change_a_verdict(value, factor, distance):
    found = value + distance
    expected = "confirmed" if abs(distance) < 0.5 else "contradicted"
    assert compare(figure(value), basis(found)).verdict == expected
    assert compare(figure(value), basis(found * factor, unit="USD"), factor=factor).verdict == expected


@given(whole, st.integers(1, 100))
def test_a_verdict_flips_when_its_input_moves_away(value, step):
    assert compare(figure(value), basis(value)).verdict == "confirmed"
    for moved in (value + step, value - step):
        assert compare(figure(value), basis(moved)).verdict == "contradicted"


# ---- several figures


def test_several_figures_are_confirmed_only_together():
    yes, no = compare(figure(82), basis(82, key="a")), compare(figure(82), basis(90, key="b"))
    assert all_of(yes, yes).verdict == "confirmed"
    assert all_of(no, no).verdict == "contradicted"
    assert all_of(yes, no).verdict == all_of(no, yes).verdict == "qualified"
    joined = all_of(yes, no, yes)
    assert joined.findings == ("a", "b")
    assert joined.agrees == (("a", True), ("b", False), ("a", True))
    with pytest.raises(ValueError, match="nothing to join"):
        all_of()


# ---- facts and events


@pytest.fixture
def reports(monkeypatch):
    table = pd.DataFrame(
        [
            ("filing", "primary", "agency", None),
            ("press", "secondary", "paper", None),
            ("press-again", "secondary", "paper", None),
            ("press-twice", "secondary", "paper", "paper"),
            ("press-and-wire", "secondary", "paper", "wire"),
            ("wire", "secondary", "wire", None),
        ],
        columns=["id", "grade", "source", "also_source"],
    ).set_index("id", drop=False)
    monkeypatch.setattr(rules, "load", lambda name: table)
    return lambda *ids: Rows("reports", ids)


@pytest.mark.parametrize(
    ("groups", "verdict"),
    [
        ([("filing",)], "confirmed"),
        ([("press",)], "untested"),
        ([("press", "press-again")], "untested"),  # one paper twice is one source
        ([("press-twice",)], "untested"),
        ([("press", "wire")], "confirmed"),
        ([("press",), ("wire",)], "confirmed"),
        ([("press-and-wire",)], "confirmed"),
        ([("press",), ("filing",)], "confirmed"),
        ([], "untested"),
    ],
)
def test_an_event_needs_a_primary_source_or_two_independent_ones(reports, groups, verdict):
    named = [reports(*group) for group in groups]
    assert event(*named).verdict == verdict
    contrary = {"confirmed": "contradicted"}.get(verdict, verdict)
    assert event(*named, happened=False).verdict == contrary
    assert event(*named).evidence == tuple(named)


# ---- forecasts and the rest


@pytest.mark.parametrize(
    ("due", "settled", "verdict"),
    [
        (date(2027, 1, 1), None, "open"),
        (date(2026, 11, 26), None, "open"),
        (date(2026, 11, 25), None, "untested"),  # due on the day of the edition, and nobody has looked
        (date(2026, 1, 1), None, "untested"),
        (date(2026, 1, 1), True, "came true"),
        (date(2026, 1, 1), False, "failed"),
        (date(2027, 1, 1), True, "came true"),  # settled early
        (None, None, "undated"),
        (None, True, "came true"),
    ],
)
def test_a_forecast_is_open_until_it_is_due(due, settled, verdict):
    outcome = forecast(due, date(2026, 11, 25), settled, "some-finding", evidence=(Rows("t", ("r",)),))
    assert outcome.verdict == verdict
    assert outcome.findings == ("some-finding",)
    assert outcome.evidence


def test_the_other_kinds():
    assert [internal(holds, "f").verdict for holds in (True, False)] == ["consistent", "inconsistent"]
    assert supported(True, "f").verdict == "confirmed"
    assert supported(True, "f", partly=True).verdict == "qualified"
    assert supported(False, "f").verdict == supported(False, "f", partly=True).verdict == "unsupported"
    assert (opinion("f").verdict, untested_outcome("f").verdict) == ("opinion", "untested")
    for outcome in (internal(True, "f"), supported(True, "f"), opinion("f"), untested_outcome("f")):
        assert outcome.findings == ("f",)


def test_no_other_verdict_can_be_given():
    with pytest.raises(ValueError, match="unknown verdict 'true'"):
        Outcome("true")
    with pytest.raises(ValueError, match="unknown verdict 'maybe'"):
        Outcome("confirmed", now="maybe")
