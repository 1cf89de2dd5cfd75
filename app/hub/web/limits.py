"""How much a request may say, and how long it may take to say it."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.text import Text
from app.hub.services.attachments import MOST_BYTES
from app.hub.web.errors import answer, problem

KIB: Final = 1024
MIB: Final = 1024 * KIB
ORDINARY: Final = MIB
# The registry of the whole country is some 60 MB.
IMPORT: Final = 64 * MIB
SECONDS: Final = 30.0
_BIG_SECONDS: Final = 120.0


def limit_of(path: str) -> int:
    """In bytes, by address: the body of an import or an attachment is a file."""
    if path == "/v1/import":
        return IMPORT
    if "/attachments/" in path:
        return MOST_BYTES
    return ORDINARY


class Limits:
    """Reads the whole body before anybody works on it; a slow or a huge one never gets there."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = limit_of(scope["path"])
        try:
            async with asyncio.timeout(SECONDS if most == ORDINARY else _BIG_SECONDS):
                body = await _read(scope, receive, most)
        except TimeoutError:
            await answer(problem(HTTPStatus.REQUEST_TIMEOUT, "too-slow", _SLOW))(
                scope, receive, send
            )
            return
        if body is None:
            told = problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", _too_large(most))
            await answer(told)(scope, receive, send)
            return
        await self._app(scope, _Replay(body, receive), send)


class _Replay:
    """What was read, once; then whatever comes after it."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if (body := self._body) is not None:
            self._body = None
            return {"type": "http.request", "body": body, "more_body": False}
        return await self._receive()


async def _read(scope: Scope, receive: Receive, most: int) -> bytes | None:
    """None for more than `most` bytes."""
    for name, value in scope["headers"]:
        if name == b"content-length" and (not value.isdigit() or int(value) > most):
            return None
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        if len(body) > most:
            return None
        more = message.get("more_body", False)
    return bytes(body)


def _too_large(most: int) -> Text:
    mib = most // MIB
    return Text(f"{mib} MiB보다 큽니다.", f"Larger than {mib} MiB.")


_SLOW = Text("요청이 너무 오래 걸렸습니다.", "The request took too long to arrive.")
