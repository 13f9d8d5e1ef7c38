"""The index of subjects and the register of estimators lead to what exists."""

from __future__ import annotations

import re

import pytest

from helpers.book.typed_numbers import typed_numbers
from helpers.claims import claims
from helpers.data import descriptor, load, root
from helpers.figures.methods import estimators, resting_on

PAGES = [*sorted((root() / "chapters").glob("*.md")), root() / "index.md"]
LABEL = re.compile(r"^\(([a-z0-9-]+)\)=$", re.MULTILINE)
SUBJECTS = [row._asdict() for row in load("subjects").itertuples(index=False)]
NAMED = pytest.mark.parametrize("subject", SUBJECTS, ids=lambda row: row["id"])

# Articles that mean a subject without naming it, or name it where they claim nothing that is in the ledger.
NO_CLAIM = {
    ("estimators", "003"),
    ("estimators", "004"),
}


def section(label: str) -> str:
    """Return the text from a label to the next one."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        starts = {found[1]: found.end() for found in LABEL.finditer(text)}
        if label in starts:
            rest = text[starts[label] :]
            following = LABEL.search(rest)
            return rest[: following.start()] if following else rest
    raise AssertionError(f"no section is labelled {label}")


def ids(row: dict) -> list[str]:
    return (row["claims"] or "").split()


def test_the_index_has_every_subject_once():
    assert [row["n"] for row in SUBJECTS] == list(range(1, 70))
    assert len({row["subject"] for row in SUBJECTS}) == len(SUBJECTS)


@NAMED
def test_a_subject_leads_to_a_section_that_says_something(subject):
    text = section(subject["section"])
    assert len(text.split()) > 40, f"{subject['section']} is all but empty"
    # A section that treats a subject without a computation must at least name one of its claims.
    if subject["depth"] == "sentence":
        assert any(f"{{tr:claim}}`{key}`" in text for key in ids(subject))
    if not ids(subject):
        assert "{tr:n}`" in text or "{code-cell}" in text
    if subject["depth"] == "model":
        numbers = re.findall(r"\{tr:(?:n|num|int)\}`", text)
        assert "{code-cell}" in text or len(numbers) > 1, "a computation prints what it gives"


@NAMED
def test_the_claims_of_a_subject_exist_and_belong_to_its_articles(subject):
    known = claims()
    assert set(ids(subject)) <= set(known)
    assert len(ids(subject)) == len(set(ids(subject)))
    named = subject["articles"].split()
    assert named == sorted(set(named))
    claimed = {known[key].article[:3] for key in ids(subject)}
    assert claimed <= set(named), "a claim is made by an article that is said not to name the subject"
    missing = {(subject["id"], article) for article in set(named) - claimed}
    assert missing <= NO_CLAIM


@NAMED
def test_the_sentence_of_a_subject_is_one_and_types_no_number(subject):
    said = subject["treated"]
    assert said.endswith(".")
    assert said[0].isupper()
    assert not re.search(r"[.!?] [A-Z]", said), "more than one sentence"
    assert len(said) <= 220
    names = frozenset(
        str(cell)
        for spec in descriptor()["resources"]
        for column in spec.get("nameColumns", ())
        for cell in load(spec["name"])[column].dropna()
        if re.search(r"\d", str(cell)) and " " in str(cell)
    )
    assert typed_numbers(f"{subject['subject']}. {said}", names) == []


# ---- the register


def test_the_claims_of_a_house_are_those_that_name_it():
    ledger = load("claims")
    assert "ubs-one-tenth-of-us" in resting_on("UBS", ledger)
    assert "deepmind-smaller-models-more-data" in resting_on("Capital Economics", ledger)  # came through it
    assert "chinese-open-models-surpass-us" in resting_on("Artificial Analysis", ledger)
    assert resting_on("no such house", ledger) == []
    for key, row in ledger.iterrows():
        if row["attributed_to"] in set(load("estimators")["estimator"]):
            assert key in resting_on(row["attributed_to"], ledger)


def test_what_a_house_is_said_to_have_changed_has_a_source_and_the_reverse():
    register = load("estimators")
    assert (register["revisions"].notna() == register["revision_source"].notna()).all()


def test_the_printed_register_has_all_houses_with_their_verdicts_and_sources():
    shown = estimators().markdown()
    register, ledger = load("estimators"), load("claims")
    assert len(register) == 11
    for row in register.itertuples():
        line = next(line for line in shown.splitlines() if line.startswith(f"| {row.estimator},"))
        assert row.source in line
        assert row.interest_source in line
        assert re.findall(r"\{tr:claim\}`([^`]+)`", line) == resting_on(row.estimator, ledger)
