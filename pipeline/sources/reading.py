"""Which reader takes a source: by its first bytes, then by its suffix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.errors import InputError
from pipeline.records import Page
from pipeline.sources.archives import is_archive, unpack
from pipeline.sources.docx import read_docx
from pipeline.sources.html import read_html
from pipeline.sources.inputs import LeftOutError, Source
from pipeline.sources.lines import read_lines
from pipeline.sources.pdf import read_pdf
from pipeline.sources.scan import read_scan
from pipeline.sources.text import read_text

Reader = Callable[[Source], Iterator[Page]]
HTML = frozenset({".htm", ".html", ".xhtml", ".shtml"})
START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", re.IGNORECASE)
ZIP = b"PK\3\4"
WORD = b"word/document.xml"
FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a file of old Word, WPS or Excel; save it as .docx"),
    (b"{\\rtf", "an RTF file; save it as .docx"),
    (b"Rar!", "a RAR archive; pack it as .zip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; pack it as .zip"),
    (b"II*\0", "a TIFF picture; save it as .png"),
    (b"MM\0*", "a TIFF picture; save it as .png"),
    (b"From: <Saved by", "a web archive; save the page as .html"),
    (b"MIME-Version:", "a web archive; save the page as .html"),
)
"""First bytes of what is not read, and what to do."""


def read_pages(source: Source) -> Iterator[Page]:
    """The pages of a source. Raises InputError with one clear line when it cannot be read."""
    return reader_of(source)(source)


def reader_of(source: Source) -> Reader:
    """The reader for a source. Raises InputError for a kind of file that is known and not read."""
    data = source.data
    for start, advice in FOREIGN:
        if data.startswith(start):
            raise InputError(f"{source.name}: {advice}")
    by_bytes: tuple[tuple[bool, Reader], ...] = (
        (b"%PDF-" in data[:1024], read_pdf),
        (data.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")), read_scan),
        (source.suffix == ".docx" or (data.startswith(ZIP) and WORD in data and not is_archive(source)), read_docx),
        (is_archive(source) or data.startswith((ZIP, b"\x1f\x8b")) or data[257:262] == b"ustar", read_archive),
        (source.suffix == ".jsonl", read_lines),
        (source.suffix in HTML or bool(START.match(data)), read_html),
    )
    return next((reader for fits, reader in by_bytes if fits), read_text)


def read_archive(source: Source) -> Iterator[Page]:
    """The pages of all files in an archive, until one cannot be read at all."""
    left: list[str] = []
    for member in unpack(source):
        try:
            yield from read_pages(member)
        except LeftOutError as error:
            left.append(str(error))
    if left:
        raise LeftOutError("; ".join(left))
