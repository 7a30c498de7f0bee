"""What a user of `guanxi run` relies on: files that load, stable ids, merging, and clear errors."""

import json
import shutil
from importlib.resources import files

import jsonschema
import pytest

from pipeline.graph import load_graph


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_line_is_valid_and_every_end_exists(seed_run):
    schema = json.loads(files("pipeline.graph").joinpath("graph.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    graph = lines(seed_run / "graph.jsonl")
    for line in graph:
        validator.validate(line)
    nodes = {line["id"] for line in graph if line["type"] == "node"}
    edges = [line for line in graph if line["type"] == "relationship"]
    assert len(graph) == len(nodes) + len({edge["id"] for edge in edges})
    assert all({edge["start"]["id"], edge["end"]["id"]} <= nodes for edge in edges)


def test_networkx_reads_the_graph(seed_run):
    graph = load_graph(seed_run)
    found = lines(seed_run / "graph.jsonl")
    assert graph.number_of_nodes() + graph.number_of_edges() == len(found)


def test_ids_do_not_depend_on_the_machine(seed_run, seeds, tmp_path, guanxi):
    other = tmp_path / "elsewhere.txt"
    shutil.copy(seeds / "pages" / "seed.txt", other)
    assert guanxi("run", other, "--out", tmp_path / "out").exit_code == 0
    assert [x["id"] for x in lines(tmp_path / "out" / "graph.jsonl")] == [
        x["id"] for x in lines(seed_run / "graph.jsonl")
    ]


def test_a_second_run_adds_what_is_new_and_doubles_nothing(seeds, tmp_path, guanxi):
    one, two, out = (tmp_path / name for name in ("1.txt", "2.txt", "out"))
    shutil.copy(seeds / "pages" / "page-1.txt", one)
    shutil.copy(seeds / "pages" / "page-2.txt", two)
    guanxi("run", one, "--out", out)
    first = (out / "graph.jsonl").read_bytes()
    guanxi("run", one, "--out", out)
    assert (out / "graph.jsonl").read_bytes() == first
    guanxi("run", two, "--out", out)
    guanxi("run", two, one, "--out", tmp_path / "at once")
    assert (out / "graph.jsonl").read_bytes() == (tmp_path / "at once" / "graph.jsonl").read_bytes()


def test_every_sample_page_is_read(seeds, tmp_path, guanxi):
    result = guanxi("run", seeds / "pages", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("binary.txt", bytes(range(256)) * 40),
        ("missing.txt", None),
        ("odd.txt", b"\x81\x20\xff\xfe\x80" * 200),
    ],
)
def test_bad_input_gets_one_line_and_the_rest_is_read(name, content, seeds, tmp_path, guanxi):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = guanxi("run", tmp_path / name, seeds / "pages" / "page-1.txt", "--out", tmp_path / "out")
    said = [line for line in (result.output + result.stderr).splitlines() if line.startswith("guanxi:")]
    assert result.exit_code == 1
    assert len(set(said)) == 1
    assert name in said[0]
    assert "Traceback" not in result.output
    assert lines(tmp_path / "out" / "articles.jsonl")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert [failure["source"] for failure in manifest["failures"]] == [str(tmp_path / name)]


def test_sources_of_one_name_are_all_in_the_manifest(seeds, tmp_path, guanxi):
    for n in "12":
        guanxi("run", "-", "--out", tmp_path, input=(seeds / "pages" / f"page-{n}.txt").read_bytes())
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest["inputs"].values()) == ["standard input"] * 2


def test_showing_pages_writes_no_file(seeds, tmp_path, guanxi):
    kept = tmp_path / "articles.jsonl"
    kept.write_text("mine\n", encoding="utf-8")
    result = guanxi("pages", seeds / "pages" / "page-1.txt", "--show", "-o", kept)
    assert result.exit_code == 2
    assert kept.read_text(encoding="utf-8") == "mine\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_same_articles(encoding, seeds, tmp_path, guanxi):
    text = (seeds / "pages" / "page-1.txt").read_text(encoding="utf-8")
    (tmp_path / "page.txt").write_bytes(text.encode(encoding))
    assert guanxi("pages", tmp_path / "page.txt", "-o", tmp_path / "a.jsonl").exit_code == 0
    assert guanxi("pages", seeds / "pages" / "page-1.txt", "-o", tmp_path / "b.jsonl").exit_code == 0
    a, b = ([(x["headline"], x["body"], x["spans"]) for x in lines(tmp_path / f"{n}.jsonl")] for n in "ab")
    assert a == b


def test_extract_keeps_ids_and_order(tmp_path, guanxi):
    texts = {"b": "沙市区区长秦军主持召开会议。", "a": "", "c": "3月5日,双峰县委书记张明到荷叶镇调研。"}
    source = tmp_path / "in.jsonl"
    source.write_text(
        "".join(json.dumps({"id": k, "text": v}, ensure_ascii=False) + "\n" for k, v in texts.items()), "utf-8"
    )
    assert guanxi("extract", source, "-o", tmp_path / "out.jsonl").exit_code == 0
    records = lines(tmp_path / "out.jsonl")
    assert [(r["id"], r["text"]) for r in records] == list(texts.items())
    for record in records:
        for mention in record["entities"]:
            assert record["text"][mention["start"] : mention["end"]] == mention["text"]


def test_samples_convert_there_and_back(seeds, tmp_path, guanxi):
    sample = seeds / "annotated" / "dev" / "news-d.ann"
    assert guanxi("convert", sample, tmp_path / "d.jsonl").exit_code == 0
    assert guanxi("convert", tmp_path / "d.jsonl", tmp_path / "d.ann").exit_code == 0
    assert guanxi("convert", tmp_path / "d.ann", tmp_path / "e.jsonl").exit_code == 0
    assert (tmp_path / "d.jsonl").read_bytes() == (tmp_path / "e.jsonl").read_bytes()
