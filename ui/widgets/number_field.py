"""A field for a whole number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QSpinBox
from typing_extensions import override

# A style sheet has no say over the text field inside.
_INDENT = 6


class NumberField(QSpinBox):
    """Changes when the number is complete, and by the wheel only where the keyboard is."""

    def __init__(self, low: int, high: int, step: int = 1) -> None:
        super().__init__()
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(_INDENT, 0, 0, 0)
        # The wheel scrolls the page; it must not change what it passes over.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)
