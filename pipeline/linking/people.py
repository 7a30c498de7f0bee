"""PERSON mentions to people: one node for one person in an issue.

A person's id is person:<code of the paper's home>:<name>, so that the same name in the same paper meets again in the next
issue; who holds a post of the whole country is person:100000:<name> in every paper, and who holds posts of another county
or prefecture alone is person:<its code>:<name>, as in its own papers. In a paper of a prefecture or province each county
is another. Whoever is named with posts of two places stays the one of the nearer (a move), and the graph joins the two
by the post that they share. Only evidence keeps namesakes apart: reporters and photographers (person:421002:王俊:press)
are not the officials of that name, nor are residents whom a story introduces as such (村民王俊, 教师王俊,
person:421002:王俊:resident). A post that the leader of the name cannot hold, and one of two in a list, is another
person's (`namesakes.py`), whose id has the township or the body: person:421002104:王俊, person:421002:王俊:荆州市沙市区水利局.
刘某 is somebody of one article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.linking import divisions, names
from pipeline.linking.namesakes import Row, others, stops
from pipeline.linking.standing import SHARED, Office
from pipeline.records import Mention, Node, Record

PRESS = re.compile(r"记者(?!站)|通讯员|编辑|编|校对|美编|摄影")
RESIDENT = re.compile(
    r"(?:村民|居民|市民|群众|学生|同学|游客|老人|住户|农户|户|茶农|果农|枣农|患者|乘客|某|老乡|岁的?|妇女|孤儿|家长|商户|店主)$"
)
COURT_PARTY = re.compile("(?:被告人?|原告|嫌疑人)$")
"""What anybody may be in a court, an official too whom the article names before."""
CREDIT = re.compile(r"^[\s、，/／　）)]*(?:[一-鿿·　 ]{2,5}[\s、　]+)*(?:摄|文/图|图/文|供图|制图|报道)")
REPORTERS_BEFORE = re.compile(r"[讯电]\s*[（(](?:[一-鿿·]{2,8}[\s、　]+)*$")
"""Before one of the reporters' names that stand without a title at the head of a report: 本报讯（甲　|乙）."""
REPORTERS_AFTER = re.compile(r"(?:[\s、　]+[一-鿿·]{2,8})*\s*[）)]")
"""After one of them."""
TOLD_OF = re.compile("[是系]|原[是系任]|曾[是任]|现任|历任|先后任")
"""After the name of somebody who has been named, of whom more is told: 甲是某县某局局长."""
DEATH = re.compile("逝世|去世|病逝|辞世|病故|殉职")


@dataclass(frozen=True, slots=True)
class Said:
    """An article with what it says of its people: the titles and posts of each PERSON mention, and the body that stands
    directly before the name of one without a post (县财政局张伟).
    """

    record: Record
    titles: Mapping[str, Sequence[str]]
    offices: Mapping[str, Sequence[Office]]
    fronts: Mapping[str, Office]


@dataclass(frozen=True, slots=True)
class _One:
    """A mention of somebody by name."""

    article: str
    text: str
    mention: Mention
    name: str
    titles: Sequence[str]
    offices: Sequence[Office]

    @property
    def key(self) -> tuple[str, str]:
        """What tells the mention from all others of the issue."""
        return self.article, self.mention.id


@dataclass(slots=True)
class _Known:
    """What an issue says of a name."""

    roles: set[str] = field(default_factory=set)
    offices: set[Office] = field(default_factory=set)


class Cast:
    """The people of an issue: how each name's mentions are told apart."""

    def __init__(self, home: str | None, articles: Sequence[Said]) -> None:
        self.home = home
        self.known: dict[str, _Known] = defaultdict(_Known)
        issue = {names.name_of(m.text) for said in articles for m in names.people(said.record)}
        self.articles = {said.record.id: (said, names.spell(said.record, issue, _reporters(said))) for said in articles}
        ones = [one for said, spelt in self.articles.values() for one in _ones(said, spelt)]
        self.now: dict[tuple[str, str], set[Office]] = defaultdict(set)
        for one in ones:
            self.known[one.name].offices.update(one.offices)
            self.now[one.article, one.name].update(office for office in one.offices if office.current)
        for one in ones:
            self.known[one.name].roles.add(self._role(one))
        self.ids = self._plain(ones)
        self.ids |= self._apart(ones)
        self.titles: dict[str, set[str]] = defaultdict(set)
        for one in ones:
            self.titles[self.ids[one.key]].update(one.titles)

    def identify(self, record: Record) -> dict[str, str]:
        """The person id of each PERSON mention of an article that is somebody known."""
        found = {m.id: self.ids[record.id, m.id] for m in names.people(record) if (record.id, m.id) in self.ids}
        return found | self._surnames(record, found)

    def _plain(self, ones: Iterable[_One]) -> dict[tuple[str, str], str]:
        """The ids by name, role and area alone; bare names are who the article has named last, else whom the issue has."""
        roles: dict[tuple[str, str], str] = {}
        areas: dict[tuple[str, str], str] = {}
        found = {}
        for one in ones:
            last = one.article, one.name
            roles[last] = self._role(one) or roles.get(last) or self._usual(one)
            told = areas.get(last) if TOLD_OF.match(one.text, one.mention.end) else ""
            areas[last] = (
                told or self._area(one.name, self._placing(one)) or areas.get(last) or self._usual_area(one.name)
            )
            found[one.key] = self._id(one, roles[last], areas[last])
        return found

    def _apart(self, ones: Iterable[_One]) -> dict[tuple[str, str], str]:
        """The ids of those who hold posts that the bearer of the plain id does not."""
        groups: dict[str, list[_One]] = defaultdict(list)
        for one in ones:
            if self.ids[one.key].count(":") == 2:
                groups[self.ids[one.key]].append(one)
        breaks = {article: stops(said.record) for article, (said, _) in self.articles.items()}
        found: dict[tuple[str, str], str] = {}
        for group in groups.values():
            if len(group) > 1:
                found |= self._others(group, breaks)
        return found

    def _others(self, group: Sequence[_One], breaks: dict[str, list[int]]) -> dict[tuple[str, str], str]:
        """Of the mentions under one plain id, those of other people. A bare name in an article of one of them is that one."""
        rows = [Row(one.article, one.mention, tuple(one.offices) or self._front(one)) for one in group]
        lesser = others(rows, breaks)
        meant = {
            one.key: self._other(one.name, row, lesser) for one, row in zip(group, rows, strict=True) if row.offices
        }
        by_article: dict[str, set[str | None]] = defaultdict(set)
        for (article, _), person in meant.items():
            by_article[article].add(person)
        for one in group:
            if one.key not in meant and len(only := by_article[one.article]) == 1:
                meant[one.key] = next(iter(only))
        return {key: person for key, person in meant.items() if person}

    def _front(self, one: _One) -> tuple[Office, ...]:
        front = self.articles[one.article][0].fronts.get(one.mention.id)
        return (front,) if front else ()

    def _other(self, name: str, row: Row, lesser: Mapping[str, Office]) -> str | None:
        told = [lesser[one.post] for one in row.offices if one.post in lesser]
        return told[0].namesake(name) if told else None

    def _surnames(self, record: Record, found: Mapping[str, str]) -> dict[str, str]:
        """王书记 is the one 王 of the article who is 书记, or the one 王 there is, or the one 王 of the issue who is 书记.

        王书记 marked as a name is nobody who holds no such post.
        """
        said, spelt = self.articles[record.id]
        titles: dict[str, set[str]] = {}
        for key, person in found.items():
            titles.setdefault(person, set()).update(said.titles.get(key, ()))

        @cache
        def bearer(surname: str, called: tuple[str, ...], sure: bool) -> str | None:
            here = {person: told for person, told in titles.items() if _name(person).startswith(surname)}
            issue = {person: told for person, told in self.titles.items() if _name(person).startswith(surname)}
            there = _only(bearers(here, called)) or (None if sure else _only(here))
            return there or _only(bearers(issue, called))

        meant: dict[str, str | None] = {}
        for mention in names.people(record):
            if mention.id not in found:
                called = tuple(said.titles.get(mention.id, ()))
                surname, title = names.glued(spelt[mention.id]) or (spelt[mention.id], "")
                meant[mention.id] = bearer(surname, (*called, title) if title else called, bool(title))
        return {key: person for key, person in meant.items() if person}

    def _role(self, one: _One) -> str:
        """official, press, resident, or "" where the mention does not say."""
        if one.titles:
            if all(PRESS.search(title) for title in one.titles):
                return "press"
            return "resident" if self._everyday(one) else "official"
        before = one.text[max(0, one.mention.start - 40) : one.mention.start]
        after = one.text[one.mention.end : one.mention.end + 40]
        credited = REPORTERS_BEFORE.search(before) and REPORTERS_AFTER.match(after)
        if credited or CREDIT.match(after) or (re.search(r"[（(]\s*$", before) and re.match(r"\s*[）)]", after)):
            return "press"
        return "resident" if RESIDENT.search(before) else ""

    def _everyday(self, one: _One) -> bool:
        """Is this one of many teachers, at no body that the issue names for the title?"""
        known = {office.title for office in self.known[one.name].offices if office.placed}
        everyday = divisions.words("everyday title")
        return all(title in everyday and title not in known for title in one.titles) and not any(
            office.placed for office in one.offices
        )

    def _usual(self, one: _One) -> str:
        """What the issue has somebody be of whom the article does not say it."""
        party = COURT_PARTY.search(one.text[max(0, one.mention.start - 4) : one.mention.start])
        order = ("official", "press", "resident")
        return next((role for role in order if role in self.known[one.name].roles), "resident" if party else "official")

    def _usual_area(self, name: str) -> str:
        """The one place of which an issue names somebody's posts; the paper's home where there are more or none."""
        areas = {area for office in self.known[name].offices if (area := self._area(name, [office]))}
        return next(iter(areas)) if len(areas) == 1 else self.home or "-"

    def _placing(self, one: _One) -> Collection[Office]:
        """The posts that tell where somebody is. Of whom only posts are said that are left (甲来此前任某区常委), those that
        the article says are held now.
        """
        now = self.now[one.article, one.name]
        left = one.offices and not any(office.current for office in one.offices)
        return now if left and any(self._areas(now)) else one.offices

    def _area(self, name: str, offices: Iterable[Office]) -> str:
        """The place by which the holder of posts is told apart, empty where the posts say nothing."""
        areas = self._areas(offices)
        if divisions.NATION in areas:
            return divisions.NATION
        own = self.home in areas or (any(areas) and self._left(name))
        return (self.home or "-") if own else min(filter(None, areas), default="")

    def _left(self, name: str) -> bool:
        """Has somebody of the home left all posts there for those of one other place (原县委书记甲, 甲现任某县委书记)?"""
        offices = self.known[name].offices
        former = set(self._areas(one for one in offices if not one.current))
        now = set(self._areas(one for one in offices if one.current)) - {""}
        return self.home in former and len(now) == 1 and self.home not in now

    def _areas(self, offices: Iterable[Office]) -> list[str]:
        """The areas of posts that tell their holder from others; of a leader of a place (县领导), of whom no other is said,
        that place.
        """
        placed = [one for one in offices if one.placed]
        telling = [one for one in placed if not SHARED.search(one.title)]
        return [self._near(one.area) for one in telling or placed if one in telling or one.title.endswith("领导")]

    def _near(self, area: str) -> str:
        """The county or prefecture of a post; the paper's home for what lies in it or above it."""
        if not area.isdecimal():
            return ""
        area = area[:6]
        if area == divisions.NATION or self.home is None:
            return area if area == divisions.NATION else ""
        return self.home if area in divisions.chain(self.home) else area

    def _id(self, one: _One, role: str, area: str) -> str:
        if names.ANONYMOUS.match(one.name):
            return f"person:{self.home or '-'}:{one.name}:{one.article}"
        if role != "official":
            return f"person:{self.home or '-'}:{one.name}:{role}"
        return f"person:{area}:{one.name}"


def _ones(said: Said, spelt: Mapping[str, str]) -> Iterator[_One]:
    """The mentions by name of an article, without surnames before or glued to titles."""
    for mention in names.people(said.record):
        titles, name = said.titles.get(mention.id, ()), spelt[mention.id]
        if not names.is_surname(name, titles) and not names.glued(name):
            offices = said.offices.get(mention.id, ())
            yield _One(said.record.id, said.record.text, mention, name, titles, offices)


def _reporters(said: Said) -> set[str]:
    return {key for key, titles in said.titles.items() if titles and all(PRESS.search(title) for title in titles)}


def bearers(people: Mapping[str, set[str]], titles: Sequence[str]) -> list[str]:
    """Those who hold a post that one may be called by: 书记 for 党委书记, 局长 for 副局长 where nobody else is."""
    able = {p: [t for t in told if t.endswith(tuple(titles))] for p, told in people.items()} if titles else {}
    heads = [p for p, told in able.items() if any("副" not in t for t in told)]
    return heads if heads and "副" not in "".join(titles) else [p for p, told in able.items() if told]


def _only(people: Iterable[str]) -> str | None:
    some = list(people)
    return some[0] if len(some) == 1 else None


def _name(person: str) -> str:
    return person.split(":")[2]


def deceased(record: Record, ids: Mapping[str, str]) -> set[str]:
    """The people whose death an article reports."""
    deaths = {act.id for act in record.entities if act.label == "ACT" and DEATH.search(act.text)}
    return {ids[arc.tail] for arc in record.relations if arc.head in deaths and arc.tail in ids}


def node(person: str) -> Node:
    """A person as a Person node."""
    return Node(id=person, labels=["Person"], properties={"name": _name(person)})


def press(home: str | None, name: str) -> Node:
    """The Person node of a reporter or photographer whom a byline names; `home` is the code of the paper's district."""
    return node(f"person:{home or '-'}:{names.name_of(name)}:press")
