"""Spans as one tag a character (BIOES, Ratinov & Roth 2009) and back, always without overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.records import LABELS

Float = NDArray[np.float32]
TAGS: tuple[str, ...] = ("O", *(f"{part}-{label}" for label in LABELS for part in "BIES"))
FORBIDDEN = -1e4
CERTAIN = np.log(0.99)
"""A character that is outside with this log probability parts what is before it from what is behind."""


def encode(spans: Iterable[tuple[str, int, int]], length: int, labels: Sequence[str] = LABELS) -> NDArray[np.int64]:
    """Tag ids of shape (length,) for spans (label, start, end) that do not overlap."""
    tags = np.zeros(length, np.int64)
    for label, start, end in spans:
        first = 1 + 4 * labels.index(label)
        if end - start == 1:
            tags[start] = first + 3
        else:
            tags[start:end] = first + 1
            tags[start], tags[end - 1] = first, first + 2
    return tags


def decode(logits: Float, labels: Sequence[str] = LABELS) -> list[tuple[str, int, int, float]]:
    """The best legal reading of `logits`, shape (length, 1 + 4 × labels), as spans (label, start, end, score).

    The score is the geometric mean of the probabilities of the span's tags. Only stretches whose likeliest tags break
    the scheme are searched for their best path, which costs much more.
    """
    if not len(logits):
        return []
    probabilities = _log_softmax(logits)
    path = logits.argmax(axis=1)
    for start, end in _broken(path, np.flatnonzero(probabilities[:, 0] >= CERTAIN), len(labels)):
        path[start:end] = _viterbi(probabilities[start:end], len(labels))
    return list(_spans(path, probabilities, labels))


def _log_softmax(logits: Float) -> Float:
    shifted = logits - logits.max(axis=1, keepdims=True)
    result: Float = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def _spans(
    path: NDArray[np.int64], probabilities: Float, labels: Sequence[str]
) -> Iterable[tuple[str, int, int, float]]:
    first, last = (np.flatnonzero((path > 0) & np.isin((path - 1) % 4, ends)) for ends in ((0, 3), (2, 3)))
    if not len(first):
        return ()
    chosen = np.append(np.take_along_axis(probabilities, path[:, None], axis=1)[:, 0], np.float32(0))
    sums = np.add.reduceat(chosen, np.stack([first, last + 1], axis=1).ravel())[::2]
    scores = np.exp(sums / (last + 1 - first))
    names = [labels[number] for number in (path[first] - 1) // 4]
    return zip(names, first.tolist(), (last + 1).tolist(), scores.tolist(), strict=True)


@cache
def transitions(labels: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Which tag may follow which (tags × tags), which may come first and which last, for so many labels."""
    parts = np.array(["O", *"BIES" * labels])
    label = np.array([-1, *np.repeat(np.arange(labels), 4)])
    opening, closed = np.isin(parts, ["O", "B", "S"]), np.isin(parts, ["O", "E", "S"])
    goes_on = np.isin(parts, ["B", "I"])[:, None] & np.isin(parts, ["I", "E"])[None, :]
    allowed = (closed[:, None] & opening[None, :]) | (goes_on & (label[:, None] == label[None, :]))
    return allowed, opening, closed


def _broken(path: NDArray[np.int64], outside: NDArray[np.int64], labels: int) -> list[tuple[int, int]]:
    """The stretches between characters that are `outside` in which `path` is not legal."""
    allowed, opening, closed = transitions(labels)
    faults = np.flatnonzero(~allowed[path[:-1], path[1:]])
    edges = [at for at, fits in ((0, opening[path[0]]), (len(path) - 1, closed[path[-1]])) if not fits]
    borders = np.concatenate([[-1], outside, [len(path)]])
    pieces = np.unique(np.searchsorted(borders, np.concatenate([faults, edges]), side="right"))
    return [(int(borders[i - 1]) + 1, int(borders[i])) for i in pieces]


def _viterbi(scores: Float, labels: int) -> NDArray[np.int64]:
    allowed, opening, closed = transitions(labels)
    penalty = np.where(allowed, 0.0, FORBIDDEN).astype(np.float32).T
    best = scores[0] + np.where(opening, 0.0, FORBIDDEN)
    back = np.zeros(scores.shape, np.int64)
    for at in range(1, len(scores)):
        candidates = best[None, :] + penalty
        back[at] = candidates.argmax(axis=1)
        best = candidates.max(axis=1) + scores[at]
    path = np.zeros(len(scores), np.int64)
    path[-1] = (best + np.where(closed, 0.0, FORBIDDEN)).argmax()
    for at in range(len(scores) - 1, 0, -1):
        path[at - 1] = back[at, path[at]]
    return path
