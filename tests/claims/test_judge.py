"""Reasons without markup: every role prints there what it prints on a page."""

from __future__ import annotations

from helpers import units
from helpers.claims import disagreements, judged
from helpers.claims.judge import plain
from helpers.data import assumption, cell_text
from helpers.findings import get


def test_every_role_prints_what_a_page_prints():
    found, chosen = get("gap-2026-08"), assumption("spread-pace")
    assert plain("{tr:n}`gap-2026-08`") == found.text
    assert plain("{tr:num}`gap-2026-08`") == found.bare
    assert plain("{tr:int}`gap-2026-08`") == found.interval_text
    assert plain("{tr:date}`gap-2026-08`") == units.day(found.as_of) == "11 August 2026"
    assert plain("{tr:a}`spread-pace`") == units.as_typed(chosen.value, chosen.unit)
    place = "systems/cloudmatrix-384/chips"
    assert plain(f"of {{tr:cell}}`{place}`, **so**") == f"of {cell_text(place)}, so"


def test_a_citation_is_named_by_author_and_year():
    assert plain("Events {cite:p}`caisi_v4_2026`.").startswith("Events (")
    assert "{cite" not in plain("Events {cite:p}`caisi_v4_2026`.")


def test_no_markup_is_left_in_what_is_exported():
    texts = [text for item in judged() for text in (item.reason, item.now) if text]
    texts += [item.resolution for item in disagreements()]
    assert not [text for text in texts if "`" in plain(text) or "{" in plain(text)]
