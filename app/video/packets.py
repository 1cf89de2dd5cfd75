"""The packets of a source at the pace of life, and what they say of their moment."""

from __future__ import annotations

import contextlib
import struct
import threading
import time
from collections.abc import Generator
from typing import cast

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from app.video.address import Source

# A source whose time stamps leap is not waited for longer than this.
_LONGEST_WAIT = 2.0
# A playlist that stalled goes on from where it is, instead of hurrying after the time it lost.
_STALLED = 1.0
# Where a file does not say how long its last picture stands.
_A_PICTURE = 0.04
# A capture time further in the future or in the past than this (ns) is not one.
_AHEAD = 500_000_000
_OLDEST = 60_000_000_000


def packets(
    container: InputContainer, stream: VideoStream, where: Source, stopping: threading.Event
) -> Generator[Packet[VideoStream], None, None]:
    """Packets with data, as they come; a file is looped.

    Files and HLS, which hands over seconds at once, are paced by their time stamps.
    """
    if where.start:
        container.seek(round(where.start * av.time_base))
    paced = where.is_file or container.format.name == "hls"
    while True:
        pace = Pace(stopping, patient=where.is_file) if paced else None
        # Closed by name: PyAV's generator takes its time-out back only then, and with a time-out
        # that has passed no TEARDOWN goes out.
        reading = cast("Generator[Packet[VideoStream], None, None]", container.demux(stream))
        with contextlib.closing(reading) as incoming:
            for packet in incoming:
                if packet.size and (pace is None or pace.wait(packet)):
                    yield packet
                if stopping.is_set():
                    return
        if not where.is_file or pace is None or not pace.finish():
            return
        container.seek(0)


class Pace:
    """Holds packets back until their time; `patient` = also catches up after a delay."""

    def __init__(self, stopping: threading.Event, *, patient: bool) -> None:
        self._stopping = stopping
        self._patient = patient
        # The monotonic second at which time stamp 0 is due.
        self._zero: float | None = None
        self._end = 0.0

    def wait(self, packet: Packet[VideoStream]) -> bool:
        """Until the packet is due; False if there is nothing more to wait for."""
        if packet.dts is None or not packet.time_base:
            return not self._stopping.is_set()
        stamp = float(packet.dts * packet.time_base)
        now = time.monotonic()
        if self._zero is None or (not self._patient and now - self._zero - stamp > _STALLED):
            self._zero = now - stamp
        self._end = stamp + float((packet.duration or 0) * packet.time_base or _A_PICTURE)
        return not self._stopping.wait(self._ahead(stamp, now))

    def finish(self) -> bool:
        """Until the last picture has stood its time; False if there was none, or at the stop."""
        if self._zero is None:
            return False
        return not self._stopping.wait(self._ahead(self._end, time.monotonic()))

    def _ahead(self, stamp: float, now: float) -> float:
        return min(max(0.0, (self._zero or 0.0) + stamp - now), _LONGEST_WAIT)


def captured(packet: Packet[VideoStream]) -> int | None:
    """Wall-clock nanoseconds at the source, where RTCP sender reports gave FFmpeg its clock.

    AVProducerReferenceTime: int64 microseconds since 1970, then flags. A camera whose clock is
    wrong, or whose time stamps have leapt since its last report, says nothing of use.
    """
    if not packet.has_sidedata("prft"):
        return None
    (microseconds,) = struct.unpack_from("<q", bytes(packet.get_sidedata("prft")))
    moment = int(microseconds) * 1000
    return moment if -_AHEAD < time.time_ns() - moment < _OLDEST else None
