"""A cell prints with its unit, and what cannot be printed is refused."""

from __future__ import annotations

import pytest

from helpers.data import cell_text


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("systems/cloudmatrix-384/chips", "384 chips"),
        ("lag_estimates/caisi-v4-pro/months", "8 months"),
        ("claims/two-races/said_on", "18 January 2026"),
        ("deepseek_shares/deepseek-2025h2-cn/place", "China"),
    ],
)
def test_a_cell_prints_with_its_unit(place, text):
    assert cell_text(place) == text


@pytest.mark.parametrize("place", ["systems/cloudmatrix-384", "systems/none/chips", "systems/cloudmatrix-384/none"])
def test_no_cell_is_refused(place):
    with pytest.raises((ValueError, KeyError)):
        cell_text(place)


def test_an_empty_cell_is_refused():
    with pytest.raises(ValueError, match="empty"):
        cell_text("claims/two-races/due")
