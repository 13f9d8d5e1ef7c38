"""TeX formulas as Typst maths, through tylax."""

from __future__ import annotations

import functools
import re

import tylax

_ALIGN = re.compile(r"\\(begin|end)\{(?:align|gather|eqnarray|split|multline)\*?\}")
_EQUATION = re.compile(r"\\(?:begin|end)\{(?:equation|displaymath)\*?\}")
_LABEL = re.compile(r"\\label\{[^}]*\}|\\(?:nonumber|notag)\b")
_UPRIGHT = re.compile(r"\\(?:mathrm|mathsf)\{([A-Za-z][A-Za-z ]+)\}")
_CASES = re.compile(r"\\begin\{cases\}.*?\\end\{cases\}", re.DOTALL)
_BLANK_LINE = re.compile(r"\n\s*\n")


class MathsError(ValueError):
    """A formula that cannot be turned into Typst."""


def plain_tex(tex: str) -> str:
    """Return one formula in the part of TeX that tylax reads as one formula."""
    parts = [part.strip() for part in _BLANK_LINE.split(tex.strip())]
    tex = r" \\ ".join(part for part in parts if part)
    tex = _LABEL.sub("", _EQUATION.sub("", tex)).strip()
    # Typst sets no space between the columns of cases.
    tex = _CASES.sub(lambda match: match[0].replace("&", r"& \quad "), tex)
    tex = _ALIGN.sub(r"\\\1{aligned}", tex)
    if r"\begin" not in tex and r"\\" in tex:
        tex = rf"\begin{{aligned}} {tex} \end{{aligned}}"
    return tex


def _as_text(match: re.Match[str]) -> str:
    return rf"\text{{{match[1].replace(' ', '')}}}"


@functools.cache
def typst_maths(tex: str) -> str:
    """Return the formula ``tex`` as Typst maths, without the dollar signs."""
    # A word set upright is a word: without this, tylax spaces it as a product.
    tex = _UPRIGHT.sub(_as_text, plain_tex(tex))
    result = tylax.latex_to_typst_diagnostics(tex)
    if result.warnings:
        raise MathsError("; ".join(str(warning.message) for warning in result.warnings))
    if "math.equation" in result.output or "\n\n" in result.output:
        raise MathsError("an environment that has no counterpart in Typst")
    return " ".join(result.output.split())
