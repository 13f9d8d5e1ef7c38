"""The words of figures, one catalogue a chapter: what a reader sees of a figure besides its data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Words:
    """The words of one figure: title, caption, alt text, labels, and the question that its title answers.

    A figure of several charts has title, caption and question; each of its panels has the rest, and no question.
    """

    name: str
    chapter: str
    title: str
    caption: str = ""
    alt: str = ""
    question: str = ""
    labels: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        """Return one label; raise ``KeyError`` naming the figure where the catalogue has none."""
        try:
            return self.labels[key]
        except KeyError:
            raise KeyError(f"figures/{self.chapter}.toml, {self.name}: no label {key!r}") from None


@cache
def catalogue(chapter: str) -> dict[str, Words]:
    """Return the words of a chapter's figures by name, from ``<chapter>.toml`` beside its module."""
    raw = tomllib.loads(files("helpers.figures").joinpath(f"{chapter}.toml").read_text(encoding="utf-8"))
    return {name: Words(name=name, chapter=chapter, **entry) for name, entry in raw.items()}
