"""The graph as a picture: its best connected nodes with places on a plane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import networkx

from pipeline.records import Edge, Node

SHOWN = {"HOLDS", "AT", "SERVES", "PART_OF"}
LARGEST = 240
"""Nodes that are drawn at most; more of them cannot be read."""


def picture(nodes: Mapping[str, Node], edges: Sequence[Edge]) -> dict[str, Any]:
    """Nodes with label, name and x, y, edges by the places of their ends, and how many nodes there were."""
    graph = networkx.Graph()
    graph.add_edges_from((e.start.id, e.end.id, {"label": e.label}) for e in edges if e.label in SHOWN)
    total = len(graph)
    best = sorted(graph, key=lambda key: (-graph.degree(key), key))[:LARGEST]
    shown = graph.subgraph(best)
    order = sorted(key for key in shown if shown.degree(key))
    places = arrange(shown.subgraph(order))
    index = {key: number for number, key in enumerate(order)}
    return {
        "total": total,
        "nodes": [
            {"label": nodes[key].labels[0], "name": nodes[key].properties.get("title") or nodes[key].properties.get("name", key),
             "full": nodes[key].properties.get("name", key), "x": round(places[key][0], 3),
             "y": round(places[key][1], 3), "degree": shown.degree(key)}
            for key in order
        ],
        "edges": sorted([*sorted((index[a], index[b])), data["label"]] for a, b, data in shown.edges(data=True)),
    }  # fmt: skip


def arrange(graph: networkx.Graph) -> dict[str, tuple[float, float]]:
    """A place for every node: each connected part laid out by itself, the parts set in rows, the largest first."""
    parts = sorted((sorted(part) for part in networkx.connected_components(graph)), key=lambda part: (-len(part), part))
    places: dict[str, tuple[float, float]] = {}
    width = 2 * sum(len(part) for part in parts) ** 0.5 + 2
    x = y = height = 0.0
    for part in parts:
        radius = len(part) ** 0.5 if len(part) > 2 else 0.8
        if x and x + 2 * radius > width:
            x, y, height = 0.0, y + height, 0.0
        own = networkx.spring_layout(
            _ordered(graph, part), seed=7, k=3.0 / len(part) ** 0.5, iterations=200, scale=radius * 0.9
        )
        places |= {key: (x + radius + float(own[key][0]), y + radius + float(own[key][1])) for key in part}
        x, height = x + 2 * radius + 0.4, max(height, 2 * radius + 0.4)
    return places


def _ordered(graph: networkx.Graph, part: Sequence[str]) -> networkx.Graph:
    """The part with nodes and edges in one order, from which the same layout follows in every process."""
    ordered = networkx.Graph()
    ordered.add_nodes_from(part)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.subgraph(part).edges))
    return ordered
