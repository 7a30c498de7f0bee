"""Search, people, bodies, districts, posts, and the graph."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from pipeline.service import questions
from pipeline.service.charts import months, timeline
from pipeline.service.pages import node_path, page
from pipeline.service.run import Row, Run, TheRun
from pipeline.service.tables import export

router = APIRouter(include_in_schema=False)
Words = Annotated[str, Query(max_length=200)]
Sure = Annotated[float, Query(ge=0, le=1)]
BODIES = ("Agency", "Organization")
SYSTEMS = ("party", "congress", "government", "cppcc", "supervision", "court", "procuratorate", "military", "mass")
SECTIONS = {
    "posts": "任职",
    "acts": "行为",
    "together": "共同出现",
    "months": "逐月",
    "structure": "隶属",
    "articles": "报道",
}


@router.get("/search")
def search(request: Request, run: TheRun, q: Words = "", label: Words = "") -> Response:
    """People, posts, bodies, districts and the rest by a part of their name; without words the best known of a label."""
    words = q.strip()
    rows = run.ask(questions.NAMES, words=words, label=label, most=200) if words else run.best(label)[:200]
    articles = run.ask(questions.NAMES, words=words, label="Article", most=20) if words and not label else []
    tables = {"results": rows, "articles": articles}
    return export(request, tables) or page(request, "search.html", rows=rows, articles=articles)


@router.get("/graph")
def graph(request: Request) -> Response:
    """The graph, which the browser draws and asks for piece by piece."""
    return page(request, "graph.html")


@router.get("/nodes/{key:path}")
def node(
    request: Request, run: TheRun, key: str, since: Words = "", until: Words = "", category: Words = "", sure: Sure = 0
) -> Response:
    """What is known of a node."""
    found = run.ask(questions.NODE, key=key)
    if not found and (same := run.standing_for([key]).get(key)):
        return RedirectResponse(node_path(same))
    if not found:
        raise HTTPException(404, f"没有“{key}”。")
    me = {**found[0], "properties": json.loads(found[0]["properties"])}
    tables = _tables(run, me, {"since": since, "until": until, "category": category, "sure": sure})
    return export(request, tables) or page(
        request, "node.html", node=me, tables=tables, sections=SECTIONS, chart=_chart(me, tables),
        line=timeline(tables.get("posts", [])), months=months(tables.get("months", [])),
    )  # fmt: skip


def _tables(run: Run, me: Row, narrow: dict[str, Any]) -> dict[str, list[Row]]:
    values = {"key": me["id"], **narrow}
    label = me["label"]
    tables: dict[str, list[Row]] = {}
    holders = {
        "Person": questions.PERSON_POSTS, "Post": questions.POST_HOLDERS, "District": questions.DISTRICT_HOLDERS,
        "Agency": questions.BODY_HOLDERS, "Organization": questions.BODY_HOLDERS,
    }.get(label)  # fmt: skip
    if holders:
        tables["posts"] = run.ask(holders, **values)
    if label == "District":
        tables["months"] = run.ask(questions.MONTHS, **values)
    if label not in ("Post", "Act", "Article"):
        tables["acts"] = run.ask(questions.DISTRICT_ACTS if label == "District" else questions.NODE_ACTS, **values)
    if label == "Person":
        tables["together"] = run.ask(questions.WITH_WHOM, **values)
    if label in (*BODIES, "District", "Post"):
        tables["structure"] = run.ask(questions.STRUCTURE, key=me["id"])
    tables["articles"] = run.ask(questions.OTHER_ARTICLES, key=me["id"])
    return tables


def _chart(me: Row, tables: dict[str, list[Row]]) -> list[tuple[Row, list[Row]]]:
    """The present leaders of a district's bodies: (one row that names the body, its rows), the Party's bodies first."""
    if me["label"] != "District":
        return []
    rows = [row for row in tables["posts"] if row["status"] in ("current", "acting")]
    rank = {system: number for number, system in enumerate(SYSTEMS)}
    # Posts of the district itself (区长) stand with its government.
    rows.sort(key=lambda row: (rank.get(row["system"], 2 if row["body_id"] == me["id"] else 9), row["body"]))
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row["body_id"])]
    return [(group[0], group) for group in groups]
