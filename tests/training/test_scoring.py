"""Evaluation: counts that can be checked by hand, and differences that are called real only when they are."""

from __future__ import annotations

import json
import random

import pytest

from pipeline.errors import DataError
from pipeline.records import Mention, Record, Relation
from pipeline.training.scoring import evaluate, score
from pipeline.training.scoring.bootstrap import compare
from pipeline.training.scoring.calibration import calibration
from pipeline.training.scoring.mistakes import mistakes
from pipeline.training.scoring.passages import worst

TEXT = "沙市区区长秦军出席区委会议。天气很好。"
#       0  3  5  7  9


def record(spans, arcs=(), name="a", text=TEXT, scores=None):
    """A record from {"P1": (label, start, end)} and ("P1", "holds", "T1")."""
    scores = scores or {}
    entities = [
        Mention(id=i, label=label, start=start, end=end, text=text[start:end], score=scores.get(i))
        for i, (label, start, end) in spans.items()
    ]
    relations = [Relation(type=kind, head=head, tail=tail, score=scores.get(kind)) for head, kind, tail in arcs]
    return Record(id=name, text=text, entities=entities, relations=relations)


GOLD = record(
    {
        "D1": ("DISTRICT", 0, 3),
        "T1": ("TITLE", 3, 5),
        "P1": ("PERSON", 5, 7),
        "X1": ("ACT", 7, 9),
        "A1": ("AGENCY", 9, 11),
    },
    [("P1", "holds", "T1"), ("T1", "at", "D1"), ("X1", "agent", "P1")],
)
READ = record(
    {
        "D1": ("AGENCY", 0, 3),
        "T1": ("TITLE", 3, 5),
        "P1": ("PERSON", 5, 7),
        "A1": ("AGENCY", 9, 13),
        "M1": ("TIME", 14, 16),
    },
    [("P1", "holds", "T1"), ("T1", "at", "D1")],
    scores={"D1": 0.55, "T1": 0.95, "P1": 0.97, "A1": 0.5, "M1": 0.2, "holds": 0.9, "at": 0.6},
)


def test_strict_counts():
    report = score([GOLD], [READ])
    nine = report.groups["nine labels"]
    assert (nine.gold, nine.predicted, nine.right) == (5, 5, 2)
    assert (nine.precision, nine.recall, nine.f1) == (0.4, 0.4, 0.4)
    posts = report.groups["holds + at"]
    assert (posts.gold, posts.predicted, posts.right) == (2, 2, 1)
    assert report.groups["acts"].f1 == 0


def test_what_became_of_the_spans():
    found = mistakes([(GOLD, READ)])
    assert dict(found["DISTRICT"].labels) == {"AGENCY": 1}
    assert dict(found["AGENCY"].bounds) == {"AGENCY": 1}
    assert (found["ACT"].missed, found["TIME"].spurious, found["PERSON"].right) == (1, 1, 1)
    assert sum(one.spurious for one in found.values()) == 1


def test_the_worst_sentence_says_what_is_wrong():
    first, second = worst([(GOLD, READ)], 5)
    assert (first.start, first.text) == (0, TEXT[:14])
    assert first.missed == ("区长 at 沙市区", "出席 agent 秦军")
    assert first.spurious == ("区长 at 沙市区",)
    assert (second.start, second.faults) == (14, 1)
    assert worst([(GOLD, GOLD)], 5) == []


def test_lengths_hold_every_record():
    gold = [GOLD, record({}, name="b", text="会" * 150), record({}, name="c", text="议" * 900)]
    lengths = evaluate(gold, gold, 0).lengths
    assert {name: one.records for name, one in lengths.items()} == {"to 100": 1, "101 to 200": 1, "over 800": 1}


def test_calibration_of_known_scores():
    even = calibration([(0.75, True)] * 3 + [(0.75, False)])
    assert even.error == pytest.approx(0)
    proud = calibration([(1.0, True), (1.0, False), (0.05, False), (0.05, False)])
    assert proud.error == pytest.approx((2 * 0.5 + 2 * 0.05) / 4)
    assert [one.count for one in proud.bins] == [2, 2]


def test_calibration_counts_mentions_and_relations():
    found = evaluate([GOLD], [READ], 0).calibration
    assert sum(one.count for one in found["mentions"].bins) == 5
    assert sum(one.count for one in found["relations"].bins) == 2
    assert evaluate([GOLD], [GOLD], 0).calibration == {}


def corpus(error_rate, seed, size=120):
    """Annotated records and what a system with this rate of missed spans finds."""
    chance = random.Random(seed)
    gold, found = [], []
    for number in range(size):
        spans = {f"P{i}": ("PERSON", 2 * i, 2 * i + 2) for i in range(5)}
        kept = {name: span for name, span in spans.items() if chance.random() > error_rate}
        for side, some in ((gold, spans), (found, kept)):
            side.append(record(some, name=str(number), text="秦军" * 5))
    return gold, found


def test_a_clear_difference_is_real_and_a_chance_one_is_not():
    gold, good = corpus(0.1, 1)
    _, bad = corpus(0.3, 2)
    _, like = corpus(0.1, 3)
    clear = compare(gold, bad, good)[0]
    assert clear.p < 0.01
    assert 0 < clear.low < clear.difference < clear.high
    assert "the difference is real, B is better" in clear.sentence("A", "B")
    chance = compare(gold, good, like)[0]
    assert chance.low < 0 < chance.high
    assert chance.sentence("A", "B").endswith("the difference may be chance.")


def test_a_system_against_itself_and_the_other_way_round():
    gold, good = corpus(0.1, 1)
    _, bad = corpus(0.3, 2)
    same = compare(gold, good, good)[0]
    assert (same.difference, same.low, same.high, same.p) == (0, 0, 0, 1)
    assert "there is no difference" in same.sentence("A", "A")
    there, back = compare(gold, bad, good)[0], compare(gold, good, bad)[0]
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.p == back.p


def test_few_documents_are_said_to_be_few():
    gold, found = corpus(0.2, 1, size=5)
    assert "5 documents are few" in compare(gold, found, gold)[0].sentence("A", "B")
    with pytest.raises(DataError, match="no annotated records"):
        compare([], [], [])


def test_sides_that_do_not_fit_are_refused():
    for other in ([], [record({}, name="b")], [record({}, text="别的")], [GOLD, GOLD]):
        with pytest.raises(DataError):
            score([GOLD], other)


@pytest.fixture
def files(tmp_path):
    for name, one in (("gold", GOLD), ("read", READ)):
        (tmp_path / f"{name}.jsonl").write_text(one.model_dump_json(exclude_none=True) + "\n", encoding="utf-8")
    return tmp_path


def test_command_prints_tables_and_passages(guanxi, files):
    result = guanxi(
        "evaluate", files / "gold.jsonl", files / "read.jsonl", "--calibration", "--compare", files / "gold.jsonl"
    )
    assert result.exit_code == 0, result.output
    for words in ("nine labels", "spurious", "expected calibration error", "[[沙市区 DISTRICT]]", "the difference"):
        assert words in result.output


def test_command_prints_json(guanxi, files):
    result = guanxi("evaluate", files / "gold.jsonl", files / "read.jsonl", "--json", "--compare", files / "gold.jsonl")
    data = json.loads(result.stdout)
    assert data["groups"]["nine labels"]["f1"] == 0.4
    assert data["confusion"]["DISTRICT"]["labels"] == {"AGENCY": 1}
    assert data["calibration"]["mentions"]["bins"]
    assert data["worst"][0]["gold"][0] == ["ACT", 7, 9]
    assert data["differences"][1]["difference"] == 0.6
    assert data["differences"][1]["sentence"].startswith("nine labels: ")


def test_command_runs_a_model(guanxi, files):
    result = guanxi("evaluate", files / "gold.jsonl", "--model", "zh_guanxi_sm", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["groups"]["four labels"]["gold"] == 4


def test_command_refuses_what_it_cannot_use(guanxi, files):
    gold = files / "gold.jsonl"
    assert guanxi("evaluate", gold, files / "read.jsonl", "--model", "zh_guanxi_sm").exit_code == 2
    missing = guanxi("evaluate", gold, files / "missing.jsonl")
    assert missing.exit_code == 1
    assert "missing.jsonl: cannot be read" in missing.stderr
    assert guanxi("evaluate", gold, "--compare", "no_such_model", files / "read.jsonl").exit_code == 1
