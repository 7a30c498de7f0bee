"""Seats: posts by their step, and whether they fill a working day, so that a later one tells that an earlier one was left."""

from __future__ import annotations

import re
from functools import cache

from pipeline.linking import divisions


def seat(kind: str, body: str, title: str, leaders: int | None) -> dict[str, int | bool]:
    """The properties `step` and `alone` of a post at a body of some kind, none for posts that tell nothing of others.

    `leaders` is the step of the leaders of the body's district, None where that is not known.
    """
    if leaders is None:
        return {}
    rules = (rule for rule in _rules() if rule[0] == kind and rule[2].fullmatch(title) and rule[1].search(body))
    found = next(rules, None)
    return {"step": leaders + found[3], **({"alone": True} if found[4] else {})} if found else {}


@cache
def _rules() -> list[tuple[str, re.Pattern[str], re.Pattern[str], int, bool]]:
    return [
        (kind, re.compile("" if body == "-" else body), re.compile(title), int(step), alone == "yes")
        for kind, body, title, step, alone in divisions.rows("seats.tsv")
    ]
