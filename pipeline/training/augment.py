"""New samples from annotated ones: people's names exchanged, short passages put together."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from pipeline.records import Mention, Record, Relation


def names_of(records: Iterable[Record]) -> list[str]:
    """All distinct two- to four-character names of people, to be exchanged for one another."""
    return sorted({e.text for r in records for e in r.entities if e.label == "PERSON" and 2 <= len(e.text) <= 4})


def swap_names(record: Record, names: Sequence[str], chance: random.Random) -> Record:
    """The record with every person renamed, the same person alike throughout; as it is when there are no names."""
    if not names:
        return record
    new = {e.text: chance.choice(names) for e in sorted(record.entities, key=lambda e: e.start) if e.label == "PERSON"}
    pieces, entities, at, shift = [], [], 0, 0
    for entity in sorted(record.entities, key=lambda e: e.start):
        text = new.get(entity.text, entity.text) if entity.label == "PERSON" else entity.text
        pieces += [record.text[at : entity.start], text]
        start = entity.start + shift
        entities.append(Mention(id=entity.id, label=entity.label, start=start, end=start + len(text), text=text))
        shift += len(text) - len(entity.text)
        at = entity.end
    return Record(id=record.id, text="".join(pieces) + record.text[at:], entities=entities, relations=record.relations)


def join(records: Sequence[Record]) -> Record:
    """Several passages as the paragraphs of one."""
    text, entities, relations = "", [], []
    for n, record in enumerate(records):
        text += "\n" if text else ""
        shift = len(text)
        entities += [
            e.model_copy(update={"id": f"{n}:{e.id}", "start": e.start + shift, "end": e.end + shift})
            for e in record.entities
        ]
        relations += [Relation(type=r.type, head=f"{n}:{r.head}", tail=f"{n}:{r.tail}") for r in record.relations]
        text += record.text
    return Record(id="+".join(r.id for r in records), text=text, entities=entities, relations=relations)


def join_some(records: Sequence[Record], share: float, limit: int, chance: random.Random) -> list[Record]:
    """The records in random order, about `share` of them joined to neighbours up to `limit` characters."""
    groups: list[list[Record]] = []
    for record in chance.sample(list(records), len(records)):
        length = sum(len(r.text) + 1 for r in groups[-1]) + len(record.text) if groups else 0
        if not groups or length > limit or chance.random() > share:
            groups.append([])
        groups[-1].append(record)
    return [group[0] if len(group) == 1 else join(group) for group in groups]
