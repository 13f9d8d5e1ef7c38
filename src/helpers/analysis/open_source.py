"""Openness: leads by measure, the gap between open and closed models, prices at equal quality, self-hosting.

Nothing here joins two bases: a ratio is taken of two figures from one source and one definition.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.analysis.common import (
    DAYS_PER_MONTH,
    HOURS_PER_YEAR,
    MONTHS_PER_YEAR,
    SECONDS_PER_HOUR,
    Z95,
    difference_interval,
)
from helpers.analysis.gap import best_so_far

HOURS_PER_MONTH = HOURS_PER_YEAR / MONTHS_PER_YEAR
ELO_SCALE = 400.0  # points that stand for odds of ten to one, the convention of the rating
WHOLE_LISTS = ("full list", "top of the list")  # copies of the arena of which at least the top was read

# Under which name of the price list a version was sold where the index names the version (rows of ``prices``).
SOLD_AS = {
    "DeepSeek-V3 (Mar 2025)": "DeepSeek-V3",
    "DeepSeek-R1 (May 2025)": "DeepSeek-R1",
    "DeepSeek-V3.2-Exp": "DeepSeek-V3.2",
    "DeepSeek V4 Flash 0731": "DeepSeek-V4-Flash",
    "Kimi K2 (Jul 2025)": "Kimi K2",
    "Qwen 3.5 Plus (hosted 397B-A17B)": "Qwen3.5-Plus",
    "Gemini 2.5 Pro (Jun 2025)": "Gemini 2.5 Pro",
    "Gemini 2.5 Flash (Jun 2025)": "Gemini 2.5 Flash",
    "Gemini 2.5 Flash (Sep 2025)": "Gemini 2.5 Flash",
    "Grok 4.3 Beta": "Grok 4.3",
}


# Leads ------------------------------------------------------------------------------------------------------------


def ratio_of_rounded(above: float, below: float, step_above: float, step_below: float) -> tuple[float, float, float]:
    """Return a ratio of two printed figures with the range that their rounding allows.

    ``step_*`` is one unit of the last printed digit; wrong where a source truncates instead of rounding.
    """
    low = (above - step_above / 2) / (below + step_below / 2)
    high = (above + step_above / 2) / (below - step_below / 2)
    return above / below, low, high


def lead_of_rounded(above: float, below: float, step: float) -> tuple[float, float, float]:
    """Return the difference of two printed figures with the range that their rounding allows."""
    return above - below, above - below - step, above - below + step


def share_that_turns_a_lead(lead: float, group: float) -> float:
    """Return the net share of a group of unknown country, in per cent, that would have to be the trailing side's.

    If the trailing country owns more of the group than the leading one by this share, the lead is gone. Above 100 no
    assignment can turn it.
    """
    return 100.0 * lead / group


def odds_of_elo(points: float) -> float:
    """Return the odds at which the higher rated of two models is preferred; one at equal ratings."""
    return 10.0 ** (points / ELO_SCALE)


# The arena --------------------------------------------------------------------------------------------------------


def rating(row: pd.Series) -> tuple[float, float, float]:
    """Return a rating with its interval; the rating itself on both sides where none is printed."""
    low, high = (row["elo"] if pd.isna(row[side]) else row[side] for side in ("low", "high"))
    return float(row["elo"]), float(low), float(high)


def arena_snapshots(scores: pd.DataFrame, basis: str, coverage: Iterable[str] = WHOLE_LISTS) -> pd.DataFrame:
    """Return one row a snapshot of one basis: best model, best open model, best open of either country, and the gaps.

    ``coverage`` keeps out copies of which only chosen values were read: in those the best model may be missing. A
    country without an open model in the part that was read has no lead (missing), not a lead of the other.
    """
    part = scores[(scores["basis"] == basis) & scores["coverage"].isin(list(coverage))]
    found = []
    for day, group in part.groupby("date"):
        opened = group[group["open_weights"].astype(bool)]
        if opened.empty:
            continue
        best, best_open = group.loc[group["elo"].idxmax()], opened.loc[opened["elo"].idxmax()]
        gap = difference_interval(rating(best), rating(best_open))
        entry = {
            "date": day,
            "best": best["model"],
            "best_country": best["country"],
            "best_id": best.name,
            "open": best_open["model"],
            "open_country": best_open["country"],
            "open_id": best_open.name,
            "gap": gap[0],
            "gap_low": gap[1],
            "gap_high": gap[2],
        }
        sides = {}
        for country in ("CN", "US"):
            theirs = opened[opened["country"] == country]
            if not theirs.empty:
                sides[country] = theirs.loc[theirs["elo"].idxmax()]
                entry[f"open_{country.lower()}_id"] = sides[country].name
        if len(sides) == 2:
            entry["lead"], entry["lead_low"], entry["lead_high"] = difference_interval(
                rating(sides["CN"]), rating(sides["US"])
            )
        found.append(entry)
    return pd.DataFrame(found).set_index("date", drop=False)


# The capability index ---------------------------------------------------------------------------------------------


def plain_name(name: str) -> str:
    """Return a model's name without case, spaces and hyphens, so that two spellings of one name meet."""
    return re.sub(r"[^a-z0-9.()]", "", name.lower())


def scored_models(records: pd.DataFrame, releases: pd.DataFrame) -> pd.DataFrame:
    """Return the newest full export with, for each model, whether and from which day its weights could be had.

    Where the export leaves openness unknown, or weights came later than the interface, the table of releases is asked;
    what neither knows counts as closed.
    """
    full = records[records["scope"] == "full export"]
    models = full[full["as_of"] == full["as_of"].max()].copy()
    known = releases[releases["event"] == "release of the version"]
    known = known.assign(plain=known["model"].map(plain_name)).drop_duplicates("plain").set_index("plain")
    plain = models["model"].map(plain_name)
    said = plain.map(known["open_weights"].astype(object).to_dict())
    models["open"] = models["open_weights"].astype(object).where(models["open_weights"].notna(), said)
    models["open"] = models["open"].map(lambda value: bool(value) if pd.notna(value) else False)
    later = pd.to_datetime(plain.map(known["weights_released"].to_dict()))
    models["open_from"] = models["version_date"].where(later.isna() | (later < models["version_date"]), later)
    return models


def best_on(models: pd.DataFrame, day: str | pd.Timestamp, *, opened: bool = False, country: str = "") -> pd.Series:
    """Return the model with the highest score by ``day``, of open weights or of one country where asked.

    Raises ``ValueError`` where there was none yet.
    """
    part = models[models["open"]] if opened else models
    part = part[part["open_from" if opened else "version_date"] <= pd.Timestamp(day)]
    if country:
        part = part[part["country"] == country]
    if part.empty:
        raise ValueError(f"no such model by {day}")
    return part.loc[part["score"].idxmax()]


def score(row: pd.Series) -> tuple[float, float, float]:
    """Return a score with its interval; the score itself where the export prints none (the model that fixes it)."""
    low, high = (row["score"] if pd.isna(row[side]) else row[side] for side in ("low", "high"))
    return float(row["score"]), float(low), float(high)


def daily_gaps(models: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Return, day by day, the distance of the best open and of the best Chinese model to the best of all."""
    days = pd.date_range(start, end, freq="D")
    free, ours = models[models["open"]], models[models["country"] == "CN"]
    overall = best_so_far(models["version_date"], models["score"], days)
    opened = best_so_far(free["open_from"], free["score"], days)
    chinese = best_so_far(ours["version_date"], ours["score"], days)
    return pd.DataFrame({"open": overall - opened, "national": overall - chinese}, index=days)


def mean_open_gap(
    models: pd.DataFrame, start: str, end: str, draws: int = 1000, seed: int = 20261125
) -> tuple[float, float, float]:
    """Return the open gap averaged over the days, with 90% of what it becomes under drawn scores.

    Every score is drawn from a normal distribution with the width of its own interval, independently, which
    exaggerates the noise since models are fitted together.
    """
    value = float(daily_gaps(models, start, end)["open"].mean())
    near = models[models["score"] > models["score"].max() - 40]  # a model further down never holds a record here
    width = ((near["high"] - near["low"]) / (2 * Z95)).fillna(0.0).to_numpy()
    drawn = near["score"].to_numpy() + np.random.default_rng(seed).standard_normal((draws, len(near))) * width
    moments = near[["version_date", "open_from"]].to_numpy().ravel()
    first, last = np.datetime64(start), np.datetime64(end) + np.timedelta64(1, "D")
    cuts = np.unique(np.concatenate([[first], moments[(moments > first) & (moments < last)], [last]]))
    total = np.zeros(draws)
    for begin, stop in pairwise(cuts):
        there = near["version_date"].to_numpy() <= begin
        free = near["open"].to_numpy() & (near["open_from"].to_numpy() <= begin)
        total += (drawn[:, there].max(axis=1) - drawn[:, free].max(axis=1)) * ((stop - begin) / np.timedelta64(1, "D"))
    means = total / ((last - first) / np.timedelta64(1, "D"))
    return value, float(np.quantile(means, 0.05)), float(np.quantile(means, 0.95))


def months_since_first_at(models: pd.DataFrame, level: float, country: str, day: pd.Timestamp) -> tuple[float, str]:
    """Return the months from the first model of ``country`` at or above ``level`` to ``day``, and that model's row."""
    there = models[(models["country"] == country) & (models["score"] >= level)].sort_values("version_date")
    first = there.iloc[0]
    return (day - first["version_date"]).days / DAYS_PER_MONTH, str(first.name)


def best_few(models: pd.DataFrame, day: str | pd.Timestamp, country: str, number: int = 5) -> pd.DataFrame:
    """Return a country's models with the highest scores by ``day``, and whether their weights could be had then."""
    moment = pd.Timestamp(day)
    part = models[(models["country"] == country) & (models["version_date"] <= moment)].nlargest(number, "score")
    return part.assign(open_then=part["open"] & (part["open_from"] <= moment))


# Prices -----------------------------------------------------------------------------------------------------------


def blended_price(input_price: float, output_price: float, input_share: float) -> float:
    """Return the price of a million tokens of which ``input_share`` are read and the rest written.

    Leaves out cached input, which is cheaper and whose share differs by use.
    """
    return input_share * input_price + (1.0 - input_share) * output_price


def list_offers(prices: pd.DataFrame, models: pd.DataFrame, input_share: float, last_day: str) -> pd.DataFrame:
    """Return every spell in which a scored model was on sale at one list price, with its score.

    Off-peak and peak prices stand for the list price only where a maker has no other (DeepSeek since August 2026); the
    off-peak one is taken, and ``dear_price`` holds the peak one. A price that is only known to be in force on a day
    counts from that day. An end that nobody recorded is taken as none.
    """
    usable = prices[prices["input_usd_per_mtok"].notna() & prices["output_usd_per_mtok"].notna()].copy()
    usable["plain"] = usable["model"].map(plain_name)
    usable["start"] = usable["effective_from"].fillna(usable["as_of"])
    usable["price"] = blended_price(usable["input_usd_per_mtok"], usable["output_usd_per_mtok"], input_share)
    listed = usable[usable["condition"].isin(["standard", "limited-time price", "list price at launch"])]
    low = usable[usable["condition"] == "off-peak"]
    peak = usable[usable["condition"] == "peak"].set_index(["plain", "start"])["price"]
    low = low[[key in peak.index for key in zip(low["plain"], low["start"], strict=True)]]
    sold = pd.concat([listed.assign(dear_price=listed["price"]), low.assign(dear_price=low["price"])])
    for row in low.itertuples():
        sold.loc[row.Index, "dear_price"] = peak[row.plain, row.start]
    end = pd.Timestamp(last_day) + pd.Timedelta(days=1)
    found = []
    for model in models.itertuples():
        names = plain_name(SOLD_AS.get(model.model, model.model))
        for offer in sold[sold["plain"] == names].itertuples():
            begin = max(offer.start, model.version_date)
            stop = min(end, offer.effective_to if pd.notna(offer.effective_to) else end)
            if begin < stop:
                found.append(
                    {
                        "model": model.model,
                        "country": model.country,
                        "open": model.open,
                        "score": model.score,
                        "start": begin,
                        "end": stop,
                        "price": offer.price,
                        "dear_price": offer.dear_price,
                        "price_id": offer.Index,
                        "record_id": model.Index,
                    }
                )
    return pd.DataFrame(found)


def on_sale(offers: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """Return the offers in force on ``day``, one for each model, the cheapest first."""
    moment = pd.Timestamp(day)
    there = offers[(offers["start"] <= moment) & (offers["end"] > moment)]
    return there.sort_values(["price", "score"], ascending=[True, False]).drop_duplicates("model")


def cheapest_at(offers: pd.DataFrame, day: str | pd.Timestamp, level: float, country: str) -> pd.Series:
    """Return the cheapest offer of a country on ``day`` whose model scores at least ``level``."""
    there = on_sale(offers, day)
    there = there[(there["country"] == country) & (there["score"] >= level)]
    if there.empty:
        raise ValueError(f"no model of {country} at {level} on sale on {day}")
    return there.iloc[0]


def best_on_sale(offers: pd.DataFrame, day: str | pd.Timestamp, country: str) -> pd.Series:
    """Return the offer of a country's model with the highest score on ``day``."""
    there = on_sale(offers, day)
    there = there[there["country"] == country]
    return there.loc[there["score"].idxmax()]


def price_steps(offers: pd.DataFrame, day: str | pd.Timestamp, country: str) -> pd.DataFrame:
    """Return for each score on offer the least that a model of the country at least as good costs; it never falls."""
    there = on_sale(offers, day)
    there = there[there["country"] == country].sort_values("score", ascending=False)
    there = there.assign(least=there["price"].cummin()).sort_values("score")
    return there[["score", "least", "model", "price"]]


def discount(price: float, reference: float) -> float:
    """Return by how many per cent a price lies below another; negative where it lies above."""
    return 100.0 * (1.0 - price / reference)


# Self-hosting -----------------------------------------------------------------------------------------------------


def mixed_throughput(input_rate: float, output_rate: float, input_share: float) -> float:
    """Return the tokens, read and written, that machines handle a second if they read and write in turn.

    ``*_rate`` are the rates of machines that do only the one or only the other; time adds, so the rates combine
    harmonically. Wrong where the two phases overlap on one machine.
    """
    return 1.0 / (input_share / input_rate + (1.0 - input_share) / output_rate)


def own_cost_per_mtok(gpu_hour_price: float, throughput: float, utilisation: float) -> float:
    """Return the cost of a million tokens on rented chips, in US dollars, when the machines are as busy as they get.

    ``throughput`` is in tokens a second and chip, ``utilisation`` the share of it that demand can use over a month.
    Leaves out staff, storage, traffic and idle spares.
    """
    return gpu_hour_price / (throughput * utilisation * SECONDS_PER_HOUR) * 1e6


def capacity_tokens_per_month(gpus: float, throughput: float, utilisation: float) -> float:
    """Return the tokens that ``gpus`` chips can serve in a month."""
    return gpus * throughput * utilisation * SECONDS_PER_HOUR * HOURS_PER_MONTH


def break_even_tokens_per_month(
    gpu_hour_price: float, gpus: int, throughput: float, api_price: float, utilisation: float
) -> float:
    """Return the tokens a month from which running an open model on own chips costs less than buying its tokens.

    ``gpu_hour_price`` in US dollars an hour, ``gpus`` the smallest number of chips that runs the model, ``throughput``
    in tokens a second and chip (read and written together), ``api_price`` in US dollars per million tokens of the same
    mixture, ``utilisation`` the share of the throughput that demand can use. The chips are rented for the whole month,
    so their cost is fixed; infinite where they cannot earn it back even at full use. Too low by all that is not rent:
    staff, spares, traffic.
    """
    tokens = float(gpu_hour_price * gpus * HOURS_PER_MONTH / api_price * 1e6)
    return tokens if tokens <= capacity_tokens_per_month(gpus, throughput, utilisation) else math.inf


def break_even_load(gpu_hour_price: float, throughput: float, api_price: float) -> float:
    """Return the share of the throughput, in per cent, that must be in use for own chips to cost no more than buying.

    Above 100 they never do.
    """
    return 100.0 * own_cost_per_mtok(gpu_hour_price, throughput, 1.0) / api_price


# Shares, paces, revenues ------------------------------------------------------------------------------------------


def price_per_token_ratio(dollars: tuple[float, float], tokens: tuple[float, float]) -> float:
    """Return how many times the first side's average token costs the second's, from shares of dollars and of tokens."""
    return (dollars[0] / tokens[0]) / (dollars[1] / tokens[1])


def pace_per_day(before: float, after: float, days: int) -> float:
    """Return the daily increase that leads from one count to a later one."""
    return (after - before) / days


def open_share(releases: pd.DataFrame, country: str, year: int) -> tuple[float, int, tuple[str, ...]]:
    """Return the share of a country's notable releases of a year whose weights were published, their number, the rows.

    Releases whose openness is not established, and weights of models released before, are left out.
    """
    part = releases[
        (releases["country"] == country)
        & (releases["released"].dt.year == year)
        & (releases["event"] == "release of the version")
        & releases["open_weights"].notna()
    ]
    return 100.0 * float(part["open_weights"].astype(bool).mean()), len(part), tuple(part.index)
