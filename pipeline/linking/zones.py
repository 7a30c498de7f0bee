"""Development zones: their classes, and which zone a class alone or a name without its class means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.linking import divisions
from pipeline.linking.places import Place

ZONES: dict[str, str] = dict(divisions.rows("zones.tsv"))
COUNTY_ZONE = re.compile(r"\d{4}7\d$")
"""Codes of zones that the statistics count beside counties (620171 兰州新区)."""
FEW = {"新区"}
"""Classes of which few counties have one: the one that is named is meant, wherever it is."""


@lru_cache(maxsize=1 << 14)
def zone_class(form: str) -> tuple[str, str] | None:
    """A development zone's place and class: 荆州高新区 → (荆州, 高新区); the class meets its long and short forms."""
    for ending, kind in ZONES.items():
        if form.endswith(ending):
            return form.removesuffix(ending), kind
    return None


def listed(kind: str, area: str) -> Place | None:
    """The zone of a class that the table has in a county under the county's or its city's name, where that is one: 开发区 in
    江宁区 is 江宁经济技术开发区, but in 曹妃甸区 not 南堡经济开发区.
    """
    fronts = {code: zone_class(divisions.name(code)) for code in divisions.children(area)}
    zones = {code: zone[0] for code, zone in fronts.items() if zone and zone[1] == kind}
    city = divisions.parent(area)
    own = [code for code, front in zones.items() if not front or divisions.short(area) in front]
    found = own or [code for code, front in zones.items() if city and divisions.short(city) in front]
    return Place.division(found[0]) if len(found) == 1 else None


def zone_meant(word: str, named: Sequence[Place], home: str | None) -> Place | None:
    """The zone that the name of a class alone (新区, 高新区) means among those that an article names, the likeliest last: one
    in the paper's district, else one that is more than the district (西咸新区 in a paper of 西安), or any 新区, where it has
    none.
    """
    kind = ZONES[word]
    zones = [p for p in named if p.area and (zone := zone_class(p.name)) and zone[1] == kind and _is_zone(p)]
    own = [place for place in zones if not home or (place.area or "")[:6] == home]
    wider = [place for place in zones if home and divisions.within(home, place.area or "")]
    other = wider or (zones if kind in FEW else [])
    if own or not other:
        return own[-1] if own else None
    return None if home and listed(kind, home) else other[-1]


def _is_zone(place: Place) -> bool:
    """Is a place named like a zone (新区) one, and no county (浦东新区) or street?"""
    return place.level in {"zone", "township"} or bool(COUNTY_ZONE.match(place.area or ""))


@cache
def _zone_fronts() -> dict[str, list[str]]:
    """The zones of the table by the names before their kind (洋浦) that no division has."""
    fronts: dict[str, list[str]] = {}
    for code, name in divisions.table().names.items():
        zone = zone_class(name) if len(code) > 6 else None
        if zone and _tells(zone[0]):
            fronts.setdefault(zone[0], []).append(code)
    return fronts


def _tells(front: str) -> bool:
    """Is what stands before a zone's kind a name (洋浦), and neither a trade (化学) nor a division's?"""
    own = len(front) > 1 and not zone_class(front) and front not in divisions.words("zone word")
    return own and front[-1] not in "省市县区州旗" and not divisions.candidates(front)


def short_zone(form: str, home: str | None) -> Place | None:
    """The zone of the paper's county or city that goes by a name without its kind: 洋浦."""
    near = [code for code in _zone_fronts().get(form, ()) if home and divisions.within(code, home)]
    return Place.division(near[0]) if len(near) == 1 else None


@cache
def areas() -> dict[str, str]:
    """The codes of the divisions that zones of wide renown lie in, by their names."""
    return {row[0]: row[1] for row in divisions.rows("areas.tsv")}
