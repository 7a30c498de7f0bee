"""The usual questions to a run's database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pipeline.errors import InputError
from pipeline.graph.acts import CATEGORIES

Table = tuple[list[str], list[tuple[object, ...]]]
"""Names of the columns, and the rows."""

DATE = re.compile(r"\d{4}(-\d\d){0,2}")
PERSON = """
SELECT iif(count(*) OVER () > count(*) OVER (PARTITION BY person_id), person_id, NULL) AS id,
       title, body, status, first_seen, last_seen, round(confidence, 2) AS confidence,
       (SELECT quote FROM evidence WHERE edge = edge_id ORDER BY confidence DESC, source, start LIMIT 1) AS evidence
FROM (SELECT *, max(coalesce(body_label, '') = 'District') FROM holdings WHERE person = ? GROUP BY edge_id)
ORDER BY id, first_seen, title, body
"""
POSTS = """
WITH named AS (SELECT id, label FROM nodes WHERE label IN ('District', 'Agency', 'Organization') AND instr(name, ?) > 0),
seats AS (SELECT id FROM named UNION
          SELECT edges.start FROM named JOIN edges ON edges.end = named.id AND edges.label = 'SERVES' WHERE named.label = 'District')
SELECT DISTINCT body.name AS body, json_extract(post.properties, '$.title') AS title, person.name AS person,
       json_extract(holds.properties, '$.status') AS status, holds.first_seen, holds.last_seen
FROM seats
CROSS JOIN edges AS at ON at.end = seats.id AND at.label = 'AT'
CROSS JOIN edges AS holds ON holds.end = at.start AND holds.label = 'HOLDS'
JOIN nodes AS body ON body.id = seats.id
JOIN nodes AS post ON post.id = at.start
JOIN nodes AS person ON person.id = holds.start
ORDER BY body.name, title, holds.first_seen, person.name
"""
ACTS = """
SELECT date, agents, verb, objects, places, category FROM acts
WHERE (:person IS NULL OR id IN (SELECT e.start FROM edges e JOIN nodes n ON n.id = e.end
                                 WHERE e.label IN ('AGENT', 'OBJECT') AND n.name = :person))
  AND (:place IS NULL OR id IN (SELECT act.id FROM district_months AS act WHERE instr(act.district, :place) > 0))
  AND (:category IS NULL OR category = :category)
  AND (:since IS NULL OR date >= :since) AND (:until IS NULL OR substr(date, 1, length(:until)) <= :until)
ORDER BY date, agents, verb
"""


def person(run: Path, name: str) -> Table:
    """The posts of the people of a name, with what says so; a head of government at the district alone, not at its
    government too. Where several people have the name, their ids tell them apart.
    """
    return _ask(run, PERSON, (name,))


def posts(run: Path, place: str) -> Table:
    """Who holds which post in a district or body; `place` is its name or a part of it."""
    return _ask(run, POSTS, (place,))


def acts(
    run: Path,
    *,
    person: str | None = None,
    place: str | None = None,
    category: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Table:
    """What was done, narrowed by who, where, kind and ISO dates (2024, 2024-03 or 2024-03-07).

    Raises InputError for a category that there is none of, or for what is no such date.
    """
    if category not in (None, *CATEGORIES):
        raise InputError(f"{category}: no such category; choose one of {', '.join(CATEGORIES)}")
    for day in filter(None, (since, until)):
        if not DATE.fullmatch(day):
            raise InputError(f"{day}: not a date such as 2024, 2024-03 or 2024-03-07; write it so")
    return _ask(run, ACTS, {"person": person, "place": place, "category": category, "since": since, "until": until})


def _ask(run: Path, query: str, values: Sequence[object] | dict[str, object]) -> Table:
    path = run / "guanxi.db" if run.is_dir() else run
    if not path.is_file():
        raise InputError(f"{path}: no such database; name the folder of a run with --in")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            answer = database.execute(query, values)
            return [column[0] for column in answer.description], answer.fetchall()
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot be read as a run's database ({error})") from error
