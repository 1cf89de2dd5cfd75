"""The true delay of a painted picture, read from its mark."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from app.demo import mark
from app.demo.clock import DemoClock
from app.demo.mark_watch import MarkWatch
from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.services.figures import Figures
from tests.fakes.engine import FakeEngine, playing

CAMERA = Camera(
    CameraId("c"),
    1021,
    "월성네거리 북",
    "달서구청",
    "생활방범",
    (Profile(ProfileName.SUB, "rtsp://127.0.0.1:8554/1021/sub"),),
)


class Heard:
    """Stands for the figures: what they are told is the result."""

    def __init__(self) -> None:
        self.pictures = 0
        self.delays: list[float] = []

    def painted(self, *_: object) -> None:
        self.pictures += 1

    def opened(self, *_: object) -> None:
        pass

    def marked(self, seconds: float) -> None:
        self.delays.append(seconds)


class SentAtTen:
    """Stands for the server's clock: counter 77 of this mount was sent at second 10."""

    def sent_time(self, mount: str, counter: int, now: float) -> float | None:
        return 10.0 if (mount, counter) == ("/1021/sub", 77) else None


def watch(counter: int) -> tuple[Heard, MarkWatch]:
    grey = np.full((180, 320), 128, np.uint8)
    mark.draw(grey, counter)
    engine = FakeEngine()
    engine.paints(CAMERA.id, np.repeat(grey[..., None], 4, axis=2))
    engine.statuses[CAMERA.id] = playing(CAMERA.id)
    heard, clock = Heard(), cast("DemoClock", SentAtTen())
    return heard, MarkWatch(cast("Figures", heard), engine, lambda _: CAMERA, lambda: clock)


def paint(watcher: MarkWatch, times: int, now: float) -> None:
    for number in range(times):
        watcher.painted(CAMERA.id, number, now, None, now, now)


def test_the_delay_is_from_sending_to_painting() -> None:
    heard, watcher = watch(77)
    paint(watcher, 50, 10.125)
    assert heard.delays == [pytest.approx(0.125)] * 2
    assert heard.pictures == 50


def test_a_picture_whose_sending_nobody_noted_says_nothing() -> None:
    heard, watcher = watch(78)
    paint(watcher, 50, 10.125)
    assert heard.delays == []
    assert heard.pictures == 50
