"""Acts of a linked article: their categories and dates."""

import pytest

import pipeline
from pipeline.graph import build
from pipeline.graph.acts import category
from pipeline.linking import link_issue
from pipeline.records import Article
from pipeline.training.formats import load_samples


@pytest.fixture
def acts(tmp_path):
    """(verb, date, whether the date is inferred) of the acts of an annotated passage."""

    def read(text, date="2024-03-07"):
        (tmp_path / "passage.ann").write_text(f"# id: p\n{text}\n===\n", encoding="utf-8")
        (record,) = load_samples([tmp_path / "passage.ann"])
        (linked,) = link_issue([(Article(id="p", source="t", body=record.text), record, [])], home="沙市区", date=date)
        nodes = [node.properties for node in build(linked).nodes.values() if node.labels == ["Act"]]
        return {(node["verb"], node.get("date"), node.get("date_inferred", False)) for node in nodes}

    return read


def test_acts_of_a_report_are_of_its_only_day(acts):
    text = (
        "{2月29日|M1}，{区委|A1}{召开|X1}会议。{区长|T1}{秦军|P1}{出席|X2}并{强调|X3}。{县里|D1}{投入|X4}资金。\n---\n"
        "X1 time M1\nX1 agent A1\nX2 agent P1\nX3 agent P1\nP1 holds T1"
    )
    day = "2024-02-29"
    assert acts(text) == {("召开", day, False), ("出席", day, True), ("强调", day, True), ("投入", None, False)}


def test_with_two_days_nothing_is_inferred(acts):
    text = (
        "{2月29日|M1}，{区委|A1}{召开|X1}会议。{3月1日|M2}，{区政府|A2}{召开|X2}会议。{秦军|P1}{出席|X3}。\n---\n"
        "X1 time M1\nX1 agent A1\nX2 time M2\nX2 agent A2\nX3 agent P1"
    )
    assert ("出席", None, False) in acts(text)


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("作", "speak"), ("合作", "sign"), ("巡诊", "other"), ("巡查", "inspect"), ("巡河", "inspect"), ("举起", "other"),
        ("赠送", "donate"), ("指导", "inspect"), ("审理", "sentence"), ("建立", "launch"), ("评出", "award"), ("工作", "other"),
    ],
)  # fmt: skip
def test_categories_of_verbs(verb, kind):
    assert category(verb) == kind


def test_graphs_are_loaded_from_the_package(seed_run):
    assert pipeline.load_graph(seed_run).number_of_nodes() > 0
    assert "load_graph" in pipeline.__all__
    with pytest.raises(AttributeError):
        pipeline.no_such_name  # noqa: B018


@pytest.mark.parametrize(
    ("text", "arc"),
    [
        ("{程先锋|P1}率团来我区{考察|X1}。", ("考察", "PLACE", "沙市区")),
        ("{徐汇区|D1}联络组向我区{捐赠|X1}图书。", ("捐赠", "OBJECT", "沙市区")),
        ("在{江陵县|D1}，{程先锋|P1}向该县{捐赠|X1}图书。", ("捐赠", "OBJECT", "江陵县")),
        ("{程先锋|P1}为我区{发展|T1}{说|X1}好。", None),
        ("我区{程先锋|P1}{说|X1}好。", None),
    ],
)
def test_the_district_that_a_pronoun_tells(text, arc, tmp_path):
    (tmp_path / "passage.ann").write_text(f"# id: p\n{text}\n===\n", encoding="utf-8")
    (record,) = load_samples([tmp_path / "passage.ann"])
    article = Article(id="p", source="t", body=record.text)
    (linked,) = link_issue([(article, record, [(0, len(record.text), 0)])], home="荆州市沙市区")
    facts = build(linked)
    names = {key: node.properties.get("verb") or node.properties.get("name") for key, node in facts.nodes.items()}
    ends = {
        (names[f.start], f.label, names[f.end]) for f in facts.facts if f.label in {"PLACE", "OBJECT"} and f.inferred
    }
    assert ends == ({arc} if arc else set())
