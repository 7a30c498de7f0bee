"""The API answers from the run, guards itself, and never loses a correction."""

import sqlite3

import pytest

pytest.importorskip("fastapi")
from fastapi.testclient import TestClient

from pipeline.service import create_app
from pipeline.service.guard import LARGEST


@pytest.fixture
def client(seed_run, tmp_path):
    import shutil

    shutil.copytree(seed_run, tmp_path / "run")
    return TestClient(create_app(tmp_path / "run"), "http://127.0.0.1")


def test_names_are_found_and_neighbours_expanded(client):
    found = client.get("/api/search", params={"q": "秦军"}).json()
    person = next(row for row in found if row["label"] == "Person")
    part = client.get("/api/graph", params={"node": person["id"]}).json()
    assert person["id"] in {node["id"] for node in part["nodes"]}
    assert any(edge["label"] == "HOLDS" for edge in part["edges"])
    assert client.get("/api/graph", params={"node": "person:0:<script>"}).status_code == 404


def test_an_edge_leads_to_the_words_that_say_it(client, seed_articles):
    person = next(row for row in client.get("/api/search?q=秦军").json() if row["label"] == "Person")
    part = client.get("/api/graph", params={"node": person["id"]}).json()
    drawn = next(edge for edge in part["edges"] if edge["label"] == "HOLDS")
    edge = client.get(f"/api/edges/{drawn['id']}").json()
    assert edge["start"] == {"id": person["id"], "label": "Person", "name": "秦军"}
    assert {edge[key] for key in ("label", "status", "confidence")} == {
        drawn[key] for key in ("label", "status", "confidence")
    }
    assert edge["times"] == len(edge["evidence"]) > 0
    texts = {article["id"]: article["text"] for article in seed_articles}
    for proof in edge["evidence"]:
        assert proof["quote"] in texts[proof["article"]]
        assert client.get(proof["path"]).status_code == 200
    assert client.get("/api/edges/edge:none").status_code == 404


def test_the_graph_is_as_large_and_as_sure_as_it_is_asked_to_be(client):
    some, all_ = (client.get("/api/graph", params={"most": most}).json() for most in (5, 5000))
    assert (some["cut"], all_["cut"]) == (True, False)
    assert len(some["nodes"]) <= 5 < len(all_["nodes"])
    assert {end for edge in all_["edges"] for end in (edge["start"], edge["end"])} == {
        node["id"] for node in all_["nodes"]
    }
    confidences = [edge["confidence"] for edge in all_["edges"]]
    assert confidences == sorted(confidences, reverse=True)
    sure = client.get("/api/graph", params={"most": 5000, "sure": 0.9}).json()
    assert [edge for edge in all_["edges"] if edge["confidence"] >= 0.9] == sure["edges"]


def test_a_graph_of_which_not_all_was_looked_at_is_cut(run_folder):
    with sqlite3.connect(run_folder / "guanxi.db") as db:
        db.execute("UPDATE edges SET first_seen = '2024-01-01', last_seen = '2024-01-01'")
        db.executemany("INSERT INTO nodes VALUES (?, ?, '末', '{}')", [("z:1", "Person"), ("z:2", "Post")])
        db.execute("INSERT INTO edges VALUES ('z', 'HOLDS', 'z:1', 'z:2', '{}', 0.9, 0, '2001-05-01', '2001-05-01')")
    client = TestClient(create_app(run_folder), "http://127.0.0.1")
    some, all_ = (client.get(f"/api/graph?since=2001&until=2001&most={most}").json() for most in (2, 5000))
    assert (some["edges"], some["cut"]) == ([], True)
    assert ([edge["id"] for edge in all_["edges"]], all_["cut"]) == (["z"], False)


def test_the_description_tells_what_an_edge_has(client):
    described = client.get("/api/openapi.json").json()
    answer = described["paths"]["/api/edges/{key}"]["get"]["responses"]["200"]["content"]["application/json"]
    assert answer["schema"]["$ref"].endswith("/Statement")


def test_passages_are_read(client):
    answer = client.post("/api/extract", json={"passages": [{"id": "a", "text": "沙市区区长秦军主持召开会议。"}]})
    assert "秦军" in {mention["text"] for mention in answer.json()["records"][0]["entities"]}


def test_two_people_who_correct_one_article_lose_nothing(client, seed_articles):
    path = f"/api/articles/{seed_articles[0]['id']}/record"
    start = client.get(path).json()
    mine = {"version": 0, "entities": start["record"]["entities"][:1], "relations": []}
    assert client.put(path, json=mine).json() == {"version": 1}
    refused = client.put(path, json={"version": 0, "entities": [], "relations": []})
    assert refused.status_code == 409
    assert refused.json()["record"]["entities"] == mine["entities"]
    assert [row["version"] for row in client.get(path.replace("record", "history")).json()] == [1]


def test_a_correction_that_breaks_the_scheme_is_refused(client, seed_articles):
    path = f"/api/articles/{seed_articles[0]['id']}/record"
    wrong = {"id": "P1", "label": "PERSON", "start": 0, "end": 2, "text": "不是"}
    assert client.put(path, json={"version": 0, "entities": [wrong]}).status_code == 422


def test_an_upload_is_read_and_merged_when_the_user_says_so(client, settled, seeds):
    with (seeds / "pages" / "page-1.txt").open("rb") as file:
        job = client.post("/api/pages", files={"file": ("../页 1.txt", file)}).json()["job"]
    now = settled(client, job)
    assert now["state"] == "read"
    assert now["articles"]
    assert client.post(f"/api/pages/{job}/merge").status_code == 202
    assert client.post(f"/api/pages/{job}/merge").status_code == 409
    assert settled(client, job)["state"] == "merged"


def test_foreign_hosts_sites_and_large_requests_are_refused(client):
    assert client.get("/api/search?q=秦", headers={"host": "evil.example"}).status_code == 421
    evil = {"origin": "https://evil.example"}
    assert client.post("/api/extract", json={"passages": [{"text": "秦"}]}, headers=evil).status_code == 403
    assert client.post("/api/extract", content=iter([b"x" * 2**20] * (LARGEST // 2**20 + 1))).status_code == 413
    assert "default-src 'none'" in client.get("/api/openapi.json").headers["content-security-policy"]


def test_a_token_is_asked_for(seed_run, tmp_path):
    import shutil

    shutil.copytree(seed_run, tmp_path / "run")
    client = TestClient(create_app(tmp_path / "run", token="secret"), "http://127.0.0.1")
    assert client.get("/api/openapi.json").status_code == 401
    assert client.get("/api/openapi.json", headers={"authorization": "Bearer secret"}).status_code == 200


def test_the_address_with_the_token_opens_the_pages(run_folder):
    client = TestClient(create_app(run_folder, token="秘密"), "http://127.0.0.1")
    assert client.get("/").status_code == 401
    assert client.get("/", params={"token": "秘密"}).status_code == 200
    assert client.get("/articles").status_code == 200
    client.cookies.clear()
    assert client.get("/", params={"token": "其他"}).status_code == 401


@pytest.mark.parametrize("others", ["a/b=1", "name with spaces=1", "ü=1"])
def test_cookies_of_others_are_no_matter(run_folder, others):
    client = TestClient(create_app(run_folder, token="secret"), "http://127.0.0.1")
    mine = client.get("/", params={"token": "secret"}, follow_redirects=False).cookies["guanxi"]
    client.cookies.clear()
    sent = {"cookie": f"{others}; guanxi={mine}".encode()}
    assert client.get("/articles", headers=sent).status_code == 200
