"""Strict precision, recall and F1 of predicted records against annotated ones.

A span is right when label, start and end are; a relation when its type and both of its spans are. Records are paired
by id. Figures are micro averages over all records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pipeline.errors import DataError
from pipeline.records import LABELS, RELATIONS, Record

GROUPS: dict[str, tuple[str, ...]] = {
    "four labels": ("PERSON", "TITLE", "DISTRICT", "AGENCY"),
    "nine labels": LABELS,
    "holds + at": ("holds", "at"),
    "acts": ("agent", "object", "place", "time"),
}
"""What is reported together: the main labels, all of them, the relations of posts, the relations of acts."""

Span = tuple[str, int, int]
"""Label, start, end."""
Arc = tuple[str, Span, Span]
"""Type, head, tail."""
Pair = tuple[Record, Record]
"""An annotated record and the prediction for it."""
Named = TypeVar("Named", Span, Arc)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of annotated, predicted and rightly predicted things."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 when nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated that was found; 0 when nothing was annotated."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.gold + self.predicted
        return 2 * self.right / both if both else 0.0

    def __add__(self, other: Figures) -> Figures:
        return Figures(self.gold + other.gold, self.predicted + other.predicted, self.right + other.right)

    def as_dict(self) -> dict[str, float]:
        """Counts and rates, rates to four places."""
        counts = {"gold": self.gold, "predicted": self.predicted, "right": self.right}
        rates = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return counts | {name: round(rate, 4) for name, rate in rates.items()}


@dataclass(frozen=True, slots=True)
class Report:
    """Figures by label, by relation and by the groups of `GROUPS`."""

    records: int
    labels: dict[str, Figures]
    relations: dict[str, Figures]
    groups: dict[str, Figures] = field(init=False)

    def __post_init__(self) -> None:
        parts = self.labels | self.relations
        groups = {name: total(parts[member] for member in members) for name, members in GROUPS.items()}
        object.__setattr__(self, "groups", groups)

    def as_dict(self) -> dict[str, dict[str, dict[str, float]]]:
        """All figures, by part and name."""
        parts = {"groups": self.groups, "labels": self.labels, "relations": self.relations}
        return {part: {name: one.as_dict() for name, one in rows.items()} for part, rows in parts.items()}


def score(gold: Sequence[Record], predicted: Sequence[Record]) -> Report:
    """Compare predictions with annotations.

    Raises DataError when a record is missing, doubled or has another text on one of the sides.
    """
    return combine([score_pair(*pair) for pair in paired(gold, predicted)])


def group_f1(gold: Sequence[Record], predicted: Sequence[Record]) -> dict[str, float]:
    """The F1 of each of `GROUPS`, rounded. Raises DataError as `score` does."""
    return {name: round(group.f1, 4) for name, group in score(gold, predicted).groups.items()}


def score_pair(gold: Record, predicted: Record) -> Report:
    """The report of one record."""
    labels = _figures(LABELS, spans(gold), spans(predicted))
    return Report(1, labels, _figures(tuple(RELATIONS), arcs(gold), arcs(predicted)))


def combine(reports: Sequence[Report]) -> Report:
    """The report of several records together."""
    labels = {label: total(r.labels[label] for r in reports) for label in LABELS}
    return Report(len(reports), labels, {name: total(r.relations[name] for r in reports) for name in RELATIONS})


def paired(gold: Sequence[Record], predicted: Sequence[Record]) -> list[Pair]:
    """Records of both sides by id, in the order of `gold`."""
    ours, theirs = _by_id(gold, "annotated"), _by_id(predicted, "predicted")
    for name, here, there in (("predictions", ours, theirs), ("annotations", theirs, ours)):
        missing = [key for key in here if key not in there]
        if missing:
            count = f"{len(missing)} of {len(here)} records are missing from the {name}"
            raise DataError(f"{count}, the first is {missing[0]!r}; make both from the same file")
    for key, record in ours.items():
        if record.text != theirs[key].text:
            raise DataError(f"record {key!r}: annotation and prediction have different texts; extract again")
    return [(record, theirs[key]) for key, record in ours.items()]


def spans(record: Record) -> set[Span]:
    """(label, start, end) of each mention."""
    return {(e.label, e.start, e.end) for e in record.entities}


def arcs(record: Record) -> set[Arc]:
    """(type, head span, tail span) of each relation."""
    ends = {e.id: (e.label, e.start, e.end) for e in record.entities}
    return {(r.type, ends[r.head], ends[r.tail]) for r in record.relations}


def total(figures: Iterable[Figures]) -> Figures:
    """The sum of counts."""
    return sum(figures, Figures())


def _by_id(records: Sequence[Record], side: str) -> dict[str, Record]:
    twice = [key for key, count in Counter(r.id for r in records).items() if count > 1]
    if twice:
        raise DataError(f"record {twice[0]!r} stands more than once among the {side} records; keep one")
    return {record.id: record for record in records}


def _figures(names: Sequence[str], gold: Iterable[Named], predicted: Iterable[Named]) -> dict[str, Figures]:
    ours, theirs = set(gold), set(predicted)
    counts = [Counter(one[0] for one in side) for side in (ours, theirs, ours & theirs)]
    return {name: Figures(*(count[name] for count in counts)) for name in names}
