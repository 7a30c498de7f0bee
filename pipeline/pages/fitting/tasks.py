"""What the fitting of weights is made of: searches with right answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.pages.cues import fold
from pipeline.pages.features import Features

Weights = dict[str, float]
BEAM = 15
"""Readings that the searches keep."""


@dataclass(frozen=True, slots=True)
class Task:
    """One search with its right answer: gives the features of both and how wrong the found one is."""

    kind: str
    compare: Callable[[Weights, float], tuple[Features, Features, float]]


def squeezed(text: str | None) -> str:
    """Folded text without spaces and dashes."""
    return re.sub(r"[\s—–-]", "", fold(text or ""))
