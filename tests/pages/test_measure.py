"""Readings are measured against those of people, and the figures mean what they say."""

import json
import shutil

import pytest

from pipeline.errors import DataError, InputError
from pipeline.pages.measure import OVERALL, load_readings, measure
from pipeline.pages.score import score, summary
from pipeline.records import Article, Credit

GOLD = {
    "articles": [
        {
            "headline": "水库清淤",
            "subtitle": None,
            "kicker": None,
            "section": None,
            "byline": [{"role": "记者", "name": "周明"}],
            "body": "三月以来,东河水库清淤一万方。",
            "kind": "article",
        },
        {
            "headline": None,
            "subtitle": None,
            "kicker": None,
            "section": None,
            "byline": [],
            "body": "孩子们在图书馆里学扎染。",
            "kind": "caption",
        },
    ]
}


def article(body, headline=None, byline=(), kind="article"):
    return Article(id="a", source="s", body=body, headline=headline, byline=list(byline), kind=kind)


def test_a_perfect_reading():
    found = [
        article("孩子们在图书馆里学扎染。", kind="caption"),
        article("三月以来,东河水库清淤一万方。", "水库清淤", [Credit(role="记者", name="周明")]),
    ]
    counts = score(GOLD, found)
    assert set(summary(counts).values()) == {1.0}
    assert counts["foreign"] == 0


def test_text_of_another_article_is_foreign():
    counts = score(GOLD, [article("三月以来,东河水库清淤一万方。孩子们在图书馆里学扎染。", "水库清淤")])
    assert (counts["bodies"], counts["headlines"], counts["bylines"]) == (0, 1, 0)
    assert counts["foreign"] == len("孩子们在图书馆里学扎染。")
    assert counts["characters_right"] < counts["characters_found"]


def test_a_missing_article_costs_its_characters():
    counts = score(GOLD, [article("孩子们在图书馆里学扎染。")])
    assert counts["articles"] == 2
    assert counts["characters_right"] == counts["characters_found"] < counts["characters_gold"]


def test_the_sample_pages_are_read_well(seeds):
    shares = summary(measure(load_readings(seeds / "pages", ["seed", "page-*"]))[OVERALL])
    assert min(shares[name] for name in ("bodies", "headlines", "bylines", "characters_f1")) >= 0.95


def test_the_command(guanxi, seeds):
    shown = guanxi("evaluate", "--pages", seeds / "pages", "--match", "page-1", "--match", "page-2")
    assert shown.exit_code == 0
    assert "page-2" in shown.output and "page-3" not in shown.output
    counts = json.loads(guanxi("evaluate", "--pages", seeds / "pages" / "page-1.txt", "--json").stdout)
    assert counts["page-1"]["articles"] == 6
    assert counts[OVERALL]["shares"]["bodies"] == 1.0
    assert guanxi("evaluate", "--pages", seeds / "pages", "--compare", "zh_guanxi_sm").exit_code == 2


def test_readings_in_the_order_of_their_numbers(tmp_path, seeds):
    for name in ("page-10", "page-2"):
        for suffix in (".txt", ".json"):
            shutil.copy(seeds / "pages" / f"page-1{suffix}", tmp_path / f"{name}{suffix}")
    assert [sample.name for sample in load_readings(tmp_path)] == ["page-2", "page-10"]


@pytest.mark.parametrize(
    "reading", ["[]", '{"articles": 1}', '{"articles": [{"headline": null, "byline": [1], "body": ""}]}', "{"]
)
def test_faults_of_readings_are_told(tmp_path, reading):
    (tmp_path / "a.txt").write_text("今日清溪", encoding="utf-8")
    (tmp_path / "a.json").write_text(reading, encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.json"):
        load_readings(tmp_path)


def test_missing_files_are_told(tmp_path):
    with pytest.raises(InputError, match="no readings"):
        load_readings(tmp_path)
    with pytest.raises(InputError, match="not found"):
        load_readings(tmp_path / "b.txt")
    (tmp_path / "c.json").write_text('{"articles": []}', encoding="utf-8")
    with pytest.raises(InputError, match="no page"):
        load_readings(tmp_path)
