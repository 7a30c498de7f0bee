"""Pages on which new pages are added and looked at before they are merged."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from pipeline.report.articles import view
from pipeline.service.guard import LARGEST
from pipeline.service.pages import page
from pipeline.service.run import TheRun

router = APIRouter(include_in_schema=False)


@router.get("/add")
def add(request: Request, run: TheRun) -> Response:
    """A place to drop a file on, and the latest uploads."""
    return page(request, "add.html", jobs=list(run.jobs.jobs.values())[::-1], largest=LARGEST >> 20)


@router.get("/add/{job}")
def result(request: Request, run: TheRun, job: str) -> Response:
    """What was found in an upload."""
    found = run.job(job)
    views = [view(record, f"a{number}") for number, record in enumerate(found.articles)]
    arcs = {v.anchor: v.arcs for v in views}
    data = {"job": job, "state": found.state, "arcs": arcs}
    return page(request, "result.html", job=found, views=views, data=data)
