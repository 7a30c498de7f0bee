"""Does the right piece of a torn sentence read on from the left one? A small network over the characters at the tear.

The score is close to the pointwise mutual information of both sides: how much likelier they stand together than apart.
`fitting/joins.py` trains it; data/SOURCES.md says on what.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.pages.ngrams import normal

TABLE = Path(__file__).parent / "data" / "joins.npz"
REACH = 8
"""Characters on either side of the tear that the network sees."""
PAD, UNKNOWN = 0, 1
"""Indices of the edge of a text and of an unknown character."""
Array = NDArray[np.float32]


class Joins:
    """The network: a hidden layer over both sides, each side by itself a sum, so that pairs are cheap."""

    def __init__(self, path: Path = TABLE) -> None:
        with np.load(path) as data:
            self._number = {c: i for i, c in enumerate(str(data["letters"]), start=2)}
            self._letters: Array = data["embedding"].astype(np.float32)
            self._sides: list[Array] = [data[name].astype(np.float32) for name in ("left", "right")]
            self._hidden: Array = data["hidden"].astype(np.float32)
            self._out: Array = data["out"].astype(np.float32)
            self._bias = float(data["bias"])

    def left(self, text: str) -> Array:
        """The left side's half of the hidden layer, from the end of a text."""
        return self._half(normal(text[-3 * REACH :])[-REACH:].rjust(REACH, "\0"), 0)

    def right(self, text: str) -> Array:
        """The right side's half, from the beginning of a text."""
        return self._half(normal(text[: 3 * REACH])[:REACH].ljust(REACH, "\0"), 1)

    def _half(self, characters: str, side: int) -> Array:
        numbers = [PAD if c == "\0" else self._number.get(c, UNKNOWN) for c in characters]
        half: Array = self._letters[numbers].reshape(-1) @ self._sides[side]
        return half

    def score(self, left: Array, right: Array) -> float:
        """Positive when the sides belong together."""
        return float(np.maximum(left + right + self._hidden, 0) @ self._out) + self._bias


@lru_cache(maxsize=1)
def joins() -> Joins:
    """The network that ships with the package, loaded once."""
    return Joins()
