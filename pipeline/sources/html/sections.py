"""Several articles in one file: elements side by side, each with a heading of its own over its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.sources.html.metadata import is_metadata
from pipeline.sources.html.parser import HEADINGS, Paragraph, is_prose


def sections(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """The paragraphs of each article, in printed order; none where a file holds one article, with or without sub-headings."""
    headings = [p for p in paragraphs if _can_head(p) and not p.within]
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for heading in headings:
        if len(heading.path) > 2:
            groups[heading.path[-3], heading.tag].append(heading.path[-2])
    inside: dict[int, list[Paragraph]] = {element: [] for elements in groups.values() for element in elements}
    for paragraph in paragraphs:
        for element in inside.keys() & paragraph.path:
            inside[element].append(paragraph)
    for (_, tag), elements in groups.items():
        if len(elements) > 1 and all(_is_article(inside[element], tag) for element in elements):
            own = set(elements)
            outside = (p for p in paragraphs if _can_head(p) and own.isdisjoint(p.path))
            # what is headed and told as one is one
            whole = any(p.role == "headline" or p.tag < tag for p in outside)
            return [] if whole else [inside[element] for element in elements]
    return []


def _can_head(paragraph: Paragraph) -> bool:
    heading = paragraph.tag in HEADINGS or paragraph.role == "headline"
    return heading and not paragraph.link and not is_metadata(paragraph.text)


def _is_article(paragraphs: Sequence[Paragraph], tag: str) -> bool:
    """Whether paragraphs are one heading with prose below it."""
    headings = [n for n, p in enumerate(paragraphs) if p.tag == tag]
    return len(headings) == 1 and any(is_prose(p) for p in paragraphs[headings[0] + 1 :])
