"""Pages are restored as a careful reader would."""

import json
import re

import pytest

from pipeline.pages import read_articles
from pipeline.pages.bylines import credits
from pipeline.pages.cues import roles
from pipeline.sources import Source, read_pages
from pipeline.sources.text import page_of


@pytest.mark.parametrize("name", ["seed", "page-1", "page-2", "page-3", "page-5", "page-6", "unseen-7", "unseen-13"])
def test_bodies_and_headlines_are_restored(name, seeds):
    path = seeds / "pages" / f"{name}.txt"
    (page,) = read_pages(Source(str(path), path))
    found = {article.body: article.headline for article in read_articles(page).articles}
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["articles"]
    assert [found.get(article["body"], "missing") for article in gold] == [article.get("headline") for article in gold]


def test_every_character_leads_back_to_the_page(seeds):
    for path in sorted((seeds / "pages").glob("*.txt")):
        (page,) = read_pages(Source(str(path), path))
        text = path.read_bytes().decode("utf-8")  # line ends as they are
        for article in read_articles(page).articles:
            for start, end, at in article.spans:
                assert article.body[start:end] == text[at : at + end - start]


MARKS = re.compile(
    f"[—●■□◆▲★◎○◇（）【】]*(?:本报|[一-鿿]{{2,8}}[县市区])?(?:{'|'.join(roles())}|文|图|[/／：:丨])*[）】]*"
)
"""What a page may lose: signs before briefs and subtitles, and the roles of bylines, whose names are kept."""


def test_every_character_is_of_an_article_or_of_none(seeds):
    for path in sorted((seeds / "pages").glob("*.txt")):
        (page,) = read_pages(Source(str(path), path))
        text, reading = path.read_bytes().decode("utf-8"), read_articles(page)
        found = set()
        for article in reading.articles:
            for start, end, at in (*article.spans, *(span for spans in article.head_spans.values() for span in spans)):
                found.update(range(at, at + end - start))
        for piece in page.pieces:
            for start, end in reading.other:
                cut = max(start, piece.start), min(end, piece.end)
                found.update(place - piece.start + piece.source_start for place in range(*cut))
        lost = "".join(" " if at in found else char for at, char in enumerate(text))
        assert [words for words in lost.split() if not MARKS.fullmatch(words)] == [], path.name


def _parts(text):
    return [
        (a.headline, a.subtitle, a.kicker, a.section, a.byline, a.kind, a.body)
        for a in read_articles(page_of("page.txt", text)).articles
    ]


@pytest.mark.parametrize("name", ["seed", *(f"page-{n}" for n in range(1, 9)), *(f"unseen-{n}" for n in range(1, 10))])
def test_line_ends_and_empty_lines_everywhere_change_nothing(name, seeds):
    text = (seeds / "pages" / f"{name}.txt").read_bytes().decode("utf-8").replace("\r\n", "\n")
    plain = _parts(text)
    assert _parts(text.replace("\n", "\r\n")) == plain
    assert _parts("".join(f"{line}\n\n" for line in text.split("\n"))) == plain


def test_wrapped_lines_with_an_empty_line_after_each():
    lines = [
        "清溪县召开秋粮生产调度会",
        "　　本报讯（记者 李明）９月３",
        "日，清溪县召开秋粮生产调度会，",
        "安排下一阶段的田间管理工作，县",
        "农业农村局等单位负责人参加会议",
        "。",
    ]
    (article,) = read_articles(page_of("page.txt", "\n\n".join(lines))).articles
    assert article.headline == lines[0]
    assert article.body == "".join(lines[1:]).strip()


def _read(text):
    return [(a.headline, [c.name for c in a.byline], a.body) for a in read_articles(page_of("page.txt", text)).articles]


NEWS = "本报讯（记者 李明）5月12日，清溪县开展义诊活动，为群众免费检查身体。"


def test_verses_are_a_body_and_the_name_under_a_title_is_its_author():
    first = "一夜东风吹绿了山岗\n溪水唱着歌流过村庄\n老屋门前的那棵桃树\n悄悄地把花蕾挂满枝上"
    second = "我从远方归来\n带着一身的风霜\n母亲站在门口\n白发在夕阳里闪光"
    essay = "村口有一口老井，井台是青石砌的，年深日久。小时候，我常跟着父亲去挑水。"
    page = f"春到清溪\n李文华\n\n{first}\n\n{second}\n\n老井\n□ 张建国\n\n{essay}\n"
    assert _read(page) == [("春到清溪", ["李文华"], f"{first}\n{second}"), ("老井", ["张建国"], essay)]


def test_a_vertical_heading_is_one_line():
    page = "\n".join("清溪县开展义诊活动") + f"\n\n{NEWS}\n"
    assert _read(page) == [("清溪县开展义诊活动", ["李明"], NEWS)]


def test_a_list_of_people_is_a_body():
    entries = (
        "助人为乐类：\n钟立强　县融媒体中心职工\n刘香莲　大河镇南山村村民\n诚实守信类：\n吴秀莲　东水镇豆腐坊经营者"
    )
    page = f"2023年第一季度“清溪好人”名单\n{entries}\n\n清溪县开展义诊活动\n{NEWS}\n"
    assert _read(page) == [
        ("2023年第一季度“清溪好人”名单", [], entries),
        ("清溪县开展义诊活动", ["李明"], NEWS),
    ]


@pytest.mark.parametrize("gap", ["　", " ", "\xa0", "\t"])
def test_spaces_of_every_kind(gap):
    page = f"{gap.join('清溪县开展义诊活动')}\n\n{gap * 4}{NEWS}\n{gap * 4}活动由县医院承办。\n"
    assert _read(page) == [("清溪县开展义诊活动", ["李明"], f"{NEWS}\n活动由县医院承办。")]


def test_appointments_are_one_body():
    body = "任命：\n张强为清溪县人民政府副县长；\n李文华为清溪县教育局局长。\n免去：\n陈国栋的清溪县教育局局长职务。"
    passed = "（2023年5月12日清溪县第十七届人大常委会第十一次会议通过）"
    page = f"清溪县人大常委会任免名单\n{passed}\n\n{body}\n\n清溪县开展义诊活动\n{NEWS}\n"
    assert _read(page) == [
        ("清溪县人大常委会任免名单", [], f"{passed}\n{body}"),
        ("清溪县开展义诊活动", ["李明"], NEWS),
    ]


@pytest.mark.parametrize("line", ["□ 张建国", "◎张建国", "○ 张　建　国", "作者：张建国", "张建国"])
def test_signs_before_an_author(line):
    essay = "村口有一口老井，井台是青石砌的，年深日久。小时候，我常跟着父亲去挑水。"
    assert _read(f"老井\n{line}\n{essay}\n") == [("老井", ["张建国"], essay)]


def _wrapped(text, width):
    return [text[at : at + width] for at in range(0, len(text), width)]


OTHER = "本报讯（通讯员 张建国）5月11日，大河镇召开春季农业生产现场会，各村党支部书记参加会议，听取农业技术人员的讲解，并到示范田里观看了插秧机的作业。"
LONG = "本报讯（记者 李明）5月12日，清溪县卫生健康局组织县医院的专家到大河镇南山村开展义诊活动，为群众免费检查身体，发放药品和宣传手册三百余份，受到群众的欢迎。"


@pytest.mark.parametrize("indent", ["", "　　"])
def test_a_running_header_inside_a_sentence(indent):
    lines = _wrapped(indent + LONG, 16)
    header = "清溪时报　2023年5月13日　第2版"
    page = [header, "", "清溪县开展义诊活动", *lines[:3], header, *lines[3:], "", *_wrapped(indent + OTHER, 16)]
    assert _read("\n".join(page))[0] == ("清溪县开展义诊活动", ["李明"], LONG)


def test_a_column_in_a_page_of_one_block():
    """A program wrote an empty line after each line, and other lines are wider than the column."""
    wide = "清溪新闻网　首页　要闻　政务　民生　视频　专题　图片　数字报　返回目录　标题导航　上一版　下一版"
    lines = [wide, "清溪县开展义诊活动", *_wrapped("　　" + LONG, 18), wide]
    assert ("清溪县开展义诊活动", ["李明"], LONG) in _read("\n\n".join(lines))


def test_a_heading_below_a_full_line():
    body = "　　" + LONG + "活动还将在各镇继续进行"
    lines = _wrapped(body[: len(body) // 18 * 18 - 1] + "。", 18)
    page = ["清溪县开展义诊活动", *lines, "大河镇召开现场会", *_wrapped("　　" + OTHER, 18)]
    assert [head for head, _, _ in _read("\n".join(page))] == ["清溪县开展义诊活动", "大河镇召开现场会"]


def test_a_drop_capital_belongs_to_its_sentence():
    essay = "还没亮透，王秀英已经烧好了炕，熬好了粥，给瘫痪在床的婆婆擦脸。这一套活儿，她做了二十年。"
    assert _read(f"守着一个家\n李文华\n\n天\n{essay}\n") == [("守着一个家", ["李文华"], f"天{essay}")]


def test_halves_of_a_headline_over_two_lines_keep_a_space():
    assert _read(f"莲叶田田连富路\n荷香阵阵入农家\n\n{NEWS}\n")[0][0] == "莲叶田田连富路 荷香阵阵入农家"


def test_spaces_around_a_number_part_no_words():
    (article,) = read_articles(page_of("page.txt", f"县政府召开第 14 次常务会议\n\n{NEWS}\n")).articles
    assert (article.headline, article.subtitle) == ("县政府召开第 14 次常务会议", None)


def test_a_clause_above_a_headline_is_its_kicker():
    (article,) = read_articles(page_of("page.txt", f"让小病不出村、用药不跑腿\n流动药箱巡回到户\n{NEWS}\n")).articles
    assert (article.kicker, article.headline) == ("让小病不出村、用药不跑腿", "流动药箱巡回到户")


def test_a_notice_named_over_two_lines():
    body = "张强为清溪县人民政府副县长；\n李文华为县教育局局长。"
    (notice, _) = read_articles(
        page_of("page.txt", f"清溪县人民代表大会常务委员会\n任免名单\n{body}\n\n清溪县开展义诊活动\n{NEWS}\n")
    ).articles
    assert (notice.headline, notice.kind, notice.body) == ("清溪县人民代表大会常务委员会任免名单", "notice", body)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("图片由张得海、仲　英拍摄", ["张得海", "仲英"]),
        ("王　帅　曹　阳 摄", ["王帅", "曹阳"]),
        ("文／白顺昌　图／韩晓莉", ["白顺昌", "韩晓莉"]),
    ],
)
def test_names_of_credits(line, names):
    assert [credit.name for credit in credits(line)] == names


@pytest.mark.parametrize("name", ["平安\n通江", "平安　通江"])
@pytest.mark.parametrize("bullets", [True, False])
def test_two_short_words_over_briefs_are_a_section(name, bullets):
    briefs = [
        "11月16日，铁佛镇派出所民警把普法小喇叭装在三轮车上，为群众播放反诈宣传。",
        "近日，县公安局交警大队走进涪阳镇小学讲解交通安全。",
    ]
    heads = ["铁佛镇：普法喇叭赶场来", "涪阳镇：交警进校园"]
    items = [f"■{b}" for b in briefs] if bullets else [f"{h}\n　　{b}" for h, b in zip(heads, briefs, strict=True)]
    articles = read_articles(page_of("page.txt", "\n\n".join([name, *items]))).articles
    assert [a.headline for a in articles] == ([None, None] if bullets else heads)
    assert {"".join((a.section or "").split()) for a in articles} == {"平安通江"}


def _articles(text):
    return read_articles(page_of("page.txt", text)).articles


def test_a_caption_stands_between_paragraphs_not_inside_a_torn_one():
    from pipeline.pages.drafts import Draft, order
    from pipeline.pages.paragraphs import Paragraph
    from pipeline.pages.pieces import Piece

    def paragraph(start, text, block):
        return Paragraph([(start, start + len(text))], text, block, False)

    torn, rest = paragraph(0, "昨日，县委召开会议研究", 0), paragraph(40, "部署工作。", 2)
    caption = paragraph(20, "①会场。张三摄", 1)
    found = order(Draft(pieces=[Piece([torn]), Piece([rest])], captions=[caption]), indented=False)
    assert found == [(False, torn), (True, rest), (False, caption)]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("（县融媒体中心记者 马丹）", [("记者", "马丹")]),
        ("（盐亭县融媒体中心记者 何静 县委组织部 王敏）", [("记者", "何静"), ("记者", "王敏")]),
        ("通海县全媒体记者　孔令芳", [("全媒体记者", "孔令芳")]),
        ("记者 县融媒体中心马丹 通讯员 李学会 县妇联", [("记者", "马丹"), ("通讯员", "李学会")]),
        ("（市公安局交警支队 王伟 县委 党红 摄）", [("摄", "王伟"), ("摄", "党红")]),
        ("（市社会保险事业服务中心供稿）", []),
    ],
)
def test_the_bodies_in_bylines_are_nobody(line, people):
    assert [(credit.role, credit.name) for credit in credits(line)] == people


def test_verses_keep_their_lines():
    text = "元宝山吟\n作者：林丰\n\n云横元宝雾朦胧，\n万木霜天一径通。\n欲问山中何处好，\n清泉石上听秋风。\n"
    (article,) = _articles(text)
    assert article.body.split("\n")[-4:] == text.split("\n")[3:7]


def test_briefs_stand_under_the_section_above_them_alone():
    brief = "　　本报讯（记者 {}）8月3日，{}召开防汛工作会议，安排部署近期重点工作，要求各村落实责任，守好堤防。\n"
    text = (
        "乡镇短波\n" + brief.format("钟声", "东山镇") + brief.format("曾维斌", "西山镇")
        + "\n部门快讯\n" + brief.format("李小明", "县水利局") + brief.format("何文", "县应急局")
    )  # fmt: skip
    assert [article.section for article in _articles(text)] == ["乡镇短波", "乡镇短波", "部门快讯", "部门快讯"]


def test_a_table_is_text():
    text = (
        "全旗粮食喜获丰收\n　　本报讯（记者 苏和）今年全旗粮食总产量再创新高，农牧民收入稳步增长，各地秋收工作已经全面结束。\n"
        "各苏木镇产量如下：\n乌兰镇　126　4.1\n白音镇　98　3.7\n呼和苏木　85　2.9\n"
    )
    (article,) = _articles(text)
    assert article.headline == "全旗粮食喜获丰收"
    assert article.body.endswith("呼和苏木　85　2.9")


def test_a_notice_keeps_the_body_that_issues_it():
    text = (
        "嘉鱼县人民政府\n关于禁止燃放烟花爆竹的通告\n　　为保障公共安全，现就有关事项通告如下，请广大市民遵照执行，违者依法处理。\n"
        "　　特此通告。\n嘉鱼县人民政府\n2024年3月1日\n"
    )
    (article,) = _articles(text)
    assert article.headline == "嘉鱼县人民政府关于禁止燃放烟花爆竹的通告"
    assert article.body.endswith("嘉鱼县人民政府\n2024年3月1日")


def test_articles_of_lines_of_one_file_have_ids_of_their_own():
    text = "县委召开会议\n　　本报讯（记者 李明）昨日，县委召开常委会会议，传达学习有关精神，研究部署贯彻落实工作。\n"
    found = [read_articles(page_of(f"a.jsonl#{key}", text)).articles[0].id for key in ("doc.1", "doc.2", "x/1", "y/1")]
    assert len(set(found)) == 4


def test_a_salutation_is_text():
    greeting = "各乡镇党委，县级各部门："
    text = "　　为做好征兵工作，现将有关事项告知如下，请大家踊跃参加。"
    (article,) = _articles(f"致全县广大青年的一封信\n{greeting}\n{text}\n")
    assert (article.headline, article.subtitle) == ("致全县广大青年的一封信", None)
    assert article.body == f"{greeting}\n{text.strip()}"


def test_a_body_that_signs_above_a_date_ends_the_text():
    signed = "清溪县第十八届人民代表大会\n第三次会议主席团\n2024年1月5日"
    text = "　　清溪县第十八届人民代表大会第三次会议于2024年1月5日选举张强为县长。\n　　现予公布。"
    (article,) = _articles(f"清溪县选举县长\n{text}\n{signed}\n")
    assert (article.kicker, article.headline, article.subtitle) == (None, "清溪县选举县长", None)
    assert article.body.endswith(f"现予公布。\n{signed}")


def test_a_poem_may_begin_with_its_title():
    verses = "秋到凤凰山\n山便瘦了几分\n石阶上落满黄叶\n像谁遗落的信笺"
    assert _read(f"秋到凤凰山\n□ 徐祖进\n{verses}\n") == [("秋到凤凰山", ["徐祖进"], verses)]
