"""The graph as FollowTheMoney entities, one JSON object a line, for Aleph, OpenSanctions' tools and `ftm`.

People, posts and tenures are Person, Position and Occupancy; bodies PublicBody; organisations Organization; events and
acts Event; articles Article. FollowTheMoney has no schema for a territory: districts, like venues, are Address. Every
edge but a tenure is an UnknownLink whose role is the edge's label; who takes part in an act stands on its Event too.
The schema allows no Chinese in ids: they are digests, and the id of the graph stands in `notes` or `recordId`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.files import open_output
from pipeline.graph.facts import digest
from pipeline.graph.lines import read_graph
from pipeline.records import Edge, Node

SCHEMAS = {
    "Person": "Person", "Post": "Position", "Agency": "PublicBody", "Organization": "Organization", "Event": "Event",
    "Act": "Event", "District": "Address", "Venue": "Address", "Article": "Article",
}  # fmt: skip
STATUS = {"current": "current", "acting": "current", "former": "ended", "proposed": "unknown"}
Values = dict[str, list[str]]


def ftm(graph: Path, target: Path) -> None:
    """Entities of all nodes and edges."""
    nodes: list[Node] = []
    known: dict[str, Values] = defaultdict(lambda: defaultdict(list))
    with open_output(target) as file:
        for item in read_graph(graph):
            if isinstance(item, Node):
                nodes.append(item)
            else:
                file.write(_line(*_link(item)))
                for key, value in _beside(item):
                    known[item.start.id][key].append(value)
        for node in nodes:
            file.write(_line(_key(node.id), SCHEMAS[node.labels[0]], _thing(node) | known[node.id]))


def _line(key: str, schema: str, values: Values) -> str:
    properties = {name: sorted(set(filter(None, some))) for name, some in values.items()}
    entity = {"id": key, "schema": schema, "properties": {name: some for name, some in properties.items() if some}}
    return json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n"


def _key(node: str) -> str:
    return digest("gx", node).replace(":", "-")


def _thing(node: Node) -> Values:
    told: dict[str, Any] = node.properties
    values = {"name": [told["name"]], "notes": [node.id]}
    match node.labels[0]:
        case "Person" | "Agency" | "Organization":
            values["country"] = ["cn"] if node.labels[0] == "Agency" else []
        case "District" | "Venue":
            values |= {"full": [told["name"]], "country": ["cn"] if told.get("code") else []}
        case "Act":
            values |= {"date": [_day(told)], "keywords": [told.get("category", ""), told.get("verb", "")]}
        case "Article":
            values |= {"title": [told.get("headline", "")], "date": [told.get("date", "")],
                       "publisher": [told.get("newspaper", "")], "fileName": [told.get("source", "")]}  # fmt: skip
    return values


def _day(told: dict[str, Any]) -> str:
    """An act's date; of an interval the first day, for FollowTheMoney takes no ranges."""
    return str(told.get("date") or told.get("reported") or "").split("/")[0]


def _link(edge: Edge) -> tuple[str, str, Values]:
    told = edge.properties
    start, end = _key(edge.start.id), _key(edge.end.id)
    proofs = told["evidence"]
    values = {
        "recordId": [edge.id],
        "proof": [_key(proof["article"]) for proof in proofs],
        "summary": [proof["quote"] for proof in proofs],
    }
    if edge.label == "SUCCEEDS":
        ends = {"successor": [start], "predecessor": [end]}
        return _key(edge.id), "Succession", values | ends | {"date": [told["since"]]}
    if edge.label != "HOLDS":
        return _key(edge.id), "UnknownLink", values | {"subject": [start], "object": [end], "role": [edge.label]}
    tenure = {
        "holder": [start], "post": [end], "status": [STATUS[told["status"]]], "description": [told["status"]],
        "date": [told.get("first_seen", ""), told.get("last_seen", "")],
    }  # fmt: skip
    return _key(edge.id), "Occupancy", values | tenure


def _beside(edge: Edge) -> Iterator[tuple[str, str]]:
    """What FollowTheMoney says of an edge on the entity at its start."""
    end = _key(edge.end.id)
    match edge.label, edge.end.labels[0]:
        case "AT", "Agency" | "Organization":
            yield "organization", end
        case "AGENT", "Agency" | "Organization" | "Person":
            yield "organizer", end
        case "OBJECT", "Agency" | "Organization" | "Person":
            yield "involved", end
        case "PLACE", "District" | "Venue":
            yield "addressEntity", end
        case "REPORTED_IN", _ if edge.start.labels == ["Act"]:
            yield "proof", end
