from __future__ import annotations

import pytest

from app.domain.camera import Camera, CameraId
from app.domain.stream import StreamStatus
from app.domain.tile import TileState, TileTruth
from app.services.figure_rows import CameraRow
from app.services.report import CameraFigures

A = CameraId("a")
CAMERA = Camera(A, 7, "정문", "", "")


def status(frames: int, **what: object) -> StreamStatus:
    return StreamStatus(A, frames_decoded=frames, frames_received=frames, **what)  # type: ignore[arg-type]


def figures(row: CameraRow, now: float, *, live: bool = False) -> CameraFigures:
    return row.figures(CAMERA, status(0), TileTruth(TileState.LIVE, 0.0), now, live=live)


def test_off_a_tile_nothing_counts() -> None:
    row = CameraRow(A, 0.0)
    row.read(status(100), 100, 1.0)
    assert (row.decoded, row.received) == (0, 0)
    row.begin(status(150), 150, 2.0)
    row.read(status(165), 165, 3.0)
    row.leave()
    row.read(status(900), 900, 4.0)
    assert (row.decoded, row.received) == (15, 15)


def test_decoded_is_as_new_as_the_newest_picture() -> None:
    row = CameraRow(A, 0.0)
    row.begin(status(0), 0, 0.0)
    row.read(status(0), 5, 0.5)
    assert row.decoded == 5


def test_a_picture_that_is_painted_already_counts_as_decoded_on_this_tile() -> None:
    row = CameraRow(A, 0.0)
    row.begin(status(90), 90, 0.0, painted=1)
    row.read(status(90), 91, 0.5)
    assert row.decoded == 2


def test_numbers_that_start_again_go_on() -> None:
    row = CameraRow(A, 0.0)
    row.begin(status(0), 100, 0.0)
    row.read(status(0), 3, 0.5)
    assert row.decoded == 3


def test_the_live_rate_is_that_of_the_last_five_seconds() -> None:
    row = CameraRow(A, 0.0)
    row.begin(status(0), 0, 0.0)
    for half in range(1, 41):
        row.shown = min(half, 20) * 5
        row.read(status(row.shown), 0, half / 2)
    assert figures(row, 20.0, live=True).fps_shown == 0.0
    assert figures(row, 20.0).fps_shown == pytest.approx(5.0)


def test_away_from_its_tile_nothing_ages() -> None:
    row = CameraRow(A, 0.0)
    row.begin(status(0), 1, 0.0)
    row.arrived = 1.0
    assert row.age(3.0) == 2.0
    row.leave()
    assert row.age(3.0) is None
    assert figures(row, 3.0).age_ms is None


def test_opening_is_the_decoders_word_where_no_screen_told() -> None:
    row = CameraRow(A, 0.0)
    told = row.figures(
        CAMERA, status(1, open_seconds=0.7), TileTruth(TileState.LIVE, 0.0), 1.0, live=False
    )
    assert told.open_ms == 700
    row.opened = 0.9
    assert figures(row, 1.0).open_ms == 900
