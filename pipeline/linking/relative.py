"""Times told from the issue (昨天, 近日, 上周五, 三天前, 近两个月) or from what was told before (次日, 考察期间, 上午9时)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.linking.timeline import NUMBER, Calendar, interval, month_from
from pipeline.numerals import number

FROM_ISSUE = {
    "今天": 0,
    "今日": 0,
    "今晚": 0,
    "今早": 0,
    "昨": -1,
    "前天": -2,
    "前日": -2,
    "前晚": -2,
    "明天": 1,
    "明日": 1,
    "后天": 2,
}
SAME_DAY = ("当天", "当日", "当晚", "同日", "同一天", "宣判当天")
FROM_DAY_TOLD = {
    **dict.fromkeys(SAME_DAY, 0),
    **dict.fromkeys(("第二天", "次日", "翌日"), 1),
    **dict.fromkeys(("前一天", "前一日"), -1),
}
RECENT = ("近日", "日前", "连日", "连日来", "这两天", "近期", "最近", "近来", "这几天", "近几天")
MEANWHILE = re.compile(
    "在?(?:调研|考察|检查|督导|督查|招商|慰问|走访|会议|大会|座谈|会谈|洽谈|活动|访问|出访|学习|培训|参观|观摩|视察|推介)+期间|[其此]间"
)
"""What a report tells beside the visit or meeting that it is of: 考察期间, 其间."""

PART_OF_DAY = "凌晨|清晨|清早|早上|早晨|上午|中午|午后|下午|傍晚|晚上|深夜|夜间|入夜|晚"
HOUR = r"约?[\d一二三四五六七八九十]{1,3}[时点:]"
MINUTES = r"[\d一二三四五六七八九十]{1,3}分?|半|许|左右|整"
CLOCK = f"(?:{PART_OF_DAY})?(?:{HOUR}(?:{MINUTES})*)?"

WEEKDAYS = "一二三四五六日"
WEEKDAY = re.compile("(?:周|星期)(?P<day>[一二三四五六日天])")
WEEK = re.compile(f"(?P<which>上|本|这|下)?(?:周|星期)(?P<day>末|[一二三四五六日天])?{CLOCK}$")
DAYS_AGO = re.compile(f"(?P<count>{NUMBER})天前$")
BACK = re.compile(f"(?P<since>(?:近|过去|这|最近){{0,2}})(?P<count>{NUMBER})多?(?P<unit>年|个月)多?(?P<until>来)?$")


def back(form: str, calendar: Calendar) -> str | None:
    """三年来, 近两个月, 三天前."""
    issue = calendar.issue
    if issue and (days := DAYS_AGO.match(form)):
        return (issue - timedelta(number(days["count"]))).isoformat()
    match = BACK.match(form)
    if not match or not issue or not (match["since"] or match["until"]):
        return None
    count = number(match["count"])
    if form.startswith("过去") and count == 1:
        return None
    year, month = month_from(issue, -count * (12 if match["unit"] == "年" else 1))
    return f"{year}-{month:02}/{issue.year}-{issue.month:02}"


def from_issue(form: str, calendar: Calendar) -> str | None:
    """昨天上午, 今晚, 近日."""
    if not calendar.issue:
        return None
    if form in RECENT:
        return interval(calendar.issue - timedelta(6), calendar.issue)
    shift = next((shift for word, shift in FROM_ISSUE.items() if form.startswith(word)), None)
    return (calendar.issue + timedelta(shift)).isoformat() if shift is not None else None


def from_told(form: str, calendar: Calendar) -> str | None:
    """考察期间, 同月, 当天, 次日凌晨, 前一天, 上午9时."""
    if MEANWHILE.fullmatch(form):
        return calendar.told
    day = calendar.day
    if not day or not form:
        return None
    if form == "同月":
        return f"{day:%Y-%m}"
    if re.fullmatch(CLOCK, form):
        return day.isoformat()
    shift = next((shift for word, shift in FROM_DAY_TOLD.items() if form.startswith(word)), None)
    return (day + timedelta(shift)).isoformat() if shift is not None else None


def week(form: str, calendar: Calendar) -> str | None:
    """本周, 上周末, 周五下午: a weekday alone is the last one up to the issue."""
    match, issue = WEEK.match(form), calendar.issue
    if not match or not issue:
        return None
    which, named = match["which"], match["day"]
    monday = issue - timedelta(issue.weekday()) + timedelta({"上": -7, "下": 7}.get(which, 0))
    if not named or named == "末":
        return interval(monday + timedelta(5 if named else 0), monday + timedelta(6)) if which else None
    day = monday + timedelta(_weekday(named))
    return (day if which or day <= issue else day - timedelta(7)).isoformat()


def weekday_after(form: str, day: date | None) -> str | None:
    """The first 周日 from a day on."""
    match = WEEKDAY.match(form)
    if not match or not day:
        return None
    return (day + timedelta((_weekday(match["day"]) - day.weekday()) % 7)).isoformat()


def _weekday(named: str) -> int:
    return WEEKDAYS.index(named.replace("天", "日"))
