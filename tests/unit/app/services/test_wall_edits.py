from __future__ import annotations

import pytest

from app.domain.camera import Camera, CameraId
from app.domain.text import Text
from app.domain.tour import TourId
from app.domain.wall import MAIN_WINDOW, HotSpotTile, TourTile, WindowId, camera_of
from app.services.wall_edits import NO_FREE_TILE, Edits, fewer_shown, no_such_camera
from app.services.walls import Walls
from tests.fakes.store import MemoryStore


def ids(*names: str) -> list[CameraId]:
    return [CameraId(name) for name in names]


@pytest.fixture
def walls() -> Walls:
    """One window with nine free tiles."""
    return Walls(MemoryStore())


@pytest.fixture
def edits(walls: Walls) -> Edits:
    return edits_of(walls)


def edits_of(walls: Walls, window: WindowId = MAIN_WINDOW) -> Edits:
    known = {CameraId("a"): Camera(CameraId("a"), 1417, "A", "", "")}
    return Edits(walls, window, known.get)


def shown(walls: Walls, window: WindowId = MAIN_WINDOW) -> list[str]:
    return [camera_of(content) or "-" for content in walls.wall(window).tiles]


def test_cameras_fill_the_tiles_from_one_on(walls: Walls, edits: Edits) -> None:
    assert edits.show(ids("a", "b"), 3) is None
    assert shown(walls) == ["-", "-", "-", "a", "b", "-", "-", "-", "-"]


def test_what_has_no_tile_is_told(walls: Walls, edits: Edits) -> None:
    assert edits.show(ids("a", "b", "c"), 7) == fewer_shown(2, 3)
    assert edits.add(ids(*"defghijk")) == fewer_shown(7, 8)
    assert edits.add(ids("z")) == NO_FREE_TILE
    assert shown(walls) == [*list("defghij"), "a", "b"]


@pytest.mark.parametrize(
    ("act", "label"),
    [
        (lambda e: e.show(ids("a"), 0), Text("카메라 1417 놓기", "Show camera 1417")),
        (lambda e: e.show(ids("x"), 0), Text("카메라 x 놓기", "Show camera x")),
        (lambda e: e.show(ids("a", "b"), 0), Text("카메라 2대 놓기", "Show 2 cameras")),
        (lambda e: e.put(1, TourTile(TourId("t"))), Text("타일 2 바꾸기", "Change tile 2")),
        (
            lambda e: e.toggle_hot_spot(0),
            Text("타일 1을(를) 핫스팟으로", "Make tile 1 the hot spot"),
        ),
    ],
)
def test_each_step_can_be_undone_by_its_name(walls: Walls, edits: Edits, act, label: Text) -> None:  # type: ignore[no-untyped-def]
    before = walls.wall(MAIN_WINDOW)
    act(edits)
    assert walls.wall(MAIN_WINDOW) != before
    assert walls.undo_label == label
    walls.undo()
    assert walls.wall(MAIN_WINDOW) == before


def test_clearing_and_swapping_have_names_too(walls: Walls, edits: Edits) -> None:
    edits.show(ids("a", "b"), 0)
    edits.move(MAIN_WINDOW, 0, 4)
    assert shown(walls)[:5] == ["-", "b", "-", "-", "a"]
    assert walls.undo_label == Text("타일 1과(와) 5 바꾸기", "Swap tiles 1 and 5")
    edits.clear(4)
    assert shown(walls)[:5] == ["-", "b", "-", "-", "-"]
    assert walls.undo_label == Text("타일 5 비우기", "Clear tile 5")


def test_what_changes_nothing_is_no_step(walls: Walls, edits: Edits) -> None:
    edits.clear(0)
    edits.move(MAIN_WINDOW, 1, 1)
    assert not walls.can_undo


def test_the_hot_spot_goes_as_it_came(walls: Walls, edits: Edits) -> None:
    edits.toggle_hot_spot(2)
    assert walls.wall(MAIN_WINDOW).tiles[2] == HotSpotTile()
    edits.toggle_hot_spot(2)
    assert walls.wall(MAIN_WINDOW).tiles[2] is None


def test_a_move_between_windows_is_one_step(walls: Walls, edits: Edits) -> None:
    edits.show(ids("a", "b"), 0)
    window = walls.open_window()
    edits_of(walls, window).move(MAIN_WINDOW, 0, 8)
    assert shown(walls)[0] == "-"
    assert shown(walls, window)[8] == "a"
    walls.undo()
    assert shown(walls)[0] == "a"
    assert shown(walls, window)[8] == "-"


def test_a_tile_that_is_gone_moves_nothing(walls: Walls, edits: Edits) -> None:
    edits.move(MAIN_WINDOW, 99, 0)
    edits.move(WindowId("7"), 0, 0)
    assert not walls.can_undo


def test_an_unknown_number_is_named() -> None:
    assert no_such_camera(12) == Text("카메라 12번이 없습니다.", "There is no camera 12.")
