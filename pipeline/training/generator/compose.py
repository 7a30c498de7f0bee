"""From the grammar to a record: expand the rules, keep count of mentions, draw the arcs."""

from __future__ import annotations

from typing import cast

from pipeline.errors import DataError
from pipeline.records import Label, Mention, Record, Relation, RelationType
from pipeline.training.formats.ann import LABEL_OF
from pipeline.training.generator.grammar import Again, Choice, Marked, Node, Rule, Slot, rules
from pipeline.training.generator.scene import Scene
from pipeline.training.generator.typography import restyle
from pipeline.training.generator.words import WORDS

Names = dict[str, list[int]]
"""Mentions (by number) bound to the names of a rule."""


class Draft:
    """A passage in the making."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.chance = scene, scene.chance
        self.pieces: list[str] = []
        self.length = 0
        self.spans: list[tuple[str, int, int]] = []
        self.arcs: list[tuple[str, int, list[Names], str]] = []

    def write(self, text: str) -> None:
        """Add characters."""
        self.pieces.append(text)
        self.length += len(text)

    def expand(self, nodes: tuple[Node, ...], scopes: list[Names]) -> None:
        """Write out a sequence; `scopes` are the bound names, innermost last."""
        for node in nodes:
            if isinstance(node, str):
                self.write(node)
            elif isinstance(node, Slot):
                self.fill(node, scopes)
            elif isinstance(node, Choice):
                self.expand(self.chance.choice(node.options), scopes)
            elif isinstance(node, Marked):
                self.mark(node, scopes)
            else:
                self.repeat(node, scopes)

    def fill(self, slot: Slot, scopes: list[Names]) -> None:
        """Write a word, or an alternative of a rule, and bind what the rule exports."""
        word = WORDS.get(slot.rule)
        if word is not None:
            self.write(word(self.scene))
            return
        rule = rules().get(slot.rule)
        if rule is None:
            raise DataError(f"the grammar has no rule <{slot.rule}>")
        inner: Names = {}
        self.expand(pick(rule, self.scene), [*scopes, inner])
        if slot.name:
            for export in rule.exports:
                name = export if slot.name == "*" else slot.name
                scopes[-1].setdefault(name, []).extend(inner.get(export, []))

    def mark(self, node: Marked, scopes: list[Names]) -> None:
        """Write a mention and note its arcs."""
        start = self.length
        self.expand(node.content, scopes)
        number = len(self.spans)
        self.spans.append((LABEL_OF[node.name[0]], start, self.length))
        scopes[-1].setdefault(node.name, []).append(number)
        self.arcs.extend((kind, number, scopes, name) for kind, name in node.arcs)

    def repeat(self, node: Again, scopes: list[Names]) -> None:
        """Mention again what was mentioned before, with the same characters and label."""
        earlier = look_up(node.earlier, scopes)
        if not earlier:
            raise DataError(f"the grammar repeats {node.earlier}, to which nothing is bound")
        label, start, end = self.spans[earlier[0]]
        scopes[-1].setdefault(node.name, []).append(len(self.spans))
        self.spans.append((label, self.length, self.length + end - start))
        self.write("".join(self.pieces)[start:end])


def pick(rule: Rule, scene: Scene) -> tuple[Node, ...]:
    """An alternative by weight."""
    return scene.chance.choices(rule.options, cum_weights=rule.weights)[0]


def look_up(name: str, scopes: list[Names]) -> list[int]:
    """Mentions bound to a name: in the innermost rule, or outside it where the name begins with ^."""
    if not name.startswith("^"):
        return scopes[-1].get(name, [])
    return next((scope[name[1:]] for scope in reversed(scopes[:-1]) if name[1:] in scope), [])


def compose(rule: str, scene: Scene, record_id: str) -> Record:
    """A passage from a rule, in the scene's typography."""
    draft = Draft(scene)
    draft.fill(Slot(rule, None), [{}])
    arcs = {(head, kind, tail) for kind, head, scopes, name in draft.arcs for tail in look_up(name, scopes)}
    text, spans = restyle("".join(draft.pieces), draft.spans, scene)
    # what the grammar draws needs no validation again, which would take longer than the drawing
    entities = [
        Mention.model_construct(id=f"S{n}", label=cast("Label", label), start=start, end=end, text=text[start:end])
        for n, (label, start, end) in enumerate(spans)
    ]
    relations = [
        Relation.model_construct(type=cast("RelationType", kind), head=f"S{head}", tail=f"S{tail}")
        for head, kind, tail in sorted(arcs)
    ]
    return Record.model_construct(id=record_id, text=text, entities=entities, relations=relations)
