"""What an operator does to a wall; menus, keys, mouse and other screens all end here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain import wall as rule
from app.domain.camera import Camera, CameraId
from app.domain.layout import Direction, neighbour
from app.domain.tour import TourId
from app.domain.wall import TourTile, WindowId
from app.services.tours import TourPlace
from app.services.wall_edits import NO_FREE_TILE, Edits, no_such_camera
from ui.wall import number_entry
from ui.wall.announce import announce, spoken
from ui.wall.number_entry import NumberEntry
from ui.wall.pane import Kind, Pane
from ui.wall.services import WallServices
from ui.wall.stage import Stage
from ui.wall.zoom import NONE, Zoom


class Control(QObject):
    """`focused` is None until the operator has touched the wall."""

    focus_changed = Signal(object)
    replay_requested = Signal(object)
    snapshot_requested = Signal(object)
    message = Signal(object)

    def __init__(
        self, services: WallServices, window: WindowId, stage: Stage, canvas: QWidget
    ) -> None:
        super().__init__(canvas)
        self._services = services
        self._window = window
        self._stage = stage
        self._canvas = canvas
        self._edits = Edits(services.walls, window, services.catalog.get)
        self._told: CameraId | None = None
        self.focused: int | None = None
        self.entry = number_entry.EMPTY
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.forget_stale_entry)

    # focus

    def pane(self, index: int | None = None) -> Pane | None:
        """A tile by index; without one the focused tile."""
        index = self.focused if index is None else index
        panes = self._stage.panes.everything
        return panes[index] if index is not None and 0 <= index < len(panes) else None

    def set_focus(self, index: int | None) -> None:
        """The operator's hand is on this tile (None: on none any more)."""
        old, new = self.pane(), None if index is None else self.pane(index)
        self.focused = None if new is None else new.index
        if old is not new:
            for pane, focused in ((old, False), (new, True)):
                if pane is not None:
                    pane.focused = focused
                    self._stage.refresh(pane)
                    self._stage.repaint(pane)
        self._stage.declaring.focused = self.focused
        self._stage.declaring.soon()
        if new is not None:
            self._touched(new)
            announce(self._canvas, spoken(new))
        self.tell_focus()

    def _touched(self, pane: Pane) -> None:
        if pane.kind is Kind.TOUR:
            self._services.tours.touch(TourPlace(self._window, pane.index))
        self._services.tours.touch(TourPlace(self._window))
        if pane.kind is not Kind.HOT_SPOT and pane.camera is not None:
            self._services.hot_spot.show(pane.camera)

    def tell_focus(self) -> None:
        """Says which camera has the focus, if that is another one now."""
        pane = self.pane()
        camera = None if pane is None else pane.camera
        if camera != self._told:
            self._told = camera
            self.focus_changed.emit(camera)

    def wall_changed(self) -> None:
        """After an edit, an undo or another layout: the focus stays where it can."""
        pane = self.pane()
        if pane is None:
            self.focused = None
        else:
            pane.focused = True
        self._stage.declaring.focused = self.focused
        self.tell_focus()

    def move_focus(self, direction: Direction) -> None:
        """The first arrow key only shows where the focus is."""
        wall, panes = self._edits.wall, self._stage.panes
        if self.focused is None:
            self.set_focus(0)
            return
        reached = neighbour(wall.layout, self.focused, direction)
        if panes.enlarged is None:
            self.set_focus(reached)
        elif wall.tiles[reached] is not None:
            self.enlarge(reached)

    def next_marked(self) -> bool:
        """To the next tile, after the focused one, that sees an open incident."""
        marked = [pane.index for pane in self._stage.panes.everything if pane.markers]
        if not marked:
            return False
        here = -1 if self.focused is None else self.focused
        reached = next((index for index in marked if index > here), marked[0])
        if self._stage.panes.enlarged is not None:
            self.enlarge(reached)
        else:
            self.set_focus(reached)
        return True

    # size

    def enlarge(self, index: int | None = None) -> None:
        """One tile on the whole window, at `main`."""
        pane = self.pane(index)
        if pane is None or pane.content is None:
            return
        self._stage.enlarge(pane.index)
        self.set_focus(pane.index)

    def restore(self) -> None:
        """Back to all tiles; a zoomed tile shows its whole picture first."""
        pane = self.pane()
        if self._stage.panes.enlarged is not None:
            if pane is not None:
                pane.zoom = NONE
            self._stage.enlarge(None)
        elif pane is not None and pane.zoom.active:
            self.set_zoom(pane, NONE)

    def toggle_enlarged(self, index: int | None = None) -> None:
        if self._stage.panes.enlarged is None:
            self.enlarge(index)
        else:
            self.restore()

    def set_zoom(self, pane: Pane, zoom: Zoom) -> None:
        if zoom == pane.zoom:
            return
        pane.zoom = zoom
        if pane.kind is Kind.TOUR:
            self._services.tours.touch(TourPlace(self._window, pane.index))
        self._stage.refresh(pane)
        self._stage.repaint(pane)
        self._stage.declaring.later()

    def zoom(self, steps: float) -> None:
        """The focused tile, at its middle; 0 steps: the whole picture."""
        pane = self.pane()
        if pane is not None and pane.look is not None:
            self.set_zoom(pane, pane.zoom.steps(steps) if steps else NONE)

    # content

    def show_cameras(self, cameras: Sequence[CameraId], index: int | None = None) -> None:
        """From a tile on; without one into the focused tile, else into the free ones."""
        start = self.focused if index is None else index
        told = self._edits.add(cameras) if start is None else self._edits.show(cameras, start)
        if told is not None:
            self.message.emit(told)

    def move_tile(self, source: WindowId, index: int, place: int) -> None:
        self._edits.move(source, index, place)
        self.set_focus(place)

    def clear(self, index: int | None = None) -> None:
        pane = self.pane(index)
        if pane is not None and pane.content is not None:
            self._edits.clear(pane.index)

    def toggle_hot_spot(self, index: int | None = None) -> None:
        if (place := self._place(index)) is not None:
            self._edits.toggle_hot_spot(place)

    def put_tour(self, tour: TourId, index: int | None = None) -> None:
        if (place := self._place(index)) is not None:
            self._edits.put(place, TourTile(tour))

    def _place(self, index: int | None) -> int | None:
        """The tile meant: named, focused, or the first free one; says so if there is none."""
        pane = self.pane(index)
        place = rule.first_free(self._edits.wall) if pane is None else pane.index
        if place is None:
            self.message.emit(NO_FREE_TILE)
        return place

    def pause_tour(self, index: int | None = None) -> None:
        """The tour in the tile; without one there, the tour of walls on the window."""
        pane, tours = self.pane(index), self._services.tours
        if pane is not None and pane.kind is Kind.TOUR:
            tours.toggle(TourPlace(self._window, pane.index))
        else:
            tours.toggle(TourPlace(self._window))

    # numbers

    def set_entry(self, entry: NumberEntry) -> None:
        self.entry = entry
        self._patience.stop()
        if entry.active:
            left = entry.deadline - self._services.clock.monotonic()
            self._patience.start(max(1, round(left * 1000)))
        pane = self.pane()
        over = self._canvas.rect() if pane is None else pane.area
        ratio = self._stage.panes.extent.ratio
        self._canvas.update(self._stage.pad.show(entry, self._entered(), over, ratio))

    def forget_stale_entry(self) -> None:
        """Runs when the patience should be over; by the clock that was asked at the key press."""
        if self.entry.active:
            self.set_entry(self.entry.at(self._services.clock.monotonic()))

    def _entered(self) -> Camera | None:
        entry = self.entry
        return self._services.catalog.by_number(entry.number) if entry.active else None

    def call_entered(self) -> None:
        if self._entered() is None:
            self.set_entry(self.entry.not_found(self._services.clock.monotonic()))
            self.message.emit(no_such_camera(self.entry.number))
            return
        number = self.entry.number
        self.set_entry(number_entry.EMPTY)
        self.call_camera(number)

    def call_camera(self, number: int) -> bool:
        """Shows a camera in the focused tile, else in the first free one; False if it cannot."""
        camera = self._services.catalog.by_number(number)
        if camera is None:
            self.message.emit(no_such_camera(number))
            return False
        place = self._place(None)
        if place is None:
            return False
        self._edits.show((camera.id,), place)
        self.set_focus(place)
        return True

    # pictures

    def toggle_details(self) -> None:
        self._stage.details = not self._stage.details
        if self.focused is None and self._stage.details:
            self.set_focus(0)
        if (pane := self.pane()) is not None:
            self._stage.refresh(pane)

    def snapshot(self, index: int | None = None) -> None:
        pane = self.pane(index)
        if pane is not None and pane.camera is not None:
            self.snapshot_requested.emit(pane.camera)

    def replay(self, index: int | None = None) -> None:
        pane = self.pane(index)
        if pane is not None and pane.camera is not None:
            self.replay_requested.emit(pane.camera)
