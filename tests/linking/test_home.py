"""The paper's home as the masthead, the paper's name and the text tell it."""

import pytest
from tables import link

from pipeline.errors import InputError
from pipeline.linking import resolve_home
from pipeline.pages.masthead import read_masthead

NANJING = "{鼓楼区|D}召开会议，全区各街道参加。{南京市|D}{鼓楼区|D}{湖南路街道|D}发言，{鼓楼区|D}{宁海路街道|D}发言，区委作了部署。"
NANTONG = "{如东县|D}召开会议，全县参加。{如东县|D}{洋口镇|D}发言，{如东县|D}县委作了部署。"


@pytest.mark.parametrize(
    ("line", "home"),
    [
        ("本报由中共大悟县委主管", "大悟县"),
        ("中共大悟县委主管 大悟县人民政府主办", "大悟县"),
        ("由大悟县人民政府主办", "大悟县"),
        ("本报由中国共产党大悟县委员会主管主办", "大悟县"),
        ("大悟报 湖北省大悟县委宣传部主管", "湖北省大悟县"),
        ("中共阿克苏地委主管主办", "阿克苏地区"),
        ("中共凉山州委主管　主办", "凉山州"),
    ],
)
def test_the_masthead_names_the_district_alone(line, home):
    assert read_masthead([line]).home == home


@pytest.mark.parametrize(
    ("line", "number"),
    [("第十二版 要闻", "12"), ("第二十三版", "23"), ("第01版：要闻", "1"), ("A 03版", "A03"), ("B2 民生", None)],
)
def test_the_number_of_the_page_is_in_digits(line, number):
    assert read_masthead([line]).number == number


@pytest.mark.parametrize(
    ("printed", "text", "home"),
    [
        ("朝阳区", "会议召开。", None),
        ("鼓楼区", NANJING, "江苏省/南京市/鼓楼区"),
        ("鼓楼区", "{如东县|D}来宾。{如东县|D}来信。" + NANJING, "江苏省/南京市/鼓楼区"),
        ("某某县", NANTONG, "江苏省/南通市/如东县"),
        ("大悟县", NANTONG, "湖北省/孝感市/大悟县"),
    ],
)
def test_a_home_that_names_no_one_district_is_told_by_the_text(printed, text, home):
    (linked,) = link([text], home=printed)
    assert linked.home == home


@pytest.mark.parametrize("told", ["朝阳区", "某某县"])
def test_the_home_that_a_user_gives_names_one_district(told):
    with pytest.raises(InputError, match=told):
        resolve_home(told)


@pytest.mark.parametrize(
    ("paper", "home"),
    [
        ("和田日报", "新疆维吾尔自治区/和田地区"),
        ("海南日报", "海南省"),
        ("昆山日报", "江苏省/苏州市/昆山市"),
        ("贵安新区报", None),
        ("新平山", "河北省/石家庄市/平山县"),
        ("新平报", "云南省/玉溪市/新平彝族傣族自治县"),
        ("五台山报", "山西省/忻州市/五台县"),
    ],
)
def test_the_papers_name_tells_its_district(paper, home):
    (linked,) = link(["会议召开。"], newspaper=paper)
    assert linked.home == home


def test_a_prefecture_speaks_of_itself():
    (linked,) = link(["{和田地区|D}召开会议，地委作部署，行署通报，{和田市|D}、{墨玉县|D}发言，{和田地区|D}各县参加。"])
    assert linked.home == "新疆维吾尔自治区/和田地区"


def test_a_home_that_is_named_for_short_is_told_whole(tmp_path, guanxi):
    (tmp_path / "page.txt").write_text("县长乙到会。", encoding="utf-8")
    for home, told in (("颍上县", True), ("安徽省/阜阳市/颍上县", False)):
        result = guanxi("run", tmp_path / "page.txt", "--out", tmp_path / home[:2], "--home", home)
        assert ("home: 安徽省/阜阳市/颍上县" in result.stderr) == told


@pytest.mark.parametrize(
    ("text", "home"),
    [
        (
            "{安乡县人民政府|A}县长、{安乡县人民法院|A}院长当选，报{常德市人民检察院|A}、{常德市人大常委会|A}批准。",
            "湖南省/常德市/安乡县",
        ),
        ("{中国共产党安乡县第十四次代表大会|E}在{安乡|D}开幕，县委作报告。", "湖南省/常德市/安乡县"),
    ],
)
def test_bodies_and_congresses_of_a_county_speak_for_it(text, home):
    (linked,) = link([text])
    assert linked.home == home
