"""One store into another, as if its sources had been read there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pipeline.errors import InputError
from pipeline.graph.evidence import Evidence
from pipeline.graph.facts import Fact
from pipeline.graph.store import Store
from pipeline.graph.upserts import ADD_ARTICLE, ADD_SOURCE
from pipeline.records import Node

FACTS = """
SELECT e.label, e.start, e.end, v.confidence, v.article, v.source, v.start, v.end, v.quote, v.date, v.inferred, e.properties
FROM edges AS e JOIN evidence AS v ON v.edge = e.id WHERE e.label <> 'SUCCEEDS'
"""


def absorb(store: Store, path: Path) -> None:
    """Add all that another `guanxi.db` holds, in one transaction.

    Raises InputError when it is no such database, was written by a newer version, or read a source with another home or
    date, for then its facts are others.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such database; name the folder of a run")
    with Store(path):
        pass  # brings an older database up to date, and refuses what is none
    with closing(sqlite3.connect(path)) as other, store.transaction():
        _refuse_two_readings(store, other, path)
        store.db.executemany(ADD_SOURCE, other.execute("SELECT * FROM sources"))
        store.db.executemany(ADD_ARTICLE, other.execute("SELECT * FROM articles"))
        store.merge(_nodes(other), _facts(other), dict(other.execute("SELECT id, person FROM same_people")))


def _refuse_two_readings(store: Store, other: sqlite3.Connection, path: Path) -> None:
    for digest, name, told in other.execute("SELECT digest, name, told FROM sources"):
        before = store.told(digest)
        if before is not None and before != json.loads(told):
            ways = " and ".join(
                ", ".join(f"{key} {value or 'not told'}" for key, value in way.items())
                for way in (before, json.loads(told))
            )
            raise InputError(f"{path}: {name} was read with {ways}; read it anew with one of them and merge again")


def _nodes(other: sqlite3.Connection) -> Iterator[Node]:
    for key, label, properties in other.execute("SELECT id, label, properties FROM nodes"):
        yield Node(id=key, labels=[label], properties=json.loads(properties))


def _facts(other: sqlite3.Connection) -> Iterator[Fact]:
    for label, start, end, sure, article, source, low, high, quote, date, inferred, properties in other.execute(FACTS):
        evidence = Evidence(article=article, source=source, start=low, end=high, quote=quote)
        yield Fact(label, start, end, sure, evidence, date, bool(inferred), json.loads(properties))
