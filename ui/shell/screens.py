"""All windows of the console together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from app.domain.camera import CameraId
from app.domain.wall import MAIN_WINDOW, WindowId
from ui.care.tools import CareTools
from ui.health.loop_probe import LoopProbe
from ui.health.screen import HealthScreen
from ui.replay.panel import ReplayPanel
from ui.shell.desk import Desk
from ui.shell.hub_desk import HubDesk
from ui.shell.main_window import MainWindow
from ui.shell.map_desk import MapDesk
from ui.shell.settings_tools import SettingsTools
from ui.shell.vigil import Vigil
from ui.shell.windows import Windows
from ui.wall.view import WallView


class Screens(QObject):
    """`stop` ends the program."""

    def __init__(self, desk: Desk, stop: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        config, values = desk.console.config, desk.console.preferences.values
        self._kiosk = config.kiosk or values.kiosk
        self.main = MainWindow(desk)
        self.main.quit_requested.connect(stop)
        self._vigil = Vigil(desk, self)
        self.windows = Windows(desk, self._vigil, kiosk=self._kiosk)
        self._probe = LoopProbe(desk.console.figures, desk.console.clock, self)
        self._add_parts()
        hub = desk.console.hub
        self.maps: MapDesk | None = None
        boundaries, open_tiles = desk.console.boundaries, desk.console.open_tiles
        if boundaries is not None and open_tiles is not None:
            self.maps = MapDesk(desk, self.main, boundaries, open_tiles)
        self.hub = (
            HubDesk(desk, hub, self.main, self.view_of, self.maps) if hub is not None else None
        )
        if self.hub is not None:
            self.windows.opened.connect(self.hub.watch)

    def _add_parts(self) -> None:
        """What stands beside the wall; a new part of the program adds its lines here."""
        desk, console = self._desk, self._desk.console
        self.health = HealthScreen(console.figures, desk.theme)
        self.main.add_part("section.health", self.health)
        self.replay = ReplayPanel(
            console.replay, desk.theme, console.clock, desk.clips_folder, lambda: desk.operator
        )
        self.main.add_part("replay", self.replay)
        if console.care is not None:
            for place in (self.main.settings, self.health):
                place.add_tools(CareTools(console.care, desk.attempt, console.clock.now))
        self.replay.left.connect(self.main.show_wall)
        self.main.view.replay_requested.connect(self.open_replay)
        self.windows.replay_requested.connect(self.open_replay)
        if console.transfer is not None:
            self.main.settings.add_tools(SettingsTools(desk, console.transfer))

    def view_of(self, window: WindowId) -> WallView | None:
        """The wall of a window that is open."""
        if window == MAIN_WINDOW:
            return self.main.view
        found = self.windows.open.get(window)
        return found.frame.view if found is not None else None

    def open_replay(self, camera_id: CameraId) -> None:
        """In the main window, whichever window asked for it."""
        camera = self._desk.console.catalog.get(camera_id)
        if camera is not None:
            self.main.show_part("replay")
            self.replay.open(camera)

    def open(self) -> None:
        self._open_provisioned()
        self.main.begin(full_screen=self._desk.console.config.full_screen, kiosk=self._kiosk)
        self._vigil.watch(self.main.view, self.main.frame.name)
        if self.maps is not None:
            self.maps.begin()
        if self.hub is not None:
            self.hub.open()
        self.windows.follow()
        self._probe.start()

    def _open_provisioned(self) -> None:
        """At the first start the wall windows of this workstation; later as they were left."""
        walls, wanted = self._desk.console.walls, self._desk.console.config.monitors
        if walls.placement(MAIN_WINDOW) is not None:
            return
        while wanted.keys() - set(walls.windows()):
            walls.open_window()

    def close(self) -> None:
        """Takes everything off the screen and out of memory."""
        self._probe.stop()
        self._vigil.stop()
        if self.maps is not None:
            self.maps.end()
        if self.hub is not None:
            self.hub.end()
        self.windows.end()
        self.main.end()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
