"""Rates of one stream."""

from __future__ import annotations

import pytest

from app.video.rates import Rates


def fed(fps: float, seconds: float = 5.0) -> Rates:
    rates = Rates()
    for n in range(round(fps * seconds)):
        now = 100.0 + n / fps
        rates.packet(now, 1000, key=n % 15 == 0)
        if n % 3 == 0:
            rates.picture(640, 360)
    return rates


@pytest.mark.parametrize("fps", [0.2, 1, 15, 60])
def test_frames_a_second(fps: float) -> None:
    rates = fed(fps, max(5.0, 5 / fps))
    assert rates.source_fps == pytest.approx(fps)
    assert rates.bitrate == pytest.approx(fps * 8000)


def test_counters_and_intervals() -> None:
    rates = fed(15)
    assert (rates.packets, rates.pictures, rates.bytes) == (75, 25, 75_000)
    assert rates.keyframe_interval == pytest.approx(1.0)
    assert rates.decoded_fps == pytest.approx(5, rel=0.1)
    assert (rates.width, rates.height) == (640, 360)


def test_a_stalled_stream_is_not_alive() -> None:
    rates = fed(15)
    assert rates.alive(105.0)
    assert not rates.alive(120.0)


def test_a_slow_camera_is_alive_between_its_pictures() -> None:
    rates = fed(0.2, 30.0)
    assert rates.alive(125.0 + 9.0)
    assert not rates.alive(125.0 + 21.0)


def test_a_new_connection_measures_anew_and_counts_on() -> None:
    rates = fed(15)
    rates.connected()
    rates.packet(500.0, 1000, key=True)
    assert rates.keyframe_interval == pytest.approx(1.0)
    assert rates.source_fps == 0.0
    assert rates.packets == 76
