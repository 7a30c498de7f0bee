"""Scans: PNG and JPEG pictures through rapidocr, whose models for Chinese come in its package (PP-OCR, Apache 2.0).

A recognised line is one glyph with the line's box. The decoded source is the lines in the order of recognition.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.records import Page
from pipeline.sources.extras import extra
from pipeline.sources.inputs import Source
from pipeline.sources.layout import Glyph, page_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_SIDE = 6000
"""Pixels to which longer sides are scaled down before lines are looked for: a broadsheet page at 250 dpi."""
SAME_SIZE = 1.2
"""How much larger than the next smaller one a line of the same type may seem."""
MOST_PIXELS = 100_000_000


def read_scan(source: Source) -> Iterator[Page]:
    """The one page of a picture. Raises InputError when it is damaged, too large, or shows no text."""
    glyphs = recognise(_pixels(source), 0, source.name)
    if not glyphs:
        raise InputError(f"{source.name}: no text is seen in the picture; scan the page again, at 200 dpi or more")
    yield page_of(source.name, glyphs)


def recognise(image: NDArray[np.uint8], before: int, name: str) -> list[Glyph]:
    """The printed lines of an image (height, width, channels as BGR), numbered from `before` on, boxes in pixels.

    Raises InputError when the recognition is not installed or fails.
    """
    try:
        found = engine(name)(image, use_cls=False)
    except (ValueError, RuntimeError, ArithmeticError) as error:
        raise InputError(f"{name}: the picture cannot be read; scan the page again") from error
    glyphs: list[Glyph] = []
    for corners, text in zip(found.boxes if found.boxes is not None else (), found.txts or (), strict=False):
        (x0, y0), (x1, y1) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        if text.strip():
            glyphs.append(Glyph(text.strip(), before, (x0, y0, x1, y1), _size(text.strip(), x1 - x0, y1 - y0)))
            before += len(text.strip())
    return _evened(glyphs)


def _size(text: str, width: float, height: float) -> float:
    """Type size of a line: the width of a full-width character, surer than the height of the box, where it is long."""
    ems = sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.5 for char in text)
    return width / ems if ems >= 4 and width > height else 0.8 * height


def _evened(glyphs: list[Glyph]) -> list[Glyph]:
    """The same glyphs, with one type size for all lines that are about alike: boxes of recognition waver."""
    alike: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.size):
        if not alike or glyph.size > SAME_SIZE * alike[-1][-1].size:
            alike.append([])
        alike[-1].append(glyph)
    for group in alike:
        size = median(glyph.size for glyph in group)
        for glyph in group:
            glyph.size = size
    return glyphs


def engine(name: str) -> Any:
    """What recognises lines. Raises InputError when it is not installed."""
    with extra("ocr", name):
        import rapidocr as _  # noqa: F401
    return _loaded()


@cache
def _loaded() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical", "Global.max_side_len": LONGEST_SIDE})


def _pixels(source: Source) -> NDArray[np.uint8]:
    with extra("ocr", source.name):
        from PIL import Image
    import numpy as np

    try:
        with Image.open(io.BytesIO(source.data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise InputError(f"{source.name}: more than {MOST_PIXELS // 10**6} megapixels; scan at 200 to 300 dpi")
            pixels: NDArray[np.uint8] = np.asarray(image.convert("RGB"))[:, :, ::-1]
            return np.ascontiguousarray(pixels)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise InputError(f"{source.name}: a damaged picture; scan or export the page again") from error
