"""The graph as JSON Lines with plain values, and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.files import open_output
from pipeline.graph.lines import read_graph
from pipeline.records import Edge, Node

NODE_FIELDS = ("name", "title", "code", "system", "rank", "verb", "category", "date", "headline", "source")
EDGE_FIELDS = ("status", "role", "since", "first_seen", "last_seen", "confidence", "inferred")
BYTE_ORDER_MARK = "\ufeff"
"""By this spreadsheets know UTF-8."""
PROOF = ("article", "source", "start", "end", "quote")


def apoc(graph: Path, target: Path) -> None:
    """As graph.jsonl, but with evidence in lists of plain values, the only ones that Neo4j stores."""
    with open_output(target) as file:
        for item in read_graph(graph):
            line = item.model_dump()
            proofs = line["properties"].pop("evidence", [])
            line["properties"] |= {f"evidence_{key}": [proof[key] for proof in proofs] for key in PROOF if proofs}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def table(graph: Path, target: Path) -> None:
    """nodes.csv and edges.csv for spreadsheets; the quote is that of an edge's first evidence."""
    _write(graph, target, ["id", "label"], ["id", "label", "start", "end"], BYTE_ORDER_MARK, spreadsheet_cell)


def neo4j(graph: Path, target: Path) -> None:
    """nodes.csv and edges.csv with the heads that `neo4j-admin database import` asks for."""
    _write(graph, target, ["id:ID", ":LABEL"], ["id", ":TYPE", ":START_ID", ":END_ID"])


def spreadsheet_cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula: such text begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _write(
    graph: Path,
    target: Path,
    node_head: list[str],
    edge_head: list[str],
    mark: str = "",
    cell: Callable[[object], object] = lambda value: value,
) -> None:
    with open_output(target / "nodes.csv") as nodes, open_output(target / "edges.csv") as edges:
        for file in (nodes, edges):
            file.write(mark)
        writers = csv.writer(nodes), csv.writer(edges)
        writers[0].writerow([*node_head, *NODE_FIELDS])
        writers[1].writerow([*edge_head, *EDGE_FIELDS, "quote"])
        for item in read_graph(graph):
            writers[isinstance(item, Edge)].writerow(map(cell, _cells(item)))


def _cells(item: Node | Edge) -> Iterator[object]:
    if isinstance(item, Node):
        yield from (item.id, item.labels[0])
        yield from (item.properties.get(field, "") for field in NODE_FIELDS)
    else:
        yield from (item.id, item.label, item.start.id, item.end.id)
        yield from (item.properties.get(field, "") for field in EDGE_FIELDS)
        yield item.properties["evidence"][0]["quote"]
