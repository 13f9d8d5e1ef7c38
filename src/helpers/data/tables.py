"""The tables: each is checked against its descriptor whenever it is loaded, and a bad cell stops the build."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.data.paths import root
from helpers.data.sources import bib_path, sources
from helpers.data.state import remembered

ROUNDING = 0.02
CORRECTIONS = "corrections"
SHOWN = 5  # a broken file tells its first mistakes; the rest mostly repeat them


class TableError(ValueError):
    """A table does not hold what ``data/datapackage.json`` promises; the message names file, row and column."""


@cache
def descriptor() -> dict[str, Any]:
    """Return the data package's descriptor (the content of ``data/datapackage.json``)."""
    path = root() / "data" / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise TableError(f"data/{path.name}, line {error.lineno}: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise TableError(f"data/{path.name}: found byte 0x{error.object[error.start]:02x}, expected UTF-8") from error
    for position, spec in enumerate(_member(package, "resources", list, f"data/{path.name}"), 1):
        place = f"data/{path.name}, table {position}"
        _member(_member(spec, "schema", dict, place), "fields", list, place)
    return package


def _member(parent: Any, key: str, kind: type, place: str) -> Any:
    """Return a member of the descriptor; raise ``TableError`` where it is not there or not a ``kind``."""
    found = parent.get(key) if isinstance(parent, dict) else None
    if not isinstance(found, kind):
        raise TableError(f"{place}: found no {key!r}, expected {'a list' if kind is list else 'an object'} there")
    return found


def table_names() -> list[str]:
    """Return the names of all tables, in the descriptor's order."""
    return [resource["name"] for resource in descriptor()["resources"]]


def resource(name: str) -> dict[str, Any]:
    """Return the descriptor of one table; raise ``TableError`` for a name that the package does not hold."""
    for candidate in descriptor()["resources"]:
        if candidate["name"] == name:
            path = candidate.get("path", "")
            if not isinstance(path, str) or "/" in path or "\\" in path or ".." in path or not path.endswith(".csv"):
                raise TableError(f"data/datapackage.json, table {name}: path {path!r} is not a plain file name")
            return candidate
    raise TableError(f"data/datapackage.json: no table {name!r}; there are {', '.join(table_names())}")


def load(name: str) -> pd.DataFrame:
    """Return the table ``name`` as a copy, indexed by its ``id``, with typed columns.

    Dates are ``datetime64``, numbers ``float64`` or ``Int64``, empty cells missing. Raises ``TableError`` for a file
    that breaks its schema: a cell of another type, outside its range or list, a missing required cell, a repeated
    id, a source that ``references.bib`` does not hold, another header, a row too long or too short, other than UTF-8.
    """
    return _load(name).copy(deep=False)  # pandas copies what is written to, and only then


@cache
def _load(name: str) -> pd.DataFrame:
    spec = resource(name)
    remembered(f"checked-{name}", _checked_bytes(spec), lambda: _check(spec))
    columns = {field["name"]: field["type"] for field in spec["schema"]["fields"]}
    path = root() / "data" / spec["path"]
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8")
    if name != CORRECTIONS and CORRECTIONS in table_names():
        _correct(name, frame, columns)
    for column, kind in columns.items():
        cells, frame[column] = frame[column], _typed(frame[column], kind)
        _check_nothing_lost(spec, column, cells, frame[column])
    _check_numbers(spec, frame)
    frame = frame.set_index("id", drop=False)
    frame.index.name = None
    _check_grades(spec, frame)
    return frame


def corrections(name: str) -> pd.DataFrame:
    """Return the corrections of one table: the cells in which its source is mistaken, and what is taken instead.

    Columns ``row``, ``column``, ``expected``, ``corrected``, ``reason``, ``source``; empty where the package has none.
    """
    if CORRECTIONS not in table_names():
        return pd.DataFrame(columns=["row", "column", "expected", "corrected", "reason", "source"])
    found = load(CORRECTIONS)
    return found[found["table"] == name]


def _correct(name: str, frame: pd.DataFrame, columns: dict[str, str]) -> None:
    """Replace the cells in which the source is mistaken; refuse where one no longer holds what was expected.

    The build fails on the day on which the source changes, so that nobody goes on correcting what is right by now.
    """
    for number, (key, fix) in enumerate(_load(CORRECTIONS).iterrows(), 2):
        if fix["table"] != name:
            if fix["table"] not in table_names():
                raise TableError(f"data/{CORRECTIONS}.csv, row {number}, column table: found no table {fix['table']!r}")
            continue
        place = f"data/{CORRECTIONS}.csv, row {number} ({key})"
        where = frame.index[frame["id"] == fix["row"]]
        if len(where) == 0 or fix["column"] not in columns or fix["column"] == "id":
            raise TableError(f"{place}: table {name} has no cell {fix['row']}/{fix['column']} to correct")
        found = frame.loc[where[0], fix["column"]]
        if found != fix["expected"]:
            raise TableError(
                f"{place}: found {found!r} in data/{resource(name)['path']}, row {fix['row']}, column {fix['column']}, "
                f"expected {fix['expected']!r}; the source has changed, so the correction must be looked at again"
            )
        try:
            bad = _typed(pd.Series([fix["corrected"]], dtype=object), columns[fix["column"]]).isna().any()
        except (ValueError, TypeError):
            bad = True
        if bad:
            raise TableError(
                f"{place}, column corrected: found {fix['corrected']!r}, expected a {columns[fix['column']]}"
            )
        frame.loc[where[0], fix["column"]] = fix["corrected"]


def _typed(cells: pd.Series, kind: str) -> pd.Series:
    if kind == "number":
        return pd.to_numeric(cells, errors="coerce").astype("float64")  # a "nan" is refused in the next step
    if kind == "integer":
        return pd.to_numeric(cells).astype("Int64")
    if kind == "date":
        return pd.to_datetime(cells, format="%Y-%m-%d")
    if kind == "boolean":
        return cells.map({"true": True, "false": False}).astype("boolean")
    return cells.astype("string").astype(object).where(cells.notna(), None)


def _text(spec: dict[str, Any]) -> str:
    """Return the text of a table's file; refuse one that is missing, empty or not plain UTF-8."""
    path, place = root() / "data" / spec["path"], f"data/{spec['path']}"
    if not path.is_file():
        raise TableError(f"{place}: the file is missing (table {spec['name']} of data/datapackage.json)")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise TableError(f"{place}, row {row}: found byte 0x{raw[error.start]:02x}, expected UTF-8") from error
    for mark, name in (("\ufeff", "a byte order mark"), ("\0", "a NUL character")):
        if mark in text:
            row = text.count("\n", 0, text.index(mark)) + 1
            raise TableError(f"{place}, row {row}: found {name}, expected plain UTF-8 text")
    if not text.strip():
        raise TableError(f"{place}: the file is empty, expected a row of column names and rows of data")
    return text


def _check_shape(spec: dict[str, Any]) -> None:
    """Refuse a file with other columns than the schema names, without rows, or with a row too long or too short."""
    place = f"data/{spec['path']}"
    reader = csv.reader(io.StringIO(_text(spec), newline=""))
    try:
        header, *records = reader
    except csv.Error as error:
        raise TableError(f"{place}, row {reader.line_num}: {error}") from error
    expected = [field["name"] for field in spec["schema"]["fields"]]
    for position, (found, wanted) in enumerate(zip_longest(header, expected), 1):
        if found != wanted:
            names = [f"column {name!r}" if name is not None else "no column" for name in (found, wanted)]
            raise TableError(f"{place}, row 1, column {position}: found {names[0]}, expected {names[1]}")
    if not records:
        raise TableError(f"{place}: found no rows, expected at least one")
    for row, cells in enumerate(records, 2):
        if len(cells) != len(expected):
            name = f" ({cells[0]})" if cells else ""
            raise TableError(f"{place}, row {row}{name}: found {len(cells)} cells, expected {len(expected)} columns")


def _checked_bytes(spec: dict[str, Any]) -> Iterator[bytes]:
    """Give all that the check of a table follows from: descriptor, its file, what it refers to, and this module."""
    yield Path(__file__).read_bytes()
    yield version("frictionless").encode()
    for name in [spec["name"], *sorted(_references(spec) - {"sources", ""})]:
        yield json.dumps(resource(name)).encode()
        yield _text(resource(name)).encode()
    if "sources" in _references(spec):
        yield bib_path().read_bytes()


def _check(spec: dict[str, Any]) -> str:
    """Let frictionless hold the file against its schema, the foreign keys included; return nothing but raise."""
    # Half a second to import, which a kernel is spared where nothing has changed since the last check.
    from frictionless import Checklist, FrictionlessException, Package, Resource  # noqa: PLC0415

    # Paths are data, so they are resolved by us: only this one file, and the tables and keys that it refers to.
    package = Package(basepath=str(root() / "data"))
    try:
        for name in dict.fromkeys([spec["name"], *sorted(_references(spec) - {"sources", ""})]):
            _check_shape(resource(name))
            package.add_resource(Resource.from_descriptor(resource(name)))
        if "sources" in _references(spec):
            keys = [["key"], *([key] for key in sources())]
            package.add_resource(Resource(name="sources", data=keys))
        report = package.get_resource(spec["name"]).validate(Checklist())
    except FrictionlessException as error:
        raise TableError(f"data/datapackage.json, table {spec['name']}: {error}") from error
    errors = [error for task in report.tasks for error in task.errors]
    # A repeated or missing id breaks the rule of its column and the key: told once.
    told = {getattr(error, "row_number", None) for error in errors if error.type != "primary-key"}
    errors = [error for error in errors if error.type != "primary-key" or error.row_number not in told]
    mistakes = list(dict.fromkeys(_explain(spec, error) for error in errors))
    if mistakes:
        more = [f"… and {len(mistakes) - SHOWN} more"] if len(mistakes) > SHOWN else []
        raise TableError("\n".join(mistakes[:SHOWN] + more))
    return ""


def _references(spec: dict[str, Any]) -> set[str]:
    return {key["reference"]["resource"] for key in spec["schema"].get("foreignKeys", [])}


def _explain(spec: dict[str, Any], error: Any) -> str:
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


def _check_nothing_lost(spec: dict[str, Any], column: str, cells: pd.Series, typed: pd.Series) -> None:
    """Refuse what frictionless takes for a value and pandas for a missing one: ``nan`` in numbers, ``True``."""
    for position in (cells.notna() & typed.isna()).to_numpy().nonzero()[0]:
        field = next(item for item in spec["schema"]["fields"] if item["name"] == column)
        place = f"data/{spec['path']}, row {position + 2}, column {column}"
        raise TableError(f"{place}: found {cells.iloc[position]!r}, expected {_expected(field)}")


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
        crossed = frame["low"] > frame["high"]
        bad = frame[crossed | (frame["low"] > frame["value"] + slack) | (frame["high"] < frame["value"] - slack)]
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
