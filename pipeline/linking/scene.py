"""Where an article stands: the paper's home and the places named so far. Level words (市, 县, 镇) are read by it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.linking import divisions
from pipeline.linking.places import TOWNS, Place
from pipeline.linking.villages import LEVELS
from pipeline.linking.zones import zone_class, zone_meant

if TYPE_CHECKING:
    from pipeline.linking.bodies import Body

LEVEL_WORD = re.compile(r"自治[区州县旗]|地区|林区|特区|新区|街道|社区|嘎查|苏木|[省市县区州旗盟地镇乡村]")
NOT_LEVEL = re.compile(
    r"市场|市监(?![委察])|乡村|村民(?!小组)|村务|地方|地质|地震|地税|地名|地铁|区域|县域|社区矫正|村镇|市政(?!府|协|务|法)|市容|地理|区块|旗舰|州际"
)
LOCAL = LEVELS | {"新区"}
ROW_LENGTH = 18
"""Letters within which a row of posts goes on at one place."""
NAME_ENDINGS = {"地": ("地区",), "盟": ("盟",), "自治区": ("自治区",), "省": ("省", "自治区")}


def is_called(name: str, word: str) -> bool:
    """May a division be called by a level word? 区 is a district's, not that of an autonomous region or of a 地区."""
    return name.endswith(NAME_ENDINGS.get(word, (word,))) and not (word == "区" and name.endswith(("自治区", "地区")))


def is_level(name: str) -> bool:
    """Is this a level word alone (自治县), which is no name?"""
    return bool(LEVEL_WORD.fullmatch(name))


@lru_cache(maxsize=1 << 14)
def above(area: str | None, word: str) -> Place | None:
    """The division called by a level word that an area is or lies in."""
    codes = reversed(divisions.chain(area)) if area else ()
    code = next((code for code in codes if len(code) == 6 and is_called(divisions.name(code), word)), None)
    return Place.division(code) if code else None


Named = Sequence[tuple[int, Place]]
"""Places by where they are named, in the order of the text."""


@dataclass
class Scene:
    """One article in its issue. `places` are (position, place) in the order of the text, `bodies` those read so far.

    `anchors` are the codes of the provinces, cities and counties that the article names without doubt, `ended` the last
    body that was read and where its name ended, `ends` the places by where their names end, `rows` where the rows of
    posts begin by the starts of their mentions (see `rows.py`), `text` all that is printed,
    `distinct` the bodies read so far by their ids.
    """

    home: str | None
    places: Named = ()
    anchors: tuple[str, ...] = ()
    bodies: list[tuple[int, Body]] = field(default_factory=list)
    ended: tuple[int, Body] | None = None
    ends: Mapping[int, Place] = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)
    text: str = ""
    distinct: dict[str, Body] = field(default_factory=dict, init=False)
    _levels: dict[frozenset[str], Named] = field(default_factory=dict, init=False, repr=False)
    _ends: dict[str, tuple[Named, Named]] = field(default_factory=dict, init=False, repr=False)
    _around: dict[str, Named] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The codes of the home and of the divisions that the article's places are or lie in."""
        return tuple({area for area in (self.home, *(place.area for _, place in self.places)) if area})

    @cached_property
    def local(self) -> set[Place]:
        """The towns, villages and zones among the places."""
        return {place for _, place in self.places if place.site or len(place.area or "") > 6}

    def level(self, word: str, at: int) -> tuple[Place, float] | None:
        """The place that a level word at this position means: 区 is the paper's own district, 镇 the last town."""
        if word in LOCAL and (found := self._last(word, at)):
            return found
        if found := self._of_row(word, at):
            return found
        if own := above(self.home, word):
            return own, 0.95
        return None if word in LOCAL else self._context(word, at) or self._region(word) or self._former(word)

    def _of_row(self, word: str, at: int) -> tuple[Place, float] | None:
        """The division of that kind which the row of posts names, or which what it names lies in."""
        first, last = (bisect_left(self.places, start, key=itemgetter(0)) for start in (self.rows.get(at, at), at))
        fitting = (found for _, place in reversed(self.places[first:last]) if (found := above(place.area, word)))
        return next(((place, 0.85) for place in fitting), None)

    def _region(self, word: str) -> tuple[Place, float] | None:
        """The autonomous region of the paper, which 区 means where there is no district."""
        code = self.home[:2] + "0000" if self.home and word == "区" else ""
        return (Place.division(code), 0.6) if code and divisions.name(code).endswith("自治区") else None

    def _former(self, word: str) -> tuple[Place, float] | None:
        """The paper's district or city, which was a county before (县委 in an old 屯留报)."""
        own = self.home if word == "县" and self.home and divisions.level(self.home) == "county" else None
        return (Place.division(own), 0.6) if own else None

    def that(self, word: str, at: int) -> tuple[Place, float] | None:
        """What 该市 or 该镇 means: the last place of that kind before a position."""
        found = next((place for _, place in self.places_before(at) if is_called(place.name, word)), None)
        return (found, 0.75) if found else self._context(word, at)

    def add(self, body: Body, start: int, end: int) -> None:
        """Remember a body that is read."""
        self.bodies.append((start, body))
        self.distinct[body.id] = body
        self.ended = end, body

    def places_before(self, at: int) -> Iterator[tuple[int, Place]]:
        """The places before a position, the last first."""
        return islice(reversed(self.places), len(self.places) - bisect_left(self.places, at, key=itemgetter(0)), None)

    def back(self, at: int) -> Iterator[tuple[int, Body]]:
        """The bodies before a position, the last first."""
        return islice(reversed(self.bodies), len(self.bodies) - bisect_left(self.bodies, at, key=itemgetter(0)), None)

    def body_of(self, kinds: Container[str], at: int) -> Body | None:
        """The last body of one of these kinds before a position, else the one that the last of its parts belongs to."""
        named = (body for _, body in self.back(at) if body.kind in kinds)
        owners = (owner for _, body in self.back(at) if (owner := body.up_to(kinds)))
        return next(named, None) or next(owners, None)

    def nearest(self, levels: AbstractSet[str], at: int) -> Place | None:
        """The last place of some level before a position, else the first after it."""
        key = frozenset(levels)
        if key not in self._levels:
            self._levels[key] = [(start, place) for start, place in self.places if place.level in levels]
        found = _nearest(self._levels[key], at)
        return found[1] if found else None

    def named(self, text: str) -> list[Place]:
        """The towns and villages of the article whose names a text begins with, the longest first."""
        found = [place for place in self.local if len(text) > len(place.name) and text.startswith(place.name)]
        return sorted(found, key=lambda place: (-len(place.name), place.id))

    @cached_property
    def zones(self) -> dict[str, Place]:
        """The zones of the article by what stands before their kind (花桥), where that is one zone's."""
        fronts = [(zone[0], place) for place in self.local if (zone := zone_class(place.name)) and place.kind == "zone"]
        times = Counter(front for front, _ in fronts)
        return {front: place for front, place in fronts if times[front] == 1}

    def zone(self, word: str, at: int) -> Place | None:
        """The zone of a class that a name of the class alone (新区, 开发区) means: the one named before, else after."""
        order = sorted(self._classed, key=lambda item: (item[0] <= at, item[0] if item[0] <= at else -item[0]))
        return zone_meant(word, [place for _, place in order], self.home)

    @cached_property
    def _classed(self) -> Named:
        """The places whose names end in the class of a zone."""
        return [(start, place) for start, place in self.places if zone_class(place.name)]

    def in_town(self, at: int, since: int | None = None) -> bool:
        """Is what is named last, few letters before or behind `since`, a township or a body of one?"""
        before = bisect_left(self.places, at, key=itemgetter(0))
        start, place = self.places[before - 1] if before else (-ROW_LENGTH, None)
        if self.bodies and start < self.bodies[-1][0] < at:
            start, place = self.bodies[-1][0], self.bodies[-1][1].place
        near = at - ROW_LENGTH < start if since is None else since <= start
        return place is not None and near and place.level in TOWNS

    def base(self, at: int) -> str | None:
        """The district that places without more are looked for in: the home, else the county named next to them."""
        if self.home:
            return self.home
        county = self.nearest({"county"}, at)
        return county.area if county else None

    def here(self, at: int) -> tuple[Place | None, float]:
        """Whose a body without place is: of the committee named before it, of the last body, of the home."""
        committees = (body.place for _, body in self.back(at) if body.kind == "party committee" and body.place)
        if found := next((place for place in committees if place.area != divisions.NATION), None):
            return found, 0.75
        owners = (body.place for _, body in self.back(at) if body.place and body.place.area != divisions.NATION)
        if found := next((place for place in owners if place.level in {"county", "city"}), None):
            return found, 0.7
        return (Place.division(self.home), 0.7) if self.home else (self.nearest({"county"}, at), 0.6)

    def _last(self, word: str, at: int) -> tuple[Place, float] | None:
        fitting, changed = self._ending(word)
        found = _nearest(fitting, at)
        if found and found[0] <= at:
            return found[1], 0.85
        town = _nearest(changed, at)
        if town and town[0] <= at:
            return town[1], 0.7
        return (found[1], 0.7) if found else None

    def _ending(self, word: str) -> tuple[Named, Named]:
        """The places that end in a level word, and the townships printed so under another kind than the table's."""
        if word not in self._ends:
            fitting = [item for item in self.places if item[1].name.endswith(word) and item[1].level != "county"]
            towns = [item for item in self.places if item[1].level in TOWNS] if word in {"镇", "乡", "街道"} else []
            printed = {place for place in {place for _, place in towns} if f"{place.short}{word}" in self.text}
            self._ends[word] = fitting, [item for item in towns if item[1] in printed]
        return self._ends[word]

    def _context(self, word: str, at: int) -> tuple[Place, float] | None:
        """The division of that kind which the last place before, or the first after, is or lies in."""
        if word not in self._around:
            self._around[word] = [(start, own) for start, place in self.places if (own := above(place.area, word))]
        found = _nearest(self._around[word], at)
        return (found[1], 0.75) if found else None


def _nearest(named: Named, at: int) -> tuple[int, Place] | None:
    """The last of some places that is named before a position or at it, else the first after it."""
    number = bisect_right(named, at, key=itemgetter(0))
    return named[max(number - 1, 0)] if named else None
