"""Who may ask, and how much: token, host, origin, size and time of what is sent, and headers of every answer."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 32 * 2**20
"""Bytes of the largest request."""
LONGEST = 60.0
"""Seconds that a request may take to arrive."""
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
COOKIE = "guanxi"
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """ASGI middleware around all routes."""

    def __init__(self, app: ASGIApp, token: str | None = None) -> None:
        self.app, self.token = app, token
        self.cookie = hashlib.sha256((token or "").encode()).hexdigest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or refuse one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self.refusal(scope)
        if refusal:
            await refusal(scope, receive, _with_headers(send))
            return
        await self.app(scope, _bounded(receive), _with_headers(send))

    def refusal(self, scope: Scope) -> Response | None:
        """Why a request is not answered, None when it is."""
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST:
            return PlainTextResponse(f"The request is larger than {LARGEST >> 20} MB.", 413)
        if not self.token and _name(headers.get("host", "")) not in LOCAL:
            return PlainTextResponse("This server answers to 127.0.0.1 and localhost only.", 421)
        origin = headers.get("origin")
        if scope["method"] not in ("GET", "HEAD") and origin is not None and not _is_at(origin, headers.get("host")):
            return PlainTextResponse("Requests from other sites are not answered.", 403)
        return self._token_refusal(scope, headers) if self.token else None

    def _token_refusal(self, scope: Scope, headers: Headers) -> Response | None:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if given and self._is_token(given):
            answer = RedirectResponse(scope["path"] or "/", 303)
            answer.set_cookie(COOKIE, self.cookie, httponly=True, samesite="strict")
            return answer
        cookie = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if self._is_token(bearer) or hmac.compare_digest(cookie.encode(), self.cookie.encode()):
            return None
        text = "Open the address with ?token=… that `guanxi serve` printed, or send Authorization: Bearer TOKEN."
        return PlainTextResponse(text, 401, {"www-authenticate": "Bearer"})

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), (self.token or "").encode())


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_at(origin: str, host: str | None) -> bool:
    try:
        return urlsplit(origin).netloc == host
    except ValueError:
        return False


def _bounded(receive: Receive) -> Receive:
    """`receive` that gives up on requests that are too large or do not come to an end."""
    size, whole, deadline = 0, False, asyncio.get_running_loop().time() + LONGEST

    async def bounded() -> Message:
        nonlocal size, whole
        if whole:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), deadline - asyncio.get_running_loop().time())
        except asyncio.TimeoutError as error:
            raise HTTPException(408, "The request took too long.") from error
        size += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if size > LARGEST:
            raise HTTPException(413, f"The request is larger than {LARGEST >> 20} MB.")
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return with_headers
