"""doccano's JSON Lines, as it imports and exports them (https://doccano.github.io/doccano/tutorial/).

Sequence labelling: `{"id", "text", "label": [[start, end, "PERSON"]]}`. With relations:
`{"id", "text", "entities": [{"id", "label", "start_offset", "end_offset"}], "relations": [{"id", "from_id", "to_id", "type"}]}`.

Offsets count UTF-16 units, as JavaScript does (https://github.com/doccano/doccano/issues/2290): a rare character such as 𠮷
is two. Projects that count grapheme clusters are not supported.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import accumulate, count
from pathlib import Path
from typing import Any

from pipeline.files import open_output
from pipeline.records import Record
from pipeline.training.formats.check import Raw, count_scores
from pipeline.training.formats.jsonl import json_lines
from pipeline.training.formats.notes import Notes

KNOWN = {"id", "text", "data", "label", "labels", "entities", "relations"}


def parse_doccano(path: Path, notes: Notes) -> Iterator[Raw]:
    """The examples of an export, not yet checked."""
    for number, line in json_lines(path, notes):
        if not isinstance(line, dict):
            notes.fault(f"{path}:{number}", "not an object; mend or remove this line")
            continue
        text = line.get("text", line.get("data"))
        if not isinstance(text, str):
            notes.fault(f"{path}:{number}", "no text; add it or remove this line")
            continue
        for key in line.keys() - KNOWN:
            notes.lose(f"fields {key!r} of doccano", int(bool(line[key])))
        data = {"id": str(line.get("id", number)), "text": text}
        try:
            spans, arcs = _spans(line, text), _arcs(line)
        except (KeyError, TypeError, ValueError) as error:
            problem = f"no doccano example ({type(error).__name__}: {error}); export it again or mend this line"
            notes.fault(f"{path}:{number}", problem)
            continue
        yield Raw({**data, "entities": spans, "relations": arcs}, path, number)


def write_doccano(records: Sequence[Record], path: Path, notes: Notes) -> None:
    """Write examples to import; in the form with relations when there are any. Scores are lost."""
    numbers = count(1)
    related = any(record.relations for record in records)
    with open_output(path) as file:
        for record in records:
            example = _with_relations(record, numbers) if related else _labels(record)
            file.write(json.dumps({"id": record.id, "text": record.text, **example}, ensure_ascii=False) + "\n")
            notes.lose("scores (doccano has no place for them)", count_scores(record))


def _labels(record: Record) -> dict[str, Any]:
    units = _units(record.text)
    return {"label": [[units[e.start], units[e.end], e.label] for e in record.entities]}


def _with_relations(record: Record, numbers: Iterator[int]) -> dict[str, Any]:
    ids, units = {e.id: next(numbers) for e in record.entities}, _units(record.text)
    entities = [
        {"id": ids[e.id], "label": e.label, "start_offset": units[e.start], "end_offset": units[e.end]}
        for e in record.entities
    ]
    relations = [
        {"id": next(numbers), "from_id": ids[r.head], "to_id": ids[r.tail], "type": r.type} for r in record.relations
    ]
    return {"entities": entities, "relations": relations}


def _spans(line: dict[str, Any], text: str) -> list[dict[str, Any]]:
    """The spans of either form."""
    indices = {unit: index for index, unit in enumerate(_units(text))}
    given = [(str(e["id"]), e["start_offset"], e["end_offset"], e["label"]) for e in line.get("entities", [])]
    for number, (start, end, label) in enumerate(line.get("label", line.get("labels", [])), 1):
        given.append((f"S{number}", start, end, label))
    spans = []
    for name, *ends, label in given:
        start, end = (_index(unit, indices) for unit in ends)
        spans.append({"id": name, "label": label, "start": start, "end": end, "text": text[max(0, start) : end]})
    return spans


def _units(text: str) -> list[int]:
    """The offset in UTF-16 units of each character, and of the end."""
    return [0, *accumulate(1 + (c > "\uffff") for c in text)]


def _index(unit: int, indices: dict[int, int]) -> int:
    """The character at an offset in UTF-16 units; offsets outside the text stay outside."""
    last = max(indices)
    if 0 <= unit <= last:
        if unit not in indices:
            raise ValueError(f"offset {unit} is inside a character")
        return indices[unit]
    return unit if unit < 0 else indices[last] + unit - last


def _arcs(line: dict[str, Any]) -> list[dict[str, str]]:
    return [{"type": r["type"], "head": str(r["from_id"]), "tail": str(r["to_id"])} for r in line.get("relations", [])]
