"""Where the names of a byline stand on the page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.pages.lines import squeeze
from pipeline.pages.paragraphs import Paragraph
from pipeline.pages.restored import Restored
from pipeline.records import Credit, Page


def signatures(people: Sequence[Credit], printed: Sequence[Paragraph], page: Page) -> Restored:
    """The names, one a line, each from the first paragraph that prints it; letter-spacing is left out."""
    out = Restored()
    for credit in people:
        if out:
            out.put("\n")
        paragraph = next((p for p in printed if credit.name in squeeze(p.text)), None)
        if not paragraph:
            out.put(credit.name)
            continue
        at = squeeze(paragraph.text).index(credit.name)
        letters = [place for place, character in enumerate(paragraph.text) if not character.isspace()]
        for place in letters[at : at + len(credit.name)]:
            ((start, end),) = paragraph.source(place, place + 1)
            out.add(page, start, end)
    return out
