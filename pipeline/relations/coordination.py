"""Names in one list hold a title together: 黄海军、余松柏、王俊等区领导."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.entities.leaders import ETC
from pipeline.records import LABELS
from pipeline.relations.pairs import RELATION_TYPES, Pairs

BETWEEN = re.compile(r"[\s、]*(?:、|和|及)?[\s]*")
CLOSING = re.compile(ETC)
PERSON, TITLE, HOLDS = LABELS.index("PERSON"), LABELS.index("TITLE"), RELATION_TYPES.index("holds")


def name_lists(text: str, spans: Sequence[tuple[int, int, int]]) -> NDArray[np.int64]:
    """The number of the list that each mention stands in: names with nothing but list signs between them share one."""
    numbers = np.arange(len(spans), dtype=np.int64)
    for i in range(1, len(spans)):
        (label, _, end), (following, start, _) = spans[i - 1], spans[i]
        if label == following == PERSON and BETWEEN.fullmatch(text, end, start):
            numbers[i] = numbers[i - 1]
    return numbers


def closed_by(text: str, spans: Sequence[tuple[int, int, int]]) -> NDArray[np.int64]:
    """The TITLE that 等 puts straight behind the list of each mention (甲、乙等县领导), -1 where there is none."""
    titles = np.full(len(spans), -1, dtype=np.int64)
    for i in range(len(spans) - 2, -1, -1):
        (label, _, end), (following, start, _) = spans[i], spans[i + 1]
        if label == PERSON and following == TITLE and CLOSING.fullmatch(text, end, start):
            titles[i] = i + 1
        elif label == following == PERSON and BETWEEN.fullmatch(text, end, start):
            titles[i] = titles[i + 1]
    return titles


def share_titles(
    logits: NDArray[np.float32], pairs: Pairs, lists: NDArray[np.int64], closing: NDArray[np.int64]
) -> None:
    """Let the names of a list hold titles together; changes `logits` in place.

    Each name gets the mean `holds` logit of all its list's names, and the highest one for the title that closes the list.
    """
    holds = np.flatnonzero(pairs.allowed[:, HOLDS])
    keys = lists[pairs.head[holds]] * len(lists) + pairs.tail[holds]
    _, group, size = np.unique(keys, return_inverse=True, return_counts=True)
    values = logits[holds, HOLDS]
    mean = np.bincount(group, values, len(size)) / size
    highest = np.full(len(size), -np.inf, dtype=np.float32)
    np.maximum.at(highest, group, values)
    closes = closing[pairs.head[holds]] == pairs.tail[holds]
    logits[holds, HOLDS] = np.where(closes, highest[group], mean[group])
