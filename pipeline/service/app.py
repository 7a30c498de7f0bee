"""The application: all routes over the folder of one run."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from pipeline.errors import GuanxiError
from pipeline.service import api
from pipeline.service.guard import Guard
from pipeline.service.run import Run


def create_app(run_folder: str | Path, token: str | None = None, model: str = "zh_guanxi_sm") -> FastAPI:
    """The application on the folder of a run.

    With a `token`, every request must bring it; without one, only requests to this machine's own name are answered.
    Raises InputError when the folder holds no run.
    """
    app = FastAPI(
        title="guanxi", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        description="Officials, posts, bodies, districts and acts of one run.",
    )  # fmt: skip
    app.state.run = Run(Path(run_folder), model)
    app.add_middleware(Guard, token=token)
    app.include_router(api.router)
    app.add_exception_handler(GuanxiError, _mendable)
    app.add_exception_handler(RequestValidationError, _malformed)
    return app


def _mendable(_: Request, error: Exception) -> Response:
    return JSONResponse({"detail": str(error)}, 422)


def _malformed(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return JSONResponse({"detail": [{"where": fault["loc"], "what": fault["msg"]} for fault in error.errors()]}, 422)
