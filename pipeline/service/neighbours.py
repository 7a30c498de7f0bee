"""A part of the graph: the neighbours of a node, or the best connected people and bodies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

KINDS = ("HOLDS", "AT", "PART_OF", "SERVES", "AGENT", "OBJECT", "PLACE")
_TOLD = """json_object('id', e.id, 'label', e.label, 'start', e.start, 'end', e.end,
  'status', json_extract(e.properties, '$.status'), 'confidence', round(e.confidence, 3), 'first_seen', e.first_seen, 'last_seen', e.last_seen)"""
_COUNTS = """e.label IN (SELECT value FROM json_each(:kinds)) AND e.confidence >= :sure
  AND (:since = '' OR e.last_seen IS NULL OR e.last_seen >= :since)
  AND (:until = '' OR e.first_seen IS NULL OR substr(e.first_seen, 1, length(:until)) <= :until)
  AND (:category = '' OR e.label NOT IN ('AGENT', 'OBJECT', 'PLACE')
       OR (SELECT json_extract(properties, '$.category') FROM nodes WHERE id = e.start) = :category)"""
_AT = f"SELECT e.id, e.confidence FROM edges AS e JOIN json_each(:nodes) AS mine ON mine.value = e.{{0}} WHERE {_COUNTS}"
# SQLite writes the JSON of a row, which is several times as fast as Python; that of the surest edges alone.
AROUND = f"""
SELECT e.id, e.start, e.end, {_TOLD} AS told FROM
  ({_AT.format("start")} UNION {_AT.format("end")} ORDER BY 2 DESC, 1 LIMIT :most) AS found CROSS JOIN edges AS e ON e.id = found.id
ORDER BY e.confidence DESC, e.id
"""
# IN looks edges up in the order in which they lie on the disk, which takes half the time.
AMONG = f"""
SELECT e.id, e.start, e.end, {_TOLD} AS told FROM edges AS e WHERE e.id IN (SELECT value FROM json_each(:edges)) AND {_COUNTS}
"""
LASTING = "SELECT id, start, end FROM edges WHERE label IN ('HOLDS', 'AT', 'SERVES', 'PART_OF')"
NODES = """
SELECT json_object('id', id, 'label', label, 'name', name,
  'short', coalesce(json_extract(properties, '$.title'), json_extract(properties, '$.verb'), name),
  'degree', (SELECT count(*) FROM edges WHERE start = nodes.id AND label <> 'REPORTED_IN')
            + (SELECT count(*) FROM edges WHERE end = nodes.id AND label <> 'REPORTED_IN'))
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


def neighbourhood(db: sqlite3.Connection, node: str, depth: int, narrow: Narrow) -> str:
    """Nodes and edges within `depth` steps of a node, the surest edges first, as the JSON of a `Part`."""
    edges: dict[str, sqlite3.Row] = {}
    reached = fresh = {node}
    for _ in range(depth):
        rows = db.execute(AROUND, _values(narrow) | {"nodes": json.dumps(sorted(fresh))})
        edges = dict(islice((edges | {row["id"]: row for row in rows}).items(), narrow.most))
        fresh = {row[end] for row in edges.values() for end in ("start", "end")} - reached
        reached |= fresh
        if len(edges) == narrow.most:
            break
    return _part(db, reached, edges.values(), len(edges) == narrow.most)


def best_edges(db: sqlite3.Connection, hubs: Sequence[str], most: int = 40_000) -> list[str]:
    """The edges between the best connected nodes, those whose lesser end is best connected first."""
    rank = {key: number for number, key in enumerate(hubs)}
    ends = (
        (max(rank[start], rank[end]), key) for key, start, end in db.execute(LASTING) if start in rank and end in rank
    )
    return [key for _, key in sorted(ends)[:most]]


def overview(db: sqlite3.Connection, best: Sequence[str], narrow: Narrow) -> str:
    """The first of the best edges that join at most `most` nodes, as the JSON of a `Part`."""
    edges: list[sqlite3.Row] = []
    joined: set[str] = set()
    for row in islice(_among(db, best[: 9 * narrow.most], narrow), 3 * narrow.most):
        fresh = {row["start"], row["end"]} - joined
        if len(joined) + len(fresh) > narrow.most:
            return _part(db, joined, edges, True)
        joined |= fresh
        edges.append(row)
    return _part(db, joined, edges, False)


def _among(db: sqlite3.Connection, edges: Sequence[str], narrow: Narrow) -> Iterator[sqlite3.Row]:
    """The edges that count, in their order; a picture seldom needs more than the first third of them."""
    piece = 3 * narrow.most
    for first in range(0, len(edges), piece):
        keys = edges[first : first + piece]
        rows = {row["id"]: row for row in db.execute(AMONG, _values(narrow) | {"edges": json.dumps(keys)})}
        yield from (rows[key] for key in keys if key in rows)


def _values(narrow: Narrow) -> dict[str, Any]:
    return {"kinds": json.dumps(KINDS), "since": narrow.since, "until": narrow.until, "category": narrow.category,
            "sure": narrow.sure, "most": narrow.most}  # fmt: skip


def _part(db: sqlite3.Connection, keys: set[str], edges: Iterable[sqlite3.Row], cut: bool) -> str:
    nodes = ",".join(told for (told,) in db.execute(NODES, {"nodes": json.dumps(sorted(keys))}))
    return f'{{"nodes":[{nodes}],"edges":[{",".join(row["told"] for row in edges)}],"cut":{json.dumps(cut)}}}'
