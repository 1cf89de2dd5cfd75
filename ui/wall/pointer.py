"""The mouse on the wall: focus, enlarge, drag, zoom, pan."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from ui.wall.pane import Pane
from ui.wall.zoom import Zoom

# One notch of a wheel is 15 degrees, in eighths of a degree.
_NOTCH = 120.0


class PointerTarget(Protocol):
    """What the mouse can do to a wall."""

    def pane_at(self, at: QPointF) -> Pane | None: ...

    def set_focus(self, index: int | None) -> None: ...

    def toggle_enlarged(self, index: int) -> None: ...

    def clear(self, index: int | None = None) -> None: ...

    def set_zoom(self, pane: Pane, zoom: Zoom) -> None: ...

    def drag_tile(self, pane: Pane) -> None: ...

    def ratio(self) -> float: ...

    def hover(self, pane: Pane | None) -> None: ...


class Pointer:
    def __init__(self, target: PointerTarget) -> None:
        self._target = target
        self._pressed: Pane | None = None
        self._from = QPointF()
        self._panning = False

    def press(self, event: QMouseEvent) -> None:
        pane = self._target.pane_at(event.position())
        if pane is None:
            return
        index = pane.index
        self._target.set_focus(index)
        if event.button() is Qt.MouseButton.MiddleButton:
            self._target.clear(index)
        elif event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._from, self._panning = pane, event.position(), False

    def move(self, event: QMouseEvent) -> None:
        pane = self._pressed
        if pane is None:
            self._target.hover(self._target.pane_at(event.position()))
            return
        way = event.position() - self._from
        if not self._panning and way.manhattanLength() < QApplication.startDragDistance():
            return
        if pane.zoom.active:
            self._panning = True
            self._pan(pane, way)
            self._from = event.position()
        elif pane.content is not None:
            self._pressed = None
            self._target.drag_tile(pane)

    def release(self) -> None:
        self._pressed = None

    def double_click(self, event: QMouseEvent) -> None:
        pane = self._target.pane_at(event.position())
        self._pressed = None
        if event.button() is Qt.MouseButton.LeftButton and pane is not None:
            self._target.toggle_enlarged(pane.index)

    def wheel(self, event: QWheelEvent) -> None:
        """Zooms under the pointer; a touch pad's small steps add up smoothly."""
        pane = self._target.pane_at(event.position())
        if pane is None or pane.look is None:
            return
        at = event.position() * self._target.ratio()
        across, down = pane.place.fraction(at.x(), at.y())
        steps = event.angleDelta().y() / _NOTCH
        self._target.set_zoom(pane, pane.zoom.steps(steps, across, down))

    def _pan(self, pane: Pane, way: QPointF) -> None:
        ratio = self._target.ratio()
        across = -way.x() * ratio / max(1, pane.place.width)
        down = -way.y() * ratio / max(1, pane.place.height)
        self._target.set_zoom(pane, pane.zoom.panned(across, down))
