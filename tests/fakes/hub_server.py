"""`HubModel` over real HTTP on a loopback port, by hand: it can misbehave byte by byte."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ssl import SSLContext
from urllib.parse import parse_qs, urlsplit

from app.wire.base import Message
from app.wire.commands import Batch
from tests.fakes.hub import PASSWORD
from tests.fakes.hub_model import HubModel

TOKEN = "token-a5b6c7d8"
ACCESS = {
    "id": "c/1",
    "profiles": [{"name": "main", "url": "rtsp://10.1.1.1/1"}],
    "password": PASSWORD,
}
PROBLEM = '{"status": %d, "code": "%s", "words": {"ko": "한국어", "en": "%s"}}'


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


def answer(
    status: int, body: bytes | str = b"", kind: str = "application/json", **headers: str
) -> bytes:
    """A whole response; `retry_after="3"` becomes a header."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def problem(status: int, code: str = "x", en: str = "no", **headers: str) -> bytes:
    return answer(status, PROBLEM % (status, code, en), "application/problem+json", **headers)


def event(name: str, data: str, id_: str = "") -> bytes:
    head = f"id: {id_}\n" if id_ else ""
    return f"{head}event: {name}\ndata: {data}\n\n".encode()


class HubServer:
    """`raw[path]`: whole responses to give, in turn, before the right ones; None hangs up.

    `stream_raw`: bytes to put into the next event stream after its head; then it goes on as it
    should. `mute`: streams carry nothing. `streams`: how many are open.
    """

    def __init__(self, model: HubModel) -> None:
        self.model = model
        self.raw: dict[str, deque[bytes | None]] = {}
        self.stream_raw: deque[bytes] = deque()
        self.asked: list[Asked] = []
        self.tokens = {TOKEN}
        self.page = 4
        self.streams = 0
        self.mute = False
        self.port = 0
        self._open: set[asyncio.StreamWriter] = set()

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def hang_up(self) -> None:
        """Every connection ends now."""
        for writer in tuple(self._open):
            writer.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while (asked := await _request(reader)) is not None:
                self.asked.append(asked)
                if not await self._reply(asked, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _reply(self, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection stays open."""
        waiting = self.raw.get(asked.path)
        if waiting:
            given = waiting.popleft()
            if given is None:
                return False
            writer.write(given)
        elif asked.path == "/v1/stream" and self._refusal(asked) is None:
            await self._stream(asked, writer)
            return False
        else:
            writer.write(self._refusal(asked) or self._answer(asked))
        await writer.drain()
        return True

    def _refusal(self, asked: Asked) -> bytes | None:
        if (asked.method, asked.path) == ("POST", "/v1/session"):
            return None
        token = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            return problem(401, "signed-out", "Sign in again.")
        if "since" in asked.query and not self.model.keeps(*_place(asked)):
            return problem(410, "resync")
        return None

    def _answer(self, asked: Asked) -> bytes:
        routes: dict[tuple[str, str], Callable[[Asked], bytes]] = {
            ("POST", "/v1/session"): self._sign_in,
            ("GET", "/v1/session"): lambda _: _json(self.model.session()),
            ("DELETE", "/v1/session"): self._sign_out,
            ("GET", "/v1/snapshot"): lambda asked: self.snapshot(asked.query.get("after")),
            ("GET", "/v1/changes"): lambda asked: _json(self.model.changes(_place(asked)[1])),
            ("POST", "/v1/commands"): self._commands,
            ("POST", "/v1/password"): lambda _: answer(204),
            ("POST", "/v1/camera-status"): lambda _: answer(204),
            ("POST", "/v1/cameras/c%2F1/access"): lambda _: answer(200, json.dumps(ACCESS)),
        }
        route = routes.get((asked.method, asked.path))
        return route(asked) if route else problem(404)

    def _commands(self, asked: Asked) -> bytes:
        return _json(self.model.commands(Batch.model_validate_json(asked.body)))

    def _sign_out(self, asked: Asked) -> bytes:
        self.tokens.clear()
        return answer(204)

    def _sign_in(self, asked: Asked) -> bytes:
        said = json.loads(asked.body)
        if said["password"] != PASSWORD:
            return problem(401, "wrong", "User name or password is wrong.")
        self.tokens.add(TOKEN)
        value = self.model.session().model_dump(mode="json") | {"token": TOKEN}
        return answer(200, json.dumps(value))

    def snapshot(self, after: str | None) -> bytes:
        head, rows, then = self.model.page(after, self.page)
        lines = [head.model_dump_json(), *(row.model_dump_json() for row in rows)]
        lines.append(json.dumps({"after": then, "count": len(rows)}))
        return answer(200, "\n".join(lines) + "\n", "application/x-ndjson")

    async def _stream(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        epoch, sent = _place(asked)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n")
        self.streams += 1
        try:
            if self.stream_raw:
                writer.write(self.stream_raw.popleft())
            while not writer.is_closing():
                woken = self.model.changed
                if self.mute:
                    await writer.drain()
                    await woken.wait()
                    continue
                for frame in self.model.frames(sent):
                    sent = frame.seq
                    if writer.is_closing():
                        return
                    writer.write(event("frame", frame.model_dump_json(), f"{epoch}:{sent}"))
                writer.write(event("hb", self.model.heartbeat(sent).model_dump_json()))
                await writer.drain()
                await woken.wait()
                if self.model.epoch != epoch:
                    writer.write(event("resync", PROBLEM % (410, "resync", "restored")))
                    return
        finally:
            self.streams -= 1


def _json(message: Message) -> bytes:
    return answer(200, message.model_dump_json())


def _place(asked: Asked) -> tuple[str, int]:
    epoch, _, seq = asked.query["since"].rpartition(":")
    return epoch, int(seq)


async def _request(reader: asyncio.StreamReader) -> Asked | None:
    first = await reader.readline()
    if not first:
        return None
    method, target, _ = first.decode().split()
    headers: dict[str, str] = {}
    while (line := (await reader.readline()).decode().strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    url = urlsplit(target)
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    return Asked(method, url.path, query, headers, body)


@asynccontextmanager
async def hub_server(model: HubModel, tls: SSLContext | None = None) -> AsyncIterator[HubServer]:
    """Serves on a free port of this computer while the `with` lasts."""
    made = HubServer(model)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=tls)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        made.hang_up()
        model._wake()
        server.close()
        await server.wait_closed()
        while made._open:  # noqa: ASYNC110 - each connection's own task ends
            await asyncio.sleep(0)
