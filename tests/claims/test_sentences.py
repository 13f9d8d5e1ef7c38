"""Every sentence of the articles makes a claim, repeats one, or is left out for a stated reason."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pandas as pd
import pytest

from helpers.claims import articles, claims
from helpers.data import load, root

END = re.compile(r"(?<=[.!?؟])[\"”»]?\s+")


def sentences(line):
    """Cut a line as the table's description says; what holds no letter or digit is no sentence."""
    return [part for part in END.split(line.strip()) if re.search(r"\w", part)]


def named(cell):
    return [] if pd.isna(cell) else cell.split()


def test_the_map_holds_every_sentence_of_the_articles():
    folder = Path(os.environ.get("TWO_RACES_SEEDS") or root().parent / "shared" / "seeds")
    texts = {path.name: path.read_text(encoding="utf-8").splitlines() for path in folder.glob("*.txt")}
    if not texts:
        pytest.skip(f"the five articles are not in {folder}; TWO_RACES_SEEDS may name their folder")
    wanted = {
        (name, number, place)
        for name, lines in texts.items()
        for number, line in enumerate(lines, 1)
        for place, _ in enumerate(sentences(line), 1)
    }
    table = load("article_sentences")
    mapped = list(table[["article", "line", "sentence"]].itertuples(index=False, name=None))
    assert len(wanted) > 200
    assert len(mapped) == len(set(mapped))
    assert wanted - set(mapped) == set(), "sentences that the map passes over"
    assert set(mapped) - wanted == set(), "places where no sentence stands"


def test_every_sentence_makes_a_claim_or_says_why_not():
    for row in load("article_sentences").itertuples():
        keys = named(row.claims)
        for key in keys:
            assert key in claims(), f"{row.id}: {key}"
            assert claims()[key].article == row.article, f"{row.id}: {key} is of another article"
        if pd.isna(row.left_out):
            assert keys, f"{row.id}: neither a claim nor a reason"
        else:
            assert bool(keys) == (row.left_out == "repeats"), row.id
            assert row.left_out == "repeats" or not pd.isna(row.note), f"{row.id}: left out without saying what it is"


def test_every_claim_stands_in_a_sentence_of_its_line_or_one_that_it_runs_into():
    table = load("article_sentences")
    made = table[table["left_out"].isna()]
    lines: dict[str, set[int]] = {}
    for row in made.itertuples():
        for key in named(row.claims):
            lines.setdefault(key, set()).add(int(row.line))
    assert set(claims()) - set(lines) == set(), "claims that no sentence makes"
    for key, subject in claims().items():
        assert subject.line in lines[key], f"{key}: line {subject.line}, but its sentences are in {sorted(lines[key])}"


def test_what_is_printed_and_what_was_meant_differ():
    for row in load("printed_meant").itertuples():
        assert row.printed.strip().lower() != row.meant.strip().lower(), row.id
        for key in named(row.claims):
            assert claims()[key].article == row.article, f"{row.id}: {key}"
        assert row.basis != "source read" or not pd.isna(row.source), f"{row.id}: read in which source?"


def test_an_article_has_a_day_and_its_claims_are_of_it():
    assert set(articles()) == {subject.article for subject in claims().values()}
    for article in articles().values():
        said = [subject.said_on for subject in claims().values() if subject.article == article.id]
        assert max(said) <= article.published, f"{article.id}: something is said after it appeared"
        assert article.published in said


def test_a_claim_that_compares_says_what_with_what():
    ratios = [
        subject.id
        for subject in claims().values()
        if any(figure.unit in ("percent", "ratio") for figure in subject.figures) and not subject.compares
    ]
    assert ratios == [], "a share or a ratio without what it is one of"
