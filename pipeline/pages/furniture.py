"""What is printed on a page and is of no article: mastheads, editors' lines, navigation, advertisements."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import takewhile

from pipeline.pages.cues import cue, furniture_cues
from pipeline.pages.lines import squeeze
from pipeline.pages.paragraphs import Paragraph

HEAD = 4
"""So many paragraphs at the head of a page can name its newspaper."""
BESIDE = 12
"""Characters of the longest line that is furniture for what stands beside it."""
LEAST = 6
"""Characters of the shortest headline below a masthead; shorter lines name the page or its section."""
SHORT = frozenset({"heading", "section", "byline"})
"""Roles of lines that can be furniture after all."""
PAPER = re.compile("[一-鿿]{2,7}报$")


@lru_cache(maxsize=1024)
def furniture_score(text: str) -> float:
    """How much a folded line looks like a masthead, an editors' line, navigation or an advertisement."""
    if len(text) > 160 or "。" in text:
        return 0.0
    score = sum(weight * min(3, len(pattern.findall(text))) for pattern, weight in furniture_cues())
    return score - max(0, len(text) - 40) / 40


def is_paper(paragraph: Paragraph, block: list[Paragraph]) -> bool:
    """Whether a line is the name of a newspaper in the first lines of a page."""
    return (
        block[0].block == 0
        and any(paragraph is one for one in block[:HEAD])
        and bool(PAPER.match(squeeze(paragraph.text)))
    )


def spread_furniture(page: list[list[Paragraph]]) -> None:
    """Short lines beside mastheads and editors' lines are furniture too, and so are lines made of a masthead's words."""
    for block, below in zip(page, [*page[1:], []], strict=True):
        short = [p for p in block if p.role in SHORT]
        others = [p for p in block if p.role == "other"]
        if others and len(short) + len(others) == len(block):
            advertised = bool(cue("advertised").match(block[0].text.strip()))
            longest = math.inf if advertised else BESIDE
            kept = _heading_below(block) if below and below[0].role == "body" and not advertised else []
            for paragraph in short:
                if len(squeeze(paragraph.text)) <= longest and paragraph not in kept:
                    paragraph.role = "other"
    _find_headers(page)


def _heading_below(block: list[Paragraph]) -> list[Paragraph]:
    """The lines below a masthead that can be the heading of the text below its block, and its byline."""
    lines = list(takewhile(lambda p: p.role in ("heading", "byline"), reversed(block)))
    titled = any(line.role == "heading" and len(squeeze(line.text)) >= LEAST for line in lines)
    return lines if titled and len(lines) < len(block) else []


def _find_headers(page: list[list[Paragraph]]) -> None:
    """Lines of several words that the masthead prints too (今日清溪 第3版 特别关注) are running headers."""
    printed = {word for p in page[0] if p.role == "other" for word in p.text.split()} if page else set()
    for block in page[1:]:
        for paragraph in block:
            words = paragraph.text.split()
            if paragraph.role in SHORT and len(words) > 1 and printed.issuperset(words):
                paragraph.role = "other"
