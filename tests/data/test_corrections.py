"""A correction is data: applied whenever the table is loaded, and refused once the source has changed."""

from __future__ import annotations

import copy

import pytest

from helpers.data import TableError, corrections, load

HEAD = "id,table,row,column,expected,corrected,reason,source"


@pytest.fixture
def mended(small):
    """Return the small package with a table of corrections, and a function that fills it."""
    things, *_ = small.descriptor["resources"]
    spec = copy.deepcopy(things) | {"name": "corrections", "path": "corrections.csv"}
    known = {column["name"]: column for column in spec["schema"]["fields"]}
    text = {"type": "string", "constraints": {"required": True}}
    spec["schema"]["fields"] = [
        known.get(name, {**text, "name": name, "description": name}) for name in HEAD.split(",")
    ]
    small.descriptor["resources"].append(spec)
    small.save_descriptor()

    def fill(*lines):
        small.table("corrections", HEAD, *lines)

    return fill


def test_a_correction_replaces_one_cell_and_keeps_its_type(mended):
    mended("fix,things,one,value,5,5.5,Misprint.,paper")
    things = load("things")
    assert things.loc["one", "value"] == 5.5
    assert things["value"].dtype == "float64"
    assert things.loc["two", "value"] == 7.5
    assert list(corrections("things")["source"]) == ["paper"]
    assert corrections("parts").empty


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "fix,things,one,value,6,5.5,Misprint.,paper",
            "found '5' in data/things.csv, row one, column value, expected '6'",
        ),
        ("fix,things,nine,value,5,5.5,Misprint.,paper", "no cell nine/value"),
        ("fix,things,one,colour,5,5.5,Misprint.,paper", "no cell one/colour"),
        ("fix,things,one,id,one,two,Misprint.,paper", "no cell one/id"),
        ("fix,things,one,value,5,many,Misprint.,paper", "found 'many', expected a number"),
        ("fix,things,one,day,2025-01-02,2025-13-02,Misprint.,paper", "found '2025-13-02', expected a date"),
        ("fix,nothing,one,value,5,5.5,Misprint.,paper", "found no table 'nothing'"),
    ],
)
def test_a_correction_that_does_not_fit_stops_the_build(mended, line, message):
    mended(line)
    with pytest.raises(TableError, match=r"corrections\.csv, row 2") as error:
        load("things")
    assert message in str(error.value)


def test_a_source_that_has_changed_is_noticed(small, mended):
    mended("fix,things,one,value,5,5.5,Misprint.,paper")
    small.cell("value", "5.5")
    with pytest.raises(TableError, match="the source has changed"):
        load("things")


def test_a_package_without_corrections_loads(small):
    assert load("things").loc["one", "value"] == 5
    assert corrections("things").empty
