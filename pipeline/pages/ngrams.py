"""How likely one stretch of Chinese news continues another: character n-gram counts.

The table holds counts of one, two and three characters (digits as 0, half-width punctuation, no spaces; a newline
stands for the edge of a paragraph), as sorted integer keys and logarithms. See data/SOURCES.md.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import numpy as np

TABLE = Path(__file__).parent / "data" / "ngrams.npz"
SCALE = 12.0
"""Natural logarithms are stored as integers, this many steps to one."""
BACKOFF = 0.4
REMEMBERED = 200_000
"""So many counts that were looked up are kept at hand."""
BITS = 13
"""Bits of the number of a character."""
_DIGITS = re.compile(r"\d")


def normal(text: str) -> str:
    """Text as the table counts it: half-width forms, digits as 0, no spaces."""
    lines = unicodedata.normalize("NFKC", text).split("\n")
    return _DIGITS.sub("0", "\n".join(["".join(line.split()) for line in lines]))


def key(run: str, number: dict[str, int]) -> int:
    """A run of characters as one integer, by the numbers of the characters; 0 for one without a number."""
    packed = 0
    for character in run:
        packed = packed << BITS | number.get(character, 0)
    return packed


class Ngrams:
    """Looks up counts and scores joins."""

    def __init__(self, path: Path = TABLE) -> None:
        with np.load(path) as data:
            self._number = {c: i for i, c in enumerate(str(data["letters"]), start=1)}
            self._keys = [np.cumsum(data[f"keys{n}"]) for n in (1, 2, 3)]
            self._logs = [data[f"logs{n}"] for n in (1, 2, 3)]
        self._seen: dict[str, float | None] = {}
        self._total = math.log(sum(math.exp(v / SCALE) for v in self._logs[0].tolist()))

    def log_count(self, run: str) -> float | None:
        """Logarithm of how often a run of 1 to 3 characters was seen, None for never."""
        if run in self._seen:
            return self._seen[run]
        if len(self._seen) >= REMEMBERED:
            self._seen.clear()
        found = self._seen[run] = self._look_up(run)
        return found

    def _look_up(self, run: str) -> float | None:
        keys, logs = self._keys[len(run) - 1], self._logs[len(run) - 1]
        wanted = key(run, self._number)
        at = int(keys.searchsorted(wanted))
        return float(logs[at]) / SCALE if at < len(keys) and keys[at] == wanted else None

    def log_probability(self, character: str, before: str) -> float:
        """Logarithm of the probability of a character after up to two others (stupid backoff)."""
        for start in range(max(0, len(before) - 2), len(before)):
            context = before[start:]
            seen = self.log_count(context + character)
            if seen is not None:
                base = self.log_count(context)
                return (
                    seen - base - (len(before[-2:]) - len(context)) * -math.log(BACKOFF) if base is not None else seen
                )
        alone = self.log_count(character)
        return (alone if alone is not None else 0.0) - self._total + len(before[-2:]) * math.log(BACKOFF)

    def continuation(self, left: str, right: str) -> float:
        """How much better the first characters of `right` follow `left` than they follow nothing known.

        Both are normalised; positive means that the two belong together (pointwise mutual information).
        """
        before, gain = left[-2:], 0.0
        for i in range(min(2, len(right))):
            context = (before + right[:i])[-2:]
            gain += self.log_probability(right[i], context) - self.log_probability(right[i], right[:i])
        return gain


@lru_cache(maxsize=1)
def ngrams() -> Ngrams:
    """The table that ships with the package, loaded once."""
    return Ngrams()
