"""The `.ann` mark-up: spans in the text as `{characters|ID}`, relations below (docs/annotation.md).

    # id: sample-001
    {3月5日|M1},{沙市区|D1}{区长|T1}{秦军|P1}{出席|X1}会议。
    ---
    P1 holds T1
    T1 at D1
    X1 agent P1
    X1 time M1
    ===

An ID is the letter of a label and a number. Lines with `#` after the id line are remarks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from pipeline.errors import DataError
from pipeline.files import open_output
from pipeline.records import LABELS, RELATIONS, Mention, Record, Relation, RelationType
from pipeline.training.formats.check import validate
from pipeline.training.formats.text import read_lines

LETTERS = dict(zip("PTDAOVMEX", LABELS, strict=True))
SPAN = re.compile(r"\{([^{}|]+)\|([^{}|\s]+)\}")
ID = re.compile(rf"[{''.join(LETTERS)}]\d+")
ARC = re.compile(r"\s*(\S+)\s+(\S+)\s+(\S+)\s*")
ARC_TEXT = re.compile(rf"(?m)^[A-Z]\d+ (?:{'|'.join(RELATIONS)}) [A-Z]\d+$")


def read_ann(path: Path) -> list[Record]:
    """All samples of a file.

    Raises DataError with file and line for anything that breaks the mark-up or the scheme.
    """
    records: list[Record] = []
    seen: dict[str, int] = {}
    for number, lines in _blocks(path):
        record = _sample(lines, number, path)
        if record.id in seen:
            raise DataError(f"{path}:{number}: id {record.id!r} was used in line {seen[record.id]}; give another")
        seen[record.id] = number
        records.append(record)
    return records


def write_ann(records: Iterable[Record], path: Path) -> None:
    """Write records as `.ann`; span ids that do not fit the mark-up (`P1`) are numbered anew.

    Raises DataError when a text holds what the mark-up cannot: braces, bars, or lines that look like its own.
    """
    with open_output(path) as file:
        for record in records:
            file.write(marked_up(record))


def marked_up(record: Record) -> str:
    """One record as a `.ann` sample."""
    spans = sorted(record.entities, key=lambda e: e.start)
    ids = new_ids(spans)
    body, at = "", 0
    for span in spans:
        body += f"{record.text[at : span.start]}{{{span.text}|{ids[span.id]}}}"
        at = span.end
    body += record.text[at:]
    arcs = "".join(f"{ids[r.head]} {r.type} {ids[r.tail]}\n" for r in record.relations)
    sample = f"# id: {record.id}\n{body}\n---\n{arcs}===\n"
    again = _sample(sample.split("\n")[:-2], 1, record.id)
    if (again.id, again.text, len(again.entities)) != (record.id, record.text, len(spans)):
        raise DataError(f"record {record.id!r}: its text cannot stand in .ann mark-up; write records (.jsonl) instead")
    return sample


def new_ids(spans: list[Mention]) -> dict[str, str]:
    """The ids to write: those of the record when all fit their labels, else numbers in the order of the text."""
    letters = {label: letter for letter, label in LETTERS.items()}
    if all(ID.fullmatch(s.id) and s.id[0] == letters[s.label] for s in spans):
        return {s.id: s.id for s in spans}
    counts: Counter[str] = Counter()
    ids = {}
    for span in spans:
        counts[span.label] += 1
        ids[span.id] = f"{letters[span.label]}{counts[span.label]}"
    return ids


def _blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(number of the first line, lines) of each sample."""
    block: list[str] = []
    number = 0
    for number, line in read_lines(path):
        if line.rstrip() == "===":
            skip = next((i for i, one in enumerate(block) if one.strip()), len(block))
            yield number - len(block) + skip, block[skip:]
            block = []
        else:
            block.append(line)
    if any(line.strip() for line in block):
        raise DataError(f"{path}:{number}: the last sample is not closed by ===; add it (was the file cut off?)")


def _sample(lines: list[str], first: int, path: Path | str) -> Record:
    if not lines or not lines[0].startswith("# id:") or not lines[0][5:].strip():
        raise DataError(f"{path}:{first}: a sample must begin with a line '# id: NAME'; add one")
    start = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    cut = lines.index("---") if "---" in lines else len(lines)
    body = "\n".join(lines[start:cut])
    start += len(body) - len(body.lstrip("\n"))
    text, entities = _spans(body.strip("\n"), first + start, path)
    relations = [
        _arc(line, f"{path}:{number}")
        for number, line in enumerate(lines[cut + 1 :], first + cut + 1)
        if line.strip() and not line.startswith("#")
    ]
    record = Record(id=lines[0][5:].strip(), text=text, entities=entities, relations=relations)
    return validate(record, f"{path}:{first}")


def _spans(body: str, first: int, path: Path | str) -> tuple[str, list[Mention]]:
    """The text without its mark-up, and the spans that the mark-up gave."""
    text, entities, at = "", [], 0
    for match in SPAN.finditer(body):
        text += _plain(body, at, match.start(), first, path)
        characters, name = match.groups()
        if not ID.fullmatch(name):
            where = f"{path}:{first + body.count(chr(10), 0, match.start())}"
            raise DataError(f"{where}: {match[0]}: {name!r} is no id; write one of {', '.join(LETTERS)} and a number")
        start, label = len(text), LETTERS[name[0]]
        text += characters
        span = {"id": name, "label": label, "start": start, "end": len(text), "text": characters}
        entities.append(Mention.model_validate(span))
        at = match.end()
    return text + _plain(body, at, len(body), first, path), entities


def _plain(body: str, start: int, end: int, first: int, path: Path | str) -> str:
    """Text between spans, which may not hold mark-up of its own."""
    stray = re.compile(r"[{}|]").search(body, start, end) or ARC_TEXT.search(body, start, end)
    if stray:
        where = f"{path}:{first + body.count(chr(10), 0, stray.start())}"
        near = body[max(0, stray.start() - 12) : stray.end() + 12].replace("\n", " ")
        span = "write spans as {characters|ID}, none inside another"
        remedy = "put --- before the relations" if ARC_TEXT.match(stray[0]) else span
        raise DataError(f"{where}: stray {stray[0]!r} near {near!r}; {remedy}")
    return body[start:end]


def _arc(line: str, where: str) -> Relation:
    match = ARC.fullmatch(line)
    if match is None or match[2] not in get_args(RelationType):
        raise DataError(f"{where}: {line!r} is no relation; write 'ID TYPE ID' with TYPE one of {', '.join(RELATIONS)}")
    return Relation.model_validate({"type": match[2], "head": match[1], "tail": match[3]})
