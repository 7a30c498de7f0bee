"""The leadership network of a district: who holds which post there, and who attended what with whom.

    python docs/examples/leadership.py RUN DISTRICT [OUT.gexf]

Prints the posts and the most connected people; writes the network of common posts and acts for Gephi if asked.
"""

import itertools
import sys
from collections import defaultdict

import networkx

from pipeline import load_graph


def leadership(run: str, district: str) -> tuple[list[tuple[str, str, str]], networkx.Graph]:
    """(person, post, status) of all posts at the district or a body that serves it, and who acts with whom."""
    graph = load_graph(run)
    by = defaultdict(list)
    for start, end, data in graph.edges(data=True):
        by[data["label"]].append((start, end, data))
    places = {
        node for node, data in graph.nodes(data=True) if data["label"] == "District" and data["name"].endswith(district)
    }
    seats = places | {body for body, place, _ in by["SERVES"] if place in places}
    posts = {post for post, seat, _ in by["AT"] if seat in seats}
    holdings = [(person, post, data["status"]) for person, post, data in by["HOLDS"] if post in posts]
    leaders = {person for person, _, _ in holdings}
    network = networkx.Graph()
    network.add_nodes_from((person, {"label": graph.nodes[person]["name"]}) for person in leaders)
    things = defaultdict(set)
    for act, person, _ in by["AGENT"]:
        if person in leaders:
            things[act].add(person)
    for act, thing, _ in by["OBJECT"]:
        things[thing] |= things.get(act, set())
    for people in list(things.values()):
        for one, other in itertools.combinations(sorted(people), 2):
            weight = network.get_edge_data(one, other, {"weight": 0})["weight"]
            network.add_edge(one, other, weight=weight + 1)
    names = [(graph.nodes[a]["name"], graph.nodes[b]["name"], status) for a, b, status in holdings]
    return sorted(names), network


def main(run: str, district: str, out: str | None = None) -> None:
    holdings, network = leadership(run, district)
    for person, post, status in holdings:
        print(f"{person}\t{post}\t{status}")
    for person, degree in sorted(network.degree(weight="weight"), key=lambda pair: (-pair[1], pair[0]))[:5]:
        print(f"{network.nodes[person]['label']}: {degree} common acts and events")
    if out:
        networkx.write_gexf(network, out)


if __name__ == "__main__":
    main(*sys.argv[1:4])
