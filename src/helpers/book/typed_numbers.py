"""No digit is typed: a walk over each resolved page that warns of every number which no role printed.

What is exempt is decided by the kind of node, by dates and by names; the only words it knows are those of
``units.toml`` and the names of months.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from babel.dates import get_month_names
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.nodes import clean_astext

from helpers.units import SCALES, units

logger = logging.getLogger(__name__)
Lineage = tuple[nodes.Element, ...]  # a node, last, after all that surrounds it: nodes do not always know their parent

HELPERS = Path(__file__).resolve().parents[1]
HOLE = "\ufffc"  # stands in a sentence for what is exempt
LETTERS = "A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽµ"  # a token may begin with these; Arabic and Chinese words cling to a number
DIGITS = r"\d²³¹¼-¾⁰-₉⅐-↉①-⒛"
CODES = "USD|CNY|RMB|HKD|TWD|EUR|GBP|CHF|JPY|KRW|INR|SGD|CAD|AUD|RUB|AED|SAR|QAR|KWD|EGP"
CURRENCY = rf"(?:[A-Z]{{0,3}}[$€£¥₩₹]|{CODES})\s?"
TOKEN = re.compile(
    rf"(?P<number>(?:(?<![{LETTERS}{DIGITS}])(?:{CURRENCY}|x|[Tt]op[-‑]))?"
    rf"[{DIGITS}](?:[{DIGITS}{LETTERS}]|[.,:/'’٫٬](?=[{DIGITS}])|[-‑](?=[{DIGITS}{LETTERS}]))*(?:\s?[%‰٪])?)"
    rf"|[{LETTERS}](?:[{LETTERS}{DIGITS}_]|[-‑'’](?=[{LETTERS}{DIGITS}])|(?<=\d)\.(?=\d))*"
)
URL = re.compile(r"https?://\S+")

CODE = (nodes.literal, nodes.literal_block, nodes.doctest_block)
UNSEEN = (nodes.comment, nodes.substitution_definition, nodes.pending, nodes.meta, nodes.system_message, addnodes.index)
NUMBERED = (nodes.footnote_reference, nodes.label, addnodes.number_reference, addnodes.toctree)
CITED = (nodes.citation_reference, nodes.citation)
PRINTED = {"tr-printed", "tr-computed", "bibtex-citation", "std-numref", "eqref"}
OPERATORS = re.compile(r"\\(?:times|cdot|div|approx|sim|leq?|geq?|pm|d?frac|quad|left|right|ldots|text|mathrm)\b")
TYPED = [(kind, key) for kind in (nodes.image, nodes.figure) for key in ("alt", "title")]
TYPED += [(nodes.abbreviation, "explanation"), (addnodes.number_reference, "title"), (addnodes.toctree, "caption")]
ROLE = re.compile(r"\{[\w:.+-]+\}(`+)(?:([^`<]*)<[^`>]*>|[^`]*)\1")  # its own title, if any, is typed
CODE_OR_PLACEHOLDER = re.compile(r"(`+)[^`]+\1|\{[A-Za-z_][^{}\s]*\}")


@cache
def _dates() -> re.Pattern[str]:
    """Return the pattern of dates: a year is one unless a unit, a scale word or a counted thing follows."""
    words = {word for word in SCALES if word}
    for unit in units().values():
        name, after = (re.split(r" (?:per|of|and|a) ", text.strip())[0] for text in (unit.name, unit.after))
        words |= {word for word in (name, name.split()[-1], after) if word.endswith("s")}
        words |= {after} if after and " " not in after else set()
        words |= {name.split()[-1]} if unit.before else set()
    counted = "|".join(re.escape(word) for word in sorted(words))
    forms = [(form, locale) for form in ("wide", "abbreviated") for locale in ("en", "en_GB", "ar")]
    months = {name for form, locale in forms for name in get_month_names(form, locale=locale).values()}
    month = rf"(?:{'|'.join(sorted(months, key=len, reverse=True))})\.?"
    day, year = r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?", r"(?:19|20)[0-9]{2}"
    quarter = r"[QH][1-4](?:[–-][QH]?[1-4])?"
    start = rf"(?<![{LETTERS}{DIGITS}_$€£¥₩₹#~≈±×+−<>=≤≥.,:/-])"
    end = rf"(?![{LETTERS}{DIGITS}_%‰+]|['’.,:/‑-][{DIGITS}{LETTERS}])"
    alone = rf"(?!\s*(?:{counted})(?![{LETTERS}{DIGITS}])|\s*%|\s?[–-]\s?[0-9])"
    kinds = (
        rf"(?:{day}\s+{month}\s*(?:[–-]|[a-z]+)\s*)?{day}(?:\s?[–-]\s?{day})?\s+(?:of\s+)?{month},?\s+{year}",
        rf"{month}\s+(?:{day}(?:[–-]{day})?,\s*)?{year}",
        rf"{year}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?",
        rf"{quarter}\s?{year}|{year}[\s-]?{quarter}",
        r"(?:19|20)[0-9]0['’]?s",
        rf"{year}\s?[–/-]\s?(?:{year}|[0-9]{{2}}){end}{alone}",
        rf"{year}(?:['’]s)?{end}{alone}",
    )
    return re.compile(f"{start}(?:{'|'.join(kinds)}){end}")


@lru_cache(maxsize=8)
def _named(names: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of the names, longest first; a name ends where no further digit is joined to it."""
    longest = sorted((name for name in names if name.strip()), key=lambda name: (-len(name), name))
    wanted = "|".join(r"\s+".join(re.escape(part) for part in name.split()) for name in longest) or r"(?!)"
    return re.compile(rf"(?<![{LETTERS}{DIGITS}])(?:{wanted})(?![{LETTERS}{DIGITS}]|[.,‑-][{DIGITS}])")


def _hits(text: str, names: frozenset[str]) -> Iterator[tuple[str, int, str]]:
    """Yield each typed number of ``text``: the token, where it starts, and the part of the sentence around it."""
    masked = flat = re.sub(r"\s", " ", text)
    for pattern in (URL, _named(names), _dates()):
        masked = pattern.sub(lambda found: HOLE * len(found[0]), masked)
    for found in TOKEN.finditer(masked):
        if found["number"]:
            first = flat.rfind(" ", 0, max(0, found.start() - 40)) + 1
            last = flat.find(" ", found.end() + 40)
            context = flat[first : last if last >= 0 else None].strip().replace(HOLE, "…")
            yield found[0], found.start(), context


def typed_numbers(text: str, names: frozenset[str]) -> list[str]:
    """Return the tokens of ``text`` that hold a digit and that no exemption covers, in their order."""
    return [token for token, _, _ in _hits(text, names)]


def check_document(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Warn of every typed number of a resolved page, with file, line and the words around it."""
    names = names_for(app)
    found: list[tuple[Lineage, str]] = []
    _gather((doctree,), found, _copies(app))
    for path, text in found:
        for token, start, context in _hits(text, names):
            place = _place(path, text[:start].count("\n")) or docname
            message = f"typed number {token!r} in “{context}”: let a role print it"
            logger.warning(message, location=place, type="tr", subtype="typed-number")


def _gather(path: Lineage, found: list[tuple[Lineage, str]], is_copy: Callable[[nodes.Element], bool]) -> str:
    """Add every text in the last node of ``path`` to ``found``; return what runs on in the sentence of its parent."""
    node = path[-1]
    if not _is_printed(path):
        found += [(path, text) for text in _attributes(node)]
    if _is_skipped(path) or is_copy(node):
        return HOLE
    text = _html(node.astext())[0] if isinstance(node, nodes.raw) else ""
    for child in () if isinstance(node, nodes.raw) else node.children:
        text += _gather((*path, child), found, is_copy) if isinstance(child, nodes.Element) else child.astext()
    if _runs_on(path):
        return text
    found.append((path, text))
    return ""


def _runs_on(path: Lineage) -> bool:
    """Tell whether the last node is a part of its parent's sentence."""
    return len(path) > 1 and isinstance(path[-1], nodes.Inline) and isinstance(path[-2], nodes.TextElement)


def _is_printed(path: Lineage) -> bool:
    """Tell whether a role, a cell or the bibliography put the last node out."""
    node = path[-1]
    if set(node.get("classes", ())) & PRINTED or getattr(node, "tr_printed", False) or type(node).__name__ == "number":
        return True
    if isinstance(node, (nodes.tbody, nodes.raw)):
        return any("cell_output" in above.get("classes", ()) for above in path)
    if isinstance(node, nodes.footnote):
        return any(name.startswith("footcite-") for name in node["names"])
    return isinstance(node, nodes.list_item) and "docname" in node  # a bibliography in the form of a list


def _is_skipped(path: Lineage) -> bool:
    """Tell whether the text of the last node is exempt."""
    node = path[-1]
    if isinstance(node, (nodes.math, nodes.math_block)):
        return re.search(r"[^\W\d_]", OPERATORS.sub("", node.astext())) is not None
    if isinstance(node, nodes.raw) and node.get("format") != "html":
        return True
    return isinstance(node, CODE + UNSEEN + NUMBERED + CITED) or _is_printed(path)


def _place(path: Lineage, offset: int) -> str | None:
    """Return ``file:line`` of the nearest node that knows it: the sentence's own, or one within what surrounds it."""
    while _runs_on(path):
        path = path[:-1]  # roles give the nodes in a sentence doubtful lines
    for around in reversed(path):
        for near in around.findall(nodes.Element):
            if near.line and near.source:
                return f"{near.source}:{near.line + (offset if near is path[-1] else 0)}"
    return None


def _attributes(node: nodes.Element) -> list[str]:
    """Return what the author typed into attributes that a reader meets."""
    texts = [re.sub(r"%s|\{\w+\}", HOLE, node[key]) for kind, key in TYPED if isinstance(node, kind) and node.get(key)]
    if isinstance(node, addnodes.toctree):
        texts += [title for title, _ in node.get("entries", ()) if title]
    if isinstance(node, nodes.reference) and not node.get("internal"):
        texts.append(node.get("reftitle") or "")
    if isinstance(node, nodes.raw) and node.get("format") == "html":
        texts += _html(node.astext())[1]
    return texts


def _copies(app: Sphinx) -> Callable[[nodes.Element], bool]:
    """Return a test for references that Sphinx filled: with a title or caption checked elsewhere, or a number."""
    labels = app.env.get_domain("std").data["labels"].values()
    titles = {label[2] for label in labels} | {clean_astext(title) for title in app.env.titles.values()}
    shape = re.escape(app.config.math_eqref_format or "({number})").replace(r"\{number\}", r"[\d.]+")

    def is_copy(node: nodes.Element) -> bool:
        if not (isinstance(node, nodes.reference) and node.get("internal")):
            return False
        target = node.get("refid") or node.get("refuri", "").rpartition("#")[2]
        text = node.astext()
        return text in titles or (target.startswith("equation-") and re.fullmatch(shape, text) is not None)

    return is_copy


def _html(source: str) -> tuple[str, list[str]]:
    """Return what a reader meets of HTML: its text, and the attributes that are read out or pop up."""
    source = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", "", source, flags=re.DOTALL | re.IGNORECASE)
    attributes = re.findall(r"""\s(?:alt|title|aria-label)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", source)
    return unescape(re.sub(r"<[^<>]*>", "", source)), [unescape("".join(parts)) for parts in attributes]


def names_for(app: Sphinx) -> frozenset[str]:
    """Return the names that may hold digits: of the tables' name columns (with a space), and the glossary's terms."""
    from helpers.data import descriptor, load  # noqa: PLC0415  Sphinx loads this module before the data may be there

    names = {name for name, _, kind, *_ in app.env.get_domain("std").get_objects() if kind == "term"}
    for resource in descriptor()["resources"]:
        for column in resource.get("nameColumns", ()):
            cells = [str(cell) for cell in load(resource["name"])[column].dropna()]
            cells += [cell.partition(" (")[0] for cell in cells]  # "Claude 2.1 (Nov 2023)" is called Claude 2.1
            names |= {cell for cell in cells if re.search(r"\d", cell) and re.search(r"\S\s+\S", cell)}
    return frozenset(names)


def check_strings(strings: Iterable[tuple[str, str]], names: frozenset[str]) -> list[str]:
    """Return a message for every typed number in (where, text) pairs; roles and placeholders count as printed."""
    messages = []
    for where, text in strings:
        plain = CODE_OR_PLACEHOLDER.sub(HOLE, ROLE.sub(lambda role: HOLE + (role[2] or ""), text))
        messages += [f"{where}: typed number {token!r} in “{context}”" for token, _, context in _hits(plain, names)]
    return messages


def catalogue_strings(base: Path = HELPERS) -> list[tuple[str, str]]:
    """Return the words of all catalogues of figures, tables and claims, each with its place."""
    found: list[tuple[str, str]] = []
    for folder in ("figures", "claims"):
        for path in sorted((base / folder).rglob("*.toml")):
            words = _leaves(tomllib.loads(path.read_text(encoding="utf-8")))
            found += [(f"{path.relative_to(base).as_posix()}, {key}", text) for key, text in words]
    return found


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
        return
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        if name not in ("unit", "name"):
            yield from _leaves(inner, f"{key}.{name}" if key else str(name))


def code_strings(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """Return the strings of modules that hold a digit and look like words for a reader, each with its place."""
    found: list[tuple[str, str]] = []
    for path in paths:
        tree = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))
        docs = {id(node.value) for node in tree if isinstance(node, ast.Expr)}  # a string that is a whole statement
        for node in tree:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                text = node.value
                words = " " in text and re.search(r"[^\W\d_]", text) and re.search(rf"[{DIGITS}]", text)
                if words and "datum" not in text:  # an expression of Vega
                    found.append((f"{path.parent.name}/{path.name}:{node.lineno}", text))
    return found


def setup(app: Sphinx) -> dict[str, Any]:
    """Check each page before other extensions append to it (sphinx-thebe does, at the usual priority)."""
    app.connect("doctree-resolved", check_document, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
