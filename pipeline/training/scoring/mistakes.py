"""What became of the annotated spans of each label: found, taken for another label, cut otherwise, missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.records import LABELS
from pipeline.training.scoring.figures import Pair, Span, spans


@dataclass(slots=True)
class Mistakes:
    """Counts of one label.

    `labels`: the same characters under another label. `bounds`: a predicted span that overlaps, by its label.
    `spurious`: predicted spans of this label where nothing is annotated.
    """

    right: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    bounds: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    spurious: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The counts as plain values."""
        counts = {"right": self.right, "missed": self.missed, "spurious": self.spurious}
        return counts | {"labels": dict(self.labels), "bounds": dict(self.bounds)}


def mistakes(pairs: Sequence[Pair]) -> dict[str, Mistakes]:
    """Counts by label over all records."""
    counts = {label: Mistakes() for label in LABELS}
    for pair in pairs:
        gold, predicted = (spans(record) for record in pair)
        for span in gold:
            _count(counts[span[0]], span, predicted)
        for span in predicted:
            if not any(overlap(span, other) for other in gold):
                counts[span[0]].spurious += 1
    return counts


def overlap(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one[2], other[2]) - max(one[1], other[1]))


def _count(counts: Mistakes, span: Span, predicted: set[Span]) -> None:
    best = max(predicted, key=lambda other: (overlap(span, other), other), default=None)
    if span in predicted:
        counts.right += 1
    elif best is None or not overlap(span, best):
        counts.missed += 1
    elif best[1:] == span[1:]:
        counts.labels[best[0]] += 1
    else:
        counts.bounds[best[0]] += 1
