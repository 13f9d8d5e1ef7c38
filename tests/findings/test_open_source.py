import pytest

from helpers.data import assumption
from helpers.figures import open_source as figures
from helpers.findings import get, ids

# What sources print, or what the dossiers computed before from the same rows: id, value, tolerance.
PUBLISHED = [
    ("download-lead-study-2025", 1.3, 0.001),  # Longpre and others 2025: 17.1 and 15.8
    ("downloads-qwen-over-moonshot", 55, 0.5),  # Hugging Face, summer 2026: about 55 times
    ("licence-permissive-cn-2026", 81, 0.001),  # the same: 81 per cent of 178 releases
    ("open-gap-arena-2026-04", 33, 0.01),  # mirror of the board, 19 April 2026
    ("openrouter-share-cn-whole-2026-05", 31.9, 0.05),  # KVMNODE: 9.22 of 28.9 trillion, 32 per cent
    ("cursor-over-threshold", 8.4, 0.0501),  # You 2026: 8.4 times the cap
    ("revenue-anthropic-over-listed-2026", 43, 0.5),  # dossier of events: 43 to 1
    ("revenue-growth-zhipu-2026", 4.997, 0.01),  # interim report: up 399.7 per cent
    ("open-lead-second-index-2025-11", 6.5, 0.001),  # 67.0 and 60.5
]


@pytest.mark.parametrize(("key", "value", "tolerance"), PUBLISHED)
def test_findings_agree_with_what_was_published(key, value, tolerance):
    assert get(key).value == pytest.approx(value, abs=tolerance)


def test_the_guard_changed_at_the_turn_of_2024():
    last, first = get("open-lead-arena-2024-12-20"), get("open-lead-arena-2024-12-31")
    assert (last.as_of.isoformat(), first.as_of.isoformat()) == ("2024-12-20", "2024-12-31")
    assert last.value < 0 < first.value
    assert get("arena-snapshots-chinese-open").value == 100


def test_two_bases_are_never_one():
    assert get("download-shares-covered-study").value < get("download-shares-covered-hub").value / 2
    leads = [key for key in ids() if key.startswith("lead-downloads") or key.startswith("lead-tokens")]
    for key in leads:
        groups = get(key).rows
        assert len(groups) == 1


def test_dollars_turn_the_order_of_tokens():
    assert get("lead-tokens-makers").value > 1 > get("lead-dollars-makers").value
    assert get("price-of-a-token-us-over-china").value == pytest.approx(
        get("lead-tokens-makers").value / get("lead-dollars-makers").value
    )


def test_every_figure_states_what_the_text_states():
    hosting = figures.self_hosting().data.set_index("model")["break_even_tokens_per_month"]
    assert hosting["Claude Sonnet 4.5"] == pytest.approx(get("break-even-claude-sonnet").value)
    for model in ("DeepSeek-V3.2", "GPT-5.6 Luna"):
        assert hosting[model] != hosting[model]  # missing: never
    prices = figures.price_at_quality().data
    there = prices[prices["day"] == figures.DEFAULT_DAY].set_index("model")["price_usd_per_mtok"]
    discount = 100 * (1 - there["DeepSeek V4 Flash 0731"] / there["GPT-5.6 Luna"])
    assert discount == pytest.approx(get("discount-at-gpt5-level-2026-08").value)


def test_controls_start_at_the_assumptions():
    spec = figures.self_hosting().wide
    start = {param["name"]: param["value"] for param in spec["params"] if "value" in param}
    for name, key in (("hour_price", "gpu-hour-price"), ("rate", "serving-throughput-ordinary")):
        assert start[name] == assumption(key).value
    assert start["load"] == assumption("serving-load").value
    chosen = [param for param in figures.price_at_quality().narrow["params"] if param["name"] == "day"]
    assert chosen[0]["value"] == figures.DEFAULT_DAY
