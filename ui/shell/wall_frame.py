"""What every window with a wall has: the wall, its actions, its place, its kiosk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.wall import WindowId
from ui.actions import ActionSet
from ui.shell.desk import Desk
from ui.shell.key_overlay import KeyOverlay
from ui.shell.kiosk import Kiosk
from ui.shell.placing import Placing
from ui.shell.wall_commands import WallCommands
from ui.wall.view import WallView

# A kiosk has one way out, and these are not it; a new window would cover the wall for good.
_NOT_IN_KIOSK = ("window.full_screen", "window.new", "window.close", "program.quit")


class WallFrame(QObject):
    """One per window, owned by it.

    full_screen_changed  bool
    """

    full_screen_changed = Signal(bool)

    def __init__(self, desk: Desk, window: QWidget, name: WindowId) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.name = name
        self.view = WallView(desk.walls, name, window)
        self.actions = ActionSet(window, desk.theme)
        self.commands = WallCommands(desk, self.view, self.actions)
        config = desk.console.config
        self.placing = Placing(
            window,
            name,
            desk.console.walls,
            config.monitors.get(name, ""),
            always="monitors" in config.layers.policy,
        )
        self.placing.missing.connect(self._monitor_missing)
        self.kiosk: Kiosk | None = None
        self.actions.bind("window.full_screen", self.toggle_full_screen)
        self.actions.bind("program.keys", self.show_keys)
        self._release: tuple[Callable[[], object], ...] = (
            desk.console.tiles.add(self.view.shown_cameras),
            self.commands.close,
            self.view.shut,
        )

    def begin(self, *, full_screen: bool = False, kiosk: bool = False) -> None:
        """Shows the window where it was the last time."""
        if kiosk:
            self.kiosk = Kiosk(self._window, self._leave_kiosk)
            self.actions.bind("kiosk.leave", self.kiosk.ask_to_leave)
            self._allow_leaving(allowed=False)
        self.placing.begin(full_screen=full_screen or kiosk)
        self._told()
        self.view.setFocus()

    def end(self) -> None:
        """The window goes: its wall asks for no more pictures."""
        self.placing.end()
        for release in self._release:
            release()
        self._release = ()

    def toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()
        self._told()

    def _monitor_missing(self, monitor: str) -> None:
        """Said, or an operator looks for a wall that nobody sees."""
        window = self.name

        def said() -> str:
            words = self.tr("The monitor {monitor} is not there: wall {window} is on the main one.")
            return words.format(monitor=monitor or "?", window=window)

        self._desk.notices.failed(said)

    def _leave_kiosk(self) -> None:
        self.kiosk = None
        self.actions["kiosk.leave"].setEnabled(False)
        self._allow_leaving(allowed=True)
        self._window.showNormal()
        self._told()

    def _allow_leaving(self, *, allowed: bool) -> None:
        for name in _NOT_IN_KIOSK:
            if name in self.actions:
                self.actions[name].setEnabled(allowed)

    def _told(self) -> None:
        full = self._window.isFullScreen()
        self.actions["window.full_screen"].setChecked(full)
        self.full_screen_changed.emit(full)

    def show_keys(self) -> None:
        KeyOverlay(self.actions.bound(), self._desk.theme, self._window)
