"""Who may hold a title by where it stands: 张伦市长 is 张伦, and nobody named after him, whatever the arcs say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from pipeline.records import Mention, Record, Relation

ROW = re.compile("[、和与及]")
"""What stands between names that share the title after them: 王红、李强老师."""
OWN_NAME = re.compile(r"[\s：:]*")
"""What may stand between a title and the name that it is printed for: 记者 李四, 副主任：李四."""
WITH = ("协助", "陪同", "随同")
"""Whom somebody is with stands after these: 协助县长 is nobody's post where no name follows."""


def possible(record: Record) -> list[Relation]:
    """The `holds` arcs of an article without those to titles that stand with another's name or with nobody's."""
    printed = _Printed(record)
    return [arc for arc in printed.arcs if printed.may_hold(arc)]


@dataclass
class _Printed:
    """The names and titles of an article as they stand in its text."""

    record: Record

    def __post_init__(self) -> None:
        self.mentions = {mention.id: mention for mention in self.record.entities}
        self.arcs = [arc for arc in self.record.relations if arc.type == "holds"]
        self.people = [mention for mention in self.record.entities if mention.label == "PERSON"]
        self.starts = {person.start for person in self.people}
        self.ends = {person.end: person for person in self.people}
        self.marked = {mention.end for mention in self.record.entities}

    def may_hold(self, arc: Relation) -> bool:
        """May this person hold this title? Whoever bears it elsewhere in the article may be the one spoken of."""
        title = self.mentions[arc.tail]
        names = self._names_before(title)
        return names is None or self.mentions[arc.head].text in names

    def _names_before(self, title: Mention) -> Collection[str] | None:
        """The names of those whom a title after a name, after a surname or without any can mean; None for all others."""
        text = self.record.text
        if (gap := OWN_NAME.match(text, title.end)) and gap.end() in self.starts:
            return None
        if row := self._row(title.start):
            return row
        surname = text[title.start - 1 : title.start] if title.start not in self.marked else ""
        if surname and (called := self._bearers.get((title.text, surname))):
            return called
        alone = text.startswith("一行", title.end) or text.endswith(WITH, 0, title.start)
        return self._bearers.get((title.text, ""), ()) if alone else None

    def _row(self, at: int) -> set[str]:
        """The names that stand in a row directly before a position."""
        names = set()
        while at in self.ends:
            names.add(self.ends[at].text)
            at = self.ends[at].start - 1
            at = at if ROW.match(self.record.text, at) else -1
        return names

    @cached_property
    def _bearers(self) -> dict[tuple[str, str], set[str]]:
        """The names of those who hold a title that stands before their name, by the title and their surname or none."""
        bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for arc in self.arcs:
            title, person = self.mentions[arc.tail], self.mentions[arc.head]
            if OWN_NAME.fullmatch(self.record.text, title.end, person.start):
                bearers[title.text, person.text[0]].add(person.text)
                bearers[title.text, ""].add(person.text)
        return bearers
