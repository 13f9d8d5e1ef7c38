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
    raw = yaml.safe_load((root() / "CITATION.cff").read_text(encoding="utf-8"))
    try:
        released = raw["date-released"]
        released = released if isinstance(released, date) else date.fromisoformat(released)
        return Edition(str(raw["version"]), released, raw["title"], raw["abstract"], raw.get("repository-code", ""))
    except KeyError as error:
        raise ValueError(f"CITATION.cff: no field {error}") from error
