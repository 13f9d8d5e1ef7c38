"""Pages that show the code behind the numbers, with an anchor for each line, so that a trace can lead to a function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from sphinx.addnodes import pending_xref

import helpers
from helpers.book.wording import words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FOLDER = "code"


def modules() -> list[str]:
    """Return the names of all modules of the package but those of its Sphinx side."""
    found = [item.name for item in walk_packages(helpers.__path__, "helpers.") if not item.ispkg]
    return sorted(name for name in found if not name.startswith("helpers.book."))


def lines_of(function: Callable[..., object]) -> tuple[int, int]:
    """Return the first and the last line of a function, decorators included."""
    lines, first = inspect.getsourcelines(function)
    return first, first + len(lines) - 1


def function_named(module: str, name: str) -> Callable[..., object]:
    """Return the function ``name`` of a module; for one made by another function, the one that made it."""
    found: Any = import_module(module)
    for part in name.partition(".<locals>")[0].split("."):
        found = getattr(found, part)
    assert callable(found)
    return inspect.unwrap(found)


def code_link(function: Callable[..., object]) -> nodes.Node:
    """Return a reference that leads to the source lines of ``function``."""
    module, name = function.__module__, function.__qualname__
    return named_link(module, name, lines_of(inspect.unwrap(function)))


def named_link(module: str, name: str, lines: tuple[int, int]) -> nodes.Node:
    """Return a reference to lines of a module, with the name of the function as its text."""
    label = words("trace")["code"].format(name=f"{module}.{name}", first=lines[0], last=lines[1])
    return pending_xref(
        "",
        nodes.inline("", label, classes=["tr-code"]),
        refdomain="tr",
        reftype="code",
        reftarget=f"{module}#L-{lines[0]}",
        refwarn=True,
    )


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield one page a module for the HTML book."""
    if app.builder.name != "html":
        return
    for name in modules():
        path = Path(str(inspect.getsourcefile(import_module(name))))
        formatter = HtmlFormatter(linenos="inline", lineanchors="L")
        code = highlight(path.read_text(encoding="utf-8"), PythonLexer(), formatter)
        shown = f"src/{name.replace('.', '/')}.py"
        code = code.replace("<pre>", f'<pre tabindex="0" role="region" aria-label="{shown}">', 1)
        title = words("code")["title"].format(path=shown)
        body = f'<h1>{title}</h1><div class="tr-computed tr-source">{code}</div>'
        yield f"{FOLDER}/{name}", {"title": title, "body": body, "parents": []}, "page.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the pages after the book's own."""
    app.connect("html-collect-pages", pages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
