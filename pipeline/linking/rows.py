"""Rows of posts: how far the place that a row names goes on, so that level words in it mean that place.

A place goes on in the row of one person (金华市委副秘书长、|市信访局局长), from a committee's secretary to those named with
them (闵行区委书记甲、|区长乙，|区委常委丙), and from one office to the next (商州区农业农村局局长甲、|区水利局局长乙).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from pipeline.records import Mention

LABELS = {"DISTRICT", "AGENCY", "TITLE", "PERSON"}
JOINTS = {"", "、", "兼"}
"""What stands between the bodies and titles of one person."""
JOINT = re.compile("(?:委|政府|人大|人大常委会|政协)$")
"""Bodies that others of the same place are named with: 分宜县委、|县政府."""
COMMITTEE = re.compile("[省市县区州旗盟地]委(?:员会)?$")
PLACE_HEAD = re.compile("代?[省市县区州旗盟]长")
OFFICE = re.compile("(?:[局厅办]|办公室|中心|人大常委会|人大|政协|纪委监委|纪委|监委|[法检察]院)$")


@dataclass
class _Row:
    """Where a row begins, which of the two heads of a place, 书记 and 长, it has told, and its last mentions."""

    start: int
    told: set[str] = field(default_factory=set)
    last: Sequence[Mention] = ()

    def add(self, item: Sequence[Mention]) -> None:
        self.told |= _heads(item)
        self.last = item


def rows(mentions: Iterable[Mention], text: str, named: Container[int], above: Container[int]) -> dict[int, int]:
    """Where the row begins that a mention stands in, by the mention's start.

    `mentions` are in the order of the text, `named` where a place is named, `above` where one that the paper's home lies in.
    """
    found: dict[int, int] = {}
    row: _Row | None = None
    for item in _items(mentions, text):
        start = item[0].start
        if row is None or start in named or not _goes_on(row, item, text, row.start in above):
            row = _Row(start)
        row.add(item)
        found |= dict.fromkeys((mention.start for mention in item), row.start)
    return found


def _items(mentions: Iterable[Mention], text: str) -> Iterator[list[Mention]]:
    """The bodies and titles of one person each, with the person after them."""
    item: list[Mention] = []
    order = [mention for mention in mentions if mention.label in LABELS]
    for mention, after in zip_longest(order, order[1:]):
        if item and not _of_one(item[-1], mention, after, text):
            yield item
            item = []
        item.append(mention)
    if item:
        yield item


def _of_one(before: Mention, mention: Mention, after: Mention | None, text: str) -> bool:
    """Do two mentions belong to one person? Nobody is a member of one committee and the secretary of the same
    (金华市委常委、|市委书记 in a paper of 义乌市).
    """
    gap = text[before.end : mention.start].strip()
    second = before.label == "TITLE" and after and _is_secretary(mention, after)
    listed = gap and before.label == "AGENCY" and not (JOINT.search(before.text) and JOINT.search(mention.text))
    return before.label != "PERSON" and gap in JOINTS and not second and not listed


def _is_secretary(body: Mention, title: Mention) -> bool:
    return body.label == "AGENCY" and bool(COMMITTEE.search(body.text)) and title.text == "书记"


def _heads(item: Sequence[Mention]) -> set[str]:
    """Which of the two heads of a place a person is."""
    secretary = {"书记"} if any(_is_secretary(*pair) for pair in pairwise(item)) else set()
    return secretary | {"长" for mention in item if mention.label == "TITLE" and PLACE_HEAD.fullmatch(mention.text)}


def _goes_on(row: _Row, item: Sequence[Mention], text: str, above: bool) -> bool:
    """Does the place of a row go on to the next person? After a comma only where both heads are told, for the home's
    officials stand there as well; and a head named again is the home's.
    """
    before, heads = row.last[-1], _heads(item)
    gap = text[before.end : item[0].start].strip()
    if before.label != "PERSON" or heads & row.told:
        return False
    if "书记" in row.told:
        return gap == "、" or (gap in {"，", ","} and "长" in row.told and not above)
    return gap == "、" and not above and _are_offices(row.last, item)


def _are_offices(first: Sequence[Mention], second: Sequence[Mention]) -> bool:
    """Are two people of two offices of different names?"""
    one, other = ([mention.text for mention in item if mention.label == "AGENCY"][-1:] for item in (first, second))
    both = one and other and OFFICE.search(one[0]) and OFFICE.search(other[0])
    return bool(both) and not one[0].endswith(other[0][1:])
