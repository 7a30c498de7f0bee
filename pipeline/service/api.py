"""The HTTP API."""

from __future__ import annotations

import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from pipeline.errors import InputError, ModelError
from pipeline.records import Record
from pipeline.service import questions
from pipeline.service.corrections import VersionConflictError
from pipeline.service.jobs import Job, NotReadError
from pipeline.service.neighbours import Narrow, neighbourhood, overview
from pipeline.service.pages import page, quote_path
from pipeline.service.retrain import missing
from pipeline.service.run import TheRun
from pipeline.service.shapes import (
    Correction,
    End,
    Part,
    Passages,
    Problem,
    Proof,
    Records,
    Saved,
    Statement,
    Versioned,
)
from pipeline.training.formats import validate

MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}
CONFLICT: dict[int | str, dict[str, Any]] = {409: {"model": Problem}, **MISSING}
router = APIRouter(prefix="/api")
Words = Annotated[str, Query(max_length=200)]
Told = Annotated[str, Form(max_length=100)]


@router.get("/", include_in_schema=False)
def documentation(request: Request) -> Response:
    """The API for people."""
    return page(request, "api.html", schema=request.app.openapi())


@router.post("/extract")
def extract(run: TheRun, body: Passages) -> Records:
    """Mentions and relations of passages."""
    return Records(records=run.extract([(passage.id, passage.text) for passage in body.passages]))


@router.post("/pages", status_code=202, responses={429: {"model": Problem}})
def add_page(run: TheRun, file: UploadFile, home: Told = "", date: Told = "") -> dict[str, Any]:
    """Read a page (text, HTML, PDF, picture); ask `/api/pages/{job}` for what was found.

    `home` is the paper's place, such as 湖北省/荆州市/沙市区, and `date` the issue's, where the page does not tell them.
    """
    data = file.file.read()
    if not data:
        raise InputError("The file is empty.")
    if run.jobs.full:
        raise HTTPException(429, "Too many files wait to be read; try again later.")
    return _job_state(run.jobs.add(file.filename or "page.txt", data, home.strip(), date.strip()))


@router.get("/pages/{job}", responses=MISSING)
def page_state(run: TheRun, job: str) -> dict[str, Any]:
    """How far reading is; its articles once it is done."""
    found = run.job(job)
    return {**_job_state(found), "articles": [record.model_dump() for record in found.articles]}


@router.post("/pages/{job}/merge", status_code=202, responses=CONFLICT)
def merge_page(run: TheRun, job: str) -> dict[str, Any]:
    """Add a page that was read to the run."""
    found = run.job(job)
    try:
        run.jobs.merge(found, run.refresh)
    except NotReadError as error:
        raise HTTPException(409, f"The page is {error}; it can be merged once it is read.") from error
    return _job_state(found)


@router.get("/search")
def search(
    run: TheRun, q: Annotated[str, Query(min_length=1, max_length=200)], label: Words = ""
) -> list[dict[str, Any]]:
    """Nodes by a part of their name; posts and bodies also as they are called for short."""
    return run.search(q.strip(), label)


@router.get("/graph", responses=MISSING, response_model=Part)
def graph(
    run: TheRun, node: Annotated[str | None, Query(max_length=500)] = None, depth: Annotated[int, Query(ge=1, le=3)] = 1,
    since: Words = "", until: Words = "", category: Words = "", sure: Annotated[float, Query(ge=0, le=1)] = 0,
    most: Annotated[int, Query(ge=1, le=5000)] = 300,
) -> Response:  # fmt: skip
    """The neighbours of a node; without one, the best connected nodes."""
    if node is not None and not run.ask(questions.NODE, key=node):
        raise HTTPException(404, "There is no such node.")
    with run.open() as db:
        narrow = Narrow(since, until, category, sure, most)
        if node is None:
            return _written(overview(db, run.best_edges, narrow))
        return _written(neighbourhood(db, node, depth, narrow))


@router.get("/edges/{key}", responses=MISSING)
def edge(run: TheRun, key: str) -> Statement:
    """An edge of the graph: its label, its ends, and the words that say so, the surest first."""
    found = run.ask(questions.EDGE, key=key)
    if not found:
        raise HTTPException(404, "There is no such edge.")
    known = found[0]
    proofs = [Proof(**row, path=quote_path(row["article"], row["quote"])) for row in run.ask(questions.PROOFS, key=key)]
    return Statement.model_validate(
        {**known, "start": _end(known, "start"), "end": _end(known, "end"), "evidence": proofs}
    )


@router.get("/articles/{key}/record", responses=MISSING)
def record(run: TheRun, key: str) -> Versioned:
    """An article's newest record."""
    article, version = run.current(key)
    return Versioned(version=version, record=article.record)


@router.put("/articles/{key}/record", responses=CONFLICT)
def correct(run: TheRun, key: str, body: Correction) -> Response:
    """Save a correction; 409 with the newest record when somebody saved one since `version`."""
    article = run.article(key)
    new = validate(Record(id=key, text=article.text, entities=body.entities, relations=body.relations))
    try:
        version = run.corrections.save(key, body.version, new)
    except VersionConflictError as conflict:
        theirs = conflict.record or article.record
        message = "Somebody else saved this article meanwhile."
        return JSONResponse({"detail": message, "version": conflict.version, "record": theirs.model_dump()}, 409)
    return JSONResponse({"version": version})


@router.get("/articles/{key}/history", responses=MISSING)
def history(run: TheRun, key: str) -> list[Saved]:
    """The versions of an article's record, the newest first."""
    run.article(key)
    found = run.corrections.history(key)
    return [Saved(version=v, saved=at, entities=len(r.entities), relations=len(r.relations)) for v, at, r in found]


@router.get("/articles/{key}/versions/{version}", responses=MISSING)
def version(run: TheRun, key: str, version: int) -> Versioned:
    """One version of an article's record."""
    article = run.article(key)
    if version == 0:
        return Versioned(version=0, record=article.record)
    found = [r for v, _, r in run.corrections.history(key) if v == version]
    if not found:
        raise HTTPException(404, "There is no such version.")
    return Versioned(version=version, record=found[0])


@router.get("/training")
def training_state(run: TheRun) -> dict[str, Any]:
    """The latest training: its state, the strict F1 on held-out samples before and after, and the model in use."""
    now = run.training
    return {
        "state": now.state, "reason": now.reason, "samples": now.samples, "seconds": round(time.monotonic() - now.since, 1),
        "figures": now.figures, "log": list(now.log), "model": str(now.model), "in_use": run.model == str(now.model),
        "missing": missing(),
    }  # fmt: skip


@router.post("/training", status_code=202, responses=CONFLICT)
def train(run: TheRun) -> dict[str, Any]:
    """Train the model on with all corrections; 409 when there are none or a training is under way."""
    if lacking := missing():
        raise ModelError(f"Training needs {', '.join(lacking)}; run: pip install 'guanxi[train]'")
    run.retrain()
    return training_state(run)


@router.delete("/training")
def stop_training(run: TheRun) -> dict[str, Any]:
    """End the training that is under way."""
    run.training.stop()
    return training_state(run)


@router.post("/training/use", responses=CONFLICT)
def use_model(run: TheRun, which: Literal["new", "old"] = "new") -> dict[str, Any]:
    """Read with the trained model from now on, or with the one before it again."""
    if which == "new" and run.training.state != "trained":
        raise HTTPException(409, "There is no trained model yet.")
    run.use(str(run.training.model) if which == "new" else run.first_model)
    return training_state(run)


@router.get("/nodes/{key:path}/evidence")
def evidence(run: TheRun, key: str, article: Annotated[str, Query(max_length=500)]) -> list[dict[str, Any]]:
    """What an article says of a node."""
    return run.ask(questions.EVIDENCE, key=key, article=article)


@router.get("/nodes/{key:path}/articles")
def node_articles(run: TheRun, key: str) -> list[dict[str, Any]]:
    """The articles that speak of a node, the newest first."""
    return run.ask(questions.OTHER_ARTICLES, key=key)


def _job_state(job: Job) -> dict[str, Any]:
    seconds = round(time.monotonic() - job.since, 1)
    return {"job": job.id, "name": job.name, "state": job.state, "reason": job.reason, "seconds": seconds}


def _end(edge: dict[str, Any], side: str) -> End:
    return End(id=edge[side], label=edge[f"{side}_label"], name=edge[f"{side}_name"])


def _written(part: str) -> Response:
    """JSON that is there already."""
    return Response(part, media_type="application/json")
