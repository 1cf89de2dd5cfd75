"""A camera in a decoder process: follows its plan, paints, counts."""

from __future__ import annotations

import mmap
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.camera import CameraId, ProfileName
from app.domain.stream import DecodeMode, Phase, StreamPlan, StreamStatus, Tier
from app.video.camera_stream import CameraStream, Surroundings
from app.video.messages import DecoderOptions
from app.video.section import Section
from app.video.session import Session
from app.video.shared_frames import FrameReader, FrameWriter, create
from tests.fakes.clip import make_clip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="maps the same memory twice")
CAMERA = CameraId("c")
SUB, MAIN = ProfileName.SUB, ProfileName.MAIN


def wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "never came"
        time.sleep(0.005)


class Site:
    """A stream on a file, with both ends of its memory in this process."""

    def __init__(self, folder: Path) -> None:
        self.clip = make_clip(folder / "clip.mp4", seconds=2.0).as_uri()
        self.told = threading.Event()
        options = DecoderOptions("test", open_timeout=1.0, read_timeout=1.0)
        self.surroundings = Surroundings(options, lambda _: None, self.told.set)
        self.readers: list[FrameReader] = []
        self.streams: list[CameraStream] = []

    def memory(self, width: int, height: int) -> FrameWriter:
        ours = create(width, height)
        self.readers.append(FrameReader(ours))
        # Mapped a second time, as in the decoder's process.
        parcel = ours.parcel()
        return FrameWriter(Section(mmap.mmap(parcel.fd, parcel.size), parcel.fd))

    def plan(self, **changes: object) -> StreamPlan:
        whole = StreamPlan(self.clip, Tier(SUB, DecodeMode.FULL), 160, 96)
        return replace(whole, **changes)  # type: ignore[arg-type]

    def stream(self, plan: StreamPlan, **before: int) -> CameraStream:
        known = StreamStatus(CAMERA, **before)  # type: ignore[arg-type]
        made = CameraStream(plan, self.memory(160, 96), self.surroundings, known)
        self.streams.append(made)
        return made

    def close(self) -> None:
        for stream in self.streams:
            for session in stream.close():
                assert session.join(10)
        for stream in self.streams:
            stream.release()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    yield made
    made.close()
    for reader in made.readers:
        reader.close()


def test_it_paints_into_its_memory_and_says_what_it_does(site: Site) -> None:
    stream = site.stream(site.plan())
    reader = site.readers[0]
    wait(lambda: reader.number > 3)
    wait(lambda: stream.status().source_fps > 0)
    status = stream.status()
    assert site.told.is_set()
    assert (status.camera, status.phase, status.codec) == (CAMERA, Phase.PLAYING, "h264")
    assert (status.width, status.height) == (320, 180)
    assert status.tier == Tier(SUB, DecodeMode.FULL)
    assert status.frames_decoded <= reader.number
    assert status.replay_bytes > 0
    with reader.newest() as frame:
        assert frame is not None
        assert (frame.width, frame.height) == (160, 90)


def test_counters_go_on_from_where_the_last_decoder_died(site: Site) -> None:
    before = {"bytes_received": 10**6, "frames_received": 500, "decode_errors": 3, "reconnects": 2}
    stream = site.stream(site.plan(), **before)
    wait(lambda: site.readers[0].number > 3)
    status = stream.status()
    assert status.bytes_received > 10**6
    assert status.frames_received > 500
    assert (status.decode_errors, status.reconnects) == (3, 2)
    counted = status.frames_received
    stream.change(site.plan(tier=Tier(SUB, DecodeMode.OFF)))
    off = stream.status()
    assert off.phase is Phase.OFF
    assert off.frames_received >= counted
    assert off.frames_decoded == site.readers[0].number


def test_a_plan_that_is_off_connects_to_nothing_until_it_is_on(site: Site) -> None:
    stream = site.stream(site.plan(tier=Tier(SUB, DecodeMode.OFF)))
    assert stream.status().phase is Phase.OFF
    stream.change(site.plan())
    wait(lambda: site.readers[0].number > 1)


def test_another_profile_takes_over_with_its_first_picture(site: Site) -> None:
    stream = site.stream(site.plan())
    reader = site.readers[0]
    wait(lambda: reader.number > 3)
    stream.change(site.plan(url="file:///nowhere/main.mp4", tier=Tier(MAIN, DecodeMode.FULL)))
    seen = reader.number
    wait(lambda: reader.number > seen + 5)
    tier = stream.status().tier
    assert tier is not None
    assert tier.profile is SUB
    received = stream.status().frames_received
    stream.change(site.plan(tier=Tier(MAIN, DecodeMode.FULL)))

    def is_main() -> bool:
        tier = stream.status().tier
        return tier is not None and tier.profile is MAIN

    wait(is_main)
    assert stream.status().frames_received >= received
    seen = reader.number
    wait(lambda: reader.number > seen + 3)
    kept = stream.replay.last(60)
    assert kept[0].key
    changes = [n for n in range(1, len(kept)) if kept[n].template is not kept[n - 1].template]
    assert len(changes) == 1
    assert kept[changes[0]].key, "the replay has the picture with which the new stream began"


def test_larger_memory_goes_on_counting(site: Site) -> None:
    stream = site.stream(site.plan())
    wait(lambda: site.readers[0].number > 3)
    stream.replace_writer(site.memory(320, 192))
    stream.change(site.plan(width=320, height=192))
    larger = site.readers[1]
    wait(lambda: larger.has_picture)
    assert larger.number > 3
    with larger.newest() as frame:
        assert frame is not None
        assert (frame.width, frame.height) in {(160, 90), (320, 180)}


def test_a_picture_that_does_not_fit_yet_is_left_out(site: Site) -> None:
    stream = site.stream(site.plan(width=640, height=360))
    wait(lambda: stream.status().frames_received > 5)
    assert site.readers[0].number == 0
    stream.replace_writer(site.memory(640, 384))
    wait(lambda: site.readers[1].number > 2)


def test_closing_wipes_the_replay(site: Site) -> None:
    stream = site.stream(site.plan())
    wait(lambda: site.readers[0].number > 1)
    for session in stream.close():
        assert session.join(10)
    assert stream.replay.last(60) == []


def test_the_last_picture_of_one_session_and_the_first_of_the_next_do_not_meet_in_a_scaler() -> (
    None
):
    """swscale's context is not made for two threads: together they crash the process."""
    sessions = [
        Session(Nobody(), ProfileName.SUB, "file:///x", DecodeMode.OFF, DecoderOptions("d"), _admit)
        for _ in range(2)
    ]
    assert sessions[0].scaler is not sessions[1].scaler


class Nobody:
    def packet(self, *_: object) -> None: ...

    def picture(self, *_: object) -> None: ...

    def changed(self) -> None: ...


def _admit(_stopping: threading.Event) -> None:
    pass


def test_a_status_can_be_asked_of_a_stream_that_is_gone() -> None:
    stream = CameraStream(
        StreamPlan("file:///x", Tier(ProfileName.SUB, DecodeMode.OFF), 320, 180),
        FrameWriter(create(320, 180)),
        Surroundings(DecoderOptions("d"), _admit, lambda: None),
        StreamStatus(CameraId("c")),
    )
    stream.close()
    stream.release()
    assert stream.status().frames_decoded == 0
