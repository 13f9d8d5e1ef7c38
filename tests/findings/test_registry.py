from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from helpers import findings, units
from helpers.data import Origin, TableError, assumption, load, origins, sources, table_names
from helpers.data.edition import edition
from helpers.findings import FindingError, Rows, all_findings, get, ids, measured, registry, rows

RUN = ("training_runs", "deepseek-v3-total")
SCALE_WORD = re.compile(r"\b(?:thousand|million|billion|trillion)\b")


@pytest.fixture
def fresh(monkeypatch):
    """Give a registry without findings, and a way to put one in: catalogue entry and function at once."""
    ids()  # the report's own are registered while their modules are loaded: not into this one
    words = {}
    monkeypatch.setattr(registry, "_functions", {})
    monkeypatch.setattr(registry, "_done", {})
    monkeypatch.setattr(registry, "_running", [])
    monkeypatch.setattr(registry, "catalogue", lambda: words)

    def add(key, function, **entry):
        words[key] = {"chapter": "efficiency", "label": f"Label of {key}", "unit": "USD"} | entry
        return findings.finding(key)(function)

    add.words = words
    return add


# ---- the laws


def test_a_finding_carries_all_that_a_reader_needs_to_follow_it_back(fresh):
    def price():
        return measured(1.25e6, rows(*RUN), assumption("gpu-hour-price"), low=1e6, high=2e6, interval="range")

    fresh("price", price, digits=2, scale="million")
    found = get("price")
    assert (found.text, found.bare, found.interval_text) == ("$1.25 million", "1.25 million", "$1.00 to $2.00 million")
    assert (found.chapter, found.label, found.unit) == ("efficiency", "Label of price", "USD")
    assert found.rows == (Rows("training_runs", ("deepseek-v3-total",)),)
    assert found.tables == ("training_runs",)
    row = load("training_runs").loc["deepseek-v3-total"]
    assert found.sources[0] == row["source"]
    assert assumption("gpu-hour-price").source in found.sources
    assert found.assumptions == ("gpu-hour-price",)
    assert found.as_of == row["as_of"].date()
    assert (found.module, found.function) == (__name__, price.__qualname__)
    assert found.line == price.__code__.co_firstlineno


def test_a_finding_inherits_the_evidence_of_those_it_is_built_on(fresh):
    fresh("price", lambda: measured(2, rows(*RUN), assumption("gpu-hour-price")))
    fresh("twice", lambda: measured(2 * get("price").value, get("price"), rows("training_runs", "llama-3.1-405b")))
    found = get("twice")
    assert found.findings == ("price",)
    assert found.assumptions == ("gpu-hour-price",)
    assert found.rows == (Rows("training_runs", ("deepseek-v3-total", "llama-3.1-405b")),)
    assert set(get("price").sources) < set(found.sources)
    days = load("training_runs").loc[["deepseek-v3-total", "llama-3.1-405b"], "as_of"]
    assert found.as_of == max(days).date()


def test_a_finding_is_computed_once(fresh):
    calls = []
    fresh("once", lambda: calls.append(1) or measured(1, rows(*RUN)))
    assert get("once") is get("once")
    assert len(calls) == 1


@pytest.mark.parametrize("given", [date(2025, 3, 1), "2025-03-01", pd.Timestamp("2025-03-01 12:00")])
def test_the_day_that_a_finding_holds_for_may_be_named(fresh, given):
    fresh("dated", lambda: measured(1, rows(*RUN), as_of=given))
    assert get("dated").as_of == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("grades", "expected"),
    [(["primary", "primary"], "primary"), (["secondary"], "secondary"), (["primary", "secondary"], "mixed")],
)
def test_the_grade_is_that_of_the_rows(monkeypatch, grades, expected):
    found = {f"r{number}": Origin("a_source", None, (), None, grade) for number, grade in enumerate(grades)}
    monkeypatch.setattr(registry, "origins", lambda name: found)
    assert registry._grade((Rows("some", tuple(found)),)) == expected


def test_an_unknown_id_is_refused(fresh):
    with pytest.raises(FindingError, match=r"^no finding 'nothing'$"):
        get("nothing")


def test_an_entry_without_a_function_is_refused(fresh):
    fresh.words["lonely"] = {"chapter": "efficiency", "label": "Lonely", "unit": "USD"}
    with pytest.raises(FindingError, match=r"^finding lonely: no function computes it$"):
        get("lonely")


@pytest.mark.parametrize("name", ["value", "low", "high"])
@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_refused(fresh, name, bad):
    numbers = {"value": 1.0, "low": 1.0, "high": 1.0} | {name: bad}
    fresh("bad", lambda: measured(numbers.pop("value"), rows(*RUN), **numbers))
    with pytest.raises(FindingError, match=f"^finding bad: {name} is -?(nan|inf)$"):
        get("bad")


@pytest.mark.parametrize("ends", [{"low": 2, "high": 3}, {"low": 0, "high": 0.5}, {"low": 1.5}, {"high": 0.5}])
def test_a_value_outside_its_interval_is_refused(fresh, ends):
    fresh("outside", lambda: measured(1, rows(*RUN), **ends))
    with pytest.raises(FindingError, match=r"^finding outside: 1\.0 is not between"):
        get("outside")


def test_a_value_at_the_end_of_its_interval_is_not(fresh):
    fresh("edge", lambda: measured(1, rows(*RUN), low=1, high=1))
    assert get("edge").interval_text == "$1 to $1"


def test_a_finding_without_a_source_or_rows_is_refused(fresh, monkeypatch):
    fresh("air", lambda: measured(1))
    with pytest.raises(FindingError, match=r"^finding air: no source; name the rows"):
        get("air")
    with pytest.raises(FindingError, match=r"^table training_runs: no row \(none named\)$"):
        rows("training_runs", [])
    with pytest.raises(FindingError, match=r"^table training_runs: no row gpt-0, gpt-00$"):
        rows("training_runs", ["gpt-0", "deepseek-v3-total", "gpt-00"])
    with pytest.raises(TableError, match="no table 'runs'"):
        rows("runs", "gpt-0")


def test_a_source_that_the_bibliography_lacks_is_refused(fresh, monkeypatch):
    fresh("cited", lambda: measured(1, rows(*RUN)))
    monkeypatch.setattr(registry, "sources", dict)
    with pytest.raises(FindingError, match="unknown sources"):
        get("cited")


def test_a_finding_without_a_date_is_refused(fresh, monkeypatch):
    fresh("timeless", lambda: measured(1, rows(*RUN)))
    undated = {key: replace(row, as_of=None) for key, row in origins("training_runs").items()}
    monkeypatch.setattr(registry, "origins", lambda name: undated)
    with pytest.raises(FindingError, match=r"^finding timeless: no date$"):
        get("timeless")


def test_a_circle_of_findings_is_refused_and_shown(fresh):
    fresh("hen", lambda: measured(1, get("egg")))
    fresh("egg", lambda: measured(1, get("hen")))
    with pytest.raises(FindingError, match=r"^finding hen rests on itself: hen → egg → hen$"):
        get("hen")
    with pytest.raises(FindingError, match=r"^finding egg rests on itself: egg → hen → egg$"):
        get("egg")  # the failed attempt has left no trace


def test_whatever_goes_wrong_names_the_finding_and_its_place(fresh):
    def broken():
        return measured(load("training_runs").loc["gpt-0", "gpu_hours"], rows(*RUN))

    fresh("broken", broken)
    expected = rf"^finding broken \({__name__}, line {broken.__code__.co_firstlineno}\): KeyError: 'gpt-0'$"
    with pytest.raises(FindingError, match=expected):
        get("broken")


def test_two_functions_for_one_finding_are_refused(fresh):
    def first():
        return measured(1, rows(*RUN))

    def second():
        return measured(2, rows(*RUN))

    fresh("same", first)
    fresh("same", first)  # a module may be loaded again
    with pytest.raises(FindingError, match=r"^finding same: computed by two functions, .*first and .*second$"):
        fresh("same", second)


@pytest.mark.parametrize(
    ("files", "error", "message"),
    [
        ({"efficiency": '[a]\nlabel = "A"'}, FindingError, r"efficiency\.toml, a: needs label and unit; unknown: \[\]"),
        ({"efficiency": '[a]\nlabel = "A"\nunit = "USD"\ndigit = 1'}, FindingError, r"a: .*unknown: \['digit'\]"),
        ({"efficiency": '[a]\nlabel = "A"\nunit = "furlongs"'}, KeyError, "no unit 'furlongs'"),
        (
            dict.fromkeys(("efficiency", "chips"), '[a]\nlabel = "A"\nunit = "USD"'),
            FindingError,
            "finding a: in two catalogues",
        ),
    ],
)
def test_a_broken_catalogue_is_refused(tmp_path, monkeypatch, files, error, message):
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text)
    monkeypatch.setattr(registry, "files", lambda package: tmp_path)
    with pytest.raises(error, match=message):
        registry.catalogue.__wrapped__()


def test_words_and_functions_must_match(fresh):
    fresh.words["words-only"] = {"chapter": "efficiency", "label": "Words", "unit": "USD"}
    findings.finding("code-only")(lambda: measured(1))
    expected = r"without an entry in a catalogue: \['code-only'\]; without a function: \['words-only'\]"
    with pytest.raises(FindingError, match=expected):
        registry._import_all.__wrapped__()


# ---- the findings of the report


def test_every_finding_keeps_the_laws():
    assert len(ids()) == len(set(ids()))
    assert [found.id for found in all_findings()] == ids()
    for found in all_findings():
        where = f"finding {found.id}"
        assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", found.id), where
        assert found.chapter.replace("-", "_") in registry.CHAPTERS, where
        assert found.unit in units.units(), where
        assert len(found.label.strip()) > 10, where
        assert not re.search(r"[.:]$", found.label.strip()), f"{where}: the label is a phrase, not a sentence"
        assert not re.match("(?:The same|This|That|These|Those|It)\\b", found.label), f"{where}: its label stands alone"
        assert math.isfinite(found.value), where
        assert found.sources, where
        assert set(found.sources) <= set(sources()), where
        assert found.rows, where
        ahead = found.as_of > edition().released
        assert not ahead or str(found.as_of.year) in found.label, f"{where}: a later day, and the label does not say so"
        assert found.grade in ("primary", "secondary", "mixed"), where
        for group in found.rows:
            assert group.table in table_names(), where
            assert set(group.ids) <= set(load(group.table).index), where


def test_every_finding_prints_as_one_number():
    for found in all_findings():
        for text in (found.text, found.bare, found.interval_text):
            assert not re.search(r"nan|inf\b", text, flags=re.IGNORECASE), f"{found.id}: {text}"
        assert len(SCALE_WORD.findall(found.text.replace("per million", "per"))) <= 1, f"{found.id}: {found.text}"
        assert not found.value or re.search("[1-9]", found.text), (
            f"{found.id}: {found.value} is printed as {found.text}"
        )
        assert found.bare.lstrip("−").split(" ")[0] in found.text, f"{found.id}: {found.bare} in {found.text}"


def test_every_interval_holds_its_value_and_says_what_it_is():
    from helpers.book.wording import words

    for found in all_findings():
        assert (found.low is None) == (found.high is None), f"{found.id}: an interval has two ends"
        if found.low is not None:
            assert found.low <= found.value <= found.high, found.id
            assert found.interval in words("interval"), f"{found.id}: its interval is {found.interval!r}"
            assert found.interval_text, found.id


def test_the_hours_of_deepseek_v3_are_those_of_its_report():
    # DeepSeek-V3 Technical Report (arXiv 2412.19437), table 1: 2,788K H800 GPU-hours, $5.576M at 2 dollars an hour.
    assert get("v3-run-hours").value == pytest.approx(2_788_000, rel=1e-3)
    assert get("v3-run-cost").value == pytest.approx(5_576_000, rel=1e-3)
    assert get("v3-run-hours").text == "2.788 million GPU-hours"
    assert get("v3-run-hours").grade == "primary"
