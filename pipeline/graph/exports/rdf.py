"""The graph as RDF: N-Triples for a target `.nt`, else Turtle.

Classes and properties of the W3C Organization Ontology, schema.org and PROV-O where they fit, of our own namespace
elsewhere. Each edge is one plain triple, and one rdf:Statement with what is known of it and the quotes that it rests on.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import ORG, PROV, RDF, SDO, XSD

from pipeline.files import open_output
from pipeline.graph.lines import read_graph
from pipeline.records import Edge, Node

GX = Namespace("https://guanxi.example/ns#")
CLASSES = {
    "Person": SDO.Person, "Post": ORG.Post, "Agency": ORG.FormalOrganization, "District": SDO.AdministrativeArea,
    "Organization": ORG.Organization, "Venue": SDO.Place, "Event": SDO.Event, "Act": SDO.Action, "Article": SDO.NewsArticle,
}  # fmt: skip
PREDICATES = {
    "HOLDS": ORG.holds, "AT": ORG.postIn, "SERVES": SDO.areaServed, "SUCCEEDS": GX.succeeds, "AGENT": SDO.agent, "OBJECT": SDO.object,
    "PLACE": SDO.location, "REPORTED_IN": SDO.subjectOf, "WROTE": GX.wrote, "PHOTOGRAPHED": GX.photographed,
}  # fmt: skip
PROPERTIES = {"name": SDO.name, "headline": SDO.headline, "source": PROV.hadPrimarySource}


def rdf(graph: Path, target: Path) -> None:
    """All nodes, edges and quotes."""
    out = Graph()
    for prefix, space in (("gx", GX), ("org", ORG), ("schema", SDO), ("prov", PROV)):
        out.bind(prefix, space, replace=True)
    for item in read_graph(graph):
        if isinstance(item, Node):
            _node(out, item)
        else:
            _edge(out, item)
    with open_output(target) as file:
        file.write(out.serialize(format="nt" if target.suffix == ".nt" else "turtle"))


def resource(key: str) -> URIRef:
    """The URI of a node, an edge or a quote: its id after `urn:guanxi:`."""
    return URIRef(f"urn:guanxi:{quote(key, safe=':')}")


def predicate(edge: Edge) -> URIRef:
    """The property of an edge; a body is a part of a body, a district lies in a district."""
    if edge.label == "PART_OF":
        return SDO.containedInPlace if edge.start.labels == ["District"] else ORG.subOrganizationOf
    return PREDICATES[edge.label]


def _node(out: Graph, node: Node) -> None:
    subject = resource(node.id)
    out.add((subject, RDF.type, CLASSES[node.labels[0]]))
    out.add((subject, GX.id, Literal(node.id)))
    for key, value in node.properties.items():
        if isinstance(value, (str, int, float)):
            out.add((subject, PROPERTIES.get(key, GX[key]), Literal(value)))


def _edge(out: Graph, edge: Edge) -> None:
    start, end, statement = resource(edge.start.id), resource(edge.end.id), resource(edge.id)
    out.add((start, predicate(edge), end))
    out.add((statement, RDF.type, RDF.Statement))
    out.add((statement, RDF.subject, start))
    out.add((statement, RDF.predicate, predicate(edge)))
    out.add((statement, RDF.object, end))
    for key in ("status", "role", "since", "first_seen", "last_seen", "confidence", "inferred"):
        if key in edge.properties:
            out.add((statement, GX[key], Literal(edge.properties[key])))
    for proof in edge.properties["evidence"]:
        passage = resource(f"quote:{proof['article']}:{proof['start']}:{proof['end']}:{proof['quote']}")
        out.add((statement, PROV.wasDerivedFrom, passage))
        out.add((passage, RDF.type, PROV.Entity))
        out.add((passage, PROV.wasQuotedFrom, resource(proof["article"])))
        out.add((passage, PROV.value, Literal(proof["quote"])))
        out.add((passage, GX.start, Literal(proof["start"], datatype=XSD.integer)))
        out.add((passage, GX.end, Literal(proof["end"], datatype=XSD.integer)))
