"""Bodies that took the place of others: two bodies of one place, one named as the other was before a reform.

An edge SUCCEEDS joins them as soon as both are in the store, whichever came first. Its evidence are the words of each
article that names the former body; its property `since` is the year of the reform.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from pipeline.graph.facts import digest
from pipeline.graph.upserts import ADD_EDGE, ADD_EVIDENCE
from pipeline.linking import renamed

NAMED = """
SELECT v.article, v.source, v.start, v.end, v.quote, v.confidence, v.date FROM edges AS e JOIN evidence AS v ON v.edge = e.id
WHERE e.{side} = ? AND e.label <> 'SUCCEEDS'
"""


def meet(db: sqlite3.Connection, bodies: Iterable[str]) -> None:
    """Join bodies of the store to those that came before and after them."""
    for new, old, since in sorted({pair for body in bodies for pair in _pairs(body)}):
        if all(db.execute("SELECT 1 FROM nodes WHERE id = ?", (body,)).fetchone() for body in (new, old)):
            key = digest("edge", "SUCCEEDS", new, old, f"since={since}")
            for *proof, confidence, date in _namings(db, old):
                db.execute(
                    ADD_EDGE, (key, "SUCCEEDS", new, old, json.dumps({"since": since}), confidence, 1, date, date)
                )
                db.execute(ADD_EVIDENCE, (key, *proof, confidence, 1, date))


def _pairs(body: str) -> Iterator[tuple[str, str, str]]:
    """(later body, former body, year) of all renamings that a body may be part of."""
    kind, area, name = body.split(":", 2)
    for other, since in renamed.later(name).items():
        yield f"{kind}:{area}:{other}", body, since
    for other, since in renamed.former(name).items():
        yield body, f"{kind}:{area}:{other}", since


def _namings(db: sqlite3.Connection, body: str) -> Iterable[tuple[object, ...]]:
    """The first words of each article that name a body."""
    first: dict[str, tuple[object, ...]] = {}
    rows = [row for side in ("start", "end") for row in db.execute(NAMED.format(side=side), (body,))]
    for row in sorted(rows, key=lambda row: (row[2], row[3], row[4], row[5], row[0]), reverse=True):
        first[row[0]] = row
    return first.values()
