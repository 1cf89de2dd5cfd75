"""One wall on one window: a single surface that paints only what has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from app.domain.camera import CameraId
from app.domain.layout import Direction
from app.domain.tour import TourId
from app.domain.wall import WindowId
from ui.wall import drop
from ui.wall.control import Control
from ui.wall.keys import Keys
from ui.wall.number_entry import NumberEntry
from ui.wall.pane import Pane
from ui.wall.panes import Extent
from ui.wall.pointer import Pointer
from ui.wall.services import WallServices
from ui.wall.stage import Stage
from ui.wall.zoom import Zoom


@dataclass(frozen=True, slots=True)
class ViewState:
    """The enlarged and the focused tile, and the digital zoom of each."""

    enlarged: int | None
    focused: int | None
    zooms: tuple[Zoom, ...]


class WallView(QWidget):
    """The wall of `window`. Tiles are named by their index; None means the focused one.

    focus_changed       CameraId | None: the camera under the operator's hands
    replay_requested    CameraId: show its last minute
    snapshot_requested  CameraId: save its picture
    message             Text: something to tell the operator once
    hovered             CameraId | None: the camera under the pointer
    """

    focus_changed = Signal(object)
    replay_requested = Signal(object)
    snapshot_requested = Signal(object)
    message = Signal(object)
    hovered = Signal(object)

    def __init__(
        self, services: WallServices, window: WindowId, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self.window_id = window
        self._menu: Callable[[], QMenu] | None = None
        self._shut = False
        self._hovered: CameraId | None = None
        self.stage = Stage(services, window, self)
        self.control = Control(services, window, self.stage, self)
        self._pointer = Pointer(self)
        self._keys = Keys(self)
        self._drops = drop.Drops(self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 90)
        for signal, ours in (
            (self.control.focus_changed, self.focus_changed),
            (self.control.replay_requested, self.replay_requested),
            (self.control.snapshot_requested, self.snapshot_requested),
            (self.control.message, self.message),
        ):
            signal.connect(ours)
        self._disconnect = services.walls.changed.connect(self._wall_changed)
        services.theme.changed.connect(self.stage.relabel)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Wall of cameras"))
        self.stage.relabel()

    def shut(self) -> None:
        """The window is closed for good: asks for nothing and hears nothing any more."""
        if self._shut:
            return
        self._shut = True
        self._disconnect()
        self._services.theme.changed.disconnect(self.stage.relabel)
        self.stage.close()

    # what an operator has made of the wall beside its content

    def keep(self) -> ViewState:
        """What a wall that is shown over this one would lose."""
        zooms = tuple(pane.zoom for pane in self.stage.panes.everything)
        return ViewState(self.enlarged_index, self.focused_index, zooms)

    def put_back(self, state: ViewState) -> None:
        """After the same wall is there again."""
        for pane, zoom in zip(self.stage.panes.everything, state.zooms, strict=False):
            self.control.set_zoom(pane, zoom)
        self.stage.enlarge(state.enlarged)
        self.set_focus(state.focused)

    # for the actions

    @property
    def focused_index(self) -> int | None:
        return self.control.focused

    @property
    def focused_camera(self) -> CameraId | None:
        pane = self.control.pane()
        return None if pane is None else pane.camera

    @property
    def enlarged_index(self) -> int | None:
        return self.stage.panes.enlarged

    def shown_cameras(self) -> tuple[CameraId, ...]:
        """The cameras of the tiles on the screen now; () while nobody can see the window."""
        if not self.stage.on:
            return ()
        return tuple(p.camera for p in self.stage.panes.visible if p.camera is not None)

    def set_menu(self, menu: Callable[[], QMenu]) -> None:
        """What opens on a right click, made anew each time."""
        self._menu = menu

    def set_focus(self, index: int | None) -> None:
        self.control.set_focus(index)

    def move_focus(self, direction: Direction) -> None:
        self.control.move_focus(direction)

    def enlarge(self, index: int | None = None) -> None:
        self.control.enlarge(index)

    def restore(self) -> None:
        self.control.restore()

    def toggle_enlarged(self, index: int | None = None) -> None:
        self.control.toggle_enlarged(index)

    def call_camera(self, number: int) -> bool:
        return self.control.call_camera(number)

    def show_cameras(self, cameras: Sequence[CameraId], index: int | None = None) -> None:
        self.control.show_cameras(cameras, index)

    def put_tour(self, tour: TourId, index: int | None = None) -> None:
        self.control.put_tour(tour, index)

    def clear(self, index: int | None = None) -> None:
        self.control.clear(index)

    def next_marked(self) -> bool:
        """The focus goes to the next tile that sees an open incident; False where none does."""
        return self.control.next_marked()

    def toggle_hot_spot(self, index: int | None = None) -> None:
        self.control.toggle_hot_spot(index)

    def pause_tour(self, index: int | None = None) -> None:
        self.control.pause_tour(index)

    def zoom_in(self) -> None:
        self.control.zoom(1)

    def zoom_out(self) -> None:
        self.control.zoom(-1)

    def zoom_reset(self) -> None:
        self.control.zoom(0)

    def toggle_details(self) -> None:
        self.control.toggle_details()

    def snapshot(self, index: int | None = None) -> None:
        self.control.snapshot(index)

    def replay(self, index: int | None = None) -> None:
        self.control.replay(index)

    def open_menu(self, at: QPoint | None = None) -> None:
        """At a point of the widget; without one in the middle of the focused tile."""
        if self._menu is None:
            return
        pane = self.control.pane()
        middle = self.rect().center() if pane is None else pane.area.center()
        self._menu().popup(self.mapToGlobal(middle if at is None else at))

    # for the mouse, the keyboard and what is dragged

    @property
    def entry(self) -> NumberEntry:
        return self.control.entry

    def set_entry(self, entry: NumberEntry) -> None:
        self.control.set_entry(entry)

    def call_entered(self) -> None:
        self.control.call_entered()

    def now(self) -> float:
        return self._services.clock.monotonic()

    def ratio(self) -> float:
        return self.stage.panes.extent.ratio

    def pane_at(self, at: QPointF) -> Pane | None:
        return self.stage.panes.at(at.x(), at.y())

    def set_zoom(self, pane: Pane, zoom: Zoom) -> None:
        self.control.set_zoom(pane, zoom)

    def drag_tile(self, pane: Pane) -> None:
        drop.start(self, self.window_id, pane, self.stage.drag_label(pane))

    def hover(self, pane: Pane | None) -> None:
        """The pointer is over that tile: its camera and incidents answer on the map."""
        camera = pane.camera if pane is not None else None
        if camera != self._hovered:
            self._hovered = camera
            self.hovered.emit(camera)

    def target(self, pane: Pane | None) -> None:
        self.stage.target(pane)

    def drop_cameras(self, cameras: Sequence[CameraId], index: int) -> None:
        self.control.show_cameras(cameras, index)
        self.control.set_focus(index)

    def drop_tile(self, source: WindowId, index: int, place: int) -> None:
        self.control.move_tile(source, index, place)

    # Qt

    def _wall_changed(self, window: WindowId) -> None:
        if window == self.window_id:
            self.stage.rebuild()
            self.control.wall_changed()

    def _measure(self) -> None:
        ratio = self.devicePixelRatioF()
        # Qt rounds halves up; Python's round would leave the last pixel of some windows black.
        width, height = int(self.width() * ratio + 0.5), int(self.height() * ratio + 0.5)
        self.stage.resize(Extent(width, height, ratio))

    @override
    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DevicePixelRatioChange:
            self._measure()
        elif (
            kind == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._keys.wants(event)
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self.stage.paint(painter, event.region())
        finally:
            # A painter that outlives its event through a traceback crashes Qt when it is collected.
            painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._measure()
        self.stage.begin()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Qt sends it for a minimised window too, and a show event when it comes back."""
        self.stage.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.hover(None)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._pointer.wheel(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu(event.pos())

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drops.over(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drops.over(event)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drops.left()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._drops.dropped(event)
