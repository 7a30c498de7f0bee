"""Runs of different papers, homes and dates merged into one."""

import itertools
import json
import sqlite3
import tracemalloc
from contextlib import closing

import pytest

from pipeline.graph import Store, graph_lines
from pipeline.graph.merge import absorb

TOWN = "安陆报\n2024年3月5日\n\n安陆市召开会议\n\n本报讯 3月4日，安陆市召开经济工作会议。安陆市委副书记、市长周启明出席会议并讲话，安陆市财政局局长钱立新汇报。\n"
RIVAL = "安陆晚报\n2024年3月6日\n\n市长周启明调研\n\n本报讯 3月5日，安陆市市长周启明到安陆市棠棣镇调研。\n"
PREFECTURE = "孝感日报\n2024年3月7日\n\n全市会议召开\n\n本报讯 3月6日，孝感市召开会议。安陆市市长周启明、云梦县县长周启明参加会议，孝感市委书记胡明达讲话。\n"


@pytest.fixture
def read(tmp_path, guanxi):
    def run(name, text, **told):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        options = [part for key, value in told.items() for part in (f"--{key}", value)]
        result = guanxi("run", tmp_path / f"{name}.txt", "--out", tmp_path / name, *options)
        assert result.exit_code == 0, result.output
        return tmp_path / name

    return run


def people(run, name):
    with sqlite3.connect(run / "guanxi.db") as db:
        return {row[0] for row in db.execute("SELECT id FROM nodes WHERE label = 'Person' AND name = ?", (name,))}


def test_two_papers_of_a_county_and_the_one_of_its_prefecture_know_the_same_people(read, guanxi, tmp_path):
    runs = [
        read("town", TOWN, home="湖北省/孝感市/安陆市", date="2024-03-05"),
        read("rival", RIVAL, home="安陆市", date="2024-03-06"),
        read("prefecture", PREFECTURE, home="湖北省/孝感市", date="2024-03-07"),
    ]
    merged = [tmp_path / "one", tmp_path / "other"]
    assert guanxi("graph", "merge", *runs, "--out", merged[0]).exit_code == 0
    assert guanxi("graph", "merge", *runs[::-1], "--out", merged[1]).exit_code == 0
    assert (merged[0] / "graph.jsonl").read_bytes() == (merged[1] / "graph.jsonl").read_bytes()
    assert people(merged[0], "周启明") == {"person:420982:周启明", "person:420923:周启明"}
    with sqlite3.connect(merged[0] / "guanxi.db") as db:
        seen = db.execute(
            "SELECT first_seen, last_seen FROM holdings WHERE post_id = 'post:420982:市长' AND body_label = 'District'"
        ).fetchall()
    assert seen == [("2024-03-05", "2024-03-07")]
    manifest = json.loads((merged[0] / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["told"] == {}
    assert len(manifest["inputs"]) == 3


def test_posts_at_no_known_body_have_no_successors(tmp_path):
    with Store(tmp_path / "guanxi.db") as store:
        people = ("周启明", "钱立新")
        posts = ("post:420982::主任", "post:420982:安陆市财政局:局长")
        nodes = [(f"person:420982:{name}", "Person", name, "{}") for name in people]
        nodes += [(post, "Post", "职务", json.dumps({"title": post.rpartition(":")[2]})) for post in posts]
        nodes.append(("agency:420982:安陆市财政局", "Agency", "安陆市财政局", "{}"))
        store.db.executemany("INSERT INTO nodes VALUES (?, ?, ?, ?)", nodes)
        edge = "INSERT INTO edges VALUES (?, ?, ?, ?, ?, 1, 0, ?, ?)"
        store.db.execute(edge, ("at", "AT", posts[1], "agency:420982:安陆市财政局", "{}", "2023-01-01", "2024-01-01"))
        for number, (name, post) in enumerate(itertools.product(people, posts)):
            day, held = f"202{3 + number // 2}-01-01", json.dumps({"status": "current"})
            store.db.execute(edge, (str(number), "HOLDS", f"person:420982:{name}", post, held, day, day))
        now = set(store.db.execute("SELECT person, title FROM current_holdings"))
    assert now == {("周启明", "主任"), ("钱立新", "主任"), ("钱立新", "局长")}


def test_one_page_read_with_two_homes_is_refused(read, guanxi, tmp_path):
    told = read("town", TOWN, home="湖北省/孝感市/安陆市", date="2024-03-05")
    (tmp_path / "again").mkdir()
    otherwise = guanxi(
        "run", tmp_path / "town.txt", "--out", tmp_path / "again", "--home", "云梦县", "--date", "2024-03-05"
    )
    assert otherwise.exit_code == 0
    for folders in ((told, tmp_path / "again"), (tmp_path / "again", told)):
        result = guanxi("graph", "merge", *folders, "--out", tmp_path / "merged")
        assert result.exit_code == 1
        assert "town.txt" in result.stderr
        assert "云梦县" in result.stderr
        assert not (tmp_path / "merged").exists()


@pytest.mark.parametrize("version", [0, 3, 7])
def test_the_database_of_another_program_is_left_as_it_is(version, years, tmp_path, guanxi):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "manifest.json").write_bytes((years / "manifest.json").read_bytes())
    path = tmp_path / "run" / "guanxi.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(f"CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = {version};")
    before = path.read_bytes()
    result = guanxi("graph", "merge", tmp_path / "run", "--out", tmp_path / "merged")
    assert result.exit_code == 1
    assert f"{path}: cannot be used, for it is the database of another program" in " ".join(result.stderr.split())
    assert path.read_bytes() == before
    assert not (tmp_path / "merged").exists()


def test_a_store_of_an_earlier_version_opens(years, tmp_path):
    path = tmp_path / "guanxi.db"
    path.write_bytes((years / "guanxi.db").read_bytes())
    with closing(sqlite3.connect(path)) as db:
        db.executescript("DROP VIEW meetings; DROP TABLE changed; DROP TABLE written; PRAGMA user_version = 3;")
    with Store(path) as store:
        assert list(graph_lines(store)) == (years / "graph.jsonl").read_text("utf-8").splitlines(keepends=True)


@pytest.mark.parametrize("size", [1, 7])
def test_a_store_taken_in_by_slices_is_the_same(size, years, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.graph.store.SLICE", size)
    with Store(tmp_path / "guanxi.db") as store:
        absorb(store, years / "guanxi.db")
        assert "".join(graph_lines(store)) == (years / "graph.jsonl").read_text("utf-8")


def test_memory_does_not_grow_with_the_evidence_of_a_merge(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.graph.store.SLICE", 200)
    with Store(tmp_path / "large.db") as large:
        node, edge = (
            "INSERT INTO nodes VALUES (?, ?, ?, '{}')",
            "INSERT INTO edges VALUES ('e', 'AT', ?, ?, '{}', 1, 0, NULL, NULL)",
        )
        large.db.executemany(node, [("post:1:局长", "Post", "局长"), ("district:1", "District", "县")])
        large.db.execute(edge, ("post:1:局长", "district:1"))
        rows = (("e", f"article:{n}:1", f"{n}.txt", n, n + 2, f"第{n}句话" * 10, 1.0, 0, None) for n in range(6_000))
        with large.transaction():
            large.db.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    with Store(tmp_path / "guanxi.db") as store:
        tracemalloc.start()
        absorb(store, tmp_path / "large.db")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert store.db.execute("SELECT count(*) FROM evidence").fetchone() == (6_000,)
    assert most < 2**20
