"""Where one types a place: a district, its initial consonants, or coordinates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem
from typing_extensions import override

from app.domain.geo.place_search import NamedPlace, coordinates
from ui import icons
from ui.theme import Theme
from ui.widgets.composed_field import ComposedField
from ui.widgets.hint import set_hint

_ROWS = 8
_ZOOM = 17.0
# After the last letter: a name of three syllables is typed in one go.
_WAIT_MS = 120


class PlaceField(ComposedField):
    """`chosen` (NamedPlace)."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, find: Callable[[str], Sequence[NamedPlace]]) -> None:
        super().__init__()
        self._theme, self._find = theme, find
        self.setClearButtonEnabled(True)
        self._icon = self.addAction(
            icons.icon(theme, "search"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._places: list[NamedPlace] = []
        self.list = QListWidget(self)
        self.list.setWindowFlags(Qt.WindowType.ToolTip)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda _: self._take())
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self.look)
        self.textEdited.connect(lambda _: self._wait.start())
        self.composed.connect(self._wait.start)
        theme.changed.connect(self._restyle)
        self.installEventFilter(self)

    def look(self) -> None:
        """Shows what the text finds."""
        self._wait.stop()
        text = self.query.strip()
        there = coordinates(text)
        if there is not None:
            name = f"{there.latitude:.5f}, {there.longitude:.5f}"
            self._places = [NamedPlace(name, name, there, _ZOOM)]
        else:
            self._places = list(self._find(text))[:_ROWS] if text else []
        self.list.clear()
        for place in self._places:
            self.list.addItem(place.whole)
        if text and not self._places:
            nothing = QListWidgetItem(self.tr("No place is called so."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)
        self._unfold(shown=bool(text))

    def _unfold(self, *, shown: bool) -> None:
        if not shown:
            self.list.hide()
            return
        height = self.list.sizeHintForRow(0) * self.list.count() + 2 * self.list.frameWidth()
        self.list.setFixedSize(max(self.width(), 320), height)
        self.list.move(self.mapToGlobal(QPoint(0, self.height())))
        self.list.show()

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._places):
            place = self._places[row]
            self.setText(place.whole)
            self.list.hide()
            self.chosen.emit(place)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._wait.isActive() or self.list.isHidden():
                self.look()
            self._take()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.isVisible():
            step = 1 if key == Qt.Key.Key_Down else -1
            row = self.list.currentRow() + step
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        elif key == Qt.Key.Key_Escape and self.list.isVisible():
            self.list.hide()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        hint = self.tr("Place, initial consonants or coordinates")
        set_hint(self, hint, self.tr("Go to a place"))

    def _restyle(self) -> None:
        self._icon.setIcon(icons.icon(self._theme, "search"))
