from dataclasses import replace
from datetime import date

import pytest

from helpers.claims import claims, disagreements, judged, resolve
from helpers.claims import open_source as judge
from helpers.findings import get

EXPECTED = {
    "chinese-open-models-surpass-us": "confirmed",
    "leading-chinese-open-us-closed": "confirmed",
    "china-leads-open-models": "confirmed",
    "china-passes-us-in-downloads": "confirmed",
    "open-models-free-and-local-clouds": "qualified",
    "qwen-doubao-compete-worldwide": "qualified",
    "doubao-is-open": "contradicted",
    "north-american-firms-use-chinese-models": "confirmed",
    "airbnb-uses-qwen": "confirmed",
    "airbnb-saw-limits-of-us-models": "unsupported",
}


def changed(monkeypatch, module, **values):
    """Let a module see other values of findings, without intervals."""

    def get_changed(key):
        found = get(key)
        if key.replace("-", "_") in values:
            return replace(found, value=values[key.replace("-", "_")], low=None, high=None)
        return found

    monkeypatch.setattr(module, "get", get_changed)


def test_every_claim_of_the_chapter_is_judged():
    assert EXPECTED.items() <= {item.claim.id: item.verdict for item in judged("open-source")}.items()


def test_a_lead_that_vanishes_on_one_scale_qualifies(monkeypatch):
    changed(monkeypatch, judge, open_lead_index_2025_11=-1.0)
    claim = claims()["chinese-open-models-surpass-us"]
    assert judge.chinese_open_models_surpass_us(claim).verdict == "qualified"


def test_a_lead_inside_its_interval_does_not_count():
    assert judge.above(0, "open-lead-arena-2025-11") == (("open-lead-arena-2025-11", True),)
    assert judge.above(0, "open-gap-arena-2025-11") == (("open-gap-arena-2025-11", False),)  # -5 to 49


def test_downloads_behind_on_all_bases_contradict(monkeypatch):
    changed(monkeypatch, judge, lead_downloads_study=0.9, lead_downloads_hub=0.9, lead_downloads_curated=0.9)
    claim = claims()["china-passes-us-in-downloads"]
    assert judge.china_passes_us_in_downloads(claim).verdict == "contradicted"


def test_firms_that_said_so_show_the_use():
    subject = claims()["north-american-firms-use-chinese-models"]
    assert judge.north_american_firms(subject).verdict == "confirmed"
    before_any = replace(subject, said_on=date(2025, 10, 25))  # only one of them had spoken by then
    assert judge.north_american_firms(before_any).verdict == "untested"


def test_an_open_doubao_confirms(monkeypatch):
    changed(monkeypatch, judge, doubao_models_open=1.0)
    assert judge.doubao_is_open(claims()["doubao-is-open"]).verdict == "confirmed"


def test_a_doubao_adopter_abroad_confirms(monkeypatch):
    changed(monkeypatch, judge, adopters_abroad_doubao=1.0)
    assert judge.qwen_doubao_compete_worldwide(claims()["qwen-doubao-compete-worldwide"]).verdict == "confirmed"


@pytest.mark.parametrize(
    ("decide", "values", "expected"),
    [
        (resolve.whose_downloads, {"lead_downloads_hub": 0.9}, "order"),
        (resolve.share_of_openrouter, {"openrouter_share_cn_whole_2026_05": 50.0}, "unclear"),
        (resolve.size_of_the_open_lead, {"lead_dollars_makers": 1.2}, "same"),
        (resolve.downloads_of_qwen, {"downloads_qwen_pace_needed": 2e7}, "impossible"),
    ],
)
def test_resolutions_follow_the_findings(monkeypatch, decide, values, expected):
    before = decide()
    changed(monkeypatch, resolve, **values)
    assert decide() == expected != before


def test_each_disagreement_has_words_for_its_outcome():
    found = {item.id: item for item in disagreements()}
    for key in ("whose-downloads", "share-of-openrouter", "size-of-the-open-lead", "downloads-of-qwen"):
        assert found[key].resolution
        assert len(found[key].readings) >= 2
