"""Characters as numbers: the vocabulary of the character models.

Each character is folded to the form that the encoders know (full-width to half-width, compatibility forms, white
space to one space) without ever changing the number of characters, so that offsets hold.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[NL]")
"""Entries before the first character; `[NL]` stands for a line end."""
PAD, UNK, CLS, SEP, MASK, NEWLINE = range(len(SPECIALS))


@lru_cache(maxsize=65536)
def fold(character: str) -> str:
    """One character in the form the encoders know; always one character."""
    if character.isspace():
        return "\n" if character == "\n" else " "
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


class Vocabulary:
    """Characters to ids, one id a character."""

    def __init__(self, entries: list[str]) -> None:
        """`entries` in the order of their ids, `SPECIALS` first."""
        self.entries = entries
        self._ids = {entry: index for index, entry in enumerate(entries) if index >= len(SPECIALS)}
        self._ids["\n"] = NEWLINE
        self._seen: dict[str, int] = {}

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Read a `vocab.txt`, one entry a line."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def __len__(self) -> int:
        return len(self.entries)

    def ids(self, text: str) -> NDArray[np.int64]:
        """Ids of the characters of `text`, shape (len(text),)."""
        seen = self._seen
        try:
            return np.fromiter(map(seen.__getitem__, text), np.int64, len(text))
        except KeyError:
            for character in set(text) - seen.keys():
                seen[character] = self._ids.get(fold(character), UNK)
            return np.fromiter(map(seen.__getitem__, text), np.int64, len(text))

    def text(self, ids: list[int]) -> str:
        """The folded characters behind `ids`, one each; unknown ones as U+FFFD."""
        characters = (self.entries[i] if i >= len(SPECIALS) else "\n" if i == NEWLINE else "\ufffd" for i in ids)
        return "".join(characters)
