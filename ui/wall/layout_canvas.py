"""The grid on which a layout is drawn, by mouse and by keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.layout import Cell
from ui.theme import Theme, Type
from ui.wall.layout_draft import Draft

_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def spanned(first: tuple[int, int], last: tuple[int, int]) -> Cell:
    """The rectangle with these two corners (column, row)."""
    left, right = sorted((first[0], last[0]))
    top, bottom = sorted((first[1], last[1]))
    return Cell(left, top, right - left + 1, bottom - top + 1)


class LayoutCanvas(QWidget):
    """Shows a draft and what is selected in it; asks for changes, makes none itself.

    merge_requested, split_requested, empty_requested  Cell
    """

    merge_requested = Signal(object)
    split_requested = Signal(object)
    empty_requested = Signal(object)

    def __init__(self, draft: Draft, theme: Theme) -> None:
        super().__init__()
        self._draft = draft
        self._theme = theme
        self._anchor = (0, 0)
        self._cursor = (0, 0)
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(480, 270)
        theme.changed.connect(self.update)

    @property
    def selection(self) -> Cell:
        """What is marked, grown so that it cuts no tile."""
        return self._draft.grown(spanned(self._anchor, self._cursor))

    def show_draft(self, draft: Draft) -> None:
        self._draft = draft
        self._anchor = self._inside(self._anchor)
        self._cursor = self._inside(self._cursor)
        self.update()

    def select(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        self._anchor, self._cursor = self._inside(first), self._inside(last)
        self.update()

    def area_of(self, cell: Cell) -> QRect:
        """The widget's pixels of a cell."""
        left = self.width() * cell.column // self._draft.columns
        top = self.height() * cell.row // self._draft.rows
        right = self.width() * cell.right // self._draft.columns
        bottom = self.height() * cell.bottom // self._draft.rows
        return QRect(left, top, right - left, bottom - top)

    def _inside(self, place: tuple[int, int]) -> tuple[int, int]:
        column = min(max(place[0], 0), self._draft.columns - 1)
        row = min(max(place[1], 0), self._draft.rows - 1)
        return column, row

    def _place(self, at: QPointF) -> tuple[int, int]:
        column = int(at.x() * self._draft.columns // max(1, self.width()))
        row = int(at.y() * self._draft.rows // max(1, self.height()))
        return self._inside((column, row))

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("wall"))
        painter.setFont(self._theme.font(Type.SECONDARY))
        grid = Cell(0, 0, self._draft.columns, self._draft.rows)
        painter.setPen(QPen(self._theme.on_wall("line"), 1, Qt.PenStyle.DotLine))
        for unit in grid.units():
            painter.drawRect(self.area_of(unit).adjusted(0, 0, -1, -1))
        for number, cell in enumerate(self._draft.cells, start=1):
            area = self.area_of(cell).adjusted(1, 1, -1, -1)
            painter.fillRect(area, self._theme.on_wall("control"))
            painter.setPen(self._theme.on_wall("secondary"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(number))
        width = 2 if self.hasFocus() or self._dragging else 1
        painter.setPen(QPen(self._theme.on_wall("focus"), width))
        painter.drawRect(self.area_of(self.selection).adjusted(1, 1, -2, -2))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position())
        self.select(place, place)
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
        elif event.button() == Qt.MouseButton.RightButton:
            self.empty_requested.emit(self.selection)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self.select(self._anchor, self._place(event.position()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._dragging = False
            if self._anchor != self._cursor:
                self.merge_requested.emit(self.selection)
            self.update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        place = self._place(event.position())
        self.select(place, place)
        self._split()

    def _split(self) -> None:
        cell = self._draft.at(*self._cursor)
        if cell is not None:
            self.split_requested.emit(cell)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is not None:
            column, row = self._cursor
            there = (column + step[0], row + step[1])
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.select(self._anchor if shift else there, there)
        elif event.key() == Qt.Key.Key_Space:
            self.merge_requested.emit(self.selection)
        elif event.key() == Qt.Key.Key_Backspace:
            self._split()
        elif event.key() == Qt.Key.Key_Delete:
            self.empty_requested.emit(self.selection)
        else:
            super().keyPressEvent(event)
