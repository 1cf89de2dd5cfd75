"""The maps of the console: beside the wall, on a monitor of its own; what a click on one means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QMenu

from app.domain.camera import Camera, CameraId
from app.domain.dragnet import Target, dragnet
from app.domain.errors import Failure
from app.domain.geo.earth import Place
from app.domain.geo.place_search import NamedPlace, PlaceIndex
from app.domain.incident_type import DragnetDefault
from app.services.map_ports import Boundaries, TilePictures
from ui.cameras.details import CameraDetails
from ui.cameras.words import camera_words, state_words
from ui.map.feed import MapFeed, Sources
from ui.map.live import Live
from ui.map.marks import PointLayer
from ui.map.panel import MapPanel
from ui.map.preview import Preview
from ui.shell.desk import Desk
from ui.shell.main_window import MainWindow
from ui.shell.map_window import MapWindow
from ui.translations import words

translate = QCoreApplication.translate

_MAP: Final = "section.map"
# Lines of a menu that a person still reads.
_MOST_SEEING: Final = 8


class MapDesk(QObject):
    """Made before the main window begins. `live`, `points`: what a hub adds to the cameras.

    incident_chosen  id: clicked on a map
    lit              id of the incident or the camera under the pointer, "" for none
    new_wanted       Place: an incident is to be opened there
    """

    incident_chosen = Signal(str)
    lit = Signal(str)
    new_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        main: MainWindow,
        boundaries: Boundaries,
        open_tiles: Callable[[Path], TilePictures],
    ) -> None:
        super().__init__(main)
        self._desk, self._main = desk, main
        self._boundaries, self._open_tiles = boundaries, open_tiles
        self.live: Callable[[], Live] = Live
        self.points: Callable[[], Mapping[str, PointLayer]] = dict
        self.dead: Callable[[], frozenset[CameraId]] = self._dark
        self.takes_incidents = False
        # Looked up each time: a hub sets them after the maps are made.
        sources = Sources(
            desk.console.catalog.map, self._dead_now, self._points_now, self._live_now
        )
        self.feed = MapFeed(sources, self)
        self._index: PlaceIndex | None = None
        self._tiles: TilePictures | None = None
        self._tiles_path = ""
        self.preview = Preview(desk.console.streams, desk.theme, state_words)
        self.panels: list[MapPanel] = []
        self.panel = self.make_panel()
        self.window: MapWindow | None = None
        main.add_part(_MAP, self.panel)
        main.frame.actions.bind("map.window", self.toggle_window)
        self._disconnect = (
            desk.console.catalog.changed.connect(lambda _: self.feed.follow_cameras()),
            desk.console.preferences.changed.connect(lambda _: self._follow_base_map()),
        )

    def begin(self) -> None:
        self._follow_base_map()
        self.feed.begin()

    def end(self) -> None:
        for disconnect in self._disconnect:
            disconnect()
        self.feed.end()
        self.preview.leave()
        self.preview.deleteLater()
        self._window_closed()
        for panel in self.panels:
            panel.shut()

    def leave(self) -> None:
        """Nobody is signed in any more."""
        self.preview.leave()

    def make_panel(self) -> MapPanel:
        panel = MapPanel(self.feed, self._boundaries, self._desk.theme, self.find)
        self.panels.append(panel)
        view = panel.view
        panel.show_wanted.connect(self._main.call)
        view.camera_activated.connect(lambda camera: self._main.call([camera]))
        view.camera_hovered.connect(self._hovered)
        view.incident_activated.connect(self.incident_chosen)
        view.incident_hovered.connect(self.lit)
        view.track_activated.connect(lambda track, view=view: view.follow(track))
        view.context_requested.connect(partial(self._context, panel))
        view.failed.connect(self._tiles_failed)
        view.set_base_map(self._tiles)
        return panel

    def toggle_window(self) -> None:
        if self.window is None:
            self.window = MapWindow(self.make_panel(), self._desk.console.walls)
            self.window.closed.connect(self._window_closed)
            self.window.begin()
        else:
            self.window.close()

    def _window_closed(self) -> None:
        if self.window is not None:
            self.panels.remove(self.window.panel)
            self.window.end()
            self.window = None

    def look_at(self, place: Place, zoom: float | None = None) -> None:
        """On every map."""
        for panel in self.panels:
            panel.view.look_at(place, zoom)

    def find(self, text: str) -> Sequence[NamedPlace]:
        if self._index is None:
            self._index = PlaceIndex(self._boundaries.places())
        return self._index.search(text)

    # what there is to show

    def _dead_now(self) -> frozenset[CameraId]:
        return self.dead()

    def _points_now(self) -> Mapping[str, PointLayer]:
        return self.points()

    def _live_now(self) -> Live:
        return self.live()

    def _dark(self) -> frozenset[CameraId]:
        """By our own eyes: cameras that we look at and that give no picture."""
        streams = self._desk.console.streams
        return frozenset(c for c in streams.watched() if not streams.is_live(c))

    def _hovered(self, camera: CameraId | None) -> None:
        known = self._desk.console.catalog.get(camera) if camera is not None else None
        self.preview.point(known, QCursor.pos())
        self.lit.emit(str(camera) if camera is not None else "")

    # the base map

    def _follow_base_map(self) -> None:
        path = self._desk.console.preferences.values.base_map
        if path == self._tiles_path:
            return
        self._tiles_path, self._tiles = path, None
        if path:
            try:
                self._tiles = self._open_tiles(Path(path))
            except Failure as failure:
                self._desk.notices.failed(failure.text)
        for panel in self.panels:
            panel.view.set_base_map(self._tiles)

    def _tiles_failed(self, failure: Failure) -> None:
        self._desk.notices.failed(failure.text)

    # the menu

    def _context(
        self,
        panel: MapPanel,
        place: Place,
        cameras: Sequence[CameraId],
        incident: str,
        at: QPoint,
    ) -> None:
        menu = self.menu(panel, place, cameras, incident)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def menu(
        self, panel: MapPanel, place: Place, cameras: Sequence[CameraId], incident: str
    ) -> QMenu:
        """What a right click offers at a place."""
        menu = QMenu(panel.window())
        self._add_cameras(menu, cameras)
        if incident:
            entry = menu.addAction(translate("MapDesk", "Open the incident"))
            entry.triggered.connect(lambda: self.incident_chosen.emit(incident))
            menu.addSeparator()
        self._add_seeing(menu, place)
        if self.takes_incidents:
            entry = menu.addAction(translate("MapDesk", "New incident here…"))
            entry.triggered.connect(lambda: self.new_wanted.emit(place))
        said = f"{place.latitude:.6f}, {place.longitude:.6f}"
        entry = menu.addAction(translate("MapDesk", "Copy {place}").format(place=said))
        entry.triggered.connect(lambda: QGuiApplication.clipboard().setText(said))
        return menu

    def _add_cameras(self, menu: QMenu, ids: Sequence[CameraId]) -> None:
        catalog = self._desk.console.catalog
        known = [camera for id_ in ids if (camera := catalog.get(id_)) is not None]
        for camera in known[:_MOST_SEEING]:
            entry = menu.addAction(camera_words(camera))
            entry.triggered.connect(lambda _=False, c=camera: self._main.call([c.id]))
        if len(known) == 1:
            entry = menu.addAction(translate("MapDesk", "Details of the camera…"))
            entry.triggered.connect(lambda: self._details(known[0]))
        elif len(known) > 1:
            text = translate("MapDesk", "Show all {count} on the wall").format(count=len(known))
            entry = menu.addAction(text)
            entry.triggered.connect(lambda: self._main.call([c.id for c in known]))
        if known:
            menu.addSeparator()

    def _add_seeing(self, menu: QMenu, place: Place) -> None:
        """The cameras that see this place, the best first, with why."""
        found = dragnet(
            self._desk.console.catalog.field(),
            Target(place),
            DragnetDefault(cameras=_MOST_SEEING),
            dead=self.dead(),
        )
        seeing = menu.addMenu(translate("MapDesk", "Cameras that see this place"))
        seeing.setEnabled(bool(found.chosen))
        for one in found.chosen:
            entry = seeing.addAction(f"{camera_words(one.camera)}  ·  {words(one.reason)}")
            entry.triggered.connect(lambda _=False, c=one.camera: self._main.call([c.id]))
        if found.chosen:
            seeing.addSeparator()
            entry = seeing.addAction(translate("MapDesk", "Show all of these on the wall"))
            entry.triggered.connect(lambda: self._main.call([c.camera.id for c in found.chosen]))
        menu.addSeparator()

    def _details(self, camera: Camera) -> None:
        state = self._desk.console.streams.truth(camera.id).state
        CameraDetails(camera, state, self._main).open()
