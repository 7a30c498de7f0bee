"""Posts: a title at a body or district, in the one form that it has however it is printed.

One post has one node however it is printed: 沙市区区长, 区长 after 区委副书记 in the district's own paper and
沙市区人民政府区长 are all post:421002:区长, AT the district and AT its government; 荷叶镇党委书记 and 镇党委 + 书记 are the 书记 of
中共双峰县荷叶镇委员会. A post that is not said but follows from its title, the level word or the list it stands in is
inferred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.linking import bodies
from pipeline.linking.bodies import Body, Target, place_of
from pipeline.linking.places import CORPS, TOWNS, Place, corps_division
from pipeline.linking.ranks import rank_of, seat_of
from pipeline.linking.scene import is_called
from pipeline.linking.status import ACTING, FORMER_TITLE
from pipeline.linking.wording import VILLAGE_ORGANS
from pipeline.linking.zones import zone_class
from pipeline.records import Node, Structure

HEAD = re.compile(r"(?:常务)?副?(?P<word>[省市区县州旗盟镇乡])长$")
WARDEN = re.compile(
    r"(?P<word>林区|[省市县区州旗盟镇乡村])?(?P<degree>级)?(?:第[一二])?副?总?(?:河湖|[河湖林田路山街链])长$|总?指挥长$"
)
"""Those who look after the rivers or woods of a place (河长制), whatever committee they are named with."""
COMMANDER = re.compile("副?(?:[师团]长|政委|政治委员|司令员)$")
"""Posts of the corps' divisions and regiments, not of their party committees."""
DEPARTMENT_HEAD = re.compile(
    r"^(?P<word>[县市区州旗镇乡]|街道)?(?P<body>组织部|宣传部|统战部|社会工作部|(?:人民)?武装部|人武部)(?P<title>副?部?长)$"
)
COMMITTEE_TITLE = re.compile(
    "(?P<body>[省市地州县区旗盟]委)(?P<title>(?:专职|常务)?副?书记|常委|(?:候补)?委员|副?秘书长)"
)
"""Posts whose committee is part of the title: 地委委员."""
TOWN_PARTY = re.compile("副?书记|常委|(?:组织|宣传|统战|政法)?委员")
"""Titles in a township that only its party committee has."""
OWN_PARTY = re.compile(r"^(?:村|社区|嘎查)?(?P<body>党委|党工委|党?支部|党?总支)(?P<title>.+)$")
VILLAGE_HEAD = re.compile(rf"^(?P<body>{VILLAGE_ORGANS}|[村居]委(?=副?主任|委员))(?P<title>.+)$")
VILLAGE_CHAIR = re.compile(r"^(?:村|社区|嘎查)?(?P<title>副?主任)$")
VILLAGE_SECRETARY = re.compile(r"^村?支书$")
OWN_PLACE = re.compile(
    r"^(?P<word>[镇乡村]|街道|社区|苏木|嘎查)(?P<title>(?:党委|党工委|党?支部|党?总支|村委会|居委会|两委).+|支书"
    r"|(?:(?<=村)|(?<=社区)|(?<=嘎查))副?主任)$"
)
BENCH = [
    (re.compile("审判长|审判员|(?:人民)?陪审员|书记员|法官(?:助理)?|执行员"), "court"),
    (re.compile("检察员|(?:助理)?检察官(?:助理)?|(?:常务)?副?检察长"), "procuratorate"),
]
"""Titles that only a court or a procuratorate has."""


@dataclass(frozen=True, slots=True)
class Post:
    """A title at a body, a district, an organisation, or nowhere that is known."""

    title: str
    target: Target | None
    home: str | None
    inferred: bool
    confidence: float
    printed: str = ""

    @property
    def id(self) -> str:
        """post:421002:区长; the id of the body or district, without its type, and the title. At a body that links to
        nothing, post:421002::成都军区副司令员: its name as printed keeps the posts of such bodies apart.
        """
        target = self.target
        key = target.id.partition(":")[2] if target else f"{self.home or '-'}:"
        if self.printed and not target:
            return f"post:{key}:{self.printed}{self.title}"
        return f"post:{key}:{self.title}"

    def node(self) -> Node:
        """The post as a Post node."""
        properties: dict[str, object] = {"title": self.title}
        if isinstance(self.target, Body):
            properties |= {"name": f"{self.target.name}{self.title}", "system": self.target.system}
        elif isinstance(self.target, Place):
            properties["name"] = f"{self.target.title}{self.title}"
            properties |= {"system": "government"} if HEAD.match(self.title) else {}
        elif self.target:
            properties["name"] = f"{self.target.properties['name']}{self.title}"
        else:
            properties["name"] = f"{self.printed}{self.title}"
        if rank := rank_of(self.title, self.target):
            properties["rank"] = rank
        return Node(id=self.id, labels=["Post"], properties=properties | seat_of(self.title, self.target))

    def facts(self, entities: list[str]) -> list[Structure]:
        """AT the body or district; a head of government is AT both the district and its government."""
        if self.target is None:
            return []
        facts = [
            Structure(
                type="AT",
                start=self.id,
                end=self.target.id,
                entities=entities,
                confidence=self.confidence,
                inferred=self.inferred,
            )
        ]
        if government := self.government():
            facts.append(
                Structure(
                    type="AT",
                    start=self.id,
                    end=government.id,
                    entities=entities,
                    confidence=round(self.confidence * 0.95, 2),
                    inferred=True,
                )
            )
        return facts

    def government(self) -> Body | None:
        """The government that a 区长 heads."""
        if isinstance(self.target, Place) and HEAD.match(self.title):
            return bodies.known(self.target, "政府", self.confidence)
        return None


def make(
    title: str,
    target: Target | None,
    home: str | None,
    inferred: bool = False,
    confidence: float = 0.95,
    printed: str = "",
) -> Post:
    """The post in its one form: the body that the title itself names is taken out of it. `printed` is the name of the
    body where that links to nothing.
    """
    name = FORMER_TITLE.sub("", plain(title))
    if isinstance(target, Body) and target.place and _of_place(name, target):
        target = target.place
    if department := _department(target, name, confidence):
        target, name = department
    elif isinstance(target, Place):
        target, name = own_body(_commanded(target, name), name)
    return Post(name, target, home, inferred, confidence, re.sub(r"\s+", "", printed))


def _department(target: Target | None, title: str, confidence: float) -> tuple[Body, str] | None:
    """The department that a post's title names at a place or beside a body of it (武装部长), and the title there."""
    place = place_of(target)
    match = DEPARTMENT_HEAD.match(title)
    if not match or not place or place.kind not in {"division", "town"}:
        return None
    body = bodies.known(place, match["body"], confidence)
    return (body, title_in_department(match)) if body else None


def title_in_department(match: re.Match[str]) -> str:
    """The title without its department: 组织部长 and 组织部部长 are both 部长."""
    return match["title"] if match["title"].endswith("部长") else "部长"


def _of_place(title: str, body: Body) -> bool:
    """Is a post that is named with a body one of the body's place? No party committee has a 县长 or 总河长."""
    if body.kind == "government":
        return bool(HEAD.match(title))
    if body.kind in {"party committee", "party branch"}:
        corps = body.place and body.place.kind == "corps" and COMMANDER.match(title)
        return bool(HEAD.match(title) or WARDEN.search(title) or corps)
    return body.kind == "corps unit"


def _commanded(place: Place, title: str) -> Place:
    """The division of the corps that has a commander, or its city that has a mayor, for the place of both (师市)."""
    if place.kind == "corps" and title.endswith("市长") and place.area:
        return Place.division(place.area)
    if COMMANDER.match(title) and not place.name.endswith(("团", CORPS)):
        return corps_division(place) or place
    return place


def strays(title: str, target: Target, adjoined: bool) -> bool:
    """Is this a post of a committee with another body (行署, 地委委员; 镇人大, 镇党委副书记), a head of government with the party
    committee of a place that has no such head (县委, 镇长), a judge with a procuratorate, or one in a row after a zone's
    post (高新区党工委委员、副区长)? `adjoined` titles stand directly after the name of the body or place.
    """
    if COMMITTEE_TITLE.fullmatch(title):
        return isinstance(target, Body) and target.kind != "party committee"
    if OWN_PLACE.match(title) or (not adjoined and _of_other_bench(title, target)):
        return isinstance(target, Body)
    head = HEAD.match(plain(title))
    place = place_of(target)
    committee = isinstance(target, Body) and target.kind == "party committee"
    if not head or not place:
        return False
    return (committee and not is_called(place.name, head["word"])) or (not adjoined and _without_head(place))


def headed(title: str, target: Target | None) -> Place | None:
    """The place that a head of government leads whose title follows one at that place: 区委副书记、|区长."""
    place = place_of(target)
    word = HEAD.search(plain(title))
    fits = place and not place.site and word and is_called(place.name, word["word"]) and not _without_head(place)
    return place if fits else None


def plain(title: str) -> str:
    """A title without spaces and the word for who acts in another's place."""
    return ACTING.sub("", re.sub(r"\s+", "", title))


def _without_head(place: Place) -> bool:
    """Is a place a development zone, which has an administration and no 区长? Only 管理区 (屈原管理区) have one."""
    zone = zone_class(place.name) if place.level in {"zone", "township"} else None
    return bool(zone) and zone != (place.name.removesuffix("管理区"), "管理区")


def at_bench(title: str, target: Target) -> Target:
    """The court or procuratorate that a judge or prosecutor belongs to who is named after one of its units."""
    kind = next((kind for titles, kind in BENCH if titles.fullmatch(title)), None)
    body = target if isinstance(target, Body) else None
    while kind and body and body.kind != kind:
        body = body.parent
    return body or target


def _of_other_bench(title: str, target: Target) -> bool:
    """Is a judge or clerk named with a procuratorate, or a prosecutor with a court?"""
    kinds = {kind for titles, kind in BENCH if titles.fullmatch(title)}
    return bool(kinds) and isinstance(target, Body) and target.kind in {"court", "procuratorate"} - kinds


def own_body(place: Place, title: str) -> tuple[Target, str]:
    """党委书记 at a town is 书记 of its committee, 村委会主任 the 主任 of the villagers' committee."""
    title = bodies.either_committee(title, place)
    if VILLAGE_SECRETARY.match(title):
        return bodies.known(place, "党支部", 0.9) or place, "书记"
    if place.level in TOWNS and TOWN_PARTY.fullmatch(title):
        return bodies.known(place, "党工委" if place.name.endswith("街道") else "党委", 0.9) or place, title
    if place.level == "village" and title == "驻村第一书记":
        return place, "第一书记"
    if place.level == "village" and (chair := VILLAGE_CHAIR.match(title)):
        committee = "居委会" if place.name.endswith(("社区", "居民区")) else "村委会"
        return bodies.known(place, committee, 0.9) or place, chair["title"]
    match = OWN_PARTY.match(title) or VILLAGE_HEAD.match(title)
    named = re.sub("^(?=[支总])", "党", match["body"]) if match else ""
    body = bodies.known(place, named, 0.9) if match else None
    return (body, match["title"]) if match and body else (place, title)
