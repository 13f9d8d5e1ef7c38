"""For each disagreement, the function that says which of its resolutions the figures lead to."""

from helpers.claims.disagreements import decides
from helpers.findings import get


# --- chips ---
@decides("h200-weak-or-superior")
def h200_weak_or_superior() -> str:
    """Compare the H200 with the chips above and below it."""
    below, above = get("rubin-over-h200").value > 1, get("h200-over-910c").value > 1
    return "both" if below and above else "weak" if below else "superior"


@decides("nvidia-china-which-fall")
def nvidia_china_which_fall() -> str:
    """See whether the definition matters by more than a point."""
    alike, mixed = get("nvidia-china-fall-like-for-like").value, get("nvidia-china-fall-two-definitions").value
    return "definition" if abs(alike - mixed) > 1 else "same"


@decides("huawei-how-many-chips")
def huawei_how_many() -> str:
    """See whether the counts differ, and whether TSMC's dies can carry the difference."""
    if get("huawei-count-over-official").value < 1.5:
        return "agree"
    return "origin" if get("ascend-dies-over-tsmc-bank").value <= 100 else "capacity"


@decides("chinese-share-of-what")
def chinese_share_of_what() -> str:
    """See whether smuggled chips change the share of computing by more than a tenth of it all."""
    lawful, all_of_it = (
        get("chinese-share-of-lawful-compute-2025").value,
        get("chinese-share-of-new-compute-2025").value,
    )
    return "smuggling" if lawful - all_of_it > 10 else "same"


@decides("spare-power-over-whose-demand")
def spare_power() -> str:
    """See whether both readings reach three times."""
    readings = [get(f"spare-power-over-demand-{name}").value for name in ("broker", "iea")]
    return "average" if min(readings) > 3 else "below"
