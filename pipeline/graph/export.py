"""A run's graph in the formats of other tools."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import networkx

from pipeline.errors import InputError
from pipeline.files import open_output
from pipeline.graph.lines import read_graph
from pipeline.graph.load import load_graph
from pipeline.records import Edge, Node

COLOURS = {
    "Person": (230, 150, 60), "Post": (80, 130, 210), "Agency": (140, 90, 190), "District": (70, 160, 90),
    "Organization": (200, 90, 150), "Venue": (60, 160, 155), "Event": (205, 165, 30), "Act": (205, 75, 65), "Article": (140, 140, 140),
}  # fmt: skip
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NODE_FIELDS = (
    "id",
    "label",
    "name",
    "title",
    "code",
    "system",
    "rank",
    "verb",
    "category",
    "date",
    "headline",
    "source",
)
EDGE_FIELDS = ("id", "label", "start", "end", "status", "role", "first_seen", "last_seen", "confidence", "inferred")
PROOF = ("article", "source", "start", "end", "quote")


def export(run: Path, target: Path, kind: str) -> None:
    """Write the graph of a run as `kind`, one of `FORMATS`; csv and neo4j-csv write nodes.csv and edges.csv into a folder.

    Raises InputError for an unknown kind or when the run has no graph.
    """
    if kind not in FORMATS:
        raise InputError(f"{kind}: unknown format; choose one of {', '.join(FORMATS)}")
    FORMATS[kind](run / "graph.jsonl" if run.is_dir() else run, target)


def _apoc(graph: Path, target: Path) -> None:
    """As graph.jsonl, but with evidence in lists of plain values, the only ones that Neo4j stores."""
    with open_output(target) as file:
        for item in read_graph(graph):
            line = item.model_dump()
            proofs = line["properties"].pop("evidence", [])
            line["properties"] |= {f"evidence_{key}": [proof[key] for proof in proofs] for key in PROOF if proofs}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _csv(graph: Path, target: Path, *, neo4j: bool = False) -> None:
    heads = (
        ["id:ID", ":LABEL", *NODE_FIELDS[2:]] if neo4j else list(NODE_FIELDS),
        ["id", ":TYPE", ":START_ID", ":END_ID", *EDGE_FIELDS[4:], "quote"] if neo4j else [*EDGE_FIELDS, "quote"],
    )
    with open_output(target / "nodes.csv") as nodes, open_output(target / "edges.csv") as edges:
        writers = csv.writer(nodes), csv.writer(edges)
        for writer, head in zip(writers, heads, strict=True):
            writer.writerow(head)
        for item in read_graph(graph):
            writers[isinstance(item, Edge)].writerow(_cells(item))


def _cells(item: Node | Edge) -> Iterator[object]:
    if isinstance(item, Node):
        yield from (item.id, item.labels[0])
        yield from (item.properties.get(field, "") for field in NODE_FIELDS[2:])
    else:
        yield from (item.id, item.label, item.start.id, item.end.id)
        yield from (item.properties.get(field, "") for field in EDGE_FIELDS[4:])
        yield item.properties["evidence"][0]["quote"]


def _xml(write: Callable[[networkx.MultiDiGraph, IO[bytes]], None]) -> Callable[[Path, Path], None]:
    def export_xml(graph: Path, target: Path) -> None:
        plain = _plain(load_graph(graph))
        with open_output(target) as file:
            write(plain, file.buffer)  # type: ignore[attr-defined]

    return export_xml


def _plain(graph: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    """The graph with plain values only, `label` what people read, and colours for Gephi."""
    out = networkx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        red, green, blue = COLOURS[data["label"]]
        values = {"kind": data["label"], **_values(data), "label": NOT_XML.sub("", str(data["name"]))}
        out.add_node(NOT_XML.sub("", node), **values, viz={"color": {"r": red, "g": green, "b": blue, "a": 1.0}})
    for start, end, key, data in graph.edges(keys=True, data=True):
        proofs = data["evidence"]
        values = {
            **_values(data),
            "kind": data["label"],
            "weight": float(len(proofs)),
            "quote": NOT_XML.sub("", proofs[0]["quote"]),
        }
        out.add_edge(NOT_XML.sub("", start), NOT_XML.sub("", end), key=key, **values)
    return out


def _values(data: dict[str, Any]) -> dict[str, Any]:
    return {
        key: NOT_XML.sub("", value) if isinstance(value, str) else value
        for key, value in data.items()
        if isinstance(value, (str, int, float, bool))
    }


def _graphml(graph: networkx.MultiDiGraph, file: IO[bytes]) -> None:
    for _, data in graph.nodes(data=True):
        del data["viz"]
    networkx.write_graphml_xml(graph, file)


FORMATS: dict[str, Callable[[Path, Path], None]] = {
    "apoc-jsonl": _apoc,
    "csv": _csv,
    "neo4j-csv": lambda graph, target: _csv(graph, target, neo4j=True),
    "gexf": _xml(networkx.write_gexf),
    "graphml": _xml(_graphml),
}
