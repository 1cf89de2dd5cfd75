"""The platform socket: 112, 119 and vulnerable persons deliver over plain TCP.

The link has no encryption and no secret of its own: it belongs on loopback or a closed line. A
sender introduces itself first, by the name of a feed of kind "platform".
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from app.domain.errors import Failure, Refused
from app.domain.intake import Rejected
from app.domain.text import Text
from app.formats.intake import platform_socket
from app.formats.intake.platform_frame import END, Framer
from app.formats.intake.platform_socket import UNFINISHED, Login, Received
from app.hub.services.feeds import Feeds
from app.hub.services.ports import Accepting, Now
from app.hub.tasks import cancel, spawn

_log = logging.getLogger(__name__)

DOOR: Final = "platform"
# A frame is a few hundred bytes: who has not ended it by then has fallen silent.
HALF_FRAME_SECONDS: Final = 10.0
# Senders stay connected for days and may have nothing to say.
MOST_CONNECTIONS: Final = 64
_LOGIN_SECONDS: Final = 30.0
_CHUNK: Final = 64 * 1024
# A sender that is wrong this often in a row is not one.
_MOST_WRONG: Final = 20
_SEND_SECONDS: Final = 10.0


class PlatformDoor:
    """`half_frame`: seconds of silence in the middle of a frame."""

    def __init__(
        self, intake: Accepting, feeds: Feeds, now: Now, half_frame: float = HALF_FRAME_SECONDS
    ) -> None:
        self._intake = intake
        self._feeds = feeds
        self._now = now
        self._half_frame = half_frame
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        assert self._server is not None  # noqa: S101 - started
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def start(self, host: str, port: int) -> None:
        self._server = await asyncio.start_server(self._connected, host, port, limit=_CHUNK)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            await cancel(*self._connections)
            await self._server.wait_closed()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._connections) >= MOST_CONNECTIONS:
            _log.warning("platform socket: too many connections")
            writer.close()
            return
        task = spawn(self._serve(reader, writer), "platform socket connection")
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = _Talk(self._intake, self._feeds, self._now)
        try:
            while not talk.over:
                async with asyncio.timeout(self._patience(talk)):
                    chunk = await reader.read(_CHUNK)
                if not chunk:
                    break
                await _say(writer, await talk.hear(chunk))
            await _say(writer, await talk.end())
        except TimeoutError:
            with suppress(OSError, TimeoutError):
                await _say(writer, await talk.end())
        except OSError:
            await talk.end()
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _patience(self, talk: _Talk) -> float | None:
        if talk.unfinished:
            return self._half_frame
        return None if talk.known else _LOGIN_SECONDS


class _Talk:
    """What one sender says, and what it is answered. `over`: it is to be cut off."""

    def __init__(self, intake: Accepting, feeds: Feeds, now: Now) -> None:
        self._intake = intake
        self._feeds = feeds
        self._now = now
        self._framer = Framer()
        self._wrong = 0
        self.known = ""
        self.over = False

    @property
    def unfinished(self) -> bool:
        return bool(self._framer.unfinished)

    async def hear(self, chunk: bytes) -> bytes:
        """The answers, in order. A frame is on the disk before its answer is given."""
        answers: list[bytes] = []
        waiting: list[tuple[Received, bytes]] = []
        for frame in self._framer.feed(chunk):
            received = self._read(frame)
            if isinstance(received.content, Login):
                answers += await self._keep(waiting)
                waiting = []
                answers.append(await self._log_in(received, received.content))
            elif not self.known:
                answers.append(self._refuse(received, _LOGIN_FIRST))
            else:
                self._count(received)
                waiting.append((received, frame if isinstance(frame, bytes) else b""))
            if self.over:
                break
        answers += await self._keep(waiting)
        return b"".join(answers)

    async def end(self) -> bytes:
        """Keeps half a frame, too: it may be the only trace of an incident."""
        rest = self._framer.unfinished
        if not rest or not self.known:
            return b""
        return b"".join(await self._keep([(Received(None, Rejected(UNFINISHED)), rest)], b""))

    def _read(self, frame: bytes | Rejected) -> Received:
        if isinstance(frame, Rejected):
            return Received(None, frame)
        return platform_socket.receive(frame, self._now())

    async def _log_in(self, received: Received, login: Login) -> bytes:
        try:
            await self._feeds.named(login.user, DOOR)
        except Refused as refused:
            self.over = True
            return self._refuse(received, refused.text)
        self.known = login.user
        return platform_socket.answer(received, self._now())

    async def _keep(
        self, frames: Sequence[tuple[Received, bytes]], end: bytes = END
    ) -> Sequence[bytes]:
        """One after the other in the store, but all in one commit."""
        return await asyncio.gather(*(self._accept(one, raw, end) for one, raw in frames))

    async def _accept(self, received: Received, raw: bytes, end: bytes) -> bytes:
        if raw:
            try:
                await self._intake.accept(DOOR, self.known, {}, raw + end, self._now())
            except Failure as failure:
                return self._refuse(received, failure.text)
        return platform_socket.answer(received, self._now())

    def _count(self, received: Received) -> None:
        self._wrong = self._wrong + 1 if isinstance(received.content, Rejected) else 0
        self.over = self.over or self._wrong >= _MOST_WRONG

    def _refuse(self, received: Received, text: Text) -> bytes:
        refused = Received(received.header, Rejected(text))
        self._count(refused)
        return platform_socket.answer(refused, self._now())


async def _say(writer: asyncio.StreamWriter, answer: bytes) -> None:
    if answer:
        writer.write(answer)
        async with asyncio.timeout(_SEND_SECONDS):
            await writer.drain()


_LOGIN_FIRST = Text("먼저 로그인 전문을 보내십시오", "introduce yourself first (login message)")
