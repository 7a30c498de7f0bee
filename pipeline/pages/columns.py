"""Columns that a text dump left side by side on its lines, as `pdftotext -layout` and tab-separated copies do.

A gutter is a strip that stays blank on neighbouring lines. It parts columns when what stands on either side of it is prose that
reads on down the page rather than across the gutter; rows of tables read across.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from pipeline.pages.cues import fold
from pipeline.pages.joins import joins

GAP = re.compile(r"\S(?:\t[^\S\n]*|[^\S\n]{2,})\S")
"""White space inside a line that can be part of a gutter."""
BLANK = re.compile(r"\s+")
PROSE = re.compile(r"[。,;]")
"""What folded prose has and headings, tables and lists of names lack."""
LEAST_LINES = 3
"""Lines with text on both sides that a gutter takes."""
NARROWEST = 2
"""Narrowest gutter."""
MOST = 10
"""No page has so many columns."""
SHORTEST, SLACK = 7, 2
"""Characters of the longest line of the narrowest column, and so many fewer those of a full line."""
LONGEST = 400
"""Longer lines are no lines of columns."""
STOP = 1000
"""A tab leads to the next multiple of this place."""

ALONE = 12
"""After so many lines with text on one side alone a gutter has ended."""
TRIES = 4
"""So often columns are looked for below the first empty line of lines that are none; a masthead has gutters of its own."""

Strip = tuple[int, int]
"""A stretch of a line: of places on paper, or of its characters."""


class Segment(NamedTuple):
    """Part of a line, as characters of the text."""

    start: int
    end: int
    apart: bool = False
    """Whether it stands in another column than the segment before it."""
    beside: bool = False
    """Whether it begins a column beside the one before it."""


class _Ruled(NamedTuple):
    """A line with the place on paper of each of its characters, and one place more for its end."""

    text: str
    places: list[int]

    @property
    def blanks(self) -> list[Strip]:
        """The blank strips of the line; the first begins at its edge, the last has no end."""
        found = [(self.places[m.start()], self.places[m.end()]) for m in BLANK.finditer(self.text.rstrip())]
        return [*found, (self.places[len(self.text.rstrip())], STOP * LONGEST)]

    def at(self, place: int) -> int:
        """The first character at a place or behind it."""
        return min(bisect_left(self.places, place), len(self.text))


def cells(text: str) -> int:
    """Width of text in half-width cells; signs of either width count as wide, as Chinese type sets them.

    × stands for a digit that was made unreadable, and is as wide.
    """
    return sum(map(_cells, text))


@lru_cache(maxsize=8192)
def _cells(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" and character != "×" else 1


def segments(raws: Sequence[str]) -> Iterator[Segment]:
    """The lines of a text in the order in which they are read: whole, or column by column without white space at the gutters."""
    starts = [0, *accumulate(len(raw) + 1 for raw in raws)]
    line, behind = 0, False
    failed, tries = 0, 0
    while line < len(raws):
        columns = _columns(raws, line)
        if len(columns) == 1 and len(columns[0]) > 1:
            tries = tries + 1 if line < failed else 1
            failed = max(failed, line + len(columns[0]))
            # each try may look as far as the end of the page, so few are made
            columns = [columns[0][: _up_to_gap(raws, line)]] if tries <= TRIES else columns
        for number, column in enumerate(columns):
            for k, (low, high) in enumerate(column):
                apart = k == 0 and (behind or len(columns) > 1)
                yield Segment(starts[line + k] + low, starts[line + k] + high, apart, k == 0 and number > 0)
        behind = len(columns) > 1
        line += len(columns[0])


def _up_to_gap(raws: Sequence[str], first: int) -> int:
    """How many lines there are from one up to the next empty line."""
    return next((k for k in range(1, len(raws) - first) if not raws[first + k].strip()), len(raws) - first)


def _columns(raws: Sequence[str], first: int) -> list[list[Strip]]:
    """The columns that begin with a line, each with a part of every line; where none do, lines as one column."""
    if not _can_be_ruled(raws[first]) or not 0 < len(GAP.findall(raws[first])) < MOST:
        return [[(0, len(raws[first]))]]
    ruled = [_gutters(raws, first, wide) for wide in (False, True)]
    cut = [
        (columns, lines) for lines, gutters in ruled if gutters and _is_prose(columns := _cut(lines, gutters), lines)
    ]
    if cut:
        return min(cut, key=lambda pair: (-len(pair[0]), _edges(*pair)))[0]
    length = max(len(lines) if gutters else 1 for lines, gutters in ruled)
    return [[(0, len(raw)) for raw in raws[first : first + length]]]


def _edges(columns: Sequence[Sequence[Strip]], lines: Sequence[_Ruled]) -> int:
    """At how many places the lines of the columns begin: few where they are ruled as their program aligned them."""
    begun = set()
    for number, column in enumerate(columns):
        for line, (a, b) in zip(lines, column, strict=True):
            text = line.text[a:b]
            begun |= {(number, line.places[b - len(text.lstrip())])} if text.strip() else set()
    return len(begun)


def _can_be_ruled(raw: str) -> bool:
    return len(raw) <= LONGEST


def _gutters(raws: Sequence[str], first: int, wide: bool) -> tuple[list[_Ruled], list[Strip]]:
    """The gutters that begin with a line, and the lines that they part."""
    lines = [_ruled(raws[first], wide)]
    gutters = [strip for strip in lines[0].blanks[:-1] if strip[0] > 0 and strip[1] - strip[0] >= NARROWEST]
    both, last = 1, 1
    for number in range(first + 1, len(raws)):
        above, raw = raws[number - 1], raws[number]
        if not _can_be_ruled(raw) or len(lines) - last > ALONE:
            break
        line = _ruled(raw, wide)
        fitting = _common(gutters, line.blanks) if raw.strip() else gutters
        if len(fitting) < len(gutters) and (both >= LEAST_LINES or not fitting):
            break
        beside = any(raw[: line.at(high)].strip() and raw[line.at(low) :].strip() for low, high in fitting)
        if raw.strip() and not above.strip() and not beside and not PROSE.search(fold(raw)):
            break  # a heading over what follows
        lines.append(line)
        gutters = fitting
        if beside:
            both, last = both + 1, len(lines)
    while last < len(lines) and lines[last].text.strip():
        last += 1
    return lines[:last], gutters if both >= LEAST_LINES else []


def _ruled(raw: str, wide: bool) -> _Ruled:
    """A line with places in half-width cells, or in characters, as some programs align them."""
    places = [0]
    for character in raw:
        if character == "\t":
            places.append((places[-1] // STOP + 1) * STOP)
        else:
            places.append(places[-1] + (cells(character) if wide else 1))
    return _Ruled(raw, places)


def _common(gutters: Sequence[Strip], blanks: Sequence[Strip]) -> list[Strip]:
    """What of the gutters is blank on another line too."""
    shared = ((max(a, c), min(b, d)) for a, b in gutters for c, d in blanks if c < b and a < d)
    return [(low, high) for low, high in shared if high - low >= NARROWEST]


def _cut(lines: Sequence[_Ruled], gutters: Sequence[Strip]) -> list[list[Strip]]:
    """For each column the part of every line, without what stands before the column's edge."""
    columns = []
    for (_, low), (high, _) in pairwise([(0, 0), *gutters, (STOP * LONGEST, 0)]):
        parts = [(line.at(low), max(line.at(low), line.at(high))) for line in lines]
        texts = [line.text[a:b].rstrip() for line, (a, b) in zip(lines, parts, strict=True)]
        edges = _edges_of(texts, [bool(line.text.strip()) for line in lines])
        columns.append(
            [(a + min(edge, len(t)), a + len(t)) for (a, _), t, edge in zip(parts, texts, edges, strict=True)]
        )
    return columns


def _edges_of(texts: Sequence[str], printed: Sequence[bool]) -> list[int]:
    """How many blanks stand before a column's edge on each line: `printed` tells the lines with text in any column.

    What is set above an empty line and what is set below it may have edges of their own.
    """
    whole = _inset(texts)
    edges: list[int] = []
    for filled, group in groupby(zip(texts, printed, strict=True), key=itemgetter(1)):
        part = [text for text, _ in group]
        own = filled and sum(map(bool, part)) >= LEAST_LINES
        edges += [_inset(part) if own else whole] * len(part)
    return edges


def _inset(texts: Sequence[str]) -> int:
    """How many blanks stand before the text that stands farthest to the left."""
    return min((len(text) - len(text.lstrip()) for text in texts if text), default=0)


def _is_prose(columns: Sequence[Sequence[Strip]], lines: Sequence[_Ruled]) -> bool:
    """Whether all columns hold prose, and it reads on down rather than across."""
    texts = [[fold(line.text[a:b]).strip() for line, (a, b) in zip(lines, column, strict=True)] for column in columns]
    if not all(map(_is_set, texts)):
        return False
    down = [pair for column in texts for pair in pairwise(filter(None, column))]
    across = [pair for row in zip(*texts, strict=True) for pair in pairwise(row) if all(pair)]
    return _reads_on(down) > _reads_on(across)


def _is_set(column: Sequence[str]) -> bool:
    """Whether lines are those of a column of prose: a third of them full, a third with punctuation."""
    filled = [text for text in column if text]
    width = max(map(len, filled), default=0)
    # digits and Latin letters take half the room of others, unless the program that set the page gave all the same
    full = max(_full([len(text) for text in filled], SLACK), _full([cells(text) for text in filled], 2 * SLACK))
    marked = sum(bool(PROSE.search(text)) for text in filled)
    return width >= SHORTEST and len(filled) >= LEAST_LINES and 3 * min(full, marked) >= len(filled)


def _full(widths: Sequence[int], slack: int) -> int:
    """How many lines are as wide as the widest, but for the slack."""
    widest = max(widths, default=0)
    return sum(width >= widest - slack for width in widths)


def _reads_on(pairs: Sequence[tuple[str, str]]) -> float:
    net = joins()
    return sum(net.score(net.left(a), net.right(b)) for a, b in pairs) / max(len(pairs), 1)
