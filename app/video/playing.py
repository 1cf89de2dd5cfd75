"""What belongs to one connection of a session while it plays."""

from __future__ import annotations

import time

from av.packet import Packet
from av.video.stream import VideoStream

from app.video.address import Source
from app.video.decoding import Decoder
from app.video.packets import captured
from app.video.replay_buffer import Template

Moment = tuple[int, int | None]

# A decoder holds back at most 16 pictures (H.264); time stamps that never come out are dropped.
_MOST_HELD = 64
# A source's clock is read anew so often: sender reports come every five seconds (RFC 3550).
_TRUSTED_NS = 1_000_000_000


class Playing:
    """`live`: comes over the network; `paced_by_source`: its time stamps tell how late we are."""

    def __init__(self, where: Source, stream: VideoStream, decoder: Decoder, began: float) -> None:
        self.live = not where.is_file
        # A playlist hands over seconds at once.
        self.paced_by_source = not where.is_http
        self.decoder = decoder
        self.template = Template(stream)
        self.time_base = float(stream.time_base or 0)
        self.clock = SourceClock(self.time_base)
        self.held_back = HeldBack()
        self.began = began


class SourceClock:
    """When packets were captured, by the source's own clock, if it has one.

    Reading what FFmpeg worked out from the sender reports costs a packet as much as all its
    bookkeeping; between two readings time stamps tell the rest.
    """

    def __init__(self, time_base: float) -> None:
        self._tick_ns = time_base * 1e9
        self._pts = 0
        self._captured: int | None = None
        self._read_at = 0

    def captured(self, packet: Packet[VideoStream]) -> int | None:
        """Wall-clock nanoseconds; None where the source does not say."""
        now, pts = time.monotonic_ns(), packet.pts
        if pts is None:
            return captured(packet)
        passed = round((pts - self._pts) * self._tick_ns)
        if now - self._read_at >= _TRUSTED_NS or not 0 <= passed <= _TRUSTED_NS:
            self._read_at, self._pts, passed = now, pts, 0
            self._captured = captured(packet)
        return None if self._captured is None else self._captured + passed


class HeldBack:
    """When the packet of a picture came, while the decoder holds the picture back."""

    def __init__(self) -> None:
        self._kept: dict[int, Moment] = {}

    def put(self, pts: int | None, moment: Moment) -> None:
        if pts is None:
            return
        self._kept[pts] = moment
        if len(self._kept) > _MOST_HELD:
            self._kept.pop(next(iter(self._kept)))

    def take(self, pts: int | None) -> Moment | None:
        return self._kept.pop(pts, None) if pts is not None else None
