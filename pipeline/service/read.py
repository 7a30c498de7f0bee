"""Articles: their list, and each with its mentions, arcs and links."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response

from pipeline.report.articles import view
from pipeline.service import questions
from pipeline.service.links import links
from pipeline.service.pages import page
from pipeline.service.run import ALL, TheRun
from pipeline.service.tables import export

router = APIRouter(include_in_schema=False)
MOST = 100
Words = Annotated[str, Query(max_length=200)]


@router.get("/")
def home(request: Request, run: TheRun) -> Response:
    """What the run holds, and a field to search it."""
    counts = {row["label"]: row["count"] for row in run.ask(questions.COUNTS)}
    best = {label: run.best(label, 12) for label in ("Person", "Agency", "District")}
    latest = run.ask(questions.ARTICLES, words="", since="", until="", most=8, **{"from": 0})
    return page(request, "home.html", counts=counts, best=best, articles=latest)


@router.get("/articles")
def articles(
    request: Request, run: TheRun, q: Words = "", since: Words = "", until: Words = "",
    start: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:  # fmt: skip
    """The articles, the newest first, page by page; an export has all of them."""
    narrow = {"words": q.strip(), "since": since, "until": until}
    if answer := export(request, {"articles": run.each(questions.ARTICLES, **narrow, **ALL)}):
        return answer
    rows = run.ask(questions.ARTICLES, **narrow, most=MOST + 1, **{"from": start})
    return page(request, "articles.html", rows=rows[:MOST], start=start, more=len(rows) > MOST, most=MOST)


@router.get("/pages")
def pages(request: Request, run: TheRun, start: Annotated[int, Query(ge=0, le=10**9)] = 0) -> Response:
    """The files that were read, page by page; an export has all of them."""
    if answer := export(request, {"pages": run.each(questions.SOURCES, **ALL)}):
        return answer
    rows = run.ask(questions.SOURCES, most=MOST + 1, **{"from": start})
    return page(request, "pages.html", rows=rows[:MOST], start=start, more=len(rows) > MOST, most=MOST)


@router.get("/pages/{digest}")
def whole_page(request: Request, run: TheRun, digest: str) -> Response:
    """All articles of one file, the first hundred of an issue."""
    records = [run.current(row["id"])[0] for row in run.ask(questions.OF_SOURCE, digest=digest, most=MOST)]
    if not records:
        raise HTTPException(404, "没有这一版。")
    tables = {
        "entities": [{"article": r.id, **mention.model_dump()} for r in records for mention in r.entities],
        "relations": [{"article": r.id, **relation.model_dump()} for r in records for relation in r.relations],
    }
    views = [view(record, f"a{number}") for number, record in enumerate(records)]
    arcs = {v.anchor: v.arcs for v in views}
    return export(request, tables) or page(request, "whole.html", views=views, data={"arcs": arcs})


@router.get("/articles/{key:path}")
def article(request: Request, run: TheRun, key: str) -> Response:
    """One article with its mentions."""
    record, version = run.current(key)
    tables = {
        "entities": [mention.model_dump() for mention in record.entities],
        "relations": [relation.model_dump() for relation in record.relations],
    }
    if answer := export(request, tables):
        return answer
    data = {
        "id": key, "links": links(run, record), "arcs": [(arc.type, arc.head, arc.tail, arc.score) for arc in record.relations],
        "scores": {mention.id: mention.score for mention in record.entities},
    }  # fmt: skip
    source = run.ask("SELECT source FROM articles WHERE id = :key", key=key)[0]["source"]
    return page(request, "article.html", v=view(record, "a"), version=version, data=data, source=source)
