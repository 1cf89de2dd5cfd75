"""Where a window was, and where it goes when it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.wall import WindowId
from app.domain.wall_set import Placement
from app.services.walls import Walls

# Dragging a window is hundreds of moves.
SETTLE_MS: Final = 400
# A cable that is pulled moves windows about for as long as the system rearranges its screens.
REARRANGING_MS: Final = 3000
# A window manager may shift a window by its frame; a hand moves it further.
_MOVED: Final = 64
# The title bar of a maximised window takes a few percent of the screen.
_MAXIMISED: Final = 0.93


@dataclass(frozen=True, slots=True)
class Monitor:
    """A screen as far as placing goes; `area` is free of task bars."""

    name: str
    serial: str
    area: QRect


@dataclass(frozen=True, slots=True)
class Spot:
    """`monitor` is the index of the screen that a window goes to; `at_home`: its own one."""

    monitor: int
    frame: QRect
    at_home: bool


def spot_for(placement: Placement, monitors: Sequence[Monitor]) -> Spot:
    """Its own screen (by serial number, then name), else the first one, where it is whole."""
    home = next(
        (
            i
            for i, monitor in enumerate(monitors)
            if (monitor.serial, monitor.name) == (placement.serial, placement.screen)
        ),
        None,
    )
    if home is None and placement.serial:
        same = (i for i, monitor in enumerate(monitors) if monitor.serial == placement.serial)
        home = next(same, None)
    frame = QRect(placement.x, placement.y, placement.width, placement.height)
    area = monitors[home or 0].area
    return Spot(home or 0, _within(frame, area), home is not None)


def monitor_named(wanted: str, monitors: Sequence[Monitor]) -> int | None:
    """By its number (1 is the main one) or its name; None if it is not there."""
    if wanted.isdecimal():
        number = int(wanted)
        return number - 1 if 1 <= number <= len(monitors) else None
    names = [monitor.name.casefold() for monitor in monitors]
    return names.index(wanted.casefold()) if wanted.casefold() in names else None


def _within(frame: QRect, area: QRect) -> QRect:
    """Moved, and only then shrunk, so that the whole frame is on the screen."""
    width, height = min(frame.width(), area.width()), min(frame.height(), area.height())
    left = min(max(frame.left(), area.left()), area.right() + 1 - width)
    top = min(max(frame.top(), area.top()), area.bottom() + 1 - height)
    return QRect(left, top, width, height)


def monitors() -> list[Monitor]:
    """The primary one first."""
    return [Monitor(s.name(), s.serialNumber(), s.availableGeometry()) for s in _screens()]


def _screens() -> list[QScreen]:
    primary = QGuiApplication.primaryScreen()
    return [primary, *(s for s in QGuiApplication.screens() if s is not primary)]


class Placing(QObject):
    """Puts a window where it was, and remembers where the operator puts it.

    `monitor`: where a window goes that was nowhere yet; `always`: the administrator wants it there
    at every start. `missing` (its name): the window is on the main monitor instead.
    """

    missing = Signal(str)

    def __init__(
        self,
        window: QWidget,
        name: WindowId,
        walls: Walls,
        monitor: str = "",
        *,
        always: bool = False,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._name = name
        self._walls = walls
        self._monitor = monitor
        self._always = always
        self._away: QRect | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.remember)
        self._rearranging = QTimer(self)
        self._rearranging.setSingleShot(True)
        self._rearranging.setInterval(REARRANGING_MS)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._screens_changed)
            application.screenRemoved.connect(self._screens_changed)

    def begin(self, *, full_screen: bool = False) -> None:
        """Shows the window where it was; then watches it."""
        placement = self._walls.placement(self._name)
        if not self._put_home(placement):
            self._put_on_free_screen()
        if full_screen or (placement is not None and placement.full_screen):
            self._window.showFullScreen()
        elif self._fills_screen():
            self._window.showMaximized()
        else:
            self._window.show()
        self._window.installEventFilter(self)

    def end(self) -> None:
        """The last word before the window goes."""
        if self._settle.isActive():
            self._settle.stop()
            self.remember()

    def remember(self) -> None:
        window = self._window
        if self._rearranging.isActive() or window.isMinimized() or not window.isVisible():
            return
        screen = window.screen()
        frame = window.normalGeometry() if window.isFullScreen() else window.geometry()
        if frame.isEmpty():
            frame = window.geometry()
        if self._stands_in(frame):
            return
        self._walls.remember(
            self._name,
            Placement(
                screen.name(),
                screen.serialNumber(),
                frame.x(),
                frame.y(),
                frame.width(),
                frame.height(),
                full_screen=window.isFullScreen(),
            ),
        )

    def _put_home(self, placement: Placement | None) -> bool:
        """Where it belongs; False if it was nowhere yet."""
        if self._monitor and (placement is None or self._always):
            self._put_on_monitor()
        elif placement is not None:
            self._put(placement)
        else:
            return False
        return True

    def _put(self, placement: Placement) -> None:
        spot = spot_for(placement, monitors())
        self._window.setScreen(_screens()[spot.monitor])
        self._window.setGeometry(spot.frame)
        self._away = None if spot.at_home else spot.frame
        if not spot.at_home:
            self.missing.emit(placement.screen)

    def _put_on_monitor(self) -> None:
        """Fills it."""
        known = monitors()
        index = monitor_named(self._monitor, known)
        area = known[index or 0].area
        self._window.setScreen(_screens()[index or 0])
        self._window.setGeometry(area)
        self._away = area if index is None else None
        if index is None:
            self.missing.emit(self._monitor)

    def _stands_in(self, frame: QRect) -> bool:
        """Whether it is still where it was put for want of its own monitor.

        That is not remembered: the monitor gets its window back.
        """
        if self._away is None:
            return False
        if (self._away.center() - frame.center()).manhattanLength() <= _MOVED:
            return True
        self._away = None
        return False

    def _put_on_free_screen(self) -> None:
        """A new window opens on a monitor that has no window of ours yet, and fills it."""
        taken = {w.screen() for w in QGuiApplication.topLevelWindows() if w.isVisible()}
        screen = next((s for s in _screens() if s not in taken), _screens()[0])
        self._window.setScreen(screen)
        self._window.setGeometry(screen.availableGeometry())

    def _fills_screen(self) -> bool:
        """A window that was maximised is remembered by its size alone."""
        area, frame = self._window.screen().availableGeometry(), self._window.geometry()
        whole = area.width() * area.height()
        return frame.width() * frame.height() >= _MAXIMISED * whole

    def _screens_changed(self, _screen: QScreen) -> None:
        """A screen that comes back gets its windows back; one that goes loses them to the first."""
        self._settle.stop()
        self._rearranging.start()
        placement = self._walls.placement(self._name)
        if not self._window.isVisible() or (placement is None and not self._monitor):
            return
        full = self._window.isFullScreen() if placement is None else placement.full_screen
        self._window.showNormal()
        self._put_home(placement)
        if full:
            self._window.showFullScreen()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange)
        if watched is self._window and event.type() in kinds and self._window.isVisible():
            self._settle.start()
        return False
