"""What a row rests on: its sources in order, those of its corrections, its day and grade."""

import pandas as pd
import pytest

from helpers.data import cited, corrections, load, origins, table_names


def test_an_origin_holds_what_the_row_says():
    for table in table_names():
        rows, found = load(table), origins(table)
        assert list(found) == list(rows.index)
        for column in ("source", "also_source", "grade"):
            if column in rows:
                said = {key: cell for key, cell in rows[column].items() if pd.notna(cell)}
                assert {key: getattr(row, column) for key, row in found.items() if getattr(row, column)} == said
        if "as_of" in rows:
            dated = rows["as_of"].dropna()
            assert {key: found[key].as_of for key in dated.index} == {key: day.date() for key, day in dated.items()}


def test_who_cites_a_corrected_row_cites_the_source_of_the_correction():
    seen = 0
    for table in table_names():
        for key, fixes in corrections(table).groupby("row"):
            assert set(fixes["source"]) <= set(cited(table, [key]))
            seen += 1
    assert seen


def test_each_source_is_named_once_first_sources_before_second_ones():
    rows = load("efficiency_estimates")
    assert cited("efficiency_estimates", rows.index) == list(dict.fromkeys(cited("efficiency_estimates", rows.index)))
    first = list(dict.fromkeys(rows["source"]))
    assert cited("efficiency_estimates", rows.index)[: len(first)] == first


def test_a_row_that_is_not_there_is_refused():
    with pytest.raises(KeyError, match="no-such-row"):
        cited("training_runs", ["no-such-row"])
