"""Drawing a custom layout: cells are merged and split on a grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.errors import BadInput
from app.domain.layout import MAX_GRID, Cell, Layout, fault
from app.domain.names import cleaned
from app.domain.text import Text


@dataclass(frozen=True, slots=True)
class Draft:
    """A layout in the making: always without holes, in reading order, perhaps too many cells."""

    columns: int
    rows: int
    cells: tuple[Cell, ...]

    @property
    def area(self) -> Cell:
        return Cell(0, 0, self.columns, self.rows)


def _covering(columns: int, rows: int, cells: Iterable[Cell]) -> Draft:
    """These cells and single ones wherever they leave a hole."""
    kept = list(cells)
    taken = {unit for cell in kept for unit in cell.units()}
    holes = (unit for unit in Cell(0, 0, columns, rows).units() if unit not in taken)
    in_order = sorted([*kept, *holes], key=lambda cell: (cell.row, cell.column))
    return Draft(columns, rows, tuple(in_order))


def blank(columns: int, rows: int) -> Draft:
    """A grid of single cells, its sides brought into 1…24."""
    columns, rows = (max(1, min(MAX_GRID, side)) for side in (columns, rows))
    return _covering(columns, rows, ())


def draft_of(layout: Layout) -> Draft:
    return _covering(layout.columns, layout.rows, layout.cells)


def resized(draft: Draft, columns: int, rows: int) -> Draft:
    """Another grid; cells that would leave it fall apart, new room becomes single cells."""
    empty = blank(columns, rows)
    inside = (cell for cell in draft.cells if cell.inside(empty.area))
    return _covering(empty.columns, empty.rows, inside)


def spanning(one: Cell, other: Cell) -> Cell:
    """The rectangle from one cell to another, both included: what a drag selects."""
    column, row = min(one.column, other.column), min(one.row, other.row)
    width, height = max(one.right, other.right) - column, max(one.bottom, other.bottom) - row
    return Cell(column, row, width, height)


def merged(draft: Draft, area: Cell) -> Draft:
    """One cell instead of all in `area`. Raises `BadInput` where it cuts a cell or the grid."""
    if area.width < 1 or area.height < 1 or not area.inside(draft.area):
        raise BadInput(
            Text("선택한 영역이 격자 밖으로 나갑니다.", "The selection leaves the grid.")
        )
    if any(cell.overlaps(area) and not cell.inside(area) for cell in draft.cells):
        raise BadInput(
            Text(
                "선택한 영역이 합쳐진 칸을 자릅니다. 그 칸을 전부 포함하거나 먼저 나누세요.",
                "The selection cuts through a merged cell. Take all of it in, or split it first.",
            )
        )
    outside = [cell for cell in draft.cells if not cell.overlaps(area)]
    return _covering(draft.columns, draft.rows, [*outside, area])


def split(draft: Draft, index: int) -> Draft:
    """Single cells instead of cell `index`. Raises IndexError."""
    gone = draft.cells[index]
    others = (cell for cell in draft.cells if cell != gone)
    return _covering(draft.columns, draft.rows, others)


def problems(draft: Draft, name: str, taken: Iterable[str] = ()) -> tuple[Text, ...]:
    """Why this cannot be a layout yet; empty if it can."""
    found: list[Text] = []
    wanted = cleaned(name)
    if not wanted:
        found.append(Text("이름을 입력하세요.", "Enter a name."))
    elif wanted.casefold() in {cleaned(other).casefold() for other in taken}:
        found.append(Text(f"‘{wanted}’(이)라는 이름이 이미 있습니다.", f"“{wanted}” is taken."))
    reason = fault(draft.columns, draft.rows, draft.cells)
    return (*found, reason) if reason is not None else tuple(found)


def finished(draft: Draft, name: str) -> Layout:
    """The layout; raises `BadInput` with the first of its problems."""
    for reason in problems(draft, name):
        raise BadInput(reason)
    return Layout(cleaned(name), draft.columns, draft.rows, draft.cells)
