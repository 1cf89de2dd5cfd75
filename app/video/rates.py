"""Rates of one stream, counted over connections, measured over the last seconds."""

from __future__ import annotations

from collections import deque

_WINDOW = 4.0
_REFRESH = 0.5


class _Window:
    """Amount per second over the last `_WINDOW` seconds."""

    def __init__(self) -> None:
        self._entries: deque[tuple[float, int]] = deque()
        self._sum = 0

    def add(self, now: float, amount: int) -> None:
        self._entries.append((now, amount))
        self._sum += amount
        while self._entries[0][0] < now - _WINDOW:
            self._sum -= self._entries.popleft()[1]

    def per_second(self) -> float:
        if not self._entries or self._entries[-1] is self._entries[0]:
            return 0.0
        span = max(self._entries[-1][0] - self._entries[0][0], 1e-3)
        # n entries span n - 1 intervals.
        return (self._sum - self._entries[0][1]) / span


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
        self.source_fps = 0.0
        self.decoded_fps = 0.0
        self.bitrate = 0.0
        self._last = float("-inf")
        self.connected()

    def connected(self) -> None:
        """A new connection: what the old one's rates were says nothing of it."""
        self._last_key: float | None = None
        self._refreshed = float("-inf")
        self._packets, self._pictures, self._bytes = _Window(), _Window(), _Window()

    def packet(self, now: float, size: int, *, key: bool) -> None:
        self.bytes += size
        self.packets += 1
        self._packets.add(now, 1)
        self._bytes.add(now, size)
        self._last = now
        if key:
            if self._last_key is not None:
                self.keyframe_interval = now - self._last_key
            self._last_key = now
        if now - self._refreshed >= _REFRESH:
            self._refreshed = now
            self.source_fps = self._packets.per_second()
            self.decoded_fps = self._pictures.per_second()
            self.bitrate = self._bytes.per_second() * 8

    def picture(self, now: float, width: int, height: int) -> None:
        self.pictures += 1
        self.width, self.height = width, height
        self._pictures.add(now, 1)

    def alive(self, now: float) -> bool:
        return now - self._last <= _WINDOW
