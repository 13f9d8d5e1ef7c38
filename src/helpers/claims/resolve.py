"""For each disagreement, the function that says which of its resolutions the figures lead to."""

from helpers.claims.disagreements import decides
from helpers.findings import get

# Synthesis


@decides("who-wins")
def who_wins() -> str:
    """Compare incomes per head with the break-even value on both ways of counting users."""
    worth = get("income-ratio-purchasing-power-2024").value
    ahead = [worth > get(f"breakeven-value-by-{basis}").value for basis in ("survey", "telemetry")]
    return "both-china" if all(ahead) else "two-events" if any(ahead) else "both-america"


@decides("huang-twice-on-one-day")
def huang_twice() -> str:
    """Ask whether there was a lag on that day."""
    return "neither" if get("frontier-lag-by-pace-november-2025").value > 0 else "ahead"


@decides("patents-and-doctorates")
def patents_and_doctorates() -> str:
    """Ask whether every reading has China ahead."""
    more = [get(f"doctorates-cn-over-us-{year}").value > 0 for year in ("2019", "2022", "2025-projected")]
    times = [get(f"{key}-cn-over-us").value > 1 for key in ("ai-patents-granted", "genai-inventions")]
    return "by-definition" if all(more + times) else "mixed"
