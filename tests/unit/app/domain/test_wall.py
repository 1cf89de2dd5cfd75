from __future__ import annotations

import pytest

from app.domain.camera import CameraId
from app.domain.layout import layout_named, renamed
from app.domain.wall import (
    CameraTile,
    HotSpotTile,
    TourId,
    TourTile,
    Wall,
    WallId,
    add,
    camera_of,
    cameras,
    clear,
    cleared,
    empty_wall,
    fill,
    first_free,
    hot_spots,
    left_over,
    move,
    place_of,
    put,
    same_picture,
    swap,
    with_layout,
)

A, B, C, D = (CameraId(letter) for letter in "abcd")
TOUR = TourTile(TourId("night"))


def wall(name: str, *shown: CameraId | None) -> Wall:
    """A wall of this layout with cameras in its first tiles."""
    tiles = [None if camera is None else CameraTile(camera) for camera in shown]
    layout = layout_named(name)
    tiles += [None] * (len(layout.cells) - len(tiles))
    return Wall(WallId("w"), "", layout, tuple(tiles))


def test_tiles_and_cells_are_as_many() -> None:
    with pytest.raises(ValueError, match="3 tiles in a layout of 4"):
        Wall(WallId("w"), "", layout_named("4"), (None,) * 3)


def test_an_empty_wall_has_nine_tiles_unless_told() -> None:
    assert len(empty_wall(WallId("w")).tiles) == 9
    assert empty_wall(WallId("w"), layout_named("4"), "정문").name == "정문"


def test_put_takes_the_place_of_what_was_there() -> None:
    shown = put(put(wall("4", A), 0, CameraTile(B)), 3, HotSpotTile())
    assert shown.tiles == (CameraTile(B), None, None, HotSpotTile())
    assert clear(shown, 0).tiles[0] is None
    assert cleared(shown) == wall("4")


@pytest.mark.parametrize("index", [-1, 4])
def test_there_is_no_tile_outside(index: int) -> None:
    with pytest.raises(IndexError):
        put(wall("4"), index, None)


def test_swap() -> None:
    assert swap(wall("4", A, B), 0, 1) == wall("4", B, A)
    assert swap(wall("4", A), 0, 2) == wall("4", None, None, A)


def test_move_between_two_walls_exchanges() -> None:
    assert move(wall("4", A), 0, wall("1", B), 0) == (wall("4", B), wall("1", A))
    assert move(wall("4", A), 0, wall("1"), 0) == (wall("4"), wall("1", A))


def test_fill_goes_over_what_is_there_and_leaves_out_the_rest() -> None:
    assert fill(wall("4", A), [B, C, D], start=2) == wall("4", A, None, B, C)
    assert fill(wall("4", A), [B], start=9) == wall("4", A)


def test_add_takes_free_tiles_only() -> None:
    assert add(wall("4", A, None, B), [C, D, A]) == wall("4", A, C, B, D)


def test_a_larger_layout_keeps_the_places() -> None:
    assert with_layout(wall("4", A, None, B), layout_named("9")) == wall("9", A, None, B)


def test_a_smaller_layout_keeps_the_places_while_all_have_one() -> None:
    assert with_layout(wall("9", None, A), layout_named("4")) == wall("4", None, A)


def test_a_smaller_layout_closes_up_when_it_must() -> None:
    nine = fill(wall("9", A, None, B), [C, D], start=7)
    assert with_layout(nine, layout_named("4")) == wall("4", A, B, C, D)
    assert with_layout(nine, layout_named("1")) == wall("1", A)
    assert left_over(nine, layout_named("4")) == ()
    assert left_over(nine, layout_named("1")) == tuple(map(CameraTile, (B, C, D)))


def test_what_a_wall_shows() -> None:
    shown = put(put(wall("9", A, B, A), 3, TOUR), 5, HotSpotTile())
    assert cameras(shown) == (A, B)
    assert hot_spots(shown) == (5,)
    assert first_free(shown) == 4
    assert first_free(shown, 5) == 6
    assert first_free(wall("1", A)) is None
    assert place_of(shown, A) == 0
    assert place_of(shown, C) is None
    assert camera_of(TOUR) is None


def test_the_same_picture_under_other_names() -> None:
    one = wall("4", A)
    other = Wall(WallId("x"), "other", renamed(one.layout, "quad"), one.tiles)
    assert same_picture(one, other)
    assert not same_picture(one, clear(one, 0))
    assert not same_picture(wall("4"), with_layout(wall("4"), layout_named("9")))
