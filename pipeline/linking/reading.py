"""AGENCY mentions to bodies: how a printed name is read.

A name has a prefix (中共, 政协, 共青团, 民盟), the place (荆州市沙市区, 沙市, 区, 兵团第八师) and the rest, which `bodies.py` knows.
Level words (区, 镇) are read by the scene: the paper's home and the places named so far. A name without a place is the
short form of a body named before, or belongs to the committee, village, town or zone that it stands with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

from pipeline.linking import divisions
from pipeline.linking.bodies import CHINA, INSTITUTION, Body, central, department, known, unit
from pipeline.linking.districts import TOWN, ZONES, locate, short_zone, zone_class
from pipeline.linking.places import TOWNS, Place, corps
from pipeline.linking.scene import LEVEL_WORD, LOCAL, NEAR, NOT_LEVEL, Scene, is_called
from pipeline.linking.wording import SUFFIX, field, full, generic, in_order, normal, table

PREFIX = re.compile(
    r"^(中国共产党|中共|中国共产主义青年团|共青团|中国人民政治协商会议|政协|中国人民武装警察部队|武警|国家税务总局"
    r"|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?=.)"
)
BRANCH = re.compile(r"^([省市县区州旗盟]?)公安(?:局)?(.{2,5})分局$")
LEAGUE = re.compile(r"^团(?=[^委]*[省市县区州旗盟]委$)")
SITE = re.compile(
    r"^(?!农村|乡村)(?P<name>[一-鿿]{1,7}?)(?P<kind>村|社区|嘎查)?"
    r"(?P<rest>(?:村委会|村民委员会|居委会|居民委员会|村?党支部|村?党总支|村?党委|妇联|综治).*|(?<=[村区查])(?:图书|便民|卫生|文化).+)$"
)
OFFICE_OF = re.compile(r"^办(?:事处)?(?=[一-鿿]{1,7}?(?:村|社区|嘎查)(?:支部|党|村|居|委))")
"""A township's office before the name of one of its villages: 城关街道|办事处|西寺社区党支部."""
TOWN_BODY = re.compile(r"^(?:党政办|党政综合办|党委|党工委|办事处|街道办|纪工委|人大工委)")
AUTONOMOUS = re.compile("自治[州县旗](?=.)")
"""What stands after the short name of an autonomous place: 彭水|自治县县委."""
TOWN_TOO = {"人大", "纪委", "武装部", "人武部"}
"""Bodies of counties and of townships: of the township that is named just before (荷叶镇党委书记、纪委书记)."""
TOWN_CHAIR = re.compile("(?:专职)?副?主席(?!团)")
"""Whom the congress of a township has; that of a county has a 主任."""
CONTRACTED = re.compile("(?:常务)?副?(?P<noun>[局厅院部校]|[大支总]队)长")
"""Titles that the last word of a body's name may stand in alone: 县教育|局长."""
POSTED = re.compile("(?:第[一二三四五六七八九十]+)?派[驻出].*纪检.*组")
PREFECTURE = {"行署", "行政公署"}
TOWN_OWN = re.compile(r"(?:党|人民政府|政府|人大|纪委|办事处|武装部|团委|妇联)")
WORDS = {"公安"}
LOCAL_UNIT = re.compile(r"^(?:人民|边境)?(?:法庭|派出所|税务所|司法所|工商所|市场监管所|自然资源所)$")
STATION = re.compile(r"(?:派出所|司法所|税务所|市场监管所|市监所|自然资源所|国土所|人民法庭)$")
"""Local offices of a county's bodies, with names of their own (官桥人民法庭)."""
PORT = re.compile(r"海关|海事局|(?:出入境)?边防检查站|边检站")
"""Bodies of the border, many of them named after a township."""
WHOLE = re.compile("([市县区州旗])(?:委|政府|人民政府|人大|政协|纪委|监委)")
"""A body after the kind of its place, which a city of another kind is not: 酒泉|县委."""
GROUND = re.compile(r"路|街(?!道)|大[道街]|山(?![区林水])|湖(?!泊)|江|岛|水库")
"""What follows short names of divisions that are part of other names: 碧江|路派出所, 祁连|山国家公园."""
VILLAGE_NOUN = re.compile("(?:社区|村)(?:居|村|委|两委|党|支部|总支|监委)")
"""What follows short names that are a village's too: 南关|社区居委会."""
INNER = [
    (re.compile(r"审判委员会|审委会|.{0,6}审判.{0,3}庭|立案庭|执行局"), {"court"}),
    (re.compile(r"检察委员会|检委会|第[一二三四五六七八九十]+检察部"), {"procuratorate"}),
    (re.compile(r"政治部"), {"court", "procuratorate", "public security", "military subdistrict"}),
]
OWN_KIND = re.compile(r"^(?P<kind>支队|大队|总队|分局)(?P<unit>.+)$")
ORDINAL = re.compile(r"^第?[一二三四五六七八九十]+(?P<kind>.*[组队庭部])$")
ZONE_BODY = re.compile("党?工委|管委会?|管理委员会")
ZONE_OFFICE = {"管委会", "管委", "管理委员会"}
OFFICE = {"办公室", "办"}
OWN_OFFICE = {
    "party committee": "委",
    "government": "政府",
    "congress standing committee": "人大",
    "cppcc committee": "政协",
}
"""What stands before 办公室 in the names of the offices of these bodies."""
ASSEMBLIES = {"cppcc committee": "政协", "congress standing committee": "人大", "people's congress": "人大"}
COMMITTEE = re.compile(
    "(?:提案|经济|财政|财经|农业|文化|文史|学习|社会|法制|民族|宗教|教科|教育|科教|城建|城乡|人口|环境|港澳|委员|监察|司法|代表|预算|选举|选任|外事|侨务)"
    "[一-鿿]{0,14}?(?:委|委员会)"
)
ASSEMBLY_COMMITTEE = re.compile("(?P<words>.+?)(?:委|委员会|(?P<working>工委|工作委员会))")
VILLAGE_BODY = re.compile(
    r"^(?:驻村(?:帮扶)?工作队|村委会|村民委员会|居委会|居民委员会|党支部|党总支|村务监督委员会|村?监委会)"
)
NATIONAL = re.compile(r"^(?:中央|国家|国务院|全国).{2,}(?:部|局|署|会|委|办|办公室|小组|院)$")


def resolve(text: str, at: int, scene: Scene) -> Body | None:
    """The body that a printed name at this position of an article stands for, None where nothing tells whose it is."""
    name = BRANCH.sub(_as_branch, normal(text))
    if generic(name):
        return None
    if name in central():
        return central()[name]
    if body := _joint(name, at, scene) or _contracted(text, at, scene):
        return body
    for read in (
        _corps,
        _inner,
        _prefixed,
        _placed,
        _beside,
        _repeated,
        _village,
        _own_committee,
        _posted,
        _bare,
        _committee,
        _next_of_row,
        _adjoined,
    ):
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


def place_of(text: str, at: int, scene: Scene) -> Place | None:
    """The place that a printed name itself begins with (大悟县 of 大悟县委), None for level words and bare names."""
    name = normal(text)
    if name in central() or _zone_word(name):
        return None
    prefix = PREFIX.match(name)
    rest = LEAGUE.sub("", name[prefix.end() :] if prefix else name)
    found = next(_inside(None, rest, 0.95, at, scene), None)
    return found[0] if found else None


def _corps(name: str, at: int, scene: Scene) -> Body | None:
    """The corps itself, one of its divisions or regiments: 新疆生产建设兵团第三师五十一团."""
    found = corps(name, scene.home)
    if not found or found[1]:
        return None
    return Body(found[0].name, "government", "corps unit", found[0], None, 0.9)


def _inner(name: str, at: int, scene: Scene) -> Body | None:
    """A chamber or department printed without its court or procuratorate (刑事审判庭, 第二检察部), or with the last word
    of its body alone (支队防火监督科).
    """
    own = OWN_KIND.match(name)
    named = [body for start, body in scene.bodies if start < at and body.name.endswith(own["kind"])] if own else []
    if own and named:
        return unit(named[-1], own["unit"], 0.7)
    kinds = next((kinds for words, kinds in INNER if words.fullmatch(name)), None)
    owner = scene.body_of(kinds, at) if kinds else None
    return unit(owner, name, 0.7) if owner else None


def _prefixed(name: str, at: int, scene: Scene) -> Body | None:
    """中共X委员会, 政协X委员会, 共青团X委, 武警X支队, 民盟X市委会."""
    match = PREFIX.match(name)
    if not match:
        return None
    for place, tail, confidence in _fronts(name[match.end() :], at, scene):
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
        return known(place, re.sub(r"^委(?:员会)?", "团委", tail), confidence)
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
    fronts = list(_fronts(name, at, scene))
    for place, rest, confidence in fronts:
        if body := known(place, rest, confidence):
            return body
    for place, rest, confidence in fronts:
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
    named = [other for _, other in scene.bodies if other.place == body.place and other.name.endswith(short[-1])]
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


Front = tuple[Place, str, float]


def _fronts(name: str, at: int, scene: Scene) -> Iterator[Front]:
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
    site = _named_site(OFFICE_OF.sub("", rest) if place.level in TOWNS else rest)
    return _site(site, place) if site and place.area else None


def _named_site(name: str) -> re.Match[str] | None:
    """A village and a body of it at the front of a name, where the name says that it is a village."""
    site = SITE.match(name)
    return site if site and (site["kind"] or site["rest"].startswith(("村", "居"))) else None


def _again(place: Place, rest: str) -> bool:
    """Does a level word say again what the place is: 雄县县委, 阿里地委?"""
    own = "地" if place.name.endswith("地区") else place.name[-1]
    return rest[0] == own and own in "省市县区州旗盟镇乡地" and not NOT_LEVEL.match(rest)


def _site(site: re.Match[str], place: Place) -> tuple[Place, str]:
    """A village inside a town, and what follows its name: 安坪村村委会, 金盏村委会."""
    kind = site["kind"] or ("社区" if site["rest"].startswith("居") else "村")
    name = site["name"] + kind
    return Place("village", place.area, f"{place.site}:{name}" if place.site else name, name), site["rest"]


def _serious(form: str, place: Place, rest: str) -> bool:
    """May this form open a body's name? Short names of townships and words like 公安 may not."""
    if place.kind == "town":
        return bool(TOWN_OWN.match(rest)) or rest == "办"
    if place.site or not place.area or form in WORDS:
        return place.kind == "zone"
    if (GROUND.match(rest) or VILLAGE_NOUN.match(rest)) and not divisions.exact(form, place.area):
        return False
    if PORT.fullmatch(rest):
        return True
    level = WHOLE.match(rest)
    if level and place.level == "city" and not is_called(place.name, level[1]) and not _again(place, rest):
        return False
    if LOCAL_UNIT.search(rest) and not divisions.exact(form, place.area):
        return False
    return divisions.exact(form, place.area) or divisions.level(place.area) != "township" or bool(TOWN.match(form))


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
    found = {body.id: body for start, body in scene.bodies if start < at and body.name.endswith(full(name))}
    return next(iter(found.values())) if len(found) == 1 else None


def _village(name: str, at: int, scene: Scene) -> Body | None:
    """A villagers' committee without its town (金盏村委会): of the town named before, else of the county."""
    site = _named_site(name)
    if not site:
        return None
    town = scene.nearest(TOWNS, at)
    area = town or (Place.division(scene.home) if scene.home and divisions.level(scene.home) == "county" else None)
    if not area or not area.area:
        return None
    place, rest = _site(site, area)
    confidence = 0.75 if town else 0.6
    return known(place, rest, confidence) or department(place, rest, confidence)


def _bare(name: str, at: int, scene: Scene) -> Body | None:
    """A name without place: 组织部 belongs to the committee named before, 管委会 to the zone, 教育局 to the county."""
    if VILLAGE_BODY.match(name):
        place, confidence = scene.nearest({"village"}, at), 0.75
    elif TOWN_BODY.match(name) or (name in TOWN_TOO and (scene.in_town(at) or _chaired(name, at, scene))):
        place, confidence = scene.nearest(TOWNS, at), 0.75
    elif STATION.search(name):
        place, confidence = _county(at, scene)
    elif name in ZONE_OFFICE:
        place, confidence = _zone_before(at, scene), 0.75
    elif name in PREFECTURE:
        place, confidence = scene.level("地", at) or scene.level("盟", at) or (None, 0.0)
    elif name in OFFICE:
        return _office(at, scene)
    else:
        place, confidence = scene.here(at)
    if not place:
        return None
    return known(place, name, confidence) or (department(place, name, confidence - 0.1) if field(name) else None)


def _chaired(name: str, at: int, scene: Scene) -> bool:
    """Is this a congress with a chairman (人大|主席), after a township?"""
    towns = any(start < at for start, place in scene.places if place.level in TOWNS)
    return name == "人大" and towns and bool(TOWN_CHAIR.match(scene.text, at + len(name)))


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
    owners = [body for start, body in scene.bodies if at - NEAR < start < at]
    if not owners:
        return None
    owner = owners[-1]
    front = OWN_OFFICE.get(owner.kind)
    return known(owner.place, f"{front}办公室", 0.75) if front and owner.place else unit(owner, "办公室", 0.7)


def _committee(name: str, at: int, scene: Scene) -> Body | None:
    """A committee printed without its congress or consultative conference: 提案委员会, 监察和司法工委."""
    owner = next(_assemblies(at, scene), None) if COMMITTEE.fullmatch(name) else None
    if not owner or not owner.place:
        return None
    short = ASSEMBLIES[owner.kind] if not name.endswith(("工委", "工作委员会")) else "人大常委会"
    return known(owner.place, short + name, 0.7)


def _own_committee(name: str, at: int, scene: Scene) -> Body | None:
    """A committee that only congresses have (法制委员会), or only consultative conferences (提案委员会): of the last such."""
    match = ASSEMBLY_COMMITTEE.fullmatch(name)
    assembly = table("committees.tsv").get(match["words"]) if match else None
    if not match or not assembly:
        return None
    named = (body.place for body in _assemblies(at, scene) if ASSEMBLIES[body.kind] == assembly)
    place = next(named, None) or scene.here(at)[0]
    short = "人大常委会" if match["working"] and assembly == "人大" else assembly
    return known(place, short + name, 0.7) if place else None


def _assemblies(at: int, scene: Scene) -> Iterator[Body]:
    """The congresses and consultative conferences named before, also by one of their committees, the last first; not those
    in brackets （须报市人大常委会批准）.
    """
    for start, body in scene.back(at):
        assembly = body.up_to(ASSEMBLIES)
        if assembly and assembly.place and not _in_brackets(start, scene.text):
            yield assembly


def _in_brackets(at: int, text: str) -> bool:
    return text.rfind("（", 0, at) > text.rfind("）", 0, at)


def _zone_before(at: int, scene: Scene) -> Place | None:
    """The zone of the row (松山湖党工委书记、管委会主任), else that last named, also one that the table has as a division
    (谯城经济开发区).
    """
    start, body = scene.bodies[-1] if scene.bodies else (-NEAR, None)
    if body and body.kind == "party working committee" and at - start < NEAR:
        return body.place
    named = [*scene.places, *((start, body.place) for start, body in scene.bodies if body.place)]
    before = (place for start, place in sorted(named, key=itemgetter(0)) if start < at)
    zones = [place for place in before if place.kind == "zone" or zone_class(place.name)]
    return zones[-1] if zones else scene.nearest({"zone"}, at)


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
