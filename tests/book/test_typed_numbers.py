from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from docutils import nodes
from sphinx.application import Sphinx

import helpers.data
from helpers.book import typed_numbers as checker
from helpers.book.typed_numbers import (
    catalogue_strings,
    check_strings,
    code_strings,
    names_for,
    typed_numbers,
)

NAMES = frozenset({"Llama 3.1 405B", "Claude 3.5 Sonnet", "Claude 2", "A100 SXM 80GB", "5G", "GPT-4 (Mar 2023)"})

PLANTED = [
    ("a cluster of 2,048 chips", ["2,048"]),
    ("2048 chips", ["2048"]),
    ("2024 million", ["2024"]),
    ("in 2000 days", ["2000"]),
    ("2000\nGPU-hours", ["2000"]),
    ("2000 yuan", ["2000"]),
    ("2000 dollars", ["2000"]),
    ("1950 GB", ["1950"]),
    ("2024 percentage points", ["2024"]),
    ("2024 %", ["2024 %"]),
    ("2024% of it", ["2024%"]),
    ("2000–3000 of them", ["2000", "3000"]),
    ("2023–2048 chips", ["2023", "2048"]),
    ("a 2048-chip machine", ["2048-chip"]),
    ("~2000 of them", ["2000"]),
    ("more than 2000+", ["2000"]),
    ("the year 2100", ["2100"]),
    ("5 May", ["5"]),
    ("a share of 37%", ["37%"]),
    ("a share of 37 %", ["37 %"]),
    ("a share of 37 per cent", ["37"]),
    ("half a point, or ½", ["½"]),
    ("2½ times", ["2½"]),
    ("the 5th article", ["5th"]),
    ("the 1st, 2nd and 3rd", ["1st", "2nd", "3rd"]),
    ("about 10x cheaper", ["10x"]),
    ("about 10× cheaper", ["10"]),
    ("x5 cheaper", ["x5"]),
    ("in the top-10", ["top-10"]),
    ("in the Top-5", ["Top-5"]),
    ("in the top 10", ["10"]),
    ("$5m", ["$5m"]),
    ("$5.6 million", ["$5.6"]),
    ("US$5.6bn", ["US$5.6bn"]),
    ("USD5", ["USD5"]),
    ("USD 5", ["USD 5"]),
    ("CNY400", ["CNY400"]),
    ("RMB400 billion", ["RMB400"]),
    ("HK$3", ["HK$3"]),
    ("CN¥3", ["CN¥3"]),
    ("€5 or £6", ["€5", "£6"]),
    ("$2000", ["$2000"]),
    ("٥٠ رقاقة", ["٥٠"]),
    ("٥٫٦٪ منها", ["٥٫٦٪"]),
    ("و5 شركات", ["5"]),
    ("超过100家", ["100"]),
    ("２０４８ chips", ["２０４８"]),
    ("3 × 10²⁵ FLOP", ["3", "10²⁵"]),
    ("3e25 FLOP", ["3e25"]),
    ("10^25", ["10", "25"]),
    ("a ratio of 3/4", ["3/4"]),
    ("odds of 1:10", ["1:10"]),
    ("round the clock, 24/7", ["24/7"]),
    ("−5 points", ["5"]),
    ("(12)", ["12"]),
    ("No.5", ["5"]),
    ("H100/800", ["800"]),
    ("a 1.58-bit model", ["1.58-bit"]),
    ("a 3D stack", ["3D"]),
    ("Llama 3.1 8B is no name here", ["3.1", "8B"]),
    ("Claude 2.1 is another than Claude 2", ["2.1"]),
    ("Claude 2-5", ["2-5"]),
    ("chips￼5", ["5"]),
]

INNOCENT = [
    "no number at all",
    "five articles, two countries and half a dozen sources",
    "21 November 2026",
    "on 1 May 2025, and later",
    "5th of May 2025",
    "Nov. 21, 2026",
    "30–31 March 2026",
    "30 March to 2 April 2026",
    "30 March – 2 April 2026",
    "November 2026",
    "Sept 2025",
    "In March 2025 models became cheaper",
    "21 نوفمبر 2026",
    "2026-11-21",
    "2026-11",
    "2026 Q1",
    "Q1 2026",
    "Q1–Q3 2026",
    "2026Q1",
    "H1 2025",
    "2023–2025",
    "2023-2025",
    "2023 – 2025",
    "2023–25",
    "2024/25",
    "from 2023 to 2025",
    "in 2025",
    "In 2025, models became cheaper",
    "2025",
    "(2025)",
    "2025’s best",
    "since 1999; until 2030.",
    "the 2020s and the 1990s",
    "mid-2025",
    "FY2025",
    "GPT-5",
    "GPT-4.1-mini against o3",
    "FP8 and BF16",
    "H100s, H800 and A100/H100",
    "V3.2 and R1",
    "Qwen2.5-72B-Instruct",
    "DeepSeek-V3-0324",
    "Q1",
    "m², mm² and CO₂",
    "Llama 3.1 405B",
    "Llama\n3.1\u00a0405B’s weights",
    "Llama 3.1 405B-Instruct",
    "Claude 3.5 Sonnet, Claude 2.",
    "an A100 SXM 80GB",
    "GPT-4 (Mar 2023)",
    "5G networks",
    "https://arxiv.org/abs/2412.19437v2",
    "a printed ￼ and ￼%",
    "$￼ million",
    "TOP500",
    "US-made B200",
    "الرقاقة H20 في 2025",
]


@pytest.mark.parametrize(("text", "tokens"), PLANTED, ids=[text for text, _ in PLANTED])
def test_a_typed_number_is_found(text, tokens):
    assert typed_numbers(text, NAMES) == tokens


@pytest.mark.parametrize("text", INNOCENT)
def test_an_innocent_text_passes(text):
    assert typed_numbers(text, NAMES) == []


def test_without_names_a_name_with_a_space_is_a_number():
    assert typed_numbers("Llama 3.1 405B", frozenset()) == ["3.1", "405B"]


SETTINGS = {
    "extensions": ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "helpers.book.typed_numbers"],
    "source_suffix": {".md": "markdown"},  # MyST-NB adds itself to Sphinx' own default for the rest of the process
    "bibtex_bibfiles": ["references.bib"],
    "bibtex_reference_style": "author_year",
    "myst_enable_extensions": ["colon_fence", "deflist", "dollarmath", "attrs_inline", "fieldlist"],
    "myst_dmath_allow_digits": False,
    "numfig": True,
    "html_theme": "basic",
    "show_warning_types": True,
    "exclude_patterns": ["_out"],
}


class number(nodes.inline):  # noqa: N801  known by its name
    pass


class Marked(nodes.inline):
    tr_printed = True


def printed(name, rawtext, text, lineno, inliner, options=None, content=()):
    kinds = {"class": nodes.inline(text, text, classes=["tr-printed"]), "name": number(text, text)}
    return [kinds.get(text.partition(" ")[0], Marked(text, text))], []


def mark_outputs(app, doctree):
    for node in doctree.findall(nodes.container):
        node["classes"] = ["cell_output" if name == "cell-output" else name for name in node["classes"]]


def append_as_thebe_does(app, doctree, docname):
    doctree.append(nodes.raw("", "<p>an extension appends 999</p>", format="html"))


BIB = """
@article{deep2024, author = {Deep, A.}, title = {A model of 671 billion}, journal = {J. 12}, year = 2024}
@misc{seek2025, author = {Seek, B.}, title = {Some 42 chips}, year = 2025, url = {https://example.org/43}}
"""

# Every planted number of these pages is at least 3000 and stands once; the comments give nothing away to the walk.
PLANTED_PAGE = """\
# Title 3001

Prose with 3002 in it,
and on its second line 3003.

- list 3004
  1. inner 3005

> quote 3006

Term 3007
: definition 3008

:field 3009: body 3010

| head 3011 | other |
|---|---|
| cell 3012 | x |

:::{table} Caption 3013
| a | b |
|---|---|
| 3014 | x |
:::

:::{figure} a.png
:alt: alt 3015
:name: fig-a

Caption 3016

Legend 3017
:::

![alt 3018](a.png "title 3019")

[link 3020](https://example.org/1 "pops up 3021") and {ref}`the typed 3022 <sec>` and {numref}`Fig. %s of 3023 <fig-a>`

<p title="raw title 3024">raw 3025 <img src="a.png" alt="raw alt 3026"></p>

An inline <span aria-label="3027">3028</span> too.

(sec)=
## Section 3029

:::{admonition} Title 3030
Body 3031
:::

:::{note}
Note 3032
:::

A note[^n] and **bold 3033**, *emphasis 3034*, H{sub}`2`O, {abbr}`FL (floating 3035)`, {guilabel}`3036`.

[^n]: Footnote 3037

Math {math}`3038`, $3039 \\times 10^{3040}$, and money: $3041m, or US$3042 and HK$3043.

$$ 3044 $$

::::{tab-set}
:::{tab-item} Tab 3045
Inside 3046
:::
::::

::::{card} Card 3047
Body 3048

:::{card-footer}
Footer 3049
:::
::::

:::{dropdown} Drop 3050
Body 3051
:::

::::{container} cell-output
:::{table} Caption 3052
| head 3053 | x |
|---|---|
| 9001 | 9002 |
:::
::::

```{code-block} python
:caption: Listing 3054
x = 9003
```

:::{topic} Topic 3055
Text 3056
:::

:::{sidebar} Side 3057
Text 3058
:::

عدد الرقاقات ٣٠٥٩ وحدة

{.lead}
# Second title 3060

:::{glossary}
Glossed term
  Explained by 3061
:::

:::{rubric} Rubric 3062
:::

Spread **Claude** *3.5* {ref}`Sonnet <sec>` is a name, **30**63 a number, and {tr}`9004`3064 clings.

:::{container} cell-output
Printed text 3065
:::

{cite:p}`deep2024` says 3066.
"""

INNOCENT_PAGE = """\
---
title: Front matter 7
---
(top)=
# GPT-5 in 2025

Printed {tr}`7001`, {tr}`class 7002`, {tr}`name 7003`, and [a link {tr}`7004`](https://example.org/7).

See {numref}`fig-b`, {numref}`tab-b`, {eq}`eq-b`, {ref}`fig-b`, {ref}`top`, {doc}`innocent`, <https://example.org/16>,
{cite:p}`deep2024`, {cite:t}`seek2025`, {cite:p}`deep2024,seek2025`, {cite:year}`deep2024`, and a note[^1].

[^1]: A footnote of 2025.

:::{figure} a.png
:name: fig-b
:alt: The H100 in 2025

Caption with {tr}`7005`
:::

::::{container} cell-output
:::{table} Caption with {tr}`7006` {cite:p}`deep2024`
:name: tab-b

| head | x |
|---|---|
| 7007 | 7008 |
:::

```{raw} html
<div><svg aria-label="7009"><text>7010</text></svg></div>
```
::::

:::{container} tr-computed
Everything in 7011 here, and ![alt 7012](a.png).
:::

```{math}
:label: eq-b
C = 6 N D
```

Formulas $x = 7013$ and {math}`\\alpha = 0.5`, code `7014`, {code}`7015`.

```python
x = 7016
```

% a comment 7017

<!-- another 7018 -->

<script>var x = 7019;</script><style>p { margin: 7020px }</style>

```{raw} latex
7021
```

The term {term}`Llama 3.1 405B`, and *Llama* **3.1** 405B, and GPT-**5**, CO{sub}`2`, m{sup}`2`.

1. numbered
2. list

:::{glossary}
Llama 3.1 405B
  A model of 2024.

5G
  A network.
:::

```{bibliography}
:list: citation
```
"""

INDEX = """\
# Book

:::{toctree}
:caption: Part 4001

planted
The typed 4002 <innocent>
:::
"""


@dataclass
class Built:
    warnings: str
    app: Sphinx

    def hits(self, page: str) -> list[tuple[int, str]]:
        found = re.findall(rf"{page}\.md:(\d+): WARNING: typed number '([^']*)'", self.warnings)
        return [(int(line), token) for line, token in found]


class Sink:
    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    pages = {"index": INDEX, "planted": PLANTED_PAGE, "innocent": INNOCENT_PAGE}
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "references.bib").write_text(BIB, encoding="utf-8")
    (folder / "a.png").write_bytes(b"")
    sink = Sink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(helpers.data, "descriptor", lambda: {"resources": [{"name": "models", "nameColumns": ["model"]}]})
        patch.setattr(helpers.data, "load", lambda name: pd.DataFrame({"model": ["Claude 3.5 Sonnet (Jun 2024)"]}))
        out = folder / "_out"
        app = Sphinx(folder, None, out, out / "doctrees", "html", SETTINGS, status=None, warning=sink)
        app.add_role("tr", printed)
        app.connect("doctree-read", mark_outputs)
        app.connect("doctree-resolved", append_as_thebe_does)
        app.build()
    return Built(re.sub(r"\x1b\[[\d;]*m", "", sink.text), app)


def test_every_planted_number_of_a_page_is_found_once(built):
    tokens = " ".join(token for _, token in built.hits("planted"))
    found = sorted(int(number) for number in re.findall(r"\d{4}", tokens))
    assert found == list(range(3001, 3067))


def test_nothing_else_of_the_planted_page_is_reported(built):
    extra = [token for _, token in built.hits("planted") if not re.search(r"\b[A-Z$]*3\d{3}|٣٠٥٩", token)]
    assert extra == ["10"]  # of the typed power of ten


def test_an_innocent_page_passes(built):
    assert built.hits("innocent") == []


def test_contents_are_checked(built):
    assert [token for _, token in built.hits("index")] == ["4001", "4002"]


def test_what_other_extensions_append_is_not_checked(built):
    assert "999" not in built.warnings


def test_no_other_warning_hides_a_mistake_of_these_pages(built):
    others = [line for line in built.warnings.splitlines() if "WARNING" in line and "[tr.typed-number]" not in line]
    assert [line for line in others if "Document headings" not in line] == []


def test_a_warning_names_the_line(built):
    lines = PLANTED_PAGE.splitlines()
    expected = {token: line for line, text in enumerate(lines, 1) for token in re.findall(r"3\d{3}", text)}
    seen = {token: line for line, token in built.hits("planted") if token in expected}
    assert len(seen) > 40
    # MyST gives the cells of a table the line where it begins, and sphinx-design some of its titles none.
    assert {token: line for token, line in seen.items() if abs(line - expected[token]) > 2} == {}
    prose = ["3001", "3002", "3003", "3004", "3006", "3008", "3016", "3018", "3020", "3024", "3033", "3066"]
    assert {token: seen[token] for token in prose} == {token: expected[token] for token in prose}


def test_a_warning_shows_the_sentence_and_its_type(built):
    sentence = "“Spread Claude 3.5 Sonnet is a name, 3063 a number, and …3064 clings.”"
    assert f"typed number '3063' in {sentence}" in built.warnings
    assert "and on its second line 3003.”: let a role print it [tr.typed-number]" in built.warnings


def test_names_come_from_name_columns_and_the_glossary(built, monkeypatch):
    cells = ["Llama 3 70B", "GPT-5", "Plain Name", None, "Claude 3.5 Sonnet (Jun 2024)"]
    monkeypatch.setattr(helpers.data, "load", lambda name: pd.DataFrame({"model": cells, "note": "in 99 words"}))
    resources = [{"name": "models", "nameColumns": ["model"]}, {"name": "prices"}]
    monkeypatch.setattr(helpers.data, "descriptor", lambda: {"resources": resources})
    from_tables = {"Llama 3 70B", "Claude 3.5 Sonnet (Jun 2024)", "Claude 3.5 Sonnet"}
    assert names_for(built.app) == from_tables | {"Llama 3.1 405B", "5G", "Glossed term"}


def test_strings_are_checked_without_roles_and_placeholders():
    strings = [
        ("a", "Cost {cite:p}`deep2024` of {tr:n}`cost-2024.x9` in {value:.1f} and `x = 5` {numref}`fig-2`"),
        ("b", "Costs 5 of {value}"),
        ("c", "Typed {ref}`section 12 <sec-4>`"),
        ("d", "{doc}`6` but $7"),
        ("e", "Llama 3.1 405B in 2025"),
    ]
    assert check_strings(strings, NAMES) == [
        "b: typed number '5' in “Costs 5 of …”",
        "c: typed number '12' in “Typed …section 12”",
        "d: typed number '$7' in “… but $7”",
    ]


def test_strings_of_catalogues_are_listed_with_their_place(tmp_path):
    for folder in ("figures", "claims"):
        (tmp_path / folder).mkdir()
    (tmp_path / "figures" / "efficiency.toml").write_text(
        '[gpu-hours]\ntitle = "T"\nalt = "A 5"\nunit = "GPU 1"\nname = "n 2"\n[gpu-hours.labels]\nx = "X"\n', "utf-8"
    )
    (tmp_path / "figures" / "efficiency_tables.toml").write_text(
        '[runs]\ncaption = "C"\n[runs.columns]\nhours_2 = "Hours"\n', "utf-8"
    )
    (tmp_path / "claims" / "disagreements.toml").write_text('[d]\nclaims = ["c1", "c2"]\nn = 3\n', "utf-8")
    assert catalogue_strings(tmp_path) == [
        ("figures/efficiency.toml, gpu-hours.title", "T"),
        ("figures/efficiency.toml, gpu-hours.alt", "A 5"),
        ("figures/efficiency.toml, gpu-hours.labels.x", "X"),
        ("figures/efficiency_tables.toml, runs.caption", "C"),
        ("figures/efficiency_tables.toml, runs.columns.hours_2", "Hours"),
        ("claims/disagreements.toml, d.claims.0", "c1"),
        ("claims/disagreements.toml, d.claims.1", "c2"),
    ]


def test_the_catalogues_of_the_project_are_found():
    assert any(where.startswith("claims/words.toml, ") for where, _ in catalogue_strings())


def test_strings_of_code_that_a_reader_may_see_are_listed(tmp_path):
    path = tmp_path / "figures" / "chips.py"
    path.parent.mkdir()
    path.write_text(
        '"""Module of 5 words."""\n'
        "def draw(n):\n"
        '    """Function of 6 words."""\n'
        '    title = "sold 7 chips"\n'
        '    other = f"{n} of 8 chips"\n'
        '    return "#0072B2", "x9", "no digit", "datum.rank < 10 && true", "10 11"\n',
        "utf-8",
    )
    assert code_strings([path]) == [("figures/chips.py:4", "sold 7 chips"), ("figures/chips.py:5", " of 8 chips")]


def test_setup_listens_before_the_usual_priority():
    calls = []
    app = SimpleNamespace(connect=lambda event, handler, priority: calls.append((event, handler, priority)))
    assert checker.setup(app)["parallel_read_safe"]
    assert calls == [("doctree-resolved", checker.check_document, 400)]


def test_the_module_sits_in_the_project():
    assert Path(checker.HELPERS).name == "helpers"
