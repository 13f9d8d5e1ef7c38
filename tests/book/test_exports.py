"""What the built book publishes for programs."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path
from urllib.parse import unquote

import frictionless
import jsonschema
import pytest
from sphinx.util.inventory import InventoryFile

from helpers import units
from helpers.claims.verdicts import VERDICTS
from helpers.data import load, sources, table_names
from helpers.data.edition import edition

pytestmark = pytest.mark.book
NAMES = ("findings", "claims", "disagreements")
ALL = (*NAMES, "traces")
CURLY = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}
LISTED = Path(__file__).parents[1] / "published_ids.txt"


@pytest.fixture(scope="module")
def exports(book):
    return {name: json.loads((book.html / "data" / f"{name}.json").read_text(encoding="utf-8")) for name in ALL}


@pytest.mark.parametrize("name", ALL)
def test_exports_follow_their_published_schemas(book, exports, name):
    schema = json.loads((book.html / "data" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    validator(schema, format_checker=validator.FORMAT_CHECKER).validate(exports[name])
    assert [entry["id"] for entry in exports[name]] == list(dict.fromkeys(entry["id"] for entry in exports[name]))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("findings", "id chapter label value unit text low high as_of tables sources url"),
        (
            "claims",
            "id article locator chapter kind statement attributed_to date due figures fidelity verdict now reason "
            "findings sources url",
        ),
        ("disagreements", "id question kind claims readings resolution url"),
    ],
)
def test_the_schemas_promise_what_the_report_promises(book, name, fields):
    schema = json.loads((book.html / "data" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert set(fields.split()) <= set(schema["items"]["required"])


@pytest.mark.parametrize("name", NAMES)
def test_every_address_leads_to_an_anchor(book, exports, name):
    for entry in exports[name]:
        page, _, anchor = entry["url"].partition("#")
        assert page in book.pages, entry["url"]
        target = book.anchors[page].get(unquote(anchor))
        assert target is not None, f"{entry['id']}: nothing at {entry['url']}"
        said = " ".join(target.get_text(" ").split()).translate(CURLY)
        told = entry[{"findings": "text", "claims": "statement", "disagreements": "question"}[name]]
        assert told.translate(CURLY) in said, entry["id"]


def test_findings_are_numbers_with_units_dates_and_sources(exports):
    assert exports["findings"]
    assert "v3-run-hours" in {entry["id"] for entry in exports["findings"]}
    for entry in exports["findings"]:
        assert entry["unit"] in units.units()
        assert entry["as_of"] <= edition().released.isoformat() or entry["as_of"][:4] in entry["label"]
        assert set(entry["tables"]) <= set(table_names())
        assert set(entry["sources"]) <= set(sources())
        assert (entry["low"] is None) == (entry["high"] is None)
        assert entry["low"] is None or entry["low"] <= entry["value"] <= entry["high"]


def test_claims_carry_verdicts_that_their_findings_explain(exports):
    findings = {entry["id"] for entry in exports["findings"]}
    assert len(exports["claims"]) == len(load("claims"))
    for entry in exports["claims"]:
        assert entry["verdict"] in VERDICTS
        assert set(entry["findings"]) <= findings
        assert set(entry["sources"]) <= set(sources())
        assert {figure["unit"] for figure in entry["figures"]} <= set(units.units())
        assert entry["due"] is None or entry["kind"] == "forecast"
        assert not re.search(r"\{[a-z:]+\}`|[*`]", entry["reason"] + (entry["now"] or "")), entry["id"]


def test_disagreements_compare_findings(exports):
    findings = {entry["id"]: entry for entry in exports["findings"]}
    claims = {entry["id"] for entry in exports["claims"]}
    for entry in exports["disagreements"]:
        assert set(entry["claims"]) <= claims
        for reading in entry["readings"]:
            found = findings[reading["finding"]]
            assert [reading[key] for key in ("value", "unit", "sources")] == [
                found[key] for key in ("value", "unit", "sources")
            ]


# ---- the data package


def test_the_published_data_package_checks_itself(book):
    report = frictionless.validate(str(book.html / "data" / "datapackage.json"))
    assert report.valid, [error.message for task in report.tasks for error in task.errors][:5] + report.errors
    assert {task.name for task in report.tasks} == {*table_names(), "sources"}


def test_the_published_tables_are_the_reports(book):
    for name in table_names():
        published = (book.html / "data" / f"{name}.csv").read_bytes()
        assert published == (book.source / "data" / f"{name}.csv").read_bytes()
    assert (book.html / "data" / "references.bib").read_bytes() == (book.source / "references.bib").read_bytes()


def test_every_chart_offers_its_data(book):
    for name, page in book.pages.items():
        for chart in page.select(".tr-chart"):
            (link,) = chart.select(".tr-data a")
            path = (book.html / name).parent / link["href"]
            rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
            assert len(rows) > 1, path
            assert all(head.strip() and not head.startswith("Unnamed") for head in rows[0]), path
            assert {len(row) for row in rows} == {len(rows[0])}, path
            assert not any(cell.lower() in ("inf", "-inf") for row in rows for cell in row), path


def test_the_inventory_names_the_report(book):
    head = (book.html / "objects.inv").read_bytes().split(b"\n")[:3]
    assert head[1:] == [b"# Project: Two Races", b"# Version: " + edition().version.encode()]


# ---- permanence


def published(book, exports):
    """Return everything that somebody may have cited: ids of the exports, labels of sections, figures and tables."""
    found = {f"{kind} {entry['id']}" for kind in NAMES for entry in exports[kind]}
    with (book.html / "objects.inv").open("rb") as stream:
        labels = InventoryFile.load(stream, "", lambda base, uri: uri)["std:label"]
    pages = {f"{name}.html" for name in book.contents}
    return found | {f"label {name}" for name, (_, _, uri, _) in labels.items() if uri.partition("#")[0] in pages}


def test_what_was_published_never_disappears(book, exports):
    head, *listed = LISTED.read_text(encoding="utf-8").rstrip("\n").split("\n")
    found = published(book, exports)
    if os.environ.get("TWO_RACES_ADD_IDS"):
        LISTED.write_text("\n".join([head, *sorted({*listed, *found})]) + "\n", encoding="utf-8")
    assert listed == sorted(set(listed)), f"keep {LISTED.name} sorted and without repetition"
    gone = [entry for entry in listed if entry not in found]
    assert not gone, f"published and gone: {', '.join(gone)}"
