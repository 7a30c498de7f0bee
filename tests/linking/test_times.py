"""Times as papers print them, read against the date of the issue."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking import infer_date
from pipeline.linking.expressions import parse
from pipeline.linking.timeline import Calendar
from pipeline.linking.times import resolve
from pipeline.pages import read_articles
from pipeline.records import Mention, Record
from pipeline.sources import Source, read_pages

ISSUE = Calendar(date(2024, 3, 7))
TOLD = """
2月29日上午 2024-02-29
2024-02-29 2024-02-29
2024-2-9上午 2024-02-09
2024-02 2024-02
2024-02-28至2024-03-01 2024-02-28/2024-03-01
2012-2021 2012/2021
2018年至2020年间 2018/2020
2022年3月至5月期间 2022-03/2022-05
3月4日至5日 2024-03-04/2024-03-05
5日 2024-03-05
11日 2024-02-11
30日18时 2024-01-30
昨天上午 2024-03-06
近日 2024-03-01/2024-03-07
日前 2024-03-01/2024-03-07
本周 2024-03-04/2024-03-10
上周五 2024-03-01
三天前 2024-03-04
本月5日 2024-03-05
上月28日晚 2024-02-28
上个月15日 2024-02-15
本周一上午 2024-03-04
周三下午 2024-03-06
前晚 2024-03-05
昨起 2024-03-06/2024-03-07
明日 2024-03-08
二十二日 2024-02-22
二月二十二日 2024-02-22
二〇二四年二月二日 2024-02-02
上周五至周日 2024-03-01/2024-03-03
上周五至本周一 2024-03-01/2024-03-04
昨日至今日 2024-03-06/2024-03-07
3月4日、5日 2024-03-04/2024-03-05
二十三天前 2024-02-13
二十五年前 1999
近二十三年 2001-03/2024-03
4月 2024-04
12月 2023-12
2月底 2024-02
截至3月5日 2024-03-05
今年以来 2024-01-01/2024-03-07
2022年起 2022-01-01/2024-03-07
前两个月 2024-01/2024-02
今年上半年 2024-01/2024-06
一季度 2024-01/2024-03
去年 2023
两年前 2022
近三年 2021-03/2024-03
三个月来 2023-12/2024-03
“十四五”期间 2021/2025
上世纪80年代 1980/1989
春节前夕 2024-02-03/2024-02-09
春节期间 2024-02-10/2024-02-16
2022年春节 2022-02-01
去年中秋 2023-09-29
除夕 2024-02-09
除夕夜 2024-02-09
大年三十晚 2024-02-09
年三十 2024-02-09
小年 2024-02-02
元宵节晚上 2024-02-24
正月十五 2024-02-24
腊月二十三 2024-02-02
去年腊月初八 2024-01-18
国庆假期 2023-10-01/2023-10-07
“三八”妇女节 2024-03-08
“八一”前夕 2024-07-25/2024-07-31
"""
UNKNOWN = "目前 近年来 上半年 全年 岁末年初 汛期 春节前后 过去一年 即日起 去年同期 周末 下午 当日 同年 前不久 每周一 三天内 三四天前 二三十年前"


@pytest.mark.parametrize("row", TOLD.split("\n")[1:-1])
def test_told_times(row):
    printed, iso = row.split()
    assert parse(printed, ISSUE) == iso


@pytest.mark.parametrize("printed", UNKNOWN.split())
def test_what_no_calendar_tells_has_no_date(printed):
    assert parse(printed, ISSUE) is None


@pytest.mark.parametrize("printed", ["昨日", "近日", "春节前夕", "本周", "上半年", "三年来"])
def test_without_an_issue_date_nothing_is_guessed(printed):
    assert parse(printed, Calendar(None)) is None


def times(*printed, issue="2024-03-07"):
    text = "，".join(printed)
    mentions = [
        Mention(id=f"M{n}", label="TIME", start=text.index(form), end=text.index(form) + len(form), text=form)
        for n, form in enumerate(printed)
    ]
    found = resolve(Record(id="r", text=text, entities=mentions), issue)
    return [found.get(mention.id) for mention in mentions]


def test_hours_are_those_of_the_day_named_before():
    assert times("上午9时", "3月5日上午", "下午3时", "次日") == [None, "2024-03-05", "2024-03-05", "2024-03-06"]


def test_the_same_year_is_the_one_named_before():
    assert times("1998年9月", "当年") == ["1998-09", "1998"]


PARTS = st.sampled_from(
    [
        "今年",
        "去年",
        "2024年",
        "3月",
        "5日",
        "至",
        "前",
        "后",
        "底",
        "上旬",
        "春节",
        "前夕",
        "期间",
        "近",
        "三",
        "十",
        "两",
        "个月",
        "年",
        "天",
        "来",
        "以来",
        "起",
        "截至",
        "第",
        "季度",
        "上午",
        "9时",
        "周",
        "末",
        "正月",
        "初八",
        "十四五",
        "—",
        "、",
        "（",
        "）",
    ]
)


@given(st.lists(PARTS, max_size=6).map("".join), st.sampled_from([None, date(2024, 2, 29), date(2023, 12, 31)]))
def test_no_time_stops_the_reading(printed, issue):
    found = times(printed, issue=issue and issue.isoformat()) if printed else [None]
    assert found[0] is None or re.fullmatch(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?", found[0])


def test_without_an_issue_last_year_is_not_counted_from_a_year_of_the_story():
    record = Record(
        id="r",
        text="2015年开店。去年扩建。",
        entities=[
            Mention(id="M1", label="TIME", start=0, end=5, text="2015年"),
            Mention(id="M2", label="TIME", start=8, end=10, text="去年"),
        ],
    )
    assert resolve(record, None) == {"M1": "2015"}


@pytest.mark.parametrize("printed", ["来到2024年湖北省农民丰收节主会场", "日前2024年县两会", "2023年末总结会"])
def test_an_event_of_a_year_that_the_text_says_in_passing(printed):
    start = printed.index("20")
    event = Mention(id="E1", label="EVENT", start=start, end=len(printed), text=printed[start:])
    assert infer_date([Record(id="r", text=printed, entities=[event])]) is None


NEWS = "本报讯（记者 李明）清溪县开展义诊活动，为群众免费检查身体。"
WEB = f"<html><body><h1>义诊</h1><div>{{}}</div><div class='text'><p>{NEWS}</p><p>活动由县医院承办。</p></div></body></html>"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("page.txt", f"清溪日报　2024年2月30日　星期五\n\n开展义诊\n{NEWS}\n", None),
        ("page.txt", f"清溪日报　2024年2月29日　星期五\n\n开展义诊\n{NEWS}\n", "2024-02-29"),
        ("page.htm", WEB.format("发布日期：2024年2月30日"), None),
        ("page.htm", WEB.format("发布日期：2024-02-30</div><div>2024-02-29"), "2024-02-29"),
        ("20240230/page.htm", WEB.format(""), None),
    ],
)
def test_a_day_that_no_calendar_has_is_no_date(name, text, told):
    (page,) = read_pages(Source(name, content=text.encode()))
    assert read_articles(page).date == told


@pytest.mark.parametrize(
    ("issue", "printed", "found"),
    [
        ((2024, 5, 31), "5月10日 15日 25日", ["2024-05-10", "2024-05-15", "2024-05-25"]),
        ((2024, 6, 3), "5月30日 1日 28日", ["2024-05-30", "2024-06-01", "2024-05-28"]),
        ((2024, 3, 7), "2月10日 11日 前一天", ["2024-02-10", "2024-02-11", "2024-02-10"]),
    ],
)
def test_days_without_a_month_go_forward_from_the_day_before_but_not_past_the_issue(issue, printed, found):
    calendar, dates = Calendar(date(*issue)), []
    for form in printed.split():
        dates.append(parse(form, calendar))
        calendar = replace(calendar, day=date.fromisoformat(dates[-1]))
    assert dates == found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        (["3月1日至3日", "考察期间"], "2024-03-01/2024-03-03"),
        (["3月1日", "调研期间"], "2024-03-01"),
        (["3月1日", "其间"], "2024-03-01"),
        (["3月1日", "任职期间"], None),
        (["今年以来", "会议期间"], None),
    ],
)
def test_what_happens_beside_a_visit_or_meeting_is_of_its_days(printed, found):
    assert times(*printed)[-1] == found


def test_an_item_that_begins_with_the_same_day_goes_on_from_the_item_before(link):
    items = ["{3月5日|M1}，{县委|A1}{开会|X1}。", "{同日|M1}，{县政府|A1}{开会|X1}。", "{方远|P1}在{同日|M1}{说|X1}。"]
    linked = link(*(f"{item}\n---\nX1 time M1" for item in items), date="2024-03-07")
    assert [list(one.times.values()) for one in linked] == [["2024-03-05"], ["2024-03-05"], []]


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("“三月三”前夕", "2024-04-04/2024-04-10"),
        ("三月三日", "2024-03-03"),
        ("火把节期间", "2024-07-29/2024-07-31"),
        ("农历二月初二", "2024-03-11"),
        ("农历六月二十四日", "2024-07-29"),
        ("农历十一月初一", "2023-12-13"),
        ("去年农历八月十五", "2023-09-29"),
    ],
)
def test_feasts_and_days_of_all_months_of_the_old_calendar(printed, found):
    assert parse(printed, Calendar(date(2024, 3, 7))) == found
