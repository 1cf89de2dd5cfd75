"""A field whose words count while they are composed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override


class ComposedField(QLineEdit):
    """Says what is typed, the syllable that is still being composed included.

    A Korean input method hands a syllable over only when the next one begins; whoever listens to
    `textChanged` is always one syllable late.

    query_changed  str
    composed       by hand only, not by `setText`
    """

    query_changed = Signal(str)
    composed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = ""
        self._said = ""
        self.textChanged.connect(self._say)

    @property
    def query(self) -> str:
        at = self.cursorPosition()
        return self.text()[:at] + self._composing + self.text()[at:]

    def _say(self) -> None:
        query = self.query
        if query != self._said:
            self._said = query
            self.query_changed.emit(query)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        self._say()
        self.composed.emit()
