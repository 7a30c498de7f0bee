"""The graph for analysis in Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.graph.lines import read_graph
from pipeline.records import Node

if TYPE_CHECKING:
    import networkx


def load_graph(path: str | Path) -> networkx.MultiDiGraph:
    """The graph of a run directory or of a `graph.jsonl`.

    Nodes have `label` and their properties as attributes, edges their id as key, `label` and their properties.
    Raises InputError when there is no such graph.

    Example::

        graph = load_graph("results")
        posts = [(a, b) for a, b, data in graph.edges(data=True) if data["label"] == "HOLDS"]
    """
    import networkx

    path = Path(path)
    graph = networkx.MultiDiGraph()
    for item in read_graph(path / "graph.jsonl" if path.is_dir() else path):
        if isinstance(item, Node):
            graph.add_node(item.id, label=item.labels[0], **item.properties)
        else:
            graph.add_edge(item.start.id, item.end.id, key=item.id, label=item.label, **item.properties)
    return graph
