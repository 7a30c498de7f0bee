"""CoNLL columns: a character and its tag (BIO or BIOES) a line, tab between them. There is no place for relations.

    # newdoc id = sample-001
    沙	B-DISTRICT
    市	I-DISTRICT

`# newdoc id` is CoNLL-U's way to begin a document; an empty line is a line end of the text. In files without such lines
(the usual Chinese corpora) each stretch between empty lines is a record. Tokens may be words and columns more than two:
the first is the token, the last the tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.errors import DataError
from pipeline.files import open_output
from pipeline.records import Mention, Record
from pipeline.training.formats.check import Raw, count_scores
from pipeline.training.formats.notes import Notes
from pipeline.training.formats.text import read_lines

DOCUMENT = "# newdoc id = "
TAG = re.compile(r"O|([BIMES])-(.+)")
Line = tuple[int, str]


def parse_conll(path: Path, notes: Notes) -> Iterator[Raw]:
    """The records of a file with BIO, BIOES or BMES tags, not yet checked."""
    lines = [*read_lines(path, notes)]
    if any(line.startswith(DOCUMENT) for _, line in lines):
        groups = _documents(lines, path, notes)
    else:
        groups = _sentences(lines, path)
    for name, first, group in groups:
        yield _record(name, first, group, path, notes)


def write_conll(records: Sequence[Record], path: Path, notes: Notes, *, bioes: bool) -> None:
    """Write tagged characters. Relations, scores and line ends at the borders of spans are lost.

    Raises DataError when a text holds a carriage return or an id a line end.
    """
    with open_output(path) as file:
        for record in records:
            if "\r" in record.text or not record.id.strip() or "\n" in record.id or "\r" in record.id:
                raise DataError(f"record {record.id!r}: its line ends cannot stand in CoNLL columns; write .jsonl")
            tags = _tags(record, bioes, notes)
            file.write(f"{DOCUMENT}{record.id}\n")
            rows = ("\n" if c == "\n" else f"{c}\t{tag}\n" for c, tag in zip(record.text, tags, strict=True))
            file.writelines(rows)
            notes.lose("relations (CoNLL columns have no place for them)", len(record.relations))
            notes.lose("scores (CoNLL columns have no place for them)", count_scores(record))


write_bio = partial(write_conll, bioes=False)
write_bioes = partial(write_conll, bioes=True)


def _tags(record: Record, bioes: bool, notes: Notes) -> list[str]:
    tags = ["O"] * len(record.text)
    for span in record.entities:
        if span.text.strip("\n") != span.text:
            notes.lose("spans that begin or end with a line end")
            continue
        tags[span.start : span.end] = [f"{prefix}-{span.label}" for prefix in _prefixes(span, bioes)]
    return tags


def _prefixes(span: Mention, bioes: bool) -> str:
    length = span.end - span.start
    if not bioes:
        return "B" + "I" * (length - 1)
    return "S" if length == 1 else "B" + "I" * (length - 2) + "E"


def _documents(lines: list[Line], path: Path, notes: Notes) -> list[tuple[str, int, list[Line]]]:
    groups: list[tuple[str, int, list[Line]]] = []
    for number, line in lines:
        if line.startswith(DOCUMENT):
            groups.append((line[len(DOCUMENT) :], number, []))
        elif groups:
            groups[-1][2].append((number, line))
        elif line.strip():
            notes.fault(f"{path}:{number}", f"a token before the first '{DOCUMENT}NAME'; add such a line above it")
    return groups


def _sentences(lines: list[Line], path: Path) -> list[tuple[str, int, list[Line]]]:
    groups: list[list[Line]] = [[]]
    for number, line in lines:
        if not line.strip() or line.startswith("-DOCSTART-"):
            groups.append([])
        else:
            groups[-1].append((number, line))
    full = [group for group in groups if group]
    return [(f"{path.stem}-{index}", group[0][0], group) for index, group in enumerate(full, 1)]


def _record(name: str, first: int, lines: list[Line], path: Path, notes: Notes) -> Raw:
    """The text of the tokens and the spans of the tags; an empty line is a line end."""
    text = ""
    spans: list[dict[str, Any]] = []
    raw = Raw({"id": name, "text": "", "entities": spans, "relations": []}, path, first)
    current: str | None = None
    for number, line in lines:
        if not line.strip():
            text += "\n"
            continue
        token, tag = _columns(line)
        prefix, label = _parsed(tag, current, f"{path}:{number}", notes)
        if prefix in ("B", "S"):
            spans.append({"id": f"S{len(spans) + 1}", "label": label, "start": len(text)})
            raw.lines[spans[-1]["id"]] = number
        text += token
        current = label if prefix in ("B", "I", "M") else None
        if label and spans:
            spans[-1]["end"] = len(text)
    raw.data["text"] = text
    for span in spans:
        span["text"] = text[span["start"] : span["end"]]
    return raw


def _parsed(tag: str, current: str | None, where: str, notes: Notes) -> tuple[str | None, str | None]:
    """Prefix and label of a tag; `current` is the label of the span that it may go on with."""
    match = TAG.fullmatch(tag)
    if match is None:
        notes.fault(where, f"{tag!r:.40} is no tag; write O, or B-, I-, E-, S- and a label")
        return None, None
    prefix, label = match.groups()
    if prefix in ("I", "M", "E") and label != current:
        notes.fault(where, f"{tag} follows no {label}; begin the span with B-{label}")
    return prefix, label


def _columns(line: str) -> tuple[str, str]:
    """Token and tag: first and last column; a white-space token stands before the tab."""
    if "\t" in line:
        token, tag = line.rsplit("\t", 1)
        return (token.split("\t")[0] or "\t"), tag.strip()
    token, _, tag = line.strip().partition(" ")
    return token, tag.split(" ")[-1]
