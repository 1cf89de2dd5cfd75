"""How far behind the source a stream runs, from arrival times and time stamps alone."""

from __future__ import annotations

from collections import deque

# The source's clock and ours drift apart by some 50 ppm (quartz): 3 ms a minute, which is why the
# best case of the last minute is a good zero.
_WINDOW = 60.0
# A time stamp that leaps further than this is a new time base, not a late packet.
_LEAP = 10.0
# One that runs back (a file that begins again, a camera that restarts its clock) is one sooner:
# decoding time stamps never do, but for the disorder of some pictures with B-frames.
_BACK = 0.5


# Who is that far behind leaves out pictures and has caught up in less than this many seconds. If
# not, the time stamps are wrong (a camera whose clock runs slow): after two such times they are
# not listened to any more.
_HOPELESS = 2.0
_CATCH_UP = 5.0
_LIES = 2


class LagMeter:
    """Feeds on (arrival, time stamp) pairs in seconds; says the delay above the best recent one."""

    def __init__(self) -> None:
        self._offsets: deque[tuple[float, float]] = deque()
        self._last_stamp: float | None = None
        self._behind_since: float | None = None
        self._lies = 0
        self.lag = 0.0
        # Did not catch up although pictures were left out: what waits in the connection is old.
        self.hopeless = False

    def add(self, arrival: float, stamp: float) -> float:
        if self._lies >= _LIES or stamp == self._last_stamp:
            return self.lag
        if self._last_stamp is not None and not -_BACK < stamp - self._last_stamp < _LEAP:
            self._offsets.clear()
        self._last_stamp = stamp
        offset = arrival - stamp
        # A monotonic queue: the front is the minimum of the window, each offset enters once.
        while self._offsets and self._offsets[-1][1] >= offset:
            self._offsets.pop()
        self._offsets.append((arrival, offset))
        while self._offsets[0][0] < arrival - _WINDOW:
            self._offsets.popleft()
        self.lag = offset - self._offsets[0][1]
        self._doubt(arrival)
        return self.lag

    def _doubt(self, arrival: float) -> None:
        if self.lag <= _HOPELESS:
            self._behind_since = None
            return
        self._behind_since = self._behind_since or arrival
        if arrival - self._behind_since > _CATCH_UP:
            self.hopeless = True
            self._behind_since = None
            self._offsets.clear()
            self._lies += 1
            self.lag = 0.0
