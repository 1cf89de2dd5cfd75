"""Packets at the pace of life."""

from __future__ import annotations

import struct
import threading
import time
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import av
import pytest
from av.packet import Packet
from av.video.stream import VideoStream
from typing_extensions import override

from app.video.address import source
from app.video.packets import Pace, captured, packets
from tests.fakes.clip import FPS, make_clip


class Waits(threading.Event):
    """Notes how long it was asked to wait, and does not."""

    def __init__(self, stop_after: int = 1_000_000) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self._stop_after = stop_after

    @override
    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0.0)
        if len(self.seconds) >= self._stop_after:
            self.set()
        return self.is_set()


def packet(seconds: float | None) -> Packet[VideoStream]:
    made = cast("Packet[VideoStream]", Packet(b"x"))
    made.time_base = Fraction(1, 1000)
    made.dts = None if seconds is None else round(seconds * 1000)
    return made


def test_each_packet_waits_for_its_time() -> None:
    stopping = Waits()
    pace = Pace(stopping, patient=True)
    assert all(pace.wait(packet(at)) for at in (100.0, 100.5, 101.0))
    assert stopping.seconds == pytest.approx([0.0, 0.5, 1.0], abs=0.2)


def test_a_leap_is_not_waited_for_and_no_time_stamp_neither() -> None:
    stopping = Waits()
    pace = Pace(stopping, patient=True)
    assert all(pace.wait(packet(at)) for at in (0.0, 7200.0, None, 3.0))
    assert max(stopping.seconds) <= 2.0


def test_after_a_stall_a_playlist_goes_on_at_its_pace() -> None:
    stopping = Waits()
    pace = Pace(stopping, patient=False)
    pace.wait(packet(50.0))
    pace.wait(packet(40.0))  # ten seconds late
    pace.wait(packet(40.5))
    assert stopping.seconds[-1] == pytest.approx(0.5, abs=0.2)


def test_nothing_is_waited_for_after_the_stop() -> None:
    stopping = Waits(stop_after=1)
    pace = Pace(stopping, patient=True)
    assert not pace.wait(packet(0.0))
    assert not pace.wait(packet(None))
    assert not pace.finish()


def test_the_last_picture_stands_its_time() -> None:
    stopping = Waits()
    pace = Pace(stopping, patient=True)
    assert not pace.finish(), "nothing to show: not to be read again at once, for ever"
    pace.wait(packet(0.0))
    assert pace.finish()
    assert stopping.seconds[-1] > 0.0


@pytest.mark.parametrize(("fragment", "first"), [("", 0.0), ("#t=2.0", 2.0)])
def test_a_file_is_looped_from_its_beginning(fragment: str, first: float, tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", seconds=3.0)
    where = source(f"{clip.as_uri()}{fragment}")
    stopping = Waits(stop_after=4 * 3 * FPS)
    with av.open(str(clip), "r") as container:
        stream = container.streams.video[0]
        stamps = [
            float((p.dts or 0) * p.time_base) for p in packets(container, stream, where, stopping)
        ]
    assert stamps[0] == pytest.approx(first, abs=0.1)
    assert stamps.count(0.0) >= 3
    assert len(stamps) > 2 * 3 * FPS


def clocked(offset: float) -> Packet[VideoStream]:
    """A packet whose source says that it was captured `offset` seconds from now."""
    moment = int((time.time() + offset) * 1e6)
    data = struct.pack("<qi", moment, 0)
    fake = SimpleNamespace(has_sidedata=lambda kind: kind == "prft", get_sidedata=lambda _: data)
    return cast("Packet[VideoStream]", fake)


def test_a_source_with_a_clock_says_when_it_captured() -> None:
    found = captured(clocked(-0.25))
    assert found is not None
    assert time.time_ns() - found == pytest.approx(0.25e9, rel=0.5)


@pytest.mark.parametrize("offset", [-9 * 3600.0, 9 * 3600.0, -(2**31)])
def test_a_clock_that_is_wrong_says_nothing(offset: float) -> None:
    assert captured(clocked(offset)) is None


def test_a_source_without_a_clock_says_nothing() -> None:
    assert captured(packet(1.0)) is None
