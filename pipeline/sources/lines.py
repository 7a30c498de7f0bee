"""JSON Lines `{"id", "text"}`, each line a page of body text."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.files import passage
from pipeline.records import Block, Page
from pipeline.sources.inputs import Source
from pipeline.sources.text import decode, page_of


def read_lines(source: Source) -> Iterator[Page]:
    """A page for each line; its name is the file's with the line's id. Raises InputError that names a broken line."""
    for number, line in enumerate(decode(source.data, source.name).split("\n"), 1):
        if line.strip():
            yield _page(line, f"{source.name}:{number}", source.name)


def _page(line: str, where: str, name: str) -> Page:
    key, text = passage(line, where)
    page = page_of(f"{name}#{key}", text)
    page.blocks.append(Block(0, len(page.text), "body", 0))
    return page
