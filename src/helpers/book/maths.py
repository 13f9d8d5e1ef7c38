"""Formulas as MathML made while building: KaTeX, as sphinxcontrib-katex ships it, runs in QuickJS."""

from __future__ import annotations

import html
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import quickjs
from docutils import nodes
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

log = logging.getLogger(__name__)


@cache
def _engine() -> quickjs.Context:
    context = quickjs.Context()
    context.eval(files("sphinxcontrib").joinpath("katex.min.js").read_text(encoding="utf-8"))
    return context


@cache
def mathml(formula: str, display: bool = False) -> str:
    """Return a TeX formula as a ``math`` element; raise ``ValueError`` with KaTeX' words for one that it cannot read.

    The result passes through JSON because the engine cannot hand over every string as it is.
    """
    options = json.dumps({"output": "mathml", "displayMode": display, "throwOnError": True, "strict": "error"})
    source = json.dumps(formula.replace("{align}", "{align*}"))
    try:
        result = json.loads(_engine().eval(f"JSON.stringify(globalThis.katex.renderToString({source}, {options}))"))
    except quickjs.JSException as error:
        raise ValueError(str(error).splitlines()[0]) from error
    return result.removeprefix('<span class="katex">').removesuffix("</span>")


def _written(node: nodes.Node, display: bool) -> str:
    try:
        return mathml(node.astext(), display)
    except ValueError as error:
        log.warning(f"formula {node.astext()!r}: {error}", location=node, type="tr", subtype="math")
        return f"<code>{html.escape(node.astext())}</code>"


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write an inline formula."""
    self.body.append(f'<span class="math">{_written(node, False)}</span>')
    raise nodes.SkipNode


def visit_displaymath(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula with its number."""
    self.body.append(self.starttag(node, "div", CLASS="math tr-math", tabindex="0", role="group"))
    self.body.append(_written(node, True))
    if node.get("number"):
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})</span>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer under the name ``mathml``."""
    app.add_html_math_renderer("mathml", inline_renderers=(visit_math, None), block_renderers=(visit_displaymath, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
