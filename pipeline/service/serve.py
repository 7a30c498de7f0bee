"""The server."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import uvicorn

from pipeline.errors import InputError
from pipeline.service.app import create_app
from pipeline.service.guard import LOCAL


def serve(folder: Path, host: str, port: int, token: str | None, model: str, tell: Callable[[str], None]) -> None:
    """Serve a run until it is stopped; `tell` is called with the address to open.

    Raises InputError when the folder holds no run, when another address than this machine's own has no token, or when
    nothing can answer at the address.
    """
    if host not in LOCAL and not token:
        raise InputError(
            f"{host}: others could read and change this run; give them a token, such as --token {secrets.token_urlsafe(12)}"
        )
    app = create_app(folder, token, model)
    config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_keep_alive=20)
    with listening(host, port) as door, suppress(KeyboardInterrupt):
        tell(address(host, port, token))
        uvicorn.Server(config).run(sockets=[door])


def listening(host: str, port: int) -> socket.socket:
    """A socket that waits at an address. Raises InputError when the address is another program's or another machine's."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        number = getattr(error, "errno", None)
        reason = os.strerror(number) if number and number > 0 else error
        raise InputError(
            f"{host}, port {port}: cannot answer there ({reason}); choose another --port or --host"
        ) from error


def address(host: str, port: int, token: str | None) -> str:
    """The address that opens the first page in a browser."""
    name = f"[{host}]" if ":" in host else host
    query = f"?token={quote(token, safe='')}" if token else ""
    return f"http://{name}:{port}/{query}"
