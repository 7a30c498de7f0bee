"""What makes a record valid: spans that lie on the text and apart from one another, arcs between allowed labels."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter

from pipeline.errors import DataError
from pipeline.records import RELATIONS, Mention, Record


def validate(record: Record, where: str = "") -> Record:
    """The record itself when it keeps to the scheme. `where` names file and line in the message.

    Raises DataError with the first problem and its remedy.
    """
    for problem in problems(record):
        prefix = f"{where}: " if where else ""
        raise DataError(f"{prefix}record {record.id!r}: {problem}")
    return record


def problems(record: Record) -> Iterator[str]:
    """Everything that is wrong with a record, each with what to do about it."""
    yield from _span_problems(record)
    yield from _overlaps(record.entities)
    yield from _arc_problems(record)


def _span_problems(record: Record) -> Iterator[str]:
    seen: set[str] = set()
    for entity in record.entities:
        name = f"span {entity.id!r} ({entity.label} {entity.start}-{entity.end})"
        if entity.id in seen:
            yield f"{name}: the id is used twice; give each span its own"
        seen.add(entity.id)
        if entity.start >= entity.end:
            yield f"{name} covers no characters; remove it or mend its offsets (end exclusive)"
        elif entity.end > len(record.text):
            yield f"{name} ends past the end of the text ({len(record.text)} characters); mend its offsets"
        elif record.text[entity.start : entity.end] != entity.text:
            printed = record.text[entity.start : entity.end]
            yield f"{name} says {entity.text!r} where the text has {printed!r}; count offsets in characters, not bytes"


def _overlaps(entities: list[Mention]) -> Iterator[str]:
    for one, other in pairwise(sorted(entities, key=attrgetter("start", "end"))):
        if other.start < one.end:
            yield (
                f"spans {one.id!r} ({one.label} {one.start}-{one.end}) and {other.id!r} "
                f"({other.label} {other.start}-{other.end}) overlap; keep one of them"
            )


def _arc_problems(record: Record) -> Iterator[str]:
    labels = {entity.id: entity.label for entity in record.entities}
    seen: set[tuple[str, str, str]] = set()
    for arc in record.relations:
        name = f"relation {arc.head} {arc.type} {arc.tail}"
        heads, tails = RELATIONS[arc.type]
        unknown = [end for end in (arc.head, arc.tail) if end not in labels]
        if unknown:
            yield f"{name}: there is no span {unknown[0]!r}; mend the id or remove the relation"
        elif labels[arc.head] not in heads or labels[arc.tail] not in tails:
            allowed = f"{'/'.join(sorted(heads))} to {'/'.join(sorted(tails))}"
            yield f"{name} joins {labels[arc.head]} to {labels[arc.tail]}; {arc.type} goes from {allowed}"
        elif (arc.head, arc.type, arc.tail) in seen:
            yield f"{name} is given twice; remove one"
        seen.add((arc.head, arc.type, arc.tail))
