"""The edition of the report: its version and date decide what is due; nothing depends on today's date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml

from helpers.data.paths import root


@dataclass(frozen=True)
class Edition:
    """Version, date and title, as ``CITATION.cff`` states them."""

    version: str
    released: date
    title: str
    abstract: str
    url: str


@cache
def edition() -> Edition:
    """Read ``CITATION.cff``; raise ``ValueError`` naming the field that is missing or malformed."""
    try:
        raw = yaml.safe_load((root() / "CITATION.cff").read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"CITATION.cff: {error}") from error
    try:
        day = raw["date-released"]
        released = day if isinstance(day, date) else date.fromisoformat(str(day))
        return Edition(str(raw["version"]), released, raw["title"], raw["abstract"], raw.get("repository-code", ""))
    except KeyError as error:
        raise ValueError(f"CITATION.cff: no field {error}") from error
    except TypeError as error:
        raise ValueError("CITATION.cff: expected fields, one a line") from error
    except ValueError as error:
        raise ValueError(f"CITATION.cff: date-released is {day!r}, expected a date (YYYY-MM-DD)") from error
