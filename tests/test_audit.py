"""The audit tells old from wrong: only the wrong fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from helpers import audit
from helpers.claims import claims, judged
from helpers.data import load, sources
from helpers.data.edition import edition
from helpers.findings import all_findings


def at(monkeypatch, day):
    """Let the edition be of another day."""
    other = replace(edition(), released=day)
    monkeypatch.setattr(audit, "edition", lambda: other)


def test_nothing_is_wrong_and_old_things_do_not_fail(capsys):
    assert audit.main([]) == 0
    told = capsys.readouterr().out
    assert "What is wrong: none" in told
    assert "Claims that rest on secondary sources alone" in told
    assert "more (--all)" in told


def test_all_is_longer_than_the_beginning(capsys):
    audit.main([])
    short = capsys.readouterr().out
    audit.main(["--all"])
    whole = capsys.readouterr().out
    assert len(whole.splitlines()) > len(short.splitlines())
    assert "(--all)" not in whole


def test_an_unknown_argument_is_refused(capsys):
    assert audit.main(["--everything"]) == 2
    assert "found '--everything', expected --all" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("age", "name"),
    [
        (-0.1, "ahead of the edition"),
        (0, "0 to 3 months"),
        (2.99, "0 to 3 months"),
        (3, "3 to 6 months"),
        (23.9, "12 to 24 months"),
        (24, "24 months or more"),
        (200, "24 months or more"),
    ],
)
def test_ages_fall_into_classes(age, name):
    assert audit.age_class(age) == name


def test_months_are_twelfths_of_a_year():
    assert audit.months(date(2025, 1, 1), date(2026, 1, 1)) == pytest.approx(12, abs=0.01)
    assert audit.months(date(2026, 3, 1), date(2026, 2, 1)) < 0


def test_every_finding_is_counted_once():
    lines = audit.ages().lines
    counts = [int(line.rpartition(": ")[2]) for line in lines if ": " in line]
    assert sum(counts) == len(all_findings())
    days = [line.split()[0] for line in lines if ": " not in line]
    assert days == sorted(days)
    assert len(days) == len(all_findings())


def test_a_forecast_becomes_due_when_its_day_has_passed(monkeypatch):
    still_open = {item.claim.id: item.claim.due for item in judged() if item.verdict == "open"}
    assert still_open
    key, day = min(still_open.items(), key=lambda pair: pair[1])
    at(monkeypatch, day)
    assert any(key in line for line in audit.overdue().lines)
    at(monkeypatch, day - pd.Timedelta(days=1))
    assert not any(key in line for line in audit.overdue().lines)


def test_settled_forecasts_are_not_due(monkeypatch):
    at(monkeypatch, date(2040, 1, 1))
    late = " ".join(audit.overdue().lines)
    for item in judged():
        if item.verdict in ("came true", "failed"):
            assert item.claim.id not in late


def test_claims_on_secondary_sources_have_no_primary_row():
    named = {line.split(" ")[0] for line in audit.on_secondary().lines}
    assert named
    for item in judged():
        if item.claim.id not in named:
            continue
        for group in item.outcome.evidence:
            part = load(group.table).loc[list(group.ids)]
            assert "grade" not in part or set(part["grade"].dropna()) == {"secondary"}, item.claim.id
        grades = {found.grade for found in all_findings() if found.id in item.findings}
        assert grades <= {"secondary"}, item.claim.id


def test_an_unused_source_is_in_no_table_and_on_no_page():
    unused = audit.unused_sources().lines
    assert set(unused) <= set(sources())
    everything = "\n".join(audit.texts().values())
    for key in unused:
        assert f"`{key}`" not in everything
        for table in ("models", "prices", "policy_events", "market_events"):
            assert key not in set(load(table)["source"])


def test_rows_that_are_read_are_not_called_unread():
    read = audit.read_rows()
    for found in all_findings()[:50]:
        for group in found.rows:
            assert set(group.ids) <= read[group.table]
    for line in audit.unread_rows().lines:
        name, _, rest = line.partition(": ")
        count = int(rest.split(" of ")[0])
        assert count == len(set(load(name).index) - read.get(name, set()))


# ---- what is wrong


def test_a_name_that_leads_nowhere_is_wrong(monkeypatch, capsys):
    broken = load("subjects")
    broken.iloc[0, broken.columns.get_loc("section")] = "no-such-section"
    broken.iloc[1, broken.columns.get_loc("claims")] = "no-such-claim"
    monkeypatch.setattr(audit, "load", lambda name: broken if name == "subjects" else load(name))
    assert audit.main([]) == 1
    told = capsys.readouterr().out
    assert "no section 'no-such-section'" in told
    assert "no claim 'no-such-claim'" in told


def test_an_untested_claim_without_a_sentence_is_wrong(monkeypatch):
    key = next(item.claim.id for item in judged() if item.verdict == "untested")
    monkeypatch.setattr(audit, "reasons", lambda: {})
    assert any(line.startswith(f"claim {key}:") for line in audit.without_ground())


def test_a_verdict_without_evidence_is_wrong(monkeypatch):
    item = next(item for item in judged() if item.verdict == "confirmed")
    bare = replace(item, outcome=replace(item.outcome, findings=(), evidence=()))
    monkeypatch.setattr(audit, "judged", lambda: [bare])
    assert list(audit.without_ground()) == [f"claim {item.claim.id}: confirmed without evidence"]


def test_a_verdict_that_nothing_judges_is_wrong(monkeypatch):
    monkeypatch.setattr(audit, "judge_of", lambda key: None)
    told = list(audit.without_ground())
    graded = [key for key, subject in claims().items() if subject.kind != "opinion"]
    assert 0 < len(told) <= len(graded)
    assert all("no function judges it" in line for line in told)


def test_a_source_that_is_not_listed_is_wrong(monkeypatch):
    monkeypatch.setattr(audit, "texts", lambda: {"chapters/x.md": "So it is {cite:p}`nobody_2099`.", **TEXTS})
    assert any("nobody_2099" in line for line in audit.dangling())


TEXTS = audit.texts()


def test_a_table_that_cannot_be_read_is_reported_and_fails(monkeypatch, capsys):
    def broken():
        raise ValueError("data/things.csv, row 2, column value: found 'many'")

    monkeypatch.setattr(audit, "disagreements", broken)
    assert audit.main([]) == 1
    assert "data/things.csv, row 2" in capsys.readouterr().out
