"""Use of AI compared: one question asked in both countries, one country counted in several ways, choice abroad."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import binomtest, mannwhitneyu

from helpers.analysis.common import years_between
from helpers.analysis.diffusion import Score, class_bounds, past_series

LEVEL = 0.95
PEOPLE, FIRMS, ATTITUDES = "people", "firms", "attitudes"
# Series in which one question was put to both countries: panel, table, series. Each of their dates is a pair.
SAME_QUESTION = (
    (PEOPLE, "adoption", "microsoft-user-share"),
    (PEOPLE, "adoption", "mic-people-used"),
    (FIRMS, "adoption", "ibm-index-deployed"),
    (FIRMS, "adoption", "mic-firms-use"),
    (FIRMS, "adoption", "sas-genai-use"),
    (FIRMS, "adoption", "sas-genai-full"),
    (FIRMS, "adoption", "ibm-firms-use"),
    (ATTITUDES, "attitudes", "ipsos-more-benefits"),
    (ATTITUDES, "attitudes", "edelman-trust-ai"),
)
LATEST_ONLY = ("microsoft-user-share", "ipsos-more-benefits")  # dates of one measurer whose older ones add nothing


def difference_interval(share: float, asked: int, other: float, others: int) -> tuple[float, float]:
    """Return the 95 per cent interval of a difference between two shares (0 to 1) of two independent random samples.

    Newcombe's hybrid of Wilson's intervals (Statistics in Medicine 17, 1998, method 10). It knows sampling alone: the
    panels asked here are no random samples, and who is in them, and how a question is translated, may move a share by
    more. Raises ``ValueError`` for a share outside 0 to 1.
    """
    if not (0 <= share <= 1 and 0 <= other <= 1):
        raise ValueError("a share lies between 0 and 1")
    first, second = (
        binomtest(round(part * count), count).proportion_ci(LEVEL, "wilson")
        for part, count in ((share, asked), (other, others))
    )
    gap = share - other
    down = np.hypot(share - first.low, second.high - other)
    up = np.hypot(first.high - share, other - second.low)
    return gap - float(down), gap + float(up)


def share_interval(share: float, asked: int) -> tuple[float, float]:
    """Return Wilson's 95 per cent interval of one share (0 to 1) of a random sample."""
    found = binomtest(round(share * asked), asked).proportion_ci(LEVEL, "wilson")
    return float(found.low), float(found.high)


def months_at_pace(gap: float, first: float, last: float, years: float) -> float:
    """Return in how many months a share that went from ``first`` to ``last`` in ``years`` covers ``gap`` points.

    A straight line through two dates, no forecast: negative for a country that is behind. ``nan`` where the share did
    not grow.
    """
    pace = (last - first) / years
    return 12.0 * gap / pace if pace > 0 else float("nan")


def pairs(tables: dict[str, pd.DataFrame], designs: pd.DataFrame) -> pd.DataFrame:
    """Return every date at which one measurer put one question to both countries, with what is known of the sample.

    ``tables`` holds adoption and attitudes. Shares in per cent, ``gap`` is China less the United States in points,
    ``low`` and ``high`` its sampling interval where both samples are known, ``months`` the gap in months at the
    American pace where the same question has an earlier American date; ``cn_low`` and its like bound each share.
    """
    out = []
    for panel, table, series in SAME_QUESTION:
        part = tables[table]
        part = part[(part["series"] == series) & part["country"].isin(["CN", "US"])]
        wide = part.pivot(index="as_of", columns="country", values=["value", "id"]).dropna()
        kept = wide.index[-1:] if series in LATEST_ONLY else wide.index
        for day in kept:
            row = wide.loc[day]
            china, america = float(row[("value", "CN")]), float(row[("value", "US")])
            asked = designs[(designs["series"] == series) & (designs["as_of"] == day)]
            sample = asked[["asked_cn", "asked_us"]].dropna()
            low = high = months = np.nan
            ends = dict.fromkeys(("cn_low", "cn_high", "us_low", "us_high"), np.nan)
            if len(sample):
                bounds = difference_interval(
                    china / 100, int(sample["asked_cn"].iloc[0]), america / 100, int(sample["asked_us"].iloc[0])
                )
                low, high = (100 * bound for bound in bounds)
                for country, value in (("cn", china), ("us", america)):
                    sides = share_interval(value / 100, int(sample[f"asked_{country}"].iloc[0]))
                    ends |= {f"{country}_{side}": 100 * end for side, end in zip(("low", "high"), sides, strict=True)}
            earlier = part[(part["country"] == "US") & (part["as_of"] < day)].sort_values("as_of")
            if panel != ATTITUDES and len(earlier):
                first = earlier.iloc[0]
                months = months_at_pace(
                    china - america, float(first["value"]), america, years_between(first["as_of"], day)
                )
            out.append(
                {
                    "panel": panel,
                    "table": table,
                    "series": series,
                    "as_of": day,
                    "cn": china,
                    "us": america,
                    "gap": china - america,
                    "ratio": china / america,
                    "low": low,
                    "high": high,
                    "months": months,
                    **ends,
                    "rows": (row[("id", "CN")], row[("id", "US")]),
                    "designs": tuple(asked["id"]),
                }
            )
    return pd.DataFrame(out)


@dataclass(frozen=True)
class Steps:
    """Factors that lead from one count of users to another, and what they leave over.

    ``start`` and ``end`` are people in millions; ``known`` the factors that something measures; ``rest`` what the end
    is over the start when all known ones are taken out: 1 would mean that they explain everything.
    """

    start: float
    end: float
    known: dict[str, float]

    @property
    def rest(self) -> float:
        """What no factor explains, as a factor."""
        return self.end / self.start / float(np.prod(list(self.known.values())))

    def running(self) -> list[float]:
        """Return the count after each known factor, the start first; times ``rest`` the last one is the end."""
        return [float(value) for value in self.start * np.cumprod([1.0, *self.known.values()])]


def curve_scores(curves: pd.DataFrame, scored: dict[tuple[str, str], Score]) -> pd.DataFrame:
    """Return one row a past series: years of the cut, points, and the errors of curve, straight line and last value."""
    out = []
    for key, series in past_series(curves).items():
        found = scored[key]
        out.append(
            {
                "technology": key[0],
                "country": key[1],
                "first_year": float(series["year"].iloc[0]),
                "cut_year": float(series["year"].iloc[found.seen - 1]),
                "last_year": float(series["year"].iloc[-1]),
                "held": found.held,
                "inside_percent": 100.0 * found.inside / found.held,
                "curve": found.curve,
                "line": found.line,
                "last": found.last,
            }
        )
    return pd.DataFrame(out)


def choice_abroad(shares: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """Return the economies outside China with the middle of DeepSeek's class and whether ChatGPT is offered there."""
    bounds = class_bounds(shares[shares["country"] != "CN"])
    offered = services.set_index("country")["openai"].astype(bool)
    return bounds.assign(offered=bounds["country"].map(offered))


def higher_share_of_pairs(first: pd.Series, second: pd.Series) -> float:
    """Return in what part of all pairs the first group's value is the higher one, ties as halves: 0.5 means no order.

    The Mann-Whitney statistic over the number of pairs; only the order of the classes enters.
    """
    return float(mannwhitneyu(first, second).statistic) / (len(first) * len(second))
