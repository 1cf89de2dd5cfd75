"""One connection, made again for ever, on files and on nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from av.packet import Packet
from av.video.stream import VideoStream
from typing_extensions import override

from app.domain.camera import ProfileName
from app.domain.stream import DecodeMode, Fault, Phase
from app.video.messages import DecoderOptions
from app.video.replay_buffer import Template
from app.video.session import Owner, Session, Shown
from tests.fakes.clip import make_clip
from tests.fakes.encoded_video import encoded
from tests.fakes.rtsp_script import Mount, Playing, RtspScript

QUICK = DecoderOptions("test", open_timeout=1.0, read_timeout=1.0)


class Camera(Owner):
    """Writes down what its session says."""

    def __init__(self) -> None:
        self.packets: list[bool] = []
        self.templates: set[int] = set()
        self.shown: list[Shown] = []
        self.faults: list[Fault | None] = []
        self.fails = False

    @override
    def packet(
        self, session: Session, packet: Packet[VideoStream], template: Template, arrived: float
    ) -> None:
        self.packets.append(packet.is_keyframe)
        self.templates.add(id(template))

    @override
    def picture(self, session: Session, shown: Shown) -> None:
        if self.fails:
            raise RuntimeError("cannot paint rtsp://operator:Sesame@10.0.0.7/x")
        self.shown.append(shown)

    @override
    def changed(self) -> None: ...


def wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "never came"
        time.sleep(0.005)


@contextmanager
def session(camera: Camera, url: str, mode: DecodeMode = DecodeMode.FULL) -> Iterator[Session]:
    running = Session(camera, ProfileName.SUB, url, mode, QUICK, lambda _: None)
    running.start()
    try:
        yield running
    finally:
        running.stop()
        assert running.join(10)


def test_a_file_plays_in_order_round_after_round(tmp_path: Path) -> None:
    camera = Camera()
    clip = make_clip(tmp_path / "clip.mp4", seconds=0.6)
    with session(camera, clip.as_uri()) as playing:
        wait(lambda: len(camera.shown) > 20)
        assert playing.phase is Phase.PLAYING
        assert (playing.fault, playing.attempt, playing.connections) == (None, 0, 1)
        assert playing.codec == "h264"
        assert playing.open_seconds > 0
        assert playing.latency is None
    arrived = [shown.arrived_ns for shown in camera.shown]
    assert arrived == sorted(arrived)
    assert len(camera.templates) == 1
    assert playing.phase is Phase.PLAYING, "who was stopped has not failed"


def test_what_cannot_be_opened_is_tried_again_and_again() -> None:
    camera = Camera()
    with session(camera, "file:///nowhere/gone.mp4") as failing:
        wait(lambda: failing.attempt >= 3)
        assert (failing.phase, failing.fault) == (Phase.WAITING, Fault.NOT_FOUND)
        assert failing.connections == 0


def test_a_surprise_inside_is_a_fault_without_secrets(tmp_path: Path) -> None:
    camera = Camera()
    camera.fails = True
    clip = make_clip(tmp_path / "clip.mp4", seconds=0.2)
    with session(camera, clip.as_uri()) as failing:
        wait(lambda: failing.attempt >= 1)
        assert failing.fault is Fault.GARBAGE
        assert "RuntimeError" in failing.detail
        assert "Sesame" not in failing.detail
        camera.fails = False
        wait(lambda: failing.phase is Phase.PLAYING)
        assert failing.detail == ""


def test_the_wanted_mode_is_followed_while_playing(tmp_path: Path) -> None:
    camera = Camera()
    clip = make_clip(tmp_path / "clip.mp4", seconds=2.0)
    with session(camera, clip.as_uri(), DecodeMode.KEYFRAMES) as playing:
        wait(lambda: len(camera.packets) > 16)
        assert len(camera.shown) <= sum(camera.packets)
        playing.wanted_mode = DecodeMode.FULL
        wait(lambda: playing.mode is DecodeMode.FULL)
        shown, received = len(camera.shown), len(camera.packets)
        wait(lambda: len(camera.packets) > received + 10)
        assert len(camera.shown) - shown >= 8


async def no_key_frames(play: Playing) -> None:
    stamp = 0
    deltas = [unit for unit in play.mount.clip.units if not unit.key]
    while True:
        for unit in deltas:
            await play.unit(unit, stamp)
            stamp += 1500
            await play.sleep(1 / 60)


async def a_late_key_frame(play: Playing) -> None:
    """Joined in the middle of a GOP that is longer than the patience with a silent camera."""
    units = play.mount.clip.units
    deltas = [unit for unit in units if not unit.key]
    stamp = 0
    for n in range(100):
        await play.unit(deltas[n % len(deltas)], stamp)
        stamp += 1500
        await play.sleep(1 / 60)
    while True:
        for unit in units:
            await play.unit(unit, stamp)
            stamp += 1500
            await play.sleep(1 / 60)


@pytest.mark.timeout(60)
def test_a_key_frame_that_comes_late_is_shown() -> None:
    camera = Camera()
    with RtspScript() as server:
        server.mounts = {"/late": Mount(encoded(), script=a_late_key_frame)}
        with session(camera, server.url("/late")) as playing:
            wait(lambda: bool(camera.shown) or playing.attempt > 0)
            assert (playing.fault, playing.attempt) == (None, 0)
            assert camera.shown


@pytest.mark.timeout(60)
def test_packets_that_never_make_a_picture_are_garbage() -> None:
    camera = Camera()
    with RtspScript() as server:
        server.mounts = {"/deltas": Mount(encoded(), script=no_key_frames)}
        with session(camera, server.url("/deltas")) as failing:
            wait(lambda: failing.fault is not None)
            assert failing.fault is Fault.GARBAGE
            assert camera.shown == []


def test_a_picture_knows_when_its_packet_came(tmp_path: Path) -> None:
    camera = Camera()
    before = time.monotonic_ns()
    with session(camera, make_clip(tmp_path / "clip.mp4", seconds=0.4).as_uri()):
        wait(lambda: len(camera.shown) > 3)
    now = time.monotonic_ns()
    assert all(before < shown.arrived_ns < now for shown in camera.shown)
    assert all(shown.captured_ns is None for shown in camera.shown)
