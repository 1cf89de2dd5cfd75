"""The real engine and what it serves: cameras by name, the truth of their tiles, pictures."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np

from app.clock import SystemClock
from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.stream import EngineNotice, Importance, Phase, StreamStatus, Want
from app.domain.tile import TileState, TileTruth
from app.services.streams import Streams, StreamSettings
from app.video.engine import Engine
from app.video.messages import DecoderOptions
from tests.fakes.waiting import until

GENEROUS = 25.0
# Small, so that a test of a time-out does not last; nothing on loopback takes that long.
QUICK = DecoderOptions("decoder", open_timeout=1.5, read_timeout=2.5)


class Scene:
    """Cameras appear with `add`, are shown with `show`; every status ever told is in `heard`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.cameras: dict[CameraId, Camera] = {}
        self.heard: list[StreamStatus] = []
        self.notices: list[EngineNotice] = []
        self._wants: dict[CameraId, Want] = {}
        # Other programs of the machine must not decide what this test sees.
        patient = StreamSettings(budget=100.0)
        self.streams = Streams(engine, self.cameras.get, SystemClock(), patient)
        engine.status_changed.connect(self.heard.append)
        engine.notices.connect(self.notices.append)

    def add(self, name: str, main: str, sub: str = "") -> CameraId:
        camera = CameraId(name)
        profiles = [Profile(ProfileName.MAIN, main)]
        profiles += [Profile(ProfileName.SUB, sub, height=96)] if sub else []
        self.cameras[camera] = Camera(
            camera, len(self.cameras) + 1, name, "test", "test", tuple(profiles)
        )
        return camera

    def show(
        self,
        *names: str,
        width: int = 160,
        height: int = 96,
        importance: Importance = Importance.FOCUSED,
        sharp: bool = False,
    ) -> None:
        """These as well as all that were shown before."""
        want = Want(width, height, importance, sharp)
        self._wants |= {CameraId(name): want for name in names}
        self.streams.declare("test", self._wants)

    def hide(self, *names: str) -> None:
        """Closes at once: nobody may look back."""
        for name in names:
            self._wants.pop(CameraId(name), None)
        self.streams.declare("test", self._wants)
        self.streams._lingering.clear()
        self.streams.declare("test", self._wants)

    def clear(self) -> None:
        self.hide(*self._wants)
        self.cameras.clear()
        self.heard.clear()
        self.notices.clear()

    def status(self, name: str) -> StreamStatus:
        return self.streams.status(CameraId(name))

    def truth(self, name: str) -> TileTruth:
        return self.streams.truth(CameraId(name))

    def state(self, name: str) -> TileState:
        return self.truth(name).state

    def number(self, name: str) -> int:
        return self.engine.picture_number(CameraId(name))

    def live(self, *names: str) -> bool:
        return all(
            self.state(name) is TileState.LIVE and self.status(name).phase is Phase.PLAYING
            for name in names or self._wants
        )

    def grey(self, name: str) -> float:
        """The mean level (0…255) of the newest picture."""
        with self.engine.newest(CameraId(name)) as picture:
            assert picture is not None
            rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.stride)
            return float(rows[:, : picture.width * 4].reshape(-1, 4)[:, :3].mean())

    def size(self, name: str) -> tuple[int, int]:
        with self.engine.newest(CameraId(name)) as picture:
            return (picture.width, picture.height) if picture is not None else (0, 0)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits while the service looks around as the console lets it."""
        looked = [0.0]

        def check() -> bool:
            if time.monotonic() - looked[0] > 0.25:
                looked[0] = time.monotonic()
                self.streams.tick(0.0)
            return condition()

        try:
            await until(check, GENEROUS)
        except TimeoutError:
            said = {camera: (self.truth(camera), self.status(camera)) for camera in self._wants}
            message = "\n".join(f"{camera}: {what}" for camera, what in said.items())
            raise AssertionError(f"never came:\n{message}") from None

    async def pictures(self, name: str, count: int) -> None:
        """Waits for `count` more pictures."""
        target = self.number(name) + count
        await self.until(lambda: self.number(name) >= target)


@asynccontextmanager
async def scene(processes: int = 1, options: DecoderOptions = QUICK) -> AsyncIterator[Scene]:
    engine = Engine(processes, options)
    await engine.start()
    try:
        yield Scene(engine)
    finally:
        await engine.stop()


def file_url(path: Path) -> str:
    return f"file:{path}"
