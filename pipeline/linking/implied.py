"""What a title belongs to whose body is not said, as far as the title and its level word tell: 区长, 该县县长, 宣传部长."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pipeline.linking import bodies, divisions, reading
from pipeline.linking.bodies import Body, Target
from pipeline.linking.locating import locate
from pipeline.linking.places import TOWNS, Place, corps_division
from pipeline.linking.posts import (
    BENCH,
    COMMITTEE_TITLE,
    DEPARTMENT_HEAD,
    HEAD,
    OWN_PLACE,
    WARDEN,
    own_body,
    plain,
    title_in_department,
)
from pipeline.linking.scene import LEVEL_WORD, LOCAL, Scene
from pipeline.linking.wording import VILLAGERS

LEADER = re.compile(r"(?P<word>[省市区县州旗盟镇乡])领导$")
PREFECT = re.compile("(?:常务)?副?专员")
SOME_TOWNSHIP = re.compile(
    "(?:乡镇|镇街|乡[（(]镇[)）])(?:[、（(]?街道[)）]?)?(?:党[（(]?工?[)）]?委(?:副?书记|委员)|人大主席|副?[乡镇]?长)$"
)
"""Posts in townships without a name, of one of which somebody is to be the head (拟任乡镇党委书记)."""
THAT = re.compile("该(?P<word>[省市区县州旗镇乡]|街道)$")
"""该县副县长: the place named last of that kind."""
RANKED = re.compile("(?P<word>[省市区县州旗])(?P<title>[一二三四]级(?:巡视员|调研员|主任科员|科员).*)")
"""县一级调研员: a rank at the place, whatever body is named before it."""
VILLAGE_TITLE = re.compile(
    rf"^(?:{VILLAGERS}|[村居]委(?:副?主任|委员)$|村?党支部|村?党总支|村支|驻村|第一书记$|嘎查达$|村民(?:小组组?|组)长$)"
)
COMPOUND = re.compile("[景园校小片库矿灾牧山城厂战军辖]区$|[城超门都夜]市$|[家老城水]乡$|[集城村]镇$|[农乡渔山]村$")
"""Nouns that end like level words."""
PRINTED_LEVELS = LOCAL | {"县", "区", "市"}
"""Level words that stand alone before a title: 镇|党委书记, 县|领导."""
BEFORE = 3
"""Letters before a title that are looked at."""
Implied = tuple[Target, str, float]
"""What a title belongs to, its title there, and the confidence."""


@dataclass(frozen=True)
class _Title:
    """A title without a body where it stands."""

    printed: str
    at: int
    scene: Scene

    @cached_property
    def plain(self) -> str:
        return plain(self.printed)

    @cached_property
    def before(self) -> str:
        return self.scene.text[max(0, self.at - BEFORE) : self.at]

    @cached_property
    def level_word(self) -> str:
        """The level word of a head or leader of a place (区 in 副区长), empty for other titles."""
        word = HEAD.search(self.plain) or LEADER.search(self.plain)
        return word["word"] if word else ""

    def at_level(self, word: str, title: str) -> Implied | None:
        """A title at the place that a level word means here."""
        known = self.scene.level(word, self.at)
        return (known[0], title, round(known[1] * 0.9, 2)) if known else None

    def at_that(self, word: str) -> Implied | None:
        """The title at the place that 该 and a level word mean here."""
        known = self.scene.that(word, self.at)
        return (known[0], self.printed, known[1]) if known else None

    def at_body(self, body: Body | None, title: str) -> Implied | None:
        """A title at a body, as sure as the body is."""
        return (body, title, body.confidence) if body else None


def implied(title: str, at: int, scene: Scene) -> Implied | None:
    """What a title at a position belongs to, as the first reader tells that knows it; None where only its neighbours can
    tell (see `owners.py`).
    """
    said = _Title(title, at, scene)
    return next((found for read in READERS if (found := read(said))), None)


def ranked(title: str, at: int, scene: Scene) -> Implied | None:
    """The place of a rank (县一级调研员), the rank and the confidence; None for any other title."""
    match = RANKED.fullmatch(title)
    known = scene.level(match["word"], at) if match else None
    return (known[0], match["title"], known[1]) if match and known else None


def _in_some_township(said: _Title) -> Implied | None:
    """The paper's district and the whole of a post that is in one of its townships, it is not said in which."""
    home = said.scene.home
    match = SOME_TOWNSHIP.search(said.scene.text[max(0, said.at - 8) : said.at] + said.plain)
    return (Place.division(home), match[0], 0.5) if match and home and said.at not in said.scene.ends else None


def _warden(said: _Title) -> Implied | None:
    """The place of a 县总河长 or 遂川江县级河长."""
    match = WARDEN.search(said.plain)
    if not match or not match["word"]:
        return None
    return said.at_level(match["word"], said.plain if match["degree"] else said.plain.removeprefix(match["word"]))


def _of_that(said: _Title) -> Implied | None:
    """该县|县长: of the place named last of that kind."""
    told = THAT.search(said.before)
    return said.at_that(told["word"]) if told else None


def _head(said: _Title) -> Implied | None:
    """区长, 县领导: of the place that the level word means."""
    return said.at_level(said.level_word, said.printed) if said.level_word else None


def _of_county(said: _Title) -> Implied | None:
    """三原|县领导: of the county whose name ends with the title's first letter, in the province of the paper or named
    elsewhere in the article; of 和县 and others of two letters only if they are named so.
    """
    scene, at = said.scene, said.at
    length = divisions.run_into(scene.text, at) if said.level_word and said.plain[0] == said.level_word else 0
    known = locate(scene.text[at - length : at + 1], None, scene.base(at), scene.anchors) if length else None
    area = known[0].area or "" if known else ""
    near = length > 1 and scene.home and area[:2] == scene.home[:2]
    if not known or not (near or area in scene.anchors):
        return None
    return known[0], said.printed, round(known[1] * 0.9, 2)


def _own_place(said: _Title) -> Implied | None:
    """镇党委书记, 村委会主任: of the committee of the place that the title begins with."""
    own = OWN_PLACE.match(said.plain)
    return said.at_level(own["word"], own["title"]) if own else None


def _after_level_word(said: _Title) -> Implied | None:
    """镇|党委书记, the level word being no part of the title and no part of a noun (景区)."""
    printed = next((m for m in LEVEL_WORD.finditer(said.before) if m.end() == len(said.before)), None)
    if not printed or printed[0] not in PRINTED_LEVELS or COMPOUND.search(said.before):
        return None
    return said.at_level(printed[0], said.printed)


def _of_bench(said: _Title) -> Implied | None:
    """审判员, 检察员: of the court or procuratorate named last."""
    kind = next((kind for titles, kind in BENCH if titles.fullmatch(said.plain)), None)
    owner = said.scene.body_of({kind}, said.at) if kind else None
    return (owner, said.plain, 0.6) if owner else None


def _in_village(said: _Title) -> Implied | None:
    """村委会主任, 第一书记: of the village named last."""
    title = said.plain
    village = said.scene.nearest({"village"}, said.at) if VILLAGE_TITLE.match(title) else None
    if not village:
        return None
    return *own_body(village, title.removeprefix("村") if title.startswith(("村党", "村支")) else title), 0.65


def _general_secretary(said: _Title) -> Implied | None:
    """总书记 is that of the whole party."""
    return (bodies.central()["党中央"], said.plain, 0.95) if said.plain == "总书记" else None


def _department_head(said: _Title) -> Implied | None:
    """宣传部长, 县委组织部部长: of the department that the title names."""
    match = DEPARTMENT_HEAD.match(said.plain)
    if not match:
        return None
    named = (match["word"] or "") + match["body"]
    body = _militia(match, said.at, said.scene) or reading.resolve(named, said.at, said.scene)
    return said.at_body(body, title_in_department(match))


def _militia(match: re.Match[str], at: int, scene: Scene) -> Body | None:
    """The 武装部 of the township whose officials a sentence lists: 镇党委委员、武装部长. That of a county is told by its 县委常委."""
    sentence = scene.text.rfind("。", 0, at) + 1
    if match["word"] or not match["body"].endswith("武装部") or not scene.in_town(at, sentence):
        return None
    town = scene.nearest(TOWNS, at)
    return bodies.known(town, match["body"], 0.7) if town else None


def _in_committee(said: _Title) -> Implied | None:
    """地委委员, 县委书记: of the committee that the title begins with."""
    match = COMMITTEE_TITLE.fullmatch(said.plain)
    return said.at_body(reading.resolve(match["body"], said.at, said.scene), match["title"]) if match else None


def _in_prefecture(said: _Title) -> Implied | None:
    """副专员, 行署|秘书长: of the commissioner's office of a prefecture."""
    if not PREFECT.fullmatch(said.plain) and not said.scene.text.endswith("行署", 0, said.at):
        return None
    return said.at_body(reading.resolve("行署", said.at, said.scene), said.plain)


def _in_corps(said: _Title) -> Implied | None:
    """副师长: of the corps' division that the paper is of."""
    home = said.scene.home if said.plain in {"师长", "副师长"} else None
    division = corps_division(Place.division(home)) if home else None
    return (division, said.plain, 0.7) if division else None


def _in_regiment(said: _Title) -> Implied | None:
    """团长: of the corps' regiment named last."""
    if said.plain not in {"团长", "副团长"}:
        return None
    named = (body for _, body in said.scene.back(said.at) if body.kind == "corps unit" and body.name.endswith("团"))
    regiment = next(named, None)
    return (regiment, said.plain, 0.7) if regiment else None


def _head_of_sumu(said: _Title) -> Implied | None:
    """苏木达: of the 苏木 named last."""
    return said.at_level("苏木", said.plain) if said.plain in {"苏木达", "副苏木达"} else None


READERS: tuple[Callable[[_Title], Implied | None], ...] = (
    _in_some_township,
    _warden,
    _of_that,
    _of_county,
    _head,
    _own_place,
    _after_level_word,
    _of_bench,
    _in_village,
    _general_secretary,
    _department_head,
    _in_committee,
    _in_prefecture,
    _in_corps,
    _in_regiment,
    _head_of_sumu,
)
"""The readers of a title, in the order in which they are tried."""
