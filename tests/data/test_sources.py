from __future__ import annotations

import re
import sys
from datetime import date

import pytest

from helpers import units
from helpers.data import TableError, assumption, assumptions, load, sources, table_names
from helpers.data.edition import edition
from helpers.data.sources import GRADES, bib_path, bibliography

# ---- the report's own


def test_every_source_of_the_report_can_be_cited():
    assert len(sources()) == len(bibliography().entries)
    for key, source in sources().items():
        assert source.grade in GRADES
        assert re.fullmatch(r"[12][0-9]{3}", source.year), f"{key}: year {source.year!r}"
        assert int(source.year) <= edition().released.year
        assert not source.url or re.match(r"https?://[^\s]+$", source.url), f"{key}: url {source.url!r}"
        assert not re.search(r"[{}\\]", source.title + source.author), f"{key}: markup of BibTeX is left over"


def test_a_source_is_listed_once_and_used():
    used = {
        str(key)
        for name in table_names()
        for column in ("source", "also_source")
        if column in load(name)
        for key in load(name)[column].dropna()
    }
    assert used <= set(sources())
    text = bib_path().read_text(encoding="utf-8")
    keys = re.findall(r"^@\w+\{([^,\s]+),", text, flags=re.MULTILINE)
    assert sorted(keys) == sorted(sources())


def test_every_assumption_can_be_printed_and_moved():
    for chosen in assumptions().values():
        assert chosen.low <= chosen.value <= chosen.high
        assert chosen.low < chosen.high, f"{chosen.id}: a range of one point cannot be moved"
        assert chosen.unit in units.units()
        assert chosen.label.strip()
        assert chosen.reason.strip().endswith(".")
        assert chosen.source is None or chosen.source in sources()
    with pytest.raises(KeyError, match=r"no assumption 'nothing' in data/assumptions\.csv; there are .*gpu-hour-price"):
        assumption("nothing")


def test_the_edition_dates_every_source_before_it():
    assert edition().title
    assert edition().abstract
    assert re.fullmatch(r"\d+\.\d+\.\d+", edition().version)
    assert edition().released <= date(2030, 1, 1)


# ---- the small package


def test_a_source_is_read_as_a_reader_sees_it(small):
    assert list(sources()) == ["report", "paper"]
    report = sources()["report"]
    assert (report.title, report.year, report.grade) == ("A Report: 10–12%", "2025", "primary")
    assert report.author == "Byron, Ada and The & Firm"
    assert report.url == "https://example.org/r"
    assert sources()["paper"].author == "Bo"  # an editor, where there is no author
    assert sources()["paper"].url == ""


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("@misc{x, title = {T}, year = {2025}, grade = {primary}}", "references.bib, entry x: no author; every source"),
        ("@misc{x, author = {A}, year = {2025}, grade = {primary}}", "references.bib, entry x: no title; every source"),
        ("@misc{x, author = {A}, title = {T}, grade = {primary}}", "references.bib, entry x: no year; every source"),
        ("@misc{x, author = {A}, title = {T}, year = {2025}}", "references.bib, entry x: grade is '', expected one of"),
        (
            "@misc{x, author = {A}, title = {T}, year = {2025}, grade = {good}}",
            "references.bib, entry x: grade is 'good', expected one of primary, secondary",
        ),
        ("@misc{x, author = {A}, title = {T", "references.bib: syntax error in line"),
        ("@misc{paper, author = {A}, title = {T}}", "references.bib: repeated bibliography entry: paper"),
    ],
)
def test_a_broken_bibliography_is_named(small, entry, expected):
    small.write("references.bib", bib_path().read_text() + entry + "\n")
    with pytest.raises(ValueError, match="references") as caught:
        sources()
    assert str(caught.value).startswith(expected)


def test_a_missing_or_undecodable_bibliography_is_named(small):
    small.write("references.bib", "@misc{x, author = {Café}}".encode("latin-1"))
    with pytest.raises(ValueError, match=r"^references\.bib: .*utf-8.* 0xe9"):
        sources()
    (small.top / "references.bib").unlink()
    with pytest.raises(ValueError, match=r"^references\.bib: .*(missing|No such file)"):
        sources()


def test_an_assumption_is_read_with_its_range_and_reason(small):
    price = assumption("price")
    assert (price.value, price.low, price.high, price.unit, price.source) == (2, 1, 4, "USD", "paper")
    small.table("assumptions", "id,label,value,low,high,unit,reason,source", "price,A price,5,1,4,USD,Usual.,")
    sys.modules["helpers.data.assumptions"].assumptions.cache_clear()
    sys.modules["helpers.data.tables"]._load.cache_clear()
    with pytest.raises(TableError, match=r"^data/assumptions\.csv, row 2, columns low, value, high: found 1\.0, 5\.0"):
        assumption("price")


def test_the_edition_is_read_from_the_citation_file(small):
    assert edition().released == date(2026, 5, 1)
    assert (edition().version, edition().title, edition().url) == ("2.5", "Small", "")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("title: T\nversion: 1\nabstract: A\n", "CITATION.cff: no field 'date-released'"),
        ("abstract: A\nversion: 1\ndate-released: 2026-01-01\n", "CITATION.cff: no field 'title'"),
        (
            "title: T\nabstract: A\nversion: 1\ndate-released: soon\n",
            "CITATION.cff: date-released is 'soon', expected a date",
        ),
        ("title: [\n", "CITATION.cff: "),
        ("", "CITATION.cff: "),
    ],
)
def test_a_broken_citation_file_is_named(small, content, expected):
    small.write("CITATION.cff", content)
    with pytest.raises(ValueError, match=f"^{expected}"):
        edition()


def test_addresses_are_written_in_the_letters_of_addresses():
    # Others are percent-encoded: no typeface of the PDF has every script, and a reader can copy what is printed.
    for key, source in sources().items():
        assert source.url.isascii(), key
