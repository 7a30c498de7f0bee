"""spaCy's DocBin (`.spacy`): a Doc for each record, a token for each character.

Mentions are `doc.ents` (ids in `ent_id_`), relations `doc._.relations` (type, head, tail, score; ends as indices into
`doc.ents`), scores `doc._.scores`, the record's id `doc.user_data["id"]`. User data are plain lists, read with msgpack:
nothing in a file can run. spaCy is imported only when such a file is read or written, since that takes a second.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import DataError
from pipeline.files import open_output
from pipeline.records import Record
from pipeline.training.formats.check import Raw
from pipeline.training.formats.notes import Notes
from pipeline.training.formats.text import read_bytes

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.language.tokenizer import CharacterTokenizer

ATTRIBUTES = ("ENT_IOB", "ENT_TYPE", "ENT_ID", "SENT_START")
RELATIONS_KEY = ("._.", "relations", None, None)
SCORES_KEY = ("._.", "scores", None, None)
"""Where spaCy keeps the values of `doc._.relations` and `doc._.scores` in `doc.user_data`."""


def parse_docbin(path: Path, notes: Notes) -> Iterator[Raw]:
    """The Docs of a file, whatever their tokens; where `file:line` is told, the line is the number of the Doc."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        docs = [*DocBin().from_bytes(read_bytes(path)).get_docs(Vocab())]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, zlib.error) as error:
        raise DataError(f"{path}: no DocBin of spaCy 3 ({error}); save it again with DocBin.to_disk") from error
    for number, doc in enumerate(docs, 1):
        yield _raw(doc, path, number, notes)


def write_docbin(records: Sequence[Record], path: Path, notes: Notes) -> None:
    """Write a DocBin that keeps everything; `-` is standard output.

    Raises InputError when the folder cannot be written to.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    from pipeline.language.tokenizer import CharacterTokenizer

    tokenizer = CharacterTokenizer(Vocab())
    bin_ = DocBin(attrs=ATTRIBUTES, store_user_data=True, docs=(to_doc(record, tokenizer) for record in records))
    with open_output(path) as file:
        file.buffer.write(bin_.to_bytes())  # type: ignore[attr-defined]


def to_doc(record: Record, tokenizer: CharacterTokenizer) -> Doc:
    """A record as a Doc of characters, as the trained pipelines would give it."""
    from spacy.tokens import Span

    doc = tokenizer(record.text)
    spans = sorted(record.entities, key=lambda e: e.start)
    doc.ents = [Span(doc, e.start, e.end, e.label, span_id=e.id) for e in spans]
    index = {e.id: i for i, e in enumerate(spans)}
    doc.user_data["id"] = record.id
    doc.user_data[RELATIONS_KEY] = [[r.type, index[r.head], index[r.tail], r.score] for r in record.relations]
    if any(e.score is not None for e in spans):
        doc.user_data[SCORES_KEY] = [e.score for e in spans]
    return doc


def _raw(doc: Doc, path: Path, number: int, notes: Notes) -> Raw:
    """A Doc as a record; what a record cannot hold is noted."""
    kept = {"id", RELATIONS_KEY, SCORES_KEY}
    for key in doc.user_data.keys() - kept:
        notes.lose(f"user data {key if isinstance(key, str) else key[1]!r}")
    notes.lose("span groups", len(doc.spans))
    notes.lose("text categories", len(doc.cats))
    names = [ent.ent_id_ or f"S{i}" for i, ent in enumerate(doc.ents, 1)]
    scores = doc.user_data.get(SCORES_KEY) or [None] * len(names)
    entities = [
        {
            "id": name,
            "label": ent.label_,
            "start": ent.start_char,
            "end": ent.end_char,
            "text": ent.text,
            "score": score,
        }
        for name, ent, score in zip(names, doc.ents, scores, strict=False)
    ]
    name = str(doc.user_data.get("id", f"{path.stem}-{number}"))
    data: dict[str, Any] = {"id": name, "text": doc.text, "entities": entities, "relations": []}
    raw = Raw(data, path, number)
    for arc in doc.user_data.get(RELATIONS_KEY, ()):
        try:
            kind, head, tail, score = arc
            data["relations"].append({"type": kind, "head": names[head], "tail": names[tail], "score": score})
        except (ValueError, TypeError, IndexError):
            problem = f"{arc!r} is no relation; write [type, head, tail, score], ends as indices into doc.ents"
            notes.fault(raw.where(), problem)
    return raw
