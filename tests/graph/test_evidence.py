"""The words that a fact rests on lead to the characters of the source that say it."""

import json

import pytest

from pipeline.graph import build
from pipeline.linking import link_issue
from pipeline.pages import article_text, read_articles
from pipeline.records import Article, Record
from pipeline.sources import Source, read_pages
from pipeline.training.formats import load_samples

NEWS = "3月5日，沙市区区长秦军主持召开区政府常务会议，研究安全生产工作。"
WEB = f"""<html><body><founder-title>区政府常务会议召开</founder-title><founder-author>记者 张 三 文/图 李四光</founder-author>
<founder-content><p>{NEWS}</p><p>会议强调，要压实责任。（通讯员 王小明）</p></founder-content></body></html>"""
LINES = json.dumps({"id": "a", "text": f"本报讯（记者 张三）{NEWS}（李四光 摄）"}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "decoded", "credits"),
    [
        ("a.htm", WEB, {("WROTE", "张三"), ("WROTE", "李四光"), ("PHOTOGRAPHED", "李四光"), ("WROTE", "王小明")}),
        ("a.jsonl", LINES, {("WROTE", "张三"), ("PHOTOGRAPHED", "李四光")}),
    ],
)
def test_who_wrote_what_a_source_tells_the_parts_of_is_quoted(name, decoded, credits):
    (page,) = read_pages(Source(name, content=decoded.encode()))
    (article,) = read_articles(page).articles
    text, spans = article_text(article)
    (linked,) = link_issue([(article, Record(id="a", text=text), spans)])
    found = [fact for fact in build(linked).facts if fact.label in ("WROTE", "PHOTOGRAPHED")]
    assert {(fact.label, fact.evidence["quote"]) for fact in found} == credits
    told = json.loads(decoded)["text"] if name == "a.jsonl" else decoded
    for fact in found:
        assert told[fact.evidence["start"] : fact.evidence["end"]].replace(" ", "") == fact.evidence["quote"]


@pytest.fixture
def said(tmp_path):
    """The quotes of the facts of an annotated passage of which only the characters of some spans stand on the page."""

    def read(spans):
        (tmp_path / "p.ann").write_text("# id: p\n{秦军|P1}{出席|X1}会议。\n---\nX1 agent P1\n===\n", encoding="utf-8")
        (record,) = load_samples([tmp_path / "p.ann"])
        (linked,) = link_issue([(Article(id="p", source="t", body=record.text), record, spans)], home="沙市区")
        return {fact.label: (fact.evidence["start"], fact.evidence["quote"]) for fact in build(linked).facts}

    return read


def test_a_mention_in_part_on_the_page_is_quoted_by_its_first_character_there(said):
    assert said([(1, 2, 40), (3, 4, 50)]) == {"AGENT": (40, "军"), "REPORTED_IN": (40, "军")}


def test_what_stands_nowhere_on_the_page_is_no_fact(said):
    assert said([(4, 7, 40)]) == {}
