from __future__ import annotations

from app.domain.camera import CameraId
from app.domain.layout import layout_named
from app.domain.text import Text
from app.domain.wall import MAIN_WINDOW, WallId, cameras, empty_wall, fill
from app.services.opening_wall import open_wall, opening_wall
from app.services.walls import Walls
from tests.fakes.store import MemoryStore

LIST = [CameraId(f"c{n}") for n in range(20)]
EMPTY = empty_wall(WallId("w"))


def test_an_empty_wall_shows_the_list_in_the_smallest_square() -> None:
    wall = opening_wall(EMPTY, None, LIST)
    assert wall.layout.name == "25"
    assert cameras(wall) == tuple(LIST)


def test_a_named_layout_counts() -> None:
    wall = opening_wall(EMPTY, layout_named("9"), LIST)
    assert (wall.layout.name, cameras(wall)) == ("9", tuple(LIST[:9]))


def test_what_the_operator_arranged_stays() -> None:
    arranged = fill(EMPTY, [LIST[7], LIST[3]])
    assert opening_wall(arranged, None, LIST) == arranged
    larger = opening_wall(arranged, layout_named("16"), LIST)
    assert (larger.layout.name, cameras(larger)) == ("16", (LIST[7], LIST[3]))
    smaller = opening_wall(arranged, layout_named("4"), LIST)
    assert (smaller.layout.name, cameras(smaller)) == ("4", (LIST[7], LIST[3]))


def test_a_layout_that_would_drop_something_is_not_taken() -> None:
    arranged = fill(EMPTY, LIST[:9])
    for cameras_now in (LIST, []):
        assert opening_wall(arranged, layout_named("4"), cameras_now) == arranged
    assert opening_wall(EMPTY, layout_named("4"), []).layout.name == "4"


def test_what_lies_over_the_wall_is_not_made_its_own() -> None:
    walls = Walls(MemoryStore())
    walls.apply(MAIN_WINDOW, fill(walls.wall(MAIN_WINDOW), LIST[:2]), Text("", ""))
    own = walls.own_wall(MAIN_WINDOW)
    walls.cover(MAIN_WINDOW, fill(EMPTY, [CameraId("other")]))
    open_wall(walls, None, LIST)
    assert (walls.own_wall(MAIN_WINDOW), walls.covered(MAIN_WINDOW)) == (own, True)


def test_a_wall_of_another_list_is_replaced() -> None:
    foreign = fill(EMPTY, [CameraId("other")])
    assert cameras(opening_wall(foreign, None, LIST[:4])) == tuple(LIST[:4])


def test_without_cameras_nothing_changes() -> None:
    assert opening_wall(EMPTY, None, []) == EMPTY


def test_it_can_be_undone() -> None:
    walls = Walls(MemoryStore())
    before = walls.wall(MAIN_WINDOW)
    open_wall(walls, None, LIST)
    open_wall(walls, None, LIST)
    walls.undo()
    assert walls.wall(MAIN_WINDOW) == before
