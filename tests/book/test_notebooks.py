"""A chapter opened as a notebook runs from top to bottom, from the folder where JupyterLab opens it."""

import os
from concurrent.futures import ThreadPoolExecutor

import jupytext
import nbclient
import pytest

from helpers.data import root

CHAPTERS = [*sorted((root() / "chapters").glob("*.md")), root() / "index.md"]
WITH_CODE = [path for path in CHAPTERS if "{code-cell}" in path.read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def runs(book):
    """Begin to run all notebooks, two at a time, beside the results that the book has computed."""

    def run(path):
        notebook = jupytext.read(path)
        client = nbclient.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(path.parent)}})
        client.execute(env=os.environ | {"TWO_RACES_CACHE": str(book.output / ".results")})
        return notebook

    with ThreadPoolExecutor(2) as pool:
        yield {path: pool.submit(run, path) for path in WITH_CODE}


@pytest.mark.book
@pytest.mark.parametrize("path", WITH_CODE, ids=lambda path: path.stem)
def test_runs_as_a_notebook(runs, path):
    notebook = runs[path].result()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    kinds = {kind for cell in code for output in cell.outputs for kind in output.get("data", {})}
    assert kinds & {"image/svg+xml", "text/markdown"}, "a chapter shows at least one picture or table in a notebook"
    if path.stem != "methods":  # which has a table only
        assert "image/svg+xml" in kinds, "a chapter shows at least one picture in a notebook"


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_with_code_says_that_it_is_a_notebook(path):
    text = path.read_text(encoding="utf-8")
    assert ("{code-cell}" in text) == ("file_format: mystnb" in text)
