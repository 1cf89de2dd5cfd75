"""What belongs to one connection: the source's clock, and pictures that are held back."""

from __future__ import annotations

import struct
import time
from types import SimpleNamespace
from typing import cast

import pytest
from av.packet import Packet
from av.video.stream import VideoStream

from app.video.playing import HeldBack, SourceClock

TICK = 1 / 90_000


class Camera:
    """Its packets carry a capture time that can be counted how often it was read."""

    def __init__(self, captured_ns: int | None) -> None:
        self.captured_ns = captured_ns
        self.readings = 0

    def packet(self, pts: int | None) -> Packet[VideoStream]:
        def data(_: str) -> bytes:
            self.readings += 1
            return struct.pack("<qi", (self.captured_ns or 0) // 1000, 0)

        fake = SimpleNamespace(
            pts=pts, has_sidedata=lambda _: self.captured_ns is not None, get_sidedata=data
        )
        return cast("Packet[VideoStream]", fake)


def test_between_two_readings_the_time_stamps_tell_when_a_packet_was_captured() -> None:
    now = time.time_ns() // 1000 * 1000 - 100_000_000
    camera, clock = Camera(now), SourceClock(TICK)
    found = [clock.captured(camera.packet(1000 + n * 6000)) for n in range(10)]
    steps = [(at or 0) - now for at in found]
    assert steps == pytest.approx([n * 6000 * TICK * 1e9 for n in range(10)], abs=2000)
    assert camera.readings == 1


@pytest.mark.parametrize("leap", [-90_000, 10 * 90_000])
def test_a_time_stamp_that_leaps_is_read_anew(leap: int) -> None:
    now = time.time_ns() // 1000 * 1000 - 100_000_000
    camera, clock = Camera(now), SourceClock(TICK)
    clock.captured(camera.packet(1_000_000))
    assert clock.captured(camera.packet(1_000_000 + leap)) == now
    assert camera.readings == 2


def test_a_packet_without_a_time_stamp_is_read_by_itself() -> None:
    now = time.time_ns() // 1000 * 1000 - 100_000_000
    camera, clock = Camera(now), SourceClock(TICK)
    assert clock.captured(camera.packet(None)) == now


def test_a_source_without_a_clock_says_nothing() -> None:
    clock = SourceClock(TICK)
    assert clock.captured(Camera(None).packet(5)) is None
    assert clock.captured(Camera(None).packet(6)) is None


def test_a_picture_that_is_held_back_keeps_its_packets_moment() -> None:
    held = HeldBack()
    held.put(3, (30, None))
    held.put(1, (10, 5))
    assert held.take(1) == (10, 5)
    assert held.take(1) is None
    assert held.take(None) is None
    assert held.take(3) == (30, None)


def test_time_stamps_that_never_come_out_are_forgotten() -> None:
    held = HeldBack()
    for pts in range(1000):
        held.put(pts, (pts, None))
    assert held.take(0) is None
    assert held.take(999) == (999, None)
    held.put(None, (1, None))
