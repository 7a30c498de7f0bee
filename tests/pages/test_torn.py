"""What is torn by columns and line ends is put together by what newspapers print."""

import pytest

from pipeline.pages import read_articles
from pipeline.pages.articles import target
from pipeline.pages.drafts import Draft
from pipeline.pages.features import weights
from pipeline.pages.lines import split_lines
from pipeline.pages.links import Link, Scorer
from pipeline.pages.paragraphs import Paragraph
from pipeline.pages.pieces import Piece
from pipeline.pages.shapes import Division, divide
from pipeline.pages.widths import Widths, fills
from pipeline.sources.text import page_of

FIRST = "本报讯（记者 李明）5月12日，清溪县统计局总统计师梁玉书带队抽查人口登记，工作人员随机抽取18个小区，入户核对登记信息1340余户。"
OTHER = "本报讯（通讯员 张建国）5月11日，大河镇举行赛龙舟活动，十二支队伍同场竞技，吸引了四里八乡的群众前来观看。"


def _articles(text):
    return read_articles(page_of("page.txt", text)).articles


@pytest.mark.parametrize(
    "rest",
    [
        "县统计局总统计师梁玉书介绍，抽查结果显示，全县人口登记的漏登率控制在万分之五以内。",
        "“抽查就是给登记做一次体检。”梁玉书说，结果显示，全县人口登记的漏登率在万分之五以内。",
    ],
)
def test_who_is_quoted_was_introduced_before(rest):
    first, other = _articles(f"清溪县抽查人口登记\n{FIRST}\n\n大河镇举行赛龙舟活动\n{OTHER}\n\n{rest}\n")
    assert (first.body, other.body) == (f"{FIRST}\n{rest}", OTHER)


def test_times_of_day_begin_a_story():
    story = Paragraph([(0, 30)], "天刚擦亮,乡村医生熊开珍已经背着药箱出了门。", 0, False)
    assert Scorer([Piece([story])], indented=False, context="").start_features(0)["start_opening"]


def test_a_signature_torn_by_a_column():
    briefs = "◆ 5月8日，阿热勒镇小麦开镰收割，农机站组织26台收割机作业。（玛依拉）\n◆ 近日，县教育局举办气象员体验活动。（刘素琴 热孜万古"
    articles = _articles(f"绿洲短讯\n\n{briefs}\n\n大河镇举行赛龙舟活动\n{OTHER}\n\n丽）\n")
    brief = next(article for article in articles if "教育局" in article.body)
    assert brief.body.endswith("（刘素琴 热孜万古丽）")
    assert [credit.name for credit in brief.byline] == ["刘素琴", "热孜万古丽"]


def test_a_byline_at_the_foot_is_of_the_text_above_it():
    caption = "5月9日，清溪县中心小学开学，学生领到了新课本。"
    articles = _articles(f"{caption}\n张建国 摄\n\n近日，大河镇的春茶卖上了好价钱，户均增收三千元。\n")
    assert articles[0].body == caption
    assert [credit.name for credit in articles[0].byline] == ["张建国"]


def test_who_supplied_a_text_is_no_part_of_it():
    body = "养老保险每年缴费一次，参保人可以自主选择档次，多缴多得，补缴部分不享受补贴。"
    (article,) = _articles(f"养老保险知多少\n{body}\n（市社会保险事业服务中心供稿）\n")
    assert (article.body, article.byline) == (body, [])


def test_signs_hang_out_of_a_full_line():
    text = "改种了杂交水稻，一亩纯收2300多。”\n12月1日，花园村的种粮大户黄茂松"
    full, below = split_lines(page_of("page.txt", text))
    assert fills(full, below, Widths(even=({32}, set()), unit=0, wrapped=[]))


def test_a_drop_capital_over_a_line_without_punctuation():
    lines = ["年", "过六旬的毕正光怎么也没想到", "自己这辈子还能住上带电梯的", "楼房。他说，老家在山背后。"]
    (article,) = _articles("搬出大山天地宽\n\n" + "\n".join(lines) + "\n")
    assert (article.headline, article.body) == ("搬出大山天地宽", "".join(lines))


def test_entries_that_end_alike_keep_their_lines():
    body = (
        "冯浩为平顺县人民政府的副县长；\n郭彩霞为平顺县的教育局局长；\n"
        "王海燕、杨国庆为县法院审判员；\n赵娟为平顺县检察院的检察员。"
    )
    (article,) = _articles(f"平顺县人大常委会任免名单\n{body}\n")
    assert article.body == body


def test_a_long_line_that_breaks_off_goes_on_below():
    lines = "县人社局局长孔祥禄带来了“用工直通车”，当场与企业签下协议，承诺月内输送", "缝纫工80名。"
    (article,) = _articles("　　".join(["现场办公解难题\n", FIRST + "\n", "\n".join(lines) + "\n", OTHER[16:] + "\n"]))
    assert "".join(lines) in article.body.split("\n")


def test_prose_that_is_not_set_in_does_not_go_on_a_verse():
    verse = Paragraph([(0, 9)], "又轻轻提了起来", 0, False, whole=True)
    prose = Paragraph([(9, 30)], "女儿问我,为什么要埋起来?", 1, False)
    scorer = Scorer([Piece([verse]), Piece([prose])], indented=True, context="")
    features = scorer.join_features(Link(0), 1)
    assert features["join_closed_flush"] == 2
    assert weights()["join_closed_flush"] < 0


def test_a_byline_does_not_part_a_heading_from_its_body():
    piece = Piece([Paragraph([(20, 30)], "百花深处架长虹。", 3, False)], byline=True)
    assert target(Draft(pieces=[piece], items=[5])).first == 4


@pytest.mark.parametrize("kicker", ["聚焦民生实事", "脱贫攻坚·绥宁答卷"])
def test_a_line_alone_above_its_text_is_the_kicker_of_a_headline_elsewhere(kicker):
    header = "清溪时报　2023年5月13日　第2版"
    clinic = "本报讯（记者 李明）8月9日，县人民医院通过远程会诊平台，为一名胸痛患者争取了抢救时间。会诊只用了六分钟。"
    text = f"{header}\n\n{kicker}\n{clinic}\n\n大河镇举行赛龙舟活动\n{OTHER}\n\n六分钟的远程会诊\n"
    first = next(article for article in _articles(text) if article.body == clinic)
    assert (first.kicker, first.headline, first.subtitle) == (kicker, "六分钟的远程会诊", None)


@pytest.mark.parametrize(
    "lines",
    [
        ("水满乡“小网格”", "撬动“大治理”"),
        ("双河镇村民范立国", "捡到五万元归还失主"),
        ("盘锦碱地柿子", "赶上“春节档”"),
    ],
)
def test_a_verb_with_its_complement_goes_on_the_line_above(lines):
    assert divide(lines) == Division(0, 2)


def test_a_reported_meeting_ends_a_headline():
    lines = (
        "吕建平出席并讲话 石瑛主持",
        "全县乡村旅游示范村",
        "提升行动推进会召开",
        "做优陇上江南品牌",
        "建好美丽乡村升级版",
    )
    assert divide(lines) == Division(1, 2)
    (article,) = _articles("\n".join([*lines, "", OTHER, ""]))
    assert article.headline == "全县乡村旅游示范村提升行动推进会召开"


def test_an_advertisement_with_its_hotline_is_no_subtitle():
    bank = "存款有保险 贷款更方便 清溪县惠民村镇银行 24小时客服热线：0831-77700××"
    (article,) = _articles(f"大河镇举行赛龙舟活动\n\n{OTHER}\n\n{bank}\n")
    assert (article.headline, article.subtitle, article.body) == ("大河镇举行赛龙舟活动", None, OTHER)
