"""Each format is read back by the library of its own world, with the facts of graph.jsonl."""

import codecs
import csv
import json
import re
import sqlite3
from contextlib import closing

import networkx
import pytest

from pipeline.engines.merge import merge
from pipeline.graph import load_graph, load_tables
from pipeline.graph.acts import CATEGORIES, _rows
from pipeline.graph.exports import export


@pytest.fixture(scope="module")
def run(seed_run, years, tmp_path_factory):
    """The seed page and the made-up issues in one graph, which has every kind of node and edge."""
    out = tmp_path_factory.mktemp("exports") / "run"
    merge([seed_run, years], out)
    return out


@pytest.fixture(scope="module")
def graph(run):
    return load_graph(run)


@pytest.fixture
def exported(run, tmp_path, guanxi):
    def write(kind, name="graph"):
        result = guanxi("graph", "export", tmp_path / name, "--to", kind, "--in", run)
        assert result.exit_code == 0, result.output
        return tmp_path / name

    return write


def named(graph):
    return sorted((graph.nodes[a]["name"], d["label"], graph.nodes[b]["name"]) for a, b, d in graph.edges(data=True))


def ids(graph):
    return sorted((a, d["label"], b, d.get("status")) for a, b, d in graph.edges(data=True))


@pytest.mark.parametrize(("kind", "read"), [("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)])
def test_networkx_reads_xml(kind, read, graph, exported):
    back = read(exported(kind))
    assert sorted((a, d["class"], b, d.get("status")) for a, b, d in back.edges(data=True)) == ids(graph)
    assert {n: d["class"] for n, d in back.nodes(data=True)} == {n: d["label"] for n, d in graph.nodes(data=True)}
    for key in ("name", "kind", "category", "date"):
        told = {n: d[key] for n, d in graph.nodes(data=True) if key in d}
        assert {n: d[key] for n, d in back.nodes(data=True) if key in d} == told != {}


def test_gephi_gets_labels_colours_weights_and_dates(graph, exported):
    file = exported("gexf")
    back = networkx.read_gexf(file)
    for _, data in back.nodes(data=True):
        assert data["label"] == data["name"]
        assert set(data["viz"]["color"]) >= {"r", "g", "b"}
        assert data["viz"]["size"] > 0
    assert sum(d["weight"] for _, _, d in back.edges(data=True)) == sum(
        len(d["evidence"]) for _, _, d in graph.edges(data=True)
    )
    text = file.read_text(encoding="utf-8")
    assert re.search(r'<graph [^>]*timeformat="date"', text)
    tenures = [d for _, _, d in graph.edges(data=True) if "first_seen" in d]
    dated = re.findall(r'<edge [^>]*start="(\d{4}-\d\d-\d\d)"[^>]* end="(\d{4}-\d\d-\d\d)"', text)
    assert len(dated) == len(tenures) > 0


@pytest.mark.parametrize(
    ("kind", "node", "ends"),
    [("csv", "id", ("start", "label", "end")), ("neo4j-csv", "id:ID", (":START_ID", ":TYPE", ":END_ID"))],
)
def test_csv_has_every_edge(kind, node, ends, graph, exported):
    folder = exported(kind)
    with (folder / "nodes.csv").open(encoding="utf-8-sig") as file:
        names = {row[node]: row["name"] for row in csv.DictReader(file)}
    with (folder / "edges.csv").open(encoding="utf-8-sig") as file:
        rows = [[row[end] for end in ends] for row in csv.DictReader(file)]
    assert sorted((names[start], label, names[end]) for start, label, end in rows) == named(graph)


def test_spreadsheets_read_the_csv_as_utf8_and_no_cell_as_a_formula(exported, graph, tmp_path):
    assert (exported("csv") / "nodes.csv").read_bytes().startswith(codecs.BOM_UTF8)
    assert not (exported("neo4j-csv") / "nodes.csv").read_bytes().startswith(codecs.BOM_UTF8)
    node = {"type": "node", "id": "org:-:=1+1", "labels": ["Organization"], "properties": {"name": "=1+1"}}
    (tmp_path / "graph.jsonl").write_text(json.dumps(node) + "\n", encoding="utf-8")
    export(tmp_path, tmp_path / "sheet", "csv")
    with (tmp_path / "sheet" / "nodes.csv").open(encoding="utf-8-sig") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["'=1+1"]


def test_neo4j_gets_plain_values_only(exported, graph):
    lines = [json.loads(line) for line in exported("apoc-jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        for value in line["properties"].values():
            assert all(isinstance(item, (str, int, float)) for item in (value if isinstance(value, list) else [value]))
    edges = [line for line in lines if line["type"] == "relationship"]
    found = sorted((e["start"]["id"], e["label"], e["end"]["id"], e["properties"].get("status")) for e in edges)
    assert found == ids(graph)


def test_duckdb_queries_parquet(graph, exported):
    duckdb = pytest.importorskip("duckdb")
    folder = exported("parquet")
    edges = duckdb.sql(f"SELECT start, label, \"end\", status FROM '{folder}/edges.parquet'").fetchall()
    assert sorted(edges) == ids(graph)
    quotes = duckdb.sql(f"SELECT count(*) FROM '{folder}/evidence.parquet'").fetchall()[0][0]
    assert quotes == sum(len(d["evidence"]) for _, _, d in graph.edges(data=True))
    mayor = duckdb.sql(f"SELECT DISTINCT person FROM '{folder}/holdings.parquet' WHERE title = '区长'").fetchall()
    assert ("秦军",) in mayor


def test_pandas_gets_tables(graph, run):
    pytest.importorskip("pandas")
    tables = load_tables(run)
    assert len(tables["nodes"]) == graph.number_of_nodes()
    assert len(tables["edges"]) == graph.number_of_edges()
    assert set(tables["holdings"]["edge_id"]) == {
        k for _, _, k, d in graph.edges(keys=True, data=True) if d["label"] == "HOLDS"
    }
    assert "秦军" in set(tables["holdings"].query("title == '区长' and status == 'current'")["person"])
    assert len(tables["acts"]) == sum(d["label"] == "Act" for _, d in graph.nodes(data=True))


def test_followthemoney_validates_entities(graph, exported):
    model = pytest.importorskip("followthemoney").model
    links, names = [], {}
    for line in exported("ftm").read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        model.get(data["schema"]).validate(data)
        proxy = model.get_proxy(data, cleaned=False)
        assert {k: sorted(v) for k, v in proxy.to_dict()["properties"].items()} == data["properties"]
        if proxy.schema.is_a("Interval") and not proxy.schema.is_a("Thing"):
            links.append(proxy)
        else:
            names[proxy.id] = proxy.first("notes")
    found = [
        (names[p.first("holder")], "HOLDS", names[p.first("post")], p.first("description"))
        if p.schema.name == "Occupancy"
        else (names[p.first("successor")], "SUCCEEDS", names[p.first("predecessor")], None)
        if p.schema.name == "Succession"
        else (names[p.first("subject")], p.first("role"), names[p.first("object")], None)
        for p in links
    ]
    assert sorted(found, key=str) == sorted(ids(graph), key=str)
    assert set(names.values()) == set(graph.nodes)
    assert {"Occupancy", "Succession", "UnknownLink"} == {p.schema.name for p in links}


@pytest.mark.parametrize(("name", "kind"), [("graph.ttl", "turtle"), ("graph.nt", "nt")])
def test_rdflib_reads_rdf(name, kind, graph, exported):
    rdflib = pytest.importorskip("rdflib")
    from pipeline.graph.exports.rdf import GX, PREDICATES

    back = rdflib.Graph().parse(exported("rdf", name), format=kind)
    found = back.query(
        """SELECT ?s ?p ?o ?status WHERE {
             ?edge a rdf:Statement ; rdf:subject/gx:id ?s ; rdf:predicate ?p ; rdf:object/gx:id ?o .
             OPTIONAL { ?edge gx:status ?status } }""",
        initNs={"gx": GX, "rdf": rdflib.RDF},
    )
    labels = {value: key for key, value in PREDICATES.items()}
    rows = sorted((str(s), labels.get(p, "PART_OF"), str(o), str(v) if v else None) for s, p, o, v in found)
    assert rows == ids(graph)
    holds = {(str(s), str(o)) for s, o in back.subject_objects(rdflib.ORG.holds)}
    assert len(holds) == len({(a, b) for a, label, b, _ in ids(graph) if label == "HOLDS"})


def test_unknown_format_names_the_others(seed_run, tmp_path, guanxi):
    result = guanxi("graph", "export", tmp_path / "x", "--to", "xls", "--in", seed_run)
    assert result.exit_code == 1
    assert "parquet" in result.stderr


def test_questions_at_a_terminal(seed_run, guanxi):
    shown = guanxi("graph", "show", "秦军", "--in", seed_run)
    assert shown.exit_code == 0
    assert "区长" in shown.output
    assert "秦军" in guanxi("graph", "posts", "沙市区", "--in", seed_run).output
    assert guanxi("graph", "acts", "--category", "award", "--in", seed_run).exit_code == 0
    assert guanxi("graph", "show", "无此人", "--in", seed_run).exit_code == 1
    assert "no such database" in " ".join(guanxi("graph", "show", "秦军", "--in", seed_run / "none").stderr.split())


def test_every_property_of_a_node_has_a_column(graph, run, exported):
    known = {key for _, data in graph.nodes(data=True) for key in data}
    assert known <= set(load_tables(run)["nodes"].columns)
    with (exported("csv") / "nodes.csv").open(encoding="utf-8-sig") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    act = next(node for node, data in graph.nodes(data=True) if data["label"] == "Act" and "reported" in data)
    assert rows[act]["reported"] == graph.nodes[act]["reported"]


def test_the_csv_has_all_quotes(graph, exported):
    with (exported("csv") / "evidence.csv").open(encoding="utf-8-sig") as file:
        rows = [(row["edge"], row["source"], int(row["start"]), int(row["end"])) for row in csv.DictReader(file)]
    assert sorted(rows) == sorted(
        (key, proof["source"], proof["start"], proof["end"])
        for _, _, key, data in graph.edges(keys=True, data=True) for proof in data["evidence"]
    )  # fmt: skip


def test_neo4j_is_told_numbers_and_truths(exported):
    folder = exported("neo4j-csv")
    with (folder / "edges.csv").open(encoding="utf-8") as file:
        edges = list(csv.DictReader(file))
    assert {edge["inferred:boolean"] for edge in edges} == {"", "true"}
    assert all(0 <= float(edge["confidence:double"]) <= 1 for edge in edges)
    assert "step:long" in (folder / "nodes.csv").read_text(encoding="utf-8").splitlines()[0]


def test_acts_have_one_date_everywhere(run, exported):
    acts = load_tables(run)["acts"]
    with closing(sqlite3.connect(run / "guanxi.db")) as db:
        asked = db.execute("SELECT id, date, dated_by FROM acts").fetchall()
    told = {key: (date, by) for key, date, by in asked}
    assert dict(zip(acts["id"], zip(acts["date"], acts["dated_by"], strict=True), strict=True)) == told
    assert {by for _, by in told.values()} == {"time", "context", "issue"}
    drawn = networkx.read_gexf(exported("gexf"))
    for key, (date, _) in told.items():
        first, _, last = date.partition("/")
        if len(first) == 10:
            assert (drawn.nodes[key]["start"], drawn.nodes[key]["end"]) == (first, last or first)


def test_a_terminal_says_when_there_is_nothing(seed_run, guanxi):
    for wrong, words in (
        (("show", "无此人"), "nobody of this name"), (("posts", "无此县"), "no post there"),
        (("acts", "--category", "调研"), "choose one of convene"), (("acts", "--since", "2024/3/7"), "not a date"),
        (("acts", "--until", "1950"), "no such act"),
    ):  # fmt: skip
        result = guanxi("graph", *wrong, "--in", seed_run)
        assert result.exit_code == 1
        assert words in " ".join(result.stderr.split())
        assert not result.stdout.strip()


def test_people_who_share_a_name_are_told_apart(run, guanxi):
    shown = guanxi("graph", "show", "钱立新", "--in", run).output
    assert re.search(r"\bid\b", shown)
    assert not re.search(r"\bid\b", guanxi("graph", "show", "秦军", "--in", run).output)


def test_categories_are_those_of_the_verbs():
    assert set(CATEGORIES) == {name for name, *_ in _rows("verbs.tsv")} | {"other"}
