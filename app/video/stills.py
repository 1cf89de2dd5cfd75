"""A picture in the camera's own size, decoded again from the packets that replay keeps."""

from __future__ import annotations

from typing import cast

import av.error
from av.codec.context import CodecContext
from av.packet import Packet
from av.stream import Stream
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from app.domain.camera import Masks
from app.services.ports import WholePicture
from app.video.masking import cover
from app.video.replay_buffer import Kept


def decode_still(kept: list[Kept], masks: Masks = ()) -> WholePicture | None:
    """The picture of the last of these packets, which begin with a key frame; None without one.

    Decoded in full, with the loop filter that a tile may do without, whatever the tier is now.
    """
    if not kept:
        return None
    last = kept[-1]
    context = cast("VideoCodecContext", CodecContext.create(last.template.codec, "r"))
    context.extradata = last.template.stream.codec_context.extradata
    context.thread_count = 1
    found: VideoFrame | None = None
    try:
        for packet in (*map(_copy, kept), None):
            for frame in context.decode(packet):
                if found is None or found.pts != last.packet.pts:
                    found = frame
    except av.error.FFmpegError:
        return None
    if found is None:
        return None
    whole = VideoReformatter().reformat(found, format="bgra", threads=1)
    plane = whole.planes[0]
    cover(plane, whole.width, whole.height, plane.line_size, masks)
    return WholePicture(bytes(plane), whole.width, whole.height, plane.line_size)


def _copy(item: Kept) -> Packet[Stream]:
    """The stream's own thread and a clip that is being written use the packet, too."""
    packet = Packet(bytes(item.packet))
    packet.pts, packet.dts = item.packet.pts, item.packet.dts
    return packet
