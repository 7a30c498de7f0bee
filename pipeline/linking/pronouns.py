"""Who did an act in a clause whose subject is 他 or 她, where one person alone can be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.linking.people import name_of
from pipeline.records import Mention, Record, Relation

PRONOUN = re.compile(r"(?:^|(?<=[，,、：:“”\"\s]))[他她](?![们人乡国山日者的])")
PASSIVE = re.compile("[被由让使请]")
ACTORS = {"PERSON", "AGENCY", "ORG", "DISTRICT"}


def implied_agents(record: Record) -> list[Relation]:
    """AGENT arcs of acts that have none and follow 他 or 她 in their sentence, to the one person named before it."""
    done = {relation.head for relation in record.relations if relation.type == "agent"}
    found = []
    for act in (mention for mention in record.entities if mention.label == "ACT" and mention.id not in done):
        at = _subject(act, record)
        if at is not None and (person := _antecedent(at, record)):
            found.append(Relation(type="agent", head=act.id, tail=person.id, score=0.7))
    return found


def _subject(act: Mention, record: Record) -> int | None:
    """Where the pronoun stands that is the subject of an act: nobody else is named between the two."""
    start = _last(record.text, "。！？!?；;\n", act.start)
    pronouns = list(PRONOUN.finditer(record.text[start : act.start]))
    if not pronouns:
        return None
    at = start + pronouns[-1].start()
    others = any(at < other.start < act.start and other.label in ACTORS for other in record.entities)
    return None if others or PASSIVE.search(record.text[at : act.start]) else at


def _antecedent(at: int, record: Record) -> Mention | None:
    """The person named before a pronoun in its sentence, else in the sentence before it; None where there are two."""
    people = [m for m in record.entities if m.label == "PERSON" and m.end <= at]
    here = _last(record.text, "。！？!?；;\n", at)
    paragraph = _last(record.text, "\n", at)
    near = [m for m in people if m.start >= here]
    if not near:
        near = [m for m in people if m.start >= max(paragraph, _last(record.text, "。！？!?；;\n", here - 1))]
    return _one(near)


def _one(people: Sequence[Mention]) -> Mention | None:
    return max(people, key=lambda m: m.start) if len({name_of(m.text) for m in people}) == 1 else None


def _last(text: str, marks: str, before: int) -> int:
    """Where the stretch begins that ends before a position: after the last of some marks."""
    return max((text.rfind(mark, 0, max(before, 0)) for mark in marks), default=-1) + 1
