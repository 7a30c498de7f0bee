"""One heading line as words: letter-spacing closed, headline and subtitle parted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.pages.cues import cue
from pipeline.pages.paragraphs import Paragraph
from pipeline.pages.restored import Restored
from pipeline.records import Page

Word = tuple[Paragraph, int, int]
"""Characters `start` to `end` of a paragraph's text."""
LONGEST_HALF = 10
SPACE = re.compile(r"(?<!\d)\s+(?!\d+(?:\s|$))")
"""A space between words; those on both sides of a number (第 14 次) are none."""


def words(line: Paragraph) -> list[Word]:
    """The words of a heading line between its spaces, without a leading dash, bullet or decoration."""
    mark = cue("dash").match(line.text) or cue("bullet").match(line.text)
    end = len(line.text.rstrip())
    start = mark.end() if mark else 0
    start += len(line.text[start:]) - len(line.text[start:].lstrip())
    gaps = [m.span() for m in SPACE.finditer(line.text, start, end)]
    borders = [start, *(place for gap in gaps for place in gap), end]
    return [(line, a, b) for a, b in zip(borders[::2], borders[1::2], strict=True) if a < b]


def split_title(line: Paragraph, kept: int) -> tuple[list[Word], list[Word]]:
    """Headline and subtitle printed on one line: the first words and the others; 0 keeps all in the headline."""
    found = words(line)
    return (found[:kept], found[kept:]) if kept else (found, [])


def spaced_out(texts: Sequence[str]) -> bool:
    """Whether spaces stand between the letters of one word."""
    return all(len(text) == 1 for text in texts)


def is_couplet(texts: list[str]) -> bool:
    """Whether the words of a line are even halves of one headline: 办好民生“微实事” 绘就幸福“大图景”."""
    if len(texts) < 2:
        return False
    bare = [re.sub(r"[“”‘’『』!?:]", "", text) for text in texts]
    lengths = [len(text) for text in bare]
    digits = {bool(re.search(r"\d", text)) for text in bare}
    return max(lengths) <= LONGEST_HALF and max(lengths) - min(lengths) <= 1 and len(digits) == 1


def restore(found: list[Word], page: Page) -> Restored:
    """The words with one space between them, or none if they are the letters of one word."""
    out = Restored()
    glue = "" if spaced_out([p.text[a:b] for p, a, b in found]) else " "
    for paragraph, start, end in found:
        if out.text:
            out.put(glue)
        for low, high in paragraph.source(start, end):
            out.add(page, low, high)
    return out
