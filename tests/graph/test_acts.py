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


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("{2月29日|M1}，{区委|A1}{召开|X1}会议。{3月1日|M2}，{区政府|A2}{召开|X2}会议。{秦军|P1}{出席|X3}。", "03-01"),
        ("{2月29日|M1}，{区委|A1}{召开|X1}会议，{秦军|P1}{出席|X3}。{3月1日|M2}，{区政府|A2}{召开|X2}会议。", "02-29"),
        ("{2月29日|M1}，{区委|A1}{召开|X1}会议，{3月1日|M2}，{区政府|A2}{召开|X2}会议。{秦军|P1}{投入|X3}。", None),
        (
            "{2月29日|M1}，{区委|A1}{召开|X1}会议。{区政府|A2}{2024年4月1日|M2}{召开|X2}会议。{秦军|P1}{出席|X3}。",
            "02-29",
        ),
        ("{2月29日|M1}，{区委|A1}{召开|X1}会议。{区政府|A2}{2019年4月1日|M2}{召开|X2}会议。{秦军|P1}{出席|X3}。", None),
    ],
)
def test_acts_without_time_are_of_the_day_told_next_to_them(acts, text, days):
    arcs = "X1 time M1\nX1 agent A1\nX2 time M2\nX2 agent A2\nX3 agent P1"
    told = {verb: day for verb, day, _ in acts(f"{text}\n---\n{arcs}") if verb != "召开"}
    assert list(told.values()) == [f"2024-{days}" if days else None]


def test_acts_without_time_are_of_the_day_of_their_event(acts):
    text = (
        "{2月29日|M1}，{区委|A1}{召开|X1}{全区经济工作会议|E1}。{3月1日|M2}，{区政府|A2}{召开|X2}会议。\n"
        "{秦军|P1}{出席|X3}{全区经济工作会议|E2}。\n---\n"
        "X1 time M1\nX1 agent A1\nX1 object E1\nX2 time M2\nX2 agent A2\nX3 agent P1\nX3 object E2"
    )
    assert ("出席", "2024-02-29", True) in acts(text)


def test_of_two_times_the_most_exact_counts(acts):
    text = "{3月1日至6日|M1}，{县公安局|A1}于{3月5日晚|M2}{抓获|X1}三人。\n---\nX1 time M1\nX1 time M2\nX1 agent A1"
    assert acts(text) == {("抓获", "2024-03-05", False)}


@pytest.mark.parametrize(
    ("headline", "number"),
    [
        ("{秦军|P1}{调研|X1}", 1),
        ("{秦军|P1}到{观音垱镇|D1}{调研|X1}", 1),
        ("{李莉|P1}{调研|X1}", 2),
        ("{秦军|P1}{检查|X1}", 2),
    ],
)
def test_an_act_of_the_headline_is_that_of_the_body(tmp_path, headline, number):
    arcs = "X1 agent P1\n" + ("X1 place D1\n" if "D1" in headline else "")
    body = "{3月5日|M2}，{秦军|P2}到{观音垱镇|D2}{调研|X2}。"
    (tmp_path / "passage.ann").write_text(
        f"# id: p\n{headline}\n{body}\n---\n{arcs}X2 agent P2\nX2 place D2\nX2 time M2\n===\n", encoding="utf-8"
    )
    (record,) = load_samples([tmp_path / "passage.ann"])
    article = Article(id="p", source="t", body=record.text.partition("\n")[2])
    (linked,) = link_issue([(article, record, [(0, len(record.text), 0)])], home="荆州市沙市区", date="2024-03-07")
    facts = build(linked)
    assert sum(node.labels == ["Act"] for node in facts.nodes.values()) == number
    assert sum(fact.label == "REPORTED_IN" and fact.start.startswith("act:") for fact in facts.facts) == 2


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("作", "speak"), ("合作", "sign"), ("巡诊", "other"), ("巡查", "inspect"), ("巡河", "inspect"), ("举起", "other"),
        ("赠送", "donate"), ("指导", "inspect"), ("审理", "sentence"), ("建立", "launch"), ("评出", "award"), ("工作", "other"),
        ("接见", "visit"), ("揭幕", "launch"), ("双开", "investigate"), ("到任", "appoint"), ("视频连线", "speak"),
        ("率", "visit"), ("率先", "other"), ("发放", "donate"),
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


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("{3月1日|M1}，{区委|A1}{召开|X1}会议。\n{2月26日至28日|M2}，{区政府|A2}{考察|X2}。{秦军|P1}{陪同|X3}。", "2024-02-26/2024-02-28"),
        ("{3月1日|M1}，{区委|A1}{召开|X1}会议。\n{区政府|A2}{日前|M2}{召开|X2}会议，{秦军|P1}{出席|X3}。", "2024-03-01/2024-03-07"),
        ("{今年以来|M1}，{区委|A1}{召开|X1}会议。{秦军|P1}{出席|X3}。{区政府|A2}{2023年|M2}{召开|X2}会议。", None),
        ("{3月1日|M1}，{区委|A1}{召开|X1}会议。{去年2月1日至3日|M2}，{区政府|A2}{召开|X2}会议。{秦军|P1}{出席|X3}。", None),
    ],
)  # fmt: skip
def test_acts_without_time_are_of_the_few_days_told_next_to_them(acts, text, days):
    arcs = "X1 time M1\nX1 agent A1\nX2 time M2\nX2 agent A2\nX3 agent P1"
    told = {day for verb, day, _ in acts(f"{text}\n---\n{arcs}") if verb in {"陪同", "出席"}}
    assert told == {days}


def test_days_to_come_date_nothing_where_the_issue_has_no_date(acts):
    text = "{秦军|P1}{出席|X1}会议。会议{2024年6月上旬|M2}{举办|X2}。\n---\nX1 agent P1\nX2 time M2"
    assert ("出席", None, False) in acts(text, date=None)


@pytest.mark.parametrize(
    ("words", "dated"),
    [
        ("{表彰|X2}了{李莉|P1}", True), ("{李莉|P1}受到{表彰|X2}", False), ("{李莉|P1}曾{获表彰|X2}", False),
        ("向{李莉|P1}{通报|X2}情况", True), ("{李莉|P1}被{授予|X2}称号", False), ("{审议|X2}了{李莉|P1}的报告", True),
    ],
)  # fmt: skip
def test_what_a_meeting_does_is_of_its_day_and_what_somebody_has_got_is_not(acts, words, dated):
    told = acts(f"{{2月29日|M1}}，{{区委|A1}}{{召开|X1}}会议。{words}。\n---\nX1 time M1\nX1 agent A1\nX2 object P1")
    assert {day for verb, day, _ in told if verb != "召开"} == {"2024-02-29" if dated else None}


@pytest.mark.parametrize(
    ("headline", "body", "number"),
    [
        ("涉农案件执行推进会", "涉农案件执行工作推进会", 1),
        ("区委第三轮巡察反馈会", "十五届区委第三轮巡察集中反馈会", 1),
        ("区总工会第一次全体会议", "区总工会第十一次全体会议", 2),
        ("涉农案件推进会", "涉农案件审理动员会", 2),
    ],
)
def test_an_event_that_the_headline_shortens_is_that_of_the_body(tmp_path, headline, body, number):
    text = f"{{{headline}|E1}}{{召开|X1}}\n{{3月5日|M1}}，{{{body}|E2}}{{召开|X2}}。"
    (tmp_path / "passage.ann").write_text(
        f"# id: p\n{text}\n---\nX1 object E1\nX2 object E2\nX2 time M1\n===\n", encoding="utf-8"
    )
    (record,) = load_samples([tmp_path / "passage.ann"])
    article = Article(id="p", source="t", body=record.text.partition("\n")[2])
    (linked,) = link_issue([(article, record, [(0, len(record.text), 0)])], home="荆州市沙市区", date="2024-03-07")
    labels = [node.labels for node in build(linked).nodes.values()]
    assert labels.count(["Event"]) == labels.count(["Act"]) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("{3月5日|M1}，{区委|A1}{召开|X1}会议。{去年5月|M2}，{区长|T1}到{观音垱镇|D1}{调研|X2}，{秦军|P1}{陪同|X3}。", None),
        ("{3月5日|M1}，{区委|A1}{召开|X1}会议。{去年5月|M2}，{区法院|A2}{立案|X2}。{秦军|P1}被{判处|X3}有期徒刑。", None),
        ("{3月5日|M1}，{区委|A1}{召开|X1}会议。{去年5月|M2}，{区法院|A2}{立案|X2}。\n{秦军|P1}被{判处|X3}有期徒刑。", "2024-03-05"),
        ("{3月5日|M1}，{区委|A1}{召开|X1}会议。{去年5月|M2}，{区法院|A2}{立案|X2}，{秦军|P1}{强调|X3}。", "2024-03-05"),
        ("{2月下旬|M1}，{区委|A1}{召开|X1}会议，{去年|M2}{区法院|A2}{立案|X2}。{秦军|P1}{陪同|X3}。", "2024-02-21/2024-02-29"),
    ],
)  # fmt: skip
def test_acts_of_a_month_long_ago_are_not_of_the_day_of_the_report(acts, text, day):
    told = acts(f"{text}\n---\nX1 time M1\nX1 agent A1\nX2 time M2\nX3 agent P1")
    assert [when for verb, when, _ in told if verb in {"陪同", "判处", "强调"}] == [day]


def test_who_comes_to_the_end_of_a_congress_comes_on_its_last_day(acts):
    text = (
        "{2月27日|M1}，{区政协十届一次会议|E1}{开幕|X1}，{秦军|P1}{出席|X2}。\n{3月1日|M2}，大会{选举|X3}{李莉|P2}。"
        "{王志|P3}{参加|X4}闭幕会。\n---\n"
        "X1 time M1\nX1 object E1\nX2 agent P1\nX2 object E1\nX3 time M2\nX3 object P2\nX4 agent P3\nX4 object E1"
    )
    assert {("出席", "2024-02-27", True), ("参加", "2024-03-01", True)} <= acts(text)


@pytest.mark.parametrize(
    ("home", "text", "events"),
    [
        (
            "湖南省/娄底市",
            "{双峰县|D1}举行{县委常委会会议|E1}。{新化县|D2}举行{县委常委会会议|E2}。",
            ["431321:县委常委会会议", "431322:县委常委会会议"],
        ),
        ("双峰县", "传达{市委经济工作会议|E1}和{全省经济工作会议|E2}精神。", ["431300:市委经济工作会议", "430000:经济工作会议"]),
        ("双峰县", "{娄底市双峰县庆丰收系列活动|E1}开幕，{双峰县委常委会会议|E2}和{双峰县揭牌仪式|E3}举行。", ["431321:庆丰收系列活动", "431321:县委常委会会议", "431321:双峰县揭牌仪式"]),
        ("双峰县", "{双峰县·涟源市防汛联席会议|E1}召开，{市民文化节|E2}开幕。", ["431321:双峰县·涟源市防汛联席会议", "431321:市民文化节"]),
        ("双峰县", "{社区工作推进会|E1}召开，{娄底市农业农村工作会议|E2}召开。", ["431321:社区工作推进会", "431300:娄底市农业农村工作会议"]),
    ],
)  # fmt: skip
def test_an_event_is_that_of_the_district_in_its_name(tmp_path, home, text, events):
    (tmp_path / "passage.ann").write_text(f"# id: p\n{text}\n===\n", encoding="utf-8")
    (record,) = load_samples([tmp_path / "passage.ann"])
    (linked,) = link_issue([(Article(id="p", source="t", body=record.text), record, [])], home=home, date="2024-03-07")
    found = [link.node for link in linked.links if (link.node or "").startswith("event:")]
    assert [":".join(event.split(":")[1:3]) for event in found] == events


def test_a_meeting_is_one_with_and_without_the_last_word(tmp_path):
    text = "{机构改革动员会|E1}召开\n{3月5日|M1}，{机构改革工作动员会议|E2}召开。"
    (tmp_path / "passage.ann").write_text(f"# id: p\n{text}\n===\n", encoding="utf-8")
    (record,) = load_samples([tmp_path / "passage.ann"])
    article = Article(id="p", source="t", body=record.text.partition("\n")[2])
    (linked,) = link_issue([(article, record, [(0, len(record.text), 0)])], home="双峰县", date="2024-03-07")
    assert len({node.id for node in linked.nodes if node.labels == ["Event"]}) == 1


@pytest.mark.parametrize("first", ["3月1日", "3月2日"])
def test_an_act_of_the_headline_is_of_the_first_of_several_days(tmp_path, first):
    text = f"{{区委|A1}}{{调研|X1}}\n{{{first}|M1}}，{{区委|A2}}{{开会|X2}}。{{3月3日|M2}}，{{区政府|A3}}{{开会|X3}}。"
    (tmp_path / "passage.ann").write_text(
        f"# id: p\n{text}\n---\nX1 agent A1\nX2 time M1\nX3 time M2\n===\n", encoding="utf-8"
    )
    (record,) = load_samples([tmp_path / "passage.ann"])
    article = Article(id="p", source="t", body=record.text.partition("\n")[2])
    (linked,) = link_issue([(article, record, [(0, len(record.text), 0)])], home="荆州市沙市区", date="2024-03-07")
    days = [
        node.properties.get("date") for node in build(linked).nodes.values() if node.properties.get("verb") == "调研"
    ]
    assert days == [f"2024-03-0{first[2]}"]
