"""Who holds which post, by the `holds` arcs of one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.linking import people, standing
from pipeline.linking.holders import possible
from pipeline.linking.places import Place
from pipeline.linking.posts import HEAD, Post
from pipeline.linking.ranks import rank_of
from pipeline.linking.standing import Office
from pipeline.linking.status import ACTING
from pipeline.linking.tenure import Tenure
from pipeline.records import Holding, Mention, Record, Relation, Status

LEAST = 0.2
"""Holdings that are less likely than this are left out."""
Arc = tuple[str, str]
"""The ids of a person and a post, or of their mentions."""


class Holdings:
    """What one article says of who holds a post. `posts` are those of its titles, `bodies` the mentions of bodies that titles
    are `at`, `date` is the issue's.
    """

    def __init__(self, record: Record, posts: Mapping[str, Post], bodies: Mapping[str, str], date: str | None) -> None:
        self.record = record
        self.mentions = {mention.id: mention for mention in record.entities}
        self.posts = posts
        self.bodies = bodies
        self.arcs = possible(record)
        self.called = {arc.tail for arc in self.arcs if self.mentions[arc.head].end == self.mentions[arc.tail].start}
        """The titles that stand directly after the name of their bearer."""
        self.tenure = Tenure(record, date)
        self.statuses: dict[Arc, Status] = {}

    def titles(self) -> dict[str, list[str]]:
        """The titles of each PERSON mention, as printed."""
        titles: dict[str, list[str]] = defaultdict(list)
        for arc in self.arcs:
            titles[arc.head].append(self.mentions[arc.tail].text)
        return titles

    def offices(self) -> dict[str, list[Office]]:
        """The posts of each PERSON mention, but for those that only a title after a name tells (韩雪主任) which the article
        gives its bearer before the name.
        """
        offices: dict[str, list[Office]] = defaultdict(list)
        known = [(arc, post) for arc in self.arcs if (post := self.posts.get(arc.tail))]
        own = {(self.mentions[arc.head].text, post.title) for arc, post in known if arc.tail not in self.called}
        for arc, post in known:
            again = arc.tail in self.called and post.inferred
            if not again or (self.mentions[arc.head].text, post.title) not in own:
                now = self._status(arc) in {"current", "acting"}
                offices[arc.head].append(standing.office(post.id, rank_of(post.title, post.target), now))
        return offices

    def spoken(self, ids: Mapping[str, str]) -> Iterator[tuple[str, Post]]:
        """Titles at nothing and titles without a body that stand directly after a name (李主任, 韩雪主任), each with the post of
        that title which its one holder has elsewhere in the article, else the deputy's. `ids` are the people of the PERSON
        mentions.
        """
        bearers: dict[str, set[str]] = defaultdict(set)
        told: dict[tuple[str, str], dict[str, Post]] = defaultdict(dict)
        for arc in self.arcs:
            if arc.head in ids and (post := self.posts.get(arc.tail)):
                bearers[arc.tail].add(ids[arc.head])
                stray = HEAD.match(post.title) and not isinstance(post.target, Place)
                if post.target and arc.tail not in self.called and not stray:
                    told[ids[arc.head], post.title][post.id] = post
        for title, those in bearers.items():
            post = self.posts[title]
            holder = next(iter(those)) if len(those) == 1 else ""
            known = told.get((holder, post.title)) or told.get((holder, f"副{post.title}"), {})
            bare = not post.printed if not post.target else title in self.called and post.inferred
            if bare and len(known) == 1:
                yield title, replace(next(iter(known.values())), inferred=True)

    def told(self, ids: Mapping[str, str]) -> list[Holding]:
        """The holdings of the people with these ids."""
        arcs = [arc for arc in self.arcs if arc.head in ids and self._likely(arc)]
        dead = people.deceased(self.record, ids)
        held = [(arc, self._holding(arc, ids[arc.head], dead)) for arc in arcs]
        # 原鹿泉市委书记、现鹿泉区委书记: one post under two names of its place, held still.
        now = {_key(one) for arc, one in held if self._said_now(arc)}
        elected = {_key(one) for arc, one in held if self._elected(arc)}
        gone = {_key(one) for arc, one in held if self._removed(arc)} - now - elected
        over = {"former": now, "current": gone}
        left = [one for _, one in held if _key(one) not in over.get(one.status, ())]
        current = {_key(one) for one in left if one.status == "current"}
        return [one for one in left if not self._preceded(one, current, elected)]

    def _likely(self, arc: Relation) -> bool:
        post = self.posts.get(arc.tail)
        return post is not None and post.confidence * sure(arc.score) >= LEAST

    def _holding(self, arc: Relation, person: str, dead: set[str]) -> Holding:
        post = self.posts[arc.tail]
        return Holding(
            person=person,
            post=post.id,
            entities=[mention.id for mention in self._said(arc) if mention],
            status="former" if person in dead else self._status(arc),
            confidence=round(post.confidence * sure(arc.score), 3),
            inferred=post.inferred,
        )

    def _preceded(self, holding: Holding, current: set[Arc], elected: set[Arc]) -> bool:
        """Is a post held as somebody held it before the election to it, as acting head or candidate?"""
        acted = holding.status == "former" and ACTING.match(self.mentions[holding.entities[1]].text)
        return (
            _key(holding) in current if acted else holding.status in {"acting", "proposed"} and _key(holding) in elected
        )

    def _status(self, arc: Relation) -> Status:
        """How the post of an arc is held."""
        key = arc.head, arc.tail
        if key not in self.statuses:
            self.statuses[key] = self.tenure.status(*self._said(arc))
        return self.statuses[key]

    def _removed(self, arc: Relation) -> bool:
        return self._status(arc) == "former" and self.tenure.removed(*self._said(arc))

    def _said_now(self, arc: Relation) -> bool:
        _, title, body = self._said(arc)
        return self.tenure.said_now(title, body)

    def _elected(self, arc: Relation) -> bool:
        return self._status(arc) == "current" and self.tenure.elected(*self._said(arc))

    def _said(self, arc: Relation) -> tuple[Mention, Mention, Mention | None]:
        """The person, title and body of an arc."""
        body = self.bodies.get(arc.tail)
        return self.mentions[arc.head], self.mentions[arc.tail], self.mentions[body] if body else None


def _key(holding: Holding) -> Arc:
    return holding.person, holding.post


def sure(score: float | None) -> float:
    """The score of a mention or relation; what people annotated has none and is certain."""
    return 1.0 if score is None else score
