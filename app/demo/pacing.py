"""Sends every camera's access units when they are due, all from one thread.

Standard library only: the RTSP server runs with the system's Python.
"""

from __future__ import annotations

import collections
import heapq
from collections.abc import Mapping, MutableSequence
from typing import Protocol

from app.demo.clips import Clip
from app.demo.schedule import Mount, Slots

# A server that was stopped (SIGSTOP, laptop lid) must not send minutes of pictures in a burst.
_LATEST_SECONDS = 1.0


class Sink(Protocol):
    """What takes the units of one stream; the server's is an appsrc of GStreamer."""

    def base(self) -> float | None:
        """Monotonic seconds that its time stamps count from; None until it plays."""
        ...

    def change(self, clip: Clip) -> None:
        """The next units are of this clip."""
        ...

    def send(self, clip: Clip, unit: int, stamp: float) -> None:
        """Sends unit number `unit` of `clip`, captured `stamp` seconds after `base`."""
        ...


class Feed:
    """One running stream. `slots` say where its times of sending go; audio has none."""

    def __init__(
        self, sink: Sink, mount: Mount, clips: Mapping[str, Clip], slots: Slots | None
    ) -> None:
        self.gone = False
        self._sink = sink
        self._mount = mount
        self._clips = clips
        self._slots = slots
        self._clip = clips[mount.steps[0].clip]
        self._interval = self._clip.seconds_per_unit
        self._started = False
        self._base = 0.0
        self._number = 0
        sink.change(self._clip)

    def begin(self, epoch: float, now: float) -> float | None:
        """When the first unit is due, once the sink plays; until then None."""
        base = self._sink.base()
        if base is None:
            return None
        self._base = base
        self._number = int((now - epoch - self._mount.phase) / self._interval) + 1
        return self._due(epoch)

    def push(self, epoch: float, now: float, times: MutableSequence[float]) -> float:
        """Sends the unit that is due and says when the next one is.

        A stream begins with a key frame: what comes before the first one is left out.
        """
        due = self._due(epoch)
        if now - due > _LATEST_SECONDS:
            self._number += int((now - due) / self._interval)
            self._started = False
            due = self._due(epoch)
        step, unit = self._mount.unit_at(self._number, self._clips)
        if step.clip != self._clip.name:
            self._clip = self._clips[step.clip]
            self._sink.change(self._clip)
        self._number += 1
        if self._started or self._clip.keys[unit]:
            self._started = True
            self._send(unit, due, now, times)
        return due + self._interval

    def _due(self, epoch: float) -> float:
        return epoch + self._mount.phase + self._number * self._interval

    def _send(self, unit: int, due: float, now: float, times: MutableSequence[float]) -> None:
        clip = self._clip
        place = clip.order[unit]
        if self._slots is not None:
            times[self._slots.sent] += 1
            slot = self._slots.of_counter(clip.first_counter + place)
            if slot is not None:
                times[slot] = now
        # An encoder with B-frames sends a picture after those that it was captured before.
        captured = due + (place - unit - clip.lead) * self._interval
        self._sink.send(clip, unit, max(0.0, captured - self._base))


class Pacer:
    """Lets every feed send what is due. `epoch` (monotonic s) is when all mounts were at 0."""

    def __init__(self, epoch: float, times: MutableSequence[float]) -> None:
        self._epoch = epoch
        self._times = times
        self._fresh: collections.deque[Feed] = collections.deque()
        self._waiting: list[Feed] = []
        self._due: list[tuple[float, int, Feed]] = []

    def add(self, feed: Feed) -> None:
        """From any thread."""
        self._fresh.append(feed)

    def tick(self, now: float) -> None:
        while self._fresh:
            self._waiting.append(self._fresh.popleft())
        if self._waiting:
            self._begin(now)
        due = self._due
        while due and due[0][0] <= now:
            _, key, feed = due[0]
            if feed.gone:
                heapq.heappop(due)
            else:
                heapq.heapreplace(due, (feed.push(self._epoch, now, self._times), key, feed))

    def _begin(self, now: float) -> None:
        for feed in tuple(self._waiting):
            first = None if feed.gone else feed.begin(self._epoch, now)
            if first is not None:
                heapq.heappush(self._due, (first, id(feed), feed))
            if feed.gone or first is not None:
                self._waiting.remove(feed)
