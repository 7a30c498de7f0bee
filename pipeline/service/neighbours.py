"""A part of the graph: the neighbours of a node, or the best connected people and bodies."""

from __future__ import annotations

import json
import sqlite3
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
OVERVIEW = (
    _EDGES.format(join="") + " AND e.label IN ('HOLDS', 'AT', 'SERVES') ORDER BY e.confidence DESC, e.id LIMIT :most"
)
NODES = "SELECT id, label, name, properties FROM nodes WHERE id IN (SELECT value FROM json_each(:nodes))"


@dataclass(frozen=True, slots=True)
class Narrow:
    """Which edges count: ISO dates, a category of acts, least confidence; and how many of them at most."""

    since: str = ""
    until: str = ""
    category: str = ""
    sure: float = 0.0
    most: int = 300


def neighbourhood(db: sqlite3.Connection, node: str | None, depth: int, narrow: Narrow) -> dict[str, Any]:
    """Nodes and edges within `depth` steps of a node, the surest edges first; without one, an overview."""
    values = {"kinds": json.dumps(KINDS), "since": narrow.since, "until": narrow.until, "category": narrow.category,
              "sure": narrow.sure, "most": narrow.most}  # fmt: skip
    edges: dict[str, dict[str, Any]] = {}
    reached = {node} if node else set()
    if node is None:
        edges = {row["id"]: dict(row) for row in db.execute(OVERVIEW, values)}
    fresh = set(reached)
    for _ in range(depth if node else 0):
        rows = [dict(row) for row in db.execute(AROUND, values | {"nodes": json.dumps(sorted(fresh))})]
        for row in rows[: narrow.most - len(edges)]:
            edges[row["id"]] = row
        fresh = {row[end] for row in edges.values() for end in ("start", "end")} - reached
        reached |= fresh
    ends = reached | {row[end] for row in edges.values() for end in ("start", "end")}
    nodes = [_node(row) for row in db.execute(NODES, {"nodes": json.dumps(sorted(ends))})]
    return {"nodes": nodes, "edges": list(edges.values()), "cut": len(edges) >= narrow.most}


def _node(row: sqlite3.Row) -> dict[str, Any]:
    properties = json.loads(row["properties"])
    short = properties.get("title") or properties.get("verb") or row["name"]
    return {"id": row["id"], "label": row["label"], "name": row["name"], "short": short}
