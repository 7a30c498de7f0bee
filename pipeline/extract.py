"""Text to records: mentions and relations of each passage, by a trained spaCy pipeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import ModelError
from pipeline.language.hashes import check_hashes
from pipeline.language.sentences import sentence_ends
from pipeline.records import LETTERS, Mention, Record, Relation
from pipeline.relations.arcs import Arc

CHUNK = 3000
"""Characters that one Doc holds at most, which bounds memory; arcs do not cross from one chunk to the next."""
BATCH = 16
"""Docs that go through the model together; it reads so many ahead."""


def load_model(name: str) -> Language:
    """A trained pipeline by its package name or folder.

    Raises ModelError with the way out when there is none, or when a file is not the one its hash was taken of.
    """
    if Path(name).is_dir():
        check_hashes(Path(name))  # the shipped packages check theirs
    try:
        return spacy.load(name)
    except OSError as error:
        raise ModelError(
            f"model {name}: not installed and not a folder; use zh_guanxi_sm, zh_guanxi_trf or a folder that `guanxi train` wrote"
        ) from error


def extract(nlp: Language, passages: Iterable[tuple[str, str]]) -> Iterator[Record]:
    """Records for (id, text) pairs, in the same order. Texts of any length are read piece by piece."""
    pieces = (
        (text[start:end], (number, name, start, text))
        for number, (name, text) in enumerate(passages)
        for start, end in _chunks(text)
    )
    docs = nlp.pipe(pieces, as_tuples=True, batch_size=BATCH)
    for (_, name), parts in groupby(docs, key=lambda pair: pair[1][:2]):
        entities: list[Mention] = []
        relations: list[Relation] = []
        count: Counter[str] = Counter()
        text = ""
        for doc, (_, _, start, text) in parts:
            found = _mentions(doc, start, text, count)
            entities += found
            relations += (_relation(arc, found[arc.head], found[arc.tail]) for arc in doc._.relations)
        yield Record(id=name, text=text, entities=entities, relations=relations)


def _relation(arc: Arc, head: Mention, tail: Mention) -> Relation:
    """The arc as a fact: its score is that of the pair times those of both mentions, which is what calibrates it."""
    score = arc.score * (head.score or 0.0) * (tail.score or 0.0)
    return Relation(type=arc.type, head=head.id, tail=tail.id, score=round(score, 4))


def _mentions(doc: Doc, start: int, text: str, count: Counter[str]) -> list[Mention]:
    found = []
    for span, score in zip(doc.ents, doc._.scores, strict=True):
        letter = LETTERS[span.label_]
        count[letter] += 1
        low, high = start + span.start, start + span.end
        found.append(
            Mention(
                id=f"{letter}{count[letter]}",
                label=span.label_,
                start=low,
                end=high,
                text=text[low:high],
                score=round(score, 4),
            )
        )
    return found


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of at most `CHUNK` characters that end at sentence ends where they can; one empty one for no text."""
    start = end = 0
    for stop in sentence_ends(text) if len(text) > CHUNK else [len(text)]:
        if stop - start > CHUNK and end > start:
            yield start, end
            start = end
        while stop - start > CHUNK:
            yield start, start + CHUNK
            start += CHUNK
        end = stop
    yield start, len(text)
