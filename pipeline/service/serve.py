"""The server."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import uvicorn

from pipeline.errors import InputError
from pipeline.service.app import create_app
from pipeline.service.guard import LOCAL


def serve(folder: Path, host: str, port: int, token: str | None, model: str, tell: Callable[[str], None]) -> None:
    """Serve a run until it is stopped; `tell` is called with the address to open.

    Raises InputError when the folder holds no run, or when another address than this machine's own has no token.
    """
    if host not in LOCAL and not token:
        raise InputError(
            f"{host}: others could read and change this run; give them a token, such as --token {secrets.token_urlsafe(12)}"
        )
    app = create_app(folder, token, model)
    tell(address(host, port, token))
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, timeout_keep_alive=20)


def address(host: str, port: int, token: str | None) -> str:
    """The address that opens the first page in a browser."""
    name = f"[{host}]" if ":" in host else host
    query = f"?token={quote(token, safe='')}" if token else ""
    return f"http://{name}:{port}/{query}"
