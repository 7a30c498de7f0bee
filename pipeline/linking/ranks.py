"""The rank and the step of a post, as far as its office fixes them."""

from __future__ import annotations

import re
from functools import cache

from pipeline.linking import divisions
from pipeline.linking.bodies import Body, Target
from pipeline.linking.places import Place, corps_division
from pipeline.linking.seats import seat

RANKS = ("正部级", "副部级", "正厅级", "副厅级", "正处级", "副处级", "正科级", "副科级")
SUBPROVINCIAL = frozenset(row[0] for row in divisions.rows("subprovincial.tsv"))


@cache
def _rank_rules() -> list[tuple[str, re.Pattern[str], int]]:
    return [(kind, re.compile(title), int(steps)) for kind, title, steps in divisions.rows("ranks.tsv")]


def rank_of(title: str, target: Target | None) -> str | None:
    """The rank that the office fixes, None where offices of that kind differ."""
    place, kind = _where(target)
    if place is None or (start := _grade(place)) is None:
        return None
    for rule, titles, steps in _rank_rules():
        if rule == kind and titles.fullmatch(title):
            step = start + steps
            return RANKS[step] if step < len(RANKS) and not (rule == "department" and start % 2) else None
    return None


def _where(target: Target | None) -> tuple[Place | None, str]:
    """The place of a post, and the kind of the body that it is at."""
    if isinstance(target, Place):
        return target, "government"
    return (target.place, target.kind) if isinstance(target, Body) else (None, "")


def seat_of(title: str, target: Target | None) -> dict[str, int | bool]:
    """What the post tells of others that its holder has left (see `seats.py`)."""
    place, kind = _where(target)
    name = target.name if isinstance(target, Body) else ""
    return seat(kind, name, title, _grade(place)) if place else {}


def _grade(place: Place) -> int | None:
    """The step of a division's leaders: 0 for a province, 2 for a prefecture, 4 for a county, 6 for a township."""
    if place.site or not place.area or place.area == divisions.NATION or corps_division(place):
        return None  # cities of the corps have the rank of its divisions, which the division table does not tell
    code = place.area
    if len(code) > 6:
        county = _grade(Place.division(code[:6]))
        return county + 2 if county is not None and county % 2 == 0 else None
    if divisions.level(code) == "province":
        return 0
    if divisions.level(code) == "city":
        return 1 if code in SUBPROVINCIAL else 2
    above = divisions.parent(code) or ""
    district = divisions.name(code).endswith("区")
    return 2 if above in divisions.MUNICIPALITIES else 3 if above in SUBPROVINCIAL and district else 4
