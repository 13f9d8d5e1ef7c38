import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis import open_source as analysis
from helpers.data import load

positive = st.floats(min_value=0.01, max_value=1e4)


@pytest.fixture(scope="module")
def models():
    return analysis.scored_models(load("capability_records"), load("releases"))


@pytest.fixture(scope="module")
def offers(models):
    return analysis.list_offers(load("prices"), models[models["version_date"] >= "2024-09-01"], 0.75, "2026-11-25")


def test_odds_of_elo_follow_the_scale():
    # Elo's convention: 400 points are ten to one, and 200 points an expected score of 0.76 (tables of FIDE).
    assert analysis.odds_of_elo(0) == 1
    assert analysis.odds_of_elo(400) == pytest.approx(10)
    odds = analysis.odds_of_elo(200)
    assert odds / (1 + odds) == pytest.approx(0.76, abs=0.005)


def test_rounding_bounds_a_ratio():
    value, low, high = analysis.ratio_of_rounded(17.1, 15.8, 0.1, 0.1)
    assert low == pytest.approx(17.05 / 15.85)
    assert high == pytest.approx(17.15 / 15.75)
    assert low < value < high


def test_a_lead_is_turned_by_its_share_of_the_group():
    # By construction: give the trailing side that much more of the group, and the shares are equal.
    lead, group = 1.3, 23.8
    part = analysis.share_that_turns_a_lead(lead, group) / 100
    assert 17.1 + group * (0.5 - part / 2) == pytest.approx(15.8 + group * (0.5 + part / 2))


def test_arena_gaps_agree_with_the_dossier():
    # Recomputed from LMArena's catalogue before this code existed: 48.6, 20.4 and 45.4 points without style control.
    raw = analysis.arena_snapshots(load("arena_scores"), "no style control")
    for day, gap in (("2025-03-07", 48.6), ("2025-11-06", 20.4), ("2025-12-11", 45.4)):
        assert raw.loc[day, "gap"] == pytest.approx(gap, abs=0.05)
    # With it: 66.7 and 49 by the catalogue of the board.
    styled = analysis.arena_snapshots(load("arena_scores"), "style control")
    assert styled.loc["2025-12-11", "gap"] == pytest.approx(66.7, abs=0.05)
    assert styled.loc["2026-01-16", "gap"] == pytest.approx(49, abs=0.05)


def test_bases_and_copies_of_the_arena_are_kept_apart():
    scores = load("arena_scores")
    styled = analysis.arena_snapshots(scores, "style control")
    raw = analysis.arena_snapshots(scores, "no style control")
    both = styled.index.intersection(raw.index)
    assert len(both) > 0
    assert not np.allclose(styled.loc[both, "gap"], raw.loc[both, "gap"])
    assert pd.Timestamp("2026-08-01") not in styled.index  # five values only, the list was not seen
    assert pd.Timestamp("2026-08-01") in analysis.arena_snapshots(scores, "style control", ["selected values"]).index
    assert pd.isna(styled.loc["2026-03-19", "lead"])  # no American open model among those read


def test_weights_that_came_later_count_from_their_day(models):
    kimi = models[models["model"] == "Kimi K3"].iloc[0]
    assert kimi["open_from"] == pd.Timestamp("2026-07-27")  # Moonshot's publication of the weights
    assert analysis.best_on(models, "2026-07-26", opened=True)["model"] != "Kimi K3"
    assert analysis.best_on(models, "2026-07-27", opened=True)["model"] == "Kimi K3"


def test_openness_unknown_to_the_export_is_asked_of_the_releases(models):
    glm = models[models["model"] == "GLM-5.1"].iloc[0]
    assert pd.isna(glm["open_weights"])
    assert glm["open"]
    assert not models[models["model"] == "Qwen 3.6 Max (Preview)"].iloc[0]["open"]


def test_no_model_yet_is_an_error(models):
    with pytest.raises(ValueError, match="no such model"):
        analysis.best_on(models, "2020-01-01")


def test_mean_gap_is_that_of_the_dossier(models):
    # Time-averaged score gap of China, computed before from the same export: 5.7 (2025) and 8.1 (2026 to 11 August).
    for start, end, gap in (("2025-01-01", "2025-12-31", 5.7), ("2026-01-01", "2026-08-11", 8.1)):
        assert analysis.daily_gaps(models, start, end)["national"].mean() == pytest.approx(gap, abs=0.12)


def test_drawn_gaps_shrink_to_the_value_without_error(models):
    exact = models.assign(low=models["score"], high=models["score"])
    value, low, high = analysis.mean_open_gap(exact, "2026-01-01", "2026-08-11", draws=3)
    assert low == pytest.approx(value, abs=0.05)
    assert high == pytest.approx(value, abs=0.05)


def test_lag_of_kimi_k3_agrees_with_the_dossier(models):
    # 4.4 months at its release, by the same export.
    months, first = analysis.months_since_first_at(models, 157.01, "US", pd.Timestamp("2026-07-16"))
    assert months == pytest.approx(4.4, abs=0.05)
    assert first.startswith("gpt-5.4-pro")


def test_output_price_of_kimi_k3_is_sixty_percent_of_opus():
    # Stated in the dossier of events: 15 against 25 dollars.
    prices = load("prices")
    ends = [
        analysis.blended_price(prices.at[key, "input_usd_per_mtok"], prices.at[key, "output_usd_per_mtok"], 0.0)
        for key in ("kimi-k3", "claude-opus-5")
    ]
    assert ends == [15, 25]
    assert analysis.discount(*ends) == pytest.approx(40)


@given(positive, positive, st.floats(min_value=0, max_value=1))
def test_a_mixture_lies_between_its_parts(one, other, share):
    assert min(one, other) * (1 - 1e-9) <= analysis.blended_price(one, other, share) <= max(one, other) * (1 + 1e-9)


@pytest.mark.parametrize("day", ["2025-06-30", "2026-01-31", "2026-08-11"])
@pytest.mark.parametrize("country", ["US", "CN"])
def test_more_quality_is_never_cheaper(offers, day, country):
    steps = analysis.price_steps(offers, day, country)
    assert steps["least"].is_monotonic_increasing
    for row in steps.itertuples():
        assert analysis.cheapest_at(offers, day, row.score, country)["price"] == pytest.approx(row.least)


def test_an_offer_holds_from_its_day_until_the_next_price(offers):
    luna = offers[offers["model"] == "GPT-5.6 Luna"].set_index("start")
    assert list(luna.index) == [pd.Timestamp("2026-07-09"), pd.Timestamp("2026-07-30")]
    assert luna["end"].iloc[0] == luna.index[1]
    one = analysis.on_sale(offers, "2026-07-29").set_index("model").loc["GPT-5.6 Luna", "price"]
    cut = analysis.on_sale(offers, "2026-07-30").set_index("model").loc["GPT-5.6 Luna", "price"]
    assert cut == pytest.approx(one / 5)  # 1/6 dollars to 0.2/1.2


def test_peak_prices_stand_beside_off_peak_ones(offers):
    pro = offers[(offers["model"] == "DeepSeek-V4-Pro") & (offers["start"] == "2026-08-17")].iloc[0]
    assert pro["dear_price"] == pytest.approx(2 * pro["price"])


def test_serving_costs_are_those_that_were_published():
    # SGLang team, May 2025: 22.3 thousand output tokens a second on eight H100 at 2 dollars are 0.20 dollars a million.
    assert analysis.own_cost_per_mtok(2, 22_300 / 8, 1) == pytest.approx(0.20, abs=0.005)
    # DeepSeek, 27 February 2025: 226.75 machines of eight at 2 dollars served 776 billion tokens for 87,072 dollars.
    rate = (608e9 + 168e9) / 86_400 / (226.75 * 8)
    assert analysis.own_cost_per_mtok(2, rate, 1) == pytest.approx(87_072 / 776_000, rel=1e-4)


def test_assumed_throughputs_are_the_measured_ones():
    # SGLang: 54,543 and 22,282 tokens a second on eight chips, 3.3 and 5.2 times plain tensor parallelism.
    spread = analysis.mixed_throughput(54_543 / 8, 22_282 / 8, 0.75)
    plain = analysis.mixed_throughput(54_543 / 3.3 / 8, 22_282 / 5.2 / 8, 0.75)
    chosen = load("assumptions")["value"]
    assert chosen["serving-throughput-scale"] == pytest.approx(spread, rel=0.01)
    assert chosen["serving-throughput-ordinary"] == pytest.approx(plain, rel=0.01)


@given(positive, st.integers(1, 500), positive, positive, st.floats(0.01, 1))
def test_break_even_laws(hour, chips, rate, price, load_):
    tokens = analysis.break_even_tokens_per_month(hour, chips, rate, price, load_)
    dearer = analysis.break_even_tokens_per_month(hour * 2, chips, rate, price, load_)
    assert dearer >= tokens
    if math.isfinite(tokens):
        assert tokens <= analysis.capacity_tokens_per_month(chips, rate, load_) * (1 + 1e-9)
        assert analysis.own_cost_per_mtok(hour, rate, load_) <= price * (1 + 1e-9)
        # Only the ratio of both prices matters.
        assert analysis.break_even_tokens_per_month(hour * 3, chips, rate, price * 3, load_) == pytest.approx(tokens)


def test_break_even_at_the_own_cost_is_the_capacity():
    own = analysis.own_cost_per_mtok(2, 1200, 0.5)
    full = analysis.capacity_tokens_per_month(16, 1200, 0.5)
    assert analysis.break_even_tokens_per_month(2, 16, 1200, own * (1 + 1e-9), 0.5) == pytest.approx(full)
    assert analysis.break_even_tokens_per_month(2, 16, 1200, own * 0.999, 0.5) == math.inf
    assert analysis.break_even_load(2, 1200, own) == pytest.approx(50)


def test_open_share_leaves_out_what_is_not_established():
    frame = pd.DataFrame(
        {
            "country": ["CN"] * 4,
            "released": pd.to_datetime(["2026-01-01"] * 4),
            "event": ["release of the version"] * 3 + ["weights of an earlier model"],
            "open_weights": pd.array([True, False, pd.NA, True], dtype="boolean"),
        },
        index=list("abcd"),
    )
    assert analysis.open_share(frame, "CN", 2026) == (50.0, 2, ("a", "b"))
