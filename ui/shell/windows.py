"""Opens and closes the wall windows as the walls say."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.camera import CameraId
from app.domain.wall import MAIN_WINDOW, WindowId
from ui.shell.desk import Desk
from ui.shell.vigil import Vigil
from ui.shell.wall_window import WallWindow


class Windows(QObject):
    """`replay_requested` (CameraId): asked for on any of them; `opened` (the new window)."""

    replay_requested = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk, vigil: Vigil, *, kiosk: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self._vigil = vigil
        self._kiosk = kiosk
        self.open: dict[WindowId, WallWindow] = {}
        self._disconnect = desk.console.walls.windows_changed.connect(lambda _: self.follow())

    def follow(self) -> None:
        """Opens what is missing, closes what is gone (also after undo)."""
        wanted = [name for name in self._desk.console.walls.windows() if name != MAIN_WINDOW]
        for name in self.open.keys() - set(wanted):
            self._shut(name)
        for name in wanted:
            if name not in self.open:
                self._start(name)

    def _start(self, name: WindowId) -> None:
        window = WallWindow(self._desk, name)
        self.open[name] = window
        window.close_requested.connect(partial(self._desk.console.walls.close_window, name))
        window.frame.view.replay_requested.connect(self._replay)
        self._vigil.watch(window.frame.view, name)
        window.frame.begin(kiosk=self._kiosk)
        self.opened.emit(window)

    def _replay(self, camera: CameraId) -> None:
        self.replay_requested.emit(camera)

    def _shut(self, name: WindowId) -> None:
        window = self.open.pop(name)
        self._vigil.forget(window.frame.view)
        window.end()

    def end(self) -> None:
        """All of them; they come back with the next start."""
        self._disconnect()
        for name in tuple(self.open):
            self._shut(name)
