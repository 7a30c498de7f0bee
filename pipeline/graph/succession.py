"""Bodies that took the place of others: two bodies of one place, one named as the other was before a reform.

An edge SUCCEEDS joins them as soon as both are in the store, whichever came first, unless a body that came between is
there too, which is joined to both. Its evidence are the words of each article that names the former body; its property
`since` is the year of the reform.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import product

from pipeline.graph.facts import digest
from pipeline.graph.upserts import ADD_EDGE, ADD_EVIDENCE
from pipeline.linking import renamed

NAMED = """
SELECT v.article, v.source, v.start, v.end, v.quote, v.confidence, v.date FROM edges AS e JOIN evidence AS v ON v.edge = e.id
WHERE e.{side} = ? AND e.label <> 'SUCCEEDS'
"""
DIRECT = "SELECT id FROM edges WHERE start = ? AND end = ? AND label = 'SUCCEEDS'"


def meet(db: sqlite3.Connection, bodies: Iterable[str]) -> None:
    """Join bodies of the store to those that came before and after them, each to the nearest that the store knows."""
    for new, old, since in sorted({pair for body in bodies for pair in _pairs(body)}):
        if not (_stored(db, new) and _stored(db, old)):
            continue
        between = _bodies(old, renamed.later).keys() & _bodies(new, renamed.former).keys()
        if not any(_stored(db, body) for body in between):
            _join(db, new, old, since)
    for body in sorted(bodies):
        _come_between(db, body)


def _pairs(body: str) -> Iterator[tuple[str, str, str]]:
    """(later body, former body, year) of all renamings that a body may be part of."""
    for other, since in _bodies(body, renamed.later).items():
        yield other, body, since
    for other, since in _bodies(body, renamed.former).items():
        yield body, other, since


def _bodies(body: str, turn: Callable[[str, str], dict[renamed.Key, str]]) -> dict[str, str]:
    """The ids of the bodies that a body may have been, or become, with the year of the reform."""
    kind, area, name = body.split(":", 2)
    return {f"{kind}:{where}:{other}": since for (where, other), since in turn(area, name).items()}


def _stored(db: sqlite3.Connection, body: str) -> bool:
    return db.execute("SELECT 1 FROM nodes WHERE id = ?", (body,)).fetchone() is not None


def _join(db: sqlite3.Connection, new: str, old: str, since: str) -> None:
    key = digest("edge", "SUCCEEDS", new, old, f"since={since}")
    for *proof, confidence, date in _namings(db, old):
        db.execute(ADD_EDGE, (key, "SUCCEEDS", new, old, json.dumps({"since": since}), confidence, 1, date, date))
        db.execute(ADD_EVIDENCE, (key, *proof, confidence, 1, date))


def _come_between(db: sqlite3.Connection, body: str) -> None:
    """Take away the edges of bodies that were joined before one was known that came between them."""
    after, before = _bodies(body, renamed.later), _bodies(body, renamed.former)
    for new, old in product(sorted(after), sorted(before)):
        for (key,) in db.execute(DIRECT, (new, old)).fetchall():
            db.execute("DELETE FROM evidence WHERE edge = ?", (key,))
            db.execute("DELETE FROM edges WHERE id = ?", (key,))


def _namings(db: sqlite3.Connection, body: str) -> Iterable[tuple[object, ...]]:
    """The first words of each article that name a body."""
    first: dict[str, tuple[object, ...]] = {}
    rows = [row for side in ("start", "end") for row in db.execute(NAMED.format(side=side), (body,))]
    for row in sorted(rows, key=lambda row: (row[2], row[3], row[4], row[5], row[0]), reverse=True):
        first[row[0]] = row
    return first.values()
