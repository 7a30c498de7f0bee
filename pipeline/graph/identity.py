"""Two ids that are one person: one name in one post.

Somebody who moves is named once with the post that they left and the one that they take, and from then on with the new
one alone, under the id of the new place; two papers name one official under their own homes. Both meet in the post.
Memberships that many share (代表, 委员, 党员) and posts at no known body say nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

from pipeline.graph.facts import digest
from pipeline.graph.upserts import ADD_EDGE
from pipeline.linking.standing import SHARED

TWINS = """
SELECT DISTINCT other.start FROM edges AS other JOIN nodes AS person ON person.id = other.start
WHERE other.label = 'HOLDS' AND other.end = ? AND person.name = (SELECT name FROM nodes WHERE id = ?)
"""
MOVE_EVIDENCE = """
INSERT INTO evidence SELECT ?, article, source, start, end, quote, confidence, inferred, date FROM evidence WHERE edge = ?
ON CONFLICT (edge, article, start, end) DO UPDATE SET
  confidence = max(confidence, excluded.confidence), inferred = min(inferred, excluded.inferred)
"""
ADD_SAME = "INSERT INTO same_people VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET person = excluded.person"


def current(db: sqlite3.Connection, person: str) -> str:
    """The id that a person's id stands for now."""
    row = db.execute("SELECT person FROM same_people WHERE id = ?", (person,)).fetchone()
    return str(row[0]) if row else person


def unite(db: sqlite3.Connection, holdings: Iterable[tuple[str, str]]) -> None:
    """Join the holders of some (person, post) with those of their name in the post.

    The shortest and least id of all that are one stays, so that the order in which they meet does not matter.
    """
    for person, post in sorted(set(holdings)):
        if not _telling(person, post):
            continue
        twins = {twin for (twin,) in db.execute(TWINS, (post, current(db, person))) if _telling(twin, post)}
        stays = min(twins, key=_plainness, default="")
        for twin in sorted(twins - {stays}):
            rename(db, twin, stays)


def join(db: sqlite3.Connection, same: Mapping[str, str]) -> None:
    """Join people whom another store knows to be one."""
    for old, new in sorted(same.items()):
        all_of_them = {current(db, old), current(db, new)}
        stays = min(all_of_them, key=_plainness)
        for person in sorted(all_of_them - {stays}):
            rename(db, person, stays)


def rename(db: sqlite3.Connection, old: str, new: str) -> None:
    """Let one person's edges be another's."""
    edges = db.execute(
        "SELECT id, label, start, end, properties, confidence, inferred, first_seen, last_seen FROM edges"
        " WHERE start = ? OR end = ?",
        (old, old),
    ).fetchall()
    for key, label, start, end, properties, *seen in edges:
        ends = (new if start == old else start, new if end == old else end)
        fresh = edge_id(label, *ends, properties)
        db.execute(ADD_EDGE, (fresh, label, *ends, properties, *seen))
        db.execute(MOVE_EVIDENCE, (fresh, key))
        db.execute("DELETE FROM evidence WHERE edge = ?", (key,))
        db.execute("DELETE FROM edges WHERE id = ?", (key,))
    db.execute("DELETE FROM nodes WHERE id = ?", (old,))
    db.execute("UPDATE same_people SET person = ? WHERE person = ?", (new, old))
    db.execute(ADD_SAME, (old, new))


def edge_id(label: str, start: str, end: str, properties: str) -> str:
    """The id of an edge, as `Fact.id`, from its properties in JSON."""
    return digest("edge", label, start, end, *(f"{k}={v}" for k, v in sorted(json.loads(properties).items())))


def _plainness(person: str) -> tuple[int, str]:
    return len(person), person


def _telling(person: str, post: str) -> bool:
    """Does a post tell who its holder is? Not for reporters, residents and seconds in a list, whom the id marks."""
    _, _, key = post.partition(":")
    return person.count(":") == 2 and bool(key.split(":")[1]) and not SHARED.search(post)
