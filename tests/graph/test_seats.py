"""Posts that people were seen in, one after the other: which they still hold."""

import json

import pytest

from pipeline.graph import Store
from pipeline.linking import bodies, posts
from pipeline.linking.places import Place

COUNTY, OTHER, CITY, TOWN = (Place.division(code) for code in ("341226", "341225", "341200", "341226100"))
EDGE = "INSERT INTO edges VALUES (?, ?, ?, ?, ?, 1, 0, ?, ?)"


def post(place, body, title):
    return posts.make(title, bodies.known(place, body, 1.0) or bodies.department(place, body, 1.0), None)


BUREAU, POLICE, HEAD = post(COUNTY, "教育局", "局长"), post(COUNTY, "公安局", "局长"), post(COUNTY, "政府", "县长")
DEPUTY, SECRETARY = post(COUNTY, "政府", "副县长"), post(COUNTY, "委", "书记")
MEMBER, SECOND = post(COUNTY, "委", "常委"), post(COUNTY, "委", "副书记")
CPPCC, MAYOR, TOWN_SECRETARY = post(COUNTY, "政协", "副主席"), post(TOWN, "政府", "镇长"), post(TOWN, "党委", "书记")


@pytest.fixture
def held(tmp_path):
    """The posts that somebody holds still who was seen in some, given with status and dates."""

    def ask(*seen):
        with Store(tmp_path / "guanxi.db") as store:
            store.db.execute("INSERT INTO nodes VALUES ('person:1:某', 'Person', '某', '{}')")
            for number, (one, status, first, last) in enumerate(seen):
                nodes = [one.node(), *(body.node() for body in (one.target, one.government()) if body)]
                rows = [(n.id, n.labels[0], n.properties["name"], json.dumps(n.properties)) for n in nodes]
                store.db.executemany("INSERT OR IGNORE INTO nodes VALUES (?, ?, ?, ?)", rows)
                held = json.dumps({"status": status})
                store.db.execute(EDGE, (f"h{number}", "HOLDS", "person:1:某", one.id, held, first, last))
                for fact in one.facts([]):
                    row = f"{fact.start} {fact.end}", fact.type, fact.start, fact.end, "{}", first, last
                    store.db.execute(EDGE.replace("INSERT", "INSERT OR IGNORE"), row)
            return set(store.db.execute("SELECT DISTINCT post_id, status FROM current_holdings"))

    return ask


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        (DEPUTY, HEAD, True),
        (SECOND, SECRETARY, True),
        (MEMBER, SECRETARY, True),
        (MEMBER, SECOND, False),
        (BUREAU, DEPUTY, True),
        (BUREAU, post(COUNTY, "林业局", "局长"), True),
        (BUREAU, CPPCC, False),
        (BUREAU, MEMBER, True),
        (POLICE, DEPUTY, False),
        (POLICE, post(OTHER, "政府", "副县长"), True),
        (SECOND, HEAD, False),
        (SECOND, post(CITY, "水利局", "局长"), True),
        (HEAD, SECRETARY, True),
        (MAYOR, TOWN_SECRETARY, True),
        (MAYOR, BUREAU, True),
        (TOWN_SECRETARY, post(COUNTY, "人大", "代表"), False),
        (HEAD, BUREAU, False),
        (SECRETARY, post(COUNTY, "人大常委会", "主任"), False),
    ],
)
def test_a_post_is_left_for_a_later_one(held, first, second, left):
    now = held((first, "current", "2021-01-05", "2021-03-05"), (second, "current", "2023-01-05", "2024-03-05"))
    assert now == {(second.id, "current")} | (set() if left else {(first.id, "current")})


def test_who_is_named_with_both_holds_both(held):
    now = held((BUREAU, "current", "2021-01-05", "2023-01-05"), (DEPUTY, "current", "2023-01-05", "2024-03-05"))
    assert now == {(BUREAU.id, "current"), (DEPUTY.id, "current")}


def test_what_somebody_shall_become_ends_nothing(held):
    now = held((BUREAU, "current", "2021-01-05", "2021-03-05"), (DEPUTY, "proposed", "2023-01-05", "2023-01-05"))
    assert now == {(BUREAU.id, "current")}


def test_who_was_acting_holds_the_post_now(held):
    now = held((HEAD, "acting", "2021-01-05", "2021-03-05"), (HEAD, "current", "2022-01-05", "2024-03-05"))
    assert now == {(HEAD.id, "current")}
