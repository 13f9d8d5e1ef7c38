"""What several chapters reckon with: lengths of time, the normal law, and differences of uncertain values."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

DAYS_PER_YEAR = 365.25
MONTHS_PER_YEAR = 12.0
DAYS_PER_MONTH = DAYS_PER_YEAR / MONTHS_PER_YEAR
HOURS_PER_YEAR = 8760.0
SECONDS_PER_HOUR = 3600.0
Z95 = 1.6448536269514722  # 95th percentile of the standard normal law: half of a 90% interval, in standard deviations


def years_between(earlier: date | pd.Timestamp, later: date | pd.Timestamp) -> float:
    """Return the years from one day to another, of 365.25 days each."""
    return (pd.Timestamp(later) - pd.Timestamp(earlier)).days / DAYS_PER_YEAR


def average_gw(twh_per_year: float) -> float:
    """Return the average power of a year's energy; peaks and reserves come on top."""
    return twh_per_year * 1000.0 / HOURS_PER_YEAR


def difference_interval(
    value: tuple[float, float, float], other: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Return ``value - other`` with an interval of the same level, each given as (value, low, high).

    Distances are added in quadrature (the method MOVER, which keeps lopsided intervals lopsided). It takes the errors
    as independent; ratings fitted together share errors, so the true interval is narrower.
    """
    middle = value[0] - other[0]
    down = math.hypot(value[0] - value[1], other[2] - other[0])
    up = math.hypot(value[2] - value[0], other[0] - other[1])
    return middle, middle - down, middle + up
