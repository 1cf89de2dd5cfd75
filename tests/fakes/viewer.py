"""Somebody who watches a stream of the relay."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import av
import av.error


@dataclass
class Viewer:
    """Packets of one receiver, on a thread; `error`: how the stream ended."""

    url: str
    options: dict[str, str] = field(default_factory=dict)
    packets: int = 0
    keys: int = 0
    codec: str = ""
    streams: int = 0
    error: str = ""
    ended: float = 0.0
    stop: bool = False

    def watch(self) -> None:
        options = {"rtsp_transport": "tcp", **self.options}
        try:
            with av.open(self.url, options=options, timeout=8) as container:
                self.streams = len(container.streams)
                self.codec = container.streams.video[0].codec_context.name
                for packet in container.demux(video=0):
                    self.packets += 1
                    self.keys += packet.is_keyframe
                    if self.stop:
                        return
        except av.error.FFmpegError as error:
            self.error = type(error).__name__
        finally:
            self.ended = time.monotonic()
