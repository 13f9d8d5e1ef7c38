"""Units and how a quantity is printed: one list for tables, findings, claims and figures (``units.toml``)."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "en"
SCALES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
POWER = "power"  # print as a power of ten, for FLOP
EXPONENT_DIGITS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True)
class Unit:
    """A unit: its id in the data, its name, and what stands before and after a printed number (and after a one)."""

    id: str
    name: str
    before: str = ""
    after: str = ""
    one: str = ""


@cache
def units() -> dict[str, Unit]:
    """Return the list of units by id."""
    raw = tomllib.loads(files("helpers").joinpath("units.toml").read_text(encoding="utf-8"))
    return {key: Unit(key, **fields) for key, fields in raw.items()}


def unit(key: str) -> Unit:
    """Return one unit; raise ``KeyError`` for one that is not in the list."""
    try:
        return units()[key]
    except KeyError:
        raise KeyError(f"no unit {key!r} in units.toml") from None


def number(value: float, digits: int = 0, scale: str = "") -> str:
    """Print a pure number: grouped thousands, ``digits`` decimals after division by ``scale``.

    ``scale`` is a key of ``SCALES`` or ``"power"`` (a mantissa and a power of ten). Raises ``ValueError`` for a
    number that is not finite, since nothing that is not a number may reach a page, and for an unknown scale.
    """
    if not math.isfinite(value):
        raise ValueError(f"cannot print {value}")
    if scale not in SCALES and scale != POWER:
        raise ValueError(f"no scale {scale!r}; there are {', '.join(word for word in SCALES if word)} and {POWER}")
    if scale == POWER and value != 0:
        exponent = math.floor(math.log10(abs(value)))
        mantissa = value / 10.0**exponent
        if round(abs(mantissa), digits) >= 10:
            mantissa, exponent = mantissa / 10, exponent + 1
        return f"{_decimal(mantissa, digits)} × 10{str(exponent).translate(EXPONENT_DIGITS)}"
    return _decimal(value / SCALES.get(scale, 1.0), digits)


def _with_sign(value: float, before: str, digits: int, scale: str) -> str:
    """Print a number with its sign before the currency; what is rounded to zero has none."""
    text = number(abs(value), digits, scale)
    return f"{'−' if value < 0 and re.search('[1-9]', text) else ''}{before}{text}"


def quantity(value: float, unit_id: str, digits: int = 0, scale: str = "") -> str:
    """Print a number with its unit, as in ``$5.576 million``, ``70,272 bytes per token`` or ``1 model``."""
    known = unit(unit_id)
    word = f" {scale}" if scale in SCALES and scale else ""
    text = _with_sign(value, known.before, digits, scale)
    return f"{text}{word}{known.one if known.one and text.lstrip('−') == '1' and not word else known.after}"


def interval(low: float, high: float, unit_id: str, digits: int = 0, scale: str = "") -> str:
    """Print a range with its unit once, as in ``4.0 to 7.7 months`` or ``$1.2 to $3.4 billion``."""
    known = unit(unit_id)
    word = f" {scale}" if scale in SCALES and scale else ""
    sides = [_with_sign(side, known.before, digits, scale) for side in (low, high)]
    joint = "% to " if known.after == "%" else " to "
    return f"{sides[0]}{joint}{sides[1]}{word}{known.after}"


def as_typed(value: float, unit_id: str, most: int = 10, scale: str = "") -> str:
    """Print a number that was typed somewhere with the decimals that it was typed with, ``most`` at the most."""
    decimals = len(f"{value / SCALES[scale]:.{max(most, 6)}f}".rstrip("0").partition(".")[2])
    return quantity(value, unit_id, min(most, decimals), scale)


def day(when: date, pattern: str = "d MMMM y") -> str:
    """Print a date, as in ``11 August 2026``; ``pattern`` is one of Unicode's date patterns."""
    return format_date(when, pattern, locale=LOCALE)


def _decimal(value: float, digits: int) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = format_decimal(value, format=pattern, locale=LOCALE).replace("-", "−")
    return text if re.search("[1-9]", text) else text.removeprefix("−")
