"""Notices a picture that does not change although new ones keep coming."""

from __future__ import annotations

import zlib

# Twice a second is enough to word a suspicion after five; one look costs some 10 µs.
_LOOK_EVERY = 0.5
# Rows that are hashed: a moving timestamp or a person changes some of 24 full rows.
_ROWS = 24


class _Run:
    """For how long each look was like the one before."""

    def __init__(self) -> None:
        self._digest = 0
        self._since: float | None = None
        self._looked = float("-inf")
        self.seconds = 0.0

    def due(self, now: float) -> bool:
        return now - self._looked >= _LOOK_EVERY

    def add(self, digest: int, now: float) -> None:
        self._looked = now
        if digest != self._digest or self._since is None:
            self._digest, self._since = digest, now
        self.seconds = now - self._since


class Sameness:
    """`look` with each decoded luma plane; `seconds` says for how long it has been the same.

    A real sensor's noise changes any picture within a frame or two, also at night; an exact
    repeat over seconds comes from an encoder that sends its last picture again. One that encodes
    it again refines it from key frame to key frame, so that those are compared by themselves too.
    """

    def __init__(self) -> None:
        self._all = _Run()
        self._keys = _Run()
        self._next = float("-inf")

    @property
    def seconds(self) -> float:
        return max(self._all.seconds, self._keys.seconds)

    def due(self, now: float, *, key: bool = False) -> bool:
        """Asked for every picture of every camera."""
        return now >= self._next or (key and self._keys.due(now))

    def look(
        self, rows: memoryview, size: tuple[int, int], stride: int, now: float, *, key: bool = False
    ) -> None:
        """`rows` of `stride` bytes; of these and of the rows `size` (width, height) is picture.

        What is left in the padding differs from picture to picture.
        """
        width, height = size
        step = max(1, height // _ROWS)
        digest = 0
        for row in range(step // 2, height, step):
            digest = zlib.crc32(rows[row * stride : row * stride + min(width, stride)], digest)
        if self._all.due(now):
            self._all.add(digest, now)
            self._next = now + _LOOK_EVERY
        if key and self._keys.due(now):
            self._keys.add(digest, now)
