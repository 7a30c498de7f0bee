"""The graph is read back by the libraries of each format, with the same facts; questions get answers."""

import csv
import json

import networkx
import pytest

from pipeline.graph import load_graph


@pytest.fixture(scope="module")
def graph(seed_run):
    return load_graph(seed_run)


def named(graph):
    return sorted((graph.nodes[a]["name"], d["label"], graph.nodes[b]["name"]) for a, b, d in graph.edges(data=True))


@pytest.mark.parametrize(("kind", "read"), [("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)])
def test_networkx_reads_xml(kind, read, graph, seed_run, tmp_path, guanxi):
    assert guanxi("graph", "export", tmp_path / "g", "--to", kind, "--in", seed_run).exit_code == 0
    back = read(tmp_path / "g")
    found = sorted((back.nodes[a]["name"], d["kind"], back.nodes[b]["name"]) for a, b, d in back.edges(data=True))
    assert found == named(graph)


def test_csv_has_every_edge(graph, seed_run, tmp_path, guanxi):
    assert guanxi("graph", "export", tmp_path, "--to", "csv", "--in", seed_run).exit_code == 0
    with (tmp_path / "nodes.csv").open(encoding="utf-8") as file:
        names = {row["id"]: row["name"] for row in csv.DictReader(file)}
    with (tmp_path / "edges.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert sorted((names[row["start"]], row["label"], names[row["end"]]) for row in rows) == named(graph)


def test_neo4j_gets_plain_values_only(seed_run, tmp_path, guanxi):
    assert guanxi("graph", "export", tmp_path / "g.jsonl", "--to", "apoc-jsonl", "--in", seed_run).exit_code == 0
    for line in (tmp_path / "g.jsonl").read_text(encoding="utf-8").splitlines():
        for value in json.loads(line)["properties"].values():
            assert all(isinstance(item, (str, int, float)) for item in (value if isinstance(value, list) else [value]))


def test_questions_at_a_terminal(seed_run, guanxi):
    shown = guanxi("graph", "show", "秦军", "--in", seed_run)
    assert shown.exit_code == 0
    assert "区长" in shown.output
    assert "秦军" in guanxi("graph", "posts", "沙市区", "--in", seed_run).output
    assert guanxi("graph", "acts", "--category", "award", "--in", seed_run).exit_code == 0
    assert guanxi("graph", "show", "无此人", "--in", seed_run).exit_code == 1
    assert "no such database" in " ".join(guanxi("graph", "show", "秦军", "--in", seed_run / "none").stderr.split())
