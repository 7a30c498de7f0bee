"""Whether scores mean what they say: predictions sorted by score into bins, and the share that is right in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.records import Mention
from pipeline.training.scoring.figures import Pair, arcs, spans

BINS = 10
Scored = tuple[float, bool]
"""The score of a prediction, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions with scores above `low` and up to `high`: how many, their mean score, the share that is right."""

    low: float
    high: float
    count: int
    score: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins that hold predictions, and the expected calibration error: the mean gap between score and share."""

    bins: list[Bin]
    error: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values, rounded to four places."""
        rows = [{name: round(getattr(one, name), 4) for name in Bin.__slots__} for one in self.bins]
        return {"expected_calibration_error": round(self.error, 4), "bins": rows}


def calibrations(pairs: Sequence[Pair]) -> dict[str, Calibration]:
    """For mentions and for relations; kinds without scores are left out."""
    found = {"mentions": _mentions(pairs), "relations": _relations(pairs)}
    return {kind: calibration(scored) for kind, scored in found.items() if scored}


def calibration(scored: Sequence[Scored]) -> Calibration:
    """The reliability table of predictions with scores from 0 to 1, in `BINS` bins of one width."""
    groups: list[list[Scored]] = [[] for _ in range(BINS)]
    for one in scored:
        groups[min(int(one[0] * BINS), BINS - 1)].append(one)
    bins = [_bin(number, group) for number, group in enumerate(groups) if group]
    gaps = sum(one.count * abs(one.score - one.right) for one in bins)
    return Calibration(bins, gaps / len(scored) if scored else 0.0)


def _bin(number: int, group: list[Scored]) -> Bin:
    score, right = (sum(column) / len(group) for column in zip(*group, strict=True))
    return Bin(number / BINS, (number + 1) / BINS, len(group), score, right)


def _mentions(pairs: Sequence[Pair]) -> list[Scored]:
    return [
        (e.score, (e.label, e.start, e.end) in gold)
        for gold, predicted in ((spans(one), other) for one, other in pairs)
        for e in predicted.entities
        if e.score is not None
    ]


def _relations(pairs: Sequence[Pair]) -> list[Scored]:
    found = []
    for gold, predicted in pairs:
        known = arcs(gold)
        ends: dict[str, Mention] = {e.id: e for e in predicted.entities}
        for r in predicted.relations:
            head, tail = ((e.label, e.start, e.end) for e in (ends[r.head], ends[r.tail]))
            if r.score is not None:
                found.append((r.score, (r.type, head, tail) in known))
    return found
