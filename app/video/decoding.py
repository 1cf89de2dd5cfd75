"""One codec, decoded as much as the tier asks."""

from __future__ import annotations

from typing import cast

import av.error
from av.codec.context import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.domain.stream import DecodeMode, Fault
from app.video.faults import StreamFault

# A 12-megapixel fisheye (4000 × 3000) is the largest camera seen in Korean centres; 8K would take
# 50 MB for each of up to 16 reference pictures of one stream.
LARGEST_PIXELS = 4096 * 3072
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
        if mode is DecodeMode.NO_LOOP_FILTER:
            context.options = {"skip_loop_filter": "all"}
        return context

    @property
    def codec(self) -> str:
        return self._context.name

    def skip_to_key(self) -> None:
        """Shows nothing more before the next key frame (after a gap or when too far behind)."""
        self._needs_key = True

    def feed(self, packet: Packet[VideoStream]) -> list[VideoFrame]:
        """Pictures that this packet completes; none for a packet that the tier leaves out."""
        if packet.is_keyframe:
            self._at_key()
        elif self._needs_key or self.mode is DecodeMode.KEYFRAMES:
            self._needs_key = True
            return []
        try:
            frames = self._context.decode(packet)
            if self.mode is DecodeMode.KEYFRAMES:
                # With B-frames the decoder would hold the picture back until the next one came.
                frames += self._context.decode(None)
                self._context.flush_buffers()
        except av.error.FFmpegError:
            self.errors += 1
            return []
        return [frame for frame in frames if self._acceptable(frame)]

    def _at_key(self) -> None:
        self._needs_key = False
        if self.wanted is self.mode:
            return
        swap = DecodeMode.NO_LOOP_FILTER in {self.wanted, self.mode}
        self.mode = self.wanted
        if swap:
            self._context = self._create(self.mode)

    @staticmethod
    def _acceptable(frame: VideoFrame) -> bool:
        if frame.width * frame.height > LARGEST_PIXELS:
            raise StreamFault(Fault.TOO_LARGE, f"{frame.width}×{frame.height}")
        return True


def check_size(stream: VideoStream) -> None:
    """Refuses a picture that would eat the machine before the first one is decoded."""
    context = stream.codec_context
    if context.width * context.height > LARGEST_PIXELS:
        raise StreamFault(Fault.TOO_LARGE, f"{context.width}×{context.height}")
