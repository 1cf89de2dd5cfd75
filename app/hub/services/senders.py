"""How a letter leaves: by platform socket, by signed webhook, by a gateway for mail and SMS."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

import httpx2

from app.domain.errors import Refused, Unavailable
from app.domain.incident_state import State
from app.domain.intake import Kind, Rejected
from app.domain.text import Text
from app.formats.intake import platform_socket, signature
from app.hub.services.notices import Route, RouteKind
from app.hub.store.columns import text_of
from app.hub.store.outbox import Letter

_SECONDS: Final = 10.0
_LONGEST_ANSWER: Final = 64 * 1024
# The other side is there and too busy, or its gateway is not.
_AGAIN: Final = frozenset({408, 425, 429})
_SERVER_ERROR: Final = 500
_FIRST_ERROR: Final = 300
_SOCKET_SYSTEMS: Final = ("112", "119", "WP1")

# What the other side gave in return. Raises Unavailable (try again) or Refused (never again).
Sender = Callable[[Route, bytes, Letter, datetime], Awaitable[Mapping[str, Any]]]


class Senders:
    """`client` is the caller's to close."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client
        self._by_kind: Mapping[RouteKind, Sender] = {
            RouteKind.WEBHOOK: self._webhook,
            RouteKind.MAIL: self._mail,
            RouteKind.SOCKET: _socket,
        }

    async def send(
        self, route: Route, secret: bytes, letter: Letter, now: datetime
    ) -> Mapping[str, Any]:
        return await self._by_kind[route.kind](route, secret, letter, now)

    async def _webhook(
        self, route: Route, secret: bytes, letter: Letter, now: datetime
    ) -> Mapping[str, Any]:
        event = {
            "specversion": "1.0",
            "id": letter.id,
            "source": "gwanje",
            "type": "gwanje.incident.state",
            "time": letter.body["changed_at"],
            "subject": letter.body["number"],
            "datacontenttype": "application/json",
            "data": letter.body,
        }
        body = text_of(event).encode()
        key = signature.secret(secret.decode())
        headers = signature.sign(letter.id, now, body, key)
        headers["Content-Type"] = "application/cloudevents+json"
        return await self._post(route.address, headers, body)

    async def _mail(
        self, route: Route, secret: bytes, letter: Letter, _now: datetime
    ) -> Mapping[str, Any]:
        told = letter.body
        state = told["words"]["ko"]
        message = {
            "id": letter.id,
            "to": route.to,
            "subject": f"[관제] {told['number']} {told['title']} ({state})",
            "text": f"{told['number']} {told['title']}\n{told['place']}\n"
            f"{state}, {told['changed_at']}",
        }
        headers = {"Content-Type": "application/json"}
        if secret:
            headers["Authorization"] = f"Bearer {secret.decode()}"
        return await self._post(route.address, headers, text_of(message).encode())

    async def _post(
        self, address: str, headers: Mapping[str, str], body: bytes
    ) -> Mapping[str, Any]:
        try:
            answer = await self._client.post(
                address, headers=dict(headers), content=body, timeout=_SECONDS
            )
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Unavailable(_no_answer(type(error).__name__)) from None
        status = answer.status_code
        if status in _AGAIN or status >= _SERVER_ERROR:
            raise Unavailable(_said_no(status))
        if status >= _FIRST_ERROR:
            raise Refused(_said_no(status))
        return {"status": status}


async def _socket(route: Route, secret: bytes, letter: Letter, now: datetime) -> Mapping[str, Any]:
    """Logs in, tells, waits for the answer. `route.to` is the system that we speak as."""
    if route.to not in _SOCKET_SYSTEMS:
        raise Refused(Text("연계 시스템 이름이 올바르지 않습니다", "an unknown name of a system"))
    host, _, port = route.address.rpartition(":")
    try:
        async with asyncio.timeout(_SECONDS):
            reader, writer = await asyncio.open_connection(host, int(port), limit=_LONGEST_ANSWER)
            try:
                login = platform_socket.write_login(route.to, secret.decode(), now)
                await _ask(reader, writer, login)
                words = await _ask(reader, writer, _frame(route.to, letter, now))
            finally:
                writer.close()
                await writer.wait_closed()
    except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise Unavailable(_no_answer(type(error).__name__)) from None
    return {"answer": words}


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, frame: bytes) -> str:
    writer.write(frame)
    await writer.drain()
    answer = platform_socket.read_answer(await reader.readuntil(b";"))
    if isinstance(answer, Rejected):
        raise Unavailable(answer.reason)
    accepted, words = answer
    if not accepted:
        raise Refused(Text(f"거절: {words}", f"refused: {words}"))
    return words


def _frame(system: str, letter: Letter, now: datetime) -> bytes:
    told = letter.body
    state = State(told["state"])
    kind = Kind.OCCURRED if state is State.RECEIVED else Kind.CHANGED
    if state is State.RELEASED:
        kind = Kind.RELEASED
    elif not state.open:
        kind = Kind.ENDED
    values = {name: str(value) for name, value in {**told["facts"], **told["person"]}.items()}
    values |= {
        "external": told["external"] or told["number"],
        "place": told["place"],
        "emd": told["emd_code"],
        "grade": str(told["grade"]),
        "latitude": "" if told["latitude"] is None else str(told["latitude"]),
        "longitude": "" if told["longitude"] is None else str(told["longitude"]),
    }
    return platform_socket.write_event(system, kind, now, values)


def _no_answer(name: str) -> Text:
    return Text(
        f"상대 시스템이 답하지 않습니다 ({name})", f"the other side gave no answer ({name})"
    )


def _said_no(status: int) -> Text:
    return Text(f"상대 시스템의 답: {status}", f"the other side answered {status}")
