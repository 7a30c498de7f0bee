"""Restored text that remembers the characters of the page it is made of."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.records import Page, Span

_SPACES = " \t\u3000\xa0"
_EDGE = f"{_SPACES}\r"


class Restored:
    """A text built of ranges of the page and of characters put between them.

    `parts` are (start, end, page start) of each range.
    """

    __slots__ = ("_length", "_strings", "parts")

    def __init__(self) -> None:
        self._strings: list[str] = []
        self._length = 0
        self.parts: list[tuple[int, int, int]] = []

    @property
    def text(self) -> str:
        """What is built so far."""
        self._strings = ["".join(self._strings)]
        return self._strings[0]

    def __bool__(self) -> bool:
        return self._length > 0

    def add(self, page: Page, start: int, end: int) -> None:
        """Appends a range of the page."""
        if end > start:
            self.parts.append((self._length, self._length + end - start, start))
            self.put(page.text[start:end])

    def put(self, text: str) -> None:
        """Appends characters that the page does not have there."""
        self._strings.append(text)
        self._length += len(text)

    def extend(self, other: Restored) -> None:
        """Appends another restored text of the page."""
        self.parts += [(a + self._length, b + self._length, at) for a, b, at in other.parts]
        self.put(other.text)

    def strip_end(self) -> None:
        """Takes spaces off the end."""
        while self._strings:
            kept = self._strings[-1].rstrip(_SPACES)
            self._length -= len(self._strings[-1]) - len(kept)
            self._strings[-1:] = [kept] if kept else []
            if kept:
                break
        while self.parts and self.parts[-1][0] >= self._length:
            self.parts.pop()
        if self.parts:
            start, end, at = self.parts[-1]
            self.parts[-1] = (start, min(end, self._length), at)

    def spans(self, page: Page) -> list[Span]:
        """The same ranges as characters of the decoded source, neighbours merged."""
        out: list[Span] = []
        for start, end, at in self.parts:
            for a, b, source in _source(page, at, at + end - start):
                low = start + a - at
                if out and out[-1][1] == low and out[-1][2] + out[-1][1] - out[-1][0] == source:
                    out[-1] = (out[-1][0], low + b - a, out[-1][2])
                else:
                    out.append((low, low + b - a, source))
        return out


def _source(page: Page, start: int, end: int) -> list[tuple[int, int, int]]:
    """Pieces of a page range with their places in the source."""
    out = []
    i = max(0, bisect_right(page.pieces, start, key=lambda piece: piece.start) - 1)
    while i < len(page.pieces) and page.pieces[i].start < end:
        piece = page.pieces[i]
        low, high = max(start, piece.start), min(end, piece.end)
        if low < high:
            out.append((low, high, piece.source_start + low - piece.start))
        i += 1
    return out


def trimmed(page: Page, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges without spaces at their two outer ends."""
    out = list(ranges)
    while out and not page.text[out[0][0] : out[0][1]].strip(_EDGE):
        out.pop(0)
    while out and not page.text[out[-1][0] : out[-1][1]].strip(_EDGE):
        out.pop()
    if out:
        first, last = out[0], out[-1]
        lead = len(page.text[slice(*first)]) - len(page.text[slice(*first)].lstrip(_EDGE))
        out[0] = (first[0] + lead, first[1])
        tail = len(page.text[slice(*last)]) - len(page.text[slice(*last)].rstrip(_EDGE))
        out[-1] = (out[-1][0], out[-1][1] - tail)
    return out
