"""The ledger in the built book: whole without scripts, narrowed with them; and the ways to and from it."""

from __future__ import annotations

import inspect
import json
import re
from html import unescape
from pathlib import Path

import pytest
from playwright import sync_api as playwright

from helpers.book.code_pages import function_named, lines_of, modules
from helpers.claims import articles, claims, judge_of, judged
from helpers.findings import all_findings

pytestmark = pytest.mark.book
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def page(book, name):
    return (book.html / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def ledger(book):
    """Return the HTML of each claim's entry by the id of the claim."""
    text = page(book, "chapters/claims")
    parts = re.split(r'<div class="tr-claim [^"]*" id="c-([^"]+)">', text)
    heads = re.findall(r'<div class="(tr-claim [^"]*)" id="c-', text)
    return {key: (head, body) for key, head, body in zip(parts[1::2], heads, parts[2::2], strict=True)}


def test_every_claim_has_one_entry_under_its_article(book, ledger):
    assert set(ledger) == set(claims())
    places = [claims()[key].article for key in ledger]
    assert places == sorted(places)
    for article in articles():
        lines = [claims()[key].line for key in ledger if claims()[key].article == article]
        assert lines == sorted(lines)


def test_an_entry_carries_the_marks_that_the_filter_looks_for(ledger):
    for item in judged():
        head = ledger[item.claim.id][0].split()
        for kind, value in (
            ("article", item.claim.article[:3]),
            ("chapter", item.claim.chapter),
            ("verdict", item.verdict.replace(" ", "-")),
            ("kind", item.claim.kind),
        ):
            assert f"tr-{kind}-{value}" in head, item.claim.id


def test_an_entry_shows_statement_verdict_judge_and_citation(ledger):
    for item in judged():
        body = unescape(re.sub(r"<[^>]+>", "", ledger[item.claim.id][1]))
        body = body.replace("’", "'").replace("“", '"').replace("”", '"')
        assert item.claim.statement in body, item.claim.id
        assert f"claims.html#c-{item.claim.id}" in body
        judge = judge_of(item.claim.id)
        if judge is not None:
            assert f"{judge.__module__}.{judge.__qualname__}, lines" in body, item.claim.id


def test_every_claim_leads_back_to_a_section_that_leads_to_it(book, ledger):
    for key, (_, body) in ledger.items():
        field = body.partition("<dt>Discussed in</dt>")[2].partition("</dd>")[0]
        links = re.findall(r'href="([a-z-]*/?[a-z0-9-]+)\.html#([^"]+)"', field)
        assert links, f"{key}: no section discusses it"
        name, anchor = links[0]
        text = (book.html / "chapters" / f"{name}.html").read_text(encoding="utf-8")
        assert f'id="{anchor}"' in text, f"{key}: {name} has no {anchor}"
        assert f"claims.html#c-{key}" in text, f"{key}: {name} does not lead to it"


def test_a_trace_leads_to_the_lines_of_its_function(book):
    for name in {found.module for found in all_findings()}:
        text = page(book, f"code/{name}")
        for found in all_findings():
            if found.module != name:
                continue
            first, last = lines_of(function_named(found.module, found.function))
            assert f'id="L-{first}"' in text
            assert f'id="L-{last}"' in text
    for found in all_findings()[:40]:
        function = function_named(found.module, found.function)
        lines = Path(str(inspect.getsourcefile(function))).read_text(encoding="utf-8").splitlines()
        first, last = lines_of(function)
        assert any(line.startswith("def ") or line.strip().startswith("def ") for line in lines[first - 1 : last])
        traces = page(book, f"chapters/findings-{found.chapter}")
        assert f"../code/{found.module}.html#L-{first}" in traces, found.id


def test_every_module_but_those_of_the_book_has_a_page(book):
    assert {path.stem for path in (book.html / "code").glob("*.html")} == set(modules())
    assert "helpers.findings.efficiency" in modules()
    assert not any(name.startswith("helpers.book") for name in modules())


def test_the_traces_for_programs_hold_every_row(book):
    traces = json.loads((book.html / "data" / "traces.json").read_text(encoding="utf-8"))
    by_id = {entry["id"]: entry for entry in traces}
    assert list(by_id) == [found.id for found in all_findings()]
    for found in all_findings():
        assert by_id[found.id]["rows"] == {group.table: list(group.ids) for group in found.rows}
        assert set(by_id[found.id]["findings"]) <= set(by_id)


def test_the_list_of_findings_has_an_anchor_for_each(book):
    text = page(book, "chapters/findings")
    for found in all_findings():
        assert f'id="f-{found.id}"' in text
        assert f'href="findings-{found.chapter}.html#f-{found.id}"' in text


# ---- in a browser


@pytest.fixture(scope="module")
def browser(chromium):
    with playwright.sync_playwright() as tools:
        running = tools.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def opened(book, browser):
    """Return a function that opens the ledger from disk, with or without scripts."""
    contexts = []

    def open_at(mark="", scripts=True):
        context = browser.new_context(java_script_enabled=scripts)
        contexts.append(context)
        sheet = context.new_page()
        sheet.goto((book.html / "chapters" / "claims.html").as_uri() + mark)
        return sheet

    yield open_at
    for context in contexts:
        context.close()


def shown(sheet):
    return sheet.evaluate(
        "() => [...document.querySelectorAll('.tr-claim')].filter(e => e.offsetParent).map(e => e.id)"
    )


@pytest.mark.browser
def test_without_scripts_the_ledger_stands_whole(opened):
    sheet = opened(scripts=False)
    assert not sheet.locator(".tr-filter").is_visible()
    assert all(entry.is_visible() for entry in sheet.locator(".tr-claim").all()[:5])
    assert sheet.locator(".tr-claim").count() == len(claims())


@pytest.mark.browser
def test_the_form_narrows_by_verdict_article_and_text(opened):
    sheet = opened()
    assert len(shown(sheet)) == len(claims())
    sheet.select_option("select[name=verdict]", "confirmed")
    wanted = {f"c-{item.claim.id}" for item in judged() if item.verdict == "confirmed"}
    assert set(shown(sheet)) == wanted
    sheet.select_option("select[name=article]", "001")
    wanted = {
        f"c-{item.claim.id}" for item in judged() if item.verdict == "confirmed" and item.claim.article[:3] == "001"
    }
    assert set(shown(sheet)) == wanted
    assert sheet.locator(".tr-filter output").inner_text() == f"{len(wanted)} of {len(claims())} claims shown"
    sheet.fill("input[name=text]", "NVIDIA rubin")
    few = set(shown(sheet))
    assert few < wanted
    assert "c-rubin-launch-without-chinese-buyers" in few
    sheet.click(".tr-filter button[type=reset]")
    sheet.wait_for_timeout(100)
    assert len(shown(sheet)) == len(claims())


@pytest.mark.browser
def test_what_was_asked_stands_in_the_address_and_can_be_sent(opened):
    sheet = opened("#?verdict=failed&kind=forecast")
    wanted = {f"c-{item.claim.id}" for item in judged() if item.verdict == "failed"}
    assert wanted
    assert set(shown(sheet)) == wanted
    assert sheet.input_value("select[name=kind]") == "forecast"


@pytest.mark.browser
def test_a_link_to_a_claim_undoes_a_filter_that_hides_it(opened):
    sheet = opened("#?verdict=failed")
    sheet.evaluate("() => { location.hash = '#c-huang-nanoseconds-behind'; }")
    sheet.wait_for_timeout(200)
    assert "c-huang-nanoseconds-behind" in shown(sheet)
