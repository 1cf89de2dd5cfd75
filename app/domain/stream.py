"""What is wanted of a stream, what was decided, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from app.domain.camera import CameraId, Masks, ProfileName
from app.domain.text import Text


class Importance(IntEnum):
    """Who loses first when the machine is too small; the highest of a camera's viewers counts."""

    WARM = 0  # connected for the moment it is needed, not on a screen
    HIDDEN = 1  # on a tour page or behind another window: keep for a moment
    SHOWN = 2
    INCIDENT = 3  # belongs to an open incident: never lowered
    FOCUSED = 4  # the tile under the operator's hands: never lowered


class DecodeMode(IntEnum):
    """How much of the stream is decoded, cheapest first."""

    OFF = 0
    KEYFRAMES = 1
    PARTIAL = 2  # the first part of each GOP, without the loop filter
    NO_LOOP_FILTER = 3
    FULL = 4


# What PARTIAL decodes of a GOP. A tenth of GOPs of two seconds leaves pictures at most 1.8 s old,
# where key frames alone leave them at two and more. Receiving the rest costs a machine that is
# asked for several times what it can nearly as much as decoding this.
PARTIAL_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Want:
    """What one viewer (a wall window, a preview) asks of a camera.

    `width` × `height`: the tile in device pixels. `sharp`: `main` regardless of size (enlarged
    or digitally zoomed).
    """

    width: int
    height: int
    importance: Importance = Importance.SHOWN
    sharp: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    profile: ProfileName
    mode: DecodeMode


@dataclass(frozen=True, slots=True)
class StreamPlan:
    """What the engine shall do for one camera: one decode, scaled to fit `width` × `height`.

    `url` may hold credentials. `fps_hint` is 0 where unknown.
    """

    url: str = field(repr=False)
    tier: Tier
    width: int
    height: int
    replay_seconds: float = 60.0
    masks: Masks = ()


class Fault(StrEnum):
    """Why there is no picture, as far as it can be told apart."""

    UNAUTHORISED = "unauthorised"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not found"
    REFUSED = "refused"
    NO_SUCH_HOST = "no such host"
    TIMED_OUT = "timed out"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    BAD_CERTIFICATE = "bad certificate"
    SESSION_LOST = "session lost"
    ENDED = "ended"
    NO_VIDEO = "no video"
    UNKNOWN_CODEC = "unknown codec"
    TOO_LARGE = "too large"
    GARBAGE = "garbage"
    BAD_ADDRESS = "bad address"
    DECODER_DIED = "decoder died"


class Phase(StrEnum):
    OFF = "off"
    CONNECTING = "connecting"
    PLAYING = "playing"
    WAITING = "waiting"  # failed; the next attempt is due


@dataclass(frozen=True, slots=True)
class StreamStatus:
    """The last word of the decoder about one camera; counters grow over reconnects.

    Times are seconds, rates per second. `latency` is capture to decoded where the source carries
    a clock (RTCP sender reports), else None. `lag` is how far decoding runs behind arrival.
    `other_fault`: why the profile that is wanted now does not come while another still plays.
    `same_picture` is how long new time stamps have come with an unchanged picture.
    `detail` is a redacted line for the details panel. Counters are up to a second old.
    """

    camera: CameraId
    phase: Phase = Phase.OFF
    tier: Tier | None = None
    fault: Fault | None = None
    detail: str = ""
    attempt: int = 0
    codec: str = ""
    width: int = 0
    height: int = 0
    source_fps: float = 0.0
    decoded_fps: float = 0.0
    keyframe_interval: float = 0.0
    bitrate: float = 0.0
    bytes_received: int = 0
    frames_decoded: int = 0
    frames_received: int = 0
    decode_errors: int = 0
    reconnects: int = 0
    open_seconds: float = 0.0
    latency: float | None = None
    lag: float = 0.0
    same_picture: float = 0.0
    other_fault: Fault | None = None
    replay_seconds: float = 0.0
    replay_bytes: int = 0


@dataclass(frozen=True, slots=True)
class ClipProgress:
    """How far an export of instant replay has come; `fraction` in 0…1."""

    fraction: float
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class EngineNotice:
    """Something about the engine as a whole that the operator should read once."""

    text: Text
