from __future__ import annotations

import json
import math
from pathlib import Path

import frictionless
import pandas as pd
import pytest

from helpers import units
from helpers.data import TableError, descriptor, load, root, sources, table_names

HEADER = "id,name,kind,value,low,high,day,count,flag,grade,source"
ONE = "one,One,metal,5,4,6,2025-01-02,3,true,primary,report"
TWO = "two,Two,wood,7.5,,,,,,secondary,paper"
RANGE = "a number, at least 0, at most 100"
DAY = "a date (YYYY-MM-DD), at least 2020-01-01, at most 2026-11-25"


def without(line, position):
    cells = line.split(",")
    del cells[position]
    return ",".join(cells)


# ---- the report's own tables


@pytest.mark.parametrize("name", table_names())
def test_every_table_loads_with_what_its_descriptor_promises(name):
    frame = load(name)
    spec = next(item for item in descriptor()["resources"] if item["name"] == name)
    fields = {field["name"]: field for field in spec["schema"]["fields"]}
    assert len(frame)
    assert list(frame.columns) == list(fields)
    assert frame.index.is_unique
    assert list(frame.index) == list(frame["id"])
    for column, field in fields.items():
        assert field["description"].strip(), f"{name}.{column} has no description"
        if "unit" in field:
            other = field["unit"].removeprefix("column:")  # the column of the same row that names the unit
            known = fields if other != field["unit"] else units.units()
            assert other in known, f"{name}.{column} is in {field['unit']}, which units.toml lacks"
        if field["type"] in ("number", "integer"):
            assert "unit" in field, f"{name}.{column} is a number without a unit"
            assert pd.api.types.is_numeric_dtype(frame[column])
            assert all(math.isfinite(value) for value in frame[column].dropna())
        if field["type"] == "date":
            assert pd.api.types.is_datetime64_any_dtype(frame[column])
        if column in ("source", "also_source"):
            assert set(frame[column].dropna()) <= set(sources())
        if column == "unit" or any(item.get("unit") == f"column:{column}" for item in fields.values()):
            assert set(frame[column].dropna()) <= set(units.units())


def test_the_descriptor_describes_every_file_once():
    names = table_names()
    assert len(set(names)) == len(names)
    paths = [spec["path"] for spec in descriptor()["resources"]]
    assert sorted(paths) == sorted(path.name for path in (root() / "data").glob("*.csv"))
    for spec in descriptor()["resources"]:
        assert spec["licenses"], f"{spec['name']} has no licence"
        assert spec["title"].strip()
        assert spec["description"].strip()
        columns = {field["name"] for field in spec["schema"]["fields"]}
        assert set(spec.get("nameColumns", ())) <= columns
        (first, *_), key = spec["schema"]["fields"], spec["schema"]["primaryKey"]
        assert (first["name"], key) == ("id", ["id"])
        assert first["constraints"]["required"]
        assert first["constraints"]["unique"]
    assert not frictionless.Package.validate_descriptor(descriptor()).errors


def test_every_row_with_evidence_has_a_source():
    said = {"articles", "article_sentences", "printed_meant", "claims", "claim_figures", "claim_left_out", "subjects"}
    ours = {*said, "assumptions"}  # what the articles say, and what we chose
    for name in set(table_names()) - ours:
        assert load(name)["source"].notna().all(), f"{name} has rows without a source"


def test_a_table_is_a_copy():
    mine = load("training_runs")
    mine["model"] = None
    assert load("training_runs")["model"].notna().all()


# ---- the small package


def test_a_good_package_loads(small):
    things = load("things")
    assert list(things.columns) == HEADER.split(",")
    first = things.loc["one"]
    assert (first["value"], first["count"], bool(first["flag"])) == (5, 3, True)
    assert first["day"] == pd.Timestamp("2025-01-02")
    assert things.loc["two", ["low", "day", "count", "flag"]].isna().all()
    assert list(load("parts")["thing"]) == ["one", "two"]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_either_line_end_and_quoted_text_will_do(small, end):
    small.write("data/things.csv", end.join([HEADER, ONE.replace("One", '"One, ""with"" marks; é"'), TWO, ""]))
    assert load("things").loc["one", "name"] == 'One, "with" marks; é'


def test_text_that_looks_like_a_missing_value_is_text(small):
    small.cell("name", "NA")
    assert load("things").loc["one", "name"] == "NA"


def test_an_interval_may_miss_its_value_by_rounding_only(small):
    small.cell("low", "5.09")  # 5 ± 2%
    assert load("things").loc["one", "low"] == 5.09


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("value", "many", RANGE),
        ("value", "1 000", RANGE),
        ("value", "5%", RANGE),
        ("value", "-0.5", RANGE),
        ("value", "100.5", RANGE),
        ("value", "nan", RANGE),
        ("value", "inf", RANGE),
        ("value", "1e999", RANGE),
        ("low", "nan", "a number"),
        ("count", "2.5", "a whole number"),
        ("count", "three", "a whole number"),
        ("day", "2 January 2025", DAY),
        ("day", "02.01.2025", DAY),
        ("day", "2025-13-01", DAY),
        ("day", "2025-02-30", DAY),
        ("day", "2025", DAY),
        ("day", "2019-12-31", DAY),
        ("day", "2026-11-26", DAY),
        ("flag", "yes", "true or false"),
        ("flag", "True", "true or false"),
        ("flag", "1", "true or false"),
        ("kind", "stone", "one of metal, wood"),
        ("kind", "Metal", "one of metal, wood"),
        ("kind", "wood ", "one of metal, wood"),
        ("grade", "tertiary", "one of primary, secondary"),
        ("name", "", "not empty"),
        ("source", "", "not empty"),
        ("source", "nobody", "a key of references.bib"),
        ("id", "", "not empty"),
        ("id", "One!", "of the form [a-z0-9][a-z0-9.-]*"),
    ],
)
def test_a_wrong_cell_is_named_with_what_was_found_and_expected(small, column, cell, expected):
    small.cell(column, cell)
    with pytest.raises(TableError) as caught:
        load("things")
    message = str(caught.value)
    assert message.startswith("data/things.csv, row 2")
    assert f"column {column}: found {cell!r}, expected " in message
    assert expected in message
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize(
    ("cells", "place", "found", "expected"),
    [
        ({"low": "-inf"}, "row 2, column low", "found -inf", "expected a finite number"),
        ({"high": "Infinity"}, "row 2, column high", "found inf", "expected a finite number"),
        ({"low": "6"}, "row 2, columns low, value, high", "found 6.0, 5.0, 6.0", "expected them in this order"),
        ({"high": "4.5"}, "row 2, columns low, value, high", "found 4.0, 5.0, 4.5", "expected them in this order"),
        ({"value": "", "low": "7"}, "row 2, columns low, value, high", "found 7.0, nan, 6.0", "in this order"),
        ({"source": "paper"}, "row 2, column grade", "found primary", "expected secondary, since references.bib"),
    ],
)
def test_what_the_schema_cannot_say_is_checked_too(small, cells, place, found, expected):
    line = dict(zip(HEADER.split(","), ONE.split(","), strict=True)) | cells
    small.table("things", HEADER, ",".join(line.values()), TWO)
    with pytest.raises(TableError) as caught:
        load("things")
    assert str(caught.value).startswith(f"data/things.csv, {place}: {found}, ")
    assert expected in str(caught.value)


def test_a_repeated_id_is_told_once(small):
    small.cell("id", "one", row=1)
    with pytest.raises(
        TableError, match=r"^data/things\.csv, row 3 \(one\), column id: found 'one', .*not used before$"
    ):
        load("things")


def test_a_reference_to_another_table_must_lead_somewhere(small):
    small.table("parts", "id,thing", "p1,one", "p2,three")
    expected = r"^data/parts\.csv, row 3 \(p2\), column thing: found 'three', expected an id of table things$"
    with pytest.raises(TableError, match=expected):
        load("parts")


def test_only_the_first_mistakes_are_told(small):
    small.table("things", HEADER, *[ONE.replace("one", f"t{number}").replace("metal", "stone") for number in range(9)])
    with pytest.raises(TableError) as caught:
        load("things")
    lines = str(caught.value).splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("data/things.csv, row 2 (t0), column kind: found 'stone'")
    assert lines[-1] == "… and 4 more"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([HEADER.replace("value", "worth"), ONE], "column 4: found column 'worth', expected column 'value'"),
        ([HEADER.replace("low,high", "high,low"), ONE], "column 5: found column 'high', expected column 'low'"),
        ([HEADER.replace("low,high", "low,low"), ONE], "column 6: found column 'low', expected column 'high'"),
        ([HEADER.replace("low,high", "low,"), ONE], "column 6: found column '', expected column 'high'"),
        ([without(HEADER, 0), without(ONE, 0)], "column 1: found column 'name', expected column 'id'"),
        ([without(HEADER, 2), without(ONE, 2)], "column 3: found column 'value', expected column 'kind'"),
        ([without(HEADER, -1), without(ONE, -1)], "column 11: found no column, expected column 'source'"),
        ([f"{HEADER},more", f"{ONE},x"], "column 12: found column 'more', expected no column"),
        ([f"more,{HEADER}", f"x,{ONE}"], "column 1: found column 'more', expected column 'id'"),
        ([HEADER.title(), ONE], "column 1: found column 'Id', expected column 'id'"),
    ],
)  # fmt: skip
def test_other_columns_are_refused(small, lines, expected):
    small.table("things", *lines)
    with pytest.raises(TableError) as caught:
        load("things")
    assert str(caught.value) == f"data/things.csv, row 1, {expected}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{HEADER}\n{ONE}\ntwo,Two,wood\n", ", row 3 (two): found 3 cells, expected 11 columns"),
        (f"{HEADER}\n{ONE}\n{TWO},more\n", ", row 3 (two): found 12 cells, expected 11 columns"),
        (f"{HEADER}\n{ONE}\n\n{TWO}\n", ", row 3: found 0 cells, expected 11 columns"),
        (f'{HEADER}\n{ONE}\ntwo,"Two,wood,7.5\n', ", row 3 (two): found 2 cells, expected 11 columns"),
        (f"{HEADER}\n", ": found no rows, expected at least one"),
        ("", ": the file is empty, expected a row of column names and rows of data"),
        (" \n", ": the file is empty, expected a row of column names and rows of data"),
        (f"{HEADER}\n{ONE}\ntwo,Café\n".encode("latin-1"), ", row 3: found byte 0xe9, expected UTF-8"),
        (f"{HEADER}\n{ONE}\n".encode("utf-16"), ", row 1: found byte 0xff, expected UTF-8"),
        (f"{HEADER}\n{ONE}\n".encode("utf-8-sig"), ", row 1: found a byte order mark, expected plain UTF-8 text"),
        (f"{HEADER}\n{ONE}\n".replace("One", "O\0ne"), ", row 2: found a NUL character, expected plain UTF-8 text"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("table", ["things", "parts"])
def test_a_broken_file_is_refused_also_by_the_table_that_refers_to_it(small, content, expected, table):
    small.write("data/things.csv", content)
    with pytest.raises(TableError) as caught:
        load(table)
    assert str(caught.value) == f"data/things.csv{expected}"


@pytest.mark.parametrize("table", ["things", "parts"])
def test_a_missing_file_is_named(small, table):
    (small.top / "data" / "things.csv").unlink()
    with pytest.raises(TableError, match=r"^data/things\.csv: the file is missing \(table things of data/datapackage"):
        load(table)


@pytest.mark.parametrize(
    "path",
    [
        *("../things.csv", "/etc/things.csv", "sub/things.csv", "..\\things.csv", "https://example.org/things.csv"),
        *("things.txt", "", None, 5, ["things.csv"]),
    ],
)
def test_only_a_plain_file_name_is_opened(small, path):
    small.descriptor["resources"][0]["path"] = path
    small.save_descriptor()
    with pytest.raises(TableError) as caught:
        load("things")
    assert str(caught.value) == f"data/datapackage.json, table things: path {path!r} is not a plain file name"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{\n "resources": [,]\n}', ", line 2: Expecting value"),
        (b'{"name": "\xe9"}', ": found byte 0xe9, expected UTF-8"),
        ("[]", ": found no 'resources', expected a list there"),
        ("{}", ": found no 'resources', expected a list there"),
        ('{"resources": [{"name": "things"}]}', ", table 1: found no 'schema', expected an object there"),
        ('{"resources": [{"name": "things", "schema": {}}]}', ", table 1: found no 'fields', expected a list there"),
    ],
)
def test_a_broken_descriptor_is_named(small, content, expected):
    small.write("data/datapackage.json", content)
    with pytest.raises(TableError) as caught:
        load("things")
    assert str(caught.value) == f"data/datapackage.json{expected}"


def test_an_unknown_type_or_table_in_the_descriptor_is_named(small):
    with pytest.raises(TableError, match=r"no table 'nothing'; there are things, parts, assumptions$"):
        load("nothing")
    small.descriptor["resources"][0]["schema"]["fields"][3]["type"] = "numbr"
    small.descriptor["resources"][1]["schema"]["foreignKeys"][0]["reference"]["resource"] = "nowhere"
    small.save_descriptor()
    descriptor.cache_clear()
    with pytest.raises(TableError, match=r"^data/datapackage\.json, table things: .*\"numbr\""):
        load("things")
    with pytest.raises(TableError, match=r"^data/datapackage\.json: no table 'nowhere'"):
        load("parts")


def test_without_a_package_the_folder_is_named(small, monkeypatch):
    (small.top / "data" / "datapackage.json").unlink()
    monkeypatch.setattr("helpers.data.paths.__file__", str(small.top / "site" / "helpers" / "data" / "paths.py"))
    with pytest.raises(FileNotFoundError, match=r"no data/datapackage\.json in .* or above it: start from the folder"):
        root()


def test_the_folder_above_will_do(small, monkeypatch):
    (small.top / "chapters").mkdir()
    monkeypatch.chdir(small.top / "chapters")
    assert root() == small.top
    assert json.loads((Path(root()) / "data" / "datapackage.json").read_text())["name"] == "small"
