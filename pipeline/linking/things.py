"""Mentions of organisations, sites and events to nodes: under the fullest name that the article gives them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from pipeline.linking import divisions, fronts
from pipeline.linking.bodies import Target
from pipeline.linking.locating import locate, opening
from pipeline.linking.scene import LOCAL, Scene, is_called
from pipeline.linking.wording import in_order
from pipeline.records import Mention, Node, Record

NUMBERED = re.compile(r"20\d\d|届|[“”\"《》]")
"""What makes an event's name its own: a year, the number of a term, a title in quotes."""
SAYS_NOTHING = 5
"""Letters of an event's name (座谈会, 启动仪式) that say nothing outside its article."""
WIDE = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)
FIRM_NAME = re.compile("(?:公司|集团|厂)$")
NUMERALS = re.compile(r"[\d〇零一二三四五六七八九十百]+")
OF_ALL = re.compile("[全我本](?P<word>[省市县区州旗盟])(?=.{3})")
"""Words before an event's name that say of which district it is: 全县."""
OF_NONE = re.compile("[级际民省市县区州旗盟]")
"""What makes a word of the level word before it: 省级, 县际, 市民, 县区委书记."""
EVENT_NAME = re.compile("(?![·、与和及暨—-]).{6}")
"""An event's name after the district before it, which says something alone (not 鹿泉区|揭牌仪式) and is of no other place too
(鼓楼区|·岷县联席会议).
"""
ORGAN = re.compile("委(?!员)|政府|人大|政协")
"""What a level word stands before in short names: 安县|委常委会会议."""
LAST_LETTERS = 3
"""Letters at the end of an event's name (推进会) that no short form of it leaves out."""
NESTED = 3
"""So many names of an event in one article, each the end of the next, are looked at."""
KIND_OF_THING = re.compile("(?:公司|集团|合作社|医院|卫生院|学校|中学|小学|协会|商会|企业|[农林牧]场)$")
CALLED_GROUP = re.compile("集团(?=.*公司$)")
"""What a firm is called short that has it in its name: 集团 for 某某集团有限公司."""
NAMED_THINGS = {"ORG", "VENUE", "DISTRICT"}
NODE_LABELS = {"ORG": "Organization", "VENUE": "Venue", "EVENT": "Event"}


class Things:
    """The organisations, sites and events of one article. `body` is where the article's body begins, `date` that of the
    issue, `targets` what the mentions that are linked so far stand for.
    """

    def __init__(
        self,
        record: Record,
        scene: Scene,
        body: int,
        date: str | None,
        targets: Mapping[str, Target],
    ) -> None:
        self.id = record.id
        self.order = sorted(record.entities, key=lambda mention: mention.start)
        self.scene = scene
        self.body = body
        self.date = date
        self.targets = targets

    def resolve(self, mention: Mention) -> tuple[Target, float]:
        """What a mention stands for, and the confidence: its node, or the one that 公司 alone means."""
        name, area = _scoped(self._in_full(mention), self.scene)
        if mention.label == "EVENT":
            name, area = self._event(self._told_longer(mention, name), mention.start)
        kind = NODE_LABELS[mention.label]
        key = {"ORG": "org"}.get(mention.label, mention.label.lower())
        when = f":{self._occasion(name)}" if mention.label == "EVENT" and not NUMBERED.search(name) else ""
        if mention.label == "ORG" and KIND_OF_THING.fullmatch(name):
            if known := self.named(name, mention.start):
                return known, 0.7
            when = f":{self.id}"
        return Node(id=f"{key}:{area or '-'}:{name}{when}", labels=[kind], properties={"name": name}), 0.8

    def named(self, noun: str, at: int) -> Target | None:
        """The organisation that 公司 or 合作社 alone means: the last one named before whose name ends so."""
        named = self._things.get(noun, [])
        before = bisect_left(named, at, key=lambda mention: mention.end)
        last = named[before - 1] if before else None
        return self.targets.get(last.id) if last and last.label != "VENUE" else None

    @cached_property
    def _things(self) -> dict[str, list[Mention]]:
        """The organisations, and sites marked as such, with a name of their own, by the noun that it ends with."""
        things: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.order:
            noun = KIND_OF_THING.search(mention.text) if mention.label in NAMED_THINGS else None
            if noun and noun[0] != mention.text:
                for word in {noun[0], *CALLED_GROUP.findall(mention.text)}:
                    things[word].append(mention)
        return things

    def _in_full(self, mention: Mention) -> Mention:
        """The mention that prints a firm's name in full where this one prints it short (康奕公司)."""
        core = FIRM_NAME.sub("", mention.text) if mention.label == "ORG" else mention.text
        if len(core) < 2 or core == mention.text or divisions.candidates(core):
            return mention
        longer = {name: m for name, m in self._firms.items() if core in name and len(name) > len(mention.text)}
        whole = [m for name, m in longer.items() if name.endswith("限公司")] or list(longer.values())
        return whole[0] if len(whole) == 1 else mention

    @cached_property
    def _firms(self) -> dict[str, Mention]:
        """The firms of the article by their names as printed."""
        return {
            mention.text: mention for mention in self.order if mention.label == "ORG" and FIRM_NAME.search(mention.text)
        }

    def _event(self, name: str, at: int) -> tuple[str, str | None]:
        """The longer name that the article gives an event, without 全县 or the paper's district before it, and the code of
        the district that it is of: of the level word (县委常委会会议 of one of a prefecture's counties), else the paper's.
        """
        full, home = self._longest(name), self.scene.home
        of_all = OF_ALL.match(full)
        word = of_all["word"] if of_all else fronts.level_word(full, self.scene)
        if word and word not in LOCAL and (of_all or not OF_NONE.match(full, len(word))):
            known = self.scene.level(word, at)
            return full[of_all.end() if of_all else 0 :], (known[0].area if known else None) or home
        length, area = opening(full, home, self.scene.anchors)
        if not length or not EVENT_NAME.match(full, length):
            return full, home
        own = length - bool(ORGAN.match(full, length)) if area == home else 0
        return full[own:], area

    def _longest(self, name: str) -> str:
        """The longest name of the article that ends with the whole of this one, where all such end alike."""
        after = bisect_right(self._events, name[::-1])
        longer = [other for other in self._events[after : after + NESTED] if other.startswith(name[::-1])]
        nested = longer and all(longer[-1].startswith(other) for other in longer)
        return longer[-1][::-1] if nested else name

    def _told_longer(self, mention: Mention, name: str) -> str:
        """The one event of the body that an event of the headline shortens (执行推进会 for 执行工作推进会)."""
        if mention.start >= self.body or name in self._body_events:
            return name
        longer = [other for other in self._body_events if _shortens(name, other)]
        return longer[0] if len(longer) == 1 else name

    @cached_property
    def _body_events(self) -> set[str]:
        return {_scoped(m, self.scene)[0] for m in self.order if m.label == "EVENT" and m.start >= self.body}

    @cached_property
    def _events(self) -> list[str]:
        """The names of the article's events, read backwards, in order: those that end alike stand together."""
        return sorted({_scoped(m, self.scene)[0][::-1] for m in self.order if m.label == "EVENT"})

    def _occasion(self, name: str) -> str:
        """What tells an event without number or title from others of its name: the issue, for short names the article."""
        return self.date if self.date and len(name) > SAYS_NOTHING else self.id


def _shortens(name: str, other: str) -> bool:
    """Is a name of an event another with letters left out, but none of its last and no other numbers?"""
    name, other = (re.sub("会议$", "会", words) for words in (name, other))
    numbers, others = NUMERALS.findall(name), iter(NUMERALS.findall(other))
    same = name[-LAST_LETTERS:] == other[-LAST_LETTERS:] and all(number in others for number in numbers)
    return same and len(name) > LAST_LETTERS and in_order(name, other)


def _scoped(mention: Mention, scene: Scene) -> tuple[str, str | None]:
    """The name of an organisation, venue or event and the code of the place that it is told apart by.

    A level word in front is replaced by its place (县人民医院 → 双峰县人民医院); a place in front gives the code.
    """
    name = re.sub(r"\s+", "", mention.text).translate(WIDE)
    word = fronts.level_word(name, scene) if mention.label == "ORG" else None
    if word and (known := scene.level(word, mention.start)) and is_called(known[0].name, word):
        return known[0].title + name[len(word) :], known[0].area
    if mention.label == "ORG":
        for length in range(min(len(name) - 1, 8), 1, -1):
            front = locate(name[:length], None, scene.home)
            if front and front[0].kind == "division" and divisions.level(front[0].area or "") != "township":
                return name, front[0].area
    return name, scene.home
