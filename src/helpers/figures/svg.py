"""A specification drawn as a picture, with the one typeface of the book."""

from __future__ import annotations

import json
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import fontpkg_noto_sans
import vl_convert

from helpers.data.state import remembered

VEGA_LITE = "6.4"

vl_convert.register_font_directory(str(files(fontpkg_noto_sans).joinpath("files")))


def to_svg(spec: dict[str, Any]) -> str:
    """Draw a specification as an SVG, text as text, whatever the order of its keys (a stored notebook loses it)."""
    return _draw(json.dumps(spec, sort_keys=True))


def remembered_svg(name: str, spec: dict[str, Any]) -> str:
    """Draw a specification as ``to_svg`` does, again only where it has changed since it was last drawn as ``name``."""
    text = json.dumps(spec, sort_keys=True)
    drawer = f"{VEGA_LITE} {vl_convert.__version__} {version('fontpkg-noto-sans')}"
    return remembered(f"picture-{name}", (text.encode(), drawer.encode()), lambda: _draw(text))


def _draw(text: str) -> str:
    return vl_convert.vegalite_to_svg(text, vl_version=VEGA_LITE, show_warnings=False)
