"""DISTRICT mentions to places: the names, the chain they stand in, the paper's home and the article's other places."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from pipeline.linking import divisions
from pipeline.linking.divisions import stem
from pipeline.linking.places import TOWNS, Place, corps
from pipeline.linking.wording import generic
from pipeline.records import Mention

VILLAGE = re.compile(r".+(?:村|社区|居民区|嘎查|居委会|村委会|新村|屯|寨|分场|生产队|小区)$")
TOWN = re.compile(r".+(?:镇|乡|街道|苏木|街道办事处|农场|林场)$")
TOWN_OFFICE = re.compile("(?P<town>.+(?:镇|乡|街道|苏木))(?:办事处|办|党工委|党委|(?:人民)?政府|人大|纪委)")
ZONES: dict[str, str] = dict(divisions.rows("zones.tsv"))
PARTY = re.compile("^(?:中共|政协|共青团|团|武警|国家税务总局)")
OWN = re.compile(r"(?:[全我本]|(?=自治|林区|特区))(?P<word>自治[区州县旗]|林区|特区|[省市县区州旗盟])(?:上下|各地)?")
TWICE = re.compile("(.+)[（(](.+)[）)]")
LEVELS = {"街道", "镇", "乡", "苏木", "村", "社区", "嘎查"}
LEVEL_BONUS = {"province": 1.5, "city": 1.0, "county": 0.5, "township": -2.0}
Resolved = tuple[Place, float]


@dataclass
class Memory:
    """What the articles of an issue have named so far; `home` is the code of the paper's district."""

    home: str | None
    villages: dict[str, Place] = field(default_factory=dict)
    towns: dict[str, Resolved] = field(default_factory=dict)


def resolve(mentions: Sequence[Mention], text: str, memory: Memory) -> dict[str, Resolved]:
    """The place and the confidence of each DISTRICT mention of an article that is known; others are left out."""
    places = sorted((m for m in mentions if m.label == "DISTRICT"), key=lambda m: m.start)
    marks = anchors(mentions)
    found = _chained(places, text, memory, marks)
    spoken = {plain(m.text): found[m.id] for m in places if m.id in found}
    said: dict[str, Resolved] = {}
    for mention in places:
        form = plain(mention.text)
        if mention.id in found:
            said[form] = found[mention.id]
            continue
        if form in ZONES and (zone := zone_meant(form, _named_zones(mention, places, found), memory.home)):
            found[mention.id] = said[form] = zone, 0.85
            continue
        here = locate(form, None, _base(memory.home, marks), marks)
        own = here and here[0].area == memory.home
        near = here and here[0].area and divisions.within(here[0].area, memory.home) if memory.home else None
        before = None if own else said.get(form) or (None if near else spoken.get(form))
        if known := before or here or memory.towns.get(form):
            found[mention.id] = known
    memory.towns |= {form: place for form, place in spoken.items() if place[0].level in TOWNS}
    _villages(places, text, found, memory, _offices(mentions, memory, marks))
    return found


def _named_zones(mention: Mention, places: Sequence[Mention], found: Mapping[str, Resolved]) -> list[Place]:
    """The zones that an article names before a mention, each with its name."""
    before = (m for m in places if m.start < mention.start and m.id in found)
    return [found[m.id][0] for m in before if (zone := zone_class(plain(m.text))) and zone[0]]


def _chained(places: Sequence[Mention], text: str, memory: Memory, marks: tuple[str, ...]) -> dict[str, Resolved]:
    """Places that stand directly after the place that they belong to: 海安市胡集街道."""
    found: dict[str, Resolved] = {}
    for before, mention in itertools.pairwise(places):
        if text[before.end : mention.start].strip():
            continue
        first = found.get(before.id) or locate(
            plain(before.text), None, _base(memory.home, marks), marks, plain(mention.text)
        )
        if first and first[0].area:
            found[before.id] = first
            if place := locate(plain(mention.text), first[0].area, memory.home, marks):
                found[mention.id] = place
    return found


def _base(home: str | None, marks: Sequence[str]) -> str | None:
    """The paper's home, else the only county that the article names."""
    counties = [code for code in marks if divisions.level(code) == "county"]
    return home or (counties[0] if len(counties) == 1 else None)


def plain(form: str) -> str:
    """A printed name without the spaces that layouts put into it."""
    return "".join(form.split())


@lru_cache(maxsize=1 << 14)
def locate(
    form: str, above: str | None, home: str | None, marks: tuple[str, ...] = (), below: str = ""
) -> Resolved | None:
    """The division, zone or country that a form stands for; villages need more (see `resolve`).

    `above` is the place that the form stands after, `marks` what the article names (see `anchors`), `below` the name of a
    place that follows.
    """
    if generic(form):
        return None
    if twice := TWICE.fullmatch(form):
        return locate(twice[2], above, home, marks) or locate(twice[1], above, home, marks)
    if own := OWN.fullmatch(form):
        code = _own(own["word"], home)
        return (Place.division(code), 0.95) if code else None
    if VILLAGE.match(form) and not any(divisions.level(code) != "township" for code in divisions.candidates(form)):
        return None
    scored = sorted(((_score(form, code, above, home, marks, below), code) for code in _candidates(form)), reverse=True)
    renamed = not divisions.candidates(form)  # 龙门区 may be anything but the county of Longmen far away
    scored = [
        (score, code) for score, code in scored if score >= 0 and not (renamed and _far(code, above, home, marks))
    ]
    if not above and ((zone_class(form) and (home or marks)) or form in divisions.words("common word")):
        scored = [(score, code) for score, code in scored if _near_by(code, home, marks)]
    if scored and not (above is None and home and TOWN.match(form) and not divisions.within(scored[0][1], home)):
        return _choice(scored)
    return (
        _short_joined(form, home, marks)
        or _near(form, above or home)
        or (_choice(scored) if scored else None)
        or _joined(form, above, home, marks)
        or _corps(form, home)
        or _zone(form, above, home, marks)
        or _short_zone(form, above or home)
        or _country(form)
        or _unlisted(form, above, home)
    )


def _joined(form: str, above: str | None, home: str | None, marks: tuple[str, ...]) -> Resolved | None:
    """Places printed as one: 兰州市西固区, 平凉市崆峒区西阳乡."""
    for length in range(len(form) - 2, 1, -1):
        if any(len(code) == 6 and divisions.exact(form[:length], code) for code in divisions.candidates(form[:length])):
            first = locate(form[:length], above, home, marks, form[length:])
            if first and first[0].area and (rest := locate(form[length:], first[0].area, home, marks)):
                if rest[0].kind != "division":
                    return None
                return rest[0], round(min(first[1], rest[1]), 2)
    return None


def _short_joined(form: str, home: str | None, marks: tuple[str, ...]) -> Resolved | None:
    """A place after the short name of its city or county: 密云溪翁庄镇, 南京鼓楼区. The table must have it there, under no
    other name, and no place of the whole name.
    """
    length, codes = divisions.leading(form)
    if not 1 < length <= len(form) - 3 or divisions.candidates(form):
        return None
    owners = [code for code in codes if len(code) == 6 and divisions.level(code) != "province"]
    inside = {
        code
        for code in divisions.candidates(form[length:])
        if divisions.exact(form[length:], code) and any(divisions.within(code, owner) for owner in owners)
    }
    return (Place.division(next(iter(inside))), 0.85) if len(inside) == 1 else None


def _far(code: str, above: str | None, home: str | None, marks: Sequence[str]) -> bool:
    """Is a division neither in the place it is looked for in, nor near one that is known? Unknown where none is."""
    return not above and bool(home or marks) and not _near_by(code, home, marks)


def _near_by(code: str, home: str | None, marks: Sequence[str]) -> bool:
    """Does a division lie in the province of the paper, or in a place that the article names?"""
    return any(code[:2] == near[:2] for near in (home or "-", *marks))


def _candidates(form: str) -> list[str]:
    """Codes of a form, else those of the same stem at the same level: a county that has become a city or district."""
    found = divisions.candidates(form) or (divisions.candidates(f"{form}道") if form.endswith("街") else [])
    short, kind = stem(form)
    if found or len(short) < 2 or short[-1] in "市县区" or kind not in {"县", "市", "区", "地区"}:
        return found
    same = [code for code in divisions.candidates(short) if len(code) == 6 and divisions.level(code) != "province"]
    return [code for code in same if kind not in {"县", "区"} or not _has_counties(code)]


def _has_counties(code: str) -> bool:
    """Has a division counties, so that it is no county of its name grown up (东莞县) but the city above it (酒泉县)?"""
    return any(len(below) == 6 for below in divisions.children(code))


def _score(form: str, code: str, above: str | None, home: str | None, marks: Sequence[str], below: str) -> float:
    """How well a division fits a form where it stands; below 0 it does not."""
    score = _form_score(form, code)
    level = divisions.level(code)
    if above:
        return score + (8 if divisions.within(code, above) and code != above else -20)
    close = _closeness(code, home)
    if level == "township" and close < 4 and not divisions.exact(form, code):
        return -1
    named = level != "township" or TOWN.match(form)
    near = 2.5 if named and any(divisions.within(code, mark) and code != mark for mark in marks) else 0
    if level == "township" and home and not near and (close == 0 or (close < 3 and not TOWN.match(form))):
        return -1
    if level == "township" and not home and not near and any(divisions.level(mark) != "province" for mark in marks):
        return -1
    inside = 0
    if code in marks:  # where the article names 镇江市, 镇江 is that city rather than 镇江新区
        inside = 2 if divisions.exact(form, code) else 3 if level == "city" else 0
    follows = 2 if below and any(divisions.within(other, code) for other in divisions.candidates(below)) else 0
    return score + close + max(near, inside) + follows


def _form_score(form: str, code: str) -> float:
    if divisions.exact(form, code):
        return 3 if len(code) == 6 else 2.9
    if (form, code) in divisions.table().aliases:
        return 2.5
    return (0 if form == divisions.short(code) else 1.5) + LEVEL_BONUS[divisions.level(code)] + 0.5


def _closeness(code: str, home: str | None) -> float:
    """How near a division is to the paper's home."""
    if not home:
        return 0
    if divisions.within(code, home) or divisions.within(home, code):
        return 5
    if code[:4] == home[:4]:
        return 3
    return 1.5 if code[:2] == home[:2] else 0


def _choice(scored: Sequence[tuple[float, str]]) -> Resolved | None:
    """The best division where it is clearly the best."""
    best, code = scored[0]
    margin = best - scored[1][0] if len(scored) > 1 else 4.0
    if margin < 0.5:
        return None
    far = divisions.level(code) == "township" and best < 5
    return Place.division(code), round(min(0.99, 0.6 + 0.1 * margin) if not far else 0.55, 2)


def _near(form: str, area: str | None) -> Resolved | None:
    """A township whose kind has changed (乡 to 镇) or that is printed short (观音镇 for 观音垱镇)."""
    if not area or not TOWN.match(form) or divisions.level(area) != "county":
        return None
    short, kind = stem(form)
    towns = [code for code in divisions.children(area) if len(code) > 6]
    same = [code for code in towns if divisions.short(code) == short]
    longer = [code for code in towns if divisions.name(code).startswith(short) and divisions.name(code).endswith(kind)]
    shorter = [
        code for code in towns if short.startswith(divisions.short(code)) and divisions.name(code).endswith(kind)
    ]
    found = same or longer or shorter
    confidence = 0.8 if same else 0.7 if longer else 0.6
    return (Place.division(found[0]), confidence) if len(found) == 1 and len(short) > 1 else None


@lru_cache(maxsize=1 << 14)
def zone_class(form: str) -> tuple[str, str] | None:
    """A development zone's place and class: 荆州高新区 → (荆州, 高新区); the class meets its long and short forms."""
    for ending, kind in ZONES.items():
        if form.endswith(ending):
            return form.removesuffix(ending), kind
    return None


def _zone(form: str, above: str | None, home: str | None, marks: tuple[str, ...]) -> Resolved | None:
    parts = zone_class(form)
    if not parts:
        return None
    if form in _areas():
        return Place("zone", _areas()[form], form, form), 0.9
    front, kind = parts
    if front and front in "省市县区州旗盟":
        area = _own(front, home)
        return _zone(form[1:], area, area, marks) if area else None
    cut = divisions.leading(front + kind)[0]
    known = locate(front[:cut], above, home, marks) if 1 < cut <= len(front) else None
    if known and (known[0].site or (cut < len(front) and not _plainly(front[:cut], known[0].area))):
        known = None
    if known and cut == len(front) and known[0].level == "township":
        if not TOWN.match(known[0].name):
            return known
        if not TOWN.match(front):  # 金山工业园区 need not lie in 金山街道
            known = None
    area = known[0].area if known else above or home
    if not area or area == divisions.NATION:
        return None
    site = front[cut:] + kind if known else front + kind
    if site == kind and (listed := _listed(kind, area)):
        return listed, 0.85
    return Place("zone", area, site, form if front else divisions.short(area) + form), 0.8


def _listed(kind: str, area: str) -> Place | None:
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
    in the paper's district, else one that is more than the district (西咸新区 in a paper of 西安) where it has none.
    """
    kind = ZONES[word]
    zones = [p for p in named if p.area and (zone := zone_class(p.name)) and zone[1] == kind and _is_zone(p)]
    own = [place for place in zones if not home or (place.area or "")[:6] == home]
    wider = [place for place in zones if home and divisions.within(home, place.area or "")]
    if own or not wider:
        return own[-1] if own else None
    return None if home and _listed(kind, home) else wider[-1]


def _is_zone(place: Place) -> bool:
    """Is a place named like a zone (新区) one, and no county (浦东新区) or street?"""
    return place.level in {"zone", "township"}


def _short_zone(form: str, home: str | None) -> Resolved | None:
    zone = short_zone(form, home)
    return (zone, 0.7) if zone else None


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


def _own(word: str, home: str | None) -> str | None:
    """The division of the home that a level word means: 市 in 市高新区."""
    own = reversed(divisions.chain(home)) if home else ()
    return next((code for code in own if divisions.name(code).endswith(word)), None)


def _plainly(form: str, code: str | None) -> bool:
    """May a zone's name begin with this place and go on (武汉|东湖高新区)? Not with short names of counties (红旗|渠)."""
    return bool(code) and (divisions.exact(form, code or "") or divisions.level(code or "") in {"province", "city"})


def _corps(form: str, home: str | None) -> Resolved | None:
    found = corps(form, home)
    return (found[0], 0.85) if found and not found[1] else None


@cache
def _areas() -> dict[str, str]:
    return {row[0]: row[1] for row in divisions.rows("areas.tsv")}


def _country(form: str) -> Resolved | None:
    country = divisions.countries().get(form)
    return (Place("country", None, country, country), 0.95) if country else None


def _unlisted(form: str, above: str | None, home: str | None) -> Resolved | None:
    """A township that the table does not have, in the county that it is printed after, else in the paper's own, where no
    other county of the prefecture has one of its name.
    """
    area = above or home
    if not area or not TOWN.match(form) or divisions.level(area) != "county":
        return None
    if not above and any(code[:4] == area[:4] for code in divisions.candidates(form)):
        return None
    length, codes = divisions.leading(form)
    if len(form) < 3 or any(_names_more(form[:length], code) for code in codes):
        return None
    return Place("town", area, form, form), 0.5


def _names_more(front: str, code: str) -> bool:
    """Does a name that begins with this form name two places: a county or city in full, or a province (江苏鹤乡)?"""
    return len(code) == 6 and (divisions.exact(front, code) or divisions.level(code) == "province")


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
    name = PARTY.sub("", form)
    return name[: divisions.leading(name)[0]]


def learn(mentions: Sequence[Mention], text: str, memory: Memory) -> None:
    """Remember the villages that an article names with their township, for articles of the issue that do not."""
    places = sorted((m for m in mentions if m.label == "DISTRICT"), key=lambda m: m.start)
    marks = anchors(mentions)
    _following(places, text, _chained(places, text, memory, marks), memory, _offices(mentions, memory, marks))


def _villages(
    places: Sequence[Mention], text: str, found: dict[str, Resolved], memory: Memory, offices: Mapping[int, Resolved]
) -> None:
    """Villages and communities: those that follow their township first, then those named again without it."""
    for mention in _following(places, text, found, memory, offices):
        form = plain(mention.text)
        known = _remembered(form, memory)
        if known:
            found[mention.id] = (known, 0.9)
        elif form in LEVELS and (meant := _last_of(form, mention, places, found)):
            found[mention.id] = (meant, 0.8)
        elif (
            VILLAGE.match(form)
            and form not in divisions.words("village noun")
            and (area := _town_before(mention, places, found, offices, memory.home))
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


def _offices(mentions: Sequence[Mention], memory: Memory, marks: tuple[str, ...]) -> dict[int, Resolved]:
    """The townships whose office is named (城关街道办), by where its name ends."""
    offices = {}
    for mention in mentions:
        office = TOWN_OFFICE.fullmatch(plain(mention.text)) if mention.label == "AGENCY" else None
        town = locate(office["town"], None, _base(memory.home, marks), marks) if office else None
        if town and town[0].level in TOWNS:
            offices[mention.end] = town
    return offices


def _following(
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
    before = [found[m.id][0] for m in places if m.start < mention.start and m.id in found]
    return next((place for place in reversed(before) if place.name.endswith(word)), None)


def _town_before(
    mention: Mention,
    places: Sequence[Mention],
    found: dict[str, Resolved],
    offices: Mapping[int, Resolved],
    home: str | None,
) -> tuple[Place, float] | None:
    """The township last named before a village, else that of the office last named so, else the paper's county."""
    towns = [found[m.id][0] for m in places if m.start < mention.start and m.id in found]
    towns = [place for place in towns if place.level in TOWNS | {"zone"}]
    towns = towns or [town for end, (town, _) in sorted(offices.items()) if end <= mention.start]
    if towns:
        return towns[-1], 0.6
    return (Place.division(home), 0.5) if home and divisions.level(home) == "county" else None
