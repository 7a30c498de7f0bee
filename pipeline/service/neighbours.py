"""A part of the graph: the neighbours of a node, or the best connected people and bodies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("HOLDS", "AT", "PART_OF", "SERVES", "AGENT", "OBJECT", "PLACE")
_EDGES = """
SELECT e.id, e.label, e.start, e.end, json_extract(e.properties, '$.status') AS status, round(e.confidence, 3) AS confidence,
  e.first_seen, e.last_seen
FROM {0} WHERE e.label IN (SELECT value FROM json_each(:kinds)) AND e.confidence >= :sure
  AND (:since = '' OR e.last_seen IS NULL OR e.last_seen >= :since)
  AND (:until = '' OR e.first_seen IS NULL OR substr(e.first_seen, 1, length(:until)) <= :until)
  AND (:category = '' OR e.label NOT IN ('AGENT', 'OBJECT', 'PLACE')
       OR (SELECT json_extract(properties, '$.category') FROM nodes WHERE id = e.start) = :category)
"""
AROUND = (
    _EDGES.format("edges AS e JOIN json_each(:nodes) AS mine ON mine.value = e.start")
    + " UNION "
    + _EDGES.format("edges AS e JOIN json_each(:nodes) AS mine ON mine.value = e.end")
    + " ORDER BY 6 DESC, 1 LIMIT :most"
)
AMONG = (
    _EDGES.format("json_each(:edges) AS mine CROSS JOIN edges AS e ON e.id = mine.value")
    + " ORDER BY mine.key LIMIT 3 * :most"
)
LASTING = "SELECT id, start, end FROM edges WHERE label IN ('HOLDS', 'AT', 'SERVES', 'PART_OF')"
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


def best_edges(db: sqlite3.Connection, hubs: Sequence[str], most: int = 40_000) -> list[str]:
    """The edges between the best connected nodes, those whose lesser end is best connected first."""
    rank = {key: number for number, key in enumerate(hubs)}
    ends = (
        (max(rank[start], rank[end]), key) for key, start, end in db.execute(LASTING) if start in rank and end in rank
    )
    return [key for _, key in sorted(ends)[:most]]


def overview(db: sqlite3.Connection, best: Sequence[str], narrow: Narrow) -> dict[str, Any]:
    """The first of the best edges that join at most `most` nodes."""
    edges: dict[str, dict[str, Any]] = {}
    joined: set[str] = set()
    for row in db.execute(AMONG, _values(narrow) | {"edges": json.dumps(best[: 10 * narrow.most])}):
        fresh = {row["start"], row["end"]} - joined
        if len(joined) + len(fresh) > narrow.most:
            return _part(db, joined, edges, True)
        joined |= fresh
        edges[row["id"]] = dict(row)
    return _part(db, joined, edges, False)


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
