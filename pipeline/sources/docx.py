"""DOCX: each paragraph of the body, of tables and of text boxes a line, in the order of the file.

The decoded source is these lines with a line end after each.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.records import Block, Page, Piece
from pipeline.sources.archives import DAMAGE, check_zip
from pipeline.sources.extras import extra
from pipeline.sources.inputs import Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SETTINGS = (f"{WORD}pPr", f"{WORD}rPrChange")
"""What is said of a paragraph or of a run as it was: tab stops, the size of the paragraph mark; none of it is printed."""
SIGNS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n"}


def read_docx(source: Source) -> Iterator[Page]:
    """The one page of a Word file. Raises InputError when it is damaged or holds no text."""
    with extra("docx", source.name):
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from lxml.etree import LxmlError
    check_zip(source)
    try:
        body = docx.Document(io.BytesIO(source.data)).element.body
    except (PackageNotFoundError, LxmlError, AttributeError, *DAMAGE) as error:
        raise InputError(f"{source.name}: not a whole Word file (.docx); save it again") from error
    yield _page(source.name, body)


def _page(name: str, body: Element) -> Page:
    lines, blocks, at = [], [], 0
    for paragraph in body.iter(f"{WORD}p"):
        if any(parent.tag == FALLBACK for parent in paragraph.iterancestors()):
            continue
        line = _text(paragraph)
        if line.strip() and (size := _size(paragraph)):
            blocks.append(Block(at, at + len(line), size=size))
        lines.append(line)
        at += len(line) + 1
    text = "".join(line + "\n" for line in lines)
    if not text.strip():
        raise InputError(f"{name}: holds no text; leave it out, or give its pictures")
    return Page(name, text, [Piece(0, len(text), 0)], blocks)


def _own(paragraph: Element, *tags: str) -> Iterator[Element]:
    """Elements of a paragraph's runs, without those of text boxes inside it."""
    for element in paragraph.iter(*tags):
        if next(element.iterancestors(f"{WORD}p", *SETTINGS), None) is paragraph:
            yield element


def _text(paragraph: Element) -> str:
    parts = _own(paragraph, f"{WORD}t", *SIGNS)
    return "".join(SIGNS.get(str(part.tag)) or part.text or "" for part in parts)


def _size(paragraph: Element) -> float | None:
    """The type size that the runs themselves tell, in points."""
    told: list[Any] = [element.get(f"{WORD}val", "") for element in _own(paragraph, f"{WORD}sz")]
    sizes = [int(value) / 2 for value in told if value.isdecimal() and len(value) < 5]
    return median(sizes) if sizes else None
