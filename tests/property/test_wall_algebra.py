"""What holds for every wall, whatever is done to it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.domain.camera import CameraId
from app.domain.layout import LAYOUTS, Layout
from app.domain.wall import (
    CameraTile,
    HotSpotTile,
    TileContent,
    TourId,
    TourTile,
    Wall,
    WallId,
    add,
    clear,
    fill,
    first_free,
    left_over,
    move,
    put,
    swap,
    with_layout,
)

camera_ids = st.integers(1, 99).map(lambda n: CameraId(str(n)))
contents: st.SearchStrategy[TileContent] = st.one_of(
    camera_ids.map(CameraTile),
    st.sampled_from([HotSpotTile(), TourTile(TourId("day")), TourTile(TourId("night"))]),
)
layouts = st.sampled_from(LAYOUTS)


@st.composite
def walls(draw: st.DrawFn) -> Wall:
    layout = draw(layouts)
    count = len(layout.cells)
    tiles = draw(st.lists(st.none() | contents, min_size=count, max_size=count))
    return Wall(WallId("w"), "", layout, tuple(tiles))


def index(data: st.DataObject, wall: Wall) -> int:
    return data.draw(st.integers(0, len(wall.tiles) - 1))


def held(*walls: Wall) -> Counter[TileContent]:
    return Counter(content for wall in walls for content in wall.tiles if content is not None)


@given(walls(), st.data())
def test_swap_is_its_own_inverse_and_loses_nothing(wall: Wall, data: st.DataObject) -> None:
    i, j = index(data, wall), index(data, wall)
    swapped = swap(wall, i, j)
    assert swap(swapped, i, j) == wall
    assert held(swapped) == held(wall)
    assert (swapped.tiles[i], swapped.tiles[j]) == (wall.tiles[j], wall.tiles[i])


@given(walls(), walls(), st.data())
def test_move_is_its_own_inverse_and_loses_nothing(
    here: Wall, there: Wall, data: st.DataObject
) -> None:
    i, j = index(data, here), index(data, there)
    left, arrived = move(here, i, there, j)
    assert move(left, i, arrived, j) == (here, there)
    assert held(left, arrived) == held(here, there)


@given(walls(), st.none() | contents, st.data())
def test_put_changes_one_tile_only(
    wall: Wall, content: TileContent | None, data: st.DataObject
) -> None:
    i = index(data, wall)
    after = put(wall, i, content)
    assert after.tiles[i] == content
    assert put(after, i, wall.tiles[i]) == wall
    assert clear(after, i) == clear(wall, i)


@given(walls(), layouts)
def test_another_layout_keeps_the_order_and_loses_only_what_is_left_over(
    wall: Wall, target: Layout
) -> None:
    after = with_layout(wall, target)
    before = [content for content in wall.tiles if content is not None]
    kept = [content for content in after.tiles if content is not None]
    assert kept + list(left_over(wall, target)) == before
    assert len(kept) == min(len(before), len(target.cells))


@given(walls(), layouts)
def test_there_and_back_loses_nothing_where_all_had_a_place(wall: Wall, target: Layout) -> None:
    if not left_over(wall, target):
        assert held(with_layout(with_layout(wall, target), wall.layout)) == held(wall)


@given(walls(), st.lists(camera_ids, max_size=70), st.data())
def test_fill_puts_them_in_a_row(wall: Wall, cameras: list[CameraId], data: st.DataObject) -> None:
    start = index(data, wall)
    after = fill(wall, cameras, start)
    shown = min(len(cameras), len(wall.tiles) - start)
    assert after.tiles[:start] == wall.tiles[:start]
    assert after.tiles[start : start + shown] == tuple(map(CameraTile, cameras[:shown]))
    assert after.tiles[start + shown :] == wall.tiles[start + shown :]


@given(walls(), st.lists(camera_ids, max_size=70))
def test_add_never_takes_a_tile_away(wall: Wall, cameras: list[CameraId]) -> None:
    free = wall.tiles.count(None)
    after = add(wall, cameras)
    assert held(after) == held(wall) + Counter(map(CameraTile, cameras[:free]))
    assert all(b is None or a == b for a, b in zip(after.tiles, wall.tiles, strict=True))
    assert (first_free(after) is None) == (len(cameras) >= free)
