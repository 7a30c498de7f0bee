"""What a reader says that districts and bodies stand for, beside what linking finds."""

import pytest
from tables import judge, right

DISTRICTS, BODIES = 0.95, 0.92


@pytest.mark.parametrize("table", ["districts.txt", "districts-measured.txt"])
def test_districts_are_the_ones_a_reader_names(table):
    cases = judge(table)
    assert sum(map(right, cases)) >= DISTRICTS * len(cases)


@pytest.mark.parametrize("table", ["bodies.txt", "bodies-measured.txt"])
def test_bodies_have_the_official_names_a_reader_gives(table):
    cases = judge(table)
    assert sum(map(right, cases)) >= BODIES * len(cases)


def test_the_tables_are_large_enough_to_say_something():
    assert sum(len(judge(table)) for table in ("districts.txt", "districts-measured.txt")) >= 150
    assert sum(len(judge(table)) for table in ("bodies.txt", "bodies-measured.txt")) >= 200


@pytest.mark.parametrize("words", ["各镇街", "有关部门", "县直各部门", "各乡镇", "相关单位"])
def test_groups_without_a_name_are_nothing(words):
    (case,) = [case for case in judge_text(f"{{沂源县|D}}召开会议,{{{words}|A=NIL}}参加。") if case.printed == words]
    assert case.found is None


def judge_text(passage: str):
    from tables import cases

    return list(cases("山东省/淄博市/沂源县", [passage]))
