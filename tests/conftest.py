"""The book, built once a session (or twice, for comparison), and throw-away builds of a few pages.

``TWO_RACES_BOOK`` may name a folder that was built before (the report's, or its ``_build``): quick work on one test
need not build. Nothing is ever built in the working tree: the sources are copied first.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from hypothesis import settings

import helpers

# A law holds or not, however busy the machine is.
settings.register_profile("unhurried", settings.default, deadline=None)
settings.load_profile("unhurried")

REPOSITORY = Path(__file__).resolve().parents[1]
SOURCES = (
    "_config.yml",
    "_toc.yml",
    "index.md",
    "chapters",
    "data",
    "references.bib",
    "CITATION.cff",
    "requirements.txt",
)
ASSETS = ".assets"  # typeface and bundle of charts, the same in every build
COMMANDS = {  # ours, and that of the ecosystem
    "book": ("-m", "helpers.book"),
    "second_book": (
        "-c",
        "import sys; from jupyter_book.cli.main import main; sys.argv[0] = 'jupyter-book'; main()",
        *("build", "-W", "-n", "."),
    ),
}
PLACES = {  # the two builds differ in all that must not matter
    "book": {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "second_book": {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
}


@dataclass(frozen=True)
class Book:
    """A built book."""

    source: Path
    output: Path

    @property
    def html(self) -> Path:
        return self.output / "html"

    @property
    def pdf(self) -> Path:
        return self.output / "pdf" / "two-races.pdf"

    @cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        """Every page by its path, parsed: millions of objects, which the collector of garbage need not look at."""
        gc.disable()
        try:
            return {
                path.relative_to(self.html).as_posix(): BeautifulSoup(path.read_bytes(), "html.parser")
                for path in sorted(self.html.rglob("*.html"))
            }
        finally:
            gc.freeze()
            gc.enable()

    @cached_property
    def anchors(self) -> dict[str, dict[str, Tag]]:
        """The elements of every page by their id."""
        return {name: {tag["id"]: tag for tag in page.find_all(id=True)} for name, page in self.pages.items()}

    @cached_property
    def contents(self) -> list[str]:
        """The documents of the contents, in their order."""
        return toc_documents(self.source)


def toc_documents(source: Path) -> list[str]:
    """Return the documents that a ``_toc.yml`` names, in reading order."""
    found: list[str] = []

    def walk(entry: Any) -> None:
        for key, value in entry.items() if isinstance(entry, dict) else ():
            if key in ("root", "file"):
                found.append(value)
        for value in entry.values() if isinstance(entry, dict) else entry:
            if isinstance(value, dict | list):
                walk(value)

    walk(yaml.safe_load((source / "_toc.yml").read_text(encoding="utf-8")))
    return found


def copy_sources(target: Path) -> Path:
    """Copy what the book is made of."""
    for name in SOURCES:
        path = REPOSITORY / name
        if path.is_dir():
            shutil.copytree(path, target / name, ignore=shutil.ignore_patterns(".*", "__pycache__", "_build"))
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target / name)
    return target


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a build: this code, and none of the settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TWO_RACES_")}
    paths = [str(Path(helpers.__file__).parents[1]), *filter(None, [kept.get("PYTHONPATH")])]
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"} | more


def start(source: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """Begin a build as a reader does, and return without waiting."""
    command = [sys.executable, *(arguments or COMMANDS["book"])]
    return subprocess.Popen(
        command,
        cwd=source,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the tests of the built book to the end: it is built meanwhile."""
    items.sort(key=lambda item: item.get_closest_marker("book") is not None)


@pytest.fixture(scope="session", autouse=True)
def builds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, tuple[Path, subprocess.Popen[str]]]]:
    """Begin the builds that the tests of this session will ask for."""
    items = [item for item in request.session.items if item.get_closest_marker("book")]
    wanted = [name for name in PLACES if any(name in item.fixturenames for item in items)]
    begun: dict[str, tuple[Path, subprocess.Popen[str]]] = {}
    if wanted and not os.environ.get("TWO_RACES_BOOK"):
        top = tmp_path_factory.mktemp("books")
        for name in wanted:
            source = copy_sources(top / ("a second build – é" if name == "second_book" else name))
            if name == "second_book":
                for path in source.rglob("*"):
                    os.utime(path, (10**9, 10**9))
            begun[name] = source, start(source, *COMMANDS[name], **PLACES[name])
    yield begun
    for _, process in begun.values():
        process.kill()  # where the session ends before its time


def finished(source: Path, process: subprocess.Popen[str]) -> Book:
    """Wait for a build."""
    output, _ = process.communicate(timeout=900)
    assert process.returncode == 0, f"the book was not built:\n{output}"
    return Book(source, source / "_build")


@pytest.fixture(scope="session")
def book(builds: dict[str, tuple[Path, subprocess.Popen[str]]]) -> Book:
    """The built book."""
    if named := os.environ.get("TWO_RACES_BOOK"):
        folder = Path(named).resolve()
        output = folder / "_build" if (folder / "_build").is_dir() else folder
        assert (output / "html" / "index.html").is_file(), f"no built book in {folder}"
        return Book(output.parent, output)
    return finished(*builds["book"])


@pytest.fixture(scope="session")
def second_book(builds: dict[str, tuple[Path, subprocess.Popen[str]]]) -> Book:
    """The same book, built by ``jupyter-book`` in another folder, time zone and locale, from files of another age."""
    if os.environ.get("TWO_RACES_BOOK"):
        pytest.skip("TWO_RACES_BOOK names a build of unknown age: there is nothing to compare it with")
    return finished(*builds["second_book"])


@dataclass(frozen=True)
class Trial:
    """A throw-away build, begun."""

    source: Path
    process: subprocess.Popen[str]

    @cached_property
    def output(self) -> str:
        """Wait for the end; return all that it told."""
        return self.process.communicate(timeout=600)[0]

    @property
    def code(self) -> int:
        assert self.output
        return self.process.returncode

    def again(self) -> Trial:
        """Begin to build the same book from the chapters that it has executed, with no other result kept."""
        results = str(self.source.parent / "no results")
        return Trial(self.source, start(self.source, TWO_RACES_NO_PDF="1", TWO_RACES_CACHE=results))


@pytest.fixture(scope="session")
def trial(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Trial]:
    """Return a function that begins to build a book of two pages: the front page and one that is given (no PDF)."""
    results = tmp_path_factory.mktemp("trials") / "results"  # shared where the sources are the same
    if (book.output / ".results").exists():
        shutil.copytree(book.output / ".results", results)

    def begin(page: str, change: Callable[[Path], None] | None = None) -> Trial:
        source = copy_sources(tmp_path_factory.mktemp("trial") / "book")
        shutil.rmtree(source / "chapters")
        (source / "chapters").mkdir()
        (source / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: chapters/page\n")
        (source / "index.md").write_text("# Small\n\nNo more than that.\n")
        (source / "chapters" / "page.md").write_text(page, encoding="utf-8")
        if (book.output / ASSETS).exists():
            shutil.copytree(book.output / ASSETS, source / "_build" / ASSETS)
        if change:
            change(source)
        return Trial(source, start(source, TWO_RACES_NO_PDF="1", TWO_RACES_CACHE=str(results)))

    return begin


# ---- a browser

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium; without one, skip, but fail where a skip would go unnoticed."""
    named = os.environ.get("CHROMIUM")
    places = [named] if named else ["/usr/bin/chromium", *CHROMIUM_NAMES]
    for place in places:
        if found := shutil.which(place):
            return found
    reason = f"no browser: looked for {', '.join(places)}; CHROMIUM may name one"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``page_name`` on every page: of the contents, of Sphinx, and one of code."""
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize(
            "page_name", [*toc_documents(REPOSITORY), "search", "genindex", "code/helpers.findings.forms"]
        )
