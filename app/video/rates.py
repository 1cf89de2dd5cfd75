"""Rates of one stream, counted over connections, measured over the last seconds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

_WINDOW = 4.0
_REFRESH = 0.5
_FEWEST = 2
# So many pictures of the source's own rate may stay out before its rates mean nothing.
_MISSED = 4.0


@dataclass(frozen=True, slots=True)
class _Mark:
    """What had been counted when a packet came at `at`."""

    at: float
    packets: int
    pictures: int
    bytes: int


class Rates:
    """Written by the stream's thread; the plain numbers may be read by any thread.

    Rates are refreshed when packets come; `alive` says whether they still mean anything.
    """

    def __init__(self) -> None:
        self.bytes = 0
        self.packets = 0
        self.pictures = 0
        self.width = 0
        self.height = 0
        self.keyframe_interval = 0.0
        self._last = float("-inf")
        self.connected()

    def connected(self) -> None:
        """A new connection: what the old one's rates were says nothing of it."""
        self._last_key: float | None = None
        self._refreshed = float("-inf")
        self._marks: deque[_Mark] = deque()
        self.source_fps = self.decoded_fps = self.bitrate = 0.0

    def packet(self, now: float, size: int, *, key: bool) -> None:
        self.bytes += size
        self.packets += 1
        self._last = now
        if key:
            if self._last_key is not None:
                self.keyframe_interval = now - self._last_key
            self._last_key = now
        if now - self._refreshed >= _REFRESH:
            self._refreshed = now
            self._refresh(_Mark(now, self.packets, self.pictures, self.bytes))

    def _refresh(self, mark: _Mark) -> None:
        marks = self._marks
        marks.append(mark)
        # Two marks stay: a camera of one picture in five seconds has a rate as well.
        while len(marks) > _FEWEST and marks[0].at < mark.at - _WINDOW:
            marks.popleft()
        first, seconds = marks[0], mark.at - marks[0].at
        if seconds > 0:
            self.source_fps = (mark.packets - first.packets) / seconds
            self.decoded_fps = (mark.pictures - first.pictures) / seconds
            self.bitrate = (mark.bytes - first.bytes) * 8 / seconds

    def picture(self, width: int, height: int) -> None:
        self.pictures += 1
        self.width, self.height = width, height

    def alive(self, now: float) -> bool:
        rhythm = _MISSED / self.source_fps if self.source_fps else 0.0
        return now - self._last <= max(_WINDOW, rhythm)
