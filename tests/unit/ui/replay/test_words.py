from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.camera import Camera, CameraId
from app.services.clip_player import SPEEDS
from app.services.replay import ReplayPhase, ReplayState
from ui.replay import words

BEGAN = datetime(2026, 11, 22, 5, 7, 9, tzinfo=UTC)
STATE = ReplayState(
    ReplayPhase.PLAYING,
    Camera(CameraId("c"), 1417, "죽전네거리 동", "", ""),
    began=BEGAN,
    seconds=60.0,
)


def test_the_banner_says_which_moment_is_shown_and_how_long_ago_it_was() -> None:
    said = words.banner(STATE, 23.0, BEGAN + timedelta(seconds=46))
    assert said == f"Replay · {words.clock(BEGAN + timedelta(seconds=23))} (−23 s)"


def test_without_a_clip_the_banner_still_says_replay() -> None:
    assert words.banner(ReplayState(ReplayPhase.WRITING), 0.0, BEGAN) == "Replay"


@pytest.mark.parametrize(
    ("seconds", "said"), [(-1.0, "−0 s"), (23.9, "−23 s"), (125.0, "−2 min 5 s")]
)
def test_behind(seconds: float, said: str) -> None:
    assert words.behind(seconds) == said


def test_the_camera() -> None:
    assert words.camera(STATE) == "1417  죽전네거리 동"
    assert words.camera(ReplayState()) == ""


def test_speeds_as_people_write_them() -> None:
    assert [words.speed(value) for value in SPEEDS] == ["¼×", "½×", "1×", "2×", "4×", "8×"]
