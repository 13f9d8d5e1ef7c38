"""The built book in a browser, opened from disk: quiet, nothing from elsewhere, usable by anyone at any width."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from playwright import sync_api as playwright

pytestmark = [pytest.mark.book, pytest.mark.browser]


WIDE, NARROW = 1280, 390
WEST, EAST = "America/Los_Angeles", "Pacific/Kiritimati"
ZONES = {WIDE: WEST, NARROW: EAST, 320: WEST}  # a reader's time zone, by the width of the page
WIDTHS, ACCESSIBLE = tuple(ZONES), (WIDE, NARROW)
WORKERS = 2
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
ALL = {"runOnly": {"type": "tag", "values": TAGS}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Of entries and rows that look alike, those are enough in which every kind of element has been seen three times; and
# what is closed has no colours to look at.
THIN = """() => {
  const entries = '.tr-trace-entry, .tr-claim, .tr-disagreement, .citation, .tr-fields > *, tbody tr', seen = {};
  for (const entry of document.querySelectorAll(entries)) {
    const name = e => e.tagName + '.' + (e === entry ? e.classList[0] : e.getAttribute('class'));
    const parts = new Set([entry, ...entry.querySelectorAll('*')].map(e => name(e.parentElement) + '>' + name(e)));
    if ([...parts].every(part => seen[part] >= 3)) entry.remove();
    parts.forEach(part => seen[part] = (seen[part] || 0) + 1);
  }
  document.querySelectorAll('[popover]:not(:popover-open)').forEach(closed => closed.remove());
}"""
# Faults of the theme that are not ours to mend: rule → why.
ALLOWED: dict[str, str] = {}

STATES = "charts => charts.filter(c => c.offsetParent).map(c => c.dataset.live || 'still')"
SAID = """parts => parts.filter(p => p.offsetParent)
  .map(p => [...p.querySelector('svg').querySelectorAll('text')].map(text => text.textContent).sort())"""
LABELS = "parts => parts.filter(p => p.offsetParent).map(p => p.querySelector('svg').getAttribute('aria-label'))"
OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > room + 1)
    .map(e => e.tagName + '.' + e.className).concat(['the page']).slice(0, 5);
}"""


@contextmanager
def started(chromium):
    with playwright.sync_playwright() as tools:
        running = tools.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def browser(chromium):
    with started(chromium) as running:
        yield running


@dataclass
class Visit:
    """What a reader met who opened a page and scrolled through it."""

    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    overflow: list[str] = field(default_factory=list)
    early: bool = False
    told_before: list[str] = field(default_factory=list)
    told_after: list[str] = field(default_factory=list)
    said_before: list[list[str]] = field(default_factory=list)
    said_after: list[list[str]] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    violations: dict[str, list[str]] = field(default_factory=dict)


def listen(page, visit):
    """Note every error and every request that leaves the book."""
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    page.on("console", lambda said: visit.errors.append(said.text) if said.type == "error" else None)
    page.on("console", lambda said: visit.errors.append(said.text) if "stays a picture" in said.text else None)
    page.on("requestfailed", lambda request: visit.errors.append(f"not loaded: {request.url}"))
    own = ("file:", "data:", "blob:", "about:")
    page.on("request", lambda request: None if request.url.startswith(own) else visit.asked.append(request.url))


def scroll_through(page):
    """Scroll to every chart, as a reader does, and wait until it is live."""
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(50)
    for part in page.locator(".tr-wide, .tr-narrow").all():
        if part.is_visible():
            part.scroll_into_view_if_needed()
            page.wait_for_function("e => ['yes', 'failed'].includes(e.dataset.live)", arg=part.element_handle())


def faults(page, rules):
    """Return what axe names, a line for each element."""
    options = {**rules, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]}" for rule in found if rule["id"] not in ALLOWED for node in rule["nodes"]
    ]


def look(browser, address, width):
    """Visit a page as a reader does."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="light",
        reduced_motion="reduce",
        timezone_id=ZONES[width],
    )
    page, seen = context.new_page(), Visit()
    listen(page, seen)
    page.goto(address)
    page.wait_for_load_state()
    seen.overflow += page.evaluate(OVERFLOW)
    seen.early = page.locator("script[src*='vega-bundle']").count() > 0
    charts = page.locator(".tr-wide, .tr-narrow")
    seen.told_before, seen.said_before = charts.evaluate_all(LABELS), charts.evaluate_all(SAID)
    scroll_through(page)
    seen.told_after, seen.states = charts.evaluate_all(LABELS), charts.evaluate_all(STATES)
    seen.said_after = page.locator(".tr-wide:visible .tr-live, .tr-narrow:visible .tr-live").evaluate_all(SAID)
    seen.roles = page.locator(".tr-live svg").evaluate_all("all => all.map(s => s.getAttribute('role'))")
    seen.overflow += page.evaluate(OVERFLOW)
    if width in ACCESSIBLE:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        # The rules on colours take most of the time, which grows with the square of entries that look alike.
        others = {rule: {"enabled": False} for rule in COLOURS["runOnly"]["values"]}
        seen.violations["others"] = faults(page, {**ALL, "rules": others})
        page.evaluate(THIN)
        for theme in ("light", "dark"):
            page.evaluate("t => Object.assign(document.documentElement.dataset, {theme: t, mode: t})", theme)
            seen.violations[theme] = faults(page, COLOURS)
    context.close()
    return seen


@pytest.fixture(scope="module")
def visits(request, book, chromium):
    """Visit every page that a test asks for, two at a time: a page keeps one processor busy."""
    asked = {
        (item.callspec.params["page_name"], item.callspec.params["width"])
        for item in request.session.items
        if item.path == request.path and "page_name" in item.fixturenames
    }
    size = {name: (book.html / f"{name}.html").stat().st_size for name, _ in asked}
    todo = sorted(asked, key=lambda job: (size[job[0]], job[1]))  # the long ones are taken first, from the end
    done = {}

    def work():
        with started(chromium) as running:
            while todo:
                name, width = todo.pop()
                try:
                    done[name, width] = look(running, (book.html / f"{name}.html").as_uri(), width)
                except playwright.Error as error:
                    done[name, width] = error

    with ThreadPoolExecutor(WORKERS) as pool:
        for worker in [pool.submit(work) for _ in range(WORKERS)]:
            worker.result()
    return done


@pytest.fixture
def seen(visits, page_name, width):
    found = visits[page_name, width]
    if isinstance(found, Exception):
        raise found
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_quiet_and_asks_nobody(seen):
    assert not seen.errors
    assert not seen.asked


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_fits_its_width(seen):
    assert not seen.overflow


@pytest.mark.parametrize("width", WIDTHS)
def test_charts_wake_when_scrolled_to_and_say_the_same(seen):
    assert not seen.early, "the bundle of the charts is loaded before the reader does anything"
    assert set(seen.states) <= {"yes"}
    assert seen.told_after == seen.told_before
    assert seen.said_after == seen.said_before, "other words or days than the picture has"
    assert set(seen.roles) <= {"img"}
    assert len(seen.roles) == len(seen.told_before)


@pytest.mark.parametrize("part", ["others", "light", "dark"])
@pytest.mark.parametrize("width", ACCESSIBLE)
def test_a_page_is_accessible(seen, part):
    violations = seen.violations[part]
    assert not violations, f"{len(violations)}: {violations[:6]}"


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def with_numbers(book):
    """Return a page that prints numbers."""
    return next(name for name in book.contents if book.pages[f"{name}.html"].select("article button.tr-number"))


def test_a_number_opens_by_pointer_and_by_key(book, page):
    page.goto((book.html / f"{with_numbers(book)}.html").as_uri())
    number = page.locator("article button.tr-number").first
    popover = page.locator(f"[id='{number.get_attribute('popovertarget')}']")
    assert not popover.is_visible()
    number.click()
    assert popover.is_visible()
    assert number.inner_text().strip() in popover.inner_text()
    page.keyboard.press("Escape")
    assert not popover.is_visible()

    number.focus()
    page.keyboard.press("Enter")
    assert popover.is_visible()
    page.keyboard.press("Tab")
    link = popover.locator("a.tr-trace")
    assert link.evaluate("link => link === document.activeElement")
    page.keyboard.press("Escape")
    assert not popover.is_visible()
    assert number.evaluate("button => button === document.activeElement"), "the focus is lost"

    page.keyboard.press("Enter")
    link.click()
    target = page.url.partition("#")[2]
    assert target
    page.locator(f"[id='{target}']").wait_for(state="visible")


def test_a_number_opens_within_a_telephone(book, browser):
    context = browser.new_context(viewport={"width": 320, "height": 600}, reduced_motion="reduce", has_touch=True)
    page = context.new_page()
    page.goto((book.html / f"{with_numbers(book)}.html").as_uri())
    number = page.locator("article button.tr-number").first
    number.tap()
    box = page.locator(f"[id='{number.get_attribute('popovertarget')}']").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["height"] <= 600
    context.close()


def with_charts(book):
    return [name for name in book.contents if book.pages[f"{name}.html"].select(".tr-chart")]


def test_every_control_of_a_chart_changes_it(book, page):
    controls = 0
    for name in with_charts(book):
        page.goto((book.html / f"{name}.html").as_uri())
        scroll_through(page)
        for chart in page.locator(".tr-wide .tr-live").all():
            for control in chart.locator(".vega-bindings input, .vega-bindings select").all():
                controls += 1
                assert control.evaluate("c => c.labels.length > 0 || c.ariaLabel !== null"), f"{name}: without a label"
                svg = chart.locator("svg").first
                before = svg.inner_html()
                what = control.evaluate(CHANGE)
                if what is None:
                    continue
                for _ in range(50):
                    if svg.inner_html() != before:
                        break
                    page.wait_for_timeout(20)
                else:
                    pytest.fail(f"{name}: {what} changes nothing")
    assert controls, "no chart of the report can be changed"


CHANGE = """c => {
  if (c.tagName === 'SELECT') c.selectedIndex = (c.selectedIndex + 1) % c.options.length;
  else if (c.type === 'range') c.value = c.value === c.max ? c.min : c.max;
  else if (c.type === 'checkbox') c.checked = !c.checked;
  else if (c.type === 'radio') { if (c.checked) return null; c.checked = true; }
  else c.value = '1';
  for (const kind of ['input', 'change']) c.dispatchEvent(new Event(kind, { bubbles: true }));
  return (c.closest('label') || c.parentElement).textContent.trim();
}"""


def test_a_wide_chart_shows_the_same_days_east_of_greenwich(book, browser):
    # The visits have the wide charts west of it, and the narrow ones on both sides.
    context = browser.new_context(viewport={"width": WIDE, "height": 900}, reduced_motion="reduce", timezone_id=EAST)
    for name in with_charts(book):
        page = context.new_page()  # a wheel that still turns would wake the charts of the next page at once
        page.goto((book.html / f"{name}.html").as_uri())
        charts = page.locator(".tr-wide")
        still = charts.evaluate_all(SAID)
        scroll_through(page)
        live = page.locator(".tr-wide .tr-live").evaluate_all(SAID)
        assert len(live) == charts.count()
        assert live == still, name
        page.close()
    context.close()


def test_without_scripts_the_pictures_and_numbers_stay(book, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    for name in with_charts(book):
        page.goto((book.html / f"{name}.html").as_uri())
        for picture in page.locator(".tr-wide .tr-static > svg").all():
            assert picture.is_visible()
        number = page.locator("article button.tr-number").first
        number.click()  # the popover needs no script either
        assert page.locator(f"[id='{number.get_attribute('popovertarget')}']").is_visible()
    context.close()


def test_the_search_finds_a_finding(book, page):
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((book.html / "search.html").as_uri() + "?q=GPU-hours")
    page.locator("#search-results li a").first.wait_for()
    addresses = page.locator("#search-results li a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert any("f-v3-run-hours" in address for address in addresses), addresses
    assert not errors


def test_dark_and_light_follow_the_reader(book, browser):
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto((book.html / "index.html").as_uri())
        theme = page.evaluate("document.documentElement.dataset.theme")
        mode = page.evaluate("document.documentElement.dataset.mode")
        assert theme in ("light", "dark")
        assert mode != "auto" or theme == scheme
        context.close()
