"""AGENCY mentions to bodies: place or level word × kind of body → official full name and the order of bodies.

A printed name is read in three parts: a prefix (中共, 政协, 共青团), the place (荆州市沙市区, 沙市, 区) and the rest, which a
line of `data/bodies.tsv` knows. What no line knows is a department or unit whose words are written out with
`data/departments.tsv` and `data/units.tsv`. The official name of an urban district's body begins with its city
(荆州市沙市区人民政府), that of a county or city with its own name (双峰县人民政府).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.linking import divisions
from pipeline.linking.districts import locate
from pipeline.linking.places import Place
from pipeline.linking.scene import LEVEL_WORD, NOT_LEVEL, Scene
from pipeline.records import Node

SESSION = re.compile(r"第?[一二三四五六七八九十百\d]+届")
PREFIX = re.compile(r"^(中国共产党|中共|中国共产主义青年团|共青团|中国人民政治协商会议|政协|武警|国家税务总局)(?=.)")
UNIT = re.compile(r".*?(?:党组|[所队庭科室股站部组]|支部|党委|总支|团委|工会|工委|委员会|分局|中心|大队|机关)$")
BASE = re.compile(r"(?P<base>.+?(?:公安局|法院|检察院|人大常委会|政府|纪委监委|纪委|[局厅委会]))(?P<unit>.+)$")
PARTY_UNIT = {
    "党组": "党组",
    "党支部": "支部委员会",
    "党总支": "总支部委员会",
    "党委": "委员会",
    "机关党委": "机关委员会",
}
SUFFIX = re.compile(r"(?P<stem>.+?)(?P<suffix>委员会|委|局|厅|办公室|办|中心|支队|大队|总队|站)$")
TOWN_BODY = re.compile(r"^(?:党委|党工委|办事处|街道办|纪委|人大工委)")
VILLAGE_BODY = re.compile(r"^(?:村委会|村民委员会|居委会|居民委员会|党支部|党总支)")
SITE = re.compile(r"^(?P<name>[一-鿿]{1,7}?(?:村|社区|嘎查))(?=村委会|居委会|村民委员会|居民委员会|党|妇联|综治)")
TEMPORARY = re.compile(r"(?:指挥部|领导小组|专班|工作队|工作组|督[导查]组|检查组|指导组|委员会)$")


@dataclass(frozen=True, slots=True)
class Kind:
    """A line of `data/bodies.tsv`."""

    rest: re.Pattern[str]
    official: str
    system: str
    kind: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its official name, what it is, whom it serves and what it belongs to."""

    name: str
    system: str
    kind: str
    place: Place | None
    parent: Body | None = None
    confidence: float = 0.9

    @property
    def id(self) -> str:
        """agency:421002:中共荆州市沙市区委员会: the code of the place served and the official name."""
        area = self.place.area if self.place and self.place.area else "-"
        return f"agency:{area}:{self.name}"

    def node(self) -> Node:
        """The body as an Agency node."""
        properties = {"name": self.name, "system": self.system, "kind": self.kind}
        if self.place:
            properties["level"] = "nation" if self.place.area == divisions.NATION else self.place.level
            properties["district"] = self.place.id
        return Node(id=self.id, labels=["Agency"], properties=properties)


CHINA = Place("division", divisions.NATION, "", "中国")


@cache
def kinds() -> list[Kind]:
    """The kinds of bodies."""
    return [
        Kind(re.compile(rest), official, system, kind, None if parent == "-" else parent)
        for rest, official, system, kind, parent in divisions.rows("bodies.tsv")
    ]


@cache
def words(file: str) -> dict[str, str]:
    """A table of short and full words."""
    return {row[0]: row[1] for row in divisions.rows(file)}


@cache
def central() -> dict[str, Body]:
    """The bodies of the whole country by their printed forms."""
    return {
        form: Body(name, system, kind, CHINA, None, 0.97)
        for forms, name, system, kind in divisions.rows("central.tsv")
        for form in forms.split()
    }


def normal(text: str) -> str:
    """A printed name without spaces, full-width forms and the number of a session (十七届)."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return SESSION.sub("", plain)


def resolve(text: str, at: int, scene: Scene) -> Body | None:
    """The body that a printed name at this position of an article stands for, None where nothing tells whose it is."""
    name = normal(text)
    if name in central():
        return central()[name]
    prefix = PREFIX.match(name)
    body = _prefixed(prefix[1], name[prefix.end() :], at, scene) if prefix else None
    return body or _placed(name, at, scene) or _bare(name, at, scene) or _central_unit(name)


def at(place: Place, rest: str, confidence: float) -> Body | None:
    """The body of a known kind at a place: 政府, 委, 党委, 村委会."""
    return _known(place, rest, confidence)


def _prefixed(prefix: str, rest: str, at: int, scene: Scene) -> Body | None:
    """中共X委员会, 政协X委员会, 共青团X委, 民盟X市委会."""
    for place, tail, confidence in _fronts(rest, at, scene):
        if prefix in {"中共", "中国共产党"}:
            tail = re.sub(r"^委员会", "委", tail)
        elif prefix in {"政协", "中国人民政治协商会议"}:
            tail = "政协" + tail.removeprefix("委员会")
        elif prefix in {"共青团", "中国共产主义青年团"}:
            tail = "团委" if re.match(r"委(?:员会)?$", tail) else tail
        elif prefix == "武警":
            return Body(f"中国人民武装警察部队{place.title}{tail}", "military", "armed police", place, None, confidence)
        if body := _known(place, tail, confidence):
            return body
    return None


def _placed(name: str, at: int, scene: Scene) -> Body | None:
    """A name that begins with a place or a level word."""
    fronts = list(_fronts(name, at, scene))
    for place, rest, confidence in fronts:
        if body := _known(place, rest, confidence):
            return body
    for place, rest, confidence in fronts:
        if body := _department(place, rest, confidence):
            return body
    return None


def _fronts(name: str, at: int, scene: Scene) -> Iterator[tuple[Place, str, float]]:
    """The ways to read a place at the front of a name, the longest first: (place, what follows, confidence)."""
    league = re.match(r"团([省市县区州旗])委$", name)
    if league:
        name = f"{league[1]}团委"
    word = LEVEL_WORD.match(name)
    if word and not NOT_LEVEL.match(name) and len(name) > word.end():
        known = scene.level(word[0], at)
        if known:
            yield from _inside(known[0], name[word.end() :], known[1], at, scene)
    yield from _inside(None, name, 0.95, at, scene)


def _inside(
    place: Place | None, rest: str, confidence: float, at: int, scene: Scene
) -> Iterator[tuple[Place, str, float]]:
    """Places further down at the front of the rest, then the place itself."""
    above = place.area if place else None
    site = SITE.match(rest)
    if place and site and place.area:
        name = site["name"]
        yield Place("village", place.area, name, name), rest[site.end() :], confidence
    anchors = [known.area for _, known in scene.places if known.area]
    for length in range(min(len(rest) - 1, 15), 1, -1):
        known = locate(rest[:length], above, scene.home, anchors)
        if known and known[0].kind != "country" and _serious(rest[:length], known[0], above):
            yield from _inside(known[0], rest[length:], min(confidence, known[1]), at, scene)
    if place:
        yield place, rest, confidence
        if len(rest) > 2 and rest[0] == place.name[-1]:
            yield place, rest[1:], confidence


def _serious(form: str, place: Place, above: str | None) -> bool:
    """May this form open a body's name? Short names of townships and words like 公安 may not."""
    if place.site or not place.area:
        return place.kind == "zone"
    return divisions.exact(form, place.area) or divisions.level(place.area) != "township"


def _known(place: Place, rest: str, confidence: float) -> Body | None:
    """The body of a known kind at a place."""
    for kind in kinds():
        if match := kind.rest.fullmatch(rest):
            parent = _known(place, kind.parent, confidence) if kind.parent and kind.parent != rest else None
            group = _full(next((g for g in match.groups() if g), ""))
            name = kind.official.replace("{P}", _title(kind, place)).replace("{1}", group)
            name = name.replace("{court}", _court(place)).replace("{rest}", _full(rest))
            return Body(name, kind.system, kind.kind, place, parent, confidence)
    return None


def _title(kind: Kind, place: Place) -> str:
    if "军分区" in kind.official and place.area:
        return divisions.short(place.area)
    return place.title


def _court(place: Place) -> str:
    level = place.level
    return {"province": "高级人民法院", "city": "中级人民法院"}.get(level, "人民法院")


def _full(words_: str) -> str:
    """A department's or unit's words written out: 发改局 → 发展和改革局, 卫健委 → 卫生健康委员会."""
    if words_ in words("units.tsv"):
        return words("units.tsv")[words_]
    match = SUFFIX.match(words_)
    if not match:
        return words_
    stem = words("departments.tsv").get(match["stem"], match["stem"])
    suffix = {"委": "委员会", "办": "办公室"}.get(match["suffix"], match["suffix"])
    return stem + suffix


def _department(place: Place, rest: str, confidence: float) -> Body | None:
    """A department or unit that no kind names."""
    if len(rest) < 2:
        return None
    base = BASE.match(rest)
    if base and UNIT.match(base["unit"]) and not rest.endswith("委员会"):
        owner = _known(place, base["base"], confidence) or _plain(place, base["base"], confidence)
        return unit(owner, base["unit"], confidence)
    for ending, full in PARTY_UNIT.items():
        if rest.endswith(ending) and rest != ending:
            owner = _known(place, rest.removesuffix(ending), confidence)
            name = owner.name if owner else place.title + _full(rest.removesuffix(ending))
            return Body(f"中共{name}{full}", "party", "party branch", place, owner, confidence)
    return _plain(place, rest, confidence)


def unit(owner: Body, part: str, confidence: float) -> Body:
    """A unit inside a body."""
    for ending, full in PARTY_UNIT.items():
        if part == ending:
            return Body(f"中共{owner.name}{full}", "party", "party group", owner.place, owner, confidence)
    return Body(owner.name + _full(part), owner.system, "unit", owner.place, owner, confidence)


def _plain(place: Place, rest: str, confidence: float) -> Body:
    name = place.title + _full(rest)
    if rest.endswith(("局", "厅", "委", "办", "办公室")):
        government = _known(place, "政府", confidence)
        return Body(name, "government", "department", place, government, round(confidence * 0.95, 2))
    if TEMPORARY.search(rest):
        return Body(name, "temporary", "leading group", place, None, round(confidence * 0.9, 2))
    return Body(name, "public institution", "public institution", place, None, round(confidence * 0.85, 2))


def _bare(name: str, at: int, scene: Scene) -> Body | None:
    """A name without place: 组织部 belongs to the committee named before, 管委会 to the zone, 村委会 to the village."""
    place: Place | None
    if VILLAGE_BODY.match(name):
        place = scene.nearest({"village"}, at)
    elif TOWN_BODY.match(name):
        place = scene.nearest({"township", "town"}, at)
    elif name in {"管委会", "管理委员会"}:
        place = scene.nearest({"zone"}, at)
    else:
        place = _committee_before(at, scene) or (Place.division(scene.home) if scene.home else None)
    return _known(place, name, 0.75) if place else None


def _committee_before(at: int, scene: Scene) -> Place | None:
    before = [place for start, place in scene.committees if start < at]
    return before[-1] if before else None


def _central_unit(name: str) -> Body | None:
    """A unit of a body of the whole country: 生态环境部环境工程评估中心."""
    for length in range(len(name) - 1, 2, -1):
        if owner := central().get(name[:length]):
            return unit(owner, name[length:], 0.8)
    return None
