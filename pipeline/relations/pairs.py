"""Pairs of mentions that a relation may join, with what stands between them.

The same pairs and features serve training and running. All arrays are numpy; P is the number of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.language.sentences import sentence_ends
from pipeline.records import LABELS, RELATIONS

Int = NDArray[np.int64]
REACH = 48
"""Mentions that may stand between head and tail; over 99.5 % of annotated arcs are shorter."""
RELATION_TYPES: tuple[str, ...] = tuple(RELATIONS)
FEATURE_SIZES = (18, 24, 4, 5, 5)
"""Values of each pair feature: distance, mentions between, sentence ends between, same label as head, as tail."""


class Pairs(NamedTuple):
    """Candidate pairs: indices of head and tail mentions (P,), features (P, 5), allowed relations (P, 6)."""

    head: Int
    tail: Int
    features: Int
    allowed: NDArray[np.bool_]


def _allowed_types() -> NDArray[np.bool_]:
    table = np.zeros((len(LABELS), len(LABELS), len(RELATIONS)), np.bool_)
    for relation, (heads, tails) in enumerate(RELATIONS.values()):
        for head in heads:
            for tail in tails:
                table[LABELS.index(head), LABELS.index(tail), relation] = True
    return table


ALLOWED = _allowed_types()


def candidate_pairs(text: str, spans: Sequence[tuple[int, int, int]]) -> Pairs:
    """All pairs that some relation allows among `spans` (label index, start, end), sorted by start."""
    labels, starts, ends = (
        np.array(column, np.int64) for column in (zip(*spans, strict=True) if spans else ((), (), ()))
    )
    head, tail = _band(len(spans))
    allowed = ALLOWED[labels[head], labels[tail]]
    kept = allowed.any(axis=1)
    head, tail, allowed = head[kept], tail[kept], allowed[kept]
    stops = _between(np.array(sentence_ends(text), np.int64), starts, ends, head, tail)
    allowed[:, RELATION_TYPES.index("time")] &= stops == 0
    return Pairs(head, tail, _features(labels, starts, ends, head, tail, stops), allowed)


def _band(count: int) -> tuple[Int, Int]:
    """All pairs of `count` mentions with at most `REACH` between them, by head, then by tail."""
    reach = min(REACH, count)
    offsets = np.arange(-reach, reach + 1)
    head = np.repeat(np.arange(count), len(offsets))
    tail = head + np.tile(offsets, count)
    kept = (tail >= 0) & (tail < count)
    return head[kept], tail[kept]


def _features(labels: Int, starts: Int, ends: Int, head: Int, tail: Int, stops: Int) -> Int:
    forward = (tail > head).astype(np.int64)
    gap = np.maximum(starts[head], starts[tail]) - np.minimum(ends[head], ends[tail])
    distance = np.minimum(np.log2(np.maximum(gap, 0) + 1).astype(np.int64), 8) + 9 * forward
    steps = np.abs(head - tail)
    between = np.where(steps <= 8, steps, np.minimum(8 + (steps - 8) // 8 + 1, 11)) + 12 * forward
    same = (_same(labels, head, tail, which) for which in (head, tail))
    return np.stack([distance, between, np.minimum(stops, 3), *same], axis=1)


def _between(points: Int, starts: Int, ends: Int, head: Int, tail: Int) -> Int:
    """How many of the sorted `points` lie between the two mentions."""
    low, high = np.minimum(ends[head], ends[tail]), np.maximum(starts[head], starts[tail])
    count: Int = np.searchsorted(points, high, side="right") - np.searchsorted(points, low, side="left")
    positive: Int = np.maximum(count, 0)
    return positive


def _same(labels: Int, head: Int, tail: Int, which: Int) -> Int:
    """Mentions between head and tail with the label of `which`, at most 4."""
    counts = np.zeros((len(LABELS), len(labels) + 1), np.int64)
    np.cumsum(labels == np.arange(len(LABELS))[:, None], axis=1, out=counts[:, 1:])
    low, high = np.minimum(head, tail), np.maximum(head, tail)
    inside = counts[labels[which], high] - counts[labels[which], np.minimum(low + 1, high)]
    capped: Int = np.minimum(inside, 4)
    return capped
