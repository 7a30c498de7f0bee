"""What a careful reader finds on the seed page must stand in the graph."""

import json

import networkx
import pytest


@pytest.fixture(scope="module")
def graph(seed_run):
    graph = networkx.MultiDiGraph()
    lines = [json.loads(line) for line in (seed_run / "graph.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line["type"] == "node":
            graph.add_node(line["id"], label=line["labels"][0], **line["properties"])
    for line in lines:
        if line["type"] == "relationship":
            assert line["start"]["id"] in graph and line["end"]["id"] in graph
            graph.add_edge(
                line["start"]["id"], line["end"]["id"], key=line["id"], label=line["label"], **line["properties"]
            )
    return graph


def person(graph, name):
    (found,) = [n for n, data in graph.nodes(data=True) if data["label"] == "Person" and data["name"] == name]
    return found


def targets(graph, node, label):
    return [(end, data) for _, end, data in graph.out_edges(node, data=True) if data["label"] == label]


def posts(graph, name):
    """{(title, name of the body or district)} of a person's posts."""
    found = set()
    for post, _ in targets(graph, person(graph, name), "HOLDS"):
        bodies = [graph.nodes[body]["name"] for body, _ in targets(graph, post, "AT")] or [None]
        found |= {(graph.nodes[post]["title"], body) for body in bodies}
    return found


def districts(graph, post):
    """Codes of the districts that a post belongs to, by itself or through its body."""
    bodies = [body for body, _ in targets(graph, post, "AT")]
    served = [district for body in bodies for district, _ in targets(graph, body, "SERVES")]
    return {graph.nodes[node].get("code") for node in (*bodies, *served)}


def test_articles_have_their_headlines_and_bylines(seed_articles, seeds):
    gold = json.loads((seeds / "pages" / "seed.json").read_text(encoding="utf-8"))["articles"]
    found = {a["headline"]: [c["name"] for c in a["byline"]] for a in seed_articles}
    for article in gold:
        assert found[article["headline"]] == [credit["name"] for credit in article["byline"]]


def test_a_name_split_by_a_column_break_is_whole(graph):
    assert ("书记", "中共荆州市沙市区委政法委员会") in posts(graph, "李程云")


def test_posts_are_resolved_to_full_names_in_the_papers_own_district(graph):
    assert ("副书记", "中共荆州市沙市区委员会") in posts(graph, "秦军")
    mayors = [p for p, _ in targets(graph, person(graph, "秦军"), "HOLDS") if graph.nodes[p]["title"] == "区长"]
    assert any("421002" in districts(graph, post) for post in mayors)
    names = {body for _, body in posts(graph, "谢清")}
    assert {"中共荆州市委组织部", "中共荆州市委老干部局"} <= names
    assert any(title == "主席" and "政治协商会议" in (body or "") for title, body in posts(graph, "刘俊平"))


@pytest.mark.parametrize("name", ["黄海军", "余松柏", "王俊", "雷卫", "代晓娟"])
def test_leaders_named_together_share_their_title(graph, name):
    assert "区领导" in {title for title, _ in posts(graph, name)}


@pytest.mark.parametrize("winner", ["胜利街道", "教育局", "机构编制委员会办公室"])
def test_first_prize_winners(graph, winner):
    awards = [n for n, data in graph.nodes(data=True) if data["label"] == "Act" and data["category"] == "award"]
    agents = {graph.nodes[agent]["name"] for act in awards for agent, _ in targets(graph, act, "AGENT")}
    assert any(winner in agent for agent in agents)


def test_reporters_are_linked_to_their_articles(graph):
    wrote = {graph.nodes[end]["headline"] for end, _ in targets(graph, person(graph, "宋子怡"), "WROTE")}
    assert len(wrote) == 2


def test_evidence_quotes_the_page(graph, seeds):
    page = (seeds / "pages" / "seed.txt").read_text(encoding="utf-8")
    edges = [data for *_, data in graph.edges(data=True)]
    assert edges
    for data in edges:
        assert 0 <= data["confidence"] <= 1
        for evidence in data["evidence"]:
            assert evidence["quote"]
            assert evidence["quote"][0] == page[evidence["start"]]
            assert evidence["quote"][-1] == page[evidence["end"] - 1]
