"""The Sphinx builder ``typst``: the whole book as one Typst file and one PDF."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import fontpkg_amiri
import fontpkg_noto_sans
import typst
from babel.dates import format_date
from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import NoUri, SphinxError
from sphinx.util import logging

from helpers.book.pdf.text import string
from helpers.book.pdf.writer import TypstTranslator, has_own_label

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).with_name("template.typ")
RTL_LANGUAGES = ("ar", "fa", "he", "ur")
WORDS = {
    "en": {"version": "Version {}"},
    "ar": {"version": "الإصدار {}"},
}
"""Words that the title page prints by itself, for each language of the book."""

_PLACE = re.compile(r"/\* (\S+?:\d+) \*/")
_POSITION = re.compile(r"┌─ [^\n]*\.typ:(\d+):(\d+)")


class PdfError(SphinxError):
    """The PDF cannot be made; the message names the place in the source."""

    category = "PDF error"


class TypstBuilder(Builder):
    """Writes every chapter, in the order of the contents, into one Typst file."""

    name = "typst"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
    allow_parallel = False
    default_translator_class = TypstTranslator
    supported_image_types: ClassVar[list[str]] = [
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
    ]

    def init(self) -> None:
        """Forget whatever an earlier book left."""
        self.wanted: set[str] = set()
        self.defined: set[str] = set()
        self.links: dict[str, tuple[str, nodes.Element]] = {}
        self.aliases: dict[str, str] = {}
        self.parts: dict[str, str] = {}
        self.fignumbers: dict[str, Any] = {}
        self.current_docname = self.config.root_doc
        self.current_depth = 0
        self.last_level = 0
        self.is_rtl = (self.config.language or "en")[:2] in RTL_LANGUAGES

    # ---- what Sphinx asks of a builder -----------------------------------------

    def get_outdated_docs(self) -> str:
        """Return what is to be written: always the whole book."""
        return "the whole book"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a document inside the PDF."""
        if docname not in self.env.all_docs:
            raise NoUri(docname, typ)
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """Return the address of ``to``; it is the same from everywhere."""
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: set[str]) -> None:
        """Empty the folder of pictures."""
        shutil.rmtree(self.pictures, ignore_errors=True)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Do nothing: ``write`` writes the book as one."""

    def write(self, *ignored: Any) -> None:
        """Write the Typst file of the whole book."""
        self.prepare_writing(set(self.env.all_docs))
        order = list(self.reading_order(self.config.root_doc, set()))
        trees = []
        for docname, depth in order:
            tree = self.env.get_doctree(docname)
            self.env.resolve_references(tree, docname, self)
            self.post_process_images(tree)
            self.collect_targets(tree, docname)
            trees.append((docname, depth, tree))
        chapters = [self.translate(tree, docname, depth) for docname, depth, tree in trees]
        missing = sorted(set(self.links) - self.defined)
        for label in missing:
            docname, node = self.links[label]
            logger.warning(
                "link to a place that the PDF does not print: %s",
                label,
                location=node if node.line else docname,
                type="typst",
                subtype="link",
            )
        text = "\n".join([self.head(missing), *chapters])
        self.typ_file.write_text(text, encoding="utf-8", newline="\n")

    def finish(self) -> None:
        """Compile the PDF and put it in its place."""
        pdf = self.compile()
        new = self.pdf_file.with_suffix(".pdf.new")
        new.write_bytes(pdf)
        os.replace(new, self.pdf_file)

    # ---- files -----------------------------------------------------------------

    @property
    def typ_file(self) -> Path:
        """The Typst file of the book."""
        return Path(self.outdir) / f"{self.config.typst_basename}.typ"

    @property
    def pdf_file(self) -> Path:
        """The PDF."""
        return Path(self.outdir) / f"{self.config.typst_basename}.pdf"

    @property
    def pictures(self) -> Path:
        """The folder of the pictures that the Typst file names."""
        return Path(self.outdir) / "images"

    def save_picture(self, data: bytes, suffix: str) -> Path:
        """Store a picture under a name made from its contents, and return its path."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        path = self.pictures / f"{hashlib.sha256(data).hexdigest()[:16]}{suffix}"
        path.write_bytes(data)
        return path

    def image_path(self, uri: str) -> Path | None:
        """Return the stored copy of the image ``uri``, or nothing if there is none."""
        if uri not in self.images:
            return None
        source = Path(self.srcdir) / uri
        return self.save_picture(source.read_bytes(), source.suffix.lower())

    # ---- order, targets, text --------------------------------------------------

    def reading_order(self, docname: str, seen: set[str], depth: int = 0) -> Iterator[tuple[str, int]]:
        """Yield each document of the contents with its depth; the root's children have 0."""
        seen.add(docname)
        yield docname, depth
        below = 0 if docname == self.config.root_doc else depth + 1
        for toctree in self.env.get_doctree(docname).findall(addnodes.toctree):
            children = [name for name in toctree["includefiles"] if name not in seen]
            if children and toctree.get("caption"):
                self.parts[children[0]] = toctree["caption"]
            for child in children:
                if child not in seen:
                    yield from self.reading_order(child, seen, below)

    def label(self, docname: str, id_: str = "") -> str:
        """Return the Typst label of an id, or of a whole document."""
        label = f"{docname}#{id_}" if id_ else docname
        return self.aliases.get(label, label)

    def target(self, node: nodes.Element, docname: str) -> str | None:
        """Return the label to which the reference ``node`` leads, if it is in the book."""
        if "refid" in node:
            return self.label(docname, node["refid"])
        uri = node.get("refuri", "")
        if uri.startswith("#"):
            return self.label(docname, uri[1:])
        if uri.startswith("%"):
            return self.label(*uri[1:].split("#", 1))
        return None

    def collect_targets(self, tree: nodes.document, docname: str) -> None:
        """Remember which ids are one place, and which places are linked to."""
        for node in tree.findall(has_own_label):
            for id_ in node["ids"][1:]:
                self.aliases[f"{docname}#{id_}"] = f"{docname}#{node['ids'][0]}"
        first = next(iter(tree.findall(nodes.section)), None)
        if first is not None and first["ids"]:
            self.aliases[docname] = f"{docname}#{first['ids'][0]}"
        for node in tree.findall(nodes.reference):
            if label := self.target(node, docname):
                self.wanted.add(label)

    def translate(self, tree: nodes.document, docname: str, depth: int = 0) -> str:
        """Return the Typst markup of one document."""
        self.current_docname, self.current_depth = docname, depth
        self.fignumbers = self.env.toc_fignumbers.get(docname, {})
        self.wanted = {self.aliases.get(label, label) for label in self.wanted}
        translator = self.create_translator(tree, self)
        tree.walkabout(translator)
        self.last_level = translator.last_level
        return f"// ---- {docname}\n\n{''.join(translator.body).strip()}\n"

    def place(self, node: nodes.Element, docname: str) -> str:
        """Return file and line of ``node``, the file relative to the book."""
        path = Path(self.env.doc2path(docname))
        if node.source and Path(node.source).is_file():
            path = Path(node.source)
        if path.is_relative_to(self.srcdir):
            path = path.relative_to(self.srcdir)
        return f"{path.as_posix()}:{node.line}".replace(" ", "_")

    # ---- the edition -----------------------------------------------------------

    @property
    def date(self) -> dt.date | None:
        """The date of the edition (``tr_date``), never today's."""
        value = getattr(self.config, "tr_date", None)
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        return dt.date.fromisoformat(str(value)) if value else None

    def head(self, missing: Sequence[str]) -> str:
        """Return the beginning of the Typst file: template and title page."""
        config = self.config
        language = config.language or "en"
        words = WORDS.get(language[:2], WORDS["en"])
        title = getattr(config, "tr_title", "") or config.project
        authors = getattr(config, "tr_authors", "") or config.author
        if isinstance(authors, str):
            authors = [authors]
        imprint = []
        if version := str(getattr(config, "tr_version", "") or ""):
            imprint.append(words["version"].format(version))
        date = "none"
        if self.date:
            imprint.append(format_date(self.date, "d MMMM yyyy", locale=language))
            day = self.date
            date = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})"
        parts = "".join(f"{string(self.label(name))}: {string(caption)}, " for name, caption in self.parts.items())
        return "\n".join(
            [
                f"#let missing = {sequence(missing)}",
                f"#let start-side = {string('right' if self.is_rtl else 'left')}",
                TEMPLATE.read_text(encoding="utf-8"),
                "#show: book.with(",
                f"  title: {string(title)},",
                f"  subtitle: {string(getattr(config, 'tr_subtitle', '') or '')},",
                f"  authors: {sequence(authors)},",
                f"  imprint: {sequence(imprint)},",
                f"  date: {date},",
                f"  lang: {string(language[:2])},",
                f"  dir: {'rtl' if self.is_rtl else 'ltr'},",
                f"  parts: ({parts or ':'}),",
                ")",
                "",
            ]
        )

    # ---- Typst -----------------------------------------------------------------

    def compile(self) -> bytes:
        """Return the PDF; raise ``PdfError`` with the place in the source."""
        text = self.typ_file.read_text(encoding="utf-8")
        stamp = dt.datetime.combine(self.date or dt.date(2000, 1, 1), dt.time(), dt.UTC)
        try:
            pdf, warnings = typst.compile_with_warnings(
                str(self.typ_file),
                root=str(self.outdir),
                font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(p) for p in font_folders()]),
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards="ua-1",
                timestamp=stamp,
            )
        except typst.TypstError as error:
            raise PdfError(explain(error.diagnostic, text)) from error
        for warning in warnings:
            logger.warning(explain(warning.diagnostic, text), type="typst", subtype="compile")
        return pdf


def sequence(items: Sequence[str]) -> str:
    """Return a Typst array of strings."""
    return "(" + "".join(f"{string(item)}, " for item in items).rstrip() + ")"


def font_folders() -> list[Path]:
    """Return the folders of the fonts that the book brings along."""
    return [Path(str(m.__file__)).parent / "files" for m in (fontpkg_amiri, fontpkg_noto_sans)]


def explain(diagnostic: str, text: str) -> str:
    """Return Typst's message, and behind it the places in the source that it is about."""
    places = []
    for position in _POSITION.finditer(diagnostic):
        if place := place_before(text, int(position[1]), int(position[2])):
            places.append(f"in {place}")
    return "\n".join([diagnostic.strip(), *dict.fromkeys(places)])


def place_before(text: str, line: int, column: int) -> str | None:
    """Return the source place that the Typst file names last before a position."""
    lines = text.split("\n")
    before = "\n".join([*lines[: line - 1], lines[line - 1][: column + 1]])
    marks = _PLACE.findall(before)
    return marks[-1] if marks else None
