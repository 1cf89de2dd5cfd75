"""The packets of the last minute, as they came, and how to write them to a file."""

from __future__ import annotations

import errno
import os
import threading
from collections import deque
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import av.error
from av.packet import Packet
from av.video.stream import VideoStream

from app.domain.errors import Failure, Unavailable
from app.domain.text import Text

# MP4 counts in whole ticks; 90 kHz is RTP's own clock for video, so nothing is rounded.
_TICKS = 90_000
_TIME_BASE = Fraction(1, _TICKS)
# Between two connections the clip jumps: the gap is shown as one long frame, at most this long.
_LONGEST_FRAME = 10.0
# Moments are nanoseconds in memory and seconds here.
_SAME_MOMENT = 1e-6


class Template:
    """What a muxer needs to know of a stream, usable after its container was closed.

    PyAV's `add_stream_from_template` reads the template's own AVStream, which is freed with its
    container (a crash, not an error). A stream of an output that is never written holds the copy.
    """

    def __init__(self, stream: VideoStream) -> None:
        self.codec = stream.codec_context.name
        extradata = stream.codec_context.extradata or b""
        # Parameter sets as a camera announces them (Annex B); a file's own form is of no use here.
        self.parameter_sets = extradata if extradata.startswith(b"\0\0") else b""
        self._holder = av.open(os.devnull, "w", format="null")
        self.stream = self._holder.add_stream_from_template(stream)


class Kept(NamedTuple):
    """One access unit. `arrived` in monotonic seconds, `template` says what codec it is of."""

    packet: Packet[VideoStream]
    template: Template
    arrived: float
    key: bool
    size: int


class ReplayBuffer:
    """Filled by a stream's thread, read by the thread that writes a clip."""

    def __init__(self, seconds: float) -> None:
        self._kept: deque[Kept] = deque()
        self._lock = threading.Lock()
        self.limit = seconds
        self.bytes = 0

    @property
    def seconds(self) -> float:
        with self._lock:
            return self._kept[-1].arrived - self._kept[0].arrived if self._kept else 0.0

    def add(self, packet: Packet[VideoStream], template: Template, arrived: float) -> None:
        kept = Kept(packet, template, arrived, packet.is_keyframe, packet.size)
        with self._lock:
            if not kept.key and (not self._kept or self._kept[-1].template is not template):
                return  # of a new connection nothing can be shown before its first key frame
            self._kept.append(kept)
            self.bytes += kept.size
            self._trim(arrived - self.limit)

    def _trim(self, oldest: float) -> None:
        # Whole GOPs go, so that the clip always starts with a picture and never falls short.
        while self._kept and self._kept[0].arrived < oldest:
            second_key = next((n for n, k in enumerate(self._kept) if n and k.key), None)
            if second_key is None or self._kept[second_key].arrived > oldest:
                return
            for _ in range(second_key):
                self.bytes -= self._kept.popleft().size

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def last(self, seconds: float) -> list[Kept]:
        """The packets of the last `seconds`, from the key frame at or before that moment on.

        Only packets of the newest codec: an MP4 track cannot change from H.264 to H.265.
        """
        with self._lock:
            kept = list(self._kept)
        if not kept:
            return []
        name = kept[-1].template.codec
        same = len(kept)
        while same and kept[same - 1].template.codec == name:
            same -= 1
        kept = kept[same:]
        begin = kept[-1].arrived - seconds
        keys = [n for n, k in enumerate(kept) if k.key]
        if not keys:
            return []
        start = max((n for n in keys if kept[n].arrived <= begin), default=keys[0])
        return kept[start:]

    def until(self, arrived: float) -> list[Kept]:
        """What is needed to decode the picture whose packet arrived at that moment."""
        with self._lock:
            kept = list(self._kept)
        kept = [item for item in kept if item.arrived <= arrived + _SAME_MOMENT]
        start = max((n for n, item in enumerate(kept) if item.key), default=len(kept))
        return kept[start:]


def write_mp4(kept: list[Kept], target: Path, progress: Callable[[float], None]) -> float:
    """Writes the packets as they are; returns the seconds written.

    Times are those of arrival order with the source's own spacing; a gap between two connections
    stays visible as a still. Raises `Failure` and leaves no half file behind.
    """
    if not kept:
        raise Unavailable(
            Text("아직 저장된 영상이 없습니다.", "No picture of this camera is kept yet.")
        )
    partial = target.with_name(target.name + ".part")
    try:
        with av.open(str(partial), "w", format="mp4", options={"movflags": "+faststart"}) as out:
            seconds = _mux(kept, out, progress)
        partial.replace(target)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        partial.unlink(missing_ok=True)
        raise _failure(error, target) from error
    return seconds


def _mux(
    kept: list[Kept], out: av.container.OutputContainer, progress: Callable[[float], None]
) -> float:
    stream = out.add_stream_from_template(kept[-1].template.stream)
    stream.time_base = _TIME_BASE
    clock = _Timeline()
    # The track knows one set of parameters; where profiles changed each key frame brings its own.
    several = len({item.template.parameter_sets for item in kept}) > 1
    for count, item in enumerate(kept):
        own = item.template.parameter_sets if several and item.key else b""
        packet = Packet(own + bytes(item.packet))
        packet.dts, packet.pts = clock.place(item)
        packet.time_base = _TIME_BASE
        packet.is_keyframe = item.key
        packet.stream = stream
        out.mux_one(packet)
        if count % 64 == 0:
            progress(count / len(kept))
    return clock.seconds


class _Timeline:
    """Gives each packet a growing time: the source's spacing, arrival where that is nonsense."""

    def __init__(self) -> None:
        self._last: Kept | None = None
        self._dts = 0
        self.seconds = 0.0

    def place(self, item: Kept) -> tuple[int, int]:
        if self._last is not None:
            self._dts += max(1, round(self._step(self._last, item) * _TICKS))
        self._last = item
        self.seconds = self._dts / _TICKS
        ahead = 0
        packet = item.packet
        if packet.pts is not None and packet.dts is not None and packet.time_base:
            ahead = max(0, round(float((packet.pts - packet.dts) * packet.time_base) * _TICKS))
        return self._dts, self._dts + ahead

    @staticmethod
    def _step(last: Kept, item: Kept) -> float:
        arrival = min(item.arrived - last.arrived, _LONGEST_FRAME)
        before, after, base = last.packet.dts, item.packet.dts, item.packet.time_base
        if item.template is not last.template or before is None or after is None or not base:
            return arrival
        step = float((after - before) * base)
        return step if 0.0 < step <= _LONGEST_FRAME else arrival


def _failure(error: Exception, target: Path) -> Failure:
    number = getattr(error, "errno", None)
    where = str(target.parent)
    if number in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return Unavailable(
            Text(
                f"디스크가 가득 차서 저장하지 못했습니다: {where}. 공간을 비우고 다시 저장하세요.",
                f"The disk is full, nothing was saved: {where}. Free some space and save again.",
            )
        )
    if number in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR}:
        return Unavailable(
            Text(
                f"폴더에 쓸 수 없습니다: {where}. 다른 폴더를 고르세요.",
                f"The folder cannot be written to: {where}. Choose another folder.",
            )
        )
    return Unavailable(
        Text(
            f"영상을 저장하지 못했습니다 ({type(error).__name__}): {where}",
            f"The clip could not be saved ({type(error).__name__}): {where}",
        )
    )
