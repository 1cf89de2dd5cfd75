"""Any of the types of incidents, in a menu that stays open while one chooses."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QToolButton, QWidgetAction

from app.domain.incident_types import INCIDENT_TYPES
from ui.widgets.incident_words import type_words


class TypeChooser(QToolButton):
    """`chosen` (keys with commas)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = QMenu(self)
        self.boxes: dict[str, QCheckBox] = {}
        for key in INCIDENT_TYPES:
            box = QCheckBox()
            box.clicked.connect(lambda _on: self.chosen.emit(self.types))
            entry = QWidgetAction(menu)
            entry.setDefaultWidget(box)
            menu.addAction(entry)
            self.boxes[str(key)] = box
        self.setMenu(menu)
        self.retranslate()

    @property
    def types(self) -> str:
        return ",".join(key for key, box in self.boxes.items() if box.isChecked())

    def show_types(self, types: str) -> None:
        """Those that this version does not know are left out."""
        wanted = set(types.split(","))
        for key, box in self.boxes.items():
            box.setChecked(key in wanted)
        self._say()

    def retranslate(self) -> None:
        for key, box in self.boxes.items():
            box.setText(type_words(key))
        self._say()

    def _say(self) -> None:
        names = [box.text() for box in self.boxes.values() if box.isChecked()]
        count = len(names)
        self.setText(names[0] if count == 1 else self.tr("{count} types").format(count=count))
        if not count:
            self.setText(self.tr("None"))
        self.setToolTip("\n".join(names))
