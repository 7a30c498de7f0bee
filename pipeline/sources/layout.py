"""Reading order from positions: bands of type, columns between gutters, lines, and text with the way back to each box.

A recursive cut of the page. Its bands (what stands between empty horizontal strips) are shared out among groups such
that groups have as much type beside common gutters as can be: a headline over several columns leaves the group below
it, the last lines of a column stay. Each group is cut at its gutters, each column is read in the same way. The cut
follows G. Nagy and S. Seth, Hierarchical representation of optically scanned documents (1984); the choice of groups by
dynamic programming is our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from pipeline.records import Block, Page, Piece

Box = tuple[float, float, float, float]
Gap = tuple[float, float, float]
"""Empty from x0 to x1, and the height of the type that stands on both its sides."""

CORE = 0.35
"""Half the height, in type sizes, that a line is sure to fill; the rest may overlap the lines around it."""
GUTTER = 0.8
"""Width of the narrowest gutter in type sizes."""
BESIDE = 2.0
"""Type sizes of type that must stand on both sides of a gutter: three lines."""
GROUP = 1.5
"""What one more group must gain."""
WINDOW = 160
"""Bands of the largest group."""
DEEPEST = 12


@dataclass(slots=True)
class Glyph:
    """Characters in a box (x0, y0, x1, y1 from the top left), their type size, and where they stand in the source."""

    text: str
    at: int
    box: Box
    size: float

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


@dataclass(slots=True)
class Band:
    """Glyphs without an empty strip between them, and the gaps beside and between them."""

    glyphs: list[Glyph]
    height: float
    gaps: list[Gap]


@dataclass(slots=True)
class Leaf:
    """Lines of one column; `follows` when it is the next column of the one before it."""

    lines: list[Line]
    follows: bool


@dataclass(slots=True)
class Line:
    """One printed line."""

    glyphs: list[Glyph]
    size: float = field(init=False)

    def __post_init__(self) -> None:
        self.size = median(glyph.size for glyph in self.glyphs)

    @property
    def left(self) -> float:
        return self.glyphs[0].box[0]

    @property
    def middle(self) -> float:
        return median(glyph.middle for glyph in self.glyphs)


def page_of(name: str, glyphs: list[Glyph], index: int = 0) -> Page:
    """The page of text that glyphs make, in reading order; an empty line stands between blocks.

    Spaces that only positions tell, and the two spaces of an indent, are in the text but in no piece. Each block has its
    type size, each piece the box of its characters on page `index`.
    """
    writer = _Writer(Page(name, "", []), index)
    for leaf in _leaves(glyphs, False, 0):
        writer.add(leaf)
    return writer.page()


def _leaves(glyphs: list[Glyph], follows: bool, depth: int) -> Iterator[Leaf]:
    em = median(glyph.size for glyph in glyphs)
    for group in _groups(_bands(glyphs, em), em):
        inside = [glyph for band in group for glyph in band.glyphs]
        columns = _columns(inside, _gutters(_common(group, em), em)) if depth < DEEPEST else [inside]
        for number, column in enumerate(columns):
            joined = number > 0 or follows
            if len(columns) > 1:
                yield from _leaves(column, joined, depth + 1)
            else:
                yield Leaf(_lines(column), joined)
        follows = False


def _bands(glyphs: list[Glyph], em: float) -> list[Band]:
    bands: list[list[Glyph]] = []
    top = bottom = float("-inf")
    heights: list[float] = []
    for glyph in sorted(glyphs, key=lambda g: g.middle - CORE * g.size):
        if glyph.middle - CORE * glyph.size > bottom:
            bands.append([])
            heights.append(0.0)
            top = glyph.middle - CORE * glyph.size
        bands[-1].append(glyph)
        bottom = max(bottom, glyph.middle + CORE * glyph.size)
        heights[-1] = bottom - top
    return [Band(band, height, _gaps(band, height, em)) for band, height in zip(bands, heights, strict=True)]


def _gaps(glyphs: list[Glyph], height: float, em: float) -> list[Gap]:
    """The gaps of a band as wide as a gutter, with the two outer ones."""
    gaps: list[Gap] = []
    end = float("-inf")
    for x0, _, x1, _ in sorted(glyph.box for glyph in glyphs):
        if x0 - end >= GUTTER * em:
            gaps.append((end, x0, height if gaps else 0.0))
        end = max(end, x1)
    return [*gaps, (end, float("inf"), 0.0)]


def _meet(one: list[Gap], other: list[Gap], em: float) -> list[Gap]:
    """Gaps that two bands, or a group and a band, have in common."""
    out: list[Gap] = []
    i = j = 0
    while i < len(one) and j < len(other):
        x0, x1 = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if x1 - x0 >= GUTTER * em:
            out.append((x0, x1, one[i][2] + other[j][2]))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return out


def _common(group: list[Band], em: float) -> list[Gap]:
    gaps = group[0].gaps
    for band in group[1:]:
        gaps = _meet(gaps, band.gaps, em)
    return gaps


def _gutters(gaps: list[Gap], em: float) -> list[Gap]:
    return [gap for gap in gaps if gap[2] >= BESIDE * em]


def _groups(bands: list[Band], em: float) -> list[list[Band]]:
    """Neighbouring bands together such that most type stands beside common gutters, in few groups."""
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("-inf"), 0)] * len(bands)
    for start in range(len(bands)):
        gaps = bands[start].gaps
        for end in range(start + 1, min(start + WINDOW, len(bands)) + 1):
            if end > start + 1:
                gaps = _meet(gaps, bands[end - 1].gaps, em)
            value = best[start][0] + sum(gap[2] for gap in _gutters(gaps, em)) - GROUP * em
            if value > best[end][0]:
                best[end] = (value, start)
    groups, end = [], len(bands)
    while end:
        start = best[end][1]
        groups.append(bands[start:end])
        end = start
    return groups[::-1]


def _columns(glyphs: list[Glyph], gutters: list[Gap]) -> list[list[Glyph]]:
    columns: list[list[Glyph]] = [[] for _ in range(len(gutters) + 1)]
    for glyph in glyphs:
        columns[sum(glyph.box[0] >= gutter[1] for gutter in gutters)].append(glyph)
    return [column for column in columns if column]


def _lines(glyphs: list[Glyph]) -> list[Line]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.middle):
        if not rows or glyph.middle - rows[-1][0].middle > 0.5 * min(glyph.size, rows[-1][0].size):
            rows.append([])
        rows[-1].append(glyph)
    return [Line(_once(sorted(row, key=lambda g: g.box[0]))) for row in rows]


def _once(row: list[Glyph]) -> list[Glyph]:
    """A row without the second strokes of type that was made bold by setting it twice."""
    out: list[Glyph] = []
    for glyph in row:
        twice = any(g.text == glyph.text and glyph.box[0] - g.box[0] < 0.3 * glyph.size for g in out[-2:])
        if not twice:
            out.append(glyph)
    return out


class _Writer:
    """Lines written out as the text of a page."""

    def __init__(self, page: Page, index: int) -> None:
        self.made, self.index = page, index
        self.parts: list[str] = []
        self.length = 0
        self.last: Line | None = None
        self.begin = 0

    def add(self, leaf: Leaf) -> None:
        steps = [b.middle - a.middle for a, b in zip(leaf.lines, leaf.lines[1:], strict=False) if _alike(a, b)]
        pitch = median(steps) if steps else 0.0
        for number, line in enumerate(leaf.lines):
            if self.last is not None:
                apart = not leaf.follows if number == 0 else pitch > 0 and line.middle - self.last.middle > 1.5 * pitch
                if apart or not _alike(line, self.last):
                    self._close()
                self._put("\n")
            left = min(other.left for other in leaf.lines if _alike(other, line))
            self._line(line, left)

    def page(self) -> Page:
        self._close()
        self.made.text = "".join(self.parts)
        return self.made

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _close(self) -> None:
        """Ends a block: type of one size without a gap."""
        if self.last is not None:
            self.made.blocks.append(Block(self.begin, self.length, size=round(self.last.size, 1)))
            self._put("\n")
        self.begin = self.length + 1

    def _line(self, line: Line, left: float) -> None:
        if self.last is None:
            self.begin = self.length
        if 1.4 <= (line.left - left) / line.size <= 3 and not line.glyphs[0].text.isspace():
            self._put("　　")
        usual = _usual_gap(line)
        previous: Glyph | None = None
        for glyph in line.glyphs:
            if previous is not None:
                self._put(_space(previous, glyph, usual))
            x0, y0, x1, y1 = (round(edge, 2) for edge in glyph.box)
            end = self.length + len(glyph.text)
            self.made.pieces.append(Piece(self.length, end, glyph.at, (self.index, x0, y0, x1, y1)))
            self._put(glyph.text)
            previous = glyph
        self.last = line


def _alike(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) < 0.12 * max(one.size, other.size)


def _usual_gap(line: Line) -> float:
    gaps = [b.box[0] - a.box[2] for a, b in zip(line.glyphs, line.glyphs[1:], strict=False)]
    return max(median(gaps), 0.0) if len(gaps) >= 4 else 0.0


def _space(left: Glyph, right: Glyph, usual: float) -> str:
    """The space that the distance between two glyphs stands for."""
    if left.text[-1].isspace() or right.text[0].isspace():
        return ""
    gap = (right.box[0] - left.box[2] - usual) / right.size
    if (left.text[-1] + right.text[0]).isascii():
        return " " if gap > 0.2 else ""
    return "　" if gap > 0.6 else ""
