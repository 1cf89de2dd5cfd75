"""The report of a run: what `--report` writes and the health screen shows."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from app.domain.camera import CameraId
from app.domain.stream import DecodeMode, Fault, Tier
from app.domain.tile import TileState


@dataclass(frozen=True, slots=True)
class Percentiles:
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Opening:
    p50: float
    p95: float
    max: float


@dataclass(frozen=True, slots=True)
class Delay:
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Blocking:
    p95: float
    p99: float
    max: float


@dataclass(frozen=True, slots=True)
class Cpu:
    ui: float
    decoders: float
    total: float


@dataclass(frozen=True, slots=True)
class Memory:
    ui: float
    decoders: float


@dataclass(frozen=True, slots=True)
class ReportedError:
    """`at_s`: seconds since the start, of the last time; `text` has no credentials."""

    at_s: float
    camera: str
    what: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class CameraFigures:
    """One camera on a tile. Ages and delays in milliseconds, None where nothing is known.

    The rates are over the period of the report, or over the last seconds in the live view.
    `last_fault` is the latest one, over or not; `last_error` the same with what was said.
    `not_live_s` is how long the tile has not been live, 0 while it is.
    """

    camera: CameraId
    number: int
    name: str
    state: TileState
    not_live_s: float
    tier: Tier | None
    codec: str
    width: int
    height: int
    bitrate: float
    fps_source: float
    fps_decoded: float
    fps_shown: float
    frames_received: int
    frames_decoded: int
    frames_shown: int
    age_ms: float | None
    latency_ms: float | None
    open_ms: float | None
    reconnects: int
    decode_errors: int
    last_fault: Fault | None
    last_error: str


@dataclass(frozen=True, slots=True)
class Report:
    """Field names are those of DESIGN §7; every figure but `open_ms` leaves out `settle_s`.

    `fps_source` and `fps_shown` are by camera number. `memory_measure` says what `pss_mb` holds
    on this system (PSS, or USS where the system has no PSS). `mark_latency_ms`: capture to screen
    as the mark in the demo site's pictures tells it, independent of the source's clock.
    """

    version: str
    duration_s: float
    settle_s: float
    tiles: int
    tiles_live: int
    frames_received: int
    frames_decoded: int
    frames_shown: int
    fps_source: dict[str, float]
    fps_shown: dict[str, float]
    age_ms: Percentiles | None
    open_ms: Opening | None
    latency_ms: Delay | None
    mark_latency_ms: Delay | None
    screen_ms: Delay | None
    ui_block_ms: Blocking | None
    cpu_s: Cpu
    cpu_ms_per_shown_frame: float | None
    pss_mb: Memory
    memory_measure: str
    decoder_restarts: int
    reconnects: int
    states: dict[str, int]
    errors: tuple[ReportedError, ...]
    cameras: tuple[CameraFigures, ...]

    def to_json(self) -> str:
        return json.dumps(_plain(self), ensure_ascii=False, indent=2) + "\n"


def tier_word(tier: Tier | None) -> str:
    """`sub`, `main`, or with what was lowered: `sub keyframes`."""
    if tier is None:
        return ""
    word = "" if tier.mode is DecodeMode.FULL else f" {tier.mode.name.lower().replace('_', ' ')}"
    return f"{tier.profile.value}{word}"


def _plain(report: Report) -> dict[str, object]:
    plain: dict[str, object] = asdict(report)
    plain["cameras"] = [asdict(row) | {"tier": tier_word(row.tier)} for row in report.cameras]
    return {name: _rounded(value) for name, value in plain.items()}


def _rounded(value: object) -> object:
    """Figures with the digits that mean something: a report is read by people too."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def write_report(report: Report, target: Path) -> None:
    """Writes the JSON whole or not at all. Raises OSError."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("w", encoding="utf-8") as out:
            out.write(report.to_json())
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
