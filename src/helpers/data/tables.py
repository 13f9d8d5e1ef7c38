"""The tables: each is checked against its descriptor whenever it is loaded, and a bad cell stops the build."""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any

import pandas as pd
from frictionless import Checklist, Package, Resource
from frictionless import errors as frictionless_errors

from helpers.data.paths import root
from helpers.data.sources import sources

ROUNDING = 0.02
SHOWN = 5  # a broken file tells its first mistakes; the rest mostly repeat them


class TableError(ValueError):
    """A table does not hold what ``data/datapackage.json`` promises; the message names file, row and column."""


@cache
def descriptor() -> dict[str, Any]:
    """Return the data package's descriptor (the content of ``data/datapackage.json``)."""
    path = root() / "data" / "datapackage.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise TableError(f"data/{path.name}, line {error.lineno}: {error.msg}") from error


def table_names() -> list[str]:
    """Return the names of all tables, in the descriptor's order."""
    return [resource["name"] for resource in descriptor()["resources"]]


def resource(name: str) -> dict[str, Any]:
    """Return the descriptor of one table; raise ``TableError`` for a name that the package does not hold."""
    for candidate in descriptor()["resources"]:
        if candidate["name"] == name:
            path = candidate.get("path", "")
            if "/" in path or "\\" in path or ".." in path or not path.endswith(".csv"):
                raise TableError(f"data/datapackage.json, table {name}: path {path!r} is not a plain file name")
            return candidate
    raise TableError(f"data/datapackage.json: no table {name!r}; there are {', '.join(table_names())}")


def load(name: str) -> pd.DataFrame:
    """Return the table ``name`` as a copy, indexed by its ``id``, with typed columns.

    Dates are ``datetime64``, numbers ``float64`` or ``Int64``, empty cells missing. Raises ``TableError`` for a file
    that breaks its schema: a cell of another type, outside its range or list, a missing required cell, a repeated
    id, a source that ``references.bib`` does not hold, another header, a row too long or too short.
    """
    return _load(name).copy()


@cache
def _load(name: str) -> pd.DataFrame:
    spec = resource(name)
    path = root() / "data" / spec["path"]
    if not path.is_file():
        raise TableError(f"data/{spec['path']}: the file is missing (table {name} of data/datapackage.json)")
    _check(spec)
    columns = {field["name"]: field["type"] for field in spec["schema"]["fields"]}
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8")
    for column, kind in columns.items():
        frame[column] = _typed(frame[column], kind)
    _check_numbers(spec, frame)
    if (repeated := frame.loc[frame["id"].duplicated(), "id"]).any():
        raise TableError(f"data/{spec['path']}, column id: found {', '.join(repeated)} again, expected every id once")
    frame = frame.set_index("id", drop=False)
    frame.index.name = None
    _check_grades(spec, frame)
    return frame


def _typed(cells: pd.Series, kind: str) -> pd.Series:
    if kind == "number":
        return pd.to_numeric(cells).astype("float64")
    if kind == "integer":
        return pd.to_numeric(cells).astype("Int64")
    if kind == "date":
        return pd.to_datetime(cells, format="%Y-%m-%d")
    if kind == "boolean":
        return cells.map({"true": True, "false": False}).astype("boolean")
    return cells.astype("string").astype(object).where(cells.notna(), None)


def _check(spec: dict[str, Any]) -> None:
    """Let frictionless hold the file against its schema, the foreign keys included."""
    # Paths are data, so they are resolved by us: only this one file, and the tables and keys that it refers to.
    wanted = {spec["name"], *(_references(spec) - {"sources", ""})}
    package = Package(basepath=str(root() / "data"))
    for name in wanted:
        package.add_resource(Resource.from_descriptor(resource(name)))
    if "sources" in _references(spec):
        keys = [["key"], *([key] for key in sources())]
        package.add_resource(Resource(name="sources", data=keys))
    report = package.get_resource(spec["name"]).validate(Checklist())
    mistakes = [message for task in report.tasks for message in (_explain(spec, error) for error in task.errors)]
    if mistakes:
        more = [f"… and {len(mistakes) - SHOWN} more"] if len(mistakes) > SHOWN else []
        raise TableError("\n".join(mistakes[:SHOWN] + more))
    header = (root() / "data" / spec["path"]).read_text(encoding="utf-8").partition("\n")[0].rstrip("\r").split(",")
    expected = [field["name"] for field in spec["schema"]["fields"]]
    if header != expected:
        raise TableError(f"data/{spec['path']}, row 1: columns are {', '.join(header)}; expected {', '.join(expected)}")


def _references(spec: dict[str, Any]) -> set[str]:
    return {key["reference"]["resource"] for key in spec["schema"].get("foreignKeys", [])}


def _explain(spec: dict[str, Any], error: frictionless_errors.Error | Any) -> str:
    """Turn an error of frictionless into one line: file, row, column, what was found, what was expected."""
    place = f"data/{spec['path']}"
    row = getattr(error, "row_number", None)
    if row:
        place += f", row {row}"
        cells = getattr(error, "cells", None)
        if cells:
            place += f" ({cells[0]})"
    if error.type == "foreign-key":
        # Found where one column refers to another table: the sources, or the claims of a figure.
        columns, cells = error.field_names, error.field_cells
        found = f"column {', '.join(columns)}: found {', '.join(map(str, cells))!r}"
        return f"{place}, {found}, expected {_target(spec, columns)}"
    column = getattr(error, "field_name", None)
    if column:
        place += f", column {column}"
        field = next((item for item in spec["schema"]["fields"] if item["name"] == column), None)
        if field:
            return f"{place}: found {getattr(error, 'cell', '')!r}, expected {_expected(field)}"
    return f"{place}: {error.message}"


def _target(spec: dict[str, Any], columns: list[str]) -> str:
    """Say where a foreign key leads."""
    for key in spec["schema"].get("foreignKeys", []):
        if list(key["fields"]) == list(columns):
            target = key["reference"]["resource"] or spec["name"]
            return "a key of references.bib" if target == "sources" else f"an id of table {target}"
    return "a key that exists"


def _expected(field: dict[str, Any]) -> str:
    rules = field.get("constraints", {})
    words = [
        {"number": "a number", "integer": "a whole number", "date": "a date (YYYY-MM-DD)"}.get(field["type"], "text")
    ]
    if field["type"] == "boolean":
        words = ["true or false"]
    if "enum" in rules:
        words = ["one of " + ", ".join(map(str, rules["enum"]))]
    if "minimum" in rules:
        words.append(f"at least {rules['minimum']}")
    if "maximum" in rules:
        words.append(f"at most {rules['maximum']}")
    if "pattern" in rules:
        words.append(f"of the form {rules['pattern']}")
    if rules.get("required"):
        words.append("not empty")
    if rules.get("unique"):
        words.append("not used before")
    return ", ".join(words)


def _check_numbers(spec: dict[str, Any], frame: pd.DataFrame) -> None:
    """Refuse what frictionless lets pass: infinities, and intervals that do not hold their value."""
    for column in frame.columns:
        if frame[column].dtype == "float64":
            for position, value in enumerate(frame[column]):
                if math.isinf(value):
                    place = f"data/{spec['path']}, row {position + 2}, column {column}"
                    raise TableError(f"{place}: found {value}, expected a finite number")
    if {"low", "high", "value"} <= set(frame.columns):
        # A published value may be rounded to just outside its own interval.
        slack = ROUNDING * frame["value"].abs()
        bad = frame[(frame["low"] > frame["value"] + slack) | (frame["high"] < frame["value"] - slack)]
        if len(bad):
            first = bad.iloc[0]
            raise TableError(
                f"data/{spec['path']}, row {frame.index.get_loc(bad.index[0]) + 2}, columns low, value, high: found "
                f"{first['low']}, {first['value']}, {first['high']}, expected them in this order"
            )


def _check_grades(spec: dict[str, Any], frame: pd.DataFrame) -> None:
    """Refuse a row called primary whose source is not."""
    if not {"grade", "source"} <= set(frame.columns):
        return
    known = sources()
    for position, (key, grade) in enumerate(zip(frame["source"], frame["grade"], strict=True)):
        if grade == "primary" and known[key].grade != "primary":
            raise TableError(
                f"data/{spec['path']}, row {position + 2}, column grade: found primary, expected secondary, "
                f"since references.bib grades {key} as {known[key].grade}"
            )
