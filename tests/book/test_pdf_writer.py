"""The PDF side on a small book of its own: escaping, nodes, links, numbers, bytes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import typst
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import SphinxDirective

from helpers.book.pdf import PdfError, depart_chart_typst, visit_chart_typst
from helpers.book.pdf.builder import TypstBuilder, explain
from helpers.book.pdf.maths import MathsError, plain_tex, typst_maths
from helpers.book.pdf.text import array, is_rtl, markup, prose, string

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50" viewBox="0 0 200 50">'
    '<text x="5" y="20" font-family="sans-serif">Text</text></svg>'
)

PAGES = {
    "index": """
# Start

See {ref}`the-cost`, {doc}`two`, {numref}`fig-one`, {numref}`tab-one` and {eq}`eq-one`.

```{toctree}
:numbered: 2
:caption: A part
one
two
```
""",
    "one": """
# Efficiency: 5% & #1

Text with a note[^n], again[^n], and `co_de #1`.

(the-cost)=
## The cost

- one
  1. first
  2. second
- two

| Model | Cost |
|:--|--:|
| A | 1.5 |
| B_2 | 20 |

[^n]: The *note* with $x^2$.

````{figure} pix.svg
:name: fig-one
:alt: A picture

Caption with [a link](https://example.org/a_b).

Source: own.
````

```{table} Costs
:name: tab-one

| Model | Cost |
|:--|--:|
| A | 1.5 |
```

```{math}
:label: eq-one
a = \\frac{b}{c}
```

```{note}
Nota bene.
```

> Quoted.

term
: Meaning.

:name: its value
""",
    "two": """
# Chips

```{trial}
```

```{unknown}
Inside the unknown.
```

مرحبا بالعالم

English with سلام inside.

## Deeper

#### Much deeper
""",
}


class chart(nodes.General, nodes.Element):  # noqa: N801
    """A chart as the book has it."""


class number(nodes.inline):  # noqa: N801
    """A printed number as the book has it."""


class unknown(nodes.General, nodes.Element):  # noqa: N801
    """A node for which the PDF has no rule."""


class Trial(SphinxDirective):
    """A figure with a chart, and a number that links to a section."""

    def run(self) -> list[nodes.Node]:
        """Return the nodes."""
        figure = nodes.figure("", chart(svg=SVG, alt="What it shows"))
        figure += nodes.caption("", "Trial caption")
        figure += nodes.legend("", nodes.paragraph("", "Trial source"))
        link = nodes.reference("", "", number("", "5.6"), internal=True, refuri="%one#the-cost", classes=["finding"])
        return [figure, nodes.paragraph("", "", link)]


class Unknown(SphinxDirective):
    """A node without a rule."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the node."""
        node = unknown()
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


def setup(app: Sphinx) -> None:
    """Register what the small book uses."""
    for name in ("title", "subtitle", "version", "date", "authors"):
        app.add_config_value(f"tr_{name}", "", "env")
    app.add_node(chart, typst=(visit_chart_typst, depart_chart_typst))
    app.add_directive("trial", Trial)
    app.add_directive("unknown", Unknown)


def make_app(folder: Path, pages: dict[str, str]) -> SphinxTestApp:
    """Return an application for a small book in ``folder``."""
    folder.mkdir(parents=True)
    (folder / "conf.py").touch()
    (folder / "pix.svg").write_text(SVG, encoding="utf-8")
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text.lstrip(), encoding="utf-8")
    return SphinxTestApp(
        "typst",
        srcdir=folder,
        confoverrides={
            "extensions": ["myst_parser", "helpers.book.pdf", __name__],
            # Named, because MyST-NB adds itself to Sphinx' own default for the rest of the process.
            "source_suffix": {".md": "markdown"},
            "myst_enable_extensions": ["dollarmath", "deflist", "fieldlist"],
            "numfig": True,
            "language": "en",
            "tr_title": "Two Races",
            "tr_subtitle": "A sub#title",
            "tr_version": "1.2",
            "tr_date": "2026-11-24",
            "tr_authors": "Two Races contributors",
        },
    )


class Built:
    """The small book, built: the text of each page, the warnings and the PDF."""

    def __init__(self, app: SphinxTestApp) -> None:
        app.build()
        builder = app.builder
        assert isinstance(builder, TypstBuilder)
        text = builder.typ_file.read_text(encoding="utf-8")
        self.head, *pages = re.split(r"^// ---- (?=\w+$)", text, flags=re.M)
        self.pages = dict(page.split("\n", 1) for page in pages)
        self.warnings = re.sub(r"\x1b\[[0-9;]*m", "", app.warning.getvalue())
        self.pdf = builder.pdf_file.read_bytes()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Build the small book once."""
    app = make_app(tmp_path_factory.mktemp("book") / "src", PAGES)
    yield Built(app)
    app.cleanup()


NASTY = [
    r"\ # $ * _ @ < > ` ~ = - + /",
    "= not a heading",
    "- not a list",
    "+ not a list",
    "/ not: a term",
    "12. not a list",
    ". a dot",
    "a -- b --- c ... d -? e -3 -",
    "http://example.org/a_b?c=1#d",
    "// no comment /* none */",
    "<label> @ref [x] {y} $z$ 'q' \"q\"",
    "a;b:c (d) #let x = 1",
    " = after a space",
]

TO_TEXT = r"""
#let to-text(it) = if it.has("text") { it.text } else if it == [ ] { " " } else if (
  it.func() == smartquote
) { if it.at("double", default: true) { "\"" } else { "'" } } else if (
  it.has("children")
) { it.children.map(to-text).join("") } else { "?" + repr(it.func()) }
#set smartquote(enabled: false)
"""


def test_markup_prints_itself() -> None:
    """Typst reads back exactly the text that was escaped, special signs and all."""
    texts = array([f"to-text([{markup(text)}])" for text in NASTY])
    source = f"{TO_TEXT}#metadata({texts}) <read>"
    read = typst.query(source.encode(), "<read>", field="value", one=True, format="json")
    assert json.loads(read) == NASTY


@pytest.mark.parametrize("text", ['a "b" \\ c', "line\nbreak\ttab", "#raw($x$)"])
def test_string_reads_back(text: str) -> None:
    """A string literal holds exactly its text."""
    assert json.loads(typst.eval(b"", string(text), format="json")) == text


def test_arabic_is_marked() -> None:
    """Runs of Arabic carry their language, and a paragraph knows its direction."""
    assert prose("say سلام عليكم now") == "say #ar[سلام عليكم]; now"
    assert prose("plain") == "plain"
    assert is_rtl("مرحبا بالعالم GPT")
    assert not is_rtl("English with سلام inside")


def test_maths() -> None:
    """TeX becomes Typst; aligned lines stay one formula; rubbish is refused."""
    assert typst_maths(r"\frac{a+1}{b}") == "frac(a + 1, b)"
    assert "#text[US]" in typst_maths(r"C_{\mathrm{US}}")
    assert plain_tex("a &= b \\\\\nc &= d").startswith(r"\begin{aligned}")
    assert plain_tex("\\begin{align*}a\\end{align*}") == r"\begin{aligned}a\end{aligned}"
    assert "math.equation" not in typst_maths(r"\begin{align} a &= b \\ c &= d \end{align}")
    assert issubclass(MathsError, ValueError)


def test_title_page(book: Built) -> None:
    """The head of the file names the edition, with its own date."""
    assert 'title: "Two Races"' in book.head
    assert 'subtitle: "A sub#title"' in book.head
    assert '"Version 1.2", "24 November 2026"' in book.head
    assert "date: datetime(year: 2026, month: 11, day: 24)" in book.head
    assert 'parts: ("one#efficiency-5-1": "A part", )' in book.head


def test_order_and_section_numbers(book: Built) -> None:
    """Chapters follow the contents and carry the numbers of the HTML."""
    assert list(book.pages) == ["index", "one", "two"]
    assert '#section(1, none)[Start] #label("index#start")' in book.pages["index"]
    assert '#section(1, "1")[Efficiency: 5% & \\#1]' in book.pages["one"]
    assert '#section(2, "1.1")[The cost] #label("one#the-cost")' in book.pages["one"]


def test_no_heading_level_is_left_out(book: Built) -> None:
    """PDF/UA wants levels without gaps, whatever the source does."""
    assert "#section(3, none)[Much deeper]" in book.pages["two"]


def test_links(book: Built) -> None:
    """Sections, documents, figures, tables and equations are links to their labels."""
    page = book.pages["index"]
    assert '#xref("one#the-cost")[The cost];' in page
    assert '#xref("two#chips")[Chips];' in page
    assert '#xref("one#fig-one")[Fig.~1.1];' in page
    assert '#xref("one#tab-one")[Table~1.1];' in page
    assert '#xref("one#equation-eq-one")[(1.1)];' in page
    assert '#url("https://example.org/a_b")[a link];' in book.pages["one"]
    assert book.head.startswith("#let missing = ()")


def test_number_is_a_calm_link(book: Built) -> None:
    """A printed number leads to its trace without the colour of a link."""
    assert '#number-link("one#the-cost")[5.6];' in book.pages["two"]


def test_nested_lists(book: Built) -> None:
    """A list within a list stays inside its item."""
    page = book.pages["one"]
    assert re.search(r"#list\(tight: true,\n\[.*one\n\n.*#enum\(tight: true, start: 1", page)
    assert re.search(r"\[.*first\],\n\[.*second\]\)\],\n\[.*two\]\)", page)


def test_table_with_header(book: Built) -> None:
    """The head repeats, numbers are set to the right, cells are escaped."""
    page = book.pages["one"]
    assert "head(\n[#th[" in page
    assert "align: (start + top, end + top,)" in page
    assert "B\\_2" in page


def test_figure_with_legend(book: Built) -> None:
    """A figure has number, caption and source line; a picture has its alt text."""
    page = book.pages["one"]
    assert '#cap("Fig. 1.1")[Caption with' in page
    assert re.search(r"#legend\[.*Source: own\.\]", page)
    assert re.search(r'#picture\("images/\w+\.svg", "A picture", 200pt\)', page)
    assert '#label("one#fig-one")' in page


def test_chart(book: Built) -> None:
    """A chart is a vector picture in the font of the book."""
    page = book.pages["two"]
    assert re.search(r'#picture\("images/\w+\.svg", "What it shows", 200pt\)', page)
    assert "[Trial caption]#legend[Trial source]" in page


def test_footnote(book: Built) -> None:
    """A footnote stands where it is first referred to; later marks repeat it."""
    page = book.pages["one"]
    assert page.count("#note(") == 1
    assert re.search(r'#note\("1"\)\[.*The #emph\[note\]; with #m\("x\^2"', page)
    assert re.search(r'#footnote\(numbering: \(\.\.\) => "1", label\(', page)


def test_maths_in_a_page(book: Built) -> None:
    """A formula has its TeX as alt text, and the number of the HTML."""
    page = book.pages["one"]
    assert '#eq("a = \\\\frac{b}{c}", "1.1", $ a = b/c $) #label("one#equation-eq-one")' in page


def test_other_blocks(book: Built) -> None:
    """Admonitions, quotations, definitions and code have their words."""
    page = book.pages["one"]
    assert re.search(r'#admonition\("note", \[Note\]\)\[.*Nota bene\.\]', page)
    assert "#blockquote[" in page
    assert re.search(r"#terms\(tight: false,\nterms\.item\[term\]\[.*Meaning\.\]", page)
    assert re.search(r"#fields\(\nterms\.item\[name\]\[.*its value\]", page)
    assert '#raw("co_de #1");' in page


def test_arabic(book: Built) -> None:
    """An Arabic paragraph is turned; Arabic words within English are marked."""
    page = book.pages["two"]
    assert "#rtl-par[#ar[مرحبا بالعالم];]" in page
    assert "English with #ar[سلام]; inside" in page


def test_unknown_node(book: Built) -> None:
    """A node without a rule is named in a warning, with its place; its text is printed."""
    assert "Inside the unknown." in book.pages["two"]
    assert re.search(r"two\.md:\d+: WARNING: unknown node <unknown> in two:", book.warnings)


def test_no_other_warning(book: Built) -> None:
    """Nothing else is complained of, except the level that the page leaves out."""
    lines = [line for line in book.warnings.splitlines() if "WARNING" in line]
    assert [line for line in lines if "unknown node" not in line and "myst.header" not in line] == []


def test_same_bytes(book: Built, tmp_path: Path) -> None:
    """The same book in another folder gives the same PDF."""
    app = make_app(tmp_path / "elsewhere" / "src", PAGES)
    again = Built(app)
    app.cleanup()
    assert again.pdf.startswith(b"%PDF-1.7")
    assert again.pdf == book.pdf


def test_failure_names_the_place(tmp_path: Path) -> None:
    """Typst's message comes with file and line of the source; no PDF is left."""
    app = make_app(tmp_path / "src", {"index": "# Title\n\nText.\n\n$$\\nosuch{x}$$\n"})
    with pytest.raises(PdfError, match=r"(?s)unknown variable.*in index\.md:5"):
        app.build()
    app.cleanup()
    assert not list(Path(app.outdir).glob("*.pdf"))


def test_missing_alt_and_missing_target(tmp_path: Path) -> None:
    """A picture without alt text, and a link to a place not printed, are warnings."""
    pages = {"index": "# Title\n\n![](pix.svg)\n\nSee {ref}`gone`.\n\n```{hidden}\n```\n"}
    app = make_app(tmp_path / "src", pages)
    shutil.rmtree(app.doctreedir, ignore_errors=True)

    class Hidden(SphinxDirective):
        def run(self) -> list[nodes.Node]:
            return [nodes.paragraph("", "", nodes.reference("", "x", refid="nowhere"))]

    app.add_directive("hidden", Hidden)
    built = Built(app)
    app.cleanup()
    assert "image without alt text" in built.warnings
    assert "link to a place that the PDF does not print: index#nowhere" in built.warnings
    assert built.head.startswith('#let missing = ("index#nowhere",)')


def test_explain_without_a_position() -> None:
    """A message that has no place is passed on as it is."""
    assert explain("error: something", "text") == "error: something"
