from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.layout import (
    LAYOUTS,
    MAX_GRID,
    Cell,
    Direction,
    Layout,
    grid,
    layout_named,
    neighbour,
    rects,
    renamed,
    smallest_for,
    tile_at,
)

COUNTS = {
    "1": 1, "4": 4, "9": 9, "16": 16, "25": 25, "36": 36, "49": 49, "64": 64,
    "1+5": 6, "1+7": 8, "1+12": 13, "2+8": 10,
}  # fmt: skip
OPPOSITE = {
    Direction.LEFT: Direction.RIGHT,
    Direction.RIGHT: Direction.LEFT,
    Direction.UP: Direction.DOWN,
    Direction.DOWN: Direction.UP,
}
layouts = st.sampled_from(LAYOUTS)


@st.composite
def custom_layouts(draw: st.DrawFn) -> Layout:
    """A grid with some cells merged and, sometimes, some left out."""
    columns, rows = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    large: list[Cell] = []
    for _ in range(draw(st.integers(0, 6))):
        column, row = draw(st.integers(0, columns - 1)), draw(st.integers(0, rows - 1))
        width = draw(st.integers(1, columns - column))
        height = draw(st.integers(1, rows - row))
        cell = Cell(column, row, width, height)
        if not any(cell.overlaps(other) for other in large):
            large.append(cell)
    whole = grid("own", columns, rows, *large)
    holes = draw(st.sets(st.sampled_from(whole.cells), max_size=len(whole.cells) - 1))
    return Layout("own", columns, rows, tuple(c for c in whole.cells if c not in holes))


def test_the_named_layouts_are_those_of_the_glossary() -> None:
    assert {layout.name: len(layout.cells) for layout in LAYOUTS} == COUNTS
    for layout in LAYOUTS:
        assert sum(c.width * c.height for c in layout.cells) == layout.columns * layout.rows


def test_large_tiles_come_first() -> None:
    assert layout_named("1+5").cells[0] == Cell(0, 0, 2, 2)
    assert layout_named("1+7").cells[0] == Cell(0, 0, 3, 3)
    assert layout_named("1+12").cells[0] == Cell(1, 1, 2, 2)
    assert layout_named("2+8").cells[:2] == (Cell(0, 0, 2, 2), Cell(2, 0, 2, 2))


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(BadInput) as caught:
        layout_named("37")
    assert "37" in caught.value.text.ko
    assert "1+12" in caught.value.text.en


@pytest.mark.parametrize(("count", "name"), [(0, "1"), (1, "1"), (2, "4"), (37, "49"), (99, "64")])
def test_the_smallest_square_that_holds_them(count: int, name: str) -> None:
    assert smallest_for(count).name == name


@pytest.mark.parametrize(
    ("columns", "rows", "cells", "words"),
    [
        (0, 1, (Cell(0, 0),), "grid"),
        (1, MAX_GRID + 1, (Cell(0, 0),), "grid"),
        (2, 2, (), "no tile"),
        (9, 9, tuple(Cell(0, 0, 9, 9).units()), "64"),
        (2, 2, (Cell(0, 0, 0, 1),), "no size"),
        (2, 2, (Cell(0, 0, 1, -1),), "no size"),
        (2, 2, (Cell(1, 0, 2, 1),), "leaves"),
        (2, 2, (Cell(-1, 0),), "leaves"),
        (2, 2, (Cell(0, -1),), "leaves"),
        (2, 2, (Cell(0, 1, 1, 2),), "leaves"),
        (2, 2, (Cell(0, 0, 2, 1), Cell(1, 0)), "overlap"),
    ],
)
def test_what_is_no_layout_says_why(
    columns: int, rows: int, cells: tuple[Cell, ...], words: str
) -> None:
    with pytest.raises(BadInput) as caught:
        Layout("own", columns, rows, cells)
    assert words in caught.value.text.en


def test_a_layout_can_have_another_name() -> None:
    own = renamed(layout_named("9"), "정문")
    assert (own.name, own.cells) == ("정문", layout_named("9").cells)


@given(st.one_of(layouts, custom_layouts()), st.integers(400, 7680), st.integers(300, 4320),
       st.integers(0, 8))  # fmt: skip
def test_tiles_fill_the_window_with_equal_gaps(
    layout: Layout, width: int, height: int, gap: int
) -> None:
    places = rects(layout, width, height, gap)
    assert len(places) == len(layout.cells)
    for (x, y, w, h), cell in zip(places, layout.cells, strict=True):
        assert w >= 1
        assert h >= 1
        assert (x == 0) == (cell.column == 0)
        assert (y == 0) == (cell.row == 0)
        assert (x + w == width) == (cell.right == layout.columns)
        assert (y + h == height) == (cell.bottom == layout.rows)
        assert x >= 0
        assert y >= 0
        assert x + w <= width
        assert y + h <= height
    for (a, one), (b, other) in combinations(zip(places, layout.cells, strict=True), 2):
        if one.right == other.column:
            assert b[0] - (a[0] + a[2]) == gap
        if one.bottom == other.row:
            assert b[1] - (a[1] + a[3]) == gap
        apart_x = a[0] + a[2] + gap <= b[0] or b[0] + b[2] + gap <= a[0]
        apart_y = a[1] + a[3] + gap <= b[1] or b[1] + b[3] + gap <= a[1]
        assert apart_x or apart_y


@given(layouts, st.integers(400, 7680), st.integers(300, 4320))
def test_single_tiles_differ_by_a_pixel_at_most(layout: Layout, width: int, height: int) -> None:
    single = [
        place
        for place, cell in zip(rects(layout, width, height, 2), layout.cells, strict=True)
        if cell.width == cell.height == 1
    ]
    for side in (2, 3):
        sizes = {place[side] for place in single}
        assert not sizes or max(sizes) - min(sizes) <= 1


@given(layouts, st.integers(8, 60), st.integers(8, 60))
def test_a_tiny_window_narrows_the_gaps_before_the_tiles(
    layout: Layout, width: int, height: int
) -> None:
    for _, _, w, h in rects(layout, width, height, 20):
        assert w >= 1
        assert h >= 1


def test_the_tile_under_a_pixel() -> None:
    places = rects(layout_named("4"), 101, 101, 1)
    assert tile_at(places, 0, 0) == 0
    assert tile_at(places, 100, 100) == 3
    assert tile_at(places, 50, 0) is None
    assert tile_at(places, 0, 50) is None


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_arrows_reach_every_tile_from_every_tile(layout: Layout) -> None:
    steps = [{neighbour(layout, i, d) for d in Direction} for i in range(len(layout.cells))]
    for start in range(len(layout.cells)):
        reached, frontier = {start}, {start}
        while frontier:
            frontier = set().union(*(steps[i] for i in frontier)) - reached
            reached |= frontier
        assert reached == set(range(len(layout.cells)))


@given(custom_layouts(), st.sampled_from(Direction))
def test_an_arrow_goes_its_way_as_long_as_there_is_a_tile(
    layout: Layout, direction: Direction
) -> None:
    def beyond(a: Cell, b: Cell) -> bool:
        return {
            Direction.RIGHT: b.column >= a.right,
            Direction.LEFT: b.right <= a.column,
            Direction.DOWN: b.row >= a.bottom,
            Direction.UP: b.bottom <= a.row,
        }[direction]

    for index, cell in enumerate(layout.cells):
        there = neighbour(layout, index, direction)
        candidates = [i for i, other in enumerate(layout.cells) if beyond(cell, other)]
        assert there in (candidates or [index])


@pytest.mark.parametrize("name", ["1", "4", "9", "16", "25", "36", "49", "64"])
def test_in_a_square_the_way_back_is_the_way(name: str) -> None:
    layout = layout_named(name)
    for index in range(len(layout.cells)):
        for direction, back in OPPOSITE.items():
            there = neighbour(layout, index, direction)
            if there != index:
                assert neighbour(layout, there, back) == index


@pytest.mark.parametrize(
    ("name", "index", "direction", "expected"),
    [
        ("9", 4, Direction.LEFT, 3),
        ("9", 4, Direction.RIGHT, 5),
        ("9", 4, Direction.UP, 1),
        ("9", 4, Direction.DOWN, 7),
        ("9", 2, Direction.RIGHT, 2),
        ("9", 0, Direction.UP, 0),
        ("1+5", 0, Direction.RIGHT, 1),
        ("1+5", 2, Direction.LEFT, 0),
        ("1+5", 4, Direction.UP, 0),
        ("2+8", 0, Direction.RIGHT, 1),
        ("1+12", 0, Direction.UP, 2),
    ],
)
def test_arrows(name: str, index: int, direction: Direction, expected: int) -> None:
    assert neighbour(layout_named(name), index, direction) == expected


def test_an_arrow_jumps_over_a_hole() -> None:
    corners = Layout("corners", 3, 3, (Cell(0, 0), Cell(2, 2)))
    assert neighbour(corners, 0, Direction.RIGHT) == 1
    assert neighbour(corners, 1, Direction.UP) == 0
