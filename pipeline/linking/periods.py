"""Months, years and their parts: 12月下旬, 上月底, 前三季度, 今秋, 2023年度, “十四五”期间, 上世纪八十年代."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from pipeline.linking.timeline import NUMBER, YEAR, Calendar, interval, month_from
from pipeline.numerals import number

TEN_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 12)}
EDGES = {"底": (12, 12), "末": (12, 12), "初": (1, 1)}
FIRST_PLAN, FIRST_PLAN_YEAR = 9, 1996
"""The five-year plan that years are counted from: 九五."""
PLAN = re.compile(r"(?P<nth>十[一二三四五六七八九]?)五(?:规划)?(?:期间|时期)?$")

NAMED_MONTH = f"(?P<which>本|上个?|下个?)月|(?P<month>{NUMBER})月份?"
PART_OF_MONTH = re.compile(rf"(?P<front>.*?)(?:{NAMED_MONTH})(?P<part>[上中下]旬|底|初|末)?(?:前)?$")
MONTH = re.compile(rf"{YEAR}[.-](?P<month>\d{{1,2}})$")

HALF = "(?P<half>[上下])半年"
FIRST_MONTHS = f"前(?P<months>{NUMBER})个月"
FIRST_QUARTERS = f"前(?P<quarters>{NUMBER})季度"
QUARTER = "第?(?P<quarter>[一二三四首])季度?"
SEASON = "(?P<season>[春夏秋冬])[天季]?"
EDGE = "(?P<edge>年?[底初末内])前?"
PART_OF_YEAR = re.compile(
    f"(?P<front>[今去明]年?|前年|本年|{YEAR})?(?:{HALF}|{FIRST_MONTHS}|{FIRST_QUARTERS}|{QUARTER}|{SEASON}|{EDGE})$"
)
YEAR_ALONE = re.compile(rf"(?:{YEAR}|今年|去年|前年|明年|来年|上年|同年|当年)(?:度|全年)?$")
YEARS_AGO = re.compile(f"(?P<count>{NUMBER})年前$")
DECADE = re.compile(r"(?:20|上)世纪(?P<nth>[2-9二三四五六七八九])[0十]年代$")


def plan(form: str, calendar: Calendar) -> str | None:
    """“十四五”期间: the years of a five-year plan."""
    match = PLAN.match(form)
    if not match:
        return None
    first = FIRST_PLAN_YEAR + 5 * (number(match["nth"]) - FIRST_PLAN)
    return f"{first}/{first + 4}"


def part_of_month(form: str, calendar: Calendar) -> str | None:
    """本月中旬, 12月下旬, 今年8月底, 上月底."""
    match = PART_OF_MONTH.match(form)
    named = _month_of(match, calendar) if match else None
    if not match or not named:
        return None
    year, month = named
    if match["part"] in TEN_DAYS:
        first, last = TEN_DAYS[match["part"]]
        return interval(date(year, month, first), date(year, month, min(last, monthrange(year, month)[1])))
    return f"{year}-{month:02}"


def _month_of(match: re.Match[str], calendar: Calendar) -> tuple[int, int] | None:
    """Year and month that a form names, None where they cannot be told."""
    if match["which"]:
        shift = {"上": -1, "下": 1}.get(match["which"][0], 0)
        return month_from(calendar.issue, shift) if calendar.issue else None
    month = number(match["month"])
    year = calendar.year_of(match["front"]) if match["front"] else _year_of_month(month, calendar)
    return (year, month) if year and 1 <= month <= 12 else None


def _year_of_month(month: int, calendar: Calendar) -> int | None:
    """The year of a month named alone: that of the issue, the year before for months still far ahead."""
    if not calendar.issue:
        return calendar.year
    ahead = month - calendar.issue.month
    return calendar.issue.year - (1 if ahead > 4 else 0) + (1 if ahead < -9 else 0)


def part_of_year(form: str, calendar: Calendar) -> str | None:
    """前三季度, 今年上半年, 2024年一季度, 前8个月, 今秋, 年底前."""
    match = PART_OF_YEAR.match(form)
    if not match:
        return None
    front = match["front"] or ""
    if not front and (match["season"] or (match["edge"] and not match["edge"].startswith("年"))):
        return None
    if match["half"] and not front and calendar.issue and calendar.issue.month <= 3:
        return None
    year, months = calendar.year_of(front), _months_of(match)
    return months_of_year(year, *months) if months else str(year) if year else None


def _months_of(match: re.Match[str]) -> tuple[int, int] | None:
    """The first and the last month of a part of a year."""
    if match["half"]:
        return (1, 6) if match["half"] == "上" else (7, 12)
    if match["months"]:
        return 1, number(match["months"])
    if match["quarters"]:
        return 1, 3 * number(match["quarters"])
    if match["quarter"]:
        last = 3 * number(match["quarter"])
        return last - 2, last
    if match["season"]:
        return SEASONS[match["season"]]
    return EDGES.get(match["edge"][-1])


def months_of_year(year: int | None, first: int, last: int) -> str | None:
    """The months from the first to the last of one year."""
    if not year or not 1 <= first <= last <= 12:
        return None
    return f"{year}-{first:02}" if first == last else f"{year}-{first:02}/{year}-{last:02}"


def numbered_month(form: str, calendar: Calendar) -> str | None:
    """1998.07, 2024-3."""
    match = MONTH.match(form)
    return months_of_year(int(match["year"]), int(match["month"]), int(match["month"])) if match else None


def whole_year(form: str, calendar: Calendar) -> str | None:
    """2023年, 2023年度, 去年, 十年前, 上世纪八十年代."""
    if ago := YEARS_AGO.match(form):
        return str(calendar.this_year - number(ago["count"])) if calendar.this_year else None
    if decade := DECADE.match(form):
        nth = number(decade["nth"])
        return f"19{nth}0/19{nth}9"
    found = calendar.year_of(form) if YEAR_ALONE.match(form) else None
    return str(found) if found else None
