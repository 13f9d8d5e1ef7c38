"""Findings of diffusion against what was published elsewhere."""

from __future__ import annotations

import pytest

from helpers.data.edition import edition
from helpers.findings import get
from helpers.findings.registry import catalogue

OWN = [key for key, entry in catalogue().items() if entry["chapter"] == "diffusion"]

# Published value, tolerance: source in the comment.
PUBLISHED = {
    "robots-share-cn-2024": (54, 0.5),  # IFR, World Robotics 2025: China takes 54 per cent of installations
    "genai-share-us-telemetry": (31.3, 0.05),  # Microsoft, AI Diffusion, first quarter of 2026
    "genai-share-cn-telemetry": (16.4, 0.05),  # the same
    "genai-users-cn-survey-half-year-growth": (2.07, 0.01),  # CNNIC: 249 million plus 266 million in six months
    "stem-doctorates-ratio-2019": (1.47, 0.005),  # CSET: 49,498 and 33,759
    "stem-doctorates-ratio-2025": (1.93, 0.005),  # CSET: more than 77,000, nearly twice the American number
    "ai-patents-granted-ratio": (2.93, 0.01),  # Stanford: over 44,000 and over 15,000
    "genai-inventions-ratio": (6.05, 0.05),  # WIPO: over six times the second-placed United States
    "aspi-nlp-gap": (0.7, 0.01),  # ASPI: 24.8 and 24.1 per cent
    "arab-users-2026q1": (48, 0.5),  # the dossier's own sum
    "gulf-licensed-of-announced-year": (14, 0.1),  # 70,000 of 500,000
    "telecom-racks-share-cn": (11.6, 0.05),  # 938,000 of 8.1 million
    "arabic-deepseek-over-best-2025-03": (73, 0.6),  # AraGen: 51.0 and 70.3
    "capacity-added-cn-over-us-2024": (11.6, 0.1),  # 430 GW and 37 GW gross
}


@pytest.mark.parametrize("key", PUBLISHED)
def test_published_values(key):
    value, tolerance = PUBLISHED[key]
    assert get(key).value == pytest.approx(value, abs=tolerance)


def test_china_has_more_users_on_every_count_and_the_smaller_share():
    china = min(get(f"genai-users-cn-{basis}").value for basis in ("telemetry", "survey"))
    america = max(get(f"genai-users-us-{basis}").value for basis in ("telemetry", "survey", "pew"))
    assert get("genai-users-least-cn-over-most-us").value == pytest.approx(china / america)
    assert china > america
    for basis in ("telemetry", "survey"):
        assert get(f"genai-share-us-{basis}").value > get(f"genai-share-cn-{basis}").value


def test_microsofts_multiple_for_africa_is_met_by_users_only():
    said = get("deepseek-africa-multiple-microsoft")
    assert said.low <= get("deepseek-africa-over-elsewhere-users").value <= said.high
    assert not said.low <= get("deepseek-africa-over-elsewhere-economies").value <= said.high


def test_catching_up_needs_more_than_the_common_pace():
    from helpers.data import assumption

    assert get("cn-pace-to-catch-up-2030").value > assumption("spread-pace").value
    gap = get("genai-share-gap-2030-telemetry")
    assert gap.value == pytest.approx(
        get("genai-share-2030-us-telemetry").value - get("genai-share-2030-cn-telemetry").value
    )
    assert gap.low > 0  # one pace and one ceiling keep the order


def test_the_world_outside_china_lies_between_africa_and_the_rest():
    africa, whole, rest = (get(f"deepseek-share-{part}").value for part in ("africa", "outside-china", "elsewhere"))
    assert rest < whole < africa


@pytest.mark.parametrize("key", OWN)
def test_every_finding_stands(key):
    found = get(key)
    assert found.sources
    assert found.text
    if found.low is not None:
        assert found.low <= found.value <= found.high
        assert found.interval
    told_ahead = ("2030", "target", "genai-share-gap-2030", "catch-up")
    assert found.as_of <= edition().released or any(part in key for part in told_ahead)
