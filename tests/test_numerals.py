"""Numbers and dates as newspapers print them."""

import re

import pytest

from pipeline.numerals import iso, number, page_number


@pytest.mark.parametrize(
    ("printed", "value"),
    [("八", 8), ("初八", 8), ("十", 10), ("十二", 12), ("廿三", 23), ("三十", 30), ("两", 2), ("首", 1), ("08", 8)],
)
def test_numerals(printed, value):
    assert number(printed) == value


@pytest.mark.parametrize(
    ("printed", "label"),
    [("十二", "12"), ("012", "12"), ("１２", "12"), ("A 03", "A03"), ("Ａ１", "A1"), ("1A", "1A"), ("00", "0")],
)
def test_numbers_of_pages(printed, label):
    assert page_number(printed) == label


def test_a_day_that_no_calendar_has_is_none():
    days = (re.fullmatch(r"(\d+)-(\d+)-(\d+)", day) for day in ("2024-2-29", "2024-2-30"))
    assert [iso(day) for day in days] == ["2024-02-29", None]
