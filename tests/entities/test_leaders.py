import pytest

from pipeline.entities.leaders import name_leaders


def people(text: str, *names: str) -> list[tuple[str, int, int, float]]:
    return [("PERSON", text.index(name), text.index(name) + len(name), 0.9) for name in names]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("黄海军、王俊等区领导参加会议", "区领导"),
        ("黄海军、王俊 等 2位县领导出席", "县领导"),
        ("黄海军、王俊等2名县领导出席", "县领导"),
        ("黄海军、王俊等两位区领导出席", "区领导"),
        ("市领导黄海军、王俊参加", "市领导"),
    ],
)
def test_leaders_by_their_names_are_a_title(text, title):
    found = name_leaders(text, people(text, "黄海军", "王俊"))
    assert title in [text[start:end] for label, start, end, _ in found if label == "TITLE"]


def test_a_fragment_gives_way():
    text = "王俊等区领导参加会议"
    found = name_leaders(text, [*people(text, "王俊"), ("ACT", 4, 6, 0.8)])
    assert [(label, text[start:end]) for label, start, end, _ in found] == [("PERSON", "王俊"), ("TITLE", "区领导")]


@pytest.mark.parametrize("text", ["区领导走访慰问官兵", "王俊等区领导班子成员", "王俊说，县领导干部要带头"])
def test_leaders_without_names_are_none(text):
    names = ["王俊"] if "王俊" in text else []
    assert name_leaders(text, people(text, *names)) == people(text, *names)
