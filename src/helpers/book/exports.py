"""What the book publishes for programs: findings, claims, disagreements, and the data package itself."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
from sphinx.errors import ExtensionError

from helpers.book.code_pages import function_named, lines_of
from helpers.book.domain import TwoRacesDomain
from helpers.claims import Judged, disagreements, judge_of, judged
from helpers.claims.judge import plain
from helpers.data import descriptor, root, sources
from helpers.findings import Finding, all_findings

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def schema(name: str) -> dict[str, Any]:
    """Return the JSON schema of one export."""
    return json.loads(files("helpers.book").joinpath("schemas", f"{name}.schema.json").read_text(encoding="utf-8"))


def address(domain: TwoRacesDomain, kind: str, key: str) -> str:
    """Return where the book explains ``key``, relative to its front page; empty where it does not."""
    place = domain.where(kind, key)
    return f"{place[0]}.html#{place[1]}" if place else ""


def finding_record(found: Finding, url: str) -> dict[str, Any]:
    """Return one finding as published."""
    return {
        "id": found.id,
        "chapter": found.chapter,
        "label": found.label,
        "value": found.value,
        "unit": found.unit,
        "text": found.text,
        "low": found.low,
        "high": found.high,
        "as_of": found.as_of.isoformat(),
        "tables": list(found.tables),
        "sources": list(found.sources),
        "grade": found.grade,
        "assumptions": list(found.assumptions),
        "url": url,
    }


def claim_record(item: Judged, url: str) -> dict[str, Any]:
    """Return one claim as published."""
    subject = item.claim
    return {
        "id": subject.id,
        "article": subject.article,
        "locator": str(subject.line),
        "chapter": subject.chapter,
        "kind": subject.kind,
        "statement": subject.statement,
        "attributed_to": subject.attributed_to,
        "date": subject.said_on.isoformat(),
        "due": subject.due.isoformat() if subject.due else None,
        "period": [day.isoformat() if day else None for day in subject.period],
        "via": subject.via,
        "strength": subject.strength,
        "printed_vs_meant": subject.printed_vs_meant,
        "compares": subject.compares,
        "figures": [
            {
                "value": figure.value,
                "unit": figure.unit,
                "what": figure.what,
                "precision": figure.last_digit,
                "hedge": figure.hedge,
            }
            for figure in subject.figures
        ],
        "fidelity": subject.fidelity,
        "verdict": item.verdict,
        "now": plain(item.now) if item.now else None,
        "reason": plain(item.reason),
        "otherwise": plain(item.otherwise) if item.otherwise else None,
        "grade": item.grade or None,
        "judge": f"{judge.__module__}.{judge.__qualname__}" if (judge := judge_of(subject.id)) else None,
        "findings": list(item.findings),
        "sources": list(item.sources),
        "url": url,
    }


def trace_record(found: Finding) -> dict[str, Any]:
    """Return how one finding was computed: its function with lines, and every row that it read."""
    first, last = lines_of(function_named(found.module, found.function))
    return {
        "id": found.id,
        "function": f"{found.module}.{found.function}",
        "lines": [first, last],
        "rows": {group.table: list(group.ids) for group in found.rows},
        "findings": list(found.findings),
        "assumptions": list(found.assumptions),
    }


def records(domain: TwoRacesDomain) -> dict[str, list[dict[str, Any]]]:
    """Return the content of the three exports."""
    return {
        "findings": [finding_record(found, address(domain, "n", found.id)) for found in all_findings()],
        "traces": [trace_record(found) for found in all_findings()],
        "claims": [claim_record(item, address(domain, "claim", item.claim.id)) for item in judged()],
        "disagreements": [
            {
                "id": item.id,
                "question": item.question,
                "kind": item.kind,
                "claims": list(item.claims),
                "readings": [
                    {
                        "reading": found.label,
                        "value": found.value,
                        "unit": found.unit,
                        "sources": list(found.sources),
                        "finding": found.id,
                    }
                    for found in item.readings
                ],
                "resolution": plain(item.resolution),
                "url": address(domain, "dis", item.id),
            }
            for item in disagreements()
        ],
    }


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the exports after the pages of the HTML book."""
    if exception or app.builder.format != "html":
        return
    domain = app.env.get_domain("tr")
    assert isinstance(domain, TwoRacesDomain)
    target = Path(app.outdir) / "data"
    (target / "schemas").mkdir(parents=True, exist_ok=True)
    for name, content in records(domain).items():
        try:
            jsonschema.validate(content, schema(name))
        except jsonschema.ValidationError as error:
            raise ExtensionError(f"{name}.json, {error.json_path}: {error.message}") from error
        _dump(target / f"{name}.json", content)
        _dump(target / "schemas" / f"{name}.schema.json", schema(name))
    for spec in descriptor()["resources"]:
        shutil.copyfile(root() / "data" / spec["path"], target / spec["path"])
    _dump(target / "datapackage.json", published_descriptor())
    shutil.copyfile(root() / "references.bib", target / "references.bib")
    (target / "figures").mkdir(exist_ok=True)
    for name, (_, csv) in sorted(domain.data["figures"].items()):
        (target / "figures" / f"{name}.csv").write_text(csv, encoding="utf-8", newline="\n")


def published_descriptor() -> dict[str, Any]:
    """Return the descriptor with the sources as an inline table, so that a copy of ``data/`` checks itself."""
    keys = [{"key": item.key, "title": item.title, "grade": item.grade} for item in sources().values()]
    inline = {
        "name": "sources",
        "title": "Sources",
        "type": "table",
        "data": keys,
        "schema": {
            "fields": [{"name": name, "type": "string"} for name in ("key", "title", "grade")],
            "primaryKey": ["key"],
        },
    }
    return {**descriptor(), "resources": [*descriptor()["resources"], inline]}


def _dump(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Write after the build, before the PDF is made."""
    app.connect("build-finished", write, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
