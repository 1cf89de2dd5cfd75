"""What the mouse does on the map: pan, choose with a lasso or a circle, measure, zoom to a box."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QFontMetricsF, QMouseEvent, QPainter, QPen, QPolygonF

from app.domain.camera import CameraId
from app.domain.geo.earth import Place, distance_m
from ui.map.look import Look
from ui.widgets.drag import cameras_data

if TYPE_CHECKING:
    from ui.map.view import MapView

# Pixels before a press becomes a drag.
_STILL: Final = 5
_KILO: Final = 1000
_LEFT: Final = Qt.MouseButton.LeftButton
_NO_DRAG = Qt.KeyboardModifier.NoModifier


class Tool(StrEnum):
    PAN = "pan"
    LASSO = "lasso"
    RADIUS = "radius"
    MEASURE = "measure"
    BOX = "box"
    """Zoom to a rectangle; also with Shift and any tool."""


class Hand:
    """Only one thing at a time; Esc gives it up."""

    def __init__(self, view: MapView) -> None:
        self._view = view
        self.tool = Tool.PAN
        self._start: QPointF | None = None
        self._last = QPointF()
        self._dragging = False
        self._way: list[QPointF] = []
        self._now = Tool.PAN
        self._hovered: CameraId | None = None
        self._lit = ""

    @property
    def busy(self) -> bool:
        return self._start is not None or bool(self._way) or self.tool is not Tool.PAN

    def take(self, tool: Tool) -> None:
        self.give_up()
        self.tool = tool
        shape = Qt.CursorShape.ArrowCursor if tool is Tool.PAN else Qt.CursorShape.CrossCursor
        self._view.setCursor(shape)

    def give_up(self) -> None:
        self._start, self._way = None, []
        self.tool = Tool.PAN
        self._view.setCursor(Qt.CursorShape.ArrowCursor)
        self._view.update()

    # events

    def press(self, event: QMouseEvent) -> None:
        if event.button() != _LEFT:
            return
        self._start = self._last = event.position()
        self._dragging = False
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._now = Tool.BOX if shifted else self.tool
        self._way = [event.position()] if self._now is not Tool.PAN else []

    def move(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._start is None:
            self._hover(at)
            return
        moved = at - self._start
        if not self._dragging and moved.manhattanLength() < _STILL:
            return
        if self._now is Tool.PAN and not self._dragging and self._drag_cameras(self._start):
            self._start = None
            return
        self._dragging = True
        if self._now is Tool.PAN:
            step = at - self._last
            self._view.moved_by_hand()
            self._view.set_viewport(self._view.viewport.panned(-step.x(), -step.y()))
        elif self._now is Tool.LASSO:
            self._way.append(at)
            self._view.update()
        else:
            self._way = [self._start, at]
            self._view.update()
        self._last = at

    def release(self, event: QMouseEvent) -> None:
        if event.button() != _LEFT or self._start is None:
            return
        start, self._start = self._start, None
        if not self._dragging:
            self._click(start, add=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            return
        if self._now is Tool.LASSO:
            corners = [self._view.viewport.in_world(p.x(), p.y()) for p in self._way]
            self._choose(self._view.cameras.inside(corners, self._view.filter))
        elif self._now is Tool.RADIUS:
            place, metres = self._circle()
            self._choose(self._view.cameras.around(place, metres, self._view.filter))
        elif self._now is Tool.BOX:
            self._zoom_to_box()
        if self._now is not Tool.MEASURE:
            self._way = []
        self._view.update()

    def left(self) -> None:
        """The pointer is elsewhere."""
        self._point(None, "")

    # what a click means

    def _click(self, at: QPointF, *, add: bool) -> None:
        view, self._way = self._view, []
        incident = view.live.incident_at(view.viewport, at.x(), at.y())
        track = view.live.track_at(view.viewport, at.x(), at.y())
        cameras = view.cameras_at(at)
        if incident:
            view.incident_activated.emit(incident)
        elif track:
            view.track_activated.emit(track)
        elif cameras:
            kept = [camera for camera in view.selected if camera not in cameras] if add else []
            view.select([*kept, *cameras])
        elif view.selected and not add:
            view.select(())
        view.update()

    def _choose(self, found: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
        self._view.select([self._view.cameras.cameras[int(n)].id for n in found])

    def _zoom_to_box(self) -> None:
        view = self._view
        (a, b), (c, d) = (view.viewport.in_world(p.x(), p.y()) for p in self._way)
        box = (min(a, c), min(b, d), max(a, c), max(b, d))
        view.moved_by_hand()
        view.set_viewport(view.viewport.fitted_box(box, 20.0))

    def _drag_cameras(self, at: QPointF) -> bool:
        """Cameras under the hand go with it, to a tile of any window."""
        cameras = self._view.cameras_at(at)
        if not cameras:
            return False
        if set(cameras) & set(self._view.selected):
            cameras = list(self._view.selected)
        drag = QDrag(self._view)
        drag.setMimeData(cameras_data(cameras))
        drag.exec(Qt.DropAction.CopyAction)
        return True

    def _hover(self, at: QPointF) -> None:
        view = self._view
        cameras = view.cameras_at(at)
        incident = view.live.incident_at(view.viewport, at.x(), at.y())
        self._point(cameras[0] if len(cameras) == 1 else None, incident)

    def _point(self, camera: CameraId | None, incident: str) -> None:
        if camera != self._hovered:
            self._hovered = camera
            self._view.camera_hovered.emit(camera)
        if incident != self._lit:
            self._lit = incident
            self._view.incident_hovered.emit(incident)

    def _circle(self) -> tuple[Place, float]:
        start, end = (self._view.viewport.place_at(p.x(), p.y()) for p in self._way)
        return start, distance_m(start, end)

    # painting

    def paint(self, painter: QPainter, look: Look) -> None:
        if len(self._way) < 2:  # noqa: PLR2004 - a point is nothing yet
            return
        fill = QColor(look.focus)
        fill.setAlpha(30)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.focus, 1.5))
        painter.setBrush(fill)
        if self._now is Tool.LASSO:
            painter.drawPolygon(QPolygonF(self._way))
        elif self._now is Tool.BOX:
            painter.drawRect(QRectF(self._way[0], self._way[1]).normalized())
        else:
            self._paint_length(painter, look)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_length(self, painter: QPainter, look: Look) -> None:
        start, end = self._way
        if self._now is Tool.RADIUS:
            reach = math.hypot(end.x() - start.x(), end.y() - start.y())
            painter.drawEllipse(start, reach, reach)
        painter.drawLine(start, end)
        _, metres = self._circle()
        text = length_words(metres)
        painter.setFont(look.small)
        width = QFontMetricsF(look.small).horizontalAdvance(text)
        box = QRectF(end.x() + 8, end.y() - 22, width + 10, 18)
        painter.fillRect(box, look.sea)
        painter.setPen(look.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def length_words(metres: float) -> str:
    if metres < _KILO:
        return f"{metres:,.0f} m"
    # Hundreds of kilometres are no matter of ten metres.
    digits = 2 if metres < 100 * _KILO else 0
    return f"{metres / _KILO:,.{digits}f} km"
