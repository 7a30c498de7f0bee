"""Pages on which articles are corrected, the corrections as samples, and the training on them."""

from __future__ import annotations

import shlex

from fastapi import APIRouter, Request, Response

from pipeline.errors import DataError
from pipeline.records import LABELS, RELATIONS, ArticleRecord, Record
from pipeline.service.doubt import queue
from pipeline.service.pages import page
from pipeline.service.retrain import RAW, as_lines, missing, options
from pipeline.service.run import Row, Run, TheRun
from pipeline.training.formats.ann import marked_up

router = APIRouter(include_in_schema=False)


@router.get("/correct")
def to_correct(request: Request, run: TheRun) -> Response:
    """What to correct first, what was corrected, and the training on it."""
    doubtful, versions = queue(run.corrections, 60), run.corrections.corrected()
    titles = run.titles([*(row["article"] for row in doubtful), *versions])
    command = ["guanxi", "train", "--from", run.first_model, "corrections.jsonl", "--out", "build/mine"]
    command += options(run.corrections.all(), "others.jsonl")
    return page(
        request, "correct.html", queue=doubtful, versions=versions, titles=titles, missing=missing(),
        folder=run.folder, command=shlex.join(command),
    )  # fmt: skip


@router.get("/correct/corrections.jsonl")
def as_records(run: TheRun) -> Response:
    """All corrections as records, one a line."""
    return _file(as_lines(run.corrections.all()), "corrections.jsonl", "application/jsonl")


@router.get("/correct/others.jsonl")
def others(run: TheRun) -> Response:
    """Articles that nobody corrected, for the training."""
    return _file(as_lines(run.uncorrected(RAW)), "others.jsonl", "application/jsonl")


@router.get("/correct/corrections.ann")
def as_ann(run: TheRun) -> Response:
    """All corrections in the mark-up of docs/annotation.md; a text that cannot stand in it is left out with a line that says so."""
    return _file("".join(map(_marked_up, run.corrections.all())), "corrections.ann", "text/plain; charset=utf-8")


def _marked_up(record: Record) -> str:
    try:
        return marked_up(record)
    except DataError as error:
        return "".join(f"# {line}\n" for line in str(error).splitlines())


@router.get("/correct/{key:path}")
def editor(request: Request, run: TheRun, key: str) -> Response:
    """The editor of one article."""
    article, version = run.current(key)
    scheme = {kind: [sorted(heads), sorted(tails)] for kind, (heads, tails) in RELATIONS.items()}
    data = {
        "record": article.model_dump(include={"id", "text", "entities", "relations"}), "version": version,
        "body": len(article.text) - len(article.body), "labels": LABELS, "scheme": scheme,
    }  # fmt: skip
    return page(request, "editor.html", article=article, data=data, next=_next(run, article))


def _next(run: Run, article: ArticleRecord) -> Row | None:
    """The least confident of the articles that nobody corrected, other than this one."""
    return next((row for row in queue(run.corrections, 2) if row["article"] != article.id), None)


def _file(text: str, name: str, kind: str) -> Response:
    return Response(text, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
