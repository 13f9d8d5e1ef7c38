from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from helpers import units
from helpers.claims import claim, claims, disagreements, judge, judged, ledger
from helpers.claims import verdicts as rules
from helpers.claims.judge import plain, reasons
from helpers.data import load, root, sources
from helpers.data.edition import edition
from helpers.findings import ids

MARKUP = re.compile(r"\{[a-z:]+\}`|[*`]|\{(?:parts|label|text)\}")
NUMBER = re.compile(r"\d+(?:[.,/:٫٬]\d+)*")  # \d holds Arabic-Indic digits too


def numbers(text):
    """Return the numbers that are printed in digits, in western ones."""
    return [re.sub(r"\d", lambda digit: str(int(digit[0])), token) for token in NUMBER.findall(text)]


@pytest.fixture(scope="module")
def articles():
    """Return the lines of each article; the articles are not part of the report and may be absent."""
    folder = Path(os.environ.get("TWO_RACES_SEEDS") or root().parent / "shared" / "seeds")
    found = {path.name: path.read_text(encoding="utf-8").splitlines() for path in sorted(folder.glob("*.txt"))}
    if not found:
        pytest.skip(f"the five articles are not in {folder}; TWO_RACES_SEEDS may name their folder")
    return found


# ---- against the articles


def test_every_claim_stands_in_its_article(articles):
    assert set(articles) == {subject.article for subject in claims().values()}
    for subject in claims().values():
        lines = articles[subject.article]
        assert 1 <= subject.line <= len(lines), subject.id
        assert lines[subject.line - 1].strip(), f"{subject.id}: line {subject.line} is empty"


def test_every_number_of_the_articles_is_a_figure_or_left_out_with_a_reason(articles):
    printed = Counter(
        (name, position, token)
        for name, lines in articles.items()
        for position, line in enumerate(lines, 1)
        for token in numbers(line)
    )
    accounted = Counter(
        (subject.article, subject.line, token)
        for subject in claims().values()
        for figure in subject.figures
        for token in numbers(figure.printed)
    )
    for row in load("claim_left_out").itertuples():
        accounted.update((row.article, row.line, token) for token in numbers(row.printed))
    assert sum(printed.values()) > 50
    assert dict(printed - accounted) == {}, "numbers of the articles that the ledger passes over"
    assert dict(accounted - printed) == {}, "numbers of the ledger that no article prints there"


# ---- the ledger's own rules


def test_a_figure_can_be_compared():
    for subject in claims().values():
        for figure in subject.figures:
            assert figure.unit in units.units(), subject.id
            assert figure.last_digit > 0, subject.id
            assert figure.what.strip(), subject.id
            assert figure.printed.strip(), subject.id
            assert figure.hedge in ("none", "about", "more than", "less than", "up to"), subject.id
        assert subject.figures or subject.kind != "figure", f"{subject.id}: of kind figure, without one"
    rows = load("claim_figures")
    for key, group in rows.groupby("claim"):
        assert sorted(group["n"]) == list(range(1, len(group) + 1)), key
        assert [figure.value for figure in claim(key).figures] == list(group.sort_values("n")["value"])


def test_dates_and_sources_fit_together():
    table = load("claims")
    for subject in claims().values():
        assert subject.said_on <= edition().released, subject.id
        assert subject.due is None or subject.kind == "forecast", f"{subject.id}: only a forecast can be due"
        assert subject.due is None or subject.due >= subject.said_on, f"{subject.id}: due before it was said"
        start, end = table.loc[subject.id, ["period_start", "period_end"]]
        assert not end < start, subject.id
        assert (subject.source is not None) or subject.fidelity in ("source not found", "own statement"), subject.id
        assert (subject.source is None) or subject.fidelity != "source not found", subject.id
        assert subject.fidelity_reason, subject.id


def test_the_ledger_speaks_in_our_own_words():
    for row in load("claims").itertuples():
        for text in (row.statement, row.printed_vs_meant, row.fidelity_reason, row.note):
            assert not re.search(r"[\u0600-\u06ff“”\"]", text or ""), f"{row.id}: quotes the article in {text!r}"
        assert row.statement[-1] in ".?", row.id


def test_a_number_that_repeats_a_claim_names_one_that_exists():
    for row in load("claim_left_out").itertuples():
        found = re.search(r"claim: ([a-z0-9.-]+)$", row.reason)
        assert not found or found[1] in claims(), f"{row.id}: {row.reason}"


def test_an_unknown_claim_is_refused():
    with pytest.raises(KeyError, match="no claim 'nothing' in data/claims"):
        claim("nothing")


def test_claims_are_read_in_order_with_their_figures():
    assert list(claims()) == list(load("claims")["id"])
    assert sum(len(subject.figures) for subject in claims().values()) == len(load("claim_figures"))
    assert ledger.claims() is claims()


# ---- verdicts and their reasons


@pytest.mark.parametrize("key", list(claims()))
def test_every_claim_is_judged_and_says_why(key):
    item = judge(key)
    assert item.verdict in rules.VERDICTS
    assert set(item.findings) <= set(ids())
    assert set(item.sources) <= set(sources())
    for text in (item.reason, *([item.now] if item.now else [])):
        said = plain(text)
        assert len(said) >= 10
        assert not MARKUP.search(said), f"a reader of claims.json would see {said!r}"
        assert not re.search(r"\bnan\b", said)
        assert said[-1] in ".?)" or text == item.now, said
    if item.claim.kind == "opinion":
        assert item.verdict == "opinion"
    if item.verdict in ("open", "came true", "failed", "undated"):
        assert item.claim.kind == "forecast"
    if item.verdict == "open":
        assert item.claim.due > edition().released
    if item.verdict in ("confirmed", "qualified", "contradicted"):
        assert item.findings or item.outcome.evidence, "a verdict on evidence names it"


def test_every_sentence_of_the_catalogues_can_be_printed():
    for key, sentences in reasons().items():
        for verdict, text in sentences.items():
            assert text.strip(), f"{key}, {verdict}"
            assert not MARKUP.search(plain(text)), f"{key}, {verdict}: {plain(text)}"


def test_a_chapter_is_judged_in_the_order_of_the_ledger():
    assert [item.claim.id for item in judged()] == list(claims())
    for chapter in {subject.chapter for subject in claims().values()}:
        assert [item.claim.id for item in judged(chapter)] == [
            key for key, subject in claims().items() if subject.chapter == chapter
        ]


def test_a_reason_is_printed_without_roles():
    text = plain("It took {tr:n}`v3-run-hours`, **that is** {tr:num}`v3-run-hours`, on {tr:date}`v3-run-hours`.")
    assert re.fullmatch(r"It took 2\.788 million GPU-hours, that is 2\.788 million, on 27 December 2024\.", text)
    assert plain("at {tr:a}`gpu-hour-price`") == "at $2 per GPU-hour"
    source = sources()["deepseek_v3_2024"]
    assert plain("said {cite:p}`deepseek_v3_2024`") == f"said ({source.author}, {source.year})"
    assert plain("{cite:t}`deepseek_v3_2024` said") == f"{source.author} ({source.year}) said"


def test_disagreements_rest_on_findings_and_claims():
    for item in disagreements():
        assert item.question.strip().endswith("?"), item.id
        assert len(item.readings) >= 2, item.id
        assert len({reading.id for reading in item.readings}) == len(item.readings), item.id
        assert set(item.claims) <= set(claims()), item.id
        assert len(plain(item.resolution)) >= 10, item.id
        assert not MARKUP.search(plain(item.resolution)), item.id
