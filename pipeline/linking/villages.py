"""Villages and communities, which no table has: under the township that they are named with, here or before in the issue."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from pipeline.linking import divisions
from pipeline.linking.locating import VILLAGE, Resolved, base, locate, plain
from pipeline.linking.places import TOWNS, Place
from pipeline.records import Mention

TOWN_OFFICE = re.compile("(?P<town>.+(?:镇|乡|街道|苏木))(?:办事处|办|党工委|党委|(?:人民)?政府|人大|纪委)")
LEVELS = {"街道", "镇", "乡", "苏木", "村", "社区", "嘎查"}
WITH_VILLAGES = TOWNS | {"zone"}
"""The levels of what villages belong to."""


@dataclass
class Memory:
    """What the articles of an issue have named so far; `home` is the code of the paper's district."""

    home: str | None
    villages: dict[str, Place] = field(default_factory=dict)
    towns: dict[str, Resolved] = field(default_factory=dict)


def resolve_villages(
    places: Sequence[Mention], text: str, found: dict[str, Resolved], memory: Memory, offices: Mapping[int, Resolved]
) -> None:
    """Villages and communities: those that follow their township first, then those named again without it."""
    later = find_following(places, text, found, memory, offices)
    towns = [(m.start, found[m.id][0]) for m in places if m.id in found and found[m.id][0].level in WITH_VILLAGES]
    ends = [(end, town) for end, (town, _) in sorted(offices.items(), key=itemgetter(0))]
    for mention in later:
        form = plain(mention.text)
        known = _remembered(form, memory)
        if known:
            found[mention.id] = (known, 0.9)
        elif form in LEVELS and (meant := _last_of(form, mention, places, found)):
            found[mention.id] = (meant, 0.8)
            if meant.level in WITH_VILLAGES:
                insort(towns, (mention.start, meant), key=itemgetter(0))
        elif (
            VILLAGE.match(form)
            and form not in divisions.words("village noun")
            and (area := _town_before(mention.start, towns, ends, memory.home))
        ):
            _remember(mention, form, *area, found, memory)


def _remembered(form: str, memory: Memory) -> Place | None:
    """A village named before: as it stands, without its kind, after its township's short name (石浦东门渔村) or after the
    way to it (来八六村).
    """
    way = [form[1:]] if form[0] in "来赴到" else []
    for name in (form, *(form + kind for kind in ("村", "社区", "镇")), *way):
        if name in memory.villages:
            return memory.villages[name]
    return next(
        (place for name, place in memory.villages.items() if place.area and form == divisions.short(place.area) + name),
        None,
    )


def town_offices(mentions: Sequence[Mention], memory: Memory, marks: tuple[str, ...]) -> dict[int, Resolved]:
    """The townships whose office is named (城关街道办), by where its name ends."""
    offices = {}
    for mention in mentions:
        office = TOWN_OFFICE.fullmatch(plain(mention.text)) if mention.label == "AGENCY" else None
        town = locate(office["town"], None, base(memory.home, marks), marks) if office else None
        if town and town[0].level in TOWNS:
            offices[mention.end] = town
    return offices


def find_following(
    places: Sequence[Mention], text: str, found: dict[str, Resolved], memory: Memory, offices: Mapping[int, Resolved]
) -> list[Mention]:
    """Find the villages that stand directly after their township or its office; the places that are still unknown are
    returned.
    """
    later = []
    for now, mention in enumerate(places):
        form = plain(mention.text)
        if mention.id in found:
            continue
        before = places[now - 1] if now else None
        link = found.get(before.id) if before and not text[before.end : mention.start].strip() else None
        link = link or offices.get(mention.start)
        if VILLAGE.match(form) and link and link[0].area:
            _remember(mention, form, link[0], 0.95, found, memory)
        else:
            later.append(mention)
    return later


def _remember(
    mention: Mention, form: str, area: Place, confidence: float, found: dict[str, Resolved], memory: Memory
) -> None:
    place = Place("village", area.area, f"{area.site}:{form}" if area.site else form, form)
    memory.villages[form] = place
    found[mention.id] = (place, confidence)


def _last_of(word: str, mention: Mention, places: Sequence[Mention], found: dict[str, Resolved]) -> Place | None:
    """The place that 街道 or 镇 alone means: the last one named before whose name ends so."""
    count = bisect_left(places, mention.start, key=lambda other: other.start)
    before = (found[places[n].id][0] for n in range(count - 1, -1, -1) if places[n].id in found)
    return next((place for place in before if place.name.endswith(word)), None)


def _town_before(
    at: int, towns: Sequence[tuple[int, Place]], offices: Sequence[tuple[int, Place]], home: str | None
) -> tuple[Place, float] | None:
    """The township last named before a village, else that of the office last named so, else the paper's county. `towns` are
    by where their names begin, `offices` by where theirs end.
    """
    if count := bisect_left(towns, at, key=itemgetter(0)):
        return towns[count - 1][1], 0.6
    if count := bisect_right(offices, at, key=itemgetter(0)):
        return offices[count - 1][1], 0.6
    return (Place.division(home), 0.5) if home and divisions.level(home) == "county" else None
