"""Findings of the chapter on efficiency: the Chinese share of capital spending by each choice that the rows support.

A choice is a list of American firms, a basis, a period and a Chinese sum. What a choice adds up is declared here row by
row; where a row is missing there is no sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.analysis import spending
from helpers.data import Assumption, assumption, load
from helpers.findings import efficiency_money as money
from helpers.findings.forms import cell, in_dollars, quotient
from helpers.findings.registry import Finding, Measured, Rows, finding, get, measured, rows

YEARS = ("2023", "2024", "2025", "2023-2025", "to-2025-06")
ALL = "2023-2025"
TWELVE = "to-2025-06"  # the twelve months to June 2025
BASKETS = ("four", "oracle", "longest", "aws", "stated")
BASES = ("cash", "leases", "guided", "unstated")
CHINESE = ("ubs", "ubs-march", "jefferies", "rebuilt", "gaps", "ubs-carriers", "rebuilt-carriers")
NEAR = 1.0  # percentage points within which a share counts as one of the printed readings

FOUR_CASH = {
    "2023": ("alphabet-2023-cash", "amazon-2023-cash", "meta-2023-with-leases", "microsoft-fy2023-cash"),
    "2024": ("alphabet-2024-cash", "amazon-2024-cash", "meta-2024-with-leases", "microsoft-fy2024-cash"),
    "2025": ("alphabet-2025-cash", "amazon-2025-cash", "meta-2025-with-leases", "microsoft-fy2025-cash"),
}
ORACLE = {"2023": "oracle-fy2023-cash", "2024": "oracle-fy2024-cash", "2025": "oracle-fy2025-cash"}
LONGEST = ("oracle-fy2026-guidance-2025-12", "xai-2025-company")
AWS_LEASES = {
    year: (
        f"alphabet-{year}-cash",
        f"meta-{year}-with-leases",
        f"microsoft-fy{year}-cash",
        f"microsoft-fy{year}-leases-only",
        f"amazon-web-services-{year}-segment",
    )
    for year in FOUR_CASH
}
GUIDED_ALL = (*money.ALPHABET, *money.META, *money.MICROSOFT, *money.AMAZON_NET, *money.GUIDED)
REBUILT_2024 = ("alibaba-fy2025-company", "tencent-2024-company", "bytedance-2024-press", "baidu-2024-cash")
GAPS_2023 = ("alibaba-fy2024-company", "tencent-2023-company", "baidu-2023-cash")
CARRIERS = {"2024": "three-carriers-2024-computing", "2025": "three-carriers-2025-computing"}


@dataclass(frozen=True)
class Sum:
    """A sum in billions of dollars at the market's rate, and what it rests on."""

    value: float
    evidence: tuple[Rows | Finding | Assumption, ...]


@dataclass(frozen=True)
class Choice:
    """One admissible choice: its four parts and both sums."""

    basket: str
    basis: str
    year: str
    chinese: str
    part: Sum
    whole: Sum

    @property
    def percent(self) -> float:
        """The Chinese sum as a percentage of the American one at the market's rate."""
        return spending.percent_of(self.part.value, self.whole.value)


def _dollars(*keys: str) -> Sum:
    return Sum(spending.total(load("capital_spending").loc[list(keys)], "USD"), (rows("capital_spending", keys),))


def _tally(year: str, *extra: str) -> Sum:
    """Add firms to the outside tally of four firms with finance leases in calendar years."""
    years = tuple(FOUR_CASH) if year == ALL else (year,)
    keys = tuple(f"platformonomics-us-{one}" for one in years)
    found = Sum(float(load("capex_estimates").loc[list(keys), "value"].sum()), (rows("capex_estimates", keys),))
    return found if not extra else _plus(found, _dollars(*extra))


def _plus(one: Sum, other: Sum) -> Sum:
    return Sum(one.value + other.value, (*one.evidence, *other.evidence))


def _stated(key: str) -> Sum:
    return Sum(float(load("capex_estimates").loc[key, "value"]), (rows("capex_estimates", key),))


def _yuan(*keys: str) -> Sum:
    rate = assumption("yuan-per-dollar")
    found = spending.total(load("capital_spending").loc[list(keys)], "CNY") / rate.value
    return Sum(found, (rows("capital_spending", keys), rate))


def _of(key: str) -> Sum:
    found = get(key)
    return Sum(found.value, (found,))


def _across(by_year: dict[str, tuple[str, ...]], year: str) -> tuple[str, ...]:
    """Return the rows of a year, or of all years."""
    return tuple(key for one in by_year if year in (one, ALL) for key in by_year[one])


@cache
def american() -> dict[tuple[str, str, str], Sum]:
    """Return every American sum that the rows support, by firms, basis and period."""
    found: dict[tuple[str, str, str], Sum] = {}
    for year in (*FOUR_CASH, ALL):
        four, oracle = _across(FOUR_CASH, year), _across({one: (key,) for one, key in ORACLE.items()}, year)
        found["four", "cash", year] = _dollars(*four)
        found["oracle", "cash", year] = _dollars(*four, *oracle)
        found["four", "leases", year] = _tally(year)
        found["oracle", "leases", year] = _tally(year, *oracle)
        found["aws", "leases", year] = _dollars(*_across(AWS_LEASES, year))
    found["four", "guided", "2025"] = _dollars(*money.GUIDED, "microsoft-fy2025-cash")
    found["four", "guided", ALL] = _dollars(*GUIDED_ALL)
    found["longest", "cash", "2025"] = _dollars(*FOUR_CASH["2025"], *LONGEST)
    found["longest", "leases", "2025"] = _tally("2025", *LONGEST)
    found["stated", "unstated", ALL] = _stated("jefferies-us-2023-2025")
    found["stated", "unstated", "2025"] = _stated("ubs-march-us-2025")
    found["stated", "unstated", TWELVE] = _stated("jefferies-us-2025-06")
    return found


@cache
def chinese() -> dict[tuple[str, str], Sum]:
    """Return every Chinese sum that the rows support, by whose it is and period."""
    found = {
        ("ubs", "2025"): _stated("ubs-cn-2025-usd"),
        ("ubs-march", "2025"): _stated("ubs-march-cn-2025"),
        ("jefferies", ALL): _stated("jefferies-cn-2023-2025"),
        ("jefferies", TWELVE): _stated("jefferies-cn-2025-06"),
        ("rebuilt", "2025"): _of("capex-cn-2025-rebuilt"),
        ("rebuilt", "2024"): _yuan(*REBUILT_2024),
        ("gaps", "2023"): _yuan(*GAPS_2023),
        ("gaps", ALL): _of("capex-cn-floor"),
    }
    for name, year in (("ubs", "2025"), ("rebuilt", "2024"), ("rebuilt", "2025")):
        found[f"{name}-carriers", year] = _plus(found[name, year], _yuan(CARRIERS[year]))
    return found


@cache
def choices() -> tuple[Choice, ...]:
    """Return every choice for which both sums are on record for the same period, the smallest share first."""
    found = [
        Choice(basket, basis, year, name, part, whole)
        for (basket, basis, year), whole in american().items()
        for (name, period), part in chinese().items()
        if period == year
    ]
    return tuple(sorted(found, key=lambda choice: choice.percent))


def printed() -> dict[str, float]:
    """Return the three readings that are in print, as percentages: 82 per cent less, a seventh, a tenth.

    The seventh is this report's own reading of the brokers' amounts, the others are printed as such.
    """
    return {
        "shortfall": 100 - load("capex_estimates").loc["jefferies-cn-below-us-2023-2025", "value"],
        "seventh": 100 / 7,
        "tenth": 100 * load("capex_estimates").loc["ubs-cn-to-us-2025", "value"],
    }


def near(reading: str) -> tuple[Choice, ...]:
    """Return the choices whose share is within a percentage point of one printed reading."""
    wanted = printed()[reading]
    return tuple(choice for choice in choices() if abs(choice.percent - wanted) <= NEAR)


def _evidence(found: tuple[Choice, ...]) -> tuple[Rows | Finding | Assumption, ...]:
    return tuple(item for choice in found for total in (choice.part, choice.whole) for item in total.evidence)


def _counted(found: tuple[Choice, ...]) -> Measured:
    return measured(len(found), *_evidence(choices()), as_of="2025-12-31")


@finding("capex-choices-supported")
def choices_supported() -> Measured:
    """Count the choices for which the rows hold both sums."""
    return _counted(choices())


@finding("capex-choices-near-shortfall")
def choices_near_shortfall() -> Measured:
    """Count those that come within a point of 82 per cent less."""
    return _counted(near("shortfall"))


@finding("capex-choices-near-seventh")
def choices_near_seventh() -> Measured:
    """Count those that come within a point of a seventh."""
    return _counted(near("seventh"))


@finding("capex-choices-near-tenth")
def choices_near_tenth() -> Measured:
    """Count those that come within a point of a tenth."""
    return _counted(near("tenth"))


@finding("capex-share-2025-smallest")
def smallest_2025() -> Measured:
    """Take the smallest share of the calendar year 2025."""
    choice = next(choice for choice in choices() if choice.year == "2025")
    return measured(choice.percent, *choice.part.evidence, *choice.whole.evidence, as_of="2025-12-31")


@finding("capex-share-2025-largest")
def largest_2025() -> Measured:
    """Take the largest share of the calendar year 2025."""
    choice = [choice for choice in choices() if choice.year == "2025"][-1]
    return measured(choice.percent, *choice.part.evidence, *choice.whole.evidence, as_of="2025-12-31")


@finding("jefferies-share-2025-06")
def jefferies_twelve_months() -> Measured:
    """Divide the two sums that the broker states for the twelve months to June 2025."""
    return quotient("capex_estimates", "jefferies-cn-2025-06", "jefferies-us-2025-06", 100)


# Purchasing power


@finding("purchasing-power-factor")
def purchasing_power() -> Measured:
    """Divide China's product at purchasing power by that at exchange rates, 2023; the benchmark of 2021 is the low end.

    It is the factor of everything that is bought in China, bread and barbers included. Chips are bought at the world's
    price, so for data centres it is an upper bound.
    """
    values = load("income")["value"]
    benchmark = values["gdp-ppp-cn-2021"] / values["gdp-cn-2021"]
    found = values["gdp-ppp-cn-2023"] / values["gdp-cn-2023"]
    return measured(
        found,
        rows("income", ("gdp-ppp-cn-2023", "gdp-cn-2023", "gdp-ppp-cn-2021", "gdp-cn-2021")),
        low=min(found, benchmark),
        high=max(found, benchmark),
        interval="range",
    )


@finding("ubs-share-purchasing-power")
def ubs_purchasing_power() -> Measured:
    """Multiply the share of leases by the factor; the interval runs from all bought abroad to all bought at home."""
    base, factor = get("ubs-share-of-leases"), get("purchasing-power-factor")
    ends = [base.value * spending.blended_factor(factor.value, imported) for imported in (1.0, 0.0)]
    return measured(ends[1], base, factor, low=ends[0], high=ends[1], interval="choices", as_of=base.as_of)


# The state


def _carriers(year: str) -> Measured:
    row = CARRIERS[year]
    return in_dollars(load("capital_spending").loc[row, "amount_bn"], rows("capital_spending", row))


@finding("carriers-computing-2024")
def carriers_2024() -> Measured:
    """Turn what three carriers spent on computing into dollars."""
    return _carriers("2024")


@finding("carriers-computing-2025")
def carriers_2025() -> Measured:
    """Turn what three carriers planned to spend on computing into dollars."""
    return _carriers("2025")


def _with_carriers(part: Finding, carriers: Finding, whole: Finding) -> Measured:
    """Set a sum and the carriers' against the American one; ends of both intervals go together, as the rate moves both.

    Of the carriers' computing not all is for AI, so that the lower end leaves them out.
    """
    low, high = (part.value if end is None else end for end in (part.low, part.high))
    return measured(
        spending.percent_of(part.value + carriers.value, whole.value),
        part,
        carriers,
        whole,
        low=spending.percent_of(low, whole.value),
        high=spending.percent_of(high + (carriers.high or carriers.value), whole.value),
        interval="choices",
        as_of=whole.as_of,
    )


@finding("ubs-share-with-carriers")
def ubs_with_carriers() -> Measured:
    """Add the carriers' plan for computing to the bank's sum, against four firms with leases."""
    return _with_carriers(get("capex-cn-2025-ubs"), get("carriers-computing-2025"), get("capex-us-2025-leases"))


@finding("rebuilt-share-with-carriers")
def rebuilt_with_carriers() -> Measured:
    """Add the carriers' plan for computing to four firms' statements and press, against four firms with leases."""
    return _with_carriers(get("capex-cn-2025-rebuilt"), get("carriers-computing-2025"), get("capex-us-2025-leases"))


@finding("carriers-add-points-2025")
def carriers_add() -> Measured:
    """Take how many points the carriers add to the share; nothing of theirs for AI is the low end."""
    carriers, whole = get("carriers-computing-2025"), get("capex-us-2025-leases")
    return measured(
        spending.percent_of(carriers.value, whole.value),
        carriers,
        whole,
        low=0,
        high=spending.percent_of(carriers.high or carriers.value, whole.value),
        interval="choices",
        as_of=whole.as_of,
    )


@finding("grid-plan-share-of-us-plans")
def grid_plan_share() -> Measured:
    """Set a year of the state's plan of June 2026 against four American firms' plans for 2026, as press had them."""
    plan, plans = get("grid-plan-a-year"), load("capex_estimates")
    keys = ("press-us-2026-february", "press-us-2026-april")
    most, least = plans.loc[keys[1], "value"], plans.loc[keys[0], "low"]
    return measured(
        spending.percent_of(plan.value, most),
        plan,
        rows("capex_estimates", keys),
        low=spending.percent_of(plan.value, most),
        high=spending.percent_of(plan.value, least),
        interval="range",
        as_of="2026-06-22",
    )


@finding("state-support-at-purchasing-power")
def support_at_purchasing_power() -> Measured:
    """Take what closes the gap if all of it buys what the factor says; at the high end none of it does."""
    part, whole = get("capex-cn-jefferies"), get("capex-us-jefferies")
    factor, needed = get("purchasing-power-factor"), get("state-support-needed-a-year")
    years = (whole.value - part.value) / needed.value
    found = (whole.value / factor.value - part.value) / years
    return measured(
        found, part, whole, factor, needed, low=found, high=needed.value, interval="choices", as_of="2025-12-31"
    )


# The forecast to 2030, in each reading

JEFFERIES_2030 = "jefferies-cn-ai-2025-2030"
REVISION = "jefferies-cn-ai-2025-2030-revision"


@finding("ai-capex-2030-rise")
def rise() -> Measured:
    """Read by how much the broker raised its forecast."""
    return cell("capex_estimates", REVISION)


def _years() -> int:
    row = load("capex_estimates").loc[JEFFERIES_2030]
    return int(row["as_of"].year - row["period_start"].year + 1)


def _eight() -> float:
    return float(load("capex_estimates").loc[REVISION, "value"]) / 100


def _starts() -> tuple[Finding, Finding, float]:
    """Return what 2025 is taken to be, with the smallest and the largest sum on record of it."""
    middle, low, carriers = (
        get(key) for key in ("capex-cn-2025-ubs", "capex-cn-2025-rebuilt", "carriers-computing-2025")
    )
    return middle, low, middle.value + carriers.value


def _growth(start_of: str) -> Measured:
    """Return the growth from each of the starts, so that the interval is that of where the path starts."""
    total, years = get("ai-capex-2030"), _years()
    middle, low, high = _starts()

    def growth(start: float) -> float:
        if start_of == "sum":
            return 100 * spending.growth_to_sum(start, total.value, years)
        return 100 * spending.growth_to_level(start, total.value, years - 1)

    return measured(
        growth(middle.value),
        total,
        middle,
        low,
        get("carriers-computing-2025"),
        low=growth(high),
        high=growth(low.value),
        interval="choices",
        as_of=total.as_of,
    )


@finding("capex-2030-growth-of-sum")
def growth_of_sum() -> Measured:
    """Find the even growth from 2025 with which six years add up to the forecast."""
    return _growth("sum")


@finding("capex-2030-growth-to-level")
def growth_to_level() -> Measured:
    """Find the even growth from 2025 with which the year 2030 alone reaches the amount."""
    return _growth("level")


def _on_path(steps: int, as_of: str) -> Measured:
    total, years = get("ai-capex-2030"), _years()
    middle, low, high = _starts()

    def level(start: float) -> float:
        return start * (1 + spending.growth_to_sum(start, total.value, years)) ** steps

    ends = sorted((level(low.value), level(high)))
    return measured(
        level(middle.value),
        total,
        middle,
        low,
        get("carriers-computing-2025"),
        low=ends[0],
        high=ends[1],
        interval="choices",
        as_of=as_of,
    )


@finding("capex-2030-level-of-sum")
def level_of_sum() -> Measured:
    """Take the last year of the path that adds up to the forecast."""
    return _on_path(_years() - 1, "2030-12-31")


@finding("capex-2028-level-of-sum")
def level_2028() -> Measured:
    """Take the year 2028 of the path that adds up to the forecast."""
    return _on_path(3, "2028-12-31")


@finding("capex-2028-bernstein")
def bernstein_2028() -> Measured:
    """Read another broker's forecast for that year, of cloud firms and carriers."""
    return measured(
        load("capex_estimates").loc["bernstein-cn-2028", "value"], rows("capex_estimates", "bernstein-cn-2028")
    )


@finding("capex-2030-start-of-level")
def start_of_level() -> Measured:
    """Find the amount of 2025 from which growth by the percentage leads to the level."""
    total = get("ai-capex-2030")
    return measured(
        spending.start_of_level(total.value, _eight(), _years() - 1),
        total,
        rows("capex_estimates", REVISION),
        as_of="2025-12-31",
    )


@finding("capex-2030-growth-in-all")
def growth_in_all() -> Measured:
    """Spread growth by the percentage evenly over the five years from 2025 to 2030."""
    before, after = get("ai-capex-2030-before"), get("ai-capex-2030")
    return measured(100 * spending.growth_to_level(before.value, after.value, _years() - 1), before, after)


@finding("capex-2030-start-of-sum")
def start_of_sum() -> Measured:
    """Find the amount of 2025 from which growth by the percentage adds up to the sum."""
    total = get("ai-capex-2030")
    return measured(
        spending.start_of_sum(total.value, _eight(), _years()),
        total,
        rows("capex_estimates", REVISION),
        as_of="2025-12-31",
    )


@finding("capex-2030-level-of-growth")
def level_of_growth() -> Measured:
    """Take the last year of the path that grows by the percentage and adds up to the sum."""
    start = get("capex-2030-start-of-sum")
    return measured(start.value * (1 + _eight()) ** (_years() - 1), start, as_of="2030-12-31")


# Who trains whose models


def contracts() -> list[str]:
    """Return the contracts of the two American developers for which an amount was stated."""
    table = load("compute_contracts")
    return list(table.index[(table["kind"] == "contract") & table["amount_bn"].notna() & (table["currency"] == "USD")])


@finding("contracts-two-developers")
def contracts_sum() -> Measured:
    """Add the stated amounts of the contracts of OpenAI and Anthropic; they run over different years."""
    keys = contracts()
    return measured(load("compute_contracts").loc[keys, "amount_bn"].sum(), rows("compute_contracts", keys))


@finding("contracts-over-us-capex-2025")
def contracts_over_capex() -> Measured:
    """Divide the contracts, over all their years, by four firms' spending of one year."""
    part, whole = get("contracts-two-developers"), get("capex-us-2025-leases")
    return measured(part.value / whole.value, part, whole)


@finding("zhipu-computing-2024")
def zhipu_computing() -> Measured:
    """Turn the bill of a year into dollars."""
    row = "zhipu-rent-2024"
    return in_dollars(load("compute_contracts").loc[row, "amount_bn"] * 1000, rows("compute_contracts", row))


@finding("zhipu-computing-share-2024")
def zhipu_share() -> Measured:
    """Set the bill against four Chinese firms' spending of the year, both in yuan."""
    bill, four = load("compute_contracts").loc["zhipu-rent-2024", "amount_bn"], load("capital_spending")
    return measured(
        spending.percent_of(bill, spending.total(four.loc[list(REBUILT_2024)], "CNY")),
        rows("compute_contracts", "zhipu-rent-2024"),
        rows("capital_spending", REBUILT_2024),
    )


# An illustration


@finding("capex-gap-return-needed")
def return_needed() -> Measured:
    """Ask what the difference of three years must earn a year for its cost of capital, while the machines last."""
    difference, rate, life = get("capex-gap-three-years"), assumption("capital-return"), assumption("machine-life")

    def needed(percent: float, years: float) -> float:
        return spending.yearly_return_needed(difference.value, percent / 100, years)

    return measured(
        needed(rate.value, life.value),
        difference,
        rate,
        life,
        low=needed(rate.low, life.high),
        high=needed(rate.high, life.low),
        interval="assumptions",
    )
