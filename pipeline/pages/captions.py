"""Numbered captions and credit lines, and the photo stories that they belong to."""

from __future__ import annotations

import re

from pipeline.pages.bylines import is_credited
from pipeline.pages.drafts import Draft
from pipeline.pages.fits import bigrams
from pipeline.pages.pieces import Row

FAR = 6
"""Items between captions and their story from which on more make no difference."""
LONGEST_STORY = 500
"""Characters of the longest photo story."""
_NUMBER = re.compile(r"(?:图)?[①-⑳]|图[\d一二三四五六七八九十]+")


def add_captions(drafts: list[Draft], row: Row) -> None:
    """Numbered captions and the credit line join the photo story whose words they share; credited each, they stand alone."""
    for series in _series(row):
        paragraphs = [p for i in series for p in row.items[i].paragraphs]
        alone = len(paragraphs) == 1 and is_credited(paragraphs[0].text)
        fits = [] if alone else [(_caption_fit(series, d, row), k) for k, d in enumerate(drafts)]
        best = max(fits, default=(0.0, 0))
        if best[0] > 0:
            drafts[best[1]].captions += paragraphs
            drafts[best[1]].items = sorted({*drafts[best[1]].items, *series})
        else:
            drafts.append(Draft(captions=paragraphs, items=series))


def _series(row: Row) -> list[list[int]]:
    """Items of captions that are numbered on; a repeated number begins a new series."""
    out: list[list[int]] = []
    seen: set[str] = set()
    ended = False
    for i, item in enumerate(row.items):
        if item.kind != "numbered":
            continue
        numbers = {match.group() for p in item.paragraphs if (match := _NUMBER.match(p.text))}
        alone = len(item.paragraphs) == 1 and is_credited(item.paragraphs[0].text)
        if not out or numbers & seen or alone or ended:
            out.append([])
            seen = set()
        ended = alone
        out[-1].append(i)
        seen |= numbers
    return out


def _caption_fit(series: list[int], candidate: Draft, row: Row) -> float:
    """How well captions fit an article; above 0 they are of it."""
    other = candidate.notice or candidate.bullet or candidate.lead or candidate.subheads
    if other or len(candidate.text) > LONGEST_STORY or any(p.ended for p in candidate.pieces):
        return -1.0
    words = bigrams("\n".join(p.text for i in series for p in row.items[i].paragraphs))
    shared = len(words & bigrams(candidate.text)) / (len(words) or 1)
    gap = min(abs(i - j) for i in series for j in candidate.items)
    return 2.0 + 8 * shared - 0.4 * min(gap, FAR) - 0.5 * sum(len(p.paragraphs) - 1 for p in candidate.pieces)
