"""When acts were done: their own time, else the day that the words around them tell."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pipeline.graph.acts import category, of_the_day
from pipeline.linking.positions import last, starts
from pipeline.records import Linked, Mention

DAY = re.compile(r"\d{4}-\d\d-\d\d")
RECENT = 31
"""Days before the issue since when a report is of the day that it named last: 2019年5月6日 is background."""
FEW = 11
"""Days that something reported may have taken (8月27日至28日, 日前, 12月下旬); 今年以来 is no time of an act."""
SPAN = 366
"""Days of the longest time that an act of long ago is told with (2022年5月, 2019年)."""
BREADTH = {10: 1, 7: 31, 4: 366}
"""How many days a date of so many characters may be."""
Arcs = Mapping[str, Sequence[tuple[str, str, float]]]
"""Type, tail and score of the arcs of each act."""


def exact(dates: Iterable[str]) -> str | None:
    """The most exact of some ISO dates and intervals, the first of those that are equally so: 连日来…于|8月6日晚."""
    return min(dates, key=lambda told: (_breadth(told), told), default=None)


def _breadth(told: str) -> int:
    first, _, end = told.partition("/")
    if DAY.fullmatch(first) and DAY.fullmatch(end):
        return (date.fromisoformat(end) - date.fromisoformat(first)).days + 1
    return BREADTH.get(len(told), 10**6)


def _one(dates: Iterable[str]) -> str | None:
    """The most exact of some ISO dates and intervals, None where several are equally so."""
    order = sorted(set(dates), key=_breadth)
    alone = len(order) == 1 or (len(order) > 1 and _breadth(order[0]) < _breadth(order[1]))
    return order[0] if alone else None


class Days:
    """The days that an article's acts are dated with, by where they stand and by the events that the acts are of."""

    def __init__(self, linked: Linked, arcs: Arcs) -> None:
        self.issue, self.times, self.arcs = linked.date, linked.times, arcs
        self.text = linked.record.text
        self.body = len(self.text) - len(linked.article.body)
        self.sentences, self.paragraphs = starts("。！？!?\n", self.text), starts("\n", self.text)
        self.events = {link.entity: link.node for link in linked.links if (link.node or "").startswith("event:")}
        at = {mention.id: mention.start for mention in linked.record.entities}
        told: set[tuple[int, str]] = set()
        long: set[int] = set()
        self.by_event: dict[str | None, set[str]] = defaultdict(set)
        for act in arcs:
            days = {tail: day for tail in self._tails(act, "time") if (day := self._days(tail))}
            told |= {(at[tail], day) for tail, day in days.items()}
            long |= {at[tail] for tail in self._tails(act, "time") if self._is_long(tail)}
            for event in self._events(act):
                self.by_event[event] |= set(days.values())
        self.told, self.long = sorted(told), sorted(long)

    def around(self, act: Mention) -> str | None:
        """The day or days of an act without time that is of the day of a report: told in its sentence, else of another act
        of its event, else told last before it, else the only ones of the article.
        """
        if not of_the_day(act.text, self.text[max(0, act.start - 3) : act.start]) or self._long_ago(act):
            return None
        choices = (self._near, self._of_event, self._before, self._only)
        return next((day for choice in choices if (day := choice(act))), None)

    def _long_ago(self, act: Mention) -> bool:
        """Is a month or year told last before an act in its sentence, for a court's in its paragraph: 2022年5月，甲被抓获。
        …判处|…? What is said is said on the day of the report, whatever it is about.
        """
        kind = category(act.text)
        since = last(self.paragraphs if kind == "sentence" else self.sentences, act.start)
        number = bisect_left(self.long, act.start)
        at = self.long[number - 1] if number else -1
        return kind != "speak" and at >= since and self._told_before(act)[0] < at

    def _told_before(self, act: Mention) -> tuple[int, str]:
        """Where the days stand that are told last before an act, and these days; -1 and none."""
        number = bisect_left(self.told, (act.start,))
        return self.told[number - 1] if number else (-1, "")

    def _near(self, act: Mention) -> str | None:
        """The days told last before an act in its sentence, else first after it."""
        start, number = last(self.sentences, act.start), bisect_left(self.told, (act.start,))
        at, days = self._told_before(act)
        if at >= start:
            return days
        after = self.told[number : number + 1]
        return next((day for place, day in after if last(self.sentences, place) == start), None)

    def _of_event(self, act: Mention) -> str | None:
        """The day of another act of its event, or a later one that the paragraph tells after it: on the 5th a congress opens,
        on the 8th it closes and 出席 is told.
        """
        days = (_one(self.by_event[event]) for event in self._events(act.id))
        day = next(filter(None, days), None)
        at, after = self._told_before(act)
        return after if day and at >= last(self.paragraphs, act.start) and after > day else day

    def _before(self, act: Mention) -> str | None:
        """The days told last before an act, if they are such that the report may be of."""
        _, days = self._told_before(act)
        return days if days and self._recent(days) else None

    def _only(self, act: Mention) -> str | None:
        """The one time that the article tells; for an act before all that it tells the most exact, for one of the headline
        the first where several are so.
        """
        days = {day for _, day in self.told}
        ahead = bool(self.told) and act.start < self.told[0][0]
        found = _one(days) if ahead or len(days) == 1 else None
        return found or (self.told[0][1] if ahead and act.start < self.body else None)

    def _recent(self, day: str) -> bool:
        end = date.fromisoformat(day.rpartition("/")[2])
        return not self.issue or (date.fromisoformat(self.issue) - end).days <= RECENT

    def _days(self, time: str) -> str | None:
        """The day or the few days that a time is; none for those to come, on which nothing was done yet, as a part of a
        month (6月上旬) may be where the issue's date is not known.
        """
        told = self.times.get(time, "")
        first = told.partition("/")[0]
        few = DAY.fullmatch(first) and _breadth(told) <= FEW
        past = first <= self.issue if self.issue else told == first
        return told if few and past else None

    def _is_long(self, time: str) -> bool:
        """Is a time a month or a year that is over or runs?"""
        told = self.times.get(time, "")
        over = not self.issue or told.partition("/")[0] <= self.issue
        return bool(told) and over and FEW < _breadth(told) <= SPAN and not told.endswith(self.issue or "-")

    def _tails(self, act: str, kind: str) -> Iterator[str]:
        return (tail for label, tail, _ in self.arcs.get(act, ()) if label == kind)

    def _events(self, act: str) -> Iterator[str | None]:
        return (self.events[tail] for tail in self._tails(act, "object") if tail in self.events)
