"""Tiny encoded clips, cut into the NAL units that a camera would send."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import cast

import av
import numpy as np
import numpy.typing as npt
from av.codec.context import CodecContext
from av.video.codeccontext import VideoCodecContext

WIDTH, HEIGHT, FPS = 160, 96, 15

Pixels = npt.NDArray[np.uint8]
_START_CODE = re.compile(rb"\x00\x00\x00?\x01")
# H.264: SPS 7, PPS 8. H.265: VPS 32, SPS 33, PPS 34.
_PARAMETER_SETS = {"H264": (7, 8), "H265": (32, 33, 34)}


@dataclass(frozen=True, slots=True)
class Unit:
    """One picture as sent: `pts` counts pictures in the order of showing."""

    nals: tuple[bytes, ...]
    pts: int
    key: bool


@dataclass(frozen=True, slots=True)
class Clip:
    """`codec` is RTP's name for it: H264, H265 or JPEG. Units stand in the order of sending."""

    codec: str
    units: tuple[Unit, ...]
    fps: float
    parameter_sets: tuple[bytes, ...] = ()

    @property
    def seconds(self) -> float:
        return len(self.units) / self.fps


def brighter(n: int, size: tuple[int, int]) -> Pixels:
    """A grey that tells its number: 4 levels more with each picture (up to 55 pictures)."""
    return np.full((size[1], size[0], 3), 20 + n * 4 % 220, np.uint8)


def noise(n: int, size: tuple[int, int]) -> Pixels:
    """What a sensor sees at night: no two pictures alike."""
    dots = np.random.default_rng(n).integers(60, 90, (size[1], size[0], 1), np.uint8)
    return np.repeat(dots, 3, axis=2)


def still(n: int, size: tuple[int, int]) -> Pixels:
    """The same picture again and again: an encoder that hangs."""
    return noise(0, size)


@lru_cache(maxsize=64)
def encoded(
    codec: str = "libx264",
    size: tuple[int, int] = (WIDTH, HEIGHT),
    frames: int = FPS,
    fps: float = FPS,
    options: tuple[tuple[str, str], ...] = (),
    picture: Callable[[int, tuple[int, int]], Pixels] = brighter,
) -> Clip:
    """`frames` pictures in two groups, unless `options` say otherwise."""
    context = cast("VideoCodecContext", CodecContext.create(codec, "w"))
    context.width, context.height = size
    context.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    context.framerate = Fraction(fps).limit_denominator(1000)
    context.time_base = 1 / context.framerate
    context.thread_count = 1
    context.options = _options(codec, frames) | dict(options)
    packets = []
    for n in range(frames):
        frame = av.VideoFrame.from_ndarray(picture(n, size), format="rgb24")
        frame.pts = n
        packets += context.encode(frame)
    packets += context.encode(None)
    name = {"libx264": "H264", "libx265": "H265", "mjpeg": "JPEG"}[codec]
    units = tuple(
        Unit(_nals(name, bytes(p)), p.pts or 0, key=p.is_keyframe) for p in packets if p.size
    )
    sets = tuple(n for n in units[0].nals if nal_type(name, n) in _PARAMETER_SETS.get(name, ()))
    return Clip(name, units, fps, sets)


def _options(codec: str, frames: int) -> dict[str, str]:
    # A few key frames, which differ: a camera whose key frames are all alike is a frozen one.
    group = max(1, frames // 2)
    if codec == "libx264":
        return {"preset": "ultrafast", "bf": "0", "g": str(group), "x264-params": "scenecut=0"}
    if codec == "libx265":
        return {
            "preset": "ultrafast",
            "x265-params": f"keyint={group}:bframes=0:scenecut=0:repeat-headers=1:log-level=none",
        }
    return {}


def _nals(name: str, data: bytes) -> tuple[bytes, ...]:
    if name == "JPEG":
        return (data,)
    return tuple(part for part in _START_CODE.split(data) if part)


def nal_type(codec: str, nal: bytes) -> int:
    return nal[0] >> 1 & 0x3F if codec == "H265" else nal[0] & 0x1F
