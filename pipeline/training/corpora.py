"""Public entity corpora with labels of their own, and raw news, for the stage before our own scheme.

A corpus file is JSON Lines `{"text", "entities": [{"label", "start", "end"}]}`; raw news is plain or gzipped JSON Lines
`{"text"}`. Long passages are cut at sentence ends so that each piece fits the encoder.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with labelled spans (label, start, end)."""

    text: str
    spans: list[tuple[str, int, int]]


def read_corpus(path: Path, limit: int = 200) -> list[Passage]:
    """All passages of a corpus, cut to at most about `limit` characters."""
    return [piece for line in _lines(path) for piece in _cut(_passage(json.loads(line)), limit)]


def read_raw(path: Path, limit: int = 200) -> Iterator[str]:
    """Stretches of about `limit` characters of raw news, mark-up lines and very short pieces left out."""
    for line in _lines(path):
        text = re.sub(r"(?m)^#.*$|\*\*", "", json.loads(line)["text"])
        for paragraph in text.split("\n"):
            for piece in _cut(Passage(paragraph.strip(), []), limit):
                if len(piece.text) >= 30:
                    yield piece.text


def _lines(path: Path) -> Iterator[str]:
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as file:
        yield from file


def _passage(data: dict[str, object]) -> Passage:
    entities = data["entities"]
    assert isinstance(entities, list)
    return Passage(str(data["text"]), [(e["label"], e["start"], e["end"]) for e in entities])


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
