"""The most likely words of a text by a dictionary, as features of its characters.

`data/dictionary.txt.gz` holds words with a cost, -10 ln p (see data/SOURCES.md). These borders are what the encoder
reads; the words that people read are `doc._.words`, which also know of mentions.
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PATH = Path(__file__).parent / "data" / "dictionary.txt.gz"
PARTS = 4
"""Values of a feature: a word of its own; begin, inside, end of a longer word."""
UNKNOWN = 160
"""Cost of a character that is no word."""


@cache
def _costs() -> tuple[dict[str, int], dict[str, int]]:
    """The cost of each word, and the length of the longest word that begins with two characters."""
    fields = gzip.decompress(PATH.read_bytes()).decode("utf-8").split()
    costs = dict(zip(fields[::2], map(int, fields[1::2]), strict=True))
    longest: dict[str, int] = {}
    for word in costs:
        longest[word[:2]] = max(longest.get(word[:2], 0), len(word))
    return costs, longest


def word_parts(text: str) -> NDArray[np.int64]:
    """For each character its part in the cheapest segmentation of `text`; shape (len(text),), values below PARTS."""
    parts = np.zeros(len(text), np.int64)
    lengths = _last_words(text)
    end = len(text)
    while end > 0:
        start = end - lengths[end]
        if start + 1 < end:
            parts[start:end] = 2
            parts[start], parts[end - 1] = 1, 3
        end = start
    return parts


def _last_words(text: str) -> list[int]:
    """For each end (0 to len(text)) the length of the last word of the cheapest segmentation up to it."""
    words, longest = _costs()
    best = [0.0] + [float("inf")] * len(text)
    lengths = [1] * (len(text) + 1)
    for start in range(len(text)):
        before = best[start]
        alone = before + words.get(text[start], UNKNOWN)
        if alone < best[start + 1]:
            best[start + 1], lengths[start + 1] = alone, 1
        for end in range(start + 2, min(start + longest.get(text[start : start + 2], 0), len(text)) + 1):
            cost = words.get(text[start:end])
            if cost is not None and before + cost < best[end]:
                best[end], lengths[end] = before + cost, end - start
    return lengths
