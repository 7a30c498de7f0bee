"""A part of the graph: the neighbours of a node, or the best connected people and bodies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

KINDS = ("HOLDS", "AT", "PART_OF", "SERVES", "AGENT", "OBJECT", "PLACE")
Edge = tuple[str, str, str]
"""Id, start and end."""
_COUNTS = """e.label IN (SELECT value FROM json_each(:kinds)) AND e.confidence >= :sure
  AND (:since = '' OR e.last_seen IS NULL OR e.last_seen >= :since)
  AND (:until = '' OR e.first_seen IS NULL OR substr(e.first_seen, 1, length(:until)) <= :until)
  AND (:category = '' OR e.label NOT IN ('AGENT', 'OBJECT', 'PLACE')
       OR (SELECT json_extract(properties, '$.category') FROM nodes WHERE id = e.start) = :category)"""
_AT = f"SELECT e.id, e.start, e.end, e.confidence FROM edges AS e JOIN json_each(:nodes) AS mine ON mine.value = e.{{0}} WHERE {_COUNTS}"
AROUND = f"{_AT.format('start')} UNION {_AT.format('end')} ORDER BY 4 DESC, 1 LIMIT :most"
LASTING = "SELECT id, start, end FROM edges WHERE label IN ('HOLDS', 'AT', 'SERVES', 'PART_OF')"
# IN looks rows up in the order in which they lie on the disk, which takes half the time. SQLite writes their JSON, which is
# several times as fast as Python.
COUNTED = f"SELECT e.id FROM edges AS e WHERE e.id IN (SELECT value FROM json_each(:edges)) AND {_COUNTS}"
EDGES = """
SELECT json_object('id', id, 'label', label, 'start', start, 'end', end, 'status', json_extract(properties, '$.status'),
  'confidence', round(confidence, 3), 'first_seen', first_seen, 'last_seen', last_seen)
FROM edges WHERE id IN (SELECT value FROM json_each(:keys)) ORDER BY confidence DESC, id
"""
NODES = """
SELECT json_object('id', id, 'label', label, 'name', name,
  'short', coalesce(json_extract(properties, '$.title'), json_extract(properties, '$.verb'), name),
  'degree', (SELECT count(*) FROM edges WHERE start = nodes.id AND label <> 'REPORTED_IN')
            + (SELECT count(*) FROM edges WHERE end = nodes.id AND label <> 'REPORTED_IN'))
FROM nodes WHERE id IN (SELECT value FROM json_each(:keys))
"""


class Best(NamedTuple):
    """The edges that overviews are taken from, the best first, and whether the run has others."""

    edges: list[Edge]
    others: bool


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
    edges: dict[str, set[str]] = {}
    reached = fresh = {node}
    for _ in range(depth):
        rows = db.execute(AROUND, _values(narrow) | {"nodes": json.dumps(sorted(fresh))})
        found = edges | {key: {start, end} for key, start, end, _ in rows}
        edges = dict(islice(found.items(), narrow.most))
        fresh = set().union(*edges.values()) - reached
        reached |= fresh
        if len(edges) == narrow.most:
            break
    return _part(db, reached, edges, len(edges) == narrow.most)


def best_edges(db: sqlite3.Connection, hubs: Sequence[str], most: int = 40_000) -> Best:
    """The edges between the best connected nodes, those whose lesser end is best connected first."""
    rank = {key: number for number, key in enumerate(hubs)}
    edges = ((key, start, end) for key, start, end in db.execute(LASTING) if start in rank and end in rank)
    best = sorted(edges, key=lambda edge: (max(rank[edge[1]], rank[edge[2]]), edge[0]))[:most]
    (number,) = db.execute(f"SELECT count(*) FROM ({LASTING})").fetchone()
    return Best(best, len(best) < number)


def overview(db: sqlite3.Connection, best: Best, narrow: Narrow) -> str:
    """The first of the best edges that join at most `most` nodes, as the JSON of a `Part`."""
    narrowed = narrow.since or narrow.until or narrow.sure
    few = best.edges[: 10 * narrow.most] if narrowed else best.edges
    counted = _counted(db, few, narrow) if narrowed else iter(few)
    edges: list[str] = []
    joined: set[str] = set()
    for key, start, end in islice(counted, 3 * narrow.most):
        fresh = {start, end} - joined
        if len(joined) + len(fresh) > narrow.most:
            return _part(db, joined, edges, True)
        joined |= fresh
        edges.append(key)
    unseen = best.others or len(few) < len(best.edges) or next(counted, None) is not None
    return _part(db, joined, edges, unseen)


def _counted(db: sqlite3.Connection, edges: Sequence[Edge], narrow: Narrow) -> Iterator[Edge]:
    """Those of some lasting edges that count; as many are looked up at a time as a picture may need."""
    for first in range(0, len(edges), 2 * narrow.most):
        piece = edges[first : first + 2 * narrow.most]
        rows = db.execute(COUNTED, _values(narrow) | {"edges": json.dumps([key for key, _, _ in piece])})
        counted = {key for (key,) in rows}
        yield from (edge for edge in piece if edge[0] in counted)


def _values(narrow: Narrow) -> dict[str, Any]:
    return {"kinds": json.dumps(KINDS), "since": narrow.since, "until": narrow.until, "category": narrow.category,
            "sure": narrow.sure, "most": narrow.most}  # fmt: skip


def _part(db: sqlite3.Connection, nodes: Iterable[str], edges: Iterable[str], cut: bool) -> str:
    some, joined = (_told(db, query, keys) for query, keys in ((NODES, nodes), (EDGES, edges)))
    return f'{{"nodes":{some},"edges":{joined},"cut":{json.dumps(cut)}}}'


def _told(db: sqlite3.Connection, query: str, keys: Iterable[str]) -> str:
    """The JSON list of what a query tells of some keys."""
    return f"[{','.join(told for (told,) in db.execute(query, {'keys': json.dumps(list(keys))}))}]"
