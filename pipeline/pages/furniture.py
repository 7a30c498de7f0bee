"""What is printed on a page and is of no article: mastheads, editors' lines, navigation, advertisements."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.pages.cues import furniture_cues
from pipeline.pages.lines import squeeze
from pipeline.pages.paragraphs import Paragraph

HEAD = 4
"""So many paragraphs at the head of a page can name its newspaper."""
BESIDE = 12
"""Characters of the longest line that is furniture for what stands beside it."""
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


def spread_furniture(block: list[Paragraph]) -> None:
    """Short lines beside mastheads and editors' lines are furniture too."""
    short = [p for p in block if p.role in ("heading", "section", "byline")]
    others = [p for p in block if p.role == "other"]
    if others and len(short) + len(others) == len(block):
        for paragraph in short:
            if len(squeeze(paragraph.text)) <= BESIDE:
                paragraph.role = "other"
