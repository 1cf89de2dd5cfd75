from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.domain.bad_ends import BadEnd
from app.domain.preferences import PreferenceValues
from app.domain.text import Text
from app.services.care_port import Piece
from app.services.hub_link import Link, LinkState
from app.services.report import Cpu, Memory, Report, ReportedError
from app.services.run_facts import ends_piece, figures_piece, link_facts, piece, settings_piece
from tests.fakes.health import row

REPORT = Report(
    version="0.1.0", duration_s=30.0, settle_s=0.0, tiles=2, tiles_live=1, frames_received=1,
    frames_decoded=1, frames_shown=1, fps_source={}, fps_shown={}, age_ms=None, open_ms=None,
    latency_ms=None, mark_latency_ms=None, screen_ms=None, ui_block_ms=None, cpu_s=Cpu(1, 2, 3),
    cpu_ms_per_shown_frame=None, pss_mb=Memory(1, 2), memory_measure="pss", decoder_restarts=0,
    reconnects=0, states={"live": 1},
    errors=(ReportedError(1.0, "7 홍길동", "fault", "no rtsp://u:geheim@10.1.1.1/x", 1),),
    cameras=(row(7, last_error="no way to 10.1.1.1"),),
)  # fmt: skip
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def read(made: Piece) -> Any:
    return json.loads(made.text)


def test_bad_ends_are_told_whole() -> None:
    (told,) = read(ends_piece([BadEnd(NOW, None, "0.1.0", 7)]))
    assert told["found"] == "2026-03-02T09:00:00+00:00"
    assert told["began"] is None


def test_figures_name_no_camera() -> None:
    told = read(figures_piece(REPORT))
    (camera,), (error,) = told["cameras"], told["errors"]
    assert (camera["number"], camera["last_error"]) == (7, "no way to ***")
    assert {"camera", "name"}.isdisjoint(camera)
    assert "camera" not in error
    assert error["text"] == "no rtsp://***"
    assert (told["tiles"], told["states"]) == (2, {"live": 1})


def test_settings_tell_whether_a_name_is_set() -> None:
    values = replace(PreferenceValues(), operator="홍길동", clips_folder="/home/kim")
    told = read(settings_piece(values))
    assert told["operator"] == told["clips_folder"] == "set"
    assert told["stills_folder"] == "not set"
    assert told["default_layout"] == "9"


def test_the_link_says_why_in_english() -> None:
    link = Link(LinkState.OFFLINE, Text("끊김", "The connection to the hub has ended."), lag=3)
    told = read(piece("hub.json", link_facts(link, 2, 1), ""))
    assert told["state"] == "offline"
    assert told["reason"] == "The connection to the hub has ended."
    assert (told["acts_waiting"], told["acts_troubled"], told["lag"]) == (2, 1, 3)
    assert read(piece("hub.json", link_facts(Link(), 0, 0), ""))["reason"] is None
