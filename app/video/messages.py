"""What the supervisor and a decoder process say to each other over their pipe.

Both ends are always of the same version (one spawns the other), so these are plain pickled
dataclasses; a `Section` follows `OpenStream` and `ReplaceSection` in the same pipe.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.camera import CameraId
from app.domain.stream import StreamPlan, StreamStatus
from app.domain.text import Text
from app.services.ports import WholePicture


@dataclass(frozen=True, slots=True)
class DecoderOptions:
    """Settings of a decoder process. Time-outs in seconds.

    `ca_file`: root certificates for rtsps and https instead of the system's.
    """

    name: str
    ca_file: str = ""
    open_timeout: float = 5.0
    read_timeout: float = 10.0


@dataclass(frozen=True, slots=True)
class OpenStream:
    """Start this camera; its frame section follows. Counters go on from `before`."""

    camera: CameraId
    plan: StreamPlan
    before: StreamStatus


@dataclass(frozen=True, slots=True)
class ChangePlan:
    camera: CameraId
    plan: StreamPlan


@dataclass(frozen=True, slots=True)
class ReplaceSection:
    """Larger pictures from now on; the new frame section follows."""

    camera: CameraId


@dataclass(frozen=True, slots=True)
class CloseStream:
    camera: CameraId


@dataclass(frozen=True, slots=True)
class SaveClip:
    """Write the last `seconds` of a camera's packets to `path` (an MP4 that must not exist)."""

    ticket: int
    camera: CameraId
    path: str
    seconds: float


@dataclass(frozen=True, slots=True)
class TakeStill:
    """The picture whose packet arrived at `arrived` (monotonic s), in the camera's own size."""

    ticket: int
    camera: CameraId
    arrived: float


@dataclass(frozen=True, slots=True)
class Stop:
    """Close every stream (TEARDOWN) and exit."""


Command = OpenStream | ChangePlan | ReplaceSection | CloseStream | SaveClip | TakeStill | Stop


@dataclass(frozen=True, slots=True)
class Statuses:
    """Heartbeat: sent four times a second, with every status that changed."""

    statuses: tuple[StreamStatus, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ClipAdvanced:
    ticket: int
    fraction: float


@dataclass(frozen=True, slots=True)
class ClipDone:
    """`failure` is None when the file stands; `seconds` is what it holds."""

    ticket: int
    seconds: float
    failure: Text | None = None


@dataclass(frozen=True, slots=True)
class StillTaken:
    """`picture` is None where the packets are not kept any more."""

    ticket: int
    picture: WholePicture | None


Event = Statuses | ClipAdvanced | ClipDone | StillTaken
