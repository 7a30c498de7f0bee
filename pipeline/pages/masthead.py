"""Newspaper, date, page number and home out of the furniture of a page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.pages.cues import cue, fold

_DATE = re.compile(r"(20\d\d|19\d\d)\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})(?!\d)")
_PAGE = re.compile(
    r"第?\s*([A-D]?\s*\d{1,3}|[一二三四五六七八九十]{1,2})\s*版(?!面)|^\s*([A-D]\d{1,2}|\d{1,2})\s*$|\s([A-D]\d{1,2})\s"
)
_HOME = re.compile(
    r"(?:中共)?([一-鿿]{2,12}?(?:自治县|自治旗|县|市|区|旗))(?:委|人民政府|政府)[一-鿿]{0,6}(?:主管|主办)"
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
            match = cue("paper").fullmatch(re.sub(r"(?:编辑部|报社|数字报)$", "", word))
            if match and word not in ("新闻", "要闻", "综合新闻", "本地新闻"):
                found[match.group()] += 1
    return found.most_common(1)[0][0] if found else None


def _date(texts: list[str]) -> str | None:
    for text in texts:
        match = _DATE.search(text)
        if match and 1 <= int(match.group(2)) <= 12 and 1 <= int(match.group(3)) <= 31:
            return f"{match.group(1)}-{int(match.group(2)):02d}-{int(match.group(3)):02d}"
    return None


def _number(texts: list[str]) -> str | None:
    for text in texts:
        match = _PAGE.search(text)
        if match and not re.search(r"下一版|上一版", text):
            return next(g for g in match.groups() if g).replace(" ", "")
    return None


def _home(texts: list[str]) -> str | None:
    for text in texts:
        match = _HOME.search(text)
        if match:
            return match.group(1)
    return None
