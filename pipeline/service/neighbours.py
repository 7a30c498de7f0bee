"""A part of the graph: the neighbours of a node, or the best connected people and bodies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("HOLDS", "AT", "PART_OF", "SERVES", "AGENT", "OBJECT", "PLACE")
_EDGES = """
SELECT e.id, e.label, e.start, e.end, e.properties, round(e.confidence, 3) AS confidence, e.first_seen, e.last_seen
FROM edges AS e {join} WHERE e.label IN (SELECT value FROM json_each(:kinds)) AND e.confidence >= :sure
  AND (:since = '' OR e.last_seen IS NULL OR e.last_seen >= :since)
  AND (:until = '' OR e.first_seen IS NULL OR substr(e.first_seen, 1, length(:until)) <= :until)
  AND (:category = '' OR e.label NOT IN ('AGENT', 'OBJECT', 'PLACE')
       OR (SELECT json_extract(properties, '$.category') FROM nodes WHERE id = e.start) = :category)
"""
AROUND = (
    _EDGES.format(join="JOIN json_each(:nodes) AS mine ON mine.value = e.start")
    + " UNION "
    + _EDGES.format(join="JOIN json_each(:nodes) AS mine ON mine.value = e.end")
    + " ORDER BY 6 DESC, 1 LIMIT :most"
)
AMONG = (
    _EDGES.format(
        join="JOIN json_each(:nodes) AS mine ON mine.value = e.start JOIN json_each(:nodes) AS other ON other.value = e.end"
    )
    + " ORDER BY e.confidence DESC, e.id LIMIT 2 * :most"
)
NODES = """
SELECT id, label, name, properties,
       (SELECT count(*) FROM edges WHERE start = nodes.id AND label <> 'REPORTED_IN')
       + (SELECT count(*) FROM edges WHERE end = nodes.id AND label <> 'REPORTED_IN') AS degree
FROM nodes WHERE id IN (SELECT value FROM json_each(:nodes))
"""


@dataclass(frozen=True, slots=True)
class Narrow:
    """Which edges count: ISO dates, a category of acts, least confidence; and how many of them (or of the nodes of an overview) at most."""

    since: str = ""
    until: str = ""
    category: str = ""
    sure: float = 0.0
    most: int = 300


def neighbourhood(db: sqlite3.Connection, node: str, depth: int, narrow: Narrow) -> dict[str, Any]:
    """Nodes and edges within `depth` steps of a node, the surest edges first."""
    edges: dict[str, dict[str, Any]] = {}
    reached = fresh = {node}
    for _ in range(depth):
        rows = db.execute(AROUND, _values(narrow) | {"nodes": json.dumps(sorted(fresh))})
        edges = dict(list((edges | {row["id"]: dict(row) for row in rows}).items())[: narrow.most])
        fresh = {row[end] for row in edges.values() for end in ("start", "end")} - reached
        reached |= fresh
    return _part(db, reached, edges, len(edges) >= narrow.most)


def overview(db: sqlite3.Connection, best: Sequence[str], narrow: Narrow) -> dict[str, Any]:
    """The first `most` of the best connected nodes and the edges among them; nodes without such an edge are left out."""
    nodes = list(best[: narrow.most])
    rows = [dict(row) for row in db.execute(AMONG, _values(narrow) | {"nodes": json.dumps(nodes)})]
    joined = {row[end] for row in rows for end in ("start", "end")}
    return _part(db, joined, {row["id"]: row for row in rows}, len(best) > len(nodes))


def _values(narrow: Narrow) -> dict[str, Any]:
    return {"kinds": json.dumps(KINDS), "since": narrow.since, "until": narrow.until, "category": narrow.category,
            "sure": narrow.sure, "most": narrow.most}  # fmt: skip


def _part(db: sqlite3.Connection, keys: set[str], edges: dict[str, dict[str, Any]], cut: bool) -> dict[str, Any]:
    nodes = [_node(row) for row in db.execute(NODES, {"nodes": json.dumps(sorted(keys))})]
    return {"nodes": nodes, "edges": list(edges.values()), "cut": cut}


def _node(row: sqlite3.Row) -> dict[str, Any]:
    properties = json.loads(row["properties"])
    short = properties.get("title") or properties.get("verb") or row["name"]
    return {"id": row["id"], "label": row["label"], "name": row["name"], "short": short, "degree": row["degree"]}
