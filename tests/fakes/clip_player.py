"""A clip player without pictures: the clip is a file, its frames come every fifteenth second."""

from __future__ import annotations

from pathlib import Path

from typing_extensions import override

from app.clock import Clock
from app.domain.clip_time import FrameTimes, PlayHead
from app.domain.errors import Failure, Unavailable
from app.domain.text import Text
from app.services.clip_player import ClipPlayer, ClipState
from app.signals import Signal

FPS = 15
MISSING = Text("libVLC가 없습니다.", "libVLC is missing.")


class FakePlayer(ClipPlayer):
    """`lacks`: what `missing` answers; `refuses`: what `open` raises."""

    def __init__(self, clock: Clock, seconds: float = 2.0) -> None:
        self.changed: Signal[ClipState] = Signal("fake clip player")
        self.lacks: Text | None = None
        self.refuses: Failure | None = None
        self.window: int | None = None
        self.clip: Path | None = None
        self.stopped = False
        self._clock = clock
        self._frames = FrameTimes.of([n / FPS for n in range(round(seconds * FPS))])
        self._head = PlayHead()

    @property
    @override
    def state(self) -> ClipState:
        head, now = self._head, self._clock.monotonic()
        position = head.now(now)
        ended = head.playing and position >= head.length
        return ClipState(head.length, position, head.playing and not ended, ended, head.speed)

    @override
    async def missing(self) -> Text | None:
        return self.lacks

    @override
    async def open(self, clip: Path, window: int | None) -> None:
        if self.lacks is not None:
            raise Unavailable(self.lacks)
        await self.close()
        if self.refuses is not None:
            raise self.refuses
        if not clip.read_bytes().strip():  # noqa: ASYNC240 - a few bytes
            raise Unavailable(Text("클립이 아닙니다.", "Not a clip."))
        self.clip, self.window = clip, window
        self._set(PlayHead(self._frames.end, 0.0, self._clock.monotonic(), playing=True))

    @override
    async def play(self) -> None:
        if self.clip is None or self.state.playing:
            return
        last = self._frames.start(len(self._frames.starts) - 1)
        start = 0.0 if self.state.position >= last else self.state.position
        head = self._head.run(self._clock.monotonic(), playing=True)
        self._set(head.moved(start, self._clock.monotonic()))

    @override
    async def pause(self) -> None:
        if self.state.playing:
            await self._show(self._frames.index(self.state.position))

    @override
    async def seek(self, seconds: float) -> None:
        if self.clip is None:
            return
        if self.state.playing:
            self._set(self._head.moved(seconds, self._clock.monotonic()))
        else:
            await self._show(self._frames.index(seconds))

    @override
    async def step(self, frames: int) -> None:
        if self.clip is not None:
            await self._show(self._frames.index(self.state.position) + frames)

    async def _show(self, index: int) -> None:
        now = self._clock.monotonic()
        self._set(self._head.run(now, playing=False).moved(self._frames.start(index), now))

    @override
    async def set_speed(self, speed: float) -> None:
        if self.clip is not None:
            self._set(self._head.at_speed(speed, self._clock.monotonic()))

    @override
    async def close(self) -> None:
        self.clip = None
        self._head = PlayHead()

    @override
    async def stop(self) -> None:
        await self.close()
        self.stopped = True

    def _set(self, head: PlayHead) -> None:
        self._head = head
        self.changed.emit(self.state)
