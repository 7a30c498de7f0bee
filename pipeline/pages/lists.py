"""Body text that looks like headings: salutations and signatures, entries of lists, rows of tables, appointments, verses."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from pipeline.pages.bylines import credits, is_name, is_roster
from pipeline.pages.cues import cue
from pipeline.pages.furniture import furniture_score
from pipeline.pages.lines import blocks, squeeze
from pipeline.pages.paragraphs import Paragraph, is_date

LIST = 3
"""So many entries of a list, or verses, are not headings."""
VERSE = 18
"""Characters of the longest verse."""
LONG_ROW = 4
"""Cells of a row that no heading has as many words as."""
FIGURE = re.compile(r"\s[\d.%+-]+(?:\s|$)")
"""A cell of a table with a figure."""
_ALONE = re.compile(r"\([^()]+\)$|.{2,24}:$")
"""A line in brackets, or one that announces the next lines."""
_ENTRY = re.compile(r"(\S \S|\S{2,4})\s+\S{4,}$")


def find_lists(page: list[Paragraph]) -> None:
    """Makes lists, tables, appointments and verses bodies."""
    for block in blocks(page):
        _find_list(block)
        _find_table(block)
        _find_appointments(block)
    _find_verses(page)


def find_salutations(page: list[Paragraph]) -> None:
    """A line such as `各乡镇党委，县级各部门：` between a title and the text below it is part of the text."""
    for before, paragraph, after in zip(page, page[1:], page[2:], strict=False):
        titled = before.role in ("heading", "notice", "byline") and after.role == "body"
        if titled and paragraph.role == "heading" and paragraph.block == after.block and _greets(paragraph.text):
            _make_body(paragraph)


def _greets(text: str) -> bool:
    """Whether a folded line addresses readers and says nothing else."""
    return text.rstrip().endswith(":") and not cue("said").search(text.rstrip())


def find_signatures(page: list[Paragraph]) -> None:
    """The name of a body below a text and above a date alone (…主席团, 2024年1月5日) ends the text."""
    for k in range(2, len(page)):
        last = k - 1
        if not is_date(page[k].text) or page[last].block != page[k].block:
            continue
        first = last
        while first > 0 and page[first].role == "heading" and _names_body(page[first].text):
            first -= 1
        if first == last and page[last].role == "body" and _names_body(page[last].text):
            _make_body(page[k])
        elif first < last and page[first].role == "body":
            for paragraph in page[first + 1 : k + 1]:
                _make_body(paragraph)


def _names_body(text: str) -> bool:
    return bool(cue("body_name").search(squeeze(text))) and furniture_score(text) <= 0


def _find_list(block: list[Paragraph]) -> None:
    """Lines such as `钟立平 县融媒体中心职工` and their labels (`助人为乐类:`) are a body, down to the date below them or the end of their block."""
    entries = [k for k, p in enumerate(block) if p.role in ("heading", "body") and _is_entry(p.text)]
    if len(entries) < LIST:
        return
    first = entries[0]
    while first > 1 and _ALONE.match(block[first - 1].text.strip()):
        first -= 1
    for k in entries:
        block[k].whole = True
    for k, paragraph in enumerate(block[first:], first):
        if paragraph.role in ("heading", "byline", "section"):
            _make_body(paragraph)
        if k > entries[-1] and is_date(paragraph.text):
            break


def _find_table(block: list[Paragraph]) -> None:
    """Rows of as many cells with figures are a body, with the line that announces them."""
    end = 0
    for cells, group in groupby(block, key=_cells):
        rows = list(group)
        start, end = end, end + len(rows)
        if _is_table(cells, rows):
            announced = start > 0 and block[start - 1].text.rstrip().endswith(":")
            for row in block[start - announced : end]:
                _make_body(row)


def _is_table(cells: int, rows: list[Paragraph]) -> bool:
    """Whether most of three and more rows have figures, or half of two and more long ones, which names stand above."""
    figures = sum(bool(FIGURE.search(row.text)) for row in rows)
    if cells >= LONG_ROW:
        return len(rows) > 1 and figures * 2 >= len(rows)
    return cells > 1 and len(rows) >= LIST and figures * 4 >= len(rows) * 3


def _cells(paragraph: Paragraph) -> int:
    """How many cells a line has that may be a row of a table, 0 for any other."""
    row = paragraph.role in ("heading", "body") and "。" not in paragraph.text
    return len(paragraph.text.split()) if row else 0


def _find_appointments(block: list[Paragraph]) -> None:
    """Labels such as `任命:` over the sentences of appointments belong to the body, each on its line."""
    for paragraph, following in pairwise(block):
        if paragraph.role == "heading" and following.role == "body" and cue("appointing").match(paragraph.text.strip()):
            paragraph.role = "body"
        paragraph.whole |= paragraph.role == "body" and bool(cue("appointing").match(paragraph.text.strip()))
    for paragraph in block:
        paragraph.whole |= paragraph.role == "body" and bool(_ALONE.match(paragraph.text.strip()))


def _is_entry(text: str) -> bool:
    """Whether a line names a person and, after a gap, who that is, or a place or post and its people."""
    person = _ENTRY.match(text.strip())
    return (person is not None and is_name(person[1])) or is_roster(text)


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
                _make_body(paragraph)
        at = end


def _is_signed(page: list[Paragraph], at: int) -> bool:
    """Whether a heading line and the name of an author begin at a paragraph, in one block."""
    if at + 1 >= len(page) or page[at].role != "heading" or page[at].block != page[at + 1].block:
        return False
    name = page[at + 1]
    author = name.role == "byline" and not any(credit.role for credit in credits(name.text))
    return author or (name.role == "heading" and is_name(name.text))


def _make_body(paragraph: Paragraph) -> None:
    """Makes a paragraph one of a body that stands alone on its line."""
    paragraph.role, paragraph.whole = "body", True
