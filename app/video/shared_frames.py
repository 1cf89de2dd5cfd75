"""The newest picture of one camera in shared memory, never half of one.

One writer (a decoder thread), one reader process (the console). Three slots. The writer fills a
slot that is neither the newest nor leased and then names it the newest. The reader leases the
newest slot, checks that it still is the newest (so that the writer saw the lease before it could
choose that slot) and may then read in place for as long as it likes; the writer has one slot left
to go on with. A slot's generation is odd while it is being written: the reader compares it before
and after as a second line of defence. All words are aligned 8-byte integers; x86-64 stores and
loads those whole and keeps stores in order, and CPython runs locked instructions between the
reader's store and its check.

Layout, little-endian int64 words:
  0 magic, 1 bytes per slot, 2 newest slot or -1, 3 leased slot or -1, 4 number of the newest
  8 + 8 * slot: generation, width, height, stride, number, arrived ns, captured ns or -1
Pixels of slot n start at page 1 + n * bytes per slot.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from app.services.ports import Picture
from app.video.section import PAGE, Section

SLOTS = 3
_MAGIC = 0x47574A_0001
_SLOT_BYTES, _NEWEST, _LEASE, _NUMBER = 1, 2, 3, 4
_SLOT_WORDS = 8
_NANO = 1_000_000_000
# What stands in a slot after its generation; native order is little-endian on every platform here.
_HEADER = struct.Struct("=6q")
# The slot to write next, by newest and leased slot; -1 (none) is the last index of each.
_FREE = tuple(
    tuple(next(n for n in range(SLOTS) if n not in (newest, leased)) for leased in (0, 1, 2, -1))
    for newest in (0, 1, 2, -1)
)


class Shape(NamedTuple):
    """A tuple, because making one of a frozen dataclass costs three times as much."""

    width: int
    height: int
    stride: int


def slot_bytes(width: int, height: int) -> int:
    """Room for a BGRX picture whose rows swscale pads to 64 bytes, in whole pages."""
    padded = (width * 4 + 63) // 64 * 64
    return (padded * height + PAGE - 1) // PAGE * PAGE


def create(width: int, height: int, number: int = 0) -> Section:
    """A section for pictures of up to `width` × `height` pixels, without a picture yet.

    `number`: of the last picture that the camera had in other memory.
    """
    room = slot_bytes(width, height)
    section = Section.create(PAGE + SLOTS * room)
    with section.view[:PAGE].cast("q") as words:
        words[0], words[_SLOT_BYTES], words[_NEWEST], words[_LEASE] = _MAGIC, room, -1, -1
        words[_NUMBER] = number
    return section


class FrameWriter:
    """The decoder's end. Not thread-safe: one thread writes at a time."""

    def __init__(self, section: Section) -> None:
        self._section = section
        self._words = section.view[:PAGE].cast("q")
        self._room = self._words[_SLOT_BYTES]

    @property
    def number(self) -> int:
        return self._words[_NUMBER]

    def number_from(self, number: int) -> None:
        """Goes on counting where smaller memory left off."""
        self._words[_NUMBER] = max(self._words[_NUMBER], number)

    def fits(self, size: int) -> bool:
        """Whether a picture of `size` bytes has room in a slot."""
        return size <= self._room

    def write(
        self, pixels: memoryview, shape: Shape, arrived_ns: int, captured_ns: int | None
    ) -> None:
        """Publishes a picture; `pixels` holds height * stride bytes."""
        words = self._words
        slot = _FREE[words[_NEWEST]][words[_LEASE]]
        at = _SLOT_WORDS + slot * _SLOT_WORDS
        number = words[_NUMBER] + 1
        captured = -1 if captured_ns is None else captured_ns
        words[at] += 1
        _HEADER.pack_into(self._section.view, 8 * at + 8, *shape, number, arrived_ns, captured)
        start = PAGE + slot * self._room
        size = shape.height * shape.stride
        self._section.view[start : start + size] = pixels[:size]
        words[at] += 1
        words[_NEWEST] = slot
        words[_NUMBER] = number

    def recover(self) -> None:
        """After a writer was killed in the middle: an odd generation is made even again."""
        for slot in range(SLOTS):
            at = _SLOT_WORDS + slot * _SLOT_WORDS
            self._words[at] += self._words[at] & 1

    def close(self) -> None:
        self._words.release()
        self._section.close()


class FrameReader:
    """The console's end, on one thread."""

    def __init__(self, section: Section) -> None:
        self._section = section
        self._words = section.view[:PAGE].cast("q")
        self._room = self._words[_SLOT_BYTES]
        self._leases = 0
        self._words[_LEASE] = -1

    @property
    def number(self) -> int:
        return self._words[_NUMBER]

    def number_from(self, number: int) -> None:
        """Only while no decoder has this memory."""
        self._words[_NUMBER] = max(self._words[_NUMBER], number)

    def fits(self, width: int, height: int) -> bool:
        return slot_bytes(width, height) <= self._room

    @property
    def has_picture(self) -> bool:
        return self._words[_NEWEST] >= 0

    @property
    def leased(self) -> bool:
        return self._leases > 0

    def arrived(self) -> float | None:
        """Monotonic second at which the newest picture's packet came."""
        newest = self._words[_NEWEST]
        if newest < 0:
            return None
        return self._words[_SLOT_WORDS + newest * _SLOT_WORDS + 5] / _NANO

    def newest(self) -> Lease:
        """Leases the newest picture while the `with` lasts; None before the first."""
        return Lease(self)

    def take(self) -> Picture | None:
        """The newest picture, leased; see `Lease`, which gives it back."""
        slot = self._lease()
        if slot < 0:
            return None
        self._leases += 1
        return self._picture(slot)

    def give_back(self, picture: Picture) -> None:
        picture.pixels.release()
        self._leases -= 1
        if not self._leases:
            self._words[_LEASE] = -1

    def _lease(self) -> int:
        words = self._words
        if self._leases:
            return words[_LEASE]
        while True:
            slot = words[_NEWEST]
            if slot < 0:
                return -1
            words[_LEASE] = slot
            if words[_NEWEST] == slot and not words[_SLOT_WORDS + slot * _SLOT_WORDS] & 1:
                return slot

    def _picture(self, slot: int) -> Picture:
        at = _SLOT_WORDS + slot * _SLOT_WORDS
        width, height, stride, number, arrived, captured = _HEADER.unpack_from(
            self._section.view, 8 * at + 8
        )
        start = PAGE + slot * self._room
        return Picture(
            self._section.view[start : start + height * stride],
            width,
            height,
            stride,
            number,
            arrived / _NANO,
            None if captured < 0 else captured / _NANO,
        )

    def close(self) -> None:
        self._words.release()
        self._section.close()


class Lease:
    """One use of the newest picture. A class, because a generator costs a painter three times it.

    A thousand pictures a second pass through here on a wall of 64 tiles.
    """

    __slots__ = ("_picture", "_reader")

    def __init__(self, reader: FrameReader | None) -> None:
        self._reader = reader
        self._picture: Picture | None = None

    def __enter__(self) -> Picture | None:
        if self._reader is not None:
            self._picture = self._reader.take()
        return self._picture

    def __exit__(self, *_: object) -> None:
        if self._reader is not None and self._picture is not None:
            self._reader.give_back(self._picture)
