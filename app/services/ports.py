"""What the services need of the outside world; adapters and the engine implement these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from app.domain.camera import CameraId
from app.domain.stream import ClipProgress, EngineNotice, StreamPlan, StreamStatus
from app.signals import Signal


class Picture(NamedTuple):
    """The newest decoded picture, in place: valid only inside the `with` that gave it.

    `pixels` is BGRX, 8 bit, `height` rows of `stride` bytes (first `width` * 4 are pixels).
    `number` grows by one with every picture of this camera since it was opened.
    `arrived` is the monotonic second its packet reached us; `captured` the wall-clock second
    (Unix) at the source where it carries a clock, else None.
    """

    pixels: memoryview
    width: int
    height: int
    stride: int
    number: int
    arrived: float
    captured: float | None


class WholePicture(NamedTuple):
    """A picture in the size in which the camera sends it, free of the engine.

    BGRX, 8 bit, `height` rows of `stride` bytes.
    """

    pixels: bytes
    width: int
    height: int
    stride: int


@dataclass(frozen=True, slots=True)
class EngineLoad:
    """What the engine costs.

    `decoder_cpu_seconds` counts up since the start (all processes); `cores` is what this machine
    has; `busy` is the share (0…1) of all cores in use by anyone.
    """

    decoder_cpu_seconds: float
    busy: float
    cores: int
    decoder_processes: int
    decoder_pss_mb: float
    decoder_restarts: int


class VideoEngine(Protocol):
    """The video engine as the console sees it. All calls on the loop's thread, none blocks."""

    status_changed: Signal[StreamStatus]
    notices: Signal[EngineNotice]

    async def start(self) -> None: ...

    async def stop(self) -> None:
        """Ends every stream (TEARDOWN) and every decoder process; bounded in time."""
        ...

    def apply(self, plans: Mapping[CameraId, StreamPlan]) -> None:
        """The whole of what shall run from now on; what is not named is closed."""
        ...

    def picture_number(self, camera: CameraId) -> int:
        """Number of the newest picture; 0 before the first. Costs a memory read: poll it."""
        ...

    def newest(self, camera: CameraId) -> AbstractContextManager[Picture | None]:
        """Leases the newest picture while the `with` lasts; None before the first."""
        ...

    def picture_age(self, camera: CameraId) -> float | None:
        """Seconds since the newest picture arrived; None before the first."""
        ...

    def status(self, camera: CameraId) -> StreamStatus: ...

    def load(self) -> EngineLoad: ...

    async def whole_picture(self, camera: CameraId, arrived: float) -> WholePicture | None:
        """The picture whose packet arrived then (monotonic s), larger than a tile has it.

        Decoded anew from the packets of the replay; None where those are not kept, or not soon.
        """
        ...

    async def save_clip(
        self,
        camera: CameraId,
        target: Path,
        seconds: float,
        progress: Callable[[ClipProgress], None],
    ) -> ClipProgress:
        """Writes the last `seconds` of a camera as received to an MP4, without re-encoding.

        `target` never holds half a file. Raises `app.domain.errors.Failure` (disk full, nothing
        kept yet). Returns what was written.
        """
        ...


class PaintObserver(Protocol):
    """Hears of every picture that has reached the screen; must be cheap."""

    def painted(
        self,
        camera: CameraId,
        number: int,
        arrived: float,
        captured: float | None,
        now_monotonic: float,
        now_wall: float,
    ) -> None: ...

    def opened(self, camera: CameraId, seconds: float) -> None: ...
