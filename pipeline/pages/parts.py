"""What part each paragraph plays: furniture of the page, jump mark, byline, caption, notice, heading or body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.pages.bylines import are_people, credits, is_byline, is_name, is_signature
from pipeline.pages.contents import find_contents
from pipeline.pages.cues import closed, cue, surnames
from pipeline.pages.features import weights
from pipeline.pages.furniture import furniture_score, is_paper, spread_furniture
from pipeline.pages.lines import blocks, running_headers, squeeze
from pipeline.pages.lists import find_lists, find_salutations, find_signatures
from pipeline.pages.paragraphs import Paragraph, is_date

FURNITURE = 2.5
"""From this score on, a line is furniture of the page."""
SHORT_TITLE = 14
"""Characters of a notice's title that need not say who issues it."""
SHORT_NOTICE = 6
"""Characters of the second line of a notice's title that says no more than what it is."""
ECHO = 2
"""So many lines below its title a poem begins at most."""
STACKED = 3
"""Characters of each half of a column's name that is printed over two lines."""
COMMON = 10
"""From this count of a surname on, two words that begin with such are two people rather than a section."""
LONGEST_SECTION = 7
"""Characters of the name of a section over bulleted briefs."""
PAUSE = 14
"""Characters of the longest first line of a headline that pauses with a comma."""
_PAUSING = re.compile(r"[^。,;:!?]{3,},")
_BRACKETED = re.compile(r"\(([^()]+)\)")
NAME = 3
"""Characters of a name that is taken for one without a heading above it."""


def labelled(page: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs with their roles, jump marks taken out of their texts, titles and names of columns joined."""
    for paragraph in page:
        _take_jumps(paragraph)
        _take_author(paragraph)
    repeated = running_headers([p.text for p in page]) - {*_issuers(page), *_echoed(page), *find_contents(page)}
    repeated -= {name for p in page if (name := squeeze(p.text)) in repeated and is_byline(p.text)}
    indented = sum(p.indent for p in page) >= 3
    for block in blocks(page):
        for paragraph in block:
            paragraph.role = paragraph.role or _first_guess(paragraph, block, repeated, indented)
        _head_pausing(block)
    _find_numbers(page)
    page = _with_sections(_with_names(page))
    _find_names(page)
    find_salutations(page)
    find_signatures(page)
    spread_furniture(blocks(page))
    titled = False
    for block in blocks(page):
        _spread_notice(block, titled)
        titled = block[-1].role == "notice" or (block[0].role == "notice" and _is_passed(block[1:]))
    find_lists(page)
    return page


def _take_jumps(paragraph: Paragraph) -> None:
    for name in ("in", "out"):
        match = cue(name).search(paragraph.text)
        if not match:
            continue
        if not re.search(r"\w", paragraph.text[: match.start()] + paragraph.text[match.end() :]):
            paragraph.role = f"jump-{name}"
        elif name == "in" and match.start() <= 2:
            paragraph.cut(match.end(), len(paragraph.text))
            paragraph.jump_in = True
        elif name == "out" and match.end() >= len(paragraph.text) - 2:
            paragraph.cut(0, match.start())
            paragraph.jump_out = True


def _take_author(paragraph: Paragraph) -> None:
    """Keeps of a portal's line of source, date and so on who wrote the text."""
    if furniture_score(paragraph.text.strip()) < FURNITURE:
        return
    match = cue("author").search(paragraph.text)
    if match and credits(match[1]):
        paragraph.cut(*match.span(1))
        paragraph.role = "byline"


def heading_score(paragraph: Paragraph, block: list[Paragraph], indented: bool) -> float:
    """How much a paragraph looks like a line of a heading rather than a (torn) piece of a body; above 0 it is one."""
    text, w = paragraph.text.strip(), weights()
    if re.search(r"[。;]", text) or text[:1] in ",、)”’》!?:" or text[-1] in ",、(“《" or not balanced(text):
        return -1.0
    part = max(map(len, text.split()))
    score = w["heading_base"] - w["heading_length"] * max(0, part - 14) - w["heading_comma"] * text.count(",")
    score -= w["heading_enumeration"] * text.count("、")
    set_in = paragraph.indent and indented and len(block) > 1
    score -= w["heading_indent"] * set_in + w["heading_wrapped"] * paragraph.wrapped
    torn = paragraph is block[-1] and len(block) > 1 and closed(block[-2].text)
    return score - w["heading_torn"] * torn + w["heading_alone"] * (len(block) == 1)


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket of a folded text is closed in it."""
    return all(text.count(a) == text.count(b) for a, b in ("“”", "‘’", "()", "《》", "「」", "『』", "【】"))


def _first_guess(paragraph: Paragraph, block: list[Paragraph], repeated: set[str], indented: bool) -> str:
    text = paragraph.text.strip()
    bare = squeeze(text)
    if (
        bare in repeated
        or furniture_score(text) >= FURNITURE
        or not re.search(r"\w", bare)
        or is_paper(paragraph, block)
    ):
        return "other"
    if cue("lead").search(text) or (cue("bullet").search(text) and not is_byline(text) and len(text) > 20):
        return "body"
    if cue("dialogue").search(text) and not is_byline(text):
        return "body"
    if cue("numbered").search(text):
        return "numbered"
    if _is_notice(bare):
        return "notice"
    if is_byline(text):
        return "byline"
    if len(bare) <= 10 and cue("section").search(bare):
        return "section"
    return "heading" if heading_score(paragraph, block, indented) > 0 else "body"


def _is_notice(bare: str) -> bool:
    """Whether a line is the title of a notice: short, about something (关于…的通告), or of the body that issues it.

    编者按 and its like head the text below them as a notice's title does.
    """
    if any(cue(name).match(bare) for name in ("standing", "issued", "subject")):
        return True
    return bool(cue("notice").search(bare)) and (len(bare) <= SHORT_TITLE or bare.startswith("关于"))


def _find_numbers(page: list[Paragraph]) -> None:
    """A line that breaks off in a number at the end of its block, which the next block goes on, is a piece of a body."""
    for paragraph, following in pairwise(page):
        torn = paragraph.block != following.block and paragraph.text[-1:].isdigit() and following.text[:1].isdigit()
        if torn and paragraph.role == "heading" and following.role == "body":
            paragraph.role = "body"


def _head_pausing(block: list[Paragraph]) -> None:
    """A short line with a comma at its end over a heading line is the first line of that heading."""
    first, *below = block
    short = len(first.text) <= PAUSE and _PAUSING.fullmatch(first.text.strip()) and not first.indent
    if short and below and below[0].role == "heading" and all(p.role in ("heading", "byline") for p in below[1:]):
        first.role = "heading"


def _with_names(page: list[Paragraph]) -> list[Paragraph]:
    """Joins a notice's title over two lines (the name of a body, `任免名单`) and the name of a column over two (基层, 速递)."""
    out: list[Paragraph] = []
    for paragraph in page:
        if out and _is_begun(out[-1], paragraph):
            before = out.pop()
            paragraph.put_before(before.text, before.ranges)
        out.append(paragraph)
    return out


def _is_begun(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether the title of a notice, or the name of a column, begins on the line above it."""
    if before.role != "heading" or before.block != paragraph.block:
        return False
    first, second = squeeze(before.text), squeeze(paragraph.text)
    if paragraph.role == "notice":
        brief = len(second) <= SHORT_NOTICE or second.startswith("关于")
        return brief and bool(cue("body_name").search(first))
    return paragraph.role == "section" and len(first) == len(second) <= STACKED


def _with_sections(page: list[Paragraph]) -> list[Paragraph]:
    """Labels names of sections that look like headings, each joined in one."""
    found = blocks(page)
    for block, following in pairwise(found):
        if _is_section(block, following[0]):
            block[0].role = "section"
            for line in block[1:]:
                block[0].put_after(line.text, line.ranges)
            del block[1:]
    return [paragraph for block in found for paragraph in block]


def _is_section(block: list[Paragraph], below: Paragraph) -> bool:
    """Whether a short heading stands alone over bulleted briefs, or over other headings as two words of one length, 平安 通江."""
    if {p.role for p in block} != {"heading"}:
        return False
    words = [word for p in block for word in p.text.split()]
    people = all(surnames().get(word[0], 0) >= COMMON for word in words)
    halves = len(words) == 2 and len(words[0]) == len(words[1]) <= STACKED and not people
    bulleted = below.role == "body" and bool(cue("bullet").search(below.text))
    briefs = bulleted and len("".join(words)) <= LONGEST_SECTION
    return (briefs and (halves or len(block) == 1)) or (halves and below.role == "heading")


def _find_names(page: list[Paragraph]) -> None:
    """A name alone between a heading and the body below it, or alone in its block, and names below a text are bylines."""
    for block in blocks(page):
        name = block[0]
        if len(block) == 1 and name.role == "heading" and len(squeeze(name.text)) <= NAME and is_name(name.text):
            name.role = "byline"
        bracketed = _BRACKETED.fullmatch(name.text.strip())
        if bracketed and is_signature(bracketed[1]) and [p.role for p in block[:2]] == ["heading"] * 2:
            name.role = "byline"
        if _is_signed(block):
            block[-1].role = "byline"
    for before, paragraph, after in zip(page, page[1:], page[2:], strict=False):
        below = before.block == paragraph.block and after.role == "body" and not after.whole
        if (before.role, paragraph.role) == ("heading", "heading") and below and is_name(paragraph.text):
            paragraph.role = "byline"


def _is_signed(block: list[Paragraph]) -> bool:
    """Whether a block ends with a text and, on a line of their own, the names of those who wrote it."""
    *above, last = block
    if not above or above[-1].role != "body" or last.role not in ("heading", "body"):
        return False
    notice = any(p.role == "notice" for p in above)
    return closed(above[-1].text) and not notice and are_people(last.text.strip())


def _issuers(page: list[Paragraph]) -> Iterator[str]:
    """The lines that stand over a date, or as a body's name over the title of its notice: they are no running headers."""
    for line, below in pairwise(page):
        name = squeeze(line.text)
        notice = cue("body_name").search(name) and cue("notice").search(squeeze(below.text))
        if line.block == below.block and (is_date(below.text) or notice):
            yield name


def _echoed(page: list[Paragraph]) -> set[str]:
    """Lines without spaces that are printed again right below, as the title of a poem that is its first line too."""
    near = [(above, below) for gap in range(1, ECHO + 1) for above, below in zip(page, page[gap:], strict=False)]
    texts = [(squeeze(above.text), squeeze(below.text)) for above, below in near if above.block == below.block]
    return {above for above, below in texts if above == below}


def _is_passed(below: list[Paragraph]) -> bool:
    """Whether all that stands below a notice's title is the bracket that says who passed it when."""
    return len(below) == 1 and bool(_BRACKETED.fullmatch(below[0].text.strip()))


def _spread_notice(block: list[Paragraph], titled: bool) -> None:
    """All that stands under a notice's title in its block, or in the next one when the title ends its own, is the notice."""
    inside, dated, above = titled and block[0].role == "body", False, ""
    for paragraph in block:
        if paragraph.role == "notice":
            inside, dated = not cue("standing").match(squeeze(paragraph.text)), False
        elif inside and _is_of_notice(paragraph, dated):
            paragraph.role = "body"
            dated |= is_date(paragraph.text) and above == "body"
        above = paragraph.role


def _is_of_notice(paragraph: Paragraph, dated: bool) -> bool:
    """Whether a line below a notice's title is part of it; below the date at its foot it only tells whom to call."""
    contact = bool(cue("contact").search(paragraph.text))
    return contact or is_date(paragraph.text) or (paragraph.role != "other" and not dated)
