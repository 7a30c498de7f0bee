"""HTML: articles of e-paper systems and government portals.

What the page itself tells (elements, ids, classes and comments in `html.tsv`) decides; else the body is the container
with most prose and the headline the first heading. A character reference (&nbsp;) leads back to its `&`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files

from pipeline.errors import InputError
from pipeline.records import Block, Page, Piece
from pipeline.sources.inputs import Source
from pipeline.sources.text import decode

SKIPPED = frozenset({"script", "style", "noscript", "template", "select", "button", "nav", "footer", "svg", "iframe"})
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
INLINE = frozenset(
    ["a", "abbr", "b", "big", "em", "font", "i", "ins", "mark", "s", "small", "span", "strong", "sub", "sup", "u"]
)
HEADINGS = ("h1", "h2", "h3")
ORDER = ("kicker", "headline", "subtitle", "byline", "body")
DATE = re.compile(r"(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
NUMBER = re.compile(r"第\s*0*([0-9A-Z]+)\s*版")
PROPERTY = re.compile(r"<(?:founder-)?(\w+)>(.*?)</(?:founder-)?\1>", re.DOTALL)
AUTHOR = re.compile(
    r"(?:作者|撰稿人?|供稿人?)[:：]\s*([\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4})*)(?![\u4e00-\u9fff])"
)
INFO = 80
"""Characters of the longest line that is taken for one of date, source and author."""
SHORTEST = 30
"""Characters of the shortest text that is taken for an article."""
DEEPEST = 100

Run = tuple[str, int]
"""Characters and where the first of them stands in the source."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its characters, the elements around it, innermost last, and the part it plays if the page tells."""

    path: tuple[int, ...]
    tag: str
    role: str | None
    linked: int = 0
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


def read_html(source: Source) -> Iterator[Page]:
    """The one article of an HTML file as a page; none of a page view, which only links to the articles of a page.

    Raises InputError when the file holds no article.
    """
    decoded = decode(source.data, source.name)
    reader = _Reader(decoded)
    reader.feed(_closed(decoded))
    reader.close()
    parts = _parts(reader)
    if sum(len(p.text) for p in parts["body"]) < SHORTEST:
        if reader.view:
            return
        raise InputError(f"{source.name}: a page without the text of an article; give the pages that hold the articles")
    yield _page(source.name, parts, reader)


def _closed(decoded: str) -> str:
    """The text without its end where a comment or tag is never closed, which the parser would search again and again.

    A marked section (`<![`), at whose faults the parser stops, is made a comment of the same length.
    """
    unclosed = decoded.find("<!--", decoded.rfind("-->") + 1)
    text = decoded if unclosed < 0 else decoded[:unclosed]
    unclosed = text.find("<", text.rfind(">") + 1)
    return (text if unclosed < 0 else text[:unclosed]).replace("<![", "<!_")


@cache
def _names() -> dict[tuple[str, str], str]:
    lines = files(__package__).joinpath("html.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(kind, name): role for kind, name, role in rows}


class _Reader(HTMLParser):
    """Paragraphs of the visible text, with the way back to the source."""

    def __init__(self, decoded: str) -> None:
        super().__init__(convert_charrefs=False)
        self.starts = [0, *(match.end() for match in re.finditer("\n", decoded))]
        self.paragraphs: list[Paragraph] = []
        self.told: dict[str, Run] = {}
        self.stack: list[tuple[str, int, str | None]] = []
        self.content = False
        self.count = self.row = 0
        self.open: Paragraph | None = None
        self.view = False

    @property
    def here(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._meta(values)
        self.view = self.view or (tag == "area" and bool(values.get("coords")) and bool(values.get("href")))
        if tag not in INLINE:
            self.open = None
        if tag not in VOID and len(self.stack) < DEEPEST:
            self.count += 1
            self.stack.append((tag, self.count, self._row(values) if tag == "tr" else _role(tag, values)))

    def _row(self, values: dict[str, str]) -> str | None:
        """Older Founder pages print kicker, headline, subtitle and author as the rows of a table, empty ones too."""
        if values.get("valign") != "top" or not any(role == "rows" for _, _, role in self.stack):
            return None
        self.row += 1
        return ORDER[self.row - 1] if self.row <= ORDER.index("byline") + 1 else None

    def _meta(self, values: dict[str, str]) -> None:
        role = _names().get(("meta", values.get("name", "").lower()))
        content = values.get("content", "").strip()
        at = (self.get_starttag_text() or "").find(content)
        if role and content and at >= 0:
            self.told.setdefault(role, (content, self.here + at))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.open = None
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth][0] == tag:
                del self.stack[depth:]
                return

    def handle_comment(self, data: str) -> None:
        name = data.strip().lower()
        if name in ("enpcontent", "/enpcontent"):
            self.content, self.open = name == "enpcontent", None
        elif name.startswith("enpproperty"):
            for match in PROPERTY.finditer(data):
                role = _names().get(("property", match[1].lower()))
                if role and match[2].strip():
                    lead = len(match[2]) - len(match[2].lstrip())
                    self.told.setdefault(role, (match[2].strip(), self.here + 4 + match.start(2) + lead))

    def handle_data(self, data: str) -> None:
        at = self.here
        for match in re.finditer(r"[^\s]+|\s+", data):
            if match[0].isspace():
                self._space(match[0], at + match.start())
            else:
                self._add(match[0], at + match.start())

    def handle_entityref(self, name: str) -> None:
        self._reference(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._reference(unescape(f"&#{name};"))

    def _reference(self, text: str) -> None:
        if text.isspace():
            self._space(text, self.here)
        else:
            self._add(text[:1], self.here)

    def _space(self, text: str, at: int) -> None:
        """Spaces of the text are kept, one of each stretch; line ends of the file are not."""
        if self.open is not None and self.open.runs and "\n" not in text and not self.open.runs[-1][0][-1].isspace():
            self.open.runs.append((text[0], at))

    def _add(self, text: str, at: int) -> None:
        tags = [tag for tag, _, _ in self.stack]
        if SKIPPED.intersection(tags):
            return
        if self.open is None:
            roles = [role for _, _, role in self.stack if role and role != "rows"]
            block = next((tag for tag in reversed(tags) if tag not in INLINE), "")
            path = tuple(number for tag, number, _ in self.stack if tag not in INLINE)
            self.open = Paragraph(path, block, roles[-1] if roles else "body" if self.content else None)
            self.paragraphs.append(self.open)
        self.open.runs.append((text, at))
        self.open.linked += len(text) if "a" in tags else 0


def _role(tag: str, values: dict[str, str]) -> str | None:
    names = [("tag", tag), ("id", values.get("id", "").lower())]
    names += [("class", name) for name in values.get("class", "").lower().split()]
    return next((_names()[name] for name in names if name in _names()), None)


def _parts(reader: _Reader) -> dict[str, list[Paragraph]]:
    parts: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in reader.paragraphs:
        role = paragraph.role
        if role == "around":
            role = "subtitle" if parts["headline"] else "kicker"
        if role in ORDER:
            parts[role].append(paragraph)
    prose = [paragraph for paragraph in reader.paragraphs if paragraph.tag != "title"]
    parts["body"] = parts["body"] or _main(prose)
    _author(reader)
    for role in ("kicker", "headline", "subtitle", "byline"):
        if not parts[role] and role in reader.told:
            parts[role] = [Paragraph((), "", role, runs=[reader.told[role]])]
    if not parts["headline"]:
        parts["headline"] = _heading(reader.paragraphs, parts["body"])
    return parts


def _author(reader: _Reader) -> None:
    """The author whom a portal names in the line of date and source."""
    for paragraph in reader.paragraphs:
        if len(paragraph.text) < INFO:
            for text, at in paragraph.runs:
                if match := AUTHOR.search(text):
                    reader.told.setdefault("byline", (match[1], at + match.start(1)))


def _main(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs of the container with most prose."""
    weights: dict[int, float] = defaultdict(float)
    for paragraph in paragraphs:
        marks = len(re.findall("[，。；：、“”,;]", paragraph.text))
        weight = (len(paragraph.text) - 2 * paragraph.linked) if marks else 0
        around = paragraph.path[:-1] if paragraph.tag == "p" else paragraph.path
        for container, share in zip(reversed(around), (1.0, 0.5), strict=False):
            weights[container] += share * weight
    if not weights:
        return []
    best = max(weights, key=lambda container: weights[container])
    return [p for p in paragraphs if best in p.path and p.tag not in HEADINGS and 2 * p.linked < len(p.text)]


def _heading(paragraphs: list[Paragraph], body: list[Paragraph]) -> list[Paragraph]:
    """The first heading, else the beginning of the file's title."""
    for tag in HEADINGS:
        for paragraph in paragraphs:
            if paragraph.tag == tag and paragraph not in body:
                return [paragraph]
    for paragraph in paragraphs:
        if paragraph.tag == "title":
            text, at = paragraph.text, paragraph.runs[0][1]
            short = re.split(r"\s*[-_|—–]+\s*", text)[0]
            return [Paragraph((), "title", "headline", runs=[(short, at)])] if short else []
    return []


def _page(name: str, parts: dict[str, list[Paragraph]], reader: _Reader) -> Page:
    text, pieces, blocks = "", [], []
    for role in ORDER:
        for paragraph in parts[role]:
            start = len(text)
            for run, at in _trimmed(paragraph.runs):
                pieces.append(Piece(len(text), len(text) + len(run), at))
                text += run
            if len(text) > start:
                blocks.append(Block(start, len(text), role, article=0))
                text += "\n"
    page = Page(name, text, pieces, blocks)
    page.date = _date(reader)
    page.number = next((m[1] for p in reader.paragraphs if len(p.text) < INFO and (m := NUMBER.search(p.text))), None)
    page.newspaper = reader.told["newspaper"][0] if "newspaper" in reader.told else None
    return page


def _trimmed(runs: list[Run]) -> list[Run]:
    end = len(runs)
    while end and runs[end - 1][0].isspace():
        end -= 1
    return runs[:end]


def _date(reader: _Reader) -> str | None:
    told = reader.told.get("date", ("", 0))[0]
    for text in (told, *(p.text for p in reader.paragraphs if len(p.text) < INFO)):
        if match := DATE.search(text):
            return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return None
