"""Who did an act in a clause whose subject is 他, 她, 两人 or 林县长 without a mark, where it is clear who is meant, and acts in
or for 我区 or 该县.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from pipeline.linking import divisions
from pipeline.linking.holders import possible
from pipeline.linking.names import name_of
from pipeline.linking.people import bearers
from pipeline.linking.positions import last, starts
from pipeline.records import Mention, Record, Relation, RelationType

OPEN = r"(?:^|(?<=[，,、：:“”\"\s。！？!?；;]))"
PRONOUN = re.compile(rf"{OPEN}[他她](?![们人乡国山日者的])")
BESIDE = re.compile(r"[他她][与和同跟][^，,、。；;\n]*\Z")
"""他和|陈静, 她与区长|覃峰: what stands before the person named with 他 or 她."""
BOTH = re.compile(rf"{OPEN}(?:[他她]们)?[两二]人(?![次份组民大])")
PASSIVE = re.compile("[被由让使请]")
VISITED = re.compile(
    r"(?P<how>来到?|到|赴|抵达?|在|[向给为])(?P<district>[我本该](?:自治[州县旗]|[省市区县州旗盟镇乡]))[一-鿿]{0,5}\Z"
)
TO = {"向", "给", "为"}
REACH = 16
"""Letters before an act in which 我区 stands."""
ACTORS = {"PERSON", "AGENCY", "ORG", "DISTRICT"}


def implied_agents(record: Record) -> list[Relation]:
    """AGENT arcs that pronouns tell: of acts that have none and follow 他, 她, 两人 or 林县长 in their sentence, and of those
    that somebody did with 他 or 她 (她与覃峰一同查看).
    """
    if not any(word.search(record.text) for word in (PRONOUN, BOTH, _spoken())):
        return []
    text, found = _Text(record), []
    agents = _agents(record)
    for act in (mention for mention in record.entities if mention.label == "ACT"):
        told = agents.get(act.id, [])
        people = [person for person in text.meant(act, told) if name_of(person.text) not in _names(told)]
        found += [Relation(type="agent", head=act.id, tail=person.id, score=0.7) for person in people]
    return found


def _agents(record: Record) -> dict[str, list[Mention]]:
    """Who did each act, as the text names them, in order."""
    mentions = {mention.id: mention for mention in record.entities}
    agents: dict[str, list[Mention]] = defaultdict(list)
    for relation in record.relations:
        if relation.type == "agent":
            agents[relation.head].append(mentions[relation.tail])
    return {act: sorted(told, key=lambda mention: mention.start) for act, told in agents.items()}


def _names(mentions: Iterable[Mention]) -> set[str]:
    return {name_of(mention.text) for mention in mentions}


@cache
def _spoken() -> re.Pattern[str]:
    """A surname with a title at the start of a clause (林县长, 华副市长)."""
    families = "|".join([*sorted(divisions.words("surname")), "[一-鿿]"])
    titles = "|".join(sorted(divisions.words("spoken title"), key=len, reverse=True))
    return re.compile(f"{OPEN}(?P<family>{families})(?P<title>副?(?:{titles}))")


def _called(record: Record) -> dict[int, Mention]:
    """Where somebody of the article is spoken of by surname and title without a mark of the name, and who that is."""
    mentions = {mention.id: mention for mention in record.entities}
    marked = {mention.start for mention in record.entities if mention.label == "PERSON"}
    people: dict[str, Mention] = {}
    titles: dict[str, set[str]] = defaultdict(set)
    for arc in possible(record):
        person = mentions[arc.head]
        if len(person.text) > 1:
            people.setdefault(name_of(person.text), person)
            titles[name_of(person.text)].add(mentions[arc.tail].text)

    @cache
    def meant(family: str, title: str) -> list[str]:
        return bearers({name: told for name, told in titles.items() if name.startswith(family)}, [title])

    spoken = (match for match in _spoken().finditer(record.text) if match.start() not in marked)
    called = {match.start(): meant(match["family"], match["title"]) for match in spoken}
    return {at: people[names[0]] for at, names in called.items() if len(names) == 1}


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
        self.text = record.text
        self.pronouns = [match.start() for match in PRONOUN.finditer(record.text)]
        self.called = _called(record)
        self.subjects = sorted([*self.pronouns, *self.called])
        self.pairs = [match.start() for match in BOTH.finditer(record.text)]
        self.passives = [match.start() for match in PASSIVE.finditer(record.text)]
        self.actors = sorted(mention.start for mention in record.entities if mention.label in ACTORS)
        self.people = sorted((m for m in record.entities if m.label == "PERSON"), key=lambda m: m.start)
        self.starts = [person.start for person in self.people]
        self.ends = [person.end for person in self.people]
        self.others = _others(self.people)

    def meant(self, act: Mention, told: Sequence[Mention]) -> list[Mention]:
        """Those whom a pronoun tells among the agents of an act; `told` are the agents that are named."""
        both = self.both(act)
        if both and _names(told) <= _names(both):
            return both
        return self.beside(told[0]) if told else self.alone(act)

    def alone(self, act: Mention) -> list[Mention]:
        """Who 他, 她 or 林县长 is that is the subject of an act."""
        at = self.subject(act, self.subjects)
        if at in self.called:
            return [self.called[at]]
        return self.antecedent(at) if at is not None else []

    def both(self, act: Mention) -> list[Mention]:
        """Who 两人 are that are the subject of an act."""
        at = self.subject(act, self.pairs)
        return self.two(at) if at is not None else []

    def beside(self, agent: Mention) -> list[Mention]:
        """Who acts with somebody that 他和 or 她与 stands before."""
        at = last(self.pronouns, agent.start - 1)
        joined = at >= last(self.sentences, agent.start) and BESIDE.match(self.text, at, agent.start)
        return self.antecedent(at) if joined else []

    def subject(self, act: Mention, pronouns: Sequence[int]) -> int | None:
        """Where the pronoun stands that is the subject of an act: nobody else is named between the two."""
        at, before = last(pronouns, act.start - 1), act.start - 1
        if at < last(self.sentences, act.start) or last(self.passives, before) >= at:
            return None
        return None if last(self.actors, before) > at else at

    def antecedent(self, at: int) -> list[Mention]:
        """The person named before a pronoun in its sentence, else in the sentence before it, or whom a pronoun means that
        alone stands there; nobody where there are two.
        """
        number = bisect_right(self.ends, at) - 1
        if number < 0:
            return []
        person, since = self.people[number], last(self.sentences, at)
        if person.start < since:
            before, since = since - 1, max(last(self.lines, at), last(self.sentences, since - 1))
            carried = last(self.pronouns, before)
            if person.start < since <= carried < before:
                return self.antecedent(carried)
        return [person] if self.others[number] < since <= person.start else []

    def two(self, at: int) -> list[Mention]:
        """The two people named last in the paragraph before a place, unless the sentence of the last names more."""
        before = self.people[bisect_left(self.starts, last(self.lines, at)) : bisect_right(self.ends, at)]
        people = list({name_of(person.text): person for person in reversed(before)}.values())
        since = last(self.sentences, before[-1].start) if before else 0
        named = _names(person for person in before if person.start >= since)
        return people[1::-1] if len(people) > 1 and len(named) < 3 else []


def _others(people: Sequence[Mention]) -> list[int]:
    """Where the last mention of another name before each mention of a person begins, -1 where there is none."""
    others = [-1]
    for before, person in pairwise(people):
        others.append(others[-1] if name_of(before.text) == name_of(person.text) else before.start)
    return others
