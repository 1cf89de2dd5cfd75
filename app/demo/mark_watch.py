"""Reads the mark of pictures as they are painted: the true delay from sending to the screen."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import numpy as np

from app.demo import mark
from app.demo.clock import DemoClock
from app.domain.camera import Camera, CameraId
from app.services.figures import Figures
from app.services.ports import VideoEngine

# Reading costs some 150 µs: one picture in so many is enough for percentiles.
_EVERY = 25


class MarkWatch:
    """Stands between the wall and the figures in the demo; hears of every painted picture."""

    def __init__(
        self,
        figures: Figures,
        engine: VideoEngine,
        camera: Callable[[CameraId], Camera | None],
        clock: Callable[[], DemoClock | None],
    ) -> None:
        self._figures = figures
        self._engine = engine
        self._camera = camera
        self._clock = clock
        self._count = 0
        self.opened = figures.opened

    def painted(
        self,
        camera: CameraId,
        number: int,
        arrived: float,
        captured: float | None,
        now_monotonic: float,
        now_wall: float,
    ) -> None:
        self._figures.painted(camera, number, arrived, captured, now_monotonic, now_wall)
        self._count += 1
        if self._count % _EVERY == 0:
            self._read(camera, now_monotonic)

    def _read(self, camera: CameraId, now: float) -> None:
        found, clock, tier = self._camera(camera), self._clock(), self._engine.status(camera).tier
        if found is None or clock is None or tier is None:
            return
        profile = found.nearest_profile(tier.profile)
        if profile is None or profile.name is not tier.profile:
            return
        with self._engine.newest(camera) as picture:
            if picture is None:
                return
            rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, -1, 4)
            counter = mark.read(rows[:, : picture.width])
            del rows
        if counter is not None:
            sent = clock.sent_time(urlsplit(profile.url).path, counter, now)
            if sent is not None:
                self._figures.marked(now - sent)
