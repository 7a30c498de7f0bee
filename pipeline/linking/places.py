"""What a place is to the graph: a division with a code, a village or zone under one, or a country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pipeline.linking import divisions
from pipeline.records import Node, Structure

Kind = Literal["division", "village", "town", "zone", "corps", "country"]
ZONE_CODE = re.compile(r"\d{6}[4-9]\d\d$")
"""Codes of zones and farms that the statistics count beside townships (320115402 江宁开发区)."""
TOWNS = frozenset({"township", "town"})
"""The levels of a township: of the table, and without a code."""
CORPS = "新疆生产建设兵团"
XINJIANG = "650000"
CORPS_UNIT = re.compile(
    r"^(?P<corps>新疆生产建设兵团|新疆兵团|兵团)?(?P<division>第?[一二三四五六七八九十]{1,3}师|师(?=市))?"
    r"(?P<city>(?<=师)(?:[一-鿿]{2,4}?市|市))?(?P<regiment>[一二三四五六七八九十百零〇\d]+团)?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A named place. `area` is the code of the division that it is or lies in, None for a country.

    `site` is its name below that division (江汉社区, 高新区), empty for the division itself.
    """

    kind: Kind
    area: str | None
    site: str
    name: str

    @classmethod
    def division(cls, code: str) -> Place:
        """The place that has this code."""
        return cls("division", code, "", divisions.name(code))

    @property
    def id(self) -> str:
        """district:421002, district:421002001:江汉社区 or district:country:俄罗斯."""
        if self.area is None:
            return f"district:country:{self.site}"
        return f"district:{self.area}" + (f":{self.site}" if self.site else "")

    @property
    def level(self) -> str:
        """province, city, county, township, or the kind of a place that has no code."""
        return divisions.level(self.area) if self.kind == "division" and self.area else self.kind

    @property
    def title(self) -> str:
        """The name as it stands at the front of official names: 荆州市沙市区, 双峰县, 双峰县杏子铺镇.

        Urban districts are named with their city, townships and villages with their county; counties and cities alone.
        """
        if self.area is None or self.kind == "corps":
            return self.name
        if self.area == divisions.NATION:
            return ""
        county = self.area[:6]
        own = divisions.level(county) == "province" or self.name.startswith(divisions.short(county))
        if own and (self.kind == "zone" or (not self.site and ZONE_CODE.match(self.area))):
            return self.name
        return official(self.area) + (self.name if self.site and not self.name.startswith(official(self.area)) else "")

    @property
    def short(self) -> str:
        """The name without its kind, 沙市; that of a place without a code as it is."""
        return divisions.short(self.area) if self.kind == "division" and self.area else self.name

    @property
    def city(self) -> str:
        """The city, prefecture or municipality that a county belongs to (荆州市); the title of any other place."""
        above = divisions.parent(self.area) if self.kind == "division" and self.area else None
        return divisions.name(above) if above and self.level == "county" else self.title

    def node(self) -> Node:
        """The place as a District node."""
        properties = {"name": self.name, "level": self.level}
        if self.area:
            properties["path"] = divisions.path(self.area) + (f"/{self.name}" if self.site else "")
        if self.kind == "division" and self.area:
            properties["code"] = self.area
        return Node(id=self.id, labels=["District"], properties=properties)

    def above(self) -> Place | None:
        """The division that this place belongs to."""
        if self.area is None:
            return None
        if self.site:
            return Place.division(self.area)
        code = divisions.parent(self.area)
        return Place.division(code) if code else None


def official(code: str) -> str:
    """The name of a division as official names of bodies begin with it."""
    if len(code) > 6:
        return official(code[:6]) + divisions.name(code)
    name = divisions.name(code)
    above = divisions.parent(code)
    urban = name.endswith("区") and above and (above in divisions.MUNICIPALITIES or divisions.level(above) == "city")
    whole = not urban or not above or divisions.level(code) != "county" or name.startswith(divisions.name(above))
    return name if whole or not above else f"{divisions.name(above)}{name}"


def corps(text: str, home: str | None) -> tuple[Place, str] | None:
    """The Xinjiang corps, its division or regiment at the front of a name, and what follows; 师市 is that of the home.

    A division's own cities share its name: 第八师石河子市. Divisions without 兵团 before them need a home in Xinjiang.
    """
    mark, division, city, regiment = parts = CORPS_UNIT.findall(text)[0]
    near = (home or "").startswith("65")
    if not (mark or (near and division) or (home in _divisions() and regiment)):
        return None
    number = division.removeprefix("第")
    own = _divisions().get(home or "", "")
    number = own if number == "师" else number or ("" if mark else own)
    code = next((code for code, name in _divisions().items() if name == number), XINJIANG)
    city = divisions.name(code) if city and code != XINJIANG else ""
    name = CORPS + (f"第{number}" if number else "") + city + regiment
    return Place("corps", code, name, name), text[len("".join(parts)) :]


def corps_division(place: Place) -> Place | None:
    """The division of the corps that a city or a place of both is one with: 第八师 of 石河子市 and 第八师石河子市."""
    number = _divisions().get(place.area or "")
    name = f"{CORPS}第{number}"
    return Place("corps", place.area, name, name) if number else None


@cache
def _divisions() -> dict[str, str]:
    """The divisions of the corps by the codes of their cities: 659001 → 八师."""
    return {code: f"{number}师" for code, number in divisions.rows("corps.tsv")}


@lru_cache(maxsize=1 << 10)
def lineage(place: Place) -> tuple[Sequence[Node], Sequence[Structure]]:
    """The place and all that it belongs to, as nodes and PART_OF facts."""
    nodes, facts = [place.node()], []
    above = place.above()
    while above:
        nodes.append(above.node())
        facts.append(Structure(type="PART_OF", start=place.id, end=above.id))
        place, above = above, above.above()
    return nodes, facts
