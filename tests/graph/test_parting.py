"""Namesakes of other rank over the years, and careers, in any order of arrival."""

import itertools

import pytest

from pipeline.graph import Entry, Store, build, graph_lines
from pipeline.linking import link_issue
from pipeline.records import Article, ArticleRecord
from pipeline.training.formats import load_samples

LEADER = "{县委|A1}{副书记|T1}{罗波|P1}{讲话|X1}。\n---\nP1 holds T1\nT1 at A1\nX1 agent P1"
TOWN = "{石佛镇|D1}{党委书记|T1}{罗波|P1}{介绍|X1}经验。\n---\nP1 holds T1\nT1 at D1\nX1 agent P1"
BUREAU = "{县水利局|A1}{局长|T1}{罗波|P1}{介绍|X1}经验。\n---\nP1 holds T1\nT1 at A1\nX1 agent P1"
CAREER = "{副县长|T1}{罗波|P1}{讲话|X1}。{罗波|P2}此前任{石佛镇|D1}{党委书记|T2}。\n---\nP1 holds T1\nP2 holds T2\nT2 at D1\nX1 agent P1"
PLAIN, OTHER, HEAD = "person:512022:罗波", "person:512022101:罗波", "person:512022:罗波:乐至县水利局"


@pytest.fixture
def read(tmp_path):
    def run(issues):
        """The lines of the graph, and the posts and acts of each person, of issues given by year and text."""
        path = tmp_path / "guanxi.db"
        path.unlink(missing_ok=True)
        with Store(path) as store:
            for year, text in issues:
                (tmp_path / "issue.ann").write_text(f"# id: {year}\n{text}\n===\n", encoding="utf-8")
                (record,) = load_samples([tmp_path / "issue.ann"])
                article = Article(id=record.id, source=year, body=record.text)
                (linked,) = link_issue(
                    [(article, record, [(0, len(record.text), 0)])], home="四川省/资阳市/乐至县", date=f"{year}-03-07"
                )
                store.add(Entry(year, year, {}, 0.0), [(ArticleRecord.of(linked), build(linked))])
            said = store.db.execute("SELECT start, end FROM edges WHERE label = 'HOLDS'").fetchall()
            said += store.db.execute("SELECT end, start FROM edges WHERE label = 'AGENT'").fetchall()
            return list(graph_lines(store)), {person: sum(p == person for p, _ in said) for person, _ in said}

    return run


@pytest.mark.parametrize(
    ("issues", "found"),
    [
        ([("2021", LEADER), ("2022", TOWN), ("2023", LEADER)], {PLAIN: 3, OTHER: 2}),
        ([("2020", TOWN), ("2021", LEADER), ("2022", TOWN)], {PLAIN: 2, OTHER: 3}),
        ([("2021", LEADER), ("2022", BUREAU)], {PLAIN: 2, HEAD: 2}),
        ([("2021", TOWN), ("2023", LEADER)], {PLAIN: 4}),
        ([("2021", BUREAU), ("2022", TOWN), ("2023", LEADER)], {PLAIN: 6}),
        ([("2021", TOWN), ("2022", LEADER), ("2023", TOWN), ("2024", CAREER)], {PLAIN: 8}),
    ],
)
def test_who_falls_is_another_and_who_rises_is_one(read, issues, found):
    told = [read(order) for order in itertools.permutations(issues)]
    assert told[0][1] == found
    assert all(lines == told[0][0] for lines, _ in told)
