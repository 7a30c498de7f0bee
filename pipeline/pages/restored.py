"""Restored text that remembers the characters of the page it is made of."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from pipeline.records import Page, Span

_EDGE = " \t\r\u3000\xa0"


@dataclass(slots=True)
class Restored:
    """A text built of ranges of the page and of characters put between them."""

    text: str = ""
    parts: list[tuple[int, int, int]] = field(default_factory=list)
    """(start, end, page start) of each range."""

    def add(self, page: Page, start: int, end: int) -> None:
        """Appends a range of the page."""
        if end > start:
            self.parts.append((len(self.text), len(self.text) + end - start, start))
            self.text += page.text[start:end]

    def put(self, text: str) -> None:
        """Appends characters that the page does not have there."""
        self.text += text

    def spans(self, page: Page) -> list[Span]:
        """The same ranges as characters of the decoded source, neighbours merged."""
        out: list[Span] = []
        starts = [piece.start for piece in page.pieces]
        for start, end, at in self.parts:
            for a, b, source in _source(page, starts, at, at + end - start):
                low = start + a - at
                if out and out[-1][1] == low and out[-1][2] + out[-1][1] - out[-1][0] == source:
                    out[-1] = (out[-1][0], low + b - a, out[-1][2])
                else:
                    out.append((low, low + b - a, source))
        return out


def _source(page: Page, starts: list[int], start: int, end: int) -> list[tuple[int, int, int]]:
    """Pieces of a page range with their places in the source."""
    out = []
    i = max(0, bisect_right(starts, start) - 1)
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
