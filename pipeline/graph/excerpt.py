"""The part of a large graph that some articles speak of: what they report, who holds the posts they name, and whose these are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from pipeline.graph.store import Store
from pipeline.records import Edge, Node

REPORTED = "SELECT e.id, e.start FROM shown CROSS JOIN edges AS e WHERE e.end = shown.id AND e.label = 'REPORTED_IN'"
HOLDERS = """
SELECT e.id, e.start FROM found CROSS JOIN edges AS e WHERE e.end = found.id AND e.label = 'HOLDS'
  AND EXISTS (SELECT 1 FROM evidence WHERE edge = e.id AND article IN (SELECT id FROM shown))
"""
ONWARD = """
SELECT e.id, e.end FROM found CROSS JOIN edges AS e WHERE e.start = found.id
  AND e.label IN ('AT', 'AGENT', 'OBJECT', 'PLACE', 'SERVES', 'PART_OF', 'SUCCEEDS')
"""


def excerpt(store: Store, articles: Iterable[str]) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges around some articles, by their ids."""
    db = store.db
    with store.transaction():
        _fill(db, "shown", articles)
        reported = db.execute(REPORTED).fetchall()
        _fill(db, "found", (key for _, key in reported))
        edges = {*reported, *db.execute(HOLDERS)}
        new = {key for _, key in edges}
        known = {*new, *(key for (key,) in db.execute("SELECT id FROM shown"))}
        while new:
            _fill(db, "found", new)
            onward = set(db.execute(ONWARD))
            edges |= onward
            new = {key for _, key in onward} - known
            known |= new
        _fill(db, "found", {*known, *(key for key, _ in edges)})
        return list(store.nodes("found")), list(store.edges("found"))


def _fill(db: sqlite3.Connection, table: str, keys: Iterable[str]) -> None:
    db.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute(f"DELETE FROM {table}")
    db.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", ((key,) for key in keys))
