"""The documented questions and the worked examples run and answer."""

import re
import runpy
import sqlite3
from pathlib import Path

import networkx
import pytest

DOCS = Path(__file__).parents[2] / "docs"
QUESTIONS = re.findall(r"`(SELECT .*?;)`", (DOCS / "graph.md").read_text(encoding="utf-8"))


def test_all_documented_questions_are_asked():
    assert len(QUESTIONS) == 13


@pytest.mark.parametrize("question", QUESTIONS)
def test_documented_sql_answers(question, years):
    for old, new in (("沙市区", "云梦县"), ("区长", "县长"), ("秦军", "赵明远"), ("2024-03", "2024-01")):
        question = question.replace(old, new)
    with sqlite3.connect(years / "guanxi.db") as db:
        assert db.execute(question).fetchall()


def ask(run, number):
    """The answer to a documented question, asked of 云梦县 in January 2024."""
    question = QUESTIONS[number]
    for old, new in (("沙市区", "云梦县"), ("区长", "县长"), ("秦军", "赵明远"), ("2024-03", "2024-01")):
        question = question.replace(old, new)
    with sqlite3.connect(run / "guanxi.db") as db:
        return db.execute(question).fetchall()


def test_answers_are_what_the_issues_say(years):
    now, before, names, together, met, month = (ask(years, number) for number in range(6))
    assert [row[:2] for row in now] == [("丁文海", "县长")]
    assert [row[0] for row in before] == ["赵明远", "丁文海"]
    assert names == [("云梦县乡村振兴局", "云梦县扶贫开发办公室", "2021")]
    assert [(other, date) for other, _, date in together] == [("钱立新", "2023-03-04")]
    assert met[0][1] >= 1
    assert {row[0][:7] for row in month} == {"2024-01"}


def test_who_holds_what_now_answers(seed_run):
    with sqlite3.connect(seed_run / "guanxi.db") as db:
        assert ("秦军", "区长") in {row[:2] for row in db.execute(QUESTIONS[0])}


def test_leadership_of_a_district(seed_run, tmp_path, capsys):
    example = runpy.run_path(str(DOCS / "examples" / "leadership.py"))
    example["main"](str(seed_run), "沙市区", str(tmp_path / "network.gexf"))
    assert "秦军" in capsys.readouterr().out
    assert "秦军" in {data["label"] for _, data in networkx.read_gexf(tmp_path / "network.gexf").nodes(data=True)}


def test_inspections_of_a_month(years, capsys):
    pytest.importorskip("pandas")
    example = runpy.run_path(str(DOCS / "examples" / "inspections.py"))
    assert set(example["inspections"](str(years), "2024-01")["verb"]) & {"调研", "考察"}
    assert example["inspections"](str(years), "2023-03").empty
    example["main"](str(years), "2024-01")
    assert "2024-01-12" in capsys.readouterr().out


def test_more_answers_are_what_the_issues_say(years):
    secretaries, left, new, together, went, words, namesakes = (ask(years, number) for number in range(6, 13))
    assert {row[:2] for row in secretaries} >= {("赵明远", "former"), ("孙志刚", "current")}
    assert {row[0] for row in left} == {"赵明远"}
    assert "孙志刚" in {row[0] for row in new}
    assert [row[1:] for row in together] == [("钱立新", "赵明远")]
    assert {"2024-01-12", "2024-01-13"} <= {row[0] for row in went}
    assert words
    assert all("赵明远" in row[0] for row in words)
    assert [row[:2] for row in namesakes] == [("钱立新", 2)]


def test_bodies_that_inspected_townships(years):
    (query,) = re.findall(r"```sql\n(.*?)```", (DOCS / "graph.md").read_text(encoding="utf-8"), re.DOTALL)
    with sqlite3.connect(years / "guanxi.db") as db:
        assert [column[0] for column in db.execute(query).description] == ["body", "place", "times"]


def test_the_example_of_the_readme(tmp_path, monkeypatch, guanxi):
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    page = re.search(r"```text\n(.*?)```", text, re.DOTALL)[1]
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    console = re.search(r"```console\n(.*?)```", text, re.DOTALL)[1]
    shown = ""
    for line in console.splitlines():
        if line.startswith("$ guanxi "):
            result = guanxi(*line.split()[2:])
            assert result.exit_code == 0, result.output
            shown = [row.split() for row in result.output.splitlines()]
        else:
            assert line.split() in shown
    assert page[77:96].replace("\n", "") == "县农业农村局原局长、县林业局局长樊克俭"
