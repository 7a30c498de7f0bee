"""Positions in a text, kept in order, so that what stands next to a place is found without reading the text again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence


def starts(marks: str, text: str) -> list[int]:
    """Where the stretches of a text begin: at its start and after each of some marks."""
    return [0, *(match.end() for match in re.finditer(f"[{marks}]", text))]


def last(positions: Sequence[int], at: int) -> int:
    """The last position that does not lie behind a place, -1 where there is none."""
    number = bisect_right(positions, at)
    return positions[number - 1] if number else -1
