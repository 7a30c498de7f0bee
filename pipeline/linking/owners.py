"""Whose posts the titles of an article are: of the body that a title is `at`, else as the title tells (see `implied.py`), else of
what the list or the sentences before it name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from pipeline.linking import divisions
from pipeline.linking.bodies import Body, Target, peers, place_of
from pipeline.linking.implied import Implied, implied, ranked
from pipeline.linking.places import TOWNS
from pipeline.linking.posts import WARDEN, Post, at_bench, headed, make, plain, strays
from pipeline.linking.scene import Scene, is_level
from pipeline.linking.things import KIND_OF_THING, Things
from pipeline.records import Link, Mention, Record

HEAD_OF_BODY = re.compile(
    "(?P<noun>[局所站馆队庭台厂社行院园校组]|董事|经)[长理](?:助理)?$|^(?P<officer>指导员|教导员|政委|政治委员)$"
)
UNIT_HEAD = re.compile("[大中支总]队长$|[所站]长$")
OF_PARTY_COMMITTEE = re.compile("(?P<organ>党委|党工委)(?:副?书记|委员)$")
"""Posts of a committee of a township, a bureau or a firm; those of a county have its level word before them."""
OF_PARTY_GROUP = re.compile("党组(?:副?书记|成员)")
"""Posts of the party's group in a bureau, court or mass organisation."""
OF_PARTY = re.compile("党(?:委|组|总支|支部)(?:副?书记|委员|成员)")
"""Posts of the party in a bureau, court, firm, hospital or school, which its head has too."""
OF_ELECTED = re.compile("(?:(?:常务|专职|兼职)?副)?(?:主席|会长|理事长)|秘书长")
"""Those who head mass organisations."""
ELECTED_WITH = re.compile("副?秘书长|(?:常务|专职)?委员|常委|(?:常务)?副(?:主席|主任|会长|书记|主任委员)")
"""Those who are elected beside the head of one body: 选举甲为县政协主席，乙为|秘书长."""
IN_LIST = re.compile(r"[、，,兼\s]*\Z")
"""What stands between the titles of one person."""
WITH_COMMITTEE = TOWNS | {"zone"}
"""Places with a 党委 or 党工委 whose secretary is called so."""
OWNED = re.compile("[一-鿿](?<![由与和及同对向率领任了为是的原现兼])")
"""The end of a word right before a post, which says whose it is (农场|党委书记)."""
OWNER_LABELS = {"AGENCY", "ORG", "DISTRICT"}
"""Labels of what a post may be of."""
KIND_OF_BODY = re.compile("(?:(?:^|[^一-鿿])(?=[局院校])|该)(?P<kind>[局院委办会厅校处])$")
"""A kind of body that stands alone before a title, or after 该: ，局|党委委员, 该院|院长."""
LINE_HEAD = re.compile(r"\s*[：:]")
"""After the title at the head of a line of names."""
Before = tuple[Mention, Post] | None
"""The title before another in the text, with its post."""
Reader = Callable[[Mention, Before], Implied | None]


class Owners:
    """Whose posts the titles of one article are. `bodies` are the mentions that titles are `at` by their arcs, `links` and
    `targets` what mentions stand for.
    """

    def __init__(
        self,
        record: Record,
        scene: Scene,
        things: Things,
        bodies: Mapping[str, str],
        links: Mapping[str, Link],
        targets: Mapping[str, Target],
    ) -> None:
        self.text = record.text
        self.mentions = {mention.id: mention for mention in record.entities}
        self.named = sorted((m for m in record.entities if m.label in OWNER_LABELS), key=lambda mention: mention.start)
        self.titles = sorted((m for m in record.entities if m.label == "TITLE"), key=lambda mention: mention.start)
        self.starts = {mention.start: mention for mention in self.titles}
        self.held = {relation.tail for relation in record.relations if relation.type == "holds"}
        self.scene = scene
        self.things = things
        self.bodies = bodies
        self.links = links
        self.targets = targets

    def posts(self) -> Iterator[tuple[Mention, Post]]:
        """The titles of the article in the order of the text, each with its post."""
        before: Before = None
        for title in self.titles:
            before = title, self._post(title, before)
            yield before

    def _post(self, title: Mention, before: Before) -> Post:
        """The post of a title; `before` is the title before it with its post."""
        home = self.scene.home
        if said := ranked(title.text, title.start, self.scene) or self._said(title):
            return make(said[1], said[0], home, confidence=said[2])
        for read in self._readers(title):
            if found := read(title, before):
                return make(found[1], found[0], home, inferred=True, confidence=found[2])
        body = self.bodies.get(title.id)
        return make(title.text, None, home, True, 0.5, self.mentions[body].text if body else "")

    def _readers(self, title: Mention) -> Sequence[Reader]:
        """The ways to find whose a title is. One that stands directly after a name which links to nothing is at nothing, and
        no title that is said to be of such a name is of a body named elsewhere.
        """
        said = self.mentions.get(self.bodies.get(title.id, ""))
        if not said or said.id in self.targets:
            return (
                self._headed,
                self._implied,
                self._of_kind,
                self._of_announced,
                self._continued,
                self._of_named,
            )
        if said.end == title.start:
            return (self._implied,) if is_level(said.text) or WARDEN.search(title.text) else ()
        return self._headed, self._implied, self._of_kind

    def _said(self, title: Mention) -> Implied | None:
        """A title at the body that its arc leads to, but for titles that such a body has not."""
        body = self.bodies.get(title.id, "")
        target = self.targets.get(body)
        if not target or strays(title.text, target, adjoined=self.mentions[body].end == title.start):
            return None
        return at_bench(title.text, target), title.text, min(0.95, self.links[body].confidence)

    def _headed(self, title: Mention, before: Before) -> Implied | None:
        """A head of the place whose post stands before his in a list: 区委副书记、|区长."""
        if not before or not IN_LIST.match(self.text, before[0].end, title.start):
            return None
        place = headed(title.text, before[1].target)
        return (place, title.text, 0.85) if place else None

    def _implied(self, title: Mention, _: Before) -> Implied | None:
        """As the title or the level word before it tells."""
        return implied(title.text, title.start, self.scene)

    def _of_kind(self, title: Mention, _: Before) -> Implied | None:
        """What a title belongs to that stands after the kind alone of what is named before: 公司|经理, 局|党委委员, 该校|校长."""
        before = self.text[max(0, title.start - 4) : title.start]
        noun = KIND_OF_THING.search(before)
        owner = self.things.named(noun[0], title.start - len(noun[0])) if noun else None
        if not owner and (alone := KIND_OF_BODY.search(before)):
            kind = alone["kind"]
            owner = self._named_last(title.start, _ending("kind", kind))
        return (owner, title.text, 0.7) if owner else None

    def _named_last(self, at: int, ending: re.Pattern[str]) -> Target | None:
        """The body or organisation named last before a position whose name has an ending."""
        before = self.named[: bisect_left(self.named, at, key=lambda other: other.start)]
        called = (other for other in reversed(before) if other.label != "DISTRICT" and ending.search(other.text))
        return next((self.targets[other.id] for other in called if other.id in self.targets), None)

    def _of_announced(self, title: Mention, _: Before) -> Implied | None:
        """The title of a line 副主任：甲　乙 that stands below the sentence which announces posts of a body without names
        (选举产生了县人大常委会主任、副主任): of that body.
        """
        if not LINE_HEAD.match(self.text, title.end):
            return None
        above = (other for other in reversed(self._announced) if other.start < title.start)
        same = next((other for other in above if plain(other.text) == plain(title.text)), None)
        return (self.targets[self.bodies[same.id]], title.text, 0.7) if same else None

    @cached_property
    def _announced(self) -> list[Mention]:
        """The titles at bodies that nobody holds, in the order of the text."""
        unheld = (title for title in self.titles if title.id not in self.held)
        return [title for title in unheld if self.bodies.get(title.id) in self.targets]

    def _continued(self, title: Mention, before: Before) -> Implied | None:
        """A title that goes on a list of posts at one body (党组书记、局长; 主任甲, 副主任乙)."""
        if not before or not before[1].target or not self._continues(before[0], title):
            return None
        return before[1].target, title.text, 0.7

    def _continues(self, before: Mention, title: Mention) -> bool:
        """Does a title go on the list that the title before it stands in?"""
        between = self.text[before.end : title.start]
        deputy = title.text.startswith("副") and before.text.endswith(title.text[1:])
        if ELECTED_WITH.fullmatch(title.text) and between.endswith("为") and self._given(before):
            return not re.search("。" if deputy else "[。；;\n]", between)
        beside = deputy or _beside_head(title.text, before.text, between)
        return bool(IN_LIST.match(between)) or (beside and len(between) < 30 and not re.search("[。；;\n]", between))

    def _given(self, title: Mention) -> bool:
        """Does 为 stand before a post (选举甲为|县政协主席)?"""
        body = self.bodies.get(title.id)
        start = min(title.start, self.mentions[body].start) if body else title.start
        return self.text.endswith("为", 0, start)

    def _of_named(self, title: Mention, _: Before) -> Implied | None:
        """A title of what the sentences before name: its head, a party secretary, somebody elected."""
        if title.id in self.bodies:
            return None
        ways = (self._headed_by, self._of_committee, self._of_party_group, self._of_next, self._elected_to)
        target = next((found for find in ways if (found := find(title))), None)
        return (target, title.text, 0.6) if target else None

    def _headed_by(self, title: Mention) -> Target | None:
        """The body or organisation that a bare 局长 or 校长 is the head of: the last one that this sentence, or the one
        before, calls so; a political officer (教导员) may be of others, so his is in this sentence.
        """
        name = _name_of_headed(title.text)
        if not name:
            return None
        for other in reversed(self._named_before(title, 1 if _is_officer(title.text) else 2)):
            if other.label != "DISTRICT" and name.search(other.text) and other.id in self.targets:
                return self.targets[other.id]
        return None

    def _of_committee(self, title: Mention) -> Target | None:
        """The township or body that a bare 党委书记 is of: the only one that this sentence and the one before name which
        has a 党委.
        """
        post = OF_PARTY_COMMITTEE.fullmatch(title.text)
        if not post or self._owned(title):
            return None
        owners: dict[str, Target | None] = {}
        for other in self._named_before(title, 2):
            target = self.targets.get(other.id)
            place = place_of(target)
            if place and place.level in WITH_COMMITTEE:
                owners[place.id] = place
            elif target and other.text.endswith(post["organ"]):
                owners[target.id] = target
            elif not (place and (other.label == "DISTRICT" or place.level == "village" or _is_countys(target))):
                owners[other.id] = None
        return next(iter(owners.values())) if len(owners) == 1 else None

    def _of_party_group(self, title: Mention) -> Target | None:
        """The body that a bare 党组书记 is of: the only one, with its units, that this sentence and the one before name which
        has a 党组.
        """
        if not OF_PARTY_GROUP.fullmatch(title.text) or self._owned(title):
            return None
        named = [self.targets.get(m.id) for m in self._named_before(title, 2) if m.label != "DISTRICT"]
        whole = [target.whole() if isinstance(target, Body) else target for target in named]
        owners = {target.id if target else "": target for target in whole if not _is_without_group(target)}
        return next(iter(owners.values())) if len(owners) == 1 else None

    def _of_next(self, title: Mention) -> Target | None:
        """The body of a bare 党委书记 whose other post in the list is its head: 党委书记、|院长."""
        following = self.starts.get(title.end + 1) if self.text.startswith(("、", "，"), title.end) else None
        if not following or self.bodies.get(following.id) or not OF_PARTY.fullmatch(title.text) or self._owned(title):
            return None
        return self._headed_by(following)

    def _owned(self, title: Mention) -> bool:
        """Does the name of what a title is of, which is no mention, stand right before it (供销社|党组成员)?"""
        return bool(OWNED.match(self.text, max(title.start - 1, 0), title.start))

    def _elected_to(self, title: Mention) -> Target | None:
        """The mass organisation named last whose congress elects somebody: 选举产生县妇联执委会，甲当选|主席."""
        if not OF_ELECTED.fullmatch(title.text) or not self.text.endswith(("当选", "当选为"), 0, title.start):
            return None
        named = (self.targets.get(other.id) for other in reversed(self._named_before(title, 2)))
        return next((body.whole() for body in named if isinstance(body, Body) and body.system == "mass"), None)

    def _named_before(self, title: Mention, sentences: int) -> list[Mention]:
        """The places, bodies and organisations that the last sentences name before a title."""
        since = title.start
        for _ in range(sentences):
            since = max(self.text.rfind("。", 0, since), 0)
        first, last = (bisect_left(self.named, at, key=lambda other: other.start) for at in (since, title.start))
        return self.named[first:last]


def _is_countys(target: Target | None) -> bool:
    """Is this a committee, government or assembly, which has no 党委 of its own?"""
    return isinstance(target, Body) and target.kind in peers("county organ")


def _is_without_group(target: Target | None) -> bool:
    """Is this a body of the party, a township or a village, which have no 党组?"""
    if not isinstance(target, Body):
        return False
    return target.system == "party" or (target.place is not None and target.place.level in TOWNS | {"village"})


def _is_officer(title: str) -> bool:
    """Is this the political officer of some unit (教导员)?"""
    match = HEAD_OF_BODY.search(title)
    return bool(match and match["officer"])


def _beside_head(title: str, head: str, between: str) -> bool:
    """Is a political officer of what the bearer of the title before heads (大队长甲、|教导员), no other unit being named
    between?
    """
    return _is_officer(title) and bool(UNIT_HEAD.search(head)) and not re.search("[队所站]", between)


def _name_of_headed(title: str) -> re.Pattern[str] | None:
    """What the names of bodies end in whose head bears a title: 局 for 副局长, 中学 and others for 校长."""
    match = HEAD_OF_BODY.search(title)
    word = match["noun"] or match["officer"] if match else ""
    return _ending("head", word) if word else None


@cache
def _ending(use: str, word: str) -> re.Pattern[str]:
    """What the names of bodies end in that a word means (see `data/endings.tsv`), else the word itself."""
    told = (ending for for_use, of_word, ending in divisions.rows("endings.tsv") if (for_use, of_word) == (use, word))
    return re.compile(f"(?:{next(told, word)})$")
