"""Findings on use compared agree with what is printed elsewhere and with each other."""

from __future__ import annotations

import math

import pytest

from helpers.data import load
from helpers.findings import diffusion_use as found
from helpers.findings import get


def test_gaps_are_those_that_the_publications_imply():
    assert get("people-use-gap-mic-2024").value == pytest.approx(56.3 - 46.3)
    assert get("people-use-gap-mic-2025").value == pytest.approx(81.2 - 68.8)
    assert get("firms-deployed-gap-ibm-2022").value == 58 - 25


def test_a_gap_of_500_answers_each_is_known_to_a_few_points():
    gap = get("firms-deployed-gap-ibm-2022")  # the normal approximation, by hand
    error = 1.96 * math.sqrt(0.58 * 0.42 / 500 + 0.25 * 0.75 / 500) * 100
    assert gap.low == pytest.approx(gap.value - error, abs=0.4)
    assert gap.high == pytest.approx(gap.value + error, abs=0.4)


def test_the_steps_end_at_the_count_of_the_survey():
    for day, end in (("mid-2025", "genai-users-cn-survey-mid-2025"), ("end-2025", "genai-users-cn-survey")):
        steps = found.steps(day)
        assert steps.running()[-1] * steps.rest == pytest.approx(get(end).value)
        assert steps.running()[0] == pytest.approx(get(f"genai-users-cn-telemetry-{day}").value)


def test_what_is_left_over_at_the_end_of_the_year_is_the_excess_without_the_tools():
    excess, tools = get("genai-users-cn-excess-over-instrument").value, get("cn-apps-over-telemetry-2025").value
    assert get("cn-survey-unexplained-end-2025").value == pytest.approx(excess / tools)


def test_what_is_left_over_lies_in_its_range():
    for key in ("cn-survey-unexplained-mid-2025", "cn-survey-unexplained-end-2025"):
        item = get(key)
        assert item.low < item.value
        assert item.value == pytest.approx(item.high)


def test_counts_of_pairs_nest():
    pairs, ahead = get("same-question-pairs").value, get("same-question-cn-ahead").value
    assert get("same-question-samples-known").value <= pairs
    assert ahead < pairs
    near = get("firm-pairs-not-far")
    assert near.low <= near.value <= near.high <= get("firm-pairs").value < pairs


def test_months_are_the_gap_over_the_pace():
    pace = (68.8 - 46.3) / 395  # points a day, from 29 February 2024 to 31 March 2025: 396 days
    assert get("cn-months-ahead-mic").value == pytest.approx(12.4 / pace / 365.25 * 12, rel=0.01)


def test_classes_of_deepseek_nest():
    above, missing = get("deepseek-economies-above-twenty").value, get("deepseek-above-twenty-not-offered").value
    assert missing <= above
    assert missing <= get("deepseek-economies-not-offered").value
    assert get("deepseek-eleven-to-twenty-offered").value <= get("deepseek-economies-eleven-to-twenty").value
    assert 50 < get("deepseek-order-by-choice").value <= 100
    assert get("deepseek-africa-not-offered").value == 0


def test_every_economy_of_the_map_has_a_service_row():
    assert set(load("service_availability")["country"]) == set(load("deepseek_shares")["country"])


def test_every_described_series_exists_on_its_day():
    known = {(row.series, row.as_of) for name in ("adoption", "attitudes") for row in load(name).itertuples()}
    for design in load("survey_designs").itertuples():
        assert (design.series, design.as_of) in known, design.id


def test_medians_of_errors_lie_between_the_series():
    for key in ("curve-error-median", "line-error-median", "last-value-error-median"):
        item = get(key)
        assert item.low < item.value < item.high
    assert get("curve-beats-last-value").value <= get("curve-series-scored").value


def test_growth_is_relative_to_mid_2025():
    assert get("genai-growth-us-telemetry").value == pytest.approx(100 * (31.3 / 26.3 - 1))
    assert get("genai-growth-cn-telemetry").value == pytest.approx(100 * (16.4 / 15.4 - 1))
