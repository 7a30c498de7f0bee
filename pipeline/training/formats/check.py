"""What makes a record valid: spans that lie on the text and apart from one another, arcs between allowed labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline.errors import DataError
from pipeline.records import LABELS, RELATIONS, Mention, Record, Relation
from pipeline.training.formats.notes import Notes

Part = TypeVar("Part", Mention, Relation)
Problem = tuple[str, str]
"""The span id or `arc_key` that is at fault, and what is wrong with it, with the remedy."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A record as a file has it, not yet checked.

    `data` has the keys of a `Record`. `lines` gives lines of its own to spans (by id) and arcs (by `arc_key`).
    """

    data: Any
    path: Path | str
    line: int
    lines: dict[str, int] = field(default_factory=dict)

    def where(self, key: str = "") -> str:
        """`file:line` of a span or arc, or of the record."""
        return f"{self.path}:{self.lines.get(key, self.line)}"


def arc_key(head: object, kind: object, tail: object) -> str:
    """The name of an arc in `Raw.lines`."""
    return f"{head} {kind} {tail}"


def validate(record: Record, where: str = "") -> Record:
    """The record itself when it keeps to the scheme. `where` names file and line in the messages.

    Raises DataError with every problem and its remedy.
    """
    prefix = f"{where}: " if where else ""
    if faults := [f"{prefix}record {record.id!r}: {problem}" for _, problem in problems(record)]:
        raise DataError(*faults)
    return record


def checked(raw: Raw, notes: Notes) -> Record | None:
    """The record when nothing is wrong with it; else all its faults go to `notes`."""
    before = len(notes.faults)
    if not isinstance(raw.data, dict):
        notes.fault(raw.where(), "not an object with id, text, entities and relations; mend or remove it")
        return None
    spans, arcs = ([*_list(raw, key, notes)] for key in ("entities", "relations"))
    entities, bad = _parts(Mention, spans, raw, notes)
    relations, _ = _parts(Relation, arcs, raw, notes)
    relations = [r for r in relations if not {r.head, r.tail} & bad]
    try:
        record = Record.model_validate({**raw.data, "entities": entities, "relations": relations})
    except ValidationError as error:
        for one in error.errors():
            notes.fault(raw.where(), explained(one))
        return None
    for key, problem in problems(record):
        notes.fault(raw.where(key), f"record {record.id!r}: {problem}")
    return record if len(notes.faults) == before else None


def problems(record: Record) -> Iterator[Problem]:
    """Everything that is wrong with a record."""
    yield from _span_problems(record)
    yield from _overlaps(record.entities)
    yield from _arc_problems(record)


def count_scores(record: Record) -> int:
    """How many mentions and relations have a score, for formats that cannot keep them."""
    return sum(e.score is not None for e in record.entities) + sum(r.score is not None for r in record.relations)


def explained(error: ErrorDetails) -> str:
    """An error of pydantic in words that say what to do."""
    place = ".".join(map(str, error["loc"])) or "record"
    given = "" if error["type"] == "missing" else f" (here {error['input']!r:.60})"
    if error["type"] == "literal_error":
        return f"{place}: {error['input']!r} is none of {error['ctx']['expected']}; rename or remove it"
    return f"{place}: {error['msg']}{given}; mend or remove it"


def _list(raw: Raw, key: str, notes: Notes) -> list[Any]:
    value = raw.data.get(key, [])
    if isinstance(value, list):
        return value
    notes.fault(raw.where(), f"{key}: not a list; mend or remove it")
    return []


def _parts(kind: type[Part], items: list[Any], raw: Raw, notes: Notes) -> tuple[list[Part], set[str]]:
    """Mentions or relations, and the keys of faulty ones. A mention of an unknown label is kept to check its offsets."""
    parts: list[Part] = []
    bad: set[str] = set()
    for item in items:
        try:
            parts.append(kind.model_validate(item))
        except ValidationError as error:
            key, name = _named(item)
            bad.add(key)
            for one in error.errors():
                notes.fault(raw.where(key), f"record {raw.data.get('id')!r}: {name}: {explained(one)}")
            if kind is Mention and all(one["type"] == "literal_error" for one in error.errors()):
                parts.append(
                    kind.model_validate(item | {"label": LABELS[0]}).model_copy(update={"label": item["label"]})
                )
    return parts, bad


def _named(item: Any) -> Problem:
    """The key of a span or arc as it stands in the file, and how to call it."""
    if not isinstance(item, dict):
        return "", f"{item!r:.60}"
    if "head" in item:
        key = arc_key(item["head"], item.get("type"), item.get("tail"))
        return key, f"relation {key}"
    return str(item.get("id")), f"span {item.get('id')!r}"


def _span_problems(record: Record) -> Iterator[Problem]:
    seen: set[str] = set()
    for entity in record.entities:
        name = f"span {entity.id!r} ({entity.label} {entity.start}-{entity.end})"
        if entity.id in seen:
            yield entity.id, f"{name}: the id is used twice; give each span its own"
        seen.add(entity.id)
        if entity.start >= entity.end:
            yield entity.id, f"{name} covers no characters; remove it or mend its offsets (end exclusive)"
        elif entity.end > len(record.text):
            problem = f"{name} ends past the end of the text ({len(record.text)} characters); mend its offsets"
            yield entity.id, problem
        elif (printed := record.text[entity.start : entity.end]) != entity.text:
            remedy = "count offsets in characters, not bytes, from 0"
            yield entity.id, f"{name} says {entity.text!r} where the text has {printed!r}; {remedy}"


def _overlaps(entities: list[Mention]) -> Iterator[Problem]:
    last: Mention | None = None
    for entity in sorted(entities, key=attrgetter("start", "end")):
        if last and entity.start < last.end:
            pair = " and ".join(f"{e.id!r} ({e.label} {e.start}-{e.end})" for e in (last, entity))
            yield entity.id, f"spans {pair} overlap; keep one of them"
        if last is None or entity.end > last.end:
            last = entity


def _arc_problems(record: Record) -> Iterator[Problem]:
    labels = {entity.id: entity.label for entity in reversed(record.entities)}
    seen: set[str] = set()
    for arc in record.relations:
        key = arc_key(arc.head, arc.type, arc.tail)
        heads, tails = RELATIONS[arc.type]
        unknown = [end for end in (arc.head, arc.tail) if end not in labels]
        if unknown:
            yield key, f"relation {key}: there is no span {unknown[0]!r}; mend the id or remove the relation"
        elif labels[arc.head] not in heads or labels[arc.tail] not in tails:
            allowed = f"{'/'.join(sorted(heads))} to {'/'.join(sorted(tails))}"
            yield key, f"relation {key} joins {labels[arc.head]} to {labels[arc.tail]}; {arc.type} goes from {allowed}"
        elif key in seen:
            yield key, f"relation {key} is given twice; remove one"
        seen.add(key)
