"""The TIME mentions of an article to ISO 8601 dates and intervals, each read after what was told before it.

2月29日上午 → 2024-02-29, 前三季度 → 2024-01/2024-09, 今年以来 → 2024-01-01/(issue date). 近日, 日前 and 连日来 become the
seven days that end with the issue. What needs a date that is not known (昨日 without an issue date, 第二天 without a day
before it), and what no calendar tells (汛期, 三天内), gets no date.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipeline.linking.expressions import parse, plain
from pipeline.linking.relative import SAME_DAY
from pipeline.linking.timeline import FULL_DAY, ISO_DAY, Calendar
from pipeline.records import Record


def resolve(record: Record, issue: str | None, before: str | None = None) -> dict[str, str]:
    """ISO dates and intervals of the TIME mentions of an article that can be told, by mention id. `before` is the day told
    last in the item before, which an article that begins with 同日 goes on from.
    """
    mentions = sorted((m for m in record.entities if m.label == "TIME"), key=lambda m: m.start)
    year = _first_year(m.text for m in mentions)
    calendar = Calendar(date.fromisoformat(issue) if issue else None, None, year, year)
    if before and mentions and mentions[0].start == 0 and mentions[0].text.startswith(SAME_DAY):
        calendar = calendar.after(before)
    found = {}
    for mention in mentions:
        if iso := parse(mention.text, calendar):
            found[mention.id] = iso
            calendar = calendar.after(iso)
    return found


def _first_year(texts: Iterable[str]) -> int | None:
    """The year of the first full date, to complete dates without year where the issue has none."""
    return next((int(match[1]) for text in texts if (match := FULL_DAY.search(plain(text)))), None)


def last_day(found: Iterable[str]) -> str | None:
    """The full day among times in the order of the text that is told last."""
    return next((iso for iso in reversed(list(found)) if ISO_DAY.fullmatch(iso)), None)
