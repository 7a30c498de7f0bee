"""The graph as tables: one row a node, an edge, a quote, a tenure or an act."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.graph.lines import read_graph
from pipeline.records import Edge, Node

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]
COLUMNS: dict[str, dict[str, str]] = {
    "nodes": {
        **dict.fromkeys(
            ("id", "label", "name", "title", "code", "path", "level", "district", "kind", "system", "rank", "verb",
             "category", "date", "time", "reported", "headline", "section", "page", "newspaper", "home", "source"), "string"),
        "date_inferred": "bool", "step": "int64", "alone": "bool", "resolved": "bool"},
    "edges": {"id": "string", "label": "string", "start": "string", "start_label": "string", "end": "string",
              "end_label": "string", "status": "string", "role": "string", "since": "string", "first_seen": "string",
              "last_seen": "string", "confidence": "double", "inferred": "bool"},
    "evidence": {"edge": "string", "article": "string", "source": "string", "start": "int64", "end": "int64",
                 "quote": "string"},
    "holdings": {"person": "string", "title": "string", "body": "string", "body_label": "string", "status": "string",
                 "first_seen": "string", "last_seen": "string", "confidence": "double", "person_id": "string",
                 "post_id": "string", "body_id": "string", "edge_id": "string"},
    "acts": {"id": "string", "verb": "string", "category": "string", "date": "string", "agents": "list",
             "objects": "list", "places": "list", "article": "string", "dated_by": "string"},
}  # fmt: skip
"""The tables, and the type of each column: string, double, int64, bool or a list of strings."""


def load_tables(path: str | Path) -> dict[str, pandas.DataFrame]:
    """The graph of a run directory or of a `graph.jsonl` as pandas tables: the keys and columns of `COLUMNS`.

    `holdings` has one row for a tenure and a body that its post is at, `acts` one for an act, with the names of who did
    it, what it was done to, and where. Needs pandas (`guanxi[analysis]`); polars reads the `parquet` export. Raises
    InputError when there is no such graph.

    Example::

        tables = load_tables("results")
        tables["holdings"].query("status == 'current'")
    """
    import pandas

    path = Path(path)
    rows = graph_rows(path / "graph.jsonl" if path.is_dir() else path)
    return {name: pandas.DataFrame(rows[name], columns=list(columns)) for name, columns in COLUMNS.items()}


def graph_rows(graph: Path) -> dict[str, list[Row]]:
    """The rows of all tables of a `graph.jsonl`."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for item in read_graph(graph):
        if isinstance(item, Node):
            nodes[item.id] = item
        else:
            edges.append(item)
    ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in sorted(edges, key=_first_words):
        ends[edge.label, edge.start.id].append(edge.end.id)
    return {
        "nodes": [_node(node) for node in nodes.values()],
        "edges": [_edge(edge) for edge in edges],
        "evidence": [{"edge": edge.id, **proof} for edge in edges for proof in edge.properties["evidence"]],
        "holdings": [row for edge in edges if edge.label == "HOLDS" for row in _holdings(edge, nodes, ends)],
        "acts": [_act(node, nodes, ends) for node in nodes.values() if node.labels == ["Act"]],
    }


def _first_words(edge: Edge) -> tuple[int, int]:
    """Where the words begin and end that say an edge first, so that names follow each other as in the text."""
    words = [(proof["start"], proof["end"]) for proof in edge.properties["evidence"]]
    return min(words, default=(0, 0))


def _node(node: Node) -> Row:
    known = {"id": node.id, "label": node.labels[0], **node.properties}
    return {column: known.get(column) for column in COLUMNS["nodes"]}


def _edge(edge: Edge) -> Row:
    known = {
        "id": edge.id, "label": edge.label, "start": edge.start.id, "start_label": edge.start.labels[0],
        "end": edge.end.id, "end_label": edge.end.labels[0], "inferred": False, **edge.properties,
    }  # fmt: skip
    return {column: known.get(column) for column in COLUMNS["edges"]}


def _holdings(edge: Edge, nodes: dict[str, Node], ends: dict[tuple[str, str], list[str]]) -> list[Row]:
    person, post = nodes[edge.start.id], nodes[edge.end.id]
    tenure = {key: edge.properties.get(key) for key in ("status", "first_seen", "last_seen", "confidence")}
    return [
        {
            **tenure, "person": person.properties["name"], "title": post.properties.get("title"),
            "body": nodes[body].properties["name"] if body else None,
            "body_label": nodes[body].labels[0] if body else None,
            "person_id": person.id, "post_id": post.id, "body_id": body, "edge_id": edge.id,
        }
        for body in ends["AT", post.id] or [None]  # type: ignore[list-item]
    ]  # fmt: skip


def _act(act: Node, nodes: dict[str, Node], ends: dict[tuple[str, str], list[str]]) -> Row:
    known = act.properties
    named = {
        column: list(dict.fromkeys(str(nodes[end].properties["name"]) for end in ends[label, act.id]))
        for column, label in (("agents", "AGENT"), ("objects", "OBJECT"), ("places", "PLACE"))
    }
    return {
        "id": act.id, "verb": known.get("verb"), "category": known.get("category"),
        "date": known.get("date") or known.get("reported"), **named,
        "article": next(iter(ends["REPORTED_IN", act.id]), None), "dated_by": _dated_by(known),
    }  # fmt: skip


def _dated_by(act: dict[str, Any]) -> str | None:
    """Whence an act has its date: its own time, the context, or the issue alone, as in the view `acts`."""
    if act.get("date"):
        return "context" if act.get("date_inferred") else "time"
    return "issue" if act.get("reported") else None
