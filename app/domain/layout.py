"""The geometry of a wall: named and custom layouts, their pixels, and the way between tiles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.errors import BadInput
from app.domain.text import Text

MAX_TILES = 64
# A tile of a 24th of a 1920-pixel window is 80 pixels wide: smaller ones show nothing.
MAX_GRID = 24


class Direction(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle in grid units, counted from the upper left corner."""

    column: int
    row: int
    width: int = 1
    height: int = 1

    @property
    def right(self) -> int:
        return self.column + self.width

    @property
    def bottom(self) -> int:
        return self.row + self.height

    def overlaps(self, other: Cell) -> bool:
        return (
            self.column < other.right
            and other.column < self.right
            and self.row < other.bottom
            and other.row < self.bottom
        )

    def inside(self, other: Cell) -> bool:
        return (
            self.column >= other.column
            and self.row >= other.row
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def units(self) -> Iterator[Cell]:
        """The 1 × 1 cells that this one covers, in reading order."""
        for row in range(self.row, self.bottom):
            for column in range(self.column, self.right):
                yield Cell(column, row)


@dataclass(frozen=True, slots=True)
class Layout:
    """A grid of `columns` × `rows` and the cells that become tiles, in the order of the tiles.

    A layout that exists is valid: 1…64 cells, inside the grid, none over another. Holes are
    allowed. Raises `BadInput` with the reason.
    """

    name: str
    columns: int
    rows: int
    cells: tuple[Cell, ...]

    def __post_init__(self) -> None:
        if (reason := fault(self.columns, self.rows, self.cells)) is not None:
            raise BadInput(reason)


def fault(columns: int, rows: int, cells: tuple[Cell, ...]) -> Text | None:
    """Why these cells make no layout; None if they do."""
    if not (1 <= columns <= MAX_GRID and 1 <= rows <= MAX_GRID):
        return Text(
            f"격자는 1×1부터 {MAX_GRID}×{MAX_GRID}까지 됩니다: {columns}×{rows}",
            f"A grid has 1×1 to {MAX_GRID}×{MAX_GRID} cells: {columns}×{rows}",
        )
    if not cells:
        return Text("타일이 하나도 없습니다.", "There is no tile in it.")
    if len(cells) > MAX_TILES:
        return Text(
            f"타일은 {MAX_TILES}개까지입니다: {len(cells)}개. 칸을 합치거나 격자를 줄이세요.",
            f"{MAX_TILES} tiles at most, not {len(cells)}: merge cells or make the grid smaller.",
        )
    return _fault_of_cells(Cell(0, 0, columns, rows), cells)


def _fault_of_cells(grid: Cell, cells: tuple[Cell, ...]) -> Text | None:
    for number, cell in enumerate(cells, start=1):
        if cell.width < 1 or cell.height < 1:
            return Text(f"{number}번 타일에 크기가 없습니다.", f"Tile {number} has no size.")
        if not cell.inside(grid):
            return Text(
                f"{number}번 타일이 격자 밖으로 나갑니다.", f"Tile {number} leaves the grid."
            )
    taken: dict[Cell, int] = {}
    for number, cell in enumerate(cells, start=1):
        for unit in cell.units():
            if unit in taken:
                return Text(
                    f"{taken[unit]}번 타일과 {number}번 타일이 겹칩니다.",
                    f"Tiles {taken[unit]} and {number} overlap.",
                )
            taken[unit] = number
    return None


def grid(name: str, columns: int, rows: int, *large: Cell) -> Layout:
    """`large` cells first (they are the first tiles), single cells wherever they leave room."""
    singles = tuple(
        unit
        for unit in Cell(0, 0, columns, rows).units()
        if not any(unit.overlaps(cell) for cell in large)
    )
    return Layout(name, columns, rows, large + singles)


LAYOUTS: tuple[Layout, ...] = (
    *(grid(str(side * side), side, side) for side in range(1, 9)),
    grid("1+5", 3, 3, Cell(0, 0, 2, 2)),
    grid("1+7", 4, 4, Cell(0, 0, 3, 3)),
    grid("1+12", 4, 4, Cell(1, 1, 2, 2)),
    grid("2+8", 4, 4, Cell(0, 0, 2, 2), Cell(2, 0, 2, 2)),
)
_BY_NAME = {layout.name: layout for layout in LAYOUTS}


def layout_named(name: str) -> Layout:
    """One of the twelve named layouts; raises `BadInput` for any other name."""
    try:
        return _BY_NAME[name]
    except KeyError:
        known = ", ".join(_BY_NAME)
        raise BadInput(
            Text(
                f"‘{name}’(이)라는 화면분할이 없습니다. 사용할 수 있는 것: {known}",
                f"There is no layout “{name}”. There are: {known}",
            )
        ) from None


def smallest_for(count: int) -> Layout:
    """The smallest square layout with room for `count` tiles; the largest one beyond that."""
    squares = LAYOUTS[:8]
    return next((layout for layout in squares if len(layout.cells) >= count), squares[-1])


def renamed(layout: Layout, name: str) -> Layout:
    return replace(layout, name=name)


def _edges(length: int, parts: int, gap: int) -> list[tuple[int, int]]:
    """Start and end pixel of each of `parts` along `length`, `gap` pixels apart.

    A length too short for the gaps narrows these before it takes the last pixel of a part.
    """
    gap = max(0, min(gap, (length - parts) // (parts - 1))) if parts > 1 else 0
    usable = length - gap * (parts - 1)
    return [
        (part * usable // parts + part * gap, (part + 1) * usable // parts + part * gap)
        for part in range(parts)
    ]


def rects(layout: Layout, width: int, height: int, gap: int) -> list[tuple[int, int, int, int]]:
    """(x, y, width, height) of every tile in whole device pixels, in the order of the tiles.

    The grid fills the window to its last pixel with gaps of exactly `gap` pixels; sizes differ by
    a pixel where the window does not divide.
    """
    across = _edges(width, layout.columns, gap)
    down = _edges(height, layout.rows, gap)
    found: list[tuple[int, int, int, int]] = []
    for cell in layout.cells:
        left, top = across[cell.column][0], down[cell.row][0]
        right, bottom = across[cell.right - 1][1], down[cell.bottom - 1][1]
        found.append((left, top, right - left, bottom - top))
    return found


def tile_at(places: list[tuple[int, int, int, int]], x: int, y: int) -> int | None:
    """Which of the `rects` holds the pixel; None in a gap or hole."""
    for index, (left, top, width, height) in enumerate(places):
        if left <= x < left + width and top <= y < top + height:
            return index
    return None


def neighbour(layout: Layout, index: int, direction: Direction) -> int:
    """The tile that an arrow key goes to; `index` itself at the edge.

    The nearest one beyond the edge that shares rows (or columns) with this tile, then the one
    whose middle is closest; over a hole, the nearest one beyond at all. In the named layouts
    arrows reach every tile; in a very irregular custom one a tile may be left to Tab and mouse.
    """
    here = _turned(layout.cells[index], direction)
    best: tuple[tuple[bool, int, int, int], int] | None = None
    for other, cell in enumerate(layout.cells):
        there = _turned(cell, direction)
        if there.column < here.right:
            continue
        apart = there.row >= here.bottom or here.row >= there.bottom
        # Twice the distance between the middles, so that halves stay whole numbers.
        aside = abs(2 * there.row + there.height - 2 * here.row - here.height)
        rank = ((apart, there.column - here.right, aside, there.row), other)
        best = rank if best is None else min(best, rank)
    return index if best is None else best[1]


def _turned(cell: Cell, direction: Direction) -> Cell:
    """The cell in a grid turned so that `direction` points to growing columns."""
    if direction is Direction.RIGHT:
        return cell
    if direction is Direction.LEFT:
        return Cell(-cell.right, cell.row, cell.width, cell.height)
    if direction is Direction.DOWN:
        return Cell(cell.row, cell.column, cell.height, cell.width)
    return Cell(-cell.bottom, cell.column, cell.height, cell.width)
