"""Which reader takes a source: by its first bytes, then by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.records import Page
from pipeline.sources.inputs import Source
from pipeline.sources.lines import read_lines
from pipeline.sources.text import read_text

Reader = Callable[[Source], Iterator[Page]]


def read_pages(source: Source) -> Iterator[Page]:
    """The pages of a source. Raises InputError with one clear line when it cannot be read."""
    return reader_of(source)(source)


def reader_of(source: Source) -> Reader:
    """The reader for a source."""
    if source.suffix == ".jsonl":
        return read_lines
    return read_text
