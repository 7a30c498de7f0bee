"""Bodies that took the place of others, in any order of arrival."""

import itertools

import pytest

from pipeline.graph import Store
from pipeline.graph.succession import meet


@pytest.fixture
def succession(tmp_path):
    """(later, former, year) of bodies that come into a store one after the other."""

    def ask(*names):
        area = {name: "140400" if name.startswith("长治市生态") else "140405" for name in names}
        with Store(tmp_path / "-".join(map(str, map(hash, names)))) as store:
            for name in names:
                body = f"agency:{area[name]}:{name}"
                store.db.execute("INSERT INTO nodes VALUES (?, 'Agency', ?, '{}')", (body, name))
                edge = (f"e{name}", "SERVES", body, f"district:{area[name]}", "{}", 1, 0, "2021-01-05", "2021-01-05")
                store.db.execute("INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", edge)
                proof = (f"e{name}", "a", "t", 0, 2, name, 1, 0, "2021-01-05")
                store.db.execute("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", proof)
                meet(store.db, {body})
            return set(store.db.execute("SELECT body, former, since FROM successions"))

    return ask


@pytest.mark.parametrize("order", list(itertools.permutations(["扶贫开发办公室", "乡村振兴局", "农业农村局"])))
def test_bodies_follow_the_nearest_that_is_known(order, succession):
    place = "长治市屯留区"
    assert succession(*(place + name for name in order)) == {
        (f"{place}乡村振兴局", f"{place}扶贫开发办公室", "2021"),
        (f"{place}农业农村局", f"{place}乡村振兴局", "2023"),
    }


@pytest.mark.parametrize("former", ["长治市屯留区环境保护局", "长治市屯留区生态环境局"])
def test_a_bureau_becomes_a_branch_of_the_city(former, succession):
    branch = "长治市生态环境局屯留分局"
    assert succession(former, branch) == succession(branch, former) == {(branch, former, "2019")}


def test_a_branch_in_another_county_is_no_successor(succession):
    assert succession("长治市屯留区环境保护局", "长治市生态环境局襄垣分局") == set()
