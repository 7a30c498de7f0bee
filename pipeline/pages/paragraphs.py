"""A page as paragraphs: which line ends are only column edges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.pages.bylines import is_byline, is_roster, tail_byline
from pipeline.pages.columns import PROSE
from pipeline.pages.cues import closed, cue
from pipeline.pages.features import weights
from pipeline.pages.joins import joins
from pipeline.pages.lines import GAPS, WIDEST, Line, blocks, running_headers, split_lines, squeeze
from pipeline.pages.widths import Widths, fills, is_verse, nearly_fills, was_wrapped, widths_of
from pipeline.records import Page

Range = tuple[int, int]
_SIGNED = re.compile(r"[。!?”]\s*[(【][^()【】]*[)】]\s*$")
_LETTER = re.compile(r"[㐀-鿿“”]$")
_DATE = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日$")
_BEGUN = re.compile(r"[“‘]|\d{1,2}月\d{1,2}日,")
_ITEM = re.compile(r"[一二三四五六七八九十]{1,2}、(?![一二三四五六七八九十第])")
"""The number of an item, which is no enumeration of numbers (一、二、三产业)."""
TORN = 1.0
"""From this score of the network on, a line that did not fill its column is torn all the same."""
DROPPED = 3
"""Ranges of a paragraph whose last lines stand beside its drop capital."""
BESIDE = 8
"""Characters of a line that is one of a column beside a drop capital, even without punctuation."""
UPRIGHT = 3
"""Least lines of a vertical heading."""
LONG = 20
"""Characters of a line that is too long for a verse or an entry of a list."""
LAST = 12
"""A line as long that ends in a comma is no verse."""
SHORT = 0.5
"""Share of the widest column that the first of two lines of a heading fills at most."""


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

    def put_before(self, text: str, ranges: list[Range]) -> None:
        """Takes in what is printed before it."""
        self.ranges = [*ranges, *self.ranges]
        self.text = text + self.text

    def put_after(self, text: str, ranges: list[Range]) -> None:
        """Takes in what is printed after it."""
        self.ranges += ranges
        self.text += text

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


def paragraphs(page: Page) -> list[Paragraph]:
    """The page's paragraphs: lines of wrapped columns joined, all other lines alone."""
    lines = split_lines(page)
    widths = widths_of(lines)
    indented = sum(line.indent for line in lines) >= 3
    headers = running_headers([line.text for line in lines])
    joined = (p for block in blocks(lines) for p in _joined(block, widths, headers, indented=indented))
    return _with_capitals(joined)


def _joined(block: list[Line], widths: Widths, headers: set[str], *, indented: bool) -> list[Paragraph]:
    """The paragraphs of a block; running headers stand apart."""
    out: list[Paragraph] = []
    upright = _upright(block)
    prose = bool(PROSE.search("".join(line.folded for line in block))) and not is_verse(block)
    previous, last = block[0], None
    for line, following in zip(block, [*block[1:], None], strict=True):
        if squeeze(line.text) in headers:
            out.append(_paragraph(line))
            continue
        below = line.start in upright and previous.start in upright
        if last is not None and (
            below
            or _bracketed(last.text, line.folded)
            or (
                prose
                and not (following and _is_heading(last, line, following, widths))
                and not _is_headed(out, line)
                and _continues(last, previous, line, widths, indented=indented)
            )
        ):
            last.put_after(line.folded, [(line.start, line.end)])
            last.wrapped = not below
        else:
            last = _paragraph(line)
            out.append(last)
        previous = line
    return out


def _with_capitals(found: Iterable[Paragraph]) -> list[Paragraph]:
    """Paragraphs with the drop capitals that stand in a block above them."""
    out: list[Paragraph] = []
    for paragraph in found:
        lone = len(out) < 2 or out[-1].block != out[-2].block
        if out and lone and out[-1].block != paragraph.block and _is_drop_capital(out[-1], paragraph.text):
            capital = out.pop()
            paragraph.put_before(capital.text.strip(), capital.ranges)
        out.append(paragraph)
    return out


def _is_heading(above: Paragraph, line: Line, following: Line, widths: Widths) -> bool:
    """Whether a line stands between two paragraphs: no prose itself, and the next line begins anew or is such a line too."""
    if line.indent or not _is_bare(line):
        return False
    after = following.folded
    if following.indent or cue("lead").search(after) or is_date(after):
        return True
    if not fills(line, following, widths) and is_byline(after):
        return True
    short = line.width[0] < SHORT * WIDEST and not fills(line, following, widths)
    return closed(above.text) and _is_bare(following) and short


def _is_headed(found: list[Paragraph], line: Line) -> bool:
    """Whether the last paragraph is a headline below a byline, and the line begins the text with a quotation or a date."""
    *_, byline, last = [None, None, *found]
    if byline is None or last is None or len(last.ranges) > 1 or last.indent or byline.block != last.block:
        return False
    return not PROSE.search(last.text) and bool(_BEGUN.match(line.folded)) and is_byline(byline.text)


def _is_bare(line: Line) -> bool:
    """Whether a line has no sign of prose, and announces nothing."""
    text = line.folded
    return not closed(text) and not PROSE.search(text) and text[-1] != ":"


def _upright(block: list[Line]) -> set[int]:
    """Starts of the lines of a vertical heading: three and more lines of one character each."""
    out: set[int] = set()
    run: list[int] = []
    for line in [*block, None]:
        if line is not None and _LETTER.match(line.folded.strip()):
            run.append(line.start)
        else:
            out |= set(run) if len(run) >= UPRIGHT else set()
            run = []
    return out


def _paragraph(line: Line) -> Paragraph:
    lead = int(line.text[0] in GAPS)
    return Paragraph(
        [(line.start + lead, line.end)],
        line.folded[lead:],
        line.block,
        line.indent,
        size=line.size,
        beside=line.beside,
    )


def _continues(paragraph: Paragraph, previous: Line, line: Line, widths: Widths, *, indented: bool) -> bool:
    """Whether `line` is the next printed line of the paragraph that `previous` ends for now."""
    text = line.folded
    if line.indent or any(cue(name).search(text) for name in ("lead", "bullet", "numbered")):
        return False
    if _is_drop_capital(paragraph, text) or _is_beside_one(paragraph):
        return True
    prose = paragraph.indent or paragraph.wrapped or PROSE.search(paragraph.text + text)
    alone = _is_foot(text) or (_names_body(text) and not (prose and nearly_fills(line, widths)))
    if not prose and (alone or not fills(previous, line, widths)):
        return False
    if closed(paragraph.text) and alone:
        return False
    if _ITEM.match(text) and paragraph.text[-1] not in ",、第":
        return False
    if cue("loss").search(paragraph.text) or _is_signed(paragraph.text) or _is_entry(paragraph, text):
        return False
    if paragraph.text[-1] in ",、" and (len(paragraph.text) >= LAST or nearly_fills(previous, widths)):
        return True
    if _is_torn(paragraph.text, text):
        return True
    if closed(paragraph.text) and not indented:
        return was_wrapped(previous, line, widths) and not begins_paragraph(paragraph.text, text)
    return (indented and _reads_on(paragraph, text)) or fills(previous, line, widths)


def _is_torn(before: str, text: str) -> bool:
    """Whether a long line of prose breaks off in a sentence that the line below it ends, or that announces a list, however
    wide their column is.
    """
    prose = len(before) >= LONG and PROSE.search(before) and before[-1].isalnum()
    return bool(prose) and (closed(text) or text.endswith(":"))


def _reads_on(paragraph: Paragraph, text: str) -> bool:
    """Whether a line that is not set in goes on with a paragraph, where paragraphs are."""
    if paragraph.text[-1] == ")" and PROSE.search(text):
        return True
    if not (paragraph.wrapped or paragraph.indent) or closed(paragraph.text) or PROSE.match(text):
        return False
    net = joins()
    return net.score(net.left(paragraph.text), net.right(text)) > TORN


def _is_drop_capital(paragraph: Paragraph, text: str) -> bool:
    """Whether a paragraph is one large letter that the words `text` go on."""
    prose = PROSE.search(text) or len(text) >= BESIDE
    return bool(prose and re.fullmatch("[㐀-鿿]", paragraph.text.strip()))


def _is_beside_one(paragraph: Paragraph) -> bool:
    """Whether the next line is short for the drop capital of its paragraph."""
    start, end = paragraph.ranges[0]
    return end - start == 1 and 1 < len(paragraph.ranges) <= DROPPED and not closed(paragraph.text)


def _is_foot(text: str) -> bool:
    """Whether a folded line is a date or a byline, as at the end of a notice or an article."""
    return is_date(text) or is_byline(text)


def _names_body(text: str) -> bool:
    """Whether a folded line can be the name of a body alone, as at the end of a notice."""
    return not PROSE.search(text) and bool(cue("body_name").search(squeeze(text)))


def _is_entry(paragraph: Paragraph, text: str) -> bool:
    """Whether a paragraph of one line is an entry of a list that the next line, an entry too, goes on."""
    if len(paragraph.ranges) > 1:
        return False
    return (paragraph.text[-1] == ";" and text[-1] in ";。") or (is_roster(paragraph.text) and is_roster(text))


def _is_signed(text: str) -> bool:
    """Whether a paragraph ends with a sentence and its author's name in brackets."""
    return bool(_SIGNED.search(text)) and tail_byline(text) is not None


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


def is_date(text: str) -> bool:
    """Whether a folded line is a date alone, as under a notice."""
    return bool(_DATE.match(squeeze(text)))
