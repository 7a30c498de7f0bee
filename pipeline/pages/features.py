"""What speaks for a decision or against it, and how much each such feature weighs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

Features = dict[str, float]
"""Values by the names of their weights."""


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Weights of the features, see data/weights.json."""
    return dict(json.loads((Path(__file__).parent / "data" / "weights.json").read_text(encoding="utf-8")))


def add(total: Features, more: Features) -> None:
    """Adds features to others."""
    for name, value in more.items():
        if value:
            total[name] = total.get(name, 0.0) + float(value)


def weigh(features: Features, w: Mapping[str, float]) -> float:
    """Score of a decision: features times weights."""
    return sum([w[name] * value for name, value in features.items() if value])
