"""Clips played by libVLC: every call into it on one thread of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from typing_extensions import override

from app.adapters import libvlc
from app.adapters.clip_frames import frame_times, not_playable
from app.clock import Clock
from app.domain.clip_time import FrameTimes, PlayHead
from app.domain.errors import Failure, Unavailable
from app.domain.text import Text
from app.services.clip_player import ClipPlayer, ClipState
from app.signals import Signal
from app.tasks import SerialQueue

# A file on the local disk plays at once; longer than this and libVLC has lost itself.
_OPEN_SECONDS = 8.0
# For a moment after a command libVLC still reports the time from before it.
_SETTLE_SECONDS = 0.4
# libVLC tells its time four times a second, and of what it reads rather than of what it shows:
# the play head follows only when it is visibly off.
_DRIFT_SECONDS = 0.25

_What = Literal["playing", "paused", "ended", "failed", "time"]
_Post = Callable[[int, _What, float], None]


class _OnQueue:
    """The libVLC side. Methods run on the serial queue only; libVLC's own threads only `post`."""

    def __init__(self, post: _Post, *, hidden: bool) -> None:
        self._post = post
        self._hidden = hidden
        self._vlc: Any = None
        self._instance: Any = None
        self._player: Any = None
        self._events: Any = None
        self._opening = 0

    def load(self) -> bool:
        if self._instance is None and (vlc := libvlc.load()) is not None:
            self._vlc, self._instance = vlc, libvlc.new_instance(vlc, hidden=self._hidden)
        return self._instance is not None

    def open(self, clip: Path, window: int | None, opening: int) -> None:
        if self._player is None:
            self._make_player()
        self._opening = opening
        media = self._instance.media_new_path(str(clip))
        if window is not None and not self._hidden:  # telling it a window undoes "hidden"
            self._draw_into(window)
        self._player.set_media(media)
        media.release()
        self._player.set_rate(1.0)
        self._player.play()

    def _draw_into(self, window: int) -> None:
        if sys.platform == "win32":
            self._player.set_hwnd(window)
        else:
            self._player.set_xwindow(window)

    def _make_player(self) -> None:
        self._player = self._instance.media_player_new()
        # Keys and clicks belong to the panel around the picture.
        self._player.video_set_mouse_input(on=False)
        self._player.video_set_key_input(on=False)
        self._events = self._player.event_manager()
        kinds = self._vlc.EventType
        self._attach(kinds.MediaPlayerPlaying, "playing")
        self._attach(kinds.MediaPlayerPaused, "paused")
        self._attach(kinds.MediaPlayerEndReached, "ended")
        self._attach(kinds.MediaPlayerEncounteredError, "failed")
        self._attach(kinds.MediaPlayerTimeChanged, "time")

    def _attach(self, kind: Any, what: _What) -> None:
        def happened(event: Any) -> None:
            seconds = event.u.new_time / 1000 if what == "time" else 0.0
            self._post(self._opening, what, seconds)

        self._events.event_attach(kind, happened)

    def pause(self, *, paused: bool) -> None:
        self._player.set_pause(int(paused))

    def seek(self, seconds: float) -> None:
        self._player.set_time(int(seconds * 1000))

    def speed(self, speed: float, seconds: float) -> None:
        self._player.set_rate(speed)
        # A seek throws away what is decoded already and would be shown at the old speed.
        self.seek(seconds)

    def stop(self) -> None:
        if self._player is not None:
            self._player.stop()
            self._player.set_media(None)

    def release(self) -> None:
        self.stop()
        if self._player is not None:
            self._player.release()
        if self._instance is not None:
            self._instance.release()
        self._player = self._instance = None


class VlcPlayer(ClipPlayer):
    """Keeps the play head itself, because libVLC's time is coarse and wrong while paused.

    `hidden`: plays without showing anything; by default where there is no screen.
    """

    def __init__(self, clock: Clock, *, hidden: bool | None = None) -> None:
        self.changed: Signal[ClipState] = Signal("clip player")
        self._clock = clock
        self._queue = SerialQueue("clip player")
        self._vlc = _OnQueue(
            self._from_vlc, hidden=not libvlc.has_screen() if hidden is None else hidden
        )
        self._loop: asyncio.AbstractEventLoop | None = None
        self._loaded: bool | None = None
        self._opening = 0
        self._started: asyncio.Future[None] | None = None
        self._frames: FrameTimes | None = None
        self._head = PlayHead()
        self._commanded = 0.0
        self._pauses_asked = 0
        self._ended = False
        self._problem: Text | None = None

    @property
    @override
    def state(self) -> ClipState:
        head, now = self._head, self._clock.monotonic()
        return ClipState(
            head.length, head.now(now), head.playing, self._ended, head.speed, self._problem
        )

    @override
    async def missing(self) -> Text | None:
        self._loop = asyncio.get_running_loop()
        if not self._loaded:
            self._loaded = await self._queue.run(self._vlc.load)
        return None if self._loaded else libvlc.missing_words()

    @override
    async def open(self, clip: Path, window: int | None) -> None:
        if (words := await self.missing()) is not None:
            raise Unavailable(words)
        await self.close()
        opening = self._opening
        frames = await self._queue.run(frame_times, clip)
        try:
            async with asyncio.timeout(_OPEN_SECONDS):
                await self._start(clip, window, opening)
        except (TimeoutError, Failure) as error:
            if opening == self._opening:  # nobody has closed or opened meanwhile
                await self.close()
            raise not_playable() from error
        self._frames = frames
        self._head = PlayHead(length=frames.end)
        self._pauses_asked, self._ended, self._problem = 0, False, None
        self._run(playing=True)

    async def _start(self, clip: Path, window: int | None, opening: int) -> None:
        if opening != self._opening:
            raise not_playable()
        self._started = started = asyncio.get_running_loop().create_future()
        await self._queue.run(self._vlc.open, clip, window, opening)
        await started

    @override
    async def play(self) -> None:
        if self._frames is None or self._head.playing:
            return
        last = len(self._frames.starts) - 1
        if self._ended or self._frames.index(self._head.position) >= last:
            await self.seek(0.0)
        self._ended = False
        self._run(playing=True)
        await self._queue.run(self._vlc.pause, paused=False)

    @override
    async def pause(self) -> None:
        if self._frames is None or not self._head.playing:
            return
        self._pauses_asked += 1
        self._run(playing=False)
        await self._queue.run(self._vlc.pause, paused=True)
        # What libVLC stopped at is near the play head; now it is at it, so that steps are exact.
        await self.seek(self._head.position)

    @override
    async def seek(self, seconds: float) -> None:
        if self._frames is None:
            return
        index = self._frames.index(min(max(seconds, 0.0), self._head.length))
        await self._show(index, seconds if self._head.playing else self._frames.start(index))

    @override
    async def step(self, frames: int) -> None:
        if self._frames is None:
            return
        await self.pause()
        last = len(self._frames.starts) - 1
        index = min(max(self._frames.index(self._head.position) + frames, 0), last)
        await self._show(index, self._frames.start(index))

    async def _show(self, index: int, position: float) -> None:
        if self._frames is None:
            return
        self._ended = False
        self._commanded = self._clock.monotonic()
        self._head = self._head.moved(position, self._commanded)
        self.changed.emit(self.state)
        target = position if self._head.playing else self._frames.middle(index)
        await self._queue.run(self._vlc.seek, target)

    @override
    async def set_speed(self, speed: float) -> None:
        if self._frames is None:
            return
        self._commanded = self._clock.monotonic()
        self._head = self._head.at_speed(speed, self._commanded)
        self.changed.emit(self.state)
        head, frames = self._head, self._frames
        target = head.position if head.playing else frames.middle(frames.index(head.position))
        await self._queue.run(self._vlc.speed, speed, target)

    @override
    async def close(self) -> None:
        self._opening += 1
        self._frames = None
        self._head = PlayHead()
        self._ended = False
        self._refuse_start()
        await self._queue.run(self._vlc.stop)

    @override
    async def stop(self) -> None:
        self._opening += 1
        self._frames = None
        self._refuse_start()
        self._queue.post(self._vlc.release)
        await self._queue.close()

    def _run(self, *, playing: bool) -> None:
        self._commanded = self._clock.monotonic()
        self._head = self._head.run(self._commanded, playing=playing)
        self.changed.emit(self.state)

    def _from_vlc(self, opening: int, what: _What, seconds: float) -> None:
        """On a thread of libVLC, which must not be called back from here."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._happened, opening, what, seconds)

    def _happened(self, opening: int, what: _What, seconds: float) -> None:
        if opening != self._opening:
            return  # of a clip that is closed
        if self._started is not None and not self._started.done():
            if what == "playing":
                self._started.set_result(None)
            elif what in {"failed", "ended"}:
                self._refuse_start()
        elif what == "time":
            self._told_time(seconds)
        elif what == "paused" and self._pauses_asked > 0:
            self._pauses_asked -= 1
        elif what != "playing":
            self._problem = not_playable().text if what == "failed" else None
            self._at_end()

    def _refuse_start(self) -> None:
        if self._started is not None and not self._started.done():
            self._started.set_exception(not_playable())

    def _told_time(self, seconds: float) -> None:
        now = self._clock.monotonic()
        if not self._head.playing or now - self._commanded < _SETTLE_SECONDS:
            return
        off = abs(self._head.now(now) - seconds)
        if off > _DRIFT_SECONDS * max(1.0, self._head.speed):
            self._head = self._head.moved(seconds, now)
        self.changed.emit(self.state)

    def _at_end(self) -> None:
        now = self._clock.monotonic()
        self._head = self._head.run(now, playing=False).moved(self._head.length, now)
        self._ended = True
        self.changed.emit(self.state)
