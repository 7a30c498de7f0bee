"""Restored text that remembers the characters of the page it is made of."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.records import Page, Span

_EDGE = " \t\r\u3000\xa0"


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

    @text.setter
    def text(self, text: str) -> None:
        self._strings, self._length = [text], len(text)

    def add(self, page: Page, start: int, end: int) -> None:
        """Appends a range of the page."""
        if end > start:
            self.parts.append((self._length, self._length + end - start, start))
            self.put(page.text[start:end])

    def put(self, text: str) -> None:
        """Appends characters that the page does not have there."""
        self._strings.append(text)
        self._length += len(text)

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
