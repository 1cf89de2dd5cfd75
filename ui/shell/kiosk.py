"""A window that nobody leaves by accident."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from typing_extensions import override

# A pointer that lies still over a picture hides what is under it.
HIDE_POINTER_MS: Final = 3000
_MOVED = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class PointerHider(QObject):
    """Hides the pointer over `window` while the mouse lies still."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(HIDE_POINTER_MS)
        self._still.timeout.connect(self._hide)
        self.hidden = False
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._still.start()

    def stop(self) -> None:
        self._still.stop()
        self._show()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def _hide(self) -> None:
        if not self.hidden and QApplication.activeModalWidget() is None:
            self.hidden = True
            self._window.setCursor(Qt.CursorShape.BlankCursor)

    def _show(self) -> None:
        if self.hidden:
            self.hidden = False
            self._window.unsetCursor()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED:
            self._show()
            self._still.start()
        return False


class Kiosk(QObject):
    """Frameless, on the whole screen; ends only by `ask_to_leave` and a confirmed answer."""

    def __init__(self, window: QWidget, leave: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._leave = leave
        self._pointer = PointerHider(window)
        self._question: QMessageBox | None = None
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        window.installEventFilter(self)

    def ask_to_leave(self) -> None:
        """The answer that does nothing is the one that Enter gives."""
        if self._question is not None:
            return
        question = QMessageBox(self._window)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setIcon(QMessageBox.Icon.NoIcon)
        question.setText(self.tr("Leave the kiosk?"))
        question.setInformativeText(
            self.tr("The wall stays, in an ordinary window that can be closed.")
        )
        leave = question.addButton(self.tr("Leave"), QMessageBox.ButtonRole.DestructiveRole)
        stay = question.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(stay)
        question.setEscapeButton(stay)
        leave.clicked.connect(self.end)
        question.finished.connect(self._answered)
        self._question = question
        question.open()

    def _answered(self) -> None:
        self._question = None

    def end(self) -> None:
        """An ordinary window again."""
        self._pointer.stop()
        self._window.removeEventFilter(self)
        self._window.setWindowFlag(Qt.WindowType.FramelessWindowHint, on=False)
        self._leave()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing from outside (task bar, Alt+F4) is refused."""
        if watched is self._window and event.type() == QEvent.Type.Close and event.spontaneous():
            event.ignore()
            return True
        return False
