"""Acts that headline and body tell alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.records import Mention


@dataclass(frozen=True, slots=True)
class Told:
    """An act as one of its verbs has it: its times, and the arcs to its ends as (type, node, mention, score)."""

    verb: Mention
    when: list[Mention]
    dates: list[str]
    ends: list[tuple[str, str, str, float]]

    @property
    def said(self) -> set[tuple[str, str]]:
        """What is said of it: who, what, where and when."""
        return {(kind, node) for kind, node, _, _ in self.ends} | {("time", day) for day in self.dates}


def twins(acts: Iterable[Told], body: int) -> dict[str, Told]:
    """The act of the body that each act of the headline is, by the headline's verb; `body` is where the body begins.

    It has the headline's verb, alone or in a longer one (调研, 调研指导), and all that the headline says: 李波到芦溪镇调研
    is 3月12日,县长李波到芦溪镇调研.
    """
    order = sorted(acts, key=lambda act: act.verb.start)
    heads = [act for act in order if act.verb.start < body]
    bodies = [act for act in order if act.verb.start >= body]
    found = {head.verb.id: next((act for act in bodies if _is(head, act)), None) for head in heads}
    return {verb: act for verb, act in found.items() if act}


def _is(head: Told, act: Told) -> bool:
    same = head.verb.text == act.verb.text
    return (same or (bool(head.said) and head.verb.text in act.verb.text)) and head.said <= act.said
