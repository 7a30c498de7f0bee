"""Feasts and days of the old calendar to dates: 春节前夕, 正月初八, 腊月二十三, 中秋节, “八一”前夕, 国庆假期."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from pipeline.linking import divisions
from pipeline.linking.timeline import YEAR, YEARS, Calendar
from pipeline.numerals import number

YEAR_BEFORE = re.compile("|".join((*YEARS, YEAR)))
DAY = re.compile(
    "(?:农历)?(?P<month>正月|大年|[冬腊]月|(?<=农历)(?:十?[一二]|[三四五六七八九十])月)"
    "(?P<day>初?[一二三四五六七八九十廿]{1,3})日?(?:当[晚天日]|晚上?|夜)?"
)
CALLED = {"大年": "正月", "一月": "正月", "十一月": "冬月", "十二月": "腊月"}
"""Months of the old calendar under other names."""
TAIL = r"(?P<tail>(?:佳节|假期|期间|小长假|黄金周|当天|当日|当晚|前夕|前后|之前|节|前|之?夜|晚上?)*)$"
OLD = ("腊月", "正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "清明")
"""The columns of `feasts.tsv`."""
HOLIDAY = re.compile("假期|期间|小长假|黄金周")


def feast(form: str, calendar: Calendar) -> str | None:
    """The date of a feast or a day of the old calendar; its holiday, or the week before it where the form says so.

    Where the form names no year it is the one nearest to the issue. None for forms that are neither.
    """
    issue, year = calendar.issue, None
    if front := YEAR_BEFORE.match(form):
        form, year = form[front.end() :], calendar.year_of(form)
    for named, start, shift, length in _feasts():
        if match := named.match(form):
            return _told(_nearest(_days(start, shift, year, issue), issue), match["tail"], length)
    match = DAY.fullmatch(form)
    nth = number(match["day"]) if match else 0
    if not match or not 1 <= nth <= 30:
        return None
    month = CALLED.get(match["month"], match["month"])
    days = _days(month, nth - 1, year + 1 if month == "腊月" and year else year, issue)
    found = _nearest(days, issue)
    return found.isoformat() if found else None


def _told(day: date | None, tail: str, length: int) -> str | None:
    if day is None or "前后" in tail:
        return None
    if "前" in tail:
        return f"{day - timedelta(7)}/{day - timedelta(1)}"
    return f"{day}/{day + timedelta(length - 1)}" if HOLIDAY.search(tail) and length > 1 else day.isoformat()


def _years(year: int | None, issue: date | None) -> list[int]:
    return [year] if year else [issue.year + shift for shift in (-1, 0, 1)] if issue else []


def _nearest(days: list[date], issue: date | None) -> date | None:
    return min(days, key=lambda day: abs(day - (issue or day)), default=None)


def _days(start: str, shift: int, year: int | None, issue: date | None) -> list[date]:
    """The day `shift` days after a day of the civil calendar (05-01) or the first of a month of the old one (正月), in each
    year that may be meant.
    """
    years = _years(year, issue)
    days = (
        [f"{y:04}-{start}" for y in years] if start[0].isdigit() else [_old()[y][start] for y in years if y in _old()]
    )
    return [date.fromisoformat(day) + timedelta(shift) for day in days]


@cache
def _feasts() -> list[tuple[re.Pattern[str], str, int, int]]:
    """Names with what may follow them, day, days after it, and how many days the holiday has."""
    return [
        (re.compile(f"(?:{names}){TAIL}"), day, int(shift), int(length))
        for names, day, shift, length in divisions.rows("feast_names.tsv")
    ]


@cache
def _old() -> dict[int, dict[str, str]]:
    """The days of the old calendar in each year."""
    return {int(year): dict(zip(OLD, days, strict=True)) for year, *days in divisions.rows("feasts.tsv")}
