"""The words of the book's own parts."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(group: str) -> dict[str, str]:
    """Return one group of the catalogue ``words.toml``."""
    return tomllib.loads(files("helpers.book").joinpath("words.toml").read_text(encoding="utf-8"))[group]
