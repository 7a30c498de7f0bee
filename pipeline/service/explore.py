"""Search, people, bodies, districts, posts, and the graph."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from pipeline.service import questions
from pipeline.service.charts import months, timeline
from pipeline.service.pages import SHOWN, node_path, page
from pipeline.service.run import ALL, Row, Run, TheRun
from pipeline.service.tables import export, exported
from pipeline.service.tenures import leaders, once

router = APIRouter(include_in_schema=False)
Words = Annotated[str, Query(max_length=200)]
Sure = Annotated[float, Query(ge=0, le=1)]
TENURES = 500
"""Tenures that a page draws its charts from."""
EXPORTED = 20_000
"""Acts, and tenures, of a node in an export; `/acts` exports all."""
BODIES = ("Agency", "Organization")
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
    rows = run.search(words, label) if words else run.best(label)
    articles = run.search(words, "Article", most=20) if words and not label else []
    tables = {"results": rows, "articles": articles}
    return export(request, tables) or page(request, "search.html", rows=rows, articles=articles)


@router.get("/acts")
def acts(
    request: Request,
    run: TheRun,
    q: Words = "",
    since: Words = "",
    until: Words = "",
    category: Words = "",
    sure: Sure = 0,
    start: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """Who did what, the latest first, page by page; an export has all of them."""
    narrow = {"words": q.strip(), "since": since, "until": until, "category": category, "sure": sure}
    if answer := export(request, {"acts": run.each(questions.ACTS, **narrow, **ALL)}):
        return answer
    rows = run.ask(questions.ACTS, **narrow, most=SHOWN + 1, **{"from": start})
    return page(request, "acts.html", rows=rows[:SHOWN], ends=_ends(run, rows), start=start, more=len(rows) > SHOWN)


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
    narrow = {"since": since, "until": until, "category": category, "sure": sure}
    shown = {"most": SHOWN + 1, "tenures": TENURES}
    tables = _tables(run, me, narrow | (dict.fromkeys(shown, EXPORTED) if exported(request) else shown))
    return export(request, tables) or page(
        request, "node.html", node=me, tables=tables, sections=SECTIONS, ends=_ends(run, tables.get("acts", [])),
        chart=_chart(run, key, tables["posts"], until) if me["label"] == "District" else [],
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
        tables["posts"] = once(run.ask(holders, **values))
    if label == "District":
        of_district = (questions.DISTRICT_NEAR, questions.MONTHS, questions.DISTRICT_ACTS)
        _, tables["months"], tables["acts"] = run.ask_in_turn(*of_district, **values)
    elif label not in ("Post", "Act", "Article"):
        tables["acts"] = run.ask(questions.NODE_ACTS, **values)
    if label == "Person":
        tables["together"] = run.ask(questions.WITH_WHOM, **values)
    if label in (*BODIES, "District", "Post"):
        tables["structure"] = run.ask(questions.STRUCTURE, key=me["id"])
    tables["articles"] = run.ask(questions.OTHER_ARTICLES, key=me["id"])
    return tables


def _chart(run: Run, district: str, posts: list[Row], until: str) -> list[tuple[Row, list[Row]]]:
    """The leaders of a district, as `current_holdings` has them; of a day in the past, as far as the posts tell."""
    replaced = {row["body"] for row in run.ask(questions.REPLACED, key=district)}
    shown = [row for row in posts if row["body_id"] not in replaced]
    if not until:
        edges = json.dumps([row["edge"] for row in shown])
        still = {row["edge_id"] for row in run.ask(questions.STILL, edges=edges)}
        shown = [row for row in shown if row["edge"] in still]
    return leaders(district, shown)


def _ends(run: Run, acts: list[Row]) -> dict[tuple[str, str], list[Row]]:
    """(act, AGENT, OBJECT or PLACE) → the nodes there, so that a page can lead to them."""
    ends: dict[tuple[str, str], list[Row]] = {}
    for row in run.ask(questions.ENDS, acts=json.dumps([act["id"] for act in acts[:SHOWN]])):
        ends.setdefault((row["act"], row["label"]), []).append(row)
    return ends
