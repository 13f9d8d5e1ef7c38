"""The frame of every figure: a chart with name, title, caption, alternative text, sources and data.

A figure function is given its words and whether it is drawn wide (page, PDF) or narrow (telephone), and returns what
it drew. The frame turns that into one object whose output a chapter shows: in JupyterLab as a picture, in the book as
a numbered figure.
"""

from __future__ import annotations

import html
import json
import os
import re
import string
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from helpers.data import cited
from helpers.data.reads import VARIABLE as BUILT
from helpers.figures.svg import to_svg
from helpers.figures.words import Words, catalogue
from helpers.findings import Finding, Rows, get
from helpers.findings.registry import CHAPTERS

MIME = "application/vnd.two-races.figure+json"
WIDE, NARROW = 620, 310  # pixels of the drawing area; the page column and a telephone of 360

# One colour per country through the whole book (Okabe and Ito's set, told apart by the colour-blind, and at least
# 3:1 against the white page and the dark one). Style sheet and PDF use the same values.
COLOURS = {"US": "#0072B2", "CN": "#D55E00", "WW": "#767676", "EU": "#CC79A7", "AE": "#009E73", "other": "#767676"}
INK, SOFT, GRID = "#1f2328", "#59636e", "#d1d9e0"  # the style sheet redraws these three for the dark page
FONT = "Noto Sans"
PRINTED = ("text", "tooltip")  # channels that print a date instead of placing it
MOMENT = re.compile(r'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)"')


@alt.theme.register("two_races", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    """Return the look of every chart: quiet axes, horizontal labels, one typeface."""
    axis = {
        "labelColor": INK,
        "titleColor": SOFT,
        "domainColor": SOFT,
        "tickColor": SOFT,
        "gridColor": GRID,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 230,
        "titlePadding": 8,
    }
    return {
        "config": {
            "background": None,
            "font": FONT,
            "view": {"stroke": None},
            "axis": axis,
            "axisX": {"grid": False},
            "legend": {
                "labelColor": INK,
                "titleColor": SOFT,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "orient": "top",
                "symbolType": "circle",
            },
            "header": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 12, "labelFontWeight": "normal"},
            "title": {"color": INK, "fontSize": 13, "fontWeight": "normal", "anchor": "start", "subtitleColor": SOFT},
            "text": {"color": INK, "fontSize": 12},
            "rule": {"color": SOFT},
            "bar": {"color": SOFT},
            "line": {"strokeWidth": 2},
            "point": {"filled": True, "size": 60},
        }
    }


def country_scale(*codes: str) -> alt.Scale:
    """Return the colour scale of the book, restricted to the countries named and in their order."""
    wanted = codes or ("US", "CN")
    return alt.Scale(domain=list(wanted), range=[COLOURS.get(code, COLOURS["other"]) for code in wanted])


@dataclass(frozen=True)
class Drawn:
    """What a figure function returns.

    ``data`` holds the rows of the download and of the table below the chart; ``evidence`` what they rest on; ``alt``
    the values that the alternative text's placeholders stand for, already as text.
    """

    chart: alt.TopLevelMixin
    data: pd.DataFrame
    evidence: tuple[Rows | Finding, ...]
    alt: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """A figure of the book. Its output in a notebook carries all that the page and the PDF need."""

    words: Words
    alt: str
    sources: tuple[str, ...]
    data: pd.DataFrame
    wide: dict[str, Any]
    narrow: dict[str, Any]

    @property
    def name(self) -> str:
        """The permanent name; the label in the book is ``fig-`` and this name."""
        return self.words.name

    def payload(self) -> dict[str, Any]:
        """Return what the book's renderer is given, which draws the pictures from the specifications."""
        return {
            "name": self.name,
            "chapter": self.words.chapter,
            "title": self.words.title,
            "caption": self.words.caption,
            "alt": self.alt,
            "sources": list(self.sources),
            "spec": self.wide,
            "spec_narrow": self.narrow,
            "csv": self.data.to_csv(index=False, lineterminator="\n"),
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        shown = {MIME: self.payload(), "text/plain": f"{self.words.title}\n{self.alt}"}
        return shown if BUILT in os.environ else shown | {"image/svg+xml": to_svg(self.wide)}


@dataclass(frozen=True)
class Panels:
    """A figure of several charts that answer one question together."""

    words: Words
    panels: tuple[Figure, ...]

    @property
    def name(self) -> str:
        """The permanent name; the label in the book is ``fig-`` and this name."""
        return self.words.name

    def payload(self) -> dict[str, Any]:
        """Return what the book's renderer is given."""
        words = self.words
        return {
            "name": self.name,
            "chapter": words.chapter,
            "title": words.title,
            "caption": words.caption,
            "panels": [part.payload() for part in self.panels],
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        told = [self.words.title, *(f"{part.words.title}\n{part.alt}" for part in self.panels)]
        shown = {MIME: self.payload(), "text/plain": "\n".join(told)}
        if BUILT in os.environ:
            return shown
        pictures = (f"<p>{html.escape(part.words.title)}</p>{to_svg(part.wide)}" for part in self.panels)
        return shown | {"text/html": "".join(pictures)}


FigureFunction = Callable[[Words, bool], Drawn]


def figure(name: str) -> Callable[[FigureFunction], Callable[[], Figure]]:
    """Make a figure of the decorated function, under ``name`` in the catalogue of the module's chapter.

    A module is named after its chapter, or after chapter and topic (``efficiency_money``).
    """

    def wrap(draw: FigureFunction) -> Callable[[], Figure]:
        chapter = _chapter(draw.__module__)

        def build() -> Figure:
            words = catalogue(chapter)[name]
            with debug_mode(False):  # a test holds every chart against the schema; a kernel need not do it again
                wide, narrow = draw(words, True), draw(words, False)
                return Figure(
                    words=words,
                    alt=_fill(words, wide.alt),
                    sources=_sources(wide.evidence),
                    data=wide.data,
                    wide=_spec(wide.chart, words),
                    narrow=_spec(narrow.chart, words),
                )

        build.__name__, build.__doc__, build.__module__ = draw.__name__, draw.__doc__, draw.__module__
        build.figure_name = name  # type: ignore[attr-defined]
        return build

    return wrap


def together(name: str, *panels: Figure) -> Panels:
    """Make one figure of several, under ``name`` in the catalogue of their chapter."""
    return Panels(catalogue(panels[0].words.chapter)[name], panels)


def _chapter(module: str) -> str:
    """Return the chapter that a module of figures belongs to: its name, or what stands before its topic."""
    name = module.rpartition(".")[2]
    return next((chapter for chapter in CHAPTERS if name.startswith(f"{chapter}_")), name)


def printed(keys: dict[str, str]) -> dict[str, str]:
    """Return what findings print, for the places of an alternative text: place → id of a finding."""
    return {place: get(key).text for place, key in keys.items()}


def _spec(chart: alt.TopLevelMixin, words: Words) -> dict[str, Any]:
    spec = chart.to_dict(validate=False)
    spec["description"] = words.title
    spec.get("usermeta", {}).pop("embedOptions", None)
    _universal(spec)
    return _settled(spec)


def _universal(part: Any) -> None:
    """Put every date on a scale of universal time, so that a day is the same day wherever builder and reader are."""
    if isinstance(part, list):
        for item in part:
            _universal(item)
    elif isinstance(part, dict):
        for channel, given in part.get("encoding", {}).items():
            for field_ in given if isinstance(given, list) else [given]:
                if not isinstance(field_, dict) or field_.get("type") != "temporal":
                    continue
                if channel in PRINTED:
                    field_.setdefault("timeUnit", "utcyearmonthdate")
                elif field_.get("scale", {}) is not None:
                    field_.setdefault("scale", {}).setdefault("type", "utc")
        for key, item in part.items():
            if key not in ("datasets", "values"):
                _universal(item)


def _settled(spec: dict[str, Any]) -> dict[str, Any]:
    """Rename what Altair numbers by a counter of the process, so that the same chart gives the same bytes.

    A moment without a time zone is one of universal time too: a script would read it in the reader's.
    """
    text = MOMENT.sub(r'"\1Z"', json.dumps(spec, sort_keys=False))
    for kind in ("view", "param"):
        for position, old in enumerate(dict.fromkeys(re.findall(rf'"({kind}_\d+)', text))):
            text = re.sub(rf"\b{old}(?=\b|_)", f"{kind}s{position}", text)
    return json.loads(text)


def _fill(words: Words, values: dict[str, str]) -> str:
    """Put the values into the alternative text; every placeholder needs one, and every value a placeholder."""
    wanted = {name for _, name, _, _ in string.Formatter().parse(words.alt) if name}
    if wanted != set(values):
        place = f"figures/{words.chapter}.toml, {words.name}"
        raise ValueError(f"{place}: alt text asks for {sorted(wanted)}, the figure gives {sorted(values)}")
    return words.alt.format(**values)


def _sources(evidence: tuple[Rows | Finding, ...]) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for item in evidence:
        if isinstance(item, Finding):
            keys.update(dict.fromkeys(item.sources))
            continue
        keys.update(dict.fromkeys(cited(item.table, item.ids)))
    return tuple(keys)
