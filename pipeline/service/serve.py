"""The server."""

from __future__ import annotations

import secrets
from pathlib import Path

import uvicorn

from pipeline.errors import InputError
from pipeline.service.app import create_app
from pipeline.service.guard import LOCAL


def serve(folder: Path, host: str, port: int, token: str | None, model: str) -> None:
    """Serve a run until it is stopped. Raises InputError when another address than this machine's own has no token."""
    if host not in LOCAL and not token:
        raise InputError(
            f"{host}: others could read and change this run; give them a token, such as --token {secrets.token_urlsafe(12)}"
        )
    app = create_app(folder, token, model)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, timeout_keep_alive=20)
