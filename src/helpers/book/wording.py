"""The words of the book's own parts, and dates as a reader expects them."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from babel.dates import format_date

from helpers import units


@cache
def words(group: str) -> dict[str, str]:
    """Return one group of the catalogue ``words.toml``."""
    return tomllib.loads(files("helpers.book").joinpath("words.toml").read_text(encoding="utf-8"))[group]


def day(when: date) -> str:
    """Print a date, as in ``11 August 2026``."""
    return format_date(when, "d MMMM y", locale=units.LOCALE)
