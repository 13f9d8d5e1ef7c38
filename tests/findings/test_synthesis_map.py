"""The net drift with the release dates that the newest export prints, recomputed from the file without the package."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats

from helpers.data.paths import root
from helpers.findings import get


def test_line_through_the_gap_with_printed_dates_is_that_of_the_file():
    models = pd.read_csv(root() / "data" / "capability_records.csv", parse_dates=["version_date"])
    models = models[models["as_of"] == "2026-08-11"]
    ends = pd.date_range("2024-05-31", "2026-07-31", freq="ME")
    best = {
        code: [models.loc[(models["country"] == code) & (models["version_date"] <= end), "score"].max() for end in ends]
        for code in ("US", "CN")
    }
    gaps = pd.Series(best["US"]) - pd.Series(best["CN"])
    slope = stats.linregress((ends - ends[0]).days / 365.25, gaps).slope
    assert get("drift-since-2024-by-printed-dates").value == pytest.approx(slope, rel=0.01)


def test_corrected_dates_steepen_the_line_since_spring_2024():
    printed, corrected = get("drift-since-2024-by-printed-dates"), get("drift-by-gap-since-2024")
    assert 0 < printed.value < corrected.value
    assert printed.low < 0 < corrected.low
