"""A page as lines and paragraphs: what is printed together, and which line ends are only column edges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from pipeline.pages.bylines import is_byline, tail_byline
from pipeline.pages.columns import PROSE, cells, segments
from pipeline.pages.cues import closed, cue, fold, weights
from pipeline.pages.joins import joins
from pipeline.records import Page

Range = tuple[int, int]
_HANGING = re.compile(r"[。,、;:!?”’」』)》】]$")
_WHOLE = re.compile(r"[\d.A-Za-z%]+|.?")
_SIGNED = re.compile(r"[。!?”]\s*\([^()]*\)\s*$")
_LETTER = re.compile(r"[㐀-鿿“”]$")
_GAPS = frozenset(" \u3000\xa0")
"""One such sign at a column edge is the gap of a spaced name or between names, not an indent."""
CENTRED = 10
"""Blank half-width cells before a line that was set in the middle."""
NARROWEST = 22
"""Narrowest column that three even lines make; verses are narrower."""
DATE = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日$")
"""A date alone, as under a notice; matched on folded text without spaces."""
WIDEST = 72
"""Widest newspaper column in half-width cells; longer lines were never wrapped."""

HEADER = (5, 60)
"""Least and most characters of a running header."""
TORN = 1.0
"""From this score of the network on, a line that did not fill its column is torn all the same."""
DROPPED = 3
"""Ranges of a paragraph whose last lines stand beside its drop capital."""
EVEN = 3
"""Lines of one width that make a column."""
LAST = 12
"""A line as long that ends in a comma is no verse."""
FILLED = 4
"""Cells by which a line of a column may be shorter or longer than it."""
STANZA = 3
"""So many lines with a sign at their end make verses of a block of more."""
VERSE_END = re.compile(r"[,。;!?…:]”?$")
SUPPLIED = re.compile(r"\([^()]{4,}(?:供稿|提供|整理)\)")
SHORT = 0.5
"""Share of the widest column that the first of two lines of a heading fills at most."""
NEARLY = 0.75
"""Share of its column's width that a line fills nearly."""
ODD = 0.08
"""Share of the lines of a long block that may be wider than its column."""
STRAY = 0.02
"""Share of lines without an empty line between them on a page whose lines all have one."""
RARE = 0.05
"""Share of wider gaps from which on they part the blocks of such a page."""


@dataclass(slots=True)
class Line:
    """One printed line: `page.text[start:end]` without indent and trailing spaces."""

    start: int
    end: int
    text: str
    block: int
    indent: bool
    width: tuple[int, int]
    """Width in half-width cells and in characters, the indent included; columns are even in one of the two."""
    size: float | None = None
    beside: bool = False
    """Whether it begins a column that was printed beside the one before it."""


@dataclass(slots=True, eq=False)
class Paragraph:
    """Lines of one block that read on; `text` is folded."""

    ranges: list[Range]
    text: str
    block: int
    indent: bool
    wrapped: bool = False
    size: float | None = None
    role: str = ""
    jump_in: bool = False
    jump_out: bool = False
    whole: bool = False
    """A verse or an entry of a list, which nothing goes on."""
    beside: bool = False
    """Whether it begins a column that was printed beside the one before it."""
    marks: list[Range] = field(default_factory=list)
    """Jump marks and bullets taken out of it."""

    def cut(self, start: int, end: int) -> None:
        """Keeps characters `start` to `end` of the text; what is cut off goes to `marks`."""
        self.marks += self.source(0, start) + self.source(end, len(self.text))
        self.ranges, self.text = self.source(start, end), self.text[start:end]

    def source(self, start: int, end: int) -> list[Range]:
        """Page ranges of characters `start` to `end` of the text."""
        out, at = [], 0
        for a, b in self.ranges:
            low, high = max(start - at, 0), min(end - at, b - a)
            if low < high:
                out.append((a + low, a + high))
            at += b - a
        return out

    @property
    def start(self) -> int:
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        return self.ranges[-1][1]


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
            start = begin + len(lead) - (lead in _GAPS)
            stop = begin + len(lead) + len(text) + (tails and raw[len(lead) + len(text) :].rstrip("\r") in _GAPS)
            pad = cells(lead) + 3 * lead.count("\t")
            width = (pad + cells(text), pad // 2 + len(text))
            indent = 3 <= pad < CENTRED or lead == "  "
            lines.append(Line(start, stop, page.text[start:stop], block, indent, width, beside=beside))
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


def column_widths(lines: list[Line]) -> list[set[int]]:
    """Widths, in cells and in characters, of the page's narrow columns: blocks of three and more even lines."""
    found: list[set[int]] = [set(), set()]
    for block in _runs(lines):
        top = _top([line.width[0] for line in block], 3)
        verses = top < NARROWEST and _pauses(block) * 2 >= len(block)
        if len(block) < 3 or top > WIDEST or verses or not _reads_on(block):
            continue
        for unit, slack in enumerate((3, 1)):
            top = _top([line.width[unit] for line in block], slack)
            near = sum(top - slack <= line.width[unit] for line in block)
            if near >= 3 and near * 2 >= len(block):
                found[unit].add(top)
    for block in _blocks(lines):
        for unit, slack in enumerate((3, 1)):
            found[unit] |= {_widest(even, unit) for even in _even_lines(block, unit, slack) if _is_torn(even)}
    return found


def _is_torn(lines: list[Line]) -> bool:
    """Whether most lines end inside a sentence of prose."""
    ends = [closed(fold(line.text)) for line in lines[:-1]]
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
                torn = [pair for pair in pairwise(block) if not closed(fold(pair[0].text))]
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
    ends = [closed(fold(line.text)) for line in block[:-1]]
    prose = sum(bool(PROSE.search(fold(line.text))) for line in block)
    return sum(ends) * 2 <= len(ends) and prose * 3 >= len(block)


def _blocks(lines: list[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or blocks[-1][-1].block != line.block:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _runs(lines: list[Line]) -> list[list[Line]]:
    """Lines of a block that no line wider than a column stands between."""
    runs: list[list[Line]] = []
    for block in _blocks(lines):
        for wide, run in groupby(block, key=lambda line: line.width[0] > WIDEST):
            if not wide:
                runs.append(list(run))
    return runs


def paragraphs(page: Page) -> list[Paragraph]:
    """The page's paragraphs: lines of wrapped columns joined, all other lines alone."""
    lines = split_lines(page)
    widths = column_widths(lines)
    wrapping = wrapped_widths(lines)
    indented = sum(line.indent for line in lines) >= 3
    headers = running_headers([line.text for line in lines])
    out: list[Paragraph] = []
    for block in _blocks(lines):
        upright = _upright(block)
        prose = bool(PROSE.search(fold("".join(line.text for line in block)))) and not _is_verse(block)
        previous, last = block[0], None
        for line, following in zip(block, [*block[1:], None], strict=True):
            if squeeze(line.text) in headers:
                out.append(_paragraph(line))
                continue
            below = line.start in upright and previous.start in upright
            inside = last is not None and _bracketed(last.text, fold(line.text))
            reads_on = last is not None and not (following and _is_heading(last, line, following))
            if last is not None and (
                below
                or inside
                or (reads_on and prose and _continues(last, previous, line, widths, wrapping, indented=indented))
            ):
                last.ranges.append((line.start, line.end))
                last.text += fold(line.text)
                last.wrapped = not below
            else:
                last = _paragraph(line)
                out.append(last)
            previous = line
    return _with_capitals(out)


def _is_verse(block: list[Line]) -> bool:
    """Whether all lines of a block are too short for a column and most, but for a title and an author, end with a sign."""
    ends = _pauses(block)
    short = all(line.width[0] < NARROWEST for line in block)
    return short and len(block) > STANZA and ends >= max(STANZA, 0.75 * (len(block) - 2))


def _pauses(block: list[Line]) -> int:
    """How many lines end with a sign of punctuation, as most verses do and few lines of a column."""
    return sum(bool(VERSE_END.search(fold(line.text))) for line in block)


def _with_capitals(found: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs with the drop capitals that stand in a block above them."""
    out: list[Paragraph] = []
    for paragraph in found:
        lone = len(out) < 2 or out[-1].block != out[-2].block
        if out and lone and out[-1].block != paragraph.block and _is_drop_capital(out[-1], paragraph.text):
            capital = out.pop()
            paragraph.ranges, paragraph.text = capital.ranges + paragraph.ranges, capital.text.strip() + paragraph.text
        out.append(paragraph)
    return out


def squeeze(text: str) -> str:
    """Text without any spaces."""
    return "".join(text.split())


def running_headers(texts: Sequence[str]) -> set[str]:
    """Short lines without prose that are printed more than once, without their spaces."""
    seen = Counter(squeeze(text) for text in texts if HEADER[0] <= len(text) < HEADER[1])
    return {text for text, n in seen.items() if n > 1 and not closed(fold(text)) and not PROSE.search(fold(text))}


def _is_heading(above: Paragraph, line: Line, following: Line) -> bool:
    """Whether a line stands between two paragraphs: no prose itself, and the next line begins anew or is such a line too."""
    if line.indent or not _is_bare(line):
        return False
    after = fold(following.text)
    if following.indent or cue("lead").search(after) or DATE.match(squeeze(after)):
        return True
    return closed(above.text) and _is_bare(following) and line.width[0] < SHORT * WIDEST


def _is_bare(line: Line) -> bool:
    """Whether a line has no sign of prose, and announces nothing."""
    text = fold(line.text)
    return not closed(text) and not PROSE.search(text) and text[-1] != ":"


def _upright(block: list[Line]) -> set[int]:
    """Starts of the lines of a vertical heading: three and more lines of one character each."""
    out: set[int] = set()
    run: list[int] = []
    for line in [*block, None]:
        if line is not None and _LETTER.match(line.text.strip()):
            run.append(line.start)
        else:
            out |= set(run) if len(run) >= 3 else set()
            run = []
    return out


def _paragraph(line: Line) -> Paragraph:
    lead = int(line.text[0] in _GAPS)
    return Paragraph(
        [(line.start + lead, line.end)],
        fold(line.text[lead:]),
        line.block,
        line.indent,
        size=line.size,
        beside=line.beside,
    )


def _continues(
    paragraph: Paragraph,
    previous: Line,
    line: Line,
    widths: list[set[int]],
    wrapping: tuple[int, list[int]],
    *,
    indented: bool,
) -> bool:
    """Whether `line` is the next printed line of the paragraph that `previous` ends for now."""
    text = fold(line.text)
    if line.indent or any(cue(name).search(text) for name in ("lead", "bullet", "numbered")):
        return False
    if not (paragraph.indent or paragraph.wrapped or PROSE.search(paragraph.text + text)):
        return False
    if closed(paragraph.text) and _stands_alone(text):
        return False
    if _is_drop_capital(paragraph, text) or _is_beside_one(paragraph):
        return True
    if cue("loss").search(paragraph.text) or _is_signed(paragraph.text):
        return False
    if paragraph.text[-1] in ",、" and (len(paragraph.text) >= LAST or _nearly_fills(previous, widths)):
        return True
    if closed(paragraph.text) and not indented:
        unit, columns = wrapping
        column = next((c for c in columns if c >= _bare_width(previous, unit)), None)
        full = (
            column is not None
            and line.width[unit] <= column + FILLED // (unit + 1)
            and _is_full(previous, line, column, unit)
        )
        return full and not begins_paragraph(paragraph.text, text)
    if indented and paragraph.text[-1] == ")" and PROSE.search(text):
        return True
    if indented and (paragraph.wrapped or paragraph.indent) and not closed(paragraph.text) and not PROSE.match(text):
        net = joins()
        if net.score(net.left(paragraph.text), net.right(text)) > TORN:
            return True
    whole = re.match(r"[\d.A-Za-z%]*", text)
    return any(
        _fills(previous.width[unit], widths[unit], slack, len(whole.group()) if whole else 0, line.width[unit])
        for unit, slack in enumerate((3, 1))
    )


def _is_drop_capital(paragraph: Paragraph, text: str) -> bool:
    """Whether a paragraph is one large letter that the words `text` go on."""
    return bool(PROSE.search(text) and re.fullmatch("[㐀-鿿]", paragraph.text.strip()))


def _is_beside_one(paragraph: Paragraph) -> bool:
    """Whether the next line is short for the drop capital of its paragraph."""
    start, end = paragraph.ranges[0]
    return end - start == 1 and 1 < len(paragraph.ranges) <= DROPPED and not closed(paragraph.text)


def _stands_alone(text: str) -> bool:
    """Whether a folded line is a date, the name of a body, or a byline, as at the end of a notice or an article."""
    bare = squeeze(text)
    return bool(
        DATE.match(bare)
        or is_byline(text)
        or SUPPLIED.fullmatch(text)
        or (not PROSE.search(text) and cue("body_name").search(bare))
    )


def _is_signed(text: str) -> bool:
    """Whether a paragraph ends with a sentence and its author's name in brackets."""
    return bool(_SIGNED.search(text)) and tail_byline(text) is not None


def _nearly_fills(line: Line, widths: list[set[int]]) -> bool:
    """Whether a line is nearly as wide as one of the columns."""
    return any(NEARLY * w <= line.width[unit] <= w + 1 for unit in (0, 1) for w in widths[unit])


def _bracketed(before: str, text: str) -> bool:
    """Whether a bracket opens in a short paragraph and closes in the line below it."""
    return (
        len(before) <= WIDEST and before.rfind("(") > before.rfind(")") and 0 <= text.find(")") < (text.find("(") % 999)
    )


def begins_paragraph(before: str, text: str) -> bool:
    """Whether a sentence that starts a line without indent starts a paragraph too, after the paragraph `before`."""
    w = weights()
    score = w["paragraph"] + w["paragraph_length"] * (len(before) - 90) / 60
    score += w["paragraph_cue"] * bool(cue("paragraph").search(text))
    return score - w["paragraph_running"] * bool(cue("running").search(text)) > 0


def _fills(width: int, columns: set[int], slack: int, number: int, following: int) -> bool:
    """Whether a line fills one of the columns; a number that starts the next line was kept whole."""
    return any(w - slack - number <= width <= w + 1 and following <= w + 1 for w in columns)
