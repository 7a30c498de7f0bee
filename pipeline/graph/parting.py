"""One id that is two people: a name with posts that nobody holds one after the other.

Linking tells the namesakes of an issue apart (see `linking/namesakes.py`). Over the years a plain id, which each issue
gives to whoever it names, may hold a county's leader and the head of one of its townships. Who rises is one person; a post
that is held after a much higher one is another's, whose id has the township or the body, and so are the issues that speak
of that post alone. An issue that has both in one person (此前任镇党委书记) joins them for good. All of it depends on what was
said, not on the order in which it was read.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from itertools import product

from pipeline.graph.identity import edge_id, rename
from pipeline.graph.upserts import ADD_EDGE, ADD_EVIDENCE, ADD_NODE
from pipeline.linking.standing import Office, below, office

PLAIN = re.compile(r"person:\d{6}:[^:]+")
PEOPLE = "SELECT id FROM nodes WHERE name = ? AND label = 'Person' ORDER BY id"
POSTS = """
SELECT DISTINCT e.end, json_extract(post.properties, '$.rank') FROM edges AS e JOIN nodes AS post ON post.id = e.end
WHERE e.start = ? AND e.label = 'HOLDS'
"""
ISSUES = """
SELECT v.source, coalesce(max(v.date), ''), e.end, json_extract(post.properties, '$.rank'),
       json_extract(e.properties, '$.status') IN ('current', 'acting')
FROM edges AS e JOIN nodes AS post ON post.id = e.end JOIN evidence AS v ON v.edge = e.id
WHERE e.start = ? AND e.label = 'HOLDS' GROUP BY v.source, e.id
"""
SAID = """
SELECT e.label, e.start, e.end, e.properties, v.* FROM edges AS e JOIN evidence AS v ON v.edge = e.id
WHERE (e.start = :person OR e.end = :person) AND v.source = :source
"""
SETTLE = """
UPDATE edges SET (confidence, inferred, first_seen, last_seen) =
  (SELECT max(confidence), min(inferred), min(date), max(date) FROM evidence WHERE edge = edges.id) WHERE id = ?
"""


def part(db: sqlite3.Connection, names: Iterable[str]) -> None:
    """Give what belongs to namesakes of other rank to ids of their own, for all who have one of the names."""
    for name in sorted(set(names)):
        people = [key for (key,) in db.execute(PEOPLE, (name,))]
        for person in filter(PLAIN.fullmatch, people):
            offices = [office(*post) for post in db.execute(POSTS, (person,))]
            for other in _suspects(offices, name, set(people)):
                _decide(db, person, other, name)


def _suspects(offices: list[Office], name: str, people: set[str]) -> list[str]:
    """The ids of namesakes that there are, or may be, for some of the posts."""
    known = {one.namesake(name) for one in offices if one.telling} & people
    ranked = [one for one in offices if one.telling and one.step is not None]
    low = {one.namesake(name) for one, high in product(ranked, ranked) if below(one, high, later=True)}
    return sorted(known | low)


def _decide(db: sqlite3.Connection, person: str, other: str, name: str) -> None:
    """Part the issues that speak of a namesake's posts alone from the rest, or join the two whom one issue tells to be one."""
    issues: dict[str, list[tuple[str, Office]]] = defaultdict(list)
    for source, date, post, rank, current in db.execute(ISSUES, (person,)):
        one = office(post, rank, bool(current))
        if one.telling:
            issues[source].append((date, one))
    own = {source for source, told in issues.items() if all(one.namesake(name) == other for _, one in told)}
    there = db.execute("SELECT 1 FROM nodes WHERE id = ?", (other,)).fetchone()
    if any(one.namesake(name) == other for source, told in issues.items() if source not in own for _, one in told):
        if there:
            rename(db, other, person)
        return
    low = [pair for source in own for pair in issues[source] if pair[1].current]
    high = [pair for source, told in issues.items() if source not in own for pair in told if pair[1].current]
    if own and (there or any(_falls(*pairs) for pairs in product(low, high))):
        properties = json.dumps({"name": name}, ensure_ascii=False)
        db.execute(ADD_NODE, (other, "Person", name, properties))
        for source in sorted(own):
            _move(db, person, other, source)


def _falls(low: tuple[str, Office], high: tuple[str, Office]) -> bool:
    """Is a post held too low, at the time of a higher one or after it?"""
    return "" < high[0] <= low[0] and below(low[1], high[1], later=high[0] < low[0])


def _move(db: sqlite3.Connection, person: str, other: str, source: str) -> None:
    """Let what a source says of one person be said of another."""
    left = set()
    for label, start, end, properties, edge, *proof in db.execute(
        SAID, {"person": person, "source": source}
    ).fetchall():
        ends = (other if start == person else start, other if end == person else end)
        *_, confidence, inferred, date = proof
        fresh = edge_id(label, *ends, properties)
        db.execute(ADD_EDGE, (fresh, label, *ends, properties, confidence, inferred, date, date))
        db.execute(ADD_EVIDENCE, (fresh, *proof))
        db.execute("DELETE FROM evidence WHERE edge = ? AND source = ?", (edge, source))
        left.add(edge)
    for edge in sorted(left):
        if db.execute("SELECT 1 FROM evidence WHERE edge = ?", (edge,)).fetchone():
            db.execute(SETTLE, (edge,))
        else:
            db.execute("DELETE FROM edges WHERE id = ?", (edge,))
