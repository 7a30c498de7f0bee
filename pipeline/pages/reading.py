"""A page read as a careful reader would: articles, what is left over, and what the masthead says."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TypedDict

from pipeline.pages.articles import draft
from pipeline.pages.cues import cue, fold
from pipeline.pages.drafts import Draft, order
from pipeline.pages.headings import Heading
from pipeline.pages.masthead import Masthead, read_masthead
from pipeline.pages.ngrams import normal
from pipeline.pages.paragraphs import Paragraph, Range, paragraphs
from pipeline.pages.parts import labelled
from pipeline.pages.pieces import Row, row
from pipeline.pages.restored import Restored, trimmed
from pipeline.pages.shapes import is_broken_couplet, reads_on
from pipeline.pages.signatures import signatures
from pipeline.pages.titles import restore, split_title, words
from pipeline.pages.told import told_articles
from pipeline.records import Article, Page, Span


@dataclass(slots=True)
class Reading:
    """A page's articles in the order of their first text, the leftover ranges of its text, and its masthead."""

    articles: list[Article]
    other: list[Range] = field(default_factory=list)
    newspaper: str | None = None
    date: str | None = None
    number: str | None = None
    home: str | None = None


def read_articles(page: Page) -> Reading:
    """Reads a page.

    Returns articles with spans into the decoded source, the page ranges that belong to no article, and newspaper,
    ISO date, page number and home as far as they are printed or the source told them.
    """
    # a PDF page is named x.pdf#page=2, and its articles must not share the ids of another page's
    file, mark, part = page.source.partition("#")
    stem = f"{PurePath(file).stem}{mark}{part}" or "page"
    if told := told_articles(page, stem):
        return Reading(told, [], page.newspaper, page.date, page.number, page.home)
    parts, items, setting = prepared(page)
    indented = setting["indented"]
    drafts = draft(items, indented=indented, context=setting["context"])
    articles = [_article(d, page, f"{stem}-{n}", indented) for n, d in enumerate(drafts, start=1)]
    marks = [mark for p in parts for mark in p.marks if len(fold(page.text[slice(*mark)]).strip()) > 2]
    used = {id(p) for d in drafts for p in d.paragraphs()}
    leftover = [r for p in parts if id(p) not in used for r in p.ranges]
    head = read_masthead([page.text[p.start : p.end] for p in items.furniture])
    return _reading(page, articles, sorted([*marks, *leftover]), head)


class Setting(TypedDict):
    """What the linking of pieces must know of a page: whether paragraphs are indented, and all its text."""

    indented: bool
    context: str


def prepared(page: Page) -> tuple[list[Paragraph], Row, Setting]:
    """The labelled paragraphs of a page, its row of items and its setting."""
    parts = labelled(paragraphs(page))
    items = row(parts, page.text)
    indented = sum(p.indent for p in parts if p.role == "body") >= 3
    return parts, items, Setting(indented=indented, context="\n".join(normal(p.text) for p in parts))


def _reading(page: Page, articles: list[Article], other: list[Range], head: Masthead) -> Reading:
    number = page.number or head.number
    articles = [article.model_copy(update={"page": number}) for article in articles]
    return Reading(
        articles, other, page.newspaper or head.newspaper, page.date or head.date, number, page.home or head.home
    )


def _article(d: Draft, page: Page, name: str, indented: bool) -> Article:
    body = _body(d, page, indented)
    heads = _heads(d.heading if not d.notice else Heading(headline=(d.notice,)), page, close=bool(d.notice))
    if d.section:
        heads["section"] = _line([d.section], page, "")
    people = d.credits()
    signed = signatures(people, [*d.bylines, *(p for piece in d.pieces for p in piece.paragraphs), *d.captions], page)
    return Article(
        id=name,
        source=page.source,
        byline=people,
        body=body.text,
        kind=d.kind,
        spans=body.spans(page),
        head_spans={role: text.spans(page) for role, text in [*heads.items(), ("byline", signed)] if text.parts},
        **{role: text.text for role, text in heads.items()},
    )


def _body(d: Draft, page: Page, indented: bool) -> Restored:
    out = Restored()
    for joined, paragraph in order(d, indented=indented):
        ranges = _without_bullet(paragraph, page) if d.bullet and not out else list(paragraph.ranges)
        if not joined:
            ranges = trimmed(page, ranges)
        if out and not joined:
            out.strip_end()
            out.put("\n")
        for start, end in ranges:
            out.add(page, start, end)
    out.strip_end()
    return out


def _without_bullet(paragraph: Paragraph, page: Page) -> list[Range]:
    match = cue("bullet").search(paragraph.text)
    return paragraph.source(match.end(), len(paragraph.text)) if match else list(paragraph.ranges)


def _heads(heading: Heading, page: Page, *, close: bool) -> dict[str, Restored]:
    out: dict[str, Restored] = {}
    if heading.kicker:
        out["kicker"] = _line(list(heading.kicker), page, " ")
    if heading.headline:
        if len(heading.headline) == 1 and not heading.subtitle and not close:
            first, second = split_title(heading.headline[0], heading.words)
            out["headline"] = restore(first, page)
            if second:
                out["subtitle"] = restore(second, page)
        else:
            glue = " " if is_broken_couplet([line.text for line in heading.headline]) else ""
            out["headline"] = _line(list(heading.headline), page, glue)
    if heading.subtitle:
        out["subtitle"] = _line(list(heading.subtitle), page, " ", joined=True)
    return out


def _line(lines: list[Paragraph], page: Page, glue: str, *, joined: bool = False) -> Restored:
    """Lines in one; `joined`: without glue where a line goes on in the next one."""
    out = Restored()
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and not (joined and reads_on(before.text, line.text)):
            out.put(glue)
        out.extend(restore(words(line), page))
    return out


def article_text(article: Article) -> tuple[str, list[Span]]:
    """The text that the extraction reads, and its way back to the decoded source.

    The kicker's line if there is one, headline and subtitle on one line with a space between, then the body.
    """
    text, spans = "", []
    for role, glue in (("kicker", "\n"), ("headline", "\n"), ("subtitle", " ")):
        line = getattr(article, role)
        if line:
            text += glue if text else ""
            spans += _moved(article.head_spans.get(role, []), len(text))
            text += line
    text += "\n" if text else ""
    return text + article.body, spans + _moved(article.spans, len(text))


def _moved(spans: list[Span], by: int) -> list[Span]:
    return [(start + by, end + by, source) for start, end, source in spans]
