"""HTML articles give headline, byline, date and body, with the way back to the file."""

import pytest

from pipeline.errors import InputError
from pipeline.pages import read_articles
from pipeline.sources import Source, read_pages

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
