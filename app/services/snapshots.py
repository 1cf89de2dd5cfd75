"""Stills of what a tile shows, with camera, time and operator written into them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import app
from app.clock import Clock
from app.domain.camera import Camera, CameraId
from app.domain.errors import Failure, Refused, Unavailable
from app.domain.file_names import file_stem
from app.domain.text import Text
from app.domain.tile import TileState, TileTruth
from app.services.acts import ActKind, Acts
from app.services.media_ports import MediaFiles, Still
from app.services.ports import VideoEngine
from app.tasks import SerialQueue

LOOK_ONLY = Text(
    "제공받은 영상은 저장하거나 다시 볼 수 없습니다.",
    "What is shared with you is not saved and not replayed.",
)


class Snapshots:
    """One per console. Every still goes to the log of acts before the operator is told of it."""

    def __init__(self, engine: VideoEngine, files: MediaFiles, acts: Acts, clock: Clock) -> None:
        self._engine = engine
        self._files = files
        self._acts = acts
        self._clock = clock
        self._queue = SerialQueue("stills")
        # False for a receiver: what is shared is looked at, not taken.
        self.allowed: Callable[[], bool] = lambda: True

    async def take(self, camera: Camera, truth: TileTruth, operator: str, folder: Path) -> Path:
        """Saves the newest picture of a camera, in the camera's own size; returns the file.

        Where the packets of that picture are not kept any more, it has the size of the tile.
        Raises `app.domain.errors.Failure` when there is no picture or it cannot be written.
        """
        still, arrived = self._copy(camera.id)
        whole = await self._engine.whole_picture(camera.id, arrived)
        if whole is not None and whole.width > still.width:
            still = replace(
                still,
                pixels=whole.pixels,
                width=whole.width,
                height=whole.height,
                stride=whole.stride,
            )
        return await self.save(camera, still, truth, operator, folder)

    def copy(self, camera: CameraId) -> Still:
        """The newest picture, kept for as long as one likes. Raises `Unavailable` without one."""
        return self._copy(camera)[0]

    def _copy(self, camera: CameraId) -> tuple[Still, float]:
        """And the monotonic second at which its packet arrived."""
        if not self.allowed():
            raise Refused(LOOK_ONLY)
        with self._engine.newest(camera) as picture:
            if picture is not None:
                now = self._clock.now().timestamp()
                still = Still.of(picture, monotonic_now=self._clock.monotonic(), unix_now=now)
                return still, picture.arrived
        raise Unavailable(
            Text(
                "저장할 영상이 아직 없습니다. 영상이 나온 뒤 다시 하세요.",
                "There is no picture to save yet. Try again once there is one.",
            )
        )

    async def save(
        self, camera: Camera, still: Still, truth: TileTruth, operator: str, folder: Path
    ) -> Path:
        """Writes a still off the loop's thread, then the act. Raises `Failure`."""
        taken = datetime.fromtimestamp(still.arrived, UTC)
        stem = file_stem(camera.number, camera.name, taken.astimezone())
        texts = still_texts(camera, still, truth, operator)
        target = await self._queue.run(self._files.save_png, folder, stem, still, texts)
        detail = {
            "file": str(target),
            "at": taken.isoformat(timespec="milliseconds"),
            "state": truth.state.value,
            "width": still.width,
            "height": still.height,
        }
        # An act that the disk refuses waits in memory, and the acts tell of it themselves.
        with contextlib.suppress(Failure):
            await self._acts.record(ActKind.SNAPSHOT, camera.id, operator, detail)
        return target

    async def stop(self) -> None:
        await self._queue.close()


def still_texts(camera: Camera, still: Still, truth: TileTruth, operator: str) -> dict[str, str]:
    """What is written into the file, by keyword. No address of the camera is among it."""
    arrived = datetime.fromtimestamp(still.arrived, UTC)
    texts = {
        "Title": f"{camera.number} {camera.name}",
        "Camera Number": str(camera.number),
        "Camera Name": camera.name,
        "Camera Id": str(camera.id),
        "Site": camera.site,
        "Time": arrived.astimezone().isoformat(timespec="milliseconds"),
        "Time UTC": arrived.isoformat(timespec="milliseconds"),
        "Operator": operator,
        "Source State": _state_words(truth),
        "Software": f"Gwanje {app.__version__}",
    }
    if still.captured is not None:
        captured = datetime.fromtimestamp(still.captured, UTC)
        texts["Source Time"] = captured.astimezone().isoformat(timespec="milliseconds")
    return texts


def _state_words(truth: TileTruth) -> str:
    """`live`, or what was wrong: nobody shall take an old picture for one of that moment."""
    if truth.state is TileState.LIVE:
        return "live, picture unchanged (suspect)" if truth.suspect else "live"
    age = "" if truth.age is None else f", picture {truth.age:.1f} s old"
    return f"{truth.state.value}{age}"
