"""Days told by their number: 2024年2月29日, 2月29日上午, 27日, 本月10日, 10月10日前."""

from __future__ import annotations

import re
from datetime import date

from pipeline.linking.timeline import YEAR_TOLD, YEARS, Calendar, interval, made, month_from

YEAR_WORD = re.compile("|".join(YEARS))
YEAR_BEFORE_DAY = re.compile(f"^(?:{'|'.join((*YEARS, *YEAR_TOLD))})")
IN_YEAR = r"(?P<year>(?:19|20)\d\d)[年./-]"
IN_MONTH = r"(?P<month>\d{1,2})[月./-]"
NO_DAY_AFTER = r"[\d月年个时点:]"
"""What makes a number that is not followed by 日 something else than a day."""
DAY = re.compile(rf"(?:{IN_YEAR})?(?:{IN_MONTH})?(?P<day>\d{{1,2}})(?:日|(?!{NO_DAY_AFTER}))")
DAY_OF_MONTH = re.compile(r"(?P<which>本|这个|当|上个?|下个?)月(?P<day>\d{1,2})日")
DAY_ALONE = re.compile(r"(\d{1,2})日")


def day_of_month(form: str, calendar: Calendar) -> str | None:
    """本月10日, 上月28日; 当月10日 is of the month named last."""
    match = DAY_OF_MONTH.match(form)
    base = (calendar.day or calendar.issue) if match and match["which"] == "当" else calendar.issue
    if not match or not base:
        return None
    year, month = month_from(base, {"上": -1, "下": 1}.get(match["which"][0], 0))
    return _iso(made(year, month, int(match["day"])))


def day_of_same_month(form: str, day: date | None) -> str | None:
    """A day without its month, in the month of another."""
    match = DAY_ALONE.match(form)
    return _iso(made(day.year, day.month, int(match[1]))) if match and day else None


def numbered_day(form: str, calendar: Calendar) -> str | None:
    """A day: 2024年2月29日, 2月29日上午, 27日, 今年9月10日, 10月10日前."""
    match = DAY.match(YEAR_BEFORE_DAY.sub("", form))
    if not match or not ("日" in match[0] or (match["year"] and match["month"])):
        return None
    worded = calendar.year_of(form) if YEAR_WORD.match(form) else None
    year = int(match["year"]) if match["year"] else worded
    month, nth = int(match["month"]) if match["month"] else None, int(match["day"])
    if month and form.endswith("前") and calendar.issue:
        return _deadline(year, month, nth, calendar.issue)
    return _iso(_complete(year, month, nth, calendar))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _deadline(year: int | None, month: int, day: int, issue: date) -> str | None:
    """From the issue to a day that is still ahead of it."""
    years = [year] if year else [issue.year, issue.year + 1]
    ahead = [found for y in years if (found := made(y, month, day)) and found >= issue]
    return interval(issue, ahead[0]) if ahead else None


def _complete(year: int | None, month: int | None, day: int, calendar: Calendar) -> date | None:
    """The date of a month and day, or of a day alone, nearest to the issue; the past before the future."""
    base = calendar.issue or calendar.day
    if month:
        months = [(y, month) for y in ([year] if year else _near_years(calendar))]
    else:
        near = calendar.day or base
        months = [month_from(near, shift) for shift in (0, -1, -2, 1)] if near else []
    days = [found for y, m in months if (found := made(y, m, day))]
    return min(days, key=lambda found: _distance(found, base) if month else _jump(found, calendar), default=None)


def _near_years(calendar: Calendar) -> list[int]:
    """The years that a month and day may be of."""
    if calendar.issue:
        return [calendar.issue.year + shift for shift in (0, -1, 1)]
    return [calendar.year] if calendar.year else []


def _distance(found: date, base: date | None) -> int:
    """Days from the issue, those ahead of it weighed more: the press reports what was."""
    gap = (found - base).days if base else 0
    return gap * 3 if gap > 0 else -gap


def _jump(found: date, calendar: Calendar) -> int:
    """Days from the day named last to one named without its month: articles go forward in time, but not past the issue."""
    anchor = calendar.day or calendar.issue
    gap = (found - anchor).days if anchor else 0
    ahead = max((found - calendar.issue).days, 0) if calendar.issue else 0
    return 7 * ahead + (gap if gap > 0 else -gap * (2 if calendar.day else 1))
