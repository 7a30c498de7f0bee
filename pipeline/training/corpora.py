"""Public entity corpora with labels of their own, and raw news, for the stage before our own scheme.

A corpus file is JSON Lines `{"text", "entities": [{"label", "start", "end"}]}`; raw news is plain or gzipped JSON Lines
`{"text"}`. Long passages are cut at sentence ends so that each piece fits the encoder.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import DataError

Row = TypeVar("Row")
SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with labelled spans (label, start, end)."""

    text: str
    spans: list[tuple[str, int, int]]


def read_corpus(path: Path, limit: int = 200) -> list[Passage]:
    """All passages of a corpus, cut to at most about `limit` characters.

    Raises DataError that names the file and the first line that is no passage.
    """
    return [piece for passage in _rows(path, _passage, '"text" and "entities"') for piece in _cut(passage, limit)]


def read_raw(path: Path, limit: int = 200) -> Iterator[str]:
    """Stretches of about `limit` characters of raw news, mark-up lines and very short pieces left out.

    Raises DataError that names the file and the first line without a text.
    """
    for text in _rows(path, _text, '"text"'):
        for paragraph in re.sub(r"(?m)^#.*$|\*\*", "", text).split("\n"):
            for piece in _cut(Passage(paragraph.strip(), []), limit):
                if len(piece.text) >= 30:
                    yield piece.text


def _rows(path: Path, read: Callable[[Any], Row], keys: str) -> Iterator[Row]:
    """What `read` makes of the object with `keys` on each line; empty lines are passed over."""
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            try:
                row = read(json.loads(line))
            except (ValueError, LookupError, TypeError, RecursionError) as error:
                raise DataError(
                    f"{path}:{number}: not a JSON object with {keys} in UTF-8; mend or remove this line"
                ) from error
            yield row


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield from file
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: cannot be read ({error}); check the file and its name") from error


def _text(data: Any) -> str:
    text = data["text"]
    if not isinstance(text, str):
        raise TypeError("text is not a string")
    return text


def _passage(data: Any) -> Passage:
    return Passage(_text(data), [(str(e["label"]), int(e["start"]), int(e["end"])) for e in data["entities"]])


def _cut(passage: Passage, limit: int) -> Iterator[Passage]:
    start = end = 0
    for sentence in SENTENCE_END.split(passage.text):
        if end > start and end - start + len(sentence) > limit:
            yield _slice(passage, start, end)
            start = end
        end += len(sentence)
        while end - start > limit:
            yield _slice(passage, start, start + limit)
            start += limit
    if end > start:
        yield _slice(passage, start, end)


def _slice(passage: Passage, start: int, end: int) -> Passage:
    spans = [(label, s - start, e - start) for label, s, e in passage.spans if start <= s and e <= end]
    return Passage(passage.text[start:end], spans)
