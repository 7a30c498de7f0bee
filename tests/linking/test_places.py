"""Words that look like places, and places that words hide."""

import pytest
from tables import link


def nodes(passage, home):
    (linked,) = link([passage], home=home)
    return [link.node for link in linked.links]


@pytest.mark.parametrize("words", ["{太湖|D}边上", "{石渠|D}引水", "产业{兴县|D}", "{回村|D}祭祖", "开进{小山村|D}", "{苏木乡|D}", "{苏木镇|D}", "{四川鹤乡|D}"])  # fmt: skip
def test_words_are_no_places(words):
    assert nodes(words, "青海省/海东市/互助土族自治县") == [None]


@pytest.mark.parametrize(
    ("passage", "home", "found"),
    [
        ("{安徽|D}{太湖|D}", "湖南省/娄底市/双峰县", "district:340825"),
        ("{太湖|D}", "安徽省/安庆市/怀宁县", "district:340825"),
        ("{塘川镇|D}{包村|D}", "青海省/海东市/互助土族自治县", "district:630223105:包村"),
        ("{全县上下|D}", "湖南省/娄底市/双峰县", "district:431321"),
    ],
)
def test_they_are_places_beside_theirs(passage, home, found):
    assert nodes(passage, home)[-1] == found


@pytest.mark.parametrize(
    ("passage", "home", "found"),
    [
        ("{一二五团|D}", "新疆维吾尔自治区/胡杨河市", "district:659010:新疆生产建设兵团第七师一二五团"),
        ("{兵团第八师石河子市|D}", None, "district:659001:新疆生产建设兵团第八师石河子市"),
        ("{师市|D}", "新疆维吾尔自治区/石河子市", "district:659001:新疆生产建设兵团第八师石河子市"),
        ("{一二五团|D}", "湖南省/娄底市/双峰县", None),
        ("第七师{胡杨河市|D}", "新疆维吾尔自治区/胡杨河市", "district:659010:新疆生产建设兵团第七师胡杨河市"),
    ],
)
def test_units_of_the_corps(passage, home, found):
    assert nodes(passage, home) == [found]


@pytest.mark.parametrize(
    ("passage", "home", "found"),
    [
        ("{密云溪翁庄镇|D}", "北京市/密云区", "district:110118101"),
        ("{海淀中关村街道|D}", "北京市/海淀区", "district:110108011"),
        ("{南京鼓楼区|D}", "福建省/福州市/鼓楼区", "district:320106"),
        ("{龙门区|D}", "福建省/泉州市/安溪县", None),
    ],
)
def test_places_printed_as_one_and_places_that_are_no_more(passage, home, found):
    assert nodes(passage, home) == [found]


def test_the_autonomous_region_of_the_paper():
    found = nodes("{自治区|D}领导到{横州|D}调研。", "广西壮族自治区/南宁市/横州市")
    assert found == ["district:450000", "district:450181"]


@pytest.mark.parametrize(
    ("passage", "home", "found"),
    [
        ("{开发区|D}", "广东省/湛江市/廉江市", "district:440881:经开区"),
        ("{湘江新区|D}开工，{新区|D}各部门参加", "湖南省/长沙市/岳麓区", "district:430100:湘江新区"),
        ("{宜兴高新区|D}开工，{高新区|D}参加", "江苏省/无锡市", "district:320200:高新区"),
        ("{洋浦|D}", "海南省/儋州市", "district:460400499"),
        ("{洋浦|D}", "湖南省/长沙市/岳麓区", None),
        ("{板桥镇政府|A}{安勒村|D}", "云南省/曲靖市/罗平县", "district:530324102:安勒村"),
        ("{板桥镇人大|A}主席到会，{安勒村|D}参加", "云南省/曲靖市/罗平县", "district:530324102:安勒村"),
        ("{九龙街道|D}开会，{板桥镇人大|A}和{九龙一村|D}参加", "云南省/曲靖市/罗平县", "district:530324003:九龙一村"),
        ("{板桥镇|D}{安勒村|D}，{来安勒村|D}", "云南省/曲靖市/罗平县", "district:530324102:安勒村"),
        ("{板桥镇|D}{来安村|D}", "云南省/曲靖市/罗平县", "district:530324102:来安村"),
        ("{保山县|D}", "云南省/保山市/龙陵县", "district:530502"),
        ("{天水县|D}", "甘肃省/天水市/秦安县", None),
        ("{兰州新区|D}开工，{新区|D}参加", "内蒙古自治区/阿拉善盟", "district:620171"),
        ("{滁州经济技术开发区|D}开工，{开发区|D}参加", "湖南省/娄底市/双峰县", "district:431321:经开区"),
    ],
)
def test_zones_villages_and_former_counties(passage, home, found):
    assert nodes(passage, home)[-1] == found


@pytest.mark.parametrize(
    ("passage", "home", "found"),
    [
        ("{陵水自治县|D}", "海南省/三亚市/吉阳区", "district:469028"),
        ("{融水自治县|D}", "广西壮族自治区/柳州市", "district:450225"),
        ("{原江干区|D}", "浙江省/杭州市/上城区", "district:330102"),
        ("{新拱墅区|D}", "浙江省/杭州市/上城区", "district:330105"),
        ("{新城区|D}", "陕西省/西安市/碑林区", "district:610102"),
        ("{石空工业园区|D}", "宁夏回族自治区/中卫市", "district:640521:石空工业园区"),
    ],
)
def test_short_names_of_autonomous_counties_old_districts_and_zones_of_a_prefecture(passage, home, found):
    assert nodes(passage, home)[-1] == found
