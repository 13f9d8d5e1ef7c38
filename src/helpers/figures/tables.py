"""Tables that a chapter's cell puts out: numbered, with a caption, in page and PDF alike."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

SPECIAL = "\\`*_{}[]$|<"


@dataclass(frozen=True)
class Table:
    """A table whose cells are already text; ``caption`` may hold roles and citations, and so may ``marked`` cells."""

    name: str
    caption: str
    cells: pd.DataFrame
    keys: tuple[str, ...] = ()
    marked: bool = False

    def markdown(self) -> str:
        """Return the MyST form: a ``table`` directive named ``tab-`` and the table's name."""
        head = [escape(str(column)) for column in self.cells.columns]
        lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
        show = str if self.marked else lambda cell: escape(str(cell))
        lines += ["| " + " | ".join(show(cell) for cell in row) + " |" for row in self.cells.itertuples(index=False)]
        cited = " {cite:p}`" + ",".join(self.keys) + "`" if self.keys else ""
        return f":::{{table}} {self.caption}{cited}\n:name: tab-{self.name}\n\n" + "\n".join(lines) + "\n:::\n"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/markdown": self.markdown(), "text/plain": self.cells.to_string(index=False)}


def escape(text: str) -> str:
    """Keep MyST from reading markup into a cell's data."""
    return "".join(f"\\{mark}" if mark in SPECIAL else mark for mark in text).replace("\n", " ")


@cache
def table_words(chapter: str) -> dict[str, dict[str, Any]]:
    """Return the words of a chapter's tables: caption and column heads, from ``<chapter>_tables.toml``."""
    return tomllib.loads(files("helpers.figures").joinpath(f"{chapter}_tables.toml").read_text(encoding="utf-8"))


def table(chapter: str, name: str, cells: pd.DataFrame, keys: tuple[str, ...] = (), *, marked: bool = False) -> Table:
    """Return the table ``name`` of a chapter: columns of ``cells`` renamed and ordered as its words say.

    The cells of a ``marked`` table hold MyST, so that they can cite and refer; their text must be escaped already.
    """
    words = table_words(chapter)[name]
    heads: dict[str, str] = words["columns"]
    return Table(name, words["caption"], cells[list(heads)].rename(columns=heads), keys, marked)
