"""The truth of a tile: a pure derivation from what is known and what time it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.stream import PARTIAL_SHARE, DecodeMode, Fault, Phase, StreamStatus

# DESIGN §3: later than a second is late, later than three is frozen, each at least a multiple of
# the interval that tier and source lead one to expect.
LATE_SECONDS = 1.0
FROZEN_SECONDS = 3.0
LATE_INTERVALS = 2.0
FROZEN_INTERVALS = 3.0
# A camera's noise changes its picture many times a second; five seconds of an identical picture
# under fresh time stamps is an encoder that repeats itself or a covered, saturated sensor.
SUSPECT_SECONDS = 5.0
# Before the source's own rate is known, a GOP of two seconds is the common upper setting.
UNKNOWN_KEYFRAME_INTERVAL = 2.0


class TileState(StrEnum):
    LIVE = "live"
    LATE = "late"
    FROZEN = "frozen"
    CONNECTING = "connecting"
    UNAUTHORISED = "unauthorised"
    NOT_FOUND = "not found"
    UNREACHABLE = "unreachable"
    UNSUPPORTED = "unsupported"
    OFF = "off"


_STATE_OF_FAULT = {
    Fault.UNAUTHORISED: TileState.UNAUTHORISED,
    Fault.FORBIDDEN: TileState.UNAUTHORISED,
    Fault.NOT_FOUND: TileState.NOT_FOUND,
    Fault.NO_VIDEO: TileState.UNSUPPORTED,
    Fault.UNKNOWN_CODEC: TileState.UNSUPPORTED,
    Fault.TOO_LARGE: TileState.UNSUPPORTED,
    Fault.BAD_ADDRESS: TileState.UNSUPPORTED,
    Fault.SESSION_LOST: TileState.CONNECTING,
    Fault.ENDED: TileState.CONNECTING,
    Fault.DECODER_DIED: TileState.CONNECTING,
}


@dataclass(frozen=True, slots=True)
class TileTruth:
    """What a tile says about its picture.

    `age` is seconds since the newest picture, None if there never was one; `suspect` = fresh time
    stamps on an unchanging picture.
    """

    state: TileState
    age: float | None
    fault: Fault | None = None
    attempt: int = 0
    suspect: bool = False

    @property
    def shows_live_picture(self) -> bool:
        return self.state is TileState.LIVE


def expected_interval(status: StreamStatus) -> float:
    """Seconds between pictures that this tier and source lead one to expect."""
    mode = status.tier.mode if status.tier is not None else DecodeMode.FULL
    if mode in {DecodeMode.KEYFRAMES, DecodeMode.PARTIAL}:
        whole = status.keyframe_interval or UNKNOWN_KEYFRAME_INTERVAL
        return whole if mode is DecodeMode.KEYFRAMES else whole * (1 - PARTIAL_SHARE)
    return 1.0 / status.source_fps if status.source_fps > 0 else 0.0


def truth(status: StreamStatus, age: float | None) -> TileTruth:
    """Derives a tile's state from the decoder's last word and the age (s) of its newest picture."""
    state = _failure(status, age) or _freshness(status, age)
    suspect = state is TileState.LIVE and status.same_picture >= SUSPECT_SECONDS
    return TileTruth(state, age, status.fault, status.attempt, suspect)


def _failure(status: StreamStatus, age: float | None) -> TileState | None:
    """The state that the reason alone decides; None where the picture's age has a say."""
    if status.phase is Phase.OFF:
        return TileState.OFF
    if status.phase is Phase.PLAYING or status.fault is None:
        return None
    state = _STATE_OF_FAULT.get(status.fault, TileState.UNREACHABLE)
    return state if state is not TileState.CONNECTING or age is None else None


def _freshness(status: StreamStatus, age: float | None) -> TileState:
    interval = expected_interval(status)
    if age is None:
        return TileState.CONNECTING
    if age > max(FROZEN_SECONDS, FROZEN_INTERVALS * interval):
        return TileState.FROZEN
    # A fresh arrival that we decode seconds late is not live either; `lag` is our own measure and
    # needs no clock of the camera.
    if age > max(LATE_SECONDS, LATE_INTERVALS * interval) or status.lag > FROZEN_SECONDS:
        return TileState.LATE
    return TileState.LIVE if status.phase is Phase.PLAYING else TileState.CONNECTING
