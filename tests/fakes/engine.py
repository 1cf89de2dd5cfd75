"""A video engine whose pictures, statuses and clips the test puts there."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from app.domain.camera import CameraId, ProfileName
from app.domain.errors import Failure
from app.domain.stream import (
    ClipProgress,
    DecodeMode,
    EngineNotice,
    Phase,
    StreamPlan,
    StreamStatus,
    Tier,
)
from app.services.ports import EngineLoad, Picture, VideoEngine, WholePicture
from app.signals import Signal

IDLE = EngineLoad(0.0, 0.0, 2, 2, 0.0, 0)


def playing(camera: CameraId) -> StreamStatus:
    """What a healthy sub stream says."""
    return StreamStatus(
        camera,
        Phase.PLAYING,
        Tier(ProfileName.SUB, DecodeMode.FULL),
        codec="h264",
        width=640,
        height=360,
        source_fps=15.0,
        decoded_fps=15.0,
    )


def plain(red: int, green: int, blue: int, width: int, height: int) -> npt.NDArray[np.uint8]:
    """A picture of one colour, as the engine delivers them."""
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[:] = (blue, green, red, 255)
    return pixels


class FakeEngine(VideoEngine):
    """`clip`: the file that save_clip hands out; `refuses`: what it raises instead."""

    def __init__(self, clip: bytes = b"clip") -> None:
        self.status_changed: Signal[StreamStatus] = Signal("status")
        self.notices: Signal[EngineNotice] = Signal("notices")
        self.whole: dict[CameraId, WholePicture] = {}
        self.pictures: dict[CameraId, Picture] = {}
        self.statuses: dict[CameraId, StreamStatus] = {}
        self.ages: dict[CameraId, float] = {}
        self.plans: Mapping[CameraId, StreamPlan] = {}
        self.now_load = IDLE
        self.clip = clip
        self.clip_seconds = 23.0
        self.refuses: Failure | None = None
        self.asked: list[tuple[CameraId, float]] = []

    @override
    async def start(self) -> None: ...

    @override
    async def stop(self) -> None: ...

    @override
    def apply(self, plans: Mapping[CameraId, StreamPlan]) -> None:
        self.plans = plans

    @override
    def picture_number(self, camera: CameraId) -> int:
        picture = self.pictures.get(camera)
        return picture.number if picture is not None else 0

    @override
    def newest(self, camera: CameraId) -> AbstractContextManager[Picture | None]:
        return self._lease(camera)

    @contextlib.contextmanager
    def _lease(self, camera: CameraId) -> Iterator[Picture | None]:
        yield self.pictures.get(camera)

    @override
    def picture_age(self, camera: CameraId) -> float | None:
        return self.ages.get(camera)

    @override
    def status(self, camera: CameraId) -> StreamStatus:
        return self.statuses.get(camera, StreamStatus(camera))

    @override
    def load(self) -> EngineLoad:
        return self.now_load

    @override
    async def whole_picture(self, camera: CameraId, arrived: float) -> WholePicture | None:
        whole = self.whole.get(camera)
        return whole if whole is not None and arrived == self.pictures[camera].arrived else None

    @override
    async def save_clip(
        self,
        camera: CameraId,
        target: Path,
        seconds: float,
        progress: Callable[[ClipProgress], None],
    ) -> ClipProgress:
        self.asked.append((camera, seconds))
        progress(ClipProgress(0.5, self.clip_seconds / 2))
        if self.refuses is not None:
            raise self.refuses
        target.write_bytes(self.clip)  # noqa: ASYNC240 - a few bytes
        return ClipProgress(1.0, self.clip_seconds)

    def shows(self, camera: CameraId, number: int, *, arrived: float = 0.0) -> None:
        """The newest picture: a grey one of 4 × 2, with a stride wider than its pixels."""
        pixels = memoryview(bytes([90, 91, 92, 255] * 5 * 2))
        self.pictures[camera] = Picture(pixels, 4, 2, 20, number, arrived, None)

    def paints(
        self,
        camera: CameraId,
        pixels: npt.NDArray[np.uint8],
        number: int | None = None,
        *,
        arrived: float = 0.0,
        captured: float | None = None,
    ) -> None:
        """The newest picture from rows × columns × BGRX; playing at full tier, just arrived."""
        pixels = np.ascontiguousarray(pixels)
        number = self.picture_number(camera) + 1 if number is None else number
        height, width = pixels.shape[:2]
        view = memoryview(pixels.tobytes())
        self.pictures[camera] = Picture(view, width, height, width * 4, number, arrived, captured)
        self.ages[camera] = 0.0
        if self.status(camera).phase is not Phase.PLAYING:
            self.statuses[camera] = playing(camera)

    def forgets(self, camera: CameraId) -> None:
        """The stream's memory is gone, as after a decoder's death."""
        self.pictures.pop(camera, None)
        self.ages.pop(camera, None)

    def says(self, status: StreamStatus) -> None:
        self.statuses[status.camera] = status
        self.status_changed.emit(status)

    def costs(self, **what: float) -> None:
        self.now_load = replace(self.now_load, **what)  # type: ignore[arg-type]
