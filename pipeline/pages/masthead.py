"""Newspaper, date, page number and home out of the furniture of a page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.numerals import iso, page_number
from pipeline.pages.cues import cue, fold

_DATE = re.compile(r"(20\d\d|19\d\d)\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})(?!\d)")
_PAGE = re.compile(
    r"第?\s*([A-D]?\s*\d{1,3}|[一二三四五六七八九十]{1,3})\s*版(?!面)|^\s*([A-D]\d{1,2}|\d{1,2})\s*$|\s([A-D]\d{1,2})\s"
    r"|^\s*(\d{1,2})\s+(?!星期|周[一二三四五六日]|农历)[一-鿿]{2,4}\s*$"
)
_FRONT = "中共|中国共产党|由"
_HOME = re.compile(
    rf"(?:{_FRONT}|(?<![一-鿿]))((?:(?!{_FRONT})[一-鿿]){{2,12}}?(?:自治[县旗州]|[县市区旗州盟]|地(?=委)))"
    r"(?:委|人民政府|政府)[一-鿿]{0,6}(?:主管|主办)"
)


@dataclass(slots=True)
class Masthead:
    """What the page says of itself; None where it is not printed."""

    newspaper: str | None = None
    date: str | None = None
    number: str | None = None
    home: str | None = None


def read_masthead(lines: list[str]) -> Masthead:
    """Reads the furniture lines of a page."""
    texts = [fold(line) for line in lines]
    return Masthead(_newspaper(texts), _date(texts), _number(texts), _home(texts))


def _newspaper(texts: list[str]) -> str | None:
    found: Counter[str] = Counter()
    for text in texts:
        for word in re.findall(r"[一-鿿]+", re.sub(r"(?<=[一-鿿]) (?=[一-鿿](?: |$))", "", text)):
            match = cue("paper").fullmatch(re.sub(r"(?:编辑部|报社|数字[报版]|电子[报版])$", "", word))
            if match and not cue("no_paper").fullmatch(word):
                found[match.group()] += 1
    return found.most_common(1)[0][0] if found else None


def _date(texts: list[str]) -> str | None:
    printed = (match for text in texts if (match := _DATE.search(text)))
    return next((day for match in printed if (day := iso(match))), None)


def _number(texts: list[str]) -> str | None:
    for text in texts:
        match = _PAGE.search(text)
        if match and not re.search(r"下一版|上一版", text[: match.start()]):
            return page_number(next(g for g in match.groups() if g))
    return None


def _home(texts: list[str]) -> str | None:
    for text in texts:
        match = _HOME.search(text)
        if match:
            place = match.group(1)
            return f"{place}区" if place.endswith("地") else place
    return None
