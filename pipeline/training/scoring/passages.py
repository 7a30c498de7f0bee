"""The sentences with the most mistakes, as they are annotated and as they were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.language.sentences import sentence_ends
from pipeline.training.scoring.figures import Arc, Pair, Span, arcs, spans


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a record: its characters, and the spans and arcs that begin in it on either side."""

    id: str
    start: int
    text: str
    gold: frozenset[Span]
    predicted: frozenset[Span]
    missed: tuple[str, ...]
    spurious: tuple[str, ...]

    @property
    def faults(self) -> int:
        """Spans and arcs that are on one side only."""
        return len(self.gold ^ self.predicted) + len(self.missed) + len(self.spurious)

    def as_dict(self) -> dict[str, Any]:
        """Plain values; spans as [label, start, end] of the record's text."""
        sides = {"gold": sorted(self.gold - self.predicted), "predicted": sorted(self.predicted - self.gold)}
        relations = {"missed_relations": self.missed, "spurious_relations": self.spurious}
        return {"id": self.id, "start": self.start, "text": self.text, **sides, **relations}


def worst(pairs: Sequence[Pair], count: int) -> list[Passage]:
    """The sentences with the most faults, worst first; sentences without any are left out."""
    faulty = [passage for pair in pairs for passage in _passages(pair) if passage.faults]
    return sorted(faulty, key=lambda passage: (-passage.faults, passage.id, passage.start))[:count]


def _passages(pair: Pair) -> Iterator[Passage]:
    text = pair[0].text
    sides = [spans(record) for record in pair]
    ours, theirs = (arcs(record) for record in pair)
    start = 0
    for end in sentence_ends(text):
        gold, predicted = (frozenset(s for s in side if start <= s[1] < end) for side in sides)
        missed, spurious = (_words(text, some, start, end) for some in (ours - theirs, theirs - ours))
        yield Passage(pair[0].id, start, text[start:end], gold, predicted, missed, spurious)
        start = end


def _words(text: str, some: set[Arc], start: int, end: int) -> tuple[str, ...]:
    """The arcs whose head begins in the sentence, as 秦军 holds 区长."""
    here = sorted((head[1], kind, head, tail) for kind, head, tail in some if start <= head[1] < end)
    return tuple(f"{text[head[1] : head[2]]} {kind} {text[tail[1] : tail[2]]}" for _, kind, head, tail in here)
