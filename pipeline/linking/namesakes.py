"""Which of the posts that one name holds in an issue are another person's.

Posts of one row, and rows that share a post, are one person's. Of two people the higher keeps the plain id; the other is
told apart by the place or body of their posts, so that they meet again in the next issue (see `standing.py`).
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.linking.standing import UNIT, Office, below
from pipeline.records import Mention, Record

NEAR = 40
"""Letters between two mentions of one list at most."""
BREAK = re.compile("[。；;：:\n]")
"""What no list of posts goes on after; it does not go on after an act either (选举张三、李四为县委常委，张三当选书记)."""


@dataclass(frozen=True, slots=True)
class Row:
    """The posts that stand with one mention of a name."""

    article: str
    mention: Mention
    offices: tuple[Office, ...]


def others(rows: Sequence[Row], breaks: dict[str, list[int]]) -> dict[str, Office]:
    """The posts that are not those of the plain bearer of the name, each with the office that its holder is told by.

    `breaks` are the positions in each article that no list goes on after.
    """
    found = _lower(rows, later=False)
    for _, own in itertools.groupby(rows, key=lambda row: row.article):
        in_article = list(own)
        found |= _lower(in_article, later=True)
        found |= _listed(in_article, breaks[in_article[0].article])
    return found


def _lower(rows: Sequence[Row], later: bool) -> dict[str, Office]:
    """The posts that are too low beside the highest; `later` as in `below`: posts that an article introduces anew."""
    bearers = [(posts, best) for posts in _joined(rows) if (best := _best(posts))]
    if len(bearers) < 2:
        return {}
    top = min((best for _, best in bearers), key=_order)
    return {one.post: best for posts, best in bearers if below(best, top, later) for one in posts}


def _joined(rows: Iterable[Row]) -> list[set[Office]]:
    """The posts of the rows that share one."""
    groups: dict[str, set[Office]] = {}
    for row in rows:
        group = set(row.offices).union(*(groups.get(one.post, ()) for one in row.offices))
        groups |= dict.fromkeys((one.post for one in group), group)
    return list({id(group): group for group in groups.values()}.values())


def _best(offices: Iterable[Office]) -> Office | None:
    """The highest of the posts that are held now and whose rank is known."""
    return min((one for one in offices if one.current and one.step is not None), key=_order, default=None)


def _order(office: Office) -> tuple[int, bool, str]:
    return UNIT if office.step is None else office.step, office.local, office.post


def _listed(rows: Sequence[Row], breaks: Sequence[int]) -> dict[str, Office]:
    """The posts of the lesser of two in one list of posts at different bodies, with all others at the body."""
    found: dict[str, Office] = {}
    known = [row for row in rows if row.offices]
    offices = {one for row in known for one in row.offices}
    for number, first in enumerate(known):
        for second in known[number + 1 :]:
            if not _in_list(first, second, breaks):
                break
            if not _bodies(first) & _bodies(second):
                lesser = max(first, second, key=lambda row: min(map(_order, row.offices)))
                best = min(lesser.offices, key=_order)
                found |= {one.post: best for one in offices if _body(one) in _bodies(lesser)}
    return found


def _in_list(first: Row, second: Row, breaks: Sequence[int]) -> bool:
    end, start = first.mention.end, second.mention.start
    return start - end < NEAR and bisect_left(breaks, end) == bisect_left(breaks, start)


def _bodies(row: Row) -> set[str]:
    return set(map(_body, row.offices))


def _body(office: Office) -> str:
    return office.post.rpartition(":")[0]


def stops(record: Record) -> list[int]:
    """The positions in an article that no list of posts goes on after."""
    acts = [act.start for act in record.entities if act.label == "ACT"]
    return sorted([mark.start() for mark in BREAK.finditer(record.text)] + acts)
