"""Figures of a wall that a test makes up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.camera import CameraId, ProfileName
from app.domain.figures import Sample
from app.domain.stream import DecodeMode, Tier
from app.domain.tile import TileState
from app.services.report import CameraFigures

ROW = CameraFigures(
    camera=CameraId("c"),
    number=1,
    name="월성네거리 북",
    state=TileState.LIVE,
    not_live_s=0.0,
    tier=Tier(ProfileName.SUB, DecodeMode.FULL),
    codec="h264",
    width=640,
    height=360,
    bitrate=512_000.0,
    fps_source=15.0,
    fps_decoded=15.0,
    fps_shown=14.9,
    frames_received=450,
    frames_decoded=450,
    frames_shown=449,
    age_ms=60.0,
    latency_ms=160.0,
    open_ms=400.0,
    reconnects=0,
    decode_errors=0,
    last_fault=None,
    last_error="",
)


def row(number: int, **what: Any) -> CameraFigures:
    return replace(ROW, camera=CameraId(f"c{number}"), number=number, **what)


def sample(at: float = 0.0, **what: Any) -> Sample:
    """A healthy second of sixteen tiles on two cores."""
    values: dict[str, Any] = {
        "cpu_ui": 0.2,
        "cpu_decoders": 0.6,
        "busy": 0.5,
        "cores": 2,
        "shown_per_second": 240.0,
        "decoded_per_second": 240.0,
        "age_p95": 0.09,
        "latency_p95": 0.16,
        "block_p99": 0.008,
        "block_largest": 0.024,
        "memory_ui_mb": 131.0,
        "memory_decoders_mb": 284.0,
        "tiles": 16,
        "tiles_live": 16,
        "reconnects": 3,
    }
    return Sample(at, **(values | what))


class MadeUpFigures:
    def __init__(self) -> None:
        self.history: list[Sample] = []
        self.now: list[CameraFigures] = []
        self.asked = 0

    def rows(self) -> list[CameraFigures]:
        self.asked += 1
        return self.now
