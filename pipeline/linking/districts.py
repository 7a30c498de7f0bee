"""DISTRICT mentions to places: the names, the chain they stand in, the paper's home and the article's other places."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.linking import divisions
from pipeline.linking.locating import TOWN, Resolved, base, locate, plain
from pipeline.linking.places import TOWNS, Place, corps
from pipeline.linking.villages import Memory, find_following, resolve_villages, town_offices
from pipeline.linking.zones import ZONES, zone_class, zone_meant
from pipeline.records import Mention

ORGANISATION = re.compile("^(?:中共|政协|共青团|团|武警|国家税务总局)")
DIVISION = re.compile("(?:(?:新疆生产建设)?兵团)?第[一二三四五六七八九十]{1,3}师$")
"""A division of the corps right before its city, with which it is one: 第十四师|昆玉市."""


def resolve(mentions: Sequence[Mention], text: str, memory: Memory) -> dict[str, Resolved]:
    """The place and the confidence of each DISTRICT mention of an article that is known; others are left out."""
    places = sorted((m for m in mentions if m.label == "DISTRICT"), key=lambda m: m.start)
    marks = anchors(mentions)
    found = _chained(places, text, memory, marks)
    spoken = {plain(m.text): found[m.id] for m in places if m.id in found}
    said: dict[str, Resolved] = {}
    zones: dict[Place, int] = {}  # the zones named so far, by where they are named last
    for before, mention in zip([None, *places], places, strict=False):
        if before and before.id in found and _names_zone(plain(before.text)):
            zones[found[before.id][0]] = before.start
        form = plain(mention.text)
        if joint := _with_division(form, text[max(0, mention.start - 12) : mention.start], memory.home):
            found[mention.id] = joint
            continue
        if mention.id in found:
            said[form] = found[mention.id]
            continue
        if form in ZONES and (zone := zone_meant(form, sorted(zones, key=zones.__getitem__), memory.home)):
            found[mention.id] = said[form] = zone, 0.85
            continue
        here = locate(form, None, base(memory.home, marks), marks)
        own = here and here[0].area == memory.home
        near = here and here[0].area and divisions.within(here[0].area, memory.home) if memory.home else None
        named = None if own else said.get(form) or (None if near else spoken.get(form))
        if known := named or here or memory.towns.get(form) or _without_stray(form, memory.home, marks):
            found[mention.id] = known
    memory.towns |= {form: place for form, place in spoken.items() if place[0].level in TOWNS}
    resolve_villages(places, text, found, memory, town_offices(mentions, memory, marks))
    return found


def _with_division(city: str, before: str, home: str | None) -> Resolved | None:
    """The place of a city of the corps and its division where both stand together."""
    division = DIVISION.search(before) if city.endswith("市") else None
    joint = corps(division[0] + city, home) if division else None
    return (joint[0], 0.9) if joint and not joint[1] else None


def _without_stray(form: str, home: str | None, marks: tuple[str, ...]) -> Resolved | None:
    """The county or district that a name was marked with the word before it: 原江干区, 新拱墅区."""
    inside = form[1:] if form[0] in "原新现" else ""
    full = any(len(code) == 6 for code in divisions.candidates(inside)) and inside[-1] in "市县区旗"
    return locate(inside, None, base(home, marks), marks) if full else None


def _names_zone(form: str) -> bool:
    """Is this a zone with its name (荆州高新区), not its class alone?"""
    zone = zone_class(form)
    return bool(zone and zone[0])


def _chained(places: Sequence[Mention], text: str, memory: Memory, marks: tuple[str, ...]) -> dict[str, Resolved]:
    """Places that stand directly after the place that they belong to: 海安市胡集街道."""
    found: dict[str, Resolved] = {}
    for before, mention in itertools.pairwise(places):
        if text[before.end : mention.start].strip():
            continue
        first = found.get(before.id) or locate(
            plain(before.text), None, base(memory.home, marks), marks, plain(mention.text)
        )
        if first and first[0].area:
            found[before.id] = first
            if place := locate(plain(mention.text), first[0].area, memory.home, marks):
                found[mention.id] = place
    return found


def learn(mentions: Sequence[Mention], text: str, memory: Memory) -> None:
    """Remember the villages that an article names with their township, for articles of the issue that do not."""
    places = sorted((m for m in mentions if m.label == "DISTRICT"), key=lambda m: m.start)
    marks = anchors(mentions)
    find_following(places, text, _chained(places, text, memory, marks), memory, town_offices(mentions, memory, marks))


def anchors(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Provinces, cities and counties that an article names without doubt, alone or at the front of a body's name.

    A name that several divisions share is beyond doubt where the article names their townships too (朝阳区 with 八里庄街道).
    """
    names = {district_of(mention) for mention in mentions if mention.label in {"DISTRICT", "AGENCY"}}
    names -= {"", *divisions.words("common word")}
    towns = {code[:6] for form in names if TOWN.match(form) for code in divisions.candidates(form)}
    found = set()
    for form in names:
        codes = [code for code in divisions.candidates(form) if len(code) == 6]
        if len(codes) > 1:
            codes = [code for code in codes if code in towns and divisions.exact(form, code)]
        if len(codes) == 1 and (len(divisions.candidates(form)) == 1 or divisions.exact(form, codes[0])):
            found.add(codes[0])
    return tuple(sorted(found))


def district_of(mention: Mention) -> str:
    """The district that a mention names: all of a DISTRICT, the place at the front of a body's name."""
    form = plain(mention.text)
    if mention.label == "DISTRICT":
        return form
    name = ORGANISATION.sub("", form)
    return name[: divisions.leading(name)[0]]
