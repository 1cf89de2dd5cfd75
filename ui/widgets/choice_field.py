"""A field to choose one of a few."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox
from typing_extensions import override


class ChoiceField(QComboBox):
    """Changes by the wheel only where the keyboard is: else the wheel scrolls what it stands in."""

    def __init__(self) -> None:
        super().__init__()
        # Qt's own policy takes the keyboard along with the first turn of the wheel.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
