"""Instant replay: the last seconds of a camera as they came, played or saved as MP4."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from app.clock import Clock
from app.domain.act import DetailValue
from app.domain.camera import Camera
from app.domain.errors import Failure, Refused
from app.domain.file_names import file_stem
from app.domain.stream import ClipProgress
from app.domain.text import Text
from app.services.acts import ActKind, Acts
from app.services.clip_player import ClipPlayer
from app.services.media_ports import ClipFolder, MediaFiles
from app.services.ports import VideoEngine
from app.services.snapshots import LOOK_ONLY
from app.signals import Signal
from app.tasks import SerialQueue

MASKED = Text(
    "마스킹된 카메라의 영상은 다시 보거나 저장할 수 없습니다.",
    "A camera with masks is not replayed and not saved: a clip has no masks.",
)


class ReplayPhase(StrEnum):
    LIVE = "live"  # nothing is replayed
    WRITING = "writing"  # the clip is on its way from the decoder
    PLAYING = "playing"  # in the player, moving or paused
    UNPLAYABLE = "unplayable"  # the clip is there and can be saved, the player is missing
    FAILED = "failed"  # there is no clip


@dataclass(frozen=True, slots=True)
class ReplayState:
    """`written` and `saving` are shares (0…1), `saving` None while nothing is saved.

    `began` is when the first picture of the clip came (UTC), `seconds` its length.
    `problem` is what the operator should read; `saved` the file that was saved last.
    """

    phase: ReplayPhase = ReplayPhase.LIVE
    camera: Camera | None = None
    written: float = 0.0
    began: datetime | None = None
    seconds: float = 0.0
    saving: float | None = None
    saved: Path | None = None
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class ReplayParts:
    engine: VideoEngine
    player: ClipPlayer
    clips: ClipFolder
    files: MediaFiles
    acts: Acts


class Replay:
    """One replay at a time. What goes wrong is told by `state.problem`, not raised."""

    def __init__(self, parts: ReplayParts, clock: Clock, seconds: Callable[[], float]) -> None:
        self.changed: Signal[ReplayState] = Signal("replay")
        self.player = parts.player
        self.state = ReplayState()
        self._parts = parts
        self._clock = clock
        self._seconds = seconds
        self._queue = SerialQueue("replay files")
        self._clip: Path | None = None
        # Grows with every replay: what an older one still brings is thrown away.
        self._turn = 0
        # False for a receiver: what is shared is looked at, not kept for a minute either.
        self.allowed: Callable[[], bool] = lambda: True

    async def start(self) -> None:
        """Deletes the clips of a console that ended without doing so."""
        await self._queue.run(self._parts.clips.clear_leftovers)

    async def open(self, camera: Camera, window: int | None, operator: str) -> None:
        """Fetches the last seconds of a camera and plays them in a native window."""
        self._turn += 1
        turn = self._turn
        await self._end()
        if not self.allowed() or camera.masks:
            # A clip is what the camera sent: no mask can be drawn into it.
            why = MASKED if camera.masks else LOOK_ONLY
            self._set(ReplayState(ReplayPhase.FAILED, camera, problem=why))
            return
        if turn != self._turn:  # another camera was asked for meanwhile
            return
        self._set(ReplayState(ReplayPhase.WRITING, camera))
        try:
            clip, written, ended = await self._fetch(camera, turn)
        except Failure as failure:
            if turn == self._turn:
                self._change(phase=ReplayPhase.FAILED, problem=failure.text)
            return
        if turn != self._turn:
            await self._delete(clip)
            return
        self._clip = clip
        began = ended - timedelta(seconds=written.seconds)
        self._change(written=1.0, began=began, seconds=written.seconds)
        await self._record(ActKind.REPLAY, camera, operator, _detail(began, written.seconds))
        await self._play(clip, window, turn)

    async def _fetch(self, camera: Camera, turn: int) -> tuple[Path, ClipProgress, datetime]:
        clip = await self._queue.run(self._parts.clips.new_clip)

        def progress(done: ClipProgress) -> None:
            if turn == self._turn and self.state.phase is ReplayPhase.WRITING:
                self._change(written=done.fraction)

        ended = self._clock.now()
        written = await self._parts.engine.save_clip(camera.id, clip, self._seconds(), progress)
        return clip, written, ended

    async def _play(self, clip: Path, window: int | None, turn: int) -> None:
        if turn != self._turn:
            return
        try:
            await self.player.open(clip, window)
        except Failure as failure:
            if turn == self._turn:
                self._change(phase=ReplayPhase.UNPLAYABLE, problem=failure.text)
            return
        if turn == self._turn:
            self._change(phase=ReplayPhase.PLAYING)

    async def back_to_live(self) -> None:
        """Ends the replay; the clip is deleted, unless it was saved elsewhere."""
        self._turn += 1
        await self._end()

    async def _end(self) -> None:
        clip, self._clip = self._clip, None
        if self.state.phase is ReplayPhase.LIVE:
            return
        self._set(ReplayState())
        await self.player.close()
        if clip is not None:
            await self._delete(clip)

    async def save(self, folder: Path, operator: str) -> None:
        """Copies the clip that is open into `folder`, as received; tells in `state`."""
        clip, camera, began = self._clip, self.state.camera, self.state.began
        if clip is None or camera is None or began is None or self.state.saving is not None:
            return
        loop, turn = asyncio.get_running_loop(), self._turn

        def told(share: float) -> None:
            if turn == self._turn and self.state.saving is not None:
                self._change(saving=share)

        def progress(share: float) -> None:
            loop.call_soon_threadsafe(told, share)

        self._change(saving=0.0, saved=None, problem=None)
        stem = file_stem(camera.number, camera.name, began.astimezone())
        copy = self._parts.files.save_copy
        seconds = self.state.seconds
        try:
            target = await self._queue.run(copy, folder, stem, clip, progress)
        except Failure as failure:
            if turn == self._turn:
                self._change(saving=None, problem=failure.text)
            return
        await self._record(ActKind.CLIP, camera, operator, _detail(began, seconds, target))
        if turn == self._turn:
            self._change(saving=None, saved=target)

    async def save_unseen(
        self, camera: Camera, folder: Path, operator: str, progress: Callable[[float], None]
    ) -> Path:
        """Saves the last seconds of a camera without playing them. Raises `Failure`."""
        if camera.masks:
            raise Refused(MASKED)
        part = folder / f".{secrets.token_hex(8)}.part.mp4"
        ended = self._clock.now()
        written = await self._parts.engine.save_clip(
            camera.id, part, self._seconds(), lambda done: progress(done.fraction)
        )
        began = ended - timedelta(seconds=written.seconds)
        stem = file_stem(camera.number, camera.name, began.astimezone())
        target = await self._queue.run(self._parts.files.publish, part, folder, stem)
        detail = _detail(began, written.seconds, target)
        await self._record(ActKind.CLIP, camera, operator, detail)
        return target

    async def stop(self) -> None:
        """Ends player and replay for good; nothing that was watched stays on the disk."""
        await self.back_to_live()
        await self.player.stop()
        await self._queue.run(self._parts.clips.close)
        await self._queue.close()

    async def _record(
        self, kind: ActKind, camera: Camera, operator: str, detail: Mapping[str, DetailValue]
    ) -> None:
        # An act that the disk refuses waits in memory, and the acts tell of it themselves.
        with contextlib.suppress(Failure):
            await self._parts.acts.record(kind, camera.id, operator, detail)

    async def _delete(self, clip: Path) -> None:
        await self._queue.run(self._parts.clips.delete, clip)

    def _change(self, **what: object) -> None:
        self._set(replace(self.state, **what))  # type: ignore[arg-type]

    def _set(self, state: ReplayState) -> None:
        self.state = state
        self.changed.emit(state)


def _detail(began: datetime, seconds: float, file: Path | None = None) -> dict[str, DetailValue]:
    detail: dict[str, DetailValue] = {
        "at": began.isoformat(timespec="milliseconds"),
        "seconds": round(seconds, 3),
    }
    return detail if file is None else detail | {"file": str(file)}
