"""Feasts and days of the old calendar to dates: 春节前夕, 正月初八, 腊月二十三, 中秋节, “八一”前夕, 国庆假期."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from pipeline.linking import divisions

SOLAR = [
    (r"元旦", (1, 1), 1),
    (r"三八节?|(?:三八)?(?:国际)?(?:劳动)?妇女节", (3, 8), 1),
    (r"植树节", (3, 12), 1),
    (r"五一|(?:五一)?(?:国际)?劳动节", (5, 1), 5),
    (r"五四|(?:五四)?青年节", (5, 4), 1),
    (r"六一|(?:六一)?(?:国际)?儿童节", (6, 1), 1),
    (r"七一|(?:七一)?建党节", (7, 1), 1),
    (r"八一|(?:八一)?建军节", (8, 1), 1),
    (r"教师节", (9, 10), 1),
    (r"国庆", (10, 1), 7),
]
"""Feasts of the civil calendar: their day, and how many days the holiday has."""
LUNAR = [
    ("春节|大年初一", 2, 0),
    ("除夕|大年三十", 2, -1),
    ("元宵", 2, 14),
    ("腊八", 1, 7),
    ("清明", 3, 0),
    ("端午", 4, 0),
    ("中秋", 5, 0),
    ("重阳", 6, 0),
]
"""Feasts of the old calendar: column of `feasts.tsv`, days after it."""
DAY = re.compile(r"(?:农历)?(?P<month>正月|大年|腊月)(?P<day>初?[一二三四五六七八九十廿]{1,3})")
TAIL = r"(?P<tail>(?:佳节|假期|期间|小长假|黄金周|当天|当日|当晚|前夕|前后|之前|节|前)*)$"
HOLIDAY = re.compile("假期|期间|小长假|黄金周")
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九十")}


def feast(form: str, year: int | None, issue: date | None) -> str | None:
    """The date of a feast or a day of the old calendar; its holiday, or the week before it where the form says so.

    Without `year` it is the one nearest to the issue. None for forms that are neither.
    """
    for names, day, length in SOLAR:
        if match := re.match(f"(?:{names}){TAIL}", form):
            return _told(_nearest([date(y, *day) for y in _years(year, issue)], issue), match["tail"], length)
    for names, column, shift in LUNAR:
        if match := re.match(f"(?:{names}){TAIL}", form):
            return _told(
                _nearest(_days(column, shift, year, issue), issue), match["tail"], 7 if names[0] == "春" else 1
            )
    match = DAY.fullmatch(form)
    number = _number(match["day"]) if match else 0
    if not match or not 1 <= number <= 30:
        return None
    late = match["month"] == "腊月"
    found = _nearest(_days(1 if late else 2, number - 1, year + 1 if late and year else year, issue), issue)
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


def _days(column: int, shift: int, year: int | None, issue: date | None) -> list[date]:
    rows = [_table()[y] for y in _years(year, issue) if y in _table()]
    return [date.fromisoformat(row[column]) + timedelta(shift) for row in rows]


@cache
def _table() -> dict[int, list[str]]:
    return {int(row[0]): row for row in divisions.rows("feasts.tsv")}


def _number(words: str) -> int:
    """初八 → 8, 十五 → 15, 二十三 → 23, 廿三 → 23."""
    total = 0
    for char in words.removeprefix("初").replace("廿", "二十"):
        total = (total or 1) * 10 if char == "十" else total + DIGITS[char]
    return total
