"""A question with a way back; opened with `open()`, never with a loop of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

_WIDTH = 420


class Ask(QDialog):
    """`answered` is called with the reason, trimmed; empty where none was asked for.

    `reason`: None asks for none; else whether one must be given.
    """

    def __init__(
        self,
        title: str,
        question: str,
        action: str,
        answered: Callable[[str], object],
        parent: QWidget | None = None,
        *,
        reason: bool | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self._answered = answered
        self._must = bool(reason)
        self.question = QLabel(question)
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setPlaceholderText(
            self.tr("Reason") if reason else self.tr("Reason (may be left empty)")
        )
        self.reason.setVisible(reason is not None)
        self.cancel, self.go = QPushButton(self.tr("Cancel")), QPushButton(action)
        self.cancel.clicked.connect(self.reject)
        self.go.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        self.go.setDefault(True)
        self.go.clicked.connect(self._go)
        self._lay_out()
        self.reason.textChanged.connect(self._follow)
        self.reason.installEventFilter(self)
        self._follow()

    def _lay_out(self) -> None:
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(84)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addWidget(self.question)
        box.addWidget(self.reason)
        box.addLayout(foot)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter answers, also from within the reason; with Shift it begins a line."""
        if (
            watched is self.reason
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            if self.go.isEnabled():
                self._go()
            return True
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self.go.setEnabled(not self._must or bool(self.reason.toPlainText().strip()))

    def _go(self) -> None:
        self.accept()
        self._answered(self.reason.toPlainText().strip())
