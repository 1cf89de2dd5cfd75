"""A window for another monitor: nothing but a wall."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.wall import WindowId
from ui.shell.desk import Desk
from ui.shell.notice_stack import NoticeStack
from ui.shell.wall_frame import WallFrame


class WallWindow(QWidget):
    """`close_requested`: the operator closed it; whoever owns the windows decides."""

    close_requested = Signal()

    def __init__(self, desk: Desk, name: WindowId) -> None:
        super().__init__()
        self._desk = desk
        self.frame = WallFrame(desk, self, name)
        self.frame.actions.bind("window.close", self.close_requested.emit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.frame.view)
        self.notices = NoticeStack(desk.notices, desk.theme, self)
        self._ending = False
        self._disconnect = desk.console.walls.changed.connect(self._wall_changed)
        self.destroyed.connect(self._disconnect)
        self.retranslate()

    def retranslate(self) -> None:
        wall = self._desk.console.walls.wall(self.frame.name)
        title = self.tr("Wall {number}").format(number=self.frame.name)
        self.setWindowTitle(f"{wall.name} · {title}" if wall.name else title)

    def end(self) -> None:
        """Closes without asking anyone; the wall stays open for the next start."""
        self._ending = True
        self.frame.end()
        self.close()
        self.deleteLater()

    def _wall_changed(self, name: WindowId) -> None:
        if name == self.frame.name:
            self.retranslate()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._ending:
            event.accept()
        else:
            event.ignore()
            self.close_requested.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
