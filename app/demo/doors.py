"""The senders of the demo: each delivers by the door that its kind has at a hub."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import httpx2

from app.demo.hub import SECOND, Keys, ask, sign_in
from app.demo.plots import Door
from app.demo.stories import Delivery
from app.domain.errors import Unavailable
from app.domain.intake import Rejected
from app.domain.text import Text
from app.formats.intake import platform_socket, signature

_HOST = "127.0.0.1"
_SECONDS = 15.0
_CONTENT = {Door.CAP: "application/cap+xml", Door.WEBHOOK: "application/cloudevents+json"}
_END = b";"


class Senders:
    """`deliver` returns once the hub has the message; `close` in the end."""

    def __init__(
        self,
        address: str,
        socket_port: Callable[[], int],
        keys: Keys,
        now: Callable[[], datetime],
    ) -> None:
        self._secrets = {name: signature.secret(text) for name, text in keys.feeds.items()}
        self._telephone = _Telephone(address, keys.operator, now)
        self._now = now
        self._socket_port = socket_port
        self._http = httpx2.AsyncClient(base_url=address, trust_env=False, timeout=_SECONDS)
        self._lines: dict[str, _Line] = {}

    async def deliver(self, one: Delivery) -> bool:
        """Whether it understood it, where it says so at once. Raises Unavailable: send it again."""
        try:
            async with asyncio.timeout(_SECONDS):
                if one.door is Door.PLATFORM:
                    return await self._by_socket(one)
                if one.door is Door.HAND:
                    return await self._telephone.note(one.body)
                await self._by_http(one)
        except (httpx2.HTTPError, OSError, EOFError, TimeoutError) as error:
            raise Unavailable(_away(type(error).__name__)) from None
        return True

    async def tell(self, feed: str, id_: str, body: bytes) -> None:
        """CloudEvents of a feed that tells no incidents. Raises Unavailable."""
        try:
            async with asyncio.timeout(_SECONDS):
                await self._post(Door.WEBHOOK, feed, id_, body)
        except (httpx2.HTTPError, OSError, TimeoutError) as error:
            raise Unavailable(_away(type(error).__name__)) from None

    async def close(self) -> None:
        for line in self._lines.values():
            await line.close()
        self._lines = {}
        await self._http.aclose()
        await self._telephone.close()

    async def _by_http(self, one: Delivery) -> None:
        await self._post(one.door, one.feed, one.id, one.body)

    async def _post(self, door: Door, feed: str, id_: str, body: bytes) -> None:
        headers = signature.sign(id_, self._now(), body, self._secrets[feed])
        headers["content-type"] = _CONTENT.get(door, "application/json")
        path = f"/v1/intake/{door.value}"
        answer = await self._http.post(path, params={"feed": feed}, content=body, headers=headers)
        if not answer.is_success:
            raise Unavailable(_away(str(answer.status_code)))

    async def _by_socket(self, one: Delivery) -> bool:
        line = self._lines.get(one.feed)
        if line is None:
            line = await _Line.open(self._socket_port(), one.feed, self._now())
            self._lines[one.feed] = line
        try:
            return await line.ask(one.body)
        except BaseException:
            # Whatever it was: the answers no longer belong to what is asked.
            await line.close()
            self._lines.pop(one.feed, None)
            raise


class _Line:
    """One connection of the platform socket, introduced."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int, sender: str, now: datetime) -> _Line:
        line = cls(*await asyncio.open_connection(_HOST, port))
        try:
            if not await line.ask(platform_socket.write_login(sender, sender, now)):
                raise Unavailable(_away("login"))  # noqa: TRY301 - closed like any other
        except BaseException:
            await line.close()
            raise
        return line

    async def ask(self, frame: bytes) -> bool:
        self._writer.write(frame)
        await self._writer.drain()
        answer = await self._reader.readuntil(_END)
        read = platform_socket.read_answer(answer)
        return not isinstance(read, Rejected) and read[0]

    async def close(self) -> None:
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


class _Telephone:
    """A second operator, who types in what is told by telephone."""

    def __init__(self, address: str, password: str, now: Callable[[], datetime]) -> None:
        self._http = httpx2.AsyncClient(base_url=address, trust_env=False, timeout=_SECONDS)
        self._password = password
        self._now = now
        self._n = 1

    async def note(self, body: bytes) -> bool:
        """Whether the hub carried it out. Sent again, it is answered again and not done twice."""
        if "Authorization" not in self._http.headers:
            await sign_in(self._http, SECOND, self._password)
        numbers = {"client": f"demo {SECOND}", "n": self._n, "at": self._now().isoformat()}
        batch = {"commands": [json.loads(body) | numbers]}
        told = (await ask(self._http, "POST", "/v1/commands", json=batch)).json()
        self._n = int(told["next_n"])
        return all(one["status"] == "applied" for one in told["outcomes"])

    async def close(self) -> None:
        await self._http.aclose()


def _away(why: str) -> Text:
    return Text(f"데모 허브가 받지 못했습니다: {why}", f"The demo's hub did not take it: {why}")
