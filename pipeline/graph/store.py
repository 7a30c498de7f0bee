"""The store of a run directory: facts of many sources merged in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.graph.facts import Facts
from pipeline.graph.identity import current, join, unite
from pipeline.graph.succession import meet
from pipeline.records import ArticleRecord, Edge, End, Node

VERSION = 3
ADD_SOURCE = """
INSERT INTO sources VALUES (?, ?, ?, ?, ?)
ON CONFLICT (digest) DO UPDATE SET name = min(name, excluded.name), told = min(told, excluded.told),
  articles = max(articles, excluded.articles), seconds = min(seconds, excluded.seconds)
"""
ADD_ARTICLE = """
INSERT INTO articles VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET record = min(record, excluded.record)
"""
ADD_NODE = """
INSERT INTO nodes VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET properties = excluded.properties, name = excluded.name
WHERE length(excluded.properties) > length(properties)
   OR length(excluded.properties) = length(properties) AND excluded.properties < properties
"""
ADD_EDGE = "INSERT INTO edges VALUES (?, ?, ?, ?, ?, 0, 1, NULL, NULL) ON CONFLICT (id) DO NOTHING"
ADD_EVIDENCE = """
INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (edge, article, start, end) DO UPDATE SET
  confidence = max(confidence, excluded.confidence), inferred = min(inferred, excluded.inferred),
  source = min(source, excluded.source)
"""
SETTLE = """
UPDATE edges SET (confidence, inferred, first_seen, last_seen) =
  (SELECT max(confidence), min(inferred), min(date), max(date) FROM evidence WHERE edge = edges.id)
WHERE id = ?
"""
COUNTS = {"people": "Person", "posts": "Post", "bodies": "Agency", "districts": "District", "acts": "Act"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A source that was read: SHA-256 of its bytes, its name, what the user told of it, how long it took."""

    digest: str
    name: str
    told: dict[str, Any]
    seconds: float


class Store:
    """A `guanxi.db`. Use it as a context manager; every `add` is one transaction.

    Raises InputError when the file cannot be opened, is no such database, or was written by a newer version.
    """

    def __init__(self, path: Path) -> None:
        try:
            self.db = sqlite3.connect(path, isolation_level=None)
            self._set_up(path)
        except sqlite3.Error as error:
            raise InputError(f"{path}: cannot be used as a database ({error}); choose another --out folder") from error

    def _set_up(self, path: Path) -> None:
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise InputError(
                f"{path}: written by a newer version of guanxi; update guanxi or choose another --out folder"
            )
        if version < VERSION:
            self.db.executescript(files(__package__).joinpath("schema.sql").read_text(encoding="utf-8"))
            self.db.execute(f"PRAGMA user_version = {VERSION}")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()

    def told(self, digest: str) -> dict[str, Any] | None:
        """What the user told of a source when it was read before, None for a new one."""
        row = self.db.execute("SELECT told FROM sources WHERE digest = ?", (digest,)).fetchone()
        return json.loads(row[0]) if row else None

    def add(self, entry: Entry, articles: Iterable[tuple[ArticleRecord, Facts]]) -> None:
        """Merge what a source says: all of it, or nothing when the program is stopped."""
        pairs = list(articles)
        with self.transaction():
            self.db.execute(ADD_SOURCE, (entry.digest, entry.name, dumps(entry.told), len(pairs), entry.seconds))
            for record, facts in pairs:
                self.db.execute(ADD_ARTICLE, (record.id, entry.digest, record.model_dump_json()))
                self.merge(facts, {})

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside, or nothing."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            self.db.execute("ROLLBACK")
            raise

    def merge(self, facts: Facts, same: Mapping[str, str]) -> None:
        """Add nodes and facts; `same` are ids of people that are known to be one with others (see `identity.py`)."""
        now = {node: current(self.db, node) for node in facts.nodes if node.startswith("person:")}
        found = [replace(f, start=now.get(f.start, f.start), end=now.get(f.end, f.end)) for f in facts.facts]
        nodes = [node for key, node in facts.nodes.items() if now.get(key, key) == key]
        self.db.executemany(
            ADD_NODE, ((n.id, n.labels[0], n.properties["name"], dumps(n.properties)) for n in map(_named, nodes))
        )
        touched = {fact.id: fact for fact in found}
        self.db.executemany(
            ADD_EDGE, ((key, f.label, f.start, f.end, dumps(f.properties)) for key, f in touched.items())
        )
        self.db.executemany(
            ADD_EVIDENCE,
            (
                (
                    f.id,
                    f.evidence["article"],
                    f.evidence["source"],
                    f.evidence["start"],
                    f.evidence["end"],
                    f.evidence["quote"],
                    f.confidence,
                    f.inferred,
                    f.date,
                )
                for f in found
            ),
        )
        united = join(self.db, same) | unite(
            self.db, ((fact.start, fact.end) for fact in found if fact.label == "HOLDS")
        )
        joined = meet(self.db, (node.id for node in nodes if node.id.startswith("agency:") and node.id.count(":") == 2))
        self.db.executemany(SETTLE, ((key,) for key in {*touched, *united, *joined}))

    def sources(self) -> dict[str, str]:
        """Name and SHA-256 of every source, by name."""
        return dict(self.db.execute("SELECT name, digest FROM sources ORDER BY name, digest").fetchall())

    def records(self) -> Iterator[str]:
        """The articles as lines of JSON, by source as named and place in it."""
        query = "SELECT record FROM articles JOIN sources ON digest = source ORDER BY name, digest, articles.id"
        for (line,) in self.db.execute(query):
            yield line

    def nodes(self) -> Iterator[Node]:
        """All nodes, by label and id."""
        for key, label, properties in self.db.execute("SELECT id, label, properties FROM nodes ORDER BY label, id"):
            yield Node(id=key, labels=[label], properties=json.loads(properties))

    def edges(self) -> Iterator[Edge]:
        """All edges with their evidence, by label, labels of the ends, and id."""
        query = """
            SELECT e.id, e.label, e.start, a.label, e.end, b.label, e.properties, e.confidence, e.inferred, e.first_seen,
                   e.last_seen,
                   (SELECT json_group_array(json_object('article', article, 'source', source, 'start', start, 'end', end,
                                                        'quote', quote))
                    FROM (SELECT * FROM evidence WHERE edge = e.id ORDER BY source, start, end, article))
            FROM edges AS e JOIN nodes AS a ON a.id = e.start JOIN nodes AS b ON b.id = e.end
            ORDER BY e.label, a.label, b.label, e.id
        """
        for key, label, start, start_label, end, end_label, properties, *settled in self.db.execute(query):
            yield Edge(
                id=key,
                label=label,
                start=End(id=start, labels=[start_label]),
                end=End(id=end, labels=[end_label]),
                properties=json.loads(properties) | _settled(label, *settled),
            )

    def counts(self) -> dict[str, int]:
        """Articles, people, posts, bodies, districts and acts."""
        (articles,) = self.db.execute("SELECT count(*) FROM articles").fetchone()
        found = dict(self.db.execute("SELECT label, count(*) FROM nodes GROUP BY label").fetchall())
        return {"articles": articles} | {name: found.get(label, 0) for name, label in COUNTS.items()}


def _named(node: Node) -> Node:
    """A node that has a name, whatever else is known of it."""
    name = node.properties.get("name") or node.properties.get("title") or node.id
    return node.model_copy(update={"properties": {**node.properties, "name": name}})


def _settled(
    label: str, confidence: float, inferred: int, first: str | None, last: str | None, evidence: str
) -> dict[str, Any]:
    properties: dict[str, Any] = {"confidence": confidence}
    if inferred:
        properties["inferred"] = True
    if label == "HOLDS":
        properties |= {key: day for key, day in (("first_seen", first), ("last_seen", last)) if day}
    return properties | {"evidence": json.loads(evidence)}


def dumps(value: Any) -> str:
    """JSON with sorted keys and readable Chinese."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
