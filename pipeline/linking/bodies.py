"""Bodies: place × kind of body → official full name, what it belongs to, and whom it serves.

What stands after the place in a printed name (沙市区|委组织部) is known by a line of `data/bodies.tsv`, or it is a department or
unit whose words are written out (see `wording.py`). The official name of an urban district's body begins with its city
(荆州市沙市区人民政府), that of a county or city with its own name (双峰县人民政府).
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.linking import divisions
from pipeline.linking.places import TOWNS, Place
from pipeline.linking.wording import PARTY_UNITS, field, full
from pipeline.records import Node

UNIT = re.compile(
    r".*?(?:党组|党组理论学习中心组|[所队庭科室股站部组处]|[党团]?支部|党委|总支|团委|工会|工委|委员会|分局|中心|大队|机关|分院|办事处)$"
)
BASE = re.compile(
    r"(?P<base>.*?(?:公安局|海关|法院|[中高]院|检察院|人武部|武装部|人大常委会|人民政府|政府(?!采购)|纪委监委|纪委"
    r"|.(?:局|厅|委员会|委(?!员会|会)|(?<!委员)会)))(?P<unit>.+)$"
)
OWN_COMMITTEE = re.compile("(?P<base>.+?)(?P<part>执行委员会|常务委员会|执委会|常委会|理事会|主席团)")
"""A committee that a mass organisation elects: 妇联|执行委员会."""
TEMPORARY = re.compile(r"(?:指挥部|领导小组|专班|工作队|工作组|督[导查]组|检查组|指导组|委员会)$")
INSTITUTION = re.compile(
    r"(?:(?<!干)部|[委局厅处科室股中心站所院馆校队会社司厂场区团组点网台庭行署园党军营连机关系班])$"
)
TRADE_FIRM = re.compile("^(?:电网|电力|移动|电信|联通|银行|石油|石化)")
LOCAL_OFFICE = re.compile(r"(?:边防)?派出所|司法所|(?:人民)?法庭")
EITHER = re.compile(r"党[(（]工[)）]委")
"""What is printed of the committees of towns and streets together: 沙江镇党（工）委."""
STREET = re.compile("党?工委(?:办事处)?|街道办|(?:街道)?办事处|纪工委|人大工委")
"""What streets have and towns have not."""
DEPARTMENT = ("局", "厅", "委", "办", "办公室", "处")


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

    def up_to(self, kinds: Container[str]) -> Body | None:
        """The body itself where it is of one of these kinds, else the nearest such body that it belongs to."""
        if self.kind in kinds:
            return self
        return self.parent.up_to(kinds) if self.parent else None

    def whole(self) -> Body:
        """The body that this is a unit of; committees, governments and assemblies are none, nor are what belongs to them."""
        organs = peers("county organ")
        up = self.parent
        return up.whole() if up and self.kind not in organs and up.kind not in organs else self

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


Target = Body | Place | Node
"""What a post may belong to: a body, a place, or the node of an organisation."""
CHINA = Place("division", divisions.NATION, "", "中国")


def place_of(target: Target | None) -> Place | None:
    """The place whose post or body's post this is."""
    return target.place if isinstance(target, Body) else target if isinstance(target, Place) else None


@cache
def kinds() -> list[Kind]:
    """The kinds of bodies."""
    return [
        Kind(re.compile(rest), official, system, kind, None if parent == "-" else parent)
        for rest, official, system, kind, parent in divisions.rows("bodies.tsv")
    ]


@cache
def peers(use: str) -> dict[str, str]:
    """The kinds that have something in common (see `data/kinds.tsv`), each with its word for it."""
    return {kind: word for group, kind, word in divisions.rows("kinds.tsv") if group == use}


@cache
def central() -> dict[str, Body]:
    """The bodies of the whole country by their printed forms."""
    return {
        form: Body(name, system, kind, CHINA, None, 0.97)
        for forms, name, system, kind in divisions.rows("central.tsv")
        for form in forms.split()
    }


@lru_cache(maxsize=1 << 14)
def _kind(rest: str) -> tuple[Kind, str] | None:
    """The kind that knows this text after a place, and its group written out."""
    for kind in kinds():
        if match := kind.rest.fullmatch(rest):
            return kind, full(next((g for g in match.groups() if g), ""))
    return None


def known(place: Place, rest: str, confidence: float) -> Body | None:
    """The body of a known kind at a place: 政府, 委, 党委, 村委会; None where no kind knows the rest."""
    rest = either_committee(rest, place)
    if rest.startswith("党委") and len(rest) > 2 and place.level not in TOWNS | {"village"}:
        rest = rest[1:] if rest[1:] != "委" else rest
    if rest in {"政府", "人民政府"} and place.kind == "corps":
        return Body(place.name, "government", "corps unit", place, None, confidence)
    if rest == "政府" and place.name.endswith(("盟", "地区")) and place.level == "city":
        rest = "行署"
    found = _kind(rest)
    if not found:
        return None
    kind, group = found
    parent = _parent(place, kind.parent, confidence) if kind.parent and kind.parent != rest else None
    parts = {
        "{P}": _as_street(place.title) if STREET.fullmatch(rest) and place.level == "township" else place.title,
        "{S}": place.short,
        "{C}": place.city,
        "{court}": _court(place),
        "{1}": group,
        "{rest}": full(rest),
        "{branch}": _branch(place, rest),
    }
    name = kind.official
    if place.title.endswith("自治区"):
        name = re.sub(r"\{P\}委(?!员会)", "{P}党委", name)
    for part, words in parts.items():
        name = name.replace(part, words)
    return Body(name, kind.system, kind.kind, place, parent, confidence)


def either_committee(words: str, place: Place) -> str:
    """Words with 党（工）委 as the committee that a place has: 党工委 in streets and zones, else 党委."""
    if place.level not in TOWNS | {"zone"}:
        return words
    return EITHER.sub("党工委" if place.name.endswith("街道") or place.level == "zone" else "党委", words)


def _parent(place: Place, rest: str, confidence: float) -> Body | None:
    """The superior body: at the same place, or after "^" at the one above a township, zone or village, where the party's
    committee is 党工委 in a street.
    """
    if not rest.startswith("^"):
        return known(place, rest, confidence)
    above = place.above() if place.level in TOWNS | {"zone", "village"} else None
    if not above or (place.kind == "village" and above.level != "township"):
        return None
    wanted = rest[1:]
    if wanted == "党委" and above.name.endswith("街道"):
        wanted = "党工委"
    return known(above, wanted if above.level == "township" else wanted.removeprefix("党"), confidence)


def _as_street(title: str) -> str:
    """The name of a township that has become a street since the division table was made: 永兴镇 as 永兴街道."""
    return re.sub("[镇乡]$", "街道", title)


def _court(place: Place) -> str:
    return {"province": "高级人民法院", "city": "中级人民法院"}.get(place.level, "人民法院")


def _branch(place: Place, rest: str) -> str:
    """A city's bureau in a district, as the city names it: 公安分局 in 新会区 → 公安局新会分局."""
    return f"{full(rest.removesuffix('分局') + '局')}{place.short}分局"


def department(place: Place, rest: str, confidence: float) -> Body | None:
    """A department or unit that no kind names; None for words that end like no body, and for firms of a trade."""
    if (
        len(rest) < 2
        or TRADE_FIRM.match(rest)
        or not (INSTITUTION.search(full(rest)) or rest.endswith(("总支", "支部")))
    ):
        return None
    for ending, words in PARTY_UNITS.items():
        if rest.endswith(ending) and rest != ending:
            owner = _owner(place, rest.removesuffix(ending), confidence)
            return Body(f"中共{owner.name}{words}", "party", "party branch", place, owner, confidence)
    if local := _local_office(place, rest, confidence):
        return local
    elected = OWN_COMMITTEE.fullmatch(rest)
    if elected and (body := known(place, elected["base"], confidence)) and body.system == "mass":
        return unit(body, elected["part"], confidence)
    base = BASE.match(rest)
    if base and UNIT.match(base["unit"]) and not rest.endswith("委员会"):
        return unit(_owner(place, base["base"], confidence), base["unit"], confidence)
    return _plain(place, rest, confidence)


def has_known_base(place: Place, rest: str) -> bool:
    """Is this a unit of a body that places like this one are known to have (人武部|军事科)?"""
    base = BASE.match(rest)
    return bool(base and UNIT.fullmatch(base["unit"]) and (field(base["base"]) or known(place, base["base"], 0.0)))


def _local_office(place: Place, rest: str, confidence: float) -> Body | None:
    """A county's office in a township, as the county names it: 长荡镇|派出所 → 射阳县公安局长荡派出所."""
    if place.kind != "division" or place.level != "township" or not LOCAL_OFFICE.fullmatch(rest):
        return None
    return known(Place.division((place.area or "")[:6]), place.short + rest, confidence)


def _owner(place: Place, rest: str, confidence: float) -> Body:
    return known(place, rest, confidence) or _plain(place, rest, confidence)


def unit(owner: Body, part: str, confidence: float) -> Body:
    """A unit inside a body."""
    for ending, words in PARTY_UNITS.items():
        if part == ending:
            return Body(f"中共{owner.name}{words}", "party", "party group", owner.place, owner, confidence)
    if part.startswith("党组"):
        return Body(f"中共{owner.name}{part}", "party", "party group", owner.place, owner, confidence)
    return Body(owner.name + full(part), owner.system, "unit", owner.place, owner, confidence)


def _plain(place: Place, rest: str, confidence: float) -> Body:
    name = place.title + full(rest)
    if rest.endswith(DEPARTMENT):
        government = _government(place, rest, confidence)
        return Body(name, "government", "department", place, government, round(confidence * 0.95, 2))
    if TEMPORARY.search(full(rest)):
        return Body(name, "temporary", "leading group", place, None, round(confidence * 0.9, 2))
    return Body(name, "public institution", "public institution", place, None, round(confidence * 0.85, 2))


def _government(place: Place, rest: str, confidence: float) -> Body | None:
    """What departments of a place belong to: its government, the office of a street, the administration of a zone."""
    if place.kind == "zone":
        return None if rest.endswith("管理局") else known(place, "管委会", confidence)
    if place.kind == "village":
        return None
    return known(place, "办事处" if place.name.endswith("街道") else "政府", confidence)
