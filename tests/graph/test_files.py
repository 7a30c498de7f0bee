"""The text files beside a store follow it, whatever happened to them."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.graph import Entry, Store, bring_up_to_date, graph_lines
from pipeline.graph.facts import Fact, Facts
from pipeline.graph.files import splice
from pipeline.records import ArticleRecord, Node


def line(key, value):
    return json.dumps({"key": key, "value": value}, ensure_ascii=False) + "\n"


@settings(deadline=None)
@given(
    st.dictionaries(st.text(max_size=3), st.integers()), st.dictionaries(st.text(max_size=3), st.none() | st.integers())
)
def test_changed_lines_are_put_between_the_others(tmp_path_factory, before, changes):
    path = tmp_path_factory.mktemp("splice") / "lines"
    path.write_text("".join(line(key, before[key]) for key in sorted(before)) or "\n", encoding="utf-8")
    after = {key: value for key, value in (before | changes).items() if value is not None}
    if not before:
        return
    out = io.BytesIO()
    rows = [((key,), None if changes[key] is None else line(key, changes[key])) for key in sorted(changes)]
    with path.open("rb") as old:
        splice(old, rows, lambda item: (item["key"],), out)
    assert out.getvalue().decode() == "".join(line(key, after[key]) for key in sorted(after))


def issue(number, person="秦军"):
    article = f"article:{number:016x}:1"
    proof = {"article": article, "source": f"{number}.txt", "start": 0, "end": 2, "quote": person}
    facts = Facts()
    for key, label in ((article, "Article"), (f"person:421002:{person}", "Person"), ("post:421002:区长", "Post")):
        facts.add_node(Node(id=key, labels=[label], properties={"name": key}))
    facts.facts.append(
        Fact(
            "HOLDS",
            f"person:421002:{person}",
            "post:421002:区长",
            0.9,
            proof,
            f"2024-01-{number:02}",
            properties={"status": "current"},
        )
    )
    record = ArticleRecord(id=article, source=f"{number}.txt", body=person, text=person)
    return Entry(f"{number:064x}", f"{number}.txt", {}, 0.0), [(record, facts)]


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "guanxi.db") as store:
        for number in (5, 3, 7):
            store.add(*issue(number))
            bring_up_to_date(store, tmp_path)
        yield store


def whole(store, folder):
    """Do the files hold exactly what the store holds?"""
    graph = (folder / "graph.jsonl").read_text(encoding="utf-8") == "".join(graph_lines(store))
    articles = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines() == list(store.records())
    return graph and articles


def test_files_follow_the_store_issue_by_issue(store, tmp_path):
    assert whole(store, tmp_path)
    assert not store.db.execute("SELECT * FROM changed").fetchall()


@pytest.mark.parametrize("harm", ["lost", "cut", "empty", "old"])
def test_a_file_that_somebody_touched_is_written_anew(store, tmp_path, harm):
    for name in ("graph.jsonl", "articles.jsonl"):
        path = tmp_path / name
        text = path.read_text(encoding="utf-8")
        if harm == "lost":
            path.unlink()
        else:
            path.write_text({"cut": text[:50], "empty": "", "old": text.splitlines()[0] + "\n"}[harm], encoding="utf-8")
    store.add(*issue(9, "方远"))
    bring_up_to_date(store, tmp_path)
    assert whole(store, tmp_path)


def test_what_was_merged_before_a_kill_is_written_by_the_next_run(store, tmp_path):
    store.add(*issue(8))
    store.db.close()
    with Store(tmp_path / "guanxi.db") as again:
        again.add(*issue(9, "方远"))
        bring_up_to_date(again, tmp_path)
        assert whole(again, tmp_path)
