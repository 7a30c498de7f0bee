"""Who is meant, who did it, and whether a post is held: passages annotated by hand, linked as one issue."""

import re

import pytest

from pipeline.graph import build
from pipeline.linking import link_issue
from pipeline.records import Article, Mention, Record, Relation


def holdings(linked):
    names = {node.id: node.properties["name"] for node in linked.nodes}
    return {(names[h.person], names[h.post], h.status) for h in linked.holdings}


def agents(linked):
    facts = build(linked)
    return {
        (facts.nodes[f.start].properties["verb"], facts.nodes[f.end].properties["name"], f.inferred)
        for f in facts.facts
        if f.label == "AGENT"
    }


def test_a_surname_before_a_title_is_the_one_of_that_name(link):
    first, second, third = link(
        "{县委|A1}{书记|T1}{王立|P1}到{石佛镇|D1}{调研|X1}，{王宁|P2}随行。{王|P3}{书记|T2}{强调|X2}安全。\n---\n"
        "P1 holds T1\nT1 at A1\nX1 agent P1\nP3 holds T2\nX2 agent P3",
        "在{石佛镇|D1}，{王|P1}{书记|T1}{叮嘱|X1}大家。\n---\nP1 holds T1\nX1 agent P1",
        "{刘|P1}{主任|T1}{说|X1}好。\n---\nP1 holds T1\nX1 agent P1",
    )
    assert agents(first) == {("调研", "王立", False), ("强调", "王立", False)}
    assert agents(second) == {("叮嘱", "王立", False)}
    assert agents(third) == set(), "nobody of the issue is called so"
    assert not any(node.labels == ["Person"] for node in third.nodes)


def test_bare_names_are_the_official_named_in_another_article(link):
    first, second = link(
        "{乐至县|D1}{县长|T1}{秦岚|P1}{出席|X1}。\n---\nP1 holds T1\nT1 at D1\nX1 agent P1",
        "{秦岚|P1}{强调|X1}，要抓紧。\n---\nX1 agent P1",
    )
    assert {node.id for one in (first, second) for node in one.nodes if node.labels == ["Person"]} == {
        "person:512022:秦岚"
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{骆勇|P1}是种粮大户。{去年|M1}，他{流转|X1}土地。", {("流转", "骆勇", True)}),
        ("{骆勇|P1}和{何军|P2}是大户。他{流转|X1}土地。", set()),
        ("{骆勇|P1}是大户。他被{县委|A1}{表彰|X1}。", set()),
        ("{骆勇|P1}是大户。其他人{流转|X1}土地，他们{增收|X2}。", set()),
        ("{骆勇|P1}是大户。\n今年，他{流转|X1}土地。", set()),
        ("{骆勇|P1}是大户。他种粮多年。去年，他{流转|X1}土地。", {("流转", "骆勇", True)}),
    ],
)
def test_he_is_the_one_person_named_before(link, text, found):
    assert agents(link(text)[0]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("她与{县文化馆|A1}{馆长|T1}{何军|P2}到村里{查看|X1}。\n---\nX1 agent P2", {("骆勇", True), ("何军", False)}),
        ("她走了，{何军|P2}到村里{查看|X1}。\n---\nX1 agent P2", {("何军", False)}),
        ("{何军|P2}也到了。午后，两人{查看|X1}库房。", {("骆勇", True), ("何军", True)}),
        ("{何军|P2}也到了。午后，两人{查看|X1}库房。\n---\nX1 agent P2", {("骆勇", True), ("何军", False)}),
        ("{何军|P2}、{林燕|P3}、{秦岚|P4}也到了。两人{查看|X1}库房。", set()),
        ("{何军|P2}也到了。两人被{县委|A1}{表扬|X1}。", set()),
    ],
)
def test_she_and_another_and_the_two_named_last(link, text, found):
    (linked,) = link(f"{{骆勇|P1}}是大户。{text}")
    assert {(name, inferred) for _, name, inferred in agents(linked)} == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "{免去|X1}{莫善|P1}{县林业局|A1}{局长|T1}职务；{任命|X2}{罗宁|P2}为{县林业局|A2}{局长|T2}。\n---\n"
            "X1 object P1\nP1 holds T1\nT1 at A1\nX2 object P2\nP2 holds T2\nT2 at A2",
            {("莫善", "乐至县林业局局长", "former"), ("罗宁", "乐至县林业局局长", "current")},
        ),
        (
            "{蓝秀|P1}{任|X1}{县林业局|A1}{局长|T1}，{免去|X2}其{县财政局|A2}{副局长|T2}职务。\n---\n"
            "X1 object P1\nX2 object P1\nP1 holds T1\nP1 holds T2\nT1 at A1\nT2 at A2",
            {("蓝秀", "乐至县林业局局长", "current"), ("蓝秀", "乐至县财政局副局长", "former")},
        ),
        (
            "{谭敬|P1}{任|X1}{石佛镇|D1}{党委副书记|T1}，{提名|X2}为{石佛镇|D2}{镇长|T2}人选。\n---\n"
            "X1 object P1\nX2 object P1\nP1 holds T1\nP1 holds T2\nT1 at D1\nT2 at D2",
            {("谭敬", "中共乐至县石佛镇委员会副书记", "current"), ("谭敬", "乐至县石佛镇镇长", "proposed")},
        ),
        (
            "{接受|X1}{李荣|P1}{辞去|X2}{县政府|A1}{副县长|T1}职务的请求。\n---\nX1 object P1\nX2 agent P1\nP1 holds T1\nT1 at A1",
            {("李荣", "乐至县副县长", "former")},
        ),
        (
            "{荆华|P1}历任{县林业局|A1}{局长|T1}、{县财政局|A2}{局长|T2}；2024年任{县委|A3}{常委|T3}。\n---\n"
            "P1 holds T1\nP1 holds T2\nP1 holds T3\nT1 at A1\nT2 at A2\nT3 at A3",
            {
                ("荆华", "乐至县林业局局长", "former"),
                ("荆华", "乐至县财政局局长", "former"),
                ("荆华", "中共乐至县委员会常委", "current"),
            },
        ),
        (
            "{纪国|P1}现任{乐至县|D1}{石佛镇|D2}{党委书记|T1}，{拟任|X1}{县政府|A1}{党组成员|T2}、{副县长|T3}候选人。\n---\n"
            "X1 object P1\nP1 holds T1\nP1 holds T2\nP1 holds T3\nT1 at D2\nT2 at A1\nT3 at A1",
            {
                ("纪国", "中共乐至县石佛镇委员会书记", "current"),
                ("纪国", "乐至县人民政府党组成员", "proposed"),
                ("纪国", "乐至县副县长", "proposed"),
            },
        ),
        (
            "{任命|X1}：\n{石磊|P1}为{县林业局|A1}{局长|T1}；\n{郭彩|P2}为{县教育局|A2}{局长|T2}。\n{免去|X2}：\n"
            "{秦满|P3}的{县教育局|A3}{局长|T3}职务；\n{侯振|P4}的{县水利局|A4}{局长|T4}职务。\n---\n"
            "X1 object P1\nX2 object P3\nP1 holds T1\nP2 holds T2\nP3 holds T3\nP4 holds T4\nT1 at A1\nT2 at A2\nT3 at A3\nT4 at A4",
            {
                ("石磊", "乐至县林业局局长", "current"),
                ("郭彩", "乐至县教育局局长", "current"),
                ("秦满", "乐至县教育局局长", "former"),
                ("侯振", "乐至县水利局局长", "former"),
            },
        ),
        (
            "{县水利局|A1}原{党委委员|T1}、{副局长|T2}{冉启|P1}被{通报|X1}，{县政协|A2}原{主席|T3}{白塔|P2}在座。\n---\n"
            "X1 object P1\nP1 holds T1\nP1 holds T2\nP2 holds T3\nT1 at A1\nT2 at A1\nT3 at A2",
            {
                ("冉启", "乐至县水利局党委委员", "former"),
                ("冉启", "乐至县水利局副局长", "former"),
                ("白塔", "中国人民政治协商会议乐至县委员会主席", "former"),
            },
        ),
        (
            "{县工商联|A1}原{副主席|T1}、{县茶叶局|A2}{局长|T2}{邱实|P1}陪同，{高原|P2}任{县委|A3}{书记|T3}，"
            "退休{教师|T4}{何时|P3}到场。\n---\nP1 holds T1\nT1 at A1\nP1 holds T2\nT2 at A2\nP2 holds T3\nT3 at A3\nP3 holds T4",
            {
                ("邱实", "乐至县工商业联合会副主席", "former"),
                ("邱实", "乐至县茶叶局局长", "current"),
                ("高原", "中共乐至县委员会书记", "current"),
                ("何时", "教师", "former"),
            },
        ),
        (
            "{龙文|P1}，{县林业局|A1}{局长|T1}，{拟任|X1}{县政协|A2}{副主席|T2}。\n---\n"
            "X1 object P1\nP1 holds T1\nT1 at A1\nP1 holds T2\nT2 at A2",
            {
                ("龙文", "乐至县林业局局长", "current"),
                ("龙文", "中国人民政治协商会议乐至县委员会副主席", "proposed"),
            },
        ),
        (
            "{罗远|P1}转任{县人大|A1}{副主任|T1}，其{县委|A2}{常委|T2}职务自然免除；{罗汉|P2}不再挂任{县工信局|A3}{局长|T3}。\n---\n"
            "P1 holds T1\nT1 at A1\nP1 holds T2\nT2 at A2\nP2 holds T3\nT3 at A3",
            {
                ("罗远", "乐至县人民代表大会副主任", "current"),
                ("罗远", "中共乐至县委员会常委", "former"),
                ("罗汉", "乐至县工业和信息化局局长", "former"),
            },
        ),
        (
            "会上{免去|X1}了{莫善|P1}职务。\n{县林业局|A1}{局长|T1}{莫善|P2}{讲话|X2}。\n---\n"
            "X1 object P1\nX2 agent P2\nP2 holds T1\nT1 at A1",
            {("莫善", "乐至县林业局局长", "current")},
        ),
    ],
)
def test_each_post_has_the_status_that_its_own_words_say(link, text, found):
    assert holdings(link(text)[0]) == found


def test_a_name_that_swallowed_a_letter_is_the_known_one(link):
    (linked,) = link(
        "{副县长|T1}{方远|P1}到{石佛镇|D1}{调研|X1}。{方远仔|P2}细{察看|X2}。\n---\nP1 holds T1\nX1 agent P1\nX2 agent P2"
    )
    assert agents(linked) == {("调研", "方远", False), ("察看", "方远", False)}


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (
            "{乐至绿源专业合作社|O1}丰收。合作社{理事长|T1}{刘庆|P1}{说|X1}。\n---\nP1 holds T1",
            "乐至绿源专业合作社理事长",
        ),
        (
            "{乐至绿源合作社|O1}丰收。{合作社|O2}{理事长|T1}{刘庆|P1}{说|X1}。\n---\nP1 holds T1\nT1 at O2",
            "乐至绿源合作社理事长",
        ),
        ("{县人民法院|A1}{开庭|X1}，{审判长|T1}{曹雨|P1}{宣判|X2}。\n---\nP1 holds T1", "乐至县人民法院审判长"),
        ("{县检察院|A1}{检察官|T1}{曹雨|P1}{出庭|X1}。\n---\nP1 holds T1", "乐至县人民检察院检察官"),
        ("{审判长|T1}{曹雨|P1}{宣判|X1}。\n---\nP1 holds T1", "审判长"),
    ],
)
def test_posts_told_by_the_scene(link, text, post):
    assert {name for _, name, _ in holdings(link(text)[0])} == {post}


def events(linked):
    return [node.id for node in linked.nodes if node.labels == ["Event"]]


def test_events_without_number_are_those_of_their_issue_or_article(link):
    texts = (
        "{召开|X1}{座谈会|E1}。",
        "{召开|X1}{县委常委会会议|E1}。",
        "{召开|X1}{第１２次常务会议|E1}。",
        "{召开|X1}{县十八届人大四次会议|E1}。",
    )
    march, april = link(*texts, date="2024-03-07"), link(*texts, date="2024-04-07")
    assert events(march[2]) == ["event:512022:第12次常务会议:2024-03-07"]
    assert events(march[3]) == events(april[3]) == ["event:512022:县十八届人大四次会议"]
    assert events(march[1]) == ["event:512022:县委常委会会议:2024-03-07"] != events(april[1])
    assert events(march[0]) == ["event:512022:座谈会:p0"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{平安|D1}是福。", None),
        ("{青海|D1}{平安|D2}客人来访。", "district:630203"),
        ("{西昌|D1}来客。", "district:513401"),
    ],
)
def test_words_that_are_also_names_need_their_province(link, text, found):
    linked = link(text)[0]
    assert linked.links[-1].node == found


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (
            "{石佛镇|D1}{唐家店村|D2}选举，{李明|P1}{当选|X1}{村委会主任|T1}。\n---\nP1 holds T1",
            "乐至县石佛镇唐家店村村民委员会主任",
        ),
        (
            "{石佛镇|D1}{唐家店村|D2}{村党支部书记|T1}{李明|P1}{说|X1}。\n---\nP1 holds T1",
            "中共乐至县石佛镇唐家店村支部委员会书记",
        ),
        (
            "{吴兴|P1}{任|X1}{劳动镇|D1}{党委书记|T1}。\n{石佛镇第二十届人民代表大会|E1}{选举|X2}{李明|P2}为{镇长|T2}。\n---\nP2 holds T2",
            "乐至县石佛镇镇长",
        ),
    ],
)
def test_posts_of_the_place_named_last(link, text, post):
    assert {name for _, name, _ in holdings(link(text)[0])} == {post}


def roll(count):
    """A roll of many people with their posts, as one article without a full stop."""
    text, mentions, relations = "", [], []
    for number in range(count):
        name = f"李{chr(0x4E00 + number % 900)}{chr(0x4E00 + number // 900)}"
        for label, form in (("AGENCY", "县教育局"), ("TITLE", "教师"), ("PERSON", name), ("ACT", "捐款")):
            mentions.append(
                Mention(id=f"{label}{number}", label=label, start=len(text), end=len(text + form), text=form)
            )
            text += form
        text += "，"
        relations.append(Relation(type="holds", head=f"PERSON{number}", tail=f"TITLE{number}"))
        relations.append(Relation(type="at", head=f"TITLE{number}", tail=f"AGENCY{number}"))
    return Record(id="roll", text=text, entities=mentions, relations=relations)


def test_everybody_in_a_long_roll_keeps_the_own_post():
    record = roll(2000)
    (linked,) = link_issue([(Article(id="roll", source="t", body=record.text), record, [])], home="双峰县")
    assert len({holding.person for holding in linked.holdings}) == 2000
    assert {holding.post for holding in linked.holdings} == {linked.holdings[0].post}


def test_one_elected_twice_in_a_sentence_is_one_person(link):
    (linked,) = link(
        "{会议|E1}{选举|X1}{程守田|P1}、{朱仁会|P2}为{县委|A1}{常委|T1}，{程守田|P3}{当选|X2}{县委|A2}{书记|T2}。\n---\n"
        "P1 holds T1\nP2 holds T1\nT1 at A1\nP3 holds T2\nT2 at A2"
    )
    assert {item.node for item in linked.links if item.entity in {"P1", "P3"}} == {"person:512022:程守田"}


def test_deputies_of_one_name_in_two_counties_are_two_people(link):
    text = "{全国人大|A1}{代表|T1}、{县水利局|A2}{局长|T2}{王军|P1}{说|X1}。\n---\nP1 holds T1\nT1 at A1\nP1 holds T2\nT2 at A2"
    found = [link(text, home=home)[0] for home in ("陕西省/延安市/志丹县", "四川省/绵阳市/盐亭县")]
    people = [{node.id for node in one.nodes if node.labels == ["Person"]} for one in found]
    assert people == [{"person:610625:王军"}, {"person:510723:王军"}]


@pytest.mark.parametrize(
    ("first", "node"),
    [("{县教育局|A1}{局长|T1}{周国平|P1}受贿案{开庭|X1}。", "周国平"), ("案件{开庭|X1}。", "周国平:resident")],
)
def test_an_official_before_the_court_stays_the_official(link, first, node):
    arcs = "P1 holds T1\nT1 at A1" if "P1" in first else ""
    (linked,) = link(f"{first}法院{{判处|X2}}被告人{{周国平|P2}}{{六年|M1}}。\n---\n{arcs}")
    assert next(item.node for item in linked.links if item.entity == "P2") == f"person:512022:{node}"


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("{1989年7月|M1}至{1996年3月|M2}，{任|X1}{县公安局|A1}{民警|T1}、{大队长|T2}；", ["former", "former"]),
        ("{2019年6月|M1}至今{任|X1}{县公安局|A1}{民警|T1}、{大队长|T2}；", ["current", "current"]),
        ("曾在{县公安局|A1}任{民警|T1}，后任{大队长|T2}；", ["former", "former"]),
        ("利用担任{县公安局|A1}{民警|T1}、{大队长|T2}等职务上的便利；", ["former", "former"]),
        ("在担任{县公安局|A1}{大队长|T1}期间，现{县水利局|A2}{局长|T2}；", ["former", "current"]),
        ("{县公安局|A1}{大队长|T1}（拟任），{县公安局|A2}原{民警|T2}；", ["proposed", "former"]),
    ],
)
def test_what_somebody_was_until_a_day_they_are_no_more(link, text, statuses):
    arcs = "P1 holds T1\nP1 holds T2\nT1 at A1" + ("\nT2 at A2" if "A2" in text else "\nT2 at A1")
    (linked,) = link(f"{{王志|P1}}，{text}\n---\n{arcs}")
    assert [holding.status for holding in linked.holdings] == statuses


@pytest.mark.parametrize(
    "text",
    [
        "{免去|X1}{高峰|P1}{县财政局|A1}{局长|T1}职务、{李斌|P2}{县水利局|A2}{局长|T2}职务。\n---\nX1 object P1\nX1 object P2",
        "免去：{高峰|P1}的{县财政局|A1}{局长|T1}职务；{李斌|P2}的{县水利局|A2}{局长|T2}、{党组书记|T3}职务。\n---\nP2 holds T3\nT3 at A2",
    ],
)
def test_a_list_takes_the_posts_of_all_its_people(link, text):
    (linked,) = link(f"{text}\nP1 holds T1\nT1 at A1\nP2 holds T2\nT2 at A2")
    assert {holding.status for holding in linked.holdings} == {"former"}


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("此前担任{县公安局|A1}{民警|T1}、{大队长|T2}。", ["former", "former"]),
        ("此前为{县公安局|A1}{民警|T1}，2019年起任{大队长|T2}。", ["former", "current"]),
        ("1998年任{县公安局|A1}{民警|T1}，2021年3月任{大队长|T2}。", ["former", "current"]),
        ("自1998年任{县公安局|A1}{民警|T1}，1999年任{大队长|T2}至今。", ["current", "current"]),
        ("曾是首任{县公安局|A1}{局长|T1}，当选首任{县水利局|A2}{会长|T2}。", ["former", "current"]),
    ],
)
def test_what_somebody_was_before_or_long_ago_they_are_no_more(link, text, statuses):
    arcs = "P1 holds T1\nP1 holds T2\nT1 at A1" + ("\nT2 at A2" if "A2" in text else "\nT2 at A1")
    (linked,) = link(f"{{王志|P1}}，{text}\n---\n{arcs}", date="2024-03-07")
    assert [holding.status for holding in linked.holdings] == statuses


@pytest.mark.parametrize(
    ("text", "status"),
    [("老{县长|T1}{王志|P1}", "former"), ("{老书记|T1}{王志|P1}", "former"), ("老{党员|T1}{王志|P1}", "current")],
)
def test_an_old_head_held_the_post_once(link, text, status):
    (linked,) = link(f"{text}到场。\n---\nP1 holds T1")
    assert [holding.status for holding in linked.holdings] == [status]


def test_a_post_under_the_former_name_of_its_place_is_held_still(link):
    (linked,) = link(
        "原{仁寿县委|A1}{书记|T1}、现{仁寿县委|A2}{书记|T2}{王志|P1}讲话。\n---\nP1 holds T1\nP1 holds T2\nT1 at A1\nT2 at A2"
    )
    assert [holding.status for holding in linked.holdings] == ["current"]


@pytest.mark.parametrize(
    ("home", "text", "names"),
    [
        (
            "湖南省/邵阳市/新宁县",
            "{资源县委|A1}{书记|T1}{欧平|P1}、{县长|T2}{秦越|P2}，{县委|A2}{常委|T3}{蒋鸣|P3}陪同。",
            ["中共资源县委员会书记", "资源县县长", "中共资源县委员会常委"],
        ),
        (
            "湖南省/邵阳市/新宁县",
            "{资源县委|A1}{书记|T1}{欧平|P1}，{县委|A2}{副书记|T2}、{县长|T3}{秦越|P2}陪同。",
            ["中共资源县委员会书记", "中共新宁县委员会副书记", "新宁县县长"],
        ),
        (
            "湖南省/邵阳市/新宁县",
            "{资源县委|A1}{书记|T1}{欧平|P1}、{县长|T2}{秦越|P2}，{县委|A2}{书记|T3}{蒋鸣|P3}、{县长|T4}{吴越|P4}出席。",
            ["中共资源县委员会书记", "资源县县长", "中共新宁县委员会书记", "新宁县县长"],
        ),
        (
            "湖南省/邵阳市/新宁县",
            "{资源县水利局|A1}{局长|T1}{欧平|P1}、{县林业局|A2}{局长|T2}{秦越|P2}，{县财政局|A3}{局长|T3}{蒋鸣|P3}发言。",
            ["资源县水利局局长", "资源县林业局局长", "新宁县财政局局长"],
        ),
        (
            "浙江省/台州市/温岭市",
            "{台州市委|A1}{副秘书长|T1}、{市信访局|A2}{局长|T2}{欧平|P1}，{市信访局|A3}{局长|T3}{秦越|P2}参加。",
            ["中共台州市委员会副秘书长", "台州市信访局局长", "温岭市信访局局长"],
        ),
        (
            "浙江省/台州市/温岭市",
            "{台州市委|A1}{常委|T1}、{市委|A2}{书记|T2}{欧平|P1}讲话。",
            ["中共台州市委员会常委", "中共温岭市委员会书记"],
        ),
    ],
)
def test_a_place_goes_on_along_the_row_that_names_it(link, home, text, names):
    people, arcs = 0, []
    for kind, number in re.findall(r"\|([APT])(\d)", text):
        if kind == "T":
            before = text[: text.index(f"|T{number}")].rsplit("}", 1)[0]
            body = re.search(r"\|(A\d)$", before)
            arcs += [f"P{people + 1} holds T{number}", *([f"T{number} at {body[1]}"] if body else [])]
        people += kind == "P"
    (linked,) = link("\n---\n".join((text, "\n".join(arcs))), home=home)
    nodes = {node.id: node.properties["name"] for node in linked.nodes}
    assert [nodes[holding.post] for holding in linked.holdings] == names


@pytest.mark.parametrize(
    ("text", "arcs", "names"),
    [
        (
            "{曲靖市委|A1}{书记|T1}、{市长|T2}{李江|P1}来访。{李江|P2}{市长|T3}一行听取负责人{孟霞|P3}汇报。",
            "P1 holds T1\nT1 at A1\nP1 holds T2\nP2 holds T3\nP3 holds T3",
            {("李江", "中共曲靖市委员会书记"), ("李江", "曲靖市市长")},
        ),
        (
            "{副县长|T1}{华波|P1}来访。华{副县长|T2}到{板桥镇|D1}，{党委书记|T3}{李强|P2}陪同。",
            "P1 holds T1\nP2 holds T2\nP2 holds T3\nT3 at D1",
            {("华波", "罗平县副县长"), ("李强", "中共罗平县板桥镇委员会书记")},
        ),
        (
            "{县长|T1}一行到{板桥镇|D1}，{党委书记|T2}{李强|P1}陪同。",
            "P1 holds T1\nP1 holds T2\nT2 at D1",
            {("李强", "中共罗平县板桥镇委员会书记")},
        ),
        ("{丁伟|P1}：协助{县长|T1}工作。", "P1 holds T1", set()),
        ("{王红|P1}、{李强|P2}{副县长|T1}到会。", "P1 holds T1\nP2 holds T1", {("王红", "罗平县副县长"), ("李强", "罗平县副县长")}),
        ("{记者|T1} {王红|P1}{通讯员|T2} {李强|P2}", "P1 holds T1\nP2 holds T2", {("王红", "记者"), ("李强", "通讯员")}),
    ],
)  # fmt: skip
def test_a_title_printed_after_a_name_is_nobody_elses(link, text, arcs, names):
    (linked,) = link(f"{text}\n---\n{arcs}", home="云南省/曲靖市/罗平县")
    assert {(person, post) for person, post, _ in holdings(linked)} == names


def test_a_title_after_a_name_is_the_post_that_its_holder_has(link):
    text = "{县教育局|A1}{局长|T1}{李江|P1}介绍情况。群众认可。孩子们放学了。{李江|P2}{局长|T2}离开。"
    (linked,) = link(f"{text}\n---\nP1 holds T1\nT1 at A1\nP2 holds T2", home="云南省/曲靖市/罗平县")
    assert holdings(linked) == {("李江", "罗平县教育局局长", "current")}
    assert [node.id for node in linked.nodes if node.labels == ["Post"]] == ["post:530324:罗平县教育局:局长"]


def test_a_place_taken_for_a_name_is_nobody(link):
    for name, people in (("来永昌", set()), ("来永", set()), ("永昌", set()), ("来世昌", {"来世昌"})):
        (linked,) = link(f"{{市领导|T1}}{{{name}|P1}}调研。\n---\nP1 holds T1", home="甘肃省/金昌市/永昌县")
        assert {node.properties["name"] for node in linked.nodes if node.labels == ["Person"]} == people
    (linked,) = link("{县长|T1}{江华|P1}讲话。\n---\nP1 holds T1", home="湖南省/永州市/江华瑶族自治县")
    assert {person for person, *_ in holdings(linked)} == {"江华"}


def test_a_name_cut_inside_the_title_after_it_is_its_bearer(link):
    (linked,) = link(
        "{大明公司|O1}{董事长|T1}{王前|P1}到会。{王董|P2}事长{表示|X1}支持。\n---\nP1 holds T1\nT1 at O1\nX1 agent P2",
        home="甘肃省/金昌市/永昌县",
    )
    assert agents(linked) == {("表示", "王前", False)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("林{县长|T2}{强调|X1}安全。", {("强调", "林越", True)}),
        ("会后，林副县长{检查|X1}。", {("检查", "林岚", True)}),
        ("林越的同事{检查|X1}。", set()),
        ("慰问了林县长后{检查|X1}。", set()),
        ("方县长{检查|X1}。", set()),
    ],
)
def test_a_surname_and_title_without_a_mark_of_the_name_act(link, text, told):
    (linked,) = link(
        f"{{县委|A1}}{{副书记|T1}}、{{县长|T3}}{{林越|P1}}，{{副县长|T4}}{{林岚|P2}}参加。{text}\n---\n"
        "P1 holds T1\nT1 at A1\nP1 holds T3\nP2 holds T4",
        home="广东省/揭阳市/揭西县",
    )
    assert agents(linked) == told


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("任命：\n{王志|P1}为{县教育局|A1}{局长|T1}，{免去|X1}其{县水利局|A2}{局长|T2}职务；", ["current", "former"]),
        ("任命：\n{王志|P1}同志为{县教育局|A1}{局长|T1}，{免去|X1}{县水利局|A2}{局长|T2}职务；", ["current", "former"]),
        ("免去：\n{王志|P1}的{县法院审判委员会|A1}{委员|T1}、{民事审判庭|A2}{庭长|T2}职务；{李江|P2}", ["former", "former"]),
        ("接受{王志|P1}的{县教育局|A1}{局长|T1}、{县招生办|A2}{主任|T2}职务的辞呈。", ["former", "former"]),
        ("{接受|X1}{王志|P1}{县教育局|A1}{局长|T1}职务的辞职请求，{县招生办|A2}{主任|T2}不变。", ["former", "current"]),
    ],
)  # fmt: skip
def test_a_list_gives_and_takes_each_post_by_its_own_words(link, text, statuses):
    arcs = "P1 holds T1\nP1 holds T2\nT1 at A1\nT2 at A2" + ("\nX1 object P1" if "|X1}" in text else "")
    (linked,) = link(f"{text}\n---\n{arcs}")
    assert [holding.status for holding in linked.holdings] == statuses


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("此前任{县委|A1}{副书记|T1}、{代县长|T2}。", ["former", "former"]),
        ("现任{县委|A1}{副书记|T1}、{代县长|T2}。", ["current", "acting"]),
        ("来{仁寿县|D1}前担任{县财政局|A1}{副局长|T1}、{局长|T2}。", ["former", "former"]),
        ("到{仁寿县|D1}任职之前，他还担任过{县财政局|A1}{副局长|T1}、{局长|T2}。", ["former", "former"]),
        ("赴{仁寿县|D1}工作前在{县财政局|A1}任{副局长|T1}，现任{局长|T2}。", ["former", "current"]),
        ("来到展板前，在{县财政局|A1}{副局长|T1}、{局长|T2}位置就座。", ["current", "current"]),
        ("目前担任{县财政局|A1}{副局长|T1}、{局长|T2}。", ["current", "current"]),
        ("当过兵，是{县财政局|A1}{副局长|T1}、{局长|T2}。", ["current", "current"]),
        ("是上一届{县政协|A1}{副主席|T1}，新上任的{局长|T2}。", ["former", "current"]),
    ],
)
def test_what_somebody_was_before_coming_or_being_elected_is_over(link, text, statuses):
    (linked,) = link(f"{{王志|P1}}{text}\n---\nP1 holds T1\nP1 holds T2\nT1 at A1")
    assert [holding.status for holding in linked.holdings] == statuses


@pytest.mark.parametrize(
    ("text", "arcs", "statuses"),
    [
        ("{选举|X1}{王志|P1}为{县长|T1}。{王志|P2}此前任{代县长|T2}。", "X1 object P1\nP1 holds T1\nP2 holds T2", ["current"]),
        ("{县长|T1}{王志|P1}说。{王志|P2}此前任{代县长|T2}。", "P1 holds T1\nP2 holds T2", ["current"]),
        ("{代县长|T1}{王志|P1}{当选|X1}{县长|T2}。", "X1 agent P1\nP1 holds T1\nP1 holds T2", ["current"]),
        ("{县长|T1}{王志|P1}说。{代县长|T2}{王志|P2}说。", "P1 holds T1\nP2 holds T2", ["current", "acting"]),
        ("{王志|P1}{当选|X1}{县长|T1}。{原县长|T2}{王志|P2}说。", "X1 agent P1\nP1 holds T1\nP2 holds T2", ["current", "former"]),
    ],
)  # fmt: skip
def test_an_acting_head_who_is_elected_acts_no_more(link, text, arcs, statuses):
    (linked,) = link(f"{text}\n---\n{arcs}")
    assert [holding.status for holding in linked.holdings] == statuses


def test_those_who_are_elected_with_the_head_are_of_the_same_body(link):
    (linked,) = link(
        "会议选举{王志|P1}为{县政协|A1}{主席|T1}，{李江|P2}、{欧阳建华|P3}、{司马长风|P4}、{上官云飞|P5}、{诸葛明远|P6}、{夏侯国强|P7}、"
        "{尉迟文斌|P8}为{副主席|T2}，{姜波|P9}为{秘书长|T3}，选举{于凤|P10}等42人为{常务委员|T4}。{方远|P11}为{秘书长|T5}。\n---\n"
        "P1 holds T1\nT1 at A1\nP2 holds T2\nP9 holds T3\nP10 holds T4\nP11 holds T5"
    )
    nodes = {node.id: node.properties["name"] for node in linked.nodes}
    body = "中国人民政治协商会议乐至县委员会"
    titles = [f"{body}{title}" for title in ("主席", "副主席", "秘书长", "常务委员")]
    assert [nodes[holding.post] for holding in linked.holdings] == [*titles, "秘书长"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("{县委|A1}{副书记|T1}{王志|P1}说。{王志|P2}来前担任{嘉善县委|A2}{常委|T2}、{嘉善县教育局|A3}{局长|T3}。", "512022"),
        ("{王志|P2}来前担任{嘉善县委|A2}{常委|T2}、{嘉善县教育局|A3}{局长|T3}，现任{县委|A1}{副书记|T1}。{王志|P1}说。", "512022"),
        ("{嘉善县委|A2}{常委|T2}、{嘉善县教育局|A3}{局长|T3}{王志|P2}，{县委|A1}{副书记|T1}{李江|P1}说。", "330421"),
    ],
)  # fmt: skip
def test_whoever_came_from_elsewhere_is_one_person(link, text, person):
    first = "P2" if "现任" in text else "P1"
    (linked,) = link(f"{text}\n---\n{first} holds T1\nT1 at A1\nP2 holds T2\nT2 at A2\nP2 holds T3\nT3 at A3")
    assert {h.person for h in linked.holdings if h.person.endswith("王志")} == {f"person:{person}:王志"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("春节前{县委|A1}{书记|T1}{王志|P1}走访。", "current"),
        ("会前{县委|A1}{书记|T1}{王志|P1}作了安排。", "current"),
        ("清明前{县委|A1}{书记|T1}{王志|P1}走访。", "current"),
        ("前{县委|A1}{书记|T1}{王志|P1}来信。", "former"),
        ("看望了前{县委|A1}{书记|T1}{王志|P1}。", "former"),
        ("我县前{县委|A1}{书记|T1}{王志|P1}来信。", "former"),
        ("免除印章费用后，{县税务局|A1}{局长|T1}{王志|P1}走访。", "current"),
        ("撤销限高杆，{县交通局|A1}{局长|T1}{王志|P1}带队。", "current"),
        ("让企业不再难的{县税务局|A1}{局长|T1}{王志|P1}说。", "current"),
        ("不再兼任{县税务局|A1}{局长|T1}的{王志|P1}说。", "former"),
        ("{王志|P1}不再兼任{县税务局|A1}{局长|T1}。", "former"),
        ("{王志|P1}辞去其担任的{县税务局|A1}{局长|T1}职务。", "former"),
        ("免去{王志|P1}的{县税务局|A1}{局长|T1}职务。", "former"),
        ("道德模范提名奖获得者、{县妇联|A1}{主席|T1}{王志|P1}登台。", "current"),
        ("好人提名的{县妇联|A1}{主席|T1}{王志|P1}登台。", "current"),
        ("退伍后担任{县税务局|A1}{局长|T1}的{王志|P1}说。", "current"),
        ("多年前他当兵，此后任{县税务局|A1}{局长|T1}的{王志|P1}说。", "former"),
        ("曾多次获奖的现任{县税务局|A1}{局长|T1}{王志|P1}说。", "current"),
        ("此前，{王志|P1}任{县税务局|A1}{局长|T1}。", "former"),
        ("{王志|P1}1992年他调任{县税务局|A1}{局长|T1}。", "former"),
        ("曾是首任{县税务局|A1}{局长|T1}的{王志|P1}说。", "former"),
        ("合并新设的首任{县税务局|A1}{局长|T1}{王志|P1}说。", "current"),
    ],
)
def test_only_words_about_the_post_say_that_it_is_left(link, text, status):
    (linked,) = link(f"{text}\n---\nP1 holds T1\nT1 at A1", date="2023-05-16")
    assert [holding.status for holding in linked.holdings] == [status]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("{辞去|X1}公职返乡的{县税务局|A1}{局长|T1}{王志|P1}说。", "agent", "current"),
        ("提起{辞去|X1}公职返乡的{县税务局|A1}{局长|T1}{王志|P1}，都说好。", "object", "current"),
        ("{王志|P1}{辞去|X1}{县税务局|A1}{局长|T1}。", "agent", "former"),
        ("{免去|X1}{李江|P2}{县统计局|A2}{局长|T2}，{王志|P1}的{县税务局|A1}{局长|T1}。", "object", "former"),
    ],
)
def test_what_somebody_gave_up_before_is_not_their_post(link, text, kind, status):
    (linked,) = link(f"{text}\n---\nP1 holds T1\nT1 at A1\nX1 {kind} P1")
    assert [holding.status for holding in linked.holdings] == [status]


def test_a_deputy_is_called_by_the_head_s_title(link):
    text = "{县委宣传部|A1}{副部长|T1}{王志|P1}主持。{王志|P2}{部长|T2}说。{李江|P3}{部长|T3}说。"
    (linked,) = link(f"{text}\n---\nP1 holds T1\nT1 at A1\nP2 holds T2\nP3 holds T3")
    names = {node.id: node.properties["name"] for node in linked.nodes}
    deputy = "中共乐至县委宣传部副部长"
    assert [names[holding.post] for holding in linked.holdings] == [deputy, deputy, "部长"]


def test_deputies_of_an_announced_election_are_of_the_body_before(link):
    text = (
        "{王志|P1}为{县人大常委会|A1}{主任|T1}；\n{李江|P2}、{于凤|P3}为{副主任|T2}；\n{方远|P4}为{县监委|A2}{主任|T3}；\n"
        "{姜波|P5}为{秘书长|T4}。"
    )
    arcs = "P1 holds T1\nT1 at A1\nP2 holds T2\nP3 holds T2\nP4 holds T3\nT3 at A2\nP5 holds T4"
    (linked,) = link(f"{text}\n---\n{arcs}")
    names = {node.id: node.properties["name"] for node in linked.nodes}
    body = "乐至县人民代表大会常务委员会"
    told = [f"{body}主任", f"{body}副主任", f"{body}副主任", "乐至县监察委员会主任", "秘书长"]
    assert [names[holding.post] for holding in linked.holdings] == told


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("{王志|P1}原是{县教育局|A1}{副局长|T1}。", ["former"]),
        ("{王志|P1}曾是军人，现任{县教育局|A1}{局长|T1}。", ["current"]),
        ("{王志|P1}此前在{石湍镇|D1}任{副镇长|T1}。", ["former"]),
        ("{王志|P1}来{乐至|D2}前是{县教育局|A1}{局长|T1}。", ["former"]),
        ("{石湍镇|D1}{镇长|T1}提名人选{王志|P1}发言。", ["proposed"]),
        ("{石湍镇|D1}{镇长|T1}推荐人选{王志|P1}发言。", ["proposed"]),
    ],
)
def test_words_for_what_somebody_was_or_shall_be(link, text, statuses):
    body = "\nT1 at A1" if "A1" in text else ""
    (linked,) = link(f"{text}\n---\nP1 holds T1{body}")
    assert [holding.status for holding in linked.holdings] == statuses


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("{县教育局|A1}{局长|T1}{王志|P1}退居二线。会议{免去|X1}{王志|P2}的{县教育局|A2}{局长|T2}职务。", ["former"]),
        ("{王志|P1}，现任{县教育局|A1}{局长|T1}，拟{不再担任|X1}{县教育局|A2}{局长|T2}。", ["current"]),
    ],
)
def test_a_post_that_the_article_takes_away_is_not_held_besides(link, text, statuses):
    person = "P2" if "P2" in text else "P1"
    arcs = f"P1 holds T1\nT1 at A1\n{person} holds T2\nT2 at A2\nX1 object {person}"
    (linked,) = link(f"{text}\n---\n{arcs}")
    assert [holding.status for holding in linked.holdings] == statuses


def test_of_whom_more_is_told_is_the_one_named_before(link):
    text = (
        "{县人民医院|O1}{副院长|T1}{王志|P1}来自东部。{王志|P2}是{瓯海区卫生健康局|A1}{科长|T2}。"
        "{瓯海区|D1}{区长|T3}{王志|P3}来访。"
    )
    arcs = "P1 holds T1\nT1 at O1\nP2 holds T2\nT2 at A1\nP3 holds T3\nT3 at D1"
    (linked,) = link(f"{text}\n---\n{arcs}")
    assert [holding.person for holding in linked.holdings] == [
        "person:512022:王志",
        "person:512022:王志",
        "person:330304:王志",
    ]


def test_all_names_in_the_bracket_of_a_report_are_its_reporters(link):
    (linked,) = link("本报讯（{王志|P1} {李江|P2} {于凤|P3}）{县长|T1}{方远|P4}讲话。\n---\nP4 holds T1")
    people = [link.node.rpartition(":")[2] for link in linked.links if link.entity.startswith("P")]
    assert people == ["press", "press", "press", "方远"]


@pytest.mark.parametrize(
    ("text", "arcs", "told"),
    [
        ("原{县委|A1}{常委|T1}、{武装部|A2}{部长|T2}{王志|P1}到会。", "T1 at A1\nT2 at A2", ["former", "former"]),
        ("原{县委|A1}{常委|T1}、{县委办公室|A2}{主任|T2}{王志|P1}到会。", "T1 at A1\nT2 at A2", ["former", "former"]),
        ("{县委|A1}原{副书记|T1}、{政法委|A2}{书记|T2}{王志|P1}到会。", "T1 at A1\nT2 at A2", ["former", "former"]),
        (
            "原{县委|A1}{书记|T1}、{市人大常委会|A2}{副主任|T2}{王志|P1}到会。",
            "T1 at A1\nT2 at A2",
            ["former", "current"],
        ),
        ("原{县委|A1}{常委|T1}{李江|P2}、{武装部|A2}{部长|T2}{王志|P1}到会。", "T2 at A2", ["current"]),
        ("{原江干区|D1}{笕桥街道办事处|A1}{主任|T1}{王志|P1}到会。", "T1 at A1", ["former"]),
    ],
)
def test_former_rules_the_row_of_posts_of_one_place(link, text, arcs, told):
    own = "P2 holds T1\nP1 holds T2" if "P2" in text else "\n".join(f"P1 holds T{n + 1}" for n in range(len(told)))
    (linked,) = link(
        f"{text}\n---\n{own}\n{arcs}", home="浙江省/杭州市/上城区" if "江干" in text else "四川省/资阳市/乐至县"
    )
    assert [h.status for h in linked.holdings if h.person.endswith("王志")] == told


@pytest.mark.parametrize("place", ["三原", "泾阳"])  # 原 is no former leader's
def test_leaders_of_another_county_are_of_that_county_and_lead_it_still(link, place):
    text = f"{{{place}县党政考察团|A1}}来访，{place}{{县领导|T1}}{{王志|P1}}、{{李江|P2}}参加，{{县领导|T2}}{{方远|P3}}陪同。"
    (linked,) = link(f"{text}\n---\nP1 holds T1\nP2 holds T1\nP3 holds T2", home="陕西省/渭南市/富平县")
    code = {"三原": "610422", "泾阳": "610423"}[place]
    told = [(h.person, h.status) for h in linked.holdings]
    assert told == [
        (f"person:{code}:王志", "current"),
        (f"person:{code}:李江", "current"),
        ("person:610528:方远", "current"),
    ]


@pytest.mark.parametrize(
    ("text", "somebody"),
    [
        ("座谈中，{石柱|P1}{表示|X1}将学习经验。\n---\nX1 agent P1", False),
        ("代表团来到{石柱|P1}{考察|X1}。\n---\nX1 object P1", False),
        ("村民{石柱|P1}{表示|X1}感谢。\n---\nX1 agent P1", True),
        ("{县委|A1}{书记|T1}{石柱|P1}到会。{石柱|P2}{表示|X1}感谢。\n---\nP1 holds T1\nT1 at A1\nX1 agent P2", True),
        ("座谈中，{石林|P1}{表示|X1}将学习经验。\n---\nX1 agent P1", True),
    ],
)
def test_a_name_without_title_that_is_the_papers_countys_is_the_county(link, text, somebody):
    (linked,) = link(text, home="重庆市/石柱土家族自治县")
    assert any(node.labels == ["Person"] for node in linked.nodes) == somebody


def test_a_post_said_to_be_held_now_goes_on_under_the_new_name_of_its_place(link):
    text = "原{鹿泉市委|A1}{书记|T1}、{现鹿泉区委|A2}{书记|T2}{安之|P1}讲话。\n---\nP1 holds T1\nP1 holds T2\nT1 at A1\nT2 at A2"
    (linked,) = link(text, home="河北省/石家庄市/鹿泉区")
    assert [holding.status for holding in linked.holdings] == ["current"]


@pytest.mark.parametrize(
    ("event", "code"),
    [("县区委书记述职评议会", "630200"), ("县市区长联席会议", "630200"), ("县委常委会会议", "630223")],
)
def test_an_event_of_several_counties_is_the_papers(link, event, code):
    (linked,) = link(f"{{互助县|D1}}代表{{参加|X1}}{{{event}|E1}}。", home="青海省/海东市")
    assert [name.split(":")[1] for name in events(linked)] == [code]


def test_an_event_of_the_whole_county_is_that_without_the_word(link):
    (linked,) = link("{参加|X1}{全县防汛抗旱工作会议|E1}，{防汛抗旱工作会议|E2}要求。", date="2024-03-07")
    assert events(linked) == ["event:512022:防汛抗旱工作会议:2024-03-07"]


def test_reporters_with_long_names_in_the_bracket_of_a_report(link):
    (linked,) = link("本报讯（{欧阳志强|P1}　{司马江河|P2}　{于小凤|P3}）{县长|T1}{方远|P4}讲话。\n---\nP4 holds T1")
    people = [link.node.rpartition(":")[2] for link in linked.links if link.entity.startswith("P")]
    assert people == ["press", "press", "press", "方远"]
