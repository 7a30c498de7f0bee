"""Issues of one paper over two years: an appointment, a move, a namesake and a renamed bureau, in any order of arrival."""

import itertools
import json
import sqlite3

import pytest

from pipeline.graph.tables import graph_rows


def graph(run):
    return (run / "graph.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3)))[1:])
def test_order_of_arrival_does_not_matter(order, years, issues, read, tmp_path):
    assert graph(read([issues[n] for n in order], tmp_path)) == graph(years)


def test_people_and_tenures(years):
    with sqlite3.connect(years / "guanxi.db") as db:
        rows = db.execute("SELECT person_id, person, title, status, first_seen, last_seen FROM holdings").fetchall()
    people = {}
    for key, name, *_ in rows:
        people.setdefault(name, set()).add(key)
    assert len(people["赵明远"]) == 1, "who moves is one person"
    assert people["钱立新"] == {"person:420923:钱立新", "person:420982:钱立新"}, "a namesake is another"
    tenures = {(title, status): (first, last) for _, name, title, status, first, last in rows if name == "赵明远"}
    assert tenures["县长", "current"] == ("2023-03-06", "2023-03-06")
    assert tenures["书记", "former"] == ("2025-02-20", "2025-02-20")


def test_who_holds_what_now(years):
    with sqlite3.connect(years / "guanxi.db") as db:
        now = set(db.execute("SELECT person, body_id, title FROM current_holdings WHERE title = '书记'"))
    assert ("孙志刚", "agency:420923:中共云梦县委员会", "书记") in now
    assert ("赵明远", "agency:420922:中共大悟县委员会", "书记") in now
    assert ("赵明远", "agency:420923:中共云梦县委员会", "书记") not in now


def test_a_renamed_bureau_is_two_bodies_that_meet(years):
    with sqlite3.connect(years / "guanxi.db") as db:
        met = db.execute("SELECT body, former, since FROM successions").fetchall()
        history = db.execute(
            "SELECT person, title, body_then FROM post_history WHERE body = '云梦县乡村振兴局' ORDER BY first_seen"
        ).fetchall()
        now = {
            row[0] for row in db.execute("SELECT title FROM current_holdings WHERE person_id = 'person:420923:钱立新'")
        }
        dates = db.execute("SELECT first_seen, last_seen FROM edges WHERE label = 'SUCCEEDS'").fetchall()
    assert met == [("云梦县乡村振兴局", "云梦县扶贫开发办公室", "2021")]
    assert history == [("钱立新", "主任", "云梦县扶贫开发办公室"), ("钱立新", "局长", "云梦县乡村振兴局")]
    assert now == {"局长"}
    assert dates == [("2023-03-06", "2023-03-06")]


def test_agents_stand_in_the_order_of_the_text(years):
    with sqlite3.connect(years / "guanxi.db") as db:
        rows = db.execute("SELECT agents FROM acts WHERE verb = '出席' AND date = '2025-02-18'").fetchall()
    acts = graph_rows(years / "graph.jsonl")["acts"]
    assert rows == [("孙志刚、丁文海",)]
    assert ["孙志刚", "丁文海"] in [act["agents"] for act in acts]


def test_merged_runs_are_one_run(years, issues, read, tmp_path, guanxi):
    runs = [read([issue], tmp_path / issue.stem) for issue in issues]
    for n, folders in enumerate((runs, runs[::-1], [*runs, runs[1]])):
        out = tmp_path / f"merged{n}"
        assert guanxi("graph", "merge", *folders, "--out", out).exit_code == 0
        assert graph(out) == graph(years)
    assert set(json.loads((out / "manifest.json").read_text())["inputs"].values()) == {str(issue) for issue in issues}
    assert guanxi("graph", "merge", runs[0], tmp_path / "none", "--out", tmp_path / "x").exit_code == 1
    assert not (tmp_path / "x").exists()
