"""The list of a page's headlines that e-papers print beside its articles, and copies of them keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.pages.cues import closed, cue
from pipeline.pages.furniture import furniture_score
from pipeline.pages.lines import HEADER, squeeze
from pipeline.pages.paragraphs import Paragraph

LEAST = 3
"""Headlines of the shortest list."""
STEM = 5
"""Characters that a headline cut short by its list still has."""
_NUMBER = re.compile(r"^\d{1,2}[.、)]?\s*(?=\D)")
"""The number of a headline in its list."""
_CUT = re.compile(r"(?:…|\.{2,})+$")
"""Where a list cuts a headline short."""


def find_contents(page: list[Paragraph]) -> frozenset[str]:
    """Makes lists of headlines furniture; returns those headlines without spaces: printed twice, they are no running headers."""
    names = [_name(paragraph) for paragraph in page]
    cuts = {len(_CUT.sub("", name)) for name in names if _CUT.search(name)}
    runs = _runs(names, _Printed(names, page, cuts))
    if not runs:
        return frozenset()
    inside = {k for run in runs for k in run}
    alone = _Printed(["" if k in inside else name for k, name in enumerate(names)], page, cuts)
    found: set[str] = set()
    for run in runs:
        told = {names[k] for k in run if alone.has(names[k], 1)}
        if len(told) >= LEAST and 2 * len(told) >= len(run):
            found |= told
            for k in run:
                page[k].role = "other"
    return frozenset(found)


def _name(paragraph: Paragraph) -> str:
    """A line that can be a headline, without spaces and the bullet or number before it; nothing of any other line."""
    text = _NUMBER.sub("", cue("bullet").sub("", paragraph.text.strip()))
    if paragraph.role or closed(_CUT.sub("", text)) or len(text) >= HEADER[1] or furniture_score(text) > 0:
        return ""
    return squeeze(text)


class _Printed:
    """The headlines that lines print, alone or over two lines; lists cut some to these lengths."""

    def __init__(self, names: Sequence[str], page: Sequence[Paragraph], cuts: Iterable[int]) -> None:
        below = pairwise(zip(names, page, strict=True))
        two = (a + b for (a, p), (b, q) in below if a and b and p.block == q.block)
        self._names = Counter(name for name in (*names, *two) if name)
        self._stems = {name[:n] for name in self._names for n in cuts if STEM <= n < len(name)}

    def has(self, name: str, times: int) -> bool:
        """Whether a headline is printed so often, or one that begins with it where it is cut short."""
        return self._names[name] >= times or (bool(_CUT.search(name)) and _CUT.sub("", name) in self._stems)


def _runs(names: Sequence[str], printed: _Printed) -> list[list[int]]:
    """Runs of lines that all are printed elsewhere too; a headline that a run has already is that of an article below it."""
    runs: list[list[int]] = [[]]
    told: set[str] = set()
    for k, name in enumerate(names):
        again = bool(name) and printed.has(name, 2)
        if not again or name in told:
            runs.append([])
            told = set()
        if again:
            runs[-1].append(k)
            told.add(name)
    return [run for run in runs if len(run) >= LEAST]
