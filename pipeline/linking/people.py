"""PERSON mentions to people: one node for one person in an issue.

A person's id is person:<code of the paper's home>:<name>, so that the same name in the same paper meets again in the next
issue; who holds a post of the whole country is person:100000:<name> in every paper, and who holds posts of another county
or prefecture alone is person:<its code>:<name>, as in its own papers. In a paper of a prefecture or province each county
is another. Whoever is named with posts of two places stays the one of the nearer (a move), and the graph joins the two
by the post that they share. Only evidence keeps namesakes apart: reporters and photographers (person:421002:王俊:press)
are not the officials of that name, nor are residents whom a story introduces as such (村民王俊,
person:421002:王俊:resident); and one name twice in one list of posts at different bodies is two people
(person:421002:王俊:2).
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.linking import divisions
from pipeline.records import Mention, Node, Record

PRESS = re.compile(r"记者|通讯员|编辑|编|校对|美编|摄影")
RESIDENT = re.compile(
    r"(?:村民|居民|市民|群众|学生|同学|游客|老人|住户|农户|户|茶农|果农|枣农|患者|乘客|某|老乡|岁的?|妇女|孤儿|家长|商户|店主)$"
)
PARTY = re.compile("(?:被告人?|原告|嫌疑人)$")
"""What anybody may be in a court, an official too whom the article names before."""
CREDIT = re.compile(r"^[\s、，/／　）)]*(?:[一-鿿·　 ]{2,5}[\s、　]+)*(?:摄|文/图|图/文|供图|制图|报道)")
NEAR = 40
"""Letters between two mentions of one list at most."""
BREAK = re.compile("[。；;：:\n]")
"""What no list of posts goes on after; it does not go on after an act either (选举张三、李四为县委常委，张三当选书记)."""
SHARED = re.compile(r"(?:代表|委员|党员|模范|会员|院士|干部|民警|教师|职工|领导|常委)$")
"""Memberships of many, by which nobody is told from others."""


@dataclass
class Cast:
    """The people of an issue: how each name's mentions are told apart."""

    home: str | None
    roles: dict[str, set[str]] = field(default_factory=dict)
    areas: dict[str, set[str]] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)

    def introduce(self, record: Record, posts: Mapping[str, Sequence[str]], ids: Mapping[str, Sequence[str]]) -> None:
        """Note in which roles an article names people; `posts` and `ids` are the titles and the ids of the posts that
        each PERSON mention holds.
        """
        for mention in _people(record):
            called = posts.get(mention.id, ())
            if is_surname(name_of(mention.text), called):
                continue
            self.titles.setdefault(name_of(mention.text), set()).update(called)
            if area := self._area(ids.get(mention.id, ())):
                self.areas.setdefault(name_of(mention.text), set()).add(area)
            role = role_of(mention, record, posts.get(mention.id, ()))
            if role:
                self.roles.setdefault(name_of(mention.text), set()).add(role)

    def identify(
        self, record: Record, posts: Mapping[str, Sequence[str]], ids: Mapping[str, Sequence[str]]
    ) -> dict[str, str]:
        """The person id of each PERSON mention of an article; `ids` are the post ids that each mention holds."""
        breaks = sorted(
            [mark.start() for mark in BREAK.finditer(record.text)]
            + [act.start for act in record.entities if act.label == "ACT"]
        )
        last: dict[str, str] = {}
        areas: dict[str, str] = {}
        found: dict[str, str] = {}
        namesakes: dict[str, _Namesakes] = defaultdict(_Namesakes)
        for mention in _people(record):
            name = _cut(mention, record.text, self.titles)
            if is_surname(name, posts.get(mention.id, ())):
                continue
            role = role_of(mention, record, posts.get(mention.id, ()))
            role = role or last.get(name) or self._usual(name, mention, record.text)
            last[name] = role
            area = self._area(ids.get(mention.id, ())) or areas.get(name) or self._usual_area(name)
            areas[name] = area
            base = self._id(name, role, area)
            second = namesakes[base].second(mention, _bodies(ids.get(mention.id, ())), breaks)
            found[mention.id] = f"{base}:2" if second else base
        return found | self._surnames(record, posts, found)

    def _surnames(self, record: Record, posts: Mapping[str, Sequence[str]], found: Mapping[str, str]) -> dict[str, str]:
        """王书记 is the one 王 of the article who is 书记, or the one 王 there is, or the one 王 of the issue who is 书记."""
        titles: dict[str, set[str]] = {}
        for key, person in found.items():
            titles.setdefault(person, set()).update(posts.get(key, ()))

        @cache
        def bearer(surname: str, called: tuple[str, ...]) -> str | None:
            here = {person: told for person, told in titles.items() if person.split(":")[2].startswith(surname)}
            issue = {
                self._id(name, "official", self._usual_area(name)): told
                for name, told in self.titles.items()
                if name.startswith(surname)
            }
            return _only(_called(here, called)) or _only(here) or _only(_called(issue, called))

        unknown = (mention for mention in _people(record) if mention.id not in found)
        meant = {m.id: bearer(name_of(m.text), tuple(posts.get(m.id, ()))) for m in unknown}
        return {key: person for key, person in meant.items() if person}

    def _usual(self, name: str, mention: Mention, text: str) -> str:
        """What the issue has somebody be of whom the article does not say it."""
        roles = self.roles.get(name, set())
        other = "resident" if PARTY.search(text[max(0, mention.start - 4) : mention.start]) else "official"
        return next((role for role in ("official", "press", "resident") if role in roles), other)

    def _usual_area(self, name: str) -> str:
        """The one place of which an issue names somebody's posts; the paper's home where there are more or none."""
        areas = self.areas.get(name, set())
        return next(iter(areas)) if len(areas) == 1 else self.home or "-"

    def _area(self, posts: Iterable[str]) -> str:
        """The place by which the holder of posts is told apart, empty where the posts say nothing."""
        parts = [post.split(":") for post in posts]
        areas = [self._near(part[1]) for part in parts if part[2] and not SHARED.search(part[-1])]
        if divisions.NATION in areas:
            return divisions.NATION
        return (self.home or "-") if self.home in areas else min(filter(None, areas), default="")

    def _near(self, area: str) -> str:
        """The county or prefecture of a post; the paper's home for what lies in it or above it."""
        if not area.isdecimal():
            return ""
        area = area[:6]
        if area == divisions.NATION or self.home is None:
            return area if area == divisions.NATION else ""
        return self.home if area in divisions.chain(self.home) else area

    def _id(self, name: str, role: str, area: str) -> str:
        if role != "official":
            return f"person:{self.home or '-'}:{name}:{role}"
        return f"person:{area}:{name}"


def role_of(mention: Mention, record: Record, titles: Sequence[str]) -> str:
    """official, press, resident, or "" where the mention does not say."""
    if any(PRESS.search(title) for title in titles):
        return "press"
    if titles:
        return "official"
    before, after = record.text[max(0, mention.start - 8) : mention.start], record.text[mention.end : mention.end + 40]
    if CREDIT.match(after) or (re.search(r"[（(]\s*$", before) and re.match(r"\s*[）)]", after)):
        return "press"
    return "resident" if RESIDENT.search(before) or mention.text.endswith("某") else ""


@dataclass
class _Namesakes:
    """The mentions of one name so far in an article: where each ends, with the bodies of its posts, and the bodies of a
    second bearer.
    """

    before: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    others: set[frozenset[str]] = field(default_factory=set)

    def second(self, mention: Mention, bodies: frozenset[str], breaks: Sequence[int]) -> bool:
        """Is the next mention the second of two in one list of posts at different bodies, or that one again?

        `breaks` are the positions that no list goes on after.
        """
        row = breaks[bisect_left(breaks, mention.start) - 1] if breaks and breaks[0] < mention.start else -1
        near = itertools.takewhile(lambda one: one[0] > max(row, mention.start - NEAR), reversed(self.before))
        second = bool(bodies) and (bodies in self.others or any(held and not bodies & held for _, held in near))
        self.before.append((mention.end, bodies))
        if second:
            self.others.add(bodies)
        return second


def _bodies(posts: Iterable[str]) -> frozenset[str]:
    """The bodies or districts of posts, by the ids of these."""
    return frozenset(post.rpartition(":")[0] for post in posts)


def _people(record: Record) -> list[Mention]:
    return sorted((m for m in record.entities if m.label == "PERSON"), key=lambda m: m.start)


def _cut(mention: Mention, text: str, names: Container[str]) -> str:
    """A name without the first letter of the word that follows it (方远仔|细察看), where the shorter name is known."""
    name = name_of(mention.text)
    swallowed = name[-1:] + text[mention.end : mention.end + 1] in divisions.words("after a name")
    return name[:-1] if swallowed and name[:-1] in names else name


def name_of(text: str) -> str:
    """A name without the spaces that layouts put into it, and with one kind of middle dot."""
    return re.sub(r"[·•・‧]", "·", re.sub(r"\s+", "", text))


def is_surname(name: str, titles: Sequence[str]) -> bool:
    """Is this the surname that stands before a title (王书记, 欧阳主任)?"""
    return len(name) == 1 or (name in divisions.words("surname") and bool(titles))


def _called(people: Mapping[str, set[str]], titles: Sequence[str]) -> list[str]:
    """Those who hold a post that one may be called by: 书记 for 党委书记."""
    return [person for person, told in people.items() if any(t.endswith(tuple(titles)) for t in told)] if titles else []


def _only(people: Iterable[str]) -> str | None:
    some = list(people)
    return some[0] if len(some) == 1 else None


def node(person: str) -> Node:
    """A person as a Person node."""
    return Node(id=person, labels=["Person"], properties={"name": person.split(":")[2]})


def press(home: str | None, name: str) -> Node:
    """The Person node of a reporter or photographer whom a byline names; `home` is the code of the paper's district."""
    return node(f"person:{home or '-'}:{name_of(name)}:press")
