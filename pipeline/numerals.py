"""Numbers and dates as newspapers print them: 十二, 廿三, 初八, 第12版, 2024年3月7日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "首": 1}


def number(text: str) -> int:
    """A number below a hundred in numerals or digits: 二十三, 廿三, 初八 (of a month), 首 (季度), 08."""
    if text.isdecimal():
        return int(text)
    total = 0
    for char in text.removeprefix("初").replace("廿", "二十"):
        total = (total or 1) * 10 if char == "十" else total + DIGITS[char]
    return total


def page_number(printed: str) -> str:
    """The number of a page in digits, however it is printed: 十二, 012 and 12 are 12, A03 and A 03 are A03."""
    label = re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed))
    lettered = label[0].isascii() and not label.isdecimal()
    return label.lstrip("0") if lettered else str(number(label))


def iso(match: re.Match[str]) -> str | None:
    """The day whose year, month and day a pattern found, None where the calendar has none (2月30日)."""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None
