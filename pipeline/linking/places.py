"""What a place is to the graph: a division with a code, a village or zone under one, or a country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.linking import divisions
from pipeline.records import Node, Structure

Kind = Literal["division", "village", "town", "zone", "country"]


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
        if self.area is None or self.area == divisions.NATION:
            return self.name if self.area is None else ""
        return official(self.area) + (self.name if self.site and not self.name.startswith(official(self.area)) else "")

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
    urban = divisions.level(code) == "county" and name.endswith("区") and above
    return f"{divisions.name(above)}{name}" if urban and above else name


def lineage(place: Place) -> tuple[list[Node], list[Structure]]:
    """The place and all that it belongs to, as nodes and PART_OF facts."""
    nodes, facts = [place.node()], []
    above = place.above()
    while above:
        nodes.append(above.node())
        facts.append(Structure(type="PART_OF", start=place.id, end=above.id))
        place, above = above, above.above()
    return nodes, facts
