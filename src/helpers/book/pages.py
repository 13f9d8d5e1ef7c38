"""What every page carries: style, the one typeface, the local bundle of charts, descriptions for machines."""

from __future__ import annotations

import re
import shutil
from base64 import b64encode
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fontpkg_noto_sans
import vl_convert
from docutils import nodes
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from helpers.book.wording import words
from helpers.data.edition import edition

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

# Latin with accents, punctuation, currency, superscripts, arrows and the signs that formulas in prose use.
CHARACTERS = [*range(0x20, 0x180), *range(0x2010, 0x2040), *range(0x2070, 0x209F), *range(0x20A0, 0x20C0)]
CHARACTERS += [0x00D7, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2022, 0x2026]
DESCRIPTION_LENGTH = 300


def write_font(path: Path) -> None:
    """Write the part of Noto Sans that the pages use: one width, weights from regular to bold, about 40 kB."""
    font = TTFont(str(files(fontpkg_noto_sans).joinpath("files", "NotoSans[wdth,wght].ttf")), recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl", "sups"])
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=CHARACTERS)
    chosen.subset(font)
    font = instancer.instantiateVariableFont(font, {"wdth": 100, "wght": (400, 700)})
    font.flavor = "woff2"
    font.save(str(path))


def with_font(style: str, font: Path) -> str:
    """Put the typeface into the style sheet: it is there at once, so text waits for it and does not move."""
    data = b64encode(font.read_bytes()).decode("ascii")
    face = (
        f'@font-face {{ font-family: "Noto Sans"; src: url("data:font/woff2;base64,{data}") format("woff2");'
        " font-weight: 400 700; font-style: normal; font-display: block; }\n"
    )
    return face + style


def write_bundle(path: Path) -> None:
    """Write Vega, Vega-Lite and Vega-Embed as one plain script.

    The bundle is a module with names of its own at top level that would clash with Sphinx' scripts, and modules do not
    load from ``file://``: hence the function around it.
    """
    script = vl_convert.javascript_bundle(vl_version="6.4")
    path.write_text(f"(function () {{\n{script}\n}})();\n", encoding="utf-8", newline="\n")


def add_static(app: Sphinx) -> None:
    """Put style, scripts, typeface and bundle where Sphinx copies static files from."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir).parent / ".assets"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder.parent / ".assets-made"
    kept.mkdir(exist_ok=True)
    for name, make in (("noto-sans.woff2", write_font), ("vega-bundle.js", write_bundle)):
        if not (kept / name).is_file():
            unfinished = kept / f"{name}.part"
            make(unfinished)
            unfinished.replace(kept / name)
    ours = files("helpers.book").joinpath("static")
    for name in ("charts.js", "ledger.js", "favicon.svg"):
        shutil.copyfile(str(ours.joinpath(name)), folder / name)
    shutil.copyfile(kept / "vega-bundle.js", folder / "vega-bundle.js")
    style = ours.joinpath("two-races.css").read_text(encoding="utf-8")
    (folder / "two-races.css").write_text(with_font(style, kept / "noto-sans.woff2"), encoding="utf-8", newline="\n")
    app.config.html_static_path.append(str(folder))
    app.add_css_file("two-races.css")
    app.add_js_file("charts.js", loading_method="defer")


def name_project(app: Sphinx, config: Config) -> None:
    """Put name and version of the report where the inventory and the pages' scripts have them from."""
    config.project, config.version, config.release = config.tr_title, config.tr_version, config.tr_version


def add_templates(app: Sphinx, config: Config) -> None:
    """Put our templates before the theme's; this must be done before the builder reads them."""
    config.templates_path = [*config.templates_path, str(files("helpers.book").joinpath("templates"))]


def describe(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page its description (its first paragraph) and its title for citations."""
    if doctree is not None and any("tr-ledger" in node["classes"] for node in doctree.findall(nodes.container)):
        app.add_js_file("ledger.js", loading_method="defer")
    context["tr_description"] = _first_words(doctree) if doctree is not None else ""
    title = re.sub(r"<[^>]+>", "", context.get("title", ""))
    context["tr_citation_title"] = title if pagename != app.config.master_doc and title else edition().title
    context["tr_words"] = words("page")
    context["tr_date"] = edition().released.isoformat()


def defer_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let scripts wait until the page is read; the search page runs its own at once."""
    if pagename == "search":
        return
    scripts = []
    for script in context["script_files"]:
        # An inline script of the theme needs the options at once; all else can wait for the page. What waits is a copy:
        # the builder hands the same objects to every page, to that of the search as well.
        name = getattr(script, "filename", None)
        if name and not str(name).endswith("documentation_options.js"):
            attributes = {"defer": "defer", **script.attributes}
            script = type(script)(name, priority=script.priority, **attributes)  # noqa: PLW2901
        scripts.append(script)
    context["script_files"] = scripts


def _first_words(doctree: nodes.document) -> str:
    for paragraph in doctree.findall(nodes.paragraph):
        first = paragraph.astext().replace("\n", " ").strip()
        if len(first) > 60:
            return first if len(first) <= DESCRIPTION_LENGTH else first[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + " …"
    return ""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the events, and what the title page of the PDF prints."""
    app.add_config_value("tr_title", "Two Races", "env")
    app.add_config_value("tr_subtitle", "An executable report on the China–US AI contest", "env")
    app.add_config_value("tr_version", edition().version, "env")
    app.add_config_value("tr_date", edition().released.isoformat(), "env")
    app.add_config_value("tr_authors", "Two Races contributors", "env")
    app.connect("builder-inited", add_static, priority=50)
    app.connect("config-inited", name_project)
    app.connect("config-inited", add_templates)
    app.connect("html-page-context", describe, priority=100)  # before the theme draws its components
    app.connect("html-page-context", defer_scripts, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
