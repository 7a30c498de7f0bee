"""The place at the front of a body's name: 沙市区|教育局, 区|教育局, 荷叶镇|党委, 金盏村|村委会, 高新区|管委会.

A name may be read in several ways (市中区 is a district, 市|中医院 is not); what follows the place decides (see `reading.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.linking import divisions
from pipeline.linking.bodies import central
from pipeline.linking.locating import TOWN, locate
from pipeline.linking.places import TOWNS, Place, corps
from pipeline.linking.scene import LEVEL_WORD, LOCAL, NOT_LEVEL, Scene, is_called
from pipeline.linking.wording import VILLAGERS, field, normal
from pipeline.linking.zones import ZONES, short_zone

PREFIX = re.compile(
    r"^(中国共产党|中共|中国共产主义青年团|共青团|中国人民政治协商会议|政协|中国人民武装警察部队|武警|国家税务总局"
    r"|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?=.)"
)
LEAGUE = re.compile(r"^团(?!风县)(?=(?:[^委]*[省市县区州旗盟]|[镇乡])委(?:$|办|[一-鿿]{2}部$))")
SITE = re.compile(
    r"^(?!农村|乡村)(?P<name>[一-鿿]{1,7}?)(?P<kind>村|社区|嘎查)?"
    rf"(?P<rest>(?:{VILLAGERS}|村?党支部|村?党总支|村?党委|妇联|综治).*|(?<=[村区查])(?:图书|便民|卫生|文化).+)$"
)
OFFICE_BEFORE_VILLAGE = re.compile(r"^办(?:事处)?(?=[一-鿿]{1,7}?(?:村|社区|嘎查)(?:支部|党|村|居|委))")
"""A township's office before the name of one of its villages: 城关街道|办事处|西寺社区党支部."""
AUTONOMOUS = re.compile("自治[州县旗](?=.)")
"""What stands after the short name of an autonomous place: 彭水|自治县县委."""
TOWN_OWN = re.compile(r"(?:党|人民政府|政府|人大|纪委|办事处|武装部|团委|妇联)")
NO_PLACE = {"公安"}
LOCAL_UNIT = re.compile(r"^(?:人民|边境)?(?:法庭|派出所|税务所|司法所|工商所|市场监管所|自然资源所)$")
PORT = re.compile(r"海关|海事局|(?:出入境)?边防检查站|边检站")
"""Bodies of the border, many of them named after a township."""
LEVEL_BODY = re.compile("([市县区州旗])(?:委|政府|人民政府|人大|政协|纪委|监委)")
"""A body after the kind of its place, which a city of another kind is not: 酒泉|县委."""
GROUND = re.compile(r"路|街(?!道)|大[道街]|山(?![区林水])|湖(?!泊)|江|岛|水库")
"""What follows short names of divisions that are part of other names: 碧江|路派出所, 祁连|山国家公园."""
VILLAGE_NOUN = re.compile("(?:社区|村)(?:居|村|委|两委|党|支部|总支|监委)")
"""What follows short names that are a village's too: 南关|社区居委会."""
ZONE_BODY = re.compile("党?工委|管委会?|管理委员会")


def named_by(text: str, at: int, scene: Scene) -> Place | None:
    """The place that a printed name itself begins with (大悟县 of 大悟县委), None for level words and bare names."""
    name = normal(text)
    if name in central() or _zone_word(name):
        return None
    prefix = PREFIX.match(name)
    rest = LEAGUE.sub("", name[prefix.end() :] if prefix else name)
    found = next(_inside(None, rest, 0.95, at, scene), None)
    return found[0] if found else None


Front = tuple[Place, str, float]


def fronts(name: str, at: int, scene: Scene) -> Iterator[Front]:
    """The ways to read a place at the front of a name, the longest first: (place, what follows, confidence)."""
    if found := corps(name, scene.home):
        yield found[0], found[1], 0.9
    yield from _zones(name, at, scene)
    word = level_word(name, scene)
    if word and (meant := scene.level(word, at)):
        yield from _inside(meant[0], name[len(word) :], meant[1], at, scene)
    if (before := scene.ends.get(at)) and before.area:
        yield from _directly_in(before, name, at, scene)
    yield from _inside(None, name, 0.95, at, scene)


def _zones(name: str, at: int, scene: Scene) -> Iterator[Front]:
    """A zone at the front of a name that prints its class alone (新区|管委会) or all but its class (洋浦|工委)."""
    word = _zone_word(name)
    if word and (meant := scene.zone(word, at)):
        yield meant, name[len(word) :], 0.85
    for length in range(min(len(name) - 1, 8), 1, -1):
        front, rest = name[:length], name[length:]
        listed = short_zone(front, scene.base(at))
        zone = listed or scene.zones.get(front)
        if not zone or (zone.name != front and name.startswith(zone.name)):
            continue
        if ZONE_BODY.match(rest) or (zone == listed and zone in scene.local and not PORT.search(rest)):
            yield zone, rest, 0.8


def _zone_word(name: str) -> str | None:
    """The name of a class of zones that a longer name begins with (开发区 in 开发区党工委)."""
    word = next((ending for ending in ZONES if name.startswith(ending) and name != ending), None)
    return word if word and divisions.leading(name)[0] <= len(word) else None


def _directly_in(place: Place, name: str, at: int, scene: Scene) -> Iterator[Front]:
    """A division of the place that stands directly before a name: 枣庄市|市中区教育局."""
    for length in range(min(len(name) - 1, 15), 1, -1):
        inside = [c for c in divisions.candidates(name[:length]) if divisions.exact(name[:length], c)]
        found = [c for c in inside if c != place.area and divisions.within(c, place.area or "")]
        if len(found) == 1:
            yield from _inside(Place.division(found[0]), name[length:], 0.9, at, scene)
            return


def level_word(name: str, scene: Scene) -> str | None:
    """The level word that a longer name begins with (区 in 区教育局); None where it is part of a word (市场) or of a place's
    name: a full one (市中区, 县溪镇), or the short one of a place that the article or its paper is of (镇江军分区).
    """
    word = LEVEL_WORD.match(name)
    if not word or len(name) == word.end() or NOT_LEVEL.match(name):
        return None
    length, codes = divisions.leading(name)
    for code in codes:
        if divisions.exact(name[:length], code) and (len(code) == 6 or code.startswith(scene.areas)):
            return None
        if word[0] in LOCAL and any(divisions.within(area, code) for area in scene.areas):
            return None
    return word[0]


def _inside(place: Place | None, rest: str, confidence: float, at: int, scene: Scene) -> Iterator[Front]:
    """Places further down at the front of the rest, then the place itself."""
    above = place.area if place else None
    if place and (village := _village_of(place, rest)):
        yield *village, confidence
    if not place:
        for here in scene.named(rest):
            yield from _inside(here, rest[len(here.name) :], 0.9, at, scene)
    for length in range(min(len(rest) - 1, 15), 1, -1):
        form = rest[:length]
        if not divisions.may_open(form) or NOT_LEVEL.match(rest[length - 1 :]):
            continue
        found = locate(form, above, scene.base(at), scene.anchors)
        if found and _serious(form, found[0], rest[length:]):
            yield from _inside(found[0], rest[length:], min(confidence, found[1]), at, scene)
    if place:
        kind = AUTONOMOUS.match(rest)
        if kind and place.name.endswith(kind[0]):
            rest = rest[kind.end() :]
        if len(rest) > 1 and _again(place, rest):
            yield place, rest[1:], confidence
        if place.name.endswith("街道") and rest == "办":
            rest = "街道办"
        elif place.level == "village" and rest == "委会":
            rest = "村委会"
        elif rest.startswith("直") and field(rest[1:]):
            rest = rest[1:]
        yield place, rest, confidence


def _village_of(place: Place, rest: str) -> tuple[Place, str] | None:
    """A village at the front of what follows a place, also after a township's office, and what follows its name."""
    site = named_site(OFFICE_BEFORE_VILLAGE.sub("", rest) if place.level in TOWNS else rest)
    return place_and_rest(site, place) if site and place.area else None


def named_site(name: str) -> re.Match[str] | None:
    """A village and a body of it at the front of a name, where the name says that it is a village."""
    site = SITE.match(name)
    return site if site and (site["kind"] or site["rest"].startswith(("村", "居"))) else None


def _again(place: Place, rest: str) -> bool:
    """Does a level word say again what the place is: 雄县县委, 阿里地委?"""
    own = "地" if place.name.endswith("地区") else place.name[-1]
    return rest[0] == own and own in "省市县区州旗盟镇乡地" and not NOT_LEVEL.match(rest)


def place_and_rest(site: re.Match[str], place: Place) -> tuple[Place, str]:
    """A village inside a town, and what follows its name: 安坪村村委会, 金盏村委会."""
    kind = site["kind"] or ("社区" if site["rest"].startswith("居") else "村")
    name = site["name"] + kind
    return Place("village", place.area, f"{place.site}:{name}" if place.site else name, name), site["rest"]


def _serious(form: str, place: Place, rest: str) -> bool:
    """May this form open a body's name? Short names of townships and words like 公安 may not."""
    if place.kind == "town":
        return bool(TOWN_OWN.match(rest)) or rest == "办"
    if place.site or not place.area or form in NO_PLACE:
        return place.kind == "zone"
    if (GROUND.match(rest) or VILLAGE_NOUN.match(rest)) and not divisions.exact(form, place.area):
        return False
    if PORT.fullmatch(rest):
        return True
    level = LEVEL_BODY.match(rest)
    if level and place.level == "city" and not is_called(place.name, level[1]) and not _again(place, rest):
        return False
    if LOCAL_UNIT.search(rest) and not divisions.exact(form, place.area):
        return False
    return divisions.exact(form, place.area) or divisions.level(place.area) != "township" or bool(TOWN.match(form))
