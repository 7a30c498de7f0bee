"""Which paragraphs are headline, byline and body, and what around them is none of the article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import groupby, takewhile

from pipeline.sources.html import rules
from pipeline.sources.html.metadata import is_metadata, is_paper
from pipeline.sources.html.parser import HEADINGS, ORDER, SHORTEST, Paragraph, Reader, Run, cut, is_prose, trimmed
from pipeline.sources.html.rules import INFO, is_line
from pipeline.sources.html.sections import sections

Parts = dict[str, list[Paragraph]]
"""The paragraphs of each part of an article (see `ORDER`), in reading order."""
Told = dict[str, list[Run]]
"""What is told outside the text, by what it is."""


def articles(reader: Reader) -> list[Parts]:
    """The parts of each article of a file; also notes in `reader.told` what portals tell in lines."""
    found = sections(reader.paragraphs)
    if not found:
        return [_parts(reader.paragraphs, reader.told)]
    # what the file tells of one article is not of all
    told = [_parts(section, {}) for section in found]
    _tell(reader.paragraphs, reader.told)
    return told


def _parts(paragraphs: list[Paragraph], told: Told) -> Parts:
    parts: Parts = defaultdict(list)
    headed = prose = False
    for paragraph in paragraphs:
        role = paragraph.role
        if role == "around":
            role = None if prose else "subtitle" if parts["headline"] else "kicker"
        elif role == "subtitle" and prose:
            role = None
        if role == "subtitle" and not paragraph.link and is_line("byline", paragraph.text):
            role = "byline"
        if role in ORDER[:-1] and any(is_line(line, paragraph.text) for line in ("edge", "lead", "other")):
            role = "other"
        elif role == "byline" and (is_prose(paragraph) or len(paragraph.text) > INFO):
            role = None
        if role in ORDER:
            parts[role].append(paragraph)
        paragraph.role = role
        headed = headed or role == "headline" or paragraph.tag in HEADINGS
        prose = prose or (headed and role in ("body", None) and is_prose(paragraph))
    _one(parts)
    _tell(paragraphs, told)
    parts["body"] = parts["body"] or _main([p for p in paragraphs if p.tag != "title"])
    _fill(parts, told, "kicker", "headline", "subtitle")
    if not parts["headline"]:
        parts["headline"] = _heading(paragraphs, parts["body"])
    _trim(parts)
    _fill(parts, told, "byline")
    parts["byline"] = _line_of(parts["byline"])
    return parts


def _fill(parts: Parts, told: Told, *roles: str) -> None:
    for role in roles:
        if not parts[role] and role in told:
            parts[role] = [Paragraph((), "", role, runs=told[role])]


def _one(parts: Parts) -> None:
    """Lists of other articles use the same names: an article has the first headline that is no link, and one element of it."""
    for role in ("headline", "kicker", "byline"):
        found = [paragraph for paragraph in parts[role] if not paragraph.link] or parts[role]
        parts[role] = [paragraph for paragraph in found if paragraph.teller == found[0].teller]
    parts["subtitle"] = [paragraph for paragraph in parts["subtitle"] if not paragraph.link]


def _tell(paragraphs: list[Paragraph], told: Told) -> None:
    """What a portal names in the line of date and source, and what elements tell that are no part of the text."""
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.role in ("number", "newspaper", "date"):
            told.setdefault(paragraph.role, [(text, paragraph.runs[0][1])])
        if len(text) >= INFO or paragraph.tag == "title" or paragraph.all_link:
            continue
        for role, finder in (("byline", "author"), ("source", "source"), ("paper", "quoted paper")):
            if (match := rules.finder(finder).search(text)) and (role != "paper" or not paragraph.within):
                told.setdefault(role, cut(paragraph.runs, *match.span(1)))
    if author := told.get("author"):
        told.setdefault("byline", author)


def _trim(parts: Parts) -> None:
    """Takes from the text its own headings and what is printed around it: date, source, buttons, editors, other articles."""
    body = parts["body"]
    end = next((n for n, p in enumerate(body) if n and is_line("end", p.text)), len(body))
    # a cell may hold nothing but 大 or -
    body = [p for p in body[:end] if len(p.text) == 1 or not is_line("other", p.text)]
    titles = {p.text for role in ("kicker", "headline", "subtitle") for p in parts[role]}
    signed: list[Paragraph] = []
    while body and (_is_title(body[0], titles) or any(is_line(r, body[0].text) for r in ("edge", "lead", "byline"))):
        first = body.pop(0)
        if is_line("byline", first.text):
            signed.append(first)
    last: list[Paragraph] = []
    while body and (body[-1].all_link or is_line("edge", body[-1].text) or is_line("byline", body[-1].text)):
        if is_line("byline", (paragraph := body.pop()).text):
            last.append(paragraph)
    for paragraph in [*signed, *reversed(last)]:
        if paragraph.text not in [p.text for p in parts["byline"]]:
            parts["byline"].append(paragraph)
    if body and (match := re.search(rf"\s*(?:{rules.pattern('tail').pattern})\s*$", body[-1].text[-INFO:])):
        size = max(len(body[-1].text) - INFO, 0) + match.start()
        body[-1].runs = cut(body[-1].runs, 0, size)
    parts["body"] = _joined(body)


def _is_title(paragraph: Paragraph, titles: set[str]) -> bool:
    return paragraph.text in titles or paragraph.tag == "h1"


def _joined(body: list[Paragraph]) -> list[Paragraph]:
    """The cells of a table's row as one line, when each holds one paragraph or short ones."""
    cells: dict[int, list[int]] = defaultdict(list)
    for paragraph in body:
        cells[paragraph.row].append(paragraph.cell)
    long = {p.row for p in body if len(p.text) >= SHORTEST}
    lines = {
        row
        for row, found in cells.items()
        if row and len(set(found)) > 1 and (len(found) == len(set(found)) or row not in long)
    }
    groups = groupby(body, key=lambda p: p.row if p.row in lines else -p.runs[0][1] - 1)
    return [paragraph for _, group in groups for paragraph in _line_of(list(group))]


def _line_of(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs as one line, with spaces between that the source does not have."""
    if len(paragraphs) < 2:
        return paragraphs
    runs = [run for paragraph in paragraphs for run in [*trimmed(paragraph.runs), (" ", -1)]]
    return [replace(paragraphs[0], runs=runs[:-1])]


def _main(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs of the container with most prose."""
    weights: dict[int, float] = defaultdict(float)
    leaves = Counter(p.path[-2] for p in paragraphs if p.tag != "p" and len(p.path) > 1 and is_prose(p))
    alone = Counter(p.path[-1] for p in paragraphs if p.path)
    for paragraph in paragraphs:
        marks = len(re.findall("[，。；：、“”,;]", paragraph.text))
        weight = (len(paragraph.text) - 2 * paragraph.linked) if marks else 0
        path = paragraph.path
        leaf = paragraph.tag == "p" or (len(path) > 1 and leaves[path[-2]] > 1 and alone[path[-1]] == 1)
        around = path[:-1] if leaf else path
        for container, share in zip(reversed(around), (1.0, 0.5), strict=False):
            weights[container] += share * weight
    if not weights:
        return []
    best = max(weights, key=lambda container: weights[container])
    inside = [p for p in paragraphs if best in p.path and p.role not in ORDER[:-1] and not p.link]
    first = next((n for n, p in enumerate(inside) if is_prose(p)), len(inside))
    return [p for n, p in enumerate(inside) if n > first or p.tag not in HEADINGS]


def _heading(paragraphs: list[Paragraph], body: list[Paragraph]) -> list[Paragraph]:
    """The first heading that the file's title repeats, else a line that it repeats, else the first heading or part of it."""
    title = next((paragraph for paragraph in paragraphs if paragraph.tag == "title"), None)
    start = next((n for n, p in enumerate(body) if is_prose(p)), 0)
    text = set(map(id, body[start:]))
    lines = [p for p in paragraphs if id(p) not in text and p is not title and not is_paper(p.text)]
    headings = sorted((p for p in lines if p.tag in HEADINGS), key=lambda p: p.tag)
    named = _title_parts(title) if title else []
    whole = {part.text for part in named}
    own = [p for p in headings if not p.link]
    repeated = [p for p in own if title and len(p.text) > 3 and p.text in title.text]
    # the name of the site and of the section stand above the headline
    above = takewhile(lambda p: not text or id(p) != id(body[start]), paragraphs)
    printed = [p for p in above if p is not title and p.text in whole and not p.link]
    best = [*repeated, *reversed(printed), *own, *headings, *named][:1]
    return [p for p in headings if best[0].path == p.path] or best if best else []


def _title_parts(title: Paragraph) -> list[Paragraph]:
    """The parts of the file's title that name no newspaper, date or page."""
    parts = []
    for match in re.finditer(r"(?:[^-_|—–]|(?<=\d)-(?=\d))+", title.text):
        part = match[0].strip()
        if part and not is_metadata(part):
            start = match.start() + match[0].index(part)
            parts.append(Paragraph((), "title", "headline", runs=cut(title.runs, start, start + len(part))))
    return parts
