"""Officials and acts as rows, from the edges of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.records import Edge, Node

Row = dict[str, Any]
Nodes = Mapping[str, Node]


def officials(nodes: Nodes, edges: Sequence[Edge]) -> list[Row]:
    """One row for a person in a post: person, title, bodies, districts, status, dates, confidence and evidence; posts at
    no known body (记者) last.
    """
    out = _ends(edges)
    rows = []
    for edge in edges:
        if edge.label == "HOLDS":
            bodies = out[edge.end.id, "AT"]
            places = [
                place
                for body in bodies
                for place in ([body] if _label(nodes, body) == "District" else out[body, "SERVES"])
            ]
            rows.append(
                {
                    "person": _name(nodes, edge.start.id), "title": nodes[edge.end.id].properties.get("title", ""),
                    "body": "、".join(_names(nodes, [b for b in bodies if _label(nodes, b) != "District"] or bodies)),
                    "district": "、".join(_names(nodes, places)), **edge.properties,
                }
            )  # fmt: skip
    return sorted(rows, key=lambda row: (not row["body"], row["body"], row["title"], row["person"]))


def acts(nodes: Nodes, edges: Sequence[Edge]) -> list[Row]:
    """One row for an act: date, verb, category, agents, objects, places and evidence, by date."""
    out = _ends(edges)
    reported = {edge.start.id: edge for edge in edges if edge.label == "REPORTED_IN"}
    rows = []
    for node in nodes.values():
        if node.labels == ["Act"] and node.id in reported:
            kinds = {
                kind: "、".join(_names(nodes, out[node.id, kind.upper()])) for kind in ("agent", "object", "place")
            }
            rows.append({**node.properties, **kinds, **reported[node.id].properties})
    return sorted(rows, key=lambda row: (row.get("date") or row.get("reported") or "", row["evidence"][0]["start"]))


def _ends(edges: Sequence[Edge]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in edges:
        found[edge.start.id, edge.label].append(edge.end.id)
    return found


def _names(nodes: Nodes, ids: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(_name(nodes, key) for key in ids))


def _name(nodes: Nodes, key: str) -> str:
    return str(nodes[key].properties.get("name", key))


def _label(nodes: Nodes, key: str) -> str:
    return nodes[key].labels[0]
