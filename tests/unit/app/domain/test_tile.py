"""The truth of a tile, as a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.camera import CameraId, ProfileName
from app.domain.stream import DecodeMode, Fault, Phase, StreamStatus, Tier
from app.domain.tile import TileState, truth

CAMERA = CameraId("c")
FULL = Tier(ProfileName.SUB, DecodeMode.FULL)
KEYFRAMES = Tier(ProfileName.SUB, DecodeMode.KEYFRAMES)
PARTIAL = Tier(ProfileName.SUB, DecodeMode.PARTIAL)


def playing(**known: float | Tier) -> StreamStatus:
    facts = {"tier": FULL, "source_fps": 15.0} | known
    return StreamStatus(CAMERA, phase=Phase.PLAYING, **facts)  # type: ignore[arg-type]


def failed(fault: Fault) -> StreamStatus:
    return StreamStatus(CAMERA, phase=Phase.WAITING, fault=fault, attempt=3)


@pytest.mark.parametrize(
    ("status", "age", "state"),
    [
        (StreamStatus(CAMERA), None, TileState.OFF),
        (StreamStatus(CAMERA, phase=Phase.CONNECTING), None, TileState.CONNECTING),
        (playing(), 0.1, TileState.LIVE),
        (playing(), 1.1, TileState.LATE),
        (playing(), 3.1, TileState.FROZEN),
        # A camera of one picture in two seconds is late after four, frozen after six.
        (playing(source_fps=0.5), 3.9, TileState.LIVE),
        (playing(source_fps=0.5), 4.1, TileState.LATE),
        (playing(source_fps=0.5), 6.1, TileState.FROZEN),
        # Key frames every two seconds: the tier explains the wait.
        (playing(tier=PARTIAL, keyframe_interval=2.0), 3.1, TileState.LIVE),
        (playing(tier=PARTIAL, keyframe_interval=2.0), 3.3, TileState.LATE),
        (playing(tier=KEYFRAMES, keyframe_interval=2.0), 3.9, TileState.LIVE),
        (playing(tier=KEYFRAMES, keyframe_interval=2.0), 4.1, TileState.LATE),
        (playing(tier=KEYFRAMES, keyframe_interval=2.0), 6.1, TileState.FROZEN),
        (playing(tier=KEYFRAMES, keyframe_interval=0.0), 3.9, TileState.LIVE),
        # Decoded far behind its arrival: fresh to us, old to the street.
        (playing(lag=2.9), 0.1, TileState.LIVE),
        (playing(lag=28.2), 0.1, TileState.LATE),
        (failed(Fault.UNAUTHORISED), None, TileState.UNAUTHORISED),
        (failed(Fault.FORBIDDEN), 0.2, TileState.UNAUTHORISED),
        (failed(Fault.NOT_FOUND), None, TileState.NOT_FOUND),
        (failed(Fault.REFUSED), None, TileState.UNREACHABLE),
        (failed(Fault.NO_SUCH_HOST), 12.0, TileState.UNREACHABLE),
        (failed(Fault.TIMED_OUT), None, TileState.UNREACHABLE),
        (failed(Fault.BAD_CERTIFICATE), None, TileState.UNREACHABLE),
        (failed(Fault.GARBAGE), None, TileState.UNREACHABLE),
        (failed(Fault.NO_VIDEO), None, TileState.UNSUPPORTED),
        (failed(Fault.UNKNOWN_CODEC), None, TileState.UNSUPPORTED),
        (failed(Fault.TOO_LARGE), None, TileState.UNSUPPORTED),
        (failed(Fault.BAD_ADDRESS), None, TileState.UNSUPPORTED),
        # A session that ended is being made again: the picture ages before our eyes.
        (failed(Fault.ENDED), None, TileState.CONNECTING),
        (failed(Fault.ENDED), 0.5, TileState.CONNECTING),
        (failed(Fault.ENDED), 1.5, TileState.LATE),
        (failed(Fault.DECODER_DIED), 4.0, TileState.FROZEN),
    ],
)
def test_what_a_tile_says(status: StreamStatus, age: float | None, state: TileState) -> None:
    assert truth(status, age).state is state


def test_a_fresh_picture_that_never_changes_is_a_suspicion_not_a_verdict() -> None:
    suspect = truth(playing(same_picture=5.0), 0.1)
    assert suspect.state is TileState.LIVE
    assert suspect.suspect
    assert not truth(playing(same_picture=4.9), 0.1).suspect


def test_the_attempt_and_the_reason_are_told() -> None:
    told = truth(failed(Fault.REFUSED), 14.0)
    assert (told.fault, told.attempt, told.age) == (Fault.REFUSED, 3, 14.0)


@given(
    st.sampled_from(Phase),
    st.none() | st.sampled_from(Fault),
    st.none() | st.floats(3.01, 1e6),
    st.floats(1, 120),
)
def test_an_old_picture_is_never_live(
    phase: Phase, fault: Fault | None, age: float | None, fps: float
) -> None:
    status = StreamStatus(CAMERA, phase=phase, fault=fault, tier=FULL, source_fps=fps)
    assert not truth(status, age).shows_live_picture
