"""Where the names of a byline stand on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.pages.paragraphs import Paragraph
from pipeline.pages.restored import Restored
from pipeline.records import Credit, Page


def signatures(people: Sequence[Credit], printed: Sequence[Paragraph], page: Page) -> Restored:
    """The names, one a line, each from the first paragraph that prints it; letter-spacing is left out."""
    out = Restored()
    for credit in people:
        if out:
            out.put("\n")
        spaced = re.compile(r"\s*".join(map(re.escape, credit.name)))
        found = next(((p, match) for p in printed if (match := spaced.search(p.text))), None)
        if not found:
            out.put(credit.name)
            continue
        paragraph, match = found
        for offset, character in enumerate(match[0]):
            if not character.isspace():
                ((start, end),) = paragraph.source(match.start() + offset, match.start() + offset + 1)
                out.add(page, start, end)
    return out
