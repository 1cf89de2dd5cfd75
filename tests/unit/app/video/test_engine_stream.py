"""The console's side of one camera: its memory grows, its numbers too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from app.domain.camera import CameraId, ProfileName
from app.domain.stream import DecodeMode, StreamPlan, Tier
from app.video.decoder_link import DecoderLink
from app.video.engine_stream import EngineStream
from app.video.section import Section
from app.video.shared_frames import FrameWriter, Shape

PLAN = StreamPlan("file:x", Tier(ProfileName.SUB, DecodeMode.FULL), 160, 96)
FIRST, SECOND = cast("DecoderLink", object()), cast("DecoderLink", object())


@contextmanager
def stream() -> Iterator[EngineStream]:
    made = EngineStream(CameraId("c"), PLAN, FIRST)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def decoder(section: Section) -> Iterator[FrameWriter]:
    """The decoder's end of a memory, within this process."""
    writer = FrameWriter(section)
    try:
        yield writer
    finally:
        writer._words.release()


def paint(writer: FrameWriter, count: int = 1) -> None:
    for _ in range(count):
        writer.write(memoryview(bytes(64 * 4 * 36)), Shape(64, 36, 256), 1_000_000_000, None)


def test_small_changes_of_size_need_no_new_memory() -> None:
    with stream() as camera:
        assert not camera.adopt(replace(PLAN, width=150, height=90))
        assert not camera.adopt(replace(PLAN, width=180, height=110)), "sizes are rounded up"
        assert camera.adopt(replace(PLAN, width=640, height=360))
        assert not camera.adopt(PLAN), "smaller pictures fit where larger ones did"


def test_memory_of_an_enlarged_tile_is_given_back() -> None:
    with stream() as camera:
        small = camera.section.size
        assert camera.adopt(replace(PLAN, width=1920, height=1080))
        assert camera.section.size > 20_000_000
        assert camera.adopt(PLAN)
        assert camera.section.size == small


def test_the_old_picture_stays_until_the_larger_memory_has_one() -> None:
    with stream() as camera, decoder(camera.section) as small:
        paint(small, 5)
        old = camera.reader()
        assert camera.adopt(replace(PLAN, width=640, height=360))
        assert camera.reader() is old
        with decoder(camera.section) as large:
            paint(small, 2)
            assert camera.number() == 7
            large.number_from(small.number)
            paint(large)
            assert camera.number() == 8


def test_memory_that_grows_twice_before_a_picture_comes_keeps_the_first_one() -> None:
    with stream() as camera, decoder(camera.section) as small:
        paint(small, 3)
        camera.adopt(replace(PLAN, width=640, height=360))
        camera.adopt(replace(PLAN, width=1280, height=720))
        assert camera.number() == 3
        with decoder(camera.section) as large:
            paint(large)
            assert camera.number() == 4


def test_a_new_decoder_counts_on_also_in_memory_that_had_no_picture_yet() -> None:
    with stream() as camera, decoder(camera.section) as small:
        paint(small, 3)
        camera.adopt(replace(PLAN, width=640, height=360))
        paint(small, 4)  # and then the decoder dies
        before = camera.move(SECOND)
        assert camera.link is SECOND
        assert before.reconnects == 1
        with decoder(camera.section) as large:
            paint(large)
            assert camera.number() == 8
