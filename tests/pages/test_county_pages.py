"""Faults that pages of fourteen counties showed, each with a small page of its kind."""

import json

import pytest

from pipeline.pages import read_articles
from pipeline.pages.bylines import credits, is_byline, tail_byline
from pipeline.pages.shapes import Division, divide
from pipeline.sources import Source, read_pages
from pipeline.sources.text import page_of

ESSAY = "村口有一口老井，井台是青石砌的，年深日久。小时候，我常跟着父亲去挑水。"
NEWS = "本报讯（记者 李明）5月12日，清溪县开展义诊活动，为群众免费检查身体。"
HEALTH = "清溪县开展义诊活动"


def _articles(text):
    return read_articles(page_of("page.txt", text)).articles


def _read(text):
    return [(a.headline, [c.name for c in a.byline], a.body) for a in _articles(text)]


@pytest.mark.parametrize(
    ("lines", "division"),
    [
        (("祁连路社区", "党群服务中心揭牌"), Division(0, 2)),
        (("市人民医院", "“银发专家”巡诊进山寨"), Division(0, 2)),
        (("李明率团", "赴葡萄牙、意大利考察"), Division(0, 2)),
        (("县融媒体中心", "走基层慰问困难党员"), Division(0, 2)),
        (("小曲峧村有支", "“娘子军”调解队"), Division(0, 2)),
        (("河长日记", "又见清溪鱼跃时"), Division(1, 1)),
        (("本报评论员", "撸起袖子加油干", "把蓝图变成实景"), Division(1, 2)),
    ],
)
def test_the_short_first_line_of_a_headline_is_no_kicker(lines, division):
    assert divide(lines) == division


def test_a_headline_goes_on_after_its_colon_without_a_space():
    assert _read(f"大河镇好人林美香：\n背着婆婆治病八年\n\n{NEWS}\n")[0][0] == "大河镇好人林美香：背着婆婆治病八年"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("○ 本报记者 杨胜芝", ["杨胜芝"]),
        ("【本报记者 詹东华 通讯员 江永忠】", ["詹东华", "江永忠"]),
        ("□ 普家华", ["普家华"]),
        ("本报记者　王立娜　通讯员　斯琴高娃", ["王立娜", "斯琴高娃"]),
        ("热依拉·库尔班　刘志强", ["热依拉·库尔班", "刘志强"]),
    ],
)
def test_bylines_of_all_peoples_and_in_all_frames(line, names):
    assert is_byline(line)
    assert _read(f"老井\n{line}\n{ESSAY}\n") == [("老井", names, ESSAY)]


@pytest.mark.parametrize("line", ["■ 乡镇传真", "○ 平安清溪", "要闻·评论", "本报记者 深入一线"])
def test_names_of_columns_are_no_bylines(line):
    assert not is_byline(line)


def test_a_photographer_in_square_brackets():
    assert tail_byline("4月3日，篁岭梯田游人如织。 【胡敦煌 摄】") == "胡敦煌 摄"


@pytest.mark.parametrize(
    ("line", "names"),
    [("通讯员 申海芳杨　帆", ["申海芳", "杨帆"]), ("张得海、仲　英拍摄", ["张得海", "仲英"])],
)
def test_a_spaced_name_against_the_name_above_it(line, names):
    assert [credit.name for credit in credits(line)] == names


@pytest.mark.parametrize("line", ["（李　浩）", "热依拉·库尔班　刘志强"])
def test_names_above_a_headline_are_its_byline(line):
    second = "大河镇举办春季果树栽培管理技术培训班"
    (first, *_), (headline, names, _) = _read(f"{HEALTH}\n{NEWS}\n\n{line}\n{second}\n\n{ESSAY}\n")
    assert (first, headline, len(names)) == (HEALTH, second, len(line.split("·")) if "·" in line else 1)


@pytest.mark.parametrize(
    "line",
    [
        "今日天气：多云转雷阵雨 14℃～26℃ 东南风2级",
        "天气预报\n今天白天 晴 西南风 3 级 最高气温 15℃",
        "导　读\n我县行动见实效　▶2版",
        "【副　刊】",
        "2023年8月3日　新清溪",
        "广告\n清溪湿地公园　千荷竞放　等你来游\n订票热线：0527—8060000",
    ],
)
def test_weather_navigation_and_advertisements_are_no_headlines(line):
    assert _read(f"{line}\n\n{ESSAY}\n") == [(None, [], ESSAY)]


def test_weather_words_may_stand_in_a_headline():
    assert _read(f"未来五年全县冰雪经济规划出炉\n\n{NEWS}\n")[0][0] == "未来五年全县冰雪经济规划出炉"


def test_a_running_header_of_the_words_of_the_masthead():
    masthead = "今日清溪\n2023年9月12日　星期二　总第1874期\n第3版　特别关注"
    first, second = "9月的南山，石堰梯田上的花椒红了。", "镇党委书记介绍，梯田里的花椒身价涨了三成。"
    page = f"{masthead}\n\n南山深处“花”满坡\n本报记者　江晓东\n\n{first}\n\n今日清溪　特别关注\n\n{second}\n"
    assert _read(page) == [("南山深处“花”满坡", ["江晓东"], f"{first}\n{second}")]


def test_a_short_headline_below_the_masthead():
    assert _read(f"清溪报\n2024年5月10日\n星期五\n第一版\n县委召开会议\n\n{NEWS}\n") == [
        ("县委召开会议", ["李明"], NEWS)
    ]


def test_briefs_with_headlines_in_one_block():
    briefs = [
        ("清华镇：河长巡河护清流", "镇级总河长带队对清溪上游12公里河道开展巡查，清理垃圾3.6吨。（戴敏）"),
        ("秋口镇：电商培训进村", "邀请县商务局讲师为58名农民主播授课。（王志娟　汪丽）"),
        ("中云镇：义务植树添新绿", "镇机关干部和志愿者120余人栽种红豆杉600株。（程政）"),
    ]
    page = f"{HEALTH}\n{NEWS}\n\n■ 乡镇传真\n" + "\n".join("\n".join(brief) for brief in briefs)
    found = _articles(page)
    assert [(a.headline, a.body) for a in found[1:]] == briefs
    assert {a.section for a in found[1:]} == {"乡镇传真"}


def test_a_long_list_of_appointments_is_a_notice():
    title = "清溪县人民代表大会常务委员会任免名单"
    passed = "（2022年9月28日清溪县第十七届人民代表大会常务委员会第七次会议通过）"
    items = "一、决定任命\n黄绍锋为清溪县人民政府副县长；\n农彩霞为清溪县教育局局长。\n二、决定免去\n陆炳南的清溪县教育局局长职务。"
    (news, notice) = _articles(f"{HEALTH}\n{NEWS}\n\n{title}\n{passed}\n\n{items}\n")
    assert (news.body, notice.headline, notice.kind) == (NEWS, title, "notice")
    assert notice.body == f"{passed}\n{items}"


def test_people_by_their_places_are_a_list():
    people = "（共8名）\n西江镇：白正华　吴秀琼　李　涛\n郎德镇：顾　昌　王天碧\n永乐镇：龙光福\n方祥乡：唐　芳"
    page = f"{HEALTH}\n{NEWS}\n\n清溪县2023年度优秀驻村干部名单\n{people}\n"
    assert _read(page)[1] == ("清溪县2023年度优秀驻村干部名单", [], people)


ELECTED = """清溪县第十七届人民代表大会第一次会议于2022年2月18日选举：
一、清溪县人大常委会主任：陈铭
副主任：徐向春、王红
二、清溪县人民政府县长：潘伟
副县长：赵迪、陈琳（女）
三、清溪县人民法院院长：项晓勇（须报经市人大常委会批准）
现予公告。"""


@pytest.mark.parametrize("text", [ELECTED, "\n".join(line for line in ELECTED.split("\n") if "、王" not in line)])
def test_the_announcement_of_an_election_keeps_its_lines(text):
    title = "清溪县第十七届人民代表大会第一次会议公告"
    (article,) = _articles(f"清溪报 2022年2月25日 星期五 第5期\n{title}\n{text}\n")
    assert (article.headline, article.kind, article.body) == (title, "notice", text)


def test_what_stands_below_the_date_of_a_notice_is_not_of_it():
    notice = "根据有关规定，现将拟任职人员公示如下：张强，现任清溪县教育局副局长。"
    foot = "清溪县委组织部\n2022年9月29日"
    (article,) = _articles(f"公示\n{notice}\n{foot}\n微信：清溪融媒\n")
    assert article.body == f"{notice}\n{foot}"


def test_the_date_below_the_body_that_signs_a_list():
    entries = "1．王恩杰　凤栖街道芦白村\n2．段富民　石头镇东头村\n3．雷秀芹　土基镇鄜城村"
    lead = "　　根据评选办法，经村级推荐、县级复审、社会公示，现将评选结果公布如下："
    inset = "\n".join(f"　　{line}" for line in f"{entries}\n清溪县果业管理局\n2024年9月4日".split("\n"))
    (article,) = _articles(f"清溪县“最美果农”评选结果公布\n{lead}\n{inset}\n")
    assert article.body.endswith("清溪县果业管理局\n2024年9月4日")


def test_a_note_of_the_editors_heads_the_text_below_it_alone():
    note = "产业兴旺是乡村振兴的重中之重。本报自即日起开设“乡村振兴看清溪”专栏，敬请关注。"
    page = f"编者按\n{note}\n\n乡村振兴看清溪③\n南山深处“花”满坡\n本报记者　江晓东\n\n{ESSAY}\n"
    assert _read(page) == [("编者按", [], note), ("南山深处“花”满坡", ["江晓东"], ESSAY)]
    assert [a.kind for a in _articles(page)] == ["article", "article"]


def test_a_reporter_who_reports_without_brackets():
    text = "本报记者李明报道 总投资380万元的清溪大桥改造工程7月31日完成主体施工。"
    assert _read(f"{HEALTH}\n{NEWS}\n\n大河镇开展危桥改造\n\n{text}\n")[1] == ("大河镇开展危桥改造", ["李明"], text)


def test_a_headline_that_pauses_with_a_comma():
    page = f"{HEALTH}\n{NEWS}\n\n翠屏湖畔，\n有这样一支“红马甲”\n\n{NEWS.replace('李明', '张强')}\n"
    assert _read(page)[1][0] == "翠屏湖畔，有这样一支“红马甲”"


def test_a_number_torn_over_two_blocks():
    left = "这支由38名党员、渔民组成的护湖队成立于2"
    right = "019年，队长是退休教师江庆林。4年来，他们累计出动6200余人次。"
    assert left + right in [a.body for a in _articles(f"{HEALTH}\n\n{NEWS}\n\n{left}\n\n{right}\n")]


def test_a_headline_below_a_byline_fills_its_column():
    lines = [
        "“从提交材料到拿到施工许可证，",
        "只用了３天时间。”６月２４日，",
        "江苏汇源包装有限公司负责人孙",
        "立平对双沟镇的服务赞不绝口。",
    ]
    page = "\n".join(["□本报记者　沈　悦", "双沟酒业园区开出“首席服务员”", *lines])
    assert _read(page) == [("双沟酒业园区开出“首席服务员”", ["沈悦"], "".join(lines))]


def test_lines_without_punctuation_fill_their_column():
    answer = [
        "答：购机者应在购机之日起至当年12月31",
        "日前提出申请。县农机服务中心主任提醒，",
        "发票日期以增值税发票为准，请妥善保管。",
    ]
    page = ["农机购置补贴怎么领？", "问：购买农机具后多长时间内可以申请补", "贴？", *answer]
    assert _read("\n".join(page)) == [(page[0], [], f"{page[1]}{page[2]}\n{''.join(answer)}")]


@pytest.mark.parametrize("name", ["unseen-68", "unseen-81"])
def test_headlines_torn_from_their_articles(name, seeds):
    """五竹镇… stands in the article before its own; four headlines are gathered for four articles."""
    path = seeds / "pages" / f"{name}.txt"
    (page,) = read_pages(Source(str(path), path))
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["articles"]
    assert {a.headline for a in read_articles(page).articles} == {article["headline"] for article in gold}


def test_the_name_of_a_body_in_prose_is_no_foot():
    first = [
        "　　本报讯（记者 屈海荣 通讯员 高媛）9",
        "月2日开学第一天，清溪县职业教育中心果",
        "树栽培班的46名学生把课堂搬到了苹果园。",
        "授课的是西北农林科技大学清溪苹果试验站",
        "首席专家团队成员、副教授邹养军。",
    ]
    second = ["　　学校校长冯拴牢介绍，学校与23家果业", "企业签订了订单培养协议。"]
    third = ["　　县教育局副局长李晓东说，今年职教中心", "招生612人，创历史新高。"]
    body = "\n".join("".join(lines).strip() for lines in (first, second, third))
    assert _read("\n".join(["黄土塬上的“苹果课堂”", *first, *second, *third]))[0][2] == body


@pytest.mark.parametrize("line", ["、（上接第一版）", "（下转第二版）、", "（上接第一版）"])
def test_a_page_of_a_jump_mark_alone_is_read(line):
    reading = read_articles(page_of("page.txt", line))
    assert [article.body for article in reading.articles] == []


TITLES = ("清溪县召开春耕现场会", "“板凳会”开到群众心坎上", "清溪蜜柚出口中亚")
BODIES = (
    "本报讯（记者 李明）5月12日，清溪县召开春耕现场会，县长王建国出席会议。",
    "“路灯坏了半年，提了三天就修好了！”日前，柳林镇南坪村村民周大爷竖起了大拇指。",
    "5月10日，满载26吨清溪蜜柚的货车驶出加工厂，这是清溪蜜柚首次出口中亚。",
)


@pytest.mark.parametrize("row", ["{title}", "● {title}", "{number}. {title}", "{title:.7}…"])
def test_a_list_of_headlines_before_their_articles_is_furniture(row):
    """E-papers print each headline twice: in the list of the page and above its article."""
    listed = "\n".join(row.format(title=title, number=n) for n, title in enumerate(TITLES, start=1))
    articles = [f"{title}\n\n　　{body}\n\n上一篇 下一篇" for title, body in zip(TITLES, BODIES, strict=True)]
    read = _articles("\n\n".join(["今日清溪 数字报\n第02版：要闻", f"本版标题导航\n{listed}", *articles]) + "\n")
    assert [(a.headline, a.body) for a in read] == list(zip(TITLES, BODIES, strict=True))


def test_two_mastheads_of_three_lines_are_no_list_of_headlines():
    masthead = "清溪新闻综合版\n本版邮箱见报眼\n县城人民路18号\n"
    read = _articles(f"{masthead}\n{TITLES[0]}\n　　{BODIES[0]}\n\n{masthead}\n{TITLES[1]}\n　　{BODIES[1]}\n")
    assert [a.headline for a in read] == list(TITLES[:2])


def test_one_reporter_signs_two_articles():
    """A line printed twice is a running header, unless it is a byline."""
    text = "\n\n".join(f"{t}\n{b}\n（记者 王晓红）" for t, b in zip(TITLES[1:], BODIES[1:], strict=True))
    assert _read(text) == [(t, ["王晓红"], b) for t, b in zip(TITLES[1:], BODIES[1:], strict=True)]


def test_kicker_and_byline_below_the_line_of_date_and_page():
    line = "2024年07月09日 第02版：要闻·综合  放大 缩小 默认"
    text = f"{line}\n乡村振兴进行时\n{TITLES[1]}\n记者 王晓红\n\n　　{BODIES[1]}\n"
    assert _read(text) == [(TITLES[1], ["王晓红"], BODIES[1])]


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("记者：王晓红\n通讯员：成海波", [("记者", "王晓红"), ("通讯员", "成海波")]),
        ("图/文：欧阳小静", [("图/文", "欧阳小静")]),
        ("记者 卢朝秀 沙马木呷", [("记者", "卢朝秀"), ("记者", "沙马木呷")]),
    ],
)
def test_bylines_of_portals_below_their_text(lines, people):
    text = f"{TITLES[1]}\n\n{BODIES[1]}\n\n{lines}\n\n{TITLES[2]}\n\n{BODIES[2]}\n"
    first, second = _articles(text)
    assert ([(c.role, c.name) for c in first.byline], second.byline) == (people, [])
    assert (first.body, second.headline) == (BODIES[1], TITLES[2])


def test_what_someone_says_to_a_reporter_is_no_byline():
    assert not is_byline("记者：您好")


def test_a_line_of_source_and_date_names_the_author():
    line = "来源：清溪县融媒体中心　　作者：{}　　发布时间：2024-05-23　　浏览次数：128"
    text = "\n\n".join(
        f"{title}\n{line.format(name)}\n　　{body}"
        for title, name, body in zip(TITLES, ("李明", "葸光荣 王晓红", "本站"), BODIES, strict=True)
    )
    read = [[(c.role, c.name) for c in a.byline] for a in _articles(text)]
    assert read == [[("记者", "李明")], [("作者", "葸光荣"), ("作者", "王晓红")], []]


def test_names_alone_below_a_text_sign_it():
    text = f"{TITLES[1]}\n　　{BODIES[1]}\n　　“咱们坐得下来。”村支书说。\n　　李建华　安 娟\n"
    assert _read(text) == [(TITLES[1], ["李建华", "安娟"], f"{BODIES[1]}\n“咱们坐得下来。”村支书说。")]


def test_the_title_of_a_notice_says_what_it_is_of():
    title = "清溪县2023年下半年事业单位公开招聘公告"
    body = "拟面向社会公开招聘工作人员46名，现公告如下：\n一、报名时间：10月25日至29日。"
    assert [(a.headline, a.kind, a.body) for a in _articles(f"{NEWS}\n\n{title}\n{body}\n")][1:] == [
        (title, "notice", body)
    ]


def test_full_lines_without_punctuation_are_no_heading_below_a_sentence():
    first = ["　　本报讯（记者 李明）5月16日，", "全县重大项目建设现场推进会召开。"]
    lines = [
        "县委书记王建国带队观摩了柳林镇硅",
        "材料产业园、驼峰乡智能装备项目等",
        "6个现场，随后召开点评会，部署下",
        "一步工作。",
    ]
    more = ["　　王建国指出，项目是稳增长的硬", "支撑。", "　　县领导李明、周海参加活动。"]
    body = "".join([*first, *lines]).strip() + "\n王建国指出，项目是稳增长的硬支撑。\n县领导李明、周海参加活动。"
    assert _read("\n".join([TITLES[0], *first, *lines, *more]))[0][2] == body


def test_a_headline_with_its_byline_inside_a_torn_column():
    above = [
        "　　盛夏时节，清溪县马踏湖湿地公园",
        "里，3000亩荷花竞相绽放，引来八方",
        "游客。去年以来，镇里实施湿地生态修",
    ]
    head = ["马踏湖畔荷香来", "□ 记者 荆长浩"]
    below = ["复工程，清淤46万立方米，栽植芦苇、", "荷花1200亩，游客多了三成。"]
    assert _read("\n".join([*above, *head, *below]))[0] == (head[0], ["荆长浩"], "".join([*above, *below]).strip())


def test_prices_below_the_names_of_what_they_are_of():
    table = "品种 黄瓜 茄子 土豆 鸡蛋\n价格（元/500克） 2.60 2.20 1.50 4.90"
    assert table in _articles(f"本周农贸市场零售均价\n{table}\n\n{TITLES[0]}\n{BODIES[0]}\n")[0].body


def test_the_name_of_a_column_in_brackets():
    head = "一周清溪｜这些新闻值得关注\n清溪融媒 2024-01-08 08:00 发表于广东\n↑点击上方蓝字关注我们"
    news = zip(("时政要闻", "镇村动态"), (TITLES[0], TITLES[1]), (BODIES[0], BODIES[1]), strict=True)
    text = "\n\n".join([head, *(f"【{column}】\n{title}\n{body}" for column, title, body in news)])
    assert [(a.kicker, a.headline) for a in _articles(text)] == [
        ("【时政要闻】", TITLES[0]),
        ("【镇村动态】", TITLES[1]),
    ]


def test_the_weather_names_no_newspaper():
    head = "清溪融媒 2024-06-19 07:30 贵州\n点击蓝字 关注我们\n\n今日天气\n多云转阵雨，19℃～27℃\n"
    assert read_articles(page_of("page.txt", f"{head}\n{TITLES[0]}\n\n{BODIES[0]}\n")).newspaper == "清溪融媒"


def test_names_after_a_bar_below_a_spaced_column():
    """As accounts print them: 记者丨 and 编辑丨 with the stroke that looks like a bar."""
    parts = [
        f"乡 镇\n{t}\n{b}\n记者丨{n}\n摄影丨{n}"
        for t, b, n in zip(TITLES[1:], BODIES[1:], ("李明", "王晓红"), strict=True)
    ]
    read = _articles("\n\n".join([*parts, "编辑丨葛欣然\n责编丨乌云飞"]))
    assert [(a.headline, a.body) for a in read] == list(zip(TITLES[1:], BODIES[1:], strict=True))
    assert [[(c.role, c.name) for c in a.byline] for a in read] == [
        [("记者", "李明"), ("摄影", "李明")],
        [("记者", "王晓红"), ("摄影", "王晓红")],
    ]


def test_a_caption_with_a_triangle_inside_its_article():
    body = f"{BODIES[1]}\n▲村民在榕树下议事。\n镇党委书记李明介绍，今年已收集诉求186件。"
    assert [a.body for a in _articles(f"{TITLES[1]}\n{body}\n")] == [body]


def test_a_couplet_after_the_name_of_a_place():
    read = _articles(f"{NEWS}\n\n枫林镇：老屋变民宿 乡村添活力\n在枫林镇，三座老屋变成了民宿，乡村添了活力。\n")
    assert (read[-1].headline, read[-1].subtitle) == ("枫林镇：老屋变民宿 乡村添活力", None)


@pytest.mark.parametrize("line", ["2 要闻", "第2版：要闻　下一版"])
def test_the_number_of_the_page_beside_its_name(line):
    assert read_articles(page_of("page.txt", f"清溪时讯\n{line}\n2024年2月29日 星期四\n\n{NEWS}\n")).number == "2"


@pytest.mark.parametrize("title", ["县法院一审 宣判一起非法采砂案", "县长签发 总动员令", "县委书记监审 全程护航换届"])
def test_a_headline_about_a_trial_or_an_order_is_no_editors_line(title):
    assert _articles(f"{title}\n\n　　{BODIES[0]}\n\n一审 张三 二审 李四\n签发：王五\n")[0].headline == title


def test_the_public_is_no_newspaper():
    page = page_of(
        "page.txt", f"清溪大众 2024年2月29日 星期四\n投稿邮箱：a@qingxi.cn 服务大众\n服务大众 热线：0000000\n\n{NEWS}\n"
    )
    assert read_articles(page).newspaper == "清溪大众"


@pytest.mark.parametrize("day", ["29 星期四", "29 周四", "20 农历正月"])
def test_the_day_of_a_month_is_no_number_of_a_page(day):
    page = page_of("page.txt", f"清溪时讯\n{day}\n2024年2月\n\n{NEWS}\n")
    assert read_articles(page).number is None
