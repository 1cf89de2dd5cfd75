"""The map widget: what it shows lies in its canvas; here is how it is looked at and handled."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final, cast

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.camera import CameraId
from app.domain.geo.camera_map import CameraMap
from app.domain.geo.clusters import Flags
from app.domain.geo.earth import Place
from app.domain.geo.viewport import Box, Viewport, box_around, whole_country
from app.services.map_ports import Boundaries, TilePictures
from ui.map.canvas import Canvas
from ui.map.hand import Hand, Tool
from ui.map.live import Live
from ui.map.marks import PointLayer
from ui.theme import Theme

_PULSE_MS: Final = 100
# `viewport_changed` is told at most so often.
_TELL_MS: Final = 100
# A share of the window for each press of an arrow.
_STEP: Final = 0.2
_FOLLOW_SHARE: Final = 1 / 3
# A notch of a wheel is 120; two of them are one zoom.
_WHEEL: Final = 240
_MOST_FITTED: Final = 16.0
_ARROWS: Final = {
    Qt.Key.Key_Left: (-_STEP, 0.0), Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP), Qt.Key.Key_Down: (0.0, _STEP),
}  # fmt: skip
_ZOOMS: Final = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class MapView(QWidget):
    """Places in WGS84 degrees, pixels logical.

    camera_activated    CameraId: double click
    camera_hovered      CameraId | None
    selection_changed   tuple[CameraId, ...]: by lasso, radius or click; the nearest first
    incident_activated  id: click
    incident_hovered    id, "" for none
    track_activated     id
    context_requested   Place, list[CameraId] under the pointer, incident id, QPoint (global)
    viewport_changed    Viewport: at most ten times a second
    follow_lost         the operator has moved the map away from what it followed
    failed              Failure: of the base map
    """

    camera_activated = Signal(object)
    camera_hovered = Signal(object)
    selection_changed = Signal(object)
    incident_activated = Signal(str)
    incident_hovered = Signal(str)
    track_activated = Signal(str)
    context_requested = Signal(object, object, str, object)
    viewport_changed = Signal(object)
    follow_lost = Signal()
    failed = Signal(object)

    def __init__(
        self,
        boundaries: Boundaries,
        theme: Theme,
        parent: QWidget | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.canvas = Canvas(boundaries, theme, now, self.isVisible, self.devicePixelRatioF)
        self.canvas.fresh.connect(self.update)
        self.canvas.failed.connect(self.failed)
        # What was brought into view, until a hand moves the map: a window that grows shows it all.
        self._fitted: tuple[Box, float] | None = None
        self._followed = ""
        self.hand = Hand(self)
        self._pulse = QTimer(self)
        self._pulse.setInterval(_PULSE_MS)
        self._pulse.timeout.connect(self._beat)
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.setInterval(_TELL_MS)
        self._tell.timeout.connect(lambda: self.viewport_changed.emit(self.viewport))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(200, 150)
        theme.changed.connect(self._restyle)

    def shut(self) -> None:
        """Before it is deleted."""
        self._pulse.stop()
        self._tell.stop()
        self._theme.changed.disconnect(self._restyle)
        self.canvas.shut()

    # what is on it

    @property
    def cameras(self) -> CameraMap:
        return self.canvas.content.cameras

    @property
    def filter(self) -> Flags | None:
        return self.canvas.content.shown

    @property
    def live(self) -> Live:
        return self.canvas.live

    @property
    def selected(self) -> tuple[CameraId, ...]:
        return self.canvas.selected

    def set_cameras(self, cameras: CameraMap, dead: Flags | None = None) -> None:
        """Takes the filter away: it was for other cameras."""
        dead = np.zeros(len(cameras.x), np.bool_) if dead is None else dead
        self.canvas.put(cameras=cameras, dead=dead, shown=None)

    def set_dead(self, dead: Flags) -> None:
        """Which of the cameras give no picture; of the same length as the cameras."""
        if not np.array_equal(dead, self.canvas.content.dead):
            self.canvas.put(dead=dead)

    def set_filter(self, shown: Flags | None) -> None:
        self.canvas.put(shown=shown)

    def set_layers(self, *, cameras: bool, cones: bool, points: Sequence[PointLayer]) -> None:
        self.canvas.put(with_cameras=cameras, with_cones=cones, points=tuple(points))

    def set_base_map(self, tiles: TilePictures | None) -> None:
        self.canvas.overlay.base_attribution = tiles.attribution if tiles is not None else ""
        self.canvas.put(tiles=tiles)

    def set_live(self, live: Live) -> None:
        if live != self.canvas.live:
            self.canvas.live = live
            self._follow()
            self._run_pulse()
            self.update()

    # looking

    @property
    def viewport(self) -> Viewport:
        return self.canvas.viewport

    def set_viewport(self, view: Viewport) -> None:
        if view != self.canvas.viewport:
            self.canvas.viewport = view
            self._fitted = None
            self.canvas.moved()
            self.update()
            if not self._tell.isActive():
                self._tell.start()

    def look_at(self, place: Place, zoom: float | None = None) -> None:
        view = self.viewport.over(place)
        if zoom is not None:
            view = view.zoomed(zoom, view.width / 2, view.height / 2)
        self.set_viewport(view)

    def fit(self, places: Sequence[Place], most: float = 17.0) -> None:
        if places:
            self._fit_box(box_around(places), most)

    def _fit_box(self, box: Box, most: float) -> None:
        self.set_viewport(self.viewport.fitted_box(box, most))
        self._fitted = (box, most)

    def fit_cameras(self) -> None:
        """All cameras; the whole country where there are none. Also before the first show."""
        xs, ys = self.cameras.x, self.cameras.y
        if not len(xs):
            self.set_viewport(whole_country(self.width(), self.height()))
            return
        # The middle 98 %: one with a mistyped position must not make the others a speck.
        left, right = (float(x) for x in np.quantile(xs, (0.01, 0.99)))
        top, bottom = (float(y) for y in np.quantile(ys, (0.01, 0.99)))
        box = (left, top, right, bottom)
        self._fit_box(box, _MOST_FITTED)

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        view = self.viewport
        x, y = (view.width / 2, view.height / 2) if at is None else (at.x(), at.y())
        self.set_viewport(view.zoomed(round((view.zoom + steps) * 4) / 4, x, y))

    def follow(self, track: str) -> None:
        """Keeps a track in the middle third; "" for none."""
        self._followed = track
        self._follow()

    @property
    def followed(self) -> str:
        return self._followed

    def moved_by_hand(self) -> None:
        if self._followed:
            self._followed = ""
            self.follow_lost.emit()

    def set_tool(self, tool: Tool) -> None:
        self.hand.take(tool)

    def picture(self) -> QPixmap:
        """As it is on the screen, for print and clipboard."""
        return self.grab()

    def cameras_at(self, at: QPointF) -> list[CameraId]:
        return self.canvas.cameras_at(at)

    def select(self, cameras: Sequence[CameraId]) -> None:
        self.canvas.selected = tuple(cameras)
        self.update()
        self.selection_changed.emit(self.selected)

    # inside

    def _restyle(self) -> None:
        self.canvas.restyle()
        self.update()

    def _follow(self) -> None:
        track = next((t for t in self.live.tracks if t.id == self._followed), None)
        if track is None:
            return
        x, y = self.viewport.place_on_screen(track.places[-1])
        across, down = self.width() * _FOLLOW_SHARE, self.height() * _FOLLOW_SHARE
        if not (across <= x <= self.width() - across and down <= y <= self.height() - down):
            self.look_at(track.places[-1])

    def _run_pulse(self) -> None:
        wanted = self.live.pulses and self.isVisible()
        if wanted != self._pulse.isActive():
            (self._pulse.start if wanted else self._pulse.stop)()

    def _beat(self) -> None:
        self.update(self.live.pulse_region(self.viewport))

    # Qt

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            # A region can be gone through; the stub does not say so.
            rects = list(cast("Any", event.region()))
            self.canvas.paint(painter, event.region(), cast("list[QRect]", rects))
            self.hand.paint(painter, self.canvas.look())
            self.canvas.overlay.paint(painter, self.viewport)
        finally:
            painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        view = self.viewport.resized(self.width(), self.height())
        if self._fitted is not None:
            view = view.fitted_box(*self._fitted)
        self.canvas.viewport = view
        self.canvas.moved()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self.canvas.order()
        self._run_pulse()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._pulse.stop()
        self.hand.left()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle()
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        self.hand.press(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hand.move(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hand.release(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cameras = self.cameras_at(event.position())
        if len(cameras) == 1:
            self.camera_activated.emit(cameras[0])
        else:
            self.moved_by_hand()
            self.zoom_by(1, event.position())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.hand.left()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / _WHEEL
        if steps:
            self.moved_by_hand()
            self.zoom_by(steps, event.position())
        event.accept()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = QPointF(event.pos())
        place = self.viewport.place_at(at.x(), at.y())
        incident = self.live.incident_at(self.viewport, at.x(), at.y())
        self.context_requested.emit(place, self.cameras_at(at), incident, event.globalPos())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            right, down = _ARROWS[key]
            self.moved_by_hand()
            moved = self.viewport.panned(right * self.width(), down * self.height())
            self.set_viewport(moved)
        elif key in _ZOOMS:
            self.zoom_by(_ZOOMS[key])
        elif key == Qt.Key.Key_Home:
            self.fit_cameras()
        elif key == Qt.Key.Key_Escape and self.hand.busy:
            self.hand.give_up()
        else:
            super().keyPressEvent(event)
