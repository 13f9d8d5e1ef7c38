"""Findings on use compared: one question in both countries, China's two shares, scores of curves, choice abroad."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.analysis import diffusion as analysis
from helpers.analysis import diffusion_use as use
from helpers.data import assumption, expensive, load
from helpers.findings.diffusion_readings import heads
from helpers.findings.forms import cell, quotient
from helpers.findings.registry import Measured, Rows, finding, get, measured, rows

TABLES = ("adoption", "attitudes")

# One question, both countries -------------------------------------------------------------------------------------


@cache
def pairs() -> pd.DataFrame:
    """Return the pairs of the report's own tables."""
    return use.pairs({name: load(name) for name in TABLES}, load("survey_designs"))


def _used(part: pd.DataFrame) -> tuple[Rows, ...]:
    """Name the rows that pairs rest on, and the designs from which their samples were read."""
    out = [rows(table, [key for pair in group["rows"] for key in pair]) for table, group in part.groupby("table")]
    designs = [key for keys in part["designs"] for key in keys]
    return (*out, rows("survey_designs", designs)) if designs else tuple(out)


def _of_use() -> pd.DataFrame:
    return pairs()[pairs()["panel"] != use.ATTITUDES]


def _pair(series: str, day: str) -> Measured:
    """Give the difference of one pair, China less the United States, with its sampling interval where known."""
    part = pairs()[(pairs()["series"] == series) & (pairs()["as_of"] == pd.Timestamp(day))]
    row = part.iloc[0]
    if pd.isna(row["low"]):
        return measured(row["gap"], *_used(part))
    return measured(row["gap"], *_used(part), low=row["low"], high=row["high"], interval="ci95")


@finding("same-question-pairs")
def same_question_pairs() -> Measured:
    """Count the pairs on use, without those on attitudes."""
    return measured(len(_of_use()), *_used(_of_use()))


@finding("same-question-cn-ahead")
def same_question_cn_ahead() -> Measured:
    """Count the pairs on use in which China's share is the larger one."""
    return measured((_of_use()["gap"] > 0).sum(), *_used(_of_use()))


@finding("same-question-samples-known")
def same_question_samples_known() -> Measured:
    """Count the pairs on use whose samples in both countries are printed."""
    return measured(_of_use()["low"].notna().sum(), *_used(_of_use()))


@finding("people-use-gap-mic-2024")
def people_gap_2024() -> Measured:
    """Subtract the American share from the Chinese one."""
    return _pair("mic-people-used", "2024-02-29")


@finding("people-use-gap-mic-2025")
def people_gap_2025() -> Measured:
    """Subtract the American share from the Chinese one."""
    return _pair("mic-people-used", "2025-03-31")


@finding("firms-use-gap-mic-2024")
def firms_gap_2024() -> Measured:
    """Subtract the American share from the Chinese one."""
    return _pair("mic-firms-use", "2024-02-29")


@finding("firms-use-gap-mic-2025")
def firms_gap_2025() -> Measured:
    """Subtract the American share from the Chinese one."""
    return _pair("mic-firms-use", "2025-03-31")


@finding("firms-deployed-gap-ibm-2022")
def firms_gap_ibm() -> Measured:
    """Subtract the American share from the Chinese one."""
    return _pair("ibm-index-deployed", "2022-04-12")


def _months(series: str, day: str) -> Measured:
    part = pairs()[(pairs()["series"] == series) & (pairs()["as_of"] == pd.Timestamp(day))]
    table = load("adoption")
    base = table[(table["series"] == series) & (table["country"] == "US")].sort_values("as_of").index[0]
    return measured(abs(part["months"].iloc[0]), *_used(part), rows("adoption", base))


@finding("cn-months-behind-telemetry")
def months_behind() -> Measured:
    """Divide the difference by the pace of the American share between its first and last date."""
    return _months("microsoft-user-share", "2026-03-31")


@finding("cn-months-ahead-mic")
def months_ahead() -> Measured:
    """Divide the difference by the pace of the American share between its two dates."""
    return _months("mic-people-used", "2025-03-31")


def _firms() -> pd.DataFrame:
    return pairs()[pairs()["panel"] == use.FIRMS]


@finding("firm-pairs")
def firm_pairs() -> Measured:
    """Count the pairs on firms."""
    return measured(len(_firms()), *_used(_firms()))


@finding("firm-pairs-not-far")
def firm_pairs_not_far() -> Measured:
    """Count the pairs on firms that lie within the points of the assumption; the range is that of the assumption."""
    limit = assumption("not-far-points")
    count = {side: (_firms()["gap"].abs() <= getattr(limit, side)).sum() for side in ("value", "low", "high")}
    return measured(
        count["value"],
        *_used(_firms()),
        limit,
        low=min(count.values()),
        high=max(count.values()),
        interval="assumptions",
    )


@finding("genai-trust-gap-edelman-2025")
def trust_gap() -> Measured:
    """Subtract the American share that trusts AI from the Chinese one."""
    return _pair("edelman-trust-ai", "2025-10-31")


def _over_national(online: str, national: float, *evidence: Rows) -> Measured:
    share = load("adoption").loc[online, "value"]
    return measured(share / national, rows("adoption", online), *evidence)


@finding("online-sample-over-national-cn-2024")
def online_cn() -> Measured:
    """Divide the share in the online sample by that of all residents, whom CNNIC counted a few months later."""
    users, people = load("adoption").loc["cnnic-users-2024-06-cn", "value"], load("population")["people"]
    share = 100 * users * 1e6 / people["un-cn-all-2024"]
    used = rows("adoption", "cnnic-users-2024-06-cn"), rows("population", "un-cn-all-2024")
    return _over_national("mic-people-used-fy2023-cn", share, *used)


@finding("online-sample-over-national-us-2024")
def online_us() -> Measured:
    """Divide the share in the online sample by that of the national survey of half a year later."""
    share = load("adoption").loc["rps-any-use-2024-08-us", "value"]
    return _over_national("mic-people-used-fy2023-us", share, rows("adoption", "rps-any-use-2024-08-us"))


# Why one country has two shares -----------------------------------------------------------------------------------


@finding("genai-users-cn-telemetry-mid-2025")
def users_mid_2025() -> Measured:
    """Multiply the share by the people whose share it is."""
    return heads("microsoft-user-share-2025h1-cn", "un-cn-15-64-2025")


@finding("genai-users-cn-telemetry-end-2025")
def users_end_2025() -> Measured:
    """Multiply the share by the people whose share it is."""
    return heads("microsoft-user-share-2025h2-cn", "un-cn-15-64-2025")


@finding("genai-users-cn-survey-mid-2025")
def survey_mid_2025() -> Measured:
    """Read the count that the survey prints."""
    return cell("adoption", "cnnic-users-2025-06-cn")


@finding("genai-users-cn-apps-2025-05")
def apps() -> Measured:
    """Read the count of those who used an app of an internet or AI firm in the month."""
    return cell("adoption", "questmobile-native-apps-2025-05-cn")


@finding("genai-users-cn-assistants-2025-06")
def assistants() -> Measured:
    """Read the count of those who used a general assistant in any form in the month."""
    return cell("adoption", "questmobile-assistants-2025-06-cn")


@finding("cn-apps-over-telemetry-2025")
def apps_over_telemetry() -> Measured:
    """Divide the count of apps by the telemetry of the same half-year; the high end counts assistants in any form."""
    base, low, high = (
        get(key)
        for key in (
            "genai-users-cn-telemetry-mid-2025",
            "genai-users-cn-apps-2025-05",
            "genai-users-cn-assistants-2025-06",
        )
    )
    return measured(
        low.value / base.value,
        base,
        low,
        high,
        low=low.value / base.value,
        high=high.value / base.value,
        interval="choices",
    )


def steps(day: str) -> use.Steps:
    """Return the steps from the telemetry to the survey in China, in the middle or at the end of 2025."""
    start, end = get(f"genai-users-cn-telemetry-{day}"), {"mid-2025": "genai-users-cn-survey-mid-2025"}.get(day)
    known = {
        "tools": get("cn-apps-over-telemetry-2025").value,
        "asking": get("genai-users-us-survey-over-telemetry").value,
    }
    return use.Steps(start.value, get(end or "genai-users-cn-survey").value, known)


def _rest(day: str) -> Measured:
    """Give what is left over, with its range over the two counts of Chinese tools."""
    end = "genai-users-cn-survey-mid-2025" if day == "mid-2025" else "genai-users-cn-survey"
    keys = (f"genai-users-cn-telemetry-{day}", end, "cn-apps-over-telemetry-2025")
    found, tools = steps(day), get("cn-apps-over-telemetry-2025")
    return measured(
        found.rest,
        *(get(key) for key in (*keys, "genai-users-us-survey-over-telemetry")),
        low=found.rest * tools.value / tools.high,
        high=found.rest * tools.value / tools.low,
        interval="choices",
    )


@finding("cn-survey-over-telemetry-mid-2025")
def survey_over_telemetry() -> Measured:
    """Compare heads on both bases."""
    above, below = get("genai-users-cn-survey-mid-2025"), get("genai-users-cn-telemetry-mid-2025")
    return measured(above.value / below.value, above, below)


@finding("cn-survey-unexplained-mid-2025")
def unexplained_mid() -> Measured:
    """Divide the whole factor by that of the tools and that of asking."""
    return _rest("mid-2025")


@finding("cn-survey-unexplained-end-2025")
def unexplained_end() -> Measured:
    """Divide the whole factor by that of the tools, of May 2025, and that of asking."""
    return _rest("end-2025")


# What curves are worth --------------------------------------------------------------------------------------------


@cache
@expensive
def past_scores(side: str = "value") -> dict[tuple[str, str], analysis.Score]:
    """Score the past series with the value, the low or the high end of the first part."""
    return analysis.scores(load("diffusion_curves"), getattr(assumption("curve-first-part"), side) / 100)


@cache
def curve_scores() -> pd.DataFrame:
    """Return the scores at the value of the first part."""
    return use.curve_scores(load("diffusion_curves"), past_scores())


def _curve_rows() -> Rows:
    curves = load("diffusion_curves")
    return rows("diffusion_curves", [key for part in analysis.past_series(curves).values() for key in part["id"]])


def _median(column: str) -> Measured:
    found = curve_scores()[column]
    return measured(
        found.median(),
        _curve_rows(),
        assumption("curve-first-part"),
        low=found.min(),
        high=found.max(),
        interval="series",
    )


@finding("curve-error-median")
def curve_error() -> Measured:
    """Take the median over the series of the root mean square error on the points held back."""
    return _median("curve")


@finding("line-error-median")
def line_error() -> Measured:
    """Take the median over the series of the root mean square error on the points held back."""
    return _median("line")


@finding("last-value-error-median")
def last_error() -> Measured:
    """Take the median over the series of the root mean square error on the points held back."""
    return _median("last")


@finding("curve-beats-last-value")
def curve_beats_last() -> Measured:
    """Count the series in which the S-curve forecasts better than the last value kept."""
    found = curve_scores()
    return measured((found["curve"] < found["last"]).sum(), _curve_rows(), assumption("curve-first-part"))


# Choice abroad ----------------------------------------------------------------------------------------------------

MANY_PERCENT, SOME_PERCENT = 20, 10  # ends of classes of the map


@cache
def choice() -> pd.DataFrame:
    """Return the economies outside China with their class and whether ChatGPT is offered there."""
    return use.choice_abroad(load("deepseek_shares"), load("service_availability"))


def _count(mask: pd.Series) -> Measured:
    part = choice()
    services = load("service_availability")
    return measured(
        mask.sum(),
        rows("deepseek_shares", part["id"]),
        rows("service_availability", services.index[services["country"].isin(part["country"])]),
    )


@finding("deepseek-economies-not-offered")
def not_offered() -> Measured:
    """Count the economies outside China that OpenAI's list leaves out."""
    return _count(~choice()["offered"])


@finding("deepseek-economies-above-twenty")
def above_twenty() -> Measured:
    """Count the economies outside China in the classes above a fifth."""
    return _count(choice()["low"] > MANY_PERCENT)


@finding("deepseek-above-twenty-not-offered")
def above_twenty_not_offered() -> Measured:
    """Count those of them that OpenAI's list leaves out."""
    return _count((choice()["low"] > MANY_PERCENT) & ~choice()["offered"])


@finding("deepseek-economies-eleven-to-twenty")
def eleven_to_twenty() -> Measured:
    """Count the economies outside China in the two classes below."""
    return _count((choice()["low"] > SOME_PERCENT) & (choice()["low"] <= MANY_PERCENT))


@finding("deepseek-eleven-to-twenty-offered")
def eleven_to_twenty_offered() -> Measured:
    """Count those of them that are on OpenAI's list."""
    return _count((choice()["low"] > SOME_PERCENT) & (choice()["low"] <= MANY_PERCENT) & choice()["offered"])


@finding("deepseek-africa-not-offered")
def africa_not_offered() -> Measured:
    """Count the African economies that OpenAI's list leaves out."""
    return _count((choice()["region"] == "Africa") & ~choice()["offered"])


@finding("deepseek-order-by-choice")
def order_by_choice() -> Measured:
    """Count the pairs of an economy without and one with ChatGPT in which the first has the higher class."""
    found = choice()
    without, with_it = found.loc[~found["offered"], "middle"], found.loc[found["offered"], "middle"]
    evidence = _count(found["offered"]).evidence
    return measured(100 * use.higher_share_of_pairs(without, with_it), *evidence)


# More American counts ---------------------------------------------------------------------------------------------


@finding("employees-use-us-gallup")
def gallup() -> Measured:
    """Read the share."""
    return cell("adoption", "gallup-work-use-2026-02-us")


@finding("employees-daily-us-gallup")
def gallup_daily() -> Measured:
    """Read the share."""
    return cell("adoption", "gallup-work-daily-2026-02-us")


@finding("genai-share-us-ipsos")
def ipsos() -> Measured:
    """Read the share."""
    return cell("adoption", "google-ipsos-chatbot-2025-us")


# The Arab world ---------------------------------------------------------------------------------------------------


def _growth(country: str) -> Measured:
    first, last = (f"microsoft-user-share-{day}-{country}" for day in ("2025h1", "2026q1"))
    found = quotient("adoption", last, first, 100)
    return measured(found.value - 100, *found.evidence)


@finding("genai-growth-us-telemetry")
def growth_us() -> Measured:
    """Divide the share of early 2026 by that of mid 2025."""
    return _growth("us")


@finding("genai-growth-cn-telemetry")
def growth_cn() -> Measured:
    """Divide the share of early 2026 by that of mid 2025."""
    return _growth("cn")


@finding("arab-growth-telemetry")
def growth_arab() -> Measured:
    """Divide the mean share of early 2026 by that of mid 2025, people of 2025 both times."""
    last, first = get("arab-share-2026q1"), get("arab-share-mid-2025")
    return measured(100 * (last.value / first.value - 1), last, first)


@finding("gulf-licensed-over-cn-domestic")
def gulf_over_domestic() -> Measured:
    """Divide what was licensed by what China's own makers had added to its stock."""
    above, below = get("gulf-chips-licensed-h100e"), get("stock-cn-domestic-2025")
    return measured(100 * above.value / below.value, above, below)


@finding("gulf-first-phase-of-campus")
def first_phase() -> Measured:
    """Divide the first phase by the whole campus, both in power."""
    found = load("arab_world")["value"]
    keys = ("stargate-uae-first-phase", "uae-campus-power")
    return measured(100 * found[keys[0]] / (1000 * found[keys[1]]), rows("arab_world", keys))


@finding("arabic-monitor-cn-less-us")
def monitor() -> Measured:
    """Subtract the best American score from the best Chinese one."""
    found = load("arab_world")
    part = found[found["measure"] == "language monitor mean"]
    best = part.groupby("maker_country")["value"].max()
    return measured(best["CN"] - best["US"], rows("arab_world", part.index))


def bases() -> pd.DataFrame:
    """Return the rows that say what an Arab model was built on, tests that use a foreign judge left out."""
    found = load("arab_world")
    return found[(found["topic"] == "model-base") & found["measure"].str.startswith("base of")]


@finding("arab-models-with-known-base")
def with_known_base() -> Measured:
    """Count the models whose base is stated."""
    return measured(len(bases()), rows("arab_world", bases().index))


@finding("arab-models-on-chinese-base")
def on_chinese_base() -> Measured:
    """Count those whose base is Chinese."""
    return measured((bases()["maker_country"] == "CN").sum(), rows("arab_world", bases().index))
