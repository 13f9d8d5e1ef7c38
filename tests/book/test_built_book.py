"""The built book as an object: pages, links, nothing from elsewhere, page and PDF alike, the same bytes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pypdf
import pypdfium2
import pytest

from helpers.data import assumptions, sources
from helpers.data.edition import edition
from helpers.findings import get, ids

pytestmark = pytest.mark.book
REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
FETCHED = re.compile(r"(?:import|fetch|src\s*=)\W{1,3}https?://\S+")
LOADED = [  # what a browser fetches by itself
    *(("link", "href"), ("script", "src"), ("img", "src"), ("img", "srcset"), ("source", "src"), ("source", "srcset")),
    *(("iframe", "src"), ("embed", "src"), ("object", "data"), ("video", "src"), ("audio", "src"), ("image", "href")),
    *(("use", "href"), ("input", "src"), ("track", "src"), ("form", "action"), ("a", "ping")),
]


def letters(text):
    """Return what page and PDF must share: letters, digits and signs, without spaces, hyphens and typography."""
    text = unicodedata.normalize("NFKC", text).replace("−", "~")  # a minus is no hyphen
    return re.sub(r"[\s\u00ad\u200b‐‑–—-]", "", text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'}))


# ---- pages and links


def test_every_entry_of_the_contents_is_a_page(book):
    assert book.contents[0] == "index"
    for name in book.contents:
        page = book.pages[f"{name}.html"]
        assert page.html["lang"] == "en"
        (title,) = page.select("article h1")
        assert title.get_text().strip()
        assert page.title.get_text().strip()
    pages = {name.removesuffix(".html") for name in book.pages if not name.startswith(("_static/", "code/"))}
    assert pages == {*book.contents, "search", "genindex"}


def test_every_page_says_what_it_is(book):
    for name in book.contents:
        page = book.pages[f"{name}.html"]
        for tag in ("citation_title", "citation_author", "citation_publication_date"):
            assert page.find("meta", attrs={"name": tag})["content"].strip(), f"{name}: {tag}"
        day = page.find("meta", attrs={"name": "citation_publication_date"})["content"]
        assert day == edition().released.isoformat().replace("-", "/")
        assert page.select("link[rel=icon]"), name
        assert page.select("main"), name


def test_ids_are_unique_within_a_page(book):
    for name, page in book.pages.items():
        twice = [key for key, count in Counter(tag["id"] for tag in page.find_all(id=True)).items() if count > 1]
        assert not twice, f"{name}: {twice[:5]}"


def test_links_and_anchors_lead_somewhere(book):
    broken = []
    for name, page in book.pages.items():
        if name.startswith("_static/"):
            continue
        for tag, key in [*((tag, "href") for tag in page.find_all("a", href=True)), *_loaded(page)]:
            for address in _addresses(tag, key):
                if re.match(r"[a-z][a-z0-9+.-]*:|//", address, flags=re.IGNORECASE):
                    continue
                path, anchor = urldefrag(address)
                target = (book.html / name).parent / unquote(path.partition("?")[0]) if path else book.html / name
                where = target.resolve()
                inside = where.is_relative_to(book.html.resolve()) and where.is_file()
                named = book.anchors.get(where.relative_to(book.html.resolve()).as_posix()) if inside else None
                if not inside or (anchor and named is not None and unquote(anchor) not in named):
                    broken.append(f"{name}: {address}")
    assert not broken, f"{len(broken)} links lead nowhere, such as {broken[:5]}"


def test_every_number_leads_to_where_it_is_explained(book):
    for name, page in book.pages.items():
        for button in page.select("button.tr-number"):
            popover = book.anchors[name].get(button["popovertarget"])
            assert popover is not None, f"{name}: {button}"
            assert popover.has_attr("popover")
            assert button.get_text().strip()
            (link,) = popover.select("a.tr-trace")
            assert link["href"].partition("#")[2], f"{name}: {button.get_text()} has no trace"


# ---- nothing from elsewhere


def _loaded(page):
    return [(tag, key) for name, key in LOADED for tag in page.find_all(name) if tag.has_attr(key)]


def _addresses(tag, key):
    value = tag[key]
    return [part.split()[0] for part in value.split(",") if part.strip()] if key == "srcset" else [value.strip()]


def test_no_page_asks_another_host_for_anything(book):
    asked = []
    for name, page in book.pages.items():
        for tag, key in _loaded(page):
            if tag.name == "link" and set(tag.get("rel", [])) & {"canonical", "license", "author"}:
                continue
            asked += [f"{name}: {address}" for address in _addresses(tag, key) if REMOTE.match(address)]
        sheets = [tag.get_text() for tag in page.find_all("style")]
        sheets += [tag["style"] for tag in page.find_all(style=True)]
        asked += [f"{name}: {address}" for sheet in sheets for address in _css(sheet) if REMOTE.match(address)]
        for script in page.find_all("script", src=False):
            if script.get("type", "text/javascript") not in ("application/json", "application/ld+json"):
                asked += [f"{name}: {found}" for found in FETCHED.findall(script.get_text())]
    for path in book.html.rglob("*.css"):
        sheet = path.read_text(encoding="utf-8")
        asked += [f"{path.name}: {address}" for address in _css(sheet) if REMOTE.match(address)]
        for address in _css(sheet):
            file = unquote(re.split("[?#]", address)[0])
            if file and not address.startswith(("data:", "//", "http")):
                assert (path.parent / file).is_file(), f"{path.name}: {address}"
    assert not asked, asked[:5]


def _css(sheet):
    return [first or second for first, second in CSS_URL.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))]


def test_the_bibliography_keeps_titles_as_they_are_written(book):
    listed = letters(book.pages["chapters/references.html"].select_one("article").get_text())
    for source in sources().values():
        assert letters(source.title.rstrip(".")) in listed, f"{source.key}: {source.title}"


# ---- charts and tables


def test_every_chart_is_a_picture_with_words(book):
    count = 0
    for name, page in book.pages.items():
        for chart in page.select(".tr-chart"):
            count += 1
            pictures = chart.select(".tr-static > svg")
            assert len(pictures) == 2, f"{name}: one for the page, one for the telephone"
            told = {picture.get("aria-label", "").strip() for picture in pictures}
            assert len(told) == 1
            (alt,) = told
            assert len(alt) > 40, f"{name}: {alt!r}"
            assert not re.search(r"[{}]|\bnan\b|undefined", alt), f"{name}: {alt!r}"
            for picture in pictures:
                assert picture["role"] == "img"
                assert not picture.select("[role], [aria-label]"), "parts of a picture are not read out one by one"
                assert not re.search(r"\bNaN\b|undefined", picture.get_text(" ")), name
            figure = chart.find_parent("figure")
            caption = figure.find("figcaption")
            assert figure["id"].startswith("fig-"), figure["id"]
            assert re.match(r"Fig\. \d+(?:\.\d+[a-z]?)? ", caption.get_text().strip()), caption.get_text()[:60]
            assert caption.select_one("strong").get_text().strip()[-1] in ".?!", caption.get_text()[:120]
            assert figure.select(".legend a"), f"{name}, {figure['id']}: no sources"
    assert count


@pytest.mark.parametrize("chapter", ["efficiency", "chips", "open-source", "diffusion", "synthesis"])
def test_a_chapter_lists_the_question_of_each_of_its_figures_in_order(book, chapter):
    page = book.pages[f"chapters/{chapter}.html"]
    shown = [f"#{figure['id']}" for figure in page.select("figure.tr-figure")]
    asked = page.select("ul.tr-questions > li")
    assert [item.find("a")["href"] for item in asked] == shown
    few, many = (4, 6) if chapter == "synthesis" else (6, 10)
    assert few <= len(shown) <= many, "more are not read; charts that answer one question go together in one figure"
    assert len({item.get_text() for item in asked}) == len(asked)
    assert all("?" in item.get_text() for item in asked)


def number_of(figure):
    return figure.find("figcaption").select_one(".caption-number").get_text().split()[-1]


@pytest.fixture(scope="module")
def told_of(book):
    """Return what the book's links to figures say, by the figure's id."""
    found = defaultdict(set)
    for page in book.pages.values():
        for link in page.select('a[href*="#fig-"]:not(.headerlink)'):
            found[link["href"].partition("#")[2]].add(link.get_text())
    return found


def test_a_panel_has_the_number_of_its_figure_with_a_letter_and_so_have_references_to_it(book, told_of):
    count = 0
    for name in book.contents:
        page = book.pages[f"{name}.html"]
        for figure in page.select("figure.tr-several"):
            panels = figure.select("figure.tr-panel")
            wanted = [number_of(figure) + letter for letter in "abcdef"[: len(panels)]]
            assert len(panels) >= 2
            assert [number_of(part) for part in panels] == wanted
            for part, number in zip(panels, wanted, strict=True):
                told = told_of[part["id"]]
                assert told <= {f"Fig. {number}"}, (part["id"], told)
                count += bool(told)
    assert count > 5


def test_images_have_words(book):
    for name in book.contents:
        for image in book.pages[f"{name}.html"].select("main img"):
            assert image.get("alt", "").strip(), f"{name}: {image.get('src')}"


# ---- the same numbers everywhere


def printed_findings(book):
    """Yield page, id, printed text, and the words before and after, of every finding on a page."""
    for name in book.contents:
        page = book.pages[f"{name}.html"]
        for button in page.select("main button.tr-number[popovertarget]"):
            link = book.anchors[f"{name}.html"][button["popovertarget"]].select_one("a.tr-trace")["href"]
            if "#f-" in link:
                yield name, unquote(link.partition("#f-")[2]), button


def test_a_page_prints_what_the_registry_holds(book):
    from helpers.units import day

    seen = set()
    for name, key, button in printed_findings(book):
        found = get(key)
        text = button.get_text()
        assert text in (found.text, found.bare, found.interval_text, day(found.as_of)), f"{name}: {key} as {text!r}"
        seen.add(key)
    assert "v3-run-cost" in seen
    assert seen <= set(ids())


def test_every_finding_is_traced_once(book):
    traced: Counter[str] = Counter()
    for name, page in book.pages.items():
        here = [tag["id"].removeprefix("f-") for tag in page.select(".tr-trace-entry")]
        assert all(name == f"chapters/findings-{get(key).chapter}.html" for key in here)
        traced.update(here)
    assert traced == Counter(ids())


def test_every_assumption_is_listed_with_its_range(book):
    listed = {tag["id"].removeprefix("a-") for page in book.pages.values() for tag in page.select("[id^=a-]")}
    assert set(assumptions()) <= listed


@pytest.fixture(scope="module")
def pdf(book):
    return pypdf.PdfReader(book.pdf)


@pytest.fixture(scope="module")
def pdf_text(book):
    """Return all that the PDF says, page headers and footers left out."""
    pages = [page.get_textpage().get_text_range().splitlines() for page in pypdfium2.PdfDocument(book.pdf)]
    footer = re.compile(rf"(?:Version )?{re.escape(edition().version)} · .*\d+$|Version .*\d+$")
    return letters("\n".join(line for lines in pages for line in lines if not footer.match(line.strip())))


def around(button):
    """Return the words right before and after a printed number, within its own run of text."""
    before = button.previous_sibling
    popover = button.find_next_sibling(class_="tr-popover")
    after = popover.next_sibling if popover else None
    return tuple(str(part) if part is not None and part.name is None else "" for part in (before, after))


def test_the_pdf_prints_the_same_numbers_in_the_same_words(book, pdf_text):
    missing = []
    count = 0
    for name, key, button in printed_findings(book):
        count += 1
        before, after = (letters(part) for part in around(button))
        text = letters(button.get_text())
        # A page may break on one side of a number, but hardly on both; or within it.
        cuts = range(len(text) + 1)
        if not any(before[-12:] + text[:at] in pdf_text and text[at:] + after[:12] in pdf_text for at in cuts) and (
            before[-12:] + text not in pdf_text and text + after[:12] not in pdf_text
        ):
            missing.append(f"{name}: {key}, {before[-12:]} [{text}] {after[:12]}")
    assert count
    assert not missing, f"{len(missing)} of {count} are not in the PDF, such as {missing[:5]}"


def test_the_pdf_traces_every_finding(book, pdf_text):
    for key in ids():
        found = get(key)
        assert letters(found.text) in pdf_text, key
        assert letters(found.label) in pdf_text, key


# ---- the PDF as a document


def test_the_pdf_is_tagged_and_says_what_it_is(book, pdf):
    root = pdf.trailer["/Root"]
    assert len(pdf.pages) > len(book.contents)
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title
    assert pdf.metadata.author
    assert pdf.metadata.creation_date.date() == edition().released
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert edition().version in pdf.pages[0].extract_text()


def test_the_bookmarks_are_the_contents(book, pdf):
    top = [entry for entry in pdf.outline if not isinstance(entry, list)]
    headings = [letters(book.pages[f"{name}.html"].select_one("article h1").get_text()) for name in book.contents]
    assert [letters(re.sub(r"^[\d.]+ ", "", entry.title)) for entry in top] == [
        re.sub(r"^[\d.]+(?=\D)|#$", "", heading.removesuffix("#")) for heading in headings
    ]
    numbers = [pdf.get_destination_page_number(entry) for entry in top]
    assert numbers == sorted(numbers)


def test_links_of_the_pdf_lead_to_pages_or_to_the_web(pdf):
    inner = outer = 0
    for page in pdf.pages:
        for reference in page.get("/Annots", ()):
            note = reference.get_object()
            if note.get("/Subtype") != "/Link":
                continue
            action = note.get("/A", {}).get_object() if "/A" in note else {}
            if "/URI" in action:
                outer += 1
                assert re.match(r"https?://|mailto:", str(action["/URI"])), action["/URI"]
            else:
                inner += 1
                assert "/Dest" in note or action.get("/S") == "/GoTo"
    assert inner
    assert outer


def test_the_charts_of_the_pdf_have_the_words_of_the_page(book, pdf):
    told = set()
    for number in range(1, pdf.trailer["/Size"]):
        entry = pdf.get_object(number)
        if isinstance(entry, pypdf.generic.DictionaryObject) and "/Alt" in entry:
            told.add(letters(str(entry["/Alt"])))
    for name, page in book.pages.items():
        for picture in page.select(".tr-wide .tr-static > svg"):
            assert letters(picture["aria-label"]) in told, f"{name}: {picture['aria-label']}"


def test_the_pages_link_the_pdf(book):
    assert (book.html / "two-races.pdf").read_bytes() == book.pdf.read_bytes()
    for name in book.contents:
        links = {tag["href"].rpartition("/")[2] for tag in book.pages[f"{name}.html"].select("a[href]")}
        assert "two-races.pdf" in links, f"{name} does not link the PDF"


# ---- the same bytes


def bytes_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_same(one, other):
    first, second = bytes_of(one), bytes_of(other)
    assert set(first) ^ set(second) == set()
    differing = sorted(name for name in first if first[name] != second[name])
    assert not differing, f"{len(differing)} files differ, such as {differing[:5]}"


def test_two_builds_give_the_same_pages(book, second_book):
    # the second one by the command of the ecosystem, from files of another age, in another place, zone and language
    assert_same(book.html, second_book.html)


def test_two_builds_give_the_same_pdf(book, second_book):
    assert book.pdf.read_bytes() == second_book.pdf.read_bytes()


def test_no_file_tells_where_it_was_built(second_book):
    marks = [str(second_book.source).encode(), str(Path.home()).encode() + b"/", b"Kiritimati"]
    for name, content in bytes_of(second_book.html).items():
        assert not any(mark in content for mark in marks), name


DRAWN = """---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
---
# Page

```{code-cell} python
from helpers.figures import efficiency, efficiency_scaling
from helpers.figures.frame import together

together("sparse-design", efficiency.active_share(), efficiency_scaling.moe_leverage())
```
"""


def test_a_chapter_that_was_executed_before_gives_the_same_page(trial):
    # Two pages are no book: the build tells that its sources and exports are missing, but the pages are written.
    def page(begun):
        assert begun.output
        return (begun.source / "_build" / "html" / "chapters" / "page.html").read_bytes()

    def runs(begun):
        return {path: path.stat().st_mtime_ns for path in (begun.source / "_build" / ".jupyter_cache").rglob("*.ipynb")}

    first = trial(DRAWN)
    executed, kept = page(first), runs(first)
    assert executed.count(b"<svg role=") == 4
    assert kept
    again = first.again()
    assert page(again) == executed, "the kept output is drawn as the fresh one was"
    assert runs(again) == kept, "it was executed again"


# ---- what must stop a build

CHAPTER = """---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
---
# Page

Words and no more.

```{code-cell} python
good = 1
bad = 1 / 0
```
"""
DEAD_ENDS = {  # what stands in a paragraph of its own, and what the build must say of it
    "A cluster of 2,048 chips.": "typed number '2,048'",
    "Named in {tr:n}`no-such-finding`.": "no finding 'no-such-finding'",
    "As in {ref}`no-such-place`.": "no-such-place",
    "Said {cite:p}`nobody_2025`.": "nobody_2025",
    "By {tr:cell}`training_runs/deepseek-v3-total/no_such_column`.": "no cell training_runs/deepseek-v3-total/no_such",
    "And {tr:claim}`no-such-claim`.": "no claim 'no-such-claim'",
    "At {tr:a}`no-such-assumption`.": "no assumption 'no-such-assumption'",
}
BROKEN = {
    "data/training_runs.csv": (
        "deepseek-v3-total,DeepSeek-V3,",
        "deepseek-v3-total,,",
        r"data/training_runs\.csv, row \d+ \(deepseek-v3-total\), column model: found '', expected text, not empty",
    ),
    "references.bib": ("grade = {primary}", "grade = {fine}", r"references\.bib, entry \w+: grade is 'fine'"),
    "data/datapackage.json": ('"resources"', '"resourses"', r"data/datapackage\.json: found no 'resources'"),
    "CITATION.cff": ("date-released:", "date:", r"CITATION\.cff: no field 'date-released'"),
}


def breaking(name):
    def change(source):
        path = source / name
        old, new, _ = BROKEN[name]
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.fixture(scope="module")
def failures(trial):
    """Begin all builds that must fail, side by side."""
    begun = {name: trial("# Page\n\nWords.\n", breaking(name)) for name in BROKEN}
    begun["dead ends"] = trial("# Page\n\n" + "\n\n".join(DEAD_ENDS) + "\n")
    begun["cell"] = trial(CHAPTER)
    return begun


def test_typed_numbers_and_dead_ends_stop_the_build_with_file_and_line(failures):
    result = failures["dead ends"]
    assert result.code != 0
    for position, told in enumerate(DEAD_ENDS.values()):
        where = [text for text in result.output.split("\n") if told in text]
        assert where, f"{told} is not told:\n{result.output}"
        assert any(f"page.md:{2 * position + 3}:" in text for text in where), f"line {2 * position + 3}: {where}"


def test_a_failing_cell_stops_the_build_and_is_named(failures):
    result = failures["cell"]
    assert result.code != 0
    assert re.search(r"page\.md:11: .*cell 1, line 2: ZeroDivisionError: division by zero", result.output)
    assert "The report was not built" in result.output


@pytest.mark.parametrize("name", list(BROKEN))
def test_broken_data_stop_the_build_and_are_named(failures, name):
    result = failures[name]
    assert result.code != 0
    assert re.search(BROKEN[name][2], result.output), result.output
    assert "Traceback" not in result.output, "a reader is told what is wrong, not where in the code it was found"
