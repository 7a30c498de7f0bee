"""The sample generator: reproducible, valid by the scheme, varied, and faithful to the guidelines' hard cases."""

from __future__ import annotations

from itertools import islice

import pytest

from pipeline.errors import DataError
from pipeline.records import LABELS, RELATIONS, Record
from pipeline.training.formats import validate
from pipeline.training.formats.ann import marked_up
from pipeline.training.generator import generate
from pipeline.training.generator.grammar import Choice, Marked, Node, Slot, parse, rules
from pipeline.training.generator.words import WORDS


@pytest.fixture(scope="module")
def passages() -> list[Record]:
    return list(islice(generate(seed=11), 2000))


def slots(nodes: tuple[Node, ...]) -> set[str]:
    """All rules and words that a sequence calls."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Slot):
            found.add(node.rule)
        elif isinstance(node, Choice):
            found |= {name for option in node.options for name in slots(option)}
        elif isinstance(node, Marked):
            found |= slots(node.content)
    return found


def test_the_same_seed_gives_the_same_passages() -> None:
    first = list(islice(generate(seed=3), 50))
    assert first == list(islice(generate(seed=3), 50))
    assert first != list(islice(generate(seed=4), 50))


def test_every_passage_is_valid_and_can_be_written_as_markup(passages: list[Record]) -> None:
    for record in passages:
        validate(Record.model_validate(record.model_dump()))
        marked_up(record)


def test_all_labels_and_relations_occur(passages: list[Record]) -> None:
    assert {e.label for r in passages for e in r.entities} == set(LABELS)
    assert {a.type for r in passages for a in r.relations} == set(RELATIONS)


def test_passages_vary_and_many_are_sparse(passages: list[Record]) -> None:
    assert len({r.text for r in passages}) > 0.99 * len(passages)
    assert 0.05 < sum(not r.entities for r in passages) / len(passages) < 0.4
    assert len({e.text for r in passages for e in r.entities if e.label == "AGENCY"}) > 1000


def test_clean_text(passages: list[Record]) -> None:
    for record in passages:
        assert record.text == record.text.strip("\n")
        for slip in ("\n\n", "。。", "，，", ",,", "，。", "<", ">", "[", "]"):
            assert slip not in record.text, record.text


def test_generic_bodies_and_policy_verbs_are_not_mentions(passages: list[Record]) -> None:
    mentions = {(e.label, e.text) for r in passages for e in r.entities}
    for text in ("各级各部门", "有关部门", "各镇街", "党（工）委", "企业", "群众", "全县上下"):
        assert not any(text == mention for _, mention in mentions)
    for verb in ("推进", "推动", "深化", "强化", "加强", "提升", "落实", "围绕", "聚焦", "坚持"):
        assert ("ACT", verb) not in mentions


def test_a_post_is_split_into_body_and_title(passages: list[Record]) -> None:
    for record in passages:
        for entity in record.entities:
            if entity.label == "TITLE":
                assert not entity.text.startswith(("县委", "区委", "市委", "县政府", "区政府"))


def test_no_punctuation_at_the_ends_of_mentions(passages: list[Record]) -> None:
    for record in passages:
        for entity in record.entities:
            assert entity.text.strip("，。、；：,;: 　\n") == entity.text


def test_the_grammar_calls_only_what_exists() -> None:
    called = {name for rule in rules().values() for option in rule.options for name in slots(option)}
    assert called <= set(rules()) | set(WORDS)
    assert not set(rules()) & set(WORDS), "a word would hide a rule of the same name"


def test_every_rule_can_be_reached() -> None:
    reached, waiting = set(), {"passage"}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        options = rules()[name].options if name in rules() else ()
        waiting |= {called for option in options for called in slots(option)} - reached
    assert set(rules()) <= reached


def test_a_broken_grammar_names_its_line() -> None:
    with pytest.raises(DataError, match=r"x\.txt:2"):
        parse("@rule\n{秦军|P", "x.txt")
    with pytest.raises(DataError, match=r"x\.txt:2"):
        parse("@rule\n[甲/乙", "x.txt")
