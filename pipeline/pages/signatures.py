"""Where the names of a byline stand on the page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.pages.lines import squeeze
from pipeline.pages.paragraphs import Paragraph
from pipeline.pages.restored import Restored
from pipeline.records import Credit, Page


def signatures(people: Sequence[Credit], printed: Sequence[Paragraph], page: Page) -> Restored:
    """The names, one a line, each from the first paragraph that prints it; letter-spacing is left out.

    Who has two roles has each from a paragraph of its own where the name is printed twice.
    """
    out = Restored()
    taken: set[tuple[str, int]] = set()
    for credit in people:
        if out:
            out.put("\n")
        paragraph = _printing(credit.name, printed, taken) or _printing(credit.name, printed, set())
        if not paragraph:
            out.put(credit.name)
            continue
        taken.add((credit.name, paragraph.start))
        at = squeeze(paragraph.text).index(credit.name)
        letters = [place for place, character in enumerate(paragraph.text) if not character.isspace()]
        for place in letters[at : at + len(credit.name)]:
            ((start, end),) = paragraph.source(place, place + 1)
            out.add(page, start, end)
    return out


def _printing(name: str, printed: Sequence[Paragraph], taken: set[tuple[str, int]]) -> Paragraph | None:
    """The first paragraph with a name that is not taken for it."""
    return next((p for p in printed if (name, p.start) not in taken and name in squeeze(p.text)), None)
