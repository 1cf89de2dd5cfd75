"""A layout while it is drawn: every cell of the grid belongs to one tile or to none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.layout import MAX_GRID, Cell, Layout, fault
from app.domain.text import Text


@dataclass(frozen=True, slots=True)
class Draft:
    """May be no valid layout yet; `fault` says why. Cells are kept in reading order."""

    columns: int
    rows: int
    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, layout: Layout) -> Draft:
        return cls(layout.columns, layout.rows, layout.cells)

    @classmethod
    def plain(cls, columns: int, rows: int) -> Draft:
        return cls(columns, rows, tuple(Cell(0, 0, columns, rows).units()))

    @property
    def fault(self) -> Text | None:
        return fault(self.columns, self.rows, self.cells)

    def layout(self, name: str) -> Layout:
        """Raises `BadInput` while it has a fault."""
        return Layout(name, self.columns, self.rows, self.cells)

    def at(self, column: int, row: int) -> Cell | None:
        unit = Cell(column, row)
        return next((cell for cell in self.cells if unit.inside(cell)), None)

    def grown(self, area: Cell) -> Cell:
        """The smallest rectangle that holds what of `area` is in the grid and cuts no tile."""
        area = self._inside(area)
        while True:
            touched = [cell for cell in self.cells if cell.overlaps(area)]
            left = min([area.column, *(c.column for c in touched)])
            top = min([area.row, *(c.row for c in touched)])
            right = max([area.right, *(c.right for c in touched)])
            bottom = max([area.bottom, *(c.bottom for c in touched)])
            larger = Cell(left, top, right - left, bottom - top)
            if larger == area:
                return area
            area = larger

    def merged(self, area: Cell) -> Draft:
        """One tile over `area` and every tile that it touches."""
        area = self.grown(area)
        rest = [cell for cell in self.cells if not cell.overlaps(area)]
        return self._with([*rest, area])

    def split(self, cell: Cell) -> Draft:
        """Single cells in place of a tile."""
        return self._with([*(c for c in self.cells if c != cell), *cell.units()])

    def emptied(self, area: Cell) -> Draft:
        """A hole where the tiles of `area` were; single cells where the hole already was."""
        area = self._inside(area)
        touched = [cell for cell in self.cells if cell.overlaps(area)]
        if not touched:
            return self._with([*self.cells, *area.units()])
        return self._with([cell for cell in self.cells if cell not in touched])

    def resized(self, columns: int, rows: int) -> Draft:
        """Another grid: tiles that still fit stay, new cells become tiles of their own."""
        columns = min(max(columns, 1), MAX_GRID)
        rows = min(max(rows, 1), MAX_GRID)
        frame = Cell(0, 0, columns, rows)
        kept = [cell for cell in self.cells if cell.inside(frame)]
        before = Cell(0, 0, self.columns, self.rows)
        holes = {unit for unit in before.units() if self.at(unit.column, unit.row) is None}
        new = [
            unit
            for unit in frame.units()
            if unit not in holes and not any(unit.inside(cell) for cell in kept)
        ]
        return Draft(columns, rows, _in_reading_order([*kept, *new]))

    def _inside(self, area: Cell) -> Cell:
        column, row = min(area.column, self.columns - 1), min(area.row, self.rows - 1)
        right, bottom = min(area.right, self.columns), min(area.bottom, self.rows)
        return Cell(column, row, max(1, right - column), max(1, bottom - row))

    def _with(self, cells: list[Cell]) -> Draft:
        return replace(self, cells=_in_reading_order(cells))


def _in_reading_order(cells: list[Cell]) -> tuple[Cell, ...]:
    return tuple(sorted(cells, key=lambda c: (c.row, c.column)))
