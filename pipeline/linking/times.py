"""TIME mentions to ISO 8601 dates and intervals, against the issue's date.

2月29日上午 → 2024-02-29, 前三季度 → 2024-01/2024-09, 今年以来 → 2024-01-01/(issue date). 近日, 日前 and 连日来 become the
seven days that end with the issue. What needs a date that is not known (昨日 without an issue date, 第二天 without a day
before it), and what no calendar tells (汛期, 三天内), gets no date.

jionlp's time parser was weighed: 250 kB of rules that import numpy, jiojio and requests, turn a day into a span to now
(JioNLP issue 214), and know neither the issue's date nor the article's earlier dates. The press uses few forms, so they
stand here.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.linking.feasts import feast
from pipeline.numerals import DIGITS, iso, number
from pipeline.records import Record

YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1}
DAYS = {
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
MEANWHILE = re.compile(
    "在?(?:调研|考察|检查|督导|督查|招商|慰问|走访|会议|大会|座谈|会谈|洽谈|活动|访问|出访|学习|培训|参观|观摩|视察|推介)+期间|[其此]间"
)
"""What a report tells beside the visit or meeting that it is of: 考察期间, 其间."""
SHORT = 31
"""Days that such a visit or meeting may take."""
DAY_BEFORE = ("前一天", "前一日")
NEXT_DAY = ("第二天", "次日", "翌日")
RECENT = ("近日", "日前", "连日", "连日来", "这两天", "近期", "最近", "近来", "这几天", "近几天")
SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 12)}
NUMBER = r"(\d{1,2}|(?<![一二三四五六七八九十])(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两]))"
"""A number up to 99; 三四天前, which says two, holds none."""
YEAR = r"(?P<year>(?:19|20)\d\d)年?"
DAY = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)[年./-])?(?:(?P<month>\d{1,2})[月./-])?(?P<day>\d{1,2})(?:日|(?![\d月年个时点:]))"
)
ISO = re.compile(r"(?:19|20)\d\d-\d{1,2}(?:-\d{1,2})?(?![\d-])[^至到—~～-]*$")
HAN_DAY = re.compile(r"(?<![一二三四五六七八九十])(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[月日])")
HAN_YEAR = re.compile("[〇零一二三四五六七八九]{4}(?=年)")
LUNAR = re.compile("农历|正月|[冬腊]月|(?:二月二|三月三|六月六)(?!十|日)")
OWN_BASE = re.compile("[上本这下今昨明]|周末")
"""What an interval's end begins with that is told from the issue, not from the interval's start."""
WEEKDAYS = "一二三四五六日"
RANGE = re.compile(r"(.+?)(?:至|到|—+|~|～|-+(?!.*[至到—~～]))(.+)$")
CLOCK = re.compile(
    r"(?:凌晨|清晨|清早|早上|早晨|上午|中午|午后|下午|傍晚|晚上|深夜|夜间|入夜|晚)?(?:约?[\d一二三四五六七八九十]{1,3}[时点:](?:[\d一二三四五六七八九十]{1,3}分?|半|许|左右|整)*)?"
)
BACK = re.compile(rf"(?:近|过去|这|最近){{0,2}}{NUMBER}多?(?P<unit>年|个月)多?来?$")
PLAN = re.compile(r"(十[一二三四五六七八九]?)五(?:规划)?(?:期间|时期)?$")
DAYS_AGO = re.compile(rf"{NUMBER}天前$")
YEARS_AGO = re.compile(rf"{NUMBER}年前$")
YEAR_WORD = re.compile("|".join(YEARS))
YEAR_BEFORE_DAY = re.compile("^(?:" + "|".join(YEARS) + "|同年|当年)")
YEAR_BEFORE_FEAST = re.compile("|".join((*YEARS, YEAR)))
WEEK = re.compile(rf"(上|本|这|下)?(?:周|星期)(末|[一二三四五六日天])?{CLOCK.pattern}$")
PART_OF_MONTH = re.compile(
    rf"(?P<front>.*?)(?:(?P<rel>本|上个?|下个?)月|{NUMBER}月份?)(?P<part>[上中下]旬|底|初|末)?(?:前)?$"
)
PART_OF_YEAR = re.compile(
    rf"(?P<front>[今去明]年?|前年|本年|{YEAR})?(?:(?P<half>[上下])半年|前{NUMBER}个月|前{NUMBER}季度|第?(?P<quarter>[一二三四首])季度?"
    rf"|(?P<season>[春夏秋冬])[天季]?|(?P<edge>年?[底初末内])前?)$"
)
FULL = re.compile(r"\d{4}-\d\d-\d\d")
MONTH = re.compile(rf"{YEAR}[.-](\d{{1,2}})$")
YEAR_ALONE = re.compile(rf"({YEAR}|今年|去年|前年|明年|来年|上年|同年|当年)(?:度|全年)?$")
PART = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


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


def resolve(record: Record, issue: str | None, before: str | None = None) -> dict[str, str]:
    """ISO dates and intervals of the TIME mentions of an article that can be told, by mention id. `before` is the day told
    last in the item before, which an article that begins with 同日 goes on from.
    """
    mentions = sorted((m for m in record.entities if m.label == "TIME"), key=lambda m: m.start)
    year = _year(m.text for m in mentions)
    calendar = Calendar(date.fromisoformat(issue) if issue else None, None, year, year)
    if before and mentions and mentions[0].start == 0 and mentions[0].text.startswith(SAME_DAY):
        calendar = _follow(calendar, before)
    found = {}
    for mention in mentions:
        iso = parse(mention.text, calendar)
        if iso:
            found[mention.id] = iso
            calendar = _follow(calendar, iso)
    return found


def _year(texts: Iterable[str]) -> int | None:
    """The year of the first full date, to complete dates without year where the issue has none."""
    for text in texts:
        match = re.search(r"((?:19|20)\d\d)年\d{1,2}月\d{1,2}日", plain(text))
        if match:
            return int(match[1])
    return None


def _follow(calendar: Calendar, iso: str) -> Calendar:
    if FULL.fullmatch(iso):
        return replace(calendar, day=date.fromisoformat(iso), year=int(iso[:4]), told=iso)
    first, _, end = iso.partition("/")
    if FULL.fullmatch(first) and FULL.fullmatch(end):
        days = (date.fromisoformat(end) - date.fromisoformat(first)).days
        return replace(calendar, told=iso) if days < SHORT else calendar
    return calendar if "/" in iso or not iso else replace(calendar, year=int(iso[:4]))


def last_day(found: Iterable[str]) -> str | None:
    """The full day among times in the order of the text that is told last."""
    return next((iso for iso in reversed(list(found)) if FULL.fullmatch(iso)), None)


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
        _iso,
        _days,
        _range,
        _feast,
        _back,
        _relative,
        _day_of_month,
        _day,
        _part_of_month,
        _part_of_year,
        _month,
        _year_alone,
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


def _feast(form: str, calendar: Calendar) -> str | None:
    """春节前夕, 去年中秋, 正月十五, 2022年春节前."""
    year = YEAR_BEFORE_FEAST.match(form)
    return feast(form[year.end() :] if year else form, _stated_year(form, calendar) if year else None, calendar.issue)


def _back(form: str, calendar: Calendar) -> str | None:
    """三年来, 近两个月, “十四五”期间, 三天前."""
    if plan := PLAN.match(form):
        first = 1996 + 5 * (number(plan[1]) - 9)
        return f"{first}/{first + 4}"
    issue = calendar.issue
    if issue and (days := DAYS_AGO.match(form)):
        return (issue - timedelta(number(days[1]))).isoformat()
    match = BACK.match(form)
    if not match or not issue or (not form.startswith(("近", "过去", "这", "最近")) and not form.endswith("来")):
        return None
    if form.startswith("过去") and number(match[1]) == 1:
        return None
    months = issue.year * 12 + issue.month - 1 - number(match[1]) * (12 if match["unit"] == "年" else 1)
    return f"{months // 12}-{months % 12 + 1:02}/{issue.year}-{issue.month:02}"


def _relative(form: str, calendar: Calendar) -> str | None:
    for word, shift in DAYS.items():
        if form.startswith(word) and calendar.issue:
            return (calendar.issue + timedelta(shift)).isoformat()
    if form.startswith(SAME_DAY):
        return calendar.day.isoformat() if calendar.day else None
    if MEANWHILE.fullmatch(form):
        return calendar.told
    if form and CLOCK.fullmatch(form):
        return calendar.day.isoformat() if calendar.day else None
    if form == "同月":
        return f"{calendar.day:%Y-%m}" if calendar.day else None
    if form.startswith(NEXT_DAY):
        return (calendar.day + timedelta(1)).isoformat() if calendar.day else None
    if form.startswith(DAY_BEFORE):
        return (calendar.day - timedelta(1)).isoformat() if calendar.day else None
    if form in RECENT:
        return _interval(calendar.issue - timedelta(6), calendar.issue) if calendar.issue else None
    return _week(form, calendar.issue)


def _week(form: str, issue: date | None) -> str | None:
    match = WEEK.match(form)
    if not match or not issue:
        return None
    monday = issue - timedelta(issue.weekday()) + timedelta({"上": -7, "下": 7}.get(match[1], 0))
    if not match[2]:
        return _interval(monday, monday + timedelta(6)) if match[1] else None
    if match[2] == "末" and not match[1]:
        return None
    if match[2] == "末":
        return _interval(monday + timedelta(5), monday + timedelta(6))
    day = monday + timedelta(WEEKDAYS.index(match[2].replace("天", "日")))
    return (day if match[1] or day <= issue else day - timedelta(7)).isoformat()


def _iso(form: str, calendar: Calendar) -> str | None:
    """2024-02-29, 2024-02-29上午, 2024-03: hyphens that are no range."""
    return (_day(form, calendar) or _month(form, calendar)) if ISO.match(form) else None


def _range(form: str, calendar: Calendar) -> str | None:
    """8月22日至26日, 1至8月, 1998.07—2002.09, 2012年至2021年."""
    form = re.sub("(?<=[年月日])(?:之|期)?间$", "", form)
    match = RANGE.match(form)
    if not match:
        return None
    months = re.match(r"(?:(?P<year>.*?年))?(\d{1,2})月?(?:至|到|-|—)(\d{1,2})月份?$", form)
    if months:
        return _months(_stated_year(months["year"] or "", calendar), int(months[2]), int(months[3]))
    start = parse(match[1], calendar) or parse(match[1] + "日", calendar)
    known = _follow(calendar, start or "")
    base = known if OWN_BASE.match(match[2]) else replace(known, issue=known.day or known.issue)
    end = _same_month(match[2], known) or _next_weekday(match[2], known) or parse(match[2], base)
    if not start or not end:
        return start
    first, last = start.split("/")[0], end.split("/")[-1]
    return f"{first}/{last}" if first < last else start


def _next_weekday(form: str, calendar: Calendar) -> str | None:
    """The first 周日 after the day named last."""
    match = re.match("(?:周|星期)([一二三四五六日天])", form)
    if not match or not calendar.day:
        return None
    ahead = WEEKDAYS.index(match[1].replace("天", "日")) - calendar.day.weekday()
    return (calendar.day + timedelta(ahead % 7)).isoformat()


def _days(form: str, calendar: Calendar) -> str | None:
    """8月20日、21日: days that follow one another."""
    match = re.match(r"([^至到—~～]*日)[、和](\d{1,2}日.*)$", form)
    start = parse(match[1], calendar) if match else None
    end = _same_month(match[2], _follow(calendar, start)) if match and start else None
    return f"{start}/{end}" if start and end and start < end else None


def _same_month(form: str, calendar: Calendar) -> str | None:
    match = re.match(r"(\d{1,2})日", form)
    if not match or not calendar.day:
        return None
    return _date(calendar.day.year, calendar.day.month, int(match[1]))


def _day(form: str, calendar: Calendar) -> str | None:
    """A day: 2024年2月29日, 2月29日上午, 27日, 今年9月10日, 10月10日前."""
    year = _stated_year(form, calendar) if YEAR_WORD.match(form) else None
    match = DAY.match(YEAR_BEFORE_DAY.sub("", form))
    dated = match and ("日" in match[0] or (match["year"] and match["month"]))
    if not match or not dated:
        return None
    year = int(match["year"]) if match["year"] else year
    month, day = int(match["month"]) if match["month"] else None, int(match["day"])
    if month and form.endswith("前") and calendar.issue:
        return _deadline(year, month, day, calendar.issue)
    found = _complete(year, month, day, calendar)
    return found.isoformat() if found else None


def _deadline(year: int | None, month: int, day: int, issue: date) -> str | None:
    """From the issue to a day that is still ahead of it."""
    years = [year] if year else [issue.year, issue.year + 1]
    ahead = [made for y in years if (made := _made(y, month, day)) and made >= issue]
    return _interval(issue, ahead[0]) if ahead else None


def _complete(year: int | None, month: int | None, day: int, calendar: Calendar) -> date | None:
    """The date of a month and day, or of a day alone, nearest to the issue; the past before the future."""
    base = calendar.issue or calendar.day
    if year and month:
        options = [(year, month)]
    elif month:
        options = (
            [(base.year + shift, month) for shift in (0, -1, 1)]
            if calendar.issue and base
            else ([(calendar.year, month)] if calendar.year else [])
        )
    else:
        options = _near_months(calendar.day or base)
    days = [made for y, m in options if (made := _made(y, m, day))]
    if not days:
        return None
    return min(days, key=lambda made: _distance(made, base) if month else _jump(made, calendar))


def _near_months(base: date | None) -> list[tuple[int, int]]:
    if not base:
        return []
    months = [base.year * 12 + base.month - 1 + shift for shift in (0, -1, -2, 1)]
    return [(month // 12, month % 12 + 1) for month in months]


def _distance(made: date, base: date | None) -> int:
    """Days from the issue, those ahead of it weighed more: the press reports what was."""
    gap = (made - base).days if base else 0
    return gap * 3 if gap > 0 else -gap


def _jump(made: date, calendar: Calendar) -> int:
    """Days from the day named last to one named without its month: articles go forward in time, but not past the issue."""
    anchor = calendar.day or calendar.issue
    gap = (made - anchor).days if anchor else 0
    ahead = max((made - calendar.issue).days, 0) if calendar.issue else 0
    return 7 * ahead + (gap if gap > 0 else -gap * (2 if calendar.day else 1))


def _day_of_month(form: str, calendar: Calendar) -> str | None:
    """本月10日, 上月28日; 当月10日 is of the month named last."""
    match = re.match(r"(本|这个|当|上个?|下个?)月(\d{1,2})日", form)
    base = (calendar.day or calendar.issue) if match and match[1] == "当" else calendar.issue
    if not match or not base:
        return None
    serial = base.year * 12 + base.month - 1 + {"上": -1, "下": 1}.get(match[1][0], 0)
    return _date(serial // 12, serial % 12 + 1, int(match[2]))


def _part_of_month(form: str, calendar: Calendar) -> str | None:
    """本月中旬, 12月下旬, 今年8月底, 上月底."""
    match = PART_OF_MONTH.match(form)
    if not match or not (match["rel"] or match[3]):
        return None
    if match["rel"]:
        if not calendar.issue:
            return None
        serial = calendar.issue.year * 12 + calendar.issue.month - 1 + {"上": -1, "下": 1}.get(match["rel"][0], 0)
        year, month = serial // 12, serial % 12 + 1
    else:
        month = number(match[3])
        stated = _stated_year(match["front"], calendar) if match["front"] else None
        if match["front"] and not stated:
            return None
        year = stated or _year_of_month(month, calendar) or 0
    if not year or not 1 <= month <= 12:
        return None
    if match["part"] in PART:
        first, last = PART[match["part"]]
        return _interval(date(year, month, first), date(year, month, min(last, monthrange(year, month)[1])))
    return f"{year}-{month:02}"


def _year_of_month(month: int, calendar: Calendar) -> int | None:
    """The year of a month named alone: that of the issue, the year before for months still far ahead."""
    if not calendar.issue:
        return calendar.year
    ahead = month - calendar.issue.month
    return calendar.issue.year - (1 if ahead > 4 else 0) + (1 if ahead < -9 else 0)


def _part_of_year(form: str, calendar: Calendar) -> str | None:
    """前三季度, 今年上半年, 2024年一季度, 前8个月, 今秋, 年底前."""
    match = PART_OF_YEAR.match(form)
    if not match:
        return None
    front = match["front"] or ""
    if not front and (match["season"] or (match["edge"] and not match["edge"].startswith("年"))):
        return None
    if match["half"] and not front and calendar.issue and calendar.issue.month <= 3:
        return None
    year = _stated_year(front, calendar)
    months = _months_of(match)
    return _months(year, *months) if months else str(year) if year else None


def _months_of(match: re.Match[str]) -> tuple[int, int] | None:
    if match["half"]:
        return (1, 6) if match["half"] == "上" else (7, 12)
    if match[4]:
        return 1, number(match[4])
    if match[5]:
        return 1, 3 * number(match[5])
    if match["quarter"]:
        last = 3 * number(match["quarter"])
        return last - 2, last
    if match["season"]:
        return SEASONS[match["season"]]
    if match["edge"]:
        return {"底": (12, 12), "末": (12, 12), "初": (1, 1)}.get(match["edge"][-1])
    return None


def _month(form: str, calendar: Calendar) -> str | None:
    match = MONTH.match(form)
    return f"{match['year']}-{int(match[2]):02}" if match and 1 <= int(match[2]) <= 12 else None


def _year_alone(form: str, calendar: Calendar) -> str | None:
    """2023年, 2023年度, 去年, 2003年春天, 十年前."""
    ago = YEARS_AGO.match(form)
    if ago:
        return str(calendar.this_year - number(ago[1])) if calendar.this_year else None
    decade = re.match(r"(?:20|上)世纪([2-9二三四五六七八九])[0十]年代$", form)
    if decade:
        return f"19{number(decade[1])}0/19{number(decade[1])}9"
    match = YEAR_ALONE.match(form)
    year = _stated_year(form, calendar) if match else None
    return str(year) if year else None


def _stated_year(form: str, calendar: Calendar) -> int | None:
    """The year that a form begins with (2023年, 去年, 今), the issue's year where it names none."""
    match = re.match(YEAR, form)
    if match:
        return int(match["year"])
    if form.startswith(("当年", "同年")):
        return calendar.year
    short = {"今": 0, "去": -1, "明": 1}
    shift = next((shift for word, shift in (YEARS | short).items() if form.startswith(word)), 0)
    return calendar.this_year + shift if calendar.this_year else None


def _months(year: int | None, first: int, last: int) -> str | None:
    if not year or not 1 <= first <= last <= 12:
        return None
    return f"{year}-{first:02}" if first == last else f"{year}-{first:02}/{year}-{last:02}"


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date(year: int, month: int, day: int) -> str | None:
    made = _made(year, month, day)
    return made.isoformat() if made else None


def _interval(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


MASTHEAD = re.compile(r"((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})")
MONTH_DAY = re.compile(r"^(\d{1,2})月(\d{1,2})日(?!.*前$)")


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
        if found := re.match(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日", form):
            full.add(tuple(int(part) for part in found.groups()))
        elif found := MONTH_DAY.match(form):
            days.add((int(found[1]), int(found[2])))
    year = _issue_year(records, {found[0] for found in full})
    known = [made for y, m, d in full if y == year and (made := _made(y, m, d))]
    known += [made for m, d in days if year and (made := _made(year, m, d))]
    return max(known).isoformat() if known else None


def _issue_year(records: Sequence[Record], full: set[int]) -> int | None:
    """The latest year that the text names firmly enough to be the issue's own."""
    counts: Counter[int] = Counter()
    for record in records:
        for found in re.finditer(r"(?<![\d到至争前])(20\d\d)年(?![至前底末远])", plain(record.text)):
            counts[int(found[1])] += 1
        for mention in record.entities:
            if mention.label == "EVENT" and (named := re.match(r"(20\d\d)年", plain(mention.text))):
                counts[int(named[1])] += 1
    last = max([*counts, *full], default=None)
    return last if last and (last in full or counts[last] > 1) else None
