"""brat standoff (https://brat.nlplab.org/standoff.html): a `.txt` and a `.ann` file for each record, in one folder.

    T1	PERSON 9 11	秦军
    R1	holds Arg1:T1 Arg2:T2
    E1	ACT:T5 agent:T1

brat breaks a span that runs over a line end into pieces, `T1 EVENT 0 3;4 7`; such pieces are read as one span. Events
are read as a trigger with an arc for each role. A record's id is the name of its files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pipeline.errors import DataError
from pipeline.files import open_output
from pipeline.records import LABELS, RELATIONS, Mention, Record
from pipeline.training.formats.check import Raw, arc_key, count_scores
from pipeline.training.formats.notes import Notes
from pipeline.training.formats.text import read_bytes, read_lines

TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?")
RELATION = re.compile(r"(R\d+)\t(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
EVENT = re.compile(r"(E\d+)\t(\S+?):(T\d+)((?: \S+:\S+)*)\s*")
LINE = re.compile(r"(?:[TREAMN#]\d+|\*)\t")
OTHERS = {"A": "attributes", "M": "attributes", "N": "normalisations", "#": "comments", "*": "equivalences"}
CONFIG = "annotation.conf"


def parse_brat(path: Path, notes: Notes) -> Iterator[Raw]:
    """The documents of a folder, or the one that a `.txt` or `.ann` file belongs to."""
    texts = sorted(path.glob("*.txt")) if path.is_dir() else [path.with_suffix(".txt")]
    if not texts:
        raise DataError(f"{path}: no .txt files; name the folder that holds brat's .txt and .ann files")
    for text in texts:
        yield _document(text, notes)


def write_brat(records: Sequence[Record], path: Path, notes: Notes) -> None:
    """Write two files a record and brat's `annotation.conf` into the folder `path`; scores are lost.

    Raises DataError when a text holds a carriage return, since brat would count its characters otherwise, and when the
    folder already holds documents, which would mix with these.
    """
    if path.is_dir() and any(path.glob("*.txt")):
        raise DataError(f"{path}: holds documents already; name a new folder")
    for record in records:
        if "\r" in record.text:
            raise DataError(f"record {record.id!r}: its text holds a carriage return; brat cannot keep it, use .jsonl")
    with open_output(path / CONFIG) as file:
        file.write(_config())
    for record in records:
        stem = re.sub(r"[^\w -]", lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), record.id)
        with open_output(path / f"{stem}.txt") as file:
            file.write(record.text)
        with open_output(path / f"{stem}.ann") as file:
            file.writelines(_lines(record, notes))


def _config() -> str:
    arcs = [f"{name} Arg1:{'|'.join(sorted(a))}, Arg2:{'|'.join(sorted(b))}" for name, (a, b) in RELATIONS.items()]
    return "\n".join(["[entities]", *LABELS, "[relations]", *arcs, "[events]", "[attributes]", ""])


def _lines(record: Record, notes: Notes) -> Iterator[str]:
    names: dict[str, str] = {}
    for span in record.entities:
        pieces = _pieces(span)
        if pieces[0][0] != span.start or pieces[-1][1] != span.end:
            notes.lose("line ends at the borders of spans (brat spans hold none)")
        if pieces[0][0] < pieces[0][1]:
            names[span.id] = f"T{len(names) + 1}"
            offsets = ";".join(f"{start} {end}" for start, end in pieces)
            yield f"{names[span.id]}\t{span.label} {offsets}\t{' '.join(record.text[start:end] for start, end in pieces)}\n"
    for number, arc in enumerate(record.relations, 1):
        if arc.head in names and arc.tail in names:
            yield f"R{number}\t{arc.type} Arg1:{names[arc.head]} Arg2:{names[arc.tail]}\n"
        else:
            notes.lose("relations of spans that are line ends")
    notes.lose("scores (brat has no place for them)", count_scores(record))


def _pieces(span: Mention) -> list[tuple[int, int]]:
    """The stretches of a span between line ends; one empty one when it holds nothing else."""
    found = [(span.start + m.start(), span.start + m.end()) for m in re.finditer(r"[^\n]+", span.text)]
    return found or [(span.start, span.start)]


def _document(path: Path, notes: Notes) -> Raw:
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 ({error.reason}); save the file as UTF-8") from error
    if "\r" in text:
        number = text.count("\n", 0, text.index("\r")) + 1
        notes.fault(f"{path}:{number}", "line ends with \\r shift brat's offsets; save the text with \\n line ends")
    marks = path.with_suffix(".ann")
    raw = Raw({"id": unquote(path.stem), "text": text, "entities": [], "relations": []}, marks, 1, {})
    triggers: dict[str, str] = {}
    events: list[tuple[int, re.Match[str]]] = []
    for number, line in read_lines(marks, notes):
        if match := TEXT_BOUND.fullmatch(line):
            _read_span(raw, match, number, notes)
        elif match := RELATION.fullmatch(line):
            _add_arc(raw, match[3], match[2], match[4], number)
        elif match := EVENT.fullmatch(line):
            triggers[match[1]] = match[3]
            events.append((number, match))
        elif line[:1] in OTHERS and LINE.match(line):
            notes.lose(f"{OTHERS[line[0]]} of brat")
        elif line.strip():
            notes.fault(f"{marks}:{number}", f"{line!r:.60} is no line of brat standoff; mend or remove it")
    _read_events(raw, events, triggers)
    return raw


def _read_span(raw: Raw, match: re.Match[str], number: int, notes: Notes) -> None:
    name, label, offsets, printed = match.groups()
    pieces = [tuple(map(int, piece.split())) for piece in offsets.split(";")]
    (start, _), (_, end) = pieces[0], pieces[-1]
    text = raw.data["text"]
    for (_, stop), (go, _) in pairwise(pieces):
        if text[stop:go].strip("\n") or go <= stop:
            problem = f"span {name!r} is in pieces ({offsets}); make it one span, or one for each piece"
            notes.fault(f"{raw.path}:{number}", problem)
            return
    span = text[start:end]
    if printed == " ".join(text[low:high] for low, high in pieces):
        printed = span
    data = {"id": name, "label": label, "start": start, "end": end, "text": span if printed is None else printed}
    raw.data["entities"].append(data)
    raw.lines[name] = number


def _read_events(raw: Raw, events: list[tuple[int, re.Match[str]]], triggers: dict[str, str]) -> None:
    """Each role of an event (`agent2` is another `agent`) as an arc from its trigger."""
    for number, match in events:
        for part in match[4].split():
            role, _, argument = part.partition(":")
            _add_arc(raw, match[3], role.rstrip("0123456789"), triggers.get(argument, argument), number)


def _add_arc(raw: Raw, head: str, kind: str, tail: str, number: int) -> None:
    arc: dict[str, Any] = {"type": kind, "head": head, "tail": tail}
    raw.data["relations"].append(arc)
    raw.lines[arc_key(head, kind, tail)] = number
