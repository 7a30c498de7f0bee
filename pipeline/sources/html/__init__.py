"""HTML: articles of e-paper systems and government portals.

What the page itself tells (elements, ids, classes and comments in `rules.tsv`) decides; else the body is the container
with most prose and the headline the first heading. A character reference (&nbsp;) leads back to its `&`.

- `parser.py`: the file as paragraphs, with the elements around each and the way back to the source.
- `sections.py`: which elements are articles, where a file holds several.
- `content.py`: which of them are headline, byline and body, and what is left out.
- `metadata.py`: date, number of the page and newspaper.
- `rules.py`, `rules.tsv`: how systems and portals name the parts. Source: saved pages of such systems; by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from pipeline.errors import InputError
from pipeline.records import Block, Page, Piece
from pipeline.sources.html.content import Parts, articles
from pipeline.sources.html.metadata import date_of, newspaper_of, number_of
from pipeline.sources.html.parser import ORDER, SHORTEST, Reader, Run, cut, is_prose, trimmed
from pipeline.sources.html.rules import is_line
from pipeline.sources.inputs import Source
from pipeline.sources.text import decode

__all__ = ["read_html"]

BRIEF = 8
"""Characters of the shortest article where the page itself tells that the text is an article."""
BROKEN = 0.002
"""Share of broken characters above which a file is not read; a single one is always borne."""


def read_html(source: Source) -> Iterator[Page]:
    """The article of an HTML file, or those side by side in it, as a page; none of a page view, which only links to them.

    Raises InputError when the file holds no article.
    """
    decoded = _decoded(source)
    reader = Reader(decoded)
    reader.feed(_closed(decoded))
    reader.close()
    named = is_line("view", PurePath(source.name).name.lower())
    if named and (reader.view or reader.links):
        return
    found = articles(reader)
    parts = found[0]
    body = [paragraph for one in found for paragraph in one["body"]]
    told = any(paragraph.role == "body" for paragraph in body)
    size = sum(len(paragraph.text) for paragraph in body)
    if size < (BRIEF if told else SHORTEST) or (reader.view and not told and _is_list(parts)):
        if reader.view or named:
            return
        raise InputError(f"{source.name}: a page without the text of an article; give the pages that hold the articles")
    yield _page(source.name, found, reader)


def _is_list(parts: Parts) -> bool:
    """Whether the text found is no more than what a list of articles prints: links as headlines, and its publisher."""
    prose = any(is_prose(paragraph) and not is_line("end", paragraph.text) for paragraph in parts["body"])
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


def _page(name: str, found: list[Parts], reader: Reader) -> Page:
    text, pieces, blocks = "", [], []
    printed = ((n, role, paragraph) for n, parts in enumerate(found) for role in ORDER for paragraph in parts[role])
    for number, role, paragraph in printed:
        start = len(text)
        for run, at in trimmed(_undashed(paragraph.runs) if role == "subtitle" else paragraph.runs):
            if at >= 0:
                pieces.append(Piece(len(text), len(text) + len(run), at))
            text += run
        if len(text) > start:
            blocks.append(Block(start, len(text), role, article=number))
            text += "\n"
    page = Page(name, text, pieces, blocks)
    page.date = date_of(name, [p for parts in found for p in parts["body"]], reader)
    page.number = number_of(reader)
    page.newspaper = newspaper_of(reader)
    return page


def _undashed(runs: list[Run]) -> list[Run]:
    """A subtitle without the dash before it."""
    text = "".join(run for run, _ in runs)
    return cut(runs, len(text) - len(text.lstrip("—–─- \u3000")), len(text))
