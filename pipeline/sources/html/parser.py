"""The parser: paragraphs of the visible text, each with its elements and the way back to the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from pipeline.sources.html import rules

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
"""The parts of an article, in the order of the page that is made."""
PROPERTY = re.compile(r"<(?:founder-)?(\w+)>(.{0,1000}?)</(?:founder-)?\1>", re.DOTALL)
CONTENT = re.compile(r"""\scontent\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
MARKUP = re.compile(r"<[^>]*>|&#?\w+;|\s+|[^\s<&]+|.")
BLANK = "\u200b-\u200d\u2060\ufeff\u00ad"
"""Characters that print nothing."""
GAP = "\ue5e5"
"""The wide space of GBK (A3A0), which GB18030 reads as a private character."""
WORDS = re.compile(rf"[{BLANK}]+|[\s{GAP}]+|[^\s{GAP}{BLANK}]+")
SHORTEST = 30
"""Characters of the shortest text that is taken for an article."""
DEEPEST = 100

Run = tuple[str, int]
"""Characters and where the first of them stands in the source."""


@dataclass(slots=True)
class Element:
    """An open element: its part if the page tells, the names that `rules.tsv` asks of those around another, and whether it
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


class Reader(HTMLParser):
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
        if not inline(tag):
            self.open = None
            if tag not in WITHIN_P:
                self._close({"p"} | IMPLIED.get(tag, set()))
        if tag in VOID or (len(self.stack) >= DEEPEST and tag not in ("script", "style")):
            return
        self.count += 1
        role = self._row(values) if tag == "tr" else self._role(tag, values)
        if role and self._parts_here(tag, values):
            self.open = None
        named = frozenset([*values.get("class", "").lower().split(), values.get("id", "").lower()]) & rules.around()
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
        return any(key in rules.names() for key in (("tag", tag), ("id", values.get("id", "").lower())))

    def _close(self, tags: set[str] | frozenset[str]) -> None:
        """Closes the elements that end where the next begins, and the inline ones in them."""
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth].tag in tags:
                del self.stack[depth:]
            elif not inline(self.stack[depth].tag):
                return

    def _role(self, tag: str, values: dict[str, str]) -> str | None:
        identity = values.get("id", "").lower()
        classes = values.get("class", "").lower().split()
        names = [("tag", tag), ("id", identity), *(("class", name) for name in classes)]
        if tag in rules.within():
            around = (name for element in reversed(self.stack) for name in sorted(element.names))
            names.extend(("within", f"{name} {tag}") for name in around)
        return next((rules.names()[name] for name in names if name in rules.names()), None)

    def _row(self, values: dict[str, str]) -> str | None:
        """Older Founder pages print kicker, headline, subtitle and author as the rows of a table, empty ones too."""
        if values.get("valign", "").lower() != "top" or not any(element.role == "rows" for element in self.stack):
            return None
        self.row += 1
        return ORDER[self.row - 1] if self.row <= ORDER.index("byline") + 1 else None

    def _meta(self, values: dict[str, str]) -> None:
        self.view = self.view or values.get("http-equiv", "").lower() == "refresh"
        role = rules.names().get(("meta", values.get("name", "").lower()))
        match = CONTENT.search(self.get_starttag_text() or "")
        runs = runs_of(match[1] or match[2] or "", self.here + match.start(match.lastindex or 0)) if match else []
        if role and runs and (role != "author" or rules.finder("people").fullmatch("".join(run for run, _ in runs))):
            self.told.setdefault(role, runs)

    def handle_endtag(self, tag: str) -> None:
        if not inline(tag):
            self.open = None
        for depth in range(len(self.stack) - 1, -1, -1):
            open_tag = self.stack[depth].tag
            if open_tag == tag:
                if self.stack[depth].role and self._parts_here(tag, {}):
                    self.open = None
                del self.stack[depth:]
                return
            if (inline(tag) and not inline(open_tag)) or (tag not in TABLE and open_tag in CELLS):
                return

    def handle_comment(self, data: str) -> None:
        name = data.strip().lower()
        if name in ("enpcontent", "/enpcontent"):
            self.content, self.open = name == "enpcontent", None
        elif name.startswith("enpproperty"):
            for match in PROPERTY.finditer(data):
                role = rules.names().get(("property", match[1].lower()))
                runs = runs_of(match[2], self.here + 4 + match.start(2))
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
        block = next((tag for tag in reversed(tags) if not inline(tag)), "")
        path = (0, *(element.number for element in self.stack if not inline(element.tag)))
        cell, row = self._innermost(CELLS), self._innermost({"tr"})
        return Paragraph(path, block, role, teller, within, cell, row)

    def _innermost(self, tags: set[str] | frozenset[str]) -> int:
        return next((element.number for element in reversed(self.stack) if element.tag in tags), 0)


def is_prose(paragraph: Paragraph) -> bool:
    """Whether a paragraph is long enough for a text, has marks as sentences have, and is no link."""
    return len(paragraph.text) >= SHORTEST and bool(re.search("[，。；,;]", paragraph.text)) and not paragraph.link


def inline(tag: str) -> bool:
    """Whether an element lies in a line of text, as those of Word (o:p) do."""
    return tag in INLINE or ":" in tag


def runs_of(text: str, at: int) -> list[Run]:
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
    return trimmed(runs)


def trimmed(runs: list[Run]) -> list[Run]:
    """Runs without the spaces at their end."""
    end = len(runs)
    while end and runs[end - 1][0].isspace():
        end -= 1
    return runs[:end]


def cut(runs: list[Run], start: int, end: int) -> list[Run]:
    """The characters from `start` to `end` with their places."""
    out, at = [], 0
    for text, source in runs:
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            out.append((text[first:last], source + first))
        at += len(text)
    return out
