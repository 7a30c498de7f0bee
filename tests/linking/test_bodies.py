"""Names of bodies in passages of their own: what they stand for, and what they belong to."""

import pytest
from tables import link

HOME = "湖南省/娄底市/双峰县"


def bodies(passage, home=HOME):
    """The official names of the bodies that a passage names, by their printed forms."""
    (linked,) = link([passage], home=home)
    names = {node.id: node.properties["name"] for node in linked.nodes}
    printed = {mention.id: mention.text for mention in linked.record.entities if mention.label == "AGENCY"}
    return {printed[link.entity]: names.get(link.node) for link in linked.links if link.entity in printed}


def superiors(passage, home=HOME):
    """(body, what it belongs to) of all bodies of a passage."""
    (linked,) = link([passage], home=home)
    names = {node.id: node.properties["name"] for node in linked.nodes if node.labels == ["Agency"]}
    return {
        (names[fact.start], names[fact.end]) for fact in linked.structure if fact.start in names and fact.end in names
    }


@pytest.mark.parametrize(
    ("passage", "name"),
    [
        ("{县委、县政府|A}", "中共双峰县委员会、双峰县人民政府"),
        ("{荷叶镇党委、政府|A}", "中共双峰县荷叶镇委员会、双峰县荷叶镇人民政府"),
        ("{永丰街道党工委、办事处|A}", "中共双峰县永丰街道工作委员会、双峰县永丰街道办事处"),
        ("{县委宣传部、县教育局|A}", "中共双峰县委宣传部、双峰县教育局"),
    ],
)
def test_two_bodies_in_one_name(passage, name):
    assert set(bodies(passage).values()) == {name}


@pytest.mark.parametrize(
    ("passage", "printed", "name"),
    [
        ("{荷叶镇派出所|A}", "荷叶镇派出所", "双峰县公安局荷叶派出所"),
        ("{荷叶镇|D}{派出所|A}", "派出所", "双峰县公安局荷叶派出所"),
        ("{荷叶派出所|A}", "荷叶派出所", "双峰县公安局荷叶派出所"),
        ("{荷叶镇司法所|A}", "荷叶镇司法所", "双峰县司法局荷叶司法所"),
    ],
)
def test_a_countys_office_in_a_township_is_one_body(passage, printed, name):
    assert bodies(passage)[printed] == name


@pytest.mark.parametrize(
    ("passage", "name"),
    [
        ("{涟源市|D}{教育局|A}", "涟源市教育局"),
        ("{荷叶镇|D}{城管办|A}", "双峰县荷叶镇城市管理办公室"),
        ("{湖南省|D}{文旅厅|A}", "湖南省文化和旅游厅"),
    ],
)
def test_a_name_beside_a_place_is_of_that_place(passage, name):
    assert set(bodies(passage).values()) == {name}


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("娄底海关监管科", "中华人民共和国娄底海关监管科"),
        ("海口海事法院", "海口海事法院"),
        ("奇台边检站", "奇台出入境边防检查站"),
        ("省纪委常委会", "中共湖南省纪律检查委员会常务委员会"),
        ("荷叶镇人大主席团", "双峰县荷叶镇人民代表大会主席团"),
        ("恩施州政协调研组", "中国人民政治协商会议恩施土家族苗族自治州委员会调研组"),
        ("梁山黄河河务局", "梁山黄河河务局"),
        ("县委财经办", "中共双峰县委财经委员会办公室"),
        ("县委依法治县办", "中共双峰县委全面依法治县委员会办公室"),
        ("大兴安岭行署教育局", "大兴安岭地区教育局"),
    ],
)
def test_kinds_with_names_of_their_own(printed, name):
    assert bodies(f"{{{printed}|A}}") == {printed: name}


@pytest.mark.parametrize(
    ("printed", "name"), [("碧江路派出所", "双峰县公安局碧江路派出所"), ("祁连山国家公园管理局", None)]
)
def test_short_names_before_roads_and_mountains_are_no_places(printed, name):
    assert bodies(f"{{{printed}|A}}") == {printed: name}


@pytest.mark.parametrize("words", ["县委县政府两办", "县四大家", "村两委", "两院"])
def test_several_bodies_without_names_are_nothing(words):
    assert bodies(f"{{{words}|A}}") == {words: None}


def test_words_that_are_also_far_counties_open_no_names():
    assert bodies("打造{滨湖国际红色业委会|A}。") == {"滨湖国际红色业委会": None}
    assert bodies("{双峰时报编辑部|A}。") == {"双峰时报编辑部": "双峰时报编辑部"}


@pytest.mark.parametrize(
    ("passage", "pair"),
    [
        ("{永丰街道党工委|A}", ("中共双峰县永丰街道工作委员会", "中共双峰县委员会")),
        ("{永丰街道办事处|A}", ("双峰县永丰街道办事处", "双峰县人民政府")),
        ("{永丰街道|D}{城中社区|D}{社区党总支|A}", ("中共双峰县永丰街道城中社区总支部委员会", "中共双峰县永丰街道工作委员会")),
        ("{荷叶镇天坪村党支部|A}", ("中共双峰县荷叶镇天坪村支部委员会", "中共双峰县荷叶镇委员会")),
        ("{双峰经济开发区管委会|A}", ("双峰经济开发区管理委员会", "双峰县人民政府")),
        ("{荷叶镇派出所|A}", ("双峰县公安局荷叶派出所", "双峰县公安局")),
    ],
)  # fmt: skip
def test_what_local_bodies_belong_to(passage, pair):
    assert pair in superiors(passage)


@pytest.mark.parametrize("passage", ["{永丰街道城管办|A}", "{荷叶镇联合景区管理局|A}"])
def test_streets_and_zones_have_no_peoples_government(passage):
    (linked,) = link([passage], home=HOME)
    assert not [node.id for node in linked.nodes if node.id.endswith(("街道人民政府", "景区人民政府"))]


@pytest.mark.parametrize(
    ("passage", "home", "name"),
    [
        ("{新一届县委|A}", HOME, "中共双峰县委员会"),
        ("{荷叶镇|D}{长发村|D}{村民委员会|A}", HOME, "双峰县荷叶镇长发村村民委员会"),
        ("{荷叶镇|D}{长发村|D}{村务监督委员会|A}", HOME, "双峰县荷叶镇长发村村务监督委员会"),
        ("{荷叶镇委员会|A}", HOME, "中共双峰县荷叶镇委员会"),
        ("{四班子|A}", HOME, None),
        ("{自治区党委组织部|A}", "广西壮族自治区/贵港市", "中共广西壮族自治区党委组织部"),
        ("{枣庄市|D}{市中区教育局|A}", "四川省/乐山市/市中区", "枣庄市市中区教育局"),
        ("{彭水自治县县委|A}", "重庆市/彭水苗族土家族自治县", "中共彭水苗族土家族自治县委员会"),
    ],
)
def test_names_in_the_words_of_papers(passage, home, name):
    assert list(bodies(passage, home).values()) == [name]
