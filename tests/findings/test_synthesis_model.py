"""Findings on the closing models: the specification's values, back-tests, agreement with what is printed elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.analysis import synthesis as analysis
from helpers.data import assumption, load, root
from helpers.findings import get
from helpers.findings import synthesis as base
from helpers.findings import synthesis_model as model

CHAPTER = (root() / "chapters" / "synthesis.md").read_text(encoding="utf-8")


# Section 4 of the specification: how the ends of the laws come about.
def test_growth_of_the_ratio_of_computing_has_the_ends_of_the_specification():
    law = assumption("compute-ratio-growth")
    stocks = np.log10(get("compute-ratio-medians-2025").value / get("compute-ratio-medians-2024").value)
    assert stocks == pytest.approx(law.value, abs=0.02)  # 9.1 to 10.2 in 2025
    assert np.log10(5 / 3) == pytest.approx(law.high, abs=0.005)  # fivefold against threefold a year
    assert np.log10(2.6 / (2.6 + 0.75)) == pytest.approx(law.low, abs=0.015)  # 750,000 H200 added to 2.6 m


def test_points_per_tenfold_have_the_top_of_the_specification():
    # All American progress to compute and algorithms: 14.9 / (log10 5 + log10 3)
    assert 14.9 / (np.log10(5) + np.log10(3)) == pytest.approx(assumption("points-per-tenfold-compute").high, abs=0.05)


@pytest.mark.parametrize("part", ["score > 0", "version_date >= '2024-01-01'", "flop_confidence == 'confident'"])
def test_regressions_of_august_are_within_an_error_of_aprils(part):
    april, august = (analysis.compute_effect(base.scored_models(day).query(part)) for day in (base.APRIL, base.NEWEST))
    assert august.value == pytest.approx(april.value, abs=april.error)


def test_paces_of_both_vintages_agree_within_their_errors():
    for country in ("US", "CN"):
        april, august = (base.pace(day, country) for day in (base.APRIL, base.NEWEST))
        assert august.value == pytest.approx(april.value, abs=np.hypot(april.error, august.error))
        assert august.error < april.error


# Section 7, vintage: parameters from the December 2025 export alone; 6.5 on 9 March, 9.8 on 19 April 2026.
@pytest.mark.parametrize(("day", "seen"), [("march", 6.5), ("april", 9.8)])
def test_december_alone_held_the_gaps_of_spring(day, seen):
    predicted = get(f"predicted-gap-{day}-2026")
    assert get(f"frontier-gap-{day}-2026").value == pytest.approx(seen, abs=0.0501)  # as printed, rounded
    assert predicted.low < seen < predicted.high
    used = {part.table: part.ids for part in predicted.rows}["capability_records"]
    assert set(load("capability_records").loc[list(used), "as_of"].dt.strftime("%Y-%m")) == {"2025-12"}


def test_where_standing_still_won_its_forecast_stands_beside_the_models():
    assert get("rolling-error-still-6").value < get("rolling-error-model-6").value
    for months in (3, 9):
        assert get(f"rolling-error-model-{months}").value < get(f"rolling-error-still-{months}").value
    section = CHAPTER.split("(synthesis-test)=")[1].split("(synthesis-spread)=")[0]
    opening = section.split("```{code-cell}")[0]
    for key in ("rolling-error-model-6", "rolling-error-still-6"):
        assert f"{{tr:n}}`{key}`" in opening
    assert get("rolling-crps-model").value < get("rolling-crps-still").value


def test_rolling_origins_are_few_and_overlap():
    assert get("rolling-forecasts").value == 8 + 7 + 6
    # On April's export the last month-end is that of March 2026, so that one origin less is left for each.
    assert model.rolling(base.APRIL).groupby("months").size().tolist() == [6, 5, 4]
    assert get("rolling-inside-model").value < 80


def test_lag_of_caisi_lies_in_the_fan_and_the_counts_are_those_of_the_table():
    found = model.since_april()
    assert found.loc["caisi-v4-pro", "meets"]
    assert not found.loc["trump-2026", "meets"]
    predicted = get("predicted-lag-may-2026")
    assert predicted.low < 8 < predicted.high
    assert get("lags-since-april").value == len(found)
    assert get("lags-since-april-inside").value == found["meets"].sum() < len(found)
    assert (load("lag_estimates").loc[found.index, "as_of"] > "2026-04-19").all()


def test_anchored_curve_errs_less_than_a_free_fit_and_that_less_than_no_change():
    keys = ("anchored", "free", "still")
    errors = [get(f"spread-trial-error-{key}").value for key in keys]
    assert errors == sorted(errors)
    assert get("spread-trial-worst-free").value > get("spread-trial-worst-anchored").value
    assert get("spread-trial-starts").value > get("anchored-series-tried").value


def test_fans_are_those_that_other_findings_print():
    assert model.spot(base.END_2030, base.taus()[1], lag=False) == pytest.approx(
        tuple(getattr(get("gap-end-2030"), side) for side in ("low", "value", "high"))
    )
    for name in ("small", "middle", "large"):
        lag = get(f"lag-end-2030-{name}")
        assert lag.low < lag.value < lag.high
    centre = get("lag-end-2030-middle").value * get("us-record-pace").value / 12
    assert centre == pytest.approx(get("gap-end-2030").value, rel=0.02)


def test_choices_begin_with_what_the_text_says():
    found = model.choices().set_index(["choice", "tau"])
    for tau, side in zip(base.taus(), ("low", "value", "high"), strict=True):
        assert found.loc[("force", tau), "late"] == pytest.approx(getattr(get("lead-by-january-2031"), side))
        assert found.loc[("single", tau), "late"] == pytest.approx(
            getattr(get("lead-by-january-2031-single-month"), side)
        )
        assert found.loc[("tie", tau), "late"] > found.loc[("force", tau), "late"]
    whole = get("lead-by-january-2031-over-choices")
    assert (whole.low, whole.high) == (found["late"].min(), found["late"].max())


def test_every_choice_is_made_from_what_it_names():
    races = model.choice_races()
    assert races["export-2025-12"][0].gap == pytest.approx(get("frontier-gap-december-2025").value)
    assert races["export-2026-04"][0].start.isoformat() == base.APRIL
    low, high = (races[f"window-{year}"][0].mean for year in (2024, 2023))
    assert low[1] < high[0]  # the younger window has the smaller mean in every export
    board, scale = model.arena_gap()
    table = load("arena_scores").loc[list(model.arena_rows().ids)]
    assert set(table["basis"]) == {"no style control"}
    assert board.iloc[-1] == pytest.approx(scale * (1466.0 - 1445.6), abs=0.05)  # 6 November 2025, as listed
    google = races["google"][0].mean
    assert google[0] < assumption("frontier-gap-mean").low


def test_drift_is_what_leading_goes_with():
    led, not_led = get("drift-where-china-leads"), get("drift-where-it-does-not")
    assert led.low > 0 > not_led.value
    share = get("lead-by-january-2031").value / 100
    assert share * led.value + (1 - share) * not_led.value == pytest.approx(assumption("drift").value, abs=0.03)


def test_weights_are_those_of_the_indices():
    assert get("noise-share-of-variance").value == pytest.approx(100 * base.gap_indices().loc["noise", "total"])
    assert get("cn-pace-share-of-variance").value > get("us-pace-share-of-variance").value


def test_events_together_are_no_likelier_than_either():
    for key, parts in (
        ("joint-index-and-share-2030", ("lead-by-january-2031", "share-passed-by-2030-by-telemetry")),
        ("joint-chips-and-share-2030", ("enough-2028-two-limits", "share-passed-by-2030-by-telemetry")),
    ):
        found, (one, other) = get(key), [get(part).value for part in parts]
        assert found.value == pytest.approx(one * other / 100, abs=0.01)  # taken as independent
        assert found.low < found.value < found.high
        assert "event-correlation" in found.assumptions


def test_users_of_the_chinese_survey_could_all_be_of_working_age():
    found = get("genai-share-cn-survey-if-working-age")
    assert found.value == pytest.approx(100 * 602 / 986.75, abs=0.01)
    assert found.value > load("adoption").loc["rps-any-use-2025-08-us", "value"]


def test_computing_per_user_is_stock_over_users():
    stock = get("stock-cn-2025").value
    for name in ("telemetry", "survey"):
        found = get(f"compute-per-user-cn-{name}")
        assert found.value == pytest.approx(stock / get(f"genai-users-cn-{name}").value / 1000, rel=0.01)
        assert get(f"compute-per-user-us-{name}").low > found.high
