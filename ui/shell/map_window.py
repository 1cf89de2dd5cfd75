"""A map on its own monitor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.wall import WindowId
from app.services.walls import Walls
from ui.map.panel import MapPanel
from ui.shell.placing import Placing

# Its place is remembered beside those of the walls.
MAP_WINDOW = WindowId("map")


class MapWindow(QWidget):
    """`closed`: the operator has closed it."""

    closed = Signal()

    def __init__(self, panel: MapPanel, walls: Walls) -> None:
        super().__init__()
        self.panel = panel
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(panel)
        self.resize(1280, 800)
        self._placing = Placing(self, MAP_WINDOW, walls)
        self.retranslate()

    def begin(self) -> None:
        self._placing.begin()

    def end(self) -> None:
        """Goes for good."""
        self._placing.end()
        self.panel.shut()
        self.hide()
        self.deleteLater()

    def retranslate(self) -> None:
        self.setWindowTitle(f"{self.tr('Map')} · {self.tr('Gwanje')}")

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
