"""Windows over a long text: each ends at a sentence end where it can, and repeats some text before it as context."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from pipeline.language.sentences import sentence_ends


class Window(NamedTuple):
    """The encoder reads text[start:end] and what it says of text[keep:end] is kept."""

    start: int
    keep: int
    end: int


def windows(text: str, limit: int, context: int) -> list[Window]:
    """Cover `text` with windows of at most `limit` characters, of which up to `context` are context on the left.

    A sentence longer than a window is cut at its last comma, or anywhere when it has none.
    """
    found: list[Window] = []
    keep = 0
    ends = sentence_ends(text)
    at = 0
    while keep < len(text):
        start = _context_start(ends, keep, context)
        while at < len(ends) and ends[at] <= keep:
            at += 1
        last = at
        while last + 1 < len(ends) and ends[last + 1] - start <= limit:
            last += 1
        end = ends[last]
        if end - start > limit:
            start = max(keep - context, 0)
            end = _cut(text, keep, start + limit)
        found.append(Window(start, keep, end))
        keep = end
    return found


def _context_start(ends: list[int], keep: int, context: int) -> int:
    """The earliest sentence start at most `context` characters before `keep`."""
    at = bisect_left(ends, keep - context)
    return min(ends[at], keep) if at < len(ends) and keep > context else 0 if keep <= context else keep


def _cut(text: str, keep: int, end: int) -> int:
    for mark in "；;，,、":
        if (at := text.rfind(mark, keep + (end - keep) // 2, end)) >= 0:
            return at + 1
    return min(end, len(text))
