"""What a page tells beside its article: date, number of the page, newspaper."""

from __future__ import annotations

import re

from pipeline.numerals import iso, page_number
from pipeline.sources.html import rules
from pipeline.sources.html.parser import Paragraph, Reader
from pipeline.sources.html.rules import INFO

DATE = re.compile(r"(?<!\d)(20\d\d)\s*[-年/.]\s*(1[0-2]|0?[1-9])\s*[-月/.]\s*(3[01]|[12]\d|0?[1-9])(?!\d)")
FOLDER_DATE = re.compile(r"(?<!\d)(20\d\d)[-/]?(1[0-2]|0[1-9])[-/]?(3[01]|[12]\d|0[1-9])/")
NUMBER = re.compile(
    r"第\s*0*([0-9A-Z]+|[一二三四五六七八九十]+)\s*版(?!面)|版[次面]\s*[:：]\s*第?\s*0*([0-9A-Z]+)|(?<![0-9A-Z])0*([A-Z]?\d{1,2})\s*版\s*[:：]"
)
BARE_NUMBER = re.compile(r"(?<![0-9A-Z])0*([A-Z]?\d{1,3})(?![0-9A-Z])")


def is_metadata(text: str) -> bool:
    """Whether a part of a file's title names the newspaper, the date or the page."""
    return any((is_paper(text), DATE.search(text), NUMBER.search(text)))


def is_paper(text: str) -> bool:
    """Whether a line is the name of a newspaper, with or without what sites add to it."""
    return rules.finder("paper").fullmatch(text) is not None


def date_of(name: str, body: list[Paragraph], reader: Reader) -> str | None:
    """The date told, else in a line that speaks of it, in any other line but the text's, in the name of the folder."""
    known = set(map(id, body))
    lines = [p.text for p in reader.paragraphs if len(p.text) < INFO and id(p) not in known and not p.link]
    told = "".join(run for run, _ in reader.told.get("date", []))
    for text in (told, *(line for line in lines if rules.finder("dated").search(line)), *lines):
        if "今天" not in text and (match := DATE.search(text)) and (day := iso(match)):
            return day
    return iso(match) if (match := FOLDER_DATE.search(name)) else None


def number_of(reader: Reader) -> str | None:
    """The number of the page told, else the one printed; a list of all pages of the issue tells none."""
    if told := "".join(run for run, _ in reader.told.get("number", [])):
        match = NUMBER.search(told) or BARE_NUMBER.search(told)
        if match:
            return _printed(match)
    short = [p for p in reader.paragraphs if len(p.text) < INFO and not p.within]
    for lines in ([p for p in short if not p.link], [p for p in short if p.link]):
        found = [_printed(match) for p in lines for match in NUMBER.finditer(p.text)]
        if len(set(found)) == 1 or (found and not lines[0].link):
            return found[0]
    return None


def _printed(match: re.Match[str]) -> str:
    return page_number(next(group for group in match.groups() if group))


def newspaper_of(reader: Reader) -> str | None:
    """The newspaper told, else the part of the file's title that is the name of one, else the source that is named."""
    title = next((paragraph.text for paragraph in reader.paragraphs if paragraph.tag == "title"), "")
    parts = [rules.finder("paper").fullmatch(part.strip()) for part in re.split(r"[-_|—–]+", title)]
    told = {role: "".join(run for run, _ in runs) for role, runs in reader.told.items()}
    found = [told.get("newspaper"), *(match[1] for match in parts if match), told.get("paper"), told.get("source")]
    return next((name for name in found if name), None)
