"""A small data package in a folder of its own, in place of the report's."""

from __future__ import annotations

import copy
import importlib
import json
from pathlib import Path
from typing import Any

import pytest

CACHES = {
    "helpers.data.paths": ["root"],
    "helpers.data.tables": ["descriptor", "_load"],
    "helpers.data.origins": ["origins"],
    "helpers.data.sources": ["bibliography", "sources"],
    "helpers.data.assumptions": ["assumptions"],
    "helpers.data.edition": ["edition"],
}


def field(name: str, kind: str = "string", **constraints: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "description": name, "constraints": constraints}


def table(name: str, fields: list[dict[str, Any]], **references: str) -> dict[str, Any]:
    keys = [
        {"fields": [column], "reference": dict(zip(("resource", "fields"), (place[0], [place[1]]), strict=True))}
        for column, place in ((column, target.split(".")) for column, target in references.items())
    ]
    schema = {"fields": fields, "primaryKey": ["id"], "missingValues": [""], "foreignKeys": keys}
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "schema": schema,
    }


ID = field("id", required=True, unique=True, pattern="[a-z0-9][a-z0-9.-]*")
PACKAGE = {
    "name": "small",
    "resources": [
        table(
            "things",
            [
                ID,
                field("name", required=True),
                field("kind", enum=["metal", "wood"]),
                field("value", "number", minimum=0, maximum=100),
                field("low", "number"),
                field("high", "number"),
                field("day", "date", minimum="2020-01-01", maximum="2026-11-25"),
                field("count", "integer"),
                field("flag", "boolean"),
                field("grade", enum=["primary", "secondary"]),
                field("source", required=True),
            ],
            source="sources.key",
        ),
        table("parts", [ID, field("thing", required=True)], thing="things.id"),
        table(
            "assumptions",
            [
                ID,
                field("label", required=True),
                *[field(name, "number", required=True) for name in ("value", "low", "high")],
                field("unit", required=True),
                field("reason", required=True),
                field("source"),
            ],
            source="sources.key",
        ),
    ],
}
HEADER = "id,name,kind,value,low,high,day,count,flag,grade,source"
ROWS = (
    "one,One,metal,5,4,6,2025-01-02,3,true,primary,report",
    "two,Two,wood,7.5,,,,,,secondary,paper",
)
BIBLIOGRAPHY = """
@misc{report, author = {Ada Byron and {The \\& Firm}}, title = {A {Report}: 10--12\\%}, year = {2025},
  url = {https://example.org/r}, grade = {primary}}
@misc{paper, editor = {Bo}, title = {The paper}, year = {2024}, grade = {secondary}}
"""
CITATION = """title: Small
abstract: Nothing much.
version: 2.5
date-released: 2026-05-01
"""


class Small:
    """The folder, whole to begin with; a test breaks one thing in it."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.descriptor = copy.deepcopy(PACKAGE)
        self.save_descriptor()
        self.table("things", HEADER, *ROWS)
        self.table("parts", "id,thing", "p1,one", "p2,two")
        self.table("assumptions", "id,label,value,low,high,unit,reason,source", "price,A price,2,1,4,USD,Usual.,paper")
        self.write("references.bib", BIBLIOGRAPHY)
        self.write("CITATION.cff", CITATION)

    def write(self, name: str, content: str | bytes) -> None:
        path = self.top / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def table(self, name: str, *lines: str) -> None:
        self.write(f"data/{name}.csv", "".join(f"{line}\n" for line in lines))

    def cell(self, column: str, text: str, row: int = 0) -> None:
        """Put ``text`` into one cell of the table ``things``."""
        cells = [line.split(",") for line in ROWS]
        cells[row][HEADER.split(",").index(column)] = text
        self.table("things", HEADER, *[",".join(line) for line in cells])

    def save_descriptor(self) -> None:
        self.write("data/datapackage.json", json.dumps(self.descriptor, indent=1))


def forget() -> None:
    """Empty every cache of the data side."""
    for module, names in CACHES.items():
        for name in names:
            getattr(importlib.import_module(module), name).cache_clear()


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book = Small(tmp_path)
    forget()
    yield book
    monkeypatch.undo()
    forget()
