"""Columns that a text dump left side by side are read one after the other; tables are not."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages import columns as columns_module
from pipeline.pages import read_articles
from pipeline.pages.columns import cells, segments
from pipeline.sources.text import page_of

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))
from printing import columns, news

NEWS = news()
TABLE = "姓名    职务          单位\n王建国  副局长        县水利局\n李　敏  党组书记      县教育局\n赵志强  四级调研员    县人大办\n"
PRICES = (
    "品种\t最高价，元\t最低价，元\n白菜，鲜\t1.2，涨\t0.8，涨\n萝卜，鲜\t1.5，跌\t1.1，涨\n冬瓜，鲜\t0.9，平\t0.7，平\n"
)


def side_by_side(separator, width, measured=len):
    """The news as a program prints it that keeps columns where they stand, its headlines above them."""
    lines = []
    for headline, lists, height in columns(NEWS, 2, 18):
        lines += [headline, ""]
        left, right = ([("　" * indent + text) for indent, text in column] for column in lists)
        for k in range(height):
            one = left[k] if k < len(left) else ""
            lines.append(one + separator(width - measured(one)) + (right[k] if k < len(right) else ""))
        lines.append("")
    return "\n".join(lines)


def read(text):
    return [(a.headline, a.body.split("\n")) for a in read_articles(page_of("page.txt", text)).articles]


@pytest.mark.parametrize(
    "text",
    [
        side_by_side(lambda rest: "\t", 0),
        side_by_side(lambda rest: " " * rest, 22),
        side_by_side(lambda rest: "　" * rest, 20),
        side_by_side(lambda rest: " " * rest, 42, cells),
        (Path(__file__).parent / "layout.txt").read_text(encoding="utf-8"),
    ],
    ids=["tabs", "characters", "wide spaces", "cells", "pdftotext -layout"],
)
def test_columns_are_read_one_after_the_other(text):
    assert read(text) == NEWS


@pytest.mark.parametrize("table", [TABLE, PRICES])
def test_tables_are_read_across(table):
    assert [segment[:2] for segment in segments(table.split("\n"))] == [
        (table.index(line), table.index(line) + len(line)) for line in table.rstrip("\n").split("\n")
    ] + [(len(table), len(table))]


def test_columns_below_a_masthead_with_gaps():
    text = side_by_side(lambda rest: " " * rest, 22)
    assert read(f"清溪时报    2024年5月13日    星期一    第2版\n\n{text}") == NEWS


def test_rows_with_gaps_are_looked_through_a_few_times_only(monkeypatch):
    tried = []
    monkeypatch.setattr(columns_module, "_is_prose", lambda columns, lines: bool(tried.append(len(lines))))
    rows = [f"王建国{number}    副局长      县水利局\n" for number in range(10, 60)]
    list(segments("\n".join(rows).split("\n")))
    assert len(tried) <= 2 * (columns_module.TRIES + 1)


@given(st.text(st.sampled_from("县长，。 \t　\n局a"), max_size=300))
def test_nothing_is_lost_or_read_twice(text):
    places = [i for start, end, *_ in segments(text.split("\n")) for i in range(start, end)]
    assert len(places) == len(set(places))
    assert all(text[i].isspace() for i in set(range(len(text))) - set(places))


def test_every_character_of_a_column_leads_to_its_place():
    text = side_by_side(lambda rest: "\t", 0)
    articles = read_articles(page_of("page.txt", text)).articles
    assert articles
    for article in articles:
        for start, end, at in article.spans:
            assert article.body[start:end] == text[at : at + end - start]


@pytest.mark.parametrize("width", range(11, 17))
def test_an_article_goes_on_in_the_next_column(width):
    """Also where the column ends with a paragraph."""
    headline, lists, height = list(columns(NEWS, 3, width))[1]
    rows = []
    for k in range(height):
        parts = [column[k] if k < len(column) else (0, "") for column in lists]
        rows.append("　　".join(("　" * indent + text).ljust(width, "　") for indent, text in parts))
    assert read("\n".join([headline, "", *rows])) == NEWS[1:]


def test_columns_with_digits_and_with_edges_of_their_own():
    """Digits make some lines longer in characters; below an empty line the next columns begin elsewhere."""
    left = [
        "　　本报讯（记者 李明）5月12日，清溪县",
        "召开春耕现场会，县长王建国出席会议，他要",
        "求各乡镇抢抓农时，抓紧备足种子、化肥。",
    ]
    right = [
        "　　今年种植莲藕2300亩，亩产1800斤，",
        "产值1600万元，带动560户群众增收致富，",
        "户均2.8万元，村民们说日子越过越甜。",
    ]

    def beside(gap):
        return [a + " " * (40 - cells(a) + gap) + b for a, b in zip(left, right, strict=True)]

    text = "\n".join([*beside(8), "", *beside(5)])
    parts = [text[s.start : s.end].rstrip() for s in segments(text.split("\n")) if text[s.start : s.end].strip()]
    assert parts == [*left, *left, *right, *right]
