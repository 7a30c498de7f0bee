"""The store of a run directory: facts of many sources merged in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import InputError
from pipeline.graph.facts import Fact, Facts
from pipeline.graph.identity import current, join, unite
from pipeline.graph.parting import part
from pipeline.graph.succession import meet
from pipeline.graph.upserts import ADD_ARTICLE, ADD_EDGE, ADD_EVIDENCE, ADD_NODE, ADD_SOURCE
from pipeline.records import ArticleRecord, Edge, Node

VERSION = 11
CACHE = 32_000
"""Kilobytes of the database that are kept in memory at most."""
SLICE = 10_000
"""Nodes or facts that are held in memory at once while they are merged."""
TABLES = frozenset({"sources", "articles", "nodes", "edges", "evidence"})
"""What a store of every version has."""
TRANSACTION = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
SAVEPOINT = ("SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner")
"""How a transaction, and one inside another, is begun, ended and undone."""
NODES = "SELECT n.id, n.label, n.properties FROM {some} nodes AS n"
QUOTES = """
(SELECT json_group_array(json_object('article', article, 'source', source, 'start', start, 'end', end, 'quote', quote))
 FROM (SELECT * FROM evidence WHERE edge = e.id ORDER BY source, start, end, article LIMIT {most}))
"""
EDGES = f"""
SELECT e.id, e.label, e.start, a.label, e.end, b.label, e.properties, e.confidence, e.inferred, e.first_seen, e.last_seen,
       CASE WHEN e.label IN ('AT', 'PART_OF', 'SERVES') THEN {QUOTES.format(most=100)} ELSE {QUOTES.format(most=-1)} END
FROM {{some}} edges AS e JOIN nodes AS a ON a.id = e.start JOIN nodes AS b ON b.id = e.end
"""
"""Of the order of things, which every article repeats, a hundred quotes are told."""
RECORDS = "SELECT record FROM articles"
RECORD_ORDER = "ORDER BY json_extract(record, '$.source'), rtrim(id, '0123456789'), length(id), id"
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
Item = dict[str, Any]
"""A node or an edge as an object of JSON, with the fields of `Node` or `Edge`."""
T = TypeVar("T")
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
        self.db.execute(f"PRAGMA cache_size = -{CACHE}")
        (version,) = self.db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise InputError(
                f"{path}: written by a newer version of guanxi; update guanxi or choose another --out folder"
            )
        tables = {name for (name,) in self.db.execute("SELECT name FROM sqlite_master")}
        if tables and not tables >= TABLES:
            raise InputError(
                f"{path}: cannot be used, for it is the database of another program; choose another --out folder"
            )
        if version < VERSION:
            self._create()

    def _create(self) -> None:
        """Give a new or older database its tables: all of them, or none when the program is stopped."""
        self._execute(_script("schema.sql"), _script("changes.sql"), f"PRAGMA user_version = {VERSION};")

    def _execute(self, *scripts: str) -> None:
        self.db.executescript("\n".join(["BEGIN IMMEDIATE;", *scripts, "COMMIT;"]))

    def watch(self) -> None:
        """Let the store note, from now on, which lines of its text files change."""
        self._execute(_script("watch.sql"))

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
            for record, _ in pairs:
                self.db.execute(ADD_ARTICLE, (record.id, entry.digest, record.model_dump_json()))
            # all articles at once, for who a bare name is may depend on what another article of the issue says
            nodes = chain.from_iterable(facts.nodes.values() for _, facts in pairs)
            self.merge(nodes, chain.from_iterable(facts.facts for _, facts in pairs), {})

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside, or nothing; one inside another lasts when the outer one does."""
        begin, end, undo = SAVEPOINT if self.db.in_transaction else TRANSACTION
        self.db.execute(begin)
        try:
            yield
            self.db.execute(end)
        except BaseException:
            self.db.execute(undo)
            raise

    def merge(self, nodes: Iterable[Node], facts: Iterable[Fact], same: Mapping[str, str]) -> None:
        """Add nodes and facts; `same` are ids of people that are known to be one with others (see `identity.py`)."""
        now: dict[str, str] = {}
        bodies: set[str] = set()
        for some in _slices(nodes):
            people = {node.id for node in some if node.id.startswith("person:")}
            now |= {old: new for old in people if (new := current(self.db, old)) != old}
            known = [node for node in some if node.id not in now]
            self.db.executemany(ADD_NODE, map(_node_row, known))
            bodies |= {node.id for node in known if node.id.startswith("agency:") and node.id.count(":") == 2}
        holdings = self._add_facts(facts, now)
        # only now, for who is one with whom and what followed what depends on all that is said of them
        join(self.db, same)
        part(self.db, (person.split(":")[2] for person, _ in holdings))
        unite(self.db, holdings)
        meet(self.db, bodies)

    def _add_facts(self, facts: Iterable[Fact], now: Mapping[str, str]) -> set[tuple[str, str]]:
        """Add facts about people under the ids that they have `now`; returns who is said to hold which post."""
        holdings: set[tuple[str, str]] = set()
        for some in _slices(facts):
            found = [_renamed(fact, now) for fact in some]
            keys = [fact.id for fact in found]
            self.db.executemany(ADD_EDGE, map(_edge_row, keys, found))
            self.db.executemany(ADD_EVIDENCE, map(_evidence_row, keys, found))
            holdings |= {(fact.start, fact.end) for fact in found if fact.label == "HOLDS"}
        return holdings

    def sources(self) -> dict[str, str]:
        """SHA-256 and name of every source, by name."""
        return dict(self.db.execute("SELECT digest, name FROM sources ORDER BY name, digest").fetchall())

    def records(self) -> Iterator[str]:
        """The articles as lines of JSON, by source and place in it."""
        for (line,) in self.db.execute(f"{RECORDS} {RECORD_ORDER}"):
            yield line

    def latest(self, number: int) -> list[str]:
        """The articles of the latest issues as lines of JSON, in the order of `records`."""
        late = f"SELECT * FROM articles ORDER BY json_extract(record, '$.date') DESC, id LIMIT {number}"
        return [line for (line,) in self.db.execute(f"SELECT record FROM ({late}) {RECORD_ORDER}")]

    def nodes(self, only: str | None = None) -> Iterator[Node]:
        """All nodes, or those whose ids a table holds, by label and id."""
        return map(Node.model_validate, self._nodes(only))

    def edges(self, only: str | None = None) -> Iterator[Edge]:
        """All edges, or those whose ids a table holds, with their evidence, by label, labels of the ends, and id."""
        return map(Edge.model_validate, self._edges(only))

    def items(self) -> Iterator[Item]:
        """All nodes, then all edges, as `graph.jsonl` has them; models of so many would take longer than all else."""
        yield from self._nodes()
        yield from self._edges()

    def _nodes(self, only: str | None = None) -> Iterator[Item]:
        query = NODES.format(some=f"{only} AS o CROSS JOIN" if only else "")
        return map(_node, self.db.execute(f"{query} {'ON n.id = o.id' if only else ''} ORDER BY n.label, n.id"))

    def _edges(self, only: str | None = None) -> Iterator[Item]:
        query = EDGES.format(some=f"{only} AS o CROSS JOIN" if only else "")
        own = "WHERE e.id = o.id" if only else ""
        return map(_edge, self.db.execute(f"{query} {own} ORDER BY e.label, a.label, b.label, e.id"))

    def node(self, key: str) -> Item | None:
        """The node with an id, as `graph.jsonl` has it."""
        row = self.db.execute(f"{NODES.format(some='')} WHERE n.id = ?", (key,)).fetchone()
        return _node(row) if row else None

    def edge(self, key: str) -> Item | None:
        """The edge with an id, as `graph.jsonl` has it."""
        row = self.db.execute(f"{EDGES.format(some='')} WHERE e.id = ?", (key,)).fetchone()
        return _edge(row) if row else None

    def record(self, key: str) -> str | None:
        """The article with an id as a line of JSON."""
        row = self.db.execute(f"{RECORDS} WHERE id = ?", (key,)).fetchone()
        return row[0] if row else None

    def tenures(self) -> int:
        """How many HOLDS there are."""
        return int(self.db.execute("SELECT count(*) FROM edges WHERE label = 'HOLDS'").fetchone()[0])

    def counts(self) -> dict[str, int]:
        """Articles, people, posts, bodies, districts and acts."""
        (articles,) = self.db.execute("SELECT count(*) FROM articles").fetchone()
        found = dict(self.db.execute("SELECT label, count(*) FROM nodes GROUP BY label").fetchall())
        return {"articles": articles} | {name: found.get(label, 0) for name, label in COUNTS.items()}


def _script(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _slices(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while some := list(islice(left, SLICE)):
        yield some


def _node_row(node: Node) -> tuple[object, ...]:
    """A node with a name, whatever else is known of it."""
    name = node.properties.get("name") or node.properties.get("title") or node.id
    return node.id, node.labels[0], name, dumps({**node.properties, "name": name})


def _renamed(fact: Fact, now: Mapping[str, str]) -> Fact:
    """A fact under the ids that its people have now, for most the ones that it has."""
    if fact.start in now or fact.end in now:
        return replace(fact, start=now.get(fact.start, fact.start), end=now.get(fact.end, fact.end))
    return fact


def _edge_row(key: str, fact: Fact) -> tuple[object, ...]:
    ends = fact.label, fact.start, fact.end, dumps(fact.properties)
    return key, *ends, fact.confidence, fact.inferred, fact.date, fact.date


def _evidence_row(key: str, fact: Fact) -> tuple[object, ...]:
    proof = fact.evidence
    where = proof["article"], proof["source"], proof["start"], proof["end"], proof["quote"]
    return key, *where, fact.confidence, fact.inferred, fact.date


def _node(row: tuple[str, str, str]) -> Item:
    key, label, properties = row
    return {"type": "node", "id": key, "labels": [label], "properties": json.loads(properties)}


def _edge(row: tuple[Any, ...]) -> Item:
    key, label, start, start_label, end, end_label, properties, *settled = row
    return {
        "type": "relationship",
        "id": key,
        "label": label,
        "start": {"id": start, "labels": [start_label]},
        "end": {"id": end, "labels": [end_label]},
        "properties": json.loads(properties) | _settled(label, *settled),
    }


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
    return ENCODER.encode(value)
