"""The application: all routes over the folder of one run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from pipeline.errors import GuanxiError
from pipeline.service import add, api, correct, explore, read
from pipeline.service.guard import Guard
from pipeline.service.pages import page
from pipeline.service.run import Run

STATIC = Path(__file__).with_name("static")


def create_app(run_folder: str | Path, token: str | None = None, model: str = "zh_guanxi_sm") -> FastAPI:
    """The web application on the folder of a run.

    With a `token`, every request must bring it; without one, only requests to this machine's own name are answered.
    Raises InputError when the folder holds no run.
    """
    app = FastAPI(
        title="guanxi", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        description="Officials, posts, bodies, districts and acts of one run.", lifespan=_lifespan,
    )  # fmt: skip
    app.state.run = Run(Path(run_folder), model)
    app.add_middleware(Guard, token=token)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for room in (api, read, explore, add, correct):
        app.include_router(room.router)
    app.add_exception_handler(GuanxiError, _mendable)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.run.jobs.close()
    app.state.run.training.stop()


def _mendable(request: Request, error: Exception) -> Response:
    return _told(request, 422, str(error))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, error.status_code, error.detail, error.headers)


def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _told(request, 422, [{"where": fault["loc"], "what": fault["msg"]} for fault in error.errors()])


def _told(request: Request, status: int, detail: object, headers: object = None) -> Response:
    """An error as JSON to programs, as a page to people."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": detail}, status, headers)  # type: ignore[arg-type]
    return page(request, "error.html", status=status, detail=detail if isinstance(detail, str) else "地址或参数不对。")
