"""Figures by the length of the text, since long passages are harder."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.training.scoring.figures import Pair, Report, combine, score_pair

LIMITS = (100, 200, 400, 800)
"""The longest text of each bin, in characters; a last bin holds what is longer."""
NAMES = ("to 100", "101 to 200", "201 to 400", "401 to 800", "over 800")


def by_length(pairs: Sequence[Pair]) -> dict[str, Report]:
    """A report for each bin that has records, short texts first."""
    bins: list[list[Report]] = [[] for _ in NAMES]
    for gold, predicted in pairs:
        bins[bisect_left(LIMITS, len(gold.text))].append(score_pair(gold, predicted))
    return {name: combine(reports) for name, reports in zip(NAMES, bins, strict=True) if reports}
