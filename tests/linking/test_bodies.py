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


AUTONOMOUS = "辽宁省/本溪市/桓仁满族自治县"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("自治县委", "中共桓仁满族自治县委员会"),
        ("自治县人大常委会", "桓仁满族自治县人民代表大会常务委员会"),
        ("自治县财政局", "桓仁满族自治县财政局"),
    ],
)
def test_an_autonomous_county_is_a_level_too(printed, name):
    assert bodies(f"{{{printed}|A}}", AUTONOMOUS) == {printed: name}


@pytest.mark.parametrize(
    ("passage", "home", "printed", "name"),
    [
        ("{县委|A}常委到{保和镇|D}调研。{县委|A}常委、{纪委|A}书记参加。", "云南省/迪庆藏族自治州/维西傈僳族自治县",
         "纪委", "中共维西傈僳族自治县纪律检查委员会"),
        ("{保和镇|D}党委书记、{纪委|A}书记参加。", "云南省/迪庆藏族自治州/维西傈僳族自治县",
         "纪委", "中共维西傈僳族自治县保和镇纪律检查委员会"),
        ("{县委|A}常委、{办公室|A}主任参加。", HOME, "办公室", "中共双峰县委办公室"),
        ("{县政府|A}党组成员、{办公室|A}主任参加。", HOME, "办公室", "双峰县人民政府办公室"),
        ("{县教育局|A}{办公室|A}主任参加。", HOME, "办公室", "双峰县教育局办公室"),
        ("{县委宣传部|A}副部长、{文明办|A}主任参加。", HOME, "文明办", "双峰县精神文明建设指导委员会办公室"),
        ("{双峰经济开发区党工委|A}书记、{管委会|A}主任参加。", HOME, "管委会", "双峰经济开发区管理委员会"),
    ],
)  # fmt: skip
def test_a_name_in_a_row_of_posts_is_of_the_body_before_it(passage, home, printed, name):
    assert bodies(passage, home)[printed] == name


@pytest.mark.parametrize(
    ("passage", "home", "name"),
    [
        ("{镇江军分区|A}", "江苏省/镇江市/丹徒区", "镇江军分区"),
        ("{镇雄工业园区管委会|A}", "云南省/昭通市/镇雄县", "镇雄工业园区管理委员会"),
        ("{慈溪市场监管局|A}", "浙江省/宁波市/慈溪市", "慈溪市市场监督管理局"),
        ("{鄞州市场监管局|A}", "浙江省/宁波市/鄞州区", "宁波市鄞州区市场监督管理局"),
        ("{市监局|A}", "浙江省/金华市/义乌市", "义乌市市场监督管理局"),
        ("{市监委|A}", "浙江省/金华市/义乌市", "义乌市监察委员会"),
    ],
)
def test_level_words_inside_other_words_are_none(passage, home, name):
    # the town named beside them must not lend its name to 镇
    assert name in bodies(f"{{辛丰镇|D}}和{passage}。", home).values()


@pytest.mark.parametrize(
    ("printed", "home", "name"),
    [
        ("北营街道办", "山西省/太原市/小店区", "太原市小店区北营街道办事处"),
        ("对湖街道纪工委", "福建省/福州市/仓山区", "中共福州市仓山区对湖街道纪律检查工作委员会"),
        ("金山工业园区管委会", "福建省/福州市/仓山区", "福州市仓山区金山工业园区管理委员会"),
        ("姜山市场监管所", "浙江省/宁波市/鄞州区", "宁波市鄞州区市场监督管理局姜山市场监管所"),
        ("龙邦海关", "广西壮族自治区/百色市/靖西市", "中华人民共和国龙邦海关"),
        ("市公安蓟州分局", "天津市/蓟州区", "天津市公安局蓟州分局"),
        ("市公安局虎门分局", "广东省/东莞市", "东莞市公安局虎门分局"),
        ("盘山风景名胜区管理局", "天津市/蓟州区", "盘山风景名胜区管理局"),
        ("州直文旅局", "新疆维吾尔自治区/伊犁哈萨克自治州", "伊犁哈萨克自治州文化和旅游局"),
        ("荷叶镇长发村委会", HOME, "双峰县荷叶镇长发村村民委员会"),
    ],
)
def test_bodies_that_papers_print_short(printed, home, name):
    assert bodies(f"{{{printed}|A}}", home) == {printed: name}


def test_the_weather_is_no_business_of_the_county_government():
    assert superiors("{县气象局|A}") == set()


@pytest.mark.parametrize("printed", ["现鹿泉区委", "原鹿泉市委"])
def test_words_of_tenure_before_a_name_are_no_part_of_it(printed):
    assert bodies(f"{{{printed}|A}}书记", "河北省/石家庄市/鹿泉区") == {printed: "中共石家庄市鹿泉区委员会"}


def test_papers_of_a_county_that_is_a_district_now():
    found = bodies("{县委|A}书记焦向阳到{县国土资源局|A}调研。", "山西省/长治市/屯留区")
    assert found == {"县委": "中共长治市屯留区委员会", "县国土资源局": "长治市屯留区国土资源局"}


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("永兴街道党工委", "中共湄潭县永兴街道工作委员会"),
        ("永兴街道办事处", "湄潭县永兴街道办事处"),
        ("永兴镇政府", "湄潭县永兴镇人民政府"),
    ],
)
def test_towns_that_have_become_streets(printed, name):
    assert bodies(f"{{{printed}|A}}", "贵州省/遵义市/湄潭县") == {printed: name}


@pytest.mark.parametrize(
    ("passage", "printed", "name"),
    [
        ("{县信访|A}局长", "县信访", "双峰县信访局"),
        ("{县司法|A}副局长", "县司法", "双峰县司法局"),
        ("{县人社|A}局长", "县人社", "双峰县人力资源和社会保障局"),
        ("{县人武|A}部长", "县人武", "双峰县人民武装部"),
        ("{县公安|A}局长", "县公安", "双峰县公安局"),
        ("{县政府|A}局长", "县政府", "双峰县人民政府"),
    ],
)
def test_the_last_word_of_a_name_may_stand_in_the_title_alone(passage, printed, name):
    assert bodies(passage)[printed] == name


@pytest.mark.parametrize(
    ("passage", "printed", "name"),
    [
        (
            "{县人大常委会|A}、{县政协|A}换届，{法制委员会|A}成立",
            "法制委员会",
            "双峰县人民代表大会法制委员会",
        ),
        (
            "{县人大常委会|A}（须报{娄底市人大常委会|A}批准），{社会建设委员会|A}成立",
            "社会建设委员会",
            "双峰县人民代表大会社会建设委员会",
        ),
        ("{县人大常委会|A}、{提案委员会|A}", "提案委员会", "中国人民政治协商会议双峰县委员会提案委员会"),
        ("{县政协|A}、{民族和宗教委员会|A}", "民族和宗教委员会", "中国人民政治协商会议双峰县委员会民族和宗教委员会"),
    ],
)
def test_special_committees_are_of_the_assembly_that_has_such(passage, printed, name):
    assert bodies(passage)[printed] == name


@pytest.mark.parametrize(
    ("passage", "printed", "name"),
    [
        ("{县法院|A}开会，{审委会|A}讨论", "审委会", "双峰县人民法院审判委员会"),
        ("{县法院审委会|A}", "县法院审委会", "双峰县人民法院审判委员会"),
        ("{县检察院检委会|A}", "县检察院检委会", "双峰县人民检察院检察委员会"),
        ("{县法院民一庭|A}、{执行局|A}", "执行局", "双峰县人民法院执行局"),
        (
            "{县纪委|A}常委甲、{派驻县公安局纪检监察组|A}",
            "派驻县公安局纪检监察组",
            "中共双峰县纪律检查委员会、双峰县监察委员会派驻县公安局纪检监察组",
        ),
        (
            "{荷叶镇|D}干部和众多老人一起在县城欢度重阳节日，{人大|A}主席",
            "人大",
            "双峰县荷叶镇人民代表大会",
        ),
        ("{荷叶镇|D}干部和众多老人一起在县城欢度重阳节日，{人大|A}主任", "人大", "双峰县人民代表大会"),
        ("{荷叶镇|D}{长发村|D}，{驻村工作队|A}", "驻村工作队", "双峰县荷叶镇长发村驻村工作队"),
    ],
)
def test_names_that_leave_out_whose_they_are(passage, printed, name):
    assert bodies(passage)[printed] == name


@pytest.mark.parametrize(
    ("passage", "printed", "name"),
    [
        ("{县文化旅游体育局|A}、{县文广体局|A}", "县文广体局", "双峰县文广体局"),
        ("{县文化广电旅游体育局|A}、{县文广体局|A}", "县文广体局", "双峰县文化广电旅游体育局"),
        ("{县农业农村委员会|A}、{县农委|A}", "县农委", "双峰县农业农村委员会"),
        ("{县农委|A}", "县农委", "双峰县农业委员会"),
        ("{县国土资源局|A}、{县国资局|A}", "县国资局", "双峰县国有资产监督管理局"),
        ("{县文化广电旅游体育局|A}、{县文化局|A}", "县文化局", "双峰县文化局"),
        ("{县农业农村局|A}、{县农业局|A}", "县农业局", "双峰县农业局"),
        ("{县投促局|A}", "县投促局", "双峰县投资促进局"),
    ],
)
def test_a_short_name_is_the_body_that_the_article_prints_in_full(passage, printed, name):
    assert bodies(passage)[printed] == name


def test_a_town_is_no_street():
    assert bodies("{永丰街道|D}，{镇政府|A}")["镇政府"] is None


def test_the_commissioners_office_is_the_prefectures():
    home = "新疆维吾尔自治区/阿克苏地区/拜城县"
    assert bodies("{县委|A}书记、{行署|A}专员", home)["行署"] == "阿克苏地区行政公署"


@pytest.mark.parametrize(
    ("passage", "home", "name"),
    [
        ("{湘江新区|D}{新区产业发展局|A}", "湖南省/长沙市/岳麓区", "长沙市湘江新区产业发展局"),
        ("{花桥经济开发区|D}{花桥管委会|A}", "江苏省/苏州市/昆山市", "昆山市花桥经济开发区管理委员会"),
        ("{洋浦工委宣传部|A}", "海南省/儋州市", "中共儋州市洋浦经济开发区工作委员会宣传部"),
        ("{板桥镇|D}，{南关社区居委会|A}", "云南省/曲靖市/罗平县", "罗平县板桥镇南关社区居民委员会"),
        ("{九龙街道办事处安勒村党支部|A}", "云南省/曲靖市/罗平县", "中共罗平县九龙街道安勒村支部委员会"),
        ("{保山县委|A}", "云南省/保山市/龙陵县", "中共保山市隆阳区委员会"),
        ("{天水县委|A}", "甘肃省/天水市/秦安县", None),
    ],
)
def test_bodies_of_zones_villages_and_former_counties(passage, home, name):
    (linked,) = link([passage], home=home)
    names = {node.id: node.properties["name"] for node in linked.nodes}
    assert names.get(linked.links[-1].node) == name


def test_a_committee_of_the_national_conference_is_read_in_any_paper(link):
    (linked,) = link(
        "{全国政协|A1}{委员|T1}、{文化文史和学习委员会|A2}{副主任|T2}{方远|P1}\n---\n"
        "P1 holds T1\nT1 at A1\nP1 holds T2\nT2 at A2"
    )
    names = {node.id: node.properties["name"] for node in linked.nodes}
    assert [names[holding.post] for holding in linked.holdings][1].endswith("文化文史和学习委员会副主任")


def test_a_zone_printed_in_full_before_an_office_keeps_its_name(link):
    (linked,) = link("{张江高科技园区管理办公室|A1}发言。", home="上海市/浦东新区")
    names = [node.properties["name"] for node in linked.nodes if node.labels == ["Agency"]]
    assert [name.removeprefix("上海市浦东新区") for name in names if "办公室" in name] == ["张江高科技园区管理办公室"]


def test_a_hill_with_the_name_of_a_far_county_is_not_that_county(link):
    (here,) = link("{盘山管理局|A1}发言。", home="天津市/蓟州区")
    (there,) = link("{盘山县|D1}代表团来访，{盘山管理局|A1}发言。", home="天津市/蓟州区")
    assert (here.links[-1].node, there.links[-1].node) == (None, "agency:211122:盘山县管理局")


def test_committees_of_the_planned_economy_in_full(link):
    (linked,) = link("{县科委|A1}、{县经委|A2}、{县计委|A3}、{县体委|A4}发言。", home="广西壮族自治区/来宾市/武宣县")
    names = {node.properties["name"] for node in linked.nodes if node.labels == ["Agency"]}
    assert names >= {f"武宣县{words}委员会" for words in ("科学技术", "经济", "计划", "体育运动")}


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("县工商联第九届执行委员会", "双峰县工商业联合会执行委员会"),
        ("县工商业联合会（总商会）", "双峰县工商业联合会"),
        ("县妇联常委会", "双峰县妇女联合会常委会"),
        ("团县委办公室", "共青团双峰县委员会办公室"),
        ("县直工委", "中共双峰县委直属机关工作委员会"),
        ("县直机关工委", "中共双峰县委直属机关工作委员会"),
        ("两新工委", "中共双峰县委非公有制经济组织和社会组织工作委员会"),
        ("县人武部军事科", "双峰县人民武装部军事科"),
        ("人武部政治工作科", "双峰县人民武装部政治工作科"),
        ("教育局人事股", "双峰县教育局人事股"),
        ("区建管委", "上海市崇明区建设和管理委员会"),
        ("区规划资源局", "上海市崇明区规划和自然资源局"),
        ("旗乌兰牧骑", "奈曼旗乌兰牧骑"),
        ("团镇委", "共青团奈曼旗大沁他拉镇委员会"),
    ],
)
def test_units_and_organs_that_papers_print_short(link, printed, name):
    homes = {"双峰": "湖南省/娄底市/双峰县", "上海": "上海市/崇明区"}
    home = next((home for word, home in homes.items() if word in name), "内蒙古自治区/通辽市/奈曼旗")
    town = "{大沁他拉镇|D1}" if "镇" in printed else ""
    (linked,) = link(f"{town}里，{{{printed}|A1}}发言。", home=home)
    assert next(link.node for link in linked.links if link.entity == "A1").endswith(f":{name}")


def test_a_county_whose_name_begins_like_the_league(link):
    (linked,) = link("{团风县委|A1}发言。", home="湖北省/黄冈市/团风县")
    assert linked.links[0].node == "agency:421121:中共团风县委员会"


def test_companies_of_the_regiment_named_last(link):
    (linked,) = link("在{二十九团|A1}，{三连|A2}发言。", home="新疆维吾尔自治区/铁门关市")
    assert linked.links[-1].node.endswith("第二师二十九团三连")


def test_the_office_of_a_zone_that_the_statistics_count(link):
    (linked,) = link("在{合肥循环经济示范园|D1}，{管委会|A1}发言，后到{肥东经开区|D2}。", home="安徽省/合肥市/肥东县")
    assert linked.links[1].node.endswith("合肥循环经济示范园管理委员会")


@pytest.mark.parametrize(
    ("passage", "name"),
    [
        ("{县水利局|A}率{水政监察股|A}", "双峰县水利局水政监察股"),
        ("{县水利局|A}率{水政监察股|A}、{办公室|A}", "双峰县水利局办公室"),
        ("{县水利局|A}开会。{水政监察股|A}参加", None),
        ("{县水利局|A}开会，{局党组|A}研究", "中共双峰县水利局党组"),
        ("{县民政局|A}说，{县法院|A}开庭，{局办公室|A}参加", "双峰县民政局办公室"),
    ],
)
def test_units_without_their_bureau_are_of_the_one_before(passage, name):
    assert list(bodies(passage).values())[-1] == name


def test_assemblies_of_another_county_in_one_row_are_both_of_it(link):
    text = (
        "{安岳县人大常委会|A1}{主任|T1}{王志|P1}、{县政协|A2}{主席|T2}{李江|P2}来访，"
        "{县人大常委会|A3}{主任|T3}{方远|P3}陪同。"
    )
    (linked,) = link(f"{text}\n---\nP1 holds T1\nT1 at A1\nP2 holds T2\nT2 at A2\nP3 holds T3\nT3 at A3")
    assert [holding.post.split(":")[1] for holding in linked.holdings] == ["512021", "512021", "512022"]


@pytest.mark.parametrize(("body", "office"), [("县公安局", "局长办公室"), ("县法院", "院长办公室")])
def test_the_office_of_a_head_does_not_begin_with_the_last_letter_of_his_body(body, office):
    names = bodies(f"{{{body}|A}}开会，{{{office}|A}}参加").values()
    assert not any(name and name.endswith(f"{body[-2:]}长办公室") for name in names)
