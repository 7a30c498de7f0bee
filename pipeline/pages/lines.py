"""A page as lines: what is printed together, how wide it is, and what stands at the head of every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Protocol, TypeVar

from pipeline.pages.columns import PROSE, cells, segments
from pipeline.pages.cues import closed, fold
from pipeline.records import Page

GAPS = frozenset(" \u3000\xa0")
"""One such sign at a column edge is the gap of a spaced name or between names, not an indent."""
CENTRED = 10
"""Blank half-width cells before a line that was set in the middle."""
WIDEST = 72
"""Widest newspaper column in half-width cells; longer lines were never wrapped."""
HEADER = (5, 60)
"""Least and most characters of a running header."""
STRAY = 0.02
"""Share of lines without an empty line between them on a page whose lines all have one."""
RARE = 0.05
"""Share of wider gaps from which on they part the blocks of such a page."""


@dataclass(slots=True)
class Line:
    """One printed line: `page.text[start:end]` without indent and trailing spaces, as printed and folded."""

    start: int
    end: int
    text: str
    folded: str
    block: int
    indent: bool
    width: tuple[int, int]
    """Width in half-width cells and in characters, the indent included; columns are even in one of the two."""
    size: float | None = None
    beside: bool = False
    """Whether it begins a column that was printed beside the one before it."""


class _Printed(Protocol):
    block: int


Printed = TypeVar("Printed", bound=_Printed)


def blocks(printed: Iterable[Printed]) -> list[list[Printed]]:
    """Lines or paragraphs by block."""
    return [list(block) for _, block in groupby(printed, key=attrgetter("block"))]


def split_lines(page: Page) -> list[Line]:
    """Lines that hold anything, with the number of their block (blocks stand between empty lines)."""
    lines: list[Line] = []
    block = 0
    raws = page.text.split("\n")
    blank, usual = 0, usual_gap(raws)
    tails = sum(raw.endswith(" ") for raw in raws) * 3 < len(raws)
    beside = False
    for begin, end, apart, next_column in segments(raws):
        raw = page.text[begin:end]
        text = raw.strip(" \t\r\f\v　\xa0")
        if apart:
            blank, beside = usual + 1, next_column
        if text:
            block += blank > usual and bool(lines)
            lead = raw[: raw.index(text)]
            start = begin + len(lead) - (lead in GAPS)
            stop = begin + len(lead) + len(text) + (tails and raw[len(lead) + len(text) :].rstrip("\r") in GAPS)
            pad = cells(lead) + 3 * lead.count("\t")
            width = (pad + cells(text), pad // 2 + len(text))
            indent = 3 <= pad < CENTRED or lead == "  "
            text = page.text[start:stop]
            lines.append(Line(start, stop, text, fold(text), block, indent, width, beside=beside))
            beside = False
        blank = 0 if text else blank + 1
    _set_sizes(lines, page)
    return lines


def usual_gap(raws: Sequence[str]) -> int:
    """How many empty lines stand between lines that are printed together: none, or one where a program wrote one after each.

    Empty lines everywhere say nothing; only gaps that are wider than the others part blocks.
    """
    filled = [i for i, raw in enumerate(raws) if raw.strip()]
    gaps = Counter(b - a - 1 for a, b in pairwise(filled))
    total = sum(gaps.values())
    if not total or gaps[0] > total * STRAY:
        return 0
    least = min(gap for gap in gaps if gap)
    wider = total - gaps[0] - gaps[least]
    ends = [closed(fold(raws[i].strip())) for i in filled]
    narrow = sorted(cells(raws[i]) for i in filled)[len(filled) // 2] <= WIDEST
    return least if wider > total * RARE or (narrow and sum(ends) * 3 <= len(ends)) else 0


def _set_sizes(lines: list[Line], page: Page) -> None:
    sized = sorted((b.start, b.end, b.size) for b in page.blocks if b.size is not None)
    at = 0
    for line in lines:
        while at < len(sized) and sized[at][1] <= line.start:
            at += 1
        if at < len(sized) and sized[at][0] < line.end:
            line.size = sized[at][2]


def squeeze(text: str) -> str:
    """Text without any spaces."""
    return "".join(text.split())


def running_headers(texts: Sequence[str]) -> set[str]:
    """Short lines without prose that are printed more than once, without their spaces."""
    seen = Counter(squeeze(text) for text in texts if HEADER[0] <= len(text) < HEADER[1])
    return {text for text, n in seen.items() if n > 1 and not closed(fold(text)) and not PROSE.search(fold(text))}
