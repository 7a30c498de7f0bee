"""The pages say what the database says, narrowed as their address asks, in every format."""

import csv
import io
import re
import sqlite3

import pytest

pytest.importorskip("fastapi")
from fastapi.testclient import TestClient

from pipeline.service import api, create_app
from pipeline.service.charts import months, timeline
from pipeline.service.tables import as_csv


@pytest.fixture
def client(run_folder):
    return TestClient(create_app(run_folder))


def district(client):
    found = client.get("/api/search", params={"q": "沙市区", "label": "District"}).json()
    return f"/nodes/{found[0]['id']}"


def test_a_page_and_its_exports_tell_the_same(client):
    page = district(client)
    rows = client.get(page, params={"as": "json"}).json()["posts"]
    assert "秦军" in {row["person"] for row in rows}
    table = client.get(page, params={"as": "csv", "table": "posts"}).text.removeprefix("\ufeff")
    assert [row["person"] for row in csv.DictReader(io.StringIO(table))] == [row["person"] for row in rows]
    assert all(row["person"] in client.get(page).text for row in rows)


@pytest.mark.parametrize("narrow", [{"since": "2999"}, {"until": "1900"}, {"sure": "1"}])
def test_views_are_narrowed(client, narrow):
    page = district(client)
    everything = client.get(page, params={"as": "json"}).json()
    some = client.get(page, params={"as": "json", **narrow}).json()
    assert len(some["posts"]) < len(everything["posts"])
    assert len(some["acts"]) < len(everything["acts"])


def test_acts_are_narrowed_by_category(client):
    page = district(client)
    acts = client.get(page, params={"as": "json"}).json()["acts"]
    kind = acts[0]["category"]
    some = client.get(page, params={"as": "json", "category": kind}).json()["acts"]
    assert [act["id"] for act in some] == [act["id"] for act in acts if act["category"] == kind]


def test_no_page_has_inline_script_or_style(client, seed_articles):
    for path in ("/", "/articles", "/pages", "/graph", "/add", "/correct", district(client), f"/articles/{seed_articles[0]['id']}", f"/correct/{seed_articles[0]['id']}"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 200
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|application/json))", answer.text), path
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_all_articles_of_a_page_are_on_one_page(client, seed_articles):
    page = re.search(r'href="(/pages/\w+)"', client.get("/pages").text)[1]
    assert client.get(page).text.count("<article") == len(seed_articles)


def test_an_id_that_turned_out_to_be_another_leads_there(client, run_folder):
    key = client.get("/api/search?q=秦军").json()[0]["id"]
    with sqlite3.connect(run_folder / "guanxi.db") as db:
        db.execute("INSERT INTO same_people VALUES ('person:1:某', ?)", (key,))
    assert "秦军" in client.get("/nodes/person:1:某").text


def test_what_is_not_there_is_said_on_a_page(client):
    for path in ("/nodes/nobody", "/articles/none", "/correct/none", "/pages/none", "/add/none", "/nowhere"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.text.startswith("<!doctype html>")


def test_spreadsheets_take_no_name_for_a_formula():
    assert as_csv([{"name": "=1+1"}]).splitlines() == ["name", "'=1+1"]


def test_months_without_acts_stand_in_the_row():
    row = months([{"month": "2023-11", "acts": 2}, {"month": "2024-02", "acts": 4}])
    assert [(m["month"], m["acts"], m["height"]) for m in row] == [("2023-11", 2, 50), ("2023-12", 0, 0), ("2024-01", 0, 0), ("2024-02", 4, 100)]  # fmt: skip


def test_tenures_without_dates_are_counted():
    line = timeline([{"first_seen": "2024-01-01", "last_seen": "2024-06-01"}, {"first_seen": None, "last_seen": None}])
    assert len(line.bars) == line.undated == 1
    assert line.bars[0].width > 90


def test_training_is_refused_with_the_reason(client, monkeypatch):
    assert client.post("/api/training/use").status_code == 409
    monkeypatch.setattr(api, "missing", lambda: ["torch"])
    answer = client.post("/api/training")
    assert answer.status_code == 422
    assert "guanxi[train]" in answer.json()["detail"]
    monkeypatch.setattr(api, "missing", list)
    assert client.post("/api/training").status_code == 409
