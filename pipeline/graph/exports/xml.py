"""The graph as GEXF, with the labels, colours, weights and dates that Gephi shows, and as GraphML."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import networkx

from pipeline.files import open_output
from pipeline.graph.load import load_graph

COLOURS = {
    "Person": (230, 150, 60), "Post": (80, 130, 210), "Agency": (140, 90, 190), "District": (70, 160, 90),
    "Organization": (200, 90, 150), "Venue": (60, 160, 155), "Event": (205, 165, 30), "Act": (205, 75, 65), "Article": (140, 140, 140),
}  # fmt: skip
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def gexf(graph: Path, target: Path) -> None:
    """A dynamic graph: a tenure lasts from the first to the last issue that says so, an act the days it is dated with, those
    of its issue where nothing else tells.
    """
    plain = _plain(load_graph(graph))
    for node, data in plain.nodes(data=True):
        red, green, blue = COLOURS[data["class"]]
        data["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "size": round(5 + plain.degree(node) ** 0.5 * 3, 2),
        }
        first, _, last = str(data.get("date") or data.get("reported") or "").partition("/")
        _last(data, first, last or first)
    for _, _, data in plain.edges(data=True):
        _last(data, data.get("first_seen"), data.get("last_seen"))
    _write(networkx.write_gexf, plain, target)


def graphml(graph: Path, target: Path) -> None:
    """All nodes and edges with their plain values."""
    _write(networkx.write_graphml_xml, _plain(load_graph(graph)), target)


def _last(data: dict[str, Any], first: str | None, last: str | None) -> None:
    """`start` and `end` where both are whole days, the only dates that GEXF takes."""
    if first and last and DAY.fullmatch(first) and DAY.fullmatch(last):
        data |= {"start": first, "end": last}


def _plain(graph: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    """The graph with plain values only: `class` the label, `label` what people read, `weight` the number of quotes."""
    out = networkx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        out.add_node(_clean(node), **(_values(data) | {"class": data["label"], "label": _clean(str(data["name"]))}))
    for start, end, key, data in graph.edges(keys=True, data=True):
        proofs = data["evidence"]
        more = {"class": data["label"], "weight": float(len(proofs)), "quote": _clean(proofs[0]["quote"])}
        out.add_edge(_clean(start), _clean(end), key=key, **(_values(data) | more))
    return out


def _values(data: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _clean(value) if isinstance(value, str) else value
        for key, value in data.items()
        if isinstance(value, (str, int, float, bool))
    }


def _clean(text: str) -> str:
    return NOT_XML.sub("", text)


def _write(
    write: Callable[[networkx.MultiDiGraph, IO[bytes]], None], graph: networkx.MultiDiGraph, target: Path
) -> None:
    with open_output(target) as file:
        write(graph, file.buffer)  # type: ignore[attr-defined]
