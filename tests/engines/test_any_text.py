"""Whatever text comes in, a graph that holds together comes out."""

import json
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.engines.source import Context, keep, try_source
from pipeline.errors import InputError
from pipeline.graph import Store, graph_lines
from pipeline.sources import Source
from pipeline.sources.text import decode

SCHEMA = json.loads(files("pipeline.graph").joinpath("graph.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
NEWS = [
    "沙市区区长秦军主持召开会议。", "本报讯（记者 张三）3月5日，", "区委书记何文到岑河镇调研。\n", "荆州市委组织部副部长谢清", "任命李四为局长，免去王五的职务。\n",
    "出席会议的有：", "、", "2024年3月7日", "第3版", "（上接第一版）", "习近平", "\n\n",
]  # fmt: skip
ODD = [
    "\u200b", "\u200d", "\ufeff", "\u202e", "\u2067", "\u0301", "\U000e0100", "\ue000", "\U000f0000", "\u0378", "\ufffe", "\ufdd0",
    "葛\U000e0101", "﨑", "𠮷", "㐀", "\u3000", "\u2028", "\x85", "\v", "\f", "\r", "\r\n", "\x00", "{", "|", "<b>", "&amp;", "\\", "👨‍👩‍👧",
]  # fmt: skip
texts = st.lists(
    st.one_of(st.sampled_from(NEWS), st.sampled_from(ODD), st.text(max_size=12), st.text(st.characters(), max_size=3)),
    max_size=25,
).map("".join)


def graph_of(nlp, data, folder, name="any.txt"):
    """The lines of the graph of one file, after the promises of its articles were checked."""
    source = Source(name, content=data)
    outcome = try_source(nlp, source, Context())
    assert "report it with the file" not in (outcome.reason or "")
    if outcome.reason:
        raise InputError(outcome.reason)
    decoded = decode(data, name)
    for article, _ in outcome.articles:
        text = article.text
        for mention in article.entities:
            assert text[mention.start : mention.end] == mention.text
        for start, end, origin in article.text_spans:
            assert 0 <= start <= end <= len(text)
            assert 0 <= origin <= origin + end - start <= len(decoded)
            assert same(text[start:end], decoded[origin : origin + end - start])
        known = {mention.id for mention in article.entities}
        assert all({relation.head, relation.tail} <= known for relation in article.relations)
    with Store(folder / "guanxi.db") as store:
        keep(store, source, Context(), outcome)
        return [json.loads(line) for line in graph_lines(store)]


def same(restored, printed):
    """White space may be restored as other white space."""
    return len(restored) == len(printed) and all(
        a == b or (a.isspace() and b.isspace()) for a, b in zip(restored, printed, strict=True)
    )


def holds_together(lines):
    nodes = {line["id"] for line in lines if line["type"] == "node"}
    for line in lines:
        VALIDATOR.validate(line)
        if line["type"] == "relationship":
            assert {line["start"]["id"], line["end"]["id"]} <= nodes
            assert 0 <= line["properties"]["confidence"] <= 1


def check(nlp, data, tmp_path_factory):
    try:
        lines = graph_of(nlp, data, tmp_path_factory.mktemp("any"))
    except InputError as error:
        assert "\n" not in str(error)
        return
    holds_together(lines)


@pytest.mark.parametrize("examples", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_any_text(examples, nlp, tmp_path_factory):
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(texts)
    def holds(text):
        check(nlp, text.encode("utf-8", "surrogatepass"), tmp_path_factory)

    holds()


@settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.text(), st.sampled_from(["\ud800", "\udfff", *ODD, *NEWS])), max_size=8).map("".join))
def test_any_line_of_json(nlp, tmp_path_factory, text):
    """JSON may tell lone surrogates, which no encoded text can."""
    data = json.dumps({"id": "a", "text": text}).encode()
    source = Source("any.jsonl", content=data)
    outcome = try_source(nlp, source, Context())
    assert outcome.reason is None
    with Store(tmp_path_factory.mktemp("json") / "guanxi.db") as store:
        keep(store, source, Context(), outcome)
        lines = [json.loads(line) for line in graph_lines(store)]
    holds_together(lines)


LONG = {
    "no mark": "中国人民政府县委书记镇长局长" * 70_000,
    "names": "出席会议的有：" + "、".join(f"{'王李张刘陈'[n % 5]}{'明华国强建军'[n % 6]}{chr(0x4E00 + n % 6000)}" for n in range(100_000)) + "。",
    "brackets": "（" * 100_000 + "《“" * 50_000,
    "one line each": "李\n" * 200_000,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_texts_come_to_an_end(text, nlp, tmp_path_factory):
    check(nlp, text.encode(), tmp_path_factory)


def test_lone_surrogates_in_a_passage_keep_their_place(tmp_path, guanxi):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "a\\ud800", "text": "\\ud800沙市区区长秦军\\udc00主持会议。"}\n', encoding="utf-8")
    assert guanxi("extract", source, "-o", tmp_path / "out.jsonl").exit_code == 0
    record = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert record["text"] == "\ufffd沙市区区长秦军\ufffd主持会议。"
    assert record["entities"]
    assert all(record["text"][m["start"] : m["end"]] == m["text"] for m in record["entities"])
