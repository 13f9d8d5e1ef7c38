"""A live chart with its controls set otherwise, as a reader would set them."""

from __future__ import annotations

import json
from typing import Any

from helpers.figures.frame import Figure
from helpers.figures.svg import to_svg


def moved(shown: Figure | dict[str, Any], width: str = "wide", **values: float | str) -> str:
    """Draw a figure (or a specification) with other settings of its controls; refuse a control that it has not."""
    spec = json.loads(json.dumps(shown if isinstance(shown, dict) else getattr(shown, width)))
    assert set(values) <= {param["name"] for param in spec["params"]}
    for param in spec["params"]:
        if param["name"] in values:
            param["value"] = values[param["name"]]
    return to_svg(spec)
