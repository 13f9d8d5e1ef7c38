"""The figure of one question, and the tables that compare use, say what the findings say."""

from __future__ import annotations

import pytest
import vl_convert

from helpers.figures import diffusion as figures
from helpers.figures import diffusion_arab as arabic
from helpers.figures import diffusion_use as compared
from helpers.figures.svg import to_svg
from helpers.findings import get
from helpers.findings.diffusion_use import pairs


@pytest.fixture(scope="module")
def one_question():
    return compared.same_question()


def test_the_figure_has_a_row_a_pair_with_both_shares(one_question):
    assert len(one_question.data) == len(pairs())
    assert one_question.data[["us_percent", "cn_percent"]].notna().all().all()
    assert "{" not in one_question.alt
    assert one_question.sources


def test_the_title_holds_among_people(one_question):
    people = pairs()[pairs()["panel"] == "people"]
    watched = people["series"] == "microsoft-user-share"
    assert (people.loc[~watched, "gap"] > 0).all()
    assert (people.loc[watched, "gap"] < 0).all()


def test_both_forms_draw_every_share(one_question):
    for spec in (one_question.wide, one_question.narrow):
        drawn = vl_convert.vegalite_to_svg(spec, vl_version="6.4", show_warnings=False)
        for share in (*one_question.data["us_percent"], *one_question.data["cn_percent"]):
            assert f">{share:.0f}<" in drawn


def test_whiskers_hold_their_share(one_question):
    data = one_question.data.dropna(subset=["us_low_percent"])
    assert len(data) >= 2
    for code in ("us", "cn"):
        assert (data[f"{code}_low_percent"] < data[f"{code}_percent"]).all()
        assert (data[f"{code}_percent"] < data[f"{code}_high_percent"]).all()


def test_the_account_ends_at_the_printed_shares():
    cells = compared.why_table().cells
    assert cells.iloc[-2, 2] == f"{get('genai-users-cn-survey-mid-2025').value:.0f}"
    assert cells.iloc[-1, 4].endswith(get("genai-share-cn-survey").text)


def test_nearness_in_the_table_is_that_of_the_finding():
    cells = compared.not_far_table().cells
    firms = cells.tail(int(get("firm-pairs").value))
    assert (firms.iloc[:, -1] == "yes").sum() == get("firm-pairs-not-far").value


def test_the_smallest_error_is_marked_in_every_series():
    cells = compared.scores_table().cells
    assert len(cells) == get("curve-series-scored").value + 1
    marked = cells.iloc[:-1, -3:].map(lambda text: text.startswith("**"))
    assert (marked.sum(axis=1) == 1).all()
    best = marked.iloc[:, 0]
    assert best.sum() <= get("curve-beats-line").value


def test_every_class_of_the_map_is_counted_once():
    cells = compared.choice_table().cells
    assert cells.iloc[:, 1].sum() == get("deepseek-economies-abroad").value
    assert cells.iloc[:, 3].sum() == get("deepseek-economies-not-offered").value
    assert cells.iloc[:, 2].le(cells.iloc[:, 1]).all()


def test_tests_of_arabic_are_in_the_order_of_time_and_name_their_models():
    cells = arabic.tests_table().cells
    assert len(cells) == len(arabic.SCORED)
    assert "o1" in cells.iloc[0, 2]
    assert "Qwen3.5" in cells.iloc[4, 3]
    assert "Falcon" in cells.iloc[3, 4]


def test_models_come_before_judges():
    cells = arabic.models_table().cells
    judged = cells.iloc[:, 2].str.startswith("judged by").tolist()
    assert judged == sorted(judged)
    assert judged.count(False) == get("arab-models-with-known-base").value


def test_the_series_table_says_how_many_were_asked():
    cells = figures.series_table().cells
    assert cells.iloc[:, 3].str.contains("5,119").any()
    assert cells.iloc[:, 3].str.len().gt(0).all()


def test_no_label_of_the_adoption_figure_lies_on_an_earlier_value():
    drawn = to_svg(figures.adoption_by_series().narrow)
    assert drawn.count(">91<") == 1
