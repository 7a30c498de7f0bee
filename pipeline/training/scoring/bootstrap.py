"""Whether one system is better than another: the paired bootstrap over documents.

Documents are drawn with replacement, the same ones for both systems, and F1 is counted anew each time. The middle 95 % of the
differences are the interval; p is twice the share of draws on the other side of nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import DataError
from pipeline.records import Record
from pipeline.training.scoring.figures import GROUPS, Figures, paired, score_pair, total

DRAWS, AT_ONCE = 5000, 100
LEVEL = 0.05
FEW = 20
"""Below this many documents an interval is too narrow to trust."""


@dataclass(frozen=True, slots=True)
class Difference:
    """F1 of the second system less that of the first, with its 95 % interval and two-sided p-value."""

    group: str
    first: float
    second: float
    difference: float
    low: float
    high: float
    p: float
    documents: int

    def sentence(self, first: str, second: str) -> str:
        """What the figures say about the two systems, in words."""
        figures = f"{self.group}: {first} {self.first:.3f}, {second} {self.second:.3f}"
        points = f"{100 * self.difference:+.1f} points (95 % interval {100 * self.low:+.1f} to {100 * self.high:+.1f}"
        better = second if self.difference > 0 else first
        if self.p < LEVEL:
            verdict = f"the difference is real, {better} is better"
        else:
            verdict = "the difference may be chance" if self.difference else "there is no difference"
        few = f"; {self.documents} documents are few, so be careful" if self.documents < FEW else ""
        return f"{figures}: {points}, p = {self.p:.3f}): {verdict}{few}."

    def as_dict(self) -> dict[str, Any]:
        """Plain values, rounded to four places."""
        return {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()}


def compare(gold: Sequence[Record], first: Sequence[Record], second: Sequence[Record]) -> list[Difference]:
    """The differences by group of `GROUPS`; the same draws, hence the same answer, each time.

    Raises DataError when the three do not hold the same records, or none.
    """
    if not gold:
        raise DataError("there are no annotated records to compare on; name a file that holds some")
    sides = [[score_pair(*pair).groups for pair in paired(gold, side)] for side in (first, second)]
    return [_difference(name, *([groups[name] for groups in side] for side in sides)) for name in GROUPS]


def _difference(name: str, first: list[Figures], second: list[Figures]) -> Difference:
    one, other = total(first).f1, total(second).f1
    draws = _draws(_counts(first), _counts(second))
    low, high = np.quantile(draws, [LEVEL / 2, 1 - LEVEL / 2])
    other_side = min(int((draws <= 0).sum()), int((draws >= 0).sum()))
    p = min(1.0, 2 * (other_side + 1) / (DRAWS + 1))
    return Difference(name, one, other, other - one, float(low), float(high), p, len(first))


def _counts(figures: list[Figures]) -> NDArray[np.int64]:
    """Annotated, predicted and right, shape (documents, 3)."""
    return np.array([(one.gold, one.predicted, one.right) for one in figures], np.int64)


def _draws(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
    """The differences of F1 over `DRAWS` draws of documents."""
    chance = np.random.default_rng(0)
    even = np.full(len(first), 1 / len(first))
    parts = []
    for _ in range(DRAWS // AT_ONCE):
        weights = chance.multinomial(len(first), even, AT_ONCE)
        parts.append(_f1(weights @ second) - _f1(weights @ first))
    return np.concatenate(parts)


def _f1(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    scores: NDArray[np.float64] = 2 * counts[:, 2] / np.maximum(counts[:, 0] + counts[:, 1], 1)
    return scores
