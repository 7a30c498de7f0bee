"""One article while it is being linked: its places, bodies and things, then its posts, then its people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.linking import districts, divisions, fronts, names, people, pronouns, reading
from pipeline.linking.bodies import Body, Target
from pipeline.linking.holdings import Holdings, sure
from pipeline.linking.locating import Resolved
from pipeline.linking.owners import Owners
from pipeline.linking.places import Place, lineage
from pipeline.linking.posts import Post
from pipeline.linking.rows import rows
from pipeline.linking.scene import Scene
from pipeline.linking.standing import Office
from pipeline.linking.things import NODE_LABELS, Things
from pipeline.linking.villages import Memory
from pipeline.records import Holding, Link, Mention, Node, Record, Relation, Structure

BODY_EVENT = re.compile("代表大会|委员会|全体会议")
"""Events that are named after the body whose they are."""


@dataclass
class Draft:
    """One article while it is being linked; `body` is where its body begins."""

    record: Record
    memory: Memory
    date: str | None = None
    body: int = 0
    nodes: dict[str, Node] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    holdings: list[Holding] = field(default_factory=list)
    targets: dict[str, Target] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    structure: dict[tuple[str, str, str], Structure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mentions = {mention.id: mention for mention in self.record.entities}
        self.order = sorted(self.record.entities, key=lambda mention: mention.start)
        self.at = _bodies(self.record.relations)
        found = districts.resolve(self.record.entities, self.record.text, self.memory)
        places = _in_order((self.mentions[key].start, place) for key, (place, _) in found.items())
        ends = {self.mentions[key].end: place for key, (place, _) in found.items()}
        marks = districts.anchors(self.record.entities)
        self.scene = Scene(self.memory.home, places, marks, ends=ends, text=self.record.text)
        places = _in_order([*places, *self._fronts()])
        self.scene = replace(self.scene, places=places, rows=self._rows(places))
        self.things = Things(self.record, self.scene, self.body, self.date, self.targets)
        for mention in self.order:
            if mention.label == "DISTRICT":
                self._link_place(mention, found.get(mention.id))
            elif mention.label == "AGENCY":
                self._link_body(mention)
            elif mention.label in NODE_LABELS:
                self._link_thing(mention)

    def _fronts(self) -> Iterator[tuple[int, Place]]:
        """The places that names of bodies begin with (大悟县 of 大悟县委, 高坝镇 of 高坝镇第二十届人民代表大会), and the townships
        of other names (珠玑镇 of 珠玑镇卫生院), so that 县委 and 镇长 elsewhere are read by them.
        """
        for mention in self.order:
            body = mention.label == "AGENCY" or (mention.label == "EVENT" and BODY_EVENT.search(mention.text))
            named = body or mention.label in {"ORG", "VENUE"}
            place = fronts.named_by(mention.text, mention.start, self.scene) if named else None
            if place and (body or (place.level == "township" and mention.text.startswith(place.name))):
                yield mention.start, place

    def _rows(self, places: Sequence[tuple[int, Place]]) -> dict[int, int]:
        """The rows of posts of the article, by the starts of their mentions."""
        named = {start for start, _ in places}
        home = divisions.chain(self.memory.home)[:-1] if self.memory.home else []
        above = {start for start, place in places if not place.site and place.area in home}
        return rows(self.order, self.record.text, named, above)

    def _link(self, mention: Mention, node: str | None = None, confidence: float = 0.0) -> None:
        self.links[mention.id] = Link(entity=mention.id, node=node, confidence=confidence)

    def _link_place(self, mention: Mention, found: Resolved | None) -> None:
        if found:
            self._add_place(found[0])
            self.targets[mention.id] = found[0]
        self._link(mention, *((found[0].id, found[1]) if found else ()))

    def _link_body(self, mention: Mention) -> None:
        body = reading.resolve(mention.text, mention.start, self.scene)
        if body:
            self._add_body(body)
            self.targets[mention.id] = body
            self.scene.add(body, mention.start, mention.end)
        self._link(mention, *((body.id, body.confidence) if body else ()))

    def _link_thing(self, mention: Mention) -> None:
        target, confidence = self.things.resolve(mention)
        if isinstance(target, Node):
            self.nodes[target.id] = target
        self.targets[mention.id] = target
        self._link(mention, target.id, confidence)

    def _add_place(self, place: Place) -> None:
        if place.id in self.nodes:
            return
        nodes, facts = lineage(place)
        for node in nodes:
            self.nodes.setdefault(node.id, node)
        for fact in facts:
            self._add_fact(fact)

    def _add_body(self, body: Body) -> None:
        if body.id in self.nodes:
            return
        self.nodes[body.id] = body.node()
        if body.place and body.place.area != divisions.NATION:
            self._add_place(body.place)
            self._add_fact(Structure(type="SERVES", start=body.id, end=body.place.id, confidence=body.confidence))
        if body.parent:
            self._add_body(body.parent)
            self._add_fact(Structure(type="PART_OF", start=body.id, end=body.parent.id, confidence=body.confidence))

    def _add_fact(self, fact: Structure) -> None:
        self.structure.setdefault((fact.type, fact.start, fact.end), fact)

    def link_posts(self) -> None:
        """Find the post of every title."""
        owners = Owners(self.record, self.scene, self.things, self.at, self.links, self.targets)
        for title, post in owners.posts():
            body = self.at.get(title.id)
            self.posts[title.id] = post
            self._add_post(post, [title.id, *([body] if body else [])])
            self._link(title, post.id, post.confidence)

    def _add_post(self, post: Post, entities: list[str]) -> None:
        self.nodes.setdefault(post.id, post.node())
        if isinstance(post.target, Place):
            self._add_place(post.target)
        elif isinstance(post.target, Body):
            self._add_body(post.target)
        if government := post.government():
            self._add_body(government)
        for fact in post.facts(entities):
            self._add_fact(fact)

    @cached_property
    def held(self) -> Holdings:
        """Who holds the article's posts."""
        return Holdings(self.record, self.posts, self.at, self.date)

    def said(self) -> people.Said:
        """What the article says of its people."""
        return people.Said(self.named, self.held.titles(), self.held.offices(), self._people_after_bodies())

    @cached_property
    def named(self) -> Record:
        """The article without the PERSON mentions that are places."""
        home = divisions.short(self.memory.home) if self.memory.home else ""
        places = {home, *(place.short for _, place in self.scene.places)}
        titled = {names.name_of(self.mentions[arc.head].text) for arc in self.record.relations if arc.type == "holds"}
        called = {mention.id: names.name_of(mention.text) for mention in self.order if mention.label == "PERSON"}
        nobody = {key for key, name in called.items() if names.is_place(name, places)} | {
            key
            for key, name in called.items()
            if name == home and name not in titled and names.is_unheralded(self.mentions[key], self.record.text)
        }
        entities = [mention for mention in self.order if mention.id not in nobody]
        return self.record.model_copy(update={"entities": entities})

    def _people_after_bodies(self) -> dict[str, Office]:
        """The bodies and places that stand directly before names, as posts without a title."""
        ends = {self.mentions[key].end: target for key, target in self.targets.items()}
        return {
            mention.id: Office(f"post:{ends[mention.start].id.partition(':')[2]}:")
            for mention in self.order
            if mention.label == "PERSON" and mention.start in ends
        }

    def link_people(self, cast: people.Cast) -> None:
        """Give every person an identity and the posts that the article says."""
        ids = cast.identify(self.named)
        for mention in self.order:
            if mention.id in ids:
                self.nodes.setdefault(ids[mention.id], people.node(ids[mention.id]))
                self._link(mention, ids[mention.id], 0.9)
            elif mention.label == "PERSON":
                self._link(mention)
        self._place_spoken(ids)
        self.holdings = self.held.told(ids)

    def _place_spoken(self, ids: Mapping[str, str]) -> None:
        """Link the titles at nothing (李主任) whose post their holders tell; what they stood for before goes."""
        before: set[str] = set()
        for title, post in list(self.held.spoken(ids)):
            before.add(self.posts[title].id)
            self.posts[title] = post
            self._link(self.mentions[title], post.id, post.confidence)
        gone = before - {post.id for post in self.posts.values()}
        for post_id in gone:
            del self.nodes[post_id]
        self.structure = {key: fact for key, fact in self.structure.items() if fact.start not in gone}

    def told_districts(self) -> list[tuple[Mention, Relation]]:
        """The districts that pronouns tell where something was done, as far as it is known which they are, with the arcs."""
        told = []
        for mention, arc in pronouns.told_districts(self.record):
            meant = (self.scene.that if mention.text[0] == "该" else self.scene.level)(mention.text[1:], mention.start)
            if meant:
                self._add_place(meant[0])
                self._link(mention, meant[0].id, meant[1])
                told.append((mention, arc))
        return told

    def facts(self) -> list[Structure]:
        """All structural facts of the article."""
        return list(self.structure.values())


def _in_order(places: Iterable[tuple[int, Place]]) -> list[tuple[int, Place]]:
    return sorted(places, key=lambda pair: pair[0])


def _bodies(relations: Sequence[Relation]) -> dict[str, str]:
    """The body of each title that has one: the likeliest where a title has several."""
    arcs = sorted((rel for rel in relations if rel.type == "at"), key=lambda rel: sure(rel.score))
    return {rel.head: rel.tail for rel in arcs}
