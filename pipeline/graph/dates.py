"""When acts were done: their own time, else the day that the words around them tell."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pipeline.graph.acts import of_the_day
from pipeline.linking.positions import last, starts
from pipeline.records import Linked, Mention

DAY = re.compile(r"\d{4}-\d\d-\d\d")
RECENT = 31
"""Days before the issue since when a report is of the day that it named last: 2019年5月6日 is background."""
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


class Days:
    """The days that an article's acts are dated with, by where they stand and by the events that the acts are of."""

    def __init__(self, linked: Linked, arcs: Arcs) -> None:
        self.issue, self.times, self.arcs = linked.date, linked.times, arcs
        self.sentences = starts("。！？!?\n", linked.record.text)
        self.events = {link.entity: link.node for link in linked.links if (link.node or "").startswith("event:")}
        at = {mention.id: mention.start for mention in linked.record.entities}
        told: set[tuple[int, str]] = set()
        self.by_event: dict[str | None, set[str]] = defaultdict(set)
        for act in arcs:
            days = {tail: day for tail in self._tails(act, "time") if (day := self._day(tail))}
            told |= {(at[tail], day) for tail, day in days.items()}
            for event in self._events(act):
                self.by_event[event] |= set(days.values())
        self.told = sorted(told)

    def around(self, act: Mention) -> str | None:
        """The day of an act without time that is of the day of a report: told in its sentence, else of another act of its
        event, else told last before it, else the only one of the article.
        """
        if not of_the_day(act.text):
            return None
        only = {day for _, day in self.told}
        choices = self._near(act.start) or self._of_event(act.id) or self._before(act.start) or only
        return next(iter(choices)) if len(choices) == 1 else None

    def _near(self, at: int) -> set[str]:
        """The day told last before a place in its sentence, else first after it."""
        start, number = last(self.sentences, at), bisect_left(self.told, (at,))
        if number and self.told[number - 1][0] >= start:
            return {self.told[number - 1][1]}
        after = self.told[number : number + 1]
        return {day for place, day in after if last(self.sentences, place) == start}

    def _of_event(self, act: str) -> set[str]:
        days = (self.by_event[event] for event in self._events(act))
        return next((found for found in days if len(found) == 1), set())

    def _before(self, at: int) -> set[str]:
        """The day told last before a place, if it is one that the report may be of."""
        number = bisect_left(self.told, (at,))
        return {day for _, day in self.told[:number][-1:] if self._recent(day)}

    def _recent(self, day: str) -> bool:
        return not self.issue or (date.fromisoformat(self.issue) - date.fromisoformat(day)).days <= RECENT

    def _day(self, time: str) -> str | None:
        """The day that a time is; none for one to come, on which nothing was done yet."""
        told = self.times.get(time, "")
        return told if DAY.fullmatch(told) and (not self.issue or told <= self.issue) else None

    def _tails(self, act: str, kind: str) -> Iterator[str]:
        return (tail for label, tail, _ in self.arcs.get(act, ()) if label == kind)

    def _events(self, act: str) -> Iterator[str | None]:
        return (self.events[tail] for tail in self._tails(act, "object") if tail in self.events)
