"""One codec, decoded as much as the tier asks."""

from __future__ import annotations

from typing import cast

import av.error
from av.codec.context import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.domain.stream import PARTIAL_SHARE, DecodeMode, Fault
from app.video.faults import StreamFault

# A 12-megapixel fisheye (4000 × 3000) is the largest camera seen in Korean centres; 8K would take
# 50 MB for each of up to 16 reference pictures of one stream.
LARGEST_PIXELS = 4096 * 3072
# Before the second key frame has come; two seconds are the common upper setting of cameras.
_UNKNOWN_GOP = 2.0
_NO_LOOP_FILTER = frozenset({DecodeMode.NO_LOOP_FILTER, DecodeMode.PARTIAL})
_LOW_DELAY = 1 << 19  # AV_CODEC_FLAG_LOW_DELAY


class Decoder:
    """Decodes the packets of one connection. Raises `StreamFault` where no decoder exists.

    A change of mode takes effect at the next key frame, because a decoder that has missed a
    picture (or its loop filter) shows debris until then.
    """

    def __init__(self, stream: VideoStream, mode: DecodeMode) -> None:
        self._stream = stream
        self.mode = mode
        self.wanted = mode
        self.errors = 0
        self._needs_key = True
        self._time_base = float(stream.time_base or 0)
        self._key_at: float | None = None
        self._gop = _UNKNOWN_GOP
        self._context = self._create(mode)

    def _create(self, mode: DecodeMode) -> VideoCodecContext:
        source = self._stream.codec_context
        try:
            context = cast("VideoCodecContext", CodecContext.create(source.name, "r"))
        except (av.error.FFmpegError, ValueError) as error:
            raise StreamFault(Fault.UNKNOWN_CODEC, str(source.name)) from error
        context.extradata = source.extradata
        # One thread a stream: dozens of streams share the cores, and each frame thread would add
        # a frame of delay. Slices cost nothing where the camera has one slice.
        context.thread_count = 1
        context.flags |= _LOW_DELAY
        if mode in _NO_LOOP_FILTER:
            context.options = {"skip_loop_filter": "all"}
        return context

    @property
    def codec(self) -> str:
        return self._context.name

    def skip_to_key(self) -> None:
        """Shows nothing more before the next key frame (after a gap or when too far behind)."""
        self._needs_key = True

    def feed(self, packet: Packet[VideoStream], *, key: bool) -> list[VideoFrame]:
        """Pictures that this packet completes; none for a packet that the tier leaves out.

        `key`: whether it is a key frame; the caller knows.
        """
        if key:
            self._at_key(packet)
        elif self._needs_key or self._left_out(packet):
            self._needs_key = True
            return []
        try:
            frames = self._context.decode(packet)
            if self._keys_only:
                # With B-frames the decoder would hold the picture back until the next one came.
                frames += self._context.decode(None)
                self._context.flush_buffers()
        except av.error.FFmpegError:
            self.errors += 1
            return []
        for frame in frames:
            if frame.width * frame.height > LARGEST_PIXELS:
                raise StreamFault(Fault.TOO_LARGE, f"{frame.width}×{frame.height}")
        return frames

    @property
    def _keys_only(self) -> bool:
        # Pictures that lean on later ones make no part of a GOP that can be shown by itself.
        part = self.mode is DecodeMode.PARTIAL and self._context.has_b_frames
        return part or self.mode is DecodeMode.KEYFRAMES

    def _left_out(self, packet: Packet[VideoStream]) -> bool:
        if self.mode is not DecodeMode.PARTIAL:
            return self.mode is DecodeMode.KEYFRAMES
        if self._keys_only or packet.dts is None or self._key_at is None:
            return True
        return packet.dts * self._time_base - self._key_at > PARTIAL_SHARE * self._gop

    def _at_key(self, packet: Packet[VideoStream]) -> None:
        self._needs_key = False
        if packet.dts is not None:
            at = packet.dts * self._time_base
            if self._key_at is not None and at > self._key_at:
                self._gop = at - self._key_at
            self._key_at = at
        if self.wanted is self.mode:
            return
        swap = (self.wanted in _NO_LOOP_FILTER) is not (self.mode in _NO_LOOP_FILTER)
        self.mode = self.wanted
        if swap:
            self._context = self._create(self.mode)


def check_size(stream: VideoStream) -> None:
    """Refuses a picture that would eat the machine before the first one is decoded."""
    context = stream.codec_context
    if context.width * context.height > LARGEST_PIXELS:
        raise StreamFault(Fault.TOO_LARGE, f"{context.width}×{context.height}")
