"""Notices a picture that does not change although new ones keep coming."""

from __future__ import annotations

import zlib

# Twice a second is enough to word a suspicion after five; one look costs some 10 µs.
_LOOK_EVERY = 0.5
# Rows that are hashed: a moving timestamp or a person changes some of 24 full rows.
_ROWS = 24


class Sameness:
    """`look` with each decoded luma plane; `seconds` says for how long it has been the same.

    A real sensor's noise changes any picture within a frame or two, also at night; an exact
    repeat over seconds comes from an encoder that sends its last picture again.
    """

    def __init__(self) -> None:
        self._digest = 0
        self._since: float | None = None
        self._looked = float("-inf")
        self.seconds = 0.0

    def due(self, now: float) -> bool:
        return now - self._looked >= _LOOK_EVERY

    def look(self, luma: memoryview, height: int, stride: int, now: float, width: int = 0) -> None:
        """`luma`: `height` rows of `stride` bytes, of which the first `width` are picture.

        What is left in the padding differs from picture to picture.
        """
        columns = min(width or stride, stride)
        self._looked = now
        step = max(1, height // _ROWS)
        digest = 0
        for row in range(step // 2, height, step):
            digest = zlib.crc32(luma[row * stride : row * stride + columns], digest)
        if digest != self._digest or self._since is None:
            self._digest, self._since = digest, now
        self.seconds = now - self._since
