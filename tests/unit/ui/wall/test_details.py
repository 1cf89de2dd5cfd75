from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.camera import Camera, CameraId, ProfileName
from app.domain.stream import DecodeMode, StreamStatus, Tier
from app.domain.tile import TileState, TileTruth
from tests.fakes.engine import playing
from ui.wall.details import rows

pytestmark = pytest.mark.usefixtures("qapp")

CAMERA = Camera(CameraId("c"), 1417, "Crossing", "Dalseo-gu", "생활방범")
LIVE = TileTruth(TileState.LIVE, 0.08)


def found(status: StreamStatus) -> dict[str, str]:
    return dict(rows(CAMERA, LIVE, status))


def test_a_technician_reads_everything_that_is_known() -> None:
    status = replace(
        playing(CAMERA.id),
        bitrate=1_234_000.0,
        bytes_received=56_700_000,
        reconnects=3,
        latency=0.214,
    )
    assert found(status) == {
        "Camera": "1417 Crossing",
        "Site": "Dalseo-gu · 생활방범",
        "Codec": "H264",
        "Size": "640 × 360",
        "Pictures": "15.0 of 15.0 a second",
        "Tier": "Sub",
        "Delay": "0.21 s",
        "Age": "0.08 s",
        "Bit rate": "1.2 Mbit/s",
        "Received": "56.7 MB",
        "Reconnects": "3",
    }


def test_what_is_not_known_is_left_out_but_a_missing_clock_is_said() -> None:
    bare = found(StreamStatus(CAMERA.id))
    assert "Codec" not in bare
    assert "Size" not in bare
    assert bare["Delay"] == "unknown (the camera sends no clock)"


@pytest.mark.parametrize(
    ("tier", "words"),
    [
        (Tier(ProfileName.MAIN, DecodeMode.FULL), "Main"),
        (Tier(ProfileName.SUB, DecodeMode.KEYFRAMES), "Sub · Key frames"),
        (Tier(ProfileName.SUB, DecodeMode.PARTIAL), "Sub · In part"),
        (Tier(ProfileName.SUB, DecodeMode.NO_LOOP_FILTER), "Sub · simplified"),
        (Tier(ProfileName.SUB, DecodeMode.OFF), "Sub · Off"),
    ],
)
def test_the_tier_is_named(tier: Tier, words: str) -> None:
    assert found(replace(playing(CAMERA.id), tier=tier))["Tier"] == words


def test_large_and_small_amounts_have_their_units() -> None:
    status = replace(playing(CAMERA.id), bitrate=98_000.0, bytes_received=7_250_000_000)
    assert found(status)["Bit rate"] == "98 kbit/s"
    assert found(status)["Received"] == "7.25 GB"


def test_no_password_is_shown() -> None:
    detail = "could not open rtsp://admin:s3cret@10.0.0.7/live: timed out"
    shown = found(replace(playing(CAMERA.id), detail=detail))["Last error"]
    assert "s3cret" not in shown
    assert "10.0.0.7" in shown
