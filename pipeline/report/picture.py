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
    """Nodes with label, name and x, y in -1 to 1, edges by the places of their ends, and how many nodes there were."""
    graph = networkx.Graph()
    graph.add_edges_from((e.start.id, e.end.id, {"label": e.label}) for e in edges if e.label in SHOWN)
    total = len(graph)
    best = sorted(graph, key=lambda key: (-graph.degree(key), key))[:LARGEST]
    shown = graph.subgraph(best)
    order = sorted(key for key in shown if shown.degree(key))
    places = networkx.spring_layout(shown.subgraph(order), seed=7, k=2.2 / max(len(order), 1) ** 0.5, iterations=120)
    index = {key: number for number, key in enumerate(order)}
    return {
        "total": total,
        "nodes": [
            {"label": nodes[key].labels[0], "name": nodes[key].properties.get("title") or nodes[key].properties.get("name", key),
             "full": nodes[key].properties.get("name", key), "x": round(float(places[key][0]), 4),
             "y": round(float(places[key][1]), 4), "degree": shown.degree(key)}
            for key in order
        ],
        "edges": [[index[a], index[b], data["label"]] for a, b, data in shown.edges(data=True)],
    }  # fmt: skip
