"""Who of one name is another person, and what name a mention gives."""

import re

import pytest


def arcs(text):
    """A passage whose posts are at the body or place before them, and held by the next person after them or in the row."""
    relations, body, row = [], None, []
    for label, end in ((m[1], m.end()) for m in re.finditer(r"\|([A-Z]\d+)}", text)):
        if label[0] in "AD":
            body = (label, end)
        elif label[0] == "T":
            row.append(label)
            if body and text[body[1]] == "{" and text[body[1] :].index("|") + body[1] < end:
                relations.append(f"{label} at {body[0]}")
            body = None
        elif label[0] == "P":
            relations += [f"{label} holds {title}" for title in row]
            row = []
    return "\n---\n".join((text, "\n".join(relations)))


def people(linked):
    return [item.node and item.node.removeprefix("person:") for item in linked.links if item.entity.startswith("P")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "{县教育局|A1}{局长|T1}{王俊|P1}，{县水利局|A2}{局长|T2}{王俊|P2}。{县水利局|A3}{局长|T3}{王俊|P3}。",
            ["512022:王俊", "512022:王俊:乐至县水利局", "512022:王俊:乐至县水利局"],
        ),
        (
            "{县水利局|A1}{局长|T1}{王俊|P1}，{县教育局|A2}{局长|T2}{王俊|P2}。",
            ["512022:王俊:乐至县水利局", "512022:王俊"],
        ),
        ("{县教育局|A1}{局长|T1}{王俊|P1}。{县水利局|A2}{局长|T2}{王俊|P2}，{王俊|P3}。", ["512022:王俊"] * 3),
        ("{县教育局|A1}{局长|T1}{王俊|P1}，{县教育局|A2}{局长|T2}{王俊|P2}，{王俊|P3}。", ["512022:王俊"] * 3),
        ("{县水利局|A1}{王俊|P1}、{石佛镇|D1}{王俊|P2}获奖。", ["512022:王俊", "512022101:王俊"]),
    ],
)
def test_one_name_twice_in_a_list_of_posts_is_two_people(link, text, found):
    assert people(link(arcs(text))[0]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "{县长|T1}{罗波|P1}到{石佛镇|D1}。{罗波|P2}强调安全。{石佛镇|D2}{党委书记|T2}{罗波|P3}汇报。",
            ["512022:罗波", "512022:罗波", "512022101:罗波"],
        ),
        ("{县委|A1}{常委|T1}、{副县长|T2}{罗波|P1}参加。{县林业局|A2}{局长|T3}{罗波|P2}汇报。", ["", ":乐至县林业局"]),
        ("{县委|A1}{书记|T1}{罗波|P1}到校。{乐至中学|A2}{校长|T2}{罗波|P2}陪同。", ["", "resident"]),
        ("{县委|A1}{书记|T1}{罗波|P1}讲话。{教师|T2}{罗波|P2}领奖。", ["", "resident"]),
        ("{县委|A1}{书记|T1}{罗波|P1}讲话。{县委党校|A2}{校长|T2}{罗波|P2}主持。", ["", ""]),
        ("{县委|A1}{常委|T1}{罗波|P1}到场。{石佛镇|D1}{党委书记|T2}{罗波|P2}主持。", ["", ""]),
        ("{副县长|T1}{罗波|P1}到场。{县公安局|A1}{局长|T2}{罗波|P2}主持。", ["", ""]),
        ("{副县长|T1}、{石佛镇|D1}{党委书记|T2}{罗波|P1}到场。{石佛镇|D2}{党委书记|T3}{罗波|P2}主持。", ["", ""]),
        ("{副县长|T1}{罗波|P1}到场。{罗波|P2}此前任{石佛镇|D1}{党委书记|T2}。", ["", ""]),
    ],
)
def test_a_post_too_low_for_the_leader_of_the_name_is_anothers(link, text, found):
    told = people(link(arcs(text))[0])
    assert told[0] == "512022:罗波"
    assert all(end in key for end, key in zip(found, told, strict=True))
    assert (len(set(told)) > 1) == any(found[1:])


def test_a_bare_name_in_an_article_of_the_lesser_is_the_lesser(link):
    _, town = link(
        arcs("{县委|A1}{书记|T1}{罗波|P1}讲话。"),
        arcs("{石佛镇|D1}{党委书记|T1}{罗波|P1}发放物资，{罗波|P2}说好。"),
    )
    assert people(town) == ["512022101:罗波", "512022101:罗波"]


def test_nobody_known_by_name_is_somebody_of_one_article(link):
    first, second = link("法院判处{刘某|P1}。{刘某系|P2}无业。", "{刘某|P1}落网，{戎某胜|P2}在逃。")
    assert people(first) == ["512022:刘某:p0"] * 2
    assert people(second) == ["512022:刘某:p1", "512022:戎某胜:p1"]


def test_the_first_part_of_a_name_with_a_dot_is_the_name(link):
    first, second = link(
        "{县长|T1}{艾力·买买提|P1}调研，{买买提·肉孜|P2}陪同。{艾力|P3}指出不足，{买买提|P4}介绍。\n---\nP1 holds T1",
        "{艾力|P1}•{买买提|P2}到场，{艾力|P3}慰问。",
        home="新疆维吾尔自治区/喀什地区/叶城县",
    )
    assert [key.split(":")[1] for key in people(first)] == ["艾力·买买提", "买买提·肉孜", "艾力·买买提", "买买提·肉孜"]
    assert [key.split(":")[1] for key in people(second)] == ["艾力·买买提"] * 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{县委组织部|A1}{部长|T1}{覃芳|P1}主持，{覃峰|P2}参加。{覃部长|P3}要求。", "覃芳"),
        ("{县教育局|A1}{副局长|T1}{覃峰|P1}、{局长|T2}{覃芳|P2}到场。{覃局长|P3}要求。", "覃芳"),
        ("{县教育局|A1}{局长|T1}{覃芳|P1}到场，{覃峰|P2}参加。{韦部长|P3}要求。", None),
        ("{县委|A1}{书记|T1}{覃芳|P1}到场，{覃峰|P2}参加。次日，{覃芳又|P3}赶赴外地。", "覃芳"),
        ("{县委|A1}{书记|T1}{覃芳|P1}到场，{覃峰|P2}参加。{覃芳来叶|P3}考察。", "覃芳"),
        ("{覃峰|P1}、{覃芳|P2}到场。{李则|P3}参加。", "李则"),
    ],
)
def test_names_with_what_was_glued_to_them(link, text, found):
    assert people(link(arcs(text))[0])[2] == (f"512022:{found}" if found else None)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("{罗波|P1}曾任{县林业局|A1}{局长|T1}，是{通讯员|T2}。\n---\nP1 holds T1\nP1 holds T2\nT1 at A1", ""),
        ("{通讯员|T1}{罗波|P1}报道。\n---\nP1 holds T1", ":press"),
    ],
)
def test_an_official_who_writes_stays_an_official(link, text, role):
    assert people(link(text)[0]) == [f"512022:罗波{role}"]


def test_who_now_leads_another_county_is_the_former_leader_of_ours(link):
    first, second = link(
        "{县委|A1}{书记|T1}{王立|P1}学习{赵刚|P2}的作风。{赵刚|P3}现任{安岳县委|A2}{书记|T2}。\n---\n"
        "P1 holds T1\nT1 at A1\nP3 holds T2\nT2 at A2",
        "原{县委|A1}{书记|T1}{赵刚|P1}参加座谈。\n---\nP1 holds T1\nT1 at A1",
    )
    assert people(first)[1:] + people(second) == ["512022:赵刚"] * 3


def test_death_ends_what_somebody_held(link):
    (linked,) = link(
        "{县林业局|A1}{局长|T1}{罗波|P1}同志因病{逝世|X1}。\n---\nP1 holds T1\nT1 at A1\nX1 agent P1",
    )
    assert [holding.status for holding in linked.holdings] == ["former"]
