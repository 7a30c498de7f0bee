"""TITLE mentions to posts: a title at a body or district, with its rank, and whether somebody holds it now.

One post has one node however it is printed: 沙市区区长, 区长 after 区委副书记 in the district's own paper and
沙市区人民政府区长 are all post:421002:区长, AT the district and AT its government; 荷叶镇党委书记 and 镇党委 + 书记 are the 书记 of
中共双峰县荷叶镇委员会. A post that is not said but follows from its title, the level word or the list it stands in is
inferred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from pipeline.linking import bodies, divisions, reading
from pipeline.linking.bodies import Body
from pipeline.linking.districts import zone_class
from pipeline.linking.places import CORPS, TOWNS, Place, corps_division
from pipeline.linking.scene import LEVEL_WORD, LOCAL, Scene, is_called
from pipeline.linking.seats import seat
from pipeline.records import Node, Status, Structure

RANKS = ("正部级", "副部级", "正厅级", "副厅级", "正处级", "副处级", "正科级", "副科级")
SUBPROVINCIAL = frozenset(row[0] for row in divisions.rows("subprovincial.tsv"))
HEAD = re.compile(r"(?:常务)?副?(?P<word>[省市区县州旗盟镇乡])长$")
LEADER = re.compile(r"(?P<word>[省市区县州旗盟镇乡])领导$")
WARDEN = re.compile(
    r"(?P<word>林区|[省市县区州旗盟镇乡村])?(?P<degree>级)?(?:第[一二])?副?总?(?:河湖|[河湖林田路山街链])长$|总?指挥长$"
)
"""Those who look after the rivers or woods of a place (河长制), whatever committee they are named with."""
COMMANDER = re.compile("副?(?:[师团]长|政委|政治委员|司令员)$")
"""Posts of the corps' divisions and regiments, not of their party committees."""
ACTING = re.compile(r"^(?:代理(?=.*(?:长|主任|书记|主席)$)|代(?=[省市区县州旗盟镇乡]长$|检察长$|院长$|主任$))")
HEADING = re.compile(
    "(?P<noun>[局所站馆队庭台厂社行院园校组]|董事|经)[长理](?:助理)?$|^(?P<officer>指导员|教导员|政委|政治委员)$"
)
NAMED = {
    "指导员": "[中小]队|派出所|连",
    "教导员": "队|所|营",
    "政委": "公安局|分局|队|所|站|团|师|军分区|警备区|武装部|人武部",
    "政治委员": "公安局|分局|队|所|站|团|师|军分区|警备区|武装部|人武部",
    "院": "(?<!检察)院",
    "校": "校|[中大小]学|学院|[一二三四五六七八九十]中",
    "行": "银行|[分支商]行",
    "董事": "公司|集团",
    "经": "公司|集团",
}
"""What names of bodies end in, where that is not the noun in the title of their heads."""
UNIT_HEAD = re.compile("[大中支总]队长$|[所站]长$")
DEPARTMENT_HEAD = re.compile(
    r"^(?P<word>[县市区州旗镇乡]|街道)?(?P<body>组织部|宣传部|统战部|社会工作部|(?:人民)?武装部|人武部)(?P<title>副?部?长)$"
)
PARTY = re.compile("(?P<organ>党委|党工委)(?:副?书记|委员)$")
"""Posts of a committee of a township, a bureau or a firm; those of a county have its level word before them."""
COMMITTEE_TITLE = re.compile(
    "(?P<body>[省市地州县区旗盟]委)(?P<title>(?:专职|常务)?副?书记|常委|(?:候补)?委员|副?秘书长)"
)
"""Posts whose committee is part of the title: 地委委员."""
PREFECT = re.compile("(?:常务)?副?专员")
GROUP = re.compile(
    "(?:乡镇|镇街|乡[（(]镇[)）])(?:[、（(]?街道[)）]?)?(?:党[（(]?工?[)）]?委(?:副?书记|委员)|人大主席|副?[乡镇]?长)$"
)
"""Posts in townships without a name, of one of which somebody is to be the head (拟任乡镇党委书记)."""
OLD = "(?:[省市县区州旗盟镇乡]长|书记|主任|局长|主席)$"
"""Titles whose 老 is said of who held them once: 老县长, not 老党员, 老教师."""
FORMER_TITLE = re.compile(f"(?:^|(?<=党委)|(?<=党工委)|(?<=党组))原(?=.{{2}})|^老(?={OLD})")
TOWN_PARTY = re.compile("副?书记|常委|(?:组织|宣传|统战|政法)?委员")
"""Titles in a township that only its party committee has."""
OWN_PARTY = re.compile(r"^(?:村|社区|嘎查)?(?P<body>党委|党工委|党?支部|党?总支)(?P<title>.+)$")
VILLAGE_HEAD = re.compile(
    r"^(?P<body>驻村(?:帮扶)?工作队|村委会|居委会|村民委员会|村务监督委员会|村?监委会)(?P<title>.+)$"
)
VILLAGE_CHAIR = re.compile(r"^(?:村|社区|嘎查)?(?P<title>副?主任)$")
VILLAGE_SECRETARY = re.compile(r"^村?支书$")
OWN_PLACE = re.compile(
    r"^(?P<word>[镇乡村]|街道|社区|苏木|嘎查)(?P<title>(?:党委|党工委|党?支部|党?总支|村委会|居委会|两委).+|支书"
    r"|(?:(?<=村)|(?<=社区)|(?<=嘎查))副?主任)$"
)
DATE = r"(?:19|20)\d\d(?:年(?:\d{1,2}月)?(?:\d{1,2}日)?|[.．/]\d{1,2})"
TERM = rf"{DATE}起?\s*[至到—–－~～-]+\s*{DATE}[^；;。\n]{{0,20}}?"
"""1989年7月至1996年3月，在某处: what was held so long is held no more."""
COMING = (
    r"(?:[来到赴]|任职|履新|上任|挂职|[转调]任|[转专]业|退休|入伍)[^，,。；;]*?(?<![目日当])前[，,]?[他她]?(?:还|曾|一直|先后|长期)*担?任(?![职命务免期])"
    r"|[来到赴]＊+(?:工作|任职|挂职)?之?前(?:一直|先后|长期)?在$"
)
"""来某县前担任, 到某县任职之前，还任: what somebody was before that is over; but 来到展板前，在县长陪同下."""
OWN = "(?:[^{stops}的]|(?<=[＊其他她任志])的)*"
"""What stands between a verb that gives or takes a post and that post: 辞去|其兼任的|县长, but not 辞去公职返乡的|村支书."""
OF_POST = f"(?={OWN.format(stops='，,')}$)"
"""The same up to the post, without a clause between: not 免除学费后，|县教育局局长."""
STATUS = re.compile(
    rf"(?P<former>历任|曾任|曾担任|曾(?:先后)?在$|(?:{TERM}|曾[^，。；]{{1,20}}?(?<!现)|(?:(?<![一-鿿])|(?<=[此随之其以]))后"
    rf"|利用其?(?:先后)?)担?任(?![职命务免期])|先后担?任|[原曾]系|原任|时任"
    rf"|[此之]前(?:先后|[，,]?＊+)?(?:担?任(?![职命务免期])|为|系|在$)|{COMING}|(?:担?任|当)过(?=[^，,的是]*$)"
    rf"|(?:免去|免除|不再(?:担任|兼任|挂任|任)?|辞去|撤销|罢免|卸任){OF_POST})"
    rf"|(?P<proposed>拟任|拟提名为?|拟提任|提名为?(?!奖){OF_POST})"
    r"|(?P<current>(?:(?<!自)(?P<year>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?[他她]?)?"
    r"(?:现任|现为|现$|当选|担任(?!的)|转任|调任|任命|(?<![主责历曾原时现拟卸担])任(?![职命务免的])))"
)
"""Words that say of the posts after them, as far as 职务 or the next such word, whether they are held."""
LONG = 10
"""Years within which nobody has one post but those who stay (two terms): 1972年任县委副书记 is long over."""
SINCE = re.compile("以来|至今|到现在")
LEFT = re.compile(
    r"(?:原|前任|(?:(?<![一-鿿])|(?<=[的是由与和及同向对被为名位了望访省市县区州旗镇乡局]))前|上一?届|上一任|已故|[退离]休)(?:[省市县区州镇乡村]|街道|社区)?$"
)
"""Words before a post that somebody has left; a 前 that ends a word (节前, 会前, 汛前) tells when something is done."""
FIRST = re.compile("(?<![选为任])首任$")
NEW = re.compile("新|成立|组建|合并|挂牌")
"""首任县政协主席, of long ago; but 县数据局首任局长 and 新组建的首任县数据局局长 are the heads of new offices."""
GONE = re.compile(
    r"的?职务(?:自然|自行|同时)?(?:免除|终止|撤销)|(?:岗位|职位|任)上?(?:退休|免职|离任|卸任)"
    r"|等?(?:的?职务)?期间|等?的?职务上?的?便利|[转调改升]任|晋升|的辞(?:呈|职(?:请求|报告|申请))"
)
"""Words after such a post."""
REMOVED = re.compile(r"(?<!任)免|撤销|罢免|辞|不再|卸任|离任")
LIST_HEAD = re.compile(r"任命|免去|撤销|罢免|接受|辞去")
"""Verbs that rule a list of names and posts; 的…职务 (张三的县教育局局长职务) is said of what is taken away."""
THAT = re.compile("该(?P<word>[省市区县州旗镇乡]|街道|[局院委办会厅校处])$")
"""该局副局长: what was named last of that kind."""
RANKED = re.compile("(?P<word>[省市区县州旗])(?P<title>[一二三四]级(?:巡视员|调研员|主任科员|科员).*)")
"""县一级调研员: a rank at the place, whatever body is named before it."""
BENCH = [
    (re.compile("审判长|审判员|(?:人民)?陪审员|书记员|法官(?:助理)?|执行员"), "court"),
    (re.compile("检察员|(?:助理)?检察官(?:助理)?|(?:常务)?副?检察长"), "procuratorate"),
]
"""Titles that only a court or a procuratorate has."""
PROPOSED = re.compile(r"候选人|人选|[（(](?:拟任|提名|候选|人选)")
"""Words after a post that somebody shall have."""
ELECTED_WITH = re.compile("副?秘书长|(?:常务|专职)?委员|常委|(?:常务)?副(?:主席|主任|会长|书记|主任委员)")
"""Those who are elected beside the head of one body: 选举甲为县政协主席，乙为|秘书长."""
IN_VILLAGE = re.compile(
    r"^(?:村委会|居委会|村民委员会|村?党支部|村?党总支|村支|驻村|第一书记$|嘎查达$|村民(?:小组组?|组)长$)"
)
COMPOUND = re.compile("[景园校小片库矿灾牧山城厂战军辖]区$|[城超门都夜]市$|[家老城水]乡$|[集城村]镇$|[农乡渔山]村$")
"""Nouns that end like level words."""
LIST = re.compile(r"[、，,兼\s]*\Z")
Target = Body | Place | Node


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
        if rank := rank_of(self):
            properties["rank"] = rank
        return Node(id=self.id, labels=["Post"], properties=properties | seat_of(self))

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
    plain = FORMER_TITLE.sub("", _plain(title))
    if isinstance(target, Body) and target.place and _of_place(plain, target):
        target = target.place
    if department := _department(target, plain, confidence):
        target, plain = department
    elif isinstance(target, Place):
        target, plain = _own_body(_commanded(target, plain), plain)
    return Post(plain, target, home, inferred, confidence, re.sub(r"\s+", "", printed))


def _department(target: Target | None, title: str, confidence: float) -> tuple[Body, str] | None:
    """The department that a post's title names at a place or beside a body of it (武装部长), and the title there."""
    place = place_of(target)
    match = DEPARTMENT_HEAD.match(title)
    if not match or not place or place.kind not in {"division", "town"}:
        return None
    body = bodies.known(place, match["body"], confidence)
    return (body, _of_department(match)) if body else None


def _of_department(match: re.Match[str]) -> str:
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
    head = HEAD.match(_plain(title))
    place = place_of(target)
    committee = isinstance(target, Body) and target.kind == "party committee"
    if not head or not place:
        return False
    return (committee and not is_called(place.name, head["word"])) or (not adjoined and _without_head(place))


def headed(title: str, target: Target | None) -> Place | None:
    """The place that a head of government leads whose title follows one at that place: 区委副书记、|区长."""
    place = place_of(target)
    word = HEAD.search(_plain(title))
    fits = place and not place.site and word and is_called(place.name, word["word"]) and not _without_head(place)
    return place if fits else None


def _plain(title: str) -> str:
    """A title without spaces and the word for who acts in another's place."""
    return ACTING.sub("", re.sub(r"\s+", "", title))


def place_of(target: Target | None) -> Place | None:
    """The place whose post or body's post this is."""
    return target.place if isinstance(target, Body) else target if isinstance(target, Place) else None


def _without_head(place: Place) -> bool:
    """Is a place a development zone, which has an administration and no 区长? Only 管理区 (屈原管理区) have one."""
    zone = zone_class(place.name) if place.level in {"zone", "township"} else None
    return bool(zone) and zone != (place.name.removesuffix("管理区"), "管理区")


def bench(title: str, target: Target) -> Target:
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


def ranked(title: str, at: int, scene: Scene) -> tuple[Target, str, float] | None:
    """The place of a rank (县一级调研员), the rank and the confidence; None for any other title."""
    match = RANKED.fullmatch(title)
    known = scene.level(match["word"], at) if match else None
    return (known[0], match["title"], known[1]) if match and known else None


def _own_body(place: Place, title: str) -> tuple[Target, str]:
    """党委书记 at a town is 书记 of its committee, 村委会主任 the 主任 of the villagers' committee."""
    if VILLAGE_SECRETARY.match(title):
        return bodies.known(place, "党支部", 0.9) or place, "书记"
    if place.level in TOWNS and TOWN_PARTY.fullmatch(title):
        return bodies.known(place, "党工委" if place.name.endswith("街道") else "党委", 0.9) or place, title
    if place.level == "village" and title == "驻村第一书记":
        return place, "第一书记"
    if place.level == "village" and (chair := VILLAGE_CHAIR.match(title)):
        committee = "居委会" if place.name.endswith("社区") else "村委会"
        return bodies.known(place, committee, 0.9) or place, chair["title"]
    match = OWN_PARTY.match(title) or VILLAGE_HEAD.match(title)
    named = re.sub("^(?=[支总])", "党", match["body"]) if match else ""
    body = bodies.known(place, named, 0.9) if match else None
    return (body, match["title"]) if match and body else (place, title)


def implied(title: str, before: str, at: int, scene: Scene) -> tuple[Target, str, float] | None:
    """What a title without `at` belongs to, its title there, and the confidence: told by the level word in it (区长,
    县领导), by the one printed before it (镇党委书记), or by the department it names (宣传部长).
    """
    plain = _plain(title)
    if grouped := _of_group(plain, at, scene):
        return grouped
    word = HEAD.search(plain) or LEADER.search(plain)
    if warden := _warden(plain, at, scene):
        return warden
    if word and before.endswith(f"该{word['word']}") and (known := scene.that(word["word"], at)):
        return known[0], title, known[1]
    if word and (known := scene.level(word["word"], at)):
        return known[0], title, round(known[1] * 0.9, 2)
    if (own := OWN_PLACE.match(plain)) and (known := scene.level(own["word"], at)):
        return known[0], own["title"], round(known[1] * 0.9, 2)
    if (told := THAT.search(before)) and (known := scene.that(told["word"], at)):
        return known[0], title, known[1]
    printed = next((m for m in LEVEL_WORD.finditer(before) if m.end() == len(before)), None)
    if (
        printed
        and not COMPOUND.search(before)
        and printed[0] in LOCAL | {"县", "区", "市"}
        and (known := scene.level(printed[0], at))
    ):
        return known[0], title, round(known[1] * 0.9, 2)
    for titles, kind in BENCH:
        if titles.fullmatch(plain):
            owner = scene.body_of({kind}, at)
            return (owner, plain, 0.6) if owner else None
    if IN_VILLAGE.match(plain) and (place := scene.nearest({"village"}, at)):
        return *_own_body(place, plain.removeprefix("村") if plain.startswith(("村党", "村支")) else plain), 0.65
    if plain == "总书记":
        return bodies.central()["党中央"], plain, 0.95
    if match := DEPARTMENT_HEAD.match(plain):
        body = _militia(match, at, scene) or reading.resolve((match["word"] or "") + match["body"], at, scene)
        return (body, _of_department(match), body.confidence) if body else None
    return _with_own_body(plain, at, scene)


def _militia(match: re.Match[str], at: int, scene: Scene) -> Body | None:
    """The 武装部 of the township whose officials a sentence lists: 镇党委委员、武装部长. That of a county is told by its 县委常委."""
    if (
        match["word"]
        or not match["body"].endswith("武装部")
        or not scene.in_town(at, scene.text.rfind("。", 0, at) + 1)
    ):
        return None
    town = scene.nearest(TOWNS, at)
    return bodies.known(town, match["body"], 0.7) if town else None


def _of_group(title: str, at: int, scene: Scene) -> tuple[Target, str, float] | None:
    """The paper's district and the whole of a post that is in one of its townships, it is not said in which."""
    match = GROUP.search(scene.text[max(0, at - 8) : at] + title)
    return (Place.division(scene.home), match[0], 0.5) if match and scene.home and at not in scene.ends else None


def _with_own_body(title: str, at: int, scene: Scene) -> tuple[Target, str, float] | None:
    """Posts of the committee that their title begins with (地委委员), of the commissioner's office of a prefecture
    (行署秘书长, 副专员) and of the corps' division that the paper is of (副师长).
    """
    if match := COMMITTEE_TITLE.fullmatch(title):
        body = reading.resolve(match["body"], at, scene)
        return (body, match["title"], body.confidence) if body else None
    if PREFECT.fullmatch(title) or scene.text.endswith("行署", 0, at):
        office = reading.resolve("行署", at, scene)
        return (office, title, office.confidence) if office else None
    division = corps_division(Place.division(scene.home)) if scene.home and title in {"师长", "副师长"} else None
    return (division, title, 0.7) if division else None


def is_officer(title: str) -> bool:
    """Is this the political officer of some unit (教导员)?"""
    match = HEADING.search(title)
    return bool(match and match["officer"])


def beside_head(title: str, head: str, between: str) -> bool:
    """Is a political officer of what the bearer of the title before heads (大队长甲、|教导员), no other unit being named
    between?
    """
    return is_officer(title) and bool(UNIT_HEAD.search(head)) and not re.search("[队所站]", between)


def name_of_headed(title: str) -> re.Pattern[str] | None:
    """What the names of bodies end in whose head bears a title: 局 for 副局长, 中学 and others for 校长."""
    match = HEADING.search(title)
    word = match["noun"] or match["officer"] if match else ""
    return re.compile(f"(?:{NAMED.get(word, word)})$") if word else None


def _warden(title: str, at: int, scene: Scene) -> tuple[Target, str, float] | None:
    """The place of a 县总河长 or 遂川江县级河长, the title there, and the confidence."""
    match = WARDEN.search(title)
    known = scene.level(match["word"], at) if match and match["word"] else None
    if not match or not known:
        return None
    return known[0], title if match["degree"] else title.removeprefix(match["word"]), round(known[1] * 0.9, 2)


def status(title: str, before: str, after: str, act: str, year: int | None = None) -> Status:
    """Whether a post is held, said by the words around it, else by the act that takes it away.

    `before` is all of the clause: 历任 holds for a whole list of posts. `year` is that of the issue.
    """
    told = _told(title, before, after, act, year)
    acting = ACTING.match(title) or before.endswith(("代理", "、代"))
    return "acting" if acting and told != "former" else told


def _told(title: str, before: str, after: str, act: str, year: int | None) -> Status:
    """The status of a post but for whether its holder acts for another."""
    if PROPOSED.match(after) or before.endswith("候选人"):
        return "proposed"
    if LEFT.search(before) or FORMER_TITLE.search(title) or GONE.match(after):
        return "former"
    if (FIRST.search(before) and not NEW.search(before)) or (before.endswith("老") and re.match(OLD, title)):
        return "former"
    words = list(STATUS.finditer(before.rpartition("职务")[2]))
    if words and (since := words[-1]["year"]) and year and not SINCE.search(after):
        return "former" if year - int(since) > LONG else "current"
    if words:
        return cast(Status, words[-1].lastgroup)
    return "former" if REMOVED.search(act) else "proposed" if act == "拟任" else "current"


@cache
def _rank_rules() -> list[tuple[str, re.Pattern[str], int]]:
    return [(kind, re.compile(title), int(steps)) for kind, title, steps in divisions.rows("ranks.tsv")]


def rank_of(post: Post) -> str | None:
    """The rank that the office fixes, None where offices of that kind differ."""
    place, kind = _where(post.target)
    if place is None or (start := _grade(place)) is None:
        return None
    for rule, title, steps in _rank_rules():
        if rule == kind and title.fullmatch(post.title):
            step = start + steps
            return RANKS[step] if step < len(RANKS) and not (rule == "department" and start % 2) else None
    return None


def _where(target: Target | None) -> tuple[Place | None, str]:
    """The place of a post, and the kind of the body that it is at."""
    if isinstance(target, Place):
        return target, "government"
    return (target.place, target.kind) if isinstance(target, Body) else (None, "")


def seat_of(post: Post) -> dict[str, int | bool]:
    """What the post tells of others that its holder has left (see `seats.py`)."""
    place, kind = _where(post.target)
    name = post.target.name if isinstance(post.target, Body) else ""
    return seat(kind, name, post.title, _grade(place)) if place else {}


def _grade(place: Place) -> int | None:
    """The step of a division's leaders: 0 for a province, 2 for a prefecture, 4 for a county, 6 for a township."""
    if place.site or not place.area or place.area == divisions.NATION or corps_division(place):
        return None  # cities of the corps have the rank of its divisions, which the division table does not tell
    code = place.area
    if len(code) > 6:
        county = _grade(Place.division(code[:6]))
        return county + 2 if county is not None and county % 2 == 0 else None
    if divisions.level(code) == "province":
        return 0
    if divisions.level(code) == "city":
        return 1 if code in SUBPROVINCIAL else 2
    above = divisions.parent(code) or ""
    district = divisions.name(code).endswith("区")
    return 2 if above in divisions.MUNICIPALITIES else 3 if above in SUBPROVINCIAL and district else 4
