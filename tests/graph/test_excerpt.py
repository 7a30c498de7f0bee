"""The part of a large graph that the report of its latest articles shows."""

import pytest

from pipeline.engines.run import Manifest, write_files
from pipeline.graph import Entry, Store
from pipeline.graph.excerpt import excerpt
from pipeline.graph.facts import Facts
from pipeline.records import ArticleRecord
from pipeline.report import ARTICLES


@pytest.fixture
def store(seed_run):
    with Store(seed_run / "guanxi.db") as store:
        yield store


def labels(edges):
    return {(edge.label, edge.id) for edge in edges}


def test_all_articles_give_all_acts_and_tenures(store):
    articles = [key for (key,) in store.db.execute("SELECT id FROM articles")]
    nodes, edges = excerpt(store, articles)
    shown = {"HOLDS", "AT", "AGENT", "OBJECT", "PLACE"}
    assert {pair for pair in labels(edges) if pair[0] in shown} == {p for p in labels(store.edges()) if p[0] in shown}
    ends = {key for edge in edges for key in (edge.start.id, edge.end.id)}
    assert ends <= {node.id for node in nodes}


def test_one_article_gives_what_it_speaks_of(store):
    article = store.db.execute("SELECT end FROM edges WHERE label = 'REPORTED_IN' AND start LIKE 'act:%'").fetchone()[0]
    _, edges = excerpt(store, [article])
    assert {edge.end.id for edge in edges if edge.label == "REPORTED_IN"} == {article}
    for edge in edges:
        if edge.label == "HOLDS":
            assert article in {proof["article"] for proof in edge.properties["evidence"]}


def test_the_report_of_many_articles_shows_the_latest(tmp_path):
    with Store(tmp_path / "guanxi.db") as store:
        for number in range(ARTICLES + 5):
            key = f"article:{number:016x}:1"
            day = f"2024-{1 + number // 28:02}-{1 + number % 28:02}"
            record = ArticleRecord(
                id=key,
                source=f"{number:03}.txt",
                body="正文",
                text=f"题{number:03}\n正文",
                headline=f"题{number:03}",
                date=day,
            )
            store.add(Entry(f"{number:064x}", f"{number:03}.txt", {}, 0.0), [(record, Facts())])
        write_files(
            store, tmp_path, Manifest(version="", model={}, told={}, inputs={}, counts={}, seconds=0, failures=[])
        )
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "题004" not in report
    assert "题005" in report
    assert f"文章 {ARTICLES + 5}" in report
