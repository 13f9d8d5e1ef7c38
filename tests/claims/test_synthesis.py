"""Verdicts of the closing chapter, and that they turn when what they rest on turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from helpers.claims import claim, claims, disagreements, judge
from helpers.claims import synthesis as judges
from helpers.claims.judge import reasons
from helpers.claims.verdicts import VERDICTS
from helpers.data import load as real_load
from helpers.findings import get

MINE = [key for key, subject in claims().items() if subject.chapter == "synthesis"]


@pytest.fixture
def changed(monkeypatch):
    """Replace values of findings as the judges see them."""

    def change(**values: float) -> None:
        known = {key.replace("_", "-"): value for key, value in values.items()}

        def changed_get(key):
            found = get(key)
            if key not in known:
                return found
            return replace(found, value=known[key], low=None, high=None)

        monkeypatch.setattr(judges, "get", changed_get)
        monkeypatch.setattr("helpers.claims.verdicts.get", changed_get)

    return change


def test_every_claim_of_the_chapter_is_judged_with_a_written_reason():
    assert MINE
    for key in MINE:
        found = judge(key)
        assert found.verdict in VERDICTS
        assert found.verdict in reasons()[key], key


def test_odds_are_open_until_their_day():
    subject = claim("lin-20-percent-odds")
    assert judge(subject.id).verdict == "open"
    assert judges.insider_odds(replace(subject, due=date(2026, 1, 1))).verdict == "untested"


def test_the_marathon_has_no_finishing_line():
    assert judge("china-wins-the-marathon").verdict == "undated"


def test_money_raised_turns_with_the_sum(changed):
    assert judge("zhipu-minimax-raised-1bn").verdict == "confirmed"
    changed(hong_kong_offers_january_2026=0.4)
    assert judges.raised(claim("zhipu-minimax-raised-1bn")).verdict == "qualified"
    changed(hong_kong_offers_january_2026=0.4, hong_kong_offers_announced=0.4)
    assert judges.raised(claim("zhipu-minimax-raised-1bn")).verdict == "contradicted"


def test_shares_turn_with_the_price(changed):
    assert judge("minimax-shares-doubled").verdict == "confirmed"
    assert judge("minimax-shares-doubled").now
    changed(minimax_first_close_over_offer=1.2)
    assert judges.doubled(claim("minimax-shares-doubled")).verdict == "contradicted"


def test_doctorates_fit_one_year_and_not_the_other(changed):
    assert dict(judge("stem-phds-50-percent-more").outcome.agrees) == {
        "stem-doctorates-ratio-2019": True,
        "stem-doctorates-ratio-2022-line": False,
    }
    changed(**{"stem_doctorates_ratio_2022_line": 1.54})
    assert judges.doctorates(claim("stem-phds-50-percent-more")).verdict == "confirmed"


def test_patents_fit_one_kind_and_not_the_other(changed):
    assert judge("ai-patents-three-times").verdict == "qualified"
    changed(**{"ai_patents_granted_ratio": 5.0})
    assert judges.patents(claim("ai-patents-three-times")).verdict == "contradicted"


def test_categories_stay_untested_until_the_count_is_out_of_reach(changed):
    assert judge("aspi-five-of-six-categories").verdict == "untested"
    changed(research_categories_led_by_china=2.0)
    assert judges.five_of_six(claim("aspi-five-of-six-categories")).verdict == "unsupported"


def test_narrowly_behind_needs_a_narrow_gap(changed):
    assert judge("aspi-nlp-narrowly-behind").verdict == "qualified"
    changed(aspi_nlp_gap=4.0)
    assert judges.narrowly_behind(claim("aspi-nlp-narrowly-behind")).verdict == "unsupported"


def test_plan_of_2016_shows_the_naming_and_not_the_resources(monkeypatch):
    assert judge("ai-strategic-industry-2016").verdict == "qualified"

    def one_relay(name):
        frame = real_load(name)
        if name == "policy_events":
            frame.loc[:, "grade"] = "secondary"
            frame.loc[:, ["source", "also_source"]] = "cset_strategic2016"
        return frame

    monkeypatch.setattr("helpers.claims.verdicts.load", one_relay)
    assert judges.strategic(claim("ai-strategic-industry-2016")).verdict == "untested"


def test_spending_without_an_aim_is_only_a_part(changed):
    assert judge("us-spends-for-agi").verdict == "qualified"
    changed(us_capex_growth_2025=-3.0)
    assert judges.spends_for_agi(claim("us-spends-for-agi")).verdict == "unsupported"


def test_judgements_are_not_graded():
    assert {judge(key).verdict for key in ("two-races", "huang-nanoseconds-behind")} == {"opinion"}


@pytest.mark.parametrize(("worth", "outcome"), [(0.1, "both-america"), (0.3, "two-events"), (0.6, "both-china")])
def test_who_wins_turns_with_the_value_of_a_user(monkeypatch, worth, outcome):
    from helpers.claims import resolve

    def valued(key):
        return replace(get(key), value=worth) if key == "income-ratio-purchasing-power-2024" else get(key)

    monkeypatch.setattr(resolve, "get", valued)
    assert resolve.who_wins() == outcome


def test_disagreements_of_the_chapter_have_readings():
    found = {item.id: item for item in disagreements()}
    for key in ("who-wins", "huang-twice-on-one-day", "stem-doctorates", "ai-patents"):
        assert len(found[key].readings) >= 2
        assert found[key].resolution
