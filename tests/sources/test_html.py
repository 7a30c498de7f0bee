"""HTML articles give headline, byline, date and body, with the way back to the file."""

import pytest

from pipeline.errors import InputError
from pipeline.pages import read_articles
from pipeline.sources import Source, read_pages
from pipeline.sources.html import rules as html_rules

BODY = [
    "3月5日,沙市区区长秦军主持召开区政府常务会议,研究安全生产工作。",
    "会议强调,各单位要压实责任,确保安全&amp;稳定。",
]
FOUNDER = f"""<!DOCTYPE html><html><head><meta charset="gbk"><title>沙市新报</title><script>var a = "不是正文,不是正文。";</script></head>
<body><div class="nav"><a href="node_2.htm">第01版：要闻</a></div>
<!--enpproperty <date>2024-03-07 00:00:00.0</date><author>张三</author><title>区政府常务会议召开</title><introtitle>秦军主持</introtitle>/enpproperty-->
<table><tr><td><founder-title>区政府常务会议召开</founder-title></td></tr>
<tr><td><founder-author>记者 张三</founder-author></td></tr></table>
<founder-content><!--enpcontent--><p>　　{BODY[0]}</p>
<p>&nbsp;&nbsp;{BODY[1]}</p><!--/enpcontent--></founder-content></body></html>"""
PORTAL = f"""<html><head><title>区政府常务会议召开_沙市区人民政府</title><meta name="PubDate" content="2024-03-07 10:00"></head>
<body><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开,办事服务</a></li></ul>
<div class="main"><h1>区政府常务会议召开</h1><div class="text"><p>{BODY[0]}</p><p>{BODY[1]}</p></div></div>
<div>主办：沙市区人民政府</div></body></html>"""


def read(text, encoding="utf-8"):
    (page,) = read_pages(Source("content_1.htm", content=text.encode(encoding)))
    (article,) = (reading := read_articles(page)).articles
    return article, reading


@pytest.mark.parametrize(("html", "encoding"), [(FOUNDER, "gb18030"), (FOUNDER, "utf-8"), (PORTAL, "utf-8")])
def test_an_article_is_read_whole(html, encoding):
    article, reading = read(html, encoding)
    assert article.headline == "区政府常务会议召开"
    assert article.body == "\n".join(BODY).replace("&amp;", "&")
    assert reading.date == "2024-03-07"
    for start, end, at in article.spans:
        assert article.body[start:end] == html[at : at + end - start]


def test_founder_parts():
    article, _ = read(FOUNDER)
    assert article.page == "1"
    assert article.kicker == "秦军主持"
    assert [(c.role, c.name) for c in article.byline] == [("记者", "张三")]


ROWS = f"""<html><body><table class="wz"><tr valign="top"><td>秦军主持</td></tr><tr valign="top"><td><strong>区政府常务会议召开</strong></td></tr>
<tr valign="top"><td></td></tr><tr valign="top"><td>记者 张三</td></tr></table>
<div id="ozoom"><p>{BODY[0]}</p><p>{BODY[1]}</p></div></body></html>"""
FONTS = f"""<html><body><table><tr><td class="font02">秦军主持</td></tr><tr><td class="font01">区政府常务会议召开</td></tr>
<tr><td class="font02">记者 张三</td></tr></table><div id="ozoom"><p>{BODY[0]}</p><p>{BODY[1]}</p></div></body></html>"""


@pytest.mark.parametrize("html", [ROWS, FONTS])
def test_headings_of_older_founder_pages(html):
    article, _ = read(html)
    assert (article.kicker, article.headline) == ("秦军主持", "区政府常务会议召开")
    assert article.body == "\n".join(BODY).replace("&amp;", "&")


def test_rows_of_older_founder_pages_name_the_author():
    article, _ = read(ROWS)
    assert [(c.role, c.name) for c in article.byline] == [("记者", "张三")]


def test_the_author_in_the_line_of_a_portal():
    article, _ = read(PORTAL.replace("<h1>", "<p>发布时间：2024-03-07 来源：区融媒体中心 作者：张三</p><h1>"))
    assert [c.name for c in article.byline] == ["张三"]


def test_a_page_view_has_no_article_of_its_own():
    areas = "".join(f'<area coords="0,0,{n},9" href="content_{n}.htm">' for n in range(5))
    html = (
        f"<html><body><map name='pagepicmap'>{areas}</map><a href='content_1.htm'>区政府常务会议召开</a></body></html>"
    )
    assert list(read_pages(Source("node_1.htm", content=html.encode()))) == []


def test_a_page_of_links_is_told():
    links = "".join(f'<a href="content_{n}.htm">第{n}条新闻的标题</a>' for n in range(20))
    with pytest.raises(InputError, match="without the text of an article"):
        read(f"<html><body>{links}</body></html>")


@pytest.mark.parametrize("html", ["<div>" * 50_000, "<p>" * 200_000, "<!--" * 50_000, "<html><a <b <c"])
def test_hostile_html_ends_in_an_error(html):
    with pytest.raises(InputError):
        read("<html>" + html)


# Pages of each dialect, of an invented county: what the page tells, and around it what pages hold besides
TITLE, KICKER, SUBTITLE = "云岭县农技站下乡育秧", "春耕生产一线", "六十名农技员分赴各乡镇"
FIRST = "3月6日，云岭县农业农村局局长周启文带领农技员来到青坪镇，查看早稻育秧情况，听取种植大户的意见。"
SECOND = "据了解，云岭县今年计划种植早稻二十万亩，目前已备足种子、化肥和农膜。"
TEXT = f"{FIRST}\n{SECOND}"
P = f"<P>　　{FIRST}</P>\n<P>&nbsp;&nbsp;&emsp;{SECOND}</P>"
LIST = "".join(f'<li><a href="content_{n}.htm">云岭县第{n}条消息的标题</a></li>' for n in range(9))
MAP = (
    '<img usemap="#PagePicMap" src="a.jpg"><map name="PagePicMap"><area coords="1,1,9,9" href="content_1.htm">'
    '<area coords="1,1,9,9" href="content_2.htm"></map>'
)
OLD_PAGE = f"""<table><tr><td align="left"><strong>第03版：民生</strong></td><td><a href="node_4.htm">下一版</a></td></tr></table>
{MAP}<ul>{LIST}</ul>"""


def saved(inside, title="云岭日报", head="", charset="utf-8"):
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>{title}</title>{head}</head><body>{inside}</body></html>'


def properties(*pairs, close="/enpproperty-->"):
    return "<!--enpproperty " + "".join(f"<{name}>{value}</{name}>" for name, value in pairs) + close


FOUNDER_TAGS = properties(
    ("founder-title", TITLE),
    ("founder-subtitle", SUBTITLE),
    ("founder-author", "记者 李雨桐"),
    ("founder-date", "2024-03-07"),
    ("founder-type", "1"),
)
PLAIN_TAGS = (
    ("articleid", "100"),
    ("date", "2024-03-07 00:00:00.0"),
    ("author", "李雨桐"),
    ("title", TITLE),
    ("keyword", "春耕"),
    ("subtitle", SUBTITLE),
    ("introtitle", KICKER),
    ("nodename", "综合新闻"),
)
WZ = "".join(
    f'<tr valign="top"><td class="bt" align="center">{line}</td></tr>'
    for line in (KICKER, f"<strong>{TITLE}</strong>", SUBTITLE, "记者 李雨桐")
)
WHOLE = {"kicker": KICKER, "headline": TITLE, "subtitle": SUBTITLE, "people": ["李雨桐"], "body": TEXT}
PAPER = {"date": "2024-03-07", "newspaper": "云岭日报"}
OLD = WHOLE | PAPER | {"number": "3"}
DIALECTS = {
    "founder elements": (
        saved(
            f"{OLD_PAGE}<founder-pretitle>{KICKER}</founder-pretitle><founder-title>{TITLE}</founder-title>"
            f"<founder-subtitle>{SUBTITLE}</founder-subtitle><founder-author>记者 李雨桐</founder-author>"
            f"<founder-date>2024-03-07</founder-date><founder-content>{P}</founder-content>"
        ),
        OLD,
    ),
    "properties before, founder names": (
        saved(f"{FOUNDER_TAGS}{OLD_PAGE}<div><!--enpcontent-->{P}<!--/enpcontent--></div>"),
        OLD | {"kicker": None},
    ),
    "properties after, closed plainly": (
        saved(f"{OLD_PAGE}<div><!--enpcontent-->{P}<!--/enpcontent--></div>" + properties(*PLAIN_TAGS, close="-->")),
        OLD,
    ),
    "properties with entities, tags and nothing": (
        saved(
            "<div><!--enpcontent--><!--enpcontent-->"
            + P
            + "<!--/enpcontent--></div>"
            + properties(
                ("title", TITLE.replace("下乡", "<br/>&nbsp;下乡")), ("author", "null"), ("date", "2024-03-07")
            )
        ),
        {"headline": TITLE.replace("下乡", "\xa0下乡"), "people": [], "body": TEXT},
    ),
    "notes of the maker": (
        saved(
            f"<div id='ozoom'><!--enpcontent--><!--npm:<p>旧稿，旧稿，旧稿。</p>-->{P}<!--/enpcontent--></div>"
            + properties(*PLAIN_TAGS)
        ),
        WHOLE | PAPER,
    ),
    "rows": (
        saved(
            f'{OLD_PAGE}<p>2024年3月7日 星期四</p><table class="wz"><tbody>{WZ}</tbody></table><div id="ozoom">{P}</div>'
        ),
        OLD,
    ),
    "rows without author, in capitals": (
        saved(
            f'<TABLE CLASS="wz">{WZ.rpartition("<tr")[0].replace("top", "TOP")}</TABLE><DIV id=ozoom>{P}</DIV>',
        ),
        WHOLE | {"people": []},
    ),
    "font01": (
        saved(
            f'{OLD_PAGE}<table><tr><td class="font02">{KICKER}</td></tr><tr><td class="font01">{TITLE}</td></tr>'
            f'<tr><td class="font02">——{SUBTITLE}</td></tr><tr><td class="font02">□ 记者 李雨桐</td></tr></table>'
            f'<div id="ozoom"><founder-content>{P}</founder-content></div>'
        ),
        WHOLE | {"number": "3"},
    ),
    "primers": (
        saved(
            f'<table><tr><td><span class="primers">{KICKER}</span></td></tr><tr><td class="title_a">{TITLE}</td></tr>'
            f'<tr><td><span class="subtitle">{SUBTITLE}</span></td></tr></table><!--enpcontent-->{P}<!--/enpcontent-->'
        ),
        WHOLE | {"people": []},
    ),
    "primers in one line": (
        saved(
            f'<td><span class="primers">{KICKER}</span><span class="title_a">{TITLE}</span><span class="subtitle">'
            f"{SUBTITLE}</span></td><founder-content>{P}</founder-content>"
        ),
        WHOLE | {"people": []},
    ),
    "newer founder": (
        saved(
            f'<div class="newslisttit"><em>A03版：民生</em><a href="node_4.html">下一版</a></div><ul class="newslist">{LIST}</ul>'
            f'<div id="ScroLeft"><div class="newsdetatit"><p id="PreTitle">{KICKER}</p><h3 id="Title">{TITLE}</h3>'
            f'<p id="SubTitle">{SUBTITLE}</p><p><span>来源：云岭日报</span><span>2024年03月07日</span></p></div>'
            f'<div class="newsdetatext"><founder-content>{P}</founder-content></div></div>'
            '<div><a href="content_2.html">上一篇</a> <a href="content_3.html">下一篇</a></div>'
        ),
        WHOLE | PAPER | {"people": [], "number": "A03"},
    ),
    "NewsArticle": (
        saved(
            '<span id="NewsEditionName">民生</span><span id="NewsEditionNumber">03</span>2024-03-07'
            f'<p><span id="NewsArticleTitle">{TITLE}</span><span id="NewsArticleAuthor">记者 李雨桐</span></p>'
            f'<div id="NewsArticleContent">{P}</div>',
            title=f"{TITLE}-云岭日报",
        ),
        PAPER | {"headline": TITLE, "people": ["李雨桐"], "body": TEXT, "number": "3"},
    ),
    "div.article": (
        saved(
            f'<div class="article"><h3>{KICKER}</h3><h1>{TITLE}</h1><h2>{SUBTITLE}</h2><p class="sec">本报记者 李雨桐'
            f'<span class="date">《 云岭日报 》（ 2024年03月07日 第 03 版）</span></p><div id="ozoom">{P}</div></div>',
            title=TITLE,
        ),
        OLD,
    ),
    "div.main-content": (
        saved(
            f'<div class="main-content"><h3>{KICKER}</h3><h1>{TITLE}</h1><h3>{SUBTITLE}</h3>'
            f'<p>云岭日报 2024-03-07 第03版</p><div class="cms-content">{P}</div></div>'
        ),
        OLD | {"people": []},
    ),
}
LINES = "<p>发布时间：2024-03-07 09:12 来源：云岭县融媒体中心 作者：李雨桐 浏览次数：12</p><p>【字体：大 中 小】</p>"
METAS = "".join(
    f'<meta name="{name}" content="{value}">'
    for name, value in (
        ("ArticleTitle", TITLE),
        ("PubDate", "2024-03-07 09:12"),
        ("ContentSource", "云岭县融媒体中心"),
        ("Author", "李雨桐"),
    )
)
PORTALS = {"headline": TITLE, "body": TEXT, "date": "2024-03-07", "newspaper": "云岭县融媒体中心", "people": ["李雨桐"]}
AFTER = (
    "<p>（责任编辑：吴小川）</p><p>责编：吴小川 校对：何晓</p><p>分享到： 微信 微博</p><p>【打印】【关闭】</p><p>上一篇：<a href='a.html'>另一条消息</a></p>"
    "<p>相关新闻</p><p>云岭县举行运动会，云岭县举行运动会。</p>"
)
for name in (
    'class="TRS_Editor"',
    'id="zoom"',
    'class="article-content"',
    'class="pages_content"',
    'id="UCAP-CONTENT"',
    'class="TRS_UEDITOR trs_paper"',
    'class="unknown"',
):
    DIALECTS[f"portal {name}"] = (
        saved(
            f'<div class="top">今天是2026年11月28日</div><ul>{LIST}</ul><div class="main"><h1>{TITLE}</h1>'
            f"{LINES}<div {name}>{P}{AFTER}</div></div><div>主办：云岭县人民政府办公室</div>",
            title=f"{TITLE}_云岭县人民政府",
        ),
        PORTALS,
    )
DIALECTS["portal metas"] = (
    saved(f'<div class="article-content"><h1>{TITLE}</h1>{P}</div>', head=METAS),
    PORTALS,
)


def found(html, name="2024/content_1.htm", encoding="utf-8"):
    (page,) = read_pages(Source(name, content=html.encode(encoding)))
    (article,) = (reading := read_articles(page)).articles
    for start, end, at in article.spans:
        if not html.startswith("&", at) and not article.body[start].isspace():
            assert article.body[start:end] == html[at : at + end - start]
    return {
        "kicker": article.kicker,
        "headline": article.headline,
        "subtitle": article.subtitle,
        "people": [credit.name for credit in article.byline],
        "body": article.body,
        "date": reading.date,
        "number": article.page,
        "newspaper": reading.newspaper,
    }


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_is_read(dialect):
    html, expected = DIALECTS[dialect]
    got = found(html)
    assert {key: got[key] for key in expected} == expected


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_line_leads_back_to_the_file(dialect):
    html, _ = DIALECTS[dialect]
    (page,) = read_pages(Source("content_1.htm", content=html.encode()))
    (article,) = read_articles(page).articles
    lines = {role: getattr(article, role) for role in ("kicker", "headline", "subtitle")}
    lines["byline"] = "".join(credit.name for credit in article.byline)
    assert set(article.head_spans) == {role for role, line in lines.items() if line}
    for role, spans in article.head_spans.items():
        line = lines[role]
        assert sum(end - start for start, end, _ in spans) == len(line)
        assert all(html[at : at + end - start] in (line[start:end], "&") for start, end, at in spans)


BODIES = {
    "lines parted by br": (f"　　{FIRST}<br>\n　　{SECOND}<BR/>", TEXT),
    "paragraphs in many spans": (
        "<p><span>　</span>"
        + "".join(f"<span style='x'>{c}</span>" for c in FIRST)
        + f"</p><p><font><b>{SECOND[:6]}</b></font>\n{SECOND[6:]}</p>",
        TEXT,
    ),
    "unclosed paragraphs": (f"<p>{FIRST}<p><font>{SECOND}<ul><li>早稻<li>晚稻</ul>", f"{TEXT}\n早稻\n晚稻"),
    "end tags of nothing": (f"</font></td></p><p>{FIRST}</span></p><p></b>{SECOND}</p>", TEXT),
    "scripts, styles and comments": (
        f"<style>p {{}}</style><p>{FIRST[:9]}<script>var a = '<p>脚本，脚本。</p>';</script><!-- 注释 -->{FIRST[9:]}</p><!--[if IE]><p>旧，旧。</p><![endif]--><p>{SECOND}</p>",
        TEXT,
    ),
    "elements of Word": (
        f"<p><o:p></o:p>{FIRST[:5]}<st1:PersonName>{FIRST[5:9]}</st1:PersonName>{FIRST[9:]}</p><p>{SECOND}</p>",
        TEXT,
    ),
    "pictures with captions below": (
        f"<p>{FIRST}</p><p align='center'><img src='a.jpg'></p><p align='center'>图为农技员查看秧苗。 李雨桐 摄</p><p>{SECOND}</p>",
        f"{FIRST}\n图为农技员查看秧苗。 李雨桐 摄\n{SECOND}",
    ),
    "tables": (
        f"<p>{FIRST}</p><table><tr><th>姓名</th><th>职务</th></tr><tr><td><p>周启文</p></td><td><p>局长</p></td></tr></table><p>{SECOND}</p>",
        f"{FIRST}\n姓名 职务\n周启文 局长\n{SECOND}",
    ),
    "sub-headings": (
        f"<p>{FIRST}</p><h2 class='subtitle'>备足种子</h2><p class='subtitle'>早作打算</p><p>{SECOND}</p>",
        f"{FIRST}\n备足种子\n早作打算\n{SECOND}",
    ),
    "references that are none": (
        f"<p>{FIRST}</p><p>R&D投入和A&B;两项，{SECOND}</p>",
        f"{FIRST}\nR&D投入和A&B;两项，{SECOND}",
    ),
    "blanks of every kind": (
        f"<p>\ufeff\u3000&ensp;&#12288;&#xa0;{FIRST[:9]}\u200b&zwnj;{FIRST[9:]}</p><p>&ensp;{SECOND}&nbsp;</p>",
        TEXT,
    ),
    "a division for each paragraph": (f"<div>{FIRST}</div><div>{SECOND}</div>", TEXT),
    "a signature with its date": (
        f"<p>{FIRST}</p><p>云岭县农业农村局</p><p>2024年3月7日</p>",
        f"{FIRST}\n云岭县农业农村局\n2024年3月7日",
    ),
    "an author's line in the text": (f"<p>记者 李雨桐</p><p>{FIRST}</p><p>{SECOND}</p><p>通讯员 何晓</p>", TEXT),
    "buttons and editors": (f"<p>{FIRST}</p><p>{SECOND}</p>{AFTER}", TEXT),
    "the editor after the last sentence": (f"<p>{FIRST}</p><p>{SECOND}（责任编辑：吴小川）</p>", TEXT),
    "films": (f"<p>{FIRST}</p><video>您的浏览器不支持视频，请升级。</video><p>{SECOND}</p>", TEXT),
    "cells in two lines": (
        f"<p>{FIRST}</p><table><tr><td>1</td><td>云岭县<br>农业局</td><td>-</td></tr></table><p>{SECOND}</p>",
        f"{FIRST}\n1 云岭县 农业局 -\n{SECOND}",
    ),
    "the hour of a meeting": (
        f"<p>{FIRST}</p><p>时间：3月8日上午9时</p><p>地点：县会议中心</p>",
        f"{FIRST}\n时间：3月8日上午9时\n地点：县会议中心",
    ),
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(
    "container", ["<div id='ozoom'>{}</div>", "<div class='any'>{}</div>", "<!--enpcontent-->{}<!--/enpcontent-->"]
)
def test_bodies_of_every_making(name, container):
    inside, expected = BODIES[name]
    assert found(saved(f"<h1>{TITLE}</h1>{container.format(inside)}"))["body"] == expected


def test_an_authors_line_in_the_text_is_the_byline():
    inside, _ = BODIES["an author's line in the text"]
    assert found(saved(f"<h1>{TITLE}</h1><div id='ozoom'>{inside}</div>"))["people"] == ["李雨桐", "何晓"]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "gbk"), ("gb2312", "gb18030"), ("gb2312", "utf-8"), ("", "gbk"), ("", "utf-8-sig"), ("gbk", "utf-16")],
)
def test_the_encoding_is_found_whatever_the_page_says_of_it(charset, encoding):
    got = found(
        saved(f"<h1>{TITLE}</h1><div id='ozoom'>{P.replace('&emsp;', '')}</div>", charset=charset), encoding=encoding
    )
    assert (got["headline"], got["body"]) == (TITLE, TEXT)


@pytest.mark.parametrize(("encoding", "cut"), [("utf-8", b"\xe5\x8e"), ("gbk", b"\xc1")])
def test_a_character_cut_in_half_does_not_cost_the_page(encoding, cut):
    html = saved(f"<h1>{TITLE}</h1><div id='ozoom'>{P}</div>", head='<meta name="description" content="XX">')
    data = html.replace("&emsp;", "").encode(encoding).replace(b"XX", cut)
    (page,) = read_pages(Source("a.htm", content=data))
    assert read_articles(page).articles[0].body == TEXT


HEADLINES = {
    "a logo as heading": f'<h1><a href="/">云岭县人民政府网</a></h1><div><h2>{TITLE}</h2></div><div>{P}</div>',
    "a bold line": f"<span>云岭县人民政府网</span><div><p><b>{TITLE}</b></p><p>2024-03-07 来源:云岭日报</p>{P}</div>",
    "no line": f"<div>{P}</div>",
    "a heading in the text": f"<div class='article-content'><h1>{TITLE}</h1><p>来源：本站</p>{P}</div>",
    "a heading in two lines": f"<h1>{TITLE[:6]}<br>{TITLE[6:]}</h1><div>{P}</div>",
    "a heading after it": f"<div>{TITLE}</div><div>{P}<h2>一、部门动态</h2></div><h3>热点</h3>",
}


@pytest.mark.parametrize("title", [f"{TITLE}_云岭县人民政府网", f"云岭日报-2024年3月7日-{TITLE}"])
@pytest.mark.parametrize("name", HEADLINES)
def test_headlines_that_no_name_tells(name, title):
    got = found(saved(HEADLINES[name], title=title))
    assert got["headline"] == TITLE
    assert got["body"].removesuffix("\n一、部门动态") == TEXT


def test_common_names_of_other_things():
    """Portals give the classes of Founder pages to other things: the line of date and source, sections, dates in the text."""
    inside = (
        f"<h1>{TITLE}</h1><div class='subtitle'>发布时间：2024-03-07 来源：云岭县融媒体中心</div>"
        f"<div class='sec'><div id='zoom'><p>{FIRST[:5]}<span class='date'>{FIRST[5:8]}</span>{FIRST[8:]}</p>"
        f"<p>{SECOND[:9]}<span class='subtitle'>{SECOND[9:12]}</span>{SECOND[12:]}</p></div></div>"
    )
    for html in (inside, inside.replace("id='zoom'", "").replace("class='sec'", "")):
        got = found(saved(html, title=TITLE))
        assert (got["headline"], got["subtitle"], got["people"], got["body"]) == (TITLE, None, [], TEXT)
        assert (got["date"], got["newspaper"]) == ("2024-03-07", "云岭县融媒体中心")


def test_hidden_paragraphs_of_the_text_are_left_out():
    hidden = '<p style="display: none">转载请注明出处，违者必究。</p>'
    assert found(saved(f"<h1>{TITLE}</h1><div id='zoom'>{hidden}{P}</div>"))["body"] == TEXT


def test_meta_tags_with_references():
    head = '<META NAME="ArticleTitle" CONTENT="云岭县&quot;农技&quot;下乡"><meta name="author" content="方正">'
    got = found(saved(f"<div id='zoom'>{P}</div>", head=head, title="云岭日报多媒体数字报"))
    assert (got["headline"], got["people"], got["newspaper"]) == ('云岭县"农技"下乡', [], "云岭日报")


def test_a_text_for_subscribers_is_no_article():
    with pytest.raises(InputError, match="without the text of an article"):
        found(saved(f"<h3 id='Title'>{TITLE}</h3><div class='newsdetatext'>请购买该报纸后再访问</div>"))


def test_a_file_of_paragraphs_alone_is_an_article():
    assert found(f"<p>{FIRST}</p>\n<p>{SECOND}</p>")["body"] == TEXT


def test_a_layout_of_tables():
    """Older Founder pages lay everything out in tables, among them pictures with captions and buttons."""
    html = saved(
        f"""<table><tr><td>2024年<strong>3</strong>月<strong>7</strong>日 星期四</td></tr></table>
<table><tr><td valign=top><table><tr><td>&nbsp;<strong>第A03版：民生·副刊</strong></td><td><a href="node_2.htm">上一版</a></td></tr></table>{MAP}</td>
<td valign=top><table><tr><td><a href="content_9.htm">上一篇</a></td><td><a>放大<sup>+</sup></a> <a>缩小<sup>-</sup></a> 默认</td></tr></table>
<table class="wz"><tr valign=top><td>&nbsp;</td></tr><tr valign=top><td>云岭县农技站<br>下乡育秧</td></tr><tr valign=top><td></td></tr>
<tr valign=top><td>记者 李雨桐 通讯员 何晓</td></tr></table><table><tr><td><div id="ozoom"><founder-content><!--enpcontent-->
<table><tr><td align=center><img src="1.jpg"></td></tr><tr><td>图为农技员查看秧苗。</td></tr></table>{P}<!--/enpcontent--></founder-content></div>
</td></tr></table><table><tr><td>云岭日报社版权所有 <a>蜀ICP备</a></td></tr></table></td></tr></table>""",
        title=f"云岭日报-{TITLE}",
    )
    assert found(html) == PAPER | {
        "kicker": None,
        "headline": TITLE,
        "subtitle": None,
        "people": ["李雨桐", "何晓"],
        "body": f"图为农技员查看秧苗。\n{TEXT}",
        "number": "A03",
    }


def test_the_wide_space_of_gbk_is_a_space():
    data = (
        saved(f"<h1>{TITLE}</h1><div id='ozoom'>XX{FIRST}</div>").encode("gb18030").replace(b"XX", b"\xa3\xa0\xa3\xa0")
    )
    (page,) = read_pages(Source("a.htm", content=data))
    assert read_articles(page).articles[0].body == FIRST


def test_the_number_of_the_page_is_not_taken_from_a_list_of_all():
    pages = "".join(f'<a id="pageLink" href="node_{n}.htm">第0{n}版：要闻</a>' for n in range(1, 9))
    assert found(saved(f"{pages}<h1>{TITLE}</h1><div id='ozoom'>{P}</div>"))["number"] is None
    assert found(saved(f"{pages}<h1>{TITLE}</h1><strong>第八版</strong><div id='ozoom'>{P}</div>"))["number"] == "8"


@pytest.mark.parametrize("name", ["yl/html/2024-03/07/content_1.htm", "pc/202403/07/content_1.html"])
def test_the_folder_tells_the_date(name):
    assert found(saved(f"<h1>{TITLE}</h1><div id='ozoom'>{P}</div>"), name=name)["date"] == "2024-03-07"


def test_a_saved_issue_has_each_article_once():
    foot = "<div>云岭日报社版权所有，未经许可，不得转载，不得复制，不得建立镜像。电话：12345</div>"
    files = {
        "paperindex.htm": '<html><head><meta http-equiv="refresh" content="0;URL=html/2024-03/07/node_2.htm"></head></html>',
        "html/2024-03/07/node_2.htm": saved(f"{OLD_PAGE}{foot}"),
        "html/2024-03/07/node_3.htm": saved(
            f"<ul>{LIST}</ul><h3 id='Title'>{TITLE}</h3><founder-content>{P}</founder-content>"
        ),
        "html/2024-03/07/p3.html": saved(f"{MAP}<p>第03版：民生</p>{foot}"),
        "html/2024-03/07/p4.html": saved(f"{MAP}<h3><a href='content_1.htm'>{TITLE}</a></h3><p>{FIRST}</p>"),
        "html/2024-03/07/content_1.htm": saved(
            f"{OLD_PAGE}<h1>{TITLE}</h1><founder-content>{P}</founder-content>{foot}"
        ),
        "html/2024-03/07/content_2.htm": saved(f"{OLD_PAGE}<h1>{TITLE}</h1><div>{P}</div>{foot}"),
    }
    pages = [page.source for name, html in files.items() for page in read_pages(Source(name, content=html.encode()))]
    assert pages == [name for name in files if "content" in name]


@pytest.fixture
def rules(monkeypatch):
    """Lets `rules.tsv` have more lines."""
    tables = (html_rules.names, html_rules.within, html_rules.around)
    known = html_rules.rows()

    def add(rows):
        monkeypatch.setattr(html_rules, "rows", lambda: [*known, *rows])
        for table in tables:
            table.cache_clear()

    yield add
    monkeypatch.undo()
    for table in tables:
        table.cache_clear()


def test_the_innermost_element_that_gives_a_part_decides(rules):
    rules([["within", "inmost h4", "headline"], *(["within", f"outer{n} h4", "kicker"] for n in range(20))])
    outer = "".join(f'<div class="outer{n}">' for n in range(20))
    article, _ = read(
        f'<html><body>{outer}<div class="inmost"><h4>区政府常务会议召开</h4></div><p>{BODY[0]}</p><p>{BODY[1]}</p>'
    )
    assert (article.kicker, article.headline) == (None, "区政府常务会议召开")


CLINIC = "清溪县举办义诊", "　　5月12日，清溪县组织医生到柳林镇义诊，为群众免费检查身体。"
EXPORT = "蜜柚出口中亚", "　　5月10日，满载26吨蜜柚的货车驶出清溪县，这是蜜柚首次出口中亚。"


def articles_of(html):
    (page,) = read_pages(Source("page.html", content=html.encode()))
    return page, read_articles(page).articles


@pytest.mark.parametrize("kind", ["h1", "h3"])
def test_articles_side_by_side_in_one_file(kind):
    news = [
        f"<div class='any'><{kind}>{t}</{kind}><p>记者 {n}</p><p>{b}</p></div>"
        for (t, b), n in [(CLINIC, "李明"), (EXPORT, "王晓红")]
    ]
    _, several = articles_of(f"<html><body><h4>第02版：要闻</h4><div>{''.join(news)}</div></body></html>")
    told = [(a.headline, [c.name for c in a.byline], a.body) for a in several]
    assert told == [(CLINIC[0], ["李明"], CLINIC[1].strip()), (EXPORT[0], ["王晓红"], EXPORT[1].strip())]


@pytest.mark.parametrize(
    "frame",
    [
        "<h1>一周清溪</h1><div>{}</div>",
        "<div class='title_a'>一周清溪</div><div>{}</div>",
        "<h3>一周清溪</h3><div id='ozoom'>{}</div>",
    ],
)
def test_parts_of_one_article_with_headings_of_their_own(frame):
    parts = "".join(f"<div><h3>{t}</h3><p>{b}</p></div>" for t, b in (CLINIC, EXPORT))
    _, (article,) = articles_of(f"<html><body>{frame.format(parts)}</body></html>")
    assert article.headline == "一周清溪"


def test_a_saved_article_of_an_account():
    page, (article,) = articles_of(
        f"<html><body><h1 id='activity-name'>{CLINIC[0]}</h1><a id='js_name'>清溪融媒</a><em id='publish_time'>2024-04-19 18:02</em>"
        f"<div id='js_content'><section>点击蓝字 关注我们</section><section>{CLINIC[1]}</section></div></body></html>"
    )
    assert (page.newspaper, page.date, article.headline, article.body) == (
        "清溪融媒",
        "2024-04-19",
        CLINIC[0],
        CLINIC[1].strip(),
    )


@pytest.mark.parametrize("line", ["<span>作者：李雨桐</span><span>版次：第03版</span>", "作者：李雨桐 来源：本站"])
def test_the_author_against_the_next_word(line):
    _, (article,) = articles_of(
        f"<html><body><h2>{CLINIC[0]}</h2><p>{line}</p><div><p>{CLINIC[1]}</p><p>{EXPORT[1]}</p></div></body></html>"
    )
    assert [c.name for c in article.byline] == ["李雨桐"]


def test_parts_that_only_classes_tell():
    head = "<div class='article-pretitle'>李明强调</div><div class='article-title'>守好一江清水</div>"
    below = "<div class='article-subtitle'>周海主持</div><div class='article-author'>记者 王晓红</div>"
    _, (article,) = articles_of(
        f"<html><body>{head}{below}<div class='article-text'><p>{CLINIC[1]}</p></div></body></html>"
    )
    assert (article.kicker, article.headline, article.subtitle) == ("李明强调", "守好一江清水", "周海主持")
    assert [c.name for c in article.byline] == ["王晓红"]
