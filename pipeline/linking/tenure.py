"""Whether a person holds a post, told by the words and acts around it (see the words in `status.py`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from pipeline.linking import divisions
from pipeline.linking.positions import last, starts
from pipeline.linking.scene import LEVEL_WORD
from pipeline.linking.status import BETWEEN, LEFT, LIST_HEAD, REMOVED, STATUS, read_status
from pipeline.records import Mention, Record, Status

ITEM_END = re.compile(r"[^，,。；;：:\n]*?职务(?P<given_up>的?(?:辞呈|辞职))?")
"""The end of an item of a list, behind a post: 张三的县教育局局长|、县招生办公室主任职务; the last words say that it is
given up (接受李四的县长职务的辞呈).
"""
OF_THEM = re.compile("了?(?:其|[他她]的)")
"""After a verb that takes posts away: only those that follow (甲为县教育局局长，免去|其县统计局局长职务)."""
GIVEN = re.compile("(?:同志)?为")
"""Between a person and a post: it is given, and no verb after it takes it away."""
UP_TO_POST = {kind: re.compile(BETWEEN.format(stops=stops)) for kind, stops in {"agent": "，,", "object": ""}.items()}
"""Between what somebody does, or is done to them, and a post that it is done to."""
ELECTED = re.compile("选举|补选|推选|当选|选为")
NOW = re.compile("现任?$")
AGAIN = re.compile(rf"[，,；;][^，,；;]*(?:{STATUS.pattern})")
"""A word of a clause of its own that says how a post is held."""


class Tenure:
    """One article, with what its holdings are read by: people, rows of titles, stops and acts by their positions; `date`
    is the issue's.
    """

    def __init__(self, record: Record, date: str | None = None) -> None:
        self.text = record.text
        self.year = int(date[:4]) if date else None
        self.mentions = {mention.id: mention for mention in record.entities}
        order = sorted(record.entities, key=lambda mention: mention.start)
        people = [mention for mention in order if mention.label == "PERSON"]
        self.ends = [person.end for person in people]
        self.starts = [person.start for person in people]
        self.masked = _masked(record.text, order)
        self.clauses, self.sentences = starts("。；;\n", record.text), starts("。\n", record.text)
        self.bodies = {mention.end: mention for mention in order if mention.label == "AGENCY"}
        self.rows = self._rows(mention for mention in order if mention.label == "TITLE")
        self.fronts = _fronts(mention for mention in order if mention.label in {"DISTRICT", "AGENCY"})
        self.heads = {head.end(): head[0] for head in LIST_HEAD.finditer(record.text)}
        self.head_ends = list(self.heads)
        self.acts: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
        for relation in record.relations:
            if relation.type in {"object", "agent"}:
                self.acts[relation.tail].append((self.mentions[relation.head], relation.type))

    def _rows(self, titles: Iterable[Mention]) -> dict[int, int]:
        """Where the row of titles begins that a title stands in, by the title's end: 原|党委委员、局长."""
        rows: dict[int, int] = {}
        for title in titles:
            start = self._row_goes_on(title, rows)
            follows = self.text[start - 1] == "、"
            rows[title.end] = rows.get(start - 1, title.start) if follows else title.start
        return rows

    def _row_goes_on(self, title: Mention, rows: dict[int, int]) -> int:
        """Where a title begins, with the body before it where that has no place of its own (县委常委、|武装部部长) or is a
        department of the committee that the row names (县委常委、|县委办公室主任).
        """
        body = self.bodies.get(title.start)
        row = rows.get(body.start - 1) if body else None
        if not body or row is None:
            return title.start
        first = self.bodies.get(row)
        bare = not LEVEL_WORD.match(body.text) and not divisions.leading(body.text)[0]
        own = first and body.text != first.text and body.text.startswith(first.text)
        return body.start if bare or own else title.start

    def status(self, person: Mention, title: Mention, body: Mention | None) -> Status:
        """Whether a person holds the post of a title at a body."""
        row = self.rows[title.end]
        first = self.fronts.get(row, row) if row < title.start else row
        left = any(LEFT.search(self.masked[max(0, at - 8) : at]) for at in (row, first))
        if left and not self.said_now(title, body):
            return "former"
        start = self._front(title, body)
        before = self.masked[self._clause(start, person) : start]
        act = self._act(person, title, start)
        return read_status(title.text, before, self.text[title.end : title.end + 10], act, self.year)

    def removed(self, person: Mention, title: Mention, body: Mention | None) -> bool:
        """Is a post told as one that is taken from a person or given up?"""
        start = self._front(title, body)
        words = list(STATUS.finditer(self.masked, self._clause(start, person), start))
        return bool(REMOVED.search(words[-1][0] if words else self._act(person, title, start)))

    def _act(self, person: Mention, title: Mention, start: int) -> str:
        """The verb by which a post, which begins at `start`, came or went."""
        item = self._item(title)
        return "辞去" if item and item["given_up"] else self._act_on(person, start) or self._listed(person, title)

    def said_now(self, title: Mention, body: Mention | None) -> bool:
        """Does 现 or 现任 stand before the post?"""
        start = self._front(title, body)
        return bool(NOW.search(self.masked[max(0, start - 2) : start]))

    def elected(self, person: Mention, title: Mention, body: Mention | None) -> bool:
        """Does the article tell that a person was elected to a post?"""
        return bool(ELECTED.search(self._act_on(person, self._front(title, body))))

    def _front(self, title: Mention, body: Mention | None) -> int:
        """Where a post begins, with its body and the place before that; without them where words between say how it is
        held: 任县公安局民警，2021年任|大队长.
        """
        own = AGAIN.search(self.masked, body.end, title.start) if body and body.end < title.start else None
        start = min(title.start, body.start + _stray(body.text)) if body and not own else title.start
        return self.fronts.get(start, start)

    def _clause(self, at: int, person: Mention) -> int:
        """Where the words begin that may say how a post is held: after the last stop and the last other person."""
        other = last(self.ends, at)
        if other == person.end:
            other = last(self.ends, other - 1)
        return max(other, last(self.clauses, at))

    def _act_on(self, person: Mention, at: int) -> str:
        """The verb that says how a post came or went: of the acts by or on a person the last before it in its clause,
        else the first after it in its sentence that takes posts from them. One that names the person its object rules
        the sentence: 免去|张三|县教育局局长职务、|李四|县水利局局长职务.
        """
        acts = sorted(self.acts.get(person.id, ()), key=lambda pair: pair[0].start)
        clause = self._clause(at, person)
        sentence = last(self.sentences, at)
        before = [
            act.text
            for act, kind in acts
            if (sentence if kind == "object" else clause) <= act.start < at and self._is_of(act, kind, at)
        ]
        after = [act for act, kind in acts if kind == "object" and last(self.sentences, act.start) <= at <= act.start]
        onto = [act.text for act in after if self._takes(act) and not GIVEN.match(self.text, person.end, at)]
        return before[-1] if before else onto[0] if onto else ""

    def _is_of(self, act: Mention, kind: str, at: int) -> bool:
        """May an act be done to the post at a position? Verbs that give and do not take may."""
        return not REMOVED.search(act.text) or bool(UP_TO_POST[kind].fullmatch(self.masked, act.end, at))

    def _takes(self, act: Mention) -> bool:
        """Does a verb take away posts that stand before it?"""
        return bool(REMOVED.search(act.text)) and not OF_THEM.match(self.text, act.end)

    def _listed(self, person: Mention, title: Mention) -> str:
        """The verb of a list whose items do not repeat it: 免去:|张三的县教育局局长职务;|李四的县水利局局长职务."""
        if not self._item(title) or "。" in self.text[person.end : title.start]:
            return ""
        return self.heads.get(last(self.head_ends, person.start), "")

    def _item(self, title: Mention) -> re.Match[str] | None:
        """The rest of an item of a list, from a title on and before the next person."""
        following = bisect_left(self.starts, title.end)
        end = self.starts[following] if following < len(self.starts) else len(self.text)
        return ITEM_END.match(self.text, title.end, end)


def _masked(text: str, mentions: Iterable[Mention]) -> str:
    """A text whose names of people, places and bodies say nothing: 镇原|县长, 营前镇|镇长."""
    letters = list(text)
    for mention in mentions:
        if mention.label == "TITLE":
            length = divisions.run_into(text, mention.start)
            if length > 1:  # 任, 和 and others are words
                letters[mention.start - length : mention.start] = "＊" * length
        elif mention.label in {"PERSON", "DISTRICT", "AGENCY"}:
            start = mention.start + _stray(mention.text)
            end = mention.end - (mention.label == "AGENCY" and mention.text.endswith("原"))
            letters[start:end] = "＊" * (end - start)
    return "".join(letters)


def _stray(name: str) -> int:
    """How many letters of 原 or 现 a name of a place or body was marked with (原鹿泉市政协, but 原平市, 原州区教育局)."""
    stray = name[0] in "原现" and not divisions.leading(name + "＊")[0] and divisions.leading(name[1:] + "＊")[0]
    return 1 if stray else 0


def _fronts(mentions: Iterable[Mention]) -> dict[int, int]:
    """Where the places and bodies begin that stand directly before a position, by that position."""
    fronts: dict[int, int] = {}
    for mention in mentions:
        start = mention.start + _stray(mention.text)
        fronts[mention.end] = fronts.get(start, start)
    return fronts
