"""Findings of the chapter on efficiency: what both sides spend, and what the market made of it."""

from __future__ import annotations

from helpers.analysis import spending
from helpers.data import assumption, load
from helpers.findings.forms import cell, in_dollars, quotient
from helpers.findings.registry import Finding, Measured, finding, get, measured, rows

ALPHABET = ("alphabet-2023-cash", "alphabet-2024-cash")
META = ("meta-2023-with-leases", "meta-2024-with-leases")
MICROSOFT = ("microsoft-fy2023-cash", "microsoft-fy2024-cash", "microsoft-fy2025-cash")
MICROSOFT_LEASES = ("microsoft-fy2023-leases-only", "microsoft-fy2024-leases-only", "microsoft-fy2025-leases-only")
AMAZON_NET = ("amazon-2023-cash-net", "amazon-2024-cash-net")
AWS = ("amazon-web-services-2023-segment", "amazon-web-services-2024-segment", "amazon-web-services-2025-segment")
GUIDED = ("alphabet-2025-guidance-2025-10", "amazon-2025-guidance-2025-10", "meta-2025-guidance-2025-10")
ACTUAL = ("alphabet-2025-cash", "amazon-2025-cash", "meta-2025-with-leases")
LISTED = (
    "alibaba-fy2024-company",
    "alibaba-fy2025-company",
    "alibaba-fy2026-company",
    "tencent-2023-company",
    "tencent-2024-company",
    "tencent-2025-company",
    "baidu-2023-cash",
    "baidu-2024-cash",
)
BYTEDANCE = ("bytedance-2024-press", "bytedance-2025-press")
CHINESE_2025 = ("alibaba-2024-q4-to-2025-q3-ai-cloud", "tencent-2025-company", "bytedance-2025-press")


def _sum(keys: tuple[str, ...], currency: str = "USD") -> Measured:
    return measured(spending.total(load("capital_spending").loc[list(keys)], currency), rows("capital_spending", keys))


# Three years


@finding("capex-cn-jefferies")
def capex_cn_jefferies() -> Measured:
    """Read the broker's sum."""
    return cell("capex_estimates", "jefferies-cn-2023-2025")


@finding("capex-us-jefferies")
def capex_us_jefferies() -> Measured:
    """Read the broker's sum."""
    return cell("capex_estimates", "jefferies-us-2023-2025")


@finding("capex-shortfall-jefferies")
def capex_shortfall() -> Measured:
    """Take by how much one sum lies below the other."""
    part, whole = get("capex-cn-jefferies"), get("capex-us-jefferies")
    return measured(100 * spending.shortfall(part.value, whole.value), part, whole)


@finding("capex-share-jefferies")
def capex_share_jefferies() -> Measured:
    """Divide one sum by the other."""
    return _share(get("capex-cn-jefferies"), get("capex-us-jefferies"))


@finding("capex-us-as-guided")
def capex_us_guided() -> Measured:
    """Add two years on record and the third as the firms guided it in October 2025.

    Amazon is net of incentives, Meta with the principal of leases, Microsoft cash by fiscal year. The interval moves
    the guided year by the largest miss that any one firm's guidance then proved to have.
    """
    table = load("capital_spending")
    keys = (*ALPHABET, *META, *MICROSOFT, *AMAZON_NET, *GUIDED)
    guided = table.loc[list(GUIDED)]
    miss = spending.worst_miss(
        spending.amounts(guided).reset_index(drop=True),
        spending.amounts(table.loc[list(ACTUAL)]).reset_index(drop=True),
    )
    whole, room = spending.total(table.loc[list(keys)], "USD"), miss * spending.total(guided, "USD")
    return measured(
        whole,
        rows("capital_spending", (*keys, *ACTUAL)),
        low=whole - room,
        high=whole + room,
        interval="guidance",
    )


@finding("capex-us-with-aws")
def capex_us_aws() -> Measured:
    """Take the cloud segment in place of all of Amazon, and Microsoft with finance leases."""
    return _sum((*ALPHABET, "alphabet-2025-cash", *META, "meta-2025-with-leases", *MICROSOFT, *MICROSOFT_LEASES, *AWS))


@finding("capex-us-with-leases")
def capex_us_leases() -> Measured:
    """Add the yearly sums of an outside tally that counts finance leases and calendar years."""
    keys = [f"platformonomics-us-{year}" for year in (2023, 2024, 2025)]
    return measured(load("capex_estimates").loc[keys, "value"].sum(), rows("capex_estimates", keys))


@finding("capex-cn-listed")
def capex_cn_listed() -> Measured:
    """Add what the three listed firms file, in dollars at the assumed rate; Baidu's 2025 is missing."""
    return _in_dollars(LISTED)


@finding("capex-cn-floor")
def capex_cn_floor() -> Measured:
    """Add what press reports give for ByteDance; its 2023 and Baidu's 2025 are missing."""
    return _in_dollars((*LISTED, *BYTEDANCE))


@finding("capex-cn-floor-share")
def capex_cn_floor_share() -> Measured:
    """Divide what is on record by the American sum with leases."""
    return _share(get("capex-cn-floor"), get("capex-us-with-leases"))


def _in_dollars(keys: tuple[str, ...], extra: float = 0.0, extra_high: float = 0.0) -> Measured:
    """Return a sum of yuan in dollars; the interval is that of the rate and of what is added."""
    found = spending.total(load("capital_spending").loc[list(keys)], "CNY")
    return in_dollars(found + extra, rows("capital_spending", keys), more=extra_high)


def _share(part: Finding, whole: Finding) -> Measured:
    low, high = (None if end is None else 100 * end / whole.value for end in (part.low, part.high))
    return measured(
        100 * part.value / whole.value,
        part,
        whole,
        low=low,
        high=high,
        interval=part.interval if low is not None else None,
        as_of=max(part.as_of, whole.as_of),
    )


# One year


@finding("capex-cn-2025-ubs")
def capex_cn_ubs() -> Measured:
    """Read the bank's amount in dollars, as the article gives it."""
    return cell("capex_estimates", "ubs-cn-2025-usd")


@finding("capex-cn-2025-ubs-yuan")
def capex_cn_ubs_yuan() -> Measured:
    """Turn the bank's amount in yuan into dollars at the assumed rate."""
    row = "ubs-cn-2025-cny"
    return in_dollars(load("capex_estimates").loc[row, "value"], rows("capex_estimates", row))


@finding("capex-cn-2025-rebuilt")
def capex_cn_rebuilt() -> Measured:
    """Add Alibaba, Tencent and ByteDance from company statements and press, and Baidu by assumption."""
    baidu = assumption("baidu-capex-2025")
    found = _in_dollars(CHINESE_2025, baidu.value, baidu.high - baidu.value)
    return measured(
        found.value,
        *found.evidence,
        baidu,
        low=found.low,
        high=found.high,
        interval=found.interval,
        as_of="2025-12-31",
    )


@finding("capex-us-2025-cash")
def capex_us_cash() -> Measured:
    """Add the four firms' cash purchases: Meta with the principal of leases, Microsoft by fiscal year."""
    return _sum((*ACTUAL, "microsoft-fy2025-cash"))


@finding("capex-us-2025-leases")
def capex_us_2025_leases() -> Measured:
    """Read the outside tally that counts finance leases and the calendar year."""
    return cell("capex_estimates", "platformonomics-us-2025")


@finding("capex-us-2025-longest-list")
def capex_us_longest() -> Measured:
    """Add Oracle and xAI to the four firms with leases: the longest list of American firms on record for 2025.

    Of Oracle the fiscal year from June 2025 as guided, of which seven months are in 2025: the larger of its two years
    that overlap with it.
    """
    extra = ("oracle-fy2026-guidance-2025-12", "xai-2025-company")
    four = get("capex-us-2025-leases")
    added = spending.total(load("capital_spending").loc[list(extra)], "USD")
    return measured(four.value + added, four, rows("capital_spending", extra), as_of=four.as_of)


@finding("ubs-share-of-cash")
def ubs_share_cash() -> Measured:
    """Divide the bank's Chinese amount by the American cash sum."""
    return _share(get("capex-cn-2025-ubs"), get("capex-us-2025-cash"))


@finding("ubs-share-of-leases")
def ubs_share_leases() -> Measured:
    """Divide the bank's Chinese amount by the American sum with leases."""
    return _share(get("capex-cn-2025-ubs"), get("capex-us-2025-leases"))


@finding("ubs-share-with-oracle")
def ubs_share_oracle() -> Measured:
    """Divide the bank's Chinese amount by the American sum with leases and Oracle's fiscal year."""
    part, whole = get("capex-cn-2025-ubs"), get("capex-us-2025-leases")
    oracle = spending.total(load("capital_spending").loc[["oracle-fy2025-cash"]], "USD")
    return measured(
        100 * part.value / (whole.value + oracle), part, whole, rows("capital_spending", "oracle-fy2025-cash")
    )


@finding("ubs-share-of-longest-list")
def ubs_share_longest() -> Measured:
    """Divide the bank's Chinese amount by the sum of the longest American list on record."""
    return _share(get("capex-cn-2025-ubs"), get("capex-us-2025-longest-list"))


@finding("rebuilt-share-of-leases")
def rebuilt_share_leases() -> Measured:
    """Divide the rebuilt Chinese sum by that of four American firms with leases."""
    return _share(get("capex-cn-2025-rebuilt"), get("capex-us-2025-leases"))


@finding("rebuilt-share-of-longest-list")
def rebuilt_share_longest() -> Measured:
    """Divide the rebuilt Chinese sum by that of the longest American list on record."""
    return _share(get("capex-cn-2025-rebuilt"), get("capex-us-2025-longest-list"))


@finding("ubs-share-in-march")
def ubs_share_march() -> Measured:
    """Divide the two forecasts that the bank itself made in March 2025."""
    return quotient("capex_estimates", "ubs-march-cn-2025", "ubs-march-us-2025", 100)


@finding("ubs-share-as-stated")
def ubs_share_stated() -> Measured:
    """Read the fraction that the report names."""
    return measured(
        100 * load("capex_estimates").loc["ubs-cn-to-us-2025", "value"], rows("capex_estimates", "ubs-cn-to-us-2025")
    )


@finding("ubs-share-of-2026-plans")
def ubs_share_plans() -> Measured:
    """Divide the Chinese amount of 2025 by what the four American firms planned in February for 2026."""
    part = get("capex-cn-2025-ubs")
    plans = load("capex_estimates").loc["press-us-2026-february", "low"]
    return measured(100 * part.value / plans, part, rows("capex_estimates", "press-us-2026-february"))


@finding("capex-left-for-2023-2024")
def capex_left() -> Measured:
    """Subtract one broker's year from the other's three."""
    three, one = get("capex-cn-jefferies"), get("capex-cn-2025-ubs")
    return measured(three.value - one.value, three, one, as_of="2024-12-31")


# To 2030


@finding("ai-capex-2030")
def ai_capex() -> Measured:
    """Read the broker's forecast of the sum over six years."""
    return cell("capex_estimates", "jefferies-cn-ai-2025-2030")


@finding("ai-capex-2030-before")
def ai_capex_before() -> Measured:
    """Undo the rise by the percentage that the broker gives."""
    raised = get("ai-capex-2030")
    key = "jefferies-cn-ai-2025-2030-revision"
    by = load("capex_estimates").loc[key, "value"]
    return measured(spending.before_raise(raised.value, by), raised, rows("capex_estimates", key), as_of="2025-11-11")


@finding("ai-capex-2030-a-year")
def ai_capex_a_year() -> Measured:
    """Spread the sum over its years."""
    row = load("capex_estimates").loc["jefferies-cn-ai-2025-2030"]
    years = row["as_of"].year - row["period_start"].year + 1
    return measured(row["value"] / years, rows("capex_estimates", "jefferies-cn-ai-2025-2030"))


@finding("capex-nine-firms-2026")
def capex_nine() -> Measured:
    """Read the forecast for the nine largest buyers of the world in one year."""
    return cell("capex_estimates", "trendforce-nine-2026")


# The state


@finding("capex-gap-three-years")
def capex_gap() -> Measured:
    """Subtract the Chinese from the American sum."""
    part, whole = get("capex-cn-jefferies"), get("capex-us-jefferies")
    return measured(whole.value - part.value, part, whole)


@finding("carrier-computing-budget")
def carrier_budget() -> Measured:
    """Turn the computing budget of the largest carrier into dollars at the assumed rate."""
    return _in_dollars(("china-mobile-2025-computing",))


@finding("state-grid-plan-2026")
def state_grid_plan() -> Measured:
    """Read what trade press gives for the state's plan of June 2026; the sum is over its five years."""
    plan = cell("capex_estimates", "china-grid-plan-2026")
    told = load("capex_estimates").loc["china-grid-plan-2026", "stated_on"]
    return measured(plan.value, *plan.evidence, rows("export_rules", "cn-plan-2026-grid"), as_of=told)


# What the market made of it


@finding("nvidia-loss-bloomberg")
def nvidia_loss() -> Measured:
    """Read one count of the day's loss."""
    return cell("market_events", "nvidia-loss-2025-01-27")


@finding("nvidia-loss-other-press")
def nvidia_loss_other() -> Measured:
    """Read the other count of the day's loss."""
    return cell("market_events", "nvidia-loss-2025-01-27-alternative")


@finding("nasdaq-loss")
def nasdaq_loss() -> Measured:
    """Read the loss of all shares of the index."""
    return cell("market_events", "nasdaq-loss-2025-01-27")


# Private investment


@finding("private-investment-us-2024")
def private_us() -> Measured:
    """Read the amount."""
    return cell("capex_estimates", "aiindex-private-us-2024")


@finding("private-investment-cn-2024")
def private_cn() -> Measured:
    """Read the amount."""
    return cell("capex_estimates", "aiindex-private-cn-2024")


@finding("private-investment-us-over-cn-2024")
def private_ratio() -> Measured:
    """Divide the two amounts."""
    return quotient("capex_estimates", "aiindex-private-us-2024", "aiindex-private-cn-2024")


@finding("nvidia-value-over-before-selloff")
def nvidia_value_over_before() -> Measured:
    """Divide the value of 29 October 2025 by that before the sell-off: the day's loss over the fall of the price."""
    events = load("market_events")
    before, after = (events.loc[key, "value"] for key in ("nvidia-close-2025-01-24", "nvidia-close-2025-01-27"))
    loss, later = get("nvidia-loss-bloomberg"), get("nvidia-value-october-2025")
    value_before = loss.value / ((before - after) / before)
    return measured(
        later.value / value_before,
        loss,
        later,
        rows("market_events", ("nvidia-close-2025-01-24", "nvidia-close-2025-01-27")),
        as_of=later.as_of,
    )


# Plans and spending of 2026


@finding("capex-us-2026-plans-april")
def us_plans_april() -> Measured:
    """Read the sum of the press of April 2026."""
    return cell("capex_estimates", "press-us-2026-april")


@finding("alibaba-capital-spending-2026-q1")
def alibaba_quarter() -> Measured:
    """Read the spending of the quarter."""
    return cell("capital_spending", "alibaba-2026-q1-company", "amount_bn")
