"""Where an operator types what camera he wants."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ui import icons
from ui.theme import Theme
from ui.widgets.composed_field import ComposedField
from ui.widgets.hint import set_hint

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_PageUp: -10,
}


class SearchField(ComposedField):
    """`entered`, `moved` (rows), `left`: keys that are no text."""

    entered = Signal()
    moved = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cameraSearch")
        self._theme = theme
        self._glass = QAction(self)
        self._clear = QAction(self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.query_changed.connect(lambda query: self._clear.setVisible(bool(query)))
        theme.changed.connect(self._recolour)
        self._recolour()
        self.retranslate()
        self._clear.setVisible(False)

    def retranslate(self) -> None:
        hint = self.tr("Name, number or initial consonants")
        set_hint(self, hint, self.tr("Find a camera"))
        self._clear.setText(self.tr("Clear the search"))

    def _recolour(self) -> None:
        self._glass.setIcon(icons.icon(self._theme, "search"))
        self._clear.setIcon(icons.icon(self._theme, "close"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ENTER:
            self.entered.emit()
        elif key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif key == Qt.Key.Key_Escape:
            if self.query:
                self.clear()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
