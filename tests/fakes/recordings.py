"""Short recordings of every codec, and the packets in them, without a network."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import av
import numpy as np
from av.packet import Packet
from av.video.stream import VideoStream

FPS, GOP = 15, 5


def recording(
    codec: str = "libx264",
    *,
    seconds: float = 1.0,
    size: tuple[int, int] = (160, 96),
    bframes: int = 0,
    container: str = "matroska",
) -> bytes:
    """Grey pictures, each 8 levels brighter than the one before; a key frame every `GOP`."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream = cast("VideoStream", out.add_stream(codec, rate=FPS))
        stream.width, stream.height = size
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        if codec == "libx264":
            # Enough preset for the loop filter and for real B-frames.
            stream.options = {"preset": "veryfast", "bf": str(bframes), "g": str(GOP)}
        for n in range(round(seconds * FPS)):
            picture = np.full((size[1], size[0], 3), 20 + n * 8 % 200, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode(None))
    return file.getvalue()


@contextmanager
def opened(data: bytes) -> Iterator[tuple[VideoStream, list[Packet[VideoStream]]]]:
    """The stream of a recording and its packets with data, while the container is open."""
    with av.open(io.BytesIO(data), "r") as source:
        stream = source.streams.video[0]
        yield stream, [packet for packet in source.demux(stream) if packet.size]
