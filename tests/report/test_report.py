"""The report holds all that was found, asks nothing of a network, and shows hostile text as text."""

import io
import re
import shutil
import subprocess

import pytest

from pipeline.records import ArticleRecord, Mention, Relation
from pipeline.report import write_report
from pipeline.report.articles import view

HOSTILE = '张"><script>alert(1)</script>\u202e明'


def test_every_mention_is_marked_and_nothing_is_fetched(seed_run, seed_articles):
    html = (seed_run / "report.html").read_text(encoding="utf-8")
    for number, article in enumerate(seed_articles):
        for mention in article["entities"]:
            assert f'id="a{number}-{mention["id"]}"' in html
    assert not re.search(r'(?:src|href)="(?!#)|@import|url\(', html)


def test_hostile_text_is_shown_as_text():
    text = f"{HOSTILE}\n{HOSTILE}到会。"
    record = ArticleRecord(
        id="1", source=HOSTILE, headline=HOSTILE, body=f"{HOSTILE}到会。", text=text,
        entities=[Mention(id="P1", label="PERSON", start=0, end=len(HOSTILE), text=HOSTILE)],
    )  # fmt: skip
    file = io.StringIO()
    write_report(file, [record], [], [])
    assert "<script>alert" not in file.getvalue()
    assert "&lt;script&gt;alert(1)" in file.getvalue()


def test_the_report_holds_the_arcs_of_each_article():
    text = "区长秦军到会。"
    record = ArticleRecord(
        id="1", source="s", body=text, text=text,
        entities=[
            Mention(id="T1", label="TITLE", start=0, end=2, text="区长"),
            Mention(id="P1", label="PERSON", start=2, end=4, text="秦军"),
        ],
        relations=[Relation(type="holds", head="P1", tail="T1")],
    )  # fmt: skip
    assert view(record, "a0").arcs == [("holds", "P1", "T1")]
    write_report(file := io.StringIO(), [record], [], [])
    assert '"arcs":{"a0":[["holds","P1","T1"]]}' in file.getvalue()


@pytest.mark.browser
def test_the_report_draws_its_graph_in_a_browser(seed_run):
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs chromium")
    command = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        (seed_run / "report.html").as_uri(),
    ]
    dom = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert "<circle" in dom


def test_people_read_chinese_words_and_officials_before_reporters(seed_run):
    page = (seed_run / "report.html").read_text(encoding="utf-8")
    table = page[page.index('<table id="posts">') : page.index('<table id="deeds">')]
    assert "<td>现任</td>" in table and "<td>current</td>" not in table
    assert ">人名</button>" in page
    assert table.index("区委员会") < table.index("记者")
