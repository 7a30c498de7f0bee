"""The pages say what the database says, narrowed as their address asks, in every format."""

import csv
import html
import io
import json
import re
import sqlite3
import time
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("fastapi")
from fastapi.testclient import TestClient

from pipeline.graph import Store
from pipeline.linking import bodies, posts
from pipeline.linking.places import Place
from pipeline.records import Record
from pipeline.service import api, create_app
from pipeline.service.charts import months, timeline
from pipeline.service.pages import node_path, passage
from pipeline.service.tables import as_csv
from pipeline.service.tenures import leaders, once
from pipeline.training.formats import load_samples


@pytest.fixture
def client(run_folder):
    return TestClient(create_app(run_folder), "http://127.0.0.1")


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
    for path in ("/", "/articles", "/acts", "/pages", "/graph", "/add", "/correct", district(client), f"/articles/{seed_articles[0]['id']}", f"/correct/{seed_articles[0]['id']}"):  # fmt: skip
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


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("区政府", "荆州市沙市区人民政府"),
        ("区委副书记", "中共荆州市沙市区委员会副书记"),
        ("沙市区 区长", "荆州市沙市区区长"),
    ],
)
def test_posts_and_bodies_are_found_as_they_are_called_for_short(client, words, name):
    assert name in {row["name"] for row in client.get("/api/search", params={"q": words}).json()}


def test_what_stands_for_anything_elsewhere_is_searched_as_it_is(client):
    assert client.get("/api/search", params={"q": "%%%"}).json() == []
    assert client.get("/api/search", params={"q": "秦_军"}).json() == []


@pytest.mark.parametrize("narrow", [{"q": "秦军"}, {"category": "attend"}, {"sure": "0.9"}, {"until": "2024-03-01"}])
def test_all_acts_are_narrowed(client, narrow):
    everything = {row["id"] for row in client.get("/acts", params={"as": "json"}).json()["acts"]}
    some = {row["id"] for row in client.get("/acts", params={"as": "json", **narrow}).json()["acts"]}
    assert some < everything
    assert some


def test_all_acts_are_turned_over_and_exported(client, run_folder):
    with sqlite3.connect(run_folder / "guanxi.db") as db:
        made = [
            (f"act:made{n}", f"造{n}", json.dumps({"verb": "造", "category": "other", "date": "2024-03-01"}))
            for n in range(230)
        ]
        db.executemany("INSERT INTO nodes VALUES (?, 'Act', ?, ?)", made)
    narrow, seen = {"q": "造", "category": "other"}, []
    for rows in (100, 100, 30):
        page = client.get("/acts", params={**narrow, "start": len(seen)}).text
        assert page.count('data-title="做了"') == rows
        seen += [None] * rows
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        assert bool(onward) == (rows == 100)
        if onward:
            assert parse_qs(urlsplit(html.unescape(onward[1])).query) == {
                "q": ["造"],
                "category": ["other"],
                "start": [str(len(seen))],
            }
    assert client.get("/acts", params={**narrow, "start": 230}).text.count("没有这样的行为")
    exported = client.get("/acts", params={**narrow, "start": 200, "as": "json"}).json()["acts"]
    assert {row["id"] for row in exported} == {key for key, *_ in made}
    assert client.get("/acts", params={**narrow, "as": "csv"}).text.count("\r\n") == 231


def test_exports_are_whole(client, run_folder):
    key = client.get("/api/search?q=秦军").json()[0]["id"]
    nodes = [(f"{label}:made{n}", label, f"造{n}", "{}") for label in ("Act", "Post", "Article") for n in range(600)]
    ends = {"Act": ("AGENT", lambda made: (made, key)), "Post": ("HOLDS", lambda made: (key, made))}
    edges = [(f"e:{made}", ends[label][0], *ends[label][1](made)) for made, label, *_ in nodes if label in ends]
    with sqlite3.connect(run_folder / "guanxi.db") as db:
        db.executemany("INSERT INTO nodes VALUES (?, ?, ?, ?)", nodes)
        db.executemany("INSERT INTO edges VALUES (?, ?, ?, ?, '{}', 0.9, 0, NULL, NULL)", edges)
    for table, path in {"posts": node_path(key), "acts": node_path(key), "articles": "/articles"}.items():
        rows = client.get(path, params={"as": "json"}).json()[table]
        lines = client.get(path, params={"as": "csv", "table": table}).text.removeprefix("\ufeff")
        assert len(rows) == len(list(csv.DictReader(io.StringIO(lines)))) > 600


def test_an_act_leads_to_who_did_it_and_to_its_source(client):
    page = client.get("/acts", params={"q": "秦军出席"}).text
    key = client.get("/api/search?q=秦军").json()[0]["id"]
    assert f'href="{node_path(key)}"' in page
    assert re.search(r'href="/articles/[^"#]+#:~:text=%E7%A7%A6', page)


def test_every_count_on_the_first_page_leads_somewhere(client):
    for link in re.findall(r'<li><a href="([^"]+)"><b>', client.get("/").text):
        assert "<table" in client.get(link).text or 'class="results"' in client.get(link).text, link


def test_a_body_has_the_history_of_the_one_before_it(client, run_folder):
    old = client.get("/api/search", params={"q": "荆州市沙市区人民政府", "label": "Agency"}).json()[0]["id"]
    with sqlite3.connect(run_folder / "guanxi.db") as db:
        db.execute("INSERT INTO nodes VALUES ('agency:new', 'Agency', '新政府', '{}')")
        db.execute("INSERT INTO edges VALUES ('e:new', 'SUCCEEDS', 'agency:new', ?, '{}', 0.9, 0, NULL, NULL)", (old,))
    tables = client.get("/nodes/agency:new", params={"as": "json"}).json()
    assert "秦军" in {row["person"] for row in tables["posts"]}
    assert "前身" in client.get("/nodes/agency:new").text
    assert "后继" in client.get(node_path(old)).text


@pytest.mark.parametrize(("seen", "gone"), [("2025-01-01", True), ("2019-01-01", False), (None, True)])
def test_a_body_that_another_took_the_place_of_does_not_stand_beside_it(client, run_folder, seen, gone):
    page, body = district(client), client.get("/api/search?q=荆州市沙市区人民政府&label=Agency").json()[0]["id"]
    assert node_path(body) in chart(client.get(page).text)
    edges = [("e:1", "SUCCEEDS", "agency:new", body, '{"since": "2023"}', None), ("e:2", "SERVES", "agency:new", page.removeprefix("/nodes/"), "{}", seen)]  # fmt: skip
    with sqlite3.connect(run_folder / "guanxi.db") as db:
        db.execute("INSERT INTO nodes VALUES ('agency:new', 'Agency', '新政府', '{}')")
        db.executemany("INSERT INTO edges VALUES (?, ?, ?, ?, ?, 0.9, 0, NULL, ?)", edges)
    assert (node_path(body) in chart(client.get(page).text)) == (not gone)
    assert body in {row["body_id"] for row in client.get(page, params={"as": "json"}).json()["posts"]}


def chart(page):
    return page.partition('<section id="chart">')[2].partition("</section>")[0]


def test_an_article_that_cannot_be_marked_up_leaves_the_others_readable(client, tmp_path):
    for key, text in (("a", "区长|秦军"), ("b", "区长秦军"), ("c", "区长{秦军")):
        client.app.state.run.corrections.save(key, 0, Record(id=key, text=text))
    (tmp_path / "corrections.ann").write_text(client.get("/correct/corrections.ann").text, encoding="utf-8")
    assert [record.id for record in load_samples([tmp_path / "corrections.ann"])] == ["b"]


def test_an_upload_that_failed_says_why(client):
    job = client.post("/api/pages", files={"file": ("a<b>.txt", b" ")}).json()["job"]
    while client.get(f"/api/pages/{job}").json()["state"] != "failed":
        time.sleep(0.2)
    page = client.get(f"/add/{job}").text
    assert "文件是空的" in page
    assert re.search(r"<small[^>]*>upload-ab.txt: holds nothing but white space", page)


def tenure(person, seen, status="current", title="区长", body="agency:1"):
    return {"edge": f"{person}{status}", "person_id": person, "post_id": title, "title": title, "status": status, "first_seen": seen,
            "last_seen": seen, "body_id": body, "body": body, "system": "government"}  # fmt: skip


def test_only_present_holders_lead():
    rows = [
        tenure("甲", "2021-01-01"), tenure("乙", "2023-01-01"), tenure("丙", "2021-01-01", title="副区长"),
        tenure("丁", "2023-01-01", title="副区长"), tenure("戊", "2022-01-01", title="镇长"), tenure("戊", "2023-01-01", "former", "镇长"),
        tenure("己", "2022-01-01", "proposed", "局长"),
    ]  # fmt: skip
    assert [row["person_id"] for _, group in leaders("district:1", rows) for row in group] == ["乙", "丙", "丁"]


def test_a_post_of_a_district_and_its_government_is_told_once():
    rows = [tenure("甲", "2021-01-01", body="district:1"), tenure("甲", "2021-01-01"), tenure("乙", "2021-01-01", body="district:1")]  # fmt: skip
    assert [(row["person_id"], row["body_id"]) for row in once(rows)] == [("甲", "agency:1"), ("乙", "district:1")]


def test_a_long_quotation_is_shown_by_its_ends():
    assert passage("区长-秦军") == "#:~:text=%E5%8C%BA%E9%95%BF%2D%E7%A7%A6%E5%86%9B"
    assert passage("甲" * 100).count(",") == 1


def test_spreadsheets_take_no_name_for_a_formula():
    assert "".join(as_csv([{"name": "=1+1"}])).splitlines() == ["\ufeffname", "'=1+1"]


def test_months_without_acts_stand_in_the_row():
    row = months([{"month": "2023-11", "acts": 2}, {"month": "2024-02", "acts": 4}])
    assert [(m["month"], m["acts"], m["height"]) for m in row] == [("2023-11", 2, 50), ("2023-12", 0, 0), ("2024-01", 0, 0), ("2024-02", 4, 100)]  # fmt: skip


def test_a_misread_year_costs_no_months_of_today():
    row = months([{"month": "0201-01", "acts": 9}, {"month": "2024-02", "acts": 4}])
    assert (len(row), row[0]["month"], row[-1]["month"], row[-1]["height"]) == (60, "2019-03", "2024-02", 100)


def test_tenures_without_dates_are_counted():
    line = timeline([{"first_seen": "2024-01-01", "last_seen": "2024-06-01"}, {"first_seen": None, "last_seen": None}])
    assert len(line.bars) == line.left_out == 1
    assert line.bars[0].width > 90


def test_training_is_refused_with_the_reason(client, monkeypatch):
    assert client.post("/api/training/use").status_code == 409
    monkeypatch.setattr(api, "missing", lambda: ["torch"])
    answer = client.post("/api/training")
    assert answer.status_code == 422
    assert "guanxi[train]" in answer.json()["detail"]
    monkeypatch.setattr(api, "missing", list)
    assert client.post("/api/training").status_code == 409


def test_the_chart_leaves_out_what_somebody_has_left_for_another_post(tmp_path):
    county = Place.division("341226")
    held = [posts.make("局长", bodies.department(county, name, 1.0), None) for name in ("教育局", "财政局")]
    with Store(tmp_path / "guanxi.db") as store:
        nodes = [
            ("person:1:某", "Person", "某", {}), ("district:341226", "District", "颍上县", {}),
            *((n.id, n.labels[0], n.properties["name"], n.properties) for one in held for n in (one.node(), one.target.node())),
        ]  # fmt: skip
        for key, label, name, properties in nodes:
            store.db.execute("INSERT INTO nodes VALUES (?, ?, ?, ?)", (key, label, name, json.dumps(properties)))
        edges = [(fact.type, fact.start, fact.end, "{}", "2021-01-01") for one in held for fact in one.facts([])]
        edges += [("SERVES", one.target.id, "district:341226", "{}", "2021-01-01") for one in held]
        edges += [
            ("HOLDS", "person:1:某", one.id, '{"status": "current"}', f"202{n}-01-01") for n, one in enumerate(held)
        ]
        for number, (*edge, day) in enumerate(edges):
            row = (f"edge:{number}", *edge, day, day)
            store.db.execute("INSERT INTO edges VALUES (?, ?, ?, ?, ?, 1, 0, ?, ?)", row)
    page = TestClient(create_app(tmp_path), "http://127.0.0.1").get("/nodes/district:341226").text
    chart = page.partition('id="chart"')[2].partition("</section>")[0]
    assert "财政局" in chart
    assert "教育局" not in chart


def test_articles_to_correct_are_told_apart_by_date(client, run_folder, seed_articles):
    with sqlite3.connect(run_folder / "guanxi.db") as db:
        day = "UPDATE nodes SET properties = json_set(properties, '$.date', '2024-03-01') WHERE id = ?"
        db.execute(day, (seed_articles[0]["id"],))
    assert "· 2024-03-01" in client.get("/correct").text
