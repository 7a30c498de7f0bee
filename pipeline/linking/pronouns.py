"""Who did an act in a clause whose subject is 他 or 她, where one person alone can be meant, and acts in or for 我区 or 该县."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pipeline.linking.people import name_of
from pipeline.linking.positions import last, starts
from pipeline.records import Mention, Record, Relation, RelationType

PRONOUN = re.compile(r"(?:^|(?<=[，,、：:“”\"\s。！？!?；;]))[他她](?![们人乡国山日者的])")
PASSIVE = re.compile("[被由让使请]")
VISITED = re.compile(
    r"(?P<how>来到?|到|赴|抵达?|在|[向给为])(?P<district>[我本该](?:自治[州县旗]|[省市区县州旗盟镇乡]))[一-鿿]{0,5}\Z"
)
TO = {"向", "给", "为"}
REACH = 16
"""Letters before an act in which 我区 stands."""
ACTORS = {"PERSON", "AGENCY", "ORG", "DISTRICT"}


def implied_agents(record: Record) -> list[Relation]:
    """AGENT arcs of acts that have none and follow 他 or 她 in their sentence, to the one person named before it."""
    done = {relation.head for relation in record.relations if relation.type == "agent"}
    text, found = _Text(record), []
    for act in (mention for mention in record.entities if mention.label == "ACT" and mention.id not in done):
        at = text.subject(act)
        if at is not None and (person := text.antecedent(at)):
            found.append(Relation(type="agent", head=act.id, tail=person.id, score=0.7))
    return found


def told_districts(record: Record) -> list[tuple[Mention, Relation]]:
    """Districts that a pronoun tells just before an act that has neither place nor object (来我区考察, 向该县捐赠), each with
    the arc to it. The scheme does not mark such words.
    """
    done = {relation.head for relation in record.relations if relation.type in {"place", "object"}}
    marked = sorted(mention.end for mention in record.entities)
    found = []
    for act in (mention for mention in record.entities if mention.label == "ACT" and mention.id not in done):
        told = VISITED.search(record.text, max(act.start - REACH, last(marked, act.start)), act.start)
        if told:
            start, end = told.span("district")
            district = Mention(
                id=f"{act.id}:district", label="DISTRICT", start=start, end=end, text=told["district"], score=0.8
            )
            kind: RelationType = "object" if told["how"] in TO else "place"
            found.append((district, Relation(type=kind, head=act.id, tail=district.id, score=0.8)))
    return found


class _Text:
    """A record by the positions of its sentences and lines, pronouns, people and whoever else may act."""

    def __init__(self, record: Record) -> None:
        self.sentences, self.lines = starts("。！？!?；;\n", record.text), starts("\n", record.text)
        self.pronouns = [match.start() for match in PRONOUN.finditer(record.text)]
        self.passives = [match.start() for match in PASSIVE.finditer(record.text)]
        self.actors = sorted(mention.start for mention in record.entities if mention.label in ACTORS)
        self.people = sorted((m for m in record.entities if m.label == "PERSON"), key=lambda m: m.start)
        self.ends = [person.end for person in self.people]
        self.others = _others(self.people)

    def subject(self, act: Mention) -> int | None:
        """Where the pronoun stands that is the subject of an act: nobody else is named between the two."""
        at, before = last(self.pronouns, act.start - 1), act.start - 1
        if at < last(self.sentences, act.start) or last(self.passives, before) >= at:
            return None
        return None if last(self.actors, before) > at else at

    def antecedent(self, at: int) -> Mention | None:
        """The person named before a pronoun in its sentence, else in the sentence before it; None where there are two."""
        number = bisect_right(self.ends, at) - 1
        if number < 0:
            return None
        person, since = self.people[number], last(self.sentences, at)
        if person.start < since:
            since = max(last(self.lines, at), last(self.sentences, since - 1))
        return person if self.others[number] < since <= person.start else None


def _others(people: Sequence[Mention]) -> list[int]:
    """Where the last mention of another name before each mention of a person begins, -1 where there is none."""
    others = [-1]
    for before, person in pairwise(people):
        others.append(others[-1] if name_of(before.text) == name_of(person.text) else before.start)
    return others
