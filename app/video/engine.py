"""The video engine: one decode per camera, spread over a few processes, watched and mended."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from typing_extensions import override

from app.domain.backoff import pause
from app.domain.camera import CameraId
from app.domain.errors import Unavailable
from app.domain.stream import (
    ClipProgress,
    EngineNotice,
    Fault,
    Phase,
    StreamPlan,
    StreamStatus,
)
from app.domain.text import Text
from app.services.ports import EngineLoad, VideoEngine, WholePicture
from app.signals import Signal
from app.tasks import cancel, spawn
from app.video.decoder_link import DecoderLink
from app.video.engine_stream import EngineStream
from app.video.load import LoadMeter
from app.video.messages import (
    ChangePlan,
    ClipAdvanced,
    ClipDone,
    CloseStream,
    DecoderOptions,
    Event,
    OpenStream,
    ReplaceSection,
    SaveClip,
    Statuses,
    StillTaken,
    TakeStill,
)
from app.video.shared_frames import Lease

_log = logging.getLogger(__name__)

_WATCH_EVERY = 0.25
# The heartbeat comes four times a second; three times a second and a half without one is no delay
# of a busy machine any more, unless the machine is full, when threads wait for seconds.
_HUNG_AFTER = 1.5
_HUNG_AFTER_WHEN_FULL = 5.0
_FULL = 0.95
# Importing the codecs takes half a second on a quiet machine.
_START_ALLOWANCE = 15.0
# A decoder that ended so soon after its start is given a longer and longer pause.
_EARLY = 10.0
# A GOP of ten seconds in 4K takes a busy machine so long; the operator has the tile's picture then.
_STILL_SECONDS = 4.0
_STOPPED = Text(
    "영상 디코더 하나가 멈춰 다시 시작했습니다.", "A video decoder stopped and was started again."
)
_WILL_NOT_START = Text(
    "영상 디코더를 시작할 수 없습니다. 계속 다시 시도합니다.",
    "A video decoder cannot be started. It is being tried again and again.",
)


class Engine(VideoEngine):
    """See `VideoEngine`. Loop thread only."""

    def __init__(self, processes: int | None = None, options: DecoderOptions | None = None) -> None:
        # Measured: as many processes as cores; more cost memory and gain nothing.
        self._wanted = processes or min(8, max(1, os.cpu_count() or 1))
        self._options = options or DecoderOptions("decoder")
        self._links: list[DecoderLink] = []
        self._streams: dict[CameraId, EngineStream] = {}
        self._clips: dict[int, _Clip] = {}
        self._stills: dict[int, asyncio.Future[WholePicture | None]] = {}
        self._tickets = itertools.count(1)
        self._names = itertools.count(1)
        self._watching: asyncio.Task[None] | None = None
        self._restarts = 0
        self._replacing: set[asyncio.Task[None]] = set()
        self._burials: set[asyncio.Task[None]] = set()
        self._meter = LoadMeter()
        self._stopping = False
        self.status_changed: Signal[StreamStatus] = Signal("status_changed")
        self.notices: Signal[EngineNotice] = Signal("engine notices")

    @override
    async def start(self) -> None:
        self._links = [self._link() for _ in range(self._wanted)]
        self._watching = spawn(self._watch(), "engine watch")

    def _link(self, failures: int = 0) -> DecoderLink:
        options = replace(self._options, name=f"gwanje-decoder-{next(self._names)}")
        return DecoderLink(options, self._heard, self._ended, failures)

    @override
    async def stop(self) -> None:
        self._stopping = True
        await cancel(self._watching, *self._replacing)
        await asyncio.gather(*(link.stop() for link in self._links), *self._burials)
        self._links.clear()
        for clip in self._clips.values():
            clip.fail(Text("프로그램을 끝냅니다.", "The console is closing."))
        for stream in self._streams.values():
            stream.close()
        self._streams.clear()

    @override
    def apply(self, plans: Mapping[CameraId, StreamPlan]) -> None:
        if self._stopping:
            return
        for camera in [c for c in self._streams if c not in plans]:
            self._close(camera)
        for camera, plan in plans.items():
            stream = self._streams.get(camera)
            if stream is None:
                self._open(camera, plan)
            elif stream.plan != plan:
                self._change(stream, plan)

    def _open(self, camera: CameraId, plan: StreamPlan) -> None:
        counts = {id(link): 0 for link in self._links}
        for stream in self._streams.values():
            counts[id(stream.link)] = counts.get(id(stream.link), 0) + 1
        link = min(self._links, key=lambda candidate: counts[id(candidate)])
        stream = EngineStream(camera, plan, link)
        self._streams[camera] = stream
        link.send(OpenStream(camera, plan, stream.status), stream.section)
        self._publish(replace(stream.status, phase=Phase.CONNECTING))

    def _change(self, stream: EngineStream, plan: StreamPlan) -> None:
        if stream.adopt(plan):
            stream.link.send(ReplaceSection(stream.camera), stream.section)
        stream.link.send(ChangePlan(stream.camera, plan))

    def _close(self, camera: CameraId) -> None:
        stream = self._streams.pop(camera)
        stream.link.send(CloseStream(camera))
        stream.close()
        self.status_changed.emit(StreamStatus(camera))

    def _heard(self, link: DecoderLink, event: Event) -> None:
        match event:
            case Statuses(statuses):
                self._heard_statuses(link, statuses)
            case ClipAdvanced(ticket, fraction):
                if clip := self._clips.get(ticket):
                    clip.progress(ClipProgress(fraction))
            case StillTaken(ticket, picture):
                if (still := self._stills.get(ticket)) and not still.done():
                    still.set_result(picture)
            case ClipDone(ticket, seconds, failure):
                if clip := self._clips.get(ticket):
                    clip.done(seconds, failure)

    def _heard_statuses(self, link: DecoderLink, statuses: tuple[StreamStatus, ...]) -> None:
        for status in statuses:
            stream = self._streams.get(status.camera)
            if stream is not None and stream.link is link:
                self._publish(status)

    def _publish(self, status: StreamStatus) -> None:
        self._streams[status.camera].status = status
        self.status_changed.emit(status)

    def _ended(self, link: DecoderLink) -> None:
        if self._stopping or link not in self._links:
            return
        self._restarts += 1
        _log.info("%s ended by itself: %s", link.name, link.last_words())
        self._fail_clips(link)
        for stream in self._streams.values():
            if stream.link is link:
                died = replace(stream.status, phase=Phase.CONNECTING, fault=Fault.DECODER_DIED)
                self._publish(died)
        early = time.monotonic() - link.started_at < _EARLY
        failures = link.failures + 1 if early else 0
        if failures <= 1:
            self.notices.emit(EngineNotice(_STOPPED if link.is_up else _WILL_NOT_START))
        _keep(self._replacing, spawn(self._replace(link, failures), "replace decoder"))

    async def _replace(self, link: DecoderLink, failures: int) -> None:
        """A decoder that dies again and again must not eat the machine by being started."""
        successor = None
        while successor is None:
            await asyncio.sleep(pause(failures, random.random()))  # noqa: S311 - not a secret
            try:
                successor = self._link(failures)
            except (OSError, RuntimeError):  # no pipe, no thread: the machine is full
                failures += 1
        self._links[self._links.index(link)] = successor
        for stream in self._streams.values():
            if stream.link is link:
                before = stream.move(successor)
                successor.send(OpenStream(stream.camera, stream.plan, before), stream.section)
                self._publish(before)
        self._fail_clips(link)  # those that were asked for meanwhile
        _keep(self._burials, spawn(link.bury(), "bury decoder"))

    def _fail_clips(self, link: DecoderLink) -> None:
        for clip in self._clips.values():
            if clip.link is link:
                clip.fail(Text("디코더가 다시 시작되었습니다.", "The decoder was restarted."))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_WATCH_EVERY)
            self._meter.measure([link.pid for link in self._links if link.pid])
            now = time.monotonic()
            patience = _HUNG_AFTER_WHEN_FULL if self._meter.busy > _FULL else _HUNG_AFTER
            for link in tuple(self._links):
                limit = patience if link.is_up else _START_ALLOWANCE
                if link.silent_for(now) > limit:
                    # Its reader sees the end of file and the rest follows in `_ended`.
                    _log.info("%s said nothing for %.1f s", link.name, link.silent_for(now))
                    link.kill()

    @override
    def picture_number(self, camera: CameraId) -> int:
        stream = self._streams.get(camera)
        return stream.number() if stream is not None else 0

    @override
    def newest(self, camera: CameraId) -> Lease:
        stream = self._streams.get(camera)
        return Lease(None if stream is None else stream.reader())

    @override
    def picture_age(self, camera: CameraId) -> float | None:
        stream = self._streams.get(camera)
        arrived = stream.reader().arrived() if stream is not None else None
        return None if arrived is None else max(0.0, time.monotonic() - arrived)

    @override
    def status(self, camera: CameraId) -> StreamStatus:
        stream = self._streams.get(camera)
        if stream is None:
            return StreamStatus(camera)
        return stream.status

    @override
    def load(self) -> EngineLoad:
        return self._meter.load(self._restarts)

    @override
    async def whole_picture(self, camera: CameraId, arrived: float) -> WholePicture | None:
        stream = self._streams.get(camera)
        if stream is None:
            return None
        ticket = next(self._tickets)
        taken: asyncio.Future[WholePicture | None] = asyncio.get_running_loop().create_future()
        self._stills[ticket] = taken
        stream.link.send(TakeStill(ticket, camera, arrived))
        try:
            async with asyncio.timeout(_STILL_SECONDS):
                return await taken
        except TimeoutError:
            return None
        finally:
            del self._stills[ticket]

    @override
    async def save_clip(
        self,
        camera: CameraId,
        target: Path,
        seconds: float,
        progress: Callable[[ClipProgress], None],
    ) -> ClipProgress:
        stream = self._streams.get(camera)
        if stream is None:
            raise Unavailable(
                Text(
                    "이 카메라는 지금 보고 있지 않습니다.", "This camera is not being watched now."
                )
            )
        ticket = next(self._tickets)
        clip = _Clip(stream.link, progress)
        self._clips[ticket] = clip
        try:
            stream.link.send(SaveClip(ticket, camera, str(target), seconds))
            return await clip.outcome
        finally:
            del self._clips[ticket]


def _keep(tasks: set[asyncio.Task[None]], task: asyncio.Task[None]) -> None:
    tasks.add(task)
    task.add_done_callback(tasks.discard)


class _Clip:
    """A clip that a decoder process is writing."""

    def __init__(self, link: DecoderLink, progress: Callable[[ClipProgress], None]) -> None:
        self.link = link
        self.progress = progress
        self.outcome: asyncio.Future[ClipProgress] = asyncio.get_running_loop().create_future()

    def done(self, seconds: float, failure: Text | None) -> None:
        if failure is not None:
            self.fail(failure)
        elif not self.outcome.done():
            self.outcome.set_result(ClipProgress(1.0, seconds))

    def fail(self, text: Text) -> None:
        with contextlib.suppress(asyncio.InvalidStateError):
            self.outcome.set_exception(Unavailable(text))
