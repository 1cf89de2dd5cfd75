"""Load for a hub, cheap enough to leave it a core: plain sockets, no library in between."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

from app.formats.intake import signature

FEED = "security"
_HOST = "127.0.0.1"
_EXTERNAL = re.compile(rb'"external":"(b-[^"]+)"')
_FRAME = b"event: frame"
_CHUNK = 256 * 1024
_LINE_LIMIT = 4 * 2**20


def body(number: str) -> bytes:
    """One event that opens an incident of its own."""
    event = {
        "specversion": "1.0", "id": number, "source": "urn:gwanje:bench",
        "type": "kr.gwanje.security.alarm", "time": datetime.now(UTC).isoformat(),
        "data": {
            "incident": number, "firm": "든든보안", "alarm": "침입 감지", "place": "월배로 180",
            "latitude": 35.8241, "longitude": 128.5262,
        },
    }  # fmt: skip
    return json.dumps(event, ensure_ascii=False).encode()


class Door:
    """The webhook's door: one request at a time on each of so many connections."""

    def __init__(self, port: int, secret: str, connections: int) -> None:
        self._port = port
        self._secret = signature.secret(secret)
        self._free: asyncio.Queue[_Connection | None] = asyncio.Queue()
        for _ in range(connections):
            self._free.put_nowait(None)

    async def send(self, *numbers: str) -> float:
        """Monotonic second at which they were handed over; accepted when this returns.

        Several go as one batch, as the gateway of a maker sends what its devices tell.
        """
        connection = await self._free.get()
        try:
            if connection is None:
                connection = await _Connection.open(self._port)
            begun = time.monotonic()
            events = [body(number) for number in numbers]
            content = events[0] if len(events) == 1 else b"[" + b",".join(events) + b"]"
            headers = signature.sign(numbers[0], datetime.now(UTC), content, self._secret)
            status = await connection.post(f"/v1/intake/webhook?feed={FEED}", headers, content)
            if status != 202:
                raise RuntimeError(f"the hub answers {status}")
            return begun
        finally:
            self._free.put_nowait(connection)

    async def close(self) -> None:
        while not self._free.empty():
            if (connection := self._free.get_nowait()) is not None:
                await connection.close()


class _Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> _Connection:
        return cls(*await asyncio.open_connection(_HOST, port))

    async def post(self, path: str, headers: Mapping[str, str], content: bytes) -> int:
        lines = [f"POST {path} HTTP/1.1", "host: hub", f"content-length: {len(content)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if length is not None:
            await self._reader.readexactly(int(length[1]))
        return int(head.split(b" ", 2)[1])

    async def close(self) -> None:
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


class Listener:
    """A simulated console on the stream: counts frames, and when each event first came.

    `looking` False: counts only, so that five hundred of them leave the hub its core.
    """

    def __init__(self, port: int, token: str, *, looking: bool = True) -> None:
        self.frames = 0
        self.seen: dict[str, float] = {}
        self.connected = asyncio.Event()
        self.up_at = 0.0
        self._port, self._token, self._looking = port, token, looking
        self._since = ""
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._once()
            self.connected.clear()
            await asyncio.sleep(0.5)

    async def _once(self) -> None:
        reader, writer = await asyncio.open_connection(_HOST, self._port, limit=_LINE_LIMIT)
        try:
            since = f"?since={self._since}" if self._since else ""
            asked = (
                f"GET /v1/stream{since} HTTP/1.1\r\nhost: hub\r\n"
                f"authorization: Bearer {self._token}\r\n\r\n"
            )
            writer.write(asked.encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head:
                return
            self.up_at = time.monotonic()
            self.connected.set()
            rest = b""
            while chunk := await reader.read(_CHUNK):
                rest = self._take(rest + chunk)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _take(self, data: bytes) -> bytes:
        """What is left of an event that has not ended yet."""
        whole, found, rest = data.rpartition(b"\n\n")
        if not found:
            return data
        now = time.monotonic()
        self.frames += whole.count(_FRAME)
        place = whole.rfind(b"\nid: ")
        if place >= 0:
            self._since = whole[place + 5 : whole.find(b"\n", place + 5)].strip().decode()
        if self._looking:
            for external in _EXTERNAL.findall(whole):
                self.seen.setdefault(external.decode(), now)
        return rest
