"""The graph as JSON Lines with plain values, and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.files import open_output
from pipeline.graph.lines import read_graph
from pipeline.graph.tables import COLUMNS
from pipeline.records import Edge, Node

NODE_FIELDS = [column for column in COLUMNS["nodes"] if column not in ("id", "label")]
EDGE_FIELDS = ("status", "role", "since", "first_seen", "last_seen", "confidence", "inferred")
NEO4J = {"double": ":double", "int64": ":long", "bool": ":boolean"}
"""What `neo4j-admin` is told of columns that are no text."""
BYTE_ORDER_MARK = "\ufeff"
"""By this spreadsheets know UTF-8."""
PROOF = ("article", "source", "start", "end", "quote")
Cell = Callable[[object], object]


def apoc(graph: Path, target: Path) -> None:
    """As graph.jsonl, but with evidence in lists of plain values, the only ones that Neo4j stores."""
    with open_output(target) as file:
        for item in read_graph(graph):
            line = item.model_dump()
            proofs = line["properties"].pop("evidence", [])
            line["properties"] |= {f"evidence_{key}": [proof[key] for proof in proofs] for key in PROOF if proofs}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def table(graph: Path, target: Path) -> None:
    """nodes.csv, edges.csv and evidence.csv for spreadsheets; beside an edge stands the quote of its first evidence."""
    _write(
        graph, target, ["id", "label", *NODE_FIELDS], ["id", "label", "start", "end", *EDGE_FIELDS, "quote"],
        BYTE_ORDER_MARK, spreadsheet_cell,
    )  # fmt: skip
    with open_output(target / "evidence.csv") as file:
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file)
        writer.writerow(COLUMNS["evidence"])
        for item in read_graph(graph):
            if isinstance(item, Edge):
                proofs = item.properties["evidence"]
                writer.writerows(map(spreadsheet_cell, (item.id, *(proof[key] for key in PROOF))) for proof in proofs)


def neo4j(graph: Path, target: Path) -> None:
    """nodes.csv and edges.csv with the heads that `neo4j-admin database import` asks for."""
    nodes = [f"{field}{NEO4J.get(COLUMNS['nodes'][field], '')}" for field in NODE_FIELDS]
    edges = [f"{field}{NEO4J.get(COLUMNS['edges'][field], '')}" for field in EDGE_FIELDS]
    _write(
        graph, target, ["id:ID", ":LABEL", *nodes], ["id", ":TYPE", ":START_ID", ":END_ID", *edges, "quote"],
        cell=_neo4j_cell,
    )  # fmt: skip


def _neo4j_cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def spreadsheet_cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula: such text begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _write(
    graph: Path,
    target: Path,
    node_head: list[str],
    edge_head: list[str],
    mark: str = "",
    cell: Cell = lambda value: value,
) -> None:
    with open_output(target / "nodes.csv") as nodes, open_output(target / "edges.csv") as edges:
        for file in (nodes, edges):
            file.write(mark)
        writers = csv.writer(nodes), csv.writer(edges)
        writers[0].writerow(node_head)
        writers[1].writerow(edge_head)
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
