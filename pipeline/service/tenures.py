"""Who holds a post, and who held it: rows of tenures made ready for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from pipeline.service.run import Row

SYSTEMS = ("party", "congress", "government", "cppcc", "supervision", "court", "procuratorate", "military", "mass")
NOW = ("current", "acting")
SINGLE = ("长", "书记", "主任", "主席")
"""Ends of titles that one person holds at a time, unless 副 is in them, as in the view `current_holdings`."""


def once(rows: Sequence[Row]) -> list[Row]:
    """Each tenure with its body: a post of a district (区长) that is its government's too stands with the government alone."""
    of_bodies = {row["edge"] for row in rows if row["body_id"] and not _of_district(row)}
    return [row for row in rows if row["edge"] not in of_bodies or not _of_district(row)]


def leaders(district: str, rows: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    """The present leaders of a district's bodies: (one row that names the body, its rows), the Party's bodies first."""
    rank = {system: number for number, system in enumerate(SYSTEMS)}
    # Posts of the district itself stand with its government.
    order = sorted(
        _present(rows),
        key=lambda row: (rank.get(row["system"], 2 if row["body_id"] == district else 9), row["body"], row["body_id"]),
    )
    groups = [list(group) for _, group in groupby(order, key=lambda row: row["body_id"])]
    return [(group[0], group) for group in groups]


def _present(rows: Sequence[Row]) -> list[Row]:
    posts = defaultdict(list)
    for row in rows:
        posts[row["post_id"]].append(row)
    return [
        row for row in rows if row["status"] in NOW and not any(_ends(row, other) for other in posts[row["post_id"]])
    ]


def _ends(row: Row, other: Row) -> bool:
    """Whether another tenure of the post tells that this one is over: its holder left, or somebody came after."""
    if other["person_id"] == row["person_id"]:
        return other["status"] == "former" and (other["last_seen"] or "") >= (row["last_seen"] or "")
    title = row["title"] or ""
    return (
        title.endswith(SINGLE) and "副" not in title and other["status"] in NOW
        and (other["first_seen"] or "") > (row["last_seen"] or "9999")
    )  # fmt: skip


def _of_district(row: Row) -> bool:
    return str(row["body_id"]).startswith("district:")
