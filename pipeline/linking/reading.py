"""AGENCY mentions to bodies: how a printed name is read.

A name has a prefix (中共, 政协, 共青团, 民盟), the place (荆州市沙市区, 沙市, 区, 兵团第八师) and the rest, which `bodies.py` knows.
Level words (区, 镇) are read by the scene: the paper's home and the places named so far. A name without a place is the
short form of a body named before, or belongs to the committee, village, town or zone that it stands with.
"""

from __future__ import annotations

import re

from pipeline.linking import divisions, unplaced
from pipeline.linking.bodies import CHINA, Body, central, department, known, unit
from pipeline.linking.fronts import LEAGUE, PREFIX, fronts
from pipeline.linking.places import Place, corps
from pipeline.linking.scene import LEVEL_WORD, Scene
from pipeline.linking.wording import SUFFIX, field, full, generic, in_order, normal, table
from pipeline.linking.zones import zone_class

POLICE_BRANCH = re.compile(r"^([省市县区州旗盟]?)公安(?:局)?(.{2,5})分局$")
CONTRACTED = re.compile("(?:常务)?副?(?P<noun>[局厅院部校]|[大支总]队)长")
"""Titles that the last word of a body's name may stand in alone: 县教育|局长."""
NATIONAL = re.compile(r"^(?:中央|国家|国务院|全国).{2,}(?:部|局|署|会|委|办|办公室|小组|院)$")


def resolve(text: str, at: int, scene: Scene) -> Body | None:
    """The body that a printed name at this position of an article stands for, None where nothing tells whose it is."""
    name = POLICE_BRANCH.sub(_as_branch, normal(text))
    if generic(name):
        return None
    if name in central():
        return central()[name]
    if body := _joint(name, at, scene) or _contracted(text, at, scene):
        return body
    for read in (_corps, unplaced.inner, _prefixed, _placed, *unplaced.READERS):
        if body := read(name, at, scene):
            return body
    if name[0] in "原现" and len(name) > 3:
        return resolve(name[1:], at, scene)
    return _national(name) or _zone_office(name)


def _as_branch(match: re.Match[str]) -> str:
    """市公安局沙市分局 as 市沙市公安分局, where a county or district goes by that short name."""
    name = match[2]
    short = any(len(code) == 6 and not divisions.exact(name, code) for code in divisions.candidates(name))
    return f"{match[1]}{name}公安分局" if short or not match[1] else match[0]


def _joint(name: str, at: int, scene: Scene) -> Body | None:
    """Two bodies printed as one name: 区委、区政府, 秣陵街道党工委、办事处."""
    first, mark, second = name.partition("、")
    if not mark or "、" in second or len(first) < 2:
        return None
    one = resolve(first, at, scene)
    if not one or not one.place:
        return None
    bare = LEVEL_WORD.sub("", second, count=1)
    other = known(one.place, second, one.confidence) or known(one.place, bare, one.confidence)
    other = other or resolve(second, at, scene)
    if not other:
        return None
    return Body(f"{one.name}、{other.name}", one.system, "joint", one.place, one, round(one.confidence * 0.95, 2))


def _contracted(text: str, at: int, scene: Scene) -> Body | None:
    """A body whose name ends in its head's title (县教育|局长, 县人武|部长), of those that counties are known to have."""
    head = CONTRACTED.match(scene.text, at + len(text))
    if not head or text.endswith(head["noun"]):
        return None
    body = resolve(text + head["noun"], at, scene)
    if not body or body.kind in {"public institution", "unit", "leading group"}:
        return None
    plain = body.name.removeprefix(body.place.title) if body.place else ""
    return body if body.kind != "department" or field(plain) else None


def _corps(name: str, at: int, scene: Scene) -> Body | None:
    """The corps itself, one of its divisions or regiments: 新疆生产建设兵团第三师五十一团."""
    found = corps(name, scene.home)
    if not found or found[1]:
        return None
    return Body(found[0].name, "government", "corps unit", found[0], None, 0.9)


def _prefixed(name: str, at: int, scene: Scene) -> Body | None:
    """中共X委员会, 政协X委员会, 共青团X委, 武警X支队, 民盟X市委会."""
    match = PREFIX.match(name)
    if not match:
        return None
    for place, tail, confidence in fronts(name[match.end() :], at, scene):
        if body := _with_prefix(match[1], place, tail, confidence):
            return body
    return None


def _with_prefix(prefix: str, place: Place, tail: str, confidence: float) -> Body | None:
    if prefix in {"中共", "中国共产党"}:
        rest = re.sub(r"^委员会", "委", tail)
        return known(place, rest, confidence) or known(place, f"委{rest}", confidence)
    if prefix in {"政协", "中国人民政治协商会议"}:
        return known(place, "政协" + tail.removeprefix("委员会"), confidence)
    if prefix in {"共青团", "中国共产主义青年团"}:
        body = re.sub(r"^委(?:员会)?", "团委", tail)
        return known(place, body, confidence) or (department(place, body, confidence) if body != tail else None)
    if prefix in {"武警", "中国人民武装警察部队"}:
        where = place.title if place.level == "province" else place.short
        return Body(f"中国人民武装警察部队{where}{tail}", "military", "armed police", place, None, confidence)
    if prefix == "国家税务总局":
        return known(place, tail, confidence)
    part = "委员会" if re.fullmatch(r"委(?:员?会)?", tail) else full(tail)
    return Body(central()[prefix].name + place.title + part, "mass", "party", place, None, confidence)


def _placed(name: str, at: int, scene: Scene) -> Body | None:
    """A name that begins with a place or a level word."""
    if LEAGUE.match(name):
        return _prefixed(LEAGUE.sub("共青团", name), at, scene)
    ways = list(fronts(name, at, scene))
    for place, rest, confidence in ways:
        if body := known(place, rest, confidence):
            return body
    for place, rest, confidence in ways:
        if (body := department(place, rest, confidence)) and not _far_word(body, name, scene):
            return _in_full(body, rest, scene) or body
    return None


def _in_full(body: Body, rest: str, scene: Scene) -> Body | None:
    """The department of the same place that is named before with the whole of its name: 文化广电体育和旅游局 for 文广体旅局,
    农业农村委员会 for 农委. A whole word of the longer name is no short form of it (农业局).
    """
    match = SUFFIX.match(rest)
    if not match or body.kind != "department" or not body.place or match["stem"] in table("departments.tsv").values():
        return None
    short = full(rest)
    named = [other for other in scene.distinct.values() if other.place == body.place and other.name.endswith(short[-1])]
    found = {}
    for other in named:
        name = other.name.removeprefix(body.place.title)
        if name[0] == short[0] and in_order(short, name) and (len(match["stem"]) == 1 or match["stem"] not in name):
            found[other.id] = other
    return next(iter(found.values())) if len(found) == 1 and body.id not in found else None


def _far_word(body: Body, name: str, scene: Scene) -> bool:
    """Is a body without a known kind read from the short name of a county that neither paper nor article is near
    (滨湖国际|红色业委会)? Such names are words as a rule.
    """
    area = body.place.area if body.place else None
    if not body.place or not area or divisions.level(area) != "county":
        return False
    named = (code for code in scene.anchors if code != area or body.place.name in scene.text)
    near = any(area[:2] == code[:2] for code in (scene.home, *named) if code)
    return not near and not name.startswith(body.place.name) and name.startswith(body.place.short)


def _national(name: str) -> Body | None:
    """A unit of a body of the whole country (生态环境部环境工程评估中心), and central bodies that no table has."""
    for length in range(len(name) - 1, 2, -1):
        if owner := central().get(name[:length]):
            return unit(owner, name[length:], 0.8)
    if NATIONAL.match(name):
        return Body(full(name), "government", "agency", CHINA, None, 0.7)
    return None


def _zone_office(name: str) -> Body | None:
    """The office of a zone whose place is not known: 平山经济开发区管委会."""
    zone = re.match(r"(.{2,}?)(?:管委会|管理委员会)$", name)
    if not zone or not zone_class(zone[1]) or not zone_class(zone[1])[0]:  # type: ignore[index]
        return None
    return Body(f"{zone[1]}管理委员会", "government", "zone administration", None, None, 0.5)
