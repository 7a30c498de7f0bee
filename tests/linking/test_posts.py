"""Posts: whose they are, their rank, and whether somebody holds them now."""

import pytest

from pipeline.linking import link_issue
from pipeline.records import Article, Mention, Record, Relation

LABELS = {"P": "PERSON", "T": "TITLE", "A": "AGENCY", "D": "DISTRICT", "X": "ACT", "O": "ORG"}


def holdings(home, *parts, at=(), obj=()):
    """Link one passage of plain words and (text, label) pairs; the person is the only P and holds every T.

    `at` pairs title and body by their numbers among the marked parts, `obj` an act and the person.
    """
    text, mentions = "", []
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        start = len(text)
        text += part[0]
        mentions.append(
            Mention(id=f"M{len(mentions)}", label=LABELS[part[1]], start=start, end=len(text), text=part[0])
        )
    person = next(m.id for m in mentions if m.label == "PERSON")
    relations = [Relation(type="holds", head=person, tail=m.id) for m in mentions if m.label == "TITLE"]
    relations += [Relation(type="at", head=f"M{title}", tail=f"M{body}") for title, body in at]
    relations += [Relation(type="object", head=f"M{act}", tail=f"M{whom}") for act, whom in obj]
    record = Record(id="r", text=text, entities=mentions, relations=relations)
    (linked,) = link_issue([(Article(id="r", source="test", body=text), record, [])], home=home)
    nodes = {node.id: node.properties for node in linked.nodes}
    return [(nodes[h.post]["name"], nodes[h.post].get("rank"), h.status, h.inferred) for h in linked.holdings]


def test_a_head_of_government_after_a_party_post_is_of_the_papers_own_district():
    found = holdings(
        "湖北省/荆州市/沙市区", ("区委", "A"), ("副书记", "T"), "、", ("区长", "T"), ("方远", "P"), at=[(1, 0)]
    )
    assert found == [
        ("中共荆州市沙市区委员会副书记", "副处级", "current", False),
        ("荆州市沙市区区长", "正处级", "current", True),
    ]


@pytest.mark.parametrize(
    ("home", "rank"),
    [("上海市/宝山区", "正厅级"), ("湖北省/武汉市/江岸区", "副厅级"), ("浙江省/宁波市/象山县", "正处级")],
)
def test_rank_follows_the_level_of_the_city_above(home, rank):
    word = "县" if home.endswith("县") else "区"
    (found,) = holdings(home, (f"{word}长", "T"), ("方远", "P"))
    assert found[1] == rank


@pytest.mark.parametrize(
    ("before", "title", "status"),
    [("", "代县长", "acting"), ("原", "县长", "former"), ("拟任", "县长", "proposed"), ("现任", "县长", "current")],
)
def test_status_is_told_by_the_words_around_a_post(before, title, status):
    (found,) = holdings("江苏省/淮安市/盱眙县", before, (title, "T"), ("方远", "P"))
    assert (found[0], found[2]) == ("盱眙县县长", status)


def test_the_post_of_now_is_held_though_another_is_proposed():
    found = holdings(
        "江苏省/淮安市/盱眙县",
        ("方远", "P"), ",现任", ("县财政局", "A"), ("副局长", "T"), ",", ("拟任", "X"), ("县审计局", "A"), ("局长", "T"),
        at=[(2, 1), (5, 4)], obj=[(3, 0)],
    )  # fmt: skip
    assert [(name, status) for name, _, status, _ in found] == [
        ("盱眙县财政局副局长", "current"),
        ("盱眙县审计局局长", "proposed"),
    ]


def test_a_title_that_names_its_town_only_by_level_belongs_to_the_town_named_before():
    (found,) = holdings("广东省/江门市/新会区", ("司前镇", "D"), "召开座谈会,", ("镇党委书记", "T"), ("方远", "P"))
    assert found[0] == "中共江门市新会区司前镇委员会书记"


def test_a_regiment_in_a_paper_of_its_division():
    (found,) = holdings("新疆维吾尔自治区/胡杨河市", ("一二五团", "A"), ("团长", "T"), ("方远", "P"), at=[(1, 0)])
    assert found[0] == "新疆生产建设兵团第七师一二五团团长"


def scored(*scores, holds=None):
    """A title with an `at` arc of each score to a body of its own."""
    bodies = ["县教育局", "县水利局", "县林业局"][: len(scores)]
    text = "、".join(bodies) + "局长方远"
    mentions = [
        Mention(id=f"A{n}", label="AGENCY", start=5 * n, end=5 * n + 4, text=body) for n, body in enumerate(bodies)
    ]
    start = len(text) - 4
    mentions.append(Mention(id="T", label="TITLE", start=start, end=start + 2, text="局长"))
    mentions.append(Mention(id="P", label="PERSON", start=start + 2, end=start + 4, text="方远"))
    relations = [Relation(type="at", head="T", tail=f"A{n}", score=score) for n, score in enumerate(scores)]
    relations.append(Relation(type="holds", head="P", tail="T", score=holds))
    record = Record(id="r", text=text, entities=mentions, relations=relations)
    return link_issue([(Article(id="r", source="test", body=text), record, [])], home="江苏省/淮安市/盱眙县")[0]


@pytest.mark.parametrize(
    ("scores", "body", "name"),
    [
        ((0.9, 0.4), "A0", "盱眙县教育局局长"),
        ((0.4, 0.9), "A1", "盱眙县水利局局长"),
        ((0.2, None, 0.9), "A1", "盱眙县水利局局长"),
    ],
)
def test_a_post_and_its_evidence_are_at_the_likeliest_body(scores, body, name):
    linked = scored(*scores)
    (holding,) = linked.holdings
    assert holding.entities == ["P", "T", body]
    assert {node.id: node.properties["name"] for node in linked.nodes}[holding.post] == name


def test_a_holding_that_is_surely_wrong_is_left_out():
    assert scored(0.9, holds=0.0).holdings == []
    assert len(scored(0.9, holds=0.9).holdings) == len(scored(0.9).holdings) == 1


@pytest.mark.parametrize(
    ("home", "place", "title", "name"),
    [
        ("湖北省/荆州市/荆州区", "沙市", "区长", "荆州市沙市区区长"),
        ("山东省/济宁市", "曲阜", "市长", "曲阜市市长"),
        ("广西壮族自治区/贵港市", "港北", "区长", "贵港市港北区区长"),
    ],
)
def test_the_head_in_a_row_of_posts_is_of_the_place_of_the_row(home, place, title, name):
    body = f"{place}{title[0]}委"
    found = holdings(home, (body, "A"), ("副书记", "T"), "、", (title, "T"), ("方远", "P"), at=[(1, 0)])
    assert found[1][0] == name


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        ([("桂平市", "D"), "来访。该市", ("市长", "T"), ("方远", "P")], ["桂平市市长"]),
        ([("港北区", "D"), "来访，", ("区水利局", "A"), ("局长", "T"), ("方远", "P")], ["贵港市港北区水利局局长"]),
        ([("港北区水利局", "A"), "来访。该局", ("副局长", "T"), ("方远", "P")], ["贵港市港北区水利局副局长"]),
    ],
)
def test_words_for_places_are_read_by_the_place_that_is_meant(parts, names):
    at = [(2, 1)] if ("局长", "T") in parts else []
    assert [found[0] for found in holdings("广西壮族自治区/贵港市", *parts, at=at)] == names


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("麦市镇", "D"), ("委员", "T")], "中共通城县麦市镇委员会委员"),
        ([("麦市镇", "D"), ("副书记", "T")], "中共通城县麦市镇委员会副书记"),
        ([("县人民法院审判委员会", "A"), ("审判员", "T")], "通城县人民法院审判员"),
        ([("县政协", "A"), ("县一级调研员", "T")], "通城县一级调研员"),
        ([("县审计局", "A"), ("代理局长", "T")], "通城县审计局局长"),
        ([("麦市镇", "D"), ("党委原委员", "T")], "中共通城县麦市镇委员会委员"),
    ],
)
def test_a_post_is_at_the_body_that_has_such_posts(parts, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"), at=[(1, 0)])[0][0] == name


def test_the_congress_in_a_row_of_township_posts_is_the_townships():
    found = holdings(
        "广西壮族自治区/百色市/田阳区",
        ("那满镇", "D"), ("党委书记", "T"), "、", ("人大", "A"), ("主席", "T"), ("农立新", "P"), at=[(1, 0), (3, 2)],
    )  # fmt: skip
    assert [name for name, *_ in found] == ["中共百色市田阳区那满镇委员会书记", "百色市田阳区那满镇人民代表大会主席"]


def test_the_deputy_after_an_elected_secretary_is_of_the_same_committee():
    found = holdings(
        "陕西省/渭南市/蒲城县",
        ("孙镇", "D"),
        ("党委书记", "T"),
        "，",
        ("方远", "P"),
        "当选",
        ("副书记", "T"),
        at=[(1, 0)],
    )
    assert {name for name, *_ in found} == {"中共蒲城县孙镇委员会书记", "中共蒲城县孙镇委员会副书记"}


@pytest.mark.parametrize(
    ("home", "body", "label", "title"),
    [
        ("内蒙古自治区/巴彦淖尔市/五原县", "五原县", "D", "县长"),
        ("山西省/忻州市/代县", "原平市", "D", "市长"),
        ("宁夏回族自治区/固原市/西吉县", "固原市", "D", "副市长"),
        ("宁夏回族自治区/固原市/西吉县", "原州区教育局", "A", "局长"),
        ("吉林省/松原市/前郭尔罗斯蒙古族自治县", "前郭县委", "A", "书记"),
        ("浙江省/金华市/磐安县", "方前镇", "D", "党委书记"),
    ],
)
def test_a_name_with_the_word_for_former_says_nothing_of_its_posts(home, body, label, title):
    parts = ((body, label), (title, "T"), ("方远", "P"))
    assert holdings(home, *parts, at=[(1, 0)])[0][2] == "current"
    assert holdings(home, "原", *parts, at=[(1, 0)])[0][2] == "former"
    assert holdings(home, (f"原{body}", label), *parts[1:], at=[(1, 0)])[0][2] == "former"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("县委", "A"), ("书记", "T"), "、", ("县总河长", "T")], "蓝山县总河长"),
        ([("县委", "A"), ("常委", "T"), "、", ("副总指挥长", "T")], "蓝山县副总指挥长"),
        ([("县委", "A"), ("书记", "T"), "，舜水", ("县级河长", "T")], "蓝山县县级河长"),
        ([("塔峰镇", "D"), ("党委书记", "T"), "、", ("镇级河长", "T")], "蓝山县塔峰镇镇级河长"),
        ([("塔峰镇", "D"), ("县委", "A"), "、", ("镇长", "T")], "蓝山县塔峰镇镇长"),
    ],
)
def test_heads_and_wardens_of_a_place_are_not_its_committees(parts, name):
    titles = [number for number, part in enumerate(p for p in parts if isinstance(p, tuple)) if part[1] == "T"]
    at = [(titles[0], titles[0] - 1)]
    assert holdings("湖南省/永州市/蓝山县", *parts, ("方远", "P"), at=at)[-1][0] == name


def test_commanders_of_the_corps_are_of_its_division():
    home = "新疆维吾尔自治区/图木舒克市"
    found = holdings(
        home,
        ("师市党委", "A"),
        ("书记", "T"),
        "、",
        ("政委", "T"),
        "，",
        ("副师长", "T"),
        ("方远", "P"),
        at=[(1, 0), (3, 0)],
    )
    division = "新疆生产建设兵团第三师"
    assert [name for name, *_ in found] == [
        f"中共{division}图木舒克市委员会书记",
        f"{division}政委",
        f"{division}副师长",
    ]
    city = holdings(home, ("图木舒克市", "D"), ("市长", "T"), ("方远", "P"), at=[(1, 0)])
    assert city == [("图木舒克市市长", None, "current", False)], "it has the rank of the division"


@pytest.mark.parametrize(
    ("place", "title", "name"),
    [
        ("竹管寨村", "支部书记", "中共蓝山县竹管寨村支部委员会书记"),
        ("竹管寨村", "村党支部书记", "中共蓝山县竹管寨村支部委员会书记"),
        ("竹管寨村", "总支书记", "中共蓝山县竹管寨村总支部委员会书记"),
        ("竹管寨村", "村主任", "蓝山县竹管寨村村民委员会主任"),
        ("东方红社区", "副主任", "蓝山县东方红社区居民委员会副主任"),
    ],
)
def test_posts_of_villages_are_at_their_branch_and_committee(place, title, name):
    home = "湖南省/永州市/蓝山县"
    assert holdings(home, (place, "D"), (title, "T"), ("方远", "P"), at=[(1, 0)])[0][0] == name


def test_posts_at_bodies_that_link_to_nothing_are_apart():
    home = "湖南省/永州市/蓝山县"
    names = [
        holdings(home, (b, "A"), ("主任", "T"), ("方远", "P"), at=[(1, 0)])[0][0] for b in ("前线军管会", "驻京联络组")
    ]
    assert names == ["前线军管会主任", "驻京联络组主任"]


def test_a_noun_that_ends_like_a_level_word_is_no_place():
    (found,) = holdings("广西壮族自治区/桂林市/阳朔县", "遇龙河景区", ("总经理", "T"), ("方远", "P"))
    assert found[0] == "总经理"


@pytest.mark.parametrize(
    ("parts", "post"),
    [
        ([("桐梓县第二高级中学", "O"), "举行典礼。", ("校长", "T"), ("娄刚", "P"), "致辞。"], "桐梓县第二高级中学校长"),
        ([("县文化旅游体育局", "A"), "揭牌，", ("局长", "T"), ("汪静", "P"), "主持。"], "桐梓县文化旅游体育局局长"),
        ([("县人民医院", "O"), "开诊，该院", ("副院长", "T"), ("陈凯", "P"), "坐诊。"], "桐梓县人民医院副院长"),
        ([("县人民医院", "O"), "开诊。群众满意。", ("县教育局", "A"), "来访。", ("院长", "T"), ("陈凯", "P")], "院长"),
    ],
)  # fmt: skip
def test_bare_heads_are_of_the_body_named_last(parts, post):
    assert [name for name, *_ in holdings("贵州省/遵义市/桐梓县", *parts)] == [post]


@pytest.mark.parametrize("words", ["转任", "升任"])
def test_whoever_moves_on_from_a_post_has_left_it(words):
    parts = [("李江", "P"), "由", ("县水务局", "A"), ("局长", "T"), f"{words}他职。"]
    assert [status for *_, status, _ in holdings("贵州省/遵义市/湄潭县", *parts, at=[(2, 1)])] == ["former"]


def test_a_firms_short_name_is_the_one_printed_in_full():
    found = holdings(
        "贵州省/遵义市/湄潭县",
        *(("康奕公司", "O"), "开工，", ("贵州康奕绿色食品有限公司", "O"), ("董事长", "T"), ("李江", "P")),
        *("、", ("康奕公司", "O"), ("总经理", "T"), "出席。"),
        at=[(2, 1), (5, 4)],
    )
    assert [name for name, *_ in found] == ["贵州康奕绿色食品有限公司董事长", "贵州康奕绿色食品有限公司总经理"]


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("麦市镇党委", "A"), "开会，", ("党委书记", "T")], "中共通城县麦市镇委员会书记"),
        ([("县委", "A"), "来人到", ("麦市镇", "D"), "调研。", ("党委副书记", "T")], "中共通城县麦市镇委员会副书记"),
        ([("麦市镇", "D"), "开会，", ("县人民医院", "O"), "来人，", ("党委书记", "T")], "党委书记"),
        ([("麦市镇", "D"), "开会，林场", ("党委书记", "T")], "党委书记"),
        ([("麦市镇", "D"), "开会。会议很长。到会的多。", ("党委书记", "T")], "党委书记"),
        ([("药姑山林场", "O"), "植树，林场", ("党委书记", "T")], "药姑山林场党委书记"),
    ],
)
def test_a_bare_party_secretary_is_of_the_one_committee_in_sight(parts, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"))[0][0] == name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("麦市镇", "D"), ("镇长", "T"), "，拟任乡镇", ("党委书记", "T")], "通城县乡镇党委书记"),
        ([("麦市镇", "D"), ("镇长", "T"), "，拟提名为", ("乡镇长", "T")], "通城县乡镇长"),
        (
            [("麦市镇", "D"), ("镇长", "T"), "，拟任镇（街道）党工委委员、镇", ("党委书记", "T")],
            "中共通城县麦市镇委员会书记",
        ),
    ],
)
def test_a_post_in_some_township_is_in_none(parts, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"), at=[(1, 0)])[-1][0] == name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("麦市镇", "D"), ("许庄村", "D"), "的驻村", ("第一书记", "T")], "通城县麦市镇许庄村第一书记"),
        ([("麦市镇", "D"), ("许庄村", "D"), "，", ("驻村第一书记", "T")], "通城县麦市镇许庄村第一书记"),
        ([("麦市镇", "D"), ("许庄村", "D"), "，", ("驻村工作队队长", "T")], "通城县麦市镇许庄村驻村工作队队长"),
        ([("麦市镇", "D"), ("许庄村", "D"), "，", ("村民小组长", "T")], "通城县麦市镇许庄村村民小组长"),
        ([("麦市镇", "D"), "，镇", ("人武部长", "T")], "通城县麦市镇人民武装部部长"),
        ([("麦市镇", "D"), "，", ("镇武装部副部长", "T")], "通城县麦市镇人民武装部副部长"),
    ],
)
def test_posts_that_tell_what_of_a_village_or_town_they_are_of(parts, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"))[0][0] == name


def test_the_head_of_the_militia_at_a_town_is_of_its_department():
    (found,) = holdings("湖北省/咸宁市/通城县", ("麦市镇", "D"), ("武装部长", "T"), ("方远", "P"), at=[(1, 0)])
    assert found[0] == "通城县麦市镇人民武装部部长"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("县消防救援大队", "A"), "里，", ("教导员", "T")], "通城县消防救援大队教导员"),
        ([("县公安局麦市派出所", "A"), "里，", ("指导员", "T")], "通城县公安局麦市派出所指导员"),
        ([("县委第二巡察组", "A"), "到会，", ("副组长", "T")], "中共通城县委第二巡察组副组长"),
        ([("县人武部", "A"), "来人。在某团，", ("政治委员", "T")], "政治委员"),
        ([("县实验中学", "O"), "里，", ("校长助理", "T")], "通城县实验中学校长助理"),
        ([("县法院民一庭", "A"), "庭长到会，", ("审判员", "T")], "通城县人民法院审判员"),
        ([("县法院", "A"), "、", ("咸宁市中级人民法院民一庭", "A"), "，", ("审判员", "T")], "通城县人民法院审判员"),
    ],
)
def test_the_second_post_of_a_body_is_of_it_too(parts, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"))[0][0] == name


@pytest.mark.parametrize(
    ("home", "parts", "name"),
    [
        ("西藏自治区/阿里地区/札达县", [("地委委员", "T")], "中共阿里地区委员会委员"),
        ("西藏自治区/阿里地区/札达县", [("行署", "A"), "、", ("地委委员", "T")], "中共阿里地区委员会委员"),
        ("西藏自治区/阿里地区/札达县", ["行署", ("秘书长", "T")], "阿里地区行政公署秘书长"),
        ("西藏自治区/阿里地区/札达县", [("副专员", "T")], "阿里地区行政公署副专员"),
        ("湖北省/咸宁市/通城县", [("副专员", "T")], "副专员"),
        ("新疆维吾尔自治区/石河子市", [("副师长", "T")], "新疆生产建设兵团第八师副师长"),
        ("新疆维吾尔自治区/乌鲁木齐市", [("副师长", "T")], "副师长"),
    ],
)
def test_posts_of_prefectures_and_of_the_corps_without_their_body(home, parts, name):
    at = [(1, 0)] if ("行署", "A") in parts else []
    assert holdings(home, *parts, ("方远", "P"), at=at)[0][0] == name


def test_a_township_is_named_by_its_school_too():
    parts = [("麦市镇", "D"), ("石南镇中心小学", "O"), "开学，镇", ("党委书记", "T"), ("方远", "P")]
    assert holdings("湖北省/咸宁市/通城县", *parts)[0][0] == "中共通城县石南镇委员会书记"


@pytest.mark.parametrize(
    ("home", "word", "zone", "title", "name"),
    [
        ("湖南省/长沙市/望城区", "区", "经开区党工委", "副区长", "长沙市望城区副区长"),
        ("江苏省/无锡市/宜兴市", "市", "高新区党工委", "常务副市长", "宜兴市常务副市长"),
    ],
)
def test_a_head_of_government_in_a_row_after_a_zones_post_is_of_the_district(home, word, zone, title, name):
    parts = [(f"{word}委", "A"), ("常委", "T"), "、", (zone, "A"), ("委员", "T"), "、", (title, "T"), ("方远", "P")]
    assert holdings(home, *parts, at=[(1, 0), (3, 2), (4, 2)])[-1][0] == name


def test_the_head_of_the_militia_in_a_row_of_township_officials_is_the_townships(link):
    text = (
        "{石湍镇|D1}{党委副书记|T1}、{镇人大|A1}{主席|T2}{郝军|P1}，镇{党委委员|T3}、{武装部长|T4}{方远|P2}参加。"
        "{县委|A2}{常委|T5}、{武装部长|T6}{王志|P3}说。"
    )
    (linked,) = link(
        f"{text}\n---\nP1 holds T1\nT1 at D1\nP1 holds T2\nT2 at A1\nP2 holds T3\nP2 holds T4\nP3 holds T5\nT5 at A2\nP3 holds T6",
        home="四川省/资阳市/乐至县",
    )
    names = {node.id: node.properties["name"] for node in linked.nodes}
    heads = {holding.entities[1]: names[holding.post] for holding in linked.holdings}
    assert (heads["T4"], heads["T6"]) == ("乐至县石湍镇人民武装部部长", "乐至县人民武装部部长")


@pytest.mark.parametrize(
    ("parts", "at", "name"),
    [
        ([("县法院", "A"), "、", ("县检察院", "A"), "开会，", ("副院长", "T")], (), "通城县人民法院副院长"),
        ([("县法院", "A"), "开庭，", ("县检察院", "A"), "出庭，", ("书记员", "T")], [(2, 1)], "通城县人民法院书记员"),
        ([("县法院", "A"), "开庭，", ("县检察院", "A"), ("书记员", "T")], [(2, 1)], "通城县人民检察院书记员"),
        ([("麦市镇人大", "A"), "开会，", ("镇党委副书记", "T")], [(1, 0)], "中共通城县麦市镇委员会副书记"),
        ([("湖北通达集团有限公司", "O"), "里，集团", ("党委书记", "T")], (), "湖北通达集团有限公司党委书记"),
        ([("县巡警大队", "A"), ("副大队长", "T")], [(1, 0)], "通城县公安局巡警大队副大队长"),
    ],
)
def test_no_post_is_of_a_body_that_has_none_of_its_kind(parts, at, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"), at=at)[0][0] == name


def test_the_officer_beside_the_head_of_a_unit_is_of_it(link):
    text = "{县消防救援大队|A1}演练。{大队长|T1}{王志|P1}、{教导员|T2}{方远|P2}参加。{中队长|T3}{李江|P3}、某所{教导员|T4}{于凤|P4}说。"
    (linked,) = link(f"{text}\n---\nP1 holds T1\nP2 holds T2\nP3 holds T3\nP4 holds T4")
    names = {node.id: node.properties["name"] for node in linked.nodes}
    told = [names[holding.post] for holding in linked.holdings]
    assert (told[1], told[3]) == ("乐至县消防救援大队教导员", "教导员")


@pytest.mark.parametrize("title", ["居委会主任", "居民委员会主任"])
def test_the_head_of_a_residents_committee_is_one_post_in_full_and_in_short(link, title):
    (linked,) = link(f"{{石湍镇|D1}}{{秀水社区|D2}}{{{title}|T1}}{{方远|P1}}说。\n---\nP1 holds T1\nT1 at D2")
    assert linked.holdings[0].post.endswith("秀水社区居民委员会:主任")


@pytest.mark.parametrize(
    ("home", "parts", "at", "name"),
    [
        (
            "湖北省/咸宁市/通城县",
            [("县工商联", "A"), ("主席", "T"), "、", ("商贸联谊会", "A"), ("副主席", "T")],
            [(1, 0), (3, 2)],
            "商贸联谊会副主席",
        ),
        ("湖北省/咸宁市", [("麦市镇", "D"), "、", ("沙某镇", "D"), ("副镇长", "T")], [(2, 1)], "沙某镇副镇长"),
        ("广西壮族自治区/柳州市/融水苗族自治县", [("自治县", "D"), ("副县长", "T")], [(1, 0)], "融水苗族自治县副县长"),
    ],
)
def test_a_title_right_after_a_name_that_is_nothing_is_of_nothing_else(home, parts, at, name):
    assert holdings(home, *parts, ("方远", "P"), at=at)[-1][0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "{县财政局|A1}{局长|T1}{方远|P1}、{市审计局|A2}{局长|T2}{王志|P2}到场。{方远|P3}{局长|T3}说。",
            "乐至县财政局局长",
        ),
        (
            "{石湍镇|D1}{镇长|T1}{方远|P1}、{大佛镇|D2}{镇长|T2}{王志|P2}到场。{方远|P3}{镇长|T3}说。",
            "乐至县石湍镇镇长",
        ),
        ("{县长|T1}{方远|P1}在{县气象局|A2}见了{局长|T2}{王志|P2}。{方远|P3}{县长|T3}说。", "乐至县县长"),
    ],
)
def test_a_title_right_after_a_name_is_the_post_that_the_article_gives_its_bearer(link, text, name):
    arcs = ["P1 holds T1", "P2 holds T2", "P3 holds T3"]
    arcs += [f"T{n} at {mark}{n}" for n in (1, 2) for mark in "AD" if f"|{mark}{n}}}{{" in text]
    (linked,) = link("\n".join([text, "---", *arcs]))
    names = {node.id: node.properties["name"] for node in linked.nodes}
    assert names[linked.holdings[-1].post] == name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("县公安局", "A"), "开会，局", ("党委委员", "T")], "通城县公安局党委委员"),
        ([("县检察院", "A"), "开会。会后，院", ("党组书记", "T")], "通城县人民检察院党组书记"),
        ([("县第一中学", "O"), "开会，校", ("党委书记", "T")], "通城县第一中学党委书记"),
        ([("县法院", "A"), "开会，", ("党组书记", "T"), "、", ("院长", "T")], "通城县人民法院党组书记"),
        ([("县法院", "A"), "和", ("执行局", "A"), "开会，", ("党组成员", "T")], "通城县人民法院党组成员"),
        ([("县人大常委会", "A"), "开会，", ("党组成员", "T")], "通城县人民代表大会常务委员会党组成员"),
        ([("县财政局", "A"), "、", ("县审计局", "A"), "开会，", ("党组成员", "T")], "党组成员"),
        ([("县人民医院", "O"), "开会，", ("党委书记", "T"), "、", ("院长", "T")], "通城县人民医院党委书记"),
        ([("县妇联执委会", "A"), "选出，", ("方某", "D"), "当选", ("副主席", "T")], "通城县妇女联合会副主席"),
    ],
)
def test_posts_of_the_body_that_holds_the_meeting(parts, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"))[0][0] == name


def test_lines_of_names_below_the_posts_that_are_announced(link):
    text = (
        "会议选举产生了{县人大常委会|A1}{主任|T1}、{副主任|T2}、{委员|T3}。名单如下：\n"
        "{主　任|T4}：{王志|P1}\n{副主任|T5}：{李江|P2}　{于凤|P3}\n{委　员|T6}：{方远|P4}"
    )
    arcs = "T1 at A1\nT2 at A1\nT3 at A1\nP1 holds T4\nP2 holds T5\nP3 holds T5\nP4 holds T6"
    (linked,) = link(f"{text}\n---\n{arcs}")
    names = {node.id: node.properties["name"] for node in linked.nodes}
    told = [names[holding.post] for holding in linked.holdings]
    assert told == [f"乐至县人民代表大会常务委员会{title}" for title in ("主任", "副主任", "副主任", "委员")]


@pytest.mark.parametrize(
    ("home", "parts", "name"),
    [
        ("广西壮族自治区/河池市/凤山县", [("砦牙乡", "D"), ("那王村", "D"), "，", ("村委主任", "T")], "村民委员会主任"),
        ("上海市/静安区", [("彭浦镇", "D"), ("晨光居民区", "D"), ("居委主任", "T")], "居民委员会主任"),
        ("内蒙古自治区/通辽市/科尔沁左翼后旗", [("阿都沁苏木", "D"), "，", ("苏木达", "T")], "阿都沁苏木苏木达"),
        ("新疆维吾尔自治区/铁门关市", [("二十九团", "A"), "，", ("副团长", "T")], "第二师二十九团副团长"),
    ],
)
def test_heads_of_villages_towns_and_regiments_by_their_titles_alone(home, parts, name):
    at = [(2, 1)] if parts[1][0] == "晨光居民区" else []
    assert holdings(home, *parts, ("方远", "P"), at=at)[0][0].endswith(name)


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        (["。", ("党组成员", "T"), "、", ("副局长", "T")], ["党组成员", "副局长"]),
        (["，局", ("党组书记", "T"), "、", ("局长", "T")], ["党组书记", "局长"]),
        (["。", ("党委委员", "T"), "，", ("副局长", "T")], ["党委委员", "副局长"]),
    ],
)
def test_the_partys_group_before_a_head_is_that_of_the_body_that_is_headed(parts, names):
    told = holdings("湖北省/咸宁市/通城县", ("县水利局", "A"), "开会", *parts, ("方远", "P"))
    assert [name for name, *_ in told] == [f"通城县水利局{name}" for name in names]


def test_the_partys_group_of_a_firm_that_is_printed_before_it_is_not_the_bureaus():
    told = holdings(
        "湖北省/咸宁市/通城县",
        ("县水利局", "A"),
        "开会，供销社",
        ("党组成员", "T"),
        "、",
        ("副局长", "T"),
        ("方远", "P"),
    )
    assert told[0][0] == "党组成员"


@pytest.mark.parametrize(
    ("parts", "at", "name"),
    [
        ([("孟帕县", "D"), ("县长", "T")], [(1, 0)], "孟帕县县长"),
        ([("孟帕县", "D"), ("副县长", "T")], [(1, 0)], "孟帕县副县长"),
        ([("孟帕", "D"), "的", ("县长", "T")], [(1, 0)], "通城县县长"),
    ],
)
def test_the_head_of_a_place_that_no_table_has_is_not_the_homes(parts, at, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"), at=at)[0][0] == name


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("麦市镇党（工）委", "中共通城县麦市镇委员会书记"),
        ("宝塔山街道党（工）委", "中共延安市宝塔区宝塔山街道工作委员会书记"),
    ],
)
def test_a_committee_printed_for_towns_and_streets_is_the_one_that_the_place_has(body, name):
    home = "湖北省/咸宁市/通城县" if "麦市" in body else "陕西省/延安市/宝塔区"
    assert holdings(home, (body, "A"), ("书记", "T"), ("方远", "P"), at=[(1, 0)])[0][0] == name


def test_a_post_that_its_holder_corrects_leaves_nothing_behind(link):
    text = (
        "{区教育局|A1}{局长|T1}{王丽|P1}、{市水利局|A2}原{副局长|T2}{李强|P2}{陪同|X1}。{王|P3}{局长|T3}{来到|X2}学校。"
    )
    arcs = "P1 holds T1\nT1 at A1\nP2 holds T2\nT2 at A2\nP3 holds T3"
    (linked,) = link(f"{text}\n---\n{arcs}", home="湖北省/荆州市/沙市区")
    known = {node.id for node in linked.nodes}
    assert {end for fact in linked.structure for end in (fact.start, fact.end)} <= known


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("县法院", "A"), "到", ("县人民医院", "O"), "。该院", ("院长", "T")], "通城县人民医院院长"),
        ([("县委党校", "A"), "到", ("县第一中学", "O"), "。该校", ("校长", "T")], "通城县第一中学校长"),
        ([("县纪委监委", "A"), "开会。该委", ("副主任", "T")], "中共通城县纪律检查委员会、通城县监察委员会副主任"),
        ([("县工商联", "A"), "开会。该会", ("副会长", "T")], "通城县工商业联合会副会长"),
        ([("麦市镇", "D"), "开会，镇长发言。该镇", ("副镇长", "T")], "通城县麦市镇副镇长"),
    ],
)
def test_that_hospital_or_school_is_the_one_named_last_whatever_it_is(parts, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"))[0][0] == name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("通农集团", "O"), "开会，", ("政委", "T")], "政委"),
        ([("县代表团", "A"), "开会，", ("政治委员", "T")], "政治委员"),
        ([("县工业园", "A"), "开会，", ("园长", "T")], "园长"),
        ([("县机关幼儿园", "O"), "开会，", ("园长", "T")], "通城县机关幼儿园园长"),
    ],
)
def test_what_ends_like_a_regiment_or_a_kindergarten_has_not_their_heads(parts, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"))[0][0] == name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("县水利局", "A"), "开会，烟草", ("党组成员", "T")], "党组成员"),
        ([("县水利局", "A"), "开会，原", ("党组成员", "T")], "通城县水利局党组成员"),
        ([("麦市镇", "D"), "开会，林场", ("党委委员", "T")], "党委委员"),
        ([("麦市镇", "D"), "开会，原", ("党委委员", "T")], "中共通城县麦市镇委员会委员"),
    ],
)
def test_whose_a_post_of_the_party_is_may_stand_right_before_it(parts, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"))[0][0] == name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("县水利局", "A"), "和", ("麦市镇政府", "A"), "开会，", ("党组成员", "T")], "通城县水利局党组成员"),
        ([("麦市镇政府", "A"), "开会，", ("党组成员", "T")], "党组成员"),
    ],
)
def test_townships_have_no_party_group(parts, name):
    assert holdings("湖北省/咸宁市/通城县", *parts, ("方远", "P"))[0][0] == name
