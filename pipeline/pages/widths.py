"""Which blocks of a page are columns, how wide those are, and which lines fill them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.pages.columns import PROSE, cells
from pipeline.pages.cues import closed
from pipeline.pages.lines import WIDEST, Line, blocks

_HANGING = re.compile(r"[。,、;:!?”’」』)》】]$")
_WHOLE = re.compile(r"[\d.A-Za-z%]+|.?")
_NUMBER = re.compile(r"[\d.A-Za-z%]*")
SLACK = (3, 1)
"""Cells, and characters, by which even lines differ."""
NARROWEST = 22
"""Narrowest column that three even lines make; verses are narrower."""
EVEN = 3
"""Lines of one width that make a column."""
FILLED = 4
"""Cells by which a line of a column may be shorter or longer than it."""
NEARLY = 0.75
"""Share of its column's width that a line fills nearly."""
ODD = 0.08
"""Share of the lines of a long block that may be wider than its column."""
STANZA = 3
"""So many lines with a sign at their end make verses of a block of more."""
VERSE_END = re.compile(r"[,。;!?…:]”?$")


class Widths(NamedTuple):
    """Widths of a page's columns."""

    even: tuple[set[int], set[int]]
    """Of narrow columns with even lines, in cells and in characters."""
    unit: int
    """The unit in which columns were wrapped: 0 cells, 1 characters."""
    wrapped: list[int]
    """Of all columns in this unit."""


def widths_of(lines: list[Line]) -> Widths:
    """The widths of the columns of these lines."""
    return Widths(column_widths(lines), *wrapped_widths(lines))


def column_widths(lines: list[Line]) -> tuple[set[int], set[int]]:
    """Widths, in cells and in characters, of the page's narrow columns: blocks of three and more even lines."""
    found: tuple[set[int], set[int]] = set(), set()
    for block in _runs(lines):
        top = _top([line.width[0] for line in block], 3)
        verses = top < NARROWEST and pauses(block) * 2 >= len(block)
        if len(block) < 3 or top > WIDEST or verses or not _reads_on(block):
            continue
        for unit, slack in enumerate(SLACK):
            top = _top([line.width[unit] for line in block], slack)
            near = sum(top - slack <= line.width[unit] for line in block)
            if near >= 3 and near * 2 >= len(block):
                found[unit].add(top)
    for block in blocks(lines):
        for unit, slack in enumerate(SLACK):
            found[unit].update(_widest(even, unit) for even in _even_lines(block, unit, slack) if _is_torn(even))
    return found


def _is_torn(lines: list[Line]) -> bool:
    """Whether most lines end inside a sentence of prose."""
    ends = [closed(line.folded) for line in lines[:-1]]
    return sum(ends) * 3 <= len(ends) and _reads_on(lines)


def _widest(lines: list[Line], unit: int) -> int:
    return max(line.width[unit] for line in lines)


def _even_lines(block: list[Line], unit: int, slack: int) -> Iterator[list[Line]]:
    """Three and more lines of a column that stand together and are even, or two in a block with a shorter third."""
    if len(block) == EVEN and block[2].width[unit] < block[0].width[unit] - slack:
        block = block[:2] if block[0].width[0] >= NARROWEST else []
        widths = [line.width[unit] for line in block]
        if block and max(widths) - min(widths) <= slack and max(line.width[0] for line in block) <= WIDEST:
            yield block
        return
    even: list[Line] = []
    for line in block:
        widths = [one.width[unit] for one in (*even, line)]
        if max(widths) - min(widths) > slack or not NARROWEST <= line.width[0] <= WIDEST:
            if len(even) >= EVEN:
                yield even
            even = []
        if NARROWEST <= line.width[0] <= WIDEST:
            even.append(line)
    if len(even) >= EVEN:
        yield even


def _top(widths: list[int], slack: int) -> int:
    """Width of the widest lines of a block that are as wide as most; a few wider ones are headlines or furniture."""
    wide = sorted(widths, reverse=True)
    candidates = wide[: 1 + int(len(wide) * ODD)]
    return max(candidates, key=lambda top: (sum(top - slack <= width <= top for width in wide), top))


def wrapped_widths(lines: list[Line]) -> tuple[int, list[int]]:
    """The unit in which the page's columns were wrapped (0 cells, 1 characters), and the columns' widths in it.

    A line was full when what begins the next line did not fit any more; signs that may not begin a line hang out.
    """
    blocks = [block for block in _runs(lines) if len(block) >= 3 and _reads_on(block)]
    best: tuple[float, int, list[int]] = (2.0, 0, [])
    for unit in (0, 1):
        tops, wrong, total = set(), 0, 0
        for block in blocks:
            column = _top([_bare_width(line, unit) for line in block], 0)
            near = sum(_bare_width(line, unit) >= column - FILLED // (unit + 1) for line in block)
            if column <= WIDEST // (unit + 1) and near > 1:
                tops.add(column)
                torn = [pair for pair in pairwise(block) if not closed(pair[0].folded)]
                wrong += sum(not _is_full(a, b, column, unit) for a, b in torn)
                total += len(torn)
        best = min(best, (wrong / total if total else 1.0, unit, sorted(tops)))
    return best[1], best[2]


def _bare_width(line: Line, unit: int) -> int:
    """Width of a line without a sign at its end that may hang out of the column."""
    match = _HANGING.search(line.text)
    return line.width[unit] - ((cells(match.group()), 1)[unit] if match else 0)


def _is_full(line: Line, following: Line, column: int, unit: int) -> bool:
    """Whether what begins the following line had no room any more."""
    match = _WHOLE.match(following.text)
    first = match.group() if match else ""
    return line.width[unit] + (cells(first), len(first))[unit] > column


def _reads_on(block: list[Line]) -> bool:
    """Whether the block is prose whose line ends mostly fall inside sentences."""
    ends = [closed(line.folded) for line in block[:-1]]
    prose = sum(bool(PROSE.search(line.folded)) for line in block)
    return sum(ends) * 2 <= len(ends) and prose * 3 >= len(block)


def _runs(lines: list[Line]) -> list[list[Line]]:
    """Lines of a block that no line wider than a column stands between."""
    runs: list[list[Line]] = []
    for block in blocks(lines):
        for wide, run in groupby(block, key=lambda line: line.width[0] > WIDEST):
            if not wide:
                runs.append(list(run))
    return runs


def is_verse(block: list[Line]) -> bool:
    """Whether all lines of a block are too short for a column and most, but for a title and an author, end with a sign."""
    ends = pauses(block)
    short = all(line.width[0] < NARROWEST for line in block)
    return short and len(block) > STANZA and ends >= max(STANZA, 0.75 * (len(block) - 2))


def pauses(block: list[Line]) -> int:
    """How many lines end with a sign of punctuation, as most verses do and few lines of a column."""
    return sum(bool(VERSE_END.search(line.folded)) for line in block)


def fills(line: Line, following: Line, widths: Widths) -> bool:
    """Whether a line fills one of the even columns; a number that starts the next line was kept whole, signs may hang out."""
    match = _NUMBER.match(following.folded)
    number = len(match.group()) if match else 0
    return any(
        w - slack - number <= line.width[unit]
        and _bare_width(line, unit) <= w + 1
        and _bare_width(following, unit) <= w + 1
        for unit, slack in enumerate(SLACK)
        for w in widths.even[unit]
    )


def nearly_fills(line: Line, widths: Widths) -> bool:
    """Whether a line is nearly as wide as one of the even columns."""
    return any(NEARLY * w <= line.width[unit] <= w + 1 for unit in (0, 1) for w in widths.even[unit])


def was_wrapped(line: Line, following: Line, widths: Widths) -> bool:
    """Whether what begins the following line had no room any more in the column that a line is of."""
    unit = widths.unit
    column = next((c for c in widths.wrapped if c >= _bare_width(line, unit)), None)
    if column is None or following.width[unit] > column + FILLED // (unit + 1):
        return False
    return _is_full(line, following, column, unit)
