"""Spelling of plain text in Typst: markup, strings, labels, and runs of Arabic."""

from __future__ import annotations

import re

_BLANK = re.compile(r"[ \t\r\n]+")
_ALWAYS = re.compile(r"[\\#$*_@<>`~\[\]/]")
# What Typst reads as a dash, a soft hyphen, a minus sign or an ellipsis.
_HYPHEN = re.compile(r"-(?=[-?\d]|$)")
_ELLIPSIS = re.compile(r"\.(?=\.\.)")
# What Typst reads as a list, a term or a heading when a line begins with it.
_START = re.compile(r"^( *)([-+=.])|^( *\d+)(\.)(?= |$)")

RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_RTL_RUN = re.compile(rf"[{RTL}](?:[^{RTL}A-Za-z]*[{RTL}])*")
_RTL_LETTER = re.compile(f"[{RTL}]")
_LTR_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")


def markup(text: str) -> str:
    """Return ``text`` as Typst markup that prints exactly it, wherever it stands."""
    text = _BLANK.sub(" ", text)
    text = _ALWAYS.sub(lambda match: "\\" + match[0], text)
    text = _HYPHEN.sub(r"\\-", text)
    text = _ELLIPSIS.sub(r"\\.", text)
    return _START.sub(_escape_start, text)


def _escape_start(match: re.Match[str]) -> str:
    before = match[1] if match[1] is not None else match[3]
    return f"{before}\\{match[2] or match[4]}"


def prose(text: str, *, mark_arabic: bool = True) -> str:
    """Return ``text`` as markup, each run of Arabic marked with its language."""
    if not mark_arabic or not _RTL_LETTER.search(text):
        return markup(text)
    parts: list[str] = []
    end = 0
    for run in _RTL_RUN.finditer(text):
        parts += [markup(text[end : run.start()]), f"#ar[{markup(run[0])}];"]
        end = run.end()
    return "".join([*parts, markup(text[end:])])


def is_rtl(text: str) -> bool:
    """Tell whether ``text`` has more letters written right to left than left to right."""
    return len(_RTL_LETTER.findall(text)) > len(_LTR_LETTER.findall(text))


def has_letters(text: str) -> bool:
    """Tell whether ``text`` holds a letter that has a direction."""
    return bool(_RTL_LETTER.search(text) or _LTR_LETTER.search(text))


def string(text: str) -> str:
    """Return ``text`` as a Typst string literal."""
    for plain, escaped in (
        ("\\", "\\\\"),
        ('"', '\\"'),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\t", "\\t"),
    ):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def array(items: list[str]) -> str:
    """Return a Typst array of expressions that are already written."""
    return "(" + "".join(f"{item}, " for item in items).rstrip() + ")"
