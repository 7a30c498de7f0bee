"""One time as printed to an ISO date or interval: which kind of expression it is, and those made of two times.

jionlp's time parser was weighed: 250 kB of rules that import numpy, jiojio and requests, turn a day into a span to now
(JioNLP issue 214), and know neither the issue's date nor the article's earlier dates. The press uses few forms, so they
stand here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

from pipeline.linking import days, periods, relative
from pipeline.linking.feasts import feast
from pipeline.linking.timeline import Calendar
from pipeline.numerals import DIGITS, number

LUNAR = re.compile("农历|正月|[冬腊]月|(?:二月二|三月三|六月六)(?!十|日)")
HAN_YEAR = re.compile("[〇零一二三四五六七八九]{4}(?=年)")
HAN_DAY = re.compile(r"(?<![一二三四五六七八九十])(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[月日])")

TO = "至到—~～"
"""Signs that only an interval has; a hyphen may also stand inside a date."""
HYPHENED = re.compile(rf"(?:19|20)\d\d-\d{{1,2}}(?:-\d{{1,2}})?(?![\d-])[^{TO}-]*$")
INTERVAL = re.compile(rf"(?P<start>.+?)(?:至|到|—+|~|～|-+(?!.*[{TO}]))(?P<end>.+)$")
MONTHS = re.compile(r"(?P<year>.*?年)?(?P<first>\d{1,2})月?(?:至|到|-|—)(?P<last>\d{1,2})月份?$")
DURING = re.compile("(?<=[年月日])(?:之|期)?间$")
TWO_DAYS = re.compile(rf"(?P<first>[^{TO}]*日)[、和](?P<second>\d{{1,2}}日.*)$")
FROM_ISSUE = re.compile("[上本这下今昨明]|周末")
"""What an interval's end begins with that is told from the issue, not from the interval's start."""


def plain(text: str) -> str:
    """A time without spaces, full-width digits and quotation marks."""
    return re.sub(r"[\s“”\"‘’()]", "", unicodedata.normalize("NFKC", text))


def parse(text: str, calendar: Calendar) -> str | None:
    """One time as an ISO date or interval, None where it cannot be told."""
    form = _arabic(plain(text))
    if form.endswith(("以来", "至今")):
        return _until_now(form[:-2], calendar)
    if form.endswith("起"):
        return _until_now(form[:-1], calendar) or parse(form[:-1], calendar)
    form = form.removeprefix("截至")
    for read in (
        _hyphened,
        _two_days,
        _interval,
        feast,
        periods.plan,
        relative.back,
        relative.from_issue,
        relative.from_told,
        relative.week,
        days.day_of_month,
        days.numbered_day,
        periods.part_of_month,
        periods.part_of_year,
        periods.numbered_month,
        periods.whole_year,
    ):
        if iso := read(form, calendar):
            return iso
    return None


def _arabic(form: str) -> str:
    """A time whose years, months and days are in digits: 二〇二四年八月二十二日. Lunar ones stay as they are."""
    if LUNAR.search(form):
        return form
    form = HAN_YEAR.sub(lambda year: "".join(str(DIGITS[c]) for c in year[0]), form)
    return HAN_DAY.sub(lambda day: str(number(day[0])), form)


def _until_now(form: str, calendar: Calendar) -> str | None:
    """The time from a start to the issue; a month or day still ahead of the issue is that of the year before."""
    issue = calendar.issue
    if not issue:
        return None
    for base in (calendar, replace(calendar, issue=date(issue.year - 1, 12, 31))):
        start = (parse(form, base) or "").split("/")[0]
        first = start + "-01" * (2 - start.count("-"))
        if start and first <= issue.isoformat():
            return f"{first}/{issue.isoformat()}"
    return None


def _hyphened(form: str, calendar: Calendar) -> str | None:
    """2024-02-29, 2024-02-29上午, 2024-03: hyphens that are no interval."""
    if not HYPHENED.match(form):
        return None
    return days.numbered_day(form, calendar) or periods.numbered_month(form, calendar)


def _two_days(form: str, calendar: Calendar) -> str | None:
    """8月20日、21日: days that follow one another."""
    match = TWO_DAYS.match(form)
    start = parse(match["first"], calendar) if match else None
    end = days.day_of_same_month(match["second"], calendar.after(start).day) if match and start else None
    return f"{start}/{end}" if start and end and start < end else None


def _interval(form: str, calendar: Calendar) -> str | None:
    """8月22日至26日, 1至8月, 1998.07—2002.09, 2012年至2021年."""
    form = DURING.sub("", form)
    match = INTERVAL.match(form)
    if not match:
        return None
    if months := MONTHS.match(form):
        return periods.months_of_year(calendar.year_of(months["year"] or ""), int(months["first"]), int(months["last"]))
    start = parse(match["start"], calendar) or parse(match["start"] + "日", calendar)
    end = _end(match["end"], calendar.after(start or ""))
    if not start or not end:
        return start
    first, last = start.split("/")[0], end.split("/")[-1]
    return f"{first}/{last}" if first < last else start


def _end(form: str, known: Calendar) -> str | None:
    """The end of an interval whose start is known."""
    if end := days.day_of_same_month(form, known.day) or relative.weekday_after(form, known.day):
        return end
    return parse(form, known if FROM_ISSUE.match(form) else replace(known, issue=known.day or known.issue))
