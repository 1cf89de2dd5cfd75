"""Server-sent events, for as long as the console listens and may."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from app.domain.errors import Failure
from app.domain.text import Text
from app.hub.services.sessions import End, Watch
from app.hub.tasks import cancel, spawn
from app.hub.web.errors import problem, problem_of
from app.hub.web.following import Following
from app.hub.web.services import Services
from app.wire.base import Problem
from app.wire.stream import Heartbeat

HEARTBEAT_SECONDS: Final = 10.0
# A revoked session's stream is to end within a second.
LOOK_SECONDS: Final = 0.5
# A console takes a connection for dead after 31 s: nobody waits longer for it either.
SLOW_SECONDS: Final = 31.0
_RETRY_MS: Final = 500
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    # nginx would hold frames back until its buffer is full.
    (b"x-accel-buffering", b"no"),
]


class Stream(Response):
    """An ASGI answer. `done` is called when it is over, however it ends."""

    def __init__(
        self, services: Services, following: Following, watch: Watch, expires: float
    ) -> None:
        super().__init__()
        self._services = services
        self._following = following
        self._watch = watch
        self._expires = expires
        self.done: Callable[[], None] = lambda: None

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = spawn(_until_gone(receive), "stream: until the console is gone")
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            async for chunk in self._events(gone):
                async with asyncio.timeout(SLOW_SECONDS):
                    await send(
                        {"type": "http.response.body", "body": chunk.encode(), "more_body": True}
                    )
            if not gone.done():
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (TimeoutError, OSError):
            # The console will come again, with its place.
            return
        finally:
            self.done()
            await cancel(gone)

    async def _events(self, gone: asyncio.Task[None]) -> AsyncIterator[str]:
        loop = asyncio.get_running_loop()
        yield f"retry: {_RETRY_MS}\n\n{self._heartbeat()}"
        next_beat = loop.time() + HEARTBEAT_SECONDS
        while not gone.done():
            if (end := self._end()) is not None:
                yield end
                return
            if self._following.behind:
                try:
                    text = await self._frames()
                except Failure as failure:
                    yield _event("resync", problem_of(failure))
                    return
                if text:
                    yield text
            if loop.time() >= next_beat:
                next_beat = loop.time() + HEARTBEAT_SECONDS
                yield self._heartbeat()
            await self._following.wait(LOOK_SECONDS)

    async def _frames(self) -> str:
        epoch = self._services.epoch
        return "".join(
            f"event: frame\nid: {epoch}:{one.seq}\ndata: {one.text}\n\n"
            for one in await self._following.take()
        )

    def _heartbeat(self) -> str:
        beat = Heartbeat(
            head=self._services.hub.tail.head, prev=self._following.prev, at=self._services.now()
        )
        return f"event: hb\ndata: {beat.model_dump_json()}\n\n"

    def _end(self) -> str | None:
        """The last words, where it is time for them."""
        end = self._watch.end
        if end is None and self._services.now().timestamp() >= self._expires:
            end = End.SIGNED_OUT
        if end is None:
            return None
        return _event(_NAMES[end], problem(_STATUS[end], end.value, _WORDS[end]))


def _event(name: str, told: Problem) -> str:
    return f"event: {name}\ndata: {told.model_dump_json()}\n\n"


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


_NAMES = {End.SIGNED_OUT: "end", End.RIGHTS: "resync", End.STOPPING: "end"}
_STATUS = {End.SIGNED_OUT: 401, End.RIGHTS: 410, End.STOPPING: 503}
_WORDS = {
    End.SIGNED_OUT: Text("로그인이 끝났습니다.", "You are signed out."),
    End.RIGHTS: Text(
        "권한이 바뀌었습니다. 전체 상태를 다시 받아야 합니다.",
        "Your rights have changed. A snapshot is needed.",
    ),
    End.STOPPING: Text("허브가 종료되고 있습니다.", "The hub is stopping."),
}
