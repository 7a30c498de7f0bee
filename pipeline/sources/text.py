"""Plain text in any encoding that a Chinese office produces: UTF-8, GB18030 (GBK), UTF-16 and UTF-32, Big5."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from pipeline.errors import InputError
from pipeline.records import Page, Piece
from pipeline.sources.inputs import Source

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("gb18030", "utf-16-le", "utf-16-be", "big5hkscs")
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府局县市省镇村委书记。，、：；（）“”,.:;()0123456789\n "
)
SAMPLE = 20_000
LIKELY = 0.2
"""Share of common characters below which bytes are not taken for text in an encoding without marks."""
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(source: Source) -> Iterator[Page]:
    """The one page of a text file. Raises InputError when it is not text in a known encoding."""
    yield page_of(source.name, decode(source.data, source.name))


def page_of(name: str, decoded: str) -> Page:
    """A page of text whose line ends are made one kind; its pieces lead back to `decoded`."""
    pieces, parts, at, end = [], [], 0, 0
    for match in re.finditer(r"\r\n?|$", decoded):
        text = decoded[at : match.start()]
        if text:
            pieces.append(Piece(end, end + len(text), at))
        if match.group():
            pieces.append(Piece(end + len(text), end + len(text) + 1, match.start()))
            text += "\n"
        parts.append(text)
        end += len(text)
        at = match.end()
    return Page(name, "".join(parts), pieces)


def decode(data: bytes, name: str) -> str:
    """Bytes as text: by byte order mark, else as UTF-8, else in the encoding that reads most like Chinese.

    Raises InputError for binary data and for bytes that no known encoding reads.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding, name), name)
    if (text := _try(data, "utf-8")) is not None and "\0" not in text[:SAMPLE]:
        return _checked(text, name)
    readings = [
        text for encoding in CANDIDATES if (text := _try(data, encoding)) is not None and _likeness(text) > LIKELY
    ]
    if not readings and len(CONTROL.findall(data[:SAMPLE].decode("latin-1"))) > 0.01 * len(data[:SAMPLE]):
        raise InputError(f"{name}: binary data, not text; give a text, HTML, PDF, DOCX or image file")
    if not readings:
        raise InputError(
            f"{name}: the text is in none of UTF-8, GB18030, UTF-16 and Big5, or it is damaged; save it as UTF-8"
        )
    return _checked(max(readings, key=_likeness), name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: damaged {encoding} text at byte {error.start}; export the page again") from error


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likeness(text: str) -> float:
    """Share of the first characters that are common in Chinese text; control characters count against it."""
    sample = text[:SAMPLE]
    score = sum(c in COMMON or ("a" <= c.lower() <= "z") for c in sample) - 5 * len(CONTROL.findall(sample))
    return score / max(len(sample), 1)


def _checked(text: str, name: str) -> str:
    if not text.strip():
        raise InputError(f"{name}: holds nothing but white space; leave it out or export the page again")
    return text
