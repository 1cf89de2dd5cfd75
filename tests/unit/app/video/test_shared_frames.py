"""The newest picture in shared memory: whole, numbered, leased."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

import pytest

from app.services.ports import Picture
from app.video.section import Section
from app.video.shared_frames import FrameReader, FrameWriter, Shape, create, slot_bytes

WIDTH, HEIGHT = 320, 180
SHAPE = Shape(WIDTH, HEIGHT, WIDTH * 4)
SIZE = WIDTH * 4 * HEIGHT


def picture(value: int) -> memoryview:
    return memoryview(bytes([value % 251]) * SIZE)


@pytest.fixture
def ends() -> Iterator[tuple[FrameWriter, FrameReader]]:
    section = create(WIDTH, HEIGHT)
    reader = FrameReader(section)
    writer = FrameWriter(section)
    yield writer, reader
    writer._words.release()
    reader.close()


def test_without_a_picture_there_is_nothing_to_lease(
    ends: tuple[FrameWriter, FrameReader],
) -> None:
    _, reader = ends
    assert reader.number == 0
    assert reader.arrived() is None
    with reader.newest() as frame:
        assert frame is None


def test_the_newest_picture_is_read_whole(ends: tuple[FrameWriter, FrameReader]) -> None:
    writer, reader = ends
    for value in (1, 2, 3, 4, 5):
        writer.write(picture(value), SHAPE, value * 1_000_000_000, None)
    with reader.newest() as frame:
        assert frame is not None
        assert bytes(frame.pixels) == bytes(picture(5))
        assert (frame.number, frame.arrived, frame.captured) == (5, 5.0, None)
    assert reader.arrived() == 5.0


def test_a_leased_picture_stays_as_it_is_while_new_ones_come(
    ends: tuple[FrameWriter, FrameReader],
) -> None:
    writer, reader = ends
    writer.write(picture(1), SHAPE, 1, 2_000_000_000)
    with reader.newest() as frame:
        assert frame is not None
        for value in range(2, 30):
            writer.write(picture(value), SHAPE, value, None)
            assert bytes(frame.pixels) == bytes(picture(1))
        assert frame.captured == 2.0
    with reader.newest() as frame:
        assert frame is not None
        assert bytes(frame.pixels) == bytes(picture(29))


def test_what_is_leased_is_the_picture_that_the_screens_know(
    ends: tuple[FrameWriter, FrameReader],
) -> None:
    writer, reader = ends
    writer.write(picture(9), SHAPE, 3_000_000_000, None)
    with reader.newest() as leased:
        assert isinstance(leased, Picture)
        assert (leased.width, leased.height, leased.stride) == (WIDTH, HEIGHT, WIDTH * 4)


def test_two_windows_share_one_lease(ends: tuple[FrameWriter, FrameReader]) -> None:
    writer, reader = ends
    writer.write(picture(1), SHAPE, 1, None)
    with reader.newest() as first:
        writer.write(picture(2), SHAPE, 2, None)
        with reader.newest() as second:
            assert first is not None
            assert second is not None
            assert second.number == first.number
        writer.write(picture(3), SHAPE, 3, None)
        writer.write(picture(4), SHAPE, 4, None)
        assert first is not None
        assert bytes(first.pixels) == bytes(picture(1))


def test_a_writer_killed_in_the_middle_leaves_the_last_whole_picture(
    ends: tuple[FrameWriter, FrameReader],
) -> None:
    writer, reader = ends
    writer.write(picture(7), SHAPE, 1, None)
    slot = (writer._words[2] + 1) % 3
    writer._words[8 + slot * 8] += 1  # the kill came after the slot was marked as being written
    with reader.newest() as frame:
        assert frame is not None
        assert bytes(frame.pixels) == bytes(picture(7))
    successor = FrameWriter(writer._section)
    successor.recover()
    for value in range(8, 14):
        successor.write(picture(value), SHAPE, value, None)
    with reader.newest() as frame:
        assert frame is not None
        assert frame.number == 7
        assert bytes(frame.pixels) == bytes(picture(13))
    successor._words.release()


def test_a_slot_has_room_for_padded_rows() -> None:
    assert slot_bytes(213, 121) >= (213 * 4 + 63) // 64 * 64 * 121


def _write_for_ever(connection: Connection[Any, Any]) -> None:
    writer = FrameWriter(Section.receive(connection))
    pictures = [picture(value) for value in range(251)]
    connection.send("ready")
    number = 0
    while not connection.poll():
        number += 1
        writer.write(pictures[number % 251], SHAPE, number, None)


@pytest.fixture
def flood() -> Iterator[Section]:
    """A section into which another process writes one-coloured pictures as fast as it can."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_write_for_ever, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    section = create(WIDTH, HEIGHT)
    parcel = section.parcel()
    parcel.send(ours, process.pid or 0)
    parcel.close()
    assert ours.recv() == "ready"
    yield section
    ours.send("enough")
    process.join(10)
    process.close()
    ours.close()


def _is_torn(pixels: memoryview) -> bool:
    data = bytes(pixels)
    return data.count(data[:1]) != len(data)


def test_a_reader_never_sees_half_a_picture(flood: Section) -> None:
    reader = FrameReader(flood)
    numbers: set[int] = set()
    torn = 0
    while len(numbers) < 2000:
        with reader.newest() as frame:
            if frame is None:
                continue
            torn += _is_torn(frame.pixels)
            assert frame.pixels[0] == frame.number % 251
            numbers.add(frame.number)
    assert torn == 0
    reader.close()


def test_without_the_lease_the_same_flood_does_tear(flood: Section) -> None:
    """The control: the test above can fail."""
    torn = 0
    words = flood.view[:4096].cast("q")
    room = words[1]
    for _ in range(200_000):
        slot = (words[2] + 1) % 3
        if words[2] >= 0 and _is_torn(flood.view[4096 + slot * room :][:SIZE]):
            torn += 1
            break
    words.release()
    flood.close()
    assert torn
