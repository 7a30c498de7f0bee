"""Pages are restored as a careful reader would."""

import json

import pytest

from pipeline.pages import read_articles
from pipeline.sources import Source, read_pages
from pipeline.sources.text import page_of


@pytest.mark.parametrize("name", ["seed", "page-1", "page-2", "page-3", "page-5"])
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
