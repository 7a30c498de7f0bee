"""HTML: articles of e-paper systems and government portals.

What the page itself tells (elements, ids, classes and comments in `html.tsv`) decides; else the body is the container
with most prose and the headline the first heading. A character reference (&nbsp;) leads back to its `&`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files
from itertools import groupby, takewhile
from pathlib import PurePath

from pipeline.errors import InputError
from pipeline.records import Block, Page, Piece
from pipeline.sources.inputs import Source
from pipeline.sources.text import decode

SKIPPED = frozenset({"aside", "button", "footer", "iframe", "nav", "noscript", "script", "select", "style", "svg"})
SKIPPED |= {"audio", "object", "template", "textarea", "video"}
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
INLINE = frozenset({"a", "abbr", "b", "bdi", "big", "cite", "del", "em", "font", "i", "ins", "label", "mark", "nobr"})
INLINE |= {"q", "s", "script", "small", "span", "strike", "strong", "style", "sub", "sup", "time", "tt", "u", "wbr"}
CELLS = frozenset({"td", "th"})
TABLE = CELLS | {"table", "tbody", "thead", "tfoot", "tr"}
IMPLIED = {"li": {"li"}, "dd": {"dd", "dt"}, "dt": {"dd", "dt"}, "tr": {"tr", *CELLS}, "td": CELLS, "th": CELLS}
"""Elements whose end the start of another tells."""
WITHIN_P = VOID - {"hr"}
"""What is no line of text and does not end a paragraph of the file either."""
HEADINGS = ("h1", "h2", "h3")
ORDER = ("kicker", "headline", "subtitle", "byline", "body")
DATE = re.compile(r"(?<!\d)(20\d\d)\s*[-年/.]\s*(1[0-2]|0?[1-9])\s*[-月/.]\s*(3[01]|[12]\d|0?[1-9])(?!\d)")
FOLDER_DATE = re.compile(r"(?<!\d)(20\d\d)[-/]?(1[0-2]|0[1-9])[-/]?(3[01]|[12]\d|0[1-9])/")
DATED = re.compile(r"发布|发表|日期|时间|来源|《[^《》]+报》")
NUMBER = re.compile(
    r"第\s*0*([0-9A-Z]+|[一二三四五六七八九十]+)\s*版(?!面)|版[次面]\s*[:：]\s*第?\s*0*([0-9A-Z]+)|(?<![0-9A-Z])0*([A-Z]?\d{1,2})\s*版\s*[:：]"
)
BARE_NUMBER = re.compile(r"(?<![0-9A-Z])0*([A-Z]?\d{1,3})(?![0-9A-Z])")
DIGITS = "零一二三四五六七八九十"
PROPERTY = re.compile(r"<(?:founder-)?(\w+)>(.{0,1000}?)</(?:founder-)?\1>", re.DOTALL)
CONTENT = re.compile(r"""\scontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
MARKUP = re.compile(r"<[^>]*>|&#?\w+;|\s+|[^\s<&]+|.")
AUTHOR = re.compile(
    r"(?:作者|撰稿人?|供稿人?)\s*[:：]\s*([\u4e00-\u9fff·]{2,4}(?:[、,，][\u4e00-\u9fff·]{2,4})*)(?![\u4e00-\u9fff:：])"
)
PEOPLE = re.compile(
    r"[\u4e00-\u9fff·]{2,4}(?:[、,，\s]+[\u4e00-\u9fff·]{2,4})*(?<![室部局办网社报台员府会])(?<!方正|中心)"
)
SOURCE = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|信息|文章|稿件)(?:来源|稿源)\s*[:：]\s*[《“]?(?!本[报站网刊台]|原创)([^\s《》“”|：:，。；【】()（）]{2,30}?)(?=作者|时间|发布|[\s《》”|；，。【(（)]|$)"
)
PAPER = re.compile(
    r"([\u4e00-\u9fff]{1,10}?(?<![通简公喜预海举播情战捷汇])报)(?:[·\s]?(?:多媒体)?(?:数字|电子)(?:报纸?|版|平台)?)?"
)
QUOTED_PAPER = re.compile(r"《\s*([\u4e00-\u9fff]{1,10}报)\s*》")
BLANK = "\u200b-\u200d\u2060\ufeff\u00ad"
"""Characters that print nothing."""
GAP = "\ue5e5"
"""The wide space of GBK (A3A0), which GB18030 reads as a private character."""
WORDS = re.compile(rf"[{BLANK}]+|[\s{GAP}]+|[^\s{GAP}{BLANK}]+")
INFO = 80
"""Characters of the longest line that is taken for one of date, source and author."""
SHORTEST = 30
"""Characters of the shortest text that is taken for an article."""
BRIEF = 8
"""The same where the page itself tells that the text is an article."""
BROKEN = 0.002
"""Share of broken characters above which a file is not read; a single one is always borne."""
DEEPEST = 100

Run = tuple[str, int]
"""Characters and where the first of them stands in the source."""


@dataclass(slots=True)
class Element:
    """An open element: its part if the page tells, the names that `html.tsv` asks of those around another, and whether it
    is hidden within the text.
    """

    tag: str
    number: int
    role: str | None = None
    names: frozenset[str] = frozenset()
    hidden: bool = False


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its characters, the elements around it, innermost last, and the part it plays if the page tells.

    `teller` is the element that tells the part, `within` says that it lies in the text of the article, `cell` and `row`
    are those of a table.
    """

    path: tuple[int, ...]
    tag: str
    role: str | None
    teller: int = 0
    within: bool = False
    cell: int = 0
    row: int = 0
    linked: int = 0
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)

    @property
    def link(self) -> bool:
        """Whether at least half of it is a link."""
        return 2 * self.linked >= len(self.text)

    @property
    def all_link(self) -> bool:
        """Whether all of it is a link."""
        return self.linked == sum(len(text) for text, _ in self.runs if not text.isspace())


def read_html(source: Source) -> Iterator[Page]:
    """The one article of an HTML file as a page; none of a page view, which only links to the articles of a page.

    Raises InputError when the file holds no article.
    """
    decoded = _decoded(source)
    reader = _Reader(decoded)
    reader.feed(_closed(decoded))
    reader.close()
    named = _line("view", PurePath(source.name).name.lower())
    if named and (reader.view or reader.links):
        return
    parts = _parts(reader)
    body = parts["body"]
    told = any(paragraph.role == "body" for paragraph in body)
    size = sum(len(paragraph.text) for paragraph in body)
    if size < (BRIEF if told else SHORTEST) or (reader.view and not told and _is_list(parts)):
        if reader.view or named:
            return
        raise InputError(f"{source.name}: a page without the text of an article; give the pages that hold the articles")
    yield _page(source.name, parts, reader)


def _is_list(parts: dict[str, list[Paragraph]]) -> bool:
    """Whether the text found is no more than what a list of articles prints: links as headlines, and its publisher."""
    prose = any(_is_prose(paragraph) and not _line("end", paragraph.text) for paragraph in parts["body"])
    return not prose or any(paragraph.link for paragraph in parts["headline"])


def _decoded(source: Source) -> str:
    """The text of a file, in which a few broken characters (words that the system cut short) do not matter."""
    try:
        return decode(source.data, source.name)
    except InputError:
        for encoding in ("utf-8", "gb18030"):
            text = source.data.decode(encoding, "replace")
            if "<" in text and text.count("\ufffd") <= max(1, BROKEN * len(text)):
                return text
        raise


def _closed(decoded: str) -> str:
    """The text without its end where a comment or tag is never closed, which the parser would search again and again.

    A marked section (`<![`), at whose faults the parser stops, is made a comment of the same length.
    """
    unclosed = decoded.find("<!--", decoded.rfind("-->") + 1)
    text = decoded if unclosed < 0 else decoded[:unclosed]
    unclosed = text.find("<", text.rfind(">") + 1)
    return (text if unclosed < 0 else text[:unclosed]).replace("<![", "<!_")


@cache
def _rows() -> list[list[str]]:
    lines = files(__package__).joinpath("html.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _names() -> dict[tuple[str, str], str]:
    return {(kind, name): role for kind, name, role in _rows()}


@cache
def _around() -> frozenset[str]:
    """The names of elements that give the elements in them a part."""
    return frozenset(name.split()[0] for kind, name, _ in _rows() if kind == "within")


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{name})" for kind, name, told in _rows() if kind == "line" and told == role))


def _line(role: str, text: str) -> bool:
    """Whether a whole line is one that `html.tsv` gives this part."""
    return len(text) <= INFO and _pattern(role).fullmatch(text.strip()) is not None


class _Reader(HTMLParser):
    """Paragraphs of the visible text, with the way back to the source."""

    def __init__(self, decoded: str) -> None:
        super().__init__(convert_charrefs=False)
        self.decoded = decoded
        self.starts = [0, *(match.end() for match in re.finditer("\n", decoded))]
        self.paragraphs: list[Paragraph] = []
        self.told: dict[str, list[Run]] = {}
        self.stack: list[Element] = []
        self.content = self.prose = False
        self.count = self.row = 0
        self.open: Paragraph | None = None
        self.view = self.links = False

    @property
    def here(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._meta(values)
        link = values.get("href", "").lower()
        self.view = self.view or (tag == "area" and bool(values.get("coords")) and bool(link))
        self.links = self.links or (tag == "a" and "content_" in link)
        if not _inline(tag):
            self.open = None
            if tag not in WITHIN_P:
                self._close({"p"} | IMPLIED.get(tag, set()))
        if tag in VOID or (len(self.stack) >= DEEPEST and tag not in ("script", "style")):
            return
        self.count += 1
        role = self._row(values) if tag == "tr" else self._role(tag, values)
        if role and self._parts_here(tag, values):
            self.open = None
        named = frozenset([*values.get("class", "").lower().split(), values.get("id", "").lower()]) & _around()
        inside = self.content or any(element.role == "body" for element in self.stack)
        hidden = inside and HIDDEN.search(values.get("style", "")) is not None
        self.stack.append(Element(tag, self.count, role, named, hidden))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<div/>` opens an element in HTML as `<div>` does, but saved pages mean what they write."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _parts_here(self, tag: str, values: dict[str, str]) -> bool:
        """Whether an element that tells a part begins a line of its own; a class does not in the middle of a text."""
        if self.open is None or self.open.role is not None:
            return self.open is not None and self.open.role != "body"
        return any(key in _names() for key in (("tag", tag), ("id", values.get("id", "").lower())))

    def _close(self, tags: set[str] | frozenset[str]) -> None:
        """Closes the elements that end where the next begins, and the inline ones in them."""
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth].tag in tags:
                del self.stack[depth:]
            elif not _inline(self.stack[depth].tag):
                return

    def _role(self, tag: str, values: dict[str, str]) -> str | None:
        identity = values.get("id", "").lower()
        classes = values.get("class", "").lower().split()
        names = [("tag", tag), ("id", identity), *(("class", name) for name in classes)]
        if tag in _within():
            around = (name for element in reversed(self.stack) for name in sorted(element.names))
            names.extend(("within", f"{name} {tag}") for name in around)
        return next((_names()[name] for name in names if name in _names()), None)

    def _row(self, values: dict[str, str]) -> str | None:
        """Older Founder pages print kicker, headline, subtitle and author as the rows of a table, empty ones too."""
        if values.get("valign", "").lower() != "top" or not any(element.role == "rows" for element in self.stack):
            return None
        self.row += 1
        return ORDER[self.row - 1] if self.row <= ORDER.index("byline") + 1 else None

    def _meta(self, values: dict[str, str]) -> None:
        self.view = self.view or values.get("http-equiv", "").lower() == "refresh"
        role = _names().get(("meta", values.get("name", "").lower()))
        match = CONTENT.search(self.get_starttag_text() or "")
        runs = _runs(match[1] or match[2] or "", self.here + match.start(match.lastindex or 0)) if match else []
        if role and runs and (role != "author" or PEOPLE.fullmatch("".join(run for run, _ in runs))):
            self.told.setdefault(role, runs)

    def handle_endtag(self, tag: str) -> None:
        if not _inline(tag):
            self.open = None
        for depth in range(len(self.stack) - 1, -1, -1):
            open_tag = self.stack[depth].tag
            if open_tag == tag:
                if self.stack[depth].role and self._parts_here(tag, {}):
                    self.open = None
                del self.stack[depth:]
                return
            if (_inline(tag) and not _inline(open_tag)) or (tag not in TABLE and open_tag in CELLS):
                return

    def handle_comment(self, data: str) -> None:
        name = data.strip().lower()
        if name in ("enpcontent", "/enpcontent"):
            self.content, self.open = name == "enpcontent", None
        elif name.startswith("enpproperty"):
            for match in PROPERTY.finditer(data):
                role = _names().get(("property", match[1].lower()))
                runs = _runs(match[2], self.here + 4 + match.start(2))
                if role and runs and match[2].strip().lower() != "null":
                    self.told.setdefault(role, runs)

    def handle_data(self, data: str) -> None:
        at = self.here
        for match in WORDS.finditer(data):
            if match[0][0].isspace() or match[0][0] == GAP:
                self._space(match[0], at + match.start())
            elif not re.match(f"[{BLANK}]", match[0]):
                self._add(match[0], at + match.start())

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def _reference(self, reference: str) -> None:
        text, at = unescape(reference), self.here
        if text == reference:
            written = len(reference) if self.decoded.startswith(";", at + len(reference) - 1) else len(reference) - 1
            self._add(reference[:written], at)
        elif text.isspace():
            self._space(text, at)
        elif text and not re.match(f"[{BLANK}]", text):
            self._add(text[:1], at)

    def _space(self, text: str, at: int) -> None:
        """Spaces of the text are kept, one of each stretch; line ends of the file are not."""
        if self.open is not None and self.open.runs and "\n" not in text and not self.open.runs[-1][0][-1].isspace():
            if self._skipped():
                return
            self.open.runs.append((" " if text[0] == GAP else text[0], at))

    def _skipped(self) -> bool:
        return any(element.hidden or element.tag in SKIPPED for element in self.stack)

    def _add(self, text: str, at: int) -> None:
        if self._skipped():
            return
        tags = [element.tag for element in self.stack]
        if self.open is None:
            self.open = self._paragraph(tags)
            self.paragraphs.append(self.open)
        self.open.runs.append((text, at))
        self.open.linked += len(text) if "a" in tags else 0
        self.prose = self.prose or (self.open.within and sum(len(run) for run, _ in self.open.runs) >= SHORTEST)

    def _paragraph(self, tags: list[str]) -> Paragraph:
        tellers = [element for element in self.stack if element.role and element.role != "rows"]
        within = self.content or any(element.role == "body" for element in tellers)
        role, teller = (tellers[-1].role, tellers[-1].number) if tellers else (None, 0)
        if within and (self.content or self.prose or role not in ORDER):
            # what has the class of a subtitle inside the text is a sub-heading
            role = "body"
        block = next((tag for tag in reversed(tags) if not _inline(tag)), "")
        path = (0, *(element.number for element in self.stack if not _inline(element.tag)))
        cell, row = self._innermost(CELLS), self._innermost({"tr"})
        return Paragraph(path, block, role, teller, within, cell, row)

    def _innermost(self, tags: set[str] | frozenset[str]) -> int:
        return next((element.number for element in reversed(self.stack) if element.tag in tags), 0)


def _inline(tag: str) -> bool:
    """Whether an element lies in a line of text, as those of Word (o:p) do."""
    return tag in INLINE or ":" in tag


@cache
def _within() -> frozenset[str]:
    return frozenset(name.split()[1] for kind, name, _ in _rows() if kind == "within")


def _runs(text: str, at: int) -> list[Run]:
    """A value of a property as characters and their places, without the tags in it."""
    runs: list[Run] = []
    for match in MARKUP.finditer(text):
        word = match[0]
        if word[0] == "<" and len(word) > 1:
            continue
        word = unescape(word) if word[0] == "&" and len(unescape(word)) == 1 else word
        if word.isspace():
            word = word[0] if runs and not runs[-1][0].isspace() and "\n" not in word else ""
        if word:
            runs.append((word, at + match.start()))
    return _trimmed(runs)


def _parts(reader: _Reader) -> dict[str, list[Paragraph]]:
    parts: dict[str, list[Paragraph]] = defaultdict(list)
    headed = prose = False
    for paragraph in reader.paragraphs:
        role = paragraph.role
        if role == "around":
            role = None if prose else "subtitle" if parts["headline"] else "kicker"
        elif role == "subtitle" and prose:
            role = None
        if role == "subtitle" and not paragraph.link and _line("byline", paragraph.text):
            role = "byline"
        if role in ORDER[:-1] and any(_line(line, paragraph.text) for line in ("edge", "lead", "other")):
            role = "other"
        elif role == "byline" and (_is_prose(paragraph) or len(paragraph.text) > INFO):
            role = None
        if role in ORDER:
            parts[role].append(paragraph)
        paragraph.role = role
        headed = headed or role == "headline" or paragraph.tag in HEADINGS
        prose = prose or (headed and role in ("body", None) and _is_prose(paragraph))
    _one(parts)
    _tell(reader)
    parts["body"] = parts["body"] or _main([p for p in reader.paragraphs if p.tag != "title"])
    _fill(parts, reader, "kicker", "headline", "subtitle")
    if not parts["headline"]:
        parts["headline"] = _heading(reader.paragraphs, parts["body"])
    _trim(parts)
    _fill(parts, reader, "byline")
    parts["byline"] = _line_of(parts["byline"])
    return parts


def _fill(parts: dict[str, list[Paragraph]], reader: _Reader, *roles: str) -> None:
    for role in roles:
        if not parts[role] and role in reader.told:
            parts[role] = [Paragraph((), "", role, runs=reader.told[role])]


def _is_prose(paragraph: Paragraph) -> bool:
    return len(paragraph.text) >= SHORTEST and bool(re.search("[，。；,;]", paragraph.text)) and not paragraph.link


def _one(parts: dict[str, list[Paragraph]]) -> None:
    """Lists of other articles use the same names: an article has the first headline that is no link, and one element of it."""
    for role in ("headline", "kicker", "byline"):
        found = [paragraph for paragraph in parts[role] if not paragraph.link] or parts[role]
        parts[role] = [paragraph for paragraph in found if paragraph.teller == found[0].teller]
    parts["subtitle"] = [paragraph for paragraph in parts["subtitle"] if not paragraph.link]


def _tell(reader: _Reader) -> None:
    """What a portal names in the line of date and source, and what elements tell that are no part of the text."""
    for paragraph in reader.paragraphs:
        text = paragraph.text
        if paragraph.role in ("number", "newspaper", "date"):
            reader.told.setdefault(paragraph.role, [(text, paragraph.runs[0][1])])
        if len(text) >= INFO or paragraph.tag == "title" or paragraph.all_link:
            continue
        for role, pattern in (("byline", AUTHOR), ("source", SOURCE), ("paper", QUOTED_PAPER)):
            if (match := pattern.search(text)) and (role != "paper" or not paragraph.within):
                reader.told.setdefault(role, _cut(paragraph.runs, *match.span(1)))
    if author := reader.told.get("author"):
        reader.told.setdefault("byline", author)


def _cut(runs: list[Run], start: int, end: int) -> list[Run]:
    out, at = [], 0
    for text, source in runs:
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            out.append((text[first:last], source + first))
        at += len(text)
    return out


def _trim(parts: dict[str, list[Paragraph]]) -> None:
    """Takes from the text its own headings and what is printed around it: date, source, buttons, editors, other articles."""
    body = parts["body"]
    end = next((n for n, p in enumerate(body) if n and _line("end", p.text)), len(body))
    # a cell may hold nothing but 大 or -
    body = [p for p in body[:end] if len(p.text) == 1 or not _line("other", p.text)]
    titles = {p.text for role in ("kicker", "headline", "subtitle") for p in parts[role]}
    signed: list[Paragraph] = []
    while body and (_is_title(body[0], titles) or any(_line(r, body[0].text) for r in ("edge", "lead", "byline"))):
        first = body.pop(0)
        if _line("byline", first.text):
            signed.append(first)
    last: list[Paragraph] = []
    while body and (body[-1].all_link or _line("edge", body[-1].text) or _line("byline", body[-1].text)):
        if _line("byline", (paragraph := body.pop()).text):
            last.append(paragraph)
    for paragraph in [*signed, *reversed(last)]:
        if paragraph.text not in [p.text for p in parts["byline"]]:
            parts["byline"].append(paragraph)
    if body and (match := re.search(rf"\s*(?:{_pattern('tail').pattern})\s*$", body[-1].text[-INFO:])):
        size = max(len(body[-1].text) - INFO, 0) + match.start()
        body[-1].runs = _cut(body[-1].runs, 0, size)
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
    runs = [run for paragraph in paragraphs for run in [*_trimmed(paragraph.runs), (" ", -1)]]
    return [replace(paragraphs[0], runs=runs[:-1])]


def _main(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs of the container with most prose."""
    weights: dict[int, float] = defaultdict(float)
    leaves = Counter(p.path[-2] for p in paragraphs if p.tag != "p" and len(p.path) > 1 and _is_prose(p))
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
    first = next((n for n, p in enumerate(inside) if _is_prose(p)), len(inside))
    return [p for n, p in enumerate(inside) if n > first or p.tag not in HEADINGS]


def _heading(paragraphs: list[Paragraph], body: list[Paragraph]) -> list[Paragraph]:
    """The first heading that the file's title repeats, else a line that it repeats, else the first heading or part of it."""
    title = next((paragraph for paragraph in paragraphs if paragraph.tag == "title"), None)
    start = next((n for n, p in enumerate(body) if _is_prose(p)), 0)
    text = set(map(id, body[start:]))
    lines = [p for p in paragraphs if id(p) not in text and p is not title and not PAPER.fullmatch(p.text)]
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
        if part and not any((PAPER.fullmatch(part), DATE.search(part), NUMBER.search(part))):
            start = match.start() + match[0].index(part)
            parts.append(Paragraph((), "title", "headline", runs=_cut(title.runs, start, start + len(part))))
    return parts


def _page(name: str, parts: dict[str, list[Paragraph]], reader: _Reader) -> Page:
    text, pieces, blocks = "", [], []
    for role in ORDER:
        for paragraph in parts[role]:
            start = len(text)
            for run, at in _trimmed(_undashed(paragraph.runs) if role == "subtitle" else paragraph.runs):
                if at >= 0:
                    pieces.append(Piece(len(text), len(text) + len(run), at))
                text += run
            if len(text) > start:
                blocks.append(Block(start, len(text), role, article=0))
                text += "\n"
    page = Page(name, text, pieces, blocks)
    page.date = _date(name, parts["body"], reader)
    page.number = _number(reader)
    page.newspaper = _newspaper(reader)
    return page


def _trimmed(runs: list[Run]) -> list[Run]:
    end = len(runs)
    while end and runs[end - 1][0].isspace():
        end -= 1
    return runs[:end]


def _undashed(runs: list[Run]) -> list[Run]:
    """A subtitle without the dash before it."""
    text = "".join(run for run, _ in runs)
    return _cut(runs, len(text) - len(text.lstrip("—–─- \u3000")), len(text))


def _date(name: str, body: list[Paragraph], reader: _Reader) -> str | None:
    """The date told, else in a line that speaks of it, in any other line but the text's, in the name of the folder."""
    known = set(map(id, body))
    lines = [p.text for p in reader.paragraphs if len(p.text) < INFO and id(p) not in known and not p.link]
    told = "".join(run for run, _ in reader.told.get("date", []))
    for text in (told, *(line for line in lines if DATED.search(line)), *lines):
        if "今天" not in text and (match := DATE.search(text)) and (day := _iso(match)):
            return day
    return _iso(match) if (match := FOLDER_DATE.search(name)) else None


def _iso(match: re.Match[str]) -> str | None:
    """The day of a printed date, None where the calendar has none (2月30日)."""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None


def _number(reader: _Reader) -> str | None:
    """The number of the page told, else the one printed; a list of all pages of the issue tells none."""
    if told := "".join(run for run, _ in reader.told.get("number", [])):
        match = NUMBER.search(told) or BARE_NUMBER.search(told)
        if match:
            return _digits(match)
    short = [p for p in reader.paragraphs if len(p.text) < INFO and not p.within]
    for lines in ([p for p in short if not p.link], [p for p in short if p.link]):
        found = [_digits(match) for p in lines for match in NUMBER.finditer(p.text)]
        if len(set(found)) == 1 or (found and not lines[0].link):
            return found[0]
    return None


def _digits(match: re.Match[str]) -> str:
    """第十二版 → 12."""
    number = next(group for group in match.groups() if group)
    if number[0] not in DIGITS:
        return number
    tens, ten, ones = number.rpartition("十")
    return str((DIGITS.index(tens or "一") * 10 if ten else 0) + (DIGITS.index(ones) if ones else 0))


def _newspaper(reader: _Reader) -> str | None:
    """The newspaper told, else the part of the file's title that is the name of one, else the source that is named."""
    title = next((paragraph.text for paragraph in reader.paragraphs if paragraph.tag == "title"), "")
    parts = [PAPER.fullmatch(part.strip()) for part in re.split(r"[-_|—–]+", title)]
    told = {role: "".join(run for run, _ in runs) for role, runs in reader.told.items()}
    found = [told.get("newspaper"), *(match[1] for match in parts if match), told.get("paper"), told.get("source")]
    return next((name for name in found if name), None)
