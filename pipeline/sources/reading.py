"""Which reader takes a source: by its first bytes, then by its suffix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.records import Page
from pipeline.sources.html import read_html
from pipeline.sources.inputs import Source
from pipeline.sources.lines import read_lines
from pipeline.sources.text import read_text

HTML = frozenset({".htm", ".html", ".xhtml", ".shtml"})
START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", re.IGNORECASE)
Reader = Callable[[Source], Iterator[Page]]


def read_pages(source: Source) -> Iterator[Page]:
    """The pages of a source. Raises InputError with one clear line when it cannot be read."""
    return reader_of(source)(source)


def reader_of(source: Source) -> Reader:
    """The reader for a source."""
    if source.suffix == ".jsonl":
        return read_lines
    if source.suffix in HTML or START.match(source.data):
        return read_html
    return read_text
