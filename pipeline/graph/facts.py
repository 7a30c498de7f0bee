"""A fact: one thing that one article says, and the id of the edge that it supports."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from pipeline.graph.evidence import Evidence
from pipeline.records import Node


@dataclass(frozen=True, slots=True)
class Fact:
    """An edge as one piece of evidence has it. `properties` are part of what tells edges apart (a tenure's status)."""

    label: str
    start: str
    end: str
    confidence: float
    evidence: Evidence
    date: str | None = None
    inferred: bool = False
    properties: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Stable id of the edge: of its label, ends and properties alone."""
        return digest(
            "edge", self.label, self.start, self.end, *(f"{k}={v}" for k, v in sorted(self.properties.items()))
        )


@dataclass(slots=True)
class Facts:
    """What one article adds to a graph."""

    nodes: dict[str, Node] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)

    def add_node(self, node: Node) -> str:
        """Add a node unless it is there; returns its id."""
        return self.nodes.setdefault(node.id, node).id


def digest(kind: str, *parts: str) -> str:
    """A short stable id: the kind and 80 bits of the SHA-256 of the parts."""
    return f"{kind}:{hashlib.sha256(chr(31).join(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"
