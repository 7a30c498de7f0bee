"""What people do in the web application, done in a real browser."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.service.conftest import opened

pytestmark = pytest.mark.browser


def open_article(tab, headline):
    tab.goto("/articles")
    tab.get_by_role("link", name=headline).first.click()


def edit(tab, article):
    tab.goto(f"/correct/{article}")
    tab.wait_for_selector("#text .m")


def mention(tab, words, number=0):
    return tab.locator("#text .m", has_text=words).nth(number)


def record(tab, article):
    return tab.request.get(f"/api/articles/{article}/record").json()


def with_words(articles, *words):
    return next(a for a in articles if all(word in a["text"] for word in words))


def saved(tab, version):
    tab.wait_for_selector(f"#state:has-text('已保存，第 {version} 版')")


def test_a_person_is_found_and_read_to_the_source(tab):
    tab.goto("/")
    tab.locator("main input[type=search]").fill("秦军")
    tab.keyboard.press("Enter")
    tab.locator(".results a").first.click()
    assert "秦军" in tab.locator("h1").inner_text()
    assert tab.locator("#timeline rect").count() > 1
    assert "区长" in tab.locator("table").first.inner_text()
    tab.locator(".quote").first.click()
    tab.locator(".paper .m", has_text="秦军").first.click()
    tab.wait_for_selector("#told h3:has-text('依据')")
    tab.locator("#told a", has_text="秦军").first.click()
    assert "秦军" in tab.locator("h1").inner_text()


def test_every_view_is_exported(tab):
    tab.goto("/search?q=沙市区&label=District")
    tab.locator(".results a").first.click()
    assert tab.locator(".org li").count() > 3
    for kind, begin in (("PNG", b"\x89PNG"), ("JSON", b"{"), ("任职 CSV", "\ufeffperson_id".encode())):
        with tab.expect_download() as download:
            tab.locator(".exports").get_by_text(kind, exact=True).click()
        assert download.value.path().read_bytes().startswith(begin)


def test_the_graph_grows_on_demand(tab):
    tab.goto("/search?q=秦军")
    tab.locator(".results a").first.click()
    tab.get_by_role("link", name="在关系图中看").click()
    tab.wait_for_selector("#state[data-nodes]")
    before = int(tab.locator("#state").get_attribute("data-nodes"))
    tab.locator("#told li button", has_text="区区长").first.click()
    tab.locator("#told li button", has_text="沙市区").first.click()
    tab.locator("#told").get_by_role("button", name="展开").click()
    tab.wait_for_selector(f"#state[data-nodes]:not([data-nodes='{before}'])")
    assert "open=" in tab.url
    nodes = tab.locator("#state").get_attribute("data-nodes")
    tab.reload()
    tab.wait_for_selector(f"#state[data-nodes='{nodes}']")
    with tab.expect_download() as download:
        tab.locator("[data-save=png]").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_an_edge_shows_its_evidence(tab):
    tab.goto("/search?q=秦军")
    tab.locator(".results a").first.click()
    tab.get_by_role("link", name="在关系图中看").click()
    tab.wait_for_selector("#state[data-settled]")
    tab.locator("#cy").click(position=tab.evaluate(MIDDLE_OF_AN_EDGE))
    tab.wait_for_selector("#told h3:has-text('依据')")
    assert tab.locator("#told h2").inner_text().startswith("任职")
    assert tab.locator("#told p .node").count() == 2
    tab.locator("#told .quote").first.click()
    tab.wait_for_url("**/articles/**")


MIDDLE_OF_AN_EDGE = """() => {
  const cy = document.getElementById("cy")._cyreg.cy;
  const edges = cy.edges("[label = 'HOLDS']"), length = (edge) => Math.hypot(
    edge.renderedSourceEndpoint().x - edge.renderedTargetEndpoint().x, edge.renderedSourceEndpoint().y - edge.renderedTargetEndpoint().y);
  return edges.max(length).ele.renderedMidpoint();
}"""


def test_the_whole_graph_has_names(tab):
    tab.goto("/graph")
    tab.wait_for_selector("#state[data-settled][data-named]")
    assert int(tab.locator("#state").get_attribute("data-named")) > 15


def test_a_graph_that_is_narrowed_keeps_what_was_added(tab):
    tab.goto("/search?q=秦军")
    tab.locator(".results a").first.click()
    tab.get_by_role("link", name="在关系图中看").click()
    tab.wait_for_selector("#state[data-nodes]")
    tab.locator("#add input").fill("谢清")
    tab.keyboard.press("Enter")
    tab.locator("#found button").first.click()
    tab.wait_for_selector("#told h2:has-text('谢清')")
    tab.locator("summary", has_text="筛选").click()
    tab.locator("[name=sure]").fill("0.2")
    tab.get_by_role("button", name="应用").click()
    tab.wait_for_url("**sure=0.2**")
    tab.wait_for_selector("#state[data-nodes]")
    assert [key.rsplit(":", 1)[-1] for key in parse_qs(urlsplit(tab.url).query)["node"]] == ["秦军", "谢清"]


def test_a_mention_on_a_page_leads_to_what_it_stands_for(tab):
    tab.goto("/pages")
    tab.locator(".results a").first.click()
    tab.locator(".paper .m", has_text="秦军").first.click()
    tab.wait_for_selector("#told h3:has-text('依据')")
    assert "秦军" in tab.locator("#told h2").inner_text()


def test_a_file_that_cannot_be_read_is_told_with_its_name(tab, tmp_path):
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4")
    tab.goto("/add")
    tab.set_input_files("input[type=file]", tmp_path / "坏.pdf")
    tab.wait_for_selector(".warn", timeout=60_000)
    assert tab.locator("h1").inner_text() == "坏.pdf"
    assert "文件已损坏或不完整" in tab.locator(".warn").inner_text()
    assert "not a whole PDF file" in tab.locator(".warn small").inner_text()
    tab.get_by_role("link", name="再添加一个").click()
    tab.wait_for_selector("#drop")


def test_an_empty_file_is_not_sent(tab, tmp_path):
    (tmp_path / "空.txt").touch()
    tab.goto("/add")
    tab.set_input_files("input[type=file]", tmp_path / "空.txt")
    tab.wait_for_selector(".warn:has-text('文件是空的')")


@pytest.mark.slow
def test_a_page_is_added_and_merged(tab, seeds):
    tab.goto("/add")
    tab.set_input_files("input[type=file]", seeds / "pages" / "page-1.txt")
    tab.wait_for_selector("#merge", timeout=60_000)
    assert tab.locator(".paper").count() > 1
    tab.click("#merge")
    tab.get_by_role("link", name="看第一篇").click(timeout=60_000)
    assert tab.locator(".paper .m").count()


def test_a_title_is_corrected_with_the_mouse_and_undone(tab, seed_articles):
    article = with_words(seed_articles, "区委副书记、区长秦军")["id"]
    edit(tab, article)
    title = mention(tab, "区长")
    title.click()
    tab.get_by_role("button", name="终点左移").click()
    saved(tab, 1)
    assert "区" in titles(tab, article)
    tab.get_by_role("button", name="撤销").click()
    saved(tab, 2)
    assert "区" not in titles(tab, article)
    tab.locator("summary", has_text="历史").click()
    tab.locator("#history").get_by_role("button", name="恢复").nth(1).click()
    saved(tab, 3)
    assert "区" in titles(tab, article)


def names(tab, article):
    return [m["text"] for m in record(tab, article)["record"]["entities"]]


def titles(tab, article):
    return {m["text"] for m in record(tab, article)["record"]["entities"] if m["label"] == "TITLE"}


def test_everything_can_be_done_with_the_keyboard(tab, seed_articles):
    article = with_words(seed_articles, "区委副书记、区长秦军")
    edit(tab, article["id"])
    tab.locator("#text").focus()
    tab.keyboard.press("n")
    first = tab.locator("#text .m.mine").inner_text()
    tab.keyboard.press("Delete")
    saved(tab, 1)
    for _ in first:
        tab.keyboard.press("Shift+ArrowRight")
    tab.keyboard.press("4")
    saved(tab, 2)
    found = record(tab, article["id"])["record"]["entities"][0]
    assert (found["text"], found["label"], found.get("score")) == (first, "AGENCY", None)
    tab.keyboard.press("Control+z")
    saved(tab, 3)
    tab.keyboard.press("Control+Shift+z")
    saved(tab, 4)


def test_an_arc_is_added_and_removed(tab, seed_articles):
    article = with_words(seed_articles, "区委副书记、区长秦军")["id"]
    edit(tab, article)
    arcs = len(record(tab, article)["record"]["relations"])
    person, title = mention(tab, "谢清"), mention(tab, "区长")
    person.click()
    title.click(modifiers=["Shift"])
    saved(tab, 1)
    assert len(record(tab, article)["record"]["relations"]) == arcs + 1
    person.click()
    tab.get_by_role("button", name="删去关系 谢清 任 区长").click()
    saved(tab, 2)
    assert len(record(tab, article)["record"]["relations"]) == arcs


def test_two_browsers_on_one_article_lose_nothing(browser, site, seed_articles):
    article = with_words(seed_articles, "区委副书记、区长秦军")["id"]
    with opened(browser, site) as mine, opened(browser, site) as theirs:
        for tab in (mine, theirs):
            edit(tab, article)
        before = names(mine, article)
        mention(theirs, "谢清").click()
        theirs.keyboard.press("Delete")
        saved(theirs, 1)
        mention(mine, "李程云").click()
        mine.keyboard.press("Delete")
        mine.wait_for_selector("#conflict:has-text('谢清')")
        assert "李程云" in mine.locator("#conflict").inner_text()
        mine.get_by_role("button", name="两边的都要").click()
        saved(mine, 2)
        left = names(mine, article)
        assert (left.count("谢清"), left.count("李程云")) == (before.count("谢清") - 1, before.count("李程云") - 1)
        assert len(left) == len(before) - 2


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_no_page_is_wider_than_the_screen(browser, site, seed_articles, size):
    article = seed_articles[0]["id"]
    with opened(browser, site, *size) as tab:
        tab.goto("/search?q=沙市区")
        district = tab.locator(".results a").first.get_attribute("href")
        for path in (
            "/",
            "/articles",
            "/search?q=秦军",
            "/acts",
            district,
            f"/articles/{article}",
            "/graph",
            "/add",
            "/correct",
            f"/correct/{article}",
            "/api/",
        ):
            tab.goto(path)
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_hostile_names_are_text_everywhere(browser, tmp_path, guanxi):
    from tests.service.conftest import served

    evil = '<script>document.title="hacked"</script><img src=x onerror=document.title="hacked">"\'\u202e{{7*7}}'
    text = f"沙市区召开会议{evil}\n\n本报讯 （记者 {evil}）3月5日，沙市区委书记王{evil}明、区长秦军出席{evil}会议。区长秦军强调{evil}。"
    (tmp_path / "evil.txt").write_text(text, encoding="utf-8")
    assert guanxi("run", tmp_path / "evil.txt", "--out", tmp_path / "out").exit_code == 0
    poison(tmp_path / "out" / "guanxi.db", evil)
    with served(tmp_path / "out") as site, opened(browser, site) as tab:
        key = tab.request.get("/api/search?q=秦军").json()[0]["id"]
        article = json.loads((tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()[0])["id"]
        for path in (
            "/",
            "/articles",
            "/search?q=秦军",
            f"/search?q={evil}",
            f"/nodes/{key}",
            f"/articles/{article}",
            "/acts",
            f"/graph?node={key}",
            "/correct",
            f"/correct/{article}",
        ):
            tab.goto(path)
            tab.wait_for_load_state("networkidle")
            assert tab.title() != "hacked"
            assert not tab.locator("main script:not([type]), main img").count()
            assert (
                "<script>" in tab.locator("main").inner_text() or path == "/search?q=秦军" or tab.locator("#cy").count()
            ), path


def poison(path, evil):
    """Every name and property of the graph ends in the hostile text, as it would if a page had printed it so."""
    import sqlite3

    with sqlite3.connect(path) as db:
        db.create_function(
            "evil",
            1,
            lambda text: json.dumps(
                {
                    k: v + evil if isinstance(v, str) and k in ("name", "title", "verb", "headline", "path") else v
                    for k, v in json.loads(text).items()
                }
            ),
        )
        db.execute("UPDATE nodes SET name = name || ?, properties = evil(properties)", (evil,))
        db.execute("UPDATE evidence SET quote = quote || ?", (evil,))


@pytest.mark.slow
def test_a_correction_is_learnt(tab, seed_articles):
    article = with_words(seed_articles, "等区领导参加会议")["id"]
    edit(tab, article)
    mention(tab, "区领导").click()
    tab.get_by_role("button", name="起点左移").click()
    saved(tab, 1)
    mention(tab, "谢清").click()
    mention(tab, "等区领导").click(modifiers=["Shift"])
    saved(tab, 2)
    tab.goto("/correct")
    with tab.expect_download() as download:
        tab.get_by_role("link", name="JSONL", exact=True).click()
    assert "等区领导" in download.value.path().read_text(encoding="utf-8")
    with tab.expect_download() as download:
        tab.get_by_role("link", name=".ann").click()
    assert "{等区领导|" in download.value.path().read_text(encoding="utf-8")
    pytest.importorskip("torch")
    assert "等区领导" not in proposed(tab, article)
    tab.goto("/correct")
    tab.get_by_role("button", name="训练", exact=True).click()
    tab.get_by_role("button", name="改用新模型").click(timeout=1_800_000)
    assert "新模型" in tab.locator("#figures").inner_text()
    tab.wait_for_selector("#state:has-text('正在使用新模型')")
    assert "等区领导" in proposed(tab, article)


def proposed(tab, article):
    """The titles that the model in use finds in an article."""
    text = record(tab, article)["record"]["text"]
    answer = tab.request.post("/api/extract", data={"passages": [{"id": "1", "text": text}]}, timeout=120_000)
    return [m["text"] for m in answer.json()["records"][0]["entities"] if m["label"] == "TITLE"]
