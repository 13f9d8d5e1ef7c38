"""Verdicts of diffusion flip when what they rest on changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from helpers.claims import claim, judge, judged, resolve
from helpers.claims import diffusion as judges
from helpers.claims.judge import plain, reasons
from helpers.claims.verdicts import forecast
from helpers.data import assumption
from helpers.findings import get

OWN = judged("diffusion")


@pytest.fixture
def pretend(monkeypatch):
    """Have findings show other values than they do."""

    def change(module, **values):
        wanted = {key.replace("_", "-"): value for key, value in values.items()}

        def altered(key):
            found = get(key)
            if key not in wanted:
                return found
            value = wanted[key]
            if isinstance(value, tuple):
                return replace(found, value=value[0], low=value[1], high=value[2])
            return replace(found, value=value, low=None, high=None)

        monkeypatch.setattr(module, "get", altered)
        if module is judges:
            from helpers.claims import verdicts

            monkeypatch.setattr(verdicts, "get", altered)

    return change


@pytest.mark.parametrize("item", OWN, ids=lambda item: item.claim.id)
def test_every_claim_has_a_reason_of_its_own(item):
    written = reasons()[item.claim.id]
    assert item.verdict in written
    for text in written.values():
        assert plain(text)  # every role in it prints


def test_every_claim_with_a_figure_is_judged_on_something():
    for item in OWN:
        if item.claim.figures:
            assert item.outcome.findings or item.outcome.evidence, item.claim.id


@pytest.mark.parametrize(("points", "verdict"), [(1, "unsupported"), (10, "qualified"), (20, "confirmed")])
def test_not_far_depends_on_what_far_is(monkeypatch, points, verdict):
    chosen = replace(assumption("not-far-points"), value=points)
    monkeypatch.setattr(judges, "assumption", lambda key: chosen)
    assert judges.firm_adoption(claim("firm-adoption-not-far-from-us")).verdict == verdict


@pytest.mark.parametrize(
    ("ratio", "majorities", "verdict"),
    [((2.3, 1.3, 5.9), 1, "qualified"), ((1.2, 0.8, 2.0), 1, "unsupported"), ((2.3, 1.3, 5.9), 100, "confirmed")],
)
def test_ahead_of_the_west_has_two_readings(pretend, ratio, majorities, verdict):
    pretend(judges, deepseek_africa_over_elsewhere_users=ratio, deepseek_majorities_abroad=majorities)
    assert judges.deepseek_ahead(claim("deepseek-ahead-in-emerging-markets")).verdict == verdict


@pytest.mark.parametrize(
    ("fastest", "slowest", "verdict"),
    [(1.0, 3.6, "qualified"), (2.5, 3.6, "confirmed"), (0.5, 1.5, "contradicted")],
)
def test_three_years_against_both_ends(pretend, fastest, slowest, verdict):
    pretend(judges, gigawatt_build_time_fastest=fastest, gigawatt_build_time_slowest=slowest)
    assert judges.three_years(claim("us-data-centre-takes-three-years")).verdict == verdict


@pytest.mark.parametrize(("lowest", "verdict"), [(60, "confirmed"), (40, "qualified")])
def test_dominance_must_hold_at_every_stage(pretend, lowest, verdict):
    pretend(judges, germanium_share_cn=(83, lowest, 91))
    assert judges.raw_materials(claim("china-dominates-raw-materials")).verdict == verdict


def test_robots_without_cars_qualify(pretend):
    pretend(judges, electric_car_share_cn_over_us_2025=0.5)
    assert judges.robots_and_cars(claim("china-leads-robots-and-electric-cars")).verdict == "qualified"


def test_spare_power_that_is_too_small_supports_nothing(pretend):
    pretend(judges, penalised_need_over_spare_cn_2030=130)
    assert judges.spare_power_offsets(claim("spare-power-offsets-older-chips")).verdict == "unsupported"


@pytest.mark.parametrize(("announced", "closing", "verdict"), [(900, 1500, "qualified"), (900, 1000, "contradicted")])
def test_fewer_guests_would_contradict(pretend, announced, closing, verdict):
    pretend(judges, waic_guests_announced=announced, waic_experts_closing=closing)
    assert judges.waic_guests(claim("waic-1200-guests")).verdict == verdict


@pytest.mark.parametrize(("countries", "verdict"), [(170, "qualified"), (120, "contradicted")])
def test_huaweis_count_is_one_half_of_its_claim(pretend, countries, verdict):
    pretend(judges, huawei_countries=countries)
    assert judges.huawei(claim("huawei-in-170-countries")).verdict == verdict


def test_fewer_exhibitors_would_contradict(pretend):
    pretend(judges, waic_exhibitors=700)
    assert judges.waic_figures(claim("waic-800-companies")).verdict == "contradicted"


def test_the_forecast_is_open_until_its_year_is_over():
    due = claim("china-spare-power-three-times-demand").due
    assert judge("china-spare-power-three-times-demand").verdict == "open"
    assert forecast(due, date(2031, 1, 1)).verdict == "untested"


def test_opinions_stay_ungraded():
    assert {item.verdict for item in OWN if item.claim.kind == "opinion"} == {"opinion"}


def test_the_population_would_explain_what_heads_do_not_show(pretend):
    assert resolve.genai_share_of_china() == "instrument"
    pretend(resolve, genai_users_cn_survey_over_telemetry=1.5)
    assert resolve.genai_share_of_china() == "population"


def test_doctorates_and_patents_are_resolved_by_the_articles_interval(pretend):
    assert (resolve.stem_doctorates(), resolve.ai_patents()) == ("older-year", "grants")
    pretend(resolve, stem_doctorates_ratio_2022_line=1.5, ai_patents_granted_ratio=6.1)
    assert (resolve.stem_doctorates(), resolve.ai_patents()) == ("named-year", "neither")


def test_surveys_of_one_sign_and_counts_out_of_order(pretend):
    assert (resolve.firms_using_ai(), resolve.waic_attendance()) == ("both-signs", "circles")
    pretend(resolve, firms_full_use_gap_sas=2, waic_experts_closing=1000)
    assert (resolve.firms_using_ai(), resolve.waic_attendance()) == ("one-sign", "other")
