"""What is known when a time is read: the issue's date and the days and years that the article has told so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1}
"""Words for a year, with how far it is from the issue's."""
SHORT_YEARS = {"今": 0, "去": -1, "明": 1}
"""The same before a season or a part of the year: 今秋."""
YEAR_TOLD = ("当年", "同年")
YEAR = r"(?P<year>(?:19|20)\d\d)年?"
NUMBER = r"(?:\d{1,2}|(?<![一二三四五六七八九十])(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两]))"
"""A number up to 99; 三四天前, which says two, holds none."""
FULL_DAY = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST_VISIT = 31
"""Days that a visit or meeting may take which a report tells once: 9月8日至10日."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known when a time is read: the issue's date, the day and the year last named, the year of the first full
    date, and the day or days told last (9月8日至10日).
    """

    issue: date | None
    day: date | None = None
    year: int | None = None
    dated: int | None = None
    told: str | None = None

    @property
    def this_year(self) -> int | None:
        """The year of the issue, else that of the article's first full date."""
        return self.issue.year if self.issue else self.dated

    def year_of(self, form: str) -> int | None:
        """The year that a form begins with (2023年, 去年, 今), this year where it names none."""
        if match := re.match(YEAR, form):
            return int(match["year"])
        if form.startswith(YEAR_TOLD):
            return self.year
        shift = next((shift for word, shift in (YEARS | SHORT_YEARS).items() if form.startswith(word)), 0)
        return self.this_year + shift if self.this_year else None

    def after(self, iso: str) -> Calendar:
        """What is known once the text has told this time too."""
        if ISO_DAY.fullmatch(iso):
            return replace(self, day=date.fromisoformat(iso), year=int(iso[:4]), told=iso)
        first, _, last = iso.partition("/")
        if ISO_DAY.fullmatch(first) and ISO_DAY.fullmatch(last):
            length = (date.fromisoformat(last) - date.fromisoformat(first)).days
            return replace(self, told=iso) if length < LONGEST_VISIT else self
        return self if last or not iso else replace(self, year=int(iso[:4]))


def made(year: int, month: int, day: int) -> date | None:
    """The date, None where the calendar has none (2月30日)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_from(base: date, shift: int) -> tuple[int, int]:
    """Year and month so many months after that of `base`."""
    year, month = divmod(base.year * 12 + base.month - 1 + shift, 12)
    return year, month + 1


def interval(first: date, last: date) -> str:
    """The days from the first to the last in ISO 8601."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
