"""Pages are restored as a careful reader would."""

import json

import pytest

from pipeline.pages import read_articles
from pipeline.sources import Source, read_pages


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
