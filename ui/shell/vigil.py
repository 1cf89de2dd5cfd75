"""Tells the console which windows show a wall, so that the screens stay on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.preferences import Field
from app.services.awake import RENEW_SECONDS
from ui.shell.desk import Desk


class Vigil(QObject):
    """One per console; `watch` every wall."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._walls: dict[QWidget, str] = {}
        self._told: dict[str, bool] = {}
        self._renew = QTimer(self)
        self._renew.setInterval(round(RENEW_SECONDS * 1000))
        self._renew.timeout.connect(self._renew_now)
        self._disconnect = desk.console.preferences.changed.connect(self._preference_changed)
        self.destroyed.connect(self._disconnect)

    def watch(self, wall: QWidget, window: str) -> None:
        self._walls[wall] = window
        wall.installEventFilter(self)
        self._follow(wall, shown=wall.isVisible())

    def forget(self, wall: QWidget) -> None:
        """The window is closed for good."""
        if wall in self._walls:
            wall.removeEventFilter(self)
            self._follow(wall, shown=False)
            del self._walls[wall]

    def stop(self) -> None:
        self._renew.stop()
        for wall in tuple(self._walls):
            wall.removeEventFilter(self)
        self._walls.clear()

    def _follow(self, wall: QWidget, *, shown: bool) -> None:
        window = self._walls[wall]
        wanted = shown and self._desk.console.preferences.values.keep_awake
        if self._told.get(window, False) == wanted:
            return
        self._told[window] = wanted
        self._desk.attempt(self._desk.console.awake.want(window, awake=wanted), "awake")
        if any(self._told.values()):
            self._renew.start()
        else:
            self._renew.stop()

    def _preference_changed(self, field: Field) -> None:
        if field == "keep_awake":
            for wall in self._walls:
                self._follow(wall, shown=wall.isVisible())

    def _renew_now(self) -> None:
        self._desk.attempt(self._desk.console.awake.renew(), "renew awake")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide) and isinstance(watched, QWidget):
            self._follow(watched, shown=event.type() == QEvent.Type.Show)
        return False
