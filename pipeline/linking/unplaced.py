"""Bodies printed without their place: 组织部, 管委会, 刑事审判庭, 提案委员会, 金盏村委会.

Such a name is the short form of a body named before, or belongs to the body, village, town, zone or county that it stands
with. The readers are tried in order (see `READERS`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import itemgetter

from pipeline.linking import divisions
from pipeline.linking.bodies import INSTITUTION, Body, department, has_known_base, known, peers, unit
from pipeline.linking.fronts import SITE, named_site, place_and_rest
from pipeline.linking.places import TOWNS, ZONE_CODE, Place
from pipeline.linking.scene import ROW_LENGTH, Scene
from pipeline.linking.wording import VILLAGE_ORGANS, field, full, table
from pipeline.linking.zones import zone_class

TOWN_BODY = re.compile(r"^(?:党政办|党政综合办|党委|党工委|办事处|街道办|纪工委|人大工委)")
TOWN_TOO = {"人大", "纪委", "武装部", "人武部"}
"""Bodies of counties and of townships: of the township that is named just before (荷叶镇党委书记、纪委书记)."""
TOWN_CHAIR = re.compile("(?:专职)?副?主席(?!团)")
"""Whom the congress of a township has; that of a county has a 主任."""
POSTED = re.compile("(?:第[一二三四五六七八九十]+)?派[驻出].*纪检.*组")
OF_PREFECTURE = {"行署", "行政公署"}
COUNTY_STATION = re.compile(r"(?:派出所|司法所|税务所|市场监管所|市监所|自然资源所|国土所|人民法庭)$")
"""Local offices of a county's bodies, with names of their own (官桥人民法庭)."""
INNER = [
    (re.compile(r"审判委员会|审委会|.{0,6}审判.{0,3}庭|立案庭|执行局"), {"court"}),
    (re.compile(r"检察委员会|检委会|第[一二三四五六七八九十]+检察部"), {"procuratorate"}),
    (re.compile(r"政治部"), {"court", "procuratorate", "public security", "military subdistrict"}),
]
COMPANY = re.compile(r"第?[一二三四五六七八九十\d]+连")
OWN_KIND = re.compile(
    r"^(?P<kind>支队|大队|总队|分局|[局院厅](?![长士前])(?=党组|党委|党总?支部?|机关|办公室|工会|[一-鿿]{2,8}[股科室]$))(?P<unit>.+)$"
)
SECTION = re.compile("[一-鿿]{2,8}[股科]$")
BUREAU = re.compile("(?:局|委员会|[法检察]院|中心|[大支]队)$")
"""What bodies with sections end in."""
ORDINAL = re.compile(r"^第?[一二三四五六七八九十]+(?P<kind>.*[组队庭部])$")
ZONE_OFFICE = {"管委会", "管委", "管理委员会"}
OFFICE_ALONE = {"办公室", "办"}
ASSEMBLY_PART = re.compile(
    "(?:提案|经济|财政|财经|农业|文化|文史|学习|社会|法制|民族|宗教|教科|教育|科教|城建|城乡|人口|环境|港澳|委员|监察|司法|代表|预算|选举|选任|外事|侨务)"
    "[一-鿿]{0,14}?(?:委|委员会)"
)
ASSEMBLY_COMMITTEE = re.compile("(?P<words>.+?)(?:委|委员会|(?P<working>工委|工作委员会))")
VILLAGE_BODY = re.compile(rf"^(?:{VILLAGE_ORGANS}|党支部|党总支)")


def inner(name: str, at: int, scene: Scene) -> Body | None:
    """A chamber or department printed without its court or procuratorate (刑事审判庭, 第二检察部), or with the last word
    of its body alone (支队防火监督科).
    """
    own = OWN_KIND.match(name)
    whole = next((body for _, body in scene.back(at) if body.name.endswith(own["kind"])), None) if own else None
    if own and whole:
        return unit(whole, own["unit"], 0.7)
    kinds = next((kinds for words, kinds in INNER if words.fullmatch(name)), None)
    owner = scene.body_of(kinds, at) if kinds else None
    return unit(owner, name, 0.7) if owner else None


def _company(name: str, at: int, scene: Scene) -> Body | None:
    """A company printed without its regiment of the corps: 六连 after 二二四团."""
    named = (body for _, body in scene.back(at) if body.kind == "corps unit")
    regiment = next(named, None) if COMPANY.fullmatch(name) else None
    return unit(regiment, name, 0.7) if regiment and regiment.name.endswith("团") else None


def _beside(name: str, at: int, scene: Scene) -> Body | None:
    """A name that stands directly after a place: 教育局 in 江陵县|教育局, 城管办 in 横溪街道|城管办."""
    place = scene.ends.get(at)
    if not place or not place.area or SITE.match(name):
        return None
    return known(place, name, 0.9) or department(place, name, 0.85)


def _repeated(name: str, at: int, scene: Scene) -> Body | None:
    """The short form of a body named before: 石牌人民法庭 after 怀宁县人民法院石牌人民法庭."""
    if len(name) < 4:
        return None
    found = [body for body in scene.distinct.values() if body.name.endswith(full(name))]
    return found[0] if len(found) == 1 else None


def _village(name: str, at: int, scene: Scene) -> Body | None:
    """A villagers' committee without its town (金盏村委会): of the town named before, else of the county."""
    site = named_site(name)
    if not site:
        return None
    town = scene.nearest(TOWNS, at)
    area = town or (Place.division(scene.home) if scene.home and divisions.level(scene.home) == "county" else None)
    if not area or not area.area:
        return None
    place, rest = place_and_rest(site, area)
    confidence = 0.75 if town else 0.6
    return known(place, rest, confidence) or department(place, rest, confidence)


def _bare(name: str, at: int, scene: Scene) -> Body | None:
    """A name without place: 组织部 belongs to the committee named before, 管委会 to the zone, 教育局 to the county."""
    if VILLAGE_BODY.match(name):
        place, confidence = scene.nearest({"village"}, at), 0.75
    elif TOWN_BODY.match(name) or (name in TOWN_TOO and (scene.in_town(at) or _chaired(name, at, scene))):
        place, confidence = scene.nearest(TOWNS, at), 0.75
    elif COUNTY_STATION.search(name):
        place, confidence = _county(at, scene)
    elif name in ZONE_OFFICE:
        place, confidence = _zone_before(at, scene), 0.75
    elif name in OF_PREFECTURE:
        place, confidence = scene.level("地", at) or scene.level("盟", at) or (None, 0.0)
    elif name in OFFICE_ALONE:
        return _office(at, scene)
    else:
        place, confidence = scene.here(at)
    if not place:
        return None
    whole = field(name) or has_known_base(place, name)
    return known(place, name, confidence) or (department(place, name, confidence - 0.1) if whole else None)


def _chaired(name: str, at: int, scene: Scene) -> bool:
    """Is this a congress with a chairman (人大|主席), after a township?"""
    towns = any(start < at for start, place in scene.places if place.level in TOWNS)
    return name == "人大" and towns and bool(TOWN_CHAIR.match(scene.text, at + len(name)))


def _section(name: str, at: int, scene: Scene) -> Body | None:
    """A section without its bureau: 基金监管股 of the one that the sentence names last before it."""
    since = scene.text.rfind("。", 0, at)
    named = (body for start, body in scene.back(at) if start > since and BUREAU.search(body.name))
    owner = next(named, None) if SECTION.fullmatch(name) else None
    return unit(owner, name, 0.6) if owner else None


def _posted(name: str, at: int, scene: Scene) -> Body | None:
    """A group of inspectors posted to a body, printed without the commission that it belongs to: 派驻县公安局纪检监察组."""
    if not POSTED.fullmatch(name):
        return None
    commissions = (body.place for _, body in scene.back(at) if body.kind == "discipline commission")
    place = next(commissions, None) or scene.here(at)[0]
    owner = known(place, "纪委监委", 0.75) if place else None
    return unit(owner, name, 0.7) if owner else None


def _county(at: int, scene: Scene) -> tuple[Place | None, float]:
    """The paper's county, else whose a body without place is here."""
    if scene.home and divisions.level(scene.home) == "county":
        return Place.division(scene.home), 0.7
    return scene.here(at)


def _office(at: int, scene: Scene) -> Body | None:
    """The office of the body named before: 办公室 in 县委常委、办公室主任."""
    owners = [body for start, body in scene.bodies if at - ROW_LENGTH < start < at]
    if not owners:
        return None
    owner = owners[-1]
    if SECTION.search(owner.name) and owner.parent:  # 社会救助股、办公室 are both the bureau's
        owner = owner.parent
    front = peers("office").get(owner.kind)
    return known(owner.place, f"{front}办公室", 0.75) if front and owner.place else unit(owner, "办公室", 0.7)


def _committee(name: str, at: int, scene: Scene) -> Body | None:
    """A committee printed without its congress or consultative conference: 提案委员会, 监察和司法工委."""
    owner = next(_assemblies(at, scene), None) if ASSEMBLY_PART.fullmatch(name) else None
    if not owner or not owner.place:
        return None
    short = peers("assembly")[owner.kind] if not name.endswith(("工委", "工作委员会")) else "人大常委会"
    return known(owner.place, short + name, 0.7)


def _own_committee(name: str, at: int, scene: Scene) -> Body | None:
    """A committee that only congresses have (法制委员会), or only consultative conferences (提案委员会): of the last such."""
    match = ASSEMBLY_COMMITTEE.fullmatch(name)
    assembly = table("committees.tsv").get(match["words"]) if match else None
    if not match or not assembly:
        return None
    named = (body.place for body in _assemblies(at, scene) if peers("assembly")[body.kind] == assembly)
    place = next(named, None) or scene.here(at)[0]
    short = "人大常委会" if match["working"] and assembly == "人大" else assembly
    return known(place, short + name, 0.7) if place else None


def _assemblies(at: int, scene: Scene) -> Iterator[Body]:
    """The congresses and consultative conferences named before, also by one of their committees, the last first; not those
    in brackets （须报市人大常委会批准）.
    """
    for start, body in scene.back(at):
        assembly = body.up_to(peers("assembly"))
        if assembly and assembly.place and not _in_brackets(start, scene.text):
            yield assembly


def _in_brackets(at: int, text: str) -> bool:
    return text.rfind("（", 0, at) > text.rfind("）", 0, at)


def _zone_before(at: int, scene: Scene) -> Place | None:
    """The zone of the row (松山湖党工委书记、管委会主任), else that last named, also one that the table has as a division
    (谯城经济开发区).
    """
    start, body = scene.bodies[-1] if scene.bodies else (-ROW_LENGTH, None)
    if body and body.kind == "party working committee" and at - start < ROW_LENGTH:
        return body.place
    served = ((start, body.place) for start, body in scene.back(at) if body.place)
    last = (next(filter(_names_zone, named), None) for named in (served, scene.places_before(at)))
    zones = [found for found in last if found]
    return max(zones, key=itemgetter(0))[1] if zones else scene.nearest({"zone"}, at)


def _names_zone(named: tuple[int, Place]) -> bool:
    """Is a place a zone, or a division named like one or counted as one (合肥循环经济示范园)?"""
    place = named[1]
    counted = ZONE_CODE.match(place.area or "") and not place.site and not place.name.endswith("场")
    return place.kind == "zone" or zone_class(place.name) is not None or bool(counted)


def _next_of_row(name: str, at: int, scene: Scene) -> Body | None:
    """二组 after 略阳县委巡察一组: the next of a row of bodies that differ in their numbers."""
    match = ORDINAL.match(name)
    last = scene.bodies[-1][1] if scene.bodies else None
    row = re.match(rf"(.+?)第?[一二三四五六七八九十]+[一-鿿]*{match['kind']}$", last.name) if match and last else None
    return replace(last, name=row[1] + name, confidence=0.7) if row and last else None


def _adjoined(name: str, at: int, scene: Scene) -> Body | None:
    """A unit that stands directly after its body: 林业站 in 县林业局林业站."""
    if not scene.ended or scene.ended[0] != at or not INSTITUTION.search(name):
        return None
    return unit(scene.ended[1], name, round(scene.ended[1].confidence * 0.9, 2))


READERS: tuple[Callable[[str, int, Scene], Body | None], ...] = (
    _beside,
    _repeated,
    _village,
    _own_committee,
    _section,
    _posted,
    _bare,
    _committee,
    _next_of_row,
    _adjoined,
    _company,
)
"""The ways to read a name without place, the surest first."""
