from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain.camera import CameraId, ProfileName
from app.domain.stream import DecodeMode, Tier
from app.domain.tile import TileState
from app.services.report import (
    CameraFigures,
    Cpu,
    Delay,
    Memory,
    Percentiles,
    Report,
    ReportedError,
    tier_word,
    write_report,
)

ROW = CameraFigures(
    camera=CameraId("c1"),
    number=1021,
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
    fps_shown=14.98765,
    frames_received=450,
    frames_decoded=450,
    frames_shown=449,
    age_ms=40.0,
    latency_ms=None,
    open_ms=600.0,
    reconnects=0,
    decode_errors=0,
    last_fault=None,
    last_error="",
)
REPORT = Report(
    version="0.1.0",
    duration_s=30.0,
    settle_s=0.0,
    tiles=1,
    tiles_live=1,
    frames_received=450,
    frames_decoded=450,
    frames_shown=449,
    fps_source={"1021": 15.0},
    fps_shown={"1021": 14.98765},
    age_ms=Percentiles(40.0, 60.0, 70.0),
    open_ms=None,
    latency_ms=None,
    mark_latency_ms=None,
    screen_ms=Delay(5.0, 9.0),
    ui_block_ms=None,
    cpu_s=Cpu(1.0, 2.0, 3.0),
    cpu_ms_per_shown_frame=6.6815,
    pss_mb=Memory(120.0, 90.0),
    memory_measure="pss",
    decoder_restarts=0,
    reconnects=0,
    states={"live": 1},
    errors=(ReportedError(3.0, "1021 월성네거리 북", "timed out", "", 2),),
    cameras=(ROW,),
)
# DESIGN §7, word for word.
PROMISED = {
    "version", "duration_s", "tiles", "tiles_live", "frames_decoded", "frames_shown", "fps_source",
    "fps_shown", "age_ms", "open_ms", "latency_ms", "ui_block_ms", "cpu_s",
    "cpu_ms_per_shown_frame", "pss_mb", "reconnects", "states", "errors",
}  # fmt: skip


def test_json_has_every_promised_field() -> None:
    read = json.loads(REPORT.to_json())
    assert set(read) >= PROMISED
    assert set(read["age_ms"]) == {"p50", "p95", "p99"}
    assert set(read["cpu_s"]) == {"ui", "decoders", "total"}
    assert read["latency_ms"] is None
    assert read["fps_shown"] == {"1021": 14.988}


def test_json_is_readable_by_people() -> None:
    assert "월성네거리 북" in REPORT.to_json()
    row = json.loads(REPORT.to_json())["cameras"][0]
    assert (row["tier"], row["state"]) == ("sub", "live")


@pytest.mark.parametrize(
    ("tier", "word"),
    [
        (None, ""),
        (Tier(ProfileName.MAIN, DecodeMode.FULL), "main"),
        (Tier(ProfileName.SUB, DecodeMode.KEYFRAMES), "sub keyframes"),
        (Tier(ProfileName.SUB, DecodeMode.NO_LOOP_FILTER), "sub no loop filter"),
    ],
)
def test_tier_word(tier: Tier | None, word: str) -> None:
    assert tier_word(tier) == word


def test_written_whole_over_an_older_one(tmp_path: Path) -> None:
    target = tmp_path / "r.json"
    target.write_text("old")
    write_report(REPORT, target)
    assert json.loads(target.read_text(encoding="utf-8"))["tiles"] == 1
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_left_where_it_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "r.json").mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(OSError, match=r"r\.json"):
        write_report(REPORT, tmp_path / "r.json")
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]
