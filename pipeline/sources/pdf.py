"""PDF: pages with text by the positions of their characters, pages without by recognition of their picture.

PDFium (through pypdfium2, without JavaScript and XFA) gives each character with its box. The decoded source, to which
`Piece.source_start` leads, is the characters of all pages in the order of the file. A page that cannot be read does not cost
the others.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.records import Page
from pipeline.sources.extras import extra
from pipeline.sources.inputs import LeftOutError, Source
from pipeline.sources.layout import Box, Glyph, page_of

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGES = 500
MOST_CHARACTERS = 200_000
"""Characters of the fullest page; a broadsheet page has some 10,000."""
FEWEST = 10
"""Characters below which a page is taken for a picture."""
UNKNOWN = 0.3
"""Share of characters without a meaning (fonts that do not tell it) above which the picture is read instead."""
SCALE = 200 / 72
"""Pixels a point for recognition."""
MOST_PIXELS = 40_000_000


def read_pdf(source: Source) -> Iterator[Page]:
    """The pages of a PDF that hold text, then LeftOutError if others cannot be read.

    Raises InputError when it is damaged, locked or without any text that can be read.
    """
    with extra("pdf", source.name):
        import pypdfium2
    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        raise InputError(f"{source.name}: {_reason(error)}") from error
    with closing(document):
        if len(document) > MOST_PAGES:
            raise InputError(f"{source.name}: more than {MOST_PAGES} pages; split it into issues")
        empty = True
        before = 0
        faults: dict[str, list[int]] = defaultdict(list)
        for index in range(len(document)):
            glyphs, count, fault = _page_glyphs(document, index, before, source.name)
            before += count
            if fault:
                faults[fault].append(index + 1)
            elif glyphs:
                empty = False
                yield page_of(source.name if len(document) == 1 else f"{source.name}#page={index + 1}", glyphs, index)
    if empty and faults:
        raise InputError(f"{source.name}: {next(iter(faults))}")
    if empty:
        raise InputError(f"{source.name}: no page holds text; give the pages that hold the articles")
    if faults:
        raise LeftOutError.of(source.name, "page", faults)


def _reason(error: Exception) -> str:
    if "password" in str(error).lower():
        return "protected by a password; save it without"
    return "not a whole PDF file; export the page again"


def _page_glyphs(
    document: pypdfium2.PdfDocument, index: int, before: int, name: str
) -> tuple[list[Glyph], int, str | None]:
    """The glyphs of a page, how many characters it adds to the decoded source, and why it cannot be read if so."""
    import pypdfium2

    count = 0
    try:
        with closing(document[index]) as page:
            glyphs, count, unknown = _characters(page, before, name)
            inked = sum(not glyph.text.isspace() for glyph in glyphs)
            if inked >= FEWEST and unknown <= UNKNOWN * inked:
                return glyphs, count, None
            if next(page.get_objects(), None) is None:
                return [], count, None
            found = _recognised(page, before + count, name)
            if found:
                return found, count + sum(len(glyph.text) for glyph in found), None
            return (glyphs if inked else []), count, None
    except pypdfium2.PdfiumError:
        return [], count, "damaged; export the page again"
    except InputError as error:
        return [], count, str(error).removeprefix(f"{name}: ")


def _characters(page: pypdfium2.PdfPage, before: int, name: str) -> tuple[list[Glyph], int, int]:
    """Glyphs, the number of characters, and how many of them have no meaning."""
    import pypdfium2.raw as pdfium

    place = _Placing(page)
    glyphs, unknown = [], 0
    with closing(page.get_textpage()) as text:
        count = text.count_chars()
        if count > MOST_CHARACTERS:
            raise InputError(f"{name}: more than {MOST_CHARACTERS} characters on one page; export the page again")
        for i in range(count):
            code = pdfium.FPDFText_GetUnicode(text.raw, i)
            if pdfium.FPDFText_IsGenerated(text.raw, i) == 1 or not _printed(code):
                continue
            box = place(text.raw, i)
            if box is not None:
                glyphs.append(_glyph(chr(code), before + i, box))
                unknown += unicodedata.category(chr(code)) == "Co" or code == 0xFFFD
    return glyphs, count, unknown


def _printed(code: int) -> bool:
    """Whether a code is a character that stands on paper; a space of full width does, it keeps names apart."""
    return (
        code == 0x3000
        or (code <= 0x10FFFF and unicodedata.category(chr(code))[0] not in "ZC")
        or (0xE000 <= code <= 0xF8FF)
    )


def _glyph(char: str, at: int, box: Box) -> Glyph:
    """A full-width character is as wide as its type size, others are told by their height."""
    wide = unicodedata.east_asian_width(char) in "WF"
    return Glyph(char, at, box, max(box[2] - box[0], 0.5 * (box[3] - box[1])) if wide else 0.8 * (box[3] - box[1]))


class _Placing:
    """Boxes of characters, in points from the top left of the page as it is shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.turn = page.get_rotation()
        self.left, self.bottom, self.right, self.top = page.get_cropbox()

    def __call__(self, text: object, index: int) -> Box | None:
        import pypdfium2.raw as pdfium

        rect = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(rect)):
            return None
        box = self._turned(rect.left, rect.bottom, rect.right, rect.top)
        sound = all(abs(edge) < 1e5 for edge in box) and box[2] > box[0] and box[3] > box[1]
        return box if sound else None

    def _turned(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        if self.turn == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.turn == 270:
            return self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0


def _recognised(page: pypdfium2.PdfPage, before: int, name: str) -> list[Glyph]:
    """The lines of a page that is a picture, boxes in points."""
    from pipeline.sources.scan import engine, recognise

    engine(name)  # what is not installed is told before the page is drawn
    width, height = page.get_size()
    scale = min(SCALE, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    with closing(page.render(scale=scale)) as bitmap:
        glyphs = recognise(bitmap.to_numpy(), before, name)
    for glyph in glyphs:
        x0, y0, x1, y1 = glyph.box
        glyph.box, glyph.size = (x0 / scale, y0 / scale, x1 / scale, y1 / scale), glyph.size / scale
    return glyphs
