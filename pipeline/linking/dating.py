"""The day an issue was printed, where only its pages tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.linking.expressions import plain
from pipeline.linking.timeline import FULL_DAY, made
from pipeline.numerals import iso
from pipeline.records import Record

MASTHEAD = re.compile(r"((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})")
MONTH_DAY = re.compile(r"^(\d{1,2})月(\d{1,2})日(?!.*前$)")
YEAR_IN_TEXT = re.compile(r"(?<![\d到至争前])(20\d\d)年(?![至前底末远])")
"""A year that is no plan, deadline or end of a span: not 到2035年, 2030年前."""
YEAR_OF_MEETING = re.compile(r"(20\d\d)年")


def infer_date(records: Sequence[Record], masthead: str | None = None) -> str | None:
    """The issue's date: the full date in the masthead, else the last day that the articles report.

    The year of days printed without one is believed where the text says it in a full date, in the name of a meeting
    (2023年第九次集体学习), or more than once. None where nothing tells.
    """
    match = MASTHEAD.search(plain(masthead or ""))
    if match and (told := iso(match)):
        return told
    full, days = set(), set()
    for form in (plain(m.text) for r in records for m in r.entities if m.label == "TIME"):
        if found := FULL_DAY.match(form):
            full.add((int(found[1]), int(found[2]), int(found[3])))
        elif found := MONTH_DAY.match(form):
            days.add((int(found[1]), int(found[2])))
    year = _issue_year(records, {y for y, _, _ in full})
    known = [day for y, m, d in full if y == year and (day := made(y, m, d))]
    known += [day for m, d in days if year and (day := made(year, m, d))]
    return max(known).isoformat() if known else None


def _issue_year(records: Sequence[Record], full: set[int]) -> int | None:
    """The latest year that the text names firmly enough to be the issue's own."""
    counts: Counter[int] = Counter()
    for record in records:
        counts.update(int(year) for year in YEAR_IN_TEXT.findall(plain(record.text)))
        for mention in record.entities:
            if mention.label == "EVENT" and (named := YEAR_OF_MEETING.match(plain(mention.text))):
                counts[int(named[1])] += 1
    last = max([*counts, *full], default=None)
    return last if last and (last in full or counts[last] > 1) else None
