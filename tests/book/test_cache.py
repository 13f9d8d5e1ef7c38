"""A throw-away book of two chapters: which of them run again, and which must not."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from myst_nb.core.execute import ExecutionError
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from helpers.data import state

pytest.importorskip("ipykernel")

TOP = """---
file_format: mystnb
kernelspec: {{name: python3, display_name: Python 3}}
---
# {title}

{prose}

```{{code-cell}}
:tags: [remove-input]

{code}
```
"""
# The first chapter reads its file before it imports anything of ours; the second uses a catalogue.
ONE = 'print("one:", open("../data/one.csv").read().strip())\nfrom toys import shared\nshared.hello()'
TWO = 'from toys import extra\nprint("two:", extra.words(), open("../data/two.csv").read().strip())'


class Book:
    """The sources of the book, and what a build of it did."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.write("data/one.csv", "11")
        self.write("data/two.csv", "22")
        self.write("requirements.txt", "")
        self.write("src/toys/__init__.py", "")
        self.write("src/toys/shared.py", "def hello():\n    return 1\n")
        self.write(
            "src/toys/extra.py",
            "from importlib.resources import files\nfrom toys import shared\nMARK = 'a'\n"
            "def words():\n    return MARK + files('toys').joinpath('extra.toml').read_text()\n",
        )
        self.write("src/toys/extra.toml", "k = 1")
        self.write("book/index.md", "# Book\n\n```{toctree}\none\ntwo\n```\n")
        self.chapter("one", ONE)
        self.chapter("two", TWO)

    def write(self, name: str, text: str) -> None:
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def chapter(self, name: str, code: str, prose: str = "Words.") -> None:
        self.write(f"book/{name}.md", TOP.format(title=name.title(), prose=prose, code=code))

    def build(self, builder: str = "html") -> list[str]:
        """Build, and return the chapters that were executed."""
        self.status, self.warnings = io.StringIO(), io.StringIO()
        out = self.top / "_build"
        settings = {
            "extensions": ["myst_nb", "helpers.book.cache"],
            "html_theme": "basic",
            "nb_execution_mode": "cache",
            "nb_execution_raise_on_error": True,
            "nb_execution_timeout": 20,
            "two_races_root": str(self.top),
            "two_races_package": str(self.top / "src" / "toys"),
        }
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                self.top / "book",
                None,
                out / builder,
                out / f".doctrees-{builder}",
                builder,
                settings,
                status=self.status,
                warning=self.warnings,
            )
            app.build()
        self.env = app.env
        said = re.findall(r"chapter (\w+): executed in \d+\.\d s", self.status.getvalue())
        really = re.findall(r"(\w+)\.md: Executing notebook", self.status.getvalue())
        spoilt = re.findall(r"chapter (\w+): .* changed while", self.warnings.getvalue())
        assert sorted(said + spoilt) == sorted(really)
        return sorted(said)

    def page(self, name: str, builder: str = "html") -> str:
        suffix = {"html": "html", "text": "txt"}[builder]
        return (self.top / "_build" / builder / f"{name}.{suffix}").read_text(encoding="utf-8")

    def record(self, name: str) -> dict:
        return json.loads((self.cache / "records" / f"{name}.json").read_text(encoding="utf-8"))

    @property
    def cache(self) -> Path:
        return self.top / "_build" / ".jupyter_cache"

    @property
    def folders(self) -> set[str]:
        return {path.name for path in self.cache.glob("[0-9a-f]" * 20)}


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "src"))
    monkeypatch.setenv("TWO_RACES_CACHE", str(tmp_path / "results"))
    return Book(tmp_path)


def test_only_the_chapters_that_read_what_changed_run_again(book):
    # No record: both run.
    before = dict(os.environ)
    assert book.build() == ["one", "two"]
    assert dict(os.environ) == before
    assert {"data/one.csv", "toys/shared.py", "requirements.txt"} <= set(book.record("one")["files"])
    assert {"data/two.csv", "toys/extra.py", "toys/extra.toml"} <= set(book.record("two")["files"])
    assert not {"data/two.csv", "toys/extra.py"} & set(book.record("one")["files"])

    # Nothing changed, or a file was only touched: none runs. Another builder with doctrees of its own: none either.
    (book.top / "data" / "one.csv").touch()
    assert book.build() == []
    assert book.build("text") == []
    assert book.status.getvalue().count(": unchanged") == 2

    # Prose changed: the page is read again, no chapter runs.
    book.chapter("one", ONE, prose="Other words.")
    assert book.build() == []
    assert "chapter one: unchanged" in book.status.getvalue()
    assert "Other words." in book.page("one")

    # A cell of a table changed: the chapter that reads it runs once, and both outputs show it.
    book.write("data/one.csv", "33")
    assert book.build() == ["one"]
    assert "one: 33" in book.page("one")
    assert "two: ak = 1 22" in book.page("two")
    assert book.build("text") == []
    assert "one: 33" in book.page("one", "text")

    # A module, then a catalogue that only one chapter uses.
    module = book.top / "src" / "toys" / "extra.py"
    module.write_text(module.read_text().replace("'a'", "'changed '"))
    assert book.build() == ["two"]
    book.write("src/toys/extra.toml", "k = 2")
    assert book.build() == ["two"]
    assert "two: changed k = 2 22" in book.page("two")

    # Folders that no record names are gone.
    assert book.folders == {book.record("one")["key"], book.record("two")["key"]}


def test_what_is_not_known_is_executed(book):
    assert book.build() == ["one", "two"]
    # The record is lost, and the build that should have written it was stopped while it wrote the notebook.
    (notebook,) = (book.cache / book.record("one")["key"] / "executed").rglob("base.ipynb")
    notebook.write_text(notebook.read_text()[:100])
    (book.cache / "records" / "one.json").unlink()
    assert book.build() == ["one"]
    assert "one: 11" in book.page("one")

    # Code changed, then data that only the old code read, then the old code is back: its old result must not be.
    book.chapter("one", 'print("one: nothing")')
    assert book.build() == ["one"]
    book.write("data/one.csv", "44")
    assert book.build() == []
    book.chapter("one", ONE)
    assert book.build() == ["one"]
    assert "one: 44" in book.page("one")

    # A new file may be read by anyone who goes through a list of them; so may the lock file's packages.
    book.write("data/three.csv", "")
    book.write("requirements.txt", "new==1")
    assert book.build() == ["one", "two"]


def test_a_failing_cell_stops_the_build_and_is_named(book):
    book.chapter("two", 'print("before")\nprint(open("../data/two.csv").read().index("x"))')
    with pytest.raises(ExecutionError, match=r"two\.md"):
        book.build()
    line = next(line for line in book.warnings.getvalue().splitlines() if "ERROR: chapter" in line)
    assert re.search(r"two\.md:13: .*chapter two, cell 1, line 2: ValueError: substring not found", line)

    # What had run is kept, what failed is not; a changed file is enough to go on.
    book.write("data/two.csv", "22x")
    assert book.build() == ["two"]
    assert book.build() == []

    # A file that changes under a running chapter: the build says so, and does not keep the result.
    book.chapter("one", 'text = open("../data/one.csv").read()\nopen("../data/one.csv", "a").write("1")\nprint(text)')
    assert book.build() == []
    assert "chapter one: data/one.csv changed while it was executed" in book.warnings.getvalue()
    assert not (book.cache / book.env.two_races_keys["one"]).exists()


MODEL = """
import sys
from helpers.data.state import expensive

@expensive
def model(x):
    print("computed", x)
    return {"y": x / 3}

if __name__ == "__main__":
    assert model(1.0) == model(1.0) == {"y": 1 / 3}
    if len(sys.argv) > 1:
        open(sys.argv[1], "w").write("changed")
        model(1.0)
"""


def test_an_expensive_result_is_computed_once_for_each_state(tmp_path):
    table = tmp_path / "data" / "one.csv"
    table.parent.mkdir()
    table.write_text("1")
    (tmp_path / "data" / "datapackage.json").write_text("{}")
    (tmp_path / "toy_model.py").write_text("from toy_model_code import *\n")
    (tmp_path / "toy_model_code.py").write_text(MODEL)
    run = "import runpy, sys; sys.argv[0] = ''; import toy_model_code; "
    use = run + "model = toy_model_code.model; print(model(1.0) == model(1.0) == {'y': 1 / 3})"
    spoil = use + "; open('data/one.csv', 'w').write('2'); model(1.0)"
    environment = os.environ | {
        "TWO_RACES_CACHE": str(tmp_path / "results"),
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(state.PACKAGE.parent)]),
    }

    def process(code: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.split("\n")[:-1]

    assert process(use) == ["computed 1.0", "True"]
    assert process(use) == ["True"]
    # The table changes in a process that may hold the old one in memory: it computes, and keeps nothing.
    assert process(spoil) == ["True", "computed 1.0"]
    assert process(use) == ["computed 1.0", "True"]


def test_the_state_knows_its_files(tmp_path, monkeypatch):
    package = tmp_path / "toys"
    for name in ("data/a.csv", "data/.hidden", "references.bib", "toys/m.py", "toys/m.toml", "toys/book/s.py", "x.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert set(state.tracked(tmp_path, package)) == {"data/a.csv", "references.bib", "toys/m.py", "toys/m.toml"}
    before = state.whole_state(state.snapshot(tmp_path, package))
    (tmp_path / "toys" / "book" / "s.py").write_text("other")
    assert state.whole_state(state.snapshot(tmp_path, package)) == before
    monkeypatch.setenv("TWO_RACES_ASSUMPTIONS", str(tmp_path / "x.csv"))
    assert state.tracked(tmp_path, package)["data/assumptions.csv"] == tmp_path / "x.csv"
    assert state.whole_state(state.snapshot(tmp_path, package)) != before
