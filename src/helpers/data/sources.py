"""The publications that the rows cite, read from ``references.bib``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.data.paths import root
from helpers.data.state import remembered

if TYPE_CHECKING:
    from pybtex.database import BibliographyData, Entry

GRADES = ("primary", "secondary")


@dataclass(frozen=True)
class Source:
    """One publication.

    ``grade`` is ``primary`` where its maker is the maker of the figures in it (a filing, a technical report, an
    official notice, an estimator's own data set) and ``secondary`` where it repeats somebody else's.
    """

    key: str
    author: str
    title: str
    year: str
    url: str
    grade: str


@cache
def bibliography() -> BibliographyData:
    """Parse ``references.bib``; raise ``ValueError`` naming file and place where it cannot be read."""
    from pybtex.database import parse_file  # noqa: PLC0415  a third of a second that most kernels need not spend
    from pybtex.exceptions import PybtexError  # noqa: PLC0415

    path = bib_path()
    try:
        return parse_file(str(path), bib_format="bibtex")
    except PybtexError as error:
        raise ValueError(f"{path.name}: {error}") from error


@cache
def sources() -> dict[str, Source]:
    """Return every source by its key.

    Raises ``ValueError`` for an entry without title, year, author or grade.
    """
    path = bib_path()
    if not path.is_file():
        raise ValueError(f"{path.name}: the file is missing")
    parts = (path.read_bytes(), Path(__file__).read_bytes())
    found = json.loads(remembered("sources", parts, _sources_as_text))
    return {fields["key"]: Source(**fields) for fields in found}


def _sources_as_text() -> str:
    found = [_source(key, entry) for key, entry in bibliography().entries.items()]
    return json.dumps([asdict(source) for source in found])


def _source(key: str, entry: Entry) -> Source:
    fields = entry.fields
    people = entry.persons.get("author", []) or entry.persons.get("editor", [])
    author = " and ".join(_plain(str(person)) for person in people)
    found = {"author": author, "title": fields.get("title", ""), "year": fields.get("year", "")}
    for name, value in found.items():
        if not value:
            raise ValueError(
                f"references.bib, entry {key}: no {name}; every source needs author, title, year and grade"
            )
    grade = fields.get("grade", "")
    if grade not in GRADES:
        raise ValueError(f"references.bib, entry {key}: grade is {grade!r}, expected one of {', '.join(GRADES)}")
    return Source(key, author, _plain(found["title"]), found["year"], fields.get("url", ""), grade)


def _plain(text: str) -> str:
    """Take the markup of LaTeX out of ``text``: braces, escapes, accents, dashes."""
    from pybtex.richtext import Text  # noqa: PLC0415

    return str(Text.from_latex(text)).replace(r"\$", "$").strip()


def bib_path() -> Path:
    """Return the path of the bibliography."""
    return root() / "references.bib"
