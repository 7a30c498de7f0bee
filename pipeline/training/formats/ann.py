"""The `.ann` mark-up: spans in the text as `{characters|ID}`, relations below (docs/annotation.md).

    # id: sample-001
    {3月5日|M1},{沙市区|D1}{区长|T1}{秦军|P1}{出席|X1}会议。
    ---
    P1 holds T1
    T1 at D1
    X1 agent P1
    X1 time M1
    ===

An ID is the letter of a label and a number. Other lines with `#` around the id line, and after the last sample, are remarks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import DataError
from pipeline.files import open_output
from pipeline.records import LETTERS, RELATIONS, Mention, Record
from pipeline.training.formats.check import Raw, arc_key, checked, count_scores
from pipeline.training.formats.notes import Notes
from pipeline.training.formats.text import read_lines

LABEL_OF = {letter: label for label, letter in LETTERS.items()}
SPAN = re.compile(r"\{([^{}|]+)\|([^{}|\s]+)\}")
ID = re.compile(rf"[{''.join(LABEL_OF)}]\d+")
ARC = re.compile(r"\s*(\S+)\s+(\S+)\s+(\S+)\s*")
STRAY = re.compile(rf"[{{}}|]|^[A-Z]\d+ (?:{'|'.join(RELATIONS)}) [A-Z]\d+$", re.MULTILINE)


def parse_ann(path: Path, notes: Notes) -> Iterator[Raw]:
    """The samples of a file, not yet checked; whatever breaks the mark-up is noted."""
    for number, lines in _blocks(path, notes):
        raw = _sample(lines, number, path, notes)
        if raw:
            yield raw


def write_ann(records: Iterable[Record], path: Path, notes: Notes) -> None:
    """Write records as `.ann`; span ids that do not fit the mark-up (`P1`) are numbered anew, scores are lost.

    Raises DataError when a text holds what the mark-up cannot: braces, bars, or lines that look like its own.
    """
    with open_output(path) as file:
        for record in records:
            file.write(marked_up(record))
            notes.lose("scores (.ann has no place for them)", count_scores(record))


def marked_up(record: Record) -> str:
    """One record as a `.ann` sample. Raises DataError when its text cannot stand in the mark-up."""
    spans = sorted(record.entities, key=lambda e: e.start)
    ids = new_ids(spans)
    body, at = "", 0
    for span in spans:
        body += f"{record.text[at : span.start]}{{{span.text}|{ids[span.id]}}}"
        at = span.end
    body += record.text[at:]
    arcs = "".join(f"{ids[r.head]} {r.type} {ids[r.tail]}\n" for r in record.relations)
    sample = f"# id: {record.id}\n{body}\n---\n{arcs}===\n"
    notes = Notes()
    raw = _sample(sample.split("\n")[:-2], 1, record.id, notes) if "\r" not in sample else None
    again = checked(raw, notes) if raw else None
    if (
        notes.faults
        or again is None
        or (again.id, again.text, len(again.entities)) != (record.id, record.text, len(spans))
    ):
        raise DataError(f"record {record.id!r}: its text cannot stand in .ann mark-up; write records (.jsonl) instead")
    return sample


def new_ids(spans: list[Mention]) -> dict[str, str]:
    """The ids to write: those of the record when all fit their labels, else numbers in the order of the text."""
    if all(ID.fullmatch(s.id) and s.id[0] == LETTERS[s.label] for s in spans):
        return {s.id: s.id for s in spans}
    counts: Counter[str] = Counter()
    ids = {}
    for span in spans:
        counts[span.label] += 1
        ids[span.id] = f"{LETTERS[span.label]}{counts[span.label]}"
    return ids


def _blocks(path: Path, notes: Notes) -> Iterator[tuple[int, list[str]]]:
    """(number of the first line, lines) of each sample; remarks between samples are passed over."""
    block: list[str] = []
    number = 0
    for number, line in read_lines(path, notes):
        if line.rstrip() == "===":
            skip = next((i for i, one in enumerate(block) if not _is_remark(one)), len(block))
            yield number - len(block) + skip, block[skip:]
            block = []
        else:
            block.append(line)
    if not all(map(_is_remark, block)):
        notes.fault(f"{path}:{number}", "the last sample is not closed by ===; add it (was the file cut off?)")


def _is_remark(line: str) -> bool:
    """Whether a line outside of samples says nothing: it is blank, or begins with `#` and names no sample."""
    return not line.strip() or (line.startswith("#") and not line.startswith("# id:"))


def _sample(lines: list[str], first: int, path: Path | str, notes: Notes) -> Raw | None:
    """One sample; None, with a note, when it does not say its id."""
    if not lines or not lines[0].startswith("# id:") or not lines[0][5:].strip():
        notes.fault(f"{path}:{first}", "a sample must begin with a line '# id: NAME'; add one")
        return None
    start = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    cut = lines.index("---") if "---" in lines else len(lines)
    body = "\n".join(lines[start:cut])
    start += len(body) - len(body.lstrip("\n"))
    data: dict[str, Any] = {"id": lines[0][5:].strip(), "text": "", "entities": [], "relations": []}
    raw = Raw(data, path, first, {})
    _read_body(raw, body.strip("\n"), first + start, notes)
    for number, line in enumerate(lines[cut + 1 :], first + cut + 1):
        if line.strip() and not line.startswith("#"):
            _read_arc(raw, line, number, notes)
    return raw


def _read_body(raw: Raw, body: str, first: int, notes: Notes) -> None:
    """Take the spans out of a marked-up text."""
    text, at = "", 0
    for match in SPAN.finditer(body):
        text += _plain(body, at, match.start(), first, raw.path, notes)
        characters, name = match.groups()
        number = first + body.count("\n", 0, match.start())
        if not ID.fullmatch(name):
            remedy = f"write one of {', '.join(LABEL_OF)} and a number"
            notes.fault(f"{raw.path}:{number}", f"{match[0]}: {name!r} is no id; {remedy}")
        span = {"id": name, "label": LABEL_OF.get(name[0], "PERSON"), "start": len(text), "text": characters}
        text += characters
        raw.data["entities"].append({**span, "end": len(text)})
        raw.lines[name] = number
        at = match.end()
    raw.data["text"] = text + _plain(body, at, len(body), first, raw.path, notes)


def _plain(body: str, start: int, end: int, first: int, path: Path | str, notes: Notes) -> str:
    """Text between spans, which may not hold mark-up of its own."""
    if stray := STRAY.search(body, start, end):
        near = body[max(0, stray.start() - 12) : stray.end() + 12].replace("\n", " ")
        span = "write spans as {characters|ID}, none inside another"
        remedy = "put --- before the relations" if len(stray[0]) > 1 else span
        where = f"{path}:{first + body.count(chr(10), 0, stray.start())}"
        notes.fault(where, f"stray {stray[0]!r} near {near!r}; {remedy}")
    return body[start:end]


def _read_arc(raw: Raw, line: str, number: int, notes: Notes) -> None:
    match = ARC.fullmatch(line)
    if match is None or match[2] not in RELATIONS:
        remedy = f"write 'ID TYPE ID' with TYPE one of {', '.join(RELATIONS)}"
        notes.fault(f"{raw.path}:{number}", f"{line!r} is no relation; {remedy}")
        return
    head, kind, tail = match.groups()
    raw.data["relations"].append({"type": kind, "head": head, "tail": tail})
    raw.lines[arc_key(head, kind, tail)] = number
