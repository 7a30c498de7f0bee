"""What part each paragraph plays: furniture of the page, jump mark, byline, caption, notice, heading or body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from pipeline.pages.bylines import credits, is_byline, is_name
from pipeline.pages.cues import closed, cue, fold, furniture_cues, surnames, weights
from pipeline.pages.lines import DATE, Paragraph, running_headers, squeeze

HEAD = 4
"""So many paragraphs at the head of a page can name its newspaper."""
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
NAME = 3
"""Characters of a name that is taken for one without a heading above it."""
PAPER = re.compile("[一-鿿]{2,7}报$")
LIST = 3
"""So many entries of a list, or verses, are not headings."""
VERSE = 18
"""Characters of the longest verse."""
FIGURE = re.compile(r"\s[\d.%-]+(?:\s|$)")
"""A cell of a table with a figure."""
_ALONE = re.compile(r"\([^()]+\)$|.{2,24}:$")
"""A line in brackets, or one that announces the next lines."""
_ENTRY = re.compile(r"(\S \S|\S{2,4})\s+\S{4,}$")


def label(page: list[Paragraph]) -> None:
    """Sets the role of every paragraph, takes jump marks out of their texts and joins titles of notices."""
    for paragraph in page:
        _take_jumps(paragraph)
    repeated = running_headers([p.text for p in page]) - set(_issuers(page)) - _echoed(page)
    indented = sum(p.indent for p in page) >= 3
    for block in blocks(page):
        for paragraph in block:
            paragraph.role = paragraph.role or _first_guess(paragraph, block, repeated, indented)
    _join_names(page)
    _find_sections(page)
    _find_names(page)
    _find_salutations(page)
    _find_signatures(page)
    titled = False
    for block in blocks(page):
        _spread_furniture(block)
        _spread_notice(block, titled)
        titled = block[-1].role == "notice"
        _find_list(block)
        _find_table(block)
        _find_appointments(block)
    _find_verses(page)


def blocks(page: list[Paragraph]) -> list[list[Paragraph]]:
    """Paragraphs by block."""
    out: list[list[Paragraph]] = []
    for paragraph in page:
        if not out or out[-1][-1].block != paragraph.block:
            out.append([])
        out[-1].append(paragraph)
    return out


def _take_jumps(paragraph: Paragraph) -> None:
    for name in ("in", "out"):
        match = cue(name).search(paragraph.text)
        if not match:
            continue
        if match.group() == paragraph.text.strip():
            paragraph.role = f"jump-{name}"
        elif name == "in" and match.start() <= 2:
            paragraph.cut(match.end(), len(paragraph.text))
            paragraph.jump_in = True
        elif name == "out" and match.end() >= len(paragraph.text) - 2:
            paragraph.cut(0, match.start())
            paragraph.jump_out = True


def furniture_score(text: str) -> float:
    """How much a folded line looks like a masthead, an editors' line, navigation or an advertisement."""
    if len(text) > 160 or "。" in text:
        return 0.0
    score = sum(weight * min(3, len(pattern.findall(text))) for pattern, weight in furniture_cues())
    return score - max(0, len(text) - 40) / 40


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
    if bare in repeated or furniture_score(text) >= 2.5 or not re.search(r"\w", bare) or is_paper(paragraph, block):
        return "other"
    if cue("lead").search(text) or (cue("bullet").search(text) and not is_byline(text) and len(text) > 20):
        return "body"
    if cue("dialogue").search(text):
        return "body"
    if cue("numbered").search(text):
        return "numbered"
    if cue("notice").search(bare) and (len(bare) <= 14 or bare.startswith("关于")):
        return "notice"
    if is_byline(text):
        return "byline"
    if len(bare) <= 10 and cue("section").search(bare):
        return "section"
    return "heading" if heading_score(paragraph, block, indented) > 0 else "body"


def _join_names(page: list[Paragraph]) -> None:
    """Joins a notice's title over two lines (the name of a body, `任免名单`) and the name of a column over two (基层, 速递)."""
    for before, paragraph in pairwise(list(page)):
        if before.role != "heading" or before.block != paragraph.block:
            continue
        first, second = squeeze(before.text), squeeze(paragraph.text)
        notice = (
            paragraph.role == "notice"
            and cue("body_name").search(first)
            and (len(second) <= SHORT_NOTICE or second.startswith("关于"))
        )
        section = paragraph.role == "section" and len(first) == len(second) <= STACKED
        if notice or section:
            paragraph.ranges = [*before.ranges, *paragraph.ranges]
            paragraph.text = before.text + paragraph.text
            page.remove(before)


def _find_sections(page: list[Paragraph]) -> None:
    """A short heading alone over bulleted briefs is a section; over other headings one of two words of one length, 平安 通江."""
    for block, following in pairwise(blocks(page)):
        if {p.role for p in block} != {"heading"}:
            continue
        words = [word for p in block for word in p.text.split()]
        people = all(surnames().get(word[0], 0) >= COMMON for word in words)
        halves = len(words) == 2 and len(words[0]) == len(words[1]) <= STACKED and not people
        bulleted = following[0].role == "body" and cue("bullet").search(following[0].text)
        briefs = bulleted and len("".join(words)) <= LONGEST_SECTION
        if (briefs and (halves or len(block) == 1)) or (halves and following[0].role == "heading"):
            for paragraph in block[1:]:
                block[0].ranges += paragraph.ranges
                block[0].text += paragraph.text
                page.remove(paragraph)
            block[0].role = "section"


def is_paper(paragraph: Paragraph, block: list[Paragraph]) -> bool:
    """Whether a line is the name of a newspaper in the first lines of a page."""
    return (
        block[0].block == 0
        and any(paragraph is one for one in block[:HEAD])
        and bool(PAPER.match(squeeze(paragraph.text)))
    )


def _find_names(page: list[Paragraph]) -> None:
    """A name alone between a heading and the body below it, or alone in its block, is a byline."""
    for block in blocks(page):
        name = block[0]
        if len(block) == 1 and name.role == "heading" and len(squeeze(name.text)) <= NAME and is_name(name.text):
            name.role = "byline"
    for before, paragraph, after in zip(page, page[1:], page[2:], strict=False):
        below = before.block == paragraph.block and after.role == "body" and not after.whole
        if (before.role, paragraph.role) == ("heading", "heading") and below and is_name(paragraph.text):
            paragraph.role = "byline"


def _find_list(block: list[Paragraph]) -> None:
    """Lines such as `钟立平 县融媒体中心职工` and their labels (`助人为乐类:`) are a body, down to the end of their block."""
    entries = [k for k, p in enumerate(block) if p.role == "heading" and _is_entry(p.text)]
    if len(entries) < LIST:
        return
    first = entries[0]
    while first > 1 and block[first - 1].text.rstrip().endswith(":"):
        first -= 1
    for paragraph in block[first:]:
        if paragraph.role in ("heading", "byline", "section"):
            paragraph.role, paragraph.whole = "body", True


def _find_table(block: list[Paragraph]) -> None:
    """Three and more rows of as many cells, most with figures, are a body, with the line that announces them."""
    end = 0
    for cells, group in groupby(block, key=_cells):
        rows = list(group)
        start, end = end, end + len(rows)
        figures = sum(bool(FIGURE.search(row.text)) for row in rows)
        if cells > 1 and len(rows) >= LIST and figures * 4 >= len(rows) * 3:
            announced = start > 0 and block[start - 1].text.rstrip().endswith(":")
            for row in block[start - announced : end]:
                row.role, row.whole = "body", True


def _cells(paragraph: Paragraph) -> int:
    """How many cells a line has that may be a row of a table, 0 for any other."""
    return len(paragraph.text.split()) if paragraph.role in ("heading", "body") else 0


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


def _find_salutations(page: list[Paragraph]) -> None:
    """A line such as `各乡镇党委，县级各部门：` between a title and the text below it is part of the text."""
    for before, paragraph, after in zip(page, page[1:], page[2:], strict=False):
        titled = before.role in ("heading", "notice", "byline") and after.role == "body"
        if titled and paragraph.role == "heading" and paragraph.block == after.block and _greets(paragraph.text):
            paragraph.role, paragraph.whole = "body", True


def _greets(text: str) -> bool:
    """Whether a folded line addresses readers and says nothing else."""
    return text.rstrip().endswith(":") and not cue("said").search(text.rstrip())


def _find_signatures(page: list[Paragraph]) -> None:
    """The name of a body below a text and above a date alone (…主席团, 2024年1月5日) ends the text."""
    for k in range(2, len(page)):
        last = k - 1
        if not is_date(page[k].text) or page[last].block != page[k].block:
            continue
        first = last
        while first > 0 and page[first].role == "heading" and _names_body(page[first].text):
            first -= 1
        if first < last and page[first].role == "body":
            for paragraph in page[first + 1 : k + 1]:
                paragraph.role, paragraph.whole = "body", True


def _names_body(text: str) -> bool:
    return bool(cue("body_name").search(squeeze(text))) and furniture_score(text) <= 0


def _find_appointments(block: list[Paragraph]) -> None:
    """Labels such as `任命:` over the sentences of appointments belong to the body, each on its line."""
    for paragraph, following in pairwise(block):
        if paragraph.role == "heading" and following.role == "body" and cue("appointing").match(paragraph.text.strip()):
            paragraph.role = "body"
    for paragraph in block:
        paragraph.whole |= paragraph.role == "body" and bool(_ALONE.match(paragraph.text.strip()))


def _is_entry(text: str) -> bool:
    """Whether a line names a person and, after a gap, who that is."""
    person = _ENTRY.match(text.strip())
    return bool(person) and is_name(person[1] if person else "")


def _find_verses(page: list[Paragraph]) -> None:
    """Short lines below a title and the name of its author are verses, as far as no other title with a name comes."""
    at = 0
    while at + 2 < len(page):
        if not _is_signed(page, at):
            at += 1
            continue
        end = at + 2
        while end < len(page) and page[end].role == "heading" and not _is_signed(page, end):
            end += 1
        verses = page[at + 2 : end]
        if end < len(page) and page[end].role in ("body", "byline") and verses:
            # what stands in one block with a body is its heading
            verses = [p for p in verses if p.block != page[end].block]
        if len(verses) >= LIST and all(len(squeeze(p.text)) <= VERSE for p in verses):
            page[at + 1].role = "byline"
            for paragraph in verses:
                paragraph.role, paragraph.whole = "body", True
        at = end


def _is_signed(page: list[Paragraph], at: int) -> bool:
    """Whether a heading line and the name of an author begin at a paragraph, in one block."""
    if at + 1 >= len(page) or page[at].role != "heading" or page[at].block != page[at + 1].block:
        return False
    name = page[at + 1]
    author = name.role == "byline" and not any(credit.role for credit in credits(name.text))
    return author or (name.role == "heading" and is_name(name.text))


def _spread_furniture(block: list[Paragraph]) -> None:
    """Short lines beside mastheads and editors' lines are furniture too."""
    short = [p for p in block if p.role in ("heading", "section", "byline")]
    others = [p for p in block if p.role == "other"]
    if others and len(short) + len(others) == len(block):
        for paragraph in short:
            if len(squeeze(paragraph.text)) <= 12:
                paragraph.role = "other"


def _spread_notice(block: list[Paragraph], titled: bool) -> None:
    """All that stands under a notice's title in its block, or in the next one when the title ends its own, is the notice."""
    inside = titled and block[0].role == "body"
    for paragraph in block:
        if paragraph.role == "notice":
            inside = True
        elif inside and (paragraph.role != "other" or is_date(paragraph.text) or cue("contact").search(paragraph.text)):
            paragraph.role = "body"


def is_date(text: str) -> bool:
    """Whether a folded line is a date alone, as under a notice."""
    return bool(DATE.match(squeeze(fold(text))))
