"""The weights can be fitted to pages with readings, and what they weigh means what it says."""

import random

import pytest

from pipeline.pages.features import weights
from pipeline.pages.fitting.chains import right_chains
from pipeline.pages.fitting.weights import fit, mistakes, tasks_of, torn_pages
from pipeline.pages.joins import joins
from pipeline.pages.paragraphs import Paragraph
from pipeline.pages.pieces import Piece
from pipeline.pages.shapes import Division, divide


def test_bad_weights_get_better(seeds):
    pages = torn_pages(seeds / "annotated", 2, random.Random(1))
    tasks = [task for page, articles in pages for task in tasks_of(page, articles) if task.kind == "chains"]
    assert tasks
    before = weights() | {"join_net": -1.0, "join_ngram": -1.0, "join_overlap": 0.0}
    after = fit(tasks, before, 3, random.Random(2))
    assert after != before
    assert mistakes(tasks, after)["chains"] <= mistakes(tasks, before)["chains"]


def test_what_reads_on_scores_higher():
    net = joins()
    left = net.left("预计产值可达一千六百万元，带动七")
    assert net.score(left, net.right("百余户群众增收。")) > net.score(left, net.right("损失降到最低。"))


@pytest.mark.parametrize(
    ("lines", "division"),
    [
        (["清溪镇：", "“小板凳”议事会解民忧"], Division(0, 2)),
        (["县领导检查汛期安全", "和农业生产工作"], Division(0, 2)),
        (["全县茶产业推进会召开 强链补链促增收"], Division(0, 1, 1)),
        (["山绿水清鱼儿多 人勤春早农事忙"], Division(0, 1)),
        (["东山村里“柿子红”", "——清溪县以特色产业壮大集体经济"], Division(0, 1)),
    ],
)
def test_kicker_headline_and_subtitle(lines, division):
    assert divide([line.translate({0xFF1A: ":"}) for line in lines]) == division


def test_a_torn_brief_is_one_chain_without_its_bullet():
    def piece(text):
        return Piece([Paragraph([(0, len(text))], text, 0, False)])

    torn = [piece("●连日来,高家堰镇讲解刷单、网贷骗局,现"), piece("场帮助168名群众安装反诈软件。")]
    body = "连日来,高家堰镇讲解刷单、网贷骗局,现场帮助168名群众安装反诈软件。"
    assert right_chains(torn, [{"body": body}]) == [[(0, False), (1, False)]]
